/* SPDX-License-Identifier: MIT
 *
 * Divides ground among stations by a tree of lines across the map. The same lines serve twice: as
 * they were when the codes were painted, and as they are today, when some have moved. */
#include "random.h"
#include "room.h"
#include "stations.h"

#include <stdlib.h>

enum {
    MOVED_PER_MILLE = 40, /* of the dividing lines have moved since */
    MOVED_LEAST_CM = 9000,
    MOVED_MOST_CM = 19000
};

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

void stations_divide(struct city *city, struct keyed *order, int64_t count, int32_t first,
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
        /* today's part is every cell that today's lines above have left here */
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
