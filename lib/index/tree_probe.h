/* SPDX-License-Identifier: MIT
 * A point asked, prepared for the boxes and the poles of a tree: bounds and estimates in float,
 * sixteen at a time, and what they are worth.
 *
 * In reach (100 km; 20 km beyond 85 degrees of latitude; nothing beyond 89):
 *   - no place of a box is nearer than the square root of pole_probe_bounds(), which is
 *     geodesic.h's flat metric (pole_box_near) with the tree's rounding taken off;
 *   - the estimate of a squared distance is pole_local_squared() cut off behind the first order:
 *     dlat^2 (n0 + n1 dlat) + dlon^2 (e0 + e1 dlat). What is cut off is less than 0.13 (d / p)^2
 *     of it, p being the radius of the point's parallel (the largest found from the equator to 89
 *     degrees and 300 m to 100 km; the leading terms are x^2 / 12 and d^2 / 2, all over p^2 or
 *     R^2). Rounding to float adds less than 8e-7.
 *   - pole_local_squared() itself is within 1 mm of the distance (measured: 0.08 mm at 100 km and
 *     85 degrees).
 * Farther than that the exact geodesic must be asked, about half a microsecond each. */
#ifndef INDEX_TREE_PROBE_H
#define INDEX_TREE_PROBE_H

#include <polelookup/near.h>

#include "base/lanes.h"
#include "geo/geodesic.h"
#include "index/hits.h"
#include "index/tree.h"

#define POLE_PROBE_REACH_M 100000.0
#define POLE_PROBE_MID_LAT_DEG 85.0
#define POLE_PROBE_MID_ERROR_M 1e-3
/* Distances that differ by less are equal. */
#define POLE_TIE_M 1e-6
/* Two distances good to 1 um that differ by more are in their true order, and not equal. */
#define POLE_PROBE_DOUBT_M 3e-6

typedef struct {
    const pole_tree *tree;
    pole_local from;
    double reach_m; /* 0: only the exact geodesic will do */
    /* For boxes: the point in differences from the tree's centre, rounded down and up; twice where
     * its surroundings cross the antimeridian. */
    float south, north;
    float west[2], east[2];
    uint32_t copies;
    float lat_m, lon_m;
    /* For poles: the point as whole units and what is left. */
    int32_t lat_e7, lon_e7[2];
    float lat_rest, lon_rest;
    float n0, n1, e0, e1, e_least;
    float doubt; /* 1 / p^2 */
} pole_probe;

/* at: valid degrees. max_m: nothing farther is of interest. */
void pole_probe_prepare(pole_probe *probe, const pole_tree *tree, pole_point at, double max_m);

/* When the best has this estimate (or squared distance), a rival's estimate, and the bound of its
 * box, are at most what this gives, if the rival is nearer or less than 4 um farther: four times
 * the estimate's error, of which three are needed, and 8e-6 times the distance. */
static inline float pole_probe_window(const pole_probe *probe, float squared_m2)
{
    return squared_m2 * (1.0f + 1e-5f + probe->doubt * squared_m2) + 1e-5f;
}

/* An estimate up to this belongs to a pole nearer than the square root of squared_m2, by 4 um at
 * least. */
static inline float pole_probe_surely(const pole_probe *probe, float squared_m2)
{
    return squared_m2 * (1.0f - 1e-5f - probe->doubt * squared_m2) - 1e-5f;
}

/* Lower bounds of the squared distance to the node's children; a child that is absent has infinity
 * or NaN. */
static inline pole_lanes pole_probe_bound4(const pole_probe *probe, const pole_tree_node *node,
                                           unsigned i)
{
    const pole_lanes zero = pole_lanes_all(0.0f);
    const pole_lanes up =
        pole_lanes_subtract(pole_lanes_load(node->south + i), pole_lanes_all(probe->north));
    const pole_lanes down =
        pole_lanes_subtract(pole_lanes_all(probe->south), pole_lanes_load(node->north + i));
    pole_lanes lat = pole_lanes_max(pole_lanes_max(up, down), zero);
    const pole_lanes west = pole_lanes_load(node->west + i);
    const pole_lanes east = pole_lanes_load(node->east + i);
    pole_lanes lon =
        pole_lanes_max(pole_lanes_max(pole_lanes_subtract(west, pole_lanes_all(probe->east[0])),
                                      pole_lanes_subtract(pole_lanes_all(probe->west[0]), east)),
                       zero);
    if (probe->copies > 1)
        lon = pole_lanes_min(
            lon, pole_lanes_max(
                     pole_lanes_max(pole_lanes_subtract(west, pole_lanes_all(probe->east[1])),
                                    pole_lanes_subtract(pole_lanes_all(probe->west[1]), east)),
                     zero));
    lat = pole_lanes_multiply(lat, pole_lanes_all(probe->lat_m));
    lon = pole_lanes_multiply(lon, pole_lanes_all(probe->lon_m));
    return pole_lanes_add(pole_lanes_multiply(lat, lat), pole_lanes_multiply(lon, lon));
}

