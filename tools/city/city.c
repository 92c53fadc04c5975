/* SPDX-License-Identifier: MIT
 *
 * polelookup-city: makes a city that does not exist, for samples, tests and benchmarks. Integers
 * and tables only: the same options give the same bytes on every machine. */
#include "city.h"
#include "numbers.h"
#include "random.h"
#include "room.h"
#include "write.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    DEFAULT_POLES = 115900,
    FEWEST_POLES = 1000,
    MOST_POLES = 10000000,
    MOST_IN_ONE_TOWN = 200000,
    POLES_A_TOWN = 120000, /* where there are several */
    POLES_A_STATION = 870,
    COUNTY_POLES = 1600,
    COUNTY_POLES_A_STATION = 350
};

struct options {
    uint64_t seed;
    int64_t poles; /* 0: not given */
    bool counties, skew;
    const char *streets, *folder;
};

static const char help[] =
    "Usage: polelookup-city [options] -o FOLDER\n"
    "Makes an invented city in Harbin's place and writes poles.csv, stations.csv and\n"
    "areas.geojson into FOLDER, which must exist. The same options give the same bytes.\n"
    "\n"
    "  --seed N        another city (default 2008, the sample's)\n"
    "  --poles N       1,000 to 10,000,000 poles (default 115,900). Up to 200,000 a city with\n"
    "                  codes of seven digits: district 1, station 2, street 2, pole 2; up to\n"
    "                  1,200,000 several cities with eight: 1, 3, 2, 2; beyond, nine: 1, 3, 3, 2\n"
    "  --counties      adds nine county towns with codes of five digits (station 1, street 2,\n"
    "                  pole 2) that repeat from county to county, and a column scope\n"
    "  --skew          moves four outer districts six times as far away\n"
    "  --streets FILE  lays the poles along the lines of a GeoJSON file (WGS 84, property name)\n"
    "                  instead of invented streets; all of them, or the first --poles N\n"
    "  -o FOLDER       where to write\n"
    "  --help          this text\n";

static const struct pinned_code pins[] = {
    {0, 23, 45, 67, 457769302, 1266160847, "通江街"}, /* 1234567, the manual's example */
    {1, 33, 45, 4, 0, 0, NULL},                       /* 2334502 and 2334504, of a report of 2010 */
};

void city_init(struct city *city)
{
    memset(city, 0, sizeof(*city));
    buckets_init(&city->near_points, 20000);
    buckets_init(&city->names.index, 1);
    cells_init(&city->cells);
    city->scope = "";
    city->scheme = (struct scheme){1, 2, 2};
    city->poles_a_station = POLES_A_STATION;
}

void city_free(struct city *city)
{
    for (int64_t i = 0; i < city->names.count; i++)
        free(city->names.texts[i]);
    free(city->names.texts);
    buckets_free(&city->names.index);
    buckets_free(&city->near_points);
    cells_free(&city->cells);
    free(city->streets);
    free(city->points);
    free(city->poles);
    free(city->stations);
}

/* Lays streets and sets poles on the atlas; false when it is too small, with the poles that found
 * room. */
static bool grow(struct city *city, int64_t poles, int64_t *room)
{
    bool fits = city_lay_streets(city, poles);
    city_set_poles(city, poles);
    *room = city->pole_count;
    return fits && city->pole_count == poles;
}

static void grow_town(struct city *city, uint64_t seed, int64_t poles, bool skew)
{
    int64_t scale = plane_root((uint64_t)poles * 1044 * 1044 / DEFAULT_POLES);
    for (;;) {
        struct city fresh;
        int64_t room;
        city_init(&fresh);
        fresh.scheme = city->scheme;
        fresh.poles_a_station = city->poles_a_station;
        city_free(city);
        *city = fresh;
        city->scale = (int32_t)scale;
        atlas_init_harbin(&city->atlas, seed, city->scale, skew);
        if (grow(city, poles, &room))
            return;
        int64_t wanted = plane_root((uint64_t)(scale * scale * poles / (room + 1)));
        scale = (wanted > scale ? wanted : scale) + scale / 80 + 1;
    }
}

static void grow_county(struct city *city, uint64_t seed, int32_t county)
{
    int64_t poles = COUNTY_POLES + random_between(random_hash(seed, 1, (uint64_t)county), 0, 700);
    for (int64_t size = poles;;) {
        int64_t room;
        city_free(city);
        city_init(city);
        city->scope = atlas_county_name(county);
        city->scheme = (struct scheme){0, 1, 2};
        city->poles_a_station = COUNTY_POLES_A_STATION;
        atlas_init_county(&city->atlas, seed, county, (int32_t)size);
        if (grow(city, poles, &room))
            return;
        size += size / 16;
    }
}

/* The steps after the poles are set. */
static bool finish_town(struct city *city, struct tables *tables, int32_t first_digit,
                        int32_t stations_before)
{
    city_divide(city);
    city_name_streets(city);
    bool one_city = first_digit == 0 && city->scheme.district_digits == 1;
    int32_t pin_count = one_city ? (int32_t)(sizeof(pins) / sizeof(pins[0])) : 0;
    if (!city_number(city, first_digit, stations_before, pins, pin_count)) {
        fputs("polelookup-city: a station has more than 99 streets; give fewer --poles or another "
              "--seed\n",
              stderr);
        return false;
    }
    city_change(city);
    tables_add(tables, city);
    return true;
}

/* A country of several cities: nine regions, each with its first digit; stations are counted
 * through a region's cities. */
