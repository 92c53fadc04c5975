/* SPDX-License-Identifier: MIT
 *
 * A coordinate that is read one unit off, or read otherwise under another locale, is a place that
 * is silently wrong. Doubles are compared with the C library's strtod, which is exact, bit by bit;
 * integers with numbers whose text was made from them; text with printf. */
#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/memory.h"
#include "support/test_main.h"
#include "support/test_random.h"

/* Fails, with the text, unless it is read as strtod reads it; infinity must be refused. */
static void check_double(const char *text)
{
    const double expected = strtod(text, NULL);
    double value = 1.0;
    const bool taken = pole_decimal_to_double(pole_span_of(text), &value);
    const bool same = memcmp(&value, &expected, sizeof value) == 0;
    if (isinf(expected) ? taken || value != 0.0 : !taken || !same)
        ck_abort_msg("%.60s: expected %a, %s %a", text, expected, taken ? "got" : "refused", value);
}

static double any_double(test_random *random)
{
    for (;;) {
        const uint64_t bits = test_random_u64(random);
        double value;
        memcpy(&value, &bits, sizeof value);
        if (isfinite(value))
            return value;
    }
}

static size_t put_digits(test_random *random, char *out, size_t count)
{
    for (size_t i = 0; i < count; i++)
        out[i] = (char)('0' + test_random_below(random, 10));
    out[count] = '\0';
    return count;
}

START_TEST(degrees_are_written_as_any_scaled_number)
{
    char text[32], other[32];
    for (int64_t value = -1800000000; value <= 1800000000; value += 999983) {
        const size_t size = pole_e7_to_text((int32_t)value, text);
        ck_assert_uint_eq(size, pole_scaled_to_text(value, 7, other));
        ck_assert_str_eq(text, other);
    }
    const int32_t edges[] = {0,        1,         -1,        9999999,    10000000,  -10000000,
                             99999999, 100000000, 999999999, 1000000000, INT32_MAX, INT32_MIN};
    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++) {
        pole_e7_to_text(edges[i], text);
        pole_scaled_to_text(edges[i], 7, other);
        ck_assert_str_eq(text, other);
    }
}
END_TEST

START_TEST(a_million_random_texts_are_read_as_strtod_reads_them)
{
    test_random random = test_random_begin("doubles", 31);
    for (long k = 0; k < 1000000; k++) {
        char text[128];
        size_t size = 0;
        switch (k % 4) {
        case 0: /* as programs print doubles, all of them and those of coordinates */
            snprintf(text, sizeof text, "%.17g",
                     k % 8 ? any_double(&random) : test_random_unit(&random) * 360 - 180);
            break;
        case 1: /* with fewer digits and more than there are */
            snprintf(text, sizeof text, "%.*e", (int)test_random_below(&random, 40),
                     any_double(&random));
            break;
        default: /* any digits */
            if (test_random_below(&random, 2))
                text[size++] = '-';
            size += put_digits(&random, text + size, 1 + test_random_below(&random, 25));
            if (test_random_below(&random, 4)) {
                text[size++] = '.';
                size += put_digits(&random, text + size, 1 + test_random_below(&random, 30));
            }
            if (k % 4 == 3)
                snprintf(text + size, sizeof text - size, "e%d",
                         (int)test_random_below(&random, 700) - 350);
        }
        check_double(text);
    }
}
END_TEST

/* The hardest texts: exactly half way between two doubles, and one digit to either side of it.
 * long double holds the half exactly. */
START_TEST(texts_at_and_beside_a_half_round_as_strtod_rounds_them)
{
    ck_assert_int_ge(LDBL_MANT_DIG, 64);
    test_random random = test_random_begin("halves", 32);
    for (int k = 0; k < 10000; k++) {
        double below = fabs(any_double(&random));
        if (k % 4 == 0) /* subnormal */
            below = (double)(test_random_u64(&random) >> 12) * 0x1p-1074;
        const double above = nextafter(below, INFINITY);
        if (isinf(above))
            continue;
        const long double half = (long double)below + ((long double)above - below) / 2;
        char text[1300];
        snprintf(text, sizeof text, "%.1100Le", half);
        check_double(text);

        char *const e = strchr(text, 'e');
        memmove(e + 1, e, strlen(e) + 1);
        *e = '1';
        check_double(text);

        *e = '9';
        char *last = e - 1;
        while (*last == '0' || *last == '.')
            last--;
        (*last)--;
        for (last++; last < e; last++) {
            if (*last != '.')
                *last = '9';
        }
        check_double(text);
    }
}
END_TEST

