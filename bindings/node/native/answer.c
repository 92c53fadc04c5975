/* SPDX-License-Identifier: MIT
 *
 * An answer of the library as an object of JavaScript: every field, at full precision. */
#include "addon.h"

#include <math.h>

/* "code" and "scope" of a row. */
static napi_value code_of_row(struct js *js, const pole_index *index, pole_row row)
{
    pole_record record = {.struct_size = sizeof(record)};
    if (pole_index_record(index, row, &record) != POLE_OK) {
        return js_null(js);
    }
    napi_value value = js_object(js);
    js_set_code(js, value, index, record.code);
    return value;
}

/* Names of the bits of a set, lowest first. */
static napi_value names_of_bits(struct js *js, uint32_t bits, const char *(*name)(uint32_t))
{
    napi_value list = js_list(js, 0);
    size_t count = 0;
    for (uint32_t bit = 1; bit != 0; bit <<= 1) {
        if ((bits & bit) != 0 && name(bit) != NULL) {
            js_put(js, list, count++, js_from_name(js, name(bit)));
        }
    }
    return list;
}

napi_value warnings_of(struct js *js, uint32_t warnings)
{
    return names_of_bits(js, warnings, pole_warning_name);
}

static void set_station(struct js *js, napi_value value, const pole_station *station)
{
    js_set_number(js, value, "number", station->number);
    js_set_text(js, value, "id", station->id);
    js_set_text(js, value, "name", station->name);
    js_set_text(js, value, "kind", station->kind);
    js_set_optional(js, value, "phone", station->phone);
    js_set_optional(js, value, "group", station->group);
    js_set_optional(js, value, "district", station->district);
    js_set_number(js, value, "lat", station->at.lat_deg);
    js_set_number(js, value, "lon", station->at.lon_deg);
}

/* null when there is none */
napi_value station_of(struct js *js, const pole_index *index, pole_station_number number)
{
    pole_station station = {.struct_size = sizeof(station)};
    if (number == POLE_NO_STATION || pole_index_station(index, number, &station) != POLE_OK) {
        return js_null(js);
    }
    napi_value value = js_object(js);
    set_station(js, value, &station);
    js_set_optional(js, value, "prefix", station.prefix);
    js_set_text(js, value, "scope", station.scope);
    js_set_optional(js, value, "successor", station.successor);
    return value;
}

static napi_value station_id_of(struct js *js, const pole_index *index, pole_station_number number)
{
    pole_station station = {.struct_size = sizeof(station)};
    if (number == POLE_NO_STATION || pole_index_station(index, number, &station) != POLE_OK) {
        return js_null(js);
    }
    return js_from_text(js, station.id);
}

napi_value station_hits_of(struct js *js, const pole_index *index, const pole_station_hit *hits,
                           size_t count)
{
    napi_value list = js_list(js, count);
    for (size_t i = 0; js->ok && i < count; i++) {
        pole_station station = {.struct_size = sizeof(station)};
        napi_value value = js_object(js);
        pole_index_station(index, hits[i].number, &station);
        js_set_name(js, value, "role", pole_role_name(hits[i].role));
        js_set_bool(js, value, "chosen", hits[i].chosen != 0);
        set_station(js, value, &station);
        js_set_number(js, value, "distanceM", hits[i].distance_m);
        js_set_number(js, value, "bearingDeg", hits[i].bearing_deg);
        js_set_number(js, value, "roadM", hits[i].road_m);
        js_set_number(js, value, "roadS", hits[i].road_s);
        js_put(js, list, i, value);
    }
    return list;
}

/* null when there is none */
napi_value area_edge_of(struct js *js, const pole_index *index, const pole_area_edge *edge)
{
    if (edge->station == POLE_NO_STATION) {
        return js_null(js);
    }
    napi_value value = js_object(js);
    js_set_number(js, value, "distanceM", edge->distance_m);
    js_set(js, value, "stationId", station_id_of(js, index, edge->station));
    return value;
}

