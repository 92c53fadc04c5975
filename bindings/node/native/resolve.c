/* SPDX-License-Identifier: MIT
 *
 * Questions about what was heard: hear, resolve, describe, between. Each is a job: what was asked
 * is copied out of JavaScript first, so that the work itself can run on any thread. */
#include "addon.h"

#include <math.h>
#include <string.h>

struct sayings {
    pole_text *texts;
    size_t count;
};

/* All that a question can hold. */
struct query_job {
    struct job job;
    struct arena arena;
    struct workspace *workspace;
    struct sayings said[3]; /* the question's (or the first), also (or the second), then */
    pole_row row;           /* of describe */
    double distance_m;      /* of hit */
    double bearing_deg;
    pole_evidence evidence;
    pole_resolve_options options;
    pole_span crs_name;
    pole_span hint_crs_name;
    struct channel *channel;
    int32_t language; /* of the dispatcher */
    pole_crs *crs;    /* made by run */
    pole_between_answer between;
};

static struct query_job *query_new(struct js *js)
{
    struct query_job *query = job_new(js, sizeof(*query));
    if (query != NULL) {
        pole_evidence_init(&query->evidence);
        pole_resolve_options_init(&query->options);
    }
    return query;
}

static void query_release(napi_env env, struct job *job)
{
    (void)env;
    struct query_job *query = (struct query_job *)job;
    struct workspace *workspace = query->workspace;
    /* A resolution keeps its index alive: only one of an index that is still open is kept. */
    if (workspace != NULL && slot_of(job->addon, job->handle, SLOT_INDEX) != NULL) {
        workspace->next = job->addon->idle;
        job->addon->idle = workspace;
    } else {
        workspace_free(workspace);
    }
    channel_let_go(query->channel);
    pole_crs_free(query->crs);
    arena_free(&query->arena);
}

/* Texts of one saying: a string, or [[text, weight], ...]. */
static void read_sayings(struct js *js, struct query_job *query, napi_value value,
                         struct sayings *said, const char *name)
{
    bool is_array = false;
    if (js->ok && value != NULL) {
        js_check(js, napi_is_array(js->env, value, &is_array));
    }
    said->count = is_array ? js_length(js, value, name) : 1;
    said->texts = arena_take(&query->arena, said->count, sizeof(*said->texts));
    if (js->ok && said->texts == NULL) {
        js_fail(js, POLE_NO_MEMORY, NULL);
    }
    for (uint32_t i = 0; js->ok && i < said->count; i++) {
        napi_value pair = is_array ? js_element(js, value, i) : NULL;
        said->texts[i].weight = is_array ? js_number(js, js_element(js, pair, 1), "weight") : 1.0;
        napi_value text = is_array ? js_element(js, pair, 0) : value;
        if (js->ok && js_is_absent(js, text)) {
            js_fail_text(js, POLE_INVALID_ARGUMENT, "a text must be a string");
        }
        said->texts[i].text = js_text(js, text, &query->arena, name);
    }
}

static void read_hint(struct js *js, struct query_job *query, napi_value hint)
{
    pole_evidence *evidence = &query->evidence;
    if (hint == NULL) {
        return;
    }
    evidence->hint.lat_deg = js_number(js, js_member(js, hint, "lat"), "hint.lat");
    evidence->hint.lon_deg = js_number(js, js_member(js, hint, "lon"), "hint.lon");
    evidence->hint_radius_m = js_number(js, js_member(js, hint, "radiusM"), "hint.radiusM");
    if (js->ok && !(evidence->hint_radius_m > 0)) {
        js_fail_text(js, POLE_INVALID_ARGUMENT, "hint.radiusM must be more than 0");
    }
    napi_value level = js_member(js, hint, "level");
    if (level != NULL) {
        evidence->hint_level = js_number(js, level, "hint.level");
    }
    query->hint_crs_name = js_text(js, js_member(js, hint, "crs"), &query->arena, "hint.crs");
    evidence->hint_given = js_text(js, js_member(js, hint, "given"), &query->arena, "hint.given");
}

/* digits: [[position, digit], ...] */
static void read_digits(struct js *js, struct query_job *query, napi_value list)
{
    if (list == NULL) {
        return;
    }
    uint32_t count = js_length(js, list, "digits");
    pole_known_digit *digits = arena_take(&query->arena, count, sizeof(*digits));
    if (js->ok && (digits == NULL || count > POLE_MAX_DIGITS)) {
        js_fail_text(js, POLE_INVALID_ARGUMENT, "digits: at most nine");
    }
    for (uint32_t i = 0; js->ok && i < count; i++) {
        napi_value pair = js_element(js, list, i);
        digits[i].position = (uint8_t)js_uint(js, js_element(js, pair, 0), 255, "digits");
        digits[i].digit = (uint8_t)js_uint(js, js_element(js, pair, 1), 255, "digits");
    }
    query->evidence.digits = digits;
    query->evidence.digit_count = count;
}

