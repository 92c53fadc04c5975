/* SPDX-License-Identifier: MIT
 * Stations, and who answers for a pole or for any place. */
#include <polelookup/station.h>

#include <math.h>

#include "base/abi.h"
#include "base/decimal.h"
#include "geo/geodesic.h"
#include "index/index.h"
#include "lookup/policy.h"

/* Distances closer than this are a tie, and the lower station comes first. */
#define TIE_M 1e-6

const char *pole_role_name(int32_t role)
{
    switch (role) {
    case POLE_ROLE_CODED:
        return "coded";
    case POLE_ROLE_RESPONSIBLE:
        return "responsible";
    case POLE_ROLE_ROAD:
        return "road";
    case POLE_ROLE_NEAREST:
        return "nearest";
    default:
        return "unknown";
    }
}

pole_status pole_index_station(const pole_index *index, pole_station_number number,
                               pole_station *station)
{
    if (!pole_record_is_sound(station))
        return POLE_INVALID_ARGUMENT;
    pole_record_fill(station, NULL, 0);
    if (index == NULL)
        return POLE_INVALID_ARGUMENT;
    if (number >= index->stations.count)
        return POLE_NOT_FOUND;
    const pole_draft_station stored = pole_stations_get(&index->stations, number);
    const pole_strings *strings = &index->strings;
    const pole_station full = {
        .number = number,
        .at = {stored.lat_e7 / 1e7, stored.lon_e7 / 1e7},
        .id = pole_strings_at(strings, stored.id),
        .name = pole_strings_at(strings, stored.name),
        .kind = pole_strings_at(strings, stored.kind),
        .phone = pole_strings_at(strings, stored.phone),
        .group = pole_strings_at(strings, stored.group),
        .district = pole_strings_at(strings, stored.district),
        .prefix = pole_strings_at(strings, stored.prefix),
        .scope = pole_strings_at(strings, stored.scope),
        .successor = pole_strings_at(strings, stored.successor),
    };
    pole_record_fill(station, &full, sizeof full);
    return POLE_OK;
}

pole_status pole_index_find_station(const pole_index *index, pole_span id,
                                    pole_station_number *number)
{
    if (number == NULL)
        return POLE_INVALID_ARGUMENT;
    *number = POLE_NO_STATION;
    if (index == NULL || (id.data == NULL && id.size_bytes > 0))
        return POLE_INVALID_ARGUMENT;
    uint32_t found;
    if (!pole_stations_find(&index->stations, &index->strings, id, &found))
        return POLE_NOT_FOUND;
    *number = found;
    return POLE_OK;
}

/* Into the caller's hit at once: one that is built and then copied makes the processor wait. */
static void measure(const pole_index *index, pole_point at, uint32_t number, int32_t role,
                    pole_station_hit *hit)
{
    memset(hit, 0, sizeof *hit);
    hit->number = number;
    hit->role = role;
    hit->road_m = hit->road_s = (double)NAN;
    pole_local_tell_back(index->stations.prepared + number, at, &hit->distance_m,
                         &hit->bearing_deg);
}

/* What a caller's array takes of a list, and how long the list is. */
typedef struct {
    pole_station_hit *hits;
    size_t capacity;
    size_t needed;
} hit_list;

static void append_hit(hit_list *list, const pole_index *index, pole_point at, uint32_t number,
                       int32_t role, bool chosen)
{
    if (list->needed < list->capacity) {
        measure(index, at, number, role, list->hits + list->needed);
        list->hits[list->needed].chosen = chosen;
    }
    list->needed++;
}

pole_status pole_stations_of(const pole_index *index, pole_row row, uint32_t roles,
                             pole_station_hit *hits, size_t capacity, size_t *needed)
{
    if (needed == NULL)
        return POLE_INVALID_ARGUMENT;
    *needed = 0;
    if (index == NULL || row >= index->positions.rows || (hits == NULL && capacity > 0))
        return POLE_INVALID_ARGUMENT;
    const pole_assignments *assignments = &index->assignments;
    const pole_code code = pole_index_code_of(index, row);
    const uint32_t numbers[] = {
        pole_stations_coded(&index->stations, code.scope, code.number, code.digits),
        pole_assigned(assignments->responsible, assignments->width, row),
        pole_assigned(assignments->nearest, assignments->width, row),
    };
    static const int32_t role_of[] = {POLE_ROLE_CODED, POLE_ROLE_RESPONSIBLE, POLE_ROLE_NEAREST};
    const int32_t chosen = pole_policy_role(numbers[0], numbers[1]);
    hit_list list = {hits, capacity, 0};
    const pole_point at = pole_position_at(&index->positions, row);
    for (unsigned i = 0; i < 3; i++) {
        if (numbers[i] == POLE_NO_STATION || (roles & (uint32_t)role_of[i]) == 0)
            continue;
        append_hit(&list, index, at, numbers[i], role_of[i], role_of[i] == chosen);
    }
    *needed = list.needed;
    return list.needed > capacity ? POLE_LIMIT : POLE_OK;
}

/* Of the kind, and not closed: no car is sent to a station that another took over from. */
static bool is_open(const pole_draft_station *station, pole_text_number kind)
{
    return station->kind == kind && station->successor == 0;
}

/* The nearest stations of a kind, nearest first, into hits (room for `wanted`); how many. Stations
 * are few: each is measured, and the exact bearing is found for those that stay. */
