/* SPDX-License-Identifier: MIT
 *
 * The sums of a run are all that most people ever see of it, and a report rests on them: each row
 * counts once and in the right place, what is doubtful counts in none, no hour is guessed, nothing
 * that a person wrote is kept, and a run that was broken off comes to the same. */
#include <polelookup/polelookup.h>

#include "report/tally.h"
#include "report/times.h"
#include "support/small_city.h"
#include "support/test_main.h"
#include "support/test_memory.h"
#include "support/test_random.h"

static pole_row_match match_of(pole_match match, pole_row row, pole_station_number station)
{
    pole_row_match out = {.struct_size = sizeof out};
    out.match = match;
    out.row = row;
    out.station = station;
    return out;
}

static void count_one(pole_tally *tally, pole_row_match match, const char *code, const char *time)
{
    const pole_span cell = pole_span_of(code), when = pole_span_of(time);
    ck_assert_int_eq(pole_tally_rows(tally, &match, &cell, &when, 1), POLE_OK);
}

static pole_tally *new_tally(const pole_index *index, bool report)
{
    pole_tally *tally;
    ck_assert_int_eq(pole_tally_new(index, report, NULL, &tally), POLE_OK);
    return tally;
}

/* ---- times ---- */

static const struct {
    const char *text;
    int hour;
    const char *days; /* of the year first, month first, day first; Monday 0, '-': none */
    bool zone;
} read_times[] = {
    /* 30 June 2008 was a Monday, 7 June 2008 a Saturday, 6 July 2008 a Sunday. */
    {"2008-06-30 13:05", 13, "000", false},
    {"2008-06-30 13:05:22", 13, "000", false},
    {"2008-06-30T23:59:59", 23, "000", false},
    {"2008-06-30T13:05:22Z", 13, "000", true},
    {"2008-06-30T13:05:22.123+08:00", 13, "000", true},
    {"2008-06-30 13:05 +0800", 13, "000", true},
    {"2008-06-30T13:05:22-05", 13, "000", true},
    {"2008/6/30 13:05", 13, "000", false},
    {"2008/6/30 7:05", 7, "000", false},
    {"2008.6.30 0:00", 0, "000", false},
    {" 2008-06-30\t13:05\n", 13, "000", false},
    {"20080630130522", 13, "000", false},
    {"200806301305", 13, "000", false},
    {"20080630T130522Z", 13, "000", true},
    {"20080630 13:05", 13, "000", false},
    {"06/30/2008 01:05:22 PM", 13, "-0-", false},
    {"06/30/2008 12:05:22 am", 0, "-0-", false},
    {"30/06/2008 12:05 PM", 12, "--0", false},
    {"06/07/2008 13:05", 13, "-56", false}, /* 7 June or 6 July: both can be meant */
    {"7.6.2008 13:05", 13, "-65", false},
    {"13:05", 13, "---", false},
    {"13:05:22", 13, "---", false},
    {"9:05", 9, "---", false},
    {"1:05 PM", 13, "---", false},
    {"2008年6月30日 13时05分", 13, "000", false},
    {"2008年06月30日13时05分22秒", 13, "000", false},
    {"2008年6月30日 13点05分", 13, "000", false},
    {"2008年6月30日 13:05", 13, "000", false},
    {"2008年6月30日 13时", 13, "000", false},
    {"2008/6/30 下午 1:05:22", 13, "000", false},
    {"2008-6-30 上午12:05", 0, "000", false},
    {"２００８－０６－３０　１３：０５", -1, "", false}, /* the full-width hyphen is not one */
    {"２００８/０６/３０　１３：０５", 13, "000", false},
    {"2008-02-29 13:05", 13, "444", false},
    {"", -1, "", false},
    {"13", -1, "", false},
    {"2008-06-30", -1, "", false},
    {"20080630", -1, "", false},
    {"2008-06-30 ", -1, "", false},
    {"2008-06-30 24:00", -1, "", false},
    {"2008-06-30 13:60", -1, "", false},
    {"2008-06-30 13:05:61", -1, "", false},
    {"2008-06-31 13:05", -1, "", false},
    {"2007-02-29 13:05", -1, "", false},
    {"2008-13-30 13:05", -1, "", false},
    {"31/31/2008 13:05", -1, "", false},
    {"0000-06-30 13:05", -1, "", false},
    {"2008-06/30 13:05", -1, "", false},
    {"2008-06-3013:05", -1, "", false},
    {"2008-06-30 13:05 PM", -1, "", false},
    {"2008-06-30 0:05 AM", -1, "", false},
    {"上午1:05 PM", -1, "", false},
    {"13:05 about", -1, "", false},
    {"2008-06-30 13:5", -1, "", false},
    {"1214802322", -1, "", false}, /* seconds of an unknown zone */
    {"39629.545", -1, "", false},  /* a spreadsheet's day */
    {"08-06-30 13:05", -1, "", false},
    {"凌晨1:05", -1, "", false},
    {"2008-06-30 13:05; 2008-06-30 14:05", -1, "", false},
    {"2008-06-30 13:05 0000000000000000000000000000000000000000000", -1, "", false},
    {"\xE5\xB9", -1, "", false},
};

