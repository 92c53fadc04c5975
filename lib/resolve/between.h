/* SPDX-License-Identifier: MIT
 * The poles of which a code heard can speak, and the two that fit each other. */
#ifndef RESOLVE_BETWEEN_H
#define RESOLVE_BETWEEN_H

#include <polelookup/between.h>

#include "resolve/belief.h"

/* One of the two codes: the pole that it names, and those that it may be instead, each with its
 * share; belief about the code alone, such as a posterior, or pole_one_edit(). */
typedef struct {
    pole_row row; /* POLE_NO_ROW: none */
    const pole_believed *others;
    size_t count;
} pole_seen;

/* One substitution in each place, and one exchange of neighbours. */
#define POLE_ONE_EDIT (9 * POLE_MAX_DIGITS + POLE_MAX_DIGITS - 1)

/* The poles at one substitution or exchange of adjacent digits of a code, all of the same share;
 * scope: POLE_ANY_SCOPE for all. Returns how many; beyond `capacity` none is written. */
size_t pole_one_edit(const pole_index *index, pole_code code, pole_believed *out, size_t capacity);

/* A pole to believe instead of one of the two. */
typedef struct {
    int32_t corrected; /* 0, 1; -1: none */
    pole_row row;
    double distance_m; /* to the other pole */
} pole_correction;

/* Of all others of either side that lie within sight_m of the other side's pole: the one with the
 * largest share, of equal ones the nearest, then the lowest row. */
pole_correction pole_between_correct(const pole_index *index, const pole_seen seen[2],
                                     double sight_m);

/* How `heard` became another code of the same length by one edit; kind 0 when it did not. */
pole_edit pole_edit_between(pole_code heard, pole_code meant);

#endif
