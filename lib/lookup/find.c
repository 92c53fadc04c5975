/* SPDX-License-Identifier: MIT
 * Codes to rows: one, all scopes, many at once.
 *
 * The counting of bits is one instruction on all processors of the last fifteen years and twelve
 * without it, and a package must run on both: the hot loops are compiled twice, and the index
 * knows which to take. (Clones that the loader chooses clash with sanitizers and musl.) */
#include <polelookup/lookup.h>

#include <math.h>

#include "base/abi.h"
#include "index/index.h"
#include "lookup/policy.h"

#if defined(__GNUC__) && defined(__x86_64__)
#define TWICE 1
#define FOR_POPCNT __attribute__((target("popcnt")))
#else
#define TWICE 0
#endif

/* So many codes are on their way through memory at once: enough to hide a fetch, few enough for
 * the processor's queue of open misses. */
#define BATCH 16

POLE_ALWAYS_INLINE pole_status find_in(const pole_index *index, pole_code code, pole_row *row)
{
    const uint16_t *entry = index->entries_of_length + index->first_of_length[code.digits];
    const uint16_t *end = index->entries_of_length + index->first_of_length[code.digits + 1];
    *row = POLE_NO_ROW;
    for (; entry != end; entry++) {
        const pole_codes *codes = index->codes + *entry;
        if (code.scope != POLE_ANY_SCOPE && code.scope != index->scheme.entries[*entry].scope)
            continue;
        if (code.number >= codes->limit)
            return POLE_NOT_FOUND;
        const pole_row found = pole_codes_find(codes, code.number);
        if (found == POLE_NO_ROW)
            continue;
        if (*row != POLE_NO_ROW) {
            *row = POLE_NO_ROW;
            return POLE_SEVERAL;
        }
        *row = found;
    }
    return *row == POLE_NO_ROW ? POLE_NOT_FOUND : POLE_OK;
}

#if TWICE
FOR_POPCNT static pole_status find_by_popcnt(const pole_index *index, pole_code code, pole_row *row)
{
    return find_in(index, code, row);
}
#endif

pole_status pole_index_find(const pole_index *index, pole_code code, pole_row *row)
{
    if (row == NULL)
        return POLE_INVALID_ARGUMENT;
    *row = POLE_NO_ROW;
    if (index == NULL || code.digits < 1 || code.digits > POLE_MAX_DIGITS)
        return POLE_INVALID_ARGUMENT;
#if TWICE
    if (index->counts_bits)
        return find_by_popcnt(index, code, row);
#endif
    return find_in(index, code, row);
}

pole_status pole_index_find_all(const pole_index *index, pole_code code, pole_row *rows,
                                size_t capacity, size_t *needed)
{
    if (needed == NULL)
        return POLE_INVALID_ARGUMENT;
    *needed = 0;
    if (index == NULL || code.digits < 1 || code.digits > POLE_MAX_DIGITS ||
        (rows == NULL && capacity > 0))
        return POLE_INVALID_ARGUMENT;
    for (uint32_t i = index->first_of_length[code.digits];
         i < index->first_of_length[code.digits + 1]; i++) {
        const uint16_t entry = index->entries_of_length[i];
        const pole_codes *codes = index->codes + entry;
        if ((code.scope != POLE_ANY_SCOPE && code.scope != index->scheme.entries[entry].scope) ||
            code.number >= codes->limit)
            continue;
        const pole_row row = pole_codes_find(codes, code.number);
        if (row == POLE_NO_ROW)
            continue;
        if (*needed < capacity)
            rows[*needed] = row;
        ++*needed;
    }
    return *needed ? POLE_OK : POLE_NOT_FOUND;
}

pole_status pole_index_find_alias(const pole_index *index, pole_span alias, pole_row *rows,
                                  size_t capacity, size_t *needed)
{
    if (needed == NULL)
        return POLE_INVALID_ARGUMENT;
    *needed = 0;
    if (index == NULL || (rows == NULL && capacity > 0) ||
        (alias.data == NULL && alias.size_bytes > 0))
        return POLE_INVALID_ARGUMENT;
    pole_text_number text;
    uint32_t first, count;
    pole_row last = POLE_NO_ROW;
    if (!pole_strings_find(&index->strings, alias, &text) || text == 0)
        return POLE_NOT_FOUND;
    pole_aliases_range(&index->aliases, text, &first, &count);
    for (uint32_t i = 0; i < count; i++) {
        /* Two owners of one number on one pole stand side by side only by owner; rows may then
         * repeat, and are told once when neighbours agree. */
        const pole_row row = pole_alias_at(&index->aliases, first + i).row;
        if (row == last)
            continue;
        last = row;
        if (*needed < capacity)
            rows[*needed] = row;
        ++*needed;
    }
    return *needed ? POLE_OK : POLE_NOT_FOUND;
}

