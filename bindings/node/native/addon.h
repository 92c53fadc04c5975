/* SPDX-License-Identifier: MIT
 *
 * What the files of the addon share: handles, calls into and out of JavaScript, jobs.
 *
 * JavaScript holds an open index or a channel as a number, never as a pointer: a number that is
 * not (or no longer) a handle is an error, not a crash. Whatever may run JavaScript (reading the
 * members of an object) is done before a handle is turned into a pointer. */
#ifndef POLELOOKUP_NODE_ADDON_H
#define POLELOOKUP_NODE_ADDON_H

#define NAPI_VERSION 8
#include <node_api.h>
#include <polelookup/polelookup.h>
#include <stdbool.h>

/* What a slot holds. */
enum { SLOT_FREE = 0, SLOT_INDEX = 1, SLOT_CHANNEL = 2 };

struct slot {
    int32_t kind;
    uint32_t generation; /* a handle is generation * SLOT_LIMIT + number */
    void *object;        /* pole_index, or struct channel */
    int64_t size_bytes;  /* told to the collector */
};
#define SLOT_LIMIT ((int64_t)1 << 20)

/* A channel and how many of slots and jobs use it; counted by the thread of JavaScript alone. */
struct channel {
    pole_channel *channel;
    uint32_t users;
};

/* What one resolution needs; belongs to one job at a time. */
struct workspace {
    pole_heard *heard[3];
    pole_resolution *resolution;
    struct workspace *next;
};

/* One for each environment (main thread, worker), so that workers share nothing. */
struct addon {
    struct slot *slots;
    uint32_t slot_count;
    struct workspace *idle;
    napi_ref make_error; /* (status name, message, hint, line, column, offset) => Error */
};

/* A call. ok becomes false with the first failure, and all that follows does nothing. */
struct js {
    napi_env env;
    struct addon *addon;
    bool ok;
};

/* Memory of one call. */
struct arena {
    struct arena_block *blocks;
};
void *arena_take(struct arena *arena, size_t count, size_t size_bytes);
void arena_free(struct arena *arena);

/* Begins a call: fills arguments, undefined where not given. */
#define MOST_ARGUMENTS 14
struct js js_begin(napi_env env, napi_callback_info info, napi_value *arguments, void **data);
/* Notes that a call into Node failed. */
void js_check(struct js *js, napi_status status);
/* Throws an error of the library. error may be NULL. Returns NULL. */
napi_value js_fail(struct js *js, pole_status status, const pole_error *error);
napi_value js_fail_text(struct js *js, pole_status status, const char *message);
/* What a callback returns: value, or NULL with an exception for sure when something failed. */
napi_value js_end(struct js *js, napi_value value);

/* From JavaScript. */
bool js_is_absent(struct js *js, napi_value value); /* undefined or null */
double js_number(struct js *js, napi_value value, const char *name);
uint32_t js_uint(struct js *js, napi_value value, uint32_t most, const char *name);
bool js_bool(struct js *js, napi_value value, const char *name);
/* The text in arena, NUL-ended too; empty for undefined and null. */
pole_span js_text(struct js *js, napi_value value, struct arena *arena, const char *name);
/* A member; NULL when absent. May run JavaScript. */
napi_value js_member(struct js *js, napi_value object, const char *name);
uint32_t js_length(struct js *js, napi_value array, const char *name);
napi_value js_element(struct js *js, napi_value array, uint32_t i);
/* The elements of a typed array of this type; NULL (and 0) for undefined. */
void *js_array(struct js *js, napi_value value, napi_typedarray_type type, size_t *count,
               const char *name);

/* To JavaScript. NaN becomes null. */
napi_value js_null(struct js *js);
napi_value js_object(struct js *js);
napi_value js_list(struct js *js, size_t count);
napi_value js_from_number(struct js *js, double value);
napi_value js_from_text(struct js *js, pole_span text);
napi_value js_from_name(struct js *js, const char *name); /* NULL becomes null */
napi_value js_new_array(struct js *js, napi_typedarray_type type, size_t count, void **elements);
void js_set(struct js *js, napi_value object, const char *name, napi_value value);
void js_set_number(struct js *js, napi_value object, const char *name, double value);
void js_set_bool(struct js *js, napi_value object, const char *name, bool value);
void js_set_text(struct js *js, napi_value object, const char *name, pole_span text);
/* null for a text that is not there. */
void js_set_optional(struct js *js, napi_value object, const char *name, pole_span text);
void js_set_name(struct js *js, napi_value object, const char *name, const char *value);
/* "code" and "scope". */
void js_set_code(struct js *js, napi_value object, const pole_index *index, pole_code code);
void js_put(struct js *js, napi_value list, size_t i, napi_value value);

