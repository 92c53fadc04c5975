/* SPDX-License-Identifier: MIT
 * One digit too few or too many: what was heard is shifted against the code from some place on.
 *
 * A state holds the sum, over all ways that the errors of a kind can have acted so far, of the
 * product of how well each digit fits: the usual forward recursion of an alignment. */
#include "resolve/readings_walk.h"

/* The code's digit `depth` stands at heard place `depth` before the gap and one lower behind. */
typedef struct {
    double plain;    /* no error yet */
    double gap;      /* a digit was left out */
    double sub;      /* a digit was substituted */
    double gap_sub;  /* both */
    double twin_gap; /* one of two equal neighbours was left out */
    uint8_t twins;   /* pairs of equal neighbours so far */
} missing_state;

static missing_state step_missing(const missing_state *from, const pole_fit *here,
                                  const pole_fit *before, uint8_t digit, bool is_twin,
                                  double with_sub)
{
    missing_state to = {0, from->plain, 0, from->sub, 0, from->twins};
    if (here) { /* NULL: the code goes on behind what was heard */
        to.plain = from->plain * here->hit[digit];
        to.sub = from->sub * here->hit[digit] + with_sub * from->plain * here->mix[digit];
    }
    if (before) { /* NULL: at the code's first digit */
        to.gap += from->gap * before->hit[digit];
        to.gap_sub +=
            from->gap_sub * before->hit[digit] + with_sub * from->gap * before->mix[digit];
        to.twin_gap = from->twin_gap * before->hit[digit];
    }
    if (is_twin) {
        to.twin_gap += from->plain;
        to.twins++;
    }
    return to;
}

static void found_missing(pole_walk *walk, const pole_fitting *fitting, const missing_state *state)
{
    const double *weights = fitting->weights, *shared = fitting->shared;
    if (fitting->unread > 0) {
        const pole_unread_chance *chance = &fitting->unread_chance;
        pole_walk_found(walk, pole_walk_row(walk, fitting->digits), chance->all * state->gap,
                        chance->shared * state->gap);
        return;
    }
    double omit = weights[POLE_CLASS_OMIT], omit_shared = shared[POLE_CLASS_OMIT];
    double twin = 0, twin_shared = 0;
    if (state->twins > 0) {
        twin = weights[POLE_CLASS_HAPLO] * state->twin_gap / state->twins;
        twin_shared = shared[POLE_CLASS_HAPLO] * state->twin_gap / state->twins;
    } else {
        const double haplo = weights[POLE_CLASS_HAPLO];
        omit += haplo;
        omit_shared += haplo * fitting->channel->channel->shared[POLE_CLASS_OMIT];
    }
    const double gap = state->gap * fitting->place, gap_sub = state->gap_sub * fitting->pair / 2;
    pole_walk_found(walk, pole_walk_row(walk, fitting->digits),
                    omit * gap + twin + weights[POLE_CLASS_OMIT_SUB] * gap_sub,
                    omit_shared * gap + twin_shared + shared[POLE_CLASS_OMIT_SUB] * gap_sub);
}

void pole_walk_one_missing(pole_walk *walk, const pole_fitting *fitting)
{
    const uint32_t n = fitting->digits, m = fitting->places;
    const double with_sub = fitting->unread == 0 && fitting->weights[POLE_CLASS_OMIT_SUB] > 0;
    missing_state states[POLE_MAX_DIGITS + 1] = {{1, 0, 0, 0, 0, 0}};
    uint32_t depth = 0;
    if (fitting->unread > 0 && !(fitting->unread_chance.all > 0))
        return;
    walk->pending[0] = pole_walk_next(walk, 0, n);
    for (;;) {
        if (!pole_walk_take(walk, depth)) {
            if (depth-- == 0)
                return;
            continue;
        }
        const uint8_t digit = walk->digit[depth];
        const missing_state state =
            step_missing(states + depth, depth < m ? fitting->fits + depth : NULL,
                         depth > 0 ? fitting->fits + depth - 1 : NULL, digit,
                         depth > 0 && walk->digit[depth - 1] == digit, with_sub);
        if (!(state.plain + state.gap + state.sub + state.gap_sub > 0))
            continue;
        if (++depth == n) {
            found_missing(walk, fitting, &state);
            depth--;
        } else {
            states[depth] = state;
            walk->pending[depth] = pole_walk_next(walk, depth, n);
            if (!(state.plain + state.gap + state.sub > 0)) /* both errors are made */
                walk->pending[depth] &= fitting->fits[depth - 1].hits;
        }
    }
}

/* The code's digit `depth` stands at heard place `depth` before the extra one and one higher
 * behind. */
typedef struct {
    double plain;
    double extra;   /* a digit was put in */
    double doubled; /* a digit was said twice */
} extra_state;

void pole_walk_one_too_many(pole_walk *walk, const pole_fitting *fitting)
{
    const uint32_t n = fitting->digits;
    const pole_fit *fits = fitting->fits;
    extra_state states[POLE_MAX_DIGITS + 1] = {{1, 0, 0}};
    uint32_t depth = 0;
    if (fitting->unread > 0)
        return;
    walk->pending[0] = pole_walk_next(walk, 0, n);
    for (;;) {
        if (!pole_walk_take(walk, depth)) {
            if (depth-- == 0)
                return;
            continue;
        }
        const uint8_t digit = walk->digit[depth];
        const extra_state *from = states + depth;
        const double here = fits[depth].hit[digit], behind = fits[depth + 1].hit[digit];
        const extra_state to = {from->plain * here,
                                (from->extra + from->plain * fits[depth].sum) * behind,
                                from->doubled * behind + from->plain * here * behind};
        if (!(to.plain + to.extra > 0))
            continue;
        if (++depth == n) {
            const double extra = (to.extra + to.plain * fits[n].sum) / (10 * (n + 1.0));
            const double twice = to.doubled / n;
            pole_walk_found(walk, pole_walk_row(walk, n),
                            fitting->weights[POLE_CLASS_INSERT] * extra +
                                fitting->weights[POLE_CLASS_STUTTER] * twice,
                            fitting->shared[POLE_CLASS_INSERT] * extra +
                                fitting->shared[POLE_CLASS_STUTTER] * twice);
            depth--;
        } else {
            states[depth] = to;
            walk->pending[depth] = pole_walk_next(walk, depth, n);
        }
    }
}
