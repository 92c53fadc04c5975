/* SPDX-License-Identifier: MIT
 * Which of the numbers of a text is the code, and what it may be read as. */
#ifndef SPEECH_CHOOSE_H
#define SPEECH_CHOOSE_H

#include "speech/grammar.h"

/* What one text means. */
typedef struct {
    pole_reading readings[POLE_MOST_READINGS]; /* weights add up to 1, the likeliest first */
    uint8_t count;
    bool several;
    bool kept[POLE_MOST_CODES]; /* which of the grammar's codes are among them */
    pole_reason reason;
} pole_choice;

void pole_choose(const pole_grammar *grammar, uint32_t lengths, pole_choice *choice);

#endif
