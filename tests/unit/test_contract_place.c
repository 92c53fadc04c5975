/* SPDX-License-Identifier: MIT
 * What near.h and station.h promise beyond exact distances: lists that are longer than the room for
 * them, borders, the antimeridian, bearings, who is chosen, closed stations, kinds, and how far a
 * border is looked for. (Distances and areas against PROJ, GEOS and brute force are other tests.)
 */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "support/build_run.h"
#include "support/test_main.h"
#include "support/test_random.h"

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

static const pole_point here = {45.7765, 126.6161}; /* where 1234567 stands */

START_TEST(the_nearest_are_those_of_the_radius)
{
    pole_hit all[16], some[16], near[16];
    size_t count, needed;
    ck_assert_int_eq(pole_nearest(city, here, 16, INFINITY, all, &count), POLE_OK);
    ck_assert_uint_eq(count, 15);
    ck_assert_double_eq(all[0].distance_m, 0.0);
    ck_assert_double_eq(all[0].bearing_deg, 0.0);
    for (size_t i = 1; i < count; i++)
        ck_assert_double_ge(all[i].distance_m, all[i - 1].distance_m);
    const double radius_m = all[6].distance_m;
    ck_assert_int_eq(pole_within_radius(city, here, radius_m, some, 16, &needed), POLE_OK);
    ck_assert_uint_eq(needed, 7);
    ck_assert_int_eq(pole_nearest(city, here, 16, radius_m, near, &count), POLE_OK);
    ck_assert_uint_eq(count, 7);
    for (size_t i = 0; i < count; i++) {
        ck_assert_uint_eq(some[i].row, all[i].row);
        ck_assert_uint_eq(near[i].row, all[i].row);
        ck_assert_double_eq(near[i].distance_m, all[i].distance_m);
    }
    /* Too little room: the nearest are written, the others counted. */
    memset(some, 0xEE, sizeof some);
    ck_assert_int_eq(pole_within_radius(city, here, radius_m, some, 3, &needed), POLE_LIMIT);
    ck_assert_uint_eq(needed, 7);
    for (size_t i = 0; i < 3; i++)
        ck_assert_uint_eq(some[i].row, all[i].row);
    ck_assert_uint_eq(some[3].row, 0xEEEEEEEEu);
    ck_assert_int_eq(pole_within_radius(city, here, radius_m, NULL, 0, &needed), POLE_LIMIT);
    ck_assert_uint_eq(needed, 7);
    /* Nothing found is no failure. */
    ck_assert_int_eq(pole_within_radius(city, (pole_point){-45, 0}, 5.0, NULL, 0, &needed),
                     POLE_OK);
    ck_assert_uint_eq(needed, 0);
    ck_assert_int_eq(pole_nearest(city, (pole_point){-45, 0}, 1, 5.0, near, &count), POLE_OK);
    ck_assert_uint_eq(count, 0);
}
END_TEST

START_TEST(many_are_asked_as_one)
{
    const pole_point points[] = {here, {45.7715, 126.64}, {90, 0}, {46.086, 127.403}};
    pole_hit many[4 * 3], one[3];
    size_t counts[4], count;
    ck_assert_int_eq(pole_nearest_many(city, points, 4, 3, 5e5, many, counts), POLE_OK);
    for (size_t i = 0; i < 4; i++) {
        ck_assert_int_eq(pole_nearest(city, points[i], 3, 5e5, one, &count), POLE_OK);
        ck_assert_uint_eq(counts[i], count);
        ck_assert_mem_eq(many + 3 * i, one, count * sizeof *one);
    }
    ck_assert_uint_eq(counts[2], 0);
    ck_assert_int_eq(pole_nearest_many(city, NULL, 0, 3, 5e5, NULL, NULL), POLE_OK);
}
END_TEST

START_TEST(bearings_are_from_0_to_below_360)
{
    test_random random = test_random_begin("bearings", 7);
    for (int i = 0; i < 20000; i++) {
        /* Mostly due north of some pole, where the bearing is 180, or just beside it; some far. */
        pole_point at;
        pole_hit hits[4];
        pole_station_hit stations[4];
        size_t count;
        ck_assert_int_eq(pole_index_point(city, (pole_row)(i % 15), &at), POLE_OK);
        at.lat_deg += (test_random_unit(&random) - 0.5) * (i % 3 == 0 ? 60.0 : 0.001);
        at.lon_deg += (double)((int)test_random_below(&random, 5) - 2) * 1e-7;
        ck_assert_int_eq(pole_nearest(city, at, 4, INFINITY, hits, &count), POLE_OK);
        ck_assert_uint_eq(count, 4);
        for (size_t h = 0; h < count; h++)
            ck_assert(hits[h].bearing_deg >= 0.0 && hits[h].bearing_deg < 360.0);
        ck_assert_int_eq(
            pole_stations_at(city, at, (pole_span){NULL, 0}, POLE_ROLE_ALL, 3, stations, 4, &count),
            POLE_OK);
        for (size_t h = 0; h < count; h++)
            ck_assert(stations[h].bearing_deg >= 0.0 && stations[h].bearing_deg < 360.0);
    }
}
END_TEST

