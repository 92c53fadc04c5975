/* SPDX-License-Identifier: MIT
 *
 * Writes a town as the tables that a build reads. */
#include "write.h"

#include "areas.h"
#include "random.h"
#include "room.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const char *const table_names[] = {"poles.csv", "stations.csv", "areas.geojson"};

static bool path_in(const char *folder, const char *name, char *path, size_t size)
{
    int length = snprintf(path, size, "%s/%s", folder, name);
    return length > 0 && (size_t)length < size;
}

static FILE *open_in(const char *folder, const char *name)
{
    char path[4096];
    FILE *file = NULL;
    if (path_in(folder, name, path, sizeof(path)))
        file = fopen(path, "wb");
    else
        errno = ENAMETOOLONG;
    if (file == NULL)
        fprintf(stderr, "polelookup-city: cannot write %s: %s\n", path, strerror(errno));
    return file;
}

static bool close_one(FILE **file)
{
    bool good = true;
    if (*file != NULL) {
        good = ferror(*file) == 0;
        good = fclose(*file) == 0 && good;
        *file = NULL;
    }
    return good;
}

bool tables_open(struct tables *tables, const char *folder, bool scopes)
{
    memset(tables, 0, sizeof(*tables));
    tables->scopes = scopes;
    tables->poles = open_in(folder, table_names[0]);
    tables->stations = tables->poles != NULL ? open_in(folder, table_names[1]) : NULL;
    tables->areas = tables->stations != NULL ? open_in(folder, table_names[2]) : NULL;
    if (tables->areas == NULL) {
        close_one(&tables->poles);
        close_one(&tables->stations);
        return false;
    }
    fprintf(tables->poles,
            "%scode,lat,lon,street,district,status,surveyed,successor,alias,"
            "alias_owner,note\n",
            scopes ? "scope," : "");
    fprintf(tables->stations, "%sid,name,kind,group,district,lat,lon,phone,successor\n",
            scopes ? "scope,prefix," : "");
    fputs("{\"type\":\"FeatureCollection\",\"features\":[", tables->areas);
    return true;
}

bool tables_close(struct tables *tables)
{
    fputs("\n]}\n", tables->areas);
    bool good = close_one(&tables->poles);
    good = close_one(&tables->stations) && good;
    good = close_one(&tables->areas) && good;
    if (!good)
        fprintf(stderr, "polelookup-city: could not write all: %s\n", strerror(errno));
    return good;
}

void tables_discard(struct tables *tables, const char *folder)
{
    close_one(&tables->poles);
    close_one(&tables->stations);
    close_one(&tables->areas);
    for (int i = 0; i < 3; i++) {
        char path[4096];
        if (path_in(folder, table_names[i], path, sizeof(path)))
            remove(path);
    }
}

/* A count of 10^-digits degrees, all digits written. */
static void write_degrees(FILE *file, int32_t value, int digits)
{
    int32_t unit = 1;
    for (int i = 0; i < digits; i++)
        unit *= 10;
    int32_t magnitude = value < 0 ? -value : value;
    fprintf(file, "%s%ld.%0*ld", value < 0 ? "-" : "", (long)(magnitude / unit), digits,
            (long)(magnitude % unit));
}

/* ---- poles */

static void write_code(FILE *file, const struct city *city, uint32_t code)
{
    const struct scheme *s = &city->scheme;
    fprintf(file, "%0*lu", (int)(s->district_digits + s->station_digits + s->street_digits + 2),
            (unsigned long)code);
}

/* The number that another owner has on the same pole, on a few hundred of them. */
static void write_alias(FILE *file, const struct city *city, const struct pole *pole)
{
    static const char *const lines[] = {"城西线", "城东线", "松南线", "香安线", "江北线", "动力线"};
    uint64_t draw = random_hash(city->atlas.seed ^ 0xF1, pole->code, 0);
    int32_t chance = random_between(draw, 0, 9999);
    uint64_t more = random_mix(draw);
    if (chance < 26)
        fprintf(file, "%s%ld号,电力", lines[random_between(more, 0, 5)],
                (long)random_between(random_mix(more), 1, 240));
    else if (chance < 40)
        fprintf(file, "%06lu,铁塔", (unsigned long)(100000 + pole->code * 7919ull % 899981));
    else
        fputc(',', file);
}

static const char *note_of(const struct pole *pole, uint64_t draw)
{
    static const char *const moved[] = {"道路拓宽后移位", "被车撞后重新安装", "修建公交站时移位"};
    static const char *const removed[] = {"道路改造拆除", "地铁施工拆除", "小区改造拆除"};
    static const char *const others[] = {"编号褪色", "挂有110报警提示牌", "杆体倾斜",
                                         "灯杆加装摄像机"};
    if (pole->state == POLE_MOVED)
        return moved[random_between(draw, 0, 2)];
    if (pole->state == POLE_REMOVED)
        return removed[random_between(draw, 0, 2)];
    return random_per_mille(draw, 3) ? others[random_between(random_mix(draw), 0, 3)] : "";
}

