/* SPDX-License-Identifier: MIT
 * Two poles seen. A stretch that is none, or a correction that is not the likeliest, sends a car to
 * the wrong street with two codes to vouch for it; so every pair is judged again by other means:
 * with PROJ's distances, and by what pole_resolve() believes of each code beside the other.
 *
 * Argument: the sample's index. */
#include <check.h>
#include <geodesic.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <polelookup/polelookup.h>

#include "index/index.h"
#include "support/build_run.h"
#include "support/test_main.h"
#include "support/test_memory.h"
#include "support/test_random.h"

static const char *sample_path;
static struct geod_geodesic earth;

static double proj_distance(const pole_index *index, pole_row a, pole_row b, double *course_deg)
{
    const pole_point p = pole_position_at(&index->positions, a);
    const pole_point q = pole_position_at(&index->positions, b);
    double distance_m, back_deg;
    geod_init(&earth, 6378137.0, 1 / 298.257223563);
    geod_inverse(&earth, p.lat_deg, p.lon_deg, q.lat_deg, q.lon_deg, &distance_m, course_deg,
                 &back_deg);
    if (*course_deg < 0)
        *course_deg += 360;
    return distance_m;
}

/* A street from south to north, odd numbers east of even ones; one that crosses its north end; a
 * third far off; two counties that share a code. */
static pole_index *streets_open(void)
{
    build_run run;
    build_run_init(&run);
    run.options.scheme = "district:1,station:2,street:2,pole:2;*/station:1,street:2,pole:2";
    build_run_add(&run, POLE_TABLE_POLES, "poles.csv",
                  "code,lat,lon,scope,street,status\n"
                  "1234561,45.76900,126.61620,,通江街,\n1234563,45.76927,126.61620,,通江街,\n"
                  "1234565,45.76954,126.61620,,通江街,\n1234567,45.76981,126.61620,,通江街,\n"
                  "1234569,45.77008,126.61620,,通江街,removed\n"
                  "1234571,45.77035,126.61620,,通江街,\n1234562,45.76900,126.61600,,通江街,\n"
                  "1234564,45.76927,126.61600,,通江街,\n1234566,45.76954,126.61600,,通江街,\n"
                  "1234568,45.76981,126.61600,,通江街,\n1234603,45.77030,126.61599,,霞曼街,\n"
                  "1234703,45.77500,126.62030,,友谊路,\n1234799,45.77500,126.65000,,友谊路,\n"
                  "12345,45.21000,127.96000,尚志市,中央大街,\n"
                  "12347,45.21030,127.96000,尚志市,中央大街,\n"
                  "12345,44.93000,127.16000,五常市,亚臣路,\n");
    build_run_finish(&run);
    pole_index *index = build_run_open(&run);
    build_run_end(&run);
    return index;
}

typedef struct {
    pole_resolution *resolution;
    pole_heard *heard[2];
    pole_between_answer answer;
} two_poles;

static void ask(two_poles *two, const pole_index *index, const char *first, const char *second)
{
    pole_hear_options options;
    const char *const texts[2] = {first, second};
    pole_hear_options_init(&options);
    options.lengths = pole_index_lengths(index);
    memset(two, 0, sizeof *two);
    two->answer.struct_size = sizeof two->answer;
    ck_assert_int_eq(pole_resolution_new(NULL, &two->resolution), POLE_OK);
    for (size_t i = 0; i < 2; i++) {
        const pole_text text = {span_of(texts[i]), 1.0};
        ck_assert_int_eq(pole_heard_new(NULL, &two->heard[i]), POLE_OK);
        ck_assert_int_eq(pole_hear(&text, 1, &options, two->heard[i]), POLE_OK);
    }
    ck_assert_int_eq(
        pole_between(index, two->heard[0], two->heard[1], NULL, two->resolution, &two->answer),
        POLE_OK);
}

