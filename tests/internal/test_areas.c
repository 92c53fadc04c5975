/* SPDX-License-Identifier: MIT
 * Who answers for a place hangs on one point in many polygons: GEOS judges each ring, on shared
 * borders and vertices too; PROJ's geod_inverse how far the next area is. Whatever else stands in
 * the section's place is refused, or is areas that are answered rightly as they stand there. */
#include <geodesic.h>
#include <geos_c.h>
#include <math.h>

#include "support/space_areas.h"
#include "support/test_main.h"
#include "support/test_memory.h"

static GEOSContextHandle_t geos;
static struct geod_geodesic earth;

static void setup(void)
{
    geos = GEOS_init_r();
    geod_init(&earth, 6378137, 1 / 298.257223563);
}

static void teardown(void)
{
    GEOS_finish_r(geos);
}

/* GEOS's view of each ring; NULL where it is not simple, which even-odd allows and GEOS does not.
 */
static GEOSGeometry **geos_rings(const space_areas *areas)
{
    GEOSGeometry **rings = calloc(areas->rings, sizeof *rings);
    const int32_t *p = areas->points;
    for (uint32_t r = 0; r < areas->rings; p += 2 * (size_t)areas->ring_sizes[r++]) {
        const uint32_t size = areas->ring_sizes[r];
        GEOSCoordSequence *line = GEOSCoordSeq_create_r(geos, size + 1, 2);
        for (uint32_t i = 0; i <= size; i++)
            GEOSCoordSeq_setXY_r(geos, line, i, p[2 * (size_t)(i % size) + 1],
                                 p[2 * (size_t)(i % size)]);
        GEOSGeometry *polygon =
            GEOSGeom_createPolygon_r(geos, GEOSGeom_createLinearRing_r(geos, line), NULL, 0);
        if (GEOSisValid_r(geos, polygon) == 1)
            rings[r] = polygon;
        else
            GEOSGeom_destroy_r(geos, polygon);
    }
    return rings;
}

static void free_geos_rings(GEOSGeometry **rings, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (rings[i])
            GEOSGeom_destroy_r(geos, rings[i]);
    free(rings);
}

static pole_vertex vertex_of(const space_areas *areas, uint32_t i)
{
    return (pole_vertex){areas->points[2 * (size_t)i], areas->points[2 * (size_t)i + 1]};
}

/* The place of a point in a ring: by GEOS, or by ring.h, which is tested by itself. */
static pole_place place_in(const space_areas *areas, GEOSGeometry *ring, uint32_t first,
                           uint32_t size, pole_vertex at)
{
    if (ring == NULL) {
        unsigned bits = 0;
        for (uint32_t i = 0; i < size; i++) {
            const unsigned side = pole_side_of_point(vertex_of(areas, first + i),
                                                     vertex_of(areas, first + (i + 1) % size), at);
            bits = (bits ^ (side & POLE_SIDE_CROSSES)) | (side & POLE_SIDE_HOLDS);
        }
        return pole_place_of_sides(bits);
    }
    GEOSGeometry *point = GEOSGeom_createPointFromXY_r(geos, at.lon_e7, at.lat_e7);
    const bool holds = GEOSContains_r(geos, ring, point) == 1;
    const bool meets = GEOSIntersects_r(geos, ring, point) == 1;
    GEOSGeom_destroy_r(geos, point);
    return holds ? POLE_INSIDE : meets ? POLE_ON_BORDER : POLE_OUTSIDE;
}

/* Whether an area covers a point: on a border, or in an odd number of its rings. */
static bool covers(const space_areas *areas, GEOSGeometry **rings, uint32_t number, pole_vertex at)
{
    uint32_t first = areas->first_vertex[number];
    bool inside = false, border = false;
    for (uint32_t i = 0; i < areas->draft[number].rings; i++) {
        const uint32_t r = areas->first_ring[number] + i;
        const pole_place place = place_in(areas, rings[r], first, areas->ring_sizes[r], at);
        border |= place == POLE_ON_BORDER;
        inside ^= place == POLE_INSIDE;
        first += areas->ring_sizes[r];
    }
    return border || inside;
}

