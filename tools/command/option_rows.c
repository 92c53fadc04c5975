/* SPDX-License-Identifier: MIT
 * The table of options. */
#include "option_rows.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <polelookup/build.h>
#include <polelookup/bulk.h>
#include <polelookup/json.h>

#include "nearest_word.h"

static const word_value languages[] = {
    {"zh", POLE_LANGUAGE_ZH}, {"en", POLE_LANGUAGE_EN}, {NULL, 0}};
static const word_value caller_languages[] = {
    {"zh", POLE_LANGUAGE_ZH}, {"en", POLE_LANGUAGE_EN}, {"ru", POLE_LANGUAGE_RU}, {NULL, 0}};
static const word_value tables[] = {{"poles", POLE_TABLE_POLES},
                                    {"stations", POLE_TABLE_STATIONS},
                                    {"areas", POLE_TABLE_AREAS},
                                    {NULL, 0}};
static const word_value formats[] = {
    {"csv", POLE_EXPORT_CSV}, {"geojson", POLE_EXPORT_GEOJSON}, {NULL, 0}};
static const word_value log_formats[] = {{"csv", POLE_TO_CSV},         {"jsonl", POLE_TO_JSONL},
                                         {"geojson", POLE_TO_GEOJSON}, {"gpkg", LOG_TO_GPKG},
                                         {"fgb", LOG_TO_FLATGEOBUF},   {NULL, 0}};
static const word_value roles[] = {{"responsible", POLE_ROLE_RESPONSIBLE},
                                   {"coded", POLE_ROLE_CODED},
                                   {"nearest", POLE_ROLE_NEAREST},
                                   {NULL, 0}};

#define ANY 0xFFFF
#define QUERIES (COMMAND_LOOKUP | COMMAND_NEAR | COMMAND_WITHIN | COMMAND_STATION | COMMAND_BETWEEN)
#define TO(field) offsetof(command_options, field)

