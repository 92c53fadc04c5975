/* SPDX-License-Identifier: MIT
 * The k nearest poles, by estimates in float.
 *
 * The tree is gone through depth first, the nearest box first. What the estimates cannot decide
 * for certain (a rival within their error, fewer than k poles in reach) is left to
 * pole_tree_nearest_exact(), which happens about once in ten thousand times near poles. */
#include "index/tree_nearest.h"

#include "index/tree_probe.h"

/* Up to this k the best are kept sorted, from there on as a heap. */
#define SHORT_LIST 32

/* Nodes of one level that are being gone through: their children's bounds (squared), and those not
 * yet done. The first frame holds all nodes of a level, up to four, since going through the few
 * levels above one by one would take longer; the others hold one. */
typedef struct {
    float bounds[POLE_TREE_TOP * POLE_TREE_FAN];
    uint64_t todo;
    uint32_t first_child; /* of the level below, or leaf */
} frame;

/* Estimate and place in one number, which sorts by both: the bits of a float that is not negative
 * rise with it. */
typedef uint64_t candidate;

typedef struct {
    const pole_probe *probe;
    uint32_t wanted;
    uint32_t count;
    float limit;   /* what has a higher estimate or bound is of no interest */
    float outside; /* the least estimate that was turned away */
    candidate *best;
} search;

static inline candidate candidate_of(float estimate, uint32_t place)
{
    uint32_t bits;
    memcpy(&bits, &estimate, sizeof bits);
    return (candidate)bits << 32 | place;
}

static inline float estimate_of(candidate c)
{
    const uint32_t bits = (uint32_t)(c >> 32);
    float estimate;
    memcpy(&estimate, &bits, sizeof estimate);
    return estimate;
}

static inline uint32_t place_of(candidate c)
{
    return (uint32_t)c;
}

static inline float lesser(float a, float b)
{
    return a < b ? a : b;
}

