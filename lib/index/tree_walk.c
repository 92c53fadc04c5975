/* SPDX-License-Identifier: MIT
 * The leaves that meet a box. */
#include "base/lanes.h"
#include "index/tree_search.h"

/* Puts a node of the next level on the stack. */
static void open_node(pole_tree_walk *walk, uint32_t number)
{
    const pole_tree_node *node = walk->tree->nodes + walk->tree->first[walk->depth] + number;
    const pole_lanes south = pole_lanes_all(walk->south), north = pole_lanes_all(walk->north);
    const pole_lanes west = pole_lanes_all(walk->west), east = pole_lanes_all(walk->east);
    unsigned meet = 0, out = 0;
    for (unsigned i = 0; i < POLE_TREE_FAN; i += 4) {
        const pole_lanes child_south = pole_lanes_load(node->south + i);
        const pole_lanes child_west = pole_lanes_load(node->west + i);
        const pole_lanes child_north = pole_lanes_load(node->north + i);
        const pole_lanes child_east = pole_lanes_load(node->east + i);
        meet |= (pole_lanes_at_most(child_south, north) & pole_lanes_at_most(south, child_north) &
                 pole_lanes_at_most(child_west, east) & pole_lanes_at_most(west, child_east))
                << i;
        out |= (pole_lanes_at_most(child_south, south) | pole_lanes_at_most(north, child_north) |
                pole_lanes_at_most(child_west, west) | pole_lanes_at_most(east, child_east))
               << i;
    }
    walk->stack[walk->depth++] =
        (pole_tree_frame){number * POLE_TREE_FAN, (uint16_t)meet, (uint16_t)~out};
}

/* Rounding to float never turns an order round (extent.h): so what is strictly inside by the
 * floats is so by the integers, and what does not meet by the floats does not meet. */
void pole_tree_walk_begin(pole_tree_walk *walk, const pole_tree *tree, const pole_box_e7 *box)
{
    walk->tree = tree;
    walk->south = (float)((int64_t)box->south - tree->center_lat_e7);
    walk->west = (float)((int64_t)box->west - tree->center_lon_e7);
    walk->north = (float)((int64_t)box->north - tree->center_lat_e7);
    walk->east = (float)((int64_t)box->east - tree->center_lon_e7);
    walk->depth = 0;
    if (tree->levels > 0)
        open_node(walk, 0);
}

bool pole_tree_walk_next(pole_tree_walk *walk, uint32_t *leaf, bool *inside)
{
    while (walk->depth > 0) {
        pole_tree_frame *frame = &walk->stack[walk->depth - 1];
        if (frame->todo == 0) {
            walk->depth--;
            continue;
        }
        const unsigned i = (unsigned)__builtin_ctz(frame->todo);
        frame->todo &= frame->todo - 1;
        if (walk->depth < walk->tree->levels) {
            open_node(walk, frame->first_child + i);
            continue;
        }
        *leaf = pole_tree_leaf(walk->tree, frame->first_child + i);
        *inside = frame->inside >> i & 1;
        return true;
    }
    return false;
}
