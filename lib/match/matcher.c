/* SPDX-License-Identifier: MIT
 * Texts to matches: clean codes by what the build stored, all else heard and resolved. */
#include "match/matcher.h"

#include <math.h>

#include "base/abi.h"
#include "base/status.h"
#include "lookup/policy.h"

void pole_matcher_options_init(pole_matcher_options *options)
{
    memset(options, 0, sizeof *options);
    options->struct_size = sizeof *options;
}

/* Whether these options are those that the stored doubts were worked out for, but for the share
 * heard clean, which they can be told for. */
static bool fits_doubts(const pole_resolve_options *resolve)
{
    pole_channel_info info = {.struct_size = sizeof info};
    if (resolve->channel) {
        const pole_span stored = pole_span_of(POLE_DOUBT_CHANNEL);
        if (pole_channel_info_get(resolve->channel, &info) != POLE_OK ||
            !pole_span_equal(info.id, stored))
            return false;
    }
    return (resolve->near_m == 0.0 || resolve->near_m == POLE_NEAR_M) &&
           (resolve->exact_confidence == 0.0 ||
            resolve->exact_confidence == POLE_EXACT_CONFIDENCE) &&
           (resolve->exact_place == 0.0 || resolve->exact_place == POLE_EXACT_PLACE) &&
           resolve->caller_language == POLE_LANGUAGE_ZH && resolve->scope.size_bytes == 0;
}

static bool is_role(int32_t role)
{
    return role == 0 || role == POLE_ROLE_CODED || role == POLE_ROLE_RESPONSIBLE ||
           role == POLE_ROLE_NEAREST;
}

/* Copies the options over the defaults; false: not sound. */
static bool take_options(pole_matcher *matcher, const pole_matcher_options *given)
{
    pole_matcher_options_init(&matcher->options);
    pole_resolve_options_init(&matcher->resolve);
    if (!pole_options_take(&matcher->options, sizeof matcher->options, given) ||
        !pole_options_take(&matcher->resolve, sizeof matcher->resolve, matcher->options.resolve))
        return false;
    if (matcher->resolve.limit == 0)
        matcher->resolve.limit = 1;
    matcher->resolve.brief = 1; /* a row has no room for more */
    return matcher->options.best_guess <= 1 && is_role(matcher->options.station_role) &&
           matcher->resolve.evidence == NULL && matcher->resolve.crs == NULL;
}

/* Unsound options are found out by what they are for. */
static pole_status try_options(pole_matcher *matcher)
{
    pole_row_match match;
    return pole_matcher_resolve(matcher, pole_span_of("0"), NULL, &match);
}

pole_status pole_matcher_new(const pole_index *index, const pole_matcher_options *options,
                             pole_matcher **out, pole_error *error)
{
    pole_error ignored = {0};
    error = error ? error : &ignored;
    memset(error, 0, sizeof *error);
    if (out == NULL)
        return POLE_INVALID_ARGUMENT;
    *out = NULL;
    pole_matcher taken = {0};
    if (index == NULL || !take_options(&taken, options))
        return pole_fail(error, POLE_INVALID_ARGUMENT, "the matcher's options are not sound");
    const pole_allocator memory = pole_allocator_or_default(taken.options.allocator);
    pole_matcher *made = pole_allocate_zeroed(&memory, 1, sizeof *made);
    if (made == NULL)
        return pole_fail(error, POLE_NO_MEMORY, "no memory for a matcher");
    *made = taken;
    made->allocator = memory;
    made->index = (pole_index *)(uintptr_t)index;
    pole_index_retain(made->index);
    const uint32_t lengths = pole_index_lengths(index);
    pole_hear_options_init(&made->hear);
    made->hear.lengths = lengths;
    pole_evidence_reader_init(&made->evidence, &made->allocator, taken.options.adapters, lengths);
    pole_clean_codes_init(&made->clean, index, fits_doubts(&made->resolve), &made->options,
                          made->resolve.clean, &made->allocator);
    pole_status status = pole_heard_new(&made->allocator, &made->heard);
    if (status == POLE_OK)
        status = pole_resolution_new(&made->allocator, &made->resolution);
    if (status == POLE_OK)
        status = try_options(made);
    if (status != POLE_OK) {
        pole_matcher_free(made);
        return pole_fail(error, status,
                         status == POLE_INVALID_ARGUMENT ? "the options of resolving are not sound"
                                                         : "no memory for a matcher");
    }
    *out = made;
    return POLE_OK;
}

