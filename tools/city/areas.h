/* SPDX-License-Identifier: MIT
 *
 * The borders of today's areas as rings of corners. */
#ifndef CITY_AREAS_H
#define CITY_AREAS_H

#include "city.h"

struct ring {
    int64_t first, count; /* corners; the first is not repeated */
    int32_t station;
    int32_t outer; /* for a hole the ring around it; for an outer ring itself */
};

struct areas {
    struct ring *rings; /* by station, outer rings and holes mixed */
    int64_t ring_count, ring_capacity;
    struct spot *corners;
    int64_t corner_count, corner_capacity;
};

/* Outer rings run anticlockwise, holes clockwise, as RFC 7946 wants them. */
void areas_trace(const struct city *city, struct areas *areas);
void areas_free(struct areas *areas);

#endif
