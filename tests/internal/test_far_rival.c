/* SPDX-License-Identifier: MIT
 * A car is sent to a place, not to a code: what is near the first candidate must be told from what
 * is far, pole by pole, as PROJ measures it; no share may be lost or counted twice; and the far
 * rival is the likeliest pole that is not near, whatever bounds made the search fast. */
#include <check.h>
#include <geodesic.h>
#include <math.h>
#include <string.h>

#include "lookup/policy.h"
#include "resolve/far_rival.h"
#include "support/code_city.h"
#include "support/test_main.h"

#define MOST 4000

static struct geod_geodesic earth;
static pole_index *city;

static void setup(void)
{
    const code_city_size size = {3, 3, 8, 20, 2};
    test_random random = test_random_begin("far_rival_city", 11);
    geod_init(&earth, 6378137, 1 / 298.257223563);
    city = code_city_open(&size, &random);
}

static void teardown(void)
{
    pole_index_close(city);
    city = NULL;
}

static double proj_distance(pole_point a, pole_point b)
{
    double distance;
    geod_inverse(&earth, a.lat_deg, a.lon_deg, b.lat_deg, b.lon_deg, &distance, NULL, NULL);
    return distance;
}

static pole_station_number responsible(pole_row row)
{
    pole_station_hit hits[4];
    size_t count = 0;
    ck_assert_int_eq(pole_stations_of(city, row, POLE_ROLE_RESPONSIBLE, hits, 4, &count), POLE_OK);
    return count ? hits[0].number : POLE_NO_STATION;
}

static pole_point point_of(pole_row row)
{
    pole_point at;
    ck_assert_int_eq(pole_index_point(city, row, &at), POLE_OK);
    return at;
}

static pole_station_number sent(pole_row row)
{
    pole_station_hit hits[4];
    size_t count = 0;
    ck_assert_int_eq(pole_stations_of(city, row, POLE_ROLE_ALL, hits, 4, &count), POLE_OK);
    for (size_t i = 0; i < count; i++)
        if (hits[i].chosen)
            return hits[i].number;
    return POLE_NO_STATION;
}

static uint32_t rows_of_city(void)
{
    pole_info info = {.struct_size = sizeof info};
    ck_assert_int_eq(pole_index_info(city, &info), POLE_OK);
    return info.poles;
}

