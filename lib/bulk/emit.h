/* SPDX-License-Identifier: MIT
 * Rows of the log with their matches, as they are written: in the input's own bytes and dialect, or
 * as JSON. */
#ifndef BULK_EMIT_H
#define BULK_EMIT_H

#include <polelookup/json.h>

#include "bulk/rows.h"

/* What all workers share. */
typedef struct {
    const pole_index *index;
    const pole_log_plan *plan;
    pole_dialect dialect;
    pole_encoding from; /* encodings of input and output */
    pole_encoding to;
    unsigned unit; /* bytes of a unit of the input */
    bool needs_shadow;
    int32_t format; /* POLE_TO_... */
    bool excel_safe;
    bool plain_numbers; /* the dialect has no character of a number for a delimiter */
    bool special[256];  /* bytes for which a cell is quoted */
    bool plain_texts;   /* nor has any text that can be added one of these */
    pole_json_options json;
} pole_emission;

/* Sets the dialect, and what follows from it for the texts of the emission's index. */
void pole_emission_set_dialect(pole_emission *how, pole_dialect dialect);

/* One worker's. */
typedef struct {
    const pole_emission *how;
    pole_cell_reader cells; /* of the cells that are written anew */
    pole_csv_reader *csv;
    pole_buffer text; /* UTF-8 on its way to another encoding */
    pole_buffer shadow;
    uint64_t excel_safe_cells;
} pole_emitter;

pole_status pole_emitter_init(pole_emitter *emitter, const pole_emission *how,
                              const pole_allocator *allocator, pole_error *error);
void pole_emitter_free(pole_emitter *emitter);

/* What stands before the first row. mark: of the input; bom: begin with one where it has none. */
bool pole_emit_begin(pole_emitter *emitter, const uint8_t *mark, size_t mark_size, bool bom,
                     pole_buffer *out);
/* The same of a table in the input's dialect, whatever form the output has. */
bool pole_emit_begin_csv(pole_emitter *emitter, const uint8_t *mark, size_t mark_size, bool bom,
                         pole_buffer *out);
/* What stands behind the last. */
bool pole_emit_end(const pole_emission *how, pole_buffer *out);

/* Appends UTF-8 in another encoding; what it has no place for becomes U+FFFD. */
bool pole_emit_encoded(pole_encoding encoding, pole_span text, pole_buffer *out);

/* The row as a text to scan for its cells; NULL: no memory. */
pole_span pole_emit_scan(pole_emitter *emitter, const pole_log_row *row);

/* Whether a spreadsheet would run a cell: OWASP lists them ("CSV Injection"); numbers run nowhere.
 */
bool pole_spreadsheet_runs(pole_span text);

/* CSV: a row, or a line that is none; match NULL: the header. False: no memory. */
bool pole_emit_csv(pole_emitter *emitter, const pole_log_row *row, const pole_row_match *match,
                   pole_buffer *out);

/* How many bytes of the input may be written while more follow: for another encoding no character
 * is cut. False: no memory. */
bool pole_emit_whole(pole_emitter *emitter, const uint8_t *raw, size_t size, size_t *whole);

/* Bytes of the input, in the output's encoding. */
bool pole_emit_raw(pole_emitter *emitter, const uint8_t *raw, size_t size, pole_buffer *out);

/* CSV: what stands behind the bytes of a record too long to read (a quote where one is open), or in
 * their place, where cells are left out of rows: which of its cells they are cannot be told. */
bool pole_emit_long_end(pole_emitter *emitter, const pole_row_match *match, bool unclosed,
                        const pole_buffer *line_end, pole_buffer *out);

/* GeoJSON: a row as a feature, behind a comma; a line that is no row: nothing. */
bool pole_emit_feature(pole_emitter *emitter, const pole_log_row *row, const pole_row_match *match,
                       pole_buffer *out);

/* JSON Lines: a row and its resolution; NULL: it is malformed. number: of the row, from 1. decided:
 * what a person decided; NULL: nothing. */
bool pole_emit_line(pole_emitter *emitter, const pole_log_row *row, uint64_t number,
                    const pole_resolution *resolution, const pole_row_match *decided,
                    pole_buffer *out);

/* Stands before each feature; before the first of all it is taken away. */
#define POLE_FEATURE_SEPARATOR ",\n"

#endif
