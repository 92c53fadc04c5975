/* SPDX-License-Identifier: MIT
 * Evidence beside the digits, against independent formulas: the ratios of a hint by PROJ's
 * geodesics, of a second pole by looking at every pole; and what a belief is made of them, summed
 * by hand. A mistake here shifts every confidence, and nobody would see it. */
#include <check.h>
#include <geodesic.h>
#include <math.h>
#include <stdlib.h>

#include "lookup/neighbours.h"
#include "resolve/posterior.h"
#include "support/code_city.h"
#include "support/small_city.h"
#include "support/space_city.h"
#include "support/test_main.h"
#include "support/test_random.h"

static struct geod_geodesic earth;
static test_random dice;

static void setup(void)
{
    geod_init(&earth, 6378137.0, 1 / 298.257223563);
    dice = test_random_begin("belief", 20081);
}

static double metres(pole_point a, pole_point b)
{
    double s;
    geod_inverse(&earth, a.lat_deg, a.lon_deg, b.lat_deg, b.lon_deg, &s, NULL, NULL);
    return s;
}

static double exact_ratio(const pole_index *index, pole_point hint, double sigma_m, pole_point at)
{
    const double pi = 3.14159265358979323846;
    const double wide = sigma_m > 500.0 ? sigma_m : 500.0;
    const uint32_t rows = index->positions.rows, step = (rows + 1023) / 1024;
    double spread = 0.0, samples = 0.0;
    for (uint32_t row = 0; row < rows; row += step) {
        samples += 1.0;
        const double s = metres(hint, pole_position_at(&index->positions, row));
        spread += exp(-s * s / (2 * wide * wide)) / (2 * pi * wide * wide);
    }
    spread /= samples;
    if (spread < 1e-10)
        spread = 1e-10;
    const double s = metres(hint, at);
    const double there = exp(-s * s / (2 * sigma_m * sigma_m)) / (2 * pi * sigma_m * sigma_m);
    return 0.95 * there / spread + 0.05;
}

START_TEST(a_hint_counts_as_its_model_says)
{
    space_city city;
    space_city_make(&city, (city_kind)_i, 3000, &dice);
    for (unsigned i = 0; i < 50; i++) {
        const pole_point hint = space_city_point(&city, &dice);
        const double sigma_m = 20.0 + 3000.0 * test_random_unit(&dice);
        pole_hint prepared;
        if (fabs(hint.lat_deg) > 85.0)
            continue;
        pole_hint_prepare(&prepared, &city.index, hint, sigma_m, false);
        for (unsigned k = 0; k < 20; k++) {
            const pole_row row = (pole_row)test_random_below(&dice, city.count);
            const double got =
                pole_hint_ratio(&prepared, pole_position_lat_e7(&city.index.positions, row),
                                pole_position_lon_e7(&city.index.positions, row));
            const double want = exact_ratio(&city.index, hint, sigma_m,
                                            pole_position_at(&city.index.positions, row));
            ck_assert_msg(fabs(got - want) <= 1e-7 * want, "kind %d sigma %f: %.12g, not %.12g", _i,
                          sigma_m, got, want);
        }
    }
    space_city_free(&city);
}
END_TEST

START_TEST(levels_of_a_radius_are_those_of_a_circle)
{
    /* P(within R) = 1 - exp(-R^2 / 2 sigma^2). */
    for (unsigned percent = 1; percent < 100; percent++) {
        const double level = percent / 100.0;
        const double sigma_m = pole_hint_sigma(1000.0, level);
        if (percent != 39 && percent != 68)
            ck_assert_double_eq_tol(1 - exp(-1e6 / (2 * sigma_m * sigma_m)), level, 1e-12);
    }
    ck_assert_double_eq_tol(1000.0 / pole_hint_sigma(1000.0, 0.68), 1.515, 0.001);
    ck_assert_double_eq_tol(1000.0 / pole_hint_sigma(1000.0, 0.95), 2.448, 0.001);
    ck_assert_double_eq(pole_hint_sigma(1000.0, 0.39), 1000.0);
}
END_TEST

