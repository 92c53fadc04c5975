/* SPDX-License-Identifier: MIT
 *
 * Tables of clerks come in four encodings and are often damaged. What is sniffed wrongly, or loses
 * a byte, puts a pole into another street: so every character is sent both ways, every cut of a
 * text is decoded alike, and every bad byte is found where it stands. */
#include <stdio.h>

#include "base/utf8.h"
#include "formats/encoding.h"
#include "support/test_main.h"
#include "support/test_random.h"

static const pole_encoding encodings[] = {POLE_ENCODING_UTF8, POLE_ENCODING_UTF16LE,
                                          POLE_ENCODING_UTF16BE, POLE_ENCODING_GB18030};

START_TEST(an_encoding_is_known_by_the_names_people_write)
{
    static const struct {
        const char *name;
        pole_encoding encoding;
    } cases[] = {{"UTF-8", POLE_ENCODING_UTF8},        {"utf8", POLE_ENCODING_UTF8},
                 {"Utf_16 LE", POLE_ENCODING_UTF16LE}, {"UTF-16BE", POLE_ENCODING_UTF16BE},
                 {"GBK", POLE_ENCODING_GB18030},       {"gb2312", POLE_ENCODING_GB18030},
                 {"GB-18030", POLE_ENCODING_GB18030},  {"cp936", POLE_ENCODING_GB18030},
                 {"auto", POLE_ENCODING_SNIFF}};
    pole_encoding encoding;
    pole_error error;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ck_assert_int_eq(pole_encoding_by_name(pole_span_of(cases[i].name), &encoding, &error), 0);
        ck_assert_int_eq(encoding, cases[i].encoding);
    }
    static const char *const unknown[] = {"utf16", "latin1", "", "utf-8-and-more-than-fits"};
    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++) {
        ck_assert_int_eq(pole_encoding_by_name(pole_span_of(unknown[i]), &encoding, &error),
                         POLE_INVALID_ARGUMENT);
        ck_assert_ptr_nonnull(strstr(error.hint, "GB18030"));
    }
}
END_TEST

typedef struct {
    const char *bytes;
    size_t size;
    pole_encoding encoding; /* POLE_ENCODING_SNIFF: refused */
    size_t bom_size;
} sniff_case;

#define SNIFF(bytes, encoding, bom)                                                                \
    {                                                                                              \
        bytes, sizeof(bytes) - 1, encoding, bom                                                    \
    }
static const sniff_case sniff_cases[] = {
    SNIFF("", POLE_ENCODING_UTF8, 0),
    SNIFF("code,lat\n", POLE_ENCODING_UTF8, 0),
    SNIFF("\xEF\xBB\xBF"
          "code",
          POLE_ENCODING_UTF8, 3),
    /* A mark counts even when what follows is dirty. */
    SNIFF("\xEF\xBB\xBF\xFF\xFF", POLE_ENCODING_UTF8, 3),
    SNIFF("\xFF\xFE"
          "c\0o\0",
          POLE_ENCODING_UTF16LE, 2),
    SNIFF("\xFE\xFF\0c\0o", POLE_ENCODING_UTF16BE, 2),
    SNIFF("c\0o\0d\0e\0,\0\x4E\x53\n\0", POLE_ENCODING_UTF16LE, 0),
    SNIFF("\0c\0o\0d\0e\0,\x53\x4E\0\n", POLE_ENCODING_UTF16BE, 0),
    /* A few NULs in ASCII are dirt, not UTF-16. */
    SNIFF("code,lat\n00\00012345,45\n", POLE_ENCODING_UTF8, 0),
    SNIFF("code\0\0\0\0,lat\n", POLE_ENCODING_UTF8, 0),
    SNIFF("\xE7\x81\xAF\xE6\x9D\x86,1\n", POLE_ENCODING_UTF8, 0),
    /* "deng gan, hao" in GBK; and a character of four bytes. */
    SNIFF("\xB5\xC6\xB8\xCB,\xBA\xC5\n", POLE_ENCODING_GB18030, 0),
    SNIFF("\xB5\xC6\xB8\xCB\x81\x30\x84\x36,1\n", POLE_ENCODING_GB18030, 0),
    SNIFF("\x84\x31\x95\x33\xB5\xC6", POLE_ENCODING_GB18030, 4),
    /* Western 8-bit text: as GB18030 its letters would be swallowed. */
    SNIFF("Stra\xDF"
          "e,M\xFC"
          "nchen\n",
          POLE_ENCODING_SNIFF, 0),
    SNIFF("caf\xE9,1\n", POLE_ENCODING_SNIFF, 0),
    SNIFF("\xFF\xFF\xFF", POLE_ENCODING_SNIFF, 0),
    /* UTF-32 is none of ours. */
    SNIFF("\xFF\xFE\0\0c\0\0\0", POLE_ENCODING_SNIFF, 0),
    SNIFF("\0\0\xFE\xFF\0\0\0c", POLE_ENCODING_SNIFF, 0),
};