/* A station's poles were surveyed on one day of the summer of 2008; what changed, later. */
static void write_surveyed(FILE *file, const struct pole *pole, uint64_t draw)
{
    uint64_t day = random_mix((uint64_t)(uint32_t)pole->station);
    int32_t year = 2008;
    int32_t month = random_between(day, 5, 9);
    if (pole->state != POLE_ACTIVE) {
        year = random_between(random_mix(draw), 2011, 2024);
        day = random_mix(draw ^ 1);
        month = random_between(day, 4, 10);
    }
    fprintf(file, "%04ld-%02ld-%02ld", (long)year, (long)month,
            (long)random_between(random_mix(day), 1, 28));
}

static void write_pole(struct tables *tables, const struct city *city, const struct pole *pole)
{
    static const char *const states[] = {"", "moved", "removed"};
    FILE *file = tables->poles;
    int32_t lat_e7, lon_e7;
    uint64_t draw = random_hash(city->atlas.seed ^ 0xF2, pole->code, 0);
    plane_to_degrees(&city->atlas.origin, pole->at, &lat_e7, &lon_e7);
    if (tables->scopes)
        fprintf(file, "%s,", city->scope);
    write_code(file, city, pole->code);
    fputc(',', file);
    write_degrees(file, lat_e7, 7);
    fputc(',', file);
    write_degrees(file, lon_e7, 7);
    fprintf(file, ",%s,%s,%s,", city->names.texts[city->streets[pole->street].name],
            city->atlas.district_names[city->stations[pole->station].district],
            states[pole->state]);
    write_surveyed(file, pole, draw);
    fputc(',', file);
    if (pole->successor != 0)
        write_code(file, city, pole->successor);
    fputc(',', file);
    write_alias(file, city, pole);
    fprintf(file, ",%s\n", note_of(pole, draw));
}

/* ---- stations */

static void write_station_id(FILE *file, const struct city *city, const struct station *station)
{
    if (city->scope[0] != '\0')
        fprintf(file, "%s-", city->scope);
    fprintf(file, "%0*lu", (int)(city->scheme.district_digits + city->scheme.station_digits),
            (unsigned long)station->prefix);
}

/* Seven digits after the code of a city whose numbers have eight: it cannot ring anywhere. */
static void write_phone(FILE *file, uint32_t number)
{
    fprintf(file, "0451-55%05lu", (unsigned long)(number % 100000));
}

static void write_place(FILE *file, const struct city *city, struct spot at)
{
    int32_t lat_e7, lon_e7;
    plane_to_degrees(&city->atlas.origin, at, &lat_e7, &lon_e7);
    write_degrees(file, lat_e7, 7);
    fputc(',', file);
    write_degrees(file, lon_e7, 7);
}

static void write_station(struct tables *tables, const struct city *city,
                          const struct station *station)
{
    FILE *file = tables->stations;
    const char *district = city->atlas.district_names[station->district];
    if (tables->scopes)
        fprintf(file, "%s,%0*lu,", city->scope,
                (int)(city->scheme.district_digits + city->scheme.station_digits),
                (unsigned long)station->prefix);
    write_station_id(file, city, station);
    fprintf(file, ",%s派出所,police,", city->names.texts[station->name]);
    if (city->scope[0] != '\0')
        fprintf(file, "%s公安局", city->scope);
    else /* 道里分局 of 道里区 */
        fprintf(file, "%.*s分局", (int)(strlen(district) - strlen("区")), district);
    fprintf(file, ",%s,", district);
    write_place(file, city, station->at);
    fputc(',', file);
    write_phone(file, 10000 + station->prefix * 37 % 89989);
    fputc(',', file);
    if (station->successor >= 0)
        write_station_id(file, city, &city->stations[station->successor]);
    fputc('\n', file);
}

enum { FIRE_STATIONS = 12, HOSPITALS = 8, SERVICES = FIRE_STATIONS + HOSPITALS };

/* Places of fire stations and hospitals: points of larger streets, each of another street. */
static void choose_services(const struct city *city, int32_t points[SERVICES])
{
    for (int32_t k = 0; k < SERVICES; k++) {
        uint64_t draw = random_hash(city->atlas.seed ^ 0xF3, (uint64_t)k, 0);
        bool good = false;
        for (int32_t tries = 0; tries < 1000 && !good; tries++) {
            draw = random_mix(draw);
            points[k] = random_between(draw, 0, (int32_t)city->point_count - 1);
            const struct street *street = &city->streets[city->points[points[k]].street];
            good = street->rank <= RANK_STREET && !street->bridge;
            for (int32_t i = 0; i < k && good; i++)
                good = city->streets[city->points[points[i]].street].name != street->name;
        }
    }
}

