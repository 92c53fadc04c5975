/* SPDX-License-Identifier: MIT
 * What index.h and lookup.h promise and no other test asks: who owns the bytes and spans, the order
 * of rows, what a scheme says, lists that are longer than the room for them, columns one by one,
 * and structs of every age. */
#include <check.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/build_run.h"
#include "support/test_main.h"
#include "support/test_memory.h"

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

static int same_text(pole_span span, const char *text)
{
    return span.size_bytes == strlen(text) &&
           (span.size_bytes == 0 || memcmp(span.data, text, span.size_bytes) == 0);
}

static pole_index *open_bytes(const void *bytes, size_t size, uint32_t flags,
                              const pole_allocator *allocator)
{
    pole_open_options options;
    pole_index *index = NULL;
    pole_error error;
    pole_open_options_init(&options);
    options.flags = flags;
    options.allocator = allocator;
    ck_assert_msg(pole_index_open_memory(bytes, size, &options, &index, &error) == POLE_OK, "%s",
                  error.message);
    return index;
}

START_TEST(bytes_are_copied_unless_they_are_borrowed)
{
    byte_block bytes = small_city_bytes(0);
    test_memory copied, borrowed;
    test_memory_init(&copied, 0);
    test_memory_init(&borrowed, 0);
    pole_index *own = open_bytes(bytes.bytes, bytes.size, 0, &copied.allocator);
    pole_index *lent = open_bytes(bytes.bytes, bytes.size, POLE_OPEN_BORROWED, &borrowed.allocator);
    ck_assert_uint_ge(copied.live_bytes, borrowed.live_bytes + bytes.size);
    ck_assert_int_eq(pole_index_verify(lent, NULL), POLE_OK);
    pole_index_close(lent);
    ck_assert_uint_eq(borrowed.live, 0);
    memset(bytes.bytes, 0xEE, bytes.size);
    byte_block_free(&bytes);
    ck_assert_int_eq(pole_index_verify(own, NULL), POLE_OK);
    pole_index_close(own);
    ck_assert_uint_eq(copied.live, 0);
}
END_TEST

START_TEST(spans_live_until_the_last_close)
{
    byte_block bytes = small_city_bytes(0);
    pole_index *index = open_bytes(bytes.bytes, bytes.size, 0, NULL);
    byte_block_free(&bytes);
    pole_record record = {.struct_size = sizeof record};
    pole_station station = {.struct_size = sizeof station};
    pole_info info = {.struct_size = sizeof info};
    pole_span scope;
    ck_assert_int_eq(pole_index_record(index, 0, &record), POLE_OK);
    ck_assert_int_eq(pole_index_station(index, 0, &station), POLE_OK);
    ck_assert_int_eq(pole_index_info(index, &info), POLE_OK);
    ck_assert_int_eq(pole_index_scope(index, 1, &scope), POLE_OK);
    pole_index_retain(index);
    pole_index_close(index);
    /* AddressSanitizer and valgrind watch these. */
    ck_assert(same_text(record.street, "友谊路"));
    ck_assert(same_text(station.id, "123"));
    ck_assert(same_text(info.name, "small city"));
    ck_assert(same_text(scope, "宾县"));
    pole_index_close(index);
}
END_TEST

