/* SPDX-License-Identifier: MIT
 *
 * One pass over a record: sixteen bytes at a time are compared with the three bytes that matter
 * (delimiter, LF, CR; inside quotes: quote, LF, CR), and only those are looked at. A record that
 * the text cuts off is scanned again from its beginning when there is more, so that nothing but
 * the line number lives between two calls. */
#include "formats/csv_in.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#define BLOCK ((size_t)16)

/* Where an over-long record stands, read byte by byte to its end. */
typedef enum { AT_CELL_START, IN_PLAIN, IN_QUOTED, AFTER_QUOTE } skip_state;

typedef struct {
    bool active;
    skip_state state;
    char before;    /* the last byte */
    uint64_t lines; /* line ends inside it so far */
    uint64_t size_bytes;
} record_skip;

struct pole_csv_reader {
    pole_allocator allocator;
    char delimiter;
    int quote;     /* -1: none */
    uint64_t line; /* of the next record */
    pole_csv_cell *cells;
    size_t cell_capacity;
    size_t cell_count;
    uint32_t *dirty; /* cells whose text is not one piece of the input, by number */
    size_t dirty_capacity;
    size_t dirty_count;
    pole_buffer unquoted; /* the text of those */
    record_skip skip;
};

/* A scan for one of three bytes. Bits of mask are hits at block + 0 to 15 not yet told. */
typedef struct {
    const char *text;
    size_t size;
    size_t block;
    uint32_t mask;
    char wanted;
} byte_scan;

#if defined(__SSE2__)

static inline uint32_t block_mask(const char *bytes, char wanted)
{
    const __m128i block = _mm_loadu_si128((const __m128i *)(const void *)bytes);
    const __m128i hits = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(block, _mm_set1_epi8(wanted)),
                                                   _mm_cmpeq_epi8(block, _mm_set1_epi8('\n'))),
                                      _mm_cmpeq_epi8(block, _mm_set1_epi8('\r')));
    return (uint32_t)_mm_movemask_epi8(hits);
}

#else

/* 0x80 in each byte of word that equals byte; exact, no carry crosses bytes. */
static inline uint64_t equal_bytes(uint64_t word, char byte)
{
    const uint64_t low7 = 0x7F7F7F7F7F7F7F7Fu;
    const uint64_t x = word ^ (0x0101010101010101u * (unsigned char)byte);
    return ~(((x & low7) + low7) | x | low7);
}

static inline uint32_t block_mask(const char *bytes, char wanted)
{
    uint32_t mask = 0;
    for (unsigned half = 0; half < 2; half++) {
        uint64_t word = 0;
        for (unsigned i = 0; i < 8; i++)
            word |= (uint64_t)(unsigned char)bytes[8 * half + i] << (8 * i);
        const uint64_t hits =
            equal_bytes(word, wanted) | equal_bytes(word, '\n') | equal_bytes(word, '\r');
        /* Gathers the eight high bits into the top byte. */
        mask |= (uint32_t)(((hits >> 7) * 0x0102040810204080u) >> 56) << (8 * half);
    }
    return mask;
}

#endif

static inline void load_block(byte_scan *scan)
{
    const size_t left = scan->size - scan->block;
    if (left >= BLOCK) {
        scan->mask = block_mask(scan->text + scan->block, scan->wanted);
    } else {
        char tail[BLOCK] = {0};
        memcpy(tail, scan->text + scan->block, left);
        scan->mask = block_mask(tail, scan->wanted) & ((1u << left) - 1);
    }
}

static inline byte_scan scan_from(const char *text, size_t size, size_t at, char wanted)
{
    byte_scan scan = {text, size, at, 0, wanted};
    load_block(&scan);
    return scan;
}

/* The place of the next hit, or the text's size. */
static inline size_t next_hit(byte_scan *scan)
{
    while (scan->mask == 0) {
        if (scan->size - scan->block <= BLOCK)
            return scan->size;
        scan->block += BLOCK;
        load_block(scan);
    }
    const size_t at = scan->block + (size_t)__builtin_ctz(scan->mask);
    scan->mask &= scan->mask - 1;
    return at;
}

