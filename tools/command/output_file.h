/* SPDX-License-Identifier: MIT
 * A file written by the command: it appears under its name whole or not at all. */
#ifndef COMMAND_OUTPUT_FILE_H
#define COMMAND_OUTPUT_FILE_H

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>

#include <polelookup/types.h>

typedef struct {
    FILE *stream;             /* NULL: not open */
    bool is_standard;         /* standard output, which is not closed here */
    char path[PATH_MAX];      /* where it will be, links followed */
    char temporary[PATH_MAX]; /* where it is until then; empty: written in place */
} output_file;

/* Begins a file; "-" is standard output; a device or pipe is written in place. False with the
 * error. */
bool output_begin(output_file *file, const char *path, pole_error *error);

/* All of it is written: syncs and renames. False with the error; the file is then gone. */
bool output_commit(output_file *file, pole_error *error);

/* Gives up what was written. Nothing when not open. */
void output_abandon(output_file *file);

/* What the library writes to. */
pole_sink output_sink(output_file *file);

/* Whether two paths lead to one file that exists. */
bool is_same_file(const char *a, const char *b);

#endif