START_TEST(a_file_is_read_or_mapped_to_the_same_index)
{
    char path[] = "/tmp/polelookup-contract-XXXXXX";
    byte_block bytes = small_city_bytes(0);
    const int file = mkstemp(path);
    ck_assert_int_ge(file, 0);
    ck_assert_int_eq(write(file, bytes.bytes, bytes.size), (ssize_t)bytes.size);
    for (uint32_t flags = 0; flags <= POLE_OPEN_MAPPED; flags++) {
        pole_open_options options;
        pole_index *index = NULL;
        pole_info a = {.struct_size = sizeof a}, b = {.struct_size = sizeof b};
        pole_open_options_init(&options);
        options.flags = flags;
        ck_assert_int_eq(pole_index_open(path, &options, &index, NULL), POLE_OK);
        ck_assert_int_eq(pole_index_verify(index, NULL), POLE_OK);
        ck_assert_int_eq(pole_index_info(index, &a), POLE_OK);
        ck_assert_int_eq(pole_index_info(city, &b), POLE_OK);
        ck_assert_str_eq(a.id, b.id);
        ck_assert_uint_eq(a.file_bytes, bytes.size);
        pole_index_close(index);
    }
    /* A file of holes, one byte above the limit. */
    pole_index *index = NULL;
    pole_error error;
    ck_assert_int_eq(ftruncate(file, (off_t)POLE_MAX_INDEX_BYTES + 1), 0);
    ck_assert_int_eq(pole_index_open(path, NULL, &index, &error), POLE_LIMIT);
    ck_assert_ptr_null(index);
    close(file);
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_int_eq(pole_index_open(path, NULL, &index, &error), POLE_IO);
    ck_assert_int_eq(pole_index_open("/tmp", NULL, &index, &error), POLE_IO);
    /* From memory too, before a byte of it is looked at or copied. */
    ck_assert_int_eq(
        pole_index_open_memory(bytes.bytes, (size_t)POLE_MAX_INDEX_BYTES + 1, NULL, &index, &error),
        POLE_LIMIT);
    byte_block_free(&bytes);
}
END_TEST

START_TEST(an_index_says_what_it_holds)
{
    pole_info info = {.struct_size = sizeof info};
    ck_assert_int_eq(pole_index_info(city, &info), POLE_OK);
    ck_assert_uint_eq(info.poles, 15);
    ck_assert_uint_eq(info.stations, 3);
    ck_assert_uint_eq(info.areas, 2);
    ck_assert_uint_eq(info.scopes, 3);
    ck_assert_uint_eq(info.schemes, 3);
    ck_assert_uint_eq(info.sources, 0);
    ck_assert_int_eq(info.built_at_s, 1214784000);
    ck_assert_int_eq(info.data_date_s, 1214784000);
    ck_assert_double_eq(info.southwest.lat_deg, 45.759);
    ck_assert_double_eq(info.southwest.lon_deg, 126.615);
    ck_assert_double_eq(info.northeast.lat_deg, 46.087);
    ck_assert_double_eq(info.northeast.lon_deg, 127.486);
    ck_assert_uint_eq(strspn(info.id, "0123456789abcdef"), 32);
    ck_assert_uint_eq(strlen(info.id), 32);
    char builder[64];
    snprintf(builder, sizeof builder, "polelookup %s", pole_version());
    ck_assert(same_text(info.builder, builder));
}
END_TEST

START_TEST(rows_go_in_order_of_scope_length_and_code)
{
    build_run run;
    build_run_init(&run);
    run.options.scheme = "pole:3;street:2,pole:3;*/pole:2";
    build_run_add(&run, POLE_TABLE_POLES, "poles.csv",
                  "scope,code,lat,lon\n乙,07,45,126\n,12345,45,126\n甲,99,45,126\n,999,45,126\n"
                  ",00001,45,126\n,001,45,126\n乙,01,45,126\n");
    build_run_finish(&run);
    pole_index *index = build_run_open(&run);
    pole_record last = {.struct_size = sizeof last};
    ck_assert_int_eq(pole_index_record(index, 0, &last), POLE_OK);
    for (pole_row row = 1; row < 7; row++) {
        pole_record here = {.struct_size = sizeof here};
        pole_row found;
        ck_assert_int_eq(pole_index_record(index, row, &here), POLE_OK);
        ck_assert_uint_eq(here.row, row);
        ck_assert(here.code.scope > last.code.scope ||
                  (here.code.scope == last.code.scope &&
                   (here.code.digits > last.code.digits || (here.code.digits == last.code.digits &&
                                                            here.code.number > last.code.number))));
        ck_assert_int_eq(pole_index_find(index, here.code, &found), POLE_OK);
        ck_assert_uint_eq(found, row);
        last = here;
    }
    pole_index_close(index);
    build_run_end(&run);
}
END_TEST

