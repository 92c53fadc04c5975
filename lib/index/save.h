/* SPDX-License-Identifier: MIT
 * A draft city to the bytes of an index file. */
#ifndef INDEX_SAVE_H
#define INDEX_SAVE_H

#include "base/memory.h"
#include "index/draft.h"

/* Packs every section in order, with the assignments as the draft has them. POLE_NO_MEMORY or
 * POLE_LIMIT (a file over POLE_MAX_INDEX_BYTES) on failure. out is empty then. */
pole_status pole_save(const pole_draft_city *city, const pole_allocator *allocator,
                      pole_buffer *out, pole_error *error);

#endif
