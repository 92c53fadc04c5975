/* SPDX-License-Identifier: MIT
 * A point asked, prepared for the boxes and the poles of a tree, and what bounds and estimates in
 * float (tree_hot.h) are worth.
 *
 * A search has a reach: near, 20 km up to 89 degrees of latitude; far, 600 km up to 70 degrees;
 * else none. In it:
 *   - no place of a box is nearer than its bound: in geodesic.h's flat metric (pole_box_near) with
 *     the tree's rounding taken off; from far away that is loose, and the distance to the box's
 *     middle less its half diagonal is a second bound.
 *   - the near estimate of a squared distance is pole_local_squared() cut off behind the first
 *     order: dlat^2 (n0 + n1 dlat) + dlon^2 (e0 + e1 dlat). What is cut off is less than 0.13
 *     (d / p)^2 of it, p being the radius of the point's parallel (the largest found from the
 *     equator to 89 degrees and 300 m to 100 km; the leading terms are x^2 / 12 and d^2 / 2, all
 *     over p^2 or R^2). Rounding to float adds less than 8e-7 of it.
 *   - the far estimate is all of pole_local_squared(), which up to 600 km and 70 degrees is within
 *     a metre of the distance (measured: 0.6 m), in float: 2e-6 of it.
 * Farther than that the exact geodesic must be asked, about half a microsecond each. */
#ifndef INDEX_TREE_PROBE_H
#define INDEX_TREE_PROBE_H

#include <polelookup/near.h>

#include "geo/geodesic.h"
#include "index/hits.h"
#include "index/tree.h"

#define POLE_PROBE_FAR_REACH_M 600000.0
#define POLE_PROBE_FAR_LAT_DEG 70.0
/* pole_local_squared() in the far reach. */
#define POLE_PROBE_FAR_ERROR_M 1.0
/* Distances that differ by less are equal. */
#define POLE_TIE_M 1e-6
/* Two distances good to 1 um that differ by more are in their true order, and not equal. */
#define POLE_PROBE_DOUBT_M 3e-6

typedef struct {
    const pole_tree *tree;
    pole_point at;
    double reach_m; /* 0: none */
    /* For boxes: the point in differences from the tree's centre, rounded down and up; twice where
     * its surroundings cross the antimeridian. */
    float south, north;
    float west[2], east[2];
    uint32_t copies;
    float lat_m, lon_m;
    double sine, cosine; /* of the latitude */
    /* For poles: the point prepared; as whole units and what is left; the estimate's terms. */
    pole_local from;
    int32_t lat_e7, lon_e7[2];
    float lat_rest, lon_rest;
    float n0, n1, e0, e1, e_least;
    float doubt; /* 1 / p^2; 0 for far estimates */
    /* For the far reach: all of the formula's terms, and how far away it holds. */
    float far_north[4], far_east[4], far_curve[3];
    float far_lat_e7, far_lon_e7;
} pole_probe;

/* at: valid degrees. max_m: nothing farther is of interest. In two steps, since a search can begin
 * with boxes while the processor still works on the second: what is for boxes, and the rest. */
void pole_probe_begin(pole_probe *probe, const pole_tree *tree, pole_point at, double max_m);
void pole_probe_finish(pole_probe *probe);
/* Sets the far reach. False, and nothing changed, where there is none: near the earth's poles and
 * the antimeridian, or when max_m is not beyond the near one. */
bool pole_probe_look_far(pole_probe *probe, double max_m);

/* When the best has this estimate (or squared distance), a rival's estimate, and the bound of its
 * box, are at most what this gives, if the rival is nearer or less than 4 um farther: four times
 * the estimate's error, of which three are needed, and 8e-6 times the distance. */
static inline float pole_probe_window(const pole_probe *probe, float squared_m2)
{
    return squared_m2 * (1.0f + 2e-5f + probe->doubt * squared_m2) + 1e-5f;
}

/* An estimate up to this belongs to a pole nearer than the square root of squared_m2, by 4 um at
 * least. */
static inline float pole_probe_surely(const pole_probe *probe, float squared_m2)
{
    return squared_m2 * (1.0f - 2e-5f - probe->doubt * squared_m2) - 1e-5f;
}

/* Whether an estimate and a distance go together. They do not, once in a while, for poles beyond
 * the reach. */
static inline bool pole_probe_agrees(const pole_probe *probe, float estimate, double distance_m)
{
    const float squared = (float)(distance_m * distance_m);
    return estimate <= pole_probe_window(probe, squared) &&
           squared <= pole_probe_window(probe, estimate);
}

/* A lower bound of the distance to a child's box anywhere on earth, by the exact geodesic to the
 * box's middle less its half diagonal. About 0.6 us. */
double pole_probe_far_bound(const pole_probe *probe, const pole_tree_node *node, unsigned child);

/* The distance of a row by the exact geodesic (15 nm). */
double pole_probe_exact(const pole_probe *probe, pole_row row);

/* Measures by the exact geodesic those hits (rows and distances are set) for which the short
 * formula is not good to 1 um: those beyond 20 km, all where the reach is 0. Returns whether there
 * were any. */
bool pole_probe_tell_far(const pole_probe *probe, pole_hit *hits, size_t count);

/* Puts hits whose distances are good to 1 um in order of distance, those less than a micrometre
 * apart in order of row: a group of such begins with the nearest that is in none before, and
 * holds all that are less than a micrometre farther. They must already be in order but for
 * distances that differ by less than 3 um. */
void pole_probe_settle(const pole_probe *probe, pole_hit *hits, size_t count);

/* Takes out the hits (good to 1 um, as above) that are farther than max_m. Returns how many are
 * left. */
size_t pole_probe_drop_far(const pole_probe *probe, pole_hit *hits, size_t count, double max_m);

#endif
