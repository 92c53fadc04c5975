/* SPDX-License-Identifier: MIT
 * The seams of a log's input: blocks end where records end, whatever stands at the border, however
 * the reader gives its bytes, in every encoding. And what becomes of a run whose memory, input or
 * output fails. */
#include <check.h>
#include <stdlib.h>

#include "bulk/blocks.h"
#include "support/small_city.h"
#include "support/test_main.h"
#include "support/test_memory.h"

/* An input in memory, given in pieces of at most `step` bytes; fails behind fail_at bytes. */
typedef struct {
    const char *bytes;
    size_t size, at, step;
    size_t fail_at; /* 0: never */
} piecemeal;

static pole_status read_pieces(void *context, void *bytes, size_t size_bytes, size_t *got)
{
    piecemeal *from = context;
    size_t size = from->size - from->at;
    if (size > from->step)
        size = from->step;
    if (size > size_bytes)
        size = size_bytes;
    *got = 0;
    if (from->fail_at > 0 && from->at + size >= from->fail_at)
        return POLE_IO;
    memcpy(bytes, from->bytes + from->at, size);
    from->at += size;
    *got = size;
    return POLE_OK;
}

/* Where the records of a text end, by a reading of the test's own. ends: one a byte, zeroed; 2 ends
 * a row, 1 an empty line. */
static void mark_ends(const char *text, size_t size, char delimiter, unsigned char *ends)
{
    enum { START, PLAIN, QUOTED, CLOSED } state = START;
    for (size_t i = 0, begin = 0; i < size; i++) {
        const char c = text[i];
        if (state == QUOTED) {
            state = c == '"' ? CLOSED : QUOTED;
        } else if (c == '"' && (state == START || state == CLOSED)) {
            state = QUOTED;
        } else if (c == '\n' || c == '\r') {
            const unsigned char end = i > begin ? 2 : 1;
            if (c == '\r' && i + 1 < size && text[i + 1] == '\n')
                i++;
            ends[i] = end;
            begin = i + 1;
            state = START;
        } else {
            state = c == delimiter ? START : PLAIN;
        }
    }
    if (ends[size - 1] == 0)
        ends[size - 1] = 2;
}

typedef struct {
    const char *text; /* as it would be scanned: one byte a unit */
    size_t size;
    const char *raw; /* as it is read */
    size_t raw_size;
    pole_encoding encoding;
    char delimiter;
} seam_input;

/* Reads it in blocks, and holds these to what they must be. Returns how many they were. */
static size_t check_blocks(const seam_input *input, size_t step, bool counts_rows)
{
    unsigned char *ends = calloc(input->size + 1, 1);
    piecemeal from = {input->raw, input->raw_size, 0, step, 0};
    const pole_reader reader = {&from, read_pieces};
    pole_blocks blocks;
    pole_block block;
    pole_error error;
    size_t at = 0, count = 0, rows = 0;
    mark_ends(input->text, input->size, input->delimiter, ends);
    ck_assert_int_eq(pole_blocks_init(&blocks, &reader, NULL), POLE_OK);
    blocks.encoding = input->encoding;
    blocks.dialect = (pole_dialect){input->delimiter, '"', POLE_HEADER_NO};
    blocks.counts_rows = counts_rows;
    blocks.column_count = 2;
    ck_assert_int_eq(pole_blocks_begin(&blocks, &error), POLE_OK);
    pole_block_init(&block, &blocks.allocator);
    const unsigned unit = (unsigned)(input->raw_size / input->size);
    for (;;) {
        ck_assert_int_eq(pole_blocks_next(&blocks, &block), POLE_OK);
        ck_assert(!block.is_long);
        if (block.size == 0)
            break;
        ck_assert_uint_eq(block.number, count++);
        ck_assert_uint_eq(block.unit, unit);
        ck_assert_uint_eq(block.raw.size, block.size * unit);
        ck_assert_mem_eq(block.raw.bytes, input->raw + at * unit, block.raw.size);
        if (counts_rows)
            ck_assert_uint_eq(block.first_row, rows);
        for (size_t i = 0; i < block.size; i++)
            rows += ends[at + i] == 2;
        at += block.size;
        ck_assert_msg(ends[at - 1], "a block ends at %zu, within a record", at);
    }
    ck_assert_uint_eq(at, input->size);
    pole_block_free(&block);
    pole_blocks_free(&blocks);
    free(ends);
    return count;
}

