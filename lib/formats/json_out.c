/* SPDX-License-Identifier: MIT
 *
 * JSON, value by value. Two bits a level (is it an object, has it a value) are all the state. */
#include "formats/json_out.h"

#include <assert.h>

#include "base/decimal.h"
#include "base/utf8.h"

void pole_json_writer_init(pole_json_writer *writer, pole_buffer *out)
{
    memset(writer, 0, sizeof *writer);
    writer->out = out;
}

static uint64_t level_bit(const pole_json_writer *writer)
{
    return (uint64_t)1 << writer->depth;
}

/* The comma before a value or key, where one is due. */
static void separate(pole_json_writer *writer)
{
    if (writer->after_key) {
        writer->after_key = false;
        return;
    }
    if (writer->has_value & level_bit(writer))
        pole_buffer_append_byte(writer->out, ',');
    writer->has_value |= level_bit(writer);
}

static void begin_value(pole_json_writer *writer)
{
    assert(writer->after_key || !(writer->in_object & level_bit(writer)));
    separate(writer);
}

static void open_level(pole_json_writer *writer, uint8_t bracket, bool object)
{
    begin_value(writer);
    pole_buffer_append_byte(writer->out, bracket);
    assert(writer->depth < POLE_JSON_OUT_MAX_DEPTH);
    writer->depth++;
    writer->has_value &= ~level_bit(writer);
    writer->in_object &= ~level_bit(writer);
    if (object)
        writer->in_object |= level_bit(writer);
}

static void close_level(pole_json_writer *writer, uint8_t bracket, bool object)
{
    assert(writer->depth > 0 && !writer->after_key);
    assert(((writer->in_object & level_bit(writer)) != 0) == object);
    (void)object;
    writer->depth--;
    pole_buffer_append_byte(writer->out, bracket);
}

void pole_json_begin_object(pole_json_writer *writer)
{
    open_level(writer, '{', true);
}

void pole_json_end_object(pole_json_writer *writer)
{
    close_level(writer, '}', true);
}

void pole_json_begin_array(pole_json_writer *writer)
{
    open_level(writer, '[', false);
}

void pole_json_end_array(pole_json_writer *writer)
{
    close_level(writer, ']', false);
}

/* The escape of a character below U+10000 that needs one. */
static void append_escape(pole_buffer *out, uint32_t c)
{
    static const char hex[] = "0123456789abcdef";
    char escape[6] = {'\\',       'u', hex[c >> 12 & 15], hex[c >> 8 & 15], hex[c >> 4 & 15],
                      hex[c & 15]};
    size_t size = 2;
    switch (c) {
    case '"':
    case '\\':
        escape[1] = (char)c;
        break;
    case '\b':
        escape[1] = 'b';
        break;
    case '\f':
        escape[1] = 'f';
        break;
    case '\n':
        escape[1] = 'n';
        break;
    case '\r':
        escape[1] = 'r';
        break;
    case '\t':
        escape[1] = 't';
        break;
    default:
        size = 6;
    }
    pole_buffer_append(out, escape, size);
}

static void append_string(pole_buffer *out, pole_span text)
{
    size_t written = 0;
    size_t at = 0;
    pole_buffer_append_byte(out, '"');
    while (at < text.size_bytes) {
        const uint8_t c = (uint8_t)text.data[at];
        if (c < 0x80 && c >= 0x20 && c != '"' && c != '\\' && c != 0x7F) {
            at++;
            continue;
        }
        const size_t start = at;
        const uint32_t character = pole_utf8_next(text.data, text.size_bytes, &at);
        if (c >= 0x80 && character != POLE_UTF8_BAD && !pole_utf8_acts(character))
            continue;
        pole_buffer_append(out, text.data + written, start - written);
        if (character == POLE_UTF8_BAD)
            pole_buffer_append_text(out, "\xEF\xBF\xBD");
        else
            append_escape(out, character);
        written = at;
    }
    if (text.size_bytes > written)
        pole_buffer_append(out, text.data + written, text.size_bytes - written);
    pole_buffer_append_byte(out, '"');
}

void pole_json_key_span(pole_json_writer *writer, pole_span key)
{
    assert(!writer->after_key && (writer->in_object & level_bit(writer)));
    separate(writer);
    append_string(writer->out, key);
    pole_buffer_append_byte(writer->out, ':');
    writer->after_key = true;
}

void pole_json_key(pole_json_writer *writer, const char *key)
{
    pole_json_key_span(writer, pole_span_of(key));
}

void pole_json_string(pole_json_writer *writer, pole_span text)
{
    begin_value(writer);
    append_string(writer->out, text);
}

void pole_json_text(pole_json_writer *writer, const char *text)
{
    if (text)
        pole_json_string(writer, pole_span_of(text));
    else
        pole_json_null(writer);
}

void pole_json_string_or_null(pole_json_writer *writer, pole_span text)
{
    if (text.size_bytes > 0)
        pole_json_string(writer, text);
    else
        pole_json_null(writer);
}

void pole_json_raw(pole_json_writer *writer, pole_span json)
{
    begin_value(writer);
    pole_buffer_append(writer->out, json.data, json.size_bytes);
}

void pole_json_u64(pole_json_writer *writer, uint64_t value)
{
    char text[24];
    const size_t size = pole_u64_to_text(value, text);
    pole_json_raw(writer, (pole_span){text, size});
}

void pole_json_i64(pole_json_writer *writer, int64_t value)
{
    char text[32];
    const size_t size = pole_scaled_to_text(value, 0, text);
    pole_json_raw(writer, (pole_span){text, size});
}

void pole_json_double(pole_json_writer *writer, double value, unsigned places)
{
    char text[32];
    const size_t size = pole_double_to_text(value, places, text);
    pole_json_raw(writer, (pole_span){text, size});
}

void pole_json_scaled(pole_json_writer *writer, int64_t value, unsigned places)
{
    char text[32];
    const size_t size = pole_scaled_to_text(value, places, text);
    pole_json_raw(writer, (pole_span){text, size});
}

void pole_json_bool(pole_json_writer *writer, bool value)
{
    pole_json_raw(writer, pole_span_of(value ? "true" : "false"));
}

void pole_json_null(pole_json_writer *writer)
{
    pole_json_raw(writer, pole_span_of("null"));
}

void pole_json_end_line(pole_json_writer *writer)
{
    assert(writer->depth == 0 && !writer->after_key);
    pole_buffer_append_byte(writer->out, '\n');
    writer->has_value = 0;
}
