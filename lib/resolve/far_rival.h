/* SPDX-License-Identifier: MIT
 * How sure the place is, whichever pole of it is meant, and the likeliest place that is another
 * one: what matters for sending a car. */
#ifndef RESOLVE_FAR_RIVAL_H
#define RESOLVE_FAR_RIVAL_H

#include "resolve/belief.h"

typedef struct {
    /* The belief's first place: its likeliest pole, or the estimate when that is likelier. */
    bool at_estimate;
    double confidence_place; /* posterior of all that is near the first place, itself included */
    double far_share;        /* posterior of all that is not near it; no_pole is in neither */
    pole_far_rival rival;    /* the likeliest pole that is not near; row: POLE_NO_ROW if none */
} pole_place_belief;

/* estimate: where the bracketed place is; needed when belief->estimate > 0, else NULL. O(count),
 * about 3 ns a pole. With nothing believed in, both shares are 0. Does not allocate. */
void pole_belief_place(const pole_belief *belief, const pole_estimate *estimate,
                       pole_place_belief *place);

/* The responsible station among those of an estimate; POLE_NO_STATION. */
pole_station_number pole_estimate_responsible(const pole_estimate *estimate);

/* Bit n: digit n (from 1) tells two codes apart; 0 if their lengths or scopes differ. */
uint32_t pole_codes_differ(pole_code a, pole_code b);

#endif
