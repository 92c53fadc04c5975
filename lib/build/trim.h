/* SPDX-License-Identifier: MIT
 * Cells without the white space around them: mostly there is none, and that is seen from two
 * bytes. */
#ifndef BUILD_TRIM_H
#define BUILD_TRIM_H

#include <stdbool.h>

#include "base/utf8.h"

/* A byte that begins no white space: ASCII but for blanks and controls, or the first of a
 * character from U+4000 to U+EFFF (the Chinese ones among them). */
static inline bool pole_begins_text(char c)
{
    const unsigned char byte = (unsigned char)c;
    return (byte > 0x20 && byte < 0x7F) || (byte >= 0xE4 && byte <= 0xEE);
}

/* pole_utf8_trim(). */
static inline pole_span pole_trim(pole_span text)
{
    const size_t size = text.size_bytes;
    if (size == 0)
        return text;
    const unsigned char last = (unsigned char)text.data[size - 1];
    const bool plain_end = last < 0x80 ? last > 0x20
                                       : size >= 3 && (unsigned char)text.data[size - 3] >= 0xE4 &&
                                             (unsigned char)text.data[size - 3] <= 0xEE;
    return plain_end && pole_begins_text(text.data[0]) ? text : pole_utf8_trim(text);
}

#endif
