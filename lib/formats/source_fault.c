/* SPDX-License-Identifier: MIT
 *
 * What is wrong with a row, in words, and where it stands. Values are not repeated here: whoever
 * reports a row decides what of it may be shown. */
#include "base/status.h"
#include "formats/source_rows.h"

static uint32_t clamp_u32(uint64_t value)
{
    return value < UINT32_MAX ? (uint32_t)value : UINT32_MAX;
}

uint64_t pole_table_cell_offset(const pole_table *table, size_t column)
{
    if (!table->row_at_hand)
        return 0;
    switch (table->format) {
    case POLE_FORMAT_CSV:
        if (table->record.faults & POLE_CSV_TOO_LONG)
            return table->record_file_offset;
        return pole_text_in_file_offset(table->text, table->record_offset +
                                                         pole_table_csv_cell_start(table, column));
    case POLE_FORMAT_GEOJSON:
        return column < table->row.cell_count ? table->places[column].file_offset
                                              : table->feature->file_offset;
    case POLE_FORMAT_ADAPTER:
    case POLE_FORMAT_AUTO:
        break;
    }
    return 0;
}

/* Line ends in the record's first `size` bytes. */
static uint64_t count_line_ends(const char *text, size_t size)
{
    uint64_t count = 0;
    for (size_t i = 0; i < size; i++)
        count += text[i] == '\r' || (text[i] == '\n' && (i == 0 || text[i - 1] != '\r'));
    return count;
}

uint64_t pole_table_cell_line(const pole_table *table, size_t column)
{
    if (!table->row_at_hand)
        return 0;
    if (table->format == POLE_FORMAT_GEOJSON && column < table->row.cell_count)
        return table->places[column].line;
    if (table->format != POLE_FORMAT_CSV || table->row.line == table->row.line_end ||
        (table->record.faults & POLE_CSV_TOO_LONG))
        return table->row.line;
    const pole_text_window window = pole_text_in_window(table->text);
    const char *record = window.data + (table->record_offset - window.offset);
    return table->row.line + count_line_ends(record, pole_table_csv_cell_start(table, column));
}

/* The cell of a delimited row that a text offset lies in. */
static size_t cell_at(const pole_table *table, uint64_t text_offset)
{
    const uint64_t inside = text_offset - table->record_offset;
    size_t cell = 0;
    while (cell + 1 < table->record.cell_count && table->record.cells[cell + 1].start <= inside)
        cell++;
    return cell;
}

static void tell_bad_bytes(const pole_table *table, pole_bad_kind kind, pole_error *error)
{
    pole_bad_place bad = {0};
    uint64_t from = table->record_offset;
    const uint64_t to = from + table->record.size_bytes;
    while (pole_text_in_bad_between(table->text, from, to, &bad) && bad.kind != kind)
        from = bad.text_offset + 1;
    const size_t cell = cell_at(table, bad.text_offset);
    if (kind == POLE_BAD_NUL) {
        pole_fail(error, POLE_BAD_INPUT, "cell %zu holds a NUL character", cell + 1);
    } else {
        char bytes[3 * sizeof bad.bytes + 1] = "";
        static const char hex[] = "0123456789ABCDEF";
        for (size_t i = 0; i < bad.size && i < sizeof bad.bytes; i++) {
            bytes[3 * i] = ' ';
            bytes[3 * i + 1] = hex[bad.bytes[i] >> 4];
            bytes[3 * i + 2] = hex[bad.bytes[i] & 15];
            bytes[3 * i + 3] = '\0';
        }
        pole_fail(error, POLE_BAD_INPUT, "cell %zu holds bytes that are not %s:%s", cell + 1,
                  pole_encoding_name(pole_text_in_encoding(table->text)), bytes);
        pole_fail_hint(error, "name the encoding, or mend the cell");
    }
    pole_fail_at(error, clamp_u32(pole_table_cell_line(table, cell)), clamp_u32(cell + 1),
                 bad.file_offset);
}