START_TEST(the_area_of_a_point_is_the_lowest_that_geos_says_covers_it)
{
    test_random random = test_random_begin("areas", 500 + (uint64_t)_i);
    long found = 0, none = 0;
    for (unsigned round = 0; round < 3; round++) {
        space_areas areas;
        space_areas_make(&areas, (areas_sort)_i, _i == AREAS_MANY_SIDES ? 5 : 1 + 25 * round,
                         &random);
        GEOSGeometry **rings = geos_rings(&areas);
        for (int i = 0; i < 1500; i++) {
            const pole_vertex at = space_areas_point(&areas, &random);
            uint32_t right = POLE_NO_AREA;
            for (uint32_t number = 0; number < areas.count && right == POLE_NO_AREA; number++)
                if (space_area_kind(&areas, number) == SPACE_KIND &&
                    covers(&areas, rings, number, at))
                    right = number;
            const uint32_t area = pole_areas_at(&areas.areas, SPACE_KIND, at.lat_e7, at.lon_e7);
            if (area != right)
                ck_abort_msg("%d, %d: area %d, but %d is right", at.lat_e7, at.lon_e7, (int)area,
                             (int)right);
            found += right != POLE_NO_AREA;
            none += right == POLE_NO_AREA;
        }
        free_geos_rings(rings, areas.rings);
        space_areas_free(&areas);
    }
    ck_assert_int_gt(found, 300);
    ck_assert_int_gt(none, 100);
}
END_TEST

/* All over the extent and beside every vertex, where a border nearly touches the next cell. */
START_TEST(the_map_of_whole_cells_says_what_a_search_says)
{
    test_random random = test_random_begin("map of areas", 520 + (uint64_t)_i);
    long whole = 0, asked = 0;
    for (unsigned round = 0; round < 3; round++) {
        space_areas areas;
        space_areas_make(&areas, (areas_sort)_i, _i == AREAS_MANY_SIDES ? 5 : 1 + 40 * round,
                         &random);
        const pole_areas *a = &areas.areas;
        ck_assert(a->whole != NULL && a->whole_kind == SPACE_KIND);
        for (uint32_t i = 0; i < a->whole_side * a->whole_side; i++)
            whole += a->whole[i] != POLE_CELL_CROSSED;
        for (uint32_t i = 0; i < areas.vertices + 20000; i++, asked++) {
            const double y = a->south + (a->north - a->south) * test_random_unit(&random);
            const double x = a->west + (a->east - a->west) * test_random_unit(&random);
            pole_vertex at = {a->center_lat_e7 + (int32_t)y, a->center_lon_e7 + (int32_t)x};
            if (i < areas.vertices) {
                at.lat_e7 = areas.points[2 * i] + (int32_t)test_random_below(&random, 3) - 1;
                at.lon_e7 = areas.points[2 * i + 1] + (int32_t)test_random_below(&random, 3) - 1;
            }
            ck_assert_uint_eq(pole_areas_at(a, SPACE_KIND, at.lat_e7, at.lon_e7),
                              pole_areas_search(a, SPACE_KIND, at.lat_e7, at.lon_e7));
        }
        space_areas_free(&areas);
    }
    ck_assert_int_gt(whole, 500);
    ck_assert_int_gt(asked, 60000);
}
END_TEST

static double proj_distance(pole_point a, double lat_e7, double lon_e7)
{
    double distance;
    geod_inverse(&earth, a.lat_deg, a.lon_deg, lat_e7 / 1e7, lon_e7 / 1e7, &distance, NULL, NULL);
    return distance;
}

/* The distance from a point to the side from a to b, by looking for the least of PROJ's. */
static double proj_side(pole_point at, pole_vertex a, pole_vertex b)
{
    double low = 0.0, high = 1.0, least = INFINITY;
    for (int i = 0; i < 100; i++) {
        double distance[2];
        for (int j = 0; j < 2; j++) {
            const double t = low + (high - low) * (j ? 0.618034 : 0.381966);
            distance[j] = proj_distance(at, a.lat_e7 + t * ((double)b.lat_e7 - a.lat_e7),
                                        a.lon_e7 + t * ((double)b.lon_e7 - a.lon_e7));
            least = fmin(least, distance[j]);
        }
        if (distance[0] < distance[1])
            high = low + (high - low) * 0.618034;
        else
            low = low + (high - low) * 0.381966;
    }
    return least;
}

