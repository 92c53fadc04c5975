/* SPDX-License-Identifier: MIT
 * See strings.h. */
#include "index/strings.h"

#include "base/utf8.h"
#include "index/room.h"

static pole_status damaged(pole_error *error, const char *what)
{
    return pole_section_damaged(error, "strings", what);
}

pole_status pole_strings_attach(pole_strings *strings, const uint8_t *bytes, size_t size,
                                pole_error *error)
{
    memset(strings, 0, sizeof *strings);
    pole_section_reader reader = pole_section_begin(bytes, size);
    const uint32_t count = pole_section_u32(&reader);
    const uint32_t total = pole_section_u32(&reader);
    const uint8_t *starts = pole_section_take(&reader, (size_t)count + 1, 4);
    const uint8_t *text = pole_section_take(&reader, total, 1);
    if (!pole_section_ended(&reader) || starts == NULL || text == NULL || count == 0)
        return damaged(error, "its length does not fit its content");
    const pole_strings view = {starts, (const char *)text, count};
    if (pole_load_u32(starts) != 0 || pole_load_u32(starts + 4) != 0)
        return damaged(error, "the first text is not empty");
    if (pole_load_u32(starts + 4 * (size_t)count) != total)
        return damaged(error, "the last text does not end at the end");
    for (uint32_t i = 1; i < count; i++) {
        const uint32_t start = pole_load_u32(starts + 4 * (size_t)i);
        const uint32_t end = pole_load_u32(starts + 4 * (size_t)i + 4);
        if (start > end || end > total)
            return damaged(error, "a text lies outside");
        const pole_span last = pole_strings_at(&view, i - 1);
        const pole_span here = {view.bytes + start, end - start};
        if (pole_span_compare(last, here) >= 0)
            return damaged(error, "the texts are out of order");
        if (pole_utf8_first_bad(here.data, here.size_bytes) != here.size_bytes)
            return damaged(error, "a text is not UTF-8");
    }
    *strings = view;
    return POLE_OK;
}

void pole_strings_pack(const pole_draft_city *city, pole_buffer *out)
{
    uint32_t total = 0;
    for (uint32_t i = 0; i < city->string_count; i++)
        total += (uint32_t)city->strings[i].size_bytes;
    pole_buffer_append_u32(out, city->string_count);
    pole_buffer_append_u32(out, total);
    uint32_t start = 0;
    for (uint32_t i = 0; i < city->string_count; i++) {
        pole_buffer_append_u32(out, start);
        start += (uint32_t)city->strings[i].size_bytes;
    }
    pole_buffer_append_u32(out, start);
    for (uint32_t i = 0; i < city->string_count; i++)
        pole_buffer_append(out, city->strings[i].data, city->strings[i].size_bytes);
}

bool pole_strings_find(const pole_strings *strings, pole_span text, pole_text_number *number)
{
    uint32_t low = 0, high = strings->count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (pole_span_compare(pole_strings_at(strings, middle), text) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *number = low;
    return low < strings->count && pole_span_equal(pole_strings_at(strings, low), text);
}
