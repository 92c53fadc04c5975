/* SPDX-License-Identifier: MIT
 *
 * Divides the town among police stations, twice: as it was when the codes were painted, and as it
 * is today. Ground is what lies around the streets; each of its pieces in a district is divided
 * for itself, so that no station serves two towns. */
#include "stations.h"

#include "random.h"
#include "room.h"

#include <stdlib.h>
#include <string.h>

enum {
    SPREAD_CM = 60000,       /* ground around the streets */
    MID_RIVER_CM = -24000,   /* nobody's water begins so far from the bank */
    SHORTEST_RUN_POINTS = 7, /* of one street in one station */
};

static void add_ground(struct city *city, int32_t column, int32_t row)
{
    struct spot middle = cells_middle(column, row);
    if (cells_find(&city->cells, column, row) >= 0 ||
        atlas_dry(&city->atlas, middle, NULL) < MID_RIVER_CM)
        return;
    int32_t place = cells_add(&city->cells, column, row);
    city->cells.list[place].district = atlas_district(&city->atlas, middle);
}

static void find_ground(struct city *city)
{
    struct cells *cells = &city->cells;
    for (int64_t i = 0; i < city->point_count; i++) {
        int32_t column, row;
        cells_locate(city->points[i].at, &column, &row);
        add_ground(city, column, row);
        int32_t place = cells_find(cells, column, row);
        if (place >= 0)
            cells->list[place].weight++;
    }
    for (int spread = 0; spread < SPREAD_CM / CELL_HEIGHT_CM; spread++) {
        int64_t count = cells->count;
        for (int64_t i = 0; i < count; i++) {
            for (int side = 0; side < 6; side++) {
                int32_t column, row;
                cells_neighbour(cells->list[i].column, cells->list[i].row, side, &column, &row);
                add_ground(city, column, row);
            }
        }
    }
}

/* A piece of a district that is too small for a station goes to the nearest cell that has one. */
static void attach_piece(struct city *city, const int32_t *list, int64_t count)
{
    struct cells *cells = &city->cells;
    struct spot at = cells_middle(cells->list[list[0]].column, cells->list[list[0]].row);
    int64_t best = INT64_MAX;
    int32_t owner = -1;
    for (int pass = 0; pass < 2 && owner < 0; pass++) { /* first within the district */
        for (int64_t i = 0; i < cells->count; i++) {
            const struct cell *cell = &cells->list[i];
            int64_t d2 = plane_distance2(at, cells_middle(cell->column, cell->row));
            bool fits = pass > 0 || cell->district == cells->list[list[0]].district;
            if (cell->coded >= 0 && fits && d2 < best) {
                best = d2;
                owner = cell->coded;
            }
        }
    }
    for (int64_t i = 0; i < count && owner >= 0; i++)
        cells->list[list[i]].coded = cells->list[list[i]].now = owner;
}

static int64_t most_stations(const struct city *city)
{
    int64_t most = 1;
    for (int i = 0; i < city->scheme.station_digits; i++)
        most *= 10;
    return most - 1;
}

static void open_stations(struct city *city, int32_t district, int32_t stations, int32_t before)
{
    int32_t first = city->station_count;
    city->station_count += stations;
    city->stations = room_for(city->stations, &city->station_capacity, city->station_count,
                              sizeof(*city->stations));
    for (int32_t k = 0; k < stations; k++)
        city->stations[first + k] = (struct station){
            .district = district, .number = before + k + 1, .successor = -1, .name = -1};
}

/* Divides the pieces of one district that are large enough, `whole` or more street points; with
 * `whole` 0 attaches all that are left. Returns the stations that the district has then. */
static int32_t divide_district(struct city *city, int32_t district, int64_t whole, int32_t before,
                               int32_t *list)
{
    struct cells *cells = &city->cells;
    int32_t *marks = room_new(cells->count, sizeof(*marks));
    struct keyed *order = room_new(cells->count, sizeof(*order));
    memset(marks, 0xFF, (size_t)cells->count * sizeof(*marks));
    for (int32_t place = 0; place < cells->count; place++) {
        if (cells->list[place].district != district || marks[place] >= 0)
            continue;
        int64_t count = stations_piece(cells, CELL_DISTRICT, place, marks, place, list);
        int64_t weight = 0;
        for (int64_t i = 0; i < count; i++) {
            order[i] = (struct keyed){0, list[i]};
            weight += cells->list[list[i]].weight;
        }
        if (cells->list[place].coded >= 0)
            continue;
        if (whole == 0)
            attach_piece(city, list, count);
        if (whole == 0 || weight < whole)
            continue;
        int64_t poles = weight * city->pole_count / city->point_count;
        int64_t stations = (poles + city->poles_a_station / 2) / city->poles_a_station;
        int64_t left = most_stations(city) - before;
        stations = stations < 1 ? 1 : stations > left ? left : stations;
        if (stations > 0) {
            int32_t first = city->station_count;
            open_stations(city, district, (int32_t)stations, before);
            stations_divide(city, order, count, first, (int32_t)stations);
            before += (int32_t)stations;
        }
    }
    free(marks);
    free(order);
    return before;
}

