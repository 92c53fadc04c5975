/* SPDX-License-Identifier: MIT
 * See street_units.h. */
#include "resolve/street_units.h"

#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "resolve/street_type.h"

#define MOST_SYLLABLES 16 /* of one word */

typedef enum {
    WORD_TYPE,
    WORD_WORD,
    WORD_NUMBER,
    WORD_LEAD,
    WORD_TAIL,
    WORD_FORMER,
    WORD_FILLER,
    WORD_AND
} word_kind;

typedef struct {
    word_kind kind;
    const char *meaning; /* in capitals */
    const char *text;
} street_word;

#define WORD(kind, meaning, text) {WORD_##kind, #meaning, text},
static const street_word street_words[] = {
#include "resolve/streets.inc"
};
#undef WORD
#define STREET_WORDS (sizeof street_words / sizeof street_words[0])

bool pole_unit_sounds_as(const pole_name_unit *unit, const pole_sound sounds[POLE_MOST_SOUNDS])
{
    for (unsigned i = 0; i < POLE_MOST_SOUNDS && unit->sounds[i]; i++)
        for (unsigned j = 0; j < POLE_MOST_SOUNDS && sounds[j]; j++)
            if (unit->sounds[i] == sounds[j])
                return true;
    return false;
}

void pole_type_words_read(pole_type_words *words)
{
    memset(words, 0, sizeof *words);
    for (size_t i = 0; i < STREET_WORDS; i++) {
        const pole_span text = pole_span_of(street_words[i].text);
        pole_type_word word;
        size_t at = 0;
        memset(&word, 0, sizeof word);
        if (street_words[i].kind != WORD_TYPE)
            continue;
        word.types = pole_street_type_named(street_words[i].meaning);
        while (at < text.size_bytes && word.count < 4) {
            word.characters[word.count] = pole_utf8_next(text.data, text.size_bytes, &at);
            (void)pole_han_sounds(word.characters[word.count], word.sounds[word.count]);
            word.count++;
        }
        const size_t capacity = sizeof words->words / sizeof *words->words;
        if (pole_is_han(word.characters[0]) && words->count < capacity)
            words->words[words->count++] = word;
    }
}

/* Directions and sizes, and what else is left out or put in: 副 of 文昌副街, 小 of 小头道街. */
static const uint16_t loose_characters[] = {0x4E1C, 0x5357, 0x897F, 0x5317, 0x4E2D, 0x5927, 0x5C0F,
                                            0x526F, 0x65B0, 0x8001, 0x524D, 0x540E, 0x4E0A, 0x4E0B};
/* 一 to 十. */
static const uint16_t numerals[] = {0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94,
                                    0x516D, 0x4E03, 0x516B, 0x4E5D, 0x5341};

/* The place in a list of a character; -1: it is not there. */
static int place_of(const uint16_t *list, size_t count, uint32_t character)
{
    for (size_t i = 0; i < count; i++)
        if (list[i] == character)
            return (int)i;
    return -1;
}

/* The place in a list of a character that the unit sounds like. */
static int place_by_sound(const uint16_t *list, size_t count, const pole_name_unit *unit)
{
    for (size_t i = 0; i < count && unit->sounds[0]; i++) {
        pole_sound sounds[POLE_MOST_SOUNDS];
        (void)pole_han_sounds(list[i], sounds);
        if (pole_unit_sounds_as(unit, sounds))
            return (int)i;
    }
    return -1;
}

int pole_unit_numeral(const pole_name_unit *unit)
{
    const int place = place_by_sound(numerals, sizeof numerals / sizeof *numerals, unit);
    return place < 0 ? -1 : place + 1;
}

static pole_name_unit *add_unit(pole_units *units, uint32_t character)
{
    pole_name_unit *unit = units->units + units->count++;
    memset(unit, 0, sizeof *unit);
    unit->character = character;
    unit->number = -1;
    return unit;
}

static void add_han(pole_units *units, uint32_t character)
{
    pole_name_unit *unit = add_unit(units, character);
    const int numeral = place_of(numerals, sizeof numerals / sizeof *numerals, character);
    const size_t count = sizeof loose_characters / sizeof *loose_characters;
    (void)pole_han_sounds(character, unit->sounds);
    unit->number = (int16_t)(numeral < 0 ? -1 : numeral + 1);
    unit->loose = place_of(loose_characters, count, character) >= 0;
}

