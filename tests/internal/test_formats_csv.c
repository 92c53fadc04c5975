/* SPDX-License-Identifier: MIT
 *
 * The CSV reader by hand-made cases, each a kind of dirt that real tables had; the same text cut
 * anywhere; the limits; and the writer read back. (test_csv_python.py compares with another
 * reader.) */
#include <stdio.h>

#include "formats/csv_in.h"
#include "formats/csv_out.h"
#include "support/test_main.h"
#include "support/test_memory.h"
#include "support/test_random.h"

static const pole_dialect csv = {',', '"', POLE_HEADER_NO};

static void add_number(pole_buffer *out, uint64_t number)
{
    char text[24];
    (void)snprintf(text, sizeof text, "%llu", (unsigned long long)number);
    pole_buffer_append_text(out, text);
}

/* A record as text: line-line_end, faults (U A T), cells in <>, those with a fault after '!'. */
static void describe(const pole_csv_record *record, pole_buffer *out)
{
    add_number(out, record->line);
    if (record->line_end != record->line) {
        pole_buffer_append_text(out, "-");
        add_number(out, record->line_end);
    }
    if (record->faults & POLE_CSV_UNCLOSED_QUOTE)
        pole_buffer_append_text(out, "U");
    if (record->faults & POLE_CSV_TEXT_AFTER_QUOTE)
        pole_buffer_append_text(out, "A");
    if (record->faults & POLE_CSV_TOO_LONG)
        pole_buffer_append_text(out, "T");
    for (size_t i = 0; i < record->cell_count; i++) {
        const bool faulty = record->faults != 0 && i == record->fault_cell;
        pole_buffer_append_text(out, faulty ? "!<" : "<");
        pole_buffer_append(out, record->cells[i].text.data, record->cells[i].text.size_bytes);
        pole_buffer_append_text(out, ">");
    }
    pole_buffer_append_text(out, " ");
}

/* All records of a text that grows by `step` bytes each time the reader wants more. */
static void read_all(pole_dialect dialect, pole_span text, size_t step, pole_buffer *out)
{
    pole_csv_reader *reader;
    pole_csv_record record;
    size_t at = 0;
    size_t seen = step < text.size_bytes ? step : text.size_bytes;
    ck_assert_int_eq(pole_csv_reader_new(dialect, NULL, &reader), POLE_OK);
    for (;;) {
        size_t used;
        /* In a block of its own, so that a sanitizer sees a step beyond the end. */
        const size_t size = seen - at;
        char *copy = malloc(size > 0 ? size : 1);
        if (size > 0)
            memcpy(copy, text.data + at, size);
        const pole_csv_result result =
            pole_csv_next(reader, copy, size, seen == text.size_bytes, &used, &record);
        ck_assert_uint_le(used, size);
        if (result == POLE_CSV_RECORD)
            describe(&record, out);
        free(copy);
        at += used;
        if (result == POLE_CSV_END)
            break;
        if (result == POLE_CSV_MORE) {
            ck_assert_uint_lt(seen, text.size_bytes);
            seen += step < text.size_bytes - seen ? step : text.size_bytes - seen;
        }
    }
    ck_assert_uint_eq(at, text.size_bytes);
    pole_csv_reader_free(reader);
}

typedef struct {
    const char *text;
    const char *records;
} csv_case;

