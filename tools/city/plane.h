/* SPDX-License-Identifier: MIT
 *
 * A flat map in whole centimetres around a town's centre, and the little integer mathematics it
 * needs: sine by table, angle, square root, smooth noise, and the way to degrees and back.
 * No floating point, so every machine draws the same map. */
#ifndef CITY_PLANE_H
#define CITY_PLANE_H

#include <stdbool.h>
#include <stdint.h>

/* x grows to the east, y to the north. */
struct spot {
    int32_t x_cm, y_cm;
};

/* A direction; its length is PLANE_UNIT. */
struct heading {
    int32_t x, y;
};
#define PLANE_UNIT 16384

/* Where a map's centre lies on the earth. */
struct origin {
    int32_t lat_e7, lon_e7;
    int64_t cm_per_lat_deg;
};

/* Angles count 1/65536 of a turn, anticlockwise from the east. */
typedef uint16_t turn16;
#define PLANE_QUARTER ((turn16)16384)
#define PLANE_DEGREES(deg) ((turn16)((deg)*65536 / 360))

int32_t plane_sin(turn16 angle); /* -32768 to 32768 */
int32_t plane_cos(turn16 angle);
turn16 plane_angle(int64_t x, int64_t y); /* of any vector below 2^40; (0, 0) gives 0 */
struct heading plane_heading(turn16 angle);
uint32_t plane_root(uint64_t square); /* rounded down */

int64_t plane_distance2(struct spot a, struct spot b); /* square centimetres */
int32_t plane_distance(struct spot a, struct spot b);  /* centimetres */
/* How far `at` lies ahead of `from` along the heading, and to its left; centimetres. */
int32_t plane_ahead(struct spot from, struct heading along, struct spot at);
int32_t plane_left(struct spot from, struct heading along, struct spot at);
struct spot plane_move(struct spot from, struct heading along, int32_t ahead_cm, int32_t left_cm);

/* Smooth noise of -32768 to 32768 that changes over about `grain_cm`. */
int32_t plane_noise(uint64_t seed, struct spot at, int32_t grain_cm);

struct origin plane_origin(int32_t lat_e7, int32_t lon_e7);
void plane_to_degrees(const struct origin *origin, struct spot at, int32_t *lat_e7,
                      int32_t *lon_e7);
/* False when the place is more than 200 km from the origin. */
bool plane_from_degrees(const struct origin *origin, int32_t lat_e7, int32_t lon_e7,
                        struct spot *at);

#endif
