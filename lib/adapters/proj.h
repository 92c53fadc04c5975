/* SPDX-License-Identifier: MIT
 * EPSG codes by PROJ: the functions behind transform_* of the table. */
#ifndef ADAPTERS_PROJ_H
#define ADAPTERS_PROJ_H

#include <polelookup/adapters.h>

pole_status pole_proj_new(int32_t epsg, const pole_allocator *allocator, pole_transform **out,
                          pole_transform_info *info, pole_error *error);
void pole_proj_to_wgs84(pole_transform *transform, size_t count, double *x, double *y);
void pole_proj_from_wgs84(pole_transform *transform, size_t count, double *x, double *y);
void pole_proj_free(pole_transform *transform);

#endif
