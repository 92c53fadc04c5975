/* SPDX-License-Identifier: MIT
 *
 * Delimited text, cell by cell. The one thing that quoting cannot say by itself is a row of one
 * empty cell, which looks like an empty line: it is held back until the row ends. */
#include "formats/csv_out.h"

void pole_csv_writer_init(pole_csv_writer *writer, pole_dialect dialect, pole_buffer *out)
{
    memset(writer, 0, sizeof *writer);
    writer->out = out;
    writer->delimiter = dialect.delimiter;
    writer->quote = dialect.quote;
}

static bool needs_quotes(const pole_csv_writer *writer, pole_span text)
{
    for (size_t i = 0; i < text.size_bytes; i++) {
        const char c = text.data[i];
        if (c == writer->delimiter || c == writer->quote || c == '\n' || c == '\r')
            return writer->quote != '\0';
    }
    return false;
}

static void write_quoted(pole_csv_writer *writer, pole_span text)
{
    const uint8_t quote = (uint8_t)writer->quote;
    size_t at = 0;
    pole_buffer_append_byte(writer->out, quote);
    while (at < text.size_bytes) {
        const char *found = memchr(text.data + at, quote, text.size_bytes - at);
        const size_t end = found ? (size_t)(found - text.data) + 1 : text.size_bytes;
        pole_buffer_append(writer->out, text.data + at, end - at);
        if (found)
            pole_buffer_append_byte(writer->out, quote);
        at = end;
    }
    pole_buffer_append_byte(writer->out, quote);
}

void pole_csv_write_cell(pole_csv_writer *writer, pole_span text)
{
    if (writer->cell_written)
        pole_buffer_append_byte(writer->out, (uint8_t)writer->delimiter);
    writer->lone_empty = !writer->cell_written && text.size_bytes == 0;
    writer->cell_written = true;
    if (needs_quotes(writer, text))
        write_quoted(writer, text);
    else
        pole_buffer_append(writer->out, text.data, text.size_bytes);
}

void pole_csv_write_text(pole_csv_writer *writer, const char *text)
{
    pole_csv_write_cell(writer, pole_span_of(text));
}

void pole_csv_end_row(pole_csv_writer *writer)
{
    if (writer->lone_empty && writer->quote != '\0')
        write_quoted(writer, (pole_span){NULL, 0});
    if (writer->crlf)
        pole_buffer_append_byte(writer->out, '\r');
    pole_buffer_append_byte(writer->out, '\n');
    writer->cell_written = false;
    writer->lone_empty = false;
}
