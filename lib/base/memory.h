/* SPDX-License-Identifier: MIT
 * Memory: the host's allocator or the C library's, overflow-safe array sizes, and a growing
 * block of bytes. */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stdbool.h>
#include <string.h>

#include <polelookup/types.h>

/* The C library's malloc, realloc and free. */
pole_allocator pole_allocator_default(void);

/* given, or the default one when given is NULL. */
pole_allocator pole_allocator_or_default(const pole_allocator *given);

/* count * size_bytes bytes; NULL when that overflows or there is no memory. A count of 0 gives a
 * block that may be released. zeroed: all bytes 0. */
void *pole_allocate_array(const pole_allocator *allocator, size_t count, size_t size_bytes);
void *pole_allocate_zeroed(const pole_allocator *allocator, size_t count, size_t size_bytes);
void pole_release(const pole_allocator *allocator, void *block);

/* Grows *array, of elements of size_bytes, so that `needed` elements fit; *capacity is in
 * elements. Doubles, so that appending costs O(1) each. False: no memory, nothing changed. */
bool pole_grow_array(const pole_allocator *allocator, void **array, size_t *capacity, size_t needed,
                     size_t size_bytes);

/* A growing block of bytes. Zero it but for the allocator to begin; the first failure sticks
 * (failed), later appends do nothing, so that a writer checks once at its end. */
typedef struct {
    pole_allocator allocator;
    uint8_t *bytes;
    size_t size;
    size_t capacity;
    bool failed;
} pole_buffer;

void pole_buffer_init(pole_buffer *buffer, const pole_allocator *allocator);
void pole_buffer_free(pole_buffer *buffer);
/* Forgets the content, keeps the memory. */
void pole_buffer_clear(pole_buffer *buffer);
/* Room for `size` more bytes at the end, counted at once; NULL when there is no memory. */
uint8_t *pole_buffer_extend(pole_buffer *buffer, size_t size);
void pole_buffer_append(pole_buffer *buffer, const void *bytes, size_t size);
void pole_buffer_append_text(pole_buffer *buffer, const char *text);
void pole_buffer_append_byte(pole_buffer *buffer, uint8_t byte);
/* Little-endian. */
void pole_buffer_append_u16(pole_buffer *buffer, uint16_t value);
void pole_buffer_append_u32(pole_buffer *buffer, uint32_t value);
void pole_buffer_append_u64(pole_buffer *buffer, uint64_t value);
/* Zero bytes up to a multiple of `alignment` (a power of two). */
void pole_buffer_align(pole_buffer *buffer, size_t alignment);

static inline pole_span pole_span_of(const char *text)
{
    pole_span span = {text, strlen(text)};
    return span;
}

static inline bool pole_span_equal(pole_span a, pole_span b)
{
    return a.size_bytes == b.size_bytes &&
           (a.size_bytes == 0 || memcmp(a.data, b.data, a.size_bytes) == 0);
}

/* memcmp order, the shorter first when one begins the other. */
static inline int pole_span_compare(pole_span a, pole_span b)
{
    const size_t shorter = a.size_bytes < b.size_bytes ? a.size_bytes : b.size_bytes;
    const int order = shorter ? memcmp(a.data, b.data, shorter) : 0;
    if (order != 0)
        return order;
    return (a.size_bytes > b.size_bytes) - (a.size_bytes < b.size_bytes);
}

#endif
