/* SPDX-License-Identifier: MIT
 * Writing a page of HTML: escaping, numbers for people, bars. */
#include "report/page.h"

#include "base/decimal.h"
#include "base/utf8.h"

#define HAND_OVER_BYTES ((size_t)32 << 10)

void pole_page_begin(pole_page *page, const pole_sink *sink, int32_t language,
                     const pole_allocator *allocator)
{
    pole_buffer_init(&page->buffer, allocator);
    page->sink = sink;
    page->status = POLE_OK;
    page->language = language;
}

static void hand_over(pole_page *page)
{
    if (page->status == POLE_OK && page->buffer.failed)
        page->status = POLE_NO_MEMORY;
    if (page->status == POLE_OK && page->buffer.size > 0)
        page->status =
            page->sink->write(page->sink->context, page->buffer.bytes, page->buffer.size);
    pole_buffer_clear(&page->buffer);
}

pole_status pole_page_end(pole_page *page)
{
    hand_over(page);
    pole_buffer_free(&page->buffer);
    return page->status;
}

void pole_page_raw(pole_page *page, const char *markup)
{
    pole_buffer_append_text(&page->buffer, markup);
    if (page->buffer.size >= HAND_OVER_BYTES)
        hand_over(page);
}

void pole_page_say(pole_page *page, const char *zh, const char *en)
{
    pole_page_raw(page, page->language == POLE_LANGUAGE_ZH ? zh : en);
}

static void append_character(pole_buffer *out, uint32_t character)
{
    switch (character) {
    case '<':
        pole_buffer_append_text(out, "&lt;");
        return;
    case '>':
        pole_buffer_append_text(out, "&gt;");
        return;
    case '&':
        pole_buffer_append_text(out, "&amp;");
        return;
    case '"':
        pole_buffer_append_text(out, "&quot;");
        return;
    case '\'':
        pole_buffer_append_text(out, "&#39;");
        return;
    default:
        break;
    }
    /* The last two of each plane are no characters; HTML calls them errors. */
    if (character == POLE_UTF8_BAD || pole_utf8_acts(character) || (character & 0xFFFE) == 0xFFFE ||
        (character >= 0xFDD0 && character <= 0xFDEF))
        character = 0xFFFD;
    char bytes[4];
    pole_buffer_append(out, bytes, pole_utf8_put(character, bytes));
}

void pole_page_text(pole_page *page, pole_span text)
{
    const bool too_long = text.size_bytes > POLE_PAGE_TEXT_BYTES;
    const size_t end = too_long ? pole_utf8_cut(text.data, POLE_PAGE_TEXT_BYTES) : text.size_bytes;
    for (size_t at = 0; at < end;)
        append_character(&page->buffer, pole_utf8_next(text.data, end, &at));
    if (too_long)
        pole_buffer_append_text(&page->buffer, "\xE2\x80\xA6");
    pole_page_raw(page, "");
}

void pole_page_count(pole_page *page, uint64_t count)
{
    char digits[24];
    const size_t size = pole_u64_to_text(count, digits);
    for (size_t i = 0; i < size; i++) {
        if (i > 0 && (size - i) % 3 == 0)
            pole_buffer_append_byte(&page->buffer, ',');
        pole_buffer_append_byte(&page->buffer, (uint8_t)digits[i]);
    }
}

void pole_page_number(pole_page *page, int64_t number)
{
    char text[32];
    pole_scaled_to_text(number, 0, text);
    pole_page_raw(page, text);
}

uint64_t pole_scaled(uint64_t value, uint64_t scale, uint64_t whole)
{
    const int shift = value >> 49 ? 15 : 0; /* more calls than 2^49 need no last digit */
    value >>= shift;
    whole >>= shift;
    return whole == 0 ? 0 : (value * scale + whole / 2) / whole;
}

void pole_page_share(pole_page *page, uint64_t part, uint64_t whole)
{
    uint64_t parts = pole_scaled(part, 1000, whole);
    if (parts == 0 && part > 0)
        pole_page_raw(page, "&lt;0.1");
    else if (parts == 1000 && part < whole)
        pole_page_raw(page, "&gt;99.9");
    else {
        char text[32];
        pole_scaled_to_text((int64_t)parts, 1, text);
        pole_page_raw(page, text);
    }
    pole_page_raw(page, "&#160;%");
}

void pole_page_bar(pole_page *page, uint64_t part, uint64_t most, const char *style)
{
    pole_page_raw(page, "<svg class=\"bar\" viewBox=\"0 0 1000 10\" "
                        "preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect class=\"");
    pole_page_raw(page, style);
    pole_page_raw(page, "\" height=\"10\" width=\"");
    const uint64_t width = pole_scaled(part, 1000, most);
    pole_page_number(page, (int64_t)(width == 0 && part > 0 ? 1 : width));
    pole_page_raw(page, "\"/></svg>");
}
