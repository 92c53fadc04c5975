/* SPDX-License-Identifier: MIT
 * Where a pole stands that the table lacks, when the poles beside it on its own side of its own
 * street are there: on the straight line between them, in proportion to the numbers. */
#ifndef RESOLVE_INTERPOLATE_H
#define RESOLVE_INTERPOLATE_H

#include <polelookup/resolution.h>

#include "index/index.h"

/* Beyond these a place between two poles is a guess, not an estimate. */
typedef struct {
    uint32_t most_missing; /* numbers of the side that the table lacks between the two poles */
    uint32_t reserved;
    double most_m; /* between the two poles */
} pole_bracket_limits;

#define POLE_BRACKET_MISSING 3
#define POLE_BRACKET_M 150.0

/* What stands in the way of an estimate; POLE_BRACKETED: nothing. */
typedef enum {
    POLE_BRACKETED,
    POLE_BRACKET_IN_TABLE,  /* the code is there */
    POLE_BRACKET_NO_STREET, /* no such scope and length, or its scheme ends in no pole's number */
    POLE_BRACKET_ONE_SIDED, /* no pole of its street and side below it, or none above */
    POLE_BRACKET_MISSES,    /* too many numbers are missing between the two */
    POLE_BRACKET_TOO_WIDE,  /* the two stand too far apart */
    POLE_BRACKET_RETIRED,   /* one of them was moved or removed */
    POLE_BRACKET_STATIONS   /* the digits of the three do not name the same station */
} pole_bracket;

/* The estimate, with its own memory of the stations there. */
typedef struct {
    pole_estimate told; /* confidence 0: the posterior's to say; its stations are those below once
                           pole_interpolated_estimate() has set the pointer */
    pole_station_hit stations[4];
} pole_interpolated;

/* code: with its scope. limits: NULL for the defaults above. out: filled when POLE_BRACKETED is
 * returned, else with struct_size and code alone. Does not allocate. Some microseconds, most of
 * them for the nearest station and the border of its area. */
pole_bracket pole_interpolate(const pole_index *index, pole_code code,
                              const pole_bracket_limits *limits, pole_interpolated *out);

/* The estimate to read: `told` with the stations' pointer set. out must not move while it is read.
 */
static inline const pole_estimate *pole_interpolated_estimate(pole_interpolated *out)
{
    out->told.stations = out->stations;
    return &out->told;
}

#endif
