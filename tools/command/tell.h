/* SPDX-License-Identifier: MIT
 * What the command says on standard error, as text or as JSON, and how it ends. */
#ifndef COMMAND_TELL_H
#define COMMAND_TELL_H

#include <stdbool.h>

#include <polelookup/types.h>

/* Exit statuses of the contract. */
enum {
    EXIT_FINE = 0,
    EXIT_NOTHING = 1, /* unknown, no code, nothing found, findings */
    EXIT_USAGE = 2,
    EXIT_CONFIRM = 3, /* needs confirming; rows were refused */
    EXIT_BROKEN = 4   /* index, file or I/O */
};

/* How messages are written. Set once from the options, passed to who speaks. */
typedef struct {
    bool json;
    bool quiet;       /* notes are left out, errors are not */
    int32_t language; /* POLE_LANGUAGE_...: of the word that begins an error */
} message_voice;

/* Fills an error; the message is cut between characters and made safe to show. */
void fail(pole_error *error, pole_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void fail_hint(pole_error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Makes an error name the file that it is about, if it does not: "city.plx: ...". A status without
 * words gets those of pole_status_text(). */
void fail_about(pole_error *error, pole_status status, const char *path);

/* Writes an error to standard error; returns the exit status that it means: EXIT_USAGE for
 * POLE_INVALID_ARGUMENT, else EXIT_BROKEN. */
int tell_error(message_voice voice, const pole_error *error);

/* fail() and tell_error() in one, for the caller's mistakes. hint may be NULL. */
int tell_usage(message_voice voice, const char *hint, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* A remark that is not a failure. Nothing when quiet or in JSON. */
void tell_note(message_voice voice, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Ends standard output: returns status, or EXIT_BROKEN when not all could be written, which is
 * told unless the reader simply went away. */
int end_output(message_voice voice, int status);

/* The worse of two statuses, when several queries are answered: broken, nothing, confirm, fine. */
int worse_exit(int a, int b);

#endif
