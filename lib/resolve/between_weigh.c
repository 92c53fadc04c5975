/* SPDX-License-Identifier: MIT
 * See between.h. */
#include "resolve/between.h"

#include "lookup/policy.h"
#include "resolve/edits.h"
#include "resolve/tell.h"

static bool is_as_heard(const pole_index *index, const pole_heard *heard, const pole_believed *pole)
{
    char digits[POLE_MAX_DIGITS + 1];
    const pole_code code = pole_index_code_of(index, pole->row);
    pole_digits_write(code.number, code.digits, digits);
    return pole->alias == 0 &&
           pole_span_equal((pole_span){digits, code.digits}, pole_heard_digits(heard));
}

/* Where it belongs among the corrections: behind those that are as likely. */
static void insert(pole_both_weighed *both, const pole_correction *correction)
{
    size_t at = both->count;
    while (at > 0 && both->corrections[at - 1].pole.share < correction->pole.share)
        at--;
    if (at == POLE_BETWEEN_CORRECTIONS)
        return;
    if (both->count < POLE_BETWEEN_CORRECTIONS)
        both->count++;
    memmove(both->corrections + at + 1, both->corrections + at,
            (both->count - 1 - at) * sizeof *both->corrections);
    both->corrections[at] = *correction;
}

static void take_corrections(const pole_considered *of, const pole_heard *heard, int32_t query,
                             pole_both_weighed *both)
{
    const pole_belief *belief = &of->posterior.belief;
    const size_t sorted = belief->count < POLE_BELIEF_SORTED ? belief->count : POLE_BELIEF_SORTED;
    size_t found = 0;
    pole_belief_order(belief, POLE_BELIEF_SORTED);
    for (size_t i = 0; i < sorted && found < POLE_BETWEEN_CORRECTIONS; i++) {
        pole_correction correction = {belief->poles[i], query, 0, {{0}}};
        unsigned reading;
        if (correction.pole.share < POLE_LEAST_LISTED)
            return;
        if (is_as_heard(belief->index, heard, &correction.pole) ||
            !(pole_weigh_kind(&of->weighing, POLE_EVIDENCE_ALSO, correction.pole.row) > 1.0))
            continue;
        const pole_code code = pole_index_code_of(belief->index, correction.pole.row);
        if (correction.pole.alias == 0)
            correction.edit_count = pole_edits_find(&of->channel, heard, code.number, code.digits,
                                                    correction.edits, &reading);
        insert(both, &correction);
        found++;
    }
}

static double share_of(const pole_belief *belief, pole_row row)
{
    for (size_t i = 0; i < belief->count; i++)
        if (belief->poles[i].row == row)
            return belief->poles[i].share;
    return 0.0;
}

pole_status pole_both_weigh(const pole_index *index, const pole_heard *const heard[2],
                            const pole_row rows[2], const pole_between_options *options,
                            pole_resolution *resolution, pole_both_weighed *out)
{
    pole_resolve_options resolve;
    pole_evidence evidence;
    pole_considered of;
    pole_status status = POLE_OK;
    pole_resolve_work *work = pole_resolve_work_of(resolution);
    memset(out, 0, sizeof *out);
    if (work == NULL)
        return POLE_NO_MEMORY;
    pole_evidence_init(&evidence);
    pole_resolve_options_init(&resolve);
    resolve.scope = options->scope;
    resolve.evidence = &evidence;
    resolve.channel = options->channel;
    resolve.clean = options->clean;
    resolve.caller_language = options->caller_language;
    resolve.near_m = POLE_NEAR_M;
    for (int32_t i = 0; i < 2 && status == POLE_OK; i++) {
        evidence.also = heard[1 - i];
        status = pole_consider(index, heard[i], &resolve, &resolution->allocator, work, &of);
        if (status != POLE_OK)
            break;
        if (rows[i] != POLE_NO_ROW)
            out->confidence[i] = share_of(&of.posterior.belief, rows[i]);
        take_corrections(&of, heard[i], i, out);
        pole_tell_channel(&of.channel, resolution);
    }
    return status;
}
