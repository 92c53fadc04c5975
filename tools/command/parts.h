/* SPDX-License-Identifier: MIT
 * The parts that answers for people are made of, on the session's view. None writes a line end but
 * show_sample(), show_outside() and end_line(). */
#ifndef COMMAND_PARTS_H
#define COMMAND_PARTS_H

#include "session.h"

/* The line that marks every answer from an invented city; nothing for a real one. */
void show_sample(const command_session *session);

/* A code's digits in the groups of its scheme. */
void show_code(const command_session *session, pole_code code);

/* A neighbour's code: the digits of its last group behind an ellipsis, or all of it where its
 * scheme has one group. */
void show_short_code(const command_session *session, pole_row row);

/* County, district and street; says so when the table has none. */
void show_place(const command_session *session, const pole_record *pole);

void show_point(const command_session *session, pole_point at);

/* A line for a point far from all poles, whose datum or order may be wrong; nothing for one within
 * the table's extent. */
void show_outside(const command_session *session, pole_point at);

/* A station's name, or its id when it has none. */
void show_station_name(const command_session *session, pole_station_number number);

/* Name and telephone; says so when the table has none. */
void show_station(const command_session *session, pole_station_number number);

/* A station's roles, distance and direction, in brackets. roles: POLE_ROLE_... added up. */
void show_reason(const command_session *session, uint32_t roles, double distance_m,
                 double bearing_deg);

/* Another station's area whose border is near; false, and nothing written, when none is. */
bool show_area_edge(const command_session *session, const pole_area_edge *edge);

/* The chosen one of a place's stations; NULL when there is none. */
const pole_station_hit *chosen_station(const pole_station_hit *hits, size_t count);

/* "25 poles, 5 stations, 3 areas" */
void show_counts(const text_view *view, uint32_t poles, uint32_t stations, uint32_t areas);

/* Opening and closing brackets of the language; the English one brings its space. */
void show_bracket(const command_session *session);
void show_bracket_end(const command_session *session);

/* A text, a line's label, a line's end. */
void show_text(const command_session *session, const char *zh, const char *en);
void start_line(const command_session *session, label_tone tone, const char *zh, const char *en);
void end_line(const command_session *session);

#endif
