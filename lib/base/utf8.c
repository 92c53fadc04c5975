/* SPDX-License-Identifier: MIT
 *
 * UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing above U+10FFFF. */
#include "base/utf8.h"

/* How many bytes a lead byte promises; 0: it cannot lead. C0, C1 and F5 to FF never occur. */
static size_t promised(unsigned char lead)
{
    if (lead < 0x80)
        return 1;
    if (lead < 0xC2)
        return 0;
    if (lead < 0xE0)
        return 2;
    if (lead < 0xF0)
        return 3;
    return lead < 0xF5 ? 4 : 0;
}

static bool continues(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

uint32_t pole_utf8_next(const char *text, size_t size, size_t *at)
{
    static const uint32_t smallest[5] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *bytes = (const unsigned char *)text + *at;
    const size_t left = size - *at;
    const size_t length = promised(bytes[0]);
    *at += 1;
    if (length == 1)
        return bytes[0];
    if (length == 0 || length > left)
        return POLE_UTF8_BAD;
    uint32_t character = bytes[0] & (0x7Fu >> length);
    for (size_t i = 1; i < length; i++) {
        if (!continues(bytes[i]))
            return POLE_UTF8_BAD;
        character = character << 6 | (bytes[i] & 0x3Fu);
    }
    if (character < smallest[length] || character > 0x10FFFF ||
        (character >= 0xD800 && character <= 0xDFFF))
        return POLE_UTF8_BAD;
    *at += length - 1;
    return character;
}

size_t pole_utf8_put(uint32_t character, char out[4])
{
    unsigned char *bytes = (unsigned char *)out;
    if (character > 0x10FFFF || (character >= 0xD800 && character <= 0xDFFF))
        character = 0xFFFD;
    if (character < 0x80) {
        bytes[0] = (unsigned char)character;
        return 1;
    }
    if (character < 0x800) {
        bytes[0] = (unsigned char)(0xC0 | character >> 6);
        bytes[1] = (unsigned char)(0x80 | (character & 0x3F));
        return 2;
    }
    if (character < 0x10000) {
        bytes[0] = (unsigned char)(0xE0 | character >> 12);
        bytes[1] = (unsigned char)(0x80 | (character >> 6 & 0x3F));
        bytes[2] = (unsigned char)(0x80 | (character & 0x3F));
        return 3;
    }
    bytes[0] = (unsigned char)(0xF0 | character >> 18);
    bytes[1] = (unsigned char)(0x80 | (character >> 12 & 0x3F));
    bytes[2] = (unsigned char)(0x80 | (character >> 6 & 0x3F));
    bytes[3] = (unsigned char)(0x80 | (character & 0x3F));
    return 4;
}

size_t pole_utf8_first_bad(const char *text, size_t size)
{
    size_t at = 0;
    while (at < size) {
        const size_t start = at;
        if (pole_utf8_next(text, size, &at) == POLE_UTF8_BAD)
            return start;
    }
    return size;
}

/* Where the last character of text[0..size) begins; size is not 0. A byte that belongs to no
 * character begins by itself. */
static size_t last_start(const char *text, size_t size)
{
    const unsigned char *bytes = (const unsigned char *)text;
    size_t at = size - 1;
    for (unsigned back = 0; back < 3 && at > 0 && continues(bytes[at]); back++)
        at--;
    return promised(bytes[at]) >= size - at ? at : size - 1;
}

size_t pole_utf8_cut(const char *text, size_t size)
{
    if (size == 0)
        return 0;
    const size_t start = last_start(text, size);
    return promised((unsigned char)text[start]) > size - start ? start : size;
}

bool pole_utf8_acts(uint32_t character)
{
    if (character < 0xA0)
        return character < 0x20 || character >= 0x7F;
    return (character >= 0x2028 && character <= 0x202E) ||
           (character >= 0x2066 && character <= 0x2069) || character == 0x061C ||
           character == 0x200E || character == 0x200F;
}

static bool is_space(uint32_t character)
{
    if (character <= 0x20)
        return character == 0x20 || (character >= 0x09 && character <= 0x0D);
    switch (character) {
    case 0x0085:
    case 0x00A0:
    case 0x1680:
    case 0x2028:
    case 0x2029:
    case 0x202F:
    case 0x205F:
    case 0x3000:
    case 0xFEFF:
        return true;
    default:
        return character >= 0x2000 && character <= 0x200A;
    }
}

pole_span pole_utf8_trim(pole_span text)
{
    size_t begin = 0;
    size_t end = text.size_bytes;
    for (size_t at = 0; at < end; begin = at) {
        if (!is_space(pole_utf8_next(text.data, end, &at)))
            break;
    }
    while (end > begin) {
        const size_t start = last_start(text.data, end);
        size_t at = start;
        if (!is_space(pole_utf8_next(text.data, end, &at)) || at != end)
            break;
        end = start;
    }
    const pole_span trimmed = {text.data ? text.data + begin : NULL, end - begin};
    return trimmed;
}