START_TEST(a_box_holds_its_border_and_goes_around_the_world)
{
    build_run run;
    build_run_init(&run);
    run.options.scheme = "pole:1";
    build_run_add(&run, POLE_TABLE_POLES, "poles.csv",
                  "code,lat,lon\n1,10,179.9\n2,10,-179.9\n3,10,180\n4,10,-180\n5,10,0\n6,-90,50\n"
                  "7,90,-50\n");
    build_run_finish(&run);
    pole_index *index = build_run_open(&run);
    static const struct {
        pole_box box;
        unsigned codes; /* bit n: code n is inside */
    } cases[] = {
        {{10, 179.9, 10, 179.9}, 1 << 1},
        {{9, 179, 11, -179}, 1 << 1 | 1 << 2 | 1 << 3 | 1 << 4},
        {{9, 170, 11, 180}, 1 << 1 | 1 << 3 | 1 << 4}, /* 180 east is 180 west */
        {{9, -180, 11, -170}, 1 << 2 | 1 << 3 | 1 << 4},
        {{9, 0, 11, 0}, 1 << 5},
        {{10.0000001, -180, 11, 180}, 0},
        {{-90, -180, 90, 180}, 0xFE},
        {{-90, 50, -90, 50}, 1 << 6},
        {{9, -179, 11, 179}, 1 << 5},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        pole_row rows[8] = {0};
        size_t needed;
        unsigned found = 0;
        ck_assert_int_eq(pole_within_box(index, &cases[i].box, rows, 8, &needed), POLE_OK);
        for (size_t k = 0; k < needed; k++) {
            ck_assert(k == 0 || rows[k] > rows[k - 1]);
            found |= 1u << (rows[k] + 1); /* row r is code r + 1 */
        }
        ck_assert_msg(found == cases[i].codes, "box %zu: %x", i, found);
        if (needed < 2)
            continue;
        /* The first in order of row where there is no room for all. */
        pole_row few[2] = {77, 77};
        ck_assert_int_eq(
            pole_within_box(index, &cases[i].box, few, needed - 1 < 2 ? 1 : 2, &needed),
            POLE_LIMIT);
        ck_assert_uint_eq(few[0], rows[0]);
        ck_assert_uint_eq(few[1], needed - 1 < 2 ? 77 : rows[1]);
    }
    pole_index_close(index);
    build_run_end(&run);
}
END_TEST

START_TEST(a_polygon_holds_its_border_and_not_its_holes)
{
    build_run run;
    build_run_init(&run);
    run.options.scheme = "pole:1";
    build_run_add(&run, POLE_TABLE_POLES, "poles.csv",
                  "code,lat,lon\n1,25,25\n2,20,20\n3,20,25\n4,22,22\n5,23,23\n6,31,25\n"
                  "7,30.0000001,25\n");
    build_run_finish(&run);
    pole_index *index = build_run_open(&run);
    /* Outer ring with its first point repeated, hole without. */
    const pole_point points[] = {{20, 20}, {20, 30}, {30, 30}, {30, 20}, {20, 20},
                                 {22, 22}, {24, 22}, {24, 24}, {22, 24}};
    const size_t sizes[] = {5, 4};
    pole_row rows[8];
    size_t needed;
    ck_assert_int_eq(pole_within_polygon(index, points, sizes, 2, rows, 8, &needed), POLE_OK);
    ck_assert_uint_eq(needed, 4);
    for (pole_row row = 0; row < 4; row++)
        ck_assert_uint_eq(rows[row], row);
    ck_assert_int_eq(pole_within_polygon(index, points, sizes, 2, rows, 1, &needed), POLE_LIMIT);
    ck_assert_uint_eq(needed, 4);
    ck_assert_uint_eq(rows[0], 0);
    /* Without the hole its inside is in. */
    ck_assert_int_eq(pole_within_polygon(index, points, sizes, 1, rows, 8, &needed), POLE_OK);
    ck_assert_uint_eq(needed, 5);
    pole_index_close(index);
    build_run_end(&run);
}
END_TEST