static pole_row row_of(const two_poles *two, int32_t candidate)
{
    pole_candidate told = {.struct_size = sizeof told};
    pole_record pole = {.struct_size = sizeof pole};
    if (candidate < 0)
        return POLE_NO_ROW;
    ck_assert_int_eq(pole_resolution_candidate(two->resolution, (size_t)candidate, &told, &pole),
                     POLE_OK);
    return pole.row;
}

static void end(two_poles *two)
{
    pole_resolution_free(two->resolution);
    pole_heard_free(two->heard[0]);
    pole_heard_free(two->heard[1]);
}

static void code_text(const pole_index *index, pole_row row, char text[16])
{
    ck_assert_int_eq(pole_code_format(index, pole_index_code_of(index, row), 0, text, 16, NULL),
                     POLE_OK);
}

/* Each code resolved with the other beside it, as pole_resolve() tells it. */
static pole_resolution *resolve_both(const pole_index *index, const two_poles *two, size_t i)
{
    pole_resolution *resolution = NULL;
    pole_resolve_options options;
    pole_evidence evidence;
    pole_evidence_init(&evidence);
    evidence.also = two->heard[1 - i];
    pole_resolve_options_init(&options);
    options.evidence = &evidence;
    options.limit = 100;
    ck_assert_int_eq(pole_resolution_new(NULL, &resolution), POLE_OK);
    ck_assert_int_eq(pole_resolve(index, two->heard[i], &options, resolution), POLE_OK);
    return resolution;
}

/* What is believed of a row; NAN: it is not listed. */
static double confidence_of(const pole_resolution *resolution, pole_row row)
{
    pole_candidate told = {.struct_size = sizeof told};
    pole_record pole = {.struct_size = sizeof pole};
    for (size_t i = 0; pole_resolution_candidate(resolution, i, &told, &pole) == POLE_OK; i++)
        if (pole.row == row)
            return told.confidence;
    return (double)NAN;
}

static double told_confidence(const two_poles *two, int32_t candidate)
{
    pole_candidate told = {.struct_size = sizeof told};
    ck_assert_int_eq(pole_resolution_candidate(two->resolution, (size_t)candidate, &told, NULL),
                     POLE_OK);
    return told.confidence;
}

static bool is_told(const two_poles *two, int32_t query, pole_row row)
{
    for (uint32_t i = 0; i < two->answer.correction_count; i++)
        if (two->answer.corrections[i].query == query &&
            row_of(two, two->answer.corrections[i].candidate) == row)
            return true;
    return false;
}

/* No listed pole in sight of the other code's is likelier than the last correction. */
static void check_left_out(const pole_index *index, const two_poles *two,
                           const pole_resolution *resolution, int32_t query, const pole_row rows[2])
{
    const uint32_t count = two->answer.correction_count;
    const double last = count == POLE_BETWEEN_CORRECTIONS
                            ? told_confidence(two, two->answer.corrections[count - 1].candidate)
                            : 0;
    pole_candidate told = {.struct_size = sizeof told};
    pole_record pole = {.struct_size = sizeof pole};
    for (size_t i = 0; pole_resolution_candidate(resolution, i, &told, &pole) == POLE_OK; i++) {
        double course_deg;
        if (pole.row != rows[query] && pole.row != rows[1 - query] && told.confidence > last &&
            proj_distance(index, pole.row, rows[1 - query], &course_deg) <= 150)
            ck_assert_msg(is_told(two, query, pole.row), "row %u is left out", pole.row);
    }
}

