/* SPDX-License-Identifier: MIT
 * See assignments.h. */
#include "index/assignments.h"

#include "index/room.h"

static uint32_t width_for(uint32_t station_count)
{
    if (station_count <= 0xFF)
        return 1;
    return station_count <= 0xFFFF ? 2 : 4;
}

/* The greatest number of all plus 1, counted in as many bits as a number has, in which "none" plus
 * 1 is 0. Every pole is looked at whenever a file is opened: without a branch, many at once. */
static uint32_t greatest_number(const uint8_t *numbers, uint32_t width, uint32_t rows)
{
    if (width == 1) {
        uint8_t greatest = 0;
        for (uint32_t row = 0; row < rows; row++) {
            const uint8_t number = (uint8_t)(numbers[row] + 1u);
            greatest = number > greatest ? number : greatest;
        }
        return greatest;
    }
    uint32_t greatest = 0;
    for (uint32_t row = 0; row < rows; row++) {
        const uint32_t number = pole_assigned(numbers, width, row) + 1u;
        greatest = number > greatest ? number : greatest;
    }
    return greatest;
}

pole_status pole_assignments_attach(pole_assignments *assignments, const uint8_t *bytes,
                                    size_t size, uint32_t rows, uint32_t station_count,
                                    pole_error *error)
{
    memset(assignments, 0, sizeof *assignments);
    pole_section_reader reader = pole_section_begin(bytes, size);
    pole_assignments view;
    view.width = width_for(station_count);
    if (pole_section_u64(&reader) != view.width)
        return pole_section_damaged(error, "assignments", "it begins with another width");
    view.responsible = pole_section_take(&reader, rows, view.width);
    view.nearest = pole_section_take(&reader, rows, view.width);
    view.edge_m = pole_section_take(&reader, rows, 1);
    if (!pole_section_ended(&reader))
        return pole_section_damaged(error, "assignments",
                                    "its length does not fit the number of rows");
    if (greatest_number(view.responsible, view.width, rows) > station_count ||
        greatest_number(view.nearest, view.width, rows) > station_count)
        return pole_section_damaged(error, "assignments", "a station does not exist");
    *assignments = view;
    return POLE_OK;
}

static void pack_numbers(const uint32_t *numbers, uint32_t rows, uint32_t width, pole_buffer *out)
{
    for (uint32_t row = 0; row < rows; row++) {
        if (width == 1)
            pole_buffer_append_byte(out, (uint8_t)numbers[row]);
        else if (width == 2)
            pole_buffer_append_u16(out, (uint16_t)numbers[row]);
        else
            pole_buffer_append_u32(out, numbers[row]);
    }
}

void pole_assignments_pack(const pole_draft_city *city, pole_buffer *out)
{
    const uint32_t width = width_for(city->station_count);
    pole_buffer_append_u64(out, width);
    pack_numbers(city->assignments.responsible, city->pole_count, width, out);
    pack_numbers(city->assignments.nearest, city->pole_count, width, out);
    pole_buffer_append(out, city->assignments.edge_m, city->pole_count);
}
