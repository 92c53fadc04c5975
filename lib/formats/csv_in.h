/* SPDX-License-Identifier: MIT
 * Records of a delimited text (RFC 4180 and what real tables make of it). Works on text in
 * memory, so that a stream's window, a mapped file and a worker's block are read by one scanner.
 *
 *   - A record ends at LF, CRLF or a lone CR outside quotes, or at the end of the text.
 *   - A cell that begins with the quote is quoted: delimiters and line ends are text in it, a
 *     doubled quote is one quote. Line ends in it are kept as they are.
 *   - A quote inside an unquoted cell is text. Blanks are text. Nothing is trimmed.
 *   - Text between a closing quote and the next delimiter is kept as part of the cell, as Python's
 *     csv module does, and the record is marked.
 *   - A quote that is never closed reaches to the end of the text: one record, marked, with the
 *     lines that it spans, so that a caller can say what was lost. */
#ifndef FORMATS_CSV_IN_H
#define FORMATS_CSV_IN_H

#include "base/memory.h"
#include "formats/dialect.h"

#define POLE_CSV_MAX_RECORD_BYTES ((size_t)16 << 20)
#define POLE_CSV_MAX_CELLS 16384u /* a spreadsheet's widest row */

/* What is wrong with a record; 0: nothing. */
enum {
    POLE_CSV_UNCLOSED_QUOTE = 1u << 0,   /* ran into the end of the text */
    POLE_CSV_TEXT_AFTER_QUOTE = 1u << 1, /* "12"3 : read as 123 */
    POLE_CSV_TOO_LONG = 1u << 2          /* over a limit above; it has no cells, and is skipped */
};

typedef struct {
    pole_span text; /* unquoted; borrowed from the text given or from the reader */
    uint32_t start; /* where the cell begins (its quote, if quoted), from the record's first byte */
} pole_csv_cell;

typedef struct {
    const pole_csv_cell *cells;
    size_t cell_count; /* 0: an empty line (no byte between two line ends), or POLE_CSV_TOO_LONG */
    uint64_t line;     /* physical line of its first byte, from 1 */
    uint64_t line_end; /* of its last byte */
    size_t size_bytes; /* from its first byte to before its line end */
    uint32_t faults;   /* POLE_CSV_... */
    uint32_t fault_cell; /* the first cell with a fault, from 0 */
} pole_csv_record;

typedef struct pole_csv_reader pole_csv_reader;

/* dialect: complete. The reader belongs to one thread. */
pole_status pole_csv_reader_new(pole_dialect dialect, const pole_allocator *allocator,
                                pole_csv_reader **reader);
void pole_csv_reader_free(pole_csv_reader *reader);

/* To read another text with the same reader, whose first line has this number. */
void pole_csv_reader_restart(pole_csv_reader *reader, uint64_t first_line);

typedef enum {
    POLE_CSV_RECORD, /* *record is filled; it borrows until the next call */
    POLE_CSV_MORE,   /* the text ends inside a record: call again with the same text and more */
    POLE_CSV_END,    /* no record is left */
    POLE_CSV_MEMORY  /* no memory */
} pole_csv_result;

/* The record that begins at text[0]. *used: the bytes behind which the next call must begin (0
 * with POLE_CSV_MORE, unless an over-long record is being skipped). last: the text ends the table.
 */
pole_csv_result pole_csv_next(pole_csv_reader *reader, const char *text, size_t size, bool last,
                              size_t *used, pole_csv_record *record);

#endif