/* The rows of up to BATCH codes among those of one scope: fetch all directory blocks, then all
 * pages, then count, so that their memory is on its way together. */
POLE_ALWAYS_INLINE void find_batch(const pole_codes *codes, const uint32_t *numbers, size_t count,
                                   pole_row *rows)
{
    const pole_code_page *pages[BATCH];
    for (size_t i = 0; i < count; i++) {
        /* A number that cannot be a code is looked for as 0, and its row overwritten. */
        const uint32_t number = numbers[i] < codes->limit ? numbers[i] : 0;
        pages[i] = pole_codes_page(codes, number);
        __builtin_prefetch(pages[i]);
    }
    for (size_t i = 0; i < count; i++) {
        const pole_row row = pole_code_page_find(pages[i], numbers[i]);
        rows[i] = numbers[i] < codes->limit ? row : POLE_NO_ROW;
    }
}

#if TWICE
FOR_POPCNT static void find_batch_by_popcnt(const pole_codes *codes, const uint32_t *numbers,
                                            size_t count, pole_row *rows)
{
    find_batch(codes, numbers, count, rows);
}
#endif

static void find_batch_plain(const pole_codes *codes, const uint32_t *numbers, size_t count,
                             pole_row *rows)
{
    find_batch(codes, numbers, count, rows);
}

typedef struct {
    const pole_index *index;
    const pole_columns *columns;
    uint16_t scope;
    uint8_t digits;
    const pole_codes *only; /* the codes of that length, when one scope alone has it */
    void (*find)(const pole_codes *codes, const uint32_t *numbers, size_t count, pole_row *rows);
} batch_search;

static batch_search begin_search(const pole_index *index, uint8_t digits, uint16_t scope,
                                 const pole_columns *columns)
{
    batch_search search = {index, columns, scope, digits, NULL, find_batch_plain};
    const uint32_t first = index->first_of_length[digits];
    if (index->first_of_length[digits + 1] - first == 1) {
        const uint16_t entry = index->entries_of_length[first];
        if (scope == POLE_ANY_SCOPE || scope == index->scheme.entries[entry].scope)
            search.only = index->codes + entry;
    }
#if TWICE
    if (index->counts_bits)
        search.find = find_batch_by_popcnt;
#endif
    return search;
}

/* One by one where several scopes share the length, or none has it. */
static void find_slowly(const batch_search *search, const uint32_t *numbers, size_t count,
                        pole_row *rows, pole_match *match)
{
    for (size_t i = 0; i < count; i++) {
        const pole_code code = {numbers[i], search->scope, search->digits, 0};
        const pole_status status = pole_index_find(search->index, code, rows + i);
        match[i] = status == POLE_SEVERAL ? POLE_AMBIGUOUS
                                          : (status == POLE_OK ? POLE_EXACT : POLE_UNKNOWN);
    }
}

static void store_positions(const batch_search *search, const pole_row *rows, size_t count,
                            size_t at)
{
    const pole_positions *positions = &search->index->positions;
    double *lat_deg = search->columns->lat_deg ? search->columns->lat_deg + at : NULL;
    double *lon_deg = search->columns->lon_deg ? search->columns->lon_deg + at : NULL;
    for (size_t i = 0; i < count; i++)
        if (rows[i] != POLE_NO_ROW)
            __builtin_prefetch(positions->bytes + 8 * (size_t)rows[i]);
    for (size_t i = 0; i < count; i++) {
        const bool found = rows[i] != POLE_NO_ROW;
        const pole_point point = pole_position_at(positions, found ? rows[i] : 0);
        if (lat_deg)
            lat_deg[i] = found ? point.lat_deg : (double)NAN;
        if (lon_deg)
            lon_deg[i] = found ? point.lon_deg : (double)NAN;
    }
}

