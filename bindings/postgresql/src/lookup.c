/* SPDX-License-Identifier: MIT
 *
 * From codes to poles: one value for each row of a big table, whole rows, and arrays at once.
 *
 * A code that no pole has, or several have, gives null and no row; pole_status() says why. */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/geo_decls.h"

#include "generation.h"
#include "raise.h"
#include "rows.h"
#include "text.h"

/* What the arguments (code) or (code, scope) ask for. A scope that the index does not have is
 * POLE_NOT_FOUND. */
static pole_status asked_code(FunctionCallInfo fcinfo, const pole_index *index, pole_code *code)
{
    pole_status status = pole_code_parse(index, text_from_argument(PG_GETARG_TEXT_PP(0)), code);

    if (status == POLE_OK && fcinfo->nargs > 1)
        status = pole_index_find_scope(
            index, text_from_argument(DatumGetTextPP(fcinfo->args[1].value)), &code->scope);
    return status;
}

/* Whether the text is another pole's number as it stands: a batch judges bare digits alone, and
 * what such a text means is for pole_resolve() to weigh. */
static bool is_alias_too(const pole_index *index, pole_span text, pole_code code)
{
    pole_row row;
    size_t count = 0;

    return text.size_bytes != code.digits &&
           pole_index_find_alias(index, text, &row, 1, &count) == POLE_OK;
}

static pole_status asked_row(FunctionCallInfo fcinfo, const pole_index *index, pole_row *row)
{
    pole_code code;
    pole_status status = asked_code(fcinfo, index, &code);

    return status == POLE_OK ? pole_index_find(index, code, row) : status;
}

static bool point_of(FunctionCallInfo fcinfo, const pole_index *index, pole_point *at)
{
    pole_row row;

    return asked_row(fcinfo, index, &row) == POLE_OK && pole_index_point(index, row, at) == POLE_OK;
}

PG_FUNCTION_INFO_V1(pgpole_lat);
Datum pgpole_lat(PG_FUNCTION_ARGS)
{
    pole_point at;

    if (!point_of(fcinfo, generation_index(), &at))
        PG_RETURN_NULL();
    PG_RETURN_FLOAT8(at.lat_deg);
}

PG_FUNCTION_INFO_V1(pgpole_lon);
Datum pgpole_lon(PG_FUNCTION_ARGS)
{
    pole_point at;

    if (!point_of(fcinfo, generation_index(), &at))
        PG_RETURN_NULL();
    PG_RETURN_FLOAT8(at.lon_deg);
}

/* x is the longitude, as everywhere in PostgreSQL. */
PG_FUNCTION_INFO_V1(pgpole_point);
Datum pgpole_point(PG_FUNCTION_ARGS)
{
    pole_point at;
    Point *point;

    if (!point_of(fcinfo, generation_index(), &at))
        PG_RETURN_NULL();
    point = palloc(sizeof *point);
    point->x = at.lon_deg;
    point->y = at.lat_deg;
    PG_RETURN_POINT_P(point);
}

/* How the pole stands, or why there is none. */
PG_FUNCTION_INFO_V1(pgpole_status);
Datum pgpole_status(PG_FUNCTION_ARGS)
{
    const pole_index *index = generation_index();
    pole_record record = {.struct_size = sizeof record};
    const char *state;
    pole_row row;
    pole_status status = asked_row(fcinfo, index, &row);

    if (status != POLE_OK)
        PG_RETURN_TEXT_P(cstring_to_text(pole_status_name(status)));
    raise_unless_ok(pole_index_record(index, row, &record), NULL);
    state = rows_state_name(record.state);
    if (state == NULL)
        elog(ERROR, "polelookup: a state of a pole that has no name: %d", (int)record.state);
    PG_RETURN_TEXT_P(cstring_to_text(state));
}

/* The id of the station to send. */
PG_FUNCTION_INFO_V1(pgpole_station);
Datum pgpole_station(PG_FUNCTION_ARGS)
{
    const pole_index *index = generation_index();
    pole_station_hit hits[4];
    size_t count = 0;
    pole_row row;

    if (asked_row(fcinfo, index, &row) != POLE_OK)
        PG_RETURN_NULL();
    raise_unless_ok(pole_stations_of(index, row, POLE_ROLE_ALL, hits, lengthof(hits), &count),
                    NULL);
    for (size_t i = 0; i < count; i++) {
        pole_station station = {.struct_size = sizeof station};

        if (hits[i].chosen == 0)
            continue;
        raise_unless_ok(pole_index_station(index, hits[i].number, &station), NULL);
        PG_RETURN_TEXT_P(text_from_span(station.id));
    }
    PG_RETURN_NULL();
}

