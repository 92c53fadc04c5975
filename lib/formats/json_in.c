/* SPDX-License-Identifier: MIT
 *
 * JSON by pull: a byte of grammar (what may come next) and a stack of open brackets are all the
 * state. A token lies whole in the text's window; when the window ends inside one, it is read on
 * and the token is scanned again from its beginning. */
#include "formats/json_in.h"

#include "base/status.h"
#include "formats/json_lex.h"

typedef enum {
    WANT_VALUE,
    WANT_VALUE_OR_END, /* behind '[' */
    WANT_KEY_OR_END,   /* behind '{' */
    WANT_KEY,          /* behind ',' in an object */
    WANT_COLON,
    WANT_COMMA_OR_END,
    WANT_TOP /* between top-level values */
} json_want;

struct pole_json_reader {
    pole_allocator allocator;
    pole_text_in *text;
    bool sequence;
    bool top_seen;
    pole_text_window window;
    size_t at;    /* in the window */
    size_t start; /* from here on the window is needed */
    bool hold;    /* start stays (a raw value is being read) */
    bool cr_before;
    uint64_t line;
    uint64_t line_offset;   /* text offset of the line's first character */
    uint64_t window_column; /* characters between that and the window, if it lies before */
    json_want want;
    uint32_t depth;
    char stack[POLE_JSON_MAX_DEPTH]; /* '{' or '[' */
    pole_buffer unescaped;
    pole_error failure; /* once failed, for good */
};

pole_status pole_json_reader_new(pole_text_in *text, bool sequence, const pole_allocator *allocator,
                                 pole_json_reader **reader)
{
    *reader = NULL;
    const pole_allocator memory = pole_allocator_or_default(allocator);
    pole_json_reader *made = pole_allocate_zeroed(&memory, 1, sizeof *made);
    if (!made)
        return POLE_NO_MEMORY;
    made->allocator = memory;
    made->text = text;
    made->sequence = sequence;
    made->window = pole_text_in_window(text);
    made->line = 1;
    made->line_offset = made->window.offset;
    made->want = WANT_TOP;
    pole_buffer_init(&made->unescaped, &memory);
    *reader = made;
    return POLE_OK;
}

void pole_json_reader_free(pole_json_reader *reader)
{
    if (!reader)
        return;
    const pole_allocator memory = reader->allocator;
    pole_buffer_free(&reader->unescaped);
    pole_release(&memory, reader);
}

uint32_t pole_json_depth(const pole_json_reader *reader)
{
    return reader->depth;
}

static uint64_t count_characters(const char *text, size_t size)
{
    uint64_t count = 0;
    for (size_t i = 0; i < size; i++)
        count += ((unsigned char)text[i] & 0xC0) != 0x80;
    return count;
}

/* The column of a text offset in the window, on the current line. */
static uint64_t column_of(const pole_json_reader *reader, uint64_t text_offset)
{
    const pole_text_window *window = &reader->window;
    uint64_t from = window->offset;
    uint64_t before = reader->window_column;
    if (reader->line_offset >= from) {
        from = reader->line_offset;
        before = 0;
    }
    if (text_offset < from)
        return 0;
    return before +
           count_characters(window->data + (from - window->offset), (size_t)(text_offset - from)) +
           1;
}

static uint32_t clamp_u32(uint64_t value)
{
    return value < UINT32_MAX ? (uint32_t)value : UINT32_MAX;
}

static pole_status fail_at(pole_json_reader *reader, size_t at, pole_status status,
                           const char *message, pole_error *error)
{
    const uint64_t text_offset = reader->window.offset + at;
    pole_fail(&reader->failure, status, "%s", message);
    pole_fail_at(&reader->failure, clamp_u32(reader->line),
                 clamp_u32(column_of(reader, text_offset)),
                 pole_text_in_file_offset(reader->text, text_offset));
    if (error)
        *error = reader->failure;
    return status;
}

uint64_t pole_json_file_offset(const pole_json_reader *reader, const pole_json_token *token)
{
    if (token->text_offset < reader->window.offset)
        return 0;
    return pole_text_in_file_offset(reader->text, token->text_offset);
}

