/* SPDX-License-Identifier: MIT
 * See attributes.h. */
#include "index/attributes.h"

#include <polelookup/lookup.h>

#include "base/run_search.h"
#include "index/room.h"

#define DATE_BIAS 0x80000000u

static pole_status damaged(pole_error *error, const char *what)
{
    return pole_section_damaged(error, "attributes", what);
}

static bool value_is_sound(unsigned attribute, uint32_t value, uint32_t string_count)
{
    if (attribute == POLE_ATTRIBUTE_SURVEYED)
        return true;
    if (attribute == POLE_ATTRIBUTE_STATE)
        return value <= POLE_STATE_REMOVED;
    return value < string_count;
}

static const char *fault_of(const pole_run_list *list, unsigned attribute, uint32_t rows,
                            uint32_t string_count)
{
    for (uint32_t i = 0; i < list->runs; i++) {
        const uint32_t start = pole_load_u32(list->starts + 4 * (size_t)i);
        const uint32_t value = pole_load_u32(list->values + 4 * (size_t)i);
        if (i == 0 ? start != 0 : start <= pole_load_u32(list->starts + 4 * (size_t)i - 4))
            return "its runs are out of order";
        if (start >= rows)
            return "a run begins behind the last row";
        if (!value_is_sound(attribute, value, string_count))
            return "a value does not exist";
        if (i > 0 && value == pole_load_u32(list->values + 4 * (size_t)i - 4))
            return "two runs that are one";
    }
    return NULL;
}

pole_status pole_attributes_attach(pole_attributes *attributes, const uint8_t *bytes, size_t size,
                                   uint32_t rows, uint32_t string_count, pole_error *error)
{
    memset(attributes, 0, sizeof *attributes);
    pole_section_reader reader = pole_section_begin(bytes, size);
    pole_attributes view;
    for (unsigned i = 0; i < POLE_ATTRIBUTES; i++) {
        pole_run_list *list = view.lists + i;
        list->rows = rows;
        list->runs = pole_section_u32(&reader);
        list->starts = pole_section_take(&reader, list->runs, 4);
        list->values = pole_section_take(&reader, list->runs, 4);
        if (list->starts == NULL || list->values == NULL || list->runs == 0)
            return damaged(error, "its length does not fit its content");
        const char *fault = fault_of(list, i, rows, string_count);
        if (fault)
            return damaged(error, fault);
    }
    if (!pole_section_ended(&reader))
        return damaged(error, "its length does not fit its content");
    *attributes = view;
    return POLE_OK;
}

static uint32_t value_of(const pole_draft_pole *pole, unsigned attribute)
{
    switch (attribute) {
    case POLE_ATTRIBUTE_STREET:
        return pole->street;
    case POLE_ATTRIBUTE_DISTRICT:
        return pole->district;
    case POLE_ATTRIBUTE_NOTE:
        return pole->note;
    case POLE_ATTRIBUTE_SUCCESSOR:
        return pole->successor;
    case POLE_ATTRIBUTE_STATE:
        return pole->state;
    default:
        return (uint32_t)pole->surveyed_days + DATE_BIAS; /* POLE_NO_DATE gives 0 */
    }
}

void pole_attributes_pack(const pole_draft_city *city, pole_buffer *out)
{
    for (unsigned attribute = 0; attribute < POLE_ATTRIBUTES; attribute++) {
        uint32_t runs = 0;
        const size_t head = out->size;
        pole_buffer_append_u32(out, 0);
        for (uint32_t row = 0; row < city->pole_count; row++) {
            if (row > 0 && value_of(city->poles + row, attribute) ==
                               value_of(city->poles + row - 1, attribute))
                continue;
            pole_buffer_append_u32(out, row);
            runs++;
        }
        if (out->failed)
            return;
        pole_store_u32(out->bytes + head, runs);
        for (uint32_t i = 0; i < runs && !out->failed; i++) {
            const uint32_t row = pole_load_u32(out->bytes + head + 4 + 4 * (size_t)i);
            pole_buffer_append_u32(out, value_of(city->poles + row, attribute));
        }
    }
}

static uint32_t run_start(const void *list, uint32_t run)
{
    return pole_load_u32(((const pole_run_list *)list)->starts + 4 * (size_t)run);
}

uint32_t pole_attribute_at(const pole_attributes *attributes, unsigned attribute, pole_row row)
{
    const pole_run_list *list = attributes->lists + attribute;
    const uint32_t run = pole_run_of(list, run_start, list->runs, list->rows, row);
    return pole_load_u32(list->values + 4 * (size_t)run);
}

int32_t pole_attribute_days(uint32_t value)
{
    return (int32_t)(value - DATE_BIAS);
}
