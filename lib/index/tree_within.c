/* SPDX-License-Identifier: MIT
 * All poles within a radius. */
#include "index/tree_nearest.h"

typedef struct {
    const pole_probe *probe;
    double radius_m;
    float surely;  /* an estimate up to this is within the radius for certain */
    float at_most; /* one above this is not */
    size_t count;
    size_t room; /* for hits, of which all beyond are only counted */
    pole_hit *hits;
} radius_search;

static void add_place(radius_search *s, float estimate, uint32_t place)
{
    const pole_row row = pole_tree_row(s->probe->tree, place);
    if (estimate > s->surely && !(pole_probe_exact(s->probe, row) <= s->radius_m))
        return;
    if (s->count < s->room)
        s->hits[s->count].row = row;
    s->count++;
}

static void open_leaf(radius_search *s, uint32_t number)
{
    const uint32_t leaf = pole_tree_leaf(s->probe->tree, number);
    const pole_sixteen estimates = pole_probe_estimates(s->probe, leaf);
    unsigned todo = pole_sixteen_within(&estimates, pole_lanes_all(s->at_most));
    if (todo == 0)
        return;
    float each[POLE_TREE_FAN];
    pole_sixteen_store(each, &estimates);
    for (; todo != 0; todo &= todo - 1) {
        const uint32_t i = (uint32_t)__builtin_ctz(todo);
        add_place(s, each[i], pole_leaf_first(leaf) + i);
    }
}

static void go_through(radius_search *s)
{
    const pole_tree *tree = s->probe->tree;
    struct {
        uint32_t first_child;
        unsigned todo;
    } frames[POLE_TREE_MAX_LEVELS];
    uint32_t level = 0, number = 0;
    const pole_lanes limit = pole_lanes_all(s->at_most);
    for (;;) {
        const pole_sixteen bounds =
            pole_probe_bounds(s->probe, tree->nodes + tree->first[level] + number);
        frames[level].todo = pole_sixteen_within(&bounds, limit);
        frames[level].first_child = number * POLE_TREE_FAN;
        if (level + 1 == tree->levels)
            for (; frames[level].todo != 0; frames[level].todo &= frames[level].todo - 1)
                open_leaf(s,
                          frames[level].first_child + (uint32_t)__builtin_ctz(frames[level].todo));
        while (frames[level].todo == 0)
            if (level-- == 0)
                return;
        number = frames[level].first_child + (uint32_t)__builtin_ctz(frames[level].todo);
        frames[level].todo &= frames[level].todo - 1;
        level++;
    }
}

/* Distances, bearings, order. */
static void put_in_order(const pole_probe *probe, pole_hit *hits, size_t count)
{
    pole_probe_tell(probe, hits, count);
    pole_hits_sort(hits, count, POLE_HITS_BY_DISTANCE);
    pole_probe_settle(probe, hits, count);
}

size_t pole_tree_within_radius(const pole_tree *tree, pole_point at, double radius_m,
                               pole_hit *hits, size_t capacity)
{
    if (tree->positions->rows == 0)
        return 0;
    pole_probe probe;
    pole_probe_prepare(&probe, tree, at, INFINITY);
    /* Estimates can be wrong beyond the reach, but never so much that what lies there seems to be
     * in the first half of it. */
    if (probe.reach_m <= 0.0 || radius_m > probe.reach_m / 2.0)
        return pole_tree_within_exact(&probe, radius_m, hits, capacity);
    const float squared = (float)(radius_m * radius_m);
    radius_search s = {.probe = &probe,
                       .radius_m = radius_m,
                       .surely = pole_probe_surely(&probe, squared),
                       .at_most = pole_probe_window(&probe, squared),
                       .room = capacity,
                       .hits = hits};
    go_through(&s);
    if (s.count <= capacity) {
        put_in_order(&probe, hits, s.count);
        return s.count;
    }
    if (capacity > 0 && capacity <= POLE_MAX_NEAREST)
        (void)pole_tree_nearest(tree, at, capacity, radius_m, hits);
    else if (capacity > 0)
        (void)pole_tree_nearest_exact(&probe, capacity, radius_m, hits);
    return s.count;
}
