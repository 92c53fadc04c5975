/* SPDX-License-Identifier: MIT
 * A map of the cells that lie in one area, or in none, as a whole: in a city all but a few in a
 * hundred places are answered by one look at it. Made at attach, for the kind that nearly all
 * questions are about. */
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
