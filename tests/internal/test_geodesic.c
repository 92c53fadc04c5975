/* SPDX-License-Identifier: MIT
 *
 * Every "nearest" and every distance in an answer rests on these formulas, and a wrong one looks
 * right. The oracle is PROJ's geod_inverse and geod_direct; bounds are tried on random boxes.
 *
 * In the long loops a plain `if` stands before the failure, since Check reports every assertion to
 * its parent, met or not.
 *
 * usage: test_geodesic [PAIRS]     pairs for the two comparisons with PROJ; 1,000,000 if not said
 */
#include <geodesic.h>
#include <math.h>

#include "geo/geodesic.h"
#include "support/test_main.h"
#include "support/test_random.h"

static long pairs = 1000000;
static struct geod_geodesic earth;

static void setup(void)
{
    geod_init(&earth, 6378137.0, 1 / 298.257223563);
}

static double uniform(test_random *random, double low, double high)
{
    return low + (high - low) * test_random_unit(random);
}

static double proj_distance(pole_point a, pole_point b, double *azimuth_deg)
{
    double distance, azimuth;
    geod_inverse(&earth, a.lat_deg, a.lon_deg, b.lat_deg, b.lon_deg, &distance, &azimuth, NULL);
    if (azimuth_deg)
        *azimuth_deg = azimuth;
    return distance;
}

/* How far two azimuths lie apart, degrees. */
static double turn(double a, double b)
{
    return fabs(remainder(a - b, 360.0));
}

enum { PAIR_KINDS = 10 };

/* A pair of points; every kind that the algorithm has a branch for, and the usual ones. */
static void random_pair(test_random *random, int kind, pole_point *a, pole_point *b)
{
    const double scale = pow(10.0, uniform(random, -12.0, 0.0));
    const double dlat = uniform(random, -0.5, 0.5) * scale, dlon = uniform(random, -1, 1) * scale;
    const bool coin = test_random_below(random, 2), other_coin = test_random_below(random, 2);
    *a = (pole_point){uniform(random, -90, 90), uniform(random, -180, 180)};
    *b = (pole_point){uniform(random, -90, 90), uniform(random, -180, 180)};
    switch (kind) {
    case 0: /* anywhere */
        break;
    case 1: /* near */
        *b = (pole_point){a->lat_deg + dlat, a->lon_deg + dlon};
        break;
    case 2: /* nearly antipodal */
        *b = (pole_point){-a->lat_deg + dlat, a->lon_deg + 180.0 + dlon};
        break;
    case 3: /* on a meridian, or across the pole */
        b->lon_deg = a->lon_deg + (coin ? 180.0 : 0.0);
        break;
    case 4: /* on the equator, or one end nearly */
        a->lat_deg = coin ? 0.0 : dlat;
        b->lat_deg = other_coin ? 0.0 : dlat;
        break;
    case 5: /* from a pole */
        a->lat_deg = coin ? 90.0 : -90.0;
        b->lat_deg = other_coin ? b->lat_deg : -a->lat_deg;
        break;
    case 6: /* near the poles */
        a->lat_deg = 90.0 - fabs(dlat);
        b->lat_deg = (coin ? 1.0 : -1.0) * (90.0 - scale * test_random_unit(random));
        break;
    case 7: /* across the antimeridian */
        a->lon_deg = 180.0 - fabs(dlon);
        b->lon_deg = -180.0 + scale * test_random_unit(random);
        b->lat_deg = coin ? a->lat_deg : a->lat_deg + dlat;
        break;
    case 8: /* the same latitude, or its mirror */
        b->lat_deg = coin ? a->lat_deg : -a->lat_deg;
        break;
    default: /* the same point, some with another name for the meridian */
        *b = (pole_point){a->lat_deg, a->lon_deg + (coin ? 360.0 : 0.0)};
        break;
    }
    b->lat_deg = fmax(-90.0, fmin(90.0, b->lat_deg));
}

