/* SPDX-License-Identifier: MIT
 *
 * Drawn areas cross themselves and each other, and what is not valid answers at random. What
 * comes back from mending must be valid by GEOS's own judgement, cover what GEOS's mending covers,
 * and be the same arrays however the same area was written down. */
#include <geos_c.h>
#include <math.h>
#include <polelookup/adapters.h>
#include <stdbool.h>
#include <string.h>

#include "support/test_main.h"
#include "support/test_memory.h"
#include "support/test_random.h"

enum { MAX_RINGS = 8, MAX_VERTICES = 400 };

/* An area as it is put together here. */
typedef struct {
    int32_t vertices[2 * MAX_VERTICES];
    uint32_t ring_ends[MAX_RINGS], polygon_ends[MAX_RINGS];
    uint32_t vertex_count, ring_count, polygon_count;
} drawn;

static GEOSContextHandle_t geos;
static const pole_adapters *adapters;

static void setup(void)
{
    geos = GEOS_init_r();
    adapters = pole_geo_adapters();
}

static void teardown(void)
{
    GEOS_finish_r(geos);
}

static pole_polygons view(const drawn *d)
{
    return (pole_polygons){d->vertices,
                           d->ring_ends,
                           d->polygon_ends,
                           d->vertex_count,
                           d->ring_count,
                           d->polygon_count,
                           0};
}

static void draw_vertex(drawn *d, int32_t lat, int32_t lon)
{
    ck_assert_uint_lt(d->vertex_count, MAX_VERTICES);
    d->vertices[2 * d->vertex_count] = lat;
    d->vertices[2 * d->vertex_count + 1] = lon;
    d->vertex_count++;
}

static void end_ring(drawn *d)
{
    d->ring_ends[d->ring_count++] = d->vertex_count;
}

static void end_polygon(drawn *d)
{
    d->polygon_ends[d->polygon_count++] = d->ring_count;
}

static void draw_square(drawn *d, int32_t lat, int32_t lon, int32_t size)
{
    draw_vertex(d, lat, lon);
    draw_vertex(d, lat, lon + size);
    draw_vertex(d, lat + size, lon + size);
    draw_vertex(d, lat + size, lon);
    end_ring(d);
}

/* The polygons as one geometry of GEOS's, which need not be valid. */
static GEOSGeometry *geos_area(const pole_polygons *p)
{
    GEOSGeometry *polygons[MAX_VERTICES];
    uint32_t ring = 0, vertex = 0;
    for (uint32_t i = 0; i < p->polygon_count; i++) {
        GEOSGeometry *rings[MAX_VERTICES];
        uint32_t count = 0;
        for (; ring < p->polygon_ends[i]; ring++) {
            const uint32_t first = vertex, size = p->ring_ends[ring] - first;
            GEOSCoordSequence *line = GEOSCoordSeq_create_r(geos, size + 1, 2);
            for (uint32_t k = 0; k <= size; k++) {
                const uint32_t at = first + k % size;
                GEOSCoordSeq_setXY_r(geos, line, k, p->vertices[2 * at + 1], p->vertices[2 * at]);
            }
            rings[count++] = GEOSGeom_createLinearRing_r(geos, line);
            vertex = p->ring_ends[ring];
        }
        polygons[i] = GEOSGeom_createPolygon_r(geos, rings[0], rings + 1, count - 1);
    }
    return GEOSGeom_createCollection_r(geos, GEOS_MULTIPOLYGON, polygons, p->polygon_count);
}

static double geos_size(const GEOSGeometry *geometry)
{
    double area = (double)NAN;
    ck_assert_int_eq(GEOSArea_r(geos, geometry, &area), 1);
    return area;
}

static pole_mended_area *mend(const drawn *d)
{
    const pole_polygons polygons = view(d);
    pole_mended_area *area = NULL;
    pole_error error;
    const pole_status status = adapters->area_mend(&polygons, NULL, &area, &error);
    ck_assert_msg(status == POLE_OK, "%s", error.message);
    return area;
}

/* Twice the signed area of a ring. */
static double turning(const int32_t *vertices, uint32_t count)
{
    double sum = 0.0;
    for (uint32_t i = 0; i < count; i++) {
        const int32_t *a = vertices + 2 * i, *b = vertices + 2 * ((i + 1) % count);
        sum += ((double)a[1] - vertices[1]) * ((double)b[0] - vertices[0]) -
               ((double)b[1] - vertices[1]) * ((double)a[0] - vertices[0]);
    }
    return sum;
}

