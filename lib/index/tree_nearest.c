/* SPDX-License-Identifier: MIT
 * The k nearest poles, by estimates in float. Hot: see tree_hot.h.
 *
 * The tree is gone through depth first, the nearest box first. Candidates are kept by estimate;
 * those that the estimate's error leaves open are measured in the end. What even that cannot
 * decide (a tie at the end of the list, fewer than k poles in reach) is left to
 * pole_tree_nearest_exact(). */
#include "index/extent.h"
#include "index/tree_exact.h"
#include "index/tree_hot.h"

/* Up to this k the best are kept sorted, from there on as a heap. */
#define SHORT_LIST 32
/* So many that were turned away may still turn out to be nearer. */
#define MOST_OPEN 32

/* Nodes of one level that are being gone through: their children's bounds (squared), and those not
 * yet done. The first frame holds all nodes of a level, up to four, since going through the few
 * levels above one by one would take longer; the others hold one. */
typedef struct {
    float bounds[POLE_TREE_TOP * POLE_TREE_FAN];
    uint64_t todo;
    uint32_t first_child; /* of the level below, or leaf */
} frame;

typedef struct {
    const pole_probe *probe;
    uint32_t wanted;
    uint32_t count;
    uint32_t open_count;
    bool lost;   /* one that was open could not be kept */
    float limit; /* what has a higher estimate or bound is of no interest */
    pole_candidate_key *best;
    pole_candidate_key open[MOST_OPEN];
} search;

static void sink(pole_candidate_key *heap, uint32_t count, uint32_t i)
{
    const pole_candidate_key kept = heap[i];
    for (;;) {
        uint32_t child = 2 * i + 1;
        if (child >= count)
            break;
        child += child + 1 < count && heap[child] < heap[child + 1];
        if (kept >= heap[child])
            break;
        heap[i] = heap[child];
        i = child;
    }
    heap[i] = kept;
}

/* Where the last of a full list stands: at the end of a sorted one, on top of a heap. */
static inline pole_candidate_key last_of(const search *s)
{
    return s->wanted <= SHORT_LIST ? s->best[s->wanted - 1] : s->best[0];
}

static inline void put(search *s, pole_candidate_key key)
{
    if (s->wanted <= SHORT_LIST) {
        uint32_t i = s->count < s->wanted ? s->count++ : s->wanted - 1;
        for (; i > 0 && key < s->best[i - 1]; i--)
            s->best[i] = s->best[i - 1];
        s->best[i] = key;
    } else if (s->count < s->wanted) {
        s->best[s->count++] = key;
        if (s->count == s->wanted)
            for (uint32_t i = s->wanted / 2; i-- > 0;)
                sink(s->best, s->wanted, i);
    } else {
        s->best[0] = key;
        sink(s->best, s->wanted, 0);
    }
}

static void drop_closed(search *s)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < s->open_count; i++)
        if (pole_key_estimate(s->open[i]) <= s->limit)
            s->open[kept++] = s->open[i];
    s->open_count = kept;
}

static void turn_away(search *s, pole_candidate_key key)
{
    if (pole_key_estimate(key) > s->limit)
        return;
    if (s->open_count == MOST_OPEN)
        drop_closed(s);
    if (s->open_count == MOST_OPEN)
        s->lost = true;
    else
        s->open[s->open_count++] = key;
}

static inline void offer(search *s, float estimate, uint32_t place)
{
    const pole_candidate_key key = pole_key_of(estimate, place);
    if (s->count < s->wanted) {
        put(s, key);
        if (s->count == s->wanted)
            s->limit =
                pole_lesser(s->limit, pole_probe_window(s->probe, pole_key_estimate(last_of(s))));
        return;
    }
    const pole_candidate_key last = last_of(s);
    if (key >= last) {
        turn_away(s, key);
        return;
    }
    put(s, key);
    s->limit = pole_lesser(s->limit, pole_probe_window(s->probe, pole_key_estimate(last_of(s))));
    turn_away(s, last);
}

static void offer_those(search *s, const pole_sixteen *estimates, unsigned todo, uint32_t leaf)
{
    float each[POLE_TREE_FAN];
    pole_sixteen_store(each, estimates);
    for (; todo != 0; todo &= todo - 1) {
        const uint32_t i = (uint32_t)__builtin_ctz(todo);
        offer(s, each[i], pole_leaf_first(leaf) + i);
    }
}

static inline void open_leaf(search *s, uint32_t number, bool far)
{
    const uint32_t leaf = pole_tree_leaf(s->probe->tree, number);
    const pole_sixteen estimates = pole_probe_estimates(s->probe, leaf, far);
    float limit = s->limit;
    if (s->wanted == 1) {
        /* Mostly one is left then, or none. */
        const float least = pole_sixteen_first(pole_sixteen_least(estimates));
        limit = pole_lesser(limit, pole_probe_window(s->probe, least));
    }
    const unsigned todo = pole_sixteen_at_most(estimates, pole_sixteen_all(limit));
    if (todo != 0)
        offer_those(s, &estimates, todo, leaf);
}

