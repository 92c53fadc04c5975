/* SPDX-License-Identifier: MIT
 * The command line, read once into one struct. An option that a command does not have is refused,
 * never ignored. */
#ifndef COMMAND_OPTIONS_H
#define COMMAND_OPTIONS_H

#include <polelookup/near.h>

#include "tell.h"

/* The commands, as bits: the table of options says who has which. */
enum {
    COMMAND_LOOKUP = 1 << 0,
    COMMAND_NEAR = 1 << 1,
    COMMAND_WITHIN = 1 << 2,
    COMMAND_STATION = 1 << 3,
    COMMAND_BUILD = 1 << 4,
    COMMAND_VERIFY = 1 << 5,
    COMMAND_INFO = 1 << 6,
    COMMAND_EXPORT = 1 << 7,
    COMMAND_BETWEEN = 1 << 8,
    COMMAND_LEARN = 1 << 9,
    COMMAND_GEOCODE = 1 << 10
};

/* Forms of a log beyond the library's POLE_TO_...: written as GeoJSON, and converted by GDAL. */
enum { LOG_TO_GPKG = 16, LOG_TO_FLATGEOBUF = 17 };

/* Texts of the command line, in order; borrowed from argv. */
typedef struct {
    const char **texts; /* one more than count, and that is NULL */
    uint32_t count;
    uint32_t reserved;
} text_list;

/* What was asked. NULL and 0 where not given, but as said. */
typedef struct {
    message_voice voice;
    int32_t help;
    int32_t version;

    const char *index;
    const char *crs;
    const char *scope;
    uint64_t limit;
    int32_t language;        /* POLE_LANGUAGE_...; by the locale when not given */
    int32_t caller_language; /* as language when not given */

    const char *hint; /* what is known beside the code: evidence_options.h reads these */
    const char *hint_crs;
    const char *street;
    const char *district;
    const char *also;
    const char *then;
    text_list digits;
    const char *channel;
    const char *log;
    const char *chosen;
    double clean;
    double near_m;
    int32_t nbest;
    int32_t heard_language; /* whose digits are confused how: caller_language, or Chinese */

    uint64_t nearest; /* -k */
    double radius_m;  /* NAN: not given */
    const char *kind;
    const char *polygon;
    const char *box_text; /* the box as given, NULL when not */
    pole_box box;

    text_list poles;
    text_list stations;
    text_list areas;
    text_list map;
    const char *output;
    const char *from_crs;
    const char *scheme;
    const char *bounds_text;
    pole_box bounds;
    const char *encoding;
    const char *rejects;
    const char *name;
    uint32_t delimiter;
    int32_t strict;
    int32_t no_doubt;
    int32_t sample;

    const char *column; /* of a log: its code's */
    text_list text_columns;
    text_list evidence_columns; /* "role=column" */
    text_list drop;
    const char *columns; /* to add, with commas */
    const char *output_encoding;
    const char *fail_on; /* statuses, with commas */
    const char *unmatched;
    const char *review;
    const char *decisions;
    const char *report;
    uint64_t threads;
    int32_t no_header;
    int32_t best_guess;
    int32_t excel_safe;
    int32_t bom;
    int32_t resume;
    int32_t station_role; /* POLE_ROLE_... */

    uint32_t table;  /* POLE_TABLE_... */
    uint32_t format; /* POLE_EXPORT_...; of a log POLE_TO_..., LOG_TO_... */

    text_list arguments;   /* what is left: queries, points, files */
    uint32_t literal_from; /* arguments from this one on stood behind "--" */
    uint32_t reserved;
} command_options;

/* Where the first argument stands that is neither an option nor an option's value; 0: nowhere
 * before "--". */
int first_argument(int argc, char **argv);

/* Reads the command line for one command, whose name stands at command_at (0: nowhere). Returns
 * false, with the error told and everything freed, when it is not in order. Else options_free()
 * frees. */
bool options_read(command_options *options, uint32_t command, int argc, char **argv,
                  int command_at);
void options_free(command_options *options);

/* How to speak, found before anything else is read. */
message_voice options_voice(int argc, char **argv);

/* The language of people's text by LC_ALL, LC_MESSAGES or LANG. */
int32_t locale_language(void);

#endif
