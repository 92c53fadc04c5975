/* SPDX-License-Identifier: MIT
 * Text as the table of words spells it: lower case, half-width, simplified, without tones; every
 * Unicode digit as ASCII; punctuation of one weight as one character. */
#ifndef SPEECH_FOLD_H
#define SPEECH_FOLD_H

#include <stdint.h>

#include <polelookup/types.h>

/* A longer text is not read at all: its end may take back its beginning. */
#define POLE_MOST_TEXT_BYTES 4096

/* What punctuation is folded to. ' ' and '-' stand between the digits of one group. */
#define POLE_FOLDED_PAUSE ','
#define POLE_FOLDED_STOP '!'
#define POLE_FOLDED_BAD '\x1A' /* a byte that is not UTF-8, or a control character */

typedef struct {
    uint16_t size;
    char text[POLE_MOST_TEXT_BYTES + 1];       /* folded, NUL-ended */
    uint16_t from[POLE_MOST_TEXT_BYTES + 1];   /* of each folded byte: where its character begins */
    uint16_t behind[POLE_MOST_TEXT_BYTES + 1]; /* ... and where it ends, in the text given */
} pole_folded;

/* text: at most POLE_MOST_TEXT_BYTES. The folded text is never longer. */
void pole_fold(pole_span text, pole_folded *folded);

#endif
