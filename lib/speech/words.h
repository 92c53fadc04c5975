/* SPDX-License-Identifier: MIT
 * The table of words that hearing knows: data/words/spoken.tsv as C, sorted by text. What each
 * kind does is told in docs/hearing.md. */
#ifndef SPEECH_WORDS_H
#define SPEECH_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum {
    POLE_WORD_DIGIT,     /* value: the digit */
    POLE_WORD_SOUND,     /* sounds like the digit `value`; weight: how surely, in percent */
    POLE_WORD_BEFORE,    /* a sound that often is a word of its own before a number */
    POLE_WORD_AFTER,     /* ... behind a number */
    POLE_WORD_UNIT,      /* multiplies what stands before it by value */
    POLE_WORD_ADD,       /* 10 to 900, added up */
    POLE_WORD_PLURAL,    /* "sevens": the digit value, as often as the number before it says */
    POLE_WORD_TIMES,     /* "double": the next digit value times; weight: of this, in percent */
    POLE_WORD_EACH,      /* 个: between the count and the digit */
    POLE_WORD_UNREAD,    /* value digits that could not be read */
    POLE_WORD_CORRECT,   /* what comes replaces what was (value 1: those digits just named) */
    POLE_WORD_NOT,       /* what comes was wrong */
    POLE_WORD_COPULA,    /* is */
    POLE_WORD_REPEAT,    /* the same once more */
    POLE_WORD_ALSO,      /* another code */
    POLE_WORD_NTH,       /* 第 */
    POLE_WORD_FROM_END,  /* 倒数第 */
    POLE_WORD_FRONT,     /* the first ones. Value 0: with their count; 1: with it or without;
                            2: one; 3: without */
    POLE_WORD_BACK,      /* the last ones, values alike */
    POLE_WORD_MIDDLE,    /* those in the middle, values alike */
    POLE_WORD_FIRST,     /* the first one */
    POLE_WORD_ORDINAL,   /* the value-th */
    POLE_WORD_PLACE,     /* digit, 位: ends a told place */
    POLE_WORD_BACKWARDS, /* read from right to left */
    POLE_WORD_SWAPPED,   /* two digits change places */
    POLE_WORD_CODE,      /* the number beside it is the code */
    POLE_WORD_PHONE,     /* the number behind it is a telephone number (value 1: if it stands
                            directly behind it) */
    POLE_WORD_OTHER,     /* the number behind it is another's, however long */
    POLE_WORD_PLATE,     /* begins a number plate */
    POLE_WORD_COUNTER,   /* the short number before it counts something; value 1: and the one
                            behind it; 2: the number before it, however long */
    POLE_WORD_HAO,       /* 号, behind a house number as behind a code */
    POLE_WORD_STREET,    /* a short number behind it is a house */
    POLE_WORD_LABEL,     /* a short number behind it is another's */
    POLE_WORD_EMERGENCY, /* 110: the number called */
    POLE_WORD_FILLER,    /* means nothing, within a number either */
    POLE_WORD_WORD       /* a numeral in it is none */
} pole_word_kind;

/* Of a token: the kinds of all its rows. */
#define POLE_ROLE(kind) (UINT64_C(1) << POLE_WORD_##kind)

typedef enum {
    POLE_SPOKEN_ANY,
    POLE_SPOKEN_ZH,
    POLE_SPOKEN_PINYIN,
    POLE_SPOKEN_ZHUYIN,
    POLE_SPOKEN_EN,
    POLE_SPOKEN_RU
} pole_spoken_language;

typedef struct {
    uint8_t language; /* pole_spoken_language */
    uint8_t kind;     /* pole_word_kind */
    uint8_t weight;
    uint32_t value;
    const char *text;
} pole_word;

extern const pole_word pole_words[];
extern const size_t pole_words_count;

/* Rows first .. first + count - 1 have one text. */
typedef struct {
    uint16_t first;
    uint16_t count; /* 0: none */
} pole_word_rows;

/* The rows whose text is the longest beginning of key[0..size) that may_end() takes. */
pole_word_rows pole_words_longest(const char *key, size_t size,
                                  bool (*may_end)(const void *context, size_t size),
                                  const void *context, size_t *matched);

/* The rows whose text is key. */
pole_word_rows pole_words_exact(const char *key, size_t size);

/* The character that `character` is read as (data/words/variants.tsv). */
uint32_t pole_words_variant(uint32_t character);

#endif
