/* SPDX-License-Identifier: MIT
 *
 * An answer as a message: all that a resolution tells, and its JSON. */
#include "calls.h"

#include <string.h>

static pole_status put_head(call *c, const pole_resolution *resolution, const pole_heard *heard)
{
    pole_answer answer = {.struct_size = sizeof(answer)};
    pole_info info = {.struct_size = sizeof(info)};
    pole_heard_code codes[POLE_MOST_HEARD_CODES];
    pole_status status = pole_resolution_answer(resolution, &answer);

    if (!status)
        status = pole_index_info(c->index, &info);
    if (status)
        return status;
    wire_i32(&c->out, answer.match);
    wire_i32(&c->out, answer.reason);
    wire_u32(&c->out, answer.warnings);
    wire_u32(&c->out, answer.candidates_found);
    wire_u32(&c->out, answer.corroborated_by);
    wire_i32(&c->out, c->handle->is_sample);
    wire_f64(&c->out, answer.confidence);
    wire_f64(&c->out, answer.confidence_place);
    wire_f64(&c->out, answer.no_pole);
    wire_f64(&c->out, answer.far_share);
    wire_f64(&c->out, answer.clean);
    wire_text(&c->out, answer.query);
    wire_text(&c->out, answer.heard);
    wire_text(&c->out, answer.channel);
    wire_text(&c->out, answer.channel_id);
    wire_name(&c->out, info.id);

    size_t count = heard ? pole_heard_codes(heard, codes, POLE_MOST_HEARD_CODES) : 0;

    if (count > POLE_MOST_HEARD_CODES)
        count = POLE_MOST_HEARD_CODES;
    wire_i32(&c->out, heard ? pole_heard_several(heard) : 0);
    wire_i32(&c->out, (int32_t)count);
    for (size_t i = 0; i < count; i++) {
        wire_name(&c->out, codes[i].code);
        wire_f64(&c->out, codes[i].weight);
    }
    return POLE_OK;
}

static pole_status put_edits(call *c, const pole_edit *edits, size_t count)
{
    wire_i32(&c->out, (int32_t)count);
    for (size_t i = 0; i < count; i++) {
        wire_i32(&c->out, edits[i].kind);
        wire_i32(&c->out, edits[i].position);
        wire_i32(&c->out, edits[i].heard_position);
        wire_name(&c->out, edits[i].heard);
        wire_name(&c->out, edits[i].meant);
    }
    return POLE_OK;
}

static pole_status put_neighbours(call *c, const pole_neighbour *neighbours, size_t count)
{
    pole_status status = POLE_OK;

    wire_i32(&c->out, (int32_t)count);
    for (size_t i = 0; i < count && !status; i++) {
        wire_f64(&c->out, neighbours[i].distance_m);
        wire_f64(&c->out, neighbours[i].bearing_deg);
        status = put_row(c, neighbours[i].row);
    }
    return status;
}

static pole_status put_candidate(call *c, const pole_resolution *resolution, size_t i)
{
    pole_candidate candidate = {.struct_size = sizeof(candidate)};
    pole_record record = {.struct_size = sizeof(record)};
    pole_status status = pole_resolution_candidate(resolution, i, &candidate, &record);

    if (!status)
        status = put_record(c, &record);
    if (status)
        return status;
    wire_i32(&c->out, candidate.matched);
    wire_f64(&c->out, candidate.confidence);
    wire_f64(&c->out, candidate.distance_to_first_m);
    wire_f64(&c->out, candidate.distance_to_hint_m);
    wire_f64(&c->out, candidate.x);
    wire_f64(&c->out, candidate.y);
    wire_text(&c->out, candidate.crs);
    for (int k = 0; k < 2; k++) {
        wire_text(&c->out, candidate.cross_streets[k]);
        wire_f64(&c->out, candidate.cross_street_m[k]);
    }
    status = put_neighbours(c, candidate.neighbours, candidate.neighbour_count);
    if (!status)
        status = put_station_hits(c, candidate.stations, candidate.station_count);
    if (!status)
        status = put_area_edge(c, &candidate.area_edge);
    return status ? status : put_edits(c, candidate.edits, candidate.edit_count);
}

static pole_status put_candidates(call *c, const pole_resolution *resolution)
{
    pole_answer answer = {.struct_size = sizeof(answer)};
    pole_status status = pole_resolution_answer(resolution, &answer);

    wire_u32(&c->out, answer.candidates);
    for (uint32_t i = 0; i < answer.candidates && !status; i++)
        status = put_candidate(c, resolution, i);
    return status;
}

/* 1 and what there is, or 0. */
static pole_status put_far_rival(call *c, const pole_resolution *resolution)
{
    pole_far_rival rival = {.struct_size = sizeof(rival)};
    pole_status status = pole_resolution_far_rival(resolution, &rival);

    wire_i32(&c->out, status == POLE_OK);
    if (status)
        return status == POLE_NOT_FOUND ? POLE_OK : status;
    wire_f64(&c->out, rival.confidence);
    wire_f64(&c->out, rival.distance_m);
    wire_u32(&c->out, rival.digits);
    status = put_row(c, rival.row);
    if (status)
        return status;
    wire_i32(&c->out, rival.station != POLE_NO_STATION);
    return rival.station == POLE_NO_STATION ? POLE_OK : put_station(c, rival.station);
}

