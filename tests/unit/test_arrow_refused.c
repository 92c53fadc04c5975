/* SPDX-License-Identifier: MIT
 * What the Arrow interface is not to swallow: types that are no codes, arrays that are not as their
 * schemas say, wrong calls, and memory that runs out. Nothing is read beyond its end, and what was
 * taken is released. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "support/arrow_oracle.h"
#include "support/test_main.h"
#include "support/test_memory.h"

START_TEST(types_that_are_no_code_are_refused_with_a_way_out)
{
    static const char *const formats[] = {"f",   "g",     "e",  "b",  "z", "Z", "vz",
                                          "tdD", "d:7,0", "+l", "+r", "",  "uu"};
    struct ArrowSchema schema, schema_out;
    struct ArrowArray array, out;
    pole_error error;
    arrow_make_schema(formats[_i], "code", &schema);
    arrow_make_column("u", said, SAID, 0, &array);
    ck_assert_int_eq(match(NULL, &schema, &array, &schema_out, &out, &error), POLE_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(error.message, "code"));
    ck_assert_ptr_nonnull(strstr(error.hint, "cast"));
}
END_TEST

START_TEST(a_field_of_codes_must_be_there_and_be_one)
{
    static const char *const pairs[][2] = {{"a", "b"}, {"灯杆", "pole"}, {"code", "code"}};
    struct ArrowSchema children[2], schema, schema_out;
    struct ArrowArray columns[2], array, out;
    pole_error error;
    for (size_t f = 0; f < 2; f++) {
        arrow_make_schema("u", pairs[_i][f], children + f);
        arrow_make_column("u", said, SAID, 0, columns + f);
    }
    arrow_make_nested("+s", NULL, children, 2, NULL, &schema);
    arrow_make_table(columns, 2, SAID, NULL, &array);
    ck_assert_int_eq(match(NULL, &schema, &array, &schema_out, &out, &error), POLE_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(error.message, pairs[_i][0]));
}
END_TEST

static void break_length(struct ArrowArray *array)
{
    array->length = -1;
}

static void break_offset(struct ArrowArray *array)
{
    array->offset = INT64_MAX - 2;
}

static void break_buffer_count(struct ArrowArray *array)
{
    array->n_buffers = 2;
}

static void break_offsets_order(struct ArrowArray *array)
{
    ((int32_t *)(uintptr_t)array->buffers[1])[2] = -5;
}

static void break_values(struct ArrowArray *array)
{
    free((void *)(uintptr_t)array->buffers[1]);
    array->buffers[1] = NULL;
}

static void break_bytes(struct ArrowArray *array)
{
    free((void *)(uintptr_t)array->buffers[2]);
    array->buffers[2] = NULL;
}

static void (*const breaks[])(struct ArrowArray *) = {
    break_length, break_offset, break_buffer_count, break_offsets_order, break_values, break_bytes};

START_TEST(an_array_that_is_not_as_its_schema_says_is_refused)
{
    static const char *const texts[] = {"2334502", "2334504"};
    struct ArrowSchema schema, schema_out;
    struct ArrowArray array, out;
    arrow_make_schema("u", "code", &schema);
    arrow_make_column("u", texts, 2, 0, &array);
    breaks[_i](&array);
    ck_assert_int_eq(match(NULL, &schema, &array, &schema_out, &out, NULL), POLE_BAD_INPUT);
}
END_TEST

START_TEST(a_view_that_points_outside_is_refused)
{
    static const char *const texts[] = {"一二三四五六七八"};
    static const int32_t wrong[][3] = {
        {-1, 0, 0}, {24, 2, 0}, {24, -1, 0}, {24, 0, 1}, {24, 0, -1}};
    struct ArrowSchema schema, schema_out;
    struct ArrowArray array, out;
    arrow_make_schema("vu", "code", &schema);
    arrow_make_column("vu", texts, 1, 0, &array);
    int32_t *view = (int32_t *)(uintptr_t)array.buffers[1];
    view[0] = wrong[_i][0];
    view[2] = wrong[_i][1];
    view[3] = wrong[_i][2];
    ck_assert_int_eq(match(NULL, &schema, &array, &schema_out, &out, NULL), POLE_BAD_INPUT);
}
END_TEST

START_TEST(an_index_beyond_its_dictionary_is_refused)
{
    static const char *const values[] = {"2334502"};
    const int indexes[] = {0, _i == 0 ? 1 : -2};
    struct ArrowSchema of_values, schema, schema_out;
    struct ArrowArray dictionary, array, out;
    arrow_make_schema("u", NULL, &of_values);
    arrow_make_nested("c", "code", NULL, 0, &of_values, &schema);
    arrow_make_column("u", values, 1, 0, &dictionary);
    arrow_make_dictionary("c", indexes, 2, &dictionary, &array);
    ck_assert_int_eq(match(NULL, &schema, &array, &schema_out, &out, NULL), POLE_BAD_INPUT);
}
END_TEST

START_TEST(a_table_with_too_few_or_short_columns_is_refused)
{
    struct ArrowSchema schema, schema_out;
    struct ArrowArray array, out;
    make_log(0, NULL, &schema, &array);
    array.length = LOG_ROWS + 1;
    ck_assert_int_eq(match(NULL, &schema, &array, &schema_out, &out, NULL), POLE_BAD_INPUT);
    make_log(0, NULL, &schema, &array);
    struct ArrowArray *last = array.children[LOG_FIELDS - 1];
    last->release(last);
    ck_assert_int_eq(match(NULL, &schema, &array, &schema_out, &out, NULL), POLE_BAD_INPUT);
    make_log(0, NULL, &schema, &array);
    struct ArrowSchema *field = schema.children[LOG_FIELDS - 1];
    field->release(field);
    ck_assert_int_eq(match(NULL, &schema, &array, &schema_out, &out, NULL), POLE_BAD_INPUT);
}
END_TEST

START_TEST(wrong_calls_are_refused_and_take_the_input)
{
    static const char *const maps[][2] = {{"lat=x", NULL}, {"street", NULL}, {"time=note", NULL}};
    struct ArrowSchema schema, schema_out;
    struct ArrowArray array, out;
    struct ArrowArrayStream in = {.release = NULL}, stream;
    pole_arrow_options options;
    for (int i = 0; i < 7; i++) {
        pole_arrow_options_init(&options);
        make_log(0, NULL, &schema, &array);
        if (i < 3)
            options.map = maps[i];
        if (i == 3)
            options.keep_input = 2;
        if (i == 4)
            options.struct_size = 2;
        if (i == 5)
            array.release(&array);
        if (i == 6)
            schema.release(&schema);
        ck_assert_int_eq(match(&options, &schema, &array, &schema_out, &out, NULL),
                         POLE_INVALID_ARGUMENT);
    }
    make_log(0, NULL, &schema, &array);
    ck_assert_int_eq(pole_arrow_match(NULL, NULL, &schema, &array, &schema_out, &out, NULL),
                     POLE_INVALID_ARGUMENT);
    ck_assert(schema.release == NULL && array.release == NULL);
    ck_assert_int_eq(pole_arrow_match(arrow_city, NULL, NULL, &array, &schema_out, &out, NULL),
                     POLE_INVALID_ARGUMENT);
    ck_assert_int_eq(pole_arrow_match_stream(arrow_city, NULL, &in, &stream, NULL),
                     POLE_INVALID_ARGUMENT);
    ck_assert_int_eq(pole_arrow_match_stream(arrow_city, NULL, NULL, &stream, NULL),
                     POLE_INVALID_ARGUMENT);
}
END_TEST

START_TEST(an_array_survives_every_refusal_of_memory)
{
    size_t fail_at = 1;
    for (pole_status status = POLE_NO_MEMORY; status != POLE_OK; fail_at++) {
        struct ArrowSchema schema, schema_out;
        struct ArrowArray array, out;
        test_memory memory;
        pole_arrow_options options;
        test_memory_init(&memory, fail_at);
        pole_arrow_options_init(&options);
        options.allocator = &memory.allocator;
        options.keep_input = 1;
        make_log(0, NULL, &schema, &array);
        status = match(&options, &schema, &array, &schema_out, &out, NULL);
        ck_assert(status == POLE_OK || status == POLE_NO_MEMORY);
        if (status == POLE_OK) {
            if (memory.calls < fail_at)
                ck_assert_uint_gt(memory.live, 0);
            release_both(&schema_out, &out);
        }
        ck_assert_uint_eq(memory.live, 0);
        ck_assert_int_eq(arrow_made_alive, 0);
        ck_assert_uint_lt(fail_at, 1000);
        if (status == POLE_OK && memory.calls >= fail_at)
            status = POLE_NO_MEMORY; /* what failed could be done without: go on */
    }
    ck_assert_uint_gt(fail_at, 40);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("arrow_refused");
    TCase *tcase = tcase_create("arrow_refused");
    tcase_add_checked_fixture(tcase, arrow_oracle_setup, arrow_oracle_teardown);
    tcase_add_loop_test(tcase, types_that_are_no_code_are_refused_with_a_way_out, 0, 13);
    tcase_add_loop_test(tcase, a_field_of_codes_must_be_there_and_be_one, 0, 3);
    tcase_add_loop_test(tcase, an_array_that_is_not_as_its_schema_says_is_refused, 0, 6);
    tcase_add_loop_test(tcase, a_view_that_points_outside_is_refused, 0, 5);
    tcase_add_loop_test(tcase, an_index_beyond_its_dictionary_is_refused, 0, 2);
    tcase_add_test(tcase, a_table_with_too_few_or_short_columns_is_refused);
    tcase_add_test(tcase, wrong_calls_are_refused_and_take_the_input);
    tcase_add_test(tcase, an_array_survives_every_refusal_of_memory);
    suite_add_tcase(suite, tcase);
    return test_main(suite);
}