static napi_value edits_of(struct js *js, const pole_edit *edits, size_t count)
{
    napi_value list = js_list(js, count);
    for (size_t i = 0; js->ok && i < count; i++) {
        napi_value value = js_object(js);
        js_set_name(js, value, "kind", pole_edit_name(edits[i].kind));
        js_set_number(js, value, "position", edits[i].position == 0 ? NAN : edits[i].position);
        js_set_number(js, value, "heardPosition",
                      edits[i].heard_position == 0 ? NAN : edits[i].heard_position);
        js_set_name(js, value, "heard", edits[i].heard[0] != 0 ? edits[i].heard : NULL);
        js_set_name(js, value, "meant", edits[i].meant[0] != 0 ? edits[i].meant : NULL);
        js_put(js, list, i, value);
    }
    return list;
}

static napi_value neighbours_of(struct js *js, const pole_index *index,
                                const pole_candidate *candidate)
{
    napi_value list = js_list(js, candidate->neighbour_count);
    for (size_t i = 0; js->ok && i < candidate->neighbour_count; i++) {
        const pole_neighbour *neighbour = &candidate->neighbours[i];
        napi_value value = code_of_row(js, index, neighbour->row);
        js_set_number(js, value, "distanceM", neighbour->distance_m);
        js_set_number(js, value, "bearingDeg", neighbour->bearing_deg);
        js_put(js, list, i, value);
    }
    return list;
}

static napi_value cross_streets_of(struct js *js, const pole_candidate *candidate)
{
    napi_value list = js_list(js, 0);
    size_t count = 0;
    for (size_t i = 0; js->ok && i < 2; i++) {
        if (candidate->cross_streets[i].size_bytes > 0) {
            napi_value value = js_object(js);
            js_set_text(js, value, "street", candidate->cross_streets[i]);
            js_set_number(js, value, "distanceM", candidate->cross_street_m[i]);
            js_put(js, list, count++, value);
        }
    }
    return list;
}

napi_value candidate_of(struct js *js, const pole_index *index, const pole_resolution *resolution,
                        size_t i)
{
    pole_candidate candidate = {.struct_size = sizeof(candidate)};
    pole_record record = {.struct_size = sizeof(record)};
    pole_status status = pole_resolution_candidate(resolution, i, &candidate, &record);
    if (status != POLE_OK) {
        return js_fail(js, status, NULL);
    }
    pole_info told = {.struct_size = sizeof(told)};
    napi_value value = record_of(js, index, &record);
    pole_index_info(index, &told);
    js_set_bool(js, value, "sample", told.is_sample != 0);
    js_set_name(js, value, "matched", candidate.matched == POLE_MATCHED_ALIAS ? "alias" : "code");
    js_set_number(js, value, "confidence", candidate.confidence);
    js_set_number(js, value, "distanceToFirstM", candidate.distance_to_first_m);
    js_set_number(js, value, "distanceToHintM", candidate.distance_to_hint_m);
    js_set_number(js, value, "x", candidate.x);
    js_set_number(js, value, "y", candidate.y);
    js_set(js, value, "crs",
           candidate.crs.size_bytes > 0 ? js_from_text(js, candidate.crs) : js_null(js));
    js_set(js, value, "crossStreets", cross_streets_of(js, &candidate));
    js_set(js, value, "neighbours", neighbours_of(js, index, &candidate));
    js_set(js, value, "stations",
           station_hits_of(js, index, candidate.stations, candidate.station_count));
    js_set(js, value, "areaEdge", area_edge_of(js, index, &candidate.area_edge));
    js_set(js, value, "edits", edits_of(js, candidate.edits, candidate.edit_count));
    return value;
}

static napi_value far_rival_of(struct js *js, const pole_index *index,
                               const pole_resolution *resolution)
{
    pole_far_rival rival = {.struct_size = sizeof(rival)};
    if (pole_resolution_far_rival(resolution, &rival) != POLE_OK) {
        return js_null(js);
    }
    napi_value value = js_object(js);
    napi_value digits = js_list(js, 0);
    size_t count = 0;
    js_set_code(js, value, index, rival.code);
    js_set_number(js, value, "row", rival.row);
    js_set_number(js, value, "confidence", rival.confidence);
    js_set_number(js, value, "distanceM", rival.distance_m);
    js_set(js, value, "stationId", station_id_of(js, index, rival.station));
    for (uint32_t i = 1; i < 32; i++) {
        if ((rival.digits >> i & 1) != 0) {
            js_put(js, digits, count++, js_from_number(js, i));
        }
    }
    js_set(js, value, "digits", digits);
    return value;
}

