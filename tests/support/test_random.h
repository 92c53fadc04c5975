/* SPDX-License-Identifier: MIT
 *
 * Random numbers for tests: the same on every machine, seeded by POLE_TEST_SEED (a number) or by
 * the test's default, and printed, so that a failure can be repeated. */
#ifndef SUPPORT_TEST_RANDOM_H
#define SUPPORT_TEST_RANDOM_H

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct {
    uint64_t state;
} test_random;

/* name says which test in what is printed. */
static inline test_random test_random_begin(const char *name, uint64_t seed)
{
    const char *given = getenv("POLE_TEST_SEED");
    if (given && *given)
        seed = strtoull(given, NULL, 0);
    printf("%s: POLE_TEST_SEED=%" PRIu64 "\n", name, seed);
    fflush(stdout);
    const test_random random = {seed};
    return random;
}

/* splitmix64 (Steele, Lea and Flood, 2014). */
static inline uint64_t test_random_u64(test_random *random)
{
    uint64_t z = random->state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

/* 0 to below - 1; below is at least 1. The bias of the remainder does not matter to a test. */
static inline uint64_t test_random_below(test_random *random, uint64_t below)
{
    return test_random_u64(random) % below;
}

/* 0 <= x < 1. */
static inline double test_random_unit(test_random *random)
{
    return (double)(test_random_u64(random) >> 11) * 0x1p-53;
}

#endif
