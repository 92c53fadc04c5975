/* SPDX-License-Identifier: MIT
 * What a code finds and what is told of it: leading zeros, lengths, scopes that repeat codes,
 * aliases, neighbours on one side, retired poles, the stations in their roles. */
#include <check.h>
#include <math.h>
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

static void assert_span(pole_span span, const char *text)
{
    ck_assert_msg(span.size_bytes == strlen(text) &&
                      (span.size_bytes == 0 || memcmp(span.data, text, span.size_bytes) == 0),
                  "\"%.*s\" is not \"%s\"", (int)span.size_bytes, span.data ? span.data : "", text);
}

static pole_row row_of(const char *text, const char *scope)
{
    pole_code code;
    pole_row row = POLE_NO_ROW;
    ck_assert_int_eq(pole_code_parse(city, span_of(text), &code), POLE_OK);
    if (scope)
        ck_assert_int_eq(pole_index_find_scope(city, span_of(scope), &code.scope), POLE_OK);
    ck_assert_int_eq(pole_index_find(city, code, &row), POLE_OK);
    return row;
}

static pole_record record_of(pole_row row)
{
    pole_record record = {.struct_size = sizeof record};
    ck_assert_int_eq(pole_index_record(city, row, &record), POLE_OK);
    return record;
}

START_TEST(a_code_gives_its_pole)
{
    const pole_record pole = record_of(row_of("1234567", NULL));
    assert_span(pole.street, "通江街");
    assert_span(pole.district, "道里区");
    assert_span(pole.scope, "");
    assert_span(pole.alias, "城西线12号");
    assert_span(pole.alias_owner, "电力");
    ck_assert_double_eq(pole.at.lat_deg, 45.7765000);
    ck_assert_double_eq(pole.at.lon_deg, 126.6161000);
    ck_assert_int_eq(pole.surveyed_days, POLE_NO_DATE);
    ck_assert_int_eq(pole.state, POLE_STATE_ACTIVE);
}
END_TEST

