/* SPDX-License-Identifier: MIT
 * How well each digit fits each place of a reading, and the classes' weights for codes of some
 * length. */
#include "resolve/readings_walk.h"

static void fit_place(const pole_channel_prepared *channel, const pole_heard_place *place,
                      pole_fit *fit)
{
    const pole_channel_language *language = channel->language;
    const double visual = channel->weights[POLE_CLASS_SUB_VIS];
    const double keypad = channel->weights[POLE_CLASS_SUB_KEY];
    const double visual_shared = visual * channel->channel->shared[POLE_CLASS_SUB_VIS];
    const double keypad_shared = keypad * channel->channel->shared[POLE_CLASS_SUB_KEY];
    memset(fit, 0, sizeof *fit);
    fit->is_unread = place->digits == 0;
    fit->hits = fit->is_unread ? 0x3FF : place->digits;
    for (unsigned a = 0; fit->is_unread && a < 10; a++)
        fit->hit[a] = 1;
    for (uint32_t left = place->digits; left != 0; left &= left - 1) {
        const unsigned b = (unsigned)__builtin_ctz(left);
        const double weight = place->weights[b];
        const double *phonetic = language->columns[POLE_MATRIX_PHONETIC][b];
        const double *seen = language->columns[POLE_MATRIX_VISUAL][b];
        const double *typed = language->columns[POLE_MATRIX_KEYPAD][b];
        const double *mix = language->columns[POLE_MATRIX_MIX][b];
        fit->hit[b] = weight;
        fit->sum += weight;
        for (unsigned a = 0; a < 10; a++) {
            fit->phonetic[a] += weight * phonetic[a];
            fit->mix[a] += weight * mix[a];
            fit->read_typed[a] += visual * (weight * seen[a]) + keypad * (weight * typed[a]);
            fit->read_shared[a] +=
                visual_shared * (weight * seen[a]) + keypad_shared * (weight * typed[a]);
        }
    }
}

void pole_fitting_begin(pole_fitting *fitting, const pole_channel_prepared *channel,
                        const pole_reading *reading)
{
    fitting->channel = channel;
    fitting->places = reading->count;
    fitting->unread = fitting->soft = fitting->digits = 0;
    for (unsigned i = 0; i < reading->count; i++) {
        const uint16_t digits = reading->places[i].digits;
        fit_place(channel, reading->places + i, fitting->fits + i);
        fitting->unread = (uint8_t)(fitting->unread + (digits == 0));
        fitting->soft = (uint8_t)(fitting->soft + ((digits & (digits - 1)) != 0));
    }
}

/* Of `partial`: more is unreadable than the classes of erasures explain. On shorter codes there is
 * nothing more. */
#define WORN_SHARE (1.0 / 6)
#define WORN_FROM_DIGITS 5

static void give(double *weights, pole_class from, pole_class to)
{
    weights[to] += weights[from];
    weights[from] = 0;
}

/* Whether all unreadable places stand side by side. */
static bool unread_is_run(const pole_fitting *fitting)
{
    unsigned first = 0, count = 0;
    while (first < fitting->places && !fitting->fits[first].is_unread)
        first++;
    while (first + count < fitting->places && fitting->fits[first + count].is_unread)
        count++;
    return count == fitting->unread;
}

/* A third each: as many places as digits; one digit missing, anywhere; two or three at the front
 * or at the back. Of the places left some are unreadable and some not, any set of them alike but
 * those that the erasures have: one, two, three side by side. */
static double worn_chance(const pole_fitting *fitting)
{
    const uint32_t n = fitting->digits, m = fitting->places;
    const double sets = (double)(UINT32_C(1) << m) - 2;
    if (fitting->unread == m)
        return 0;
    switch (n - m) {
    case 0:
        return 1 / (3 * (sets - n - 0.5 * n * (n - 1) - (n - 2)));
    case 1:
        return 1 / (3 * sets * n);
    default:
        return 1 / (12 * sets);
    }
}

