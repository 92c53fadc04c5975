/* SPDX-License-Identifier: MIT
 *
 * Stations, and who answers for a place. Three can differ: the station coded in a pole's digits
 * (as it was when they were painted), the station whose area holds it, the nearest. A station with
 * a successor is closed: it is never sent nor near, and codes that name it mean the one at the end
 * of its chain of successors. Nothing here allocates; everything is thread-safe. */
#ifndef POLELOOKUP_STATION_H
#define POLELOOKUP_STATION_H

#include <polelookup/index.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A station as the table has it. Spans live until the index is closed. */
typedef struct {
    uint32_t struct_size;
    pole_station_number number;
    pole_point at;
    pole_span id;
    pole_span name;
    pole_span kind; /* "police" when the table does not say */
    pole_span phone;
    pole_span group;
    pole_span district;
    pole_span prefix;    /* the digits its poles' codes begin with; may be empty */
    pole_span scope;     /* of these codes */
    pole_span successor; /* id of the station that took over; may be empty */
} pole_station;

/* station->struct_size must be set. POLE_NOT_FOUND beyond the last. */
POLE_API pole_status pole_index_station(const pole_index *index, pole_station_number number,
                                        pole_station *station);

/* A station by its id; POLE_NOT_FOUND. *number is POLE_NO_STATION on failure. O(log n). */
POLE_API pole_status pole_index_find_station(const pole_index *index, pole_span id,
                                             pole_station_number *number);

/* Why a station is named. Fixed numbers. */
enum {
    POLE_ROLE_CODED = 1,       /* the digits say so */
    POLE_ROLE_RESPONSIBLE = 2, /* its area holds the place */
    POLE_ROLE_ROAD = 4,        /* first to arrive by road (not before roads are supported) */
    POLE_ROLE_NEAREST = 8,     /* nearest by geodesic */
    POLE_ROLE_ALL = 15
};

/* "coded", "responsible", "road", "nearest"; "unknown" for another number. Static, NUL-ended. */
POLE_API const char *pole_role_name(int32_t role);

/* A station in a role. Frozen. */
typedef struct {
    pole_station_number number;
    int32_t role;
    int32_t chosen; /* 1: the one to send: responsible, else coded, else nearest; at most one of a
                       place's hits, and exactly one when all roles were asked for and there is
                       any */
    uint32_t reserved;
    double distance_m;  /* geodesic from the place to the station */
    double bearing_deg; /* at the place, towards the station, within 1e-4 */
    double road_m;      /* NAN: not known */
    double road_s;      /* NAN: not known */
} pole_station_hit;

/* The police stations of a pole, one hit a role, in order of role. roles: POLE_ROLE_... added up.
 * hits: 4 elements are always enough. *needed: how many there are; POLE_LIMIT when capacity is
 * less. POLE_INVALID_ARGUMENT when row is not of this index. */
POLE_API pole_status pole_stations_of(const pole_index *index, pole_row row, uint32_t roles,
                                      pole_station_hit *hits, size_t capacity, size_t *needed);

/* The stations of any place. at: as for pole_nearest(). kind: "police" when empty; of a kind that
 * no station has there are none. roles: RESPONSIBLE and NEAREST mean something here. nearest: how
 * many of the nearest are wanted (each a hit of role NEAREST; nearest first, and those less than a
 * micrometre apart in distance in order of number). Sorted by role, then distance; the first one is
 * chosen. *needed and POLE_LIMIT as above. O(stations). */
POLE_API pole_status pole_stations_at(const pole_index *index, pole_point at, pole_span kind,
                                      uint32_t roles, size_t nearest, pole_station_hit *hits,
                                      size_t capacity, size_t *needed);

/* The nearest area of another station of the same kind than the one responsible at the place.
 * Frozen. */
typedef struct {
    double distance_m;           /* to its border; 0 on it; INFINITY when there is none */
    pole_station_number station; /* whose area it is; POLE_NO_STATION when there is none */
    uint32_t reserved;
} pole_area_edge;

/* Of police stations. Looks no farther than max_m (>= 0; INFINITY is allowed) and 20 km, and not at
 * all from within one degree of the earth's poles. In an area's overlap with another's the distance
 * is 0. A border shared by two areas belongs to the one that comes first: of the station with the
 * lower number. On failure as where there is none. */
POLE_API pole_status pole_area_edge_at(const pole_index *index, pole_point at, double max_m,
                                       pole_area_edge *edge);

#ifdef __cplusplus
}
#endif
#endif
