/* SPDX-License-Identifier: MIT
 * See scheme.h. */
#include "index/scheme.h"

#include <polelookup/index.h>

#include "base/numerals.h"
#include "base/utf8.h"
#include "index/room.h"

#define ENTRY_BYTES 36

static pole_status damaged(pole_error *error, const char *what)
{
    return pole_section_damaged(error, "scheme", what);
}

static void read_entry(const uint8_t *p, pole_scheme_entry *entry)
{
    entry->name = pole_load_u32(p);
    entry->scope = pole_load_u16(p + 4);
    entry->digits = p[6];
    entry->field_count = p[7];
    memcpy(entry->field_kind, p + 8, 9);
    memcpy(entry->field_width, p + 17, 9);
    entry->first_row = pole_load_u32(p + 28);
    entry->rows = pole_load_u32(p + 32);
}

static bool fields_are_sound(const pole_scheme_entry *entry)
{
    unsigned sum = 0;
    if (entry->digits < 1 || entry->digits > POLE_MAX_DIGITS || entry->field_count < 1 ||
        entry->field_count > 9)
        return false;
    for (unsigned i = 0; i < 9; i++) {
        const bool used = i < entry->field_count;
        if (used != (entry->field_kind[i] != 0) || used != (entry->field_width[i] != 0) ||
            entry->field_kind[i] > POLE_FIELD_OTHER)
            return false;
        sum += entry->field_width[i];
    }
    return sum == entry->digits;
}

static const char *fault_of(const pole_scheme_entry *last, const pole_scheme_entry *entry,
                            const uint8_t *raw, const pole_strings *strings)
{
    if (!fields_are_sound(entry) || pole_load_u16(raw + 26) != 0)
        return "digits that do not divide";
    if (entry->name >= strings->count || (entry->scope == 0) != (entry->name == 0))
        return "a scope without a name";
    const uint32_t first_row = last ? last->first_row + last->rows : 0;
    if (entry->first_row != first_row || entry->rows == 0 ||
        entry->rows > POLE_NO_ROW - 1 - first_row)
        return "rows that do not follow one another";
    if (last == NULL)
        return entry->scope <= 1 ? NULL : "scopes with a gap";
    if (entry->scope == last->scope)
        return entry->name == last->name && entry->digits > last->digits ? NULL
                                                                         : "entries out of order";
    return entry->scope == last->scope + 1 && entry->name > last->name ? NULL : "scopes with a gap";
}

pole_status pole_scheme_attach(pole_scheme *scheme, const uint8_t *bytes, size_t size,
                               const pole_strings *strings, const pole_allocator *allocator,
                               pole_error *error)
{
    memset(scheme, 0, sizeof *scheme);
    pole_section_reader reader = pole_section_begin(bytes, size);
    const uint32_t count = pole_section_u32(&reader);
    const uint32_t zero = pole_section_u32(&reader);
    const uint8_t *raw = pole_section_take(&reader, count, ENTRY_BYTES);
    if (!pole_section_ended(&reader) || raw == NULL || zero != 0 || count == 0 || count > 0xFFFF)
        return damaged(error, "its length does not fit its content");
    scheme->entries = pole_allocate_zeroed(allocator, count, sizeof *scheme->entries);
    scheme->scope_names =
        pole_allocate_zeroed(allocator, (size_t)count + 1, sizeof *scheme->scope_names);
    if (scheme->entries == NULL || scheme->scope_names == NULL)
        return pole_fail(error, POLE_NO_MEMORY, "no memory for the scheme");
    for (uint32_t i = 0; i < count; i++) {
        pole_scheme_entry *entry = scheme->entries + i;
        read_entry(raw + ENTRY_BYTES * (size_t)i, entry);
        const char *fault =
            fault_of(i ? entry - 1 : NULL, entry, raw + ENTRY_BYTES * (size_t)i, strings);
        if (fault)
            return damaged(error, fault);
        scheme->scope_names[entry->scope] = entry->name;
        scheme->scope_count = (uint32_t)entry->scope + 1;
        scheme->lengths |= 1u << entry->digits;
        scheme->rows = entry->first_row + entry->rows;
    }
    scheme->count = count;
    return POLE_OK;
}

void pole_scheme_detach(pole_scheme *scheme, const pole_allocator *allocator)
{
    pole_release(allocator, scheme->entries);
    pole_release(allocator, scheme->scope_names);
    memset(scheme, 0, sizeof *scheme);
}

void pole_scheme_pack(const pole_draft_city *city, pole_buffer *out)
{
    pole_buffer_append_u32(out, city->scheme_count);
    pole_buffer_append_u32(out, 0);
    for (uint32_t i = 0; i < city->scheme_count; i++) {
        const pole_scheme_entry *entry = city->schemes + i;
        pole_buffer_append_u32(out, entry->name);
        pole_buffer_append_u16(out, entry->scope);
        pole_buffer_append_byte(out, entry->digits);
        pole_buffer_append_byte(out, entry->field_count);
        pole_buffer_append(out, entry->field_kind, 9);
        pole_buffer_append(out, entry->field_width, 9);
        pole_buffer_append_u16(out, 0);
        pole_buffer_append_u32(out, entry->first_row);
        pole_buffer_append_u32(out, entry->rows);
    }
}

const pole_scheme_entry *pole_scheme_entry_of(const pole_scheme *scheme, uint32_t row)
{
    uint32_t low = 0, high = scheme->count;
    while (high - low > 1) {
        const uint32_t middle = low + (high - low) / 2;
        if (scheme->entries[middle].first_row <= row)
            low = middle;
        else
            high = middle;
    }
    return scheme->entries + low;
}

bool pole_digits_parse(pole_span text, uint32_t *number, uint8_t *digits)
{
    uint32_t value = 0;
    uint8_t count = 0;
    size_t at = 0;
    while (at < text.size_bytes) {
        uint32_t character = (uint8_t)text.data[at];
        if (character < 0x80)
            at++;
        else
            character = pole_utf8_next(text.data, text.size_bytes, &at);
        const int numeral = pole_numeral(character);
        if (numeral >= 0) {
            if (count == POLE_MAX_DIGITS)
                return false;
            value = value * 10 + (uint32_t)numeral;
            count++;
        } else if (!pole_is_separator(character)) {
            return false;
        }
    }
    *number = value;
    *digits = count;
    return count > 0;
}

void pole_digits_write(uint32_t number, uint8_t digits, char out[10])
{
    for (unsigned i = digits; i > 0; i--) {
        out[i - 1] = (char)('0' + number % 10);
        number /= 10;
    }
    out[digits] = '\0';
}
