/* SPDX-License-Identifier: MIT
 * What a build writes for every pole must be what a question would answer: the nearest station by
 * PROJ, the area and the border as asked one by one; and it must not matter what was asked before,
 * though the assigner lives from what it found out about the last place. */
#include <geodesic.h>
#include <math.h>

#include "lookup/assign.h"
#include "support/space_areas.h"
#include "support/test_main.h"

static struct geod_geodesic earth;

static void setup(void)
{
    geod_init(&earth, 6378137, 1 / 298.257223563);
}

/* A walk through the city in steps of some metres, with a leap now and then. */
static pole_vertex step_on(const space_areas *areas, test_random *random, pole_vertex from)
{
    if (test_random_below(random, 40) == 0)
        return space_areas_point(areas, random);
    const int64_t lat_e7 = from.lat_e7 + (int64_t)test_random_below(random, 8000) - 4000;
    const int64_t lon_e7 = from.lon_e7 + (int64_t)test_random_below(random, 8000) - 3000;
    if (lat_e7 > POLE_MAX_LAT_E7 || lat_e7 < -POLE_MAX_LAT_E7 || lon_e7 > POLE_MAX_LON_E7 ||
        lon_e7 < -POLE_MAX_LON_E7)
        return space_areas_point(areas, random);
    return (pole_vertex){(int32_t)lat_e7, (int32_t)lon_e7};
}

static double proj_distance(const space_areas *areas, pole_vertex at, uint32_t number)
{
    const pole_draft_station station = pole_stations_get(&areas->stations, number);
    double distance;
    geod_inverse(&earth, at.lat_e7 / 1e7, at.lon_e7 / 1e7, station.lat_e7 / 1e7,
                 station.lon_e7 / 1e7, &distance, NULL, NULL);
    return distance;
}

static void check_nearest(const space_areas *areas, pole_vertex at, uint32_t nearest)
{
    double least = INFINITY;
    ck_assert_uint_lt(nearest, areas->stations.count);
    ck_assert_uint_eq(pole_stations_get(&areas->stations, nearest).kind, SPACE_KIND);
    for (uint32_t i = 0; i < areas->stations.count; i++)
        if (pole_stations_get(&areas->stations, i).kind == SPACE_KIND)
            least = fmin(least, proj_distance(areas, at, i));
    ck_assert_double_le(proj_distance(areas, at, nearest), least + 1.1e-6);
}

/* The whole metres to the border, as one question gives them. */
static uint8_t whole_metres(const space_areas *areas, pole_vertex at, uint32_t responsible)
{
    pole_local from;
    uint32_t area;
    pole_local_prepare(&from, (pole_point){at.lat_e7 / 1e7, at.lon_e7 / 1e7});
    const double distance =
        pole_areas_edge(&areas->areas, SPACE_KIND, &from, at, responsible, POLE_EDGE_FAR, &area);
    if (!(distance < POLE_EDGE_FAR))
        return POLE_EDGE_FAR;
    return (uint8_t)floor(floor(distance * 1024.0 + 0.5) / 1024.0);
}

START_TEST(every_pole_gets_what_a_question_would_answer)
{
    test_random random = test_random_begin("assign", 600 + (uint64_t)_i);
    const pole_allocator memory = pole_allocator_default();
    long on_border = 0, near = 0, far = 0;
    for (unsigned round = 0; round < 4; round++) {
        space_areas areas;
        pole_assigner assigner;
        space_areas_make(&areas, (areas_sort)_i, 3 + 30 * round, &random);
        ck_assert_int_eq(pole_assigner_init(&assigner, &areas.stations, &areas.areas, &memory),
                         POLE_OK);
        pole_vertex at = space_areas_point(&areas, &random);
        for (int i = 0; i < 3000; i++, at = step_on(&areas, &random, at)) {
            const pole_assignment told = pole_assign(&assigner, at.lat_e7, at.lon_e7);
            const uint32_t area = pole_areas_at(&areas.areas, SPACE_KIND, at.lat_e7, at.lon_e7);
            ck_assert_uint_eq(told.responsible, area == POLE_NO_AREA
                                                    ? POLE_NO_STATION
                                                    : pole_area_station(&areas.areas, area));
            const uint8_t edge_m = whole_metres(&areas, at, told.responsible);
            if (told.edge_m != edge_m)
                ck_abort_msg("%d, %d: %d m to the border are told, %d are right", at.lat_e7,
                             at.lon_e7, told.edge_m, edge_m);
            check_nearest(&areas, at, told.nearest);
            on_border += edge_m == 0;
            near += edge_m > 0 && edge_m < POLE_EDGE_FAR;
            far += edge_m == POLE_EDGE_FAR;
        }
        pole_assigner_free(&assigner, &memory);
        space_areas_free(&areas);
    }
    ck_assert_int_gt(on_border + near, 1000);
    ck_assert_int_gt(near + far, 1000);
}
END_TEST

START_TEST(it_does_not_matter_what_was_asked_before)
{
    enum { POLES = 2000 };
    static pole_vertex poles[POLES];
    static pole_assignment in_order[POLES];
    test_random random = test_random_begin("order", 620 + (uint64_t)_i);
    const pole_allocator memory = pole_allocator_default();
    space_areas areas;
    pole_assigner assigner;
    space_areas_make(&areas, (areas_sort)_i, 40, &random);
    ck_assert_int_eq(pole_assigner_init(&assigner, &areas.stations, &areas.areas, &memory),
                     POLE_OK);
    poles[0] = space_areas_point(&areas, &random);
    for (int i = 0; i < POLES; i++) {
        in_order[i] = pole_assign(&assigner, poles[i].lat_e7, poles[i].lon_e7);
        if (i + 1 < POLES)
            poles[i + 1] = step_on(&areas, &random, poles[i]);
    }
    for (int i = 0; i < 4 * POLES; i++) {
        const size_t j = test_random_below(&random, POLES);
        const pole_assignment again = pole_assign(&assigner, poles[j].lat_e7, poles[j].lon_e7);
        ck_assert_uint_eq(again.responsible, in_order[j].responsible);
        ck_assert_uint_eq(again.nearest, in_order[j].nearest);
        ck_assert_uint_eq(again.edge_m, in_order[j].edge_m);
    }
    pole_assigner_free(&assigner, &memory);
    space_areas_free(&areas);
}
END_TEST

START_TEST(without_a_police_station_nobody_is_named)
{
    const pole_allocator memory = pole_allocator_default();
    const pole_stations stations = {.police_kind = UINT32_MAX};
    const pole_areas areas = {0};
    pole_assigner assigner;
    ck_assert_int_eq(pole_assigner_init(&assigner, &stations, &areas, &memory), POLE_OK);
    const pole_assignment told = pole_assign(&assigner, 457000000, 1266000000);
    ck_assert_uint_eq(told.responsible, POLE_NO_STATION);
    ck_assert_uint_eq(told.nearest, POLE_NO_STATION);
    ck_assert_uint_eq(told.edge_m, POLE_EDGE_FAR);
    pole_assigner_free(&assigner, &memory);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("assign");
    TCase *tests = tcase_create("assign");
    tcase_add_checked_fixture(tests, setup, NULL);
    tcase_add_loop_test(tests, every_pole_gets_what_a_question_would_answer, 0, AREAS_SORTS);
    tcase_add_loop_test(tests, it_does_not_matter_what_was_asked_before, 0, AREAS_SORTS);
    tcase_add_test(tests, without_a_police_station_nobody_is_named);
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
