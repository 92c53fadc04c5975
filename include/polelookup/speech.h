/* SPDX-License-Identifier: MIT
 *
 * From a text to the digits heard in it.
 *
 * This release reads written codes: digits, ASCII or full-width, with the usual separators. Any
 * other text holds no code, and the reason is told. */
#ifndef POLELOOKUP_SPEECH_H
#define POLELOOKUP_SPEECH_H

#include <polelookup/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What was heard; belongs to one thread at a time, may be used again and again. */
typedef struct pole_heard pole_heard;

/* A text and its share of belief among several of the same saying. Frozen. */
typedef struct {
    pole_span text;
    double weight; /* greater than 0; only the ratio to the others counts */
} pole_text;

typedef struct {
    uint32_t struct_size;
    uint32_t lengths; /* bit n is set: a code may have n digits (pole_index_lengths()) */
} pole_hear_options;

POLE_API void pole_hear_options_init(pole_hear_options *options);

/* Why a text holds no code. Fixed numbers. */
typedef int32_t pole_reason;
enum {
    POLE_REASON_NONE = 0, /* it holds one */
    POLE_REASON_NO_DIGITS = 1,
    POLE_REASON_TOO_FEW = 2,
    POLE_REASON_TOO_MANY = 3,
    POLE_REASON_PHONE_NUMBER = 4, /* eleven digits that begin with 1, or ten to twelve with 0 */
    POLE_REASON_OTHER_NUMBER = 5  /* digits among other words */
};

/* "no_digits", "too_few", ...; NULL for POLE_REASON_NONE. Static, NUL-ended. */
POLE_API const char *pole_reason_name(pole_reason reason);

/* *heard: NULL on failure; to be freed with pole_heard_free(), which accepts NULL. allocator:
 * copied; NULL for the C library's. */
POLE_API pole_status pole_heard_new(const pole_allocator *allocator, pole_heard **heard);
POLE_API void pole_heard_free(pole_heard *heard);

/* The most texts of one saying. */
#define POLE_MOST_TEXTS 16

/* Hears count texts (this release: 1). options: NULL for codes of seven digits. A text without a
 * code is POLE_OK: see the reason. Returns POLE_OK, POLE_INVALID_ARGUMENT (not UTF-8 is heard as no
 * code, not refused), POLE_UNSUPPORTED for more than one text, or POLE_NO_MEMORY; then nothing is
 * heard. */
POLE_API pole_status pole_hear(const pole_text *texts, size_t count,
                               const pole_hear_options *options, pole_heard *heard);

/* The text without white space around it, and with runs of eight or more digits masked
 * ("138****1234") unless the text is a code; lives until the next pole_hear() or
 * pole_heard_free(). */
POLE_API pole_span pole_heard_query(const pole_heard *heard);

/* The digits heard, '?' for an unknown one; empty when the text holds no code. */
POLE_API pole_span pole_heard_digits(const pole_heard *heard);

/* POLE_REASON_NO_DIGITS before anything was heard. */
POLE_API pole_reason pole_heard_reason(const pole_heard *heard);

#ifdef __cplusplus
}
#endif
#endif
