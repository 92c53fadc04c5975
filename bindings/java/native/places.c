/* SPDX-License-Identifier: MIT
 *
 * Messages about the index, codes, places and stations. */
#include "calls.h"

#include <math.h>
#include <stdlib.h>

pole_status put_record(call *c, const pole_record *record)
{
    size_t size = record_write(record, c->handle->is_sample, NULL, 0);
    uint8_t *to = wire_room(&c->out, size);

    if (!to)
        return POLE_NO_MEMORY;
    record_write(record, c->handle->is_sample, to, size);
    return POLE_OK;
}

pole_status put_row(call *c, pole_row row)
{
    pole_record record = {.struct_size = sizeof(record)};
    pole_status status = pole_index_record(c->index, row, &record);

    return status ? status : put_record(c, &record);
}

pole_status put_key(call *c, pole_row row)
{
    pole_record record = {.struct_size = sizeof(record)};
    pole_status status = pole_index_record(c->index, row, &record);

    if (status)
        return status;
    wire_u32(&c->out, record.code.number);
    wire_i32(&c->out, record.code.digits);
    wire_text(&c->out, record.scope);
    return POLE_OK;
}

pole_status put_station(call *c, pole_station_number number)
{
    pole_station station = {.struct_size = sizeof(station)};
    pole_status status = pole_index_station(c->index, number, &station);

    if (status)
        return status;
    wire_u32(&c->out, station.number);
    wire_i32(&c->out, c->handle->is_sample);
    wire_f64(&c->out, station.at.lat_deg);
    wire_f64(&c->out, station.at.lon_deg);
    wire_text(&c->out, station.id);
    wire_text(&c->out, station.name);
    wire_text(&c->out, station.kind);
    wire_text(&c->out, station.phone);
    wire_text(&c->out, station.group);
    wire_text(&c->out, station.district);
    wire_text(&c->out, station.prefix);
    wire_text(&c->out, station.scope);
    wire_text(&c->out, station.successor);
    return POLE_OK;
}

pole_status put_station_hits(call *c, const pole_station_hit *hits, size_t count)
{
    pole_status status = POLE_OK;

    wire_i32(&c->out, (int32_t)count);
    for (size_t i = 0; i < count && !status; i++) {
        wire_i32(&c->out, hits[i].role);
        wire_i32(&c->out, hits[i].chosen);
        wire_f64(&c->out, hits[i].distance_m);
        wire_f64(&c->out, hits[i].bearing_deg);
        wire_f64(&c->out, hits[i].road_m);
        wire_f64(&c->out, hits[i].road_s);
        status = put_station(c, hits[i].number);
    }
    return status;
}

/* 1 and the edge, or 0. */
pole_status put_area_edge(call *c, const pole_area_edge *edge)
{
    wire_i32(&c->out, edge->station != POLE_NO_STATION);
    if (edge->station == POLE_NO_STATION)
        return POLE_OK;
    wire_f64(&c->out, edge->distance_m);
    return put_station(c, edge->station);
}

#define JSON_GUESS 16384

pole_status put_json(call *c, json_writer *write, const void *context)
{
    size_t needed = 0, capacity = JSON_GUESS;
    pole_status status = POLE_LIMIT;

    for (int i = 0; i < 2 && status == POLE_LIMIT; i++) {
        const size_t start = c->out.size;
        uint8_t *to = wire_room(&c->out, sizeof(int32_t) + capacity);

        if (!to)
            return POLE_NO_MEMORY;
        status = write(context, (char *)to + sizeof(int32_t), capacity, &needed);
        c->out.size = start;
        if (!status) {
            wire_i32(&c->out, (int32_t)(needed - 1)); /* without the NUL */
            wire_room(&c->out, needed - 1);
        }
        if (needed > INT32_MAX)
            return POLE_NO_MEMORY;
        capacity = needed;
    }
    return status;
}

static pole_status write_info(const void *index, char *text, size_t capacity, size_t *needed)
{
    return pole_info_json(index, text, capacity, needed);
}

static pole_status put_schemes(call *c, uint32_t count)
{
    pole_status status = POLE_OK;

    wire_u32(&c->out, count);
    for (uint32_t i = 0; i < count && !status; i++) {
        pole_scheme_info scheme = {.struct_size = sizeof(scheme)};
        pole_span scope = {NULL, 0};

        status = pole_index_scheme(c->index, i, &scheme);
        if (!status)
            status = pole_index_scope(c->index, scheme.scope, &scope);
        wire_text(&c->out, scope);
        wire_i32(&c->out, scheme.digits);
        wire_u32(&c->out, scheme.rows);
        wire_i32(&c->out, scheme.field_count);
        for (int field = 0; field < scheme.field_count; field++) {
            wire_i32(&c->out, scheme.field_kind[field]);
            wire_i32(&c->out, scheme.field_width[field]);
        }
    }
    return status;
}

