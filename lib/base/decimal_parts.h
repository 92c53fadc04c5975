/* SPDX-License-Identifier: MIT
 *
 * A decimal text taken apart, for decimal.c and decimal_double.c. */
#ifndef BASE_DECIMAL_PARTS_H
#define BASE_DECIMAL_PARTS_H

#include <stdbool.h>

#include <polelookup/types.h>

/* A text taken apart: digits (an integer part and a fraction, of which the point was left out by
 * having two pieces) times 10^exponent. Zeros at both ends are gone: the first and the last digit
 * are not 0, and when count is 0 the value is 0. */
typedef struct {
    const char *whole;
    const char *fraction;
    size_t whole_count; /* digits from here on are the fraction's */
    size_t count;       /* of both */
    int64_t exponent;
    bool negative;
} pole_decimal_parts;

/* False when the text is not a strict decimal (decimal.h). The pieces lie in the text. */
bool pole_decimal_take_apart(pole_span text, pole_decimal_parts *parts);

/* Digit i, from 0; i is below count. */
static inline unsigned pole_decimal_digit(const pole_decimal_parts *d, size_t i)
{
    if (i < d->whole_count)
        return (unsigned)(d->whole[i] - '0');
    return (unsigned)(d->fraction[i - d->whole_count] - '0');
}

#endif
