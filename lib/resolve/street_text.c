/* SPDX-License-Identifier: MIT
 * See street_text.h. */
#include "resolve/street_text.h"

#include "base/utf8.h"
#include "resolve/pinyin.h"

#define PART_ENDS ((uint32_t)'|')

/* The letter of pinyin under a tone mark; 0: it is none. */
static uint32_t under_tone(uint32_t character)
{
    static const struct {
        uint16_t first, last; /* in lower case */
        char letter;
    } marked[] = {
        {0xE0, 0xE5, 'a'},   {0xE8, 0xEB, 'e'},   {0xEC, 0xEF, 'i'},   {0xF2, 0xF6, 'o'},
        {0xF9, 0xFB, 'u'},   {0xFC, 0xFC, 'v'},   {0x101, 0x103, 'a'}, {0x113, 0x11B, 'e'},
        {0x12B, 0x12D, 'i'}, {0x14D, 0x14F, 'o'}, {0x16B, 0x16D, 'u'}, {0x1CE, 0x1CE, 'a'},
        {0x1D0, 0x1D0, 'i'}, {0x1D2, 0x1D2, 'o'}, {0x1D4, 0x1D4, 'u'}, {0x1D6, 0x1DC, 'v'}};
    if (character >= 0xC0 && character <= 0xDE)
        character += 0x20;
    else if ((character >= 0x100 && character <= 0x17F && character % 2 == 0) ||
             (character >= 0x1CD && character <= 0x1DC && character % 2 == 1))
        character++; /* the upper case is just before the lower */
    for (size_t i = 0; i < sizeof marked / sizeof *marked; i++)
        if (character >= marked[i].first && character <= marked[i].last)
            return (uint8_t)marked[i].letter;
    return 0;
}

/* What ends one name and begins another: brackets, slashes, the dots and lists of tables. */
static bool ends_part(uint32_t character)
{
    static const uint16_t marks[] = {'(',    ')',    '[',    ']',    '/',    '|',
                                     ';',    '&',    0x00B7, 0x2022, 0x30FB, 0x3001,
                                     0x3010, 0x3011, 0x3014, 0x3015};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (character == marks[i])
            return true;
    return false;
}

/* One character in the common form; 0: it says nothing of its own (a combining mark). */
static uint32_t folded(uint32_t character)
{
    if (character >= 0xFF01 && character <= 0xFF5E)
        character -= 0xFEE0;
    if (pole_is_han(character))
        return pole_han_simplified(character);
    if (character >= 'A' && character <= 'Z')
        return character + 0x20;
    if (pole_is_letter(character) || pole_is_figure(character))
        return character;
    if (character >= 0x410 && character <= 0x42F)
        return character + 0x20;
    if (character == 0x401 || character == 0x451)
        return 0x435; /* e with two dots, as it is mostly written */
    if (character == '\'' || character == 0x2019 || character == 0x2BC)
        return '\'';
    if (character >= 0x300 && character <= 0x36F)
        return 0;
    if (ends_part(character))
        return PART_ENDS;
    const uint32_t letter = under_tone(character);
    return letter ? letter : ' ';
}

static bool is_latin(uint32_t character)
{
    return character >= 'a' && character <= 'z';
}

/* The figure of a tone ("zhong1yang1") ends a syllable, and is no number. */
static void drop_tones(pole_street_text *text)
{
    for (unsigned i = 1; i < text->count; i++) {
        const uint32_t next = i + 1u < text->count ? text->characters[i + 1] : ' ';
        if (text->characters[i] >= '1' && text->characters[i] <= '5' &&
            is_latin(text->characters[i - 1]) && !pole_is_figure(next))
            text->characters[i] = '\'';
    }
}

static void add_part(pole_street_text *text, unsigned begin, unsigned end)
{
    while (begin < end && text->characters[begin] <= '\'')
        begin++;
    while (begin < end && text->characters[end - 1] <= '\'')
        end--;
    if (begin == end || text->parts == POLE_STREET_PARTS)
        return;
    text->part[text->parts].begin = (uint8_t)begin;
    text->part[text->parts++].end = (uint8_t)end;
}

void pole_street_text_read(pole_span text, pole_street_text *out)
{
    size_t at = 0;
    uint32_t before = ' ';
    out->count = out->parts = 0;
    while (at < text.size_bytes && out->count < POLE_STREET_TEXT) {
        const uint32_t raw = pole_utf8_next(text.data, text.size_bytes, &at);
        uint32_t character = folded(raw);
        if (raw == 0x308 && before == 'u') /* combining dots */
            out->characters[out->count - 1] = before = 'v';
        if (character == 0)
            continue;
        /* " - " stands between two names, "-" between two words of one. */
        if ((raw == '-' || raw == 0x2013 || raw == 0x2014) && before == ' ' &&
            at < text.size_bytes && text.data[at] == ' ')
            character = PART_ENDS;
        if (character == ' ' && before == ' ')
            continue;
        out->characters[out->count++] = before = character;
    }
    drop_tones(out);
    unsigned begin = 0;
    for (unsigned i = 0; i < out->count; i++) {
        if (out->characters[i] != PART_ENDS)
            continue;
        add_part(out, begin, i);
        begin = i + 1;
    }
    add_part(out, begin, out->count);
}
