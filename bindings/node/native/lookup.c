/* SPDX-License-Identifier: MIT
 *
 * From codes to poles: one, all of a code, an alias, and batches from and to typed arrays. */
#include "addon.h"

#include <stdio.h>

const char *state_name(int32_t state)
{
    static const char *const names[] = {"active", "moved", "removed"};
    return state >= POLE_STATE_ACTIVE && state <= POLE_STATE_REMOVED ? names[state] : NULL;
}

/* Sets a code's scope from its name; absent: not known. */
static pole_status scope_number(const pole_index *index, pole_span name, uint16_t *scope)
{
    *scope = POLE_ANY_SCOPE;
    return name.data == NULL ? POLE_OK : pole_index_find_scope(index, name, scope);
}

static void no_such_scope(struct js *js)
{
    js_fail_text(js, POLE_NOT_FOUND, "the index has no scope of this name");
}

/* Reads the arguments (handle, code, scope). The short code of the usual call needs no memory. */
static const pole_index *code_arguments(struct js *js, const napi_value *arguments, pole_code *code)
{
    char buffer[64];
    size_t size = 0;
    struct arena arena = {0};
    if (js->ok && napi_get_value_string_utf8(js->env, arguments[1], buffer, sizeof(buffer),
                                             &size) != napi_ok) {
        js_fail_text(js, POLE_INVALID_ARGUMENT,
                     "a code must be a string (a number has lost its leading zeros)");
    }
    pole_span text = {buffer, size};
    if (size >= sizeof(buffer) - 4) {
        text = js_text(js, arguments[1], &arena, "code");
    }
    pole_span scope = js_text(js, arguments[2], &arena, "scope");
    const pole_index *index = js_index(js, arguments[0]);
    if (js->ok) {
        pole_status status = pole_code_parse(index, text, code);
        if (status != POLE_OK) {
            js_fail(js, status, NULL);
        } else if (scope_number(index, scope, &code->scope) != POLE_OK) {
            no_such_scope(js);
        }
    }
    arena_free(&arena);
    return index;
}

/* find(handle, code, scope): row; -1 when there is none */
static napi_value find(napi_env env, napi_callback_info info)
{
    napi_value arguments[MOST_ARGUMENTS];
    struct js js = js_begin(env, info, arguments, NULL);
    pole_code code = {0};
    const pole_index *index = code_arguments(&js, arguments, &code);
    napi_value value = NULL;
    if (js.ok) {
        pole_row row = POLE_NO_ROW;
        pole_status status = pole_index_find(index, code, &row);
        if (status == POLE_OK || status == POLE_NOT_FOUND) {
            js_check(&js, napi_create_int64(env, row == POLE_NO_ROW ? -1 : (int64_t)row, &value));
        } else {
            js_fail(&js, status, NULL);
        }
    }
    return js_end(&js, value);
}

/* A Uint32Array of as many rows as there are, by a function that tells how many. */
#define ALL_ROWS(js, value, call)                                                                  \
    do {                                                                                           \
        size_t capacity = 0;                                                                       \
        size_t needed = 0;                                                                         \
        void *rows = NULL;                                                                         \
        pole_status told = (call);                                                                 \
        if (told == POLE_OK || told == POLE_LIMIT) {                                               \
            (value) = js_new_array((js), napi_uint32_array, needed, &rows);                        \
            capacity = needed;                                                                     \
            told = (js)->ok && needed > 0 ? (call) : POLE_OK;                                      \
        }                                                                                          \
        if (told == POLE_NOT_FOUND) {                                                              \
            (value) = js_new_array((js), napi_uint32_array, 0, &rows);                             \
        } else if (told != POLE_OK) {                                                              \
            js_fail((js), told, NULL);                                                             \
        }                                                                                          \
    } while (0)

/* findAll(handle, code, scope): Uint32Array of rows */
static napi_value find_all(napi_env env, napi_callback_info info)
{
    napi_value arguments[MOST_ARGUMENTS];
    struct js js = js_begin(env, info, arguments, NULL);
    pole_code code = {0};
    const pole_index *index = code_arguments(&js, arguments, &code);
    napi_value value = NULL;
    if (js.ok) {
        ALL_ROWS(&js, value, pole_index_find_all(index, code, rows, capacity, &needed));
    }
    return js_end(&js, value);
}

