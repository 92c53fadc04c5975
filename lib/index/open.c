/* SPDX-License-Identifier: MIT
 * Opening: bytes to a checked index. With save.c the only file that lists all sections. */
#include <polelookup/index.h>

#include "base/abi.h"
#include "base/processor.h"
#include "base/status.h"
#include "index/index.h"
#include "index/room.h"
#include "index/sections.h"

static const pole_known_section known_sections[] = {
    {POLE_SECTION_SCHEME, POLE_SECTION_VERSION, "scheme"},
    {POLE_SECTION_STRINGS, POLE_SECTION_VERSION, "strings"},
    {POLE_SECTION_CODES, POLE_SECTION_VERSION, "codes"},
    {POLE_SECTION_POSITIONS, POLE_SECTION_VERSION, "positions"},
    {POLE_SECTION_TREE, POLE_SECTION_VERSION, "tree"},
    {POLE_SECTION_ATTRIBUTES, POLE_SECTION_VERSION, "attributes"},
    {POLE_SECTION_ALIASES, POLE_SECTION_VERSION, "aliases"},
    {POLE_SECTION_STATIONS, POLE_SECTION_VERSION, "stations"},
    {POLE_SECTION_AREAS, POLE_SECTION_VERSION, "areas"},
    {POLE_SECTION_ASSIGNMENTS, POLE_SECTION_VERSION, "assignments"},
    {POLE_SECTION_PROVENANCE, POLE_SECTION_VERSION, "provenance"},
    {POLE_SECTION_DOUBT, POLE_SECTION_VERSION, "doubt"},
};
#define KNOWN_SECTIONS (sizeof known_sections / sizeof *known_sections)

void pole_open_options_init(pole_open_options *options)
{
    memset(options, 0, sizeof *options);
    options->struct_size = sizeof *options;
}

static pole_status take_section(const pole_index *index, uint16_t kind, uint16_t instance,
                                pole_section *section, pole_error *error)
{
    if (pole_image_find(&index->image, kind, instance, section))
        return POLE_OK;
    for (size_t i = 0; i < KNOWN_SECTIONS; i++)
        if (known_sections[i].kind == kind)
            return pole_section_damaged(error, known_sections[i].name, "it is missing");
    return POLE_DAMAGED;
}

/* Entries by length, so that a code is looked for only where its length is used. */
static pole_status sort_entries(pole_index *index, pole_error *error)
{
    const pole_scheme *scheme = &index->scheme;
    index->entries_of_length =
        pole_allocate_array(&index->allocator, scheme->count, sizeof *index->entries_of_length);
    if (index->entries_of_length == NULL)
        return pole_fail(error, POLE_NO_MEMORY, "no memory for the scheme");
    uint32_t count = 0;
    for (uint8_t digits = 0; digits <= POLE_MAX_DIGITS; digits++) {
        index->first_of_length[digits] = count;
        for (uint32_t i = 0; i < scheme->count; i++)
            if (scheme->entries[i].digits == digits)
                index->entries_of_length[count++] = (uint16_t)i;
        if (count - index->first_of_length[digits] == 1)
            index->only_of_length[digits] = index->codes + index->entries_of_length[count - 1];
    }
    index->first_of_length[POLE_MAX_DIGITS + 1] = count;
    return POLE_OK;
}

static pole_status attach_codes(pole_index *index, pole_error *error)
{
    const pole_scheme *scheme = &index->scheme;
    uint32_t instances = 0;
    for (uint32_t i = 0; i < index->image.section_count; i++)
        instances += pole_image_section(&index->image, i).kind == POLE_SECTION_CODES;
    if (instances != scheme->count)
        return pole_section_damaged(error, "codes", "there are more or fewer than the scheme says");
    index->codes = pole_allocate_zeroed(&index->allocator, scheme->count, sizeof *index->codes);
    if (index->codes == NULL)
        return pole_fail(error, POLE_NO_MEMORY, "no memory for the codes");
    for (uint32_t i = 0; i < scheme->count; i++) {
        pole_section section;
        pole_status status = take_section(index, POLE_SECTION_CODES, (uint16_t)i, &section, error);
        if (status == POLE_OK)
            status = pole_codes_attach(index->codes + i, section.bytes, section.size,
                                       scheme->entries + i, &index->allocator, error);
        if (status != POLE_OK)
            return status;
    }
    return sort_entries(index, error);
}

