/* SPDX-License-Identifier: MIT
 * The poles beside a pole on its own side of its street. */
#ifndef LOOKUP_NEIGHBOURS_H
#define LOOKUP_NEIGHBOURS_H

#include "index/index.h"

/* Poles of one side step by two; the next one lower and higher of the same parity in the same
 * street, at most 100 numbers away, that still stands. rows[0] lower, rows[1] higher, POLE_NO_ROW
 * where there is none, and both when the scheme has no street before the pole's digits. */
void pole_neighbours_of(const pole_index *index, pole_row row, pole_row rows[2]);

/* The names of the two nearest streets that are not this pole's own, nearest first, and how far
 * their nearest pole is; empty and NAN where none is within POLE_CROSS_STREET_M. */
#define POLE_CROSS_STREET_M 500.0
void pole_cross_streets_of(const pole_index *index, pole_row row, pole_span streets[2],
                           double distance_m[2]);

#endif