static Datum confidence_of(FunctionCallInfo fcinfo, bool of_place)
{
    const pole_index *index = generation_index();
    pole_columns columns = {.struct_size = sizeof columns};
    double confidence = NAN;
    pole_code code;

    if (of_place)
        columns.confidence_place = &confidence;
    else
        columns.confidence = &confidence;
    if (asked_code(fcinfo, index, &code) != POLE_OK ||
        is_alias_too(index, text_from_argument(PG_GETARG_TEXT_PP(0)), code))
        PG_RETURN_NULL();
    raise_unless_ok(pole_index_find_many(index, &code.number, 1, code.digits, code.scope, &columns),
                    NULL);
    if (isnan(confidence))
        PG_RETURN_NULL();
    PG_RETURN_FLOAT8(confidence);
}

PG_FUNCTION_INFO_V1(pgpole_confidence);
Datum pgpole_confidence(PG_FUNCTION_ARGS)
{
    return confidence_of(fcinfo, false);
}

PG_FUNCTION_INFO_V1(pgpole_confidence_place);
Datum pgpole_confidence_place(PG_FUNCTION_ARGS)
{
    return confidence_of(fcinfo, true);
}

static void put_poles(Rows *rows, const pole_index *index, const pole_row *found, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        rows_pole(rows, index, found[i]);
        rows_put(rows);
    }
}

/* The poles of a code: one a scope that has it. */
PG_FUNCTION_INFO_V1(pgpole_lookup);
Datum pgpole_lookup(PG_FUNCTION_ARGS)
{
    const pole_index *index = generation_index();
    pole_row few[16];
    pole_row *found = few;
    size_t count = 0;
    pole_code code;
    Rows rows;

    rows_begin_set(&rows, fcinfo);
    if (asked_code(fcinfo, index, &code) != POLE_OK ||
        pole_index_find_all(index, code, few, lengthof(few), &count) != POLE_OK)
        return (Datum)0;
    if (count > lengthof(few)) {
        found = palloc(count * sizeof *found);
        raise_unless_ok(pole_index_find_all(index, code, found, count, &count), NULL);
    }
    put_poles(&rows, index, found, count);
    return (Datum)0;
}

PG_FUNCTION_INFO_V1(pgpole_alias);
Datum pgpole_alias(PG_FUNCTION_ARGS)
{
    const pole_index *index = generation_index();
    pole_span alias = text_from_argument(PG_GETARG_TEXT_PP(0));
    pole_row *found;
    size_t count = 0;
    Rows rows;

    rows_begin_set(&rows, fcinfo);
    if (pole_index_find_alias(index, alias, NULL, 0, &count) != POLE_OK)
        return (Datum)0;
    found = palloc(count * sizeof *found);
    raise_unless_ok(pole_index_find_alias(index, alias, found, count, &count), NULL);
    put_poles(&rows, index, found, count);
    return (Datum)0;
}

static Datum formatted(FunctionCallInfo fcinfo, int32_t grouped)
{
    const pole_index *index = generation_index();
    pole_code code;
    char digits[32];

    if (asked_code(fcinfo, index, &code) != POLE_OK)
        PG_RETURN_NULL();
    raise_unless_ok(pole_code_format(index, code, grouped, digits, sizeof digits, NULL), NULL);
    PG_RETURN_TEXT_P(cstring_to_text(digits));
}

PG_FUNCTION_INFO_V1(pgpole_code);
Datum pgpole_code(PG_FUNCTION_ARGS)
{
    return formatted(fcinfo, 0);
}

/* With a space between the fields of its scheme: "1 23 45 67". */
PG_FUNCTION_INFO_V1(pgpole_format);
Datum pgpole_format(PG_FUNCTION_ARGS)
{
    return formatted(fcinfo, 1);
}

/* The columns of a batch: one allocation each, the size of the array. */
typedef struct {
    size_t count;
    uint32_t *numbers;
    int *origins; /* of each number: its place in the caller's array */
    pole_row *rows;
    pole_match *match;
    double *lat_deg;
    double *lon_deg;
    pole_station_number *stations;
    double *confidence;
    double *confidence_place;
} Batch;

static void batch_allocate(Batch *batch, size_t most)
{
    batch->numbers = palloc_array(uint32_t, most);
    batch->origins = palloc_array(int, most);
    batch->rows = palloc_array(pole_row, most);
    batch->match = palloc_array(pole_match, most);
    batch->lat_deg = palloc_array(double, most);
    batch->lon_deg = palloc_array(double, most);
    batch->stations = palloc_array(pole_station_number, most);
    batch->confidence = palloc_array(double, most);
    batch->confidence_place = palloc_array(double, most);
}

