/* SPDX-License-Identifier: MIT
 * The stations, and which of them the digits of a code name.
 *
 * Section: u32 count, u32 zero; then 44 bytes a station, in order of id (bytes), all different:
 * u32 strings of id (not empty), name, kind (not empty), phone, group, district, prefix, scope,
 * successor; i32 latitude, i32 longitude in 1e-7 degree. prefix is empty or 1 to 9 digits; that of
 * a station that is not of the kind police means nothing. Two police stations with the same scope
 * and prefix are not allowed. */
#ifndef INDEX_STATIONS_H
#define INDEX_STATIONS_H

#include "geo/geodesic.h"
#include "index/scheme.h"
#include "index/strings.h"

#define POLE_STATION_BYTES 44

typedef struct {
    uint32_t prefix; /* number */
    uint16_t scope;
    uint8_t digits;
    uint8_t reserved;
    uint32_t station; /* the one that stands for it: successors followed */
} pole_station_prefix;

typedef struct {
    const uint8_t *entries;
    uint32_t count;
    uint32_t police_kind; /* string number of "police", or UINT32_MAX when no station has it */
    pole_station_prefix *prefixes; /* in order of (scope, digits, prefix) */
    uint32_t prefix_count;
    uint32_t prefix_lengths; /* bit n: some have n digits */
    pole_local *prepared;    /* where each is: to measure from a place, nothing must be prepared */
} pole_stations;

pole_status pole_stations_attach(pole_stations *stations, const uint8_t *bytes, size_t size,
                                 const pole_strings *strings, const pole_scheme *scheme,
                                 const pole_allocator *allocator, pole_error *error);
void pole_stations_detach(pole_stations *stations, const pole_allocator *allocator);
void pole_stations_pack(const pole_draft_city *city, pole_buffer *out);

/* number must be below count. */
pole_draft_station pole_stations_get(const pole_stations *stations, uint32_t number);
/* The strings of its id and name alone. */
static inline pole_text_number pole_station_id(const pole_stations *stations, uint32_t number)
{
    return pole_load_u32(stations->entries + POLE_STATION_BYTES * (size_t)number);
}
static inline pole_text_number pole_station_name(const pole_stations *stations, uint32_t number)
{
    return pole_load_u32(stations->entries + POLE_STATION_BYTES * (size_t)number + 4);
}
bool pole_stations_find(const pole_stations *stations, const pole_strings *strings, pole_span id,
                        uint32_t *number);

/* The station with the longest prefix of the code in its scope, or POLE_NO_STATION. */
uint32_t pole_stations_coded(const pole_stations *stations, uint16_t scope, uint32_t number,
                             uint8_t digits);

#endif
