/* SPDX-License-Identifier: MIT
 * See stations.h. */
#include "index/stations.h"

#include <stdlib.h>

#include "index/room.h"

static pole_status damaged(pole_error *error, const char *what)
{
    return pole_section_damaged(error, "stations", what);
}

pole_draft_station pole_stations_get(const pole_stations *stations, uint32_t number)
{
    const uint8_t *p = stations->entries + POLE_STATION_BYTES * (size_t)number;
    const pole_draft_station station = {
        .id = pole_load_u32(p),
        .name = pole_load_u32(p + 4),
        .kind = pole_load_u32(p + 8),
        .phone = pole_load_u32(p + 12),
        .group = pole_load_u32(p + 16),
        .district = pole_load_u32(p + 20),
        .prefix = pole_load_u32(p + 24),
        .scope = pole_load_u32(p + 28),
        .successor = pole_load_u32(p + 32),
        .lat_e7 = pole_load_i32(p + 36),
        .lon_e7 = pole_load_i32(p + 40),
    };
    return station;
}

/* String numbers go in order of bytes, so ids do too. */
static bool find_id(const pole_stations *stations, pole_text_number id, uint32_t *number)
{
    uint32_t low = 0, high = stations->count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (pole_load_u32(stations->entries + POLE_STATION_BYTES * (size_t)middle) < id)
            low = middle + 1;
        else
            high = middle;
    }
    *number = low;
    return low < stations->count &&
           pole_load_u32(stations->entries + POLE_STATION_BYTES * (size_t)low) == id;
}

bool pole_stations_find(const pole_stations *stations, const pole_strings *strings, pole_span id,
                        uint32_t *number)
{
    pole_text_number text;
    return pole_strings_find(strings, id, &text) && find_id(stations, text, number);
}

static const char *fault_of(const pole_stations *stations, uint32_t number,
                            const pole_strings *strings)
{
    const uint8_t *p = stations->entries + POLE_STATION_BYTES * (size_t)number;
    for (unsigned i = 0; i < 9; i++)
        if (pole_load_u32(p + 4 * (size_t)i) >= strings->count)
            return "a text does not exist";
    const pole_draft_station station = pole_stations_get(stations, number);
    if (station.id == 0 || station.kind == 0)
        return "a station without id or kind";
    if (number > 0 && pole_stations_get(stations, number - 1).id >= station.id)
        return "its stations are out of order";
    if (station.lat_e7 < -POLE_MAX_LAT_E7 || station.lat_e7 > POLE_MAX_LAT_E7 ||
        station.lon_e7 < -POLE_MAX_LON_E7 || station.lon_e7 > POLE_MAX_LON_E7)
        return "a station lies outside the earth";
    return NULL;
}

/* The station at the end of a chain of successors; UINT32_MAX for a chain without end or to
 * nowhere. No chain is longer than there are stations. */
static uint32_t follow(const pole_stations *stations, uint32_t number)
{
    for (uint32_t steps = 0; steps <= stations->count; steps++) {
        const pole_text_number successor = pole_stations_get(stations, number).successor;
        if (successor == 0)
            return number;
        if (!find_id(stations, successor, &number))
            return UINT32_MAX;
    }
    return UINT32_MAX;
}

static int compare_prefixes(const void *a, const void *b)
{
    const pole_station_prefix *x = a, *y = b;
    if (x->scope != y->scope)
        return x->scope < y->scope ? -1 : 1;
    if (x->digits != y->digits)
        return x->digits < y->digits ? -1 : 1;
    return (x->prefix > y->prefix) - (x->prefix < y->prefix);
}

/* Only police answer for codes. A prefix whose scope holds no pole is kept out too: no code can ask
 * for it. */
static bool scope_number(const pole_scheme *scheme, pole_text_number name, uint16_t *scope)
{
    for (uint32_t i = 0; i < scheme->scope_count; i++) {
        if (scheme->scope_names[i] == name) {
            *scope = (uint16_t)i;
            return true;
        }
    }
    return false;
}

/* Successors are followed for each prefix: chains are short, and a hostile file of a million
 * stations in one chain is cut off by the limit on steps over all. */
static const char *collect_prefixes(pole_stations *stations, const pole_strings *strings,
                                    const pole_scheme *scheme)
{
    for (uint32_t i = 0; i < stations->count; i++) {
        const pole_draft_station station = pole_stations_get(stations, i);
        if (station.prefix == 0 || station.kind != stations->police_kind)
            continue;
        pole_station_prefix prefix = {0, 0, 0, 0, i};
        if (!pole_digits_parse(pole_strings_at(strings, station.prefix), &prefix.prefix,
                               &prefix.digits) ||
            prefix.digits != pole_strings_at(strings, station.prefix).size_bytes)
            return "a prefix is not digits";
        if (!scope_number(scheme, station.scope, &prefix.scope))
            continue;
        stations->prefixes[stations->prefix_count++] = prefix;
        stations->prefix_lengths |= (uint32_t)1 << prefix.digits;
    }
    if (stations->prefix_count > 1)
        qsort(stations->prefixes, stations->prefix_count, sizeof *stations->prefixes,
              compare_prefixes);
    for (uint32_t i = 1; i < stations->prefix_count; i++)
        if (compare_prefixes(stations->prefixes + i - 1, stations->prefixes + i) == 0)
            return "two stations have the same prefix";
    return NULL;
}

