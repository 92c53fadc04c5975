/* SPDX-License-Identifier: MIT
 * What build.h promises and no other test asks: options that are copied, failures that are
 * repeated, calls that are wrong and change nothing, reports that count after a failure too, sinks
 * that stop the writing, and that what is told of a row from hell is fit to show. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/build_run.h"
#include "support/test_main.h"

START_TEST(options_are_copied_texts_too)
{
    char from_crs[] = "gcj02", scheme[] = "street:2,pole:3", name[] = "城", map[] = "code=杆";
    char encoding[] = "utf-8";
    const char *maps[] = {map, NULL};
    pole_box bounds = {45, 126, 46, 127};
    pole_allocator allocator = {0};
    build_run run;
    build_run_init(&run);
    run.options.from_crs = from_crs;
    run.options.scheme = scheme;
    run.options.name = name;
    run.options.map = maps;
    run.options.encoding = encoding;
    run.options.bounds = &bounds;
    run.options.is_sample = 1;
    ck_assert_int_eq(pole_builder_new(&run.options, &run.builder, &run.error), POLE_OK);
    memset(from_crs, 'x', sizeof from_crs);
    memset(scheme, 'x', sizeof scheme);
    memset(name, 'x', sizeof name);
    memset(map, 'x', sizeof map);
    memset(encoding, 'x', sizeof encoding);
    maps[0] = NULL;
    bounds = (pole_box){0, 0, 0, 0};
    run.options.from_crs = run.options.scheme = run.options.name = run.options.encoding = NULL;
    run.options.allocator = &allocator;
    build_run_add(&run, POLE_TABLE_POLES, "poles.csv",
                  "杆,lat,lon\n12345,45.5,126.5\n12346,47,126.5\n");
    build_run_finish(&run);
    pole_index *index = build_run_open(&run);
    pole_info info = {.struct_size = sizeof info};
    ck_assert_int_eq(pole_index_info(index, &info), POLE_OK);
    ck_assert_uint_eq(info.poles, 1);
    ck_assert_uint_eq(info.is_sample, 1);
    ck_assert(info.name.size_bytes == 3 && memcmp(info.name.data, "城", 3) == 0);
    ck_assert_double_lt(info.southwest.lat_deg, 45.5); /* turned back from GCJ-02 */
    ck_assert_uint_eq(build_run_count(&run, POLE_FINDING_OUT_OF_BOUNDS), 1);
    pole_index_close(index);
    build_run_end(&run);
}
END_TEST

START_TEST(a_name_that_is_no_text_is_refused)
{
    static char longest[1026];
    const char *const wrong[] = {"\xff", "a\xc3", longest};
    pole_build_options options;
    pole_builder *builder = NULL;
    pole_error error;
    pole_build_options_init(&options);
    memset(longest, 'a', 1025);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        options.name = wrong[i];
        ck_assert_int_eq(pole_builder_new(&options, &builder, &error), POLE_INVALID_ARGUMENT);
        ck_assert_ptr_null(builder);
    }
    options.name = longest + 1;
    ck_assert_int_eq(pole_builder_new(&options, &builder, &error), POLE_OK);
    pole_builder_free(builder);
}
END_TEST

static pole_record sound_record(void)
{
    pole_record record = {.struct_size = sizeof record, .surveyed_days = POLE_NO_DATE};
    record.at.lat_deg = 45.5;
    record.at.lon_deg = 126.5;
    return record;
}

