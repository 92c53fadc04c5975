/* SPDX-License-Identifier: MIT
 * Memory can run out at every request. Each request of opening, hearing, resolving and telling is
 * refused once, in turn: the call must say POLE_NO_MEMORY, leak nothing, and leave its object fit
 * to be used or freed. */
#include <check.h>
#include <stdlib.h>

#include "support/small_city.h"
#include "support/test_main.h"
#include "support/test_memory.h"

START_TEST(opening_survives_every_refusal)
{
    byte_block block = small_city_bytes(0);
    size_t fail_at = 1;
    for (pole_status status = POLE_NO_MEMORY; status != POLE_OK; fail_at++) {
        test_memory memory;
        pole_index *index = NULL;
        pole_error error;
        pole_open_options options;
        test_memory_init(&memory, fail_at);
        pole_open_options_init(&options);
        options.allocator = &memory.allocator;
        status = pole_index_open_memory(block.bytes, block.size, &options, &index, &error);
        if (status != POLE_OK) {
            ck_assert_int_eq(status, POLE_NO_MEMORY);
            ck_assert_int_eq(error.status, POLE_NO_MEMORY);
            ck_assert_ptr_null(index);
        }
        pole_index_close(index);
        ck_assert_uint_eq(memory.live, 0);
        ck_assert_uint_lt(fail_at, 1000);
    }
    ck_assert_uint_gt(fail_at, 5);
    byte_block_free(&block);
}
END_TEST

static pole_status hear_and_resolve(const pole_index *index, const pole_allocator *allocator)
{
    pole_heard *heard = NULL;
    pole_resolution *resolution = NULL;
    pole_hear_options options;
    const pole_text text = {span_of("10101"), 1.0};
    size_t needed = 0;
    pole_hear_options_init(&options);
    options.lengths = pole_index_lengths(index);
    pole_status status = pole_heard_new(allocator, &heard);
    if (status == POLE_OK)
        status = pole_resolution_new(allocator, &resolution);
    if (status == POLE_OK)
        status = pole_hear(&text, 1, &options, heard);
    if (status == POLE_OK)
        status = pole_resolve(index, heard, NULL, resolution);
    if (status == POLE_OK) {
        char *json = malloc(1 << 16);
        status = pole_resolution_json(resolution, NULL, json, 1 << 16, &needed);
        ck_assert(status != POLE_OK || json[0] == '{');
        free(json);
    }
    pole_resolution_free(resolution);
    pole_heard_free(heard);
    return status;
}

START_TEST(resolving_survives_every_refusal)
{
    pole_index *index = small_city_open(0);
    size_t fail_at = 1;
    for (pole_status status = POLE_NO_MEMORY; status != POLE_OK; fail_at++) {
        test_memory memory;
        test_memory_init(&memory, fail_at);
        status = hear_and_resolve(index, &memory.allocator);
        ck_assert(status == POLE_OK || status == POLE_NO_MEMORY);
        ck_assert_uint_eq(memory.live, 0);
        ck_assert_uint_lt(fail_at, 1000);
    }
    ck_assert_uint_gt(fail_at, 4);
    pole_index_close(index);
}
END_TEST

START_TEST(lookups_allocate_nothing)
{
    test_memory memory;
    byte_block block = small_city_bytes(0);
    pole_index *index = NULL;
    pole_open_options options;
    pole_error error;
    test_memory_init(&memory, 0);
    pole_open_options_init(&options);
    options.allocator = &memory.allocator;
    ck_assert_int_eq(pole_index_open_memory(block.bytes, block.size, &options, &index, &error),
                     POLE_OK);
    const size_t calls = memory.calls;
    pole_code code;
    pole_row row;
    pole_hit hits[8];
    pole_station_hit stations[8];
    pole_record record = {.struct_size = sizeof record};
    size_t count;
    ck_assert_int_eq(pole_code_parse(index, span_of("1234567"), &code), POLE_OK);
    ck_assert_int_eq(pole_index_find(index, code, &row), POLE_OK);
    ck_assert_int_eq(pole_index_record(index, row, &record), POLE_OK);
    ck_assert_int_eq(pole_nearest(index, record.at, 8, 1e6, hits, &count), POLE_OK);
    ck_assert_int_eq(pole_stations_of(index, row, POLE_ROLE_ALL, stations, 8, &count), POLE_OK);
    ck_assert_uint_eq(memory.calls, calls);
    pole_index_close(index);
    byte_block_free(&block);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("allocation");
    TCase *tests = tcase_create("allocation");
    tcase_add_test(tests, opening_survives_every_refusal);
    tcase_add_test(tests, resolving_survives_every_refusal);
    tcase_add_test(tests, lookups_allocate_nothing);
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
