/* SPDX-License-Identifier: MIT
 * The small texts of JSON: numbers and the escapes in strings (RFC 8259, sections 6 and 7). */
#ifndef FORMATS_JSON_LEX_H
#define FORMATS_JSON_LEX_H

#include "base/memory.h"

/* The length of the number that the text begins with; 0 when it begins with none. */
size_t pole_json_number_length(pole_span number);

/* Appends the inside of a string without its escapes. Returns where a bad escape begins (half a
 * surrogate pair is one), or the size. */
size_t pole_json_unescape(pole_span inside, pole_buffer *out);

#endif
