/* SPDX-License-Identifier: MIT
 * Numbers, points and boxes as people type them. */
#ifndef COMMAND_NUMBERS_H
#define COMMAND_NUMBERS_H

#include <stdbool.h>

#include <polelookup/near.h>

/* Plain decimal with an optional sign and exponent; white space around it is allowed, "nan", "inf"
 * and hexadecimal are not. */
bool read_number(pole_span text, double *value);

/* Digits alone, at most maximum. */
bool read_count(const char *text, uint64_t maximum, uint64_t *value);

/* Numbers between commas, 1 to `most` of them; returns how many, 0 when it is anything else. */
size_t read_some_numbers(const char *text, double *values, size_t most);

/* Latitude and longitude in degrees, read from a text. False, with what is wrong and the cure in
 * error (POLE_INVALID_ARGUMENT). */
bool point_of(const char *text, const double values[2], pole_point *point, pole_error *error);

/* "LAT,LON" in degrees; the comma may be full-width. As above. */
bool read_point(const char *text, pole_point *point, pole_error *error);

/* "S,W,N,E" in degrees. As above. */
bool read_box(const char *text, pole_box *box, pole_error *error);

/* Whether a text looks like a point and not like a code: it has a comma. */
bool looks_like_point(const char *text);

#endif
