/* SPDX-License-Identifier: MIT
 * polelookup verify INDEX: whether every byte, and all that was derived, is as it was written. */
#include "commands.h"

#include <stdio.h>
#include <string.h>

#include <polelookup/index.h>
#include <polelookup/json.h>

#include "parts.h"
#include "session.h"

/* {"schema": 1, "sound": ..., "id": ..., "error": {...} or null} */
static void put_as_json(const pole_index *index, const pole_error *error)
{
    pole_info info = {.struct_size = sizeof info};
    char text[6 * sizeof *error + 256];
    size_t needed;
    const bool sound = error->status == POLE_OK;
    printf("{\"schema\":1,\"sound\":%s,\"id\":", sound ? "true" : "false");
    if (index && pole_index_info(index, &info) == POLE_OK)
        printf("\"%s\",", info.id);
    else
        fputs("null,", stdout);
    /* The error's own object without its opening brace ends this one. */
    if (!sound && pole_error_json(error, text, sizeof text, &needed) == POLE_OK)
        puts(text + 1);
    else
        puts("\"error\":null}");
}

static void show_as_text(const command_options *options, const pole_index *index,
                         const pole_error *error)
{
    const text_view view = view_of_output(options);
    pole_info info = {.struct_size = sizeof info};
    const bool sound = error->status == POLE_OK;
    show_label(&view, sound ? TONE_FOUND : TONE_NONE,
               sound ? pick(&view, "完好", "SOUND") : pick(&view, "损坏", "DAMAGED"));
    show_span(&view, span_of(options->arguments.texts[0]));
    fputs(pick(&view, "：", ": "), stdout);
    if (sound && index && pole_index_info(index, &info) == POLE_OK) {
        show_counts(&view, info.poles, info.stations, info.areas);
        printf(pick(&view, "；%s\n", "; %s\n"), info.id);
    } else {
        puts(error->message);
    }
}

int run_verify(const command_options *options)
{
    pole_index *index = NULL;
    pole_error error = {0};
    if (options->arguments.count != 1)
        return tell_usage(options->voice, "as in: polelookup verify city.plx",
                          "verify takes one index");
    pole_status status = pole_index_open(options->arguments.texts[0], NULL, &index, &error);
    if (status == POLE_OK)
        status = pole_index_verify(index, &error);
    if (status != POLE_OK && error.status == POLE_OK)
        fail(&error, status, "%s", pole_status_text(status));
    int result = EXIT_FINE;
    if (status != POLE_OK && status != POLE_DAMAGED) {
        fail_about(&error, status, options->arguments.texts[0]);
        tell_error(options->voice, &error);
        result = EXIT_BROKEN;
    } else {
        if (options->voice.json)
            put_as_json(index, &error);
        else
            show_as_text(options, index, &error);
        result = status == POLE_OK ? EXIT_FINE : EXIT_NOTHING;
    }
    pole_index_close(index);
    return result;
}
