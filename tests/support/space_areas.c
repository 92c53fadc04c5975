/* SPDX-License-Identifier: MIT
 * See space_areas.h. */
#include "support/space_areas.h"

#include <check.h>
#include <math.h>
#include <string.h>

#define MOST_VERTICES 400000
#define STATION_BYTES 44

static void put(space_areas *areas, double lat_deg, double lon_deg)
{
    ck_assert_uint_lt(areas->vertices, MOST_VERTICES);
    lat_deg = fmin(fmax(lat_deg, -90.0), 90.0);
    lon_deg = fmin(fmax(lon_deg, -180.0), 180.0);
    areas->points[2 * (size_t)areas->vertices] = (int32_t)lround(lat_deg * 1e7);
    areas->points[2 * (size_t)areas->vertices++ + 1] = (int32_t)lround(lon_deg * 1e7);
}

static void open_area(space_areas *areas, uint32_t station)
{
    areas->first_ring[areas->count] = areas->rings;
    areas->first_vertex[areas->count] = areas->vertices;
    areas->draft[areas->count++] = (pole_draft_area){station, 0};
}

static void close_ring(space_areas *areas, uint32_t vertices)
{
    areas->ring_sizes[areas->rings++] = vertices;
    areas->draft[areas->count - 1].rings++;
}

/* The corner of row y, column x of a net with irregular meshes; the same for all who share it. */
static void put_corner(space_areas *areas, uint32_t y, uint32_t x)
{
    test_random corner = {y * 1000003u + x};
    const double step = areas->size_deg;
    const double up = 0.7 * test_random_unit(&corner), right = 0.7 * test_random_unit(&corner);
    put(areas, areas->lat_deg + step * ((double)y + up),
        areas->lon_deg + step * ((double)x + right));
}

static void lay_quarters(space_areas *areas, uint32_t count)
{
    enum { PARTS = 6 }; /* corners on each of the four sides, shared with the neighbour */
    const uint32_t side = (uint32_t)ceil(sqrt((double)count));
    for (uint32_t y = 0; y < side; y++)
        for (uint32_t x = 0; x < side; x++) {
            const uint32_t south = PARTS * y, west = PARTS * x;
            open_area(areas, (y * side + x) / 2);
            for (uint32_t i = 0; i < PARTS; i++)
                put_corner(areas, south, west + i);
            for (uint32_t i = 0; i < PARTS; i++)
                put_corner(areas, south + i, west + PARTS);
            for (uint32_t i = 0; i < PARTS; i++)
                put_corner(areas, south + PARTS, west + PARTS - i);
            for (uint32_t i = 0; i < PARTS; i++)
                put_corner(areas, south + PARTS - i, west);
            close_ring(areas, 4 * PARTS);
        }
}

static void put_star(space_areas *areas, test_random *random, double lat, double lon, double size,
                     uint32_t vertices)
{
    for (uint32_t i = 0; i < vertices; i++) {
        const double turn = 6.283185307179586 * (double)i / (double)vertices;
        const double r = size * (0.6 + 0.4 * test_random_unit(random));
        double y = lat + r * sin(turn), x = lon + r * cos(turn);
        if (areas->sort == AREAS_COARSE) {
            const double mesh = areas->size_deg / 5.0;
            y = mesh * round(y / mesh);
            x = mesh * round(x / mesh);
        }
        put(areas, y, x);
    }
    close_ring(areas, vertices);
}

static void lay_stars(space_areas *areas, test_random *random, uint32_t count)
{
    const double spread = areas->size_deg * sqrt((double)count);
    uint32_t station = 0;
    for (uint32_t i = 0; i < count; i++) {
        station += test_random_below(random, 3) > 0;
        open_area(areas, station);
        const double lat = areas->lat_deg + spread * test_random_unit(random);
        double lon = areas->lon_deg + spread * test_random_unit(random);
        if (areas->sort == AREAS_ANTIMERIDIAN && test_random_below(random, 2))
            lon -= 360.0;
        const uint32_t parts = 1 + (uint32_t)test_random_below(random, 2);
        for (uint32_t part = 0; part < parts; part++) {
            const uint32_t few = 3 + (uint32_t)test_random_below(random, 60);
            const uint32_t vertices = areas->sort == AREAS_MANY_SIDES ? 1200 : few;
            const double size = areas->size_deg * (0.3 + test_random_unit(random));
            const double away = part ? 2.5 * areas->size_deg : 0.0;
            put_star(areas, random, lat, lon + away, size, vertices);
            if (test_random_below(random, 2))
                put_star(areas, random, lat, lon + away, 0.5 * size, few);
        }
    }
}

uint32_t space_area_kind(const space_areas *areas, uint32_t number)
{
    return areas->sort == AREAS_KINDS && areas->draft[number].station % 2 ? SPACE_OTHER_KIND
                                                                          : SPACE_KIND;
}

