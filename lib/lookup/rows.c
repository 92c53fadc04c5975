/* SPDX-License-Identifier: MIT
 * See rows.h. */
#include "lookup/rows.h"

#include <stdbool.h>

/* Lets rows[i] sink below those that are greater. */
static void sink(pole_row *rows, size_t count, size_t i)
{
    const pole_row kept = rows[i];
    for (;;) {
        size_t child = 2 * i + 1;
        if (child >= count)
            break;
        child += child + 1 < count && rows[child] < rows[child + 1];
        if (kept >= rows[child])
            break;
        rows[i] = rows[child];
        i = child;
    }
    rows[i] = kept;
}

static void make_heap(pole_row *rows, size_t count)
{
    for (size_t i = count / 2; i-- > 0;)
        sink(rows, count, i);
}

static bool in_order(const pole_row *rows, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (rows[i] < rows[i - 1])
            return false;
    return true;
}

void pole_rows_sort(pole_row *rows, size_t count)
{
    if (in_order(rows, count))
        return;
    make_heap(rows, count);
    for (size_t end = count - 1; end > 0; end--) {
        const pole_row greatest = rows[0];
        rows[0] = rows[end];
        rows[end] = greatest;
        sink(rows, end, 0);
    }
}

void pole_rows_offer(pole_row *rows, size_t wanted, size_t *count, pole_row row)
{
    if (*count < wanted) {
        rows[(*count)++] = row;
        if (*count == wanted)
            make_heap(rows, wanted);
    } else if (row < rows[0]) {
        rows[0] = row;
        sink(rows, wanted, 0);
    }
}
