/* SPDX-License-Identifier: MIT
 *
 * Sections to the bytes of a file. */
#ifndef PLX_IMAGE_WRITE_H
#define PLX_IMAGE_WRITE_H

#include "base/memory.h"
#include "plx/layout.h"

/* Appends the whole file to `out`, which must be empty. sections: ascending by (kind, instance),
 * no two alike, at most POLE_PLX_MAX_SECTIONS; their bytes are copied. sample: the data are made
 * up. max_bytes: of the file. The same sections give the same bytes.
 * Returns POLE_OK; POLE_INVALID_ARGUMENT (order, version 0, unknown flag, out not empty),
 * POLE_LIMIT or POLE_NO_MEMORY, and out is empty then. */
pole_status pole_image_write(const pole_section *sections, size_t count, bool sample,
                             uint64_t max_bytes, pole_buffer *out, pole_error *error);

#endif
