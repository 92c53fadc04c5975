/* SPDX-License-Identifier: MIT
 * Text on a terminal. The widths are those of Unicode's East Asian Width (UAX #11): W and F take
 * two columns; ambiguous characters (dashes, ellipsis, curly quotes) are counted as one, as
 * terminals in UTF-8 locales draw them. */
#include "show.h"

#include <string.h>

#include <polelookup/json.h>

#define BAD_CHARACTER 0xFFFFFFFFu

typedef struct {
    uint32_t first;
    uint32_t last;
} character_range;

static const character_range wide[] = {
    {0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0xA4CF},   {0xA960, 0xA97F},
    {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF01, 0xFF60},
    {0xFFE0, 0xFFE6},   {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF},
    {0x20000, 0x3FFFD},
};

static const character_range combining[] = {
    {0x0300, 0x036F}, {0x200B, 0x200F}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F},
};

/* C0, DEL, C1, line and paragraph separators, and the marks that turn the direction: a terminal
 * or a reader would act on them. */
static const character_range acting[] = {
    {0x0000, 0x001F}, {0x007F, 0x009F}, {0x061C, 0x061C},
    {0x200E, 0x200F}, {0x2028, 0x202E}, {0x2066, 0x2069},
};

static bool is_in(uint32_t character, const character_range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (character >= ranges[i].first && character <= ranges[i].last)
            return true;
    }
    return false;
}
#define IS_IN(character, ranges) is_in(character, ranges, sizeof(ranges) / sizeof(ranges)[0])

/* The character at the beginning of a text that is not empty, and how many bytes it takes; an
 * ill-formed sequence is BAD_CHARACTER of one byte. */
static uint32_t next_character(pole_span text, size_t *bytes)
{
    const unsigned char *at = (const unsigned char *)text.data;
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    *bytes = 1;
    if (at[0] < 0x80)
        return at[0];
    const size_t length = at[0] >= 0xF5   ? 0
                          : at[0] >= 0xF0 ? 4
                          : at[0] >= 0xE0 ? 3
                          : at[0] >= 0xC2 ? 2
                                          : 0;
    if (length == 0 || length > text.size_bytes)
        return BAD_CHARACTER;
    uint32_t character = at[0] & (0x7Fu >> length);
    for (size_t i = 1; i < length; i++) {
        if ((at[i] & 0xC0) != 0x80)
            return BAD_CHARACTER;
        character = character << 6 | (at[i] & 0x3Fu);
    }
    if (character < smallest[length] || character > 0x10FFFF ||
        (character >= 0xD800 && character <= 0xDFFF))
        return BAD_CHARACTER;
    *bytes = length;
    return character;
}

static size_t columns_of(uint32_t character)
{
    if (character == BAD_CHARACTER)
        return 1;
    return IS_IN(character, combining) ? 0 : IS_IN(character, wide) ? 2 : 1;
}

static bool is_showable(uint32_t character)
{
    return character != BAD_CHARACTER && !IS_IN(character, acting);
}

/* Steps over one character. */
static pole_span after(pole_span text, size_t bytes)
{
    const pole_span rest = {text.data + bytes, text.size_bytes - bytes};
    return rest;
}

pole_span span_of(const char *text)
{
    const pole_span span = {text, strlen(text)};
    return span;
}

const char *pick(const text_view *view, const char *zh, const char *en)
{
    return view->language == POLE_LANGUAGE_ZH ? zh : en;
}

/* A code that is found is not shown in green: that it stands in the table proves nothing. */
void show_label(const text_view *view, label_tone tone, const char *label)
{
    static const char *const colours[] = {
        [TONE_PLAIN] = "",          [TONE_FOUND] = "\033[1m",      [TONE_DOUBT] = "\033[1;33m",
        [TONE_NONE] = "\033[1;31m", [TONE_WARNING] = "\033[1;35m",
    };
    const size_t label_columns = view->language == POLE_LANGUAGE_ZH ? 4 : 5;
    const bool coloured = view->colour && tone != TONE_PLAIN;
    if (coloured)
        fputs(colours[tone], view->out);
    fputs(label, view->out);
    if (coloured)
        fputs("\033[0m", view->out);
    show_padding(view, shown_columns(span_of(label)), label_columns);
    fputs("  ", view->out);
}

void show_span(const text_view *view, pole_span text)
{
    while (text.size_bytes > 0) {
        size_t bytes;
        if (is_showable(next_character(text, &bytes)))
            fwrite(text.data, 1, bytes, view->out);
        else
            putc('?', view->out);
        text = after(text, bytes);
    }
}

#define NAME_COLUMNS 60
/* A column has two bytes or less in most scripts, and a mark now and then. */
#define BYTES_PER_COLUMN 4

void show_name(const text_view *view, pole_span name)
{
    show_cut(view, name, NAME_COLUMNS);
}

void show_cut(const text_view *view, pole_span text, size_t columns)
{
    const size_t most_bytes = BYTES_PER_COLUMN * columns;
    if (text.size_bytes <= most_bytes && shown_columns(text) <= columns) {
        show_span(view, text);
        return;
    }
    pole_span kept = {text.data, 0};
    size_t used = 1; /* the ellipsis */
    while (kept.size_bytes < text.size_bytes) {
        size_t bytes;
        used += columns_of(next_character(after(text, kept.size_bytes), &bytes));
        if (used > columns || kept.size_bytes + bytes > most_bytes)
            break;
        kept.size_bytes += bytes;
    }
    show_span(view, kept);
    fputs("…", view->out);
}

void show_padding(const text_view *view, size_t used, size_t columns)
{
    for (; used < columns; used++)
        putc(' ', view->out);
}

size_t shown_columns(pole_span text)
{
    size_t columns = 0;
    while (text.size_bytes > 0) {
        size_t bytes;
        const uint32_t character = next_character(text, &bytes);
        columns += is_showable(character) ? columns_of(character) : 1;
        text = after(text, bytes);
    }
    return columns;
}

void make_showable(char *text, size_t size_bytes)
{
    while (size_bytes > 0) {
        size_t bytes;
        const pole_span rest = {text, size_bytes};
        if (!is_showable(next_character(rest, &bytes)))
            memset(text, '?', bytes);
        text += bytes;
        size_bytes -= bytes;
    }
}
