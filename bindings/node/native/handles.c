/* SPDX-License-Identifier: MIT
 *
 * Opening and closing: indexes and channels as numbers. Also what an index says of itself. */
#include "addon.h"

#include <stdlib.h>
#include <string.h>

static struct slot *free_slot(struct addon *addon)
{
    for (uint32_t i = 0; i < addon->slot_count; i++) {
        if (addon->slots[i].kind == SLOT_FREE) {
            return &addon->slots[i];
        }
    }
    uint32_t count = addon->slot_count == 0 ? 8 : addon->slot_count * 2;
    if (count > SLOT_LIMIT) {
        return NULL;
    }
    struct slot *slots = realloc(addon->slots, count * sizeof(*slots));
    if (slots == NULL) {
        return NULL;
    }
    memset(slots + addon->slot_count, 0, (count - addon->slot_count) * sizeof(*slots));
    struct slot *slot = slots + addon->slot_count;
    addon->slots = slots;
    addon->slot_count = count;
    return slot;
}

/* Owns object only when js is still ok. */
napi_value slot_new(struct js *js, int32_t kind, void *object, int64_t size_bytes)
{
    struct slot *slot = free_slot(js->addon);
    if (slot == NULL) {
        return js_fail(js, POLE_NO_MEMORY, NULL);
    }
    int64_t number = slot - js->addon->slots;
    napi_value value = js_from_number(js, (double)((slot->generation + 1) * SLOT_LIMIT + number));
    if (js->ok) {
        int64_t all = 0;
        *slot = (struct slot){kind, slot->generation + 1, object, size_bytes};
        napi_adjust_external_memory(js->env, size_bytes, &all);
    }
    return value;
}

struct slot *slot_of(struct addon *addon, int64_t handle, int32_t kind)
{
    if (handle < 0 || handle % SLOT_LIMIT >= addon->slot_count) {
        return NULL;
    }
    struct slot *slot = &addon->slots[handle % SLOT_LIMIT];
    return slot->kind == kind && slot->generation == handle / SLOT_LIMIT ? slot : NULL;
}

int64_t js_handle(struct js *js, napi_value value)
{
    int64_t handle = -1;
    if (js->ok && (value == NULL || napi_get_value_int64(js->env, value, &handle) != napi_ok)) {
        js_fail_text(js, POLE_INVALID_ARGUMENT, "this is not a handle");
    }
    return handle;
}

pole_index *js_index(struct js *js, napi_value value)
{
    int64_t handle = js_handle(js, value);
    struct slot *slot = js->ok ? slot_of(js->addon, handle, SLOT_INDEX) : NULL;
    if (js->ok && slot == NULL) {
        js_fail_text(js, POLE_INVALID_ARGUMENT, "the index is closed");
    }
    return slot != NULL ? slot->object : NULL;
}

void channel_let_go(struct channel *channel)
{
    if (channel != NULL && --channel->users == 0) {
        pole_channel_free(channel->channel);
        free(channel);
    }
}

/* env: NULL when it is going away. */
void slot_clear(napi_env env, struct slot *slot)
{
    int64_t all = 0;
    if (env != NULL) {
        napi_adjust_external_memory(env, -slot->size_bytes, &all);
    }
    if (slot->kind == SLOT_INDEX) {
        pole_index_close(slot->object);
    } else if (slot->kind == SLOT_CHANNEL) {
        channel_let_go(slot->object);
    }
    slot->kind = SLOT_FREE;
    slot->object = NULL;
}

struct open_job {
    struct job job;
    struct arena arena;
    const char *path; /* NULL: from bytes */
    const void *bytes;
    size_t size_bytes;
    bool mapped;
    pole_index *opened;
};

static void open_run(struct job *job)
{
    struct open_job *open = (struct open_job *)job;
    pole_open_options options;
    pole_open_options_init(&options);
    options.flags = open->mapped ? POLE_OPEN_MAPPED : 0;
    job->status = open->path != NULL
                      ? pole_index_open(open->path, &options, &open->opened, &job->error)
                      : pole_index_open_memory(open->bytes, open->size_bytes, &options,
                                               &open->opened, &job->error);
}

