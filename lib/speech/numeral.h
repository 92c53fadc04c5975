/* SPDX-License-Identifier: MIT
 * Numerals with units: "five hundred and one", 五百零一, «пятьсот один» are 501. */
#ifndef SPEECH_NUMERAL_H
#define SPEECH_NUMERAL_H

#include "speech/tokens.h"

#define POLE_MOST_NUMERALS 24

/* A numeral that ends behind `parts` of the tokens given. */
typedef struct {
    uint64_t value;
    double weight; /* how well this reads the words, 0 to 1 */
    uint16_t parts;
} pole_numeral_end;

/* All the ends of a numeral that begins with parts[0] and has a unit or a number of two digits in
 * it, the shortest first; returns how many, 0 for none. */
size_t pole_numerals(const pole_token *const *parts, size_t count,
                     pole_numeral_end ends[POLE_MOST_NUMERALS]);

#endif
