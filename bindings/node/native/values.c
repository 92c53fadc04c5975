/* SPDX-License-Identifier: MIT
 *
 * Values between C and JavaScript. Every function does nothing once the call has failed, so that
 * callers check once, at the end. */
#include "addon.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct arena_block {
    struct arena_block *next;
    size_t used;
    size_t capacity;
    max_align_t bytes[];
};

/* NULL when there is no memory. Zeroed. */
void *arena_take(struct arena *arena, size_t count, size_t size_bytes)
{
    if (size_bytes != 0 && count > (SIZE_MAX / 4) / size_bytes) {
        return NULL;
    }
    size_t unit = sizeof(max_align_t);
    size_t wanted = (count * size_bytes + unit) / unit * unit; /* never 0 */
    struct arena_block *block = arena->blocks;
    if (block == NULL || block->capacity - block->used < wanted) {
        size_t capacity = wanted > 4000 ? wanted : 4000 / unit * unit;
        block = malloc(sizeof(*block) + capacity);
        if (block == NULL) {
            return NULL;
        }
        block->next = arena->blocks;
        block->used = 0;
        block->capacity = capacity;
        arena->blocks = block;
    }
    void *taken = (char *)block->bytes + block->used;
    block->used += wanted;
    memset(taken, 0, wanted);
    return taken;
}

void arena_free(struct arena *arena)
{
    while (arena->blocks != NULL) {
        struct arena_block *next = arena->blocks->next;
        free(arena->blocks);
        arena->blocks = next;
    }
}

struct js js_begin(napi_env env, napi_callback_info info, napi_value *arguments, void **data)
{
    struct js js = {env, NULL, true};
    size_t count = MOST_ARGUMENTS;
    js_check(&js, napi_get_cb_info(env, info, &count, arguments, NULL, data));
    void *addon = NULL;
    js_check(&js, napi_get_instance_data(env, &addon));
    js.addon = addon;
    js.ok = js.ok && addon != NULL;
    return js;
}

void js_check(struct js *js, napi_status status)
{
    if (status != napi_ok) {
        js->ok = false;
    }
}

static napi_value make_error(struct js *js, pole_status status, const pole_error *error)
{
    napi_value factory = NULL;
    napi_value undefined = NULL;
    napi_value arguments[6];
    napi_value made = NULL;
    napi_env env = js->env;
    const char *message = error->message[0] != 0 ? error->message : pole_status_text(status);
    if (js->addon == NULL || js->addon->make_error == NULL ||
        napi_get_reference_value(env, js->addon->make_error, &factory) != napi_ok ||
        napi_get_undefined(env, &undefined) != napi_ok ||
        napi_create_string_utf8(env, pole_status_name(status), NAPI_AUTO_LENGTH, &arguments[0]) !=
            napi_ok ||
        napi_create_string_utf8(env, message, NAPI_AUTO_LENGTH, &arguments[1]) != napi_ok ||
        napi_create_string_utf8(env, error->hint, NAPI_AUTO_LENGTH, &arguments[2]) != napi_ok ||
        napi_create_uint32(env, error->line, &arguments[3]) != napi_ok ||
        napi_create_uint32(env, error->column, &arguments[4]) != napi_ok ||
        napi_create_double(env, (double)error->offset_bytes, &arguments[5]) != napi_ok ||
        napi_call_function(env, undefined, factory, 6, arguments, &made) != napi_ok) {
        return NULL;
    }
    return made;
}

napi_value js_fail(struct js *js, pole_status status, const pole_error *error)
{
    bool pending = false;
    js->ok = false;
    if (napi_is_exception_pending(js->env, &pending) != napi_ok || pending) {
        return NULL;
    }
    pole_error empty = {0};
    napi_value made = make_error(js, status, error != NULL ? error : &empty);
    if (made != NULL) {
        napi_throw(js->env, made);
    } else if (napi_is_exception_pending(js->env, &pending) == napi_ok && !pending) {
        napi_throw_error(js->env, pole_status_name(status), pole_status_text(status));
    }
    return NULL;
}

