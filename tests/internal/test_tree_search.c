/* SPDX-License-Identifier: MIT
 * A wrong nearest pole sends a car to the wrong street, so every answer is compared with all poles
 * by PROJ's geod_inverse: in cities as they are and as they are not, with many poles in one place
 * and many at one distance, at the antimeridian and the earth's poles, from near and from the other
 * side of the earth, in both forms that searches are compiled in. */
#include <geodesic.h>
#include <math.h>

#include <polelookup/near.h>

#include "geo/ring.h"
#include "index/tree_search.h"
#include "support/space_city.h"
#include "support/test_main.h"

/* What near.h says: less than this apart is a tie, and a radius takes in what is this far beyond.
 */
#define TIE 1e-6
/* How far ours and PROJ's geodesic may be apart, and what is told from the truth. */
#define EXACT 1e-7
#define TOLD 1.1e-6

typedef struct {
    pole_row row;
    double distance_m, bearing_deg;
} truth;

static struct geod_geodesic earth;

static void setup(void)
{
    geod_init(&earth, 6378137, 1 / 298.257223563);
}

static int by_distance(const void *a, const void *b)
{
    const truth *x = a, *y = b;
    if (x->distance_m != y->distance_m)
        return x->distance_m < y->distance_m ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

static int by_row(const void *a, const void *b)
{
    const truth *x = a, *y = b;
    return x->row < y->row ? -1 : x->row > y->row;
}

static void measure_all(const space_city *city, pole_point at, truth *all)
{
    for (uint32_t row = 0; row < city->count; row++) {
        const pole_point to = pole_position_at(&city->index.positions, row);
        all[row].row = row;
        geod_inverse(&earth, at.lat_deg, at.lon_deg, to.lat_deg, to.lon_deg, &all[row].distance_m,
                     &all[row].bearing_deg, NULL);
    }
}

/* All poles as they should come. False when two are so nearly a micrometre apart that the last bits
 * of a geodesic decide. */
static bool put_in_order(truth *all, size_t count)
{
    bool clear = true;
    qsort(all, count, sizeof *all, by_distance);
    for (size_t group = 0, i = 1; i <= count; i++) {
        const double away = i < count ? all[i].distance_m - all[group].distance_m : 1.0;
        clear &= fabs(away - TIE) > EXACT;
        if (away < TIE)
            continue;
        qsort(all + group, i - group, sizeof *all, by_row);
        group = i;
    }
    return clear;
}

static void check_hit(const pole_hit *hit, const truth *is, bool clear, const char *what)
{
    if (fabs(hit->distance_m - is->distance_m) > TOLD)
        ck_abort_msg("%s: %.9f m is told, %.9f is right", what, hit->distance_m, is->distance_m);
    if (!clear)
        return;
    if (hit->row != is->row)
        ck_abort_msg("%s: row %u at %.9f m is told, row %u at %.9f is right", what, hit->row,
                     hit->distance_m, is->row, is->distance_m);
    /* Where a line is short, or goes half round the earth, its direction is nobody's. */
    if (is->distance_m < 1.0 || is->distance_m > 1.99e7)
        return;
    const double turned = fabs(remainder(hit->bearing_deg - is->bearing_deg, 360.0));
    if (turned > 4e-5)
        ck_abort_msg("%s: bearing %.7f is told, %.7f is right, %.3f m", what, hit->bearing_deg,
                     is->bearing_deg, is->distance_m);
    ck_assert(hit->bearing_deg >= 0.0 && hit->bearing_deg < 360.0 && hit->reserved == 0);
}

static double sometimes_near(const space_city *city, test_random *random, const truth *all)
{
    if (test_random_below(random, 3) > 0)
        return INFINITY;
    return all[test_random_below(random, city->count)].distance_m;
}

static void check_nearest(const space_city *city, test_random *random, pole_point at,
                          const truth *all, bool clear)
{
    static const size_t some[] = {1, 1, 2, 3, 8, 32, 33, 64, 65, 200, POLE_MAX_NEAREST};
    static pole_hit hits[POLE_MAX_NEAREST];
    const size_t k = some[test_random_below(random, sizeof some / sizeof *some)];
    const double max_m = sometimes_near(city, random, all);
    size_t count, least = 0, most = 0;
    ck_assert_int_eq(pole_nearest(&city->index, at, k, max_m, hits, &count), POLE_OK);
    for (uint32_t i = 0; i < city->count; i++) {
        least += all[i].distance_m <= max_m + TIE - EXACT;
        most += all[i].distance_m <= max_m + TIE + EXACT;
    }
    if (count < (least < k ? least : k) || count > (most < k ? most : k))
        ck_abort_msg("%zu of %zu to %zu within %.9f m, k %zu, kind %d, at %.17g %.17g", count,
                     least, most, max_m, k, (int)city->kind, at.lat_deg, at.lon_deg);
    for (size_t i = 0; i < count; i++)
        check_hit(&hits[i], &all[i], clear && max_m == (double)INFINITY, "nearest");
}

static void check_radius(const space_city *city, test_random *random, pole_point at,
                         const truth *all, bool clear, pole_hit *hits)
{
    double radius_m = all[test_random_below(random, city->count)].distance_m;
    if (test_random_below(random, 2))
        radius_m = all[0].distance_m + 500.0 * test_random_unit(random);
    const size_t capacity =
        test_random_below(random, 2) ? city->count : test_random_below(random, city->count + 1);
    size_t needed, least = 0, most = 0;
    const pole_status status =
        pole_within_radius(&city->index, at, radius_m, hits, capacity, &needed);
    for (uint32_t i = 0; i < city->count; i++) {
        least += all[i].distance_m <= radius_m + TIE - EXACT;
        most += all[i].distance_m <= radius_m + TIE + EXACT;
    }
    if (needed < least || needed > most)
        ck_abort_msg("%zu of %zu to %zu within %.9f m, kind %d, at %.17g %.17g", needed, least,
                     most, radius_m, (int)city->kind, at.lat_deg, at.lon_deg);
    ck_assert_int_eq(status, needed > capacity ? POLE_LIMIT : POLE_OK);
    for (size_t i = 0; i < needed && i < capacity; i++)
        check_hit(&hits[i], &all[i], clear && least == most, "radius");
}

static bool in_box(const pole_box *box, pole_point p)
{
    const bool across = box->west_deg > box->east_deg;
    const bool lon = across ? p.lon_deg >= box->west_deg || p.lon_deg <= box->east_deg
                            : p.lon_deg >= box->west_deg && p.lon_deg <= box->east_deg;
    const bool same_meridian = (p.lon_deg == 180.0 && box->west_deg == -180.0) ||
                               (p.lon_deg == -180.0 && box->east_deg == 180.0);
    return p.lat_deg >= box->south_deg && p.lat_deg <= box->north_deg && (lon || same_meridian);
}

/* Rows are right when they are all those inside, from the lowest up. */
static void check_rows(const space_city *city, const pole_row *rows, size_t capacity, size_t needed,
                       const bool *inside)
{
    size_t count = 0;
    for (uint32_t row = 0; row < city->count; row++) {
        if (!inside[row])
            continue;
        if (count < capacity)
            ck_assert_uint_eq(rows[count], row);
        count++;
    }
    ck_assert_uint_eq(needed, count);
}

static void check_box(const space_city *city, test_random *random, pole_row *rows, bool *inside)
{
    const pole_positions *positions = &city->index.positions;
    const pole_point a =
        pole_position_at(positions, (pole_row)test_random_below(random, city->count));
    const pole_point b = test_random_below(random, 4) ? space_city_point(city, random)
                                                      : pole_position_at(positions, 0);
    pole_box box = {fmin(a.lat_deg, b.lat_deg), a.lon_deg, fmax(a.lat_deg, b.lat_deg), b.lon_deg};
    if (test_random_below(random, 3) && box.west_deg > box.east_deg) {
        box.west_deg = b.lon_deg;
        box.east_deg = a.lon_deg;
    }
    if (test_random_below(random, 20) == 0)
        box.east_deg = 180.0;
    if (test_random_below(random, 20) == 0)
        box.west_deg = -180.0;
    const size_t capacity =
        test_random_below(random, 2) ? city->count : test_random_below(random, city->count + 1);
    size_t needed;
    const pole_status status = pole_within_box(&city->index, &box, rows, capacity, &needed);
    ck_assert_int_eq(status, needed > capacity ? POLE_LIMIT : POLE_OK);
    for (uint32_t row = 0; row < city->count; row++)
        inside[row] = in_box(&box, pole_position_at(positions, row));
    check_rows(city, rows, capacity, needed, inside);
}

enum { CORNERS = 24 };

/* Two rings, mostly a star with a hole, with corners on poles here and there. */
static void check_polygon(const space_city *city, test_random *random, pole_row *rows, bool *inside)
{
    const pole_positions *positions = &city->index.positions;
    const pole_point middle = space_city_point(city, random);
    const double size = pow(10.0, 5.0 * test_random_unit(random) - 4.0);
    pole_point points[2 * CORNERS];
    pole_vertex corners[2 * CORNERS];
    for (unsigned i = 0; i < 2 * CORNERS; i++) {
        const double r = size * (i < CORNERS ? 2.0 : 0.7) * (0.5 + test_random_unit(random));
        const double turn = 6.283185307179586 * (double)i / CORNERS;
        points[i].lat_deg = fmin(fmax(middle.lat_deg + r * sin(turn), -90.0), 90.0);
        points[i].lon_deg = fmin(fmax(middle.lon_deg + r * cos(turn), -180.0), 180.0);
        if (test_random_below(random, 4) == 0)
            points[i] =
                pole_position_at(positions, (pole_row)test_random_below(random, city->count));
        corners[i] = (pole_vertex){(int32_t)lround(points[i].lat_deg * 1e7),
                                   (int32_t)lround(points[i].lon_deg * 1e7)};
    }
    const size_t sizes[] = {CORNERS, CORNERS};
    const pole_ring rings[] = {pole_ring_in_memory(corners, CORNERS),
                               pole_ring_in_memory(corners + CORNERS, CORNERS)};
    const size_t capacity =
        test_random_below(random, 2) ? city->count : test_random_below(random, city->count + 1);
    size_t needed;
    const pole_status status =
        pole_within_polygon(&city->index, points, sizes, 2, rows, capacity, &needed);
    ck_assert_int_eq(status, needed > capacity ? POLE_LIMIT : POLE_OK);
    for (uint32_t row = 0; row < city->count; row++) {
        const pole_vertex p = {pole_position_lat_e7(positions, row),
                               pole_position_lon_e7(positions, row)};
        inside[row] = pole_rings_place(rings, 2, p) != POLE_OUTSIDE;
    }
    check_rows(city, rows, capacity, needed, inside);
}

static void ask(const space_city *city, test_random *random, unsigned questions)
{
    truth *all = calloc(city->count, sizeof *all);
    pole_hit *hits = calloc(city->count, sizeof *hits);
    pole_row *rows = calloc(city->count, sizeof *rows);
    bool *inside = calloc(city->count, sizeof *inside);
    ck_assert(all && hits && rows && inside);
    for (unsigned i = 0; i < questions; i++) {
        const pole_point at = space_city_point(city, random);
        measure_all(city, at, all);
        const bool clear = put_in_order(all, city->count);
        check_nearest(city, random, at, all, clear);
        check_nearest(city, random, at, all, clear);
        check_radius(city, random, at, all, clear, hits);
        check_box(city, random, rows, inside);
        check_polygon(city, random, rows, inside);
    }
    free(all);
    free(hits);
    free(rows);
    free(inside);
}

START_TEST(every_answer_is_that_of_asking_every_pole)
{
    test_random random = test_random_begin("search", 300 + (uint64_t)_i);
    for (int i = 0; i < 12; i++) {
        static const uint32_t sizes[] = {40, 400, 4000};
        const uint32_t count = 1 + (uint32_t)test_random_below(&random, sizes[i % 3]);
        space_city city;
        space_city_make(&city, (city_kind)_i, count, &random);
        if (i % 2)
            city.index.tree.wide = false;
        ask(&city, &random, 40);
        space_city_free(&city);
    }
}
END_TEST

START_TEST(both_forms_give_the_same_bytes)
{
    test_random random = test_random_begin("forms", 351);
    for (int i = 0; i < CITY_KINDS; i++) {
        space_city city;
        space_city_make(&city, (city_kind)i, 1500, &random);
        if (!city.index.tree.wide)
            printf("only one form is here to be compared\n");
        for (int j = 0; j < 60; j++) {
            static pole_hit wide[1500], plain[1500];
            const pole_point at = space_city_point(&city, &random);
            const size_t k = 1 + test_random_below(&random, j % 2 ? 100 : 3);
            const double radius_m = 3000.0 * test_random_unit(&random);
            size_t wide_count, plain_count, wide_near, plain_near;
            memset(wide, 0, sizeof wide);
            memset(plain, 0, sizeof plain);
            pole_tree tree = city.index.tree;
            pole_nearest(&city.index, at, k, INFINITY, wide, &wide_near);
            pole_within_radius(&city.index, at, radius_m, wide + wide_near, 1500 - wide_near,
                               &wide_count);
            city.index.tree.wide = false;
            pole_nearest(&city.index, at, k, INFINITY, plain, &plain_near);
            pole_within_radius(&city.index, at, radius_m, plain + plain_near, 1500 - plain_near,
                               &plain_count);
            city.index.tree = tree;
            ck_assert_uint_eq(wide_near, plain_near);
            ck_assert_uint_eq(wide_count, plain_count);
            ck_assert_mem_eq(wide, plain, sizeof wide);
        }
        space_city_free(&city);
    }
}
END_TEST

/* A box with borders on poles' positions, beside them, or anywhere; now and then inside out. */
static pole_box_e7 random_box(const space_city *city, test_random *random)
{
    const pole_positions *positions = &city->index.positions;
    const double size_e7 = pow(10.0, 9.0 * test_random_unit(random));
    int64_t lat[2], lon[2];
    for (unsigned i = 0; i < 2; i++) {
        const pole_row row = (pole_row)test_random_below(random, city->count);
        lat[i] = pole_position_lat_e7(positions, row);
        lon[i] = pole_position_lon_e7(positions, row);
        if (i == 1 && test_random_below(random, 4)) {
            lat[1] = lat[0] + (int64_t)(size_e7 * test_random_unit(random));
            lon[1] = lon[0] + (int64_t)(size_e7 * test_random_unit(random));
        }
        lat[i] += (int64_t)test_random_below(random, 3) - 1;
        lon[i] += (int64_t)test_random_below(random, 3) - 1;
        lat[i] = lat[i] > 900000000 ? 900000000 : lat[i] < -900000000 ? -900000000 : lat[i];
        lon[i] = lon[i] > 1800000000 ? 1800000000 : lon[i] < -1800000000 ? -1800000000 : lon[i];
    }
    return (pole_box_e7){(int32_t)lat[0], (int32_t)lon[0], (int32_t)lat[1], (int32_t)lon[1]};
}

START_TEST(few_poles_in_a_box_are_those_of_asking_every_pole)
{
    test_random random = test_random_begin("boxes of few", 450 + (uint64_t)_i);
    long told = 0, poles = 0;
    for (unsigned round = 0; round < 6; round++) {
        space_city city;
        space_city_make(&city, (city_kind)_i, 1 + (uint32_t)test_random_below(&random, 8000),
                        &random);
        city.index.tree.wide &= round % 2;
        for (unsigned i = 0; i < 300; i++) {
            pole_row rows[POLE_BOX_FEW];
            size_t count, right = 0;
            const pole_box_e7 box = random_box(&city, &random);
            if (!pole_tree_box_few(&city.index.tree, &box, rows, &count))
                continue;
            told++;
            for (pole_row row = 0; row < city.count; row++) {
                const int32_t lat = pole_position_lat_e7(&city.index.positions, row);
                const int32_t lon = pole_position_lon_e7(&city.index.positions, row);
                if (lat < box.south || lat > box.north || lon < box.west || lon > box.east)
                    continue;
                if (right >= count || rows[right] != row)
                    ck_abort_msg("row %u is missing at place %zu of %zu", row, right, count);
                right++;
            }
            ck_assert_uint_eq(right, count);
            poles += (long)count;
        }
        ck_assert(told > 0 || city.index.tree.rows_of_place);
        space_city_free(&city);
    }
    fprintf(stderr, "%ld boxes told, %ld poles\n", told, poles);
}
END_TEST

START_TEST(poles_at_one_place_come_by_row)
{
    test_random random = test_random_begin("one place", 352);
    space_city city;
    space_city_make(&city, CITY_ONE_PLACE, 3000, &random);
    const pole_point at = pole_position_at(&city.index.positions, 4);
    pole_hit hits[POLE_MAX_NEAREST];
    size_t count;
    for (size_t k = 1; k <= 400; k += 57) {
        ck_assert_int_eq(pole_nearest(&city.index, at, k, INFINITY, hits, &count), POLE_OK);
        ck_assert_uint_eq(count, k);
        for (size_t i = 0; i < k; i++)
            ck_assert_uint_eq(hits[i].row, 4 + 6 * i);
    }
    size_t needed;
    ck_assert_int_eq(pole_within_radius(&city.index, at, 0.0, hits, 100, &needed), POLE_LIMIT);
    ck_assert_uint_eq(needed, 500);
    for (size_t i = 0; i < 100; i++)
        ck_assert_uint_eq(hits[i].row, 4 + 6 * i);
    space_city_free(&city);
}
END_TEST

START_TEST(a_longer_list_begins_with_the_shorter_one)
{
    test_random random = test_random_begin("prefix", 353);
    for (int i = 0; i < CITY_KINDS; i++) {
        space_city city;
        space_city_make(&city, (city_kind)i, 900, &random);
        static pole_hit all[900], some[900];
        size_t all_count, count;
        const pole_point at = space_city_point(&city, &random);
        pole_nearest(&city.index, at, 900, INFINITY, all, &all_count);
        ck_assert_uint_eq(all_count, 900);
        for (size_t k = 1; k < 900; k += 1 + k / 3) {
            pole_nearest(&city.index, at, k, INFINITY, some, &count);
            ck_assert_uint_eq(count, k);
            for (size_t j = 0; j < k; j++)
                ck_assert_uint_eq(some[j].row, all[j].row);
        }
        space_city_free(&city);
    }
}
END_TEST

START_TEST(an_index_of_no_pole_has_no_nearest)
{
    pole_index index = {0};
    pole_error error;
    const uint8_t none[8] = {0};
    const pole_allocator memory = pole_allocator_default();
    pole_hit hit;
    pole_row row;
    size_t count = 7;
    const pole_box world = {-90, -180, 90, 180};
    ck_assert_int_eq(pole_positions_attach(&index.positions, none, 0, 0, &error), POLE_OK);
    ck_assert_int_eq(pole_tree_attach(&index.tree, none, 8, &index.positions, pole_processor_ask(),
                                      &memory, &error),
                     POLE_OK);
    ck_assert_int_eq(pole_nearest(&index, (pole_point){45, 126}, 1, INFINITY, &hit, &count),
                     POLE_OK);
    ck_assert_uint_eq(count, 0);
    ck_assert_int_eq(pole_within_radius(&index, (pole_point){45, 126}, 1e7, &hit, 1, &count),
                     POLE_OK);
    ck_assert_uint_eq(count, 0);
    ck_assert_int_eq(pole_within_box(&index, &world, &row, 1, &count), POLE_OK);
    ck_assert_uint_eq(count, 0);
    pole_tree_detach(&index.tree, &memory);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("tree_search");
    TCase *tests = tcase_create("tree_search");
    tcase_add_checked_fixture(tests, setup, NULL);
    tcase_add_loop_test(tests, every_answer_is_that_of_asking_every_pole, 0, CITY_KINDS);
    tcase_add_test(tests, both_forms_give_the_same_bytes);
    tcase_add_loop_test(tests, few_poles_in_a_box_are_those_of_asking_every_pole, 0, CITY_KINDS);
    tcase_add_test(tests, poles_at_one_place_come_by_row);
    tcase_add_test(tests, a_longer_list_begins_with_the_shorter_one);
    tcase_add_test(tests, an_index_of_no_pole_has_no_nearest);
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
