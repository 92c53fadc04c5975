/* SPDX-License-Identifier: MIT
 * Which values stand without a match, and how often: what an analyst looks at to see why.
 *
 * A log is full of what must not leave it, so only what looks like a code is kept: digits, marks
 * for a digit that could not be read (?, *, x, #), and what stands between the groups of a number.
 * Eight digits or more are a telephone's, an identity's or an account's, whatever stands between
 * them: the first three and the last four stay, "138****1234". */
#ifndef REPORT_VALUES_H
#define REPORT_VALUES_H

#include <stdbool.h>

#include <polelookup/bulk.h>

#include "base/memory.h"

/* So many different values are counted, each exactly from its first row on, about 3 MiB; of the
 * ones that come after these only how many rows they stood in. */
#define POLE_VALUES_MAX 65536u

typedef struct {
    pole_unmatched_value *entries; /* in order of their first row */
    size_t capacity;
    uint32_t count;
    uint32_t slot_count; /* a power of two, or 0 */
    uint32_t *slots;     /* place in entries + 1; 0: free */
    uint64_t other_rows; /* with values beyond POLE_VALUES_MAX */
    uint64_t not_codes;  /* with text that does not look like a code; empty ones too */
} pole_values;

void pole_values_free(pole_values *values, const pole_allocator *allocator);

/* Writes what may be kept of a cell, NUL-ended; false when it does not look like a code. */
bool pole_value_of(pole_span cell, char text[32]);

/* Counts `rows` rows with this text, which pole_value_of() made. False: no memory. */
bool pole_values_count(pole_values *values, const char text[32], uint64_t rows,
                       const pole_allocator *allocator);

/* The commonest, at most capacity, those of equal counts in order of their first row; returns how
 * many. */
size_t pole_values_commonest(const pole_values *values, pole_unmatched_value *out, size_t capacity);

#endif
