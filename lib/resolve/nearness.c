/* SPDX-License-Identifier: MIT
 * See nearness.h. */
#include "resolve/nearness.h"

/* pole_box_near_prepare() is made for no farther. */
#define MOST_REACH_M 100000.0

void pole_nearness_prepare(pole_nearness *nearness, pole_point at, uint32_t responsible,
                           double near_m)
{
    const double reach_m = near_m + 1.0;
    pole_local_prepare(&nearness->from, at);
    nearness->near_m = near_m;
    nearness->responsible = responsible;
    nearness->lat_m = nearness->lon_m = 0;
    nearness->south_e7 = 0;
    nearness->height_e7 = UINT32_MAX;
    if (reach_m > MOST_REACH_M)
        return;
    pole_box_near bound;
    pole_box_near_prepare(&bound, &nearness->from, reach_m);
    nearness->lat_m = (double)bound.lat_m;
    nearness->lon_m = (double)bound.lon_m;
    /* Differences of latitudes wrap alike with or without a sign. */
    const uint32_t reach_e7 = (uint32_t)(reach_m / nearness->lat_m) + 1;
    nearness->south_e7 = (uint32_t)bound.lat_below - reach_e7;
    nearness->height_e7 = 2 * reach_e7 + 1;
}

void pole_nearness_of_pole(pole_nearness *nearness, const pole_index *index, pole_row row,
                           double near_m)
{
    pole_nearness_prepare(nearness, pole_position_at(&index->positions, row),
                          pole_responsible(index, row), near_m);
}