/* What may stand at a border: '|' is the delimiter. */
static const char *const patterns[] = {
    "a|b\r\nc|d\r\n",          "a|b\rc|d\r",         "a|b\n\n\n|\n",
    "\"a\r\nb\"|\"c\n\"\r\n",  "\"a\"\"\r\n\"|b\r",  "a|\"\"\r\n\"\"|\"\"\"\r\n\"\"\"\n",
    "a|b\"c\n\"d|\"e\"f\r\nx", "\r\n\r\n\r\r\n\n\r", "\"|\n\"\"|\r\n\"x\"|\n"};

/* The pattern lies at every place about the border: `before` bytes of it stand before. */
static char *lay(const char *pattern, size_t before, size_t *size)
{
    const size_t rest = 3 * POLE_BLOCK_BYTES, pattern_size = strlen(pattern);
    char *text = malloc(rest + POLE_BLOCK_BYTES + pattern_size);
    size_t at = 0;
    for (; at + before < POLE_BLOCK_BYTES; at++)
        text[at] = at % 61 == 60 ? '\n' : at % 7 == 3 ? '|' : 'y';
    if (at > 0)
        text[at - 1] = '\n';
    memcpy(text + at, pattern, pattern_size);
    at += pattern_size;
    for (size_t i = 0; i < rest; i++)
        text[at++] = i % 50 == 49 ? '\n' : i % 9 == 2 ? '|' : 'z';
    *size = at;
    return text;
}

START_TEST(a_border_is_never_within_a_record)
{
    const char *pattern = patterns[_i];
    for (size_t before = 0; before <= strlen(pattern) + 1; before++) {
        size_t size;
        char *text = lay(pattern, before, &size);
        const seam_input input = {text, size, text, size, POLE_ENCODING_UTF8, '|'};
        for (unsigned counts = 0; counts < 2; counts++) {
            ck_assert_uint_ge(check_blocks(&input, SIZE_MAX, counts), 4);
            check_blocks(&input, 4099, counts);
        }
        free(text);
    }
}
END_TEST

START_TEST(a_border_is_never_within_a_record_of_utf16)
{
    const pole_encoding encodings[] = {POLE_ENCODING_UTF16LE, POLE_ENCODING_UTF16BE};
    const char *pattern = patterns[_i];
    for (size_t before = 0; before <= strlen(pattern) + 1; before++) {
        size_t size;
        char *text = lay(pattern, before, &size), *raw = malloc(2 * size);
        const unsigned low = before % 2;
        /* 'y' becomes U+0A0D, 'z' U+7C22: bytes that would be delimiters of bytes. */
        for (size_t i = 0; i < size; i++) {
            const char c = text[i];
            raw[2 * i + low] = c == 'y' ? '\r' : c == 'z' ? '"' : c;
            raw[2 * i + 1 - low] = c == 'y' ? '\n' : c == 'z' ? '|' : '\0';
        }
        const seam_input input = {text, size, raw, 2 * size, encodings[low], '|'};
        ck_assert_uint_ge(check_blocks(&input, SIZE_MAX, false), 4);
        check_blocks(&input, 4099, true);
        free(text);
        free(raw);
    }
}
END_TEST

START_TEST(a_border_is_never_within_a_record_of_gb18030)
{
    const char *pattern = patterns[_i];
    for (size_t before = 0; before <= strlen(pattern) + 1; before++) {
        size_t size;
        char *text = lay(pattern, before, &size), *raw = malloc(size);
        memcpy(raw, text, size);
        /* Pairs of letters become a character whose second byte is the delimiter's. */
        for (size_t i = 0; i + 1 < size; i++)
            if ((text[i] == 'y' || text[i] == 'z') && text[i] == text[i + 1])
                memcpy(raw + i++, "\xA0|", 2);
        const seam_input input = {text, size, raw, size, POLE_ENCODING_GB18030, '|'};
        ck_assert_uint_ge(check_blocks(&input, SIZE_MAX, true), 4);
        check_blocks(&input, 4099, false);
        free(text);
        free(raw);
    }
}
END_TEST

START_TEST(a_reader_may_give_a_byte_at_a_time)
{
    size_t size;
    char *text = lay(patterns[_i], 3, &size);
    const seam_input input = {text, size, text, size, POLE_ENCODING_UTF8, '|'};
    ck_assert_uint_ge(check_blocks(&input, 1, false), 4);
    free(text);
}
END_TEST