START_TEST(a_second_pole_counts_as_its_model_says)
{
    const code_city_size size = {2, 4, 8, 12, 0};
    pole_index *index = code_city_open(&size, &dice);
    const uint32_t count = index->positions.rows;
    unsigned with_next = 0;
    for (unsigned round = 0; round < 20; round++) {
        pole_likely poles[40];
        pole_likely_list list = {.poles = poles, .count = 40};
        pole_row row = (pole_row)test_random_below(&dice, 40);
        for (unsigned i = 0; i < 40; i++, row += 1 + (pole_row)test_random_below(&dice, 12))
            poles[i] = (pole_likely){row, 1e-3 + test_random_unit(&dice)};
        pole_sight sight;
        pole_sight_prepare(&sight, index, &list, false);
        for (unsigned k = 0; k < 50; k++) {
            const pole_row first = (pole_row)test_random_below(&dice, count);
            const pole_point at = pole_position_at(&index->positions, first);
            double there = 0.0, around = 0.0, all = 0.0;
            for (pole_row other = 0; other < count; other++)
                if (other != first &&
                    metres(at, pole_position_at(&index->positions, other)) <= POLE_SIGHT_M + 1e-6) {
                    around += 1.0;
                    for (unsigned i = 0; i < 40; i++)
                        if (poles[i].row == other)
                            there += poles[i].likelihood;
                }
            for (unsigned i = 0; i < 40; i++)
                all += poles[i].likelihood;
            double mean = around > 0.0 ? there / around : 0.0;
            pole_row beside[2];
            double next = 0.0, nexts = 0.0;
            pole_neighbours_of(index, first, beside);
            for (unsigned b = 0; b < 2; b++) {
                if (beside[b] == POLE_NO_ROW ||
                    metres(at, pole_position_at(&index->positions, beside[b])) > POLE_SIGHT_M)
                    continue;
                nexts += 1.0;
                for (unsigned i = 0; i < 40; i++)
                    if (poles[i].row == beside[b])
                        next += poles[i].likelihood;
            }
            with_next += nexts > 0.0;
            if (nexts > 0.0)
                mean = 0.5 * next / nexts + 0.5 * mean;
            ck_assert_double_eq_tol(pole_sight_ratio(&sight, first),
                                    0.05 + 0.95 * mean / (all / count), 1e-9);
        }
    }
    ck_assert_uint_gt(with_next, 0);
    pole_index_close(index);
}
END_TEST

static int by_share(const void *a, const void *b)
{
    const pole_believed *x = a, *y = b;
    if (x->share != y->share)
        return x->share < y->share ? 1 : -1;
    return (x->row > y->row) - (x->row < y->row);
}

START_TEST(the_likeliest_come_first_whatever_the_order)
{
    static const size_t sizes[] = {0, 1, 2, 3, 16, 17, 300, 511, 512, 513, 3000, 100000};
    for (unsigned s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        const size_t count = sizes[s];
        for (unsigned form = 0; form < 5; form++) {
            pole_believed *poles = calloc(count + 1, sizeof *poles);
            pole_believed *sorted = calloc(count + 1, sizeof *sorted);
            for (size_t i = 0; i < count; i++) {
                const double share = form == 0   ? 0.5
                                     : form == 1 ? (double)i
                                     : form == 2 ? (double)(count - i)
                                     : form == 3 ? (double)test_random_below(&dice, 7)
                                                 : (double)test_random_below(&dice, 1u << 30);
                poles[i] = sorted[i] = (pole_believed){(pole_row)i, 0, share};
            }
            pole_belief belief = {.poles = poles, .count = count, .sorted = POLE_BELIEF_FEW};
            pole_believed_sort(poles, count, belief.sorted);
            qsort(sorted, count, sizeof *sorted, by_share);
            for (size_t i = 0; i < count && i < belief.sorted; i++)
                ck_assert_uint_eq(poles[i].row, sorted[i].row);
            pole_belief_order(&belief, POLE_BELIEF_SORTED);
            for (size_t i = 0; i < count && i < POLE_BELIEF_SORTED; i++)
                ck_assert_uint_eq(poles[i].row, sorted[i].row);
            qsort(poles, count, sizeof *poles, by_share);
            ck_assert(count == 0 || memcmp(poles, sorted, count * sizeof *poles) == 0);
            free(poles);
            free(sorted);
        }
    }
}
END_TEST

