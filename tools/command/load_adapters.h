/* SPDX-License-Identifier: MIT
 * PROJ, GEOS and GDAL, loaded only when an option needs them: they bring some 46 libraries and
 * cost 10 ms of start, which no query may pay. */
#ifndef COMMAND_LOAD_ADAPTERS_H
#define COMMAND_LOAD_ADAPTERS_H

#include <stdbool.h>

#include <polelookup/adapters.h>

/* Loads libpolelookup_geo and returns its table. NULL, with the cure in error (POLE_UNSUPPORTED),
 * when it is not installed or does not fit. Stays loaded until the process ends. */
const pole_adapters *load_adapters(pole_error *error);

/* A table of PROJ's functions alone, that loads the library when a CRS is first made with it, which
 * fails if it cannot be loaded. Static. */
const pole_adapters *lazy_adapters(void);

/* Whether a CRS ("EPSG:4530"), or one of several ("poles=EPSG:4530;areas=gcj02"), needs them: it is
 * an EPSG code other than 4326 and 4490. */
bool crs_needs_adapters(const char *names);

#endif