static size_t find_nearest(const pole_index *index, pole_point at, pole_text_number kind,
                           size_t wanted, pole_station_hit *hits)
{
    pole_local from;
    pole_local_prepare(&from, at);
    size_t found = 0;
    for (uint32_t number = 0; number < index->stations.count; number++) {
        const pole_draft_station station = pole_stations_get(&index->stations, number);
        if (!is_open(&station, kind))
            continue;
        const double distance_m = pole_local_distance(&from, station.lat_e7, station.lon_e7);
        if (found == wanted && distance_m >= hits[found - 1].distance_m - TIE_M)
            continue;
        size_t place = found < wanted ? found++ : found - 1;
        for (; place > 0 && distance_m < hits[place - 1].distance_m - TIE_M; place--)
            hits[place] = hits[place - 1];
        hits[place].number = number;
        hits[place].distance_m = distance_m;
    }
    for (size_t i = 0; i < found; i++)
        measure(index, at, hits[i].number, POLE_ROLE_NEAREST, hits + i);
    return found;
}

static size_t count_kind(const pole_index *index, pole_text_number kind)
{
    size_t count = 0;
    for (uint32_t number = 0; number < index->stations.count; number++) {
        const pole_draft_station station = pole_stations_get(&index->stations, number);
        count += is_open(&station, kind);
    }
    return count;
}

static bool point_is_sound(pole_point at)
{
    return at.lat_deg >= -90 && at.lat_deg <= 90 && at.lon_deg >= -180 && at.lon_deg <= 180;
}

/* A place as areas see it, whose borders are whole numbers of 1e-7 degree. */
static pole_vertex rounded(pole_point at)
{
    int64_t lat_e7 = 0, lon_e7 = 0;
    if (!pole_double_to_scaled_plainly(at.lat_deg, 1e7, &lat_e7))
        (void)pole_double_to_scaled(at.lat_deg, 7, &lat_e7);
    if (!pole_double_to_scaled_plainly(at.lon_deg, 1e7, &lon_e7))
        (void)pole_double_to_scaled(at.lon_deg, 7, &lon_e7);
    return (pole_vertex){(int32_t)lat_e7, (int32_t)lon_e7};
}

/* The station whose area holds a place; POLE_NO_STATION. */
static uint32_t responsible_at(const pole_index *index, pole_text_number kind, pole_vertex at)
{
    const uint32_t area = pole_areas_at(&index->areas, kind, at.lat_e7, at.lon_e7);
    return area == POLE_NO_AREA ? POLE_NO_STATION : pole_area_station(&index->areas, area);
}

pole_status pole_stations_at(const pole_index *index, pole_point at, pole_span kind, uint32_t roles,
                             size_t nearest, pole_station_hit *hits, size_t capacity,
                             size_t *needed)
{
    if (needed == NULL)
        return POLE_INVALID_ARGUMENT;
    *needed = 0;
    if (index == NULL || !point_is_sound(at) || (hits == NULL && capacity > 0) ||
        (kind.data == NULL && kind.size_bytes > 0))
        return POLE_INVALID_ARGUMENT;
    pole_text_number number = index->stations.police_kind;
    if (kind.size_bytes > 0 && !pole_strings_find(&index->strings, kind, &number))
        return POLE_OK; /* no station is of that kind */
    hit_list list = {hits, capacity, 0};
    const uint32_t responsible = roles & POLE_ROLE_RESPONSIBLE
                                     ? responsible_at(index, number, rounded(at))
                                     : POLE_NO_STATION;
    if (responsible != POLE_NO_STATION)
        append_hit(&list, index, at, responsible, POLE_ROLE_RESPONSIBLE, true);
    if (roles & POLE_ROLE_NEAREST) {
        const size_t room = capacity > list.needed ? capacity - list.needed : 0;
        const size_t all = count_kind(index, number);
        const size_t wanted = nearest < all ? nearest : all;
        if (room > 0 && wanted > 0)
            (void)find_nearest(index, at, number, wanted < room ? wanted : room,
                               hits + list.needed);
        list.needed += wanted;
    }
    if (list.needed > 0 && capacity > 0)
        hits[0].chosen = 1;
    *needed = list.needed;
    return list.needed > capacity ? POLE_LIMIT : POLE_OK;
}

pole_status pole_area_edge_at(const pole_index *index, pole_point at, double max_m,
                              pole_area_edge *edge)
{
    if (edge == NULL)
        return POLE_INVALID_ARGUMENT;
    memset(edge, 0, sizeof *edge);
    edge->station = POLE_NO_STATION;
    edge->distance_m = (double)INFINITY;
    if (index == NULL || !point_is_sound(at) || !(max_m >= 0))
        return POLE_INVALID_ARGUMENT;
    const pole_text_number kind = index->stations.police_kind;
    const pole_vertex place = rounded(at);
    uint32_t area;
    pole_local from;
    pole_local_prepare(&from, at);
    const double distance_m = pole_areas_edge(&index->areas, kind, &from, place,
                                              responsible_at(index, kind, place), max_m, &area);
    if (area == POLE_NO_AREA)
        return POLE_OK;
    edge->distance_m = distance_m;
    edge->station = pole_area_station(&index->areas, area);
    return POLE_OK;
}