static bool make_country(const struct options *options, struct tables *tables)
{
    int32_t towns = (int32_t)((options->poles + POLES_A_TOWN - 1) / POLES_A_TOWN);
    bool nine_digits = options->poles > 1200000;
    int32_t stations = 0, region = 0;
    bool good = true;
    for (int32_t k = 0; k < towns && good; k++) {
        struct city city;
        city_init(&city);
        city.scheme = (struct scheme){1, 3, nine_digits ? 3 : 2};
        if (nine_digits)
            city.poles_a_station = (int32_t)(options->poles / 7500) + POLES_A_STATION / 10;
        int64_t poles = options->poles * (k + 1) / towns - options->poles * k / towns;
        grow_town(&city, options->seed + (uint64_t)k, poles, options->skew);
        city.atlas.origin =
            plane_origin(245000000 + k / 8 * 18000000, 900000000 + k % 8 * 40000000);
        for (int32_t d = 0; d < city.atlas.district_count; d++) {
            char name[48];
            snprintf(name, sizeof(name), "%s", city.atlas.district_names[d]);
            snprintf(city.atlas.district_names[d], sizeof(name), "第%ld市%.32s", k + 1L, name);
        }
        int32_t here = 1 + k * 9 / towns;
        if (here != region)
            stations = 0;
        region = here;
        good = finish_town(&city, tables, region, stations);
        stations += city.station_count;
        if (stations > 999) {
            fputs("polelookup-city: more than 999 stations in a region\n", stderr);
            good = false;
        }
        city_free(&city);
    }
    return good;
}

static bool make_one_city(const struct options *options, struct tables *tables)
{
    struct city city;
    bool good = true;
    city_init(&city);
    if (options->streets != NULL) {
        city.scale = 1024;
        atlas_init_harbin(&city.atlas, options->seed, 1024, false);
        city.atlas.river_count = 0; /* the file knows where its streets cross the river */
        good = city_read_streets(&city, options->streets);
        if (good) {
            city_set_poles(&city, options->poles);
            if (options->poles > city.pole_count) {
                fprintf(stderr, "polelookup-city: the streets have room for %lld poles only\n",
                        (long long)city.pole_count);
                good = false;
            }
        }
    } else {
        grow_town(&city, options->seed, options->poles, options->skew);
    }
    good = good && finish_town(&city, tables, 0, 0);
    city_free(&city);
    return good;
}

static bool make_counties(const struct options *options, struct tables *tables)
{
    bool good = true;
    for (int32_t k = 0; k < ATLAS_COUNTIES && good; k++) {
        struct city city;
        city_init(&city);
        grow_county(&city, options->seed, k);
        good = finish_town(&city, tables, 0, 0);
        city_free(&city);
    }
    return good;
}

static bool read_count(const char *text, uint64_t most, uint64_t *value)
{
    uint64_t sum = 0;
    if (text == NULL || *text == '\0')
        return false;
    for (; *text != '\0'; text++) {
        if (*text < '0' || *text > '9')
            return false;
        uint64_t digit = (uint64_t)(*text - '0');
        if (sum > (most - digit) / 10)
            return false;
        sum = sum * 10 + digit;
    }
    *value = sum;
    return true;
}

static bool refuse(const char *what, const char *value)
{
    fprintf(stderr, "polelookup-city: %s%s%s\nTry 'polelookup-city --help'.\n", what,
            value != NULL ? ": " : "", value != NULL ? value : "");
    return false;
}

static bool read_options(int argc, char **argv, struct options *options)
{
    *options = (struct options){.seed = 2008};
    for (int i = 1; i < argc; i++) {
        const char *name = argv[i];
        const char *value = i + 1 < argc ? argv[i + 1] : NULL;
        uint64_t number = 0;
        if (strcmp(name, "--counties") == 0) {
            options->counties = true;
            continue;
        }
        if (strcmp(name, "--skew") == 0) {
            options->skew = true;
            continue;
        }
        if (strcmp(name, "--seed") != 0 && strcmp(name, "--poles") != 0 &&
            strcmp(name, "--streets") != 0 && strcmp(name, "-o") != 0)
            return refuse("unknown option", name);
        if (value == NULL)
            return refuse("a value is missing after", name);
        i++;
        if (strcmp(name, "--seed") == 0) {
            if (!read_count(value, UINT64_MAX, &options->seed))
                return refuse("--seed is not a whole number", value);
        } else if (strcmp(name, "--poles") == 0) {
            if (!read_count(value, MOST_POLES, &number) || number < FEWEST_POLES)
                return refuse("--poles is not a number from 1000 to 10000000", value);
            options->poles = (int64_t)number;
        } else if (strcmp(name, "--streets") == 0) {
            options->streets = value;
        } else {
            options->folder = value;
        }
    }
    if (options->folder == NULL)
        return refuse("say where to write: -o FOLDER", NULL);
    if (options->streets != NULL && options->skew)
        return refuse("--streets and --skew do not go together", NULL);
    if (options->poles == 0 && options->streets == NULL)
        options->poles = DEFAULT_POLES;
    if (options->counties && options->poles > MOST_IN_ONE_TOWN)
        return refuse("--counties goes with at most 200000 poles", NULL);
    return true;
}

int main(int argc, char **argv)
{
    struct options options;
    struct tables tables;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0) {
            fputs(help, stdout);
            return 0;
        }
    }
    if (!read_options(argc, argv, &options))
        return 2;
    if (!tables_open(&tables, options.folder, options.counties))
        return 1;
    bool several = options.streets == NULL && options.poles > MOST_IN_ONE_TOWN;
    bool good = several ? make_country(&options, &tables) : make_one_city(&options, &tables);
    if (good && options.counties)
        good = make_counties(&options, &tables);
    if (!good)
        tables_discard(&tables, options.folder);
    else
        good = tables_close(&tables);
    return good ? 0 : 1;
}
