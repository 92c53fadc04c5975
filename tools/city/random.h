/* SPDX-License-Identifier: MIT
 *
 * Chance without state: every draw is a hash (splitmix64's finaliser) of the seed and of what it
 * is drawn for, so a draw never depends on the order of the others. Integers only. */
#ifndef CITY_RANDOM_H
#define CITY_RANDOM_H

#include <stdint.h>

static inline uint64_t random_mix(uint64_t x)
{
    x += 0x9E3779B97F4A7C15u;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

static inline uint64_t random_hash(uint64_t seed, uint64_t a, uint64_t b)
{
    return random_mix(random_mix(random_mix(seed) ^ a) ^ (b * 0xD1B54A32D192ED03u));
}

/* lowest to highest, both included, from one hash. */
static inline int32_t random_between(uint64_t hash, int32_t lowest, int32_t highest)
{
    uint64_t span = (uint64_t)((int64_t)highest - lowest + 1);
    return (int32_t)(lowest + (int64_t)(((hash >> 32) * span) >> 32));
}

/* True in `percent_of_thousand` of a thousand hashes. */
static inline int random_per_mille(uint64_t hash, int32_t per_mille)
{
    return random_between(hash, 0, 999) < per_mille;
}

#endif
