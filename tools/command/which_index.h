/* SPDX-License-Identifier: MIT
 * Which index is asked: the first that is named, or exists. */
#ifndef COMMAND_WHICH_INDEX_H
#define COMMAND_WHICH_INDEX_H

#include <limits.h>
#include <stdbool.h>

#include "show.h"

typedef enum {
    INDEX_NAMED,       /* --index, or the argument of info */
    INDEX_ENVIRONMENT, /* $POLELOOKUP_INDEX */
    INDEX_USER,        /* $XDG_DATA_HOME/polelookup/default.plx */
    INDEX_SYSTEM,      /* POLELOOKUP_DEFAULT_INDEX, set when the command was built */
    INDEX_SAMPLE       /* beside the command */
} index_origin;

typedef struct {
    index_origin origin;
    char path[PATH_MAX];
} which_index;

/* Chooses: `named` if not NULL; else $POLELOOKUP_INDEX, which must not be empty; else the first of
 * the others that exists, if only as a link that leads nowhere: an index that is there and cannot
 * be opened is an error, and must not make another city's answer. The current folder is never
 * searched. False with the error (POLE_INVALID_ARGUMENT or POLE_NOT_FOUND) when there is none. */
bool choose_index(const char *named, which_index *chosen, pole_error *error);

/* Why it was chosen, in words. Static. */
const char *index_origin_text(const text_view *view, index_origin origin);

#endif