static pole_row row_of(const pole_index *index, const char *text)
{
    pole_code code;
    pole_row row;
    ck_assert_int_eq(pole_code_parse(index, span_of(text), &code), POLE_OK);
    ck_assert_int_eq(pole_index_find(index, code, &row), POLE_OK);
    return row;
}

/* At most one hit of a place is chosen, by the policy; which, whatever roles are asked for. */
START_TEST(the_one_to_send_is_chosen_by_the_policy)
{
    static const uint32_t in_order[] = {POLE_ROLE_RESPONSIBLE, POLE_ROLE_CODED, POLE_ROLE_NEAREST};
    for (pole_row row = 0; row < 15; row++) {
        pole_station_hit all[4];
        size_t count;
        int32_t wanted = 0;
        ck_assert_int_eq(pole_stations_of(city, row, POLE_ROLE_ALL, all, 4, &count), POLE_OK);
        ck_assert_uint_ge(count, 1);
        for (size_t i = 0; i < 3 && wanted == 0; i++)
            for (size_t h = 0; h < count; h++)
                if ((uint32_t)all[h].role == in_order[i])
                    wanted = all[h].role;
        for (size_t h = 0; h < count; h++) {
            ck_assert_int_eq(all[h].chosen, all[h].role == wanted);
            ck_assert(h == 0 || all[h].role > all[h - 1].role);
            ck_assert(isnan(all[h].road_m) && isnan(all[h].road_s));
        }
        for (uint32_t roles = 0; roles <= POLE_ROLE_ALL; roles++) {
            pole_station_hit some[4];
            size_t needed, at = 0;
            ck_assert_int_eq(pole_stations_of(city, row, roles, some, 4, &needed), POLE_OK);
            for (size_t h = 0; h < count; h++)
                if (roles & (uint32_t)all[h].role)
                    ck_assert_mem_eq(some + at++, all + h, sizeof *all);
            ck_assert_uint_eq(at, needed);
        }
        pole_station_hit first[2];
        memset(first, 0xEE, sizeof first);
        size_t needed;
        ck_assert_int_eq(pole_stations_of(city, row, POLE_ROLE_ALL, first, 1, &needed),
                         count > 1 ? POLE_LIMIT : POLE_OK);
        ck_assert_uint_eq(needed, count);
        ck_assert_mem_eq(first, all, sizeof *all);
        ck_assert_uint_eq(first[1].number, 0xEEEEEEEEu);
    }
}
END_TEST

START_TEST(stations_of_a_place_are_of_its_kind)
{
    pole_station_hit hits[8];
    size_t needed;
    ck_assert_int_eq(
        pole_stations_at(city, here, (pole_span){NULL, 0}, POLE_ROLE_ALL, 9, hits, 8, &needed),
        POLE_OK);
    ck_assert_uint_eq(needed, 3);
    ck_assert_int_eq(hits[0].role, POLE_ROLE_RESPONSIBLE);
    ck_assert_int_eq(hits[1].role, POLE_ROLE_NEAREST);
    ck_assert_double_le(hits[1].distance_m, hits[2].distance_m);
    ck_assert(hits[0].chosen == 1 && hits[1].chosen == 0 && hits[2].chosen == 0);
    ck_assert_int_eq(
        pole_stations_at(city, here, span_of("fire"), POLE_ROLE_ALL, 9, hits, 8, &needed), POLE_OK);
    ck_assert_uint_eq(needed, 1);
    ck_assert(hits[0].role == POLE_ROLE_NEAREST && hits[0].chosen == 1);
    ck_assert_int_eq(
        pole_stations_at(city, here, span_of("zoo"), POLE_ROLE_ALL, 9, hits, 8, &needed), POLE_OK);
    ck_assert_uint_eq(needed, 0);
    ck_assert_int_eq(
        pole_stations_at(city, here, span_of("police"), POLE_ROLE_ALL, 0, hits, 8, &needed),
        POLE_OK);
    ck_assert_uint_eq(needed, 1);
    /* Too little room. */
    memset(hits, 0xEE, sizeof hits);
    ck_assert_int_eq(
        pole_stations_at(city, here, span_of("police"), POLE_ROLE_ALL, SIZE_MAX, hits, 2, &needed),
        POLE_LIMIT);
    ck_assert_uint_eq(needed, 3);
    ck_assert_int_eq(hits[1].role, POLE_ROLE_NEAREST);
    ck_assert_uint_eq(hits[2].number, 0xEEEEEEEEu);
    ck_assert_int_eq(
        pole_stations_at(city, here, span_of("police"), POLE_ROLE_ALL, 5, NULL, 0, &needed),
        POLE_LIMIT);
    ck_assert_uint_eq(needed, 3);
}
END_TEST

