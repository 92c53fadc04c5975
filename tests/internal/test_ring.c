/* SPDX-License-Identifier: MIT
 *
 * Which station answers for a place hangs on a point in a polygon, and on a border it hangs on the
 * last bit. GEOS is the oracle for whole polygons, on grids so coarse that points fall on vertices
 * and sides all the time; arithmetic in 128 bits for single sides at the ends of the earth; PROJ's
 * geod_inverse, by trying places along a side, for the distance. */
#include <geodesic.h>
#include <geos_c.h>
#include <math.h>

#include "geo/ring.h"
#include "support/test_main.h"
#include "support/test_random.h"

#define MAX_LAT 900000000
#define MAX_LON 1800000000

enum { MAX_VERTICES = 40 };

typedef struct {
    pole_vertex vertices[MAX_VERTICES];
    size_t count;
} test_ring;

static GEOSContextHandle_t geos;

static void setup(void)
{
    geos = GEOS_init_r();
}

static void teardown(void)
{
    GEOS_finish_r(geos);
}

static int32_t between(test_random *random, int32_t low, int32_t high)
{
    return (int32_t)(low + (int64_t)test_random_below(random, (uint64_t)((int64_t)high - low + 1)));
}

static GEOSGeometry *geos_ring(const test_ring *ring)
{
    GEOSCoordSequence *line = GEOSCoordSeq_create_r(geos, (unsigned)ring->count + 1, 2);
    for (size_t i = 0; i <= ring->count; i++) {
        const pole_vertex v = ring->vertices[i % ring->count];
        GEOSCoordSeq_setXY_r(geos, line, (unsigned)i, v.lon_e7, v.lat_e7);
    }
    return GEOSGeom_createLinearRing_r(geos, line);
}

/* The place of p in polygon, as GEOS has it. */
static pole_place geos_place(const GEOSGeometry *polygon, pole_vertex p)
{
    GEOSGeometry *point = GEOSGeom_createPointFromXY_r(geos, p.lon_e7, p.lat_e7);
    const bool touches = GEOSIntersects_r(geos, polygon, point) == 1;
    const bool holds = GEOSContains_r(geos, polygon, point) == 1;
    GEOSGeom_destroy_r(geos, point);
    return holds ? POLE_INSIDE : touches ? POLE_ON_BORDER : POLE_OUTSIDE;
}

/* A ring of few vertices on a grid of `cells` steps of lat_step, lon_step about the centre; any
 * way round, seldom simple. */
static void random_ring(test_random *random, int32_t cells, pole_vertex step, test_ring *ring)
{
    ring->count = 3 + test_random_below(random, 6);
    for (size_t i = 0; i < ring->count; i++)
        ring->vertices[i] = (pole_vertex){between(random, -cells, cells) * step.lat_e7,
                                          between(random, -cells, cells) * step.lon_e7};
}

/* A ring whose vertices go round the centre, so that it is nearly always simple. */
static void random_star(test_random *random, double radius, pole_vertex step, test_ring *ring)
{
    ring->count = 3 + test_random_below(random, MAX_VERTICES - 3);
    for (size_t i = 0; i < ring->count; i++) {
        const double angle = 6.283185307179586 * (double)i / (double)ring->count;
        const double r = radius * (0.3 + 0.7 * test_random_unit(random));
        ring->vertices[i] = (pole_vertex){(int32_t)lround(r * sin(angle)) * step.lat_e7,
                                          (int32_t)lround(r * cos(angle)) * step.lon_e7};
    }
}

/* Compares all places of a grid; returns how many were on the border. */
static long compare_grid(const GEOSGeometry *polygon, const pole_ring *rings, size_t count,
                         int32_t cells, pole_vertex step)
{
    long borders = 0;
    for (int32_t y = -cells; y <= cells; y++)
        for (int32_t x = -cells; x <= cells; x++) {
            const pole_vertex p = {y * step.lat_e7, x * step.lon_e7};
            const pole_place place = pole_rings_place(rings, count, p);
            if (place != geos_place(polygon, p))
                ck_abort_msg("%d, %d is %d", p.lat_e7, p.lon_e7, (int)place);
            borders += place == POLE_ON_BORDER;
        }
    return borders;
}