START_TEST(times_are_read_as_they_stand_in_logs_and_never_guessed)
{
    const char *text = read_times[_i].text;
    pole_time_told told;
    const bool read = pole_time_read(pole_span_of(text), &told);
    ck_assert_msg(read == (read_times[_i].hour >= 0), "\"%s\" read: %d", text, read);
    if (!read)
        return;
    ck_assert_msg(told.hour == read_times[_i].hour, "\"%s\": hour %u", text, (unsigned)told.hour);
    ck_assert_msg(told.has_zone == read_times[_i].zone, "\"%s\": zone %d", text, told.has_zone);
    const uint8_t days[3] = {told.weekday_year_first, told.weekday_month_first,
                             told.weekday_day_first};
    for (int i = 0; i < 3; i++) {
        const char c = read_times[_i].days[i];
        ck_assert_msg(days[i] == (c == '-' ? POLE_NO_WEEKDAY : c - '0'), "\"%s\": day %d is %u",
                      text, i, (unsigned)days[i]);
    }
}
END_TEST

/* Every prefix and every text with one byte changed is read or not; nothing beyond is touched
 * (under a sanitizer the copy, of the very size, tells). */
START_TEST(no_broken_time_is_read_beyond_its_end)
{
    for (size_t i = 0; i < sizeof read_times / sizeof *read_times; i++) {
        const size_t size = strlen(read_times[i].text);
        for (size_t cut = 0; cut <= size; cut++) {
            char *copy = malloc(cut + (cut == 0));
            memcpy(copy, read_times[i].text, cut);
            pole_time_told told;
            for (unsigned change = 0; change < 256 && cut > 0; change++) {
                copy[cut - 1] = (char)change;
                if (pole_time_read((pole_span){copy, cut}, &told))
                    ck_assert_uint_le(told.hour, 23);
            }
            pole_time_read((pole_span){copy, 0}, &told);
            free(copy);
        }
    }
}
END_TEST

/* ---- values ---- */

static const struct {
    const char *cell;
    const char *kept; /* NULL: nothing */
} kept_values[] = {
    {"1234567", "1234567"},
    {" 1 23 45-67 ", "1 23 45-67"},
    {"12345?7", "12345?7"},
    {"1234\t567", "1234 567"},
    {"１２３４５６７", "１２３４５６７"},
    {"12345678", "123****5678"},
    {"13812341234", "138****1234"},
    {"138 1234 1234", "138****1234"},
    {"１３８１２３４１２３４", "138****1234"},
    {"138-\?\?\?\?-1234", "138****1234"},
    {"1 2 3 4 5 6 7                                                8", "123****5678"},
    {"1                               2", NULL}, /* too long to be a code */
    {"???", NULL},
    {"", NULL},
    {"   ", NULL},
    {"----", NULL},
    {"1234567 张三", NULL},
    {"call 1234567", NULL},
    {"1234567\xFF", NULL},
    {"<1234567>", NULL},
    {"1234567\n1234568", NULL},
};