/* findAlias(handle, alias): Uint32Array of rows */
static napi_value find_alias(napi_env env, napi_callback_info info)
{
    napi_value arguments[MOST_ARGUMENTS];
    struct js js = js_begin(env, info, arguments, NULL);
    struct arena arena = {0};
    pole_span alias = js_text(&js, arguments[1], &arena, "alias");
    const pole_index *index = js_index(&js, arguments[0]);
    napi_value value = NULL;
    if (js.ok) {
        ALL_ROWS(&js, value, pole_index_find_alias(index, alias, rows, capacity, &needed));
    }
    arena_free(&arena);
    return js_end(&js, value);
}

/* parse(handle, text, scope): {code, digits, grouped} */
static napi_value parse(napi_env env, napi_callback_info info)
{
    napi_value arguments[MOST_ARGUMENTS];
    struct js js = js_begin(env, info, arguments, NULL);
    pole_code code = {0};
    const pole_index *index = code_arguments(&js, arguments, &code);
    napi_value value = js_object(&js);
    if (js.ok) {
        char text[32];
        pole_code_format(index, code, 0, text, sizeof(text), NULL);
        js_set_name(&js, value, "code", text);
        js_set_number(&js, value, "digits", code.digits);
        js_set_number(&js, value, "number", code.number);
        pole_code_format(index, code, 1, text, sizeof(text), NULL);
        js_set_name(&js, value, "grouped", text);
    }
    return js_end(&js, value);
}

/* point(handle, row, Float64Array of 2): writes latitude and longitude */
static napi_value point(napi_env env, napi_callback_info info)
{
    napi_value arguments[MOST_ARGUMENTS];
    struct js js = js_begin(env, info, arguments, NULL);
    size_t count = 0;
    uint32_t row = js_uint(&js, arguments[1], UINT32_MAX, "row");
    const pole_index *index = js_index(&js, arguments[0]);
    double *out = js_array(&js, arguments[2], napi_float64_array, &count, "out");
    if (js.ok) {
        pole_point at = {0, 0};
        pole_status status =
            out == NULL || count < 2 ? POLE_INVALID_ARGUMENT : pole_index_point(index, row, &at);
        if (status == POLE_OK) {
            out[0] = at.lat_deg;
            out[1] = at.lon_deg;
        } else {
            js_fail(&js, status, NULL);
        }
    }
    return js_end(&js, NULL);
}

/* Days since 1970-01-01 as YYYY-MM-DD, by the usual reckoning in years that begin with March
 * (H. Hinnant, chrono-compatible low-level date algorithms). */
static void js_set_date(struct js *js, napi_value object, const char *name, int32_t days)
{
    char text[32];
    int64_t day = (int64_t)days + 719468;
    int64_t era = (day >= 0 ? day : day - 146096) / 146097;
    int64_t of_era = day - era * 146097;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int64_t march = (5 * of_year + 2) / 153;
    int64_t month = march < 10 ? march + 3 : march - 9;
    snprintf(text, sizeof(text), "%04d-%02d-%02d", (int)(year + era * 400 + (month <= 2)),
             (int)month, (int)(of_year - (153 * march + 2) / 5 + 1));
    js_set_name(js, object, name, days == POLE_NO_DATE ? NULL : text);
}

napi_value record_of(struct js *js, const pole_index *index, const pole_record *record)
{
    napi_value value = js_object(js);
    js_set_number(js, value, "row", record->row);
    js_set_code(js, value, index, record->code);
    js_set_number(js, value, "lat", record->at.lat_deg);
    js_set_number(js, value, "lon", record->at.lon_deg);
    js_set_optional(js, value, "street", record->street);
    js_set_optional(js, value, "district", record->district);
    js_set_optional(js, value, "note", record->note);
    js_set_optional(js, value, "successor", record->successor);
    js_set_optional(js, value, "alias", record->alias);
    js_set_optional(js, value, "aliasOwner", record->alias_owner);
    js_set_name(js, value, "state", state_name(record->state));
    js_set_date(js, value, "surveyed", record->surveyed_days);
    return value;
}

