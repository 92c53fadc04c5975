/* SPDX-License-Identifier: MIT
 * What evidence beside the digits may do to an answer, and what it never may: override a code of
 * the table in silence, make a wrong pole exact, or be lost. Each claim is asked of many poles of a
 * city whose codes are as dense as Harbin's. */
#include <check.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/code_city.h"
#include "support/small_city.h"
#include "support/test_main.h"
#include "support/test_random.h"

#define ASKED 60 /* poles, of each claim */
#define LAT_M 111132.0

static pole_index *city;
static pole_info info;
static pole_heard *heard, *also;
static pole_resolution *resolution;
static test_random dice;

static void setup(void)
{
    const code_city_size size = {6, 6, 12, 24, 0};
    dice = test_random_begin("evidence", 7301);
    city = code_city_open(&size, &dice);
    info.struct_size = sizeof info;
    ck_assert_int_eq(pole_index_info(city, &info), POLE_OK);
    ck_assert_int_eq(pole_heard_new(NULL, &heard), POLE_OK);
    ck_assert_int_eq(pole_heard_new(NULL, &also), POLE_OK);
    ck_assert_int_eq(pole_resolution_new(NULL, &resolution), POLE_OK);
}

static void teardown(void)
{
    pole_heard_free(heard);
    pole_heard_free(also);
    pole_resolution_free(resolution);
    pole_index_close(city);
}

static pole_record record_of(pole_row row)
{
    pole_record record = {.struct_size = sizeof record};
    ck_assert_int_eq(pole_index_record(city, row, &record), POLE_OK);
    return record;
}

/* A pole that stands. */
static pole_record some_pole(void)
{
    for (;;) {
        const pole_record pole = record_of((pole_row)test_random_below(&dice, info.poles));
        if (pole.state == POLE_STATE_ACTIVE)
            return pole;
    }
}

static void hear_code(pole_heard *into, pole_code code)
{
    char text[32];
    pole_hear_options options;
    pole_hear_options_init(&options);
    options.lengths = pole_index_lengths(city);
    ck_assert_int_eq(pole_code_format(city, code, 0, text, sizeof text, NULL), POLE_OK);
    const pole_text said = {span_of(text), 1.0};
    ck_assert_int_eq(pole_hear(&said, 1, &options, into), POLE_OK);
}

static pole_answer resolve(const pole_evidence *evidence)
{
    pole_resolve_options options;
    pole_answer answer = {.struct_size = sizeof answer};
    pole_resolve_options_init(&options);
    options.evidence = evidence;
    options.limit = 5;
    ck_assert_int_eq(pole_resolve(city, heard, &options, resolution), POLE_OK);
    ck_assert_int_eq(pole_resolution_answer(resolution, &answer), POLE_OK);
    ck_assert_double_eq_tol(answer.confidence_place + answer.far_share + answer.no_pole, 1.0, 1e-9);
    return answer;
}

static pole_row candidate_row(size_t i, double *confidence)
{
    pole_candidate candidate = {.struct_size = sizeof candidate};
    pole_record record = {.struct_size = sizeof record};
    if (pole_resolution_candidate(resolution, i, &candidate, &record) != POLE_OK)
        return POLE_NO_ROW;
    if (confidence)
        *confidence = candidate.confidence;
    return record.row;
}

static bool is_listed(pole_row row)
{
    for (size_t i = 0;; i++) {
        const pole_row listed = candidate_row(i, NULL);
        if (listed == row || listed == POLE_NO_ROW)
            return listed == row;
    }
}

static pole_point moved(pole_point at, double north_m, double east_m)
{
    at.lat_deg += north_m / LAT_M;
    at.lon_deg += east_m / (LAT_M * cos(at.lat_deg * 3.14159265358979 / 180));
    return at;
}

