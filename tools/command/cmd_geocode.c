/* SPDX-License-Identifier: MIT
 * polelookup geocode: a log of calls, with what each row's code means beside it. */
#include "commands.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "evidence_options.h"
#include "geocode_summary.h"
#include "load_adapters.h"
#include "part_file.h"
#include "session.h"

#define EXIT_INTERRUPTED 130
#define MOST_COLUMNS 16

/* Set by a signal; read between two blocks. */
static volatile sig_atomic_t interrupted;
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

typedef struct {
    const command_options *options;
    command_session session;
    evidence_options evidence;
    pole_resolve_options resolve;
    pole_matcher_options matcher;
    pole_geocode_options geocode;
    char columns[512]; /* the options' list, cut at its commas */
    const char *column_names[MOST_COLUMNS + 1];
    int input;
    int input_failure;    /* errno; 0 */
    uint64_t input_bytes; /* 0: not known */
    part_file output, unmatched;
    double began_s, shown_s;
    bool shows_progress;
    uint32_t fail_on;
} geocode_run;

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

/* "match_status,match_lat": *names NULL-ended, or NULL for all. */
static int read_columns(geocode_run *run)
{
    const char *given = run->options->columns;
    size_t count = 0;
    if (!given)
        return EXIT_FINE;
    if (strlen(given) >= sizeof run->columns)
        return tell_usage(run->options->voice, NULL, "--columns is too long");
    strcpy(run->columns, given);
    char *rest = run->columns;
    for (char *name = strtok_r(rest, ",", &rest); name; name = strtok_r(NULL, ",", &rest)) {
        if (count == MOST_COLUMNS)
            return tell_usage(run->options->voice, NULL, "--columns names too many");
        run->column_names[count++] = name;
    }
    run->column_names[count] = NULL;
    run->geocode.columns = run->column_names;
    return EXIT_FINE;
}

static const char *const *list_or_null(const text_list *list)
{
    return list->count > 0 ? list->texts : NULL;
}

