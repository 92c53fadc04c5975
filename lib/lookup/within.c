/* SPDX-License-Identifier: MIT
 * Poles in a box or polygon, in order of row.
 *
 * The tree gives leaves in order of space. They are collected with a bit for each pole that is
 * inside, sorted, and written out: mostly a handful, so that no row need be sorted by itself. */
#include <polelookup/near.h>

#include <math.h>

#include "base/lanes.h"
#include "geo/e7.h"
#include "geo/ring.h"
#include "index/index.h"
#include "index/tree_search.h"
#include "lookup/rows.h"

#define MAX_LEAVES 64

typedef struct {
    uint32_t leaf; /* as in tree.h: sorts by place */
    uint32_t inside;
} leaf_hits;

typedef struct {
    const pole_tree *tree;
    leaf_hits leaves[MAX_LEAVES];
    uint32_t leaf_count;
    bool sorted;   /* what was written is in order */
    bool smallest; /* the second pass: only the smallest rows are kept, as a heap */
    pole_row *rows;
    size_t capacity;
    size_t count;
} collector;

static void write_row(collector *c, pole_row row)
{
    if (c->smallest)
        pole_rows_offer(c->rows, c->capacity, &c->count, row);
    else if (c->count++ < c->capacity)
        c->rows[c->count - 1] = row;
}

static void flush(collector *c)
{
    leaf_hits *leaves = c->leaves;
    for (uint32_t i = 1; i < c->leaf_count; i++) {
        const leaf_hits kept = leaves[i];
        uint32_t j = i;
        for (; j > 0 && kept.leaf < leaves[j - 1].leaf; j--)
            leaves[j] = leaves[j - 1];
        leaves[j] = kept;
    }
    for (uint32_t i = 0; i < c->leaf_count; i++)
        for (uint32_t todo = leaves[i].inside; todo != 0; todo &= todo - 1)
            write_row(c, pole_tree_row(c->tree, pole_leaf_first(leaves[i].leaf) +
                                                    (uint32_t)__builtin_ctz(todo)));
    c->leaf_count = 0;
}

static void collect(collector *c, uint32_t leaf, unsigned inside)
{
    if (inside == 0)
        return;
    if (c->leaf_count == MAX_LEAVES) {
        flush(c);
        c->sorted = false;
    }
    c->leaves[c->leaf_count++] = (leaf_hits){leaf, inside};
}

static unsigned all_of(uint32_t leaf)
{
    return (2u << (pole_leaf_places(leaf) - 1)) - 1;
}

/* Up to three boxes, none of which crosses the antimeridian. */
typedef struct {
    pole_box_e7 parts[3];
    unsigned count;
} box_parts;

static void collect_boxes(collector *c, const box_parts *boxes)
{
    for (unsigned part = 0; part < boxes->count; part++) {
        const pole_box_e7 *box = &boxes->parts[part];
        pole_tree_walk walk;
        uint32_t leaf;
        bool inside;
        pole_tree_walk_begin(&walk, c->tree, box);
        while (pole_tree_walk_next(&walk, &leaf, &inside)) {
            uint8_t space[8 * POLE_TREE_FAN];
            if (inside) {
                collect(c, leaf, all_of(leaf));
                continue;
            }
            const uint8_t *pairs = pole_leaf_pairs(c->tree, leaf, space);
            unsigned bits = 0;
            for (unsigned i = 0; i < POLE_TREE_FAN; i += 4)
                bits |= pole_lanes_pairs_within(pairs + 8 * (size_t)i, box->south, box->north,
                                                box->west, box->east)
                        << i;
            collect(c, leaf, bits & all_of(leaf));
        }
    }
}

/* A polygon as it was given, and its extent. */
typedef struct {
    const pole_point *points;
    const size_t *ring_sizes;
    size_t rings;
    pole_box_e7 extent;
} polygon;

static pole_vertex vertex_of(pole_point at)
{
    return (pole_vertex){pole_round_e7(at.lat_deg), pole_round_e7(at.lon_deg)};
}