/* A pole at one wrong digit of another, at least far_m away; false when there is none. */
static bool far_twin(const pole_record *pole, pole_record *twin)
{
    for (unsigned tries = 0; tries < 200; tries++) {
        pole_code code = pole->code;
        uint32_t power = 1;
        pole_row row;
        for (uint64_t place = test_random_below(&dice, 7); place > 0; place--)
            power *= 10;
        const uint32_t digit = code.number / power % 10;
        code.number += ((uint32_t)test_random_below(&dice, 10) - digit) * power;
        if (code.number == pole->code.number || pole_index_find(city, code, &row) != POLE_OK)
            continue;
        *twin = record_of(row);
        if (hypot(twin->at.lat_deg - pole->at.lat_deg, twin->at.lon_deg - pole->at.lon_deg) > 0.02)
            return true;
    }
    return false;
}

static pole_evidence hint_at(pole_point at, double radius_m)
{
    pole_evidence evidence;
    pole_evidence_init(&evidence);
    evidence.hint = at;
    evidence.hint_radius_m = radius_m;
    return evidence;
}

START_TEST(a_hint_that_agrees_speaks_for_the_answer)
{
    for (unsigned i = 0; i < ASKED; i++) {
        const pole_record pole = some_pole();
        hear_code(heard, pole.code);
        pole_evidence evidence = hint_at(moved(pole.at, 60, -40), 100);
        evidence.hint_given = span_of("as given");
        const pole_answer answer = resolve(&evidence);
        ck_assert_uint_eq(answer.corroborated_by, POLE_EVIDENCE_HINT);
        ck_assert_uint_eq(answer.warnings & (POLE_WARN_UNCORROBORATED | POLE_WARN_HINT_CONFLICT |
                                             POLE_WARN_HINT_OUTSIDE),
                          0);
        ck_assert_uint_eq(candidate_row(0, NULL), pole.row);
        pole_evidence_used used = {.struct_size = sizeof used};
        ck_assert_int_eq(pole_resolution_evidence(resolution, 0, &used), POLE_OK);
        ck_assert_int_eq(used.kind, POLE_EVIDENCE_HINT);
        ck_assert_int_eq(used.agrees, 1);
        ck_assert_uint_eq(used.given.size_bytes, 8);
        ck_assert_int_eq(memcmp(used.given.data, "as given", 8), 0);
        ck_assert_int_eq(pole_resolution_evidence(resolution, 1, &used), POLE_NOT_FOUND);
    }
}
END_TEST

/* Many call for somebody else: the phone is then nowhere near, and the code is still right. */
START_TEST(a_hint_elsewhere_is_a_conflict_and_does_not_win)
{
    for (unsigned i = 0; i < ASKED; i++) {
        const pole_record pole = some_pole();
        hear_code(heard, pole.code);
        const pole_evidence evidence = hint_at(moved(pole.at, 400000, 0), 200);
        const pole_answer answer = resolve(&evidence);
        ck_assert_int_eq(answer.match, POLE_AMBIGUOUS);
        ck_assert_uint_ne(answer.warnings & POLE_WARN_HINT_CONFLICT, 0);
        ck_assert_uint_ne(answer.warnings & POLE_WARN_HINT_OUTSIDE, 0);
        ck_assert_uint_ne(answer.warnings & POLE_WARN_UNCORROBORATED, 0);
        ck_assert_uint_eq(answer.corroborated_by, 0);
        ck_assert_uint_eq(candidate_row(0, NULL), pole.row);
        ck_assert_double_gt(answer.confidence, 0.5);
        ck_assert_int_eq(answer.question, POLE_ASK_PLACE);
    }
}
END_TEST