napi_value js_fail_text(struct js *js, pole_status status, const char *message)
{
    pole_error error = {.status = status};
    snprintf(error.message, sizeof(error.message), "%s", message);
    return js_fail(js, status, &error);
}

napi_value js_end(struct js *js, napi_value value)
{
    if (js->ok) {
        return value;
    }
    return js_fail_text(js, POLE_INVALID_ARGUMENT, "Node did not accept a value");
}

static void wrong_type(struct js *js, const char *name, const char *wanted)
{
    if (js->ok) {
        pole_error error = {.status = POLE_INVALID_ARGUMENT};
        snprintf(error.message, sizeof(error.message), "%s must be %s", name, wanted);
        js_fail(js, POLE_INVALID_ARGUMENT, &error);
    }
}

bool js_is_absent(struct js *js, napi_value value)
{
    napi_valuetype type = napi_undefined;
    if (js->ok && value != NULL) {
        js_check(js, napi_typeof(js->env, value, &type));
    }
    return type == napi_undefined || type == napi_null;
}

double js_number(struct js *js, napi_value value, const char *name)
{
    double number = NAN;
    if (js->ok && (value == NULL || napi_get_value_double(js->env, value, &number) != napi_ok)) {
        wrong_type(js, name, "a number");
    }
    return number;
}

uint32_t js_uint(struct js *js, napi_value value, uint32_t most, const char *name)
{
    double number = js_number(js, value, name);
    if (js->ok && !(number >= 0 && number <= most && number == floor(number))) {
        char wanted[64];
        snprintf(wanted, sizeof(wanted), "a whole number from 0 to %u", most);
        wrong_type(js, name, wanted);
    }
    return js->ok ? (uint32_t)number : 0;
}

bool js_bool(struct js *js, napi_value value, const char *name)
{
    bool given = false;
    if (js->ok && napi_get_value_bool(js->env, value, &given) != napi_ok) {
        wrong_type(js, name, "true or false");
    }
    return given;
}

pole_span js_text(struct js *js, napi_value value, struct arena *arena, const char *name)
{
    pole_span none = {NULL, 0};
    size_t size = 0;
    if (js_is_absent(js, value) || !js->ok) {
        return none;
    }
    if (napi_get_value_string_utf8(js->env, value, NULL, 0, &size) != napi_ok) {
        wrong_type(js, name, "a string");
        return none;
    }
    char *text = arena_take(arena, size + 1, 1);
    if (text == NULL) {
        js_fail(js, POLE_NO_MEMORY, NULL);
        return none;
    }
    js_check(js, napi_get_value_string_utf8(js->env, value, text, size + 1, &size));
    return (pole_span){text, size};
}

napi_value js_member(struct js *js, napi_value object, const char *name)
{
    napi_value value = NULL;
    if (js->ok) {
        js_check(js, napi_get_named_property(js->env, object, name, &value));
    }
    return !js->ok || js_is_absent(js, value) ? NULL : value;
}

uint32_t js_length(struct js *js, napi_value array, const char *name)
{
    bool is_array = false;
    uint32_t length = 0;
    if (js->ok && (array == NULL || napi_is_array(js->env, array, &is_array) != napi_ok ||
                   !is_array || napi_get_array_length(js->env, array, &length) != napi_ok)) {
        wrong_type(js, name, "an array");
    }
    return js->ok ? length : 0;
}

napi_value js_element(struct js *js, napi_value array, uint32_t i)
{
    napi_value value = NULL;
    if (js->ok) {
        js_check(js, napi_get_element(js->env, array, i, &value));
    }
    return value;
}

void *js_array(struct js *js, napi_value value, napi_typedarray_type type, size_t *count,
               const char *name)
{
    void *elements = NULL;
    bool is_array = false;
    napi_typedarray_type found = napi_int8_array;
    *count = 0;
    if (js_is_absent(js, value) || !js->ok) {
        return NULL;
    }
    if (napi_is_typedarray(js->env, value, &is_array) != napi_ok || !is_array ||
        napi_get_typedarray_info(js->env, value, &found, count, &elements, NULL, NULL) != napi_ok ||
        found != type) {
        *count = 0;
        wrong_type(js, name, "a typed array of the documented kind");
        return NULL;
    }
    static const double nothing = 0; /* an empty array may have no memory, and is still one */
    return elements != NULL ? elements : (void *)(uintptr_t)&nothing;
}

