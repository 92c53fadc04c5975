/* SPDX-License-Identifier: MIT
 * Which area holds a point, and how far the next one is. */
#include "base/lanes.h"
#include "index/areas.h"

/* A point as the floats of an area's boxes see it, and as its sides do. */
typedef struct {
    float y, x;
    pole_vertex e7;
} probe;

/* Rounding to float never turns an order round (extent.h): comparing it with boxes decides
 * wrongly in no case but equality, which is then left to the exact test. */
static probe probe_of(const pole_areas *areas, int32_t lat_e7, int32_t lon_e7)
{
    return (probe){(float)((int64_t)lat_e7 - areas->center_lat_e7),
                   (float)((int64_t)lon_e7 - areas->center_lon_e7),
                   {lat_e7, lon_e7}};
}

static pole_vertex vertex_at(const pole_areas *areas, uint32_t vertex)
{
    const uint8_t *p = areas->vertices + 8 * (size_t)vertex;
    return (pole_vertex){pole_load_i32(p), pole_load_i32(p + 4)};
}

/* Which vertices of a block are below the point's latitude, which are level with it: bit i for
 * vertex i, bit `sides` for the last end. */
static void compare_latitudes(const pole_areas *areas, const pole_area_block *block, int32_t lat_e7,
                              unsigned *below, unsigned *level)
{
    const uint8_t *pairs = areas->vertices + 8 * (size_t)block->first;
    unsigned b = 0, l = 0;
    if (areas->vertex_count - block->first >= POLE_AREA_BLOCK) {
        for (unsigned i = 0; i < POLE_AREA_BLOCK; i += 4) {
            unsigned four_below, four_level;
            pole_lanes_compare_firsts(pairs + 8 * (size_t)i, lat_e7, &four_below, &four_level);
            b |= four_below << i;
            l |= four_level << i;
        }
    } else {
        for (unsigned i = 0; i < block->sides; i++) {
            const int32_t lat = pole_load_i32(pairs + 8 * (size_t)i);
            b |= (unsigned)(lat < lat_e7) << i;
            l |= (unsigned)(lat == lat_e7) << i;
        }
    }
    const unsigned mask = (1u << block->sides) - 1;
    const int32_t last = vertex_at(areas, block->close).lat_e7;
    *below = (b & mask) | (unsigned)(last < lat_e7) << block->sides;
    *level = (l & mask) | (unsigned)(last == lat_e7) << block->sides;
}

/* The bits of pole_side_of_point(), folded over the sides of a block. Only sides with an end on
 * each side of the point's latitude, or level with it, can have any. */
static unsigned fold_block(const pole_areas *areas, const pole_area_block *block, pole_vertex p)
{
    unsigned below, level;
    compare_latitudes(areas, block, p.lat_e7, &below, &level);
    unsigned todo = ((below ^ below >> 1) | level | level >> 1) & ((1u << block->sides) - 1);
    unsigned bits = 0;
    for (; todo != 0; todo &= todo - 1) {
        const uint32_t i = (uint32_t)__builtin_ctz(todo);
        const pole_vertex a = vertex_at(areas, block->first + i);
        const uint32_t next = i + 1 < block->sides ? block->first + i + 1 : block->close;
        const unsigned side = pole_side_of_point(a, vertex_at(areas, next), p);
        bits = (bits ^ (side & POLE_SIDE_CROSSES)) | (side & POLE_SIDE_HOLDS);
    }
    return bits;
}

/* A line of sides that lies wholly east of the point crosses its ray an odd number of times when
 * its ends are on different sides of the point's latitude (pole_side_of_point() counts a level
 * vertex as below). */
static unsigned fold_east(const pole_areas *areas, const pole_area_block *block, pole_vertex p)
{
    const bool first = vertex_at(areas, block->first).lat_e7 <= p.lat_e7;
    const bool close = vertex_at(areas, block->close).lat_e7 <= p.lat_e7;
    return first != close ? POLE_SIDE_CROSSES : 0;
}

static bool covers(const pole_areas *areas, const pole_area_shape *shape, const probe *at)
{
    const pole_lanes y = pole_lanes_all(at->y), x = pole_lanes_all(at->x);
    unsigned bits = 0;
    for (uint32_t i = 0; i < shape->quads; i++) {
        const uint32_t quad = shape->first_quad + i;
        const pole_area_boxes *boxes = areas->quads + quad;
        unsigned todo = pole_lanes_at_most(pole_lanes_load(boxes->south), y) &
                        pole_lanes_at_most(y, pole_lanes_load(boxes->north)) &
                        pole_lanes_at_most(x, pole_lanes_load(boxes->east));
        if (todo == 0)
            continue;
        const unsigned here = pole_lanes_at_most(pole_lanes_load(boxes->west), x);
        for (; todo != 0; todo &= todo - 1) {
            const unsigned lane = (unsigned)__builtin_ctz(todo);
            const pole_area_block *block = areas->blocks + 4 * (size_t)quad + lane;
            const unsigned side = here >> lane & 1 ? fold_block(areas, block, at->e7)
                                                   : fold_east(areas, block, at->e7);
            bits = (bits ^ (side & POLE_SIDE_CROSSES)) | (side & POLE_SIDE_HOLDS);
        }
    }
    return pole_place_of_sides(bits) != POLE_OUTSIDE;
}

static bool in_box(const pole_area_shape *shape, const probe *at)
{
    return (at->y >= shape->south) & (at->y <= shape->north) & (at->x >= shape->west) &
           (at->x <= shape->east);
}

bool pole_area_covers(const pole_areas *areas, uint32_t number, int32_t lat_e7, int32_t lon_e7)
{
    const probe at = probe_of(areas, lat_e7, lon_e7);
    return in_box(areas->shapes + number, &at) && covers(areas, areas->shapes + number, &at);
}

uint32_t pole_areas_search(const pole_areas *areas, pole_text_number kind, int32_t lat_e7,
                           int32_t lon_e7)
{
    if (areas->count == 0)
        return POLE_NO_AREA;
    const probe at = probe_of(areas, lat_e7, lon_e7);
    if (!(at.y >= areas->south && at.y <= areas->north && at.x >= areas->west &&
          at.x <= areas->east))
        return POLE_NO_AREA;
    const uint32_t row = pole_area_cell(at.y, areas->south, areas->per_lat, areas->side);
    const uint32_t column = pole_area_cell(at.x, areas->west, areas->per_lon, areas->side);
    const uint32_t *cell = areas->cells + row * areas->side + column;
    for (uint32_t i = cell[0]; i < cell[1]; i++) {
        const uint32_t number = areas->items[i];
        const pole_area_shape *shape = areas->shapes + number;
        if (shape->kind == kind && in_box(shape, &at) && covers(areas, shape, &at))
            return number;
    }
    return POLE_NO_AREA;
}
