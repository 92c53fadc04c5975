/* SPDX-License-Identifier: MIT
 * What searches spend their time in: bounds of a node's children, estimates of a leaf's poles,
 * distances and bearings of hits. Compiled twice, for any processor and for AVX2 (tree_wide.c):
 * functions of such files have names by POLE_HOT(). Clones that a loader chooses clash with
 * sanitizers and musl. */
#ifndef INDEX_TREE_HOT_H
#define INDEX_TREE_HOT_H

#include "base/sixteen.h"
#include "geo/trig.h"
#include "index/tree_probe.h"
#include "index/tree_search.h"

#ifdef POLE_WIDE
#define POLE_HOT(name) name##_wide
#else
#define POLE_HOT(name) name##_plain
#endif

#if defined(__GNUC__)
#define POLE_SELDOM(condition) __builtin_expect(!!(condition), 0)
#define POLE_PREFETCH(address) __builtin_prefetch(address)
#else
#define POLE_SELDOM(condition) (condition)
#define POLE_PREFETCH(address) ((void)(address))
#endif

#define POLE_HOT_RADIANS (3.14159265358979323846 / 180e7) /* of 1e-7 degree */
/* No degree of latitude or longitude is longer than at the earth's poles. */
#define POLE_MOST_M_PER_E7 0.011170f

/* A box in differences from the tree's centre. */
typedef struct {
    float south, west, north, east;
} pole_box_floats;

/* What lies between a place, rounded down to `low` and up to `high`, and ranges. */
static inline pole_sixteen pole_gaps(const float *from, const float *to, float low, float high)
{
    return pole_sixteen_max(pole_sixteen_subtract(pole_sixteen_load(from), pole_sixteen_all(high)),
                            pole_sixteen_subtract(pole_sixteen_all(low), pole_sixteen_load(to)));
}

/* Lower bounds of the squared distance to the node's children; an absent child has infinity or
 * NaN. */
static inline pole_sixteen pole_probe_bounds(const pole_probe *probe, const pole_tree_node *node)
{
    const pole_sixteen zero = pole_sixteen_all(0.0f);
    pole_sixteen lat = pole_gaps(node->south, node->north, probe->south, probe->north);
    pole_sixteen lon = pole_gaps(node->west, node->east, probe->west[0], probe->east[0]);
    if (POLE_SELDOM(probe->copies > 1))
        lon = pole_sixteen_min(lon,
                               pole_gaps(node->west, node->east, probe->west[1], probe->east[1]));
    lat = pole_sixteen_multiply(pole_sixteen_max(lat, zero), pole_sixteen_all(probe->lat_m));
    lon = pole_sixteen_multiply(pole_sixteen_max(lon, zero), pole_sixteen_all(probe->lon_m));
    return pole_sixteen_add(pole_sixteen_multiply(lat, lat), pole_sixteen_multiply(lon, lon));
}

/* Estimates of the squared distance for sixteen poles, of which lat and lon are the whole units to
 * them. */
static inline pole_sixteen pole_probe_estimate(const pole_probe *probe, pole_sixteen lat,
                                               pole_sixteen lon)
{
    lat = pole_sixteen_subtract(lat, pole_sixteen_all(probe->lat_rest));
    lon = pole_sixteen_subtract(lon, pole_sixteen_all(probe->lon_rest));
    const pole_sixteen north = pole_sixteen_add(
        pole_sixteen_all(probe->n0), pole_sixteen_multiply(pole_sixteen_all(probe->n1), lat));
    /* Far away the sum would fall below zero: never a near estimate for a far pole. */
    const pole_sixteen east =
        pole_sixteen_max(pole_sixteen_add(pole_sixteen_all(probe->e0),
                                          pole_sixteen_multiply(pole_sixteen_all(probe->e1), lat)),
                         pole_sixteen_all(probe->e_least));
    return pole_sixteen_add(pole_sixteen_multiply(pole_sixteen_multiply(lat, lat), north),
                            pole_sixteen_multiply(pole_sixteen_multiply(lon, lon), east));
}

static inline pole_sixteen pole_sixteen_series(const float terms[4], pole_sixteen x)
{
    pole_sixteen sum = pole_sixteen_all(terms[3]);
    for (int i = 2; i >= 0; i--)
        sum = pole_sixteen_add(pole_sixteen_all(terms[i]), pole_sixteen_multiply(x, sum));
    return sum;
}

