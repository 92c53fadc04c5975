/* SPDX-License-Identifier: MIT
 * The cells that no border crosses, each with the area that holds all of it.
 *
 * Cells are ranges of latitude and longitude by pole_area_cell(), which never falls. A side is
 * marked in every cell that it meets, and in some beside them. Two neighbouring cells without a
 * mark are one piece of ground without a border, and what covers one place of it covers all: so
 * only a few places are asked for, and the answer spreads. */
#include "index/areas_whole.h"

#define CELLS_PER_AREA 128
#define MAX_SIDE 256
/* Cells must be wide enough for floats of the extent, and for a place in the middle of them. */
#define LEAST_CELL_E7 64.0f

uint32_t pole_areas_whole_side(uint32_t count)
{
    uint32_t side = 1;
    if (count >= POLE_CELL_EMPTY)
        return 0;
    while (side < MAX_SIDE && side * side < CELLS_PER_AREA * count)
        side++;
    return side;
}

typedef struct {
    pole_areas *areas;
    uint16_t *cells;
    uint32_t side;
} cell_map;

/* Where a vertex is, in cells; and in which. */
typedef struct {
    float y, x;
    uint32_t row, column;
} cell_place;

static inline cell_place place_of(const pole_areas *areas, uint32_t side, const uint8_t *vertex)
{
    const float lat = (float)(pole_load_i32(vertex) - areas->center_lat_e7);
    const float lon = (float)(pole_load_i32(vertex + 4) - areas->center_lon_e7);
    return (cell_place){(lat - areas->south) * areas->whole_per_lat,
                        (lon - areas->west) * areas->whole_per_lon,
                        pole_area_cell(lat, areas->south, areas->whole_per_lat, side),
                        pole_area_cell(lon, areas->west, areas->whole_per_lon, side)};
}

static void mark(cell_map *map, uint32_t row, uint32_t from, uint32_t to)
{
    uint16_t *cell = map->cells + (size_t)row * map->side;
    for (uint32_t i = from; i <= to; i++)
        cell[i] = POLE_CELL_CROSSED;
}

static float within(float x, float least, float most)
{
    return x < least ? least : x > most ? most : x;
}

/* A side that goes through more cells than four: row by row, a hundredth of a cell further at each
 * end than it goes, which is a hundred times what floats lose. */
static void mark_long(cell_map *map, const cell_place *low, const cell_place *high)
{
    const uint32_t first = low->column < high->column ? low->column : high->column;
    const uint32_t last = low->column < high->column ? high->column : low->column;
    const float rise = high->y - low->y, run = high->x - low->x;
    const float per_row = rise > 0.01f ? run / rise : 0.0f;
    for (uint32_t row = low->row; row <= high->row; row++) {
        if (!(rise > 0.01f)) {
            mark(map, row, first, last);
            continue;
        }
        const float a = within((float)row - 0.01f - low->y, 0.0f, rise) * per_row + low->x;
        const float b = within((float)row + 1.01f - low->y, 0.0f, rise) * per_row + low->x;
        const float west = (a < b ? a : b) - 0.01f, east = (a < b ? b : a) + 0.01f;
        const uint32_t from = west > (float)first ? (uint32_t)west : first;
        const uint32_t to = east < (float)last ? (uint32_t)(east > 0.0f ? east : 0.0f) : last;
        mark(map, row, from < last ? from : last, to > first ? to : first);
    }
}

/* Marks the cells of both ends and, where these are corners of a square of four, the other two,
 * without a branch: whether a side leaves its cell cannot be foreseen. */
