/* SPDX-License-Identifier: MIT
 * Standard input, or a file, line by line. Before it waits for more, standard output is flushed, so
 * that a program that asks one line at a time gets each answer, and a pipe is still read in blocks.
 */
#ifndef COMMAND_READ_LINES_H
#define COMMAND_READ_LINES_H

#include <stdbool.h>

#include <polelookup/types.h>

#define LONGEST_LINE ((size_t)1 << 20)

/* Zeroed to begin; line_reader_free() at the end. */
typedef struct {
    int descriptor; /* 0, standard input, or a file's that the caller closes */
    char *bytes;
    size_t capacity;
    size_t from; /* what is not yet given out: bytes[from..to) */
    size_t to;
    uint64_t number; /* of the line given last */
    bool at_end;
} line_reader;

/* The next line without its end (LF or CRLF), and without a byte order mark before the first.
 * POLE_NOT_FOUND at the end of the input; POLE_IO, POLE_NO_MEMORY, or POLE_LIMIT for a line longer
 * than LONGEST_LINE, with the error. Borrowed until the next call. */
pole_status next_line(line_reader *reader, pole_span *line, pole_error *error);
void line_reader_free(line_reader *reader);

#endif
