/* SPDX-License-Identifier: MIT
 * An answer for a dispatcher: at most nine lines, the deciding thing first, last what to ask. */
#ifndef COMMAND_TEXT_ANSWER_H
#define COMMAND_TEXT_ANSWER_H

#include "session.h"

/* Writes the session's resolution, the answer to `query`. */
void text_answer(const command_session *session, pole_span query);

/* Its kinds that name no one pole of the table: text_doubt.c, text_estimate.c, text_unknown.c. */
void text_ambiguous(const command_session *session, const pole_answer *answer);
bool is_conflict(const command_session *session, const pole_answer *answer);
void text_conflict(const command_session *session, const pole_answer *answer);
void text_estimate(const command_session *session, const pole_answer *answer);
void text_unknown(const command_session *session, const pole_answer *answer, pole_span query);
void text_no_code(const command_session *session, const pole_answer *answer, pole_span query);

#endif
