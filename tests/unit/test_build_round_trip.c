/* SPDX-License-Identifier: MIT
 * What goes in comes out: an index exported and built again is the same index, and the order of
 * rows, files and ring corners leaves no trace in it. Two agencies that hold the same table can
 * then compare their indexes by one line of text. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/build_run.h"
#include "support/test_main.h"
#include "support/test_random.h"

#define SCHEME "district:1,station:2,street:2,pole:2;*/station:1,street:2,pole:2;松北/pole:3"

/* With everything that a text can hold and a table can say. */
/* clang-format off */
static const char *const pole_rows[] = {
    ",0000001,-45.0000001,-179.9999999,'apostrophe',道里区,active,,,,,\n",
    ",0000002,45.0,180,\"a, \"\"b\"\" street\",道里区,moved,0000003,2008-06-30,,,note; | x\n",
    ",0000003,-90,180.0,=cmd(),道外区,removed,,1999-12-31,,,\n",
    ",1234567,45.7712345,126.6412345,中央大街,道里区,在用,,2008/6/30,路灯-7,电力,\"杆在\"\"桥\"\"边\"\n",
    ",1234567,45.7712345,126.6412345,中央大街,道里区,在用,,20080630,T-99,电信,\"杆在\"\"桥\"\"边\"\n",
    ",1234567,45.7712345,126.6412345,中央大街,道里区,在用,,2008年6月30日,路灯-7,,\"杆在\"\"桥\"\"边\"\n",
    ",1234569,45.7712399,126.6412399,中央大街,道里区,,,,路灯-7,电力,\n",
    "宾县,10101,45.75,127.48,迎宾路,,,,,,,\n",
    "宾县,10103,45.7501,127.48,迎宾路,,,,,,,😀 U+1F600\n",
    "巴彦,10101,46.08,127.40,人民大街,,报废,,,,,\n",
    "松北,007,45.8,126.5,,,,,,,,\n",
    "松北,070,45.8,126.5,,,,,,,,\n",
};
/* clang-format on */
#define POLE_ROWS (sizeof pole_rows / sizeof *pole_rows)
#define POLE_HEAD                                                                                  \
    "scope,code,lat,lon,street,district,status,successor,surveyed,alias,alias_owner,note\n"

static const char *const station_rows[] = {
    "101,一零一所,45.75,126.61,,道里分局,道里区,110,,,\n",
    "102,\"所, 二\",45.76,126.62,police,,,,-,,101\n",
    "F1,消防站,45.77,126.63,fire,,,119,,,\n",
    "9,宾县所,45.75,127.48,police,,,,1,宾县,\n",
    "233,道外所,45.78,126.64,,,,,,,\n",
};
#define STATION_ROWS (sizeof station_rows / sizeof *station_rows)
#define STATION_HEAD "id,name,lat,lon,kind,group,district,phone,prefix,scope,successor\n"

static const char *const area_features[] = {
    ("{\"type\":\"Feature\",\"properties\":{\"station_id\":\"101\"},\"geometry\":{\"type\":"
     "\"Polygon\",\"coordinates\":[[[126,45],[127,45],[127,46],[126,46],[126,45]],"
     "[[126.2,45.2],[126.4,45.2],[126.4,45.4],[126.2,45.4],[126.2,45.2]]]}}"),
    ("{\"type\":\"Feature\",\"properties\":{\"station_id\":\"233\"},\"geometry\":{\"type\":"
     "\"MultiPolygon\",\"coordinates\":[[[[127,45],[128,45],[128,46],[127,45]]],"
     "[[[125,45.0000001],[125,45.5],[125.5,45],[125,45.0000001]]]]}}"),
    ("{\"type\":\"Feature\",\"properties\":{\"station_id\":\"F1\"},\"geometry\":{\"type\":"
     "\"Polygon\",\"coordinates\":[[[126,45],[126,46],[127,46],[127,45],[126,45]]]}}"),
};
#define AREA_FEATURES (sizeof area_features / sizeof *area_features)

