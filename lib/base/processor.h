/* SPDX-License-Identifier: MIT
 * What this processor can do beyond what every one of its kind can, for functions that are compiled
 * twice.
 *
 * Asked of the processor itself: __builtin_cpu_supports() brings a constructor that asks it for
 * everything at every start, and on a virtual machine each question is an exit to its host. */
#ifndef BASE_PROCESSOR_H
#define BASE_PROCESSOR_H

#include <stdbool.h>

#if defined(__GNUC__) && defined(__x86_64__)
#include <cpuid.h>

static inline bool pole_processor_has_popcnt(void)
{
    unsigned a, b, c, d;
    return __get_cpuid(1, &a, &b, &c, &d) && (c & bit_POPCNT) != 0;
}

/* AVX2, and a system that keeps its registers when it changes to another thread: bits 1 and 2 of
 * the extended control register 0 (Intel's manual, volume 1, 14.3 and 14.7.1). */
static inline bool pole_processor_has_avx2(void)
{
    unsigned a, b, c, d, kept, high;
    if (!__get_cpuid(1, &a, &b, &c, &d) || (c & bit_OSXSAVE) == 0 || (c & bit_AVX) == 0)
        return false;
    __asm__("xgetbv" : "=a"(kept), "=d"(high) : "c"(0));
    return (kept & 6) == 6 && __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_AVX2) != 0;
}

#else

static inline bool pole_processor_has_popcnt(void)
{
    return false;
}
static inline bool pole_processor_has_avx2(void)
{
    return false;
}

#endif
#endif
