/* SPDX-License-Identifier: MIT
 *
 * Messages that hear, resolve, describe and compare. */
#include "calls.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void polejava_channel_free(int64_t channel)
{
    pole_channel_free((pole_channel *)(intptr_t)channel);
}

/* In: a name, and a table ("" for a channel that comes with the library). Out: the channel, its
 * name, id, clean share. */
pole_status call_channel(call *c)
{
    pole_channel *channel;
    pole_channel_info info = {.struct_size = sizeof(info)};
    pole_span name = wire_take_text(&c->in);
    pole_span table = wire_take_text(&c->in);
    pole_status status = table.size_bytes
                             ? pole_channel_read(table, name, NULL, &channel, &c->error)
                             : pole_channel_named(name, NULL, &channel);

    if (!status)
        status = pole_channel_info_get(channel, &info);
    if (status)
        return status;
    wire_i64(&c->out, (int64_t)(intptr_t)channel);
    wire_text(&c->out, info.name);
    wire_text(&c->out, info.id);
    wire_f64(&c->out, info.clean);
    if (c->out.failed)
        pole_channel_free(channel);
    return POLE_OK;
}

/* Texts of one saying with their weights; *count 0: there are none, and nothing was heard. */
static pole_status hear(call *c, pole_heard *heard, size_t *count)
{
    pole_hear_options options;
    pole_text few[16], *texts = few;

    *count = wire_take_count(&c->in, 12);
    if (!*count)
        return POLE_OK;
    if (*count > 16)
        texts = calloc(*count, sizeof(*texts));
    if (!texts)
        return POLE_NO_MEMORY;
    for (size_t i = 0; i < *count; i++) {
        texts[i].text = wire_take_text(&c->in);
        texts[i].weight = wire_take_f64(&c->in);
    }
    pole_hear_options_init(&options);
    options.lengths = c->handle->lengths;
    pole_status status = pole_hear(texts, *count, &options, heard);

    if (texts != few)
        free(texts);
    return status;
}

pole_status call_hear(call *c)
{
    workspace *space = workspace_take(c->handle);
    pole_heard_code codes[POLE_MOST_HEARD_CODES];
    size_t count = 0;

    if (!space)
        return POLE_NO_MEMORY;
    pole_status status = hear(c, space->heard, &count);

    if (!status && !count)
        status = refuse(c, "no text to hear");
    if (!status) {
        wire_text(&c->out, pole_heard_query(space->heard));
        wire_text(&c->out, pole_heard_digits(space->heard));
        wire_i32(&c->out, pole_heard_several(space->heard));
        wire_i32(&c->out, pole_heard_reason(space->heard));
        count = pole_heard_codes(space->heard, codes, POLE_MOST_HEARD_CODES);
        wire_i32(&c->out, (int32_t)count);
        for (size_t i = 0; i < count; i++) {
            wire_name(&c->out, codes[i].code);
            wire_f64(&c->out, codes[i].weight);
        }
    }
    workspace_give_back(c->handle, space);
    return status;
}

/* What the evidence of one call points to. */
typedef struct {
    pole_evidence evidence;
    pole_resolve_options options;
    pole_known_digit digits[POLE_MAX_DIGITS];
    pole_box box;
    pole_point *points;
    size_t *rings;
    pole_crs *hint_crs;
    pole_crs *crs;
    int32_t language;
} asked;

static void asked_free(asked *a)
{
    free(a->points);
    free(a->rings);
    pole_crs_free(a->hint_crs);
    pole_crs_free(a->crs);
}

/* A hint in another datum is converted here, and its CRS echoed by the answer. */
static pole_status take_hint(call *c, asked *a)
{
    if (!wire_take_i32(&c->in))
        return POLE_OK;
    double y = wire_take_f64(&c->in), x = wire_take_f64(&c->in);
    size_t bad = 0;

    a->evidence.hint_radius_m = wire_take_f64(&c->in);
    a->evidence.hint_level = wire_take_f64(&c->in);
    a->evidence.hint_given = wire_take_text(&c->in);
    pole_span name = wire_take_text(&c->in);

    if (!(a->evidence.hint_radius_m > 0))
        return refuse(c, "a hint's radius is greater than 0 m");
    if (name.size_bytes) {
        pole_status status = pole_crs_new(name, NULL, NULL, &a->hint_crs, &c->error);

        if (!status)
            status = pole_crs_to_wgs84(a->hint_crs, 1, &x, &y, &bad);
        if (status)
            return status;
        if (bad)
            return refuse(c, "the hint lies outside its CRS");
        const char *known = pole_crs_name(a->hint_crs);

        a->evidence.hint_crs = (pole_span){known, strlen(known)};
    }
    a->evidence.hint = (pole_point){y, x};
    return POLE_OK;
}

