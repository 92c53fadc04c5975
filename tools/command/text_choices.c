/* SPDX-License-Identifier: MIT
 * The poles that an answer leaves to choose from. */
#include "text_parts.h"

#define AT_CROSSING_M 60.0

uint32_t count_listed(const command_session *session, const pole_answer *answer, double *share)
{
    uint32_t listed = 0;
    *share = 0;
    for (uint32_t i = 0; i < answer->candidates && i < MOST_LISTED; i++) {
        told_pole told;
        if (!read_told_pole(session, i, &told) ||
            (i > 0 && told.candidate.confidence < LEAST_LISTED &&
             told.candidate.matched == POLE_MATCHED_CODE && !is_heard(session, answer, &told.pole)))
            break;
        *share += told.candidate.confidence;
        listed++;
    }
    return listed;
}

static void show_alias(const command_session *session, const pole_record *pole)
{
    show_text(session, "另号 ", "also numbered ");
    show_name(&session->view, pole->alias);
    if (pole->alias_owner.size_bytes > 0) {
        show_bracket(session);
        show_name(&session->view, pole->alias_owner);
        show_bracket_end(session);
    }
    fputs("  ", session->view.out);
}

void show_choice(const command_session *session, size_t i, const told_pole *told)
{
    static const char *const marks[MOST_LISTED][2] = {{"甲", "A"}, {"乙", "B"}, {"丙", "C"}};
    const pole_candidate *candidate = &told->candidate;
    show_text(session, marks[i][0], marks[i][1]);
    fprintf(session->view.out, " %s  ", share_text(candidate->confidence).text);
    show_code(session, told->pole.code);
    fputs("  ", session->view.out);
    if (candidate->matched == POLE_MATCHED_ALIAS)
        show_alias(session, &told->pole);
    show_place(session, &told->pole);
    if (candidate->cross_street_m[0] <= AT_CROSSING_M) {
        show_text(session, "（", " (at ");
        show_name(&session->view, candidate->cross_streets[0]);
        show_text(session, "口）", ")");
    }
    if (told->pole.state != POLE_STATE_ACTIVE)
        fprintf(session->view.out, pick(&session->view, "（%s）", " (%s)"),
                state_text(&session->view, told->pole.state));
    fputs("  ", session->view.out);
    if (told->chosen)
        show_station(session, told->chosen->number);
    else
        show_text(session, "表中没有派出所", "no station in the table");
}

void show_spread(const command_session *session, uint32_t listed)
{
    double farthest_m = 0;
    pole_station_number first = POLE_NO_STATION;
    bool same = true;
    for (uint32_t i = 0; i < listed; i++) {
        told_pole told;
        if (!read_told_pole(session, i, &told))
            return;
        const pole_station_number station = told.chosen ? told.chosen->number : POLE_NO_STATION;
        if (i == 0)
            first = station;
        same = same && station == first;
        if (told.candidate.distance_to_first_m > farthest_m)
            farthest_m = told.candidate.distance_to_first_m;
    }
    fprintf(session->view.out, pick(&session->view, "，相距%s %s", ", %s%s apart"),
            listed > 2 ? pick(&session->view, "可达", "as far as ") : "",
            distance_text(&session->view, farthest_m).text);
    if (same && first == POLE_NO_STATION)
        return;
    if (same)
        show_text(session, "，同一派出所", ", one station");
    else
        show_text(session, "，派出所不同", ", different stations");
}
