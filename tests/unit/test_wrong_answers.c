/* SPDX-License-Identifier: MIT
 * The same for what is made of an index and around it: hearing, answers, JSON, CRS, builds. A call
 * that fails must leave no old answer behind that could be taken for the new one.
 */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "support/small_city.h"
#include "support/test_main.h"
#include "support/wrong_calls.h"

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

START_TEST(nothing_is_heard)
{
    pole_heard *heard = NULL;
    pole_hear_options options;
    const pole_text sound = {span_of("1234567"), 1.0};
    const pole_text two[] = {sound, {nowhere, 1.0}};
    pole_text texts[] = {sound, sound, sound, sound};
    texts[0].text = nowhere;
    texts[1].weight = 0.0;
    texts[2].weight = NAN;
    texts[3].weight = -1.0;
    WRONG(pole_heard_new(NULL, NULL));
    ck_assert_int_eq(pole_heard_new(NULL, &heard), POLE_OK);
    ck_assert_int_eq(pole_heard_reason(heard), POLE_REASON_NO_DIGITS);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        ck_assert_int_eq(pole_hear(&sound, 1, NULL, heard), POLE_OK);
        ck_assert_uint_eq(pole_heard_digits(heard).size_bytes, 7);
        WRONG(pole_hear(texts + i, 1, NULL, heard));
        ck_assert_uint_eq(pole_heard_digits(heard).size_bytes, 0);
        ck_assert_uint_eq(pole_heard_query(heard).size_bytes, 0);
        ck_assert_int_eq(pole_heard_reason(heard), POLE_REASON_NO_DIGITS);
    }
    WRONG(pole_hear(two, 2, NULL, heard));
    ck_assert_uint_eq(pole_heard_digits(heard).size_bytes, 0);
    WRONG(pole_hear(NULL, 1, NULL, heard));
    WRONG(pole_hear(&sound, 0, NULL, heard));
    WRONG(pole_hear(&sound, 1, NULL, NULL));
    pole_hear_options_init(&options);
    options.struct_size = 0;
    WRONG(pole_hear(&sound, 1, &options, heard));
    ck_assert_uint_eq(pole_heard_query(NULL).size_bytes, 0);
    ck_assert_uint_eq(pole_heard_digits(NULL).size_bytes, 0);
    ck_assert_int_eq(pole_heard_reason(NULL), POLE_REASON_NO_DIGITS);
    ck_assert_uint_eq(pole_heard_codes(NULL, NULL, 0), 0);
    ck_assert_int_eq(pole_heard_several(NULL), 0);
    pole_heard_free(heard);
    pole_heard_free(NULL);
}
END_TEST

/* Asserts that the resolution holds no answer at all. */
static void assert_forgotten(const pole_resolution *resolution)
{
    pole_answer answer;
    pole_candidate candidate;
    pole_record record;
    char text[8] = "old";
    size_t needed = 9;
    SOIL_RECORD(answer);
    WRONG(pole_resolution_answer(resolution, &answer));
    ck_assert(RECORD_IS_EMPTY(answer));
    SOIL_RECORD(candidate);
    SOIL_RECORD(record);
    ck_assert_int_ne(pole_resolution_candidate(resolution, 0, &candidate, &record), POLE_OK);
    ck_assert(RECORD_IS_EMPTY(candidate));
    ck_assert(RECORD_IS_EMPTY(record));
    WRONG(pole_resolution_json(resolution, NULL, text, sizeof text, &needed));
    ck_assert_str_eq(text, "");
    ck_assert_uint_eq(needed, 0);
    WRONG(pole_hit_json(resolution, 1.0, 1.0, NULL, text, sizeof text, &needed));
    pole_far_rival rival;
    pole_estimate estimate;
    pole_question question;
    pole_evidence_used used;
    SOIL_RECORD(rival);
    SOIL_RECORD(estimate);
    SOIL_RECORD(question);
    SOIL_RECORD(used);
    WRONG(pole_resolution_far_rival(resolution, &rival));
    WRONG(pole_resolution_estimate(resolution, &estimate));
    WRONG(pole_resolution_question(resolution, &question));
    WRONG(pole_resolution_evidence(resolution, 0, &used));
    ck_assert(RECORD_IS_EMPTY(rival) && RECORD_IS_EMPTY(estimate) && RECORD_IS_EMPTY(question) &&
              RECORD_IS_EMPTY(used));
}