/* text(handle, row, field): one text of a record, null where there is none; 0 code, 1 scope, then
 * as below. A field alone costs a tenth of the whole record. */
static napi_value text(napi_env env, napi_callback_info info)
{
    napi_value arguments[MOST_ARGUMENTS];
    struct js js = js_begin(env, info, arguments, NULL);
    uint32_t row = js_uint(&js, arguments[1], UINT32_MAX, "row");
    uint32_t field = js_uint(&js, arguments[2], 7, "field");
    const pole_index *index = js_index(&js, arguments[0]);
    pole_record told = {.struct_size = sizeof(told)};
    napi_value value = NULL;
    if (js.ok && pole_index_record(index, row, &told) != POLE_OK) {
        js_fail(&js, POLE_INVALID_ARGUMENT, NULL);
    }
    const pole_span texts[] = {told.street,    told.district, told.note,
                               told.successor, told.alias,    told.alias_owner};
    if (js.ok && field == 0) {
        char code[32];
        size_t needed = 0;
        pole_code_format(index, told.code, 0, code, sizeof(code), &needed);
        js_check(&js, napi_create_string_latin1(env, code, needed - 1, &value));
    } else if (js.ok && field == 1) {
        value = js_from_text(&js, told.scope);
    } else if (js.ok) {
        const pole_span *found = &texts[field - 2];
        value = found->size_bytes > 0 ? js_from_text(&js, *found) : js_null(&js);
    }
    return js_end(&js, value);
}

/* record(handle, row): object */
static napi_value record(napi_env env, napi_callback_info info)
{
    napi_value arguments[MOST_ARGUMENTS];
    struct js js = js_begin(env, info, arguments, NULL);
    uint32_t row = js_uint(&js, arguments[1], UINT32_MAX, "row");
    const pole_index *index = js_index(&js, arguments[0]);
    napi_value value = NULL;
    if (js.ok) {
        pole_record told = {.struct_size = sizeof(told)};
        pole_status status = pole_index_record(index, row, &told);
        value = status == POLE_OK ? record_of(&js, index, &told) : js_fail(&js, status, NULL);
    }
    return js_end(&js, value);
}

/* A batch. Its arrays are JavaScript's: held by references while another thread works on them.
 * The layer above gives asynchronous batches arrays that nobody else has. */
struct batch_job {
    struct job job;
    struct arena arena;
    const uint32_t *numbers; /* or */
    const char *texts;
    size_t stride;
    size_t count;
    uint8_t digits;
    uint16_t scope;
    pole_columns columns;
    napi_ref references[9];
    uint32_t reference_count;
};

static void batch_run(struct job *job)
{
    struct batch_job *batch = (struct batch_job *)job;
    job->status = batch->numbers != NULL
                      ? pole_index_find_many(job->index, batch->numbers, batch->count,
                                             batch->digits, batch->scope, &batch->columns)
                      : pole_index_find_texts(job->index, batch->texts, batch->stride, batch->count,
                                              batch->digits, batch->scope, &batch->columns);
}

static napi_value batch_finish(struct js *js, struct job *job)
{
    (void)job;
    return js_null(js);
}

static void batch_release(napi_env env, struct job *job)
{
    struct batch_job *batch = (struct batch_job *)job;
    for (uint32_t i = 0; i < batch->reference_count; i++) {
        napi_delete_reference(env, batch->references[i]);
    }
    arena_free(&batch->arena);
}

static void hold(struct js *js, struct batch_job *batch, napi_value array, bool async)
{
    if (js->ok && async && !js_is_absent(js, array)) {
        js_check(js, napi_create_reference(js->env, array, 1,
                                           &batch->references[batch->reference_count]));
        batch->reference_count += js->ok ? 1 : 0;
    }
}

