/* SPDX-License-Identifier: MIT
 * The command line. One table says each option's name, what it takes, where that goes, and which
 * commands have it. Options may stand before, between or behind the arguments; after "--" all are
 * arguments; '-' alone, and '-' followed by a digit or a point, are arguments too. */
#include "options.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <polelookup/build.h>
#include <polelookup/json.h>

#include "nearest_word.h"
#include "numbers.h"
#include "show.h"

typedef enum {
    TAKES_NOTHING,
    TAKES_TEXT,
    TAKES_TEXTS,
    TAKES_COUNT,
    TAKES_METRES,
    TAKES_BOX,
    TAKES_DELIMITER,
    TAKES_WORD,
    NOT_YET /* of the contract, and not in this release */
} option_takes;

typedef struct {
    const char *word;
    int32_t value;
} word_value;

typedef struct {
    const char *name;
    char letter; /* '\0': none */
    uint8_t takes;
    uint16_t commands;
    uint16_t offset;         /* of the field in command_options */
    uint16_t maximum;        /* of a count, from 1 */
    const word_value *words; /* of a word */
} option_row;

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

#define ANY 0xFFFF
#define QUERIES (COMMAND_LOOKUP | COMMAND_NEAR | COMMAND_WITHIN | COMMAND_STATION)
#define TO(field) offsetof(command_options, field)

static const option_row rows[] = {
    {"help", 'h', TAKES_NOTHING, ANY, TO(help), 0, NULL},
    {"version", '\0', TAKES_NOTHING, ANY, TO(version), 0, NULL},
    {"json", '\0', TAKES_NOTHING, ANY, 0, 0, NULL}, /* see options_voice() */
    {"quiet", 'q', TAKES_NOTHING, ANY, 0, 0, NULL},
    {"lang", '\0', TAKES_WORD, ANY, TO(language), 0, languages},
    {"caller-lang", '\0', TAKES_WORD, COMMAND_LOOKUP, TO(caller_language), 0, caller_languages},
    {"index", 'i', TAKES_TEXT, QUERIES | COMMAND_INFO | COMMAND_EXPORT, TO(index), 0, NULL},
    {"crs", '\0', TAKES_TEXT, COMMAND_LOOKUP | COMMAND_NEAR | COMMAND_WITHIN, TO(crs), 0, NULL},
    {"scope", '\0', TAKES_TEXT, COMMAND_LOOKUP | COMMAND_STATION, TO(scope), 0, NULL},
    {"limit", 'n', TAKES_COUNT, COMMAND_LOOKUP, TO(limit), 100, NULL},
    {NULL, 'k', TAKES_COUNT, COMMAND_NEAR | COMMAND_STATION, TO(nearest), POLE_MAX_NEAREST, NULL},
    {"radius", '\0', TAKES_METRES, COMMAND_NEAR, TO(radius_m), 0, NULL},
    {"kind", '\0', TAKES_TEXT, COMMAND_STATION, TO(kind), 0, NULL},
    {"bbox", '\0', TAKES_BOX, COMMAND_WITHIN, TO(box_text), 0, NULL},
    {"polygon", '\0', TAKES_TEXT, COMMAND_WITHIN, TO(polygon), 0, NULL},
    {"poles", '\0', TAKES_TEXTS, COMMAND_BUILD, TO(poles), 0, NULL},
    {"stations", '\0', TAKES_TEXTS, COMMAND_BUILD, TO(stations), 0, NULL},
    {"areas", '\0', TAKES_TEXTS, COMMAND_BUILD, TO(areas), 0, NULL},
    {"map", '\0', TAKES_TEXTS, COMMAND_BUILD, TO(map), 0, NULL},
    {"output", 'o', TAKES_TEXT, COMMAND_BUILD | COMMAND_EXPORT, TO(output), 0, NULL},
    {"from-crs", '\0', TAKES_TEXT, COMMAND_BUILD, TO(from_crs), 0, NULL},
    {"scheme", '\0', TAKES_TEXT, COMMAND_BUILD, TO(scheme), 0, NULL},
    {"bounds", '\0', TAKES_BOX, COMMAND_BUILD, TO(bounds_text), 0, NULL},
    {"encoding", '\0', TAKES_TEXT, COMMAND_BUILD, TO(encoding), 0, NULL},
    {"delimiter", '\0', TAKES_DELIMITER, COMMAND_BUILD, TO(delimiter), 0, NULL},
    {"strict", '\0', TAKES_NOTHING, COMMAND_BUILD, TO(strict), 0, NULL},
    {"rejects", '\0', TAKES_TEXT, COMMAND_BUILD, TO(rejects), 0, NULL},
    {"sample", '\0', TAKES_NOTHING, COMMAND_BUILD, TO(sample), 0, NULL},
    {"name", '\0', TAKES_TEXT, COMMAND_BUILD, TO(name), 0, NULL},
    {"what", '\0', TAKES_WORD, COMMAND_EXPORT, TO(table), 0, tables},
    {"to", '\0', TAKES_WORD, COMMAND_EXPORT, TO(format), 0, formats},
    {"also", '\0', NOT_YET, ANY, 0, 0, NULL},
    {"channel", '\0', NOT_YET, ANY, 0, 0, NULL},
    {"clean", '\0', NOT_YET, ANY, 0, 0, NULL},
    {"digit", '\0', NOT_YET, ANY, 0, 0, NULL},
    {"district", '\0', NOT_YET, ANY, 0, 0, NULL},
    {"hint", '\0', NOT_YET, ANY, 0, 0, NULL},
    {"hint-crs", '\0', NOT_YET, ANY, 0, 0, NULL},
    {"log", '\0', NOT_YET, ANY, 0, 0, NULL},
    {"max-age", '\0', NOT_YET, ANY, 0, 0, NULL},
    {"nbest", '\0', NOT_YET, ANY, 0, 0, NULL},
    {"near-m", '\0', NOT_YET, ANY, 0, 0, NULL},
    {"roads", '\0', NOT_YET, ANY, 0, 0, NULL},
    {"street", '\0', NOT_YET, ANY, 0, 0, NULL},
    {"then", '\0', NOT_YET, ANY, 0, 0, NULL},
    {"today", '\0', NOT_YET, ANY, 0, 0, NULL},
};
#define ROW_COUNT (sizeof rows / sizeof rows[0])