/* A leaf's poles and their extent. */
typedef struct {
    pole_vertex at[POLE_TREE_FAN];
    unsigned bits[POLE_TREE_FAN];
    uint32_t count;
    pole_box_e7 extent;
} leaf_poles;

static void widen(pole_box_e7 *box, pole_vertex v)
{
    box->south = v.lat_e7 < box->south ? v.lat_e7 : box->south;
    box->north = v.lat_e7 > box->north ? v.lat_e7 : box->north;
    box->west = v.lon_e7 < box->west ? v.lon_e7 : box->west;
    box->east = v.lon_e7 > box->east ? v.lon_e7 : box->east;
}

static void take_leaf(const pole_tree *tree, uint32_t leaf, leaf_poles *poles)
{
    uint8_t space[8 * POLE_TREE_FAN];
    const uint8_t *pairs = pole_leaf_pairs(tree, leaf, space);
    poles->count = pole_leaf_places(leaf);
    poles->extent = (pole_box_e7){INT32_MAX, INT32_MAX, INT32_MIN, INT32_MIN};
    for (uint32_t i = 0; i < poles->count; i++) {
        poles->at[i] = (pole_vertex){pole_load_i32(pairs + 8 * (size_t)i),
                                     pole_load_i32(pairs + 8 * (size_t)i + 4)};
        poles->bits[i] = 0;
        widen(&poles->extent, poles->at[i]);
    }
}

/* A side that lies wholly north, south or west of all poles says nothing of them. */
static void fold_side(leaf_poles *poles, pole_vertex a, pole_vertex b)
{
    const pole_box_e7 *extent = &poles->extent;
    if ((a.lat_e7 > extent->north && b.lat_e7 > extent->north) ||
        (a.lat_e7 < extent->south && b.lat_e7 < extent->south) ||
        (a.lon_e7 < extent->west && b.lon_e7 < extent->west))
        return;
    for (uint32_t i = 0; i < poles->count; i++) {
        const unsigned side = pole_side_of_point(a, b, poles->at[i]);
        poles->bits[i] = (poles->bits[i] ^ (side & POLE_SIDE_CROSSES)) | (side & POLE_SIDE_HOLDS);
    }
}

static unsigned inside_polygon(const polygon *shape, leaf_poles *poles)
{
    const pole_point *ring = shape->points;
    for (size_t r = 0; r < shape->rings; ring += shape->ring_sizes[r++]) {
        pole_vertex a = vertex_of(ring[shape->ring_sizes[r] - 1]);
        for (size_t i = 0; i < shape->ring_sizes[r]; i++) {
            const pole_vertex b = vertex_of(ring[i]);
            fold_side(poles, a, b);
            a = b;
        }
    }
    unsigned inside = 0;
    for (uint32_t i = 0; i < poles->count; i++)
        inside |= (unsigned)(pole_place_of_sides(poles->bits[i]) != POLE_OUTSIDE) << i;
    return inside;
}

static void collect_polygon(collector *c, const polygon *shape)
{
    pole_tree_walk walk;
    uint32_t leaf;
    bool inside;
    pole_tree_walk_begin(&walk, c->tree, &shape->extent);
    while (pole_tree_walk_next(&walk, &leaf, &inside)) {
        leaf_poles poles;
        take_leaf(c->tree, leaf, &poles);
        collect(c, leaf, inside_polygon(shape, &poles));
    }
}

/* Collects, and a second time when the caller's list is too short: then the smallest rows. */
static pole_status find_within(const pole_index *index, const box_parts *boxes,
                               const polygon *shape, pole_row *rows, size_t capacity,
                               size_t *needed)
{
    collector c = {.tree = &index->tree, .rows = rows, .capacity = capacity};
    /* Leaves of an arrangement of its own hold rows in any order, and so do several boxes. */
    c.sorted = index->tree.rows_of_place == NULL && (shape || boxes->count == 1);
    for (;;) {
        if (shape)
            collect_polygon(&c, shape);
        else
            collect_boxes(&c, boxes);
        flush(&c);
        if (c.smallest)
            break;
        *needed = c.count;
        if (c.count <= capacity || capacity == 0)
            break;
        c.smallest = true;
        c.count = 0;
    }
    if (!c.sorted || c.smallest)
        pole_rows_sort(rows, *needed < capacity ? *needed : capacity);
    return *needed <= capacity ? POLE_OK : POLE_LIMIT;
}

