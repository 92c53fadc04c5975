/* SPDX-License-Identifier: MIT
 *
 * Harbin in a few hundred numbers, read off by eye to about a kilometre: where the districts'
 * built-up quarters lie, how the Songhua bends, where its bridges are. A sketch and not a survey:
 * the streets that are laid on it are inventions. Degrees of WGS 84 times 10,000. */
#include "atlas.h"

#include "random.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

struct quarter_row {
    int32_t district, lon_e4, lat_e4, radius_m, grid_deg, age;
};

/* The first is the heart of the ring roads. */
static const struct quarter_row quarter_rows[] = {
    {1, 1266450, 457480, 3400, 42, 10}, /* 南岗 */
    {1, 1266180, 457320, 3000, 50, 10}, {1, 1265980, 457130, 3300, 33, 8},
    {1, 1265800, 456900, 3050, 58, 7},  {1, 1266130, 456860, 2850, 8, 8},
    {0, 1266150, 457670, 2900, 38, 10}, /* 道里 */
    {0, 1265880, 457520, 2600, 61, 8},  {0, 1265550, 457420, 3100, 72, 5},
    {0, 1265280, 457250, 3000, 24, 3},  {0, 1265010, 457040, 2500, 10, 3},
    {2, 1266520, 457830, 2600, 30, 10}, /* 道外 */
    {2, 1266820, 457800, 2500, 12, 7},  {2, 1267080, 457930, 2400, 40, 4},
    {3, 1266850, 457400, 2700, 78, 7}, /* 香坊 */
    {3, 1266620, 457120, 2800, 20, 5},  {3, 1266520, 456830, 2300, 5, 4},
    {3, 1267200, 457200, 2100, 85, 3},  {4, 1266290, 456010, 2300, 12, 6}, /* 平房 */
    {4, 1266110, 456100, 1600, 84, 3},  {5, 1265480, 457970, 2400, 66, 2}, /* 松北 */
    {5, 1266060, 458160, 2100, 35, 3},  {6, 1266030, 459870, 2000, 10, 7}, /* 呼兰 */
    {6, 1266180, 458880, 2000, 80, 2},  {7, 1269720, 455390, 2300, 28, 6}, /* 阿城 */
    {7, 1269560, 455560, 1400, 60, 3},  {8, 1263090, 453790, 2200, 3, 8},  /* 双城 */
    {8, 1263240, 453670, 1300, 45, 4},
};

struct river_row {
    int32_t lon_e4, lat_e4, half_width_m;
};

static const struct river_row river_rows[] = {
    {1262000, 457020, 330}, {1263000, 457290, 350}, {1263800, 457350, 380}, {1264500, 457450, 420},
    {1264950, 457620, 440}, {1265350, 457640, 440}, {1265750, 457660, 420}, {1266050, 457840, 400},
    {1266350, 457970, 420}, {1266700, 458090, 450}, {1267000, 458240, 420}, {1267400, 458490, 400},
    {1268000, 458830, 420}, {1269000, 459300, 430},
};

struct road_row {
    const char *name;
    int32_t width_m;
    bool crosses_river;
    int32_t points[12][2]; /* lon, lat; ends with 0 */
};

