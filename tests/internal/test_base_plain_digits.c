/* SPDX-License-Identifier: MIT
 *
 * Codes are read eight characters at a time, by tricks that a careless bound would break in
 * silence: every count of digits is compared with a plain loop, and every byte that is no digit, in
 * every place, must be seen, whatever stands around it. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/plain_digits.h"
#include "base/processor.h"
#include "support/test_main.h"
#include "support/test_random.h"

/* In memory that ends with the text, so that a read beyond it is seen by valgrind and ASan. */
static uint32_t read_alone(const char *text, size_t count)
{
    char *copy = malloc(count + (count == 0));
    if (copy == NULL)
        ck_abort_msg("no memory");
    memcpy(copy, text, count);
    const uint32_t number = pole_plain_digits(copy, count);
    free(copy);
    return number;
}

START_TEST(digits_of_every_count_are_read)
{
    test_random random = test_random_begin("plain_digits", 8);
    for (size_t count = 1; count <= 9; count++) {
        ck_assert_uint_eq(read_alone("000000000", count), 0);
        for (int i = 0; i < 100000; i++) {
            char text[10];
            uint32_t number = 0;
            for (size_t at = 0; at < count; at++) {
                const uint32_t digit = (uint32_t)test_random_below(&random, 10);
                text[at] = (char)('0' + digit);
                number = number * 10 + digit;
            }
            if (read_alone(text, count) != number) /* an assertion each would take seconds */
                ck_abort_msg("%.*s is read as %u", (int)count, text, read_alone(text, count));
        }
        char nines[10];
        snprintf(nines, sizeof nines, "%s", "999999999");
        nines[count] = '\0';
        ck_assert_uint_eq(read_alone(nines, count), strtoul(nines, NULL, 10));
    }
}
END_TEST

START_TEST(a_byte_that_is_no_digit_is_seen_in_every_place)
{
    static const char *const around[] = {"000000000", "999999999", "123456789", "909090909"};
    for (size_t count = 1; count <= 9; count++)
        for (size_t at = 0; at < count; at++)
            for (unsigned byte = 0; byte < 256; byte++)
                for (size_t i = 0; i < 4; i++) {
                    char text[10];
                    memcpy(text, around[i], sizeof text);
                    text[at] = (char)byte;
                    const int is_digit = byte >= '0' && byte <= '9';
                    if ((read_alone(text, count) != UINT32_MAX) != is_digit)
                        ck_abort_msg("byte %u at %zu of %zu", byte, at, count);
                }
}
END_TEST

START_TEST(several_bad_bytes_do_not_make_up_for_each_other)
{
    test_random random = test_random_begin("plain_digits bad", 9);
    for (int i = 0; i < 100000; i++) {
        char text[8];
        const uint64_t bytes = test_random_u64(&random);
        memcpy(text, &bytes, sizeof text);
        int good = 1;
        for (size_t at = 0; at < sizeof text; at++)
            good &= text[at] >= '0' && text[at] <= '9';
        if ((read_alone(text, sizeof text) != UINT32_MAX) != good)
            ck_abort_msg("eight bytes %016llx", (unsigned long long)bytes);
    }
}
END_TEST

#if defined(__GNUC__) && defined(__x86_64__)
/* Four at a time against one at a time: digits and every other byte, whatever follows a text, side
 * by side, overlapping and apart. */
START_TEST(four_texts_are_read_as_each_alone)
{
    if (pole_processor_ask() < POLE_PROCESSOR_AVX2) {
        fprintf(stderr, "SKIPPED: this processor has no AVX2\n");
        return;
    }
    test_random random = test_random_begin("plain_digits four", 10);
    long good = 0, bad = 0;
    for (size_t count = 1; count <= 8; count++)
        for (size_t stride = 1; stride <= 12; stride++)
            for (int i = 0; i < 20000; i++) {
                char texts[3 * 12 + 8];
                uint32_t numbers[4];
                for (size_t at = 0; at < sizeof texts; at++)
                    texts[at] = test_random_below(&random, 24)
                                    ? (char)('0' + test_random_below(&random, 10))
                                    : (char)test_random_below(&random, 256);
                pole_plain_digits_of_four(texts, stride, count, numbers);
                for (size_t text = 0; text < 4; text++) {
                    const uint32_t alone = pole_plain_digits(texts + text * stride, count);
                    if (numbers[text] != alone)
                        ck_abort_msg("text %zu of %zu digits is %u, not %u", text, count,
                                     numbers[text], alone);
                    good += alone != UINT32_MAX;
                    bad += alone == UINT32_MAX;
                }
            }
    ck_assert_int_gt(good, 1000000);
    ck_assert_int_gt(bad, 100000);
}
END_TEST
#endif

int main(void)
{
    Suite *suite = suite_create("plain_digits");
    TCase *tests = tcase_create("core");
    tcase_add_test(tests, digits_of_every_count_are_read);
    tcase_add_test(tests, a_byte_that_is_no_digit_is_seen_in_every_place);
    tcase_add_test(tests, several_bad_bytes_do_not_make_up_for_each_other);
#if defined(__GNUC__) && defined(__x86_64__)
    tcase_add_test(tests, four_texts_are_read_as_each_alone);
#endif
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
