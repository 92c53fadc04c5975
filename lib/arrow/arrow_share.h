/* SPDX-License-Identifier: MIT
 * Columns of an input that stand in an output, too: the same memory, held by a count of who still
 * looks at it. A consumer may move any child out and release each in its own time and thread. */
#ifndef ARROW_ARROW_SHARE_H
#define ARROW_ARROW_SHARE_H

#include <polelookup/arrow.h>

#include "base/memory.h"

/* Hold the input from pole_shared_..._new() on, which moves it in; NULL: no memory, nothing moved.
 * One owner is the maker, each view is another. */
typedef struct pole_shared_array pole_shared_array;
typedef struct pole_shared_schema pole_shared_schema;

pole_shared_array *pole_shared_array_new(const pole_allocator *allocator, struct ArrowArray *input);
pole_shared_schema *pole_shared_schema_new(const pole_allocator *allocator,
                                           struct ArrowSchema *input);

/* What is held; not to be released. */
struct ArrowArray *pole_shared_array_input(pole_shared_array *shared);
struct ArrowSchema *pole_shared_schema_input(pole_shared_schema *shared);

/* A view of the input or of one of its children: `length` rows from `offset` on. */
void pole_shared_array_view(pole_shared_array *shared, const struct ArrowArray *source,
                            int64_t offset, int64_t length, struct ArrowArray *view);
/* name: NULL for the source's; else it must be static. */
void pole_shared_schema_view(pole_shared_schema *shared, const struct ArrowSchema *source,
                             const char *name, struct ArrowSchema *view);

/* The maker lets go. */
void pole_shared_array_let_go(pole_shared_array *shared);
void pole_shared_schema_let_go(pole_shared_schema *shared);

#endif