pole_status pole_json_fail(const pole_json_reader *reader, const pole_json_token *token,
                           pole_status status, const char *message, pole_error *error)
{
    pole_fail(error, status, "%s", message);
    const uint64_t column = token->line == reader->line ? column_of(reader, token->text_offset) : 0;
    pole_fail_at(error, clamp_u32(token->line), clamp_u32(column),
                 pole_json_file_offset(reader, token));
    return status;
}

/* Reads on, keeping the window from `start`. Fails at the limit, or for good. */
static pole_status read_on(pole_json_reader *reader, pole_error *error)
{
    pole_text_window *window = &reader->window;
    if (window->size - reader->start > POLE_JSON_MAX_TOKEN_BYTES)
        return fail_at(reader, reader->start, POLE_LIMIT, "a value is longer than 16 MiB", error);
    const uint64_t behind = window->offset + reader->start;
    if (reader->line_offset < behind)
        reader->window_column = column_of(reader, behind) - 1;
    const size_t consumed = reader->start;
    const pole_status status =
        pole_text_in_advance(reader->text, consumed, window, &reader->failure);
    reader->at -= consumed;
    reader->start = 0;
    if (status != POLE_OK) {
        reader->failure.status = status;
        if (error)
            *error = reader->failure;
    }
    return status;
}

/* Makes sure that a byte is at reader->at; *end: there is none any more. */
static inline pole_status have_byte(pole_json_reader *reader, bool *end, pole_error *error)
{
    *end = false;
    while (reader->at == reader->window.size) {
        if (reader->window.at_end) {
            *end = true;
            return POLE_OK;
        }
        const pole_status status = read_on(reader, error);
        if (status != POLE_OK)
            return status;
    }
    return POLE_OK;
}

static pole_status skip_blanks(pole_json_reader *reader, bool *end, pole_error *error)
{
    for (;;) {
        if (!reader->hold)
            reader->start = reader->at;
        const pole_status status = have_byte(reader, end, error);
        if (status != POLE_OK || *end)
            return status;
        const char c = reader->window.data[reader->at];
        if (c != ' ' && c != '\t' && c != '\n' && c != '\r')
            break;
        reader->at++;
        if (c == '\r' || (c == '\n' && !reader->cr_before))
            reader->line++;
        if (c == '\r' || c == '\n')
            reader->line_offset = reader->window.offset + reader->at;
        reader->cr_before = c == '\r';
    }
    reader->cr_before = false;
    return POLE_OK;
}

static pole_status unescape(pole_json_reader *reader, size_t from, size_t to,
                            pole_json_token *token, pole_error *error)
{
    const char *data = reader->window.data;
    pole_buffer *out = &reader->unescaped;
    pole_buffer_clear(out);
    const pole_span raw = {data + from, to - from};
    const size_t bad = pole_json_unescape(raw, out);
    if (bad < raw.size_bytes)
        return fail_at(reader, from + bad, POLE_BAD_INPUT,
                       "an escape that JSON has not, or half a surrogate pair", error);
    if (out->failed)
        return fail_at(reader, from, POLE_NO_MEMORY, "no memory for a string", error);
    token->text.data = (const char *)out->bytes;
    token->text.size_bytes = out->size;
    token->bad_bytes = out->size > 0 && memchr(out->bytes, '\0', out->size) != NULL;
    return POLE_OK;
}

/* The string whose quote is at reader->at. */
static pole_status read_string(pole_json_reader *reader, pole_json_token *token, pole_error *error)
{
    /* Places are kept from `start`, which read_on() moves to the window's beginning. */
    const size_t from = reader->at + 1 - reader->start;
    size_t i = from;
    bool escaped = false;
    for (;; i++) {
        while (reader->start + i >= reader->window.size) {
            if (reader->window.at_end)
                return fail_at(reader, reader->at, POLE_BAD_INPUT, "a string is not closed", error);
            const pole_status status = read_on(reader, error);
            if (status != POLE_OK)
                return status;
        }
        const unsigned char c = (unsigned char)reader->window.data[reader->start + i];
        if (c == '"')
            break;
        if (c < 0x20)
            return fail_at(reader, reader->start + i, POLE_BAD_INPUT,
                           "a control character in a string is not escaped", error);
        if (c == '\\') {
            escaped = true;
            i++; /* whatever it is, it does not close the string */
        }
    }
    const size_t begin = reader->start + from;
    const size_t end = reader->start + i;
    token->text.data = reader->window.data + begin;
    token->text.size_bytes = end - begin;
    if (escaped) {
        const pole_status status = unescape(reader, begin, end, token, error);
        if (status != POLE_OK)
            return status;
    }
    pole_bad_place bad;
    const uint64_t offset = reader->window.offset;
    if (pole_text_in_bad_between(reader->text, offset + begin, offset + end, &bad))
        token->bad_bytes = true;
    reader->at = end + 1;
    return POLE_OK;
}