/* A walk along argv. */
typedef struct {
    command_options *options;
    uint32_t command;
    int argc;
    char **argv;
    int at; /* the argument being read */
} argv_walk;

static bool is_value(const char *argument)
{
    return argument[0] != '-' || argument[1] == '\0' || argument[1] == '.' ||
           (argument[1] >= '0' && argument[1] <= '9');
}

static const option_row *find_row(const char *name, size_t size)
{
    for (size_t i = 0; i < ROW_COUNT; i++) {
        if (rows[i].name && strlen(rows[i].name) == size && memcmp(rows[i].name, name, size) == 0)
            return &rows[i];
    }
    return NULL;
}

static const option_row *find_letter(char letter)
{
    for (size_t i = 0; i < ROW_COUNT; i++) {
        if (rows[i].letter == letter)
            return &rows[i];
    }
    return NULL;
}

/* The option of this command whose name is nearest to a word; NULL: none is near. */
static const char *nearest_option(const argv_walk *walk, const char *word, size_t size)
{
    const char *names[ROW_COUNT];
    size_t count = 0;
    for (size_t i = 0; i < ROW_COUNT; i++) {
        if (rows[i].name && rows[i].takes != NOT_YET && (rows[i].commands & walk->command))
            names[count++] = rows[i].name;
    }
    return nearest_word(word, size, names, count);
}

static bool refuse_unknown(const argv_walk *walk, const char *argument)
{
    const char *name = argument + strspn(argument, "-");
    const size_t size = strcspn(name, "=");
    const char *nearest = nearest_option(walk, name, size);
    char hint[64] = "--help lists the options";
    if (nearest)
        snprintf(hint, sizeof hint, "did you mean --%s?", nearest);
    tell_usage(walk->options->voice, hint, "unknown option %.*s",
               (int)(size + (size_t)(name - argument)), argument);
    return false;
}

