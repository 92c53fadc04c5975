/* SPDX-License-Identifier: MIT
 * Decimal text to integers and back, the same in every locale. Coordinates are integers of
 * 1e-7 degree (suffix _e7) wherever they are kept. */
#ifndef BASE_DECIMAL_H
#define BASE_DECIMAL_H

#include <math.h>
#include <stdbool.h>

#include <polelookup/types.h>

/* Strict decimal: optional sign, digits, optional '.' and digits, optional exponent; no spaces,
 * no hex, no "nan" or "inf". The whole text must be used. Correctly rounded to double. */
bool pole_decimal_to_double(pole_span text, double *value);

/* The same text, times ten to the power of `places` (0 to 9), rounded half away from zero, exactly
 * (no double between: "45.00000005" with 7 places is 450000001). False when malformed or the result
 * does not fit. */
bool pole_decimal_to_scaled(pole_span text, unsigned places, int64_t *value);

/* Only digits, at most max. */
bool pole_decimal_to_u64(pole_span text, uint64_t max, uint64_t *value);

/* The same as below by one multiplication, where that cannot err; else false. factor: ten to the
 * power of places. The product is wrong by less than 2^-13 below 2^40, so where it is not that near
 * to a half, all but one time in two thousand, the nearest whole number is right. Without a branch
 * on the way up or down, which nobody can foresee. */
static inline bool pole_double_to_scaled_plainly(double value, double factor, int64_t *scaled)
{
    const double product = value * factor;
    if (!(fabs(product) < 0x1p40))
        return false;
    const int64_t nearest = llrint(product);
    if (!(fabs(product - (double)nearest) < 0.5 - 0x1p-12))
        return false;
    *scaled = nearest;
    return true;
}

/* A double times ten to the power of `places`, rounded half away from zero. False for NaN,
 * infinity, or out of int64's range. */
bool pole_double_to_scaled(double value, unsigned places, int64_t *scaled);

/* scaled / 10^places as text with exactly `places` decimals ("-0.0000000" is never written: zero
 * has no sign), NUL-ended; returns the length. out holds at least 32 bytes. */
size_t pole_scaled_to_text(int64_t scaled, unsigned places, char *out);

/* The same for 1e-7 degree, which most numbers here are. */
size_t pole_e7_to_text(int32_t value_e7, char *out);

/* value with `places` decimals (0 to 9) as above; NaN and infinity give "null", as does a value
 * beyond 1e9. */
size_t pole_double_to_text(double value, unsigned places, char *out);

/* value in decimal, NUL-ended; returns the length. out holds at least 24 bytes. */
size_t pole_u64_to_text(uint64_t value, char *out);

#endif
