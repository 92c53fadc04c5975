/* SPDX-License-Identifier: MIT
 * Columns by the Arrow C Data Interface: whatever form a producer gives the codes in, a row gets
 * the match that the matcher gives its text, and memory is shared where it may be and released
 * once. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "support/arrow_oracle.h"
#include "support/test_main.h"
#include "support/test_memory.h"

START_TEST(text_of_every_form_gives_the_matches_of_the_matcher)
{
    static const char *const formats[] = {"u", "U", "vu"};
    const size_t offset = (size_t)_i % 2 * 3;
    const char *format = formats[_i / 2];
    struct ArrowSchema schema, schema_out;
    struct ArrowArray array, out;
    arrow_make_schema(format, NULL, &schema);
    arrow_make_column(format, said, SAID, offset, &array);
    matched(NULL, &schema, &array, &schema_out, &out);
    ck_assert_int_eq(arrow_made_alive, 0);
    expect_matches(&out, 0, said, NULL, SAID);
    ck_assert_str_eq(arrow_text_at(out.children[STATUS], 0), "exact");
    ck_assert_str_eq(schema_out.format, "+s");
    for (int c = 0; c < COLUMNS; c++) {
        ck_assert_str_eq(schema_out.children[c]->name, arrow_column_names[c]);
        ck_assert_str_eq(schema_out.children[c]->format,
                         out.children[c]->n_buffers == 3 ? "u" : "g");
    }
    release_both(&schema_out, &out);
}
END_TEST

START_TEST(whole_numbers_are_read_as_their_digits_are_written)
{
    static const char *const formats[] = {"c", "C", "s", "S", "i", "I", "l", "L"};
    static const char *const small[] = {"0", NULL, "7", "101"};
    static const char *const middle[] = {"10101", NULL, "20202", "0"};
    static const char *const large[] = {"2334502", NULL, "34501", "10101"};
    const char *format = formats[_i];
    const char *const *texts = _i < 2 ? small : _i == 3 ? middle : _i > 3 ? large : small;
    struct ArrowSchema schema, schema_out;
    struct ArrowArray array, out;
    arrow_make_schema(format, "code", &schema);
    arrow_make_column(format, texts, 4, 1, &array);
    matched(NULL, &schema, &array, &schema_out, &out);
    expect_matches(&out, 0, texts, NULL, 4);
    if (_i > 3) /* 0034501 stands in the table, and is not what 34501 says */
        ck_assert_str_ne(arrow_text_at(out.children[STATUS], 2), "exact");
    release_both(&schema_out, &out);
}
END_TEST

START_TEST(a_number_below_zero_is_no_code)
{
    static const char *const texts[] = {"-2334502", "2334502"};
    static const char *const meant[] = {NULL, "2334502"};
    struct ArrowSchema schema, schema_out;
    struct ArrowArray array, out;
    arrow_make_schema("i", "code", &schema);
    arrow_make_column("i", texts, 2, 0, &array);
    matched(NULL, &schema, &array, &schema_out, &out);
    expect_matches(&out, 0, meant, NULL, 2);
    ck_assert_str_eq(arrow_text_at(out.children[STATUS], 0), "no_code");
    release_both(&schema_out, &out);
}
END_TEST

START_TEST(a_dictionary_of_texts_or_numbers_is_looked_up)
{
    static const char *const formats[] = {"c", "C", "s", "S", "i", "I", "l", "L"};
    static const char *const values[] = {"2334502", NULL, "1234571"};
    static const int indexes[] = {2, 0, -1, 1, 0};
    static const char *const meant[] = {"1234571", "2334502", NULL, NULL, "2334502"};
    const char *value_format = _i % 2 ? "i" : "U";
    struct ArrowSchema of_values, schema, schema_out;
    struct ArrowArray dictionary, array, out;
    arrow_make_schema(value_format, NULL, &of_values);
    arrow_make_nested(formats[_i / 2], "code", NULL, 0, &of_values, &schema);
    arrow_make_column(value_format, values, 3, 1, &dictionary);
    arrow_make_dictionary(formats[_i / 2], indexes, 5, &dictionary, &array);
    matched(NULL, &schema, &array, &schema_out, &out);
    expect_matches(&out, 0, meant, NULL, 5);
    release_both(&schema_out, &out);
}
END_TEST

