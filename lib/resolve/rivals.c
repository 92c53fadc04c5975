/* SPDX-License-Identifier: MIT
 * See rivals.h. */
#include "resolve/rivals.h"

#include <math.h>

#include "base/status.h"
#include "index/save.h"
#include "lookup/policy.h"
#include "resolve/aliases.h"
#include "resolve/nearness.h"

/* Two shares heard clean, from which what speaks for no pole follows for all others. */
#define LOW_SHARE 0.25
#define HIGH_SHARE 0.75
/* Of two likelihoods that are the same. */
#define TIE 1e-12

pole_status pole_rivals_init(pole_rivals *rivals, const pole_index *index,
                             const pole_allocator *allocator)
{
    memset(rivals, 0, sizeof *rivals);
    rivals->index = index;
    pole_likely_list_init(&rivals->likely, allocator);
    pole_status status = pole_channel_builtin(pole_span_of("everyday"), &rivals->everyday);
    if (status == POLE_OK)
        status = pole_channel_prepare(&rivals->everyday, 0.0, POLE_LANGUAGE_ZH, &rivals->channel);
    if (status == POLE_OK)
        status = pole_heard_new(allocator, &rivals->heard);
    return status;
}

void pole_rivals_free(pole_rivals *rivals)
{
    pole_heard_free(rivals->heard);
    pole_likely_list_free(&rivals->likely);
    rivals->heard = NULL;
}

/* Hears a pole's code as it stands; *plain: it was heard as nothing but that code. */
static pole_status hear(pole_rivals *rivals, pole_code code, bool *plain)
{
    char digits[POLE_MAX_DIGITS + 1];
    pole_hear_options options;
    pole_hear_options_init(&options);
    options.lengths = rivals->index->scheme.lengths;
    pole_digits_write(code.number, code.digits, digits);
    const pole_text text = {{digits, code.digits}, 1.0};
    const pole_status status = pole_hear(&text, 1, &options, rivals->heard);
    const pole_heard *heard = rivals->heard;
    const pole_reading *reading = heard->readings;
    *plain = status == POLE_OK && heard->reading_count == 1 && !heard->several &&
             reading->sayings == 1 && reading->again < 0 && reading->count == code.digits;
    for (unsigned i = 0; *plain && i < code.digits; i++) {
        const unsigned digit = (unsigned)(digits[i] - '0');
        *plain = reading->places[i].digits == 1u << digit && reading->places[i].weights[digit] == 1;
    }
    return status;
}

static bool is_shared(const pole_rivals *rivals, pole_code code)
{
    pole_alias_search search;
    pole_row row;
    uint32_t alias;
    size_t needed = 0;
    code.scope = POLE_ANY_SCOPE;
    (void)pole_index_find_all(rivals->index, code, NULL, 0, &needed);
    pole_alias_search_begin(&search, rivals->index, rivals->heard);
    return needed != 1 || pole_alias_search_next(&search, &row, &alias);
}

pole_status pole_rivals_value(pole_rivals *rivals, pole_row row, uint32_t *value)
{
    const pole_index *index = rivals->index;
    const pole_code code = pole_index_code_of(index, row);
    const double clean = rivals->channel.weights[POLE_CLASS_CLEAN];
    double own = 0.0, near = 0.0, far = 0.0;
    bool plain;
    *value = POLE_DOUBT_UNTOLD << 16 | POLE_DOUBT_UNTOLD;
    pole_status status = hear(rivals, code, &plain);
    if (status != POLE_OK || !plain || is_shared(rivals, code))
        return status;
    status = pole_readings_find(index, &rivals->channel, rivals->heard, &rivals->likely);
    if (status != POLE_OK)
        return status;
    pole_nearness here;
    pole_nearness_of_pole(&here, index, row, POLE_NEAR_M);
    for (size_t i = 0; i < rivals->likely.count; i++) {
        const pole_likely *likely = rivals->likely.poles + i;
        if (likely->row == row)
            own = likely->likelihood;
        else if (pole_nearness_of(&here, index, likely->row))
            near += likely->likelihood;
        else
            far += likely->likelihood;
    }
    const uint32_t part = pole_doubt_part((near + far) / (1.0 - clean));
    /* A code has no other way to be heard as it stands than to be heard clean. */
    if (part != POLE_DOUBT_UNTOLD && fabs(own - clean) <= TIE)
        *value = pole_doubt_part(far / (1.0 - clean)) << 16 | part;
    return POLE_OK;
}

/* What speaks for no pole where the code of a row is heard, were `clean` the share heard clean,
 * without the factor that does not depend on the code's length. */
static pole_status find_none(pole_rivals *rivals, pole_row row, double clean, double *none)
{
    pole_channel_prepared channel;
    bool plain = false;
    pole_status status = pole_channel_prepare(&rivals->everyday, clean, POLE_LANGUAGE_ZH, &channel);
    if (status == POLE_OK)
        status = hear(rivals, pole_index_code_of(rivals->index, row), &plain);
    if (status == POLE_OK)
        status = pole_readings_find(rivals->index, &channel, rivals->heard, &rivals->likely);
    const double share = channel.weights[POLE_CLASS_NONE];
    *none = 0.0;
    if (status == POLE_OK && plain && share > 0.0)
        *none = rivals->likely.none * rivals->index->positions.rows * (1.0 - share) / share;
    return status;
}

