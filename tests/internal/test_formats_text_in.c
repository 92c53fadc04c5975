/* SPDX-License-Identifier: MIT
 *
 * A refused row is reported with its place in the file, whatever the encoding, and however the
 * operating system cuts the file into pieces. Texts are made here from pieces whose place is known
 * by construction, and compared character by character. */
#include <stdio.h>

#include "base/status.h"
#include "base/utf8.h"
#include "formats/text_in.h"
#include "support/test_main.h"
#include "support/test_memory.h"
#include "support/test_random.h"

static const pole_encoding encodings[] = {POLE_ENCODING_UTF8, POLE_ENCODING_UTF16LE,
                                          POLE_ENCODING_UTF16BE, POLE_ENCODING_GB18030};

/* Where a character of the text comes from. */
typedef struct {
    uint64_t text_offset;
    uint64_t file_offset;
    bool bad;
    bool nul;
} origin;

typedef struct {
    pole_buffer raw;
    pole_buffer text;
    origin *origins;
    size_t count;
    size_t capacity;
} made_text;

/* Gives bytes in pieces of random size, as a pipe does. */
typedef struct {
    const pole_buffer *raw;
    size_t at;
    size_t most;
    test_random random;
    bool fails;
} piecewise;

static pole_status read_piece(void *context, void *bytes, size_t size, size_t *got,
                              pole_error *error)
{
    piecewise *pieces = context;
    size_t piece = 1 + test_random_below(&pieces->random, pieces->most);
    const size_t left = pieces->raw->size - pieces->at;
    if (pieces->fails && left < pieces->raw->size / 2)
        return pole_fail(error, POLE_IO, "the disk is gone");
    piece = piece < left ? piece : left;
    piece = piece < size ? piece : size;
    memcpy(bytes, pieces->raw->bytes + pieces->at, piece);
    pieces->at += piece;
    *got = piece;
    return POLE_OK;
}

static void add_character(made_text *made, pole_encoding encoding, const uint8_t *bad,
                          size_t bad_size, uint32_t character)
{
    if (made->count == made->capacity) {
        made->capacity = made->capacity ? 2 * made->capacity : 1024;
        made->origins = realloc(made->origins, made->capacity * sizeof *made->origins);
    }
    const origin from = {made->text.size, made->raw.size, bad != NULL, character == 0};
    made->origins[made->count++] = from;
    char bytes[4];
    const size_t size = pole_utf8_put(character, bytes);
    pole_buffer_append(&made->text, bytes, size);
    if (bad)
        pole_buffer_append(&made->raw, bad, bad_size);
    else
        ck_assert_int_eq(pole_encode(encoding, (pole_span){bytes, size}, &made->raw, NULL), 0);
}

/* Text with bad bytes in it that cannot join their neighbours. */
static made_text make_text(test_random *random, pole_encoding encoding, size_t characters,
                           unsigned dirt_percent)
{
    static const uint32_t tops[] = {0x7F, 0x7F, 0x9FFF, 0x10FFFF};
    made_text made;
    memset(&made, 0, sizeof made);
    pole_buffer_init(&made.raw, NULL);
    pole_buffer_init(&made.text, NULL);
    for (size_t i = 0; i < characters; i++) {
        const uint8_t surrogate[2] = {encoding == POLE_ENCODING_UTF16BE ? 0xDC : 0x00,
                                      encoding == POLE_ENCODING_UTF16BE ? 0x00 : 0xDC};
        const bool utf16 = encoding == POLE_ENCODING_UTF16LE || encoding == POLE_ENCODING_UTF16BE;
        if (test_random_below(random, 100) < dirt_percent) {
            if (test_random_below(random, 4) == 0)
                add_character(&made, encoding, NULL, 0, 0);
            else
                add_character(&made, encoding, utf16 ? surrogate : (const uint8_t *)"\xFF",
                              utf16 ? 2 : 1, 0xFFFD);
            continue;
        }
        uint32_t character =
            (uint32_t)test_random_below(random, tops[test_random_below(random, 4)] + 1);
        if (character == 0 || (character >= 0xD800 && character <= 0xF8FF) || i == 0)
            character = 'x'; /* at the beginning also no byte order mark */
        add_character(&made, encoding, NULL, 0, character);
    }
    return made;
}

static void free_text(made_text *made)
{
    pole_buffer_free(&made->raw);
    pole_buffer_free(&made->text);
    free(made->origins);
}

/* Compares the window with what was made, and the places of its characters: of a long text
 * those of every 97th. */
