/* SPDX-License-Identifier: MIT
 *
 * A wrong datum moves a pole by 660 m and no answer shows it. The forward formulas are held
 * against values that others published (coordtransform 2.1.2 of npm, computed in doubles there),
 * the inverses against the forward ones. */
#include <math.h>

#include "geo/datum.h"
#include "support/test_main.h"
#include "support/test_random.h"

typedef struct {
    const char *name;
    pole_point wgs84, gcj02, bd09;
} vector;

static const vector vectors[] = {
    {"Harbin",
     {45.77, 126.64},
     {45.7719436929493, 126.64596637947254},
     {45.777664575187934, 126.65257596384431}},
    {"the far east of Harbin",
     {46.5, 130.1},
     {46.50223055211267, 130.10791789329852},
     {46.508272236151875, 130.1144005199784}},
    {"Tiananmen",
     {39.915, 116.404},
     {39.91640428150164, 116.41024449916938},
     {39.922699552216216, 116.41662724378733}},
    {"Shanghai",
     {31.2304, 121.4737},
     {31.22845773757727, 121.47822305927693},
     {31.234310593689997, 121.484781468503}},
    {"Shenzhen",
     {22.5431, 114.0579},
     {22.54038281422246, 114.06301399856547},
     {22.546041559073544, 114.06956398703267}},
    {"Kashgar",
     {39.4704, 75.9898},
     {39.470627026037526, 75.99275499023025},
     {39.47658990909994, 75.99926364705559}},
    {"Lhasa",
     {29.6469, 91.1172},
     {29.64419210647111, 91.11876034131424},
     {29.650072418580585, 91.12530385944267}},
    {"west of 105 E",
     {35.0001, 104.9999},
     {34.9991984573628, 105.00318576233305},
     {35.005503754944996, 105.00956620239148}},
    {"Mohe",
     {53.4838, 122.5386},
     {53.48559502469331, 122.54574180377918},
     {53.49166852670716, 122.55218847941215}},
    {"Sansha",
     {16.8321, 112.3386},
     {16.83046924050189, 112.3435120124138},
     {16.836584506061918, 112.35001496121674}},
};

/* The larger of the two differences, in degrees. */
static double apart(pole_point a, pole_point b)
{
    return fmax(fabs(a.lat_deg - b.lat_deg), fabs(a.lon_deg - b.lon_deg));
}

START_TEST(agrees_with_the_published_values)
{
    const vector *v = &vectors[_i];
    pole_point back;
    ck_assert_msg(apart(pole_gcj02_from_wgs84(v->wgs84), v->gcj02) < 1e-12, "%s", v->name);
    ck_assert_msg(apart(pole_bd09_from_gcj02(v->gcj02), v->bd09) < 1e-12, "%s", v->name);
    ck_assert(pole_gcj02_to_wgs84(v->gcj02, &back));
    ck_assert_msg(apart(back, v->wgs84) < 1e-11, "%s", v->name);
    ck_assert(pole_bd09_to_gcj02(v->bd09, &back));
    ck_assert_msg(apart(back, v->gcj02) < 1e-11, "%s", v->name);
}
END_TEST

START_TEST(shifts_harbin_to_the_north_east)
{
    const pole_point here = {45.77, 126.64}, there = pole_gcj02_from_wgs84(here);
    ck_assert_double_eq_tol(there.lat_deg - here.lat_deg, 0.00194, 0.0001);
    ck_assert_double_eq_tol(there.lon_deg - here.lon_deg, 0.00594, 0.0001);
}
END_TEST

