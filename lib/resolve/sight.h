/* SPDX-License-Identifier: MIT
 * A second pole that the caller read, as evidence of which the first one is.
 *
 * In sight: with the share POLE_SIGHT_NEXT it is the next one of the first one's side, up or down
 * (what callers are asked for), else one of the poles within POLE_SIGHT_M, each alike; that too
 * where no next one is known. Later, on the way: it is any pole, the less likely the farther it
 * stands (exponentially, POLE_WAY_M). Of both, the share POLE_SIGHT_WRONG are second poles that
 * have nothing to do with the first. */
#ifndef RESOLVE_SIGHT_H
#define RESOLVE_SIGHT_H

#include "resolve/readings.h"

#define POLE_SIGHT_WRONG 0.05
#define POLE_SIGHT_M 150.0
#define POLE_SIGHT_NEXT 0.5 /* a judgement */
#define POLE_WAY_M 1500.0

/* What the second pole's code, heard alone, says of it. Borrows the list. */
typedef struct {
    const pole_index *index;
    const pole_likely_list *seen;
    double sum;    /* of its likelihoods */
    double spread; /* of the way: all poles, each by how likely it is reached from the likeliest */
    bool on_the_way;
    pole_row likeliest; /* POLE_NO_ROW: nothing was seen that the table has */
} pole_sight;

/* seen: what pole_readings_find() made of the second code. */
void pole_sight_prepare(pole_sight *sight, const pole_index *index, const pole_likely_list *seen,
                        bool on_the_way);

/* The likelihood of the second code if the first pole is row, over its likelihood if nothing is
 * known of the first: at least POLE_SIGHT_WRONG. About a microsecond in sight; on the way one for
 * each thirty poles that the second code can mean. */
double pole_sight_ratio(const pole_sight *sight, pole_row row);

#endif