START_TEST(evidence_stands_in_fields_of_its_names)
{
    struct ArrowSchema schema, schema_out;
    struct ArrowArray array, out;
    pole_row_evidence evidence[LOG_ROWS];
    make_log((size_t)_i, NULL, &schema, &array);
    evidence_of_log(evidence);
    matched(NULL, &schema, &array, &schema_out, &out);
    expect_matches(&out, 0, log_texts[1], evidence, LOG_ROWS);
    ck_assert_ptr_nonnull(strstr(arrow_text_at(out.children[WARNINGS], 3), "evidence_unread"));
    release_both(&schema_out, &out);
}
END_TEST

START_TEST(evidence_is_used_under_other_names_or_not_at_all)
{
    static const char *const map[] = {"hint_lat=", "hint_lon=", "hint_radius_m=", "street=", NULL};
    static const char *const wrong[] = {"street=note", NULL};
    struct ArrowSchema schema, schema_out;
    struct ArrowArray array, out;
    pole_arrow_options options;
    pole_error error;
    pole_arrow_options_init(&options);
    options.map = map;
    options.column = "灯杆号";
    make_log(0, NULL, &schema, &array);
    matched(&options, &schema, &array, &schema_out, &out);
    expect_matches(&out, 0, log_texts[1], NULL, LOG_ROWS);
    release_both(&schema_out, &out);
    options.map = wrong; /* a double is no street */
    make_log(0, NULL, &schema, &array);
    ck_assert_int_eq(match(&options, &schema, &array, &schema_out, &out, &error), POLE_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(error.message, "note"));
}
END_TEST

/* A slice moves all columns of a table. */
START_TEST(a_slice_of_a_table_is_the_rows_of_the_slice)
{
    struct ArrowSchema schema, schema_out;
    struct ArrowArray array, out;
    pole_row_evidence evidence[LOG_ROWS];
    pole_arrow_options options;
    pole_arrow_options_init(&options);
    options.keep_input = 1;
    make_log(2, NULL, &schema, &array);
    array.offset = 1;
    array.length = 3;
    evidence_of_log(evidence);
    matched(&options, &schema, &array, &schema_out, &out);
    expect_matches(&out, LOG_FIELDS, log_texts[1] + 1, evidence + 1, 3);
    ck_assert_str_eq(arrow_text_at(out.children[5], 0), "通江街");
    ck_assert_str_eq(arrow_text_at(out.children[5], 1), "人民大街");
    ck_assert_double_eq(arrow_number_at(out.children[0], 0), 2.5);
    ck_assert(isnan(arrow_number_at(out.children[0], 1)));
    ck_assert_int_eq(out.children[0]->null_count, -1);
    release_both(&schema_out, &out);
}
END_TEST

START_TEST(an_uncounted_bitmap_is_read_and_an_absent_one_means_no_nulls)
{
    struct ArrowSchema schema, schema_out;
    struct ArrowArray array, out;
    arrow_make_schema("u", "code", &schema);
    arrow_make_column("u", said, SAID, 5, &array);
    array.null_count = -1;
    matched(NULL, &schema, &array, &schema_out, &out);
    expect_matches(&out, 0, said, NULL, SAID);
    release_both(&schema_out, &out);
    arrow_make_schema("u", "code", &schema);
    arrow_make_column("u", said + 2, SAID - 2, 5, &array);
    ck_assert_ptr_null(array.buffers[0]);
    array.null_count = -1;
    matched(NULL, &schema, &array, &schema_out, &out);
    expect_matches(&out, 0, said + 2, NULL, SAID - 2);
    release_both(&schema_out, &out);
}
END_TEST

START_TEST(a_row_that_is_null_as_a_whole_has_no_code_and_cannot_be_kept)
{
    struct ArrowSchema schema, schema_out;
    struct ArrowArray array, out;
    pole_arrow_options options;
    pole_error error;
    pole_arrow_options_init(&options);
    make_log(0, "101111", &schema, &array);
    matched(&options, &schema, &array, &schema_out, &out);
    ck_assert_str_eq(arrow_text_at(out.children[STATUS], 1), "no_code");
    ck_assert_int_eq(out.null_count, 0);
    release_both(&schema_out, &out);
    options.keep_input = 1;
    make_log(0, "101111", &schema, &array);
    ck_assert_int_eq(match(&options, &schema, &array, &schema_out, &out, &error), POLE_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(error.message, "row 2"));
    make_log(0, "111111", &schema, &array);
    matched(&options, &schema, &array, &schema_out, &out);
    release_both(&schema_out, &out);
}
END_TEST

