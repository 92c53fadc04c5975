/* SPDX-License-Identifier: MIT
 * Structs of every age: a record is filled as far as its struct_size says and no further, an option
 * is read no further, and what a younger caller asks for that is not known here is refused. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "support/small_city.h"
#include "support/test_main.h"

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

static pole_resolution *answered;

static pole_status fill_info(void *record)
{
    return pole_index_info(city, record);
}

static pole_status fill_scheme(void *record)
{
    return pole_index_scheme(city, 1, record);
}

static pole_status fill_record(void *record)
{
    return pole_index_record(city, 3, record);
}

static pole_status fill_station(void *record)
{
    return pole_index_station(city, 1, record);
}

static pole_status fill_answer(void *record)
{
    return pole_resolution_answer(answered, record);
}

static pole_status fill_candidate(void *record)
{
    return pole_resolution_candidate(answered, 0, record, NULL);
}

static pole_status fill_pole_of_candidate(void *record)
{
    pole_candidate candidate = {.struct_size = sizeof candidate};
    return pole_resolution_candidate(answered, 0, &candidate, record);
}

static const struct {
    size_t size;
    pole_status (*fill)(void *record);
} records[] = {
    {sizeof(pole_info), fill_info},
    {sizeof(pole_scheme_info), fill_scheme},
    {sizeof(pole_record), fill_record},
    {sizeof(pole_station), fill_station},
    {sizeof(pole_answer), fill_answer},
    {sizeof(pole_candidate), fill_candidate},
    {sizeof(pole_record), fill_pole_of_candidate},
};

static unsigned char *filled(size_t record, uint32_t size)
{
    unsigned char *bytes = malloc(size);
    ck_assert_ptr_nonnull(bytes);
    memset(bytes, 0xEE, size);
    memcpy(bytes, &size, sizeof size);
    ck_assert_int_eq(records[record].fill(bytes), POLE_OK);
    uint32_t after;
    memcpy(&after, bytes, sizeof after);
    ck_assert_uint_eq(after, size);
    return bytes;
}

START_TEST(records_are_filled_as_far_as_they_go)
{
    answered = resolve_text(city, "2334502", NULL);
    const uint32_t full = (uint32_t)records[_i].size;
    unsigned char *whole = filled((size_t)_i, full);
    for (uint32_t size = sizeof(uint32_t); size <= full + 24; size++) {
        unsigned char *bytes = filled((size_t)_i, size);
        const uint32_t shared = size < full ? size : full;
        ck_assert_mem_eq(bytes + sizeof size, whole + sizeof size, shared - sizeof size);
        for (uint32_t i = full; i < size; i++)
            ck_assert_uint_eq(bytes[i], 0);
        free(bytes);
    }
    free(whole);
    pole_resolution_free(answered);
}
END_TEST

/* Options: what lies behind struct_size is not looked at. Of an older caller that is rubbish; of a
 * younger one it counts, and must be zero to be understood. */
typedef union {
    uint32_t struct_size;
    unsigned char bytes[sizeof(pole_build_options) + 16];
    void *aligned;
} any_options;

static byte_block bytes_to_open;

static pole_status open_with(const void *options)
{
    pole_index *index = NULL;
    const pole_status status =
        pole_index_open_memory(bytes_to_open.bytes, bytes_to_open.size, options, &index, NULL);
    pole_index_close(index);
    return status;
}

static pole_status describe_with(const void *options)
{
    return pole_describe(city, 0, options, answered);
}

static pole_status resolve_with(const void *options)
{
    const pole_text text = {span_of("2334502"), 1.0};
    pole_heard *heard = NULL;
    ck_assert_int_eq(pole_heard_new(NULL, &heard), POLE_OK);
    ck_assert_int_eq(pole_hear(&text, 1, NULL, heard), POLE_OK);
    const pole_status status = pole_resolve(city, heard, options, answered);
    pole_heard_free(heard);
    return status;
}

static pole_status hear_with(const void *options)
{
    const pole_text text = {span_of("2334502"), 1.0};
    pole_heard *heard = NULL;
    ck_assert_int_eq(pole_heard_new(NULL, &heard), POLE_OK);
    const pole_status status = pole_hear(&text, 1, options, heard);
    ck_assert(status != POLE_OK || pole_heard_digits(heard).size_bytes == 7);
    pole_heard_free(heard);
    return status;
}

static pole_status json_with(const void *options)
{
    static char text[8192];
    size_t needed;
    return pole_resolution_json(answered, options, text, sizeof text, &needed);
}

static pole_status build_with(const void *options)
{
    pole_builder *builder = NULL;
    const pole_status status = pole_builder_new(options, &builder, NULL);
    pole_builder_free(builder);
    return status;
}

static pole_status export_with(const void *options)
{
    byte_block block = {NULL, 0, 0};
    const pole_sink sink = byte_block_sink(&block);
    const pole_status status = pole_export(city, options, &sink, NULL);
    byte_block_free(&block);
    return status;
}

static const struct {
    size_t size;
    pole_status (*call)(const void *options);
} options_of[] = {
    {sizeof(pole_open_options), open_with},         {sizeof(pole_json_options), json_with},
    {sizeof(pole_describe_options), describe_with}, {sizeof(pole_resolve_options), resolve_with},
    {sizeof(pole_hear_options), hear_with},         {sizeof(pole_build_options), build_with},
    {sizeof(pole_export_options), export_with},
};

START_TEST(options_are_read_as_far_as_they_go)
{
    any_options options;
    const uint32_t full = (uint32_t)options_of[_i].size;
    pole_status (*const call)(const void *) = options_of[_i].call;
    bytes_to_open = small_city_bytes(0);
    answered = resolve_text(city, "2334502", NULL);
    ck_assert_int_eq(call(NULL), POLE_OK);
    memset(&options, 0xFF, sizeof options);
    options.struct_size = sizeof(uint32_t);
    ck_assert_int_eq(call(&options), POLE_OK);
    ck_assert_int_eq(json_with(NULL), POLE_OK);
    for (uint32_t size = 0; size < sizeof(uint32_t); size++) {
        options.struct_size = size;
        ck_assert_int_eq(call(&options), POLE_INVALID_ARGUMENT);
    }
    /* A younger caller's: nothing asked for that is not known here. */
    ck_assert_int_eq(resolve_with(NULL), POLE_OK);
    memset(&options, 0, sizeof options);
    if (call == hear_with)
        ((pole_hear_options *)(void *)&options)->lengths = 1u << 7;
    if (call == export_with) {
        ((pole_export_options *)(void *)&options)->table = POLE_TABLE_POLES;
        ((pole_export_options *)(void *)&options)->format = POLE_EXPORT_CSV;
    }
    options.struct_size = full + 8;
    ck_assert_int_eq(call(&options), POLE_OK);
    options.bytes[full + 7] = 1;
    ck_assert_int_eq(call(&options), POLE_INVALID_ARGUMENT);
    pole_resolution_free(answered);
    byte_block_free(&bytes_to_open);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("struct ages");
    TCase *tests = tcase_create("struct ages");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, records_are_filled_as_far_as_they_go, 0,
                        (int)(sizeof records / sizeof *records));
    tcase_add_loop_test(tests, options_are_read_as_far_as_they_go, 0,
                        (int)(sizeof options_of / sizeof *options_of));
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
