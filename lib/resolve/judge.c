/* SPDX-License-Identifier: MIT
 * See judge.h. */
#include "resolve/judge.h"

#include "geo/e7.h"
#include "lookup/policy.h"

/* Evidence that prefers another pole to the one that the digits name, by this factor or more, is
 * not merely neutral. */
#define PREFERS 2.0

static uint32_t warning_of(uint32_t kind)
{
    switch (kind) {
    case POLE_EVIDENCE_HINT:
        return POLE_WARN_HINT_CONFLICT;
    case POLE_EVIDENCE_STREET:
    case POLE_EVIDENCE_DISTRICT:
        return POLE_WARN_STREET_CONFLICT;
    case POLE_EVIDENCE_ALSO:
    case POLE_EVIDENCE_THEN:
        return POLE_WARN_ALSO_CONFLICT;
    case POLE_EVIDENCE_SCOPE:
        return POLE_WARN_SCOPE_NEEDED;
    default:
        return 0;
    }
}

/* Of two counties that share a code the digits prefer neither. */
static bool same_digits(const pole_index *index, pole_row a, pole_row b)
{
    const pole_code x = pole_index_code_of(index, a), y = pole_index_code_of(index, b);
    return x.number == y.number && x.digits == y.digits;
}

/* Each kind beside the first candidate, and beside the pole that the digits alone name. */
static void judge_evidence(const pole_posterior *posterior, const pole_weighing *weighing,
                           pole_row first, pole_judgement *out)
{
    const bool overridden = posterior->heard_is_code && posterior->by_digits != POLE_NO_ROW &&
                            !same_digits(weighing->index, posterior->by_digits, first);
    for (uint32_t kinds = weighing->kinds; kinds != 0; kinds &= kinds - 1) {
        const uint32_t kind = kinds & -kinds;
        const int32_t agrees = pole_weigh_agrees(weighing, kind, first);
        bool against = agrees < 0;
        if (agrees > 0)
            out->corroborated_by |= kind;
        if (overridden && !(kind & POLE_HARD_EVIDENCE))
            against =
                against || pole_weigh_kind(weighing, kind, first) >
                               PREFERS * pole_weigh_kind(weighing, kind, posterior->by_digits);
        if (against) {
            out->warnings |= warning_of(kind);
            out->conflict = true;
        }
    }
}

static void judge_hint(const pole_weighing *weighing, pole_row first, pole_judgement *out)
{
    if (!(weighing->kinds & POLE_EVIDENCE_HINT))
        return;
    const pole_positions *positions = &weighing->index->positions;
    const pole_hint *hint = &weighing->hint;
    const pole_box_e7 extent = {positions->south_e7, positions->west_e7, positions->north_e7,
                                positions->east_e7};
    if (pole_box_distance_lower(&hint->from, &extent) > 3.0 * hint->sigma_m)
        out->warnings |= POLE_WARN_HINT_OUTSIDE;
    if (first != POLE_NO_ROW && pole_hint_is_shifted(hint, pole_position_at(positions, first)))
        out->warnings |= POLE_WARN_HINT_DATUM_SUSPECT;
}

static bool has_length(const pole_index *index, uint8_t digits)
{
    return digits <= POLE_MAX_DIGITS && (index->scheme.lengths >> digits & 1) != 0;
}

static pole_match match_of(const pole_posterior *posterior, const pole_place_belief *place,
                           const pole_heard *heard, bool conflict,
                           const pole_resolve_options *thresholds)
{
    const pole_belief *belief = &posterior->belief;
    const double first = belief->count > 0 ? belief->poles[0].share : 0.0;
    if (belief->count == 0 && !(belief->estimate > 0.0))
        return heard->reading_count > 0 ? POLE_UNKNOWN : POLE_NO_CODE;
    if (belief->no_pole >= 0.5)
        return POLE_UNKNOWN;
    if (belief->estimate > first)
        return POLE_INTERPOLATED;
    if (posterior->named_by_alias || heard->several)
        return POLE_AMBIGUOUS;
    const pole_code code = pole_index_code_of(belief->index, belief->poles[0].row);
    char digits[10];
    pole_digits_write(code.number, code.digits, digits);
    const pole_span meant = {digits, code.digits};
    if (pole_span_equal(meant, pole_heard_digits(heard)))
        return !conflict && first >= thresholds->exact_confidence &&
                       place->confidence_place >= thresholds->exact_place
                   ? POLE_EXACT
                   : POLE_AMBIGUOUS;
    return first >= thresholds->corrected_confidence &&
                   place->confidence_place >= thresholds->corrected_place
               ? POLE_CORRECTED
               : POLE_AMBIGUOUS;
}

void pole_judge(const pole_posterior *posterior, const pole_place_belief *place,
                const pole_heard *heard, const pole_weighing *weighing,
                const pole_resolve_options *thresholds, pole_judgement *out)
{
    const pole_belief *belief = &posterior->belief;
    const pole_row first = belief->count > 0 ? belief->poles[0].row : POLE_NO_ROW;
    memset(out, 0, sizeof *out);
    if (first != POLE_NO_ROW)
        judge_evidence(posterior, weighing, first, out);
    judge_hint(weighing, first, out);
    out->match = match_of(posterior, place, heard, out->conflict, thresholds);
    if (out->match == POLE_NO_CODE || out->match == POLE_UNKNOWN)
        out->corroborated_by = 0;
    if (out->corroborated_by == 0 && (first != POLE_NO_ROW || belief->estimate > 0.0))
        out->warnings |= POLE_WARN_UNCORROBORATED;
    if (place->far_share >= POLE_CONFUSABLE_FAR)
        out->warnings |= POLE_WARN_CONFUSABLE_FAR;
    if (heard->several)
        out->warnings |= POLE_WARN_SEVERAL_CODES;
    /* Another owner's number has the length that it has. */
    const bool is_alias = first != POLE_NO_ROW && belief->poles[0].alias > 0;
    if (heard->count > 0 ? !has_length(belief->index, heard->count) && !is_alias
                         : out->match == POLE_NO_CODE && (heard->reason == POLE_REASON_TOO_FEW ||
                                                          heard->reason == POLE_REASON_TOO_MANY))
        out->warnings |= POLE_WARN_OTHER_LENGTH;
    if (posterior->code_rows > 1 && out->match == POLE_AMBIGUOUS &&
        !(out->corroborated_by & POLE_EVIDENCE_SCOPE))
        out->warnings |= POLE_WARN_SCOPE_NEEDED;
    if (weighing->street_unmatched)
        out->warnings |= POLE_WARN_STREET_UNMATCHED;
}
