/* SPDX-License-Identifier: MIT
 *
 * Any bytes in any encoding: the text is always well-formed UTF-8, the same however the bytes come,
 * its places in the file never fall, and clean text goes back to the same bytes. The first byte
 * chooses the encoding, the second the pieces. */
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "formats/text_in.h"

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

/* The places of the window's characters, in order and within the file. */
static void check_places(const pole_text_in *text, size_t file_size, uint64_t *last, bool *clean)
{
    const pole_text_window window = pole_text_in_window(text);
    for (size_t at = 0; at < window.size;) {
        const uint64_t place = pole_text_in_file_offset(text, window.offset + at);
        must(place >= *last && place < file_size);
        *last = place;
        const size_t before = at;
        must(pole_utf8_next(window.data, window.size, &at) != POLE_UTF8_BAD);
        pole_bad_place bad;
        if (!pole_text_in_bad_between(text, window.offset + before, window.offset + at, &bad))
            continue;
        must(bad.file_offset == place && bad.text_offset == window.offset + before);
        *clean = *clean && bad.kind == POLE_BAD_NUL;
    }
}

static pole_status read_all(const uint8_t *data, size_t size, size_t piece, pole_encoding encoding,
                            pole_buffer *out, bool *clean, pole_encoding *used)
{
    pieces from = {data, size, piece};
    const pole_byte_source source = {&from, read_piece};
    pole_text_in *text;
    pole_text_window window;
    uint64_t last = 0;
    const pole_status status = pole_text_in_new(source, encoding, NULL, &text, NULL);
    if (status != POLE_OK)
        return status;
    size_t consumed = 0;
    *clean = true;
    *used = pole_text_in_encoding(text);
    do {
        must(pole_text_in_advance(text, consumed, &window, NULL) == POLE_OK);
        must(window.offset == out->size);
        check_places(text, size, &last, clean);
        pole_buffer_append(out, window.data, window.size);
        consumed = window.size;
    } while (!window.at_end);
    must(pole_text_in_file_offset(text, out->size) == size);
    must(pole_text_in_raw_size(text) == size);
    pole_text_in_free(text);
    return POLE_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    pole_buffer whole;
    pole_buffer cut;
    pole_buffer encoded;
    pole_encoding used;
    bool clean;
    if (size < 2 || size > 4096)
        return 0;
    const pole_encoding asked = (pole_encoding)(data[0] % (POLE_ENCODING_GB18030 + 1));
    const uint8_t *bytes = data + 2;
    pole_buffer_init(&whole, NULL);
    pole_buffer_init(&cut, NULL);
    pole_buffer_init(&encoded, NULL);
    const pole_status status = read_all(bytes, size - 2, size, asked, &whole, &clean, &used);
    must(read_all(bytes, size - 2, 1u + data[1] % 16u, asked, &cut, &clean, &used) == status);
    must(whole.size == cut.size &&
         (cut.size == 0 || memcmp(whole.bytes, cut.bytes, cut.size) == 0));
    size_t mark_size = 0;
    (void)pole_encoding_by_mark(bytes, size - 2, &mark_size);
    const pole_span text = {(const char *)whole.bytes, whole.size};
    if (status == POLE_OK && clean && pole_encode(used, text, &encoded, NULL) == POLE_OK)
        must(encoded.size == size - 2 - mark_size &&
             (encoded.size == 0 || memcmp(encoded.bytes, bytes + mark_size, encoded.size) == 0));
    pole_buffer_free(&whole);
    pole_buffer_free(&cut);
    pole_buffer_free(&encoded);
    return 0;
}
