/* SPDX-License-Identifier: MIT
 *
 * Raw bytes go through one buffer (`raw`), piece by piece, into the window.
 *
 * Where text came from: in UTF-8 a byte of text is a byte of the file, but for the bad places,
 * each three bytes of text for one of the file, so the last bad place before says it. In the other
 * encodings every piece leaves a mark (where it begins, in the text and in the file), and its raw
 * bytes are kept as long as its text is in the window: decoding it once more, up to the place asked
 * for, gives the answer exactly, and costs nothing until somebody asks. */
#include "formats/text_in.h"

#include "base/status.h"
#include "formats/text_places.h"

#define CHUNK ((size_t)64 << 10)    /* read at once */
#define SNIFFED ((size_t)256 << 10) /* looked at to find the encoding */
#define PIECE ((size_t)4 << 10)     /* between two marks */

struct pole_text_in {
    pole_allocator allocator;
    pole_byte_source source;
    pole_encoding encoding;
    pole_decoder *decoder;
    pole_hasher *hasher;
    uint64_t raw_total;
    bool raw_ended;

    char *text; /* the window is text[begin..end) */
    size_t text_capacity;
    size_t begin;
    size_t end;
    uint64_t text_offset; /* of text[begin] */

    uint8_t *raw; /* raw[0..next) is kept for marks, raw[next..size) waits */
    size_t raw_capacity;
    size_t raw_next;
    size_t raw_size;
    uint64_t raw_offset; /* of raw[0] in the file */

    pole_text_places places; /* marks: not for UTF-8 */
};

static pole_status read_memory(void *context, void *bytes, size_t size, size_t *got,
                               pole_error *error)
{
    (void)error;
    pole_memory_bytes *memory = context;
    const size_t left = memory->size - memory->at;
    *got = size < left ? size : left;
    if (*got > 0)
        memcpy(bytes, memory->bytes + memory->at, *got);
    memory->at += *got;
    return POLE_OK;
}

pole_byte_source pole_byte_source_of_memory(pole_memory_bytes *memory)
{
    const pole_byte_source source = {memory, read_memory};
    return source;
}

static pole_status no_memory(pole_error *error)
{
    return pole_fail(error, POLE_NO_MEMORY, "no memory to read a table");
}

static bool grow_bytes(pole_text_in *text, void **bytes, size_t *capacity, size_t needed)
{
    return pole_grow_array(&text->allocator, bytes, capacity, needed, 1);
}

/* Reads up to `wanted` raw bytes behind those that wait. */
static pole_status read_raw(pole_text_in *text, size_t wanted, pole_error *error)
{
    void *raw = text->raw;
    if (!grow_bytes(text, &raw, &text->raw_capacity, text->raw_size + wanted))
        return no_memory(error);
    text->raw = raw;
    const size_t target = text->raw_size + wanted;
    while (text->raw_size < target && !text->raw_ended) {
        size_t got = 0;
        const pole_status status = text->source.read(
            text->source.context, text->raw + text->raw_size, target - text->raw_size, &got, error);
        if (status != POLE_OK)
            return status;
        pole_hasher_update(text->hasher, text->raw + text->raw_size, got);
        text->raw_size += got;
        text->raw_total += got;
        text->raw_ended = got == 0;
        if (got > 0 && text->raw_size >= PIECE)
            break; /* a pipe gives what it has */
    }
    return POLE_OK;
}

/* Lets go of raw bytes that no mark needs. */
static void drop_raw(pole_text_in *text)
{
    size_t needless = text->raw_next;
    if (text->places.mark_count > 0)
        needless = (size_t)(text->places.marks[0].file_offset - text->raw_offset);
    if (needless == 0)
        return;
    memmove(text->raw, text->raw + needless, text->raw_size - needless);
    text->raw_next -= needless;
    text->raw_size -= needless;
    text->raw_offset += needless;
}

/* Marks where the waiting bytes begin, unless a mark is near before. */
static bool add_mark(pole_text_in *text)
{
    const pole_text_places *places = &text->places;
    const pole_text_mark mark = {text->text_offset + (text->end - text->begin),
                                 text->raw_offset + text->raw_next};
    if (places->mark_count > 0 &&
        mark.file_offset - places->marks[places->mark_count - 1].file_offset < PIECE / 2)
        return true;
    return pole_text_places_add_mark(&text->places, mark);
}

/* Notes the NULs in the `made` bytes at the window's end, which came from raw[raw_next..]. */
static bool add_nuls(pole_text_in *text, size_t made)
{
    const char *from = text->text + text->end;
    const char *at = from;
    const char *nul;
    while ((nul = memchr(at, '\0', made - (size_t)(at - from))) != NULL) {
        pole_bad_run found = {0};
        found.text_offset = text->text_offset + (size_t)(nul - (text->text + text->begin));
        found.text_end = found.text_offset + 1;
        found.file_offset = text->raw_offset + text->raw_next + (size_t)(nul - from);
        found.file_end = found.file_offset + 1;
        found.size = 1;
        found.kind = POLE_BAD_NUL;
        if (!pole_text_places_add_bad(&text->places, &found))
            return false;
        at = nul + 1;
    }
    return true;
}

