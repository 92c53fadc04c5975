/* SPDX-License-Identifier: MIT
 *
 * Messages about what is near: poles around a point, stations of a pole and of a place; and the
 * conversion of coordinates. */
#include "calls.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static pole_point take_point(call *c)
{
    pole_point at;

    at.lat_deg = wire_take_f64(&c->in);
    at.lon_deg = wire_take_f64(&c->in);
    return at;
}

static pole_status put_hits(call *c, const pole_hit *hits, size_t count)
{
    pole_status status = POLE_OK;

    if (count > INT32_MAX)
        return POLE_LIMIT;
    wire_i32(&c->out, (int32_t)count);
    for (size_t i = 0; i < count && !status; i++) {
        wire_f64(&c->out, hits[i].distance_m);
        wire_f64(&c->out, hits[i].bearing_deg);
        status = put_row(c, hits[i].row);
    }
    return status;
}

pole_status call_nearest(call *c)
{
    pole_point at = take_point(c);
    size_t k = wire_take_u32(&c->in), count = 0;
    double max_m = wire_take_f64(&c->in);

    if (k < 1 || k > POLE_MAX_NEAREST)
        return refuse(c, "k: 1 to 1024");
    pole_hit *hits = calloc(k, sizeof(*hits));
    pole_status status = hits ? pole_nearest(c->index, at, k, max_m, hits, &count) : POLE_NO_MEMORY;

    if (!status)
        status = put_hits(c, hits, count);
    free(hits);
    return status;
}

/* The reply: a count a point, then rows, distances and bearings, k a point. */
static void put_nearest_columns(call *c, const pole_hit *hits, const size_t *counts, size_t points,
                                size_t k)
{
    for (size_t i = 0; i < points; i++)
        wire_i32(&c->out, (int32_t)counts[i]);
    for (size_t i = 0; i < points * k; i++)
        wire_u32(&c->out, i % k < counts[i / k] ? hits[i].row : POLE_NO_ROW);
    for (size_t i = 0; i < points * k; i++)
        wire_f64(&c->out, i % k < counts[i / k] ? hits[i].distance_m : NAN);
    for (size_t i = 0; i < points * k; i++)
        wire_f64(&c->out, i % k < counts[i / k] ? hits[i].bearing_deg : NAN);
}

/* A point that is not valid fails the whole call: without hits it would look like one far off. */
pole_status call_nearest_many(call *c)
{
    size_t k = wire_take_u32(&c->in);
    double max_m = wire_take_f64(&c->in);
    size_t points = wire_take_count(&c->in, sizeof(pole_point));

    if (k < 1 || k > POLE_MAX_NEAREST || !(max_m >= 0))
        return refuse(c, "k: 1 to 1024; the greatest distance: 0 or more");
    pole_point *at = calloc(points + 1, sizeof(*at));
    pole_hit *hits = calloc(points * k + 1, sizeof(*hits));
    size_t *counts = calloc(points + 1, sizeof(*counts));
    pole_status status = at && hits && counts ? POLE_OK : POLE_NO_MEMORY;

    if (!status) {
        for (size_t i = 0; i < points; i++)
            at[i] = take_point(c);
        status = pole_nearest_many(c->index, at, points, k, max_m, hits, counts);
        if (status == POLE_INVALID_ARGUMENT)
            status = refuse(c, "a point: latitude -90 to 90, longitude -180 to 180");
        if (!status)
            put_nearest_columns(c, hits, counts, points, k);
    }
    free(at);
    free(hits);
    free(counts);
    return status;
}

#define FEW_HITS 256

pole_status call_within_radius(call *c)
{
    pole_point at = take_point(c);
    double radius_m = wire_take_f64(&c->in);
    pole_hit few[FEW_HITS], *hits = few;
    size_t needed = 0;
    pole_status status = pole_within_radius(c->index, at, radius_m, few, FEW_HITS, &needed);

    if (status == POLE_LIMIT) {
        hits = calloc(needed, sizeof(*hits));
        status = hits ? pole_within_radius(c->index, at, radius_m, hits, needed, &needed)
                      : POLE_NO_MEMORY;
    }
    if (!status)
        status = put_hits(c, hits, needed);
    if (hits != few)
        free(hits);
    return status;
}

pole_status call_station(call *c)
{
    return put_station(c, wire_take_u32(&c->in));
}

pole_status call_find_station(call *c)
{
    pole_station_number number;
    pole_status status = pole_index_find_station(c->index, wire_take_text(&c->in), &number);

    return status ? status : put_station(c, number);
}

