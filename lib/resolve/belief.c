/* SPDX-License-Identifier: MIT
 * See belief.h. */
#include "resolve/belief.h"

static bool comes_before(const pole_believed *a, const pole_believed *b)
{
    return a->share > b->share || (a->share == b->share && a->row < b->row);
}

static void swap(pole_believed *a, pole_believed *b)
{
    const pole_believed kept = *a;
    *a = *b;
    *b = kept;
}

static void sort_few(pole_believed *poles, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        const pole_believed kept = poles[i];
        size_t k = i;
        for (; k > 0 && comes_before(&kept, poles + k - 1); k--)
            poles[k] = poles[k - 1];
        poles[k] = kept;
    }
}

/* The middle one of first, middle and last goes to the front; those that come before it end up
 * before the place that is returned. */
static size_t divide(pole_believed *poles, size_t count)
{
    pole_believed *middle = poles + count / 2, *last = poles + count - 1;
    if (comes_before(middle, poles))
        swap(middle, poles);
    if (comes_before(last, poles))
        swap(last, poles);
    if (comes_before(last, middle))
        swap(last, middle);
    swap(poles, middle);
    size_t low = 1, high = count - 1;
    for (;;) {
        while (low < count && comes_before(poles + low, poles))
            low++;
        while (comes_before(poles, poles + high))
            high--;
        if (low >= high)
            break;
        swap(poles + low++, poles + high--);
    }
    swap(poles, poles + high);
    return high;
}

/* One pass that keeps the first so many in order: what is behind them mostly stays where it is. */
static void select_few(pole_believed *poles, size_t count, size_t sorted)
{
    sort_few(poles, sorted);
    for (size_t i = sorted; i < count; i++) {
        if (!comes_before(poles + i, poles + sorted - 1))
            continue;
        const pole_believed kept = poles[i];
        size_t k = sorted - 1;
        poles[i] = poles[k];
        for (; k > 0 && comes_before(&kept, poles + k - 1); k--)
            poles[k] = poles[k - 1];
        poles[k] = kept;
    }
}

void pole_believed_sort(pole_believed *poles, size_t count, size_t sorted)
{
    /* Parts that are still to be sorted; the larger waits, so that 64 are enough for any size. */
    struct {
        size_t begin, end;
    } waiting[64];
    size_t depth = 0, begin = 0, end = count;
    if (count == 0) /* poles may be NULL */
        return;
    if (sorted < count && sorted <= POLE_BELIEF_FEW) {
        select_few(poles, count, sorted);
        return;
    }
    for (;;) {
        while (end - begin > 16 && begin < sorted) {
            const size_t pivot = begin + divide(poles + begin, end - begin);
            const bool first_is_larger = pivot - begin > end - pivot;
            waiting[depth].begin = first_is_larger ? begin : pivot + 1;
            waiting[depth++].end = first_is_larger ? pivot : end;
            if (first_is_larger)
                begin = pivot + 1;
            else
                end = pivot;
        }
        if (begin < sorted)
            sort_few(poles + begin, end - begin);
        if (depth == 0)
            return;
        begin = waiting[--depth].begin;
        end = waiting[depth].end;
    }
}

void pole_belief_order(const pole_belief *belief, size_t wanted)
{
    if (belief->sorted < wanted && belief->sorted < belief->count)
        pole_believed_sort(belief->poles + belief->sorted, belief->count - belief->sorted,
                           wanted - belief->sorted);
}
