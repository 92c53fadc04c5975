/* SPDX-License-Identifier: MIT
 * How a question splits what can be meant, and what it is expected to leave. */
#ifndef RESOLVE_QUESTION_SPLIT_H
#define RESOLVE_QUESTION_SPLIT_H

#include "resolve/doubt.h"

/* A question that can be weighed. */
typedef struct {
    int32_t kind;
    uint32_t digit, digit_count;
    double effort;     /* what it costs to ask, in doubt about the place */
    uint32_t answered; /* bit n: digit n was answered already, and says nothing new */
} pole_question_draft;

/* How the drafted question splits the doubt. digits: how many a code has. heard: as in the context;
 * who reads out something else than a pole's code will read it again as it was heard. */
void pole_question_split(const pole_doubt *doubt, const pole_question_draft *draft, uint32_t digits,
                         pole_span heard, pole_split *split);

/* The doubt it is expected to leave, and that with what it costs as one number. */
void pole_question_weigh(const pole_doubt *doubt, const pole_question_draft *draft, uint32_t digits,
                         pole_span heard, pole_doubt_left *left, double *loss);

#endif
