/* SPDX-License-Identifier: MIT
 * An index's bytes to where they are wanted, verified before anybody can see them. */
#ifndef BUILD_PUBLISH_H
#define BUILD_PUBLISH_H

#include <polelookup/index.h>

#include "base/memory.h"
#include "index/draft.h"

/* What is to be published. derived: the stations of each row, with which those of the opened index
 * are compared; to derive them again, as pole_index_verify() does, would ask the same code the same
 * questions, and took a quarter of a build. */
typedef struct {
    pole_buffer bytes;
    pole_draft_assignments derived;
} pole_publication;

/* Writes beside path, syncs, opens the file again as any reader would, compares it byte for byte,
 * verifies it, renames, syncs the folder. info: as pole_index_info() gives it; may be NULL.
 * Fails as the disk writer and pole_index_open() do; what stood at path is untouched then. */
pole_status pole_publish(const pole_publication *publication, const char *path,
                         const pole_allocator *allocator, pole_info *info, pole_error *error);

/* The same to a sink: opened from memory, verified, then handed over as a whole. */
pole_status pole_publish_to(const pole_publication *publication, const pole_sink *sink,
                            const pole_allocator *allocator, pole_info *info, pole_error *error);

#endif
