/* SPDX-License-Identifier: MIT
 * Degrees to the integers of 1e-7 degree that tables are kept in. */
#ifndef GEO_E7_H
#define GEO_E7_H

#include <stdint.h>

/* The nearest integer to degrees * 1e7, half away from zero. |deg| up to 180. */
static inline int32_t pole_round_e7(double deg)
{
    const double scaled = deg * 1e7;
    return (int32_t)(scaled < 0.0 ? scaled - 0.5 : scaled + 0.5);
}

#endif