static void check_belief(const pole_index *index, const two_poles *two, const pole_row rows[2])
{
    double before = 1;
    pole_resolution *resolutions[2];
    for (size_t i = 0; i < 2; i++) {
        resolutions[i] = resolve_both(index, two, i);
        const double confidence = confidence_of(resolutions[i], rows[i]);
        const double told = told_confidence(two, two->answer.pole[i]);
        ck_assert(isnan(confidence) ? told < 1e-4 : told == confidence);
    }
    for (uint32_t i = 0; i < two->answer.correction_count; i++) {
        const pole_between_correction *one = two->answer.corrections + i;
        const pole_row row = row_of(two, one->candidate);
        const double told = told_confidence(two, one->candidate);
        double course_deg;
        ck_assert_double_eq(told, confidence_of(resolutions[one->query], row));
        ck_assert_double_le(told, before);
        ck_assert_double_eq_tol(one->distance_m,
                                proj_distance(index, row, rows[1 - one->query], &course_deg), 1e-5);
        before = told;
    }
    for (int32_t i = 0; i < 2; i++) {
        if (two->answer.relation == POLE_RELATION_APART)
            check_left_out(index, two, resolutions[i], i, rows);
        pole_resolution_free(resolutions[i]);
    }
}

START_TEST(every_pair_is_judged_as_by_hand)
{
    test_random random = test_random_begin("every_pair_is_judged_as_by_hand", 20081107);
    pole_index *index;
    unsigned seen[5] = {0}, corrected = 0;
    ck_assert_int_eq(pole_index_open(sample_path, NULL, &index, NULL), POLE_OK);
    for (unsigned n = 0; n < 800; n++) {
        char codes[2][16];
        two_poles two;
        pole_row rows[2];
        rows[0] = (pole_row)test_random_below(&random, index->positions.rows);
        /* A pole near it in the table; or ... */
        rows[1] = rows[0] > 8 ? rows[0] - (pole_row)test_random_below(&random, 8) : rows[0];
        if (n % 4 == 0) { /* one that is near in space, mostly of another street */
            pole_hit hits[40];
            size_t found = 0;
            ck_assert_int_eq(pole_nearest(index, pole_position_at(&index->positions, rows[0]), 40,
                                          150, hits, &found),
                             POLE_OK);
            rows[1] = hits[test_random_below(&random, found)].row;
        } else if (n % 4 == 1) {
            /* ... one digit of its code misheard, if that is a pole's. */
            pole_code code = pole_index_code_of(index, rows[1]);
            uint32_t unit = 1;
            for (uint64_t place = test_random_below(&random, code.digits); place > 0; place--)
                unit *= 10;
            code.number +=
                ((uint32_t)test_random_below(&random, 10) - code.number / unit % 10) * unit;
            pole_row other;
            if (pole_index_find(index, code, &other) == POLE_OK)
                rows[1] = other;
        } else if (n % 4 == 2) {
            rows[1] = (pole_row)test_random_below(&random, index->positions.rows);
        }
        code_text(index, rows[0], codes[0]);
        code_text(index, rows[1], codes[1]);
        ask(&two, index, codes[0], codes[1]);
        ck_assert_uint_eq(row_of(&two, two.answer.pole[0]), rows[0]);
        ck_assert_uint_eq(row_of(&two, two.answer.pole[1]), rows[1]);
        double course_deg;
        const double distance_m = proj_distance(index, rows[0], rows[1], &course_deg);
        ck_assert_double_eq_tol(two.answer.distance_m, distance_m, 1e-5);
        if (distance_m > 1)
            ck_assert_double_eq_tol(cos((two.answer.bearing_deg - course_deg) / 57.29578), 1, 1e-9);
        ck_assert(two.answer.relation >= POLE_RELATION_SAME &&
                  two.answer.relation <= POLE_RELATION_APART);
        seen[two.answer.relation]++;
        ck_assert_int_eq(two.answer.relation == POLE_RELATION_SAME, rows[0] == rows[1]);
        ck_assert_int_eq(two.answer.relation == POLE_RELATION_APART, distance_m > 150);
        if (two.answer.relation != POLE_RELATION_SAME)
            check_belief(index, &two, rows);
        if (two.answer.relation != POLE_RELATION_APART)
            ck_assert_uint_eq(two.answer.correction_count, 0);
        corrected += two.answer.correction_count > 0;
        end(&two);
    }
    printf("%u same, %u stretches, %u corners, %u apart, of which %u corrected\n",
           seen[POLE_RELATION_SAME], seen[POLE_RELATION_STRETCH], seen[POLE_RELATION_CORNER],
           seen[POLE_RELATION_APART], corrected);
    ck_assert(seen[POLE_RELATION_STRETCH] > 50 && seen[POLE_RELATION_APART] > 50 &&
              corrected > 20 && seen[POLE_RELATION_CORNER] > 20);
    pole_index_close(index);
}
END_TEST

