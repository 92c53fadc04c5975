/* SPDX-License-Identifier: MIT
 * polelookup station CODE | LAT,LON: who answers for a pole or a place, and who else is near. */
#include "commands.h"

#include <stdlib.h>
#include <string.h>

#include <polelookup/json.h>
#include <polelookup/resolve.h>

#include "numbers.h"
#include "parts.h"
#include "words.h"
#include "wrap.h"

#define DEFAULT_NEAREST 3
#define MOST_KINDS 8
#define ROLES 4 /* pole_stations_of() gives at most as many hits */

/* The place asked about, and its stations. */
typedef struct {
    const char *query;
    pole_point at;
    pole_row row; /* POLE_NO_ROW: a point */
    pole_span kind;
    pole_station_hit hits[ROLES + POLE_MAX_NEAREST];
    size_t count;
    pole_area_edge edge;
} station_place;

static bool is_police(pole_span kind)
{
    return kind.size_bytes == 0 ||
           (kind.size_bytes == 6 && memcmp(kind.data, "police", kind.size_bytes) == 0);
}

/* Those whose area or digits say so, then the k nearest. One of all is chosen. */
static pole_status find_stations(const command_session *session, station_place *place)
{
    const pole_index *index = session->index;
    const size_t k = session->options->nearest ? session->options->nearest : DEFAULT_NEAREST;
    size_t first = 0, near = 0;
    pole_status status;
    if (place->row != POLE_NO_ROW && is_police(place->kind))
        status = pole_stations_of(index, place->row, POLE_ROLE_CODED | POLE_ROLE_RESPONSIBLE,
                                  place->hits, ROLES, &first);
    else
        status = pole_stations_at(index, place->at, place->kind, POLE_ROLE_RESPONSIBLE, 0,
                                  place->hits, ROLES, &first);
    if (status == POLE_OK || status == POLE_NOT_FOUND)
        status = pole_stations_at(index, place->at, place->kind, POLE_ROLE_NEAREST, k,
                                  place->hits + first, k, &near);
    if (status == POLE_NOT_FOUND)
        status = POLE_OK;
    if (chosen_station(place->hits, first)) {
        for (size_t i = first; i < first + near; i++)
            place->hits[i].chosen = 0;
    }
    place->count = first + near;
    place->edge.station = POLE_NO_STATION;
    if (status == POLE_OK && is_police(place->kind))
        status = pole_area_edge_at(index, place->at, POLE_AREA_EDGE_M, &place->edge);
    return status;
}

/* The pole of a code. EXIT_FINE, or the exit status after it was told that there is none. */
static int find_pole(const command_session *session, station_place *place)
{
    const message_voice voice = session->options->voice;
    pole_code code;
    pole_error error;
    if (pole_code_parse(session->index, span_of(place->query), &code) != POLE_OK) {
        /* Not shown: it may be a telephone number. */
        fail(&error, POLE_MALFORMED_CODE, "this is no code of the index, and no point");
        fail_hint(&error, "give a code such as 1234567, or LAT,LON");
        tell_error(voice, &error);
        return EXIT_NOTHING;
    }
    code.scope = session->scope;
    const pole_status status = pole_index_find(session->index, code, &place->row);
    if (status == POLE_OK) {
        pole_index_point(session->index, place->row, &place->at);
        return EXIT_FINE;
    }
    if (status == POLE_SEVERAL) {
        fail(&error, status, "several counties have a pole %s", place->query);
        fail_hint(&error, "name one with --scope; polelookup info lists them");
        tell_error(voice, &error);
        return EXIT_CONFIRM;
    }
    fail(&error, POLE_NOT_FOUND, "the table has no pole %s", place->query);
    tell_error(voice, &error);
    return EXIT_NOTHING;
}

static void show_one_station(const command_session *session, const station_place *place, size_t i)
{
    const pole_station_hit *hit = &place->hits[i];
    const bool police = is_police(place->kind);
    uint32_t roles = 0;
    for (size_t j = 0; j < place->count; j++) {
        /* Of many in a straight line only the first is the nearest. */
        if (place->hits[j].number == hit->number &&
            (place->hits[j].role != POLE_ROLE_NEAREST || j == 0 ||
             place->hits[j - 1].role != POLE_ROLE_NEAREST))
            roles |= (uint32_t)place->hits[j].role;
    }
    const bool chosen = chosen_station(place->hits, place->count) &&
                        chosen_station(place->hits, place->count)->number == hit->number;
    if (chosen && police)
        start_line(session, TONE_FOUND, "出警", "Send");
    else
        start_line(session, TONE_PLAIN, police ? "其他" : "站点", police ? "Else" : "Found");
    show_station(session, hit->number);
    show_reason(session, roles, hit->distance_m, hit->bearing_deg);
    end_line(session);
}

static bool is_repeated(const station_place *place, size_t i)
{
    for (size_t j = 0; j < i; j++) {
        if (place->hits[j].number == place->hits[i].number)
            return true;
    }
    return false;
}