/* Sixteen numbers in registers. */
typedef struct {
    pole_lanes four[4];
} pole_sixteen;

static inline pole_sixteen pole_probe_bounds(const pole_probe *probe, const pole_tree_node *node)
{
    pole_sixteen x;
    for (unsigned i = 0; i < 4; i++)
        x.four[i] = pole_probe_bound4(probe, node, 4 * i);
    return x;
}

static inline pole_sixteen pole_sixteen_load(const float *sixteen)
{
    pole_sixteen x;
    for (unsigned i = 0; i < 4; i++)
        x.four[i] = pole_lanes_load(sixteen + 4 * i);
    return x;
}

static inline void pole_sixteen_store(float *sixteen, const pole_sixteen *x)
{
    for (unsigned i = 0; i < 4; i++)
        pole_lanes_store(sixteen + 4 * i, x->four[i]);
}

/* Bit i is set where number i is at most the limit. */
static inline unsigned pole_sixteen_within(const pole_sixteen *x, pole_lanes limit)
{
    unsigned within = 0;
    for (unsigned i = 0; i < 4; i++)
        within |= pole_lanes_at_most(x->four[i], limit) << 4 * i;
    return within;
}

/* The least of them, in each lane. */
static inline pole_lanes pole_sixteen_least(const pole_sixteen *x)
{
    return pole_lanes_least(pole_lanes_min(pole_lanes_min(x->four[0], x->four[1]),
                                           pole_lanes_min(x->four[2], x->four[3])));
}

/* Estimates of the squared distance for four poles, as 32 bytes of positions. */
static inline pole_lanes pole_probe_estimate4(const pole_probe *probe, const uint8_t *pairs,
                                              int32_t lon_e7)
{
    pole_lanes lat, lon;
    pole_lanes_pairs_minus(pairs, probe->lat_e7, lon_e7, &lat, &lon);
    lat = pole_lanes_subtract(lat, pole_lanes_all(probe->lat_rest));
    lon = pole_lanes_subtract(lon, pole_lanes_all(probe->lon_rest));
    const pole_lanes north = pole_lanes_add(pole_lanes_all(probe->n0),
                                            pole_lanes_multiply(pole_lanes_all(probe->n1), lat));
    /* Far away the sum would fall below zero: never a near estimate for a far pole. */
    const pole_lanes east =
        pole_lanes_max(pole_lanes_add(pole_lanes_all(probe->e0),
                                      pole_lanes_multiply(pole_lanes_all(probe->e1), lat)),
                       pole_lanes_all(probe->e_least));
    return pole_lanes_add(pole_lanes_multiply(pole_lanes_multiply(lat, lat), north),
                          pole_lanes_multiply(pole_lanes_multiply(lon, lon), east));
}

/* For a leaf's sixteen places, infinity for those that it does not have. */
static inline pole_sixteen pole_probe_estimates(const pole_probe *probe, uint32_t leaf)
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
    pole_sixteen x;
    for (unsigned i = 0; i < 4; i++) {
        x.four[i] = pole_probe_estimate4(probe, pairs + 32 * (size_t)i, probe->lon_e7[0]);
        if (probe->copies > 1)
            x.four[i] = pole_lanes_min(
                x.four[i], pole_probe_estimate4(probe, pairs + 32 * (size_t)i, probe->lon_e7[1]));
        x.four[i] = pole_lanes_add(x.four[i], pole_lanes_load(missing + 4 * i));
    }
    return x;
}

/* A lower bound of the distance to a child's box anywhere on earth, by the exact geodesic to the
 * box's middle less its half diagonal. NaN for an absent child. About 0.6 us. */
double pole_probe_far_bound(const pole_probe *probe, const pole_tree_node *node, unsigned child);

/* The distance of a row by the exact geodesic (15 nm). */
double pole_probe_exact(const pole_probe *probe, pole_row row);

/* Fills all of hits but their rows, which are set: distances to 1 um, bearings to 1e-5 degree. */
void pole_probe_tell(const pole_probe *probe, pole_hit *hits, size_t count);

/* Puts hits whose distances are good to 1 um in order of distance, those less than a micrometre
 * apart in order of row: a group of such begins with the nearest that is in none before, and
 * holds all that are less than a micrometre farther. They must already be in order but for
 * distances that differ by less than 3 um. */
void pole_probe_settle(const pole_probe *probe, pole_hit *hits, size_t count);

/* Takes out the hits (good to 1 um, as above) that are farther than max_m. Returns how many are
 * left. */
size_t pole_probe_drop_far(const pole_probe *probe, pole_hit *hits, size_t count, double max_m);

#endif