START_TEST(half_a_unit_of_utf16_is_kept_apart)
{
    piecemeal from = {"a\0\n\0b", 5, 0, 1, 0};
    const pole_reader reader = {&from, read_pieces};
    pole_blocks blocks;
    pole_block block;
    ck_assert_int_eq(pole_blocks_init(&blocks, &reader, NULL), POLE_OK);
    blocks.encoding = POLE_ENCODING_UTF16LE;
    ck_assert_int_eq(pole_blocks_begin(&blocks, NULL), POLE_OK);
    pole_block_init(&block, &blocks.allocator);
    ck_assert_int_eq(pole_blocks_next(&blocks, &block), POLE_OK);
    ck_assert_uint_eq(block.raw.size, 4);
    ck_assert(blocks.has_odd_byte && blocks.odd_byte == 'b');
    pole_block_free(&block);
    pole_blocks_free(&blocks);
}
END_TEST

START_TEST(a_shadow_hides_what_belongs_to_a_character_and_nothing_else)
{
    static const struct {
        pole_encoding encoding;
        const char *raw;
        size_t size;
        const char *text; /* '\x80' stands for what is hidden */
    } cases[] = {
        {POLE_ENCODING_GB18030, "a|\xA0|b|", 6,
         "a|\xA0\x80"
         "b|"},
        {POLE_ENCODING_GB18030, "\x81\x30\x81\x30|", 5, "\x81\x80\x80\x80|"},
        {POLE_ENCODING_GB18030, "\xA0|\xA0||", 5, "\xA0\x80\xA0\x80|"},
        /* Damaged: an ASCII byte that is no part of a character is what it is. */
        {POLE_ENCODING_GB18030, "\x81\x30|\n", 4, "\x81\x30|\n"},
        {POLE_ENCODING_GB18030, "\x81\x30\x81|\n", 5, "\x81\x30\x81\x80\n"},
        {POLE_ENCODING_GB18030, "\x81\x30\x81", 3, "\x81\x30\x81"},
        {POLE_ENCODING_GB18030, "\x81\n", 2, "\x81\n"},
        {POLE_ENCODING_GB18030, "\x80|\xFF|", 4, "\x80|\xFF|"},
        {POLE_ENCODING_GB18030, "|\x81", 2, "|\x81"},
        {POLE_ENCODING_UTF16LE, "|\0\x7C\x01\x01|", 6, "|\x80\x80"},
        {POLE_ENCODING_UTF16BE, "\0|\x7C\x01\x01|", 6, "|\x80\x80"},
    };
    pole_buffer shadow;
    pole_buffer_init(&shadow, &(pole_allocator){0});
    shadow.allocator = pole_allocator_default();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        pole_span text;
        ck_assert(pole_shadow_text(cases[i].encoding, (const uint8_t *)cases[i].raw, cases[i].size,
                                   &shadow, &text));
        ck_assert_uint_eq(text.size_bytes, strlen(cases[i].text));
        ck_assert_msg(memcmp(text.data, cases[i].text, text.size_bytes) == 0, "case %zu", i);
    }
    pole_buffer_free(&shadow);
}
END_TEST

/* Whole runs. */

static const char log_text[] =
    "\xEF\xBB\xBF\nid,code,note,note,hint_lat,hint_lon,also,scope\n"
    "1,10101,\"a, \"\"b\"\"\",=x,45.77,126.61,10102,\n2,one oh one oh two,,,,,,\n\n3,1010,,\n"
    "4,10101,,,,,,,,,\n5,10101,,,x,,,\xE5\xB0\x9A\xE5\xBF\x97\xE5\xB8\x82\n6,10101,\"never";

static pole_geocode_options all_options(int32_t to, const pole_sink *unmatched)
{
    pole_geocode_options options;
    pole_geocode_options_init(&options);
    options.to = to;
    options.unmatched = unmatched;
    options.excel_safe = to == POLE_TO_CSV;
    options.output_encoding = to == POLE_TO_CSV && unmatched ? "gb18030" : NULL;
    return options;
}

static pole_status geocode(const pole_index *index, const pole_geocode_options *options,
                           piecemeal *from, const pole_sink *output, pole_geocode_summary *came)
{
    const pole_reader reader = {from, read_pieces};
    pole_geocoder *geocoder = NULL;
    pole_error error;
    pole_status status = pole_geocoder_new(index, options, &geocoder, &error);
    ck_assert(status == POLE_OK || geocoder == NULL);
    if (status == POLE_OK)
        status = pole_geocoder_run(geocoder, &reader, output, &error);
    ck_assert_int_eq(error.status, status);
    if (status == POLE_OK && came) {
        memset(came, 0, sizeof *came);
        came->struct_size = sizeof *came;
        ck_assert_int_eq(pole_geocoder_summary(geocoder, came), POLE_OK);
        came->code_column_name = came->encoding = (pole_span){NULL, 0};
    }
    pole_geocoder_free(geocoder);
    return status;
}

