/* SPDX-License-Identifier: MIT
 *
 * Values of SQL as evidence. What is NULL is not known. What has several values (an n-best list,
 * answered digits, a box) is JSON, read by SQLite itself. */
#include "evidence.h"

#include <string.h>

#include "arguments.h"

SQLITE_EXTENSION_INIT3

#define MOST_TEXTS 64 /* of an n-best list */

/* Everything that the options of one resolution point to. */
struct gathered {
    pole_evidence evidence;
    pole_resolve_options options;
    pole_known_digit digits[POLE_MAX_DIGITS];
    pole_box box;
    struct polygon polygon;
    pole_channel *channel;
    char *given; /* the hint as it was given */
};

int evidence_asks_nothing(sqlite3_value **arguments)
{
    return is_null(arguments[EVIDENCE_TEXT]) && is_null(arguments[EVIDENCE_NBEST]);
}

/* ---- JSON ---- */

/* A statement over what is given as JSON, ready to be stepped; NULL with a fault. */
static sqlite3_stmt *json_open(sqlite3 *db, const char *query, sqlite3_value *json,
                               struct fault *fault)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(db, query, -1, &statement, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_bind_value(statement, 1, json);
    if (code == SQLITE_OK)
        return statement;
    fault_set(fault, code == SQLITE_NOMEM ? POLE_NO_MEMORY : POLE_UNSUPPORTED, "reading JSON: %s",
              sqlite3_errmsg(db));
    sqlite3_finalize(statement);
    return NULL;
}

/* 1 when a row stands ready. */
static int json_next(sqlite3_stmt *statement, const char *what, struct fault *fault)
{
    const int code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        return 1;
    if (code != SQLITE_DONE)
        fault_set(fault, code == SQLITE_NOMEM ? POLE_NO_MEMORY : POLE_BAD_INPUT, "%s: %s", what,
                  sqlite3_errmsg(sqlite3_db_handle(statement)));
    return 0;
}

/* {"3": 1, "6": 0}: digit 3 is 1, digit 6 is 0. */
static int read_digits(struct gathered *gathered, sqlite3 *db, sqlite3_value *json,
                       struct fault *fault)
{
    if (is_null(json))
        return 1;
    sqlite3_stmt *statement = json_open(db, "SELECT key, value FROM json_each(?1)", json, fault);
    uint32_t count = 0;
    while (statement != NULL && json_next(statement, "digits", fault)) {
        sqlite3_int64 position = 0, digit = -1;
        if (!whole_argument(sqlite3_column_value(statement, 0), "the place of a digit", 0, 99,
                            &position, fault) ||
            !whole_argument(sqlite3_column_value(statement, 1), "a digit", 0, 9, &digit, fault))
            break;
        if (digit < 0 || position < 1 || position > POLE_MAX_DIGITS || count == POLE_MAX_DIGITS) {
            fault_set(fault, POLE_INVALID_ARGUMENT,
                      "digits are given as '{\"3\": 1}', which says that digit 3 is 1");
            break;
        }
        gathered->digits[count++] = (pole_known_digit){(uint8_t)position, (uint8_t)digit};
    }
    sqlite3_finalize(statement);
    gathered->evidence.digits = gathered->digits;
    gathered->evidence.digit_count = count;
    return fault->code == SQLITE_OK;
}

/* [south, west, north, east] */
static int read_box(struct gathered *gathered, sqlite3 *db, sqlite3_value *json,
                    struct fault *fault)
{
    if (is_null(json))
        return 1;
    double sides[4] = {0.0, 0.0, 0.0, 0.0};
    int count = 0;
    sqlite3_stmt *statement =
        json_open(db, "SELECT value, json_type(?1) = 'array' FROM json_each(?1)", json, fault);
    while (statement != NULL && json_next(statement, "box", fault)) {
        sqlite3_value *side = sqlite3_column_value(statement, 0);
        if (!sqlite3_column_int(statement, 1)) { /* whose order says nothing */
            count = 5;
            break;
        }
        if (count < 4 && !is_null(side) &&
            !number_argument(side, "a side of the box", &sides[count], fault))
            break;
        count += is_null(side) ? 5 : 1;
    }
    sqlite3_finalize(statement);
    if (fault->code == SQLITE_OK && count != 4)
        return fault_set(fault, POLE_INVALID_ARGUMENT,
                         "a box is given as '[south, west, north, east]', in degrees");
    gathered->box = (pole_box){sides[0], sides[1], sides[2], sides[3]};
    gathered->evidence.box = &gathered->box;
    return fault->code == SQLITE_OK;
}