static void check_window(const pole_text_in *text, const made_text *made, size_t *next)
{
    const bool all = made->count < 2000;
    const pole_text_window window = pole_text_in_window(text);
    const uint64_t end = window.offset + window.size;
    ck_assert_uint_le(end, made->text.size);
    ck_assert_int_eq(memcmp(window.data, made->text.bytes + window.offset, window.size), 0);
    while (*next < made->count && made->origins[*next].text_offset < window.offset)
        ++*next;
    for (size_t i = *next; i < made->count && made->origins[i].text_offset < end; i++) {
        const origin *from = &made->origins[i];
        pole_bad_place place;
        if (!all && i % 97 != 0)
            continue;
        ck_assert_uint_eq(pole_text_in_file_offset(text, from->text_offset), from->file_offset);
        const uint64_t behind =
            i + 1 < made->count ? made->origins[i + 1].text_offset : made->text.size;
        const bool bad = pole_text_in_bad_between(text, from->text_offset, behind, &place);
        ck_assert_int_eq(bad, from->bad || from->nul);
        if (bad) {
            ck_assert_uint_eq(place.text_offset, from->text_offset);
            ck_assert_uint_eq(place.file_offset, from->file_offset);
            ck_assert_int_eq(place.kind, from->nul ? POLE_BAD_NUL : POLE_BAD_SEQUENCE);
        }
    }
}

/* Reads it all, letting go of a random number of whole characters each time. */
static void check_reading(const made_text *made, pole_encoding encoding, size_t most,
                          test_random *random)
{
    piecewise pieces = {&made->raw, 0, most, *random, false};
    const pole_byte_source source = {&pieces, read_piece};
    pole_text_in *text;
    pole_text_window window = {0};
    size_t next = 0;
    ck_assert_int_eq(pole_text_in_new(source, encoding, NULL, &text, NULL), POLE_OK);
    size_t consumed = 0;
    do {
        const uint64_t before = window.offset + window.size;
        ck_assert_int_eq(pole_text_in_advance(text, consumed, &window, NULL), POLE_OK);
        ck_assert(window.at_end || window.offset + window.size > before);
        check_window(text, made, &next);
        consumed = pole_utf8_cut(window.data, test_random_below(random, window.size + 1));
        if (window.size > 100000)
            consumed = window.size;
    } while (!window.at_end);
    ck_assert_uint_eq(window.offset + window.size, made->text.size);
    ck_assert_uint_eq(pole_text_in_raw_size(text), made->raw.size);
    const pole_hash128 hash = pole_hash(made->raw.bytes, made->raw.size);
    const pole_hash128 streamed = pole_text_in_raw_hash(text);
    ck_assert_uint_eq(hash.low, streamed.low);
    ck_assert_uint_eq(hash.high, streamed.high);
    ck_assert_uint_eq(pole_text_in_file_offset(text, made->text.size), made->raw.size);
    pole_text_in_free(text);
}

START_TEST(every_character_knows_its_place_in_the_file)
{
    test_random random = test_random_begin("places", 4490 + (uint64_t)_i);
    for (unsigned round = 0; round < 60; round++) {
        static const size_t mosts[] = {1, 7, 5000, 1000000};
        const size_t characters = test_random_below(&random, round < 50 ? 500 : 60000);
        const unsigned dirt = (unsigned)test_random_below(&random, 4) * 15;
        made_text made = make_text(&random, encodings[_i], characters, dirt);
        check_reading(&made, encodings[_i], mosts[test_random_below(&random, 4)], &random);
        free_text(&made);
    }
}
END_TEST

START_TEST(a_file_that_breaks_off_inside_a_character_ends_in_a_bad_place)
{
    static const char *const ends[] = {"\xE7\x81", "\x01", "\xD8", "\x81\x30\x81"};
    static const char *const wanted[] = {"x\xEF\xBF\xBD\xEF\xBF\xBD", "x\xEF\xBF\xBD",
                                         "x\xEF\xBF\xBD", "x\xEF\xBF\xBD\x30\xEF\xBF\xBD"};
    pole_buffer raw;
    pole_buffer_init(&raw, NULL);
    ck_assert_int_eq(pole_encode(encodings[_i], pole_span_of("x"), &raw, NULL), POLE_OK);
    const size_t whole = raw.size;
    pole_buffer_append_text(&raw, ends[_i]);
    pole_memory_bytes memory = {raw.bytes, raw.size, 0};
    pole_text_in *text;
    pole_text_window window;
    pole_bad_place place;
    ck_assert_int_eq(
        pole_text_in_new(pole_byte_source_of_memory(&memory), encodings[_i], NULL, &text, NULL),
        POLE_OK);
    ck_assert_int_eq(pole_text_in_advance(text, 0, &window, NULL), POLE_OK);
    ck_assert(window.at_end);
    ck_assert(pole_span_equal((pole_span){window.data, window.size}, pole_span_of(wanted[_i])));
    ck_assert(pole_text_in_bad_between(text, 0, window.size, &place));
    ck_assert_uint_eq(place.file_offset, whole);
    ck_assert_uint_eq(pole_text_in_file_offset(text, window.size), raw.size);
    pole_text_in_free(text);
    pole_buffer_free(&raw);
}
END_TEST

