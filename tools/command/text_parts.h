/* SPDX-License-Identifier: MIT
 * The lines that answers are made of: of one pole, of what is sure, of what to ask. */
#ifndef COMMAND_TEXT_PARTS_H
#define COMMAND_TEXT_PARTS_H

#include "parts.h"
#include "words.h"

/* As many as a person takes in at once. */
#define MOST_LINES 9
/* A share of belief that is worth a line of its own. */
#define LEAST_LISTED 0.02

/* A listed pole, told in full. */
typedef struct {
    pole_candidate candidate;
    pole_record pole;
    const pole_station_hit *chosen; /* NULL: the table has no station */
} told_pole;

/* False beyond the last. */
bool read_told_pole(const command_session *session, size_t i, told_pole *told);

/* Behind a code: that the pole no longer stands, and its successor; nothing for one that does. */
void show_state(const command_session *session, const pole_record *pole);

/* Lines of one pole: text_pole.c. */
void show_where(const command_session *session, const told_pole *told);
void show_coordinates(const command_session *session, const told_pole *told);
void show_send(const command_session *session, const pole_station_hit *chosen);
/* All three. */
void show_lines_of(const command_session *session, const told_pole *told);
/* A line on the first of the evidence's warnings among these; false, and no line, when there is
 * none. */
bool show_evidence_note(const command_session *session, uint32_t warnings);
/* A line on evidence that speaks against the first candidate and has no warning of its own (an
 * answered digit, the county); false, and no line, when there is none. */
bool show_disagreement_note(const command_session *session, const pole_answer *answer);
/* What speaks against the station or the evidence: at most `most` lines. */
void show_notes(const command_session *session, const pole_answer *answer, const told_pole *told,
                unsigned most);
bool is_next_pole(const pole_neighbour *neighbour);

/* To choose from: text_choices.c. */
#define MOST_LISTED 3
/* How many of the first candidates are worth a line, and their share: at least the first, and the
 * pole whose code was heard, whatever speaks against it. */
uint32_t count_listed(const command_session *session, const pole_answer *answer, double *share);
/* "甲 0.58  1 23 45 67  道里区 通江街（霞曼街口）  通江派出所 0451-5550123", without the line's
 * end.
 */
void show_choice(const command_session *session, size_t i, const told_pole *told);
/* How far apart the listed places are, and whether one station answers for all. */
void show_spread(const command_session *session, uint32_t listed);

/* What is sure, and what else it can be: text_sure.c. */
void show_sure(const command_session *session, const pole_answer *answer);
/* "较有把握 0.86（200 米内 0.93）", without the line's label and end. */
void show_confidence(const command_session *session, double confidence, double confidence_place);
/* "；手机定位相合", or that nothing speaks for it yet. */
void show_support(const command_session *session, const pole_answer *answer);
/* The far rival of an answer that names one place; false, and no line, where it is not worth one.
 */
bool show_far(const command_session *session, const told_pole *first);
/* The other poles that it can be, in a line; false, and no line, when none is worth one. */
bool show_others(const command_session *session, const pole_answer *answer);
bool far_is_shown(const pole_answer *answer);

/* Digits heard that are no pole's: masked where they are as many as of a telephone, and not of a
 * code. */
void show_no_pole(const command_session *session, pole_span digits);
/* What was heard, and how that differs from what was meant: text_heard.c. */
void show_heard(const command_session *session, const pole_answer *answer);
/* What the code that was heard is in the table. */
typedef enum { HEARD_POLE, HEARD_NO_POLE, HEARD_PART, HEARD_OTHER_LENGTH } heard_kind;
heard_kind kind_heard(const command_session *session, const pole_answer *answer);
/* Whether a pole's code is just what was heard. */
bool is_heard(const command_session *session, const pole_answer *answer, const pole_record *pole);
void show_edits(const command_session *session, const pole_candidate *candidate);
/* Whether two codes differ in one digit that sounds like the other's in Mandarin. */
bool sound_alike(const command_session *session, const pole_record *a, const pole_record *b);
/* The digits in which two codes differ, in a line; false when they are of different lengths. */
bool show_difference(const command_session *session, const pole_record *a, const pole_record *b);

/* What to ask, in a line, with what comes after the answer: text_ask.c. first: the first
 * candidate; NULL where none is shown. */
void show_ask(const command_session *session, const pole_answer *answer, const told_pole *first);

#endif
