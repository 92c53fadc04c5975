/* SPDX-License-Identifier: MIT
 *
 * Rows of a delimited table: records out of the text's window, each compared with the header. */
#include "base/decimal.h"
#include "base/status.h"
#include "formats/source_rows.h"

#define SNIFFED_BYTES ((size_t)64 << 10)

/* The next record into table->record. *found: false at the end. */
static pole_status next_record(pole_table *table, bool *found, pole_error *error)
{
    bool skipping = false;
    *found = false;
    for (;;) {
        const pole_text_window window = pole_text_in_window(table->text);
        size_t used;
        const pole_csv_result result =
            pole_csv_next(table->csv, window.data + table->at, window.size - table->at,
                          window.at_end, &used, &table->record);
        if (result == POLE_CSV_MEMORY)
            return pole_table_no_memory(error);
        if (result == POLE_CSV_END)
            return POLE_OK;
        const uint64_t offset = window.offset + table->at;
        if (result == POLE_CSV_RECORD) {
            if (!skipping)
                table->record_offset = offset;
            if (!skipping && (table->record.faults & POLE_CSV_TOO_LONG))
                table->record_file_offset = pole_text_in_file_offset(table->text, offset);
            table->at += used;
            *found = true;
            return POLE_OK;
        }
        if (used > 0 && !skipping) {
            skipping = true;
            table->record_offset = offset;
            table->record_file_offset = pole_text_in_file_offset(table->text, offset);
        }
        pole_text_window moved;
        const pole_status status =
            pole_text_in_advance(table->text, table->at + used, &moved, error);
        table->at = 0;
        if (status != POLE_OK)
            return status;
    }
}

/* Completes the dialect by the text's beginning. */
static pole_status sniff(pole_table *table, pole_error *error)
{
    pole_text_window window = pole_text_in_window(table->text);
    while (window.size < SNIFFED_BYTES && !window.at_end) {
        const pole_status status = pole_text_in_advance(table->text, 0, &window, error);
        if (status != POLE_OK)
            return status;
    }
    const size_t size = window.size < SNIFFED_BYTES ? window.size : SNIFFED_BYTES;
    return pole_dialect_complete((pole_span){window.data, size},
                                 window.at_end && size == window.size, &table->allocator,
                                 &table->dialect, error);
}

static uint32_t clamp_u32(uint64_t value)
{
    return value < UINT32_MAX ? (uint32_t)value : UINT32_MAX;
}

/* A header that cannot be read ends it: no row would be what it seems. */
static pole_status refuse_header(const pole_table *table, const char *why, pole_error *error)
{
    const uint64_t offset = table->record.faults & POLE_CSV_TOO_LONG
                                ? table->record_file_offset
                                : pole_text_in_file_offset(table->text, table->record_offset);
    pole_fail(error, POLE_BAD_INPUT, "%s", why);
    pole_fail_at(error, clamp_u32(table->record.line), 0, offset);
    return POLE_BAD_INPUT;
}

static pole_status read_header(pole_table *table, pole_error *error)
{
    const pole_csv_record *record = &table->record;
    if (record->faults & POLE_CSV_TOO_LONG)
        return refuse_header(table, "the header is longer than 16 MiB or has over 16,384 columns",
                             error);
    if (record->faults & POLE_CSV_UNCLOSED_QUOTE)
        return refuse_header(table, "a quote in the header is never closed", error);
    if (record->faults != 0)
        return refuse_header(table, "there is text behind a closing quote in the header", error);
    pole_bad_place bad;
    if (pole_text_in_bad_between(table->text, table->record_offset,
                                 table->record_offset + record->size_bytes, &bad)) {
        pole_fail(error, POLE_BAD_INPUT,
                  bad.kind == POLE_BAD_NUL ? "the header holds a NUL character"
                                           : "the header is not %s",
                  pole_encoding_name(pole_text_in_encoding(table->text)));
        pole_fail_at(error, clamp_u32(record->line), 0, bad.file_offset);
        return POLE_BAD_INPUT;
    }
    for (size_t i = 0; i < record->cell_count; i++) {
        if (!pole_table_add_column(table, record->cells[i].text))
            return pole_table_no_memory(error);
    }
    return POLE_OK;
}

