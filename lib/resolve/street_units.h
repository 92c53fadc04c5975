/* SPDX-License-Identifier: MIT
 * One street's text as units: characters, syllables, figures; the words of data/words/streets.tsv
 * taken for what they mean. */
#ifndef RESOLVE_STREET_UNITS_H
#define RESOLVE_STREET_UNITS_H

#include "resolve/pinyin.h"
#include "resolve/street_text.h"

/* A character, a syllable of pinyin, a figure, or a word that is neither. */
typedef struct {
    uint32_t
        character; /* simplified; from POLE_HASHED_WORD on: a word's hash; 0: pinyin or figure */
    pole_sound sounds[POLE_MOST_SOUNDS]; /* 0 behind the last; none: a figure or word */
    int16_t number;                      /* of a figure or numeral; -1: it is none */
    bool loose;                          /* a direction or size, which callers leave out */
} pole_name_unit;
#define POLE_HASHED_WORD 0x80000000u

typedef struct {
    pole_name_unit units[POLE_STREET_TEXT];
    uint8_t count;
    uint16_t types;  /* said by a word ("street"); 0: none */
    int16_t ordinal; /* said by a word ("third", "3rd"); -1: none */
    bool stripped;   /* words before or behind the name were left out */
} pole_units;

/* Whose text it is: a table's; a caller's; a caller's, and "at", "near" and the like left out. */
typedef enum { POLE_TEXT_OF_TABLE, POLE_TEXT_SAID, POLE_TEXT_STRIPPED } pole_text_kind;

/* Reads the characters [begin, end) of a text up to its end or the "and" between two streets;
 * returns where the next one begins, or end. */
unsigned pole_units_read(const pole_street_text *text, unsigned begin, unsigned end,
                         pole_text_kind kind, pole_units *units);

/* Whether the unit has one of these sounds. */
bool pole_unit_sounds_as(const pole_name_unit *unit, const pole_sound sounds[POLE_MOST_SOUNDS]);

/* The numeral 1 to 10 that the unit sounds like; -1: none. */
int pole_unit_numeral(const pole_name_unit *unit);

/* The types, decoded from the table once. */
typedef struct {
    uint32_t characters[4];
    pole_sound sounds[4][POLE_MOST_SOUNDS];
    uint16_t types;
    uint8_t count;
} pole_type_word;

typedef struct {
    pole_type_word words[24];
    uint8_t count;
} pole_type_words;

void pole_type_words_read(pole_type_words *words);

#endif
