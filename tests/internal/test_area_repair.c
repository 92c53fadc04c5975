/* SPDX-License-Identifier: MIT
 * Whether an area is sound decides if it is taken as it is. Judged on random rings of a small
 * grid, where nearly everything that can touch, overlap or cross does, against GEOS: what GEOS
 * holds valid must be sound, what is sound must be valid but for rings that touch themselves, and
 * both must give the same arrays. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define GEOS_USE_ONLY_R_API
#include <geos_c.h>

#include "build/repair.h"
#include "support/test_main.h"
#include "support/test_random.h"

#define MAX_RINGS 4
#define MAX_VERTICES 12
#define SCALE 1000 /* grid steps, in 1e-7 degree */

typedef struct {
    pole_vertex vertices[MAX_RINGS][MAX_VERTICES];
    uint32_t sizes[MAX_RINGS];
    bool outer[MAX_RINGS];
    uint32_t rings;
} shape;

static void hear(const char *message, void *data)
{
    (void)message;
    (void)data;
}

static GEOSGeometry *ring_to_geos(GEOSContextHandle_t geos, const shape *s, uint32_t ring)
{
    const uint32_t count = s->sizes[ring];
    GEOSCoordSequence *line = GEOSCoordSeq_create_r(geos, count + 1, 2);
    for (uint32_t i = 0; i <= count; i++) {
        const pole_vertex v = s->vertices[ring][i % count];
        GEOSCoordSeq_setXY_r(geos, line, i, v.lon_e7, v.lat_e7);
    }
    return GEOSGeom_createLinearRing_r(geos, line);
}

static GEOSGeometry *to_geos(GEOSContextHandle_t geos, const shape *s)
{
    GEOSGeometry *polygons[MAX_RINGS], *holes[MAX_RINGS];
    unsigned polygon_count = 0;
    for (uint32_t ring = 0; ring < s->rings;) {
        GEOSGeometry *outer = ring_to_geos(geos, s, ring++);
        unsigned hole_count = 0;
        while (ring < s->rings && !s->outer[ring])
            holes[hole_count++] = ring_to_geos(geos, s, ring++);
        polygons[polygon_count++] = GEOSGeom_createPolygon_r(geos, outer, holes, hole_count);
    }
    return GEOSGeom_createCollection_r(geos, GEOS_MULTIPOLYGON, polygons, polygon_count);
}

/* A closed walk on the grid; or, to have sound ones often enough, the corners of a random star. */
static void random_ring(test_random *random, shape *s, uint32_t ring, int32_t low, int32_t high)
{
    const uint64_t side = (uint64_t)(high - low + 1);
    if (test_random_below(random, 3) == 0) {
        const int32_t south = low + (int32_t)test_random_below(random, side - 1);
        const int32_t west = low + (int32_t)test_random_below(random, side - 1);
        const int32_t north =
            south + 1 + (int32_t)test_random_below(random, (uint64_t)(high - south));
        const int32_t east = west + 1 + (int32_t)test_random_below(random, (uint64_t)(high - west));
        const pole_vertex box[] = {{south, west}, {south, east}, {north, east}, {north, west}};
        const uint64_t turned = test_random_below(random, 4);
        const bool backward = test_random_below(random, 2) == 0;
        for (uint32_t i = 0; i < 4; i++)
            s->vertices[ring][i] = box[(turned + (backward ? 4 - i : i)) % 4];
        s->sizes[ring] = 4;
    } else {
        s->sizes[ring] = 3 + (uint32_t)test_random_below(random, 6);
        for (uint32_t i = 0; i < s->sizes[ring]; i++) {
            s->vertices[ring][i].lat_e7 = low + (int32_t)test_random_below(random, side);
            s->vertices[ring][i].lon_e7 = low + (int32_t)test_random_below(random, side);
        }
    }
    for (uint32_t i = 0; i < s->sizes[ring]; i++) {
        s->vertices[ring][i].lat_e7 *= SCALE;
        s->vertices[ring][i].lon_e7 *= SCALE;
    }
}

