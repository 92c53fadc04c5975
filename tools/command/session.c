/* SPDX-License-Identifier: MIT
 * What every command that asks an index needs. */
#include "session.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <polelookup/polelookup.h>

#include "load_adapters.h"

text_view view_of_output(const command_options *options)
{
    const char *no_color = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");
    text_view view = {stdout, options->language, false};
    view.colour = isatty(STDOUT_FILENO) && !(no_color && *no_color) &&
                  !(terminal && strcmp(terminal, "dumb") == 0);
    return view;
}

static int open_crs(command_session *session)
{
    const char *name = session->options->crs;
    const pole_adapters *adapters = NULL;
    pole_error error = {0};
    if (!name)
        return EXIT_FINE;
    if (crs_needs_adapters(name) && !(adapters = load_adapters(&error)))
        return tell_error(session->options->voice, &error);
    const pole_status status = pole_crs_new(span_of(name), adapters, NULL, &session->crs, &error);
    if (status == POLE_OK)
        return EXIT_FINE;
    tell_error(session->options->voice, &error);
    return status == POLE_NOT_FOUND || status == POLE_INVALID_ARGUMENT ? EXIT_USAGE : EXIT_BROKEN;
}

/* "it has: 五常市, 尚志市", as many as fit. */
static void list_scopes(const command_session *session, char *text, size_t capacity)
{
    const char *before = "it has: ";
    snprintf(text, capacity, "all its codes stand without one");
    size_t used = 0;
    uint16_t last = POLE_ANY_SCOPE; /* a county may have codes of several lengths */
    for (uint32_t i = 0; i < session->info.schemes && used < capacity; i++) {
        pole_scheme_info scheme = {.struct_size = sizeof scheme};
        pole_span scope = {NULL, 0};
        if (pole_index_scheme(session->index, i, &scheme) != POLE_OK ||
            pole_index_scope(session->index, scheme.scope, &scope) != POLE_OK ||
            scope.size_bytes == 0 || scheme.scope == last)
            continue;
        last = scheme.scope;
        used += (size_t)snprintf(text + used, capacity - used, "%s%.*s", before,
                                 (int)scope.size_bytes, scope.data);
        before = ", ";
    }
}

static int find_scope(command_session *session)
{
    const char *name = session->options->scope;
    session->scope = POLE_ANY_SCOPE;
    if (!name || pole_index_find_scope(session->index, span_of(name), &session->scope) == POLE_OK)
        return EXIT_FINE;
    char hint[512];
    list_scopes(session, hint, sizeof hint);
    return tell_usage(session->options->voice, hint, "the index has no county '%s'", name);
}

int session_open(command_session *session, const command_options *options)
{
    const text_view english = {stderr, POLE_LANGUAGE_EN, false};
    pole_error error = {0};
    memset(session, 0, sizeof *session);
    session->options = options;
    session->view = view_of_output(options);
    if (!choose_index(options->index, &session->which, &error))
        return tell_error(options->voice, &error);
    pole_status status = pole_index_open(session->which.path, NULL, &session->index, &error);
    if (status != POLE_OK) {
        fail_about(&error, status, session->which.path);
        if (error.hint[0] == '\0' && session->which.origin != INDEX_NAMED)
            fail_hint(&error, "why this one: %s",
                      index_origin_text(&english, session->which.origin));
        tell_error(options->voice, &error);
        return EXIT_BROKEN;
    }
    session->info.struct_size = sizeof session->info;
    status = pole_index_info(session->index, &session->info);
    if (status == POLE_OK)
        status = pole_resolution_new(NULL, &session->resolution);
    if (status != POLE_OK)
        return tell_status(session, status);
    const int found = find_scope(session);
    return found != EXIT_FINE ? found : open_crs(session);
}

void session_close(command_session *session)
{
    free(session->text);
    pole_crs_free(session->crs);
    pole_resolution_free(session->resolution);
    pole_index_close(session->index);
}

int tell_status(const command_session *session, pole_status status)
{
    pole_error error;
    fail(&error, status, "%s", pole_status_text(status));
    tell_error(session->options->voice, &error);
    return EXIT_BROKEN;
}

pole_json_options json_options(const command_session *session)
{
    pole_json_options json;
    pole_json_options_init(&json);
    json.language = session->options->language;
    json.caller_language = session->options->caller_language;
    return json;
}

int put_json(command_session *session, json_writer write, const void *what)
{
    const int made = make_json(session, write, what);
    if (made == EXIT_FINE)
        puts(session->text);
    return made;
}

int make_json(command_session *session, json_writer write, const void *what)
{
    size_t needed = 0;
    pole_status status = write(session, what, session->text, session->text_bytes, &needed);
    if (status == POLE_LIMIT && needed > session->text_bytes) {
        char *text = realloc(session->text, needed);
        if (!text)
            return tell_status(session, POLE_NO_MEMORY);
        session->text = text;
        session->text_bytes = needed;
        status = write(session, what, session->text, session->text_bytes, &needed);
    }
    return status == POLE_OK ? EXIT_FINE : tell_status(session, status);
}
