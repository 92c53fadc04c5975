/* SPDX-License-Identifier: MIT
 * The lines of an answer that tell one pole: where it is, its coordinates, who is sent. */
#include <math.h>
#include <string.h>

#include "text_parts.h"

#define NOTE_COLUMNS 60
#define NEXT_POLE_M 100.0

bool read_told_pole(const command_session *session, size_t i, told_pole *told)
{
    memset(told, 0, sizeof *told);
    told->candidate.struct_size = sizeof told->candidate;
    told->pole.struct_size = sizeof told->pole;
    if (pole_resolution_candidate(session->resolution, i, &told->candidate, &told->pole) != POLE_OK)
        return false;
    told->chosen = chosen_station(told->candidate.stations, told->candidate.station_count);
    return true;
}

void show_state(const command_session *session, const pole_record *pole)
{
    if (pole->state == POLE_STATE_ACTIVE)
        return;
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

/* Not beyond a gap in the table. */
bool is_next_pole(const pole_neighbour *neighbour)
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

void show_where(const command_session *session, const told_pole *told)
{
    start_line(session, TONE_PLAIN, "位置", "Place");
    show_place(session, &told->pole);
    show_cross_streets(session, &told->candidate);
    show_neighbours(session, &told->candidate);
    if (told->pole.note.size_bytes > 0) {
        show_text(session, "；备注：", "; note: ");
        show_cut(&session->view, told->pole.note, NOTE_COLUMNS);
    }
    end_line(session);
}

void show_coordinates(const command_session *session, const told_pole *told)
{
    const pole_candidate *candidate = &told->candidate;
    start_line(session, TONE_PLAIN, "坐标", "Coord");
    show_point(session, told->pole.at);
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
    if (!isnan(candidate->distance_to_hint_m))
        fprintf(session->view.out, pick(&session->view, "；距手机定位 %s", "; %s from the phone"),
                distance_text(&session->view, candidate->distance_to_hint_m).text);
    end_line(session);
}

void show_send(const command_session *session, const pole_station_hit *chosen)
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

void show_lines_of(const command_session *session, const told_pole *told)
{
    show_where(session, told);
    show_coordinates(session, told);
    show_send(session, told->chosen);
}

static pole_station_number coded_station(const pole_candidate *candidate)
{
    for (size_t i = 0; i < candidate->station_count; i++) {
        if (candidate->stations[i].role == POLE_ROLE_CODED)
            return candidate->stations[i].number;
    }
    return POLE_NO_STATION;
}

/* The digits name another station than the area does; says so whether that one's area is near. */
static bool note_coded(const command_session *session, const told_pole *told)
{
    const pole_candidate *candidate = &told->candidate;
    const pole_station_number coded = coded_station(candidate);
    if (coded == POLE_NO_STATION || !told->chosen || told->chosen->role != POLE_ROLE_RESPONSIBLE ||
        told->chosen->number == coded)
        return false;
    start_line(session, TONE_WARNING, "注意", "Note");
    show_text(session, "号码所编的是另一个派出所", "the digits name another station");
    if (candidate->area_edge.station == coded)
        fprintf(session->view.out,
                pick(&session->view, "，其辖区离此只有 %s", ", whose area is only %s away"),
                distance_text(&session->view, candidate->area_edge.distance_m).text);
    show_text(session, "：", ": ");
    show_station(session, coded);
    end_line(session);
    return true;
}

static bool note_no_area(const command_session *session, const pole_answer *answer,
                         const told_pole *told)
{
    if (!(answer->warnings & POLE_WARN_NO_AREA) ||
        (told->chosen && told->chosen->role == POLE_ROLE_RESPONSIBLE))
        return false;
    start_line(session, TONE_WARNING, "注意", "Note");
    show_text(session, "不在任何派出所的辖区内", "in no station's area");
    if (told->chosen && told->chosen->role == POLE_ROLE_CODED)
        show_text(session, "，暂按号码派", ": the one in the digits is given");
    else if (told->chosen)
        show_text(session, "，暂派直线最近的", ": the nearest is given");
    end_line(session);
    return true;
}

/* What was said beside the code and speaks against it, or could not be used as it was. */
bool show_evidence_note(const command_session *session, uint32_t warnings)
{
    static const uint32_t in_order[] = {POLE_WARN_HINT_CONFLICT,      POLE_WARN_STREET_CONFLICT,
                                        POLE_WARN_ALSO_CONFLICT,      POLE_WARN_SEVERAL_CODES,
                                        POLE_WARN_HINT_DATUM_SUSPECT, POLE_WARN_HINT_OUTSIDE,
                                        POLE_WARN_STREET_UNMATCHED};
    for (size_t i = 0; i < sizeof in_order / sizeof in_order[0]; i++) {
        if (!(warnings & in_order[i]))
            continue;
        start_line(session, TONE_WARNING, "注意", "Note");
        fputs(pole_warning_text(in_order[i], session->view.language), session->view.out);
        end_line(session);
        return true;
    }
    return false;
}

void show_notes(const command_session *session, const pole_answer *answer, const told_pole *told,
                unsigned most)
{
    const pole_area_edge *edge = &told->candidate.area_edge;
    bool edge_told = false;
    if (most > 0 &&
        (show_evidence_note(session, answer->warnings) || show_disagreement_note(session, answer)))
        most--;
    if (most > 0 && note_coded(session, told)) {
        most--;
        edge_told = edge->station == coded_station(&told->candidate);
    } else if (most > 0 && note_no_area(session, answer, told)) {
        most--;
    }
    if (most == 0 || edge_told || edge->station == POLE_NO_STATION || !isfinite(edge->distance_m))
        return;
    start_line(session, TONE_WARNING, "注意", "Note");
    show_area_edge(session, edge);
    end_line(session);
}
