/* SPDX-License-Identifier: MIT
 * What an answer owes to people beside the belief: a county that lacks the code does not win
 * in silence and is asked for again, another owner's number is asked about as such, and a pole that
 * is gone does not stand first. */
#include <check.h>
#include <string.h>

#include <polelookup/polelookup.h>

#include "support/build_run.h"
#include "support/test_main.h"

static pole_index *table;
static pole_heard *heard;
static pole_resolution *resolution;

static void setup(void)
{
    build_run run;
    build_run_init(&run);
    run.options.scheme = "district:1,station:2,street:2,pole:2;*/station:1,street:2,pole:2";
    build_run_add(&run, POLE_TABLE_POLES, "poles.csv",
                  "code,lat,lon,scope,status,alias,alias_owner\n"
                  "1234561,45.76900,126.61620,,,,\n1234567,45.76981,126.61620,,,7301,供电公司\n"
                  "1234571,45.77035,126.61620,,,,\n9834502,45.70000,126.70000,,,,\n"
                  "12345,44.93000,127.16000,五常市,moved,,\n"
                  "12345,45.21000,127.96000,尚志市,,,\n12347,45.21030,127.96000,尚志市,,,\n"
                  "54321,45.75000,127.50000,宾县,,,\n54323,45.75030,127.50000,宾县,,,\n");
    build_run_finish(&run);
    table = build_run_open(&run);
    build_run_end(&run);
    ck_assert_int_eq(pole_heard_new(NULL, &heard), POLE_OK);
    ck_assert_int_eq(pole_resolution_new(NULL, &resolution), POLE_OK);
}

static void teardown(void)
{
    pole_heard_free(heard);
    pole_resolution_free(resolution);
    pole_index_close(table);
}

static void hear(const char *text)
{
    const pole_text said = {span_of(text), 1.0};
    pole_hear_options options;
    pole_hear_options_init(&options);
    options.lengths = pole_index_lengths(table);
    ck_assert_int_eq(pole_hear(&said, 1, &options, heard), POLE_OK);
}

static pole_answer resolve(const char *text, const char *scope)
{
    pole_answer answer = {.struct_size = sizeof answer};
    pole_resolve_options options;
    pole_resolve_options_init(&options);
    options.scope = span_of(scope);
    hear(text);
    ck_assert_int_eq(pole_resolve(table, heard, &options, resolution), POLE_OK);
    ck_assert_int_eq(pole_resolution_answer(resolution, &answer), POLE_OK);
    return answer;
}

START_TEST(a_pole_that_is_gone_does_not_come_before_one_that_stands)
{
    pole_candidate told = {.struct_size = sizeof told};
    pole_record pole = {.struct_size = sizeof pole};
    const pole_answer answer = resolve("12345", "");
    ck_assert_int_eq(answer.match, POLE_AMBIGUOUS);
    ck_assert_uint_ne(answer.warnings & POLE_WARN_SCOPE_NEEDED, 0);
    ck_assert_int_eq(answer.question, POLE_ASK_COUNTY);
    const double first = answer.confidence;
    ck_assert_int_eq(pole_resolution_candidate(resolution, 0, &told, &pole), POLE_OK);
    ck_assert_int_eq(pole.state, POLE_STATE_ACTIVE);
    ck_assert_int_eq(pole_resolution_candidate(resolution, 1, &told, &pole), POLE_OK);
    ck_assert_int_eq(pole.state, POLE_STATE_MOVED);
    ck_assert_double_eq(told.confidence, first);
}
END_TEST

