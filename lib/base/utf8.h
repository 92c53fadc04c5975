/* SPDX-License-Identifier: MIT
 * UTF-8 (RFC 3629): one character at a time, whole texts, and the full-width forms. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>

#include <polelookup/types.h>

#define POLE_UTF8_BAD 0xFFFFFFFFu

/* The character at text[*at], and *at moved behind it. An ill-formed sequence gives
 * POLE_UTF8_BAD and moves one byte. *at must be below size. */
uint32_t pole_utf8_next(const char *text, size_t size, size_t *at);

/* Writes a character, 1 to 4 bytes, into out; returns how many. Surrogates and numbers above
 * 0x10FFFF write U+FFFD. */
size_t pole_utf8_put(uint32_t character, char out[4]);

/* The place of the first ill-formed byte, or size when there is none. */
size_t pole_utf8_first_bad(const char *text, size_t size);

/* size, or less, so that text[0..result) does not end inside a character. */
size_t pole_utf8_cut(const char *text, size_t size);

/* Whether a terminal or a reader would act on the character instead of showing it: C0, DEL, C1,
 * line and paragraph separators, and the marks that turn the direction of writing (U+200F before
 * "12 34" shows it as "34 12"). */
bool pole_utf8_acts(uint32_t character);

/* text without Unicode white space (incl. U+3000, U+00A0, U+FEFF) at both ends. */
pole_span pole_utf8_trim(pole_span text);

#endif
