/* SPDX-License-Identifier: MIT
 * What tells that a row is still the one that a person decided about: a hash of what stood in its
 * code's column. */
#ifndef BULK_REVIEW_KEY_H
#define BULK_REVIEW_KEY_H

#include <stdbool.h>

#include "base/checksum.h"

static inline uint64_t pole_review_key(pole_span code)
{
    return pole_hash(code.data, code.size_bytes).low;
}

/* A letter and 16 hexadecimal digits: a spreadsheet takes it for no number. */
static inline void pole_review_key_text(uint64_t key, char text[24])
{
    text[0] = 'k';
    for (unsigned i = 0; i < 16; i++)
        text[1 + i] = "0123456789abcdef"[key >> (60 - 4 * i) & 15];
    text[17] = '\0';
}

static inline bool pole_review_key_read(pole_span text, uint64_t *key)
{
    *key = 0;
    if (text.size_bytes != 17 || text.data[0] != 'k')
        return false;
    for (unsigned i = 1; i < 17; i++) {
        const char c = text.data[i];
        const bool digit = c >= '0' && c <= '9', letter = c >= 'a' && c <= 'f';
        if (!digit && !letter)
            return false;
        *key = *key << 4 | (uint64_t)(digit ? c - '0' : c - 'a' + 10);
    }
    return true;
}

#endif
