/* SPDX-License-Identifier: MIT
 * See arrow_share.h. */
#include "arrow/arrow_share.h"

#include <stdatomic.h>

struct pole_shared_array {
    struct ArrowArray input;
    pole_allocator allocator;
    atomic_size_t owners;
};

struct pole_shared_schema {
    struct ArrowSchema input;
    pole_allocator allocator;
    atomic_size_t owners;
};

pole_shared_array *pole_shared_array_new(const pole_allocator *allocator, struct ArrowArray *input)
{
    pole_shared_array *shared = pole_allocate_array(allocator, 1, sizeof *shared);
    if (shared == NULL)
        return NULL;
    shared->input = *input;
    shared->allocator = *allocator;
    atomic_init(&shared->owners, 1);
    input->release = NULL;
    return shared;
}

pole_shared_schema *pole_shared_schema_new(const pole_allocator *allocator,
                                           struct ArrowSchema *input)
{
    pole_shared_schema *shared = pole_allocate_array(allocator, 1, sizeof *shared);
    if (shared == NULL)
        return NULL;
    shared->input = *input;
    shared->allocator = *allocator;
    atomic_init(&shared->owners, 1);
    input->release = NULL;
    return shared;
}

struct ArrowArray *pole_shared_array_input(pole_shared_array *shared)
{
    return &shared->input;
}

struct ArrowSchema *pole_shared_schema_input(pole_shared_schema *shared)
{
    return &shared->input;
}

void pole_shared_array_let_go(pole_shared_array *shared)
{
    if (atomic_fetch_sub_explicit(&shared->owners, 1, memory_order_acq_rel) != 1)
        return;
    const pole_allocator allocator = shared->allocator;
    if (shared->input.release)
        shared->input.release(&shared->input);
    pole_release(&allocator, shared);
}

void pole_shared_schema_let_go(pole_shared_schema *shared)
{
    if (atomic_fetch_sub_explicit(&shared->owners, 1, memory_order_acq_rel) != 1)
        return;
    const pole_allocator allocator = shared->allocator;
    if (shared->input.release)
        shared->input.release(&shared->input);
    pole_release(&allocator, shared);
}

/* What lies below a view belongs to the input, which releases what was not moved out of it. */
static void release_array_view(struct ArrowArray *view)
{
    pole_shared_array *shared = view->private_data;
    view->release = NULL;
    pole_shared_array_let_go(shared);
}

static void release_schema_view(struct ArrowSchema *view)
{
    pole_shared_schema *shared = view->private_data;
    view->release = NULL;
    pole_shared_schema_let_go(shared);
}

void pole_shared_array_view(pole_shared_array *shared, const struct ArrowArray *source,
                            int64_t offset, int64_t length, struct ArrowArray *view)
{
    *view = *source;
    view->offset += offset;
    if (length != source->length && view->null_count != 0)
        view->null_count = -1; /* not counted */
    view->length = length;
    view->release = release_array_view;
    view->private_data = shared;
    atomic_fetch_add_explicit(&shared->owners, 1, memory_order_relaxed);
}

void pole_shared_schema_view(pole_shared_schema *shared, const struct ArrowSchema *source,
                             const char *name, struct ArrowSchema *view)
{
    *view = *source;
    if (name)
        view->name = name;
    view->release = release_schema_view;
    view->private_data = shared;
    atomic_fetch_add_explicit(&shared->owners, 1, memory_order_relaxed);
}
