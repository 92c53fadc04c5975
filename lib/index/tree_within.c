/* SPDX-License-Identifier: MIT
 * All poles within a radius. Hot: see tree_hot.h. */
#include "index/tree_exact.h"
#include "index/tree_hot.h"

/* So many are collected on the stack and sorted by estimate; more are sorted as hits. */
#define MANY 1024

typedef struct {
    const pole_probe *probe;
    double radius_m;
    float surely;  /* an estimate up to this is within the radius for certain */
    float at_most; /* one above this is not */
    size_t count;
    size_t room; /* for hits, of which all beyond are only counted */
    pole_hit *hits;
    pole_candidate_key *keys; /* the first MANY */
} radius_search;

static void add(radius_search *s, float estimate, uint32_t place)
{
    const pole_row row = pole_tree_row(s->probe->tree, place);
    if (estimate > s->surely && !(pole_probe_exact(s->probe, row) <= s->radius_m))
        return;
    if (s->count < MANY)
        s->keys[s->count] = pole_key_of(estimate, place);
    if (s->count >= MANY && s->count < s->room)
        s->hits[s->count].row = row;
    s->count++;
}

static inline void open_leaf(radius_search *s, uint32_t number, bool far)
{
    const uint32_t leaf = pole_tree_leaf(s->probe->tree, number);
    const pole_sixteen estimates = pole_probe_estimates(s->probe, leaf, far);
    unsigned todo = pole_sixteen_at_most(estimates, pole_sixteen_all(s->at_most));
    if (todo == 0)
        return;
    float each[POLE_TREE_FAN];
    pole_sixteen_store(each, &estimates);
    for (; todo != 0; todo &= todo - 1) {
        const uint32_t i = (uint32_t)__builtin_ctz(todo);
        add(s, each[i], pole_leaf_first(leaf) + i);
    }
}

static inline void go_through(radius_search *s, bool far)
{
    const pole_tree *tree = s->probe->tree;
    struct {
        uint32_t first_child;
        unsigned todo;
    } frames[POLE_TREE_MAX_LEVELS];
    uint32_t level = 0, number = 0;
    const pole_sixteen limit = pole_sixteen_all(s->at_most);
    for (;;) {
        const pole_tree_node *node = tree->nodes + tree->first[level] + number;
        const pole_sixteen bounds =
            far ? pole_probe_far_bounds(s->probe, node) : pole_probe_bounds(s->probe, node);
        frames[level].todo = pole_sixteen_at_most(bounds, limit);
        frames[level].first_child = number * POLE_TREE_FAN;
        if (level + 1 == tree->levels)
            for (; frames[level].todo != 0; frames[level].todo &= frames[level].todo - 1)
                open_leaf(s,
                          frames[level].first_child + (uint32_t)__builtin_ctz(frames[level].todo),
                          far);
        while (frames[level].todo == 0)
            if (level-- == 0)
                return;
        number = frames[level].first_child + (uint32_t)__builtin_ctz(frames[level].todo);
        frames[level].todo &= frames[level].todo - 1;
        level++;
    }
}

/* Rows, distances, bearings, order. */
static void tell(const radius_search *s)
{
    const pole_probe *probe = s->probe;
    const size_t few = s->count < MANY ? s->count : MANY;
    if (s->count <= MANY) {
        pole_candidate_key room[MANY];
        POLE_HOT(pole_keys_sort)(s->keys, s->count, room);
    }
    for (size_t i = 0; i < few; i++)
        s->hits[i].row = pole_tree_row(probe->tree, pole_key_place(s->keys[i]));
    POLE_HOT(pole_probe_tell)(probe, s->hits, s->count);
    (void)pole_probe_tell_far(probe, s->hits, s->count);
    pole_hits_sort(s->hits, s->count, POLE_HITS_BY_DISTANCE);
    pole_probe_settle(probe, s->hits, s->count);
}

/* The nearest of more than there is room for. */
static void tell_nearest(const radius_search *s)
{
    const pole_probe *probe = s->probe;
    if (s->room > 0 && s->room <= POLE_MAX_NEAREST)
        (void)POLE_HOT(pole_tree_nearest)(probe->tree, probe->at, s->room, s->radius_m, s->hits);
    else if (s->room > 0)
        (void)pole_tree_nearest_exact(probe, s->room, s->radius_m, s->hits);
}

size_t POLE_HOT(pole_tree_within_radius)(const pole_tree *tree, pole_point at, double radius_m,
                                         pole_hit *hits, size_t capacity)
{
    if (tree->positions->rows == 0)
        return 0;
    pole_candidate_key keys[MANY];
    pole_probe probe;
    pole_probe_begin(&probe, tree, at, INFINITY);
    pole_probe_finish(&probe);
    const bool far = radius_m > probe.reach_m || probe.reach_m <= 0.0;
    if (far && (!pole_probe_look_far(&probe, INFINITY) || radius_m > probe.reach_m))
        return pole_tree_within_exact(&probe, radius_m, hits, capacity);
    const float squared = (float)(radius_m * radius_m);
    radius_search s = {.probe = &probe,
                       .radius_m = radius_m,
                       .surely = pole_probe_surely(&probe, squared),
                       .at_most = pole_probe_window(&probe, squared),
                       .room = capacity,
                       .hits = hits,
                       .keys = keys};
    if (far)
        go_through(&s, true);
    else
        go_through(&s, false);
    if (s.count <= capacity)
        tell(&s);
    else
        tell_nearest(&s);
    return s.count;
}
