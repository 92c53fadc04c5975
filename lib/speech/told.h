/* SPDX-License-Identifier: MIT
 * Places that are told with their digits: 第四位, 后三位, "the last two", «первая цифра». */
#ifndef SPEECH_TOLD_H
#define SPEECH_TOLD_H

#include "speech/tokens.h"

typedef enum {
    POLE_TOLD_NOTHING,
    POLE_TOLD_NTH,      /* one place, counted from the front */
    POLE_TOLD_NTH_LAST, /* one place, counted from the end */
    POLE_TOLD_FRONT,
    POLE_TOLD_MIDDLE,
    POLE_TOLD_BACK
} pole_told_kind;

typedef struct {
    pole_told_kind kind;
    uint8_t count; /* which place, from 1; or how many, 0: as many as follow */
} pole_told;

/* The place told by tokens from i on; returns of how many tokens, 0 when none is told. */
size_t pole_told_read(const pole_tokens *tokens, size_t i, pole_told *told);

#endif
