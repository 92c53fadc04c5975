/* SPDX-License-Identifier: MIT
 *
 * Rows of a result, written column by column. */
#include "rows.h"

#include <math.h>

#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/tuplestore.h"

#include "generation.h"
#include "raise.h"
#include "text.h"

void rows_begin_set(Rows *rows, FunctionCallInfo call)
{
    InitMaterializedSRF(call, 0);
    rows->set = (ReturnSetInfo *)call->resultinfo;
    rows->columns = rows->set->setDesc;
    rows->next = 0;
}

void rows_begin_one(Rows *rows, FunctionCallInfo call)
{
    rows->set = NULL;
    rows->next = 0;
    if (get_call_result_type(call, NULL, &rows->columns) != TYPEFUNC_COMPOSITE)
        elog(ERROR, "polelookup: the result of this call is a row");
    rows->columns = BlessTupleDesc(rows->columns);
}

static int next_column(Rows *rows, bool is_null)
{
    if (rows->next >= rows->columns->natts || rows->next >= ROWS_MOST_COLUMNS)
        elog(ERROR, "polelookup: the extension's SQL declares fewer columns than its library has");
    rows->nulls[rows->next] = is_null;
    return rows->next++;
}

void rows_null(Rows *rows)
{
    rows->values[next_column(rows, true)] = (Datum)0;
}

void rows_datum(Rows *rows, Datum value)
{
    rows->values[next_column(rows, false)] = value;
}

void rows_text_always(Rows *rows, pole_span text)
{
    rows_datum(rows, PointerGetDatum(text_from_span(text)));
}

void rows_text(Rows *rows, pole_span text)
{
    if (text.size_bytes == 0)
        rows_null(rows);
    else
        rows_text_always(rows, text);
}

void rows_word(Rows *rows, const char *word)
{
    if (word == NULL)
        rows_null(rows);
    else
        rows_datum(rows, CStringGetTextDatum(word));
}

void rows_float(Rows *rows, double value)
{
    if (isfinite(value))
        rows_datum(rows, Float8GetDatum(value));
    else
        rows_null(rows);
}

void rows_int(Rows *rows, int32 value)
{
    rows_datum(rows, Int32GetDatum(value));
}

void rows_bool(Rows *rows, bool value)
{
    rows_datum(rows, BoolGetDatum(value));
}

void rows_tristate(Rows *rows, int32 value)
{
    if (value < 0)
        rows_null(rows);
    else
        rows_bool(rows, value != 0);
}

static void check_whole(const Rows *rows)
{
    if (rows->next != rows->columns->natts)
        elog(ERROR, "polelookup: the extension's SQL declares more columns than its library has");
}

void rows_put(Rows *rows)
{
    check_whole(rows);
    tuplestore_putvalues(rows->set->setResult, rows->columns, rows->values, rows->nulls);
    rows->next = 0;
}

Datum rows_value(Rows *rows)
{
    check_whole(rows);
    return HeapTupleGetDatum(heap_form_tuple(rows->columns, rows->values, rows->nulls));
}

const char *rows_state_name(int32 state)
{
    switch (state) {
    case POLE_STATE_ACTIVE:
        return "active";
    case POLE_STATE_MOVED:
        return "moved";
    case POLE_STATE_REMOVED:
        return "removed";
    default:
        return NULL;
    }
}

static void chosen_station(Rows *rows, const pole_index *index, pole_row row)
{
    pole_station_hit hits[4];
    size_t count = 0;

    raise_unless_ok(pole_stations_of(index, row, POLE_ROLE_ALL, hits, lengthof(hits), &count),
                    NULL);
    for (size_t i = 0; i < count; i++) {
        pole_station station = {.struct_size = sizeof station};

        if (hits[i].chosen == 0)
            continue;
        raise_unless_ok(pole_index_station(index, hits[i].number, &station), NULL);
        rows_text(rows, station.id);
        rows_text(rows, station.name);
        rows_text(rows, station.phone);
        rows_word(rows, pole_role_name(hits[i].role));
        rows_float(rows, hits[i].distance_m);
        return;
    }
    for (int i = 0; i < 5; i++)
        rows_null(rows);
}

void rows_pole(Rows *rows, const pole_index *index, pole_row row)
{
    pole_record record = {.struct_size = sizeof record};
    char code[32];

    raise_unless_ok(pole_index_record(index, row, &record), NULL);
    raise_unless_ok(pole_code_format(index, record.code, 0, code, sizeof code, NULL), NULL);
    rows_word(rows, code);
    rows_text_always(rows, record.scope);
    rows_float(rows, record.at.lat_deg);
    rows_float(rows, record.at.lon_deg);
    rows_text(rows, record.street);
    rows_text(rows, record.district);
    rows_word(rows, rows_state_name(record.state));
    rows_text(rows, record.successor);
    chosen_station(rows, index, row);
    rows_text(rows, record.note);
    rows_text(rows, record.alias);
    rows_text(rows, record.alias_owner);
    if (record.surveyed_days == POLE_NO_DATE)
        rows_null(rows);
    else
        rows_datum(rows, DateADTGetDatum(record.surveyed_days -
                                         (POSTGRES_EPOCH_JDATE - UNIX_EPOCH_JDATE)));
    rows_bool(rows, generation_is_sample());
}
