/* SPDX-License-Identifier: MIT
 *
 * From what was said or written to the digits heard in it.
 *
 * A text is what a person says or types, or what a recogniser writes: codes in figures, in spoken
 * digits and numerals of several languages, with corrections, repetitions and other words and
 * numbers around them. What stays in doubt is kept: a place may have several digits, the text
 * several readings, each with its weight. docs/hearing.md tells the rules. */
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

/* Hears count texts of one saying (a recogniser's n-best list): their readings are mixed by their
 * weights, and a reading of two texts is one. options: NULL for codes of seven digits. A code of
 * another length is heard as said, neither cut nor filled. A text without a code is POLE_OK: see
 * the reason, which is the likeliest text's; a text of more than 4,096 bytes is not read, and holds
 * none. Bytes that are not UTF-8 are unknown words. Returns POLE_OK, POLE_INVALID_ARGUMENT (a
 * weight must be greater than 0, and finite), or POLE_NO_MEMORY; then nothing is heard. Takes time
 * in proportion to the length of the texts. */
POLE_API pole_status pole_hear(const pole_text *texts, size_t count,
                               const pole_hear_options *options, pole_heard *heard);

/* The likeliest text without white space around it, and with runs of eight or more digits, in
 * figures or in words, masked ("138****1234") unless they are the code; lives until the next
 * pole_hear() or pole_heard_free(). */
POLE_API pole_span pole_heard_query(const pole_heard *heard);

/* The digits of the likeliest reading, '?' for an unknown one; empty when the text holds no code.
 * Lives as the query does. */
POLE_API pole_span pole_heard_digits(const pole_heard *heard);

/* A code that may have been said. Frozen. */
typedef struct {
    char code[24]; /* digits, '?' for an unknown one; NUL-ended */
    double weight; /* share of belief, above 0 to 1 */
} pole_heard_code;
#define POLE_MOST_HEARD_CODES 8

/* The likeliest codes over all readings, the likeliest first, at most POLE_MOST_HEARD_CODES; their
 * weights add up to 1 at most. Writes as many as fit into codes (NULL: none), returns how many
 * there are; 0 when no code was heard. */
POLE_API size_t pole_heard_codes(const pole_heard *heard, pole_heard_code *codes, size_t capacity);

/* 1 when the text holds several codes and nothing says which is meant; else 0. */
POLE_API int32_t pole_heard_several(const pole_heard *heard);

/* POLE_REASON_NO_DIGITS before anything was heard. */
POLE_API pole_reason pole_heard_reason(const pole_heard *heard);

#ifdef __cplusplus
}
#endif
#endif
