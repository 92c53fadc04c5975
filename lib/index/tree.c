/* SPDX-License-Identifier: MIT
 * The tree's section to boxes in memory, with every check. Packing is tree_pack.c. */
#include "index/tree.h"

#include "index/extent.h"
#include "index/room.h"

static pole_status damaged(pole_error *error, const char *what)
{
    return pole_section_damaged(error, "tree", what);
}

static bool take_bit(uint64_t *bits, uint32_t i)
{
    const uint64_t bit = (uint64_t)1 << (i & 63);
    const bool was = bits[i >> 6] & bit;
    bits[i >> 6] |= bit;
    return !was;
}

/* Leaves that begin at different places, one of them at 0, and each end where another begins or at
 * the end of all: in order of place they leave no gap. If their places add up to `rows`, none
 * overlap either. bits: one for each place and one more, zero. */
static bool leaves_tile(const pole_tree *tree, uint32_t rows, uint64_t *bits)
{
    uint64_t sum = 0;
    bool sound = true;
    for (uint32_t i = 0; i < tree->leaf_count; i++) {
        const uint32_t leaf = pole_tree_leaf(tree, i);
        sum += pole_leaf_places(leaf);
        if (pole_leaf_first(leaf) >= rows || !take_bit(bits, pole_leaf_first(leaf)))
            return false;
    }
    take_bit(bits, rows);
    for (uint32_t i = 0; i < tree->leaf_count; i++) {
        const uint32_t leaf = pole_tree_leaf(tree, i);
        const uint32_t end = pole_leaf_first(leaf) + pole_leaf_places(leaf);
        if (end > rows)
            return false;
        sound &= bits[end >> 6] >> (end & 63) & 1;
    }
    return sound && (bits[0] & 1) && sum == rows;
}

static bool rows_permute(const uint8_t *rows_of_place, uint32_t rows, uint64_t *bits)
{
    for (uint32_t place = 0; place < rows; place++) {
        const uint32_t row = pole_load_u32(rows_of_place + 4 * (size_t)place);
        if (row >= rows || !take_bit(bits, row))
            return false;
    }
    return true;
}

static pole_status check_order(const pole_tree *tree, const pole_allocator *allocator,
                               pole_error *error)
{
    const uint32_t rows = tree->positions->rows;
    const size_t words = (size_t)rows / 64 + 1;
    uint64_t *bits = pole_allocate_zeroed(allocator, words, sizeof *bits);
    if (!bits)
        return pole_fail(error, POLE_NO_MEMORY, "no memory to check the tree");
    bool sound = leaves_tile(tree, rows, bits);
    if (sound && tree->rows_of_place) {
        memset(bits, 0, words * sizeof *bits);
        sound = rows_permute(tree->rows_of_place, rows, bits);
    }
    pole_release(allocator, bits);
    return sound ? POLE_OK : damaged(error, "a pole is in no leaf or in two");
}

static pole_extent leaf_extent(const pole_tree *tree, uint32_t leaf, const pole_center *center)
{
    pole_extent extent = pole_extent_empty();
    const uint32_t first = pole_leaf_first(leaf), places = pole_leaf_places(leaf);
    const uint8_t *positions = tree->positions->bytes;
    if (!tree->rows_of_place) {
        pole_extent_add_run(&extent, positions + 8 * (size_t)first, places, center);
        return extent;
    }
    for (uint32_t i = 0; i < places; i++) {
        const uint8_t *pair = positions + 8 * (size_t)pole_tree_row(tree, first + i);
        pole_extent_add(&extent, pair, pair, center);
    }
    return extent;
}

static void clear_node(pole_tree_node *node)
{
    for (unsigned i = 0; i < POLE_TREE_FAN; i++) {
        node->south[i] = node->west[i] = INFINITY;
        node->north[i] = node->east[i] = -INFINITY;
    }
}

static void fill_lowest(pole_tree *tree)
{
    const pole_center center = pole_center_of(tree->center_lat_e7, tree->center_lon_e7);
    pole_tree_node *nodes = tree->nodes + tree->first[tree->levels - 1];
    for (uint32_t i = 0; i < tree->leaf_count; i++) {
        pole_tree_node *node = nodes + i / POLE_TREE_FAN;
        const unsigned child = i % POLE_TREE_FAN;
        if (child == 0)
            clear_node(node);
        const pole_extent extent = leaf_extent(tree, pole_tree_leaf(tree, i), &center);
        const pole_extent_box box = pole_extent_to_box(&extent);
        node->south[child] = box.south;
        node->west[child] = box.west;
        node->north[child] = box.north;
        node->east[child] = box.east;
    }
}

