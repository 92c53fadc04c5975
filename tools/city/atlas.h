/* SPDX-License-Identifier: MIT
 *
 * What is known of a place before its first street: its quarters with the lie of their street
 * grids, its river, its districts, and the great roads and bridges that were drawn by hand. */
#ifndef CITY_ATLAS_H
#define CITY_ATLAS_H

#include "plane.h"

#define ATLAS_MAX_QUARTERS 40
#define ATLAS_MAX_DISTRICTS 9
#define ATLAS_MAX_RIVER 160
#define ATLAS_MAX_ROAD_POINTS 96

struct quarter {
    struct spot centre;
    int32_t radius_cm;
    int32_t district; /* from 0 */
    turn16 grid;      /* the direction of one of its two sets of streets */
    int32_t age;      /* 0 new, wide blocks, to 10 old, many lanes */
    bool north;       /* of the river */
};

struct river_point {
    struct spot at;
    int32_t half_width_cm;
    int32_t length_cm; /* to the next point */
};

struct great_road {
    const char *name;
    int32_t width_cm;
    bool crosses_river;
    int32_t count;
    struct spot points[ATLAS_MAX_ROAD_POINTS]; /* a smooth line, a point every few hundred metres */
};

struct atlas {
    uint64_t seed;
    struct origin origin;
    int32_t district_count;
    char district_names[ATLAS_MAX_DISTRICTS][48];
    int32_t quarter_count;
    struct quarter quarters[ATLAS_MAX_QUARTERS];
    int32_t river_count; /* 0: no river */
    struct river_point river[ATLAS_MAX_RIVER];
    int32_t heart_count; /* the quarter that rings and radials turn about, or none */
};

/* Harbin's nine urban districts, drawn at `scale` / 1024 of their size; `skew` moves the four
 * outer ones far away. */
void atlas_init_harbin(struct atlas *atlas, uint64_t seed, int32_t scale, bool skew);

/* A county's town of one district, about wide enough for `poles` poles. */
void atlas_init_county(struct atlas *atlas, uint64_t seed, int32_t county, int32_t poles);
#define ATLAS_COUNTIES 9
const char *atlas_county_name(int32_t county);

/* The great roads of Harbin, one at a time; false when there is no such number. */
bool atlas_great_road(const struct atlas *atlas, int32_t scale, int32_t number,
                      struct great_road *road);

/* How much a town a spot is: 1024 in a quarter's middle, 0 at its edge, below 0 outside. */
int32_t atlas_town(const struct atlas *atlas, struct spot at);

/* The age of the quarter around a spot, 0 to 10. */
int32_t atlas_age(const struct atlas *atlas, struct spot at);

int32_t atlas_district(const struct atlas *atlas, struct spot at);

/* One of the four directions in which streets run at a spot. */
turn16 atlas_grid(const struct atlas *atlas, struct spot at);

/* How far the spot is from the water, centimetres: below 0 in the river. `left` (may be NULL) says
 * whether it lies to the left of the river's line, which is the north bank. Far off, or without a
 * river, the answer is large. */
int32_t atlas_dry(const struct atlas *atlas, struct spot at, bool *left);

#endif
