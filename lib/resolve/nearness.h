/* SPDX-License-Identifier: MIT
 * What "near" means where a car is sent: within a distance, and of the same responsible station.
 * Where no area holds a place, its responsible station is POLE_NO_STATION, alike for all such. */
#ifndef RESOLVE_NEARNESS_H
#define RESOLVE_NEARNESS_H

#include "geo/geodesic.h"
#include "index/index.h"

/* As of pole_within_radius(): a micrometre beyond is within. */
#define POLE_NEAR_TIE_M 1e-6

/* A place prepared for asking of many poles whether they are near it. */
typedef struct {
    pole_local from;
    double lat_m, lon_m; /* no line within reach is shorter than in this flat metric */
    double near_m;
    uint32_t responsible;
    /* Latitudes outside south_e7 to south_e7 + height_e7 are too far, whatever the longitude. */
    uint32_t south_e7, height_e7;
} pole_nearness;

/* near_m: > 0. */
void pole_nearness_prepare(pole_nearness *nearness, pole_point at, uint32_t responsible,
                           double near_m);
void pole_nearness_of_pole(pole_nearness *nearness, const pole_index *index, pole_row row,
                           double near_m);

static inline bool pole_nearness_latitude(const pole_nearness *nearness, int32_t lat_e7)
{
    return (uint32_t)lat_e7 - nearness->south_e7 <= nearness->height_e7;
}

/* Whether a place of a responsible station is near. */
static inline bool pole_nearness_holds(const pole_nearness *nearness, int32_t lat_e7,
                                       int32_t lon_e7, uint32_t responsible)
{
    const double y = (lat_e7 - nearness->from.lat_e7) * nearness->lat_m;
    const double x = pole_local_dlon(&nearness->from, lon_e7) * nearness->lon_m;
    const double within_m = nearness->near_m + POLE_NEAR_TIE_M;
    if (y * y + x * x > within_m * within_m || responsible != nearness->responsible)
        return false;
    return pole_local_distance(&nearness->from, lat_e7, lon_e7) <= within_m;
}

static inline uint32_t pole_responsible(const pole_index *index, pole_row row)
{
    return pole_assigned(index->assignments.responsible, index->assignments.width, row);
}

/* The same for a pole. Most of a city is told to be far by the latitude alone. */
static inline bool pole_nearness_of(const pole_nearness *nearness, const pole_index *index,
                                    pole_row row)
{
    const int32_t lat_e7 = pole_position_lat_e7(&index->positions, row);
    if (!pole_nearness_latitude(nearness, lat_e7))
        return false;
    return pole_nearness_holds(nearness, lat_e7, pole_position_lon_e7(&index->positions, row),
                               pole_responsible(index, row));
}

#endif
