/* SPDX-License-Identifier: MIT
 * As many places heard as the code has digits: heard clean, one or two digits substituted, two
 * digits that changed places or changed together, or digits that could not be read. A digit that
 * does not fit its place is a miss; no class explains more than two. */
#include "resolve/readings_walk.h"

/* Sums, over the ways that so many digits can have been substituted so far, of the product of how
 * well each digit fits. */
typedef struct {
    double clean;
    double phonetic;    /* one digit, by that matrix */
    double read_typed;  /* one digit, by visual or keypad, times the class's weight */
    double read_shared; /* the same times the shared chance */
    double mix;         /* one digit, by the mixed matrix */
    double mix2;        /* two digits */
    uint8_t misses;
    uint8_t miss[2]; /* where */
} aligned_state;

/* In how many places of the code a class can act. */
typedef struct {
    uint32_t transp, jump_transp, twin, jump_twin, teen;
} site_counts;

static bool is_teen(uint8_t a, uint8_t b)
{
    return (a > 1 && b == 0) || (a == 1 && b > 1);
}

static site_counts count_sites(const uint8_t *digit, uint32_t n)
{
    site_counts sites = {0, 0, 0, 0, 0};
    for (uint32_t i = 0; i + 1 < n; i++) {
        sites.transp += digit[i] != digit[i + 1];
        sites.twin += digit[i] == digit[i + 1];
        sites.teen += is_teen(digit[i], digit[i + 1]);
    }
    for (uint32_t i = 0; i + 2 < n; i++) {
        sites.jump_transp += digit[i] != digit[i + 2];
        sites.jump_twin += digit[i] == digit[i + 2] && digit[i] != digit[i + 1];
    }
    return sites;
}

/* Two equal digits that became another together, heard at two places. */
static double twin_fit(const pole_fitting *fitting, uint8_t digit, const pole_fit *a,
                       const pole_fit *b)
{
    const double *row = fitting->channel->language->matrices[POLE_MATRIX_PHONETIC].rows[digit];
    double sum = 0;
    for (unsigned to = 0; to < 10; to++)
        sum += row[to] * a->hit[to] * b->hit[to];
    return sum;
}

typedef struct {
    double all, shared;
} class_sum;

static void add(class_sum *sum, const pole_fitting *fitting, pole_class which, double probability)
{
    sum->all += fitting->weights[which] * probability;
    sum->shared += fitting->shared[which] * probability;
}

/* How well the digits but those at i and j fit. */
static double fit_of_rest(const pole_fitting *fitting, const uint8_t *digit, uint32_t i, uint32_t j)
{
    double product = 1;
    for (uint32_t k = 0; k < fitting->digits; k++)
        if (k != i && k != j)
            product *= fitting->fits[k].hit[digit[k]];
    return product;
}

/* What the classes that change two places at once give, acting at i and i + 1. */
static void add_adjacent(class_sum *sum, const pole_fitting *fitting, const uint8_t *digit,
                         const site_counts *sites, uint32_t i)
{
    const pole_fit *fit = fitting->fits + i;
    const uint8_t a = digit[i], b = digit[i + 1];
    const double rest = fit_of_rest(fitting, digit, i, i + 1);
    if (a != b)
        add(sum, fitting, POLE_CLASS_TRANSP, rest * fit[0].hit[b] * fit[1].hit[a] / sites->transp);
    else
        add(sum, fitting, POLE_CLASS_TWIN, rest * twin_fit(fitting, a, fit, fit + 1) / sites->twin);
    if (a > 1 && b == 0)
        add(sum, fitting, POLE_CLASS_TEEN, rest * fit[0].hit[1] * fit[1].hit[a] / sites->teen);
    else if (a == 1 && b > 1)
        add(sum, fitting, POLE_CLASS_TEEN, rest * fit[0].hit[b] * fit[1].hit[0] / sites->teen);
}

/* The same at i and i + 2. */
static void add_jump(class_sum *sum, const pole_fitting *fitting, const uint8_t *digit,
                     const site_counts *sites, uint32_t i)
{
    const pole_fit *fit = fitting->fits + i;
    const uint8_t a = digit[i], b = digit[i + 2];
    const double rest = fit_of_rest(fitting, digit, i, i + 2);
    if (a != b)
        add(sum, fitting, POLE_CLASS_JUMP_TRANSP,
            rest * fit[0].hit[b] * fit[2].hit[a] / sites->jump_transp);
    else if (a != digit[i + 1])
        add(sum, fitting, POLE_CLASS_JUMP_TWIN,
            rest * twin_fit(fitting, a, fit, fit + 2) / sites->jump_twin);
}

static bool fits(const pole_fit *fit, uint8_t digit)
{
    return (fit->hits >> digit & 1) != 0;
}

/* Whether the two misses can be one error, at the only place where it could have acted. */
static void add_two_misses(class_sum *sum, const pole_fitting *fitting, const uint8_t *digit,
                           const aligned_state *state)
{
    const uint32_t p = state->miss[0], q = state->miss[1];
    const uint8_t a = digit[p], b = digit[q];
    if (q - p > 2 || !(a == b || (fits(fitting->fits + p, b) && fits(fitting->fits + q, a)) ||
                       (q - p == 1 && is_teen(a, b))))
        return;
    const site_counts sites = count_sites(digit, fitting->digits);
    if (q - p == 1)
        add_adjacent(sum, fitting, digit, &sites, p);
    else
        add_jump(sum, fitting, digit, &sites, p);
}