static void write_services(struct tables *tables, const struct city *city)
{
    FILE *file = tables->stations;
    int32_t points[SERVICES];
    int32_t before = tables->services / SERVICES; /* towns that have theirs */
    choose_services(city, points);
    for (int32_t k = 0; k < SERVICES; k++) {
        bool fire = k < FIRE_STATIONS;
        const struct street_point *point = &city->points[points[k]];
        struct heading along = {point->heading_x, point->heading_y};
        const char *district = city->atlas.district_names[city->stations[point->station].district];
        if (tables->scopes)
            fprintf(file, "%s,,", city->scope);
        fprintf(file, "%s%02ld,%s%s,%s,%s,%s,", fire ? "F" : "H",
                (long)(fire ? before * FIRE_STATIONS + k + 1
                            : before * HOSPITALS + k - FIRE_STATIONS + 1),
                city->names.texts[city->streets[point->street].name], fire ? "消防救援站" : "医院",
                fire ? "fire" : "hospital", fire ? "消防救援支队" : "卫生健康委员会", district);
        write_place(file, city, plane_move(point->at, along, 0, -4500));
        fputc(',', file);
        write_phone(file, (uint32_t)(1000 + 41 * ++tables->services));
        fputs(",\n", file);
    }
}

/* ---- areas */

static void write_ring(FILE *file, const struct city *city, const struct areas *areas,
                       const struct ring *ring)
{
    fputc('[', file);
    for (int64_t i = 0; i <= ring->count; i++) {
        int32_t lat_e7, lon_e7;
        struct spot at = areas->corners[ring->first + i % ring->count];
        plane_to_degrees(&city->atlas.origin, at, &lat_e7, &lon_e7);
        fputs(i > 0 ? ",[" : "[", file);
        write_degrees(file, lon_e7 / 10, 6);
        fputc(',', file);
        write_degrees(file, lat_e7 / 10, 6);
        fputc(']', file);
    }
    fputc(']', file);
}

static void write_polygon(FILE *file, const struct city *city, const struct areas *areas,
                          int64_t outer)
{
    fputc('[', file);
    write_ring(file, city, areas, &areas->rings[outer]);
    for (int64_t i = 0; i < areas->ring_count; i++) {
        if (i != outer && areas->rings[i].outer == outer) {
            fputc(',', file);
            write_ring(file, city, areas, &areas->rings[i]);
        }
    }
    fputc(']', file);
}

static void write_area(struct tables *tables, const struct city *city, const struct areas *areas,
                       int32_t number)
{
    FILE *file = tables->areas;
    const struct station *station = &city->stations[number];
    int64_t polygons = 0;
    for (int64_t i = 0; i < areas->ring_count; i++)
        polygons += areas->rings[i].station == number && areas->rings[i].outer == i;
    if (polygons == 0)
        return;
    fputs(tables->features++ > 0 ? ",\n" : "\n", file);
    fputs("{\"type\":\"Feature\",\"properties\":{\"station_id\":\"", file);
    write_station_id(file, city, station);
    fprintf(file,
            "\",\"name\":\"%s派出所辖区\",\"district\":\"%s\"},\"geometry\":{\"type\":\"%s\","
            "\"coordinates\":%s",
            city->names.texts[station->name], city->atlas.district_names[station->district],
            polygons > 1 ? "MultiPolygon" : "Polygon", polygons > 1 ? "[" : "");
    bool first = true;
    for (int64_t i = 0; i < areas->ring_count; i++) {
        if (areas->rings[i].station != number || areas->rings[i].outer != i)
            continue;
        fputs(first ? "" : ",", file);
        first = false;
        write_polygon(file, city, areas, i);
    }
    fputs(polygons > 1 ? "]}}" : "}}", file);
}

struct ordered {
    uint32_t prefix;
    int32_t station;
};

static int station_order(const void *a, const void *b)
{
    const struct ordered *x = a, *y = b;
    return x->prefix < y->prefix ? -1 : x->prefix > y->prefix;
}

void tables_add(struct tables *tables, const struct city *city)
{
    struct ordered *order = room_new(city->station_count, sizeof(*order));
    struct areas areas;
    for (int32_t i = 0; i < city->station_count; i++)
        order[i] = (struct ordered){city->stations[i].prefix, i};
    qsort(order, (size_t)city->station_count, sizeof(*order), station_order);
    for (int64_t i = 0; i < city->pole_count; i++)
        write_pole(tables, city, &city->poles[i]);
    areas_trace(city, &areas);
    for (int32_t i = 0; i < city->station_count; i++) {
        write_station(tables, city, &city->stations[order[i].station]);
        write_area(tables, city, &areas, order[i].station);
    }
    if (city->scope[0] == '\0')
        write_services(tables, city);
    areas_free(&areas);
    free(order);
}
