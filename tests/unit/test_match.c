/* SPDX-License-Identifier: MIT
 * Rows of a log are matched in two ways, by stored doubts and in full, and nobody may be able to
 * tell which: every pole's code of the sample and of its counties, at several shares heard clean,
 * against pole_resolve(); and texts with evidence, aliases and noise against the same, at any place
 * of a batch. Whatever is not sure has no place.
 *
 * Arguments: an index; and compare one pole in how many (else each). */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/small_city.h"
#include "support/test_main.h"

static const char *index_path;
static uint32_t one_in = 1;
static pole_index *city;

static void open_city(void)
{
    pole_error error;
    ck_assert_msg(pole_index_open(index_path, NULL, &city, &error) == POLE_OK, "%s", error.message);
}

static void close_city(void)
{
    pole_index_close(city);
}

/* What pole_resolve() says, to compare with. */
typedef struct {
    pole_answer answer;
    pole_record pole;
    pole_candidate candidate;
    pole_station_hit station; /* the chosen one; role 0: none */
} full_answer;

static full_answer resolve_fully(const pole_index *index, pole_span text,
                                 const pole_resolve_options *options, pole_heard *heard,
                                 pole_resolution *resolution)
{
    full_answer full = {.answer = {.struct_size = sizeof full.answer},
                        .pole = {.struct_size = sizeof full.pole},
                        .candidate = {.struct_size = sizeof full.candidate}};
    const pole_text said = {text, 1.0};
    pole_hear_options hear;
    pole_hear_options_init(&hear);
    hear.lengths = pole_index_lengths(index);
    ck_assert_int_eq(pole_hear(&said, 1, &hear, heard), POLE_OK);
    ck_assert_int_eq(pole_resolve(index, heard, options, resolution), POLE_OK);
    ck_assert_int_eq(pole_resolution_answer(resolution, &full.answer), POLE_OK);
    if (pole_resolution_candidate(resolution, 0, &full.candidate, &full.pole) == POLE_OK)
        for (size_t i = 0; i < full.candidate.station_count; i++)
            if (full.candidate.stations[i].chosen)
                full.station = full.candidate.stations[i];
    return full;
}

static int is_near(double a, double b)
{
    return (isnan(a) && isnan(b)) || fabs(a - b) <= 1e-4;
}

static void expect_equal(const char *text, const pole_row_match *match, const full_answer *full)
{
    ck_assert_msg(match->match == full->answer.match, "%s: %s, resolved %s", text,
                  pole_match_name(match->match), pole_match_name(full->answer.match));
    ck_assert_msg(match->warnings == full->answer.warnings, "%s: warnings %x, resolved %x", text,
                  match->warnings, full->answer.warnings);
    ck_assert_int_eq(match->reason, full->answer.reason);
    if (match->match == POLE_INTERPOLATED)
        return;
    ck_assert_msg(is_near(match->confidence, full->answer.confidence) &&
                      is_near(match->confidence_place, full->answer.confidence_place) &&
                      is_near(match->far_share, full->answer.far_share) &&
                      is_near(match->no_pole, full->answer.no_pole),
                  "%s: other confidences", text);
    const int sure = match->match == POLE_EXACT || match->match == POLE_CORRECTED;
    ck_assert_msg(match->row == (sure ? full->pole.row : POLE_NO_ROW), "%s: another row", text);
    ck_assert_int_eq(isnan(match->at.lat_deg), !sure);
    if (!sure)
        return;
    ck_assert(match->at.lat_deg == full->pole.at.lat_deg &&
              match->at.lon_deg == full->pole.at.lon_deg);
    ck_assert_uint_eq(match->station, full->station.number);
    ck_assert_int_eq(match->station_role, full->station.role);
    ck_assert(match->station_distance_m == full->station.distance_m);
}

