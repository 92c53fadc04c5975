/* SPDX-License-Identifier: MIT
 * See emit.h: what is common to all forms. */
#include "bulk/emit.h"

#include "base/utf8.h"

pole_status pole_emitter_init(pole_emitter *emitter, const pole_emission *how,
                              const pole_allocator *allocator, pole_error *error)
{
    memset(emitter, 0, sizeof *emitter);
    emitter->how = how;
    pole_buffer_init(&emitter->text, allocator);
    pole_buffer_init(&emitter->shadow, allocator);
    const pole_status status = pole_csv_reader_new(how->dialect, allocator, &emitter->csv);
    return status == POLE_OK ? pole_cell_reader_init(&emitter->cells, how->from, how->dialect,
                                                     how->unit, allocator, error)
                             : status;
}

void pole_emitter_free(pole_emitter *emitter)
{
    pole_buffer_free(&emitter->text);
    pole_buffer_free(&emitter->shadow);
    pole_csv_reader_free(emitter->csv);
    pole_cell_reader_free(&emitter->cells);
}

pole_span pole_emit_scan(pole_emitter *emitter, const pole_log_row *row)
{
    pole_span text = {(const char *)row->raw, row->raw_size};
    if (emitter->how->needs_shadow &&
        !pole_shadow_text(emitter->how->from, row->raw, row->raw_size, &emitter->shadow, &text))
        return (pole_span){NULL, 0};
    return text;
}

bool pole_emit_whole(pole_emitter *emitter, const uint8_t *raw, size_t size, size_t *whole)
{
    const pole_emission *how = emitter->how;
    *whole = size;
    if (how->from == how->to)
        return true;
    if (emitter->cells.decoder == NULL) {
        *whole = pole_utf8_cut((const char *)raw, size);
        return true;
    }
    pole_buffer_clear(&emitter->text);
    for (size_t at = 0; at < size;) {
        size_t used, made, bad_size = 1;
        const size_t room = (size - at) * 2 + 16;
        uint8_t *to = pole_buffer_extend(&emitter->text, room);
        if (to == NULL)
            return false;
        const pole_decode_stop stop = pole_decoder_run(emitter->cells.decoder, raw + at, size - at,
                                                       (char *)to, room, &used, &made, &bad_size);
        pole_buffer_clear(&emitter->text);
        at += used;
        if (stop == POLE_DECODE_PARTIAL) {
            *whole = at;
            return true;
        }
        at += stop == POLE_DECODE_BAD ? bad_size : 0;
    }
    return true;
}

bool pole_emit_encoded(pole_encoding encoding, pole_span text, pole_buffer *out)
{
    while (text.size_bytes > 0) {
        pole_error error;
        const size_t before = out->size;
        if (encoding == POLE_ENCODING_UTF8) {
            pole_buffer_append(out, text.data, text.size_bytes);
            return !out->failed;
        }
        if (pole_encode(encoding, text, out, &error) == POLE_OK)
            return true;
        if (error.status != POLE_BAD_INPUT || error.offset_bytes >= text.size_bytes)
            return false;
        /* Ill-formed, or one of the 24 characters that GB18030 has no place for. */
        const size_t good = (size_t)error.offset_bytes;
        size_t bad = 1;
        while (good + bad < text.size_bytes && ((uint8_t)text.data[good + bad] & 0xC0) == 0x80)
            bad++;
        out->size = before;
        if (pole_encode(encoding, (pole_span){text.data, good}, out, &error) != POLE_OK ||
            pole_encode(encoding, (pole_span){"\xEF\xBF\xBD", 3}, out, &error) != POLE_OK)
            return false;
        text.data += good + bad;
        text.size_bytes -= good + bad;
    }
    return true;
}