/* [{"text": "...", "weight": 0.7}, ...]; the texts are copied into kept, to be freed. */
static int read_nbest(sqlite3 *db, sqlite3_value *json, pole_text *texts, sqlite3_value **kept,
                      size_t *count, struct fault *fault)
{
    sqlite3_stmt *statement =
        json_open(db,
                  "SELECT json_extract(value, '$.text'), json_extract(value, '$.weight') "
                  "FROM json_each(?1)",
                  json, fault);
    while (statement != NULL && json_next(statement, "nbest", fault)) {
        if (*count == MOST_TEXTS || is_null(sqlite3_column_value(statement, 0)) ||
            is_null(sqlite3_column_value(statement, 1))) {
            fault_set(fault, POLE_INVALID_ARGUMENT,
                      "nbest is given as '[{\"text\": \"...\", \"weight\": 0.7}, ...]', at most "
                      "%d texts",
                      MOST_TEXTS);
            break;
        }
        kept[*count] = sqlite3_value_dup(sqlite3_column_value(statement, 0));
        if (kept[*count] == NULL) {
            fault_set(fault, POLE_NO_MEMORY, "");
            break;
        }
        pole_text *text = &texts[(*count)++];
        if (!text_argument(kept[*count - 1], "a text of nbest", &text->text, fault) ||
            !number_argument(sqlite3_column_value(statement, 1), "a weight of nbest", &text->weight,
                             fault))
            break;
    }
    sqlite3_finalize(statement);
    return fault->code == SQLITE_OK;
}

/* ---- hearing ---- */

static int hear(pole_heard **heard, const pole_index *index, const pole_text *texts, size_t count,
                struct fault *fault)
{
    pole_hear_options options;
    pole_hear_options_init(&options);
    options.lengths = pole_index_lengths(index);
    pole_status status = POLE_OK;
    if (*heard == NULL)
        status = pole_heard_new(&sqlite_memory, heard);
    if (status == POLE_OK)
        status = pole_hear(texts, count, &options, *heard);
    return fault_check(fault, status, "hearing (a weight must be greater than 0)");
}

int hear_text(pole_heard **heard, const pole_index *index, pole_span text, struct fault *fault)
{
    const pole_text said = {text, 1.0};
    return hear(heard, index, &said, 1, fault);
}

static int hear_said(struct saying *saying, sqlite3 *db, const pole_index *index,
                     sqlite3_value **arguments, struct fault *fault)
{
    if (is_null(arguments[EVIDENCE_NBEST])) {
        pole_span text;
        return text_argument(arguments[EVIDENCE_TEXT], "the text", &text, fault) &&
               hear_text(&saying->heard, index, text, fault);
    }
    if (!is_null(arguments[EVIDENCE_TEXT]))
        return fault_set(fault, POLE_INVALID_ARGUMENT,
                         "nbest holds all texts of the saying: the text beside it must be NULL");
    pole_text texts[MOST_TEXTS] = {0};
    sqlite3_value *kept[MOST_TEXTS] = {NULL};
    size_t count = 0;
    const int done =
        read_nbest(db, arguments[EVIDENCE_NBEST], texts, kept, &count, fault) &&
        (count > 0 || fault_set(fault, POLE_INVALID_ARGUMENT, "nbest holds no text")) &&
        hear(&saying->heard, index, texts, count, fault);
    for (size_t i = 0; i < count; i++)
        sqlite3_value_free(kept[i]);
    return done;
}

/* A second pole, as heard; NULL when there is none. */
static int hear_second(pole_heard **heard, const pole_index *index, sqlite3_value *value,
                       const char *what, const pole_heard **out, struct fault *fault)
{
    pole_span text;
    if (is_null(value))
        return 1;
    if (!text_argument(value, what, &text, fault) || !hear_text(heard, index, text, fault))
        return 0;
    *out = *heard;
    return 1;
}

/* ---- evidence ---- */

static int convert_hint(struct gathered *gathered, struct fault *fault)
{
    pole_evidence *evidence = &gathered->evidence;
    pole_crs *crs = NULL;
    pole_error error = {0};
    size_t bad = 0;
    pole_status status = pole_crs_new(evidence->hint_crs, NULL, &sqlite_memory, &crs, &error);
    if (status != POLE_OK) {
        error.status = status;
        return fault_from_error(fault, &error);
    }
    status = pole_crs_to_wgs84(crs, 1, &evidence->hint.lon_deg, &evidence->hint.lat_deg, &bad);
    pole_crs_free(crs);
    if (status == POLE_OK && bad > 0)
        status = POLE_INVALID_ARGUMENT;
    return fault_check(fault, status, "the hint's place in hint_crs");
}