/* Steps from the finest grid to one that reaches the ends of the earth with 10 cells. */
static const pole_vertex steps[] = {{1, 1}, {10, 7}, {12345, 54321}, {90000000, 180000000}};

START_TEST(rings_are_judged_as_geos_judges_them)
{
    const pole_vertex step = steps[_i];
    test_random random = test_random_begin("rings", 51 + (uint64_t)_i);
    long compared = 0, borders = 0;
    for (int i = 0; compared < 200; i++) {
        test_ring ring;
        if (i % 2)
            random_ring(&random, 10, step, &ring);
        else
            random_star(&random, 10.0, step, &ring);
        GEOSGeometry *polygon = GEOSGeom_createPolygon_r(geos, geos_ring(&ring), NULL, 0);
        if (GEOSisValid_r(geos, polygon) == 1) {
            const pole_ring view = pole_ring_in_memory(ring.vertices, ring.count);
            borders += compare_grid(polygon, &view, 1, 10, step);
            compared++;
        }
        GEOSGeom_destroy_r(geos, polygon);
    }
    ck_assert_int_gt(borders, 2000);
}
END_TEST

START_TEST(holes_are_outside_and_their_border_is_border)
{
    test_random random = test_random_begin("holes", 61);
    const pole_vertex step = {1000, 1000};
    long compared = 0, borders = 0;
    while (compared < 200) {
        test_ring outer, hole;
        random_star(&random, 15.0, step, &outer);
        random_star(&random, 6.0, step, &hole);
        GEOSGeometry *holes[] = {geos_ring(&hole)};
        GEOSGeometry *polygon = GEOSGeom_createPolygon_r(geos, geos_ring(&outer), holes, 1);
        if (GEOSisValid_r(geos, polygon) == 1) {
            const pole_ring rings[] = {pole_ring_in_memory(hole.vertices, hole.count),
                                       pole_ring_in_memory(outer.vertices, outer.count)};
            borders += compare_grid(polygon, rings, 2, 15, step);
            compared++;
        }
        GEOSGeom_destroy_r(geos, polygon);
    }
    ck_assert_int_gt(borders, 2000);
}
END_TEST

/* The same question in 128 bits, from the definition. */
static unsigned side_in_128_bits(pole_vertex a, pole_vertex b, pole_vertex p)
{
    const __int128 ax = (__int128)a.lon_e7 - p.lon_e7, ay = (__int128)a.lat_e7 - p.lat_e7;
    const __int128 bx = (__int128)b.lon_e7 - p.lon_e7, by = (__int128)b.lat_e7 - p.lat_e7;
    const __int128 cross = ax * by - bx * ay, dot = ax * bx + ay * by;
    if (cross == 0 && dot <= 0)
        return POLE_SIDE_HOLDS;
    const bool straddles = (ay <= 0 && by > 0) || (by <= 0 && ay > 0);
    /* x where the side meets y = 0: (ax by - bx ay) / (by - ay), and it must be above 0. */
    return straddles && (by > ay ? cross > 0 : cross < 0) ? POLE_SIDE_CROSSES : 0;
}