static napi_value estimate_of(struct js *js, const pole_index *index,
                              const pole_resolution *resolution)
{
    pole_estimate estimate = {.struct_size = sizeof(estimate)};
    if (pole_resolution_estimate(resolution, &estimate) != POLE_OK) {
        return js_null(js);
    }
    napi_value value = js_object(js);
    napi_value between = js_list(js, 2);
    js_set_code(js, value, index, estimate.code);
    js_set_number(js, value, "lat", estimate.at.lat_deg);
    js_set_number(js, value, "lon", estimate.at.lon_deg);
    js_set_number(js, value, "radiusM", estimate.radius_m);
    js_set_number(js, value, "confidence", estimate.confidence);
    js_put(js, between, 0, code_of_row(js, index, estimate.between[0]));
    js_put(js, between, 1, code_of_row(js, index, estimate.between[1]));
    js_set(js, value, "between", between);
    js_set(js, value, "stations",
           station_hits_of(js, index, estimate.stations, estimate.station_count));
    js_set(js, value, "areaEdge", area_edge_of(js, index, &estimate.area_edge));
    return value;
}

static napi_value words_of(struct js *js, const pole_question *question, int32_t language)
{
    char text[POLE_QUESTION_BYTES];
    pole_status status = pole_question_text(question, language, text, sizeof(text), NULL);
    return status == POLE_OK ? js_from_name(js, text) : js_fail(js, status, NULL);
}

static napi_value options_of(struct js *js, const pole_index *index, const pole_question *question)
{
    napi_value list = js_list(js, question->option_count);
    for (size_t i = 0; js->ok && i < question->option_count; i++) {
        const pole_question_option *option = &question->options[i];
        napi_value value = js_object(js);
        napi_value poles = js_list(js, option->row_count);
        js_set_text(js, value, "answer", option->answer);
        for (size_t k = 0; js->ok && k < option->row_count; k++) {
            js_put(js, poles, k, code_of_row(js, index, option->rows[k]));
        }
        js_set(js, value, "poles", poles);
        js_put(js, list, i, value);
    }
    return list;
}

/* null when nothing is to be asked */
static napi_value question_of(struct js *js, const pole_index *index,
                              const pole_resolution *resolution, int32_t language,
                              int32_t caller_language)
{
    pole_question question = {.struct_size = sizeof(question)};
    if (pole_resolution_question(resolution, &question) != POLE_OK ||
        question.kind == POLE_ASK_NOTHING) {
        return js_null(js);
    }
    napi_value value = js_object(js);
    napi_value choice = js_list(js, 0);
    js_set_name(js, value, "kind", pole_question_name(question.kind));
    js_set_number(js, value, "digit", question.digit == 0 ? NAN : (double)question.digit);
    js_set_number(js, value, "digitCount", question.digit_count);
    js_set_number(js, value, "codeDigits", question.digits == 0 ? NAN : (double)question.digits);
    if (question.choice[0] != question.choice[1]) {
        js_put(js, choice, 0, js_from_number(js, question.choice[0]));
        js_put(js, choice, 1, js_from_number(js, question.choice[1]));
    }
    js_set(js, value, "choice", choice);
    js_set(js, value, "text", words_of(js, &question, language));
    js_set(js, value, "say", words_of(js, &question, caller_language));
    js_set(js, value, "options", options_of(js, index, &question));
    return value;
}