/* The least whole number of 1e-7 degree that is not below deg, and the greatest not above it, both
 * by the doubles that poles' positions are told in. */
static int32_t least_from(double deg)
{
    int32_t e7 = (int32_t)(deg * 1e7); /* at most one beside it, which the doubles tell */
    e7 -= (e7 - 1) / 1e7 >= deg;
    return e7 + (e7 / 1e7 < deg);
}

static int32_t greatest_to(double deg)
{
    return -least_from(-deg);
}

static box_parts cut_box(const pole_box *box)
{
    const pole_box_e7 whole = {least_from(box->south_deg), least_from(box->west_deg),
                               greatest_to(box->north_deg), greatest_to(box->east_deg)};
    box_parts boxes = {.count = 0};
    pole_box_e7 part = whole;
    if (box->west_deg > box->east_deg) {
        part.east = POLE_MAX_LON_E7;
        boxes.parts[boxes.count++] = part;
        part = whole;
        part.west = -POLE_MAX_LON_E7;
    }
    boxes.parts[boxes.count++] = part;
    /* 180 degrees east and west are one meridian. */
    if (box->west_deg <= box->east_deg && (box->west_deg > -180.0) != (box->east_deg < 180.0)) {
        part.west = part.east = box->east_deg < 180.0 ? POLE_MAX_LON_E7 : -POLE_MAX_LON_E7;
        boxes.parts[boxes.count++] = part;
    }
    return boxes;
}

pole_status pole_within_box(const pole_index *index, const pole_box *box, pole_row *rows,
                            size_t capacity, size_t *needed)
{
    if (needed == NULL)
        return POLE_INVALID_ARGUMENT;
    *needed = 0;
    if (index == NULL || box == NULL || (rows == NULL && capacity > 0) ||
        !(box->south_deg >= -90.0 && box->south_deg <= box->north_deg && box->north_deg <= 90.0 &&
          fabs(box->west_deg) <= 180.0 && fabs(box->east_deg) <= 180.0))
        return POLE_INVALID_ARGUMENT;
    const box_parts boxes = cut_box(box);
    pole_row few[POLE_BOX_FEW];
    if (boxes.count == 1 && pole_tree_box_few(&index->tree, boxes.parts, few, needed)) {
        const size_t written = *needed < capacity ? *needed : capacity;
        if (written > 0)
            memcpy(rows, few, written * sizeof *rows);
        return *needed <= capacity ? POLE_OK : POLE_LIMIT;
    }
    return find_within(index, &boxes, NULL, rows, capacity, needed);
}

static bool take_polygon(const pole_point *points, const size_t *ring_sizes, size_t rings,
                         polygon *shape)
{
    *shape = (polygon){points, ring_sizes, rings, {INT32_MAX, INT32_MAX, INT32_MIN, INT32_MIN}};
    size_t first = 0;
    for (size_t r = 0; r < rings; r++) {
        if (ring_sizes[r] < 3 || ring_sizes[r] > SIZE_MAX / sizeof *points - first)
            return false;
        for (const size_t end = first + ring_sizes[r]; first < end; first++) {
            if (!(fabs(points[first].lat_deg) <= 90.0 && fabs(points[first].lon_deg) <= 180.0))
                return false;
            widen(&shape->extent, vertex_of(points[first]));
        }
    }
    return rings > 0;
}

pole_status pole_within_polygon(const pole_index *index, const pole_point *points,
                                const size_t *ring_sizes, size_t rings, pole_row *rows,
                                size_t capacity, size_t *needed)
{
    polygon shape;
    if (needed == NULL)
        return POLE_INVALID_ARGUMENT;
    *needed = 0;
    if (index == NULL || points == NULL || ring_sizes == NULL || (rows == NULL && capacity > 0) ||
        !take_polygon(points, ring_sizes, rings, &shape))
        return POLE_INVALID_ARGUMENT;
    return find_within(index, NULL, &shape, rows, capacity, needed);
}