typedef struct {
    const pole_index *index;
    pole_span query;
    pole_point at;
    pole_span kind;
    const pole_station_hit *hits;
    size_t count;
    pole_area_edge edge;
    pole_json_options json;
} stations_answer;

static pole_status write_stations(const void *context, char *text, size_t capacity, size_t *needed)
{
    const stations_answer *a = context;

    return pole_stations_json(a->index, a->query, a->at, a->kind, a->hits, a->count, &a->edge,
                              &a->json, text, capacity, needed);
}

static int is_police(pole_span kind)
{
    return !kind.size_bytes || (kind.size_bytes == 6 && !memcmp(kind.data, "police", 6));
}

static pole_status put_stations(call *c, stations_answer *answer)
{
    pole_status status = POLE_OK;

    answer->index = c->index;
    answer->edge.station = POLE_NO_STATION;
    answer->edge.distance_m = INFINITY;
    pole_json_options_init(&answer->json);
    answer->json.language = wire_take_i32(&c->in);
    if (is_police(answer->kind))
        status = pole_area_edge_at(c->index, answer->at, POLE_AREA_EDGE_M, &answer->edge);
    if (!status)
        status = put_station_hits(c, answer->hits, answer->count);
    if (!status)
        status = put_area_edge(c, &answer->edge);
    return status ? status : put_json(c, write_stations, answer);
}

pole_status call_stations_of(call *c)
{
    stations_answer answer = {0};
    pole_station_hit hits[4];
    pole_row row = wire_take_u32(&c->in);
    pole_status status = pole_index_point(c->index, row, &answer.at);

    answer.query = wire_take_text(&c->in);
    answer.hits = hits;
    if (!status)
        status = pole_stations_of(c->index, row, POLE_ROLE_ALL, hits, 4, &answer.count);
    return status ? status : put_stations(c, &answer);
}

#define MOST_STATIONS 1024

pole_status call_stations_at(call *c)
{
    stations_answer answer = {0};

    answer.at = take_point(c);
    answer.kind = wire_take_text(&c->in);
    answer.query = wire_take_text(&c->in);
    size_t nearest = wire_take_u32(&c->in);

    if (nearest > MOST_STATIONS)
        return refuse(c, "the nearest stations: at most 1024");
    pole_station_hit *hits = calloc(nearest + 4, sizeof(*hits));

    if (!hits)
        return POLE_NO_MEMORY;
    answer.hits = hits;
    pole_status status = pole_stations_at(c->index, answer.at, answer.kind, POLE_ROLE_ALL, nearest,
                                          hits, nearest + 4, &answer.count);

    if (!status)
        status = put_stations(c, &answer);
    free(hits);
    return status;
}

/* In: the CRS's name, 1 to or 0 from WGS 84, count, x, y, x, y, ... Out: its name, unit, accuracy,
 * whether it is geographic, how many points could not be converted, and the points. */
pole_status call_crs(call *c)
{
    pole_crs *crs;
    pole_span name = wire_take_text(&c->in);
    int to_wgs84 = wire_take_i32(&c->in);
    size_t count = wire_take_count(&c->in, 16), bad = 0;
    pole_status status = pole_crs_new(name, NULL, NULL, &crs, &c->error);

    if (status)
        return status;
    double *x = calloc(count + 1, sizeof(*x)), *y = calloc(count + 1, sizeof(*y));

    if (!x || !y)
        status = POLE_NO_MEMORY;
    for (size_t i = 0; i < count && !status; i++) {
        x[i] = wire_take_f64(&c->in);
        y[i] = wire_take_f64(&c->in);
    }
    if (!status && count)
        status = to_wgs84 ? pole_crs_to_wgs84(crs, count, x, y, &bad)
                          : pole_crs_from_wgs84(crs, count, x, y, &bad);
    if (!status) {
        wire_name(&c->out, pole_crs_name(crs));
        wire_name(&c->out, pole_crs_unit(crs));
        wire_f64(&c->out, pole_crs_accuracy_m(crs));
        wire_i32(&c->out, pole_crs_is_geographic(crs));
        wire_i32(&c->out, (int32_t)bad);
        for (size_t i = 0; i < count; i++) {
            wire_f64(&c->out, x[i]);
            wire_f64(&c->out, y[i]);
        }
    }
    free(x);
    free(y);
    pole_crs_free(crs);
    return status;
}
