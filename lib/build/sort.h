/* SPDX-License-Identifier: MIT
 * Two stable sorts whose result depends on nothing but their input, and whose memory comes from
 * the allocator: qsort() promises neither. */
#ifndef BUILD_SORT_H
#define BUILD_SORT_H

#include "base/memory.h"

/* Sorts numbers by what they stand for: compare(context, a, b) is below, at or above 0. Merge
 * sort, O(n log n), linear for what is sorted already. POLE_OK, or POLE_NO_MEMORY and numbers are
 * in no useful order. */
typedef int (*pole_compare_numbers)(const void *context, uint32_t a, uint32_t b);
pole_status pole_sort_numbers(uint32_t *numbers, size_t count, pole_compare_numbers compare,
                              const void *context, const pole_allocator *allocator);

/* order[0..count): the places of keys, from the least key to the greatest. Radix sort, only over
 * the bits that differ; linear. *sorted_already: order is 0, 1, 2, ... POLE_OK or POLE_NO_MEMORY.
 */
pole_status pole_sort_keys(const uint64_t *keys, uint32_t count, uint32_t *order,
                           bool *sorted_already, const pole_allocator *allocator);

#endif
