/* SPDX-License-Identifier: MIT
 * See blocks.h. */
#include "bulk/blocks.h"

#include "base/status.h"

#define FIRST_BYTES ((size_t)256 << 10)
/* A record's bytes, in the widest encoding, its line end, and whether more follows. */
#define MOST_REST (2 * POLE_RECORD_MAX_BYTES + 16)

void pole_block_init(pole_block *block, const pole_allocator *allocator)
{
    memset(block, 0, sizeof *block);
    pole_buffer_init(&block->raw, allocator);
    pole_buffer_init(&block->shadow, allocator);
}

void pole_block_free(pole_block *block)
{
    pole_buffer_free(&block->raw);
    pole_buffer_free(&block->shadow);
}

pole_status pole_blocks_init(pole_blocks *blocks, const pole_reader *reader,
                             const pole_allocator *allocator)
{
    memset(blocks, 0, sizeof *blocks);
    blocks->allocator = pole_allocator_or_default(allocator);
    blocks->reader = reader;
    blocks->dialect = POLE_DIALECT_SNIFF;
    blocks->unit = 1;
    pole_buffer_init(&blocks->rest, &blocks->allocator);
    pole_buffer_init(&blocks->shadow, &blocks->allocator);
    blocks->hasher = pole_hasher_new(&blocks->allocator);
    return blocks->hasher ? POLE_OK : POLE_NO_MEMORY;
}

void pole_blocks_free(pole_blocks *blocks)
{
    pole_buffer_free(&blocks->rest);
    pole_buffer_free(&blocks->shadow);
    pole_csv_reader_free(blocks->csv);
    pole_hasher_free(blocks->hasher);
}

/* Reads until `wanted` bytes are at hand, or the input ends. */
static pole_status fill(pole_blocks *blocks, size_t wanted)
{
    pole_buffer *rest = &blocks->rest;
    while (!blocks->at_end && rest->size < wanted) {
        const size_t before = rest->size, room = wanted - before;
        size_t got = 0;
        uint8_t *to = pole_buffer_extend(rest, room);
        if (to == NULL)
            return POLE_NO_MEMORY;
        const pole_status status = blocks->reader->read(blocks->reader->context, to, room, &got);
        rest->size = before + (got <= room ? got : 0);
        if (status != POLE_OK)
            return status;
        blocks->at_end = got == 0;
    }
    if (blocks->at_end && blocks->unit == 2 && rest->size % 2 == 1) {
        blocks->odd_byte = rest->bytes[--rest->size];
        blocks->has_odd_byte = true;
    }
    return POLE_OK;
}

/* Each unit of UTF-16 to a byte: its own, or one that is no delimiter. */
static void shadow_utf16(pole_encoding encoding, const uint8_t *raw, size_t units, uint8_t *shadow)
{
    const unsigned low = encoding == POLE_ENCODING_UTF16BE, high = 1 - low;
    for (size_t i = 0; i < units; i++) {
        const uint8_t byte = raw[2 * i + low];
        shadow[i] = raw[2 * i + high] == 0 && byte < 0x80 ? byte : 0x80;
    }
}

static bool is_lead(uint8_t byte)
{
    return byte >= 0x81 && byte <= 0xFE;
}

/* How many bytes the character of GB18030 has that begins with a lead byte: 1 where it is none. */
static size_t gb18030_size(const uint8_t *raw, size_t size)
{
    if (size < 2 || raw[1] < 0x30 || raw[1] == 0x7F || raw[1] == 0xFF)
        return 1;
    if (raw[1] >= 0x40)
        return 2;
    return size >= 4 && raw[1] <= 0x39 && is_lead(raw[2]) && raw[3] >= 0x30 && raw[3] <= 0x39 ? 4
                                                                                              : 1;
}

/* What follows the first byte of a character becomes a byte that is no delimiter. */
static void shadow_gb18030(const uint8_t *raw, size_t size, uint8_t *shadow)
{
    memcpy(shadow, raw, size);
    for (size_t i = 0; i < size; i++) {
        const size_t bytes = is_lead(raw[i]) ? gb18030_size(raw + i, size - i) : 1;
        memset(shadow + i + 1, 0x80, bytes - 1);
        i += bytes - 1;
    }
}