/* Chains of successors must end. Each station's end is looked for once, in all at most
 * 16 steps a station on average: real chains are of one or two. */
static const char *follow_successors(pole_stations *stations)
{
    uint64_t steps = 0;
    const uint64_t most = 16 * (uint64_t)stations->count + 16;
    for (uint32_t i = 0; i < stations->count; i++) {
        uint32_t number = i;
        pole_text_number successor;
        while ((successor = pole_stations_get(stations, number).successor) != 0) {
            if (++steps > most || !find_id(stations, successor, &number) || number == i)
                return "a successor does not exist, or the successors never end";
        }
    }
    for (uint32_t i = 0; i < stations->prefix_count; i++) {
        const uint32_t last = follow(stations, stations->prefixes[i].station);
        if (pole_stations_get(stations, last).kind != stations->police_kind)
            return "a police station's successor is of another kind";
        stations->prefixes[i].station = last;
    }
    return NULL;
}

pole_status pole_stations_attach(pole_stations *stations, const uint8_t *bytes, size_t size,
                                 const pole_strings *strings, const pole_scheme *scheme,
                                 const pole_allocator *allocator, pole_error *error)
{
    memset(stations, 0, sizeof *stations);
    pole_section_reader reader = pole_section_begin(bytes, size);
    stations->count = pole_section_u32(&reader);
    const uint32_t zero = pole_section_u32(&reader);
    stations->entries = pole_section_take(&reader, stations->count, POLE_STATION_BYTES);
    if (!pole_section_ended(&reader) || zero != 0)
        return damaged(error, "its length does not fit its content");
    for (uint32_t i = 0; i < stations->count; i++) {
        const char *fault = fault_of(stations, i, strings);
        if (fault)
            return damaged(error, fault);
    }
    pole_text_number police;
    stations->police_kind =
        pole_strings_find(strings, pole_span_of("police"), &police) ? police : UINT32_MAX;
    stations->prefixes =
        pole_allocate_array(allocator, stations->count, sizeof *stations->prefixes);
    stations->prepared =
        pole_allocate_array(allocator, stations->count, sizeof *stations->prepared);
    if (stations->prefixes == NULL || stations->prepared == NULL)
        return pole_fail(error, POLE_NO_MEMORY, "no memory for the stations");
    for (uint32_t i = 0; i < stations->count; i++) {
        const pole_draft_station station = pole_stations_get(stations, i);
        const pole_point at = {station.lat_e7 / 1e7, station.lon_e7 / 1e7};
        pole_local_prepare(stations->prepared + i, at);
    }
    const char *fault = collect_prefixes(stations, strings, scheme);
    if (fault == NULL)
        fault = follow_successors(stations);
    return fault ? damaged(error, fault) : POLE_OK;
}

void pole_stations_detach(pole_stations *stations, const pole_allocator *allocator)
{
    pole_release(allocator, stations->prefixes);
    pole_release(allocator, stations->prepared);
    memset(stations, 0, sizeof *stations);
}

void pole_stations_pack(const pole_draft_city *city, pole_buffer *out)
{
    pole_buffer_append_u32(out, city->station_count);
    pole_buffer_append_u32(out, 0);
    for (uint32_t i = 0; i < city->station_count; i++) {
        const pole_draft_station *station = city->stations + i;
        pole_buffer_append_u32(out, station->id);
        pole_buffer_append_u32(out, station->name);
        pole_buffer_append_u32(out, station->kind);
        pole_buffer_append_u32(out, station->phone);
        pole_buffer_append_u32(out, station->group);
        pole_buffer_append_u32(out, station->district);
        pole_buffer_append_u32(out, station->prefix);
        pole_buffer_append_u32(out, station->scope);
        pole_buffer_append_u32(out, station->successor);
        pole_buffer_append_u32(out, (uint32_t)station->lat_e7);
        pole_buffer_append_u32(out, (uint32_t)station->lon_e7);
    }
}

uint32_t pole_stations_coded(const pole_stations *stations, uint16_t scope, uint32_t number,
                             uint8_t digits)
{
    pole_station_prefix wanted = {number, scope, digits, 0, 0};
    for (; wanted.digits > 0; wanted.digits--, wanted.prefix /= 10) {
        if ((stations->prefix_lengths >> wanted.digits & 1) == 0)
            continue;
        uint32_t low = 0, high = stations->prefix_count;
        while (low < high) {
            const uint32_t middle = low + (high - low) / 2;
            if (compare_prefixes(stations->prefixes + middle, &wanted) < 0)
                low = middle + 1;
            else
                high = middle;
        }
        if (low < stations->prefix_count &&
            compare_prefixes(stations->prefixes + low, &wanted) == 0)
            return stations->prefixes[low].station;
    }
    return POLE_NO_STATION;
}
