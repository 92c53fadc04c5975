/* SPDX-License-Identifier: MIT
 * The evidence of a row, from the texts of its cells. */
#ifndef MATCH_EVIDENCE_CELLS_H
#define MATCH_EVIDENCE_CELLS_H

#include <polelookup/match.h>

#include "base/memory.h"

/* What is kept from row to row: the second pole's hearing, and the CRS that the last row named,
 * since mostly all name the same and PROJ takes its time. */
typedef struct {
    const pole_allocator *allocator;
    const pole_adapters *adapters;
    pole_hear_options hear;
    pole_heard *also;
    pole_crs *crs;
    char crs_text[64]; /* as the row had it; "" before the first */
    char given[128];   /* the hint as it is echoed */
} pole_evidence_reader;

void pole_evidence_reader_init(pole_evidence_reader *reader, const pole_allocator *allocator,
                               const pole_adapters *adapters, uint32_t lengths);
void pole_evidence_reader_free(pole_evidence_reader *reader);

/* Fills evidence and scope (unchanged where the row names none). *bad: some cell could not be read,
 * and is not among it. Borrows from the cells and the reader. POLE_OK or POLE_NO_MEMORY. */
pole_status pole_evidence_read(pole_evidence_reader *reader, const pole_row_evidence *cells,
                               pole_evidence *evidence, pole_span *scope, bool *bad);

#endif
