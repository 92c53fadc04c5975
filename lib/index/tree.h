/* SPDX-License-Identifier: MIT
 * The poles in space: a packed R-tree over runs of rows.
 *
 * Rows go in order of code, and codes are painted street by street: a run of consecutive rows is a
 * stretch of street, a good leaf, and its positions lie side by side in memory. So the section
 * holds nothing but the order of these runs in space; the boxes are found at attach, which costs
 * no more than checking stored ones would, and cannot be wrong.
 *
 * Section: u32 leaves, u32 form; then u32[leaves], a leaf each: its first place * 16 + its places
 * - 1 (1 to 16 of them), in order of space. Every place is in exactly one leaf. Form 0: a place is
 * a row. Form 1: u32[rows] follow, the row of each place, every row once; for tables whose code
 * order says nothing of space. */
#ifndef INDEX_TREE_H
#define INDEX_TREE_H

#include "base/memory.h"
#include "base/processor.h"
#include "index/draft.h"
#include "index/positions.h"

#define POLE_TREE_FAN 16
#define POLE_TREE_MAX_LEVELS 7
#define POLE_TREE_TOP 4 /* so many nodes a search begins with at once */
#define POLE_TREE_MAX_ROWS ((uint32_t)1 << 28)

/* The boxes of up to 16 children, in 1e-7 degrees from the tree's centre, in float: its minimum
 * and maximum are one instruction everywhere, those of int32_t are not. An absent child's box is
 * inside out (infinite). */
typedef struct {
    float south[POLE_TREE_FAN];
    float west[POLE_TREE_FAN];
    float north[POLE_TREE_FAN];
    float east[POLE_TREE_FAN];
} pole_tree_node;

typedef struct {
    const uint8_t *leaves;        /* in the section */
    const uint8_t *rows_of_place; /* in the section; NULL when a place is a row */
    const pole_positions *positions;
    pole_tree_node *nodes; /* level by level, the root first; child i of the j-th node of a level
                              is the (16 j + i)-th node of the next, or leaf */
    uint32_t leaf_count;
    uint32_t node_count;
    uint32_t levels;                      /* of nodes; 0 when there is no pole */
    uint32_t first[POLE_TREE_MAX_LEVELS]; /* where each level begins in nodes */
    uint32_t top_level, top_nodes;        /* the lowest level that has no more than POLE_TREE_TOP */
    int32_t center_lat_e7, center_lon_e7;
    float margin_e7; /* no bound in a node is further than this from the truth */
    bool wide;       /* searches may use AVX2 */
    void *memory;    /* what nodes lies in */
} pole_tree;

/* Checks everything, finds the boxes. positions must outlive the tree, and be attached. processor:
 * this one, as base/processor.h has it; each question costs microseconds on a virtual machine. */
pole_status pole_tree_attach(pole_tree *tree, const uint8_t *bytes, size_t size,
                             const pole_positions *positions, pole_processor processor,
                             const pole_allocator *allocator, pole_error *error);
void pole_tree_detach(pole_tree *tree, const pole_allocator *allocator);

/* POLE_OK, POLE_NO_MEMORY (for its own work; out's own failure sticks in out) or POLE_LIMIT (more
 * rows than a file could hold). Deterministic: integers only. */
pole_status pole_tree_pack(const pole_draft_city *city, const pole_allocator *allocator,
                           pole_buffer *out);

/* Whether this processor, and this build, can use AVX2; what attach sets `wide` to. */
bool pole_tree_can_be_wide(pole_processor processor);

/* A leaf: its first place * 16 + its places - 1. number below leaf_count. */
static inline uint32_t pole_tree_leaf(const pole_tree *tree, uint32_t number)
{
    return pole_load_u32(tree->leaves + 4 * (size_t)number);
}
static inline uint32_t pole_leaf_first(uint32_t leaf)
{
    return leaf / POLE_TREE_FAN;
}
static inline uint32_t pole_leaf_places(uint32_t leaf)
{
    return leaf % POLE_TREE_FAN + 1;
}

/* The row of a place. */
static inline pole_row pole_tree_row(const pole_tree *tree, uint32_t place)
{
    return tree->rows_of_place ? pole_load_u32(tree->rows_of_place + 4 * (size_t)place) : place;
}

/* The positions of a leaf's places, 16 of them (behind the last one anything may follow), side by
 * side; copied to `space` where they are not so in the index. */
static inline const uint8_t *pole_leaf_pairs(const pole_tree *tree, uint32_t leaf,
                                             uint8_t space[8 * POLE_TREE_FAN])
{
    const uint32_t first = pole_leaf_first(leaf);
    const pole_positions *positions = tree->positions;
    if (!tree->rows_of_place && positions->rows - first >= POLE_TREE_FAN)
        return positions->bytes + 8 * (size_t)first;
    const uint32_t last = pole_leaf_places(leaf) - 1;
    for (uint32_t i = 0; i < POLE_TREE_FAN; i++) {
        const pole_row row = pole_tree_row(tree, first + (i < last ? i : last));
        memcpy(space + 8 * (size_t)i, positions->bytes + 8 * (size_t)row, 8);
    }
    return space;
}

#endif
