/* SPDX-License-Identifier: MIT
 * Poles as lines of a list. What has a fixed width stands first, so that the columns need no
 * second pass, however long the list is. */
#include "list_poles.h"

#include <math.h>
#include <string.h>

#include <polelookup/json.h>
#include <polelookup/station.h>

#include "parts.h"
#include "words.h"

#define DISTANCE_COLUMNS 9
#define DIRECTION_COLUMNS 4

static pole_status write_hit(const command_session *session, const void *what, char *text,
                             size_t capacity, size_t *needed)
{
    const pole_hit *hit = what;
    const pole_json_options json = json_options(session);
    return pole_hit_json(session->resolution, hit->distance_m, hit->bearing_deg, &json, text,
                         capacity, needed);
}

static int list_as_json(command_session *session, const pole_hit *hit)
{
    pole_describe_options describe;
    pole_describe_options_init(&describe);
    describe.crs = session->crs;
    const pole_status status =
        pole_describe(session->index, hit->row, &describe, session->resolution);
    return status == POLE_OK ? put_json(session, write_hit, hit) : tell_status(session, status);
}

/* Columns of the longest code of the index, in its groups. */
static size_t code_columns(const command_session *session)
{
    size_t columns = 0;
    for (uint32_t i = 0; i < session->info.schemes; i++) {
        pole_scheme_info scheme = {.struct_size = sizeof scheme};
        if (pole_index_scheme(session->index, i, &scheme) == POLE_OK &&
            scheme.digits + scheme.field_count - 1u > columns)
            columns = scheme.digits + scheme.field_count - 1u;
    }
    return columns;
}

static void show_padded_code(const command_session *session, pole_code code)
{
    char text[32] = "";
    pole_code_format(session->index, code, 1, text, sizeof text, NULL);
    fputs(text, session->view.out);
    show_padding(&session->view, strlen(text), code_columns(session));
}

static void show_distance(const command_session *session, const pole_hit *hit)
{
    const text_view *view = &session->view;
    const short_text distance = distance_text(view, hit->distance_m);
    const char *direction = direction_text(view, hit->distance_m, hit->bearing_deg);
    show_padding(view, shown_columns(span_of(distance.text)), DISTANCE_COLUMNS);
    fprintf(view->out, "%s %s", distance.text, direction);
    show_padding(view, shown_columns(span_of(direction)), DIRECTION_COLUMNS);
}

static void show_in_crs(const command_session *session, pole_point at)
{
    double x = at.lon_deg, y = at.lat_deg;
    const int decimals = pole_crs_is_geographic(session->crs) ? 7 : 3;
    pole_crs_from_wgs84(session->crs, 1, &x, &y, NULL);
    if (isnan(x) || isnan(y))
        fputs("  -, -", session->view.out);
    else
        fprintf(session->view.out, "  %.*f, %.*f", decimals, x, decimals, y);
}

int list_pole(command_session *session, const pole_hit *hit)
{
    pole_record pole = {.struct_size = sizeof pole};
    pole_station_hit hits[4];
    size_t count = 0;
    if (session->options->voice.json)
        return list_as_json(session, hit);
    pole_status status = pole_index_record(session->index, hit->row, &pole);
    if (status == POLE_OK)
        status = pole_stations_of(session->index, hit->row, POLE_ROLE_ALL, hits, 4, &count);
    if (status != POLE_OK)
        return tell_status(session, status);
    show_padded_code(session, pole.code);
    if (!isnan(hit->distance_m))
        show_distance(session, hit);
    fputs("  ", session->view.out);
    show_point(session, pole.at);
    if (session->crs)
        show_in_crs(session, pole.at);
    fputs("  ", session->view.out);
    show_place(session, &pole);
    if (pole.state != POLE_STATE_ACTIVE)
        fprintf(session->view.out, pick(&session->view, "（%s）", " (%s)"),
                state_text(&session->view, pole.state));
    const pole_station_hit *chosen = chosen_station(hits, count);
    if (chosen) {
        show_text(session, "；", "; ");
        show_station_name(session, chosen->number);
    }
    end_line(session);
    return EXIT_FINE;
}
