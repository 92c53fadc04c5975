/* SPDX-License-Identifier: MIT
 *
 * Walks around the cells of each area. Every corner of the lattice joins three cells, so an area's
 * border leaves each corner at most once, and rings neither cross nor touch. */
#include "areas.h"

#include "room.h"

#include <stdlib.h>
#include <string.h>

struct edge {
    int32_t station;
    struct cell_corner from, to;
    bool walked;
};

static int edge_order(const void *a, const void *b)
{
    const struct edge *x = a, *y = b;
    if (x->station != y->station)
        return x->station < y->station ? -1 : 1;
    if (x->from.line != y->from.line)
        return x->from.line < y->from.line ? -1 : 1;
    return x->from.half_column < y->from.half_column ? -1
                                                     : x->from.half_column > y->from.half_column;
}

static int64_t collect_edges(const struct city *city, struct edge **edges)
{
    int64_t count = 0, capacity = 0;
    for (int64_t i = 0; i < city->cells.count; i++) {
        const struct cell *cell = &city->cells.list[i];
        for (int side = 0; side < 6; side++) {
            int32_t column, row;
            cells_neighbour(cell->column, cell->row, side, &column, &row);
            int32_t other = cells_find(&city->cells, column, row);
            if (other >= 0 && city->cells.list[other].now == cell->now)
                continue;
            *edges = room_for(*edges, &capacity, count + 1, sizeof(**edges));
            (*edges)[count++] =
                (struct edge){cell->now, cells_corner(cell->column, cell->row, side),
                              cells_corner(cell->column, cell->row, (side + 1) % 6), false};
        }
    }
    if (count > 0)
        qsort(*edges, (size_t)count, sizeof(**edges), edge_order);
    return count;
}

/* Twice the area; above 0 when the ring runs anticlockwise. */
static int64_t doubled_area(const struct spot *corners, int64_t count)
{
    int64_t sum = 0;
    for (int64_t i = 0; i < count; i++) {
        struct spot a = corners[i], b = corners[(i + 1) % count];
        int64_t ax = (int64_t)a.x_cm - corners[0].x_cm, ay = (int64_t)a.y_cm - corners[0].y_cm;
        int64_t bx = (int64_t)b.x_cm - corners[0].x_cm, by = (int64_t)b.y_cm - corners[0].y_cm;
        sum += ax * by - bx * ay;
    }
    return sum;
}

static bool ring_holds(const struct spot *corners, int64_t count, struct spot at)
{
    bool inside = false;
    for (int64_t i = 0; i < count; i++) {
        struct spot a = corners[i], b = corners[(i + 1) % count];
        if ((a.y_cm > at.y_cm) == (b.y_cm > at.y_cm))
            continue;
        int64_t cross = ((int64_t)b.x_cm - a.x_cm) * ((int64_t)at.y_cm - a.y_cm) -
                        ((int64_t)at.x_cm - a.x_cm) * ((int64_t)b.y_cm - a.y_cm);
        if ((cross > 0) == (b.y_cm > a.y_cm))
            inside = !inside;
    }
    return inside;
}

static void walk(const struct city *city, struct areas *areas, struct edge *edges, int64_t count,
                 int64_t start)
{
    struct ring ring = {areas->corner_count, 0, edges[start].station, -1};
    struct edge *edge = &edges[start];
    while (edge != NULL && !edge->walked) {
        edge->walked = true;
        areas->corners = room_for(areas->corners, &areas->corner_capacity, areas->corner_count + 1,
                                  sizeof(*areas->corners));
        areas->corners[areas->corner_count++] = cells_corner_spot(city->atlas.seed, edge->from);
        struct edge next = {edge->station, edge->to, edge->to, false};
        edge = bsearch(&next, edges, (size_t)count, sizeof(*edges), edge_order);
    }
    ring.count = areas->corner_count - ring.first;
    areas->rings =
        room_for(areas->rings, &areas->ring_capacity, areas->ring_count + 1, sizeof(*areas->rings));
    areas->rings[areas->ring_count++] = ring;
}

static void find_outers(struct areas *areas)
{
    for (int64_t i = 0; i < areas->ring_count; i++) {
        struct ring *ring = &areas->rings[i];
        if (doubled_area(areas->corners + ring->first, ring->count) > 0)
            ring->outer = (int32_t)i;
    }
    for (int64_t i = 0; i < areas->ring_count; i++) {
        struct ring *hole = &areas->rings[i];
        for (int64_t k = 0; k < areas->ring_count && hole->outer < 0; k++) {
            const struct ring *outer = &areas->rings[k];
            if (outer->outer == k && outer->station == hole->station &&
                ring_holds(areas->corners + outer->first, outer->count,
                           areas->corners[hole->first]))
                hole->outer = (int32_t)k;
        }
    }
}

void areas_trace(const struct city *city, struct areas *areas)
{
    struct edge *edges = NULL;
    memset(areas, 0, sizeof(*areas));
    int64_t count = collect_edges(city, &edges);
    for (int64_t i = 0; i < count; i++)
        if (!edges[i].walked)
            walk(city, areas, edges, count, i);
    find_outers(areas);
    free(edges);
}

void areas_free(struct areas *areas)
{
    free(areas->rings);
    free(areas->corners);
    memset(areas, 0, sizeof(*areas));
}
