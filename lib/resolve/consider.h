/* SPDX-License-Identifier: MIT
 * One code heard, with all that is known beside it, to what is believed of it: the steps that an
 * answer about one pole and one about two have in common. */
#ifndef RESOLVE_CONSIDER_H
#define RESOLVE_CONSIDER_H

#include "resolve/posterior.h"

/* A belief, and what it was made of. Borrows from the options, the heard code and the work. */
typedef struct {
    pole_channel_prepared channel;
    pole_evidence evidence;
    pole_weighing weighing;
    pole_posterior posterior;
} pole_considered;

/* options: with the defaults filled in. The belief's poles stay in work until it is used again.
 * POLE_OK, POLE_INVALID_ARGUMENT (evidence or channel that is not sound) or POLE_NO_MEMORY. */
pole_status pole_consider(const pole_index *index, const pole_heard *heard,
                          const pole_resolve_options *options, const pole_allocator *allocator,
                          pole_resolve_work *work, pole_considered *considered);

#endif