static inline pole_sixteen bounds_of(const pole_probe *probe, const pole_tree_node *node, bool far)
{
    return far ? pole_probe_far_bounds(probe, node) : pole_probe_bounds(probe, node);
}

/* The bounds of a node's children, and which is the nearest. */
static inline unsigned open_node(const pole_probe *probe, const pole_tree_node *node, frame *f,
                                 bool far)
{
    const pole_sixteen bounds = bounds_of(probe, node, far);
    const unsigned nearest = pole_sixteen_at_most(bounds, pole_sixteen_least(bounds));
    pole_sixteen_store(f->bounds, &bounds);
    return (unsigned)__builtin_ctz(nearest);
}

/* The nearest child of those not yet done; false when none is near enough. */
static inline bool take_nearest(const search *s, frame *f, uint32_t nodes, uint32_t *child)
{
    const pole_sixteen limit = pole_sixteen_all(s->limit);
    uint64_t todo = 0;
    for (uint32_t i = 0; i < nodes; i++) {
        const pole_sixteen bounds = pole_sixteen_load(f->bounds + POLE_TREE_FAN * (size_t)i);
        todo |= (uint64_t)pole_sixteen_at_most(bounds, limit) << POLE_TREE_FAN * i;
    }
    todo &= f->todo;
    if (todo == 0)
        return false;
    unsigned nearest = (unsigned)__builtin_ctzll(todo);
    for (uint64_t others = todo & (todo - 1); others != 0; others &= others - 1) {
        const unsigned i = (unsigned)__builtin_ctzll(others);
        nearest = f->bounds[i] < f->bounds[nearest] ? i : nearest;
    }
    f->todo = todo & ~((uint64_t)1 << nearest);
    *child = f->first_child + nearest;
    return true;
}

/* The first nodes, all at once. Returns their nearest child. */
static inline uint32_t open_top(const pole_probe *probe, frame *f, bool far)
{
    const pole_tree *tree = probe->tree;
    const pole_tree_node *nodes = tree->nodes + tree->first[tree->top_level];
    pole_sixteen least = pole_sixteen_all(INFINITY);
    for (uint32_t i = 0; i < tree->top_nodes; i++) {
        const pole_sixteen bounds = bounds_of(probe, nodes + i, far);
        least = pole_sixteen_min(bounds, least);
        pole_sixteen_store(f->bounds + POLE_TREE_FAN * (size_t)i, &bounds);
    }
    least = pole_sixteen_least(least);
    uint64_t nearest = 0;
    for (uint32_t i = 0; i < tree->top_nodes; i++)
        nearest |= (uint64_t)pole_sixteen_at_most(
                       pole_sixteen_load(f->bounds + POLE_TREE_FAN * (size_t)i), least)
                   << POLE_TREE_FAN * i;
    const uint32_t child = (uint32_t)__builtin_ctzll(nearest);
    f->todo = ~((uint64_t)1 << child);
    f->first_child = 0;
    return child;
}

/* Down to a leaf, always to the nearest child. Returns the leaf. */
static inline uint32_t descend(const pole_probe *probe, frame *frames, uint32_t level,
                               uint32_t number, bool far)
{
    const pole_tree *tree = probe->tree;
    for (; level < tree->levels; level++) {
        frame *f = &frames[level];
        const unsigned nearest =
            open_node(probe, tree->nodes + tree->first[level] + number, f, far);
        f->todo = 0xFFFFu & ~(1u << nearest);
        f->first_child = number * POLE_TREE_FAN;
        number = f->first_child + nearest;
    }
    return number;
}

static inline void go_through(search *s, frame *frames, uint32_t child, bool far)
{
    const pole_tree *tree = s->probe->tree;
    const uint32_t top = tree->top_level;
    uint32_t level = top;
    for (;;) {
        open_leaf(s, descend(s->probe, frames, level + 1, child, far), far);
        level = tree->levels - 1;
        while (!take_nearest(s, &frames[level], level == top ? tree->top_nodes : 1, &child))
            if (level-- == top)
                return;
    }
}

/* Candidates to hits with distances by the short formula; false when an estimate was wrong. */
static bool measure(const pole_probe *probe, const pole_candidate_key *keys, uint32_t count,
                    pole_hit *hits, bool *apart)
{
    for (uint32_t i = 0; i < count; i++)
        hits[i].row = pole_tree_row(probe->tree, pole_key_place(keys[i]));
    *apart = POLE_HOT(pole_probe_tell)(probe, hits, count);
    for (uint32_t i = 0; i < count; i++)
        if (!pole_probe_agrees(probe, pole_key_estimate(keys[i]), hits[i].distance_m))
            return false;
    return true;
}

