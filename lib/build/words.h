/* SPDX-License-Identifier: MIT
 * The words and dates of pole tables. */
#ifndef BUILD_WORDS_H
#define BUILD_WORDS_H

#include <stdbool.h>

#include "base/memory.h"

/* The first and last day that can be written with four digits of year, as days since 1970-01-01. */
#define POLE_FIRST_DAY (-719162)
#define POLE_LAST_DAY 2932896

/* A status word to POLE_STATE_...: active, moved, removed and their usual synonyms in English
 * (whatever the case) and Chinese. False for any other. */
bool pole_read_state(pole_span text, uint8_t *state);

/* Whether a kind of station is the police, in English (whatever the case) or Chinese. */
bool pole_is_police(pole_span kind);

/* "active", "moved", "removed"; static, NUL-ended. */
const char *pole_state_word(int32_t state);

/* YYYY-MM-DD, YYYY/M/D, YYYY.M.D, YYYYMMDD or YYYY年M月D日, with nothing or a midnight behind it
 * ("2008-06-30 00:00:00", as databases write a day). False for anything else, such as a day that
 * no month has. */
bool pole_read_date(pole_span text, int32_t *days);

/* YYYY-MM-DD, NUL-ended; days from POLE_FIRST_DAY to POLE_LAST_DAY. */
void pole_write_date(int32_t days, char out[11]);

/* What a spreadsheet has made of a code, or NULL: a hint for the clerk. */
const char *pole_code_damage_hint(pole_span text);

#endif
