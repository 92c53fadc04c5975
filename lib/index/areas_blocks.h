/* SPDX-License-Identifier: MIT
 * Within areas_*.c: the sides of a block side by side, and the cells of the grid around a place. */
#ifndef INDEX_AREAS_BLOCKS_H
#define INDEX_AREAS_BLOCKS_H

#include "base/lanes.h"
#include "index/areas.h"

/* The ends of a block's sides, 8 bytes each as they are stored: side i runs from end i to end i +
 * 1. Behind the last comes the last end again and again. */
typedef struct {
    uint8_t ends[8 * (POLE_AREA_BLOCK + 1)];
} pole_block_ends;

static inline void pole_block_ends_take(const pole_areas *areas, const pole_area_block *block,
                                        pole_block_ends *out)
{
    const uint8_t *first = areas->vertices + 8 * (size_t)block->first;
    const uint8_t *close = areas->vertices + 8 * (size_t)block->close;
    if (areas->vertex_count - block->first >= POLE_AREA_BLOCK)
        memcpy(out->ends, first, 8 * POLE_AREA_BLOCK);
    else
        memcpy(out->ends, first, 8 * (size_t)block->sides);
    for (uint32_t i = block->sides; i <= POLE_AREA_BLOCK; i++)
        memcpy(out->ends + 8 * (size_t)i, close, 8);
}

static inline pole_vertex pole_block_end(const pole_block_ends *ends, unsigned i)
{
    return (pole_vertex){pole_load_i32(ends->ends + 8 * (size_t)i),
                         pole_load_i32(ends->ends + 8 * (size_t)i + 4)};
}

/* Goes through the areas whose box meets a cell around a place, each once: in the first of those
 * cells that it meets. Begin, then next until it is POLE_NO_AREA. */
typedef struct {
    uint32_t first_row, last_row, first_column, last_column;
    uint32_t row, column;
    uint32_t item, end;
} pole_cells_cursor;

/* South to east: differences from the areas' centre; not inside out. */
static inline bool pole_cells_between(float low, float high, float start, float end, float per_e7,
                                      uint32_t side, uint32_t *first, uint32_t *last)
{
    if (!(low <= end && high >= start))
        return false;
    *first = low <= start ? 0 : pole_area_cell(low, start, per_e7, side);
    *last = pole_area_cell(high, start, per_e7, side);
    return true;
}

static inline void pole_cells_open(const pole_areas *areas, pole_cells_cursor *cursor)
{
    const uint32_t *cell = areas->cells + cursor->row * areas->side + cursor->column;
    cursor->item = cell[0];
    cursor->end = cell[1];
}

static inline pole_cells_cursor pole_cells_begin(const pole_areas *areas, float south, float west,
                                                 float north, float east)
{
    pole_cells_cursor cursor = {0};
    if (pole_cells_between(south, north, areas->south, areas->north, areas->per_lat, areas->side,
                           &cursor.first_row, &cursor.last_row) &&
        pole_cells_between(west, east, areas->west, areas->east, areas->per_lon, areas->side,
                           &cursor.first_column, &cursor.last_column)) {
        cursor.row = cursor.first_row;
        cursor.column = cursor.first_column;
        pole_cells_open(areas, &cursor);
    } else {
        cursor.row = 1; /* behind the last */
    }
    return cursor;
}

static inline bool pole_cells_first(const pole_areas *areas, const pole_cells_cursor *cursor,
                                    const pole_area_shape *shape)
{
    return (cursor->row == cursor->first_row ||
            cursor->row ==
                pole_area_cell(shape->south, areas->south, areas->per_lat, areas->side)) &&
           (cursor->column == cursor->first_column ||
            cursor->column ==
                pole_area_cell(shape->west, areas->west, areas->per_lon, areas->side));
}

static inline uint32_t pole_cells_next(const pole_areas *areas, pole_cells_cursor *cursor)
{
    while (cursor->row <= cursor->last_row) {
        while (cursor->item < cursor->end) {
            const uint32_t number = areas->items[cursor->item++];
            if (pole_cells_first(areas, cursor, areas->shapes + number))
                return number;
        }
        if (cursor->column++ == cursor->last_column) {
            cursor->column = cursor->first_column;
            cursor->row++;
        }
        if (cursor->row <= cursor->last_row)
            pole_cells_open(areas, cursor);
    }
    return POLE_NO_AREA;
}

#endif
