/* SPDX-License-Identifier: MIT
 * Structs that grow: taking a caller's options of any age, and filling a caller's record of any
 * age, by the struct_size that the caller set. */
#ifndef BASE_ABI_H
#define BASE_ABI_H

#include <stdbool.h>
#include <string.h>

#include <polelookup/types.h>

/* Copies the caller's options over `full`, which holds the defaults; fields that a younger caller
 * knows and this library does not must be zero (an option that is not understood is refused, not
 * ignored). given may be NULL: the defaults stay. False: not sound. */
static inline bool pole_options_take(void *full, uint32_t full_size, const void *given)
{
    uint32_t size;
    if (given == NULL)
        return true;
    memcpy(&size, given, sizeof size);
    if (size < sizeof size)
        return false;
    const unsigned char *bytes = given;
    for (uint32_t i = full_size; i < size; i++)
        if (bytes[i] != 0)
            return false;
    memcpy(full, given, size < full_size ? size : full_size);
    memcpy(full, &full_size, sizeof full_size);
    return true;
}

/* Whether a record can be filled: not NULL, and its struct_size set. */
static inline bool pole_record_is_sound(const void *record)
{
    uint32_t size = 0;
    if (record != NULL)
        memcpy(&size, record, sizeof size);
    return size >= sizeof size;
}

/* Fills the caller's record with as much of `full` as it has room for, and zeroes the rest; its
 * struct_size stays. full == NULL: all zero. */
static inline void pole_record_fill(void *record, const void *full, uint32_t full_size)
{
    uint32_t size;
    memcpy(&size, record, sizeof size);
    const uint32_t known = full == NULL ? 0 : (size < full_size ? size : full_size);
    if (known)
        memcpy(record, full, known);
    memset((unsigned char *)record + known, 0, size - known);
    memcpy(record, &size, sizeof size);
}

#endif