START_TEST(no_old_answer_stays_behind)
{
    pole_resolve_options options;
    pole_describe_options of_row;
    pole_heard *heard = NULL;
    const pole_text text = {span_of("2334502"), 1.0};
    pole_resolution *resolution = resolve_text(city, "2334502", NULL);
    assert_forgotten(NULL);
    ck_assert_int_eq(pole_heard_new(NULL, &heard), POLE_OK);
    ck_assert_int_eq(pole_hear(&text, 1, NULL, heard), POLE_OK);
    pole_resolve_options_init(&options);
    options.scope = span_of("无此县");
    WRONG(pole_resolve(city, heard, &options, resolution));
    assert_forgotten(resolution);
    ck_assert_int_eq(pole_resolve(city, heard, NULL, resolution), POLE_OK);
    WRONG(pole_resolve(city, NULL, NULL, resolution));
    assert_forgotten(resolution);
    ck_assert_int_eq(pole_describe(city, 0, NULL, resolution), POLE_OK);
    WRONG(pole_resolve(NULL, heard, NULL, resolution));
    assert_forgotten(resolution);
    ck_assert_int_eq(pole_describe(city, 0, NULL, resolution), POLE_OK);
    WRONG(pole_describe(city, 15, NULL, resolution));
    assert_forgotten(resolution);
    ck_assert_int_eq(pole_describe(city, 0, NULL, resolution), POLE_OK);
    pole_describe_options_init(&of_row);
    of_row.struct_size = 1;
    WRONG(pole_describe(city, 0, &of_row, resolution));
    assert_forgotten(resolution);
    WRONG(pole_describe(NULL, 0, NULL, resolution));
    WRONG(pole_describe(city, 0, NULL, NULL));
    WRONG(pole_resolve(city, heard, NULL, NULL));
    WRONG(pole_resolution_new(NULL, NULL));
    pole_resolution_free(resolution);
    pole_resolution_free(NULL);
    pole_heard_free(heard);
}
END_TEST

START_TEST(no_unsound_evidence_is_used)
{
    const pole_text text = {span_of("2334502"), 1.0};
    pole_resolution *resolution = resolve_text(city, "2334502", NULL);
    pole_heard *heard = NULL;
    ck_assert_int_eq(pole_heard_new(NULL, &heard), POLE_OK);
    ck_assert_int_eq(pole_hear(&text, 1, NULL, heard), POLE_OK);
    const pole_known_digit digits[] = {{0, 1}, {10, 1}, {1, 10}};
    const pole_box boxes[] = {{46, 126, 45, 127}, {45, 126, 46, NAN}};
    const pole_point corners[] = {{45, 126}, {46, 126}, {46, 127}};
    const pole_point bad_corners[] = {{45, 126}, {NAN, 126}, {46, 127}};
    const size_t three = 3, two = 2;
    pole_evidence wrong[14];
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        pole_evidence_init(wrong + i);
        wrong[i].hint = (pole_point){45.77, 126.64};
    }
    wrong[0].hint_radius_m = -1.0;
    wrong[1].hint_radius_m = NAN;
    wrong[2].hint_radius_m = 1e7;
    wrong[3].hint_radius_m = 100.0;
    wrong[3].hint.lat_deg = 91.0;
    wrong[4].hint_radius_m = 100.0;
    wrong[4].hint_level = 1.0;
    for (size_t i = 0; i < 3; i++) {
        wrong[5 + i].digits = digits + i;
        wrong[5 + i].digit_count = 1;
    }
    wrong[8].digit_count = 1;
    wrong[9].box = boxes;
    wrong[10].box = boxes + 1;
    wrong[11].polygon = corners;
    wrong[11].polygon_rings = &two;
    wrong[11].polygon_ring_count = 1;
    wrong[12].polygon = bad_corners;
    wrong[12].polygon_rings = &three;
    wrong[12].polygon_ring_count = 1;
    wrong[13].struct_size = 1;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        pole_resolve_options options;
        pole_resolve_options_init(&options);
        options.evidence = wrong + i;
        ck_assert_msg(pole_resolve(city, heard, &options, resolution) == POLE_INVALID_ARGUMENT,
                      "evidence %zu", i);
        assert_forgotten(resolution);
    }
    pole_resolution_free(resolution);
    pole_heard_free(heard);
}
END_TEST

