/* SPDX-License-Identifier: MIT
 *
 * What has changed among stations since the codes were painted: a few were merged into others, and
 * a compound here and there answers to a station that lies elsewhere. */
#include "random.h"
#include "room.h"
#include "stations.h"

#include <stdlib.h>
#include <string.h>

enum { SMALLEST_PIECE_CELLS = 5 }; /* of an area apart from the rest */

static void give(struct city *city, int32_t from, int32_t to)
{
    for (int64_t i = 0; i < city->cells.count; i++)
        if (city->cells.list[i].now == from)
            city->cells.list[i].now = to;
    city->stations[from].successor = to;
}

/* One station in about sixty was merged into the one numbered before it. */
static void merge_stations(struct city *city)
{
    int32_t wanted = (city->station_count + 10) / 60;
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

static int32_t value_of(const struct cell *cell, enum cell_value value)
{
    return value == CELL_NOW ? cell->now : cell->district;
}

int64_t stations_piece(const struct cells *cells, enum cell_value value, int32_t place,
                       int32_t *marks, int32_t mark, int32_t *list)
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
            if (next >= 0 && marks[next] < 0 &&
                value_of(&cells->list[next], value) == value_of(cell, value)) {
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
        int64_t count = stations_piece(cells, CELL_NOW, place, marks, place, list);
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

void stations_change(struct city *city)
{
    merge_stations(city);
    sweep_splinters(city);
    if (city->station_count >= 40)
        make_enclaves(city, 3);
}
