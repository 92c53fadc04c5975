/* SPDX-License-Identifier: MIT
 * polelookup build: from tables to an index. */
#include "commands.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include <polelookup/build.h>
#include <polelookup/index.h>

#include "build_report.h"
#include "load_adapters.h"
#include "numbers.h"
#include "output_file.h"

#define LATEST_EPOCH 253402300799 /* the end of the year 9999 */

/* A build and what it holds open. */
typedef struct {
    const command_options *options;
    pole_build_options build;
    build_findings findings;
    output_file rejects;
    pole_sink rejects_sink;
    pole_error no_adapters; /* why they could not be loaded, where they may not be needed */
} build_run;

/* $SOURCE_DATE_EPOCH (reproducible-builds.org): seconds since 1970, or -1 when it is not set. */
static bool read_epoch(message_voice voice, int64_t *seconds)
{
    uint64_t value;
    const char *text = secure_getenv("SOURCE_DATE_EPOCH");
    *seconds = -1;
    if (!text)
        return true;
    if (!read_count(text, LATEST_EPOCH, &value)) {
        tell_usage(voice, "seconds since 1970, as digits alone", "SOURCE_DATE_EPOCH cannot be '%s'",
                   text);
        return false;
    }
    *seconds = (int64_t)value;
    return true;
}

static bool is_foreign(const char *path)
{
    static const char *const own[] = {".csv",     ".tsv",    ".txt",     ".json",
                                      ".geojson", ".ndjson", ".geojsonl"};
    const char *end = strrchr(path, '.');
    if (strcmp(path, "-") == 0)
        return false;
    for (size_t i = 0; i < sizeof own / sizeof own[0] && end; i++) {
        if (strcasecmp(end, own[i]) == 0)
            return false;
    }
    return true;
}

static bool any_foreign(const text_list *list)
{
    for (uint32_t i = 0; i < list->count; i++) {
        if (is_foreign(list->texts[i]))
            return true;
    }
    return false;
}

/* Loads the adapters where something may need them. A CRS does for certain; areas and files of
 * other formats may do without, and the library says when they cannot. */
static bool get_adapters(build_run *run)
{
    const command_options *options = run->options;
    const bool for_crs = options->from_crs && crs_needs_adapters(options->from_crs);
    if (!for_crs && options->areas.count == 0 && !any_foreign(&options->poles) &&
        !any_foreign(&options->stations))
        return true;
    run->build.adapters = load_adapters(&run->no_adapters);
    if (run->build.adapters || !for_crs)
        return true;
    tell_error(options->voice, &run->no_adapters);
    return false;
}

static bool is_input(const command_options *options, const char *path)
{
    const text_list *lists[] = {&options->poles, &options->stations, &options->areas};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        for (uint32_t j = 0; j < lists[i]->count; j++) {
            if (is_same_file(lists[i]->texts[j], path))
                return true;
        }
    }
    return false;
}

/* Whether a file is there that is no index, such as a table: -o would put an index in its place. */
static bool is_other_file(const char *path)
{
    pole_index *index = NULL;
    struct stat about;
    if (stat(path, &about) != 0 || about.st_size == 0)
        return false;
    const pole_status status = pole_index_open(path, NULL, &index, NULL);
    pole_index_close(index);
    return status == POLE_NOT_AN_INDEX;
}

/* What can be seen to be wrong before anything is read. EXIT_FINE when nothing is. */
static int check_options(const command_options *options)
{
    const message_voice voice = options->voice;
    if (options->arguments.count > 0)
        return tell_usage(voice, "tables are named by --poles, --stations and --areas",
                          "build takes no argument '%s'", options->arguments.texts[0]);
    if (options->poles.count == 0)
        return tell_usage(voice, "name it by --poles FILE", "build needs a table of poles");
    if (!options->output || strcmp(options->output, "-") == 0)
        return tell_usage(voice, "name it by -o FILE.plx",
                          "build needs a file to write the index to");
    const char *written[] = {options->output, options->rejects};
    for (size_t i = 0; i < 2; i++) {
        if (written[i] && is_input(options, written[i]))
            return tell_usage(voice, NULL, "%s is one of the tables: it would be overwritten",
                              written[i]);
    }
    if (options->rejects && (strcmp(options->rejects, options->output) == 0 ||
                             is_same_file(options->rejects, options->output)))
        return tell_usage(voice, NULL, "the index and the rejects cannot be one file");
    if (is_other_file(options->output))
        return tell_usage(voice, "name another file, or remove this one first",
                          "%s is there and is no index: it would be overwritten", options->output);
    return EXIT_FINE;
}