/* The distance to an area's border; sides that are far off for certain are left out. */
static double border_distance(const space_areas *areas, uint32_t number, pole_point at,
                              double max_m)
{
    double least = INFINITY;
    uint32_t first = areas->first_vertex[number];
    for (uint32_t r = 0; r < areas->draft[number].rings; r++) {
        const uint32_t size = areas->ring_sizes[areas->first_ring[number] + r];
        for (uint32_t i = 0; i < size; i++) {
            const pole_vertex a = vertex_of(areas, first + i);
            const pole_vertex b = vertex_of(areas, first + (i + 1) % size);
            const pole_point start = {a.lat_e7 / 1e7, a.lon_e7 / 1e7};
            const double length = proj_distance(start, b.lat_e7, b.lon_e7);
            if (proj_distance(at, a.lat_e7, a.lon_e7) - 1.1 * length < fmin(max_m, least))
                least = fmin(least, proj_side(at, a, b));
        }
        first += size;
    }
    return least;
}

/* The least distance to an area that is not of `own`; the named one's must be what is told. */
static double least_edge(const space_areas *areas, GEOSGeometry **rings, pole_vertex at,
                         uint32_t own, double max_m, uint32_t named, double told)
{
    const pole_point point = {at.lat_e7 / 1e7, at.lon_e7 / 1e7};
    double least = INFINITY;
    for (uint32_t number = 0; number < areas->count; number++) {
        if (space_area_kind(areas, number) != SPACE_KIND || areas->draft[number].station == own)
            continue;
        const double away =
            covers(areas, rings, number, at) ? 0.0 : border_distance(areas, number, point, max_m);
        if (number == named)
            ck_assert_double_eq_tol(told, away, 2e-3);
        least = fmin(least, away);
    }
    return least;
}

START_TEST(the_next_area_is_as_far_as_proj_says)
{
    test_random random = test_random_begin("edges", 520 + (uint64_t)_i);
    long near = 0;
    space_areas areas;
    space_areas_make(&areas, (areas_sort)_i, _i == AREAS_MANY_SIDES ? 3 : 20, &random);
    GEOSGeometry **rings = geos_rings(&areas);
    for (int i = 0; i < 120; i++) {
        const pole_vertex at = space_areas_point(&areas, &random);
        const uint32_t own =
            (uint32_t)test_random_below(&random, areas.stations.count + UINT64_C(1));
        const double max_m = pow(10.0, 4.0 * test_random_unit(&random));
        pole_local from;
        uint32_t area;
        pole_local_prepare(&from, (pole_point){at.lat_e7 / 1e7, at.lon_e7 / 1e7});
        const double told = pole_areas_edge(&areas.areas, SPACE_KIND, &from, at, own, max_m, &area);
        if (fabs(from.at.lat_deg) > POLE_LOCAL_MAX_LAT_DEG) {
            ck_assert(isinf(told) && area == POLE_NO_AREA);
            continue;
        }
        const double least = least_edge(&areas, rings, at, own, max_m, area, told);
        if (isinf(told))
            ck_assert(area == POLE_NO_AREA && least > max_m - 2e-3);
        else if (fabs(told - least) > 2e-3)
            ck_abort_msg("%d, %d: %.6f m is told, %.6f is right", at.lat_e7, at.lon_e7, told,
                         least);
        near += isfinite(told);
    }
    ck_assert_int_gt(near, 20);
    free_geos_rings(rings, areas.rings);
    space_areas_free(&areas);
}
END_TEST

/* What the section itself says, without any of the short cuts. */
static uint32_t plain_answer(const pole_areas *areas, pole_vertex at)
{
    for (uint32_t number = 0; number < areas->count; number++) {
        unsigned bits = 0;
        pole_ring ring;
        pole_area_rings_cursor cursor = pole_area_rings_begin(areas, number);
        if (areas->shapes[number].kind != SPACE_KIND)
            continue;
        while (pole_area_rings_next(areas, &cursor, &ring))
            bits = pole_ring_sides(&ring, at, bits);
        if (pole_place_of_sides(bits) != POLE_OUTSIDE)
            return number;
    }
    return POLE_NO_AREA;
}

