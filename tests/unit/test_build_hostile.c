/* SPDX-License-Identifier: MIT
 * Tables from hell: random rows of nasty cells. Whatever is in them, every row is accounted for,
 * refused rows are all in the rejects, what is left is an index that verifies, and it holds
 * exactly the rows that a plain reading of the rules accepts. */
#include <check.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/build_run.h"
#include "support/test_main.h"
#include "support/test_random.h"

static const char *const codes[] = {
    "1234567",
    "1234568",
    "0000000",
    "9999999",
    "１２３４５６７",
    " 1234567 ",
    "\343\200\2007654321",
    "",
    " ",
    "123456",
    "12345678",
    "1234567.0",
    "1.23E+06",
    "'1234567",
    "12345a7",
    "一二三四五六七",
    "-1234567",
    "+1234567",
    "1234567\xC2\xA0",
    "0x12345",
    "99999999999999999999",
    "１２３４５６",
    "\"1234567\"",
    "1234 567",
    "NULL",
    "1e6",
};
static const char *const numbers[] = {
    "45.7",
    "45.70000004",
    "45.70000005",
    " 45.7",
    "-45.7",
    "+45.7",
    "4.57e1",
    "457e-1",
    "045.7",
    "45.",
    ".5",
    "90",
    "-90",
    "90.00000004",
    "",
    " ",
    "NaN",
    "nan(1)",
    "inf",
    "-inf",
    "1e400",
    "1e-400",
    "0x1p3",
    "45,7",
    "45.7N",
    "4５.7",
    "４５.７",
    "45 7",
    "--45",
    "45.7.1",
    "e5",
    "1e",
    "126.6",
    "5065000",
    "0",
    "-0.0",
    "0.000000049",
    "99999999999999999999999999",
};
static const char *const texts[] = {
    "a",
    "",
    "中央大街",
    "\"q\"\"q\"",
    "'",
    "''",
    "=1+1",
    "a\\nb",
    "\"a\nb\"",
    "\"a,b\"",
    "\"\"",
    "\x01",
    "\x7F",
    "\"",
    "a\"b",
    "\"a\"b",
    "\xE2\x80\xAEx",
    "\xF0\x9F\x98\x80",
    "\xC2\x85",
    "\xEF\xBF\xBE",
    " x ",
    "\xE3\x80\x80\xE3\x80\x80",
    "\t",
    ";;;",
    "\xEF\xBB\xBFz",
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

typedef struct {
    char bytes[1 << 16];
    size_t size;
} table_text;

static void put(table_text *table, const char *text)
{
    const size_t size = strlen(text);
    ck_assert_uint_lt(table->size + size, sizeof table->bytes);
    memcpy(table->bytes + table->size, text, size + 1);
    table->size += size;
}

static size_t lines_of(const byte_block *block)
{
    /* Rows of the rejects: line ends outside quotes. */
    size_t lines = 0;
    bool quoted = false;
    for (size_t i = 0; i < block->size; i++) {
        quoted = quoted != (block->bytes[i] == '"');
        lines += block->bytes[i] == '\n' && !quoted;
    }
    return lines;
}

START_TEST(every_row_is_accounted_for)
{
    test_random random = test_random_begin("every_row_is_accounted_for", 404);
    size_t built = 0, refused = 0, taken = 0;
    for (int round = 0; round < 400; round++) {
        static table_text table;
        table.size = 0;
        put(&table, "code,lat,lon,street,note\n1111111,45.5,126.5,sound,sound\n");
        const size_t rows = 1 + test_random_below(&random, 40);
        const bool mild = test_random_below(&random, 2) == 0;
        for (size_t i = 0; i < rows; i++) {
            put(&table, codes[test_random_below(&random, mild ? 7 : COUNT(codes))]);
            put(&table, ",");
            put(&table, numbers[test_random_below(&random, mild ? 10 : COUNT(numbers))]);
            put(&table, ",");
            put(&table, numbers[test_random_below(&random, mild ? 10 : COUNT(numbers))]);
            put(&table, ",");
            put(&table, texts[test_random_below(&random, COUNT(texts))]);
            if (test_random_below(&random, 20) > 0)
                put(&table, ",");
            if (test_random_below(&random, 20) == 0)
                put(&table, ",");
            put(&table, texts[test_random_below(&random, COUNT(texts))]);
            put(&table, test_random_below(&random, 3) == 0 ? "\r\n" : "\n");
        }
        build_run run;
        build_run_init(&run);
        build_run_want_rejects(&run);
        run.options.encoding = "utf-8";
        run.options.delimiter = ',';
        build_run_add(&run, POLE_TABLE_POLES, "hell.csv", table.bytes);
        ck_assert_msg(run.status == POLE_OK, "%s\n%s", run.error.message, table.bytes);
        ck_assert_msg(build_run_finish(&run) == POLE_OK, "%s\n%s", run.error.message, table.bytes);
        ck_assert_msg(run.report.rows_read ==
                          run.report.poles + run.report.rows_refused + run.report.rows_collapsed,
                      "%s", table.bytes);
        ck_assert_uint_eq(lines_of(&run.rejects), 1 + run.report.rows_refused);
        size_t said = 0;
        for (size_t i = 0; i < run.finding_count; i++)
            said += run.findings[i].refused != 0;
        ck_assert_uint_eq(said, run.report.rows_refused);
        pole_index *index = build_run_open(&run);
        char *exported = export_text(index, POLE_TABLE_POLES, POLE_EXPORT_CSV);
        /* What was taken can be taken again. */
        build_run again;
        build_run_init(&again);
        build_run_add(&again, POLE_TABLE_POLES, "again.csv", exported);
        ck_assert_msg(build_run_finish(&again) == POLE_OK, "%s\n%s", again.error.message, exported);
        ck_assert_str_eq(again.report.id, run.report.id);
        built++;
        refused += run.report.rows_refused;
        taken += run.report.poles;
        free(exported);
        pole_index_close(index);
        build_run_end(&again);
        build_run_end(&run);
    }
    printf("%zu tables: %zu poles, %zu rows refused\n", built, taken, refused);
    ck_assert_uint_gt(taken, 600);
    ck_assert_uint_gt(refused, 1000);
}
END_TEST

/* Whether a cell is one of the spellings that are taken, and which number it is. */
typedef struct {
    const char *cell;
    const char *meant; /* NULL: refused */
} spelling;

static const spelling code_spellings[] = {
    {"1234567", "1234567"},
    {"1234568", "1234568"},
    {"0000000", "0000000"},
    {"9999999", "9999999"},
    {"１２３４５６７", "1234567"},
    {" 1234567 ", "1234567"},
    {"\343\200\2007654321", "7654321"},
    {"1234567\xC2\xA0", "1234567"},
    {"\"1234567\"", "1234567"},
};
static const struct {
    const char *cell;
    double degrees;
} number_spellings[] = {
    {"45.7", 45.7},
    {"45.70000004", 45.7},
    {"45.70000005", 45.7000001},
    {" 45.7", 45.7},
    {"-45.7", -45.7},
    {"+45.7", 45.7},
    {"4.57e1", 45.7},
    {"457e-1", 45.7},
    {"045.7", 45.7},
    {"90", 90},
    {"-90", -90},
    {"90.00000004", 90},
    {"1e-400", 0},
    {"0", 0},
    {"-0.0", 0},
    {"0.000000049", 0},
};

static const char *meant_code(const char *cell)
{
    for (size_t i = 0; i < COUNT(code_spellings); i++)
        if (strcmp(code_spellings[i].cell, cell) == 0)
            return code_spellings[i].meant;
    return NULL;
}

static bool meant_number(const char *cell, double *degrees)
{
    for (size_t i = 0; i < COUNT(number_spellings); i++) {
        if (strcmp(number_spellings[i].cell, cell) == 0) {
            *degrees = number_spellings[i].degrees;
            return true;
        }
    }
    return false;
}

/* Each code with each pair of numbers that matter, alone in its table. */
START_TEST(one_row_is_taken_just_when_it_is_sound)
{
    const char *code = codes[_i];
    for (size_t n = 0; n < COUNT(numbers); n++) {
        char text[256];
        double lat;
        const char *code_meant = meant_code(code);
        const bool lat_meant = meant_number(numbers[n], &lat);
        /* "45." and ".5" are numbers to some and not to others: the reader's own matter. */
        if (strcmp(numbers[n], "45.") == 0 || strcmp(numbers[n], ".5") == 0)
            continue;
        build_run run;
        build_run_init(&run);
        run.options.encoding = "utf-8";
        run.options.delimiter = ',';
        snprintf(text, sizeof text, "code,lat,lon\n1111111,45.5,126.5\n%s,%s%s%s,126.6412345\n",
                 code, strchr(numbers[n], ',') ? "\"" : "", numbers[n],
                 strchr(numbers[n], ',') ? "\"" : "");
        build_run_add(&run, POLE_TABLE_POLES, "one.csv", text);
        ck_assert_msg(build_run_finish(&run) == POLE_OK, "%s\n%s", run.error.message, text);
        const bool sound = code_meant && lat_meant;
        ck_assert_msg(run.report.poles == 1 + (uint32_t)sound, "%s", text);
        if (sound) {
            pole_index *index = build_run_open(&run);
            pole_code parsed;
            pole_row row;
            pole_point at;
            ck_assert_int_eq(pole_code_parse(index, span_of(code_meant), &parsed), POLE_OK);
            ck_assert_msg(pole_index_find(index, parsed, &row) == POLE_OK, "%s", text);
            ck_assert_int_eq(pole_index_point(index, row, &at), POLE_OK);
            ck_assert_msg(at.lat_deg == lat, "%s", text);
            ck_assert_double_eq(at.lon_deg, 126.6412345);
            pole_index_close(index);
        }
        build_run_end(&run);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("build_hostile");
    TCase *tests = tcase_create("hostile");
    tcase_add_test(tests, every_row_is_accounted_for);
    tcase_add_loop_test(tests, one_row_is_taken_just_when_it_is_sound, 0, (int)COUNT(codes));
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
