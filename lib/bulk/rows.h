/* SPDX-License-Identifier: MIT
 * The records of a block as rows of the log: where their bytes are, and the texts of the cells that
 * are read. */
#ifndef BULK_ROWS_H
#define BULK_ROWS_H

#include "bulk/cell_text.h"
#include "bulk/plan.h"
#include "match/matcher.h"

#define POLE_MOST_ROWS 2048u
/* A text of more than 4,096 bytes is not heard: no more is read. */
#define POLE_MOST_CELL_BYTES ((size_t)4097)

typedef struct {
    const uint8_t *raw;
    size_t raw_size;       /* without the line end */
    uint32_t cell_count;   /* 0: a line without a byte */
    uint16_t faults;       /* POLE_CSV_... */
    uint8_t line_end_size; /* raw bytes; 0: the input ends without one */
    bool is_blank;         /* no row: passed as it is */
    bool is_unread;        /* malformed: too long, too many cells, a quote that is not closed */
} pole_log_row;

/* Belongs to one worker. */
typedef struct {
    pole_allocator allocator;
    const pole_log_plan *plan;
    pole_dialect dialect;
    pole_csv_reader *csv;
    pole_cell_reader cells;
    pole_log_row *rows;
    pole_span *codes;
    pole_span *times;            /* NULL: not wanted */
    pole_row_evidence *evidence; /* NULL: there is none */
    pole_row_match *matches;     /* of blanks: not filled */
    size_t count;
} pole_log_rows;

pole_status pole_log_rows_init(pole_log_rows *rows, const pole_log_plan *plan,
                               const pole_blocks *blocks, pole_error *error);
void pole_log_rows_free(pole_log_rows *rows);

/* Reads at most POLE_MOST_ROWS records of a block from *at (bytes of text) on, and moves *at behind
 * them. Borrows from the block, until the next call. */
pole_status pole_log_rows_read(pole_log_rows *rows, const pole_block *block, size_t *at);

/* Fills the matches. */
pole_status pole_log_rows_match(pole_log_rows *rows, pole_matcher *matcher);

#endif
