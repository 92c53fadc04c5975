/* SPDX-License-Identifier: MIT
 * What speech.h, resolve.h, resolution.h and json.h promise and no other test asks: what is heard
 * and masked, how many candidates are told, coordinates in a CRS for one call alone, JSON that fits
 * its room to the byte; and, of all headers, questions that allocate nothing. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

static pole_resolution *answered;

START_TEST(questions_allocate_nothing)
{
    test_memory memory;
    pole_open_options options;
    pole_index *index = NULL;
    byte_block bytes = small_city_bytes(0);
    test_memory_init(&memory, 0);
    pole_open_options_init(&options);
    options.allocator = &memory.allocator;
    ck_assert_int_eq(pole_index_open_memory(bytes.bytes, bytes.size, &options, &index, NULL),
                     POLE_OK);
    byte_block_free(&bytes);
    const size_t calls = memory.calls;
    const pole_point at = {45.7765, 126.6161};
    const pole_box box = {45, 126, 46, 127};
    const pole_point ring[] = {{45, 126}, {45, 127}, {46, 127}};
    const size_t sizes[] = {3};
    const pole_code code = {10101, POLE_ANY_SCOPE, 5, 0};
    pole_columns columns = {.struct_size = sizeof columns};
    pole_row rows[16];
    pole_hit hits[16];
    pole_station_hit stations[8];
    pole_area_edge edge;
    pole_info info = {.struct_size = sizeof info};
    pole_scheme_info scheme = {.struct_size = sizeof scheme};
    pole_station station = {.struct_size = sizeof station};
    pole_station_number number;
    uint16_t scope;
    size_t needed;
    char text[32];
    columns.rows = rows;
    pole_index_info(index, &info);
    pole_index_scheme(index, 0, &scheme);
    pole_index_find_scope(index, span_of("巴彦"), &scope);
    pole_code_format(index, code, 1, text, sizeof text, &needed);
    pole_index_find_all(index, code, rows, 16, &needed);
    pole_index_find_alias(index, span_of("1234567"), rows, 16, &needed);
    pole_index_find_texts(index, "12345671234567", 7, 2, 7, 0, &columns);
    pole_index_find_many(index, &code.number, 1, 5, POLE_ANY_SCOPE, &columns);
    pole_nearest(index, at, 16, INFINITY, hits, &needed);
    pole_nearest_many(index, &at, 1, 16, INFINITY, hits, &needed);
    pole_within_radius(index, at, 1e7, hits, 16, &needed);
    pole_within_radius(index, at, 1e7, hits, 2, &needed);
    pole_within_box(index, &box, rows, 16, &needed);
    pole_within_polygon(index, ring, sizes, 1, rows, 16, &needed);
    pole_index_station(index, 0, &station);
    pole_index_find_station(index, span_of("233"), &number);
    pole_stations_of(index, 0, POLE_ROLE_ALL, stations, 8, &needed);
    pole_stations_at(index, at, (pole_span){NULL, 0}, POLE_ROLE_ALL, 8, stations, 8, &needed);
    pole_area_edge_at(index, at, INFINITY, &edge);
    ck_assert_uint_eq(memory.calls, calls);
    pole_index_close(index);
    ck_assert_uint_eq(memory.live, 0);
}
END_TEST

START_TEST(what_is_heard_is_masked_unless_it_is_a_code)
{
    static const struct {
        const char *text, *query, *digits;
        uint32_t lengths;
        pole_reason reason;
    } cases[] = {
        {" 1234567\n", "1234567", "1234567", 1 << 7, POLE_REASON_NONE},
        {"12345678", "12345678", "12345678", 1 << 7, POLE_REASON_NONE},
        {"12345678", "123****5678", "", 1 << 5, POLE_REASON_TOO_MANY},
        {"123-456-789", "123-456-789", "123456789", 1 << 7, POLE_REASON_NONE},
        {"123-456-789", "123****6789", "", 1 << 5, POLE_REASON_TOO_MANY},
        {"身份证230102199001011234", "身份证230****1234", "", 1 << 7, POLE_REASON_OTHER_NUMBER},
        {"12345678901", "123****8901", "", 1 << 7, POLE_REASON_PHONE_NUMBER},
        {"045182345678", "045****5678", "", 1 << 7, POLE_REASON_PHONE_NUMBER},
        {"0451 8234", "045****8234", "", 1 << 5, POLE_REASON_TOO_MANY},
        {"12", "12", "", 1 << 7, POLE_REASON_TOO_FEW},
        {"12345", "12345", "12345", 1 << 4 | 1 << 7, POLE_REASON_NONE},
        {"7", "7", "7", 1 << 1, POLE_REASON_NONE},
        {"123456789012", "123****9012", "", 0xFFFFFFFF, POLE_REASON_TOO_MANY},
        {"", "", "", 1 << 7, POLE_REASON_NO_DIGITS},
        {"- . _", "- . _", "", 1 << 7, POLE_REASON_NO_DIGITS},
        {"\xff\xfe", "\xff\xfe", "", 1 << 7, POLE_REASON_NO_DIGITS},
        {"1234\xc3"
         "567",
         "1234\xc3"
         "567",
         "", 1 << 7, POLE_REASON_OTHER_NUMBER},
    };
    pole_heard *heard = NULL;
    ck_assert_int_eq(pole_heard_new(NULL, &heard), POLE_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const pole_text text = {span_of(cases[i].text), 0.5};
        pole_hear_options options;
        pole_hear_options_init(&options);
        options.lengths = cases[i].lengths;
        ck_assert_int_eq(pole_hear(&text, 1, &options, heard), POLE_OK);
        const pole_span query = pole_heard_query(heard);
        ck_assert_msg(same_text(query, cases[i].query), "%s: %.*s", cases[i].text,
                      (int)query.size_bytes, query.data ? query.data : "");
        ck_assert_msg(same_text(pole_heard_digits(heard), cases[i].digits), "%s", cases[i].text);
        ck_assert_msg(pole_heard_reason(heard) == cases[i].reason, "%s: %d", cases[i].text,
                      (int)pole_heard_reason(heard));
    }
    pole_heard_free(heard);
}
END_TEST

static pole_answer answer_of(const pole_resolution *resolution)
{
    pole_answer answer = {.struct_size = sizeof answer};
    ck_assert_int_eq(pole_resolution_answer(resolution, &answer), POLE_OK);
    return answer;
}

START_TEST(so_many_candidates_are_told_as_were_asked_for)
{
    enum { COUNTIES = 120 };
    static char table[COUNTIES * 48];
    size_t size = (size_t)snprintf(table, sizeof table, "scope,code,lat,lon\n");
    for (int i = 0; i < COUNTIES; i++)
        size +=
            (size_t)snprintf(table + size, sizeof table - size, "县%03d,10101,45.%03d,126\n", i, i);
    build_run run;
    build_run_init(&run);
    run.options.scheme = "*/pole:5";
    build_run_add(&run, POLE_TABLE_POLES, "poles.csv", table);
    build_run_finish(&run);
    pole_index *index = build_run_open(&run);
    static const uint32_t limits[][2] = {{0, 3}, {1, 1}, {100, 100}, {101, 100}, {UINT32_MAX, 100}};
    const pole_text text = {span_of("10101"), 1.0};
    pole_hear_options hear;
    pole_resolve_options options;
    pole_heard *heard = NULL;
    pole_resolution *resolution = NULL;
    pole_hear_options_init(&hear);
    hear.lengths = pole_index_lengths(index);
    pole_resolve_options_init(&options);
    ck_assert_int_eq(pole_heard_new(NULL, &heard), POLE_OK);
    ck_assert_int_eq(pole_resolution_new(NULL, &resolution), POLE_OK);
    ck_assert_int_eq(pole_hear(&text, 1, &hear, heard), POLE_OK);
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        options.limit = limits[i][0];
        ck_assert_int_eq(pole_resolve(index, heard, &options, resolution), POLE_OK);
        const pole_answer answer = answer_of(resolution);
        ck_assert_uint_eq(answer.candidates, limits[i][1]);
        ck_assert_uint_eq(answer.candidates_found, COUNTIES);
        ck_assert_int_eq(answer.match, POLE_AMBIGUOUS);
        pole_candidate candidate = {.struct_size = sizeof candidate};
        ck_assert_int_eq(pole_resolution_candidate(resolution, answer.candidates, &candidate, NULL),
                         POLE_NOT_FOUND);
    }
    pole_heard_free(heard);
    pole_resolution_free(resolution);
    pole_index_close(index);
    build_run_end(&run);
}
END_TEST

