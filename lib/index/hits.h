/* SPDX-License-Identifier: MIT
 * Lists of hits: sorted, or as a heap that keeps the foremost. In place, no memory. */
#ifndef INDEX_HITS_H
#define INDEX_HITS_H

#include <stdbool.h>

#include <polelookup/near.h>

typedef enum {
    POLE_HITS_BY_DISTANCE, /* then by row */
    POLE_HITS_BY_ROW
} pole_hits_order;

static inline bool pole_hit_before(const pole_hit *a, const pole_hit *b, pole_hits_order order)
{
    if (order == POLE_HITS_BY_ROW || a->distance_m == b->distance_m)
        return a->row < b->row;
    return a->distance_m < b->distance_m;
}

/* O(n log n), O(n) for a list that is in order. */
void pole_hits_sort(pole_hit *hits, size_t count, pole_hits_order order);

/* Keeps the `wanted` foremost of all hits offered; *count of them so far, begin with 0. The one
 * that comes last is hits[0] once there are `wanted` of them. Sort them in the end. */
void pole_hits_offer(pole_hit *hits, size_t wanted, size_t *count, const pole_hit *hit,
                     pole_hits_order order);

#endif