START_TEST(the_exact_geodesic_is_that_of_proj)
{
    const int kind = _i;
    test_random random = test_random_begin("geod_inverse", 11 + (uint64_t)kind);
    double worst = 0.0, worst_end = 0.0, worst_turn_m = 0.0;
    for (long i = 0; i < pairs / PAIR_KINDS; i++) {
        pole_point a, b, end;
        double distance, azimuth, proj_azimuth;
        random_pair(&random, kind, &a, &b);
        if (!pole_inverse(a, b, &distance, &azimuth) || !(azimuth >= 0.0 && azimuth < 360.0))
            ck_abort_msg("no azimuth from %.17g %.17g", a.lat_deg, a.lon_deg);
        const double expected = proj_distance(a, b, &proj_azimuth);
        worst = fmax(worst, fabs(distance - expected));
        /* Going out at this azimuth for this distance ends at b: also where the azimuth itself
         * is badly determined, as between antipodes. */
        geod_direct(&earth, a.lat_deg, a.lon_deg, azimuth, distance, &end.lat_deg, &end.lon_deg,
                    NULL);
        worst_end = fmax(worst_end, proj_distance(end, b, NULL));
        if (distance > 0.01 && distance < 1.9e7)
            worst_turn_m = fmax(worst_turn_m, turn(azimuth, proj_azimuth) * fmin(distance, 1e6));
    }
    ck_assert_double_lt(worst, 3e-8); /* 15 nm each */
    ck_assert_double_lt(worst_end, 1e-7);
    ck_assert_double_lt(worst_turn_m, 1e-5); /* degrees times metres: 2e-7 m sideways */
}
END_TEST

START_TEST(a_point_that_is_none_gives_no_distance)
{
    static const pole_point bad[] = {
        {90.0000001, 0}, {-91, 0}, {(double)NAN, 0}, {0, (double)NAN}, {0, (double)INFINITY}};
    const pole_point good = {45.0, 126.0};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        double distance = 1.0, azimuth = 1.0;
        ck_assert(!pole_inverse(bad[i], good, &distance, &azimuth));
        ck_assert(isnan(distance) && isnan(azimuth));
        ck_assert(!pole_inverse(good, bad[i], NULL, NULL));
        ck_assert(isnan(pole_distance(bad[i], good)) && isnan(pole_distance(good, bad[i])));
        pole_local local;
        pole_local_prepare(&local, bad[i]);
        ck_assert(isnan(pole_local_distance(&local, 450000000, 1260000000)));
        pole_box_near near;
        pole_box_near_prepare(&near, &local, 1000.0);
        const pole_box_e7 box = {100000000, 100000000, 200000000, 200000000};
        ck_assert(pole_box_near_squared(&near, &box) == 0.0f);
    }
}
END_TEST

/* A point up to max_m from a prepared one, on the grid of 1e-7 degree. */
static void random_neighbour(test_random *random, pole_point from, double max_m, int32_t *lat_e7,
                             int32_t *lon_e7)
{
    const double near = pow(10.0, -6.0 * test_random_unit(random));
    const double distance =
        max_m * (test_random_below(random, 2) ? near : test_random_unit(random));
    pole_point to;
    geod_direct(&earth, from.lat_deg, from.lon_deg, uniform(random, 0, 360), distance, &to.lat_deg,
                &to.lon_deg, NULL);
    *lat_e7 = (int32_t)lround(to.lat_deg * 1e7);
    *lon_e7 = (int32_t)lround(to.lon_deg * 1e7);
}

/* One that the short formula is for; a tenth of them beside the antimeridian. */
static pole_point random_place(test_random *random, double max_lat_deg)
{
    pole_point at = {uniform(random, -max_lat_deg, max_lat_deg), uniform(random, -180, 180)};
    if (test_random_below(random, 10) == 0)
        at.lon_deg = (test_random_below(random, 2) ? 1.0 : -1.0) * uniform(random, 179.9, 180.0);
    return at;
}

START_TEST(the_short_formula_keeps_its_bound)
{
    test_random random = test_random_begin("short distances", 21);
    double worst = 0.0;
    for (long i = 0; i < pairs; i++) {
        const pole_point at = random_place(&random, POLE_LOCAL_MAX_LAT_DEG);
        int32_t lat, lon;
        random_neighbour(&random, at, POLE_LOCAL_RANGE_M, &lat, &lon);
        pole_local local;
        pole_local_prepare(&local, at);
        const double dlat = lat - local.lat_e7, dlon = pole_local_dlon(&local, lon);
        if (!pole_local_covers(&local, dlat, dlon))
            ck_abort_msg("%.9f %.9f is not covered", at.lat_deg, at.lon_deg);
        const double distance = sqrt(pole_local_squared(&local, dlat, dlon));
        worst = fmax(worst,
                     fabs(distance - proj_distance(at, (pole_point){lat / 1e7, lon / 1e7}, NULL)));
    }
    printf("short distances: at most %.3g m off\n", worst);
    ck_assert_double_le(worst, POLE_LOCAL_ERROR_M);
}
END_TEST

