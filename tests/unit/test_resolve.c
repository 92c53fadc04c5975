/* SPDX-License-Identifier: MIT
 * What an answer claims. A code of the table is exact and never certain: its rivals are weighed, it
 * is uncorroborated until something else speaks for it, and it is read back; two poles are never
 * one answer; a number of another length is neither cut nor padded in silence; a sample says so. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "support/small_city.h"
#include "support/test_main.h"

static pole_index *city;

static void setup(void)
{
    city = small_city_open(0);
}

static void teardown(void)
{
    pole_index_close(city);
    city = NULL;
}

static pole_answer answer_of(const pole_resolution *resolution)
{
    pole_answer answer = {.struct_size = sizeof answer};
    ck_assert_int_eq(pole_resolution_answer(resolution, &answer), POLE_OK);
    return answer;
}

START_TEST(a_code_of_the_table_is_exact_and_not_certain)
{
    pole_resolution *resolution = resolve_text(city, "2334502", NULL);
    const pole_answer answer = answer_of(resolution);
    ck_assert_int_eq(answer.match, POLE_EXACT);
    ck_assert(answer.confidence >= 0.9 && answer.confidence < 1.0);
    ck_assert(answer.confidence_place >= 0.95 && answer.confidence_place < 1.0);
    ck_assert(answer.no_pole > 0.0);
    ck_assert_double_eq_tol(answer.confidence_place + answer.far_share + answer.no_pole, 1.0, 1e-9);
    ck_assert_uint_ne(answer.warnings & POLE_WARN_UNCORROBORATED, 0);
    ck_assert_int_eq(answer.question, POLE_ASK_READ_BACK);
    char *json = json_of(resolution);
    ck_assert_ptr_null(strstr(json, "\"confidence\":1"));
    free(json);
    pole_resolution_free(resolution);
}
END_TEST

START_TEST(a_code_of_several_counties_is_ambiguous)
{
    pole_resolution *resolution = resolve_text(city, "10101", NULL);
    pole_answer answer = answer_of(resolution);
    ck_assert_int_eq(answer.match, POLE_AMBIGUOUS);
    ck_assert_uint_ge(answer.candidates, 2);
    ck_assert_uint_ne(answer.warnings & POLE_WARN_SCOPE_NEEDED, 0);
    ck_assert_int_eq(answer.question, POLE_ASK_COUNTY);
    pole_candidate second = {.struct_size = sizeof second};
    ck_assert_int_eq(pole_resolution_candidate(resolution, 1, &second, NULL), POLE_OK);
    ck_assert_double_gt(second.distance_to_first_m, 30000);
    pole_resolution_free(resolution);

    resolution = resolve_text(city, "10101", "巴彦");
    answer = answer_of(resolution);
    ck_assert_int_eq(answer.match, POLE_EXACT);
    ck_assert_uint_eq(answer.warnings & POLE_WARN_SCOPE_NEEDED, 0);
    ck_assert_uint_eq(answer.corroborated_by, POLE_EVIDENCE_SCOPE);
    pole_resolution_free(resolution);

    /* A county that does not have it does not borrow another's in silence. */
    resolution = resolve_text(city, "20202", "宾县");
    answer = answer_of(resolution);
    ck_assert_int_ne(answer.match, POLE_EXACT);
    ck_assert_uint_ne(answer.warnings & POLE_WARN_SCOPE_NEEDED, 0);
    pole_resolution_free(resolution);
}
END_TEST

START_TEST(a_number_that_is_also_another_poles_alias_is_ambiguous)
{
    pole_resolution *resolution = resolve_text(city, "1234567", NULL);
    const pole_answer answer = answer_of(resolution);
    ck_assert_int_eq(answer.match, POLE_AMBIGUOUS);
    ck_assert_uint_ge(answer.candidates, 2);
    pole_candidate second = {.struct_size = sizeof second};
    pole_record pole = {.struct_size = sizeof pole};
    ck_assert_int_eq(pole_resolution_candidate(resolution, 1, &second, &pole), POLE_OK);
    ck_assert_int_eq(second.matched, POLE_MATCHED_ALIAS);
    ck_assert_uint_eq(pole.code.number, 1234602);
    ck_assert_int_eq(answer.question, POLE_ASK_OBJECT);
    pole_resolution_free(resolution);
}
END_TEST

