/* SPDX-License-Identifier: MIT
 * A container of five sections in memory, opened, and sealed again after a change. The places of
 * the fields are numbers here, as a reader outside would have them from docs/index-format.md. */
#ifndef SUPPORT_PLX_FILE_H
#define SUPPORT_PLX_FILE_H

#include <string.h>

#include "base/bytes.h"
#include "base/checksum.h"
#include "plx/image_read.h"
#include "plx/image_write.h"
#include "support/test_main.h"

static const pole_known_section known[] = {
    {1, 1, "scheme"}, {3, 1, "codes"}, {4, 2, "positions"}, {11, 1, "provenance"}};
#define KNOWN known, sizeof known / sizeof known[0]

enum { REQUIRED = 1, COUNTED = 2, BOTH = 3 };

static uint8_t content[200];

/* Sizes at, below and above a multiple of 64, and none. */
static const pole_section five[] = {{1, 0, 1, BOTH, content, 37},
                                    {3, 0, 1, BOTH, content + 40, 64},
                                    {3, 1, 1, BOTH, content, 0},
                                    {4, 0, 2, BOTH, content + 10, 65},
                                    {11, 0, 1, REQUIRED, content + 5, 9}};

static pole_buffer file;
static pole_error error;
static pole_image image;

static inline void setup(void)
{
    for (size_t i = 0; i < sizeof content; i++)
        content[i] = (uint8_t)(i * 37 + 1);
    pole_buffer_init(&file, NULL);
    memset(&error, 0, sizeof error);
}

static inline void teardown(void)
{
    pole_buffer_free(&file);
}

static inline void write_sections(const pole_section *sections, size_t count, bool sample)
{
    pole_buffer_clear(&file);
    if (pole_image_write(sections, count, sample, UINT32_MAX, &file, &error) != POLE_OK)
        ck_abort_msg("%s", error.message);
}

static inline void write_five(void)
{
    write_sections(five, 5, false);
}

static inline pole_status open_file(void)
{
    return pole_image_open(file.bytes, file.size, KNOWN, &image, &error);
}

/* Makes the checksums of header and table right again after a change. */
static inline void seal(void)
{
    const uint64_t table_end = 128 + 32 * (uint64_t)pole_load_u32(file.bytes + 32);
    if (table_end <= file.size)
        pole_store_u32(file.bytes + 36, pole_crc32(file.bytes + 128, (size_t)table_end - 128));
    pole_store_u32(file.bytes + 124, pole_crc32(file.bytes, 124));
}

static inline void check_refused(pole_status expected, const char *words)
{
    memset(&image, 0x55, sizeof image);
    const pole_status status = open_file();
    if (status != expected || error.status != expected || !strstr(error.message, words))
        ck_abort_msg("%d: %s", status, error.message);
    const pole_image zero = {0};
    ck_assert_mem_eq(&image, &zero, sizeof zero);
    ck_assert_str_ne(error.hint, "");
}

#endif