static void sink(candidate *heap, uint32_t count, uint32_t i)
{
    const candidate kept = heap[i];
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
static inline candidate last_of(const search *s)
{
    return s->wanted <= SHORT_LIST ? s->best[s->wanted - 1] : s->best[0];
}

static inline void put(search *s, candidate c)
{
    if (s->wanted <= SHORT_LIST) {
        uint32_t i = s->count < s->wanted ? s->count++ : s->wanted - 1;
        for (; i > 0 && c < s->best[i - 1]; i--)
            s->best[i] = s->best[i - 1];
        s->best[i] = c;
    } else if (s->count < s->wanted) {
        s->best[s->count++] = c;
        if (s->count == s->wanted)
            for (uint32_t i = s->wanted / 2; i-- > 0;)
                sink(s->best, s->wanted, i);
    } else {
        s->best[0] = c;
        sink(s->best, s->wanted, 0);
    }
}

static inline void offer(search *s, float estimate, uint32_t place)
{
    const candidate c = candidate_of(estimate, place);
    if (s->count == s->wanted) {
        const candidate last = last_of(s);
        if (c >= last) {
            s->outside = lesser(s->outside, estimate);
            return;
        }
        s->outside = lesser(s->outside, estimate_of(last));
    }
    put(s, c);
    if (s->count == s->wanted)
        s->limit = lesser(s->limit, pole_probe_window(s->probe, estimate_of(last_of(s))));
}

static void offer_each(search *s, const pole_sixteen *estimates, unsigned todo, uint32_t first)
{
    float each[POLE_TREE_FAN];
    pole_sixteen_store(each, estimates);
    for (; todo != 0; todo &= todo - 1) {
        const uint32_t i = (uint32_t)__builtin_ctz(todo);
        offer(s, each[i], first + i);
    }
}

static inline void open_leaf(search *s, uint32_t number)
{
    const uint32_t leaf = pole_tree_leaf(s->probe->tree, number);
    const pole_sixteen estimates = pole_probe_estimates(s->probe, leaf);
    if (s->wanted == 1) {
        /* Mostly one is left then, or none. */
        const float least = pole_lanes_first(pole_sixteen_least(&estimates));
        s->limit = lesser(s->limit, pole_probe_window(s->probe, least));
    }
    const unsigned todo = pole_sixteen_within(&estimates, pole_lanes_all(s->limit));
    if (todo != 0)
        offer_each(s, &estimates, todo, pole_leaf_first(leaf));
}

/* The bounds of a node's children, and which is the nearest. */
static inline unsigned open_node(const search *s, const pole_tree_node *node, frame *f)
{
    const pole_sixteen bounds = pole_probe_bounds(s->probe, node);
    const unsigned nearest = pole_sixteen_within(&bounds, pole_sixteen_least(&bounds));
    pole_sixteen_store(f->bounds, &bounds);
    return (unsigned)__builtin_ctz(nearest);
}

/* The nearest child of those not yet done; false when none is near enough. */
static inline bool take_nearest(const search *s, frame *f, uint32_t nodes, uint32_t *child)
{
    const pole_lanes limit = pole_lanes_all(s->limit);
    uint64_t todo = 0;
    for (uint32_t i = 0; i < nodes; i++) {
        const pole_sixteen bounds = pole_sixteen_load(f->bounds + POLE_TREE_FAN * (size_t)i);
        todo |= (uint64_t)pole_sixteen_within(&bounds, limit) << POLE_TREE_FAN * i;
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
static inline uint32_t open_top(const search *s, frame *f)
{
    const pole_tree *tree = s->probe->tree;
    const pole_tree_node *nodes = tree->nodes + tree->first[tree->top_level];
    pole_lanes least = pole_lanes_all(INFINITY);
    for (uint32_t i = 0; i < tree->top_nodes; i++) {
        const pole_sixteen bounds = pole_probe_bounds(s->probe, nodes + i);
        least = pole_lanes_min(pole_sixteen_least(&bounds), least);
        pole_sixteen_store(f->bounds + POLE_TREE_FAN * (size_t)i, &bounds);
    }
    uint64_t nearest = 0;
    for (uint32_t i = 0; i < tree->top_nodes; i++) {
        const pole_sixteen bounds = pole_sixteen_load(f->bounds + POLE_TREE_FAN * (size_t)i);
        nearest |= (uint64_t)pole_sixteen_within(&bounds, least) << POLE_TREE_FAN * i;
    }
    const uint32_t child = (uint32_t)__builtin_ctzll(nearest);
    f->todo = ~((uint64_t)1 << child);
    f->first_child = 0;
    return child;
}

/* Down to a leaf, always to the nearest child. Returns the leaf. */
static inline uint32_t descend(const search *s, frame *frames, uint32_t level, uint32_t number)
{
    const pole_tree *tree = s->probe->tree;
    for (; level < tree->levels; level++) {
        frame *f = &frames[level];
        const unsigned nearest = open_node(s, tree->nodes + tree->first[level] + number, f);
        f->todo = 0xFFFFu & ~(1u << nearest);
        f->first_child = number * POLE_TREE_FAN;
        number = f->first_child + nearest;
    }
    return number;
}

static inline void go_through(search *s)
{
    const pole_tree *tree = s->probe->tree;
    frame frames[POLE_TREE_MAX_LEVELS];
    const uint32_t top = tree->top_level;
    uint32_t child = open_top(s, &frames[top]);
    uint32_t level = top;
    for (;;) {
        open_leaf(s, descend(s, frames, level + 1, child));
        level = tree->levels - 1;
        while (!take_nearest(s, &frames[level], level == top ? tree->top_nodes : 1, &child))
            if (level-- == top)
                return;
    }
}

/* Whether an estimate was as good as it should be. It is not, once in a while, for poles beyond
 * the reach. */
static bool agrees(const pole_probe *probe, float estimate, double distance_m)
{
    const float squared = (float)(distance_m * distance_m);
    return estimate <= pole_probe_window(probe, squared) &&
           squared <= pole_probe_window(probe, estimate);
}

/* Candidates to hits, in order; false when an estimate was wrong. */
static bool tell(const search *s, pole_hit *hits)
{
    for (uint32_t i = 0; i < s->count; i++)
        hits[i].row = pole_tree_row(s->probe->tree, place_of(s->best[i]));
    pole_probe_tell(s->probe, hits, s->count);
    for (uint32_t i = 0; i < s->count; i++)
        if (!agrees(s->probe, estimate_of(s->best[i]), hits[i].distance_m))
            return false;
    pole_hits_sort(hits, s->count, POLE_HITS_BY_DISTANCE);
    pole_probe_settle(s->probe, hits, s->count);
    return true;
}

/* False when estimates cannot tell. */
static bool find(search *s, double max_m, pole_hit *hits, size_t *count)
{
    const pole_probe *probe = s->probe;
    const float reach = (float)(probe->reach_m * probe->reach_m);
    s->limit = pole_probe_window(probe, reach);
    s->outside = INFINITY;
    s->count = 0;
    go_through(s);
    const bool full = s->count == s->wanted;
    const bool all = s->count == probe->tree->positions->rows || max_m <= probe->reach_m;
    if (full ? s->outside <= s->limit : !all)
        return false;
    if (!tell(s, hits))
        return false;
    *count = pole_probe_drop_far(probe, hits, s->count, max_m);
    return true;
}

size_t pole_tree_nearest(const pole_tree *tree, pole_point at, size_t k, double max_m,
                         pole_hit *hits)
{
    const uint32_t rows = tree->positions->rows;
    if (rows == 0 || k == 0)
        return 0;
    candidate best[POLE_MAX_NEAREST];
    pole_probe probe;
    pole_probe_prepare(&probe, tree, at, max_m);
    search s = {.probe = &probe, .wanted = (uint32_t)(k < rows ? k : rows), .best = best};
    size_t count;
    if (probe.reach_m > 0.0 && find(&s, max_m, hits, &count))
        return count;
    return pole_tree_nearest_exact(&probe, s.wanted, max_m, hits);
}
