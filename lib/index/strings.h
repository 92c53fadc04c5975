/* SPDX-License-Identifier: MIT
 * Every text of the index, once.
 *
 * Section: u32 count (at least 1), u32 size of the bytes; u32[count + 1] where each begins (the
 * last: the size); the bytes. Strings are UTF-8, distinct, in order of their bytes; so string 0 is
 * the empty one. */
#ifndef INDEX_STRINGS_H
#define INDEX_STRINGS_H

#include "base/bytes.h"
#include "base/memory.h"
#include "index/draft.h"

typedef struct {
    const uint8_t *starts;
    const char *bytes;
    uint32_t count;
} pole_strings;

pole_status pole_strings_attach(pole_strings *strings, const uint8_t *bytes, size_t size,
                                pole_error *error);
void pole_strings_pack(const pole_draft_city *city, pole_buffer *out);

/* number must be below count. */
static inline pole_span pole_strings_at(const pole_strings *strings, pole_text_number number)
{
    const uint32_t start = pole_load_u32(strings->starts + 4 * (size_t)number);
    const uint32_t end = pole_load_u32(strings->starts + 4 * (size_t)number + 4);
    const pole_span span = {strings->bytes + start, end - start};
    return span;
}

/* All of them, end to end. */
static inline pole_span pole_strings_all(const pole_strings *strings)
{
    const pole_span all = {strings->bytes,
                           pole_load_u32(strings->starts + 4 * (size_t)strings->count)};
    return all;
}

/* The number of a text; false when it is not there. O(log n). */
bool pole_strings_find(const pole_strings *strings, pole_span text, pole_text_number *number);

#endif
