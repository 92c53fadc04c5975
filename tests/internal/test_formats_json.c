/* SPDX-License-Identifier: MIT
 *
 * The JSON reader accepts what RFC 8259 does and nothing else, tells where it stopped, and does so
 * wherever the text is cut; what the writer writes is read back. */
#include <math.h>
#include <stdio.h>

#include "base/utf8.h"
#include "formats/json_in.h"
#include "formats/json_out.h"
#include "support/test_main.h"
#include "support/test_memory.h"
#include "support/test_random.h"

/* Gives `piece` bytes a time, so that every token is cut somewhere. */
typedef struct {
    pole_span text;
    size_t at;
    size_t piece;
} slow_bytes;

static pole_status read_slowly(void *context, void *bytes, size_t size, size_t *got,
                               pole_error *error)
{
    slow_bytes *slow = context;
    (void)error;
    size_t most = slow->text.size_bytes - slow->at;
    most = most < slow->piece ? most : slow->piece;
    *got = most < size ? most : size;
    if (*got > 0)
        memcpy(bytes, slow->text.data + slow->at, *got);
    slow->at += *got;
    return POLE_OK;
}

typedef struct {
    slow_bytes bytes;
    pole_text_in *text;
    pole_json_reader *json;
} json_fixture;

static void open_json(json_fixture *fixture, pole_span text, size_t piece, bool sequence)
{
    fixture->bytes = (slow_bytes){text, 0, piece};
    const pole_byte_source source = {&fixture->bytes, read_slowly};
    ck_assert_int_eq(pole_text_in_new(source, POLE_ENCODING_UTF8, NULL, &fixture->text, NULL),
                     POLE_OK);
    ck_assert_int_eq(pole_json_reader_new(fixture->text, sequence, NULL, &fixture->json), POLE_OK);
}

static void close_json(json_fixture *fixture)
{
    pole_json_reader_free(fixture->json);
    pole_text_in_free(fixture->text);
}

/* All tokens as a text: { } [ ] k<...> s<...> n<...> w<...>, at the end $; an error as
 * !line:column@offset. */
static void read_tokens(pole_span text, size_t piece, bool sequence, pole_buffer *out)
{
    static const char *const marks[] = {"$",  "{",  "}",  "[",  "]", "k<",
                                        "s<", "n<", "w<", "w<", "w<"};
    json_fixture fixture;
    pole_json_token token;
    pole_error error = {0};
    pole_status status;
    open_json(&fixture, text, piece, sequence);
    do {
        status = pole_json_next(fixture.json, &token, &error);
        if (status != POLE_OK)
            break;
        pole_buffer_append_text(out, marks[token.kind]);
        if (token.kind >= POLE_JSON_KEY) {
            pole_buffer_append(out, token.text.data, token.text.size_bytes);
            pole_buffer_append_text(out, token.bad_bytes ? ">?" : ">");
        }
    } while (token.kind != POLE_JSON_END);
    if (status != POLE_OK) {
        char place[64];
        pole_error again = {0};
        ck_assert_int_eq(pole_json_next(fixture.json, &token, &again), status);
        ck_assert_str_eq(again.message, error.message);
        (void)snprintf(place, sizeof place, "!%u:%u@%llu", error.line, error.column,
                       (unsigned long long)error.offset_bytes);
        pole_buffer_append_text(out, place);
    }
    close_json(&fixture);
}

typedef struct {
    const char *text;
    const char *tokens;
} json_case;

