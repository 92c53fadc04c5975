/* SPDX-License-Identifier: MIT
 * All poles within a radius. Hot: see tree_hot.h. */
#include "index/tree_exact.h"
#include "index/tree_hot.h"

/* So many are collected on the stack and put in order by estimate; more are sorted as hits. */
#define MANY 1024
/* So many leaves, and up to fifteen more, are opened in a row. */
#define LISTED 128

/* Near candidates, side by side. */
typedef struct {
    float estimates[MANY];
    float lat[MANY + POLE_TREE_FAN], lon[MANY]; /* whole units to them */
    uint32_t places[MANY];
    double distances_m[MANY];
    float bearings_deg[MANY];
} candidates;

typedef struct {
    const pole_probe *probe;
    double radius_m;
    float surely;  /* an estimate up to this is within the radius for certain */
    float at_most; /* one above this is not */
    size_t count;  /* of candidates: estimates up to at_most */
    size_t room;   /* for hits */
    pole_hit *hits;
    candidates *few;
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
        add_row(s, s->few->estimates[i], s->few->places[i]);
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
    const pole_leaf_view view = pole_probe_view(s->probe, leaf, far);
    const unsigned within = pole_sixteen_at_most(view.estimates, pole_sixteen_all(s->at_most));
    if (POLE_SELDOM(far || s->spilt || s->count > MANY - POLE_TREE_FAN)) {
        add_more(s, &view.estimates, within, first);
        return;
    }
    candidates *few = s->few;
    (void)pole_sixteen_pack(view.estimates, within, few->estimates + s->count);
    (void)pole_sixteen_pack(view.lat, within, few->lat + s->count);
    (void)pole_sixteen_pack(view.lon, within, few->lon + s->count);
    s->count += pole_sixteen_places(within, first, few->places + s->count);
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

static inline void open_leaves(radius_search *s, const uint32_t *leaves, size_t count, bool far)
{
    for (size_t i = 0; i < count; i++)
        prefetch_leaf(s->probe->tree, leaves[i]);
    for (size_t i = 0; i < count; i++)
        open_leaf(s, leaves[i], far);
}

/* Leaves go to a list first: one loop over many, whose end alone cannot be foreseen, and their
 * positions are on their way meanwhile. */
static inline void go_through(radius_search *s, bool far)
{
    const pole_tree *tree = s->probe->tree;
    struct {
        uint32_t first;
        unsigned todo;
    } frames[POLE_TREE_MAX_LEVELS]; /* nodes of each level */
    uint32_t leaves[LISTED + POLE_TREE_FAN];
    size_t count = 0;
    const uint32_t top = tree->top_level;
    uint32_t level = top;
    const pole_sixteen limit = pole_sixteen_all(s->at_most);
    frames[top].first = 0;
    frames[top].todo = (1u << tree->top_nodes) - 1;
    for (;;) {
        while (frames[level].todo == 0) {
            if (level == top) {
                open_leaves(s, leaves, count, far);
                return;
            }
            level--;
        }
        const uint32_t number = frames[level].first + (uint32_t)__builtin_ctz(frames[level].todo);
        frames[level].todo &= frames[level].todo - 1;
        const pole_tree_node *node = tree->nodes + tree->first[level] + number;
        const pole_sixteen bounds =
            far ? pole_probe_far_bounds(s->probe, node) : pole_probe_bounds(s->probe, node);
        const unsigned met = pole_sixteen_at_most(bounds, limit);
        if (level + 1 < tree->levels) {
            level++;
            frames[level].first = number * POLE_TREE_FAN;
            frames[level].todo = met;
            continue;
        }
        count += pole_sixteen_places(met, number * POLE_TREE_FAN, leaves + count);
        if (POLE_SELDOM(count >= LISTED)) {
            open_leaves(s, leaves, count, far);
            count = 0;
        }
    }
}

/* Takes out the candidates that are not within the radius after all. */
static void drop_outside(radius_search *s)
{
    candidates *few = s->few;
    size_t kept = 0;
    for (size_t i = 0; i < s->count; i++) {
        if (!is_within(s, few->estimates[i], pole_tree_row(s->probe->tree, few->places[i])))
            continue;
        few->estimates[kept] = few->estimates[i];
        few->lat[kept] = few->lat[i];
        few->lon[kept] = few->lon[i];
        few->places[kept++] = few->places[i];
    }
    s->count = kept;
}

static void put_in_order(const radius_search *s)
{
    pole_hits_sort(s->hits, s->count, POLE_HITS_BY_DISTANCE);
    pole_probe_settle(s->probe, s->hits, s->count);
}

/* Returns whether one is not farther than the one before by more than could be a tie. */
static bool put_few(const radius_search *s, const uint32_t *order)
{
    const candidates *few = s->few;
    const pole_tree *tree = s->probe->tree;
    const size_t count = s->count;
    pole_hit *hits = s->hits;
    double last_m = -1.0;
    bool close = false;
    for (size_t i = 0; i < count; i++) {
        const uint32_t from = order[i];
        const double distance_m = few->distances_m[from];
        close |= !(distance_m - last_m > POLE_PROBE_DOUBT_M);
        last_m = distance_m;
        hits[i].row = few->places[from];
        hits[i].reserved = 0;
        hits[i].distance_m = distance_m;
        hits[i].bearing_deg = (double)few->bearings_deg[from];
    }
    for (size_t i = 0; tree->rows_of_place && i < count; i++)
        hits[i].row = pole_tree_row(tree, hits[i].row);
    return close;
}

/* The candidates as hits in order, when there is room for all. */
static void take_few(radius_search *s)
{
    candidates *few = s->few;
    uint32_t order[MANY];
    unsigned doubtful = 0;
    for (size_t i = 0; i < s->count; i++)
        doubtful |= few->estimates[i] > s->surely;
    if (POLE_SELDOM(doubtful))
        drop_outside(s);
    if (s->count > s->room)
        return;
    POLE_HOT(pole_probe_tell_near)
    (s->probe, few->lat, few->lon, s->count, few->distances_m, few->bearings_deg);
    POLE_HOT(pole_estimates_order)(few->estimates, s->count, order);
    bool close = put_few(s, order);
    /* Nearer to the end of the formula's range the rest of its error is asked for. */
    if (POLE_SELDOM(s->radius_m > POLE_LOCAL_RANGE_M - 1.0) &&
        pole_probe_tell_far(s->probe, s->hits, s->count))
        close = true;
    if (close)
        put_in_order(s);
}

/* Distances, bearings, order of the many. */
static void tell_many(const radius_search *s)
{
    (void)POLE_HOT(pole_probe_tell)(s->probe, s->hits, s->count);
    if (s->radius_m > POLE_LOCAL_RANGE_M - 1.0)
        (void)pole_probe_tell_far(s->probe, s->hits, s->count);
    put_in_order(s);
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
    candidates few;
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
                       .few = &few,
                       .spilt = far};
    if (far)
        go_through(&s, true);
    else
        go_through(&s, false);
    if (!s.spilt)
        take_few(&s);
    else if (s.count <= capacity)
        tell_many(&s);
    if (s.count > capacity)
        tell_nearest(&s);
    return s.count;
}
