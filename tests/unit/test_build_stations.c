/* SPDX-License-Identifier: MIT
 * Stations and areas: who may name whom. A wrong prefix or successor sends a call to the wrong
 * door, so each is either certain or said aloud. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/build_run.h"
#include "support/test_main.h"

#define POLES "code,lat,lon\n1234567,45.7,126.6\n"
#define HEAD "id,name,lat,lon,kind,prefix,scope,successor\n"

/* Builds one pole and these stations. */
static void build_stations(build_run *run, const char *rows)
{
    char text[4096];
    build_run_init(run);
    run->options.scheme = "district:1,station:2,street:2,pole:2;*/station:1,street:2,pole:2";
    snprintf(text, sizeof text, HEAD "%s", rows);
    build_run_add(run, POLE_TABLE_POLES, "poles.csv", POLES);
    build_run_add(run, POLE_TABLE_STATIONS, "stations.csv", text);
    ck_assert_msg(build_run_finish(run) == POLE_OK, "%s", run->error.message);
}

static const struct {
    const char *row;
    const char *prefix;
} prefixes[] = {
    {"233,a,45.7,126.6,,,,", "233"},       /* three digits name a station of the urban scope */
    {"0233,a,45.7,126.6,,,,", ""},         /* four do not */
    {"23,a,45.7,126.6,,,,", ""},           /* nor two */
    {"233,a,45.7,126.6,police,,,", "233"}, /* said or not */
    {"233,a,45.7,126.6,派出所,,,", "233"},
    {"233,a,45.7,126.6,fire,,,\n1,b,45.7,126.6,,,,", ""}, /* codes name police stations */
    {"233,a,45.7,126.6,,-,,", ""},                        /* said to have none */
    {"S1,a,45.7,126.6,,233,,", "233"},                    /* said to have one */
    {"S1,a,45.7,126.6,,２３３,,", "233"},                 /* in full-width digits */
    {"S1,a,45.7,126.6,,1,,", "1"},                        /* of any length */
    {"S1,a,45.7,126.6,,,,", ""},                          /* an id that is not digits */
    {"5,a,45.7,126.6,,,宾县,", "5"},  /* one digit names a station in a county */
    {"233,a,45.7,126.6,,,宾县,", ""}, /* three do not, there */
};

START_TEST(a_prefix_is_said_or_follows_from_the_scheme)
{
    char row[128];
    build_run run;
    snprintf(row, sizeof row, "%s\n", prefixes[_i].row);
    build_stations(&run, row);
    ck_assert_uint_eq(run.finding_count, 0);
    pole_index *index = build_run_open(&run);
    pole_station station = {.struct_size = sizeof station};
    ck_assert_int_eq(pole_index_station(index, 0, &station), POLE_OK);
    ck_assert_uint_eq(station.prefix.size_bytes, strlen(prefixes[_i].prefix));
    ck_assert_int_eq(memcmp(station.prefix.data, prefixes[_i].prefix, station.prefix.size_bytes),
                     0);
    pole_index_close(index);
    build_run_end(&run);
}
END_TEST

static const struct {
    const char *rows;
    uint32_t stations;
    size_t refused, remarks;
    const char *message; /* of the first finding */
} tables[] = {
    {"1,a,45.7,126.6,,,,\n1,a,45.70,126.60,police,,,\n", 1, 0, 0,
     "the row repeats stations.csv line 2"},
    {"1,a,45.7,126.6,,,,\n1,b,45.7,126.6,,,,\n2,c,45.7,126.6,,,,\n", 1, 2, 0,
     "the station 1 stands in stations.csv line 3 too, with other values"},
    {",a,45.7,126.6,,,,\n", 0, 1, 0, "the station's id is empty"},
    {"1,a,126.6,45.7,,,,\n", 0, 1, 0, "look exchanged"},
    {"1,,45.7,126.6,,,,\n", 1, 0, 1, "the station has no name"},
    {"1,a,45.7,126.6,,12a,,\n", 1, 0, 1, "the prefix '12a' is not digits"},
    {"A,a,45.7,126.6,,233,,\nB,b,45.8,126.6,,233,,\n", 2, 0, 2,
     "the prefix 233 is that of the station B too: no code names either"},
    {"233,a,45.7,126.6,,,,\nB,b,45.8,126.6,,233,,\n", 2, 0, 2, "of the station B too"},
    {"A,a,45.7,126.6,,233,,\nB,b,45.8,126.6,,233,宾县,\n", 2, 0, 0, NULL},
    {"A,a,45.7,126.6,,,,B\nB,b,45.7,126.6,,,,C\nC,c,45.7,126.6,,,,\n", 3, 0, 0, NULL},
    {"A,a,45.7,126.6,,,,X\nB,b,45.7,126.6,,,,A\nC,c,45.7,126.6,,,,\n", 1, 2, 0,
     "the successor 'X' is no station that was taken"},
    {"A,a,45.7,126.6,,,,A\nC,c,45.7,126.6,,,,\n", 1, 1, 0,
     "the successor 'A' leads to no station that takes over"},
    {"A,a,45.7,126.6,,,,B\nB,b,45.7,126.6,,,,A\nC,c,45.7,126.6,,,,B\nD,d,45.7,126.6,,,,\n", 1, 3, 0,
     "the successor 'B' leads to no station that takes over"},
    /* One that is refused for itself takes along who hands over to it. */
    {"A,a,45.7,126.6,,,,B\nB,b,45.7,126.6,,,,\nB,c,45.7,126.6,,,,\nD,d,45.7,126.6,,,,\n", 1, 3, 0,
     "the station B stands in stations.csv line 4 too"},
};

