/* SPDX-License-Identifier: MIT
 * polelookup within: all poles in a box or a polygon. */
#include "commands.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "list_poles.h"
#include "parts.h"
#include "read_file.h"

/* A polygon as near.h takes it, with room for the largest that the file can hold. */
typedef struct {
    pole_point *points;
    size_t *ring_sizes;
    size_t rings;
} polygon_rings;

static void polygon_free(polygon_rings *polygon)
{
    free(polygon->points);
    free(polygon->ring_sizes);
}

static pole_status parse_polygon(const file_bytes *file, polygon_rings *polygon, pole_error *error)
{
    size_t points = 0, rings = 0;
    pole_status status = pole_polygon_read(file->bytes, file->size_bytes, NULL, NULL, 0, &points,
                                           NULL, 0, &rings, error);
    if (status != POLE_LIMIT || points == 0)
        return status;
    polygon->points = calloc(points, sizeof *polygon->points);
    polygon->ring_sizes = calloc(rings, sizeof *polygon->ring_sizes);
    if (!polygon->points || !polygon->ring_sizes) {
        fail(error, POLE_NO_MEMORY, "%s", pole_status_text(POLE_NO_MEMORY));
        return POLE_NO_MEMORY;
    }
    return pole_polygon_read(file->bytes, file->size_bytes, NULL, polygon->points, points, &points,
                             polygon->ring_sizes, rings, &polygon->rings, error);
}

/* Fills the polygon from the file that the options name; EXIT_FINE, or after an error told. */
static int read_polygon(const command_options *options, polygon_rings *polygon)
{
    file_bytes file;
    pole_error error = {0};
    if (!read_file(options->polygon, &file, &error))
        return tell_error(options->voice, &error);
    const pole_status status = parse_polygon(&file, polygon, &error);
    free(file.bytes);
    if (status == POLE_OK)
        return EXIT_FINE;
    pole_error told;
    if (error.line > 0)
        fail(&told, status, "%s:%u: %s", options->polygon, error.line, error.message);
    else
        fail(&told, status, "%s: %s", options->polygon, error.message);
    fail_hint(&told, "%s", error.hint);
    tell_error(options->voice, &told);
    return EXIT_BROKEN;
}

static pole_status find_within(const command_session *session, const polygon_rings *polygon,
                               pole_row *rows, size_t capacity, size_t *needed)
{
    if (session->options->box_text)
        return pole_within_box(session->index, &session->options->box, rows, capacity, needed);
    return pole_within_polygon(session->index, polygon->points, polygon->ring_sizes, polygon->rings,
                               rows, capacity, needed);
}

static int list_rows(command_session *session, const pole_row *rows, size_t count)
{
    int result = EXIT_FINE;
    if (!session->options->voice.json) {
        const text_view *view = &session->view;
        show_sample(session);
        start_line(session, count ? TONE_FOUND : TONE_NONE, "范围内", "Within");
        fprintf(view->out, pick(view, "%zu 根灯杆", "%zu pole%s"), count, count == 1 ? "" : "s");
        end_line(session);
    }
    for (size_t i = 0; i < count && result == EXIT_FINE && !ferror(stdout); i++) {
        const pole_hit hit = {rows[i], 0, (double)NAN, (double)NAN};
        result = list_pole(session, &hit);
    }
    return count == 0 ? EXIT_NOTHING : result;
}

static int list_within(command_session *session, const polygon_rings *polygon)
{
    size_t count = 0;
    pole_status status = find_within(session, polygon, NULL, 0, &count);
    pole_row *rows = NULL;
    if (status == POLE_LIMIT) {
        rows = calloc(count, sizeof *rows);
        status = rows ? find_within(session, polygon, rows, count, &count) : POLE_NO_MEMORY;
    }
    const int result = status == POLE_OK ? list_rows(session, rows, rows ? count : 0)
                                         : tell_status(session, status);
    free(rows);
    return result;
}

int run_within(const command_options *options)
{
    command_session session;
    polygon_rings polygon = {NULL, NULL, 0};
    if (options->arguments.count > 0)
        return tell_usage(options->voice, "name what to search by --bbox S,W,N,E or --polygon FILE",
                          "within takes no argument '%s'", options->arguments.texts[0]);
    if (!options->box_text == !options->polygon)
        return tell_usage(options->voice, "as in: polelookup within --bbox 45.7,126.5,45.8,126.7",
                          "within needs a box or a polygon, and one alone");
    int result = options->polygon ? read_polygon(options, &polygon) : EXIT_FINE;
    if (result == EXIT_FINE) {
        result = session_open(&session, options);
        if (result == EXIT_FINE)
            result = list_within(&session, &polygon);
        session_close(&session);
    }
    polygon_free(&polygon);
    return result;
}