/* Rows in an order, from `first` to before `end`, behind a head. */
static void join(char *text, size_t capacity, const char *head, const char *const *rows,
                 const size_t *order, size_t first, size_t end)
{
    size_t size = (size_t)snprintf(text, capacity, "%s", head);
    for (size_t i = first; i < end; i++)
        size += (size_t)snprintf(text + size, capacity - size, "%s", rows[order[i]]);
    ck_assert_uint_lt(size, capacity);
}

static void join_areas(char *text, size_t capacity, const size_t *order)
{
    size_t size =
        (size_t)snprintf(text, capacity, "{\"type\":\"FeatureCollection\",\"features\":[");
    for (size_t i = 0; i < AREA_FEATURES; i++)
        size += (size_t)snprintf(text + size, capacity - size, "%s%s", i ? "," : "",
                                 area_features[order[i]]);
    size += (size_t)snprintf(text + size, capacity - size, "]}");
    ck_assert_uint_lt(size, capacity);
}

static void in_order(size_t *order, size_t count)
{
    for (size_t i = 0; i < count; i++)
        order[i] = i;
}

static void shuffle(test_random *random, size_t *order, size_t count)
{
    in_order(order, count);
    for (size_t i = count; i > 1; i--) {
        const size_t other = test_random_below(random, i);
        const size_t swapped = order[i - 1];
        order[i - 1] = order[other];
        order[other] = swapped;
    }
}

/* Builds the city, shuffled and split over files when random is given. */
static void build_city(build_run *run, test_random *random)
{
    char text[4096];
    size_t poles[POLE_ROWS], stations[STATION_ROWS], areas[AREA_FEATURES];
    in_order(poles, POLE_ROWS);
    in_order(stations, STATION_ROWS);
    in_order(areas, AREA_FEATURES);
    size_t cut = POLE_ROWS;
    if (random) {
        shuffle(random, poles, POLE_ROWS);
        shuffle(random, stations, STATION_ROWS);
        shuffle(random, areas, AREA_FEATURES);
        cut = test_random_below(random, POLE_ROWS);
    }
    build_run_init(run);
    run->options.scheme = SCHEME;
    join_areas(text, sizeof text, areas);
    build_run_add(run, POLE_TABLE_AREAS, "areas.geojson", text);
    join(text, sizeof text, POLE_HEAD, pole_rows, poles, 0, cut);
    build_run_add(run, POLE_TABLE_POLES, "poles.csv", text);
    if (cut < POLE_ROWS) {
        join(text, sizeof text, POLE_HEAD, pole_rows, poles, cut, POLE_ROWS);
        build_run_add(run, POLE_TABLE_POLES, "more.csv", text);
    }
    join(text, sizeof text, STATION_HEAD, station_rows, stations, 0, STATION_ROWS);
    build_run_add(run, POLE_TABLE_STATIONS, "stations.csv", text);
    ck_assert_msg(build_run_finish(run) == POLE_OK, "%s", run->error.message);
    for (size_t i = 0; i < run->finding_count; i++)
        ck_assert_msg(!run->findings[i].refused, "%s", run->findings[i].message);
}

