/* SPDX-License-Identifier: MIT
 * What the families of errors share: how well each digit fits each place heard, the walk down the
 * tree of digits, and the list of what was found.
 *
 * For one reading of m places and codes of n digits exactly one family applies: aligned (m = n),
 * one digit too few or too many (shifted), or a part (partial). Each visits a code once, in order
 * of row, so that nothing must be sorted or sought. */
#ifndef RESOLVE_READINGS_WALK_H
#define RESOLVE_READINGS_WALK_H

#include "resolve/readings.h"

typedef struct pole_term {
    pole_row row;
    double all;    /* P(reading | pole), summed over the classes of errors */
    double shared; /* the same, each class times the chance that a second saying repeats it */
} pole_term;

/* For each digit that a place of the code can have: how likely it leads to what was heard there. */
typedef struct {
    uint16_t hits; /* digits that fit without an error */
    bool is_unread;
    double hit[10];         /* said so and heard so; 1 for all at an unreadable place */
    double phonetic[10];    /* heard as another digit, by matrix; 0 at an unreadable place */
    double read_typed[10];  /* visual and keypad, times their classes' weights */
    double read_shared[10]; /* the same times their shared chances */
    double mix[10];
    double sum; /* of hit, for a digit of nobody's code */
} pole_fit;

/* How likely it is that just the places that are unreadable are, and that what the reading has too
 * few of is missing where one assumes it (one digit, or two or three at one end), by the class that
 * does both; nothing else is wrong. */
typedef struct {
    double all, shared; /* as in pole_term; 0: no class does */
    pole_class which;
} pole_unread_chance;

/* One reading against codes of one length. */
typedef struct {
    const pole_channel_prepared *channel;
    uint8_t places;               /* m */
    uint8_t unread;               /* places that are unreadable */
    uint8_t soft;                 /* places where several digits fit */
    uint8_t digits;               /* n */
    double place;                 /* 1 / n: the chance of one place among the code's */
    double pair;                  /* 2 / (n (n - 1)): of two; 0 for n = 1 */
    double weights[POLE_CLASSES]; /* with those that cannot act on n digits given to simpler ones */
    double worn;                  /* of the weight of `partial`, which has only the rest */
    double shared[POLE_CLASSES];  /* weight times shared chance */
    pole_unread_chance unread_chance; /* all 0 when nothing is unreadable */
    pole_fit fits[POLE_MOST_PLACES];
} pole_fitting;

/* Fills what depends on the reading; then, as often as wanted, what depends on the length. */
void pole_fitting_begin(pole_fitting *fitting, const pole_channel_prepared *channel,
                        const pole_reading *reading);
void pole_fitting_set_digits(pole_fitting *fitting, uint8_t digits);

/* In how many places of a code a class can act. */
typedef struct {
    uint32_t transp, jump_transp, twin, jump_twin, teen;
} pole_site_counts;

pole_site_counts pole_count_sites(const uint8_t *digit, uint32_t count);

/* Of the classes that cannot act anywhere on the code: a digit is misheard in their place. */
double pole_weight_without_sites(const pole_fitting *fitting, const pole_site_counts *sites);

/* Whether two digits are one of the numbers 20, 30, ... 90, 12, 13, ... 19. */
static inline bool pole_is_teen(uint8_t a, uint8_t b)
{
    return (a > 1 && b == 0) || (a == 1 && b > 1);
}

/* How well two places fit two equal digits that became another together. */
double pole_twin_fit(const pole_fitting *fitting, uint8_t digit, const pole_fit *a,
                     const pole_fit *b);

/* Where the walk is. */
typedef struct {
    const pole_codes *codes; /* NULL: the one code `only` alone */
    uint8_t only[POLE_MAX_DIGITS];
    const pole_allocator *allocator;
    pole_terms *terms;
    bool failed;                       /* no memory: stop */
    uint32_t pending[POLE_MAX_DIGITS]; /* digits still to be tried, by depth */
    uint32_t prefix[POLE_MAX_DIGITS + 1];
    uint8_t digit[POLE_MAX_DIGITS];
    const pole_code_page *page;
    pole_code_page single; /* of the one code alone */
} pole_walk;

/* Digits that the table has below the prefix of `depth` digits. */
static inline uint32_t pole_walk_next(pole_walk *walk, uint32_t depth, uint32_t digits)
{
    if (walk->codes == NULL)
        return 1u << walk->only[depth];
    if (depth + 2 < digits)
        return pole_codes_next(walk->codes, depth, walk->prefix[depth]);
    if (depth + 2 == digits || digits == 1)
        walk->page = pole_codes_page(walk->codes, digits == 1 ? 0 : walk->prefix[depth]);
    if (depth + 1 == digits)
        return pole_code_page_row(walk->page, depth ? walk->digit[depth - 1] : 0);
    return 0x3FF;
}

/* Takes the next digit to try at `depth`; false when there is none left. */
static inline bool pole_walk_take(pole_walk *walk, uint32_t depth)
{
    if (walk->pending[depth] == 0)
        return false;
    const uint32_t digit = (uint32_t)__builtin_ctz(walk->pending[depth]);
    walk->pending[depth] &= walk->pending[depth] - 1;
    walk->digit[depth] = (uint8_t)digit;
    walk->prefix[depth + 1] = 10 * walk->prefix[depth] + digit;
    return true;
}

/* The row of the code that the walk stands on; 0 for the one code alone. */
static inline pole_row pole_walk_row(const pole_walk *walk, uint32_t digits)
{
    pole_row row = 0;
    if (walk->codes != NULL)
        (void)pole_code_page_find(walk->page, walk->prefix[digits] % POLE_PAGE_CODES, &row);
    return row;
}

/* A code explains the reading. */
static inline void pole_walk_found(pole_walk *walk, pole_row row, double all, double shared)
{
    pole_terms *terms = walk->terms;
    if (!(all > 0) || walk->failed)
        return;
    if (terms->count == terms->capacity &&
        !pole_grow_array(walk->allocator, (void **)&terms->list, &terms->capacity, terms->count + 1,
                         sizeof *terms->list)) {
        walk->failed = true;
        return;
    }
    terms->list[terms->count++] = (pole_term){row, all, shared};
}

/* The families. Each walks all codes of the fitting's length. */
void pole_walk_aligned(pole_walk *walk, const pole_fitting *fitting);      /* m = n */
void pole_walk_one_missing(pole_walk *walk, const pole_fitting *fitting);  /* m = n - 1 */
void pole_walk_one_too_many(pole_walk *walk, const pole_fitting *fitting); /* m = n + 1 */
void pole_walk_part(pole_walk *walk, const pole_fitting *fitting);         /* m = n - 2, n - 3 */

#endif
