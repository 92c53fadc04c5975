/* SPDX-License-Identifier: MIT
 * A draft city to the tree's section: where to cut the rows into leaves, and their order in space.
 * Integers only, so that the same city gives the same bytes everywhere. */
#include "base/status.h"
#include "index/tree.h"

/* Places are measured on a flat map with units of 64e-7 degree of latitude (0.71 m), true to scale
 * at the middle latitude: good cuts need no more. */
typedef struct {
    int32_t y, x;
} place;

typedef struct {
    int32_t south, west, north, east;
} extent;

/* A leaf, or a pole, on its way to its place in the order. */
typedef struct {
    place at;
    uint32_t word; /* as stored; all different */
} item;

typedef struct {
    place *places;  /* one a row */
    uint64_t *best; /* one a row and one more: see cut() */
    uint8_t *sizes; /* as best */
    item *items;    /* one a row */
    uint32_t rows;
    uint32_t leaves; /* the first of the items */
} work;

/* A leaf is opened by a search when its box, widened on each side by about how far the search
 * looks, holds the point asked: 50 m. */
#define REACH 70
/* No side of a box counts for more (46 km), so that costs fit 32 bits and their sum 64. */
#define MAX_SIDE 65000
/* With as many poles a leaf, rows in order of code are good leaves without further question. */
#define GOOD_LEAF 6
/* The least that leaves in an order of their own must be better to be worth 4 bytes a pole, and
 * poles that no longer lie side by side. */
#define MUCH_BETTER 2

/* cos(lat) * 32768, to 0.2 %: 1 - x^2 (1.2337 - x^2 (0.2537 - 0.02 x^2)), x = lat / 90 degrees. */
static uint32_t cosine_q15(int32_t lat_e7)
{
    const int64_t x = (int64_t)lat_e7 * 32768 / POLE_MAX_LAT_E7;
    const int64_t xx = x * x >> 15;
    const int64_t series = 40426 - (xx * (8313 - (xx * 655 >> 15)) >> 15);
    const int64_t cosine = 32768 - (xx * series >> 15);
    return cosine > 0 ? (uint32_t)cosine : 0;
}

/* Shifting would round below zero as the machine likes. */
static int32_t divide_down(int64_t a, int64_t b)
{
    return (int32_t)(a / b - (a % b < 0));
}

static void map_places(const pole_draft_city *city, place *places)
{
    int32_t south = POLE_MAX_LAT_E7, north = -POLE_MAX_LAT_E7;
    for (uint32_t row = 0; row < city->pole_count; row++) {
        const int32_t lat = city->poles[row].lat_e7;
        south = lat < south ? lat : south;
        north = lat > north ? lat : north;
    }
    const uint32_t cosine = cosine_q15((int32_t)(((int64_t)south + north) / 2));
    for (uint32_t row = 0; row < city->pole_count; row++) {
        places[row].y = divide_down(city->poles[row].lat_e7, 64);
        places[row].x = divide_down((int64_t)city->poles[row].lon_e7 * cosine, 64 * 32768);
    }
}

static inline extent extent_of(place p)
{
    return (extent){p.y, p.x, p.y, p.x};
}

static inline void extent_add(extent *e, place p)
{
    e->south = p.y < e->south ? p.y : e->south;
    e->north = p.y > e->north ? p.y : e->north;
    e->west = p.x < e->west ? p.x : e->west;
    e->east = p.x > e->east ? p.x : e->east;
}

static place middle_of(const extent *e)
{
    return (place){divide_down((int64_t)e->south + e->north, 2),
                   divide_down((int64_t)e->west + e->east, 2)};
}

/* How likely a search is to open the box, as an area. */
static inline uint64_t cost_of(const extent *e)
{
    uint32_t height = (uint32_t)(e->north - e->south), width = (uint32_t)(e->east - e->west);
    height = height < MAX_SIDE ? height : MAX_SIDE;
    width = width < MAX_SIDE ? width : MAX_SIDE;
    return (uint64_t)(height + 2 * REACH) * (width + 2 * REACH);
}

/* The cuts that cost least: best[n] is the cost of the first n rows, sizes[n] how many of them the
 * last leaf takes. No best[] is less than the one before, which ends a search early. */
static void cut(work *w)
{
    uint64_t *best = w->best;
    best[0] = 0;
    for (uint32_t end = 1; end <= w->rows; end++) {
        const uint32_t most = end < POLE_TREE_FAN ? end : POLE_TREE_FAN;
        extent e = extent_of(w->places[end - 1]);
        uint64_t least = UINT64_MAX;
        uint32_t chosen = 1;
        for (uint32_t size = 1; size <= most; size++) {
            extent_add(&e, w->places[end - size]);
            const uint64_t alone = cost_of(&e);
            const uint64_t sum = alone + best[end - size];
            chosen = sum < least ? size : chosen;
            least = sum < least ? sum : least;
            if (alone + best[end - most] > least)
                break;
        }
        best[end] = least;
        w->sizes[end] = (uint8_t)chosen;
    }
}

static void take_cuts(work *w)
{
    w->leaves = 0;
    for (uint32_t end = w->rows; end > 0; end -= w->sizes[end]) {
        const uint32_t size = w->sizes[end], first = end - size;
        extent e = extent_of(w->places[first]);
        for (uint32_t i = 1; i < size; i++)
            extent_add(&e, w->places[first + i]);
        w->items[w->leaves++] = (item){middle_of(&e), first * POLE_TREE_FAN + size - 1};
    }
}

static inline bool before(const item *a, const item *b, bool by_y)
{
    const int32_t i = by_y ? a->at.y : a->at.x, j = by_y ? b->at.y : b->at.x;
    return i < j || (i == j && a->word < b->word);
}

