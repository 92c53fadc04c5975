/* SPDX-License-Identifier: MIT
 * The text of a street's name in one form: lower case, half width, simplified, no tones, blanks for
 * punctuation, and cut where another name begins. */
#ifndef RESOLVE_STREET_TEXT_H
#define RESOLVE_STREET_TEXT_H

#include <stdbool.h>

#include <polelookup/types.h>

#define POLE_STREET_TEXT 64 /* characters that are read; a longer text is cut there */
#define POLE_STREET_PARTS 4

/* Besides letters, figures, Chinese characters: ' ' between words, '\'' between syllables. */
typedef struct {
    uint32_t characters[POLE_STREET_TEXT];
    uint8_t count;
    uint8_t parts;
    struct {
        uint8_t begin, end; /* without blanks around; not empty */
    } part[POLE_STREET_PARTS];
} pole_street_text;

void pole_street_text_read(pole_span text, pole_street_text *out);

static inline bool pole_is_han(uint32_t character)
{
    return character >= 0x4E00 && character <= 0x9FFF;
}
static inline bool pole_is_figure(uint32_t character)
{
    return character >= '0' && character <= '9';
}
/* a to z, and Cyrillic. */
static inline bool pole_is_letter(uint32_t character)
{
    return (character >= 'a' && character <= 'z') || (character >= 0x430 && character <= 0x44F);
}

#endif
