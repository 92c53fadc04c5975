/* SPDX-License-Identifier: MIT
 * polelookup learn: confirmed calls to a channel's table. */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <polelookup/learn.h>

#include "output_file.h"
#include "read_file.h"

/* Rows told one by one; the rest is only counted. */
#define TOLD_ROWS 5

typedef struct {
    pole_learner *learner;
    uint64_t pairs, unconfirmed, refused;
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

/* What stands in the row is not shown: it comes from calls. */
static void refuse_row(learn_run *run, message_voice voice, const char *path, uint64_t line)
{
    pole_error error = {0};
    if (run->refused++ >= TOLD_ROWS)
        return;
    fail(&error, POLE_BAD_INPUT, "%s:%llu: no pair of heard digits and meant ones", path,
         (unsigned long long)line);
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
        refuse_row(run, voice, path, line);
        return POLE_OK;
    }
    run->pairs += is_confirmed;
    run->unconfirmed += !is_confirmed;
    return status;
}

static pole_status add_file(learn_run *run, message_voice voice, const char *path,
                            pole_error *error)
{
    file_bytes file = {NULL, 0};
    pole_status status = POLE_OK;
    uint64_t line = 0;
    if (!read_file(path, &file, error))
        return error->status;
    for (size_t at = 0, end; at < file.size_bytes && status == POLE_OK; at = end + 1) {
        for (end = at; end < file.size_bytes && file.bytes[end] != '\n'; end++)
            ;
        const size_t size = end - at - (end > at && file.bytes[end - 1] == '\r');
        line++;
        if (size > 0)
            status = add_row(run, voice, path, (pole_span){file.bytes + at, size}, line);
    }
    free(file.bytes);
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
    tell_note(options->voice,
              "learned from %llu confirmed pairs; %llu that nobody confirmed were left out, "
              "%llu rows were refused",
              (unsigned long long)run->pairs, (unsigned long long)run->unconfirmed,
              (unsigned long long)run->refused);
    return run->refused > 0 ? EXIT_CONFIRM : EXIT_FINE;
}

int run_learn(const command_options *options)
{
    learn_run run = {NULL, 0, 0, 0};
    pole_error error = {0};
    if (options->arguments.count == 0)
        return tell_usage(options->voice, "rows of heard,meant,confirmed by; - is standard input",
                          "learn needs a file of pairs");
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
