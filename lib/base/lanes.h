/* SPDX-License-Identifier: MIT
 * Four floats side by side: the processor's own on x86-64, plain loops elsewhere (which compilers
 * turn into their processor's). Every operation is IEEE's on each lane, so both give the same. */
#ifndef BASE_LANES_H
#define BASE_LANES_H

#include <math.h>

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
static inline pole_lanes pole_lanes_divide(pole_lanes a, pole_lanes b)
{
    return _mm_div_ps(a, b);
}
static inline pole_lanes pole_lanes_min(pole_lanes a, pole_lanes b)
{
    return _mm_min_ps(a, b);
}
static inline pole_lanes pole_lanes_max(pole_lanes a, pole_lanes b)
{
    return _mm_max_ps(a, b);
}
static inline pole_lanes pole_lanes_root(pole_lanes a)
{
    return _mm_sqrt_ps(a);
}
/* In each lane, yes where a is at most b, else no. */
static inline pole_lanes pole_lanes_choose(pole_lanes a, pole_lanes b, pole_lanes yes,
                                           pole_lanes no)
{
    const __m128 mask = _mm_cmple_ps(a, b);
    return _mm_or_ps(_mm_and_ps(mask, yes), _mm_andnot_ps(mask, no));
}
/* Counts in each lane of a tally (integers; begin with 0.0f) whether a is at most b. */
static inline pole_lanes pole_lanes_tally(pole_lanes tally, pole_lanes a, pole_lanes b)
{
    return _mm_castsi128_ps(
        _mm_sub_epi32(_mm_castps_si128(tally), _mm_castps_si128(_mm_cmple_ps(a, b))));
}
/* The least of the four, in each lane. */
static inline pole_lanes pole_lanes_least(pole_lanes a)
{
    a = _mm_min_ps(a, _mm_shuffle_ps(a, a, _MM_SHUFFLE(1, 0, 3, 2)));
    return _mm_min_ps(a, _mm_shuffle_ps(a, a, _MM_SHUFFLE(2, 3, 0, 1)));
}
/* Lane 0. */
static inline float pole_lanes_first(pole_lanes a)
{
    return _mm_cvtss_f32(a);
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
static inline pole_lanes pole_lanes_divide(pole_lanes a, pole_lanes b)
{
    for (int i = 0; i < 4; i++)
        a.x[i] /= b.x[i];
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
static inline pole_lanes pole_lanes_root(pole_lanes a)
{
    for (int i = 0; i < 4; i++)
        a.x[i] = sqrtf(a.x[i]);
    return a;
}
/* In each lane, yes where a is at most b, else no. */
static inline pole_lanes pole_lanes_choose(pole_lanes a, pole_lanes b, pole_lanes yes,
                                           pole_lanes no)
{
    for (int i = 0; i < 4; i++)
        a.x[i] = a.x[i] <= b.x[i] ? yes.x[i] : no.x[i];
    return a;
}
/* Counts in each lane of a tally (integers; begin with 0.0f) whether a is at most b. */
static inline pole_lanes pole_lanes_tally(pole_lanes tally, pole_lanes a, pole_lanes b)
{
    uint32_t counts[4];
    memcpy(counts, tally.x, sizeof counts);
    for (int i = 0; i < 4; i++)
        counts[i] += a.x[i] <= b.x[i];
    memcpy(tally.x, counts, sizeof counts);
    return tally;
}
/* The least of the four, in each lane. */
static inline pole_lanes pole_lanes_least(pole_lanes a)
{
    float least = a.x[0];
    for (int i = 1; i < 4; i++)
        least = a.x[i] < least ? a.x[i] : least;
    return pole_lanes_all(least);
}
/* Lane 0. */
static inline float pole_lanes_first(pole_lanes a)
{
    return a.x[0];
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

/* Four pairs of little-endian integers (32 bytes): the firsts less `first` in *a, the seconds less
 * `second` in *b, modulo 2^32 and then rounded to float. */
static inline void pole_lanes_pairs_minus(const uint8_t *pairs, int32_t first, int32_t second,
                                          pole_lanes *a, pole_lanes *b)
{
#if defined(__SSE2__) && !defined(POLELOOKUP_PLAIN_LANES)
    const __m128 x = _mm_loadu_ps((const float *)(const void *)pairs);
    const __m128 y = _mm_loadu_ps((const float *)(const void *)(pairs + 16));
    const __m128i firsts = _mm_castps_si128(_mm_shuffle_ps(x, y, _MM_SHUFFLE(2, 0, 2, 0)));
    const __m128i seconds = _mm_castps_si128(_mm_shuffle_ps(x, y, _MM_SHUFFLE(3, 1, 3, 1)));
    *a = _mm_cvtepi32_ps(_mm_sub_epi32(firsts, _mm_set1_epi32(first)));
    *b = _mm_cvtepi32_ps(_mm_sub_epi32(seconds, _mm_set1_epi32(second)));
#else
    for (int i = 0; i < 4; i++) {
        a->x[i] = (float)(int32_t)(pole_load_u32(pairs + 8 * i) - (uint32_t)first);
        b->x[i] = (float)(int32_t)(pole_load_u32(pairs + 8 * i + 4) - (uint32_t)second);
    }
#endif
}

/* Of four pairs of little-endian integers (32 bytes): bit i is set where both lie in their range,
 * ends included. */
static inline unsigned pole_lanes_pairs_within(const uint8_t *pairs, int32_t first_low,
                                               int32_t first_high, int32_t second_low,
                                               int32_t second_high)
{
#if defined(__SSE2__) && !defined(POLELOOKUP_PLAIN_LANES)
    const __m128 x = _mm_loadu_ps((const float *)(const void *)pairs);
    const __m128 y = _mm_loadu_ps((const float *)(const void *)(pairs + 16));
    const __m128i firsts = _mm_castps_si128(_mm_shuffle_ps(x, y, _MM_SHUFFLE(2, 0, 2, 0)));
    const __m128i seconds = _mm_castps_si128(_mm_shuffle_ps(x, y, _MM_SHUFFLE(3, 1, 3, 1)));
    const __m128i out =
        _mm_or_si128(_mm_or_si128(_mm_cmplt_epi32(firsts, _mm_set1_epi32(first_low)),
                                  _mm_cmpgt_epi32(firsts, _mm_set1_epi32(first_high))),
                     _mm_or_si128(_mm_cmplt_epi32(seconds, _mm_set1_epi32(second_low)),
                                  _mm_cmpgt_epi32(seconds, _mm_set1_epi32(second_high))));
    return (unsigned)_mm_movemask_ps(_mm_castsi128_ps(out)) ^ 15u;
#else
    unsigned within = 0;
    for (int i = 0; i < 4; i++) {
        const int32_t first = pole_load_i32(pairs + 8 * i);
        const int32_t second = pole_load_i32(pairs + 8 * i + 4);
        within |= (unsigned)(first >= first_low && first <= first_high && second >= second_low &&
                             second <= second_high)
                  << i;
    }
    return within;
#endif
}

#endif