/* Moves each area in the section so that it begins at 0, 0. */
static void heap_up(space_areas *areas)
{
    uint8_t *stored = areas->section.bytes + areas->section.size - 8 * (size_t)areas->vertices;
    for (uint32_t number = 0; number < areas->count; number++) {
        const uint32_t first = areas->first_vertex[number];
        const uint32_t end =
            number + 1 < areas->count ? areas->first_vertex[number + 1] : areas->vertices;
        const pole_vertex start = vertex_of(areas, first);
        for (uint32_t i = first; i < end; i++) {
            const pole_vertex v = vertex_of(areas, i);
            pole_store_u32(stored + 8 * (size_t)i, (uint32_t)(v.lat_e7 - start.lat_e7));
            pole_store_u32(stored + 8 * (size_t)i + 4, (uint32_t)(v.lon_e7 - start.lon_e7));
        }
    }
}

START_TEST(areas_all_over_each_other_are_told_apart)
{
    test_random random = test_random_begin("heap", 540);
    const pole_allocator memory = pole_allocator_default();
    space_areas areas;
    pole_areas heap;
    pole_error error;
    long found = 0;
    space_areas_make(&areas, AREAS_STARS, 400, &random);
    heap_up(&areas);
    ck_assert_int_eq(pole_areas_attach(&heap, areas.section.bytes, areas.section.size,
                                       &areas.stations, NULL, &memory, &error),
                     POLE_OK);
    for (int i = 0; i < 3000; i++) {
        const double spread = 4e7 * areas.size_deg;
        const int32_t lat_e7 = (int32_t)(spread * (test_random_unit(&random) - 0.5));
        const int32_t lon_e7 = (int32_t)(spread * (test_random_unit(&random) - 0.5));
        const uint32_t area = pole_areas_at(&heap, SPACE_KIND, lat_e7, lon_e7);
        ck_assert_uint_eq(area, plain_answer(&heap, (pole_vertex){lat_e7, lon_e7}));
        found += area != POLE_NO_AREA;
    }
    ck_assert_int_gt(found, 500);
    pole_areas_detach(&heap, &memory);
    space_areas_free(&areas);
}
END_TEST

/* Bytes changed here and there: half of the changes before the vertices, where structure is. */
static void forge(const space_areas *areas, test_random *random, uint8_t *bytes)
{
    const size_t size = areas->section.size, head = size - 8 * (size_t)areas->vertices;
    memcpy(bytes, areas->section.bytes, size);
    const size_t at = test_random_below(random, test_random_below(random, 2) ? head : size);
    bytes[at] ^= (uint8_t)(1u << test_random_below(random, 8));
    if (test_random_below(random, 3) == 0)
        bytes[test_random_below(random, size)] = (uint8_t)test_random_u64(random);
}

static void ask_forged(const space_areas *areas, const pole_areas *forged, test_random *random)
{
    for (int i = 0; i < 20; i++) {
        const pole_vertex at = space_areas_point(areas, random);
        pole_local from;
        uint32_t area;
        pole_local_prepare(&from, (pole_point){at.lat_e7 / 1e7, at.lon_e7 / 1e7});
        ck_assert_uint_eq(pole_areas_at(forged, SPACE_KIND, at.lat_e7, at.lon_e7),
                          plain_answer(forged, at));
        (void)pole_areas_edge(forged, SPACE_KIND, &from, at, 0, 5000.0, &area);
        ck_assert(area == POLE_NO_AREA || area < forged->count);
    }
}