/* Attaches a room that needs only what was attached before it. */
static pole_status attach_room(pole_index *index, uint16_t kind, pole_error *error)
{
    pole_section section;
    const pole_status status = take_section(index, kind, 0, &section, error);
    if (status != POLE_OK)
        return status;
    const uint8_t *bytes = section.bytes;
    const size_t size = section.size;
    const pole_allocator *allocator = &index->allocator;
    const uint32_t rows = index->scheme.rows;
    const uint32_t strings = index->strings.count;
    switch (kind) {
    case POLE_SECTION_STRINGS:
        return pole_strings_attach(&index->strings, bytes, size, error);
    case POLE_SECTION_SCHEME:
        return pole_scheme_attach(&index->scheme, bytes, size, &index->strings, allocator, error);
    case POLE_SECTION_POSITIONS:
        return pole_positions_attach(&index->positions, bytes, size, rows, error);
    case POLE_SECTION_TREE:
        return pole_tree_attach(&index->tree, bytes, size, &index->positions, index->processor,
                                allocator, error);
    case POLE_SECTION_ATTRIBUTES:
        return pole_attributes_attach(&index->attributes, bytes, size, rows, strings, error);
    case POLE_SECTION_ALIASES:
        return pole_aliases_attach(&index->aliases, bytes, size, rows, strings, error);
    case POLE_SECTION_STATIONS:
        return pole_stations_attach(&index->stations, bytes, size, &index->strings, &index->scheme,
                                    allocator, error);
    case POLE_SECTION_AREAS:
        return pole_areas_attach(&index->areas, bytes, size, &index->stations, &index->strings,
                                 allocator, error);
    case POLE_SECTION_ASSIGNMENTS:
        return pole_assignments_attach(&index->assignments, bytes, size, rows,
                                       index->stations.count, error);
    case POLE_SECTION_PROVENANCE:
        return pole_provenance_attach(&index->provenance, bytes, size, allocator, error);
    default:
        return POLE_DAMAGED;
    }
}

/* What may be missing, or in a form that a newer release reads. */
static pole_status attach_doubts(pole_index *index, pole_error *error)
{
    pole_section section;
    if (!pole_image_find(&index->image, POLE_SECTION_DOUBT, 0, &section))
        return POLE_OK;
    return pole_doubt_attach(&index->doubts, section.bytes, section.size, index->scheme.rows,
                             error);
}

static pole_status attach_all(pole_index *index, pole_error *error)
{
    static const uint16_t before_codes[] = {POLE_SECTION_STRINGS, POLE_SECTION_SCHEME};
    static const uint16_t after_codes[] = {POLE_SECTION_POSITIONS,   POLE_SECTION_TREE,
                                           POLE_SECTION_ATTRIBUTES,  POLE_SECTION_ALIASES,
                                           POLE_SECTION_STATIONS,    POLE_SECTION_AREAS,
                                           POLE_SECTION_ASSIGNMENTS, POLE_SECTION_PROVENANCE};
    pole_status status = POLE_OK;
    for (size_t i = 0; i < sizeof before_codes / sizeof *before_codes && status == POLE_OK; i++)
        status = attach_room(index, before_codes[i], error);
    if (status == POLE_OK)
        status = attach_codes(index, error);
    for (size_t i = 0; i < sizeof after_codes / sizeof *after_codes && status == POLE_OK; i++)
        status = attach_room(index, after_codes[i], error);
    return status == POLE_OK ? attach_doubts(index, error) : status;
}

static void free_index(pole_index *index)
{
    const pole_allocator allocator = index->allocator;
    for (uint32_t i = 0; index->codes && i < index->scheme.count; i++)
        pole_codes_detach(index->codes + i, &allocator);
    pole_release(&allocator, index->codes);
    pole_release(&allocator, index->entries_of_length);
    pole_scheme_detach(&index->scheme, &allocator);
    pole_tree_detach(&index->tree, &allocator);
    pole_stations_detach(&index->stations, &allocator);
    pole_areas_detach(&index->areas, &allocator);
    pole_provenance_detach(&index->provenance, &allocator);
    pole_disk_release(&index->file);
    pole_release(&allocator, index->copy);
    pole_release(&allocator, index);
}

