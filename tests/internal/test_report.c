/* SPDX-License-Identifier: MIT
 *
 * A report leaves the office that made it. What stands in it must be escaped, few calls must not be
 * told apart, a sample must say so, and a failure to write must not look like a page. What the
 * numbers are is counted again by test_report_page.py. */
#include <stdio.h>

#include <polelookup/polelookup.h>

#include "report/page.h"
#include "report/report.h"
#include "report/report_parts.h"
#include "support/small_city.h"
#include "support/test_main.h"
#include "support/test_memory.h"

/* ---- what is written of numbers and texts ---- */

static byte_block written;

static void begin(pole_page *page, pole_sink *sink)
{
    written = (byte_block){NULL, 0, 0};
    *sink = byte_block_sink(&written);
    pole_page_begin(page, sink, POLE_LANGUAGE_EN, NULL);
}

static void ends_as(pole_page *page, const char *expected)
{
    ck_assert_int_eq(pole_page_end(page), POLE_OK);
    const pole_span told = {(const char *)written.bytes, written.size};
    ck_assert_msg(pole_span_equal(told, pole_span_of(expected)), "\"%.*s\", not \"%s\"",
                  (int)told.size_bytes, told.data, expected);
    byte_block_free(&written);
}

static const struct {
    const char *text;
    size_t size;
    const char *page;
} escaped[] = {
    {"a<b>&\"'c", 8, "a&lt;b&gt;&amp;&quot;&#39;c"},
    {"通江街", 9, "通江街"},
    {"a\0b", 3,
     "a\xEF\xBF\xBD"
     "b"},
    {"\xE2\x80\xAE"
     "12",
     5,
     "\xEF\xBF\xBD"
     "12"},
    {"\xE2\x80\xA8", 3, "\xEF\xBF\xBD"},
    {"\x1B[31m", 5, "\xEF\xBF\xBD[31m"},
    {"a\nb", 3,
     "a\xEF\xBF\xBD"
     "b"},
    {"\xFF\xC0\x80", 3, "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
    {"\xED\xA0\x80", 3, "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
    {"\xEF\xBF\xBE\xEF\xB7\x90", 6, "\xEF\xBF\xBD\xEF\xBF\xBD"},
    {"", 0, ""},
};

START_TEST(texts_of_data_cannot_act)
{
    pole_page page;
    pole_sink sink;
    begin(&page, &sink);
    pole_page_text(&page, (pole_span){escaped[_i].text, escaped[_i].size});
    ends_as(&page, escaped[_i].page);
}
END_TEST

START_TEST(a_long_text_is_cut_between_characters)
{
    char text[3 * 1000];
    for (size_t i = 0; i < sizeof text; i += 3)
        memcpy(text + i, "\xE8\xA1\x97", 3);
    char expected[128] = {0};
    memcpy(expected, text, 120);
    memcpy(expected + 120, "\xE2\x80\xA6", 3);
    pole_page page;
    pole_sink sink;
    begin(&page, &sink);
    pole_page_text(&page, (pole_span){text, sizeof text});
    ends_as(&page, expected);
    /* Shifted by one byte the 120th byte lies inside a character. */
    begin(&page, &sink);
    text[0] = 'x';
    text[1] = 'y';
    text[2] = 'z';
    memmove(text + 1, text + 3, sizeof text - 3);
    memcpy(expected, text, 118);
    memcpy(expected + 118, "\xE2\x80\xA6", 4);
    pole_page_text(&page, (pole_span){text, sizeof text - 2});
    ends_as(&page, expected);
}
END_TEST

static const struct {
    uint64_t part, whole;
    const char *page;
} shares[] = {
    {0, 10, "0.0&#160;%"},         {1, 3, "33.3&#160;%"},
    {2, 3, "66.7&#160;%"},         {10, 10, "100.0&#160;%"},
    {1, 100000, "&lt;0.1&#160;%"}, {99999, 100000, "&gt;99.9&#160;%"},
    {0, 0, "0.0&#160;%"},          {UINT64_MAX / 2, UINT64_MAX, "50.0&#160;%"},
};

START_TEST(a_share_is_never_nothing_nor_all_when_it_is_not)
{
    pole_page page;
    pole_sink sink;
    begin(&page, &sink);
    pole_page_share(&page, shares[_i].part, shares[_i].whole);
    ends_as(&page, shares[_i].page);
}
END_TEST

START_TEST(counts_are_grouped_by_thousands)
{
    pole_page page;
    pole_sink sink;
    begin(&page, &sink);
    const uint64_t counts[] = {0, 999, 1000, 2187280, UINT64_MAX};
    for (size_t i = 0; i < 5; i++) {
        pole_page_count(&page, counts[i]);
        pole_page_raw(&page, " ");
    }
    ends_as(&page, "0 999 1,000 2,187,280 18,446,744,073,709,551,615 ");
}
END_TEST

/* ---- the page ---- */

static pole_tally *new_tally(const pole_index *index, const pole_allocator *allocator)
{
    pole_tally *tally;
    ck_assert_int_eq(pole_tally_new(index, true, allocator, &tally), POLE_OK);
    return tally;
}

static void count_calls(pole_tally *tally, pole_match match, pole_row row, const char *time,
                        unsigned calls)
{
    pole_row_match told = {.struct_size = sizeof told};
    told.match = match;
    told.row = row;
    told.station = row == POLE_NO_ROW ? POLE_NO_STATION : 0;
    const pole_span code = pole_span_of("1234567"), when = pole_span_of(time);
    for (unsigned i = 0; i < calls; i++)
        ck_assert_int_eq(pole_tally_rows(tally, &told, &code, &when, 1), POLE_OK);
}

/* NUL-ended; free(). */
static char *page_of(const pole_tally *tally, int32_t language)
{
    byte_block block = {NULL, 0, 0};
    const pole_sink sink = byte_block_sink(&block);
    pole_error error;
    ck_assert_int_eq(pole_report_write(tally, pole_span_of("calls.csv"), language, &sink, &error),
                     POLE_OK);
    char *text = malloc(block.size + 1);
    memcpy(text, block.bytes, block.size);
    text[block.size] = '\0';
    ck_assert_uint_eq(strlen(text), block.size);
    byte_block_free(&block);
    return text;
}

static void has(const char *page, const char *text)
{
    ck_assert_msg(strstr(page, text) != NULL, "\"%s\" is not there", text);
}

static void has_not(const char *page, const char *text)
{
    ck_assert_msg(strstr(page, text) == NULL, "\"%s\" is there", text);
}

START_TEST(a_sample_says_so_at_once_and_in_the_title_and_a_real_table_does_not)
{
    for (int is_sample = 0; is_sample < 2; is_sample++) {
        pole_index *index = small_city_open(is_sample);
        pole_tally *tally = new_tally(index, NULL);
        for (int32_t language = POLE_LANGUAGE_ZH; language <= POLE_LANGUAGE_EN; language++) {
            char *page = page_of(tally, language);
            if (is_sample) {
                has(page,
                    language == POLE_LANGUAGE_ZH ? "<title>样例 SAMPLE" : "<title>SAMPLE 样例");
                has(page, "<body>\n<p class=\"sample\">");
            } else {
                has_not(page, "样例");
                has_not(page, "class=\"sample\"");
            }
            free(page);
        }
        pole_tally_free(tally);
        pole_index_close(index);
    }
}
END_TEST

START_TEST(poles_with_one_or_two_calls_are_told_together_and_not_drawn)
{
    pole_index *index = small_city_open(0);
    pole_tally *tally = new_tally(index, NULL);
    /* Rows go by scope; the first of the urban poles are 0034501, 1234563, 1234565. */
    count_calls(tally, POLE_EXACT, 0, "03:00", 2);
    count_calls(tally, POLE_EXACT, 1, "13:00", 3);
    count_calls(tally, POLE_EXACT, 2, "13:00", 1);
    char *page = page_of(tally, POLE_LANGUAGE_EN);
    has(page, "<b class=\"code\">1 23 45 63</b>");
    has_not(page, "0 03 45 01");
    has_not(page, "1 23 45 65");
    has(page, "Poles with fewer than three calls each: 2; their calls together: 3.");
    has(page, "Streets with fewer than three calls each: 1; their calls together: 2.");
    has(page, "<title>03:00  &lt;3</title>");
    has(page, "<title>13:00  4</title>");
    has_not(page, "友谊路");
    free(page);
    pole_tally_free(tally);
    pole_index_close(index);
}
END_TEST

START_TEST(rows_that_are_not_sure_count_and_have_no_place)
{
    pole_index *index = small_city_open(0);
    pole_tally *tally = new_tally(index, NULL);
    count_calls(tally, POLE_AMBIGUOUS, 1, "13:00", 7);
    count_calls(tally, POLE_UNKNOWN, POLE_NO_ROW, "13:00", 5);
    char *page = page_of(tally, POLE_LANGUAGE_EN);
    has(page, "<b>12</b><span>calls");
    has(page, "<b>12</b><span>without a place <i>100.0&#160;%</i>");
    has(page, "Unsettled: more than one place fits</td><td class=\"n\">7</td>");
    has(page, "Not found: no pole is believed</td><td class=\"n\">5</td>");
    has(page, "there is no map");
    has_not(page, "<b class=\"code\">");
    has_not(page, "class=\"heat");
    free(page);
    pole_tally_free(tally);
    pole_index_close(index);
}
END_TEST

START_TEST(dates_with_the_year_last_count_in_the_week_only_when_the_log_shows_their_order)
{
    static const char *const second[] = {"07/06/2008 13:05", "06/30/2008 13:05",
                                         "30/06/2008 13:05"};
    static const bool told[] = {false, true, true};
    pole_index *index = small_city_open(0);
    for (size_t i = 0; i < 3; i++) {
        pole_tally *tally = new_tally(index, NULL);
        count_calls(tally, POLE_EXACT, 1, "06/07/2008 13:05", 5);
        count_calls(tally, POLE_EXACT, 1, second[i], 4);
        char *page = page_of(tally, POLE_LANGUAGE_EN);
        ck_assert((strstr(page, "class=\"grid\"") != NULL) == told[i]);
        /* 7 June was a Saturday, the sixth row; 6 July a Sunday. */
        if (i == 1)
            has(page, "x=\"130\" y=\"50\" class=\"w5\"");
        if (i == 2)
            has(page, "x=\"130\" y=\"60\" class=\"w5\"");
        free(page);
        /* One that can only be the other way round, and nothing is told. */
        count_calls(tally, POLE_EXACT, 1, second[i == 1 ? 2 : 1], 4);
        page = page_of(tally, POLE_LANGUAGE_EN);
        ck_assert((strstr(page, "class=\"grid\"") != NULL) == (i == 0));
        free(page);
        pole_tally_free(tally);
    }
    pole_index_close(index);
}
END_TEST

/* Poles at the ends of the earth and one alone in the middle: every town has its map, and no number
 * of a picture gets out of hand. */
START_TEST(a_table_all_over_the_earth_makes_a_page)
{
    static const pole_point places[] = {{-89.9, -180}, {89.9, 180}, {1, 0}, {45.7, 126.6}};
    pole_build_options options;
    pole_builder *builder;
    pole_error error;
    byte_block block = {NULL, 0, 0};
    pole_index *index;
    pole_build_options_init(&options);
    options.source_date_epoch_s = 0;
    ck_assert_int_eq(pole_builder_new(&options, &builder, &error), POLE_OK);
    for (unsigned i = 0; i < 4; i++) {
        char code[16];
        snprintf(code, sizeof code, "123450%u", i);
        pole_record record = {.struct_size = sizeof record, .at = places[i]};
        record.surveyed_days = POLE_NO_DATE;
        ck_assert_msg(pole_builder_add_pole(builder, span_of(code), &record, &error) == POLE_OK,
                      "%s", error.message);
    }
    const pole_sink sink = byte_block_sink(&block);
    ck_assert_msg(pole_builder_finish_to(builder, &sink, NULL, &error) == POLE_OK, "%s",
                  error.message);
    pole_builder_free(builder);
    ck_assert_int_eq(pole_index_open_memory(block.bytes, block.size, NULL, &index, &error),
                     POLE_OK);
    pole_tally *tally = new_tally(index, NULL);
    for (pole_row row = 0; row < 4; row++)
        count_calls(tally, POLE_EXACT, row, "13:00", 3 + row);
    char *page = page_of(tally, POLE_LANGUAGE_EN);
    size_t maps = 0;
    for (const char *at = page; (at = strstr(at, "<svg class=\"map\"")) != NULL; at++)
        maps++;
    ck_assert_uint_eq(maps, 4);
    has(page, "18 calls came from poles without a street");
    has_not(page, "came from places outside these maps");
    ck_assert_uint_lt(strlen(page), 40000);
    free(page);
    pole_tally_free(tally);
    pole_index_close(index);
    byte_block_free(&block);
}
END_TEST

START_TEST(an_empty_log_makes_a_page)
{
    pole_index *index = small_city_open(0);
    pole_tally *tally = new_tally(index, NULL);
    char *page = page_of(tally, POLE_LANGUAGE_ZH);
    has(page, "<b>0</b><span>次报警");
    has(page, "</html>\n");
    has_not(page, "何时报警"); /* there was no column of times */
    free(page);
    pole_tally_free(tally);
    pole_index_close(index);
}
END_TEST

START_TEST(the_same_tally_gives_the_same_bytes)
{
    pole_index *index = small_city_open(1);
    pole_tally *tally = new_tally(index, NULL), *loaded = new_tally(index, NULL);
    count_calls(tally, POLE_EXACT, 3, "2008-06-30 13:05", 50);
    count_calls(tally, POLE_CORRECTED, 9, "2008-06-30 14:05", 20);
    pole_buffer state;
    pole_buffer_init(&state, NULL);
    pole_tally_save(tally, &state);
    ck_assert_int_eq(pole_tally_load(loaded, state.bytes, state.size, NULL), POLE_OK);
    char *a = page_of(tally, POLE_LANGUAGE_EN), *b = page_of(loaded, POLE_LANGUAGE_EN);
    ck_assert_str_eq(a, b);
    free(a);
    free(b);
    pole_buffer_free(&state);
    pole_tally_free(tally);
    pole_tally_free(loaded);
    pole_index_close(index);
}
END_TEST

START_TEST(a_run_without_a_report_has_none)
{
    pole_index *index = small_city_open(0);
    pole_tally *tally;
    pole_error error;
    ck_assert_int_eq(pole_tally_new(index, false, NULL, &tally), POLE_OK);
    const pole_sink sink = {NULL, NULL};
    ck_assert_int_eq(pole_report_write(tally, pole_span_of(""), POLE_LANGUAGE_ZH, &sink, &error),
                     POLE_INVALID_ARGUMENT);
    pole_tally_free(tally);
    pole_index_close(index);
}
END_TEST

/* ---- what goes wrong ---- */

typedef struct {
    size_t left; /* bytes until the disk is full */
    size_t writes_after;
} full_disk;

static pole_status write_until_full(void *context, const void *bytes, size_t size)
{
    full_disk *disk = context;
    (void)bytes;
    if (disk->left == 0)
        disk->writes_after++;
    if (size > disk->left) {
        disk->left = 0;
        return POLE_IO;
    }
    disk->left -= size;
    return POLE_OK;
}

START_TEST(a_sink_that_fails_is_told_and_not_asked_again)
{
    pole_index *index = small_city_open(0);
    pole_tally *tally = new_tally(index, NULL);
    count_calls(tally, POLE_EXACT, 1, "13:00", 9);
    size_t failures = 0;
    for (size_t left = 0;; left += 1000) {
        full_disk disk = {left, 0};
        const pole_sink sink = {&disk, write_until_full};
        pole_error error;
        const pole_status status =
            pole_report_write(tally, pole_span_of("a"), POLE_LANGUAGE_EN, &sink, &error);
        if (status == POLE_OK)
            break;
        ck_assert_int_eq(status, POLE_IO);
        ck_assert_uint_le(disk.writes_after, left == 0);
        failures++;
    }
    ck_assert_uint_gt(failures, 5);
    pole_tally_free(tally);
    pole_index_close(index);
}
END_TEST

START_TEST(every_refusal_of_memory_is_told_and_leaves_nothing)
{
    pole_index *index = small_city_open(0);
    size_t fail_at = 0;
    pole_status status;
    do {
        test_memory memory;
        test_memory_init(&memory, 0);
        pole_tally *tally = new_tally(index, &memory.allocator);
        count_calls(tally, POLE_EXACT, 1, "13:00", 9);
        count_calls(tally, POLE_EXACT, 12, "13:00", 9);
        const size_t live = memory.live;
        memory.fail_at = memory.calls + ++fail_at;
        byte_block block = {NULL, 0, 0};
        const pole_sink sink = byte_block_sink(&block);
        pole_error error;
        status = pole_report_write(tally, pole_span_of("a"), POLE_LANGUAGE_EN, &sink, &error);
        ck_assert(status == POLE_OK || status == POLE_NO_MEMORY);
        ck_assert_uint_eq(memory.live, live);
        pole_tally_free(tally);
        ck_assert_uint_eq(memory.live, 0);
        byte_block_free(&block);
    } while (status != POLE_OK);
    ck_assert_uint_gt(fail_at, 8);
    pole_index_close(index);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("report");
    TCase *tcase = tcase_create("writing");
    tcase_add_loop_test(tcase, texts_of_data_cannot_act, 0, sizeof escaped / sizeof *escaped);
    tcase_add_test(tcase, a_long_text_is_cut_between_characters);
    tcase_add_loop_test(tcase, a_share_is_never_nothing_nor_all_when_it_is_not, 0,
                        sizeof shares / sizeof *shares);
    tcase_add_test(tcase, counts_are_grouped_by_thousands);
    suite_add_tcase(suite, tcase);
    tcase = tcase_create("page");
    tcase_add_test(tcase, a_sample_says_so_at_once_and_in_the_title_and_a_real_table_does_not);
    tcase_add_test(tcase, poles_with_one_or_two_calls_are_told_together_and_not_drawn);
    tcase_add_test(tcase, rows_that_are_not_sure_count_and_have_no_place);
    tcase_add_test(tcase,
                   dates_with_the_year_last_count_in_the_week_only_when_the_log_shows_their_order);
    tcase_add_test(tcase, a_table_all_over_the_earth_makes_a_page);
    tcase_add_test(tcase, an_empty_log_makes_a_page);
    tcase_add_test(tcase, the_same_tally_gives_the_same_bytes);
    tcase_add_test(tcase, a_run_without_a_report_has_none);
    tcase_add_test(tcase, a_sink_that_fails_is_told_and_not_asked_again);
    tcase_add_test(tcase, every_refusal_of_memory_is_told_and_leaves_nothing);
    suite_add_tcase(suite, tcase);
    return test_main(suite);
}
