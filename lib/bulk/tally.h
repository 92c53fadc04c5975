/* SPDX-License-Identifier: MIT
 * What a run came to: counted row by row, in order, by one thread at a time. */
#ifndef BULK_TALLY_H
#define BULK_TALLY_H

#include <polelookup/bulk.h>

#include "base/memory.h"

typedef struct pole_tally pole_tally;

/* report: also count by pole, street, station and hour. */
pole_status pole_tally_new(const pole_index *index, bool report, const pole_allocator *allocator,
                           pole_tally **tally);
void pole_tally_free(pole_tally *tally);

/* Counts rows. codes: what stood in their code's column (UTF-8; not kept but where it looks like a
 * code and had no match); times: what stood in the column of time, or NULL. POLE_NO_MEMORY. */
pole_status pole_tally_rows(pole_tally *tally, const pole_row_match *matches,
                            const pole_span *codes, const pole_span *times, size_t count);

#endif
