/* SPDX-License-Identifier: MIT
 *
 * Decimal text and integers, both ways, exactly and in no locale: an integer is cut from the
 * digits themselves, never from a double. Text to double is in decimal_double.c. */
#include "base/decimal.h"

#include <math.h>
#include <string.h>

#include "base/decimal_parts.h"

#define PLACES_MAX 9u

static const uint64_t ten_to[PLACES_MAX + 1] = {1,      10,      100,      1000,      10000,
                                                100000, 1000000, 10000000, 100000000, 1000000000};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
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

bool pole_decimal_take_apart(pole_span text, pole_decimal_parts *d)
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
    d->fraction = p;
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
    while (d->count > 0 && pole_decimal_digit(d, d->count - 1) == 0) {
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
    pole_decimal_parts d;
    *value = 0;
    if (places > PLACES_MAX || !pole_decimal_take_apart(text, &d))
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
        if (!times_ten_plus(&magnitude, i < d.count ? pole_decimal_digit(&d, i) : 0))
            return false;
    }
    if ((size_t)kept < d.count && pole_decimal_digit(&d, (size_t)kept) >= 5)
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
    if (pole_double_to_scaled_plainly(value, (double)ten_to[places], scaled))
        return true;
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
        /* The mantissa has its 53rd bit: 2^12 times that does not fit into 64. */
        if (exponent > 11 || high != 0 || low > UINT64_MAX >> exponent)
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

/* The pairs of digits, 00 to 99: half the divisions. */
static const char pairs[] = "0001020304050607080910111213141516171819"
                            "2021222324252627282930313233343536373839"
                            "4041424344454647484950515253545556575859"
                            "6061626364656667686970717273747576777879"
                            "8081828384858687888990919293949596979899";

/* number in just `count` digits, at most 9. */
static void put_digits(uint32_t number, unsigned count, char *to)
{
    for (; count >= 2; number /= 100)
        memcpy(to + (count -= 2), pairs + 2 * (number % 100), 2);
    if (count > 0)
        to[0] = (char)('0' + number % 10);
}

size_t pole_scaled_to_text(int64_t scaled, unsigned places, char *out)
{
    const uint64_t magnitude = scaled < 0 ? 0 - (uint64_t)scaled : (uint64_t)scaled;
    if (places > PLACES_MAX)
        places = PLACES_MAX;
    char *p = out;
    if (scaled < 0)
        *p++ = '-';
    const uint64_t whole = magnitude / ten_to[places];
    p += pole_u64_to_text(whole, p);
    if (places > 0) {
        *p++ = '.';
        put_digits((uint32_t)(magnitude - whole * ten_to[places]), places, p);
        p += places;
        *p = '\0';
    }
    return (size_t)(p - out);
}

size_t pole_e7_to_text(int32_t value_e7, char *out)
{
    const uint32_t magnitude = value_e7 < 0 ? 0 - (uint32_t)value_e7 : (uint32_t)value_e7;
    const uint32_t whole = magnitude / 10000000, rest = magnitude - whole * 10000000;
    const uint32_t three = rest / 10000, four = rest - three * 10000;
    const uint32_t tens = three / 10, hundreds = four / 100;
    char *p = out;
    *p = '-';
    p += value_e7 < 0;
    *p = (char)('0' + whole / 100);
    p += whole >= 100;
    *p = pairs[2 * (whole % 100)];
    p += whole >= 10;
    *p++ = pairs[2 * (whole % 100) + 1];
    *p++ = '.';
    memcpy(p, pairs + 2 * tens, 2);
    p[2] = (char)('0' + three - 10 * tens);
    memcpy(p + 3, pairs + 2 * hundreds, 2);
    memcpy(p + 5, pairs + 2 * (four - 100 * hundreds), 2);
    p[7] = '\0';
    return (size_t)(p + 7 - out);
}

size_t pole_double_to_text(double value, unsigned places, char *out)
{
    int64_t scaled;
    if (places > PLACES_MAX)
        places = PLACES_MAX;
    if (!(fabs(value) <= 1e9) ||
        (!pole_double_to_scaled_plainly(value, (double)ten_to[places], &scaled) &&
         !pole_double_to_scaled(value, places, &scaled))) {
        memcpy(out, "null", sizeof "null");
        return sizeof "null" - 1;
    }
    return pole_scaled_to_text(scaled, places, out);
}