bool pole_shadow_text(pole_encoding encoding, const uint8_t *raw, size_t size, pole_buffer *shadow,
                      pole_span *text)
{
    const unsigned unit = encoding == POLE_ENCODING_GB18030 ? 1 : 2;
    pole_buffer_clear(shadow);
    *text = (pole_span){"", 0};
    if (size < unit)
        return true;
    uint8_t *bytes = pole_buffer_extend(shadow, size / unit);
    if (bytes == NULL)
        return false;
    if (unit == 2)
        shadow_utf16(encoding, raw, size / 2, bytes);
    else
        shadow_gb18030(raw, size, bytes);
    *text = (pole_span){(const char *)bytes, size / unit};
    return true;
}

/* The text to scan for size raw bytes. */
static bool make_text(const pole_blocks *blocks, const uint8_t *raw, size_t size,
                      pole_buffer *shadow, pole_span *text)
{
    *text = (pole_span){size > 0 ? (const char *)raw : "", size};
    return !blocks->needs_shadow || pole_shadow_text(blocks->encoding, raw, size, shadow, text);
}

/* The beginning as UTF-8, for those who must read it. */
static pole_status decode(const pole_blocks *blocks, const pole_buffer *raw, pole_buffer *text,
                          pole_error *error)
{
    pole_decoder *decoder;
    pole_status status = pole_decoder_new(blocks->encoding, &blocks->allocator, &decoder, error);
    size_t at = 0;
    while (status == POLE_OK && at < raw->size) {
        size_t used, made, bad_size;
        const size_t before = text->size, room = raw->size - at + 16;
        uint8_t *out = pole_buffer_extend(text, room);
        if (out == NULL) {
            status = POLE_NO_MEMORY;
            break;
        }
        const pole_decode_stop stop = pole_decoder_run(decoder, raw->bytes + at, raw->size - at,
                                                       (char *)out, room, &used, &made, &bad_size);
        text->size = before + made;
        at += used;
        if (stop == POLE_DECODE_BAD) {
            pole_buffer_append_byte(text, '?');
            at += bad_size;
        } else if (stop != POLE_DECODE_FULL) {
            break;
        }
    }
    pole_decoder_free(decoder);
    return status;
}

static pole_status find_dialect(pole_blocks *blocks, pole_error *error)
{
    pole_buffer text;
    pole_buffer_init(&text, &blocks->allocator);
    pole_status status = decode(blocks, &blocks->rest, &text, error);
    const pole_span span = {(const char *)text.bytes, text.size};
    if (status == POLE_OK)
        status = pole_dialect_complete(span, blocks->at_end, &blocks->allocator, &blocks->dialect,
                                       error);
    pole_buffer_free(&text);
    return status;
}

/* The input's first bytes without its mark. */
static void cut_mark(pole_blocks *blocks, size_t size)
{
    memcpy(blocks->mark, blocks->rest.bytes, size);
    blocks->mark_size = size;
    pole_hasher_update(blocks->hasher, blocks->rest.bytes, size);
    blocks->given_bytes += size;
    blocks->rest.size -= size;
    memmove(blocks->rest.bytes, blocks->rest.bytes + size, blocks->rest.size);
}

pole_status pole_blocks_begin(pole_blocks *blocks, pole_error *error)
{
    size_t mark_size = 0;
    pole_status status = fill(blocks, FIRST_BYTES);
    if (status != POLE_OK)
        return pole_fail(error, status, "the input cannot be read");
    if (blocks->encoding == POLE_ENCODING_SNIFF) {
        status = pole_encoding_sniff(blocks->rest.bytes, blocks->rest.size, blocks->at_end,
                                     &blocks->allocator, &blocks->encoding, &mark_size, error);
        if (status != POLE_OK)
            return status;
    } else if (pole_encoding_by_mark(blocks->rest.bytes, blocks->rest.size, &mark_size) !=
               blocks->encoding) {
        mark_size = 0;
    }
    if (mark_size > 0)
        cut_mark(blocks, mark_size);
    blocks->unit =
        blocks->encoding == POLE_ENCODING_UTF16LE || blocks->encoding == POLE_ENCODING_UTF16BE ? 2
                                                                                               : 1;
    status = fill(blocks, 0); /* half a unit may end it */
    if (status == POLE_OK)
        status = find_dialect(blocks, error);
    if (status != POLE_OK)
        return status;
    blocks->needs_shadow = blocks->unit == 2 || (blocks->encoding == POLE_ENCODING_GB18030 &&
                                                 blocks->dialect.delimiter >= '0');
    return pole_csv_reader_new(blocks->dialect, &blocks->allocator, &blocks->csv);
}

