/* SPDX-License-Identifier: MIT
 * An open index: a view of each section over one block of bytes. Immutable once opened; the count
 * of its owners is the only thing that changes. */
#ifndef INDEX_INDEX_H
#define INDEX_INDEX_H

#include <stdatomic.h>

#include <polelookup/index.h>
#include <polelookup/lookup.h>

#include "base/disk.h"
#include "base/processor.h"
#include "index/aliases.h"
#include "index/areas.h"
#include "index/assignments.h"
#include "index/attributes.h"
#include "index/codes.h"
#include "index/doubt.h"
#include "index/draft.h"
#include "index/positions.h"
#include "index/provenance.h"
#include "index/scheme.h"
#include "index/stations.h"
#include "index/strings.h"
#include "index/tree.h"
#include "plx/image_read.h"

struct pole_index {
    pole_allocator allocator;
    atomic_uint_least32_t owners;
    pole_file_image file; /* empty when opened from memory */
    void *copy;           /* of memory that was not borrowed; else NULL */
    pole_image image;
    pole_strings strings;
    pole_scheme scheme;
    pole_codes *codes; /* one for each entry of the scheme */
    /* Entries by length: entries_of_length[first_of_length[n] .. first_of_length[n + 1]). */
    uint16_t *entries_of_length;
    uint32_t first_of_length[11];
    /* The codes of each length that one scope alone uses; NULL for the others. */
    const pole_codes *only_of_length[POLE_MAX_DIGITS + 1];
    pole_processor processor; /* asked once, when the index is opened */
    pole_positions positions;
    pole_tree tree;
    pole_attributes attributes;
    pole_aliases aliases;
    pole_stations stations;
    pole_areas areas;
    pole_assignments assignments;
    pole_provenance provenance;
    pole_doubts doubts; /* without values where none are stored */
};

/* The entry of the scheme for a scope and length; NULL when there is none. O(log entries). */
const pole_scheme_entry *pole_index_entry(const pole_index *index, uint16_t scope, uint8_t digits);

/* Recomputes the content id. POLE_OK, POLE_DAMAGED or POLE_NO_MEMORY. */
pole_status pole_index_verify_id(const pole_index *index, pole_error *error);

/* The code of a row, with its scope. */
pole_code pole_index_code_of(const pole_index *index, pole_row row);

#endif
