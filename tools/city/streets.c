/* SPDX-License-Identifier: MIT
 *
 * Lays the streets of a town: first the great roads drawn by hand, then lines that follow the
 * atlas's direction field at an even distance from their neighbours (Jobard and Lefer, "Creating
 * evenly-spaced streamlines of arbitrary density", 1997), main streets before streets before
 * lanes, each ending at a crossing where it can. */
#include "city.h"

#include "random.h"
#include "room.h"

#include <stdlib.h>
#include <string.h>

/* Two lines run alike when their directions differ by less than about 35 degrees. */
enum { ALIKE_SINE = 9400, CROSSING_CM = 2200 };

struct rule {
    enum street_rank rank;
    int32_t apart_new_m, apart_old_m; /* from its neighbours, in a new and in an old quarter */
    int32_t shortest_m, longest_low_m, longest_high_m;
    int32_t width_low_m, width_high_m;
    int32_t town; /* how far into the town it keeps */
};

static const struct rule rules[] = {
    {RANK_MAIN, 1200, 900, 1100, 5000, 11000, 26, 38, -80},
    {RANK_STREET, 560, 330, 330, 900, 4200, 15, 24, -10},
    {RANK_LANE, 170, 95, 110, 130, 420, 12, 14, 40},
};

/* A line being traced. */
struct trace {
    struct spot *line;
    int64_t count, capacity;
};

static void trace_add(struct trace *trace, struct spot at)
{
    trace->line = room_for(trace->line, &trace->capacity, trace->count + 1, sizeof(*trace->line));
    trace->line[trace->count++] = at;
}

static int32_t sine_between(struct heading a, int32_t bx, int32_t by)
{
    int64_t cross = ((int64_t)a.x * by - (int64_t)a.y * bx) / PLANE_UNIT;
    return (int32_t)(cross < 0 ? -cross : cross);
}

/* Whether a point of a street lies within `radius_cm`: one that runs alike, or one that crosses. */
static bool street_near(const struct city *city, struct spot at, struct heading along,
                        int32_t radius_cm, bool alike)
{
    const struct buckets *near = &city->near_points;
    int32_t west = buckets_cell(near, at.x_cm - radius_cm);
    int32_t east = buckets_cell(near, at.x_cm + radius_cm);
    int32_t south = buckets_cell(near, at.y_cm - radius_cm);
    int32_t north = buckets_cell(near, at.y_cm + radius_cm);
    int64_t radius2 = (int64_t)radius_cm * radius_cm;
    for (int32_t row = south; row <= north; row++) {
        for (int32_t column = west; column <= east; column++) {
            for (int32_t item = buckets_first(near, column, row); item >= 0;
                 item = buckets_next(near, item)) {
                const struct street_point *point = &city->points[near->items[item].value];
                if (plane_distance2(point->at, at) >= radius2)
                    continue;
                bool is_alike =
                    sine_between(along, point->heading_x, point->heading_y) < ALIKE_SINE;
                if (is_alike == alike)
                    return true;
            }
        }
    }
    return false;
}

static int32_t apart_cm(const struct city *city, const struct rule *rule, struct spot at)
{
    int64_t age = atlas_age(&city->atlas, at);
    int64_t apart = rule->apart_new_m * (10 - age) * 10 + rule->apart_old_m * age * 10;
    int64_t vary = plane_noise(city->atlas.seed ^ 0x80, at, 70000);
    return (int32_t)(apart + apart * vary / 32768 / 5);
}

static bool ground_is_open(const struct city *city, const struct rule *rule, struct spot at)
{
    return atlas_dry(&city->atlas, at, NULL) > 9000 && atlas_town(&city->atlas, at) > rule->town;
}