START_TEST(the_ends_of_the_range_are_exact)
{
    static const char *const texts[] = {
        "0",
        "-0",
        "0.000e-999999",
        "4.9406564584124654e-324",
        "2.4703282292062327e-324",
        "2.4703282292062328e-324",
        "2.2250738585072011e-308", /* the number that hung PHP and Java */
        "2.2250738585072012e-308",
        "2.2250738585072014e-308",
        "1.7976931348623157e308",
        "1.7976931348623158e308",
        "1.7976931348623159e308",
        "1.79769313486231570814527423731704356798070e308",
        "1.79769313486231580793e308",
        "9007199254740993",
        "9007199254740992.99999999999999999999999",
        "9007199254740993.00000000000000000000001",
        "1e22",
        "1e23",
        "8.5e-320",
        "1e-400",
        "1e400",
        "123456789012345678901234567890e-40",
        "0.00000000000000000000000000000000000000001e41",
        "100000000000000000000000000000000000000000e-41",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        check_double(texts[i]);
}
END_TEST

START_TEST(exponents_beyond_any_number_are_told_apart)
{
    double value;
    ck_assert(pole_decimal_to_double(pole_span_of("0e99999999999999999999"), &value));
    ck_assert(value == 0.0);
    ck_assert(pole_decimal_to_double(pole_span_of("1e-99999999999999999999"), &value));
    ck_assert(value == 0.0);
    ck_assert(!pole_decimal_to_double(pole_span_of("1e99999999999999999999"), &value));
    int64_t scaled;
    ck_assert(pole_decimal_to_scaled(pole_span_of("0e99999999999999999999"), 7, &scaled));
    ck_assert(pole_decimal_to_scaled(pole_span_of("1e-99999999999999999999"), 7, &scaled));
    ck_assert_int_eq(scaled, 0);
    ck_assert(!pole_decimal_to_scaled(pole_span_of("1e99999999999999999999"), 7, &scaled));
}
END_TEST

START_TEST(what_is_no_strict_decimal_is_refused)
{
    static const char *const texts[] = {
        "",    "+",     "-",    ".",     "1.",    ".5",           "-.5",    "1e",   "1e+", "e5",
        "--1", "+-1",   "1 ",   " 1",    "1,5",   "1.5.",         "1..5",   "0x10", "nan", "inf",
        "NaN", "1e5.0", "1e5x", "1_000", "1'000", "\xEF\xBC\x91", "126.6N", "1e 5", "1.e5"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        double value = 1;
        int64_t scaled = 1;
        if (pole_decimal_to_double(pole_span_of(texts[i]), &value) || value != 0.0)
            ck_abort_msg("\"%s\" was read as a double", texts[i]);
        if (pole_decimal_to_scaled(pole_span_of(texts[i]), 7, &scaled) || scaled != 0)
            ck_abort_msg("\"%s\" was read as an integer", texts[i]);
    }
    const pole_span with_nul = {"1\0", 2};
    const pole_span none = {NULL, 0};
    double value;
    int64_t scaled;
    ck_assert(!pole_decimal_to_double(with_nul, &value));
    ck_assert(!pole_decimal_to_scaled(with_nul, 7, &scaled));
    ck_assert(!pole_decimal_to_double(none, &value));
    ck_assert(!pole_decimal_to_scaled(none, 7, &scaled));
    ck_assert(!pole_decimal_to_scaled(pole_span_of("1"), 10, &scaled));
}
END_TEST

START_TEST(integers_are_cut_from_the_digits)
{
    static const struct {
        const char *text;
        unsigned places;
        int64_t value;
    } cases[] = {
        {"45.00000005", 7, 450000001}, /* a double between gives 450000000 */
        {"-45.00000005", 7, -450000001},
        {"45.000000049999999999999999999999999", 7, 450000000},
        {"126.63333335", 7, 1266333334},
        {"0.00000005", 7, 1},
        {"-0.00000005", 7, -1},
        {"0.00000004999", 7, 0},
        {"-0.00000004999", 7, 0},
        {"0.5", 0, 1},
        {"0.4999999999999999999999999", 0, 0},
        {"9.5", 0, 10},
        {"1e2", 0, 100},
        {"1e2", 9, 100000000000},
        {"12345e-4", 2, 123},
        {"12350e-4", 2, 124},
        {"1.5e+1", 0, 15},
        {"000000000000000000000000000000000000001.25", 1, 13},
        {"+7", 3, 7000},
        {"9223372036854775807", 0, INT64_MAX},
        {"-9223372036854775808", 0, INT64_MIN},
        {"922337203685.47758074", 7, INT64_MAX},
        {"-922337203685.47758084", 7, INT64_MIN},
        {"9223372036854775806.5", 0, INT64_MAX},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t value;
        if (!pole_decimal_to_scaled(pole_span_of(cases[i].text), cases[i].places, &value) ||
            value != cases[i].value)
            ck_abort_msg("%s gave %lld", cases[i].text, (long long)value);
    }
    static const char *const too_large[] = {"9223372036854775808",   "-9223372036854775809",
                                            "9223372036854775807.5", "1e19",
                                            "18446744073709551616",  "99999999999999999999999999"};
    for (size_t i = 0; i < sizeof too_large / sizeof too_large[0]; i++) {
        int64_t value = 1;
        ck_assert(!pole_decimal_to_scaled(pole_span_of(too_large[i]), 0, &value));
        ck_assert_int_eq(value, 0);
    }
}
END_TEST

/* Any integer, as text with more decimals behind, read back: rounding is known from the tail. */
START_TEST(random_integers_come_back_from_their_text)
{
    test_random random = test_random_begin("integers", 33);
    for (int k = 0; k < 500000; k++) {
        const unsigned places = (unsigned)test_random_below(&random, 10);
        const int64_t value =
            (int64_t)test_random_u64(&random) >> test_random_below(&random, 63) >> 1;
        char text[96];
        size_t size = pole_scaled_to_text(value, places, text);
        int64_t read;
        if (!pole_decimal_to_scaled(pole_span_of(text), places, &read) || read != value)
            ck_abort_msg("%s with %u places gave %lld", text, places, (long long)read);

        if (places == 0)
            text[size++] = '.';
        size += put_digits(&random, text + size, 1 + test_random_below(&random, 30));
        const char first = places == 0 ? strchr(text, '.')[1] : strchr(text, '.')[1 + places];
        int64_t expected = value + (first < '5' ? 0 : value < 0 ? -1 : 1);
        if (value == 0 && text[0] != '-')
            expected = first < '5' ? 0 : 1;
        if (!pole_decimal_to_scaled(pole_span_of(text), places, &read) || read != expected)
            ck_abort_msg("%s with %u places gave %lld", text, places, (long long)read);
    }
}
END_TEST

START_TEST(whole_numbers_are_digits_alone)
{
    uint64_t value;
    ck_assert(pole_decimal_to_u64(pole_span_of("0"), 0, &value));
    ck_assert(pole_decimal_to_u64(pole_span_of("0007"), 7, &value));
    ck_assert_uint_eq(value, 7);
    ck_assert(pole_decimal_to_u64(pole_span_of("18446744073709551615"), UINT64_MAX, &value));
    ck_assert_uint_eq(value, UINT64_MAX);
    static const char *const refused[] = {"",
                                          "-1",
                                          "+1",
                                          " 1",
                                          "1 ",
                                          "1.0",
                                          "1e2",
                                          "8",
                                          "18446744073709551616",
                                          "99999999999999999999999"};
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        value = 1;
        const uint64_t max = strcmp(refused[i], "8") == 0 ? 7 : UINT64_MAX;
        ck_assert(!pole_decimal_to_u64(pole_span_of(refused[i]), max, &value));
        ck_assert_uint_eq(value, 0);
    }
}
END_TEST

