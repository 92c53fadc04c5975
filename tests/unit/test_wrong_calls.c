/* SPDX-License-Identifier: MIT
 * Every public question of an index asked wrongly: with NULL, with a struct_size that is not set,
 * with options that nobody knows, with numbers out of range. It must say POLE_INVALID_ARGUMENT, and
 * leave behind what types.h promises: zeroed outputs, nothing written beyond a caller's struct.
 */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "support/small_city.h"
#include "support/test_main.h"
#include "support/wrong_calls.h"

static pole_index *city;

static void setup(void)
{
    city = small_city_open(0);
}

static void teardown(void)
{
    pole_index_close(city);
    city = NULL;
}

START_TEST(an_index_is_not_opened)
{
    pole_index *index;
    pole_error error;
    pole_open_options options;
    byte_block bytes = small_city_bytes(0);
    pole_open_options_init(&options);
    WRONG(pole_index_open(NULL, NULL, &index, &error));
    ck_assert_ptr_null(index);
    ck_assert_int_eq(error.status, POLE_INVALID_ARGUMENT);
    WRONG(pole_index_open("x.plx", NULL, NULL, NULL));
    WRONG(pole_index_open_memory(NULL, 3, NULL, &index, NULL));
    WRONG(pole_index_open_memory(bytes.bytes, bytes.size, NULL, NULL, NULL));
    /* A flag of the other function, and one that is not known. */
    static const uint32_t flags[] = {POLE_OPEN_MAPPED, 1u << 31};
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        options.flags = flags[i];
        soil(&index, sizeof index);
        WRONG(pole_index_open_memory(bytes.bytes, bytes.size, &options, &index, &error));
        ck_assert_ptr_null(index);
    }
    options.flags = POLE_OPEN_BORROWED;
    WRONG(pole_index_open("x.plx", &options, &index, &error));
    options.flags = 0;
    options.struct_size = 0;
    WRONG(pole_index_open_memory(bytes.bytes, bytes.size, &options, &index, &error));
    byte_block_free(&bytes);
    pole_index_retain(NULL);
    pole_index_close(NULL);
    WRONG(pole_index_verify(NULL, &error));
    ck_assert_int_eq(error.status, POLE_INVALID_ARGUMENT);
}
END_TEST

START_TEST(nothing_is_told_of_no_index)
{
    pole_info info;
    pole_scheme_info scheme;
    pole_source_info source;
    pole_span name;
    uint16_t scope = 0;
    SOIL_RECORD(info);
    WRONG(pole_index_info(NULL, &info));
    ck_assert(RECORD_IS_EMPTY(info));
    WRONG(pole_index_info(city, NULL));
    info.struct_size = 0;
    WRONG(pole_index_info(city, &info));
    soil(&name, sizeof name);
    WRONG(pole_index_scope(NULL, 0, &name));
    ck_assert(is_zero(&name, sizeof name));
    WRONG(pole_index_scope(city, 0, NULL));
    soil(&name, sizeof name);
    ck_assert_int_eq(pole_index_scope(city, POLE_ANY_SCOPE, &name), POLE_NOT_FOUND);
    ck_assert(is_zero(&name, sizeof name));
    WRONG(pole_index_find_scope(NULL, empty, &scope));
    ck_assert_uint_eq(scope, POLE_ANY_SCOPE);
    WRONG(pole_index_find_scope(city, nowhere, &scope));
    WRONG(pole_index_find_scope(city, empty, NULL));
    scope = 0;
    ck_assert_int_eq(pole_index_find_scope(city, span_of("无此县"), &scope), POLE_NOT_FOUND);
    ck_assert_uint_eq(scope, POLE_ANY_SCOPE);
    SOIL_RECORD(scheme);
    WRONG(pole_index_scheme(NULL, 0, &scheme));
    ck_assert(RECORD_IS_EMPTY(scheme));
    SOIL_RECORD(scheme);
    ck_assert_int_eq(pole_index_scheme(city, 3, &scheme), POLE_NOT_FOUND);
    ck_assert(RECORD_IS_EMPTY(scheme));
    WRONG(pole_index_scheme(city, 0, NULL));
    SOIL_RECORD(source);
    WRONG(pole_index_source(NULL, 0, &source));
    ck_assert(RECORD_IS_EMPTY(source));
    ck_assert_int_eq(pole_index_source(city, 0, &source), POLE_NOT_FOUND);
    WRONG(pole_index_source(city, 0, NULL));
    ck_assert_uint_eq(pole_index_lengths(NULL), 0);
}
END_TEST