/* The one of the grid's four directions that leads on. */
static struct heading heading_on(const struct city *city, struct spot at, struct heading before)
{
    turn16 grid = atlas_grid(&city->atlas, at);
    struct heading best = {0, 0};
    int64_t best_ahead = INT64_MIN;
    for (int k = 0; k < 4; k++) {
        struct heading h = plane_heading((turn16)(grid + k * PLANE_QUARTER));
        int64_t ahead = (int64_t)h.x * before.x + (int64_t)h.y * before.y;
        if (ahead > best_ahead) {
            best_ahead = ahead;
            best = h;
        }
    }
    return best;
}

static bool meets_itself(const struct trace *trace, struct spot at)
{
    for (int64_t i = 0; i + 12 < trace->count; i++)
        if (plane_distance2(trace->line[i], at) < (int64_t)10000 * 10000)
            return true;
    return false;
}

enum { RUN_OUT_STEPS = 22 };

/* Traces from a start along the field until something stops it. A street that comes too near to
 * one beside it runs out to the next crossing, or is taken back to its last one, so that it ends
 * on another street and not in a yard; at the town's edge it may just end. */
static void trace_on(const struct city *city, const struct rule *rule, struct trace *trace,
                     struct spot at, struct heading along, int64_t most_steps)
{
    int64_t crossing = trace->count;
    int64_t runs_out = most_steps + RUN_OUT_STEPS;
    for (int64_t step = 0; step < runs_out; step++) {
        struct heading first = heading_on(city, at, along);
        struct spot middle = plane_move(at, first, POINT_STEP_CM / 2, 0);
        along = heading_on(city, middle, first);
        at = plane_move(at, along, POINT_STEP_CM, 0);
        bool going = step < most_steps && runs_out > most_steps;
        if (!ground_is_open(city, rule, at) || meets_itself(trace, at)) {
            if (rule->rank == RANK_MAIN && going)
                return;
            break;
        }
        int32_t clear = apart_cm(city, rule, at) / (going ? 2 : 4);
        if (street_near(city, at, along, clear, true)) {
            if (!going)
                break;
            most_steps = step;
            runs_out = step + RUN_OUT_STEPS;
        }
        trace_add(trace, at);
        if (street_near(city, at, along, CROSSING_CM, false)) {
            crossing = trace->count;
            if (!going || (rule->rank == RANK_LANE && step >= 4))
                return;
        }
    }
    trace->count = crossing;
}

/* Tries to lay a street through a spot; true when one was laid. */
static bool lay(struct city *city, const struct rule *rule, struct spot at, struct heading along,
                int64_t parent)
{
    along = heading_on(city, at, along);
    if (!ground_is_open(city, rule, at) ||
        street_near(city, at, along, apart_cm(city, rule, at) * 17 / 20, true))
        return false;
    uint64_t draw = random_hash(city->atlas.seed ^ 0x81, (uint64_t)(uint32_t)at.x_cm,
                                (uint64_t)(uint32_t)at.y_cm);
    int64_t steps =
        random_between(draw, rule->longest_low_m, rule->longest_high_m) * 100 / POINT_STEP_CM;
    struct trace back = {NULL, 0, 0};
    struct trace whole = {NULL, 0, 0};
    trace_on(city, rule, &back, at, (struct heading){-along.x, -along.y}, steps / 2);
    for (int64_t i = back.count - 1; i >= 0; i--)
        trace_add(&whole, back.line[i]);
    trace_add(&whole, at);
    trace_on(city, rule, &whole, at, along, steps - back.count);
    bool long_enough = (whole.count - 1) * POINT_STEP_CM >= rule->shortest_m * 100;
    if (long_enough) {
        struct street street = {0};
        street.width_cm =
            random_between(random_mix(draw), rule->width_low_m * 10, rule->width_high_m * 10) * 10;
        street.rank = rule->rank;
        street.name = -1;
        street.parent = (int32_t)parent;
        city_add_street(city, whole.line, (int32_t)whole.count, street);
    }
    free(back.line);
    free(whole.line);
    return long_enough;
}

