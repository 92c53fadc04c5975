/* SPDX-License-Identifier: MIT
 *
 * The container promises: a file that was made to look sound (its checksums right, its numbers
 * wrong) never leads a reader out of its bytes; old and new formats are told apart from damage. */
#include <string.h>

#include "base/bytes.h"
#include "base/checksum.h"
#include "plx/image_read.h"
#include "plx/image_write.h"
#include "support/plx_file.h"
#include "support/test_main.h"
#include "support/test_memory.h"
#include "support/test_random.h"

/* ---- Formats to come ---- */

START_TEST(a_newer_major_version_is_refused_by_its_number)
{
    write_five();
    pole_store_u16(file.bytes + 8, 2);
    pole_store_u16(file.bytes + 10, 7);
    seal();
    check_refused(POLE_NEWER_FORMAT, "format 2.7");
    ck_assert_ptr_nonnull(strstr(error.message, "reads format 1.0"));
    ck_assert_ptr_nonnull(strstr(error.message, pole_version()));
    ck_assert_ptr_nonnull(strstr(error.hint, "Update polelookup"));
    /* Whatever it keeps behind its header, whose place alone is fixed. */
    memset(file.bytes + 12, 0xEE, 112);
    pole_store_u32(file.bytes + 124, pole_crc32(file.bytes, 124));
    check_refused(POLE_NEWER_FORMAT, "format 2.7");
    pole_store_u16(file.bytes + 8, 0);
    seal();
    check_refused(POLE_DAMAGED, "format 0");
}
END_TEST

START_TEST(a_newer_minor_version_is_read)
{
    write_five();
    pole_store_u16(file.bytes + 10, 65535);
    seal();
    ck_assert_int_eq(open_file(), POLE_OK);
    ck_assert_uint_eq(image.minor, 65535);
}
END_TEST

START_TEST(an_unknown_optional_section_is_skipped)
{
    const pole_section sections[] = {{1, 0, 1, BOTH, content, 37},
                                     {2, 0, 1, COUNTED, content, 50},
                                     {3, 0, 1, BOTH, content + 1, 3},
                                     {77, 9, 1, 0, content + 2, 40}};
    write_sections(sections, 4, false);
    ck_assert_int_eq(open_file(), POLE_OK);
    pole_section found;
    ck_assert(pole_image_find(&image, 3, 0, &found));
    ck_assert(!pole_image_find(&image, 2, 0, &found));
    ck_assert(!pole_image_find(&image, 77, 9, &found));
    ck_assert_uint_eq(pole_image_section(&image, 3).kind, 77);
    ck_assert_int_eq(pole_image_verify(&image, NULL, &error), POLE_OK); /* it counts all the same */
    file.bytes[file.size - 1] ^= 1;
    check_refused(POLE_DAMAGED, "section 77.9 (of an unknown kind)");
}
END_TEST

START_TEST(an_unknown_required_section_is_refused_by_its_kind)
{
    const pole_section sections[] = {{1, 0, 1, BOTH, content, 37},
                                     {77, 9, 1, REQUIRED, content + 2, 40}};
    write_sections(sections, 2, false);
    check_refused(POLE_NEWER_FORMAT, "needs section 77");
    ck_assert_ptr_nonnull(strstr(error.message, "format 1.0"));
    ck_assert_ptr_nonnull(strstr(error.message, pole_version()));
    ck_assert_ptr_nonnull(strstr(error.hint, "Update polelookup"));
}
END_TEST

START_TEST(a_known_section_in_a_newer_version_is_skipped_or_refused)
{
    pole_section sections[] = {{1, 0, 1, BOTH, content, 37}, {4, 0, 3, COUNTED, content + 2, 40}};
    write_sections(sections, 2, false);
    ck_assert_int_eq(open_file(), POLE_OK);
    pole_section found;
    ck_assert(!pole_image_find(&image, 4, 0, &found));
    sections[1].flags = BOTH;
    write_sections(sections, 2, false);
    check_refused(POLE_NEWER_FORMAT, "its section 4 (positions) has version 3");
    ck_assert_ptr_nonnull(strstr(error.message, "up to version 2"));
    ck_assert_ptr_nonnull(strstr(error.hint, "Update polelookup"));
    sections[1].version = 1; /* an older one is fine */
    write_sections(sections, 2, false);
    ck_assert_int_eq(open_file(), POLE_OK);
}
END_TEST

START_TEST(flags_to_come_are_not_ignored)
{
    write_five();
    pole_store_u32(file.bytes + 12, 2);
    seal();
    check_refused(POLE_NEWER_FORMAT, "an unknown flag");
    write_five();
    pole_store_u16(file.bytes + 128 + 6, 7);
    seal();
    check_refused(POLE_NEWER_FORMAT, "a section with an unknown flag");
}
END_TEST

/* ---- Sealed lies ---- */

