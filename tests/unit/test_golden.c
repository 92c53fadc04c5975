/* SPDX-License-Identifier: MIT
 * An index that an older release wrote stays readable, and answers as it did. tests/golden holds
 * one file of each format version with its answers; files are only ever added.
 *
 * With POLE_WRITE_GOLDEN=NAME in the environment the test writes NAME.plx and NAME.jsonl there
 * (for a new format version), instead of reading. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/small_city.h"
#include "support/test_main.h"

#define GOLDEN TEST_SOURCE_DIR "/tests/golden/"

static const char *const versions[] = {"format-1.0"};

static const char *const queries[] = {
    "1234563", "1234565", "1234566", "1234567", "1234569", "1234571", "1234601", "1234602",
    "0034501", "2334502", "2334504", "10101",   "10103",   "20202",   "9999999", "城西线12号"};
#define QUERIES (sizeof queries / sizeof *queries)

#define MOST_BYTES (1 << 16)

/* All that the file says of the poles that a query names, as code or as alias. What else a heard
 * code can mean is the resolver's affair, which changes with releases; what is in a file is not. */
static void answer(const pole_index *index, const char *query, char text[MOST_BYTES])
{
    pole_row rows[4];
    pole_code code;
    size_t found = 0, used = 0;
    pole_resolution *resolution = NULL;
    ck_assert_int_eq(pole_resolution_new(NULL, &resolution), POLE_OK);
    if (pole_code_parse(index, span_of(query), &code) == POLE_OK)
        (void)pole_index_find_all(index, code, rows, 2, &found);
    size_t aliases = 0;
    (void)pole_index_find_alias(index, span_of(query), rows + found, 2, &aliases);
    found += aliases;
    ck_assert_uint_le(found, 4);
    text[0] = '\0';
    for (size_t i = 0; i < found; i++) {
        size_t needed = 0;
        ck_assert_int_eq(pole_describe(index, rows[i], NULL, resolution), POLE_OK);
        ck_assert_int_eq(
            pole_hit_json(resolution, NAN, NAN, NULL, text + used, MOST_BYTES - used, &needed),
            POLE_OK);
        used += needed - 1;
    }
    pole_resolution_free(resolution);
}

static FILE *open_golden(const char *name, const char *suffix, const char *mode)
{
    char path[4096];
    snprintf(path, sizeof path, "%s%s%s", GOLDEN, name, suffix);
    FILE *file = fopen(path, mode);
    ck_assert_msg(file != NULL, "%s cannot be opened", path);
    return file;
}

static void write_golden(const char *name)
{
    byte_block block = small_city_bytes(0);
    FILE *file = open_golden(name, ".plx", "wb");
    ck_assert_uint_eq(fwrite(block.bytes, 1, block.size, file), block.size);
    fclose(file);
    byte_block_free(&block);
    pole_index *index = small_city_open(0);
    FILE *answers = open_golden(name, ".jsonl", "wb");
    static char json[MOST_BYTES];
    for (size_t i = 0; i < QUERIES; i++) {
        answer(index, queries[i], json);
        fprintf(answers, "%s\n", json);
    }
    fclose(answers);
    pole_index_close(index);
}

START_TEST(files_of_every_format_version_answer_as_they_did)
{
    static char line[MOST_BYTES + 2], json[MOST_BYTES];
    char path[4096];
    pole_index *index = NULL;
    pole_error error;
    const char *name = versions[_i];
    snprintf(path, sizeof path, "%s%s.plx", GOLDEN, name);
    ck_assert_msg(pole_index_open(path, NULL, &index, &error) == POLE_OK, "%s", error.message);
    ck_assert_msg(pole_index_verify(index, &error) == POLE_OK, "%s", error.message);
    FILE *answers = open_golden(name, ".jsonl", "rb");
    for (size_t i = 0; i < QUERIES; i++) {
        ck_assert_ptr_nonnull(fgets(line, sizeof line, answers));
        line[strcspn(line, "\n")] = '\0';
        answer(index, queries[i], json);
        ck_assert_msg(strcmp(json, line) == 0, "%s: %.500s", queries[i], json);
    }
    fclose(answers);
    pole_index_close(index);
}
END_TEST

/* Not the bytes: the release that wrote it stands in the file. */
START_TEST(the_same_tables_have_the_same_content_id_as_ever)
{
    char path[4096];
    pole_index *old = NULL, *now = small_city_open(0);
    pole_info old_info = {.struct_size = sizeof old_info};
    pole_info now_info = {.struct_size = sizeof now_info};
    snprintf(path, sizeof path, "%s%s.plx", GOLDEN,
             versions[sizeof versions / sizeof *versions - 1]);
    ck_assert_int_eq(pole_index_open(path, NULL, &old, NULL), POLE_OK);
    ck_assert_int_eq(pole_index_info(old, &old_info), POLE_OK);
    ck_assert_int_eq(pole_index_info(now, &now_info), POLE_OK);
    ck_assert_str_eq(old_info.id, now_info.id);
    pole_index_close(old);
    pole_index_close(now);
}
END_TEST

START_TEST(a_golden_file_is_written)
{
    write_golden(getenv("POLE_WRITE_GOLDEN"));
}
END_TEST

int main(void)
{
    const char *name = getenv("POLE_WRITE_GOLDEN");
    Suite *suite = suite_create("golden");
    TCase *tests = tcase_create("golden");
    if (name && *name) {
        tcase_add_test(tests, a_golden_file_is_written);
    } else {
        tcase_add_loop_test(tests, files_of_every_format_version_answer_as_they_did, 0,
                            (int)(sizeof versions / sizeof *versions));
        tcase_add_test(tests, the_same_tables_have_the_same_content_id_as_ever);
    }
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
