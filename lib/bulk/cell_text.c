/* SPDX-License-Identifier: MIT
 * See cell_text.h. */
#include "bulk/cell_text.h"

#define CHUNK_BYTES ((size_t)16 << 10)

typedef struct pole_cell_chunk {
    struct pole_cell_chunk *next;
    size_t used, size;
    char bytes[];
} pole_cell_chunk;

pole_status pole_cell_reader_init(pole_cell_reader *cells, pole_encoding encoding,
                                  pole_dialect dialect, unsigned unit,
                                  const pole_allocator *allocator, pole_error *error)
{
    memset(cells, 0, sizeof *cells);
    cells->allocator = *allocator;
    cells->unit = unit;
    pole_buffer_init(&cells->decoded, allocator);
    if (encoding == POLE_ENCODING_UTF8)
        return POLE_OK;
    pole_status status = pole_decoder_new(encoding, allocator, &cells->decoder, error);
    if (status == POLE_OK)
        status = pole_csv_reader_new(dialect, allocator, &cells->csv);
    return status;
}

void pole_cell_reader_free(pole_cell_reader *cells)
{
    pole_decoder_free(cells->decoder);
    pole_csv_reader_free(cells->csv);
    pole_buffer_free(&cells->decoded);
    while (cells->chunks) {
        pole_cell_chunk *chunk = cells->chunks;
        cells->chunks = chunk->next;
        pole_release(&cells->allocator, chunk);
    }
}

void pole_cell_reader_clear(pole_cell_reader *cells)
{
    while (cells->chunks && cells->chunks->next) {
        pole_cell_chunk *chunk = cells->chunks;
        cells->chunks = chunk->next;
        pole_release(&cells->allocator, chunk);
    }
    if (cells->chunks)
        cells->chunks->used = 0;
}

char *pole_cell_room(pole_cell_reader *cells, size_t size)
{
    pole_cell_chunk *chunk = cells->chunks;
    if (chunk == NULL || chunk->size - chunk->used < size) {
        const size_t room = size > CHUNK_BYTES ? size : CHUNK_BYTES;
        if (room > SIZE_MAX / 2)
            return NULL;
        chunk = pole_allocate_array(&cells->allocator, 1, sizeof *chunk + room);
        if (chunk == NULL)
            return NULL;
        *chunk = (pole_cell_chunk){cells->chunks, 0, room};
        cells->chunks = chunk;
    }
    char *bytes = chunk->bytes + chunk->used;
    chunk->used += size;
    return bytes;
}

bool pole_cell_keep(pole_cell_reader *cells, pole_span *text)
{
    char *kept = pole_cell_room(cells, text->size_bytes);
    if (kept == NULL)
        return false;
    if (text->size_bytes > 0)
        memcpy(kept, text->data, text->size_bytes);
    text->data = kept;
    return true;
}

bool pole_cell_decode(pole_cell_reader *cells, const uint8_t *raw, size_t size, pole_buffer *out)
{
    size_t at = 0;
    if (cells->decoder == NULL) {
        pole_buffer_append(out, raw, size);
        return !out->failed;
    }
    while (at < size) {
        size_t used, made, bad_size = 1;
        const size_t before = out->size, room = (size - at) * 2 + 16;
        uint8_t *to = pole_buffer_extend(out, room);
        if (to == NULL)
            return false;
        const pole_decode_stop stop = pole_decoder_run(cells->decoder, raw + at, size - at,
                                                       (char *)to, room, &used, &made, &bad_size);
        out->size = before + made;
        at += used;
        if (stop == POLE_DECODE_BAD || stop == POLE_DECODE_PARTIAL) {
            pole_buffer_append_text(out, "\xEF\xBF\xBD");
            at += stop == POLE_DECODE_BAD ? bad_size : size - at;
        }
    }
    return !out->failed;
}

bool pole_cell_text(pole_cell_reader *cells, const uint8_t *raw, const pole_csv_record *record,
                    size_t cell, size_t most_bytes, pole_span *text)
{
    const pole_csv_cell *found = record->cells + cell;
    *text = found->text;
    if (cells->decoder == NULL) {
        const uintptr_t begin = (uintptr_t)raw, at = (uintptr_t)text->data;
        if (at >= begin && at <= begin + record->size_bytes)
            return true;
        if (text->size_bytes > most_bytes)
            text->size_bytes = most_bytes;
        return pole_cell_keep(cells, text);
    }
    /* A byte of the encodings makes at least a quarter of one of UTF-8. */
    size_t size = (pole_cell_end(record, cell) - found->start) * cells->unit;
    if (most_bytes < SIZE_MAX / 8 && size > 4 * (most_bytes + 8))
        size = 4 * (most_bytes + 8);
    pole_buffer_clear(&cells->decoded);
    if (!pole_cell_decode(cells, raw + (size_t)found->start * cells->unit, size, &cells->decoded))
        return false;
    pole_csv_record alone;
    size_t used;
    *text = (pole_span){(const char *)cells->decoded.bytes, cells->decoded.size};
    if (text->size_bytes > 0) {
        pole_csv_reader_restart(cells->csv, 1);
        if (pole_csv_next(cells->csv, text->data, text->size_bytes, true, &used, &alone) ==
            POLE_CSV_MEMORY)
            return false;
        if (alone.cell_count > 0)
            *text = alone.cells[0].text;
    }
    return pole_cell_keep(cells, text);
}
