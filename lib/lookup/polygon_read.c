/* SPDX-License-Identifier: MIT
 * A polygon out of GeoJSON, in the form that pole_within_polygon() takes. Even-odd rings cannot say
 * a union, so that two features, whose overlap would drop out in silence, are refused. */
#include <polelookup/near.h>

#include <math.h>

#include "base/decimal.h"
#include "base/status.h"
#include "formats/geojson_in.h"

/* Where the caller wants the polygon. */
typedef struct {
    pole_point *points;
    size_t point_capacity;
    size_t *point_count;
    size_t *ring_sizes;
    size_t ring_capacity;
    size_t *ring_count;
} polygon_out;

static const struct {
    uint32_t fault;
    const char *message;
} faults[] = {
    {POLE_FEATURE_NOT_A_FEATURE, "it is no GeoJSON feature"},
    {POLE_FEATURE_NO_GEOMETRY, "the feature has no geometry"},
    {POLE_FEATURE_GEOMETRY_TYPE, "the geometry is of no type that GeoJSON polygons have"},
    {POLE_FEATURE_COORDINATES, "the coordinates are not numbers nested as a polygon's"},
    {POLE_FEATURE_EMPTY, "the polygon has no position"},
    {POLE_FEATURE_UNCLOSED_RING, "a ring does not end where it begins"},
    {POLE_FEATURE_SHORT_RING, "a ring has fewer than four positions"},
    {POLE_FEATURE_DOUBLE_MEMBER, "a member stands twice in one object"},
    {POLE_FEATURE_TOO_MANY, "the polygon has more positions than are read"},
};

static pole_status fail_at_line(pole_error *error, uint64_t line, const char *message)
{
    pole_fail(error, POLE_BAD_INPUT, "%s", message);
    pole_fail_at(error, line < UINT32_MAX ? (uint32_t)line : UINT32_MAX, 0, 0);
    return POLE_BAD_INPUT;
}

static pole_status check_feature(const pole_geojson_feature *feature, pole_error *error)
{
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        if (feature->faults & faults[i].fault)
            return fail_at_line(error, feature->fault_line, faults[i].message);
    }
    const pole_shape *shape = &feature->geometry;
    if (shape->type != POLE_SHAPE_POLYGON && shape->type != POLE_SHAPE_MULTI_POLYGON) {
        const pole_status status = pole_fail(error, POLE_BAD_INPUT, "it is a %s, not a polygon",
                                             pole_shape_type_name(shape->type));
        pole_fail_at(error, shape->line < UINT32_MAX ? (uint32_t)shape->line : 0, 0, 0);
        return status;
    }
    return POLE_OK;
}

static pole_status read_position(const pole_position_text *text, uint64_t line, pole_point *point,
                                 pole_error *error)
{
    if (pole_decimal_to_double(text->x, &point->lon_deg) &&
        pole_decimal_to_double(text->y, &point->lat_deg) && fabs(point->lon_deg) <= 180 &&
        fabs(point->lat_deg) <= 90)
        return POLE_OK;
    const pole_status status =
        pole_fail(error, POLE_BAD_INPUT, "the position [%.*s, %.*s] is not in degrees",
                  (int)(text->x.size_bytes < 40 ? text->x.size_bytes : 40), text->x.data,
                  (int)(text->y.size_bytes < 40 ? text->y.size_bytes : 40), text->y.data);
    pole_fail_hint(error, "GeoJSON is longitude, latitude in degrees (WGS 84)");
    pole_fail_at(error, line < UINT32_MAX ? (uint32_t)line : UINT32_MAX, 0, 0);
    return status;
}

static pole_status take_shape(const pole_shape *shape, const polygon_out *out, pole_error *error)
{
    *out->point_count = shape->position_count;
    *out->ring_count = shape->ring_count;
    const bool fits =
        shape->position_count <= out->point_capacity && shape->ring_count <= out->ring_capacity;
    for (size_t i = 0; i < shape->position_count; i++) {
        pole_point point;
        const pole_status status = read_position(&shape->positions[i], shape->line, &point, error);
        if (status != POLE_OK)
            return status;
        if (fits)
            out->points[i] = point;
    }
    for (size_t i = 0; i < shape->ring_count && fits; i++)
        out->ring_sizes[i] = shape->ring_ends[i] - (i ? shape->ring_ends[i - 1] : 0);
    return fits ? POLE_OK : pole_fail(error, POLE_LIMIT, "the polygon needs more room");
}

