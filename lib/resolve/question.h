/* SPDX-License-Identifier: MIT
 * What to ask next, so that the doubt about the place shrinks most.
 *
 * Some questions are rules, since what they settle is not in the posterior: whether the phone is at
 * the pole (and, if so, the digits that are then worth most), how many digits there are, the
 * read-back of a code that nothing speaks against. Of the others the one is asked whose answer is
 * expected to leave the least doubt: that the place is another one first, then that the pole is,
 * then bits, and a little for the caller's effort. A group of digits is asked for again though one
 * of them was answered alone. Digits that can be read where the caller stands come before the next
 * pole, which takes steps; a street's name, which a stranger
 * may not find, only after both. POLE_ASK_SIDE is never asked: nobody in fear tells left from
 * right, and the two sides of a street are one place. */
#ifndef RESOLVE_QUESTION_H
#define RESOLVE_QUESTION_H

#include "resolve/question_split.h"

/* What is known beside the posterior. */
typedef struct {
    pole_match match;   /* what the answer will be */
    pole_reason reason; /* of POLE_NO_CODE */
    double confidence_place;
    uint32_t agrees;          /* POLE_EVIDENCE_... that speak for the first candidate */
    uint32_t warnings;        /* POLE_WARN_...: conflicts, OTHER_LENGTH, SEVERAL_CODES */
    uint32_t answered;        /* 1 << POLE_ASK_...: the kinds that were answered already */
    uint32_t answered_digits; /* bit n: digit n (from 1) was asked for and answered */
    pole_span heard;          /* the digits heard, '?' for an unreadable one; may be empty */
    int32_t caller_language;  /* whose digits sound alike */
    uint32_t reserved;
} pole_question_context;

#define POLE_ASKED_OPTIONS 12
#define POLE_ASKED_ROWS 8 /* an option */

/* The question, with its own memory. It must not move while `told` is read; the spans of streets
 * and counties live as long as the index. */
typedef struct {
    pole_question told;
    pole_question_option options[POLE_ASKED_OPTIONS];
    pole_row rows[POLE_ASKED_OPTIONS][POLE_ASKED_ROWS];
    char texts[POLE_ASKED_OPTIONS][POLE_MAX_DIGITS + 1];
    pole_doubt_left expected; /* the doubt that its answer leaves; all 0 for a question by rule */
    bool sampled;             /* weighed on a sample of a belief of too many poles */
} pole_asked;

/* belief: NULL when no code was heard. estimate: as for pole_belief_place(). Does not allocate;
 * takes some 30 KB of stack. A question by rule costs 0.1 us, a weighed one 20 us for 100 poles and
 * 50 us at most. */
void pole_question_choose(const pole_belief *belief, const pole_estimate *estimate,
                          const pole_question_context *context, pole_asked *asked);

/* Fills told.options, and told.choice of a digit. */
void pole_question_tell_options(const pole_doubt *doubt, const pole_question_context *context,
                                pole_asked *asked);

#endif