int32_t city_add_street(struct city *city, const struct spot *line, int32_t count,
                        struct street street)
{
    int64_t first = city->point_count;
    int64_t left_cm = 0; /* to the next point */
    for (int32_t i = 0; i + 1 < count; i++) {
        int64_t length = plane_distance(line[i], line[i + 1]);
        if (length == 0)
            continue;
        int64_t dx = (int64_t)line[i + 1].x_cm - line[i].x_cm;
        int64_t dy = (int64_t)line[i + 1].y_cm - line[i].y_cm;
        int64_t at = left_cm;
        for (; at < length; at += POINT_STEP_CM) {
            city->points = room_for(city->points, &city->point_capacity, city->point_count + 1,
                                    sizeof(*city->points));
            struct street_point *point = &city->points[city->point_count++];
            point->at.x_cm = (int32_t)(line[i].x_cm + dx * at / length);
            point->at.y_cm = (int32_t)(line[i].y_cm + dy * at / length);
            struct heading along = plane_heading(plane_angle(dx, dy));
            point->heading_x = (int16_t)along.x;
            point->heading_y = (int16_t)along.y;
            point->street = (int32_t)city->street_count;
        }
        left_cm = at - length;
    }
    if (city->point_count - first < 2) {
        city->point_count = first;
        return -1;
    }
    for (int64_t i = first; i < city->point_count; i++)
        buckets_add_spot(&city->near_points, city->points[i].at, (int32_t)i);
    city->streets = room_for(city->streets, &city->street_capacity, city->street_count + 1,
                             sizeof(*city->streets));
    street.first = (int32_t)first;
    street.count = (int32_t)(city->point_count - first);
    city->streets[city->street_count] = street;
    return (int32_t)city->street_count++;
}

/* Adds the pieces of a line that lie in town; only a bridge's may lie in the river. */
static void add_in_town(struct city *city, const struct spot *line, int32_t count,
                        struct street street)
{
    struct trace piece = {NULL, 0, 0};
    for (int32_t i = 0; i + 1 < count; i++) {
        int32_t length = plane_distance(line[i], line[i + 1]);
        struct heading along = plane_heading(plane_angle((int64_t)line[i + 1].x_cm - line[i].x_cm,
                                                         (int64_t)line[i + 1].y_cm - line[i].y_cm));
        for (int32_t ahead = 0; ahead < length; ahead += POINT_STEP_CM) {
            struct spot at = plane_move(line[i], along, ahead, 0);
            int32_t dry = atlas_dry(&city->atlas, at, NULL);
            bool crossing = street.bridge && dry < 130000;
            if (crossing || (dry > 4000 && atlas_town(&city->atlas, at) > -250)) {
                trace_add(&piece, at);
                continue;
            }
            if (piece.count >= 15)
                city_add_street(city, piece.line, (int32_t)piece.count, street);
            piece.count = 0;
        }
    }
    if (piece.count >= 15)
        city_add_street(city, piece.line, (int32_t)piece.count, street);
    free(piece.line);
}

static int32_t bank_road(const struct city *city, bool north, struct spot *line)
{
    const struct atlas *atlas = &city->atlas;
    for (int32_t i = 0; i < atlas->river_count; i++) {
        struct spot a = atlas->river[i > 0 ? i - 1 : 0].at;
        struct spot b = atlas->river[i + 1 < atlas->river_count ? i + 1 : i].at;
        struct heading along =
            plane_heading(plane_angle((int64_t)b.x_cm - a.x_cm, (int64_t)b.y_cm - a.y_cm));
        int32_t out = atlas->river[i].half_width_cm + 9500;
        line[i] = plane_move(atlas->river[i].at, along, 0, north ? out : -out);
    }
    return atlas->river_count;
}