/* Puts U+FFFD for the `size` bad bytes at raw[raw_next]. There is room. */
static bool replace_bad(pole_text_in *text, size_t size)
{
    pole_bad_run found = {0};
    found.text_offset = text->text_offset + (text->end - text->begin);
    found.text_end = found.text_offset + POLE_REPLACEMENT_SIZE;
    found.file_offset = text->raw_offset + text->raw_next;
    found.file_end = found.file_offset + size;
    found.size = (uint8_t)size;
    found.kind = POLE_BAD_SEQUENCE;
    memcpy(found.bytes, text->raw + text->raw_next, size);
    memcpy(text->text + text->end, POLE_REPLACEMENT, POLE_REPLACEMENT_SIZE);
    text->end += POLE_REPLACEMENT_SIZE;
    text->raw_next += size;
    return pole_text_places_add_bad(&text->places, &found);
}

/* Decodes one piece of the waiting bytes. *progress: whether any were used. */
static pole_status decode_piece(pole_text_in *text, bool *progress, pole_error *error)
{
    const bool marked = text->encoding != POLE_ENCODING_UTF8;
    const size_t waiting = text->raw_size - text->raw_next;
    const size_t most = marked ? PIECE : CHUNK;
    const size_t piece = waiting < most ? waiting : most;
    void *grown = text->text;
    if (!grow_bytes(text, &grown, &text->text_capacity, text->end + 2 * piece + PIECE))
        return no_memory(error);
    text->text = grown;
    if (marked && !add_mark(text))
        return no_memory(error);
    size_t used;
    size_t made;
    size_t bad_size;
    pole_decode_stop stop = pole_decoder_run(
        text->decoder, text->raw + text->raw_next, piece, text->text + text->end,
        text->text_capacity - POLE_REPLACEMENT_SIZE - text->end, &used, &made, &bad_size);
    if (!add_nuls(text, made))
        return no_memory(error);
    text->end += made;
    text->raw_next += used;
    *progress = used > 0;
    /* Cut by the piece's end, not the file's: the next piece begins with it. */
    if (stop == POLE_DECODE_PARTIAL && piece == waiting && text->raw_ended) {
        stop = POLE_DECODE_BAD;
        bad_size = 1;
    }
    if (stop == POLE_DECODE_BAD) {
        if (!replace_bad(text, bad_size))
            return no_memory(error);
        *progress = true;
    }
    return POLE_OK;
}

/* Makes room at the window's end when much of the buffer lies before it. */
static void close_gap(pole_text_in *text)
{
    if (text->begin == 0)
        return;
    memmove(text->text, text->text + text->begin, text->end - text->begin);
    text->end -= text->begin;
    text->begin = 0;
}

/* Reads until `wanted` bytes more are in the window, or some are and no raw byte waits. */
static pole_status fill(pole_text_in *text, size_t wanted, pole_error *error)
{
    const size_t had = text->end - text->begin;
    for (;;) {
        bool progress = true;
        while (progress && text->raw_next < text->raw_size &&
               text->end - text->begin < had + wanted) {
            const pole_status status = decode_piece(text, &progress, error);
            if (status != POLE_OK)
                return status;
        }
        if (text->end - text->begin > had || (text->raw_ended && text->raw_next == text->raw_size))
            return POLE_OK;
        drop_raw(text);
        const pole_status status = read_raw(text, wanted, error);
        if (status != POLE_OK)
            return status;
    }
}

/* Finds or checks the encoding by the first bytes, and steps over a byte order mark. */
static pole_status begin_text(pole_text_in *text, pole_encoding asked, pole_error *error)
{
    const size_t wanted = asked == POLE_ENCODING_SNIFF ? SNIFFED : POLE_BOM_MAX_SIZE;
    while (text->raw_size < wanted && !text->raw_ended) {
        const pole_status status = read_raw(text, SNIFFED - text->raw_size, error);
        if (status != POLE_OK)
            return status;
    }
    size_t bom_size;
    const pole_encoding marked = pole_encoding_by_mark(text->raw, text->raw_size, &bom_size);
    if (asked == POLE_ENCODING_SNIFF) {
        const pole_status status = pole_encoding_sniff(text->raw, text->raw_size, text->raw_ended,
                                                       &text->allocator, &asked, &bom_size, error);
        if (status != POLE_OK)
            return status;
    } else if (bom_size > 0 && marked != asked) {
        return pole_fail(error, POLE_BAD_INPUT,
                         "the text begins with the byte order mark of %s, and %s was given",
                         pole_encoding_name(marked), pole_encoding_name(asked));
    }
    text->encoding = asked;
    text->raw_next = bom_size;
    text->places.base.file_offset = bom_size;
    return pole_decoder_new(asked, &text->allocator, &text->decoder, error);
}

