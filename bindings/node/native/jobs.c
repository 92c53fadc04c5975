/* SPDX-License-Identifier: MIT
 *
 * Work that runs at once or on a thread of Node's pool, by the same code. A job keeps its index
 * alive, so that closing it meanwhile is safe; only begin and end touch JavaScript. */
#include "addon.h"

#include <stdlib.h>

void *job_new(struct js *js, size_t size_bytes)
{
    struct job *job = calloc(1, size_bytes);
    if (job == NULL) {
        js_fail(js, POLE_NO_MEMORY, NULL);
        return NULL;
    }
    job->addon = js->addon;
    return job;
}

static void job_free(napi_env env, struct job *job)
{
    if (job == NULL) {
        return;
    }
    if (job->release != NULL) {
        job->release(env, job);
    }
    pole_index_close(job->index);
    free(job);
}

void job_take_index(struct js *js, struct job *job, napi_value handle)
{
    pole_index *index = js_index(js, handle);
    if (index != NULL) {
        pole_index_retain(index);
        job->index = index;
        job->handle = js_handle(js, handle);
    }
}

static napi_value settle(struct js *js, struct job *job)
{
    if (job->status != POLE_OK) {
        return js_fail(js, job->status, &job->error);
    }
    return js_end(js, job->finish(js, job));
}

static void execute(napi_env env, void *data)
{
    (void)env;
    struct job *job = data;
    job->run(job);
}

static void complete(napi_env env, napi_status status, void *data)
{
    struct job *job = data;
    struct js js = {env, job->addon, true};
    napi_handle_scope scope = NULL;
    if (status != napi_ok) {
        job->status = POLE_STOPPED;
    }
    if (napi_open_handle_scope(env, &scope) == napi_ok) {
        napi_value value = settle(&js, job);
        napi_value error = NULL;
        if (js.ok) {
            napi_resolve_deferred(env, job->deferred, value);
        } else if (napi_get_and_clear_last_exception(env, &error) == napi_ok) {
            napi_reject_deferred(env, job->deferred, error);
        }
        napi_close_handle_scope(env, scope);
    }
    napi_delete_async_work(env, job->work);
    job_free(env, job);
}

static napi_value queue(struct js *js, struct job *job)
{
    napi_value promise = NULL;
    napi_value name = js_from_name(js, "polelookup");
    if (js->ok) {
        js_check(js,
                 napi_create_async_work(js->env, NULL, name, execute, complete, job, &job->work));
    }
    if (js->ok) {
        js_check(js, napi_create_promise(js->env, &job->deferred, &promise));
    }
    if (js->ok) {
        js_check(js, napi_queue_async_work(js->env, job->work));
    }
    if (!js->ok) {
        if (job->work != NULL) {
            napi_delete_async_work(js->env, job->work);
        }
        job_free(js->env, job);
    }
    return js_end(js, promise);
}

napi_value job_start(struct js *js, struct job *job, bool async)
{
    if (job == NULL || !js->ok) {
        job_free(js->env, job);
        return js_end(js, NULL);
    }
    if (async) {
        return queue(js, job);
    }
    job->run(job);
    napi_value value = settle(js, job);
    job_free(js->env, job);
    return value;
}

pole_status workspace_take(struct addon *addon, struct workspace **workspace)
{
    struct workspace *taken = addon->idle;
    if (taken != NULL) {
        addon->idle = taken->next;
        *workspace = taken;
        return POLE_OK;
    }
    *workspace = NULL;
    taken = calloc(1, sizeof(*taken));
    if (taken == NULL) {
        return POLE_NO_MEMORY;
    }
    pole_status status = pole_resolution_new(NULL, &taken->resolution);
    for (size_t i = 0; i < 3 && status == POLE_OK; i++) {
        status = pole_heard_new(NULL, &taken->heard[i]);
    }
    if (status != POLE_OK) {
        workspace_free(taken);
        return status;
    }
    *workspace = taken;
    return POLE_OK;
}

void workspace_free(struct workspace *workspace)
{
    if (workspace == NULL) {
        return;
    }
    pole_resolution_free(workspace->resolution);
    for (size_t i = 0; i < 3; i++) {
        pole_heard_free(workspace->heard[i]);
    }
    free(workspace);
}

/* A resolution keeps its index alive: none may stay behind when an index is closed. */
void workspaces_drain(struct addon *addon)
{
    while (addon->idle != NULL) {
        struct workspace *next = addon->idle->next;
        workspace_free(addon->idle);
        addon->idle = next;
    }
}
