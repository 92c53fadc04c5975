/* SPDX-License-Identifier: MIT
 * A place for a pole that the table lacks is told only where poles of its own street and side
 * stand on both sides of it, and then it is the place that their numbers say. Every code of every
 * street is compared with a search of the numbers one by one, and with PROJ. */
#include <check.h>
#include <geodesic.h>
#include <math.h>
#include <string.h>

#include "resolve/interpolate.h"
#include "support/code_city.h"
#include "support/small_city.h"
#include "support/test_main.h"

static struct geod_geodesic earth;
static pole_index *city;

static void setup(void)
{
    const code_city_size size = {3, 3, 8, 22, 2};
    test_random random = test_random_begin("interpolate_city", 14);
    geod_init(&earth, 6378137, 1 / 298.257223563);
    city = code_city_open(&size, &random);
}

static void teardown(void)
{
    pole_index_close(city);
    city = NULL;
}

static double proj_distance(pole_point a, pole_point b)
{
    double distance;
    geod_inverse(&earth, a.lat_deg, a.lon_deg, b.lat_deg, b.lon_deg, &distance, NULL, NULL);
    return distance;
}

static pole_record record_of(const pole_index *index, pole_row row)
{
    pole_record record = {.struct_size = sizeof record};
    ck_assert_int_eq(pole_index_record(index, row, &record), POLE_OK);
    return record;
}

/* The next pole of the same parity among the hundred numbers of the street. */
static pole_row beside(pole_code code, int step, uint32_t *number)
{
    const int street = (int)(code.number / 100);
    for (int n = (int)code.number + step; n >= 0 && n / 100 == street; n += step) {
        pole_code other = code;
        pole_row row;
        other.number = (uint32_t)n;
        if (pole_index_find(city, other, &row) == POLE_OK) {
            *number = other.number;
            return row;
        }
    }
    return POLE_NO_ROW;
}

static pole_bracket expected(pole_code code, const pole_bracket_limits *limits, pole_row ends[2],
                             uint32_t numbers[2])
{
    pole_row row;
    if (pole_index_find(city, code, &row) == POLE_OK)
        return POLE_BRACKET_IN_TABLE;
    ends[0] = beside(code, -2, &numbers[0]);
    ends[1] = beside(code, 2, &numbers[1]);
    if (ends[0] == POLE_NO_ROW || ends[1] == POLE_NO_ROW)
        return POLE_BRACKET_ONE_SIDED;
    if (numbers[1] - numbers[0] > 2 * (limits->most_missing + 1))
        return POLE_BRACKET_MISSES;
    if (record_of(city, ends[0]).state != POLE_STATE_ACTIVE ||
        record_of(city, ends[1]).state != POLE_STATE_ACTIVE)
        return POLE_BRACKET_RETIRED;
    if (proj_distance(record_of(city, ends[0]).at, record_of(city, ends[1]).at) > limits->most_m)
        return POLE_BRACKET_TOO_WIDE;
    return POLE_BRACKETED;
}

static void check_stations(const pole_estimate *told)
{
    pole_station_hit hits[4];
    size_t count = 0, chosen = 0;
    char prefix[12];
    pole_digits_write(told->code.number, told->code.digits, prefix);
    ck_assert_int_eq(pole_stations_at(city, told->at, (pole_span){NULL, 0},
                                      POLE_ROLE_RESPONSIBLE | POLE_ROLE_NEAREST, 1, hits, 4,
                                      &count),
                     POLE_OK);
    const bool answers = count > 0 && hits[0].role == POLE_ROLE_RESPONSIBLE;
    for (size_t i = 0; i < told->station_count; i++) {
        const pole_station_hit *hit = &told->stations[i];
        if (i > 0)
            ck_assert_int_gt(hit->role, told->stations[i - 1].role);
        chosen += hit->chosen != 0;
        if (hit->chosen)
            ck_assert_int_eq(hit->role, answers            ? POLE_ROLE_RESPONSIBLE
                                        : told->code.scope ? POLE_ROLE_NEAREST
                                                           : POLE_ROLE_CODED);
        pole_station station = {.struct_size = sizeof station};
        ck_assert_int_eq(pole_index_station(city, hit->number, &station), POLE_OK);
        if (hit->role == POLE_ROLE_CODED)
            ck_assert_int_eq(memcmp(station.id.data, prefix, 3), 0);
        ck_assert_double_eq_tol(hit->distance_m, proj_distance(told->at, station.at), 1e-6);
    }
    ck_assert_uint_eq(chosen, 1);
    ck_assert_uint_eq(told->station_count, count + (told->code.scope == 0));
}

static void check_estimate(const pole_estimate *told, const pole_row ends[2],
                           const uint32_t numbers[2])
{
    const pole_point low = record_of(city, ends[0]).at, high = record_of(city, ends[1]).at;
    const double gap_m = proj_distance(low, high);
    const double part = (double)(told->code.number - numbers[0]) / (numbers[1] - numbers[0]);
    const double steps = (numbers[1] - numbers[0]) / 2.0;
    ck_assert_uint_eq(told->between[0], ends[0]);
    ck_assert_uint_eq(told->between[1], ends[1]);
    /* On the line: what is before it and behind it adds up to the gap. */
    ck_assert_double_eq_tol(proj_distance(low, told->at), part * gap_m, 1e-3);
    ck_assert_double_eq_tol(proj_distance(told->at, high), (1 - part) * gap_m, 1e-3);
    ck_assert_double_ge(told->radius_m, gap_m / steps - 1e-6);
    ck_assert_double_le(told->radius_m, gap_m / steps * (steps - 1) + 1e-6);
    pole_area_edge edge;
    ck_assert_int_eq(pole_area_edge_at(city, told->at, fmax(50, told->radius_m), &edge), POLE_OK);
    ck_assert_uint_eq(told->area_edge.station, edge.station);
    check_stations(told);
}

