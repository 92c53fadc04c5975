/* SPDX-License-Identifier: MIT
 * The areas' section to shapes in memory, with every check, and back. */
#include "index/areas.h"

#include "index/areas_whole.h"
#include "index/draft.h"
#include "index/extent.h"
#include "index/room.h"

/* The grid has about 8 cells an area, and on average no more than this many areas a cell. */
#define CELLS_PER_AREA 8
#define ITEMS_PER_AREA 40

static pole_status damaged(pole_error *error, const char *what)
{
    return pole_section_damaged(error, "areas", what);
}

static uint32_t rings_of(const pole_areas *areas, uint32_t number)
{
    return pole_load_u32(areas->areas + 8 * (size_t)number + 4);
}

static uint32_t ring_size(const pole_areas *areas, uint32_t ring)
{
    return pole_load_u32(areas->ring_sizes + 4 * (size_t)ring);
}

static const char *find_fault(const pole_areas *areas, const pole_stations *stations)
{
    uint64_t rings = 0, vertices = 0;
    uint32_t before = 0;
    for (uint32_t i = 0; i < areas->count; i++) {
        const uint32_t station = pole_area_station(areas, i);
        if (station >= stations->count || station < before)
            return "a station does not exist or is out of order";
        before = station;
        if (rings_of(areas, i) == 0)
            return "an area without a ring";
        rings += rings_of(areas, i);
    }
    for (uint32_t i = 0; i < areas->ring_count; i++) {
        if (ring_size(areas, i) < 3)
            return "a ring of less than three vertices";
        vertices += ring_size(areas, i);
    }
    return rings == areas->ring_count && vertices == areas->vertex_count
               ? NULL
               : "its counts contradict each other";
}

/* The extent of all vertices, which gives the centre; false when one is not on earth. */
static bool find_center(pole_areas *areas)
{
    int32_t south = INT32_MAX, west = INT32_MAX, north = INT32_MIN, east = INT32_MIN;
    for (uint32_t i = 0; i < areas->vertex_count; i++) {
        const int32_t lat = pole_load_i32(areas->vertices + 8 * (size_t)i);
        const int32_t lon = pole_load_i32(areas->vertices + 8 * (size_t)i + 4);
        south = lat < south ? lat : south;
        north = lat > north ? lat : north;
        west = lon < west ? lon : west;
        east = lon > east ? lon : east;
    }
    if (south < -POLE_MAX_LAT_E7 || north > POLE_MAX_LAT_E7 || west < -POLE_MAX_LON_E7 ||
        east > POLE_MAX_LON_E7)
        return false;
    areas->center_lat_e7 = (int32_t)(((int64_t)south + north) / 2);
    areas->center_lon_e7 = (int32_t)(((int64_t)west + east) / 2);
    areas->margin_e7 = pole_extent_margin(south, west, north, east);
    return true;
}

static uint32_t blocks_of(uint32_t sides)
{
    return (sides - 1) / POLE_AREA_BLOCK + 1;
}

static uint32_t grid_side(uint32_t areas)
{
    uint32_t side = 1;
    while (side < POLE_AREA_MAX_GRID && (uint64_t)side * side < (uint64_t)CELLS_PER_AREA * areas)
        side++;
    return side;
}

/* Room for all, in one block. */
static bool make_room(pole_areas *areas, const pole_allocator *allocator, uint16_t **whole)
{
    uint64_t quads = 0;
    for (uint32_t i = 0, ring = 0; i < areas->count; i++) {
        uint64_t blocks = 0;
        for (const uint32_t end = ring + rings_of(areas, i); ring < end; ring++)
            blocks += blocks_of(ring_size(areas, ring));
        quads += (blocks + 3) / 4;
    }
    areas->side = grid_side(areas->count);
    const uint64_t cells = (uint64_t)areas->side * areas->side + 1;
    const uint64_t items = (uint64_t)areas->count * ITEMS_PER_AREA;
    const uint32_t whole_side = pole_areas_whole_side(areas->count);
    const uint64_t size = areas->count * (uint64_t)sizeof *areas->shapes +
                          quads * (sizeof *areas->quads + 4 * sizeof *areas->blocks) +
                          (cells + items) * sizeof(uint32_t) +
                          (uint64_t)whole_side * whole_side * sizeof **whole;
    if (size > SIZE_MAX / 2 || quads > UINT32_MAX / 4)
        return false;
    uint8_t *room = pole_allocate_array(allocator, (size_t)size, 1);
    if (!room)
        return false;
    areas->shapes = (pole_area_shape *)(void *)room;
    areas->quads = (pole_area_boxes *)(void *)(areas->shapes + areas->count);
    areas->blocks = (pole_area_block *)(void *)(areas->quads + quads);
    areas->cells = (uint32_t *)(void *)(areas->blocks + 4 * quads);
    areas->items = areas->cells + cells;
    *whole = (uint16_t *)(void *)(areas->items + items);
    return true;
}