START_TEST(stations_are_certain_or_said)
{
    build_run run;
    build_stations(&run, tables[_i].rows);
    size_t refused = 0;
    for (size_t i = 0; i < run.finding_count; i++)
        refused += run.findings[i].refused != 0;
    ck_assert_uint_eq(refused, tables[_i].refused);
    ck_assert_uint_eq(run.report.rows_refused, tables[_i].refused);
    ck_assert_uint_eq(run.report.remarks, tables[_i].remarks);
    ck_assert_uint_eq(run.report.stations, tables[_i].stations);
    if (tables[_i].message)
        ck_assert_msg(strstr(run.findings[0].message, tables[_i].message) != NULL, "%s",
                      run.findings[0].message);
    else
        ck_assert_uint_eq(run.finding_count, 0);
    build_run_end(&run);
}
END_TEST

START_TEST(a_chain_of_successors_that_is_too_long_is_refused)
{
    char rows[2048];
    size_t size = 0;
    build_run run;
    for (int i = 0; i < 20; i++)
        size += (size_t)snprintf(rows + size, sizeof rows - size, "S%02d,a,45.7,126.6,,,,S%02d\n",
                                 i, i + 1);
    snprintf(rows + size, sizeof rows - size, "S20,a,45.7,126.6,,,,\n");
    build_stations(&run, rows);
    /* From S04 on it is 16 steps and fewer. */
    ck_assert_uint_eq(run.report.stations, 17);
    ck_assert_uint_eq(run.report.rows_refused, 4);
    build_run_end(&run);
}
END_TEST

#define FEATURE(id, type, coordinates)                                                             \
    "{\"type\":\"Feature\",\"properties\":{\"station_id\":\"" id                                   \
    "\"},\"geometry\":{\"type\":\"" type "\",\"coordinates\":" coordinates "}}"
#define SQUARE "[[126,45],[127,45],[127,46],[126,46],[126,45]]"

START_TEST(a_table_without_police_is_said_to_answer_for_no_pole)
{
    build_run run;
    build_stations(&run, "1,a,45.7,126.6,Polizei,,,\n");
    ck_assert_uint_eq(run.finding_count, 1);
    ck_assert_uint_eq(run.findings->line, 0);
    ck_assert_str_eq(run.findings->message,
                     "no station is of the kind police, so none answers for a pole");
    build_run_end(&run);
}
END_TEST

