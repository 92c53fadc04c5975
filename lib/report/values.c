/* SPDX-License-Identifier: MIT
 * Values without a match: what may be kept of them, and a table that counts them. */
#include "report/values.h"

#include "base/bytes.h"
#include "base/numerals.h"
#include "base/utf8.h"

#define MASKED_DIGITS 8
#define FIRST_KEPT 3
#define LAST_KEPT 4

/* What people write for a digit that they could not read. */
static bool is_unread_digit(uint32_t character)
{
    return character == '?' || character == 0xFF1F || character == '*' || character == '#' ||
           character == 'x' || character == 'X';
}

/* As many as end a masked number; older ones are forgotten. */
typedef struct {
    char first[FIRST_KEPT];
    char last[LAST_KEPT];
    size_t count;
} digit_run;

static void digit_run_add(digit_run *run, char digit)
{
    if (run->count < FIRST_KEPT)
        run->first[run->count] = digit;
    memmove(run->last, run->last + 1, LAST_KEPT - 1);
    run->last[LAST_KEPT - 1] = digit;
    run->count++;
}

bool pole_value_of(pole_span cell, char text[32])
{
    cell = pole_utf8_trim(cell);
    digit_run run = {.count = 0};
    size_t size = 0, real_digits = 0;
    bool fits = true;
    for (size_t at = 0; at < cell.size_bytes;) {
        const size_t start = at;
        const uint32_t character = pole_utf8_next(cell.data, cell.size_bytes, &at);
        const int digit = pole_numeral(character);
        if (digit >= 0) {
            digit_run_add(&run, (char)('0' + digit));
            real_digits++;
        } else if (is_unread_digit(character)) {
            digit_run_add(&run, '?');
        } else if (!pole_is_separator(character)) {
            return false;
        }
        fits = fits && size + (at - start) < 32;
        for (size_t i = start; fits && i < at; i++)
            text[size++] = cell.data[i] == '\t' ? ' ' : cell.data[i];
    }
    if (run.count >= MASKED_DIGITS) {
        size = FIRST_KEPT;
        memcpy(text, run.first, FIRST_KEPT);
        memset(text + size, '*', 4);
        memcpy(text + size + 4, run.last, LAST_KEPT);
        size += 4 + LAST_KEPT;
        fits = true;
    }
    memset(text + (fits ? size : 0), 0, 32 - (fits ? size : 0));
    return fits && real_digits > 0;
}

/* FNV-1a over the words of the whole block, which is zero behind the text. */
static uint32_t hash_of(const char text[32])
{
    uint64_t hash = UINT64_C(0xCBF29CE484222325);
    for (size_t i = 0; i < 32; i += 8) {
        hash = (hash ^ pole_load_u64((const uint8_t *)text + i)) * UINT64_C(0x9E3779B97F4A7C15);
        hash ^= hash >> 32;
    }
    return (uint32_t)hash;
}

/* The slot of a text, or the free one where it belongs; slot_count is above 0 and not all are
 * taken. */
static uint32_t *slot_of(const pole_values *values, const char text[32])
{
    uint32_t at = hash_of(text) & (values->slot_count - 1);
    for (;;) {
        uint32_t *slot = values->slots + at;
        if (*slot == 0 || memcmp(values->entries[*slot - 1].text, text, 32) == 0)
            return slot;
        at = (at + 1) & (values->slot_count - 1);
    }
}

/* Room for one more entry. */
static bool grow(pole_values *values, const pole_allocator *allocator)
{
    void *entries = values->entries;
    const bool grown = pole_grow_array(allocator, &entries, &values->capacity,
                                       (size_t)values->count + 1, sizeof *values->entries);
    values->entries = entries;
    if (!grown)
        return false;
    if (values->count < values->slot_count / 2)
        return true;
    const uint32_t more = values->slot_count ? 2 * values->slot_count : 64;
    uint32_t *slots = pole_allocate_zeroed(allocator, more, sizeof *slots);
    if (!slots)
        return false;
    pole_release(allocator, values->slots);
    values->slots = slots;
    values->slot_count = more;
    for (uint32_t i = 0; i < values->count; i++)
        *slot_of(values, values->entries[i].text) = i + 1;
    return true;
}

bool pole_values_count(pole_values *values, const char text[32], uint64_t rows,
                       const pole_allocator *allocator)
{
    if (values->slot_count > 0) {
        const uint32_t place = *slot_of(values, text);
        if (place != 0) {
            values->entries[place - 1].rows += rows;
            return true;
        }
    }
    if (values->count == POLE_VALUES_MAX) {
        values->other_rows += rows;
        return true;
    }
    if (!grow(values, allocator))
        return false;
    pole_unmatched_value *entry = values->entries + values->count;
    memcpy(entry->text, text, 32);
    entry->rows = rows;
    *slot_of(values, text) = ++values->count;
    return true;
}

size_t pole_values_commonest(const pole_values *values, pole_unmatched_value *out, size_t capacity)
{
    size_t count = 0;
    for (uint32_t i = 0; i < values->count; i++) {
        const pole_unmatched_value *entry = values->entries + i;
        size_t at = count;
        while (at > 0 && out[at - 1].rows < entry->rows)
            at--;
        if (at == capacity)
            continue;
        if (count < capacity)
            count++;
        memmove(out + at + 1, out + at, (count - 1 - at) * sizeof *out);
        out[at] = *entry;
    }
    return count;
}

void pole_values_free(pole_values *values, const pole_allocator *allocator)
{
    pole_release(allocator, values->entries);
    pole_release(allocator, values->slots);
    *values = (pole_values){.count = 0};
}