static const json_case cases[] = {
    {"{}", "{}$"},
    {" [ ] ", "[]$"},
    {"{\"a\":1,\"b\":[true,false,null]}", "{k<a>n<1>k<b>[w<true>w<false>w<null>]}$"},
    {"\"\"", "s<>$"},
    {"-0.5e+10", "n<-0.5e+10>$"},
    {"[0,-0,10,0.10,1E5,1e-7]", "[n<0>n<-0>n<10>n<0.10>n<1E5>n<1e-7>]$"},
    {"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "s<\"\\/\b\f\n\r\t>$"},
    {"\"\\u706f\\u6746\"", "s<\xE7\x81\xAF\xE6\x9D\x86>$"},
    {"\"\\ud83d\\uDE00\"", "s<\xF0\x9F\x98\x80>$"},
    {"[[[[]]],{\"a\":{}}]", "[[[[]]]{k<a>{}}]$"},
    {"{\"\":\"\"}", "{k<>s<>}$"},
    {"\"a\xFF\"", "s<a\xEF\xBF\xBD>?$"},
    /* What RFC 8259 has not. */
    {"", "!1:1@0"},
    {"  ", "!1:3@2"},
    {"[1,]", "[n<1>!1:4@3"},
    {"[,1]", "[!1:2@1"},
    {"{,}", "{!1:2@1"},
    {"{\"a\" 1}", "{k<a>!1:6@5"},
    {"{\"a\":1,}", "{k<a>n<1>!1:8@7"},
    {"{\"a\":}", "{k<a>!1:6@5"},
    {"{a:1}", "{!1:2@1"},
    {"[1 2]", "[n<1>!1:4@3"},
    {"[1}", "[n<1>!1:3@2"},
    {"{]", "{!1:2@1"},
    {"[01]", "[!1:2@1"},
    {"[+1]", "[!1:2@1"},
    {"[1.]", "[!1:2@1"},
    {"[.5]", "[!1:2@1"},
    {"[1e]", "[!1:2@1"},
    {"[-]", "[!1:2@1"},
    {"[0x10]", "[!1:2@1"},
    {"[NaN]", "[!1:2@1"},
    {"[Infinity]", "[!1:2@1"},
    {"[True]", "[!1:2@1"},
    {"[nul]", "[!1:2@1"},
    {"[nulll]", "[!1:2@1"},
    {"['a']", "[!1:2@1"},
    {"\"a\nb\"", "!1:3@2"},
    {"\"a\tb\"", "!1:3@2"},
    {"\"a", "!1:1@0"},
    {"\"a\\\"", "!1:1@0"},
    {"\"\\x41\"", "!1:2@1"},
    {"\"\\u12g4\"", "!1:2@1"},
    {"\"\\ud83d\"", "!1:2@1"},
    {"\"\\ude00\"", "!1:2@1"},
    {"\"\\ud83d\\u0041\"", "!1:2@1"},
    {"[1", "[n<1>!1:3@2"},
    {"{\"a\"", "{k<a>!1:5@4"},
    {"{\"a\":", "{k<a>!1:6@5"},
    {"{} {}", "{}!1:4@3"},
    {"1 2", "n<1>!1:3@2"},
    {"]", "!1:1@0"},
    {"// comment\n1", "!1:1@0"},
    /* Lines end in LF, CRLF or CR; columns count characters, offsets bytes. */
    {"[\n\r\n\r1,\n \"\xE7\x81\xAF\" x]", "[n<1>s<\xE7\x81\xAF>!5:6@15"},
};

START_TEST(a_text_gives_its_tokens_however_it_is_cut)
{
    const pole_span text = pole_span_of(cases[_i].text);
    pole_buffer out;
    pole_buffer_init(&out, NULL);
    for (size_t piece = 1; piece <= text.size_bytes + 1; piece++) {
        pole_buffer_clear(&out);
        read_tokens(text, piece, false, &out);
        pole_buffer_append_byte(&out, '\0');
        ck_assert_str_eq((const char *)out.bytes, cases[_i].tokens);
    }
    pole_buffer_free(&out);
}
END_TEST

START_TEST(a_sequence_is_values_one_after_the_other)
{
    pole_buffer out;
    pole_buffer_init(&out, NULL);
    read_tokens(pole_span_of("{\"a\":1}\n[2]\r\n\n3 "), 4, true, &out);
    read_tokens(pole_span_of(""), 4, true, &out);
    pole_buffer_append_byte(&out, '\0');
    ck_assert_str_eq((const char *)out.bytes, "{k<a>n<1>}[n<2>]n<3>$$");
    pole_buffer_free(&out);
}
END_TEST

START_TEST(an_escaped_nul_is_marked_and_a_bare_one_refused)
{
    pole_buffer out;
    pole_buffer_init(&out, NULL);
    read_tokens(pole_span_of("\"a\\u0000\""), 3, false, &out);
    ck_assert_uint_eq(out.size, 7);
    ck_assert_int_eq(memcmp(out.bytes, "s<a\0>?$", 7), 0);
    pole_buffer_clear(&out);
    read_tokens((pole_span){"\"a\0\"", 4}, 3, false, &out);
    pole_buffer_append_byte(&out, '\0');
    ck_assert_str_eq((const char *)out.bytes, "!1:3@2");
    pole_buffer_free(&out);
}
END_TEST

