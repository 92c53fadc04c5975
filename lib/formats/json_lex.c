/* SPDX-License-Identifier: MIT
 *
 * Numbers and escapes of JSON, by the grammar's letter. */
#include "formats/json_lex.h"

#include "base/utf8.h"

static size_t count_digits(const char *text, size_t size)
{
    size_t count = 0;
    while (count < size && text[count] >= '0' && text[count] <= '9')
        count++;
    return count;
}

size_t pole_json_number_length(pole_span number)
{
    const char *text = number.data;
    const size_t size = number.size_bytes;
    size_t at = size > 0 && text[0] == '-';
    size_t digits = count_digits(text + at, size - at);
    if (digits == 0)
        return 0;
    at += text[at] == '0' ? 1 : digits;
    if (at < size && text[at] == '.') {
        digits = count_digits(text + at + 1, size - at - 1);
        if (digits == 0)
            return 0;
        at += 1 + digits;
    }
    if (at < size && (text[at] == 'e' || text[at] == 'E')) {
        size_t mark = at + 1;
        mark += mark < size && (text[mark] == '+' || text[mark] == '-');
        digits = count_digits(text + mark, size - mark);
        if (digits == 0)
            return 0;
        at = mark + digits;
    }
    return at;
}

/* Four hex digits at p, or -1. */
static int32_t read_hex(const char *p, size_t left)
{
    int32_t value = 0;
    if (left < 4)
        return -1;
    for (unsigned i = 0; i < 4; i++) {
        const char c = p[i];
        int32_t digit;
        if (c >= '0' && c <= '9')
            digit = c - '0';
        else if (c >= 'a' && c <= 'f')
            digit = c - 'a' + 10;
        else if (c >= 'A' && c <= 'F')
            digit = c - 'A' + 10;
        else
            return -1;
        value = value << 4 | digit;
    }
    return value;
}

/* Unescapes the escape at p, which begins with a backslash; returns its length, 0 if it is none.
 * The text is the inside of a closed string, so its end is in sight. */
static size_t unescape_one(pole_buffer *out, const char *p, size_t left)
{
    static const char plain[] = "\"\\/bfnrt";
    static const char meant[] = "\"\\/\b\f\n\r\t";
    const char *found = left > 1 && p[1] != '\0' ? strchr(plain, p[1]) : NULL;
    if (found) {
        pole_buffer_append_byte(out, (uint8_t)meant[found - plain]);
        return 2;
    }
    if (left < 2 || p[1] != 'u')
        return 0;
    int32_t unit = read_hex(p + 2, left - 2);
    size_t length = 6;
    if (unit < 0 || (unit >= 0xDC00 && unit <= 0xDFFF))
        return 0;
    if (unit >= 0xD800 && unit <= 0xDBFF) {
        if (left < 12 || p[6] != '\\' || p[7] != 'u')
            return 0;
        const int32_t low = read_hex(p + 8, left - 8);
        if (low < 0xDC00 || low > 0xDFFF)
            return 0;
        unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
        length = 12;
    }
    char bytes[4];
    const size_t size = pole_utf8_put((uint32_t)unit, bytes);
    pole_buffer_append(out, bytes, size);
    return length;
}

size_t pole_json_unescape(pole_span inside, pole_buffer *out)
{
    size_t at = 0;
    while (at < inside.size_bytes) {
        const char *escape = memchr(inside.data + at, '\\', inside.size_bytes - at);
        const size_t place = escape ? (size_t)(escape - inside.data) : inside.size_bytes;
        pole_buffer_append(out, inside.data + at, place - at);
        at = place;
        if (!escape)
            break;
        const size_t length = unescape_one(out, escape, inside.size_bytes - at);
        if (length == 0)
            break;
        at += length;
    }
    return at;
}