START_TEST(no_code_is_read_or_written)
{
    pole_code code;
    char text[32] = "old";
    size_t needed = 9;
    soil(&code, sizeof code);
    WRONG(pole_code_parse(NULL, span_of("1234567"), &code));
    ck_assert(is_zero(&code, sizeof code));
    WRONG(pole_code_parse(city, nowhere, &code));
    WRONG(pole_code_parse(city, empty, NULL));
    /* Codes that are none: no digits, too many, a number that has more than it says. */
    static const pole_code wrong[] = {
        {7, 0, 0, 0}, {7, 0, 10, 0}, {7, 0, 255, 0}, {10, 0, 1, 0}, {10000000, 0, 7, 0}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        memcpy(text, "old", 4);
        needed = 9;
        WRONG(pole_code_format(city, wrong[i], 1, text, sizeof text, &needed));
        ck_assert_str_eq(text, "");
        ck_assert_uint_eq(needed, 0);
    }
    code = (pole_code){1234567, 0, 7, 0};
    WRONG(pole_code_format(NULL, code, 1, text, sizeof text, &needed));
    WRONG(pole_code_format(city, code, 1, NULL, 3, &needed));
    ck_assert_int_eq(pole_code_format(city, code, 1, NULL, 0, &needed), POLE_LIMIT);
    ck_assert_uint_eq(needed, 11);
    ck_assert_int_eq(pole_code_format(city, code, 1, text, 10, NULL), POLE_LIMIT);
    ck_assert_str_eq(text, "");
}
END_TEST

START_TEST(no_row_is_found)
{
    const pole_code code = {1234567, POLE_ANY_SCOPE, 7, 0};
    static const pole_code wrong[] = {{7, 0, 0, 0}, {7, 0, 10, 0}, {7, 0, 255, 0}};
    pole_row row = 5, rows[4];
    size_t needed = 9;
    WRONG(pole_index_find(NULL, code, &row));
    ck_assert_uint_eq(row, POLE_NO_ROW);
    WRONG(pole_index_find(city, code, NULL));
    WRONG(pole_index_find_all(NULL, code, rows, 4, &needed));
    ck_assert_uint_eq(needed, 0);
    WRONG(pole_index_find_all(city, code, NULL, 4, &needed));
    WRONG(pole_index_find_all(city, code, rows, 4, NULL));
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        row = 5;
        needed = 9;
        WRONG(pole_index_find(city, wrong[i], &row));
        ck_assert_uint_eq(row, POLE_NO_ROW);
        WRONG(pole_index_find_all(city, wrong[i], rows, 4, &needed));
        ck_assert_uint_eq(needed, 0);
    }
    needed = 9;
    WRONG(pole_index_find_alias(NULL, span_of("a"), rows, 4, &needed));
    ck_assert_uint_eq(needed, 0);
    WRONG(pole_index_find_alias(city, nowhere, rows, 4, &needed));
    WRONG(pole_index_find_alias(city, span_of("a"), NULL, 4, &needed));
    WRONG(pole_index_find_alias(city, span_of("a"), rows, 4, NULL));
}
END_TEST

START_TEST(no_batch_is_begun)
{
    const uint32_t number = 1234567;
    pole_row row = 5;
    pole_columns columns = {.struct_size = sizeof columns, .rows = &row};
    WRONG(pole_index_find_many(NULL, &number, 1, 7, 0, &columns));
    WRONG(pole_index_find_many(city, NULL, 1, 7, 0, &columns));
    WRONG(pole_index_find_many(city, &number, 1, 0, 0, &columns));
    WRONG(pole_index_find_many(city, &number, 1, 10, 0, &columns));
    WRONG(pole_index_find_many(city, &number, 1, 7, 0, NULL));
    WRONG(pole_index_find_texts(NULL, "1234567", 7, 1, 7, 0, &columns));
    WRONG(pole_index_find_texts(city, NULL, 7, 1, 7, 0, &columns));
    WRONG(pole_index_find_texts(city, "1234567", 7, 1, 10, 0, &columns));
    WRONG(pole_index_find_texts(city, "1234567", 7, 1, 7, 0, NULL));
    columns.struct_size = 0;
    WRONG(pole_index_find_many(city, &number, 1, 7, 0, &columns));
    WRONG(pole_index_find_texts(city, "1234567", 7, 1, 7, 0, &columns));
    ck_assert_uint_eq(row, 5);
    /* Nothing asked is nothing wrong. */
    columns.struct_size = sizeof columns;
    ck_assert_int_eq(pole_index_find_many(city, NULL, 0, 7, 0, &columns), POLE_OK);
    ck_assert_int_eq(pole_index_find_texts(city, NULL, 7, 0, 7, 0, &columns), POLE_OK);
}
END_TEST