START_TEST(schemes_share_out_the_rows_and_the_digits)
{
    pole_row next = 0;
    pole_info info = {.struct_size = sizeof info};
    ck_assert_int_eq(pole_index_info(city, &info), POLE_OK);
    uint32_t lengths = 0;
    for (uint32_t i = 0; i < info.schemes; i++) {
        pole_scheme_info scheme = {.struct_size = sizeof scheme};
        unsigned digits = 0;
        ck_assert_int_eq(pole_index_scheme(city, i, &scheme), POLE_OK);
        ck_assert_uint_eq(scheme.first_row, next);
        next += scheme.rows;
        for (unsigned f = 0; f < sizeof scheme.field_width; f++) {
            ck_assert((f < scheme.field_count) == (scheme.field_width[f] > 0));
            ck_assert((f < scheme.field_count) == (scheme.field_kind[f] > 0));
            digits += scheme.field_width[f];
        }
        ck_assert_uint_eq(digits, scheme.digits);
        lengths |= 1u << scheme.digits;
        for (pole_row row = scheme.first_row; row < next; row++) {
            pole_record record = {.struct_size = sizeof record};
            ck_assert_int_eq(pole_index_record(city, row, &record), POLE_OK);
            ck_assert_uint_eq(record.code.scope, scheme.scope);
            ck_assert_uint_eq(record.code.digits, scheme.digits);
        }
    }
    ck_assert_uint_eq(next, info.poles);
    ck_assert_uint_eq(lengths, pole_index_lengths(city));
}
END_TEST

START_TEST(the_empty_scope_is_always_0)
{
    build_run run;
    build_run_init(&run);
    run.options.scheme = "宾县/pole:2";
    build_run_add(&run, POLE_TABLE_POLES, "poles.csv", "scope,code,lat,lon\n宾县,07,45,126\n");
    build_run_finish(&run);
    pole_index *index = build_run_open(&run);
    pole_info info = {.struct_size = sizeof info};
    pole_span name;
    uint16_t scope = 7;
    ck_assert_int_eq(pole_index_info(index, &info), POLE_OK);
    ck_assert_uint_eq(info.scopes, 2);
    ck_assert_int_eq(pole_index_scope(index, 0, &name), POLE_OK);
    ck_assert_uint_eq(name.size_bytes, 0);
    ck_assert_int_eq(pole_index_find_scope(index, (pole_span){NULL, 0}, &scope), POLE_OK);
    ck_assert_uint_eq(scope, 0);
    ck_assert_int_eq(pole_index_scope(index, 1, &name), POLE_OK);
    ck_assert(same_text(name, "宾县"));
    ck_assert_int_eq(pole_index_find_scope(index, name, &scope), POLE_OK);
    ck_assert_uint_eq(scope, 1);
    ck_assert_int_eq(pole_index_scope(index, 2, &name), POLE_NOT_FOUND);
    pole_index_close(index);
    build_run_end(&run);
}
END_TEST

START_TEST(thirty_two_bytes_are_enough_for_every_code)
{
    build_run run;
    build_run_init(&run);
    run.options.scheme =
        "other:1,other:1,other:1,other:1,other:1,other:1,other:1,street:1,pole:1;甲/pole:9";
    build_run_add(&run, POLE_TABLE_POLES, "poles.csv",
                  "scope,code,lat,lon\n,012345678,45,126\n甲,999999999,45,126\n");
    build_run_finish(&run);
    pole_index *index = build_run_open(&run);
    char text[32];
    size_t needed;
    pole_code code = {12345678, 0, 9, 0};
    ck_assert_int_eq(pole_code_format(index, code, 1, text, sizeof text, &needed), POLE_OK);
    ck_assert_str_eq(text, "0 1 2 3 4 5 6 7 8");
    ck_assert_uint_eq(needed, 18);
    /* In the way of its scope; where that is not known, of the first scope of its length. */
    code.scope = 1;
    ck_assert_int_eq(pole_code_format(index, code, 1, text, sizeof text, NULL), POLE_OK);
    ck_assert_str_eq(text, "012345678");
    code.scope = POLE_ANY_SCOPE;
    ck_assert_int_eq(pole_code_format(index, code, 1, text, sizeof text, NULL), POLE_OK);
    ck_assert_str_eq(text, "0 1 2 3 4 5 6 7 8");
    ck_assert_int_eq(pole_code_format(index, code, 0, text, sizeof text, NULL), POLE_OK);
    ck_assert_str_eq(text, "012345678");
    /* Of a length that nobody uses: digits alone. */
    code.digits = 8;
    ck_assert_int_eq(pole_code_format(index, code, 1, text, sizeof text, NULL), POLE_OK);
    ck_assert_str_eq(text, "12345678");
    pole_index_close(index);
    build_run_end(&run);
}
END_TEST

