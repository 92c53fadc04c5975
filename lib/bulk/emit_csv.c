/* SPDX-License-Identifier: MIT
 * Rows in the input's dialect. The bytes of the input's cells are copied; only where cells are left
 * out, made safe for a spreadsheet, or another encoding was asked for, is a row put together anew.
 */
#include "base/decimal.h"
#include "bulk/emit.h"

/* Without a way out in the middle, which cells of usual lengths would not take. */
static bool holds_any(const bool *special, pole_span text)
{
    unsigned found = 0;
    for (size_t i = 0; i < text.size_bytes; i++)
        found |= special[(unsigned char)text.data[i]];
    return found != 0;
}

void pole_emission_set_dialect(pole_emission *how, pole_dialect dialect)
{
    how->dialect = dialect;
    /* None of these are special to a dialect without a quote, which could not say so. */
    memset(how->special, 0, sizeof how->special);
    how->special[(unsigned char)dialect.delimiter] = how->special[(unsigned char)dialect.quote] =
        how->special['\n'] = how->special['\r'] = dialect.quote != '\0';
    how->plain_numbers = strchr("0123456789.-", dialect.delimiter) == NULL;
    how->plain_texts = how->plain_numbers &&
                       !holds_any(how->special, pole_strings_all(&how->index->strings)) &&
                       !holds_any(how->special, pole_span_of("abcdefghijklmnopqrstuvwxyz_;"));
}

/* Writes a cell of at most 2 * size + 2 bytes. */
static char *put_cell(const pole_emission *how, char *to, pole_span text)
{
    const pole_dialect dialect = how->dialect;
    if (!holds_any(how->special, text)) {
        if (text.size_bytes > 0)
            memcpy(to, text.data, text.size_bytes);
        return to + text.size_bytes;
    }
    *to++ = dialect.quote;
    for (size_t i = 0; i < text.size_bytes; i++) {
        if (text.data[i] == dialect.quote)
            *to++ = dialect.quote;
        *to++ = text.data[i];
    }
    *to++ = dialect.quote;
    return to;
}

bool pole_spreadsheet_runs(pole_span text)
{
    static const char starts[] = {'=', '+', '-', '@', '\t', '\r'};
    double value;
    if (text.size_bytes == 0 || memchr(starts, text.data[0], sizeof starts) == NULL)
        return false;
    return !pole_decimal_to_double(text, &value);
}

/* The text with an apostrophe before it, if it needs one. room: as put_cell(), and one more. */
static char *put_safe_cell(pole_emitter *emitter, char *to, pole_span text)
{
    if (!emitter->how->excel_safe || !pole_spreadsheet_runs(text))
        return put_cell(emitter->how, to, text);
    emitter->excel_safe_cells++;
    if (holds_any(emitter->how->special, text)) {
        char *end = put_cell(emitter->how, to + 1, text);
        to[0] = emitter->how->dialect.quote;
        to[1] = '\'';
        return end;
    }
    *to++ = '\'';
    return put_cell(emitter->how, to, text);
}

/* Room for so many bytes behind the end; NULL: no memory. What is written there is to be added to
 * the size. */
static char *room_behind(pole_buffer *to, size_t size)
{
    if (to->bytes == NULL || to->capacity - to->size < size) {
        if (pole_buffer_extend(to, size) == NULL)
            return NULL;
        to->size -= size;
    }
    return (char *)to->bytes + to->size;
}

/* As pole_buffer_append(), where one call a row counts. */
static void append(pole_buffer *to, const uint8_t *bytes, size_t size)
{
    char *at = room_behind(to, size);
    if (at == NULL || size == 0)
        return;
    memcpy(at, bytes, size);
    to->size += size;
}

/* A column of digits alone: no dialect but a strange one can have to quote it, and no spreadsheet
 * runs it. */
static bool put_figures(const pole_emission *how, const pole_row_match *match,
                        pole_added_column column, pole_buffer *to)
{
    char *at = room_behind(to, 1 + POLE_ADDED_FIGURES_BYTES);
    if (at == NULL)
        return false;
    at[0] = how->dialect.delimiter;
    to->size += 1 + pole_added_text(how->index, match, column, at + 1).size_bytes;
    return true;
}

static bool put_text(pole_emitter *emitter, pole_span text, bool is_plain, pole_buffer *to)
{
    char *const begin = room_behind(to, 2 * text.size_bytes + 4);
    if (begin == NULL)
        return false;
    begin[0] = emitter->how->dialect.delimiter;
    if (is_plain) {
        if (text.size_bytes > 0)
            memcpy(begin + 1, text.data, text.size_bytes);
        to->size += 1 + text.size_bytes;
        return true;
    }
    to->size += (size_t)(put_safe_cell(emitter, begin + 1, text) - begin);
    return true;
}

static bool put_added(pole_emitter *emitter, const pole_row_match *match, pole_buffer *out)
{
    const pole_emission *how = emitter->how;
    const pole_added *added = &how->plan->added;
    const bool is_plain = how->plain_texts && !how->excel_safe;
    char room[POLE_ADDED_TEXT_BYTES];
    pole_buffer *to = how->to == POLE_ENCODING_UTF8 ? out : &emitter->text;
    if (to != out)
        pole_buffer_clear(to);
    for (size_t i = 0; i < added->count; i++) {
        const pole_added_column column = added->columns[i];
        const bool put =
            match == NULL ? put_text(emitter, pole_span_of(how->plan->added_names[i]), false, to)
            : how->plain_numbers && pole_added_is_figures(column)
                ? put_figures(how, match, column, to)
                : put_text(emitter, pole_added_text(how->index, match, column, room), is_plain, to);
        if (!put)
            return false;
    }
    const pole_span all = {(const char *)to->bytes, to->size};
    return to == out || pole_emit_encoded(how->to, all, out);
}