START_TEST(an_export_builds_the_same_index)
{
    const uint32_t format = (uint32_t)_i;
    const char *ending = format == POLE_EXPORT_CSV ? "csv" : "geojson";
    char name[32];
    build_run first, second;
    build_city(&first, NULL);
    ck_assert_uint_eq(first.report.poles, 10);
    ck_assert_uint_eq(first.report.stations, 5);
    ck_assert_uint_eq(first.report.areas, 3);
    pole_index *index = build_run_open(&first);
    char *poles = export_text(index, POLE_TABLE_POLES, format);
    char *stations = export_text(index, POLE_TABLE_STATIONS, format);
    char *areas = export_text(index, POLE_TABLE_AREAS, POLE_EXPORT_GEOJSON);
    build_run_init(&second);
    second.options.scheme = SCHEME;
    snprintf(name, sizeof name, "p.%s", ending);
    build_run_add(&second, POLE_TABLE_POLES, name, poles);
    snprintf(name, sizeof name, "s.%s", ending);
    build_run_add(&second, POLE_TABLE_STATIONS, name, stations);
    build_run_add(&second, POLE_TABLE_AREAS, "a.geojson", areas);
    ck_assert_msg(build_run_finish(&second) == POLE_OK, "%s", second.error.message);
    ck_assert_uint_eq(second.report.rows_refused, 0);
    ck_assert_uint_eq(second.report.remarks, 0);
    ck_assert_str_eq(second.report.id, first.report.id);
    /* And the export of it is the same text. */
    pole_index *again = build_run_open(&second);
    char *poles_again = export_text(again, POLE_TABLE_POLES, format);
    char *stations_again = export_text(again, POLE_TABLE_STATIONS, format);
    char *areas_again = export_text(again, POLE_TABLE_AREAS, POLE_EXPORT_GEOJSON);
    ck_assert_str_eq(poles_again, poles);
    ck_assert_str_eq(stations_again, stations);
    ck_assert_str_eq(areas_again, areas);
    free(poles);
    free(stations);
    free(areas);
    free(poles_again);
    free(stations_again);
    free(areas_again);
    pole_index_close(index);
    pole_index_close(again);
    build_run_end(&first);
    build_run_end(&second);
}
END_TEST

START_TEST(the_export_says_what_the_table_said)
{
    build_run run;
    build_city(&run, NULL);
    pole_index *index = build_run_open(&run);
    char *poles = export_text(index, POLE_TABLE_POLES, POLE_EXPORT_CSV);
    char *stations = export_text(index, POLE_TABLE_STATIONS, POLE_EXPORT_CSV);
    char *areas = export_text(index, POLE_TABLE_AREAS, POLE_EXPORT_GEOJSON);
    ck_assert_str_eq(
        poles,
        "\"scope\",code,lat,lon,street,district,status,successor,surveyed,alias,alias_owner,note\n"
        ",0000001,-45.0000001,-179.9999999,'apostrophe',道里区,active,,,,,\n"
        ",0000002,45.0000000,180.0000000,\"a, \"\"b\"\" street\",道里区,moved,0000003,"
        "2008-06-30,,,note; | x\n"
        ",0000003,-90.0000000,180.0000000,=cmd(),道外区,removed,,1999-12-31,,,\n"
        ",1234567,45.7712345,126.6412345,中央大街,道里区,active,,2008-06-30,T-99,电信,"
        "\"杆在\"\"桥\"\"边\"\n"
        ",1234567,45.7712345,126.6412345,中央大街,道里区,active,,2008-06-30,路灯-7,,"
        "\"杆在\"\"桥\"\"边\"\n"
        ",1234567,45.7712345,126.6412345,中央大街,道里区,active,,2008-06-30,路灯-7,电力,"
        "\"杆在\"\"桥\"\"边\"\n"
        ",1234569,45.7712399,126.6412399,中央大街,道里区,active,,,路灯-7,电力,\n"
        "宾县,10101,45.7500000,127.4800000,迎宾路,,active,,,,,\n"
        "宾县,10103,45.7501000,127.4800000,迎宾路,,active,,,,,😀 U+1F600\n"
        "巴彦,10101,46.0800000,127.4000000,人民大街,,removed,,,,,\n"
        "松北,007,45.8000000,126.5000000,,,active,,,,,\n"
        "松北,070,45.8000000,126.5000000,,,active,,,,,\n");
    ck_assert_str_eq(stations,
                     "\"id\",name,lat,lon,kind,group,district,phone,prefix,scope,successor\n"
                     "101,一零一所,45.7500000,126.6100000,police,道里分局,道里区,110,101,,\n"
                     "102,\"所, 二\",45.7600000,126.6200000,police,,,,-,,101\n"
                     "233,道外所,45.7800000,126.6400000,police,,,,233,,\n"
                     "9,宾县所,45.7500000,127.4800000,police,,,,1,宾县,\n"
                     "F1,消防站,45.7700000,126.6300000,fire,,,119,-,,\n");
    /* Outer rings anticlockwise, holes clockwise, longitude first, closed. */
    ck_assert_str_eq(
        areas,
        "{\"type\":\"FeatureCollection\",\"features\":[\n"
        "{\"type\":\"Feature\",\"properties\":{\"station_id\":\"101\"},\"geometry\":{\"type\":"
        "\"Polygon\",\"coordinates\":[[[126.0000000,45.0000000],[127.0000000,45.0000000],"
        "[127.0000000,46.0000000],[126.0000000,46.0000000],[126.0000000,45.0000000]],"
        "[[126.2000000,45.2000000],[126.2000000,45.4000000],[126.4000000,45.4000000],"
        "[126.4000000,45.2000000],[126.2000000,45.2000000]]]}},\n"
        "{\"type\":\"Feature\",\"properties\":{\"station_id\":\"233\"},\"geometry\":{\"type\":"
        "\"MultiPolygon\",\"coordinates\":[[[[125.5000000,45.0000000],[125.0000000,45.5000000],"
        "[125.0000000,45.0000001],[125.5000000,45.0000000]]],[[[127.0000000,45.0000000],"
        "[128.0000000,45.0000000],[128.0000000,46.0000000],[127.0000000,45.0000000]]]]}},\n"
        "{\"type\":\"Feature\",\"properties\":{\"station_id\":\"F1\"},\"geometry\":{\"type\":"
        "\"Polygon\",\"coordinates\":[[[126.0000000,45.0000000],[127.0000000,45.0000000],"
        "[127.0000000,46.0000000],[126.0000000,46.0000000],[126.0000000,45.0000000]]]}}\n"
        "]}\n");
    free(poles);
    free(stations);
    free(areas);
    pole_index_close(index);
    build_run_end(&run);
}
END_TEST