/* One digit misheard; the classes that cannot act on this code are such, too. */
static void add_phonetic(class_sum *sum, const pole_fitting *fitting, const site_counts *sites,
                         double probability)
{
    const double *weights = fitting->weights;
    const double others = (sites->transp ? 0 : weights[POLE_CLASS_TRANSP]) +
                          (sites->jump_transp ? 0 : weights[POLE_CLASS_JUMP_TRANSP]) +
                          (sites->twin ? 0 : weights[POLE_CLASS_TWIN]) +
                          (sites->jump_twin ? 0 : weights[POLE_CLASS_JUMP_TWIN]) +
                          (sites->teen ? 0 : weights[POLE_CLASS_TEEN]);
    add(sum, fitting, POLE_CLASS_SUB_PHON, probability);
    sum->all += others * probability;
    sum->shared += others * fitting->channel->channel->shared[POLE_CLASS_SUB_PHON] * probability;
}

static class_sum sum_read(const pole_fitting *fitting, const uint8_t *digit,
                          const aligned_state *state)
{
    const uint32_t n = fitting->digits;
    class_sum sum = {state->read_typed / n, state->read_shared / n};
    if (state->misses == 2) {
        add_two_misses(&sum, fitting, digit, state);
    } else {
        const site_counts sites = count_sites(digit, n);
        add(&sum, fitting, POLE_CLASS_CLEAN, state->clean);
        add_phonetic(&sum, fitting, &sites, state->phonetic / n);
        /* An error of two places shows as two misses, unless a soft place hides one. */
        for (uint32_t i = 0; state->misses + fitting->soft >= 2 && i + 1 < n; i++) {
            add_adjacent(&sum, fitting, digit, &sites, i);
            if (i + 2 < n)
                add_jump(&sum, fitting, digit, &sites, i);
        }
    }
    if (n > 1)
        add(&sum, fitting, POLE_CLASS_SUB2, state->mix2 * 2 / (n * (n - 1)));
    return sum;
}

static class_sum sum_unread(const pole_fitting *fitting, const aligned_state *state)
{
    const uint32_t n = fitting->digits;
    class_sum sum = {0, 0};
    if (fitting->unread == 1) {
        add(&sum, fitting, POLE_CLASS_ERASE1, state->clean / n);
        if (n > 1)
            add(&sum, fitting, POLE_CLASS_ERASE_SUB, state->mix / (n * (n - 1)));
    } else if (fitting->unread == 2) {
        add(&sum, fitting, POLE_CLASS_ERASE2, state->clean * 2 / (n * (n - 1)));
    } else {
        add(&sum, fitting, POLE_CLASS_ERASE3, state->clean / (n - 2));
    }
    return sum;
}

static inline aligned_state step(const aligned_state *from, const pole_fit *fit, uint8_t digit,
                                 uint32_t place)
{
    const double hit = fit->hit[digit];
    aligned_state to;
    to.clean = from->clean * hit;
    to.phonetic = from->phonetic * hit + from->clean * fit->phonetic[digit];
    to.read_typed = from->read_typed * hit + from->clean * fit->read_typed[digit];
    to.read_shared = from->read_shared * hit + from->clean * fit->read_shared[digit];
    to.mix2 = from->mix2 * hit + from->mix * fit->mix[digit];
    to.mix = from->mix * hit + from->clean * fit->mix[digit];
    to.misses = from->misses;
    to.miss[0] = from->miss[0];
    to.miss[1] = from->miss[1];
    if (!fits(fit, digit))
        to.miss[to.misses++] = (uint8_t)place;
    return to;
}

void pole_walk_aligned(pole_walk *walk, const pole_fitting *fitting)
{
    const uint32_t n = fitting->digits;
    const uint8_t most_misses = fitting->unread == 0 ? 2 : fitting->unread == 1 ? 1 : 0;
    aligned_state states[POLE_MAX_DIGITS + 1] = {{1, 0, 0, 0, 0, 0, 0, {0, 0}}};
    uint32_t depth = 0;
    if (fitting->unread > 3 || (fitting->unread == 3 && !pole_fitting_unread_is_run(fitting)))
        return;
    walk->pending[0] = pole_walk_next(walk, 0, n);
    if (most_misses == 0)
        walk->pending[0] &= fitting->fits[0].hits;
    for (;;) {
        if (!pole_walk_take(walk, depth)) {
            if (depth-- == 0)
                return;
            continue;
        }
        const aligned_state state =
            step(states + depth, fitting->fits + depth, walk->digit[depth], depth);
        if (++depth == n) {
            const class_sum sum = fitting->unread > 0 ? sum_unread(fitting, &state)
                                                      : sum_read(fitting, walk->digit, &state);
            pole_walk_found(walk, n, sum.all, sum.shared);
            depth--;
        } else {
            states[depth] = state;
            walk->pending[depth] = pole_walk_next(walk, depth, n);
            if (state.misses == most_misses)
                walk->pending[depth] &= fitting->fits[depth].hits;
        }
    }
}