START_TEST(a_side_is_judged_exactly_at_the_ends_of_the_earth)
{
    test_random random = test_random_begin("sides", 71);
    long holds = 0, crosses = 0;
    for (long i = 0; i < 2000000; i++) {
        pole_vertex a, b, p;
        if (i % 4 == 0) {
            /* A point on the side: whole steps of a small direction. */
            const int32_t dy = between(&random, -9, 9), dx = between(&random, -9, 9);
            const int32_t long_way = between(&random, 1, 100000000);
            const int32_t part = between(&random, 0, long_way);
            a = (pole_vertex){dy > 0 ? -MAX_LAT : MAX_LAT, dx > 0 ? -MAX_LON : MAX_LON};
            b = (pole_vertex){a.lat_e7 + dy * long_way, a.lon_e7 + dx * long_way};
            p = (pole_vertex){a.lat_e7 + dy * part, a.lon_e7 + dx * part};
            /* Half of them one step beside it. */
            if (i % 8 == 0 && p.lat_e7 < MAX_LAT)
                p.lat_e7++;
        } else {
            const int32_t range = i % 4 == 1 ? 5 : MAX_LAT;
            a = (pole_vertex){between(&random, -range, range), between(&random, -range, range) * 2};
            b = (pole_vertex){between(&random, -range, range), between(&random, -range, range) * 2};
            p = (pole_vertex){between(&random, -range, range), between(&random, -range, range) * 2};
        }
        const unsigned side = pole_side_of_point(a, b, p);
        if (side != side_in_128_bits(a, b, p) || side != pole_side_of_point(b, a, p))
            ck_abort_msg("(%d %d) (%d %d) to (%d %d): %u", a.lat_e7, a.lon_e7, b.lat_e7, b.lon_e7,
                         p.lat_e7, p.lon_e7, side);
        holds += side == POLE_SIDE_HOLDS;
        crosses += side == POLE_SIDE_CROSSES;
    }
    ck_assert_int_gt(holds, 200000);
    ck_assert_int_gt(crosses, 200000);
}
END_TEST

START_TEST(stored_bytes_are_read_from_any_address)
{
    const pole_vertex square[] = {{0, 0}, {0, 10}, {10, 10}, {10, 0}, {0, 0}};
    uint8_t bytes[1 + sizeof square];
    for (size_t i = 0; i < 5; i++) {
        pole_store_u32(bytes + 1 + 8 * i, (uint32_t)square[i].lat_e7);
        pole_store_u32(bytes + 5 + 8 * i, (uint32_t)square[i].lon_e7);
    }
    const pole_ring closed = pole_ring_stored(bytes + 1, 5), open = pole_ring_in_memory(square, 4);
    for (int32_t y = -1; y <= 11; y++)
        for (int32_t x = -1; x <= 11; x++) {
            const pole_vertex p = {y, x};
            const bool in = y >= 0 && y <= 10 && x >= 0 && x <= 10;
            const bool border = in && (y % 10 == 0 || x % 10 == 0);
            const pole_place place = border ? POLE_ON_BORDER : in ? POLE_INSIDE : POLE_OUTSIDE;
            ck_assert_int_eq(pole_rings_place(&closed, 1, p), place);
            ck_assert_int_eq(pole_rings_place(&open, 1, p), place);
        }
}
END_TEST

START_TEST(rings_of_no_inside_hold_only_what_lies_on_them)
{
    const pole_vertex line[] = {{0, 0}, {10, 10}};
    const pole_ring none = pole_ring_in_memory(NULL, 0), dot = pole_ring_in_memory(line, 1),
                    two = pole_ring_in_memory(line, 2);
    ck_assert_int_eq(pole_rings_place(&none, 1, (pole_vertex){0, 0}), POLE_OUTSIDE);
    ck_assert_int_eq(pole_rings_place(NULL, 0, (pole_vertex){0, 0}), POLE_OUTSIDE);
    ck_assert_int_eq(pole_rings_place(&dot, 1, (pole_vertex){0, 0}), POLE_ON_BORDER);
    ck_assert_int_eq(pole_rings_place(&dot, 1, (pole_vertex){0, -1}), POLE_OUTSIDE);
    ck_assert_int_eq(pole_rings_place(&two, 1, (pole_vertex){5, 5}), POLE_ON_BORDER);
    ck_assert_int_eq(pole_rings_place(&two, 1, (pole_vertex){5, 4}), POLE_OUTSIDE);
}
END_TEST

static struct geod_geodesic earth;

