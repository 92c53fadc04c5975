/* SPDX-License-Identifier: MIT
 * polelookup learn: confirmed calls to a channel's table. */
#include "commands.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <polelookup/learn.h>

#include "output_file.h"
#include "read_file.h"
#include "read_lines.h"

/* Lines told one by one; the rest is only counted. */
#define TOLD_ROWS 5

typedef struct {
    pole_learner *learner;
    uint64_t refused; /* lines */
} learn_run;

static pole_span text_span(const char *text)
{
    return (pole_span){text, strlen(text)};
}

/* Takes the next cell off a line of "heard,meant,confirmed by"; tabs part, too. */
static pole_span take_cell(pole_span *line)
{
    pole_span cell = {line->data, 0};
    while (cell.size_bytes < line->size_bytes && line->data[cell.size_bytes] != ',' &&
           line->data[cell.size_bytes] != '\t')
        cell.size_bytes++;
    const size_t used = cell.size_bytes + (cell.size_bytes < line->size_bytes);
    line->data += used;
    line->size_bytes -= used;
    return cell;
}

static bool is_word(pole_span cell, const char *word)
{
    return cell.size_bytes == strlen(word) && memcmp(cell.data, word, cell.size_bytes) == 0;
}

/* What stands in the line is not shown: it comes from calls. */
static void refuse(learn_run *run, message_voice voice, const char *path, uint64_t line,
                   const char *why)
{
    pole_error error = {0};
    if (run->refused++ >= TOLD_ROWS)
        return;
    fail(&error, POLE_BAD_INPUT, "%s:%llu: %s", path, (unsigned long long)line, why);
    tell_error(voice, &error);
}

static pole_status add_row(learn_run *run, message_voice voice, const char *path, pole_span row,
                           uint64_t line)
{
    const pole_span heard = take_cell(&row), meant = take_cell(&row), by = take_cell(&row);
    if (line == 1 && is_word(heard, "heard"))
        return POLE_OK;
    const bool is_confirmed = by.size_bytes > 0;
    const bool is_none = is_word(meant, "NONE");
    pole_status status = POLE_BAD_INPUT;
    /* An empty cell is more likely a call that nobody followed up than "no pole was meant". */
    if (is_none || meant.size_bytes > 0)
        status = pole_learner_add(run->learner, heard, is_none ? (pole_span){"", 0} : meant,
                                  is_confirmed);
    if (status == POLE_BAD_INPUT) {
        refuse(run, voice, path, line, "no pair of heard digits and meant ones");
        return POLE_OK;
    }
    return status;
}

/* A line of --log. */
static pole_status add_line(learn_run *run, message_voice voice, const char *path, pole_span text,
                            uint64_t line)
{
    const pole_status status = pole_learner_add_line(run->learner, text);
    if (status != POLE_BAD_INPUT)
        return status;
    refuse(run, voice, path, line, "no line of a log");
    return POLE_OK;
}

static size_t count_blanks(pole_span line)
{
    size_t blanks = 0;
    while (blanks < line.size_bytes && (line.data[blanks] == ' ' || line.data[blanks] == '\t'))
        blanks++;
    return blanks;
}

/* A log begins with '{', whatever blanks stand before it; pairs with anything else. */
static pole_status add_lines(learn_run *run, message_voice voice, const char *path, int descriptor,
                             pole_error *error)
{
    line_reader reader = {.descriptor = descriptor};
    pole_span line;
    pole_status status;
    enum { UNKNOWN, PAIRS, LOG } kind = UNKNOWN;
    while ((status = next_line(&reader, &line, error)) == POLE_OK) {
        const size_t blanks = count_blanks(line);
        if (blanks == line.size_bytes)
            continue;
        if (kind == UNKNOWN)
            kind = line.data[blanks] == '{' ? LOG : PAIRS;
        status = kind == LOG ? add_line(run, voice, path, line, reader.number)
                             : add_row(run, voice, path, line, reader.number);
        if (status != POLE_OK)
            break;
    }
    if (status != POLE_OK && status != POLE_NOT_FOUND)
        fail_about(error, status, path);
    line_reader_free(&reader);
    return status == POLE_NOT_FOUND ? POLE_OK : status;
}