pole_status pole_blocks_look(pole_blocks *blocks, bool more, pole_span *text, bool *whole)
{
    if (more) {
        const pole_status status = fill(blocks, 2 * blocks->rest.size + FIRST_BYTES);
        if (status != POLE_OK)
            return status;
    }
    *whole = blocks->at_end;
    return make_text(blocks, blocks->rest.bytes, blocks->rest.size, &blocks->shadow, text)
               ? POLE_OK
               : POLE_NO_MEMORY;
}

/* The first raw bytes of the rest are on their way. */
static void give_out(pole_blocks *blocks, size_t raw_size)
{
    pole_buffer *rest = &blocks->rest;
    pole_hasher_update(blocks->hasher, rest->bytes, raw_size);
    blocks->given_bytes += raw_size;
    rest->size -= raw_size;
    if (rest->size > 0)
        memmove(rest->bytes, rest->bytes + raw_size, rest->size);
}

pole_status pole_blocks_take(pole_blocks *blocks, size_t size, pole_buffer *raw)
{
    const size_t raw_size = size * blocks->unit;
    pole_buffer_append(raw, blocks->rest.bytes, raw_size);
    give_out(blocks, raw_size);
    return raw->failed ? POLE_NO_MEMORY : POLE_OK;
}

/* Whether a record is one of the table's rows: a line without a byte is none, but where a row has
 * one cell, which is empty then. */
static bool is_row(const pole_blocks *blocks, const pole_csv_record *record)
{
    return record->cell_count > 0 || record->faults != 0 || blocks->column_count == 1;
}

/* Where the last whole record of a text ends, by its line ends: no cell is quoted. */
static size_t last_line_end(pole_span text, bool at_end)
{
    if (at_end)
        return text.size_bytes;
    for (size_t i = text.size_bytes; i > 0; i--) {
        if (text.data[i - 1] == '\n')
            return i;
        /* A CR that ends the text may be half of a CRLF. */
        if (text.data[i - 1] == '\r' && i < text.size_bytes)
            return i;
    }
    return 0;
}

/* The same record by record; *rows: how many rows they are. *is_long: the first is too long. */
static pole_status last_record_end(pole_blocks *blocks, pole_span text, size_t most, size_t *end,
                                   uint64_t *rows, bool *is_long)
{
    *end = 0;
    *rows = 0;
    pole_csv_reader_restart(blocks->csv, 1);
    while (*end < most) {
        pole_csv_record record;
        size_t used;
        const pole_csv_result result = pole_csv_next(
            blocks->csv, text.data + *end, text.size_bytes - *end, blocks->at_end, &used, &record);
        if (result == POLE_CSV_MEMORY)
            return POLE_NO_MEMORY;
        const bool too_long = (result == POLE_CSV_RECORD && (record.faults & POLE_CSV_TOO_LONG)) ||
                              (result == POLE_CSV_MORE && used > 0);
        if (too_long)
            *is_long = *end == 0;
        if (result != POLE_CSV_RECORD || too_long)
            break;
        *end += used;
        *rows += is_row(blocks, &record);
    }
    return POLE_OK;
}

static bool has_quotes(const pole_blocks *blocks, pole_span text)
{
    return blocks->dialect.quote != '\0' && text.size_bytes > 0 &&
           memchr(text.data, blocks->dialect.quote, text.size_bytes) != NULL;
}

/* How much of the text at hand is whole records, at most about `most` bytes. */
static pole_status find_cut(pole_blocks *blocks, pole_span text, size_t most, size_t *cut,
                            uint64_t *rows, bool *is_long)
{
    const pole_span first = {text.data, text.size_bytes < most ? text.size_bytes : most};
    *rows = 0;
    *is_long = false;
    if (!blocks->counts_rows && !has_quotes(blocks, first)) {
        *cut = last_line_end(first, blocks->at_end && first.size_bytes == text.size_bytes);
        if (*cut > 0)
            return POLE_OK;
    }
    return last_record_end(blocks, text, most, cut, rows, is_long);
}

/* The first raw bytes of the rest become the block's, without a copy: the two buffers change
 * places, and what is left moves to the other. False: no memory. */
static bool hand_over(pole_blocks *blocks, size_t raw_size, pole_buffer *raw)
{
    pole_buffer *rest = &blocks->rest;
    const size_t left = rest->size - raw_size;
    pole_buffer_clear(raw);
    pole_buffer_append(raw, rest->bytes + raw_size, left);
    if (raw->failed)
        return false;
    const pole_buffer given = *rest;
    *rest = *raw;
    *raw = given;
    raw->size = raw_size;
    pole_hasher_update(blocks->hasher, raw->bytes, raw_size);
    blocks->given_bytes += raw_size;
    return true;
}

