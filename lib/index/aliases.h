/* SPDX-License-Identifier: MIT
 * Numbers of other owners on the same poles.
 *
 * Section: u32 count, u32 zero; then 12 bytes an alias: u32 string of the alias (not empty), u32
 * string of its owner, u32 row; in order of (alias, row, owner), all different. Then u32[count]:
 * their places in order of (row, place). */
#ifndef INDEX_ALIASES_H
#define INDEX_ALIASES_H

#include "index/strings.h"

typedef struct {
    const uint8_t *entries;
    const uint8_t *by_row;
    uint32_t count;
} pole_aliases;

pole_status pole_aliases_attach(pole_aliases *aliases, const uint8_t *bytes, size_t size,
                                uint32_t rows, uint32_t string_count, pole_error *error);
pole_status pole_aliases_pack(const pole_draft_city *city, const pole_allocator *allocator,
                              pole_buffer *out);

/* The first alias of a row; false when it has none. O(log n). */
bool pole_aliases_of(const pole_aliases *aliases, pole_row row, pole_draft_alias *alias);

/* The places [*first, *first + *count) of the aliases with this text. */
void pole_aliases_range(const pole_aliases *aliases, pole_text_number alias, uint32_t *first,
                        uint32_t *count);
pole_draft_alias pole_alias_at(const pole_aliases *aliases, uint32_t place);

#endif
