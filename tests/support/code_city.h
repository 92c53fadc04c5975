/* SPDX-License-Identifier: MIT
 * A city whose codes are used as Harbin uses them, made through the public builder, for tests of
 * what a code can mean: seven digits (district, station, street, pole), a station's area about
 * each station, streets whose poles step by two on each side, some numbers left out, some poles
 * moved or removed; and two counties with the same five-digit codes. */
#ifndef SUPPORT_CODE_CITY_H
#define SUPPORT_CODE_CITY_H

#include <polelookup/polelookup.h>

#include "support/test_random.h"

typedef struct {
    unsigned districts; /* 1 to 9 */
    unsigned stations;  /* of a district, 1 to 99 */
    unsigned streets;   /* of a station, 1 to 99 */
    unsigned poles;     /* of a side of a street, 1 to 49 */
    unsigned counties;  /* 0 to 2 */
} code_city_size;

/* Fails the running test when it cannot be built. To be closed by the caller. */
pole_index *code_city_open(const code_city_size *size, test_random *random);

#endif
