/* SPDX-License-Identifier: MIT
 *
 * Numbers the streets of each station and the poles of each street: odd numbers on one side, even
 * on the other, both in steps of two. */
#include "numbers.h"

#include "random.h"
#include "room.h"

#include <stdlib.h>

/* A side holds at most 49 poles under one street number: 01 to 97, 02 to 98. */
enum { MOST_ON_A_SIDE = 49 };

/* All poles of one name in one station; they take `numbers` street numbers from `first_number`. */
struct group {
    int32_t station, name;
    enum street_rank rank;
    uint64_t draw;
    int32_t sides[2]; /* poles: odd, even */
    int32_t numbers, first_number;
    struct spot at; /* of its first pole */
};

struct groups {
    struct group *list;
    int64_t count, capacity;
    struct buckets index; /* station, name to place */
};

static int32_t group_of(struct groups *groups, int32_t station, int32_t name)
{
    int32_t item = buckets_first(&groups->index, station, name);
    return item < 0 ? -1 : groups->index.items[item].value;
}

static void collect(struct city *city, struct groups *groups)
{
    buckets_init(&groups->index, 1);
    for (int64_t i = 0; i < city->pole_count; i++) {
        const struct pole *pole = &city->poles[i];
        const struct street *street = &city->streets[pole->street];
        int32_t place = group_of(groups, pole->station, street->name);
        if (place < 0) {
            place = (int32_t)groups->count;
            groups->list =
                room_for(groups->list, &groups->capacity, groups->count + 1, sizeof(*groups->list));
            struct group group = {0};
            group.station = pole->station;
            group.name = street->name;
            group.rank = street->rank;
            group.at = pole->at;
            group.draw = random_hash(city->atlas.seed ^ 0xE0, (uint64_t)pole->station,
                                     (uint64_t)street->name);
            groups->list[groups->count++] = group;
            buckets_add(&groups->index, pole->station, street->name, place);
        }
        groups->list[place].sides[pole->even]++;
    }
    for (int64_t i = 0; i < groups->count; i++) {
        struct group *group = &groups->list[i];
        int32_t most = group->sides[0] > group->sides[1] ? group->sides[0] : group->sides[1];
        group->numbers = (most + MOST_ON_A_SIDE - 1) / MOST_ON_A_SIDE;
    }
}

static int group_order(const void *a, const void *b)
{
    const struct group *x = a, *y = b;
    if (x->station != y->station)
        return x->station < y->station ? -1 : 1;
    bool x_lane = x->rank == RANK_LANE, y_lane = y->rank == RANK_LANE;
    if (x_lane != y_lane)
        return x_lane ? 1 : -1;
    if (x->draw != y->draw)
        return x->draw < y->draw ? -1 : 1;
    return x->name < y->name ? -1 : x->name > y->name;
}

/* Gives one station's groups their street numbers: streets before lanes, from 01 upward, in most
 * stations with some numbers left free. False when there are too many. */
static bool number_station(struct city *city, struct group *groups, int64_t count, int32_t most)
{
    int32_t wanted = 0;
    for (int64_t i = 0; i < count; i++)
        wanted += groups[i].numbers;
    if (wanted > most)
        return false;
    uint64_t draw = random_hash(city->atlas.seed ^ 0xE1, (uint64_t)groups[0].station, 0);
    int32_t longest = random_between(draw, wanted, wanted * 2 + 20);
    int32_t spare = (longest > 70 ? 70 : longest) - wanted;
    if (spare < 0 || random_per_mille(random_mix(draw), 350))
        spare = 0;
    int32_t next = 1;
    int32_t left = wanted;
    for (int64_t i = 0; i < count; i++) {
        int32_t free_numbers =
            spare > 0 ? random_between(groups[i].draw, 0, 2 * spare / (left > 0 ? left : 1)) : 0;
        spare -= free_numbers;
        next += free_numbers;
        groups[i].first_number = next;
        next += groups[i].numbers;
        left -= groups[i].numbers;
    }
    return true;
}

static bool number_streets(struct city *city, struct groups *groups)
{
    int32_t most = city->scheme.street_digits == 2 ? 99 : 999;
    qsort(groups->list, (size_t)groups->count, sizeof(*groups->list), group_order);
    for (int64_t i = 0; i < groups->count;) {
        int64_t run = 1;
        while (i + run < groups->count && groups->list[i + run].station == groups->list[i].station)
            run++;
        if (!number_station(city, groups->list + i, run, most))
            return false;
        i += run;
    }
    buckets_free(&groups->index);
    buckets_init(&groups->index, 1);
    for (int64_t i = 0; i < groups->count; i++)
        buckets_add(&groups->index, groups->list[i].station, groups->list[i].name, (int32_t)i);
    return true;
}

