/* SPDX-License-Identifier: MIT
 *
 * Any bytes as JSON: whole and in pieces they give the same tokens or fail at the same place, and
 * what was read is written as JSON that gives the same again. The first byte chooses the pieces. */
#include <stdint.h>
#include <stdlib.h>

#include "formats/json_in.h"
#include "formats/json_out.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

typedef struct {
    const uint8_t *bytes;
    size_t left;
    size_t piece;
} pieces;

static pole_status read_piece(void *context, void *bytes, size_t size, size_t *got,
                              pole_error *error)
{
    pieces *from = context;
    (void)error;
    *got = from->left < from->piece ? from->left : from->piece;
    *got = *got < size ? *got : size;
    if (*got == 0)
        return POLE_OK;
    memcpy(bytes, from->bytes, *got);
    from->bytes += *got;
    from->left -= *got;
    return POLE_OK;
}

static void write_token(pole_json_writer *json, const pole_json_token *token)
{
    switch (token->kind) {
    case POLE_JSON_OBJECT:
        pole_json_begin_object(json);
        break;
    case POLE_JSON_OBJECT_END:
        pole_json_end_object(json);
        break;
    case POLE_JSON_ARRAY:
        pole_json_begin_array(json);
        break;
    case POLE_JSON_ARRAY_END:
        pole_json_end_array(json);
        break;
    case POLE_JSON_KEY:
        pole_json_key_span(json, token->text);
        break;
    case POLE_JSON_STRING:
        pole_json_string(json, token->text);
        break;
    case POLE_JSON_END:
        break;
    default:
        pole_json_raw(json, token->text);
    }
}

/* Reads it all and writes it anew, as deep as the writer goes; the place of a failure in error. */
static pole_status rewrite(const uint8_t *data, size_t size, size_t piece, pole_buffer *out,
                           pole_error *error)
{
    pieces from = {data, size, piece};
    const pole_byte_source source = {&from, read_piece};
    pole_text_in *text;
    pole_json_reader *json;
    pole_json_writer writer;
    pole_json_token token;
    pole_status status = pole_text_in_new(source, POLE_ENCODING_UTF8, NULL, &text, error);
    if (status != POLE_OK)
        return status;
    must(pole_json_reader_new(text, true, NULL, &json) == POLE_OK);
    pole_json_writer_init(&writer, out);
    bool deep = false;
    do {
        status = pole_json_next(json, &token, error);
        deep = deep || pole_json_depth(json) >= POLE_JSON_OUT_MAX_DEPTH;
        if (status != POLE_OK || deep)
            continue;
        write_token(&writer, &token);
        if (pole_json_depth(json) == 0 && token.kind != POLE_JSON_END)
            pole_json_end_line(&writer);
    } while (status == POLE_OK && token.kind != POLE_JSON_END);
    if (status != POLE_OK) {
        pole_error again;
        must(pole_json_next(json, &token, &again) == status);
        must(error->line >= 1 && error->offset_bytes <= size);
    }
    pole_json_reader_free(json);
    pole_text_in_free(text);
    if (deep)
        pole_buffer_clear(out);
    return status;
}

/* Skips over every first member or element of the top level; it must end where reading ends. */
static void skip_all(const uint8_t *data, size_t size, size_t piece, pole_status wanted)
{
    pieces from = {data, size, piece};
    const pole_byte_source source = {&from, read_piece};
    pole_text_in *text;
    pole_json_reader *json;
    pole_json_token token;
    pole_span raw;
    if (pole_text_in_new(source, POLE_ENCODING_UTF8, NULL, &text, NULL) != POLE_OK)
        return;
    must(pole_json_reader_new(text, true, NULL, &json) == POLE_OK);
    pole_status status;
    do {
        status = pole_json_next(json, &token, NULL);
        if (status == POLE_OK && token.kind != POLE_JSON_END) {
            status = pole_json_skip(json, &token, &raw, NULL);
            must(status != POLE_OK || raw.size_bytes > 0);
        }
    } while (status == POLE_OK && token.kind != POLE_JSON_END);
    must(status == wanted);
    pole_json_reader_free(json);
    pole_text_in_free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    const size_t piece = 1u + data[0] % 32u;
    pole_buffer whole;
    pole_buffer cut;
    pole_buffer again;
    pole_error whole_error = {0};
    pole_error cut_error = {0};
    pole_buffer_init(&whole, NULL);
    pole_buffer_init(&cut, NULL);
    pole_buffer_init(&again, NULL);
    const pole_status status = rewrite(data + 1, size - 1, size, &whole, &whole_error);
    must(rewrite(data + 1, size - 1, piece, &cut, &cut_error) == status);
    must(whole.size == cut.size &&
         (cut.size == 0 || memcmp(whole.bytes, cut.bytes, cut.size) == 0));
    must(whole_error.line == cut_error.line && whole_error.column == cut_error.column &&
         whole_error.offset_bytes == cut_error.offset_bytes);
    if (status == POLE_OK) {
        must(rewrite(whole.bytes, whole.size, whole.size + 1, &again, &cut_error) == POLE_OK);
        must(whole.size == again.size &&
             (again.size == 0 || memcmp(whole.bytes, again.bytes, again.size) == 0));
    }
    skip_all(data + 1, size - 1, piece, status);
    pole_buffer_free(&whole);
    pole_buffer_free(&cut);
    pole_buffer_free(&again);
    return 0;
}