/* One number changed, the checksums made right again. Entry 1 is section 3.0. */
static const struct {
    size_t at;
    unsigned size;
    uint64_t value;
    const char *words;
} lies[] = {
    {16, 8, 584, "something follows its end"},
    {16, 8, 586, "its end is missing"},
    {16, 8, UINT64_MAX, "its end is missing"},
    {24, 8, 160, "its section table is not in the file"},
    {24, 8, UINT64_MAX, "its section table is not in the file"},
    {32, 4, 4, "section 1.0 (scheme): it is not where it must be"},
    {32, 4, 0, "something follows its last section"},
    {32, 4, 6, "section"},
    {32, 4, 65537, "its section table is not in the file"},
    {32, 4, UINT32_MAX, "its section table is not in the file"},
    {56, 1, 1, "bytes that must be zero"},
    {123, 1, 0x80, "bytes that must be zero"},
    {160, 2, 0, "section 0.0 (of an unknown kind): out of order"},
    {160, 2, 1, "section 1.0 (scheme): out of order"}, /* twice the same */
    {162, 2, 1, "section 3.1 (codes): out of order"},  /* the next is the same */
    {164, 2, 0, "its entry is not well formed"},
    {188, 4, 1, "its entry is not well formed"},
    {168, 8, 320, "it is not where it must be"}, /* over the one before */
    {168, 8, 383, "it is not where it must be"},
    {168, 8, 448, "it is not where it must be"}, /* a gap */
    {168, 8, 0, "it is not where it must be"},
    {168, 8, UINT64_MAX - 63, "it is not where it must be"},
    {168, 8, UINT64_MAX, "it is not where it must be"},
    {176, 8, 0, "section 3.1 (codes): it is not where it must be"},
    {176, 8, 63, "section 3.1 (codes): the bytes before it are not zero"},
    {176, 8, 65, "section 3.1 (codes): it is not where it must be"},
    {176, 8, 202, "it is not where it must be"},
    {176, 8, UINT64_MAX, "section 3.0 (codes): it is not where it must be"},
    {176, 8, UINT64_MAX - 383, "section 3.0 (codes): it is not where it must be"},
    {184, 4, 0, "section 3.0 (codes): its bytes are not as they were written"},
    {357, 1, 1, "the bytes before it are not zero"},
    {383, 1, 0x80, "the bytes before it are not zero"},
    {320, 1, 0, "section 1.0 (scheme): its bytes are not as they were written"},
};

START_TEST(a_lie_under_a_sound_seal_is_refused)
{
    write_five();
    for (unsigned i = 0; i < lies[_i].size; i++)
        file.bytes[lies[_i].at + i] = (uint8_t)(lies[_i].value >> 8 * i);
    seal();
    check_refused(POLE_DAMAGED, lies[_i].words);
}
END_TEST

START_TEST(a_content_id_that_is_not_of_the_content_is_found_by_verify)
{
    write_five();
    file.bytes[47] ^= 1;
    seal();
    ck_assert_int_eq(open_file(), POLE_OK);
    ck_assert_int_eq(pole_image_verify(&image, NULL, &error), POLE_DAMAGED);
    ck_assert_ptr_nonnull(strstr(error.message, "content id"));
    write_sections(five, 5, true);
    pole_store_u32(file.bytes + 12, 0); /* a sample that passes for real data */
    seal();
    ck_assert_int_eq(open_file(), POLE_OK);
    ck_assert_int_eq(pole_image_verify(&image, NULL, &error), POLE_DAMAGED);
    test_memory memory;
    test_memory_init(&memory, 1);
    ck_assert_int_eq(pole_image_verify(&image, &memory.allocator, &error), POLE_NO_MEMORY);
}
END_TEST

/* Random changes of header and table, sealed: refused, or all that is read lies in the file. */
START_TEST(no_sealed_file_leads_outside_itself)
{
    test_random random = test_random_begin("sealed", 41);
    unsigned opened = 0;
    for (int k = 0; k < 200000; k++) {
        write_five();
        for (uint64_t changes = 1 + test_random_below(&random, 4); changes > 0; changes--) {
            const size_t at = 12 + test_random_below(&random, 288 - 12);
            static const uint8_t often[] = {0, 1, 0x40, 0x7F, 0x80, 0xFF};
            file.bytes[at] = test_random_below(&random, 2)
                                 ? often[test_random_below(&random, sizeof often)]
                                 : (uint8_t)test_random_u64(&random);
        }
        seal();
        if (open_file() != POLE_OK)
            continue;
        opened++;
        for (uint32_t i = 0; i < image.section_count; i++) {
            const pole_section section = pole_image_section(&image, i);
            const size_t offset = (size_t)(section.bytes - file.bytes);
            if (offset > file.size || section.size > file.size - offset)
                ck_abort_msg("section %u lies outside", i);
        }
        pole_image_verify(&image, NULL, &error);
    }
    ck_assert_uint_gt(opened, 100); /* else the changes were too coarse to test anything */
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("plx sealed");
    TCase *tests = tcase_create("all");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, a_newer_major_version_is_refused_by_its_number);
    tcase_add_test(tests, a_newer_minor_version_is_read);
    tcase_add_test(tests, an_unknown_optional_section_is_skipped);
    tcase_add_test(tests, an_unknown_required_section_is_refused_by_its_kind);
    tcase_add_test(tests, a_known_section_in_a_newer_version_is_skipped_or_refused);
    tcase_add_test(tests, flags_to_come_are_not_ignored);
    tcase_add_loop_test(tests, a_lie_under_a_sound_seal_is_refused, 0,
                        (int)(sizeof lies / sizeof lies[0]));
    tcase_add_test(tests, a_content_id_that_is_not_of_the_content_is_found_by_verify);
    tcase_add_test(tests, no_sealed_file_leads_outside_itself);
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