/* pole_local_squared() for sixteen differences; `outside` where it does not hold. */
static inline pole_sixteen pole_probe_far_squared(const pole_probe *probe, pole_sixteen lat,
                                                  pole_sixteen lon, float outside)
{
    static const float versine_terms[4] = {1.0f, -1.0f / 12, 1.0f / 360, -1.0f / 20160};
    const pole_sixteen lat2 = pole_sixteen_multiply(lat, lat);
    const pole_sixteen lon2 = pole_sixteen_multiply(lon, lon);
    const pole_sixteen x2 =
        pole_sixteen_multiply(lon2, pole_sixteen_all((float)(POLE_HOT_RADIANS * POLE_HOT_RADIANS)));
    const pole_sixteen versine =
        pole_sixteen_multiply(lon2, pole_sixteen_series(versine_terms, x2));
    const pole_sixteen east =
        pole_sixteen_multiply(versine, pole_sixteen_series(probe->far_east, lat));
    const pole_sixteen north =
        pole_sixteen_multiply(lat2, pole_sixteen_series(probe->far_north, lat));
    const pole_sixteen curve =
        pole_sixteen_add(pole_sixteen_all(probe->far_curve[0]),
                         pole_sixteen_multiply(lat, pole_sixteen_all(probe->far_curve[1])));
    const pole_sixteen sag =
        pole_sixteen_add(pole_sixteen_multiply(north, curve),
                         pole_sixteen_multiply(east, pole_sixteen_all(probe->far_curve[2])));
    const pole_sixteen squared =
        pole_sixteen_add(pole_sixteen_add(north, east), pole_sixteen_multiply(sag, sag));
    const pole_sixteen else_this = pole_sixteen_all(outside);
    const float most_lat = probe->far_lat_e7, most_lon = probe->far_lon_e7;
    return pole_sixteen_choose(
        lat2, pole_sixteen_all(most_lat * most_lat),
        pole_sixteen_choose(lon2, pole_sixteen_all(most_lon * most_lon), squared, else_this),
        else_this);
}

/* A bound from far away: a box's middle less its half diagonal, some metres for the formula and
 * the tree's rounding, and a hundred-thousandth for float. The line of the map from the middle to
 * a place of the box is longest where a degree is. 0 where the formula does not hold. */
static inline pole_sixteen pole_probe_far_bounds(const pole_probe *probe,
                                                 const pole_tree_node *node)
{
    const pole_sixteen half = pole_sixteen_all(0.5f);
    const pole_sixteen half_m = pole_sixteen_all(0.5f * POLE_MOST_M_PER_E7);
    const pole_sixteen south = pole_sixteen_load(node->south);
    const pole_sixteen north = pole_sixteen_load(node->north);
    const pole_sixteen west = pole_sixteen_load(node->west);
    const pole_sixteen east = pole_sixteen_load(node->east);
    const pole_sixteen lat =
        pole_sixteen_subtract(pole_sixteen_multiply(pole_sixteen_add(south, north), half),
                              pole_sixteen_all(0.5f * (probe->south + probe->north)));
    const pole_sixteen lon =
        pole_sixteen_subtract(pole_sixteen_multiply(pole_sixteen_add(west, east), half),
                              pole_sixteen_all(0.5f * (probe->west[0] + probe->east[0])));
    const pole_sixteen y = pole_sixteen_multiply(pole_sixteen_subtract(north, south), half_m);
    const pole_sixteen x = pole_sixteen_multiply(pole_sixteen_subtract(east, west), half_m);
    const pole_sixteen radius = pole_sixteen_root(
        pole_sixteen_add(pole_sixteen_multiply(y, y), pole_sixteen_multiply(x, x)));
    const pole_sixteen middle = pole_sixteen_root(pole_probe_far_squared(probe, lat, lon, 0.0f));
    const float slack = (float)POLE_PROBE_FAR_ERROR_M + 1.0f + 0.05f * probe->tree->margin_e7;
    const pole_sixteen bound =
        pole_sixteen_subtract(pole_sixteen_multiply(middle, pole_sixteen_all(1.0f - 1e-5f)),
                              pole_sixteen_add(radius, pole_sixteen_all(slack)));
    const pole_sixteen above = pole_sixteen_max(bound, pole_sixteen_all(0.0f));
    return pole_sixteen_max(pole_sixteen_multiply(above, above), pole_probe_bounds(probe, node));
}

/* A leaf's sixteen places: estimates, infinity for those that it does not have; and from the
 * point's whole units to theirs, the short way round, exact in the near reach. */
typedef struct {
    pole_sixteen estimates, lat, lon;
} pole_leaf_view;