static void to_area(const shape *s, pole_area_rings *area, const pole_allocator *allocator)
{
    pole_area_rings_init(area, allocator);
    area->roles_known = true;
    uint32_t outer = 0;
    for (uint32_t ring = 0; ring < s->rings; ring++) {
        outer = s->outer[ring] ? ring : outer;
        ck_assert_int_eq(
            pole_area_rings_add(area, s->vertices[ring], s->sizes[ring], s->outer[ring], outer),
            POLE_OK);
    }
}

static void show(const shape *s)
{
    for (uint32_t ring = 0; ring < s->rings; ring++) {
        printf("%s", s->outer[ring] ? "outer" : "hole");
        for (uint32_t i = 0; i < s->sizes[ring]; i++)
            printf(" %d,%d", s->vertices[ring][i].lon_e7, s->vertices[ring][i].lat_e7);
        printf("\n");
    }
}

/* The adapter leaves valid areas as they are, in their one form: it must be the same. */
static void compare_forms(const shape *s, pole_area_rings *area, const pole_allocator *allocator)
{
    pole_area_rings other;
    bool mended;
    char reason[128];
    pole_error error;
    to_area(s, &other, allocator);
    ck_assert_int_eq(pole_area_mend(&other, pole_geo_adapters(), &mended, reason, &error), POLE_OK);
    ck_assert_msg(!mended, "%s", reason);
    ck_assert_int_eq(pole_area_normalise(area), POLE_OK);
    ck_assert_uint_eq(area->ring_count, other.ring_count);
    ck_assert_uint_eq(area->vertex_count, other.vertex_count);
    for (size_t i = 0; i < area->ring_count; i++) {
        ck_assert_uint_eq(area->rings[i].first, other.rings[i].first);
        ck_assert_uint_eq(area->rings[i].count, other.rings[i].count);
        ck_assert_uint_eq(area->rings[i].is_outer, other.rings[i].is_outer);
    }
    ck_assert_mem_eq(area->vertices, other.vertices, area->vertex_count * sizeof *area->vertices);
    pole_area_rings_free(&other);
}

typedef struct {
    unsigned sound, unsound, self_touching, all_corners;
} tally;

static void judge_one(GEOSContextHandle_t geos, const shape *s, tally *counts)
{
    const pole_allocator allocator = pole_allocator_default();
    pole_area_rings area;
    const char *fault;
    pole_vertex at;
    bool mendable;
    to_area(s, &area, &allocator);
    ck_assert_int_eq(pole_area_judge(&area, &fault, &at, &mendable), POLE_OK);
    GEOSGeometry *geometry = to_geos(geos, s);
    char *what = NULL;
    GEOSGeometry *where = NULL;
    const bool valid = GEOSisValidDetail_r(geos, geometry, 0, &what, &where) == 1;
    const bool touching = !valid && what &&
                          (strcmp(what, "Ring Self-intersection") == 0 ||
                           strcmp(what, "Interior is disconnected") == 0);
    const bool corners = fault && strcmp(fault, "two rings touch at every corner of one") == 0;
    if (valid != (fault == NULL) && !(fault == NULL && touching) && !(valid && corners)) {
        show(s);
        ck_abort_msg("GEOS: %s; here: %s", valid ? "valid" : what, fault ? fault : "sound");
    }
    counts->sound += valid && fault == NULL;
    counts->unsound += !valid && fault != NULL;
    counts->self_touching += fault == NULL && touching;
    counts->all_corners += valid && corners;
    if (valid && fault == NULL)
        compare_forms(s, &area, &allocator);
    if (what)
        GEOSFree_r(geos, what);
    if (where)
        GEOSGeom_destroy_r(geos, where);
    GEOSGeom_destroy_r(geos, geometry);
    pole_area_rings_free(&area);
}

START_TEST(sound_is_what_geos_holds_valid)
{
    test_random random = test_random_begin("sound_is_what_geos_holds_valid", 20081);
    GEOSContextHandle_t geos = GEOS_init_r();
    GEOSContext_setErrorMessageHandler_r(geos, hear, NULL);
    GEOSContext_setNoticeMessageHandler_r(geos, hear, NULL);
    tally counts = {0, 0, 0, 0};
    for (int i = 0; i < 60000; i++) {
        shape s = {.rings = 1 + (uint32_t)test_random_below(&random, MAX_RINGS)};
        const int32_t side = 4 + (int32_t)test_random_below(&random, 8);
        for (uint32_t ring = 0; ring < s.rings; ring++) {
            s.outer[ring] = ring == 0 || test_random_below(&random, 2) == 0;
            random_ring(&random, &s, ring, s.outer[ring] ? 0 : 1, s.outer[ring] ? side : side - 1);
        }
        judge_one(geos, &s, &counts);
    }
    printf("sound %u, unsound %u, self-touching %u, touching at all corners %u\n", counts.sound,
           counts.unsound, counts.self_touching, counts.all_corners);
    ck_assert_uint_gt(counts.sound, 3000);
    ck_assert_uint_gt(counts.unsound, 3000);
    ck_assert_uint_gt(counts.self_touching, 30);
    GEOS_finish_r(geos);
}
END_TEST

