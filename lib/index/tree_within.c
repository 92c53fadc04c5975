/* SPDX-License-Identifier: MIT
 * All poles within a radius. Hot: see tree_hot.h. */
#include "index/tree_exact.h"
#include "index/tree_hot.h"

/* So many are collected on the stack and put in order by estimate; more are sorted as hits. */
#define MANY 1024

typedef struct {
    const pole_probe *probe;
    double radius_m;
    float surely;  /* an estimate up to this is within the radius for certain */
    float at_most; /* one above this is not */
    size_t count;  /* of candidates: estimates up to at_most */
    size_t room;   /* for hits */
    pole_hit *hits;
    float *estimates; /* room for MANY, and their places */
    uint32_t *places;
    bool spilt; /* there are more: their rows are in the hits, as far as there is room */
} radius_search;

static bool is_within(const radius_search *s, float estimate, pole_row row)
{
    return estimate <= s->surely || pole_probe_exact(s->probe, row) <= s->radius_m;
}

static void add_row(radius_search *s, float estimate, uint32_t place)
{
    const pole_row row = pole_tree_row(s->probe->tree, place);
    if (!is_within(s, estimate, row))
        return;
    if (s->count < s->room)
        s->hits[s->count].row = row;
    s->count++;
}

/* From here on rows go straight to the hits, as far as there is room, and all are counted. */
static void spill(radius_search *s)
{
    const size_t few = s->count;
    s->spilt = true;
    s->count = 0;
    for (size_t i = 0; i < few; i++)
        add_row(s, s->estimates[i], s->places[i]);
}

static void add_more(radius_search *s, const pole_sixteen *estimates, unsigned within,
                     uint32_t first)
{
    float each[POLE_TREE_FAN];
    if (!s->spilt)
        spill(s);
    pole_sixteen_store(each, estimates);
    for (; within != 0; within &= within - 1) {
        const uint32_t i = (uint32_t)__builtin_ctz(within);
        add_row(s, each[i], first + i);
    }
}

static inline void open_leaf(radius_search *s, uint32_t number, bool far)
{
    const uint32_t leaf = pole_tree_leaf(s->probe->tree, number);
    const uint32_t first = pole_leaf_first(leaf);
    const pole_sixteen estimates = pole_probe_estimates(s->probe, leaf, far);
    const unsigned within = pole_sixteen_at_most(estimates, pole_sixteen_all(s->at_most));
    if (POLE_SELDOM(s->spilt || s->count > MANY - POLE_TREE_FAN))
        add_more(s, &estimates, within, first);
    else
        s->count += pole_sixteen_pack(&estimates, within, first, s->estimates + s->count,
                                      s->places + s->count);
}

/* Asks for a leaf's positions before they are needed. */
static inline void prefetch_leaf(const pole_tree *tree, uint32_t number)
{
    if (tree->rows_of_place)
        return;
    const uint32_t first = pole_leaf_first(pole_tree_leaf(tree, number));
    POLE_PREFETCH(tree->positions->bytes + 8 * (size_t)first);
    POLE_PREFETCH(tree->positions->bytes + 8 * (size_t)first + 64);
}

static inline void open_leaves(radius_search *s, uint32_t first, unsigned todo, bool far)
{
    for (unsigned ahead = todo; ahead != 0; ahead &= ahead - 1)
        prefetch_leaf(s->probe->tree, first + (uint32_t)__builtin_ctz(ahead));
    for (; todo != 0; todo &= todo - 1)
        open_leaf(s, first + (uint32_t)__builtin_ctz(todo), far);
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
        if (level + 1 == tree->levels) {
            open_leaves(s, frames[level].first_child, frames[level].todo, far);
            frames[level].todo = 0;
        }
        while (frames[level].todo == 0)
            if (level-- == 0)
                return;
        number = frames[level].first_child + (uint32_t)__builtin_ctz(frames[level].todo);
        frames[level].todo &= frames[level].todo - 1;
        level++;
    }
}

/* Takes out the candidates that are not within the radius after all. */
static void drop_outside(radius_search *s)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->count; i++) {
        if (!is_within(s, s->estimates[i], pole_tree_row(s->probe->tree, s->places[i])))
            continue;
        s->estimates[kept] = s->estimates[i];
        s->places[kept++] = s->places[i];
    }
    s->count = kept;
}

/* The rows of the candidates in order, when there is room for all. */
static void take_few(radius_search *s)
{
    uint32_t order[MANY];
    unsigned doubtful = 0;
    for (size_t i = 0; i < s->count; i++)
        doubtful |= s->estimates[i] > s->surely;
    if (doubtful)
        drop_outside(s);
    if (s->count > s->room)
        return;
    POLE_HOT(pole_estimates_order)(s->estimates, s->count, order);
    for (size_t i = 0; i < s->count; i++)
        s->hits[i].row = pole_tree_row(s->probe->tree, s->places[order[i]]);
}

/* Distances, bearings, order. */
static void tell(const radius_search *s)
{
    bool apart = POLE_HOT(pole_probe_tell)(s->probe, s->hits, s->count);
    if (s->radius_m > POLE_LOCAL_RANGE_M - 1.0 && pole_probe_tell_far(s->probe, s->hits, s->count))
        apart = false;
    if (apart)
        return;
    pole_hits_sort(s->hits, s->count, POLE_HITS_BY_DISTANCE);
    pole_probe_settle(s->probe, s->hits, s->count);
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
    float estimates[MANY];
    uint32_t places[MANY];
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
                       .estimates = estimates,
                       .places = places};
    if (far)
        go_through(&s, true);
    else
        go_through(&s, false);
    if (!s.spilt)
        take_few(&s);
    if (s.count <= capacity)
        tell(&s);
    else
        tell_nearest(&s);
    return s.count;
}
