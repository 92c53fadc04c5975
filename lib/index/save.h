/* SPDX-License-Identifier: MIT
 * A draft city to the bytes of an index file. */
#ifndef INDEX_SAVE_H
#define INDEX_SAVE_H

#include "base/memory.h"
#include "index/doubt.h"
#include "index/draft.h"
#include "plx/image_read.h"

/* Packs every section in order, with the assignments as the draft has them. POLE_NO_MEMORY or
 * POLE_LIMIT (a file over POLE_MAX_INDEX_BYTES) on failure. out is empty then. */
pole_status pole_save(const pole_draft_city *city, const pole_allocator *allocator,
                      pole_buffer *out, pole_error *error);

/* The same file with the doubts of its poles, by row, in place of those that it may have. Fails as
 * pole_save() does. */
pole_status pole_save_with_doubts(const pole_image *image, const pole_draft_doubts *doubts,
                                  uint32_t rows, const pole_allocator *allocator, pole_buffer *out,
                                  pole_error *error);

#endif
