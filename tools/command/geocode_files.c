/* SPDX-License-Identifier: MIT
 * The files of a run over a log: which they are, that none is another's, where a stopped run left
 * off.
 */
#include "geocode_run.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Whether writing a file of this name would write over another one, also while it is PATH.part. */
static bool hits(const char *path, const struct stat *in)
{
    static const char *const ends[] = {"", ".part"};
    struct stat out;
    char name[PATH_MAX];
    if (!S_ISREG(in->st_mode))
        return false;
    if (strcmp(path, "-") == 0)
        return fstat(STDOUT_FILENO, &out) == 0 && in->st_dev == out.st_dev &&
               in->st_ino == out.st_ino;
    for (unsigned i = 0; i < sizeof ends / sizeof *ends; i++) {
        const int size = snprintf(name, sizeof name, "%s%s", path, ends[i]);
        if (size > 0 && (size_t)size < sizeof name && stat(name, &out) == 0 &&
            in->st_dev == out.st_dev && in->st_ino == out.st_ino)
            return true;
    }
    return false;
}

/* The path of an output; NULL: it is not wanted. */
const char *geocode_path(const command_options *options, unsigned output)
{
    switch (output) {
    case OUTPUT:
        return options->output ? options->output : "-";
    case UNMATCHED:
        return options->unmatched;
    case REVIEW:
        return options->review;
    default:
        return options->report;
    }
}

/* The file that is read and would be written over by one of this name; NULL: none. */
static const char *read_file_hit(const geocode_run *run, const char *path, const char *input)
{
    struct stat in;
    const char *const read[] = {run->options->decisions, run->session.which.path};
    if (fstat(run->input, &in) == 0 && hits(path, &in))
        return input;
    for (unsigned i = 0; i < sizeof read / sizeof *read; i++)
        if (read[i] && stat(read[i], &in) == 0 && hits(path, &in))
            return read[i];
    return NULL;
}

/* Two names of one file, or of one that is read, would lose rows. */
int check_geocode_paths(const geocode_run *run, const char *input)
{
    const command_options *options = run->options;
    for (unsigned i = 0; i < OUTPUTS; i++) {
        const char *path = geocode_path(options, i);
        if (!path)
            continue;
        const char *hit = read_file_hit(run, path, input);
        if (hit)
            return tell_usage(options->voice, "name another file",
                              "%s is read, and would be written over", hit);
        for (unsigned k = 0; k < i; k++)
            if (geocode_path(options, k) && strcmp(geocode_path(options, k), path) == 0)
                return tell_usage(options->voice, NULL, "%s is named for two things", path);
    }
    if (geocode_driver(options) && strcmp(geocode_path(options, OUTPUT), "-") == 0)
        return tell_usage(options->voice, "name the file with -o",
                          "this form cannot be written to standard output");
    if (options->format == LOG_TO_FLATGEOBUF && !options->unmatched)
        return tell_usage(options->voice, "--unmatched FILE takes the rows that have none",
                          "FlatGeobuf holds no row without a place");
    if (options->resume &&
        (run->input_bytes == 0 || strcmp(geocode_path(options, OUTPUT), "-") == 0))
        return tell_usage(options->voice, "give both as files, the output with -o",
                          "--resume goes on from one file to another");
    return EXIT_FINE;
}

/* Where the state of a stopped run is kept. */
void geocode_state_path(const geocode_run *run, char path[PATH_MAX + 16])
{
    snprintf(path, PATH_MAX + 16, "%s.part.state", geocode_path(run->options, OUTPUT));
}

/* An output whose name is that of another one's part, by now there, would take its place. */
static int check_geocode_parts(const geocode_run *run)
{
    for (unsigned i = 0; i < OUTPUTS; i++) {
        struct stat part;
        if (run->files[i].part[0] == '\0' || stat(run->files[i].part, &part) != 0)
            continue;
        for (unsigned k = 0; k < OUTPUTS; k++) {
            const char *path = geocode_path(run->options, k);
            if (path && k != i && hits(path, &part))
                return tell_usage(run->options->voice, "name another file",
                                  "%s is written under that name until it is whole",
                                  geocode_path(run->options, i));
        }
    }
    return EXIT_FINE;
}

/* Begins the outputs, or goes on behind what a stopped run left. */
int open_geocode_outputs(geocode_run *run, const pole_geocode_summary *came)
{
    const uint64_t kept[OUTPUTS] = {came->bytes_written, came->unmatched_bytes, came->review_bytes,
                                    0};
    char state[PATH_MAX + 16];
    pole_error error;
    for (unsigned i = 0; i < OUTPUTS; i++) {
        const char *path = geocode_path(run->options, i);
        if (path && !part_file_begin(&run->files[i], path, kept[i], &error))
            return tell_error(run->options->voice, &error);
        /* The state of a stopped run is not of what is written now, however this run ends. */
        geocode_state_path(run, state);
        if (i == OUTPUT && !run->options->resume && run->files[i].part[0] != '\0' &&
            unlink(state) != 0 && errno != ENOENT) {
            fail(&error, POLE_IO, "%s cannot be removed: %s", state, strerror(errno));
            return tell_error(run->options->voice, &error);
        }
    }
    return check_geocode_parts(run);
}

int read_geocode_state(geocode_run *run)
{
    char path[PATH_MAX + 16];
    pole_error error;
    if (!run->options->resume)
        return EXIT_FINE;
    geocode_state_path(run, path);
    if (!read_file(path, &run->state, &error)) {
        fail_hint(&error, "only a run that was stopped can be gone on with");
        return tell_error(run->options->voice, &error);
    }
    run->geocode.resume = (pole_span){run->state.bytes, run->state.size_bytes};
    return EXIT_FINE;
}