static const option_row rows[] = {
    {"help", 'h', TAKES_NOTHING, ANY, TO(help), 0, NULL},
    {"version", '\0', TAKES_NOTHING, ANY, TO(version), 0, NULL},
    {"json", '\0', TAKES_NOTHING, ANY, 0, 0, NULL}, /* see options_voice() */
    {"quiet", 'q', TAKES_NOTHING, ANY, 0, 0, NULL},
    {"lang", '\0', TAKES_WORD, ANY, TO(language), 0, languages},
    {"caller-lang", '\0', TAKES_WORD, COMMAND_LOOKUP | COMMAND_GEOCODE | COMMAND_BETWEEN,
     TO(caller_language), 0, caller_languages},
    {"index", 'i', TAKES_TEXT, QUERIES | COMMAND_INFO | COMMAND_EXPORT | COMMAND_GEOCODE, TO(index),
     0, NULL},
    {"crs", '\0', TAKES_TEXT, COMMAND_LOOKUP | COMMAND_NEAR | COMMAND_WITHIN | COMMAND_BETWEEN,
     TO(crs), 0, NULL},
    {"scope", '\0', TAKES_TEXT,
     COMMAND_LOOKUP | COMMAND_GEOCODE | COMMAND_STATION | COMMAND_BETWEEN, TO(scope), 0, NULL},
    {"limit", 'n', TAKES_COUNT, COMMAND_LOOKUP | COMMAND_GEOCODE, TO(limit), 100, NULL},
    {"hint", '\0', TAKES_TEXT, COMMAND_LOOKUP, TO(hint), 0, NULL},
    {"hint-crs", '\0', TAKES_TEXT, COMMAND_LOOKUP, TO(hint_crs), 0, NULL},
    {"street", '\0', TAKES_TEXT, COMMAND_LOOKUP, TO(street), 0, NULL},
    {"district", '\0', TAKES_TEXT, COMMAND_LOOKUP, TO(district), 0, NULL},
    {"also", '\0', TAKES_TEXT, COMMAND_LOOKUP, TO(also), 0, NULL},
    {"then", '\0', TAKES_TEXT, COMMAND_LOOKUP, TO(then), 0, NULL},
    {"digit", '\0', TAKES_TEXTS, COMMAND_LOOKUP, TO(digits), 0, NULL},
    {"channel", '\0', TAKES_TEXT,
     COMMAND_LOOKUP | COMMAND_GEOCODE | COMMAND_BETWEEN | COMMAND_LEARN, TO(channel), 0, NULL},
    {"clean", '\0', TAKES_SHARE, COMMAND_LOOKUP | COMMAND_GEOCODE | COMMAND_BETWEEN, TO(clean), 0,
     NULL},
    {"near-m", '\0', TAKES_METRES, COMMAND_LOOKUP | COMMAND_GEOCODE, TO(near_m), 0, NULL},
    {"log", '\0', TAKES_TEXT, COMMAND_LOOKUP, TO(log), 0, NULL},
    {"chosen", '\0', TAKES_TEXT, COMMAND_LOOKUP, TO(chosen), 0, NULL},
    {"nbest", '\0', TAKES_NOTHING, COMMAND_LOOKUP, TO(nbest), 0, NULL},
    {NULL, 'k', TAKES_COUNT, COMMAND_NEAR | COMMAND_STATION, TO(nearest), POLE_MAX_NEAREST, NULL},
    {"radius", '\0', TAKES_METRES, COMMAND_NEAR, TO(radius_m), 0, NULL},
    {"kind", '\0', TAKES_TEXT, COMMAND_STATION, TO(kind), 0, NULL},
    {"bbox", '\0', TAKES_BOX, COMMAND_WITHIN, TO(box_text), 0, NULL},
    {"polygon", '\0', TAKES_TEXT, COMMAND_WITHIN, TO(polygon), 0, NULL},
    {"poles", '\0', TAKES_TEXTS, COMMAND_BUILD, TO(poles), 0, NULL},
    {"stations", '\0', TAKES_TEXTS, COMMAND_BUILD, TO(stations), 0, NULL},
    {"areas", '\0', TAKES_TEXTS, COMMAND_BUILD, TO(areas), 0, NULL},
    {"map", '\0', TAKES_TEXTS, COMMAND_BUILD, TO(map), 0, NULL},
    {"output", 'o', TAKES_TEXT, COMMAND_BUILD | COMMAND_EXPORT | COMMAND_LEARN | COMMAND_GEOCODE,
     TO(output), 0, NULL},
    {"from-crs", '\0', TAKES_TEXT, COMMAND_BUILD, TO(from_crs), 0, NULL},
    {"scheme", '\0', TAKES_TEXT, COMMAND_BUILD, TO(scheme), 0, NULL},
    {"bounds", '\0', TAKES_BOX, COMMAND_BUILD, TO(bounds_text), 0, NULL},
    {"encoding", '\0', TAKES_TEXT, COMMAND_BUILD | COMMAND_GEOCODE, TO(encoding), 0, NULL},
    {"delimiter", '\0', TAKES_DELIMITER, COMMAND_BUILD | COMMAND_GEOCODE, TO(delimiter), 0, NULL},
    {"strict", '\0', TAKES_NOTHING, COMMAND_BUILD, TO(strict), 0, NULL},
    {"no-doubt", '\0', TAKES_NOTHING, COMMAND_BUILD, TO(no_doubt), 0, NULL},
    {"rejects", '\0', TAKES_TEXT, COMMAND_BUILD, TO(rejects), 0, NULL},
    {"sample", '\0', TAKES_NOTHING, COMMAND_BUILD, TO(sample), 0, NULL},
    {"name", '\0', TAKES_TEXT, COMMAND_BUILD, TO(name), 0, NULL},
    {"what", '\0', TAKES_WORD, COMMAND_EXPORT, TO(table), 0, tables},
    {"to", '\0', TAKES_WORD, COMMAND_EXPORT, TO(format), 0, formats},
    {"to", '\0', TAKES_WORD, COMMAND_GEOCODE, TO(format), 0, log_formats},
    {"column", '\0', TAKES_TEXT, COMMAND_GEOCODE, TO(column), 0, NULL},
    {"text", '\0', TAKES_TEXTS, COMMAND_GEOCODE, TO(text_columns), 0, NULL},
    {"evidence", '\0', TAKES_TEXTS, COMMAND_GEOCODE, TO(evidence_columns), 0, NULL},
    {"columns", '\0', TAKES_TEXT, COMMAND_GEOCODE, TO(columns), 0, NULL},
    {"drop", '\0', TAKES_TEXTS, COMMAND_GEOCODE, TO(drop), 0, NULL},
    {"no-header", '\0', TAKES_NOTHING, COMMAND_GEOCODE, TO(no_header), 0, NULL},
    {"output-encoding", '\0', TAKES_TEXT, COMMAND_GEOCODE, TO(output_encoding), 0, NULL},
    {"threads", '\0', TAKES_COUNT, COMMAND_GEOCODE, TO(threads), 256, NULL},
    {"best-guess", '\0', TAKES_NOTHING, COMMAND_GEOCODE, TO(best_guess), 0, NULL},
    {"station-role", '\0', TAKES_WORD, COMMAND_GEOCODE, TO(station_role), 0, roles},
    {"fail-on", '\0', TAKES_TEXT, COMMAND_GEOCODE, TO(fail_on), 0, NULL},
    {"unmatched", '\0', TAKES_TEXT, COMMAND_GEOCODE, TO(unmatched), 0, NULL},
    {"review", '\0', TAKES_TEXT, COMMAND_GEOCODE, TO(review), 0, NULL},
    {"decisions", '\0', TAKES_TEXT, COMMAND_GEOCODE, TO(decisions), 0, NULL},
    {"report", '\0', TAKES_TEXT, COMMAND_GEOCODE, TO(report), 0, NULL},
    {"excel-safe", '\0', TAKES_NOTHING, COMMAND_GEOCODE, TO(excel_safe), 0, NULL},
    {"bom", '\0', TAKES_NOTHING, COMMAND_GEOCODE, TO(bom), 0, NULL},
    {"resume", '\0', TAKES_NOTHING, COMMAND_GEOCODE, TO(resume), 0, NULL},
    {"max-age", '\0', NOT_YET, ANY, 0, 0, NULL},
    {"roads", '\0', NOT_YET, ANY, 0, 0, NULL},
    {"today", '\0', NOT_YET, ANY, 0, 0, NULL},
};
#define ROW_COUNT (sizeof rows / sizeof rows[0])

