/* SPDX-License-Identifier: MIT
 * What answers turn on: which of a pole's stations is chosen (the responsible one, else the coded,
 * else the nearest), and how sure "exact" is. */
#ifndef LOOKUP_POLICY_H
#define LOOKUP_POLICY_H

#include <polelookup/resolution.h>

#include "index/index.h"

/* The warnings that are about one pole. */
#define POLE_WARN_OF_POLE                                                                          \
    (POLE_WARN_STATION_CONFLICT | POLE_WARN_AREA_EDGE | POLE_WARN_NO_AREA | POLE_WARN_RETIRED_POLE)

/* Thresholds of POLE_EXACT, and what counts as near, where the caller names none. */
#define POLE_EXACT_CONFIDENCE 0.90
#define POLE_EXACT_PLACE 0.95
#define POLE_NEAR_M 200.0
/* More of the belief than this in places that are not near is worth an alarm. */
#define POLE_CONFUSABLE_FAR 0.05

/* The role that is chosen, by which stations there are. */
static inline int32_t pole_policy_role(uint32_t coded, uint32_t responsible)
{
    if (responsible != POLE_NO_STATION)
        return POLE_ROLE_RESPONSIBLE;
    return coded != POLE_NO_STATION ? POLE_ROLE_CODED : POLE_ROLE_NEAREST;
}

static inline uint32_t pole_policy_station(const pole_index *index, pole_row row)
{
    const pole_assignments *assignments = &index->assignments;
    const uint32_t responsible = pole_assigned(assignments->responsible, assignments->width, row);
    if (responsible != POLE_NO_STATION)
        return responsible;
    const pole_code code = pole_index_code_of(index, row);
    const uint32_t coded =
        pole_stations_coded(&index->stations, code.scope, code.number, code.digits);
    if (coded != POLE_NO_STATION)
        return coded;
    return pole_assigned(assignments->nearest, assignments->width, row);
}

/* What a person must hear of a pole itself. edge_m: to the nearest area of another station. */
static inline uint32_t pole_policy_warnings(const pole_index *index, uint32_t coded,
                                            uint32_t responsible, double edge_m, int32_t state)
{
    uint32_t warnings = 0;
    if (coded != POLE_NO_STATION && responsible != POLE_NO_STATION && coded != responsible)
        warnings |= POLE_WARN_STATION_CONFLICT;
    if (responsible == POLE_NO_STATION && index->areas.count > 0)
        warnings |= POLE_WARN_NO_AREA;
    if (edge_m < POLE_AREA_EDGE_M)
        warnings |= POLE_WARN_AREA_EDGE;
    if (state != POLE_STATE_ACTIVE)
        warnings |= POLE_WARN_RETIRED_POLE;
    return warnings;
}

#endif
