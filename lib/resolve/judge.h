/* SPDX-License-Identifier: MIT
 * What a belief amounts to: the status of the answer, its warnings, and what speaks for it. */
#ifndef RESOLVE_JUDGE_H
#define RESOLVE_JUDGE_H

#include "resolve/far_rival.h"
#include "resolve/posterior.h"

typedef struct {
    pole_match match;
    uint32_t warnings;        /* of the belief and the evidence; those of poles come with them */
    uint32_t corroborated_by; /* POLE_EVIDENCE_... */
    bool conflict;            /* some evidence and the digits contradict each other */
} pole_judgement;

/* thresholds: of options whose defaults are filled in. */
void pole_judge(const pole_posterior *posterior, const pole_place_belief *place,
                const pole_heard *heard, const pole_weighing *weighing,
                const pole_resolve_options *thresholds, pole_judgement *out);

#endif