/* At the ends of the range the products need all 63 bits. */
START_TEST(far_corners_do_not_overflow)
{
    const pole_vertex world[] = {
        {-900000000, -1800000000}, {-900000000, 0}, {900000000, -1}, {900000000, -1800000000}};
    const pole_vertex bow[] = {{-900000000, -900000000},
                               {900000000, 900000000},
                               {-900000000, 900000000},
                               {900000000, -900000000}};
    const pole_allocator allocator = pole_allocator_default();
    const char *fault;
    pole_vertex at;
    bool mendable;
    pole_area_rings area;
    pole_area_rings_init(&area, &allocator);
    ck_assert_int_eq(pole_area_rings_add(&area, world, 4, false, 0), POLE_OK);
    ck_assert_int_eq(pole_area_judge(&area, &fault, &at, &mendable), POLE_OK);
    ck_assert_ptr_null(fault);
    ck_assert(area.rings[0].is_outer);
    ck_assert_int_eq(pole_area_normalise(&area), POLE_OK);
    const pole_ring ring = pole_ring_in_memory(area.vertices, 4);
    ck_assert(pole_ring_is_anticlockwise(&ring));
    pole_area_rings_free(&area);
    pole_area_rings_init(&area, &allocator);
    ck_assert_int_eq(pole_area_rings_add(&area, bow, 4, false, 0), POLE_OK);
    ck_assert_int_eq(pole_area_judge(&area, &fault, &at, &mendable), POLE_OK);
    ck_assert_str_eq(fault, "a ring crosses itself");
    pole_area_rings_free(&area);
}
END_TEST

/* However a ring is written, its form is one: turned, reversed, closed, with repetitions. */
START_TEST(the_form_does_not_depend_on_the_writing)
{
    test_random random = test_random_begin("the_form_does_not_depend_on_the_writing", 7);
    const pole_allocator allocator = pole_allocator_default();
    const pole_vertex star[] = {{0, 0}, {0, 40}, {15, 20}, {40, 40}, {40, 0}, {15, 10}};
    pole_area_rings first;
    pole_area_rings_init(&first, &allocator);
    ck_assert_int_eq(pole_area_rings_add(&first, star, 6, true, 0), POLE_OK);
    ck_assert_int_eq(pole_area_normalise(&first), POLE_OK);
    for (int i = 0; i < 200; i++) {
        pole_vertex written[32];
        size_t count = 0;
        const uint64_t start = test_random_below(&random, 6);
        const bool backward = test_random_below(&random, 2) == 0;
        for (uint64_t k = 0; k <= 6; k++) {
            const pole_vertex v = star[(start + (backward ? 12 - k : k)) % 6];
            for (uint64_t n = 1 + test_random_below(&random, 3); n > 0; n--)
                written[count++] = v;
        }
        pole_area_rings area;
        pole_area_rings_init(&area, &allocator);
        ck_assert_int_eq(pole_area_rings_add(&area, written, count, true, 0), POLE_OK);
        ck_assert_int_eq(pole_area_normalise(&area), POLE_OK);
        ck_assert_uint_eq(area.vertex_count, 6);
        ck_assert_mem_eq(area.vertices, first.vertices, 6 * sizeof *first.vertices);
        pole_area_rings_free(&area);
    }
    pole_area_rings_free(&first);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("area_repair");
    TCase *tests = tcase_create("area_repair");
    tcase_add_test(tests, sound_is_what_geos_holds_valid);
    tcase_add_test(tests, far_corners_do_not_overflow);
    tcase_add_test(tests, the_form_does_not_depend_on_the_writing);
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