static const struct {
    const char *feature;
    int taken;
    pole_finding_kind kind; /* 0: none */
    const char *message, *hint;
} areas[] = {
    {FEATURE("101", "Polygon", "[" SQUARE "]"), 1, 0, NULL, NULL},
    {FEATURE("101", "Polygon",
             "[" SQUARE ",[[126.1,45.1],[126.2,45.1],[126.2,45.2],[126.1,45.1]]]"),
     1, 0, NULL, NULL},
    /* A hole that touches its ring in one point. */
    {FEATURE("101", "Polygon", "[" SQUARE ",[[126,45],[126.2,45.1],[126.1,45.2],[126,45]]]"), 1, 0,
     NULL, NULL},
    {FEATURE("999", "Polygon", "[" SQUARE "]"), 0, POLE_FINDING_UNKNOWN_STATION,
     "there is no station '999' for the area", "name a station of the table"},
    {FEATURE("", "Polygon", "[" SQUARE "]"), 0, POLE_FINDING_EMPTY_CELL,
     "the area's station is empty", NULL},
    {FEATURE("101", "Point", "[126,45]"), 0, POLE_FINDING_BAD_GEOMETRY,
     "an area is a Polygon or MultiPolygon, and this is a Point", "areas are polygons"},
    {FEATURE("101", "Polygon", "[[[126,45],[127,46],[127,45],[126,46],[126,45]]]"), 0,
     POLE_FINDING_BAD_GEOMETRY, "a ring crosses itself, at latitude 45.0000000, longitude",
     "libpolelookup_geo"},
    {FEATURE("101", "Polygon", "[" SQUARE ",[[128,45],[129,45],[129,46],[128,45]]]"), 0,
     POLE_FINDING_BAD_GEOMETRY, "a hole does not lie in its polygon", "libpolelookup_geo"},
    {FEATURE("101", "MultiPolygon",
             "[[" SQUARE "],[[[126.1,45.1],[126.2,45.1],[126.2,45.2],"
             "[126.1,45.1]]]]"),
     0, POLE_FINDING_BAD_GEOMETRY, "a polygon lies in another of the same area",
     "libpolelookup_geo"},
    {FEATURE("101", "MultiPolygon",
             "[[" SQUARE "],[[[126.5,45.5],[128,45.5],[128,45.6],"
             "[126.5,45.5]]]]"),
     0, POLE_FINDING_BAD_GEOMETRY, "two rings cross", "libpolelookup_geo"},
    {FEATURE("101", "Polygon", "[[[126,45],[127,45],[128,45],[126,45]]]"), 0,
     POLE_FINDING_BAD_GEOMETRY, "two sides run along one another", "libpolelookup_geo"},
    {FEATURE("101", "Polygon", "[[[126,45],[126.00000001,45],[126,45.00000001],[126,45]]]"), 0,
     POLE_FINDING_BAD_GEOMETRY, "fewer than three different corners", "libpolelookup_geo"},
    {FEATURE("101", "Polygon", "[[[179,45],[-179,45],[-179,46],[179,46],[179,45]]]"), 0,
     POLE_FINDING_BAD_GEOMETRY, "cut the area at the antimeridian", "cut it in two"},
    {FEATURE("101", "Polygon", "[[[45,126],[46,126],[46,127],[45,126]]]"), 0,
     POLE_FINDING_LOOKS_SWAPPED, "look exchanged", "exchange"},
    {FEATURE("101", "Polygon",
             "[[[467000,5065000],[468000,5065000],[468000,5066000],"
             "[467000,5065000]]]"),
     0, POLE_FINDING_LOOKS_METRIC, "look like metres", "--from-crs"},
    /* Closed by the builder, and said. */
    {FEATURE("101", "Polygon", "[[[126,45],[127,45],[127,46],[126,46]]]"), 1,
     POLE_FINDING_MENDED_GEOMETRY, "a ring that was not closed was closed", "look at it"},
};

START_TEST(areas_are_sound_or_refused)
{
    char text[1024];
    build_run run;
    build_run_init(&run);
    snprintf(text, sizeof text, "{\"type\":\"FeatureCollection\",\"features\":[%s]}",
             areas[_i].feature);
    build_run_add(&run, POLE_TABLE_POLES, "poles.csv", POLES);
    build_run_add(&run, POLE_TABLE_STATIONS, "stations.csv", HEAD "101,a,45.7,126.6,,,,\n");
    build_run_add(&run, POLE_TABLE_AREAS, "areas.geojson", text);
    ck_assert_msg(build_run_finish(&run) == POLE_OK, "%s", run.error.message);
    ck_assert_uint_eq(run.report.areas, (uint32_t)areas[_i].taken);
    ck_assert_uint_eq(run.finding_count, areas[_i].kind != 0);
    if (areas[_i].kind != 0) {
        const kept_finding *found = run.findings;
        ck_assert_str_eq(pole_finding_name(found->kind), pole_finding_name(areas[_i].kind));
        ck_assert_int_eq(found->refused, !areas[_i].taken);
        ck_assert_msg(strstr(found->message, areas[_i].message) != NULL, "%s", found->message);
        ck_assert_msg(areas[_i].hint ? strstr(found->hint, areas[_i].hint) != NULL
                                     : found->hint[0] == '\0',
                      "%s", found->hint);
    }
    build_run_end(&run);
}
END_TEST

START_TEST(areas_without_stations_say_what_is_missing)
{
    build_run run;
    build_run_init(&run);
    build_run_add(&run, POLE_TABLE_POLES, "poles.csv", POLES);
    build_run_add(&run, POLE_TABLE_AREAS, "areas.geojson",
                  FEATURE("101", "Polygon", "[" SQUARE "]"));
    ck_assert_int_eq(build_run_finish(&run), POLE_OK);
    ck_assert_uint_eq(run.finding_count, 1);
    ck_assert_str_eq(run.findings->hint, "give the table of stations too");
    build_run_end(&run);
}
END_TEST