static void show_stations(const command_session *session, const station_place *place)
{
    const pole_station_hit *chosen = chosen_station(place->hits, place->count);
    for (size_t i = 0; i < place->count; i++) {
        if (&place->hits[i] == chosen)
            show_one_station(session, place, i);
    }
    for (size_t i = 0; i < place->count; i++) {
        if (!is_repeated(place, i) && (!chosen || place->hits[i].number != chosen->number))
            show_one_station(session, place, i);
    }
    if (is_police(place->kind) && session->info.areas > 0 && chosen &&
        chosen->role != POLE_ROLE_RESPONSIBLE) {
        start_line(session, TONE_WARNING, "注意", "Note");
        show_text(session, "不在任何派出所的辖区内\n", "in no station's area\n");
    }
    if (place->edge.station != POLE_NO_STATION) {
        start_line(session, TONE_WARNING, "注意", "Note");
        show_area_edge(session, &place->edge);
        end_line(session);
    }
}

/* "police, fire": the kinds that the table has, the first few of them. */
static void show_kinds(const command_session *session)
{
    pole_span kinds[MOST_KINDS];
    size_t count = 0;
    pole_station station = {.struct_size = sizeof station};
    for (uint32_t i = 0; count < MOST_KINDS && i < session->info.stations; i++) {
        size_t same = 0;
        if (pole_index_station(session->index, i, &station) != POLE_OK)
            return;
        while (same < count &&
               (kinds[same].size_bytes != station.kind.size_bytes ||
                memcmp(kinds[same].data, station.kind.data, station.kind.size_bytes) != 0))
            same++;
        if (same < count)
            continue;
        kinds[count++] = station.kind;
        if (count == 1)
            show_text(session, "；有：", "; it has: ");
        else
            show_text(session, "、", ", ");
        show_name(&session->view, station.kind);
    }
}

static void show_answer(const command_session *session, const station_place *place)
{
    pole_record pole = {.struct_size = sizeof pole};
    show_sample(session);
    start_line(session, TONE_PLAIN, "位置", "Place");
    if (place->row != POLE_NO_ROW &&
        pole_index_record(session->index, place->row, &pole) == POLE_OK) {
        show_code(session, pole.code);
        fputs("  ", session->view.out);
        show_place(session, &pole);
        if (pole.state != POLE_STATE_ACTIVE)
            fprintf(session->view.out, pick(&session->view, "（%s）", " (%s)"),
                    state_text(&session->view, pole.state));
    } else {
        show_point(session, place->at);
        show_text(session, "（WGS 84）", " (WGS 84)");
    }
    end_line(session);
    show_outside(session, place->at);
    if (place->count > 0) {
        show_stations(session, place);
        return;
    }
    start_line(session, TONE_NONE, "查无", "NOT FOUND");
    if (session->info.stations == 0)
        show_text(session, "表中没有站点", "no station in the table");
    else
        show_text(session, "表中没有这一类站点", "no station of this kind in the table");
    show_kinds(session);
    end_line(session);
}

static pole_status write_stations(const command_session *session, const void *what, char *text,
                                  size_t capacity, size_t *needed)
{
    const station_place *place = what;
    const pole_json_options json = json_options(session);
    return pole_stations_json(session->index, span_of(place->query), place->at, place->kind,
                              place->hits, place->count, &place->edge, &json, text, capacity,
                              needed);
}

static int answer_place(command_session *session, station_place *place)
{
    int result = EXIT_FINE;
    if (place->row == POLE_NO_ROW && !looks_like_point(place->query))
        result = find_pole(session, place);
    if (result != EXIT_FINE)
        return result;
    const pole_status status = find_stations(session, place);
    if (status != POLE_OK)
        return tell_status(session, status);
    if (session->options->voice.json) {
        result = put_json(session, write_stations, place);
    } else {
        wrapped_answer wrapped;
        wrap_begin(&wrapped, &session->view);
        show_answer(session, place);
        wrap_end(&wrapped, &session->view);
    }
    return place->count == 0 && result == EXIT_FINE ? EXIT_NOTHING : result;
}

int run_station(const command_options *options)
{
    command_session session;
    pole_error error;
    if (options->arguments.count != 1)
        return tell_usage(options->voice,
                          "as in: polelookup station 1234567; quote a code with blanks",
                          "station takes one code or one point");
    station_place *place = calloc(1, sizeof *place);
    if (!place) {
        fail(&error, POLE_NO_MEMORY, "%s", pole_status_text(POLE_NO_MEMORY));
        return tell_error(options->voice, &error);
    }
    place->query = options->arguments.texts[0];
    place->row = POLE_NO_ROW;
    if (options->kind)
        place->kind = span_of(options->kind);
    int result = EXIT_FINE;
    if (looks_like_point(place->query)) {
        if (options->scope)
            result = tell_usage(options->voice, NULL, "--scope belongs to a code, not to a point");
        else if (!read_point(place->query, &place->at, &error))
            result = tell_error(options->voice, &error);
    }
    if (result == EXIT_FINE) {
        result = session_open(&session, options);
        if (result == EXIT_FINE)
            result = answer_place(&session, place);
        session_close(&session);
    }
    free(place);
    return result;
}
