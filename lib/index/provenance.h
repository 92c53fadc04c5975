/* SPDX-License-Identifier: MIT
 * Where the content came from and when. Under its checksum, outside the identity.
 *
 * Section: i64 built at, i64 data date (seconds since 1970); u64 rows read, refused, collapsed;
 * u32 sources, u32 zero; text name, text builder; then each source: u32 kind, u32 zero, u64 size,
 * u64 rows read, u64 rows refused, text file name, text hash, text CRS. A text is u32 length and
 * UTF-8 bytes. Nothing is aligned. */
#ifndef INDEX_PROVENANCE_H
#define INDEX_PROVENANCE_H

#include "base/bytes.h"
#include "base/memory.h"
#include "index/draft.h"

typedef struct {
    pole_draft_provenance values; /* spans into the section; sources in memory of their own */
    pole_draft_source *sources;
} pole_provenance;

pole_status pole_provenance_attach(pole_provenance *provenance, const uint8_t *bytes, size_t size,
                                   const pole_allocator *allocator, pole_error *error);
void pole_provenance_detach(pole_provenance *provenance, const pole_allocator *allocator);
void pole_provenance_pack(const pole_draft_city *city, pole_buffer *out);

#endif
