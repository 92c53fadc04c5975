/* SPDX-License-Identifier: MIT
 *
 * The order of numbering: which number each street has in each station, and so each pole's code. */
#ifndef CITY_NUMBERS_H
#define CITY_NUMBERS_H

#include "city.h"

/* A code that must exist: the example of the manual stands among the poles of every full city. */
struct pinned_code {
    int32_t district, station, street; /* numbers as in the code, district from 0 */
    int32_t pole;                      /* this number and those below it */
    int32_t lat_e7, lon_e7;            /* where it would best be; 0: anywhere */
    const char *street_name;           /* the street and its station get this name; NULL: any */
};

/* Numbers streets and poles, and sorts the poles by code. `first_digit` is the code's first digit
 * for a town that lies in one region (0: the district gives it, or there is none), station numbers
 * begin after `stations_before`. False, and nothing numbered, when a station has more streets than
 * its digits can count. */
bool city_number(struct city *city, int32_t first_digit, int32_t stations_before,
                 const struct pinned_code *pins, int32_t pin_count);

#endif
