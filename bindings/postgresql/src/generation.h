/* SPDX-License-Identifier: MIT
 *
 * Which index a statement reads. A generation is one index file as it was opened; a statement
 * keeps the one it began with, whatever becomes of the file, and the next statement looks whether
 * another file stands there. */
#ifndef POLE_PG_GENERATION_H
#define POLE_PG_GENERATION_H

#include "postgres.h"

#include <polelookup/polelookup.h>

/* Settings and hooks; once a backend, by _PG_init(). */
void generation_start(void);

/* The index of the statement under way; opens it when this is the statement's first call. Raises
 * an error when it cannot, or when a parallel worker cannot have the leader's. The index lives to
 * the end of the statement: it is neither retained nor closed by the caller. */
const pole_index *generation_index(void);

/* 1 when that index is of an invented city. As above. */
bool generation_is_sample(void);

/* The next statement opens the file anew, whether or not it looks the same. */
void generation_forget(void);

/* Working memory, which belongs to the backend and is used again and again, so that an error that
 * jumps out of a call leaks nothing. Each is made when first asked for; raises out_of_memory. */
pole_resolution *generation_resolution(void);
pole_heard *generation_heard(int which); /* 0: the code, 1: also, 2: later */
pole_matcher *generation_matcher(const pole_index *index);

#endif
