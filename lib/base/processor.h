/* SPDX-License-Identifier: MIT
 * What this processor can do beyond what every one of its kind can, for functions that are compiled
 * twice.
 *
 * Asked of the processor itself: __builtin_cpu_supports() brings a constructor that asks it for
 * everything at every start, and on a virtual machine each question is an exit to its host. */
#ifndef BASE_PROCESSOR_H
#define BASE_PROCESSOR_H

#include <stddef.h>

/* Each can do what those before it can. */
typedef enum {
    POLE_PROCESSOR_ANY,
    POLE_PROCESSOR_POPCNT, /* counts bits */
    POLE_PROCESSOR_AVX2    /* and has AVX2 */
} pole_processor;

#if defined(__GNUC__) && defined(__x86_64__)
#include <cpuid.h>

/* AVX2 needs a system that keeps its registers when it changes to another thread: bits 1 and 2 of
 * the extended control register 0 (Intel's manual, volume 1, 14.3 and 14.7.1). */
static inline pole_processor pole_processor_ask(void)
{
    unsigned a, b, c, d, kept, high;
    const unsigned last = __get_cpuid_max(0, NULL);
    if (last < 1)
        return POLE_PROCESSOR_ANY;
    __cpuid(1, a, b, c, d);
    if ((c & bit_POPCNT) == 0)
        return POLE_PROCESSOR_ANY;
    if (last < 7 || (c & bit_OSXSAVE) == 0 || (c & bit_AVX) == 0)
        return POLE_PROCESSOR_POPCNT;
    __asm__("xgetbv" : "=a"(kept), "=d"(high) : "c"(0));
    if ((kept & 6) != 6)
        return POLE_PROCESSOR_POPCNT;
    __cpuid_count(7, 0, a, b, c, d);
    return b & bit_AVX2 ? POLE_PROCESSOR_AVX2 : POLE_PROCESSOR_POPCNT;
}

#else

static inline pole_processor pole_processor_ask(void)
{
    return POLE_PROCESSOR_ANY;
}

#endif
#endif
