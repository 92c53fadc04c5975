/* SPDX-License-Identifier: MIT
 * What the columns of a log are: which hold the code, evidence and time, which are left out. Found
 * once, from the header and the first rows. */
#ifndef BULK_PLAN_H
#define BULK_PLAN_H

#include "bulk/blocks.h"
#include "formats/columns.h"
#include "match/added.h"

#define POLE_MOST_TEXT_COLUMNS 16
/* The evidence of a row, in the order of pole_row_evidence. */
#define POLE_EVIDENCE_CELLS 9

typedef struct {
    pole_allocator allocator;
    pole_buffer header;       /* raw, with its line end; empty: there is none */
    size_t header_start_size; /* of that, empty lines before it, in bytes of text */
    size_t header_end_size;   /* the line end */
    uint64_t blank_lines;     /* those lines */
    pole_span *names;         /* of the input's columns, UTF-8: "1", "2", ... without a header */
    pole_span *keys;          /* the names, each once: a second "note" is "note_2" */
    size_t column_count;
    pole_buffer texts; /* of the names and keys */
    uint32_t code;     /* POLE_NO_COLUMN: in text columns */
    uint32_t text_columns[POLE_MOST_TEXT_COLUMNS];
    size_t text_count;
    uint32_t evidence[POLE_EVIDENCE_CELLS]; /* POLE_NO_COLUMN */
    bool has_evidence;
    uint32_t time; /* POLE_NO_COLUMN */
    bool found_by_content;
    uint8_t *dropped; /* one a column; NULL: none is */
    pole_added added;
    char added_names[POLE_ADDED_COLUMNS][32]; /* with a suffix where the input has the name */
} pole_log_plan;

void pole_log_plan_free(pole_log_plan *plan);

/* Takes the header from the blocks, that were begun. index: for codes found by their content.
 * POLE_BAD_INPUT with what is wrong with the columns; POLE_INVALID_ARGUMENT. An input without a
 * row is fine, and has no columns. */
pole_status pole_log_plan_make(const pole_index *index, const pole_geocode_options *options,
                               pole_blocks *blocks, pole_log_plan *plan, pole_error *error);

#endif