pole_status pole_text_in_new(pole_byte_source bytes, pole_encoding encoding,
                             const pole_allocator *allocator, pole_text_in **text,
                             pole_error *error)
{
    *text = NULL;
    const pole_allocator memory = pole_allocator_or_default(allocator);
    pole_text_in *made = pole_allocate_zeroed(&memory, 1, sizeof *made);
    if (!made)
        return no_memory(error);
    made->allocator = memory;
    made->places.allocator = memory;
    made->source = bytes;
    made->hasher = pole_hasher_new(&memory);
    const pole_status status = made->hasher ? begin_text(made, encoding, error) : no_memory(error);
    if (status != POLE_OK) {
        pole_text_in_free(made);
        return status;
    }
    *text = made;
    return POLE_OK;
}

void pole_text_in_free(pole_text_in *text)
{
    if (!text)
        return;
    const pole_allocator memory = text->allocator;
    pole_decoder_free(text->decoder);
    if (text->hasher)
        pole_hasher_free(text->hasher);
    pole_release(&memory, text->text);
    pole_release(&memory, text->raw);
    pole_text_places_free(&text->places);
    pole_release(&memory, text);
}

pole_encoding pole_text_in_encoding(const pole_text_in *text)
{
    return text->encoding;
}

pole_text_window pole_text_in_window(const pole_text_in *text)
{
    const pole_text_window window = {text->text ? text->text + text->begin : "",
                                     text->end - text->begin, text->text_offset,
                                     text->raw_ended && text->raw_next == text->raw_size};
    return window;
}

pole_status pole_text_in_advance(pole_text_in *text, size_t consumed, pole_text_window *window,
                                 pole_error *error)
{
    text->begin += consumed;
    text->text_offset += consumed;
    pole_text_places_drop(&text->places, text->text_offset);
    close_gap(text);
    /* As much again as is kept: a window that must grow does so in few steps. */
    const size_t kept = text->end - text->begin;
    const pole_status status = fill(text, kept > CHUNK ? kept : CHUNK, error);
    if (status != POLE_OK) {
        text->end = text->begin;
        text->raw_size = text->raw_next;
        text->raw_ended = true;
    }
    *window = pole_text_in_window(text);
    return status;
}

bool pole_text_in_bad_between(const pole_text_in *text, uint64_t from, uint64_t to,
                              pole_bad_place *place)
{
    const pole_bad_run *run = pole_text_places_bad(&text->places, from, to);
    if (!run)
        return false;
    place->kind = run->kind;
    place->size = 0;
    place->text_offset = from;
    if (run->text_offset >= from) {
        place->text_offset = run->text_offset;
        place->size = run->size;
        memcpy(place->bytes, run->bytes, sizeof place->bytes);
    }
    place->file_offset = pole_text_in_file_offset(text, place->text_offset);
    return true;
}

uint64_t pole_text_in_file_offset(const pole_text_in *text, uint64_t text_offset)
{
    if (text->encoding == POLE_ENCODING_UTF8)
        return pole_text_places_in_utf8(&text->places, text_offset);
    const pole_text_mark *mark = pole_text_places_mark(&text->places, text_offset);
    if (!mark)
        return text->raw_offset + text->raw_next;
    size_t at = (size_t)(mark->file_offset - text->raw_offset);
    uint64_t left = text_offset - mark->text_offset;
    char scratch[1024];
    while (left > 0 && at < text->raw_size) {
        size_t used;
        size_t made;
        size_t bad_size;
        const size_t room = left < sizeof scratch ? (size_t)left : sizeof scratch;
        const pole_decode_stop stop =
            pole_decoder_run(text->decoder, text->raw + at, text->raw_size - at, scratch, room,
                             &used, &made, &bad_size);
        at += used;
        left -= made;
        if (stop == POLE_DECODE_PARTIAL)
            bad_size = 1; /* the end of the file, as decode_piece() took it */
        if (stop != POLE_DECODE_BAD && stop != POLE_DECODE_PARTIAL) {
            if (used == 0)
                break; /* the offset is inside a character: its beginning */
            continue;
        }
        if (left < POLE_REPLACEMENT_SIZE)
            break;
        left -= POLE_REPLACEMENT_SIZE;
        at += bad_size;
    }
    return text->raw_offset + at;
}

uint64_t pole_text_in_raw_size(const pole_text_in *text)
{
    return text->raw_total;
}

pole_hash128 pole_text_in_raw_hash(const pole_text_in *text)
{
    return pole_hasher_value(text->hasher);
}