static void store_batch(const batch_search *search, const pole_row *rows, const pole_match *match,
                        size_t count, size_t at)
{
    const pole_columns *columns = search->columns;
    if (columns->lat_deg || columns->lon_deg)
        store_positions(search, rows, count, at);
    if (columns->rows)
        memcpy(columns->rows + at, rows, count * sizeof *rows);
    if (columns->match)
        memcpy(columns->match + at, match, count * sizeof *match);
    if (columns->stations)
        for (size_t i = 0; i < count; i++)
            columns->stations[at + i] = rows[i] == POLE_NO_ROW
                                            ? POLE_NO_STATION
                                            : pole_policy_station(search->index, rows[i]);
}

static void search_batch(const batch_search *search, const uint32_t *numbers, size_t count,
                         size_t at)
{
    pole_row rows[BATCH];
    pole_match match[BATCH];
    if (search->only == NULL) {
        find_slowly(search, numbers, count, rows, match);
    } else {
        search->find(search->only, numbers, count, rows);
        if (search->columns->match)
            for (size_t i = 0; i < count; i++)
                match[i] = rows[i] == POLE_NO_ROW ? POLE_UNKNOWN : POLE_EXACT;
    }
    if (search->columns->match)
        for (size_t i = 0; i < count; i++)
            if (numbers[i] == UINT32_MAX)
                match[i] = POLE_NO_CODE;
    store_batch(search, rows, match, count, at);
}

static bool take_arguments(const pole_index *index, uint8_t digits, const pole_columns *given,
                           pole_columns *columns)
{
    memset(columns, 0, sizeof *columns);
    return index != NULL && given != NULL && digits >= 1 && digits <= POLE_MAX_DIGITS &&
           pole_options_take(columns, sizeof *columns, given);
}

pole_status pole_index_find_many(const pole_index *index, const uint32_t *numbers, size_t count,
                                 uint8_t digits, uint16_t scope, const pole_columns *columns)
{
    pole_columns taken;
    if (!take_arguments(index, digits, columns, &taken) || (numbers == NULL && count > 0))
        return POLE_INVALID_ARGUMENT;
    const batch_search search = begin_search(index, digits, scope, &taken);
    uint32_t limit = 1;
    for (unsigned i = 0; i < digits; i++)
        limit *= 10;
    for (size_t at = 0; at < count; at += BATCH) {
        const size_t here = count - at < BATCH ? count - at : BATCH;
        uint32_t checked[BATCH];
        for (size_t i = 0; i < here; i++)
            checked[i] = numbers[at + i] < limit ? numbers[at + i] : UINT32_MAX;
        search_batch(&search, checked, here, at);
    }
    return POLE_OK;
}

/* `digits` ASCII digits, or UINT32_MAX. */
POLE_ALWAYS_INLINE uint32_t read_digits(const char *text, uint8_t digits)
{
    uint32_t number = 0, bad = 0;
    for (unsigned i = 0; i < digits; i++) {
        const uint32_t digit = (uint32_t)((unsigned char)text[i]) - '0';
        bad |= digit > 9;
        number = number * 10 + digit;
    }
    return bad ? UINT32_MAX : number;
}

pole_status pole_index_find_texts(const pole_index *index, const char *texts, size_t stride_bytes,
                                  size_t count, uint8_t digits, uint16_t scope,
                                  const pole_columns *columns)
{
    pole_columns taken;
    if (!take_arguments(index, digits, columns, &taken) || (texts == NULL && count > 0))
        return POLE_INVALID_ARGUMENT;
    const batch_search search = begin_search(index, digits, scope, &taken);
    for (size_t at = 0; at < count; at += BATCH) {
        const size_t here = count - at < BATCH ? count - at : BATCH;
        uint32_t numbers[BATCH];
        if (digits == 7) /* Harbin's length, unrolled */
            for (size_t i = 0; i < here; i++)
                numbers[i] = read_digits(texts + (at + i) * stride_bytes, 7);
        else
            for (size_t i = 0; i < here; i++)
                numbers[i] = read_digits(texts + (at + i) * stride_bytes, digits);
        search_batch(&search, numbers, here, at);
    }
    return POLE_OK;
}