START_TEST(a_file_is_sniffed_or_refused)
{
    const sniff_case *c = &sniff_cases[_i];
    pole_encoding encoding;
    size_t bom_size;
    pole_error error = {0};
    const pole_status status = pole_encoding_sniff((const uint8_t *)c->bytes, c->size, true, NULL,
                                                   &encoding, &bom_size, &error);
    ck_assert_int_eq(encoding, c->encoding);
    if (c->encoding == POLE_ENCODING_SNIFF) {
        ck_assert_int_eq(status, POLE_BAD_INPUT);
        ck_assert_ptr_nonnull(strstr(error.hint, "UTF-8"));
    } else {
        ck_assert_int_eq(status, POLE_OK);
        ck_assert_uint_eq(bom_size, c->bom_size);
    }
}
END_TEST

START_TEST(a_cut_at_the_end_of_the_window_is_no_damage)
{
    pole_encoding encoding;
    size_t bom_size;
    /* The last character of each is cut; a larger file goes on. */
    ck_assert_int_eq(pole_encoding_sniff((const uint8_t *)"\xE7\x81\xAF\xE6\x9D", 5, false, NULL,
                                         &encoding, &bom_size, NULL),
                     POLE_OK);
    ck_assert_int_eq(encoding, POLE_ENCODING_UTF8);
    ck_assert_int_eq(pole_encoding_sniff((const uint8_t *)"\xB5\xC6\xB8\xCB\xBA", 5, false, NULL,
                                         &encoding, &bom_size, NULL),
                     POLE_OK);
    ck_assert_int_eq(encoding, POLE_ENCODING_GB18030);
    ck_assert_int_eq(pole_encoding_sniff((const uint8_t *)"\xB5\xC6\xB8\xCB\xBA", 5, true, NULL,
                                         &encoding, &bom_size, NULL),
                     POLE_BAD_INPUT);
}
END_TEST

START_TEST(utf8_with_a_few_bad_bytes_stays_utf8)
{
    char text[600];
    size_t size = 0;
    for (unsigned i = 0; i < 100; i++, size += 3)
        memcpy(text + size, "\xE7\x81\xAF", 3);
    memcpy(text + size, "\xFF,1\n", 4);
    pole_encoding encoding;
    size_t bom_size;
    ck_assert_int_eq(pole_encoding_sniff((const uint8_t *)text, size + 4, true, NULL, &encoding,
                                         &bom_size, NULL),
                     POLE_OK);
    ck_assert_int_eq(encoding, POLE_ENCODING_UTF8);
}
END_TEST

/* All of the bytes as UTF-8, or NULL where something is bad. The caller frees. */
static char *decode_all(pole_encoding encoding, const uint8_t *bytes, size_t size, size_t *made)
{
    pole_decoder *decoder;
    size_t used;
    size_t bad_size;
    char *out = malloc(2 * size + 8);
    ck_assert_int_eq(pole_decoder_new(encoding, NULL, &decoder, NULL), POLE_OK);
    const pole_decode_stop stop =
        pole_decoder_run(decoder, bytes, size, out, 2 * size + 8, &used, made, &bad_size);
    pole_decoder_free(decoder);
    if (stop == POLE_DECODE_DONE && used == size)
        return out;
    free(out);
    return NULL;
}