static void divide_districts(struct city *city)
{
    int32_t *list = room_new(city->cells.count, sizeof(*list));
    int64_t half_station =
        (int64_t)city->poles_a_station * city->point_count / city->pole_count * 2 / 5;
    for (int32_t district = 0; district < city->atlas.district_count; district++) {
        int32_t stations = divide_district(city, district, half_station, 0, list);
        for (int64_t whole = half_station / 2; stations == 0 && whole > 0; whole /= 2)
            stations = divide_district(city, district, whole, 0, list);
    }
    for (int32_t district = 0; district < city->atlas.district_count; district++)
        divide_district(city, district, 0, 0, list);
    free(list);
}

/* ---- who codes which stretch of a street */

/* A street keeps one station for at least SHORTEST_RUN_POINTS, on both of its sides, however the
 * border winds: nobody renumbers a street for three poles. */
static void code_streets(struct city *city)
{
    for (int64_t s = 0; s < city->street_count; s++) {
        const struct street *street = &city->streets[s];
        struct street_point *points = city->points + street->first;
        int32_t current = -1;
        for (int32_t i = 0; i < street->count;) {
            int32_t cell = cells_at(&city->cells, points[i].at);
            int32_t station = cell < 0 ? current : city->cells.list[cell].coded;
            int32_t run = 1;
            for (; i + run < street->count; run++) {
                int32_t next = cells_at(&city->cells, points[i + run].at);
                if (next >= 0 && city->cells.list[next].coded != station && station >= 0)
                    break;
                if (next >= 0)
                    station = city->cells.list[next].coded;
            }
            bool long_enough = run >= SHORTEST_RUN_POINTS && i + run >= SHORTEST_RUN_POINTS;
            if (current < 0 || long_enough)
                current = station;
            for (int32_t k = 0; k < run; k++)
                points[i + k].station = current;
            i += run;
        }
    }
    for (int64_t i = 0; i < city->pole_count; i++) {
        struct pole *pole = &city->poles[i];
        pole->station = city->points[pole->place].station;
        city->stations[pole->station].poles++;
    }
}

/* Whether the ground around a spot, one cell far, is all of one station. */
static bool well_inside(const struct city *city, struct spot at, int32_t station)
{
    int32_t column, row;
    cells_locate(at, &column, &row);
    int32_t here = cells_find(&city->cells, column, row);
    bool inside = here >= 0 && city->cells.list[here].now == station;
    for (int side = 0; side < 6 && inside; side++) {
        int32_t next_column, next_row;
        cells_neighbour(column, row, side, &next_column, &next_row);
        int32_t next = cells_find(&city->cells, next_column, next_row);
        inside = next >= 0 && city->cells.list[next].now == station;
    }
    return inside;
}

/* The station whose house might stand by a street point: today's, or the one of old where that one
 * is no more. */
static int32_t house_of(const struct city *city, const struct street_point *point, bool of_old)
{
    int32_t place = cells_at(&city->cells, point->at);
    if (place < 0)
        return -1;
    const struct cell *cell = &city->cells.list[place];
    if (!of_old)
        return cell->now;
    return city->stations[cell->coded].successor >= 0 ? cell->coded : -1;
}

/* A station's house stands beside a street near the middle of its area's streets. */
static void place_houses(struct city *city)
{
    int64_t(*sums)[3] = room_new(city->station_count, sizeof(*sums));
    int64_t *best = room_new(city->station_count, sizeof(*best));
    for (int pass = 0; pass < 2; pass++) {
        for (int64_t i = 0; i < city->point_count * 2; i++) {
            const struct street_point *point = &city->points[i / 2];
            int32_t s = house_of(city, point, i % 2 != 0);
            if (s < 0)
                continue;
            if (pass == 0) {
                sums[s][0] += point->at.x_cm;
                sums[s][1] += point->at.y_cm;
                sums[s][2]++;
                best[s] = INT64_MAX;
                continue;
            }
            struct spot middle = {(int32_t)(sums[s][0] / sums[s][2]),
                                  (int32_t)(sums[s][1] / sums[s][2])};
            struct heading along = {point->heading_x, point->heading_y};
            struct spot house = plane_move(point->at, along, 0, 3500);
            int64_t d2 = plane_distance2(middle, point->at);
            if (i % 2 == 0 && !well_inside(city, house, s))
                d2 += (int64_t)1 << 50; /* only if there is no better */
            if (d2 < best[s]) {
                best[s] = d2;
                city->stations[s].at = house;
            }
        }
    }
    free(sums);
    free(best);
}

void city_divide(struct city *city)
{
    find_ground(city);
    divide_districts(city);
    stations_change(city);
    code_streets(city);
    place_houses(city);
}