START_TEST(every_place_of_the_box_comes_back_to_a_billionth_of_a_degree)
{
    test_random random = test_random_begin("datum round trip", 41);
    double worst_gcj = 0.0, worst_bd = 0.0, most_lat = 0.0, most_lon = 0.0;
    for (int i = 0; i < 300000; i++) {
        /* A shift's width from the box's border: nearer to it see the next tests. */
        const pole_point wgs84 = {0.85 + test_random_unit(&random) * (55.80 - 0.85),
                                  72.02 + test_random_unit(&random) * (137.82 - 72.02)};
        const pole_point gcj02 = pole_gcj02_from_wgs84(wgs84);
        most_lat = fmax(most_lat, fabs(gcj02.lat_deg - wgs84.lat_deg));
        most_lon = fmax(most_lon, fabs(gcj02.lon_deg - wgs84.lon_deg));
        pole_point back;
        if (!pole_gcj02_to_wgs84(gcj02, &back))
            ck_abort_msg("no way back to %.9f %.9f", wgs84.lat_deg, wgs84.lon_deg);
        worst_gcj = fmax(worst_gcj, apart(back, wgs84));
        const pole_point bd09 = pole_bd09_from_gcj02(gcj02);
        if (!pole_bd09_to_gcj02(bd09, &back))
            ck_abort_msg("no way back to %.9f %.9f", gcj02.lat_deg, gcj02.lon_deg);
        worst_bd = fmax(worst_bd, apart(back, gcj02));
    }
    ck_assert_double_lt(worst_gcj, 1e-11);
    ck_assert_double_lt(worst_bd, 1e-11);
    /* The bounds that datum.h states; and that something was shifted at all. */
    ck_assert_double_lt(most_lat, 0.005);
    ck_assert_double_lt(most_lon, 0.011);
    ck_assert_double_gt(most_lat, 0.003);
    ck_assert_double_gt(most_lon, 0.010);
}
END_TEST

START_TEST(outside_the_box_gcj02_is_wgs84)
{
    static const pole_point outside[] = {{48.8566, 2.3522}, {-33.87, 151.2}, {40.7, -74.0},
                                         {0.8, 100.0},      {55.83, 100.0},  {45.0, 72.0},
                                         {45.0, 137.835},   {90.0, 0.0},     {-90.0, -180.0}};
    for (size_t i = 0; i < sizeof outside / sizeof outside[0]; i++) {
        pole_point back;
        ck_assert(!pole_gcj02_bends(outside[i]));
        ck_assert_double_eq(apart(pole_gcj02_from_wgs84(outside[i]), outside[i]), 0.0);
        ck_assert(pole_gcj02_to_wgs84(outside[i], &back));
        ck_assert_double_lt(apart(back, outside[i]), 0.011);
    }
    ck_assert(pole_gcj02_bends((pole_point){0.8293, 72.004}));
    ck_assert(pole_gcj02_bends((pole_point){55.8271, 137.8347}));
}
END_TEST

START_TEST(at_the_border_a_place_comes_back_or_is_refused)
{
    test_random random = test_random_begin("datum border", 42);
    int refused = 0, twice = 0;
    for (int i = 0; i < 100000; i++) {
        const pole_point at = {55.8271 + (test_random_unit(&random) - 0.5) * 0.02,
                               137.8347 + (test_random_unit(&random) - 0.5) * 0.04};
        pole_point back;
        if (!pole_gcj02_to_wgs84(at, &back)) {
            if (!isnan(back.lat_deg) || !isnan(back.lon_deg))
                ck_abort_msg("refused, and a place given");
            refused++;
            continue;
        }
        if (!(apart(pole_gcj02_from_wgs84(back), at) < 1e-11))
            ck_abort_msg("%.9f %.9f comes from elsewhere", at.lat_deg, at.lon_deg);
        twice += !pole_gcj02_bends(at) && pole_gcj02_bends(back);
    }
    ck_assert_int_gt(refused + twice, 0); /* the leap was met */
}
END_TEST

START_TEST(what_is_no_place_is_refused)
{
    static const double bad[] = {(double)NAN, (double)INFINITY, -(double)INFINITY};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        pole_point out = {1.0, 1.0};
        ck_assert(!pole_gcj02_to_wgs84((pole_point){bad[i], 126.0}, &out));
        ck_assert(isnan(out.lat_deg) && isnan(out.lon_deg));
        ck_assert(!pole_gcj02_to_wgs84((pole_point){45.0, bad[i]}, &out));
        ck_assert(!pole_bd09_to_gcj02((pole_point){bad[i], 126.0}, &out));
        ck_assert(isnan(out.lat_deg) && isnan(out.lon_deg));
        ck_assert(!pole_bd09_to_gcj02((pole_point){45.0, bad[i]}, &out));
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("datum");
    TCase *tests = tcase_create("datum");
    tcase_add_loop_test(tests, agrees_with_the_published_values, 0,
                        (int)(sizeof vectors / sizeof vectors[0]));
    tcase_add_test(tests, shifts_harbin_to_the_north_east);
    tcase_add_test(tests, every_place_of_the_box_comes_back_to_a_billionth_of_a_degree);
    tcase_add_test(tests, outside_the_box_gcj02_is_wgs84);
    tcase_add_test(tests, at_the_border_a_place_comes_back_or_is_refused);
    tcase_add_test(tests, what_is_no_place_is_refused);
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
