/* SPDX-License-Identifier: MIT
 * Sixteen floats side by side: in two registers where the file is compiled for AVX2, in four
 * otherwise (lanes.h). Every operation is IEEE's on each, so all give the same. */
#ifndef BASE_SIXTEEN_H
#define BASE_SIXTEEN_H

#include "base/lanes.h"

#if defined(__AVX2__) && !defined(POLELOOKUP_PLAIN_LANES)
#include <immintrin.h>

typedef struct {
    __m256 half[2];
} pole_sixteen;

static inline pole_sixteen pole_sixteen_load(const float *sixteen)
{
    return (pole_sixteen){{_mm256_loadu_ps(sixteen), _mm256_loadu_ps(sixteen + 8)}};
}
static inline void pole_sixteen_store(float *sixteen, const pole_sixteen *a)
{
    _mm256_storeu_ps(sixteen, a->half[0]);
    _mm256_storeu_ps(sixteen + 8, a->half[1]);
}
static inline pole_sixteen pole_sixteen_all(float x)
{
    const __m256 all = _mm256_set1_ps(x);
    return (pole_sixteen){{all, all}};
}
static inline pole_sixteen pole_sixteen_add(pole_sixteen a, pole_sixteen b)
{
    return (pole_sixteen){
        {_mm256_add_ps(a.half[0], b.half[0]), _mm256_add_ps(a.half[1], b.half[1])}};
}
static inline pole_sixteen pole_sixteen_subtract(pole_sixteen a, pole_sixteen b)
{
    return (pole_sixteen){
        {_mm256_sub_ps(a.half[0], b.half[0]), _mm256_sub_ps(a.half[1], b.half[1])}};
}
static inline pole_sixteen pole_sixteen_multiply(pole_sixteen a, pole_sixteen b)
{
    return (pole_sixteen){
        {_mm256_mul_ps(a.half[0], b.half[0]), _mm256_mul_ps(a.half[1], b.half[1])}};
}
static inline pole_sixteen pole_sixteen_min(pole_sixteen a, pole_sixteen b)
{
    return (pole_sixteen){
        {_mm256_min_ps(a.half[0], b.half[0]), _mm256_min_ps(a.half[1], b.half[1])}};
}
static inline pole_sixteen pole_sixteen_max(pole_sixteen a, pole_sixteen b)
{
    return (pole_sixteen){
        {_mm256_max_ps(a.half[0], b.half[0]), _mm256_max_ps(a.half[1], b.half[1])}};
}
static inline pole_sixteen pole_sixteen_root(pole_sixteen a)
{
    return (pole_sixteen){{_mm256_sqrt_ps(a.half[0]), _mm256_sqrt_ps(a.half[1])}};
}
/* In each place, yes where a is at most b, else no. */
static inline pole_sixteen pole_sixteen_choose(pole_sixteen a, pole_sixteen b, pole_sixteen yes,
                                               pole_sixteen no)
{
    for (int i = 0; i < 2; i++)
        a.half[i] = _mm256_blendv_ps(no.half[i], yes.half[i],
                                     _mm256_cmp_ps(a.half[i], b.half[i], _CMP_LE_OQ));
    return a;
}
/* Bit i is set where number i of a is at most that of b. */
static inline unsigned pole_sixteen_at_most(pole_sixteen a, pole_sixteen b)
{
    const unsigned low =
        (unsigned)_mm256_movemask_ps(_mm256_cmp_ps(a.half[0], b.half[0], _CMP_LE_OQ));
    const unsigned high =
        (unsigned)_mm256_movemask_ps(_mm256_cmp_ps(a.half[1], b.half[1], _CMP_LE_OQ));
    return low | high << 8;
}
/* The least of the sixteen, in each place. */
static inline pole_sixteen pole_sixteen_least(pole_sixteen a)
{
    __m256 x = _mm256_min_ps(a.half[0], a.half[1]);
    x = _mm256_min_ps(x, _mm256_permute2f128_ps(x, x, 1));
    x = _mm256_min_ps(x, _mm256_shuffle_ps(x, x, _MM_SHUFFLE(1, 0, 3, 2)));
    x = _mm256_min_ps(x, _mm256_shuffle_ps(x, x, _MM_SHUFFLE(2, 3, 0, 1)));
    return (pole_sixteen){{x, x}};
}
/* Number 0. */
static inline float pole_sixteen_first(pole_sixteen a)
{
    return _mm256_cvtss_f32(a.half[0]);
}
/* Of sixteen pairs of little-endian integers (128 bytes), the firsts less `first` in *a, the
 * seconds less `second` in *b, modulo 2^32 and then rounded to float. */
