/* SPDX-License-Identifier: MIT
 * An answer for a dispatcher: one pole that the code names. */
#include "text_answer.h"

#include <math.h>
#include <string.h>

#include <polelookup/json.h>

#include "parts.h"
#include "words.h"

#define NOTE_COLUMNS 60
#define NEXT_POLE_M 100.0

void show_sure(const command_session *session)
{
    start_line(session, TONE_PLAIN, "把握", "Sure");
    show_text(session, "仅核对号码，未估计听错；尚无旁证\n",
              "number matched, mishearing not assessed; not yet corroborated\n");
}

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

void show_question(const command_session *session, const pole_answer *answer, int32_t question)
{
    const int32_t language = session->view.language;
    const int32_t caller = session->options->caller_language;
    const pole_question asked = {.struct_size = sizeof asked,
                                 .kind = question,
                                 .digits = (uint32_t)answer->heard.size_bytes};
    char words[POLE_QUESTION_BYTES];
    (void)pole_question_text(&asked, language, words, sizeof words, NULL);
    show_quoted(session, words);
    if (caller == language)
        return;
    show_text(session, "（对方：", " (caller: ");
    (void)pole_question_text(&asked, caller, words, sizeof words, NULL);
    fputs(words, session->view.out);
    show_bracket_end(session);
}

/* The first line: the code, and whether the pole still stands. */
static void show_match(const command_session *session, const pole_record *pole)
{
    const bool stands = pole->state == POLE_STATE_ACTIVE;
    start_line(session, stands ? TONE_FOUND : TONE_DOUBT, "相符", "MATCH");
    show_code(session, pole->code);
    if (!stands) {
        show_text(session, "  注意：", "  BEWARE: ");
        fputs(state_text(&session->view, pole->state), session->view.out);
        if (pole->successor.size_bytes > 0) {
            pole_code successor;
            show_text(session, "，新号 ", "; its successor is ");
            if (pole_code_parse(session->index, pole->successor, &successor) == POLE_OK)
                show_code(session, successor);
            else
                show_name(&session->view, pole->successor);
        }
    }
    end_line(session);
}

static void show_cross_streets(const command_session *session, const pole_candidate *candidate)
{
    for (size_t i = 0; i < 2 && candidate->cross_streets[i].size_bytes > 0; i++) {
        if (i == 0)
            show_text(session, "，近", ", near ");
        else
            show_text(session, "、", " and ");
        show_name(&session->view, candidate->cross_streets[i]);
        show_bracket(session);
        fputs(distance_text(&session->view, candidate->cross_street_m[i]).text, session->view.out);
        show_bracket_end(session);
    }
}

/* Neighbours so near that they are the next pole along the street, and not beyond a gap in the
 * table. */
static bool is_next_pole(const pole_neighbour *neighbour)
{
    return neighbour->distance_m <= NEXT_POLE_M;
}

static void show_neighbours(const command_session *session, const pole_candidate *candidate)
{
    const char *zh = "；同侧邻杆 ", *en = "; same side: ";
    for (size_t i = 0; i < candidate->neighbour_count; i++) {
        const pole_neighbour *neighbour = &candidate->neighbours[i];
        if (!is_next_pole(neighbour))
            continue;
        show_text(session, zh, en);
        zh = "、";
        en = ", ";
        show_short_code(session, neighbour->row);
        show_bracket(session);
        fputs(distance_text(&session->view, neighbour->distance_m).text, session->view.out);
        show_bracket_end(session);
    }
}

static void show_where(const command_session *session, const pole_candidate *candidate,
                       const pole_record *pole)
{
    start_line(session, TONE_PLAIN, "位置", "Place");
    show_place(session, pole);
    show_cross_streets(session, candidate);
    show_neighbours(session, candidate);
    if (pole->note.size_bytes > 0) {
        show_text(session, "；备注：", "; note: ");
        show_cut(&session->view, pole->note, NOTE_COLUMNS);
    }
    end_line(session);
}

static void show_coordinates(const command_session *session, const pole_candidate *candidate,
                             const pole_record *pole)
{
    start_line(session, TONE_PLAIN, "坐标", "Coord");
    show_point(session, pole->at);
    show_text(session, "（WGS 84）", " (WGS 84)");
    if (session->crs) {
        show_text(session, "；", "; ");
        fprintf(session->view.out, "%s ", pole_crs_name(session->crs));
        if (isnan(candidate->x) || isnan(candidate->y))
            show_text(session, "无法换算", "cannot express this place");
        else if (pole_crs_is_geographic(session->crs))
            fprintf(session->view.out, "x %.7f, y %.7f", candidate->x, candidate->y);
        else
            fprintf(session->view.out, "x %.3f, y %.3f %s", candidate->x, candidate->y,
                    pole_crs_unit(session->crs));
    }
    end_line(session);
}

