/* SPDX-License-Identifier: MIT
 * Four floats side by side: the processor's own on x86-64, plain loops elsewhere (which compilers
 * turn into their processor's). Every operation is IEEE's on each lane, so both give the same. */
#ifndef BASE_LANES_H
#define BASE_LANES_H

#include "base/bytes.h"

#if defined(__SSE2__) && !defined(POLELOOKUP_PLAIN_LANES)
#include <emmintrin.h>

typedef __m128 pole_lanes;

static inline pole_lanes pole_lanes_load(const float *four)
{
    return _mm_loadu_ps(four);
}
static inline void pole_lanes_store(float *four, pole_lanes a)
{
    _mm_storeu_ps(four, a);
}
static inline pole_lanes pole_lanes_all(float x)
{
    return _mm_set1_ps(x);
}
static inline pole_lanes pole_lanes_add(pole_lanes a, pole_lanes b)
{
    return _mm_add_ps(a, b);
}
static inline pole_lanes pole_lanes_subtract(pole_lanes a, pole_lanes b)
{
    return _mm_sub_ps(a, b);
}
static inline pole_lanes pole_lanes_multiply(pole_lanes a, pole_lanes b)
{
    return _mm_mul_ps(a, b);
}
static inline pole_lanes pole_lanes_min(pole_lanes a, pole_lanes b)
{
    return _mm_min_ps(a, b);
}
static inline pole_lanes pole_lanes_max(pole_lanes a, pole_lanes b)
{
    return _mm_max_ps(a, b);
}
/* Bit i is set where lane i of a is at most that of b. */
static inline unsigned pole_lanes_at_most(pole_lanes a, pole_lanes b)
{
    return (unsigned)_mm_movemask_ps(_mm_cmple_ps(a, b));
}

#else

typedef struct {
    float x[4];
} pole_lanes;

static inline pole_lanes pole_lanes_load(const float *four)
{
    pole_lanes a;
    memcpy(a.x, four, sizeof a.x);
    return a;
}
static inline void pole_lanes_store(float *four, pole_lanes a)
{
    memcpy(four, a.x, sizeof a.x);
}
static inline pole_lanes pole_lanes_all(float x)
{
    return (pole_lanes){{x, x, x, x}};
}
static inline pole_lanes pole_lanes_add(pole_lanes a, pole_lanes b)
{
    for (int i = 0; i < 4; i++)
        a.x[i] += b.x[i];
    return a;
}
static inline pole_lanes pole_lanes_subtract(pole_lanes a, pole_lanes b)
{
    for (int i = 0; i < 4; i++)
        a.x[i] -= b.x[i];
    return a;
}
static inline pole_lanes pole_lanes_multiply(pole_lanes a, pole_lanes b)
{
    for (int i = 0; i < 4; i++)
        a.x[i] *= b.x[i];
    return a;
}
static inline pole_lanes pole_lanes_min(pole_lanes a, pole_lanes b)
{
    for (int i = 0; i < 4; i++)
        a.x[i] = a.x[i] < b.x[i] ? a.x[i] : b.x[i];
    return a;
}
static inline pole_lanes pole_lanes_max(pole_lanes a, pole_lanes b)
{
    for (int i = 0; i < 4; i++)
        a.x[i] = a.x[i] > b.x[i] ? a.x[i] : b.x[i];
    return a;
}
/* Bit i is set where lane i of a is at most that of b. */
static inline unsigned pole_lanes_at_most(pole_lanes a, pole_lanes b)
{
    unsigned bits = 0;
    for (int i = 0; i < 4; i++)
        bits |= (unsigned)(a.x[i] <= b.x[i]) << i;
    return bits;
}

#endif

/* Four integers of 32 bits less four others (no overflow), rounded to float. */
static inline pole_lanes pole_lanes_difference(const int32_t *four, const int32_t *others)
{
#if defined(__SSE2__) && !defined(POLELOOKUP_PLAIN_LANES)
    const __m128i a = _mm_loadu_si128((const __m128i *)(const void *)four);
    const __m128i b = _mm_loadu_si128((const __m128i *)(const void *)others);
    return _mm_cvtepi32_ps(_mm_sub_epi32(a, b));
#else
    pole_lanes a;
    for (int i = 0; i < 4; i++)
        a.x[i] = (float)(four[i] - others[i]);
    return a;
#endif
}

/* Of four pairs of little-endian integers (32 bytes), the first of each against a value: bit i of
 * *below is set where it is less, of *level where it is equal. */
static inline void pole_lanes_compare_firsts(const uint8_t *pairs, int32_t value, unsigned *below,
                                             unsigned *level)
{
#if defined(__SSE2__) && !defined(POLELOOKUP_PLAIN_LANES)
    const __m128 a = _mm_loadu_ps((const float *)(const void *)pairs);
    const __m128 b = _mm_loadu_ps((const float *)(const void *)(pairs + 16));
    const __m128i firsts = _mm_castps_si128(_mm_shuffle_ps(a, b, _MM_SHUFFLE(2, 0, 2, 0)));
    const __m128i all = _mm_set1_epi32(value);
    *below = (unsigned)_mm_movemask_ps(_mm_castsi128_ps(_mm_cmplt_epi32(firsts, all)));
    *level = (unsigned)_mm_movemask_ps(_mm_castsi128_ps(_mm_cmpeq_epi32(firsts, all)));
#else
    *below = *level = 0;
    for (int i = 0; i < 4; i++) {
        const int32_t first = pole_load_i32(pairs + 8 * i);
        *below |= (unsigned)(first < value) << i;
        *level |= (unsigned)(first == value) << i;
    }
#endif
}

#endif