static void lay_great_roads(struct city *city)
{
    struct great_road road;
    for (int32_t i = 0; atlas_great_road(&city->atlas, city->scale, i, &road); i++) {
        struct street street = {0};
        street.width_cm = road.width_cm;
        street.rank = RANK_GREAT;
        street.bridge = road.crosses_river;
        street.parent = -1;
        street.name = city_name(city, road.name);
        add_in_town(city, road.points, road.count, street);
    }
    for (int north = 0; north < 2 && city->atlas.river_count > 0; north++) {
        struct spot line[ATLAS_MAX_RIVER];
        struct street street = {0};
        street.width_cm = 2400;
        street.parent = -1;
        street.rank = RANK_GREAT;
        street.name = city_name(city, north ? "滨水大道" : "友谊路");
        add_in_town(city, line, bank_road(city, north != 0, line), street);
    }
}

/* Tries the seeds along one street: across it, and beside it on both sides. */
static void lay_from_street(struct city *city, const struct rule *rule, int64_t number)
{
    for (int32_t i = 0; i < city->streets[number].count; i += 4) {
        struct street_point point = city->points[city->streets[number].first + i];
        struct heading along = {point.heading_x, point.heading_y};
        struct heading across = {-along.y, along.x};
        int32_t apart = apart_cm(city, rule, point.at);
        lay(city, rule, plane_move(point.at, along, 0, apart), along, number);
        lay(city, rule, plane_move(point.at, along, 0, -apart), along, number);
        lay(city, rule, point.at, across, number);
    }
}

static int64_t room_of_streets(const struct city *city)
{
    return city->point_count * POINT_STEP_CM * 2 / 3000;
}

struct seed {
    uint64_t draw;
    int32_t point, side;
};

static int seed_order(const void *a, const void *b)
{
    const struct seed *x = a, *y = b;
    if (x->draw != y->draw)
        return x->draw < y->draw ? -1 : 1;
    return x->point != y->point ? (x->point < y->point ? -1 : 1) : x->side - y->side;
}

/* Lanes come in random order over the whole town, until there are enough. */
static void lay_lanes(struct city *city, const struct rule *rule, int64_t poles)
{
    struct seed *seeds = NULL;
    int64_t count = 0, capacity = 0;
    for (int64_t i = 0; i < city->point_count; i += 3) {
        for (int32_t side = 0; side < 3; side++) {
            seeds = room_for(seeds, &capacity, count + 1, sizeof(*seeds));
            uint64_t draw = random_hash(city->atlas.seed ^ 0x82, (uint64_t)i, (uint64_t)side);
            int64_t age = atlas_age(&city->atlas, city->points[i].at);
            draw |= (uint64_t)(random_between(random_mix(draw), 0, 10) > age) << 63;
            seeds[count++] = (struct seed){draw, (int32_t)i, side};
        }
    }
    if (count > 0)
        qsort(seeds, (size_t)count, sizeof(*seeds), seed_order);
    for (int64_t i = 0; i < count && room_of_streets(city) < poles; i++) {
        struct street_point point = city->points[seeds[i].point];
        struct heading along = {point.heading_x, point.heading_y};
        if (seeds[i].side == 2) {
            lay(city, rule, point.at, (struct heading){-along.y, along.x}, point.street);
        } else {
            int32_t apart = apart_cm(city, rule, point.at);
            lay(city, rule, plane_move(point.at, along, 0, seeds[i].side == 0 ? apart : -apart),
                along, point.street);
        }
    }
    free(seeds);
}

bool city_lay_streets(struct city *city, int64_t poles)
{
    poles += poles / 40 + 50; /* some places along them are no place for a pole */
    lay_great_roads(city);
    for (int k = 0; k < 2; k++) {
        for (int32_t i = 0; i < city->atlas.quarter_count; i++) {
            const struct quarter *q = &city->atlas.quarters[i];
            lay(city, &rules[k], q->centre, plane_heading(q->grid), -1);
            lay(city, &rules[k], q->centre, plane_heading((turn16)(q->grid + PLANE_QUARTER)), -1);
        }
        for (int64_t i = 0; i < city->street_count && room_of_streets(city) < poles; i++)
            lay_from_street(city, &rules[k], i);
    }
    lay_lanes(city, &rules[2], poles);
    return room_of_streets(city) >= poles;
}