static void add_sounds(pole_units *units, const pole_sound *sounds, size_t count)
{
    const size_t loose_count = sizeof loose_characters / sizeof *loose_characters;
    for (size_t i = 0; i < count && units->count < POLE_STREET_TEXT; i++) {
        pole_name_unit *unit = add_unit(units, 0);
        unit->sounds[0] = sounds[i];
        unit->number = (int16_t)pole_unit_numeral(unit);
        unit->loose = place_by_sound(loose_characters, loose_count, unit) >= 0;
    }
}

/* True when the word is known; *splits: it stands between two streets. */
static bool known_word(pole_units *units, pole_span text, bool *splits)
{
    const street_word *word = street_words;
    const street_word *const end = street_words + STREET_WORDS;
    while (word < end && !pole_span_equal(pole_span_of(word->text), text))
        word++;
    if (word == end)
        return false;
    if (word->kind == WORD_TYPE)
        units->types = pole_street_type_named(word->meaning);
    *splits = word->kind == WORD_AND && (units->count > 0 || units->ordinal >= 0);
    if (word->kind == WORD_NUMBER) {
        int value = 0;
        for (const char *digit = word->meaning + 1; *digit; digit++)
            value = value * 10 + (*digit - '0');
        units->ordinal = (int16_t)value;
    }
    if (word->kind == WORD_WORD) {
        char letters[16];
        pole_sound sounds[8];
        size_t size = 0;
        for (; size < sizeof letters && word->meaning[size]; size++)
            letters[size] = (char)(word->meaning[size] - 'A' + 'a');
        const size_t syllables = pole_pinyin_cut(letters, size, sounds, 8);
        add_sounds(units, sounds, syllables);
    }
    return true;
}

/* FNV-1a; a word is compared by it alone. */
static uint32_t hash_of(pole_span text)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < text.size_bytes; i++)
        hash = (hash ^ (uint8_t)text.data[i]) * 16777619u;
    return hash;
}

/* A word of letters; returns where it ends. */
static unsigned read_word(const pole_street_text *text, unsigned at, unsigned end,
                          pole_units *units, bool *splits)
{
    char bytes[4 * POLE_STREET_TEXT];
    size_t size = 0;
    pole_sound sounds[MOST_SYLLABLES];
    for (; at < end && pole_is_letter(text->characters[at]); at++)
        size += pole_utf8_put(text->characters[at], bytes + size);
    const pole_span word = {bytes, size};
    if (known_word(units, word, splits))
        return at;
    const size_t syllables = pole_pinyin_cut(bytes, size, sounds, MOST_SYLLABLES);
    add_sounds(units, sounds, syllables);
    if (syllables == 0)
        (void)add_unit(units, POLE_HASHED_WORD | hash_of(word));
    return at;
}

static bool is_ordinal_ending(const pole_street_text *text, unsigned at, unsigned end)
{
    static const char endings[4][2] = {{'s', 't'}, {'n', 'd'}, {'r', 'd'}, {'t', 'h'}};
    for (unsigned i = 0; i < 4; i++)
        if (at + 2 <= end && text->characters[at] == (uint32_t)endings[i][0] &&
            text->characters[at + 1] == (uint32_t)endings[i][1] &&
            (at + 2 == end || !pole_is_letter(text->characters[at + 2])))
            return true;
    return false;
}

/* Figures: a house number (dropped), an ordinal ("3rd"), or a unit. Returns where it ends. */
static unsigned read_figures(const pole_street_text *text, unsigned at, unsigned end, bool said,
                             pole_units *units)
{
    int value = 0;
    for (; at < end && pole_is_figure(text->characters[at]); at++)
        value = value < 1000 ? value * 10 + (int)(text->characters[at] - '0') : value;
    if (said && at < end && text->characters[at] == 0x53F7 /* 号 */)
        return at + 1;
    if (is_ordinal_ending(text, at, end)) {
        units->ordinal = (int16_t)value;
        return at + 2;
    }
    add_unit(units, 0)->number = (int16_t)value;
    return at;
}