START_TEST(an_alias_alone_is_not_exact)
{
    pole_resolution *resolution = resolve_text(city, "城西线12号", NULL);
    const pole_answer answer = answer_of(resolution);
    ck_assert_int_eq(answer.match, POLE_AMBIGUOUS);
    ck_assert_uint_eq(answer.candidates, 1);
    ck_assert_uint_eq(answer.heard.size_bytes, 0);
    char *json = json_of(resolution);
    ck_assert_ptr_nonnull(strstr(json, "\"matched\":\"alias\""));
    ck_assert_ptr_nonnull(strstr(json, "\"note\":\"alias: 城西线12号 (电力)\""));
    free(json);
    pole_resolution_free(resolution);
}
END_TEST

START_TEST(a_code_that_nobody_has_gives_no_place)
{
    pole_resolution *resolution = resolve_text(city, "9999999", NULL);
    const pole_answer answer = answer_of(resolution);
    ck_assert_int_eq(answer.match, POLE_UNKNOWN);
    ck_assert_uint_eq(answer.candidates, 0);
    ck_assert_int_eq(answer.question, POLE_ASK_OBJECT);
    char *json = json_of(resolution);
    ck_assert_ptr_nonnull(strstr(json, "\"heard\":\"9999999\""));
    ck_assert_ptr_null(strstr(json, "\"lat\""));
    free(json);
    pole_resolution_free(resolution);
}
END_TEST

typedef struct {
    const char *text;
    pole_reason reason;
} no_code_case;

static const no_code_case no_codes[] = {
    {"", POLE_REASON_NO_DIGITS},
    {"我要报警", POLE_REASON_NO_DIGITS},
    {"123", POLE_REASON_TOO_FEW},
    {"1", POLE_REASON_TOO_FEW},
    {"1234567890", POLE_REASON_TOO_MANY},
    {"13812345678", POLE_REASON_PHONE_NUMBER},
    {"138 1234 5678", POLE_REASON_PHONE_NUMBER},
    {"0451-82345678", POLE_REASON_PHONE_NUMBER},
    {"我住1502室", POLE_REASON_OTHER_NUMBER},
    {"1234\xff"
     "567",
     POLE_REASON_OTHER_NUMBER},
};

START_TEST(other_numbers_are_no_code_and_say_why)
{
    const no_code_case *given = no_codes + _i;
    pole_resolution *resolution = resolve_text(city, given->text, NULL);
    const pole_answer answer = answer_of(resolution);
    ck_assert_int_eq(answer.match, POLE_NO_CODE);
    ck_assert_int_eq(answer.reason, given->reason);
    ck_assert_uint_eq(answer.candidates, 0);
    ck_assert_uint_eq(answer.heard.size_bytes, 0);
    const int length =
        given->reason == POLE_REASON_TOO_FEW || given->reason == POLE_REASON_TOO_MANY;
    ck_assert_int_eq((answer.warnings & POLE_WARN_OTHER_LENGTH) != 0, length);
    pole_resolution_free(resolution);
}
END_TEST

START_TEST(long_numbers_of_people_are_masked)
{
    static const char *const given[] = {"13812345678", "138 1234 5678", "１３８１２３４５６７８",
                                        "电话13812345678，快来"};
    for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
        pole_resolution *resolution = resolve_text(city, given[i], NULL);
        char *json = json_of(resolution);
        ck_assert_msg(strstr(json, "138****5678") != NULL, "%s", json);
        ck_assert_ptr_null(strstr(json, "1234"));
        free(json);
        pole_resolution_free(resolution);
    }
}
END_TEST

START_TEST(a_retired_pole_says_so)
{
    pole_resolution *resolution = resolve_text(city, "1234569", NULL);
    const pole_answer answer = answer_of(resolution);
    ck_assert_uint_ne(answer.warnings & POLE_WARN_RETIRED_POLE, 0);
    char *json = json_of(resolution);
    ck_assert_ptr_nonnull(strstr(json, "\"state\":\"removed\",\"successor\":\"1234571\","
                                       "\"surveyed\":\"2008-06-30\""));
    free(json);
    pole_resolution_free(resolution);
}
END_TEST

