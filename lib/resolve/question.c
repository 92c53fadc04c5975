/* SPDX-License-Identifier: MIT
 * See question.h. */
#include "resolve/question.h"

/* What asking costs, in doubt about the place. Judgements. */
#define EFFORT_DIGIT 0.003 /* each */
#define EFFORT_STEPS 0.2
#define EFFORT_STEPS_WORN 0  /* a digit that cannot be read stays in doubt on the spot */
#define CORRECTED_DIGIT 0.04 /* what is worth asking for its own sake: see digit_effort() */
#define EFFORT_STREET 0.02
#define ENOUGH_PLACE 0.99
#define ENOUGH_POLE 0.98 /* a sure place is good; which pole of it still costs one question */
#define SURE_PLACE 0.95
#define SURE_DIGITS 0.95

static bool answered(const pole_question_context *context, int32_t kind)
{
    return (context->answered >> kind & 1) != 0;
}

/* The length of the codes asked about: that of the likeliest that has one. */
static uint32_t digits_of(const pole_doubt *doubt)
{
    for (size_t i = 0; i < doubt->count; i++)
        if (doubt->codes[i].digits > 0)
            return doubt->codes[i].digits;
    return 0;
}

/* The best so far. */
typedef struct {
    pole_question_draft draft; /* kind 0: none yet */
    pole_doubt_left left;
    double loss;
} best_question;

static void consider(const pole_doubt *doubt, const pole_question_context *context, uint32_t digits,
                     pole_question_draft draft, best_question *best)
{
    pole_doubt_left left;
    double loss;
    pole_question_weigh(doubt, &draft, digits, context->heard, &left, &loss);
    if (best->draft.kind != POLE_ASK_NOTHING && loss >= best->loss)
        return;
    best->draft = draft;
    best->left = left;
    best->loss = loss;
}

/* Bit n: digit n could not be read, so that asking for it again is in vain. */
static uint32_t unreadable(const pole_question_context *context, uint32_t digits)
{
    uint32_t bits = 0;
    if (context->heard.size_bytes != digits)
        return 0;
    for (uint32_t n = 1; n <= digits; n++)
        if (context->heard.data[n - 1] == '?')
            bits |= UINT32_C(1) << n;
    return bits;
}

/* How many digits the scheme of these codes gives the pole itself; 0: it does not say. */
static uint32_t pole_digits(const pole_doubt *doubt, uint32_t digits)
{
    for (size_t i = 0; i < doubt->count; i++) {
        if (doubt->codes[i].digits != digits)
            continue;
        const pole_scheme_entry *entry =
            pole_index_entry(doubt->index, doubt->codes[i].scope, (uint8_t)digits);
        const unsigned last = entry ? entry->field_count - 1u : 0;
        return last > 0 && entry->field_kind[last] == POLE_FIELD_POLE ? entry->field_width[last]
                                                                      : 0;
    }
    return 0;
}

/* A digit that was corrected is where the digits heard and the table differ: asking for it also
 * tests what the posterior takes for granted, that the table has every pole. */
static double digit_effort(const pole_doubt *doubt, const pole_question_context *context,
                           uint32_t digits, uint32_t n)
{
    const pole_code first = doubt->codes[0];
    char meant[10];
    if (context->match != POLE_CORRECTED || context->heard.size_bytes != digits ||
        first.digits != digits)
        return EFFORT_DIGIT;
    pole_digits_write(first.number, first.digits, meant);
    return EFFORT_DIGIT - (context->heard.data[n - 1] != meant[n - 1] ? CORRECTED_DIGIT : 0);
}

static void consider_group(const pole_doubt *doubt, const pole_question_context *context,
                           uint32_t digits, uint32_t first, uint32_t count, best_question *best)
{
    const uint32_t bits = ((UINT32_C(1) << count) - 1) << first;
    if (count < 2 || (unreadable(context, digits) & bits) != 0 ||
        (~context->answered_digits & bits) == 0)
        return;
    consider(doubt, context, digits,
             (pole_question_draft){POLE_ASK_DIGITS, first, count, EFFORT_DIGIT * count,
                                   context->answered_digits},
             best);
}

