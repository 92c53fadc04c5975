/* SPDX-License-Identifier: MIT
 *
 * Poles and stations around a place, and other CRS. */
#include "addon.h"

#include <string.h>

#define MOST_STATION_HITS 1100

static pole_point point_of(struct js *js, napi_value lat, napi_value lon)
{
    pole_point at;
    at.lat_deg = js_number(js, lat, "lat");
    at.lon_deg = js_number(js, lon, "lon");
    return at;
}

/* {rows, distanceM, bearingDeg}: hits as columns */
static napi_value hits_of(struct js *js, const pole_hit *hits, size_t count)
{
    void *rows = NULL;
    void *distances = NULL;
    void *bearings = NULL;
    napi_value value = js_object(js);
    js_set(js, value, "rows", js_new_array(js, napi_uint32_array, count, &rows));
    js_set(js, value, "distanceM", js_new_array(js, napi_float64_array, count, &distances));
    js_set(js, value, "bearingDeg", js_new_array(js, napi_float64_array, count, &bearings));
    for (size_t i = 0; js->ok && i < count; i++) {
        ((uint32_t *)rows)[i] = hits[i].row;
        ((double *)distances)[i] = hits[i].distance_m;
        ((double *)bearings)[i] = hits[i].bearing_deg;
    }
    return value;
}

/* nearest(handle, lat, lon, k, maxM): hits */
static napi_value nearest(napi_env env, napi_callback_info info)
{
    napi_value arguments[MOST_ARGUMENTS];
    struct js js = js_begin(env, info, arguments, NULL);
    pole_hit hits[POLE_MAX_NEAREST];
    size_t count = 0;
    pole_point at = point_of(&js, arguments[1], arguments[2]);
    uint32_t k = js_uint(&js, arguments[3], POLE_MAX_NEAREST, "k");
    double max_m = js_number(&js, arguments[4], "maxM");
    const pole_index *index = js_index(&js, arguments[0]);
    napi_value value = NULL;
    if (js.ok) {
        pole_status status = pole_nearest(index, at, k, max_m, hits, &count);
        value = status == POLE_OK ? hits_of(&js, hits, count) : js_fail(&js, status, NULL);
    }
    return js_end(&js, value);
}

/* nearestMany(handle, Float64Array of lat, lon, ..., k, maxM): hits one behind the other, and
 * "counts", a Uint32Array: how many are each point's */
static napi_value nearest_many(napi_env env, napi_callback_info info)
{
    napi_value arguments[MOST_ARGUMENTS];
    struct js js = js_begin(env, info, arguments, NULL);
    struct arena arena = {0};
    size_t doubles = 0;
    uint32_t k = js_uint(&js, arguments[2], POLE_MAX_NEAREST, "k");
    double max_m = js_number(&js, arguments[3], "maxM");
    const double *points = js_array(&js, arguments[1], napi_float64_array, &doubles, "points");
    const pole_index *index = js_index(&js, arguments[0]);
    size_t count = doubles / 2;
    napi_value value = NULL;
    if (js.ok && (points == NULL || doubles % 2 != 0)) {
        js_fail_text(&js, POLE_INVALID_ARGUMENT, "points must be latitudes and longitudes");
    }
    if (js.ok) {
        pole_hit *hits = k == 0 || count <= SIZE_MAX / 64 / k
                             ? arena_take(&arena, count * k, sizeof(*hits))
                             : NULL;
        size_t *counts = arena_take(&arena, count, sizeof(*counts));
        pole_status status = hits == NULL || counts == NULL
                                 ? POLE_NO_MEMORY
                                 : pole_nearest_many(index, (const pole_point *)points, count, k,
                                                     max_m, hits, counts);
        if (status != POLE_OK) {
            js_fail(&js, status, NULL);
        } else {
            void *told = NULL;
            size_t all = 0;
            napi_value array = js_new_array(&js, napi_uint32_array, count, &told);
            for (size_t i = 0; js.ok && i < count; i++) {
                memmove(hits + all, hits + i * k, counts[i] * sizeof(*hits));
                ((uint32_t *)told)[i] = (uint32_t)counts[i];
                all += counts[i];
            }
            value = hits_of(&js, hits, all);
            js_set(&js, value, "counts", array);
        }
    }
    arena_free(&arena);
    return js_end(&js, value);
}

