/* SPDX-License-Identifier: MIT
 * What every command that asks an index needs: the open index, what it is, how to write. */
#ifndef COMMAND_SESSION_H
#define COMMAND_SESSION_H

#include <polelookup/index.h>
#include <polelookup/json.h>
#include <polelookup/resolution.h>

#include "options.h"
#include "show.h"
#include "which_index.h"

typedef struct {
    const command_options *options;
    pole_index *index;
    pole_resolution *resolution; /* to describe poles in */
    pole_crs *crs;               /* NULL: not asked for */
    pole_info info;
    text_view view;
    uint16_t scope; /* POLE_ANY_SCOPE: not asked for */
    which_index which;
    char *text; /* JSON is written here */
    size_t text_bytes;
} command_session;

/* Opens the index that the options and the environment name, and what else the options ask for.
 * Returns EXIT_FINE, or the exit status after the error was told; session_close() is needed in
 * either case. */
int session_open(command_session *session, const command_options *options);
void session_close(command_session *session);

/* How people's text is written on standard output. */
text_view view_of_output(const command_options *options);

/* The languages that the options ask for. */
pole_json_options json_options(const command_session *session);

/* Writes one JSON object with `write` (which fills a text as the functions of json.h do) and a
 * line end. Returns EXIT_FINE, or EXIT_BROKEN after the error was told. */
typedef pole_status (*json_writer)(const command_session *session, const void *what, char *text,
                                   size_t capacity, size_t *needed);
int put_json(command_session *session, json_writer write, const void *what);
/* The same into session->text alone. */
int make_json(command_session *session, json_writer write, const void *what);

/* The error of a library call that gives none. Told; returns EXIT_BROKEN. */
int tell_status(const command_session *session, pole_status status);

#endif
