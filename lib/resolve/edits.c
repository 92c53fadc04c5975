/* SPDX-License-Identifier: MIT
 * Every class of errors at every place where it can act, told apart instead of summed up. */
#include "resolve/edits.h"

#include "resolve/readings_walk.h"

/* An error and where it acted: places of the code, from 0; of a class with one place, i. */
typedef struct {
    double probability; /* with the class's weight; 0: none was found */
    pole_class which;
    uint8_t i, j;
    unsigned reading;
} explanation;

/* A code against one reading. */
typedef struct {
    const pole_fitting *fitting;
    uint8_t digit[POLE_MAX_DIGITS];
    explanation best;
} explainer;

static void offer(explainer *to, pole_class which, uint32_t i, uint32_t j, double fit)
{
    const double probability = to->fitting->weights[which] * fit;
    if (probability > to->best.probability)
        to->best = (explanation){probability, which, (uint8_t)i, (uint8_t)j, to->best.reading};
}

/* How well the code's digits from first to last - 1 fit the places that lie `shift` higher, but
 * those at i and j. */
static double fit_of(const explainer *from, uint32_t first, uint32_t last, int shift, uint32_t i,
                     uint32_t j)
{
    double product = 1;
    for (uint32_t k = first; k < last; k++)
        if (k != i && k != j)
            product *= from->fitting->fits[(int)k + shift].hit[from->digit[k]];
    return product;
}

static void explain_pair(explainer *to, const pole_site_counts *sites, uint32_t i, uint32_t j)
{
    const pole_fit *a = to->fitting->fits + i, *b = to->fitting->fits + j;
    const uint8_t x = to->digit[i], y = to->digit[j];
    const double rest = fit_of(to, 0, to->fitting->digits, 0, i, j);
    const double swapped = rest * a->hit[y] * b->hit[x];
    offer(to, POLE_CLASS_SUB2, i, j, rest * a->mix[x] * b->mix[y] * to->fitting->pair);
    if (j == i + 1) {
        if (x != y)
            offer(to, POLE_CLASS_TRANSP, i, j, swapped / sites->transp);
        else
            offer(to, POLE_CLASS_TWIN, i, j,
                  rest * pole_twin_fit(to->fitting, x, a, b) / sites->twin);
        if (pole_is_teen(x, y))
            offer(to, POLE_CLASS_TEEN, i, j,
                  rest * (y == 0 ? a->hit[1] * b->hit[x] : a->hit[y] * b->hit[0]) / sites->teen);
    } else if (j == i + 2) {
        if (x != y)
            offer(to, POLE_CLASS_JUMP_TRANSP, i, j, swapped / sites->jump_transp);
        else if (x != to->digit[i + 1])
            offer(to, POLE_CLASS_JUMP_TWIN, i, j,
                  rest * pole_twin_fit(to->fitting, x, a, b) / sites->jump_twin);
    }
}

static void explain_read(explainer *to)
{
    const pole_fitting *fitting = to->fitting;
    const uint32_t n = fitting->digits;
    const pole_site_counts sites = pole_count_sites(to->digit, n);
    const double misheard =
        fitting->weights[POLE_CLASS_SUB_PHON] + pole_weight_without_sites(fitting, &sites);
    offer(to, POLE_CLASS_CLEAN, n, n, fit_of(to, 0, n, 0, n, n));
    for (uint32_t i = 0; i < n; i++) {
        const pole_fit *fit = fitting->fits + i;
        const uint8_t digit = to->digit[i];
        /* One edit whoever made it: the ear, the eye and the finger count together. */
        const double probability = fit_of(to, 0, n, 0, i, n) * fitting->place *
                                   (misheard * fit->phonetic[digit] + fit->read_typed[digit]);
        if (probability > to->best.probability)
            to->best = (explanation){probability, POLE_CLASS_SUB_PHON, (uint8_t)i, (uint8_t)n,
                                     to->best.reading};
        for (uint32_t j = i + 1; j < n; j++)
            explain_pair(to, &sites, i, j);
    }
}

