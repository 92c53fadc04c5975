/* SPDX-License-Identifier: MIT
 * Rows of digits while they are being put together, and how likely their lengths are. */
#ifndef SPEECH_SAID_H
#define SPEECH_SAID_H

#include <stdbool.h>
#include <stdint.h>

#include "speech/heard.h"

#define POLE_MOST_SAID 24 /* three sayings of seven, and more than any code */

/* One digit as said: 0 to 9, unknown, or POLE_SAID_SOUND + the first row of a word that sounds
 * like it. */
typedef uint16_t pole_said_digit;
#define POLE_SAID_UNKNOWN ((pole_said_digit)10)
#define POLE_SAID_SOUND 16u

typedef struct {
    uint8_t count;
    pole_said_digit digits[POLE_MOST_SAID];
} pole_said;

/* One way to understand a part of a text. */
typedef struct {
    double weight;
    pole_said said;
} pole_hypothesis;

/* '0' to '9', or '?': the likeliest. */
char pole_said_character(pole_said_digit digit);

/* Sets what is known of one place. */
void pole_said_place(pole_said_digit digit, pole_heard_place *place);

/* Appends what fits; false: not all did. */
bool pole_said_append(pole_said *said, const pole_said_digit *digits, size_t count);

void pole_said_reverse(pole_said_digit *digits, size_t count);

/* Whether a[0..count) and b[0..count) are the same digits. */
bool pole_said_same(const pole_said_digit *a, const pole_said_digit *b, size_t count);

/* In how many places two rows of one length differ; an unknown digit differs from none. */
unsigned pole_said_differences(const pole_said *a, const pole_said *b);

static inline bool pole_is_length(uint32_t lengths, size_t digits)
{
    return digits < 32 && (lengths >> digits & 1) != 0;
}

/* How likely a row of so many digits is a code as said, against one of the right length: digits
 * are left out and doubled, but seldom. */
double pole_length_prior(uint32_t lengths, size_t digits);

#endif
