/* SPDX-License-Identifier: MIT
 * Rows that need a person: written as a table to fill in, and read back. docs/logs.md tells its
 * columns. */
#ifndef BULK_REVIEW_H
#define BULK_REVIEW_H

#include "base/checksum.h"
#include "match/matcher.h"

#define POLE_REVIEW_CANDIDATES 3

/* Whether a person has to look at a match. */
bool pole_review_needs(pole_match match);

/* The header, with a byte order mark, since a spreadsheet will open it. */
bool pole_review_begin(pole_buffer *out);

/* A row. code: what stood in the code's column (shown: whether it may be seen); resolution: the
 * answer with at least POLE_REVIEW_CANDIDATES, NULL for a row that could not be read. excel_safe:
 * counts what is made safe for a spreadsheet; NULL: nothing is. */
bool pole_review_row(uint64_t number, pole_span code, bool shown, const pole_row_match *match,
                     const pole_resolution *resolution, int32_t language, uint64_t *excel_safe,
                     pole_buffer *out);

/* What a person decided about a row. */
typedef struct {
    uint64_t number; /* of the row, from 1 */
    uint64_t key;    /* of what stood in its code's column */
    pole_row row;    /* POLE_NO_ROW: that it means no pole */
} pole_decision;

/* In order of number. */
typedef struct {
    pole_decision *all;
    size_t count;
    size_t capacity;
    pole_hash128 hash; /* of the table */
} pole_decisions;

/* Reads such a table again; rows without a decision are none. POLE_BAD_INPUT with line and value:
 * a decision that is no code of the index and not "none", two that differ, a missing column. */
pole_status pole_decisions_read(const pole_index *index, const char *path,
                                const pole_allocator *allocator, pole_decisions *decisions,
                                pole_error *error);
void pole_decisions_free(pole_decisions *decisions, const pole_allocator *allocator);

/* The decision about a row; NULL: there is none. */
const pole_decision *pole_decisions_find(const pole_decisions *decisions, uint64_t number,
                                         pole_span code);

/* The match that a decision makes of a row's. */
void pole_decision_apply(const pole_index *index, const pole_decision *decision, pole_span code,
                         int32_t station_role, pole_row_match *match);

#endif
