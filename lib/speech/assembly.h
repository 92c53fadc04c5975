/* SPDX-License-Identifier: MIT
 * One code while it is said: groups that follow each other, corrections, told places. Several
 * understandings of it are kept side by side, each with its weight. */
#ifndef SPEECH_ASSEMBLY_H
#define SPEECH_ASSEMBLY_H

#include "speech/lattice.h"
#include "speech/told.h"

#define POLE_MOST_STATES 32
#define POLE_MOST_SET 12 /* places that are told one by one */

/* One understanding. */
typedef struct {
    double weight;
    pole_said now;                 /* said in order */
    pole_said front, middle, back; /* told as such */
    uint8_t before_last;           /* digits of `now` before the last group */
    int8_t wrong_at;               /* where the digits that were wrong stand in now; -1 */
    uint8_t wrong_count;           /* how many; 0: nothing waits to be replaced */
    bool replaced;                 /* the last group has replaced what was wrong already */
    uint8_t sayings;               /* 2: said twice in one breath */
    uint8_t set_count;
    struct {
        int16_t place; /* 1: the first; -1: the last */
        pole_said_digit digit;
    } set[POLE_MOST_SET];
} pole_state;

typedef struct {
    uint32_t lengths;
    uint8_t count;
    bool backwards; /* the digits are said from the end */
    bool over;      /* told places replace what was said */
    bool pad;       /* told places say how many there are: the others are unknown */
    pole_state states[POLE_MOST_STATES];
    pole_state spare[POLE_MOST_STATES]; /* the next, while they are made */
} pole_assembly;

void pole_assembly_begin(pole_assembly *assembly, uint32_t lengths);

/* Each adds a group, understood in `count` ways. */
void pole_assembly_join(pole_assembly *assembly, const pole_hypothesis *groups, size_t count);
void pole_assembly_correct(pole_assembly *assembly, const pole_hypothesis *groups, size_t count);
void pole_assembly_tell(pole_assembly *assembly, pole_told told, const pole_hypothesis *groups,
                        size_t count);
/* ... which goes on filling a place told before. */
void pole_assembly_fill(pole_assembly *assembly, pole_told told, const pole_hypothesis *groups,
                        size_t count);
/* What was wrong, and then what is right instead. */
void pole_assembly_deny(pole_assembly *assembly, const pole_hypothesis *groups, size_t count);
void pole_assembly_replace(pole_assembly *assembly, const pole_hypothesis *groups, size_t count);

/* The last group was no digits of the code, but those that are wrong: 四改成九. False: no such
 * digits were said before it. */
bool pole_assembly_deny_last(pole_assembly *assembly);

/* A told place could not be read. */
void pole_assembly_lose(pole_assembly *assembly, pole_told told);

/* Two digits changed places: those of two told places or of a told span, those that were just
 * named, or (both nothing) the last two. */
void pole_assembly_swap(pole_assembly *assembly, pole_told told, pole_told other);

/* The digits of one understanding; false: none. lengths: those that it may be filled up to. */
bool pole_state_compose(const pole_assembly *assembly, const pole_state *state, uint32_t lengths,
                        pole_said *said);

/* What all of it means so far, the likeliest first (weights include the lengths' priors and are
 * not normalised). */
size_t pole_assembly_read(const pole_assembly *assembly,
                          pole_hypothesis hypotheses[POLE_MOST_HYPOTHESES], uint8_t *sayings);

#endif
