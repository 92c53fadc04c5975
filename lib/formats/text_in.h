/* SPDX-License-Identifier: MIT
 * A file's bytes as a sliding window of UTF-8 text. Knows where in the file each byte of text
 * came from, where bytes were bad (they become U+FFFD, and are reported), and the hash of all
 * raw bytes. CSV and JSON are read through it; memory is the window, whatever the file's size. */
#ifndef FORMATS_TEXT_IN_H
#define FORMATS_TEXT_IN_H

#include "base/checksum.h"
#include "formats/encoding.h"

/* Where raw bytes come from. Up to `size` bytes; *got is 0 only at the end. */
typedef struct {
    void *context;
    pole_status (*read)(void *context, void *bytes, size_t size, size_t *got, pole_error *error);
} pole_byte_source;

/* Bytes of memory as a byte source: the caller keeps the struct, zeroed but for bytes and size. */
typedef struct {
    const uint8_t *bytes;
    size_t size;
    size_t at;
} pole_memory_bytes;
pole_byte_source pole_byte_source_of_memory(pole_memory_bytes *memory);

/* The text at hand. `offset` counts bytes of UTF-8 text from the file's first character (a byte
 * order mark is not text); at_end: nothing follows this window. Borrowed until the next advance. */
typedef struct {
    const char *data;
    size_t size;
    uint64_t offset;
    bool at_end;
} pole_text_window;

/* Something in the raw bytes that no clean table has. */
typedef enum {
    POLE_BAD_SEQUENCE, /* ill-formed or unassigned in the encoding; U+FFFD in the text */
    POLE_BAD_NUL       /* a NUL character; stays in the text */
} pole_bad_kind;
typedef struct {
    uint64_t text_offset; /* where its U+FFFD (or NUL) stands in the text */
    uint64_t file_offset; /* where its first byte stands in the file */
    uint8_t size;         /* raw bytes, 1 to 4; 0: asked for inside a run of bad places */
    uint8_t bytes[4];     /* the raw bytes */
    pole_bad_kind kind;
} pole_bad_place;

typedef struct pole_text_in pole_text_in;

/* encoding: POLE_ENCODING_SNIFF looks at the first 256 KiB. A UTF-8 or UTF-16 byte order mark of
 * the encoding in use is skipped either way. The source's context must outlive the reader. */
pole_status pole_text_in_new(pole_byte_source bytes, pole_encoding encoding,
                             const pole_allocator *allocator, pole_text_in **text,
                             pole_error *error);
void pole_text_in_free(pole_text_in *text);

/* The encoding in use, sniffed or given. */
pole_encoding pole_text_in_encoding(const pole_text_in *text);

/* The window as it is, without reading. */
pole_text_window pole_text_in_window(const pole_text_in *text);

/* Lets go of the window's first `consumed` bytes, then reads on: afterwards at least one byte more
 * is in the window, or at_end is set. Consuming nothing makes the window grow, so the caller sets
 * the limit. Fails with POLE_IO or POLE_NO_MEMORY; the window is then empty and at_end. */
pole_status pole_text_in_advance(pole_text_in *text, size_t consumed, pole_text_window *window,
                                 pole_error *error);

/* The first bad place in [from, to), which must not begin before the window. False: none. */
bool pole_text_in_bad_between(const pole_text_in *text, uint64_t from, uint64_t to,
                              pole_bad_place *place);

/* Where in the file the character at a text offset begins; exact for every encoding. The offset
 * must lie in the window (its end included). Costs nothing for clean UTF-8, else at most a few
 * microseconds: ask when there is something to report. */
uint64_t pole_text_in_file_offset(const pole_text_in *text, uint64_t text_offset);

/* Raw bytes read so far, and their hash: of the whole file once at_end was seen. */
uint64_t pole_text_in_raw_size(const pole_text_in *text);
pole_hash128 pole_text_in_raw_hash(const pole_text_in *text);

#endif
