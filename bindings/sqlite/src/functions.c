/* SPDX-License-Identifier: MIT
 *
 * The scalar functions. None is DETERMINISTIC but what depends on its arguments alone: an index of
 * a table over pole_lat(code) would go on telling the places of yesterday's poles. None that asks
 * an index is INNOCUOUS: a view in a stranger's database has no business reading it. */
#include <math.h>
#include <string.h>

#include "arguments.h"
#include "evidence.h"
#include "poles.h"
#include "table.h"

SQLITE_EXTENSION_INIT3

/* ---- the index ---- */

static pole_status write_info(const void *index, char *text, size_t capacity, size_t *needed)
{
    return pole_info_json(index, text, capacity, needed);
}

/* pole_open(path), pole_open(bytes): what was opened, as JSON. */
static void open_function(sqlite3_context *call, int argc, sqlite3_value **argv)
{
    (void)argc;
    if (is_null(argv[0]))
        return;
    struct fault fault = {0};
    pole_index *index = NULL;
    pole_error error = {0};
    pole_open_options options;
    pole_open_options_init(&options);
    options.allocator = &sqlite_memory;
    pole_status status = POLE_OK;
    pole_span path;
    if (sqlite3_value_type(argv[0]) == SQLITE_BLOB) {
        const void *bytes = sqlite3_value_blob(argv[0]);
        const int size = sqlite3_value_bytes(argv[0]);
        status = pole_index_open_memory(bytes == NULL ? "" : bytes, (size_t)size, &options, &index,
                                        &error);
    } else if (text_argument(argv[0], "the path", &path, &fault)) {
        if (memchr(path.data, '\0', path.size_bytes) != NULL)
            fault_set(&fault, POLE_INVALID_ARGUMENT, "the path has a NUL in it");
        else
            status = pole_index_open(path.data, &options, &index, &error);
    }
    if (fault.code == SQLITE_OK && status != POLE_OK) {
        error.status = status;
        fault_from_error(&fault, &error);
    }
    if (fault.code == SQLITE_OK && connection_replace(sqlite3_user_data(call), index, &fault))
        result_written(call, write_info, index);
    else
        fault_report(&fault, call);
}

static void info_function(sqlite3_context *call, int argc, sqlite3_value **argv)
{
    (void)argc;
    (void)argv;
    const struct generation *generation = generation_of_call(call);
    if (generation != NULL)
        result_written(call, write_info, generation->index);
}

static void version_function(sqlite3_context *call, int argc, sqlite3_value **argv)
{
    (void)argc;
    (void)argv;
    result_word(call, pole_version());
}

/* ---- a code ---- */

/* The row of a call (code[, scope]); NULL when there is nothing more to do: no code, no pole, or an
 * error was returned. */
static const struct generation *find(sqlite3_context *call, int argc, sqlite3_value **argv,
                                     pole_status *status, pole_row *row)
{
    if (sqlite3_value_type(argv[0]) == SQLITE_NULL)
        return NULL;
    const struct generation *generation = generation_of_call(call);
    if (generation == NULL)
        return NULL;
    struct fault fault = {0};
    if (!row_argument(generation->index, argv[0], argc > 1 ? argv[1] : NULL, status, row, &fault)) {
        fault_report(&fault, call);
        return NULL;
    }
    return generation;
}

static void status_function(sqlite3_context *call, int argc, sqlite3_value **argv)
{
    pole_status status;
    pole_row row;
    const struct generation *generation = find(call, argc, argv, &status, &row);
    if (generation == NULL)
        return;
    pole_record record;
    record.struct_size = sizeof record;
    if (status == POLE_OK && pole_index_record(generation->index, row, &record) == POLE_OK)
        result_word(call, state_name(record.state));
    else
        result_word(call, pole_status_name(status));
}

static void lat_function(sqlite3_context *call, int argc, sqlite3_value **argv)
{
    pole_status status;
    pole_row row;
    pole_point at;
    const struct generation *generation = find(call, argc, argv, &status, &row);
    if (generation != NULL && status == POLE_OK &&
        pole_index_point(generation->index, row, &at) == POLE_OK)
        sqlite3_result_double(call, at.lat_deg);
}

static void lon_function(sqlite3_context *call, int argc, sqlite3_value **argv)
{
    pole_status status;
    pole_row row;
    pole_point at;
    const struct generation *generation = find(call, argc, argv, &status, &row);
    if (generation != NULL && status == POLE_OK &&
        pole_index_point(generation->index, row, &at) == POLE_OK)
        sqlite3_result_double(call, at.lon_deg);
}