static piecemeal whole_log(void)
{
    return (piecemeal){log_text, sizeof log_text - 1, 0, SIZE_MAX, 0};
}

static const int32_t forms[] = {POLE_TO_CSV, POLE_TO_JSONL, POLE_TO_GEOJSON};

START_TEST(a_run_survives_every_refusal_of_memory)
{
    pole_index *index = small_city_open(0);
    byte_block wanted = {0}, rest = {0};
    const pole_sink wanted_sink = byte_block_sink(&wanted), rest_sink = byte_block_sink(&rest);
    pole_geocode_options options = all_options(forms[_i], &rest_sink);
    piecemeal from = whole_log();
    pole_geocode_summary came;
    ck_assert_int_eq(geocode(index, &options, &from, &wanted_sink, &came), POLE_OK);
    ck_assert_uint_eq(came.rows, 6);
    size_t fail_at = 1;
    for (pole_status status = POLE_NO_MEMORY; status != POLE_OK; fail_at++) {
        byte_block out = {0}, aside = {0};
        const pole_sink out_sink = byte_block_sink(&out), aside_sink = byte_block_sink(&aside);
        test_memory memory;
        test_memory_init(&memory, fail_at);
        options = all_options(forms[_i], &aside_sink);
        options.allocator = &memory.allocator;
        from = whole_log();
        status = geocode(index, &options, &from, &out_sink, NULL);
        ck_assert_uint_eq(memory.live, 0);
        ck_assert_uint_lt(fail_at, 5000);
        /* What a matcher remembers is memory that it can do without: such a run is whole. */
        if (status != POLE_OK)
            ck_assert_int_eq(status, POLE_NO_MEMORY);
        else
            ck_assert_uint_eq(out.size, wanted.size);
        ck_assert_uint_le(out.size, wanted.size);
        if (out.size > 0)
            ck_assert_mem_eq(out.bytes, wanted.bytes, out.size);
        if (status == POLE_OK && memory.calls >= fail_at)
            status = POLE_NO_MEMORY; /* go on to the next */
        byte_block_free(&out);
        byte_block_free(&aside);
    }
    ck_assert_uint_gt(fail_at, 50);
    byte_block_free(&wanted);
    byte_block_free(&rest);
    pole_index_close(index);
}
END_TEST

START_TEST(a_reader_that_fails_ends_the_run_with_its_status)
{
    pole_index *index = small_city_open(0);
    for (size_t fail_at = 1; fail_at <= sizeof log_text - 1; fail_at++) {
        byte_block out = {0};
        const pole_sink sink = byte_block_sink(&out);
        const pole_geocode_options options = all_options(forms[_i], NULL);
        piecemeal from = {log_text, sizeof log_text - 1, 0, 7, fail_at};
        ck_assert_int_eq(geocode(index, &options, &from, &sink, NULL), POLE_IO);
        ck_assert_uint_eq(out.size, 0); /* its beginning was never whole */
        byte_block_free(&out);
    }
    pole_index_close(index);
}
END_TEST

/* Rows enough for several blocks. */
static char *long_log(size_t *size)
{
    static const char row[] = "10101,a note\r\n", header[] = "code,note\r\n";
    const size_t rows = 40000;
    char *text = malloc(sizeof header + rows * (sizeof row - 1));
    size_t at = sizeof header - 1;
    memcpy(text, header, at);
    for (size_t i = 0; i < rows; i++, at += sizeof row - 1)
        memcpy(text + at, row, sizeof row - 1);
    *size = at;
    return text;
}

START_TEST(a_reader_that_fails_late_leaves_whole_rows)
{
    pole_index *index = small_city_open(0);
    size_t size;
    char *text = long_log(&size);
    for (uint32_t threads = 1; threads <= 3; threads++) {
        byte_block out = {0}, all = {0};
        const pole_sink sink = byte_block_sink(&out), all_sink = byte_block_sink(&all);
        pole_geocode_options options;
        pole_geocode_options_init(&options);
        options.threads = threads;
        piecemeal from = {text, size, 0, SIZE_MAX, 0};
        ck_assert_int_eq(geocode(index, &options, &from, &all_sink, NULL), POLE_OK);
        from = (piecemeal){text, size, 0, SIZE_MAX, size};
        ck_assert_int_eq(geocode(index, &options, &from, &sink, NULL), POLE_IO);
        ck_assert_uint_gt(out.size, 0);
        ck_assert_uint_lt(out.size, all.size);
        ck_assert_mem_eq(out.bytes, all.bytes, out.size);
        ck_assert_int_eq(out.bytes[out.size - 1], '\n');
        byte_block_free(&out);
        byte_block_free(&all);
    }
    free(text);
    pole_index_close(index);
}
END_TEST

