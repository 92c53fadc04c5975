/* SPDX-License-Identifier: MIT
 * Answers on a terminal that is narrower than their lines. A line may go on below where a blank
 * is, or beside a Chinese character; not before a closing mark nor behind an opening one. */
#include "wrap.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define FEWEST_COLUMNS 40

void wrap_begin(wrapped_answer *answer, text_view *view)
{
    struct winsize window;
    memset(answer, 0, sizeof *answer);
    answer->out = view->out;
    if (!isatty(fileno(view->out)) || ioctl(fileno(view->out), TIOCGWINSZ, &window) != 0 ||
        window.ws_col < FEWEST_COLUMNS)
        return;
    FILE *memory = open_memstream(&answer->text, &answer->size_bytes);
    if (!memory)
        return;
    answer->columns = window.ws_col;
    view->out = memory;
}

/* The bytes of the character at `at`; a colour's escape sequence counts as one. */
static size_t character_bytes(const char *at, const char *end)
{
    const char *next = at + 1;
    if (*at == '\033') {
        while (next < end && *next != 'm')
            next++;
        return (size_t)(next - at) + (next < end);
    }
    while (next < end && ((unsigned char)*next & 0xC0) == 0x80)
        next++;
    return (size_t)(next - at);
}

static bool is_one_of(pole_span character, const char *marks)
{
    const char *found = memmem(marks, strlen(marks), character.data, character.size_bytes);
    return found && character.size_bytes > 1;
}

static bool is_digit(pole_span character)
{
    return character.size_bytes == 1 && character.data[0] >= '0' && character.data[0] <= '9';
}

/* Whether a line may be cut before `after`; the two characters ahead of it are given too. */
static bool may_cut(pole_span ahead, pole_span before, pole_span after)
{
    if (before.data[0] == ' ')
        return !is_digit(ahead) || after.data[0] == '('; /* not within "1 23 45 67", "30 m" */
    if (shown_columns(before) < 2 && shown_columns(after) < 2)
        return false;
    return !is_one_of(after, "，。、；：？）”’") && !is_one_of(before, "（“‘");
}

/* How much of a text fits in `columns`: up to the last place where it may be cut; all of a text
 * that has no such place. */
static size_t fitting_bytes(pole_span text, size_t columns)
{
    const char *end = text.data + text.size_bytes;
    size_t used = 0, fitting = 0;
    pole_span ahead = {NULL, 0}, before = {NULL, 0};
    for (const char *at = text.data; at < end;) {
        const pole_span character = {at, character_bytes(at, end)};
        if (at[0] != '\033') {
            if (before.data && may_cut(ahead, before, character))
                fitting = (size_t)(at - text.data);
            used += shown_columns(character);
            if (used > columns && at[0] != ' ' && fitting > 0)
                return fitting;
            ahead = before;
            before = character;
        }
        at += character.size_bytes;
    }
    return text.size_bytes;
}

/* The columns of a line's label and of the two blanks behind it. */
static size_t indent_of(pole_span line)
{
    const char *blanks = memmem(line.data, line.size_bytes, "  ", 2);
    size_t columns = 0;
    const char *end = blanks ? blanks : line.data;
    for (const char *at = line.data; at < end;) {
        const pole_span character = {at, character_bytes(at, end)};
        columns += at[0] == '\033' ? 0 : shown_columns(character);
        at += character.size_bytes;
    }
    while (blanks && blanks < line.data + line.size_bytes && *blanks == ' ') {
        blanks++;
        columns++;
    }
    return columns < FEWEST_COLUMNS / 2 ? columns : 0;
}

static void put_line(FILE *out, pole_span line, size_t columns)
{
    const size_t indent = indent_of(line);
    size_t room = columns;
    while (line.size_bytes > 0) {
        const size_t size = fitting_bytes(line, room);
        size_t written = size;
        while (size < line.size_bytes && written > 0 && line.data[written - 1] == ' ')
            written--;
        fwrite(line.data, 1, written, out);
        line.data += size;
        line.size_bytes -= size;
        room = columns - indent;
        if (line.size_bytes > 0)
            fprintf(out, "\n%*s", (int)indent, "");
    }
    putc('\n', out);
}

void wrap_end(wrapped_answer *answer, text_view *view)
{
    if (answer->columns == 0)
        return;
    fclose(view->out);
    view->out = answer->out;
    pole_span rest = {answer->text, answer->size_bytes};
    while (rest.size_bytes > 0) {
        const char *end = memchr(rest.data, '\n', rest.size_bytes);
        const pole_span line = {rest.data, end ? (size_t)(end - rest.data) : rest.size_bytes};
        put_line(answer->out, line, answer->columns);
        rest.data += line.size_bytes + (end != NULL);
        rest.size_bytes -= line.size_bytes + (end != NULL);
    }
    free(answer->text);
}
