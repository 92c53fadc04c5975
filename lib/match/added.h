/* SPDX-License-Identifier: MIT
 * The columns that are added to a row: their names, and the text of each for a match. */
#ifndef MATCH_ADDED_H
#define MATCH_ADDED_H

#include <stdbool.h>

#include <polelookup/match.h>

#include "base/memory.h"

typedef enum {
    POLE_ADD_STATUS,
    POLE_ADD_CODE,
    POLE_ADD_LAT,
    POLE_ADD_LON,
    POLE_ADD_STREET,
    POLE_ADD_CONFIDENCE,
    POLE_ADD_STATION_ID,
    POLE_ADD_STATION_NAME,
    POLE_ADD_STATION_DISTANCE,
    POLE_ADD_STATION_ROLE,
    POLE_ADD_SCOPE,
    POLE_ADD_WARNINGS,
    POLE_ADDED_COLUMNS
} pole_added_column;

/* "match_status", ...: static. */
const char *pole_added_name(pole_added_column column);

typedef struct {
    uint8_t columns[POLE_ADDED_COLUMNS]; /* pole_added_column, in the order wanted */
    size_t count;
} pole_added;

/* names: NULL-ended; NULL: all. POLE_INVALID_ARGUMENT: a name that is none (the error lists them),
 * or twice. */
pole_status pole_added_choose(const char *const *names, pole_added *added, pole_error *error);

/* The most bytes of a text that is no text of the index. */
#define POLE_ADDED_TEXT_BYTES 384
/* The same of a column of figures, its NUL included. */
#define POLE_ADDED_FIGURES_BYTES 32

/* The text of a column. Empty: it has none. The span lives in the index, or in room
 * (POLE_ADDED_TEXT_BYTES, or for figures POLE_ADDED_FIGURES_BYTES, from its beginning). */
pole_span pole_added_text(const pole_index *index, const pole_row_match *match,
                          pole_added_column column, char *room);

/* Whether a column's text is a number as it stands: in JSON it needs no quotes. */
bool pole_added_is_number(pole_added_column column);

/* Whether it is such a number, or a code: nothing but figures, '.' and '-', written to room. */
bool pole_added_is_figures(pole_added_column column);

/* The number that a column's text says, to the bit; NAN: it has none. */
double pole_added_number(const pole_row_match *match, pole_added_column column);

#endif