static const csv_case cases[] = {
    {"", ""},
    {"a", "1<a> "},
    {"a,b\n1,2\n", "1<a><b> 2<1><2> "},
    {"a,b\r\n1,2", "1<a><b> 2<1><2> "},
    {"a,b\r1,2\r", "1<a><b> 2<1><2> "},
    {"a\r\r\nb\n\rc", "1<a> 2 3<b> 4 5<c> "},
    {"\n\na\n", "1 2 3<a> "},
    {"\r\n", "1 "},
    {",", "1<><> "},
    {",,\n,", "1<><><> 2<><> "},
    {" a , b ", "1< a >< b > "},
    {"\"a\",\"b,c\"", "1<a><b,c> "},
    {"\"\"", "1<> "},
    {"\"\"\n\"\"", "1<> 2<> "},
    {"\"a\"\"b\"", "1<a\"b> "},
    {"\"\"\"\"", "1<\"> "},
    {"\"\"\"\"\"\",x", "1<\"\"><x> "},
    {"\"a\nb\",c\nd", "1-2<a\nb><c> 3<d> "},
    {"\"a\r\nb\rc\n\nd\",e\nf", "1-5<a\r\nb\rc\n\nd><e> 6<f> "},
    {"\"\r\n\"\r\nx", "1-2<\r\n> 3<x> "},
    /* A quote in an unquoted cell is text. */
    {"5\" pipe,O\"Brien\"", "1<5\" pipe><O\"Brien\"> "},
    {" \"a\",b", "1< \"a\"><b> "},
    /* Text behind a closing quote is kept, and told. */
    {"\"a\"b,c", "1A!<ab><c> "},
    {"x,\"a\" ,c", "1A<x>!<a ><c> "},
    {"\"a\"b\"c\",d\ne", "1A!<ab\"c\"><d> 2<e> "},
    {"\"a\"\"\"b,c", "1A!<a\"b><c> "},
    /* A quote that is never closed takes the rest, and says from where to where. */
    {"a,b\nc,\"d\ne,f\n", "1<a><b> 2-3U<c>!<d\ne,f\n> "},
    {"a\n\"", "1<a> 2U!<> "},
    {"\"a\"\"", "1U!<a\"> "},
    {"\"a\n", "1U!<a\n> "},
    {"\"a\n\n", "1-2U!<a\n\n> "},
    /* Bytes that mean nothing here. */
    {"\xE7\x81\xAF,\xFF\n\t;|'", "1<\xE7\x81\xAF><\xFF> 2<\t;|'> "},
    /* Longer than one block of the scan, delimiters at its seams. */
    {"0123456789abcde,f\n0123456789abcdef,g\n0123456789abcdefg,h",
     "1<0123456789abcde><f> 2<0123456789abcdef><g> 3<0123456789abcdefg><h> "},
    {"\"0123456789abcdef0123456789abcdef\",\"0123456789abcd\"\"ef\"",
     "1<0123456789abcdef0123456789abcdef><0123456789abcd\"ef> "},
};

START_TEST(a_case_is_read_as_it_should_however_it_is_cut)
{
    const pole_span text = pole_span_of(cases[_i].text);
    pole_buffer out;
    pole_buffer_init(&out, NULL);
    for (size_t step = 1; step <= text.size_bytes + 1; step++) {
        pole_buffer_clear(&out);
        read_all(csv, text, step, &out);
        pole_buffer_append_byte(&out, '\0');
        ck_assert_str_eq((const char *)out.bytes, cases[_i].records);
    }
    pole_buffer_free(&out);
}
END_TEST

START_TEST(a_nul_is_text_and_does_not_end_it)
{
    pole_buffer out;
    pole_buffer_init(&out, NULL);
    read_all(csv, (pole_span){"a\0b,\0\n\0", 7}, 100, &out);
    ck_assert_uint_eq(out.size, 15);
    ck_assert_int_eq(memcmp(out.bytes, "1<a\0b><\0> 2<\0> ", 15), 0);
    pole_buffer_free(&out);
}
END_TEST

START_TEST(without_a_quote_quotes_are_text)
{
    const pole_dialect plain = {';', '\0', POLE_HEADER_NO};
    pole_buffer out;
    pole_buffer_init(&out, NULL);
    read_all(plain, pole_span_of("\"a;b\"\n'c,d'"), 100, &out);
    pole_buffer_append_byte(&out, '\0');
    ck_assert_str_eq((const char *)out.bytes, "1<\"a><b\"> 2<'c,d'> ");
    pole_buffer_free(&out);
}
END_TEST

/* Random text of the characters that matter. */
static size_t random_text(test_random *random, char *text, size_t most)
{
    static const char alphabet[] = "\"\"\",,\n\r\r\nab c;";
    const size_t size = test_random_below(random, most + 1);
    for (size_t i = 0; i < size; i++)
        text[i] = alphabet[test_random_below(random, sizeof alphabet - 1)];
    return size;
}

START_TEST(any_text_is_read_alike_however_it_is_cut)
{
    test_random random = test_random_begin("cut", 4180);
    pole_buffer whole;
    pole_buffer cut;
    pole_buffer_init(&whole, NULL);
    pole_buffer_init(&cut, NULL);
    for (unsigned round = 0; round < 20000; round++) {
        char text[80];
        const size_t size = random_text(&random, text, sizeof text);
        pole_buffer_clear(&whole);
        pole_buffer_clear(&cut);
        read_all(csv, (pole_span){text, size}, size + 1, &whole);
        read_all(csv, (pole_span){text, size}, 1 + test_random_below(&random, 20), &cut);
        ck_assert_uint_eq(whole.size, cut.size);
        ck_assert_int_eq(memcmp(whole.bytes, cut.bytes, cut.size), 0);
    }
    pole_buffer_free(&whole);
    pole_buffer_free(&cut);
}
END_TEST

