/* SPDX-License-Identifier: MIT
 * An index that an older release wrote stays readable, and answers as it did. tests/golden holds
 * one file of each format version with its answers; files are only ever added.
 *
 * With POLE_WRITE_GOLDEN=NAME in the environment the test writes NAME.plx and NAME.jsonl there
 * (for a new format version), instead of reading. */
#include <check.h>
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

/* The version of the program that answers is not the format's. */
static void drop_engine(char *json)
{
    char *engine = strstr(json, "\"engine\":");
    ck_assert_ptr_nonnull(engine);
    strcpy(engine, "\"engine\":null}");
}

static char *answer(const pole_index *index, const char *query)
{
    pole_resolution *resolution = resolve_text(index, query, NULL);
    char *json = json_of(resolution);
    pole_resolution_free(resolution);
    drop_engine(json);
    return json;
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
    for (size_t i = 0; i < QUERIES; i++) {
        char *json = answer(index, queries[i]);
        fprintf(answers, "%s\n", json);
        free(json);
    }
    fclose(answers);
    pole_index_close(index);
}

START_TEST(files_of_every_format_version_answer_as_they_did)
{
    static char line[1 << 16];
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
        char *json = answer(index, queries[i]);
        ck_assert_str_eq(json, line);
        free(json);
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