START_TEST(no_pole_and_no_station_is_told)
{
    pole_point at;
    pole_record record;
    pole_station station;
    pole_station_number number = 0;
    soil(&at, sizeof at);
    WRONG(pole_index_point(city, 15, &at));
    ck_assert(is_zero(&at, sizeof at));
    WRONG(pole_index_point(NULL, 0, &at));
    WRONG(pole_index_point(city, 0, NULL));
    SOIL_RECORD(record);
    WRONG(pole_index_record(city, POLE_NO_ROW, &record));
    ck_assert(RECORD_IS_EMPTY(record));
    WRONG(pole_index_record(city, 0, NULL));
    record.struct_size = 3;
    WRONG(pole_index_record(city, 0, &record));
    SOIL_RECORD(station);
    ck_assert_int_eq(pole_index_station(city, POLE_NO_STATION, &station), POLE_NOT_FOUND);
    ck_assert(RECORD_IS_EMPTY(station));
    WRONG(pole_index_station(NULL, 0, &station));
    WRONG(pole_index_station(city, 0, NULL));
    WRONG(pole_index_find_station(NULL, span_of("123"), &number));
    ck_assert_uint_eq(number, POLE_NO_STATION);
    WRONG(pole_index_find_station(city, nowhere, &number));
    WRONG(pole_index_find_station(city, empty, NULL));
    number = 0;
    ck_assert_int_eq(pole_index_find_station(city, empty, &number), POLE_NOT_FOUND);
    ck_assert_uint_eq(number, POLE_NO_STATION);
}
END_TEST

static const pole_point no_places[] = {{90.0000001, 0}, {-91, 0}, {0, 180.0000001}, {0, -181},
                                       {NAN, 0},        {0, NAN}, {INFINITY, 0}};
#define NO_PLACES (sizeof no_places / sizeof *no_places)

START_TEST(no_place_is_searched)
{
    const pole_point here = {45.7765, 126.6161};
    pole_hit hits[8];
    size_t count = 9, counts[2] = {9, 9};
    for (size_t i = 0; i < NO_PLACES; i++) {
        count = 9;
        WRONG(pole_nearest(city, no_places[i], 3, INFINITY, hits, &count));
        ck_assert_uint_eq(count, 0);
        WRONG(pole_within_radius(city, no_places[i], 10.0, hits, 8, &count));
        const pole_point both[] = {no_places[i], here};
        counts[0] = 9;
        WRONG(pole_nearest_many(city, both, 2, 3, INFINITY, hits, counts));
        ck_assert_uint_eq(counts[0], 0);
        ck_assert_uint_eq(counts[1], 3);
    }
    count = 9;
    WRONG(pole_nearest(NULL, here, 3, INFINITY, hits, &count));
    ck_assert_uint_eq(count, 0);
    WRONG(pole_nearest(city, here, 0, INFINITY, hits, &count));
    WRONG(pole_nearest(city, here, POLE_MAX_NEAREST + 1, INFINITY, hits, &count));
    WRONG(pole_nearest(city, here, 3, -1.0, hits, &count));
    WRONG(pole_nearest(city, here, 3, NAN, hits, &count));
    WRONG(pole_nearest(city, here, 3, INFINITY, NULL, &count));
    WRONG(pole_nearest(city, here, 3, INFINITY, hits, NULL));
    counts[0] = 9;
    WRONG(pole_nearest_many(city, &here, 1, 0, INFINITY, hits, counts));
    ck_assert_uint_eq(counts[0], 0);
    WRONG(pole_nearest_many(city, NULL, 1, 3, INFINITY, hits, counts));
    WRONG(pole_nearest_many(city, &here, 1, 3, INFINITY, hits, NULL));
    count = 9;
    WRONG(pole_within_radius(city, here, INFINITY, hits, 8, &count));
    ck_assert_uint_eq(count, 0);
    WRONG(pole_within_radius(city, here, NAN, hits, 8, &count));
    WRONG(pole_within_radius(city, here, -1.0, hits, 8, &count));
    WRONG(pole_within_radius(city, here, 1.0, NULL, 8, &count));
    WRONG(pole_within_radius(city, here, 1.0, hits, 8, NULL));
}
END_TEST

