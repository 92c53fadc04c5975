/* SPDX-License-Identifier: MIT
 * How two poles lie to each other, as JSON: docs/json.md. */
#include <polelookup/between.h>

#include <math.h>

#include "base/abi.h"
#include "lookup/json_parts.h"
#include "lookup/resolution.h"
#include "speech/heard.h"

static void write_known(pole_json_writer *json, const char *key, int32_t value)
{
    pole_json_key(json, key);
    if (value < 0)
        pole_json_null(json);
    else
        pole_json_bool(json, value == 1);
}

static void write_metres(pole_json_writer *json, const char *key, double metres)
{
    pole_json_key(json, key);
    pole_json_double(json, metres, 1);
}

static void write_bearing(pole_json_writer *json, const char *key, double bearing_deg)
{
    pole_json_key(json, key);
    pole_json_bearing(json, bearing_deg);
}

static void write_head(pole_json_writer *json, const pole_heard *first, const pole_heard *second,
                       const pole_between_answer *answer)
{
    pole_json_key(json, "schema");
    pole_json_u64(json, 1);
    pole_json_key(json, "queries");
    pole_json_begin_array(json);
    pole_json_string(json, pole_heard_query(first));
    pole_json_string(json, pole_heard_query(second));
    pole_json_end_array(json);
    pole_json_key(json, "heard");
    pole_json_begin_array(json);
    pole_json_string_or_null(json, pole_heard_digits(first));
    pole_json_string_or_null(json, pole_heard_digits(second));
    pole_json_end_array(json);
    pole_json_key(json, "relation");
    pole_json_text(json, pole_relation_name(answer->relation));
}

static void write_middle(pole_json_writer *json, const pole_between_answer *answer)
{
    pole_json_key(json, "middle");
    if (isnan(answer->radius_m)) {
        pole_json_null(json);
        return;
    }
    pole_json_begin_object(json);
    pole_json_key(json, "lat");
    pole_json_double(json, answer->middle.lat_deg, 7);
    pole_json_key(json, "lon");
    pole_json_double(json, answer->middle.lon_deg, 7);
    write_metres(json, "radius_m", answer->radius_m);
    pole_json_end_object(json);
}

static void write_lie(pole_json_writer *json, const pole_between_answer *answer)
{
    write_metres(json, "distance_m", answer->distance_m);
    write_bearing(json, "bearing_deg", answer->bearing_deg);
    write_known(json, "same_street", answer->same_street);
    write_known(json, "same_side", answer->same_side);
    write_bearing(json, "side_deg", answer->side_deg);
    pole_json_key(json, "poles_between");
    if (answer->poles_between < 0)
        pole_json_null(json);
    else
        pole_json_u64(json, (uint64_t)answer->poles_between);
    write_middle(json, answer);
}

static void write_pole(pole_json_writer *json, const pole_resolution *resolution, int32_t pole)
{
    if (pole < 0)
        pole_json_null(json);
    else
        pole_json_candidate(json, resolution, (size_t)pole);
}

static void write_corrections(pole_json_writer *json, const pole_resolution *resolution,
                              const pole_between_answer *answer)
{
    pole_json_key(json, "corrections");
    pole_json_begin_array(json);
    for (uint32_t i = 0; i < answer->correction_count; i++) {
        const pole_between_correction *correction = answer->corrections + i;
        pole_json_begin_object(json);
        pole_json_key(json, "query"); /* which of the two, from 0 */
        pole_json_u64(json, (uint64_t)correction->query);
        write_metres(json, "distance_m", correction->distance_m);
        pole_json_key(json, "pole");
        write_pole(json, resolution, correction->candidate);
        pole_json_end_object(json);
    }
    pole_json_end_array(json);
}

static bool is_candidate(const pole_resolution *resolution, int32_t pole)
{
    return pole >= -1 && (pole < 0 || (uint32_t)pole < resolution->answer.candidates);
}

static bool is_sound(const pole_resolution *resolution, const pole_between_answer *answer)
{
    if (resolution == NULL || resolution->index == NULL ||
        pole_relation_name(answer->relation) == NULL ||
        !is_candidate(resolution, answer->pole[0]) || !is_candidate(resolution, answer->pole[1]) ||
        answer->correction_count > POLE_BETWEEN_CORRECTIONS)
        return false;
    for (uint32_t i = 0; i < answer->correction_count; i++)
        if ((uint32_t)answer->corrections[i].query > 1 ||
            !is_candidate(resolution, answer->corrections[i].candidate))
            return false;
    return true;
}

pole_status pole_between_json(const pole_resolution *resolution, const pole_heard *first,
                              const pole_heard *second, const pole_between_answer *answer,
                              const pole_json_options *options, char *text, size_t capacity,
                              size_t *needed)
{
    pole_json_options taken;
    pole_json_room room;
    pole_json_options_init(&taken);
    if (!pole_json_room_check(text, capacity, needed) || first == NULL || second == NULL ||
        answer == NULL || answer->struct_size < sizeof *answer || !is_sound(resolution, answer) ||
        !pole_options_take(&taken, sizeof taken, options) ||
        (taken.language != POLE_LANGUAGE_ZH && taken.language != POLE_LANGUAGE_EN))
        return POLE_INVALID_ARGUMENT;
    pole_json_writer *json = pole_json_room_begin(&room, &resolution->allocator);
    pole_json_begin_object(json);
    write_head(json, first, second, answer);
    write_lie(json, answer);
    pole_json_key(json, "poles");
    pole_json_begin_array(json);
    write_pole(json, resolution, answer->pole[0]);
    write_pole(json, resolution, answer->pole[1]);
    pole_json_end_array(json);
    write_corrections(json, resolution, answer);
    pole_json_warnings(json, answer->warnings, taken.language);
    pole_json_index(json, resolution->index);
    pole_json_engine(json, resolution);
    pole_json_end_object(json);
    return pole_json_room_end(&room, text, capacity, needed);
}
