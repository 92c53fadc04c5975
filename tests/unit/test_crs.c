/* SPDX-License-Identifier: MIT
 *
 * Coordinates in another system than the one stated put a pole a street or a country away, and
 * look like any others. The oracle for EPSG codes is PROJ, called here in its usual way; what
 * PROJ does silently (no datum shift, a shift far outside its area) must be refused. */
#include <math.h>
#include <polelookup/adapters.h>
#include <polelookup/crs.h>
#include <proj.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "support/test_main.h"
#include "support/test_memory.h"
#include "support/test_random.h"

static pole_span span(const char *text)
{
    return (pole_span){text, strlen(text)};
}

static pole_crs *open_crs(const char *name)
{
    pole_crs *crs = NULL;
    pole_error error;
    const pole_status status = pole_crs_new(span(name), pole_geo_adapters(), NULL, &crs, &error);
    ck_assert_msg(status == POLE_OK, "%s: %s", name, error.message);
    return crs;
}

static pole_status refuse_crs(const char *name, const pole_adapters *adapters, pole_error *error)
{
    pole_crs *crs = (pole_crs *)error; /* something that is not NULL */
    const pole_status status = pole_crs_new(span(name), adapters, NULL, &crs, error);
    ck_assert(status != POLE_OK && crs == NULL);
    ck_assert_int_eq(error->status, status);
    ck_assert_msg(error->message[0] && error->hint[0], "%s: no cure", name);
    return status;
}

typedef struct {
    const char *given, *name, *unit;
    int32_t is_geographic;
    double accuracy_m;
} naming;

static const naming namings[] = {
    {"EPSG:4326", "EPSG:4326", "degree", 1, 0.0},
    {" wgs84\n", "EPSG:4326", "degree", 1, 0.0},
    {"WGS84", "EPSG:4326", "degree", 1, 0.0},
    {"OGC:CRS84", "EPSG:4326", "degree", 1, 0.0},
    {"urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "degree", 1, 0.0},
    {"urn:ogc:def:crs:EPSG::4326", "EPSG:4326", "degree", 1, 0.0},
    {"epsg:4490", "EPSG:4490", "degree", 1, 1.0},
    {"Gcj02", "gcj02", "degree", 1, 0.0},
    {"BD09", "bd09", "degree", 1, 0.0},
    {"epsg:4530", "EPSG:4530", "metre", 0, 1.0},
    {"EPSG:04530", "EPSG:4530", "metre", 0, 1.0},
    {"urn:ogc:def:crs:EPSG:9.9:4530", "EPSG:4530", "metre", 0, 1.0},
    {"EPSG:3857", "EPSG:3857", "metre", 0, 0.0},
    {"EPSG:32652", "EPSG:32652", "metre", 0, 0.0},
    {"EPSG:4269", "EPSG:4269", "degree", 1, 8.0},
    {"EPSG:2263", "EPSG:2263", "US survey foot", 0, 4.0},
    {"EPSG:4807", "EPSG:4807", "grad", 0, 2.0},
};

START_TEST(a_name_has_one_form)
{
    const naming *n = &namings[_i];
    pole_crs *crs = open_crs(n->given);
    ck_assert_str_eq(pole_crs_name(crs), n->name);
    ck_assert_str_eq(pole_crs_unit(crs), n->unit);
    ck_assert_int_eq(pole_crs_is_geographic(crs), n->is_geographic);
    ck_assert_msg(pole_crs_accuracy_m(crs) == n->accuracy_m, "%f", pole_crs_accuracy_m(crs));
    pole_crs_free(crs);
}
END_TEST

START_TEST(what_is_no_name_is_refused_with_the_names_there_are)
{
    static const char *const bad[] = {"",
                                      "4326",
                                      "EPSG:",
                                      "EPSG:0",
                                      "EPSG:-1",
                                      "EPSG:4530x",
                                      "EPSG: 4530",
                                      "EPSG:99999999999",
                                      "gcj-02",
                                      "GCJ02 ,",
                                      "wgs 84",
                                      "urn:ogc:def:crs:EPSG:4326",
                                      "中国大地2000"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        pole_error error;
        ck_assert_int_eq(refuse_crs(bad[i], pole_geo_adapters(), &error), POLE_INVALID_ARGUMENT);
        ck_assert(strstr(error.hint, "EPSG:4530") != NULL);
    }
    pole_crs *crs;
    ck_assert_int_eq(pole_crs_new((pole_span){NULL, 3}, NULL, NULL, &crs, NULL),
                     POLE_INVALID_ARGUMENT);
    ck_assert_int_eq(pole_crs_new(span("wgs84"), NULL, NULL, NULL, NULL), POLE_INVALID_ARGUMENT);
    pole_crs_free(NULL);
}
END_TEST

START_TEST(codes_need_an_adapter_and_the_datums_do_not)
{
    pole_error error;
    ck_assert_int_eq(refuse_crs("EPSG:4530", NULL, &error), POLE_UNSUPPORTED);
    ck_assert(strstr(error.hint, "libpolelookup_geo") != NULL);
    /* A table of an older host that ends before the transforms. */
    pole_adapters shorter = *pole_geo_adapters();
    shorter.struct_size = 8;
    ck_assert_int_eq(refuse_crs("EPSG:4530", &shorter, &error), POLE_UNSUPPORTED);
    static const char *const own[] = {"wgs84", "EPSG:4326", "EPSG:4490", "gcj02", "bd09"};
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++) {
        pole_crs *crs;
        ck_assert_int_eq(pole_crs_new(span(own[i]), NULL, NULL, &crs, NULL), POLE_OK);
        pole_crs_free(crs);
    }
}
END_TEST