START_TEST(separators_and_full_width_digits_are_read)
{
    static const char *const forms[] = {"1234567",    "1 23 45 67",     "1-23-45-67",
                                        "1.23.45.67", "１２３４５６７", "　1234567　",
                                        "1_23_45_67", "1–23–45–67"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        ck_assert_uint_eq(row_of(forms[i], NULL), row_of("1234567", NULL));
}
END_TEST

START_TEST(what_is_no_code_is_refused)
{
    static const char *const others[] = {"",           "123456",  "12345678",  "123456a",
                                         "+1234567",   "12,3456", "第1234567", "\xff\xfe",
                                         "1234567\n8", "0x12345", "1e6"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        pole_code code;
        ck_assert_int_eq(pole_code_parse(city, span_of(others[i]), &code), POLE_MALFORMED_CODE);
        ck_assert_uint_eq(code.digits, 0);
    }
}
END_TEST

START_TEST(leading_zeros_live)
{
    char text[32];
    size_t needed;
    pole_code code;
    ck_assert_int_eq(pole_code_parse(city, span_of("0034501"), &code), POLE_OK);
    ck_assert_uint_eq(code.number, 34501);
    ck_assert_uint_eq(code.digits, 7);
    ck_assert_int_eq(pole_code_format(city, code, 0, text, sizeof text, &needed), POLE_OK);
    ck_assert_str_eq(text, "0034501");
    ck_assert_int_eq(pole_code_format(city, code, 1, text, sizeof text, &needed), POLE_OK);
    ck_assert_str_eq(text, "0 03 45 01");
    ck_assert_uint_eq(needed, 11);
    ck_assert_int_eq(pole_code_format(city, code, 1, text, 10, &needed), POLE_LIMIT);
    assert_span(record_of(row_of("0034501", NULL)).street, "友谊路");
    /* 34501 in five digits is another code, and nobody has it. */
    pole_row row;
    ck_assert_int_eq(pole_code_parse(city, span_of("34501"), &code), POLE_OK);
    ck_assert_int_eq(pole_index_find(city, code, &row), POLE_NOT_FOUND);
    ck_assert_uint_eq(row, POLE_NO_ROW);
}
END_TEST

START_TEST(codes_that_repeat_between_scopes_are_never_chosen_between)
{
    pole_code code;
    pole_row row, rows[4];
    size_t needed;
    ck_assert_int_eq(pole_code_parse(city, span_of("10101"), &code), POLE_OK);
    ck_assert_int_eq(pole_index_find(city, code, &row), POLE_SEVERAL);
    ck_assert_uint_eq(row, POLE_NO_ROW);
    ck_assert_int_eq(pole_index_find_all(city, code, rows, 4, &needed), POLE_OK);
    ck_assert_uint_eq(needed, 2);
    assert_span(record_of(rows[0]).scope, "宾县");
    assert_span(record_of(rows[1]).scope, "巴彦");
    assert_span(record_of(row_of("10101", "巴彦")).street, "人民大街");
    assert_span(record_of(row_of("10101", "宾县")).street, "迎宾路");
    pole_match match;
    double lat;
    pole_columns columns = {
        .struct_size = sizeof columns, .rows = &row, .match = &match, .lat_deg = &lat};
    ck_assert_int_eq(pole_index_find_many(city, &code.number, 1, 5, POLE_ANY_SCOPE, &columns),
                     POLE_OK);
    ck_assert_int_eq(match, POLE_AMBIGUOUS);
    ck_assert_uint_eq(row, POLE_NO_ROW);
    ck_assert(isnan(lat));
}
END_TEST

START_TEST(aliases_are_found_whole)
{
    pole_row rows[4];
    size_t needed;
    ck_assert_int_eq(pole_index_find_alias(city, span_of("城西线12号"), rows, 4, &needed), POLE_OK);
    ck_assert_uint_eq(needed, 1);
    ck_assert_uint_eq(rows[0], row_of("1234567", NULL));
    ck_assert_int_eq(pole_index_find_alias(city, span_of("城西线12"), rows, 4, &needed),
                     POLE_NOT_FOUND);
    ck_assert_int_eq(pole_index_find_alias(city, span_of(""), rows, 4, &needed), POLE_NOT_FOUND);
}
END_TEST

START_TEST(a_batch_agrees_with_single_lookups)
{
    static const char texts[] = "1234567 0034501 9999999 123456x 1234602 2334504 1234567";
    enum { COUNT = 7 };
    pole_row rows[COUNT];
    pole_match match[COUNT];
    double lat[COUNT], lon[COUNT];
    pole_station_number stations[COUNT];
    const pole_columns columns = {.struct_size = sizeof columns,
                                  .rows = rows,
                                  .match = match,
                                  .lat_deg = lat,
                                  .lon_deg = lon,
                                  .stations = stations};
    ck_assert_int_eq(pole_index_find_texts(city, texts, 8, COUNT, 7, POLE_ANY_SCOPE, &columns),
                     POLE_OK);
    for (int i = 0; i < COUNT; i++) {
        pole_code code;
        pole_row row = POLE_NO_ROW;
        const pole_span text = {texts + 8 * i, 7};
        const pole_status parsed = pole_code_parse(city, text, &code);
        if (parsed == POLE_OK)
            (void)pole_index_find(city, code, &row);
        ck_assert_uint_eq(rows[i], row);
        ck_assert_int_eq(match[i], parsed != POLE_OK    ? POLE_NO_CODE
                                   : row == POLE_NO_ROW ? POLE_UNKNOWN
                                                        : POLE_EXACT);
        if (row == POLE_NO_ROW) {
            ck_assert(isnan(lat[i]) && isnan(lon[i]));
            ck_assert_uint_eq(stations[i], POLE_NO_STATION);
        } else {
            const pole_record pole = record_of(row);
            ck_assert_double_eq(lat[i], pole.at.lat_deg);
            ck_assert_double_eq(lon[i], pole.at.lon_deg);
            ck_assert_uint_ne(stations[i], POLE_NO_STATION);
        }
    }
}
END_TEST

START_TEST(neighbours_are_on_the_same_side_and_still_stand)
{
    pole_resolution *resolution = resolve_text(city, "1234567", NULL);
    pole_candidate told = {.struct_size = sizeof told};
    ck_assert_int_eq(pole_resolution_candidate(resolution, 0, &told, NULL), POLE_OK);
    ck_assert_uint_eq(told.neighbour_count, 2);
    /* 1234566 is across the street, 1234569 was removed. */
    ck_assert_uint_eq(told.neighbours[0].row, row_of("1234565", NULL));
    ck_assert_uint_eq(told.neighbours[1].row, row_of("1234571", NULL));
    ck_assert_double_eq_tol(told.neighbours[0].distance_m, 28.1, 0.2);
    ck_assert_double_eq_tol(told.neighbours[0].bearing_deg, 188.0, 1.0);
    assert_span(told.cross_streets[0], "霞曼街");
    assert_span(told.cross_streets[1], "友谊路");
    pole_resolution_free(resolution);
}
END_TEST

static const pole_station_hit *role_of(const pole_candidate *told, int32_t role)
{
    for (size_t i = 0; i < told->station_count; i++)
        if (told->stations[i].role == role)
            return told->stations + i;
    return NULL;
}

START_TEST(stations_stand_in_their_roles_and_one_is_chosen)
{
    pole_resolution *resolution = resolve_text(city, "1234571", NULL);
    pole_candidate told = {.struct_size = sizeof told};
    pole_answer answer = {.struct_size = sizeof answer};
    ck_assert_int_eq(pole_resolution_candidate(resolution, 0, &told, NULL), POLE_OK);
    ck_assert_int_eq(pole_resolution_answer(resolution, &answer), POLE_OK);
    pole_station_number coded, responsible;
    ck_assert_int_eq(pole_index_find_station(city, span_of("123"), &coded), POLE_OK);
    ck_assert_int_eq(pole_index_find_station(city, span_of("233"), &responsible), POLE_OK);
    ck_assert_uint_eq(role_of(&told, POLE_ROLE_CODED)->number, coded);
    ck_assert_uint_eq(role_of(&told, POLE_ROLE_RESPONSIBLE)->number, responsible);
    ck_assert_uint_eq(role_of(&told, POLE_ROLE_NEAREST)->number, coded); /* never the fire house */
    ck_assert_ptr_null(role_of(&told, POLE_ROLE_ROAD));
    int chosen = 0;
    for (size_t i = 0; i < told.station_count; i++)
        chosen += told.stations[i].chosen;
    ck_assert_int_eq(chosen, 1);
    ck_assert_int_eq(role_of(&told, POLE_ROLE_RESPONSIBLE)->chosen, 1);
    ck_assert_uint_ne(answer.warnings & POLE_WARN_STATION_CONFLICT, 0);
    ck_assert_uint_ne(answer.warnings & POLE_WARN_AREA_EDGE, 0);
    ck_assert_uint_eq(told.area_edge.station, coded);
    ck_assert_double_eq_tol(told.area_edge.distance_m, 22.2, 0.2);
    pole_resolution_free(resolution);
}
END_TEST

START_TEST(rows_of_another_index_are_refused)
{
    pole_record record = {.struct_size = sizeof record};
    pole_point at;
    pole_info info = {.struct_size = sizeof info};
    ck_assert_int_eq(pole_index_info(city, &info), POLE_OK);
    ck_assert_int_eq(pole_index_record(city, info.poles, &record), POLE_INVALID_ARGUMENT);
    ck_assert_int_eq(pole_index_point(city, POLE_NO_ROW, &at), POLE_INVALID_ARGUMENT);
    ck_assert_int_eq(pole_index_record(NULL, 0, &record), POLE_INVALID_ARGUMENT);
}
END_TEST

/* A caller compiled against an older header has shorter structs: nothing is written behind them. */
START_TEST(shorter_structs_of_older_callers_are_respected)
{
    unsigned char raw[sizeof(pole_record)];
    const uint32_t size = offsetof(pole_record, scope);
    memset(raw, 0xEE, sizeof raw);
    memcpy(raw, &size, sizeof size);
    ck_assert_int_eq(pole_index_record(city, 0, (pole_record *)(void *)raw), POLE_OK);
    for (size_t i = size; i < sizeof raw; i++)
        ck_assert_uint_eq(raw[i], 0xEE);
    /* A younger caller's option that this library does not know is refused, not ignored. */
    struct {
        pole_describe_options known;
        uint32_t unknown[2];
    } younger;
    pole_resolution *resolution = NULL;
    memset(&younger, 0, sizeof younger);
    younger.known.struct_size = sizeof younger;
    ck_assert_int_eq(pole_resolution_new(NULL, &resolution), POLE_OK);
    ck_assert_int_eq(pole_describe(city, 0, &younger.known, resolution), POLE_OK);
    younger.unknown[1] = 1;
    ck_assert_int_eq(pole_describe(city, 0, &younger.known, resolution), POLE_INVALID_ARGUMENT);
    pole_resolution_free(resolution);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("lookup");
    TCase *tests = tcase_create("lookup");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, a_code_gives_its_pole);
    tcase_add_test(tests, separators_and_full_width_digits_are_read);
    tcase_add_test(tests, what_is_no_code_is_refused);
    tcase_add_test(tests, leading_zeros_live);
    tcase_add_test(tests, codes_that_repeat_between_scopes_are_never_chosen_between);
    tcase_add_test(tests, aliases_are_found_whole);
    tcase_add_test(tests, a_batch_agrees_with_single_lookups);
    tcase_add_test(tests, neighbours_are_on_the_same_side_and_still_stand);
    tcase_add_test(tests, stations_stand_in_their_roles_and_one_is_chosen);
    tcase_add_test(tests, rows_of_another_index_are_refused);
    tcase_add_test(tests, shorter_structs_of_older_callers_are_respected);
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
