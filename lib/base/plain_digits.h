/* SPDX-License-Identifier: MIT
 * A short run of ASCII digits to its number, without a loop: eight characters at once. */
#ifndef BASE_PLAIN_DIGITS_H
#define BASE_PLAIN_DIGITS_H

#include "base/bytes.h"

#if defined(__GNUC__) && defined(__x86_64__)
#include <immintrin.h>
#endif

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

#if defined(__GNUC__) && defined(__x86_64__)
/* pole_plain_digits() of four texts, stride bytes apart, of 1 to 8 digits, for functions compiled
 * for AVX2. Eight bytes of each text are read, also behind its digits. */
__attribute__((target("avx2"))) static inline void
pole_plain_digits_of_four(const char *texts, size_t stride_bytes, size_t count, uint32_t numbers[4])
{
    const __m256i eights =
        _mm256_setr_epi64x((int64_t)pole_load_u64((const uint8_t *)texts),
                           (int64_t)pole_load_u64((const uint8_t *)texts + stride_bytes),
                           (int64_t)pole_load_u64((const uint8_t *)texts + 2 * stride_bytes),
                           (int64_t)pole_load_u64((const uint8_t *)texts + 3 * stride_bytes));
    /* Less '0', and moved to the end of eight zeros. */
    const __m256i digits = _mm256_sll_epi64(_mm256_sub_epi8(eights, _mm256_set1_epi8('0')),
                                            _mm_cvtsi32_si128(8 * (8 - (int)count)));
    const __m256i bad = _mm256_subs_epu8(digits, _mm256_set1_epi8(9));
    const __m256i good = _mm256_cmpeq_epi64(bad, _mm256_setzero_si256());
    const __m256i pairs = _mm256_maddubs_epi16(digits, _mm256_set1_epi16(10 | 1 << 8));
    const __m256i fours = _mm256_madd_epi16(pairs, _mm256_set1_epi32(100 | 1 << 16));
    const __m256i wholes = _mm256_add_epi64(_mm256_mul_epu32(fours, _mm256_set1_epi64x(10000)),
                                            _mm256_srli_epi64(fours, 32));
    const __m256i marked = _mm256_or_si256(wholes, _mm256_xor_si256(good, _mm256_set1_epi8(-1)));
    const __m256i packed =
        _mm256_permutevar8x32_epi32(marked, _mm256_setr_epi32(0, 2, 4, 6, 0, 2, 4, 6));
    _mm_storeu_si128((__m128i *)(void *)numbers, _mm256_castsi256_si128(packed));
}
#endif

#endif
