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
static inline pole_sixteen pole_sixteen_divide(pole_sixteen a, pole_sixteen b)
{
    return (pole_sixteen){
        {_mm256_div_ps(a.half[0], b.half[0]), _mm256_div_ps(a.half[1], b.half[1])}};
}
/* Counts in each place of a tally (integers; begin with all 0.0f) whether a is at most b. */
static inline pole_sixteen pole_sixteen_tally(pole_sixteen tally, pole_sixteen a, pole_sixteen b)
{
    for (int i = 0; i < 2; i++) {
        const __m256i mask = _mm256_castps_si256(_mm256_cmp_ps(a.half[i], b.half[i], _CMP_LE_OQ));
        tally.half[i] =
            _mm256_castsi256_ps(_mm256_sub_epi32(_mm256_castps_si256(tally.half[i]), mask));
    }
    return tally;
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

/* Of sixteen pairs of little-endian integers: bit i is set where both lie in their range, ends
 * included; low <= high. */
static inline unsigned pole_sixteen_pairs_within(const uint8_t *pairs, int32_t first_low,
                                                 int32_t first_high, int32_t second_low,
                                                 int32_t second_high)
{
    /* Without a sign, what is below is far above. */
    const __m256i low =
        _mm256_set1_epi64x((int64_t)((uint64_t)(uint32_t)second_low << 32 | (uint32_t)first_low));
    const __m256i high =
        _mm256_set1_epi64x((int64_t)((uint64_t)(uint32_t)second_high << 32 | (uint32_t)first_high));
    const __m256i range = _mm256_sub_epi32(high, low);
    unsigned within = 0;
    for (unsigned i = 0; i < 4; i++) {
        const __m256i four = _mm256_loadu_si256((const __m256i *)(const void *)(pairs + 32 * i));
        const __m256i above = _mm256_sub_epi32(four, low);
        const __m256i fit = _mm256_cmpeq_epi32(_mm256_min_epu32(above, range), above);
        const __m256i both = _mm256_cmpeq_epi64(fit, _mm256_set1_epi32(-1));
        within |= (unsigned)_mm256_movemask_pd(_mm256_castsi256_pd(both)) << 4 * i;
    }
    return within;
}

/* For each byte, the places of its set bits from the lowest up, four binary digits each. */
static const uint32_t pole_set_bits[256] = {
    0x00000000u, 0x00000000u, 0x00000001u, 0x00000010u, 0x00000002u, 0x00000020u, 0x00000021u,
    0x00000210u, 0x00000003u, 0x00000030u, 0x00000031u, 0x00000310u, 0x00000032u, 0x00000320u,
    0x00000321u, 0x00003210u, 0x00000004u, 0x00000040u, 0x00000041u, 0x00000410u, 0x00000042u,
    0x00000420u, 0x00000421u, 0x00004210u, 0x00000043u, 0x00000430u, 0x00000431u, 0x00004310u,
    0x00000432u, 0x00004320u, 0x00004321u, 0x00043210u, 0x00000005u, 0x00000050u, 0x00000051u,
    0x00000510u, 0x00000052u, 0x00000520u, 0x00000521u, 0x00005210u, 0x00000053u, 0x00000530u,
    0x00000531u, 0x00005310u, 0x00000532u, 0x00005320u, 0x00005321u, 0x00053210u, 0x00000054u,
    0x00000540u, 0x00000541u, 0x00005410u, 0x00000542u, 0x00005420u, 0x00005421u, 0x00054210u,
    0x00000543u, 0x00005430u, 0x00005431u, 0x00054310u, 0x00005432u, 0x00054320u, 0x00054321u,
    0x00543210u, 0x00000006u, 0x00000060u, 0x00000061u, 0x00000610u, 0x00000062u, 0x00000620u,
    0x00000621u, 0x00006210u, 0x00000063u, 0x00000630u, 0x00000631u, 0x00006310u, 0x00000632u,
    0x00006320u, 0x00006321u, 0x00063210u, 0x00000064u, 0x00000640u, 0x00000641u, 0x00006410u,
    0x00000642u, 0x00006420u, 0x00006421u, 0x00064210u, 0x00000643u, 0x00006430u, 0x00006431u,
    0x00064310u, 0x00006432u, 0x00064320u, 0x00064321u, 0x00643210u, 0x00000065u, 0x00000650u,
    0x00000651u, 0x00006510u, 0x00000652u, 0x00006520u, 0x00006521u, 0x00065210u, 0x00000653u,
    0x00006530u, 0x00006531u, 0x00065310u, 0x00006532u, 0x00065320u, 0x00065321u, 0x00653210u,
    0x00000654u, 0x00006540u, 0x00006541u, 0x00065410u, 0x00006542u, 0x00065420u, 0x00065421u,
    0x00654210u, 0x00006543u, 0x00065430u, 0x00065431u, 0x00654310u, 0x00065432u, 0x00654320u,
    0x00654321u, 0x06543210u, 0x00000007u, 0x00000070u, 0x00000071u, 0x00000710u, 0x00000072u,
    0x00000720u, 0x00000721u, 0x00007210u, 0x00000073u, 0x00000730u, 0x00000731u, 0x00007310u,
    0x00000732u, 0x00007320u, 0x00007321u, 0x00073210u, 0x00000074u, 0x00000740u, 0x00000741u,
    0x00007410u, 0x00000742u, 0x00007420u, 0x00007421u, 0x00074210u, 0x00000743u, 0x00007430u,
    0x00007431u, 0x00074310u, 0x00007432u, 0x00074320u, 0x00074321u, 0x00743210u, 0x00000075u,
    0x00000750u, 0x00000751u, 0x00007510u, 0x00000752u, 0x00007520u, 0x00007521u, 0x00075210u,
    0x00000753u, 0x00007530u, 0x00007531u, 0x00075310u, 0x00007532u, 0x00075320u, 0x00075321u,
    0x00753210u, 0x00000754u, 0x00007540u, 0x00007541u, 0x00075410u, 0x00007542u, 0x00075420u,
    0x00075421u, 0x00754210u, 0x00007543u, 0x00075430u, 0x00075431u, 0x00754310u, 0x00075432u,
    0x00754320u, 0x00754321u, 0x07543210u, 0x00000076u, 0x00000760u, 0x00000761u, 0x00007610u,
    0x00000762u, 0x00007620u, 0x00007621u, 0x00076210u, 0x00000763u, 0x00007630u, 0x00007631u,
    0x00076310u, 0x00007632u, 0x00076320u, 0x00076321u, 0x00763210u, 0x00000764u, 0x00007640u,
    0x00007641u, 0x00076410u, 0x00007642u, 0x00076420u, 0x00076421u, 0x00764210u, 0x00007643u,
    0x00076430u, 0x00076431u, 0x00764310u, 0x00076432u, 0x00764320u, 0x00764321u, 0x07643210u,
    0x00000765u, 0x00007650u, 0x00007651u, 0x00076510u, 0x00007652u, 0x00076520u, 0x00076521u,
    0x00765210u, 0x00007653u, 0x00076530u, 0x00076531u, 0x00765310u, 0x00076532u, 0x00765320u,
    0x00765321u, 0x07653210u, 0x00007654u, 0x00076540u, 0x00076541u, 0x00765410u, 0x00076542u,
    0x00765420u, 0x00765421u, 0x07654210u, 0x00076543u, 0x00765430u, 0x00765431u, 0x07654310u,
    0x00765432u, 0x07654320u, 0x07654321u, 0x76543210u,
};

/* Where the eight numbers go that a byte's bits want. */
static inline __m256i pole_eight_from(unsigned bits)
{
    const __m256i nibbles = _mm256_setr_epi32(0, 4, 8, 12, 16, 20, 24, 28);
    return _mm256_and_si256(
        _mm256_srlv_epi32(_mm256_set1_epi32((int32_t)pole_set_bits[bits]), nibbles),
        _mm256_set1_epi32(7));
}

/* Writes the numbers whose bit in `wanted` is set, in order, one behind the other; returns how
 * many. There is room for sixteen, and what is behind the last is overwritten with anything.
 * Without branches. */
static inline unsigned pole_sixteen_pack(pole_sixteen a, unsigned wanted, float *numbers)
{
    const unsigned low = wanted & 255, count = (unsigned)__builtin_popcount(low);
    _mm256_storeu_ps(numbers, _mm256_permutevar8x32_ps(a.half[0], pole_eight_from(low)));
    _mm256_storeu_ps(numbers + count,
                     _mm256_permutevar8x32_ps(a.half[1], pole_eight_from(wanted >> 8)));
    return count + (unsigned)__builtin_popcount(wanted >> 8);
}

/* The same for first + their places among the sixteen. */
static inline unsigned pole_sixteen_places(unsigned wanted, uint32_t first, uint32_t *places)
{
    const unsigned low = wanted & 255, count = (unsigned)__builtin_popcount(low);
    const __m256i start = _mm256_set1_epi32((int32_t)first);
    _mm256_storeu_si256((__m256i *)(void *)places, _mm256_add_epi32(pole_eight_from(low), start));
    _mm256_storeu_si256((__m256i *)(void *)(places + count),
                        _mm256_add_epi32(pole_eight_from(wanted >> 8),
                                         _mm256_add_epi32(start, _mm256_set1_epi32(8))));
    return count + (unsigned)__builtin_popcount(wanted >> 8);
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
static inline pole_sixteen pole_sixteen_divide(pole_sixteen a, pole_sixteen b)
{
    for (int i = 0; i < 4; i++)
        a.four[i] = pole_lanes_divide(a.four[i], b.four[i]);
    return a;
}
/* Counts in each place of a tally (integers; begin with all 0.0f) whether a is at most b. */
static inline pole_sixteen pole_sixteen_tally(pole_sixteen tally, pole_sixteen a, pole_sixteen b)
{
    for (int i = 0; i < 4; i++)
        tally.four[i] = pole_lanes_tally(tally.four[i], a.four[i], b.four[i]);
    return tally;
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

/* Of sixteen pairs of little-endian integers: bit i is set where both lie in their range, ends
 * included; low <= high. */
static inline unsigned pole_sixteen_pairs_within(const uint8_t *pairs, int32_t first_low,
                                                 int32_t first_high, int32_t second_low,
                                                 int32_t second_high)
{
    unsigned within = 0;
    for (unsigned i = 0; i < 16; i += 4)
        within |= pole_lanes_pairs_within(pairs + 8 * (size_t)i, first_low, first_high, second_low,
                                          second_high)
                  << i;
    return within;
}

/* Writes the numbers whose bit in `wanted` is set, in order, one behind the other; returns how
 * many. There is room for sixteen, and what is behind the last is overwritten with anything.
 * Without branches. */
static inline unsigned pole_sixteen_pack(pole_sixteen a, unsigned wanted, float *numbers)
{
    float all[16];
    unsigned count = 0;
    pole_sixteen_store(all, &a);
    for (unsigned i = 0; i < 16; i++) {
        numbers[count] = all[i];
        count += wanted >> i & 1;
    }
    return count;
}

/* The same for first + their places among the sixteen. */
static inline unsigned pole_sixteen_places(unsigned wanted, uint32_t first, uint32_t *places)
{
    unsigned count = 0;
    for (unsigned i = 0; i < 16; i++) {
        places[count] = first + i;
        count += wanted >> i & 1;
    }
    return count;
}

#endif

/* The counts of a tally. */
static inline void pole_sixteen_tally_store(uint32_t sixteen[16], pole_sixteen tally)
{
    float bits[16];
    pole_sixteen_store(bits, &tally);
    memcpy(sixteen, bits, sizeof bits);
}

#endif