pole_status pole_csv_reader_new(pole_dialect dialect, const pole_allocator *allocator,
                                pole_csv_reader **reader)
{
    *reader = NULL;
    const pole_allocator memory = pole_allocator_or_default(allocator);
    pole_csv_reader *made = pole_allocate_zeroed(&memory, 1, sizeof *made);
    if (!made)
        return POLE_NO_MEMORY;
    made->allocator = memory;
    made->delimiter = dialect.delimiter;
    made->quote = dialect.quote == '\0' ? -1 : (unsigned char)dialect.quote;
    made->line = 1;
    pole_buffer_init(&made->unquoted, &memory);
    *reader = made;
    return POLE_OK;
}

void pole_csv_reader_free(pole_csv_reader *reader)
{
    if (!reader)
        return;
    const pole_allocator memory = reader->allocator;
    pole_buffer_free(&reader->unquoted);
    pole_release(&memory, reader->cells);
    pole_release(&memory, reader->dirty);
    pole_release(&memory, reader);
}

void pole_csv_reader_restart(pole_csv_reader *reader, uint64_t first_line)
{
    reader->line = first_line;
    reader->skip.active = false;
}

/* How a scan of a record ended. */
typedef enum { SCAN_DONE, SCAN_CUT, SCAN_TOO_MANY, SCAN_MEMORY } scan_result;

/* A record being scanned. */
typedef struct {
    const char *text;
    size_t size;
    bool last;
    uint64_t lines; /* line ends inside quoted cells */
    uint32_t faults;
    uint32_t fault_cell;
    size_t end;  /* before the line end */
    size_t used; /* behind it */
} record_scan;

static void add_fault(record_scan *record, uint32_t fault, size_t cell)
{
    if (record->faults == 0)
        record->fault_cell = (uint32_t)cell;
    record->faults |= fault;
}

static bool add_dirty(pole_csv_reader *reader)
{
    void *dirty = reader->dirty;
    if (!pole_grow_array(&reader->allocator, &dirty, &reader->dirty_capacity,
                         reader->dirty_count + 1, sizeof *reader->dirty))
        return false;
    reader->dirty = dirty;
    reader->dirty[reader->dirty_count++] = (uint32_t)reader->cell_count;
    return true;
}

/* The quoted cell that begins at `at`; *stop: the delimiter or line end behind it, or the size. */
static scan_result scan_quoted(pole_csv_reader *reader, record_scan *record, size_t at,
                               size_t *stop)
{
    const char *text = record->text;
    const char quote = (char)reader->quote;
    byte_scan scan = scan_from(text, record->size, at + 1, quote);
    bool whole = true; /* the text is one piece */
    size_t close;
    for (;;) {
        close = next_hit(&scan);
        if (close == record->size)
            break;
        if (text[close] == quote) {
            if (close + 1 == record->size || text[close + 1] != quote)
                break;
            whole = false;
            (void)next_hit(&scan);
        } else {
            record->lines += text[close] == '\r' || text[close - 1] != '\r';
        }
    }
    if (!record->last && (close == record->size || close + 1 == record->size))
        return SCAN_CUT;
    *stop = record->size;
    if (close == record->size) {
        add_fault(record, POLE_CSV_UNCLOSED_QUOTE, reader->cell_count);
    } else if (close + 1 < record->size) {
        byte_scan behind = scan_from(text, record->size, close + 1, reader->delimiter);
        *stop = next_hit(&behind);
        if (*stop != close + 1) {
            add_fault(record, POLE_CSV_TEXT_AFTER_QUOTE, reader->cell_count);
            whole = false;
        }
    }
    pole_csv_cell *cell = &reader->cells[reader->cell_count];
    cell->text.data = text + at + 1;
    cell->text.size_bytes = close - at - 1;
    if (whole)
        return SCAN_DONE;
    cell->text.size_bytes = *stop - at - 1;
    return add_dirty(reader) ? SCAN_DONE : SCAN_MEMORY;
}

