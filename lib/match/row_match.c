/* SPDX-License-Identifier: MIT
 * See row_match.h. */
#include "match/row_match.h"

#include <math.h>

void pole_match_clear(pole_row_match *match)
{
    const double none = (double)NAN;
    memset(match, 0, sizeof *match);
    match->struct_size = sizeof *match;
    match->row = POLE_NO_ROW;
    match->station = POLE_NO_STATION;
    match->at = (pole_point){none, none};
    match->station_distance_m = match->confidence = match->confidence_place = match->no_pole =
        match->far_share = none;
}

void pole_match_malformed(const pole_index *index, pole_row_match *match)
{
    pole_match_clear(match);
    match->match = POLE_MALFORMED;
    match->warnings = index->image.sample ? POLE_WARN_SAMPLE_DATA : 0;
}

void pole_match_station(const pole_station_hit *hits, size_t count, int32_t role,
                        pole_row_match *match)
{
    for (size_t i = 0; i < count; i++) {
        if (role == 0 ? !hits[i].chosen : hits[i].role != role)
            continue;
        match->station = hits[i].number;
        match->station_role = hits[i].role;
        match->station_distance_m = hits[i].distance_m;
        return;
    }
}

void pole_match_place(const pole_index *index, pole_row row, pole_code code, int32_t station_role,
                      pole_row_match *match)
{
    pole_station_hit hits[4];
    size_t count = 0;
    match->row = row;
    match->code = code;
    match->at = pole_position_at(&index->positions, row);
    if (pole_stations_of(index, row, POLE_ROLE_ALL, hits, 4, &count) == POLE_OK)
        pole_match_station(hits, count, station_role, match);
}