/* Fills the library's options from the command's. EXIT_FINE, or after an error told. */
static int prepare(build_run *run)
{
    const command_options *options = run->options;
    pole_build_options *build = &run->build;
    pole_error error;
    pole_build_options_init(build);
    build->strict = (uint32_t)options->strict;
    build->no_doubts = (uint32_t)options->no_doubt;
    build->from_crs = options->from_crs;
    build->scheme = options->scheme;
    build->bounds = options->bounds_text ? &options->bounds : NULL;
    build->map = options->map.texts;
    build->encoding = options->encoding;
    build->name = options->name;
    build->delimiter = options->delimiter;
    build->is_sample = (uint32_t)options->sample;
    build->on_finding = take_finding;
    build->context = &run->findings;
    run->findings.voice = options->voice;
    run->findings.strict = options->strict != 0;
    if (!read_epoch(options->voice, &build->source_date_epoch_s))
        return EXIT_USAGE;
    if (!get_adapters(run))
        return EXIT_BROKEN;
    if (!options->rejects)
        return EXIT_FINE;
    if (!output_begin(&run->rejects, options->rejects, &error))
        return tell_error(options->voice, &error);
    run->rejects_sink = output_sink(&run->rejects);
    build->rejects = &run->rejects_sink;
    return EXIT_FINE;
}

static pole_status add_files(pole_builder *builder, const text_list *files, uint32_t table,
                             pole_error *error)
{
    pole_status status = POLE_OK;
    for (uint32_t i = 0; i < files->count && status == POLE_OK; i++)
        status = pole_builder_add_file(builder, table, files->texts[i], error);
    return status;
}

static pole_status build_index(const build_run *run, pole_build_report *report, pole_error *error)
{
    const command_options *options = run->options;
    pole_builder *builder = NULL;
    pole_status status = pole_builder_new(&run->build, &builder, error);
    if (status == POLE_OK)
        status = add_files(builder, &options->stations, POLE_TABLE_STATIONS, error);
    if (status == POLE_OK)
        status = add_files(builder, &options->areas, POLE_TABLE_AREAS, error);
    if (status == POLE_OK)
        status = add_files(builder, &options->poles, POLE_TABLE_POLES, error);
    if (status == POLE_OK)
        status = pole_builder_finish(builder, options->output, report, error);
    pole_builder_free(builder);
    return status;
}

/* The rejects are wanted most when the build failed. */
static int end_rejects(build_run *run)
{
    pole_error error;
    if (!run->rejects.stream || output_commit(&run->rejects, &error))
        return EXIT_FINE;
    return tell_error(run->options->voice, &error);
}

static int tell_failure(const build_run *run, pole_status status, pole_error *error)
{
    if (error->status == POLE_OK)
        fail(error, status, "%s", pole_status_text(status));
    int result = tell_error(run->options->voice, error);
    if (status == POLE_NOT_FOUND)
        result = EXIT_USAGE; /* a CRS that there is not */
    if (status == POLE_UNSUPPORTED && run->no_adapters.status != POLE_OK)
        tell_error(run->options->voice, &run->no_adapters);
    return result;
}

static int run_prepared(build_run *run)
{
    pole_build_report report = {.struct_size = sizeof report};
    pole_error error = {0};
    const pole_status status = build_index(run, &report, &error);
    tell_unshown(&run->findings, run->options->rejects);
    if (status == POLE_INVALID_ARGUMENT)
        output_abandon(&run->rejects); /* nothing was read: the last rejects stay */
    const int rejects = end_rejects(run);
    if (status != POLE_OK)
        return tell_failure(run, status, &error);
    if (run->options->voice.json)
        put_report_json(&report, &run->findings);
    else if (!run->options->voice.quiet)
        show_report(run->options, &report, &run->findings);
    if (rejects != EXIT_FINE)
        return rejects;
    return report.rows_refused > 0 ? EXIT_CONFIRM : EXIT_FINE;
}

int run_build(const command_options *options)
{
    build_run *run = calloc(1, sizeof *run);
    if (!run) {
        const pole_error error = {.status = POLE_NO_MEMORY};
        return tell_error(options->voice, &error);
    }
    run->options = options;
    int result = check_options(options);
    if (result == EXIT_FINE)
        result = prepare(run);
    if (result == EXIT_FINE)
        result = run_prepared(run);
    output_abandon(&run->rejects);
    free(run);
    return result;
}
