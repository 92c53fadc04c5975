/* SPDX-License-Identifier: MIT
 * A pull reader of JSON (RFC 8259, strict): one token a call, no tree, its own stack. */
#ifndef FORMATS_JSON_IN_H
#define FORMATS_JSON_IN_H

#include "formats/text_in.h"

#define POLE_JSON_MAX_DEPTH 128u
#define POLE_JSON_MAX_TOKEN_BYTES ((size_t)16 << 20) /* also of a raw value */

typedef enum {
    POLE_JSON_END, /* after the last value */
    POLE_JSON_OBJECT,
    POLE_JSON_OBJECT_END,
    POLE_JSON_ARRAY,
    POLE_JSON_ARRAY_END,
    POLE_JSON_KEY,
    POLE_JSON_STRING,
    POLE_JSON_NUMBER,
    POLE_JSON_TRUE,
    POLE_JSON_FALSE,
    POLE_JSON_NULL
} pole_json_kind;

typedef struct {
    pole_json_kind kind;
    pole_span text;       /* key and string: unescaped; number, true, false, null: as written.
                             Borrowed until the next call on the reader. */
    uint64_t line;        /* of its first character, from 1 */
    uint64_t text_offset; /* as in pole_text_window */
    bool bad_bytes;       /* key or string: ill-formed bytes in the file (U+FFFD here), or NUL */
} pole_json_token;

typedef struct pole_json_reader pole_json_reader;

/* sequence: any number of top-level values, separated by white space (newline-delimited JSON);
 * else exactly one. The text must outlive the reader, which must be its only user. */
pole_status pole_json_reader_new(pole_text_in *text, bool sequence, const pole_allocator *allocator,
                                 pole_json_reader **reader);
void pole_json_reader_free(pole_json_reader *reader);

/* The next token. Fails with POLE_BAD_INPUT (line, column in characters and file offset set),
 * POLE_LIMIT (depth, length), POLE_NO_MEMORY or POLE_IO; a failure is for good: later calls return
 * it again. Unpaired surrogates (\ud800) are refused, since no UTF-8 text can hold them. */
pole_status pole_json_next(pole_json_reader *reader, pole_json_token *token, pole_error *error);

/* Having read the token that begins a value, reads to that value's end. raw, if not NULL: the
 * value's text as written, borrowed as above. For POLE_JSON_KEY: the member's value. */
pole_status pole_json_skip(pole_json_reader *reader, const pole_json_token *begin, pole_span *raw,
                           pole_error *error);

/* Open objects and arrays around the next token. */
uint32_t pole_json_depth(const pole_json_reader *reader);

/* Where the token begins in the file; 0 when it has left the window. Ask right after it was read.
 */
uint64_t pole_json_file_offset(const pole_json_reader *reader, const pole_json_token *token);

/* An error at the token just read: fills line, column (in
 * characters), file offset and the message; returns status. */
pole_status pole_json_fail(const pole_json_reader *reader, const pole_json_token *token,
                           pole_status status, const char *message, pole_error *error);

#endif
