/* SPDX-License-Identifier: MIT
 * Two or three digits missing at the front or at the back, the rest as it stands or unreadable. */
#include "resolve/readings_walk.h"

/* How well the digits so far fit when the front, or the back, is what was said. */
typedef struct {
    double front_missing, back_missing;
} part_state;

void pole_walk_part(pole_walk *walk, const pole_fitting *fitting)
{
    const uint32_t n = fitting->digits, m = fitting->places, missing = n - m;
    const double ways = n > 3 ? 4 : 2; /* two or three digits, at either end */
    double each = fitting->weights[POLE_CLASS_PARTIAL] / ways;
    double shared = fitting->shared[POLE_CLASS_PARTIAL] / ways;
    part_state states[POLE_MAX_DIGITS + 1] = {{1, 1}};
    uint32_t depth = 0;
    if (fitting->unread > 0) {
        each = fitting->unread_chance.all;
        shared = fitting->unread_chance.shared;
    }
    if (!(each > 0))
        return;
    walk->pending[0] = pole_walk_next(walk, 0, n);
    for (;;) {
        if (!pole_walk_take(walk, depth)) {
            if (depth-- == 0)
                return;
            continue;
        }
        const uint8_t digit = walk->digit[depth];
        part_state state = states[depth];
        if (depth >= missing)
            state.front_missing *= fitting->fits[depth - missing].hit[digit];
        if (depth < m)
            state.back_missing *= fitting->fits[depth].hit[digit];
        const double sum = state.front_missing + state.back_missing;
        if (!(sum > 0))
            continue;
        if (++depth == n) {
            pole_walk_found(walk, pole_walk_row(walk, n), each * sum, shared * sum);
            depth--;
        } else {
            states[depth] = state;
            walk->pending[depth] = pole_walk_next(walk, depth, n);
        }
    }
}
