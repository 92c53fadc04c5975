/* SPDX-License-Identifier: MIT
 * A numeral is read from left to right; units fall. Chinese leaves the last unit out (五百三 is
 * 530) and says 零 over a gap; English and Russian add what follows. */
#include "speech/numeral.h"

#define LIMIT UINT64_C(1000000000000) /* no code is longer */

/* That a numeral ends though it could go on: 六十四 is seldom 60 4. */
#define STOPS_SHORT 0.002
#define STOPS_AT_GAP_ZH 0.85 /* 六十 四 mostly is 60 4 */
#define STOPS_AT_GAP 0.10    /* "sixty four" seldom is, "six hundred four" hardly ever */
#define SHORT_UNIT 0.88      /* 五百三 is 530, now and then 503 */

typedef struct {
    uint64_t total;   /* above the section */
    uint64_t section; /* below ten thousand (Chinese) or a thousand */
    int digit;        /* said, and not yet added: -1 for none */
    uint64_t unit;    /* the last: what follows must be less */
    bool zero;        /* 零 since the unit */
    bool has_unit;
    bool chinese; /* the last unit was */
    bool closed;  /* nothing may follow */
} numeral;

static bool take_digit(numeral *n, int digit)
{
    if (n->closed)
        return false;
    if (digit == 0) {
        if (!n->has_unit || !n->chinese || n->zero || n->digit >= 0 || n->unit < 100)
            return false;
        n->zero = true;
        return true;
    }
    if (n->digit >= 0 || (n->has_unit && n->unit <= 1))
        return false;
    n->digit = digit;
    return true;
}

static bool take_add(numeral *n, uint64_t value)
{
    const uint64_t unit = value >= 100 ? 100 : value >= 20 ? 10 : 1;
    if (n->digit >= 0 || (n->has_unit && (n->chinese || n->unit <= (unit == 1 ? 10 : unit))))
        return false;
    n->section += value;
    n->unit = unit;
    n->has_unit = true;
    n->chinese = false;
    return true;
}

/* Ten thousand and more in Chinese, thousand and more elsewhere: multiplies the whole section. */
static bool take_large_unit(numeral *n, uint64_t unit, bool chinese)
{
    uint64_t section = n->section + (n->digit > 0 ? (uint64_t)n->digit : 0);
    if (section == 0) {
        if (chinese || n->total > 0)
            return false;
        section = 1; /* «тысяча» */
    }
    if (n->total > 0 && n->total % (unit * 1000) != 0)
        return false;
    n->total += section * unit;
    n->section = 0;
    return true;
}

static bool take_small_unit(numeral *n, uint64_t unit, bool chinese)
{
    if (chinese) {
        if (n->has_unit && n->chinese && n->unit <= unit)
            return false;
        if (n->digit < 0 && unit != 10)
            return false;
        n->section += (n->digit < 0 ? 1 : (uint64_t)n->digit) * unit;
        return true;
    }
    const uint64_t times = n->section % 1000 + (n->digit > 0 ? (uint64_t)n->digit : 0);
    if (times == 0 || times > 99)
        return false;
    n->section = times * unit; /* "twelve hundred" */
    return true;
}

static bool take_unit(numeral *n, const pole_word *word)
{
    const bool chinese = word->language != POLE_SPOKEN_EN && word->language != POLE_SPOKEN_RU;
    const uint64_t unit = word->value;
    if (n->has_unit && n->chinese != chinese)
        return false;
    const bool taken = unit > 1000 || (!chinese && unit == 1000)
                           ? take_large_unit(n, unit, chinese)
                           : take_small_unit(n, unit, chinese);
    if (!taken)
        return false;
    n->digit = -1;
    n->unit = unit;
    n->zero = false;
    n->has_unit = true;
    n->chinese = chinese;
    return n->total < LIMIT;
}

static bool take(numeral *n, const pole_token *token)
{
    if (pole_token_is(token, POLE_ROLE(UNIT)))
        return take_unit(n, pole_token_word(token, POLE_WORD_UNIT));
    if (pole_token_is(token, POLE_ROLE(ADD)))
        return take_add(n, pole_token_word(token, POLE_WORD_ADD)->value);
    const int digit = pole_token_digit(token);
    return digit >= 0 && take_digit(n, digit);
}

static size_t put(pole_numeral_end *ends, size_t count, size_t parts, uint64_t value, double weight)
{
    if (count == POLE_MOST_NUMERALS)
        return count;
    ends[count] = (pole_numeral_end){value, weight, (uint16_t)parts};
    return count + 1;
}

/* The readings of the numeral if it ends here. */
static size_t end_here(numeral *n, size_t parts, pole_numeral_end *ends, size_t count)
{
    const uint64_t value = n->total + n->section;
    if (!n->has_unit || (n->zero && n->digit < 0))
        return count;
    if (n->digit < 0)
        return put(ends, count, parts, value, 1.0);
    const uint64_t digit = (uint64_t)n->digit;
    if (n->chinese && !n->zero && n->unit > 10) {
        count = put(ends, count, parts, value + digit * (n->unit / 10), SHORT_UNIT);
        return put(ends, count, parts, value + digit, 1 - SHORT_UNIT);
    }
    return put(ends, count, parts, value + digit, 1.0);
}

/* Elsewhere than in Chinese a digit behind a number ends it at once. */
static void settle_digit(numeral *n)
{
    if (n->digit > 0 && n->has_unit && !n->chinese) {
        n->section += (uint64_t)n->digit;
        n->digit = -1;
        n->unit = 1;
    }
}

/* Whether a blank before a part is a pause; it is none between words of letters, nor where every
 * character has one. */
static bool is_spaced(const pole_token *const *parts, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        if (!parts[i]->gap)
            return false;
    }
    return count > 3;
}

size_t pole_numerals(const pole_token *const *parts, size_t count,
                     pole_numeral_end ends[POLE_MOST_NUMERALS])
{
    numeral n = {.digit = -1};
    size_t found = 0, at = 0, last = 0;
    double joined = 1;
    const bool spaced = is_spaced(parts, count);
    for (; at < count; at++) {
        const size_t before = found;
        const numeral was = n;
        if ((at > 0 && was.digit >= 0 && was.has_unit && was.chinese &&
             !pole_token_is(parts[at], POLE_ROLE(UNIT))) ||
            !take(&n, parts[at]))
            break;
        /* What has ended before ended too early. */
        const bool gap = at > 0 && parts[at]->gap;
        const bool pause = gap && was.chinese && !parts[at]->letters && !spaced;
        const double stops = pause                   ? STOPS_AT_GAP_ZH
                             : gap && was.unit <= 10 ? STOPS_AT_GAP
                                                     : STOPS_SHORT;
        for (size_t i = last; i < before; i++)
            ends[i].weight *= stops;
        if (pause && was.has_unit)
            joined *= 1 - STOPS_AT_GAP_ZH;
        if (before > last)
            last = before;
        found = end_here(&n, at + 1, ends, found);
        for (size_t i = before; i < found; i++)
            ends[i].weight *= joined;
        settle_digit(&n);
    }
    return found;
}
