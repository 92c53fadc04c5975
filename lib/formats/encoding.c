/* SPDX-License-Identifier: MIT
 *
 * Encodings by name and by sight, and their way to UTF-8 and back. UTF-8 is a checked copy, UTF-16
 * is done by hand (it needs no tables), GB18030 is gb18030.c's. */
#include "formats/encoding.h"

#include "base/bytes.h"
#include "base/status.h"
#include "base/utf8.h"
#include "formats/gb18030.h"

struct pole_decoder {
    pole_allocator allocator;
    pole_encoding encoding;
    pole_gb18030 *gb18030;
};

const char *pole_encoding_name(pole_encoding encoding)
{
    switch (encoding) {
    case POLE_ENCODING_UTF8:
        return "UTF-8";
    case POLE_ENCODING_UTF16LE:
        return "UTF-16LE";
    case POLE_ENCODING_UTF16BE:
        return "UTF-16BE";
    case POLE_ENCODING_GB18030:
        return "GB18030";
    case POLE_ENCODING_SNIFF:
        break;
    }
    return "auto";
}

/* The name without what people vary, in lower case; false when it is too long to be known. */
static bool fold_name(pole_span name, char out[16])
{
    size_t size = 0;
    for (size_t i = 0; i < name.size_bytes; i++) {
        const char c = name.data[i];
        if (c == '-' || c == '_' || c == ' ')
            continue;
        if (size == 15)
            return false;
        out[size++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    out[size] = '\0';
    return true;
}

pole_status pole_encoding_by_name(pole_span name, pole_encoding *encoding, pole_error *error)
{
    static const struct {
        const char *name;
        pole_encoding encoding;
    } known[] = {{"auto", POLE_ENCODING_SNIFF},      {"utf8", POLE_ENCODING_UTF8},
                 {"utf16le", POLE_ENCODING_UTF16LE}, {"utf16be", POLE_ENCODING_UTF16BE},
                 {"gb18030", POLE_ENCODING_GB18030}, {"gbk", POLE_ENCODING_GB18030},
                 {"gb2312", POLE_ENCODING_GB18030},  {"cp936", POLE_ENCODING_GB18030}};
    char folded[16];
    *encoding = POLE_ENCODING_SNIFF;
    if (fold_name(name, folded)) {
        for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
            if (strcmp(folded, known[i].name) == 0) {
                *encoding = known[i].encoding;
                return POLE_OK;
            }
        }
    }
    const pole_status status =
        pole_fail(error, POLE_INVALID_ARGUMENT, "unknown encoding \"%.*s\"",
                  (int)(name.size_bytes < 60 ? name.size_bytes : 60), name.data ? name.data : "");
    pole_fail_hint(error, "known: auto, UTF-8, UTF-16LE, UTF-16BE, GB18030 (also for GBK, GB2312)");
    return status;
}

pole_status pole_decoder_new(pole_encoding encoding, const pole_allocator *allocator,
                             pole_decoder **decoder, pole_error *error)
{
    *decoder = NULL;
    if (encoding == POLE_ENCODING_SNIFF)
        return pole_fail(error, POLE_INVALID_ARGUMENT, "no encoding is given");
    const pole_allocator memory = pole_allocator_or_default(allocator);
    pole_decoder *made = pole_allocate_zeroed(&memory, 1, sizeof *made);
    if (!made)
        return pole_fail(error, POLE_NO_MEMORY, "no memory for a decoder");
    made->allocator = memory;
    made->encoding = encoding;
    if (encoding == POLE_ENCODING_GB18030) {
        const pole_status status = pole_gb18030_new(true, &memory, &made->gb18030, error);
        if (status != POLE_OK) {
            pole_release(&memory, made);
            return status;
        }
    }
    *decoder = made;
    return POLE_OK;
}

void pole_decoder_free(pole_decoder *decoder)
{
    if (!decoder)
        return;
    pole_gb18030_free(decoder->gb18030);
    const pole_allocator memory = decoder->allocator;
    pole_release(&memory, decoder);
}

/* Bytes at the beginning that are ASCII, counted in words of eight. */
static size_t ascii_run(const uint8_t *in, size_t size)
{
    size_t at = 0;
    while (size - at >= 32) {
        uint64_t w[4];
        memcpy(w, in + at, 32);
        if ((w[0] | w[1] | w[2] | w[3]) & 0x8080808080808080u)
            break;
        at += 32;
    }
    while (size - at >= 8 && !(pole_load_u64(in + at) & 0x8080808080808080u))
        at += 8;
    while (at < size && in[at] < 0x80)
        at++;
    return at;
}

/* How many bytes the character at p takes; 0: ill-formed; -1: cut by the end of the text, so far
 * well formed (RFC 3629, section 4). p[0] is no ASCII. */
static int utf8_length(const uint8_t *p, size_t left)
{
    const uint8_t lead = p[0];
    if (lead < 0xC2 || lead > 0xF4)
        return 0;
    const size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (left < 2)
        return -1;
    const uint8_t low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    const uint8_t high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (p[1] < low || p[1] > high)
        return 0;
    for (size_t i = 2; i < length; i++) {
        if (i == left)
            return -1;
        if ((p[i] & 0xC0) != 0x80)
            return 0;
    }
    return (int)length;
}

/* Bytes at the beginning that are whole characters of three bytes, as Chinese text is made of. */
static size_t three_byte_run(const uint8_t *in, size_t size)
{
    size_t at = 0;
    while (size - at >= 4) {
        const uint32_t word = pole_load_u32(in + at);
        if ((word & 0xC0C0F0) != 0x8080E0)
            break;
        const uint32_t upper = (word & 0x0F) << 6 | (word >> 8 & 0x3F);
        if (upper < 0x20 || (upper >= 0x360 && upper < 0x380))
            break; /* overlong, or a surrogate */
        at += 3;
    }
    return at;
}

/* Steps over well-formed UTF-8; *at is where it stopped. Never says POLE_DECODE_FULL. */
static pole_decode_stop scan_utf8(const uint8_t *in, size_t size, size_t *at)
{
    size_t i = 0;
    pole_decode_stop stop = POLE_DECODE_DONE;
    while (i < size) {
        if (in[i] < 0x80) {
            i += ascii_run(in + i, size - i);
            continue;
        }
        const size_t run = three_byte_run(in + i, size - i);
        if (run > 0) {
            i += run;
            continue;
        }
        const int length = utf8_length(in + i, size - i);
        if (length <= 0) {
            stop = length == 0 ? POLE_DECODE_BAD : POLE_DECODE_PARTIAL;
            break;
        }
        i += (size_t)length;
    }
    *at = i;
    return stop;
}

static pole_decode_stop run_utf8(const uint8_t *in, size_t size, char *out, size_t capacity,
                                 size_t *used, size_t *bad_size)
{
    const size_t taken = size < capacity ? size : capacity;
    pole_decode_stop stop = scan_utf8(in, taken, used);
    if (*used > 0)
        memcpy(out, in, *used);
    *bad_size = 1;
    /* Cut by the output's end, not by the input's: then what follows may make it whole. */
    if (taken < size && (stop == POLE_DECODE_DONE || stop == POLE_DECODE_PARTIAL))
        stop = POLE_DECODE_FULL;
    return stop;
}

static pole_decode_stop run_utf16(bool little, const uint8_t *in, size_t size, char *out,
                                  size_t capacity, size_t *used, size_t *made, size_t *bad_size)
{
    size_t at = 0;
    size_t put = 0;
    pole_decode_stop stop = POLE_DECODE_DONE;
    *bad_size = 2;
    while (at < size) {
        if (size - at < 2) {
            stop = POLE_DECODE_PARTIAL;
            break;
        }
        uint32_t character = (uint32_t)in[at + little] << 8 | in[at + !little];
        size_t length = 2;
        if (character >= 0xD800 && character <= 0xDFFF) {
            if (character >= 0xDC00) {
                stop = POLE_DECODE_BAD;
                break;
            }
            if (size - at < 4) {
                stop = POLE_DECODE_PARTIAL;
                break;
            }
            const uint32_t low = (uint32_t)in[at + 2 + little] << 8 | in[at + 2 + !little];
            if (low < 0xDC00 || low > 0xDFFF) {
                stop = POLE_DECODE_BAD;
                break;
            }
            character = 0x10000 + ((character - 0xD800) << 10) + (low - 0xDC00);
            length = 4;
        }
        char bytes[4];
        const size_t bytes_size = pole_utf8_put(character, bytes);
        if (bytes_size > capacity - put) {
            stop = POLE_DECODE_FULL;
            break;
        }
        memcpy(out + put, bytes, bytes_size);
        put += bytes_size;
        at += length;
    }
    *used = at;
    *made = put;
    return stop;
}

/* How much to step over where no character is: a pair whose second byte is no ASCII goes as one,
 * everything else byte by byte, so that the ASCII byte behind a broken lead stays. */
static size_t gb18030_bad_size(const uint8_t *p, size_t left)
{
    return left >= 2 && p[0] >= 0x81 && p[0] <= 0xFE && p[1] >= 0x80 && p[1] <= 0xFE ? 2 : 1;
}

pole_decode_stop pole_decoder_run(pole_decoder *decoder, const uint8_t *in, size_t size, char *out,
                                  size_t capacity, size_t *used, size_t *made, size_t *bad_size)
{
    pole_decode_stop stop;
    switch (decoder->encoding) {
    case POLE_ENCODING_UTF16LE:
    case POLE_ENCODING_UTF16BE:
        return run_utf16(decoder->encoding == POLE_ENCODING_UTF16LE, in, size, out, capacity, used,
                         made, bad_size);
    case POLE_ENCODING_GB18030:
        stop = pole_gb18030_run(decoder->gb18030, in, size, out, capacity, used, made);
        *bad_size = stop == POLE_DECODE_BAD ? gb18030_bad_size(in + *used, size - *used) : 0;
        return stop;
    case POLE_ENCODING_UTF8:
    case POLE_ENCODING_SNIFF:
        break;
    }
    stop = run_utf8(in, size, out, capacity, used, bad_size);
    *made = *used;
    return stop;
}

static void encode_utf16(bool little, pole_span text, pole_buffer *out)
{
    for (size_t at = 0; at < text.size_bytes;) {
        uint32_t character = pole_utf8_next(text.data, text.size_bytes, &at);
        uint32_t units[2] = {character, 0};
        size_t count = 1;
        if (character >= 0x10000) {
            character -= 0x10000;
            units[0] = 0xD800 + (character >> 10);
            units[1] = 0xDC00 + (character & 0x3FF);
            count = 2;
        }
        uint8_t *to = pole_buffer_extend(out, 2 * count);
        for (size_t i = 0; to && i < count; i++) {
            to[2 * i + little] = (uint8_t)(units[i] >> 8);
            to[2 * i + !little] = (uint8_t)units[i];
        }
    }
}

static pole_status encode_gb18030(pole_span text, pole_buffer *out, pole_error *error)
{
    pole_gb18030 *codec;
    pole_status status = pole_gb18030_new(false, &out->allocator, &codec, error);
    if (status != POLE_OK)
        return status;
    size_t at = 0;
    while (at < text.size_bytes && !out->failed) {
        /* A character of one UTF-8 byte gives one byte, of two to four at most four. */
        const size_t piece = text.size_bytes - at < 4096 ? text.size_bytes - at : 4096;
        const size_t before = out->size;
        uint8_t *to = pole_buffer_extend(out, 2 * piece + 4);
        if (!to)
            break;
        size_t used;
        size_t made;
        const pole_decode_stop stop =
            pole_gb18030_run(codec, text.data + at, piece, to, 2 * piece + 4, &used, &made);
        out->size = before + made;
        at += used;
        if (stop == POLE_DECODE_BAD || used == 0) {
            status =
                pole_fail(error, POLE_BAD_INPUT, "GB18030 cannot hold the text at byte %zu", at);
            pole_fail_at(error, 0, 0, at);
            break;
        }
    }
    pole_gb18030_free(codec);
    return status;
}

pole_status pole_encode(pole_encoding encoding, pole_span text, pole_buffer *out, pole_error *error)
{
    if (encoding == POLE_ENCODING_SNIFF)
        return pole_fail(error, POLE_INVALID_ARGUMENT, "no encoding is given");
    const size_t bad = pole_utf8_first_bad(text.data, text.size_bytes);
    const pole_span good = {text.data, bad};
    pole_status status = POLE_OK;
    if (encoding == POLE_ENCODING_UTF8)
        pole_buffer_append(out, good.data, good.size_bytes);
    else if (encoding == POLE_ENCODING_GB18030)
        status = encode_gb18030(good, out, error);
    else
        encode_utf16(encoding == POLE_ENCODING_UTF16LE, good, out);
    if (status == POLE_OK && out->failed)
        return pole_fail(error, POLE_NO_MEMORY, "no memory for encoded text");
    if (status == POLE_OK && bad < text.size_bytes) {
        status = pole_fail(error, POLE_BAD_INPUT, "the text is not UTF-8 at byte %zu", bad);
        pole_fail_at(error, 0, 0, bad);
    }
    return status;
}
