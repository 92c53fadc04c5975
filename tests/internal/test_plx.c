/* SPDX-License-Identifier: MIT
 *
 * The container promises: whatever single byte is damaged, the file is refused; the same content
 * has the same bytes and the same name. (What was made to look sound: test_plx_sealed.c.) The
 * places of the fields are written here as numbers, as a reader outside would have them from
 * docs/index-format.md. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/checksum.h"
#include "plx/image_read.h"
#include "plx/image_write.h"
#include "support/plx_file.h"
#include "support/test_main.h"
#include "support/test_memory.h"

/* ---- What is written ---- */

START_TEST(the_bytes_are_where_the_format_says)
{
    write_sections(five, 5, true);
    const uint8_t *b = file.bytes;
    ck_assert_mem_eq(b, "\xFFPOLEX\r\n", 8);
    ck_assert_uint_eq(pole_load_u16(b + 8), 1);
    ck_assert_uint_eq(pole_load_u16(b + 10), 0);
    ck_assert_uint_eq(pole_load_u32(b + 12), 1);
    ck_assert_uint_eq(pole_load_u64(b + 16), file.size);
    ck_assert_uint_eq(pole_load_u64(b + 24), 128);
    ck_assert_uint_eq(pole_load_u32(b + 32), 5);
    ck_assert_uint_eq(pole_load_u32(b + 36), pole_crc32(b + 128, 160));
    for (int i = 56; i < 124; i++)
        ck_assert_uint_eq(b[i], 0);
    ck_assert_uint_eq(pole_load_u32(b + 124), pole_crc32(b, 124));

    static const uint64_t offsets[] = {320, 384, 448, 448, 576};
    for (int i = 0; i < 5; i++) {
        const uint8_t *e = b + 128 + 32 * i;
        ck_assert_uint_eq(pole_load_u16(e), five[i].kind);
        ck_assert_uint_eq(pole_load_u16(e + 2), five[i].instance);
        ck_assert_uint_eq(pole_load_u16(e + 4), five[i].version);
        ck_assert_uint_eq(pole_load_u16(e + 6), five[i].flags);
        ck_assert_uint_eq(pole_load_u64(e + 8), offsets[i]);
        ck_assert_uint_eq(pole_load_u64(e + 16), five[i].size);
        ck_assert_uint_eq(pole_load_u32(e + 24), pole_crc32(five[i].bytes, five[i].size));
        ck_assert_uint_eq(pole_load_u32(e + 28), 0);
        ck_assert(memcmp(b + offsets[i], five[i].bytes, five[i].size) == 0);
    }
    ck_assert_uint_eq(file.size, 576 + 9);
}
END_TEST

/* The content id by the words of the format, over one block of bytes. */
START_TEST(the_content_id_is_the_hash_of_the_stated_stream)
{
    for (uint32_t sample = 0; sample < 2; sample++) {
        write_sections(five, 5, sample != 0);
        uint8_t stream[512];
        size_t size = 4;
        pole_store_u32(stream, sample);
        for (int i = 0; i < 4; i++, size += 16) { /* not the fifth */
            pole_store_u16(stream + size, five[i].kind);
            pole_store_u16(stream + size + 2, five[i].instance);
            pole_store_u16(stream + size + 4, five[i].version);
            pole_store_u16(stream + size + 6, 0);
            pole_store_u64(stream + size + 8, five[i].size);
            memcpy(stream + size + 16, five[i].bytes, five[i].size);
            size += five[i].size;
        }
        const pole_hash128 id = pole_hash(stream, size);
        ck_assert_int_eq(open_file(), POLE_OK);
        ck_assert_uint_eq(image.id.low, id.low);
        ck_assert_uint_eq(image.id.high, id.high);
        char text[33];
        pole_hash_to_text(id, text);
        for (int i = 0; i < 16; i++) {
            char two[3];
            snprintf(two, sizeof two, "%02x", file.bytes[40 + i]);
            ck_assert(memcmp(two, text + 2 * i, 2) == 0);
        }
    }
}
END_TEST

/* Format 1.0 for ever: these numbers may never be changed. */
START_TEST(the_format_has_not_changed)
{
    write_five();
    char id[33];
    ck_assert_int_eq(open_file(), POLE_OK);
    pole_hash_to_text(image.id, id);
    ck_assert_str_eq(id, "19535c3d99220fb1b2ad1a04d912864f");
    ck_assert_uint_eq(file.size, 585);
    ck_assert_uint_eq(pole_crc32(file.bytes, file.size), 0xDD09B0F8);
}
END_TEST

