/* SPDX-License-Identifier: MIT
 * A small city made through the public builder, for tests: a few streets of poles, two stations
 * with areas, two counties whose five-digit codes repeat, aliases, a moved and a removed pole. */
#ifndef SUPPORT_SMALL_CITY_H
#define SUPPORT_SMALL_CITY_H

#include <polelookup/polelookup.h>

/* A block of bytes that grows; free(bytes). */
typedef struct {
    unsigned char *bytes;
    size_t size;
    size_t capacity;
} byte_block;

pole_sink byte_block_sink(byte_block *block);
void byte_block_free(byte_block *block);

/* The index file of the small city, about 3 KB. Fails the running Check test when it cannot be
 * built. */
byte_block small_city_bytes(int is_sample);
/* The same, opened. */
pole_index *small_city_open(int is_sample);

pole_span span_of(const char *text);

/* Resolves a text to a resolution that the caller frees. */
pole_resolution *resolve_text(const pole_index *index, const char *text, const char *scope);
/* The JSON of a resolution; free(). */
char *json_of(const pole_resolution *resolution);

#endif