napi_value js_null(struct js *js)
{
    napi_value value = NULL;
    if (js->ok) {
        js_check(js, napi_get_null(js->env, &value));
    }
    return value;
}

napi_value js_object(struct js *js)
{
    napi_value value = NULL;
    if (js->ok) {
        js_check(js, napi_create_object(js->env, &value));
    }
    return value;
}

napi_value js_list(struct js *js, size_t count)
{
    napi_value value = NULL;
    if (js->ok) {
        js_check(js, napi_create_array_with_length(js->env, count, &value));
    }
    return value;
}

napi_value js_from_number(struct js *js, double number)
{
    napi_value value = NULL;
    if (isnan(number)) {
        return js_null(js);
    }
    if (js->ok) {
        js_check(js, napi_create_double(js->env, number, &value));
    }
    return value;
}

napi_value js_from_text(struct js *js, pole_span text)
{
    napi_value value = NULL;
    if (js->ok) {
        js_check(js, napi_create_string_utf8(js->env, text.data != NULL ? text.data : "",
                                             text.size_bytes, &value));
    }
    return value;
}

napi_value js_from_name(struct js *js, const char *name)
{
    return name == NULL ? js_null(js) : js_from_text(js, (pole_span){name, strlen(name)});
}

napi_value js_new_array(struct js *js, napi_typedarray_type type, size_t count, void **elements)
{
    napi_value buffer = NULL;
    napi_value array = NULL;
    size_t size = type == napi_float64_array ? 8 : 4;
    *elements = NULL;
    if (js->ok && count > SIZE_MAX / 8) {
        js_fail(js, POLE_NO_MEMORY, NULL);
    }
    if (js->ok) {
        js_check(js, napi_create_arraybuffer(js->env, count * size, elements, &buffer));
    }
    if (js->ok) {
        js_check(js, napi_create_typedarray(js->env, type, count, buffer, 0, &array));
    }
    return array;
}

void js_set(struct js *js, napi_value object, const char *name, napi_value value)
{
    if (js->ok) {
        js_check(js, napi_set_named_property(js->env, object, name, value));
    }
}

void js_set_number(struct js *js, napi_value object, const char *name, double value)
{
    js_set(js, object, name, js_from_number(js, value));
}

void js_set_bool(struct js *js, napi_value object, const char *name, bool given)
{
    napi_value value = NULL;
    if (js->ok) {
        js_check(js, napi_get_boolean(js->env, given, &value));
    }
    js_set(js, object, name, value);
}

void js_set_text(struct js *js, napi_value object, const char *name, pole_span text)
{
    js_set(js, object, name, js_from_text(js, text));
}

void js_set_optional(struct js *js, napi_value object, const char *name, pole_span text)
{
    js_set(js, object, name, text.size_bytes > 0 ? js_from_text(js, text) : js_null(js));
}

void js_set_name(struct js *js, napi_value object, const char *name, const char *value)
{
    js_set(js, object, name, js_from_name(js, value));
}

void js_set_code(struct js *js, napi_value object, const pole_index *index, pole_code code)
{
    char text[32];
    pole_span scope = {NULL, 0};
    pole_code_format(index, code, 0, text, sizeof(text), NULL);
    js_set_name(js, object, "code", text);
    pole_index_scope(index, code.scope, &scope);
    js_set_text(js, object, "scope", scope);
}

void js_put(struct js *js, napi_value list, size_t i, napi_value value)
{
    if (js->ok) {
        js_check(js, napi_set_element(js->env, list, (uint32_t)i, value));
    }
}

void js_export(struct js *js, napi_value exports, const struct function *functions)
{
    for (; js->ok && functions->name != NULL; functions++) {
        napi_value value = NULL;
        js_check(js, napi_create_function(js->env, functions->name, NAPI_AUTO_LENGTH,
                                          functions->call, functions->data, &value));
        js_set(js, exports, functions->name, value);
    }
}