POLE_ALWAYS_INLINE pole_leaf_view pole_probe_view(const pole_probe *probe, uint32_t leaf, bool far)
{
    static const float absent[2 * POLE_TREE_FAN] = {[POLE_TREE_FAN] = INFINITY,
                                                    INFINITY,
                                                    INFINITY,
                                                    INFINITY,
                                                    INFINITY,
                                                    INFINITY,
                                                    INFINITY,
                                                    INFINITY,
                                                    INFINITY,
                                                    INFINITY,
                                                    INFINITY,
                                                    INFINITY,
                                                    INFINITY,
                                                    INFINITY,
                                                    INFINITY,
                                                    INFINITY};
    uint8_t space[8 * POLE_TREE_FAN];
    const uint8_t *pairs = pole_leaf_pairs(probe->tree, leaf, space);
    const float *missing = absent + POLE_TREE_FAN - pole_leaf_places(leaf);
    pole_leaf_view view;
    pole_sixteen x;
    pole_sixteen_pairs_minus(pairs, probe->lat_e7, probe->lon_e7[0], &view.lat, &view.lon);
    if (far) {
        x = pole_probe_far_squared(probe, view.lat, view.lon, INFINITY);
    } else {
        x = pole_probe_estimate(probe, view.lat, view.lon);
        if (POLE_SELDOM(probe->copies > 1)) {
            pole_sixteen lat, lon;
            pole_sixteen_pairs_minus(pairs, probe->lat_e7, probe->lon_e7[1], &lat, &lon);
            const pole_sixteen other = pole_probe_estimate(probe, lat, lon);
            view.lon = pole_sixteen_choose(x, other, view.lon, lon);
            x = pole_sixteen_min(x, other);
        }
    }
    view.estimates = pole_sixteen_add(x, pole_sixteen_load(missing));
    return view;
}

POLE_ALWAYS_INLINE pole_sixteen pole_probe_estimates(const pole_probe *probe, uint32_t leaf,
                                                     bool far)
{
    return pole_probe_view(probe, leaf, far).estimates;
}

/* Estimate (its bits) and place in one number, which sorts by both: the bits of a float that is
 * not negative rise with it. */
typedef uint64_t pole_candidate_key;

static inline pole_candidate_key pole_key_of(float estimate, uint32_t place)
{
    uint32_t bits;
    memcpy(&bits, &estimate, sizeof bits);
    return (pole_candidate_key)bits << 32 | place;
}

static inline float pole_key_estimate(pole_candidate_key key)
{
    const uint32_t bits = (uint32_t)(key >> 32);
    float estimate;
    memcpy(&estimate, &bits, sizeof estimate);
    return estimate;
}

static inline uint32_t pole_key_place(pole_candidate_key key)
{
    return (uint32_t)key;
}

static inline void pole_probe_tell_one(const pole_probe *probe, pole_hit *hit)
{
    const pole_local *from = &probe->from;
    const pole_positions *positions = probe->tree->positions;
    const double d = pole_position_lat_e7(positions, hit->row) - from->lat_e7;
    const double dlon = pole_local_dlon(from, pole_position_lon_e7(positions, hit->row));
    hit->reserved = 0;
    hit->distance_m = sqrt(pole_local_squared(from, d, dlon));
    hit->bearing_deg = pole_bearing_turned(pole_local_azimuth(from, d, dlon));
}

/* Fills hits but for their rows: distances by the short formula, good to 1 um up to 20 km and to
 * 1 m in the far reach; bearings to 3e-5 degree. Returns whether the distances rise, by more than
 * could be a tie or the error of up to 20 km. */
bool POLE_HOT(pole_probe_tell)(const pole_probe *probe, pole_hit *hits, size_t count);

/* Distances and bearings, as good, of near poles; lat, lon: whole units to them, as
 * pole_probe_view() has them. All arrays have room for the next multiple of 16. */
void POLE_HOT(pole_probe_tell_near)(const pole_probe *probe, const float *lat, const float *lon,
                                    size_t count, double *distances_m, float *bearings_deg);

/* The places of up to 1024 estimates in rising order, but for those that differ by less than
 * 2e-5 of themselves. */
void POLE_HOT(pole_estimates_order)(const float *estimates, size_t count, uint32_t *order);

/* As in tree_search.h. */
size_t POLE_HOT(pole_tree_nearest)(const pole_tree *tree, pole_point at, size_t k, double max_m,
                                   pole_hit *hits);
size_t POLE_HOT(pole_tree_within_radius)(const pole_tree *tree, pole_point at, double radius_m,
                                         pole_hit *hits, size_t capacity);
bool POLE_HOT(pole_tree_box_few)(const pole_tree *tree, const pole_box_e7 *box,
                                 pole_row rows[POLE_BOX_FEW], size_t *count);

#endif