static napi_value open_finish(struct js *js, struct job *job)
{
    struct open_job *open = (struct open_job *)job;
    pole_info info = {.struct_size = sizeof(info)};
    pole_index_info(open->opened, &info);
    napi_value value = slot_new(js, SLOT_INDEX, open->opened, (int64_t)info.file_bytes);
    if (js->ok) {
        open->opened = NULL;
    }
    return value;
}

static void open_release(napi_env env, struct job *job)
{
    (void)env;
    struct open_job *open = (struct open_job *)job;
    pole_index_close(open->opened);
    arena_free(&open->arena);
}

static struct open_job *open_new(struct js *js)
{
    struct open_job *open = job_new(js, sizeof(*open));
    if (open != NULL) {
        open->job.run = open_run;
        open->job.finish = open_finish;
        open->job.release = open_release;
    }
    return open;
}

/* open(path, mapped): handle */
static napi_value open_path(napi_env env, napi_callback_info info)
{
    napi_value arguments[MOST_ARGUMENTS];
    void *async = NULL;
    struct js js = js_begin(env, info, arguments, &async);
    struct open_job *open = open_new(&js);
    if (open != NULL) {
        pole_span path = js_text(&js, arguments[0], &open->arena, "path");
        open->mapped = js_bool(&js, arguments[1], "mapped");
        open->path = path.data;
        if (js.ok && (path.size_bytes == 0 || strlen(path.data) != path.size_bytes)) {
            js_fail_text(&js, POLE_INVALID_ARGUMENT, "path must be a file name");
        }
    }
    return job_start(&js, &open->job, async != NULL);
}

/* openMemory(bytes): handle. Opening copies; the asynchronous form copies before, too. */
static napi_value open_memory(napi_env env, napi_callback_info info)
{
    napi_value arguments[MOST_ARGUMENTS];
    void *async = NULL;
    struct js js = js_begin(env, info, arguments, &async);
    struct open_job *open = open_new(&js);
    if (open != NULL) {
        open->bytes = js_array(&js, arguments[0], napi_uint8_array, &open->size_bytes, "bytes");
        if (js.ok && open->bytes == NULL) {
            js_fail_text(&js, POLE_INVALID_ARGUMENT, "bytes must be a Uint8Array");
        }
        if (js.ok && async != NULL) {
            void *copy = arena_take(&open->arena, open->size_bytes, 1);
            if (copy == NULL) {
                js_fail(&js, POLE_NO_MEMORY, NULL);
            } else {
                memcpy(copy, open->bytes, open->size_bytes);
                open->bytes = copy;
            }
        }
    }
    return job_start(&js, &open->job, async != NULL);
}

/* retain(handle): another handle of the same index */
static napi_value retain(napi_env env, napi_callback_info info)
{
    napi_value arguments[MOST_ARGUMENTS];
    struct js js = js_begin(env, info, arguments, NULL);
    pole_index *index = js_index(&js, arguments[0]);
    napi_value value = NULL;
    if (index != NULL) {
        pole_index_retain(index);
        value = slot_new(&js, SLOT_INDEX, index, 0);
        if (!js.ok) {
            pole_index_close(index);
        }
    }
    return js_end(&js, value);
}

/* close(handle): of an index or a channel; closing twice is nothing */
static napi_value close_handle(napi_env env, napi_callback_info info)
{
    napi_value arguments[MOST_ARGUMENTS];
    struct js js = js_begin(env, info, arguments, NULL);
    int64_t handle = js_handle(&js, arguments[0]);
    if (js.ok) {
        struct slot *slot = slot_of(js.addon, handle, SLOT_INDEX);
        if (slot != NULL) {
            workspaces_drain(js.addon);
        } else {
            slot = slot_of(js.addon, handle, SLOT_CHANNEL);
        }
        if (slot != NULL) {
            slot_clear(env, slot);
        }
    }
    return js_end(&js, NULL);
}

static napi_value channel_handle(struct js *js, pole_channel *made)
{
    struct channel *channel = calloc(1, sizeof(*channel));
    if (channel == NULL) {
        pole_channel_free(made);
        return js_fail(js, POLE_NO_MEMORY, NULL);
    }
    *channel = (struct channel){made, 1};
    napi_value value = slot_new(js, SLOT_CHANNEL, channel, 0);
    if (!js->ok) {
        channel_let_go(channel);
    }
    return value;
}

