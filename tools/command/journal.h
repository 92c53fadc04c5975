/* SPDX-License-Identifier: MIT
 * The log of answers (--log): one line of JSON for each, so that a call can be replayed and judged
 * later. docs/json.md describes the line. */
#ifndef COMMAND_JOURNAL_H
#define COMMAND_JOURNAL_H

#include <stdbool.h>
#include <stdint.h>

#include <polelookup/types.h>

typedef struct {
    const char *path;
    int descriptor; /* -1: there is no log */
    bool torn;      /* its last line was cut short: the next begins on a new one */
} journal;

/* Opens the log to add to; a new one is its owner's alone to read (0600). A file that holds
 * anything else than a log is refused. False with the error. */
bool journal_open(journal *log, const char *path, pole_error *error);
void journal_close(journal *log);

/* Adds a line by one write, so that several may add to one log: {"query_id", "time", "elapsed_us",
 * "answer"}. answer: JSON. False with the error. */
bool journal_add(journal *log, int64_t elapsed_us, pole_span answer, pole_error *error);

/* "QUERY_ID=CODE,BY": which pole an answer's caller meant, and what told it. */
typedef struct {
    char query_id[33];
    char code[10]; /* empty: no pole was meant */
    char by[33];
} journal_choice;

/* False when the text is none: the id has 32 hex digits, the code 1 to 9 digits or is NONE, BY is a
 * word of at most 32 letters, digits, '-' and '_'. */
bool journal_choice_read(const char *text, journal_choice *choice);

/* Adds {"query_id", "time", "chosen": {"code"}, "by"}. False with the error. */
bool journal_choose(journal *log, const journal_choice *choice, pole_error *error);

#endif