START_TEST(a_county_that_lacks_the_code_is_asked_for_again)
{
    pole_answer answer = resolve("12345", "宾县");
    ck_assert_int_eq(answer.match, POLE_AMBIGUOUS);
    ck_assert_uint_ne(answer.warnings & POLE_WARN_SCOPE_NEEDED, 0);
    ck_assert_int_eq(answer.question, POLE_ASK_COUNTY);
    /* One that has it, or had it, is not. */
    answer = resolve("12345", "尚志市");
    ck_assert_uint_eq(answer.warnings & POLE_WARN_SCOPE_NEEDED, 0);
    ck_assert_int_ne(answer.question, POLE_ASK_COUNTY);
    ck_assert_uint_ne(answer.corroborated_by & POLE_EVIDENCE_SCOPE, 0);
    answer = resolve("12?45", "尚志市");
    ck_assert_uint_eq(answer.warnings & POLE_WARN_SCOPE_NEEDED, 0);
}
END_TEST

START_TEST(another_owners_number_is_asked_about_and_is_not_too_short)
{
    const pole_answer answer = resolve("7301", "");
    ck_assert_int_eq(answer.match, POLE_AMBIGUOUS);
    ck_assert_uint_eq(answer.warnings & POLE_WARN_OTHER_LENGTH, 0);
    ck_assert_int_eq(answer.question, POLE_ASK_OBJECT);
    ck_assert_int_eq(resolve("7302", "").question, POLE_ASK_DIGITS);
    ck_assert_uint_ne(resolve("7302", "").warnings & POLE_WARN_OTHER_LENGTH, 0);
}
END_TEST

START_TEST(a_county_goes_by_its_short_name_if_it_is_the_only_one)
{
    uint16_t whole, scope;
    ck_assert_int_eq(pole_index_find_scope(table, span_of("五常市"), &whole), POLE_OK);
    ck_assert_int_eq(pole_index_find_scope(table, span_of("五常"), &scope), POLE_OK);
    ck_assert_uint_eq(scope, whole);
    ck_assert_int_eq(pole_index_find_scope(table, span_of("宾"), &scope), POLE_OK);
    ck_assert_int_eq(pole_index_find_scope(table, span_of("五"), &scope), POLE_NOT_FOUND);
    ck_assert_int_eq(pole_index_find_scope(table, span_of("常市"), &scope), POLE_NOT_FOUND);
    ck_assert_int_eq(pole_index_find_scope(table, span_of("市"), &scope), POLE_NOT_FOUND);
    ck_assert_uint_eq(scope, POLE_ANY_SCOPE);
}
END_TEST

START_TEST(a_short_name_of_two_counties_is_neither)
{
    build_run run;
    uint16_t scope;
    build_run_init(&run);
    run.options.scheme = "*/station:1,street:2,pole:2";
    build_run_add(&run, POLE_TABLE_POLES, "poles.csv",
                  "code,lat,lon,scope\n12345,44.93,127.16,五常市\n12345,45.21,127.96,五常县\n"
                  "12345,45.75,127.50,五\n12347,45.75,127.50,五县\n");
    build_run_finish(&run);
    pole_index *index = build_run_open(&run);
    build_run_end(&run);
    ck_assert_int_eq(pole_index_find_scope(index, span_of("五常"), &scope), POLE_NOT_FOUND);
    ck_assert_int_eq(pole_index_find_scope(index, span_of("五"), &scope), POLE_OK);
    pole_span name;
    ck_assert_int_eq(pole_index_scope(index, scope, &name), POLE_OK);
    ck_assert_uint_eq(name.size_bytes, strlen("五"));
    pole_index_close(index);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("resolve rules");
    TCase *rules = tcase_create("rules");
    tcase_add_checked_fixture(rules, setup, teardown);
    tcase_add_test(rules, a_pole_that_is_gone_does_not_come_before_one_that_stands);
    tcase_add_test(rules, a_county_that_lacks_the_code_is_asked_for_again);
    tcase_add_test(rules, another_owners_number_is_asked_about_and_is_not_too_short);
    tcase_add_test(rules, a_county_goes_by_its_short_name_if_it_is_the_only_one);
    tcase_add_test(rules, a_short_name_of_two_counties_is_neither);
    suite_add_tcase(suite, rules);
    return test_main(suite);
}
