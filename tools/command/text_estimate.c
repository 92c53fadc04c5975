/* SPDX-License-Identifier: MIT
 * An answer for a code that the table lacks, whose neighbours are there: an estimated place, and
 * the misheard poles that it is weighed against. */
#include "text_answer.h"

#include <math.h>

#include "text_parts.h"

#define MOST_BETWEEN_M 500.0
#define MOST_AROUND 256
#define WORTH_SAYING 0.01

/* How far a pole is from a point; NAN beyond the poles around it. */
static double distance_to_pole(const command_session *session, pole_point from, pole_row row)
{
    pole_hit hits[MOST_AROUND];
    size_t count = 0;
    if (pole_nearest(session->index, from, MOST_AROUND, MOST_BETWEEN_M, hits, &count) != POLE_OK)
        return (double)NAN;
    for (size_t i = 0; i < count; i++)
        if (hits[i].row == row)
            return hits[i].distance_m;
    return (double)NAN;
}

static void show_between(const command_session *session, const pole_estimate *estimate)
{
    const text_view *view = &session->view;
    pole_record low = {.struct_size = sizeof low}, high = {.struct_size = sizeof high};
    if (pole_index_record(session->index, estimate->between[0], &low) != POLE_OK ||
        pole_index_record(session->index, estimate->between[1], &high) != POLE_OK)
        return;
    const double gap_m = distance_to_pole(session, low.at, high.row);
    start_line(session, TONE_PLAIN, "位置", "Place");
    show_text(session, "约在", "about ");
    show_place(session, &low);
    show_text(session, "，", ", between ");
    show_code(session, low.code);
    show_text(session, " 与 ", " and ");
    show_code(session, high.code);
    show_text(session, " 之间", "");
    show_bracket(session);
    if (!isnan(gap_m))
        fprintf(view->out, pick(view, "相距 %s，", "%s apart, "), distance_text(view, gap_m).text);
    show_text(session, "同侧", "same side");
    show_bracket_end(session);
    end_line(session);
}

/* The misheard poles beside it. */
static void show_misheard(const command_session *session, const pole_answer *answer,
                          const pole_estimate *estimate)
{
    told_pole told;
    if (answer->candidates == 0 || !read_told_pole(session, 0, &told) ||
        !(told.candidate.confidence >= WORTH_SAYING))
        return;
    const double away_m = distance_to_pole(session, estimate->at, told.pole.row);
    show_text(session, "；也可能听错：", "; or misheard: ");
    show_code(session, told.pole.code);
    if (isnan(away_m)) {
        show_text(session, " ", ", ");
        show_place(session, &told.pole);
        putc(' ', session->view.out);
    } else {
        show_bracket(session);
        fputs(distance_text(&session->view, away_m).text, session->view.out);
        show_bracket_end(session);
        show_text(session, "", " ");
    }
    fputs(share_text(told.candidate.confidence).text, session->view.out);
}

void text_estimate(const command_session *session, const pole_answer *answer)
{
    const text_view *view = &session->view;
    pole_estimate estimate = {.struct_size = sizeof estimate};
    if (pole_resolution_estimate(session->resolution, &estimate) != POLE_OK)
        return;
    start_line(session, TONE_DOUBT, "推算", "ESTIMATED");
    show_code(session, estimate.code);
    show_text(session, " 不在表中（可能新增或漏录）\n",
              " is not in the table (new, or left out)\n");
    show_between(session, &estimate);
    start_line(session, TONE_PLAIN, "坐标", "Coord");
    show_point(session, estimate.at);
    fprintf(view->out, pick(view, "（WGS 84），误差约 %s\n", " (WGS 84), within about %s\n"),
            distance_text(view, estimate.radius_m).text);
    show_send(session, chosen_station(estimate.stations, estimate.station_count));
    if (estimate.area_edge.station != POLE_NO_STATION && isfinite(estimate.area_edge.distance_m)) {
        start_line(session, TONE_WARNING, "注意", "Note");
        show_area_edge(session, &estimate.area_edge);
        end_line(session);
    }
    start_line(session, TONE_PLAIN, "把握", "Sure");
    fprintf(view->out, "%s %s", sure_text(view, answer->confidence),
            share_text(answer->confidence).text);
    show_misheard(session, answer, &estimate);
    end_line(session);
    show_ask(session, answer, NULL);
}