START_TEST(no_unsound_option_is_used)
{
    const pole_text text = {span_of("2334502"), 1.0};
    pole_resolution *resolution = resolve_text(city, "2334502", NULL);
    pole_heard *heard = NULL;
    ck_assert_int_eq(pole_heard_new(NULL, &heard), POLE_OK);
    ck_assert_int_eq(pole_hear(&text, 1, NULL, heard), POLE_OK);
    pole_resolve_options wrong[8];
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        pole_resolve_options_init(wrong + i);
    wrong[0].clean = 1.0;
    wrong[1].clean = -0.1;
    wrong[2].near_m = -1.0;
    wrong[3].near_m = NAN;
    wrong[4].exact_confidence = 1.5;
    wrong[5].corrected_place = NAN;
    wrong[6].caller_language = 3;
    wrong[7].near_m = 1e6;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        ck_assert_msg(pole_resolve(city, heard, wrong + i, resolution) == POLE_INVALID_ARGUMENT,
                      "options %zu", i);
        assert_forgotten(resolution);
    }
    pole_resolution_free(resolution);
    pole_heard_free(heard);
}
END_TEST

START_TEST(nothing_is_read_from_an_answer)
{
    pole_resolution *resolution = resolve_text(city, "2334502", NULL);
    pole_candidate candidate;
    pole_record record;
    pole_answer answer = {.struct_size = 0};
    WRONG(pole_resolution_answer(resolution, NULL));
    WRONG(pole_resolution_answer(resolution, &answer));
    SOIL_RECORD(candidate);
    SOIL_RECORD(record);
    ck_assert_int_eq(pole_resolution_candidate(resolution, 99, &candidate, &record),
                     POLE_NOT_FOUND);
    ck_assert(RECORD_IS_EMPTY(candidate));
    ck_assert(RECORD_IS_EMPTY(record));
    WRONG(pole_resolution_candidate(resolution, 0, NULL, &record));
    record.struct_size = 0;
    WRONG(pole_resolution_candidate(resolution, 0, &candidate, &record));
    pole_resolution_free(resolution);
}
END_TEST

START_TEST(no_json_is_written)
{
    static const int32_t languages[][2] = {{-1, 0}, {POLE_LANGUAGE_RU, 0}, {0, -1}, {0, 3}};
    const pole_point here = {45.7765, 126.6161};
    const pole_error error = {.status = POLE_IO};
    pole_resolution *resolution = resolve_text(city, "2334502", NULL);
    pole_json_options options;
    char text[8];
    size_t needed;
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        pole_json_options_init(&options);
        options.language = languages[i][0];
        options.caller_language = languages[i][1];
        memcpy(text, "old", 4);
        needed = 9;
        WRONG(pole_resolution_json(resolution, &options, text, sizeof text, &needed));
        ck_assert_str_eq(text, "");
        ck_assert_uint_eq(needed, 0);
        WRONG(pole_hit_json(resolution, 0, 0, &options, text, sizeof text, &needed));
        WRONG(pole_stations_json(city, empty, here, empty, NULL, 0, NULL, &options, text,
                                 sizeof text, &needed));
    }
    WRONG(pole_resolution_json(resolution, NULL, NULL, 8, &needed));
    WRONG(pole_resolution_json(resolution, NULL, text, sizeof text, NULL));
    WRONG(pole_hit_json(NULL, 0, 0, NULL, text, sizeof text, &needed));
    WRONG(pole_stations_json(NULL, empty, here, empty, NULL, 0, NULL, NULL, text, sizeof text,
                             &needed));
    WRONG(pole_stations_json(city, nowhere, here, empty, NULL, 0, NULL, NULL, text, sizeof text,
                             &needed));
    WRONG(pole_stations_json(city, empty, here, nowhere, NULL, 0, NULL, NULL, text, sizeof text,
                             &needed));
    WRONG(pole_stations_json(city, empty, here, empty, NULL, 2, NULL, NULL, text, sizeof text,
                             &needed));
    WRONG(pole_info_json(NULL, text, sizeof text, &needed));
    WRONG(pole_info_json(city, text, sizeof text, NULL));
    WRONG(pole_error_json(NULL, text, sizeof text, &needed));
    WRONG(pole_error_json(&error, NULL, 8, &needed));
    pole_resolution_free(resolution);
}
END_TEST

