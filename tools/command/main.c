/* SPDX-License-Identifier: MIT
 * polelookup: the table of commands. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <polelookup/types.h>

#include "commands.h"

typedef struct {
    const char *name;
    uint32_t command;                           /* COMMAND_... */
    int (*run)(const command_options *options); /* NULL: not in this release */
} command_row;

/* The first is what is done when no command is named. */
static const command_row commands[] = {
    {"", COMMAND_LOOKUP, run_lookup},
    {"near", COMMAND_NEAR, run_near},
    {"within", COMMAND_WITHIN, run_within},
    {"station", COMMAND_STATION, run_station},
    {"between", COMMAND_BETWEEN, run_between},
    {"build", COMMAND_BUILD, run_build},
    {"verify", COMMAND_VERIFY, run_verify},
    {"info", COMMAND_INFO, run_info},
    {"export", COMMAND_EXPORT, run_export},
    {"learn", COMMAND_LEARN, run_learn},
    {"geocode", COMMAND_GEOCODE, run_geocode},
    {"audit", 0, NULL},
    {"coverage", 0, NULL},
    {"diff", 0, NULL},
    {"plan-codes", 0, NULL},
    {"rollback", 0, NULL},
};

static const command_row *find_command(const char *name)
{
    for (size_t i = 1; i < sizeof commands / sizeof commands[0]; i++) {
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    }
    return NULL;
}

/* A descriptor 0, 1 or 2 that was closed would be given to the first file opened, and an index
 * would be read as queries or written over with messages. /dev/null takes its place, opened so
 * that using it still fails. */
static bool hold_standard_files(void)
{
    for (int descriptor = 0; descriptor <= 2; descriptor++) {
        if (fcntl(descriptor, F_GETFD) >= 0)
            continue;
        if (open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY) != descriptor)
            return false;
    }
    return true;
}

/* A command's name behind another argument would be taken for a query. */
static bool check_queries(const command_options *options)
{
    const text_list *arguments = &options->arguments;
    for (uint32_t i = 0; i < arguments->count && i < options->literal_from; i++) {
        if (find_command(arguments->texts[i])) {
            tell_usage(options->voice, "as a query it stands behind --",
                       "the command '%s' must be the first argument", arguments->texts[i]);
            return false;
        }
    }
    return true;
}

static int run_command(const command_row *row, const command_options *options)
{
    if (options->help)
        fputs(help_text(row->command, options->language), stdout);
    else if (options->version)
        printf("polelookup %s\n", pole_version());
    else if (row->command == COMMAND_LOOKUP && !check_queries(options))
        return EXIT_USAGE;
    else
        return row->run(options);
    return EXIT_FINE;
}

int main(int argc, char **argv)
{
    command_options options;
    if (!hold_standard_files())
        return EXIT_BROKEN;
    const int first = first_argument(argc, argv);
    const command_row *row = first > 0 ? find_command(argv[first]) : NULL;
    if (row && !row->run)
        return tell_usage(options_voice(argc, argv), NULL, "%s is not in this release",
                          argv[first]);
    if (!options_read(&options, row ? row->command : COMMAND_LOOKUP, argc, argv, row ? first : 0))
        return EXIT_USAGE;
    if (!row)
        row = &commands[0];
    const int result = end_output(options.voice, run_command(row, &options));
    options_free(&options);
    return result;
}
