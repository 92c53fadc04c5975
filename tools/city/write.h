/* SPDX-License-Identifier: MIT
 *
 * The tables that leave the generator: poles.csv, stations.csv, areas.geojson. */
#ifndef CITY_WRITE_H
#define CITY_WRITE_H

#include "city.h"

#include <stdio.h>

struct tables {
    FILE *poles, *stations, *areas;
    bool scopes;      /* a column for the scope */
    int64_t features; /* areas written */
    int32_t services; /* fire stations and hospitals written */
};

/* Opens the three files in a folder that exists; false and a message on stderr when it cannot. */
bool tables_open(struct tables *tables, const char *folder, bool scopes);

/* Appends a town. Towns must come in the order of their codes. */
void tables_add(struct tables *tables, const struct city *city);

/* False and a message when something could not be written. */
bool tables_close(struct tables *tables);

/* Closes and removes all three: half a city is no city. */
void tables_discard(struct tables *tables, const char *folder);

#endif
