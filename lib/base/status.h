/* SPDX-License-Identifier: MIT
 * Filling a pole_error: what is wrong, where, and what to do. */
#ifndef BASE_STATUS_H
#define BASE_STATUS_H

#include <polelookup/types.h>

/* All return `status`, so that a failing function can end with `return pole_fail(...)`.
 * error may be NULL. format is printf's, numbers only by integer or %s (no %f: locale). */
#if defined(__GNUC__)
__attribute__((format(printf, 3, 4)))
#endif
pole_status
pole_fail(pole_error *error, pole_status status, const char *format, ...);

/* Sets the hint of an error that pole_fail() filled. error may be NULL. */
void pole_fail_hint(pole_error *error, const char *hint);

/* Sets where the error is. error may be NULL. */
void pole_fail_at(pole_error *error, uint32_t line, uint32_t column, uint64_t offset_bytes);

/* Zeroes the error. error may be NULL. */
void pole_error_clear(pole_error *error);

#endif
