/* SPDX-License-Identifier: MIT
 * A map of the cells that lie in one area, or in none, as a whole, where one look answers. Made
 * at attach, for the kind that nearly all questions are about: the police. In the sample city four
 * places in ten are answered so, since the areas of its middle are small beside its extent; where
 * areas are alike, most.
 *
 * It costs two bytes a cell, 128 cells an area and at most 128 KiB: 30 KB for the sample's 118
 * areas, and 0.05 ms of opening it. A finer map answers more (400 cells an area: a place in 87 ns
 * instead of 94 there), but takes twice as long to be made. */
#ifndef INDEX_AREAS_WHOLE_H
#define INDEX_AREAS_WHOLE_H

#include "index/areas.h"

/* How many cells a map for so many areas has on each side; 0: there is none. */
uint32_t pole_areas_whole_side(uint32_t count);

/* Fills side * side cells, and areas' fields of the map; leaves these alone where areas are too
 * small for one. areas: attached but for that. */
void pole_areas_whole_fill(pole_areas *areas, pole_text_number kind, uint16_t *cells,
                           uint32_t side);

#endif
