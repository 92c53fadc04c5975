/* SPDX-License-Identifier: MIT
 *
 * What a file's first bytes say of its encoding. The order is that of certainty: a byte order
 * mark; UTF-16, whose ASCII characters leave a NUL at every other byte; UTF-8, which no other
 * encoding's text satisfies by chance for long; GB18030, which is only taken when all decodes. */
#include "base/status.h"
#include "formats/encoding.h"
#include "formats/gb18030.h"

/* Of the well-formed multi-byte characters in a text that is UTF-8 but for some damage, at least
 * this many stand against one bad byte. */
#define UTF8_GOOD_PER_BAD 16u

static bool begins(const uint8_t *bytes, size_t size, const char *mark, size_t mark_size)
{
    return size >= mark_size && memcmp(bytes, mark, mark_size) == 0;
}

pole_encoding pole_encoding_by_mark(const uint8_t *bytes, size_t size, size_t *bom_size)
{
    static const struct {
        const char *mark;
        size_t size;
        pole_encoding encoding;
    } marks[] = {{"\xEF\xBB\xBF", 3, POLE_ENCODING_UTF8},
                 {"\xFF\xFE", 2, POLE_ENCODING_UTF16LE},
                 {"\xFE\xFF", 2, POLE_ENCODING_UTF16BE},
                 {"\x84\x31\x95\x33", 4, POLE_ENCODING_GB18030}};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (begins(bytes, size, marks[i].mark, marks[i].size)) {
            *bom_size = marks[i].size;
            return marks[i].encoding;
        }
    }
    *bom_size = 0;
    return POLE_ENCODING_SNIFF;
}

/* UTF-16 without a mark: at least an eighth of the units are ASCII (digits, delimiters, line
 * ends), in one byte order much more often than in the other, no unit is NUL, and every surrogate
 * has its fellow. */
static pole_encoding by_nul_pattern(const uint8_t *bytes, size_t size, bool whole)
{
    const size_t units = size / 2;
    size_t ascii[2] = {0, 0}; /* as big-endian, as little-endian */
    if (units == 0 || (whole && size % 2 != 0))
        return POLE_ENCODING_SNIFF;
    for (size_t i = 0; i < units; i++) {
        const uint8_t first = bytes[2 * i];
        const uint8_t second = bytes[2 * i + 1];
        if (first == 0 && second == 0)
            return POLE_ENCODING_SNIFF;
        ascii[0] += first == 0 && second < 0x80;
        ascii[1] += second == 0 && first < 0x80;
    }
    const size_t little = ascii[1] > ascii[0];
    if (ascii[little] < units / 8 + 1 || ascii[little] / 8 < ascii[!little])
        return POLE_ENCODING_SNIFF;
    bool high_before = false;
    for (size_t i = 0; i < units; i++) {
        const uint8_t upper = bytes[2 * i + little];
        const bool low = upper >= 0xDC && upper <= 0xDF;
        if (low != high_before)
            return POLE_ENCODING_SNIFF;
        high_before = upper >= 0xD8 && upper <= 0xDB;
    }
    return little ? POLE_ENCODING_UTF16LE : POLE_ENCODING_UTF16BE;
}

/* Counts characters of several bytes, and bytes that belong to none. */
static void count_utf8(pole_decoder *utf8, const uint8_t *bytes, size_t size, bool whole,
                       size_t *good, size_t *bad)
{
    char scratch[1024];
    size_t at = 0;
    *good = 0;
    *bad = 0;
    while (at < size) {
        size_t used;
        size_t made;
        size_t bad_size;
        const pole_decode_stop stop = pole_decoder_run(utf8, bytes + at, size - at, scratch,
                                                       sizeof scratch, &used, &made, &bad_size);
        for (size_t i = 0; i < made; i++)
            *good += (unsigned char)scratch[i] >= 0xC0;
        at += used;
        if (stop == POLE_DECODE_BAD || (stop == POLE_DECODE_PARTIAL && whole)) {
            at++;
            ++*bad;
        } else if (stop == POLE_DECODE_PARTIAL) {
            break;
        }
    }
}

/* Whether all of it is GB18030, and looks it: in Chinese text most second bytes are no ASCII,
 * while a western text's accented letters would pair with the ASCII letters behind them. */
static pole_status test_gb18030(const uint8_t *bytes, size_t size, bool whole,
                                const pole_allocator *allocator, bool *is, pole_error *error)
{
    *is = false;
    pole_decoder *decoder;
    const pole_status status = pole_decoder_new(POLE_ENCODING_GB18030, allocator, &decoder, error);
    if (status != POLE_OK)
        return status;
    char scratch[4096];
    size_t at = 0;
    pole_decode_stop stop = POLE_DECODE_FULL;
    while (stop == POLE_DECODE_FULL) {
        size_t used;
        size_t made;
        size_t bad_size;
        stop = pole_decoder_run(decoder, bytes + at, size - at, scratch, sizeof scratch, &used,
                                &made, &bad_size);
        at += used;
    }
    pole_decoder_free(decoder);
    if (stop == POLE_DECODE_BAD || (stop == POLE_DECODE_PARTIAL && whole))
        return POLE_OK;
    size_t ascii_second = 0;
    size_t pairs = 0;
    for (size_t i = 0; i + 1 < at; i++) {
        if (bytes[i] < 0x81)
            continue;
        const uint8_t second = bytes[++i];
        if (second < 0x40) {
            i += 2; /* a character of four bytes */
            continue;
        }
        pairs++;
        ascii_second += second < 0x80;
    }
    *is = 2 * ascii_second <= pairs;
    return POLE_OK;
}

static pole_status refuse(pole_error *error, const char *message)
{
    const pole_status status = pole_fail(error, POLE_BAD_INPUT, "%s", message);
    pole_fail_hint(error, "save it as UTF-8, or name its encoding (UTF-8, UTF-16LE, UTF-16BE, "
                          "GB18030)");
    return status;
}

pole_status pole_encoding_sniff(const uint8_t *bytes, size_t size, bool whole,
                                const pole_allocator *allocator, pole_encoding *encoding,
                                size_t *bom_size, pole_error *error)
{
    *encoding = POLE_ENCODING_SNIFF;
    *bom_size = 0;
    if (begins(bytes, size, "\xFF\xFE\0\0", 4) || begins(bytes, size, "\0\0\xFE\xFF", 4))
        return refuse(error, "the text is in UTF-32");
    pole_encoding found = pole_encoding_by_mark(bytes, size, bom_size);
    if (found == POLE_ENCODING_SNIFF)
        found = by_nul_pattern(bytes, size, whole);
    if (found == POLE_ENCODING_SNIFF) {
        pole_decoder *utf8;
        pole_status status = pole_decoder_new(POLE_ENCODING_UTF8, allocator, &utf8, error);
        if (status != POLE_OK)
            return status;
        size_t good;
        size_t bad;
        count_utf8(utf8, bytes, size, whole, &good, &bad);
        pole_decoder_free(utf8);
        bool gb18030 = false;
        if (bad == 0 || good / UTF8_GOOD_PER_BAD >= bad)
            found = POLE_ENCODING_UTF8;
        else if ((status = test_gb18030(bytes, size, whole, allocator, &gb18030, error)) != POLE_OK)
            return status;
        if (gb18030)
            found = POLE_ENCODING_GB18030;
    }
    if (found == POLE_ENCODING_SNIFF)
        return refuse(error, "the text is neither UTF-8 nor UTF-16 nor GB18030 throughout");
    *encoding = found;
    return POLE_OK;
}