START_TEST(an_over_long_record_is_told_and_skipped_to_its_end)
{
    /* A quoted cell of 17 MiB with line ends and doubled quotes in it, one row before, one behind;
     * by `_i`: in one piece, or in pieces of 1 MiB. */
    pole_buffer text;
    pole_buffer out;
    pole_buffer_init(&text, NULL);
    pole_buffer_init(&out, NULL);
    pole_buffer_append_text(&text, "a,b\nx,\"");
    while (text.size < ((size_t)17 << 20))
        pole_buffer_append_text(&text, "0123456789,\n\"\"\r\n");
    pole_buffer_append_text(&text, "\",y\nc,d\n");
    size_t lines = 0;
    for (size_t i = 4; i < text.size - 8; i++)
        lines += text.bytes[i] == '\n';
    read_all(csv, (pole_span){(const char *)text.bytes, text.size},
             _i == 0 ? text.size : (size_t)1 << 20, &out);
    pole_buffer_append_byte(&out, '\0');
    char wanted[80];
    (void)snprintf(wanted, sizeof wanted, "1<a><b> 2-%zuT %zu<c><d> ", 2 + lines, 3 + lines);
    ck_assert_str_eq((const char *)out.bytes, wanted);
    pole_buffer_free(&text);
    pole_buffer_free(&out);
}
END_TEST

START_TEST(a_record_of_the_limit_is_read_and_one_byte_more_is_not)
{
    pole_csv_reader *reader;
    pole_csv_record record;
    size_t used;
    const size_t most = POLE_CSV_MAX_RECORD_BYTES;
    char *text = malloc(most + 8);
    memset(text, 'x', most + 8);
    ck_assert_int_eq(pole_csv_reader_new(csv, NULL, &reader), POLE_OK);
    memcpy(text + most, "\r\ny", 3);
    ck_assert_int_eq(pole_csv_next(reader, text, most + 3, true, &used, &record), POLE_CSV_RECORD);
    ck_assert_uint_eq(record.faults, 0);
    ck_assert_uint_eq(record.cells[0].text.size_bytes, most);
    ck_assert_uint_eq(used, most + 2);
    memcpy(text + most, "x\ny", 3);
    ck_assert_int_eq(pole_csv_next(reader, text, most + 3, true, &used, &record), POLE_CSV_RECORD);
    ck_assert_uint_eq(record.faults, POLE_CSV_TOO_LONG);
    ck_assert_uint_eq(record.cell_count, 0);
    ck_assert_uint_eq(used, most + 2);
    pole_csv_reader_free(reader);
    free(text);
}
END_TEST

START_TEST(a_row_of_too_many_cells_is_told_and_the_next_is_read)
{
    pole_buffer text;
    pole_buffer out;
    pole_buffer_init(&text, NULL);
    pole_buffer_init(&out, NULL);
    for (size_t i = 0; i < POLE_CSV_MAX_CELLS; i++)
        pole_buffer_append_byte(&text, ',');
    pole_buffer_append_text(&text, "\nnext");
    read_all(csv, (pole_span){(const char *)text.bytes, text.size}, 1000, &out);
    pole_buffer_append_byte(&out, '\0');
    ck_assert_str_eq((const char *)out.bytes, "1T 2<next> ");
    pole_buffer_free(&text);
    pole_buffer_free(&out);
}
END_TEST

START_TEST(an_over_long_record_that_is_never_closed_says_both)
{
    pole_buffer text;
    pole_buffer out;
    pole_buffer_init(&text, NULL);
    pole_buffer_init(&out, NULL);
    pole_buffer_append_text(&text, "a\n\"");
    while (text.size < ((size_t)17 << 20))
        pole_buffer_append_text(&text, "0123456789\n");
    size_t lines = 0;
    for (size_t i = 0; i < text.size; i++)
        lines += text.bytes[i] == '\n';
    read_all(csv, (pole_span){(const char *)text.bytes, text.size}, (size_t)3 << 20, &out);
    pole_buffer_append_byte(&out, '\0');
    char wanted[80];
    (void)snprintf(wanted, sizeof wanted, "1<a> 2-%zuUT ", lines);
    ck_assert_str_eq((const char *)out.bytes, wanted);
    pole_buffer_free(&text);
    pole_buffer_free(&out);
}
END_TEST

