/* SPDX-License-Identifier: MIT
 * Scopes, code lengths, and how the digits divide; text to code and back.
 *
 * Section: u32 entries, u32 zero; then 36 bytes an entry, in order of (scope, digits):
 *   0 u32 string of the scope's name      8 u8[9] kinds of the fields, 0 behind the last
 *   4 u16 scope, 0 exactly for ""        17 u8[9] their widths, 0 behind the last; sum = digits
 *   6 u8 digits, 1 to 9                  26 u16 zero
 *   7 u8 fields, 1 to 9                  28 u32 first row     32 u32 rows, at least 1
 * Scopes are numbered from 0 (empty, present even when no entry has it) in order of name, without
 * a gap. Rows follow one another without a gap. */
#ifndef INDEX_SCHEME_H
#define INDEX_SCHEME_H

#include "base/memory.h"
#include "index/draft.h"
#include "index/strings.h"

typedef struct {
    pole_scheme_entry *entries;
    uint32_t count;
    pole_text_number *scope_names; /* by scope number */
    uint32_t scope_count;
    uint32_t lengths; /* bit n: some entry has n digits */
    uint32_t rows;
} pole_scheme;

pole_status pole_scheme_attach(pole_scheme *scheme, const uint8_t *bytes, size_t size,
                               const pole_strings *strings, const pole_allocator *allocator,
                               pole_error *error);
void pole_scheme_detach(pole_scheme *scheme, const pole_allocator *allocator);
void pole_scheme_pack(const pole_draft_city *city, pole_buffer *out);

/* The entry that holds a row. O(log entries). row must be below rows. */
const pole_scheme_entry *pole_scheme_entry_of(const pole_scheme *scheme, uint32_t row);

/* Digits with the usual separators to number and count of digits (1 to 9); no index needed. */
bool pole_digits_parse(pole_span text, uint32_t *number, uint8_t *digits);

/* digits decimal digits of number, NUL-ended. */
void pole_digits_write(uint32_t number, uint8_t digits, char out[10]);

#endif
