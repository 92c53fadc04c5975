/* SPDX-License-Identifier: MIT
 * What a file says of its CRS, in the many forms that files say it. */
#ifndef BUILD_FILE_CRS_H
#define BUILD_FILE_CRS_H

#include <stdbool.h>

#include <polelookup/types.h>

/* "urn:ogc:def:crs:EPSG::4490", "http://www.opengis.net/def/crs/EPSG/0/4490", "EPSG:4490" give
 * "EPSG:4490"; "...CRS84" gives "EPSG:4326", its longitude first or not. False for another text. */
bool pole_file_crs_name(pole_span stated, char name[32]);

/* Whether two such names are one CRS here: EPSG:4490 is taken as EPSG:4326 (crs.h). */
bool pole_same_crs(const char *a, const char *b);

#endif