START_TEST(the_same_sections_give_the_same_bytes)
{
    test_memory memory; /* whose blocks are not zero to begin with */
    test_memory_init(&memory, 0);
    pole_buffer other;
    pole_buffer_init(&other, &memory.allocator);
    write_five();
    ck_assert_int_eq(pole_image_write(five, 5, false, UINT32_MAX, &other, &error), POLE_OK);
    ck_assert_uint_eq(other.size, file.size);
    ck_assert(memcmp(other.bytes, file.bytes, file.size) == 0);
    pole_buffer_free(&other);
    ck_assert_uint_eq(memory.live, 0);
}
END_TEST

static pole_hash128 id_of(const pole_section *sections, size_t count, bool sample)
{
    write_sections(sections, count, sample);
    ck_assert_int_eq(open_file(), POLE_OK);
    return image.id;
}

static bool same_id(pole_hash128 a, pole_hash128 b)
{
    return a.low == b.low && a.high == b.high;
}

START_TEST(the_content_id_names_the_content_and_nothing_else)
{
    const pole_hash128 id = id_of(five, 5, false);
    ck_assert(!same_id(id, id_of(five, 5, true)));
    ck_assert(same_id(id, id_of(five, 4, false))); /* without what is not counted */
    ck_assert(!same_id(id, id_of(five, 3, false)));
    ck_assert(!same_id(id, id_of(five + 1, 4, false)));

    pole_section changed[5];
    memcpy(changed, five, sizeof five);
    changed[4].bytes = content + 100;
    changed[3].flags = COUNTED;
    ck_assert(same_id(id, id_of(changed, 5, false)));
    changed[3].bytes = content + 11;
    ck_assert(!same_id(id, id_of(changed, 5, false)));
    memcpy(changed, five, sizeof five);
    changed[3].version = 1;
    ck_assert(!same_id(id, id_of(changed, 5, false)));
    memcpy(changed, five, sizeof five);
    changed[2].instance = 2;
    ck_assert(!same_id(id, id_of(changed, 5, false)));
    /* The same bytes divided elsewhere. */
    const pole_section left[] = {{1, 0, 1, BOTH, content, 10}, {3, 0, 1, BOTH, content + 10, 6}};
    const pole_section right[] = {{1, 0, 1, BOTH, content, 9}, {3, 0, 1, BOTH, content + 9, 7}};
    ck_assert(!same_id(id_of(left, 2, false), id_of(right, 2, false)));
}
END_TEST

START_TEST(sections_out_of_order_or_malformed_are_not_written)
{
    static const pole_section wrong[][2] = {
        {{3, 0, 1, 0, content, 1}, {1, 0, 1, 0, content, 1}},
        {{3, 1, 1, 0, content, 1}, {3, 0, 1, 0, content, 1}},
        {{3, 0, 1, 0, content, 1}, {3, 0, 1, 0, content, 1}},
        {{1, 0, 0, 0, content, 1}, {3, 0, 1, 0, content, 1}},
        {{1, 0, 1, 4, content, 1}, {3, 0, 1, 0, content, 1}},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        ck_assert_int_eq(pole_image_write(wrong[i], 2, false, UINT32_MAX, &file, &error),
                         POLE_INVALID_ARGUMENT);
        ck_assert_uint_eq(file.size, 0);
    }
    pole_buffer_append_byte(&file, 1);
    ck_assert_int_eq(pole_image_write(five, 5, false, UINT32_MAX, &file, &error),
                     POLE_INVALID_ARGUMENT);
}
END_TEST

START_TEST(a_file_over_the_limit_is_not_written)
{
    ck_assert_int_eq(pole_image_write(five, 5, false, 585, &file, &error), POLE_OK);
    for (uint64_t limit = 0; limit < 585; limit++) {
        pole_buffer_clear(&file);
        ck_assert_int_eq(pole_image_write(five, 5, false, limit, &file, &error), POLE_LIMIT);
        ck_assert_uint_eq(file.size, 0);
    }
    const pole_section huge[] = {{1, 0, 1, 0, content, SIZE_MAX - 5},
                                 {2, 0, 1, 0, content, SIZE_MAX - 5}};
    ck_assert_int_eq(pole_image_write(huge, 2, false, UINT64_MAX, &file, &error), POLE_LIMIT);
}
END_TEST

