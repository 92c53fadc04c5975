/* SPDX-License-Identifier: MIT
 * Standard input, or a file, line by line. */
#include "read_lines.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tell.h"

#define FIRST_CAPACITY ((size_t)1 << 16)

/* Makes room and reads once more. */
static pole_status fill(line_reader *reader, pole_error *error)
{
    if (reader->from > 0) {
        memmove(reader->bytes, reader->bytes + reader->from, reader->to - reader->from);
        reader->to -= reader->from;
        reader->from = 0;
    }
    if (reader->to == reader->capacity) {
        const size_t capacity = reader->capacity ? 2 * reader->capacity : FIRST_CAPACITY;
        char *bytes = realloc(reader->bytes, capacity);
        if (!bytes) {
            fail(error, POLE_NO_MEMORY, "%s", pole_status_text(POLE_NO_MEMORY));
            return POLE_NO_MEMORY;
        }
        reader->bytes = bytes;
        reader->capacity = capacity;
    }
    fflush(stdout);
    ssize_t got;
    do
        got = read(reader->descriptor, reader->bytes + reader->to, reader->capacity - reader->to);
    while (got < 0 && errno == EINTR);
    if (got < 0) {
        fail(error, POLE_IO, "%s cannot be read: %s",
             reader->descriptor == STDIN_FILENO ? "standard input" : "the file", strerror(errno));
        return POLE_IO;
    }
    reader->at_end = got == 0;
    reader->to += (size_t)got;
    return POLE_OK;
}

static pole_span without_mark(pole_span line)
{
    if (line.size_bytes >= 3 && memcmp(line.data, "\xEF\xBB\xBF", 3) == 0) {
        line.data += 3;
        line.size_bytes -= 3;
    }
    return line;
}

pole_status next_line(line_reader *reader, pole_span *line, pole_error *error)
{
    size_t searched = 0;
    const char *end = NULL;
    for (;;) {
        const size_t left = reader->to - reader->from;
        if (left > searched)
            end = memchr(reader->bytes + reader->from + searched, '\n', left - searched);
        if (end || reader->at_end)
            break;
        if (left > LONGEST_LINE) {
            fail(error, POLE_LIMIT, "line %llu is longer than %zu bytes",
                 (unsigned long long)reader->number + 1, LONGEST_LINE);
            return POLE_LIMIT;
        }
        searched = left;
        const pole_status status = fill(reader, error);
        if (status != POLE_OK)
            return status;
    }
    const size_t left = reader->to - reader->from;
    if (!end && left == 0)
        return POLE_NOT_FOUND;
    line->data = reader->bytes + reader->from;
    line->size_bytes = end ? (size_t)(end - line->data) : left;
    reader->from += line->size_bytes + (end != NULL);
    if (line->size_bytes > 0 && line->data[line->size_bytes - 1] == '\r')
        line->size_bytes--;
    if (reader->number++ == 0)
        *line = without_mark(*line);
    return POLE_OK;
}

void line_reader_free(line_reader *reader)
{
    free(reader->bytes);
}