START_TEST(a_list_longer_than_its_room_is_counted_whole)
{
    const pole_code code = {10101, POLE_ANY_SCOPE, 5, 0};
    pole_row rows[3] = {77, 77, 77}, all[2];
    size_t needed = 0;
    ck_assert_int_eq(pole_index_find_all(city, code, all, 2, &needed), POLE_OK);
    ck_assert_uint_eq(needed, 2);
    ck_assert_uint_lt(all[0], all[1]);
    ck_assert_int_eq(pole_index_find_all(city, code, rows, 1, &needed), POLE_OK);
    ck_assert_uint_eq(needed, 2);
    ck_assert_uint_eq(rows[0], all[0]);
    ck_assert_uint_eq(rows[1], 77);
    ck_assert_int_eq(pole_index_find_all(city, code, NULL, 0, &needed), POLE_OK);
    ck_assert_uint_eq(needed, 2);
    /* In a scope that has no such code, or that does not exist, there is none. */
    static const pole_code none[] = {{20202, 1, 5, 0}, {10101, 0, 5, 0},  {10101, 9, 5, 0},
                                     {99999, 1, 5, 0}, {100000, 1, 5, 0}, {1, 0, 9, 0}};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        pole_row row = 5;
        ck_assert_int_eq(pole_index_find(city, none[i], &row), POLE_NOT_FOUND);
        ck_assert_uint_eq(row, POLE_NO_ROW);
        ck_assert_int_eq(pole_index_find_all(city, none[i], rows, 3, &needed), POLE_NOT_FOUND);
        ck_assert_uint_eq(needed, 0);
    }
}
END_TEST

/* One number of two owners, on two poles in different order of owners: rows come in order, each
 * once; and a text with separators names the alias of its digits too. */
START_TEST(an_alias_tells_each_pole_once)
{
    build_run run;
    build_run_init(&run);
    build_run_add(&run, POLE_TABLE_POLES, "poles.csv",
                  "code,lat,lon,alias,alias_owner\n"
                  "1234567,45,126,7654321,电力\n1234567,45,126,7654321,电信\n"
                  "1234565,45,126,7654321,电信\n1234563,45,126,7654321,电力\n"
                  "7654321,45,126,,\n1234569,45,126,  灯 9 ,\n");
    build_run_finish(&run);
    pole_index *index = build_run_open(&run);
    pole_row rows[8];
    size_t needed;
    ck_assert_int_eq(pole_index_find_alias(index, span_of(" 7654321\t"), rows, 8, &needed),
                     POLE_OK);
    ck_assert_uint_eq(needed, 3);
    for (size_t i = 0; i < needed; i++)
        ck_assert_uint_eq(rows[i], i);
    ck_assert_int_eq(pole_index_find_alias(index, span_of("灯 9"), rows, 8, &needed), POLE_OK);
    ck_assert_uint_eq(needed, 1);
    static const char *const texts[] = {"7654321", "765-4321", "７６５４３２１"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        pole_resolution *resolution = resolve_text(index, texts[i], NULL);
        pole_answer answer = {.struct_size = sizeof answer};
        ck_assert_int_eq(pole_resolution_answer(resolution, &answer), POLE_OK);
        ck_assert_int_eq(answer.match, POLE_AMBIGUOUS);
        ck_assert_uint_eq(answer.candidates_found, 4);
        ck_assert_uint_eq(answer.candidates, 4);
        pole_resolution_free(resolution);
    }
    pole_index_close(index);
    build_run_end(&run);
}
END_TEST

