/* SPDX-License-Identifier: MIT
 * See consider.h. */
#include "resolve/consider.h"

#include "base/abi.h"

pole_status pole_consider(const pole_index *index, const pole_heard *heard,
                          const pole_resolve_options *options, const pole_allocator *allocator,
                          pole_resolve_work *work, pole_considered *considered)
{
    pole_channel_prepared *channel = &considered->channel;
    pole_evidence_init(&considered->evidence);
    if (!pole_options_take(&considered->evidence, sizeof considered->evidence, options->evidence))
        return POLE_INVALID_ARGUMENT;
    /* As many as are told, and the first of those that are not. */
    const uint32_t told = pole_resolution_limit(options->limit) + 1;
    work->sorted = told > POLE_BELIEF_FEW ? told : POLE_BELIEF_FEW;
    pole_status status = pole_channel_prepare(options->channel ? options->channel : &work->everyday,
                                              options->clean, options->caller_language, channel);
    if (status == POLE_OK)
        status = pole_readings_find(index, channel, heard, &work->likely);
    if (status == POLE_OK)
        status = pole_weighing_prepare(&considered->weighing, index, &considered->evidence,
                                       options->scope, channel, work);
    if (status == POLE_OK)
        status = pole_posterior_find(work, allocator, channel, heard, &considered->weighing,
                                     options->near_m, &considered->posterior);
    return status;
}