/* Without a header the columns are "1", "2", ...; the record is read again as a row. */
static pole_status number_columns(pole_table *table, pole_error *error)
{
    for (size_t i = 0; i < table->record.cell_count; i++) {
        char number[24];
        const size_t size = pole_u64_to_text(i + 1, number);
        if (!pole_table_add_column(table, (pole_span){number, size}))
            return pole_table_no_memory(error);
    }
    table->at = (size_t)(table->record_offset - pole_text_in_window(table->text).offset);
    pole_csv_reader_restart(table->csv, table->record.line);
    return POLE_OK;
}

pole_status pole_table_csv_begin(pole_table *table, pole_error *error)
{
    pole_status status = sniff(table, error);
    if (status == POLE_OK &&
        pole_csv_reader_new(table->dialect, &table->allocator, &table->csv) != POLE_OK)
        status = pole_table_no_memory(error);
    bool found = true;
    do {
        if (status == POLE_OK)
            status = next_record(table, &found, error);
    } while (status == POLE_OK && found && table->record.cell_count == 0 &&
             table->record.faults == 0);
    if (status != POLE_OK)
        return status;
    if (!found)
        return pole_fail(error, POLE_BAD_INPUT, "the table is empty");
    if (table->dialect.header == POLE_HEADER_YES || (table->record.faults & POLE_CSV_TOO_LONG))
        return read_header(table, error);
    return number_columns(table, error);
}

/* Whether the record's bytes were all good in their encoding, and no NUL. */
static uint32_t byte_faults(const pole_table *table)
{
    uint32_t faults = 0;
    uint64_t from = table->record_offset;
    const uint64_t to = from + table->record.size_bytes;
    pole_bad_place bad;
    while (faults != (POLE_ROW_BAD_BYTES | POLE_ROW_NUL) &&
           pole_text_in_bad_between(table->text, from, to, &bad)) {
        faults |= bad.kind == POLE_BAD_NUL ? POLE_ROW_NUL : POLE_ROW_BAD_BYTES;
        from = bad.text_offset + 1;
    }
    return faults;
}

pole_status pole_table_csv_next(pole_table *table, bool *found, pole_error *error)
{
    const pole_status status = next_record(table, found, error);
    if (status != POLE_OK || !*found)
        return status;
    const pole_csv_record *record = &table->record;
    pole_table_row *row = &table->row;
    size_t count = record->cell_count;
    if (!pole_table_room_for_cells(table,
                                   count > table->column_count ? count : table->column_count))
        return pole_table_no_memory(error);
    for (size_t i = 0; i < count; i++)
        table->cells[i] = record->cells[i].text;
    uint32_t faults = 0;
    if (record->faults & POLE_CSV_TOO_LONG) {
        faults |= POLE_ROW_TOO_LONG;
    } else if (count == 0 && table->column_count == 1) {
        table->cells[count++] = (pole_span){"", 0};
    } else if (count == 0) {
        faults |= POLE_ROW_BLANK;
    } else if (count != table->column_count) {
        faults |= count < table->column_count ? POLE_ROW_SHORT : POLE_ROW_LONG;
    }
    if (record->faults & POLE_CSV_UNCLOSED_QUOTE)
        faults |= POLE_ROW_UNCLOSED_QUOTE;
    if (record->faults & POLE_CSV_TEXT_AFTER_QUOTE)
        faults |= POLE_ROW_AFTER_QUOTE;
    if (!(faults & POLE_ROW_TOO_LONG))
        faults |= byte_faults(table);
    while (count < table->column_count)
        table->cells[count++] = (pole_span){NULL, 0};
    row->line = record->line;
    row->line_end = record->line_end;
    row->cells = table->cells;
    row->cell_count = count;
    row->faults = faults;
    return POLE_OK;
}

size_t pole_table_csv_cell_start(const pole_table *table, size_t column)
{
    return column < table->record.cell_count ? table->record.cells[column].start : 0;
}