static pole_status take_digits(call *c, asked *a)
{
    size_t count = wire_take_count(&c->in, 8);

    if (count > POLE_MAX_DIGITS)
        return refuse(c, "more known digits than a code has");
    for (size_t i = 0; i < count; i++) {
        int32_t position = wire_take_i32(&c->in), digit = wire_take_i32(&c->in);

        if (position < 1 || position > POLE_MAX_DIGITS || digit < 0 || digit > 9)
            return refuse(c, "a known digit is 0 to 9, at a place from 1 to 9");
        a->digits[i] = (pole_known_digit){(uint8_t)position, (uint8_t)digit};
    }
    a->evidence.digits = a->digits;
    a->evidence.digit_count = (uint32_t)count;
    return POLE_OK;
}

static pole_status take_area(call *c, asked *a)
{
    if (wire_take_i32(&c->in)) {
        a->box.south_deg = wire_take_f64(&c->in);
        a->box.west_deg = wire_take_f64(&c->in);
        a->box.north_deg = wire_take_f64(&c->in);
        a->box.east_deg = wire_take_f64(&c->in);
        a->evidence.box = &a->box;
    }
    if (wire_take_i32(&c->in)) {
        pole_status status =
            take_polygon(c, &a->points, &a->rings, &a->evidence.polygon_ring_count);

        if (status)
            return status;
        if (!a->evidence.polygon_ring_count)
            return refuse(c, "a polygon without rings");
        a->evidence.polygon = a->points;
        a->evidence.polygon_rings = a->rings;
    }
    return POLE_OK;
}

static pole_status take_options(call *c, asked *a)
{
    a->options.limit = wire_take_u32(&c->in);
    a->options.clean = wire_take_f64(&c->in);
    a->options.near_m = wire_take_f64(&c->in);
    a->options.exact_confidence = wire_take_f64(&c->in);
    a->options.exact_place = wire_take_f64(&c->in);
    a->options.corrected_confidence = wire_take_f64(&c->in);
    a->options.corrected_place = wire_take_f64(&c->in);
    a->language = wire_take_i32(&c->in);
    a->options.caller_language = wire_take_i32(&c->in);
    a->options.brief = wire_take_u32(&c->in);
    a->options.channel = (const pole_channel *)(intptr_t)wire_take_i64(&c->in);
    pole_span crs = wire_take_text(&c->in);

    if (!crs.size_bytes)
        return POLE_OK;
    pole_status status = pole_crs_new(crs, NULL, NULL, &a->crs, &c->error);

    a->options.crs = a->crs;
    return status;
}

static pole_status take_asked(call *c, asked *a, workspace *space)
{
    size_t also = 0, then = 0;

    pole_evidence_init(&a->evidence);
    pole_resolve_options_init(&a->options);
    pole_status status = take_hint(c, a);

    a->evidence.street = wire_take_text(&c->in);
    a->evidence.district = wire_take_text(&c->in);
    a->options.scope = wire_take_text(&c->in);
    if (!status)
        status = hear(c, space->also, &also);
    if (!status)
        status = hear(c, space->then, &then);
    a->evidence.also = also ? space->also : NULL;
    a->evidence.then = then ? space->then : NULL;
    if (!status)
        status = take_digits(c, a);
    if (!status)
        status = take_area(c, a);
    if (!status)
        status = take_options(c, a);
    a->options.evidence = &a->evidence;
    if (!status && c->in.bad)
        status = refuse(c, "the message ends too early");
    return status;
}

pole_status call_resolve(call *c)
{
    workspace *space = workspace_take(c->handle);
    asked a = {0};
    size_t count = 0;

    if (!space)
        return POLE_NO_MEMORY;
    pole_status status = hear(c, space->heard, &count);

    if (!status && !count)
        status = refuse(c, "no text to resolve");
    if (!status)
        status = take_asked(c, &a, space);
    if (!status)
        status = pole_resolve(c->index, space->heard, &a.options, space->resolution);
    if (!status)
        status = put_resolution(c, space->resolution, space->heard, a.language,
                                a.options.caller_language);
    asked_free(&a);
    workspace_give_back(c->handle, space);
    return status;
}

typedef struct {
    const pole_resolution *described;
    double distance_m;
    double bearing_deg;
    pole_json_options json;
} hit_answer;