START_TEST(every_character_goes_both_ways)
{
    pole_buffer text;
    pole_buffer encoded;
    pole_buffer_init(&text, NULL);
    pole_buffer_init(&encoded, NULL);
    for (uint32_t character = 0; character <= 0x10FFFF; character++) {
        char bytes[4];
        if (character >= 0xD800 && character <= 0xF8FF)
            continue; /* surrogates; private use has its own test */
        pole_buffer_append(&text, bytes, pole_utf8_put(character, bytes));
    }
    const pole_span all = {(const char *)text.bytes, text.size};
    ck_assert_int_eq(pole_encode(encodings[_i], all, &encoded, NULL), POLE_OK);
    size_t made = 0;
    char *back = decode_all(encodings[_i], encoded.bytes, encoded.size, &made);
    ck_assert_ptr_nonnull(back);
    ck_assert_uint_eq(made, text.size);
    ck_assert_int_eq(memcmp(back, text.bytes, made), 0);
    free(back);
    pole_buffer_free(&text);
    pole_buffer_free(&encoded);
}
END_TEST

/* GB18030 of 2005 gave real characters the bytes of 24 private ones, which then have none. */
START_TEST(private_characters_go_both_ways_or_are_refused)
{
    unsigned refused = 0;
    pole_buffer encoded;
    pole_buffer_init(&encoded, NULL);
    for (uint32_t character = 0xE000; character <= 0xF8FF; character++) {
        char bytes[4];
        const size_t size = pole_utf8_put(character, bytes);
        pole_buffer_clear(&encoded);
        if (pole_encode(encodings[_i], (pole_span){bytes, size}, &encoded, NULL) != POLE_OK) {
            refused++;
            continue;
        }
        size_t made = 0;
        char *back = decode_all(encodings[_i], encoded.bytes, encoded.size, &made);
        ck_assert_ptr_nonnull(back);
        ck_assert(pole_span_equal((pole_span){back, made}, (pole_span){bytes, size}));
        free(back);
    }
    ck_assert_uint_le(refused, encodings[_i] == POLE_ENCODING_GB18030 ? 24 : 0);
    pole_buffer_free(&encoded);
}
END_TEST

/* Every pair of bytes that the standard gives a character: the 23,940 of GBK's frame. */
START_TEST(every_pair_of_gbk_is_a_character)
{
    for (unsigned first = 0x81; first <= 0xFE; first++) {
        for (unsigned second = 0x40; second <= 0xFE; second++) {
            const uint8_t bytes[2] = {(uint8_t)first, (uint8_t)second};
            size_t made = 0;
            if (second == 0x7F)
                continue;
            char *text = decode_all(POLE_ENCODING_GB18030, bytes, 2, &made);
            ck_assert_ptr_nonnull(text);
            free(text);
        }
    }
}
END_TEST

START_TEST(what_cannot_be_encoded_is_named_by_its_place)
{
    pole_buffer out;
    pole_error error = {0};
    pole_buffer_init(&out, NULL);
    const pole_span text = {"ab\xE7\x81\xAF\xFF", 6};
    ck_assert_int_eq(pole_encode(encodings[_i], text, &out, &error), POLE_BAD_INPUT);
    ck_assert_uint_eq(error.offset_bytes, 5);
    ck_assert_uint_gt(out.size, 0);
    pole_buffer_free(&out);
}
END_TEST

static size_t random_text(test_random *random, char *text, size_t characters)
{
    static const uint32_t tops[] = {0x80, 0x800, 0x9FFF, 0x10FFFF};
    size_t size = 0;
    for (size_t i = 0; i < characters; i++) {
        const uint32_t top = tops[test_random_below(random, 4)];
        const uint32_t character = (uint32_t)test_random_below(random, top + 1);
        const bool private_use = character >= 0xE000 && character <= 0xF8FF;
        size += pole_utf8_put(private_use ? 'x' : character, text + size);
    }
    return size;
}

/* Decodes in pieces: each time `piece` more input bytes and room for `room` bytes. */
static size_t decode_in_pieces(pole_encoding encoding, const pole_buffer *encoded, char *out,
                               size_t piece, size_t room)
{
    pole_decoder *decoder;
    size_t at = 0;
    size_t seen = 0;
    size_t size = 0;
    ck_assert_int_eq(pole_decoder_new(encoding, NULL, &decoder, NULL), POLE_OK);
    while (at < encoded->size) {
        size_t used;
        size_t made;
        size_t bad_size;
        if (seen < encoded->size)
            seen += piece < encoded->size - seen ? piece : encoded->size - seen;
        const pole_decode_stop stop = pole_decoder_run(decoder, encoded->bytes + at, seen - at,
                                                       out + size, room, &used, &made, &bad_size);
        ck_assert_int_ne(stop, POLE_DECODE_BAD);
        ck_assert(stop != POLE_DECODE_PARTIAL || seen < encoded->size);
        ck_assert(stop == POLE_DECODE_DONE || seen - at - used > 0);
        at += used;
        size += made;
    }
    pole_decoder_free(decoder);
    return size;
}