/* A sink that takes so many writes. */
typedef struct {
    unsigned left;
    pole_status then;
} short_sink;

static pole_status take_some(void *context, const void *bytes, size_t size_bytes)
{
    short_sink *sink = context;
    (void)bytes;
    (void)size_bytes;
    if (sink->left == 0)
        return sink->then;
    sink->left--;
    return POLE_OK;
}

START_TEST(a_sink_that_fails_ends_the_run_with_its_status)
{
    pole_index *index = small_city_open(0);
    size_t size;
    char *text = long_log(&size);
    const uint32_t threads = (uint32_t)_i % 4 + 1;
    for (unsigned left = 0; left < 5; left++) {
        for (unsigned aside = 0; aside < 2; aside++) {
            byte_block fine = {0};
            short_sink full = {left, POLE_LIMIT};
            const pole_sink fails = {&full, take_some}, takes = byte_block_sink(&fine);
            pole_geocode_options options;
            pole_geocode_options_init(&options);
            options.threads = threads;
            options.column = "#2"; /* no codes: all rows are put aside */
            options.unmatched = aside ? &fails : &takes;
            piecemeal from = {text, size, 0, SIZE_MAX, 0};
            ck_assert_int_eq(geocode(index, &options, &from, aside ? &takes : &fails, NULL),
                             POLE_LIMIT);
            byte_block_free(&fine);
        }
    }
    free(text);
    pole_index_close(index);
}
END_TEST

START_TEST(a_run_is_the_same_however_its_input_comes)
{
    pole_index *index = small_city_open(0);
    byte_block wanted = {0};
    const pole_sink wanted_sink = byte_block_sink(&wanted);
    const pole_geocode_options options = all_options(forms[_i], NULL);
    pole_geocode_summary came, again;
    piecemeal from = whole_log();
    ck_assert_int_eq(geocode(index, &options, &from, &wanted_sink, &came), POLE_OK);
    for (size_t step = 1; step < 40; step++) {
        byte_block out = {0};
        const pole_sink sink = byte_block_sink(&out);
        from = (piecemeal){log_text, sizeof log_text - 1, 0, step, 0};
        ck_assert_int_eq(geocode(index, &options, &from, &sink, &again), POLE_OK);
        ck_assert_uint_eq(out.size, wanted.size);
        ck_assert_mem_eq(out.bytes, wanted.bytes, wanted.size);
        ck_assert_mem_eq(&again, &came, sizeof came);
        byte_block_free(&out);
    }
    byte_block_free(&wanted);
    pole_index_close(index);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("log blocks");
    TCase *cases = tcase_create("log blocks");
    const int laid = (int)(sizeof patterns / sizeof *patterns);
    tcase_add_loop_test(cases, a_border_is_never_within_a_record, 0, laid);
    tcase_add_loop_test(cases, a_border_is_never_within_a_record_of_utf16, 0, laid);
    tcase_add_loop_test(cases, a_border_is_never_within_a_record_of_gb18030, 0, laid);
    tcase_add_loop_test(cases, a_reader_may_give_a_byte_at_a_time, 0, laid);
    tcase_add_test(cases, half_a_unit_of_utf16_is_kept_apart);
    tcase_add_test(cases, a_shadow_hides_what_belongs_to_a_character_and_nothing_else);
    tcase_add_loop_test(cases, a_run_survives_every_refusal_of_memory, 0, 3);
    tcase_add_loop_test(cases, a_reader_that_fails_ends_the_run_with_its_status, 0, 3);
    tcase_add_test(cases, a_reader_that_fails_late_leaves_whole_rows);
    tcase_add_loop_test(cases, a_sink_that_fails_ends_the_run_with_its_status, 0, 4);
    tcase_add_loop_test(cases, a_run_is_the_same_however_its_input_comes, 0, 3);
    suite_add_tcase(suite, cases);
    return test_main(suite);
}
