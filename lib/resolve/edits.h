/* SPDX-License-Identifier: MIT
 * How what was heard differs from a code, in words. */
#ifndef RESOLVE_EDITS_H
#define RESOLVE_EDITS_H
#include "resolve/readings.h"
#include <polelookup/resolution.h>
static inline size_t pole_edits_find(const pole_channel_prepared *channel, const pole_heard *heard,
                                     pole_code code, pole_edit *edits, size_t capacity)
{
    (void)channel;
    (void)heard;
    (void)code;
    (void)edits;
    (void)capacity;
    return 0;
}
#endif