#define SQUARE(id, west, east)                                                                     \
    "{\"type\":\"Feature\",\"properties\":{\"station_id\":\"" id "\"},\"geometry\":{\"type\":"     \
    "\"Polygon\",\"coordinates\":[[[" west ",45],[" east ",45],[" east ",46],[" west ",46],[" west \
    ",45]]]}}"

/* 101 is closed, 102 took over from it; F1 is a fire station that says it has a prefix. */
static pole_index *city_with_a_closed_station(build_run *run)
{
    build_run_init(run);
    build_run_add(run, POLE_TABLE_POLES, "poles.csv",
                  "code,lat,lon\n1012345,45.5,126.25\n1032345,45.5,126.75\n5552345,45.5,127.5\n");
    build_run_add(run, POLE_TABLE_STATIONS, "stations.csv",
                  "id,name,lat,lon,kind,prefix,successor\n101,旧所,45.5,126.25,,,102\n"
                  "102,新所,45.6,126.3,,,\n103,三所,45.5,127,,,\nF1,消防,45.5,127.5,fire,555,\n");
    build_run_add(run, POLE_TABLE_AREAS, "areas.geojson",
                  "{\"type\":\"FeatureCollection\",\"features\":[" SQUARE(
                      "101", "126", "126.5") "," SQUARE("103", "126.5", "127") "]}");
    build_run_finish(run);
    return build_run_open(run);
}

START_TEST(no_car_is_sent_to_a_closed_station)
{
    build_run run;
    pole_index *index = city_with_a_closed_station(&run);
    pole_station_number successor;
    pole_station_hit hits[8];
    size_t count;
    ck_assert_int_eq(pole_index_find_station(index, span_of("102"), &successor), POLE_OK);
    /* The pole stands at the closed station's door. */
    ck_assert_int_eq(
        pole_stations_of(index, row_of(index, "1012345"), POLE_ROLE_ALL, hits, 4, &count), POLE_OK);
    ck_assert_uint_eq(count, 3);
    for (size_t i = 0; i < count; i++)
        ck_assert_uint_eq(hits[i].number, successor);
    ck_assert_int_eq(pole_stations_at(index, (pole_point){45.5, 126.25}, (pole_span){NULL, 0},
                                      POLE_ROLE_ALL, 9, hits, 8, &count),
                     POLE_OK);
    ck_assert_uint_eq(count, 3); /* responsible, and the two open ones */
    ck_assert_uint_eq(hits[0].number, successor);
    ck_assert_uint_eq(hits[1].number, successor);
    /* It was said: the area is the successor's now, the prefix no police station's. */
    const kept_finding *said = NULL;
    for (size_t i = 0; i < run.finding_count; i++)
        if (run.findings[i].table == POLE_TABLE_AREAS)
            said = run.findings + i;
    ck_assert_ptr_nonnull(said);
    ck_assert_int_eq(said->refused, 0);
    ck_assert_ptr_nonnull(strstr(said->message, "'101' has a successor"));
    ck_assert_uint_eq(run.report.rows_refused, 0);
    ck_assert_uint_eq(run.report.remarks, 2);
    pole_index_close(index);
    build_run_end(&run);
}
END_TEST

START_TEST(a_fire_station_is_coded_in_no_digits)
{
    build_run run;
    pole_index *index = city_with_a_closed_station(&run);
    pole_station_hit hits[4];
    pole_station station = {.struct_size = sizeof station};
    pole_station_number number;
    size_t count;
    ck_assert_int_eq(
        pole_stations_of(index, row_of(index, "5552345"), POLE_ROLE_CODED, hits, 4, &count),
        POLE_OK);
    ck_assert_uint_eq(count, 0);
    ck_assert_int_eq(pole_index_find_station(index, span_of("F1"), &number), POLE_OK);
    ck_assert_int_eq(pole_index_station(index, number, &station), POLE_OK);
    ck_assert_uint_eq(station.prefix.size_bytes, 0);
    pole_index_close(index);
    build_run_end(&run);
}
END_TEST

