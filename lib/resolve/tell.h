/* SPDX-License-Identifier: MIT
 * A belief and its judgement as the answer that is read through <polelookup/resolution.h>. */
#ifndef RESOLVE_TELL_H
#define RESOLVE_TELL_H

#include "resolve/judge.h"

/* Poles that are believed in less are not listed: nobody can act on them. */
#define POLE_LEAST_LISTED 1e-4

/* Everything that an answer is made of. */
typedef struct {
    const pole_heard *heard;
    const pole_resolve_options *options;
    const pole_channel_prepared *channel;
    const pole_weighing *weighing;
    const pole_posterior *posterior;
    const pole_place_belief *place;
    const pole_judgement *judgement;
} pole_told;

/* Fills a resolution that pole_resolution_begin() has begun. POLE_OK or POLE_NO_MEMORY. */
pole_status pole_tell(const pole_told *told, pole_resolve_work *work, pole_resolution *resolution);

/* Which channel the confidences hold under. */
void pole_tell_channel(const pole_channel_prepared *channel, pole_resolution *resolution);

#endif
