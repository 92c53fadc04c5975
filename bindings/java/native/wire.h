/* SPDX-License-Identifier: MIT
 *
 * Messages between Java and C: values one behind the other in the machine's byte order, texts as
 * their length (int32) and UTF-8. Wire.java reads and writes the same. */
#ifndef POLELOOKUP_JAVA_WIRE_H
#define POLELOOKUP_JAVA_WIRE_H

#include <polelookup/types.h>

/* A message being written. failed: memory ran out, and the message is not whole. */
typedef struct {
    uint8_t *bytes;
    size_t size;
    size_t capacity;
    int failed;
} wire_out;

void wire_put(wire_out *out, const void *bytes, size_t size);
void wire_i32(wire_out *out, int32_t value);
void wire_u32(wire_out *out, uint32_t value);
void wire_i64(wire_out *out, int64_t value);
void wire_f64(wire_out *out, double value);
void wire_text(wire_out *out, pole_span text);
void wire_name(wire_out *out, const char *text); /* NUL-ended; NULL as "" */

/* Makes room for size bytes at the end, and returns where; NULL when there is none. */
uint8_t *wire_room(wire_out *out, size_t size);

/* A message being read. bad: it ended too early; what was read then is 0 or empty. */
typedef struct {
    const uint8_t *at;
    const uint8_t *end;
    int bad;
} wire_in;

int32_t wire_take_i32(wire_in *in);
uint32_t wire_take_u32(wire_in *in);
int64_t wire_take_i64(wire_in *in);
double wire_take_f64(wire_in *in);
pole_span wire_take_text(wire_in *in); /* points into the message */

/* A count of elements that take at least element_bytes each: never more than the message can
 * hold. */
size_t wire_take_count(wire_in *in, size_t element_bytes);

#endif