START_TEST(the_order_of_rows_and_files_leaves_no_trace)
{
    test_random random = test_random_begin("the_order_of_rows_and_files_leaves_no_trace", 110);
    build_run first;
    build_city(&first, NULL);
    for (int i = 0; i < 60; i++) {
        build_run run;
        build_city(&run, &random);
        ck_assert_str_eq(run.report.id, first.report.id);
        ck_assert_uint_eq(run.report.rows_read, first.report.rows_read);
        ck_assert_uint_eq(run.report.rows_collapsed, 2);
        build_run_end(&run);
    }
    build_run_end(&first);
}
END_TEST

START_TEST(what_was_refused_leaves_no_trace)
{
    build_run clean, dirty;
    build_run_init(&clean);
    build_run_add(&clean, POLE_TABLE_POLES, "poles.csv",
                  "code,lat,lon,street\n1234567,45.7,126.6,中央大街\n");
    ck_assert_int_eq(build_run_finish(&clean), POLE_OK);
    build_run_init(&dirty);
    dirty.options.scheme = "district:1,station:2,street:2,pole:2;宾县/pole:5";
    build_run_add(&dirty, POLE_TABLE_POLES, "poles.csv",
                  "scope,code,lat,lon,street\n,1234567,45.7,126.6,中央大街\n"
                  ",9999999,45.7,126.6,甲\n,9999999,45.7,126.6,乙\n,7,45.7,126.6,丙\n"
                  "宾县,12345,45.7,126.6,丁\n宾县,12345,45.8,126.6,丁\n");
    ck_assert_int_eq(build_run_finish(&dirty), POLE_OK);
    ck_assert_uint_eq(dirty.report.rows_refused, 5);
    ck_assert_str_eq(dirty.report.id, clean.report.id);
    build_run_end(&clean);
    build_run_end(&dirty);
}
END_TEST

START_TEST(the_same_files_and_time_give_the_same_bytes)
{
    build_run first, second;
    build_city(&first, NULL);
    build_city(&second, NULL); /* other files of another time */
    ck_assert_uint_eq(first.index.size, second.index.size);
    ck_assert_mem_eq(first.index.bytes, second.index.bytes, first.index.size);
    build_run_end(&first);
    build_run_end(&second);
}
END_TEST

