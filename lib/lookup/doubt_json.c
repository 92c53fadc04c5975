/* SPDX-License-Identifier: MIT
 * What an answer says of its doubt, as JSON: see json_parts.h and docs/json.md. */
#include "lookup/json_parts.h"

#include <math.h>

#include "lookup/resolution.h"

static void write_station_id(pole_json_writer *json, const pole_index *index,
                             pole_station_number number)
{
    pole_json_key(json, "station_id");
    if (number < index->stations.count)
        pole_json_string(
            json, pole_strings_at(&index->strings, pole_stations_get(&index->stations, number).id));
    else
        pole_json_null(json);
}

void pole_json_far_rival(pole_json_writer *json, const pole_resolution *resolution)
{
    const pole_far_rival *rival = &resolution->far_rival;
    const pole_index *index = resolution->index;
    pole_json_key(json, "far_rival");
    if (rival->row == POLE_NO_ROW) {
        pole_json_null(json);
        return;
    }
    pole_json_begin_object(json);
    pole_json_key(json, "scope");
    pole_json_string(
        json, pole_strings_at(&index->strings, index->scheme.scope_names[rival->code.scope]));
    pole_json_key(json, "code");
    pole_json_code(json, rival->code);
    pole_json_share(json, "confidence", rival->confidence);
    pole_json_key(json, "distance_m");
    pole_json_double(json, rival->distance_m, 1);
    write_station_id(json, index, rival->station);
    pole_json_key(json, "digits");
    pole_json_begin_array(json);
    for (unsigned digit = 1; digit <= POLE_MAX_DIGITS; digit++)
        if (rival->digits >> digit & 1)
            pole_json_u64(json, digit);
    pole_json_end_array(json);
    pole_json_end_object(json);
}

void pole_json_estimate(pole_json_writer *json, const pole_resolution *resolution)
{
    const pole_estimate *estimate = &resolution->estimate.told;
    const pole_index *index = resolution->index;
    pole_json_key(json, "estimate");
    if (!(estimate->confidence > 0.0)) {
        pole_json_null(json);
        return;
    }
    pole_json_begin_object(json);
    pole_json_key(json, "lat");
    pole_json_double(json, estimate->at.lat_deg, 7);
    pole_json_key(json, "lon");
    pole_json_double(json, estimate->at.lon_deg, 7);
    pole_json_key(json, "radius_m");
    pole_json_double(json, estimate->radius_m, 1);
    pole_json_share(json, "confidence", estimate->confidence);
    pole_json_key(json, "between");
    pole_json_begin_array(json);
    for (unsigned i = 0; i < 2; i++)
        pole_json_code(json, pole_index_code_of(index, estimate->between[i]));
    pole_json_end_array(json);
    pole_json_stations(json, index, resolution->estimate.stations, estimate->station_count);
    pole_json_area_edge(json, index, &estimate->area_edge);
    pole_json_end_object(json);
}

static void write_outside(pole_json_writer *json, const pole_index *index,
                          const pole_evidence_used *used)
{
    pole_json_key(json, "outside");
    if (used->outside == POLE_NO_ROW) {
        pole_json_null(json);
        return;
    }
    pole_json_begin_object(json);
    pole_json_key(json, "code");
    pole_json_code(json, pole_index_code_of(index, used->outside));
    pole_json_share(json, "confidence", used->outside_share);
    pole_json_end_object(json);
}

void pole_json_evidence(pole_json_writer *json, const pole_resolution *resolution)
{
    pole_json_key(json, "evidence");
    pole_json_begin_array(json);
    for (uint32_t i = 0; i < resolution->answer.evidence; i++) {
        const pole_evidence_used *used = resolution->evidence + i;
        pole_json_begin_object(json);
        pole_json_key(json, "kind");
        pole_json_text(json, pole_evidence_name((uint32_t)used->kind));
        if (used->kind == POLE_EVIDENCE_HINT) {
            pole_json_key(json, "lat");
            pole_json_double(json, used->at.lat_deg, 7);
            pole_json_key(json, "lon");
            pole_json_double(json, used->at.lon_deg, 7);
            pole_json_key(json, "sigma_m");
            pole_json_double(json, used->sigma_m, 1);
        }
        if (used->kind == POLE_EVIDENCE_BOX || used->kind == POLE_EVIDENCE_POLYGON)
            write_outside(json, resolution->index, used);
        pole_json_key(json, "given");
        pole_json_string_or_null(json, used->given);
        if (used->kind == POLE_EVIDENCE_HINT) {
            pole_json_key(json, "crs");
            pole_json_string(json, used->crs);
        }
        pole_json_key(json, "agrees");
        if (used->agrees == 0)
            pole_json_null(json);
        else
            pole_json_bool(json, used->agrees > 0);
        pole_json_end_object(json);
    }
    pole_json_end_array(json);
}

static void write_options(pole_json_writer *json, const pole_resolution *resolution)
{
    const pole_question *question = &resolution->question.told;
    pole_json_key(json, "options");
    pole_json_begin_array(json);
    for (size_t i = 0; i < question->option_count; i++) {
        const pole_question_option *option = question->options + i;
        pole_json_begin_object(json);
        pole_json_key(json, "answer");
        pole_json_string(json, option->answer);
        pole_json_key(json, "codes");
        pole_json_begin_array(json);
        for (size_t k = 0; k < option->row_count; k++)
            pole_json_code(json, pole_index_code_of(resolution->index, option->rows[k]));
        pole_json_end_array(json);
        pole_json_end_object(json);
    }
    pole_json_end_array(json);
}

void pole_json_question(pole_json_writer *json, const pole_resolution *resolution,
                        const pole_json_options *options)
{
    static const char *const languages[] = {"zh", "en", "ru"};
    const pole_question *question = &resolution->question.told;
    char words[POLE_QUESTION_BYTES];
    pole_json_key(json, "question");
    if (question->kind == POLE_ASK_NOTHING) {
        pole_json_null(json);
        return;
    }
    pole_json_begin_object(json);
    pole_json_key(json, "kind");
    pole_json_text(json, pole_question_name(question->kind));
    pole_json_key(json, "digit");
    if (question->digit == 0)
        pole_json_null(json);
    else
        pole_json_u64(json, question->digit);
    pole_json_key(json, "digit_count");
    pole_json_u64(json, question->digit_count);
    (void)pole_question_text(question, options->language, words, sizeof words, NULL);
    pole_json_key(json, "text");
    pole_json_text(json, words);
    (void)pole_question_text(question, options->caller_language, words, sizeof words, NULL);
    pole_json_key(json, "say");
    pole_json_text(json, words);
    pole_json_key(json, "say_lang");
    pole_json_text(json, languages[options->caller_language]);
    write_options(json, resolution);
    pole_json_end_object(json);
}

void pole_json_engine(pole_json_writer *json, const pole_resolution *resolution)
{
    const pole_answer *answer = &resolution->answer;
    pole_json_key(json, "engine");
    pole_json_begin_object(json);
    pole_json_key(json, "version");
    pole_json_text(json, pole_version());
    pole_json_key(json, "channel");
    pole_json_string_or_null(json, answer->channel);
    pole_json_key(json, "channel_id");
    pole_json_string_or_null(json, answer->channel_id);
    pole_json_key(json, "clean");
    pole_json_double(json, answer->clean, 4);
    pole_json_end_object(json);
}