START_TEST(a_crs_is_used_by_one_call_alone)
{
    pole_crs *crs = NULL;
    pole_resolution *resolution = NULL;
    pole_describe_options options;
    pole_candidate told = {.struct_size = sizeof told};
    pole_record pole = {.struct_size = sizeof pole};
    ck_assert_int_eq(pole_crs_new(span_of(" GCJ02 "), NULL, NULL, &crs, NULL), POLE_OK);
    ck_assert_int_eq(pole_resolution_new(NULL, &resolution), POLE_OK);
    pole_describe_options_init(&options);
    options.crs = crs;
    ck_assert_int_eq(pole_describe(city, 3, &options, resolution), POLE_OK);
    ck_assert_int_eq(pole_resolution_candidate(resolution, 0, &told, &pole), POLE_OK);
    double x = pole.at.lon_deg, y = pole.at.lat_deg;
    ck_assert_int_eq(pole_crs_from_wgs84(crs, 1, &x, &y, NULL), POLE_OK);
    pole_crs_free(crs);
    ck_assert_double_eq(told.x, x);
    ck_assert_double_eq(told.y, y);
    ck_assert_double_gt(told.x, pole.at.lon_deg);
    ck_assert(same_text(told.crs, "gcj02"));
    char *json = json_of(resolution);
    ck_assert_ptr_nonnull(strstr(json, "\"crs\":\"gcj02\""));
    free(json);
    ck_assert_int_eq(pole_describe(city, 3, NULL, resolution), POLE_OK);
    ck_assert_int_eq(pole_resolution_candidate(resolution, 0, &told, NULL), POLE_OK);
    ck_assert(isnan(told.x) && isnan(told.y) && told.crs.size_bytes == 0);
    pole_resolution_free(resolution);
}
END_TEST