/* Lets the open ones compete with the best, by distance; false when these leave a doubt too. */
static bool decide(const search *s, pole_hit *hits)
{
    pole_hit open[MOST_OPEN];
    bool apart;
    if (!measure(s->probe, s->open, s->open_count, open, &apart))
        return false;
    (void)pole_probe_tell_far(s->probe, open, s->open_count);
    double nearest_out = INFINITY;
    for (uint32_t i = 0; i < s->open_count; i++) {
        pole_hit out = open[i];
        if (out.distance_m < hits[s->count - 1].distance_m) {
            uint32_t at = s->count - 1;
            const pole_hit last = hits[at];
            for (; at > 0 && out.distance_m < hits[at - 1].distance_m; at--)
                hits[at] = hits[at - 1];
            hits[at] = out;
            out = last;
        }
        nearest_out = out.distance_m < nearest_out ? out.distance_m : nearest_out;
    }
    return nearest_out - hits[s->count - 1].distance_m > POLE_PROBE_DOUBT_M;
}

/* finish() for the usual case of one that has no rival. */
static inline bool finish_one(const search *s, bool all, double max_m, pole_hit *hit, size_t *count)
{
    const pole_probe *probe = s->probe;
    hit->row = pole_tree_row(probe->tree, pole_key_place(s->best[0]));
    pole_probe_tell_one(probe, hit);
    if (!pole_probe_agrees(probe, pole_key_estimate(s->best[0]), hit->distance_m))
        return false;
    if (hit->distance_m > POLE_LOCAL_RANGE_M)
        (void)pole_probe_tell_far(probe, hit, 1);
    if (!all && hit->distance_m > probe->reach_m)
        return false;
    *count = max_m < (double)INFINITY ? pole_probe_drop_far(probe, hit, 1, max_m) : 1;
    return true;
}

static void sort_heap(search *s)
{
    float estimates[POLE_MAX_NEAREST];
    uint32_t order[POLE_MAX_NEAREST];
    pole_candidate_key heap[POLE_MAX_NEAREST];
    for (uint32_t i = 0; i < s->count; i++)
        estimates[i] = pole_key_estimate(s->best[i]);
    memcpy(heap, s->best, s->count * sizeof *heap);
    POLE_HOT(pole_estimates_order)(estimates, s->count, order);
    for (uint32_t i = 0; i < s->count; i++)
        s->best[i] = heap[order[i]];
}

/* False when the k nearest cannot be told so. */
static bool finish(search *s, double max_m, pole_hit *hits, size_t *count)
{
    const pole_probe *probe = s->probe;
    const bool all = s->count == probe->tree->positions->rows || max_m <= probe->reach_m;
    if (s->open_count > 0)
        drop_closed(s);
    if (s->wanted == 1 && s->count == 1 && s->open_count == 0)
        return finish_one(s, all, max_m, hits, count);
    if (s->lost || (s->count < s->wanted && !all))
        return false;
    if (s->wanted > SHORT_LIST)
        sort_heap(s);
    bool apart;
    if (!measure(probe, s->best, s->count, hits, &apart))
        return false;
    if (pole_probe_tell_far(probe, hits, s->count))
        apart = false;
    if (!apart)
        pole_hits_sort(hits, s->count, POLE_HITS_BY_DISTANCE);
    if (s->open_count > 0) {
        if (!decide(s, hits))
            return false;
        apart = false;
    }
    /* A pole just beyond the reach is no answer: another may be nearer, in a box that was not. */
    if (!all && hits[s->count - 1].distance_m > probe->reach_m)
        return false;
    pole_probe_settle(probe, hits, s->count);
    *count =
        max_m < (double)INFINITY ? pole_probe_drop_far(probe, hits, s->count, max_m) : s->count;
    return true;
}

static inline bool find(search *s, frame *frames, uint32_t child, bool far, double max_m,
                        pole_hit *hits, size_t *count)
{
    const double reach_m = s->probe->reach_m;
    s->count = s->open_count = 0;
    s->lost = false;
    s->limit = pole_probe_window(s->probe, (float)(reach_m * reach_m));
    go_through(s, frames, child, far);
    return finish(s, max_m, hits, count);
}

size_t POLE_HOT(pole_tree_nearest)(const pole_tree *tree, pole_point at, size_t k, double max_m,
                                   pole_hit *hits)
{
    const uint32_t rows = tree->positions->rows;
    if (rows == 0 || k == 0)
        return 0;
    pole_candidate_key best[POLE_MAX_NEAREST];
    frame frames[POLE_TREE_MAX_LEVELS];
    pole_probe probe;
    pole_probe_begin(&probe, tree, at, max_m);
    search s;
    s.probe = &probe;
    s.wanted = (uint32_t)(k < rows ? k : rows);
    s.best = best;
    frame *top = &frames[tree->top_level];
    const uint32_t child = open_top(&probe, top, false);
    pole_probe_finish(&probe);
    size_t count;
    if (probe.reach_m > 0.0 && find(&s, frames, child, false, max_m, hits, &count))
        return count;
    if (pole_probe_look_far(&probe, max_m) &&
        find(&s, frames, open_top(&probe, top, true), true, max_m, hits, &count))
        return count;
    return pole_tree_nearest_exact(&probe, s.wanted, max_m, hits);
}