static pole_status put_sources(call *c, uint32_t count)
{
    pole_status status = POLE_OK;

    wire_u32(&c->out, count);
    for (uint32_t i = 0; i < count && !status; i++) {
        pole_source_info source = {.struct_size = sizeof(source)};

        status = pole_index_source(c->index, i, &source);
        wire_u32(&c->out, source.kind);
        wire_text(&c->out, source.file_name);
        wire_text(&c->out, source.hash);
        wire_text(&c->out, source.crs);
        wire_i64(&c->out, (int64_t)source.size_bytes);
        wire_i64(&c->out, (int64_t)source.rows_read);
        wire_i64(&c->out, (int64_t)source.rows_refused);
    }
    return status;
}

pole_status call_info(call *c)
{
    pole_info info = {.struct_size = sizeof(info)};
    pole_status status = pole_index_info(c->index, &info);

    if (status)
        return status;
    wire_u32(&c->out, info.is_sample);
    wire_u32(&c->out, info.format_major);
    wire_u32(&c->out, info.format_minor);
    wire_u32(&c->out, info.poles);
    wire_u32(&c->out, info.stations);
    wire_u32(&c->out, info.areas);
    wire_u32(&c->out, info.doubts_used);
    wire_i64(&c->out, (int64_t)info.file_bytes);
    wire_i64(&c->out, info.built_at_s);
    wire_i64(&c->out, info.data_date_s);
    wire_f64(&c->out, info.southwest.lat_deg);
    wire_f64(&c->out, info.southwest.lon_deg);
    wire_f64(&c->out, info.northeast.lat_deg);
    wire_f64(&c->out, info.northeast.lon_deg);
    wire_i64(&c->out, (int64_t)info.rows_read);
    wire_i64(&c->out, (int64_t)info.rows_refused);
    wire_i64(&c->out, (int64_t)info.rows_collapsed);
    wire_name(&c->out, info.id);
    wire_text(&c->out, info.name);
    wire_text(&c->out, info.builder);
    wire_text(&c->out, info.doubt_channel);
    wire_name(&c->out, pole_version());
    status = put_schemes(c, info.schemes);
    if (!status)
        status = put_sources(c, info.sources);
    return status ? status : put_json(c, write_info, c->index);
}

pole_status call_verify(call *c)
{
    return pole_index_verify(c->index, &c->error);
}

static void put_code(call *c, pole_code code)
{
    wire_u32(&c->out, code.number);
    wire_i32(&c->out, code.digits);
}

pole_status call_parse(call *c)
{
    pole_code code = {0};
    pole_status status = pole_code_parse(c->index, wire_take_text(&c->in), &code);

    put_code(c, code);
    return status;
}

static pole_code take_code(call *c)
{
    pole_code code = {0};

    code.number = wire_take_u32(&c->in);
    code.digits = (uint8_t)wire_take_i32(&c->in);
    code.scope = (uint16_t)wire_take_i32(&c->in);
    return code;
}

pole_status call_format(call *c)
{
    char text[32];
    pole_code code = take_code(c);
    pole_status status = pole_code_format(c->index, code, 1, text, sizeof(text), NULL);

    wire_name(&c->out, status ? "" : text);
    return status;
}

pole_status call_find_scope(call *c)
{
    uint16_t scope;
    pole_status status = pole_index_find_scope(c->index, wire_take_text(&c->in), &scope);

    wire_i32(&c->out, scope);
    return status;
}

static pole_status put_rows(call *c, const pole_row *rows, size_t count)
{
    pole_status status = POLE_OK;

    if (count > INT32_MAX)
        return POLE_LIMIT;
    wire_i32(&c->out, (int32_t)count);
    for (size_t i = 0; i < count && !status; i++)
        status = put_row(c, rows[i]);
    return status;
}

/* A search that may find more than there is room for: asked again with enough. */
typedef pole_status row_search(const call *c, const void *what, pole_row *rows, size_t capacity,
                               size_t *needed);