START_TEST(a_wrong_call_is_not_even_a_row)
{
    build_run run;
    build_run_init(&run);
    const pole_point ring[] = {{45, 126}, {45, 127}, {46, 127}};
    const size_t sizes[] = {3}, vast[] = {SIZE_MAX, 3};
    const pole_span nowhere = {NULL, 3}, code = span_of("1234567"), id = span_of("101");
    pole_record records[5];
    pole_station station = {.struct_size = 3};
    pole_error *error = &run.error;
    ck_assert_int_eq(pole_builder_new(&run.options, &run.builder, error), POLE_OK);
    for (size_t i = 0; i < 5; i++)
        records[i] = sound_record();
    records[0].struct_size = 0;
    records[1].state = 3;
    records[2].state = -1;
    records[3].surveyed_days = INT32_MAX;
    records[4].surveyed_days = INT32_MIN + 1;
    for (size_t i = 0; i < 5; i++)
        ck_assert_int_eq(pole_builder_add_pole(run.builder, code, records + i, error),
                         POLE_INVALID_ARGUMENT);
    const pole_record sound = sound_record();
    ck_assert_int_eq(pole_builder_add_pole(run.builder, nowhere, &sound, error),
                     POLE_INVALID_ARGUMENT);
    ck_assert_int_eq(pole_builder_add_pole(run.builder, code, NULL, error), POLE_INVALID_ARGUMENT);
    ck_assert_int_eq(pole_builder_add_station(run.builder, NULL, error), POLE_INVALID_ARGUMENT);
    ck_assert_int_eq(pole_builder_add_station(run.builder, &station, error), POLE_INVALID_ARGUMENT);
    ck_assert_int_eq(pole_builder_add_area(run.builder, id, NULL, sizes, 1, error),
                     POLE_INVALID_ARGUMENT);
    ck_assert_int_eq(pole_builder_add_area(run.builder, id, ring, NULL, 1, error),
                     POLE_INVALID_ARGUMENT);
    ck_assert_int_eq(pole_builder_add_area(run.builder, id, ring, sizes, 0, error),
                     POLE_INVALID_ARGUMENT);
    ck_assert_int_eq(pole_builder_add_area(run.builder, id, ring, vast, 2, error),
                     POLE_INVALID_ARGUMENT);
    ck_assert_int_eq(pole_builder_add_area(run.builder, nowhere, ring, sizes, 1, error),
                     POLE_INVALID_ARGUMENT);
    ck_assert_uint_eq(run.finding_count, 0);
    /* Nothing happened: the build goes on, and counts one row. */
    ck_assert_int_eq(pole_builder_add_pole(run.builder, code, &sound, error), POLE_OK);
    ck_assert_int_eq(build_run_finish(&run), POLE_OK);
    ck_assert_uint_eq(run.report.rows_read, 1);
    ck_assert_uint_eq(run.report.rows_refused, 0);
    build_run_end(&run);
}
END_TEST

START_TEST(texts_at_no_place_are_refused_not_read)
{
    build_run run;
    build_run_init(&run);
    pole_record record = sound_record();
    record.street = (pole_span){NULL, 3};
    ck_assert_int_eq(pole_builder_new(&run.options, &run.builder, &run.error), POLE_OK);
    ck_assert_int_eq(pole_builder_add_pole(run.builder, span_of("1234567"), &record, &run.error),
                     POLE_INVALID_ARGUMENT);
    pole_station station = {.struct_size = sizeof station};
    station.id = span_of("101");
    station.name = (pole_span){NULL, 3};
    ck_assert_int_eq(pole_builder_add_station(run.builder, &station, &run.error),
                     POLE_INVALID_ARGUMENT);
    build_run_end(&run);
}
END_TEST

START_TEST(a_failure_is_repeated_by_every_later_call)
{
    build_run run;
    build_run_init(&run);
    const pole_record record = sound_record();
    pole_error later;
    build_run_add(&run, POLE_TABLE_POLES, "good.csv", "code,lat,lon\n1234567,45,126\n1,2,3\n");
    ck_assert_int_eq(run.status, POLE_OK);
    build_run_add(&run, POLE_TABLE_POLES, "bad.csv", "a,b,c\n1,2,3\n");
    ck_assert_int_eq(run.status, POLE_BAD_INPUT);
    const char *message = run.error.message;
    ck_assert_ptr_nonnull(strstr(message, "bad.csv"));
    ck_assert_int_eq(pole_builder_add_file(run.builder, POLE_TABLE_POLES, "/no/such", &later),
                     POLE_BAD_INPUT);
    ck_assert_str_eq(later.message, message);
    ck_assert_int_eq(pole_builder_add_pole(run.builder, span_of("1234569"), &record, &later),
                     POLE_BAD_INPUT);
    ck_assert_str_eq(later.message, message);
    run.status = POLE_OK;
    ck_assert_int_eq(build_run_finish(&run), POLE_BAD_INPUT);
    ck_assert_str_eq(run.error.message, message);
    ck_assert_uint_eq(run.index.size, 0);
    build_run_end(&run);
}
END_TEST