/* box: [south, west, north, east]; polygon: {points, rings} */
static void read_bounds(struct js *js, struct query_job *query, napi_value box, napi_value polygon)
{
    struct arena *arena = &query->arena;
    if (box != NULL) {
        pole_box *taken = arena_take(arena, 1, sizeof(*taken));
        double sides[4] = {0};
        for (uint32_t i = 0; js->ok && i < 4; i++) {
            sides[i] = js_number(js, js_element(js, box, i), "box");
        }
        if (js->ok && taken != NULL) {
            *taken = (pole_box){sides[0], sides[1], sides[2], sides[3]};
        }
        query->evidence.box = taken;
    }
    if (polygon != NULL) {
        size_t doubles = 0;
        size_t rings = 0;
        size_t told = 0;
        bool empty = false;
        napi_value points_value = js_member(js, polygon, "points");
        napi_value rings_value = js_member(js, polygon, "rings");
        const double *given =
            js_array(js, points_value, napi_float64_array, &doubles, "polygon.points");
        const uint32_t *sizes_given =
            js_array(js, rings_value, napi_uint32_array, &rings, "polygon.rings");
        empty = rings == 0;
        double *points = arena_take(arena, doubles, sizeof(*points));
        size_t *sizes = arena_take(arena, rings, sizeof(*sizes));
        if (js->ok && (given == NULL || sizes_given == NULL || points == NULL || sizes == NULL)) {
            js_fail_text(js, POLE_INVALID_ARGUMENT, "a polygon needs points and rings");
        }
        for (size_t i = 0; js->ok && i < rings; i++) {
            sizes[i] = sizes_given[i];
            told += sizes_given[i];
            empty = empty || sizes_given[i] == 0;
        }
        /* the library takes no rings for no polygon: everywhere, where nowhere was said */
        if (js->ok && empty) {
            js_fail_text(js, POLE_INVALID_ARGUMENT, "a polygon needs rings, and a ring points");
        }
        if (js->ok && told * 2 != doubles) {
            js_fail_text(js, POLE_INVALID_ARGUMENT, "rings and points contradict each other");
        }
        if (js->ok) {
            memcpy(points, given, doubles * sizeof(*points));
            query->evidence.polygon = (const pole_point *)points;
            query->evidence.polygon_rings = sizes;
            query->evidence.polygon_ring_count = rings;
        }
    }
}

static void read_option(struct js *js, napi_value request, const char *name, double *option)
{
    napi_value value = js_member(js, request, name);
    if (value != NULL) {
        *option = js_number(js, value, name);
    }
}

static int32_t read_language(struct js *js, napi_value request, const char *name)
{
    napi_value value = js_member(js, request, name);
    return value == NULL ? POLE_LANGUAGE_ZH : (int32_t)js_uint(js, value, 2, name);
}

static void read_options(struct js *js, struct query_job *query, napi_value request)
{
    pole_resolve_options *options = &query->options;
    napi_value limit = js_member(js, request, "limit");
    if (limit != NULL) {
        options->limit = js_uint(js, limit, 100, "limit");
    }
    options->scope = js_text(js, js_member(js, request, "scope"), &query->arena, "scope");
    query->crs_name = js_text(js, js_member(js, request, "crs"), &query->arena, "crs");
    query->language = read_language(js, request, "language");
    options->caller_language = read_language(js, request, "callerLanguage");
    read_option(js, request, "clean", &options->clean);
    read_option(js, request, "nearM", &options->near_m);
    read_option(js, request, "exactConfidence", &options->exact_confidence);
    read_option(js, request, "exactPlace", &options->exact_place);
    read_option(js, request, "correctedConfidence", &options->corrected_confidence);
    read_option(js, request, "correctedPlace", &options->corrected_place);
    napi_value brief = js_member(js, request, "brief");
    options->brief = brief != NULL && js_bool(js, brief, "brief");
}