static bool is_bare(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '+' || c == '.';
}

/* A number, true, false or null at reader->at. */
static pole_status read_bare(pole_json_reader *reader, pole_json_token *token, pole_error *error)
{
    static const struct {
        const char *word;
        pole_json_kind kind;
    } words[] = {{"true", POLE_JSON_TRUE}, {"false", POLE_JSON_FALSE}, {"null", POLE_JSON_NULL}};
    const size_t from = reader->at - reader->start;
    size_t size = 0;
    for (;; size++) {
        while (reader->start + from + size >= reader->window.size && !reader->window.at_end) {
            const pole_status status = read_on(reader, error);
            if (status != POLE_OK)
                return status;
        }
        if (reader->start + from + size >= reader->window.size ||
            !is_bare(reader->window.data[reader->start + from + size]))
            break;
    }
    token->text.data = reader->window.data + reader->start + from;
    token->text.size_bytes = size;
    reader->at = reader->start + from + size;
    if (size > 0 && pole_json_number_length(token->text) == size) {
        token->kind = POLE_JSON_NUMBER;
        return POLE_OK;
    }
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (pole_span_equal(token->text, pole_span_of(words[i].word))) {
            token->kind = words[i].kind;
            return POLE_OK;
        }
    }
    return fail_at(reader, reader->start + from, POLE_BAD_INPUT, "this is no JSON value", error);
}

static pole_status open_bracket(pole_json_reader *reader, pole_json_token *token, char bracket,
                                pole_error *error)
{
    if (reader->depth == POLE_JSON_MAX_DEPTH)
        return fail_at(reader, reader->at, POLE_LIMIT, "nested deeper than 128 levels", error);
    reader->stack[reader->depth++] = bracket;
    reader->at++;
    token->kind = bracket == '{' ? POLE_JSON_OBJECT : POLE_JSON_ARRAY;
    reader->want = bracket == '{' ? WANT_KEY_OR_END : WANT_VALUE_OR_END;
    return POLE_OK;
}

static void close_bracket(pole_json_reader *reader, pole_json_token *token)
{
    reader->depth--;
    reader->at++;
    token->kind = reader->stack[reader->depth] == '{' ? POLE_JSON_OBJECT_END : POLE_JSON_ARRAY_END;
    reader->want = reader->depth > 0 ? WANT_COMMA_OR_END : WANT_TOP;
}

static pole_status read_value(pole_json_reader *reader, pole_json_token *token, pole_error *error)
{
    const char c = reader->window.data[reader->at];
    reader->top_seen = true;
    if (c == '{' || c == '[')
        return open_bracket(reader, token, c, error);
    reader->want = reader->depth > 0 ? WANT_COMMA_OR_END : WANT_TOP;
    if (c != '"')
        return read_bare(reader, token, error);
    token->kind = POLE_JSON_STRING;
    return read_string(reader, token, error);
}

static const char *wanted_text(const pole_json_reader *reader)
{
    switch (reader->want) {
    case WANT_KEY:
        return "a name in quotes is wanted here";
    case WANT_KEY_OR_END:
        return "a name in quotes or '}' is wanted here";
    case WANT_COLON:
        return "':' is wanted here";
    case WANT_COMMA_OR_END:
        return reader->stack[reader->depth - 1] == '{' ? "',' or '}' is wanted here"
                                                       : "',' or ']' is wanted here";
    case WANT_TOP:
        return "there is more text behind the end of the JSON value";
    case WANT_VALUE:
    case WANT_VALUE_OR_END:
        break;
    }
    return "a value is wanted here";
}