START_TEST(a_hint_in_gcj02_is_said_to_look_like_it)
{
    unsigned said = 0;
    for (unsigned i = 0; i < ASKED; i++) {
        const pole_record pole = some_pole();
        pole_crs *crs = NULL;
        double x = pole.at.lon_deg, y = pole.at.lat_deg;
        ck_assert_int_eq(pole_crs_new(span_of("gcj02"), NULL, NULL, &crs, NULL), POLE_OK);
        ck_assert_int_eq(pole_crs_from_wgs84(crs, 1, &x, &y, NULL), POLE_OK);
        pole_crs_free(crs);
        hear_code(heard, pole.code);
        pole_evidence evidence = hint_at((pole_point){y, x}, 50);
        pole_answer answer = resolve(&evidence);
        said += (answer.warnings & POLE_WARN_HINT_DATUM_SUSPECT) != 0 &&
                candidate_row(0, NULL) == pole.row;
        ck_assert_int_ne(answer.match, POLE_EXACT);
        /* Who says what datum it is in is believed. */
        evidence.hint_crs = span_of("EPSG:4326");
        answer = resolve(&evidence);
        ck_assert_uint_eq(answer.warnings & POLE_WARN_HINT_DATUM_SUSPECT, 0);
    }
    ck_assert_uint_ge(said, ASKED * 9 / 10);
}
END_TEST

/* Rule 2 of the answers: if evidence wins against a code of the table, both are shown. */
START_TEST(evidence_never_overrides_a_code_in_silence)
{
    unsigned overridden = 0;
    for (unsigned i = 0; i < 4 * ASKED; i++) {
        const pole_record pole = some_pole();
        pole_record twin;
        if (!far_twin(&pole, &twin))
            continue;
        hear_code(heard, twin.code);
        pole_evidence evidence = hint_at(pole.at, 50);
        evidence.street = pole.street;
        const pole_answer answer = resolve(&evidence);
        ck_assert_int_ne(answer.match, POLE_EXACT);
        ck_assert_uint_ne(answer.warnings & (POLE_WARN_HINT_CONFLICT | POLE_WARN_STREET_CONFLICT),
                          0);
        ck_assert(is_listed(twin.row));
        if (candidate_row(0, NULL) != twin.row) {
            overridden++;
            ck_assert(answer.match == POLE_AMBIGUOUS || answer.match == POLE_CORRECTED);
        }
    }
    ck_assert_uint_gt(overridden, ASKED / 4);
}
END_TEST

START_TEST(a_second_pole_in_sight_speaks_for_the_first)
{
    unsigned asked = 0;
    for (unsigned i = 0; i < 4 * ASKED && asked < ASKED; i++) {
        const pole_record pole = some_pole();
        pole_hit hits[3];
        size_t count;
        ck_assert_int_eq(pole_nearest(city, pole.at, 3, 60.0, hits, &count), POLE_OK);
        if (count < 3 || record_of(hits[1].row).state != POLE_STATE_ACTIVE)
            continue;
        asked++;
        hear_code(heard, pole.code);
        hear_code(also, record_of(hits[1].row).code);
        pole_evidence evidence;
        pole_evidence_init(&evidence);
        evidence.also = also;
        pole_answer answer = resolve(&evidence);
        ck_assert_uint_eq(answer.corroborated_by, POLE_EVIDENCE_ALSO);
        ck_assert_uint_eq(candidate_row(0, NULL), pole.row);

        pole_record twin;
        if (!far_twin(&pole, &twin))
            continue;
        hear_code(also, twin.code);
        evidence.also = also;
        answer = resolve(&evidence);
        ck_assert_int_ne(answer.match, POLE_EXACT);
    }
    ck_assert_uint_eq(asked, ASKED);
}
END_TEST

static void hear_again(const char *first, const char *then)
{
    char text[80];
    pole_hear_options options;
    pole_hear_options_init(&options);
    options.lengths = pole_index_lengths(city);
    snprintf(text, sizeof text, "%s%s%s", first, then[0] ? "，再说一遍，" : "", then);
    const pole_text said = {span_of(text), 1.0};
    ck_assert_int_eq(pole_hear(&said, 1, &options, heard), POLE_OK);
}

/* The two digits in which codes of seven differ, the lower one first; 0: not in one place. */
static int one_digit_apart(const char *a, const char *b)
{
    int found = 0;
    for (unsigned i = 0; i < 7; i++) {
        if (a[i] == b[i])
            continue;
        if (found != 0)
            return 0;
        found = a[i] < b[i] ? 10 * (a[i] - '0') + b[i] - '0' : 10 * (b[i] - '0') + a[i] - '0';
    }
    return found;
}