START_TEST(no_rows_give_no_rows)
{
    static const char *const formats[] = {"u", "U", "vu", "i", "n"};
    struct ArrowSchema schema, schema_out;
    struct ArrowArray array, out;
    arrow_make_schema(formats[_i], "code", &schema);
    arrow_make_column(formats[_i], NULL, 0, 0, &array);
    for (int64_t b = 0; b < array.n_buffers; b++) { /* as some producers leave them */
        free((void *)(uintptr_t)array.buffers[b]);
        array.buffers[b] = NULL;
    }
    matched(NULL, &schema, &array, &schema_out, &out);
    expect_matches(&out, 0, NULL, NULL, 0);
    release_both(&schema_out, &out);
}
END_TEST

START_TEST(a_column_of_nulls_has_no_codes)
{
    static const char *const none[3] = {NULL, NULL, NULL};
    struct ArrowSchema schema, schema_out;
    struct ArrowArray array, out;
    arrow_make_schema("n", "code", &schema);
    arrow_make_column("n", none, 3, 0, &array);
    matched(NULL, &schema, &array, &schema_out, &out);
    expect_matches(&out, 0, none, NULL, 3);
    ck_assert_str_eq(arrow_text_at(out.children[STATUS], 2), "no_code");
    release_both(&schema_out, &out);
}
END_TEST

START_TEST(kept_columns_are_the_same_memory)
{
    struct ArrowSchema schema, schema_out;
    struct ArrowArray array, out;
    const void *addresses[LOG_FIELDS][2];
    pole_row_evidence evidence[LOG_ROWS];
    pole_arrow_options options;
    pole_arrow_options_init(&options);
    options.keep_input = 1;
    make_log(1, NULL, &schema, &array);
    for (size_t f = 0; f < LOG_FIELDS; f++)
        memcpy(addresses[f], array.children[f]->buffers, sizeof addresses[f]);
    evidence_of_log(evidence);
    matched(&options, &schema, &array, &schema_out, &out);
    expect_matches(&out, LOG_FIELDS, log_texts[1], evidence, LOG_ROWS);
    for (size_t f = 0; f < LOG_FIELDS; f++) {
        ck_assert_mem_eq(addresses[f], out.children[f]->buffers, sizeof addresses[f]);
        ck_assert_str_eq(schema_out.children[f]->name, log_names[f]);
        ck_assert_str_eq(schema_out.children[f]->format, log_formats[f]);
    }
    ck_assert_int_gt(arrow_made_alive, 0);
    release_both(&schema_out, &out);
}
END_TEST

START_TEST(a_name_that_the_input_has_gets_a_suffix)
{
    static const char *const fields[] = {"match_lat", "code", "match_lat_2", "match_code"};
    static const char *const code[] = {"2334502"};
    struct ArrowSchema children[4], schema, schema_out;
    struct ArrowArray columns[4], array, out;
    pole_arrow_options options;
    pole_arrow_options_init(&options);
    options.keep_input = 1;
    for (size_t f = 0; f < 4; f++) {
        arrow_make_schema("u", fields[f], children + f);
        arrow_make_column("u", code, 1, 0, columns + f);
    }
    arrow_make_nested("+s", NULL, children, 4, NULL, &schema);
    arrow_make_table(columns, 4, 1, NULL, &array);
    matched(&options, &schema, &array, &schema_out, &out);
    ck_assert_str_eq(schema_out.children[4 + CODE]->name, "match_code_2");
    ck_assert_str_eq(schema_out.children[4 + LAT]->name, "match_lat_3");
    ck_assert_str_eq(schema_out.children[4 + LON]->name, "match_lon");
    release_both(&schema_out, &out);
    arrow_make_schema("u", "match_code", &schema);
    arrow_make_column("u", code, 1, 0, &array);
    matched(&options, &schema, &array, &schema_out, &out);
    ck_assert_str_eq(schema_out.children[0]->name, "match_code");
    ck_assert_str_eq(schema_out.children[1 + CODE]->name, "match_code_2");
    release_both(&schema_out, &out);
    arrow_make_schema("u", NULL, &schema);
    arrow_make_column("u", code, 1, 0, &array);
    matched(&options, &schema, &array, &schema_out, &out);
    ck_assert_str_eq(schema_out.children[0]->name, "code");
    release_both(&schema_out, &out);
}
END_TEST