static void show_send(const command_session *session, const pole_station_hit *chosen)
{
    start_line(session, TONE_PLAIN, "出警", "Send");
    if (chosen) {
        show_station(session, chosen->number);
        show_reason(session, (uint32_t)chosen->role, chosen->distance_m, chosen->bearing_deg);
    } else {
        show_text(session, "表中没有派出所，请按位置派警",
                  "no station in the table: send by the place");
    }
    end_line(session);
}

static pole_station_number coded_station(const pole_candidate *candidate)
{
    for (size_t i = 0; i < candidate->station_count; i++) {
        if (candidate->stations[i].role == POLE_ROLE_CODED)
            return candidate->stations[i].number;
    }
    return POLE_NO_STATION;
}

/* What speaks against the station above: at most two lines. */
static void show_notes(const command_session *session, const pole_answer *answer,
                       const pole_candidate *candidate, const pole_station_hit *chosen)
{
    bool edge = (answer->warnings & POLE_WARN_AREA_EDGE) != 0;
    if (answer->warnings & POLE_WARN_STATION_CONFLICT) {
        const pole_station_number coded = coded_station(candidate);
        start_line(session, TONE_WARNING, "注意", "Note");
        show_text(session, "号码所编的是另一个派出所", "the digits name another station");
        if (edge && candidate->area_edge.station == coded) {
            const short_text distance =
                distance_text(&session->view, candidate->area_edge.distance_m);
            fprintf(session->view.out,
                    pick(&session->view, "，其辖区离此只有 %s", ", whose area is only %s away"),
                    distance.text);
            edge = false;
        }
        show_text(session, "：", ": ");
        show_station(session, coded);
        end_line(session);
    } else if (answer->warnings & POLE_WARN_NO_AREA) {
        start_line(session, TONE_WARNING, "注意", "Note");
        show_text(session, "不在任何派出所的辖区内", "in no station's area");
        if (chosen && chosen->role == POLE_ROLE_CODED)
            show_text(session, "，暂按号码派", ": the one in the digits is given");
        else if (chosen)
            show_text(session, "，暂派直线最近的", ": the nearest is given");
        end_line(session);
    }
    if (edge) {
        start_line(session, TONE_WARNING, "注意", "Note");
        show_area_edge(session, &candidate->area_edge);
        end_line(session);
    }
}

/* "(..65 or ..69; do not say it first)" */
static void show_expected(const command_session *session, const pole_candidate *candidate)
{
    const char *zh = "（应为 ", *en = " (";
    for (size_t i = 0; i < candidate->neighbour_count; i++) {
        if (!is_next_pole(&candidate->neighbours[i]))
            continue;
        show_text(session, zh, en);
        show_short_code(session, candidate->neighbours[i].row);
        zh = " 或 ";
        en = " or ";
    }
    show_text(session, "，勿先告知）", "; do not say it first)");
}

/* The read-back, then the neighbour's number, which nobody can say who stands elsewhere. */
static void show_ask(const command_session *session, const pole_answer *answer,
                     const pole_candidate *candidate)
{
    bool any = false;
    if (answer->question == POLE_ASK_NOTHING)
        return;
    start_line(session, TONE_PLAIN, "请问", "Ask");
    show_question(session, answer, answer->question);
    for (size_t i = 0; i < candidate->neighbour_count; i++)
        any = any || is_next_pole(&candidate->neighbours[i]);
    if (any) {
        show_text(session, "再问：", " Then: ");
        show_question(session, answer, POLE_ASK_NEIGHBOUR);
        show_expected(session, candidate);
    }
    end_line(session);
}

static void text_exact(const command_session *session, const pole_answer *answer)
{
    pole_candidate candidate = {.struct_size = sizeof candidate};
    pole_record pole = {.struct_size = sizeof pole};
    if (pole_resolution_candidate(session->resolution, 0, &candidate, &pole) != POLE_OK)
        return;
    const pole_station_hit *chosen = chosen_station(candidate.stations, candidate.station_count);
    show_match(session, &pole);
    show_where(session, &candidate, &pole);
    show_coordinates(session, &candidate, &pole);
    show_send(session, chosen);
    show_notes(session, answer, &candidate, chosen);
    show_sure(session);
    show_ask(session, answer, &candidate);
}

void text_answer(const command_session *session, pole_span query)
{
    pole_answer answer = {.struct_size = sizeof answer};
    if (pole_resolution_answer(session->resolution, &answer) != POLE_OK)
        return;
    show_sample(session);
    switch (answer.match) {
    case POLE_EXACT:
        text_exact(session, &answer);
        break;
    case POLE_UNKNOWN:
        text_unknown(session, &answer);
        break;
    case POLE_NO_CODE:
        text_no_code(session, &answer, query);
        break;
    default:
        text_ambiguous(session, &answer);
    }
}
