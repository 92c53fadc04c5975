/* SPDX-License-Identifier: MIT
 * Between libpolelookup_geo and libpolelookup_gdal: the functions that the second exports, and
 * how the first finds the way back into it. */
#ifndef ADAPTERS_VECTOR_H
#define ADAPTERS_VECTOR_H

#include <polelookup/adapters.h>

/* What every pole_vector begins with: its functions, so that the table's vector_next and
 * vector_close reach the library that made it. */
struct pole_vector {
    pole_status (*next)(pole_vector *vector, const pole_vector_feature **feature,
                        pole_error *error);
    void (*close)(pole_vector *vector);
};

/* The vector_open of the table, in libpolelookup_gdal. */
typedef pole_status pole_vector_open_function(const char *path, const char *layer,
                                              const pole_allocator *allocator, pole_vector **vector,
                                              const pole_vector_info **info, pole_error *error);
POLE_API pole_vector_open_function pole_gdal_open;
#define POLE_GDAL_OPEN_NAME "pole_gdal_open"

/* The vector_convert of the table, in the same. */
typedef pole_status pole_vector_convert_function(const char *geojson_path, const char *to_path,
                                                 const char *driver, pole_error *error);
POLE_API pole_vector_convert_function pole_gdal_convert;
#define POLE_GDAL_CONVERT_NAME "pole_gdal_convert"

#endif