static double distance_along(pole_point at, pole_vertex a, pole_vertex b, double t)
{
    const double lat = (a.lat_e7 + t * ((double)b.lat_e7 - a.lat_e7)) / 1e7;
    const double lon = (a.lon_e7 + t * ((double)b.lon_e7 - a.lon_e7)) / 1e7;
    double distance;
    geod_inverse(&earth, at.lat_deg, at.lon_deg, lat, lon, &distance, NULL, NULL);
    return distance;
}

/* The least distance to a side: 64 places, then the best one's surroundings by thirds. */
static double tried_distance(pole_point at, pole_vertex a, pole_vertex b)
{
    int best = 0;
    for (int i = 1; i <= 64; i++)
        if (distance_along(at, a, b, i / 64.0) < distance_along(at, a, b, best / 64.0))
            best = i;
    double low = fmax(0.0, (best - 1) / 64.0), high = fmin(1.0, (best + 1) / 64.0);
    for (int i = 0; i < 60; i++) {
        const double one = low + (high - low) / 3.0, two = high - (high - low) / 3.0;
        if (distance_along(at, a, b, one) < distance_along(at, a, b, two))
            high = two;
        else
            low = one;
    }
    return fmin(distance_along(at, a, b, low),
                fmin(distance_along(at, a, b, 0.0), distance_along(at, a, b, 1.0)));
}

/* A vertex within max_m of a point. */
static pole_vertex random_vertex(test_random *random, pole_point at, double max_m)
{
    double lat, lon;
    geod_direct(&earth, at.lat_deg, at.lon_deg, 360.0 * test_random_unit(random),
                max_m * test_random_unit(random), &lat, &lon, NULL);
    return (pole_vertex){(int32_t)lround(lat * 1e7), (int32_t)lround(lon * 1e7)};
}

START_TEST(the_nearest_side_is_as_near_as_trying_finds)
{
    test_random random = test_random_begin("nearest side", 81);
    geod_init(&earth, 6378137.0, 1 / 298.257223563);
    double worst = 0.0;
    long found = 0;
    for (int i = 0; i < 20000; i++) {
        const double scale_m = pow(10.0, 1.0 + 3.6 * test_random_unit(&random));
        pole_point at = {178.0 * test_random_unit(&random) - 89.0,
                         360.0 * test_random_unit(&random) - 180.0};
        if (i % 10 == 0)
            at.lon_deg = i % 20 ? 179.9999 : -179.9999;
        const pole_vertex a = random_vertex(&random, at, scale_m),
                          b = random_vertex(&random, at, scale_m);
        /* A side is straight from vertex to vertex: one that would run round the world is cut. */
        if (fabs((double)a.lon_e7 - b.lon_e7) > 1.8e9)
            continue;
        pole_nearest_side nearest;
        pole_nearest_side_begin(&nearest, at, (double)INFINITY);
        pole_nearest_side_offer(&nearest, a, b);
        const double expected = tried_distance(at, a, b);
        if (expected < POLE_LOCAL_RANGE_M - 0.001) {
            found++;
            worst = fmax(worst, fabs(nearest.best_m - expected));
        } else if (expected > POLE_LOCAL_RANGE_M + 0.001 && nearest.best_m != (double)INFINITY) {
            ck_abort_msg("%f m away, found at %f", expected, nearest.best_m);
        }
        if (nearest.best_m > expected + 0.001 && expected < POLE_LOCAL_RANGE_M - 0.001)
            ck_abort_msg("%.9f %.9f to (%d %d) (%d %d): %.6f, not %.6f", at.lat_deg, at.lon_deg,
                         a.lat_e7, a.lon_e7, b.lat_e7, b.lon_e7, expected, nearest.best_m);
    }
    printf("nearest side: at most %.3g m off\n", worst);
    ck_assert_int_gt(found, 15000);
    ck_assert_double_lt(worst, 0.001);
}
END_TEST

