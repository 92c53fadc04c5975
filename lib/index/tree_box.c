/* SPDX-License-Identifier: MIT
 * The poles in a box, in order of row, where they are few: nearly always. Hot: see tree_hot.h. */
#include "index/tree_hot.h"

/* Leaves that meet the box, and those of them that have poles in it, side by side. */
typedef struct {
    uint32_t met[POLE_BOX_LEAVES + POLE_TREE_FAN];
    int32_t places[POLE_BOX_LEAVES + 1]; /* the first of each */
    uint32_t inside[POLE_BOX_LEAVES + 1];
} box_leaves;

/* Which children meet the box. Rounding to float never turns an order round (extent.h), so what
 * does not meet by the floats does not meet. */
static inline unsigned meets(const pole_tree_node *node, const pole_box_floats *box)
{
    const pole_sixteen lat = pole_gaps(node->south, node->north, box->south, box->north);
    const pole_sixteen lon = pole_gaps(node->west, node->east, box->west, box->east);
    return pole_sixteen_at_most(pole_sixteen_max(lat, lon), pole_sixteen_all(0.0f));
}

/* Lists the leaves that meet the box; false when they are more than POLE_BOX_LEAVES. */
static inline bool list_leaves(const pole_tree *tree, const pole_box_floats *box, uint32_t *leaves,
                               uint32_t *count)
{
    struct {
        uint32_t first;
        unsigned todo;
    } frames[POLE_TREE_MAX_LEVELS]; /* nodes of each level */
    const uint32_t top = tree->top_level;
    uint32_t level = top, listed = 0;
    frames[top].first = 0;
    frames[top].todo = (1u << tree->top_nodes) - 1;
    for (;;) {
        while (frames[level].todo == 0) {
            if (level == top) {
                *count = listed;
                return true;
            }
            level--;
        }
        const uint32_t number = frames[level].first + (uint32_t)__builtin_ctz(frames[level].todo);
        frames[level].todo &= frames[level].todo - 1;
        const unsigned met = meets(tree->nodes + tree->first[level] + number, box);
        if (level + 1 < tree->levels) {
            level++;
            frames[level].first = number * POLE_TREE_FAN;
            frames[level].todo = met;
            continue;
        }
        listed += pole_sixteen_places(met, number * POLE_TREE_FAN, leaves + listed);
        if (POLE_SELDOM(listed > POLE_BOX_LEAVES))
            return false;
    }
}

/* Keeps those leaves that have poles in the box; how many. */
static inline uint32_t look_into(const pole_tree *tree, const pole_box_e7 *box, box_leaves *leaves,
                                 uint32_t met)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < met; i++) {
        const uint32_t leaf = leaves->met[i] = pole_tree_leaf(tree, leaves->met[i]);
        POLE_PREFETCH(tree->positions->bytes + 8 * (size_t)pole_leaf_first(leaf));
        POLE_PREFETCH(tree->positions->bytes + 8 * (size_t)pole_leaf_first(leaf) + 64);
    }
    for (uint32_t i = 0; i < met; i++) {
        uint8_t space[8 * POLE_TREE_FAN];
        const uint32_t leaf = leaves->met[i];
        const uint8_t *pairs = pole_leaf_pairs(tree, leaf, space);
        const unsigned inside =
            pole_sixteen_pairs_within(pairs, box->south, box->north, box->west, box->east) &
            ((2u << (pole_leaf_places(leaf) - 1)) - 1);
        leaves->places[kept] = (int32_t)pole_leaf_first(leaf);
        leaves->inside[kept] = inside;
        kept += inside != 0;
    }
    return kept;
}

/* Ranks sixteen at a time, in loops without branches. */
static inline void put_in_order(const box_leaves *leaves, uint32_t count, uint8_t *order)
{
    for (uint32_t first = 0; first < count; first += POLE_TREE_FAN) {
        int32_t places[POLE_TREE_FAN], ranks[POLE_TREE_FAN] = {0};
        const uint32_t some = count - first < POLE_TREE_FAN ? count - first : POLE_TREE_FAN;
        for (uint32_t i = 0; i < POLE_TREE_FAN; i++)
            places[i] = leaves->places[first + (i < some ? i : 0)];
        for (uint32_t j = 0; j < count; j++)
            for (uint32_t i = 0; i < POLE_TREE_FAN; i++)
                ranks[i] += leaves->places[j] < places[i];
        for (uint32_t i = 0; i < some; i++)
            order[ranks[i]] = (uint8_t)(first + i);
    }
}

bool POLE_HOT(pole_tree_box_few)(const pole_tree *tree, const pole_box_e7 *box,
                                 pole_row rows[POLE_BOX_FEW], size_t *count)
{
    const pole_box_floats floats = {(float)((int64_t)box->south - tree->center_lat_e7),
                                    (float)((int64_t)box->west - tree->center_lon_e7),
                                    (float)((int64_t)box->north - tree->center_lat_e7),
                                    (float)((int64_t)box->east - tree->center_lon_e7)};
    box_leaves leaves;
    uint8_t order[POLE_BOX_LEAVES];
    uint32_t met;
    *count = 0;
    if (tree->levels == 0)
        return true;
    if (tree->rows_of_place || box->south > box->north || box->west > box->east ||
        !list_leaves(tree, &floats, leaves.met, &met))
        return false;
    const uint32_t kept = look_into(tree, box, &leaves, met);
    put_in_order(&leaves, kept, order);
    for (uint32_t i = 0; i < kept; i++)
        *count += pole_sixteen_places(leaves.inside[order[i]], (uint32_t)leaves.places[order[i]],
                                      rows + *count);
    return true;
}