/* One digit, all before the pole's own, or the pole's own. None that could not be read; not the
 * same again, but a group may hold a digit that was answered alone. */
static void consider_digits(const pole_doubt *doubt, const pole_question_context *context,
                            uint32_t digits, best_question *best)
{
    const uint32_t closed = context->answered_digits | unreadable(context, digits);
    const uint32_t own = pole_digits(doubt, digits);
    for (uint32_t n = 1; n <= digits; n++)
        if ((closed >> n & 1) == 0)
            consider(doubt, context, digits,
                     (pole_question_draft){POLE_ASK_DIGIT, n, 1,
                                           digit_effort(doubt, context, digits, n), 0},
                     best);
    if (own == 0)
        return;
    consider_group(doubt, context, digits, digits - own + 1, own, best);
    consider_group(doubt, context, digits, 1, digits - own, best);
}

static bool several_scopes(const pole_doubt *doubt)
{
    double first = 0, others = 0;
    uint16_t scope = POLE_ANY_SCOPE;
    for (size_t i = 0; i < doubt->count; i++) {
        if (doubt->codes[i].digits == 0)
            continue;
        if (scope == POLE_ANY_SCOPE)
            scope = doubt->codes[i].scope;
        if (doubt->codes[i].scope == scope)
            first += doubt->shares[i];
        else
            others += doubt->shares[i];
    }
    return others > 0.01 * first;
}

/* The question that leaves least; by rule, steps come after what can be read on the spot. */
static void weigh_all(const pole_doubt *doubt, const pole_question_context *context,
                      best_question *best)
{
    const uint32_t digits = digits_of(doubt);
    const bool read_again = context->answered_digits != 0 || answered(context, POLE_ASK_DIGIT) ||
                            answered(context, POLE_ASK_DIGITS) ||
                            answered(context, POLE_ASK_READ_BACK);
    if (!answered(context, POLE_ASK_COUNTY) && several_scopes(doubt))
        consider(doubt, context, digits,
                 (pole_question_draft){POLE_ASK_COUNTY, 0, 0, EFFORT_DIGIT, 0}, best);
    if (digits > 0)
        consider_digits(doubt, context, digits, best);
    if (!answered(context, POLE_ASK_OBJECT))
        consider(doubt, context, digits,
                 (pole_question_draft){POLE_ASK_OBJECT, 0, 0, EFFORT_DIGIT, 0}, best);
    const bool worn = unreadable(context, digits) != 0;
    if (!answered(context, POLE_ASK_NEIGHBOUR) &&
        (read_again || worn || best->draft.kind == POLE_ASK_NOTHING))
        consider(doubt, context, digits,
                 (pole_question_draft){POLE_ASK_NEIGHBOUR, 0, 0,
                                       worn ? EFFORT_STEPS_WORN : EFFORT_STEPS, 0},
                 best);
    if (!answered(context, POLE_ASK_STREET) && answered(context, POLE_ASK_NEIGHBOUR))
        consider(doubt, context, digits,
                 (pole_question_draft){POLE_ASK_STREET, 0, 0, EFFORT_STREET, 0}, best);
}

/* The digits are sure by themselves, and a street or a second pole speaks against them. */
static bool contradicted(const pole_question_context *context)
{
    return (context->warnings & (POLE_WARN_STREET_CONFLICT | POLE_WARN_ALSO_CONFLICT)) != 0 &&
           context->answered_digits == 0 && context->confidence_place >= SURE_PLACE;
}