static pole_status add_file(learn_run *run, message_voice voice, const char *path,
                            pole_error *error)
{
    if (strcmp(path, "-") == 0)
        return add_lines(run, voice, path, STDIN_FILENO, error);
    const int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0) {
        fail(error, POLE_IO, "%s: %s", path, strerror(errno));
        return POLE_IO;
    }
    const pole_status status = add_lines(run, voice, path, descriptor, error);
    close(descriptor);
    return status;
}

/* The table to begin with: a name, or a file where that has a dot or a slash. */
static pole_status begin(learn_run *run, const char *channel, pole_error *error)
{
    file_bytes file = {NULL, 0};
    if (!strchr(channel, '/') && !strchr(channel, '.')) {
        const pole_status status = pole_learner_new(text_span(channel), NULL, &run->learner, error);
        if (status == POLE_BAD_INPUT) {
            fail(error, POLE_INVALID_ARGUMENT, "there is no channel '%s'", channel);
            fail_hint(error, "everyday, heavy, or a file: ./%s", channel);
            return POLE_INVALID_ARGUMENT;
        }
        return status;
    }
    if (!read_file(channel, &file, error))
        return error->status;
    const pole_status status =
        pole_learner_new((pole_span){file.bytes, file.size_bytes}, NULL, &run->learner, error);
    free(file.bytes);
    if (status != POLE_OK)
        fail_about(error, status, channel);
    return status;
}

static void tell_counts(message_voice voice, const learn_run *run)
{
    pole_learned_counts counts = {.struct_size = sizeof counts};
    (void)pole_learner_counts(run->learner, &counts);
    tell_note(voice,
              "learned from %llu confirmed pairs; %llu that nobody confirmed were left out, "
              "%llu lines were refused",
              (unsigned long long)counts.confirmed, (unsigned long long)counts.unconfirmed,
              (unsigned long long)run->refused);
    if (counts.unheard > 0)
        tell_note(voice, "%llu confirmed answers in which no code was heard were left out",
                  (unsigned long long)counts.unheard);
    if (counts.unanswered > 0)
        tell_note(voice, "%llu choices whose answers are in none of the logs were left out",
                  (unsigned long long)counts.unanswered);
}

static int write_table(const command_options *options, learn_run *run)
{
    output_file file;
    pole_error error = {0};
    if (!output_begin(&file, options->output ? options->output : "-", &error))
        return tell_error(options->voice, &error);
    const pole_sink sink = output_sink(&file);
    const pole_status status = pole_learner_write(run->learner, &sink);
    if (status != POLE_OK) {
        output_abandon(&file);
        if (file.is_standard && ferror(stdout))
            return EXIT_BROKEN; /* end_output() says why */
        fail(&error, status, "%s", pole_status_text(status));
        return tell_error(options->voice, &error);
    }
    if (!output_commit(&file, &error))
        return tell_error(options->voice, &error);
    tell_counts(options->voice, run);
    return run->refused > 0 ? EXIT_CONFIRM : EXIT_FINE;
}

int run_learn(const command_options *options)
{
    learn_run run = {NULL, 0};
    pole_error error = {0};
    if (options->arguments.count == 0)
        return tell_usage(options->voice, "rows of heard,meant,confirmed by; - is standard input",
                          "learn needs a log or a file of pairs");
    pole_status status = begin(&run, options->channel ? options->channel : "everyday", &error);
    for (uint32_t i = 0; i < options->arguments.count && status == POLE_OK; i++)
        status = add_file(&run, options->voice, options->arguments.texts[i], &error);
    int result;
    if (status != POLE_OK) {
        if (error.status == POLE_OK)
            fail(&error, status, "%s", pole_status_text(status));
        result = tell_error(options->voice, &error);
    } else {
        result = write_table(options, &run);
    }
    pole_learner_free(run.learner);
    return result;
}
