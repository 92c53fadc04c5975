/* SPDX-License-Identifier: MIT
 * The likeliest explanation, and its telling. */
#include "resolve/edits.h"

#include "resolve/explain.h"

/* An error and where it acted: see explain.h. */
typedef struct {
    double probability; /* 0: none was found */
    pole_class which;
    uint32_t i, j;
} explanation;

typedef struct {
    explanation best, last;
} likeliest;

static bool is_substitution(pole_class which)
{
    return which == POLE_CLASS_SUB_PHON || which == POLE_CLASS_SUB_VIS ||
           which == POLE_CLASS_SUB_KEY;
}

static void choose(void *context, pole_class which, uint32_t i, uint32_t j, double probability)
{
    likeliest *chosen = context;
    const bool same_edit =
        is_substitution(which) && is_substitution(chosen->last.which) && chosen->last.i == i;
    /* One edit whoever made it: the ear, the eye and the finger count together. */
    if (same_edit)
        probability += chosen->last.probability;
    chosen->last = (explanation){probability, which, i, j};
    if (probability > chosen->best.probability)
        chosen->best = chosen->last;
}

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
    tell(to, kind, why->i, why->j - why->i + 1, why->i, why->j - why->i + 1);
    tell_aligned(to, why->j + 1, n, 0);
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
    case POLE_CLASS_HAPLO:
    case POLE_CLASS_OMIT_SUB:
        tell_aligned(to, 0, why->i, 0);
        tell_missing(to, why->i, why->i + 1);
        tell_aligned(to, why->i + 1, n, -1);
        break;
    case POLE_CLASS_INSERT:
        tell_aligned(to, 0, why->i, 0);
        tell(to, POLE_EDIT_INSERTION, 0, 0, why->i, 1);
        tell_aligned(to, why->i, n, 1);
        break;
    case POLE_CLASS_STUTTER:
        tell_aligned(to, 0, why->i, 0);
        tell(to, POLE_EDIT_DOUBLING, why->i, 1, why->i, 2);
        tell_aligned(to, why->i + 1, n, 1);
        break;
    case POLE_CLASS_PARTIAL:
        if (to->reading->count + 1u == n) {
            tell_aligned(to, 0, why->i, 0);
            tell_missing(to, why->i, why->i + 1);
            tell_aligned(to, why->i + 1, n, -1);
            break;
        }
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
    explanation best = {0, POLE_CLASS_NONE, 0, 0};
    uint8_t digit[POLE_MAX_DIGITS] = {0};
    for (unsigned i = digits; i > 0; i--, number /= 10)
        digit[i - 1] = (uint8_t)(number % 10);
    *reading = 0;
    for (unsigned r = 0; r < heard->reading_count; r++) {
        pole_fitting fitting;
        likeliest chosen = {best, {0, POLE_CLASS_NONE, 0, 0}};
        chosen.best.probability = 0;
        pole_fitting_begin(&fitting, channel, heard->readings + r);
        pole_fitting_set_digits(&fitting, digits);
        pole_explain(&fitting, digit, choose, &chosen);
        chosen.best.probability *= heard->readings[r].weight;
        if (chosen.best.probability > best.probability) {
            best = chosen.best;
            *reading = r;
        }
    }
    if (!(best.probability > 0))
        return 0;
    teller telling = {heard->readings + *reading, digit, edits, 0};
    tell_explanation(&telling, &best, digits);
    return telling.count;
}