START_TEST(too_many_sections_are_not_written_and_the_most_are)
{
    pole_section *sections = calloc(65537, sizeof *sections);
    ck_assert_ptr_nonnull(sections);
    for (uint32_t i = 0; i < 65537; i++) {
        sections[i].kind = (uint16_t)(1 + (i >> 15));
        sections[i].instance = (uint16_t)(i & 0x7FFF);
        sections[i].version = 1;
        sections[i].bytes = content;
        sections[i].size = i % 3;
    }
    ck_assert_int_eq(pole_image_write(sections, 65537, false, UINT32_MAX, &file, &error),
                     POLE_LIMIT);
    write_sections(sections, 65536, false);
    ck_assert_int_eq(open_file(), POLE_OK);
    ck_assert_uint_eq(image.section_count, 65536);
    pole_section found;
    ck_assert(pole_image_find(&image, 1, 0x7FFF, &found));
    ck_assert_uint_eq(found.size, 0x7FFF % 3);
    ck_assert(!pole_image_find(&image, 2, 0, &found)); /* there, but of no known kind */
    free(sections);
}
END_TEST

START_TEST(each_allocation_of_the_writer_may_fail)
{
    size_t fail_at = 0;
    pole_status status = POLE_NO_MEMORY;
    while (status == POLE_NO_MEMORY) {
        test_memory memory;
        test_memory_init(&memory, ++fail_at);
        pole_buffer out;
        pole_buffer_init(&out, &memory.allocator);
        status = pole_image_write(five, 5, false, UINT32_MAX, &out, &error);
        ck_assert_uint_eq(out.size, status == POLE_OK ? 585 : 0);
        pole_buffer_free(&out);
        ck_assert_uint_eq(memory.live, 0);
    }
    ck_assert_int_eq(status, POLE_OK);
    ck_assert_uint_ge(fail_at, 3);
}
END_TEST

/* ---- What is read ---- */

START_TEST(sections_come_back_wherever_the_memory_lies)
{
    write_five();
    uint8_t *room = malloc(file.size + 64);
    ck_assert_ptr_nonnull(room);
    for (size_t shift = 0; shift < 64; shift++) {
        memcpy(room + shift, file.bytes, file.size);
        ck_assert_int_eq(pole_image_open(room + shift, file.size, KNOWN, &image, &error), POLE_OK);
        ck_assert_int_eq(pole_image_verify(&image, NULL, &error), POLE_OK);
        ck_assert(!image.sample);
        ck_assert_uint_eq(image.major, 1);
        ck_assert_uint_eq(image.section_count, 5);
        for (uint32_t i = 0; i < 5; i++) {
            pole_section found;
            const pole_section listed = pole_image_section(&image, i);
            ck_assert(pole_image_find(&image, five[i].kind, five[i].instance, &found));
            ck_assert_ptr_eq(found.bytes, listed.bytes);
            ck_assert_uint_eq(found.size, five[i].size);
            ck_assert_uint_eq(found.kind, five[i].kind);
            ck_assert_uint_eq(found.instance, five[i].instance);
            ck_assert_uint_eq(found.version, five[i].version);
            ck_assert_uint_eq(found.flags, five[i].flags);
            ck_assert(memcmp(found.bytes, five[i].bytes, found.size) == 0);
            ck_assert_uint_eq((size_t)(found.bytes - room - shift) % 64, 0);
        }
        pole_section none;
        ck_assert(!pole_image_find(&image, 3, 2, &none));
        ck_assert(!pole_image_find(&image, 0, 0, &none));
        ck_assert(!pole_image_find(&image, 0xFFFF, 0xFFFF, &none));
        ck_assert_ptr_null(none.bytes);
    }
    free(room);
}
END_TEST

START_TEST(a_file_without_sections_is_sound)
{
    write_sections(NULL, 0, true);
    ck_assert_uint_eq(file.size, 128);
    ck_assert_int_eq(open_file(), POLE_OK);
    ck_assert(image.sample);
    ck_assert_uint_eq(image.section_count, 0);
    pole_section none;
    ck_assert(!pole_image_find(&image, 1, 0, &none));
    ck_assert_int_eq(pole_image_verify(&image, NULL, &error), POLE_OK);
}
END_TEST