/* A call and a former one of the same pole are one text. What the ear may have made of 1 and 7
 * goes, what the paint may have made of 3 and 8 stays; neither is as if two had read two poles. */
START_TEST(a_former_call_as_a_saying_mends_the_ear_and_not_the_paint)
{
    double ear = 0, ears = 0, paint = 0, paints = 0;
    for (unsigned i = 0; i < 10 * ASKED; i++) {
        const pole_record pole = some_pole();
        char text[32], other[32];
        double first, rival[5] = {0};
        pole_row rows[5];
        ck_assert_int_eq(pole_code_format(city, pole.code, 0, text, sizeof text, NULL), POLE_OK);
        hear_again(text, "");
        resolve(NULL);
        for (size_t k = 0; k < 5; k++)
            rows[k] = candidate_row(k, rival + k);
        first = rival[0];
        hear_again(text, text);
        resolve(NULL);
        double now = 0, again = 0;
        ck_assert_uint_eq(candidate_row(0, &now), pole.row);
        for (size_t k = 1; k < 5; k++) {
            const pole_row row = candidate_row(k, &again);
            for (size_t m = 1; m < 5 && row != POLE_NO_ROW; m++) {
                if (rows[m] != row)
                    continue;
                const double before = rival[m] / first, after = again / now;
                ck_assert_double_le(after, before * (1 + 1e-9));
                ck_assert_double_ge(after, 2 * before * before);
                ck_assert_int_eq(
                    pole_code_format(city, record_of(row).code, 0, other, sizeof other, NULL),
                    POLE_OK);
                const int digits = one_digit_apart(text, other);
                if (digits == 17)
                    ear += after / before, ears += 1;
                if (digits == 38)
                    paint += after / before, paints += 1;
            }
        }
    }
    ck_assert_double_ge(ears, 10);
    ck_assert_double_ge(paints, 10);
    ck_assert_double_le(ear / ears, 0.9 * paint / paints);
}
END_TEST

START_TEST(a_former_call_that_differs_in_a_digit_leaves_the_pole_that_both_can_mean)
{
    unsigned right = 0;
    for (unsigned i = 0; i < ASKED; i++) {
        const pole_record pole = some_pole();
        char text[32], wrong[32];
        ck_assert_int_eq(pole_code_format(city, pole.code, 0, text, sizeof text, NULL), POLE_OK);
        strcpy(wrong, text);
        char *digit = wrong + test_random_below(&dice, 7);
        *digit = (char)('0' + (*digit - '0' + 1 + (int)test_random_below(&dice, 9)) % 10);
        hear_again(wrong, text);
        double then = 0, alone = 0;
        resolve(NULL);
        const bool first = candidate_row(0, &then) == pole.row;
        hear_again(wrong, "");
        resolve(NULL);
        const bool was_first = candidate_row(0, &alone) == pole.row;
        ck_assert(!first || !was_first || then > alone);
        right += first;
    }
    ck_assert_uint_gt(right, ASKED * 3 / 4);
}
END_TEST

START_TEST(an_answered_digit_that_differs_is_never_exact)
{
    for (unsigned i = 0; i < ASKED; i++) {
        const pole_record pole = some_pole();
        const unsigned place = (unsigned)test_random_below(&dice, 7);
        char text[32];
        ck_assert_int_eq(pole_code_format(city, pole.code, 0, text, sizeof text, NULL), POLE_OK);
        pole_known_digit known = {(uint8_t)(place + 1), (uint8_t)(text[place] - '0')};
        pole_evidence evidence;
        pole_evidence_init(&evidence);
        evidence.digits = &known;
        evidence.digit_count = 1;
        hear_code(heard, pole.code);
        pole_answer answer = resolve(&evidence);
        ck_assert_uint_eq(answer.corroborated_by, POLE_EVIDENCE_DIGIT);
        ck_assert_uint_eq(candidate_row(0, NULL), pole.row);
        known.digit = (uint8_t)((known.digit + 1 + test_random_below(&dice, 9)) % 10);
        answer = resolve(&evidence);
        ck_assert_int_ne(answer.match, POLE_EXACT);
        ck_assert(is_listed(pole.row));
    }
}
END_TEST

