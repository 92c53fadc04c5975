/* SPDX-License-Identifier: MIT
 *
 * Every text that comes in passes here. What is well formed is taken from the Unicode standard's
 * table of byte ranges (3-7), which the code does not use, and compared over all sequences. */
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "support/test_main.h"
#include "support/test_random.h"

/* The length of the well-formed character that bytes begin with, by table 3-7; 0: none. */
static size_t length_by_table(const unsigned char *bytes, size_t size)
{
    static const struct {
        unsigned char first[2], second[2];
        size_t length;
    } rows[] = {
        {{0x00, 0x7F}, {0, 0}, 1},       {{0xC2, 0xDF}, {0x80, 0xBF}, 2},
        {{0xE0, 0xE0}, {0xA0, 0xBF}, 3}, {{0xE1, 0xEC}, {0x80, 0xBF}, 3},
        {{0xED, 0xED}, {0x80, 0x9F}, 3}, {{0xEE, 0xEF}, {0x80, 0xBF}, 3},
        {{0xF0, 0xF0}, {0x90, 0xBF}, 4}, {{0xF1, 0xF3}, {0x80, 0xBF}, 4},
        {{0xF4, 0xF4}, {0x80, 0x8F}, 4},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (bytes[0] < rows[i].first[0] || bytes[0] > rows[i].first[1])
            continue;
        if (rows[i].length > size)
            return 0;
        if (rows[i].length > 1 && (bytes[1] < rows[i].second[0] || bytes[1] > rows[i].second[1]))
            return 0;
        for (size_t k = 2; k < rows[i].length; k++) {
            if (bytes[k] < 0x80 || bytes[k] > 0xBF)
                return 0;
        }
        return rows[i].length;
    }
    return 0;
}

/* A ck_assert for each of millions of sequences would take minutes. */
static bool is_read_right(const unsigned char *bytes, size_t size)
{
    size_t at = 0;
    const uint32_t character = pole_utf8_next((const char *)bytes, size, &at);
    const size_t length = length_by_table(bytes, size);
    if (length == 0)
        return character == POLE_UTF8_BAD && at == 1;
    char again[4];
    return at == length && pole_utf8_put(character, again) == length &&
           memcmp(again, bytes, length) == 0;
}

static void check_sequence(const unsigned char *bytes, size_t size)
{
    if (!is_read_right(bytes, size))
        ck_abort_msg("%zu bytes: %02X %02X ...", size, bytes[0], size > 1 ? bytes[1] : 0);
}

START_TEST(three_bytes_are_read_as_the_standard_says)
{
    for (unsigned a = 0; a < 256; a++) {
        for (unsigned b = 0; b < 256; b++) {
            for (unsigned c = 0; c < 256; c++) {
                const unsigned char bytes[3] = {(unsigned char)a, (unsigned char)b,
                                                (unsigned char)c};
                if (c == 0) {
                    check_sequence(bytes, 1);
                    check_sequence(bytes, 2);
                }
                if (a >= 0xC0 || (b == 0 && c == 0))
                    check_sequence(bytes, 3);
            }
        }
    }
}
END_TEST

START_TEST(four_bytes_are_read_as_the_standard_says)
{
    for (unsigned a = 0xEE; a < 256; a++) {
        for (unsigned b = 0; b < 256; b++) {
            for (unsigned c = 0x70; c < 0xD0; c++) {
                for (unsigned d = 0x70; d < 0xD0; d++) {
                    const unsigned char bytes[4] = {(unsigned char)a, (unsigned char)b,
                                                    (unsigned char)c, (unsigned char)d};
                    check_sequence(bytes, 4);
                }
            }
        }
    }
}
END_TEST

START_TEST(every_character_comes_back)
{
    for (uint32_t character = 0; character <= 0x110005; character++) {
        char bytes[4];
        size_t at = 0;
        const size_t length = pole_utf8_put(character, bytes);
        const bool exists = character <= 0x10FFFF && !(character >= 0xD800 && character <= 0xDFFF);
        if (pole_utf8_next(bytes, length, &at) != (exists ? character : 0xFFFD) || at != length)
            ck_abort_msg("U+%04X", character);
    }
}
END_TEST

/* Random texts of whole, broken and stray parts. */
static size_t random_text(test_random *random, unsigned char *bytes, size_t size)
{
    static const char *const parts[] = {"a",
                                        " ",
                                        "\xC3\xA9",
                                        "\xE7\x81\xAF",
                                        "\xE3\x80\x80",
                                        "\xEF\xBB\xBF",
                                        "\xF0\x9F\x92\xA1",
                                        "\x80",
                                        "\xE7\x81",
                                        "\xF0\x9F",
                                        "\xFF",
                                        "\xC2\xA0"};
    size_t used = 0;
    while (used + 4 <= size) {
        const char *part = parts[test_random_below(random, sizeof parts / sizeof parts[0])];
        memcpy(bytes + used, part, strlen(part));
        used += strlen(part);
    }
    return used;
}

