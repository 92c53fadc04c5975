/* SPDX-License-Identifier: MIT
 * Writes delimited text: cells quoted only where a reader would otherwise misread them. */
#ifndef FORMATS_CSV_OUT_H
#define FORMATS_CSV_OUT_H

#include "base/memory.h"
#include "formats/dialect.h"

/* Fill it with pole_csv_writer_init; out is the caller's, and its `failed` tells of no memory. */
typedef struct {
    pole_buffer *out;
    char delimiter;
    char quote; /* '\0': never quoted; the caller answers for the cells */
    bool crlf;
    bool cell_written; /* in this row */
    bool lone_empty;   /* this row is one empty cell so far */
} pole_csv_writer;

/* LF line ends; set writer->crlf for CRLF. */
void pole_csv_writer_init(pole_csv_writer *writer, pole_dialect dialect, pole_buffer *out);

/* A cell is quoted when it holds the delimiter, the quote, CR or LF. */
void pole_csv_write_cell(pole_csv_writer *writer, pole_span text);
void pole_csv_write_text(pole_csv_writer *writer, const char *text);

/* Ends the row. A row of one empty cell is written as "" so that it is no empty line; a row of no
 * cells is an empty line. */
void pole_csv_end_row(pole_csv_writer *writer);

#endif