static void make_stations(space_areas *areas, test_random *random)
{
    const uint32_t count = areas->draft[areas->count - 1].station + 1;
    const double spread = areas->size_deg * sqrt((double)areas->count);
    areas->station_bytes = calloc(count, STATION_BYTES);
    ck_assert_ptr_nonnull(areas->station_bytes);
    for (uint32_t i = 0; i < count; i++) {
        uint8_t *station = areas->station_bytes + STATION_BYTES * (size_t)i;
        const bool other = areas->sort == AREAS_KINDS && i % 2;
        const double lat = areas->lat_deg + spread * test_random_unit(random);
        const double lon = areas->lon_deg + spread * test_random_unit(random);
        pole_store_u32(station + 8, other ? SPACE_OTHER_KIND : SPACE_KIND);
        pole_store_u32(station + 36, (uint32_t)lround(fmin(lat, 90.0) * 1e7));
        pole_store_u32(station + 40, (uint32_t)lround(remainder(lon, 360.0) * 1e7));
    }
    areas->stations =
        (pole_stations){.entries = areas->station_bytes, .count = count, .police_kind = SPACE_KIND};
}

static void attach(space_areas *areas)
{
    const pole_allocator memory = pole_allocator_default();
    const pole_draft_city city = {.areas = areas->draft,
                                  .area_count = areas->count,
                                  .ring_sizes = areas->ring_sizes,
                                  .ring_count = areas->rings,
                                  .points_e7 = areas->points,
                                  .point_count = areas->vertices};
    pole_error error;
    pole_buffer_init(&areas->section, &memory);
    ck_assert_int_eq(pole_areas_pack(&city, &memory, &areas->section), POLE_OK);
    ck_assert_int_eq(pole_areas_attach(&areas->areas, areas->section.bytes, areas->section.size,
                                       &areas->stations, NULL, &memory, &error),
                     POLE_OK);
}

void space_areas_make(space_areas *areas, areas_sort sort, uint32_t count, test_random *random)
{
    const size_t most = 4 * (size_t)count + 16;
    memset(areas, 0, sizeof *areas);
    areas->sort = sort;
    areas->draft = calloc(most, sizeof *areas->draft);
    areas->first_ring = calloc(most, sizeof *areas->first_ring);
    areas->first_vertex = calloc(most, sizeof *areas->first_vertex);
    areas->ring_sizes = calloc(4 * most, sizeof *areas->ring_sizes);
    areas->points = calloc(2 * (size_t)MOST_VERTICES, sizeof *areas->points);
    ck_assert(areas->draft && areas->first_ring && areas->first_vertex && areas->ring_sizes &&
              areas->points);
    areas->size_deg = pow(10.0, 2.0 * test_random_unit(random) - 3.0);
    areas->lat_deg = 150.0 * test_random_unit(random) - 75.0;
    areas->lon_deg = 340.0 * test_random_unit(random) - 170.0;
    if (sort == AREAS_ANTIMERIDIAN)
        areas->lon_deg = 180.0 - 0.5 * areas->size_deg * sqrt((double)count);
    if (sort == AREAS_HIGH)
        areas->lat_deg = 88.0;
    if (sort == AREAS_QUARTERS) {
        areas->size_deg *= 0.2;
        lay_quarters(areas, count);
    } else {
        lay_stars(areas, random, count);
    }
    make_stations(areas, random);
    attach(areas);
}

void space_areas_free(space_areas *areas)
{
    const pole_allocator memory = pole_allocator_default();
    pole_areas_detach(&areas->areas, &memory);
    pole_buffer_free(&areas->section);
    free(areas->draft);
    free(areas->first_ring);
    free(areas->first_vertex);
    free(areas->ring_sizes);
    free(areas->points);
    free(areas->station_bytes);
}

pole_vertex space_areas_point(const space_areas *areas, test_random *random)
{
    const size_t i = test_random_below(random, areas->vertices);
    const size_t j = test_random_below(random, areas->vertices);
    const pole_vertex a = {areas->points[2 * i], areas->points[2 * i + 1]};
    const pole_vertex b = {areas->points[2 * j], areas->points[2 * j + 1]};
    const double away = 1e7 * areas->size_deg * pow(10.0, -5.0 * test_random_unit(random));
    double lat_e7 = a.lat_e7, lon_e7 = a.lon_e7;
    switch (test_random_below(random, 5)) {
    case 0:
        break;
    case 1: /* level with a vertex, and under one */
        lon_e7 = b.lon_e7;
        break;
    case 2: /* between two, often on a side */
        lat_e7 = floor(((double)a.lat_e7 + b.lat_e7) / 2.0);
        lon_e7 = floor(((double)a.lon_e7 + b.lon_e7) / 2.0);
        break;
    default:
        lat_e7 += floor(away * (2.0 * test_random_unit(random) - 1.0));
        lon_e7 += floor(away * (2.0 * test_random_unit(random) - 1.0));
        break;
    }
    const double most_lat = POLE_MAX_LAT_E7, most_lon = POLE_MAX_LON_E7;
    return (pole_vertex){(int32_t)fmin(fmax(lat_e7, -most_lat), most_lat),
                         (int32_t)fmin(fmax(lon_e7, -most_lon), most_lon)};
}