static pole_status write_hit(const void *context, char *text, size_t capacity, size_t *needed)
{
    const hit_answer *hit = context;

    return pole_hit_json(hit->described, hit->distance_m, hit->bearing_deg, &hit->json, text,
                         capacity, needed);
}

/* In: row, distance and bearing (NaN: not known), language, caller's language, CRS. Out: the
 * answer, then the JSON of the pole as a hit. */
pole_status call_describe(call *c)
{
    pole_describe_options options;
    pole_crs *crs = NULL;
    hit_answer hit = {0};
    pole_row row = wire_take_u32(&c->in);

    hit.distance_m = wire_take_f64(&c->in);
    hit.bearing_deg = wire_take_f64(&c->in);
    pole_json_options_init(&hit.json);
    hit.json.language = wire_take_i32(&c->in);
    hit.json.caller_language = wire_take_i32(&c->in);
    pole_span name = wire_take_text(&c->in);
    workspace *space = workspace_take(c->handle);
    pole_status status = space ? POLE_OK : POLE_NO_MEMORY;

    if (!status && name.size_bytes)
        status = pole_crs_new(name, NULL, NULL, &crs, &c->error);
    if (!status) {
        pole_describe_options_init(&options);
        options.crs = crs;
        status = pole_describe(c->index, row, &options, space->resolution);
    }
    if (!status)
        status =
            put_resolution(c, space->resolution, NULL, hit.json.language, hit.json.caller_language);
    if (!status) {
        hit.described = space->resolution;
        status = put_json(c, write_hit, &hit);
    }
    pole_crs_free(crs);
    if (space)
        workspace_give_back(c->handle, space);
    return status;
}

typedef struct {
    const workspace *space;
    const pole_between_answer *answer;
    pole_json_options json;
} between_answer;

static pole_status write_between(const void *context, char *text, size_t capacity, size_t *needed)
{
    const between_answer *what = context;

    return pole_between_json(what->space->resolution, what->space->heard, what->space->also,
                             what->answer, &what->json, text, capacity, needed);
}

static void put_between(call *c, const pole_between_answer *answer)
{
    wire_i32(&c->out, answer->relation);
    wire_i32(&c->out, answer->pole[0]);
    wire_i32(&c->out, answer->pole[1]);
    wire_i32(&c->out, answer->same_street);
    wire_i32(&c->out, answer->same_side);
    wire_i32(&c->out, answer->poles_between);
    wire_u32(&c->out, answer->warnings);
    wire_f64(&c->out, answer->distance_m);
    wire_f64(&c->out, answer->bearing_deg);
    wire_f64(&c->out, answer->side_deg);
    wire_f64(&c->out, answer->middle.lat_deg);
    wire_f64(&c->out, answer->middle.lon_deg);
    wire_f64(&c->out, answer->radius_m);
    wire_u32(&c->out, answer->correction_count);
    for (uint32_t i = 0; i < answer->correction_count; i++) {
        wire_i32(&c->out, answer->corrections[i].query);
        wire_i32(&c->out, answer->corrections[i].candidate);
        wire_f64(&c->out, answer->corrections[i].distance_m);
    }
}

static pole_status between(call *c, workspace *space)
{
    pole_between_options options;
    pole_between_answer answer = {.struct_size = sizeof(answer)};
    between_answer what = {.space = space, .answer = &answer};
    size_t first = 0, second = 0;
    pole_status status = hear(c, space->heard, &first);

    if (!status)
        status = hear(c, space->also, &second);
    if (!status && (!first || !second))
        status = refuse(c, "two texts are needed");
    pole_between_options_init(&options);
    pole_json_options_init(&what.json);
    options.scope = wire_take_text(&c->in);
    options.clean = wire_take_f64(&c->in);
    what.json.language = wire_take_i32(&c->in);
    what.json.caller_language = options.caller_language = wire_take_i32(&c->in);
    options.channel = (const pole_channel *)(intptr_t)wire_take_i64(&c->in);
    if (!status)
        status =
            pole_between(c->index, space->heard, space->also, &options, space->resolution, &answer);
    if (!status) {
        put_between(c, &answer);
        status = put_resolution(c, space->resolution, NULL, what.json.language,
                                what.json.caller_language);
    }
    return status ? status : put_json(c, write_between, &what);
}

pole_status call_between(call *c)
{
    workspace *space = workspace_take(c->handle);

    if (!space)
        return POLE_NO_MEMORY;
    pole_status status = between(c, space);

    workspace_give_back(c->handle, space);
    return status;
}
