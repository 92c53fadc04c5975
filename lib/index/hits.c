/* SPDX-License-Identifier: MIT
 * See hits.h. */
#include "index/hits.h"

/* From here up a heap beats insertion. */
#define SHORT_LIST 24

/* Lets hits[i] sink below those that come after it: the heap's top comes last of all. */
static void sink(pole_hit *hits, size_t count, size_t i, pole_hits_order order)
{
    const pole_hit kept = hits[i];
    for (;;) {
        size_t child = 2 * i + 1;
        if (child >= count)
            break;
        if (child + 1 < count && pole_hit_before(&hits[child], &hits[child + 1], order))
            child++;
        if (!pole_hit_before(&kept, &hits[child], order))
            break;
        hits[i] = hits[child];
        i = child;
    }
    hits[i] = kept;
}

static void make_heap(pole_hit *hits, size_t count, pole_hits_order order)
{
    for (size_t i = count / 2; i-- > 0;)
        sink(hits, count, i, order);
}

/* Until more were moved than `most`; whether that was enough. */
static bool insert_each(pole_hit *hits, size_t count, pole_hits_order order, size_t most)
{
    size_t moved = 0;
    for (size_t i = 1; i < count && moved <= most; i++) {
        const pole_hit kept = hits[i];
        size_t j = i;
        for (; j > 0 && pole_hit_before(&kept, &hits[j - 1], order); j--)
            hits[j] = hits[j - 1];
        hits[j] = kept;
        moved += i - j;
    }
    return moved <= most;
}

void pole_hits_sort(pole_hit *hits, size_t count, pole_hits_order order)
{
    /* Mostly they come in order, but for a few that are nearly equal. */
    if (insert_each(hits, count, order, count <= SHORT_LIST ? SIZE_MAX : count))
        return;
    make_heap(hits, count, order);
    for (size_t end = count - 1; end > 0; end--) {
        const pole_hit last = hits[0];
        hits[0] = hits[end];
        hits[end] = last;
        sink(hits, end, 0, order);
    }
}

void pole_hits_offer(pole_hit *hits, size_t wanted, size_t *count, const pole_hit *hit,
                     pole_hits_order order)
{
    if (*count < wanted) {
        hits[(*count)++] = *hit;
        if (*count == wanted)
            make_heap(hits, wanted, order);
    } else if (wanted > 0 && pole_hit_before(hit, &hits[0], order)) {
        hits[0] = *hit;
        sink(hits, wanted, 0, order);
    }
}
