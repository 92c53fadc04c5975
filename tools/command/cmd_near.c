/* SPDX-License-Identifier: MIT
 * polelookup near LAT,LON: the poles around a point. */
#include "commands.h"

#include <math.h>
#include <stdlib.h>

#include "list_poles.h"
#include "numbers.h"
#include "parts.h"
#include "words.h"

#define DEFAULT_NEAREST 5

typedef struct {
    pole_hit *hits;
    size_t count; /* in hits */
    size_t found; /* within the radius, or count when there is none */
} near_hits;

/* The k nearest, or with a radius all in it, cut to k where k was given. */
static pole_status find_near(const command_session *session, pole_point at, near_hits *near)
{
    const command_options *options = session->options;
    const size_t k = options->nearest ? options->nearest : DEFAULT_NEAREST;
    const bool in_radius = !isnan(options->radius_m);
    pole_status status = POLE_OK;
    near->found = k;
    if (in_radius) {
        status = pole_within_radius(session->index, at, options->radius_m, NULL, 0, &near->found);
        if (status != POLE_OK && status != POLE_LIMIT)
            return status;
    }
    near->count = in_radius && (options->nearest == 0 || near->found < k) ? near->found : k;
    near->hits = calloc(near->count + 1, sizeof *near->hits);
    if (!near->hits)
        return POLE_NO_MEMORY;
    if (in_radius) {
        status = pole_within_radius(session->index, at, options->radius_m, near->hits, near->count,
                                    &near->found);
        return status == POLE_LIMIT ? POLE_OK : status;
    }
    status =
        pole_nearest(session->index, at, near->count, (double)INFINITY, near->hits, &near->count);
    near->found = near->count;
    return status;
}

static void show_head(const command_session *session, pole_point at, const near_hits *near)
{
    const text_view *view = &session->view;
    if (session->options->voice.json)
        return;
    show_sample(session);
    start_line(session, near->count ? TONE_FOUND : TONE_NONE, "附近", "Near");
    show_point(session, at);
    show_text(session, "（WGS 84）", " (WGS 84)");
    if (!isnan(session->options->radius_m)) {
        const short_text radius = distance_text(view, session->options->radius_m);
        fprintf(view->out, pick(view, "，%s以内", ", within %s"), radius.text);
    }
    fprintf(view->out, pick(view, "：%zu 根灯杆", ": %zu pole%s"), near->found,
            near->found == 1 ? "" : "s");
    if (near->count < near->found)
        fprintf(view->out, pick(view, "，列出最近的 %zu 根", ", the nearest %zu listed"),
                near->count);
    end_line(session);
    show_outside(session, at);
}

static int list_near(command_session *session, pole_point at)
{
    near_hits near = {NULL, 0, 0};
    const pole_status status = find_near(session, at, &near);
    int result = status == POLE_OK ? EXIT_FINE : tell_status(session, status);
    if (result == EXIT_FINE) {
        show_head(session, at, &near);
        for (size_t i = 0; i < near.count && result == EXIT_FINE; i++)
            result = list_pole(session, &near.hits[i]);
        if (near.count == 0)
            result = EXIT_NOTHING;
    }
    free(near.hits);
    return result;
}

int run_near(const command_options *options)
{
    command_session session;
    pole_error error;
    pole_point at;
    if (options->arguments.count != 1)
        return tell_usage(options->voice, "as in: polelookup near 45.7769,126.6161",
                          "near takes one point, LAT,LON");
    if (!read_point(options->arguments.texts[0], &at, &error))
        return tell_error(options->voice, &error);
    int result = session_open(&session, options);
    if (result == EXIT_FINE)
        result = list_near(&session, at);
    session_close(&session);
    return result;
}