static void station_function(sqlite3_context *call, int argc, sqlite3_value **argv)
{
    pole_status status;
    pole_row row;
    pole_station_hit hits[4];
    size_t count = 0;
    const struct generation *generation = find(call, argc, argv, &status, &row);
    if (generation != NULL && status == POLE_OK &&
        pole_stations_of(generation->index, row, POLE_ROLE_ALL, hits, 4, &count) == POLE_OK)
        result_station(call, generation->index, chosen_station(hits, count), STATION_ID);
}

/* pole_code(text): the digits of a code, however they were written; NULL when it is none. */
static void code_function(sqlite3_context *call, int argc, sqlite3_value **argv)
{
    (void)argc;
    if (is_null(argv[0]))
        return;
    const struct generation *generation = generation_of_call(call);
    struct fault fault = {0};
    pole_status status;
    pole_code code;
    if (generation == NULL)
        return;
    if (!code_argument(generation->index, argv[0], NULL, &status, &code, &fault))
        fault_report(&fault, call);
    else if (status == POLE_OK)
        result_code(call, generation->index, code);
}

static pole_status write_described(const void *resolution, char *text, size_t capacity,
                                   size_t *needed)
{
    return pole_hit_json(resolution, NAN, NAN, NULL, text, capacity, needed);
}

/* pole_describe_json(code[, scope]) */
static void describe_function(sqlite3_context *call, int argc, sqlite3_value **argv)
{
    pole_status status;
    pole_row row;
    const struct generation *generation = find(call, argc, argv, &status, &row);
    if (generation == NULL || status != POLE_OK)
        return;
    struct fault fault = {0};
    pole_resolution *resolution = NULL;
    status = pole_resolution_new(&sqlite_memory, &resolution);
    if (status == POLE_OK)
        status = pole_describe(generation->index, row, NULL, resolution);
    if (fault_check(&fault, status, "pole_describe_json"))
        result_written(call, write_described, resolution);
    else
        fault_report(&fault, call);
    pole_resolution_free(resolution);
}

/* ---- a saying ---- */

/* pole_resolve_json(text, name, value, name, value, ...) */
static void resolve_function(sqlite3_context *call, int argc, sqlite3_value **argv)
{
    sqlite3_value *arguments[EVIDENCE_ARGUMENTS] = {NULL};
    struct fault fault = {0};
    if (argc < 1 || argc % 2 == 0)
        fault_set(&fault, POLE_INVALID_ARGUMENT,
                  "pole_resolve_json takes a text and pairs of a name and a value: "
                  "pole_resolve_json(text, 'said_street', '...'); names: " EVIDENCE_NAMES);
    else if (evidence_by_name(argc, argv, arguments, &fault) && !evidence_asks_nothing(arguments)) {
        const struct generation *generation = generation_of_call(call);
        if (generation == NULL)
            return;
        struct saying saying = {0};
        if (saying_resolve(&saying, sqlite3_context_db_handle(call), generation->index, arguments,
                           &fault))
            result_written(call, saying_write_json, &saying);
        saying_free(&saying);
    }
    if (fault.code != SQLITE_OK)
        fault_report(&fault, call);
}

int functions_register(struct connection *connection)
{
    static const struct {
        const char *name;
        int arguments;
        int flags;
        void (*function)(sqlite3_context *, int, sqlite3_value **);
    } functions[] = {
        {"pole_open", 1, SQLITE_DIRECTONLY, open_function},
        {"pole_info", 0, 0, info_function},
        {"pole_version", 0, SQLITE_INNOCUOUS, version_function},
        {"pole_status", 1, 0, status_function},
        {"pole_status", 2, 0, status_function},
        {"pole_lat", 1, 0, lat_function},
        {"pole_lat", 2, 0, lat_function},
        {"pole_lon", 1, 0, lon_function},
        {"pole_lon", 2, 0, lon_function},
        {"pole_station", 1, 0, station_function},
        {"pole_station", 2, 0, station_function},
        {"pole_code", 1, 0, code_function},
        {"pole_describe_json", 1, 0, describe_function},
        {"pole_describe_json", 2, 0, describe_function},
        {"pole_resolve_json", -1, 0, resolve_function},
    };
    for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++) {
        connection->owners++;
        const int code = sqlite3_create_function_v2(
            connection->db, functions[i].name, functions[i].arguments,
            SQLITE_UTF8 | functions[i].flags, connection, functions[i].function, NULL, NULL,
            connection_release); /* called on failure, too */
        if (code != SQLITE_OK)
            return code;
    }
    return SQLITE_OK;
}
