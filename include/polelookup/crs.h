/* SPDX-License-Identifier: MIT
 *
 * Coordinate reference systems by name, to and from WGS 84. */
#ifndef POLELOOKUP_CRS_H
#define POLELOOKUP_CRS_H

#include <polelookup/types.h>

#ifdef __cplusplus
extern "C" {
#endif

struct pole_adapters; /* adapters.h */

/* One CRS. Opaque; belongs to one thread at a time. */
typedef struct pole_crs pole_crs;

/* A CRS by name, letter case and surrounding white space not mattering:
 *     "EPSG:4326", "wgs84"   itself; no adapter needed
 *     "EPSG:4490"            CGCS2000, taken as WGS 84 (they differ by less than a metre); no
 *                            adapter needed
 *     "gcj02", "bd09"        the datums of Chinese web maps, in longitude and latitude; no adapter
 *     "EPSG:n"               any other horizontal CRS of the EPSG registry, through the adapters
 *     "urn:ogc:def:crs:EPSG::n", "OGC:CRS84", "urn:ogc:def:crs:OGC:1.3:CRS84"
 *                            as files write them; the last two are EPSG:4326
 * adapters: borrowed until pole_crs_free(); NULL when there are none. allocator: copied; NULL for
 * the C library's. An EPSG code costs 1 to 50 ms, as PROJ has to search its database.
 * *crs: to be freed with pole_crs_free(); NULL on failure.
 * Returns POLE_OK; POLE_INVALID_ARGUMENT for a name that is none of these; POLE_UNSUPPORTED when
 * it needs an adapter that is not given; POLE_NOT_FOUND for a code that EPSG does not have, or
 * that has no known way to WGS 84; POLE_NO_MEMORY. error says which, and the cure. */
POLE_API pole_status pole_crs_new(pole_span name, const struct pole_adapters *adapters,
                                  const pole_allocator *allocator, pole_crs **crs,
                                  pole_error *error);
POLE_API void pole_crs_free(pole_crs *crs); /* accepts NULL */

/* Converts count points in place. x is always easting or longitude, y northing or latitude,
 * whatever axis order the EPSG code has; degrees, or the CRS's own unit. On the WGS 84 side x is
 * lon_deg (-180 to 180), y lat_deg (-90 to 90).
 * A point that cannot be converted (NaN, out of range, outside what the projection can do) comes
 * back as NaN, NaN, and the others are not hurt by it. *bad: how many, may be NULL.
 * Returns POLE_OK, bad points or not; POLE_INVALID_ARGUMENT (a NULL), and nothing changed. Does
 * not allocate in the core. */
POLE_API pole_status pole_crs_to_wgs84(pole_crs *crs, size_t count, double *x, double *y,
                                       size_t *bad);
POLE_API pole_status pole_crs_from_wgs84(pole_crs *crs, size_t count, double *x, double *y,
                                         size_t *bad);

/* The name in its one form: "EPSG:4530", "gcj02", "bd09"; "wgs84" gives "EPSG:4326". NUL-ended,
 * lives as long as the CRS. */
POLE_API const char *pole_crs_name(const pole_crs *crs);

/* 1 when x and y are longitude and latitude in degrees, else 0. */
POLE_API int32_t pole_crs_is_geographic(const pole_crs *crs);

/* The unit of x and y: "degree", "metre", "US survey foot", ... NUL-ended, lives as long as the
 * CRS. */
POLE_API const char *pole_crs_unit(const pole_crs *crs);

/* How well its datum is known against WGS 84, in metres: 0 when it is WGS 84 or derived from it
 * exactly, 1 for CGCS2000, else what EPSG states (the worst of its parts of the world), NaN when
 * nothing is stated. */
POLE_API double pole_crs_accuracy_m(const pole_crs *crs);

#ifdef __cplusplus
}
#endif
#endif
