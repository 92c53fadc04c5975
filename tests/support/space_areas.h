/* SPDX-License-Identifier: MIT
 * Areas for tests: shapes as districts have them and as none has, packed and attached. For tests
 * that see lib/. */
#ifndef SUPPORT_SPACE_AREAS_H
#define SUPPORT_SPACE_AREAS_H

#include "index/areas.h"
#include "support/test_random.h"

typedef enum {
    AREAS_QUARTERS,     /* a city cut up, borders shared, no gap */
    AREAS_STARS,        /* with holes, and over each other */
    AREAS_COARSE,       /* on a grid so coarse that all fall on vertices and sides */
    AREAS_KINDS,        /* of two kinds */
    AREAS_ANTIMERIDIAN, /* on both sides of 180 degrees */
    AREAS_HIGH,         /* at 88 degrees */
    AREAS_MANY_SIDES,   /* 1200 a ring */
    AREAS_SORTS
} areas_sort;

#define SPACE_KIND 1 /* the string that is the kind of the areas asked about */
#define SPACE_OTHER_KIND 2

typedef struct {
    areas_sort sort;
    pole_draft_area *draft;
    uint32_t *ring_sizes;
    int32_t *points;
    uint32_t count, rings, vertices;
    uint32_t *first_ring, *first_vertex; /* of each area */
    uint8_t *station_bytes;
    pole_stations stations; /* entries and count alone: kinds, places */
    pole_buffer section;
    pole_areas areas;
    double lat_deg, lon_deg, size_deg; /* about where, about how large */
} space_areas;

/* count: about how many. Fails the running test when they cannot be made. */
void space_areas_make(space_areas *areas, areas_sort sort, uint32_t count, test_random *random);
void space_areas_free(space_areas *areas);

/* A point to ask about: on a vertex, level with one, near a border, anywhere; rounded. */
pole_vertex space_areas_point(const space_areas *areas, test_random *random);

uint32_t space_area_kind(const space_areas *areas, uint32_t number);

#endif
