/* SPDX-License-Identifier: MIT
 * Point and polygon, exact on 1e-7-degree integers: inside, outside or on the border; and the
 * distance to the nearest side.
 *
 * Sides are straight in longitude and latitude (RFC 7946, 3.1.1). A ring is closed by itself: its
 * last vertex joins its first, whether or not the first is repeated at the end. Several rings
 * together are judged even-odd, so that holes, and polygons with them, need no marks; a ring that
 * crosses the antimeridian must be cut in two before (RFC 7946, 3.1.9). */
#ifndef GEO_RING_H
#define GEO_RING_H

#include "base/bytes.h"
#include "geo/geodesic.h"

/* -90e7 <= lat_e7 <= 90e7, -180e7 <= lon_e7 <= 180e7: the products below then fit int64_t. */
typedef struct {
    int32_t lat_e7, lon_e7;
} pole_vertex;

/* A ring as a view: `count` pairs of (lat_e7, lon_e7), either stored (little-endian bytes of a
 * file, any alignment) or in memory (pole_vertex). Borrowed. */
typedef struct {
    const void *pairs;
    size_t count;
    bool stored; /* little-endian bytes; the same thing on a little-endian machine */
} pole_ring;

static inline pole_ring pole_ring_stored(const uint8_t *bytes, size_t count)
{
    return (pole_ring){bytes, count, true};
}

static inline pole_ring pole_ring_in_memory(const pole_vertex *vertices, size_t count)
{
    return (pole_ring){vertices, count, false};
}

/* Vertex i of the ring, i < count. */
static inline pole_vertex pole_ring_vertex(const pole_ring *ring, size_t i)
{
    pole_vertex v;
    memcpy(&v, (const uint8_t *)ring->pairs + i * sizeof v, sizeof v);
    if (ring->stored) {
        v.lat_e7 = (int32_t)POLE_LE32((uint32_t)v.lat_e7);
        v.lon_e7 = (int32_t)POLE_LE32((uint32_t)v.lon_e7);
    }
    return v;
}

/* What one side is to a point. Fold a polygon's sides by ^= of POLE_SIDE_CROSSES and |= of
 * POLE_SIDE_HOLDS: the point is on the border when any holds it, else inside when an odd number
 * crosses. Sides whose latitudes do not reach the point's may be left out (bands). */
enum {
    POLE_SIDE_CROSSES = 1, /* it crosses the ray from the point to the east */
    POLE_SIDE_HOLDS = 2    /* the point lies on it, ends included */
};

/* Exact. A side holds the latitudes from its lower end (included) to its upper end (excluded) for
 * the crossing, so that a vertex on the ray counts once; a side along the ray never crosses. */
static inline unsigned pole_side_of_point(pole_vertex a, pole_vertex b, pole_vertex p)
{
    const int64_t ay = (int64_t)a.lat_e7 - p.lat_e7, by = (int64_t)b.lat_e7 - p.lat_e7;
    if ((ay > 0 && by > 0) || (ay < 0 && by < 0))
        return 0;
    const int64_t ax = (int64_t)a.lon_e7 - p.lon_e7, bx = (int64_t)b.lon_e7 - p.lon_e7;
    /* |x| <= 3.6e9, |y| <= 1.8e9: each product fits int64_t, their difference need not. */
    const int64_t left = ax * by, right = bx * ay;
    if (left == right)
        return (ax <= 0 || bx <= 0) && (ax >= 0 || bx >= 0) ? POLE_SIDE_HOLDS : 0;
    if ((ay > 0) == (by > 0))
        return 0;
    /* The side meets the point's latitude at (ax by - bx ay) / (by - ay). */
    return (left > right) == (by > ay) ? POLE_SIDE_CROSSES : 0;
}

typedef enum { POLE_OUTSIDE = 0, POLE_INSIDE = 1, POLE_ON_BORDER = 2 } pole_place;

/* The folded bits of all sides to a place. */
static inline pole_place pole_place_of_sides(unsigned bits)
{
    return bits & POLE_SIDE_HOLDS     ? POLE_ON_BORDER
           : bits & POLE_SIDE_CROSSES ? POLE_INSIDE
                                      : POLE_OUTSIDE;
}

/* Folds all sides of a ring into bits (start with 0; see above). A ring of no vertex has no side,
 * one of one or two vertices has no inside. */
unsigned pole_ring_sides(const pole_ring *ring, pole_vertex p, unsigned bits);

/* Where p lies in the polygons that the rings make together. */
pole_place pole_rings_place(const pole_ring *rings, size_t count, pole_vertex p);

/* Finds the distance to the nearest side: begin, offer sides or rings, read best_m. Plain value;
 * the other fields are ring.c's. */
typedef struct {
    pole_local from;
    double lat_m, lon_m; /* metres per 1e-7 degree, below the truth everywhere in range */
    double bound_m;      /* what is not nearer than this is not looked at */
    double best_m;       /* INFINITY: no side nearer than the limit was offered */
} pole_nearest_side;

/* limit_m: sides that are further away are not found; at most POLE_LOCAL_RANGE_M, which is also
 * what more gives. A point that is bad or beyond POLE_LOCAL_MAX_LAT_DEG makes best_m NaN. */
void pole_nearest_side_begin(pole_nearest_side *nearest, pole_point at, double limit_m);
/* The same from a point that is prepared already; copied. */
void pole_nearest_side_begin_from(pole_nearest_side *nearest, const pole_local *from,
                                  double limit_m);

/* Offers one side, or all of a ring. After it best_m is the geodesic distance from the point to
 * the nearest place of all sides offered, within 1 mm (measured: 0.03 um), when that is less than
 * the limit. A side may lie across the antimeridian from the point. One that cannot be the nearest
 * costs 5 to 20 ns. */
void pole_nearest_side_offer(pole_nearest_side *nearest, pole_vertex a, pole_vertex b);
void pole_nearest_side_offer_ring(pole_nearest_side *nearest, const pole_ring *ring);

#endif
