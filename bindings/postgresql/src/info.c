/* SPDX-License-Identifier: MIT
 *
 * What the index is that this statement reads, and the word to open it anew. */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"

#include "generation.h"
#include "json.h"
#include "raise.h"
#include "rows.h"
#include "text.h"

static Datum scopes_of(const pole_index *index, uint32_t count)
{
    Datum *names = palloc_array(Datum, (size_t)count + 1);

    for (uint32_t i = 0; i < count; i++) {
        pole_span name;

        raise_unless_ok(pole_index_scope(index, (uint16_t)i, &name), NULL);
        names[i] = PointerGetDatum(text_from_span(name));
    }
    return PointerGetDatum(construct_array(names, (int)count, TEXTOID, -1, false, TYPALIGN_INT));
}

static Datum lengths_of(const pole_index *index)
{
    uint32_t lengths = pole_index_lengths(index);
    Datum digits[POLE_MAX_DIGITS];
    int count = 0;

    for (int32 n = 1; n <= POLE_MAX_DIGITS; n++) {
        if ((lengths & (UINT32_C(1) << n)) != 0)
            digits[count++] = Int32GetDatum(n);
    }
    return PointerGetDatum(
        construct_array(digits, count, INT4OID, sizeof(int32), true, TYPALIGN_INT));
}

/* A time that PostgreSQL has none for (the year 294277) is null. */
static void put_time(Rows *rows, int64_t seconds)
{
    const int64_t most = END_TIMESTAMP / USECS_PER_SEC;

    if (seconds == 0 || seconds > most || seconds < -most)
        rows_null(rows);
    else
        rows_datum(rows, TimestampTzGetDatum(time_t_to_timestamptz((pg_time_t)seconds)));
}

PG_FUNCTION_INFO_V1(pgpole_index_info);
Datum pgpole_index_info(PG_FUNCTION_ARGS)
{
    const pole_index *index = generation_index();
    pole_info info = {.struct_size = sizeof info};
    Rows rows;

    raise_unless_ok(pole_index_info(index, &info), NULL);
    rows_begin_one(&rows, fcinfo);
    rows_word(&rows, info.id);
    rows_text(&rows, info.name);
    rows_bool(&rows, info.is_sample != 0);
    rows_int(&rows, (int32)info.poles);
    rows_int(&rows, (int32)info.stations);
    rows_int(&rows, (int32)info.areas);
    rows_datum(&rows, scopes_of(index, info.scopes));
    rows_datum(&rows, lengths_of(index));
    put_time(&rows, info.built_at_s);
    put_time(&rows, info.data_date_s);
    rows_float(&rows, info.southwest.lat_deg);
    rows_float(&rows, info.southwest.lon_deg);
    rows_float(&rows, info.northeast.lat_deg);
    rows_float(&rows, info.northeast.lon_deg);
    rows_datum(&rows, Int64GetDatum((int64)info.rows_refused));
    rows_datum(&rows, Int64GetDatum((int64)info.file_bytes));
    rows_word(&rows, psprintf("%u.%u", info.format_major, info.format_minor));
    rows_word(&rows, pole_version());
    return rows_value(&rows);
}

static pole_status write_info(const void *context, char *text, size_t capacity, size_t *needed)
{
    return pole_info_json(context, text, capacity, needed);
}

PG_FUNCTION_INFO_V1(pgpole_index_json);
Datum pgpole_index_json(PG_FUNCTION_ARGS)
{
    (void)fcinfo;
    return json_datum(write_info, generation_index());
}

/* Returns nothing: this statement keeps its index; the next one has the new. */
PG_FUNCTION_INFO_V1(pgpole_reload);
Datum pgpole_reload(PG_FUNCTION_ARGS)
{
    (void)fcinfo;
    generation_forget();
    PG_RETURN_VOID();
}