/* The line end at record->end; false when it may be half of a CRLF that the text cuts. */
static bool pass_line_end(record_scan *record)
{
    record->used = record->end + 1;
    if (record->text[record->end] == '\n')
        return true;
    if (record->used == record->size)
        return record->last;
    record->used += record->text[record->used] == '\n';
    return true;
}

/* The record that begins the text: its cells as they stand, its end. */
static scan_result scan_record(pole_csv_reader *reader, record_scan *record)
{
    const char *text = record->text;
    const char delimiter = reader->delimiter;
    byte_scan scan = scan_from(text, record->size, 0, delimiter);
    size_t at = 0;
    reader->cell_count = 0;
    reader->dirty_count = 0;
    for (;;) {
        if (reader->cell_count == reader->cell_capacity) {
            void *cells = reader->cells;
            if (reader->cell_count == POLE_CSV_MAX_CELLS)
                return SCAN_TOO_MANY;
            if (!pole_grow_array(&reader->allocator, &cells, &reader->cell_capacity,
                                 reader->cell_count + 1, sizeof *reader->cells))
                return SCAN_MEMORY;
            reader->cells = cells;
        }
        pole_csv_cell *cell = &reader->cells[reader->cell_count];
        size_t stop;
        cell->start = (uint32_t)at;
        if (at < record->size && (unsigned char)text[at] == reader->quote) {
            const scan_result result = scan_quoted(reader, record, at, &stop);
            if (result != SCAN_DONE)
                return result;
            if (stop < record->size) {
                scan = scan_from(text, record->size, stop, delimiter);
                (void)next_hit(&scan);
            }
        } else {
            stop = next_hit(&scan);
            cell->text.data = text + at;
            cell->text.size_bytes = stop - at;
        }
        reader->cell_count++;
        record->end = stop;
        record->used = stop;
        if (stop == record->size)
            return record->last ? SCAN_DONE : SCAN_CUT;
        if (text[stop] != delimiter)
            return pass_line_end(record) ? SCAN_DONE : SCAN_CUT;
        at = stop + 1;
    }
}

/* Appends the text of a quoted cell, given without its opening quote: doubled quotes are one, the
 * closing quote goes, what follows it stays. */
static void unquote(pole_buffer *out, pole_span raw, char quote)
{
    size_t at = 0;
    while (at < raw.size_bytes) {
        const char *found = memchr(raw.data + at, quote, raw.size_bytes - at);
        if (!found)
            break;
        const size_t place = (size_t)(found - raw.data);
        pole_buffer_append(out, raw.data + at, place - at);
        at = place + 1;
        if (at == raw.size_bytes || raw.data[at] != quote)
            break; /* the closing one */
        pole_buffer_append_byte(out, (uint8_t)quote);
        at++;
    }
    pole_buffer_append(out, raw.data ? raw.data + at : NULL, raw.size_bytes - at);
}

/* Gives the dirty cells their text. The room is reserved first, so that no text moves. */
static bool clean_cells(pole_csv_reader *reader)
{
    size_t needed = 0;
    for (size_t i = 0; i < reader->dirty_count; i++)
        needed += reader->cells[reader->dirty[i]].text.size_bytes;
    pole_buffer *out = &reader->unquoted;
    pole_buffer_clear(out);
    if (!pole_buffer_extend(out, needed))
        return false;
    pole_buffer_clear(out);
    for (size_t i = 0; i < reader->dirty_count; i++) {
        pole_span *text = &reader->cells[reader->dirty[i]].text;
        const size_t before = out->size;
        unquote(out, *text, (char)reader->quote);
        text->data = (const char *)out->bytes + before;
        text->size_bytes = out->size - before;
    }
    return !out->failed;
}

