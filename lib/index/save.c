/* SPDX-License-Identifier: MIT
 * See save.h. With open.c the only file that lists all sections. */
#include "index/save.h"

#include <polelookup/index.h>

#include "base/status.h"
#include "index/aliases.h"
#include "index/areas.h"
#include "index/assignments.h"
#include "index/attributes.h"
#include "index/codes.h"
#include "index/positions.h"
#include "index/provenance.h"
#include "index/scheme.h"
#include "index/sections.h"
#include "index/stations.h"
#include "index/strings.h"
#include "index/tree.h"
#include "plx/image_write.h"

/* Provenance tells where the content came from, and is no part of what it is. */
static uint16_t flags_of(uint16_t kind)
{
    return kind == POLE_SECTION_PROVENANCE ? POLE_PLX_REQUIRED
                                           : POLE_PLX_REQUIRED | POLE_PLX_COUNTED;
}

static pole_status pack(const pole_draft_city *city, uint16_t kind, uint32_t instance,
                        const pole_allocator *allocator, pole_buffer *out)
{
    switch (kind) {
    case POLE_SECTION_SCHEME:
        pole_scheme_pack(city, out);
        return POLE_OK;
    case POLE_SECTION_STRINGS:
        pole_strings_pack(city, out);
        return POLE_OK;
    case POLE_SECTION_CODES:
        pole_codes_pack(city, instance, out);
        return POLE_OK;
    case POLE_SECTION_POSITIONS:
        pole_positions_pack(city, out);
        return POLE_OK;
    case POLE_SECTION_TREE:
        return pole_tree_pack(city, allocator, out);
    case POLE_SECTION_ATTRIBUTES:
        pole_attributes_pack(city, out);
        return POLE_OK;
    case POLE_SECTION_ALIASES:
        return pole_aliases_pack(city, allocator, out);
    case POLE_SECTION_STATIONS:
        pole_stations_pack(city, out);
        return POLE_OK;
    case POLE_SECTION_AREAS:
        return pole_areas_pack(city, allocator, out);
    case POLE_SECTION_ASSIGNMENTS:
        pole_assignments_pack(city, out);
        return POLE_OK;
    default:
        pole_provenance_pack(city, out);
        return POLE_OK;
    }
}

/* All sections into one buffer, one behind the other; sections[i].bytes are set at the end, since
 * the buffer moves while it grows. */
static pole_status pack_all(const pole_draft_city *city, const pole_allocator *allocator,
                            pole_section *sections, size_t count, pole_buffer *packed)
{
    const uint16_t last = POLE_SECTION_PROVENANCE;
    size_t at = 0;
    for (uint16_t kind = POLE_SECTION_SCHEME; kind <= last; kind++) {
        const uint32_t instances = kind == POLE_SECTION_CODES ? city->scheme_count : 1;
        for (uint32_t instance = 0; instance < instances; instance++) {
            const size_t start = packed->size;
            const pole_status status = pack(city, kind, instance, allocator, packed);
            if (status != POLE_OK)
                return status;
            sections[at++] =
                (pole_section){kind, (uint16_t)instance,  POLE_SECTION_VERSION, flags_of(kind),
                               NULL, packed->size - start};
        }
    }
    if (packed->failed)
        return POLE_NO_MEMORY;
    size_t start = 0;
    for (size_t i = 0; i < count; i++) {
        sections[i].bytes = packed->bytes + start;
        start += sections[i].size;
    }
    return POLE_OK;
}

pole_status pole_save(const pole_draft_city *city, const pole_allocator *allocator,
                      pole_buffer *out, pole_error *error)
{
    const size_t count = (size_t)POLE_SECTION_PROVENANCE - 1 + city->scheme_count;
    pole_section *sections = pole_allocate_zeroed(allocator, count, sizeof *sections);
    pole_buffer packed;
    pole_buffer_init(&packed, allocator);
    pole_status status =
        sections ? pack_all(city, allocator, sections, count, &packed) : POLE_NO_MEMORY;
    if (status == POLE_OK)
        status = pole_image_write(sections, count, city->is_sample != 0, POLE_MAX_INDEX_BYTES, out,
                                  error);
    else
        (void)pole_fail(error, status, "no memory to write the index");
    pole_buffer_free(&packed);
    pole_release(allocator, sections);
    return status;
}

pole_status pole_save_with_doubts(const pole_image *image, const pole_draft_doubts *doubts,
                                  uint32_t rows, const pole_allocator *allocator, pole_buffer *out,
                                  pole_error *error)
{
    pole_section *sections =
        pole_allocate_zeroed(allocator, (size_t)image->section_count + 1, sizeof *sections);
    pole_buffer packed;
    size_t count = 0;
    pole_buffer_init(&packed, allocator);
    pole_doubt_pack(doubts, rows, &packed);
    pole_status status = sections && !packed.failed ? POLE_OK : POLE_NO_MEMORY;
    /* This section's number is the highest that this release writes. */
    for (uint32_t i = 0; i < image->section_count && status == POLE_OK; i++) {
        sections[count] = pole_image_section(image, i);
        count += sections[count].kind < POLE_SECTION_DOUBT;
    }
    if (status == POLE_OK) {
        sections[count++] = (pole_section){POLE_SECTION_DOUBT, 0,          POLE_SECTION_VERSION, 0,
                                           packed.bytes,       packed.size};
        status = pole_image_write(sections, count, image->sample, POLE_MAX_INDEX_BYTES, out, error);
    } else {
        (void)pole_fail(error, status, "no memory to write the index");
    }
    pole_buffer_free(&packed);
    pole_release(allocator, sections);
    return status;
}