static pole_index *new_index(const pole_open_options *options)
{
    const pole_allocator allocator = pole_allocator_or_default(options->allocator);
    pole_index *index = pole_allocate_zeroed(&allocator, 1, sizeof *index);
    if (index == NULL)
        return NULL;
    index->allocator = allocator;
    atomic_init(&index->owners, 1);
    index->processor = pole_processor_ask();
    return index;
}

static pole_status finish_open(pole_index *opened, const uint8_t *bytes, size_t size,
                               pole_index **index, pole_error *error)
{
    pole_status status = POLE_OK;
    if (size > POLE_MAX_INDEX_BYTES)
        status = pole_fail(error, POLE_LIMIT, "an index of %llu bytes: the limit is %llu",
                           (unsigned long long)size, (unsigned long long)POLE_MAX_INDEX_BYTES);
    if (status == POLE_OK)
        status =
            pole_image_open(bytes, size, known_sections, KNOWN_SECTIONS, &opened->image, error);
    if (status == POLE_OK)
        status = attach_all(opened, error);
    if (status != POLE_OK) {
        free_index(opened);
        return status;
    }
    *index = opened;
    return POLE_OK;
}

static pole_status begin_open(const pole_open_options *options, uint32_t allowed,
                              pole_index **index, pole_index **opened, uint32_t *flags,
                              pole_error *error)
{
    pole_open_options taken;
    pole_error_clear(error);
    pole_open_options_init(&taken);
    if (index == NULL)
        return pole_fail(error, POLE_INVALID_ARGUMENT, "no place for the index was given");
    *index = NULL;
    if (!pole_options_take(&taken, sizeof taken, options) || (taken.flags & ~allowed) != 0)
        return pole_fail(error, POLE_INVALID_ARGUMENT,
                         "the options to open an index are not understood");
    *flags = taken.flags;
    *opened = new_index(&taken);
    return *opened ? POLE_OK : pole_fail(error, POLE_NO_MEMORY, "no memory to open an index");
}

pole_status pole_index_open(const char *path, const pole_open_options *options, pole_index **index,
                            pole_error *error)
{
    pole_index *opened = NULL;
    uint32_t flags = 0;
    pole_status status = begin_open(options, POLE_OPEN_MAPPED, index, &opened, &flags, error);
    if (opened == NULL)
        return status;
    const bool mapped = (flags & POLE_OPEN_MAPPED) != 0;
    if (path == NULL)
        status = pole_fail(error, POLE_INVALID_ARGUMENT, "no path was given");
    else
        status = pole_disk_read(path, POLE_MAX_INDEX_BYTES, mapped, &opened->allocator,
                                &opened->file, error);
    if (status != POLE_OK) {
        free_index(opened);
        return status;
    }
    return finish_open(opened, opened->file.bytes, opened->file.size, index, error);
}

pole_status pole_index_open_memory(const void *bytes, size_t size_bytes,
                                   const pole_open_options *options, pole_index **index,
                                   pole_error *error)
{
    pole_index *opened = NULL;
    uint32_t flags = 0;
    const pole_status status =
        begin_open(options, POLE_OPEN_BORROWED, index, &opened, &flags, error);
    if (opened == NULL)
        return status;
    if (bytes == NULL && size_bytes > 0) {
        free_index(opened);
        return pole_fail(error, POLE_INVALID_ARGUMENT, "no bytes were given");
    }
    /* What is too large to be opened is not copied to be refused. */
    if ((flags & POLE_OPEN_BORROWED) != 0 || size_bytes > POLE_MAX_INDEX_BYTES)
        return finish_open(opened, bytes, size_bytes, index, error);
    opened->copy = pole_allocate_array(&opened->allocator, size_bytes, 1);
    if (opened->copy == NULL) {
        free_index(opened);
        return pole_fail(error, POLE_NO_MEMORY, "no memory for an index of %llu bytes",
                         (unsigned long long)size_bytes);
    }
    if (size_bytes > 0)
        memcpy(opened->copy, bytes, size_bytes);
    return finish_open(opened, opened->copy, size_bytes, index, error);
}

void pole_index_retain(pole_index *index)
{
    if (index)
        atomic_fetch_add_explicit(&index->owners, 1, memory_order_relaxed);
}

void pole_index_close(pole_index *index)
{
    if (index && atomic_fetch_sub_explicit(&index->owners, 1, memory_order_acq_rel) == 1)
        free_index(index);
}
