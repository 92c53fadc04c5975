/* SPDX-License-Identifier: MIT
 *
 * Text between the server's encoding and UTF-8. */
#include "text.h"

#include "mb/pg_wchar.h"
#include "utils/builtins.h"

/* Codes are ASCII, which every encoding of a server shares: no conversion is needed for them. */
static bool is_ascii(const char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if ((unsigned char)bytes[i] >= 0x80)
            return false;
    }
    return true;
}

pole_span text_from_argument(text *argument)
{
    pole_span span = {VARDATA_ANY(argument), VARSIZE_ANY_EXHDR(argument)};

    if (GetDatabaseEncoding() != PG_UTF8 && !is_ascii(span.data, span.size_bytes)) {
        char *utf8 = pg_server_to_any(span.data, (int)span.size_bytes, PG_UTF8);

        if (utf8 != span.data) {
            span.data = utf8;
            span.size_bytes = strlen(utf8);
        }
    }
    return span;
}

const char *text_to_server(const char *utf8)
{
    return pg_any_to_server(utf8, (int)strlen(utf8), PG_UTF8);
}

text *text_from_span(pole_span span)
{
    char *converted;

    if (GetDatabaseEncoding() == PG_UTF8 || is_ascii(span.data, span.size_bytes))
        return cstring_to_text_with_len(span.data, (int)span.size_bytes);
    converted = pg_any_to_server(span.data, (int)span.size_bytes, PG_UTF8);
    return converted == span.data ? cstring_to_text_with_len(span.data, (int)span.size_bytes)
                                  : cstring_to_text(converted);
}
