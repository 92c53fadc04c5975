/* SPDX-License-Identifier: MIT
 * See tree_exact.h.
 *
 * Two poles less than a micrometre apart in distance are equally far and go by row, so what comes
 * last cannot be told from the k nearest alone: of a hundred poles at one place the lowest rows are
 * wanted. So there are two passes: the k nearest by exact distance, which tells where the last
 * group of equals begins; then the lowest rows of that group. */
#include "index/tree_exact.h"

#include "index/tree_hot.h"

typedef struct {
    double bound_m;
    uint32_t number;
    uint32_t level; /* tree->levels for a leaf */
} waiting;

#define MAX_WAITING (POLE_TREE_MAX_LEVELS * (POLE_TREE_FAN - 1) + 1)

typedef struct {
    const pole_probe *probe;
    pole_hits_order order;
    double least_m; /* nearer ones are not wanted */
    double most_m;  /* farther ones neither */
    pole_hit *hits;
    size_t wanted, count;
    size_t seen; /* as near as wanted, whether or not there was room for it */
    /* Many poles may stand at one place: the last one asked for. */
    uint8_t last_place[8];
    double last_m;
} exact_search;

/* A lower bound of the distance of a row, cheap where it can be. */
static double nearly(const pole_probe *probe, pole_row row)
{
    const pole_local *from = &probe->from;
    const pole_positions *positions = probe->tree->positions;
    const double dlat = pole_position_lat_e7(positions, row) - from->lat_e7;
    const double dlon = pole_local_dlon(from, pole_position_lon_e7(positions, row));
    if (probe->reach_m <= 0.0)
        return 0.0;
    if (pole_local_covers(from, dlat, dlon)) {
        const double d = sqrt(pole_local_squared(from, dlat, dlon));
        if (d <= POLE_LOCAL_RANGE_M)
            return d - POLE_PROBE_DOUBT_M;
    }
    return 0.0;
}

static double exactly(exact_search *s, pole_row row)
{
    const uint8_t *place = s->probe->tree->positions->bytes + 8 * (size_t)row;
    if (isnan(s->last_m) || memcmp(place, s->last_place, sizeof s->last_place) != 0) {
        s->last_m = pole_probe_exact(s->probe, row);
        memcpy(s->last_place, place, sizeof s->last_place);
    }
    return s->last_m;
}

static void open_leaf(exact_search *s, uint32_t number)
{
    const pole_tree *tree = s->probe->tree;
    const uint32_t leaf = pole_tree_leaf(tree, number);
    const uint32_t end = pole_leaf_first(leaf) + pole_leaf_places(leaf);
    for (uint32_t place = pole_leaf_first(leaf); place < end; place++) {
        pole_hit hit = {.row = pole_tree_row(tree, place)};
        if (nearly(s->probe, hit.row) > s->most_m)
            continue;
        hit.distance_m = exactly(s, hit.row);
        if (hit.distance_m < s->least_m || hit.distance_m > s->most_m)
            continue;
        s->seen++;
        pole_hits_offer(s->hits, s->wanted, &s->count, &hit, s->order);
        if (s->order == POLE_HITS_BY_DISTANCE && s->count == s->wanted && s->wanted > 0)
            s->most_m = s->hits[0].distance_m;
    }
}

/* No place of the child is nearer. NAN when it is absent, or farther than most_m for certain. */
static double bound_of(const exact_search *s, const pole_tree_node *node, unsigned child,
                       const float *flat)
{
    const pole_probe *probe = s->probe;
    if (!(node->south[child] <= node->north[child]))
        return (double)NAN;
    if (probe->reach_m > 0.0) {
        const double bound_m = sqrt((double)flat[child]);
        if (bound_m < probe->reach_m)
            return bound_m;
        if (s->most_m < probe->reach_m)
            return (double)NAN;
    }
    return pole_probe_far_bound(probe, node, child);
}

static uint32_t open_node(const exact_search *s, const waiting *from, waiting *stack,
                          uint32_t depth)
{
    const pole_tree *tree = s->probe->tree;
    const pole_tree_node *node = tree->nodes + tree->first[from->level] + from->number;
    float flat[POLE_TREE_FAN];
    const pole_sixteen bounds = pole_probe_bounds(s->probe, node);
    pole_sixteen_store(flat, &bounds);
    const uint32_t bottom = depth;
    for (unsigned i = 0; i < POLE_TREE_FAN; i++) {
        const double bound_m = bound_of(s, node, i, flat);
        if (!(bound_m <= s->most_m))
            continue;
        uint32_t at = depth++;
        for (; at > bottom && stack[at - 1].bound_m < bound_m; at--)
            stack[at] = stack[at - 1];
        stack[at] = (waiting){bound_m, from->number * POLE_TREE_FAN + i, from->level + 1};
    }
    return depth;
}

static void go_through(exact_search *s)
{
    const pole_tree *tree = s->probe->tree;
    waiting stack[MAX_WAITING];
    uint32_t depth = 0;
    stack[depth++] = (waiting){0.0, 0, 0};
    while (depth > 0) {
        const waiting next = stack[--depth];
        if (next.bound_m > s->most_m)
            continue;
        if (next.level == tree->levels)
            open_leaf(s, next.number);
        else
            depth = open_node(s, &next, stack, depth);
    }
}

/* Bearings; the exact distances stay. */
static size_t tell(const pole_probe *probe, pole_hit *hits, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const double distance_m = hits[i].distance_m;
        pole_probe_tell_one(probe, &hits[i]);
        hits[i].distance_m = distance_m;
        (void)pole_probe_tell_far(probe, &hits[i], 1);
    }
    return count;
}

size_t pole_tree_nearest_exact(const pole_probe *probe, size_t wanted, double max_m, pole_hit *hits)
{
    exact_search s = {.probe = probe,
                      .order = POLE_HITS_BY_DISTANCE,
                      .most_m = max_m,
                      .hits = hits,
                      .wanted = wanted,
                      .last_m = NAN};
    go_through(&s);
    pole_hits_sort(hits, s.count, POLE_HITS_BY_DISTANCE);
    size_t group = 0;
    for (size_t i = 0; i < s.count; i++) {
        if (hits[i].distance_m - hits[group].distance_m < POLE_TIE_M)
            continue;
        pole_hits_sort(hits + group, i - group, POLE_HITS_BY_ROW);
        group = i;
    }
    if (s.count < wanted) { /* all that there are */
        pole_hits_sort(hits + group, s.count - group, POLE_HITS_BY_ROW);
        return tell(probe, hits, s.count);
    }
    exact_search last = {.probe = probe,
                         .order = POLE_HITS_BY_ROW,
                         .least_m = hits[group].distance_m,
                         .most_m = hits[group].distance_m + POLE_TIE_M,
                         .hits = hits + group,
                         .wanted = wanted - group,
                         .last_m = NAN};
    last.most_m = last.most_m < max_m ? last.most_m : max_m;
    go_through(&last);
    pole_hits_sort(last.hits, last.count, POLE_HITS_BY_ROW);
    return tell(probe, hits, wanted);
}

size_t pole_tree_within_exact(const pole_probe *probe, double radius_m, pole_hit *hits,
                              size_t capacity)
{
    exact_search count = {
        .probe = probe, .order = POLE_HITS_BY_ROW, .most_m = radius_m, .last_m = NAN};
    go_through(&count);
    const size_t wanted = count.seen < capacity ? count.seen : capacity;
    if (wanted > 0)
        (void)pole_tree_nearest_exact(probe, wanted, radius_m, hits);
    return count.seen;
}
