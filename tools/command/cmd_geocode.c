/* SPDX-License-Identifier: MIT
 * polelookup geocode: a log of calls, with what each row's code means beside it. */
#include "commands.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "geocode_run.h"
#include "geocode_summary.h"
#include "load_adapters.h"

#define EXIT_INTERRUPTED 130

/* Set by a signal; read between two blocks, by any thread: sig_atomic_t is for one alone. */
_Static_assert(ATOMIC_INT_LOCK_FREE == 2, "a signal may not wait for a lock");
static atomic_int interrupted;
/* Holds a byte then: a signal may come to another thread than the one that waits for input. */
static int wake[2] = {-1, -1};

static void note_signal(int number)
{
    const int kept = errno;
    (void)number;
    interrupted = 1;
    const ssize_t written = write(wake[1], "", 1); /* a full pipe wakes as well */
    (void)written;
    errno = kept;
}

static void catch_signals(void)
{
    struct sigaction action = {.sa_handler = note_signal};
    if (pipe(wake) == 0)
        for (unsigned i = 0; i < 2; i++)
            fcntl(wake[i], F_SETFL, O_NONBLOCK);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static pole_status read_input(void *context, void *bytes, size_t size_bytes, size_t *got)
{
    geocode_run *run = context;
    struct pollfd ready[] = {{run->input, POLLIN, 0}, {wake[0], POLLIN, 0}};
    *got = 0;
    for (;;) {
        const int polled = poll(ready, 2, -1);
        if (interrupted)
            return POLE_STOPPED;
        const ssize_t count = polled < 0 ? polled : read(run->input, bytes, size_bytes);
        if (count >= 0) {
            *got = (size_t)count;
            return POLE_OK;
        }
        if (errno != EINTR) {
            run->input_failure = errno;
            return POLE_IO;
        }
    }
}

static void show_progress(const geocode_run *run, const pole_geocode_progress *progress,
                          double elapsed_s)
{
    const bool zh = run->options->language == POLE_LANGUAGE_ZH;
    const double rate = elapsed_s > 0.0 ? (double)progress->rows / elapsed_s : 0.0;
    fprintf(stderr, zh ? "\r%llu 行，每秒 %.0f 行" : "\r%llu rows, %.0f a second",
            (unsigned long long)progress->rows, rate);
    if (run->input_bytes > 0 && progress->bytes_read > 0) {
        const double share = (double)progress->bytes_read / (double)run->input_bytes;
        const double left_s = share > 0.0 ? elapsed_s * (1.0 - share) / share : 0.0;
        fprintf(stderr, zh ? "，%.0f %%，还需 %.0f 秒" : ", %.0f %%, %.0f s left", 100.0 * share,
                left_s > 0.0 ? left_s : 0.0);
    }
    fputs("   ", stderr);
    fflush(stderr);
}

static int32_t on_progress(void *context, const pole_geocode_progress *progress)
{
    geocode_run *run = context;
    if (run->shows_progress) {
        const double at_s = now_s();
        if (at_s - run->shown_s >= 0.2) {
            show_progress(run, progress, at_s - run->began_s);
            run->shown_s = at_s;
        }
    }
    return interrupted != 0;
}
static int open_input(geocode_run *run, const char *path)
{
    struct stat about;
    pole_error error;
    const bool is_standard = strcmp(path, "-") == 0;
    run->input = is_standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (run->input >= 0 && fstat(run->input, &about) == 0) {
        if (S_ISDIR(about.st_mode))
            errno = EISDIR;
        else if (S_ISREG(about.st_mode))
            run->input_bytes = (uint64_t)about.st_size;
        if (!S_ISDIR(about.st_mode))
            return EXIT_FINE;
    }
    fail(&error, POLE_IO, "%s cannot be read: %s", path, strerror(errno));
    return tell_error(run->options->voice, &error);
}

static void say_found_column(const geocode_run *run, const pole_geocode_summary *came)
{
    const bool zh = run->options->language == POLE_LANGUAGE_ZH;
    if (!came->found_by_content)
        return;
    tell_note(run->options->voice,
              zh ? "编号列按内容认定为第 %u 列“%.*s”；可用 --column 指定"
                 : "the codes were found in column %u, \"%.*s\", by what stands in it; --column "
                   "names another",
              came->code_column, (int)came->code_column_name.size_bytes,
              came->code_column_name.data);
}

/* The failure in words: which of the files, and why. */
static void tell_failure(const geocode_run *run, pole_status status, pole_error *error,
                         const char *input)
{
    if (run->input_failure != 0)
        fail(error, POLE_IO, "%s cannot be read: %s", input, strerror(run->input_failure));
    for (unsigned i = 0; i < OUTPUTS; i++)
        if (run->files[i].failure != 0)
            fail(error, POLE_IO, "%s cannot be written: %s", geocode_path(run->options, i),
                 strerror(run->files[i].failure));
    fail_about(error, status, input);
    tell_error(run->options->voice, error);
}

static bool write_report(geocode_run *run, const pole_geocoder *geocoder, const char *input,
                         pole_error *error)
{
    const char *slash = strrchr(input, '/');
    const char *name = strcmp(input, "-") == 0 ? "" : slash ? slash + 1 : input;
    return !run->options->report ||
           pole_geocoder_report(geocoder, span_of(name), run->options->language,
                                &run->files[REPORT].sink, error) == POLE_OK;
}

/* Writes the rows, which are GeoJSON by now, in GDAL's form under the name of the output. */
static bool convert(geocode_run *run, pole_error *error)
{
    const char *driver = geocode_driver(run->options);
    const part_file *output = &run->files[OUTPUT];
    char path[PATH_MAX + 16];
    const pole_adapters *adapters = load_adapters(error);
    if (!adapters)
        return false;
    if (!adapters->vector_convert) {
        fail(error, POLE_UNSUPPORTED, "this polelookup was built without GDAL");
        return false;
    }
    snprintf(path, sizeof path, "%s.%s", output->part,
             strcmp(driver, "GPKG") == 0 ? "gpkg" : "fgb");
    unlink(path);
    const mode_t mask = umask(0077); /* rows of a log are their owner's alone */
    const pole_status status = adapters->vector_convert(output->part, path, driver, error);
    umask(mask);
    if (status == POLE_OK && rename(path, output->part) == 0)
        return true;
    if (status == POLE_OK)
        fail(error, POLE_IO, "%s cannot be written: %s", output->path, strerror(errno));
    unlink(path);
    return false;
}

/* All rows are written: the files get their names, the table last. */
static int finish(geocode_run *run, const geocode_outcome *outcome, const char *input)
{
    char state[PATH_MAX + 16];
    pole_error error = {0};
    const pole_geocode_summary *came = &outcome->came;
    if (!write_report(run, outcome->geocoder, input, &error)) {
        tell_failure(run, POLE_IO, &error, input);
        return EXIT_BROKEN;
    }
    if (geocode_driver(run->options) && !convert(run, &error)) {
        tell_error(run->options->voice, &error);
        return EXIT_BROKEN;
    }
    for (unsigned i = OUTPUTS; i-- > 0;)
        if (!part_file_commit(&run->files[i], &error))
            return tell_error(run->options->voice, &error);
    if (run->options->output) {
        geocode_state_path(run, state);
        unlink(state);
    }
    say_found_column(run, came);
    if (run->options->voice.json)
        put_geocode_summary_json(outcome);
    else if (!run->options->voice.quiet)
        show_geocode_summary(run->options, outcome);
    for (pole_match match = POLE_EXACT; match <= POLE_MALFORMED; match++)
        if ((run->fail_on >> match & 1) && came->matches[match] > 0)
            return EXIT_NOTHING;
    return EXIT_FINE;
}

/* Leaves what was written, and what --resume needs. */
static void leave(geocode_run *run, const geocode_outcome *outcome)
{
    char path[PATH_MAX + 16];
    part_file state;
    pole_error error;
    const char *output = geocode_path(run->options, OUTPUT);
    const pole_geocode_summary *came = &outcome->came;
    part_file_leave(&run->files[OUTPUT], came->bytes_written);
    part_file_leave(&run->files[UNMATCHED], came->unmatched_bytes);
    part_file_leave(&run->files[REVIEW], came->review_bytes);
    /* A pipe or a device keeps nothing to go on behind. */
    if (run->files[OUTPUT].part[0] == '\0' || run->input_bytes == 0)
        return;
    geocode_state_path(run, path);
    if (part_file_begin(&state, path, 0, &error) &&
        pole_geocoder_state(outcome->geocoder, &state.sink) == POLE_OK &&
        part_file_commit(&state, &error))
        tell_note(run->options->voice,
                  run->options->language == POLE_LANGUAGE_ZH
                      ? "已中断；%s.part 保留了写好的 %llu 行，用 --resume 接着做"
                      : "stopped; %s.part keeps the %llu rows that were done, --resume goes on",
                  output, (unsigned long long)came->rows);
    else
        part_file_abandon(&state);
}

static int run_geocoder(geocode_run *run, const char *input)
{
    const pole_reader reader = {run, read_input};
    geocode_outcome outcome = {.came = {.struct_size = sizeof outcome.came}};
    pole_geocoder *geocoder = NULL;
    pole_error error = {0};
    int result = EXIT_BROKEN;
    run->began_s = run->shown_s = now_s();
    pole_status status = pole_geocoder_new(run->session.index, &run->geocode, &geocoder, &error);
    if (status == POLE_OK) {
        pole_geocoder_summary(geocoder, &outcome.came);
        result = open_geocode_outputs(run, &outcome.came);
        if (result != EXIT_FINE) {
            pole_geocoder_free(geocoder);
            return result;
        }
        status = pole_geocoder_run(geocoder, &reader, &run->files[OUTPUT].sink, &error);
        pole_geocoder_summary(geocoder, &outcome.came);
    }
    if (run->shows_progress)
        fputs("\r\033[K", stderr);
    outcome.geocoder = geocoder;
    outcome.seconds = now_s() - run->began_s;
    if (status == POLE_OK) {
        result = finish(run, &outcome, input);
    } else if (status == POLE_STOPPED) {
        leave(run, &outcome);
        result = EXIT_INTERRUPTED;
    } else {
        tell_failure(run, status, &error, input);
        result =
            status == POLE_INVALID_ARGUMENT || status == POLE_BAD_INPUT ? EXIT_USAGE : EXIT_BROKEN;
    }
    pole_geocoder_free(geocoder);
    return result;
}

static int run_prepared(geocode_run *run)
{
    const command_options *options = run->options;
    const char *input = options->arguments.texts[0];
    int result = session_open(&run->session, options);
    if (result == EXIT_FINE && run->session.which.origin == INDEX_SAMPLE)
        return tell_usage(
            options->voice, "--index FILE, or $POLELOOKUP_INDEX; --index PATH/sample.plx to try it",
            "no index is set up, and a log is matched with the sample city only where "
            "that is named");
    if (result == EXIT_FINE)
        result = read_geocode_options(run);
    run->geocode.on_progress = on_progress;
    run->geocode.context = run;
    if (result == EXIT_FINE)
        result = open_input(run, input);
    if (result == EXIT_FINE)
        result = check_geocode_paths(run, input);
    if (result == EXIT_FINE)
        result = read_geocode_state(run);
    if (result != EXIT_FINE)
        return result;
#ifdef __GLIBC__
    /* Else memory for a long record is kept for the next, by each thread. */
    mallopt(M_MMAP_THRESHOLD, 256 * 1024);
#endif
    catch_signals();
    run->shows_progress = isatty(STDERR_FILENO) && !options->voice.quiet && !options->voice.json;
    return run_geocoder(run, input);
}

int run_geocode(const command_options *options)
{
    if (options->arguments.count != 1)
        return tell_usage(options->voice, "a CSV file, or - for standard input",
                          "geocode takes one log, not %u", options->arguments.count);
    geocode_run *run = calloc(1, sizeof *run);
    if (!run) {
        const pole_error error = {.status = POLE_NO_MEMORY};
        return tell_error(options->voice, &error);
    }
    run->options = options;
    run->input = -1;
    for (unsigned i = 0; i < OUTPUTS; i++)
        part_file_init(&run->files[i]);
    const int result = run_prepared(run);
    /* What a stopped run left outlives a failure to go on with it. */
    for (unsigned i = 0; i < OUTPUTS; i++) {
        if (options->resume && i != REPORT)
            part_file_leave(&run->files[i], run->files[i].size_bytes);
        else
            part_file_abandon(&run->files[i]);
    }
    free(run->state.bytes);
    if (run->input > STDIN_FILENO)
        close(run->input);
    evidence_options_free(&run->evidence);
    session_close(&run->session);
    free(run);
    return result;
}