static void explain_unread(explainer *to)
{
    const pole_fitting *fitting = to->fitting;
    const uint32_t n = fitting->digits;
    const pole_class by_count[] = {POLE_CLASS_ERASE1, POLE_CLASS_ERASE2, POLE_CLASS_ERASE3};
    if (fitting->unread > 3)
        return;
    offer(to, by_count[fitting->unread - 1], n, n, fit_of(to, 0, n, 0, n, n));
    for (uint32_t i = 0; fitting->unread == 1 && i < n; i++)
        offer(to, POLE_CLASS_ERASE_SUB, i, n,
              fit_of(to, 0, n, 0, i, n) * fitting->fits[i].mix[to->digit[i]] / (n - 1));
}

static void explain_missing(explainer *to)
{
    const pole_fitting *fitting = to->fitting;
    const uint32_t n = fitting->digits;
    for (uint32_t i = 0; i < n; i++) {
        const double fit = fit_of(to, 0, i, 0, n, n) * fit_of(to, i + 1, n, -1, n, n);
        offer(to, POLE_CLASS_OMIT, i, n, fit * fitting->place);
        for (uint32_t j = 0; j < n; j++)
            if (j != i)
                offer(to, POLE_CLASS_OMIT_SUB, i, j,
                      fit_of(to, 0, i, 0, j, n) * fit_of(to, i + 1, n, -1, j, n) *
                          fitting->fits[j < i ? j : j - 1].mix[to->digit[j]] * fitting->pair / 2);
    }
}

static void explain_extra(explainer *to)
{
    const pole_fitting *fitting = to->fitting;
    const uint32_t n = fitting->digits;
    for (uint32_t i = 0; i <= n; i++) {
        const double fit = fit_of(to, 0, i, 0, n, n) * fit_of(to, i, n, 1, n, n);
        offer(to, POLE_CLASS_INSERT, i, n, fit * fitting->fits[i].sum / (10 * (n + 1.0)));
        if (i < n)
            offer(to, POLE_CLASS_STUTTER, i, n,
                  fit * fitting->fits[i].hit[to->digit[i]] * fitting->place);
    }
}

/* i: how many are missing at the front. */
static void explain_part(explainer *to)
{
    const uint32_t n = to->fitting->digits, missing = n - to->fitting->places;
    offer(to, POLE_CLASS_PARTIAL, missing, n, fit_of(to, missing, n, -(int)missing, n, n));
    offer(to, POLE_CLASS_PARTIAL, 0, n, fit_of(to, 0, n - missing, 0, n, n));
}

static void explain(explainer *to)
{
    const int too_many = to->fitting->places - to->fitting->digits;
    if (too_many == 0)
        (to->fitting->unread > 0 ? explain_unread : explain_read)(to);
    else if (to->fitting->unread > 0)
        return;
    else if (too_many == 1)
        explain_extra(to);
    else if (too_many == -1)
        explain_missing(to);
    else if (too_many == -2 || too_many == -3)
        explain_part(to);
}

/* ---- Telling ---- */

typedef struct {
    const pole_reading *reading;
    const uint8_t *digit;
    pole_edit *edits;
    size_t count;
} teller;

/* What stands at a place: its likeliest digit, or '?'. */
static char shown(const pole_heard_place *place)
{
    unsigned best = 0;
    for (unsigned d = 1; d < 10; d++)
        if (place->weights[d] > place->weights[best])
            best = d;
    return place->digits == 0 ? '?' : (char)('0' + best);
}

/* position, heard_position: from 0, of the first digit; with counts of 0 where it has none. */
static void tell(teller *to, int32_t kind, uint32_t position, uint32_t meant,
                 uint32_t heard_position, uint32_t heard)
{
    pole_edit edit = {.kind = kind};
    if (to->count == POLE_MOST_EDITS)
        return;
    edit.position = (uint8_t)(meant ? position + 1 : 0);
    edit.heard_position = (uint8_t)(heard ? heard_position + 1 : 0);
    for (uint32_t i = 0; i < meant; i++)
        edit.meant[i] = (char)('0' + to->digit[position + i]);
    for (uint32_t i = 0; i < heard; i++)
        edit.heard[i] = shown(to->reading->places + heard_position + i);
    to->edits[to->count++] = edit;
}

