/* SPDX-License-Identifier: MIT
 * Lists of rows: sorted, or as a heap that keeps the smallest. In place, no memory. */
#ifndef LOOKUP_ROWS_H
#define LOOKUP_ROWS_H

#include <polelookup/types.h>

/* O(n log n), O(n) for a list that is in order. */
void pole_rows_sort(pole_row *rows, size_t count);

/* Keeps the `wanted` (1 or more) smallest of all rows offered; *count of them so far, begin with
 * 0. Sort them in the end. */
void pole_rows_offer(pole_row *rows, size_t wanted, size_t *count, pole_row row);

#endif
