/* SPDX-License-Identifier: MIT
 * See nobody.h. */
#include "resolve/nobody.h"

/* How many codes of some length there are, and how well they fit the reading, each number once
 * however many scopes share it. */
typedef struct {
    double numbers;
    double fit;
} listed_numbers;

static bool stands_before(const pole_index *index, uint32_t entry, uint8_t digits, uint32_t number)
{
    pole_row row;
    for (uint32_t i = 0; i < entry; i++)
        if (index->scheme.entries[i].digits == digits &&
            pole_codes_find(index->codes + i, number, &row))
            return true;
    return false;
}

/* Numbers of an entry that no entry before it has. */
static uint32_t count_new(const pole_index *index, uint32_t entry)
{
    const pole_codes *codes = index->codes + entry;
    uint32_t count = 0;
    for (uint32_t p = 0; p < codes->page_count; p++) {
        uint64_t bits[2] = {codes->pages[p + 1].bits[0], codes->pages[p + 1].bits[1]};
        for (uint32_t i = 0; i < entry; i++) {
            if (index->scheme.entries[i].digits != index->scheme.entries[entry].digits)
                continue;
            const pole_code_page *page = pole_codes_page(index->codes + i, codes->page_numbers[p]);
            bits[0] &= ~page->bits[0];
            bits[1] &= ~page->bits[1];
        }
        count += (uint32_t)(__builtin_popcountll(bits[0]) + __builtin_popcountll(bits[1]));
    }
    return count;
}

/* Walks the codes of an entry that fit the reading without an error. */
static double fit_of_new(const pole_index *index, uint32_t entry, const pole_fitting *fitting)
{
    const uint32_t n = fitting->digits;
    double fits[POLE_MAX_DIGITS + 1] = {1}, sum = 0;
    pole_walk walk = {.codes = index->codes + entry};
    uint32_t depth = 0;
    walk.pending[0] = pole_walk_next(&walk, 0, n) & fitting->fits[0].hits;
    for (;;) {
        if (!pole_walk_take(&walk, depth)) {
            if (depth-- == 0)
                return sum;
            continue;
        }
        fits[depth + 1] = fits[depth] * fitting->fits[depth].hit[walk.digit[depth]];
        if (++depth == n) {
            if (!stands_before(index, entry, fitting->digits, walk.prefix[n]))
                sum += fits[n];
            depth--;
        } else {
            walk.pending[depth] = pole_walk_next(&walk, depth, n) & fitting->fits[depth].hits;
        }
    }
}

static listed_numbers list_numbers(const pole_index *index, const pole_fitting *fitting)
{
    listed_numbers listed = {0, 0};
    for (uint32_t i = 0; i < index->scheme.count; i++) {
        if (index->scheme.entries[i].digits != fitting->digits)
            continue;
        listed.numbers += count_new(index, i);
        listed.fit += fit_of_new(index, i, fitting);
    }
    return listed;
}

static double sum_of(const double *weights, pole_class first, pole_class last)
{
    double sum = 0;
    for (unsigned i = first; i <= (unsigned)last; i++)
        sum += weights[i];
    return sum;
}

/* The chance that any code of so many digits is heard in as many places as the reading has, with
 * just its places unreadable, whatever the digits. The classes are in the order of channel.h. */
static double chance_of_shape(const pole_fitting *fitting)
{
    const double *w = fitting->weights;
    const double n = fitting->digits;
    const int too_many = fitting->places - fitting->digits;
    if (fitting->unread == 0) {
        switch (too_many) {
        case 1:
            return w[POLE_CLASS_STUTTER] + w[POLE_CLASS_INSERT];
        case 0:
            return sum_of(w, POLE_CLASS_CLEAN, POLE_CLASS_TEEN) + w[POLE_CLASS_SUB2];
        case -1:
            return w[POLE_CLASS_OMIT] + w[POLE_CLASS_HAPLO] + w[POLE_CLASS_OMIT_SUB];
        case -2:
        case -3:
            return w[POLE_CLASS_PARTIAL] / (n > 3 ? 2 : 1);
        default:
            return 0;
        }
    }
    if (too_many > 0)
        return 0;
    /* Each place where one digit can be missing, each end where two or three can. */
    const double ways = too_many == 0 ? 1 : too_many == -1 ? n : 2;
    const double erase_sub = too_many == 0 && fitting->unread == 1 ? w[POLE_CLASS_ERASE_SUB] : 0;
    return ways * fitting->unread_chance.all + erase_sub * fitting->place;
}

/* P(the reading | any number of so many digits). */
static double any_likelihood(const pole_fitting *fitting)
{
    double chance = chance_of_shape(fitting) / (1 - fitting->weights[POLE_CLASS_NONE]);
    for (unsigned i = 0; i < fitting->places; i++)
        if (!fitting->fits[i].is_unread)
            chance *= fitting->fits[i].sum / 10;
    return chance;
}

static double unlisted_likelihood(const pole_index *index, const pole_fitting *fitting)
{
    double all = 1, space = 1;
    if (fitting->places != fitting->digits || fitting->unread > 0)
        return 0;
    for (unsigned i = 0; i < fitting->places; i++) {
        all *= fitting->fits[i].sum;
        space *= 10;
    }
    const listed_numbers listed = list_numbers(index, fitting);
    /* A hit of the only number there is leaves what the roundings leave. */
    const double fit = all - listed.fit;
    return listed.numbers < space && fit > 1e-12 * all ? fit / (space - listed.numbers) : 0;
}

double pole_nobody_likelihood(const pole_index *index, pole_fitting *fitting)
{
    double rows[POLE_MAX_DIGITS + 1] = {0}, sum = 0;
    for (uint32_t i = 0; i < index->scheme.count; i++)
        rows[index->scheme.entries[i].digits] += index->scheme.entries[i].rows;
    for (uint8_t digits = 1; digits <= POLE_MAX_DIGITS; digits++) {
        if (!(rows[digits] > 0))
            continue;
        pole_fitting_set_digits(fitting, digits);
        sum += rows[digits] / index->scheme.rows *
               (fitting->channel->channel->none_is_unlisted ? unlisted_likelihood(index, fitting)
                                                            : any_likelihood(fitting));
    }
    return sum;
}
