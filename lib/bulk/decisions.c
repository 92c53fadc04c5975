/* SPDX-License-Identifier: MIT
 * What a person decided: read from a filled-in table, put in the place of a match. */
#include <math.h>
#include <stdlib.h>

#include "base/decimal.h"
#include "base/status.h"
#include "base/utf8.h"
#include "bulk/review.h"
#include "bulk/review_key.h"
#include "formats/source.h"
#include "lookup/policy.h"

typedef struct {
    const pole_index *index;
    pole_table *table;
    size_t row, key, decision; /* columns */
} decision_table;

static pole_status find_columns(decision_table *reading, pole_error *error)
{
    static const char *const names[] = {"row", "key", "decision"};
    size_t *const to[] = {&reading->row, &reading->key, &reading->decision};
    size_t count;
    const pole_span *columns = pole_table_columns(reading->table, &count);
    for (unsigned i = 0; i < 3; i++) {
        size_t k = 0;
        while (k < count && !pole_span_equal(columns[k], pole_span_of(names[i])))
            k++;
        if (k == count)
            return pole_fail(error, POLE_BAD_INPUT,
                             "the table of decisions has no column '%s': it is not one that "
                             "--review wrote",
                             names[i]);
        *to[i] = k;
    }
    return POLE_OK;
}

static pole_status refuse(const pole_table_row *row, pole_span value, const char *why,
                          pole_error *error)
{
    pole_fail(error, POLE_BAD_INPUT, "decisions, line %llu: '%.*s' %s",
              (unsigned long long)row->line, (int)(value.size_bytes < 60 ? value.size_bytes : 60),
              value.data ? value.data : "", why);
    pole_fail_hint(error, "a code, COUNTY/CODE, none, or nothing");
    return POLE_BAD_INPUT;
}

/* Whether a longer code is left when its leading zeros are lost, as a spreadsheet loses them. */
static bool may_lack_zeros(const pole_index *index, pole_code code)
{
    const uint32_t lengths = pole_index_lengths(index);
    for (uint8_t digits = (uint8_t)(code.digits + 1); digits <= POLE_MAX_DIGITS; digits++) {
        const pole_code longer = {code.number, POLE_ANY_SCOPE, digits, 0};
        pole_row row;
        if ((lengths >> digits & 1) && pole_index_find(index, longer, &row) != POLE_NOT_FOUND)
            return true;
    }
    return false;
}

/* "1234567", "五常市/12345", "none". */
static pole_status read_decision(const decision_table *reading, const pole_table_row *row,
                                 pole_span text, pole_row *pole, pole_error *error)
{
    pole_span code_text = text, scope = {NULL, 0};
    pole_code code;
    *pole = POLE_NO_ROW;
    if (pole_span_equal(text, pole_span_of("none")))
        return POLE_OK;
    const char *slash = memchr(text.data, '/', text.size_bytes);
    if (slash) {
        scope = (pole_span){text.data, (size_t)(slash - text.data)};
        code_text = (pole_span){slash + 1, text.size_bytes - scope.size_bytes - 1};
    }
    if (pole_code_parse(reading->index, code_text, &code) != POLE_OK)
        return refuse(row, text, "is no code", error);
    if (slash && pole_index_find_scope(reading->index, scope, &code.scope) != POLE_OK)
        return refuse(row, text, "names no county of this index", error);
    const pole_status status = pole_index_find(reading->index, code, pole);
    if (status == POLE_SEVERAL)
        return refuse(row, text, "is a code of several counties: write COUNTY/CODE", error);
    if (status != POLE_OK)
        return refuse(row, text, "is no pole of this index", error);
    if (!slash && may_lack_zeros(reading->index, code))
        return refuse(row, text,
                      "may be a longer code without its zeros: write all of it, or "
                      "COUNTY/CODE",
                      error);
    return POLE_OK;
}