START_TEST(what_has_no_way_to_wgs84_is_refused)
{
    static const char *const none[] = {
        "EPSG:999999", /* no such code */
        "EPSG:4978",   /* geocentric */
        "EPSG:3855",   /* heights */
        "EPSG:2046",   /* counts westward and southward */
        "EPSG:4610",   /* Xian 1980: its shift is not published */
        "EPSG:2363",   /* the same, projected */
        "EPSG:21482",  /* Beijing 1954 in the north-east */
    };
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        pole_error error;
        ck_assert_msg(refuse_crs(none[i], pole_geo_adapters(), &error) == POLE_NOT_FOUND, "%s",
                      none[i]);
        ck_assert_msg(strstr(error.message, none[i]) != NULL, "%s", error.message);
    }
}
END_TEST

/* Codes, and an area in which PROJ's usual way has a published one too (or CGCS2000). */
typedef struct {
    int code;
    double west, south, east, north;
} region;

static const region regions[] = {
    {4530, 124.5, 43.0, 130.5, 47.0}, /* Harbin's zone, and its far east */
    {4531, 127.5, 43.0, 130.5, 47.0},    {4490, 74.0, 18.0, 134.0, 53.0},
    {3857, -179.0, -80.0, 179.0, 80.0},  {32652, 126.0, 1.0, 132.0, 80.0},
    {28350, 114.1, -35.0, 119.9, -15.0}, {4283, 114.1, -35.0, 150.0, -15.0},
    {2263, -74.2, 40.5, -71.9, 41.2},    {27700, -5.0, 50.5, 1.0, 57.0},
    {2056, 6.5, 46.0, 10.0, 47.5},       {3414, 103.6, 1.2, 104.0, 1.45},
    {3435, -89.0, 38.0, -87.6, 42.4},
};

START_TEST(codes_agree_with_proj)
{
    const region *r = &regions[_i];
    char name[24];
    snprintf(name, sizeof name, "EPSG:%d", r->code);
    test_random random = test_random_begin(name, 91 + (uint64_t)_i);
    PJ_CONTEXT *context = proj_context_create();
    PJ *usual = proj_create_crs_to_crs(context, "EPSG:4326", name, NULL);
    PJ *oracle = proj_normalize_for_visualization(context, usual);
    ck_assert_ptr_nonnull(oracle);
    pole_crs *crs = open_crs(name);

    enum { COUNT = 3000 };
    double lon[COUNT], lat[COUNT], x[COUNT], y[COUNT], worst = 0.0, worst_back_deg = 0.0;
    for (int i = 0; i < COUNT; i++) {
        x[i] = lon[i] = r->west + (r->east - r->west) * test_random_unit(&random);
        y[i] = lat[i] = r->south + (r->north - r->south) * test_random_unit(&random);
    }
    size_t bad = 1;
    ck_assert_int_eq(pole_crs_from_wgs84(crs, COUNT, x, y, &bad), POLE_OK);
    ck_assert_uint_eq(bad, 0);
    for (int i = 0; i < COUNT; i++) {
        const PJ_COORD to = proj_trans(oracle, PJ_FWD, proj_coord(lon[i], lat[i], 0, HUGE_VAL));
        worst = fmax(worst, fmax(fabs(to.xy.x - x[i]), fabs(to.xy.y - y[i])));
    }
    ck_assert_int_eq(pole_crs_to_wgs84(crs, COUNT, x, y, &bad), POLE_OK);
    ck_assert_uint_eq(bad, 0);
    for (int i = 0; i < COUNT; i++)
        worst_back_deg = fmax(worst_back_deg, fmax(fabs(lon[i] - x[i]), fabs(lat[i] - y[i])));
    ck_assert_double_lt(worst, pole_crs_is_geographic(crs) ? 1e-11 : 1e-6);
    ck_assert_double_lt(worst_back_deg, 5e-7); /* published shifts undo each other to 5 cm */
    pole_crs_free(crs);
    proj_destroy(oracle);
    proj_destroy(usual);
    proj_context_destroy(context);
}
END_TEST

