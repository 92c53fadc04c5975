/* SPDX-License-Identifier: MIT
 * Nearest poles, and those within a radius, by the exact geodesic alone: anywhere on earth, with
 * any number of poles at the same distance; for what estimates cannot decide. */
#ifndef INDEX_TREE_EXACT_H
#define INDEX_TREE_EXACT_H

#include "index/tree_probe.h"
#include "index/tree_search.h"

/* wanted: 1 to the number of rows. Returns how many. */
size_t pole_tree_nearest_exact(const pole_probe *probe, size_t wanted, double max_m,
                               pole_hit *hits);

/* The nearest `capacity` of all within radius_m. Returns how many there are. */
size_t pole_tree_within_exact(const pole_probe *probe, double radius_m, pole_hit *hits,
                              size_t capacity);

#endif
