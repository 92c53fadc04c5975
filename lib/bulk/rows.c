/* SPDX-License-Identifier: MIT
 * See rows.h. */
#include "bulk/rows.h"

#include "formats/columns.h"

pole_status pole_log_rows_init(pole_log_rows *rows, const pole_log_plan *plan,
                               const pole_blocks *blocks, pole_error *error)
{
    memset(rows, 0, sizeof *rows);
    rows->allocator = blocks->allocator;
    rows->plan = plan;
    rows->dialect = blocks->dialect;
    const pole_allocator *memory = &rows->allocator;
    rows->rows = pole_allocate_array(memory, POLE_MOST_ROWS, sizeof *rows->rows);
    rows->codes = pole_allocate_zeroed(memory, POLE_MOST_ROWS, sizeof *rows->codes);
    rows->matches = pole_allocate_zeroed(memory, POLE_MOST_ROWS, sizeof *rows->matches);
    if (plan->time != POLE_NO_COLUMN)
        rows->times = pole_allocate_zeroed(memory, POLE_MOST_ROWS, sizeof *rows->times);
    if (plan->has_evidence)
        rows->evidence = pole_allocate_zeroed(memory, POLE_MOST_ROWS, sizeof *rows->evidence);
    if (!rows->rows || !rows->codes || !rows->matches ||
        (plan->time != POLE_NO_COLUMN && !rows->times) || (plan->has_evidence && !rows->evidence))
        return POLE_NO_MEMORY;
    const pole_status status = pole_csv_reader_new(blocks->dialect, memory, &rows->csv);
    return status == POLE_OK ? pole_cell_reader_init(&rows->cells, blocks->encoding,
                                                     blocks->dialect, blocks->unit, memory, error)
                             : status;
}

void pole_log_rows_free(pole_log_rows *rows)
{
    pole_release(&rows->allocator, rows->rows);
    pole_release(&rows->allocator, rows->codes);
    pole_release(&rows->allocator, rows->times);
    pole_release(&rows->allocator, rows->evidence);
    pole_release(&rows->allocator, rows->matches);
    pole_csv_reader_free(rows->csv);
    pole_cell_reader_free(&rows->cells);
}

static bool read_cell(pole_log_rows *rows, const pole_csv_record *record, const uint8_t *raw,
                      uint32_t column, pole_span *text)
{
    *text = (pole_span){NULL, 0};
    if (column >= record->cell_count)
        return true;
    return pole_cell_text(&rows->cells, raw, record, column, POLE_MOST_CELL_BYTES, text);
}

/* Between the texts of two columns: no digits are heard across it, as they are across a line end.
 */
#define BETWEEN_TEXTS " \xE3\x80\x90\xE6\xA0\x8F\xE3\x80\x91 "
#define BETWEEN_SIZE (sizeof BETWEEN_TEXTS - 1)

/* The texts of several columns as one. */
static bool read_texts(pole_log_rows *rows, const pole_csv_record *record, const uint8_t *raw,
                       pole_span *text)
{
    pole_span parts[POLE_MOST_TEXT_COLUMNS];
    const size_t count = rows->plan->text_count;
    size_t size = 0, at = 0;
    for (size_t i = 0; i < count; i++) {
        if (!read_cell(rows, record, raw, rows->plan->text_columns[i], parts + i))
            return false;
        size += parts[i].size_bytes + BETWEEN_SIZE;
    }
    if (count == 1) {
        *text = parts[0];
        return true;
    }
    char *joined = pole_cell_room(&rows->cells, size);
    if (joined == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (parts[i].size_bytes == 0)
            continue;
        if (at > 0) {
            memcpy(joined + at, BETWEEN_TEXTS, BETWEEN_SIZE);
            at += BETWEEN_SIZE;
        }
        memcpy(joined + at, parts[i].data, parts[i].size_bytes);
        at += parts[i].size_bytes;
    }
    *text = (pole_span){joined, at};
    return true;
}