void pole_matcher_free(pole_matcher *matcher)
{
    if (matcher == NULL)
        return;
    const pole_allocator memory = matcher->allocator;
    pole_clean_codes_free(&matcher->clean, &memory);
    pole_evidence_reader_free(&matcher->evidence);
    pole_resolution_free(matcher->resolution);
    pole_heard_free(matcher->heard);
    pole_index_close(matcher->index);
    pole_release(&memory, matcher);
}

bool pole_row_evidence_is_empty(const pole_row_evidence *evidence)
{
    return evidence->hint_lat.size_bytes == 0 && evidence->hint_lon.size_bytes == 0 &&
           evidence->street.size_bytes == 0 && evidence->district.size_bytes == 0 &&
           evidence->scope.size_bytes == 0 && evidence->also.size_bytes == 0;
}

/* The estimate's place, where that is the answer or the best guess. */
static bool tell_estimate(const pole_matcher *matcher, const pole_answer *answer,
                          pole_row_match *match)
{
    pole_estimate estimate = {.struct_size = sizeof estimate};
    if (pole_resolution_estimate(matcher->resolution, &estimate) != POLE_OK)
        return false;
    if (answer->match != POLE_INTERPOLATED && answer->candidates > 0 &&
        answer->confidence >= estimate.confidence)
        return false;
    match->at = estimate.at;
    match->confidence = estimate.confidence;
    pole_match_station(estimate.stations, estimate.station_count, matcher->options.station_role,
                       match);
    return true;
}

/* What of an answer a row has room for. */
static void tell(const pole_matcher *matcher, const pole_answer *answer, pole_row_match *match)
{
    const bool sure = answer->match == POLE_EXACT || answer->match == POLE_CORRECTED ||
                      answer->match == POLE_INTERPOLATED;
    match->match = answer->match;
    match->reason = answer->reason;
    match->warnings = answer->warnings;
    match->confidence = answer->confidence;
    match->confidence_place = answer->confidence_place;
    match->no_pole = answer->no_pole;
    match->far_share = answer->far_share;
    if (!sure && !matcher->options.best_guess)
        return;
    pole_candidate candidate = {.struct_size = sizeof candidate};
    pole_record pole = {.struct_size = sizeof pole};
    bool told = tell_estimate(matcher, answer, match);
    if (!told && pole_resolution_candidate(matcher->resolution, 0, &candidate, &pole) == POLE_OK) {
        match->row = pole.row;
        match->code = pole.code;
        match->at = pole.at;
        pole_match_station(candidate.stations, candidate.station_count,
                           matcher->options.station_role, match);
        told = true;
    }
    if (told && !sure)
        match->flags |= POLE_ROW_GUESSED;
}

pole_status pole_matcher_resolve(pole_matcher *matcher, pole_span text,
                                 const pole_row_evidence *evidence, pole_row_match *match)
{
    const pole_text said = {text, 1.0};
    pole_resolve_options options = matcher->resolve;
    pole_evidence used;
    pole_answer answer = {.struct_size = sizeof answer};
    bool bad = false;
    pole_match_clear(match);
    pole_status status = pole_hear(&said, 1, &matcher->hear, matcher->heard);
    if (status == POLE_OK && evidence) {
        status = pole_evidence_read(&matcher->evidence, evidence, &used, &options.scope, &bad);
        options.evidence = &used;
    }
    if (status == POLE_OK)
        status = pole_resolve(matcher->index, matcher->heard, &options, matcher->resolution);
    if (status == POLE_INVALID_ARGUMENT && evidence && evidence->scope.size_bytes > 0) {
        bad = true; /* a county that this index does not know */
        options.scope = matcher->resolve.scope;
        status = pole_resolve(matcher->index, matcher->heard, &options, matcher->resolution);
    }
    if (status == POLE_OK)
        status = pole_resolution_answer(matcher->resolution, &answer);
    if (status != POLE_OK)
        return status;
    tell(matcher, &answer, match);
    if (bad)
        match->flags |= POLE_ROW_EVIDENCE_BAD;
    return POLE_OK;
}