/* A consumer may take a child, release the rest, and keep the child for ever. */
START_TEST(a_child_that_was_moved_out_outlives_its_parent)
{
    struct ArrowSchema schema, schema_out, kept_schema;
    struct ArrowArray array, out, kept, added;
    pole_arrow_options options;
    pole_arrow_options_init(&options);
    options.keep_input = 1;
    make_log(0, NULL, &schema, &array);
    matched(&options, &schema, &array, &schema_out, &out);
    kept = *out.children[5];
    added = *out.children[LOG_FIELDS + STATUS];
    kept_schema = *schema_out.children[1];
    out.children[5]->release = NULL;
    out.children[LOG_FIELDS + STATUS]->release = NULL;
    schema_out.children[1]->release = NULL;
    release_both(&schema_out, &out);
    ck_assert_str_eq(arrow_text_at(&kept, 1), "通江街");
    ck_assert_str_eq(arrow_text_at(&added, 0), "ambiguous");
    ck_assert_str_eq(kept_schema.name, "灯杆号");
    added.release(&added);
    kept.release(&kept);
    kept_schema.release(&kept_schema);
    ck_assert(kept.release == NULL && added.release == NULL && kept_schema.release == NULL);
}
END_TEST

START_TEST(the_columns_asked_for_come_in_their_order)
{
    static const char *const wanted[] = {"station_id", "match_lat", NULL};
    static const char *const none[] = {NULL};
    static const char *const wrong[] = {"match_lat", "lat", NULL};
    static const char *const twice[] = {"match_lat", "match_lat", NULL};
    static const char *const code[] = {"2334502"};
    const char *const *const choices[] = {wanted, none, wrong, twice};
    const pole_status statuses[] = {POLE_OK, POLE_OK, POLE_INVALID_ARGUMENT, POLE_INVALID_ARGUMENT};
    struct ArrowSchema schema, schema_out;
    struct ArrowArray array, out;
    pole_arrow_options options;
    pole_arrow_options_init(&options);
    for (size_t i = 0; i < 4; i++) {
        options.columns = choices[i];
        arrow_make_schema("u", "code", &schema);
        arrow_make_column("u", code, 1, 0, &array);
        ck_assert_int_eq(match(&options, &schema, &array, &schema_out, &out, NULL), statuses[i]);
        if (i == 0) {
            ck_assert_int_eq(out.n_children, 2);
            ck_assert_str_eq(arrow_text_at(out.children[0], 0), "233");
            ck_assert_double_eq_tol(arrow_number_at(out.children[1], 0), 45.7712345, 1e-9);
        }
        if (i < 2)
            release_both(&schema_out, &out);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("arrow");
    TCase *tcase = tcase_create("arrow");
    tcase_add_checked_fixture(tcase, arrow_oracle_setup, arrow_oracle_teardown);
    tcase_add_loop_test(tcase, text_of_every_form_gives_the_matches_of_the_matcher, 0, 6);
    tcase_add_loop_test(tcase, whole_numbers_are_read_as_their_digits_are_written, 0, 8);
    tcase_add_test(tcase, a_number_below_zero_is_no_code);
    tcase_add_loop_test(tcase, a_dictionary_of_texts_or_numbers_is_looked_up, 0, 16);
    tcase_add_loop_test(tcase, evidence_stands_in_fields_of_its_names, 0, 2);
    tcase_add_test(tcase, evidence_is_used_under_other_names_or_not_at_all);
    tcase_add_test(tcase, a_slice_of_a_table_is_the_rows_of_the_slice);
    tcase_add_test(tcase, an_uncounted_bitmap_is_read_and_an_absent_one_means_no_nulls);
    tcase_add_test(tcase, a_row_that_is_null_as_a_whole_has_no_code_and_cannot_be_kept);
    tcase_add_loop_test(tcase, no_rows_give_no_rows, 0, 5);
    tcase_add_test(tcase, a_column_of_nulls_has_no_codes);
    tcase_add_test(tcase, kept_columns_are_the_same_memory);
    tcase_add_test(tcase, a_name_that_the_input_has_gets_a_suffix);
    tcase_add_test(tcase, a_child_that_was_moved_out_outlives_its_parent);
    tcase_add_test(tcase, the_columns_asked_for_come_in_their_order);
    suite_add_tcase(suite, tcase);
    return test_main(suite);
}
