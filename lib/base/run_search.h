/* SPDX-License-Identifier: MIT
 * Which run of rows holds a row, where each run has a first row, rising, the first one 0. Runs are
 * about as long as each other, so the search begins where a run would be if they were just as long,
 * and doubles its steps from there. */
#ifndef BASE_RUN_SEARCH_H
#define BASE_RUN_SEARCH_H

#include "base/bytes.h"

/* The first row of a run of a list. */
typedef uint32_t (*pole_run_start)(const void *list, uint32_t run);

/* runs, rows: above 0. Give pole_run_start as a constant: the search is compiled around it. */
POLE_ALWAYS_INLINE uint32_t pole_run_of(const void *list, pole_run_start start, uint32_t runs,
                                        uint32_t rows, uint32_t row)
{
    const uint32_t about = (uint32_t)((uint64_t)row * runs / rows);
    uint32_t low = about < runs ? about : runs - 1, high = low + 1, step = 1;
    if (start(list, low) <= row) {
        while (high < runs && start(list, high) <= row) {
            low = high;
            step *= 2;
            high = runs - low > step ? low + step : runs;
        }
    } else {
        do {
            high = low;
            low = low > step ? low - step : 0;
            step *= 2;
        } while (start(list, low) > row);
    }
    while (high - low > 1) {
        const uint32_t middle = low + (high - low) / 2;
        if (start(list, middle) <= row)
            low = middle;
        else
            high = middle;
    }
    return low;
}

#endif
