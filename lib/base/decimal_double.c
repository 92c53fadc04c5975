/* SPDX-License-Identifier: MIT
 *
 * Decimal text to the nearest double: by one exact operation where there is one (Clinger, "How to
 * read floating point numbers accurately", 1990), else by dividing whole numbers. */
#include <float.h>
#include <string.h>

#include "base/decimal.h"
#include "base/decimal_parts.h"

/* More digits than any number half way between two doubles has (767): what follows them, its last
 * digit not 0, only says that the value lies above, and one more digit 1 says that as well. */
#define DIGITS_MAX 770
/* The largest number is 10^(DIGITS_MAX + 1 + 326) and the bits it is shifted by: 3,700 bits. */
#define WORDS_MAX 120

typedef struct {
    uint32_t words[WORDS_MAX]; /* lowest first */
    size_t count;              /* the highest word is not 0 */
} natural;

static void times_plus(natural *n, uint32_t factor, uint32_t addend)
{
    uint64_t carry = addend;
    for (size_t i = 0; i < n->count; i++) {
        carry += (uint64_t)n->words[i] * factor;
        n->words[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry > 0)
        n->words[n->count++] = (uint32_t)carry;
}

static void times_ten_to(natural *n, size_t exponent)
{
    for (; exponent >= 9; exponent -= 9)
        times_plus(n, 1000000000u, 0);
    for (; exponent > 0; exponent--)
        times_plus(n, 10, 0);
}

static int bit_length(const natural *n)
{
    return n->count > 0 ? (int)n->count * 32 - __builtin_clz(n->words[n->count - 1]) : 0;
}

static void shift_left(natural *n, unsigned bits)
{
    const size_t whole = bits / 32;
    const unsigned part = bits % 32;
    n->words[n->count] = 0;
    for (size_t i = n->count + 1; i-- > 0;) {
        const uint64_t pair = (uint64_t)n->words[i] << 32 | (i > 0 ? n->words[i - 1] : 0);
        n->words[i + whole] = (uint32_t)(pair << part >> 32);
    }
    memset(n->words, 0, whole * sizeof n->words[0]);
    n->count += whole + (n->words[n->count + whole] != 0 ? 1 : 0);
}

static bool is_below(const natural *a, const natural *b)
{
    if (a->count != b->count)
        return a->count < b->count;
    for (size_t i = a->count; i-- > 0;) {
        if (a->words[i] != b->words[i])
            return a->words[i] < b->words[i];
    }
    return false;
}

/* a - b, where b is not above a. */
static void subtract(natural *a, const natural *b)
{
    uint64_t borrow = 0;
    for (size_t i = 0; i < a->count; i++) {
        const uint64_t taken = (i < b->count ? b->words[i] : 0) + borrow;
        borrow = a->words[i] < taken ? 1 : 0;
        a->words[i] = (uint32_t)(a->words[i] - taken);
    }
    while (a->count > 0 && a->words[a->count - 1] == 0)
        a->count--;
}

/* The double nearest to (quotient + rest) * 2^exponent, to even at a half, where quotient has its
 * highest bit set and 0 <= rest < 1, rest > 0 when `more`. False beyond double's range. */
static bool round_to_double(uint64_t quotient, int exponent, bool more, double *value)
{
    const int top = exponent + 63; /* of the highest bit */
    if (top > 1023)
        return false;
    /* 53 bits stay; below 2^-1022 those above 2^-1074. */
    const int dropped = top >= -1022 ? 11 : 11 + (-1022 - top);
    uint64_t kept = 0;
    bool above_half = false;
    bool half = false;
    if (dropped < 64) {
        const uint64_t rest = quotient & ((UINT64_C(1) << dropped) - 1);
        const uint64_t middle = UINT64_C(1) << (dropped - 1);
        kept = quotient >> dropped;
        above_half = rest > middle || (rest == middle && more);
        half = rest == middle && !more;
    } else if (dropped == 64) {
        above_half = quotient > UINT64_C(1) << 63 || more;
        half = !above_half;
    }
    if (above_half || (half && (kept & 1) != 0))
        kept++;
    /* A carry out of the fraction raises the exponent, as it should. */
    const uint64_t biased = top >= -1022 ? (uint64_t)(top + 1022) : 0;
    const uint64_t bits = (biased << 52) + kept;
    if (bits >> 52 > 2046)
        return false;
    memcpy(value, &bits, sizeof *value);
    return true;
}

/* numerator / denominator, neither 0; both are used up. */
static bool divide(natural *numerator, natural *denominator, double *value)
{
    /* Brought to a quotient above 1/2 and below 2, then bit by bit. */
    const int scale = bit_length(denominator) - bit_length(numerator);
    if (scale > 0)
        shift_left(numerator, (unsigned)scale);
    else
        shift_left(denominator, (unsigned)-scale);
    int exponent = -scale - 63;
    if (is_below(numerator, denominator)) {
        shift_left(numerator, 1);
        exponent--;
    }
    uint64_t quotient = 0;
    for (unsigned bit = 0; bit < 64; bit++) {
        quotient <<= 1;
        if (numerator->count > 0 && !is_below(numerator, denominator)) {
            subtract(numerator, denominator);
            quotient |= 1;
        }
        if (numerator->count > 0)
            shift_left(numerator, 1);
    }
    return round_to_double(quotient, exponent, numerator->count > 0, value);
}

#ifdef __SIZEOF_INT128__
/* digits / 10^places, digits not 0 and places at most 19: what programs print with 17 digits, at a
 * tenth of the long way's time. */
static bool short_way(uint64_t digits, unsigned places, double *value)
{
    __extension__ typedef unsigned __int128 uint128;
    uint64_t divisor = 1;
    for (unsigned i = 0; i < places; i++)
        divisor *= 10;
    const int digits_shift = __builtin_clzll(digits);
    const int divisor_shift = __builtin_clzll(divisor);
    const uint64_t numerator = digits << digits_shift;
    divisor <<= divisor_shift;
    /* Both have their highest bit, so that a quotient of 64 bits has it too. */
    const int shift = numerator < divisor ? 64 : 63;
    const uint128 scaled = (uint128)numerator << shift;
    const uint64_t quotient = (uint64_t)(scaled / divisor);
    return round_to_double(quotient, divisor_shift - digits_shift - shift, scaled % divisor != 0,
                           value);
}
#endif

static bool long_way(const pole_decimal_parts *d, double *value)
{
    const int64_t point = (int64_t)d->count + d->exponent; /* the value is below 10^point */
    if (point > 310)
        return false;
    *value = 0.0;
    if (point < -325)
        return true;
    natural numerator;
    natural denominator;
    numerator.count = 0;
    denominator.words[0] = 1;
    denominator.count = 1;
    const size_t used = d->count < DIGITS_MAX ? d->count : DIGITS_MAX;
    for (size_t i = 0; i < used; i++)
        times_plus(&numerator, 10, pole_decimal_digit(d, i));
    int64_t exponent = point - (int64_t)used;
    if (used < d->count) {
        times_plus(&numerator, 10, 1);
        exponent--;
    }
    if (exponent >= 0)
        times_ten_to(&numerator, (size_t)exponent);
    else
        times_ten_to(&denominator, (size_t)-exponent);
    return divide(&numerator, &denominator, value);
}

static bool find_magnitude(const pole_decimal_parts *d, double *value)
{
    static const double exact[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                   1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                   1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    *value = 0.0;
    if (d->count == 0)
        return true;
    if (d->count > 19)
        return long_way(d, value);
    uint64_t digits = 0;
    for (size_t i = 0; i < d->count; i++)
        digits = digits * 10 + pole_decimal_digit(d, i);
    /* Both exact in double, so that one operation rounds once, where doubles are not computed in
     * a wider form that rounds twice. */
    if (FLT_EVAL_METHOD == 0 && digits <= UINT64_C(1) << 53 && d->exponent >= -22 &&
        d->exponent <= 22) {
        *value = d->exponent < 0 ? (double)digits / exact[-d->exponent]
                                 : (double)digits * exact[d->exponent];
        return true;
    }
#ifdef __SIZEOF_INT128__
    if (d->exponent <= 0 && d->exponent >= -19)
        return short_way(digits, (unsigned)-d->exponent, value);
#endif
    return long_way(d, value);
}

bool pole_decimal_to_double(pole_span text, double *value)
{
    pole_decimal_parts d;
    *value = 0.0;
    if (!pole_decimal_take_apart(text, &d) || !find_magnitude(&d, value))
        return false;
    if (d.negative)
        *value = -*value;
    return true;
}
