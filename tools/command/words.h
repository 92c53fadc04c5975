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

/* "七位", "seven digits"; above nine in figures. */
short_text digits_text(const text_view *view, size_t digits);

/* "七位或五位", "seven or five digits": the lengths set in a word of bits, the longest first. */
short_text lengths_text(const text_view *view, uint32_t lengths);

/* "s" of an English plural. */
const char *plural(uint64_t count);

/* Seconds since 1970 as "2008-06-30 12:00:00 UTC"; "-" for 0. */
short_text time_text(int64_t seconds);

#endif