/* Steps over ':' or ',' where one is wanted. *done: it was there, and blanks behind it too. */
static pole_status pass_separator(pole_json_reader *reader, bool *done, bool *end,
                                  pole_error *error)
{
    const char c = reader->window.data[reader->at];
    *done = false;
    if (reader->want == WANT_COLON && c == ':')
        reader->want = WANT_VALUE;
    else if (reader->want == WANT_COMMA_OR_END && c == ',')
        reader->want = reader->stack[reader->depth - 1] == '{' ? WANT_KEY : WANT_VALUE;
    else
        return POLE_OK;
    *done = true;
    reader->at++;
    return skip_blanks(reader, end, error);
}

/* The token at reader->at, where a byte is that is no blank. */
static pole_status read_token(pole_json_reader *reader, pole_json_token *token, pole_error *error)
{
    const char c = reader->window.data[reader->at];
    const bool closes = (c == '}' || c == ']') && reader->depth > 0 &&
                        reader->stack[reader->depth - 1] == (c == '}' ? '{' : '[') &&
                        (reader->want == WANT_COMMA_OR_END || reader->want == WANT_KEY_OR_END ||
                         reader->want == WANT_VALUE_OR_END);
    if (closes) {
        close_bracket(reader, token);
        return POLE_OK;
    }
    switch (reader->want) {
    case WANT_KEY:
    case WANT_KEY_OR_END:
        if (c != '"')
            break;
        token->kind = POLE_JSON_KEY;
        reader->want = WANT_COLON;
        return read_string(reader, token, error);
    case WANT_TOP:
        if (reader->top_seen && !reader->sequence)
            break;
        return read_value(reader, token, error);
    case WANT_VALUE:
    case WANT_VALUE_OR_END:
        return read_value(reader, token, error);
    case WANT_COLON:
    case WANT_COMMA_OR_END:
        break;
    }
    return fail_at(reader, reader->at, POLE_BAD_INPUT, wanted_text(reader), error);
}

pole_status pole_json_next(pole_json_reader *reader, pole_json_token *token, pole_error *error)
{
    memset(token, 0, sizeof *token);
    if (reader->failure.status != POLE_OK) {
        if (error)
            *error = reader->failure;
        return reader->failure.status;
    }
    bool end;
    bool passed = false;
    pole_status status = skip_blanks(reader, &end, error);
    if (status == POLE_OK && !end)
        status = pass_separator(reader, &passed, &end, error);
    if (status != POLE_OK)
        return status;
    token->line = reader->line;
    token->text_offset = reader->window.offset + reader->at;
    if (!end)
        return read_token(reader, token, error);
    if (reader->want == WANT_TOP && (reader->top_seen || reader->sequence))
        return POLE_OK; /* POLE_JSON_END is 0 */
    return fail_at(
        reader, reader->at, POLE_BAD_INPUT,
        reader->top_seen ? "the text breaks off inside a JSON value" : "the text is empty", error);
}

pole_status pole_json_skip(pole_json_reader *reader, const pole_json_token *begin, pole_span *raw,
                           pole_error *error)
{
    pole_json_token token = *begin;
    pole_status status = POLE_OK;
    if (token.kind == POLE_JSON_KEY)
        status = pole_json_next(reader, &token, error);
    if (status != POLE_OK)
        return status;
    /* Only `start` tells where the value began: nothing was let go since its first token. */
    const uint64_t from = token.text_offset;
    reader->hold = raw != NULL;
    if (reader->hold)
        reader->start = (size_t)(from - reader->window.offset);
    if (token.kind == POLE_JSON_OBJECT || token.kind == POLE_JSON_ARRAY) {
        const uint32_t outside = reader->depth - 1;
        while (status == POLE_OK && reader->depth > outside)
            status = pole_json_next(reader, &token, error);
    }
    reader->hold = false;
    if (raw) {
        *raw = (pole_span){NULL, 0};
        if (status == POLE_OK) {
            const size_t begin_at = (size_t)(from - reader->window.offset);
            *raw = (pole_span){reader->window.data + begin_at, reader->at - begin_at};
        }
    }
    return status;
}