/* withinRadius(handle, lat, lon, radiusM): hits */
static napi_value within_radius(napi_env env, napi_callback_info info)
{
    napi_value arguments[MOST_ARGUMENTS];
    struct js js = js_begin(env, info, arguments, NULL);
    struct arena arena = {0};
    pole_point at = point_of(&js, arguments[1], arguments[2]);
    double radius_m = js_number(&js, arguments[3], "radiusM");
    const pole_index *index = js_index(&js, arguments[0]);
    napi_value value = NULL;
    if (js.ok) {
        size_t needed = 0;
        pole_hit *hits = NULL;
        pole_status status = pole_within_radius(index, at, radius_m, NULL, 0, &needed);
        if (status == POLE_LIMIT) {
            hits = arena_take(&arena, needed, sizeof(*hits));
            status = hits == NULL ? POLE_NO_MEMORY
                                  : pole_within_radius(index, at, radius_m, hits, needed, &needed);
        }
        value = status == POLE_OK ? hits_of(&js, hits, needed) : js_fail(&js, status, NULL);
    }
    arena_free(&arena);
    return js_end(&js, value);
}

/* Rows of an area, as a Uint32Array. */
#define ROWS_WITHIN(js, value, call)                                                               \
    do {                                                                                           \
        size_t capacity = 0;                                                                       \
        size_t needed = 0;                                                                         \
        void *rows = NULL;                                                                         \
        pole_status told = (call);                                                                 \
        if (told == POLE_OK || told == POLE_LIMIT) {                                               \
            (value) = js_new_array((js), napi_uint32_array, needed, &rows);                        \
            capacity = needed;                                                                     \
            told = (js)->ok && needed > 0 ? (call) : POLE_OK;                                      \
        }                                                                                          \
        if (told != POLE_OK) {                                                                     \
            js_fail((js), told, NULL);                                                             \
        }                                                                                          \
    } while (0)

/* withinBox(handle, south, west, north, east): rows */
static napi_value within_box(napi_env env, napi_callback_info info)
{
    napi_value arguments[MOST_ARGUMENTS];
    struct js js = js_begin(env, info, arguments, NULL);
    pole_box box;
    box.south_deg = js_number(&js, arguments[1], "south");
    box.west_deg = js_number(&js, arguments[2], "west");
    box.north_deg = js_number(&js, arguments[3], "north");
    box.east_deg = js_number(&js, arguments[4], "east");
    const pole_index *index = js_index(&js, arguments[0]);
    napi_value value = NULL;
    if (js.ok) {
        ROWS_WITHIN(&js, value, pole_within_box(index, &box, rows, capacity, &needed));
    }
    return js_end(&js, value);
}

/* withinPolygon(handle, Float64Array of lat, lon, ..., Uint32Array of points a ring): rows */
static napi_value within_polygon(napi_env env, napi_callback_info info)
{
    napi_value arguments[MOST_ARGUMENTS];
    struct js js = js_begin(env, info, arguments, NULL);
    struct arena arena = {0};
    size_t doubles = 0;
    size_t rings = 0;
    size_t points_told = 0;
    const double *points = js_array(&js, arguments[1], napi_float64_array, &doubles, "points");
    const uint32_t *given = js_array(&js, arguments[2], napi_uint32_array, &rings, "rings");
    const pole_index *index = js_index(&js, arguments[0]);
    size_t *sizes = arena_take(&arena, rings, sizeof(*sizes));
    napi_value value = NULL;
    for (size_t i = 0; js.ok && sizes != NULL && i < rings; i++) {
        sizes[i] = given[i];
        points_told += given[i];
    }
    if (js.ok && (sizes == NULL || points == NULL || points_told * 2 != doubles)) {
        js_fail_text(&js, POLE_INVALID_ARGUMENT, "rings and points contradict each other");
    }
    if (js.ok) {
        ROWS_WITHIN(&js, value,
                    pole_within_polygon(index, (const pole_point *)points, sizes, rings, rows,
                                        capacity, &needed));
    }
    arena_free(&arena);
    return js_end(&js, value);
}

