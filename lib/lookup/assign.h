/* SPDX-License-Identifier: MIT
 * Who answers for a pole: worked out at build for every pole, and again to verify an index. The
 * same on every machine: nothing here depends on the C library's sines. */
#ifndef LOOKUP_ASSIGN_H
#define LOOKUP_ASSIGN_H

#include "index/areas.h"
#include "index/areas_survey.h"
#include "index/stations.h"

typedef struct {
    uint32_t responsible; /* the station of the lowest police area that holds it */
    uint32_t nearest;     /* police station, by geodesic; the lower of two as near; never one that
                             has a successor */
    uint8_t edge_m;       /* whole metres to the next area, rounded down; POLE_EDGE_FAR */
} pole_assignment;

#define POLE_EDGE_FAR 255

/* For asking about many poles: the stations side by side, and what was found out about the
 * surroundings of the last place, since the next pole mostly stands a few steps further. Zero it
 * to begin. Its answers do not depend on what was asked before. */
typedef struct {
    const pole_stations *stations;
    const pole_areas *areas;
    uint32_t count;    /* police stations without a successor */
    uint32_t *numbers; /* rising */
    /* In differences from the first; room for whole quadruples, the rest far away. */
    float *lat_e7, *lon_e7;
    int32_t first_lat_e7, first_lon_e7;
    pole_area_survey survey; /* areas: NULL before the first */
    /* No station but this is the nearest to any place that is less than clear_m from here. */
    pole_spot spot;
    uint32_t nearest;
    float clear_m;
} pole_assigner;

/* stations and areas: attached; borrowed. POLE_OK or POLE_NO_MEMORY. */
pole_status pole_assigner_init(pole_assigner *assigner, const pole_stations *stations,
                               const pole_areas *areas, const pole_allocator *allocator);
void pole_assigner_free(pole_assigner *assigner, const pole_allocator *allocator);

pole_assignment pole_assign(pole_assigner *assigner, int32_t lat_e7, int32_t lon_e7);

#endif
