/* SPDX-License-Identifier: MIT
 * Chinese characters by their sound: pinyin syllables without tones, and how easily one is heard or
 * written for another. Tones are left out: pinyin is mostly written without, and recognisers keep
 * the syllable where they miss the tone.
 *
 * Tables: data/words/pinyin.tsv, data/words/traditional.tsv (from Unihan), 36 KB in the library.
 * Nothing allocates; all is thread-safe. */
#ifndef RESOLVE_PINYIN_H
#define RESOLVE_PINYIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* initial * 64 + final, from 1; 0: none. */
typedef uint16_t pole_sound;

/* No character of the table has more. */
#define POLE_MOST_SOUNDS 3

/* The simplified form of a traditional character; any other character as it is. */
uint32_t pole_han_simplified(uint32_t character);

/* The readings of a simplified character, 0 behind the last; returns how many, 0 when it is not in
 * GB 2312. */
unsigned pole_han_sounds(uint32_t character, pole_sound sounds[POLE_MOST_SOUNDS]);

/* A word of pinyin without tones (a to z, u with two dots as v), "zhongyang", cut to its syllables:
 * the fewest, the longer ones first ("jiangan" is jiang an). Returns how many; 0 when it is no
 * pinyin, has more than `capacity` or over 48 letters. */
size_t pole_pinyin_cut(const char *letters, size_t size, pole_sound *sounds, size_t capacity);

/* -ln of how likely a is heard as b, relative to being heard right: 0 for the same, 0.3 to 1 for
 * what dialects and lines confuse (zh/z, n/ng, n/l, ...), POLE_SOUND_UNRELATED at most. Symmetric.
 * A judgement after the descriptions of Mandarin dialects (the north-east merges flat and retroflex
 * initials, others n/l, f/h, n/ng), not measured. */
#define POLE_SOUND_UNRELATED 3.5f
float pole_sound_cost(pole_sound a, pole_sound b);

#endif