/* One pole in `step`; the first time nothing is remembered, the second time it is. */
static void compare_poles(double clean, uint32_t step)
{
    enum { BATCH = 1000 };
    static char texts[BATCH][12];
    static pole_span spans[BATCH];
    static pole_row_match matches[BATCH];
    pole_info info = {.struct_size = sizeof info};
    pole_resolve_options options;
    pole_matcher_options matching;
    pole_matcher *matcher;
    pole_heard *heard;
    pole_resolution *resolution;
    pole_resolve_options_init(&options);
    pole_matcher_options_init(&matching);
    options.clean = clean;
    options.limit = 1;
    matching.resolve = &options;
    matches[0].struct_size = sizeof matches[0];
    ck_assert_int_eq(pole_index_info(city, &info), POLE_OK);
    ck_assert_int_eq(pole_matcher_new(city, &matching, &matcher, NULL), POLE_OK);
    ck_assert_int_eq(pole_heard_new(NULL, &heard), POLE_OK);
    ck_assert_int_eq(pole_resolution_new(NULL, &resolution), POLE_OK);
    size_t count = 0;
    for (uint32_t row = 0; row < info.poles; row += step) {
        pole_record pole = {.struct_size = sizeof pole};
        ck_assert_int_eq(pole_index_record(city, row, &pole), POLE_OK);
        ck_assert_int_eq(
            pole_code_format(city, pole.code, 0, texts[count], sizeof texts[count], NULL), POLE_OK);
        spans[count] = span_of(texts[count]);
        if (++count < BATCH && row + step < info.poles)
            continue;
        for (int again = 0; again < 2; again++) {
            ck_assert_int_eq(pole_matcher_run(matcher, spans, NULL, count, matches), POLE_OK);
            for (size_t i = 0; i < count; i += again ? 10 : 1) {
                const full_answer full = resolve_fully(city, spans[i], &options, heard, resolution);
                expect_equal(texts[i], matches + i, &full);
            }
        }
        count = 0;
    }
    pole_resolution_free(resolution);
    pole_heard_free(heard);
    pole_matcher_free(matcher);
}

START_TEST(every_code_is_matched_as_it_is_resolved)
{
    compare_poles(0.0, one_in);
}
END_TEST

START_TEST(so_it_is_at_other_shares_heard_clean)
{
    compare_poles(0.28, 17 * one_in);
    compare_poles(0.97, 17 * one_in);
}
END_TEST

START_TEST(what_is_not_clean_is_resolved_with_its_evidence)
{
    static const char *const texts[] = {"1234567", "幺两三四五六拐", "2334502", "1234567 ",
                                        "",        "13800138000",    "123456",  "电线杆 7301",
                                        "99999",   "0000000",        "2334504"};
    enum { COUNT = sizeof texts / sizeof *texts };
    pole_span spans[COUNT];
    pole_row_evidence evidence[COUNT];
    pole_row_match matches[COUNT];
    pole_matcher *matcher;
    memset(evidence, 0, sizeof evidence);
    for (size_t i = 0; i < COUNT; i++)
        spans[i] = span_of(texts[i]);
    evidence[2].hint_lat = span_of("45.70");
    evidence[2].hint_lon = span_of(" 126.61");
    evidence[2].hint_radius_m = span_of("800");
    evidence[10].street = span_of("no such street at all");
    matches[0].struct_size = sizeof matches[0];
    ck_assert_int_eq(pole_matcher_new(city, NULL, &matcher, NULL), POLE_OK);
    ck_assert_int_eq(pole_matcher_run(matcher, spans, evidence, COUNT, matches), POLE_OK);
    pole_heard *heard;
    pole_resolution *resolution;
    ck_assert_int_eq(pole_heard_new(NULL, &heard), POLE_OK);
    ck_assert_int_eq(pole_resolution_new(NULL, &resolution), POLE_OK);
    for (size_t i = 0; i < COUNT; i++) {
        pole_resolve_options options;
        pole_evidence known;
        pole_resolve_options_init(&options);
        pole_evidence_init(&known);
        options.limit = 1;
        options.evidence = &known;
        known.street = evidence[i].street;
        if (i == 2) {
            known.hint = (pole_point){45.70, 126.61};
            known.hint_radius_m = 800.0;
        }
        const full_answer full = resolve_fully(city, spans[i], &options, heard, resolution);
        expect_equal(texts[i], matches + i, &full);
        ck_assert_uint_eq(matches[i].flags, 0);
    }
    pole_resolution_free(resolution);
    pole_heard_free(heard);
    pole_matcher_free(matcher);
}
END_TEST

START_TEST(evidence_that_cannot_be_read_is_told)
{
    const pole_span code = span_of("1234567");
    const pole_row_evidence bad[] = {
        {.hint_lat = span_of("n/a"), .hint_lon = span_of("126.6")},
        {.hint_lat = span_of("45.7")},
        {.hint_lat = span_of("126.6"), .hint_lon = span_of("45.7")},
        {.hint_lat = span_of("45.7"), .hint_lon = span_of("126.6"), .hint_radius_m = span_of("0")},
        {.hint_lat = span_of("45.7"), .hint_lon = span_of("126.6"), .hint_crs = span_of("mars")},
        {.scope = span_of("no such county")},
        {.also = span_of("nothing to hear")},
    };
    pole_matcher *matcher;
    pole_row_match match = {.struct_size = sizeof match}, without = match;
    ck_assert_int_eq(pole_matcher_new(city, NULL, &matcher, NULL), POLE_OK);
    ck_assert_int_eq(pole_matcher_run(matcher, &code, NULL, 1, &without), POLE_OK);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        ck_assert_int_eq(pole_matcher_run(matcher, &code, bad + i, 1, &match), POLE_OK);
        ck_assert_msg(match.flags == POLE_ROW_EVIDENCE_BAD, "case %zu", i);
        ck_assert_int_eq(match.match, without.match);
        ck_assert_uint_eq(match.row, without.row);
    }
    pole_matcher_free(matcher);
}
END_TEST