START_TEST(x_is_easting_and_longitude_whatever_the_codes_order)
{
    pole_crs *crs = open_crs("EPSG:4530"); /* northing first in EPSG */
    double x = 126.64, y = 45.77;
    ck_assert_int_eq(pole_crs_from_wgs84(crs, 1, &x, &y, NULL), POLE_OK);
    ck_assert_double_eq_tol(x, 42549781.4982, 1e-4);
    ck_assert_double_eq_tol(y, 5070720.8668, 1e-4);
    pole_crs_free(crs);
    crs = open_crs("EPSG:4269"); /* latitude first in EPSG */
    x = -100.0, y = 40.0;
    ck_assert_int_eq(pole_crs_to_wgs84(crs, 1, &x, &y, NULL), POLE_OK);
    ck_assert_double_eq_tol(x, -100.0, 1e-4);
    ck_assert_double_eq_tol(y, 40.0, 1e-4);
    pole_crs_free(crs);
}
END_TEST

START_TEST(a_bad_point_hurts_no_other)
{
    static const char *const names[] = {"wgs84", "EPSG:4490", "gcj02", "bd09", "EPSG:4530"};
    for (size_t n = 0; n < sizeof names / sizeof names[0]; n++) {
        pole_crs *crs = open_crs(names[n]);
        double x[] = {126.64, (double)NAN, 126.64, 180.1, 126.64, (double)INFINITY, 126.65};
        double y[] = {45.77, 45.77, 90.5, 45.77, (double)NAN, 45.77, 45.78};
        size_t bad = 0;
        ck_assert_int_eq(pole_crs_from_wgs84(crs, 7, x, y, &bad), POLE_OK);
        ck_assert_uint_eq(bad, 5);
        for (int i = 1; i <= 5; i++)
            ck_assert(isnan(x[i]) && isnan(y[i]));
        ck_assert_int_eq(pole_crs_to_wgs84(crs, 7, x, y, &bad), POLE_OK);
        ck_assert_uint_eq(bad, 5);
        for (int i = 1; i <= 5; i++)
            ck_assert(isnan(x[i]) && isnan(y[i]));
        ck_assert_double_eq_tol(x[0], 126.64, 1e-9);
        ck_assert_double_eq_tol(y[0], 45.77, 1e-9);
        ck_assert_double_eq_tol(x[6], 126.65, 1e-9);
        ck_assert_double_eq_tol(y[6], 45.78, 1e-9);
        pole_crs_free(crs);
    }
}
END_TEST

START_TEST(a_datum_shift_is_not_taken_far_from_its_area)
{
    static const struct {
        const char *name;
        double x, y;
        int good;
    } cases[] = {
        {"EPSG:4214", 108.5, 37.0, 1},     /* Beijing 1954 in the Ordos: a shift is published */
        {"EPSG:4214", 126.6, 45.7, 0},     /* in Harbin none is */
        {"EPSG:2263", 983000, 199000, 1},  /* New York */
        {"EPSG:2263", 9830000, 199000, 0}, /* nowhere near it */
        {"EPSG:4530", 126.6, 45.7, 0},     /* degrees where metres are stated */
        {"EPSG:4530", 5070720.0, 42549781.0, 0}, /* swapped */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        pole_crs *crs = open_crs(cases[i].name);
        double x = cases[i].x, y = cases[i].y;
        size_t bad;
        ck_assert_int_eq(pole_crs_to_wgs84(crs, 1, &x, &y, &bad), POLE_OK);
        ck_assert_msg(bad == !cases[i].good, "case %zu gave %.9f, %.9f", i, x, y);
        pole_crs_free(crs);
    }
}
END_TEST