static void read_request(struct js *js, struct query_job *query, napi_value request)
{
    if (js_is_absent(js, request)) {
        return;
    }
    pole_evidence *evidence = &query->evidence;
    read_options(js, query, request);
    read_hint(js, query, js_member(js, request, "hint"));
    evidence->street = js_text(js, js_member(js, request, "street"), &query->arena, "street");
    evidence->district = js_text(js, js_member(js, request, "district"), &query->arena, "district");
    napi_value also = js_member(js, request, "also");
    if (also != NULL) {
        read_sayings(js, query, also, &query->said[1], "also");
    }
    napi_value then = js_member(js, request, "then");
    if (then != NULL) {
        read_sayings(js, query, then, &query->said[2], "then");
    }
    read_digits(js, query, js_member(js, request, "digits"));
    napi_value box = js_member(js, request, "box");
    read_bounds(js, query, box, js_member(js, request, "polygon"));
    napi_value channel = js_member(js, request, "channel");
    if (channel != NULL && js->ok) {
        struct slot *slot = slot_of(js->addon, js_handle(js, channel), SLOT_CHANNEL);
        if (slot == NULL) {
            js_fail_text(js, POLE_INVALID_ARGUMENT, "this is not a channel");
        } else {
            query->channel = slot->object;
            query->channel->users++;
            query->options.channel = query->channel->channel;
        }
    }
}

static void take_workspace(struct js *js, struct query_job *query, napi_value handle)
{
    job_take_index(js, &query->job, handle);
    if (js->ok) {
        pole_status status = workspace_take(js->addon, &query->workspace);
        if (status != POLE_OK) {
            js_fail(js, status, NULL);
        }
    }
}

/* The hint into WGS 84, the CRS of the answer. */
static pole_status prepare(struct query_job *query)
{
    pole_error *error = &query->job.error;
    pole_status status = POLE_OK;
    if (query->hint_crs_name.size_bytes > 0) {
        pole_crs *crs = NULL;
        pole_point *hint = &query->evidence.hint;
        size_t bad = 0;
        status = pole_crs_new(query->hint_crs_name, NULL, NULL, &crs, error);
        if (status == POLE_OK) {
            const char *name = pole_crs_name(crs);
            char *copy = arena_take(&query->arena, strlen(name) + 1, 1);
            status = copy == NULL ? POLE_NO_MEMORY
                                  : pole_crs_to_wgs84(crs, 1, &hint->lon_deg, &hint->lat_deg, &bad);
            if (status == POLE_OK && bad > 0) {
                status = POLE_INVALID_ARGUMENT;
            } else if (status == POLE_OK) {
                memcpy(copy, name, strlen(name) + 1);
                query->evidence.hint_crs = (pole_span){copy, strlen(copy)};
            }
        }
        pole_crs_free(crs);
    }
    if (status == POLE_OK && query->crs_name.size_bytes > 0) {
        status = pole_crs_new(query->crs_name, NULL, NULL, &query->crs, error);
        query->options.crs = query->crs;
    }
    return status;
}

static pole_status hear(struct query_job *query)
{
    pole_hear_options options;
    pole_status status = POLE_OK;
    pole_hear_options_init(&options);
    options.lengths = pole_index_lengths(query->job.index);
    for (size_t i = 0; i < 3 && status == POLE_OK; i++) {
        const struct sayings *said = &query->said[i];
        if (said->texts != NULL) {
            status = pole_hear(said->texts, said->count, &options, query->workspace->heard[i]);
        }
    }
    return status;
}

static void hear_run(struct job *job)
{
    job->status = hear((struct query_job *)job);
}

static napi_value hear_finish(struct js *js, struct job *job)
{
    return heard_of(js, ((struct query_job *)job)->workspace->heard[0]);
}

static void resolve_run(struct job *job)
{
    struct query_job *query = (struct query_job *)job;
    job->status = prepare(query);
    if (job->status == POLE_OK) {
        job->status = hear(query);
    }
    if (job->status == POLE_OK) {
        pole_heard *const *heard = query->workspace->heard;
        query->evidence.also = query->said[1].texts != NULL ? heard[1] : NULL;
        query->evidence.then = query->said[2].texts != NULL ? heard[2] : NULL;
        query->options.evidence = &query->evidence;
        job->status =
            pole_resolve(job->index, heard[0], &query->options, query->workspace->resolution);
    }
}

static napi_value answer_finish(struct js *js, struct job *job)
{
    struct query_job *query = (struct query_job *)job;
    return answer_of(js, job->index, query->workspace->resolution, query->language,
                     query->options.caller_language, &query->arena);
}

static void describe_run(struct job *job)
{
    struct query_job *query = (struct query_job *)job;
    pole_describe_options options;
    pole_describe_options_init(&options);
    job->status = prepare(query);
    if (job->status == POLE_OK) {
        options.crs = query->crs;
        job->status = pole_describe(job->index, query->row, &options, query->workspace->resolution);
    }
}