START_TEST(only_what_looks_like_a_code_is_kept_and_long_numbers_are_masked)
{
    char text[32];
    memset(text, 'z', sizeof text);
    const bool kept = pole_value_of(pole_span_of(kept_values[_i].cell), text);
    ck_assert_msg(kept == (kept_values[_i].kept != NULL), "\"%s\"", kept_values[_i].cell);
    if (kept)
        ck_assert_str_eq(text, kept_values[_i].kept);
}
END_TEST

START_TEST(the_commonest_values_are_counted_exactly)
{
    const pole_allocator memory = pole_allocator_default();
    test_random random = test_random_begin("tally", 4);
    enum { VALUES = 700, ROWS = 40000, WANTED = 25 };
    uint64_t expected[VALUES] = {0};
    uint32_t first[VALUES] = {0};
    pole_values values = {.count = 0};
    for (uint32_t row = 1; row <= ROWS; row++) {
        const uint64_t a = test_random_below(&random, VALUES),
                       b = test_random_below(&random, VALUES);
        const size_t value = (size_t)(a < b ? a : b); /* the lower the commoner */
        char text[32] = {0};
        snprintf(text, sizeof text, "9%03zu", value);
        ck_assert(pole_values_count(&values, text, 1, &memory));
        if (expected[value]++ == 0)
            first[value] = row;
    }
    pole_unmatched_value told[WANTED];
    ck_assert_uint_eq(pole_values_commonest(&values, told, WANTED), WANTED);
    for (size_t place = 0; place < WANTED; place++) {
        size_t best = VALUES;
        for (size_t v = 0; v < VALUES; v++)
            if (expected[v] > 0 && (best == VALUES || expected[v] > expected[best] ||
                                    (expected[v] == expected[best] && first[v] < first[best])))
                best = v;
        char text[32];
        snprintf(text, sizeof text, "9%03zu", best);
        ck_assert_str_eq(told[place].text, text);
        ck_assert_uint_eq(told[place].rows, expected[best]);
        expected[best] = 0;
    }
    ck_assert_uint_eq(pole_values_commonest(&values, told, 0), 0);
    pole_values_free(&values, &memory);
}
END_TEST

START_TEST(beyond_the_stated_number_of_values_only_rows_are_counted)
{
    const pole_allocator memory = pole_allocator_default();
    pole_values values = {.count = 0};
    for (uint32_t i = 0; i < POLE_VALUES_MAX + 5; i++) {
        char text[32] = {0};
        snprintf(text, sizeof text, "%07u", i);
        ck_assert(pole_values_count(&values, text, 2, &memory));
    }
    ck_assert_uint_eq(values.count, POLE_VALUES_MAX);
    ck_assert_uint_eq(values.other_rows, 10);
    char first[32] = "0000000";
    ck_assert(pole_values_count(&values, first, 1, &memory));
    pole_unmatched_value told[2];
    ck_assert_uint_eq(pole_values_commonest(&values, told, 2), 2);
    ck_assert_str_eq(told[0].text, "0000000");
    ck_assert_uint_eq(told[0].rows, 3);
    ck_assert_str_eq(told[1].text, "0000001");
    pole_values_free(&values, &memory);
}
END_TEST

/* ---- rows ---- */

