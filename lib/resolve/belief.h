/* SPDX-License-Identifier: MIT
 * What is believed after all evidence: the poles, each with its share; one place for a pole that
 * the table lacks; and the rest, that no pole was meant. All shares add up to 1. */
#ifndef RESOLVE_BELIEF_H
#define RESOLVE_BELIEF_H

#include <polelookup/resolution.h>

#include "index/index.h"

/* A pole and its posterior. */
typedef struct {
    pole_row row;
    uint32_t alias; /* 0: by its code; else 1 + its place in the list of aliases */
    double share;
} pole_believed;

typedef struct {
    const pole_index *index;
    pole_believed *poles; /* by share, falling; the same share: by row, but that one that stands is
                             first. Each row once. Those behind the first `sorted` have less, and
                             are in no order */
    size_t count;
    size_t sorted;   /* as many as everybody looks at */
    double no_pole;  /* no pole was meant, or one that is neither in the table nor bracketed */
    double estimate; /* share of the bracketed place between two poles; 0: there is none */
    double near_m;   /* what is near: within this distance and of the same responsible station */
} pole_belief;

/* A digit lost at either end leaves a hundred thousand poles, of which nobody looks at the last. */
#define POLE_BELIEF_SORTED 512
#define POLE_BELIEF_FEW 16
/* Puts the first `sorted` in order. */
void pole_believed_sort(pole_believed *poles, size_t count, size_t sorted);

/* Puts the first so many in order, for who looks at more than the first `sorted`. */
void pole_belief_order(const pole_belief *belief, size_t wanted);

#endif
