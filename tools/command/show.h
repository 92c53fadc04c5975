/* SPDX-License-Identifier: MIT
 * Text on a terminal: what may be shown, how wide it is, in which of two languages, in colour or
 * not. */
#ifndef COMMAND_SHOW_H
#define COMMAND_SHOW_H

#include <stdbool.h>
#include <stdio.h>

#include <polelookup/types.h>

pole_span span_of(const char *text);

/* How an answer is written for people. */
typedef struct {
    FILE *out;
    int32_t language; /* POLE_LANGUAGE_ZH or _EN */
    bool colour;
} text_view;

/* The text in the view's language. */
const char *pick(const text_view *view, const char *zh, const char *en);

/* What a label announces. */
typedef enum { TONE_PLAIN, TONE_FOUND, TONE_DOUBT, TONE_NONE, TONE_WARNING } label_tone;

/* A line's label, padded so that what follows stands in one column. A longer label is followed by
 * two spaces. */
void show_label(const text_view *view, label_tone tone, const char *label);

/* Text that nobody has checked (a table's, an argument's): control characters, marks that turn the
 * direction, and bytes that are no UTF-8 are shown as '?'. */
void show_span(const text_view *view, pole_span text);
/* The same, cut at `columns` with an ellipsis; and where so many marks are heaped on one character
 * that they would fill a page. */
void show_cut(const text_view *view, pole_span text, size_t columns);
/* A name of the table (a county, street, station, owner ...), which may be of any length. */
void show_name(const text_view *view, pole_span name);

/* Pads what has been written in `used` columns to `columns`. */
void show_padding(const text_view *view, size_t used, size_t columns);

/* Columns on a terminal: two for East Asian wide characters, none for combining ones. */
size_t shown_columns(pole_span text);

/* Replaces, in place and keeping the length, what show_span() would replace. */
void make_showable(char *text, size_t size_bytes);

#endif
