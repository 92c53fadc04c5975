/* SPDX-License-Identifier: MIT
 * Folding, one character at a time. Digits: Unicode 14, category Nd, and the enclosed ones. */
#include "speech/fold.h"

#include "base/utf8.h"
#include "speech/words.h"

#define DROPPED 0u

/* The digit zero of every script; its nine followers come after it. */
static const uint32_t zeros[] = {
    0x0660,  0x06F0,  0x07C0,  0x0966,  0x09E6,  0x0A66,  0x0AE6,  0x0B66,  0x0BE6,  0x0C66,
    0x0CE6,  0x0D66,  0x0DE6,  0x0E50,  0x0ED0,  0x0F20,  0x1040,  0x1090,  0x17E0,  0x1810,
    0x1946,  0x19D0,  0x1A80,  0x1A90,  0x1B50,  0x1BB0,  0x1C40,  0x1C50,  0xA620,  0xA8D0,
    0xA900,  0xA9D0,  0xA9F0,  0xAA50,  0xABF0,  0xFF10,  0x104A0, 0x10D30, 0x11066, 0x110F0,
    0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0, 0x11730, 0x118E0, 0x11950,
    0x11C50, 0x11D50, 0x11DA0, 0x16A60, 0x16AC0, 0x16B50, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC,
    0x1D7F6, 0x1E140, 0x1E2F0, 0x1E950, 0x1FBF0};

/* Runs of characters that are read as a run of digits, or all as one character. */
typedef struct {
    uint32_t first, last;
    char as;
    char step; /* 1: the next character is the next digit */
} folded_run;

static const folded_run runs[] = {
    {0x0009, 0x000A, ' ', 0}, /* a new line is a stop: see fold_character() */
    {0x0020, 0x0020, ' ', 0},   {0x0022, 0x0022, ' ', 0}, /* quotes and brackets */
    {0x0028, 0x0029, ' ', 0},   {0x002C, 0x002C, ',', 0},   {0x002D, 0x002D, '-', 0},
    {0x002F, 0x002F, ',', 0},   {0x003A, 0x003A, ':', 0},   {0x003B, 0x003B, '!', 0},
    {0x003C, 0x003C, ' ', 0},   {0x003D, 0x003D, ',', 0},   {0x003E, 0x003E, ' ', 0},
    {0x005B, 0x005B, ' ', 0},   {0x005C, 0x005C, ',', 0},   {0x005D, 0x005D, ' ', 0},
    {0x0060, 0x0060, '\'', 0},  {0x007B, 0x007B, ' ', 0},   {0x007C, 0x007C, ' ', 0},
    {0x007D, 0x007D, ' ', 0},   {0x007E, 0x007E, ',', 0},   {0x00A0, 0x00A0, ' ', 0},
    {0x00AB, 0x00AB, ' ', 0},   {0x00B2, 0x00B3, '2', 1},   {0x00B4, 0x00B4, '\'', 0},
    {0x00B7, 0x00B7, '-', 0},   {0x00B9, 0x00B9, '1', 0},   {0x00BB, 0x00BB, ' ', 0},
    {0x02BC, 0x02BC, '\'', 0},  {0x02C7, 0x02C7, ' ', 0}, /* tones of zhuyin end a syllable */
    {0x02C9, 0x02CB, ' ', 0},   {0x02D9, 0x02D9, ' ', 0},   {0x2000, 0x200A, ' ', 0},
    {0x2010, 0x2015, '-', 0},   {0x2018, 0x2019, '\'', 0},  {0x201A, 0x201F, ' ', 0},
    {0x2022, 0x2022, '-', 0},   {0x2026, 0x2026, ',', 0},   {0x2027, 0x2027, '-', 0},
    {0x2028, 0x2029, '!', 0},   {0x202F, 0x202F, ' ', 0},   {0x2070, 0x2070, '0', 0},
    {0x2074, 0x2079, '4', 1},   {0x2080, 0x2089, '0', 1},   {0x2160, 0x2168, '1', 1},
    {0x2170, 0x2178, '1', 1},   {0x2212, 0x2212, '-', 0},   {0x2460, 0x2468, '1', 1},
    {0x2474, 0x247C, '1', 1},   {0x2488, 0x2490, '1', 1},   {0x24EA, 0x24EA, '0', 0},
    {0x24F5, 0x24FD, '1', 1},   {0x24FF, 0x24FF, '0', 0},   {0x2776, 0x277E, '1', 1},
    {0x2780, 0x2788, '1', 1},   {0x278A, 0x2792, '1', 1},   {0x3000, 0x3000, ' ', 0},
    {0x3001, 0x3001, ',', 0},   {0x3002, 0x3002, '!', 0},   {0x3008, 0x3011, ' ', 0},
    {0x3014, 0x301B, ' ', 0},   {0x301C, 0x301C, ',', 0},   {0x301D, 0x301F, ' ', 0},
    {0x3021, 0x3029, '1', 1},   {0x30FB, 0x30FB, '-', 0},   {0x3220, 0x3228, '1', 1},
    {0x3280, 0x3288, '1', 1},   {0xFE10, 0xFE11, ',', 0},   {0xFF61, 0xFF61, '!', 0},
    {0x1F100, 0x1F100, '0', 0}, {0x1F101, 0x1F10A, '0', 1}, {0x1F10B, 0x1F10C, '0', 0},
};

