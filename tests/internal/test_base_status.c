/* SPDX-License-Identifier: MIT
 *
 * A message is made of whatever stood in a table or a path. Shown on a terminal or put into JSON
 * it must be sound text, whole characters, and no orders to the terminal. */
#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "base/status.h"
#include "base/utf8.h"
#include "support/test_main.h"

START_TEST(every_status_has_its_own_name_and_text)
{
    for (pole_status a = POLE_OK; a <= POLE_REFUSED; a++) {
        ck_assert_str_ne(pole_status_name(a), "unknown");
        ck_assert_str_ne(pole_status_text(a), "unknown status");
        for (pole_status b = POLE_OK; b < a; b++) {
            ck_assert_str_ne(pole_status_name(a), pole_status_name(b));
            ck_assert_str_ne(pole_status_text(a), pole_status_text(b));
        }
    }
    ck_assert_str_eq(pole_status_name(POLE_NOT_FOUND), "not_found");
    ck_assert_str_eq(pole_status_name(POLE_DAMAGED), "damaged");
}
END_TEST

START_TEST(an_unknown_status_is_called_unknown)
{
    const pole_status numbers[] = {-1, POLE_STOPPED + 1, INT32_MAX, INT32_MIN};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        ck_assert_str_eq(pole_status_name(numbers[i]), "unknown");
        ck_assert_str_eq(pole_status_text(numbers[i]), "unknown status");
    }
}
END_TEST

START_TEST(the_version_is_that_of_the_version_file)
{
    FILE *file = fopen(TEST_SOURCE_DIR "/VERSION", "r");
    ck_assert_ptr_nonnull(file);
    char version[32];
    ck_assert_ptr_nonnull(fgets(version, sizeof version, file));
    fclose(file);
    version[strcspn(version, "\r\n")] = '\0';
    ck_assert_str_eq(pole_version(), version);
}
END_TEST

START_TEST(a_failure_fills_the_error_and_nothing_old_stays)
{
    pole_error error;
    memset(&error, 0x55, sizeof error);
    ck_assert_int_eq(pole_fail(&error, POLE_BAD_INPUT, "row %d of %s has %llu", 7, "a.csv", 12ULL),
                     POLE_BAD_INPUT);
    ck_assert_int_eq(error.status, POLE_BAD_INPUT);
    ck_assert_str_eq(error.message, "row 7 of a.csv has 12");
    ck_assert_str_eq(error.hint, "");
    ck_assert_uint_eq(error.line + error.column + error.reserved, 0);
    ck_assert_uint_eq(error.offset_bytes, 0);
    pole_fail_hint(&error, "Look there.");
    pole_fail_at(&error, 7, 3, 99);
    ck_assert_str_eq(error.hint, "Look there.");
    ck_assert_str_eq(error.message, "row 7 of a.csv has 12");
    ck_assert_uint_eq(error.line, 7);
    ck_assert_uint_eq(error.column, 3);
    ck_assert_uint_eq(error.offset_bytes, 99);
    pole_error_clear(&error);
    const pole_error zero = {0};
    ck_assert_mem_eq(&error, &zero, sizeof zero);
}
END_TEST

START_TEST(an_error_that_nobody_wants_is_allowed)
{
    ck_assert_int_eq(pole_fail(NULL, POLE_IO, "x %d", 1), POLE_IO);
    pole_fail_hint(NULL, "x");
    pole_fail_at(NULL, 1, 2, 3);
    pole_error_clear(NULL);
}
END_TEST

START_TEST(an_error_may_be_wrapped_into_itself)
{
    pole_error error;
    pole_fail(&error, POLE_IO, "no space");
    pole_fail(&error, error.status, "cannot write a.plx: %s", error.message);
    ck_assert_str_eq(error.message, "cannot write a.plx: no space");
}
END_TEST

