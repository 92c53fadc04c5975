/* SPDX-License-Identifier: MIT
 * See plan_columns.h. */
#include "bulk/plan_columns.h"

#include <polelookup/lookup.h>

#include "base/decimal.h"
#include "base/status.h"
#include "base/utf8.h"
#include "bulk/cell_text.h"
#include "formats/columns.h"

#define SAMPLE_ROWS 1000u
#define ENOUGH_PERCENT 95u
#define SAMPLE_BYTES ((size_t)32 << 20)
#define MOST_MAPS 32

static const pole_column_role evidence_roles[POLE_EVIDENCE_CELLS] = {
    POLE_COLUMN_HINT_LAT,   POLE_COLUMN_HINT_LON, POLE_COLUMN_HINT_RADIUS_M,
    POLE_COLUMN_HINT_LEVEL, POLE_COLUMN_HINT_CRS, POLE_COLUMN_STREET,
    POLE_COLUMN_DISTRICT,   POLE_COLUMN_SCOPE,    POLE_COLUMN_ALSO};

static pole_status no_column(const pole_log_plan *plan, const char *name, pole_error *error)
{
    return pole_fail(error, POLE_BAD_INPUT, "there is no column '%.60s'; the columns are %s", name,
                     pole_columns_list(plan->names, plan->column_count).text);
}

/* A column by its name, or by its number from 1 as "#3". */
static pole_status column_by_name(const pole_log_plan *plan, const char *name, uint32_t *column,
                                  pole_error *error)
{
    const pole_span wanted = pole_span_of(name);
    uint64_t number;
    *column = POLE_NO_COLUMN;
    for (size_t i = 0; i < plan->column_count; i++) {
        if (!pole_span_equal(plan->names[i], wanted))
            continue;
        if (*column != POLE_NO_COLUMN) {
            pole_fail(error, POLE_BAD_INPUT, "two columns are named '%.60s'", name);
            pole_fail_hint(error, "name it by its number: #1 is the first");
            return POLE_BAD_INPUT;
        }
        *column = (uint32_t)i;
    }
    if (*column != POLE_NO_COLUMN)
        return POLE_OK;
    if (name[0] == '#' &&
        pole_decimal_to_u64(pole_span_of(name + 1), plan->column_count, &number) && number > 0) {
        *column = (uint32_t)(number - 1);
        return POLE_OK;
    }
    return no_column(plan, name, error);
}

/* "role=column" */
static pole_status read_map(const char *text, pole_column_map *map, pole_error *error)
{
    const char *equals = strchr(text, '=');
    const pole_span role = {text, equals ? (size_t)(equals - text) : 0};
    map->role = equals ? pole_column_role_by_name(role) : POLE_COLUMN_ROLES;
    map->name = pole_span_of(equals ? equals + 1 : "");
    const bool known = map->role != POLE_COLUMN_ROLES && map->role != POLE_COLUMN_CODE &&
                       (pole_column_role_in_table(map->role, POLE_COLUMNS_CALLS) ||
                        pole_column_role_in_table(map->role, POLE_COLUMNS_TIMES));
    if (known && map->name.size_bytes > 0)
        return POLE_OK;
    pole_fail(error, POLE_INVALID_ARGUMENT, "'%.80s' names no evidence and its column", text);
    pole_fail_hint(error, "hint_lat hint_lon hint_radius_m hint_level hint_crs street district "
                          "scope also time, each =COLUMN");
    return POLE_INVALID_ARGUMENT;
}

static pole_status find_time(const pole_log_plan *plan, const pole_column_map *maps, size_t count,
                             bool wanted, uint32_t *time, pole_error *error)
{
    pole_column_roles roles;
    const pole_status status =
        pole_columns_find(POLE_COLUMNS_TIMES, plan->names, plan->column_count, maps, count, &roles,
                          wanted || count > 0 ? error : NULL);
    *time = status == POLE_OK ? roles.column[POLE_COLUMN_TIME] : POLE_NO_COLUMN;
    return wanted || count > 0 ? status : POLE_OK;
}

