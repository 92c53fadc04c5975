/* SPDX-License-Identifier: MIT
 * Numbers in a text that are not the code: telephones, houses, buses, times, ages, things that are
 * counted, number plates, and 110 as the number called. */
#ifndef SPEECH_OTHERS_H
#define SPEECH_OTHERS_H

#include "speech/tokens.h"

typedef struct {
    bool phone; /* a telephone number is among them */
    bool any;
} pole_other_numbers;

/* Takes the roles away from tokens of numbers that are not the code, so that they are unknown
 * words, and marks those that must not be told. lengths: as in pole_hear_options. */
void pole_set_others_apart(pole_tokens *tokens, uint32_t lengths, pole_other_numbers *found);

#endif