/* What make_shape() goes through the section with. */
typedef struct {
    uint32_t ring, vertex, quad;
} place_in_section;

static void clear_quad(pole_areas *areas, uint32_t quad)
{
    for (unsigned i = 0; i < 4; i++) {
        areas->quads[quad].south[i] = areas->quads[quad].west[i] = INFINITY;
        areas->quads[quad].north[i] = areas->quads[quad].east[i] = -INFINITY;
        areas->blocks[4 * (size_t)quad + i] = (pole_area_block){0, 0, 0};
    }
}

static pole_extent_box block_box(const pole_areas *areas, const pole_area_block *block,
                                 const pole_center *center)
{
    pole_extent extent = pole_extent_empty();
    const uint8_t *close = areas->vertices + 8 * (size_t)block->close;
    pole_extent_add_run(&extent, areas->vertices + 8 * (size_t)block->first, block->sides, center);
    pole_extent_add(&extent, close, close, center);
    return pole_extent_to_box(&extent);
}

static void widen(pole_area_shape *shape, const pole_extent_box *box)
{
    shape->south = pole_lesser(box->south, shape->south);
    shape->west = pole_lesser(box->west, shape->west);
    shape->north = pole_greater(box->north, shape->north);
    shape->east = pole_greater(box->east, shape->east);
}

static void make_shape(pole_areas *areas, uint32_t number, const pole_center *center,
                       place_in_section *at)
{
    pole_area_shape *shape = areas->shapes + number;
    *shape = (pole_area_shape){.south = INFINITY,
                               .west = INFINITY,
                               .north = -INFINITY,
                               .east = -INFINITY,
                               .first_quad = at->quad,
                               .first_ring = at->ring,
                               .first_vertex = at->vertex};
    uint32_t blocks = 0;
    for (uint32_t left = rings_of(areas, number); left > 0; left--) {
        const uint32_t start = at->vertex, size = ring_size(areas, at->ring++);
        for (uint32_t done = 0; done < size; done += POLE_AREA_BLOCK, blocks++) {
            const uint32_t sides = size - done < POLE_AREA_BLOCK ? size - done : POLE_AREA_BLOCK;
            const uint32_t close = done + sides == size ? start : start + done + sides;
            const uint32_t quad = shape->first_quad + blocks / 4, lane = blocks % 4;
            if (lane == 0)
                clear_quad(areas, quad);
            pole_area_block *block = areas->blocks + 4 * (size_t)quad + lane;
            *block = (pole_area_block){start + done, close, sides};
            const pole_extent_box box = block_box(areas, block, center);
            areas->quads[quad].south[lane] = box.south;
            areas->quads[quad].west[lane] = box.west;
            areas->quads[quad].north[lane] = box.north;
            areas->quads[quad].east[lane] = box.east;
            widen(shape, &box);
        }
        at->vertex += size;
    }
    shape->quads = (blocks + 3) / 4;
    at->quad += shape->quads;
}

/* The cells that a shape's box meets, borders included. */
typedef struct {
    uint32_t south, west, north, east;
} cell_range;

static cell_range range_of(const pole_areas *areas, const pole_area_shape *shape)
{
    return (cell_range){pole_area_cell(shape->south, areas->south, areas->per_lat, areas->side),
                        pole_area_cell(shape->west, areas->west, areas->per_lon, areas->side),
                        pole_area_cell(shape->north, areas->south, areas->per_lat, areas->side),
                        pole_area_cell(shape->east, areas->west, areas->per_lon, areas->side)};
}

static void scale_grid(pole_areas *areas, const pole_area_shape *all)
{
    areas->south = all->south;
    areas->west = all->west;
    areas->north = all->north;
    areas->east = all->east;
    /* An extent of nothing has all in cell 0. */
    areas->per_lat = all->north > all->south ? (float)areas->side / (all->north - all->south) : 0;
    areas->per_lon = all->east > all->west ? (float)areas->side / (all->east - all->west) : 0;
}

static uint64_t count_items(const pole_areas *areas)
{
    uint64_t items = 0;
    for (uint32_t i = 0; i < areas->count; i++) {
        const cell_range r = range_of(areas, areas->shapes + i);
        items += (uint64_t)(r.north - r.south + 1) * (r.east - r.west + 1);
    }
    return items;
}

/* Counts into the cell after, so that adding up gives each cell's end; filling from the highest
 * area down then turns ends into beginnings. */
