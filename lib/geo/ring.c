/* SPDX-License-Identifier: MIT
 * Folding a polygon's sides, and the nearest of them in metres. */
#include "geo/ring.h"

/* Sides are searched up to this distance: beyond the range, so that one at its very end is not
 * lost to the search's own lower bound. */
#define REACH_M (1.25 * POLE_LOCAL_RANGE_M)

unsigned pole_ring_sides(const pole_ring *ring, pole_vertex p, unsigned bits)
{
    if (ring->count == 0)
        return bits;
    pole_vertex a = pole_ring_vertex(ring, ring->count - 1);
    for (size_t i = 0; i < ring->count; i++) {
        const pole_vertex b = pole_ring_vertex(ring, i);
        const unsigned side = pole_side_of_point(a, b, p);
        bits = (bits ^ (side & POLE_SIDE_CROSSES)) | (side & POLE_SIDE_HOLDS);
        a = b;
    }
    return bits;
}

pole_place pole_rings_place(const pole_ring *rings, size_t count, pole_vertex p)
{
    unsigned bits = 0;
    for (size_t i = 0; i < count; i++)
        bits = pole_ring_sides(&rings[i], p, bits);
    return pole_place_of_sides(bits);
}

void pole_nearest_side_begin_from(pole_nearest_side *nearest, const pole_local *from,
                                  double limit_m)
{
    pole_box_near near;
    nearest->from = *from;
    pole_box_near_prepare(&near, from, REACH_M);
    nearest->lat_m = near.lat_m;
    nearest->lon_m = near.lon_m;
    const bool good =
        fabs(from->at.lat_deg) <= POLE_LOCAL_MAX_LAT_DEG && isfinite(from->at.lon_deg);
    nearest->bound_m = limit_m < POLE_LOCAL_RANGE_M ? limit_m : POLE_LOCAL_RANGE_M;
    nearest->best_m = good ? (double)INFINITY : (double)NAN;
    if (!good)
        nearest->bound_m = 0.0;
}

void pole_nearest_side_begin(pole_nearest_side *nearest, pole_point at, double limit_m)
{
    pole_local from;
    pole_local_prepare(&from, at);
    pole_nearest_side_begin_from(nearest, &from, limit_m);
}

/* A side as a line from the prepared point's view: (lat, lon) + t (dlat, dlon), 1e-7 degrees. */
typedef struct {
    double lat, lon, dlat, dlon;
} side_line;

static double squared_at(const pole_local *from, const side_line *side, double t)
{
    return pole_local_squared(from, side->lat + t * side->dlat, side->lon + t * side->dlon);
}

/* The least squared distance to the side, from a first t. The squared distance along a line is a
 * parabola but for the bending of the earth, so the vertex of the parabola through three places
 * is the foot after one step, or two when it was far off. */
static double least_squared(const pole_local *from, const side_line *side, double t,
                            double length_m)
{
    double middle = squared_at(from, side, t);
    /* The parabola's arms: short enough that the bending in between (h^2 / R) moves the foot by
     * less than 1 mm at 20 km and 1 um near by, long enough that the rounding of a squared
     * distance (d^2 / 1e15 / h) moves it by less. */
    const double arm_m = 1.0 + sqrt(middle) / 200.0;
    const double h = length_m > 2.0 * arm_m ? arm_m / length_m : 0.5;
    for (int step = 0; step < 4; step++) {
        const double before = squared_at(from, side, t - h);
        const double after = squared_at(from, side, t + h);
        const double bend = before - 2.0 * middle + after;
        if (!(bend > 0.0))
            break; /* a side of no length to speak of */
        double next = t + h * (before - after) / (2.0 * bend);
        next = next < 0.0 ? 0.0 : next > 1.0 ? 1.0 : next;
        const double moved_m = fabs(next - t) * length_m;
        t = next;
        middle = squared_at(from, side, t);
        if (moved_m < 1e-4)
            break;
    }
    return middle;
}

void pole_nearest_side_offer(pole_nearest_side *nearest, pole_vertex a, pole_vertex b)
{
    const pole_local *from = &nearest->from;
    const side_line side = {a.lat_e7 - from->lat_e7, pole_local_dlon(from, a.lon_e7),
                            (double)b.lat_e7 - a.lat_e7, (double)b.lon_e7 - a.lon_e7};
    /* In the flat metric that is nowhere longer than the earth's (geodesic.h, pole_box_near): the
     * place nearest to the point, and a lower bound of its distance. */
    const double y = -side.lat * nearest->lat_m, x = -side.lon * nearest->lon_m;
    const double dy = side.dlat * nearest->lat_m, dx = side.dlon * nearest->lon_m;
    const double dot = x * dx + y * dy, length2 = dx * dx + dy * dy;
    const double bound2 = nearest->bound_m * nearest->bound_m;
    double t = 0.0;
    if (dot <= 0.0) {
        if (x * x + y * y >= bound2)
            return;
    } else if (dot >= length2) {
        t = 1.0;
        if ((x - dx) * (x - dx) + (y - dy) * (y - dy) >= bound2)
            return;
    } else {
        const double cross = x * dy - y * dx;
        if (cross * cross >= bound2 * length2)
            return;
        t = dot / length2;
    }
    const double distance = sqrt(least_squared(from, &side, t, sqrt(length2)));
    if (distance < nearest->bound_m)
        nearest->best_m = nearest->bound_m = distance;
}

void pole_nearest_side_offer_ring(pole_nearest_side *nearest, const pole_ring *ring)
{
    if (ring->count == 0)
        return;
    pole_vertex a = pole_ring_vertex(ring, ring->count - 1);
    for (size_t i = 0; i < ring->count; i++) {
        const pole_vertex b = pole_ring_vertex(ring, i);
        pole_nearest_side_offer(nearest, a, b);
        a = b;
    }
}
