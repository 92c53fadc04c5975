/* SPDX-License-Identifier: MIT
 *
 * Sets the poles along both sides of every street, about 30 m apart: not in the roadway of a
 * street that crosses, and not beside another pole. */
#include "city.h"

#include "random.h"
#include "room.h"

#include <string.h>

enum {
    CLEAR_OF_POLES_CM = 800,
    CLEAR_OF_ROADWAY_CM = 150, /* from where the other street's poles stand */
    MOST_SHIFT_CM = 2600,
    SHIFT_STEP_CM = 100
};

/* A place along a street: `along_cm` from its first point. */
static struct spot beside(const struct city *city, const struct street *street, int32_t along_cm,
                          int32_t left_cm, int32_t *place)
{
    int32_t i = along_cm / POINT_STEP_CM;
    if (i > street->count - 1)
        i = street->count - 1;
    const struct street_point *a = &city->points[street->first + i];
    const struct street_point *b = i + 1 < street->count ? a + 1 : a;
    int64_t part = along_cm - i * POINT_STEP_CM;
    /* The normal turns evenly from point to point, else poles jump where the line bends. */
    int64_t hx = (a->heading_x * (POINT_STEP_CM - part) + b->heading_x * part) / POINT_STEP_CM;
    int64_t hy = (a->heading_y * (POINT_STEP_CM - part) + b->heading_y * part) / POINT_STEP_CM;
    struct spot middle = {
        (int32_t)(a->at.x_cm + ((int64_t)b->at.x_cm - a->at.x_cm) * part / POINT_STEP_CM),
        (int32_t)(a->at.y_cm + ((int64_t)b->at.y_cm - a->at.y_cm) * part / POINT_STEP_CM)};
    *place = street->first + i;
    return plane_move(middle, (struct heading){(int32_t)hx, (int32_t)hy}, 0, left_cm);
}

/* Whether a spot lies in the roadway of a street other than `number`. */
static bool in_roadway(const struct city *city, struct spot at, int32_t number)
{
    const struct buckets *near = &city->near_points;
    int32_t reach = 2 * POINT_STEP_CM;
    for (int32_t row = buckets_cell(near, at.y_cm - reach);
         row <= buckets_cell(near, at.y_cm + reach); row++) {
        for (int32_t column = buckets_cell(near, at.x_cm - reach);
             column <= buckets_cell(near, at.x_cm + reach); column++) {
            for (int32_t item = buckets_first(near, column, row); item >= 0;
                 item = buckets_next(near, item)) {
                const struct street_point *p = &city->points[near->items[item].value];
                if (p->street == number)
                    continue;
                struct heading along = {p->heading_x, p->heading_y};
                int32_t half = city->streets[p->street].width_cm / 2 - CLEAR_OF_ROADWAY_CM;
                int32_t ahead = plane_ahead(p->at, along, at);
                int32_t left = plane_left(p->at, along, at);
                if (ahead > -POINT_STEP_CM * 11 / 20 && ahead < POINT_STEP_CM * 11 / 20 &&
                    left > -half && left < half)
                    return true;
            }
        }
    }
    return false;
}

static bool beside_pole(const struct city *city, const struct buckets *near_poles, struct spot at)
{
    int32_t reach = CLEAR_OF_POLES_CM;
    for (int32_t row = buckets_cell(near_poles, at.y_cm - reach);
         row <= buckets_cell(near_poles, at.y_cm + reach); row++) {
        for (int32_t column = buckets_cell(near_poles, at.x_cm - reach);
             column <= buckets_cell(near_poles, at.x_cm + reach); column++) {
            for (int32_t item = buckets_first(near_poles, column, row); item >= 0;
                 item = buckets_next(near_poles, item)) {
                struct spot other = city->poles[near_poles->items[item].value].at;
                if (plane_distance2(other, at) < (int64_t)reach * reach)
                    return true;
            }
        }
    }
    return false;
}

/* Sets the poles of one side. A place that is taken moves by up to MOST_SHIFT_CM, the smaller way
 * first, or is left out. */
static void set_side(struct city *city, struct buckets *near_poles, int32_t number, bool even)
{
    const struct street *street = &city->streets[number];
    uint64_t seed = random_hash(city->atlas.seed ^ 0x90, (uint64_t)number, even);
    int32_t length = (street->count - 1) * POINT_STEP_CM;
    int32_t order = 0;
    int32_t last = -3000;
    int32_t wish = random_between(seed, 300, 2400);
    for (uint64_t draw = seed; wish < length;) {
        draw = random_mix(draw);
        for (int32_t shift = 0; shift <= 2 * MOST_SHIFT_CM / SHIFT_STEP_CM; shift++) {
            int32_t by = (shift + 1) / 2 * SHIFT_STEP_CM * (shift % 2 ? -1 : 1);
            int32_t along = wish + by;
            if (along < last + 1500 || along < 0 || along > length)
                continue;
            int32_t out = street->width_cm / 2 + random_between(random_mix(draw), -40, 40);
            struct pole pole = {0};
            pole.at = beside(city, street, along, even ? -out : out, &pole.place);
            if (in_roadway(city, pole.at, number) || beside_pole(city, near_poles, pole.at))
                continue;
            pole.street = number;
            pole.order = order++;
            pole.even = even;
            city->poles = room_for(city->poles, &city->pole_capacity, city->pole_count + 1,
                                   sizeof(*city->poles));
            city->poles[city->pole_count] = pole;
            buckets_add_spot(near_poles, pole.at, (int32_t)city->pole_count++);
            last = along;
            wish = along;
            break;
        }
        wish += random_between(draw, 2700, 3300);
    }
}

void city_set_poles(struct city *city, int64_t poles)
{
    struct buckets near_poles;
    buckets_init(&near_poles, 5000);
    for (int32_t i = 0; i < city->street_count; i++) {
        set_side(city, &near_poles, i, false);
        set_side(city, &near_poles, i, true);
    }
    buckets_free(&near_poles);
    if (poles > 0 && city->pole_count > poles)
        city->pole_count = poles;
}
