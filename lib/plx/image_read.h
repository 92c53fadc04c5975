/* SPDX-License-Identifier: MIT
 *
 * The bytes of a file to checked sections. What is in the sections is not known here. */
#ifndef PLX_IMAGE_READ_H
#define PLX_IMAGE_READ_H

#include "base/memory.h"
#include "plx/layout.h"

/* A kind of section that the caller reads, up to a version. name: for messages, static. */
typedef struct {
    uint16_t kind;
    uint16_t newest_version;
    const char *name;
} pole_known_section;

/* A sound file, in memory that the caller keeps. Nothing in it is allocated. */
typedef struct {
    const uint8_t *bytes;
    uint64_t size;
    const pole_known_section *known;
    size_t known_count;
    uint32_t section_count;
    uint16_t major;
    uint16_t minor;
    bool sample;
    pole_hash128 id;
} pole_image;

/* Checks, in this order: the magic (POLE_NOT_AN_INDEX); the header's CRC (POLE_DAMAGED); the major
 * version (POLE_NEWER_FORMAT); the length, the table's CRC, each section's place, the padding, the
 * CRC of each section (POLE_DAMAGED); and that each required section is known in its version
 * (POLE_NEWER_FORMAT). bytes need no alignment. known is kept: static, or as long as the image.
 * The content id is not recomputed: the CRCs see damage. image is zeroed on failure. */
pole_status pole_image_open(const uint8_t *bytes, size_t size, const pole_known_section *known,
                            size_t known_count, pole_image *image, pole_error *error);

/* A section that the caller reads: false when the file has none, or only in a version that is too
 * new (it is optional then, or the file would not have opened). O(log sections). */
bool pole_image_find(const pole_image *image, uint16_t kind, uint16_t instance,
                     pole_section *section);

/* The section in the table's order, known or not; number is below section_count. */
pole_section pole_image_section(const pole_image *image, uint32_t number);

/* Recomputes the content id. POLE_OK, POLE_DAMAGED or POLE_NO_MEMORY. */
pole_status pole_image_verify(const pole_image *image, const pole_allocator *allocator,
                              pole_error *error);

#endif
