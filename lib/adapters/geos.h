/* SPDX-License-Identifier: MIT
 * Mending of areas by GEOS: the functions behind area_* of the table. */
#ifndef ADAPTERS_GEOS_H
#define ADAPTERS_GEOS_H

#include <polelookup/adapters.h>

pole_status pole_geos_mend(const pole_polygons *polygons, const pole_allocator *allocator,
                           pole_mended_area **area, pole_error *error);
void pole_geos_free(pole_mended_area *area);

#endif
