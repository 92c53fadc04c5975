/* SPDX-License-Identifier: MIT
 * Who answers for a pole: worked out at build for every pole, and again to verify an index. The
 * same on every machine: nothing here depends on the C library's sines. */
#ifndef LOOKUP_ASSIGN_H
#define LOOKUP_ASSIGN_H

#include "index/areas.h"
#include "index/stations.h"

typedef struct {
    uint32_t responsible; /* the station of the lowest police area that holds it */
    uint32_t nearest;     /* police station, by geodesic; the lower of two as near */
    uint8_t edge_m;       /* whole metres to the next area, rounded down; POLE_EDGE_FAR */
} pole_assignment;

#define POLE_EDGE_FAR 255

/* The stations side by side, for asking about many poles. Zero it to begin. */
typedef struct {
    const pole_stations *stations;
    const pole_areas *areas;
    uint32_t count;    /* police stations */
    uint32_t *numbers; /* rising */
    float *lat_e7;     /* as differences from the first */
    float *lon_e7;
    int32_t first_lat_e7, first_lon_e7;
} pole_assigner;

/* stations and areas: attached; borrowed. POLE_OK or POLE_NO_MEMORY. */
pole_status pole_assigner_init(pole_assigner *assigner, const pole_stations *stations,
                               const pole_areas *areas, const pole_allocator *allocator);
void pole_assigner_free(pole_assigner *assigner, const pole_allocator *allocator);

pole_assignment pole_assign(const pole_assigner *assigner, int32_t lat_e7, int32_t lon_e7);

#endif
