/* SPDX-License-Identifier: MIT
 * Measures and terms in the words of people, Chinese and English. */
#ifndef COMMAND_WORDS_H
#define COMMAND_WORDS_H

#include <polelookup/resolution.h>

#include "show.h"

/* A short text by value. */
typedef struct {
    char text[48];
} short_text;

/* "29 米", "640 m", "6.1 公里", "12 km": metres to 100, tens of metres to 1,000, then kilometres;
 * as exact as a person can use. */
short_text distance_text(const text_view *view, double distance_m);

/* One of eight: 东北, NE; "" where the distance is shown as none. */
const char *direction_text(const text_view *view, double distance_m, double bearing_deg);

/* Why a station is named: 辖区, its area. */
const char *role_text(const text_view *view, int32_t role);

/* A pole that no longer stands: 已拆除, removed; "" for one that does. */
const char *state_text(const text_view *view, int32_t state);

/* How sure in words: 很有把握, very likely ... No word says certain. */
const char *sure_text(const text_view *view, double confidence);

/* A share with two decimals, "0.97"; never "1.00", and "<0.01" for what would be "0.00". */
short_text share_text(double share);

/* A digit as it is said: 七, seven. digit: 0 to 9. */
const char *digit_text(const text_view *view, unsigned digit);

/* "七位", "seven digits"; above nine in figures. */
short_text digits_text(const text_view *view, size_t digits);

/* "七位或五位", "seven or five digits": the lengths set in a word of bits, the longest first. */
short_text lengths_text(const text_view *view, uint32_t lengths);

/* "s" of an English plural. */
const char *plural(uint64_t count);

/* Seconds since 1970 as "2008-06-30 12:00:00 UTC"; "-" for 0. */
short_text time_text(int64_t seconds);

#endif
