/* SPDX-License-Identifier: MIT
 * Looking up words: binary search in the sorted table, narrowed byte by byte. */
#include "speech/words.h"

#include <string.h>

#include "base/utf8.h"

#define ANY POLE_SPOKEN_ANY
#define ZH POLE_SPOKEN_ZH
#define PINYIN POLE_SPOKEN_PINYIN
#define ZHUYIN POLE_SPOKEN_ZHUYIN
#define EN POLE_SPOKEN_EN
#define RU POLE_SPOKEN_RU
#define WORD(language, kind, value, weight, text) {language, POLE_WORD_##kind, weight, value, text},
const pole_word pole_words[] = {
#include "speech/spoken.inc"
};
#undef WORD
#undef ANY
#undef ZH
#undef PINYIN
#undef ZHUYIN
#undef EN
#undef RU
#define WORDS (sizeof pole_words / sizeof pole_words[0])
const size_t pole_words_count = WORDS;

#define WORD(kind, text) text,
static const char *const variants[] = {
#include "speech/variants.inc"
};
#undef WORD
#define VARIANTS (sizeof variants / sizeof variants[0])

_Static_assert(WORDS < UINT16_MAX, "rows are numbered in 16 bits");

/* Among rows lo .. hi - 1, which agree in `at` bytes, those that go on with `byte`. */
static void narrow(size_t *lo, size_t *hi, size_t at, unsigned char byte)
{
    size_t a = *lo, b = *hi;
    while (a < b) {
        const size_t middle = a + (b - a) / 2;
        if ((unsigned char)pole_words[middle].text[at] < byte)
            a = middle + 1;
        else
            b = middle;
    }
    const size_t first = a;
    b = *hi;
    while (a < b) {
        const size_t middle = a + (b - a) / 2;
        if ((unsigned char)pole_words[middle].text[at] <= byte)
            a = middle + 1;
        else
            b = middle;
    }
    *lo = first;
    *hi = a;
}

/* How many rows from lo on end at `size` bytes: the shortest texts come first. */
static uint16_t count_whole(size_t lo, size_t hi, size_t size)
{
    uint16_t count = 0;
    while (lo + count < hi && pole_words[lo + count].text[size] == '\0')
        count++;
    return count;
}

pole_word_rows pole_words_longest(const char *key, size_t size,
                                  bool (*may_end)(const void *context, size_t size),
                                  const void *context, size_t *matched)
{
    pole_word_rows best = {0, 0};
    size_t lo = 0, hi = WORDS;
    *matched = 0;
    for (size_t at = 0; at < size && lo < hi; at++) {
        if (key[at] == '\0')
            break;
        narrow(&lo, &hi, at, (unsigned char)key[at]);
        const uint16_t whole = count_whole(lo, hi, at + 1);
        if (whole > 0 && may_end(context, at + 1)) {
            best = (pole_word_rows){(uint16_t)lo, whole};
            *matched = at + 1;
        }
    }
    return best;
}

static bool ends_there(const void *context, size_t size)
{
    return size == *(const size_t *)context;
}

pole_word_rows pole_words_exact(const char *key, size_t size)
{
    size_t matched;
    return pole_words_longest(key, size, ends_there, &size, &matched);
}

uint32_t pole_words_variant(uint32_t character)
{
    char key[4];
    const size_t size = pole_utf8_put(character, key);
    size_t a = 0, b = VARIANTS;
    while (a < b) {
        const size_t middle = a + (b - a) / 2;
        const int order = strncmp(variants[middle], key, size);
        if (order == 0) {
            size_t at = size;
            return pole_utf8_next(variants[middle], strlen(variants[middle]), &at);
        }
        if (order < 0)
            a = middle + 1;
        else
            b = middle;
    }
    return character;
}
