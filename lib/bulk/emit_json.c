/* SPDX-License-Identifier: MIT
 * Rows as JSON: a resolution a line, or features of GeoJSON (RFC 7946). */
#include <math.h>

#include "base/decimal.h"
#include "bulk/emit.h"
#include "formats/json_out.h"

#define USUAL_LINE_BYTES ((size_t)8192)

/* {column: text, ...}; what a short row lacks is null; cells beyond the columns have their number
 * for a name. */
static bool put_cells(pole_emitter *emitter, const pole_log_row *row, pole_json_writer *json)
{
    const pole_log_plan *plan = emitter->how->plan;
    pole_csv_record record;
    size_t used;
    const pole_span text = pole_emit_scan(emitter, row);
    pole_csv_reader_restart(emitter->csv, 1);
    if (text.data == NULL && row->raw_size > 0)
        return false;
    record.cell_count = 0;
    if (text.size_bytes > 0 && pole_csv_next(emitter->csv, text.data, text.size_bytes, true, &used,
                                             &record) == POLE_CSV_MEMORY)
        return false;
    const size_t count =
        record.cell_count > plan->column_count ? record.cell_count : plan->column_count;
    for (size_t i = 0; i < count; i++) {
        char number[24];
        pole_span cell = {NULL, 0};
        if (plan->dropped && (i >= plan->column_count || plan->dropped[i]))
            continue;
        const pole_span name = i < plan->column_count
                                   ? plan->keys[i]
                                   : (pole_span){number, pole_u64_to_text(i + 1, number)};
        pole_json_key_span(json, name);
        if (i >= record.cell_count || (plan->dropped && row->is_unread)) {
            pole_json_null(json);
            continue;
        }
        if (!pole_cell_text(&emitter->cells, row->raw, &record, i, SIZE_MAX, &cell))
            return false;
        pole_json_string(json, cell);
    }
    pole_cell_reader_clear(&emitter->cells);
    return true;
}

static void put_added(const pole_emission *how, const pole_row_match *match, pole_json_writer *json)
{
    const pole_added *added = &how->plan->added;
    char room[POLE_ADDED_TEXT_BYTES];
    for (size_t i = 0; i < added->count; i++) {
        const pole_span text = pole_added_text(how->index, match, added->columns[i], room);
        pole_json_key(json, how->plan->added_names[i]);
        if (text.size_bytes == 0)
            pole_json_null(json);
        else if (pole_added_is_number(added->columns[i]))
            pole_json_raw(json, text);
        else
            pole_json_string(json, text);
    }
}

static void put_geometry(const pole_row_match *match, pole_json_writer *json)
{
    pole_json_key(json, "geometry");
    if (isnan(match->at.lat_deg)) {
        pole_json_null(json);
        return;
    }
    pole_json_begin_object(json);
    pole_json_key(json, "type");
    pole_json_text(json, "Point");
    pole_json_key(json, "coordinates");
    pole_json_begin_array(json);
    pole_json_double(json, match->at.lon_deg, 7);
    pole_json_double(json, match->at.lat_deg, 7);
    pole_json_end_array(json);
    pole_json_end_object(json);
}

bool pole_emit_feature(pole_emitter *emitter, const pole_log_row *row, const pole_row_match *match,
                       pole_buffer *out)
{
    pole_json_writer json;
    if (row->is_blank)
        return true;
    pole_buffer_append_text(out, POLE_FEATURE_SEPARATOR);
    pole_json_writer_init(&json, out);
    pole_json_begin_object(&json);
    pole_json_key(&json, "type");
    pole_json_text(&json, "Feature");
    put_geometry(match, &json);
    pole_json_key(&json, "properties");
    pole_json_begin_object(&json);
    if (!put_cells(emitter, row, &json))
        return false;
    put_added(emitter->how, match, &json);
    pole_json_end_object(&json);
    pole_json_end_object(&json);
    return !out->failed;
}

/* The resolution's object without its opening brace. Mostly the first try has room. */
static bool put_resolution(pole_emitter *emitter, const pole_resolution *resolution,
                           pole_buffer *out)
{
    const size_t before = out->size;
    size_t needed = USUAL_LINE_BYTES;
    for (unsigned tries = 0; tries < 2; tries++) {
        const size_t capacity = needed;
        out->size = before;
        char *text = (char *)pole_buffer_extend(out, capacity);
        if (text == NULL)
            return false;
        const pole_status status =
            pole_resolution_json(resolution, &emitter->how->json, text, capacity, &needed);
        if (status == POLE_LIMIT)
            continue;
        text[0] = ',';
        out->size = before + needed - 1; /* without the NUL */
        return status == POLE_OK;
    }
    return false;
}

/* What a person decided: a key that is there only then. */
static void put_decision(const pole_emission *how, const pole_row_match *decided,
                         pole_json_writer *json)
{
    static const pole_added_column columns[] = {POLE_ADD_STATUS, POLE_ADD_SCOPE,
                                                POLE_ADD_CODE,   POLE_ADD_LAT,
                                                POLE_ADD_LON,    POLE_ADD_STATION_ID};
    static const char *const names[] = {"status", "scope", "code", "lat", "lon", "station_id"};
    char room[POLE_ADDED_TEXT_BYTES];
    pole_json_key(json, "decision");
    pole_json_begin_object(json);
    for (unsigned i = 0; i < sizeof columns / sizeof *columns; i++) {
        const pole_span text = pole_added_text(how->index, decided, columns[i], room);
        pole_json_key(json, names[i]);
        if (text.size_bytes == 0)
            pole_json_null(json);
        else if (pole_added_is_number(columns[i]))
            pole_json_raw(json, text);
        else
            pole_json_string(json, text);
    }
    pole_json_end_object(json);
}

bool pole_emit_line(pole_emitter *emitter, const pole_log_row *row, uint64_t number,
                    const pole_resolution *resolution, const pole_row_match *decided,
                    pole_buffer *out)
{
    pole_json_writer json;
    pole_json_writer_init(&json, out);
    pole_json_begin_object(&json);
    pole_json_key(&json, "row");
    pole_json_u64(&json, number);
    pole_json_key(&json, "input");
    pole_json_begin_object(&json);
    if (!put_cells(emitter, row, &json))
        return false;
    pole_json_end_object(&json);
    if (decided)
        put_decision(emitter->how, decided, &json);
    if (resolution == NULL) {
        static const char malformed[] =
            ",\"schema\":1,\"query\":null,\"heard\":null,\"readings\":[],\"reason\":null,"
            "\"status\":\"malformed\",\"confidence\":null,\"confidence_place\":null,"
            "\"no_pole\":null,\"corroborated_by\":[],\"candidates\":[],\"far_rival\":null,"
            "\"estimate\":null,\"evidence\":[],\"question\":null,\"warnings\":[]}\n";
        pole_buffer_append_text(out, malformed);
        return !out->failed;
    }
    if (!put_resolution(emitter, resolution, out))
        return false;
    pole_buffer_append_byte(out, '\n');
    return !out->failed;
}
