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

/* All that can be known beside a code. */
static pole_resolve_options everything_known(pole_evidence *evidence, const pole_heard *also)
{
    pole_resolve_options options;
    pole_resolve_options_init(&options);
    pole_evidence_init(evidence);
    evidence->hint = (pole_point){45.7765, 126.6161};
    evidence->hint_radius_m = 300.0;
    evidence->hint_given = span_of("45.7765,126.6161,300");
    evidence->street = span_of("通江街");
    evidence->district = span_of("道里");
    evidence->also = also;
    evidence->then = also;
    options.evidence = evidence;
    return options;
}

static pole_status hear_and_resolve(const pole_index *index, const pole_allocator *allocator)
{
    pole_heard *heard = NULL;
    pole_resolution *resolution = NULL;
    pole_hear_options options;
    pole_evidence evidence;
    const pole_text text = {span_of("10101"), 1.0};
    size_t needed = 0;
    pole_hear_options_init(&options);
    options.lengths = pole_index_lengths(index);
    pole_status status = pole_heard_new(allocator, &heard);
    if (status == POLE_OK)
        status = pole_resolution_new(allocator, &resolution);
    if (status == POLE_OK)
        status = pole_hear(&text, 1, &options, heard);
    if (status == POLE_OK) {
        const pole_resolve_options known = everything_known(&evidence, heard);
        status = pole_resolve(index, heard, &known, resolution);
    }
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

/* A dispatch program answers calls for months: what was allocated once is used again. */
START_TEST(the_second_answer_needs_no_new_memory)
{
    static const char *const texts[] = {"2334502", "12345?7", "二三三四五零四", "123456", "10101"};
    pole_index *index = small_city_open(0);
    test_memory memory;
    pole_heard *heard = NULL, *also = NULL;
    pole_resolution *resolution = NULL;
    pole_evidence evidence;
    pole_hear_options hear;
    size_t before = 0;
    test_memory_init(&memory, 0);
    pole_hear_options_init(&hear);
    hear.lengths = pole_index_lengths(index);
    ck_assert_int_eq(pole_heard_new(&memory.allocator, &heard), POLE_OK);
    ck_assert_int_eq(pole_heard_new(&memory.allocator, &also), POLE_OK);
    ck_assert_int_eq(pole_resolution_new(&memory.allocator, &resolution), POLE_OK);
    const pole_text second = {span_of("1234565"), 1.0};
    ck_assert_int_eq(pole_hear(&second, 1, &hear, also), POLE_OK);
    const pole_resolve_options known = everything_known(&evidence, also);
    for (unsigned round = 0; round < 3; round++) {
        for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
            const pole_text text = {span_of(texts[i]), 1.0};
            ck_assert_int_eq(pole_hear(&text, 1, &hear, heard), POLE_OK);
            ck_assert_int_eq(pole_resolve(index, heard, i % 2 ? &known : NULL, resolution),
                             POLE_OK);
        }
        if (round == 0)
            before = memory.calls;
    }
    ck_assert_uint_gt(before, 0);
    ck_assert_uint_eq(memory.calls, before);
    pole_heard_free(heard);
    pole_heard_free(also);
    pole_resolution_free(resolution);
    ck_assert_uint_eq(memory.live, 0);
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
    tcase_add_test(tests, the_second_answer_needs_no_new_memory);
    tcase_add_test(tests, lookups_allocate_nothing);
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
