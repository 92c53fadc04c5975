/* SPDX-License-Identifier: MIT
 *
 * Sniffing a dialect by trying: the text is read under each candidate, and the one under which its
 * rows agree best is taken. */
#include "formats/dialect.h"

#include <stdio.h>

#include "base/decimal.h"
#include "base/status.h"
#include "base/utf8.h"
#include "formats/columns.h"
#include "formats/csv_in.h"

#define SAMPLE_RECORDS 100u

/* How a text reads under a dialect. */
typedef struct {
    size_t records;      /* that are no empty lines */
    size_t steady;       /* without a fault, with as many cells as most */
    size_t cells;        /* that most have */
    size_t faults;       /* records with one */
    size_t quoted_cells; /* that begin with the quote */
    bool numbers_first;  /* the first record holds a number and not two known column names */
} reading;

static bool is_number(pole_span text)
{
    double value;
    return pole_decimal_to_double(pole_utf8_trim(text), &value);
}

static void look_at_first(const pole_csv_record *record, reading *result)
{
    bool number = false;
    size_t known = 0;
    for (size_t i = 0; i < record->cell_count; i++) {
        number = number || is_number(record->cells[i].text);
        known += pole_columns_known_name(record->cells[i].text);
    }
    result->numbers_first = number && known < 2;
}

/* The commonest of the counts, and how often it stands there. */
static void find_commonest(const size_t *counts, size_t count, reading *result)
{
    for (size_t i = 0; i < count; i++) {
        size_t equal = 0;
        for (size_t k = 0; k < count; k++)
            equal += counts[k] == counts[i];
        if (counts[i] > 0 && equal > result->steady) {
            result->steady = equal;
            result->cells = counts[i];
        }
    }
}

static pole_status read_under(pole_dialect dialect, pole_span text, bool whole,
                              const pole_allocator *allocator, reading *result)
{
    memset(result, 0, sizeof *result);
    pole_csv_reader *reader;
    pole_status status = pole_csv_reader_new(dialect, allocator, &reader);
    if (status != POLE_OK)
        return status;
    size_t counts[SAMPLE_RECORDS];
    size_t at = 0;
    while (result->records < SAMPLE_RECORDS) {
        size_t used;
        pole_csv_record record;
        const char *from = text.data ? text.data + at : "";
        const pole_csv_result got =
            pole_csv_next(reader, from, text.size_bytes - at, whole, &used, &record);
        if (got == POLE_CSV_MEMORY)
            status = POLE_NO_MEMORY;
        if (got != POLE_CSV_RECORD)
            break;
        at += used;
        if (record.cell_count == 0 && record.faults == 0)
            continue;
        if (result->records == 0)
            look_at_first(&record, result);
        result->faults += record.faults != 0;
        for (size_t i = 0; i < record.cell_count; i++)
            result->quoted_cells += record.cells[i].start < record.size_bytes &&
                                    from[record.cells[i].start] == dialect.quote;
        counts[result->records++] = record.faults == 0 ? record.cell_count : 0;
    }
    pole_csv_reader_free(reader);
    find_commonest(counts, result->records, result);
    return status;
}

static pole_status sniff_delimiter(pole_span text, bool whole, const pole_allocator *allocator,
                                   pole_dialect *dialect)
{
    static const char candidates[] = {',', '\t', ';', '|'};
    reading best = {0};
    dialect->delimiter = ',';
    for (size_t i = 0; i < sizeof candidates; i++) {
        const pole_dialect tried = {candidates[i], dialect->quote, POLE_HEADER_NO};
        reading result;
        if (tried.delimiter == tried.quote)
            continue;
        const pole_status status = read_under(tried, text, whole, allocator, &result);
        if (status != POLE_OK)
            return status;
        if (result.cells < 2)
            continue;
        if (result.steady > best.steady ||
            (result.steady == best.steady && result.cells > best.cells)) {
            best = result;
            dialect->delimiter = tried.delimiter;
        }
    }
    return POLE_OK;
}

/* The apostrophe: where the quotation mark begins no cell, and apostrophes begin at least two,
 * and each is closed where a cell ends. (A lone one in front, as spreadsheets mark text, is not.)
 */
static pole_status sniff_quote(pole_span text, bool whole, const pole_allocator *allocator,
                               pole_dialect *dialect)
{
    const pole_dialect usual = {dialect->delimiter, '"', POLE_HEADER_NO};
    const pole_dialect other = {dialect->delimiter, '\'', POLE_HEADER_NO};
    reading by_usual;
    reading by_other;
    dialect->quote = dialect->delimiter == '"' ? '\0' : '"';
    pole_status status = read_under(usual, text, whole, allocator, &by_usual);
    if (status == POLE_OK)
        status = read_under(other, text, whole, allocator, &by_other);
    if (status == POLE_OK && by_usual.quoted_cells == 0 && by_other.quoted_cells >= 2 &&
        by_other.faults == 0 && by_other.records >= 2 && dialect->delimiter != '\'')
        dialect->quote = '\'';
    return status;
}

static pole_status check_given(const pole_dialect *dialect, pole_error *error)
{
    const char delimiter = dialect->delimiter;
    const char quote = dialect->quote;
    const bool own_delimiter = delimiter != POLE_SNIFF_CHAR;
    const bool own_quote = quote != POLE_SNIFF_CHAR && quote != '\0';
    if (own_delimiter && (delimiter == '\0' || delimiter == '\n' || delimiter == '\r' ||
                          (unsigned char)delimiter >= 0x80))
        return pole_fail(error, POLE_INVALID_ARGUMENT,
                         "the delimiter must be one ASCII character "
                         "and no line end");
    if (own_quote && (quote == '\n' || quote == '\r' || (unsigned char)quote >= 0x80))
        return pole_fail(error, POLE_INVALID_ARGUMENT,
                         "the quote must be one ASCII character and "
                         "no line end");
    if (own_delimiter && own_quote && delimiter == quote)
        return pole_fail(error, POLE_INVALID_ARGUMENT, "the delimiter and the quote are the same");
    return POLE_OK;
}

pole_status pole_dialect_complete(pole_span text, bool whole, const pole_allocator *allocator,
                                  pole_dialect *dialect, pole_error *error)
{
    pole_status status = check_given(dialect, error);
    if (status != POLE_OK)
        return status;
    const bool find_quote = dialect->quote == POLE_SNIFF_CHAR;
    if (find_quote)
        dialect->quote = '"';
    if (dialect->delimiter == POLE_SNIFF_CHAR)
        status = sniff_delimiter(text, whole, allocator, dialect);
    if (status == POLE_OK && find_quote)
        status = sniff_quote(text, whole, allocator, dialect);
    if (status == POLE_OK && dialect->header == POLE_HEADER_SNIFF) {
        reading result;
        status = read_under(*dialect, text, whole, allocator, &result);
        dialect->header = result.numbers_first ? POLE_HEADER_NO : POLE_HEADER_YES;
    }
    return status == POLE_OK ? status : pole_fail(error, status, "no memory to read a table");
}

const char *pole_dialect_delimiter_name(char delimiter, char out[16])
{
    switch (delimiter) {
    case ',':
        return "comma";
    case '\t':
        return "tab";
    case ';':
        return "semicolon";
    case '|':
        return "pipe";
    default:
        (void)snprintf(out, 16, "\"%c\"", delimiter);
        return out;
    }
}
