/* SPDX-License-Identifier: MIT
 *
 * GB18030 by the C library's iconv. Its tables (some 64 KiB) are kept there, with the care of the
 * people who follow the standard; the price is that a C library without them cannot read GB18030.
 */
#include "formats/gb18030.h"

#include "base/status.h"

#ifdef POLELOOKUP_WITH_ICONV

#include <errno.h>
#include <iconv.h>

struct pole_gb18030 {
    pole_allocator allocator;
    iconv_t way;
};

pole_status pole_gb18030_new(bool to_utf8, const pole_allocator *allocator, pole_gb18030 **codec,
                             pole_error *error)
{
    *codec = NULL;
    const pole_allocator memory = pole_allocator_or_default(allocator);
    pole_gb18030 *made = pole_allocate_array(&memory, 1, sizeof *made);
    if (!made)
        return pole_fail(error, POLE_NO_MEMORY, "no memory to read GB18030");
    made->allocator = memory;
    made->way = to_utf8 ? iconv_open("UTF-8", "GB18030") : iconv_open("GB18030", "UTF-8");
    if (made->way == (iconv_t)-1) {
        pole_release(&memory, made);
        const pole_status status =
            pole_fail(error, POLE_UNSUPPORTED, "this system's C library has no GB18030 tables");
        pole_fail_hint(error, "install them (Debian: libc6, libc-gconv-modules-extra), or save the "
                              "table as UTF-8");
        return status;
    }
    *codec = made;
    return POLE_OK;
}

void pole_gb18030_free(pole_gb18030 *codec)
{
    if (!codec)
        return;
    iconv_close(codec->way);
    const pole_allocator memory = codec->allocator;
    pole_release(&memory, codec);
}

pole_decode_stop pole_gb18030_run(pole_gb18030 *codec, const void *in, size_t size, void *out,
                                  size_t capacity, size_t *used, size_t *made)
{
    /* iconv's signature lacks a const that it keeps. */
    union {
        const void *given;
        char *wanted;
    } from = {in};
    char *to = out;
    size_t from_left = size;
    size_t to_left = capacity;
    const size_t result = iconv(codec->way, &from.wanted, &from_left, &to, &to_left);
    const int problem = errno;
    *used = size - from_left;
    *made = capacity - to_left;
    if (result != (size_t)-1)
        return POLE_DECODE_DONE;
    if (problem == E2BIG)
        return POLE_DECODE_FULL;
    return problem == EINVAL ? POLE_DECODE_PARTIAL : POLE_DECODE_BAD;
}

#else

pole_status pole_gb18030_new(bool to_utf8, const pole_allocator *allocator, pole_gb18030 **codec,
                             pole_error *error)
{
    (void)to_utf8;
    (void)allocator;
    *codec = NULL;
    const pole_status status =
        pole_fail(error, POLE_UNSUPPORTED, "this build cannot read or write GB18030 (no iconv)");
    pole_fail_hint(error, "save the table as UTF-8");
    return status;
}

void pole_gb18030_free(pole_gb18030 *codec)
{
    (void)codec;
}

pole_decode_stop pole_gb18030_run(pole_gb18030 *codec, const void *in, size_t size, void *out,
                                  size_t capacity, size_t *used, size_t *made)
{
    (void)codec;
    (void)in;
    (void)size;
    (void)out;
    (void)capacity;
    *used = 0;
    *made = 0;
    return POLE_DECODE_BAD;
}

#endif
