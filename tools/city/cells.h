/* SPDX-License-Identifier: MIT
 *
 * The ground of a town in small hexagons, of which districts and stations' areas are made. Three
 * cells meet in every corner, so an area's border never touches itself, and two areas share their
 * border corner for corner. Corners are moved a little by chance, so that borders look drawn. */
#ifndef CITY_CELLS_H
#define CITY_CELLS_H

#include "buckets.h"

enum { CELL_WIDTH_CM = 18000, CELL_HEIGHT_CM = 15600 };

struct cell {
    int32_t column, row; /* odd rows lie half a cell further east */
    int32_t weight;      /* points of streets in it */
    int32_t district;
    int32_t coded; /* station when the codes were painted */
    int32_t now;   /* station responsible today */
};

struct cells {
    struct cell *list;
    int64_t count, capacity;
    struct buckets index; /* column, row to place in list */
};

void cells_init(struct cells *cells);
void cells_free(struct cells *cells);

/* The cell around a spot; its column and row need not be in the list. */
void cells_locate(struct spot at, int32_t *column, int32_t *row);
struct spot cells_middle(int32_t column, int32_t row);

/* The place in the list, or -1. */
int32_t cells_find(const struct cells *cells, int32_t column, int32_t row);
int32_t cells_at(const struct cells *cells, struct spot at);
int32_t cells_add(struct cells *cells, int32_t column, int32_t row);

/* The six neighbours, anticlockwise from the east; side k lies towards neighbour k. */
void cells_neighbour(int32_t column, int32_t row, int side, int32_t *next_column,
                     int32_t *next_row);

/* A corner is named by its half column and its row line. Side k of a cell, walked anticlockwise
 * around the cell, leads from corner k to corner (k + 1) % 6. */
struct cell_corner {
    int32_t half_column, line;
};
struct cell_corner cells_corner(int32_t column, int32_t row, int corner);
struct spot cells_corner_spot(uint64_t seed, struct cell_corner corner);

#endif