/* channel(name, table): handle; table undefined: one that comes with the library */
static napi_value channel_new(napi_env env, napi_callback_info info)
{
    napi_value arguments[MOST_ARGUMENTS];
    struct js js = js_begin(env, info, arguments, NULL);
    struct arena arena = {0};
    napi_value value = NULL;
    pole_span name = js_text(&js, arguments[0], &arena, "name");
    pole_span table = js_text(&js, arguments[1], &arena, "table");
    if (js.ok) {
        pole_channel *channel = NULL;
        pole_error error = {0};
        pole_status status = table.data != NULL
                                 ? pole_channel_read(table, name, NULL, &channel, &error)
                                 : pole_channel_named(name, NULL, &channel);
        value = status == POLE_OK ? channel_handle(&js, channel) : js_fail(&js, status, &error);
    }
    arena_free(&arena);
    return js_end(&js, value);
}

/* channelInfo(handle): {name, id, clean} */
static napi_value channel_info(napi_env env, napi_callback_info info)
{
    napi_value arguments[MOST_ARGUMENTS];
    struct js js = js_begin(env, info, arguments, NULL);
    int64_t handle = js_handle(&js, arguments[0]);
    struct slot *slot = js.ok ? slot_of(js.addon, handle, SLOT_CHANNEL) : NULL;
    if (js.ok && slot == NULL) {
        js_fail_text(&js, POLE_INVALID_ARGUMENT, "this is not a channel");
    }
    napi_value value = js_object(&js);
    if (js.ok) {
        pole_channel_info told = {.struct_size = sizeof(told)};
        pole_channel_info_get(((struct channel *)slot->object)->channel, &told);
        js_set_text(&js, value, "name", told.name);
        js_set_text(&js, value, "id", told.id);
        js_set_number(&js, value, "clean", told.clean);
    }
    return js_end(&js, value);
}

static napi_value scheme_of(struct js *js, const pole_index *index, uint32_t number)
{
    static const char *const kinds[] = {"other", "district", "station", "street", "pole", "other"};
    pole_scheme_info scheme = {.struct_size = sizeof(scheme)};
    napi_value value = js_object(js);
    pole_span scope = {NULL, 0};
    pole_index_scheme(index, number, &scheme);
    pole_index_scope(index, scheme.scope, &scope);
    js_set_text(js, value, "scope", scope);
    js_set_number(js, value, "digits", scheme.digits);
    js_set_number(js, value, "poles", scheme.rows);
    napi_value fields = js_list(js, scheme.field_count);
    for (size_t i = 0; i < scheme.field_count; i++) {
        napi_value field = js_object(js);
        js_set_name(js, field, "kind", kinds[scheme.field_kind[i] % 6]);
        js_set_number(js, field, "digits", scheme.field_width[i]);
        js_put(js, fields, i, field);
    }
    js_set(js, value, "fields", fields);
    return value;
}

static napi_value source_of(struct js *js, const pole_index *index, uint32_t number)
{
    static const char *const kinds[] = {"poles", "stations", "areas"};
    pole_source_info source = {.struct_size = sizeof(source)};
    napi_value value = js_object(js);
    pole_index_source(index, number, &source);
    js_set_name(js, value, "table",
                source.kind >= POLE_TABLE_POLES && source.kind <= POLE_TABLE_AREAS
                    ? kinds[source.kind - POLE_TABLE_POLES]
                    : NULL);
    js_set_text(js, value, "fileName", source.file_name);
    js_set_text(js, value, "hash", source.hash);
    js_set_text(js, value, "crs", source.crs);
    js_set_number(js, value, "sizeBytes", (double)source.size_bytes);
    js_set_number(js, value, "rowsRead", (double)source.rows_read);
    js_set_number(js, value, "rowsRefused", (double)source.rows_refused);
    return value;
}

static void set_lists(struct js *js, napi_value value, const pole_index *index,
                      const pole_info *info)
{
    napi_value scopes = js_list(js, info->scopes);
    for (uint32_t i = 0; i < info->scopes; i++) {
        pole_span name = {NULL, 0};
        pole_index_scope(index, (uint16_t)i, &name);
        js_put(js, scopes, i, js_from_text(js, name));
    }
    js_set(js, value, "scopes", scopes);
    napi_value schemes = js_list(js, info->schemes);
    for (uint32_t i = 0; i < info->schemes; i++) {
        js_put(js, schemes, i, scheme_of(js, index, i));
    }
    js_set(js, value, "schemes", schemes);
    napi_value sources = js_list(js, info->sources);
    for (uint32_t i = 0; i < info->sources; i++) {
        js_put(js, sources, i, source_of(js, index, i));
    }
    js_set(js, value, "sources", sources);
}