static void mark_ring(cell_map *map, const uint8_t *vertices, uint32_t count)
{
    const pole_areas *areas = map->areas;
    const uint32_t side = map->side;
    uint16_t *cells = map->cells;
    cell_place before = place_of(areas, side, vertices + 8 * (size_t)(count - 1));
    for (uint32_t i = 0; i < count; i++) {
        const cell_place here = place_of(areas, side, vertices + 8 * (size_t)i);
        cells[before.row * side + here.column] = POLE_CELL_CROSSED;
        cells[here.row * side + before.column] = POLE_CELL_CROSSED;
        cells[here.row * side + here.column] = POLE_CELL_CROSSED;
        const uint32_t rows = here.row - before.row + 1, columns = here.column - before.column + 1;
        if (rows > 2 || columns > 2) {
            if (here.row < before.row)
                mark_long(map, &here, &before);
            else
                mark_long(map, &before, &here);
        }
        before = here;
    }
}

static void mark_borders(cell_map *map)
{
    const pole_areas *areas = map->areas;
    for (uint32_t i = 0; i < areas->count; i++) {
        if (areas->shapes[i].kind != areas->whole_kind)
            continue;
        pole_area_rings_cursor rings = pole_area_rings_begin(areas, i);
        for (pole_ring ring; pole_area_rings_next(areas, &rings, &ring);)
            mark_ring(map, ring.pairs, (uint32_t)ring.count);
    }
}

/* What holds a cell without a border: its middle is asked. */
static uint16_t ask_middle(const cell_map *map, uint32_t row, uint32_t column)
{
    const pole_areas *areas = map->areas;
    const float lat = areas->south + ((float)row + 0.5f) / areas->whole_per_lat;
    const float lon = areas->west + ((float)column + 0.5f) / areas->whole_per_lon;
    const int32_t lat_e7 = areas->center_lat_e7 + (int32_t)lat;
    const int32_t lon_e7 = areas->center_lon_e7 + (int32_t)lon;
    const float y = (float)(lat_e7 - areas->center_lat_e7);
    const float x = (float)(lon_e7 - areas->center_lon_e7);
    if (pole_area_cell(y, areas->south, areas->whole_per_lat, map->side) != row ||
        pole_area_cell(x, areas->west, areas->whole_per_lon, map->side) != column)
        return POLE_CELL_CROSSED; /* ask for each place of it */
    const uint32_t area = pole_areas_search(areas, areas->whole_kind, lat_e7, lon_e7);
    return area == POLE_NO_AREA ? POLE_CELL_EMPTY : (uint16_t)area;
}

/* Without a branch that depends on the borders: only where neither the cell before nor the one
 * below says anything is there one, and that is seldom. */
static void spread_answers(cell_map *map)
{
    const uint32_t side = map->side;
    uint16_t *cell = map->cells;
    for (uint32_t row = 0; row < side; row++) {
        unsigned before = POLE_CELL_CROSSED;
        for (uint32_t column = 0; column < side; column++, cell++) {
            const unsigned below = row > 0 ? *(cell - side) : POLE_CELL_CROSSED;
            const unsigned crossed = *cell;
            unsigned answer = before != POLE_CELL_CROSSED ? before : below;
            if (answer == POLE_CELL_CROSSED && crossed != POLE_CELL_CROSSED)
                answer = ask_middle(map, row, column);
            before = crossed == POLE_CELL_CROSSED ? crossed : answer;
            *cell = (uint16_t)before;
        }
    }
}

void pole_areas_whole_fill(pole_areas *areas, pole_text_number kind, uint16_t *cells, uint32_t side)
{
    const float lat = areas->north - areas->south, lon = areas->east - areas->west;
    const float least = LEAST_CELL_E7 * (float)side;
    if (side == 0 || kind == UINT32_MAX || !(lat >= least && lon >= least))
        return;
    cell_map map = {areas, cells, side};
    areas->whole_kind = kind;
    areas->whole_side = side;
    areas->whole_per_lat = (float)side / lat;
    areas->whole_per_lon = (float)side / lon;
    memset(cells, 0, (size_t)side * side * sizeof *cells);
    mark_borders(&map);
    spread_answers(&map);
    areas->whole = cells; /* from here on pole_areas_at() trusts it */
}