START_TEST(depth_is_limited)
{
    char text[2 * (POLE_JSON_MAX_DEPTH + 1)];
    json_fixture fixture;
    pole_json_token token;
    pole_error error = {0};
    memset(text, '[', POLE_JSON_MAX_DEPTH);
    memset(text + POLE_JSON_MAX_DEPTH, ']', POLE_JSON_MAX_DEPTH);
    open_json(&fixture, (pole_span){text, 2 * (size_t)POLE_JSON_MAX_DEPTH}, 10, false);
    do {
        ck_assert_int_eq(pole_json_next(fixture.json, &token, NULL), POLE_OK);
    } while (token.kind != POLE_JSON_END);
    close_json(&fixture);
    memset(text, '[', POLE_JSON_MAX_DEPTH + 1);
    open_json(&fixture, (pole_span){text, (size_t)POLE_JSON_MAX_DEPTH + 1}, 10, false);
    for (unsigned i = 0; i < POLE_JSON_MAX_DEPTH; i++)
        ck_assert_int_eq(pole_json_next(fixture.json, &token, &error), POLE_OK);
    ck_assert_int_eq(pole_json_next(fixture.json, &token, &error), POLE_LIMIT);
    ck_assert_uint_eq(error.column, POLE_JSON_MAX_DEPTH + 1);
    close_json(&fixture);
}
END_TEST

START_TEST(a_string_beyond_the_limit_is_refused)
{
    const size_t size = POLE_JSON_MAX_TOKEN_BYTES + ((size_t)1 << 20);
    char *text = malloc(size);
    json_fixture fixture;
    pole_json_token token;
    memset(text, 'x', size);
    text[0] = '"';
    open_json(&fixture, (pole_span){text, size}, size, false);
    ck_assert_int_eq(pole_json_next(fixture.json, &token, NULL), POLE_LIMIT);
    close_json(&fixture);
    free(text);
}
END_TEST

START_TEST(skipping_gives_the_value_as_it_is_written)
{
    static const char text[] = "{\"a\": [1, {\"b\": \"\\u0041]\"} ], \"c\": \"x\\ty\" , \"d\":{} }";
    for (size_t piece = 1; piece < sizeof text + 1; piece++) {
        json_fixture fixture;
        pole_json_token token;
        pole_span raw;
        static const char *const raws[] = {"[1, {\"b\": \"\\u0041]\"} ]", "\"x\\ty\"", "{}"};
        open_json(&fixture, pole_span_of(text), piece, false);
        ck_assert_int_eq(pole_json_next(fixture.json, &token, NULL), POLE_OK);
        for (size_t i = 0; i < 3; i++) {
            ck_assert_int_eq(pole_json_next(fixture.json, &token, NULL), POLE_OK);
            ck_assert_int_eq(token.kind, POLE_JSON_KEY);
            ck_assert_int_eq(pole_json_skip(fixture.json, &token, &raw, NULL), POLE_OK);
            ck_assert(pole_span_equal(raw, pole_span_of(raws[i])));
            ck_assert_uint_eq(pole_json_depth(fixture.json), 1);
        }
        ck_assert_int_eq(pole_json_next(fixture.json, &token, NULL), POLE_OK);
        ck_assert_int_eq(token.kind, POLE_JSON_OBJECT_END);
        close_json(&fixture);
    }
}
END_TEST

START_TEST(skipping_into_broken_text_fails_there)
{
    json_fixture fixture;
    pole_json_token token;
    pole_span raw;
    pole_error error = {0};
    open_json(&fixture, pole_span_of("[[1,\n [2,}]]"), 3, false);
    ck_assert_int_eq(pole_json_next(fixture.json, &token, NULL), POLE_OK);
    ck_assert_int_eq(pole_json_next(fixture.json, &token, NULL), POLE_OK);
    ck_assert_int_eq(pole_json_skip(fixture.json, &token, &raw, &error), POLE_BAD_INPUT);
    ck_assert_uint_eq(error.line, 2);
    ck_assert_uint_eq(error.column, 5);
    ck_assert_uint_eq(error.offset_bytes, 9);
    ck_assert_uint_eq(raw.size_bytes, 0);
    close_json(&fixture);
}
END_TEST