START_TEST(what_is_not_sure_counts_in_no_place)
{
    pole_index *index = small_city_open(0);
    pole_tally *tally = new_tally(index, true);
    pole_row_match guess = match_of(POLE_AMBIGUOUS, 2, 0);
    guess.flags = POLE_ROW_GUESSED;
    pole_row_match unknown_guess = match_of(POLE_UNKNOWN, 2, 0);
    unknown_guess.flags = POLE_ROW_GUESSED;
    count_one(tally, guess, "1234567", "13:05");
    count_one(tally, unknown_guess, "1234567", "13:05");
    count_one(tally, match_of(POLE_AMBIGUOUS, POLE_NO_ROW, POLE_NO_STATION), "1234567", "");
    pole_row_match none = match_of(POLE_NO_CODE, POLE_NO_ROW, POLE_NO_STATION);
    none.reason = POLE_REASON_PHONE_NUMBER;
    count_one(tally, none, "13812341234", "x");
    count_one(tally, match_of(POLE_MALFORMED, POLE_NO_ROW, POLE_NO_STATION), "", "");
    ck_assert_uint_eq(tally->sums.rows, 5);
    ck_assert_uint_eq(tally->sums.pole_rows + tally->sums.between_rows, 0);
    ck_assert_uint_eq(tally->sums.guessed_rows, 2);
    ck_assert_uint_eq(tally->sums.matches[POLE_AMBIGUOUS], 2);
    ck_assert_uint_eq(tally->sums.reasons[POLE_REASON_PHONE_NUMBER], 1);
    ck_assert_uint_eq(tally->sums.hours[13], 2);
    ck_assert_uint_eq(tally->sums.unread_times, 3);
    for (uint32_t i = 0; i < tally->poles; i++)
        ck_assert_uint_eq(tally->pole_calls[i], 0);
    for (uint32_t i = 0; i < tally->stations; i++)
        ck_assert_uint_eq(tally->station_calls[i], 0);
    pole_unmatched_value values[4];
    ck_assert_uint_eq(pole_values_commonest(&tally->values, values, 4), 2);
    ck_assert_str_eq(values[0].text, "1234567");
    ck_assert_uint_eq(values[0].rows, 3);
    ck_assert_str_eq(values[1].text, "138****1234");
    ck_assert_uint_eq(tally->values.not_codes, 1);
    pole_tally_free(tally);
    pole_index_close(index);
}
END_TEST

START_TEST(what_is_sure_counts_at_its_pole_and_station)
{
    pole_index *index = small_city_open(0);
    pole_tally *tally = new_tally(index, true);
    count_one(tally, match_of(POLE_EXACT, 3, 1), "1234567", "2008-06-30 13:05");
    count_one(tally, match_of(POLE_CORRECTED, 3, 0), "1234568", "2008-06-30 13:05");
    pole_row_match chosen = match_of(POLE_AMBIGUOUS, 4, 0);
    chosen.flags = POLE_ROW_DECIDED;
    count_one(tally, chosen, "1234569", "06/30/2008 13:05");
    count_one(tally, match_of(POLE_INTERPOLATED, POLE_NO_ROW, POLE_NO_STATION), "1", "13:05");
    count_one(tally, match_of(POLE_EXACT, tally->poles, 0), "1", "13:05"); /* of no pole */
    ck_assert_uint_eq(tally->pole_calls[3], 2);
    ck_assert_uint_eq(tally->pole_calls[4], 1);
    ck_assert_uint_eq(tally->station_calls[0], 2);
    ck_assert_uint_eq(tally->station_calls[1], 1);
    ck_assert_uint_eq(tally->sums.pole_rows, 3);
    ck_assert_uint_eq(tally->sums.between_rows, 1);
    ck_assert_uint_eq(tally->sums.no_station_rows, 1);
    ck_assert_uint_eq(tally->sums.decided[POLE_AMBIGUOUS], 1);
    ck_assert_uint_eq(tally->sums.week[13], 2);
    ck_assert_uint_eq(tally->sums.year_last_week[POLE_MONTH_FIRST][13], 1);
    ck_assert_uint_eq(tally->sums.year_last_only[POLE_MONTH_FIRST], 1);
    ck_assert_uint_eq(tally->sums.year_last_only[POLE_DAY_FIRST], 0);
    ck_assert_uint_eq(tally->sums.hours[13], 5);
    ck_assert_uint_eq(tally->values.count, 0);
    pole_tally_free(tally);
    pole_index_close(index);
}
END_TEST