static void tell_cell_fault(const pole_table *table, const char *message, const char *hint,
                            pole_error *error)
{
    const size_t cell = table->record.fault_cell;
    if (table->row.line_end > table->row.line)
        pole_fail(error, POLE_BAD_INPUT, "cell %zu: %s; lines %llu to %llu were read as one row",
                  cell + 1, message, (unsigned long long)table->row.line,
                  (unsigned long long)table->row.line_end);
    else
        pole_fail(error, POLE_BAD_INPUT, "cell %zu: %s", cell + 1, message);
    pole_fail_hint(error, hint);
    pole_fail_at(error, clamp_u32(pole_table_cell_line(table, cell)), clamp_u32(cell + 1),
                 pole_table_cell_offset(table, cell));
}

static void tell_row_fault(const pole_table *table, pole_error *error)
{
    const uint32_t faults = table->row.faults;
    if (faults & POLE_ROW_TOO_LONG)
        pole_fail(error, POLE_BAD_INPUT,
                  "the row is longer than 16 MiB or has over 16,384 cells (lines %llu to %llu)%s",
                  (unsigned long long)table->row.line, (unsigned long long)table->row.line_end,
                  faults & POLE_ROW_UNCLOSED_QUOTE ? "; a quote in it is never closed" : "");
    else if (faults & POLE_ROW_BLANK)
        pole_fail(error, POLE_BAD_INPUT, "the line is empty");
    else
        pole_fail(error, POLE_BAD_INPUT, "the row has %zu cells, the table %zu columns",
                  table->record.cell_count, table->column_count);
    pole_fail_at(error, clamp_u32(table->row.line), 0,
                 pole_table_cell_offset(table, table->row.cell_count));
}

static void tell_feature_fault(const pole_table *table, pole_error *error)
{
    static const struct {
        uint32_t fault;
        const char *message;
    } texts[] = {
        {POLE_FEATURE_NOT_A_FEATURE, "this is no object of type \"Feature\""},
        {POLE_FEATURE_BAD_BYTES, "a text in the feature is no UTF-8, or holds a NUL"},
        {POLE_FEATURE_DOUBLE_MEMBER, "the same name stands twice in one object"},
        {POLE_FEATURE_TOO_MANY, "the feature has too many properties or positions"},
        {POLE_FEATURE_GEOMETRY_TYPE, "the geometry is of a type that is not read here"},
        {POLE_FEATURE_COORDINATES, "the coordinates are not numbers in the nesting of their type"},
        {POLE_FEATURE_EMPTY, "the geometry has no coordinates"},
        {POLE_FEATURE_SHORT_RING, "a ring has fewer than four positions, or a line fewer than two"},
        {POLE_FEATURE_UNCLOSED_RING, "a ring does not end where it begins"},
        {POLE_FEATURE_NO_PROPERTIES, "the feature has no properties"},
        {POLE_FEATURE_NO_GEOMETRY, "the feature has no geometry"}};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (table->row.feature_faults & texts[i].fault) {
            pole_fail(error, POLE_BAD_INPUT, "%s", texts[i].message);
            break;
        }
    }
    if (table->feature)
        pole_fail_at(error, clamp_u32(table->feature->fault_line), 0, table->feature->fault_offset);
    else
        pole_fail_at(error, clamp_u32(table->row.line), 0, 0);
}

pole_status pole_table_fault(const pole_table *table, pole_error *error)
{
    pole_error_clear(error);
    const uint32_t faults = table->row_at_hand ? table->row.faults : 0;
    if (faults == 0)
        return POLE_OK;
    if (faults & POLE_ROW_FEATURE)
        tell_feature_fault(table, error);
    else if (faults & POLE_ROW_TOO_LONG)
        tell_row_fault(table, error);
    else if (faults & POLE_ROW_UNCLOSED_QUOTE)
        tell_cell_fault(table, "a quote opened here is never closed",
                        "close it, or double the quotes that are text", error);
    else if (faults & POLE_ROW_AFTER_QUOTE)
        tell_cell_fault(table, "text follows a closing quote", "double the quotes that are text",
                        error);
    else if (faults & POLE_ROW_BAD_BYTES)
        tell_bad_bytes(table, POLE_BAD_SEQUENCE, error);
    else if (faults & POLE_ROW_NUL)
        tell_bad_bytes(table, POLE_BAD_NUL, error);
    else
        tell_row_fault(table, error);
    return POLE_BAD_INPUT;
}
