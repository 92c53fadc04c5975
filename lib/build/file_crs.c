/* SPDX-License-Identifier: MIT
 * See file_crs.h. */
#include "build/file_crs.h"

#include <string.h>

#include "base/decimal.h"
#include "base/utf8.h"

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool begins(const char *text, size_t size, const char *word)
{
    size_t i = 0;
    while (word[i] != '\0' && i < size && lower(text[i]) == word[i])
        i++;
    return word[i] == '\0';
}

static bool holds(pole_span text, const char *word)
{
    for (size_t i = 0; i < text.size_bytes; i++)
        if (begins(text.data + i, text.size_bytes - i, word))
            return true;
    return false;
}

bool pole_file_crs_name(pole_span stated, char name[32])
{
    name[0] = '\0';
    const pole_span text = pole_utf8_trim(stated);
    size_t start = text.size_bytes;
    while (start > 0 && text.data[start - 1] != ':' && text.data[start - 1] != '/' &&
           text.data[start - 1] != '#')
        start--;
    const pole_span last = {text.data + start, text.size_bytes - start};
    if (begins(last.data, last.size_bytes, "crs84")) {
        memcpy(name, "EPSG:4326", sizeof "EPSG:4326");
        return true;
    }
    uint64_t code;
    if (!holds(text, "epsg") || !pole_decimal_to_u64(last, 999999999, &code))
        return false;
    memcpy(name, "EPSG:", 5);
    pole_u64_to_text(code, name + 5);
    return true;
}

static bool is_wgs84(const char *name)
{
    return strcmp(name, "EPSG:4326") == 0 || strcmp(name, "EPSG:4490") == 0;
}

bool pole_same_crs(const char *a, const char *b)
{
    return strcmp(a, b) == 0 || (is_wgs84(a) && is_wgs84(b));
}