static int32_t highest_number(const struct groups *groups, int32_t station)
{
    int32_t highest = 0;
    for (int64_t i = 0; i < groups->count; i++) {
        const struct group *group = &groups->list[i];
        if (group->station == station && group->first_number + group->numbers - 1 > highest)
            highest = group->first_number + group->numbers - 1;
    }
    return highest;
}

/* The group that can best bear a pinned code: long enough, in the district, in a station whose
 * numbers reach so far, nearest to the wish; -1 when there is none. */
static int64_t best_group(const struct city *city, const struct groups *groups,
                          const struct pinned_code *pin)
{
    int64_t best = -1;
    int64_t best_distance = INT64_MAX;
    struct spot wish = {0, 0};
    if (pin->lat_e7 != 0)
        plane_from_degrees(&city->atlas.origin, pin->lat_e7, pin->lon_e7, &wish);
    for (int64_t i = 0; i < groups->count; i++) {
        const struct group *group = &groups->list[i];
        const struct station *station = &city->stations[group->station];
        int32_t on_side = group->sides[pin->pole % 2 == 0];
        if (station->district != pin->district || group->numbers != 1 || on_side * 2 < pin->pole ||
            station->successor >= 0 || highest_number(groups, group->station) < pin->street)
            continue;
        int64_t distance = pin->lat_e7 == 0 ? i : plane_distance2(group->at, wish);
        if (distance < best_distance) {
            best_distance = distance;
            best = i;
        }
    }
    return best;
}

static void pin_code(struct city *city, struct groups *groups, const struct pinned_code *pin)
{
    int64_t place = best_group(city, groups, pin);
    if (place < 0)
        return;
    struct group *group = &groups->list[place];
    struct station *station = &city->stations[group->station];
    bool known = false;
    for (int32_t s = 0; s < city->station_count; s++) {
        struct station *other = &city->stations[s];
        if (other->district == pin->district && other->number == pin->station) {
            other->number = station->number;
            known = true;
            break;
        }
    }
    if (!known)
        return;
    station->number = pin->station;
    if (pin->street_name != NULL) {
        city_rename(city, group->name, pin->street_name);
        station->name = group->name;
    }
    for (int64_t i = 0; i < groups->count; i++) {
        struct group *other = &groups->list[i];
        if (other->station == group->station && other->first_number <= pin->street &&
            other->first_number + other->numbers > pin->street) {
            if (other->numbers > 1) /* seldom: the longer street makes room behind all others */
                other->first_number = highest_number(groups, group->station) + 1;
            else
                other->first_number = group->first_number;
        }
    }
    group->first_number = pin->street;
}

static int pole_order(const void *a, const void *b)
{
    const struct pole *x = a, *y = b;
    return x->code < y->code ? -1 : x->code > y->code;
}

/* Poles come street by street, side by side, so counting them gives their places on the side. */
static void number_poles(struct city *city, struct groups *groups)
{
    int32_t(*counts)[2] = room_new(groups->count, sizeof(*counts));
    uint32_t streets = city->scheme.street_digits == 2 ? 100 : 1000;
    for (int64_t i = 0; i < city->pole_count; i++) {
        struct pole *pole = &city->poles[i];
        int32_t place = group_of(groups, pole->station, city->streets[pole->street].name);
        const struct group *group = &groups->list[place];
        int32_t nth = counts[place][pole->even]++;
        int32_t all = group->sides[pole->even];
        if (group->draw & 1)
            nth = all - 1 - nth;
        int32_t most = group->sides[0] > group->sides[1] ? group->sides[0] : group->sides[1];
        int32_t share = (most + group->numbers - 1) / group->numbers;
        uint32_t street = (uint32_t)(group->first_number + nth / share);
        uint32_t number = (uint32_t)(nth % share * 2 + 1 + pole->even);
        pole->code = (city->stations[pole->station].prefix * streets + street) * 100 + number;
    }
    free(counts);
    qsort(city->poles, (size_t)city->pole_count, sizeof(*city->poles), pole_order);
}

bool city_number(struct city *city, int32_t first_digit, int32_t stations_before,
                 const struct pinned_code *pins, int32_t pin_count)
{
    struct groups groups = {0};
    collect(city, &groups);
    bool fits = number_streets(city, &groups);
    if (fits) {
        for (int32_t i = 0; i < pin_count; i++)
            pin_code(city, &groups, &pins[i]);
        uint32_t stations = 1;
        for (int32_t i = 0; i < city->scheme.station_digits; i++)
            stations *= 10;
        for (int32_t s = 0; s < city->station_count; s++) {
            struct station *station = &city->stations[s];
            uint32_t digit = first_digit > 0                     ? (uint32_t)first_digit
                             : city->scheme.district_digits == 0 ? 0
                                                                 : (uint32_t)station->district + 1;
            int32_t number = first_digit > 0 ? stations_before + s + 1 : station->number;
            station->prefix = digit * stations + (uint32_t)number;
        }
        number_poles(city, &groups);
    }
    buckets_free(&groups.index);
    free(groups.list);
    return fits;
}