static const struct road_row road_rows[] = {
    {"阳明滩大桥",
     26,
     true,
     {{1265480, 457500},
      {1265420, 457680},
      {1265370, 457830},
      {1265390, 458020},
      {1265420, 458230}}},
    {"松花江公路大桥",
     26,
     true,
     {{1266010, 457660},
      {1265900, 457800},
      {1265780, 457930},
      {1265660, 458080},
      {1265600, 458200}}},
    {"松浦大桥",
     26,
     true,
     {{1266450, 457860},
      {1266370, 457990},
      {1266280, 458130},
      {1266200, 458290},
      {1266160, 458420}}},
    {"东江大桥",
     24,
     true,
     {{1267010, 457960},
      {1266920, 458110},
      {1266830, 458270},
      {1266720, 458400},
      {1266500, 458480},
      {1266300, 458650}}},
    {"二环路",
     38,
     false,
     {{1265880, 457660},
      {1265860, 457500},
      {1265870, 457320},
      {1266010, 457120},
      {1266350, 457050},
      {1266720, 457140},
      {1266930, 457400},
      {1266960, 457660},
      {1266860, 457880},
      {1266700, 457990}}},
    {"三环路",
     40,
     false,
     {{1265180, 457520},
      {1265150, 457250},
      {1265270, 456930},
      {1265600, 456720},
      {1266050, 456650},
      {1266500, 456690},
      {1266930, 456830},
      {1267250, 457110},
      {1267340, 457480},
      {1267290, 457830},
      {1267100, 458080}}},
    {"学府路",
     34,
     false,
     {{1266310, 457380},
      {1266170, 457220},
      {1266030, 457000},
      {1265920, 456780},
      {1265810, 456560}}},
    {"红旗大街",
     36,
     false,
     {{1266830, 457870},
      {1266800, 457650},
      {1266750, 457380},
      {1266650, 457120},
      {1266540, 456860},
      {1266490, 456620}}},
    {"哈平路",
     32,
     false,
     {{1266330, 457180},
      {1266390, 456950},
      {1266400, 456650},
      {1266340, 456330},
      {1266280, 456060},
      {1266250, 455850}}},
    {"南直路",
     30,
     false,
     {{1266960, 458000},
      {1266990, 457730},
      {1266960, 457450},
      {1266990, 457180},
      {1267040, 456950}}},
    {"长江路",
     36,
     false,
     {{1266480, 457480}, {1266750, 457440}, {1267050, 457390}, {1267400, 457330}}},
    {"先锋路",
     32,
     false,
     {{1266600, 457720}, {1266860, 457700}, {1267150, 457730}, {1267420, 457790}}},
    {"群力大道",
     38,
     false,
     {{1265050, 457110}, {1265260, 457250}, {1265530, 457390}, {1265850, 457530}}},
    {"和兴路",
     30,
     false,
     {{1265880, 457320}, {1266060, 457250}, {1266260, 457210}, {1266480, 457190}}},
    {"中央大街", 22, false, {{1266230, 457790}, {1266190, 457730}, {1266150, 457670}}},
    {"世茂大道",
     36,
     false,
     {{1265150, 458020},
      {1265440, 458090},
      {1265760, 458170},
      {1266080, 458300},
      {1266260, 458370}}},
    {"利民大街",
     34,
     false,
     {{1266230, 458700},
      {1266190, 458880},
      {1266140, 459070},
      {1266080, 459500},
      {1266030, 459870},
      {1266000, 460050}}},
};

struct county_row {
    const char *name;
    int32_t lon_e4, lat_e4;
};

static const struct county_row county_rows[ATLAS_COUNTIES] = {
    {"依兰县", 1295650, 463250}, {"方正县", 1288360, 458510}, {"宾县", 1274670, 457550},
    {"巴彦县", 1274030, 460860}, {"木兰县", 1280430, 459500}, {"通河县", 1287460, 459900},
    {"延寿县", 1283310, 454520}, {"尚志市", 1279620, 452090}, {"五常市", 1271670, 449310},
};

static const char *const district_names[ATLAS_MAX_DISTRICTS] = {
    "道里区", "南岗区", "道外区", "香坊区", "平房区", "松北区", "呼兰区", "阿城区", "双城区"};

/* The place of a table's row on the flat map, drawn smaller or larger around the middle. */
static struct spot scaled(const struct atlas *atlas, int32_t lon_e4, int32_t lat_e4, int32_t scale)
{
    struct spot at = {0, 0};
    plane_from_degrees(&atlas->origin, lat_e4 * 1000, lon_e4 * 1000, &at);
    at.x_cm = (int32_t)((int64_t)at.x_cm * scale / 1024);
    at.y_cm = (int32_t)((int64_t)at.y_cm * scale / 1024);
    return at;
}

/* A point of the curve through p[1] and p[2] (Catmull and Rom), `t` of 8 steps between them. */
static int32_t curve(const int32_t p[4], int32_t t)
{
    int64_t t1 = t, t2 = t1 * t1, t3 = t2 * t1;
    int64_t sum = 2 * (int64_t)p[1] * 512 + ((int64_t)p[2] - p[0]) * t1 * 64 +
                  (2 * (int64_t)p[0] - 5 * (int64_t)p[1] + 4 * (int64_t)p[2] - p[3]) * t2 * 8 +
                  (3 * (int64_t)p[1] - p[0] - 3 * (int64_t)p[2] + p[3]) * t3;
    return (int32_t)(sum / 1024);
}

static int32_t smooth(const struct spot *corners, int32_t count, struct spot *line, int32_t room)
{
    int32_t made = 0;
    for (int32_t i = 0; i + 1 < count; i++) {
        const struct spot *p[4] = {&corners[i > 0 ? i - 1 : 0], &corners[i], &corners[i + 1],
                                   &corners[i + 2 < count ? i + 2 : count - 1]};
        int32_t xs[4], ys[4];
        for (int k = 0; k < 4; k++) {
            xs[k] = p[k]->x_cm;
            ys[k] = p[k]->y_cm;
        }
        for (int32_t t = 0; t < 8 && made < room; t++)
            line[made++] = (struct spot){curve(xs, t), curve(ys, t)};
    }
    if (made < room)
        line[made++] = corners[count - 1];
    return made;
}