START_TEST(the_chinese_datums_come_back)
{
    static const char *const names[] = {"gcj02", "bd09"};
    static const pole_point shifted[] = {{45.7719436929493, 126.64596637947254},
                                         {45.777664575187934, 126.65257596384431}};
    for (size_t n = 0; n < 2; n++) {
        pole_crs *crs = open_crs(names[n]);
        double x[2] = {126.64, 2.35}, y[2] = {45.77, 48.85};
        ck_assert_int_eq(pole_crs_from_wgs84(crs, 2, x, y, NULL), POLE_OK);
        ck_assert_double_eq_tol(x[0], shifted[n].lon_deg, 1e-12);
        ck_assert_double_eq_tol(y[0], shifted[n].lat_deg, 1e-12);
        ck_assert(n ? fabs(x[1] - 2.35) < 0.02 : x[1] == 2.35); /* GCJ-02 leaves Paris alone */
        ck_assert_int_eq(pole_crs_to_wgs84(crs, 2, x, y, NULL), POLE_OK);
        ck_assert_double_eq_tol(x[0], 126.64, 1e-9);
        ck_assert_double_eq_tol(y[0], 45.77, 1e-9);
        ck_assert_double_eq_tol(x[1], 2.35, 1e-9);
        ck_assert_double_eq_tol(y[1], 48.85, 1e-9);
        pole_crs_free(crs);
    }
}
END_TEST

START_TEST(a_wrong_call_changes_nothing)
{
    pole_crs *crs = open_crs("gcj02");
    double x = 126.64, y = 45.77;
    size_t bad = 7;
    ck_assert_int_eq(pole_crs_to_wgs84(NULL, 1, &x, &y, &bad), POLE_INVALID_ARGUMENT);
    ck_assert_int_eq(pole_crs_to_wgs84(crs, 1, NULL, &y, &bad), POLE_INVALID_ARGUMENT);
    ck_assert_int_eq(pole_crs_from_wgs84(crs, 1, &x, NULL, &bad), POLE_INVALID_ARGUMENT);
    ck_assert_int_eq(pole_crs_from_wgs84(crs, 0, NULL, NULL, &bad), POLE_OK);
    ck_assert_uint_eq(bad, 0);
    ck_assert(x == 126.64 && y == 45.77);
    pole_crs_free(crs);
}
END_TEST

START_TEST(no_memory_is_said_and_nothing_leaks)
{
    static const char *const names[] = {"gcj02", "EPSG:4530"};
    for (size_t n = 0; n < 2; n++)
        for (size_t fail_at = 1;; fail_at++) {
            test_memory memory;
            test_memory_init(&memory, fail_at);
            pole_crs *crs;
            const pole_status status =
                pole_crs_new(span(names[n]), pole_geo_adapters(), &memory.allocator, &crs, NULL);
            pole_crs_free(crs);
            ck_assert_uint_eq(memory.live, 0);
            if (status == POLE_OK) {
                ck_assert_uint_eq(fail_at, n + 2); /* the CRS, and for a code its transform */
                break;
            }
            ck_assert_int_eq(status, POLE_NO_MEMORY);
        }
}
END_TEST

static void *convert_in_a_thread(void *result)
{
    double *sum = (double *)result;
    pole_crs *crs = NULL;
    if (pole_crs_new(span("EPSG:4530"), pole_geo_adapters(), NULL, &crs, NULL) != POLE_OK)
        return NULL;
    for (int i = 0; i < 2000; i++) {
        double x = 126.0 + i * 1e-4, y = 45.0;
        pole_crs_from_wgs84(crs, 1, &x, &y, NULL);
        *sum += x + y;
    }
    pole_crs_free(crs);
    return NULL;
}

START_TEST(threads_with_a_crs_each_agree)
{
    pthread_t threads[4];
    double sums[4] = {0};
    for (int i = 0; i < 4; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, convert_in_a_thread, &sums[i]), 0);
    for (int i = 0; i < 4; i++)
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
    for (int i = 0; i < 4; i++)
        ck_assert(sums[i] == sums[0] && sums[i] > 0.0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("crs");
    TCase *tests = tcase_create("crs");
    tcase_add_loop_test(tests, a_name_has_one_form, 0, (int)(sizeof namings / sizeof namings[0]));
    tcase_add_test(tests, what_is_no_name_is_refused_with_the_names_there_are);
    tcase_add_test(tests, codes_need_an_adapter_and_the_datums_do_not);
    tcase_add_test(tests, what_has_no_way_to_wgs84_is_refused);
    tcase_add_loop_test(tests, codes_agree_with_proj, 0, (int)(sizeof regions / sizeof regions[0]));
    tcase_add_test(tests, x_is_easting_and_longitude_whatever_the_codes_order);
    tcase_add_test(tests, a_bad_point_hurts_no_other);
    tcase_add_test(tests, a_datum_shift_is_not_taken_far_from_its_area);
    tcase_add_test(tests, the_chinese_datums_come_back);
    tcase_add_test(tests, a_wrong_call_changes_nothing);
    tcase_add_test(tests, no_memory_is_said_and_nothing_leaks);
    tcase_add_test(tests, threads_with_a_crs_each_agree);
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
