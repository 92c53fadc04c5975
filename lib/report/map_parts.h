/* SPDX-License-Identifier: MIT
 * A table of poles cut into towns that lie apart, so that each can have a map of its own: poles
 * stand together when they are in the same or in adjoining squares of a grid of about a kilometre.
 *
 * Distances on a map are 1e-7 degree of latitude; those to the east are shortened by one factor for
 * the whole table. That is good enough to look at. */
#ifndef REPORT_MAP_PARTS_H
#define REPORT_MAP_PARTS_H

#include "report/tally.h"

/* A place on the map: y down, x east of the table's northwest corner. */
typedef struct {
    int64_t x;
    int64_t y;
} pole_map_place;

typedef struct {
    int64_t west, north, east, south; /* of its poles */
    uint64_t calls;                   /* of poles that are told one by one */
    pole_row hottest;                 /* one of them; POLE_NO_ROW */
} pole_map_part;

typedef struct {
    const pole_index *index;
    int32_t north_e7, west_e7;
    int32_t shortening; /* of lengths to the east: parts of 10,000 */
    int64_t cell;       /* side of a square */
    uint32_t columns, rows;
    uint32_t *cells; /* its part + 1; 0: no pole */
    pole_map_part *parts;
    uint32_t count;
} pole_map_parts;

/* POLE_NO_MEMORY; then there is nothing to free. */
pole_status pole_map_parts_find(const pole_tally *tally, pole_map_parts *parts);
void pole_map_parts_free(pole_map_parts *parts, const pole_allocator *allocator);

pole_map_place pole_map_place_of(const pole_map_parts *parts, int32_t lat_e7, int32_t lon_e7);
pole_map_place pole_map_place_of_row(const pole_map_parts *parts, pole_row row);
/* The part of a pole's place. */
uint32_t pole_map_part_at(const pole_map_parts *parts, pole_map_place at);

#endif
