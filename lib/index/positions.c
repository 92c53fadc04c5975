/* SPDX-License-Identifier: MIT
 * See positions.h. */
#include "index/positions.h"

#include "index/room.h"

pole_status pole_positions_attach(pole_positions *positions, const uint8_t *bytes, size_t size,
                                  uint32_t rows, pole_error *error)
{
    memset(positions, 0, sizeof *positions);
    if (size / 8 != rows || size % 8 != 0)
        return pole_section_damaged(error, "positions", "it holds another number of rows");
    pole_positions view = {bytes, rows, INT32_MAX, INT32_MAX, INT32_MIN, INT32_MIN};
    for (uint32_t row = 0; row < rows; row++) {
        const int32_t lat_e7 = pole_position_lat_e7(&view, row);
        const int32_t lon_e7 = pole_position_lon_e7(&view, row);
        view.south_e7 = lat_e7 < view.south_e7 ? lat_e7 : view.south_e7;
        view.north_e7 = lat_e7 > view.north_e7 ? lat_e7 : view.north_e7;
        view.west_e7 = lon_e7 < view.west_e7 ? lon_e7 : view.west_e7;
        view.east_e7 = lon_e7 > view.east_e7 ? lon_e7 : view.east_e7;
    }
    if (view.south_e7 < -POLE_MAX_LAT_E7 || view.north_e7 > POLE_MAX_LAT_E7 ||
        view.west_e7 < -POLE_MAX_LON_E7 || view.east_e7 > POLE_MAX_LON_E7)
        return pole_section_damaged(error, "positions", "a pole lies outside the earth");
    *positions = view;
    return POLE_OK;
}

void pole_positions_pack(const pole_draft_city *city, pole_buffer *out)
{
    for (uint32_t row = 0; row < city->pole_count; row++) {
        pole_buffer_append_u32(out, (uint32_t)city->poles[row].lat_e7);
        pole_buffer_append_u32(out, (uint32_t)city->poles[row].lon_e7);
    }
}
