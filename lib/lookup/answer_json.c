/* SPDX-License-Identifier: MIT
 * Answers as JSON: the contract that other programs read (docs/json.md). */
#include <polelookup/json.h>

#include <math.h>

#include "base/abi.h"
#include "lookup/json_parts.h"
#include "lookup/resolution.h"

void pole_json_options_init(pole_json_options *options)
{
    memset(options, 0, sizeof *options);
    options->struct_size = sizeof *options;
}

static void write_answer_head(pole_json_writer *json, const pole_resolution *resolution)
{
    const pole_answer *answer = &resolution->answer;
    pole_json_key(json, "schema");
    pole_json_u64(json, 1);
    pole_json_key(json, "query");
    pole_json_string(json, answer->query);
    pole_json_key(json, "heard");
    pole_json_string_or_null(json, answer->heard);
    pole_json_key(json, "readings");
    pole_json_begin_array(json);
    for (size_t i = 0; i < resolution->reading_count; i++) {
        pole_json_begin_object(json);
        pole_json_key(json, "code");
        pole_json_text(json, resolution->readings[i].code);
        pole_json_key(json, "weight");
        pole_json_double(json, resolution->readings[i].weight, 4);
        pole_json_end_object(json);
    }
    pole_json_end_array(json);
    pole_json_key(json, "reason");
    pole_json_text(json, pole_reason_name(answer->reason));
    pole_json_key(json, "status");
    pole_json_text(json, pole_match_name(answer->match));
    pole_json_share(json, "confidence", answer->confidence);
    pole_json_share(json, "confidence_place", answer->confidence_place);
    pole_json_share(json, "no_pole", answer->no_pole);
    pole_json_key(json, "corroborated_by");
    pole_json_begin_array(json);
    for (uint32_t kinds = answer->corroborated_by; kinds != 0; kinds &= kinds - 1)
        pole_json_text(json, pole_evidence_name(kinds & -kinds));
    pole_json_end_array(json);
}

static bool take_languages(pole_json_options *taken, const pole_json_options *given)
{
    pole_json_options_init(taken);
    return pole_options_take(taken, sizeof *taken, given) && taken->language >= POLE_LANGUAGE_ZH &&
           taken->language <= POLE_LANGUAGE_EN && taken->caller_language >= POLE_LANGUAGE_ZH &&
           taken->caller_language <= POLE_LANGUAGE_RU;
}

pole_status pole_resolution_json(const pole_resolution *resolution,
                                 const pole_json_options *options, char *text, size_t capacity,
                                 size_t *needed)
{
    pole_json_options taken;
    pole_json_room room;
    if (!pole_json_room_check(text, capacity, needed) || resolution == NULL ||
        resolution->index == NULL || !take_languages(&taken, options))
        return POLE_INVALID_ARGUMENT;
    pole_json_writer *json = pole_json_room_begin(&room, &resolution->allocator);
    pole_json_begin_object(json);
    write_answer_head(json, resolution);
    pole_json_key(json, "candidates");
    pole_json_begin_array(json);
    for (size_t i = 0; i < resolution->answer.candidates; i++)
        pole_json_candidate(json, resolution, i);
    pole_json_end_array(json);
    pole_json_far_rival(json, resolution);
    pole_json_estimate(json, resolution);
    pole_json_evidence(json, resolution);
    pole_json_question(json, resolution, &taken);
    pole_json_warnings(json, resolution->answer.warnings, taken.language);
    pole_json_index(json, resolution->index);
    pole_json_engine(json, resolution);
    pole_json_end_object(json);
    return pole_json_room_end(&room, text, capacity, needed);
}

pole_status pole_hit_json(const pole_resolution *described, double distance_m, double bearing_deg,
                          const pole_json_options *options, char *text, size_t capacity,
                          size_t *needed)
{
    pole_json_options taken;
    pole_json_room room;
    if (!pole_json_room_check(text, capacity, needed) || described == NULL ||
        described->index == NULL || described->answer.candidates < 1 ||
        !take_languages(&taken, options))
        return POLE_INVALID_ARGUMENT;
    pole_json_writer *json = pole_json_room_begin(&room, &described->allocator);
    pole_json_begin_object(json);
    pole_json_key(json, "schema");
    pole_json_u64(json, 1);
    pole_json_key(json, "pole");
    pole_json_candidate(json, described, 0);
    pole_json_key(json, "distance_m");
    pole_json_double(json, distance_m, 1);
    pole_json_key(json, "bearing_deg");
    pole_json_bearing(json, bearing_deg);
    pole_json_warnings(json, described->answer.warnings & ~(uint32_t)POLE_WARN_UNCORROBORATED,
                       taken.language);
    pole_json_index(json, described->index);
    pole_json_end_object(json);
    return pole_json_room_end(&room, text, capacity, needed);
}

static uint32_t warnings_of_place(const pole_index *index, const pole_station_hit *hits,
                                  size_t count, const pole_area_edge *edge)
{
    uint32_t warnings = index->image.sample ? POLE_WARN_SAMPLE_DATA : 0;
    uint32_t coded = POLE_NO_STATION, responsible = POLE_NO_STATION;
    for (size_t i = 0; i < count; i++) {
        if (hits[i].role == POLE_ROLE_CODED)
            coded = hits[i].number;
        if (hits[i].role == POLE_ROLE_RESPONSIBLE)
            responsible = hits[i].number;
    }
    if (responsible == POLE_NO_STATION && index->areas.count > 0)
        warnings |= POLE_WARN_NO_AREA;
    if (coded != POLE_NO_STATION && responsible != POLE_NO_STATION && coded != responsible)
        warnings |= POLE_WARN_STATION_CONFLICT;
    if (edge && edge->station != POLE_NO_STATION && edge->distance_m < POLE_AREA_EDGE_M)
        warnings |= POLE_WARN_AREA_EDGE;
    return warnings;
}

pole_status pole_stations_json(const pole_index *index, pole_span query, pole_point at,
                               pole_span kind, const pole_station_hit *hits, size_t count,
                               const pole_area_edge *edge, const pole_json_options *options,
                               char *text, size_t capacity, size_t *needed)
{
    pole_json_options taken;
    pole_json_room room;
    if (!pole_json_room_check(text, capacity, needed) || index == NULL ||
        (hits == NULL && count > 0) || (query.data == NULL && query.size_bytes > 0) ||
        (kind.data == NULL && kind.size_bytes > 0) || !take_languages(&taken, options))
        return POLE_INVALID_ARGUMENT;
    pole_json_writer *json = pole_json_room_begin(&room, &index->allocator);
    pole_json_begin_object(json);
    pole_json_key(json, "schema");
    pole_json_u64(json, 1);
    pole_json_key(json, "query");
    pole_json_string(json, query);
    pole_json_key(json, "lat");
    pole_json_double(json, at.lat_deg, 7);
    pole_json_key(json, "lon");
    pole_json_double(json, at.lon_deg, 7);
    pole_json_key(json, "kind");
    pole_json_string(json, kind.size_bytes ? kind : pole_span_of("police"));
    pole_json_stations(json, index, hits, count);
    pole_json_area_edge(json, index, edge);
    pole_json_warnings(json, warnings_of_place(index, hits, count, edge), taken.language);
    pole_json_index(json, index);
    pole_json_end_object(json);
    return pole_json_room_end(&room, text, capacity, needed);
}