START_TEST(distance_and_bearing_hold_at_every_range)
{
    test_random random = test_random_begin("any distance", 22);
    double worst = 0.0, worst_turn = 0.0;
    for (long i = 0; i < pairs / 5; i++) {
        const pole_point at = random_place(&random, 90.0);
        const double range_m[] = {100.0, 20000.0, 21000.0, 100000.0, 2e7};
        int32_t lat, lon;
        random_neighbour(&random, at, range_m[i % 5], &lat, &lon);
        const pole_point to = {lat / 1e7, lon / 1e7};
        double azimuth;
        const double expected = proj_distance(at, to, &azimuth);
        pole_local local;
        pole_local_prepare(&local, at);
        double distance, bearing;
        pole_local_tell(&local, lat, lon, &distance, &bearing);
        worst = fmax(worst, fabs(distance - expected));
        worst = fmax(worst, fabs(pole_local_distance(&local, lat, lon) - expected));
        worst = fmax(worst, fabs(pole_distance(at, to) - expected));
        pole_local prepared;
        double distance_back, bearing_back;
        pole_local_prepare(&prepared, to);
        pole_local_tell_back(&prepared, at, &distance_back, &bearing_back);
        worst = fmax(worst, fabs(distance_back - expected));
        if (!(bearing >= 0.0 && bearing < 360.0 && bearing_back >= 0.0 && bearing_back < 360.0))
            ck_abort_msg("bearings of %f and %f", bearing, bearing_back);
        if (expected > 0.1 && expected < 1.9e7 && fabs(at.lat_deg) < 89.9) {
            worst_turn = fmax(worst_turn, turn(bearing, azimuth));
            worst_turn = fmax(worst_turn, turn(bearing_back, azimuth));
        }
    }
    ck_assert_double_le(worst, POLE_LOCAL_ERROR_M);
    ck_assert_double_lt(worst_turn, 1e-5);
}
END_TEST

START_TEST(a_point_is_nowhere_from_itself)
{
    pole_local local;
    pole_local_prepare(&local, (pole_point){45.77, 126.64});
    ck_assert_double_eq_tol(pole_local_distance(&local, 457700000, 1266400000), 0.0, 1e-8);
    pole_local_prepare(&local, (pole_point){0.0, 180.0});
    double distance, bearing;
    pole_local_tell(&local, 0, -1800000000, &distance, &bearing);
    ck_assert(pole_local_distance(&local, 0, -1800000000) == 0.0);
    ck_assert(distance == 0.0 && bearing == 0.0);
    pole_local_tell_back(&local, (pole_point){0.0, -180.0}, &distance, &bearing);
    ck_assert(distance == 0.0 && bearing == 0.0);
}
END_TEST

/* A box: of any size, at the poles, across the antimeridian, the whole world, a single point. */
static pole_box_e7 random_box(test_random *random, pole_point about)
{
    const double size = pow(10.0, uniform(random, -6.0, 2.2));
    const double lat = about.lat_deg + uniform(random, -1, 1) * size * 2;
    const double south = fmax(-90.0, fmin(90.0, lat)),
                 north = fmin(90.0, south + size * test_random_unit(random));
    const double west = remainder(about.lon_deg + uniform(random, -1, 1) * size * 4, 360.0);
    const double wide = test_random_below(random, 50) ? size * test_random_unit(random) * 2 : 360.0;
    pole_box_e7 box = {(int32_t)(south * 1e7), (int32_t)(west * 1e7), (int32_t)(north * 1e7), 0};
    if (wide >= 360.0) {
        box.west = -1800000000;
        box.east = 1800000000;
    } else {
        const double east = west + wide;
        box.east = (int32_t)((east > 180.0 ? east - 360.0 : east) * 1e7);
    }
    if (test_random_below(random, 10) == 0) {
        box.north = box.south;
        box.east = box.west;
    }
    return box;
}

/* A point of the box: a corner, the nearest by coordinates, or any. */
static pole_point place_in(test_random *random, const pole_box_e7 *box, pole_point from)
{
    double east = box->east;
    if (box->west > box->east)
        east += 3600000000.0;
    double lat, lon;
    switch (test_random_below(random, 4)) {
    case 0:
        lat = test_random_below(random, 2) ? box->south : box->north;
        lon = test_random_below(random, 2) ? box->west : east;
        break;
    case 1:
        lat = fmax(box->south, fmin(box->north, from.lat_deg * 1e7));
        lon = from.lon_deg * 1e7;
        if (lon < box->west)
            lon += 3600000000.0;
        if (lon > east)
            lon = lon - east < box->west + 3600000000.0 - lon ? east : box->west;
        break;
    case 2:
        lat = uniform(random, box->south, box->north);
        lon = test_random_below(random, 2) ? box->west : east;
        break;
    default:
        lat = uniform(random, box->south, box->north);
        lon = uniform(random, box->west, east);
        break;
    }
    return (pole_point){lat / 1e7, lon / 1e7};
}

