/* SPDX-License-Identifier: MIT
 * Words that a frightened caller can take in: short, no radio digits, nothing that needs left,
 * right or north, never empty for a question; the choice of two in the order that was asked for;
 * and never a byte beyond the caller's buffer. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include <polelookup/json.h>

#include "support/test_main.h"

#define MOST_HAN 20
#define MOST_WORDS 12

typedef struct {
    char text[POLE_QUESTION_BYTES];
} words;

static words words_of(const pole_question *question, int32_t language)
{
    words said;
    size_t needed = 0;
    ck_assert_int_eq(pole_question_text(question, language, said.text, sizeof said.text, &needed),
                     POLE_OK);
    ck_assert_uint_eq(needed, strlen(said.text) + 1);
    return said;
}

/* Chinese characters, without punctuation; figures count. */
static unsigned count_han(const char *text)
{
    static const char *const marks[] = {"，", "。", "？", "、", "“", "”"};
    unsigned count = 0;
    while (*text) {
        size_t skip = 0;
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
            if (strncmp(text, marks[i], 3) == 0)
                skip = 3;
        count += skip == 0;
        text += skip ? skip : (unsigned char)*text < 0x80 ? 1 : 3;
    }
    return count;
}

static unsigned count_words(const char *text)
{
    unsigned count = *text != '\0';
    for (; *text; text++)
        count += *text == ' ';
    return count;
}

static void check_words(const pole_question *question)
{
    static const char *const never[] = {
        "左",   "右",    "东",    "西",    "南",  "北",   "幺",    "拐", "洞",
        "left", "right", "north", "south", "лев", "прав", "север", "юг", "%",
    };
    for (int32_t language = POLE_LANGUAGE_ZH; language <= POLE_LANGUAGE_RU; language++) {
        const words said = words_of(question, language);
        ck_assert_str_ne(said.text, "");
        if (language == POLE_LANGUAGE_ZH)
            ck_assert_msg(count_han(said.text) <= MOST_HAN, "%s", said.text);
        else
            ck_assert_msg(count_words(said.text) <= MOST_WORDS, "%s", said.text);
        for (size_t i = 0; i < sizeof never / sizeof *never; i++)
            ck_assert_msg(strstr(said.text, never[i]) == NULL, "%s: %s", never[i], said.text);
    }
}

START_TEST(every_kind_is_short_in_every_language)
{
    for (int32_t kind = POLE_ASK_READ_BACK; kind <= POLE_ASK_PLACE; kind++)
        for (uint32_t digits = 0; digits <= 9; digits++) {
            const pole_question question = {
                .struct_size = sizeof question, .kind = kind, .digits = digits};
            check_words(&question);
        }
}
END_TEST

START_TEST(every_digit_and_every_choice_is_short)
{
    for (uint32_t digits = 1; digits <= 9; digits++)
        for (uint32_t digit = 1; digit <= digits; digit++)
            for (uint8_t a = 0; a < 10; a++)
                for (uint8_t b = 0; b < 10; b++) {
                    const pole_question question = {.struct_size = sizeof question,
                                                    .kind = POLE_ASK_DIGIT,
                                                    .digit = digit,
                                                    .digits = digits,
                                                    .digit_count = 1,
                                                    .choice = {a, b}};
                    check_words(&question);
                }
}
END_TEST

START_TEST(every_range_is_short_and_says_how_many)
{
    for (uint32_t digits = 2; digits <= 9; digits++)
        for (uint32_t count = 2; count < digits; count++) {
            pole_question question = {.struct_size = sizeof question,
                                      .kind = POLE_ASK_DIGITS,
                                      .digit = 1,
                                      .digits = digits,
                                      .digit_count = count};
            check_words(&question);
            const words front = words_of(&question, POLE_LANGUAGE_EN);
            question.digit = digits - count + 1;
            check_words(&question);
            const words back = words_of(&question, POLE_LANGUAGE_EN);
            ck_assert_ptr_nonnull(strstr(front.text, "first"));
            ck_assert_ptr_nonnull(strstr(back.text, "last"));
        }
}
END_TEST