START_TEST(after_a_failure_a_report_counts_rows_alone)
{
    build_run run;
    build_run_init(&run);
    build_run_add(&run, POLE_TABLE_POLES, "poles.csv",
                  "code,lat,lon\n1234567,45,126\n1234567,45,127\nx,45,126\n");
    memset((char *)&run.report + sizeof(uint32_t), 0xEE, sizeof run.report - sizeof(uint32_t));
    ck_assert_int_eq(build_run_finish(&run), POLE_REFUSED);
    ck_assert_uint_eq(run.report.rows_read, 3);
    ck_assert_uint_eq(run.report.rows_refused, 3);
    ck_assert_uint_eq(run.report.rows_collapsed, 0);
    ck_assert_uint_eq(run.report.poles, 0);
    ck_assert_uint_eq(run.report.file_bytes, 0);
    ck_assert_str_eq(run.report.id, "");
    /* Finished is finished, well or not. */
    const pole_sink sink = byte_block_sink(&run.index);
    ck_assert_int_eq(pole_builder_finish_to(run.builder, &sink, &run.report, &run.error),
                     POLE_INVALID_ARGUMENT);
    ck_assert_uint_eq(run.index.size, 0);
    build_run_end(&run);
}
END_TEST

START_TEST(a_finished_builder_can_only_be_freed)
{
    build_run run;
    build_run_init(&run);
    const pole_record record = sound_record();
    build_run_add(&run, POLE_TABLE_POLES, "poles.csv", "code,lat,lon\n1234567,45,126\n");
    ck_assert_int_eq(build_run_finish(&run), POLE_OK);
    const size_t size = run.index.size;
    ck_assert_int_eq(build_run_finish(&run), POLE_INVALID_ARGUMENT);
    ck_assert_uint_eq(run.index.size, size);
    ck_assert_int_eq(pole_builder_add_pole(run.builder, span_of("1234569"), &record, &run.error),
                     POLE_INVALID_ARGUMENT);
    build_run_end(&run);
}
END_TEST

/* A sink that takes so many calls and then says no. */
typedef struct {
    int calls_left;
    int calls_after;
    size_t bytes;
} tired_sink;

static pole_status take_some(void *context, const void *bytes, size_t size)
{
    tired_sink *sink = context;
    (void)bytes;
    if (sink->calls_left == 0) {
        sink->calls_after++;
        return POLE_LIMIT;
    }
    sink->calls_left--;
    sink->bytes += size;
    return POLE_OK;
}

START_TEST(a_sink_that_says_no_ends_the_writing)
{
    static char table[6000 * 40];
    size_t size = (size_t)snprintf(table, sizeof table, "code,lat,lon,street\n");
    for (int i = 0; i < 6000; i++)
        size += (size_t)snprintf(table + size, sizeof table - size, "%07d,45.5,126.5,街%d\n", i, i);
    build_run run;
    build_run_init(&run);
    build_run_add(&run, POLE_TABLE_POLES, "poles.csv", table);
    build_run_finish(&run);
    pole_index *index = build_run_open(&run);
    for (int calls = 0; calls < 3; calls++) {
        tired_sink tired = {calls, 0, 0};
        const pole_sink sink = {&tired, take_some};
        pole_error error;
        ck_assert_int_eq(pole_export(index, NULL, &sink, &error), POLE_LIMIT);
        ck_assert_int_eq(error.status, POLE_LIMIT);
        ck_assert_int_eq(tired.calls_after, 1);
    }
    pole_index_close(index);
    build_run_end(&run);
}
END_TEST

