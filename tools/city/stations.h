/* SPDX-License-Identifier: MIT
 *
 * The steps of dividing a town among stations; see stations.c for their order. */
#ifndef CITY_STATIONS_H
#define CITY_STATIONS_H

#include "city.h"

/* A cell under way, with its place across the cut at hand. */
struct keyed {
    int64_t key;
    int32_t cell;
};

/* divide.c: divides `count` cells among `stations` stations numbered from `first`, into parts with
 * about equally many street points. Cells get their coded station; `now` follows the same lines
 * where they lie today. Reorders the cells. */
void stations_divide(struct city *city, struct keyed *order, int64_t count, int32_t first,
                     int32_t stations);

/* since.c: merges a few stations, gives splinters of areas to a neighbour, makes enclaves. */
void stations_change(struct city *city);

/* Lists the cells that hang together with one and have the same value (the station of today, or
 * the district), marks them, and returns their count. Marks below 0 are free. */
enum cell_value { CELL_NOW, CELL_DISTRICT };
int64_t stations_piece(const struct cells *cells, enum cell_value value, int32_t place,
                       int32_t *marks, int32_t mark, int32_t *list);

#endif
