/* SPDX-License-Identifier: MIT
 * Towns of a table: a grid of squares, and those that adjoin flooded one after the other. */
#include "report/map_parts.h"

#include <math.h>

#include "index/index.h"
#include "report/report_parts.h"

/* A kilometre, as 1e-7 degree of latitude. */
#define LEAST_CELL 90000
#define MOST_CELLS 512
#define FRESH UINT32_MAX

pole_map_place pole_map_place_of(const pole_map_parts *parts, int32_t lat_e7, int32_t lon_e7)
{
    return (pole_map_place){((int64_t)lon_e7 - parts->west_e7) * parts->shortening / 10000,
                            (int64_t)parts->north_e7 - lat_e7};
}

pole_map_place pole_map_place_of_row(const pole_map_parts *parts, pole_row row)
{
    return pole_map_place_of(parts, pole_position_lat_e7(&parts->index->positions, row),
                             pole_position_lon_e7(&parts->index->positions, row));
}

static uint32_t cell_at(const pole_map_parts *parts, pole_map_place at)
{
    return (uint32_t)(at.y / parts->cell) * parts->columns + (uint32_t)(at.x / parts->cell);
}

uint32_t pole_map_part_at(const pole_map_parts *parts, pole_map_place at)
{
    return parts->cells[cell_at(parts, at)] - 1;
}

/* The grid, without parts. */
static void lay_out(pole_map_parts *parts, const pole_index *index)
{
    const pole_positions *positions = &index->positions;
    const double middle = ((double)positions->north_e7 + positions->south_e7) / 2e7;
    parts->index = index;
    parts->north_e7 = positions->north_e7;
    parts->west_e7 = positions->west_e7;
    /* Rounded, so that the last bits of a machine's cosine do not show. */
    parts->shortening = (int32_t)(cos(middle * (3.14159265358979323846 / 180)) * 10000 + 0.5);
    const pole_map_place far = pole_map_place_of(parts, positions->south_e7, positions->east_e7);
    const int64_t longest = far.x > far.y ? far.x : far.y;
    parts->cell = longest / MOST_CELLS + 1;
    parts->cell = parts->cell < LEAST_CELL ? LEAST_CELL : parts->cell;
    parts->columns = (uint32_t)(far.x / parts->cell) + 1;
    parts->rows = (uint32_t)(far.y / parts->cell) + 1;
}

typedef struct {
    uint32_t column, row;
} grid_square;

/* Marks a fresh square and all that adjoins it; stack has room for every square. */
static void flood(pole_map_parts *parts, grid_square first, uint32_t mark, grid_square *stack)
{
    size_t waiting = 0;
    stack[waiting++] = first;
    parts->cells[(size_t)first.row * parts->columns + first.column] = mark;
    while (waiting > 0) {
        const grid_square at = stack[--waiting];
        for (uint32_t y = at.row - (at.row > 0); y <= at.row + 1 && y < parts->rows; y++) {
            for (uint32_t x = at.column - (at.column > 0); x <= at.column + 1 && x < parts->columns;
                 x++) {
                uint32_t *beside = parts->cells + (size_t)y * parts->columns + x;
                if (*beside != FRESH)
                    continue;
                *beside = mark;
                stack[waiting++] = (grid_square){x, y};
            }
        }
    }
}

static void add_pole(pole_map_part *part, pole_map_place at, pole_row row, const pole_tally *tally)
{
    part->west = at.x < part->west ? at.x : part->west;
    part->east = at.x > part->east ? at.x : part->east;
    part->north = at.y < part->north ? at.y : part->north;
    part->south = at.y > part->south ? at.y : part->south;
    const uint32_t calls = tally->pole_calls[row];
    if (calls < POLE_REPORT_FEW)
        return;
    part->calls += calls;
    if (part->hottest == POLE_NO_ROW || calls > tally->pole_calls[part->hottest])
        part->hottest = row;
}

static bool mark_parts(pole_map_parts *parts, const pole_tally *tally)
{
    const size_t cells = (size_t)parts->columns * parts->rows;
    parts->cells = pole_allocate_zeroed(&tally->allocator, cells, sizeof *parts->cells);
    if (!parts->cells)
        return false;
    grid_square *stack = pole_allocate_array(&tally->allocator, cells, sizeof *stack);
    if (!stack)
        return false;
    for (uint32_t row = 0; row < tally->poles; row++)
        parts->cells[cell_at(parts, pole_map_place_of_row(parts, row))] = FRESH;
    for (grid_square at = {0, 0}; at.row < parts->rows; at.row++)
        for (at.column = 0; at.column < parts->columns; at.column++)
            if (parts->cells[(size_t)at.row * parts->columns + at.column] == FRESH)
                flood(parts, at, ++parts->count, stack);
    pole_release(&tally->allocator, stack);
    return true;
}

pole_status pole_map_parts_find(const pole_tally *tally, pole_map_parts *parts)
{
    *parts = (pole_map_parts){.count = 0};
    lay_out(parts, tally->index);
    if (mark_parts(parts, tally))
        parts->parts = pole_allocate_array(&tally->allocator, parts->count, sizeof *parts->parts);
    if (!parts->parts) {
        pole_map_parts_free(parts, &tally->allocator);
        return POLE_NO_MEMORY;
    }
    for (uint32_t i = 0; i < parts->count; i++)
        parts->parts[i] = (pole_map_part){INT64_MAX, INT64_MAX, 0, 0, 0, POLE_NO_ROW};
    for (uint32_t row = 0; row < tally->poles; row++) {
        const pole_map_place at = pole_map_place_of_row(parts, row);
        add_pole(parts->parts + pole_map_part_at(parts, at), at, row, tally);
    }
    return POLE_OK;
}

void pole_map_parts_free(pole_map_parts *parts, const pole_allocator *allocator)
{
    pole_release(allocator, parts->cells);
    pole_release(allocator, parts->parts);
    *parts = (pole_map_parts){.count = 0};
}