pole_status pole_blocks_next(pole_blocks *blocks, pole_block *block)
{
    size_t wanted = POLE_BLOCK_BYTES * blocks->unit, cut = 0;
    uint64_t rows = 0;
    pole_span text;
    bool is_long = false;
    pole_buffer_clear(&block->raw);
    block->size = 0;
    block->is_long = false;
    for (;;) {
        pole_status status = fill(blocks, wanted);
        if (status == POLE_OK &&
            !make_text(blocks, blocks->rest.bytes, blocks->rest.size, &blocks->shadow, &text))
            status = POLE_NO_MEMORY;
        if (status == POLE_OK)
            status = find_cut(blocks, text, POLE_BLOCK_BYTES, &cut, &rows, &is_long);
        if (status != POLE_OK)
            return status;
        if (cut > 0 || is_long || blocks->rest.size == 0 || blocks->rest.size >= MOST_REST)
            break;
        /* Not by doubling: what is read too much is held as long as the record. */
        wanted = blocks->rest.size + blocks->rest.size / 8 + POLE_BLOCK_BYTES;
        if (wanted > MOST_REST)
            wanted = MOST_REST;
    }
    block->unit = blocks->unit;
    block->number = blocks->given_blocks++;
    block->first_row = blocks->given_rows;
    if (cut == 0) {
        block->is_long = blocks->rest.size > 0;
        blocks->given_rows += block->is_long;
        pole_csv_reader_restart(blocks->csv, 1);
        return POLE_OK;
    }
    blocks->given_rows += rows;
    if (!hand_over(blocks, cut * blocks->unit, &block->raw) ||
        !make_text(blocks, block->raw.bytes, block->raw.size, &block->shadow, &text))
        return POLE_NO_MEMORY;
    block->text = text.data;
    block->size = text.size_bytes;
    return POLE_OK;
}

/* The bytes of the line end that ends a text. */
static size_t line_end_size(const char *text, size_t size)
{
    if (size > 0 && text[size - 1] == '\n')
        return size > 1 && text[size - 2] == '\r' ? 2 : 1;
    return size > 0 && text[size - 1] == '\r';
}

pole_status pole_blocks_pass_long(pole_blocks *blocks, pole_block *block, bool *more,
                                  bool *unclosed, pole_buffer *line_end)
{
    pole_span text;
    pole_csv_record record;
    size_t used, end_size = 0;
    pole_buffer_clear(&block->raw);
    pole_status status = fill(blocks, blocks->rest.size + POLE_BLOCK_BYTES * blocks->unit);
    if (status == POLE_OK &&
        !make_text(blocks, blocks->rest.bytes, blocks->rest.size, &blocks->shadow, &text))
        status = POLE_NO_MEMORY;
    if (status != POLE_OK)
        return status;
    const pole_csv_result result =
        pole_csv_next(blocks->csv, text.data, text.size_bytes, blocks->at_end, &used, &record);
    if (result == POLE_CSV_MEMORY)
        return POLE_NO_MEMORY;
    *more = result == POLE_CSV_MORE;
    if (!*more) {
        *unclosed = (record.faults & POLE_CSV_UNCLOSED_QUOTE) != 0;
        end_size = *unclosed ? 0 : line_end_size(text.data, used);
    }
    const size_t unit = blocks->unit;
    pole_buffer_append(&block->raw, blocks->rest.bytes, (used - end_size) * unit);
    if (end_size > 0)
        pole_buffer_append(line_end, blocks->rest.bytes + (used - end_size) * unit,
                           end_size * unit);
    give_out(blocks, used * unit);
    return block->raw.failed || line_end->failed ? POLE_NO_MEMORY : POLE_OK;
}

pole_status pole_blocks_pass(pole_blocks *blocks, uint64_t until, uint64_t rows)
{
    while (blocks->given_bytes < until) {
        const uint64_t left = until - blocks->given_bytes;
        const pole_status status = fill(blocks, 2 * POLE_BLOCK_BYTES);
        if (status != POLE_OK)
            return status;
        if (blocks->rest.size == 0)
            return POLE_NOT_FOUND;
        give_out(blocks, left < blocks->rest.size ? (size_t)left : blocks->rest.size);
    }
    blocks->given_rows = rows;
    return blocks->given_bytes == until ? POLE_OK : POLE_NOT_FOUND;
}
