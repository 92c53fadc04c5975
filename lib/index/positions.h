/* SPDX-License-Identifier: MIT
 * Where each pole is.
 *
 * Section: 8 bytes a row: i32 latitude, i32 longitude, in 1e-7 degree (about a centimetre), WGS 84,
 * within +-900,000,000 and +-1,800,000,000. */
#ifndef INDEX_POSITIONS_H
#define INDEX_POSITIONS_H

#include "base/bytes.h"
#include "base/memory.h"
#include "index/draft.h"

typedef struct {
    const uint8_t *bytes;
    uint32_t rows;
    int32_t south_e7, west_e7, north_e7, east_e7; /* extent, found at attach */
} pole_positions;

pole_status pole_positions_attach(pole_positions *positions, const uint8_t *bytes, size_t size,
                                  uint32_t rows, pole_error *error);
void pole_positions_pack(const pole_draft_city *city, pole_buffer *out);

static inline int32_t pole_position_lat_e7(const pole_positions *positions, pole_row row)
{
    return pole_load_i32(positions->bytes + 8 * (size_t)row);
}
static inline int32_t pole_position_lon_e7(const pole_positions *positions, pole_row row)
{
    return pole_load_i32(positions->bytes + 8 * (size_t)row + 4);
}
/* The nearest double to the decimal degrees: an integer divided by a power of ten is rounded
 * once, so that 457712345 is 45.7712345 as any reader of that text has it. */
static inline pole_point pole_position_at(const pole_positions *positions, pole_row row)
{
    const pole_point at = {pole_position_lat_e7(positions, row) / 1e7,
                           pole_position_lon_e7(positions, row) / 1e7};
    return at;
}

#endif
