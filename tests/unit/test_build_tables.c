/* SPDX-License-Identifier: MIT
 * Tables as agencies have them: Chinese headers, GB18030, semicolons, lengths or another datum in
 * place of degrees, GeoJSON. The same pole must come out of all of them, to the last digit. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <polelookup/crs.h>

#include "support/build_run.h"
#include "support/test_main.h"

/* 中央大街 and the headers in GB18030. */
#define GB_CODE "\xB5\xC6\xB8\xCB\xB1\xE0\xBA\xC5" /* 灯杆编号 */
#define GB_LAT "\xCE\xB3\xB6\xC8"                  /* 纬度 */
#define GB_LON "\xBE\xAD\xB6\xC8"                  /* 经度 */
#define GB_STREET "\xBD\xD6\xB5\xC0"               /* 街道 */
#define GB_NAME "\xD6\xD0\xD1\xEB\xB4\xF3\xBD\xD6" /* 中央大街 */

#define POINT                                                                                      \
    "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":"          \
    "{\"code\":\"1234567\",\"street\":\"中央大街\"},\"geometry\":{\"type\":\"Point\","         \
    "\"coordinates\":[126.6412345,45.7712345,120.5]}}]}"

static const struct {
    const char *file_name, *text;
} tables[] = {
    {"a.csv", "code,lat,lon,street\n1234567,45.7712345,126.6412345,中央大街\n"},
    {"a.csv", "\xEF\xBB\xBF"
              "code,lat,lon,street\r\n\"1234567\",45.7712345,126.6412345,中央大街\r\n"},
    {"a.csv", "灯杆编号,纬度,经度,街道\n1234567,45.7712345,126.6412345,中央大街\n"},
    {"a.csv",
     GB_CODE "," GB_LAT "," GB_LON "," GB_STREET "\n1234567,45.7712345,126.6412345," GB_NAME "\n"},
    {"a.csv", "code;lat;lon;street\n1234567;45.7712345;126.6412345;中央大街\n"},
    {"a.tsv", "code\tlat\tlon\tstreet\n1234567\t45.7712345\t126.6412345\t中央大街\n"},
    {"a.csv", "Street,Code,y,x,extra\n中央大街,１２３４５６７,45.7712345,126.6412345,z\n"},
    {"a.csv", "code,lat,lon,street\n 1234567 ,+45.77123450,1.266412345e2,　中央大街 \n\n\n"},
    {"a.csv", "code,lat,lon,street\n1234567,45.77123445,126.64123454999,中央大街\n"},
    {"a.geojson", POINT},
    {"a.json", "\n" POINT},
};

START_TEST(the_same_pole_comes_out_of_every_dialect)
{
    build_run run;
    build_run_init(&run);
    build_run_add(&run, POLE_TABLE_POLES, tables[_i].file_name, tables[_i].text);
    ck_assert_msg(build_run_finish(&run) == POLE_OK, "%s", run.error.message);
    ck_assert_uint_eq(run.finding_count, 0);
    pole_index *index = build_run_open(&run);
    pole_record record = {.struct_size = sizeof record};
    ck_assert_int_eq(pole_index_record(index, 0, &record), POLE_OK);
    ck_assert_uint_eq(record.code.number, 1234567);
    ck_assert_uint_eq(record.code.digits, 7);
    ck_assert_double_eq(record.at.lat_deg, 45.7712345);
    ck_assert_double_eq(record.at.lon_deg, 126.6412345);
    ck_assert_uint_eq(record.street.size_bytes, strlen("中央大街"));
    ck_assert_int_eq(memcmp(record.street.data, "中央大街", record.street.size_bytes), 0);
    pole_index_close(index);
    build_run_end(&run);
}
END_TEST

START_TEST(a_map_names_the_columns)
{
    const char *const map[] = {"code=ID_1", "poles.lat=B", "lon=C", "poles.street=ID_1", NULL};
    build_run run;
    build_run_init(&run);
    run.options.map = map;
    build_run_add(&run, POLE_TABLE_POLES, "a.csv",
                  "code,ID_1,lat,lon,B,C\n7654321,1234567,0,0,45.7,126.6\n");
    ck_assert_msg(build_run_finish(&run) == POLE_OK, "%s", run.error.message);
    pole_index *index = build_run_open(&run);
    pole_record record = {.struct_size = sizeof record};
    ck_assert_int_eq(pole_index_record(index, 0, &record), POLE_OK);
    ck_assert_uint_eq(record.code.number, 1234567);
    ck_assert_double_eq(record.at.lat_deg, 45.7);
    ck_assert_uint_eq(record.street.size_bytes, 7);
    pole_index_close(index);
    build_run_end(&run);
}
END_TEST

START_TEST(mapped_columns_choose_between_two_pairs_and_before_a_geometry)
{
    const char *const map[] = {"x=X", "y=Y", NULL};
    build_run run;
    build_run_init(&run);
    run.options.map = map;
    build_run_add(&run, POLE_TABLE_POLES, "a.csv", "code,lat,lon,X,Y\n1234567,1,2,126.6,45.7\n");
    build_run_add(&run, POLE_TABLE_POLES, "b.geojson",
                  "{\"type\":\"Feature\",\"properties\":{\"code\":\"1234569\",\"X\":126.5,\"Y\":"
                  "45.6},\"geometry\":{\"type\":\"Point\",\"coordinates\":[1,2]}}");
    ck_assert_msg(build_run_finish(&run) == POLE_OK, "%s", run.error.message);
    pole_index *index = build_run_open(&run);
    pole_point at;
    ck_assert_int_eq(pole_index_point(index, 0, &at), POLE_OK);
    ck_assert_double_eq(at.lat_deg, 45.7);
    ck_assert_int_eq(pole_index_point(index, 1, &at), POLE_OK);
    ck_assert_double_eq(at.lon_deg, 126.5);
    pole_index_close(index);
    build_run_end(&run);
}
END_TEST

/* A table in another datum, against the public conversion of one point. */
static void build_in(const char *from_crs, double lat, double lon, pole_point *at)
{
    char text[128];
    build_run run;
    build_run_init(&run);
    run.options.from_crs = from_crs;
    snprintf(text, sizeof text, "code,lat,lon\n1234567,%.7f,%.7f\n", lat, lon);
    build_run_add(&run, POLE_TABLE_POLES, "a.csv", text);
    ck_assert_msg(build_run_finish(&run) == POLE_OK, "%s", run.error.message);
    pole_index *index = build_run_open(&run);
    ck_assert_int_eq(pole_index_point(index, 0, at), POLE_OK);
    pole_index_close(index);
    build_run_end(&run);
}

START_TEST(map_datums_are_turned_back)
{
    static const char *const names[] = {"gcj02", "BD09", "poles=gcj02", "bd09;poles=GCJ02"};
    pole_crs *crs;
    double x = 126.6412345, y = 45.7712345;
    pole_point at;
    build_in(names[_i], y, x, &at);
    ck_assert_int_eq(pole_crs_new(span_of(_i == 1 ? "bd09" : "gcj02"), NULL, NULL, &crs, NULL),
                     POLE_OK);
    ck_assert_int_eq(pole_crs_to_wgs84(crs, 1, &x, &y, NULL), POLE_OK);
    pole_crs_free(crs);
    ck_assert_double_eq_tol(at.lat_deg, y, 0.50001e-7);
    ck_assert_double_eq_tol(at.lon_deg, x, 0.50001e-7);
    /* About 700 m from what the table says: the trap of reading it as WGS 84. */
    ck_assert_double_gt(fabs(at.lon_deg - 126.6412345), 0.004);
}
END_TEST

START_TEST(cgcs2000_is_taken_as_it_stands)
{
    pole_point at;
    build_in("EPSG:4490", 45.7712345, 126.6412345, &at);
    ck_assert_double_eq(at.lat_deg, 45.7712345);
    ck_assert_double_eq(at.lon_deg, 126.6412345);
}
END_TEST

START_TEST(a_file_may_say_that_it_is_what_was_given)
{
    static const struct {
        const char *stated, *given;
        int sound;
    } cases[] = {
        {"urn:ogc:def:crs:OGC:1.3:CRS84", NULL, 1},
        {"urn:ogc:def:crs:EPSG::4326", NULL, 1},
        {"urn:ogc:def:crs:EPSG::4490", NULL, 1},
        {"EPSG:4490", "EPSG:4326", 1},
        {"http://www.opengis.net/def/crs/EPSG/0/4326", NULL, 1},
        {"urn:ogc:def:crs:EPSG::4530", NULL, 0},
        {"EPSG:4326", "gcj02", 0},
        {"Harbin local 1950", NULL, 0},
        {"Harbin local 1950", "gcj02", 2},
    };
    char text[512];
    build_run run;
    build_run_init(&run);
    run.options.from_crs = cases[_i].given;
    /* The member stands behind the features, where it is seen last. */
    snprintf(text, sizeof text,
             "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":"
             "{\"code\":\"1234567\"},\"geometry\":{\"type\":\"Point\",\"coordinates\":[126.6,45.7]}"
             "}],\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"%s\"}}}",
             cases[_i].stated);
    build_run_add(&run, POLE_TABLE_POLES, "a.geojson", text);
    if (cases[_i].sound) {
        ck_assert_msg(build_run_finish(&run) == POLE_OK, "%s", run.error.message);
        ck_assert_uint_eq(build_run_count(&run, POLE_FINDING_OTHER_CRS), cases[_i].sound - 1);
    } else {
        ck_assert_int_eq(run.status, POLE_BAD_INPUT);
        const kept_finding *found = build_run_first(&run, POLE_FINDING_OTHER_CRS);
        ck_assert_ptr_nonnull(found);
        ck_assert_int_eq(found->refused, 1);
        ck_assert_str_eq(found->value, cases[_i].stated);
        ck_assert_ptr_nonnull(strstr(run.error.message, "states the CRS"));
        ck_assert_ptr_nonnull(strstr(run.error.hint, "--from-crs"));
    }
    build_run_end(&run);
}
END_TEST

static const struct {
    const char *from_crs, *scheme, *map, *encoding, *message;
    pole_status status;
} bad_options[] = {
    {"EPSG:4530", NULL, NULL, NULL, "EPSG:4530", POLE_UNSUPPORTED},
    {"mars", NULL, NULL, NULL, "mars", POLE_INVALID_ARGUMENT},
    {"roads=gcj02", NULL, NULL, NULL, "does not name the CRS", POLE_INVALID_ARGUMENT},
    {"poles=", NULL, NULL, NULL, "does not name the CRS", POLE_INVALID_ARGUMENT},
    {"poles=gcj02;poles=bd09", NULL, NULL, NULL, "does not name the CRS", POLE_INVALID_ARGUMENT},
    {NULL, "", NULL, NULL, "it has no field", POLE_INVALID_ARGUMENT},
    {NULL, "district:1,street", NULL, NULL, "count of digits", POLE_INVALID_ARGUMENT},
    {NULL, "district:0", NULL, NULL, "count of digits", POLE_INVALID_ARGUMENT},
    {NULL, "room:3", NULL, NULL, "a field is one of", POLE_INVALID_ARGUMENT},
    {NULL, "street:5,pole:5", NULL, NULL, "at most 9 digits", POLE_INVALID_ARGUMENT},
    {NULL, "pole:2,pole:3", NULL, NULL, "stands there twice", POLE_INVALID_ARGUMENT},
    {NULL, "pole:5;street:3,pole:2", NULL, NULL, "stand there twice", POLE_INVALID_ARGUMENT},
    {NULL, NULL, "code", NULL, "no header behind '='", POLE_INVALID_ARGUMENT},
    {NULL, NULL, "roads.code=a", NULL, "none of the tables", POLE_INVALID_ARGUMENT},
    {NULL, NULL, "colour=a", NULL, "no column that is read", POLE_INVALID_ARGUMENT},
    {NULL, NULL, "areas.code=a", NULL, "no column that is read", POLE_INVALID_ARGUMENT},
    {NULL, NULL, NULL, "latin-9", "latin-9", POLE_INVALID_ARGUMENT},
};

START_TEST(options_that_cannot_be_read_are_refused_at_once)
{
    const char *const map[] = {bad_options[_i].map, NULL};
    pole_build_options options;
    pole_builder *builder;
    pole_error error;
    pole_build_options_init(&options);
    options.from_crs = bad_options[_i].from_crs;
    options.scheme = bad_options[_i].scheme;
    options.encoding = bad_options[_i].encoding;
    options.map = map;
    ck_assert_int_eq(pole_builder_new(&options, &builder, &error), bad_options[_i].status);
    ck_assert_ptr_null(builder);
    ck_assert_msg(strstr(error.message, bad_options[_i].message) != NULL, "%s", error.message);
}
END_TEST

START_TEST(schemes_divide_codes)
{
    build_run run;
    build_run_init(&run);
    run.options.scheme = " district:1, station:3,pole:3 ; pole:9;深圳/南山/other:2,pole:3;*/pole:1";
    build_run_add(&run, POLE_TABLE_POLES, "a.csv",
                  "scope,code,lat,lon\n,1234567,22.5,114\n,000000001,22.5,114\n"
                  "深圳/南山,00123,22.5,114\n*,5,22.5,114\nother,0,22.5,114\n");
    ck_assert_msg(build_run_finish(&run) == POLE_OK, "%s", run.error.message);
    ck_assert_uint_eq(run.report.rows_refused, 0);
    pole_index *index = build_run_open(&run);
    pole_info info = {.struct_size = sizeof info};
    ck_assert_int_eq(pole_index_info(index, &info), POLE_OK);
    ck_assert_uint_eq(info.schemes, 5);
    ck_assert_uint_eq(info.scopes, 4);
    pole_scheme_info scheme = {.struct_size = sizeof scheme};
    ck_assert_int_eq(pole_index_scheme(index, 0, &scheme), POLE_OK);
    ck_assert_uint_eq(scheme.digits, 7);
    ck_assert_uint_eq(scheme.field_count, 3);
    ck_assert_uint_eq(scheme.field_kind[1], POLE_FIELD_STATION);
    ck_assert_uint_eq(scheme.field_width[1], 3);
    pole_index_close(index);
    build_run_end(&run);
}
END_TEST

START_TEST(rows_by_calls_are_judged_like_rows_of_tables)
{
    build_run run;
    pole_error error;
    build_run_init(&run);
    pole_record record = {.struct_size = sizeof record, .surveyed_days = POLE_NO_DATE};
    ck_assert_int_eq(pole_builder_new(&run.options, &run.builder, &error), POLE_OK);
    record.at.lat_deg = 45.7712345;
    record.at.lon_deg = 126.6412345;
    ck_assert_int_eq(pole_builder_add_pole(run.builder, span_of("1234567"), &record, &error),
                     POLE_OK);
    ck_assert_int_eq(pole_builder_add_pole(run.builder, span_of("123456"), &record, &error),
                     POLE_BAD_INPUT);
    ck_assert_str_eq(error.message, "poles, number 2 added, code: the code '123456' has 6 digits; "
                                    "codes have 7");
    record.at.lat_deg = NAN;
    ck_assert_int_eq(pole_builder_add_pole(run.builder, span_of("1234569"), &record, &error),
                     POLE_BAD_INPUT);
    record.at.lat_deg = 1e300;
    ck_assert_int_eq(pole_builder_add_pole(run.builder, span_of("1234569"), &record, &error),
                     POLE_BAD_INPUT);
    record.at.lat_deg = 45.0;
    record.street = (pole_span){"\xFF", 1};
    ck_assert_int_eq(pole_builder_add_pole(run.builder, span_of("1234569"), &record, &error),
                     POLE_BAD_INPUT);
    record.street = (pole_span){"a\0b", 3};
    ck_assert_int_eq(pole_builder_add_pole(run.builder, span_of("1234569"), &record, &error),
                     POLE_BAD_INPUT);
    record.street = (pole_span){NULL, 0};
    record.state = 3;
    ck_assert_int_eq(pole_builder_add_pole(run.builder, span_of("1234569"), &record, &error),
                     POLE_INVALID_ARGUMENT);
    /* What a call did wrong with one row does not end the build. */
    ck_assert_int_eq(build_run_finish(&run), POLE_OK);
    ck_assert_uint_eq(run.report.poles, 1);
    ck_assert_uint_eq(run.report.rows_read, 6);
    ck_assert_uint_eq(run.report.rows_refused, 5);
    ck_assert_uint_eq(run.finding_count, 5);
    ck_assert_int_eq(pole_builder_add_pole(run.builder, span_of("1234567"), &record, &error),
                     POLE_INVALID_ARGUMENT);
    ck_assert_str_eq(error.message, "the build is finished");
    build_run_end(&run);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("build_tables");
    TCase *tests = tcase_create("tables");
    tcase_add_loop_test(tests, the_same_pole_comes_out_of_every_dialect, 0,
                        (int)(sizeof tables / sizeof *tables));
    tcase_add_test(tests, a_map_names_the_columns);
    tcase_add_test(tests, mapped_columns_choose_between_two_pairs_and_before_a_geometry);
    tcase_add_loop_test(tests, map_datums_are_turned_back, 0, 4);
    tcase_add_test(tests, cgcs2000_is_taken_as_it_stands);
    tcase_add_loop_test(tests, a_file_may_say_that_it_is_what_was_given, 0, 9);
    tcase_add_loop_test(tests, options_that_cannot_be_read_are_refused_at_once, 0,
                        (int)(sizeof bad_options / sizeof *bad_options));
    tcase_add_test(tests, schemes_divide_codes);
    tcase_add_test(tests, rows_by_calls_are_judged_like_rows_of_tables);
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
