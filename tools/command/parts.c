/* SPDX-License-Identifier: MIT
 * The parts that answers for people are made of. */
#include "parts.h"

#include <math.h>
#include <string.h>

#include <polelookup/json.h>

#include "words.h"

#define CODE_TEXT_BYTES 32 /* always enough, says lookup.h */

static bool is_chinese(const command_session *session)
{
    return session->view.language == POLE_LANGUAGE_ZH;
}

void show_text(const command_session *session, const char *zh, const char *en)
{
    fputs(pick(&session->view, zh, en), session->view.out);
}

void start_line(const command_session *session, label_tone tone, const char *zh, const char *en)
{
    show_label(&session->view, tone, pick(&session->view, zh, en));
}

void end_line(const command_session *session)
{
    putc('\n', session->view.out);
}

void show_counts(const text_view *view, uint32_t poles, uint32_t stations, uint32_t areas)
{
    if (view->language == POLE_LANGUAGE_ZH)
        fprintf(view->out, "%u 根灯杆、%u 个站点、%u 个辖区", poles, stations, areas);
    else
        fprintf(view->out, "%u pole%s, %u station%s, %u area%s", poles, plural(poles), stations,
                plural(stations), areas, plural(areas));
}

void show_bracket(const command_session *session)
{
    show_text(session, "（", " (");
}

void show_bracket_end(const command_session *session)
{
    show_text(session, "）", ")");
}

void show_sample(const command_session *session)
{
    const text_view *view = &session->view;
    if (!session->info.is_sample)
        return;
    show_label(view, TONE_WARNING, pick(view, "样例", "SAMPLE"));
    show_text(session, "虚构的城市：地点、派出所、电话都不是真的，不得据此出警\n",
              "invented city: no place, station or number is real; do not act on it\n");
}

void show_code(const command_session *session, pole_code code)
{
    char text[CODE_TEXT_BYTES] = "";
    pole_code_format(session->index, code, 1, text, sizeof text, NULL);
    fputs(text, session->view.out);
}

void show_short_code(const command_session *session, pole_row row)
{
    pole_record pole = {.struct_size = sizeof pole};
    char text[CODE_TEXT_BYTES] = "";
    if (pole_index_record(session->index, row, &pole) != POLE_OK)
        return;
    pole_code_format(session->index, pole.code, 1, text, sizeof text, NULL);
    const char *last = strrchr(text, ' ');
    if (last)
        show_text(session, "…", "..");
    fputs(last ? last + 1 : text, session->view.out);
}

/* Chinese goes from the large to the small, English the other way. A county's poles may have the
 * county for their district: it is said once. */
void show_place(const command_session *session, const pole_record *pole)
{
    const bool twice = pole->scope.size_bytes == pole->district.size_bytes &&
                       pole->scope.size_bytes > 0 &&
                       memcmp(pole->scope.data, pole->district.data, pole->scope.size_bytes) == 0;
    const pole_span none = {NULL, 0};
    const pole_span parts[3] = {pole->scope, twice ? none : pole->district, pole->street};
    const bool chinese = is_chinese(session);
    bool written = false;
    if (pole->street.size_bytes == 0 && !chinese) {
        fputs("street not in the table", session->view.out);
        written = true;
    }
    for (size_t i = 0; i < 3; i++) {
        const pole_span part = parts[chinese ? i : 2 - i];
        if (part.size_bytes == 0)
            continue;
        if (written)
            show_text(session, " ", ", ");
        show_name(&session->view, part);
        written = true;
    }
    if (pole->street.size_bytes == 0 && chinese)
        fprintf(session->view.out, "%s街名未登记", written ? " " : "");
}

void show_point(const command_session *session, pole_point at)
{
    fprintf(session->view.out, "%.7f, %.7f", at.lat_deg, at.lon_deg);
}

void show_outside(const command_session *session, pole_point at)
{
    const pole_info *info = &session->info;
    const pole_point southwest = info->southwest, northeast = info->northeast;
    if (at.lat_deg >= southwest.lat_deg && at.lat_deg <= northeast.lat_deg &&
        at.lon_deg >= southwest.lon_deg && at.lon_deg <= northeast.lon_deg)
        return;
    start_line(session, TONE_WARNING, "注意", "Note");
    fprintf(session->view.out,
            pick(&session->view, "该点在表中灯杆的范围之外：%.4f,%.4f 至 %.4f,%.4f\n",
                 "the point lies outside the table's extent, %.4f,%.4f to %.4f,%.4f\n"),
            southwest.lat_deg, southwest.lon_deg, northeast.lat_deg, northeast.lon_deg);
}

void show_station_name(const command_session *session, pole_station_number number)
{
    pole_station station = {.struct_size = sizeof station};
    if (pole_index_station(session->index, number, &station) == POLE_OK)
        show_name(&session->view, station.name.size_bytes > 0 ? station.name : station.id);
}

void show_station(const command_session *session, pole_station_number number)
{
    pole_station station = {.struct_size = sizeof station};
    if (pole_index_station(session->index, number, &station) != POLE_OK)
        return;
    show_station_name(session, number);
    putc(' ', session->view.out);
    if (station.phone.size_bytes > 0)
        show_name(&session->view, station.phone);
    else
        show_text(session, "电话未登记", "phone not in the table");
}

void show_reason(const command_session *session, uint32_t roles, double distance_m,
                 double bearing_deg)
{
    static const int32_t in_order[] = {POLE_ROLE_RESPONSIBLE, POLE_ROLE_CODED, POLE_ROLE_ROAD,
                                       POLE_ROLE_NEAREST};
    FILE *out = session->view.out;
    const char *direction = direction_text(&session->view, distance_m, bearing_deg);
    const short_text distance = distance_text(&session->view, distance_m);
    bool written = false;
    show_bracket(session);
    for (size_t i = 0; i < sizeof in_order / sizeof in_order[0]; i++) {
        if (!(roles & (uint32_t)in_order[i]))
            continue;
        if (written)
            show_text(session, "、", ", ");
        fputs(role_text(&session->view, in_order[i]), out);
        written = true;
    }
    if (written)
        show_text(session, "；", "; ");
    const char *blank = *direction ? " " : "";
    if (is_chinese(session))
        fprintf(out, "%s%s%s", direction, blank, distance.text);
    else
        fprintf(out, "%s%s%s", distance.text, blank, direction);
    show_bracket_end(session);
}

bool show_area_edge(const command_session *session, const pole_area_edge *edge)
{
    if (edge->station == POLE_NO_STATION || !isfinite(edge->distance_m))
        return false;
    const short_text distance = distance_text(&session->view, edge->distance_m);
    if (edge->distance_m == 0)
        show_text(session, "正在另一辖区的边界上：", "on the border of another station's area: ");
    else if (is_chinese(session))
        fprintf(session->view.out, "离另一辖区只有 %s：", distance.text);
    else
        fprintf(session->view.out, "only %s from another station's area: ", distance.text);
    show_station(session, edge->station);
    return true;
}

const pole_station_hit *chosen_station(const pole_station_hit *hits, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (hits[i].chosen)
            return &hits[i];
    }
    return NULL;
}