START_TEST(a_stretch_tells_side_middle_and_what_stands_between)
{
    pole_index *index = streets_open();
    two_poles two;
    ask(&two, index, "1234561", "1234567");
    ck_assert_int_eq(two.answer.relation, POLE_RELATION_STRETCH);
    ck_assert_int_eq(two.answer.same_street, 1);
    ck_assert_int_eq(two.answer.same_side, 1);
    ck_assert_int_eq(two.answer.poles_between, 2);
    /* Odd numbers stand east of even ones there. */
    ck_assert_double_eq_tol(two.answer.side_deg, 90.0, 0.5);
    ck_assert_double_eq_tol(two.answer.middle.lat_deg, 45.769405, 1e-7);
    ck_assert_double_eq_tol(two.answer.radius_m, two.answer.distance_m / 2, 1e-9);
    end(&two);
    /* The other way round the course turns, the side stays. */
    ask(&two, index, "1234567", "1234561");
    ck_assert_double_eq_tol(two.answer.side_deg, 90.0, 0.5);
    ck_assert_double_eq_tol(two.answer.bearing_deg, 180.0, 0.5);
    end(&two);
    ask(&two, index, "1234564", "1234568");
    ck_assert_double_eq_tol(two.answer.side_deg, 270.0, 0.5);
    ck_assert_int_eq(two.answer.poles_between, 1);
    end(&two);
    /* On two sides: what stands between them on both. */
    ask(&two, index, "1234561", "1234564");
    ck_assert_int_eq(two.answer.same_side, 0);
    ck_assert_int_eq(two.answer.poles_between, 2);
    ck_assert(isnan(two.answer.side_deg));
    end(&two);
    /* A pole that was removed is not counted. */
    ask(&two, index, "1234567", "1234571");
    ck_assert_int_eq(two.answer.poles_between, 0);
    end(&two);
    ask(&two, index, "1234571", "1234603");
    ck_assert_int_eq(two.answer.relation, POLE_RELATION_CORNER);
    ck_assert_int_eq(two.answer.same_side, -1);
    end(&two);
    pole_index_close(index);
}
END_TEST

START_TEST(a_county_is_taken_from_the_other_pole_alone)
{
    pole_index *index = streets_open();
    two_poles two;
    ask(&two, index, "12345", "12347");
    ck_assert_int_eq(two.answer.relation, POLE_RELATION_STRETCH);
    ck_assert_uint_eq(two.answer.warnings & POLE_WARN_SCOPE_NEEDED, 0);
    end(&two);
    ask(&two, index, "12345", "1234565");
    ck_assert_int_eq(two.answer.relation, POLE_RELATION_UNKNOWN);
    ck_assert_int_eq(two.answer.pole[0], -1);
    ck_assert_int_eq(two.answer.pole[1], 0);
    ck_assert_uint_ne(two.answer.warnings & POLE_WARN_SCOPE_NEEDED, 0);
    end(&two);
    /* Both counties' own: two pairs fit, and neither is chosen. */
    ask(&two, index, "12345", "12345");
    ck_assert_int_eq(two.answer.relation, POLE_RELATION_UNKNOWN);
    end(&two);
    pole_index_close(index);
}
END_TEST

