/* SPDX-License-Identifier: MIT
 * An index that is not byte for byte as it was written must never answer: a wrong place would be
 * given with confidence. Every byte of a small index is damaged in all 255 ways, it is cut at
 * every length, and lengthened. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "support/small_city.h"
#include "support/test_main.h"

/* Checks by hand and not by ck_assert: that reports each of its calls, and these are millions. */
static pole_status open_borrowed(const void *bytes, size_t size, pole_error *error)
{
    pole_index *index = NULL;
    pole_open_options options;
    pole_open_options_init(&options);
    options.flags = POLE_OPEN_BORROWED;
    const pole_status status = pole_index_open_memory(bytes, size, &options, &index, error);
    if ((status == POLE_OK) != (index != NULL))
        ck_abort_msg("%s, and an index or none", pole_status_text(status));
    if (status != POLE_OK && (error->status != status || error->message[0] == '\0'))
        ck_abort_msg("%s, and the error does not say so", pole_status_text(status));
    pole_index_close(index);
    return status;
}

START_TEST(every_byte_damaged_in_every_way_is_seen)
{
    byte_block block = small_city_bytes(0);
    pole_error error;
    ck_assert_uint_le(block.size, 8192);
    ck_assert_int_eq(open_borrowed(block.bytes, block.size, &error), POLE_OK);
    for (size_t at = 0; at < block.size; at++) {
        for (unsigned change = 1; change < 256; change++) {
            block.bytes[at] ^= (unsigned char)change;
            const pole_status status = open_borrowed(block.bytes, block.size, &error);
            if (status != POLE_DAMAGED && !(at < 8 && status == POLE_NOT_AN_INDEX))
                ck_abort_msg("byte %zu changed by %02x: %s", at, change, pole_status_text(status));
            block.bytes[at] ^= (unsigned char)change;
        }
    }
    byte_block_free(&block);
}
END_TEST

START_TEST(every_truncation_is_seen)
{
    byte_block block = small_city_bytes(0);
    pole_error error;
    for (size_t size = 0; size < block.size; size++) {
        /* In a block of its own, so that reading past the end is caught by a sanitizer. */
        void *cut = malloc(size ? size : 1);
        memcpy(cut, block.bytes, size);
        const pole_status status = open_borrowed(cut, size, &error);
        ck_assert_msg(status == POLE_DAMAGED || (size < 128 && status == POLE_NOT_AN_INDEX),
                      "cut to %zu bytes: %s", size, pole_status_text(status));
        free(cut);
    }
    byte_block_free(&block);
}
END_TEST

START_TEST(appended_bytes_are_seen)
{
    byte_block block = small_city_bytes(0);
    pole_error error;
    for (size_t more = 1; more <= 130; more++) {
        for (int value = 0; value < 256; value += 255) {
            unsigned char *longer = malloc(block.size + more);
            memcpy(longer, block.bytes, block.size);
            memset(longer + block.size, value, more);
            ck_assert_int_eq(open_borrowed(longer, block.size + more, &error), POLE_DAMAGED);
            free(longer);
        }
    }
    byte_block_free(&block);
}
END_TEST

START_TEST(other_files_are_not_an_index)
{
    static const char *const others[] = {"", "x", "PK\003\004", "code,lat,lon\n1234567,45,126\n",
                                         "\x89PNG\r\n\032\n"};
    pole_error error;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        char text[256] = {0};
        memcpy(text, others[i], strlen(others[i]));
        ck_assert_int_eq(open_borrowed(text, sizeof text, &error), POLE_NOT_AN_INDEX);
        ck_assert_int_eq(open_borrowed(text, strlen(others[i]), &error), POLE_NOT_AN_INDEX);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("damage");
    TCase *tests = tcase_create("damage");
    tcase_add_test(tests, every_byte_damaged_in_every_way_is_seen);
    tcase_add_test(tests, every_truncation_is_seen);
    tcase_add_test(tests, appended_bytes_are_seen);
    tcase_add_test(tests, other_files_are_not_an_index);
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
