/* SPDX-License-Identifier: MIT
 * polelookup CODE...: what each code means, for people or as JSON. */
#include "commands.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <polelookup/json.h>
#include <polelookup/resolve.h>

#include "evidence_options.h"
#include "journal.h"
#include "numbers.h"
#include "read_lines.h"
#include "session.h"
#include "text_answer.h"
#include "text_parts.h"
#include "wrap.h"

/* Of one saying: a recogniser gives five or ten. */
#define MOST_TEXTS 16

typedef struct {
    command_session session;
    pole_heard *heard;
    pole_hear_options hear;
    pole_resolve_options resolve;
    evidence_options evidence;
    journal log;
    int worst;           /* exit status so far */
    size_t answered;     /* queries */
    size_t without_code; /* of them */
} lookup_run;

static pole_status write_resolution(const command_session *session, const void *what, char *text,
                                    size_t capacity, size_t *needed)
{
    const pole_json_options json = json_options(session);
    (void)what;
    return pole_resolution_json(session->resolution, &json, text, capacity, needed);
}

static int exit_of(pole_match match)
{
    switch (match) {
    case POLE_EXACT:
        return EXIT_FINE;
    case POLE_CORRECTED:
    case POLE_AMBIGUOUS:
    case POLE_INTERPOLATED:
        return EXIT_CONFIRM;
    default:
        return EXIT_NOTHING;
    }
}

static int64_t now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* The answer in the log, if there is one. Who asked has read the answer already. */
static void log_answer(lookup_run *lookup, int64_t elapsed_us)
{
    command_session *session = &lookup->session;
    pole_error error;
    if (lookup->log.descriptor < 0)
        return;
    const int made = make_json(session, write_resolution, NULL);
    lookup->worst = worse_exit(lookup->worst, made);
    if (made == EXIT_FINE && !journal_add(&lookup->log, elapsed_us, span_of(session->text), &error))
        lookup->worst = worse_exit(lookup->worst, tell_error(session->options->voice, &error));
}

/* What several texts that may be the same saying were heard as, answered once. shown: how people
 * see the query. */
static void answer_texts(lookup_run *lookup, const pole_text *texts, size_t count, pole_span shown)
{
    command_session *session = &lookup->session;
    pole_answer answer = {.struct_size = sizeof answer};
    const int64_t began_us = now_us();
    pole_status status = pole_hear(texts, count, &lookup->hear, lookup->heard);
    if (status == POLE_OK)
        status = pole_resolve(session->index, lookup->heard, &lookup->resolve, session->resolution);
    if (status == POLE_OK)
        status = pole_resolution_answer(session->resolution, &answer);
    const int64_t elapsed_us = now_us() - began_us;
    if (status != POLE_OK) {
        lookup->worst = worse_exit(lookup->worst, tell_status(session, status));
        return;
    }
    if (session->options->voice.json) {
        lookup->worst = worse_exit(lookup->worst, put_json(session, write_resolution, NULL));
    } else {
        wrapped_answer wrapped;
        if (lookup->answered > 0)
            putchar('\n');
        wrap_begin(&wrapped, &session->view);
        text_answer(session, shown);
        wrap_end(&wrapped, &session->view);
    }
    log_answer(lookup, elapsed_us);
    lookup->answered++;
    lookup->without_code += answer.match == POLE_NO_CODE;
    lookup->worst = worse_exit(lookup->worst, exit_of(answer.match));
}

static void answer_query(lookup_run *lookup, pole_span query)
{
    const pole_text text = {query, 1.0};
    answer_texts(lookup, &text, 1, query);
}

/* A recogniser's texts of one saying, each with its weight. */
typedef struct {
    pole_text texts[MOST_TEXTS];
    char *bytes[MOST_TEXTS];
    size_t count;
} nbest_query;

/* "TEXT<tab>WEIGHT"; false, with the error told, for a line that is not. */
static bool nbest_add(lookup_run *lookup, nbest_query *query, pole_span line, uint64_t number)
{
    const message_voice voice = lookup->session.options->voice;
    const char *tab = memchr(line.data, '\t', line.size_bytes);
    const size_t size = tab ? (size_t)(tab - line.data) : 0;
    double weight = 0.0;
    if (!tab || !read_number((pole_span){tab + 1, line.size_bytes - size - 1}, &weight) ||
        !(weight > 0.0)) {
        lookup->worst =
            tell_usage(voice,
                       "each line is TEXT, a tab, its weight above 0; an empty "
                       "line ends a query",
                       "line %llu is not as --nbest wants it", (unsigned long long)number);
        return false;
    }
    if (query->count == MOST_TEXTS) {
        lookup->worst = tell_usage(voice, NULL, "line %llu: more than %d texts of one query",
                                   (unsigned long long)number, MOST_TEXTS);
        return false;
    }
    char *copy = malloc(size + 1);
    if (!copy) {
        lookup->worst = tell_status(&lookup->session, POLE_NO_MEMORY);
        return false;
    }
    memcpy(copy, line.data, size);
    query->bytes[query->count] = copy;
    query->texts[query->count++] = (pole_text){{copy, size}, weight};
    return true;
}

static void nbest_end(lookup_run *lookup, nbest_query *query)
{
    if (query->count > 0)
        answer_texts(lookup, query->texts, query->count, query->texts[0].text);
    while (query->count > 0)
        free(query->bytes[--query->count]);
}