static bool ends_with(pole_span text, const char *end)
{
    const pole_span tail = pole_span_of(end);
    if (text.size_bytes < tail.size_bytes)
        return false;
    text.data += text.size_bytes - tail.size_bytes;
    text.size_bytes = tail.size_bytes;
    return pole_span_equal(text, tail);
}

/* The "crs" member of 2008: only names of WGS 84 and CGCS2000, which are one here. */
static pole_status check_crs(pole_span crs, pole_error *error)
{
    if (crs.size_bytes == 0 || ends_with(crs, "CRS84") || ends_with(crs, "EPSG::4326") ||
        ends_with(crs, "EPSG:4326") || ends_with(crs, "EPSG::4490") || ends_with(crs, "EPSG:4490"))
        return POLE_OK;
    pole_fail(error, POLE_BAD_INPUT, "the polygon states another CRS: %.*s",
              (int)(crs.size_bytes < 80 ? crs.size_bytes : 80), crs.data);
    pole_fail_hint(error, "convert it to longitude, latitude in degrees (WGS 84)");
    return POLE_BAD_INPUT;
}

static pole_status read_features(pole_geojson_reader *reader, const polygon_out *out,
                                 pole_error *error)
{
    const pole_geojson_feature *feature;
    pole_status status = pole_geojson_next(reader, &feature, error);
    if (status != POLE_OK)
        return status;
    if (!feature)
        return fail_at_line(error, 0, "it holds no feature");
    status = check_feature(feature, error);
    if (status != POLE_OK)
        return status;
    const pole_status taken = take_shape(&feature->geometry, out, error);
    if (taken != POLE_OK && taken != POLE_LIMIT)
        return taken;
    status = pole_geojson_next(reader, &feature, error);
    if (status != POLE_OK)
        return status;
    if (feature) {
        status = fail_at_line(error, feature->line, "it holds more than one feature");
        pole_fail_hint(error, "ask for one polygon at a time");
        return status;
    }
    status = check_crs(pole_geojson_crs(reader), error);
    return status == POLE_OK ? taken : status;
}

static pole_status read_text(const void *geojson, size_t size_bytes,
                             const pole_allocator *allocator, const polygon_out *out,
                             pole_error *error)
{
    pole_memory_bytes memory = {geojson, size_bytes, 0};
    pole_text_in *text = NULL;
    pole_geojson_reader *reader = NULL;
    pole_status status = pole_text_in_new(pole_byte_source_of_memory(&memory), POLE_ENCODING_UTF8,
                                          allocator, &text, error);
    if (status == POLE_OK)
        status = pole_geojson_reader_new(text, allocator, &reader);
    if (status == POLE_OK)
        status = read_features(reader, out, error);
    pole_geojson_reader_free(reader);
    pole_text_in_free(text);
    return status;
}

pole_status pole_polygon_read(const void *geojson, size_t size_bytes,
                              const pole_allocator *allocator, pole_point *points,
                              size_t point_capacity, size_t *points_needed, size_t *ring_sizes,
                              size_t ring_capacity, size_t *rings_needed, pole_error *error)
{
    size_t point_count = 0, ring_count = 0;
    const polygon_out out = {points,     point_capacity, &point_count,
                             ring_sizes, ring_capacity,  &ring_count};
    pole_error_clear(error);
    if (points_needed)
        *points_needed = 0;
    if (rings_needed)
        *rings_needed = 0;
    if ((!geojson && size_bytes > 0) || (!points && point_capacity > 0) ||
        (!ring_sizes && ring_capacity > 0) || !points_needed || !rings_needed)
        return pole_fail(error, POLE_INVALID_ARGUMENT, "an argument is NULL");
    const pole_status status = read_text(geojson, size_bytes, allocator, &out, error);
    if (status == POLE_OK || (status == POLE_LIMIT && point_count > 0)) {
        *points_needed = point_count;
        *rings_needed = ring_count;
    } else if (status == POLE_NO_MEMORY && error && error->status == POLE_OK) {
        return pole_fail(error, status, "%s", pole_status_text(status));
    }
    return status;
}
