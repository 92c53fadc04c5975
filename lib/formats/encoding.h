/* SPDX-License-Identifier: MIT
 * The encodings that tables come in: naming, sniffing, and turning bytes into UTF-8 and back.
 * UTF-8 and UTF-16 are done here; GB18030 (with its subsets GBK and GB2312) by the C library's
 * iconv, which alone knows the tables (glibc loads them only when they are asked for). A build
 * without iconv (POLELOOKUP_WITH_ICONV=OFF) gives POLE_UNSUPPORTED for GB18030 only. */
#ifndef FORMATS_ENCODING_H
#define FORMATS_ENCODING_H

#include <stdbool.h>

#include "base/memory.h"

typedef enum {
    POLE_ENCODING_SNIFF, /* not known yet; never the result of a sniff */
    POLE_ENCODING_UTF8,
    POLE_ENCODING_UTF16LE,
    POLE_ENCODING_UTF16BE,
    POLE_ENCODING_GB18030
} pole_encoding;

/* "UTF-8", "UTF-16LE", "UTF-16BE", "GB18030"; "auto" for POLE_ENCODING_SNIFF. Static. */
const char *pole_encoding_name(pole_encoding encoding);

/* The encoding of a name, whatever its case, hyphens, underscores and blanks: utf8, utf16le,
 * utf16be, gb18030, gbk, gb2312, cp936, auto. POLE_INVALID_ARGUMENT for another, naming the known
 * ones. ("utf16" alone is refused: give le or be, or leave it to the sniff.) */
pole_status pole_encoding_by_name(pole_span name, pole_encoding *encoding, pole_error *error);

/* What the first bytes of a file are. whole: they are all of it, so that a sequence cut at their
 * end counts as bad. In this order: a byte order mark (UTF-8, UTF-16); UTF-16 by its pattern of
 * NUL bytes; UTF-8 if all of it is well formed, or all but a few damaged places among many good
 * ones; GB18030 if all of it decodes and most second bytes are no ASCII. Else POLE_BAD_INPUT, with
 * a hint: an unknown 8-bit encoding is refused, not guessed. A known mark counts even when the rest
 * is dirty. bom_size: bytes of the mark, 0 if none. An empty file is UTF-8. */
pole_status pole_encoding_sniff(const uint8_t *bytes, size_t size, bool whole,
                                const pole_allocator *allocator, pole_encoding *encoding,
                                size_t *bom_size, pole_error *error);

/* The encoding that a byte order mark at the beginning tells of, and the mark's size; else
 * POLE_ENCODING_SNIFF and 0. Looks at no more than POLE_BOM_MAX_SIZE bytes. */
#define POLE_BOM_MAX_SIZE ((size_t)4)
pole_encoding pole_encoding_by_mark(const uint8_t *bytes, size_t size, size_t *bom_size);

/* A decoder of one encoding; belongs to one thread. It keeps no bytes between calls. */
typedef struct pole_decoder pole_decoder;
pole_status pole_decoder_new(pole_encoding encoding, const pole_allocator *allocator,
                             pole_decoder **decoder, pole_error *error);
void pole_decoder_free(pole_decoder *decoder);

/* Why pole_decoder_run() came back. */
typedef enum {
    POLE_DECODE_DONE,    /* all input used */
    POLE_DECODE_PARTIAL, /* the input ends inside a character (1 to 3 bytes are left) */
    POLE_DECODE_FULL,    /* the next character does not fit into the output */
    POLE_DECODE_BAD      /* an ill-formed or unassigned sequence begins at *used */
} pole_decode_stop;

/* Turns in[0..size) into UTF-8 in out[0..capacity), as far as it goes; *used and *made say how
 * far. After POLE_DECODE_BAD, *bad_size (1 to 4) is how many bytes to step over, chosen so that
 * no ASCII byte (so no delimiter, quote or line end) is ever lost with them. */
pole_decode_stop pole_decoder_run(pole_decoder *decoder, const uint8_t *in, size_t size, char *out,
                                  size_t capacity, size_t *used, size_t *made, size_t *bad_size);

/* UTF-8 text to another encoding, appended to out (no byte order mark). The text must be well
 * formed; GB18030 can hold all of it but 24 private-use characters, whose bytes the standard has
 * given to real ones. POLE_UNSUPPORTED without iconv, POLE_BAD_INPUT with the offset of the byte
 * that cannot be encoded (out then ends before it), POLE_NO_MEMORY. */
pole_status pole_encode(pole_encoding encoding, pole_span text, pole_buffer *out,
                        pole_error *error);

#endif