static bool is_less(const int32_t *a, const int32_t *b)
{
    return a[0] != b[0] ? a[0] < b[0] : a[1] < b[1];
}

/* What adapters.h promises of the form: order, orientation, first vertices. */
static void check_form(const pole_polygons *p)
{
    uint32_t ring = 0, vertex = 0;
    const int32_t *outer_before = NULL;
    for (uint32_t i = 0; i < p->polygon_count; i++) {
        ck_assert_uint_lt(ring, p->polygon_ends[i]);
        const int32_t *hole_before = NULL;
        for (uint32_t first = ring; ring < p->polygon_ends[i]; ring++) {
            const int32_t *own = p->vertices + 2 * vertex;
            const uint32_t count = p->ring_ends[ring] - vertex;
            ck_assert_uint_ge(count, 3);
            ck_assert(ring == first ? turning(own, count) > 0 : turning(own, count) < 0);
            for (uint32_t k = 1; k < count; k++)
                ck_assert(is_less(own, own + 2 * k));
            const int32_t **before = ring == first ? &outer_before : &hole_before;
            ck_assert(!*before || !is_less(own, *before));
            *before = own;
            vertex = p->ring_ends[ring];
        }
    }
    ck_assert_uint_eq(ring, p->ring_count);
    ck_assert_uint_eq(vertex, p->vertex_count);
    GEOSGeometry *geometry = geos_area(p);
    ck_assert_int_eq(GEOSisValid_r(geos, geometry), 1);
    GEOSGeom_destroy_r(geos, geometry);
}

static void draw_star(test_random *random, drawn *d, double lat, double lon, double radius,
                      uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        const double angle = 6.283185307179586 * i / count;
        const double r = radius * (0.3 + 0.7 * test_random_unit(random));
        draw_vertex(d, (int32_t)(lat + r * sin(angle)), (int32_t)(lon + r * cos(angle)));
    }
    end_ring(d);
}

/* Two stars apart, one with a hole: valid but for rare accidents. */
static void draw_city(test_random *random, drawn *d)
{
    *d = (drawn){0};
    draw_star(random, d, 457000000, 1266000000, 100000, 12);
    draw_star(random, d, 457000000, 1266000000, 25000, 7);
    end_polygon(d);
    draw_star(random, d, 458000000, 1266000000 + (int32_t)test_random_below(random, 9), 90000, 9);
    end_polygon(d);
}

/* The same area written otherwise: polygons exchanged, rings begun elsewhere, run backwards and
 * closed by repeating the first vertex. */
static void draw_otherwise(const drawn *d, test_random *random, drawn *other)
{
    *other = (drawn){0};
    static const uint32_t order[2][3] = {{2, 9, 9}, {0, 1, 9}};
    for (int p = 0; p < 2; p++) {
        for (int r = 0; r < 3 && order[p][r] < d->ring_count; r++) {
            const uint32_t ring = order[p][r], first = ring ? d->ring_ends[ring - 1] : 0;
            const uint32_t count = d->ring_ends[ring] - first;
            const uint32_t start = (uint32_t)test_random_below(random, count);
            const bool back = test_random_below(random, 2);
            for (uint32_t k = 0; k <= count; k++) {
                const uint32_t at = first + (back ? start + 2 * count - k : start + k) % count;
                draw_vertex(other, d->vertices[2 * at], d->vertices[2 * at + 1]);
            }
            end_ring(other);
        }
        end_polygon(other);
    }
}

static bool is_same(const pole_polygons *a, const pole_polygons *b)
{
    return a->vertex_count == b->vertex_count && a->ring_count == b->ring_count &&
           a->polygon_count == b->polygon_count &&
           memcmp(a->vertices, b->vertices, 8 * (size_t)a->vertex_count) == 0 &&
           memcmp(a->ring_ends, b->ring_ends, 4 * (size_t)a->ring_count) == 0 &&
           memcmp(a->polygon_ends, b->polygon_ends, 4 * (size_t)a->polygon_count) == 0;
}