#define BATCH_TEXTS "1234567|0034501|9999999|12 4567|2334504|"
#define BATCH_COUNT 5

START_TEST(each_column_is_filled_alone_as_with_the_others)
{
    pole_row rows[BATCH_COUNT], row[BATCH_COUNT];
    pole_match matches[BATCH_COUNT], match[BATCH_COUNT];
    double lats[BATCH_COUNT], lons[BATCH_COUNT], lat[BATCH_COUNT], lon[BATCH_COUNT];
    pole_station_number stations[BATCH_COUNT], station[BATCH_COUNT];
    const uint32_t size = sizeof(pole_columns);
    const pole_columns all = {.struct_size = size,
                              .rows = rows,
                              .match = matches,
                              .lat_deg = lats,
                              .lon_deg = lons,
                              .stations = stations};
    const pole_columns each[] = {
        {.struct_size = size, .rows = row},         {.struct_size = size, .match = match},
        {.struct_size = size, .lat_deg = lat},      {.struct_size = size, .lon_deg = lon},
        {.struct_size = size, .stations = station}, {.struct_size = size}};
    ck_assert_int_eq(pole_index_find_texts(city, BATCH_TEXTS, 8, BATCH_COUNT, 7, 0, &all), POLE_OK);
    for (size_t i = 0; i < sizeof each / sizeof *each; i++)
        ck_assert_int_eq(
            pole_index_find_texts(city, BATCH_TEXTS, 8, BATCH_COUNT, 7, POLE_ANY_SCOPE, each + i),
            POLE_OK);
    ck_assert_mem_eq(rows, row, sizeof rows);
    ck_assert_mem_eq(matches, match, sizeof matches);
    ck_assert_mem_eq(lats, lat, sizeof lats);
    ck_assert_mem_eq(lons, lon, sizeof lons);
    ck_assert_mem_eq(stations, station, sizeof stations);
    static const pole_match wanted[] = {POLE_EXACT, POLE_EXACT, POLE_UNKNOWN, POLE_NO_CODE,
                                        POLE_EXACT};
    ck_assert_mem_eq(matches, wanted, sizeof wanted);
    ck_assert(isnan(lats[2]) && isnan(lons[3]) && rows[2] == POLE_NO_ROW);
    ck_assert_uint_eq(stations[2], POLE_NO_STATION);
    /* Numbers, the same; one of eight digits is no code of seven. */
    static const uint32_t numbers[] = {1234567, 34501, 9999999, 10000000, 2334504};
    ck_assert_int_eq(pole_index_find_many(city, numbers, BATCH_COUNT, 7, 0, &each[0]), POLE_OK);
    ck_assert_int_eq(pole_index_find_many(city, numbers, BATCH_COUNT, 7, 0, &each[1]), POLE_OK);
    ck_assert_mem_eq(rows, row, sizeof rows);
    ck_assert_mem_eq(matches, match, sizeof matches);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("contract");
    TCase *tests = tcase_create("contract");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, bytes_are_copied_unless_they_are_borrowed);
    tcase_add_test(tests, spans_live_until_the_last_close);
    tcase_add_test(tests, a_file_is_read_or_mapped_to_the_same_index);
    tcase_add_test(tests, an_index_says_what_it_holds);
    tcase_add_test(tests, rows_go_in_order_of_scope_length_and_code);
    tcase_add_test(tests, schemes_share_out_the_rows_and_the_digits);
    tcase_add_test(tests, the_empty_scope_is_always_0);
    tcase_add_test(tests, thirty_two_bytes_are_enough_for_every_code);
    tcase_add_test(tests, a_list_longer_than_its_room_is_counted_whole);
    tcase_add_test(tests, an_alias_tells_each_pole_once);
    tcase_add_test(tests, each_column_is_filled_alone_as_with_the_others);
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