/* readPolygon(GeoJSON text): {points, rings} as withinPolygon takes them */
static napi_value read_polygon(napi_env env, napi_callback_info info)
{
    napi_value arguments[MOST_ARGUMENTS];
    struct js js = js_begin(env, info, arguments, NULL);
    struct arena arena = {0};
    pole_span text = js_text(&js, arguments[0], &arena, "GeoJSON");
    napi_value value = js_object(&js);
    if (js.ok) {
        size_t points = 0;
        size_t rings = 0;
        void *at = NULL;
        void *told = NULL;
        pole_error error = {0};
        pole_status status = pole_polygon_read(text.data != NULL ? text.data : "", text.size_bytes,
                                               NULL, NULL, 0, &points, NULL, 0, &rings, &error);
        size_t *sizes = arena_take(&arena, rings, sizeof(*sizes));
        if (status == POLE_LIMIT && points > 0 && sizes != NULL) {
            js_set(&js, value, "points", js_new_array(&js, napi_float64_array, points * 2, &at));
            js_set(&js, value, "rings", js_new_array(&js, napi_uint32_array, rings, &told));
            status = js.ok ? pole_polygon_read(text.data, text.size_bytes, NULL, at, points,
                                               &points, sizes, rings, &rings, &error)
                           : POLE_NO_MEMORY;
            for (size_t i = 0; js.ok && i < rings; i++) {
                ((uint32_t *)told)[i] = (uint32_t)sizes[i];
            }
        }
        if (status != POLE_OK) {
            js_fail(&js, status, &error);
        }
    }
    arena_free(&arena);
    return js_end(&js, value);
}

/* stationsOf(handle, row): station hits */
static napi_value stations_of(napi_env env, napi_callback_info info)
{
    napi_value arguments[MOST_ARGUMENTS];
    struct js js = js_begin(env, info, arguments, NULL);
    uint32_t row = js_uint(&js, arguments[1], UINT32_MAX, "row");
    const pole_index *index = js_index(&js, arguments[0]);
    napi_value value = NULL;
    if (js.ok) {
        pole_station_hit hits[4];
        size_t count = 0;
        pole_status status = pole_stations_of(index, row, POLE_ROLE_ALL, hits, 4, &count);
        value = status == POLE_OK ? station_hits_of(&js, index, hits, count)
                                  : js_fail(&js, status, NULL);
    }
    return js_end(&js, value);
}

/* stationsAt(handle, lat, lon, kind, nearest, query, language): station hits, or their JSON when a
 * query is given */
static napi_value stations_at(napi_env env, napi_callback_info info)
{
    napi_value arguments[MOST_ARGUMENTS];
    struct js js = js_begin(env, info, arguments, NULL);
    struct arena arena = {0};
    pole_point at = point_of(&js, arguments[1], arguments[2]);
    pole_span kind = js_text(&js, arguments[3], &arena, "kind");
    uint32_t nearest = js_uint(&js, arguments[4], MOST_STATION_HITS - 100, "nearest");
    pole_span query = js_text(&js, arguments[5], &arena, "query");
    uint32_t language = query.data != NULL ? js_uint(&js, arguments[6], 2, "language") : 0;
    const pole_index *index = js_index(&js, arguments[0]);
    napi_value value = NULL;
    if (js.ok) {
        pole_station_hit hits[MOST_STATION_HITS];
        size_t count = 0;
        pole_status status = pole_stations_at(index, at, kind, POLE_ROLE_ALL, nearest, hits,
                                              MOST_STATION_HITS, &count);
        if (status == POLE_OK && query.data != NULL) {
            pole_json_options options;
            pole_area_edge edge;
            pole_span text = {NULL, 0};
            pole_json_options_init(&options);
            options.language = (int32_t)language;
            pole_area_edge_at(index, at, POLE_AREA_EDGE_M, &edge);
            JSON_TEXT(status, &arena, text,
                      pole_stations_json(index, query, at, kind, hits, count, &edge, &options,
                                         buffer, capacity, &needed));
            value = js_from_text(&js, text);
        } else if (status == POLE_OK) {
            value = station_hits_of(&js, index, hits, count);
        }
        if (status != POLE_OK) {
            js_fail(&js, status, NULL);
        }
    }
    arena_free(&arena);
    return js_end(&js, value);
}