START_TEST(no_box_and_no_polygon_is_searched)
{
    static const pole_box wrong[] = {{46, 126, 45, 127},  {-91, 126, 45, 127}, {45, 126, 91, 127},
                                     {45, -181, 46, 127}, {45, 126, 46, 181},  {NAN, 126, 46, 127},
                                     {45, NAN, 46, 127},  {45, 126, NAN, 127}, {45, 126, 46, NAN}};
    const pole_box box = {45, 126, 46, 127};
    const pole_point ring[] = {{45, 126}, {45, 127}, {46, 127}, {46, 126}};
    const size_t sizes[] = {4}, short_ring[] = {2}, vast[] = {SIZE_MAX};
    pole_row rows[32];
    size_t needed;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        needed = 9;
        WRONG(pole_within_box(city, wrong + i, rows, 32, &needed));
        ck_assert_uint_eq(needed, 0);
    }
    WRONG(pole_within_box(NULL, &box, rows, 32, &needed));
    WRONG(pole_within_box(city, NULL, rows, 32, &needed));
    WRONG(pole_within_box(city, &box, NULL, 32, &needed));
    WRONG(pole_within_box(city, &box, rows, 32, NULL));
    needed = 9;
    WRONG(pole_within_polygon(city, ring, sizes, 0, rows, 32, &needed));
    ck_assert_uint_eq(needed, 0);
    WRONG(pole_within_polygon(city, ring, short_ring, 1, rows, 32, &needed));
    WRONG(pole_within_polygon(city, ring, vast, 1, rows, 32, &needed));
    WRONG(pole_within_polygon(NULL, ring, sizes, 1, rows, 32, &needed));
    WRONG(pole_within_polygon(city, NULL, sizes, 1, rows, 32, &needed));
    WRONG(pole_within_polygon(city, ring, NULL, 1, rows, 32, &needed));
    WRONG(pole_within_polygon(city, ring, sizes, 1, NULL, 32, &needed));
    WRONG(pole_within_polygon(city, ring, sizes, 1, rows, 32, NULL));
    for (size_t i = 0; i < NO_PLACES; i++) {
        const pole_point broken[] = {ring[0], ring[1], no_places[i], ring[3]};
        WRONG(pole_within_polygon(city, broken, sizes, 1, rows, 32, &needed));
    }
}
END_TEST

START_TEST(no_station_answers)
{
    const pole_point here = {45.7765, 126.6161};
    pole_station_hit hits[8];
    pole_area_edge edge;
    size_t needed = 9;
    WRONG(pole_stations_of(city, 15, POLE_ROLE_ALL, hits, 8, &needed));
    ck_assert_uint_eq(needed, 0);
    WRONG(pole_stations_of(NULL, 0, POLE_ROLE_ALL, hits, 8, &needed));
    WRONG(pole_stations_of(city, 0, POLE_ROLE_ALL, NULL, 8, &needed));
    WRONG(pole_stations_of(city, 0, POLE_ROLE_ALL, hits, 8, NULL));
    for (size_t i = 0; i < NO_PLACES; i++) {
        needed = 9;
        WRONG(pole_stations_at(city, no_places[i], empty, POLE_ROLE_ALL, 1, hits, 8, &needed));
        ck_assert_uint_eq(needed, 0);
        soil(&edge, sizeof edge);
        WRONG(pole_area_edge_at(city, no_places[i], 100.0, &edge));
        ck_assert_uint_eq(edge.station, POLE_NO_STATION);
        ck_assert(isinf(edge.distance_m) && edge.reserved == 0);
    }
    WRONG(pole_stations_at(NULL, here, empty, POLE_ROLE_ALL, 1, hits, 8, &needed));
    WRONG(pole_stations_at(city, here, nowhere, POLE_ROLE_ALL, 1, hits, 8, &needed));
    WRONG(pole_stations_at(city, here, empty, POLE_ROLE_ALL, 1, NULL, 8, &needed));
    WRONG(pole_stations_at(city, here, empty, POLE_ROLE_ALL, 1, hits, 8, NULL));
    WRONG(pole_area_edge_at(NULL, here, 100.0, &edge));
    WRONG(pole_area_edge_at(city, here, -1.0, &edge));
    WRONG(pole_area_edge_at(city, here, NAN, &edge));
    WRONG(pole_area_edge_at(city, here, 100.0, NULL));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("wrong calls");
    TCase *tests = tcase_create("wrong calls");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, an_index_is_not_opened);
    tcase_add_test(tests, nothing_is_told_of_no_index);
    tcase_add_test(tests, no_code_is_read_or_written);
    tcase_add_test(tests, no_row_is_found);
    tcase_add_test(tests, no_batch_is_begun);
    tcase_add_test(tests, no_pole_and_no_station_is_told);
    tcase_add_test(tests, no_place_is_searched);
    tcase_add_test(tests, no_box_and_no_polygon_is_searched);
    tcase_add_test(tests, no_station_answers);
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
