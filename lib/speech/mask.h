/* SPDX-License-Identifier: MIT
 * Long runs of digits, in figures or in words, are telephone, identity and account numbers of
 * people in trouble: they are never told again in full. */
#ifndef SPEECH_MASK_H
#define SPEECH_MASK_H

#include "base/memory.h"
#include "speech/choose.h"

/* Appends text to out with every run of eight or more digits masked, but for the codes kept: the
 * first three and the last four stay, "138****1234". The grammar has read this text. */
void pole_mask_spoken(pole_span text, const pole_grammar *grammar, const pole_choice *choice,
                      pole_buffer *out);

#endif
