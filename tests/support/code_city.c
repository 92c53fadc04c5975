/* SPDX-License-Identifier: MIT
 * See code_city.h. */
#include "support/code_city.h"

#include <check.h>
#include <math.h>
#include <string.h>

#include "support/small_city.h"

#define LAT_DEG 45.75
#define LON_DEG 126.63
#define STATION_M 1200.0
#define STEP_M 30.0
#define SIDE_M 9.0
#define ALWAYS_THERE 4 /* poles at the beginning of each side */

/* Metres north and east of the city's middle to degrees. */
static pole_point place(double north_m, double east_m)
{
    return (pole_point){LAT_DEG + north_m / 111150.0,
                        LON_DEG + east_m / (111320.0 * cos(LAT_DEG * 3.14159265358979 / 180))};
}

typedef struct {
    pole_builder *builder;
    test_random *random;
    double north_m, east_m; /* of the station */
    char prefix[16];        /* of the street's codes */
    const char *scope;
    char street[32];
    unsigned poles;
} street_plan;

static void add_pole(const street_plan *plan, unsigned number, double along_m, double side_m,
                     double heading)
{
    char code[24];
    pole_error error;
    pole_record record = {.struct_size = sizeof record};
    snprintf(code, sizeof code, "%s%02u", plan->prefix, number);
    const double north_m = plan->north_m + along_m * cos(heading) - side_m * sin(heading);
    const double east_m = plan->east_m + along_m * sin(heading) + side_m * cos(heading);
    record.at = place(north_m, east_m);
    record.scope = span_of(plan->scope);
    record.street = span_of(plan->street);
    record.surveyed_days = POLE_NO_DATE;
    const uint64_t fate = test_random_below(plan->random, 60);
    record.state = fate == 0 ? POLE_STATE_REMOVED : fate == 1 ? POLE_STATE_MOVED : 0;
    ck_assert_msg(pole_builder_add_pole(plan->builder, span_of(code), &record, &error) == POLE_OK,
                  "%s: %s", code, error.message);
}

/* Odd numbers on one side, even ones on the other, one in twelve missing behind the first few. */
static void add_street(const street_plan *plan)
{
    const double heading = test_random_unit(plan->random) * 3.14159265358979;
    const double start_m = -STEP_M * plan->poles / 2.0;
    for (unsigned k = 0; k < plan->poles; k++) {
        for (unsigned side = 0; side < 2; side++) {
            const double wobble_m = 6 * (test_random_unit(plan->random) - 0.5);
            if (test_random_below(plan->random, 12) > 0 || k < ALWAYS_THERE)
                add_pole(plan, 2 * k + 1 + side, start_m + k * STEP_M + wobble_m,
                         side ? SIDE_M : -SIDE_M, heading);
        }
    }
}

static void add_station(pole_builder *builder, const char *id, double north_m, double east_m)
{
    pole_error error;
    pole_station station = {.struct_size = sizeof station};
    const double half_m = STATION_M / 2;
    const pole_point ring[] = {
        place(north_m - half_m, east_m - half_m), place(north_m - half_m, east_m + half_m),
        place(north_m + half_m, east_m + half_m), place(north_m + half_m, east_m - half_m)};
    const size_t sizes[] = {4};
    station.id = station.name = station.prefix = span_of(id);
    station.at = place(north_m, east_m);
    ck_assert_msg(pole_builder_add_station(builder, &station, &error) == POLE_OK, "%s",
                  error.message);
    ck_assert_msg(pole_builder_add_area(builder, span_of(id), ring, sizes, 1, &error) == POLE_OK,
                  "%s", error.message);
}

static void add_streets_of(pole_builder *builder, const code_city_size *size, unsigned district,
                           unsigned station, test_random *random)
{
    street_plan plan = {.builder = builder, .random = random, .scope = "", .poles = size->poles};
    const double row_m = STATION_M * district, column_m = STATION_M * station;
    char id[12];
    snprintf(id, sizeof id, "%u%02u", district % 10, station % 100);
    add_station(builder, id, row_m, column_m);
    for (unsigned street = 1; street <= size->streets; street++) {
        plan.north_m = row_m + (test_random_unit(random) - 0.5) * STATION_M;
        plan.east_m = column_m + (test_random_unit(random) - 0.5) * STATION_M;
        snprintf(plan.prefix, sizeof plan.prefix, "%s%02u", id, street % 100);
        snprintf(plan.street, sizeof plan.street, "%s%02u街", id, street % 100);
        add_street(&plan);
    }
}

static void add_counties(pole_builder *builder, const code_city_size *size, test_random *random)
{
    static const char *const names[] = {"宾县", "巴彦"};
    street_plan plan = {.builder = builder, .random = random, .poles = size->poles};
    for (unsigned county = 0; county < size->counties; county++) {
        plan.scope = names[county];
        plan.east_m = 60000;
        plan.north_m = 40000.0 * county;
        for (unsigned street = 1; street <= 3; street++) {
            snprintf(plan.prefix, sizeof plan.prefix, "1%02u", street);
            snprintf(plan.street, sizeof plan.street, "%s%u街", names[county], street);
            add_street(&plan);
            plan.north_m += 500;
        }
    }
}

pole_index *code_city_open(const code_city_size *size, test_random *random)
{
    pole_build_options options;
    pole_builder *builder = NULL;
    pole_index *index = NULL;
    pole_error error;
    byte_block block = {NULL, 0, 0};
    pole_build_options_init(&options);
    options.scheme = "district:1,station:2,street:2,pole:2;*/station:1,street:2,pole:2";
    options.source_date_epoch_s = 1214784000;
    options.name = "codes";
    ck_assert_msg(pole_builder_new(&options, &builder, &error) == POLE_OK, "%s", error.message);
    for (unsigned district = 1; district <= size->districts; district++)
        for (unsigned station = 1; station <= size->stations; station++)
            add_streets_of(builder, size, district, station, random);
    add_counties(builder, size, random);
    const pole_sink sink = byte_block_sink(&block);
    ck_assert_msg(pole_builder_finish_to(builder, &sink, NULL, &error) == POLE_OK, "%s",
                  error.message);
    pole_builder_free(builder);
    ck_assert_msg(pole_index_open_memory(block.bytes, block.size, NULL, &index, &error) == POLE_OK,
                  "%s", error.message);
    byte_block_free(&block);
    return index;
}
