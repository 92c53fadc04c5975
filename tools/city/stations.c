/* SPDX-License-Identifier: MIT
 *
 * Divides the town among police stations, twice: as it was when the codes were painted, into
 * parts with about equally many poles, and as it is today, with some borders moved, a few stations
 * merged into others, and a compound here and there that answers to another station. */
#include "city.h"

#include "random.h"
#include "room.h"

#include <stdlib.h>
#include <string.h>

enum {
    SPREAD_CELLS = 4,      /* ground around the streets, in cells */
    MID_RIVER_CM = -24000, /* nobody's water begins so far from the bank */
    MOVED_PER_MILLE = 120, /* of the dividing lines have moved since */
    MOVED_LEAST_CM = 9000,
    MOVED_MOST_CM = 19000,
    SHORTEST_RUN_POINTS = 7,  /* of one street in one station */
    SMALLEST_PIECE_CELLS = 7, /* of an area apart from the rest */
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
    for (int spread = 0; spread < SPREAD_CELLS; spread++) {
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

/* ---- dividing: a tree of lines across the map, the same for both times */

struct line {
    turn16 angle;
    int64_t limit, limit_now; /* a cell whose key is below goes to the first side */
};

static int64_t key_of(uint64_t seed, struct spot at, turn16 angle)
{
    struct heading h = plane_heading(angle);
    int64_t key = ((int64_t)at.x_cm * h.x + (int64_t)at.y_cm * h.y) / PLANE_UNIT;
    return key + plane_noise(seed ^ 0xB0 ^ angle, at, 60000) * 22000 / 32768;
}

struct keyed {
    int64_t key;
    int32_t cell;
};

static int keyed_order(const void *a, const void *b)
{
    const struct keyed *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->cell - y->cell;
}

struct part {
    int64_t begin, end; /* of the order of cells */
    int32_t first_station, stations;
};

/* The direction in which the cells lie furthest apart, of eight. */
static turn16 longest_way(const struct city *city, const struct keyed *order, int64_t count)
{
    turn16 best = 0;
    int64_t best_extent = -1;
    for (int k = 0; k < 8; k++) {
        turn16 angle = (turn16)(k * 4096 + 700);
        struct heading h = plane_heading(angle);
        int64_t low = INT64_MAX, high = INT64_MIN;
        for (int64_t i = 0; i < count; i++) {
            const struct cell *cell = &city->cells.list[order[i].cell];
            if (cell->weight == 0)
                continue;
            struct spot at = cells_middle(cell->column, cell->row);
            int64_t key = ((int64_t)at.x_cm * h.x + (int64_t)at.y_cm * h.y) / PLANE_UNIT;
            low = key < low ? key : low;
            high = key > high ? key : high;
        }
        if (high - low > best_extent) {
            best_extent = high - low;
            best = angle;
        }
    }
    return best;
}

/* Cuts a part in two with weights as its numbers of stations; sorts its cells by the cut's key. */
static struct line cut(struct city *city, struct keyed *order, int64_t count, int32_t first_share,
                       int32_t shares, int64_t *first_count)
{
    struct line line;
    int64_t whole = 0, sum = 0;
    line.angle = longest_way(city, order, count);
    for (int64_t i = 0; i < count; i++) {
        const struct cell *cell = &city->cells.list[order[i].cell];
        order[i].key = key_of(city->atlas.seed, cells_middle(cell->column, cell->row), line.angle);
        whole += cell->weight;
    }
    qsort(order, (size_t)count, sizeof(*order), keyed_order);
    int64_t i = 0;
    for (; i < count - 1 && sum * shares < whole * first_share; i++)
        sum += city->cells.list[order[i].cell].weight;
    *first_count = i;
    line.limit = order[i].key;
    uint64_t draw = random_hash(city->atlas.seed ^ 0xB1, (uint64_t)line.limit, (uint64_t)count);
    line.limit_now = line.limit;
    if (random_per_mille(draw, MOVED_PER_MILLE)) {
        int32_t by = random_between(random_mix(draw), MOVED_LEAST_CM, MOVED_MOST_CM);
        line.limit_now += (draw & 1) ? by : -by;
    }
    return line;
}

/* Divides one district; its stations get the numbers from `first`. Cells keep their coded station;
 * `now` follows the same lines where they lie today. */
static void divide(struct city *city, struct keyed *order, int64_t count, int32_t first,
                   int32_t stations)
{
    struct part *parts = room_new(stations, sizeof(*parts));
    int32_t waiting = 0;
    parts[waiting++] = (struct part){0, count, first, stations};
    for (int64_t i = 0; i < count; i++) {
        city->cells.list[order[i].cell].coded = first;
        city->cells.list[order[i].cell].now = first;
    }
    while (waiting > 0) {
        struct part part = parts[--waiting];
        if (part.stations == 1)
            continue;
        int32_t half = part.stations / 2;
        int64_t first_count = 0;
        struct line line =
            cut(city, order + part.begin, part.end - part.begin, half, part.stations, &first_count);
        int32_t second = part.first_station + half;
        for (int64_t i = part.begin; i < part.end; i++) {
            struct cell *cell = &city->cells.list[order[i].cell];
            if (order[i].key >= line.limit)
                cell->coded = second;
        }
        /* today's part is every cell of the district that today's lines above have left here */
        for (int64_t i = 0; i < count; i++) {
            struct cell *cell = &city->cells.list[order[i].cell];
            if (cell->now != part.first_station)
                continue;
            struct spot at = cells_middle(cell->column, cell->row);
            if (key_of(city->atlas.seed, at, line.angle) >= line.limit_now)
                cell->now = second;
        }
        int64_t middle = part.begin + first_count;
        parts[waiting++] = (struct part){middle, part.end, second, part.stations - half};
        parts[waiting++] = (struct part){part.begin, middle, part.first_station, half};
    }
    free(parts);
}

static void divide_districts(struct city *city)
{
    struct cells *cells = &city->cells;
    struct keyed *order = room_new(cells->count, sizeof(*order));
    int64_t most = 1;
    for (int i = 0; i < city->scheme.station_digits; i++)
        most *= 10;
    for (int32_t district = 0; district < city->atlas.district_count; district++) {
        int64_t count = 0, weight = 0;
        for (int64_t i = 0; i < cells->count; i++) {
            if (cells->list[i].district != district)
                continue;
            order[count++] = (struct keyed){0, (int32_t)i};
            weight += cells->list[i].weight;
        }
        if (weight == 0)
            continue;
        int64_t share = weight * city->pole_count / city->point_count;
        int64_t stations = (share + city->poles_a_station / 2) / city->poles_a_station;
        stations = stations < 1 ? 1 : stations >= most ? most - 1 : stations;
        int32_t first = city->station_count;
        city->station_count += (int32_t)stations;
        city->stations = room_for(city->stations, &city->station_capacity, city->station_count,
                                  sizeof(*city->stations));
        for (int32_t k = 0; k < stations; k++)
            city->stations[first + k] = (struct station){
                .district = district, .number = k + 1, .successor = -1, .name = -1};
        divide(city, order, count, first, (int32_t)stations);
    }
    free(order);
}

/* ---- what has changed since */

static void give(struct city *city, int32_t from, int32_t to)
{
    for (int64_t i = 0; i < city->cells.count; i++)
        if (city->cells.list[i].now == from)
            city->cells.list[i].now = to;
    city->stations[from].successor = to;
}

/* One station in about forty was merged into the one numbered before it. */
static void merge_stations(struct city *city)
{
    int32_t wanted = (city->station_count + 20) / 40;
    for (int32_t k = 0; k < wanted; k++) {
        int32_t from = (int32_t)((int64_t)city->station_count * (2 * k + 1) / (2 * wanted));
        if (from > 0 && city->stations[from].district == city->stations[from - 1].district)
            give(city, from, from - 1);
    }
}

/* Cells around one, at most `rings` steps away, all of one station of today? */
static bool deep_inside(const struct cells *cells, int64_t place, int rings)
{
    const struct cell *middle = &cells->list[place];
    for (int32_t row = middle->row - rings; row <= middle->row + rings; row++) {
        for (int32_t column = middle->column - rings; column <= middle->column + rings; column++) {
            int32_t other = cells_find(cells, column, row);
            if (other < 0 || cells->list[other].now != middle->now)
                return false;
        }
    }
    return true;
}

/* Gives a compound (a works, a university) inside one area to a station that lies next but one. */
static void make_enclaves(struct city *city, int32_t wanted)
{
    struct cells *cells = &city->cells;
    uint64_t seed = city->atlas.seed ^ 0xB2;
    for (uint64_t attempt = 0; attempt < 20000 && wanted > 0 && cells->count > 0; attempt++) {
        int32_t place = random_between(random_hash(seed, attempt, 0), 0, (int32_t)cells->count - 1);
        int32_t owner = cells->list[place].now;
        int32_t other = owner + 2;
        if (other >= city->station_count || city->stations[other].successor >= 0 ||
            city->stations[other].district != city->stations[owner].district ||
            !deep_inside(cells, place, 3))
            continue;
        struct cell middle = cells->list[place];
        cells->list[place].now = other;
        for (int side = 0; side < 6; side++) {
            int32_t column, row;
            cells_neighbour(middle.column, middle.row, side, &column, &row);
            cells->list[cells_find(cells, column, row)].now = other;
        }
        wanted--;
    }
}

/* Collects the cells of today's area that hang together with one; marks them with `mark`. */
static int64_t piece_of(const struct cells *cells, int32_t place, int32_t *marks, int32_t mark,
                        int32_t *list)
{
    int64_t count = 0;
    list[count++] = place;
    marks[place] = mark;
    for (int64_t i = 0; i < count; i++) {
        const struct cell *cell = &cells->list[list[i]];
        for (int side = 0; side < 6; side++) {
            int32_t column, row;
            cells_neighbour(cell->column, cell->row, side, &column, &row);
            int32_t next = cells_find(cells, column, row);
            if (next >= 0 && marks[next] < 0 && cells->list[next].now == cell->now) {
                marks[next] = mark;
                list[count++] = next;
            }
        }
    }
    return count;
}

/* Splinters that the dividing left go to a neighbour of their district, if they have one. */
static void sweep_splinters(struct city *city)
{
    struct cells *cells = &city->cells;
    int32_t *marks = room_new(cells->count, sizeof(*marks));
    int32_t *list = room_new(cells->count, sizeof(*list));
    memset(marks, 0xFF, (size_t)cells->count * sizeof(*marks));
    for (int32_t place = 0; place < cells->count; place++) {
        if (marks[place] >= 0)
            continue;
        int64_t count = piece_of(cells, place, marks, place, list);
        if (count >= SMALLEST_PIECE_CELLS)
            continue;
        int32_t taker = -1;
        for (int64_t i = 0; i < count && taker < 0; i++) {
            for (int side = 0; side < 6 && taker < 0; side++) {
                int32_t column, row;
                const struct cell *cell = &cells->list[list[i]];
                cells_neighbour(cell->column, cell->row, side, &column, &row);
                int32_t next = cells_find(cells, column, row);
                if (next >= 0 && cells->list[next].now != cell->now &&
                    cells->list[next].district == cell->district)
                    taker = cells->list[next].now;
            }
        }
        for (int64_t i = 0; i < count && taker >= 0; i++)
            cells->list[list[i]].now = taker;
    }
    free(marks);
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

/* A station's house: beside the street point of its area (today's, or of old if it has none today)
 * that lies nearest to the middle of the area's streets. */
static void place_houses(struct city *city)
{
    int64_t(*sums)[3] = room_new(city->station_count, sizeof(*sums));
    int64_t *best = room_new(city->station_count, sizeof(*best));
    for (int pass = 0; pass < 2; pass++) {
        for (int64_t i = 0; i < city->point_count; i++) {
            const struct street_point *point = &city->points[i];
            int32_t place = cells_at(&city->cells, point->at);
            if (place < 0)
                continue;
            int32_t owners[2] = {city->cells.list[place].now, city->cells.list[place].coded};
            for (int k = 0; k < 2; k++) {
                int32_t s = owners[k];
                if (k == 1 && city->stations[s].successor < 0)
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
                int64_t d2 = plane_distance2(middle, point->at);
                if (d2 < best[s]) {
                    best[s] = d2;
                    struct heading along = {point->heading_x, point->heading_y};
                    city->stations[s].at = plane_move(point->at, along, 0, 3500);
                }
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
    merge_stations(city);
    sweep_splinters(city);
    if (city->station_count >= 40)
        make_enclaves(city, 3);
    code_streets(city);
    place_houses(city);
}