START_TEST(no_place_of_a_box_is_nearer_than_its_bounds)
{
    test_random random = test_random_begin("boxes", 31);
    long tight = 0, near_used = 0;
    for (long i = 0; i < pairs / 4; i++) {
        const pole_point at = random_place(&random, 90.0);
        const pole_box_e7 box = random_box(&random, at);
        pole_local local;
        pole_local_prepare(&local, at);
        const double bound = pole_box_distance_lower(&local, &box);
        const double reach = pow(10.0, uniform(&random, 0.0, 5.3));
        pole_box_near near;
        pole_box_near_prepare(&near, &local, reach);
        const bool fits = pole_box_near_fits(&near, box.west, box.east);
        const double b = fits ? sqrt((double)pole_box_near_squared(&near, &box)) : 0.0;
        near_used += fits && b > 0.0 && b < (double)near.reach_m;
        for (int k = 0; k < 8; k++) {
            const pole_point place = place_in(&random, &box, at);
            const double distance = proj_distance(at, place, NULL);
            if (!(bound <= distance + 1e-8) || !(fmin(b, (double)near.reach_m) <= distance + 1e-8))
                ck_abort_msg("%.17g %.17g to box %d %d %d %d: bound %.9f, near %.9f (reach %.3f), "
                             "but %.9f to %.9f %.9f",
                             at.lat_deg, at.lon_deg, box.south, box.west, box.north, box.east,
                             bound, b, (double)near.reach_m, distance, place.lat_deg,
                             place.lon_deg);
        }
        /* A box of one point: the bounds are its distance, but for what they may lose. */
        if (box.south == box.north && box.west == box.east) {
            const double distance = proj_distance(at, place_in(&random, &box, at), NULL);
            ck_assert_double_ge(bound, distance * 0.989 - 1e-6);
            if (fits && fabs(at.lat_deg) < 80.0 && distance < 0.9 * reach && reach < 100000.0) {
                const double r = reach / 6.3e6;
                const double loss = 1.2 * r * (tan(fabs(at.lat_deg) * 0.0174533) + r);
                ck_assert_double_ge(b, distance * (1.0 - 1e-4 - loss) - 0.03);
                tight++;
            }
        }
    }
    ck_assert_int_gt(tight, 100);
    ck_assert_int_gt(near_used, 1000);
}
END_TEST

START_TEST(a_box_that_holds_the_point_is_no_distance_away)
{
    pole_local local;
    pole_local_prepare(&local, (pole_point){-16.5, 179.99});
    const pole_box_e7 across = {-170000000, 1799000000, -160000000, -1799000000};
    const pole_box_e7 west_of_it = {-170000000, -1800000000, -160000000, -1799000000};
    const pole_box_e7 world = {-900000000, -1800000000, 900000000, 1800000000};
    ck_assert(pole_box_distance_lower(&local, &across) == 0.0);
    ck_assert(pole_box_distance_lower(&local, &world) == 0.0);
    /* 0.01 degree on the other side of the antimeridian, not 359.99. */
    ck_assert_double_eq_tol(pole_box_distance_lower(&local, &west_of_it), 1060.0, 15.0);
    pole_box_near near;
    pole_box_near_prepare(&near, &local, 1000.0);
    ck_assert(!pole_box_near_fits(&near, west_of_it.west, west_of_it.east));
    ck_assert(!pole_box_near_fits(&near, across.west, across.east));
    ck_assert(pole_box_near_fits(&near, 1790000000, 1800000000));
}
END_TEST

int main(int argc, char **argv)
{
    if (argc > 1)
        pairs = strtol(argv[1], NULL, 10);
    Suite *suite = suite_create("geodesic");
    TCase *tests = tcase_create("geodesic");
    tcase_add_checked_fixture(tests, setup, NULL);
    tcase_add_loop_test(tests, the_exact_geodesic_is_that_of_proj, 0, PAIR_KINDS);
    tcase_add_test(tests, a_point_that_is_none_gives_no_distance);
    tcase_add_test(tests, the_short_formula_keeps_its_bound);
    tcase_add_test(tests, distance_and_bearing_hold_at_every_range);
    tcase_add_test(tests, a_point_is_nowhere_from_itself);
    tcase_add_test(tests, no_place_of_a_box_is_nearer_than_its_bounds);
    tcase_add_test(tests, a_box_that_holds_the_point_is_no_distance_away);
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