static pole_status take_row(const decision_table *reading, const pole_table_row *row,
                            const pole_allocator *allocator, pole_decisions *decisions,
                            pole_error *error)
{
    pole_decision decision;
    if (row->faults & POLE_ROW_BLANK)
        return POLE_OK;
    if (row->faults & (POLE_ROW_UNCLOSED_QUOTE | POLE_ROW_TOO_LONG))
        return pole_fail(error, POLE_BAD_INPUT,
                         "decisions, line %llu: a quote is never closed, or the row is longer than "
                         "16 MiB",
                         (unsigned long long)row->line);
    const pole_span text = pole_utf8_trim(row->cells[reading->decision]);
    const pole_span number = pole_utf8_trim(row->cells[reading->row]);
    if (text.size_bytes == 0)
        return POLE_OK;
    if (!pole_decimal_to_u64(number, UINT64_MAX / 2, &decision.number))
        return refuse(row, number, "is no row's number", error);
    const pole_span key = pole_utf8_trim(row->cells[reading->key]);
    if (!pole_review_key_read(key, &decision.key))
        return refuse(row, key, "is no row's key", error);
    const pole_status status = read_decision(reading, row, text, &decision.row, error);
    if (status != POLE_OK)
        return status;
    void *all = decisions->all;
    if (!pole_grow_array(allocator, &all, &decisions->capacity, decisions->count + 1,
                         sizeof decision))
        return POLE_NO_MEMORY;
    decisions->all = all;
    decisions->all[decisions->count++] = decision;
    return POLE_OK;
}

static int compare(const void *a, const void *b)
{
    const pole_decision *x = a, *y = b;
    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

/* Puts them in order; two about one row must agree. */
static pole_status put_in_order(pole_decisions *decisions, pole_error *error)
{
    size_t kept = 0;
    if (decisions->count > 0)
        qsort(decisions->all, decisions->count, sizeof *decisions->all, compare);
    for (size_t i = 0; i < decisions->count; i++) {
        if (kept > 0 && decisions->all[kept - 1].number == decisions->all[i].number) {
            if (compare(decisions->all + kept - 1, decisions->all + i) == 0)
                continue;
            return pole_fail(error, POLE_BAD_INPUT, "row %llu was decided in two ways",
                             (unsigned long long)decisions->all[i].number);
        }
        decisions->all[kept++] = decisions->all[i];
    }
    decisions->count = kept;
    return POLE_OK;
}

pole_status pole_decisions_read(const pole_index *index, const char *path,
                                const pole_allocator *allocator, pole_decisions *decisions,
                                pole_error *error)
{
    decision_table reading = {.index = index};
    pole_table_options options = POLE_TABLE_DEFAULTS;
    const pole_table_row *row = NULL;
    options.allocator = allocator;
    options.format = POLE_FORMAT_CSV;
    options.dialect.header = POLE_HEADER_YES;
    memset(decisions, 0, sizeof *decisions);
    pole_status status = pole_table_open(path, &options, &reading.table, error);
    if (status != POLE_OK)
        return status;
    status = find_columns(&reading, error);
    while (status == POLE_OK) {
        status = pole_table_next(reading.table, &row, error);
        if (status != POLE_OK || row == NULL)
            break;
        status = take_row(&reading, row, allocator, decisions, error);
    }
    decisions->hash = pole_table_summarize(reading.table).hash;
    pole_table_close(reading.table);
    return status == POLE_OK ? put_in_order(decisions, error) : status;
}

void pole_decisions_free(pole_decisions *decisions, const pole_allocator *allocator)
{
    pole_release(allocator, decisions->all);
    memset(decisions, 0, sizeof *decisions);
}

const pole_decision *pole_decisions_find(const pole_decisions *decisions, uint64_t number,
                                         pole_span code)
{
    size_t low = 0, high = decisions->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (decisions->all[middle].number < number)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == decisions->count || decisions->all[low].number != number ||
        decisions->all[low].key != pole_review_key(code))
        return NULL;
    return decisions->all + low;
}

void pole_decision_apply(const pole_index *index, const pole_decision *decision, pole_span code,
                         int32_t station_role, pole_row_match *match)
{
    pole_code heard;
    pole_match_clear(match);
    match->flags = POLE_ROW_DECIDED;
    match->warnings = index->image.sample ? POLE_WARN_SAMPLE_DATA : 0;
    match->match = POLE_UNKNOWN;
    if (decision->row == POLE_NO_ROW)
        return;
    pole_match_place(index, decision->row, pole_index_code_of(index, decision->row), station_role,
                     match);
    const bool as_heard = pole_code_parse(index, code, &heard) == POLE_OK &&
                          heard.number == match->code.number && heard.digits == match->code.digits;
    match->match = as_heard ? POLE_EXACT : POLE_CORRECTED;
    match->warnings |= pole_pole_warnings(index, decision->row, match->code);
}
