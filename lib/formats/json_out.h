/* SPDX-License-Identifier: MIT
 * Writes JSON on one line, without blanks: commas and colons are the writer's work, text is
 * escaped, so that no terminal acts on it, and always valid UTF-8 (bad bytes become U+FFFD),
 * numbers have fixed decimals and no locale. */
#ifndef FORMATS_JSON_OUT_H
#define FORMATS_JSON_OUT_H

#include <stdbool.h>

#include "base/memory.h"

#define POLE_JSON_OUT_MAX_DEPTH 63u

/* Zero it and set out to begin. Out of memory shows in out->failed, misuse (a value without a key
 * in an object, ends that do not match) trips an assertion in debug builds. */
typedef struct {
    pole_buffer *out;
    uint64_t in_object; /* a bit for each level */
    uint64_t has_value;
    uint32_t depth;
    bool after_key;
} pole_json_writer;

void pole_json_writer_init(pole_json_writer *writer, pole_buffer *out);

void pole_json_begin_object(pole_json_writer *writer);
void pole_json_end_object(pole_json_writer *writer);
void pole_json_begin_array(pole_json_writer *writer);
void pole_json_end_array(pole_json_writer *writer);

/* The key of the next value. */
void pole_json_key(pole_json_writer *writer, const char *key);
void pole_json_key_span(pole_json_writer *writer, pole_span key);

void pole_json_string(pole_json_writer *writer, pole_span text);
/* NUL-ended; NULL writes null. */
void pole_json_text(pole_json_writer *writer, const char *text);
/* text, or null when it is empty. */
void pole_json_string_or_null(pole_json_writer *writer, pole_span text);
void pole_json_u64(pole_json_writer *writer, uint64_t value);
void pole_json_i64(pole_json_writer *writer, int64_t value);
/* `places` decimals, 0 to 9; NaN, infinity and what base/decimal.h cannot write give null. */
void pole_json_double(pole_json_writer *writer, double value, unsigned places);
/* value / 10^places with exactly `places` decimals, exactly: for 1e-7 degrees. */
void pole_json_scaled(pole_json_writer *writer, int64_t value, unsigned places);
void pole_json_bool(pole_json_writer *writer, bool value);
void pole_json_null(pole_json_writer *writer);
/* A value that is JSON already. */
void pole_json_raw(pole_json_writer *writer, pole_span json);

/* Ends a line: the document is complete and another may follow. */
void pole_json_end_line(pole_json_writer *writer);

#endif
