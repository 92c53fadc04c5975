/* SPDX-License-Identifier: MIT
 * See street_name.h. From the end: figures, section, type, ordinal; what is left is the name. */
#include "resolve/street_name.h"

#include <string.h>

#include "resolve/street_type.h"

/* How a text is cut. */
enum {
    BY_SOUND = 1,        /* type and ordinal may be written by other characters of their sound */
    UNCUT = 2,           /* what looks like a type belongs to the name: 道里, Guogeli */
    LETTER_NUMERALS = 4, /* letters that sound like a numeral before the type are one */
    SHORT_TYPE = 8 /* the type is one syllable: hong da jie is 宏达街 as well as 宏大街 */
};

static bool is_type(const pole_name_unit *units, const pole_type_word *word, unsigned how)
{
    for (unsigned i = 0; i < word->count; i++) {
        const bool letters = units[i].character == 0;
        if (units[i].character != 0 && units[i].character == word->characters[i])
            continue;
        if (!(letters || how & BY_SOUND) || !pole_unit_sounds_as(units + i, word->sounds[i]))
            return false;
    }
    return true;
}

/* The longest type that the units end in; NULL: none. */
static const pole_type_word *type_at_end(const pole_name_unit *units, unsigned count,
                                         const pole_type_words *words, unsigned how)
{
    const pole_type_word *found = NULL;
    for (unsigned i = 0; i < words->count && !(how & UNCUT); i++) {
        const pole_type_word *word = words->words + i;
        if (word->count <= (how & SHORT_TYPE && count > 1 ? 1 : count) &&
            (found == NULL || word->count > found->count) &&
            is_type(units + count - word->count, word, how))
            found = word;
    }
    return found;
}

/* Whether the unit is this character, or letters that sound like it. */
static bool is_written(const pole_name_unit *unit, uint32_t character, unsigned how)
{
    pole_sound sounds[POLE_MOST_SOUNDS];
    if (unit->character != 0 && !(how & BY_SOUND))
        return unit->character == character;
    (void)pole_han_sounds(character, sounds);
    return pole_unit_sounds_as(unit, sounds);
}

static int numeral_of(const pole_name_unit *unit, unsigned how, bool before_dao)
{
    const bool letters = unit->character == 0 && unit->sounds[0] != 0;
    if (before_dao && is_written(unit, 0x5934 /* 头 */, how))
        return 1;
    if (unit->number < 0 && before_dao && how & BY_SOUND)
        return pole_unit_numeral(unit);
    return letters && !before_dao && !(how & LETTER_NUMERALS) ? -1 /* "youyi lu" is 友谊路 */
                                                              : unit->number;
}

/* The numeral that the units end in: 三, 十四, 二十, 139. Returns how many units it is. */
static unsigned numeral_at_end(const pole_name_unit *units, unsigned count, unsigned how,
                               bool before_dao, int *value)
{
    const int last = count > 0 ? numeral_of(units + count - 1, how, before_dao) : -1;
    if (last < 0)
        return 0;
    *value = last;
    if (last > 10 || is_written(units + count - 1, 0x5934, how))
        return 1;
    const int second = count > 1 ? numeral_of(units + count - 2, how, before_dao) : -1;
    if (last == 10 && second > 1 && second < 10) {
        *value = second * 10;
        return 2;
    }
    if (last == 10 || second != 10)
        return 1;
    const int third = count > 2 ? numeral_of(units + count - 3, how, before_dao) : -1;
    *value = 10 + last;
    if (third < 2 || third > 9)
        return 2;
    *value += third * 10 - 10;
    return 3;
}

static void cut_ordinal(const pole_name_unit *units, unsigned *count, unsigned how, uint16_t types,
                        pole_street_name *name)
{
    int value = -1;
    unsigned taken = 0;
    if (types & (POLE_TYPE_JIE | POLE_TYPE_DAJIE) && *count > 1 &&
        is_written(units + *count - 1, 0x9053 /* 道 */, how)) {
        taken = numeral_at_end(units, *count - 1, how, true, &value);
        taken += taken > 0;
    }
    if (taken == 0 && types != 0) {
        taken = numeral_at_end(units, *count, how, false, &value);
        if (taken == *count) /* 一路: nothing else is left of the name */
            taken = 0;
    }
    if (taken == 0)
        return;
    *count -= taken;
    name->ordinal = (int16_t)value;
    if (*count > 0 && units[*count - 1].character == 0x7B2C /* 第 */)
        --*count;
}

static bool is_section(const pole_name_unit *unit)
{
    static const uint32_t sections[] = {0x4E1C, 0x5357, 0x897F, 0x5317,
                                        0x4E2D, 0x4E0A, 0x4E0B}; /* 东南西北中上下 */
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        if (unit->character == sections[i])
            return true;
    return unit->character != 0 && unit->number > 0;
}

