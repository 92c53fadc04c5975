/* SPDX-License-Identifier: MIT
 * Poles around a point, and leaves that meet a box. Nothing allocates; all is thread-safe. */
#ifndef INDEX_TREE_SEARCH_H
#define INDEX_TREE_SEARCH_H

#include <polelookup/near.h>

#include "geo/geodesic.h"
#include "index/tree.h"

/* The k nearest poles that are no farther than max_m, as pole_nearest() has them; at and k are
 * valid. Returns how many. */
size_t pole_tree_nearest(const pole_tree *tree, pole_point at, size_t k, double max_m,
                         pole_hit *hits);

/* The nearest `capacity` poles of those within radius_m, as pole_within_radius() has them; at and
 * radius_m are valid. Returns how many there are. */
size_t pole_tree_within_radius(const pole_tree *tree, pole_point at, double radius_m,
                               pole_hit *hits, size_t capacity);

/* The poles in a box, in order of row, if no more than POLE_BOX_LEAVES leaves meet it and a place
 * is a row; else false: pole_tree_walk. box: may be inside out (false). What is behind the last
 * row is overwritten with anything. */
#define POLE_BOX_LEAVES 64
#define POLE_BOX_FEW (POLE_BOX_LEAVES * POLE_TREE_FAN)
bool pole_tree_box_few(const pole_tree *tree, const pole_box_e7 *box, pole_row rows[POLE_BOX_FEW],
                       size_t *count);

typedef struct {
    uint32_t first_child; /* of the level below, or leaf */
    uint16_t todo;        /* those that meet the box and are not done */
    uint16_t inside;      /* those that lie in it */
} pole_tree_frame;

/* Leaves that meet a box, in order of the tree: begin, then next until it is false. */
typedef struct {
    const pole_tree *tree;
    float south, west, north, east;
    uint32_t depth;
    pole_tree_frame stack[POLE_TREE_MAX_LEVELS];
} pole_tree_walk;

/* box: south <= north and west <= east. */
void pole_tree_walk_begin(pole_tree_walk *walk, const pole_tree *tree, const pole_box_e7 *box);
/* *leaf is a leaf as in tree.h; *inside: all its poles lie in the box. */
bool pole_tree_walk_next(pole_tree_walk *walk, uint32_t *leaf, bool *inside);

#endif