/* The code's digits from first to last - 1 stand `shift` places higher in what was heard. */
static void tell_aligned(teller *to, uint32_t first, uint32_t last, int shift)
{
    for (uint32_t i = first; i < last; i++) {
        const uint32_t place = (uint32_t)((int)i + shift);
        const char heard = shown(to->reading->places + place);
        if (heard == '?')
            tell(to, POLE_EDIT_UNKNOWN, i, 1, place, 1);
        else if (heard != '0' + to->digit[i])
            tell(to, POLE_EDIT_SUBSTITUTION, i, 1, place, 1);
    }
}

static void tell_missing(teller *to, uint32_t first, uint32_t last)
{
    for (uint32_t i = first; i < last; i++)
        tell(to, POLE_EDIT_OMISSION, i, 1, 0, 0);
}

/* Digits i to j became others together. */
static void tell_together(teller *to, const explanation *why, uint32_t n, int32_t kind)
{
    tell_aligned(to, 0, why->i, 0);
    tell(to, kind, why->i, why->j - why->i + 1u, why->i, why->j - why->i + 1u);
    tell_aligned(to, why->j + 1u, n, 0);
}

static void tell_explanation(teller *to, const explanation *why, uint32_t n)
{
    switch (why->which) {
    case POLE_CLASS_TRANSP:
    case POLE_CLASS_JUMP_TRANSP:
        tell_together(to, why, n, POLE_EDIT_TRANSPOSITION);
        break;
    case POLE_CLASS_TWIN:
    case POLE_CLASS_JUMP_TWIN:
        tell_together(to, why, n, POLE_EDIT_TWIN);
        break;
    case POLE_CLASS_TEEN:
        tell_together(to, why, n, POLE_EDIT_SUBSTITUTION);
        break;
    case POLE_CLASS_OMIT:
    case POLE_CLASS_OMIT_SUB:
        tell_aligned(to, 0, why->i, 0);
        tell_missing(to, why->i, why->i + 1u);
        tell_aligned(to, why->i + 1u, n, -1);
        break;
    case POLE_CLASS_INSERT:
        tell_aligned(to, 0, why->i, 0);
        tell(to, POLE_EDIT_INSERTION, 0, 0, why->i, 1);
        tell_aligned(to, why->i, n, 1);
        break;
    case POLE_CLASS_STUTTER:
        tell_aligned(to, 0, why->i, 0);
        tell(to, POLE_EDIT_DOUBLING, why->i, 1, why->i, 2);
        tell_aligned(to, why->i + 1u, n, 1);
        break;
    case POLE_CLASS_PARTIAL:
        tell_missing(to, 0, why->i);
        tell_aligned(to, why->i, why->i + to->reading->count, -(int)why->i);
        tell_missing(to, why->i + to->reading->count, n);
        break;
    default: /* digits that became others each by itself, or none */
        tell_aligned(to, 0, n, 0);
        break;
    }
}

size_t pole_edits_find(const pole_channel_prepared *channel, const pole_heard *heard,
                       uint32_t number, uint8_t digits, pole_edit edits[POLE_MOST_EDITS],
                       unsigned *reading)
{
    explanation best = {0, POLE_CLASS_NONE, 0, 0, 0};
    explainer one = {.fitting = NULL};
    for (unsigned i = digits; i > 0; i--, number /= 10)
        one.digit[i - 1] = (uint8_t)(number % 10);
    for (unsigned r = 0; r < heard->reading_count; r++) {
        pole_fitting fitting;
        pole_fitting_begin(&fitting, channel, heard->readings + r);
        pole_fitting_set_digits(&fitting, digits);
        one.fitting = &fitting;
        one.best = (explanation){0, POLE_CLASS_NONE, 0, 0, r};
        explain(&one);
        one.best.probability *= heard->readings[r].weight;
        if (one.best.probability > best.probability)
            best = one.best;
    }
    *reading = best.reading;
    if (!(best.probability > 0))
        return 0;
    teller telling = {heard->readings + best.reading, one.digit, edits, 0};
    tell_explanation(&telling, &best, digits);
    return telling.count;
}
