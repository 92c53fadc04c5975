/* SPDX-License-Identifier: MIT
 * What was heard, as the rooms above read it. */
#ifndef SPEECH_HEARD_H
#define SPEECH_HEARD_H

#include <polelookup/speech.h>

#include "base/memory.h"

struct pole_heard {
    pole_allocator allocator;
    pole_buffer text;  /* as given, without white space around it */
    pole_buffer query; /* the same with long runs of digits masked, unless they are the code */
    char digits[POLE_MAX_DIGITS + 1];
    uint8_t count; /* digits heard; 0: no code */
    pole_reason reason;
};

/* The text as given, unmasked: for comparing, never for telling. */
static inline pole_span pole_heard_text(const pole_heard *heard)
{
    return (pole_span){(const char *)heard->text.bytes, heard->text.size};
}

/* Appends text to out with every run of eight or more digits (separators between them counting as
 * part of the run) masked: the first three and the last four stay, "138****1234". */
void pole_mask_digits(pole_span text, pole_buffer *out);

#endif
