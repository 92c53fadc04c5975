/* SPDX-License-Identifier: MIT
 * Areas in order of (station, geometry), each with a station that exists; equal ones are taken
 * once. Their rings are in their one form already (repair.h). */
#include <stdio.h>

#include "base/status.h"
#include "build/repair.h"
#include "build/settle.h"
#include "build/sort.h"
#include "build/taken.h"

typedef struct {
    pole_builder *builder;
    pole_settled *settled;
    const pole_area_rows *areas;
    uint32_t *order;
    uint32_t *station; /* of each row */
} settling;

static int compare_areas(const void *context, uint32_t a, uint32_t b)
{
    const settling *s = context;
    const pole_area_row *x = s->areas->rows + a, *y = s->areas->rows + b;
    if (s->station[a] != s->station[b])
        return s->station[a] < s->station[b] ? -1 : 1;
    if (x->rings != y->rings)
        return x->rings < y->rings ? -1 : 1;
    for (uint32_t i = 0; i < x->rings; i++) {
        const uint32_t of_x = s->areas->ring_sizes[x->first_ring + i];
        const uint32_t of_y = s->areas->ring_sizes[y->first_ring + i];
        if (of_x != of_y)
            return of_x < of_y ? -1 : 1;
    }
    return pole_compare_vertices(s->areas->vertices + x->first_vertex, x->vertices,
                                 s->areas->vertices + y->first_vertex, y->vertices);
}

/* Stations are in order of id, and ids are different texts. */
static uint32_t find_station(const settling *s, pole_text_number id)
{
    const pole_texts *texts = &s->builder->texts;
    uint32_t low = 0, high = s->settled->city.station_count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (pole_span_compare(pole_texts_at(texts, s->settled->stations[middle].id),
                              pole_texts_at(texts, id)) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < s->settled->city.station_count && s->settled->stations[low].id == id
               ? low
               : POLE_NO_STATION;
}

/* An area goes with the duty: to the station at the end of the chain of successors, which does end
 * (settle_stations.c). */
static uint32_t follow(settling *s, uint32_t row)
{
    const pole_draft_station *stations = s->settled->stations;
    const uint32_t named = find_station(s, s->areas->rows[row].station);
    uint32_t station = named;
    while (station != POLE_NO_STATION && stations[station].successor != 0)
        station = find_station(s, stations[station].successor);
    if (station == named)
        return station;
    const pole_texts *texts = &s->builder->texts;
    const pole_span id = pole_texts_at(texts, s->areas->rows[row].station);
    const pole_complaint complaint = pole_complain(POLE_FINDING_BAD_VALUE, POLE_COLUMN_STATION_ID,
                                                   id, "name the station that answers today");
    const pole_row_place place = pole_place_of_taken(s->builder, POLE_TABLE_AREAS, row);
    pole_remark(&s->builder->reporter, &place, &complaint,
                "the station '%s' has a successor: the area is taken as that of '%s'",
                pole_show(id).text, pole_show(pole_texts_at(texts, stations[station].id)).text);
    return station;
}

static pole_status refuse_unknown(settling *s, uint32_t row)
{
    const pole_span id = pole_texts_at(&s->builder->texts, s->areas->rows[row].station);
    char message[160];
    snprintf(message, sizeof message, "there is no station '%s' for the area", pole_show(id).text);
    const pole_complaint complaint = pole_complain(
        POLE_FINDING_UNKNOWN_STATION, POLE_COLUMN_STATION_ID, id,
        s->builder->stations.count == 0 ? "give the table of stations too"
                                        : "name a station of the table, or add it there");
    return pole_refuse_taken(s->builder, POLE_TABLE_AREAS, row, &complaint, message);
}

/* The rows that have a station, into order; sorted. */
static pole_status collect(settling *s, uint32_t *count)
{
    *count = 0;
    for (uint32_t row = 0; row < s->areas->count; row++) {
        s->station[row] = follow(s, row);
        if (s->station[row] == POLE_NO_STATION) {
            const pole_status status = refuse_unknown(s, row);
            if (status != POLE_OK)
                return status;
        } else {
            s->order[(*count)++] = row;
        }
    }
    if (pole_sort_numbers(s->order, *count, compare_areas, s, &s->builder->allocator) != POLE_OK)
        return pole_builder_no_memory(s->builder);
    return POLE_OK;
}

static void take(settling *s, uint32_t row)
{
    pole_draft_city *city = &s->settled->city;
    const pole_area_row *area = s->areas->rows + row;
    s->settled->areas[city->area_count++] = (pole_draft_area){s->station[row], area->rings};
    memcpy(s->settled->ring_sizes + city->ring_count, s->areas->ring_sizes + area->first_ring,
           area->rings * sizeof *s->settled->ring_sizes);
    city->ring_count += area->rings;
    for (size_t i = 0; i < area->vertices; i++) {
        const pole_vertex vertex = s->areas->vertices[area->first_vertex + i];
        s->settled->points_e7[2 * (size_t)city->point_count] = vertex.lat_e7;
        s->settled->points_e7[2 * (size_t)city->point_count + 1] = vertex.lon_e7;
        city->point_count++;
    }
}

static void take_all(settling *s, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (i == 0 || compare_areas(s, s->order[i - 1], s->order[i]) != 0) {
            take(s, s->order[i]);
            continue;
        }
        const pole_row_place place = pole_place_of_taken(s->builder, POLE_TABLE_AREAS, s->order[i]);
        pole_collapse(&s->builder->reporter, &place, "the area repeats %s",
                      pole_show_origin(s->builder, s->areas->rows[s->order[i - 1]].origin).text);
    }
}

pole_status pole_settle_areas(pole_builder *builder, pole_settled *settled)
{
    const pole_allocator *allocator = &builder->allocator;
    settling s = {.builder = builder, .settled = settled, .areas = &builder->areas};
    s.order = pole_allocate_array(allocator, s.areas->count, sizeof *s.order);
    s.station = pole_allocate_array(allocator, s.areas->count, sizeof *s.station);
    settled->areas = pole_allocate_array(allocator, s.areas->count, sizeof *settled->areas);
    settled->ring_sizes =
        pole_allocate_array(allocator, s.areas->ring_count, sizeof *settled->ring_sizes);
    settled->points_e7 =
        pole_allocate_array(allocator, s.areas->vertex_count, 2 * sizeof *settled->points_e7);
    const bool memory =
        s.order && s.station && settled->areas && settled->ring_sizes && settled->points_e7;
    uint32_t count = 0;
    pole_status status = memory ? collect(&s, &count) : pole_builder_no_memory(builder);
    if (status == POLE_OK)
        take_all(&s, count);
    pole_release(allocator, s.order);
    pole_release(allocator, s.station);
    return status;
}