START_TEST(every_pole_can_be_told_in_full)
{
    pole_resolution *resolution = NULL;
    ck_assert_int_eq(pole_resolution_new(NULL, &resolution), POLE_OK);
    for (pole_row row = 0; row < 15; row++) {
        pole_candidate told = {.struct_size = sizeof told};
        pole_record pole = {.struct_size = sizeof pole}, alone = {.struct_size = sizeof alone};
        char digits[32];
        ck_assert_int_eq(pole_describe(city, row, NULL, resolution), POLE_OK);
        const pole_answer answer = answer_of(resolution);
        ck_assert_int_eq(answer.match, POLE_EXACT);
        ck_assert_uint_eq(answer.candidates, 1);
        ck_assert_uint_eq(answer.candidates_found, 1);
        ck_assert_int_eq(answer.question, POLE_ASK_READ_BACK);
        ck_assert_uint_ne(answer.warnings & POLE_WARN_UNCORROBORATED, 0);
        ck_assert(isnan(answer.confidence) && isnan(answer.no_pole));
        ck_assert_int_eq(pole_resolution_candidate(resolution, 0, &told, &pole), POLE_OK);
        ck_assert_int_eq(pole_index_record(city, row, &alone), POLE_OK);
        ck_assert_mem_eq(&pole, &alone, sizeof pole);
        ck_assert_int_eq(pole_code_format(city, pole.code, 0, digits, sizeof digits, NULL),
                         POLE_OK);
        ck_assert(same_text(answer.heard, digits) && same_text(answer.query, digits));
        ck_assert_double_eq(told.distance_to_first_m, 0.0);
        ck_assert_uint_le(told.neighbour_count, 2);
        for (size_t i = 0; i < 2; i++) {
            if (told.cross_streets[i].size_bytes > 0)
                ck_assert_double_le(told.cross_street_m[i], 500.0);
            else
                ck_assert(isnan(told.cross_street_m[i]));
        }
        ck_assert_int_eq((answer.warnings & POLE_WARN_AREA_EDGE) != 0,
                         told.area_edge.distance_m < POLE_AREA_EDGE_M);
        ck_assert_int_eq(told.area_edge.station == POLE_NO_STATION,
                         isinf(told.area_edge.distance_m) != 0);
    }
    pole_resolution_free(resolution);
}
END_TEST