static void fill_level(pole_tree *tree, uint32_t level)
{
    pole_tree_node *nodes = tree->nodes + tree->first[level];
    const pole_tree_node *below = tree->nodes + tree->first[level + 1];
    const uint32_t end = level + 2 < tree->levels ? tree->first[level + 2] : tree->node_count;
    for (uint32_t i = 0; i < end - tree->first[level + 1]; i++) {
        pole_tree_node *node = nodes + i / POLE_TREE_FAN;
        const unsigned child = i % POLE_TREE_FAN;
        if (child == 0)
            clear_node(node);
        for (unsigned j = 0; j < POLE_TREE_FAN; j++) {
            node->south[child] = pole_lesser(below[i].south[j], node->south[child]);
            node->west[child] = pole_lesser(below[i].west[j], node->west[child]);
            node->north[child] = pole_greater(below[i].north[j], node->north[child]);
            node->east[child] = pole_greater(below[i].east[j], node->east[child]);
        }
    }
}

/* How many nodes each level has, the root's first. */
static void lay_out(pole_tree *tree)
{
    uint32_t sizes[POLE_TREE_MAX_LEVELS];
    uint32_t nodes = tree->leaf_count;
    do {
        nodes = (nodes + POLE_TREE_FAN - 1) / POLE_TREE_FAN;
        sizes[tree->levels++] = nodes;
    } while (nodes > 1);
    for (uint32_t level = 0; level < tree->levels; level++) {
        const uint32_t size = sizes[tree->levels - 1 - level];
        if (size <= POLE_TREE_TOP) {
            tree->top_level = level;
            tree->top_nodes = size;
        }
        tree->first[level] = tree->node_count;
        tree->node_count += size;
    }
}

static void find_center(pole_tree *tree)
{
    const pole_positions *p = tree->positions;
    tree->center_lat_e7 = (int32_t)(((int64_t)p->south_e7 + p->north_e7) / 2);
    tree->center_lon_e7 = (int32_t)(((int64_t)p->west_e7 + p->east_e7) / 2);
    tree->margin_e7 = pole_extent_margin(p->south_e7, p->west_e7, p->north_e7, p->east_e7);
}

/* A node is four lines of a processor's cache: it should not begin in the middle of one. */
static bool make_room(pole_tree *tree, const pole_allocator *allocator)
{
    const size_t line = 64;
    tree->memory = pole_allocate_array(
        allocator, (size_t)tree->node_count * sizeof *tree->nodes + (line - 1), 1);
    if (!tree->memory)
        return false;
    uint8_t *start = tree->memory;
    start += (line - (uintptr_t)start % line) % line;
    tree->nodes = (pole_tree_node *)(void *)start;
    return true;
}

pole_status pole_tree_attach(pole_tree *tree, const uint8_t *bytes, size_t size,
                             const pole_positions *positions, pole_processor processor,
                             const pole_allocator *allocator, pole_error *error)
{
    memset(tree, 0, sizeof *tree);
    pole_section_reader reader = pole_section_begin(bytes, size);
    pole_tree view = {.positions = positions};
    view.leaf_count = pole_section_u32(&reader);
    const uint32_t form = pole_section_u32(&reader);
    view.leaves = pole_section_take(&reader, view.leaf_count, 4);
    if (form == 1)
        view.rows_of_place = pole_section_take(&reader, positions->rows, 4);
    if (!pole_section_ended(&reader) || form > 1 || positions->rows > POLE_TREE_MAX_ROWS)
        return damaged(error, "its length does not fit its form");
    if (positions->rows == 0) {
        *tree = view;
        return view.leaf_count == 0 ? POLE_OK : damaged(error, "leaves without a pole");
    }
    const pole_status status = check_order(&view, allocator, error);
    if (status != POLE_OK)
        return status;
    find_center(&view);
    lay_out(&view);
    view.wide = pole_tree_can_be_wide(processor);
    if (!make_room(&view, allocator))
        return pole_fail(error, POLE_NO_MEMORY, "no memory for the tree");
    fill_lowest(&view);
    for (uint32_t level = view.levels - 1; level-- > 0;)
        fill_level(&view, level);
    *tree = view;
    return POLE_OK;
}

void pole_tree_detach(pole_tree *tree, const pole_allocator *allocator)
{
    pole_release(allocator, tree->memory);
    memset(tree, 0, sizeof *tree);
}