/* How many characters from `at` are this word; 0: they are not. */
static unsigned word_at(const pole_street_text *text, unsigned at, unsigned end, pole_span word)
{
    size_t byte = 0;
    unsigned count = 0;
    while (byte < word.size_bytes)
        if (at + count == end ||
            text->characters[at + count++] != pole_utf8_next(word.data, word.size_bytes, &byte))
            return 0;
    return count;
}

static unsigned characters_in(pole_span word)
{
    size_t at = 0;
    unsigned count = 0;
    for (; at < word.size_bytes; count++)
        (void)pole_utf8_next(word.data, word.size_bytes, &at);
    return count;
}

/* Takes one word of a kind off the front (or the end); false when there is none. Something of the
 * name must be left, two characters at least. */
static bool strip_one(const pole_street_text *text, unsigned *begin, unsigned *end, word_kind kind)
{
    unsigned longest = 0;
    for (size_t i = 0; i < STREET_WORDS; i++) {
        if (street_words[i].kind != kind)
            continue;
        const pole_span word = pole_span_of(street_words[i].text);
        const unsigned length = characters_in(word);
        if (length <= longest || *begin + length + 2 > *end)
            continue;
        if (word_at(text, kind == WORD_TAIL ? *end - length : *begin, *end, word))
            longest = length;
    }
    if (kind == WORD_TAIL)
        *end -= longest;
    else
        *begin += longest;
    return longest > 0;
}

/* Whether 和, 与, ... at this place stand between two streets: a type's last character is before
 * it, and two characters or more follow. 和平路 begins with the same character. */
static bool is_and(const pole_street_text *text, unsigned begin, unsigned at, unsigned end)
{
    static const uint32_t last_of_types[] = {0x8857, 0x8DEF, 0x9053,
                                             0x5DF7, 0x540C, 0x6865}; /* 街路道巷同桥 */
    bool known = false, follows = false;
    for (size_t i = 0; i < STREET_WORDS && !known; i++)
        known = street_words[i].kind == WORD_AND &&
                word_at(text, at, end, pole_span_of(street_words[i].text)) == 1;
    for (size_t i = 0; known && i < sizeof last_of_types / sizeof *last_of_types; i++)
        follows = follows || (at > begin + 1 && text->characters[at - 1] == last_of_types[i]);
    return known && follows && at + 2 < end;
}

/* Where the street that begins here ends: at the "and", or at the end. */
static unsigned end_of_street(const pole_street_text *text, unsigned begin, unsigned end)
{
    for (unsigned i = begin; i < end; i++)
        if (pole_is_han(text->characters[i]) && is_and(text, begin, i, end))
            return i;
    return end;
}

static void strip(const pole_street_text *text, unsigned *begin, unsigned *end, pole_units *units)
{
    const unsigned length = *end - *begin;
    while (strip_one(text, begin, end, WORD_LEAD))
        ;
    while (strip_one(text, begin, end, WORD_TAIL))
        ;
    units->stripped = *end - *begin < length;
}

unsigned pole_units_read(const pole_street_text *text, unsigned begin, unsigned end,
                         pole_text_kind kind, pole_units *units)
{
    const bool said = kind != POLE_TEXT_OF_TABLE;
    unsigned stop = said ? end_of_street(text, begin, end) : end, at = begin;
    const unsigned next = stop == end ? end : stop + 1;
    units->count = 0;
    units->types = 0;
    units->ordinal = -1;
    units->stripped = false;
    if (said || begin > 0) /* a table's first name is its own */
        (void)strip_one(text, &at, &stop, WORD_FORMER);
    if (kind == POLE_TEXT_STRIPPED)
        strip(text, &at, &stop, units);
    while (at < stop && units->count < POLE_STREET_TEXT) {
        const uint32_t character = text->characters[at];
        bool splits = false;
        if (pole_is_letter(character))
            at = read_word(text, at, stop, units, &splits);
        else if (pole_is_figure(character))
            at = read_figures(text, at, stop, said, units);
        else if (at++, pole_is_han(character))
            add_han(units, character);
        if (splits && said)
            return at;
    }
    return next;
}