/* Each function that writes JSON, with the room for it. */

static pole_status put_resolution(char *text, size_t capacity, size_t *needed)
{
    return pole_resolution_json(answered, NULL, text, capacity, needed);
}

static pole_status put_hit(char *text, size_t capacity, size_t *needed)
{
    return pole_hit_json(answered, 12.34, 359.99, NULL, text, capacity, needed);
}

static pole_status put_stations(char *text, size_t capacity, size_t *needed)
{
    const pole_point at = {45.7765, 126.6161};
    /* One of a station that does not exist is left out. */
    pole_station_hit hits[] = {{.number = 0, .role = POLE_ROLE_NEAREST, .chosen = 1},
                               {.number = POLE_NO_STATION, .role = POLE_ROLE_CODED}};
    return pole_stations_json(city, span_of("45.7765,126.6161"), at, (pole_span){NULL, 0}, hits, 2,
                              NULL, NULL, text, capacity, needed);
}

static pole_status put_info(char *text, size_t capacity, size_t *needed)
{
    return pole_info_json(city, text, capacity, needed);
}

static pole_status put_error(char *text, size_t capacity, size_t *needed)
{
    pole_error error = {.status = POLE_BAD_INPUT, .line = 7};
    snprintf(error.message, sizeof error.message, "a \"quote\" and a \x1b");
    return pole_error_json(&error, text, capacity, needed);
}

static const struct {
    pole_status (*put)(char *text, size_t capacity, size_t *needed);
    const char *holds;
} writers[] = {
    {put_resolution, "{\"schema\":1,\"query\":\"2334502\","},
    {put_hit, "\"distance_m\":12.3,\"bearing_deg\":0.0,\"warnings\":[{\"code\":\"no_area\""},
    {put_stations, "\"area_edge\":null,\"warnings\":[{\"code\":\"no_area\""},
    {put_info, "\"bounds\":[45.7590000,126.6150000,46.0870000,127.4860000],\"schemes\":[{"},
    {put_error, "{\"error\":{\"code\":\"bad_input\",\"message\":\"a \\\"quote\\\" and a "
                "\\u001b\",\"hint\":null,\"line\":7,\"column\":null}}"},
};

START_TEST(json_fits_its_room_to_the_byte)
{
    size_t needed = 0, again = 0;
    answered = resolve_text(city, "2334502", NULL);
    ck_assert_int_eq(writers[_i].put(NULL, 0, &needed), POLE_LIMIT);
    char *text = malloc(needed);
    ck_assert_ptr_nonnull(text);
    memset(text, 'x', needed);
    ck_assert_int_eq(writers[_i].put(text, needed - 1, &again), POLE_LIMIT);
    ck_assert_uint_eq(again, needed);
    ck_assert_str_eq(text, "");
    ck_assert_int_eq(writers[_i].put(text, needed, &again), POLE_OK);
    ck_assert_uint_eq(strlen(text), needed - 1);
    ck_assert(text[0] == '{' && text[needed - 2] == '}');
    ck_assert_ptr_null(strchr(text, '\n'));
    ck_assert_msg(strstr(text, writers[_i].holds) != NULL, "%s", text);
    free(text);
    pole_resolution_free(answered);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("contract of answers");
    TCase *tests = tcase_create("contract of answers");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, questions_allocate_nothing);
    tcase_add_test(tests, what_is_heard_is_masked_unless_it_is_a_code);
    tcase_add_test(tests, so_many_candidates_are_told_as_were_asked_for);
    tcase_add_test(tests, a_crs_is_used_by_one_call_alone);
    tcase_add_test(tests, every_pole_can_be_told_in_full);
    tcase_add_loop_test(tests, json_fits_its_room_to_the_byte, 0,
                        (int)(sizeof writers / sizeof *writers));
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