START_TEST(provenance_tells_what_was_read)
{
    build_run run;
    build_run_init(&run);
    run.options.name = "哈尔滨";
    build_run_add(&run, POLE_TABLE_POLES, "poles.csv",
                  "code,lat,lon\n1234567,45.7,126.6\n1234567,45.7,126.6\n7,45.7,126.6\n");
    build_run_add(&run, POLE_TABLE_STATIONS, "stations.csv", "id,name,lat,lon\n101,a,45.7,126.6\n");
    ck_assert_int_eq(build_run_finish(&run), POLE_OK);
    pole_index *index = build_run_open(&run);
    pole_info info = {.struct_size = sizeof info};
    ck_assert_int_eq(pole_index_info(index, &info), POLE_OK);
    ck_assert_uint_eq(info.rows_read, 3);
    ck_assert_uint_eq(info.rows_refused, 1);
    ck_assert_uint_eq(info.rows_collapsed, 1);
    ck_assert_uint_eq(info.sources, 2);
    ck_assert_int_eq(info.built_at_s, 1214784000);
    ck_assert_uint_eq(info.name.size_bytes, strlen("哈尔滨"));
    pole_source_info source = {.struct_size = sizeof source};
    ck_assert_int_eq(pole_index_source(index, 0, &source), POLE_OK);
    ck_assert_uint_eq(source.kind, POLE_TABLE_POLES);
    ck_assert_uint_eq(source.file_name.size_bytes, strlen("poles.csv"));
    ck_assert_int_eq(memcmp(source.file_name.data, "poles.csv", 9), 0);
    ck_assert_uint_eq(source.size_bytes, 64);
    ck_assert_uint_eq(source.rows_read, 3);
    ck_assert_uint_eq(source.rows_refused, 1);
    ck_assert_uint_eq(source.hash.size_bytes, 32);
    ck_assert_int_eq(memcmp(source.crs.data, "EPSG:4326", 9), 0);
    pole_index_close(index);
    build_run_end(&run);
}
END_TEST

START_TEST(an_export_refuses_what_it_cannot_do)
{
    pole_index *index = small_city_open(0);
    byte_block block = {NULL, 0, 0};
    const pole_sink sink = byte_block_sink(&block);
    pole_export_options options;
    pole_error error;
    pole_export_options_init(&options);
    options.table = POLE_TABLE_AREAS;
    ck_assert_int_eq(pole_export(index, &options, &sink, &error), POLE_INVALID_ARGUMENT);
    ck_assert_str_eq(error.message, "areas have no CSV form");
    options.table = 4;
    ck_assert_int_eq(pole_export(index, &options, &sink, &error), POLE_INVALID_ARGUMENT);
    options.table = POLE_TABLE_POLES;
    ck_assert_int_eq(pole_export(index, &options, NULL, &error), POLE_INVALID_ARGUMENT);
    ck_assert_int_eq(pole_export(NULL, &options, &sink, &error), POLE_INVALID_ARGUMENT);
    ck_assert_uint_eq(block.size, 0);
    /* As many types as the header has columns. */
    for (uint32_t table = POLE_TABLE_POLES; table <= POLE_TABLE_STATIONS; table++) {
        char *text = export_text(index, table, POLE_EXPORT_CSV);
        size_t columns = 0, types = 0;
        for (const char *c = text; *c != '\n'; c++)
            columns += *c == ',';
        for (const char *c = pole_export_csvt(table); *c; c++)
            types += *c == ',';
        ck_assert_uint_eq(columns, types);
        free(text);
    }
    ck_assert_str_eq(pole_export_csvt(POLE_TABLE_AREAS), "");
    pole_index_close(index);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("build_round_trip");
    TCase *tests = tcase_create("round_trip");
    tcase_add_loop_test(tests, an_export_builds_the_same_index, POLE_EXPORT_CSV,
                        POLE_EXPORT_GEOJSON + 1);
    tcase_add_test(tests, the_export_says_what_the_table_said);
    tcase_add_test(tests, the_order_of_rows_and_files_leaves_no_trace);
    tcase_add_test(tests, what_was_refused_leaves_no_trace);
    tcase_add_test(tests, the_same_files_and_time_give_the_same_bytes);
    tcase_add_test(tests, provenance_tells_what_was_read);
    tcase_add_test(tests, an_export_refuses_what_it_cannot_do);
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
