/* SPDX-License-Identifier: MIT
 * Codes to rows: one, all scopes, many at once.
 *
 * The counting of bits is one instruction on all processors of the last fifteen years and twelve
 * without it, those of the last ten do four doubles at a time, and a package must run on all: the
 * hot loops are compiled several times, and the index knows which to take. (Clones that the loader
 * chooses clash with sanitizers and musl.) */
#include <polelookup/lookup.h>

#include <math.h>

#include "base/abi.h"
#include "base/plain_digits.h"
#include "base/utf8.h"
#include "index/index.h"
#include "lookup/policy.h"
#include "lookup/stored_doubt.h"

#if defined(__GNUC__) && defined(__x86_64__)
#define SEVERAL 1
#define FOR_POPCNT __attribute__((target("popcnt")))
#define FOR_AVX2 __attribute__((target("popcnt,avx2")))
#define PREFETCH(address) __builtin_prefetch(address)
#else
#define SEVERAL 0
#define PREFETCH(address) ((void)(address))
#endif

/* So many codes are worked on at once, step by step. A step is a short loop whose rounds do not
 * wait for each other, so that the processor fetches for many of them at the same time. */
#define BATCH 32

/* Among the codes of one scope. */
POLE_ALWAYS_INLINE pole_status find_only(const pole_codes *codes, pole_code code, pole_row *row)
{
    pole_row found;
    if (code.number >= codes->limit ||
        (code.scope != POLE_ANY_SCOPE && code.scope != codes->scope) ||
        !pole_codes_find(codes, code.number, &found)) {
        *row = POLE_NO_ROW;
        return POLE_NOT_FOUND;
    }
    *row = found;
    return POLE_OK;
}

#if SEVERAL
FOR_POPCNT static pole_status find_only_by_popcnt(const pole_codes *codes, pole_code code,
                                                  pole_row *row)
{
    return find_only(codes, code, row);
}
#endif

/* Where no scope has that length, or several. */
static pole_status find_among(const pole_index *index, pole_code code, pole_row *row)
{
    *row = POLE_NO_ROW;
    for (uint32_t i = index->first_of_length[code.digits];
         i < index->first_of_length[code.digits + 1]; i++) {
        pole_row found;
        if (find_only(index->codes + index->entries_of_length[i], code, &found) != POLE_OK)
            continue;
        if (*row != POLE_NO_ROW) {
            *row = POLE_NO_ROW;
            return POLE_SEVERAL;
        }
        *row = found;
    }
    return *row == POLE_NO_ROW ? POLE_NOT_FOUND : POLE_OK;
}