/* The columns with names that are known or mapped. */
static pole_status find_named(const pole_geocode_options *options, pole_log_plan *plan,
                              uint32_t *code, pole_error *error)
{
    pole_column_map maps[MOST_MAPS], time_map;
    size_t count = 0, time_count = 0;
    for (const char *const *text = options->map; text && *text; text++) {
        pole_column_map map;
        const pole_status status = read_map(*text, &map, error);
        if (status != POLE_OK)
            return status;
        if (map.role == POLE_COLUMN_TIME && time_count == 0)
            time_map = map, time_count = 1;
        else if (map.role == POLE_COLUMN_TIME || count == MOST_MAPS)
            return pole_fail(error, POLE_INVALID_ARGUMENT, "'%.80s' is one map too many", *text);
        else
            maps[count++] = map;
    }
    pole_column_roles roles;
    pole_status status = pole_columns_find(POLE_COLUMNS_CALLS, plan->names, plan->column_count,
                                           maps, count, &roles, error);
    if (status == POLE_OK)
        status = find_time(plan, &time_map, time_count, options->report != 0, &plan->time, error);
    if (status != POLE_OK)
        return status;
    for (unsigned i = 0; i < POLE_EVIDENCE_CELLS; i++) {
        plan->evidence[i] = roles.column[evidence_roles[i]];
        plan->has_evidence |= plan->evidence[i] != POLE_NO_COLUMN;
    }
    *code = roles.column[POLE_COLUMN_CODE];
    return POLE_OK;
}

/* Whether a cell holds a code, and nothing else. */
static bool is_code(const pole_index *index, pole_span text)
{
    pole_code code;
    return pole_code_parse(index, text, &code) == POLE_OK;
}

/* Counts in hits, by column, how many of the first rows hold a code. *rows: how many there were. */
static pole_status count_codes(const pole_index *index, const pole_blocks *blocks, pole_span text,
                               bool whole, pole_log_plan *plan, pole_cell_reader *cells,
                               uint32_t *hits, uint32_t *rows)
{
    size_t at = 0;
    *rows = 0;
    memset(hits, 0, plan->column_count * sizeof *hits);
    pole_csv_reader_restart(blocks->csv, 1);
    while (*rows < SAMPLE_ROWS) {
        pole_csv_record record;
        size_t used;
        const pole_csv_result result =
            pole_csv_next(blocks->csv, text.data + at, text.size_bytes - at, whole, &used, &record);
        if (result == POLE_CSV_MEMORY)
            return POLE_NO_MEMORY;
        if (result != POLE_CSV_RECORD)
            return POLE_OK;
        const uint8_t *raw = blocks->rest.bytes + at * blocks->unit;
        at += used;
        *rows += record.cell_count > 0;
        for (size_t i = 0; i < record.cell_count && i < plan->column_count; i++) {
            pole_span cell;
            if (!pole_cell_text(cells, raw, &record, i, 64, &cell))
                return POLE_NO_MEMORY;
            hits[i] += is_code(index, cell);
        }
        pole_cell_reader_clear(cells);
    }
    return POLE_OK;
}

static pole_status pick_column(const pole_log_plan *plan, const uint32_t *hits, uint32_t rows,
                               uint32_t *code, pole_error *error)
{
    *code = POLE_NO_COLUMN;
    for (size_t i = 0; i < plan->column_count; i++) {
        if (rows == 0 || (uint64_t)hits[i] * 100 < (uint64_t)rows * ENOUGH_PERCENT)
            continue;
        if (*code != POLE_NO_COLUMN) {
            const pole_span a = plan->names[*code], b = plan->names[i];
            pole_fail(error, POLE_BAD_INPUT, "the columns \"%.*s\" and \"%.*s\" both hold codes",
                      (int)(a.size_bytes < 60 ? a.size_bytes : 60), a.data,
                      (int)(b.size_bytes < 60 ? b.size_bytes : 60), b.data);
            pole_fail_hint(error, "say which: --column NAME");
            return POLE_BAD_INPUT;
        }
        *code = (uint32_t)i;
    }
    if (*code != POLE_NO_COLUMN || rows == 0)
        return POLE_OK;
    pole_fail(error, POLE_BAD_INPUT,
              "no column has a name that is known, or codes in 95 of 100 of the first %u rows; the "
              "columns are %s",
              rows, pole_columns_list(plan->names, plan->column_count).text);
    pole_fail_hint(error, "--column NAME, or --text NAME where it stands within other words");
    return POLE_BAD_INPUT;
}

