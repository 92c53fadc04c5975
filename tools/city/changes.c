/* SPDX-License-Identifier: MIT
 *
 * What happened to poles since their codes were painted: a few were moved, a few taken down, some
 * of these with a successor whose code answers for the place now. */
#include "city.h"

#include "random.h"

enum { MOVED_IN_TEN_THOUSAND = 14, REMOVED_IN_TEN_THOUSAND = 16 };

/* The next pole of the same street and side in the sorted table, or -1. */
static int64_t next_on_side(const struct city *city, int64_t row)
{
    const struct pole *pole = &city->poles[row];
    for (int64_t next = row + 1; next < city->pole_count && next <= row + 2; next++)
        if (city->poles[next].code == pole->code + 2)
            return next;
    return -1;
}

void city_change(struct city *city)
{
    for (int64_t row = 0; row < city->pole_count; row++) {
        struct pole *pole = &city->poles[row];
        uint64_t draw = random_hash(city->atlas.seed ^ 0xF0, pole->code, 0);
        int32_t chance = random_between(draw, 0, 9999);
        if (pole->pinned)
            continue;
        if (chance < MOVED_IN_TEN_THOUSAND) {
            const struct street_point *point = &city->points[pole->place];
            struct heading along = {point->heading_x, point->heading_y};
            int32_t out = random_between(random_mix(draw), 250, 600);
            pole->at = plane_move(pole->at, along, 0, pole->even ? -out : out);
            pole->state = POLE_MOVED;
        } else if (chance < MOVED_IN_TEN_THOUSAND + REMOVED_IN_TEN_THOUSAND) {
            int64_t next = next_on_side(city, row);
            pole->state = POLE_REMOVED;
            if (next >= 0 && random_per_mille(random_mix(draw), 700) &&
                city->poles[next].state == POLE_ACTIVE) {
                pole->successor = city->poles[next].code;
                city->poles[next].pinned = true; /* a successor stands */
            }
        }
    }
}
