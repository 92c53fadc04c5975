/* SPDX-License-Identifier: MIT
 *
 * A saying with what else is known, from values of SQL to a resolution. The same names are the
 * hidden columns of pole_resolve and the pairs of pole_resolve_json. */
#ifndef POLELOOKUP_SQLITE_EVIDENCE_H
#define POLELOOKUP_SQLITE_EVIDENCE_H

#include "connection.h"

enum evidence_argument {
    EVIDENCE_TEXT,
    EVIDENCE_HINT_LAT,
    EVIDENCE_HINT_LON,
    EVIDENCE_HINT_RADIUS_M,
    EVIDENCE_HINT_LEVEL,
    EVIDENCE_HINT_CRS,
    EVIDENCE_STREET,
    EVIDENCE_DISTRICT,
    EVIDENCE_SCOPE,
    EVIDENCE_ALSO,
    EVIDENCE_LATER,
    EVIDENCE_DIGITS,
    EVIDENCE_BOX,
    EVIDENCE_POLYGON,
    EVIDENCE_NBEST,
    EVIDENCE_CHANNEL,
    EVIDENCE_CLEAN,
    EVIDENCE_NEAR_M,
    EVIDENCE_LIMIT,
    EVIDENCE_LANGUAGE,
    EVIDENCE_CALLER_LANGUAGE,
    EVIDENCE_ARGUMENTS
};
#define EVIDENCE_NAMES                                                                             \
    "text, hint_lat, hint_lon, hint_radius_m, hint_level, hint_crs, said_street, said_district, "  \
    "said_scope, also, later, digits, box, polygon, nbest, channel, clean, near_m, "               \
    "candidates, language, caller_language"

/* What a resolution needs while it is made, and the resolution. Zeroed before the first use; may be
 * used again and again. */
struct saying {
    pole_heard *heard;
    pole_heard *also;
    pole_heard *later;
    pole_resolution *resolution;
    pole_json_options json; /* the languages of the texts of the answer */
};

/* Resolves; arguments: EVIDENCE_ARGUMENTS of them, NULL where not given. 0 with a fault. db: whose
 * JSON functions read what is given as JSON. */
int saying_resolve(struct saying *saying, sqlite3 *db, const pole_index *index,
                   sqlite3_value **arguments, struct fault *fault);
void saying_free(struct saying *saying);

/* 1 when neither a text nor an n-best list is there to be heard. */
int evidence_asks_nothing(sqlite3_value **arguments);

/* Hears one text for an index, into *heard, which is made when it is NULL. */
int hear_text(pole_heard **heard, const pole_index *index, pole_span text, struct fault *fault);

/* Sorts (text, name, value, ...) into arguments. */
int evidence_by_name(int argc, sqlite3_value **argv, sqlite3_value **arguments,
                     struct fault *fault);

/* A text_writer (arguments.h) of a saying. */
pole_status saying_write_json(const void *saying, char *text, size_t capacity, size_t *needed);

#endif