static int by_share(const void *a, const void *b)
{
    const pole_believed *x = a, *y = b;
    if (x->share != y->share)
        return x->share > y->share ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

/* Random poles, many of one neighbourhood, each once; some shares alike. */
static void random_belief(test_random *random, pole_believed *poles, size_t count,
                          pole_belief *belief)
{
    static unsigned char taken[100000];
    const uint32_t rows = rows_of_city();
    const uint32_t home = (uint32_t)test_random_below(random, rows);
    double sum = 0;
    size_t n = 0;
    ck_assert_uint_lt(rows, sizeof taken);
    memset(taken, 0, rows);
    for (size_t tries = 0; n < count && tries < 20 * count; tries++) {
        const uint32_t row = test_random_below(random, 2)
                                 ? (uint32_t)test_random_below(random, rows)
                                 : (home + (uint32_t)test_random_below(random, 60)) % rows;
        if (taken[row])
            continue;
        taken[row] = 1;
        const double unit = test_random_unit(random);
        poles[n].row = row;
        poles[n].alias = 0;
        poles[n].share = test_random_below(random, 3) ? unit * unit * unit : 0.25;
        sum += poles[n++].share;
    }
    const double rest = 0.2 * test_random_unit(random);
    for (size_t i = 0; i < n; i++)
        poles[i].share *= (1 - rest) / sum;
    qsort(poles, n, sizeof *poles, by_share);
    static const double near_m[] = {200, 50, 1000, 40000, 500000};
    *belief = (pole_belief){city, poles, n, n, rest, 0, near_m[test_random_below(random, 5)]};
}

/* An estimate somewhere about a pole, with its stations as the library finds them. */
static void random_estimate(test_random *random, pole_belief *belief, pole_station_hit *hits,
                            pole_estimate *estimate)
{
    const pole_row row = belief->poles[test_random_below(random, belief->count)].row;
    memset(estimate, 0, sizeof *estimate);
    estimate->struct_size = sizeof *estimate;
    estimate->code = pole_index_code_of(city, row);
    estimate->at = point_of(row);
    estimate->at.lat_deg += 0.003 * (test_random_unit(random) - 0.5);
    ck_assert_int_eq(pole_stations_at(city, estimate->at, (pole_span){NULL, 0},
                                      POLE_ROLE_RESPONSIBLE | POLE_ROLE_NEAREST, 1, hits, 4,
                                      &estimate->station_count),
                     POLE_OK);
    estimate->stations = hits;
    belief->estimate = belief->no_pole * test_random_unit(random);
    if (test_random_below(random, 3) == 0 && belief->count > 1)
        belief->estimate = belief->poles[0].share * 1.5;
    belief->no_pole = fmax(0, belief->no_pole - belief->estimate);
}

/* By PROJ, one by one. */
static void check_place(const pole_belief *belief, const pole_estimate *estimate,
                        const pole_place_belief *place)
{
    const bool at_estimate = estimate && belief->estimate > belief->poles[0].share;
    const pole_point at = at_estimate ? estimate->at : point_of(belief->poles[0].row);
    const pole_station_number station =
        at_estimate ? pole_estimate_responsible(estimate) : responsible(belief->poles[0].row);
    double near = 0, far = 0;
    pole_row rival = POLE_NO_ROW;
    for (size_t i = 0; i < belief->count; i++) {
        const pole_row row = belief->poles[i].row;
        const double distance_m = proj_distance(at, point_of(row));
        if (fabs(distance_m - belief->near_m) < 1e-5)
            return; /* on the very edge: no judge */
        if (distance_m <= belief->near_m && responsible(row) == station) {
            near += belief->poles[i].share;
            continue;
        }
        far += belief->poles[i].share;
        if (rival == POLE_NO_ROW)
            rival = row;
    }
    if (estimate) {
        const bool same = pole_estimate_responsible(estimate) == station;
        if (at_estimate || (same && proj_distance(at, estimate->at) <= belief->near_m))
            near += belief->estimate;
        else
            far += belief->estimate;
    }
    ck_assert_int_eq(place->at_estimate, at_estimate);
    ck_assert_double_eq_tol(place->confidence_place, near, 1e-12);
    ck_assert_double_eq_tol(place->far_share, far, 1e-12);
    ck_assert_uint_eq(place->rival.row, rival);
    if (rival == POLE_NO_ROW)
        return;
    ck_assert_double_eq_tol(place->rival.distance_m, proj_distance(at, point_of(rival)), 1e-6);
    ck_assert_uint_eq(place->rival.station, sent(rival));
}

START_TEST(near_and_far_are_as_proj_measures)
{
    static pole_believed poles[MOST];
    test_random random = test_random_begin("far_rival", 700 + (uint64_t)_i);
    unsigned with_rival = 0, estimates_first = 0;
    for (unsigned round = 0; round < 150; round++) {
        pole_belief belief;
        pole_place_belief place;
        pole_station_hit hits[4];
        pole_estimate estimate;
        random_belief(&random, poles, 1 + test_random_below(&random, 300), &belief);
        const bool estimated = test_random_below(&random, 2) == 0;
        if (estimated)
            random_estimate(&random, &belief, hits, &estimate);
        pole_belief_place(&belief, estimated ? &estimate : NULL, &place);
        check_place(&belief, estimated ? &estimate : NULL, &place);
        with_rival += place.rival.row != POLE_NO_ROW;
        estimates_first += place.at_estimate;
    }
    ck_assert_uint_gt(with_rival, 20);
    ck_assert_uint_gt(estimates_first, 5);
}
END_TEST

START_TEST(the_digits_that_differ_are_told)
{
    const struct {
        const char *a, *b;
        uint32_t digits;
    } cases[] = {
        {"1234567", "1234567", 0},
        {"1234567", "7234567", 1u << 1},
        {"0034501", "0034507", 1u << 7},
        {"1234567", "7654321", 0xEEu & ~(1u << 4)},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        pole_code a = {0, 0, 0, 0}, b = {0, 0, 0, 0};
        ck_assert(pole_digits_parse(pole_span_of(cases[i].a), &a.number, &a.digits));
        ck_assert(pole_digits_parse(pole_span_of(cases[i].b), &b.number, &b.digits));
        ck_assert_uint_eq(pole_codes_differ(a, b), cases[i].digits);
    }
    const pole_code long_code = {12345, 0, 7, 0}, short_code = {12345, 0, 5, 0};
    const pole_code county = {12345, 1, 7, 0};
    ck_assert_uint_eq(pole_codes_differ(long_code, short_code), 0);
    ck_assert_uint_eq(pole_codes_differ(long_code, county), 0);
}
END_TEST

START_TEST(nothing_believed_is_nowhere)
{
    const pole_belief nothing = {city, NULL, 0, 0, 1.0, 0, 200};
    pole_place_belief place;
    pole_belief_place(&nothing, NULL, &place);
    ck_assert_double_eq(place.confidence_place, 0);
    ck_assert_double_eq(place.far_share, 0);
    ck_assert_uint_eq(place.rival.row, POLE_NO_ROW);
    ck_assert(!place.at_estimate);
}
END_TEST

START_TEST(one_pole_has_no_rival)
{
    pole_believed pole = {0, 0, 0.9};
    const pole_belief one = {city, &pole, 1, 1, 0.1, 0, 200};
    pole_place_belief place;
    pole_belief_place(&one, NULL, &place);
    ck_assert_double_eq(place.confidence_place, 0.9);
    ck_assert_double_eq(place.far_share, 0);
    ck_assert_uint_eq(place.rival.row, POLE_NO_ROW);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("far_rival");
    TCase *tests = tcase_create("far_rival");
    tcase_add_unchecked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, near_and_far_are_as_proj_measures, 0, 6);
    tcase_add_test(tests, the_digits_that_differ_are_told);
    tcase_add_test(tests, nothing_believed_is_nowhere);
    tcase_add_test(tests, one_pole_has_no_rival);
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