/* printf writes a double's exact decimal value, and the text reader (tested above) rounds that. */
START_TEST(doubles_are_scaled_exactly)
{
    test_random random = test_random_begin("scaled doubles", 34);
    for (int k = 0; k < 300000; k++) {
        const unsigned places = (unsigned)test_random_below(&random, 10);
        double value = any_double(&random);
        if (k % 4 == 1) /* in range */
            value = (double)(int64_t)test_random_u64(&random) /
                    (double)(UINT64_C(1) << test_random_below(&random, 64));
        else if (k % 4 == 2) /* halves, often */
            value = ((double)test_random_below(&random, 2000001) - 1e6) /
                    (double)(1 << test_random_below(&random, 12));
        else if (k % 4 == 3 && fabs(value) > 1e30)
            value = fmod(value, 1e12);
        char text[1500];
        snprintf(text, sizeof text, "%.1080f", value);
        int64_t expected, scaled;
        const bool fits = pole_decimal_to_scaled(pole_span_of(text), places, &expected);
        if (pole_double_to_scaled(value, places, &scaled) != fits || scaled != expected)
            ck_abort_msg("%a with %u places gave %lld, not %lld", value, places, (long long)scaled,
                         (long long)expected);
    }
}
END_TEST

START_TEST(doubles_that_have_no_integer_are_refused)
{
    static const double values[] = {NAN, INFINITY, -INFINITY, 9223372036854775808.0, 1e300};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        int64_t scaled = 1;
        ck_assert(!pole_double_to_scaled(values[i], 0, &scaled));
        ck_assert_int_eq(scaled, 0);
    }
    int64_t scaled;
    ck_assert(!pole_double_to_scaled(1.0, 10, &scaled));
    ck_assert(!pole_double_to_scaled(9223372036.854775808, 9, &scaled));
    ck_assert(pole_double_to_scaled(-9223372036854775808.0, 0, &scaled));
    ck_assert_int_eq(scaled, INT64_MIN);
}
END_TEST

