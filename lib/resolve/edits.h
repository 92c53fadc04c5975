/* SPDX-License-Identifier: MIT
 * How a heard code became the one that is believed to be meant: the likeliest single explanation
 * under the channel, told as edits. */
#ifndef RESOLVE_EDITS_H
#define RESOLVE_EDITS_H

#include "lookup/resolution.h"
#include "resolve/channel.h"
#include "speech/heard.h"

/* Writes the edits from left to right; returns how many: 0 when the code was heard as it is, or
 * when the channel cannot explain it. *reading: the reading that they refer to, the likeliest for
 * this code. A digit of a place that is soft counts as heard if it is the place's likeliest. About
 * a microsecond. */
size_t pole_edits_find(const pole_channel_prepared *channel, const pole_heard *heard,
                       uint32_t number, uint8_t digits, pole_edit edits[POLE_MOST_EDITS],
                       unsigned *reading);

#endif
