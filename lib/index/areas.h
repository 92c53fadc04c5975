/* SPDX-License-Identifier: MIT
 * The areas that stations answer for: which of them holds a point, exactly, and how far the next
 * one is.
 *
 * Section: u32 areas, u32 rings, u32 vertices, u32 zero; then 8 bytes an area: u32 station (not
 * falling), u32 rings (1 or more); u32[rings] vertices of each ring (3 or more); 8 bytes a vertex:
 * i32 latitude, i32 longitude in 1e-7 degree. The first vertex of a ring is not repeated at its
 * end. A polygon and its holes are rings alike: even-odd. An area's kind is its station's.
 *
 * The section holds the shapes and nothing made from them, so there is nothing that could
 * contradict them. In memory attach adds boxes of 16 sides, four boxes together (64 sides a cache
 * line), and a grid with the areas whose box meets each cell. A point then costs one cell, one or
 * two boxes of areas, a few boxes of sides and the exact test of one or two sides; or, where no
 * border is near, one cell of a finer grid (areas_whole.h). */
#ifndef INDEX_AREAS_H
#define INDEX_AREAS_H

#include "base/memory.h"
#include "geo/ring.h"
#include "index/draft.h"
#include "index/stations.h"
#include "index/strings.h"

#define POLE_NO_AREA UINT32_MAX
#define POLE_AREA_BLOCK 16 /* sides */
#define POLE_AREA_MAX_GRID 1024

/* The boxes of four blocks, as differences from the centre; an absent one's is inside out. */
typedef struct {
    float south[4], west[4], north[4], east[4];
} pole_area_boxes;

/* Up to 16 sides of one ring: from vertex `first` to the next, and so on; the last one ends at
 * vertex `close`. */
typedef struct {
    uint32_t first;
    uint32_t close;
    uint32_t sides;
} pole_area_block;

typedef struct {
    float south, west, north, east; /* differences from the centre */
    pole_text_number kind;
    uint32_t
        first_quad; /* its boxes: quads[first_quad ...]; quad i has the blocks 4 i to 4 i + 3 */
    uint32_t quads;
    uint32_t first_ring;
    uint32_t first_vertex;
} pole_area_shape;

typedef struct {
    const uint8_t *areas; /* in the section */
    const uint8_t *ring_sizes;
    const uint8_t *vertices;
    uint32_t count;
    uint32_t ring_count;
    uint32_t vertex_count;
    int32_t center_lat_e7, center_lon_e7;
    float margin_e7;         /* no float above is further than this from the truth */
    pole_area_shape *shapes; /* one an area */
    pole_area_boxes *quads;
    pole_area_block *blocks;
    /* The grid: items[cells[i] ... cells[i + 1]) are the areas that meet cell i, in order; cells
     * go east, then north. */
    uint32_t *cells;
    uint32_t *items;
    uint32_t side;                  /* of the grid, in cells */
    float south, west, north, east; /* of all areas: the grid's */
    float per_lat, per_lon;         /* cells a difference of 1e-7 degree */
    /* A finer grid over the same extent: what holds all of a cell, for one kind (areas_whole.h).
     * NULL: none. */
    uint16_t *whole;
    pole_text_number whole_kind;
    uint32_t whole_side;
    float whole_per_lat, whole_per_lon;
} pole_areas;

/* What a whole cell may hold instead of an area. */
#define POLE_CELL_CROSSED UINT16_MAX      /* a border: ask for each place of it */
#define POLE_CELL_EMPTY (UINT16_MAX - 1u) /* nothing */

/* The row of the grid that holds a latitude, or the column for a longitude. at >= start. Never
 * falls where `at` rises. */
static inline uint32_t pole_area_cell(float at, float start, float per_e7, uint32_t side)
{
    const float cell = (at - start) * per_e7;
    return cell < (float)side ? (uint32_t)cell : side - 1;
}

/* Checks everything, prepares the questions below. stations: attached, for the areas' kinds; not
 * kept. */