/* One to four bytes a character, and every place where the end can fall. */
START_TEST(a_long_message_is_cut_between_characters)
{
    const char *const characters[] = {"a", "\xC3\xA9", "\xE7\x81\xAF", "\xF0\x9F\x92\xA1"};
    for (int which = 0; which < 4; which++) {
        for (size_t lead = 0; lead < 8; lead++) {
            char text[1200];
            memset(text, '-', lead);
            size_t size = lead;
            const size_t step = strlen(characters[which]);
            for (int i = 0; i < 280; i++, size += step)
                memcpy(text + size, characters[which], step);
            text[size] = '\0';

            pole_error error;
            pole_fail(&error, POLE_IO, "%s", text);
            pole_fail_hint(&error, text);
            const char *const cut[] = {error.message, error.hint};
            const size_t room[] = {sizeof error.message, sizeof error.hint};
            for (int k = 0; k < 2; k++) {
                const size_t kept = strlen(cut[k]);
                ck_assert_uint_lt(kept, room[k]);
                ck_assert_uint_gt(kept, room[k] - 8); /* no more is lost than must be */
                ck_assert_uint_eq(pole_utf8_first_bad(cut[k], kept), kept);
                ck_assert_str_eq(cut[k] + kept - 3, "...");
                ck_assert_mem_eq(cut[k], text, kept - 3);
                ck_assert_uint_eq((kept - 3 - lead) % step, 0);
            }
        }
    }
}
END_TEST

START_TEST(a_message_that_just_fits_stays_whole)
{
    char text[257];
    pole_error error;
    memset(text, 'x', 256);
    text[255] = '\0';
    pole_fail(&error, POLE_IO, "%s", text);
    ck_assert_str_eq(error.message, text);
    text[255] = 'x';
    text[256] = '\0';
    pole_fail(&error, POLE_IO, "%s", text);
    ck_assert_uint_eq(strlen(error.message), 255);
    ck_assert_str_eq(error.message + 252, "...");
}
END_TEST

START_TEST(what_a_terminal_would_obey_or_choke_on_is_not_shown)
{
    static const struct {
        const char *given;
        const char *shown;
    } cases[] = {
        {"a\nb\tc\rd", "a?b?c?d"},
        {"\x1b[2J\x7f", "?[2J?"},
        {"\xC2\x9B"
         "31m",
         "??31m"},                                       /* C1: CSI */
        {"x\xE2\x80\xAEy", "x???y"},                     /* right-to-left override */
        {"\xE7\x81\xAF\xFF\xE7\x81", "\xE7\x81\xAF???"}, /* ill-formed, and cut off */
        {"\xED\xA0\x80", "???"},                         /* a surrogate */
        {"\xE7\x81\xAF\xE6\x9D\x86", "\xE7\x81\xAF\xE6\x9D\x86"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        pole_error error;
        pole_fail(&error, POLE_IO, "%s", cases[i].given);
        ck_assert_str_eq(error.message, cases[i].shown);
    }
}
END_TEST

START_TEST(the_locale_changes_nothing)
{
    const char *const names[] = {"C", "C.UTF-8", "zh_CN.GB18030", "de_DE.UTF-8", ""};
    unsigned tried = 0;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (!setlocale(LC_ALL, names[i]))
            continue;
        tried++;
        pole_error error;
        pole_fail(&error, POLE_IO, "%s %llu", "\xE7\x81\xAF", 1234567ULL);
        ck_assert_str_eq(error.message, "\xE7\x81\xAF 1234567");
    }
    ck_assert_uint_ge(tried, 2);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("base/status");
    TCase *tests = tcase_create("all");
    tcase_add_test(tests, every_status_has_its_own_name_and_text);
    tcase_add_test(tests, an_unknown_status_is_called_unknown);
    tcase_add_test(tests, the_version_is_that_of_the_version_file);
    tcase_add_test(tests, a_failure_fills_the_error_and_nothing_old_stays);
    tcase_add_test(tests, an_error_that_nobody_wants_is_allowed);
    tcase_add_test(tests, an_error_may_be_wrapped_into_itself);
    tcase_add_test(tests, a_long_message_is_cut_between_characters);
    tcase_add_test(tests, a_message_that_just_fits_stays_whole);
    tcase_add_test(tests, what_a_terminal_would_obey_or_choke_on_is_not_shown);
    tcase_add_test(tests, the_locale_changes_nothing);
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
