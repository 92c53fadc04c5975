/* SPDX-License-Identifier: MIT
 * What a resolution keeps between answers, so that the next one needs no new memory. */
#ifndef RESOLVE_WORK_H
#define RESOLVE_WORK_H

#include "lookup/resolution.h"
#include "resolve/belief.h"
#include "resolve/evidence.h"
#include "resolve/interpolate.h"
#include "resolve/question.h"
#include "resolve/readings.h"

/* A pole before the belief is summed: what digits and names make of it, and the ratio of each kind
 * of place evidence. */
typedef struct {
    double weight;
    double ratios[POLE_PLACE_KINDS];
} pole_weighed;

typedef struct pole_resolve_work {
    pole_channel everyday; /* when the caller gives none */
    pole_likely_list likely, also, then;
    pole_believed *poles;
    size_t capacity;
    pole_weighed *weighed; /* of poles, in the same order */
    size_t weighed_capacity;
    size_t sorted; /* so many poles are put in order at once */
    pole_street_query street, district;
    pole_interpolated between;
    pole_asked asked;
} pole_resolve_work;

/* That of a resolution, made on first need; NULL: no memory. */
pole_resolve_work *pole_resolve_work_of(pole_resolution *resolution);

#endif