static inline void swap(item *a, item *b)
{
    const item kept = *a;
    *a = *b;
    *b = kept;
}

/* The middle one of the first, the middle and the last goes to the end, as the pivot. */
static void choose_pivot(item *items, uint32_t count, bool by_y)
{
    item *first = items, *middle = items + count / 2, *last = items + count - 1;
    if (before(middle, first, by_y))
        swap(middle, first);
    if (before(last, first, by_y))
        swap(last, first);
    if (before(middle, last, by_y))
        swap(middle, last);
}

/* Puts the `rank` first of them in front: Hoare's selection. */
static void select_first(item *items, uint32_t count, uint32_t rank, bool by_y)
{
    while (rank > 0 && rank < count) {
        choose_pivot(items, count, by_y);
        const item pivot = items[count - 1];
        uint32_t less = 0;
        for (uint32_t i = 0; i + 1 < count; i++) {
            const item kept = items[i];
            const bool moves = before(&kept, &pivot, by_y);
            items[i] = items[less];
            items[less] = kept;
            less += moves;
        }
        swap(&items[less], &items[count - 1]);
        if (rank <= less) {
            count = less;
        } else {
            items += less + 1;
            count -= less + 1;
            rank -= less + 1;
        }
    }
}

static bool is_taller(const item *items, uint32_t count)
{
    extent e = extent_of(items[0].at);
    for (uint32_t i = 1; i < count; i++)
        extent_add(&e, items[i].at);
    return (int64_t)e.north - e.south > (int64_t)e.east - e.west;
}

/* Puts neighbours together: halves them by their longer side, over and over, always at a multiple
 * of the largest power of 16 that is below their count, so that the children of each node of each
 * level are one of these parts. */
static void arrange(item *items, uint32_t count)
{
    struct {
        uint32_t first, count;
    } stack[64]; /* one part waits at each halving of at most 2^32 */
    unsigned depth = 0;
    stack[depth].first = 0;
    stack[depth++].count = count;
    while (depth > 0) {
        const uint32_t first = stack[--depth].first, many = stack[depth].count;
        if (many <= POLE_TREE_FAN)
            continue;
        uint32_t unit = POLE_TREE_FAN;
        while (unit < (many + POLE_TREE_FAN - 1) / POLE_TREE_FAN)
            unit *= POLE_TREE_FAN;
        const uint32_t half = (many + unit - 1) / unit / 2 * unit;
        select_first(items + first, many, half, is_taller(items + first, many));
        stack[depth].first = first + half;
        stack[depth++].count = many - half;
        stack[depth].first = first;
        stack[depth++].count = half;
    }
}

/* Rows in an order of their own, the items, and what leaves of 16 of them would cost. */
static uint64_t arrange_rows(work *w)
{
    for (uint32_t row = 0; row < w->rows; row++)
        w->items[row] = (item){w->places[row], row};
    arrange(w->items, w->rows);
    uint64_t cost = 0;
    for (uint32_t first = 0; first < w->rows; first += POLE_TREE_FAN) {
        extent e = extent_of(w->items[first].at);
        for (uint32_t i = first + 1; i < w->rows && i < first + POLE_TREE_FAN; i++)
            extent_add(&e, w->items[i].at);
        cost += cost_of(&e);
    }
    return cost;
}

static void write_runs(work *w, pole_buffer *out)
{
    take_cuts(w);
    arrange(w->items, w->leaves);
    pole_buffer_append_u32(out, w->leaves);
    pole_buffer_append_u32(out, 0);
    for (uint32_t i = 0; i < w->leaves; i++)
        pole_buffer_append_u32(out, w->items[i].word);
}

static void write_arranged(const work *w, pole_buffer *out)
{
    pole_buffer_append_u32(out, (w->rows + POLE_TREE_FAN - 1) / POLE_TREE_FAN);
    pole_buffer_append_u32(out, 1);
    for (uint32_t first = 0; first < w->rows; first += POLE_TREE_FAN) {
        const uint32_t left = w->rows - first;
        const uint32_t places = left < POLE_TREE_FAN ? left : POLE_TREE_FAN;
        pole_buffer_append_u32(out, first * POLE_TREE_FAN + places - 1);
    }
    for (uint32_t i = 0; i < w->rows; i++)
        pole_buffer_append_u32(out, w->items[i].word);
}

static void write_best(work *w, pole_buffer *out)
{
    cut(w);
    take_cuts(w);
    const bool good = w->leaves <= w->rows / GOOD_LEAF;
    if (good || w->best[w->rows] / MUCH_BETTER <= arrange_rows(w))
        write_runs(w, out);
    else
        write_arranged(w, out);
}

pole_status pole_tree_pack(const pole_draft_city *city, const pole_allocator *allocator,
                           pole_buffer *out)
{
    if (city->pole_count > POLE_TREE_MAX_ROWS)
        return POLE_LIMIT;
    work w = {.rows = city->pole_count};
    w.places = pole_allocate_array(allocator, w.rows, sizeof *w.places);
    w.best = pole_allocate_array(allocator, (size_t)w.rows + 1, sizeof *w.best);
    w.sizes = pole_allocate_array(allocator, (size_t)w.rows + 1, sizeof *w.sizes);
    w.items = pole_allocate_array(allocator, w.rows, sizeof *w.items);
    const bool ready = w.places && w.best && w.sizes && w.items;
    if (ready) {
        map_places(city, w.places);
        write_best(&w, out);
    }
    pole_release(allocator, w.places);
    pole_release(allocator, w.best);
    pole_release(allocator, w.sizes);
    pole_release(allocator, w.items);
    return ready ? POLE_OK : POLE_NO_MEMORY;
}
