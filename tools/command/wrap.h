/* SPDX-License-Identifier: MIT
 * Answers on a terminal that is narrower than their lines: a line goes on below its text, and no
 * code, coordinate or telephone number is cut in two. */
#ifndef COMMAND_WRAP_H
#define COMMAND_WRAP_H

#include "show.h"

/* An answer while it is written. */
typedef struct {
    FILE *out;      /* where the answer goes in the end */
    size_t columns; /* of the terminal; 0: written straight to it */
    char *text;
    size_t size_bytes;
} wrapped_answer;

/* Between the two, what is written to view->out is gathered, where that is a terminal. */
void wrap_begin(wrapped_answer *answer, text_view *view);
void wrap_end(wrapped_answer *answer, text_view *view);

#endif
