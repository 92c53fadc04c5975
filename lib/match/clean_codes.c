/* SPDX-License-Identifier: MIT
 * See clean_codes.h. */
#include "match/clean_codes.h"

#include <math.h>

#include "base/plain_digits.h"
#include "lookup/policy.h"
#include "match/row_match.h"

void pole_clean_codes_init(pole_clean_codes *codes, const pole_index *index, bool by_doubts,
                           const pole_matcher_options *options, double clean,
                           const pole_allocator *allocator)
{
    memset(codes, 0, sizeof *codes);
    codes->index = index;
    codes->by_doubts = by_doubts;
    codes->clean = clean;
    codes->station_role = options->station_role;
    codes->best_guess = options->best_guess != 0;
    if (index->positions.rows <= POLE_MOST_REMEMBERED)
        codes->remembered =
            pole_allocate_zeroed(allocator, index->positions.rows, sizeof *codes->remembered);
}

void pole_clean_codes_free(pole_clean_codes *codes, const pole_allocator *allocator)
{
    pole_release(allocator, codes->remembered);
    codes->remembered = NULL;
}

uint8_t pole_clean_code_of(const pole_clean_codes *codes, pole_span text, uint32_t *number)
{
    if (text.size_bytes == 0 || text.size_bytes > POLE_MAX_DIGITS ||
        codes->index->only_of_length[text.size_bytes] == NULL)
        return 0;
    *number = pole_plain_digits(text.data, text.size_bytes);
    return *number == UINT32_MAX ? 0 : (uint8_t)text.size_bytes;
}

static void recall(const pole_clean_codes *codes, pole_row row, pole_code code,
                   const pole_remembered *kept, pole_row_match *match)
{
    pole_match_clear(match);
    match->match = kept->match;
    match->warnings = kept->warnings;
    match->confidence = (double)kept->confidence;
    match->confidence_place = (double)kept->confidence_place;
    match->no_pole = (double)kept->no_pole;
    match->far_share = (double)kept->far_share;
    if (match->match != POLE_EXACT && !codes->best_guess)
        return; /* no match: no place */
    match->flags = match->match == POLE_EXACT ? 0 : POLE_ROW_GUESSED;
    match->row = row;
    match->code = code;
    match->at = pole_position_at(&codes->index->positions, row);
    match->station = kept->station;
    match->station_role = kept->station_role;
    match->station_distance_m = kept->station_distance_m;
}

uint32_t pole_pole_warnings(const pole_index *index, pole_row row, pole_code code)
{
    const pole_assignments *assignments = &index->assignments;
    return pole_policy_warnings(
        index, pole_stations_coded(&index->stations, code.scope, code.number, code.digits),
        pole_assigned(assignments->responsible, assignments->width, row), assignments->edge_m[row],
        (int32_t)pole_attribute_at(&index->attributes, POLE_ATTRIBUTE_STATE, row));
}

/* What the answer to a code of the table would warn of. */
static uint32_t warnings_of(const pole_index *index, pole_row row, pole_code code, double far_share)
{
    uint32_t warnings = pole_pole_warnings(index, row, code) | POLE_WARN_UNCORROBORATED;
    if (far_share >= POLE_CONFUSABLE_FAR)
        warnings |= POLE_WARN_CONFUSABLE_FAR;
    if (index->image.sample)
        warnings |= POLE_WARN_SAMPLE_DATA;
    return warnings;
}

static void judge(const pole_clean_codes *codes, pole_row row, pole_code code,
                  const pole_columns *judged, size_t i, pole_row_match *match)
{
    pole_match_place(codes->index, row, code, codes->station_role, match);
    match->match = judged->match[i];
    match->confidence = judged->confidence[i];
    match->confidence_place = judged->confidence_place[i];
    match->far_share = judged->far_share[i];
    match->no_pole = 1.0 - match->confidence_place - match->far_share;
    match->warnings = warnings_of(codes->index, row, code, match->far_share);
}

