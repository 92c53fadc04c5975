/* SPDX-License-Identifier: MIT
 * A group of number words without a pause, read in all ways that it can be: an edge reads some of
 * the words as some digits; the best paths of each length are what the group can mean. */
#ifndef SPEECH_LATTICE_H
#define SPEECH_LATTICE_H

#include "speech/said.h"
#include "speech/tokens.h"

#define POLE_MOST_PARTS 64 /* words of a group; more are no code */
#define POLE_MOST_EDGES 768
#define POLE_MOST_HYPOTHESES 8
#define POLE_PATHS 2 /* kept for each place and length */

typedef struct {
    const pole_token *parts[POLE_MOST_PARTS];
    uint8_t count;
    uint8_t sure;     /* parts that are digits for certain */
    bool overlong;    /* there were more */
    bool numerals;    /* units or tens are among them */
    bool word_before; /* an unknown word is glued to the first part */
    bool word_behind; /* ... to the last */
    bool goes_on;     /* a part of the same code was said before it */
    bool unread;      /* an unreadable digit is among them */
} pole_group;

typedef struct {
    double weight;
    uint8_t from, to, count;
    pole_said_digit digits[POLE_MOST_PLACES];
} pole_edge;

typedef struct {
    double weight;
    uint16_t edge;  /* the last */
    uint8_t before; /* the path that it lengthens, among those of its place and length */
} pole_path;

typedef struct {
    size_t edge_count;
    pole_edge edges[POLE_MOST_EDGES];
    pole_path paths[POLE_MOST_PARTS + 1][POLE_MOST_SAID + 1][POLE_PATHS];
} pole_lattice;

/* Fills hypotheses, the likeliest first; returns how many, 0 when the words make no number. When
 * no part is a digit for certain, one of them may have no digits. */
size_t pole_lattice_read(pole_lattice *lattice, const pole_group *group,
                         pole_hypothesis hypotheses[POLE_MOST_HYPOTHESES]);

#endif