static int read_hint(struct gathered *gathered, sqlite3_value **arguments, struct fault *fault)
{
    sqlite3_value *lat = arguments[EVIDENCE_HINT_LAT];
    sqlite3_value *lon = arguments[EVIDENCE_HINT_LON];
    pole_evidence *evidence = &gathered->evidence;
    if (is_null(lat) && is_null(lon))
        return 1;
    if (is_null(lat) || is_null(lon))
        return fault_set(fault, POLE_INVALID_ARGUMENT, "a hint has both hint_lat and hint_lon");
    evidence->hint_radius_m = POLE_ROW_HINT_RADIUS_M;
    if (!point_argument(lat, lon, &evidence->hint, fault) ||
        !number_argument(arguments[EVIDENCE_HINT_RADIUS_M], "hint_radius_m",
                         &evidence->hint_radius_m, fault) ||
        !number_argument(arguments[EVIDENCE_HINT_LEVEL], "hint_level", &evidence->hint_level,
                         fault) ||
        !text_argument(arguments[EVIDENCE_HINT_CRS], "hint_crs", &evidence->hint_crs, fault))
        return 0;
    if (!(evidence->hint_radius_m > 0.0)) /* 0 would mean: no hint */
        return fault_set(fault, POLE_INVALID_ARGUMENT, "hint_radius_m must be greater than 0");
    const int has_level = !is_null(arguments[EVIDENCE_HINT_LEVEL]);
    if (has_level && !(evidence->hint_level > 0.0)) /* 0 would mean: the default */
        return fault_set(fault, POLE_INVALID_ARGUMENT, "hint_level must be greater than 0");
    gathered->given = has_level ? sqlite3_mprintf("%!.10g,%!.10g,%!.10g,%!.10g",
                                                  evidence->hint.lat_deg, evidence->hint.lon_deg,
                                                  evidence->hint_radius_m, evidence->hint_level)
                                : sqlite3_mprintf("%!.10g,%!.10g,%!.10g", evidence->hint.lat_deg,
                                                  evidence->hint.lon_deg, evidence->hint_radius_m);
    if (gathered->given == NULL)
        return fault_set(fault, POLE_NO_MEMORY, "");
    evidence->hint_given = (pole_span){gathered->given, strlen(gathered->given)};
    return evidence->hint_crs.size_bytes == 0 || convert_hint(gathered, fault);
}

static int read_polygon(struct gathered *gathered, sqlite3_value *value, struct fault *fault)
{
    if (is_null(value))
        return 1;
    if (!polygon_argument(value, &gathered->polygon, fault))
        return 0;
    gathered->evidence.polygon = gathered->polygon.points;
    gathered->evidence.polygon_rings = gathered->polygon.sizes;
    gathered->evidence.polygon_ring_count = gathered->polygon.rings;
    return 1;
}

/* A channel's name, or its table, which has more than one line. */
static int read_channel(struct gathered *gathered, sqlite3_value *value, struct fault *fault)
{
    static const pole_span given = {"given", 5};
    pole_span text;
    if (is_null(value))
        return 1;
    if (!text_argument(value, "the channel", &text, fault))
        return 0;
    pole_error error = {0};
    if (text.size_bytes > 0 && memchr(text.data, '\n', text.size_bytes) != NULL) {
        if (pole_channel_read(text, given, &sqlite_memory, &gathered->channel, &error) != POLE_OK)
            return fault_from_error(fault, &error);
    } else if (!fault_check(fault, pole_channel_named(text, &sqlite_memory, &gathered->channel),
                            "channel is 'everyday', 'heavy', or the text of a channel's table")) {
        return 0;
    }
    gathered->options.channel = gathered->channel;
    return 1;
}