/* A column to fill; NULL when it is not wanted. */
static void *column(struct js *js, struct batch_job *batch, napi_value array,
                    napi_typedarray_type type, bool async)
{
    size_t count = 0;
    void *elements = js_array(js, array, type, &count, "a column");
    if (js->ok && elements != NULL && count < batch->count) {
        js_fail_text(js, POLE_LIMIT, "a column is shorter than the batch");
    }
    hold(js, batch, array, async);
    return elements;
}

static void batch_columns(struct js *js, struct batch_job *batch, const napi_value *arguments,
                          bool async)
{
    pole_columns *columns = &batch->columns;
    columns->struct_size = sizeof(*columns);
    columns->rows = column(js, batch, arguments[0], napi_uint32_array, async);
    columns->match = column(js, batch, arguments[1], napi_int32_array, async);
    columns->lat_deg = column(js, batch, arguments[2], napi_float64_array, async);
    columns->lon_deg = column(js, batch, arguments[3], napi_float64_array, async);
    columns->stations = column(js, batch, arguments[4], napi_uint32_array, async);
    columns->confidence = column(js, batch, arguments[5], napi_float64_array, async);
    columns->confidence_place = column(js, batch, arguments[6], napi_float64_array, async);
    columns->far_share = column(js, batch, arguments[7], napi_float64_array, async);
}

/* findNumbers(handle, Uint32Array, digits, scope, clean, eight columns)
 * findTexts(handle, Uint8Array, digits, scope, clean, eight columns, stride) */
static napi_value find_batch(napi_env env, napi_callback_info info, bool of_texts)
{
    napi_value arguments[MOST_ARGUMENTS];
    void *data = NULL;
    struct js js = js_begin(env, info, arguments, &data);
    bool async = data != NULL;
    struct batch_job *batch = job_new(&js, sizeof(*batch));
    if (batch == NULL) {
        return js_end(&js, NULL);
    }
    batch->job.run = batch_run;
    batch->job.finish = batch_finish;
    batch->job.release = batch_release;
    batch->digits = (uint8_t)js_uint(&js, arguments[2], POLE_MAX_DIGITS, "digits");
    pole_span scope = js_text(&js, arguments[3], &batch->arena, "scope");
    batch->columns.clean = js_number(&js, arguments[4], "clean");
    if (of_texts) {
        size_t size = 0;
        batch->texts = js_array(&js, arguments[1], napi_uint8_array, &size, "texts");
        batch->stride = js_uint(&js, arguments[13], 1 << 20, "stride");
        if (js.ok && (batch->stride < batch->digits || batch->stride == 0)) {
            js_fail_text(&js, POLE_INVALID_ARGUMENT, "a stride must be at least its digits");
        }
        /* the last text may lack what fills its stride */
        batch->count = js.ok ? (size + batch->stride - batch->digits) / batch->stride : 0;
    } else {
        batch->numbers = js_array(&js, arguments[1], napi_uint32_array, &batch->count, "numbers");
    }
    if (js.ok && batch->numbers == NULL && batch->texts == NULL) {
        js_fail_text(&js, POLE_INVALID_ARGUMENT, "codes must be a typed array");
    }
    hold(&js, batch, arguments[1], async);
    batch_columns(&js, batch, arguments + 5, async);
    job_take_index(&js, &batch->job, arguments[0]);
    if (js.ok && scope_number(batch->job.index, scope, &batch->scope) != POLE_OK) {
        no_such_scope(&js);
    }
    return job_start(&js, &batch->job, async);
}

static napi_value find_numbers(napi_env env, napi_callback_info info)
{
    return find_batch(env, info, false);
}

static napi_value find_texts(napi_env env, napi_callback_info info)
{
    return find_batch(env, info, true);
}

const struct function functions_of_lookup[] = {
    {"find", find, NULL},
    {"findAll", find_all, NULL},
    {"findAlias", find_alias, NULL},
    {"parse", parse, NULL},
    {"point", point, NULL},
    {"record", record, NULL},
    {"text", text, NULL},
    {"findNumbers", find_numbers, NULL},
    {"findNumbersAsync", find_numbers, ASYNC},
    {"findTexts", find_texts, NULL},
    {"findTextsAsync", find_texts, ASYNC},
    {NULL, NULL, NULL},
};