START_TEST(every_byte_damaged_in_every_way_is_refused)
{
    write_five();
    for (size_t at = 0; at < file.size; at++) {
        for (unsigned change = 1; change < 256; change++) {
            file.bytes[at] ^= (uint8_t)change;
            const pole_status status = open_file();
            const bool not_ours = at == 0 || (at >= 1 && at <= 5);
            if (status != POLE_DAMAGED && !(not_ours && status == POLE_NOT_AN_INDEX))
                ck_abort_msg("byte %zu changed by %02X: status %d", at, change, status);
            file.bytes[at] ^= (uint8_t)change;
        }
    }
    ck_assert_int_eq(open_file(), POLE_OK);
}
END_TEST

/* The copy is as short as the file, so that a sanitizer sees a step beyond its end. */
START_TEST(every_truncation_is_refused)
{
    write_five();
    for (size_t size = 0; size < file.size; size++) {
        uint8_t *shorter = malloc(size > 0 ? size : 1);
        ck_assert_ptr_nonnull(shorter);
        memcpy(shorter, file.bytes, size);
        const pole_status status = pole_image_open(shorter, size, KNOWN, &image, &error);
        if (status != (size < 8 ? POLE_NOT_AN_INDEX : POLE_DAMAGED))
            ck_abort_msg("%zu bytes: status %d", size, status);
        if (size >= 8 && !strstr(error.message, "its end is missing"))
            ck_abort_msg("%zu bytes: %s", size, error.message);
        free(shorter);
    }
    ck_assert_int_eq(pole_image_open(NULL, 0, KNOWN, &image, &error), POLE_NOT_AN_INDEX);
    ck_assert_ptr_nonnull(strstr(error.message, "it is empty"));
}
END_TEST

START_TEST(bytes_appended_are_refused)
{
    write_five();
    for (size_t more = 1; more <= 130; more++) {
        pole_buffer_append_byte(&file, (uint8_t)(more % 7 == 0 ? more : 0));
        check_refused(POLE_DAMAGED, "something follows its end");
    }
}
END_TEST

START_TEST(something_else_is_not_an_index)
{
    static const char *const others[] = {"PK\x03\x04 a spreadsheet, say", "code,lat,lon\n1,2,3\n",
                                         "SQLite format 3", "\x89PNG\r\n\x1a\n", "POLEX\r\n\xFF"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        pole_buffer_clear(&file);
        pole_buffer_append_text(&file, others[i]);
        pole_buffer_align(&file, 512);
        check_refused(POLE_NOT_AN_INDEX, "not a polelookup index");
    }
}
END_TEST

START_TEST(a_transfer_as_text_is_recognized)
{
    write_five();
    file.bytes[6] = '\n'; /* CR LF became LF */
    memmove(file.bytes + 7, file.bytes + 8, file.size - 8);
    file.size--;
    check_refused(POLE_DAMAGED, "transfer as text");
    write_five();
    file.bytes[0] = 0x7F; /* the eighth bit was lost */
    check_refused(POLE_DAMAGED, "transfer as text");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("plx");
    TCase *tests = tcase_create("all");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, the_bytes_are_where_the_format_says);
    tcase_add_test(tests, the_content_id_is_the_hash_of_the_stated_stream);
    tcase_add_test(tests, the_format_has_not_changed);
    tcase_add_test(tests, the_same_sections_give_the_same_bytes);
    tcase_add_test(tests, the_content_id_names_the_content_and_nothing_else);
    tcase_add_test(tests, sections_out_of_order_or_malformed_are_not_written);
    tcase_add_test(tests, a_file_over_the_limit_is_not_written);
    tcase_add_test(tests, too_many_sections_are_not_written_and_the_most_are);
    tcase_add_test(tests, each_allocation_of_the_writer_may_fail);
    tcase_add_test(tests, sections_come_back_wherever_the_memory_lies);
    tcase_add_test(tests, a_file_without_sections_is_sound);
    tcase_add_test(tests, every_byte_damaged_in_every_way_is_refused);
    tcase_add_test(tests, every_truncation_is_refused);
    tcase_add_test(tests, bytes_appended_are_refused);
    tcase_add_test(tests, something_else_is_not_an_index);
    tcase_add_test(tests, a_transfer_as_text_is_recognized);
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