static int read_options(struct gathered *gathered, struct saying *saying, const pole_index *index,
                        sqlite3_value **arguments, struct fault *fault)
{
    pole_resolve_options *options = &gathered->options;
    sqlite3_int64 limit = 0;
    pole_json_options_init(&saying->json);
    if (!read_channel(gathered, arguments[EVIDENCE_CHANNEL], fault) ||
        !number_argument(arguments[EVIDENCE_CLEAN], "clean", &options->clean, fault) ||
        !number_argument(arguments[EVIDENCE_NEAR_M], "near_m", &options->near_m, fault) ||
        !whole_argument(arguments[EVIDENCE_LIMIT], "candidates", 1, INT32_MAX, &limit, fault) ||
        !language_argument(arguments[EVIDENCE_LANGUAGE], "language", &saying->json.language,
                           fault) ||
        !language_argument(arguments[EVIDENCE_CALLER_LANGUAGE], "caller_language",
                           &saying->json.caller_language, fault) ||
        !text_argument(arguments[EVIDENCE_SCOPE], "said_scope", &options->scope, fault))
        return 0;
    options->limit = (uint32_t)limit;
    options->caller_language = saying->json.caller_language;
    uint16_t scope;
    if (!is_null(arguments[EVIDENCE_SCOPE]) &&
        pole_index_find_scope(index, options->scope, &scope) != POLE_OK)
        return fault_set(fault, POLE_INVALID_ARGUMENT,
                         "no county is called '%.*s' here (pole_info() lists them); leave "
                         "said_scope NULL when it is not known",
                         (int)options->scope.size_bytes, options->scope.data);
    return 1;
}

static int gather(struct gathered *gathered, struct saying *saying, sqlite3 *db,
                  const pole_index *index, sqlite3_value **arguments, struct fault *fault)
{
    pole_evidence *evidence = &gathered->evidence;
    pole_evidence_init(evidence);
    pole_resolve_options_init(&gathered->options);
    gathered->options.evidence = evidence;
    return read_options(gathered, saying, index, arguments, fault) &&
           read_hint(gathered, arguments, fault) &&
           text_argument(arguments[EVIDENCE_STREET], "said_street", &evidence->street, fault) &&
           text_argument(arguments[EVIDENCE_DISTRICT], "said_district", &evidence->district,
                         fault) &&
           read_digits(gathered, db, arguments[EVIDENCE_DIGITS], fault) &&
           read_box(gathered, db, arguments[EVIDENCE_BOX], fault) &&
           read_polygon(gathered, arguments[EVIDENCE_POLYGON], fault) &&
           hear_second(&saying->also, index, arguments[EVIDENCE_ALSO], "also", &evidence->also,
                       fault) &&
           hear_second(&saying->later, index, arguments[EVIDENCE_LATER], "later", &evidence->then,
                       fault) &&
           hear_said(saying, db, index, arguments, fault);
}

int saying_resolve(struct saying *saying, sqlite3 *db, const pole_index *index,
                   sqlite3_value **arguments, struct fault *fault)
{
    struct gathered gathered = {0};
    int done = gather(&gathered, saying, db, index, arguments, fault);
    if (done && saying->resolution == NULL)
        done = fault_check(fault, pole_resolution_new(&sqlite_memory, &saying->resolution), "");
    if (done)
        done = fault_check(
            fault, pole_resolve(index, saying->heard, &gathered.options, saying->resolution),
            "resolving (clean and hint_level lie below 1, a digit's place within the code, box and "
            "polygon on the earth)");
    polygon_free(&gathered.polygon);
    pole_channel_free(gathered.channel);
    sqlite3_free(gathered.given);
    return done;
}

void saying_free(struct saying *saying)
{
    pole_resolution_free(saying->resolution);
    pole_heard_free(saying->heard);
    pole_heard_free(saying->also);
    pole_heard_free(saying->later);
    *saying = (struct saying){0};
}

int evidence_by_name(int argc, sqlite3_value **argv, sqlite3_value **arguments, struct fault *fault)
{
    static const char names[] = EVIDENCE_NAMES;
    arguments[EVIDENCE_TEXT] = argv[0];
    for (int i = 1; i + 1 < argc; i += 2) {
        pole_span wanted;
        if (!text_argument(argv[i], "the name of an argument", &wanted, fault))
            return 0;
        int number = 0;
        const char *name = names;
        while (name != NULL) {
            const char *comma = strchr(name, ',');
            const size_t length = comma == NULL ? strlen(name) : (size_t)(comma - name);
            if (length == wanted.size_bytes && memcmp(name, wanted.data, length) == 0)
                break;
            name = comma == NULL ? NULL : comma + 2;
            number++;
        }
        if (name == NULL || number == EVIDENCE_TEXT || arguments[number] != NULL)
            return fault_set(fault, POLE_INVALID_ARGUMENT,
                             "'%.*s' is no name, or there twice; names: %s", (int)wanted.size_bytes,
                             wanted.data == NULL ? "" : wanted.data, names);
        arguments[number] = argv[i + 1];
    }
    return 1;
}

pole_status saying_write_json(const void *what, char *text, size_t capacity, size_t *needed)
{
    const struct saying *saying = what;
    return pole_resolution_json(saying->resolution, &saying->json, text, capacity, needed);
}