static napi_value hit_finish(struct js *js, struct job *job)
{
    struct query_job *query = (struct query_job *)job;
    pole_json_options options;
    pole_span text = {NULL, 0};
    pole_status status = POLE_OK;
    pole_json_options_init(&options);
    options.language = query->language;
    JSON_TEXT(status, &query->arena, text,
              pole_hit_json(query->workspace->resolution, query->distance_m, query->bearing_deg,
                            &options, buffer, capacity, &needed));
    return status == POLE_OK ? js_from_text(js, text) : js_fail(js, status, NULL);
}

static void between_run(struct job *job)
{
    struct query_job *query = (struct query_job *)job;
    pole_between_options options;
    pole_between_options_init(&options);
    query->between.struct_size = sizeof(query->between);
    job->status = prepare(query);
    if (job->status == POLE_OK) {
        job->status = hear(query);
    }
    if (job->status == POLE_OK) {
        options.caller_language = query->options.caller_language;
        options.scope = query->options.scope;
        options.crs = query->crs;
        options.channel = query->options.channel;
        options.clean = query->options.clean;
        job->status =
            pole_between(job->index, query->workspace->heard[0], query->workspace->heard[1],
                         &options, query->workspace->resolution, &query->between);
    }
}

static double known(int32_t number)
{
    return number < 0 ? NAN : (double)number;
}

static napi_value truth_of(struct js *js, int32_t given)
{
    napi_value value = NULL;
    if (given < 0) {
        return js_null(js);
    }
    if (js->ok) {
        js_check(js, napi_get_boolean(js->env, given != 0, &value));
    }
    return value;
}

static void set_poles(struct js *js, napi_value value, const struct query_job *query)
{
    const pole_between_answer *answer = &query->between;
    const pole_resolution *resolution = query->workspace->resolution;
    const pole_index *index = query->job.index;
    napi_value poles = js_list(js, 2);
    for (size_t i = 0; js->ok && i < 2; i++) {
        js_put(js, poles, i,
               answer->pole[i] < 0 ? js_null(js)
                                   : candidate_of(js, index, resolution, (size_t)answer->pole[i]));
    }
    js_set(js, value, "poles", poles);
    napi_value corrections = js_list(js, answer->correction_count);
    for (uint32_t i = 0; js->ok && i < answer->correction_count; i++) {
        const pole_between_correction *correction = &answer->corrections[i];
        napi_value told = js_object(js);
        js_set_number(js, told, "query", correction->query);
        js_set_number(js, told, "distanceM", correction->distance_m);
        js_set(js, told, "pole",
               candidate_of(js, index, resolution, (size_t)correction->candidate));
        js_put(js, corrections, i, told);
    }
    js_set(js, value, "corrections", corrections);
}

static napi_value between_finish(struct js *js, struct job *job)
{
    struct query_job *query = (struct query_job *)job;
    const pole_between_answer *answer = &query->between;
    struct workspace *workspace = query->workspace;
    pole_json_options options;
    pole_span text = {NULL, 0};
    pole_status status = POLE_OK;
    napi_value value = js_object(js);
    napi_value middle = js_null(js);
    if (!isnan(answer->middle.lat_deg)) {
        middle = js_object(js);
        js_set_number(js, middle, "lat", answer->middle.lat_deg);
        js_set_number(js, middle, "lon", answer->middle.lon_deg);
    }
    js_set_name(js, value, "relation", pole_relation_name(answer->relation));
    js_set(js, value, "sameStreet", truth_of(js, answer->same_street));
    js_set(js, value, "sameSide", truth_of(js, answer->same_side));
    js_set_number(js, value, "polesBetween", known(answer->poles_between));
    js_set_number(js, value, "distanceM", answer->distance_m);
    js_set_number(js, value, "bearingDeg", answer->bearing_deg);
    js_set_number(js, value, "sideDeg", answer->side_deg);
    js_set(js, value, "middle", middle);
    js_set_number(js, value, "radiusM", answer->radius_m);
    js_set(js, value, "warnings", warnings_of(js, answer->warnings));
    set_poles(js, value, query);
    pole_json_options_init(&options);
    options.language = query->language;
    options.caller_language = query->options.caller_language;
    JSON_TEXT(status, &query->arena, text,
              pole_between_json(workspace->resolution, workspace->heard[0], workspace->heard[1],
                                answer, &options, buffer, capacity, &needed));
    if (status != POLE_OK) {
        return js_fail(js, status, NULL);
    }
    js_set_text(js, value, "json", text);
    return value;
}

