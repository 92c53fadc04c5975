/* SPDX-License-Identifier: MIT
 * An answer for a dispatcher: one pole that the code names, or that it can only mean. */
#include "text_answer.h"

#include "text_parts.h"

/* Lines but for the notes: head, place, coordinates, station, sure, ask. */
#define LINES_OF_ONE 6

static void show_match(const command_session *session, const pole_record *pole)
{
    start_line(session, pole->state == POLE_STATE_ACTIVE ? TONE_FOUND : TONE_DOUBT, "相符",
               "MATCH");
    show_code(session, pole->code);
    show_state(session, pole);
    end_line(session);
}

/* "听到 1 23 42 67（表中无此杆）→ 1 23 45 67：第5位 2 改 5" */
static void show_correction(const command_session *session, const pole_answer *answer,
                            const told_pole *told)
{
    start_line(session, TONE_DOUBT, "更正", "CORRECTED");
    show_text(session, "听到 ", "heard ");
    show_heard(session, answer);
    switch (kind_heard(session, answer)) {
    case HEARD_POLE:
        show_text(session, "（另有此杆）", " (another pole's)");
        break;
    case HEARD_NO_POLE:
        show_text(session, "（表中无此杆）", " (no such pole)");
        break;
    case HEARD_PART:
        show_text(session, " ", "");
        break;
    case HEARD_OTHER_LENGTH:
        show_bracket(session);
        fputs(digits_text(&session->view, answer->heard.size_bytes).text, session->view.out);
        show_bracket_end(session);
        break;
    }
    show_text(session, "→ ", " -> ");
    show_code(session, told->pole.code);
    show_text(session, "：", ": ");
    if (told->candidate.edit_count == 0) /* what was said has several readings */
        show_text(session, "按另一种听法", "heard another way");
    show_edits(session, &told->candidate);
    show_state(session, &told->pole);
    end_line(session);
}

static void text_one(const command_session *session, const pole_answer *answer)
{
    told_pole told;
    if (!read_told_pole(session, 0, &told))
        return;
    const bool exact = answer->match == POLE_EXACT;
    const unsigned sample = session->info.is_sample ? 1 : 0;
    if (exact)
        show_match(session, &told.pole);
    else
        show_correction(session, answer, &told);
    show_where(session, &told);
    show_coordinates(session, &told);
    show_send(session, told.chosen);
    show_notes(session, answer, &told, MOST_LINES - LINES_OF_ONE - 1 - sample);
    show_sure(session, answer);
    if (exact && far_is_shown(answer))
        (void)show_far(session, &told);
    else if (!exact && !show_others(session, answer) && far_is_shown(answer))
        (void)show_far(session, &told);
    show_ask(session, answer, &told);
}

void text_answer(const command_session *session, pole_span query)
{
    pole_answer answer = {.struct_size = sizeof answer};
    if (pole_resolution_answer(session->resolution, &answer) != POLE_OK)
        return;
    show_sample(session);
    switch (answer.match) {
    case POLE_EXACT:
    case POLE_CORRECTED:
        text_one(session, &answer);
        break;
    case POLE_INTERPOLATED:
        text_estimate(session, &answer);
        break;
    case POLE_UNKNOWN:
        text_unknown(session, &answer, query);
        break;
    case POLE_NO_CODE:
        text_no_code(session, &answer, query);
        break;
    default:
        if (is_conflict(session, &answer))
            text_conflict(session, &answer);
        else
            text_ambiguous(session, &answer);
    }
}
