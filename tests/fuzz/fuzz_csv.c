/* SPDX-License-Identifier: MIT
 *
 * Any text as CSV: read whole and in pieces it gives the same records, no byte of it is left out,
 * and what was read, written and read again is the same. The first byte chooses dialect and piece.
 */
#include <stdint.h>
#include <stdlib.h>

#include "formats/csv_in.h"
#include "formats/csv_out.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void write_record(pole_csv_writer *writer, const pole_csv_record *record)
{
    for (size_t i = 0; i < record->cell_count; i++)
        pole_csv_write_cell(writer, record->cells[i].text);
    pole_csv_end_row(writer);
}

/* Reads a text that is given `step` bytes a time and writes it anew. Returns the last line. */
static uint64_t rewrite(pole_dialect dialect, const char *text, size_t size, size_t step,
                        pole_buffer *out)
{
    pole_csv_reader *reader;
    pole_csv_writer writer;
    pole_csv_record record;
    uint64_t line = 0;
    size_t at = 0;
    size_t seen = step < size ? step : size;
    pole_csv_result result;
    must(pole_csv_reader_new(dialect, NULL, &reader) == POLE_OK);
    pole_csv_writer_init(&writer, dialect, out);
    do {
        size_t used;
        char *copy = malloc(seen - at + (seen == at));
        must(copy != NULL);
        if (seen > at)
            memcpy(copy, text + at, seen - at);
        result = pole_csv_next(reader, copy, seen - at, seen == size, &used, &record);
        must(used <= seen - at && result != POLE_CSV_MEMORY);
        if (result == POLE_CSV_RECORD) {
            must(used >= record.size_bytes && record.line == line + 1);
            must(record.line_end >= record.line);
            write_record(&writer, &record);
            line = record.line_end;
        }
        free(copy);
        at += used;
        must(result != POLE_CSV_MORE || seen < size);
        if (result == POLE_CSV_MORE)
            seen += step < size - seen ? step : size - seen;
    } while (result != POLE_CSV_END);
    must(at == size);
    pole_csv_reader_free(reader);
    return line;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char delimiters[] = ",;\t|";
    if (size < 1 || size > 4096)
        return 0;
    const pole_dialect dialect = {delimiters[data[0] & 3], data[0] & 4 ? '\'' : '"',
                                  POLE_HEADER_NO};
    const char *text = (const char *)data + 1;
    pole_buffer whole;
    pole_buffer cut;
    pole_buffer again;
    pole_buffer_init(&whole, NULL);
    pole_buffer_init(&cut, NULL);
    pole_buffer_init(&again, NULL);
    const uint64_t lines = rewrite(dialect, text, size - 1, size, &whole);
    must(rewrite(dialect, text, size - 1, 1u + (data[0] >> 3), &cut) == lines);
    must(whole.size == cut.size &&
         (cut.size == 0 || memcmp(whole.bytes, cut.bytes, cut.size) == 0));
    (void)rewrite(dialect, (const char *)whole.bytes, whole.size, whole.size + 1, &again);
    must(whole.size == again.size &&
         (again.size == 0 || memcmp(whole.bytes, again.bytes, again.size) == 0));
    pole_dialect sniffed = POLE_DIALECT_SNIFF;
    must(pole_dialect_complete((pole_span){text, size - 1}, false, NULL, &sniffed, NULL) ==
         POLE_OK);
    pole_buffer_free(&whole);
    pole_buffer_free(&cut);
    pole_buffer_free(&again);
    return 0;
}