START_TEST(the_words_are_those_agreed)
{
    pole_question question = {.struct_size = sizeof question,
                              .kind = POLE_ASK_DIGIT,
                              .digit = 3,
                              .digits = 7,
                              .digit_count = 1,
                              .choice = {7, 1}};
    ck_assert_str_eq(words_of(&question, POLE_LANGUAGE_ZH).text,
                     "第三位，是五六七的七，还是一二三的一？");
    ck_assert_str_eq(words_of(&question, POLE_LANGUAGE_EN).text,
                     "The third digit: seven as in five-six-seven, or one as in one-two-three?");
    question.choice[1] = 8;
    ck_assert_str_eq(
        words_of(&question, POLE_LANGUAGE_RU).text,
        "Третья цифра: семь, как пять-шесть-семь, или восемь, как восемь-девять-десять?");
    question.choice[1] = 7;
    ck_assert_str_eq(words_of(&question, POLE_LANGUAGE_ZH).text, "第三位数字，请再念一遍？");
    ck_assert_str_eq(words_of(&question, POLE_LANGUAGE_EN).text, "The third digit again, please?");
    ck_assert_str_eq(words_of(&question, POLE_LANGUAGE_RU).text,
                     "Третья цифра ещё раз, пожалуйста?");
    question.kind = POLE_ASK_DIGITS;
    question.digit = 1;
    question.digit_count = 5;
    ck_assert_str_eq(words_of(&question, POLE_LANGUAGE_ZH).text, "前五位数字，请再念一遍？");
    question.digit = 6;
    question.digit_count = 2;
    ck_assert_str_eq(words_of(&question, POLE_LANGUAGE_ZH).text, "最后两位数字，请再念一遍？");
    question.kind = POLE_ASK_READ_BACK;
    ck_assert_str_eq(words_of(&question, POLE_LANGUAGE_RU).text,
                     "Прочитайте все семь цифр ещё раз, медленно.");
    ck_assert_str_eq(words_of(&question, 99).text, "请把七位数字从头慢慢再念一遍。");
}
END_TEST

START_TEST(what_there_are_no_words_for_is_asked_in_general)
{
    static const pole_question odd[] = {
        {.struct_size = sizeof odd[0],
         .kind = POLE_ASK_DIGIT,
         .digit = 10,
         .digits = 12,
         .digit_count = 1},
        {.struct_size = sizeof odd[0],
         .kind = POLE_ASK_DIGIT,
         .digit = 1,
         .digits = 7,
         .digit_count = 1,
         .choice = {10, 200}},
        {.struct_size = sizeof odd[0],
         .kind = POLE_ASK_DIGITS,
         .digit = 2,
         .digits = 7,
         .digit_count = 3},
        {.struct_size = sizeof odd[0],
         .kind = POLE_ASK_DIGITS,
         .digit = UINT32_MAX,
         .digits = 7,
         .digit_count = UINT32_MAX},
        {.struct_size = sizeof odd[0], .kind = POLE_ASK_READ_BACK, .digits = UINT32_MAX},
    };
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        check_words(&odd[i]);
}
END_TEST

START_TEST(no_byte_beyond_the_buffer)
{
    const pole_question question = {.struct_size = sizeof question,
                                    .kind = POLE_ASK_DIGIT,
                                    .digit = 3,
                                    .digits = 7,
                                    .digit_count = 1,
                                    .choice = {7, 1}};
    size_t full = 0;
    ck_assert_int_eq(pole_question_text(&question, POLE_LANGUAGE_ZH, NULL, 0, &full), POLE_LIMIT);
    ck_assert_uint_gt(full, 20);
    ck_assert_uint_le(full, POLE_QUESTION_BYTES);
    for (size_t capacity = 1; capacity <= full; capacity++) {
        char *text = malloc(capacity);
        size_t needed = 0;
        const pole_status status =
            pole_question_text(&question, POLE_LANGUAGE_ZH, text, capacity, &needed);
        ck_assert_int_eq(status, capacity < full ? POLE_LIMIT : POLE_OK);
        ck_assert_uint_eq(needed, full);
        ck_assert_uint_eq(strlen(text), capacity < full ? 0 : full - 1);
        free(text);
    }
    char text[8] = "old";
    ck_assert_int_eq(pole_question_text(NULL, POLE_LANGUAGE_ZH, text, sizeof text, NULL),
                     POLE_INVALID_ARGUMENT);
    ck_assert_str_eq(text, "");
    ck_assert_int_eq(pole_question_text(&question, POLE_LANGUAGE_ZH, NULL, 9, NULL),
                     POLE_INVALID_ARGUMENT);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("question_words");
    TCase *tests = tcase_create("question_words");
    tcase_add_test(tests, every_kind_is_short_in_every_language);
    tcase_add_test(tests, every_digit_and_every_choice_is_short);
    tcase_add_test(tests, every_range_is_short_and_says_how_many);
    tcase_add_test(tests, the_words_are_those_agreed);
    tcase_add_test(tests, what_there_are_no_words_for_is_asked_in_general);
    tcase_add_test(tests, no_byte_beyond_the_buffer);
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
