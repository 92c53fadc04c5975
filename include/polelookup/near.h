/* SPDX-License-Identifier: MIT
 *
 * Poles around a place. Distances are geodesics on WGS 84, exact to a micrometre; answers are in
 * order of distance, and poles less than a micrometre apart in distance in order of row; a
 * micrometre beyond a radius is within it, so that a distance that was told holds as a radius.
 * Nothing here but pole_polygon_read() allocates; everything is thread-safe. */
#ifndef POLELOOKUP_NEAR_H
#define POLELOOKUP_NEAR_H

#include <polelookup/index.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A pole and how it lies from the point asked. Frozen. */
typedef struct {
    pole_row row;
    uint32_t reserved;
    double distance_m;
    double
        bearing_deg; /* at the point asked, towards the pole, within 1e-4; 0 when they coincide */
} pole_hit;

/* The largest k of pole_nearest(). */
#define POLE_MAX_NEAREST 1024

/* The k nearest poles, nearest first. at: finite, latitude within +-90, longitude within +-180.
 * k: 1 to POLE_MAX_NEAREST. max_m: none farther; INFINITY for no bound; >= 0. hits: k elements.
 * *count: how many were found. Returns POLE_OK (also with 0 found) or POLE_INVALID_ARGUMENT. */
POLE_API pole_status pole_nearest(const pole_index *index, pole_point at, size_t k, double max_m,
                                  pole_hit *hits, size_t *count);

/* pole_nearest() for many points: hits holds count * k, point i's begin at i * k and are
 * counts[i]. A point that is not valid gets a count of 0 and makes the call return
 * POLE_INVALID_ARGUMENT after all others were answered. A k or max_m that is not valid: all counts
 * are 0. */
POLE_API pole_status pole_nearest_many(const pole_index *index, const pole_point *at, size_t count,
                                       size_t k, double max_m, pole_hit *hits, size_t *counts);

/* All poles within radius_m (0 <= radius_m, finite), nearest first. *needed: how many there are;
 * when that is more than capacity, the nearest `capacity` are written and POLE_LIMIT is returned.
 * hits may be NULL when capacity is 0. */
POLE_API pole_status pole_within_radius(const pole_index *index, pole_point at, double radius_m,
                                        pole_hit *hits, size_t capacity, size_t *needed);

/* A box in degrees, borders included. east < west: it crosses the antimeridian. Frozen. */
typedef struct {
    double south_deg;
    double west_deg;
    double north_deg;
    double east_deg;
} pole_box;

/* All poles in a box, in order of row. *needed as above; POLE_LIMIT when capacity is less (the
 * first `capacity` in order of row are written). */
POLE_API pole_status pole_within_box(const pole_index *index, const pole_box *box, pole_row *rows,
                                     size_t capacity, size_t *needed);

/* All poles in a polygon, its border included, in order of row. points: the rings one behind the
 * other; ring_sizes: how many points each has (3 or more; a repeated first point at the end is
 * allowed); even-odd, so that holes are rings like others. Sides are straight in longitude and
 * latitude (RFC 7946) and do not cross the antimeridian: cut the polygon there. Points are rounded
 * to 1e-7 degree first, and the test is exact on those. *needed and POLE_LIMIT as above. */
POLE_API pole_status pole_within_polygon(const pole_index *index, const pole_point *points,
                                         const size_t *ring_sizes, size_t rings, pole_row *rows,
                                         size_t capacity, size_t *needed);

/* Reads a polygon for pole_within_polygon() from GeoJSON (RFC 7946; UTF-8): one Feature, alone or
 * in a FeatureCollection, with a Polygon or a MultiPolygon whose parts do not overlap.
 * allocator: for the work of the call, NULL for the C library's. *points_needed, *rings_needed:
 * how many there are; POLE_LIMIT when points or ring_sizes hold fewer, which are then not written.
 * Returns POLE_OK, POLE_LIMIT (also, with *points_needed 0, for JSON nested too deep),
 * POLE_BAD_INPUT (error says what, and in which line), POLE_NO_MEMORY or
 * POLE_INVALID_ARGUMENT. */
POLE_API pole_status pole_polygon_read(const void *geojson, size_t size_bytes,
                                       const pole_allocator *allocator, pole_point *points,
                                       size_t point_capacity, size_t *points_needed,
                                       size_t *ring_sizes, size_t ring_capacity,
                                       size_t *rings_needed, pole_error *error);

#ifdef __cplusplus
}
#endif
#endif