START_TEST(what_is_wrong_is_refused_and_leaves_no_answer)
{
    pole_index *index = streets_open();
    two_poles two;
    pole_between_options options;
    ask(&two, index, "1234561", "1234567");
    pole_between_options_init(&options);
    options.clean = (double)NAN;
#define REFUSED(call)                                                                              \
    do {                                                                                           \
        two.answer.relation = POLE_RELATION_STRETCH;                                               \
        ck_assert_int_eq(call, POLE_INVALID_ARGUMENT);                                             \
        ck_assert_int_eq(two.answer.relation, POLE_RELATION_UNKNOWN);                              \
    } while (0)
    REFUSED(pole_between(index, two.heard[0], two.heard[1], &options, two.resolution, &two.answer));
    options.clean = 0;
    options.scope = span_of("北京");
    REFUSED(pole_between(index, two.heard[0], two.heard[1], &options, two.resolution, &two.answer));
    REFUSED(pole_between(NULL, two.heard[0], two.heard[1], NULL, two.resolution, &two.answer));
    REFUSED(pole_between(index, NULL, two.heard[1], NULL, two.resolution, &two.answer));
    REFUSED(pole_between(index, two.heard[0], NULL, NULL, two.resolution, &two.answer));
    REFUSED(pole_between(index, two.heard[0], two.heard[1], NULL, NULL, &two.answer));
    ck_assert_int_eq(pole_between(index, two.heard[0], two.heard[1], NULL, two.resolution, NULL),
                     POLE_INVALID_ARGUMENT);
    char text[64];
    size_t needed;
    /* The failed call has taken the answer's poles away. */
    ck_assert_int_eq(pole_between_json(two.resolution, two.heard[0], two.heard[1], &two.answer,
                                       NULL, text, sizeof text, &needed),
                     POLE_INVALID_ARGUMENT);
    ck_assert_ptr_null(pole_relation_name(5));
    ck_assert_ptr_null(pole_relation_name(-1));
    end(&two);
    ask(&two, index, "1234561", "1234567");
    ck_assert_int_eq(pole_between_json(two.resolution, two.heard[0], two.heard[1], &two.answer,
                                       NULL, text, sizeof text, &needed),
                     POLE_LIMIT);
    ck_assert_uint_gt(needed, sizeof text);
    two.answer.pole[1] = 7;
    ck_assert_int_eq(pole_between_json(two.resolution, two.heard[0], two.heard[1], &two.answer,
                                       NULL, text, sizeof text, &needed),
                     POLE_INVALID_ARGUMENT);
    end(&two);
    pole_index_close(index);
}
END_TEST

START_TEST(without_memory_there_is_no_answer)
{
    pole_index *index = streets_open();
    two_poles two;
    ask(&two, index, "1234703", "1234567");
    for (size_t fail_at = 1;; fail_at++) {
        test_memory memory;
        pole_resolution *resolution = NULL;
        test_memory_init(&memory, fail_at);
        pole_status status = pole_resolution_new(&memory.allocator, &resolution);
        if (status == POLE_OK)
            status = pole_between(index, two.heard[0], two.heard[1], NULL, resolution, &two.answer);
        pole_resolution_free(resolution);
        ck_assert_uint_eq(memory.live, 0);
        if (status == POLE_OK)
            break;
        ck_assert_int_eq(status, POLE_NO_MEMORY);
        ck_assert_uint_lt(fail_at, 100);
    }
    end(&two);
    pole_index_close(index);
}
END_TEST

static Suite *suite(void)
{
    Suite *made = suite_create("between");
    TCase *cases = tcase_create("between");
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, a_stretch_tells_side_middle_and_what_stands_between);
    tcase_add_test(cases, a_county_is_taken_from_the_other_pole_alone);
    tcase_add_test(cases, what_is_wrong_is_refused_and_leaves_no_answer);
    tcase_add_test(cases, without_memory_there_is_no_answer);
    if (sample_path)
        tcase_add_test(cases, every_pair_is_judged_as_by_hand);
    suite_add_tcase(made, cases);
    return made;
}

int main(int argc, char **argv)
{
    sample_path = argc > 1 ? argv[1] : NULL;
    return test_main(suite());
}
