/* SPDX-License-Identifier: MIT
 * What the options say beside the heard code (--hint, --street, --also, --digit, ...), as evidence
 * for pole_resolve(). */
#ifndef COMMAND_EVIDENCE_OPTIONS_H
#define COMMAND_EVIDENCE_OPTIONS_H

#include <polelookup/resolve.h>

#include "session.h"

/* How many metres, where --hint names no radius: what a phone in a street mostly gives. */
#define DEFAULT_HINT_RADIUS_M 500.0

/* Holds what the evidence points to. */
typedef struct {
    pole_evidence evidence;
    pole_known_digit digits[POLE_MAX_DIGITS];
    pole_heard *also, *then;
    pole_channel *channel; /* NULL: the default */
    char hint_crs[128];
} evidence_options;

/* Fills it and the resolve options from the command line. Returns EXIT_FINE, or the exit status
 * after the error was told; evidence_options_free() is needed in either case. */
int evidence_options_read(evidence_options *given, const command_session *session,
                          const pole_hear_options *hear, pole_resolve_options *resolve);
void evidence_options_free(evidence_options *given);

#endif