static int read_options(geocode_run *run)
{
    const command_options *options = run->options;
    pole_hear_options hear;
    pole_hear_options_init(&hear);
    hear.lengths = pole_index_lengths(run->session.index);
    pole_resolve_options_init(&run->resolve);
    pole_matcher_options_init(&run->matcher);
    pole_geocode_options_init(&run->geocode);
    int result = evidence_options_read(&run->evidence, &run->session, &hear, &run->resolve);
    if (result == EXIT_FINE)
        result = read_columns(run);
    if (result != EXIT_FINE)
        return result;
    if (options->fail_on && !read_matches(options->fail_on, &run->fail_on))
        return tell_usage(options->voice,
                          "exact, corrected, interpolated, ambiguous, unknown, no_code, malformed",
                          "--fail-on cannot be '%s'", options->fail_on);
    run->resolve.evidence = NULL; /* each row brings its own */
    run->resolve.limit = (uint32_t)options->limit;
    if (options->scope)
        run->resolve.scope = span_of(options->scope);
    run->matcher.resolve = &run->resolve;
    run->matcher.best_guess = (uint32_t)options->best_guess;
    run->matcher.station_role = options->station_role;
    run->matcher.adapters = lazy_adapters(); /* rows may name EPSG codes */
    pole_geocode_options *geocode = &run->geocode;
    geocode->threads = (uint32_t)options->threads;
    geocode->matcher = &run->matcher;
    geocode->encoding = options->encoding;
    geocode->output_encoding = options->output_encoding;
    geocode->delimiter = options->delimiter;
    geocode->header = options->no_header ? POLE_HEADER_ABSENT : POLE_HEADER_FOUND_OUT;
    geocode->column = options->column;
    geocode->text_columns = list_or_null(&options->text_columns);
    geocode->map = list_or_null(&options->evidence_columns);
    geocode->drop = list_or_null(&options->drop);
    geocode->to = (int32_t)options->format;
    geocode->bom = (uint32_t)options->bom;
    geocode->excel_safe = (uint32_t)options->excel_safe;
    geocode->language = options->language;
    geocode->on_progress = on_progress;
    geocode->context = run;
    if (options->unmatched)
        geocode->unmatched = &run->unmatched.sink;
    return EXIT_FINE;
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

/* Whether writing a file of this name would write over the input, also while it is PATH.part. */
static bool hits_input(const geocode_run *run, const char *path)
{
    static const char *const ends[] = {"", ".part"};
    struct stat in, out;
    char name[PATH_MAX];
    if (fstat(run->input, &in) != 0)
        return false;
    for (unsigned i = 0; i < sizeof ends / sizeof *ends; i++) {
        const int size = snprintf(name, sizeof name, "%s%s", path, ends[i]);
        if (size > 0 && (size_t)size < sizeof name && stat(name, &out) == 0 &&
            S_ISREG(out.st_mode) && in.st_dev == out.st_dev && in.st_ino == out.st_ino)
            return true;
    }
    return false;
}

static int open_outputs(geocode_run *run, const char *input)
{
    const command_options *options = run->options;
    const char *output = options->output ? options->output : "-";
    pole_error error;
    if (hits_input(run, output) || (options->unmatched && hits_input(run, options->unmatched)))
        return tell_usage(options->voice, "name another file", "%s would be written over itself",
                          input);
    if (options->unmatched && strcmp(options->unmatched, output) == 0)
        return tell_usage(options->voice, NULL, "the output and --unmatched cannot be one file");
    if (!part_file_begin(&run->output, output, 0, &error) ||
        (options->unmatched && !part_file_begin(&run->unmatched, options->unmatched, 0, &error)))
        return tell_error(options->voice, &error);
    return EXIT_FINE;
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
    else if (run->output.failure != 0)
        fail(error, POLE_IO, "the output cannot be written: %s", strerror(run->output.failure));
    else if (run->unmatched.failure != 0)
        fail(error, POLE_IO, "%s cannot be written: %s", run->options->unmatched,
             strerror(run->unmatched.failure));
    else
        fail_about(error, status, input);
    tell_error(run->options->voice, error);
}

static int finish(geocode_run *run, const geocode_outcome *outcome)
{
    pole_error error;
    const pole_geocode_summary *came = &outcome->came;
    if (!part_file_commit(&run->unmatched, &error) || !part_file_commit(&run->output, &error))
        return tell_error(run->options->voice, &error);
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

static int run_geocoder(geocode_run *run, const char *input)
{
    const pole_reader reader = {run, read_input};
    geocode_outcome outcome = {.came = {.struct_size = sizeof outcome.came}};
    pole_geocoder *geocoder = NULL;
    pole_error error = {0};
    run->began_s = run->shown_s = now_s();
    pole_status status = pole_geocoder_new(run->session.index, &run->geocode, &geocoder, &error);
    if (status == POLE_OK)
        status = pole_geocoder_run(geocoder, &reader, &run->output.sink, &error);
    if (run->shows_progress)
        fputs("\r\033[K", stderr);
    outcome.geocoder = geocoder;
    outcome.seconds = now_s() - run->began_s;
    int result = EXIT_BROKEN;
    if (geocoder)
        pole_geocoder_summary(geocoder, &outcome.came);
    if (status == POLE_OK) {
        result = finish(run, &outcome);
    } else if (status == POLE_STOPPED) {
        part_file_leave(&run->output, run->output.size_bytes);
        part_file_leave(&run->unmatched, run->unmatched.size_bytes);
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
        result = read_options(run);
    if (result == EXIT_FINE)
        result = open_input(run, input);
    if (result == EXIT_FINE)
        result = open_outputs(run, input);
    if (result != EXIT_FINE)
        return result;
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
    part_file_init(&run->output);
    part_file_init(&run->unmatched);
    const int result = run_prepared(run);
    part_file_abandon(&run->output);
    part_file_abandon(&run->unmatched);
    if (run->input > STDIN_FILENO)
        close(run->input);
    evidence_options_free(&run->evidence);
    session_close(&run->session);
    free(run);
    return result;
}