START_TEST(a_text_decodes_alike_however_it_is_cut)
{
    test_random random = test_random_begin("cut", 1109);
    pole_buffer encoded;
    pole_buffer_init(&encoded, NULL);
    for (unsigned round = 0; round < 200; round++) {
        char text[4 * 200];
        char again[4 * 200 + 16];
        const size_t size = random_text(&random, text, 1 + test_random_below(&random, 200));
        pole_buffer_clear(&encoded);
        ck_assert_int_eq(pole_encode(encodings[_i], (pole_span){text, size}, &encoded, NULL), 0);
        const size_t piece = 1 + test_random_below(&random, 9);
        const size_t room = 4 + test_random_below(&random, 12);
        ck_assert_uint_eq(decode_in_pieces(encodings[_i], &encoded, again, piece, room), size);
        ck_assert_int_eq(memcmp(text, again, size), 0);
    }
    pole_buffer_free(&encoded);
}
END_TEST

START_TEST(a_bad_sequence_never_takes_an_ascii_byte_with_it)
{
    static const struct {
        pole_encoding encoding;
        const char *bytes;
        size_t size, used, bad_size;
    } cases[] = {
        {POLE_ENCODING_UTF8, "a\xE7\x81,", 4, 1, 1},
        {POLE_ENCODING_UTF8, "\xED\xA0\x80", 3, 0, 1},
        {POLE_ENCODING_UTF8, "\xF4\x90\x80\x80", 4, 0, 1},
        {POLE_ENCODING_UTF8, "\xC0\xAF", 2, 0, 1},
        {POLE_ENCODING_UTF16LE, "a\0\0\xDC,\0", 6, 2, 2},
        {POLE_ENCODING_UTF16BE, "\xD8\0\0,", 4, 0, 2},
        {POLE_ENCODING_GB18030, "a\xB5,", 3, 1, 1},
        {POLE_ENCODING_GB18030, "\xB5\n", 2, 0, 1},
        {POLE_ENCODING_GB18030, "\xFF\"", 2, 0, 1},
        {POLE_ENCODING_GB18030, "\x81\x30\x81,", 4, 0, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        pole_decoder *decoder;
        char out[16];
        size_t used;
        size_t made;
        size_t bad_size;
        ck_assert_int_eq(pole_decoder_new(cases[i].encoding, NULL, &decoder, NULL), POLE_OK);
        ck_assert_int_eq(pole_decoder_run(decoder, (const uint8_t *)cases[i].bytes, cases[i].size,
                                          out, sizeof out, &used, &made, &bad_size),
                         POLE_DECODE_BAD);
        ck_assert_uint_eq(used, cases[i].used);
        ck_assert_uint_eq(bad_size, cases[i].bad_size);
        pole_decoder_free(decoder);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("formats_encoding");
    TCase *sniffing = tcase_create("sniffing");
    tcase_add_test(sniffing, an_encoding_is_known_by_the_names_people_write);
    tcase_add_loop_test(sniffing, a_file_is_sniffed_or_refused, 0,
                        sizeof sniff_cases / sizeof sniff_cases[0]);
    tcase_add_test(sniffing, a_cut_at_the_end_of_the_window_is_no_damage);
    tcase_add_test(sniffing, utf8_with_a_few_bad_bytes_stays_utf8);
    suite_add_tcase(suite, sniffing);
    TCase *coding = tcase_create("coding");
    tcase_add_loop_test(coding, every_character_goes_both_ways, 0, 4);
    tcase_add_loop_test(coding, private_characters_go_both_ways_or_are_refused, 0, 4);
    tcase_add_test(coding, every_pair_of_gbk_is_a_character);
    tcase_add_loop_test(coding, what_cannot_be_encoded_is_named_by_its_place, 0, 4);
    tcase_add_loop_test(coding, a_text_decodes_alike_however_it_is_cut, 0, 4);
    tcase_add_test(coding, a_bad_sequence_never_takes_an_ascii_byte_with_it);
    suite_add_tcase(suite, coding);
    return test_main(suite);
}