START_TEST(every_code_of_every_street)
{
    static const pole_bracket_limits cases[] = {{3, 0, 150}, {1, 0, 150}, {3, 0, 62}};
    const pole_bracket_limits *limits = &cases[_i];
    unsigned seen[POLE_BRACKET_STATIONS + 1] = {0};
    const uint32_t rows = city->positions.rows;
    for (pole_row row = 0; row < rows; row++) {
        pole_code code = pole_index_code_of(city, row);
        if (row > 0 && pole_index_code_of(city, row - 1).number / 100 == code.number / 100)
            continue;
        for (uint32_t last = 0; last < 100; last++) {
            pole_row ends[2];
            uint32_t numbers[2] = {0, 0};
            pole_interpolated out;
            code.number = code.number / 100 * 100 + last;
            const pole_bracket should = expected(code, limits, ends, numbers);
            const pole_bracket is = pole_interpolate(city, code, _i == 0 ? NULL : limits, &out);
            ck_assert_msg(is == should, "%u: %d, not %d", code.number, is, should);
            seen[is]++;
            if (is == POLE_BRACKETED)
                check_estimate(pole_interpolated_estimate(&out), ends, numbers);
        }
    }
    ck_assert_uint_gt(seen[POLE_BRACKETED], 100);
    ck_assert_uint_gt(seen[POLE_BRACKET_ONE_SIDED], 0);
    ck_assert_uint_gt(seen[POLE_BRACKET_RETIRED], 0);
    ck_assert(_i != 1 || seen[POLE_BRACKET_MISSES] > 0);
    ck_assert(_i != 2 || seen[POLE_BRACKET_TOO_WIDE] > 0);
}
END_TEST

START_TEST(no_street_no_estimate)
{
    pole_interpolated out;
    const pole_code lengths[] = {{123456, 0, 6, 0},
                                 {12345, 0, 5, 0},
                                 {12345, 99, 5, 0},
                                 {1010101, POLE_ANY_SCOPE, 7, 0},
                                 {99999999, 0, 7, 0}};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++)
        ck_assert_int_eq(pole_interpolate(city, lengths[i], NULL, &out), POLE_BRACKET_NO_STREET);
    ck_assert_uint_eq(out.told.station_count, 0);
}
END_TEST

static pole_index *street_of_two_stations(void)
{
    static const char *const codes[] = {"1234505", "1234507", "1234511", "1234515"};
    pole_build_options options;
    pole_builder *builder = NULL;
    pole_index *index = NULL;
    pole_error error;
    byte_block block = {NULL, 0, 0};
    pole_build_options_init(&options);
    options.source_date_epoch_s = 1214784000;
    ck_assert_int_eq(pole_builder_new(&options, &builder, &error), POLE_OK);
    for (size_t i = 0; i < 4; i++) {
        pole_record record = {.struct_size = sizeof record, .surveyed_days = POLE_NO_DATE};
        record.at = (pole_point){45.7 + 0.0002 * (double)i, 179.9999 + 0.00009 * (double)i};
        if (record.at.lon_deg > 180)
            record.at.lon_deg -= 360;
        ck_assert_int_eq(pole_builder_add_pole(builder, span_of(codes[i]), &record, &error),
                         POLE_OK);
    }
    for (size_t i = 0; i < 2; i++) {
        static const char *const ids[] = {"123450", "123451"};
        pole_station station = {.struct_size = sizeof station};
        station.id = station.name = station.prefix = span_of(ids[i]);
        station.at = (pole_point){45.7, 179.9};
        ck_assert_int_eq(pole_builder_add_station(builder, &station, &error), POLE_OK);
    }
    const pole_sink sink = byte_block_sink(&block);
    ck_assert_msg(pole_builder_finish_to(builder, &sink, NULL, &error) == POLE_OK, "%s",
                  error.message);
    pole_builder_free(builder);
    ck_assert_int_eq(pole_index_open_memory(block.bytes, block.size, NULL, &index, &error),
                     POLE_OK);
    byte_block_free(&block);
    return index;
}

START_TEST(never_across_what_the_digits_call_two_stations)
{
    pole_index *street = street_of_two_stations();
    pole_interpolated out;
    const pole_code across = {1234509, 0, 7, 0}, within = {1234513, 0, 7, 0};
    ck_assert_int_eq(pole_interpolate(street, across, NULL, &out), POLE_BRACKET_STATIONS);
    ck_assert_int_eq(pole_interpolate(street, within, NULL, &out), POLE_BRACKETED);
    /* Across the antimeridian the middle is not on the other side of the earth. */
    ck_assert_double_gt(fabs(out.told.at.lon_deg), 179.99);
    ck_assert_double_le(fabs(out.told.at.lon_deg), 180);
    pole_index_close(street);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("interpolate");
    TCase *tests = tcase_create("interpolate");
    tcase_add_unchecked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, every_code_of_every_street, 0, 3);
    tcase_add_test(tests, no_street_no_estimate);
    tcase_add_test(tests, never_across_what_the_digits_call_two_stations);
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
