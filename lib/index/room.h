/* SPDX-License-Identifier: MIT
 * What the attach of every room needs: reading a section from front to back without ever going
 * past its end, and saying that it is damaged. */
#ifndef INDEX_ROOM_H
#define INDEX_ROOM_H

#include "base/bytes.h"
#include "base/status.h"

typedef struct {
    const uint8_t *bytes;
    size_t left;
    bool failed; /* something was asked for that is not there; all later reads give 0 or NULL */
} pole_section_reader;

static inline pole_section_reader pole_section_begin(const uint8_t *bytes, size_t size)
{
    const pole_section_reader reader = {bytes, size, false};
    return reader;
}

/* The next count * size bytes, or NULL. Never NULL for a count of 0 in a sound section. */
static inline const uint8_t *pole_section_take(pole_section_reader *reader, size_t count,
                                               size_t size)
{
    size_t wanted;
    if (reader->failed || !pole_multiply_size(count, size, &wanted) || wanted > reader->left) {
        reader->failed = true;
        return NULL;
    }
    const uint8_t *taken = reader->bytes;
    reader->bytes += wanted;
    reader->left -= wanted;
    return taken;
}

static inline uint32_t pole_section_u32(pole_section_reader *reader)
{
    const uint8_t *taken = pole_section_take(reader, 1, 4);
    return taken ? pole_load_u32(taken) : 0;
}

static inline uint64_t pole_section_u64(pole_section_reader *reader)
{
    const uint8_t *taken = pole_section_take(reader, 1, 8);
    return taken ? pole_load_u64(taken) : 0;
}

/* All was there, and nothing is left over. */
static inline bool pole_section_ended(const pole_section_reader *reader)
{
    return !reader->failed && reader->left == 0;
}

static inline pole_status pole_section_damaged(pole_error *error, const char *section,
                                               const char *what)
{
    const pole_status status =
        pole_fail(error, POLE_DAMAGED, "the index is damaged: section %s: %s", section, what);
    pole_fail_hint(error, "Build the index again, or copy it again from where it came.");
    return status;
}

#endif