/* Resolves the bare code of a pole; the outcome is remembered where it is about that pole. */
static pole_status resolve_clean(pole_matcher *matcher, pole_span text, uint32_t number,
                                 uint8_t digits, pole_row_match *match)
{
    const pole_code code = {number, POLE_ANY_SCOPE, digits, 0};
    pole_record first = {.struct_size = sizeof first};
    pole_candidate candidate = {.struct_size = sizeof candidate};
    pole_row row;
    const pole_status status = pole_matcher_resolve(matcher, text, NULL, match);
    if (status != POLE_OK || (match->match != POLE_EXACT && match->match != POLE_AMBIGUOUS) ||
        pole_index_find(matcher->index, code, &row) != POLE_OK ||
        pole_resolution_candidate(matcher->resolution, 0, &candidate, &first) != POLE_OK ||
        first.row != row || match->reason != POLE_REASON_NONE)
        return status;
    pole_clean_codes_remember(&matcher->clean, row, match);
    return POLE_OK;
}

/* A run of texts, at most POLE_CLEAN_BATCH. */
static pole_status run_batch(pole_matcher *matcher, const pole_span *texts,
                             const pole_row_evidence *evidence, size_t count,
                             pole_row_match *const *matches)
{
    uint32_t numbers[POLE_CLEAN_BATCH];
    uint8_t lengths[POLE_CLEAN_BATCH];
    pole_row_match *waiting[POLE_CLEAN_BATCH];
    uint32_t waiting_numbers[POLE_CLEAN_BATCH];
    size_t waiting_count = 0;
    uint8_t digits = 0;
    for (size_t i = 0; i < count; i++) {
        const bool bare = evidence == NULL || pole_row_evidence_is_empty(evidence + i);
        lengths[i] = bare ? pole_clean_code_of(&matcher->clean, texts[i], numbers + i) : 0;
        matches[i]->match = POLE_MATCH_NONE; /* all else is filled in where it is told */
        if (lengths[i] == 0)
            continue;
        if (lengths[i] != digits && waiting_count > 0) {
            pole_clean_codes_match(&matcher->clean, waiting_numbers, waiting_count, digits,
                                   waiting);
            waiting_count = 0;
        }
        digits = lengths[i];
        waiting_numbers[waiting_count] = numbers[i];
        waiting[waiting_count++] = matches[i];
    }
    if (waiting_count > 0)
        pole_clean_codes_match(&matcher->clean, waiting_numbers, waiting_count, digits, waiting);
    pole_status status = POLE_OK;
    for (size_t i = 0; i < count && status == POLE_OK; i++) {
        if (matches[i]->match != POLE_MATCH_NONE)
            continue;
        matcher->full_rows++;
        status = lengths[i] ? resolve_clean(matcher, texts[i], numbers[i], lengths[i], matches[i])
                            : pole_matcher_resolve(matcher, texts[i],
                                                   evidence ? evidence + i : NULL, matches[i]);
    }
    return status;
}

pole_status pole_matcher_run(pole_matcher *matcher, const pole_span *texts,
                             const pole_row_evidence *evidence, size_t count,
                             pole_row_match *matches)
{
    pole_row_match *own[POLE_CLEAN_BATCH];
    pole_row_match copies[POLE_CLEAN_BATCH];
    if (count == 0)
        return matcher ? POLE_OK : POLE_INVALID_ARGUMENT;
    if (matcher == NULL || texts == NULL || !pole_record_is_sound(matches))
        return POLE_INVALID_ARGUMENT;
    const uint32_t stride = matches[0].struct_size;
    const bool same = stride == sizeof *matches;
    pole_status status = POLE_OK;
    for (size_t at = 0; at < count && status == POLE_OK; at += POLE_CLEAN_BATCH) {
        const size_t n = count - at < POLE_CLEAN_BATCH ? count - at : POLE_CLEAN_BATCH;
        for (size_t i = 0; i < n; i++)
            own[i] = same ? matches + at + i : copies + i;
        status = run_batch(matcher, texts + at, evidence ? evidence + at : NULL, n, own);
        for (size_t i = 0; i < n && !same && status == POLE_OK; i++) {
            unsigned char *to = (unsigned char *)matches + (at + i) * stride;
            memcpy(to, &stride, sizeof stride);
            pole_record_fill(to, copies + i, sizeof copies[i]);
        }
    }
    return status;
}