/* station(handle, number or id): object; null when there is none */
static napi_value station(napi_env env, napi_callback_info info)
{
    napi_value arguments[MOST_ARGUMENTS];
    struct js js = js_begin(env, info, arguments, NULL);
    struct arena arena = {0};
    napi_valuetype type = napi_undefined;
    pole_station_number number = POLE_NO_STATION;
    pole_span id = {NULL, 0};
    if (js.ok) {
        js_check(&js, napi_typeof(env, arguments[1], &type));
    }
    if (type == napi_number) {
        number = js_uint(&js, arguments[1], UINT32_MAX, "station");
    } else {
        id = js_text(&js, arguments[1], &arena, "station");
    }
    const pole_index *index = js_index(&js, arguments[0]);
    napi_value value = NULL;
    if (js.ok) {
        if (type != napi_number) {
            pole_index_find_station(index, id, &number);
        }
        value = station_of(&js, index, number);
    }
    arena_free(&arena);
    return js_end(&js, value);
}

/* areaEdge(handle, lat, lon, maxM): {distanceM, stationId}, or null */
static napi_value area_edge(napi_env env, napi_callback_info info)
{
    napi_value arguments[MOST_ARGUMENTS];
    struct js js = js_begin(env, info, arguments, NULL);
    pole_point at = point_of(&js, arguments[1], arguments[2]);
    double max_m = js_number(&js, arguments[3], "maxM");
    const pole_index *index = js_index(&js, arguments[0]);
    napi_value value = NULL;
    if (js.ok) {
        pole_area_edge edge;
        pole_status status = pole_area_edge_at(index, at, max_m, &edge);
        value = status == POLE_OK ? area_edge_of(&js, index, &edge) : js_fail(&js, status, NULL);
    }
    return js_end(&js, value);
}

/* convert(crs, toWgs84, Float64Array of x, Float64Array of y): in place. {crs, accuracyM} */
static napi_value convert(napi_env env, napi_callback_info info)
{
    napi_value arguments[MOST_ARGUMENTS];
    struct js js = js_begin(env, info, arguments, NULL);
    struct arena arena = {0};
    size_t x_count = 0;
    size_t y_count = 0;
    pole_span name = js_text(&js, arguments[0], &arena, "crs");
    bool to_wgs84 = js_bool(&js, arguments[1], "toWgs84");
    double *x = js_array(&js, arguments[2], napi_float64_array, &x_count, "x");
    double *y = js_array(&js, arguments[3], napi_float64_array, &y_count, "y");
    napi_value value = js_object(&js);
    if (js.ok) {
        pole_crs *crs = NULL;
        pole_error error = {0};
        pole_status status = x == NULL || y == NULL || x_count != y_count
                                 ? POLE_INVALID_ARGUMENT
                                 : pole_crs_new(name, NULL, NULL, &crs, &error);
        if (status == POLE_OK) {
            status = to_wgs84 ? pole_crs_to_wgs84(crs, x_count, x, y, NULL)
                              : pole_crs_from_wgs84(crs, x_count, x, y, NULL);
        }
        if (status == POLE_OK) {
            js_set_name(&js, value, "crs", pole_crs_name(crs));
            js_set_name(&js, value, "unit", pole_crs_unit(crs));
            js_set_bool(&js, value, "geographic", pole_crs_is_geographic(crs) != 0);
            js_set_number(&js, value, "accuracyM", pole_crs_accuracy_m(crs));
        } else {
            js_fail(&js, status, &error);
        }
        pole_crs_free(crs);
    }
    arena_free(&arena);
    return js_end(&js, value);
}

const struct function functions_of_near[] = {
    {"nearest", nearest, NULL},
    {"nearestMany", nearest_many, NULL},
    {"withinRadius", within_radius, NULL},
    {"withinBox", within_box, NULL},
    {"withinPolygon", within_polygon, NULL},
    {"readPolygon", read_polygon, NULL},
    {"stationsOf", stations_of, NULL},
    {"stationsAt", stations_at, NULL},
    {"station", station, NULL},
    {"areaEdge", area_edge, NULL},
    {"convert", convert, NULL},
    {NULL, NULL, NULL},
};
