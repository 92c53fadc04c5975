/* SPDX-License-Identifier: MIT
 *
 * The bytes of a file to checked sections. The bytes are trusted no further than what has been
 * checked of them: the header before its numbers, sizes by subtraction from what is left. */
#include "plx/image_read.h"

#include "base/bytes.h"
#include "base/status.h"

#define COPY_AGAIN "Copy the file again from where it came, or build the index again."
#define UPDATE "Update polelookup, or build the index again with the version that you have."

static pole_status damaged(pole_error *error, uint64_t offset, const char *what)
{
    const pole_status status = pole_fail(error, POLE_DAMAGED, "the index is damaged: %s", what);
    pole_fail_hint(error, COPY_AGAIN);
    pole_fail_at(error, 0, 0, offset);
    return status;
}

static const uint8_t *entry_at(const pole_image *image, uint32_t number)
{
    return image->bytes + POLE_PLX_HEADER_SIZE + (size_t)number * POLE_PLX_ENTRY_SIZE;
}

static uint32_t key_at(const pole_image *image, uint32_t number)
{
    const uint8_t *entry = entry_at(image, number);
    return (uint32_t)pole_load_u16(entry + POLE_PLX_AT_KIND) << 16 |
           pole_load_u16(entry + POLE_PLX_AT_INSTANCE);
}

static const pole_known_section *find_known(const pole_image *image, uint16_t kind)
{
    for (size_t i = 0; i < image->known_count; i++) {
        if (image->known[i].kind == kind)
            return &image->known[i];
    }
    return NULL;
}

static bool is_readable(const pole_image *image, const pole_section *section)
{
    const pole_known_section *known = find_known(image, section->kind);
    return known && section->version <= known->newest_version;
}

/* Also for an entry whose place has not been checked. */
static pole_status damaged_section(pole_error *error, const pole_image *image, uint32_t number,
                                   uint64_t offset, const char *what)
{
    const uint32_t key = key_at(image, number);
    const pole_known_section *known = find_known(image, (uint16_t)(key >> 16));
    const pole_status status =
        pole_fail(error, POLE_DAMAGED, "the index is damaged: section %u.%u (%s): %s", key >> 16,
                  key & 0xFFFF, known ? known->name : "of an unknown kind", what);
    pole_fail_hint(error, COPY_AGAIN);
    pole_fail_at(error, 0, 0, offset);
    return status;
}

static bool is_zero(const uint8_t *bytes, size_t size)
{
    uint8_t sum = 0;
    for (size_t i = 0; i < size; i++)
        sum |= bytes[i];
    return sum == 0;
}

static pole_status check_magic(const uint8_t *bytes, size_t size, pole_error *error)
{
    const char *const magic = POLE_PLX_MAGIC;
    const size_t there = size < POLE_PLX_MAGIC_SIZE ? size : POLE_PLX_MAGIC_SIZE;
    if (there == POLE_PLX_MAGIC_SIZE && memcmp(bytes, magic, POLE_PLX_MAGIC_SIZE) == 0)
        return POLE_OK;
    /* The letters alone: something took the file for text. */
    if (there == POLE_PLX_MAGIC_SIZE && memcmp(bytes + 1, magic + 1, 5) == 0)
        return damaged(error, 0, "its first bytes were changed, as by a transfer as text");
    const pole_status status =
        pole_fail(error, POLE_NOT_AN_INDEX, "%s",
                  size == 0 ? "not a polelookup index: it is empty"
                            : "not a polelookup index: it begins with other bytes");
    pole_fail_hint(error, "An index is made by: polelookup build --poles FILE -o INDEX.plx");
    return status;
}

static pole_status newer(pole_error *error, const pole_image *image, const char *what)
{
    const pole_status status =
        pole_fail(error, POLE_NEWER_FORMAT,
                  "the index was made for a newer polelookup: it has format %u.%u and %s, "
                  "and version %s reads format %u.%u",
                  image->major, image->minor, what, pole_version(), POLE_PLX_MAJOR, POLE_PLX_MINOR);
    pole_fail_hint(error, UPDATE);
    return status;
}