START_TEST(no_crs_is_made_or_asked)
{
    pole_crs *crs;
    pole_error error;
    double x = 1.0, y = 2.0;
    size_t bad = 9;
    soil(&crs, sizeof crs);
    WRONG(pole_crs_new(nowhere, NULL, NULL, &crs, &error));
    ck_assert_ptr_null(crs);
    soil(&crs, sizeof crs);
    WRONG(pole_crs_new(span_of("mars"), NULL, NULL, &crs, &error));
    ck_assert_ptr_null(crs);
    soil(&crs, sizeof crs);
    ck_assert_int_eq(pole_crs_new(span_of("EPSG:4530"), NULL, NULL, &crs, &error),
                     POLE_UNSUPPORTED);
    ck_assert_ptr_null(crs);
    WRONG(pole_crs_new(span_of("gcj02"), NULL, NULL, NULL, &error));
    WRONG(pole_crs_to_wgs84(NULL, 1, &x, &y, &bad));
    ck_assert_uint_eq(bad, 0);
    WRONG(pole_crs_from_wgs84(NULL, 1, &x, &y, &bad));
    ck_assert_int_eq(pole_crs_new(span_of("gcj02"), NULL, NULL, &crs, &error), POLE_OK);
    WRONG(pole_crs_to_wgs84(crs, 1, NULL, &y, &bad));
    WRONG(pole_crs_from_wgs84(crs, 1, &x, NULL, &bad));
    ck_assert_double_eq(x, 1.0);
    ck_assert_double_eq(y, 2.0);
    ck_assert_int_eq(pole_crs_to_wgs84(crs, 0, NULL, NULL, NULL), POLE_OK);
    pole_crs_free(crs);
    pole_crs_free(NULL);
    ck_assert_str_eq(pole_crs_name(NULL), "");
    ck_assert_str_eq(pole_crs_unit(NULL), "");
    ck_assert_int_eq(pole_crs_is_geographic(NULL), 0);
    ck_assert(isnan(pole_crs_accuracy_m(NULL)));
}
END_TEST