const option_row *find_option(uint32_t command, const char *name, size_t size)
{
    const option_row *found = NULL;
    for (size_t i = 0; i < ROW_COUNT; i++) {
        if (!rows[i].name || strlen(rows[i].name) != size || memcmp(rows[i].name, name, size) != 0)
            continue;
        if (!found || (rows[i].commands & command))
            found = &rows[i];
    }
    return found;
}

const option_row *find_option_letter(char letter)
{
    for (size_t i = 0; i < ROW_COUNT; i++) {
        if (rows[i].letter == letter)
            return &rows[i];
    }
    return NULL;
}

const char *nearest_option(uint32_t command, const char *word, size_t size)
{
    const char *names[ROW_COUNT];
    size_t count = 0;
    for (size_t i = 0; i < ROW_COUNT; i++) {
        if (rows[i].name && rows[i].takes != NOT_YET && (rows[i].commands & command))
            names[count++] = rows[i].name;
    }
    return nearest_word(word, size, names, count);
}

option_name name_of_option(const option_row *row)
{
    option_name name;
    if (row->name)
        snprintf(name.text, sizeof name.text, "--%s", row->name);
    else
        snprintf(name.text, sizeof name.text, "-%c", row->letter);
    return name;
}

void name_commands(uint32_t commands, char *text, size_t capacity)
{
    static const char *const names[] = {"lookup",  "near",   "within", "station",
                                        "build",   "verify", "info",   "export",
                                        "between", "learn",  "geocode"};
    snprintf(text, capacity, "it belongs to");
    const char *comma = "";
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const size_t used = strlen(text);
        if (commands >> i & 1) {
            snprintf(text + used, capacity - used, "%s %s", comma, names[i]);
            comma = ",";
        }
    }
}