START_TEST(what_the_writer_writes_the_reader_reads)
{
    test_random random = test_random_begin("round trip", 180);
    static const char delimiters[] = ",;\t|";
    pole_buffer text;
    pole_buffer_init(&text, NULL);
    for (unsigned round = 0; round < 20000; round++) {
        char cells[6][12];
        size_t sizes[6];
        const pole_dialect dialect = {delimiters[test_random_below(&random, 4)],
                                      test_random_below(&random, 2) ? '"' : '\'', POLE_HEADER_NO};
        const size_t count = 1 + test_random_below(&random, 6);
        pole_csv_writer writer;
        pole_buffer_clear(&text);
        pole_csv_writer_init(&writer, dialect, &text);
        writer.crlf = test_random_below(&random, 2);
        for (size_t i = 0; i < count; i++) {
            sizes[i] = random_text(&random, cells[i], sizeof cells[i]);
            pole_csv_write_cell(&writer, (pole_span){cells[i], sizes[i]});
        }
        pole_csv_end_row(&writer);
        pole_csv_reader *reader;
        pole_csv_record record;
        size_t used;
        ck_assert_int_eq(pole_csv_reader_new(dialect, NULL, &reader), POLE_OK);
        ck_assert_int_eq(
            pole_csv_next(reader, (const char *)text.bytes, text.size, true, &used, &record),
            POLE_CSV_RECORD);
        ck_assert_uint_eq(used, text.size);
        ck_assert_uint_eq(record.faults, 0);
        ck_assert_uint_eq(record.cell_count, count);
        for (size_t i = 0; i < count; i++)
            ck_assert(pole_span_equal(record.cells[i].text, (pole_span){cells[i], sizes[i]}));
        pole_csv_reader_free(reader);
    }
    pole_buffer_free(&text);
}
END_TEST

START_TEST(the_writer_quotes_only_what_needs_it)
{
    pole_buffer text;
    pole_csv_writer writer;
    pole_buffer_init(&text, NULL);
    pole_csv_writer_init(&writer, POLE_DIALECT_CSV, &text);
    static const char *const cells[] = {"0012345", " a;b ", "a,b", "say \"x\"", "two\nlines", ""};
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++)
        pole_csv_write_text(&writer, cells[i]);
    pole_csv_end_row(&writer);
    pole_csv_write_text(&writer, "");
    pole_csv_end_row(&writer);
    pole_csv_end_row(&writer);
    pole_buffer_append_byte(&text, '\0');
    ck_assert_str_eq((const char *)text.bytes, "0012345, a;b ,\"a,b\",\"say \"\"x\"\"\","
                                               "\"two\nlines\",\n\"\"\n\n");
    pole_buffer_free(&text);
}
END_TEST

typedef struct {
    const char *text;
    char delimiter;
    char quote;
    pole_header_rule header;
} dialect_case;

static const dialect_case dialect_cases[] = {
    {"code,lat,lon\n1,2,3\n", ',', '"', POLE_HEADER_YES},
    {"code;lat;lon\n1;45,7;126,6\n2;45,8;126,7\n", ';', '"', POLE_HEADER_YES},
    {"code\tlat\tlon\n1\t2\t3\n", '\t', '"', POLE_HEADER_YES},
    {"code|note\n1|a,b,c\n2|a\n3|a,b\n", '|', '"', POLE_HEADER_YES},
    /* Lists inside cells do not make a delimiter. */
    {"name,tags\na,x;y;z\nb,x\nc,x;y\n", ',', '"', POLE_HEADER_YES},
    /* Delimiters inside quotes do not count. */
    {"\"a,b,c\";1\n\"a,b,c\";2\n\"a,b,c\";3\n", ';', '"', POLE_HEADER_NO},
    /* One column; commas in a few cells. */
    {"heard\n2334504\ntwo,three\n2334502\n", ',', '"', POLE_HEADER_YES},
    {"0012345\n0012346\n", ',', '"', POLE_HEADER_NO},
    {"0012345,45.7,126.6\n0012346,45.7,126.6\n", ',', '"', POLE_HEADER_NO},
    /* A number in the header, beside names that are known; a known word in the data. */
    {"code,lat,2008\n1,2,3\n", ',', '"', POLE_HEADER_YES},
    {"0012345,note\n0012346,note\n", ',', '"', POLE_HEADER_NO},
    {"'a,b','c'\n'd','e,f'\n", ',', '\'', POLE_HEADER_YES},
    /* Spreadsheets mark text by an apostrophe in front: that is no quote. */
    {"code,name\n'0012345,x\n'0012346,y\n", ',', '"', POLE_HEADER_YES},
    {"name,n\nO'Brien,x\nO'Hara,y\n", ',', '"', POLE_HEADER_YES},
    {"", ',', '"', POLE_HEADER_YES},
};