/* info(handle): object; its lengths are the digits that codes may have */
static napi_value index_info(napi_env env, napi_callback_info info)
{
    napi_value arguments[MOST_ARGUMENTS];
    struct js js = js_begin(env, info, arguments, NULL);
    const pole_index *index = js_index(&js, arguments[0]);
    napi_value value = js_object(&js);
    if (js.ok) {
        pole_info told = {.struct_size = sizeof(told)};
        pole_index_info(index, &told);
        js_set_name(&js, value, "id", told.id);
        js_set_optional(&js, value, "name", told.name);
        js_set_bool(&js, value, "sample", told.is_sample != 0);
        js_set_number(&js, value, "poles", told.poles);
        js_set_number(&js, value, "stations", told.stations);
        js_set_number(&js, value, "areas", told.areas);
        js_set_number(&js, value, "formatMajor", told.format_major);
        js_set_number(&js, value, "formatMinor", told.format_minor);
        js_set_number(&js, value, "fileBytes", (double)told.file_bytes);
        js_set_number(&js, value, "builtAtS", (double)told.built_at_s);
        js_set_number(&js, value, "dataDateS", (double)told.data_date_s);
        js_set_number(&js, value, "south", told.southwest.lat_deg);
        js_set_number(&js, value, "west", told.southwest.lon_deg);
        js_set_number(&js, value, "north", told.northeast.lat_deg);
        js_set_number(&js, value, "east", told.northeast.lon_deg);
        js_set_number(&js, value, "rowsRead", (double)told.rows_read);
        js_set_number(&js, value, "rowsRefused", (double)told.rows_refused);
        js_set_number(&js, value, "rowsCollapsed", (double)told.rows_collapsed);
        js_set_bool(&js, value, "doubtsUsed", told.doubts_used != 0);
        js_set_optional(&js, value, "doubtChannel", told.doubt_channel);
        js_set_text(&js, value, "builder", told.builder);
        js_set_number(&js, value, "lengths", pole_index_lengths(index));
        set_lists(&js, value, index, &told);
    }
    return js_end(&js, value);
}

/* infoJson(handle): text */
static napi_value info_json(napi_env env, napi_callback_info info)
{
    napi_value arguments[MOST_ARGUMENTS];
    struct js js = js_begin(env, info, arguments, NULL);
    const pole_index *index = js_index(&js, arguments[0]);
    struct arena arena = {0};
    napi_value value = NULL;
    if (js.ok) {
        pole_status status = POLE_OK;
        pole_span text = {NULL, 0};
        JSON_TEXT(status, &arena, text, pole_info_json(index, buffer, capacity, &needed));
        value = status == POLE_OK ? js_from_text(&js, text) : js_fail(&js, status, NULL);
    }
    arena_free(&arena);
    return js_end(&js, value);
}

static void verify_run(struct job *job)
{
    job->status = pole_index_verify(job->index, &job->error);
}

static napi_value verify_finish(struct js *js, struct job *job)
{
    (void)job;
    return js_null(js);
}

/* verify(handle): throws damaged */
static napi_value verify(napi_env env, napi_callback_info info)
{
    napi_value arguments[MOST_ARGUMENTS];
    void *async = NULL;
    struct js js = js_begin(env, info, arguments, &async);
    struct job *job = job_new(&js, sizeof(*job));
    if (job != NULL) {
        job->run = verify_run;
        job->finish = verify_finish;
        job_take_index(&js, job, arguments[0]);
    }
    return job_start(&js, job, async != NULL);
}

const struct function functions_of_handles[] = {
    {"open", open_path, NULL},
    {"openAsync", open_path, ASYNC},
    {"openMemory", open_memory, NULL},
    {"openMemoryAsync", open_memory, ASYNC},
    {"retain", retain, NULL},
    {"close", close_handle, NULL},
    {"channel", channel_new, NULL},
    {"channelInfo", channel_info, NULL},
    {"info", index_info, NULL},
    {"infoJson", info_json, NULL},
    {"verify", verify, NULL},
    {"verifyAsync", verify, ASYNC},
    {NULL, NULL, NULL},
};
