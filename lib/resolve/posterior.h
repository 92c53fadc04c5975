/* SPDX-License-Identifier: MIT
 * From likelihoods and evidence to what is believed. */
#ifndef RESOLVE_POSTERIOR_H
#define RESOLVE_POSTERIOR_H

#include "resolve/work.h"

/* The prior of another owner's number that the table has, beside that of a pole's own code: people
 * are told to look for the red words, and mostly do. */
#define POLE_ALIAS_PRIOR 0.1
/* Odds that a text which is another owner's number, and no code, means no pole of the table. */
#define POLE_ALIAS_ALONE_WRONG 0.25

/* A belief, and how it came about. */
typedef struct {
    pole_belief belief;
    pole_row by_digits; /* what the heard code alone makes likeliest; POLE_NO_ROW: nothing */
    bool heard_is_code; /* what was heard, as it stands, is a code of the table */
    uint32_t code_rows; /* how many poles bear it: more than one in several scopes */
    bool named_by_alias;
    bool reading_is_estimate; /* work->between is filled: what was heard lies between two poles */
    pole_row outside;         /* the likeliest pole that box or polygon forbids */
    double outside_share;     /* its share if they did not */
} pole_posterior;

/* The likelihoods are in work->likely already. POLE_OK or POLE_NO_MEMORY. */
pole_status pole_posterior_find(pole_resolve_work *work, const pole_allocator *allocator,
                                const pole_channel_prepared *channel, const pole_heard *heard,
                                const pole_weighing *weighing, double near_m,
                                pole_posterior *posterior);

#endif
