/* SPDX-License-Identifier: MIT
 * What follows from the tables: the stations of each pole, and how doubtful its code is. */
#ifndef BUILD_DERIVE_H
#define BUILD_DERIVE_H

#include "base/memory.h"
#include "index/draft.h"

/* Fills city->assignments, in memory that pole_assignments_free() releases. POLE_OK or
 * POLE_NO_MEMORY. */
pole_status pole_derive_assignments(pole_draft_city *city, const pole_allocator *allocator,
                                    pole_error *error);
void pole_assignments_free(pole_draft_assignments *assignments, const pole_allocator *allocator);

/* Puts into an index file the doubts of its poles. Fails as pole_index_open() and pole_save() do;
 * bytes are as they were then. */
pole_status pole_derive_doubts(pole_buffer *bytes, const pole_allocator *allocator,
                               pole_error *error);

#endif
