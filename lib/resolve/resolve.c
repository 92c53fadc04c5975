/* SPDX-License-Identifier: MIT
 * From what was heard to the pole that was meant: likelihoods of all poles, evidence, belief,
 * judgement, the answer told, the next question. */
#include <polelookup/resolve.h>

#include "base/abi.h"
#include "lookup/policy.h"
#include "resolve/consider.h"
#include "resolve/judge.h"
#include "resolve/tell.h"

void pole_resolve_options_init(pole_resolve_options *options)
{
    memset(options, 0, sizeof *options);
    options->struct_size = sizeof *options;
}

uint32_t pole_index_lengths(const pole_index *index)
{
    return index ? index->scheme.lengths : 0;
}

static double or_default(double given, double value)
{
    return given == 0.0 ? value : given;
}

static bool is_share(double x)
{
    return x > 0.0 && x <= 1.0;
}

/* Copies the caller's options with the defaults filled in; false: not sound. */
static bool take_options(pole_resolve_options *taken, const pole_resolve_options *given)
{
    pole_resolve_options_init(taken);
    if (!pole_options_take(taken, sizeof *taken, given))
        return false;
    taken->near_m = or_default(taken->near_m, POLE_NEAR_M);
    taken->exact_confidence = or_default(taken->exact_confidence, POLE_EXACT_CONFIDENCE);
    taken->exact_place = or_default(taken->exact_place, POLE_EXACT_PLACE);
    taken->corrected_confidence = or_default(taken->corrected_confidence, 0.70);
    taken->corrected_place = or_default(taken->corrected_place, 0.90);
    return taken->brief <= 1 && taken->near_m > 0.0 && taken->near_m <= POLE_LOCAL_RANGE_M &&
           is_share(taken->exact_confidence) && is_share(taken->exact_place) &&
           is_share(taken->corrected_confidence) && is_share(taken->corrected_place);
}

static pole_status answer(const pole_index *index, const pole_heard *heard,
                          const pole_resolve_options *options, pole_resolve_work *work,
                          pole_resolution *resolution)
{
    pole_considered of;
    pole_place_belief place;
    pole_judgement judgement;
    const pole_status status =
        pole_consider(index, heard, options, &resolution->allocator, work, &of);
    if (status != POLE_OK)
        return status;
    pole_belief_place(&of.posterior.belief,
                      of.posterior.reading_is_estimate ? pole_interpolated_estimate(&work->between)
                                                       : NULL,
                      &place);
    pole_judge(&of.posterior, &place, heard, &of.weighing, options, &judgement);
    const pole_told told = {heard,         options, &of.channel, &of.weighing,
                            &of.posterior, &place,  &judgement};
    return pole_tell(&told, work, resolution);
}

pole_status pole_resolve(const pole_index *index, const pole_heard *heard,
                         const pole_resolve_options *options, pole_resolution *resolution)
{
    pole_resolve_options taken;
    if (index == NULL || heard == NULL || resolution == NULL || !take_options(&taken, options)) {
        pole_resolution_forget(resolution);
        return POLE_INVALID_ARGUMENT;
    }
    pole_status status =
        pole_resolution_begin(resolution, index, pole_heard_query(heard), pole_heard_digits(heard));
    pole_resolve_work *work = pole_resolve_work_of(resolution);
    if (status == POLE_OK && work == NULL)
        status = POLE_NO_MEMORY;
    if (status == POLE_OK)
        status = answer(index, heard, &taken, work, resolution);
    if (status != POLE_OK)
        pole_resolution_forget(resolution);
    return status;
}
