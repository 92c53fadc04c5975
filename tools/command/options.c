/* SPDX-License-Identifier: MIT
 * The command line, read by the table of options. Options may stand before, between or behind the
 * arguments; after "--" all are arguments; '-' alone, and '-' followed by a digit or a point, are
 * arguments too. */
#include "options.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <polelookup/json.h>

#include "numbers.h"
#include "option_rows.h"
#include "show.h"

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

static bool refuse_unknown(const argv_walk *walk, const char *argument)
{
    const char *name = argument + strspn(argument, "-");
    const size_t size = strcspn(name, "=");
    const char *nearest = nearest_option(walk->command, name, size);
    char hint[64] = "--help lists the options";
    if (nearest)
        snprintf(hint, sizeof hint, "did you mean --%s?", nearest);
    tell_usage(walk->options->voice, hint, "unknown option %.*s",
               (int)(size + (size_t)(name - argument)), argument);
    return false;
}

static bool refuse_row(const argv_walk *walk, const option_row *row)
{
    const option_name name = name_of_option(row);
    if (row->takes == NOT_YET) {
        tell_usage(walk->options->voice, NULL, "%s is not in this release", name.text);
    } else {
        char hint[80];
        name_commands(row->commands, hint, sizeof hint);
        tell_usage(walk->options->voice, hint, "this command has no option %s", name.text);
    }
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
               name_of_option(row).text, row->maximum, value);
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

/* More than 0, less than 1. */
static bool take_share(const argv_walk *walk, const option_row *row, const char *value,
                       double *field)
{
    if (read_number(span_of(value), field) && *field > 0.0 && *field < 1.0)
        return true;
    tell_usage(walk->options->voice, NULL,
               "--%s takes a share, more than 0 and less than 1, not "
               "'%s'",
               row->name, value);
    return false;
}

static bool take_box(const argv_walk *walk, const option_row *row, const char *value)
{
    command_options *options = walk->options;
    pole_error error;
    pole_box *box =
        row->offset == offsetof(command_options, box_text) ? &options->box : &options->bounds;
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
        tell_usage(walk->options->voice, NULL, "the value of %s is empty",
                   name_of_option(row).text);
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
    case TAKES_SHARE:
        return take_share(walk, row, value, field);
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
        tell_usage(walk->options->voice, NULL, "%s takes no value", name_of_option(row).text);
        return false;
    }
    if (attached)
        return take(walk, row, attached);
    if (walk->at + 1 >= walk->argc || !is_value(walk->argv[walk->at + 1])) {
        tell_usage(walk->options->voice, NULL, "%s needs a value", name_of_option(row).text);
        return false;
    }
    return take(walk, row, walk->argv[++walk->at]);
}

/* The option that an argument names, or NULL; *attached: the value written into it, or NULL. */
static const option_row *option_of(uint32_t command, const char *argument, const char **attached)
{
    if (argument[1] == '-') {
        const size_t size = strcspn(argument + 2, "=");
        *attached = argument[2 + size] == '=' ? argument + 3 + size : NULL;
        return find_option(command, argument + 2, size);
    }
    *attached = argument[2] ? argument + 2 : NULL;
    return find_option_letter(argument[1]);
}

static bool read_argument(argv_walk *walk)
{
    const char *argument = walk->argv[walk->at];
    const char *attached;
    if (is_value(argument)) {
        append(&walk->options->arguments, argument);
        return true;
    }
    const option_row *row = option_of(walk->command, argument, &attached);
    return row ? read_option(walk, row, attached) : refuse_unknown(walk, argument);
}

int first_argument(int argc, char **argv)
{
    const char *attached;
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (is_value(argv[i]))
            return i;
        const option_row *row = option_of(0, argv[i], &attached);
        if (!row)
            break;
        if (row->takes != TAKES_NOTHING && !attached)
            i++;
    }
    return 0;
}

/* Each list gets room for all arguments: once, so that reading cannot fail half way. */
static bool make_lists(command_options *options, int argc)
{
    text_list *lists[] = {&options->poles,        &options->stations,         &options->areas,
                          &options->map,          &options->digits,           &options->arguments,
                          &options->text_columns, &options->evidence_columns, &options->drop};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        lists[i]->texts = calloc((size_t)argc + 1, sizeof *lists[i]->texts);
        if (!lists[i]->texts)
            return false;
    }
    return true;
}

message_voice options_voice(int argc, char **argv)
{
    message_voice voice = {false, false, locale_language()};
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        voice.json = voice.json || strcmp(argv[i], "--json") == 0;
        voice.quiet = voice.quiet || strcmp(argv[i], "-q") == 0 || strcmp(argv[i], "--quiet") == 0;
        const char *language = "";
        if (strncmp(argv[i], "--lang=", 7) == 0)
            language = argv[i] + 7;
        else if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc)
            language = argv[i + 1];
        if (*language)
            voice.language = strcmp(language, "zh") == 0 ? POLE_LANGUAGE_ZH : POLE_LANGUAGE_EN;
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

bool options_read(command_options *options, uint32_t command, int argc, char **argv, int command_at)
{
    memset(options, 0, sizeof *options);
    options->voice = options_voice(argc, argv);
    options->radius_m = NAN;
    options->language = locale_language();
    options->caller_language = -1;
    argv_walk walk = {options, command, argc, argv, 1};
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
        if (walk.at != command_at)
            good = read_argument(&walk);
    }
    /* The dispatcher's locale says nothing of how callers are heard: Mandarin, unless told. */
    options->heard_language =
        options->caller_language < 0 ? POLE_LANGUAGE_ZH : options->caller_language;
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
    free(options->digits.texts);
    free(options->arguments.texts);
    free(options->text_columns.texts);
    free(options->evidence_columns.texts);
    free(options->drop.texts);
}