/* An option as it is written: "--name", or "-k" where it has no name. */
typedef struct {
    char text[32];
} option_name;

static option_name name_of(const option_row *row)
{
    option_name name;
    if (row->name)
        snprintf(name.text, sizeof name.text, "--%s", row->name);
    else
        snprintf(name.text, sizeof name.text, "-%c", row->letter);
    return name;
}

static bool refuse_row(const argv_walk *walk, const option_row *row)
{
    const option_name name = name_of(row);
    if (row->takes == NOT_YET)
        tell_usage(walk->options->voice, NULL, "%s is not in this release", name.text);
    else
        tell_usage(walk->options->voice, "--help lists the options",
                   "this command has no option %s", name.text);
    return false;
}

static bool take_word(const argv_walk *walk, const option_row *row, const char *value,
                      int32_t *field)
{
    char hint[64] = "";
    for (const word_value *word = row->words; word->word; word++) {
        if (strcmp(word->word, value) == 0) {
            *field = word->value;
            return true;
        }
        const size_t used = strlen(hint);
        snprintf(hint + used, sizeof hint - used, "%s%s", used ? ", " : "one of ", word->word);
    }
    tell_usage(walk->options->voice, hint, "--%s cannot be '%s'", row->name, value);
    return false;
}

static bool take_delimiter(const argv_walk *walk, const char *value, uint32_t *field)
{
    if (strcmp(value, "tab") == 0 || strcmp(value, "\\t") == 0) {
        *field = '\t';
        return true;
    }
    if (strlen(value) == 1 && value[0] > ' ' && value[0] != '"' && value[0] != 0x7F) {
        *field = (uint32_t)value[0];
        return true;
    }
    if (strcmp(value, "\t") == 0 || strcmp(value, " ") == 0) {
        *field = (uint32_t)value[0];
        return true;
    }
    tell_usage(walk->options->voice, "one ASCII character, or 'tab'", "--delimiter cannot be '%s'",
               value);
    return false;
}

static bool take_count(const argv_walk *walk, const option_row *row, const char *value,
                       uint64_t *field)
{
    if (read_count(value, row->maximum, field) && *field > 0)
        return true;
    tell_usage(walk->options->voice, NULL, "%s takes a number from 1 to %d, not '%s'",
               name_of(row).text, row->maximum, value);
    return false;
}

static bool take_metres(const argv_walk *walk, const option_row *row, const char *value,
                        double *field)
{
    if (read_number(span_of(value), field) && *field >= 0)
        return true;
    tell_usage(walk->options->voice, NULL, "--%s takes metres, 0 or more, not '%s'", row->name,
               value);
    return false;
}

static bool take_box(const argv_walk *walk, const option_row *row, const char *value)
{
    command_options *options = walk->options;
    pole_error error;
    pole_box *box = row->offset == TO(box_text) ? &options->box : &options->bounds;
    if (!read_box(value, box, &error)) {
        tell_error(options->voice, &error);
        return false;
    }
    return true;
}

static void append(text_list *list, const char *text)
{
    list->texts[list->count++] = text;
    list->texts[list->count] = NULL;
}

/* Puts an option's value where it belongs. */
static bool take(const argv_walk *walk, const option_row *row, const char *value)
{
    void *field = (char *)walk->options + row->offset;
    if (row->takes != TAKES_NOTHING && value[0] == '\0') {
        tell_usage(walk->options->voice, NULL, "the value of %s is empty", name_of(row).text);
        return false;
    }
    switch ((option_takes)row->takes) {
    case TAKES_NOTHING:
        if (row->offset != 0)
            *(int32_t *)field = 1;
        return true;
    case TAKES_TEXT:
        *(const char **)field = value;
        return true;
    case TAKES_TEXTS:
        append(field, value);
        return true;
    case TAKES_COUNT:
        return take_count(walk, row, value, field);
    case TAKES_METRES:
        return take_metres(walk, row, value, field);
    case TAKES_BOX:
        *(const char **)field = value;
        return take_box(walk, row, value);
    case TAKES_DELIMITER:
        return take_delimiter(walk, value, field);
    case TAKES_WORD:
        return take_word(walk, row, value, field);
    case NOT_YET:
        break;
    }
    return false;
}

