/* SPDX-License-Identifier: MIT
 *
 * A lattice of hexagons, kept as bricks: rows of equal cells, each row shifted by half a cell. */
#include "cells.h"

#include "random.h"
#include "room.h"

#include <stdlib.h>
#include <string.h>

void cells_init(struct cells *cells)
{
    memset(cells, 0, sizeof(*cells));
    buckets_init(&cells->index, CELL_WIDTH_CM);
}

void cells_free(struct cells *cells)
{
    buckets_free(&cells->index);
    free(cells->list);
    memset(cells, 0, sizeof(*cells));
}

static int32_t floor_divide(int32_t a, int32_t b)
{
    return a % b < 0 ? a / b - 1 : a / b;
}

void cells_locate(struct spot at, int32_t *column, int32_t *row)
{
    *row = floor_divide(at.y_cm, CELL_HEIGHT_CM);
    *column = floor_divide(at.x_cm - (*row & 1) * (CELL_WIDTH_CM / 2), CELL_WIDTH_CM);
}

struct spot cells_middle(int32_t column, int32_t row)
{
    return (struct spot){column * CELL_WIDTH_CM + (1 + (row & 1)) * (CELL_WIDTH_CM / 2),
                         row * CELL_HEIGHT_CM + CELL_HEIGHT_CM / 2};
}

int32_t cells_find(const struct cells *cells, int32_t column, int32_t row)
{
    int32_t item = buckets_first(&cells->index, column, row);
    return item < 0 ? -1 : cells->index.items[item].value;
}

int32_t cells_at(const struct cells *cells, struct spot at)
{
    int32_t column, row;
    cells_locate(at, &column, &row);
    return cells_find(cells, column, row);
}

int32_t cells_add(struct cells *cells, int32_t column, int32_t row)
{
    cells->list = room_for(cells->list, &cells->capacity, cells->count + 1, sizeof(*cells->list));
    cells->list[cells->count] = (struct cell){column, row, 0, -1, -1, -1};
    buckets_add(&cells->index, column, row, (int32_t)cells->count);
    return (int32_t)cells->count++;
}

void cells_neighbour(int32_t column, int32_t row, int side, int32_t *next_column, int32_t *next_row)
{
    int32_t odd = row & 1;
    static const int32_t row_step[6] = {0, 1, 1, 0, -1, -1};
    const int32_t column_step[6] = {1, odd, odd - 1, -1, odd - 1, odd};
    *next_column = column + column_step[side];
    *next_row = row + row_step[side];
}

struct cell_corner cells_corner(int32_t column, int32_t row, int corner)
{
    /* from the south-east corner anticlockwise, in half columns from the west side */
    static const int32_t half[6] = {2, 2, 1, 0, 0, 1};
    static const int32_t line[6] = {0, 1, 1, 1, 0, 0};
    return (struct cell_corner){2 * column + (row & 1) + half[corner], row + line[corner]};
}

struct spot cells_corner_spot(uint64_t seed, struct cell_corner corner)
{
    uint64_t draw = random_hash(seed ^ 0xA0, (uint64_t)(uint32_t)corner.half_column,
                                (uint64_t)(uint32_t)corner.line);
    /* The row above has its corners where this line's half column is of the row's own parity: such
     * a corner is the top of a cell below, and moves up; the others move down. */
    bool top_of_below = ((corner.half_column ^ corner.line) & 1) == 0;
    int32_t y =
        corner.line * CELL_HEIGHT_CM + (top_of_below ? CELL_HEIGHT_CM / 6 : -CELL_HEIGHT_CM / 6);
    return (struct spot){corner.half_column * (CELL_WIDTH_CM / 2) +
                             random_between(draw, -2900, 2900),
                         y + random_between(random_mix(draw), -2900, 2900)};
}