static void batch_find(Batch *batch, const pole_index *index, uint8_t digits, uint16_t scope)
{
    const pole_columns columns = {.struct_size = sizeof columns,
                                  .rows = batch->rows,
                                  .match = batch->match,
                                  .lat_deg = batch->lat_deg,
                                  .lon_deg = batch->lon_deg,
                                  .stations = batch->stations,
                                  .confidence = batch->confidence,
                                  .confidence_place = batch->confidence_place};

    raise_unless_ok(
        pole_index_find_many(index, batch->numbers, batch->count, digits, scope, &columns), NULL);
}

/* What is not sure enough to be a match must not pass for one. */
static void batch_keep_sure(Batch *batch)
{
    for (size_t i = 0; i < batch->count; i++) {
        if (batch->match[i] == POLE_EXACT)
            continue;
        batch->lat_deg[i] = NAN;
        batch->lon_deg[i] = NAN;
        batch->stations[i] = POLE_NO_STATION;
    }
}

static void batch_put(const Batch *batch, const pole_index *index, const Datum *codes, Rows *rows)
{
    for (size_t i = 0; i < batch->count; i++) {
        pole_station station = {.struct_size = sizeof station};

        rows_int(rows, batch->origins[i] + 1);
        rows_datum(rows, codes[batch->origins[i]]);
        rows_word(rows, pole_match_name(batch->match[i]));
        rows_float(rows, batch->lat_deg[i]);
        rows_float(rows, batch->lon_deg[i]);
        if (pole_index_station(index, batch->stations[i], &station) == POLE_OK)
            rows_text(rows, station.id);
        else
            rows_null(rows);
        rows_float(rows, batch->confidence[i]);
        rows_float(rows, batch->confidence_place[i]);
        rows_bool(rows, generation_is_sample());
        rows_put(rows);
    }
}

/* What is no code of this index, or is not judged here, told as the library's batch tells it. */
static void put_unfound(int origin, Datum code, bool is_null, pole_match match, Rows *rows)
{
    rows_int(rows, origin + 1);
    if (is_null)
        rows_null(rows);
    else
        rows_datum(rows, code);
    rows_word(rows, pole_match_name(match));
    for (int i = 0; i < 5; i++)
        rows_null(rows);
    rows_bool(rows, generation_is_sample());
    rows_put(rows);
}

/* (codes[], best_guess) or (codes[], scope, best_guess): a row for each, found length by length. */
PG_FUNCTION_INFO_V1(pgpole_lookup_many);
Datum pgpole_lookup_many(PG_FUNCTION_ARGS)
{
    const pole_index *index = generation_index();
    bool best_guess = PG_GETARG_BOOL(PG_NARGS() - 1);
    uint16_t scope = POLE_ANY_SCOPE;
    pole_code *parsed;
    Datum *codes;
    bool *nulls;
    int count;
    Batch batch;
    Rows rows;

    rows_begin_set(&rows, fcinfo);
    if (PG_NARGS() > 2)
        scope = raise_unless_scope(index, text_from_argument(PG_GETARG_TEXT_PP(1)));
    deconstruct_array(PG_GETARG_ARRAYTYPE_P(0), TEXTOID, -1, false, TYPALIGN_INT, &codes, &nulls,
                      &count);
    parsed = palloc_array(pole_code, (size_t)count);
    batch_allocate(&batch, (size_t)count);
    for (int i = 0; i < count; i++) {
        pole_span given = {NULL, 0};
        pole_match match = POLE_MATCH_NONE;

        if (!nulls[i])
            given = text_from_argument(DatumGetTextPP(codes[i]));
        if (nulls[i] || pole_code_parse(index, given, &parsed[i]) != POLE_OK)
            match = POLE_NO_CODE;
        else if (!is_alias_too(index, given, parsed[i]))
            continue;
        parsed[i].digits = 0;
        put_unfound(i, codes[i], nulls[i], match, &rows);
    }
    for (uint8_t digits = 1; digits <= POLE_MAX_DIGITS; digits++) {
        CHECK_FOR_INTERRUPTS();
        batch.count = 0;
        for (int i = 0; i < count; i++) {
            if (parsed[i].digits == digits) {
                batch.numbers[batch.count] = parsed[i].number;
                batch.origins[batch.count++] = i;
            }
        }
        if (batch.count > 0)
            batch_find(&batch, index, digits, scope);
        if (!best_guess)
            batch_keep_sure(&batch);
        batch_put(&batch, index, codes, &rows);
    }
    return (Datum)0;
}
