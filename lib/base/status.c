/* SPDX-License-Identifier: MIT
 *
 * The texts of statuses and the filling of errors. An error is built from values of tables and
 * paths that nobody has checked, so it is made safe to show: well-formed UTF-8, no control
 * characters, cut only between characters. */
#include "base/status.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

typedef struct {
    const char *name;
    const char *text;
} status_words;

static const status_words words[] = {
    [POLE_OK] = {"ok", "no error"},
    [POLE_NOT_FOUND] = {"not_found", "nothing was found"},
    [POLE_SEVERAL] = {"several", "the code stands in more than one scope"},
    [POLE_INVALID_ARGUMENT] = {"invalid_argument", "an argument is not valid"},
    [POLE_NO_MEMORY] = {"no_memory", "there is not enough memory"},
    [POLE_IO] = {"io", "the operating system refused"},
    [POLE_NOT_AN_INDEX] = {"not_an_index", "the file is not a polelookup index"},
    [POLE_DAMAGED] = {"damaged", "the index is damaged"},
    [POLE_NEWER_FORMAT] = {"newer_format", "the index was made for a newer polelookup"},
    [POLE_UNSUPPORTED] = {"unsupported", "a part that this needs is not there"},
    [POLE_LIMIT] = {"limit", "a limit is exceeded or a buffer is too small"},
    [POLE_MALFORMED_CODE] = {"malformed_code", "the text is no code that the index knows"},
    [POLE_BAD_INPUT] = {"bad_input", "the input is not well formed"},
    [POLE_REFUSED] = {"refused", "the build was refused"},
    [POLE_STOPPED] = {"stopped", "stopped by the caller"},
};

static const status_words *find_words(pole_status status)
{
    static const status_words unknown = {"unknown", "unknown status"};
    if (status < 0 || (size_t)status >= sizeof words / sizeof words[0])
        return &unknown;
    return &words[status];
}

const char *pole_status_text(pole_status status)
{
    return find_words(status)->text;
}

const char *pole_status_name(pole_status status)
{
    return find_words(status)->name;
}

const char *pole_version(void)
{
    return POLELOOKUP_VERSION;
}

/* Puts '?' over each byte that must not be shown; the length stays. */
static void make_showable(char *text, size_t size)
{
    size_t at = 0;
    while (at < size) {
        const size_t start = at;
        const uint32_t character = pole_utf8_next(text, size, &at);
        if (character == POLE_UTF8_BAD || pole_utf8_acts(character))
            memset(text + start, '?', at - start);
    }
}

/* Copies text into a field of `capacity` bytes, cut between characters with "..." at the end
 * when it does not fit. `whole` is false when text is itself the beginning of something longer. */
static void put_text(char *field, size_t capacity, const char *text, size_t size, bool whole)
{
    static const char more[] = "...";
    size_t kept = size;
    if (!whole || size >= capacity) {
        const size_t room = capacity - sizeof more;
        kept = pole_utf8_cut(text, size < room ? size : room);
    }
    memcpy(field, text, kept);
    make_showable(field, kept);
    if (kept < size || !whole)
        memcpy(field + kept, more, sizeof more);
    else
        field[kept] = '\0';
}

pole_status pole_fail(pole_error *error, pole_status status, const char *format, ...)
{
    if (!error)
        return status;
    /* Apart from the error, whose own message may be among the arguments. */
    char text[sizeof error->message];
    va_list arguments;
    va_start(arguments, format);
    const int wanted = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);

    pole_error_clear(error);
    error->status = status;
    if (wanted < 0) {
        const char *general = pole_status_text(status);
        put_text(error->message, sizeof error->message, general, strlen(general), true);
    } else {
        put_text(error->message, sizeof error->message, text, strlen(text),
                 (size_t)wanted < sizeof text);
    }
    return status;
}

void pole_fail_hint(pole_error *error, const char *hint)
{
    if (error)
        put_text(error->hint, sizeof error->hint, hint, strlen(hint), true);
}

void pole_fail_at(pole_error *error, uint32_t line, uint32_t column, uint64_t offset_bytes)
{
    if (!error)
        return;
    error->line = line;
    error->column = column;
    error->offset_bytes = offset_bytes;
}

void pole_error_clear(pole_error *error)
{
    if (error)
        memset(error, 0, sizeof *error);
}