START_TEST(a_run_without_a_report_keeps_no_places)
{
    pole_index *index = small_city_open(0);
    pole_tally *tally = new_tally(index, false);
    count_one(tally, match_of(POLE_EXACT, 3, 1), "1234567", "13:05");
    ck_assert_ptr_null(tally->pole_calls);
    ck_assert_uint_eq(tally->sums.rows, 1);
    ck_assert_uint_eq(tally->sums.matches[POLE_EXACT], 1);
    ck_assert_uint_eq(tally->sums.hours[13], 0);
    pole_tally_free(tally);
    pole_index_close(index);
}
END_TEST

/* ---- broken off ---- */

static void count_random(pole_tally *tally, test_random *random, int rows)
{
    for (int i = 0; i < rows; i++) {
        pole_row_match match = match_of((pole_match)test_random_below(random, 9),
                                        (pole_row)test_random_below(random, tally->poles + 1),
                                        (pole_station_number)test_random_below(random, 3));
        match.reason = match.match == POLE_NO_CODE ? (pole_reason)test_random_below(random, 6) : 0;
        match.flags = test_random_below(random, 4) == 0 ? POLE_ROW_DECIDED : 0;
        char code[24], time[32];
        snprintf(code, sizeof code, "%u", (unsigned)test_random_below(random, 300));
        snprintf(time, sizeof time, "%02u/%02u/2008 %02u:05",
                 (unsigned)test_random_below(random, 14), (unsigned)test_random_below(random, 33),
                 (unsigned)test_random_below(random, 25));
        count_one(tally, match, code, time);
    }
}

static pole_buffer saved(const pole_tally *tally)
{
    pole_buffer out;
    pole_buffer_init(&out, NULL);
    pole_tally_save(tally, &out);
    ck_assert(!out.failed);
    return out;
}

START_TEST(a_run_that_was_broken_off_comes_to_the_same)
{
    pole_index *index = small_city_open(0);
    test_random random = test_random_begin("tally", 5), again = random;
    pole_tally *whole = new_tally(index, true), *before = new_tally(index, true);
    count_random(whole, &random, 3000);
    count_random(before, &again, 1234);
    pole_buffer state = saved(before);
    pole_tally_free(before);
    pole_tally *after = new_tally(index, true);
    ck_assert_int_eq(pole_tally_load(after, state.bytes, state.size, NULL), POLE_OK);
    count_random(after, &again, 3000 - 1234);
    pole_buffer a = saved(whole), b = saved(after);
    ck_assert_uint_eq(a.size, b.size);
    ck_assert_mem_eq(a.bytes, b.bytes, a.size);
    pole_buffer_free(&a);
    pole_buffer_free(&b);
    pole_buffer_free(&state);
    pole_tally_free(whole);
    pole_tally_free(after);
    pole_index_close(index);
}
END_TEST

START_TEST(no_changed_byte_and_no_cut_passes)
{
    pole_index *index = small_city_open(0);
    test_random random = test_random_begin("tally", 6);
    pole_tally *tally = new_tally(index, true);
    count_random(tally, &random, 50);
    pole_buffer state = saved(tally);
    pole_tally_free(tally);
    tally = new_tally(index, true);
    for (size_t i = 0; i < state.size; i++) {
        state.bytes[i] ^= 0x10;
        ck_assert_int_ne(pole_tally_load(tally, state.bytes, state.size, NULL), POLE_OK);
        ck_assert_int_ne(pole_tally_load(tally, state.bytes, i, NULL), POLE_OK);
        state.bytes[i] ^= 0x10;
    }
    ck_assert_uint_eq(tally->sums.rows, 0);
    ck_assert_uint_eq(tally->values.count, 0);
    ck_assert_int_eq(pole_tally_load(tally, state.bytes, state.size, NULL), POLE_OK);
    ck_assert_uint_eq(tally->sums.rows, 50);
    pole_tally_free(tally);
    pole_buffer_free(&state);
    pole_index_close(index);
}
END_TEST