START_TEST(the_writer_sets_commas_and_escapes)
{
    pole_buffer out;
    pole_json_writer json;
    pole_buffer_init(&out, NULL);
    pole_json_writer_init(&json, &out);
    pole_json_begin_object(&json);
    pole_json_key(&json, "text");
    pole_json_string(&json, (pole_span){"\"\\/\b\f\n\r\t\x01\x7F\0\xE7\x81\xAF\xFF<", 16});
    pole_json_key(&json, "none");
    pole_json_text(&json, NULL);
    pole_json_key(&json, "empty");
    pole_json_string_or_null(&json, (pole_span){"", 0});
    pole_json_key(&json, "list");
    pole_json_begin_array(&json);
    pole_json_u64(&json, UINT64_MAX);
    pole_json_i64(&json, INT64_MIN);
    pole_json_scaled(&json, 457712345, 7);
    pole_json_scaled(&json, -5, 7);
    pole_json_double(&json, 148.649, 1);
    pole_json_double(&json, -0.04, 1);
    pole_json_double(&json, (double)NAN, 2);
    pole_json_bool(&json, true);
    pole_json_begin_array(&json);
    pole_json_end_array(&json);
    pole_json_begin_object(&json);
    pole_json_end_object(&json);
    pole_json_raw(&json, pole_span_of("{\"raw\":[]}"));
    pole_json_end_array(&json);
    pole_json_end_object(&json);
    pole_json_end_line(&json);
    pole_json_null(&json);
    pole_json_end_line(&json);
    pole_buffer_append_byte(&out, '\0');
    ck_assert_str_eq((const char *)out.bytes,
                     "{\"text\":\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u007f\\u0000\xE7\x81\xAF"
                     "\xEF\xBF\xBD<\",\"none\":null,\"empty\":null,\"list\":["
                     "18446744073709551615,-9223372036854775808,45.7712345,-0.0000005,148.6,0.0,"
                     "null,true,[],{},{\"raw\":[]}]}\nnull\n");
    pole_buffer_free(&out);
}
END_TEST

START_TEST(any_text_written_is_read_back)
{
    test_random random = test_random_begin("strings", 8259);
    pole_buffer out;
    pole_json_writer json;
    pole_buffer_init(&out, NULL);
    for (unsigned round = 0; round < 5000; round++) {
        char text[40];
        const size_t size = test_random_below(&random, sizeof text);
        for (size_t i = 0; i < size; i++)
            text[i] = (char)test_random_below(&random, round % 2 ? 128 : 256);
        pole_buffer_clear(&out);
        pole_json_writer_init(&json, &out);
        pole_json_string(&json, (pole_span){text, size});
        ck_assert_uint_eq(pole_utf8_first_bad((const char *)out.bytes, out.size), out.size);
        json_fixture fixture;
        pole_json_token token;
        open_json(&fixture, (pole_span){(const char *)out.bytes, out.size}, 7, false);
        ck_assert_int_eq(pole_json_next(fixture.json, &token, NULL), POLE_OK);
        if (round % 2)
            ck_assert(pole_span_equal(token.text, (pole_span){text, size}));
        close_json(&fixture);
    }
    pole_buffer_free(&out);
}
END_TEST

START_TEST(no_memory_anywhere_is_told_and_leaks_nothing)
{
    static const char text[] = "{\"a\":[1,\"\\u0041\"],\"b\":\"\xFF\"}";
    bool done = false;
    for (size_t fail_at = 1; !done; fail_at++) {
        test_memory memory;
        test_memory_init(&memory, fail_at);
        slow_bytes bytes = {pole_span_of(text), 0, 2};
        const pole_byte_source source = {&bytes, read_slowly};
        pole_text_in *in = NULL;
        pole_json_reader *json = NULL;
        pole_json_token token = {0};
        pole_status status =
            pole_text_in_new(source, POLE_ENCODING_UTF8, &memory.allocator, &in, NULL);
        if (status == POLE_OK)
            status = pole_json_reader_new(in, false, &memory.allocator, &json);
        while (status == POLE_OK) {
            status = pole_json_next(json, &token, NULL);
            if (token.kind == POLE_JSON_END)
                break;
        }
        ck_assert(status == POLE_OK || status == POLE_NO_MEMORY);
        done = status == POLE_OK;
        pole_json_reader_free(json);
        pole_text_in_free(in);
        ck_assert_uint_eq(memory.live, 0);
        ck_assert_uint_lt(fail_at, 100);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("formats_json");
    TCase *reading = tcase_create("reading");
    tcase_add_loop_test(reading, a_text_gives_its_tokens_however_it_is_cut, 0,
                        sizeof cases / sizeof cases[0]);
    tcase_add_test(reading, a_sequence_is_values_one_after_the_other);
    tcase_add_test(reading, an_escaped_nul_is_marked_and_a_bare_one_refused);
    tcase_add_test(reading, depth_is_limited);
    tcase_add_test(reading, a_string_beyond_the_limit_is_refused);
    tcase_add_test(reading, skipping_gives_the_value_as_it_is_written);
    tcase_add_test(reading, skipping_into_broken_text_fails_there);
    tcase_add_test(reading, no_memory_anywhere_is_told_and_leaks_nothing);
    suite_add_tcase(suite, reading);
    TCase *writing = tcase_create("writing");
    tcase_add_test(writing, the_writer_sets_commas_and_escapes);
    tcase_add_test(writing, any_text_written_is_read_back);
    suite_add_tcase(suite, writing);
    return test_main(suite);
}