static pole_status newer_section(pole_error *error, const pole_image *image,
                                 const pole_section *section)
{
    const pole_known_section *known = find_known(image, section->kind);
    pole_status status;
    if (known)
        status = pole_fail(
            error, POLE_NEWER_FORMAT,
            "the index was made for a newer polelookup: its section %u (%s) has version %u, "
            "and version %s reads it up to version %u",
            section->kind, known->name, section->version, pole_version(), known->newest_version);
    else
        status = pole_fail(
            error, POLE_NEWER_FORMAT,
            "the index was made for a newer polelookup: it has format %u.%u and needs section %u, "
            "and version %s reads format %u.%u and does not know that section",
            image->major, image->minor, section->kind, pole_version(), POLE_PLX_MAJOR,
            POLE_PLX_MINOR);
    pole_fail_hint(error, UPDATE);
    return status;
}

static pole_status check_length(uint64_t stated, uint64_t there, pole_error *error)
{
    if (stated == there)
        return POLE_OK;
    const pole_status status =
        pole_fail(error, POLE_DAMAGED, "the index is damaged: it has %llu bytes of %llu: %s",
                  (unsigned long long)there, (unsigned long long)stated,
                  there < stated ? "its end is missing" : "something follows its end");
    pole_fail_hint(error, COPY_AGAIN);
    pole_fail_at(error, 0, 0, there < stated ? there : stated);
    return status;
}

static pole_status read_header(pole_image *image, pole_error *error)
{
    const uint8_t *header = image->bytes;
    if (image->size < POLE_PLX_HEADER_SIZE)
        return damaged(error, image->size, "its end is missing, and a part of its header");
    if (pole_crc32(header, POLE_PLX_AT_HEADER_CRC) !=
        pole_load_u32(header + POLE_PLX_AT_HEADER_CRC))
        return damaged(error, 0, "its header is not as it was written");
    image->major = pole_load_u16(header + POLE_PLX_AT_MAJOR);
    image->minor = pole_load_u16(header + POLE_PLX_AT_MINOR);
    if (image->major > POLE_PLX_MAJOR)
        return newer(error, image, "another layout");
    if (image->major == 0)
        return damaged(error, POLE_PLX_AT_MAJOR, "it states format 0");
    const uint32_t flags = pole_load_u32(header + POLE_PLX_AT_FLAGS);
    if ((flags & ~POLE_PLX_SAMPLE) != 0)
        return newer(error, image, "an unknown flag");
    image->sample = (flags & POLE_PLX_SAMPLE) != 0;
    image->id = pole_plx_load_id(header + POLE_PLX_AT_CONTENT_ID);
    image->section_count = pole_load_u32(header + POLE_PLX_AT_SECTION_COUNT);
    if (!is_zero(header + POLE_PLX_AT_HEADER_ZEROS,
                 POLE_PLX_AT_HEADER_CRC - POLE_PLX_AT_HEADER_ZEROS))
        return damaged(error, POLE_PLX_AT_HEADER_ZEROS, "its header has bytes that must be zero");
    return check_length(pole_load_u64(header + POLE_PLX_AT_FILE_SIZE), image->size, error);
}

/* Whether every section stands where the sizes before it put it, in order; what is between is
 * zero; and the file ends with the last. */
static pole_status check_table(const pole_image *image, pole_error *error)
{
    const uint8_t *header = image->bytes;
    const uint64_t room = image->size - POLE_PLX_HEADER_SIZE;
    if (pole_load_u64(header + POLE_PLX_AT_TABLE_OFFSET) != POLE_PLX_HEADER_SIZE ||
        image->section_count > POLE_PLX_MAX_SECTIONS ||
        image->section_count > room / POLE_PLX_ENTRY_SIZE)
        return damaged(error, POLE_PLX_AT_TABLE_OFFSET, "its section table is not in the file");
    const size_t table_size = (size_t)image->section_count * POLE_PLX_ENTRY_SIZE;
    if (pole_crc32(header + POLE_PLX_HEADER_SIZE, table_size) !=
        pole_load_u32(header + POLE_PLX_AT_TABLE_CRC))
        return damaged(error, POLE_PLX_HEADER_SIZE, "its section table is not as it was written");

    uint64_t end = POLE_PLX_HEADER_SIZE + table_size;
    for (uint32_t i = 0; i < image->section_count; i++) {
        const uint8_t *entry = entry_at(image, i);
        const uint64_t at = (uint64_t)(entry - image->bytes);
        const uint64_t offset = pole_load_u64(entry + POLE_PLX_AT_OFFSET);
        const uint64_t size = pole_load_u64(entry + POLE_PLX_AT_SIZE);
        if (i > 0 && key_at(image, i) <= key_at(image, i - 1))
            return damaged_section(error, image, i, at, "out of order");
        if (pole_load_u16(entry + POLE_PLX_AT_VERSION) == 0 ||
            pole_load_u32(entry + POLE_PLX_AT_ENTRY_ZEROS) != 0)
            return damaged_section(error, image, i, at, "its entry is not well formed");
        if (offset != pole_plx_align(end) || offset > image->size || size > image->size - offset)
            return damaged_section(error, image, i, at, "it is not where it must be");
        if (!is_zero(image->bytes + end, (size_t)(offset - end)))
            return damaged_section(error, image, i, end, "the bytes before it are not zero");
        end = offset + size;
    }
    if (end != image->size)
        return damaged(error, end, "something follows its last section");
    return POLE_OK;
}