START_TEST(other_bytes_are_refused_or_answered_as_they_stand)
{
    test_random random = test_random_begin("forged areas", 560 + (uint64_t)_i);
    const pole_allocator memory = pole_allocator_default();
    space_areas areas;
    int refused = 0;
    space_areas_make(&areas, (areas_sort)_i, 6, &random);
    for (int i = 0; i < 2500; i++) {
        /* In a block of its own, so that a sanitizer sees one byte beyond. */
        uint8_t *bytes = malloc(areas.section.size);
        pole_areas forged;
        pole_error error;
        forge(&areas, &random, bytes);
        const pole_status status = pole_areas_attach(&forged, bytes, areas.section.size,
                                                     &areas.stations, NULL, &memory, &error);
        if (status == POLE_OK) {
            ask_forged(&areas, &forged, &random);
            pole_areas_detach(&forged, &memory);
        } else {
            ck_assert_int_eq(status, POLE_DAMAGED);
            ck_assert_int_eq(error.status, POLE_DAMAGED);
            refused++;
        }
        free(bytes);
    }
    ck_assert_int_gt(refused, 250);
    ck_assert_int_lt(refused, 2500);
    space_areas_free(&areas);
}
END_TEST

START_TEST(every_other_length_is_refused)
{
    test_random random = test_random_begin("lengths of areas", 580);
    const pole_allocator memory = pole_allocator_default();
    space_areas areas;
    pole_areas other;
    pole_error error;
    space_areas_make(&areas, AREAS_STARS, 5, &random);
    const size_t right = areas.section.size;
    for (size_t size = 0; size <= right + 8; size++) {
        uint8_t *bytes = calloc(size + 1, 1);
        memcpy(bytes, areas.section.bytes, size < right ? size : right);
        if (size != right)
            ck_assert_int_eq(
                pole_areas_attach(&other, bytes, size, &areas.stations, NULL, &memory, &error),
                POLE_DAMAGED);
        free(bytes);
    }
    space_areas_free(&areas);
}
END_TEST

START_TEST(no_memory_is_said_and_nothing_kept)
{
    test_random random = test_random_begin("memory of areas", 581);
    space_areas areas;
    pole_status status = POLE_NO_MEMORY;
    space_areas_make(&areas, AREAS_STARS, 12, &random);
    for (size_t fail_at = 1; status != POLE_OK; fail_at++) {
        test_memory memory;
        pole_areas other;
        pole_error error;
        test_memory_init(&memory, fail_at);
        status = pole_areas_attach(&other, areas.section.bytes, areas.section.size, &areas.stations,
                                   NULL, &memory.allocator, &error);
        if (status == POLE_OK)
            pole_areas_detach(&other, &memory.allocator);
        else
            ck_assert_int_eq(status, POLE_NO_MEMORY);
        ck_assert_uint_eq(memory.live, 0);
    }
    space_areas_free(&areas);
}
END_TEST

START_TEST(without_areas_nobody_is_responsible_and_no_border_is_near)
{
    static const uint8_t empty[16] = {0};
    const pole_vertex at = {457000000, 1266000000};
    const pole_allocator memory = pole_allocator_default();
    const pole_stations stations = {0};
    pole_areas areas;
    pole_error error;
    pole_local from;
    uint32_t area = 7;
    ck_assert_int_eq(
        pole_areas_attach(&areas, empty, sizeof empty, &stations, NULL, &memory, &error), POLE_OK);
    ck_assert_uint_eq(pole_areas_at(&areas, SPACE_KIND, at.lat_e7, at.lon_e7), POLE_NO_AREA);
    pole_local_prepare(&from, (pole_point){45.7, 126.6});
    ck_assert(isinf(pole_areas_edge(&areas, SPACE_KIND, &from, at, POLE_NO_STATION, 1e6, &area)));
    ck_assert_uint_eq(area, POLE_NO_AREA);
    pole_areas_detach(&areas, &memory);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("areas");
    TCase *tests = tcase_create("areas");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, the_area_of_a_point_is_the_lowest_that_geos_says_covers_it, 0,
                        AREAS_SORTS);
    tcase_add_loop_test(tests, the_map_of_whole_cells_says_what_a_search_says, 0, AREAS_SORTS);
    tcase_add_loop_test(tests, the_next_area_is_as_far_as_proj_says, 0, AREAS_SORTS);
    tcase_add_test(tests, areas_all_over_each_other_are_told_apart);
    tcase_add_loop_test(tests, other_bytes_are_refused_or_answered_as_they_stand, 0, AREAS_SORTS);
    tcase_add_test(tests, every_other_length_is_refused);
    tcase_add_test(tests, no_memory_is_said_and_nothing_kept);
    tcase_add_test(tests, without_areas_nobody_is_responsible_and_no_border_is_near);
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
