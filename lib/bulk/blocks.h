/* SPDX-License-Identifier: MIT
 * The input as blocks of whole records. A record's bytes are never changed on the way: where the
 * encoding could hide a delimiter in a character (UTF-16, and GB18030 with some delimiters), a
 * shadow of the bytes is scanned in their place. */
#ifndef BULK_BLOCKS_H
#define BULK_BLOCKS_H

#include <polelookup/bulk.h>

#include "base/checksum.h"
#include "formats/csv_in.h"
#include "formats/encoding.h"

#define POLE_BLOCK_BYTES ((size_t)64 << 10)

/* What a block needs memory for; belongs to one worker. Zero it but for the buffers' allocators. */
typedef struct {
    pole_buffer raw;
    pole_buffer shadow;
    const char *text;   /* what is scanned: raw or shadow */
    size_t size;        /* of text: whole records alone */
    unsigned unit;      /* bytes of raw for a byte of text: 1 or 2 */
    uint64_t number;    /* from 0 */
    uint64_t first_row; /* rows before it; counted only where that was asked for */
    bool is_long;       /* the beginning of a record longer than POLE_RECORD_MAX_BYTES */
} pole_block;

void pole_block_init(pole_block *block, const pole_allocator *allocator);
void pole_block_free(pole_block *block);

/* The input; one thread at a time. The dialect's parts may ask for a sniff until it is begun. */
typedef struct {
    pole_allocator allocator;
    const pole_reader *reader;
    pole_encoding encoding;
    pole_dialect dialect;
    bool counts_rows;
    size_t column_count; /* for counting: a line without a byte is a row in a table of one column */
    /* the rest is blocks.c's */
    unsigned unit;
    bool needs_shadow;
    bool at_end;
    pole_buffer rest;   /* read, and not yet given out */
    pole_buffer shadow; /* of it, while its beginning is looked at */
    pole_csv_reader *csv;
    uint64_t given_blocks;
    uint64_t given_rows;
    uint64_t given_bytes; /* of the input, given out or skipped */
    pole_hasher *hasher;  /* of them */
    uint8_t mark[4];      /* the byte order mark */
    size_t mark_size;
    uint8_t odd_byte; /* half a unit of UTF-16 that ends the input */
    bool has_odd_byte;
} pole_blocks;

pole_status pole_blocks_init(pole_blocks *blocks, const pole_reader *reader,
                             const pole_allocator *allocator);
void pole_blocks_free(pole_blocks *blocks);

/* Reads the beginning (at least 256 KiB or all), finds encoding and dialect. POLE_BAD_INPUT: an
 * encoding that is none of the known. */
pole_status pole_blocks_begin(pole_blocks *blocks, pole_error *error);

/* The text that is at hand (from where nothing was given out yet), as scanned; more: read at least
 * as much again first. *whole: it ends the input. Borrowed until the next call. */
pole_status pole_blocks_look(pole_blocks *blocks, bool more, pole_span *text, bool *whole);

/* Gives out the first `size` bytes of that text at once, as raw bytes: the header. */
pole_status pole_blocks_take(pole_blocks *blocks, size_t size, pole_buffer *raw);

/* Passes input that was done before, as far as byte `until` of it. POLE_NOT_FOUND: it ends before.
 */
pole_status pole_blocks_pass(pole_blocks *blocks, uint64_t until, uint64_t rows);

/* The next whole records, about POLE_BLOCK_BYTES of them. block->size is 0 at the end.
 * block->is_long: all records before were given out; go on with pole_blocks_pass_long(). */
pole_status pole_blocks_next(pole_blocks *blocks, pole_block *block);

/* The bytes of a long record but its line end, piece by piece; block holds a piece each time,
 * *more: there is another. Afterwards *unclosed: it ended in a quoted cell; line_end: its line end,
 * raw (empty: none). */
pole_status pole_blocks_pass_long(pole_blocks *blocks, pole_block *block, bool *more,
                                  bool *unclosed, pole_buffer *line_end);

/* The shadow of bytes of UTF-16 or GB18030. False: no memory. */
bool pole_shadow_text(pole_encoding encoding, const uint8_t *raw, size_t size, pole_buffer *shadow,
                      pole_span *text);

#endif
