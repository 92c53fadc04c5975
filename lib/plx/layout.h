/* SPDX-License-Identifier: MIT
 *
 * The container of an index file: a header, a table of sections, the sections. All numbers are
 * little-endian. docs/index-format.md is the same for readers outside.
 *
 *   0                      header, 128 bytes, this layout in every version for ever
 *   128                    section table, 32 bytes a section, ascending by (kind, instance)
 *   next multiple of 64    first section, and so on; the bytes between are zero
 *   end of the last one    end of the file
 *
 * Each byte lies under exactly one CRC-32 (the header's, the table's, a section's), is such a
 * CRC, or is padding that must be zero: any single damaged byte is seen for certain. Offsets
 * follow from lengths, so that one content has one form. */
#ifndef PLX_LAYOUT_H
#define PLX_LAYOUT_H

#include <stdbool.h>

#include "base/checksum.h"

/* Not UTF-8 and not GB18030 at its first byte, CR LF at its end: a transfer as text shows. */
#define POLE_PLX_MAGIC "\xFFPOLEX\r\n"

/* A reader reads every minor version of its major version. */
#define POLE_PLX_MAJOR 1
#define POLE_PLX_MINOR 0

enum {
    POLE_PLX_HEADER_SIZE = 128,
    POLE_PLX_MAGIC_SIZE = 8,
    POLE_PLX_AT_MAJOR = 8,          /* u16 */
    POLE_PLX_AT_MINOR = 10,         /* u16 */
    POLE_PLX_AT_FLAGS = 12,         /* u32 */
    POLE_PLX_AT_FILE_SIZE = 16,     /* u64 */
    POLE_PLX_AT_TABLE_OFFSET = 24,  /* u64, 128 in major version 1 */
    POLE_PLX_AT_SECTION_COUNT = 32, /* u32 */
    POLE_PLX_AT_TABLE_CRC = 36,     /* u32 */
    POLE_PLX_AT_CONTENT_ID = 40,    /* 16 bytes in the order of the id's hex digits */
    POLE_PLX_AT_HEADER_ZEROS = 56,  /* zero up to the CRC */
    POLE_PLX_AT_HEADER_CRC = 124,   /* u32, of the 124 bytes before */
    POLE_PLX_ENTRY_SIZE = 32,
    POLE_PLX_AT_KIND = 0,          /* u16 */
    POLE_PLX_AT_INSTANCE = 2,      /* u16 */
    POLE_PLX_AT_VERSION = 4,       /* u16, from 1 */
    POLE_PLX_AT_SECTION_FLAGS = 6, /* u16 */
    POLE_PLX_AT_OFFSET = 8,        /* u64 */
    POLE_PLX_AT_SIZE = 16,         /* u64 */
    POLE_PLX_AT_CRC = 24,          /* u32, of the section's bytes */
    POLE_PLX_AT_ENTRY_ZEROS = 28,  /* u32 zero */
    POLE_PLX_ALIGNMENT = 64
};

#define POLE_PLX_SAMPLE 1u   /* header: made-up data */
#define POLE_PLX_REQUIRED 1u /* section: a reader that does not know it must refuse the file */
#define POLE_PLX_COUNTED 2u  /* section: part of the content id */

#define POLE_PLX_MAX_SECTIONS 65536u

/* One section. bytes are borrowed. */
typedef struct {
    uint16_t kind;
    uint16_t instance; /* kinds that occur more than once count from 0 */
    uint16_t version;  /* of the section's own form, from 1 */
    uint16_t flags;    /* POLE_PLX_REQUIRED, POLE_PLX_COUNTED */
    const uint8_t *bytes;
    size_t size;
} pole_section;

/* The content id: XXH3-128 with seed 0 of
 *   u32  the header's sample flag, 0 or 1
 * and for each counted section, ascending by (kind, instance),
 *   u16 kind, u16 instance, u16 version, u16 zero, u64 size, the section's bytes.
 * Begin a new hasher, then add every section in order (one that is not counted adds nothing). */
void pole_plx_id_begin(pole_hasher *hasher, bool sample);
void pole_plx_id_add(pole_hasher *hasher, const pole_section *section);

/* The id's 16 bytes as they stand in the header: its 32 hex digits in order, two a byte. */
void pole_plx_store_id(uint8_t *bytes, pole_hash128 id);
pole_hash128 pole_plx_load_id(const uint8_t *bytes);

/* The first multiple of POLE_PLX_ALIGNMENT at or after a place. */
static inline uint64_t pole_plx_align(uint64_t at)
{
    return (at + POLE_PLX_ALIGNMENT - 1) & ~(uint64_t)(POLE_PLX_ALIGNMENT - 1);
}

#endif
