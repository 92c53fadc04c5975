/* SPDX-License-Identifier: MIT
 * An answer for a dispatcher: at most nine lines, the deciding thing first, last what to ask. */
#ifndef COMMAND_TEXT_ANSWER_H
#define COMMAND_TEXT_ANSWER_H

#include "session.h"

/* Writes the session's resolution, the answer to `query`. */
void text_answer(const command_session *session, pole_span query);

/* The parts of it that are not about one certain pole: see text_doubt.c. */
void text_ambiguous(const command_session *session, const pole_answer *answer);
void text_unknown(const command_session *session, const pole_answer *answer);
void text_no_code(const command_session *session, const pole_answer *answer, pole_span query);

/* How sure the answer is; and the question, with the words for a caller of another language. */
void show_sure(const command_session *session);
void show_question(const command_session *session, const pole_answer *answer, int32_t question);

#endif