void pole_clean_codes_remember(const pole_clean_codes *codes, pole_row row, pole_row_match *match)
{
    if (codes->remembered == NULL)
        return;
    /* Told now as it will be recalled: who met a pole first must not show. */
    match->confidence = (double)(float)match->confidence;
    match->confidence_place = (double)(float)match->confidence_place;
    match->no_pole = (double)(float)match->no_pole;
    match->far_share = (double)(float)match->far_share;
    codes->remembered[row] = (pole_remembered){
        .station_distance_m = match->station_distance_m,
        .confidence = (float)match->confidence,
        .confidence_place = (float)match->confidence_place,
        .no_pole = (float)match->no_pole,
        .far_share = (float)match->far_share,
        .station = match->station,
        .warnings = (uint16_t)match->warnings,
        .match = (uint8_t)match->match,
        .station_role = (uint8_t)match->station_role,
    };
}

/* The matches of those among the rows that are not remembered. */
static void judge_new(const pole_clean_codes *codes, const uint32_t *numbers, const pole_row *rows,
                      const uint8_t *places, size_t count, uint8_t digits,
                      pole_row_match *const *matches)
{
    uint32_t new_numbers[POLE_CLEAN_BATCH];
    pole_match match[POLE_CLEAN_BATCH];
    double confidence[POLE_CLEAN_BATCH], place[POLE_CLEAN_BATCH], far_share[POLE_CLEAN_BATCH];
    pole_columns judged = {.struct_size = sizeof judged,
                           .match = match,
                           .confidence = confidence,
                           .confidence_place = place,
                           .far_share = far_share,
                           .clean = codes->clean};
    for (size_t i = 0; i < count; i++)
        new_numbers[i] = numbers[places[i]];
    if (pole_index_find_many(codes->index, new_numbers, count, digits, POLE_ANY_SCOPE, &judged) !=
        POLE_OK)
        return;
    for (size_t i = 0; i < count; i++) {
        pole_row_match *told = matches[places[i]];
        const pole_row row = rows[places[i]];
        if (match[i] != POLE_EXACT && match[i] != POLE_AMBIGUOUS)
            continue;
        pole_row_match whole;
        pole_match_clear(&whole);
        judge(codes, row,
              (pole_code){new_numbers[i], codes->index->only_of_length[digits]->scope, digits, 0},
              &judged, i, &whole);
        pole_clean_codes_remember(codes, row, &whole);
        if (codes->remembered)
            recall(codes, row, whole.code, codes->remembered + row, told);
        else
            *told = whole;
    }
}

void pole_clean_codes_match(const pole_clean_codes *codes, const uint32_t *numbers, size_t count,
                            uint8_t digits, pole_row_match *const *matches)
{
    pole_row rows[POLE_CLEAN_BATCH];
    uint8_t new_places[POLE_CLEAN_BATCH];
    const uint16_t scope = codes->index->only_of_length[digits]->scope;
    size_t new_count = 0;
    pole_columns found = {.struct_size = sizeof found, .rows = rows};
    if (pole_index_find_many(codes->index, numbers, count, digits, POLE_ANY_SCOPE, &found) !=
        POLE_OK)
        return;
    if (codes->remembered)
        for (size_t i = 0; i < count; i++)
            if (rows[i] != POLE_NO_ROW)
                __builtin_prefetch(codes->remembered + rows[i]);
    for (size_t i = 0; i < count; i++) {
        if (rows[i] == POLE_NO_ROW)
            continue;
        if (codes->remembered && codes->remembered[rows[i]].match != POLE_MATCH_NONE)
            recall(codes, rows[i], (pole_code){numbers[i], scope, digits, 0},
                   codes->remembered + rows[i], matches[i]);
        else
            new_places[new_count++] = (uint8_t)i;
    }
    if (new_count > 0 && codes->by_doubts)
        judge_new(codes, numbers, rows, new_places, new_count, digits, matches);
}
