/* SPDX-License-Identifier: MIT
 * The belief as a list, gathered into places; see doubt.h. */
#include <math.h>

#include "resolve/doubt.h"
#include "resolve/far_rival.h"
#include "resolve/nearness.h"

#define BLOCK 16u /* places compared at once */

/* Where each place's first one is. Differences of coordinates wrap alike with or without a sign.
 */
typedef struct {
    uint32_t lat_e7[POLE_DOUBT_MOST], lon_e7[POLE_DOUBT_MOST];
    uint32_t responsible[POLE_DOUBT_MOST];
    uint32_t most_lat_e7, most_lon_e7; /* farther apart is not near, whatever the latitude */
    double near_m;
} places_found;

/* A bound on the difference of near poles in one coordinate. */
static uint32_t bound_e7(double near_m, double per_e7_m)
{
    return near_m < per_e7_m * 1e9 ? (uint32_t)(near_m / per_e7_m * 1.001) + 1 : INT32_MAX;
}

/* Bounds that are good for the whole table. */
static void bound_near(const pole_belief *belief, places_found *found)
{
    const pole_positions *positions = &belief->index->positions;
    const int32_t south = positions->south_e7, north = positions->north_e7;
    const int32_t farthest = -south > north ? south : north;
    const bool wraps = (int64_t)positions->east_e7 - positions->west_e7 >= POLE_MAX_LON_E7;
    pole_nearness nearness;
    pole_nearness_prepare(&nearness, (pole_point){farthest / 1e7, positions->west_e7 / 1e7},
                          POLE_NO_STATION, belief->near_m);
    found->most_lat_e7 = bound_e7(belief->near_m, nearness.lat_m);
    found->most_lon_e7 = wraps ? INT32_MAX : bound_e7(belief->near_m, nearness.lon_m);
}

static bool may_be_near(const places_found *found, size_t place, uint32_t lat_e7, uint32_t lon_e7)
{
    const uint32_t lat = found->lat_e7[place] - lat_e7 + found->most_lat_e7;
    const uint32_t lon = found->lon_e7[place] - lon_e7 + found->most_lon_e7;
    return (lat <= 2 * found->most_lat_e7) & (lon <= 2 * found->most_lon_e7);
}

static bool is_near(const places_found *found, size_t place, int32_t lat_e7, int32_t lon_e7,
                    uint32_t responsible)
{
    if (!may_be_near(found, place, (uint32_t)lat_e7, (uint32_t)lon_e7) ||
        found->responsible[place] != responsible)
        return false;
    const pole_point at = {(int32_t)found->lat_e7[place] / 1e7,
                           (int32_t)found->lon_e7[place] / 1e7};
    const pole_point to = {lat_e7 / 1e7, lon_e7 / 1e7};
    return pole_distance(at, to) <= found->near_m + POLE_NEAR_TIE_M;
}

/* The first place that it is near; the number of places when there is none. Most places are told
 * to be far a block at a time. */
static size_t find_place(const places_found *found, size_t places, int32_t lat_e7, int32_t lon_e7,
                         uint32_t responsible)
{
    for (size_t from = 0; from < places; from += BLOCK) {
        const size_t end = from + BLOCK < places ? from + BLOCK : places;
        unsigned any = 0;
        for (size_t p = from; p < end; p++)
            any |= may_be_near(found, p, (uint32_t)lat_e7, (uint32_t)lon_e7);
        for (size_t p = from; any && p < end; p++)
            if (is_near(found, p, lat_e7, lon_e7, responsible))
                return p;
    }
    return places;
}

static void settle(pole_doubt *doubt, size_t i, size_t place)
{
    if (place == doubt->places)
        doubt->place_shares[doubt->places++] = 0;
    doubt->place_of[i] = (uint16_t)place;
    doubt->place_shares[place] += doubt->shares[i];
}

static void settle_at(pole_doubt *doubt, places_found *found, size_t i, int32_t lat_e7,
                      int32_t lon_e7, uint32_t responsible)
{
    const size_t place = find_place(found, doubt->places, lat_e7, lon_e7, responsible);
    if (place == doubt->places) {
        found->lat_e7[place] = (uint32_t)lat_e7;
        found->lon_e7[place] = (uint32_t)lon_e7;
        found->responsible[place] = responsible;
    }
    settle(doubt, i, place);
}

