/* SPDX-License-Identifier: MIT
 * Answers that name no one pole: several fit, or what is known beside the code speaks against it.
 * Where the place is sure and only the pole is not, the place is told; else nobody is sent to one
 * place alone. */
#include "text_answer.h"

#include <math.h>
#include <string.h>

#include <polelookup/resolve.h>

#include "numbers.h"
#include "text_parts.h"

#define MOST_LISTED 3
#define LEAST_LISTED 0.02 /* a share that is worth a line */
#define NEARLY_ALL 0.8    /* of the belief, in the places listed */
#define SURE_PLACE 0.95
#define AT_CROSSING_M 60.0
#define MUCH_SURER 0.1 /* of the place than of the pole */

/* The first few candidates that are worth a line; at least the first. */
static uint32_t count_listed(const command_session *session, const pole_answer *answer,
                             double *share)
{
    uint32_t listed = 0;
    *share = 0;
    for (uint32_t i = 0; i < answer->candidates && i < MOST_LISTED; i++) {
        told_pole told;
        if (!read_told_pole(session, i, &told) ||
            (i > 0 && told.candidate.confidence < LEAST_LISTED && told.candidate.edit_count > 0))
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

/* "甲 0.58  1 23 45 67  道里区 通江街（霞曼街口）  通江派出所 0451-5550123", without the line's
 * end.
 */
static void show_choice(const command_session *session, size_t i, const told_pole *told)
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
        show_text(session, "（", " at ");
        show_name(&session->view, candidate->cross_streets[0]);
        show_text(session, "口）", "");
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

/* How far apart the listed places are, and whether one station answers for all. */
static void show_spread(const command_session *session, uint32_t listed)
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

static void show_heard_in_head(const command_session *session, const pole_answer *answer)
{
    show_text(session, "听到 ", "heard ");
    show_heard(session, answer);
    if (answer->heard.size_bytes > 0 && kind_heard(session, answer) == HEARD_OTHER_LENGTH)
        fprintf(session->view.out, pick(&session->view, "（%s，杆号是%s）", " (%s; codes have %s)"),
                digits_text(&session->view, answer->heard.size_bytes).text,
                lengths_text(&session->view, pole_index_lengths(session->index)).text);
    show_text(session, "：", ": ");
}

/* The place is as sure as an answer gets, whichever pole of it is meant. */
static void text_sure_place(const command_session *session, const pole_answer *answer,
                            uint32_t listed)
{
    told_pole first;
    if (!read_told_pole(session, 0, &first))
        return;
    show_text(session, "地点很有把握，哪一根未定\n", "the place is very likely, the pole is not\n");
    show_where(session, &first);
    show_coordinates(session, &first);
    show_send(session, first.chosen);
    start_line(session, TONE_PLAIN, "哪一根", "Which");
    for (uint32_t i = 0; i < listed; i++) {
        told_pole told;
        if (!read_told_pole(session, i, &told))
            break;
        if (i > 0)
            show_text(session, "、", "; ");
        show_code(session, told.pole.code);
        fprintf(session->view.out, " %s", share_text(told.candidate.confidence).text);
        if (i == 0)
            continue;
        show_bracket(session);
        fputs(distance_text(&session->view, told.candidate.distance_to_first_m).text,
              session->view.out);
        show_bracket_end(session);
    }
    end_line(session);
    show_sure(session, answer);
    show_ask(session, answer, &first);
}

static void show_how_many(const command_session *session, const pole_answer *answer,
                          const told_pole *first, uint32_t listed, double share)
{
    static const char *const fit[][2] = {
        {"只有一处较像，把握不够", "one place fits, not surely enough"},
        {"两处都有可能", "two places fit"},
        {"三处都有可能", "three places fit"},
    };
    if (first->candidate.matched == POLE_MATCHED_ALIAS && answer->candidates_found == 1)
        show_text(session, "没有这个杆号，但有一根灯杆另有此号",
                  "no pole has this code, but one bears it as another number");
    else if (share < NEARLY_ALL)
        fprintf(session->view.out,
                pick(&session->view, "可能的很多，最像的 %u 处", "many fit, the %u likeliest"),
                listed);
    else
        show_text(session, fit[listed - 1][0], fit[listed - 1][1]);
    if (listed > 1)
        show_spread(session, listed);
}

/* How sure the first is; the place too, where that says more. */
static void show_rest(const command_session *session, const pole_answer *answer, double share)
{
    start_line(session, TONE_PLAIN, "把握", "Sure");
    if (answer->confidence_place - answer->confidence >= MUCH_SURER)
        show_confidence(session, answer->confidence, answer->confidence_place);
    else
        fputs(sure_text(&session->view, answer->confidence), session->view.out);
    fprintf(session->view.out, pick(&session->view, "；其余 %s", "; the rest %s"),
            share_text(fmax(0, 1 - share)).text);
    show_support(session, answer);
    end_line(session);
}

void text_ambiguous(const command_session *session, const pole_answer *answer)
{
    double share;
    told_pole first, second;
    const uint32_t listed = count_listed(session, answer, &share);
    if (listed == 0 || !read_told_pole(session, 0, &first))
        return;
    start_line(session, TONE_DOUBT, "待定", "UNSETTLED");
    show_heard_in_head(session, answer);
    if (answer->confidence_place >= SURE_PLACE && first.candidate.matched == POLE_MATCHED_CODE) {
        text_sure_place(session, answer, listed);
        return;
    }
    show_how_many(session, answer, &first, listed, share);
    end_line(session);
    for (uint32_t i = 0; i < listed; i++) {
        told_pole told;
        if (!read_told_pole(session, i, &told))
            break;
        show_choice(session, i, &told);
        end_line(session);
    }
    if (listed == 2 && read_told_pole(session, 1, &second))
        (void)show_difference(session, &first.pole, &second.pole);
    show_rest(session, answer, share);
    show_ask(session, answer, &first);
    show_text(session, "未定之前  不要只派一处；问旁边灯杆的号\n",
              "Until then  do not rely on one place alone; ask for the next pole's number\n");
}

/* "GCJ-02", as people write it; empty for the datum of all answers. */
static const char *datum_name(pole_span crs)
{
    static const char *const names[][2] = {{"gcj02", "GCJ-02"}, {"bd09", "BD-09"}};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (crs.size_bytes == strlen(names[i][0]) &&
            memcmp(crs.data, names[i][0], crs.size_bytes) == 0)
            return names[i][1];
    return "";
}

/* "1 23 45 67 在表中，但手机定位在 4.2 公里外（半径 300 米，GCJ-02 已换算）" */
static void show_hint_against(const command_session *session, const pole_answer *answer,
                              double away_m)
{
    const text_view *view = &session->view;
    for (uint32_t i = 0; i < answer->evidence; i++) {
        pole_evidence_used used = {.struct_size = sizeof used};
        double values[4] = {0, 0, 0, 0};
        char given[128] = "";
        if (pole_resolution_evidence(session->resolution, i, &used) != POLE_OK ||
            used.kind != POLE_EVIDENCE_HINT)
            continue;
        if (used.given.size_bytes < sizeof given)
            memcpy(given, used.given.data, used.given.size_bytes);
        fprintf(view->out, pick(view, "，但手机定位在 %s外", ", but the phone is %s away"),
                distance_text(view, away_m).text);
        const bool radius = read_some_numbers(given, values, 4) > 2;
        const char *datum = datum_name(used.crs);
        if (!radius && *datum == '\0')
            return;
        show_bracket(session);
        if (radius)
            fprintf(view->out, pick(view, "半径 %s", "radius %s"),
                    distance_text(view, values[2]).text);
        if (*datum != '\0')
            fprintf(view->out, pick(view, "%s%s 已换算", "%s%s converted"),
                    radius ? pick(view, "，", ", ") : "", datum);
        show_bracket_end(session);
    }
}

/* The listed one that the digits name as they were heard; else the first. */
static double hint_away_m(const command_session *session, uint32_t listed)
{
    told_pole told;
    for (uint32_t i = 0; i < listed; i++)
        if (read_told_pole(session, i, &told) && told.candidate.edit_count == 0)
            return told.candidate.distance_to_hint_m;
    return read_told_pole(session, 0, &told) ? told.candidate.distance_to_hint_m : (double)NAN;
}

static void show_conflict(const command_session *session, const pole_answer *answer,
                          uint32_t listed)
{
    const heard_kind kind = kind_heard(session, answer);
    start_line(session, TONE_DOUBT, "矛盾", "CONFLICT");
    show_text(session, kind == HEARD_POLE ? "" : "听到 ", kind == HEARD_POLE ? "" : "heard ");
    show_heard(session, answer);
    if (kind == HEARD_POLE)
        show_text(session, " 在表中", " is in the table");
    else if (kind == HEARD_NO_POLE)
        show_text(session, " 不在表中", ", which is not in the table");
    if (answer->warnings & POLE_WARN_HINT_CONFLICT)
        show_hint_against(session, answer, hint_away_m(session, listed));
    if (answer->warnings & POLE_WARN_STREET_CONFLICT)
        show_text(session, "，与所说的街名或区名不符",
                  ", but the street or district named is not there");
    if (answer->warnings & POLE_WARN_ALSO_CONFLICT)
        show_text(session, "，与另一根灯杆的号对不上",
                  ", but the other pole's number does not fit");
    end_line(session);
}

/* What speaks for a listed one. */
static void show_ground(const command_session *session, const told_pole *told)
{
    const pole_candidate *candidate = &told->candidate;
    const text_view *view = &session->view;
    bool any = false;
    show_bracket(session);
    if (candidate->edit_count == 0 && candidate->matched == POLE_MATCHED_CODE) {
        show_text(session, "号码所指", "what the digits say");
        any = true;
    }
    if (!isnan(candidate->distance_to_hint_m) && candidate->edit_count > 0) {
        fprintf(view->out, pick(view, "距手机 %s", "%s from the phone"),
                distance_text(view, candidate->distance_to_hint_m).text);
        any = true;
    }
    if (candidate->edit_count > 0 && any)
        show_text(session, "；", "; ");
    show_edits(session, candidate);
    show_bracket_end(session);
}

static void show_causes(const command_session *session, uint32_t warnings)
{
    start_line(session, TONE_PLAIN, "可能", "Perhaps");
    if (warnings & POLE_WARN_HINT_CONFLICT)
        show_text(session, "替别人报警；定位是旧的；坐标系不对；",
                  "calling for somebody else; an old fix; wrong datum; ");
    if (warnings & POLE_WARN_STREET_CONFLICT)
        show_text(session, "说的是路口的另一条街；", "the other street of a crossing; ");
    if (warnings & POLE_WARN_ALSO_CONFLICT)
        show_text(session, "另一根的号听错；人已走远；",
                  "the other number misheard; the caller has moved; ");
    show_text(session, "听错一位\n", "one digit misheard\n");
}

void text_conflict(const command_session *session, const pole_answer *answer)
{
    double share;
    told_pole first;
    const uint32_t listed = count_listed(session, answer, &share);
    if (listed == 0 || !read_told_pole(session, 0, &first))
        return;
    show_conflict(session, answer, listed);
    for (uint32_t i = 0; i < listed; i++) {
        told_pole told;
        if (!read_told_pole(session, i, &told))
            break;
        show_choice(session, i, &told);
        show_ground(session, &told);
        end_line(session);
    }
    show_causes(session, answer->warnings);
    start_line(session, TONE_PLAIN, "把握", "Sure");
    fputs(sure_text(&session->view, answer->confidence), session->view.out);
    if (listed > 1)
        show_text(session, listed == 2 ? "；两处都要看" : "；几处都要看",
                  listed == 2 ? "; look at both" : "; look at all");
    end_line(session);
    show_ask(session, answer, &first);
}