pole_status pole_areas_attach(pole_areas *areas, const uint8_t *bytes, size_t size,
                              const pole_stations *stations, const pole_strings *strings,
                              const pole_allocator *allocator, pole_error *error);
void pole_areas_detach(pole_areas *areas, const pole_allocator *allocator);
/* POLE_OK; out's own failure sticks in out. */
pole_status pole_areas_pack(const pole_draft_city *city, const pole_allocator *allocator,
                            pole_buffer *out);

/* The station of an area; number below count. */
static inline uint32_t pole_area_station(const pole_areas *areas, uint32_t number)
{
    return pole_load_u32(areas->areas + 8 * (size_t)number);
}

/* The rings of an area, one after the other: begin, then next until it is false. */
typedef struct {
    uint32_t ring, vertex, left;
} pole_area_rings_cursor;

static inline pole_area_rings_cursor pole_area_rings_begin(const pole_areas *areas, uint32_t number)
{
    return (pole_area_rings_cursor){areas->shapes[number].first_ring,
                                    areas->shapes[number].first_vertex,
                                    pole_load_u32(areas->areas + 8 * (size_t)number + 4)};
}

static inline bool pole_area_rings_next(const pole_areas *areas, pole_area_rings_cursor *cursor,
                                        pole_ring *ring)
{
    if (cursor->left == 0)
        return false;
    const uint32_t size = pole_load_u32(areas->ring_sizes + 4 * (size_t)cursor->ring);
    *ring = pole_ring_stored(areas->vertices + 8 * (size_t)cursor->vertex, size);
    cursor->ring++;
    cursor->vertex += size;
    cursor->left--;
    return true;
}

/* As pole_areas_at(), without a look at the map of whole cells. */
uint32_t pole_areas_search(const pole_areas *areas, pole_text_number kind, int32_t lat_e7,
                           int32_t lon_e7);

/* The lowest area of a kind (a string's number) that covers the point, border included;
 * POLE_NO_AREA. Exact. */
static inline uint32_t pole_areas_at(const pole_areas *areas, pole_text_number kind, int32_t lat_e7,
                                     int32_t lon_e7)
{
    if (areas->whole == NULL || kind != areas->whole_kind)
        return pole_areas_search(areas, kind, lat_e7, lon_e7);
    /* As the floats of the cells' borders, which never turn an order round (extent.h). */
    const float y = (float)((int64_t)lat_e7 - areas->center_lat_e7);
    const float x = (float)((int64_t)lon_e7 - areas->center_lon_e7);
    if (!((y >= areas->south) & (y <= areas->north) & (x >= areas->west) & (x <= areas->east)))
        return POLE_NO_AREA;
    const uint32_t side = areas->whole_side;
    const uint32_t row = pole_area_cell(y, areas->south, areas->whole_per_lat, side);
    const uint32_t column = pole_area_cell(x, areas->west, areas->whole_per_lon, side);
    const uint32_t held = areas->whole[row * side + column];
    if (held == POLE_CELL_CROSSED)
        return pole_areas_search(areas, kind, lat_e7, lon_e7);
    return held == POLE_CELL_EMPTY ? POLE_NO_AREA : held;
}

/* Whether one area covers the point, border included. Exact. number below count. */
bool pole_area_covers(const pole_areas *areas, uint32_t number, int32_t lat_e7, int32_t lon_e7);

/* The nearest area of a kind that is not of this station: 0 when it covers the point, else the
 * distance to its border, within a millimetre. Of areas whose distances differ by less than that,
 * the lowest stands for all. INFINITY and POLE_NO_AREA when none is within max_m. Looks no farther
 * than POLE_LOCAL_RANGE_M, and not at all from beyond POLE_LOCAL_MAX_LAT_DEG.
 * from: the point, prepared; at: the same, rounded to 1e-7 degree. */
double pole_areas_edge(const pole_areas *areas, pole_text_number kind, const pole_local *from,
                       pole_vertex at, uint32_t other_than_station, double max_m, uint32_t *area);

#endif