START_TEST(equal_areas_are_taken_once_however_they_are_written)
{
    build_run run;
    build_run_init(&run);
    build_run_add(&run, POLE_TABLE_POLES, "poles.csv", POLES);
    build_run_add(&run, POLE_TABLE_STATIONS, "stations.csv", HEAD "101,a,45.7,126.6,,,,\n");
    build_run_add(&run, POLE_TABLE_AREAS, "areas.geojson",
                  FEATURE("101", "Polygon", "[" SQUARE "]") "\n" FEATURE(
                      "101", "MultiPolygon",
                      "[[[[127,46],[127.0,45],[126,45],[126,4.6e1],[126,46],[127,46]]]]") "\n");
    ck_assert_msg(build_run_finish(&run) == POLE_OK, "%s", run.error.message);
    ck_assert_uint_eq(run.report.areas, 1);
    ck_assert_uint_eq(run.report.rows_collapsed, 1);
    ck_assert_str_eq(run.findings->message, "the area repeats areas.geojson line 1");
    build_run_end(&run);
}
END_TEST

START_TEST(an_area_by_a_call_may_be_rings_in_any_order)
{
    /* A hole before its ring, and a second polygon. */
    const pole_point points[] = {{45.2, 126.2}, {45.4, 126.2}, {45.4, 126.4}, {45.2, 126.4},
                                 {45, 126},     {46, 126},     {46, 127},     {45, 127},
                                 {45, 128},     {46, 128},     {46, 129}};
    const size_t sizes[] = {4, 4, 3};
    const pole_point bow[] = {{45, 126}, {46, 127}, {45, 127}, {46, 126}};
    const size_t four = 4, two = 2;
    build_run run;
    pole_error error;
    build_run_init(&run);
    build_run_add(&run, POLE_TABLE_POLES, "poles.csv", POLES);
    build_run_add(&run, POLE_TABLE_STATIONS, "stations.csv", HEAD "101,a,45.7,126.6,,,,\n");
    ck_assert_int_eq(pole_builder_add_area(run.builder, span_of("101"), points, sizes, 3, &error),
                     POLE_OK);
    ck_assert_int_eq(pole_builder_add_area(run.builder, span_of("101"), bow, &four, 1, &error),
                     POLE_BAD_INPUT);
    ck_assert_int_eq(pole_builder_add_area(run.builder, span_of("101"), bow, &two, 1, &error),
                     POLE_BAD_INPUT);
    ck_assert_int_eq(pole_builder_add_area(run.builder, span_of("101"), bow, &four, 0, &error),
                     POLE_INVALID_ARGUMENT);
    ck_assert_int_eq(build_run_finish(&run), POLE_OK);
    ck_assert_uint_eq(run.report.areas, 1);
    pole_index *index = build_run_open(&run);
    char *text = export_text(index, POLE_TABLE_AREAS, POLE_EXPORT_GEOJSON);
    ck_assert_ptr_nonnull(strstr(
        text, "\"MultiPolygon\",\"coordinates\":[[[[126.0000000,45.0000000],[127.0000000,"
              "45.0000000],[127.0000000,46.0000000],[126.0000000,46.0000000],[126.0000000,"
              "45.0000000]],[[126.2000000,45.2000000],[126.2000000,45.4000000],[126.4000000,"
              "45.4000000],[126.4000000,45.2000000],[126.2000000,45.2000000]]],[[[128.0000000,"));
    free(text);
    pole_index_close(index);
    build_run_end(&run);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("build_stations");
    TCase *tests = tcase_create("stations");
    tcase_add_loop_test(tests, a_prefix_is_said_or_follows_from_the_scheme, 0,
                        (int)(sizeof prefixes / sizeof *prefixes));
    tcase_add_loop_test(tests, stations_are_certain_or_said, 0,
                        (int)(sizeof tables / sizeof *tables));
    tcase_add_test(tests, a_table_without_police_is_said_to_answer_for_no_pole);
    tcase_add_test(tests, a_chain_of_successors_that_is_too_long_is_refused);
    tcase_add_loop_test(tests, areas_are_sound_or_refused, 0, (int)(sizeof areas / sizeof *areas));
    tcase_add_test(tests, areas_without_stations_say_what_is_missing);
    tcase_add_test(tests, equal_areas_are_taken_once_however_they_are_written);
    tcase_add_test(tests, an_area_by_a_call_may_be_rings_in_any_order);
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
