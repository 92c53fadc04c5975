/* SPDX-License-Identifier: MIT
 * See work.h. */
#include "resolve/work.h"

static void free_work(const pole_allocator *allocator, void *kept)
{
    pole_resolve_work *work = kept;
    if (work == NULL)
        return;
    pole_likely_list_free(&work->likely);
    pole_likely_list_free(&work->also);
    pole_likely_list_free(&work->then);
    pole_street_query_free(&work->street);
    pole_street_query_free(&work->district);
    pole_release(allocator, work->poles);
    pole_release(allocator, work->weighed);
    pole_release(allocator, work);
}

pole_resolve_work *pole_resolve_work_of(pole_resolution *resolution)
{
    if (resolution->work)
        return resolution->work;
    const pole_allocator *allocator = &resolution->allocator;
    pole_resolve_work *work = pole_allocate_zeroed(allocator, 1, sizeof *work);
    if (work == NULL)
        return NULL;
    pole_likely_list_init(&work->likely, allocator);
    pole_likely_list_init(&work->also, allocator);
    pole_likely_list_init(&work->then, allocator);
    pole_street_query_init(&work->street, allocator);
    pole_street_query_init(&work->district, allocator);
    (void)pole_channel_builtin(pole_span_of("everyday"), &work->everyday);
    resolution->work = work;
    resolution->free_work = free_work;
    return work;
}
