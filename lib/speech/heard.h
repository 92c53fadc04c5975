/* SPDX-License-Identifier: MIT
 * What was heard, as the rooms above read it: a lattice. It is a mixture of readings (what else
 * the text can mean); a reading is a row of places (digits, weighted alternatives, or unknown). */
#ifndef SPEECH_HEARD_H
#define SPEECH_HEARD_H

#include <polelookup/speech.h>

#include "base/memory.h"

/* A longer row of digits is no code, however it was misheard. */
#define POLE_MOST_PLACES 16
#define POLE_MOST_READINGS 16

/* One place of a reading. */
typedef struct {
    uint16_t digits;    /* bit d: digit d is possible; 0: unreadable, nothing is known of it */
    double weights[10]; /* how well each possible digit fits what was written: the likelihood of
                           the word given that the digit was said, the best fit being 1; 0 where
                           the bit is not set */
} pole_heard_place;

typedef struct {
    double weight;   /* share of belief among the readings; all add up to 1 */
    uint8_t count;   /* places, 1 to POLE_MOST_PLACES */
    uint8_t sayings; /* how many times the caller said just this, 1 or more */
    int8_t again;    /* the reading that the caller said at another time for the same code, and
                        that differs; -1: none. Only the first of such a pair has a weight */
    pole_heard_place places[POLE_MOST_PLACES];
} pole_reading;

struct pole_heard {
    pole_allocator allocator;
    pole_buffer text;  /* as given, without white space around it */
    pole_buffer query; /* the same with long runs of digits masked, unless they are the code */
    pole_reading readings[POLE_MOST_READINGS];
    uint8_t reading_count;             /* 0: no code */
    uint8_t count;                     /* places of the likeliest reading; 0: no code */
    bool several;                      /* the text holds several codes, and nothing says which */
    char digits[POLE_MOST_PLACES + 1]; /* the likeliest digit of each place, '?' for unknown */
    pole_reason reason;
    struct pole_hearing *hearing; /* memory to work in, of this object */
};

/* The text as given, unmasked: for comparing, never for telling. */
static inline pole_span pole_heard_text(const pole_heard *heard)
{
    return (pole_span){(const char *)heard->text.bytes, heard->text.size};
}

/* Appends text to out with every run of eight or more digits (separators between them counting as
 * part of the run) masked: the first three and the last four stay, "138****1234". */
void pole_mask_digits(pole_span text, pole_buffer *out);

#endif
