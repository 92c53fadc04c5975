/* SPDX-License-Identifier: MIT
 * Cities for tests of space: poles laid as cities lay them and as none does, packed and attached.
 * For tests that see lib/. */
#ifndef SUPPORT_SPACE_CITY_H
#define SUPPORT_SPACE_CITY_H

#include "index/index.h"
#include "support/test_random.h"

typedef enum {
    CITY_STREETS,      /* rows go along streets, stations side by side */
    CITY_SKEWED,       /* the same, with far districts */
    CITY_SHUFFLED,     /* streets, but rows say nothing of space */
    CITY_SCATTERED,    /* anywhere in a square, in any order */
    CITY_CLUSTERS,     /* heaps of poles, far between */
    CITY_LINE,         /* all on one meridian */
    CITY_ONE_PLACE,    /* many at each of a few places */
    CITY_GRID,         /* equal distances everywhere */
    CITY_ANTIMERIDIAN, /* on both sides of 180 degrees */
    CITY_NORTH_POLE,   /* around the earth's */
    CITY_SOUTH_POLE,
    CITY_WORLD,
    CITY_KINDS
} city_kind;

typedef struct {
    city_kind kind;
    pole_draft_pole *poles;
    uint32_t count;
    pole_buffer positions, tree; /* the sections */
    pole_index index;            /* positions and tree, and nothing else */
} space_city;

/* Fails the running test when it cannot be made. */
void space_city_make(space_city *city, city_kind kind, uint32_t count, test_random *random);
void space_city_free(space_city *city);

/* A point to ask about: near a pole, on one, between two, anywhere. Valid degrees. */
pole_point space_city_point(const space_city *city, test_random *random);

/* Normal distribution, mean 0, deviation 1. */
double test_random_normal(test_random *random);

#endif
