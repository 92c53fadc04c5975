/* SPDX-License-Identifier: MIT
 *
 * Texts that nobody says: long ones, broken ones, ones made to be slow. Whatever comes, hearing
 * ends, in time in proportion to the text, and tells no code that is not there. */
#include <stdlib.h>
#include <time.h>

#include "support/hearing.h"
#include "support/test_main.h"
#include "support/test_random.h"

#define MOST_READ 4096 /* bytes; a longer text is not read */

/* `unit` again and again, up to size bytes. */
static char *repeated(const char *unit, size_t size)
{
    const size_t one = strlen(unit);
    char *text = malloc(size + 1);
    ck_assert_ptr_nonnull(text);
    size_t used = 0;
    for (; used + one <= size; used += one)
        memcpy(text + used, unit, one);
    text[used] = '\0';
    return text;
}

START_TEST(a_text_that_is_too_long_is_not_read)
{
    pole_heard *heard = hear_new();
    char *text = repeated("啊", MOST_READ + 60);
    memcpy(text, "5172604", 7);
    hear_with_lengths(heard, text, 1u << 7);
    must_hear(heard, "too long", NULL);
    ck_assert_int_eq(pole_heard_reason(heard), POLE_REASON_OTHER_NUMBER);
    text[MOST_READ - 2] = '\0'; /* "5172604" and words */
    hear_with_lengths(heard, text, 1u << 7);
    must_hear(heard, "not too long", "5172604");
    free(text);
    text = repeated("救命", 1u << 20);
    hear_with_lengths(heard, text, 1u << 7);
    ck_assert_int_eq(pole_heard_reason(heard), POLE_REASON_NO_DIGITS);
    free(text);
    pole_heard_free(heard);
}
END_TEST

START_TEST(a_long_number_is_no_code_and_is_masked)
{
    pole_heard *heard = hear_new();
    static const size_t sizes[] = {10, 17, 64, 65, 1000, 4096, 5000, 1u << 20};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        char *text = repeated("7", sizes[i]);
        hear_with_lengths(heard, text, 1u << 7);
        must_hear(heard, "sevens", NULL);
        const pole_span query = pole_heard_query(heard);
        ck_assert_uint_eq(query.size_bytes, strlen("777****7777"));
        free(text);
    }
    pole_heard_free(heard);
}
END_TEST

START_TEST(no_text_takes_long)
{
    static const char *const units[] = {
        "是",
        "要",
        "7",
        "七",
        "三个",
        "两个八",
        "十",
        "百万",
        "一百",
        "不对，",
        "第一位",
        "?",
        "5,",
        "7 ",
        "qi",
        "sisi",
        "x",
        "o",
        "double",
        "double ",
        "two hundred ",
        "反了",
        "电话",
        "电话1",
        "1人",
        "路1号",
        "看不清",
        "前三位",
        "和",
        "对，7，",
        "是7，",
        "9:30",
        "110 ",
        "a1",
        "黑A1",
        "\xff",
        "\xe4\xb8",
        "不是7，是8，",
        "ㄧ",
        "е",
        "7，",
        "7。7654321,",
        "1234567 ",
        "一二三四五六七，",
        "twenty ",
        "двадцать ",
        "́",
        "'",
        "7灯",
        "要7",
        "-",
    };
    pole_heard *heard = hear_new();
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        char *text = repeated(units[i], MOST_READ);
        const clock_t begun = clock();
        hear_with_lengths(heard, text, 0x3FE);
        const double seconds = (double)(clock() - begun) / CLOCKS_PER_SEC;
        ck_assert_msg(seconds < 2, "\"%s\" again and again: %.3f s", units[i], seconds);
        free(text);
    }
    pole_heard_free(heard);
}
END_TEST

START_TEST(bytes_that_are_not_utf_8_are_unknown_words)
{
    pole_heard *heard = hear_new();
    hear_with_lengths(heard, "\xff\xfe 5172604 \xc3", 1u << 7);
    must_hear(heard, "between bad bytes", "5172604");
    hear_with_lengths(heard,
                      "517\xff"
                      "2604",
                      1u << 7);
    ck_assert_uint_lt(pole_heard_digits(heard).size_bytes, 7);
    hear_with_lengths(heard, "\xe4\xb8", 1u << 7);
    must_hear(heard, "half a character", NULL);
    const pole_text nul = {{"517\0"
                            "2604",
                            8},
                           1};
    ck_assert_int_eq(pole_hear(&nul, 1, NULL, heard), POLE_OK);
    ck_assert_uint_lt(pole_heard_digits(heard).size_bytes, 7);
    pole_heard_free(heard);
}
END_TEST

/* Words of all kinds in any order: what comes out is sound, and the same each time. */
START_TEST(any_row_of_words_is_heard_soundly)
{
    static const char *const words[] = {
        "五",      "7",      "0",       "是",          "吧",     "要",        "十",
        "百",      "千",     "万",      "个",          "三个",   "两",        "俩",
        "double ", "seven ", "twenty ", "hundred ",    "семь ",  "двадцать ", "тысяча ",
        "qi",      "si4 ",   "不对",    "不是",        "第三位", "前两位",    "后三位",
        "后面",    "看不清", "?",       "x",           "，",     "。",        " ",
        "反了",    "重复",   "和",      "从右往左",    "灯杆号", "电话",      "路",
        "号",      "人",     "110",     "13912345678", "嗯",     "龙",        "a",
        "\xff",
    };
    test_random random = test_random_begin("hear_hostile", 20081);
    pole_heard *heard = hear_new();
    pole_heard *twin = hear_new();
    for (int round = 0; round < 20000; round++) {
        char text[1024] = "";
        const uint64_t count = test_random_below(&random, 24);
        for (uint64_t i = 0; i < count; i++)
            strcat(text, words[test_random_below(&random, sizeof words / sizeof *words)]);
        const uint32_t lengths = round % 3 == 0 ? 1u << 5 | 1u << 7 : 1u << 7;
        hear_with_lengths(heard, text, lengths);
        hear_with_lengths(twin, text, lengths);
        const pole_span digits = pole_heard_digits(heard), same = pole_heard_digits(twin);
        ck_assert(digits.size_bytes == same.size_bytes &&
                  (digits.size_bytes == 0 || memcmp(digits.data, same.data, same.size_bytes) == 0));
        ck_assert((digits.size_bytes == 0) == (pole_heard_reason(heard) != POLE_REASON_NONE));
        size_t known = 0;
        for (size_t i = 0; i < digits.size_bytes; i++) {
            ck_assert(digits.data[i] == '?' || (digits.data[i] >= '0' && digits.data[i] <= '9'));
            known += digits.data[i] != '?';
        }
        const uint32_t whole = lengths >> digits.size_bytes & 1; /* the others told unreadable */
        ck_assert_msg(digits.size_bytes == 0 ||
                          (known >= (whole ? 2 : 4) && digits.size_bytes <= 9),
                      "%s: %.*s", text, (int)digits.size_bytes, digits.data ? digits.data : "");
    }
    pole_heard_free(heard);
    pole_heard_free(twin);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("hear_hostile");
    TCase *hostile = tcase_create("hostile");
    tcase_add_test(hostile, a_text_that_is_too_long_is_not_read);
    tcase_add_test(hostile, a_long_number_is_no_code_and_is_masked);
    tcase_add_test(hostile, no_text_takes_long);
    tcase_add_test(hostile, bytes_that_are_not_utf_8_are_unknown_words);
    tcase_add_test(hostile, any_row_of_words_is_heard_soundly);
    suite_add_tcase(suite, hostile);
    return test_main(suite);
}
