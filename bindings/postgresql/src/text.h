/* SPDX-License-Identifier: MIT
 *
 * Text between the server's encoding and UTF-8, which the library speaks. A database in another
 * encoding converts; a character that it lacks raises PostgreSQL's own error, and never becomes
 * another character. */
#ifndef POLE_PG_TEXT_H
#define POLE_PG_TEXT_H

#include "postgres.h"

#include <polelookup/types.h>

/* An argument of type text as UTF-8; lives as long as the call. */
pole_span text_from_argument(text *argument);

/* NUL-ended UTF-8 as a NUL-ended string of the server. */
const char *text_to_server(const char *utf8);

/* A span as a value of type text. */
text *text_from_span(pole_span span);

#endif