/* So many delimiters that a short row has as many cells as the others. */
static bool fill_up(pole_emitter *emitter, size_t missing, pole_buffer *out)
{
    for (; missing > 0; missing--)
        if (!pole_emit_encoded(emitter->how->to, (pole_span){&emitter->how->dialect.delimiter, 1},
                               out))
            return false;
    return true;
}

/* What a quote that was never closed would swallow stands behind this one. */
static bool close_quote(pole_emitter *emitter, pole_buffer *out)
{
    return pole_emit_encoded(emitter->how->to, (pole_span){&emitter->how->dialect.quote, 1}, out);
}

bool pole_emit_raw(pole_emitter *emitter, const uint8_t *raw, size_t size, pole_buffer *out)
{
    const pole_emission *how = emitter->how;
    if (how->from == how->to) {
        append(out, raw, size);
        return !out->failed;
    }
    pole_buffer_clear(&emitter->text);
    const pole_buffer *text = &emitter->text;
    return pole_cell_decode(&emitter->cells, raw, size, &emitter->text) &&
           pole_emit_encoded(how->to, (pole_span){(const char *)text->bytes, text->size}, out);
}

static bool append_cell(pole_emitter *emitter, const uint8_t *raw, const pole_csv_record *record,
                        size_t cell, pole_buffer *out)
{
    const pole_emission *how = emitter->how;
    const size_t start = record->cells[cell].start, end = pole_cell_end(record, cell);
    pole_span text;
    if (how->excel_safe) {
        if (!pole_cell_text(&emitter->cells, raw, record, cell, SIZE_MAX, &text))
            return false;
        if (pole_spreadsheet_runs(text)) {
            char *room = pole_cell_room(&emitter->cells, 2 * text.size_bytes + 4);
            if (room == NULL)
                return false;
            const size_t size = (size_t)(put_safe_cell(emitter, room, text) - room);
            return pole_emit_encoded(how->to, (pole_span){room, size}, out);
        }
    }
    return pole_emit_raw(emitter, raw + start * how->unit, (end - start) * how->unit, out);
}

/* All cells of a row empty: which of them are to be left out cannot be told. */
static bool withhold(pole_emitter *emitter, pole_buffer *out)
{
    const pole_log_plan *plan = emitter->how->plan;
    size_t kept = 0;
    for (size_t i = 0; i < plan->column_count; i++)
        kept += !plan->dropped[i];
    return fill_up(emitter, kept > 0 ? kept - 1 : 0, out);
}

/* Cell by cell. */
static bool put_together(pole_emitter *emitter, const pole_log_row *row, size_t *missing,
                         pole_buffer *out)
{
    const pole_emission *how = emitter->how;
    const uint8_t *dropped = how->plan->dropped;
    pole_csv_record record = {.cell_count = 0};
    size_t used;
    bool any = false;
    const pole_span text = pole_emit_scan(emitter, row);
    pole_csv_reader_restart(emitter->csv, 1);
    if (text.data == NULL || pole_csv_next(emitter->csv, text.data, text.size_bytes, true, &used,
                                           &record) == POLE_CSV_MEMORY)
        return false;
    if (record.cell_count == 0 && row->raw_size > 0)
        return pole_emit_raw(emitter, row->raw, row->raw_size, out);
    for (size_t i = 0; i < record.cell_count; i++) {
        if (dropped && i < how->plan->column_count && dropped[i])
            continue;
        if (any && !fill_up(emitter, 1, out))
            return false;
        any = true;
        if (!append_cell(emitter, row->raw, &record, i, out))
            return false;
    }
    *missing = 0;
    /* Without a byte, a row of a table of one column has that one, empty. */
    for (size_t i = record.cell_count > 0 ? record.cell_count : 1; i < how->plan->column_count; i++)
        *missing += !(dropped && dropped[i]);
    if (!any && *missing > 0 && record.cell_count > 0)
        --*missing; /* the first cell that is kept has no delimiter before it */
    pole_cell_reader_clear(&emitter->cells);
    return true;
}

bool pole_emit_csv(pole_emitter *emitter, const pole_log_row *row, const pole_row_match *match,
                   pole_buffer *out)
{
    const pole_emission *how = emitter->how;
    const size_t columns = how->plan->column_count;
    if (row->is_blank)
        return pole_emit_raw(emitter, row->raw + row->raw_size, row->line_end_size, out);
    size_t missing =
        row->cell_count < columns && row->cell_count > 0 ? columns - row->cell_count : 0;
    const bool is_withheld = how->plan->dropped && row->is_unread;
    const bool is_open = !is_withheld && (row->faults & POLE_CSV_UNCLOSED_QUOTE);
    bool done = true;
    if (is_withheld)
        missing = 0;
    if (is_withheld)
        done = withhold(emitter, out);
    else if (how->from == how->to && !how->plan->dropped && !how->excel_safe)
        append(out, row->raw, row->raw_size);
    else
        done = put_together(emitter, row, &missing, out);
    return done && !out->failed && (!is_open || close_quote(emitter, out)) &&
           fill_up(emitter, missing, out) && put_added(emitter, match, out) &&
           pole_emit_raw(emitter, row->raw + row->raw_size, row->line_end_size, out);
}

bool pole_emit_long_end(pole_emitter *emitter, const pole_row_match *match, bool unclosed,
                        const pole_buffer *line_end, pole_buffer *out)
{
    const bool is_withheld = emitter->how->plan->dropped != NULL;
    return (!is_withheld || withhold(emitter, out)) &&
           (!unclosed || is_withheld || close_quote(emitter, out)) &&
           put_added(emitter, match, out) &&
           pole_emit_raw(emitter, line_end->bytes, line_end->size, out);
}
