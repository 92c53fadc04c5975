/* SPDX-License-Identifier: MIT
 * Builds with the adapters: survey coordinates, and areas that are not sound. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "support/build_run.h"
#include "support/test_main.h"

/* 45.7712345, 126.6412345 as cs2cs (PROJ 9) has it in EPSG:4530: northing, easting. */
#define NORTHING "5070858.8466"
#define EASTING "42549876.4216"

static void begin(build_run *run, const char *from_crs)
{
    build_run_init(run);
    run->options.adapters = pole_geo_adapters();
    run->options.from_crs = from_crs;
}

static void check_position(const build_run *run)
{
    pole_index *index = build_run_open(run);
    pole_point at;
    ck_assert_int_eq(pole_index_point(index, 0, &at), POLE_OK);
    /* A tenth of a millimetre in the table is 1e-9 degree. */
    ck_assert_double_eq_tol(at.lat_deg, 45.7712345, 1.01e-7);
    ck_assert_double_eq_tol(at.lon_deg, 126.6412345, 1.01e-7);
    pole_index_close(index);
}

START_TEST(a_survey_table_is_read_in_its_crs)
{
    build_run run;
    begin(&run, "EPSG:4530");
    build_run_add(&run, POLE_TABLE_POLES, "a.csv", "code,x,y\n1234567," EASTING "," NORTHING "\n");
    ck_assert_msg(build_run_finish(&run) == POLE_OK, "%s", run.error.message);
    ck_assert_uint_eq(run.finding_count, 0);
    check_position(&run);
    build_run_end(&run);
}
END_TEST

START_TEST(northing_in_x_is_refused_with_the_cure)
{
    build_run run;
    begin(&run, "EPSG:4530");
    build_run_add(&run, POLE_TABLE_POLES, "a.csv", "code,x,y\n1234567," NORTHING "," EASTING "\n");
    ck_assert_int_eq(build_run_finish(&run), POLE_REFUSED);
    ck_assert_ptr_nonnull(strstr(run.error.message, "refused as out_of_range"));
    ck_assert_str_eq(run.error.hint, "check the CRS, and that x is the easting and y the northing");
    build_run_end(&run);
}
END_TEST

/* Without the zone's number in the easting, both ways round are a place: only bounds can tell, and
 * without them it is said. (EPSG:4549: the meridian of 120 degrees.) */
START_TEST(lengths_that_may_be_exchanged_are_said_or_refused)
{
    static const pole_box bounds = {40, 115, 50, 130};
    static const char table[] = "code,x,y\n1234567,5070858,549876\n1234569,5070859,549876\n";
    build_run run;
    begin(&run, "EPSG:4549");
    build_run_add(&run, POLE_TABLE_POLES, "a.csv", table);
    ck_assert_int_eq(build_run_finish(&run), POLE_OK);
    ck_assert_uint_eq(run.report.remarks, 1);
    ck_assert_int_eq(run.findings->kind, POLE_FINDING_LOOKS_SWAPPED);
    ck_assert_ptr_nonnull(strstr(run.findings->message, "it would be latitude 45.7"));
    build_run_end(&run);
    begin(&run, "EPSG:4549");
    run.options.bounds = &bounds;
    build_run_add(&run, POLE_TABLE_POLES, "a.csv", table);
    ck_assert_int_eq(build_run_finish(&run), POLE_REFUSED);
    ck_assert_ptr_nonnull(strstr(run.error.message, "all 2 rows were refused as looks_swapped"));
    build_run_end(&run);
}
END_TEST

START_TEST(degrees_in_a_survey_crs_are_refused)
{
    build_run run;
    begin(&run, "EPSG:4530");
    build_run_add(&run, POLE_TABLE_POLES, "a.csv", "code,x,y\n1234567,126.6,45.7\n");
    ck_assert_int_eq(build_run_finish(&run), POLE_REFUSED);
    ck_assert_ptr_nonnull(strstr(run.findings->message, "look like degrees"));
    build_run_end(&run);
}
END_TEST

START_TEST(each_table_may_have_its_own_crs)
{
    build_run run;
    begin(&run, "EPSG:4530;areas=EPSG:4326");
    build_run_add(&run, POLE_TABLE_POLES, "a.csv", "code,x,y\n1234567," EASTING "," NORTHING "\n");
    build_run_add(&run, POLE_TABLE_STATIONS, "s.csv",
                  "id,name,x,y\n101,a," EASTING "," NORTHING "\n");
    build_run_add(
        &run, POLE_TABLE_AREAS, "areas.geojson",
        "{\"type\":\"Feature\",\"properties\":{\"station_id\":\"101\"},\"geometry\":"
        "{\"type\":\"Polygon\",\"coordinates\":[[[126,45],[127,45],[127,46],[126,45]]]}}");
    ck_assert_msg(build_run_finish(&run) == POLE_OK, "%s", run.error.message);
    ck_assert_uint_eq(run.report.areas, 1);
    check_position(&run);
    build_run_end(&run);
}
END_TEST