static pole_status check_sections(const pole_image *image, pole_error *error)
{
    for (uint32_t i = 0; i < image->section_count; i++) {
        const pole_section section = pole_image_section(image, i);
        if (pole_crc32(section.bytes, section.size) !=
            pole_load_u32(entry_at(image, i) + POLE_PLX_AT_CRC))
            return damaged_section(error, image, i, (uint64_t)(section.bytes - image->bytes),
                                   "its bytes are not as they were written");
    }
    for (uint32_t i = 0; i < image->section_count; i++) {
        const pole_section section = pole_image_section(image, i);
        if ((section.flags & ~(POLE_PLX_REQUIRED | POLE_PLX_COUNTED)) != 0)
            return newer(error, image, "a section with an unknown flag");
        if ((section.flags & POLE_PLX_REQUIRED) != 0 && !is_readable(image, &section))
            return newer_section(error, image, &section);
    }
    return POLE_OK;
}

pole_status pole_image_open(const uint8_t *bytes, size_t size, const pole_known_section *known,
                            size_t known_count, pole_image *image, pole_error *error)
{
    memset(image, 0, sizeof *image);
    pole_status status = check_magic(bytes, size, error);
    if (status != POLE_OK)
        return status;
    image->bytes = bytes;
    image->size = size;
    image->known = known;
    image->known_count = known_count;
    status = read_header(image, error);
    if (status == POLE_OK)
        status = check_table(image, error);
    if (status == POLE_OK)
        status = check_sections(image, error);
    if (status != POLE_OK)
        memset(image, 0, sizeof *image);
    return status;
}

pole_section pole_image_section(const pole_image *image, uint32_t number)
{
    const uint8_t *entry = entry_at(image, number);
    const pole_section section = {
        .kind = pole_load_u16(entry + POLE_PLX_AT_KIND),
        .instance = pole_load_u16(entry + POLE_PLX_AT_INSTANCE),
        .version = pole_load_u16(entry + POLE_PLX_AT_VERSION),
        .flags = pole_load_u16(entry + POLE_PLX_AT_SECTION_FLAGS),
        .bytes = image->bytes + (size_t)pole_load_u64(entry + POLE_PLX_AT_OFFSET),
        .size = (size_t)pole_load_u64(entry + POLE_PLX_AT_SIZE),
    };
    return section;
}

bool pole_image_find(const pole_image *image, uint16_t kind, uint16_t instance,
                     pole_section *section)
{
    memset(section, 0, sizeof *section);
    const uint32_t key = (uint32_t)kind << 16 | instance;
    uint32_t first = 0;
    uint32_t end = image->section_count;
    while (first < end) {
        const uint32_t middle = first + (end - first) / 2;
        if (key_at(image, middle) < key)
            first = middle + 1;
        else
            end = middle;
    }
    if (first == image->section_count || key_at(image, first) != key)
        return false;
    const pole_section found = pole_image_section(image, first);
    if (!is_readable(image, &found))
        return false;
    *section = found;
    return true;
}

pole_status pole_image_verify(const pole_image *image, const pole_allocator *allocator,
                              pole_error *error)
{
    pole_hasher *hasher = pole_hasher_new(allocator);
    if (!hasher)
        return pole_fail(error, POLE_NO_MEMORY, "not enough memory to verify the index");
    pole_plx_id_begin(hasher, image->sample);
    for (uint32_t i = 0; i < image->section_count; i++) {
        const pole_section section = pole_image_section(image, i);
        pole_plx_id_add(hasher, &section);
    }
    const pole_hash128 id = pole_hasher_value(hasher);
    pole_hasher_free(hasher);
    if (id.low == image->id.low && id.high == image->id.high)
        return POLE_OK;
    return damaged(error, POLE_PLX_AT_CONTENT_ID, "its content id is not that of its content");
}