/* As printf writes it, but that an exact half goes away from zero and zero has no sign. */
START_TEST(doubles_are_written_as_printf_writes_them)
{
    test_random random = test_random_begin("double text", 35);
    for (int k = 0; k < 300000; k++) {
        const unsigned places = (unsigned)test_random_below(&random, 10);
        const double value = (test_random_unit(&random) - 0.5) *
                             (double)(UINT64_C(2) << test_random_below(&random, 29));
        char expected[64], text[32];
        snprintf(expected, sizeof expected, "%.*f", (int)places, value);
        if (expected[0] == '-' && strspn(expected + 1, "0.") == strlen(expected + 1))
            memmove(expected, expected + 1, strlen(expected));
        /* A random fraction of 53 bits is no exact half at these scales but by rare chance. */
        const double scaled = value * pow(10, places);
        if (scaled - floor(scaled) == 0.5)
            continue;
        const size_t size = pole_double_to_text(value, places, text);
        if (strcmp(text, expected) != 0 || size != strlen(text))
            ck_abort_msg("%a with %u places: %s, not %s", value, places, text, expected);
    }
}
END_TEST

START_TEST(halves_go_away_from_zero_and_zero_has_no_sign)
{
    static const struct {
        double value;
        unsigned places;
        const char *text;
    } cases[] = {
        {0.5, 0, "1"},
        {-0.5, 0, "-1"},
        {2.5, 0, "3"},
        {0.125, 2, "0.13"},
        {-0.125, 2, "-0.13"},
        {-0.0, 7, "0.0000000"},
        {-0.00000004, 7, "0.0000000"},
        {45.7712345, 7, "45.7712345"},
        {-0.0000001, 7, "-0.0000001"},
        {1e9, 9, "1000000000.000000000"},
        {-1e9, 9, "-1000000000.000000000"},
        {1000000000.5, 0, "null"},
        {NAN, 3, "null"},
        {INFINITY, 3, "null"},
        {-INFINITY, 3, "null"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[32];
        const size_t size = pole_double_to_text(cases[i].value, cases[i].places, text);
        ck_assert_str_eq(text, cases[i].text);
        ck_assert_uint_eq(size, strlen(text));
    }
    char text[32];
    ck_assert_uint_eq(pole_scaled_to_text(INT64_MIN, 9, text), 21);
    ck_assert_str_eq(text, "-9223372036.854775808");
    pole_scaled_to_text(INT64_MIN, 0, text);
    ck_assert_str_eq(text, "-9223372036854775808");
    pole_scaled_to_text(-5, 7, text);
    ck_assert_str_eq(text, "-0.0000005");
    pole_scaled_to_text(0, 3, text);
    ck_assert_str_eq(text, "0.000");
    ck_assert_uint_eq(pole_u64_to_text(UINT64_MAX, text), 20);
    ck_assert_str_eq(text, "18446744073709551615");
    ck_assert_uint_eq(pole_u64_to_text(0, text), 1);
    ck_assert_str_eq(text, "0");
}
END_TEST

int main(void)
{
    setlocale(LC_ALL, "C"); /* strtod and printf are the oracles */
    Suite *suite = suite_create("base/decimal");
    TCase *tests = tcase_create("all");
    tcase_add_test(tests, degrees_are_written_as_any_scaled_number);
    tcase_add_test(tests, a_million_random_texts_are_read_as_strtod_reads_them);
    tcase_add_test(tests, texts_at_and_beside_a_half_round_as_strtod_rounds_them);
    tcase_add_test(tests, the_ends_of_the_range_are_exact);
    tcase_add_test(tests, exponents_beyond_any_number_are_told_apart);
    tcase_add_test(tests, what_is_no_strict_decimal_is_refused);
    tcase_add_test(tests, integers_are_cut_from_the_digits);
    tcase_add_test(tests, random_integers_come_back_from_their_text);
    tcase_add_test(tests, whole_numbers_are_digits_alone);
    tcase_add_test(tests, doubles_are_scaled_exactly);
    tcase_add_test(tests, doubles_that_have_no_integer_are_refused);
    tcase_add_test(tests, doubles_are_written_as_printf_writes_them);
    tcase_add_test(tests, halves_go_away_from_zero_and_zero_has_no_sign);
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
