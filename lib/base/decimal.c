/* SPDX-License-Identifier: MIT
 *
 * Decimal text and numbers, both ways, exactly and in no locale. A text is digits times a power
 * of ten; integers are cut from the digits themselves, a double is found by one exact operation
 * where there is one (Clinger, "How to read floating point numbers accurately", 1990), else by
 * long division of whole numbers. */
#include "base/decimal.h"

#include <math.h>
#include <string.h>

#define PLACES_MAX 9u

static const uint64_t ten_to[20] = {1u,
                                    10u,
                                    100u,
                                    1000u,
                                    10000u,
                                    100000u,
                                    1000000u,
                                    10000000u,
                                    100000000u,
                                    1000000000u,
                                    10000000000u,
                                    100000000000u,
                                    1000000000000u,
                                    10000000000000u,
                                    100000000000000u,
                                    1000000000000000u,
                                    10000000000000000u,
                                    100000000000000000u,
                                    1000000000000000000u,
                                    10000000000000000000u};

/* ---- Text ---- */

/* A text taken apart: digits (an integer part and a fraction, of which the point was left out by
 * having two spans) times 10^exponent. Zeros at both ends are gone: the first and the last digit
 * are not 0, and when count is 0 the value is 0. */
typedef struct {
    const char *whole;
    const char *fraction;
    size_t whole_count; /* digits from here on are the fraction's */
    size_t count;       /* of both */
    int64_t exponent;
    bool negative;
} decimal;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static unsigned digit_at(const decimal *d, size_t i)
{
    const char c = i < d->whole_count ? d->whole[i] : d->fraction[i - d->whole_count];
    return (unsigned)(c - '0');
}

static const char *skip_digits(const char *p, const char *end)
{
    while (p < end && is_digit(*p))
        p++;
    return p;
}

/* Beyond this an exponent decides by itself: no text in memory has so many digits. */
#define EXPONENT_END (INT64_C(1) << 60)

/* "e" and what follows, up to the end. */
static bool take_exponent(const char *p, const char *end, int64_t *exponent)
{
    bool negative = false;
    if (p < end && (*p == '+' || *p == '-'))
        negative = *p++ == '-';
    if (p == end || skip_digits(p, end) != end)
        return false;
    int64_t value = 0;
    for (; p < end; p++) {
        if (value < EXPONENT_END / 16)
            value = value * 10 + (*p - '0');
    }
    *exponent = negative ? -value : value;
    return true;
}

static bool take_apart(pole_span text, decimal *d)
{
    if (text.size_bytes == 0)
        return false;
    const char *p = text.data;
    const char *const end = p + text.size_bytes;
    memset(d, 0, sizeof *d);
    if (*p == '+' || *p == '-')
        d->negative = *p++ == '-';
    d->whole = p;
    p = skip_digits(p, end);
    if (p == d->whole)
        return false;
    d->whole_count = (size_t)(p - d->whole);
    size_t fraction_count = 0;
    if (p < end && *p == '.') {
        d->fraction = ++p;
        p = skip_digits(p, end);
        fraction_count = (size_t)(p - d->fraction);
        if (fraction_count == 0)
            return false;
    }
    if (p < end && (*p == 'e' || *p == 'E')) {
        if (!take_exponent(p + 1, end, &d->exponent))
            return false;
    } else if (p != end) {
        return false;
    }
    d->exponent -= (int64_t)fraction_count;
    while (d->whole_count > 0 && *d->whole == '0') {
        d->whole++;
        d->whole_count--;
    }
    if (d->whole_count == 0) {
        while (fraction_count > 0 && *d->fraction == '0') {
            d->fraction++;
            fraction_count--;
        }
    }
    d->count = d->whole_count + fraction_count;
    while (d->count > 0 && digit_at(d, d->count - 1) == 0) {
        d->count--;
        d->exponent++;
    }
    return true;
}

/* The magnitude with its sign, when it fits. */
static bool with_sign(uint64_t magnitude, bool negative, int64_t *value)
{
    if (magnitude > (uint64_t)INT64_MAX + (negative ? 1 : 0))
        return false;
    *value = (int64_t)(negative ? 0 - magnitude : magnitude);
    return true;
}

static bool times_ten_plus(uint64_t *value, unsigned digit)
{
    return !__builtin_mul_overflow(*value, 10, value) &&
           !__builtin_add_overflow(*value, digit, value);
}

bool pole_decimal_to_scaled(pole_span text, unsigned places, int64_t *value)
{
    decimal d;
    *value = 0;
    if (places > PLACES_MAX || !take_apart(text, &d))
        return false;
    if (d.count == 0)
        return true;
    /* The digits in front of the scaled value's point. */
    const int64_t kept = (int64_t)d.count + d.exponent + (int64_t)places;
    if (kept < 0)
        return true;
    if (kept > 19)
        return false;
    uint64_t magnitude = 0;
    for (size_t i = 0; i < (size_t)kept; i++) {
        if (!times_ten_plus(&magnitude, i < d.count ? digit_at(&d, i) : 0))
            return false;
    }
    if ((size_t)kept < d.count && digit_at(&d, (size_t)kept) >= 5)
        magnitude++;
    return with_sign(magnitude, d.negative, value);
}