START_TEST(the_first_bad_byte_is_found)
{
    test_random random = test_random_begin("first_bad", 21);
    for (int k = 0; k < 20000; k++) {
        unsigned char bytes[40];
        const size_t size = random_text(&random, bytes, 1 + test_random_below(&random, 40));
        size_t at = 0;
        while (at < size && length_by_table(bytes + at, size - at) > 0)
            at += length_by_table(bytes + at, size - at);
        ck_assert_uint_eq(pole_utf8_first_bad((const char *)bytes, size), at);
    }
}
END_TEST

START_TEST(a_cut_falls_between_characters_and_loses_no_whole_one)
{
    const char text[] = "a\xC3\xA9\xE7\x81\xAF\xF0\x9F\x92\xA1z";
    const size_t borders[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11};
    for (size_t size = 0; size <= sizeof text - 1; size++)
        ck_assert_uint_eq(pole_utf8_cut(text, size), borders[size]);
    /* Bytes that are no character are not waited for. */
    ck_assert_uint_eq(pole_utf8_cut("\x80\x80\x80\x80", 4), 4);
    ck_assert_uint_eq(pole_utf8_cut("\xFF", 1), 1);
}
END_TEST

START_TEST(a_cut_of_well_formed_text_is_well_formed)
{
    test_random random = test_random_begin("cut", 22);
    for (int k = 0; k < 20000; k++) {
        unsigned char bytes[40];
        size_t size = random_text(&random, bytes, sizeof bytes);
        size = pole_utf8_first_bad((const char *)bytes, size);
        const size_t kept =
            pole_utf8_cut((const char *)bytes, test_random_below(&random, size + 1));
        ck_assert_uint_eq(pole_utf8_first_bad((const char *)bytes, kept), kept);
    }
}
END_TEST

START_TEST(all_white_space_is_trimmed_and_nothing_else)
{
    static const uint32_t white[] = {0x09,   0x0A,   0x0B,   0x0C,   0x0D,   0x20,   0x85,
                                     0xA0,   0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004,
                                     0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200A, 0x2028,
                                     0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF};
    size_t next = 0;
    for (uint32_t character = 0; character < 0x30000; character++) {
        if (character >= 0xD800 && character <= 0xDFFF)
            continue;
        const bool expected = next < sizeof white / sizeof white[0] && white[next] == character;
        next += expected ? 1 : 0;
        char text[16];
        size_t size = pole_utf8_put(character, text);
        text[size++] = 'x';
        size += pole_utf8_put(character, text + size);
        const pole_span given = {text, size};
        const pole_span kept = pole_utf8_trim(given);
        ck_assert_uint_eq(kept.size_bytes, expected ? 1 : size);
        const pole_span alone = {text, pole_utf8_put(character, text)};
        ck_assert_uint_eq(pole_utf8_trim(alone).size_bytes, expected ? 0 : alone.size_bytes);
    }
    ck_assert_uint_eq(next, sizeof white / sizeof white[0]);
}
END_TEST

/* Trimming by hand: the characters from the front, remembering the last that is no space. */
START_TEST(trimming_agrees_with_a_walk_from_the_front)
{
    test_random random = test_random_begin("trim", 23);
    for (int k = 0; k < 50000; k++) {
        unsigned char bytes[24];
        const size_t size = random_text(&random, bytes, 1 + test_random_below(&random, 24));
        size_t first = size;
        size_t end = size;
        bool any = false;
        for (size_t at = 0; at < size;) {
            const size_t start = at;
            const uint32_t character = pole_utf8_next((const char *)bytes, size, &at);
            if (character != ' ' && character != 0x3000 && character != 0xFEFF &&
                character != 0xA0) {
                first = any ? first : start;
                end = at;
                any = true;
            }
        }
        const pole_span given = {(const char *)bytes, size};
        const pole_span kept = pole_utf8_trim(given);
        ck_assert_uint_eq(kept.size_bytes, any ? end - first : 0);
        if (any)
            ck_assert_ptr_eq(kept.data, (const char *)bytes + first);
    }
}
END_TEST

START_TEST(nothing_trims_to_nothing)
{
    const pole_span none = {NULL, 0};
    ck_assert_uint_eq(pole_utf8_trim(none).size_bytes, 0);
    ck_assert_uint_eq(pole_utf8_trim(pole_span_of(" \t ")).size_bytes, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("base/utf8");
    TCase *tests = tcase_create("all");
    tcase_add_test(tests, three_bytes_are_read_as_the_standard_says);
    tcase_add_test(tests, four_bytes_are_read_as_the_standard_says);
    tcase_add_test(tests, every_character_comes_back);
    tcase_add_test(tests, the_first_bad_byte_is_found);
    tcase_add_test(tests, a_cut_falls_between_characters_and_loses_no_whole_one);
    tcase_add_test(tests, a_cut_of_well_formed_text_is_well_formed);
    tcase_add_test(tests, all_white_space_is_trimmed_and_nothing_else);
    tcase_add_test(tests, trimming_agrees_with_a_walk_from_the_front);
    tcase_add_test(tests, nothing_trims_to_nothing);
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