/* Moves an over-long record on by one byte; true when the record ends before that byte. */
static bool skip_byte(const pole_csv_reader *reader, record_skip *skip, char byte)
{
    const bool line_end = byte == '\n' || byte == '\r';
    if (skip->state == IN_QUOTED) {
        skip->lines += byte == '\r' || (byte == '\n' && skip->before != '\r');
        if ((unsigned char)byte == reader->quote)
            skip->state = AFTER_QUOTE;
    } else if ((unsigned char)byte == reader->quote &&
               (skip->state == AT_CELL_START || skip->state == AFTER_QUOTE)) {
        skip->state = IN_QUOTED;
    } else if (line_end) {
        return true;
    } else {
        skip->state = byte == reader->delimiter ? AT_CELL_START : IN_PLAIN;
    }
    skip->before = byte;
    return false;
}

/* The record's lines, given the line ends inside it and its last byte. */
static void number_lines(pole_csv_reader *reader, pole_csv_record *record, uint64_t line_ends,
                         char last_byte)
{
    record->line = reader->line;
    record->line_end = reader->line + line_ends;
    reader->line = record->line_end + 1;
    /* The line end that closes a text inside quotes is still of the line before it. */
    if ((record->faults & POLE_CSV_UNCLOSED_QUOTE) && line_ends > 0 &&
        (last_byte == '\n' || last_byte == '\r'))
        record->line_end--;
}

/* Goes on with an over-long record: to its end, or through all of the text. */
static pole_csv_result skip_on(pole_csv_reader *reader, record_scan *record, pole_csv_record *out)
{
    record_skip *skip = &reader->skip;
    size_t at = 0;
    if (!skip->active) {
        memset(skip, 0, sizeof *skip);
        skip->active = true;
    }
    while (at < record->size && !skip_byte(reader, skip, record->text[at]))
        at++;
    skip->size_bytes += at;
    record->used = at;
    record->end = at;
    if (at == record->size && !record->last)
        return POLE_CSV_MORE;
    if (at < record->size && !pass_line_end(record)) {
        record->used = at; /* a CR ends the text: come again with the byte behind it */
        return POLE_CSV_MORE;
    }
    memset(out, 0, sizeof *out);
    out->faults = POLE_CSV_TOO_LONG;
    if (skip->state == IN_QUOTED && at == record->size)
        out->faults |= POLE_CSV_UNCLOSED_QUOTE;
    out->size_bytes = skip->size_bytes;
    number_lines(reader, out, skip->lines, skip->before);
    skip->active = false;
    return POLE_CSV_RECORD;
}

pole_csv_result pole_csv_next(pole_csv_reader *reader, const char *text, size_t size, bool last,
                              size_t *used, pole_csv_record *record)
{
    /* No more is looked at than a record may hold, and a line end. */
    const size_t most = POLE_CSV_MAX_RECORD_BYTES + 2;
    record_scan scan = {text, size < most ? size : most, last && size <= most, 0, 0, 0, 0, 0};
    *used = 0;
    if (!reader->skip.active) {
        if (size == 0)
            return last ? POLE_CSV_END : POLE_CSV_MORE;
        const scan_result result = scan_record(reader, &scan);
        if (result == SCAN_MEMORY)
            return POLE_CSV_MEMORY;
        if (result == SCAN_CUT && size < most)
            return POLE_CSV_MORE;
        if (result == SCAN_DONE && scan.end <= POLE_CSV_MAX_RECORD_BYTES) {
            if (reader->dirty_count > 0 && !clean_cells(reader))
                return POLE_CSV_MEMORY;
            const bool empty = scan.end == 0;
            record->cells = reader->cells;
            record->cell_count = empty ? 0 : reader->cell_count;
            record->size_bytes = scan.end;
            record->faults = scan.faults;
            record->fault_cell = scan.fault_cell;
            number_lines(reader, record, scan.lines, empty ? '\0' : text[scan.end - 1]);
            *used = scan.used;
            return POLE_CSV_RECORD;
        }
    }
    record_scan all = {text, size, last, 0, 0, 0, 0, 0};
    const pole_csv_result skipped = skip_on(reader, &all, record);
    *used = all.used;
    return skipped;
}
