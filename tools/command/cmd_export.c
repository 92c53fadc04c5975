/* SPDX-License-Identifier: MIT
 * polelookup export: a table of the index back as a file, without loss. */
#include "commands.h"

#include <string.h>
#include <strings.h>

#include <polelookup/build.h>

#include "output_file.h"
#include "session.h"

static bool ends_with(const char *text, const char *end)
{
    const size_t size = strlen(text), end_size = strlen(end);
    return size >= end_size && strcasecmp(text + size - end_size, end) == 0;
}

/* What was asked, the rest by what fits it. */
static pole_export_options choose(const command_options *options)
{
    pole_export_options chosen;
    pole_export_options_init(&chosen);
    const char *output = options->output ? options->output : "-";
    chosen.table = options->table ? options->table : POLE_TABLE_POLES;
    chosen.format = options->format;
    if (chosen.format == 0)
        chosen.format = chosen.table == POLE_TABLE_AREAS || ends_with(output, ".geojson") ||
                                ends_with(output, ".json")
                            ? POLE_EXPORT_GEOJSON
                            : POLE_EXPORT_CSV;
    return chosen;
}

/* The types of the columns, in the file beside a CSV where GIS programs look for them. */
static bool write_types(const char *output, uint32_t table, pole_error *error)
{
    char path[PATH_MAX];
    output_file file;
    const char *line = pole_export_csvt(table);
    if (!ends_with(output, ".csv"))
        return true;
    const int wanted = snprintf(path, sizeof path, "%st", output);
    if (wanted < 0 || (size_t)wanted >= sizeof path) {
        fail(error, POLE_IO, "the path of the .csvt file is too long");
        return false;
    }
    if (!output_begin(&file, path, error))
        return false;
    fputs(line, file.stream);
    if (!ends_with(line, "\n"))
        putc('\n', file.stream);
    return output_commit(&file, error);
}

static int export_table(const command_session *session, const pole_export_options *chosen)
{
    const command_options *options = session->options;
    const char *output = options->output ? options->output : "-";
    output_file file;
    pole_error error = {0};
    if (is_same_file(output, session->which.path))
        return tell_usage(options->voice, NULL, "%s is the index itself", output);
    if (!output_begin(&file, output, &error))
        return tell_error(options->voice, &error);
    const pole_sink sink = output_sink(&file);
    const pole_status status = pole_export(session->index, chosen, &sink, &error);
    if (status != POLE_OK) {
        output_abandon(&file);
        if (file.is_standard && ferror(stdout))
            return EXIT_BROKEN; /* end_output() says why */
        if (error.status == POLE_OK)
            fail(&error, status, "%s", pole_status_text(status));
        tell_error(options->voice, &error);
        return EXIT_BROKEN;
    }
    if (!output_commit(&file, &error) ||
        (chosen->format == POLE_EXPORT_CSV && !write_types(output, chosen->table, &error)))
        return tell_error(options->voice, &error);
    return EXIT_FINE;
}

int run_export(const command_options *options)
{
    command_session session;
    const pole_export_options chosen = choose(options);
    if (options->arguments.count > 0)
        return tell_usage(options->voice, "the file to write is named by -o",
                          "export takes no argument '%s'", options->arguments.texts[0]);
    if (chosen.table == POLE_TABLE_AREAS && chosen.format == POLE_EXPORT_CSV)
        return tell_usage(options->voice, "give --to geojson", "areas have no form in CSV");
    int result = session_open(&session, options);
    if (result == EXIT_FINE)
        result = export_table(&session, &chosen);
    session_close(&session);
    return result;
}