/* hear(handle, texts): what was heard */
static napi_value hear_call(napi_env env, napi_callback_info info)
{
    napi_value arguments[MOST_ARGUMENTS];
    struct js js = js_begin(env, info, arguments, NULL);
    struct query_job *query = query_new(&js);
    if (query == NULL) {
        return js_end(&js, NULL);
    }
    query->job.run = hear_run;
    query->job.finish = hear_finish;
    query->job.release = query_release;
    read_sayings(&js, query, arguments[1], &query->said[0], "a text");
    take_workspace(&js, query, arguments[0]);
    return job_start(&js, &query->job, false);
}

/* resolve(handle, texts, request): answer */
static napi_value resolve_call(napi_env env, napi_callback_info info)
{
    napi_value arguments[MOST_ARGUMENTS];
    void *async = NULL;
    struct js js = js_begin(env, info, arguments, &async);
    struct query_job *query = query_new(&js);
    if (query == NULL) {
        return js_end(&js, NULL);
    }
    query->job.run = resolve_run;
    query->job.finish = answer_finish;
    query->job.release = query_release;
    read_sayings(&js, query, arguments[1], &query->said[0], "a text");
    read_request(&js, query, arguments[2]);
    take_workspace(&js, query, arguments[0]);
    return job_start(&js, &query->job, async != NULL);
}

/* describe(handle, row, request): answer
 * hitJson(handle, row, request, distanceM, bearingDeg): text */
static napi_value describe_call(napi_env env, napi_callback_info info, bool as_hit)
{
    napi_value arguments[MOST_ARGUMENTS];
    void *async = NULL;
    struct js js = js_begin(env, info, arguments, &async);
    struct query_job *query = query_new(&js);
    if (query == NULL) {
        return js_end(&js, NULL);
    }
    query->job.run = describe_run;
    query->job.finish = as_hit ? hit_finish : answer_finish;
    query->job.release = query_release;
    query->row = js_uint(&js, arguments[1], UINT32_MAX, "row");
    read_request(&js, query, arguments[2]);
    if (as_hit) {
        query->distance_m = js_number(&js, arguments[3], "distanceM");
        query->bearing_deg = js_number(&js, arguments[4], "bearingDeg");
    }
    take_workspace(&js, query, arguments[0]);
    return job_start(&js, &query->job, async != NULL);
}

static napi_value describe(napi_env env, napi_callback_info info)
{
    return describe_call(env, info, false);
}

static napi_value hit_json(napi_env env, napi_callback_info info)
{
    return describe_call(env, info, true);
}

/* between(handle, first texts, second texts, request): how they lie */
static napi_value between(napi_env env, napi_callback_info info)
{
    napi_value arguments[MOST_ARGUMENTS];
    void *async = NULL;
    struct js js = js_begin(env, info, arguments, &async);
    struct query_job *query = query_new(&js);
    if (query == NULL) {
        return js_end(&js, NULL);
    }
    query->job.run = between_run;
    query->job.finish = between_finish;
    query->job.release = query_release;
    read_request(&js, query, arguments[3]);
    read_sayings(&js, query, arguments[1], &query->said[0], "a text");
    read_sayings(&js, query, arguments[2], &query->said[1], "a text");
    take_workspace(&js, query, arguments[0]);
    return job_start(&js, &query->job, async != NULL);
}

/* warningText(name of the warning, language): a sentence */
static napi_value warning_text(napi_env env, napi_callback_info info)
{
    napi_value arguments[MOST_ARGUMENTS];
    struct js js = js_begin(env, info, arguments, NULL);
    struct arena arena = {0};
    pole_span name = js_text(&js, arguments[0], &arena, "warning");
    uint32_t language = js_uint(&js, arguments[1], 2, "language");
    const char *text = "";
    for (uint32_t bit = 1; js.ok && name.data != NULL && bit != 0; bit <<= 1) {
        const char *found = pole_warning_name(bit);
        if (found != NULL && strcmp(found, name.data) == 0) {
            text = pole_warning_text(bit, (int32_t)language);
        }
    }
    arena_free(&arena);
    return js_end(&js, js_from_name(&js, text));
}

const struct function functions_of_resolve[] = {
    {"hear", hear_call, NULL},
    {"resolve", resolve_call, NULL},
    {"resolveAsync", resolve_call, ASYNC},
    {"describe", describe, NULL},
    {"describeAsync", describe, ASYNC},
    {"hitJson", hit_json, NULL},
    {"between", between, NULL},
    {"betweenAsync", between, ASYNC},
    {"warningText", warning_text, NULL},
    {NULL, NULL, NULL},
};
