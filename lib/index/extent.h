/* SPDX-License-Identifier: MIT
 * The extent of stored positions, as float differences from a centre.
 *
 * Float, since its minimum and maximum are one instruction on every processor and those of
 * int32_t are not. Rounding to float never turns an order round: what lies in a box of integers
 * lies in the box of floats made from it, and what the floats say is apart is apart. */
#ifndef INDEX_EXTENT_H
#define INDEX_EXTENT_H

#include <math.h>

#include "base/bytes.h"
#include "base/lanes.h"

/* Latitude, longitude, latitude, longitude: two positions side by side. */
typedef struct {
    pole_lanes low, high;
} pole_extent;

/* Twice the centre: lat, lon, lat, lon. No difference from it may overflow. */
typedef struct {
    int32_t e7[4];
} pole_center;

static inline pole_center pole_center_of(int32_t lat_e7, int32_t lon_e7)
{
    return (pole_center){{lat_e7, lon_e7, lat_e7, lon_e7}};
}

/* How far a difference from the middle of an extent may be from its float: half a unit in the 24th
 * binary digit. */
static inline float pole_extent_margin(int32_t south, int32_t west, int32_t north, int32_t east)
{
    const int64_t lat = ((int64_t)north - south) / 2 + 1, lon = ((int64_t)east - west) / 2 + 1;
    return (float)(lat > lon ? lat : lon) * 0x1.01p-24f;
}

static inline pole_extent pole_extent_empty(void)
{
    return (pole_extent){pole_lanes_all(INFINITY), pole_lanes_all(-INFINITY)};
}

/* Two positions, 8 bytes each. */
static inline void pole_extent_add(pole_extent *extent, const uint8_t *pair, const uint8_t *other,
                                   const pole_center *center)
{
    int32_t raw[4];
    memcpy(raw, pair, 8);
    memcpy(raw + 2, other, 8);
    for (unsigned i = 0; i < 4; i++)
        raw[i] = (int32_t)POLE_LE32((uint32_t)raw[i]);
    const pole_lanes x = pole_lanes_difference(raw, center->e7);
    extent->low = pole_lanes_min(x, extent->low);
    extent->high = pole_lanes_max(x, extent->high);
}

/* 1 to 16 positions side by side. */
static inline void pole_extent_add_run(pole_extent *extent, const uint8_t *pairs, uint32_t count,
                                       const pole_center *center)
{
    if (count == 1) {
        pole_extent_add(extent, pairs, pairs, center);
        return;
    }
    /* The first half and the last, overlapping: a loop as long as the run would cost more by its
     * badly foreseen end. */
    const uint32_t half = count >= 8 ? 8 : count >= 4 ? 4 : 2;
    for (uint32_t i = 0; i < half; i += 2) {
        pole_extent_add(extent, pairs + 8 * (size_t)i, pairs + 8 * (size_t)i + 8, center);
        const uint8_t *late = pairs + 8 * (size_t)(count - half + i);
        pole_extent_add(extent, late, late + 8, center);
    }
}

typedef struct {
    float south, west, north, east;
} pole_extent_box;

static inline float pole_lesser(float a, float b)
{
    return a < b ? a : b;
}

static inline float pole_greater(float a, float b)
{
    return a > b ? a : b;
}

static inline pole_extent_box pole_extent_to_box(const pole_extent *extent)
{
    float low[4], high[4];
    pole_lanes_store(low, extent->low);
    pole_lanes_store(high, extent->high);
    return (pole_extent_box){pole_lesser(low[0], low[2]), pole_lesser(low[1], low[3]),
                             pole_greater(high[0], high[2]), pole_greater(high[1], high[3])};
}

#endif