START_TEST(a_guess_is_told_only_where_it_was_asked_for)
{
    const pole_span texts[] = {span_of("123456?"), span_of("1234567")};
    pole_row_match matches[2] = {{.struct_size = sizeof matches[0]}};
    pole_matcher_options options;
    pole_matcher *matcher;
    pole_matcher_options_init(&options);
    for (uint32_t guess = 0; guess < 2; guess++) {
        options.best_guess = guess;
        ck_assert_int_eq(pole_matcher_new(city, &options, &matcher, NULL), POLE_OK);
        ck_assert_int_eq(pole_matcher_run(matcher, texts, NULL, 2, matches), POLE_OK);
        ck_assert_int_eq(matches[0].match, POLE_AMBIGUOUS);
        ck_assert_int_eq(matches[0].row != POLE_NO_ROW, guess);
        ck_assert_uint_eq(matches[0].flags, guess ? POLE_ROW_GUESSED : 0);
        ck_assert_int_eq(matches[1].match, POLE_EXACT);
        ck_assert_uint_eq(matches[1].flags, 0);
        pole_matcher_free(matcher);
    }
}
END_TEST

START_TEST(another_channel_is_remembered_as_it_was_resolved)
{
    const pole_span code = span_of("1234567");
    pole_resolve_options resolve;
    pole_matcher_options options;
    pole_matcher *matcher;
    pole_channel *heavy;
    pole_row_match first = {.struct_size = sizeof first}, second = first;
    pole_resolve_options_init(&resolve);
    pole_matcher_options_init(&options);
    ck_assert_int_eq(pole_channel_named(span_of("heavy"), NULL, &heavy), POLE_OK);
    resolve.channel = heavy;
    options.resolve = &resolve;
    ck_assert_int_eq(pole_matcher_new(city, &options, &matcher, NULL), POLE_OK);
    ck_assert_int_eq(pole_matcher_run(matcher, &code, NULL, 1, &first), POLE_OK);
    ck_assert_int_eq(pole_matcher_run(matcher, &code, NULL, 1, &second), POLE_OK);
    ck_assert_int_eq(first.match, POLE_AMBIGUOUS); /* 28 in 100 are heard clean */
    ck_assert_int_eq(second.match, first.match);
    ck_assert_uint_eq(second.warnings, first.warnings);
    ck_assert_double_eq_tol(second.confidence, first.confidence, 1e-6);
    pole_matcher_free(matcher);
    pole_channel_free(heavy);
}
END_TEST

START_TEST(unsound_options_are_refused)
{
    pole_resolve_options resolve;
    pole_matcher_options options;
    pole_matcher *matcher = NULL;
    pole_error error;
    pole_resolve_options_init(&resolve);
    pole_matcher_options_init(&options);
    ck_assert_int_eq(pole_matcher_new(NULL, NULL, &matcher, NULL), POLE_INVALID_ARGUMENT);
    options.station_role = 3;
    ck_assert_int_eq(pole_matcher_new(city, &options, &matcher, &error), POLE_INVALID_ARGUMENT);
    options.station_role = 0;
    options.resolve = &resolve;
    resolve.clean = 1.5;
    ck_assert_int_eq(pole_matcher_new(city, &options, &matcher, &error), POLE_INVALID_ARGUMENT);
    ck_assert_ptr_null(matcher);
    ck_assert(error.message[0] != '\0');
}
END_TEST

int main(int argc, char **argv)
{
    if (argc == 3)
        one_in = (uint32_t)strtoul(argv[2], NULL, 10);
    if (argc < 2 || argc > 3 || one_in < 1 || one_in > 1000) {
        fprintf(stderr, "usage: test_match INDEX [ONE_IN]\n");
        return 2;
    }
    index_path = argv[1];
    Suite *suite = suite_create("match");
    TCase *tests = tcase_create("match");
    tcase_add_checked_fixture(tests, open_city, close_city);
    tcase_set_timeout(tests, 900);
    tcase_add_test(tests, every_code_is_matched_as_it_is_resolved);
    tcase_add_test(tests, so_it_is_at_other_shares_heard_clean);
    tcase_add_test(tests, what_is_not_clean_is_resolved_with_its_evidence);
    tcase_add_test(tests, evidence_that_cannot_be_read_is_told);
    tcase_add_test(tests, a_guess_is_told_only_where_it_was_asked_for);
    tcase_add_test(tests, another_channel_is_remembered_as_it_was_resolved);
    tcase_add_test(tests, unsound_options_are_refused);
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
