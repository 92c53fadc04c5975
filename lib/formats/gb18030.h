/* SPDX-License-Identifier: MIT
 * GB18030 to UTF-8 and back by iconv: the only file that knows of iconv. */
#ifndef FORMATS_GB18030_H
#define FORMATS_GB18030_H

#include "formats/encoding.h"

/* One direction of conversion. iconv's own memory is the C library's, not the host's. */
typedef struct pole_gb18030 pole_gb18030;

/* POLE_UNSUPPORTED: built without iconv, or the C library has no tables installed. */
pole_status pole_gb18030_new(bool to_utf8, const pole_allocator *allocator, pole_gb18030 **codec,
                             pole_error *error);
void pole_gb18030_free(pole_gb18030 *codec);

/* As pole_decoder_run(), but that after POLE_DECODE_BAD the caller finds the size. */
pole_decode_stop pole_gb18030_run(pole_gb18030 *codec, const void *in, size_t size, void *out,
                                  size_t capacity, size_t *used, size_t *made);

#endif