START_TEST(nothing_is_built_or_exported)
{
    pole_builder *builder;
    pole_build_options options;
    pole_export_options export;
    pole_build_report report;
    pole_error error;
    byte_block block = {NULL, 0, 0};
    const pole_sink sink = byte_block_sink(&block), no_sink = {NULL, NULL};
    soil(&builder, sizeof builder);
    pole_build_options_init(&options);
    options.struct_size = 2;
    WRONG(pole_builder_new(&options, &builder, &error));
    ck_assert_ptr_null(builder);
    WRONG(pole_builder_new(NULL, NULL, &error));
    WRONG(pole_builder_add_file(NULL, POLE_TABLE_POLES, "x", &error));
    WRONG(pole_builder_add_pole(NULL, empty, NULL, &error));
    WRONG(pole_builder_add_station(NULL, NULL, &error));
    WRONG(pole_builder_add_area(NULL, empty, NULL, NULL, 0, &error));
    SOIL_RECORD(report);
    WRONG(pole_builder_finish(NULL, "/tmp/x.plx", &report, &error));
    ck_assert(RECORD_IS_EMPTY(report));
    WRONG(pole_builder_finish_to(NULL, &sink, NULL, &error));
    pole_builder_free(NULL);
    ck_assert_int_eq(pole_builder_new(NULL, &builder, &error), POLE_OK);
    WRONG(pole_builder_add_file(builder, 0, "x", &error));
    WRONG(pole_builder_add_file(builder, 4, "x", &error));
    WRONG(pole_builder_add_file(builder, POLE_TABLE_POLES, NULL, &error));
    SOIL_RECORD(report);
    WRONG(pole_builder_finish(builder, NULL, &report, &error));
    ck_assert(RECORD_IS_EMPTY(report));
    WRONG(pole_builder_finish_to(builder, NULL, &report, &error));
    WRONG(pole_builder_finish_to(builder, &no_sink, &report, &error));
    /* A wrong call is no failure of the build: it goes on. */
    ck_assert_int_eq(pole_builder_finish_to(builder, &sink, &report, &error), POLE_REFUSED);
    pole_builder_free(builder);
    WRONG(pole_export(NULL, NULL, &sink, &error));
    WRONG(pole_export(city, NULL, NULL, &error));
    WRONG(pole_export(city, NULL, &no_sink, &error));
    pole_export_options_init(&export);
    export.table = 4;
    WRONG(pole_export(city, &export, &sink, &error));
    export.table = POLE_TABLE_POLES;
    export.format = 0;
    WRONG(pole_export(city, &export, &sink, &error));
    ck_assert_uint_eq(block.size, 0);
    ck_assert_str_eq(pole_export_csvt(4), "");
}
END_TEST

typedef struct {
    char text[POLE_QUESTION_BYTES];
} question_words;

static question_words words_of(int32_t kind, int32_t language)
{
    const pole_question question = {.struct_size = sizeof question, .kind = kind, .digits = 7};
    question_words words;
    ck_assert_int_eq(pole_question_text(&question, language, words.text, sizeof words.text, NULL),
                     POLE_OK);
    return words;
}

START_TEST(words_for_numbers_that_nobody_knows)
{
    static const int32_t numbers[] = {-1, 14, INT32_MIN, INT32_MAX};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        ck_assert_str_eq(pole_match_name(numbers[i]), "unknown");
        ck_assert_str_eq(pole_role_name(numbers[i]), "unknown");
        ck_assert_str_eq(pole_question_name(numbers[i]), "nothing");
        ck_assert_str_eq(words_of(numbers[i], POLE_LANGUAGE_EN).text, "");
        ck_assert_ptr_null(pole_reason_name(numbers[i]));
        ck_assert_ptr_nonnull(pole_finding_name(numbers[i]));
    }
    ck_assert_ptr_null(pole_reason_name(POLE_REASON_NONE));
    ck_assert_ptr_null(pole_warning_name(0));
    ck_assert_ptr_null(pole_warning_name(3));
    ck_assert_ptr_null(pole_warning_name(1u << 31));
    ck_assert_str_eq(pole_warning_text(3, POLE_LANGUAGE_EN), "");
    ck_assert_str_eq(words_of(POLE_ASK_SIDE, 99).text,
                     words_of(POLE_ASK_SIDE, POLE_LANGUAGE_ZH).text);
    for (uint32_t bit = 1; bit <= POLE_WARN_OTHER_LENGTH; bit <<= 1) {
        ck_assert_ptr_nonnull(pole_warning_name(bit));
        ck_assert_str_ne(pole_warning_text(bit, POLE_LANGUAGE_ZH), "");
        ck_assert_str_ne(pole_warning_text(bit, POLE_LANGUAGE_EN), "");
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("wrong answers");
    TCase *tests = tcase_create("wrong answers");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, nothing_is_heard);
    tcase_add_test(tests, no_old_answer_stays_behind);
    tcase_add_test(tests, no_unsound_evidence_is_used);
    tcase_add_test(tests, no_unsound_option_is_used);
    tcase_add_test(tests, nothing_is_read_from_an_answer);
    tcase_add_test(tests, no_json_is_written);
    tcase_add_test(tests, no_crs_is_made_or_asked);
    tcase_add_test(tests, nothing_is_built_or_exported);
    tcase_add_test(tests, words_for_numbers_that_nobody_knows);
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