START_TEST(a_successor_is_of_the_same_kind)
{
    build_run run;
    build_run_init(&run);
    build_run_add(&run, POLE_TABLE_POLES, "poles.csv", "code,lat,lon\n1012345,45.5,126.25\n");
    build_run_add(&run, POLE_TABLE_STATIONS, "stations.csv",
                  "id,name,lat,lon,kind,successor\n101,旧所,45.5,126.25,,F1\n"
                  "102,新所,45.6,126.3,公安,\nF1,消防,45.5,127.5,fire,\n");
    build_run_finish(&run);
    pole_index *index = build_run_open(&run);
    const kept_finding *said = build_run_first(&run, POLE_FINDING_UNKNOWN_STATION);
    ck_assert_ptr_nonnull(said);
    ck_assert_int_eq(said->refused, 1);
    ck_assert_ptr_nonnull(strstr(said->message, "'F1' is of another kind"));
    ck_assert_uint_eq(run.report.stations, 2);
    pole_index_close(index);
    build_run_end(&run);
}
END_TEST

START_TEST(a_border_is_looked_for_as_far_as_is_said)
{
    build_run run;
    pole_index *index = city_with_a_closed_station(&run);
    pole_station_number third, successor;
    pole_area_edge edge;
    ck_assert_int_eq(pole_index_find_station(index, span_of("103"), &third), POLE_OK);
    ck_assert_int_eq(pole_index_find_station(index, span_of("102"), &successor), POLE_OK);
    /* 0.1 degree west of the border: 7.8 km. */
    const pole_point near = {45.5, 126.4};
    ck_assert_int_eq(pole_area_edge_at(index, near, INFINITY, &edge), POLE_OK);
    ck_assert_uint_eq(edge.station, third);
    ck_assert_double_eq_tol(edge.distance_m, 7816.0, 2.0);
    const double distance_m = edge.distance_m;
    ck_assert_int_eq(pole_area_edge_at(index, near, distance_m - 0.01, &edge), POLE_OK);
    ck_assert_uint_eq(edge.station, POLE_NO_STATION);
    ck_assert(isinf(edge.distance_m));
    ck_assert_int_eq(pole_area_edge_at(index, near, distance_m + 0.01, &edge), POLE_OK);
    ck_assert_uint_eq(edge.station, third);
    /* 0.3 degree: 23 km, beyond the 20 that are looked at. */
    ck_assert_int_eq(pole_area_edge_at(index, (pole_point){45.5, 126.2}, INFINITY, &edge), POLE_OK);
    ck_assert_uint_eq(edge.station, POLE_NO_STATION);
    ck_assert_int_eq(pole_area_edge_at(index, (pole_point){89.5, 126.4}, INFINITY, &edge), POLE_OK);
    ck_assert_uint_eq(edge.station, POLE_NO_STATION);
    /* On the common border: the lower station's, and the other is at no distance. */
    pole_station_hit hit;
    size_t needed;
    const pole_point border = {45.5, 126.5};
    ck_assert_int_eq(pole_area_edge_at(index, border, 0.0, &edge), POLE_OK);
    ck_assert_uint_eq(edge.station, third);
    ck_assert_double_eq(edge.distance_m, 0.0);
    ck_assert_int_eq(pole_stations_at(index, border, (pole_span){NULL, 0}, POLE_ROLE_RESPONSIBLE, 0,
                                      &hit, 1, &needed),
                     POLE_OK);
    ck_assert_uint_eq(needed, 1);
    ck_assert_uint_eq(hit.number, successor);
    pole_index_close(index);
    build_run_end(&run);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("contract of places");
    TCase *tests = tcase_create("contract of places");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, the_nearest_are_those_of_the_radius);
    tcase_add_test(tests, many_are_asked_as_one);
    tcase_add_test(tests, bearings_are_from_0_to_below_360);
    tcase_add_test(tests, a_box_holds_its_border_and_goes_around_the_world);
    tcase_add_test(tests, a_polygon_holds_its_border_and_not_its_holes);
    tcase_add_test(tests, the_one_to_send_is_chosen_by_the_policy);
    tcase_add_test(tests, stations_of_a_place_are_of_its_kind);
    tcase_add_test(tests, no_car_is_sent_to_a_closed_station);
    tcase_add_test(tests, a_fire_station_is_coded_in_no_digits);
    tcase_add_test(tests, a_successor_is_of_the_same_kind);
    tcase_add_test(tests, a_border_is_looked_for_as_far_as_is_said);
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
