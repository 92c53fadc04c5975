/* SPDX-License-Identifier: MIT
 * The parts that several JSON answers share, and the room that an answer is written in before it
 * is handed to the caller's buffer. */
#ifndef LOOKUP_JSON_PARTS_H
#define LOOKUP_JSON_PARTS_H

#include <polelookup/json.h>

#include "formats/json_out.h"
#include "index/index.h"

typedef struct {
    pole_buffer buffer;
    pole_json_writer writer;
} pole_json_room;

/* Whether the caller's buffer is sound; makes it empty. */
bool pole_json_room_check(char *text, size_t capacity, size_t *needed);
pole_json_writer *pole_json_room_begin(pole_json_room *room, const pole_allocator *allocator);
/* Hands the text out with a NUL and frees the room. */
pole_status pole_json_room_end(pole_json_room *room, char *text, size_t capacity, size_t *needed);

/* A value, without key: candidate i of a resolution. */
void pole_json_candidate(pole_json_writer *json, const pole_resolution *resolution, size_t i);
/* With their keys: "stations", "area_edge", "warnings", "index". */
void pole_json_stations(pole_json_writer *json, const pole_index *index,
                        const pole_station_hit *hits, size_t count);
void pole_json_area_edge(pole_json_writer *json, const pole_index *index,
                         const pole_area_edge *edge);
void pole_json_warnings(pole_json_writer *json, uint32_t warnings, int32_t language);
void pole_json_index(pole_json_writer *json, const pole_index *index);

/* The same for what an answer says of its doubt: "edits", "far_rival", "estimate", "evidence",
 * "question", "engine", and a posterior, which never reads as 1. */
void pole_json_edits(pole_json_writer *json, const pole_edit *edits, size_t count);
void pole_json_far_rival(pole_json_writer *json, const pole_resolution *resolution);
void pole_json_estimate(pole_json_writer *json, const pole_resolution *resolution);
void pole_json_evidence(pole_json_writer *json, const pole_resolution *resolution);
void pole_json_question(pole_json_writer *json, const pole_resolution *resolution,
                        const pole_json_options *options);
void pole_json_engine(pole_json_writer *json, const pole_resolution *resolution);
void pole_json_share(pole_json_writer *json, const char *key, double share);

/* Values: a code's digits; degrees with one decimal, below 360; "2008-06-30" or null;
 * "2008-06-30T12:00:00Z". */
void pole_json_code(pole_json_writer *json, pole_code code);
void pole_json_bearing(pole_json_writer *json, double bearing_deg);
void pole_json_date(pole_json_writer *json, int64_t days);
void pole_json_time(pole_json_writer *json, int64_t seconds);

#endif