/* Writes text by a function of json.h into arena; *text is empty on failure. */
#define JSON_TEXT(status, arena, text, call)                                                       \
    do {                                                                                           \
        size_t needed = 0;                                                                         \
        char *buffer = NULL;                                                                       \
        size_t capacity = 8192;                                                                    \
        do {                                                                                       \
            capacity = needed > capacity ? needed : capacity;                                      \
            buffer = arena_take(arena, capacity, 1);                                               \
            (status) = buffer == NULL ? POLE_NO_MEMORY : (call);                                   \
        } while ((status) == POLE_LIMIT && needed > capacity);                                     \
        (text) =                                                                                   \
            (pole_span){(status) == POLE_OK ? buffer : "", (status) == POLE_OK ? needed - 1 : 0};  \
    } while (0)

/* Handles. */
napi_value slot_new(struct js *js, int32_t kind, void *object, int64_t size_bytes);
struct slot *slot_of(struct addon *addon, int64_t handle, int32_t kind); /* NULL: no such */
int64_t js_handle(struct js *js, napi_value value);
/* The open index of a handle; throws and returns NULL when it is closed. */
pole_index *js_index(struct js *js, napi_value value);
void channel_let_go(struct channel *channel);
void slot_clear(napi_env env, struct slot *slot);

pole_status workspace_take(struct addon *addon, struct workspace **workspace);
void workspace_free(struct workspace *workspace);
void workspaces_drain(struct addon *addon);

/* A piece of work that is done at once, or by a thread of Node's pool. The first member of the
 * struct of each kind of work; all of them begin zeroed. */
struct job {
    struct addon *addon;
    pole_index *index; /* kept alive by the job; may be NULL */
    int64_t handle;    /* of index */
    napi_async_work work;
    napi_deferred deferred;
    pole_status status;
    pole_error error;
    void (*run)(struct job *job); /* no JavaScript: on any thread */
    napi_value (*finish)(struct js *js, struct job *job);
    void (*release)(napi_env env, struct job *job); /* members only; may be NULL */
};
void *job_new(struct js *js, size_t size_bytes);
/* Sets the job's index; last of the arguments. */
void job_take_index(struct js *js, struct job *job, napi_value handle);
/* Runs or queues it, or drops it when js is not ok. Returns the result or a promise. */
napi_value job_start(struct js *js, struct job *job, bool async);

/* Words for POLE_STATE_..., POLE_FIELD_... */
const char *state_name(int32_t state);

/* Parts of an answer, told by answer.c. */
napi_value answer_of(struct js *js, const pole_index *index, pole_resolution *resolution,
                     int32_t language, int32_t caller_language, struct arena *arena);
napi_value candidate_of(struct js *js, const pole_index *index, const pole_resolution *resolution,
                        size_t i);
napi_value record_of(struct js *js, const pole_index *index, const pole_record *record);
napi_value station_of(struct js *js, const pole_index *index, pole_station_number number);
napi_value station_hits_of(struct js *js, const pole_index *index, const pole_station_hit *hits,
                           size_t count);
napi_value area_edge_of(struct js *js, const pole_index *index, const pole_area_edge *edge);
napi_value warnings_of(struct js *js, uint32_t warnings);
napi_value heard_of(struct js *js, const pole_heard *heard);

/* What each file adds to the exports. */
struct function {
    const char *name;
    napi_callback call;
    void *data;
};
#define ASYNC ((void *)1)
void js_export(struct js *js, napi_value exports, const struct function *functions);
extern const struct function functions_of_handles[];
extern const struct function functions_of_lookup[];
extern const struct function functions_of_near[];
extern const struct function functions_of_resolve[];

#endif