static pole_status put_estimate(call *c, const pole_resolution *resolution)
{
    pole_estimate estimate = {.struct_size = sizeof(estimate)};
    pole_status status = pole_resolution_estimate(resolution, &estimate);
    pole_span scope = {NULL, 0};

    wire_i32(&c->out, status == POLE_OK);
    if (status)
        return status == POLE_NOT_FOUND ? POLE_OK : status;
    wire_u32(&c->out, estimate.code.number);
    wire_i32(&c->out, estimate.code.digits);
    if (estimate.code.scope != POLE_ANY_SCOPE)
        pole_index_scope(c->index, estimate.code.scope, &scope);
    wire_text(&c->out, scope);
    wire_f64(&c->out, estimate.at.lat_deg);
    wire_f64(&c->out, estimate.at.lon_deg);
    wire_f64(&c->out, estimate.radius_m);
    wire_f64(&c->out, estimate.confidence);
    status = put_row(c, estimate.between[0]);
    if (!status)
        status = put_row(c, estimate.between[1]);
    if (!status)
        status = put_station_hits(c, estimate.stations, estimate.station_count);
    return status ? status : put_area_edge(c, &estimate.area_edge);
}

static pole_status put_question(call *c, const pole_resolution *resolution, int32_t language,
                                int32_t caller_language)
{
    pole_question question = {.struct_size = sizeof(question)};
    char text[POLE_QUESTION_BYTES], say[POLE_QUESTION_BYTES];
    pole_status status = pole_resolution_question(resolution, &question);

    if (!status)
        status = pole_question_text(&question, language, text, sizeof(text), NULL);
    if (!status)
        status = pole_question_text(&question, caller_language, say, sizeof(say), NULL);
    if (status)
        return status;
    wire_i32(&c->out, question.kind);
    wire_u32(&c->out, question.digit);
    wire_u32(&c->out, question.digit_count);
    wire_i32(&c->out, question.choice[0]);
    wire_i32(&c->out, question.choice[1]);
    wire_name(&c->out, text);
    wire_name(&c->out, say);
    wire_i32(&c->out, (int32_t)question.option_count);
    for (size_t i = 0; i < question.option_count && !status; i++) {
        const pole_question_option *option = &question.options[i];

        wire_text(&c->out, option->answer);
        wire_i32(&c->out, (int32_t)option->row_count);
        for (size_t k = 0; k < option->row_count && !status; k++)
            status = put_key(c, option->rows[k]);
    }
    return status;
}

static pole_status put_evidence(call *c, const pole_resolution *resolution)
{
    pole_answer answer = {.struct_size = sizeof(answer)};
    pole_status status = pole_resolution_answer(resolution, &answer);

    wire_u32(&c->out, answer.evidence);
    for (uint32_t i = 0; i < answer.evidence && !status; i++) {
        pole_evidence_used used = {.struct_size = sizeof(used)};

        status = pole_resolution_evidence(resolution, i, &used);
        wire_i32(&c->out, used.kind);
        wire_f64(&c->out, used.at.lat_deg);
        wire_f64(&c->out, used.at.lon_deg);
        wire_f64(&c->out, used.sigma_m);
        wire_text(&c->out, used.given);
        wire_text(&c->out, used.crs);
        wire_i32(&c->out, used.agrees);
        wire_f64(&c->out, used.outside_share);
        wire_i32(&c->out, used.outside != POLE_NO_ROW);
        if (!status && used.outside != POLE_NO_ROW)
            status = put_row(c, used.outside);
    }
    return status;
}

typedef struct {
    const pole_resolution *resolution;
    pole_json_options json;
} resolution_json;

static pole_status write_resolution(const void *context, char *text, size_t capacity,
                                    size_t *needed)
{
    const resolution_json *what = context;

    return pole_resolution_json(what->resolution, &what->json, text, capacity, needed);
}

pole_status put_resolution(call *c, const pole_resolution *resolution, const pole_heard *heard,
                           int32_t language, int32_t caller_language)
{
    resolution_json what = {.resolution = resolution};
    pole_status status = put_head(c, resolution, heard);

    if (!status)
        status = put_candidates(c, resolution);
    if (!status)
        status = put_far_rival(c, resolution);
    if (!status)
        status = put_estimate(c, resolution);
    if (!status)
        status = put_question(c, resolution, language, caller_language);
    if (!status)
        status = put_evidence(c, resolution);
    pole_json_options_init(&what.json);
    what.json.language = language;
    what.json.caller_language = caller_language;
    return status ? status : put_json(c, write_resolution, &what);
}

static pole_status write_error(const void *error, char *text, size_t capacity, size_t *needed)
{
    return pole_error_json(error, text, capacity, needed);
}

static void copy_text(char *to, size_t capacity, pole_span from)
{
    size_t size = from.size_bytes < capacity ? from.size_bytes : capacity - 1;

    if (size)
        memcpy(to, from.data, size);
}

/* In: status, message, hint, line, column, offset, as a failure's reply told them. */
pole_status call_error_json(call *c)
{
    pole_error error = {.status = wire_take_i32(&c->in)};

    copy_text(error.message, sizeof(error.message), wire_take_text(&c->in));
    copy_text(error.hint, sizeof(error.hint), wire_take_text(&c->in));
    error.line = wire_take_u32(&c->in);
    error.column = wire_take_u32(&c->in);
    error.offset_bytes = (uint64_t)wire_take_i64(&c->in);
    return put_json(c, write_error, &error);
}

pole_status call_warning_text(call *c)
{
    uint32_t warning = wire_take_u32(&c->in);

    wire_name(&c->out, pole_warning_text(warning, wire_take_i32(&c->in)));
    return POLE_OK;
}