static napi_value evidence_of(struct js *js, const pole_index *index,
                              const pole_resolution *resolution, uint32_t count)
{
    napi_value list = js_list(js, count);
    for (uint32_t i = 0; js->ok && i < count; i++) {
        pole_evidence_used used = {.struct_size = sizeof(used)};
        napi_value value = js_object(js);
        pole_resolution_evidence(resolution, i, &used);
        js_set_name(js, value, "kind", pole_evidence_name((uint32_t)used.kind));
        js_set_number(js, value, "lat", used.at.lat_deg);
        js_set_number(js, value, "lon", used.at.lon_deg);
        js_set_number(js, value, "sigmaM", used.sigma_m);
        js_set_optional(js, value, "given", used.given);
        js_set_optional(js, value, "crs", used.crs);
        js_set_number(js, value, "agrees", used.agrees);
        js_set(js, value, "outside", code_of_row(js, index, used.outside));
        js_set_number(js, value, "outsideShare", used.outside_share);
        js_put(js, list, i, value);
    }
    return list;
}

static void set_head(struct js *js, napi_value value, const pole_answer *answer)
{
    js_set_name(js, value, "match", pole_match_name(answer->match));
    js_set_name(js, value, "reason", pole_reason_name(answer->reason));
    js_set_text(js, value, "query", answer->query);
    js_set_optional(js, value, "heard", answer->heard);
    js_set_number(js, value, "confidence", answer->confidence);
    js_set_number(js, value, "confidencePlace", answer->confidence_place);
    js_set_number(js, value, "noPole", answer->no_pole);
    js_set_number(js, value, "farShare", answer->far_share);
    js_set_number(js, value, "candidatesFound", answer->candidates_found);
    js_set(js, value, "corroboratedBy",
           names_of_bits(js, answer->corroborated_by, pole_evidence_name));
    js_set(js, value, "warnings", warnings_of(js, answer->warnings));
    js_set_optional(js, value, "channel", answer->channel);
    js_set_optional(js, value, "channelId", answer->channel_id);
    js_set_number(js, value, "clean", answer->clean);
}

napi_value answer_of(struct js *js, const pole_index *index, pole_resolution *resolution,
                     int32_t language, int32_t caller_language, struct arena *arena)
{
    pole_answer answer = {.struct_size = sizeof(answer)};
    pole_status status = pole_resolution_answer(resolution, &answer);
    pole_json_options options;
    pole_span json = {NULL, 0};
    if (status != POLE_OK) {
        return js_fail(js, status, NULL);
    }
    napi_value value = js_object(js);
    set_head(js, value, &answer);
    napi_value candidates = js_list(js, answer.candidates);
    for (uint32_t i = 0; js->ok && i < answer.candidates; i++) {
        js_put(js, candidates, i, candidate_of(js, index, resolution, i));
    }
    js_set(js, value, "candidates", candidates);
    js_set(js, value, "farRival", far_rival_of(js, index, resolution));
    js_set(js, value, "estimate", estimate_of(js, index, resolution));
    js_set(js, value, "question", question_of(js, index, resolution, language, caller_language));
    js_set(js, value, "evidence", evidence_of(js, index, resolution, answer.evidence));
    pole_json_options_init(&options);
    options.language = language;
    options.caller_language = caller_language;
    JSON_TEXT(status, arena, json,
              pole_resolution_json(resolution, &options, buffer, capacity, &needed));
    if (status != POLE_OK) {
        return js_fail(js, status, NULL);
    }
    js_set_text(js, value, "json", json);
    return value;
}

napi_value heard_of(struct js *js, const pole_heard *heard)
{
    pole_heard_code codes[POLE_MOST_HEARD_CODES];
    size_t count = pole_heard_codes(heard, codes, POLE_MOST_HEARD_CODES);
    napi_value value = js_object(js);
    napi_value list = js_list(js, count);
    js_set_text(js, value, "query", pole_heard_query(heard));
    js_set_optional(js, value, "digits", pole_heard_digits(heard));
    js_set_bool(js, value, "several", pole_heard_several(heard) != 0);
    js_set_name(js, value, "reason", pole_reason_name(pole_heard_reason(heard)));
    for (size_t i = 0; js->ok && i < count; i++) {
        napi_value code = js_object(js);
        js_set_name(js, code, "code", codes[i].code);
        js_set_number(js, code, "weight", codes[i].weight);
        js_put(js, list, i, code);
    }
    js_set(js, value, "codes", list);
    return value;
}