/* Reads the option at walk->at, and its value. attached: the value written into the same
 * argument, or NULL. */
static bool read_option(argv_walk *walk, const option_row *row, const char *attached)
{
    if (row->takes == NOT_YET || !(row->commands & walk->command))
        return refuse_row(walk, row);
    if (row->takes == TAKES_NOTHING) {
        if (!attached)
            return take(walk, row, "");
        tell_usage(walk->options->voice, NULL, "%s takes no value", name_of(row).text);
        return false;
    }
    if (attached)
        return take(walk, row, attached);
    if (walk->at + 1 >= walk->argc || !is_value(walk->argv[walk->at + 1])) {
        tell_usage(walk->options->voice, NULL, "%s needs a value", name_of(row).text);
        return false;
    }
    return take(walk, row, walk->argv[++walk->at]);
}

static bool read_argument(argv_walk *walk)
{
    const char *argument = walk->argv[walk->at];
    if (is_value(argument)) {
        append(&walk->options->arguments, argument);
        return true;
    }
    if (argument[1] == '-') {
        const size_t size = strcspn(argument + 2, "=");
        const option_row *row = find_row(argument + 2, size);
        const char *attached = argument[2 + size] == '=' ? argument + 3 + size : NULL;
        return row ? read_option(walk, row, attached) : refuse_unknown(walk, argument);
    }
    const option_row *row = find_letter(argument[1]);
    return row ? read_option(walk, row, argument[2] ? argument + 2 : NULL)
               : refuse_unknown(walk, argument);
}

/* Each list gets room for all arguments: once, so that reading cannot fail half way. */
static bool make_lists(command_options *options, int argc)
{
    text_list *lists[] = {&options->poles, &options->stations, &options->areas, &options->map,
                          &options->arguments};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        lists[i]->texts = calloc((size_t)argc + 1, sizeof *lists[i]->texts);
        if (!lists[i]->texts)
            return false;
    }
    return true;
}

message_voice options_voice(int argc, char **argv)
{
    message_voice voice = {false, false};
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        voice.json = voice.json || strcmp(argv[i], "--json") == 0;
        voice.quiet = voice.quiet || strcmp(argv[i], "-q") == 0 || strcmp(argv[i], "--quiet") == 0;
    }
    return voice;
}

int32_t locale_language(void)
{
    static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof variables / sizeof variables[0]; i++) {
        const char *value = secure_getenv(variables[i]);
        if (value && *value != '\0')
            return strncmp(value, "zh", 2) == 0 ? POLE_LANGUAGE_ZH : POLE_LANGUAGE_EN;
    }
    return POLE_LANGUAGE_EN;
}

bool options_read(command_options *options, uint32_t command, int argc, char **argv, int first)
{
    memset(options, 0, sizeof *options);
    options->voice = options_voice(argc, argv);
    options->radius_m = NAN;
    options->language = locale_language();
    options->caller_language = -1;
    argv_walk walk = {options, command, argc, argv, first};
    bool good = make_lists(options, argc);
    if (!good) {
        const pole_error error = {.status = POLE_NO_MEMORY};
        tell_error(options->voice, &error);
    }
    options->literal_from = UINT32_MAX;
    for (; good && walk.at < argc; walk.at++) {
        if (strcmp(argv[walk.at], "--") == 0) {
            options->literal_from = options->arguments.count;
            while (++walk.at < argc)
                append(&options->arguments, argv[walk.at]);
            break;
        }
        good = read_argument(&walk);
    }
    if (options->caller_language < 0)
        options->caller_language = options->language;
    if (!good)
        options_free(options);
    return good;
}

void options_free(command_options *options)
{
    free(options->poles.texts);
    free(options->stations.texts);
    free(options->areas.texts);
    free(options->map.texts);
    free(options->arguments.texts);
}
