/* SPDX-License-Identifier: MIT
 * What to ask, in the dispatcher's words and in the caller's, and what to ask after the answer. */
#include <string.h>

#include "text_parts.h"

/* A question in quotes; quotes inside become single ones. */
static void show_quoted(const command_session *session, const char *text)
{
    FILE *out = session->view.out;
    show_text(session, "“", "\"");
    for (; *text != '\0'; text++) {
        if (*text == '"')
            putc('\'', out);
        else if (strncmp(text, "“", 3) == 0 || strncmp(text, "”", 3) == 0)
            fputs(strncmp(text, "“", 3) == 0 ? "‘" : "’", out), text += 2;
        else
            putc(*text, out);
    }
    show_text(session, "”", "\"");
}

/* With the words for a caller of another language. */
static void show_question(const command_session *session, const pole_question *question)
{
    const int32_t language = session->view.language;
    const int32_t caller = session->options->caller_language;
    char words[POLE_QUESTION_BYTES];
    (void)pole_question_text(question, language, words, sizeof words, NULL);
    show_quoted(session, words);
    if (caller == language)
        return;
    show_text(session, "（对方：", " (caller: ");
    (void)pole_question_text(question, caller, words, sizeof words, NULL);
    fputs(words, session->view.out);
    show_bracket_end(session);
}

static void show_kind(const command_session *session, int32_t kind)
{
    const pole_question question = {.struct_size = sizeof question, .kind = kind};
    show_question(session, &question);
}

/* "(..65 or ..69; do not say it first)" */
static void show_expected(const command_session *session, const pole_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        show_text(session, i == 0 ? "（应为 " : " 或 ", i == 0 ? " (" : " or ");
        show_short_code(session, rows[i]);
    }
    if (count > 0)
        show_text(session, "，勿先告知）", "; do not say it first)");
}

/* The numbers beside the place that is told. */
static size_t expected_beside(const command_session *session, const pole_answer *answer,
                              const told_pole *first, pole_row rows[2])
{
    pole_estimate estimate = {.struct_size = sizeof estimate};
    size_t count = 0;
    if (answer->match == POLE_INTERPOLATED &&
        pole_resolution_estimate(session->resolution, &estimate) == POLE_OK) {
        rows[0] = estimate.between[0];
        rows[1] = estimate.between[1];
        return 2;
    }
    if (!first || (answer->match != POLE_EXACT && answer->match != POLE_CORRECTED))
        return 0;
    for (size_t i = 0; i < first->candidate.neighbour_count; i++)
        if (is_next_pole(&first->candidate.neighbours[i]))
            rows[count++] = first->candidate.neighbours[i].row;
    return count;
}

/* What comes after an answer that does not settle it, or after one that does. */
static void show_then(const command_session *session, const pole_answer *answer,
                      const pole_question *question, const told_pole *first)
{
    pole_row rows[2];
    pole_question then = *question;
    const size_t count = expected_beside(session, answer, first, rows);
    switch (answer->question) {
    case POLE_ASK_READ_BACK: /* then what nobody can say who stands elsewhere */
        if (count == 0)
            return;
        show_text(session, "再问：", " Then: ");
        show_kind(session, POLE_ASK_NEIGHBOUR);
        show_expected(session, rows, count);
        return;
    case POLE_ASK_NEIGHBOUR:
        show_expected(session, rows, count);
        return;
    case POLE_ASK_PLACE:
        then.kind = then.digit_count == 0   ? POLE_ASK_READ_BACK
                    : then.digit_count == 1 ? POLE_ASK_DIGIT
                                            : POLE_ASK_DIGITS;
        show_text(session, "在：", " If so: ");
        show_question(session, &then);
        return;
    case POLE_ASK_STREET: /* a stranger may find no sign */
        show_text(session, "没有：", " If not: ");
        show_kind(session, POLE_ASK_NEIGHBOUR);
        return;
    case POLE_ASK_OBJECT:
        if (answer->match == POLE_UNKNOWN)
            show_text(session, "没有：“旁边有路灯杆吗？请到跟前再念。”",
                      " If not: \"Is there a street lamp near you? Read it close up.\"");
        return;
    default:
        return;
    }
}

void show_ask(const command_session *session, const pole_answer *answer, const told_pole *first)
{
    pole_question question = {.struct_size = sizeof question};
    if (pole_resolution_question(session->resolution, &question) != POLE_OK ||
        question.kind == POLE_ASK_NOTHING)
        return;
    start_line(session, TONE_PLAIN, "请问", "Ask");
    show_question(session, &question);
    show_then(session, answer, &question, first);
    end_line(session);
}