bool pole_decimal_to_u64(pole_span text, uint64_t max, uint64_t *value)
{
    *value = 0;
    uint64_t sum = 0;
    for (size_t i = 0; i < text.size_bytes; i++) {
        if (!is_digit(text.data[i]) || !times_ten_plus(&sum, (unsigned)(text.data[i] - '0')))
            return false;
    }
    if (text.size_bytes == 0 || sum > max)
        return false;
    *value = sum;
    return true;
}

/* ---- Text to double, the long way ---- */

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
    times_plus(n, (uint32_t)ten_to[exponent], 0);
}

static int bit_length(const natural *n)
{
    return (int)n->count * 32 - __builtin_clz(n->words[n->count - 1]);
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

static bool long_way(const decimal *d, double *value)
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
        times_plus(&numerator, 10, digit_at(d, i));
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

bool pole_decimal_to_double(pole_span text, double *value)
{
    static const double exact[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                   1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                   1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    decimal d;
    *value = 0.0;
    if (!take_apart(text, &d))
        return false;
    double magnitude = 0.0;
    uint64_t digits = 0;
    if (d.count <= 19) {
        for (size_t i = 0; i < d.count; i++)
            digits = digits * 10 + digit_at(&d, i);
    }
    if (d.count <= 19 && digits <= UINT64_C(1) << 53 && d.exponent >= -22 && d.exponent <= 22) {
        /* Both exact in double, so that one operation rounds once. */
        magnitude = (double)digits;
        if (d.exponent < 0)
            magnitude /= exact[-d.exponent];
        else
            magnitude *= exact[d.exponent];
    } else if (d.count > 0 && !long_way(&d, &magnitude)) {
        return false;
    }
    *value = d.negative ? -magnitude : magnitude;
    return true;
}

/* ---- Doubles and integers ---- */

/* (high * 2^64 + low) / 2^bits, rounded half up, of which high is small; false when that does not
 * fit. */
static bool shift_right_rounded(uint64_t high, uint64_t low, int bits, uint64_t *result)
{
    *result = 0;
    if (bits >= 128)
        return true;
    if (bits > 64) {
        *result = (high + (UINT64_C(1) << (bits - 65))) >> (bits - 64);
        return true;
    }
    if (bits == 64) {
        *result = high + (low >> 63);
        return true;
    }
    const uint64_t sum = low + (UINT64_C(1) << (bits - 1));
    if (sum < low)
        high++;
    if (high >> bits != 0)
        return false;
    *result = high << (64 - bits) | sum >> bits;
    return true;
}

bool pole_double_to_scaled(double value, unsigned places, int64_t *scaled)
{
    *scaled = 0;
    if (places > PLACES_MAX || !isfinite(value))
        return false;
    int exponent;
    const uint64_t mantissa = (uint64_t)ldexp(frexp(fabs(value), &exponent), 53);
    exponent -= 53;
    /* mantissa * 10^places, below 2^83, as high * 2^64 + low. */
    const uint64_t upper = (mantissa >> 32) * ten_to[places];
    const uint64_t lower = (mantissa & 0xFFFFFFFF) * ten_to[places];
    const uint64_t low = (upper << 32) + lower;
    const uint64_t high = (upper >> 32) + (low < lower ? 1 : 0);
    uint64_t magnitude;
    if (exponent < 0) {
        if (!shift_right_rounded(high, low, -exponent, &magnitude))
            return false;
    } else {
        /* The mantissa has its 53rd bit: from 2^11 times that on nothing fits. */
        if (exponent > 10 || high != 0 || low >> (63 - exponent) != 0)
            return false;
        magnitude = low << exponent;
    }
    return with_sign(magnitude, value < 0, scaled);
}

size_t pole_u64_to_text(uint64_t value, char *out)
{
    char digits[20];
    size_t count = 0;
    do {
        digits[count++] = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0);
    for (size_t i = 0; i < count; i++)
        out[i] = digits[count - 1 - i];
    out[count] = '\0';
    return count;
}

size_t pole_scaled_to_text(int64_t scaled, unsigned places, char *out)
{
    const uint64_t magnitude = scaled < 0 ? 0 - (uint64_t)scaled : (uint64_t)scaled;
    if (places > PLACES_MAX)
        places = PLACES_MAX;
    char *p = out;
    if (scaled < 0)
        *p++ = '-';
    p += pole_u64_to_text(magnitude / ten_to[places], p);
    if (places > 0) {
        uint64_t fraction = magnitude % ten_to[places];
        *p++ = '.';
        for (unsigned i = places; i-- > 0; fraction /= 10)
            p[i] = (char)('0' + fraction % 10);
        p += places;
        *p = '\0';
    }
    return (size_t)(p - out);
}

size_t pole_double_to_text(double value, unsigned places, char *out)
{
    int64_t scaled;
    if (places > PLACES_MAX)
        places = PLACES_MAX;
    if (!(fabs(value) <= 1e9) || !pole_double_to_scaled(value, places, &scaled)) {
        memcpy(out, "null", sizeof "null");
        return sizeof "null" - 1;
    }
    return pole_scaled_to_text(scaled, places, out);
}