START_TEST(of_many_sides_the_nearest_is_kept_in_any_order)
{
    test_random random = test_random_begin("many sides", 82);
    geod_init(&earth, 6378137.0, 1 / 298.257223563);
    for (int i = 0; i < 300; i++) {
        const pole_point at = {45.0 + test_random_unit(&random), 126.0 + test_random_unit(&random)};
        test_ring ring = {.count = MAX_VERTICES};
        for (size_t k = 0; k < ring.count; k++)
            ring.vertices[k] = random_vertex(&random, at, 15000.0);
        double least = (double)INFINITY;
        pole_nearest_side all, limited, back;
        pole_nearest_side_begin(&all, at, (double)INFINITY);
        pole_nearest_side_begin(&back, at, (double)INFINITY);
        const pole_ring view = pole_ring_in_memory(ring.vertices, ring.count);
        pole_nearest_side_offer_ring(&all, &view);
        for (size_t k = ring.count; k-- > 0;) {
            const pole_vertex a = ring.vertices[k], b = ring.vertices[(k + 1) % ring.count];
            least = fmin(least, tried_distance(at, a, b));
            pole_nearest_side_offer(&back, b, a);
        }
        ck_assert_double_eq_tol(all.best_m, least, 0.001);
        ck_assert_double_eq_tol(back.best_m, least, 0.001);
        pole_nearest_side_begin(&limited, at, least * 0.999);
        pole_nearest_side_offer_ring(&limited, &view);
        ck_assert(limited.best_m == (double)INFINITY);
        pole_nearest_side_begin(&limited, at, least * 1.001 + 0.001);
        pole_nearest_side_offer_ring(&limited, &view);
        ck_assert_double_eq_tol(limited.best_m, least, 0.001);
    }
}
END_TEST

START_TEST(a_point_on_a_side_is_no_distance_from_it)
{
    pole_nearest_side nearest;
    pole_nearest_side_begin(&nearest, (pole_point){45.5, 126.5}, 50.0);
    pole_nearest_side_offer(&nearest, (pole_vertex){450000000, 1260000000},
                            (pole_vertex){460000000, 1270000000});
    ck_assert_double_eq_tol(nearest.best_m, 0.0, 1e-6);
    pole_nearest_side_begin(&nearest, (pole_point){45.5, 126.5}, 50.0);
    pole_nearest_side_offer(&nearest, (pole_vertex){455000000, 1265000000},
                            (pole_vertex){455000000, 1265000000});
    ck_assert_double_eq_tol(nearest.best_m, 0.0, 1e-6);
}
END_TEST

START_TEST(beyond_its_range_it_says_that_it_does_not_know)
{
    static const pole_point bad[] = {
        {89.01, 0.0}, {-89.01, 0.0}, {(double)NAN, 0.0}, {0.0, (double)NAN}, {91.0, 0.0}};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        pole_nearest_side nearest;
        pole_nearest_side_begin(&nearest, bad[i], (double)INFINITY);
        pole_nearest_side_offer(&nearest, (pole_vertex){0, 0}, (pole_vertex){899000000, 10});
        ck_assert(isnan(nearest.best_m));
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("ring");
    TCase *tests = tcase_create("ring");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, rings_are_judged_as_geos_judges_them, 0,
                        (int)(sizeof steps / sizeof steps[0]));
    tcase_add_test(tests, holes_are_outside_and_their_border_is_border);
    tcase_add_test(tests, a_side_is_judged_exactly_at_the_ends_of_the_earth);
    tcase_add_test(tests, stored_bytes_are_read_from_any_address);
    tcase_add_test(tests, rings_of_no_inside_hold_only_what_lies_on_them);
    tcase_add_test(tests, the_nearest_side_is_as_near_as_trying_finds);
    tcase_add_test(tests, of_many_sides_the_nearest_is_kept_in_any_order);
    tcase_add_test(tests, a_point_on_a_side_is_no_distance_from_it);
    tcase_add_test(tests, beyond_its_range_it_says_that_it_does_not_know);
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
