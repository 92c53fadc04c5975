/* SPDX-License-Identifier: MIT
 * From tokens to the codes that a text holds: what is a number, what belongs to the same code,
 * what corrects or repeats what. */
#ifndef SPEECH_GRAMMAR_H
#define SPEECH_GRAMMAR_H

#include "speech/assembly.h"
#include "speech/others.h"

#define POLE_MOST_CODES 8 /* in one text; what comes after them is not read */

typedef enum {
    POLE_SAID_ALONE, /* nothing tells how it belongs to the code before it */
    POLE_SAID_AGAIN, /* the same code once more */
    POLE_SAID_ALSO   /* another one */
} pole_code_link;

/* A code as said, or a number that may be one. */
typedef struct {
    pole_hypothesis hypotheses[POLE_MOST_HYPOTHESES]; /* the likeliest first */
    uint8_t count;
    uint8_t sayings;
    bool named;    /* words beside it say that it is the code */
    bool numerals; /* said with units or tens */
    bool overlong;
    pole_code_link link;
    uint16_t first, last; /* its tokens; last: behind them */
} pole_spoken_code;

typedef struct {
    pole_tokens tokens;
    pole_lattice lattice;
    pole_assembly assembly;
    pole_group group;
    pole_hypothesis read[POLE_MOST_HYPOTHESES];
    pole_other_numbers others;
    pole_spoken_code codes[POLE_MOST_CODES];
    uint8_t code_count;
    bool words; /* there are words that belong to no number */
} pole_grammar;

void pole_grammar_read(pole_grammar *grammar, pole_span text, uint32_t lengths);

#endif