static inline void pole_sixteen_pairs_minus(const uint8_t *pairs, int32_t first, int32_t second,
                                            pole_sixteen *a, pole_sixteen *b)
{
    for (int i = 0; i < 2; i++) {
        const __m256 x = _mm256_loadu_ps((const float *)(const void *)(pairs + 64 * i));
        const __m256 y = _mm256_loadu_ps((const float *)(const void *)(pairs + 64 * i + 32));
        const __m256i firsts = _mm256_permute4x64_epi64(
            _mm256_castps_si256(_mm256_shuffle_ps(x, y, _MM_SHUFFLE(2, 0, 2, 0))),
            _MM_SHUFFLE(3, 1, 2, 0));
        const __m256i seconds = _mm256_permute4x64_epi64(
            _mm256_castps_si256(_mm256_shuffle_ps(x, y, _MM_SHUFFLE(3, 1, 3, 1))),
            _MM_SHUFFLE(3, 1, 2, 0));
        a->half[i] = _mm256_cvtepi32_ps(_mm256_sub_epi32(firsts, _mm256_set1_epi32(first)));
        b->half[i] = _mm256_cvtepi32_ps(_mm256_sub_epi32(seconds, _mm256_set1_epi32(second)));
    }
}

#else

typedef struct {
    pole_lanes four[4];
} pole_sixteen;

static inline pole_sixteen pole_sixteen_load(const float *sixteen)
{
    pole_sixteen a;
    for (int i = 0; i < 4; i++)
        a.four[i] = pole_lanes_load(sixteen + 4 * i);
    return a;
}
static inline void pole_sixteen_store(float *sixteen, const pole_sixteen *a)
{
    for (int i = 0; i < 4; i++)
        pole_lanes_store(sixteen + 4 * i, a->four[i]);
}
static inline pole_sixteen pole_sixteen_all(float x)
{
    const pole_lanes all = pole_lanes_all(x);
    return (pole_sixteen){{all, all, all, all}};
}
static inline pole_sixteen pole_sixteen_add(pole_sixteen a, pole_sixteen b)
{
    for (int i = 0; i < 4; i++)
        a.four[i] = pole_lanes_add(a.four[i], b.four[i]);
    return a;
}
static inline pole_sixteen pole_sixteen_subtract(pole_sixteen a, pole_sixteen b)
{
    for (int i = 0; i < 4; i++)
        a.four[i] = pole_lanes_subtract(a.four[i], b.four[i]);
    return a;
}
static inline pole_sixteen pole_sixteen_multiply(pole_sixteen a, pole_sixteen b)
{
    for (int i = 0; i < 4; i++)
        a.four[i] = pole_lanes_multiply(a.four[i], b.four[i]);
    return a;
}
static inline pole_sixteen pole_sixteen_min(pole_sixteen a, pole_sixteen b)
{
    for (int i = 0; i < 4; i++)
        a.four[i] = pole_lanes_min(a.four[i], b.four[i]);
    return a;
}
static inline pole_sixteen pole_sixteen_max(pole_sixteen a, pole_sixteen b)
{
    for (int i = 0; i < 4; i++)
        a.four[i] = pole_lanes_max(a.four[i], b.four[i]);
    return a;
}
static inline pole_sixteen pole_sixteen_root(pole_sixteen a)
{
    for (int i = 0; i < 4; i++)
        a.four[i] = pole_lanes_root(a.four[i]);
    return a;
}
/* In each place, yes where a is at most b, else no. */
static inline pole_sixteen pole_sixteen_choose(pole_sixteen a, pole_sixteen b, pole_sixteen yes,
                                               pole_sixteen no)
{
    for (int i = 0; i < 4; i++)
        a.four[i] = pole_lanes_choose(a.four[i], b.four[i], yes.four[i], no.four[i]);
    return a;
}
/* Bit i is set where number i of a is at most that of b. */
static inline unsigned pole_sixteen_at_most(pole_sixteen a, pole_sixteen b)
{
    unsigned bits = 0;
    for (int i = 0; i < 4; i++)
        bits |= pole_lanes_at_most(a.four[i], b.four[i]) << 4 * i;
    return bits;
}
/* The least of the sixteen, in each place. */
static inline pole_sixteen pole_sixteen_least(pole_sixteen a)
{
    const pole_lanes least = pole_lanes_least(
        pole_lanes_min(pole_lanes_min(a.four[0], a.four[1]), pole_lanes_min(a.four[2], a.four[3])));
    return (pole_sixteen){{least, least, least, least}};
}
/* Number 0. */
static inline float pole_sixteen_first(pole_sixteen a)
{
    return pole_lanes_first(a.four[0]);
}
/* Of sixteen pairs of little-endian integers (128 bytes), the firsts less `first` in *a, the
 * seconds less `second` in *b, modulo 2^32 and then rounded to float. */
static inline void pole_sixteen_pairs_minus(const uint8_t *pairs, int32_t first, int32_t second,
                                            pole_sixteen *a, pole_sixteen *b)
{
    for (int i = 0; i < 4; i++)
        pole_lanes_pairs_minus(pairs + 32 * i, first, second, &a->four[i], &b->four[i]);
}

#endif

#endif
