/* SPDX-License-Identifier: MIT
 *
 * Sections to the bytes of a file: the places first, since they follow from the sizes alone, then
 * the sections, the table and, last, the header that seals both. */
#include "plx/image_write.h"

#include "base/bytes.h"
#include "base/status.h"

static uint32_t key_of(const pole_section *section)
{
    return (uint32_t)section->kind << 16 | section->instance;
}

static pole_status check_sections(const pole_section *sections, size_t count, pole_error *error)
{
    if (count > POLE_PLX_MAX_SECTIONS)
        return pole_fail(error, POLE_LIMIT, "an index has at most %u sections, this has %zu",
                         POLE_PLX_MAX_SECTIONS, count);
    for (size_t i = 0; i < count; i++) {
        const pole_section *section = &sections[i];
        const unsigned unknown = section->flags & ~(POLE_PLX_REQUIRED | POLE_PLX_COUNTED);
        if (section->version == 0 || unknown != 0)
            return pole_fail(error, POLE_INVALID_ARGUMENT,
                             "section %u.%u has version %u and flags %u", section->kind,
                             section->instance, section->version, section->flags);
        if (i > 0 && key_of(section) <= key_of(&sections[i - 1]))
            return pole_fail(error, POLE_INVALID_ARGUMENT, "section %u.%u is out of order",
                             section->kind, section->instance);
    }
    return POLE_OK;
}

/* The file's size; false when it is above max_bytes. */
static bool file_size(const pole_section *sections, size_t count, uint64_t max_bytes,
                      uint64_t *size)
{
    if (max_bytes > SIZE_MAX / 2)
        max_bytes = SIZE_MAX / 2;
    uint64_t end = POLE_PLX_HEADER_SIZE + (uint64_t)count * POLE_PLX_ENTRY_SIZE;
    for (size_t i = 0; i < count && end <= max_bytes; i++) {
        end = pole_plx_align(end);
        if (end > max_bytes || sections[i].size > max_bytes - end)
            return false;
        end += sections[i].size;
    }
    *size = end;
    return end <= max_bytes;
}

/* Copies a section to its place and writes its entry. Returns where it ends. */
static uint64_t put_section(const pole_section *section, uint64_t end, uint8_t *file,
                            uint8_t *entry)
{
    const uint64_t offset = pole_plx_align(end);
    memset(file + end, 0, (size_t)(offset - end));
    if (section->size > 0)
        memcpy(file + offset, section->bytes, section->size);
    pole_store_u16(entry + POLE_PLX_AT_KIND, section->kind);
    pole_store_u16(entry + POLE_PLX_AT_INSTANCE, section->instance);
    pole_store_u16(entry + POLE_PLX_AT_VERSION, section->version);
    pole_store_u16(entry + POLE_PLX_AT_SECTION_FLAGS, section->flags);
    pole_store_u64(entry + POLE_PLX_AT_OFFSET, offset);
    pole_store_u64(entry + POLE_PLX_AT_SIZE, section->size);
    pole_store_u32(entry + POLE_PLX_AT_CRC, pole_crc32(section->bytes, section->size));
    pole_store_u32(entry + POLE_PLX_AT_ENTRY_ZEROS, 0);
    return offset + section->size;
}

static void put_header(uint8_t *file, uint64_t size, size_t count, bool sample, pole_hash128 id)
{
    const uint8_t *table = file + POLE_PLX_HEADER_SIZE;
    memset(file, 0, POLE_PLX_HEADER_SIZE);
    memcpy(file, POLE_PLX_MAGIC, POLE_PLX_MAGIC_SIZE);
    pole_store_u16(file + POLE_PLX_AT_MAJOR, POLE_PLX_MAJOR);
    pole_store_u16(file + POLE_PLX_AT_MINOR, POLE_PLX_MINOR);
    pole_store_u32(file + POLE_PLX_AT_FLAGS, sample ? POLE_PLX_SAMPLE : 0);
    pole_store_u64(file + POLE_PLX_AT_FILE_SIZE, size);
    pole_store_u64(file + POLE_PLX_AT_TABLE_OFFSET, POLE_PLX_HEADER_SIZE);
    pole_store_u32(file + POLE_PLX_AT_SECTION_COUNT, (uint32_t)count);
    pole_store_u32(file + POLE_PLX_AT_TABLE_CRC, pole_crc32(table, count * POLE_PLX_ENTRY_SIZE));
    pole_plx_store_id(file + POLE_PLX_AT_CONTENT_ID, id);
    pole_store_u32(file + POLE_PLX_AT_HEADER_CRC, pole_crc32(file, POLE_PLX_AT_HEADER_CRC));
}

pole_status pole_image_write(const pole_section *sections, size_t count, bool sample,
                             uint64_t max_bytes, pole_buffer *out, pole_error *error)
{
    if (out->size != 0)
        return pole_fail(error, POLE_INVALID_ARGUMENT, "the buffer for an index is not empty");
    const pole_status status = check_sections(sections, count, error);
    if (status != POLE_OK)
        return status;
    uint64_t size;
    if (!file_size(sections, count, max_bytes, &size))
        return pole_fail(error, POLE_LIMIT, "the index would have more than %llu bytes",
                         (unsigned long long)max_bytes);

    pole_hasher *hasher = pole_hasher_new(&out->allocator);
    uint8_t *file = hasher ? pole_buffer_extend(out, (size_t)size) : NULL;
    if (!file) {
        pole_hasher_free(hasher);
        pole_buffer_clear(out);
        return pole_fail(error, POLE_NO_MEMORY, "not enough memory for an index of %llu bytes",
                         (unsigned long long)size);
    }
    uint64_t end = POLE_PLX_HEADER_SIZE + (uint64_t)count * POLE_PLX_ENTRY_SIZE;
    pole_plx_id_begin(hasher, sample);
    for (size_t i = 0; i < count; i++) {
        uint8_t *entry = file + POLE_PLX_HEADER_SIZE + i * POLE_PLX_ENTRY_SIZE;
        end = put_section(&sections[i], end, file, entry);
        pole_plx_id_add(hasher, &sections[i]);
    }
    put_header(file, size, count, sample, pole_hasher_value(hasher));
    pole_hasher_free(hasher);
    return POLE_OK;
}