static size_t commas(const char *line)
{
    size_t count = 0;
    for (; *line != '\0' && *line != '\n'; line++)
        count += *line == ',';
    return count;
}

START_TEST(a_csvt_line_has_a_type_for_each_column)
{
    pole_index *index = small_city_open(0);
    for (uint32_t table = POLE_TABLE_POLES; table <= POLE_TABLE_STATIONS; table++) {
        char *csv = export_text(index, table, POLE_EXPORT_CSV);
        ck_assert_uint_eq(commas(csv), commas(pole_export_csvt(table)));
        free(csv);
    }
    ck_assert_str_eq(pole_export_csvt(POLE_TABLE_AREAS), "");
    pole_index_close(index);
}
END_TEST

/* Whether a person may be shown it: UTF-8, nothing that a terminal acts on. */
static void assert_fit_to_show(const char *text)
{
    static const char *const acting[] = {
        "\x1b",         "\x7f",         "\n",           "\r",   "\xc2\x9b", "\xe2\x80\xae",
        "\xe2\x80\x8f", "\xe2\x80\xa8", "\xe2\x81\xa6", "\xff", "\xd8\x9c"};
    for (size_t i = 0; i < sizeof acting / sizeof *acting; i++)
        ck_assert_msg(strstr(text, acting[i]) == NULL, "%zu: %s", i, text);
}

START_TEST(what_is_told_of_a_row_from_hell_is_fit_to_show)
{
    build_run run;
    build_run_init(&run);
    build_run_add(&run, POLE_TABLE_POLES, "h\x1b[31m\xe2\x80\xae\xff.csv",
                  "code,lat,lon,street,scope,surveyed,status\n"
                  "12\x1b[31m4567,45,126,s,,,\n"
                  "12\xe2\x80\xae"
                  "4567,45,126,s,,,\n"
                  "1234567,4\xc2\x9b"
                  "5,126,s,,,\n"
                  "1234567,45,126,a\xe2\x80\x8f"
                  "b,,,\n"
                  "1234567,45,126,a\xd8\x9c"
                  "b,,,\n"
                  "1234567,45,126,\"a\nb\",,,\n"
                  "1234567,45,126,s,c\xe2\x81\xa6"
                  "d,,\n"
                  "1234567,45,126,s,,2\x1b"
                  "008,\n"
                  "1234568,45,126,s,,,x\xe2\x80\xa8y\n"
                  "1234569,45,126,s,,,\n");
    build_run_finish(&run);
    ck_assert_msg(run.status == POLE_OK, "%s", run.error.message);
    ck_assert_uint_ge(run.finding_count, 8);
    for (size_t i = 0; i < run.finding_count; i++) {
        assert_fit_to_show(run.findings[i].message);
        assert_fit_to_show(run.findings[i].hint);
    }
    pole_index *index = build_run_open(&run);
    char *csv = export_text(index, POLE_TABLE_POLES, POLE_EXPORT_CSV);
    ck_assert_ptr_nonnull(strstr(csv, "1234569"));
    ck_assert_ptr_null(strstr(csv, "\xe2\x80\x8f"));
    free(csv);
    pole_index_close(index);
    build_run_end(&run);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("contract of builds");
    TCase *tests = tcase_create("contract of builds");
    tcase_add_test(tests, options_are_copied_texts_too);
    tcase_add_test(tests, a_name_that_is_no_text_is_refused);
    tcase_add_test(tests, a_wrong_call_is_not_even_a_row);
    tcase_add_test(tests, texts_at_no_place_are_refused_not_read);
    tcase_add_test(tests, a_failure_is_repeated_by_every_later_call);
    tcase_add_test(tests, after_a_failure_a_report_counts_rows_alone);
    tcase_add_test(tests, a_finished_builder_can_only_be_freed);
    tcase_add_test(tests, a_sink_that_says_no_ends_the_writing);
    tcase_add_test(tests, a_csvt_line_has_a_type_for_each_column);
    tcase_add_test(tests, what_is_told_of_a_row_from_hell_is_fit_to_show);
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