pole_status pole_index_find(const pole_index *index, pole_code code, pole_row *row)
{
    if (row == NULL)
        return POLE_INVALID_ARGUMENT;
    if (index == NULL || code.digits < 1 || code.digits > POLE_MAX_DIGITS) {
        *row = POLE_NO_ROW;
        return POLE_INVALID_ARGUMENT;
    }
    const pole_codes *only = index->only_of_length[code.digits];
#if SEVERAL
    if (only && index->processor >= POLE_PROCESSOR_POPCNT)
        return find_only_by_popcnt(only, code, row);
#else
    if (only)
        return find_only(only, code, row);
#endif
    return find_among(index, code, row);
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
        pole_row row;
        if (find_only(index->codes + index->entries_of_length[i], code, &row) != POLE_OK)
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
    if (!pole_strings_find(&index->strings, pole_utf8_trim(alias), &text) || text == 0)
        return POLE_NOT_FOUND;
    pole_aliases_range(&index->aliases, text, &first, &count);
    for (uint32_t i = 0; i < count; i++) {
        /* Several owners may have one number on one pole. */
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

typedef struct {
    const pole_index *index;
    const pole_codes *only; /* the codes of that length, when one scope alone has it */
    pole_columns columns;
    pole_stored_doubt doubt;
    bool judges;
    uint32_t limit; /* numbers from here on are no codes of that length */
    uint16_t scope;
    uint8_t digits;
} batch_search;

/* Up to BATCH codes on their way, and their place in the columns. */
typedef struct {
    const uint32_t *numbers;
    size_t at;
    pole_row rows[BATCH];
} code_batch;

POLE_ALWAYS_INLINE void find_rows(const batch_search *search, code_batch *batch, size_t count)
{
    const pole_codes *codes = search->only;
    const pole_code_page *pages[BATCH];
    uint32_t page_numbers[BATCH], places[BATCH];
    for (size_t i = 0; i < count; i++) {
        /* What is too large becomes the limit, which is no code and has a place in the directory.
         */
        const uint32_t number = batch->numbers[i] < codes->limit ? batch->numbers[i] : codes->limit;
        page_numbers[i] = number / POLE_PAGE_CODES;
        places[i] = number - page_numbers[i] * POLE_PAGE_CODES;
    }
    for (size_t i = 0; i < count; i++)
        pages[i] = pole_codes_page(codes, page_numbers[i]);
    for (size_t i = 0; i < count; i++) {
        pole_row row;
        batch->rows[i] = pole_code_page_find(pages[i], places[i], &row) ? row : POLE_NO_ROW;
        PREFETCH(search->index->positions.bytes + 8 * (size_t)row);
    }
}

/* Integers first, then all divisions in a row, which the processor does two at a time. */
POLE_ALWAYS_INLINE void store_degrees(const batch_search *search, const code_batch *batch,
                                      size_t count)
{
    const pole_positions *positions = &search->index->positions;
    double *lat_deg = search->columns.lat_deg, *lon_deg = search->columns.lon_deg;
    int32_t lat_e7[BATCH], lon_e7[BATCH];
    bool all = true;
    for (size_t i = 0; i < count; i++) {
        const bool found = batch->rows[i] != POLE_NO_ROW;
        const pole_row row = found ? batch->rows[i] : 0;
        lat_e7[i] = pole_position_lat_e7(positions, row);
        lon_e7[i] = pole_position_lon_e7(positions, row);
        all &= found;
    }
    if (lat_deg)
        for (size_t i = 0; i < count; i++)
            lat_deg[batch->at + i] = lat_e7[i] / 1e7;
    if (lon_deg)
        for (size_t i = 0; i < count; i++)
            lon_deg[batch->at + i] = lon_e7[i] / 1e7;
    for (size_t i = 0; i < count && !all; i++) {
        if (batch->rows[i] != POLE_NO_ROW)
            continue;
        if (lat_deg)
            lat_deg[batch->at + i] = (double)NAN;
        if (lon_deg)
            lon_deg[batch->at + i] = (double)NAN;
    }
}

/* What a code that has no row, or one, is called. */
static pole_match match_of(const batch_search *search, uint32_t number, pole_row row)
{
    if (row != POLE_NO_ROW)
        return POLE_EXACT;
    return number < search->limit ? POLE_UNKNOWN : POLE_NO_CODE;
}

static void store_the_rest(const batch_search *search, const code_batch *batch, size_t count)
{
    const pole_columns *columns = &search->columns;
    if (columns->rows)
        memcpy(columns->rows + batch->at, batch->rows, count * sizeof *batch->rows);
    if (columns->match && search->only)
        for (size_t i = 0; i < count; i++)
            columns->match[batch->at + i] = match_of(search, batch->numbers[i], batch->rows[i]);
    if (columns->stations)
        for (size_t i = 0; i < count; i++)
            columns->stations[batch->at + i] =
                batch->rows[i] == POLE_NO_ROW ? POLE_NO_STATION
                                              : pole_policy_station(search->index, batch->rows[i]);
    if (search->judges)
        pole_stored_doubt_fill(&search->doubt, columns, batch->rows, batch->at, count);
}

/* One by one where several scopes share the length, or none has it. */
static void find_rows_slowly(const batch_search *search, code_batch *batch, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const pole_code code = {batch->numbers[i], search->scope, search->digits, 0};
        const pole_status status = find_among(search->index, code, batch->rows + i);
        if (search->columns.match)
            search->columns.match[batch->at + i] =
                status == POLE_SEVERAL ? POLE_AMBIGUOUS
                                       : match_of(search, code.number, batch->rows[i]);
    }
}

POLE_ALWAYS_INLINE void search_batch(const batch_search *search, code_batch *batch, size_t count)
{
    if (search->only)
        find_rows(search, batch, count);
    else
        find_rows_slowly(search, batch, count);
    if (search->columns.lat_deg || search->columns.lon_deg)
        store_degrees(search, batch, count);
    store_the_rest(search, batch, count);
}

static bool begin_search(const pole_index *index, uint8_t digits, uint16_t scope,
                         const pole_columns *columns, batch_search *search)
{
    memset(search, 0, sizeof *search);
    if (index == NULL || columns == NULL || digits < 1 || digits > POLE_MAX_DIGITS ||
        !pole_options_take(&search->columns, sizeof search->columns, columns))
        return false;
    if (!(search->columns.clean >= 0.0 && search->columns.clean < 1.0))
        return false;
    search->judges =
        search->columns.confidence || search->columns.confidence_place || search->columns.far_share;
    if (search->judges)
        pole_stored_doubt_prepare(&search->doubt, index, digits, scope, search->columns.clean);
    search->index = index;
    search->scope = scope;
    search->digits = digits;
    search->limit = 1;
    for (unsigned i = 0; i < digits; i++)
        search->limit *= 10;
    search->only = index->only_of_length[digits];
    if (scope != POLE_ANY_SCOPE) {
        const pole_scheme_entry *entry = pole_index_entry(index, scope, digits);
        search->only = entry ? index->codes + (entry - index->scheme.entries) : NULL;
    }
    return true;
}

/* Whole batches have a count that the compiler knows. */
POLE_ALWAYS_INLINE void find_many(const batch_search *search, const uint32_t *numbers, size_t count)
{
    code_batch batch = {.numbers = numbers};
    for (; count - batch.at >= BATCH; batch.at += BATCH, batch.numbers += BATCH)
        search_batch(search, &batch, BATCH);
    search_batch(search, &batch, count - batch.at);
}

/* From text number `first`. */
POLE_ALWAYS_INLINE void find_texts(const batch_search *search, const char *texts,
                                   size_t stride_bytes, size_t first, size_t count)
{
    uint32_t numbers[BATCH];
    code_batch batch = {.numbers = numbers, .at = first};
    while (batch.at < count) {
        const size_t some = count - batch.at < BATCH ? count - batch.at : BATCH;
        for (size_t i = 0; i < some; i++)
            numbers[i] = pole_plain_digits(texts + (batch.at + i) * stride_bytes, search->digits);
        search_batch(search, &batch, some);
        batch.at += some;
    }
}

#if SEVERAL
FOR_POPCNT static void find_many_by_popcnt(const batch_search *search, const uint32_t *numbers,
                                           size_t count)
{
    find_many(search, numbers, count);
}

FOR_AVX2 static void find_many_by_avx2(const batch_search *search, const uint32_t *numbers,
                                       size_t count)
{
    find_many(search, numbers, count);
}

FOR_POPCNT static void find_texts_by_popcnt(const batch_search *search, const char *texts,
                                            size_t stride_bytes, size_t count)
{
    find_texts(search, texts, stride_bytes, 0, count);
}

/* Whole batches, four texts at a time, as long as others follow, into which it may read. */
FOR_AVX2 static size_t find_whole_batches(const batch_search *search, const char *texts,
                                          size_t stride_bytes, size_t count)
{
    uint32_t numbers[BATCH];
    code_batch batch = {.numbers = numbers};
    if (search->digits > 8 || stride_bytes < 1)
        return 0;
    for (; count - batch.at > BATCH + 8; batch.at += BATCH) {
        for (size_t i = 0; i < BATCH; i += 4)
            pole_plain_digits_of_four(texts + (batch.at + i) * stride_bytes, stride_bytes,
                                      search->digits, numbers + i);
        search_batch(search, &batch, BATCH);
    }
    return batch.at;
}

FOR_AVX2 static void find_texts_by_avx2(const batch_search *search, const char *texts,
                                        size_t stride_bytes, size_t count)
{
    const size_t done = find_whole_batches(search, texts, stride_bytes, count);
    find_texts(search, texts, stride_bytes, done, count);
}
#endif

pole_status pole_index_find_many(const pole_index *index, const uint32_t *numbers, size_t count,
                                 uint8_t digits, uint16_t scope, const pole_columns *columns)
{
    batch_search search;
    if (!begin_search(index, digits, scope, columns, &search) || (numbers == NULL && count > 0))
        return POLE_INVALID_ARGUMENT;
#if SEVERAL
    if (index->processor >= POLE_PROCESSOR_AVX2)
        find_many_by_avx2(&search, numbers, count);
    else if (index->processor >= POLE_PROCESSOR_POPCNT)
        find_many_by_popcnt(&search, numbers, count);
    else
#endif
        find_many(&search, numbers, count);
    return POLE_OK;
}

pole_status pole_index_find_texts(const pole_index *index, const char *texts, size_t stride_bytes,
                                  size_t count, uint8_t digits, uint16_t scope,
                                  const pole_columns *columns)
{
    batch_search search;
    if (!begin_search(index, digits, scope, columns, &search) || (texts == NULL && count > 0))
        return POLE_INVALID_ARGUMENT;
#if SEVERAL
    if (index->processor >= POLE_PROCESSOR_AVX2)
        find_texts_by_avx2(&search, texts, stride_bytes, count);
    else if (index->processor >= POLE_PROCESSOR_POPCNT)
        find_texts_by_popcnt(&search, texts, stride_bytes, count);
    else
#endif
        find_texts(&search, texts, stride_bytes, 0, count);
    return POLE_OK;
}
