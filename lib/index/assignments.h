/* SPDX-License-Identifier: MIT
 * Who answers for each pole, worked out once at build.
 *
 * Section: u8 width of a station's number (1, 2 or 4 bytes, the least that holds the count), 7
 * bytes zero; width bytes a row: the station whose area holds the pole; width bytes a row: the
 * nearest police station (all bits set: none); u8 a row: whole metres to the nearest area of
 * another station, rounded down, 255 for farther or none. */
#ifndef INDEX_ASSIGNMENTS_H
#define INDEX_ASSIGNMENTS_H

#include "base/bytes.h"
#include "base/memory.h"
#include "index/draft.h"

typedef struct {
    const uint8_t *responsible;
    const uint8_t *nearest;
    const uint8_t *edge_m;
    uint32_t width;
} pole_assignments;

pole_status pole_assignments_attach(pole_assignments *assignments, const uint8_t *bytes,
                                    size_t size, uint32_t rows, uint32_t station_count,
                                    pole_error *error);
void pole_assignments_pack(const pole_draft_city *city, pole_buffer *out);

static inline uint32_t pole_assigned(const uint8_t *numbers, uint32_t width, pole_row row)
{
    if (width == 1)
        return numbers[row] == 0xFF ? POLE_NO_STATION : numbers[row];
    if (width == 2) {
        const uint16_t number = pole_load_u16(numbers + 2 * (size_t)row);
        return number == 0xFFFF ? POLE_NO_STATION : number;
    }
    return pole_load_u32(numbers + 4 * (size_t)row);
}

#endif