static void answer_lines(lookup_run *lookup)
{
    line_reader reader = {0};
    pole_span line;
    pole_error error;
    pole_status status = POLE_NOT_FOUND;
    nbest_query nbest = {.count = 0};
    bool good = true;
    while (good && (status = next_line(&reader, &line, &error)) == POLE_OK && !ferror(stdout)) {
        if (!lookup->session.options->nbest)
            answer_query(lookup, line);
        else if (line.size_bytes == 0)
            nbest_end(lookup, &nbest);
        else
            good = nbest_add(lookup, &nbest, line, reader.number);
    }
    if (!good)
        status = POLE_NOT_FOUND; /* told already */
    else
        nbest_end(lookup, &nbest);
    while (nbest.count > 0)
        free(nbest.bytes[--nbest.count]);
    if (status != POLE_OK && status != POLE_NOT_FOUND) {
        tell_error(lookup->session.options->voice, &error);
        lookup->worst = EXIT_BROKEN;
    }
    line_reader_free(&reader);
}

/* "help", "nera 45.77,126.61": a command was meant. */
static void tell_no_command(const lookup_run *lookup)
{
    const command_options *options = lookup->session.options;
    const char *first = options->arguments.texts[0];
    if (options->literal_from > 0 && strspn(first, "abcdefghijklmnopqrstuvwxyz-") > 1 &&
        first[strspn(first, "abcdefghijklmnopqrstuvwxyz-")] == '\0')
        tell_note(options->voice,
                  pick(&lookup->session.view, "没有“%s”这个命令，--help 列出全部命令",
                       "there is no command '%s': --help lists them"),
                  first);
}

/* "1 23 45 67" without quotes are four queries, none a code: says so. */
static void tell_to_quote(const lookup_run *lookup)
{
    const text_list *arguments = &lookup->session.options->arguments;
    char joined[64];
    size_t used = 0;
    pole_code code;
    pole_error error;
    if (arguments->count < 2)
        return;
    for (uint32_t i = 0; i < arguments->count; i++) {
        const size_t size = strlen(arguments->texts[i]);
        if (used + size + 1 >= sizeof joined)
            return;
        used += (size_t)snprintf(joined + used, sizeof joined - used, "%s%s", i > 0 ? " " : "",
                                 arguments->texts[i]);
    }
    if (pole_code_parse(lookup->session.index, span_of(joined), &code) != POLE_OK)
        return;
    fail(&error, POLE_MALFORMED_CODE, "none of these arguments is a code, together they are one");
    fail_hint(&error, "quote them: polelookup \"%s\"", joined);
    tell_error(lookup->session.options->voice, &error);
}

static int lookup_open(lookup_run *lookup, const command_options *options)
{
    memset(lookup, 0, sizeof *lookup);
    lookup->log.descriptor = -1;
    const int opened = session_open(&lookup->session, options);
    if (opened != EXIT_FINE)
        return opened;
    pole_hear_options_init(&lookup->hear);
    lookup->hear.lengths = pole_index_lengths(lookup->session.index);
    pole_resolve_options_init(&lookup->resolve);
    lookup->resolve.limit = (uint32_t)options->limit;
    if (!options->voice.json && options->limit < MOST_LISTED)
        lookup->resolve.limit = MOST_LISTED; /* what people are shown does not depend on it */
    lookup->resolve.crs = lookup->session.crs;
    if (options->scope)
        lookup->resolve.scope = span_of(options->scope);
    const int read =
        evidence_options_read(&lookup->evidence, &lookup->session, &lookup->hear, &lookup->resolve);
    if (read != EXIT_FINE)
        return read;
    pole_error error;
    if (options->log && !journal_open(&lookup->log, options->log, &error))
        return tell_error(options->voice, &error);
    const pole_status status = pole_heard_new(NULL, &lookup->heard);
    return status == POLE_OK ? EXIT_FINE : tell_status(&lookup->session, status);
}

/* --chosen: what was found out about an answer of the log. No index is asked. */
static int log_choice(const command_options *options)
{
    journal log;
    journal_choice choice;
    pole_error error;
    if (!options->log)
        return tell_usage(options->voice, "name the log with --log", "--chosen adds to a log");
    if (options->arguments.count > 0)
        return tell_usage(options->voice, "look up and choose in two calls",
                          "--chosen answers no query");
    if (!journal_choice_read(options->chosen, &choice))
        return tell_usage(options->voice,
                          "QUERY_ID=CODE,BY, as in --chosen 0f...=1234567,car; NONE: no pole",
                          "--chosen cannot be '%s'", options->chosen);
    if (!journal_open(&log, options->log, &error))
        return tell_error(options->voice, &error);
    const bool added = journal_choose(&log, &choice, &error);
    journal_close(&log);
    return added ? EXIT_FINE : tell_error(options->voice, &error);
}

int run_lookup(const command_options *options)
{
    lookup_run lookup;
    if (options->chosen)
        return log_choice(options);
    if (options->nbest && options->arguments.count > 0)
        return tell_usage(options->voice, "pipe the texts in", "--nbest reads standard input");
    if (options->arguments.count == 0 && isatty(STDIN_FILENO))
        return tell_usage(options->voice, "as in: polelookup 1234567; --help says more",
                          "there is no code to look up");
    lookup.worst = lookup_open(&lookup, options);
    if (lookup.worst == EXIT_FINE) {
        if (options->arguments.count == 0)
            answer_lines(&lookup);
        for (uint32_t i = 0; i < options->arguments.count && !ferror(stdout); i++) {
            const char *argument = options->arguments.texts[i];
            if (i < options->literal_from && strcmp(argument, "-") == 0)
                answer_lines(&lookup);
            else
                answer_query(&lookup, span_of(argument));
        }
        if (options->arguments.count > 0 && lookup.answered > 0 &&
            lookup.without_code == lookup.answered) {
            tell_no_command(&lookup);
            tell_to_quote(&lookup);
        }
    }
    journal_close(&lookup.log);
    pole_heard_free(lookup.heard);
    evidence_options_free(&lookup.evidence);
    session_close(&lookup.session);
    return lookup.worst;
}
