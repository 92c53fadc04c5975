/* SPDX-License-Identifier: MIT
 * Poles around a point. */
#include <polelookup/near.h>

#include <math.h>

#include "index/index.h"
#include "index/tree_search.h"

/* Distances no farther apart than this are a tie: what was told as a distance holds as a radius. */
#define TIE_M 1e-6

/* NaN fails every comparison. */
static bool is_place(pole_point at)
{
    return fabs(at.lat_deg) <= 90.0 && fabs(at.lon_deg) <= 180.0;
}

pole_status pole_nearest(const pole_index *index, pole_point at, size_t k, double max_m,
                         pole_hit *hits, size_t *count)
{
    if (count == NULL)
        return POLE_INVALID_ARGUMENT;
    *count = 0;
    if (index == NULL || hits == NULL || k < 1 || k > POLE_MAX_NEAREST || !is_place(at) ||
        !(max_m >= 0.0))
        return POLE_INVALID_ARGUMENT;
    *count = pole_tree_nearest(&index->tree, at, k, max_m + TIE_M, hits);
    return POLE_OK;
}

pole_status pole_nearest_many(const pole_index *index, const pole_point *at, size_t count, size_t k,
                              double max_m, pole_hit *hits, size_t *counts)
{
    for (size_t i = 0; i < count && counts; i++)
        counts[i] = 0;
    if (index == NULL || k < 1 || k > POLE_MAX_NEAREST || !(max_m >= 0.0) ||
        (count > 0 && (at == NULL || hits == NULL || counts == NULL)))
        return POLE_INVALID_ARGUMENT;
    pole_status status = POLE_OK;
    for (size_t i = 0; i < count; i++) {
        if (is_place(at[i]))
            counts[i] = pole_tree_nearest(&index->tree, at[i], k, max_m + TIE_M, hits + i * k);
        else
            status = POLE_INVALID_ARGUMENT;
    }
    return status;
}

pole_status pole_within_radius(const pole_index *index, pole_point at, double radius_m,
                               pole_hit *hits, size_t capacity, size_t *needed)
{
    if (needed == NULL)
        return POLE_INVALID_ARGUMENT;
    *needed = 0;
    if (index == NULL || (hits == NULL && capacity > 0) || !is_place(at) ||
        !(radius_m >= 0.0 && radius_m < (double)INFINITY))
        return POLE_INVALID_ARGUMENT;
    *needed = pole_tree_within_radius(&index->tree, at, radius_m + TIE_M, hits, capacity);
    return *needed <= capacity ? POLE_OK : POLE_LIMIT;
}