static void draw_river(struct atlas *atlas, int32_t scale)
{
    struct spot corners[sizeof(river_rows) / sizeof(river_rows[0])];
    struct spot line[ATLAS_MAX_RIVER];
    int32_t count = (int32_t)(sizeof(river_rows) / sizeof(river_rows[0]));
    for (int32_t i = 0; i < count; i++)
        corners[i] = scaled(atlas, river_rows[i].lon_e4, river_rows[i].lat_e4, scale);
    atlas->river_count = smooth(corners, count, line, ATLAS_MAX_RIVER);
    for (int32_t i = 0; i < atlas->river_count; i++) {
        int32_t row = i / 8;
        int32_t next = row + 1 < count ? row + 1 : row;
        int64_t width_m = river_rows[row].half_width_m * (int64_t)(8 - i % 8) +
                          river_rows[next].half_width_m * (int64_t)(i % 8);
        struct spot after = line[i + 1 < atlas->river_count ? i + 1 : i];
        atlas->river[i] = (struct river_point){line[i], (int32_t)(width_m * 100 / 8 * scale / 1024),
                                               plane_distance(line[i], after)};
    }
}

void atlas_init_harbin(struct atlas *atlas, uint64_t seed, int32_t scale, bool skew)
{
    memset(atlas, 0, sizeof(*atlas));
    atlas->seed = seed;
    atlas->origin = plane_origin(457500000, 1266300000);
    atlas->district_count = ATLAS_MAX_DISTRICTS;
    for (int32_t i = 0; i < ATLAS_MAX_DISTRICTS; i++)
        snprintf(atlas->district_names[i], sizeof(atlas->district_names[i]), "%s",
                 district_names[i]);
    atlas->quarter_count = (int32_t)(sizeof(quarter_rows) / sizeof(quarter_rows[0]));
    for (int32_t i = 0; i < atlas->quarter_count; i++) {
        const struct quarter_row *row = &quarter_rows[i];
        struct quarter *q = &atlas->quarters[i];
        q->centre = scaled(atlas, row->lon_e4, row->lat_e4, scale);
        q->radius_cm = (int32_t)((int64_t)row->radius_m * 100 * scale / 1024);
        q->district = row->district;
        q->age = row->age;
        q->grid = PLANE_DEGREES(row->grid_deg);
        if (skew && (row->district == 4 || row->district >= 6)) {
            q->centre.x_cm *= 6;
            q->centre.y_cm *= 6;
        }
    }
    atlas->heart_count = 1;
    draw_river(atlas, scale);
    for (int32_t i = 0; i < atlas->quarter_count; i++)
        atlas_dry(atlas, atlas->quarters[i].centre, &atlas->quarters[i].north);
}

bool atlas_great_road(const struct atlas *atlas, int32_t scale, int32_t number,
                      struct great_road *road)
{
    struct spot corners[12];
    int32_t count = 0;
    if (number < 0 || number >= (int32_t)(sizeof(road_rows) / sizeof(road_rows[0])))
        return false;
    const struct road_row *row = &road_rows[number];
    while (count < 12 && row->points[count][0] != 0) {
        corners[count] = scaled(atlas, row->points[count][0], row->points[count][1], scale);
        count++;
    }
    road->name = row->name;
    road->width_cm = row->width_m * 100;
    road->crosses_river = row->crosses_river;
    road->count = smooth(corners, count, road->points, ATLAS_MAX_ROAD_POINTS);
    return true;
}

const char *atlas_county_name(int32_t county)
{
    return county_rows[county].name;
}

void atlas_init_county(struct atlas *atlas, uint64_t seed, int32_t county, int32_t poles)
{
    memset(atlas, 0, sizeof(*atlas));
    atlas->seed = random_hash(seed, 0xC0, (uint64_t)county);
    atlas->origin =
        plane_origin(county_rows[county].lat_e4 * 1000, county_rows[county].lon_e4 * 1000);
    atlas->district_count = 1;
    snprintf(atlas->district_names[0], sizeof(atlas->district_names[0]), "%s",
             county_rows[county].name);
    atlas->quarter_count = 1;
    /* A square kilometre of such a town holds about 350 poles. */
    int32_t radius_m = (int32_t)plane_root((uint64_t)poles * 1000000 / 350 * 100 / 314);
    atlas->quarters[0] =
        (struct quarter){{0, 0}, radius_m * 100, 0, (turn16)random_mix(atlas->seed), 6, false};
}