START_TEST(a_valid_area_keeps_its_vertices_and_has_one_form)
{
    test_random random = test_random_begin("valid areas", 101);
    int valid = 0;
    for (int i = 0; i < 500; i++) {
        drawn one, other;
        draw_city(&random, &one);
        draw_otherwise(&one, &random, &other);
        pole_mended_area *a = mend(&one), *b = mend(&other);
        check_form(&a->polygons);
        if (!a->mended) {
            valid++;
            ck_assert_str_eq(a->reason, "");
            ck_assert_uint_eq(a->polygons.vertex_count, 28);
            ck_assert_uint_eq(a->polygons.ring_count, 3);
            ck_assert_uint_eq(a->polygons.polygon_count, 2);
            ck_assert(is_same(&a->polygons, &b->polygons) && !b->mended);
        }
        adapters->area_free(a);
        adapters->area_free(b);
    }
    ck_assert_int_gt(valid, 450);
    adapters->area_free(NULL);
}
END_TEST

START_TEST(a_bow_tie_is_cut_in_two)
{
    drawn d = {0};
    draw_vertex(&d, 457000000, 1266000000);
    draw_vertex(&d, 457000100, 1266000100);
    draw_vertex(&d, 457000100, 1266000000);
    draw_vertex(&d, 457000000, 1266000100);
    end_ring(&d);
    end_polygon(&d);
    pole_mended_area *area = mend(&d);
    check_form(&area->polygons);
    ck_assert_int_eq(area->mended, 1);
    ck_assert_str_eq(area->reason, "Self-intersection at 45.7000050,126.6000050");
    ck_assert_uint_eq(area->polygons.polygon_count, 2);
    ck_assert_uint_eq(area->polygons.vertex_count, 6);
    adapters->area_free(area);
}
END_TEST

START_TEST(overlapping_polygons_are_united)
{
    drawn d = {0};
    draw_square(&d, 0, 0, 100);
    end_polygon(&d);
    draw_square(&d, 50, 50, 100);
    end_polygon(&d);
    pole_mended_area *area = mend(&d);
    check_form(&area->polygons);
    ck_assert_int_eq(area->mended, 1);
    ck_assert_uint_eq(area->polygons.ring_count, 1); /* the overlap is no hole */
    GEOSGeometry *geometry = geos_area(&area->polygons);
    ck_assert(geos_size(geometry) == 17500.0);
    GEOSGeom_destroy_r(geos, geometry);
    adapters->area_free(area);
}
END_TEST

START_TEST(a_hole_outside_becomes_a_polygon_and_a_ring_of_two_vertices_nothing)
{
    drawn d = {0};
    draw_square(&d, 0, 0, 100);
    draw_square(&d, 200, 200, 10);
    end_polygon(&d);
    pole_mended_area *area = mend(&d);
    ck_assert_int_eq(area->mended, 1);
    ck_assert_uint_eq(area->polygons.polygon_count, 2);
    adapters->area_free(area);

    drawn e = {0};
    draw_square(&e, 0, 0, 100);
    draw_vertex(&e, 10, 10);
    draw_vertex(&e, 20, 20);
    end_ring(&e);
    end_polygon(&e);
    area = mend(&e);
    ck_assert_int_eq(area->mended, 1);
    ck_assert_str_eq(area->reason, "a ring of fewer than three vertices");
    ck_assert_uint_eq(area->polygons.ring_count, 1);
    adapters->area_free(area);
}
END_TEST

START_TEST(anything_drawn_becomes_valid_and_covers_what_geos_says)
{
    test_random random = test_random_begin("broken areas", 102);
    int mended = 0;
    for (int i = 0; i < 1000; i++) {
        drawn d = {0};
        const int polygons = 1 + (int)test_random_below(&random, 3);
        const uint32_t range = i % 3 ? 2000 : 30;
        for (int p = 0; p < polygons; p++) {
            const int rings = 1 + (int)test_random_below(&random, 2);
            for (int r = 0; r < rings; r++) {
                const int count = 3 + (int)test_random_below(&random, 9);
                for (int k = 0; k < count; k++)
                    draw_vertex(&d, 457000000 + (int32_t)test_random_below(&random, range),
                                1266000000 + (int32_t)test_random_below(&random, range));
                end_ring(&d);
            }
            end_polygon(&d);
        }
        const pole_polygons polygon_view = view(&d);
        pole_mended_area *area = NULL;
        const pole_status status = adapters->area_mend(&polygon_view, NULL, &area, NULL);
        if (status != POLE_OK) {
            ck_assert_int_eq(status, POLE_BAD_INPUT);
            continue;
        }
        mended += area->mended;
        check_form(&area->polygons);
        /* Rounding moves a side by less than a unit: the areas differ by less than the length
         * of the sides. */
        GEOSGeometry *given = geos_area(&polygon_view), *result = geos_area(&area->polygons);
        GEOSMakeValidParams *how = GEOSMakeValidParams_create_r(geos);
        GEOSMakeValidParams_setMethod_r(geos, how, GEOS_MAKE_VALID_STRUCTURE);
        GEOSGeometry *expected = GEOSMakeValidWithParams_r(geos, given, how);
        GEOSGeometry *difference = GEOSSymDifference_r(geos, expected, result);
        double length;
        ck_assert_int_eq(GEOSLength_r(geos, expected, &length), 1);
        ck_assert_double_le(geos_size(difference), 1.5 * length + 10.0);
        GEOSMakeValidParams_destroy_r(geos, how);
        GEOSGeom_destroy_r(geos, difference);
        GEOSGeom_destroy_r(geos, expected);
        GEOSGeom_destroy_r(geos, result);
        GEOSGeom_destroy_r(geos, given);
        adapters->area_free(area);
    }
    ck_assert_int_gt(mended, 700);
}
END_TEST

