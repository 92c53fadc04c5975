/* SPDX-License-Identifier: MIT
 *
 * For tests of calls that are wrong: what must come back, and whether outputs were zeroed. */
#ifndef SUPPORT_WRONG_CALLS_H
#define SUPPORT_WRONG_CALLS_H

#include <check.h>
#include <stdbool.h>
#include <string.h>

#include <polelookup/types.h>

#define WRONG(call) ck_assert_int_eq((call), POLE_INVALID_ARGUMENT)

static const pole_span nowhere = {NULL, 3}; /* three bytes at NULL */
static const pole_span empty = {NULL, 0};

static inline void soil(void *output, size_t size)
{
    memset(output, 0xEE, size);
}

static inline bool is_zero(const void *output, size_t size)
{
    const unsigned char *bytes = (const unsigned char *)output;
    for (size_t i = 0; i < size; i++)
        if (bytes[i] != 0)
            return false;
    return true;
}

/* A growing struct that is not to be filled: soiled, then its struct_size set. */
#define SOIL_RECORD(record) (soil(&(record), sizeof(record)), (record).struct_size = sizeof(record))
#define RECORD_IS_EMPTY(record)                                                                    \
    ((record).struct_size == sizeof(record) &&                                                     \
     is_zero((const char *)&(record) + sizeof(uint32_t), sizeof(record) - sizeof(uint32_t)))

#endif