START_TEST(an_unknown_epsg_code_is_refused_at_once)
{
    build_run run;
    begin(&run, "EPSG:1");
    ck_assert_int_eq(build_run_add(&run, POLE_TABLE_POLES, "a.csv", "code,x,y\n"), POLE_NOT_FOUND);
    ck_assert_ptr_nonnull(strstr(run.error.message, "EPSG:1"));
    build_run_end(&run);
}
END_TEST

#define STATION "id,name,lat,lon\n101,a,45.7,126.6\n"
#define FEATURE(type, coordinates)                                                                 \
    "{\"type\":\"Feature\",\"properties\":{\"station_id\":\"101\"},\"geometry\":{\"type\":\"" type \
    "\",\"coordinates\":" coordinates "}}"

static const struct {
    const char *feature;
    const char *message;  /* NULL: nothing to say */
    const char *exported; /* NULL: refused */
} areas[] = {
    /* A bow tie falls apart into two triangles. */
    {FEATURE("Polygon", "[[[126,45],[127,46],[127,45],[126,46],[126,45]]]"),
     "the area was mended: a ring crosses itself",
     "\"MultiPolygon\",\"coordinates\":[[[[126.0000000,45.0000000],[126.5000000,45.5000000],"
     "[126.0000000,46.0000000],[126.0000000,45.0000000]]],[[[127.0000000,45.0000000],"
     "[127.0000000,46.0000000],[126.5000000,45.5000000],[127.0000000,45.0000000]]]]"},
    /* Two squares that overlap are one area. */
    {FEATURE("MultiPolygon", "[[[[126,45],[127,45],[127,46],[126,46],[126,45]]],"
                             "[[[126.5,45],[127.5,45],[127.5,46],[126.5,46],[126.5,45]]]]"),
     "the area was mended: two sides run along one another",
     "\"Polygon\",\"coordinates\":[[[126.0000000,45.0000000],[126.5000000,45.0000000],"
     "[127.0000000,45.0000000],[127.5000000,45.0000000],[127.5000000,46.0000000],"
     "[127.0000000,46.0000000],[126.5000000,46.0000000],[126.0000000,46.0000000],"
     "[126.0000000,45.0000000]]]"},
    /* Nothing with an inside is left of a line. */
    {FEATURE("Polygon", "[[[126,45],[127,45],[128,45],[126,45]]]"),
     "the area is not sound: two sides run along one another", NULL},
    {FEATURE("Polygon", "[[[126,45],[127,45],[126,45]]]"),
     "the area is not sound: a ring has fewer than three different corners", NULL},
    /* A sound one is left alone. */
    {FEATURE("Polygon", "[[[126,45],[126,46],[127,45],[126,45]]]"), NULL,
     "\"Polygon\",\"coordinates\":[[[126.0000000,45.0000000],[127.0000000,45.0000000],"
     "[126.0000000,46.0000000],[126.0000000,45.0000000]]]"},
};

START_TEST(areas_are_mended_and_it_is_said)
{
    build_run run;
    begin(&run, NULL);
    build_run_add(&run, POLE_TABLE_POLES, "poles.csv", "code,lat,lon\n1234567,45.7,126.6\n");
    build_run_add(&run, POLE_TABLE_STATIONS, "s.csv", STATION);
    build_run_add(&run, POLE_TABLE_AREAS, "areas.geojson", areas[_i].feature);
    ck_assert_msg(build_run_finish(&run) == POLE_OK, "%s", run.error.message);
    ck_assert_uint_eq(run.finding_count, areas[_i].message != NULL);
    if (areas[_i].message) {
        ck_assert_msg(strstr(run.findings->message, areas[_i].message) == run.findings->message,
                      "%s", run.findings->message);
        ck_assert_int_eq(run.findings->kind, areas[_i].exported ? POLE_FINDING_MENDED_GEOMETRY
                                                                : POLE_FINDING_BAD_GEOMETRY);
        ck_assert_int_eq(run.findings->refused, areas[_i].exported == NULL);
    }
    pole_index *index = build_run_open(&run);
    char *text = export_text(index, POLE_TABLE_AREAS, POLE_EXPORT_GEOJSON);
    if (areas[_i].exported)
        ck_assert_msg(strstr(text, areas[_i].exported) != NULL, "%s", text);
    else
        ck_assert_uint_eq(run.report.areas, 0);
    free(text);
    pole_index_close(index);
    build_run_end(&run);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("build_geo");
    TCase *tests = tcase_create("geo");
    tcase_add_test(tests, a_survey_table_is_read_in_its_crs);
    tcase_add_test(tests, northing_in_x_is_refused_with_the_cure);
    tcase_add_test(tests, lengths_that_may_be_exchanged_are_said_or_refused);
    tcase_add_test(tests, degrees_in_a_survey_crs_are_refused);
    tcase_add_test(tests, each_table_may_have_its_own_crs);
    tcase_add_test(tests, an_unknown_epsg_code_is_refused_at_once);
    tcase_add_loop_test(tests, areas_are_mended_and_it_is_said, 0,
                        (int)(sizeof areas / sizeof *areas));
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