static pole_status find_by_content(const pole_index *index, pole_blocks *blocks,
                                   pole_log_plan *plan, uint32_t *code, pole_error *error)
{
    uint32_t *hits = pole_allocate_zeroed(&plan->allocator, plan->column_count, sizeof *hits);
    pole_cell_reader cells;
    pole_span text;
    uint32_t rows = 0;
    bool whole = false;
    pole_status status = pole_cell_reader_init(&cells, blocks->encoding, blocks->dialect,
                                               blocks->unit, &plan->allocator, error);
    if (hits == NULL)
        status = POLE_NO_MEMORY;
    for (bool more = false; status == POLE_OK; more = true) {
        status = pole_blocks_look(blocks, more, &text, &whole);
        if (status == POLE_OK)
            status = count_codes(index, blocks, text, whole, plan, &cells, hits, &rows);
        if (rows >= SAMPLE_ROWS || whole || text.size_bytes >= SAMPLE_BYTES)
            break;
    }
    if (status == POLE_OK)
        status = pick_column(plan, hits, rows, code, error);
    pole_cell_reader_free(&cells);
    pole_release(&plan->allocator, hits);
    plan->found_by_content = status == POLE_OK && *code != POLE_NO_COLUMN;
    return status;
}

static pole_status find_texts(const pole_geocode_options *options, pole_log_plan *plan,
                              pole_error *error)
{
    for (const char *const *name = options->text_columns; name && *name; name++) {
        if (plan->text_count == POLE_MOST_TEXT_COLUMNS)
            return pole_fail(error, POLE_INVALID_ARGUMENT, "more than %d columns of text",
                             POLE_MOST_TEXT_COLUMNS);
        const pole_status status =
            column_by_name(plan, *name, &plan->text_columns[plan->text_count], error);
        if (status != POLE_OK)
            return status;
        plan->text_count++;
    }
    return POLE_OK;
}

static pole_status find_dropped(const pole_geocode_options *options, pole_log_plan *plan,
                                pole_error *error)
{
    if (options->drop == NULL || *options->drop == NULL)
        return POLE_OK;
    plan->dropped = pole_allocate_zeroed(&plan->allocator, plan->column_count, 1);
    if (plan->dropped == NULL)
        return POLE_NO_MEMORY;
    for (const char *const *name = options->drop; *name; name++) {
        uint32_t column;
        const pole_status status = column_by_name(plan, *name, &column, error);
        if (status != POLE_OK)
            return status;
        plan->dropped[column] = 1;
    }
    return POLE_OK;
}

pole_status pole_log_plan_columns(const pole_index *index, const pole_geocode_options *options,
                                  pole_blocks *blocks, pole_log_plan *plan, pole_error *error)
{
    uint32_t by_name = POLE_NO_COLUMN;
    plan->code = plan->time = POLE_NO_COLUMN;
    memset(plan->evidence, 0xFF, sizeof plan->evidence);
    if (plan->column_count == 0)
        return POLE_OK; /* nothing at all was read */
    pole_status status = find_named(options, plan, &by_name, error);
    if (status == POLE_OK)
        status = find_texts(options, plan, error);
    if (status == POLE_OK)
        status = find_dropped(options, plan, error);
    if (status != POLE_OK)
        return status;
    if (plan->text_count > 0) {
        if (options->column)
            return pole_fail(error, POLE_INVALID_ARGUMENT,
                             "a column of codes and columns of text cannot both be read");
        return POLE_OK;
    }
    if (options->column)
        return column_by_name(plan, options->column, &plan->code, error);
    plan->code = by_name;
    return by_name != POLE_NO_COLUMN ? POLE_OK
                                     : find_by_content(index, blocks, plan, &plan->code, error);
}
