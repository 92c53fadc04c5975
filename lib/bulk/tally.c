/* SPDX-License-Identifier: MIT
 * See tally.h. */
#include "bulk/tally.h"

pole_status pole_geocoder_unmatched(const pole_geocoder *geocoder, pole_unmatched_value *values,
                                    size_t capacity, size_t *count)
{
    (void)geocoder;
    (void)values;
    (void)capacity;
    *count = 0;
    return POLE_OK;
}