START_TEST(a_byte_order_mark_is_skipped_and_counted)
{
    pole_memory_bytes memory = {(const uint8_t *)"\xEF\xBB\xBFz\xFF", 5, 0};
    pole_text_in *text;
    pole_text_window window;
    pole_bad_place place;
    ck_assert_int_eq(pole_text_in_new(pole_byte_source_of_memory(&memory), POLE_ENCODING_SNIFF,
                                      NULL, &text, NULL),
                     POLE_OK);
    ck_assert_int_eq(pole_text_in_advance(text, 0, &window, NULL), POLE_OK);
    ck_assert_uint_eq(window.size, 4);
    ck_assert_uint_eq(pole_text_in_file_offset(text, 0), 3);
    ck_assert(pole_text_in_bad_between(text, 0, 4, &place));
    ck_assert_uint_eq(place.file_offset, 4);
    ck_assert_uint_eq(place.size, 1);
    ck_assert_uint_eq(place.bytes[0], 0xFF);
    pole_text_in_free(text);
}
END_TEST

START_TEST(a_byte_order_mark_of_another_encoding_is_refused)
{
    pole_memory_bytes memory = {(const uint8_t *)"\xEF\xBB\xBFz", 4, 0};
    pole_text_in *text;
    pole_error error;
    ck_assert_int_eq(pole_text_in_new(pole_byte_source_of_memory(&memory), POLE_ENCODING_GB18030,
                                      NULL, &text, &error),
                     POLE_BAD_INPUT);
    ck_assert_ptr_null(text);
    ck_assert_ptr_nonnull(strstr(error.message, "UTF-8"));
}
END_TEST

START_TEST(a_disk_that_fails_is_an_error_and_not_the_end)
{
    test_random random = test_random_begin("disk", 3);
    made_text made = make_text(&random, POLE_ENCODING_UTF8, 100000, 0);
    piecewise pieces = {&made.raw, 0, 1000, random, true};
    const pole_byte_source source = {&pieces, read_piece};
    pole_text_in *text;
    pole_text_window window;
    pole_error error;
    pole_status status = pole_text_in_new(source, POLE_ENCODING_UTF8, NULL, &text, &error);
    ck_assert_int_eq(status, POLE_OK);
    do {
        status = pole_text_in_advance(text, 0, &window, &error);
    } while (status == POLE_OK && !window.at_end);
    ck_assert_int_eq(status, POLE_IO);
    ck_assert_str_eq(error.message, "the disk is gone");
    ck_assert_uint_eq(window.size, 0);
    pole_text_in_free(text);
    free_text(&made);
}
END_TEST

START_TEST(no_memory_anywhere_is_told_and_leaks_nothing)
{
    test_random random = test_random_begin("memory", 5);
    made_text made = make_text(&random, encodings[_i], 3000, 20);
    bool done = false;
    for (size_t fail_at = 1; !done; fail_at++) {
        test_memory memory;
        test_memory_init(&memory, fail_at);
        pole_memory_bytes bytes = {made.raw.bytes, made.raw.size, 0};
        pole_text_in *text;
        pole_text_window window = {0};
        pole_status status = pole_text_in_new(pole_byte_source_of_memory(&bytes), encodings[_i],
                                              &memory.allocator, &text, NULL);
        while (status == POLE_OK && !window.at_end)
            status = pole_text_in_advance(text, 0, &window, NULL);
        ck_assert(status == POLE_OK || status == POLE_NO_MEMORY);
        done = status == POLE_OK;
        pole_text_in_free(text);
        ck_assert_uint_eq(memory.live, 0);
        ck_assert_uint_lt(fail_at, 1000);
    }
    free_text(&made);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("formats_text_in");
    TCase *tcase = tcase_create("window");
    tcase_add_loop_test(tcase, every_character_knows_its_place_in_the_file, 0, 4);
    tcase_add_loop_test(tcase, a_file_that_breaks_off_inside_a_character_ends_in_a_bad_place, 0, 4);
    tcase_add_test(tcase, a_byte_order_mark_is_skipped_and_counted);
    tcase_add_test(tcase, a_byte_order_mark_of_another_encoding_is_refused);
    tcase_add_test(tcase, a_disk_that_fails_is_an_error_and_not_the_end);
    tcase_add_loop_test(tcase, no_memory_anywhere_is_told_and_leaks_nothing, 0, 4);
    suite_add_tcase(suite, tcase);
    return test_main(suite);
}
