/* SPDX-License-Identifier: MIT
 * See explain.h. */
#include "resolve/explain.h"

/* A code against one reading. */
typedef struct {
    const pole_fitting *fitting;
    const uint8_t *digit;
    pole_explain_sink sink;
    void *context;
} explainer;

static void offer(const explainer *to, pole_class which, uint32_t i, uint32_t j, double fit)
{
    const double probability = to->fitting->weights[which] * fit;
    if (probability > 0)
        to->sink(to->context, which, i, j, probability);
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

/* How well a place fits a digit that became another by a matrix. */
static double fit_by(const explainer *from, unsigned matrix, uint32_t place)
{
    const double *row = from->fitting->channel->language->matrices[matrix].rows[from->digit[place]];
    double sum = 0;
    for (unsigned b = 0; b < 10; b++)
        sum += row[b] * from->fitting->fits[place].hit[b];
    return sum;
}

static void explain_pair(const explainer *to, const pole_site_counts *sites, uint32_t i, uint32_t j)
{
    const pole_fit *a = to->fitting->fits + i, *b = to->fitting->fits + j;
    const uint8_t x = to->digit[i], y = to->digit[j];
    const double rest = fit_of(to, 0, to->fitting->digits, 0, i, j);
    if (!(rest > 0))
        return;
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

static void explain_read(const explainer *to)
{
    const pole_fitting *fitting = to->fitting;
    const uint32_t n = fitting->digits;
    const pole_site_counts sites = pole_count_sites(to->digit, n);
    const double others = pole_weight_without_sites(fitting, &sites);
    offer(to, POLE_CLASS_CLEAN, n, n, fit_of(to, 0, n, 0, n, n));
    for (uint32_t i = 0; i < n; i++) {
        const double rest = fit_of(to, 0, n, 0, i, n) * fitting->place;
        if (rest > 0) {
            const double misheard = (fitting->weights[POLE_CLASS_SUB_PHON] + others) * rest *
                                    fit_by(to, POLE_MATRIX_PHONETIC, i);
            if (misheard > 0)
                to->sink(to->context, POLE_CLASS_SUB_PHON, i, n, misheard);
            offer(to, POLE_CLASS_SUB_VIS, i, n, rest * fit_by(to, POLE_MATRIX_VISUAL, i));
            offer(to, POLE_CLASS_SUB_KEY, i, n, rest * fit_by(to, POLE_MATRIX_KEYPAD, i));
        }
        for (uint32_t j = i + 1; j < n; j++)
            explain_pair(to, &sites, i, j);
    }
}

static void offer_unread(const explainer *to, uint32_t i, double fit)
{
    const pole_unread_chance *chance = &to->fitting->unread_chance;
    if (chance->all * fit > 0)
        to->sink(to->context, chance->which, i, to->fitting->digits, chance->all * fit);
}

static void explain_unread(const explainer *to)
{
    const pole_fitting *fitting = to->fitting;
    const uint32_t n = fitting->digits, missing = n - fitting->places;
    if (missing == 0) {
        offer_unread(to, 0, fit_of(to, 0, n, 0, n, n));
    } else if (missing == 1) {
        for (uint32_t i = 0; i < n; i++)
            offer_unread(to, i, fit_of(to, 0, i, 0, n, n) * fit_of(to, i + 1, n, -1, n, n));
    } else {
        offer_unread(to, missing, fit_of(to, missing, n, -(int)missing, n, n));
        offer_unread(to, 0, fit_of(to, 0, n - missing, 0, n, n));
    }
    for (uint32_t i = 0; fitting->unread == 1 && missing == 0 && i < n; i++)
        offer(to, POLE_CLASS_ERASE_SUB, i, n,
              fit_of(to, 0, n, 0, i, n) * fitting->fits[i].mix[to->digit[i]] * fitting->pair / 2);
}

static void explain_missing(const explainer *to)
{
    const pole_fitting *fitting = to->fitting;
    const uint32_t n = fitting->digits;
    const uint32_t twins = pole_count_sites(to->digit, n).twin;
    for (uint32_t i = 0; i < n; i++) {
        const double fit = fit_of(to, 0, i, 0, n, n) * fit_of(to, i + 1, n, -1, n, n);
        offer(to, POLE_CLASS_OMIT, i, n, fit * fitting->place);
        if (twins == 0 && fitting->weights[POLE_CLASS_HAPLO] * fit > 0)
            to->sink(to->context, POLE_CLASS_OMIT, i, n,
                     fitting->weights[POLE_CLASS_HAPLO] * fit * fitting->place);
        if (i + 1 < n && to->digit[i] == to->digit[i + 1])
            offer(to, POLE_CLASS_HAPLO, i, n, fit / twins);
        for (uint32_t j = 0; j < n; j++)
            if (j != i)
                offer(to, POLE_CLASS_OMIT_SUB, i, j,
                      fit_of(to, 0, i, 0, j, n) * fit_of(to, i + 1, n, -1, j, n) *
                          fitting->fits[j < i ? j : j - 1].mix[to->digit[j]] * fitting->pair / 2);
    }
}

static void explain_extra(const explainer *to)
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

static void explain_part(const explainer *to)
{
    const uint32_t n = to->fitting->digits, missing = n - to->fitting->places;
    const double each = n > 3 ? 0.25 : 0.5; /* two or three digits, at either end */
    offer(to, POLE_CLASS_PARTIAL, missing, n, each * fit_of(to, missing, n, -(int)missing, n, n));
    offer(to, POLE_CLASS_PARTIAL, 0, n, each * fit_of(to, 0, n - missing, 0, n, n));
}

void pole_explain(const pole_fitting *fitting, const uint8_t *digit, pole_explain_sink sink,
                  void *context)
{
    const explainer to = {fitting, digit, sink, context};
    const int too_many = fitting->places - fitting->digits;
    if (too_many < -3 || too_many > 1 || (too_many > 0 && fitting->unread > 0))
        return;
    if (fitting->unread > 0)
        explain_unread(&to);
    else if (too_many == 0)
        explain_read(&to);
    else if (too_many == 1)
        explain_extra(&to);
    else if (too_many == -1)
        explain_missing(&to);
    else
        explain_part(&to);
}
