/* SPDX-License-Identifier: MIT
 *
 * A town being made: what each step of the generator leaves for the next. The steps, in order:
 * streets (lines), poles (along the lines), stations (areas and who codes what), numbers (codes),
 * changes (what happened since 2008), write. */
#ifndef CITY_CITY_H
#define CITY_CITY_H

#include "atlas.h"
#include "buckets.h"
#include "cells.h"

enum street_rank { RANK_GREAT, RANK_MAIN, RANK_STREET, RANK_LANE };

struct street {
    int32_t first, count; /* points */
    int32_t width_cm;     /* between the poles of its two sides */
    enum street_rank rank;
    bool bridge;    /* it crosses the river */
    int32_t name;   /* a number of names, or -1 */
    int32_t parent; /* the street that a lane was laid from, or -1 */
};

/* Points of a street follow each other at about POINT_STEP_CM. */
#define POINT_STEP_CM 2000
struct street_point {
    struct spot at;
    int16_t heading_x, heading_y; /* PLANE_UNIT long */
    int32_t street;
    int32_t station; /* that codes the street here */
};

enum pole_state { POLE_ACTIVE, POLE_MOVED, POLE_REMOVED };

struct pole {
    struct spot at;
    int32_t street;
    int32_t place;   /* street_point that it stands at */
    int32_t order;   /* of its side of the street, from 0 */
    bool even;       /* the side */
    int32_t station; /* coded, index into stations */
    uint32_t code;
    enum pole_state state;
    uint32_t successor; /* code, or 0 */
    bool pinned;        /* stays as it is */
};

struct station {
    int32_t district;
    int32_t number;    /* within the district, as coded */
    uint32_t prefix;   /* that its codes begin with: district and number */
    int32_t successor; /* station that took its area over, or -1 */
    int32_t poles;     /* coded to it */
    struct spot at;
    int32_t name; /* the street that it is called after */
};

/* How a town's codes divide: district and station as a prefix, street, pole (always two). */
struct scheme {
    int32_t district_digits, station_digits, street_digits;
};

/* Text that lives as long as the town: a name's number is its place. */
struct names {
    char **texts;
    int64_t count, capacity;
    struct buckets index; /* hash of the text to number */
};

struct city {
    struct atlas atlas;
    struct scheme scheme;
    int32_t scale;     /* of the atlas, in 1/1024 */
    const char *scope; /* the county, or "" */
    int32_t poles_a_station;

    struct street *streets;
    int64_t street_count, street_capacity;
    struct street_point *points;
    int64_t point_count, point_capacity;
    struct buckets near_points; /* indexes of points */

    struct pole *poles;
    int64_t pole_count, pole_capacity;

    struct station *stations;
    int32_t station_count;
    int64_t station_capacity;

    struct cells cells;

    struct names names;
};

/* streets.c: lays streets until they have room for `poles` poles; false when the atlas is too
 * small for so many. */
bool city_lay_streets(struct city *city, int64_t poles);

/* Adds one street through `count` points (any distance apart), resampled; -1 when too short. */
int32_t city_add_street(struct city *city, const struct spot *line, int32_t count,
                        struct street street);

/* poles.c: sets the poles of every street, and keeps the first `poles` of them (0: all). */
void city_set_poles(struct city *city, int64_t poles);

/* stations.c: divides the town among stations, as painted and as today. */
void city_divide(struct city *city);

/* names.c: the number of a name, new or known; and names for the streets that have none. */
int32_t city_name(struct city *city, const char *text);
void city_name_streets(struct city *city);
/* Gives a name another text; what bore that text before gets the old one. */
void city_rename(struct city *city, int32_t name, const char *text);

/* changes.c: what happened to poles since; call it on numbered poles. */
void city_change(struct city *city);

/* network.c: lays the streets of a GeoJSON file's lines instead; false and a message on stderr. */
bool city_read_streets(struct city *city, const char *path);

void city_init(struct city *city);
void city_free(struct city *city);

#endif