/* Mending this fails with the status, a message and no area. */
static void check_refused(const drawn *d, pole_status expected)
{
    const pole_polygons polygons = view(d);
    pole_mended_area *area = (pole_mended_area *)&geos;
    pole_error error;
    ck_assert_int_eq(adapters->area_mend(&polygons, NULL, &area, &error), expected);
    ck_assert(area == NULL && error.status == expected && error.message[0]);
}

START_TEST(an_area_without_an_inside_is_refused)
{
    drawn nothing = {0}, line = {0}, flat = {0};
    check_refused(&nothing, POLE_BAD_INPUT);
    draw_vertex(&line, 0, 0);
    draw_vertex(&line, 10, 10);
    end_ring(&line);
    end_polygon(&line);
    check_refused(&line, POLE_BAD_INPUT);
    draw_vertex(&flat, 0, 0);
    draw_vertex(&flat, 0, 10);
    draw_vertex(&flat, 0, 20);
    end_ring(&flat);
    end_polygon(&flat);
    check_refused(&flat, POLE_BAD_INPUT);
}
END_TEST

START_TEST(arrays_that_contradict_each_other_are_refused)
{
    drawn good = {0}, d;
    draw_square(&good, 0, 0, 100);
    draw_square(&good, 10, 10, 10);
    end_polygon(&good);
    d = good;
    d.ring_ends[1] = 9;
    check_refused(&d, POLE_INVALID_ARGUMENT);
    d = good;
    d.ring_ends[0] = 8;
    d.ring_ends[1] = 4;
    check_refused(&d, POLE_INVALID_ARGUMENT);
    d = good;
    d.polygon_ends[0] = 3;
    check_refused(&d, POLE_INVALID_ARGUMENT);
    d = good;
    d.vertices[4] = 900000001;
    check_refused(&d, POLE_INVALID_ARGUMENT);
    d = good;
    d.vertices[5] = -1800000001;
    check_refused(&d, POLE_INVALID_ARGUMENT);
}
END_TEST

START_TEST(no_memory_is_said_and_nothing_leaks)
{
    drawn d = {0};
    draw_square(&d, 0, 0, 100);
    end_polygon(&d);
    draw_square(&d, 50, 50, 100);
    end_polygon(&d);
    const pole_polygons polygons = view(&d);
    for (size_t fail_at = 1;; fail_at++) {
        test_memory memory;
        test_memory_init(&memory, fail_at);
        pole_mended_area *area;
        const pole_status status = adapters->area_mend(&polygons, &memory.allocator, &area, NULL);
        adapters->area_free(area);
        ck_assert_uint_eq(memory.live, 0);
        if (status == POLE_OK) {
            ck_assert_uint_gt(fail_at, 4);
            break;
        }
        ck_assert_int_eq(status, POLE_NO_MEMORY);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("area_mend");
    TCase *tests = tcase_create("area_mend");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, a_valid_area_keeps_its_vertices_and_has_one_form);
    tcase_add_test(tests, a_bow_tie_is_cut_in_two);
    tcase_add_test(tests, overlapping_polygons_are_united);
    tcase_add_test(tests, a_hole_outside_becomes_a_polygon_and_a_ring_of_two_vertices_nothing);
    tcase_add_test(tests, anything_drawn_becomes_valid_and_covers_what_geos_says);
    tcase_add_test(tests, an_area_without_an_inside_is_refused);
    tcase_add_test(tests, arrays_that_contradict_each_other_are_refused);
    tcase_add_test(tests, no_memory_is_said_and_nothing_leaks);
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