/* The belief of a heard code, summed by hand from the likelihoods and ratios. */
static void check_belief(const pole_index *index, const char *text, pole_evidence *evidence)
{
    const pole_allocator allocator = pole_allocator_default();
    const pole_text said = {pole_span_of(text), 1.0};
    pole_hear_options hear;
    pole_heard *heard;
    pole_resolution *resolution;
    pole_channel_prepared channel;
    pole_weighing weighing;
    pole_posterior posterior;
    pole_hear_options_init(&hear);
    hear.lengths = pole_index_lengths(index);
    ck_assert_int_eq(pole_heard_new(NULL, &heard), POLE_OK);
    ck_assert_int_eq(pole_hear(&said, 1, &hear, heard), POLE_OK);
    ck_assert_int_eq(pole_resolution_new(NULL, &resolution), POLE_OK);
    pole_resolve_work *work = pole_resolve_work_of(resolution);
    ck_assert_int_eq(pole_channel_prepare(&work->everyday, 0.0, POLE_LANGUAGE_ZH, &channel),
                     POLE_OK);
    ck_assert_int_eq(pole_readings_find(index, &channel, heard, &work->likely), POLE_OK);
    ck_assert_int_eq(
        pole_weighing_prepare(&weighing, index, evidence, (pole_span){NULL, 0}, &channel, work),
        POLE_OK);
    work->sorted = POLE_BELIEF_FEW;
    ck_assert_int_eq(
        pole_posterior_find(work, &allocator, &channel, heard, &weighing, 200.0, &posterior),
        POLE_OK);
    /* With the hint, and without it; the one kind of place evidence given here. */
    const bool hinted = (weighing.kinds & POLE_EVIDENCE_HINT) != 0;
    double sums[2] = {0.0, 0.0};
    sums[0] = sums[1] = work->likely.none * index->positions.rows;
    for (size_t i = 0; i < work->likely.count; i++) {
        const pole_row row = work->likely.poles[i].row;
        const double digits = work->likely.poles[i].likelihood * pole_weigh_names(&weighing, row);
        sums[0] += digits;
        sums[1] += digits * (hinted ? pole_weigh_kind(&weighing, POLE_EVIDENCE_HINT, row) : 1.0);
    }
    double total = posterior.belief.no_pole + posterior.belief.estimate;
    for (size_t i = 0; i < posterior.belief.count; i++) {
        const pole_believed *pole = posterior.belief.poles + i;
        total += pole->share;
        for (size_t k = 0; k < work->likely.count; k++) {
            if (work->likely.poles[k].row != pole->row || posterior.belief.estimate != 0.0)
                continue;
            const double digits =
                work->likely.poles[k].likelihood * pole_weigh_names(&weighing, pole->row);
            const double ratio =
                hinted ? pole_weigh_kind(&weighing, POLE_EVIDENCE_HINT, pole->row) : 1.0;
            const double want = hinted ? 0.92 * digits * ratio / sums[1] + 0.08 * digits / sums[0]
                                       : digits / sums[0];
            ck_assert_double_eq_tol(pole->share, want, 1e-9);
        }
    }
    ck_assert_double_eq_tol(total, 1.0, 1e-9);
    pole_heard_free(heard);
    pole_resolution_free(resolution);
}

START_TEST(shares_are_likelihood_times_evidence_and_add_up_to_one)
{
    pole_index *index = small_city_open(0);
    static const char *const texts[] = {"2334502",  "2334503", "23345?2", "233450",
                                        "23345022", "10101",   "9999999"};
    for (unsigned i = 0; i < sizeof texts / sizeof *texts; i++) {
        pole_evidence evidence;
        pole_evidence_init(&evidence);
        check_belief(index, texts[i], &evidence);
        const pole_known_digit digits[] = {{3, 3}, {7, 4}};
        evidence.digits = digits;
        evidence.digit_count = 2;
        evidence.hint = pole_position_at(&index->positions, 3);
        evidence.hint_radius_m = 100.0;
        check_belief(index, texts[i], &evidence);
    }
    pole_index_close(index);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("belief");
    TCase *tests = tcase_create("belief");
    tcase_add_checked_fixture(tests, setup, NULL);
    tcase_add_loop_test(tests, a_hint_counts_as_its_model_says, CITY_STREETS, CITY_CLUSTERS);
    tcase_add_test(tests, levels_of_a_radius_are_those_of_a_circle);
    tcase_add_test(tests, a_second_pole_counts_as_its_model_says);
    tcase_add_test(tests, the_likeliest_come_first_whatever_the_order);
    tcase_add_test(tests, shares_are_likelihood_times_evidence_and_add_up_to_one);
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
