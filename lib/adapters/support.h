/* SPDX-License-Identifier: MIT
 * What the adapters need of their own, since they see the public headers alone: errors, and
 * memory through the host's allocator. */
#ifndef ADAPTERS_SUPPORT_H
#define ADAPTERS_SUPPORT_H

#include <stdbool.h>

#include <polelookup/adapters.h>

/* Fills an error (may be NULL) and returns status. format is printf's; what does not fit is cut
 * between characters. */
#if defined(__GNUC__)
__attribute__((format(printf, 4, 5)))
#endif
pole_status
pole_adapter_fail(pole_error *error, pole_status status, const char *hint, const char *format, ...);

/* Copies text, cut between characters, NUL-ended. */
void pole_adapter_copy_text(char *out, size_t capacity, const char *text);

/* given, or malloc, realloc and free when given is NULL. */
pole_allocator pole_adapter_memory(const pole_allocator *given);

/* count elements of size_bytes, all bytes 0; NULL when there is no memory or the size overflows. */
void *pole_adapter_zeroed(const pole_allocator *memory, size_t count, size_t size_bytes);

/* Grows *array so that `needed` elements fit. False: no memory, nothing changed. */
bool pole_adapter_grow(const pole_allocator *memory, void **array, size_t *capacity, size_t needed,
                       size_t size_bytes);

#endif