START_TEST(a_sample_says_so_in_every_answer)
{
    static const char *const texts[] = {"1234567", "9999999", "我要报警", "10101"};
    pole_index *sample = small_city_open(1);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        pole_resolution *resolution = resolve_text(sample, texts[i], NULL);
        ck_assert_uint_ne(answer_of(resolution).warnings & POLE_WARN_SAMPLE_DATA, 0);
        char *json = json_of(resolution);
        ck_assert_ptr_nonnull(strstr(json, "\"sample_data\""));
        ck_assert_ptr_nonnull(strstr(json, "\"sample\":true"));
        free(json);
        pole_resolution_free(resolution);
    }
    /* And its content id is another than that of the same poles as real data. */
    pole_info a = {.struct_size = sizeof a}, b = {.struct_size = sizeof b};
    ck_assert_int_eq(pole_index_info(city, &a), POLE_OK);
    ck_assert_int_eq(pole_index_info(sample, &b), POLE_OK);
    ck_assert_str_ne(a.id, b.id);
    pole_index_close(sample);
}
END_TEST

/* The keys of the contract, each present whatever the answer. */
START_TEST(every_key_is_always_there)
{
    static const char *const keys[] = {"\"schema\":1,",      "\"query\":",
                                       "\"heard\":",         "\"readings\":",
                                       "\"reason\":",        "\"status\":",
                                       "\"confidence\":",    "\"confidence_place\":",
                                       "\"no_pole\":",       "\"corroborated_by\":[]",
                                       "\"candidates\":",    "\"far_rival\":",
                                       "\"estimate\":null",  "\"evidence\":[]",
                                       "\"question\":",      "\"warnings\":",
                                       "\"index\":{\"id\":", "\"built_at\":",
                                       "\"data_date\":",     "\"engine\":{\"version\":",
                                       "\"channel\":",       "\"channel_id\":",
                                       "\"clean\":"};
    static const char *const of_candidate[] = {"\"scope\":",
                                               "\"code\":",
                                               "\"matched\":",
                                               "\"lat\":",
                                               "\"lon\":",
                                               "\"x\":null",
                                               "\"y\":null",
                                               "\"crs\":null",
                                               "\"street\":",
                                               "\"district\":",
                                               "\"between_streets\":",
                                               "\"neighbours\":",
                                               "\"note\":",
                                               "\"state\":",
                                               "\"successor\":",
                                               "\"surveyed\":",
                                               "\"edits\":",
                                               "\"distance_to_hint_m\":null",
                                               "\"distance_to_first_m\":0.0",
                                               "\"stations\":",
                                               "\"area_edge\":"};
    static const char *const texts[] = {"2334502", "9999999", "hello", "10101"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        pole_resolution *resolution = resolve_text(city, texts[i], NULL);
        char *json = json_of(resolution);
        for (size_t k = 0; k < sizeof keys / sizeof *keys; k++)
            ck_assert_msg(strstr(json, keys[k]) != NULL, "%s: no %s in %s", texts[i], keys[k],
                          json);
        if (answer_of(resolution).candidates > 0)
            for (size_t k = 0; k < sizeof of_candidate / sizeof *of_candidate; k++)
                ck_assert_msg(strstr(json, of_candidate[k]) != NULL, "no %s in %s", of_candidate[k],
                              json);
        free(json);
        pole_resolution_free(resolution);
    }
}
END_TEST

START_TEST(a_resolution_keeps_its_index_alive)
{
    pole_resolution *resolution = resolve_text(city, "2334502", NULL);
    char *before = json_of(resolution);
    pole_index_close(city);
    city = NULL;
    char *after = json_of(resolution);
    ck_assert_str_eq(before, after);
    free(before);
    free(after);
    pole_resolution_free(resolution);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("resolve");
    TCase *tests = tcase_create("resolve");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, a_code_of_the_table_is_exact_and_not_certain);
    tcase_add_test(tests, a_code_of_several_counties_is_ambiguous);
    tcase_add_test(tests, a_number_that_is_also_another_poles_alias_is_ambiguous);
    tcase_add_test(tests, an_alias_alone_is_not_exact);
    tcase_add_test(tests, a_code_that_nobody_has_gives_no_place);
    tcase_add_loop_test(tests, other_numbers_are_no_code_and_say_why, 0,
                        (int)(sizeof no_codes / sizeof *no_codes));
    tcase_add_test(tests, long_numbers_of_people_are_masked);
    tcase_add_test(tests, a_retired_pole_says_so);
    tcase_add_test(tests, a_sample_says_so_in_every_answer);
    tcase_add_test(tests, every_key_is_always_there);
    tcase_add_test(tests, a_resolution_keeps_its_index_alive);
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
