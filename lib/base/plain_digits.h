/* SPDX-License-Identifier: MIT
 * A short run of ASCII digits to its number, without a loop: eight characters at once. */
#ifndef BASE_PLAIN_DIGITS_H
#define BASE_PLAIN_DIGITS_H

#include "base/bytes.h"

/* The number of eight characters, first one lowest in `eight`; UINT32_MAX when one is no digit.
 * Neighbours are put together to pairs, these to fours, these to the eight: see D. Lemire,
 * "Quickly parsing eight digits" (2018). */
static inline uint32_t pole_eight_digits(uint64_t eight)
{
    const uint64_t digits = eight - 0x3030303030303030u;
    /* A byte below '0' borrows and a byte above '9' carries into its highest bit; what a borrow
     * then does to the next byte does not matter. */
    const bool bad = ((digits | (eight + 0x4646464646464646u)) & 0x8080808080808080u) != 0;
    const uint64_t pairs = digits * 10 + (digits >> 8);
    const uint64_t low = (pairs & 0x000000FF000000FFu) * (100 + ((uint64_t)1000000 << 32));
    const uint64_t high = (pairs >> 16 & 0x000000FF000000FFu) * (1 + ((uint64_t)10000 << 32));
    return bad ? UINT32_MAX : (uint32_t)((low + high) >> 32);
}

/* 1 to 9 characters, read nowhere beyond; UINT32_MAX when one is no digit. */
static inline uint32_t pole_plain_digits(const char *text, size_t count)
{
    const uint8_t *bytes = (const uint8_t *)text;
    if (count >= 4 && count <= 8) {
        /* The first four and the last four, which overlap, moved to the end of "00000000". */
        const uint64_t first = pole_load_u32(bytes), last = pole_load_u32(bytes + count - 4);
        const unsigned missing = 8 * (unsigned)(8 - count);
        const uint64_t zeros = ((uint64_t)0x30303030 << missing >> 32);
        return pole_eight_digits((first << missing & 0xFFFFFFFFu) | zeros | last << 32);
    }
    uint32_t number = 0;
    bool bad = false;
    for (size_t i = 0; i < count; i++) {
        const uint32_t digit = (uint32_t)bytes[i] - '0';
        bad |= digit > 9;
        number = number * 10 + digit;
    }
    return bad ? UINT32_MAX : number;
}

#endif
