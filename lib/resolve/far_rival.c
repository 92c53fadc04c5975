/* SPDX-License-Identifier: MIT
 * See far_rival.h. */
#include "resolve/far_rival.h"

#include "lookup/policy.h"
#include "resolve/nearness.h"

pole_station_number pole_estimate_responsible(const pole_estimate *estimate)
{
    for (size_t i = 0; i < estimate->station_count; i++)
        if (estimate->stations[i].role == POLE_ROLE_RESPONSIBLE)
            return estimate->stations[i].number;
    return POLE_NO_STATION;
}

uint32_t pole_codes_differ(pole_code a, pole_code b)
{
    uint32_t differ = 0;
    if (a.digits != b.digits || a.scope != b.scope)
        return 0;
    for (unsigned n = a.digits; n > 0; n--) {
        if (a.number % 10 != b.number % 10)
            differ |= UINT32_C(1) << n;
        a.number /= 10;
        b.number /= 10;
    }
    return differ;
}

static bool comes_before(const pole_believed *a, const pole_believed *b)
{
    return a->share > b->share || (a->share == b->share && a->row < b->row);
}

/* Adds the shares of the poles, near and far, and finds the likeliest far one. Four sums, so
 * that one addition need not wait for the other: a partial code can leave all poles of a city. */
static void share_out(const pole_belief *belief, const pole_nearness *first,
                      pole_place_belief *place)
{
    double far[4] = {0, 0, 0, 0};
    size_t rival = belief->count;
    for (size_t i = 0; i < belief->count; i++) {
        const pole_believed *pole = belief->poles + i;
        if (pole_nearness_of(first, belief->index, pole->row)) {
            place->confidence_place += pole->share;
            continue;
        }
        far[i % 4] += pole->share;
        if (rival == belief->count ||
            (i >= belief->sorted && comes_before(pole, belief->poles + rival)))
            rival = i;
    }
    place->far_share += (far[0] + far[1]) + (far[2] + far[3]);
    if (rival < belief->count) {
        place->rival.row = belief->poles[rival].row;
        place->rival.confidence = belief->poles[rival].share;
    }
}

static void tell_rival(const pole_index *index, const pole_nearness *first, pole_code code,
                       pole_far_rival *rival)
{
    const pole_positions *positions = &index->positions;
    rival->code = pole_index_code_of(index, rival->row);
    rival->distance_m =
        pole_local_distance(&first->from, pole_position_lat_e7(positions, rival->row),
                            pole_position_lon_e7(positions, rival->row));
    rival->station = pole_policy_station(index, rival->row);
    rival->digits = pole_codes_differ(code, rival->code);
}

/* The estimate's own share, where a pole is the first place. */
static void add_estimate(const pole_belief *belief, const pole_estimate *estimate,
                         const pole_nearness *first, pole_place_belief *place)
{
    const bool same = pole_estimate_responsible(estimate) == first->responsible;
    const double distance_m =
        pole_distance((pole_point){first->from.at.lat_deg, first->from.at.lon_deg}, estimate->at);
    if (same && distance_m <= belief->near_m + POLE_NEAR_TIE_M)
        place->confidence_place += belief->estimate;
    else
        place->far_share += belief->estimate;
}

void pole_belief_place(const pole_belief *belief, const pole_estimate *estimate,
                       pole_place_belief *place)
{
    const bool estimated = estimate != NULL && belief->estimate > 0;
    pole_nearness first;
    pole_code code;
    memset(place, 0, sizeof *place);
    place->rival.struct_size = sizeof place->rival;
    place->rival.row = POLE_NO_ROW;
    place->rival.station = POLE_NO_STATION;
    place->at_estimate =
        estimated && (belief->count == 0 || belief->estimate > belief->poles[0].share);
    if (place->at_estimate) {
        pole_nearness_prepare(&first, estimate->at, pole_estimate_responsible(estimate),
                              belief->near_m);
        code = estimate->code;
        place->confidence_place = belief->estimate;
    } else if (belief->count > 0) {
        pole_nearness_of_pole(&first, belief->index, belief->poles[0].row, belief->near_m);
        code = pole_index_code_of(belief->index, belief->poles[0].row);
        if (estimated)
            add_estimate(belief, estimate, &first, place);
    } else {
        return;
    }
    share_out(belief, &first, place);
    if (place->rival.row != POLE_NO_ROW)
        tell_rival(belief->index, &first, code, &place->rival);
}