pole_status pole_rivals_head(pole_rivals *rivals, pole_doubts *head)
{
    const pole_scheme *scheme = &rivals->index->scheme;
    const double clean = rivals->channel.weights[POLE_CLASS_CLEAN];
    pole_status status = POLE_OK;
    memcpy(head->channel_id, rivals->everyday.id, sizeof head->channel_id);
    head->near_m = POLE_NEAR_M;
    head->clean = clean;
    head->none = rivals->channel.weights[POLE_CLASS_NONE] / (1.0 - clean);
    memset(head->listed, 0, sizeof head->listed);
    memset(head->unlisted, 0, sizeof head->unlisted);
    for (uint32_t i = 0; i < scheme->count && status == POLE_OK; i++) {
        double low, high = 0.0;
        const pole_row row = scheme->entries[i].first_row;
        const unsigned length = scheme->entries[i].digits - 1u;
        status = find_none(rivals, row, LOW_SHARE, &low);
        if (status == POLE_OK)
            status = find_none(rivals, row, HIGH_SHARE, &high);
        head->listed[length] =
            fmax(0.0, HIGH_SHARE * high - LOW_SHARE * low) / (HIGH_SHARE - LOW_SHARE);
        head->unlisted[length] =
            fmax(0.0, HIGH_SHARE * low - LOW_SHARE * high) / (HIGH_SHARE - LOW_SHARE);
    }
    return status;
}

pole_status pole_rivals_store(const pole_index *index, const pole_allocator *allocator,
                              pole_buffer *out, pole_error *error)
{
    const uint32_t rows = index->scheme.rows;
    pole_rivals rivals;
    pole_draft_doubts draft;
    memset(&draft, 0, sizeof draft);
    uint32_t *values = pole_allocate_array(allocator, rows, sizeof *values);
    pole_status status = pole_rivals_init(&rivals, index, allocator);
    if (values == NULL)
        status = POLE_NO_MEMORY;
    for (pole_row row = 0; row < rows && status == POLE_OK; row++)
        status = pole_rivals_value(&rivals, row, values + row);
    if (status == POLE_OK)
        status = pole_rivals_head(&rivals, &draft.head);
    pole_rivals_free(&rivals);
    draft.values = values;
    if (status == POLE_OK)
        status = pole_save_with_doubts(&index->image, &draft, rows, allocator, out, error);
    else
        (void)pole_fail(error, status, "no memory for how doubtful each pole's code is");
    pole_release(allocator, values);
    return status;
}

/* To the bit: all that is done here is additions, products and quotients, which are the same on
 * every machine (no contraction, no excess precision). */
static bool same_bits(double a, double b)
{
    uint64_t x, y;
    memcpy(&x, &a, sizeof x);
    memcpy(&y, &b, sizeof y);
    return x == y;
}

static bool same_heads(const pole_doubts *a, const pole_doubts *b)
{
    bool same = same_bits(a->near_m, b->near_m) && same_bits(a->clean, b->clean) &&
                same_bits(a->none, b->none);
    for (size_t i = 0; i < sizeof a->listed / sizeof *a->listed; i++)
        same = same && same_bits(a->listed[i], b->listed[i]) &&
               same_bits(a->unlisted[i], b->unlisted[i]);
    return same;
}

static pole_status refuse(pole_error *error, const char *subject)
{
    const pole_status status = pole_fail(
        error, POLE_DAMAGED, "%s: how doubtful it is is stored otherwise than it is", subject);
    pole_fail_hint(error, "Build the index again.");
    return status;
}

static pole_status verify(pole_rivals *rivals, pole_error *error)
{
    const pole_index *index = rivals->index;
    const pole_doubts *stored = &index->doubts;
    pole_doubts head;
    memset(&head, 0, sizeof head);
    pole_status status = pole_rivals_head(rivals, &head);
    if (status == POLE_OK && !same_heads(&head, stored))
        return refuse(error, "the index");
    for (pole_row row = 0; row < index->scheme.rows && status == POLE_OK; row++) {
        uint32_t value;
        status = pole_rivals_value(rivals, row, &value);
        if (status != POLE_OK || value == pole_doubt_value(stored, row))
            continue;
        char subject[16] = "pole ";
        const pole_code code = pole_index_code_of(index, row);
        pole_digits_write(code.number, code.digits, subject + 5);
        return refuse(error, subject);
    }
    return status;
}

pole_status pole_rivals_verify(const pole_index *index, pole_error *error)
{
    if (index->doubts.values == NULL)
        return POLE_OK;
    pole_rivals rivals;
    pole_status status = pole_rivals_init(&rivals, index, &index->allocator);
    if (status == POLE_OK)
        status = verify(&rivals, error);
    if (status == POLE_NO_MEMORY)
        (void)pole_fail(error, status, "no memory to verify the index");
    pole_rivals_free(&rivals);
    return status;
}

pole_match pole_rivals_match(const pole_index *index, pole_row row,
                             const pole_channel_prepared *channel,
                             const pole_resolve_options *options, pole_doubt_told *told)
{
    const pole_doubts *stored = &index->doubts;
    const double clean = channel->weights[POLE_CLASS_CLEAN];
    const pole_doubt_limits limits = {options->exact_confidence, options->exact_place,
                                      POLE_CONFUSABLE_FAR};
    if (stored->values == NULL || options->near_m != stored->near_m ||
        channel->language != channel->channel->languages + POLE_LANGUAGE_ZH ||
        strcmp(channel->channel->id, stored->channel_id) != 0)
        return POLE_MATCH_NONE;
    const double none = pole_doubt_none(stored, pole_index_code_of(index, row).digits, clean);
    return pole_doubt_tell(stored, row, clean, none, told) ? pole_doubt_match(told, &limits)
                                                           : POLE_MATCH_NONE;
}