static bool read_evidence(pole_log_rows *rows, const pole_csv_record *record, const uint8_t *raw,
                          pole_row_evidence *evidence)
{
    pole_span *const to[POLE_EVIDENCE_CELLS] = {
        &evidence->hint_lat,   &evidence->hint_lon, &evidence->hint_radius_m,
        &evidence->hint_level, &evidence->hint_crs, &evidence->street,
        &evidence->district,   &evidence->scope,    &evidence->also};
    for (unsigned i = 0; i < POLE_EVIDENCE_CELLS; i++)
        if (!read_cell(rows, record, raw, rows->plan->evidence[i], to[i]))
            return false;
    return true;
}

static bool read_row(pole_log_rows *rows, const pole_csv_record *record, const uint8_t *raw,
                     size_t i)
{
    const pole_log_plan *plan = rows->plan;
    pole_log_row *row = rows->rows + i;
    row->is_blank = record->cell_count == 0 && record->faults == 0 && plan->column_count != 1;
    row->is_unread = (record->faults & (POLE_CSV_TOO_LONG | POLE_CSV_UNCLOSED_QUOTE)) ||
                     record->cell_count > plan->column_count;
    rows->codes[i] = (pole_span){NULL, 0};
    if (rows->times)
        rows->times[i] = (pole_span){NULL, 0};
    if (rows->evidence)
        memset(rows->evidence + i, 0, sizeof *rows->evidence);
    if (row->is_blank || row->is_unread)
        return true;
    const bool code = plan->text_count > 0
                          ? read_texts(rows, record, raw, rows->codes + i)
                          : read_cell(rows, record, raw, plan->code, rows->codes + i);
    return code && (!rows->times || read_cell(rows, record, raw, plan->time, rows->times + i)) &&
           (!rows->evidence || read_evidence(rows, record, raw, rows->evidence + i));
}

pole_status pole_log_rows_read(pole_log_rows *rows, const pole_block *block, size_t *at)
{
    rows->count = 0;
    pole_cell_reader_clear(&rows->cells);
    pole_csv_reader_restart(rows->csv, 1);
    while (rows->count < POLE_MOST_ROWS && *at < block->size) {
        pole_csv_record record;
        size_t used;
        const pole_csv_result result =
            pole_csv_next(rows->csv, block->text + *at, block->size - *at, true, &used, &record);
        if (result != POLE_CSV_RECORD)
            return POLE_NO_MEMORY; /* a block is whole records: nothing else can be the matter */
        const uint8_t *raw = block->raw.bytes + *at * block->unit;
        pole_log_row *row = rows->rows + rows->count;
        row->raw = raw;
        row->raw_size = record.size_bytes * block->unit;
        row->cell_count = (uint32_t)record.cell_count;
        row->faults = (uint16_t)record.faults;
        row->line_end_size = (uint8_t)((used - record.size_bytes) * block->unit);
        if (!read_row(rows, &record, raw, rows->count))
            return POLE_NO_MEMORY;
        rows->count++;
        *at += used;
    }
    return POLE_OK;
}

pole_status pole_log_rows_match(pole_log_rows *rows, pole_matcher *matcher)
{
    pole_status status = POLE_OK;
    size_t at = 0;
    while (at < rows->count && status == POLE_OK) {
        const pole_log_row *row = rows->rows + at;
        if (row->is_blank || row->is_unread) {
            pole_match_malformed(matcher->index, rows->matches + at++);
            continue;
        }
        size_t end = at + 1;
        while (end < rows->count && !rows->rows[end].is_blank && !rows->rows[end].is_unread)
            end++;
        rows->matches[at].struct_size = sizeof *rows->matches;
        status =
            pole_matcher_run(matcher, rows->codes + at, rows->evidence ? rows->evidence + at : NULL,
                             end - at, rows->matches + at);
        at = end;
    }
    return status;
}
