/* SPDX-License-Identifier: MIT
 *
 * From a message to the function that answers it; opening and closing; the pool of working
 * memory. */
#include "calls.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

static workspace *workspace_new(void)
{
    workspace *space = calloc(1, sizeof(*space));

    if (space &&
        (pole_heard_new(NULL, &space->heard) || pole_heard_new(NULL, &space->also) ||
         pole_heard_new(NULL, &space->then) || pole_resolution_new(NULL, &space->resolution))) {
        pole_heard_free(space->heard);
        pole_heard_free(space->also);
        pole_heard_free(space->then);
        free(space);
        return NULL;
    }
    return space;
}

static void workspace_free(workspace *space)
{
    if (!space)
        return;
    pole_resolution_free(space->resolution);
    pole_heard_free(space->heard);
    pole_heard_free(space->also);
    pole_heard_free(space->then);
    free(space);
}

workspace *workspace_take(polejava_index *handle)
{
    for (int i = 0; i < WORKSPACES; i++) {
        workspace *space = atomic_exchange(&handle->workspaces[i], NULL);

        if (space)
            return space;
    }
    return workspace_new();
}

void workspace_give_back(polejava_index *handle, workspace *space)
{
    for (int i = 0; i < WORKSPACES && space; i++)
        space = atomic_exchange(&handle->workspaces[i], space);
    workspace_free(space);
}

void polejava_close(int64_t at)
{
    polejava_index *handle = (polejava_index *)(intptr_t)at;

    if (!handle)
        return;
    for (int i = 0; i < WORKSPACES; i++)
        workspace_free(atomic_exchange(&handle->workspaces[i], NULL));
    pole_index_close(handle->index);
    free(handle);
}

pole_status refuse(call *c, const char *message)
{
    c->error.status = POLE_INVALID_ARGUMENT;
    strncpy(c->error.message, message, sizeof(c->error.message) - 1);
    return POLE_INVALID_ARGUMENT;
}

/* The reply: the handle, the sample flag, the lengths of codes (bit n: n digits), the names of the
 * scopes. */
static pole_status opened(call *c, pole_index *index)
{
    polejava_index *handle = calloc(1, sizeof(*handle));
    pole_info info = {.struct_size = sizeof(info)};

    if (!handle) {
        pole_index_close(index);
        return POLE_NO_MEMORY;
    }
    handle->index = index;
    pole_index_info(index, &info);
    handle->is_sample = (int32_t)info.is_sample;
    handle->lengths = pole_index_lengths(index);

    wire_i64(&c->out, (int64_t)(intptr_t)handle);
    wire_i32(&c->out, handle->is_sample);
    wire_u32(&c->out, handle->lengths);
    wire_u32(&c->out, info.scopes);
    for (uint32_t i = 0; i < info.scopes; i++) {
        pole_span name = {NULL, 0};

        pole_index_scope(index, (uint16_t)i, &name);
        wire_text(&c->out, name);
    }
    if (c->out.failed) {
        polejava_close((int64_t)(intptr_t)handle);
        return POLE_NO_MEMORY;
    }
    return POLE_OK;
}

static pole_status call_open(call *c)
{
    pole_open_options options;
    pole_index *index;
    pole_status status;

    pole_open_options_init(&options);
    if (wire_take_i32(&c->in))
        options.flags |= POLE_OPEN_MAPPED;
    pole_span path = wire_take_text(&c->in);
    char *terminated = calloc(1, path.size_bytes + 1);

    if (!terminated)
        return POLE_NO_MEMORY;
    if (path.size_bytes)
        memcpy(terminated, path.data, path.size_bytes);
    if (strlen(terminated) != path.size_bytes)
        status = refuse(c, "a path with a NUL in it");
    else
        status = pole_index_open(terminated, &options, &index, &c->error);
    free(terminated);
    return status ? status : opened(c, index);
}

static pole_status call_open_memory(call *c)
{
    pole_index *index;
    pole_status status =
        pole_index_open_memory(c->in.at, (size_t)(c->in.end - c->in.at), NULL, &index, &c->error);

    return status ? status : opened(c, index);
}

static pole_status call_share(call *c)
{
    pole_index_retain(c->handle->index);
    return opened(c, c->handle->index);
}

typedef pole_status call_function(call *c);

/* By CALL_... */
static call_function *const functions[CALL_COUNT] = {
    call_open,         call_open_memory,  call_info,          call_verify,      call_parse,
    call_format,       call_find_scope,   call_share,         call_find_all,    call_find_alias,
    call_nearest,      call_nearest_many, call_within_radius, call_within_box,  call_within_polygon,
    call_polygon_read, call_station,      call_find_station,  call_stations_of, call_stations_at,
    call_resolve,      call_describe,     call_between,       call_channel,     call_crs,
    call_hear,         call_error_json,   call_warning_text,
};

/* What an array of Java can hold. */
#define LONGEST_REPLY ((size_t)INT32_MAX - 64)

static int needs_no_index(int32_t what)
{
    return what == CALL_OPEN || what == CALL_OPEN_MEMORY || what == CALL_CHANNEL ||
           what == CALL_CRS || what == CALL_POLYGON_READ || what == CALL_ERROR_JSON ||
           what == CALL_WARNING_TEXT;
}

static void put_failure(call *c, pole_status status)
{
    c->out.size = 0;
    c->out.failed = 0;
    wire_i32(&c->out, status);
    wire_name(&c->out, pole_status_name(status));
    wire_name(&c->out, c->error.message[0] ? c->error.message : pole_status_text(status));
    wire_name(&c->out, c->error.hint);
    wire_u32(&c->out, c->error.line);
    wire_u32(&c->out, c->error.column);
    wire_i64(&c->out, (int64_t)c->error.offset_bytes);
}

int64_t polejava_call(int32_t what, int64_t handle, const uint8_t *request, int64_t size,
                      uint8_t **reply)
{
    call c = {.handle = (polejava_index *)(intptr_t)handle};
    pole_status status;

    c.index = c.handle ? c.handle->index : NULL;
    c.in.at = request;
    c.in.end = request + size;
    wire_i32(&c.out, POLE_OK);
    if (what < 0 || what >= CALL_COUNT || (!c.handle && !needs_no_index(what)))
        status = refuse(&c, "no such call");
    else
        status = functions[what](&c);
    if (!status && c.in.bad)
        status = refuse(&c, "the message ends too early");
    if (!status && c.out.failed)
        status = POLE_NO_MEMORY;
    if (!status && c.out.size > LONGEST_REPLY)
        status = POLE_LIMIT;
    if (status)
        put_failure(&c, status);
    *reply = c.out.bytes;
    if (c.out.failed) {
        free(c.out.bytes);
        *reply = NULL;
        return 0;
    }
    return (int64_t)c.out.size;
}

void polejava_release(uint8_t *reply)
{
    free(reply);
}