static pole_status put_found(call *c, row_search *search, const void *what)
{
    pole_row few[64], *rows = few;
    size_t needed = 0;
    pole_status status = search(c, what, few, 64, &needed);

    if ((status == POLE_OK || status == POLE_LIMIT) && needed > 64) {
        rows = malloc(needed * sizeof(*rows));
        if (!rows)
            return POLE_NO_MEMORY;
        status = search(c, what, rows, needed, &needed);
    }
    if (status == POLE_NOT_FOUND) {
        wire_i32(&c->out, 0);
        status = POLE_OK;
    } else if (!status) {
        status = put_rows(c, rows, needed);
    }
    if (rows != few)
        free(rows);
    return status;
}

static pole_status search_code(const call *c, const void *code, pole_row *rows, size_t capacity,
                               size_t *needed)
{
    return pole_index_find_all(c->index, *(const pole_code *)code, rows, capacity, needed);
}

pole_status call_find_all(call *c)
{
    pole_code code = take_code(c);

    return put_found(c, search_code, &code);
}

static pole_status search_alias(const call *c, const void *alias, pole_row *rows, size_t capacity,
                                size_t *needed)
{
    return pole_index_find_alias(c->index, *(const pole_span *)alias, rows, capacity, needed);
}

pole_status call_find_alias(call *c)
{
    pole_span alias = wire_take_text(&c->in);

    return put_found(c, search_alias, &alias);
}

static pole_status search_box(const call *c, const void *box, pole_row *rows, size_t capacity,
                              size_t *needed)
{
    return pole_within_box(c->index, box, rows, capacity, needed);
}

pole_status call_within_box(call *c)
{
    pole_box box;

    box.south_deg = wire_take_f64(&c->in);
    box.west_deg = wire_take_f64(&c->in);
    box.north_deg = wire_take_f64(&c->in);
    box.east_deg = wire_take_f64(&c->in);
    return put_found(c, search_box, &box);
}

pole_status take_polygon(call *c, pole_point **points, size_t **rings, size_t *count)
{
    size_t point_count = wire_take_count(&c->in, 16);

    *points = calloc(point_count + 1, sizeof(**points));
    *rings = NULL;
    if (!*points)
        return POLE_NO_MEMORY;
    for (size_t i = 0; i < point_count; i++) {
        (*points)[i].lat_deg = wire_take_f64(&c->in);
        (*points)[i].lon_deg = wire_take_f64(&c->in);
    }
    *count = wire_take_count(&c->in, 4);
    *rings = calloc(*count + 1, sizeof(**rings));
    if (!*rings)
        return POLE_NO_MEMORY;
    size_t left = point_count;

    for (size_t i = 0; i < *count; i++) {
        size_t size = wire_take_u32(&c->in);

        if (size > left)
            return refuse(c, "more points in rings than were given");
        left -= size;
        (*rings)[i] = size;
    }
    return POLE_OK;
}

typedef struct {
    pole_point *points;
    size_t *rings;
    size_t count;
} polygon;

static pole_status search_polygon(const call *c, const void *what, pole_row *rows, size_t capacity,
                                  size_t *needed)
{
    const polygon *shape = what;

    return pole_within_polygon(c->index, shape->points, shape->rings, shape->count, rows, capacity,
                               needed);
}

pole_status call_within_polygon(call *c)
{
    polygon shape = {0};
    pole_status status = take_polygon(c, &shape.points, &shape.rings, &shape.count);

    if (!status)
        status = put_found(c, search_polygon, &shape);
    free(shape.points);
    free(shape.rings);
    return status;
}

pole_status call_polygon_read(call *c)
{
    pole_span json = wire_take_text(&c->in);
    size_t points_needed = 0, rings_needed = 0;
    pole_point *points = NULL;
    size_t *rings = NULL;
    pole_status status = pole_polygon_read(json.data, json.size_bytes, NULL, NULL, 0,
                                           &points_needed, NULL, 0, &rings_needed, &c->error);

    if (status == POLE_LIMIT && points_needed) {
        points = calloc(points_needed, sizeof(*points));
        rings = calloc(rings_needed + 1, sizeof(*rings));
        status = points && rings ? pole_polygon_read(json.data, json.size_bytes, NULL, points,
                                                     points_needed, &points_needed, rings,
                                                     rings_needed, &rings_needed, &c->error)
                                 : POLE_NO_MEMORY;
    }
    if (!status) {
        wire_i32(&c->out, (int32_t)rings_needed);
        const pole_point *at = points;

        for (size_t i = 0; i < rings_needed; i++) {
            wire_i32(&c->out, (int32_t)rings[i]);
            for (size_t k = 0; k < rings[i]; k++, at++) {
                wire_f64(&c->out, at->lat_deg);
                wire_f64(&c->out, at->lon_deg);
            }
        }
    }
    free(points);
    free(rings);
    return status;
}