static void fill_grid(pole_areas *areas)
{
    const uint32_t cells = areas->side * areas->side;
    memset(areas->cells, 0, (cells + 1) * sizeof *areas->cells);
    for (uint32_t i = 0; i < areas->count; i++) {
        const cell_range r = range_of(areas, areas->shapes + i);
        for (uint32_t y = r.south; y <= r.north; y++)
            for (uint32_t x = r.west; x <= r.east; x++)
                areas->cells[y * areas->side + x]++;
    }
    uint32_t end = 0;
    for (uint32_t i = 0; i < cells; i++)
        areas->cells[i] = end += areas->cells[i];
    areas->cells[cells] = end;
    for (uint32_t i = areas->count; i-- > 0;) {
        const cell_range r = range_of(areas, areas->shapes + i);
        for (uint32_t y = r.south; y <= r.north; y++)
            for (uint32_t x = r.west; x <= r.east; x++)
                areas->items[--areas->cells[y * areas->side + x]] = i;
    }
}

static void prepare(pole_areas *areas, const pole_stations *stations)
{
    const pole_center center = pole_center_of(areas->center_lat_e7, areas->center_lon_e7);
    place_in_section at = {0, 0, 0};
    pole_area_shape all = {
        .south = INFINITY, .west = INFINITY, .north = -INFINITY, .east = -INFINITY};
    for (uint32_t i = 0; i < areas->count; i++) {
        pole_area_shape *shape = areas->shapes + i;
        make_shape(areas, i, &center, &at);
        shape->kind = pole_stations_get(stations, pole_area_station(areas, i)).kind;
        const pole_extent_box box = {shape->south, shape->west, shape->north, shape->east};
        widen(&all, &box);
    }
    /* Areas that all lie over each other: fewer cells. One cell always fits. */
    for (scale_grid(areas, &all); count_items(areas) > (uint64_t)ITEMS_PER_AREA * areas->count;) {
        areas->side /= 2;
        scale_grid(areas, &all);
    }
    fill_grid(areas);
}

pole_status pole_areas_attach(pole_areas *areas, const uint8_t *bytes, size_t size,
                              const pole_stations *stations, const pole_strings *strings,
                              const pole_allocator *allocator, pole_error *error)
{
    (void)strings;
    memset(areas, 0, sizeof *areas);
    pole_section_reader reader = pole_section_begin(bytes, size);
    pole_areas view = {.count = pole_section_u32(&reader)};
    view.ring_count = pole_section_u32(&reader);
    view.vertex_count = pole_section_u32(&reader);
    const uint32_t zero = pole_section_u32(&reader);
    view.areas = pole_section_take(&reader, view.count, 8);
    view.ring_sizes = pole_section_take(&reader, view.ring_count, 4);
    view.vertices = pole_section_take(&reader, view.vertex_count, 8);
    if (!pole_section_ended(&reader) || zero != 0)
        return damaged(error, "its length does not fit its counts");
    const char *fault = find_fault(&view, stations);
    if (fault)
        return damaged(error, fault);
    if (view.count > 0) {
        if (!find_center(&view))
            return damaged(error, "a vertex lies outside the earth");
        uint16_t *whole;
        if (!make_room(&view, allocator, &whole))
            return pole_fail(error, POLE_NO_MEMORY, "no memory for the areas");
        prepare(&view, stations);
        pole_areas_whole_fill(&view, stations->police_kind, whole,
                              pole_areas_whole_side(view.count));
    }
    *areas = view;
    return POLE_OK;
}

void pole_areas_detach(pole_areas *areas, const pole_allocator *allocator)
{
    pole_release(allocator, areas->shapes);
    memset(areas, 0, sizeof *areas);
}

pole_status pole_areas_pack(const pole_draft_city *city, const pole_allocator *allocator,
                            pole_buffer *out)
{
    (void)allocator;
    pole_buffer_append_u32(out, city->area_count);
    pole_buffer_append_u32(out, city->ring_count);
    pole_buffer_append_u32(out, city->point_count);
    pole_buffer_append_u32(out, 0);
    for (uint32_t i = 0; i < city->area_count; i++) {
        pole_buffer_append_u32(out, city->areas[i].station);
        pole_buffer_append_u32(out, city->areas[i].rings);
    }
    for (uint32_t i = 0; i < city->ring_count; i++)
        pole_buffer_append_u32(out, city->ring_sizes[i]);
    for (size_t i = 0; i < 2 * (size_t)city->point_count; i++)
        pole_buffer_append_u32(out, (uint32_t)city->points_e7[i]);
    return POLE_OK;
}