START_TEST(counts_of_another_index_or_another_kind_of_run_are_refused)
{
    pole_index *index = small_city_open(0), *other = small_city_open(1);
    pole_tally *tally = new_tally(index, true);
    pole_buffer state = saved(tally);
    pole_tally *elsewhere = new_tally(other, true), *plain = new_tally(index, false);
    pole_error error;
    ck_assert_int_eq(pole_tally_load(elsewhere, state.bytes, state.size, &error), POLE_REFUSED);
    ck_assert_str_eq(error.message, "the run was begun with another index");
    ck_assert_int_eq(pole_tally_load(plain, state.bytes, state.size, &error), POLE_REFUSED);
    ck_assert_str_eq(error.message, "the run was begun with a report");
    pole_tally_free(tally);
    pole_tally_free(elsewhere);
    pole_tally_free(plain);
    pole_buffer_free(&state);
    pole_index_close(index);
    pole_index_close(other);
}
END_TEST

static pole_status walk(const pole_index *index, const pole_buffer *state,
                        const pole_allocator *allocator)
{
    pole_tally *tally;
    pole_status status = pole_tally_new(index, true, allocator, &tally);
    if (status != POLE_OK)
        return status;
    status = pole_tally_load(tally, state->bytes, state->size, NULL);
    for (int i = 0; i < 200 && status == POLE_OK; i++) {
        char code[16];
        snprintf(code, sizeof code, "7%d", i);
        const pole_span cell = pole_span_of(code);
        const pole_row_match match = match_of(POLE_UNKNOWN, POLE_NO_ROW, POLE_NO_STATION);
        status = pole_tally_rows(tally, &match, &cell, NULL, 1);
    }
    pole_tally_free(tally);
    return status;
}

START_TEST(every_refusal_of_memory_is_told_and_leaves_nothing)
{
    pole_index *index = small_city_open(0);
    test_random random = test_random_begin("tally", 7);
    pole_tally *tally = new_tally(index, true);
    count_random(tally, &random, 100);
    pole_buffer state = saved(tally);
    pole_tally_free(tally);
    test_memory memory;
    size_t fail_at = 0;
    pole_status status;
    do {
        test_memory_init(&memory, ++fail_at);
        status = walk(index, &state, &memory.allocator);
        ck_assert(status == POLE_OK || status == POLE_NO_MEMORY);
        ck_assert_uint_eq(memory.live, 0);
    } while (status != POLE_OK);
    ck_assert_uint_gt(fail_at, 5);
    pole_buffer_free(&state);
    pole_index_close(index);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("tally");
    TCase *tcase = tcase_create("times");
    tcase_add_loop_test(tcase, times_are_read_as_they_stand_in_logs_and_never_guessed, 0,
                        sizeof read_times / sizeof *read_times);
    tcase_add_test(tcase, no_broken_time_is_read_beyond_its_end);
    suite_add_tcase(suite, tcase);
    tcase = tcase_create("values");
    tcase_add_loop_test(tcase, only_what_looks_like_a_code_is_kept_and_long_numbers_are_masked, 0,
                        sizeof kept_values / sizeof *kept_values);
    tcase_add_test(tcase, the_commonest_values_are_counted_exactly);
    tcase_add_test(tcase, beyond_the_stated_number_of_values_only_rows_are_counted);
    suite_add_tcase(suite, tcase);
    tcase = tcase_create("rows");
    tcase_add_test(tcase, what_is_not_sure_counts_in_no_place);
    tcase_add_test(tcase, what_is_sure_counts_at_its_pole_and_station);
    tcase_add_test(tcase, a_run_without_a_report_keeps_no_places);
    tcase_add_test(tcase, a_run_that_was_broken_off_comes_to_the_same);
    tcase_add_test(tcase, no_changed_byte_and_no_cut_passes);
    tcase_add_test(tcase, counts_of_another_index_or_another_kind_of_run_are_refused);
    tcase_add_test(tcase, every_refusal_of_memory_is_told_and_leaves_nothing);
    suite_add_tcase(suite, tcase);
    return test_main(suite);
}