/* Letters with tones or other marks, by the letter that they are read as. */
static const struct {
    char letter;
    uint16_t marked[12];
} marked_letters[] = {
    {'a', {0x0E0, 0x0E1, 0x0E2, 0x0E3, 0x0E4, 0x101, 0x103, 0x1CE}},
    {'e', {0x0E8, 0x0E9, 0x0EA, 0x0EB, 0x113, 0x115, 0x119, 0x11B}},
    {'i', {0x0EC, 0x0ED, 0x0EE, 0x0EF, 0x12B, 0x12D, 0x131, 0x1D0}},
    {'o', {0x0F2, 0x0F3, 0x0F4, 0x0F5, 0x0F6, 0x14D, 0x14F, 0x1D2}},
    {'u', {0x0F9, 0x0FA, 0x0FB, 0x0FC, 0x16B, 0x16D, 0x1D4, 0x1D6, 0x1D8, 0x1DA, 0x1DC}},
    {'n', {0x0F1, 0x144, 0x148, 0x1F9}},
};

static bool is_dropped(uint32_t character)
{
    return (character >= 0x0300 && character <= 0x036F) || /* combining marks */
           (character >= 0x200B && character <= 0x200F) || /* zero width, direction */
           (character >= 0x202A && character <= 0x202E) || /* direction */
           (character >= 0x2060 && character <= 0x2069) || /* direction, joiners */
           (character >= 0xFE00 && character <= 0xFE0F) || /* variation selectors */
           character == 0x20E3 || character == 0xFEFF ||   /* keycap, byte order mark */
           character == 0x00AD;                            /* soft hyphen */
}

static uint32_t lower(uint32_t character)
{
    if (character >= 'A' && character <= 'Z')
        return character + 32;
    if (character >= 0x00C0 && character <= 0x00DE && character != 0x00D7)
        return character + 32;
    if (character >= 0x0410 && character <= 0x042F)
        return character + 32;
    if (character == 0x0401 || character == 0x0451)
        return 0x0435;
    if (character >= 0x0100 && character <= 0x017F && character != 0x0131)
        return character | 1;
    if (character >= 0x01CD && character <= 0x01DC)
        return character + (character & 1);
    return character;
}

static uint32_t unmarked(uint32_t character)
{
    for (size_t i = 0; i < sizeof marked_letters / sizeof *marked_letters; i++) {
        for (size_t j = 0; j < 12 && marked_letters[i].marked[j] != 0; j++) {
            if (marked_letters[i].marked[j] == character)
                return (unsigned char)marked_letters[i].letter;
        }
    }
    return character;
}

static uint32_t as_digit(uint32_t character)
{
    size_t a = 0, b = sizeof zeros / sizeof *zeros;
    while (a < b) {
        const size_t middle = a + (b - a) / 2;
        if (zeros[middle] + 9 < character)
            a = middle + 1;
        else
            b = middle;
    }
    if (a < sizeof zeros / sizeof *zeros && character >= zeros[a])
        return '0' + (character - zeros[a]);
    return character;
}

static uint32_t as_run(uint32_t character)
{
    size_t a = 0, b = sizeof runs / sizeof *runs;
    while (a < b) {
        const size_t middle = a + (b - a) / 2;
        if (runs[middle].last < character)
            a = middle + 1;
        else
            b = middle;
    }
    if (a == sizeof runs / sizeof *runs || character < runs[a].first)
        return character;
    const uint32_t as = (unsigned char)runs[a].as;
    return runs[a].step ? as + (character - runs[a].first) : as;
}

static uint32_t fold_character(uint32_t character)
{
    if (character == POLE_UTF8_BAD)
        return (unsigned char)POLE_FOLDED_BAD;
    if (is_dropped(character))
        return DROPPED;
    if (character == '\n' || character == '\v' || character == '\f' || character == '\r' ||
        character == 0x85)
        return (unsigned char)POLE_FOLDED_STOP;
    if (character >= 0xFF01 && character <= 0xFF5E && character != 0xFF3F)
        character -= 0xFF01 - '!';
    character = unmarked(lower(character));
    if (character >= 0x80)
        character = pole_words_variant(as_digit(character));
    character = as_run(character);
    if (character < 0x20 || character == 0x7F)
        return (unsigned char)POLE_FOLDED_BAD;
    return character;
}

void pole_fold(pole_span text, pole_folded *folded)
{
    folded->size = 0;
    for (size_t at = 0; at < text.size_bytes;) {
        const size_t start = at;
        const uint32_t character = fold_character(pole_utf8_next(text.data, text.size_bytes, &at));
        if (character == DROPPED) {
            /* What is dropped belongs to the character before it. */
            for (size_t i = folded->size; i > 0 && folded->behind[i - 1] == start; i--)
                folded->behind[i - 1] = (uint16_t)at;
            continue;
        }
        char bytes[4];
        const size_t size = pole_utf8_put(character, bytes);
        for (size_t i = 0; i < size && folded->size < POLE_MOST_TEXT_BYTES; i++) {
            folded->from[folded->size] = (uint16_t)start;
            folded->behind[folded->size] = (uint16_t)at;
            folded->text[folded->size++] = bytes[i];
        }
    }
    folded->text[folded->size] = '\0';
}