/* Questions that the posterior does not weigh; POLE_ASK_NOTHING: none of these. */
static int32_t ask_by_rule(const pole_question_context *context, bool believed)
{
    const bool on_the_spot =
        context->answered_digits == 0 && !answered(context, POLE_ASK_NEIGHBOUR);
    if (context->match == POLE_NO_CODE)
        return context->reason == POLE_REASON_TOO_FEW || context->reason == POLE_REASON_TOO_MANY
                   ? POLE_ASK_DIGITS
                   : POLE_ASK_OBJECT;
    if ((context->warnings & POLE_WARN_HINT_CONFLICT) && on_the_spot &&
        !answered(context, POLE_ASK_PLACE))
        return POLE_ASK_PLACE;
    if ((context->warnings & POLE_WARN_OTHER_LENGTH) && on_the_spot &&
        !answered(context, POLE_ASK_DIGITS))
        return POLE_ASK_DIGITS;
    if ((context->warnings & POLE_WARN_SEVERAL_CODES) && on_the_spot &&
        !answered(context, POLE_ASK_READ_BACK))
        return POLE_ASK_READ_BACK; /* what is on the pole, and nothing else */
    if (context->match == POLE_UNKNOWN && on_the_spot && !answered(context, POLE_ASK_OBJECT))
        return POLE_ASK_OBJECT;
    if ((context->match == POLE_EXACT || contradicted(context)) &&
        !answered(context, POLE_ASK_READ_BACK))
        return POLE_ASK_READ_BACK;
    if ((context->match == POLE_INTERPOLATED || context->match == POLE_EXACT) &&
        !answered(context, POLE_ASK_NEIGHBOUR))
        return POLE_ASK_NEIGHBOUR;
    return believed ? POLE_ASK_NOTHING : POLE_ASK_READ_BACK;
}

/* Of all questions, or of those for digits when the kind is given by rule. */
static void ask_weighed(const pole_doubt *doubt, const pole_question_context *context,
                        pole_asked *asked)
{
    best_question best;
    memset(&best, 0, sizeof best);
    if (asked->told.kind == POLE_ASK_NOTHING) {
        weigh_all(doubt, context, &best);
        asked->told.kind =
            best.draft.kind == POLE_ASK_NOTHING ? POLE_ASK_READ_BACK : best.draft.kind;
    } else if (asked->told.digits > 0) {
        consider_digits(doubt, context, asked->told.digits, &best);
    }
    asked->told.digit = best.draft.digit;
    asked->told.digit_count = best.draft.digit_count;
    asked->expected = best.left;
}

void pole_question_choose(const pole_belief *belief, const pole_estimate *estimate,
                          const pole_question_context *context, pole_asked *asked)
{
    pole_doubt doubt;
    const bool believed =
        belief != NULL && (belief->count > 0 || (estimate != NULL && belief->estimate > 0));
    memset(asked, 0, sizeof *asked);
    asked->told.struct_size = sizeof asked->told;
    if (context->agrees != 0 && context->confidence_place >= ENOUGH_PLACE && believed &&
        belief->count > 0 && belief->poles[0].share >= ENOUGH_POLE)
        return;
    asked->told.kind = ask_by_rule(context, believed);
    if (!believed) {
        asked->told.digits = (uint32_t)context->heard.size_bytes;
        return;
    }
    const bool weighed = asked->told.kind == POLE_ASK_NOTHING;
    /* Who is at the pole is asked for digits next, unless these are sure: they are read back. */
    const bool then_digits = asked->told.kind == POLE_ASK_PLACE && belief->count > 0 &&
                             belief->poles[0].share < SURE_DIGITS;
    if (!weighed && !then_digits && asked->told.kind != POLE_ASK_NEIGHBOUR) {
        asked->told.digits = belief->count > 0
                                 ? pole_index_code_of(belief->index, belief->poles[0].row).digits
                                 : estimate->code.digits;
        return;
    }
    pole_doubt_gather(belief, estimate, &doubt);
    asked->sampled = doubt.sampled;
    asked->told.digits = digits_of(&doubt);
    if (weighed || then_digits)
        ask_weighed(&doubt, context, asked);
    pole_question_tell_options(&doubt, context, asked);
}