static pole_unread_chance unread_chance(const pole_fitting *fitting)
{
    static const pole_class erasures[] = {POLE_CLASS_ERASE1, POLE_CLASS_ERASE2, POLE_CLASS_ERASE3};
    const unsigned unread = fitting->unread;
    const double chance[] = {fitting->place, fitting->pair, 1.0 / (fitting->digits - 2.0)};
    pole_unread_chance told;
    if (fitting->places == fitting->digits &&
        (unread < 3 || (unread == 3 && unread_is_run(fitting)))) {
        told.which = erasures[unread - 1];
        told.all = fitting->weights[told.which] * chance[unread - 1];
    } else {
        told.which = POLE_CLASS_PARTIAL;
        told.all = fitting->worn > 0 ? fitting->worn * worn_chance(fitting) : 0;
    }
    told.shared = told.all * fitting->channel->channel->shared[told.which];
    return told;
}

void pole_fitting_set_digits(pole_fitting *fitting, uint8_t digits)
{
    double *weights = fitting->weights;
    fitting->digits = digits;
    fitting->place = 1.0 / digits;
    fitting->pair = digits > 1 ? 2.0 / (digits * (digits - 1.0)) : 0;
    memcpy(weights, fitting->channel->weights, sizeof fitting->weights);
    if (digits < 3) {
        give(weights, POLE_CLASS_PARTIAL, POLE_CLASS_OMIT);
        give(weights, POLE_CLASS_ERASE3, POLE_CLASS_ERASE2);
    }
    if (digits < 2) {
        give(weights, POLE_CLASS_ERASE2, POLE_CLASS_ERASE1);
        give(weights, POLE_CLASS_ERASE_SUB, POLE_CLASS_ERASE1);
        give(weights, POLE_CLASS_HAPLO, POLE_CLASS_OMIT);
        give(weights, POLE_CLASS_OMIT, POLE_CLASS_SUB_PHON);
        give(weights, POLE_CLASS_OMIT_SUB, POLE_CLASS_SUB_PHON);
        give(weights, POLE_CLASS_SUB2, POLE_CLASS_SUB_PHON);
    }
    fitting->worn = digits >= WORN_FROM_DIGITS ? WORN_SHARE * weights[POLE_CLASS_PARTIAL] : 0;
    weights[POLE_CLASS_PARTIAL] -= fitting->worn;
    for (unsigned i = 0; i < POLE_CLASSES; i++)
        fitting->shared[i] = weights[i] * fitting->channel->channel->shared[i];
    fitting->shared[POLE_CLASS_CLEAN] = 0; /* there is no mistake to repeat */
    fitting->unread_chance = (pole_unread_chance){0, 0, POLE_CLASS_NONE};
    if (fitting->unread > 0 && fitting->places <= digits && fitting->places + 3 >= digits)
        fitting->unread_chance = unread_chance(fitting);
}

pole_site_counts pole_count_sites(const uint8_t *digit, uint32_t count)
{
    pole_site_counts sites = {0, 0, 0, 0, 0};
    for (uint32_t i = 0; i + 1 < count; i++) {
        sites.transp += digit[i] != digit[i + 1];
        sites.twin += digit[i] == digit[i + 1];
        sites.teen += pole_is_teen(digit[i], digit[i + 1]);
    }
    for (uint32_t i = 0; i + 2 < count; i++) {
        sites.jump_transp += digit[i] != digit[i + 2];
        sites.jump_twin += digit[i] == digit[i + 2] && digit[i] != digit[i + 1];
    }
    return sites;
}

double pole_weight_without_sites(const pole_fitting *fitting, const pole_site_counts *sites)
{
    const double *weights = fitting->weights;
    return (sites->transp ? 0 : weights[POLE_CLASS_TRANSP]) +
           (sites->jump_transp ? 0 : weights[POLE_CLASS_JUMP_TRANSP]) +
           (sites->twin ? 0 : weights[POLE_CLASS_TWIN]) +
           (sites->jump_twin ? 0 : weights[POLE_CLASS_JUMP_TWIN]) +
           (sites->teen ? 0 : weights[POLE_CLASS_TEEN]);
}

double pole_twin_fit(const pole_fitting *fitting, uint8_t digit, const pole_fit *a,
                     const pole_fit *b)
{
    const double *row = fitting->channel->language->matrices[POLE_MATRIX_PHONETIC].rows[digit];
    double sum = 0;
    for (unsigned to = 0; to < 10; to++)
        sum += row[to] * a->hit[to] * b->hit[to];
    return sum;
}
