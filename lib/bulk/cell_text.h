/* SPDX-License-Identifier: MIT
 * The text of a record's cells in UTF-8, whatever encoding the record is in. */
#ifndef BULK_CELL_TEXT_H
#define BULK_CELL_TEXT_H

#include "formats/csv_in.h"
#include "formats/encoding.h"

/* Belongs to one thread. Texts live until it is cleared. */
typedef struct {
    pole_allocator allocator;
    pole_decoder *decoder; /* NULL: the bytes are the text */
    pole_csv_reader *csv;  /* of one decoded cell */
    unsigned unit;
    pole_buffer decoded;
    struct pole_cell_chunk *chunks; /* the one in use first */
} pole_cell_reader;

pole_status pole_cell_reader_init(pole_cell_reader *cells, pole_encoding encoding,
                                  pole_dialect dialect, unsigned unit,
                                  const pole_allocator *allocator, pole_error *error);
void pole_cell_reader_free(pole_cell_reader *cells);

/* Forgets the texts, keeps some memory. */
void pole_cell_reader_clear(pole_cell_reader *cells);

/* The text of a cell of a record, of which raw are the bytes. Of a text of more than most_bytes, at
 * least so many bytes are given, and perhaps not all. Bytes that are ill-formed stay as they are in
 * UTF-8, and become U+FFFD from another encoding. False: no memory. */
bool pole_cell_text(pole_cell_reader *cells, const uint8_t *raw, const pole_csv_record *record,
                    size_t cell, size_t most_bytes, pole_span *text);

/* Keeps a copy of a text. */
bool pole_cell_keep(pole_cell_reader *cells, pole_span *text);

/* Memory that lives until the reader is cleared; NULL: none is left. */
char *pole_cell_room(pole_cell_reader *cells, size_t size);

/* Any raw bytes as UTF-8, appended to out. */
bool pole_cell_decode(pole_cell_reader *cells, const uint8_t *raw, size_t size, pole_buffer *out);

/* Where the raw bytes of a cell are, its quotes included, in bytes of the record's text. */
static inline size_t pole_cell_end(const pole_csv_record *record, size_t cell)
{
    return cell + 1 < record->cell_count ? record->cells[cell + 1].start - 1 : record->size_bytes;
}

#endif