/* What is asked for is mostly digits, of all that are listed and again and again. */
static void list_code(pole_doubt *doubt, size_t i, pole_code code)
{
    doubt->codes[i] = code;
    for (unsigned n = code.digits; n > 0; n--, code.number /= 10)
        doubt->digits[i][n - 1] = (uint8_t)(code.number % 10);
}

static void list_pole(pole_doubt *doubt, places_found *found, const pole_believed *pole,
                      double share)
{
    const pole_index *index = doubt->index;
    const size_t i = doubt->count++;
    doubt->shares[i] = share;
    doubt->rows[i] = pole->row;
    list_code(doubt, i, pole_index_code_of(index, pole->row));
    if (pole->alias != 0)
        doubt->codes[i].digits = 0;
    settle_at(doubt, found, i, pole_position_lat_e7(&index->positions, pole->row),
              pole_position_lon_e7(&index->positions, pole->row),
              pole_responsible(index, pole->row));
}

static void list_estimate(pole_doubt *doubt, places_found *found, const pole_estimate *estimate,
                          double share)
{
    const size_t i = doubt->count++;
    doubt->shares[i] = share;
    doubt->rows[i] = POLE_NO_ROW;
    list_code(doubt, i, estimate->code);
    settle_at(doubt, found, i, (int32_t)lround(estimate->at.lat_deg * 1e7),
              (int32_t)lround(estimate->at.lon_deg * 1e7), pole_estimate_responsible(estimate));
}

/* Comes last, so that nothing is compared with where it is not. */
static void list_no_pole(pole_doubt *doubt, double share)
{
    const size_t i = doubt->count++;
    doubt->shares[i] = share;
    doubt->rows[i] = POLE_NO_ROW;
    memset(&doubt->codes[i], 0, sizeof doubt->codes[i]);
    settle(doubt, i, doubt->places);
}

/* Every so many poles of the rest, each for the share of those that it stands for. */
static void sample_rest(const pole_belief *belief, size_t from, double unlisted, pole_doubt *doubt,
                        places_found *found)
{
    const size_t rest = belief->count - from;
    const size_t wanted = rest < POLE_DOUBT_SAMPLED ? rest : POLE_DOUBT_SAMPLED;
    double sum = 0;
    for (size_t k = 0; k < wanted; k++)
        sum += belief->poles[from + (2 * k + 1) * rest / (2 * wanted)].share;
    if (!(sum > 0))
        return;
    doubt->sampled = wanted < rest;
    for (size_t k = 0; k < wanted; k++) {
        const pole_believed *pole = belief->poles + from + (2 * k + 1) * rest / (2 * wanted);
        list_pole(doubt, found, pole, pole->share / sum * unlisted);
    }
}

static void sum_up(pole_doubt *doubt)
{
    doubt->total = doubt->share_logs = doubt->most_code = doubt->most_place = 0;
    for (size_t i = 0; i < doubt->count; i++) {
        const double share = doubt->shares[i];
        doubt->total += share;
        if (share > 0)
            doubt->share_logs += share * log2(share);
        if (share > doubt->most_code)
            doubt->most_code = share;
    }
    for (size_t p = 0; p < doubt->places; p++)
        if (doubt->place_shares[p] > doubt->most_place)
            doubt->most_place = doubt->place_shares[p];
}

void pole_doubt_gather(const pole_belief *belief, const pole_estimate *estimate, pole_doubt *doubt)
{
    const size_t most = POLE_DOUBT_MOST - POLE_DOUBT_SAMPLED - 2;
    double estimated = estimate ? belief->estimate : 0;
    double unlisted = 1 - belief->no_pole - belief->estimate;
    places_found found = {.near_m = belief->near_m};
    pole_belief_order(belief, most);
    doubt->index = belief->index;
    doubt->count = doubt->places = 0;
    doubt->sampled = false;
    bound_near(belief, &found);
    size_t i = 0;
    for (; i < belief->count && i < most && unlisted > POLE_DOUBT_UNSEEN; i++) {
        if (estimate && estimated > belief->poles[i].share) {
            list_estimate(doubt, &found, estimate, estimated);
            estimated = 0;
        }
        list_pole(doubt, &found, belief->poles + i, belief->poles[i].share);
        unlisted -= belief->poles[i].share;
    }
    if (estimate && estimated > 0)
        list_estimate(doubt, &found, estimate, estimated);
    if (i < belief->count && unlisted > POLE_DOUBT_UNSEEN)
        sample_rest(belief, i, unlisted, doubt, &found);
    if (belief->no_pole > 0)
        list_no_pole(doubt, belief->no_pole);
    sum_up(doubt);
}
