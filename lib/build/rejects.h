/* SPDX-License-Identifier: MIT
 * The refused rows as a CSV table, so that a clerk can mend them and nothing is lost.
 *
 * Columns: file, line, column, column_name, value, reason, message, row. `row` holds all cells of
 * the refused row as a JSON array of texts (null: no such cell), unquoted and unescaped from
 * the table's own form, in its order of columns; a GeoJSON feature adds its geometry as one more
 * element. Bytes that were ill-formed in the table's encoding are U+FFFD there: they are at that
 * line of the file. */
#ifndef BUILD_REJECTS_H
#define BUILD_REJECTS_H

#include <polelookup/build.h>

#include "formats/source.h"

typedef struct {
    pole_sink sink; /* write is NULL when nobody wants them */
    pole_buffer out;
    bool begun;
} pole_rejects;

void pole_rejects_init(pole_rejects *rejects, const pole_sink *sink,
                       const pole_allocator *allocator);
void pole_rejects_free(pole_rejects *rejects);

static inline bool pole_rejects_wanted(const pole_rejects *rejects)
{
    return rejects->sink.write != NULL;
}

/* Appends a row's cells as described above. Failure sticks in out. */
void pole_row_to_json(const pole_table_row *row, pole_buffer *out);

/* Appends one refused row; row: its cells as JSON, may be empty. POLE_OK, POLE_NO_MEMORY or what
 * the sink returned. */
pole_status pole_rejects_add(pole_rejects *rejects, const pole_finding *finding, pole_span row);

/* Hands all that is held back to the sink, and at least the header. As above. */
pole_status pole_rejects_flush(pole_rejects *rejects);

#endif
