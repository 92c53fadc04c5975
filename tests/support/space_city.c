/* SPDX-License-Identifier: MIT
 * See space_city.h. */
#include "support/space_city.h"

#include <check.h>
#include <math.h>

#define METRES_PER_DEG 111195.0

double test_random_normal(test_random *random)
{
    const double u = 1.0 - test_random_unit(random), v = test_random_unit(random);
    return sqrt(-2.0 * log(u)) * cos(6.283185307179586 * v);
}

static void put(pole_draft_pole *pole, double lat_deg, double lon_deg)
{
    lat_deg = lat_deg > 90.0 ? 90.0 : lat_deg < -90.0 ? -90.0 : lat_deg;
    pole->lat_e7 = (int32_t)lround(lat_deg * 1e7);
    pole->lon_e7 = (int32_t)lround(remainder(lon_deg, 360.0) * 1e7);
}

/* Streets of up to 99 poles, both sides, that begin near a station and bend. */
static void lay_streets(space_city *city, test_random *random, bool skewed)
{
    const double lat = 45.75, lon = 126.63;
    const double lon_m = METRES_PER_DEG * cos(lat * 0.017453292519943295);
    /* As dense as a city's middle. */
    const double size = 25.0 * sqrt((double)city->count);
    uint32_t done = 0;
    while (done < city->count) {
        double x0 = size * test_random_unit(random), y0 = size * test_random_unit(random);
        if (skewed && test_random_below(random, 3) == 0) {
            const double turn = 0.7 * (double)test_random_below(random, 9);
            const double away = 30000.0 * (double)(1 + test_random_below(random, 8));
            x0 = cos(turn) * away + 800.0 * test_random_normal(random);
            y0 = sin(turn) * away + 800.0 * test_random_normal(random);
        }
        for (unsigned street = 0; street < 12 && done < city->count; street++) {
            double heading = 0.3 + 1.5707963 * (double)test_random_below(random, 4);
            double x = x0 + 600.0 * test_random_unit(random);
            double y = y0 + 600.0 * test_random_unit(random);
            const uint32_t poles = 20 + (uint32_t)test_random_below(random, 79);
            const double bend = 0.02 * test_random_normal(random);
            for (uint32_t i = 0; i < poles && done < city->count; i++) {
                const double side = i % 2 ? 9.0 : -9.0;
                put(&city->poles[done++], lat + (y + cos(heading) * side) / METRES_PER_DEG,
                    lon + (x - sin(heading) * side) / lon_m);
                x += 16.0 * cos(heading);
                y += 16.0 * sin(heading);
                heading += bend;
            }
        }
    }
}

static void shuffle(space_city *city, test_random *random)
{
    for (uint32_t i = city->count; i > 1; i--) {
        const uint32_t j = (uint32_t)test_random_below(random, i);
        const pole_draft_pole kept = city->poles[i - 1];
        city->poles[i - 1] = city->poles[j];
        city->poles[j] = kept;
    }
}

/* Everything that is not streets. */
static void lay_anyhow(space_city *city, test_random *random)
{
    const double lat = 160.0 * test_random_unit(random) - 80.0;
    const double lon = 360.0 * test_random_unit(random) - 180.0;
    const double size = pow(10.0, 4.0 * test_random_unit(random) - 3.0);
    double at_lat = lat, at_lon = lon;
    for (uint32_t i = 0; i < city->count; i++) {
        pole_draft_pole *pole = &city->poles[i];
        const double u = test_random_unit(random), v = test_random_unit(random);
        const double a = test_random_normal(random), b = test_random_normal(random);
        switch (city->kind) {
        case CITY_CLUSTERS:
            if (i % 50 == 0) {
                at_lat = lat + 2.0 * a;
                at_lon = lon + 2.0 * b;
            }
            put(pole, at_lat + 0.001 * u, at_lon + 0.001 * v);
            break;
        case CITY_LINE:
            put(pole, lat + size * u, lon);
            break;
        case CITY_ONE_PLACE:
            put(pole, lat + size * (double)(i % 3), lon + size * (double)(i % 2));
            break;
        case CITY_GRID:
            put(pole, lat + size * floor(30.0 * u), lon + size * floor(30.0 * v));
            break;
        case CITY_ANTIMERIDIAN:
            put(pole, lat + 0.1 * size * a, 180.0 + 0.1 * size * b);
            break;
        case CITY_NORTH_POLE:
            put(pole, 90.0 - 0.1 * size * fabs(a), 360.0 * v);
            break;
        case CITY_SOUTH_POLE:
            put(pole, -90.0 + 0.1 * size * fabs(a), 360.0 * v);
            break;
        case CITY_WORLD:
            put(pole, 180.0 * u - 90.0, 360.0 * v - 180.0);
            break;
        default:
            put(pole, lat + size * u, lon + size * v);
            break;
        }
    }
}

void space_city_make(space_city *city, city_kind kind, uint32_t count, test_random *random)
{
    const pole_allocator memory = pole_allocator_default();
    memset(city, 0, sizeof *city);
    city->kind = kind;
    city->count = count;
    city->poles = calloc(count, sizeof *city->poles);
    ck_assert_ptr_nonnull(city->poles);
    if (kind <= CITY_SHUFFLED)
        lay_streets(city, random, kind == CITY_SKEWED);
    else
        lay_anyhow(city, random);
    if (kind == CITY_SHUFFLED)
        shuffle(city, random);
    const pole_draft_city draft = {.poles = city->poles, .pole_count = count};
    pole_buffer_init(&city->positions, &memory);
    pole_buffer_init(&city->tree, &memory);
    pole_positions_pack(&draft, &city->positions);
    ck_assert_int_eq(pole_tree_pack(&draft, &memory, &city->tree), POLE_OK);
    city->index.allocator = memory;
    pole_error error;
    ck_assert_int_eq(pole_positions_attach(&city->index.positions, city->positions.bytes,
                                           city->positions.size, count, &error),
                     POLE_OK);
    ck_assert_int_eq(pole_tree_attach(&city->index.tree, city->tree.bytes, city->tree.size,
                                      &city->index.positions, pole_processor_ask(), &memory,
                                      &error),
                     POLE_OK);
}

void space_city_free(space_city *city)
{
    pole_tree_detach(&city->index.tree, &city->index.allocator);
    pole_buffer_free(&city->positions);
    pole_buffer_free(&city->tree);
    free(city->poles);
}

pole_point space_city_point(const space_city *city, test_random *random)
{
    const pole_positions *positions = &city->index.positions;
    const pole_point a =
        pole_position_at(positions, (pole_row)test_random_below(random, city->count));
    const pole_point b =
        pole_position_at(positions, (pole_row)test_random_below(random, city->count));
    const double away = pow(10.0, 7.0 * test_random_unit(random) - 6.0);
    pole_point at = a;
    switch (test_random_below(random, 8)) {
    case 0:
        break;
    case 1:
        at = (pole_point){(a.lat_deg + b.lat_deg) / 2, (a.lon_deg + b.lon_deg) / 2};
        break;
    case 2:
        at = (pole_point){180.0 * test_random_unit(random) - 90.0,
                          360.0 * test_random_unit(random) - 180.0};
        break;
    case 3:
        at.lat_deg = a.lat_deg < 0.0 ? -90.0 : 90.0;
        break;
    default:
        at.lat_deg += away * test_random_normal(random);
        at.lon_deg += away * test_random_normal(random);
        break;
    }
    at.lat_deg = fmin(fmax(at.lat_deg, -90.0), 90.0);
    at.lon_deg = remainder(at.lon_deg, 360.0);
    return at;
}
