/* SPDX-License-Identifier: MIT
 * A row of the table: its code as text, its place, what the table says of it. */
#include <polelookup/lookup.h>

#include "base/abi.h"
#include "base/plain_digits.h"
#include "index/index.h"

static const char *const match_names[] = {"none",         "exact",   "corrected", "ambiguous",
                                          "interpolated", "unknown", "no_code",   "malformed"};

const char *pole_match_name(pole_match match)
{
    const size_t count = sizeof match_names / sizeof *match_names;
    return match >= 0 && (size_t)match < count ? match_names[match] : "unknown";
}

/* How far a field's value is shifted in the eight bytes of a code, as one number of this machine.
 */
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define SHIFT_OF(field, size) (64 - 8 * (offsetof(pole_code, field) + (size)))
#else
#define SHIFT_OF(field, size) (8 * offsetof(pole_code, field))
#endif

/* By one store: a caller hands the code on whole, and a load of eight bytes that were stored in
 * pieces waits until they have reached the cache, as long as the parsing takes. */
static void write_code(pole_code *code, uint32_t number, uint8_t digits)
{
    const uint64_t whole = (uint64_t)number << SHIFT_OF(number, 4) |
                           (uint64_t)POLE_ANY_SCOPE << SHIFT_OF(scope, 2) |
                           (uint64_t)digits << SHIFT_OF(digits, 1);
    memcpy(code, &whole, sizeof whole);
}

/* Never inlined: what it saves of the registers would be saved for plain digits too. */
static POLE_NEVER_INLINE pole_status parse_any(const pole_index *index, pole_span text,
                                               pole_code *code)
{
    uint32_t number;
    uint8_t digits;
    memset(code, 0, sizeof *code);
    if (!pole_digits_parse(text, &number, &digits) || (index->scheme.lengths >> digits & 1) == 0)
        return POLE_MALFORMED_CODE;
    write_code(code, number, digits);
    return POLE_OK;
}

pole_status pole_code_parse(const pole_index *index, pole_span text, pole_code *code)
{
    if (code == NULL)
        return POLE_INVALID_ARGUMENT;
    if (index == NULL || (text.data == NULL && text.size_bytes > 0)) {
        memset(code, 0, sizeof *code);
        return POLE_INVALID_ARGUMENT;
    }
    /* Most codes are plain digits. */
    if (text.size_bytes <= POLE_MAX_DIGITS && (index->scheme.lengths >> text.size_bytes & 1)) {
        const uint32_t number = pole_plain_digits(text.data, text.size_bytes);
        if (number != UINT32_MAX) {
            write_code(code, number, (uint8_t)text.size_bytes);
            return POLE_OK;
        }
    }
    return parse_any(index, text, code);
}

/* The scheme to group a code by: that of its scope, else the first of its length. */
static const pole_scheme_entry *grouping(const pole_index *index, pole_code code)
{
    const pole_scheme_entry *entry = pole_index_entry(index, code.scope, code.digits);
    if (entry == NULL &&
        index->first_of_length[code.digits] < index->first_of_length[code.digits + 1])
        entry =
            index->scheme.entries + index->entries_of_length[index->first_of_length[code.digits]];
    return entry;
}

/* Whether the number has no more digits than the code says: none is ever cut. */
static bool fits(pole_code code)
{
    uint32_t limit = 1;
    for (unsigned i = 0; i < code.digits; i++)
        limit *= 10;
    return code.number < limit;
}

pole_status pole_code_format(const pole_index *index, pole_code code, int32_t grouped, char *text,
                             size_t capacity, size_t *needed)
{
    char written[2 * POLE_MAX_DIGITS + 2];
    char digits[POLE_MAX_DIGITS + 1];
    if (needed)
        *needed = 0;
    if (text && capacity > 0)
        text[0] = '\0';
    if (index == NULL || code.digits < 1 || code.digits > POLE_MAX_DIGITS ||
        (text == NULL && capacity > 0) || !fits(code))
        return POLE_INVALID_ARGUMENT;
    const pole_scheme_entry *entry = grouped ? grouping(index, code) : NULL;
    pole_digits_write(code.number, code.digits, digits);
    size_t size = 0, digit = 0;
    for (unsigned field = 0; entry && field < entry->field_count; field++) {
        if (field > 0)
            written[size++] = ' ';
        for (unsigned i = 0; i < entry->field_width[field]; i++)
            written[size++] = digits[digit++];
    }
    while (digit < code.digits)
        written[size++] = digits[digit++];
    written[size++] = '\0';
    if (needed)
        *needed = size;
    if (capacity < size)
        return POLE_LIMIT;
    memcpy(text, written, size);
    return POLE_OK;
}

pole_status pole_index_point(const pole_index *index, pole_row row, pole_point *at)
{
    if (at == NULL)
        return POLE_INVALID_ARGUMENT;
    if (index == NULL || row >= index->positions.rows) {
        memset(at, 0, sizeof *at);
        return POLE_INVALID_ARGUMENT;
    }
    *at = pole_position_at(&index->positions, row);
    return POLE_OK;
}

static pole_span text_of(const pole_index *index, unsigned attribute, pole_row row)
{
    return pole_strings_at(&index->strings, pole_attribute_at(&index->attributes, attribute, row));
}

pole_status pole_index_record(const pole_index *index, pole_row row, pole_record *record)
{
    if (!pole_record_is_sound(record))
        return POLE_INVALID_ARGUMENT;
    pole_record_fill(record, NULL, 0);
    if (index == NULL || row >= index->positions.rows)
        return POLE_INVALID_ARGUMENT;
    const pole_attributes *attributes = &index->attributes;
    pole_record full = {
        .row = row,
        .code = pole_index_code_of(index, row),
        .at = pole_position_at(&index->positions, row),
        .street = text_of(index, POLE_ATTRIBUTE_STREET, row),
        .district = text_of(index, POLE_ATTRIBUTE_DISTRICT, row),
        .note = text_of(index, POLE_ATTRIBUTE_NOTE, row),
        .successor = text_of(index, POLE_ATTRIBUTE_SUCCESSOR, row),
        .state = (int32_t)pole_attribute_at(attributes, POLE_ATTRIBUTE_STATE, row),
        .surveyed_days =
            pole_attribute_days(pole_attribute_at(attributes, POLE_ATTRIBUTE_SURVEYED, row)),
    };
    full.scope = pole_strings_at(&index->strings, index->scheme.scope_names[full.code.scope]);
    pole_draft_alias alias;
    if (pole_aliases_of(&index->aliases, row, &alias)) {
        full.alias = pole_strings_at(&index->strings, alias.alias);
        full.alias_owner = pole_strings_at(&index->strings, alias.owner);
    }
    pole_record_fill(record, &full, sizeof full);
    return POLE_OK;
}