/* False when nothing is left that could be a name. *by_letters: the type was found in letters. */
static bool cut(const pole_units *all, unsigned first, const pole_type_words *words, unsigned how,
                pole_street_name *name, bool *by_letters)
{
    const pole_name_unit *units = all->units + first;
    unsigned count = all->count - first;
    memset(name, 0, sizeof *name);
    *by_letters = false;
    name->types = all->types;
    name->ordinal = all->ordinal;
    if (count > 1 && units[count - 1].character == 0 && units[count - 1].sounds[0] == 0 &&
        units[count - 1].number >= 0)
        name->ordinal = units[--count].number; /* 规划路139 */
    if (count > 2 && units[count - 1].character == 0x6BB5 /* 段 */ &&
        is_section(units + count - 2)) {
        name->section = units[count - 2].character;
        count -= 2;
    }
    const pole_type_word *type = type_at_end(units, count, words, how);
    unsigned left = count - (type ? type->count : 0);
    const uint16_t types = type ? type->types : name->types;
    cut_ordinal(units, &left, how, types, name);
    if (left == 0 && name->ordinal < 0)
        left = count; /* 大道街 has cut its 街; but 大道 alone is a name, or nothing */
    else if (type) {
        *by_letters = units[count - 1].character == 0;
        name->types = type->types;
    }
    name->count = (uint8_t)(left < POLE_NAME_UNITS ? left : POLE_NAME_UNITS);
    memcpy(name->units, units, name->count * sizeof *units);
    return (left > 0 && !(left == count && type && type->count == count)) || name->ordinal >= 0;
}

/* Where the street begins behind a district's or city's name: "道里区中央大街"; 0: no such name. */
static unsigned behind_district(const pole_units *units)
{
    for (unsigned i = units->count; i-- > 2;) {
        const uint32_t character = units->units[i].character;
        if ((character == 0x533A || character == 0x5E02 || character == 0x53BF) && /* 区市县 */
            units->units[i - 1].character != 0x5C0F && i + 2 < units->count)
            return i + 1;
    }
    return 0;
}

typedef struct {
    pole_street_name *names;
    unsigned count;
    const pole_type_words *words;
} name_forms;

/* True when the form was a name. */
static bool add_form(name_forms *forms, const pole_units *units, unsigned first, unsigned how,
                     bool *by_letters)
{
    return forms->count < POLE_NAME_FORMS &&
           cut(units, first, forms->words, how, forms->names + forms->count, by_letters) &&
           ++forms->count;
}

/* 中央妲街, 经纬四稻街: a recogniser may have written the type, 道, or the numeral by ear. */
static void add_by_sound(name_forms *forms, const pole_units *units, unsigned first, unsigned how,
                         const pole_street_name *plain)
{
    bool ignored;
    if (!add_form(forms, units, first, BY_SOUND | how, &ignored))
        return;
    const pole_street_name *heard = forms->names + forms->count - 1;
    if (heard->types == plain->types && heard->count == plain->count &&
        heard->ordinal == plain->ordinal)
        forms->count--; /* nothing new */
}

static void add_said(name_forms *forms, const pole_units *units, unsigned first)
{
    bool by_letters, ignored;
    if (!add_form(forms, units, first, 0, &by_letters))
        return;
    const pole_street_name *plain = forms->names + forms->count - 1;
    add_by_sound(forms, units, first, 0, plain);
    add_by_sound(forms, units, first, SHORT_TYPE, plain);
    if (plain->types != 0 && (by_letters || (plain->count < 2 && plain->ordinal < 0)))
        add_form(forms, units, first, UNCUT, &ignored);
    if (!by_letters)
        return;
    add_form(forms, units, first, SHORT_TYPE, &ignored);
    add_form(forms, units, first, LETTER_NUMERALS, &ignored);
}

static void add_with_district(name_forms *forms, const pole_units *units)
{
    const unsigned street = behind_district(units);
    if (street > 0)
        add_said(forms, units, street);
    add_said(forms, units, 0);
}

unsigned pole_street_names(pole_span text, bool said, const pole_type_words *words,
                           pole_street_name names[POLE_NAME_FORMS])
{
    pole_street_text read;
    pole_units units;
    name_forms forms = {names, 0, words};
    pole_street_text_read(text, &read);
    for (unsigned i = 0; i < read.parts; i++) {
        unsigned begin = read.part[i].begin;
        const unsigned end = read.part[i].end;
        while (begin < end) {
            const unsigned street = begin;
            bool ignored;
            begin = pole_units_read(&read, street, end,
                                    said ? POLE_TEXT_STRIPPED : POLE_TEXT_OF_TABLE, &units);
            if (!said) {
                add_form(&forms, &units, 0, 0, &ignored);
                continue;
            }
            add_with_district(&forms, &units);
            if (!units.stripped) /* 沿墙街 may begin as a caller's "along" does */
                continue;
            (void)pole_units_read(&read, street, end, POLE_TEXT_SAID, &units);
            add_with_district(&forms, &units);
        }
    }
    return forms.count;
}