START_TEST(a_dialect_is_sniffed)
{
    const dialect_case *c = &dialect_cases[_i];
    pole_dialect dialect = POLE_DIALECT_SNIFF;
    ck_assert_int_eq(pole_dialect_complete(pole_span_of(c->text), true, NULL, &dialect, NULL),
                     POLE_OK);
    ck_assert_int_eq(dialect.delimiter, c->delimiter);
    ck_assert_int_eq(dialect.quote, c->quote);
    ck_assert_int_eq(dialect.header, c->header);
}
END_TEST

START_TEST(what_is_given_is_not_sniffed)
{
    pole_dialect dialect = {';', '\0', POLE_HEADER_YES};
    ck_assert_int_eq(pole_dialect_complete(pole_span_of("1,2\n3,4\n"), true, NULL, &dialect, NULL),
                     POLE_OK);
    ck_assert_int_eq(dialect.delimiter, ';');
    ck_assert_int_eq(dialect.quote, '\0');
    ck_assert_int_eq(dialect.header, POLE_HEADER_YES);
}
END_TEST

START_TEST(a_dialect_that_cannot_be_is_refused)
{
    static const pole_dialect bad[] = {{'"', '"', POLE_HEADER_YES},
                                       {'\n', '"', POLE_HEADER_YES},
                                       {'\0', '"', POLE_HEADER_YES},
                                       {',', '\r', POLE_HEADER_YES},
                                       {(char)0xE7, '"', POLE_HEADER_YES}};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        pole_dialect dialect = bad[i];
        pole_error error;
        ck_assert_int_eq(pole_dialect_complete(pole_span_of("a\n"), true, NULL, &dialect, &error),
                         POLE_INVALID_ARGUMENT);
        ck_assert_uint_gt(strlen(error.message), 10);
    }
}
END_TEST

START_TEST(no_memory_anywhere_is_told_and_leaks_nothing)
{
    static const char text[] =
        "a,b,\"c\"\"d\",\"e\"f\n1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18";
    bool done = false;
    for (size_t fail_at = 1; !done; fail_at++) {
        test_memory memory;
        test_memory_init(&memory, fail_at);
        pole_dialect dialect = POLE_DIALECT_SNIFF;
        pole_csv_reader *reader = NULL;
        pole_csv_result result = POLE_CSV_MEMORY;
        pole_status status =
            pole_dialect_complete(pole_span_of(text), true, &memory.allocator, &dialect, NULL);
        if (status == POLE_OK)
            status = pole_csv_reader_new(csv, &memory.allocator, &reader);
        for (size_t at = 0, used; status == POLE_OK; at += used) {
            pole_csv_record record;
            result = pole_csv_next(reader, text + at, sizeof text - 1 - at, true, &used, &record);
            if (result != POLE_CSV_RECORD)
                break;
        }
        ck_assert(status == POLE_OK || status == POLE_NO_MEMORY);
        ck_assert(result == POLE_CSV_END || result == POLE_CSV_MEMORY);
        done = result == POLE_CSV_END;
        pole_csv_reader_free(reader);
        ck_assert_uint_eq(memory.live, 0);
        ck_assert_uint_lt(fail_at, 100);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("formats_csv");
    TCase *reading = tcase_create("reading");
    tcase_add_loop_test(reading, a_case_is_read_as_it_should_however_it_is_cut, 0,
                        sizeof cases / sizeof cases[0]);
    tcase_add_test(reading, a_nul_is_text_and_does_not_end_it);
    tcase_add_test(reading, without_a_quote_quotes_are_text);
    tcase_add_test(reading, any_text_is_read_alike_however_it_is_cut);
    tcase_add_loop_test(reading, an_over_long_record_is_told_and_skipped_to_its_end, 0, 2);
    tcase_add_test(reading, a_record_of_the_limit_is_read_and_one_byte_more_is_not);
    tcase_add_test(reading, a_row_of_too_many_cells_is_told_and_the_next_is_read);
    tcase_add_test(reading, an_over_long_record_that_is_never_closed_says_both);
    tcase_add_test(reading, no_memory_anywhere_is_told_and_leaks_nothing);
    suite_add_tcase(suite, reading);
    TCase *writing = tcase_create("writing");
    tcase_add_test(writing, what_the_writer_writes_the_reader_reads);
    tcase_add_test(writing, the_writer_quotes_only_what_needs_it);
    suite_add_tcase(suite, writing);
    TCase *dialects = tcase_create("dialects");
    tcase_add_loop_test(dialects, a_dialect_is_sniffed, 0,
                        sizeof dialect_cases / sizeof dialect_cases[0]);
    tcase_add_test(dialects, what_is_given_is_not_sniffed);
    tcase_add_test(dialects, a_dialect_that_cannot_be_is_refused);
    suite_add_tcase(suite, dialects);
    return test_main(suite);
}
