/* SPDX-License-Identifier: MIT
 * What an answer to a question would leave of the doubt: the belief as a list of what can be
 * meant, gathered into places, and the doubt to be expected after a question that splits it.
 *
 * The weighing is exact for the list. A belief of more poles than fit is listed by its likeliest
 * and an even sample of the rest, each sampled pole standing for those around it. */
#ifndef RESOLVE_DOUBT_H
#define RESOLVE_DOUBT_H

#include "resolve/belief.h"

/* More would change no question that is worth asking (test_question_worth: the same to a tenth of
 * a point at three times the cost). */
#define POLE_DOUBT_MOST 160    /* listed at most */
#define POLE_DOUBT_SAMPLED 48  /* of them for the rest of a longer belief */
#define POLE_DOUBT_UNSEEN 1e-4 /* so much of the belief may be left out of the list */

/* All that can be meant, by share, falling (but for the sample and no pole, which end the list). A
 * pole belongs to the place of the likeliest pole that it is near and that belongs to no place
 * before; so place 0 is all that is near the first. What is no pole is a place of its own. */
typedef struct {
    const pole_index *index;
    size_t count;
    size_t places;
    bool sampled; /* the rest of the belief is there as a sample */
    double total; /* of the shares listed: 1 but for POLE_DOUBT_UNSEEN */
    double shares[POLE_DOUBT_MOST];
    double place_shares[POLE_DOUBT_MOST];
    double most_code, most_place;     /* the largest share of one, and of a place */
    double share_logs;                /* sum of share * log2(share) */
    pole_row rows[POLE_DOUBT_MOST];   /* POLE_NO_ROW: the estimate, or no pole */
    pole_code codes[POLE_DOUBT_MOST]; /* digits 0: it bears none that was read (alias, no pole) */
    uint8_t digits[POLE_DOUBT_MOST][POLE_MAX_DIGITS]; /* those of the code, the first one first */
    uint16_t place_of[POLE_DOUBT_MOST];
} pole_doubt;

/* estimate: as for pole_belief_place(). Does not allocate. */
void pole_doubt_gather(const pole_belief *belief, const pole_estimate *estimate, pole_doubt *doubt);

/* This one's answer says nothing: each answer is as likely as another. */
#define POLE_NO_ANSWER UINT32_MAX

/* A question with one right answer for each that can be meant. */
typedef struct {
    uint32_t answers[POLE_DOUBT_MOST]; /* the right one, a number; POLE_NO_ANSWER */
    double possible; /* how many answers there are, right or wrong; more than 1, and at least as
                        many as there are among `answers` */
    double right;    /* share of right answers, above 1 / possible; the wrong are alike likely */
} pole_split;

/* Those with the same right answer, as lists in the order of the doubt; those without one are in
 * none. */
typedef struct {
    size_t count;                    /* of groups */
    uint16_t first[POLE_DOUBT_MOST]; /* of each group: 1 + its first member */
    uint16_t next[POLE_DOUBT_MOST];  /* of each member: 1 + the next one; 0: it is the last */
} pole_answer_groups;

void pole_doubt_group(const pole_doubt *doubt, const uint32_t *answers, pole_answer_groups *groups);

/* The doubt that is left, or to be expected. */
typedef struct {
    double far;  /* that the likeliest place is not the one */
    double code; /* that the likeliest pole is not the one */
    double bits; /* entropy of the pole */
} pole_doubt_left;

/* As it is, without a question. */
void pole_doubt_now(const pole_doubt *doubt, pole_doubt_left *left);

/* After the answer to a question: the mean over its answers. O(count). */
void pole_doubt_after(const pole_doubt *doubt, const pole_split *split, pole_doubt_left *left);

#endif