START_TEST(a_street_that_nobody_knows_changes_nothing)
{
    for (unsigned i = 0; i < ASKED; i++) {
        const pole_record pole = some_pole();
        double before, after;
        pole_evidence evidence;
        pole_evidence_init(&evidence);
        hear_code(heard, pole.code);
        (void)resolve(NULL);
        ck_assert_uint_ne(candidate_row(0, &before), POLE_NO_ROW);
        evidence.street = span_of("Llanfairpwll");
        const pole_answer answer = resolve(&evidence);
        ck_assert_uint_ne(answer.warnings & POLE_WARN_STREET_UNMATCHED, 0);
        ck_assert_uint_eq(candidate_row(0, &after), pole.row);
        ck_assert_double_eq_tol(before, after, 1e-12);
    }
}
END_TEST

/* A hard limit is obeyed, and what it hides is named. */
START_TEST(a_box_is_obeyed_and_says_what_it_forbids)
{
    unsigned asked = 0;
    for (unsigned i = 0; i < 4 * ASKED; i++) {
        const pole_record pole = some_pole();
        pole_record twin;
        if (!far_twin(&pole, &twin))
            continue;
        asked++;
        const pole_point low = moved(pole.at, -300, -300), high = moved(pole.at, 300, 300);
        const pole_box box = {low.lat_deg, low.lon_deg, high.lat_deg, high.lon_deg};
        const pole_point ring[] = {{low.lat_deg, low.lon_deg},
                                   {low.lat_deg, high.lon_deg},
                                   {high.lat_deg, high.lon_deg},
                                   {high.lat_deg, low.lon_deg}};
        const size_t four = 4;
        pole_evidence boxed, cut;
        double shares[2];
        pole_evidence_init(&boxed);
        pole_evidence_init(&cut);
        boxed.box = &box;
        cut.polygon = ring;
        cut.polygon_rings = &four;
        cut.polygon_ring_count = 1;
        hear_code(heard, twin.code);
        for (unsigned form = 0; form < 2; form++) {
            const pole_answer answer = resolve(form ? &cut : &boxed);
            pole_evidence_used used = {.struct_size = sizeof used};
            ck_assert_int_ne(answer.match, POLE_EXACT);
            ck_assert_int_eq(pole_resolution_evidence(resolution, 0, &used), POLE_OK);
            ck_assert_uint_eq(used.outside, twin.row);
            ck_assert_double_gt(used.outside_share, 0.5);
            for (size_t k = 0; k < answer.candidates; k++) {
                const pole_point at = record_of(candidate_row(k, NULL)).at;
                ck_assert(at.lat_deg >= low.lat_deg && at.lat_deg <= high.lat_deg);
                ck_assert(at.lon_deg >= low.lon_deg && at.lon_deg <= high.lon_deg);
            }
            shares[form] = answer.confidence;
        }
        ck_assert_double_eq_tol(shares[0], shares[1], 1e-12);
    }
    ck_assert_uint_gt(asked, ASKED);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("evidence");
    TCase *tests = tcase_create("evidence");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, a_hint_that_agrees_speaks_for_the_answer);
    tcase_add_test(tests, a_hint_elsewhere_is_a_conflict_and_does_not_win);
    tcase_add_test(tests, a_hint_in_gcj02_is_said_to_look_like_it);
    tcase_add_test(tests, evidence_never_overrides_a_code_in_silence);
    tcase_add_test(tests, a_former_call_as_a_saying_mends_the_ear_and_not_the_paint);
    tcase_add_test(tests, a_former_call_that_differs_in_a_digit_leaves_the_pole_that_both_can_mean);
    tcase_add_test(tests, a_second_pole_in_sight_speaks_for_the_first);
    tcase_add_test(tests, an_answered_digit_that_differs_is_never_exact);
    tcase_add_test(tests, a_street_that_nobody_knows_changes_nothing);
    tcase_add_test(tests, a_box_is_obeyed_and_says_what_it_forbids);
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
