/* SPDX-License-Identifier: MIT
 *
 * The lattice as the resolver reads it: places, weights, sayings. What this row of numbers says is
 * what the posterior rests on. And the table of words: that it can be searched. */
#include <math.h>

#include <stdlib.h>

#include "speech/choose.h"
#include "speech/heard.h"
#include "speech/words.h"
#include "support/hearing.h"
#include "support/test_main.h"
#include "support/test_random.h"

static void must_be_sound(const pole_heard *heard, const char *text)
{
    double sum = 0;
    ck_assert_uint_le(heard->reading_count, POLE_MOST_READINGS);
    for (size_t i = 0; i < heard->reading_count; i++) {
        const pole_reading *reading = heard->readings + i;
        sum += reading->weight;
        ck_assert_msg(reading->count >= 1 && reading->count <= POLE_MOST_PLACES, "%s", text);
        ck_assert_int_ge(reading->sayings, 1);
        ck_assert_int_lt(reading->again, heard->reading_count);
        if (reading->again >= 0) {
            const pole_reading *other = heard->readings + reading->again;
            ck_assert_double_eq(other->weight, 0);
            ck_assert_int_eq(other->again, -1);
            ck_assert_int_eq(other->count, reading->count);
        }
        for (size_t k = 0; k < reading->count; k++) {
            const pole_heard_place *place = reading->places + k;
            double best = 0;
            for (int d = 0; d < 10; d++) {
                ck_assert((place->weights[d] > 0) == ((place->digits >> d & 1) != 0));
                best = fmax(best, place->weights[d]);
            }
            ck_assert_double_eq(best, place->digits ? 1 : 0);
        }
    }
    ck_assert_msg(heard->reading_count == 0 || fabs(sum - 1) < 1e-9, "%s: %g", text, sum);
    ck_assert((heard->reading_count == 0) == (heard->count == 0));
}

START_TEST(places_hold_digits_alternatives_or_nothing)
{
    pole_heard *heard = hear_new();
    hear_with_lengths(heard, "五一期二看不清零四", 1u << 7);
    must_be_sound(heard, "五一期二看不清零四");
    const pole_heard_place *places = heard->readings[0].places;
    ck_assert_uint_eq(heard->readings[0].count, 7);
    ck_assert_uint_eq(places[0].digits, 1u << 5);
    ck_assert_uint_eq(places[2].digits, 1u << 7 | 1u << 1); /* 期 is 7, and seldom 1 */
    ck_assert_double_lt(places[2].weights[1], places[2].weights[7]);
    ck_assert_uint_eq(places[4].digits, 0);
    pole_heard_free(heard);
}
END_TEST

START_TEST(a_code_said_again_alike_counts_its_sayings)
{
    static const struct {
        const char *text;
        int sayings;
    } cases[] = {
        {"5172604", 1},
        {"五一七二六零四，重复，五一七二六零四", 2},
        {"5172604 5172604 5172604", 3},
        {"五一七二六零四五一七二六零四", 2},
        {"5172604。有人打架。5172604。", 2},
        {"五一七二六零四，五幺拐两六洞四，对，五一七二六零四", 3},
    };
    pole_heard *heard = hear_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hear_with_lengths(heard, cases[i].text, 1u << 7);
        must_be_sound(heard, cases[i].text);
        must_hear(heard, cases[i].text, "5172604");
        ck_assert_msg(heard->readings[0].sayings == cases[i].sayings, "%s: %d", cases[i].text,
                      heard->readings[0].sayings);
        ck_assert_int_eq(heard->readings[0].again, -1);
    }
    pole_heard_free(heard);
}
END_TEST

START_TEST(a_code_said_again_otherwise_keeps_both)
{
    static const char *const texts[] = {"五一七二六零四，再说一遍，五一七二六零九",
                                        "5172604。快来。5172609。",
                                        "five one seven two six oh four, I repeat, 517 26 oh nine"};
    pole_heard *heard = hear_new();
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        hear_with_lengths(heard, texts[i], 1u << 7);
        must_be_sound(heard, texts[i]);
        must_hear(heard, texts[i], "5172609"); /* the last saying is the most careful one */
        ck_assert(!heard->several);
        ck_assert_int_ge(heard->readings[0].again, 1);
        ck_assert_uint_eq(heard->readings[heard->readings[0].again].places[6].digits, 1u << 4);
    }
    pole_heard_free(heard);
}
END_TEST

START_TEST(a_second_text_is_no_second_saying)
{
    const pole_text texts[] = {hearing_text("五一七二六零四", 1), hearing_text("5172604", 1)};
    pole_heard *heard = hear_new();
    ck_assert_int_eq(pole_hear(texts, 2, NULL, heard), POLE_OK);
    ck_assert_uint_eq(heard->reading_count, 1);
    ck_assert_int_eq(heard->readings[0].sayings, 1);
    pole_heard_free(heard);
}
END_TEST

/* More texts than readings fit: the lattice stays sound, and keeps the likeliest. */
START_TEST(many_texts_leave_a_sound_lattice)
{
    test_random random = test_random_begin("heard", 30);
    pole_heard *heard = hear_new();
    for (int round = 0; round < 300; round++) {
        char said[40][64];
        pole_text texts[40];
        size_t likeliest = 0;
        for (size_t i = 0; i < 40; i++) {
            const unsigned number = (unsigned)test_random_below(&random, 10000000);
            const unsigned other = (number + 1000) % 10000000;
            if (i % 4 == 3)
                snprintf(said[i], sizeof said[i], "%07u，重复，%07u", number, other);
            else
                snprintf(said[i], sizeof said[i], "灯杆%07u", number);
            texts[i] = hearing_text(said[i], 1.0 + (double)test_random_below(&random, 100));
            if (texts[i].weight > texts[likeliest].weight)
                likeliest = i;
        }
        texts[likeliest] = hearing_text("灯杆5172604", 200);
        ck_assert_int_eq(pole_hear(texts, 40, NULL, heard), POLE_OK);
        must_be_sound(heard, "forty texts");
        must_hear(heard, "forty texts", "5172604");
    }
    pole_heard_free(heard);
}
END_TEST

static bool anywhere(const void *context, size_t size)
{
    (void)context;
    (void)size;
    return true;
}

/* Bare digits pass the grammar by; it would have told the same. */
START_TEST(bare_digits_are_heard_as_the_grammar_hears_them)
{
    static const uint32_t lengths[] = {1u << 7, 1u << 5, 1u << 5 | 1u << 7,
                                       1u << 4, 1u << 9, 1u << 4 | 1u << 6 | 1u << 8};
    test_random random = test_random_begin("heard", 31);
    pole_heard *heard = hear_new();
    pole_grammar *grammar = calloc(1, sizeof *grammar);
    pole_choice *choice = calloc(1, sizeof *choice);
    ck_assert(grammar && choice);
    for (int round = 0; round < 200000; round++) {
        char text[16];
        const uint32_t codes = lengths[(size_t)round % (sizeof lengths / sizeof *lengths)];
        const unsigned digits = 4 + (unsigned)test_random_below(&random, 6);
        unsigned number = 0;
        for (unsigned i = 0; i < digits; i++)
            number = number * 10 + (round % 5 == 0 ? (unsigned)round / 5 % 10
                                                   : (unsigned)test_random_below(&random, 10));
        snprintf(text, sizeof text, "%0*u", (int)digits, number);
        if (round % 3 == 0)
            memcpy(text, round % 2 ? "110" : "139", 3); /* as numbers that are none */
        if (!(codes >> digits & 1))
            continue;
        hear_with_lengths(heard, text, codes);
        pole_grammar_read(grammar, (pole_span){text, digits}, codes);
        pole_choose(grammar, codes, choice);
        ck_assert_msg(choice->count == 1 && heard->reading_count == 1, "%s", text);
        ck_assert(choice->reason == heard->reason && choice->several == heard->several);
        must_be_sound(heard, text);
        ck_assert_msg(memcmp(choice->readings, heard->readings, sizeof *heard->readings) == 0, "%s",
                      text);
        ck_assert_mem_eq(pole_heard_query(heard).data, text, digits);
    }
    free(grammar);
    free(choice);
    pole_heard_free(heard);
}
END_TEST

START_TEST(every_word_of_the_table_is_found)
{
    size_t words = 0, matched;
    for (const pole_word *word = pole_words; words < pole_words_count; word++, words++) {
        const size_t size = strlen(word->text);
        const pole_word_rows rows = pole_words_exact(word->text, size);
        ck_assert_msg(rows.count > 0 && words >= rows.first &&
                          words < (size_t)rows.first + rows.count,
                      "%s", word->text);
        const pole_word_rows same = pole_words_longest(word->text, size, anywhere, NULL, &matched);
        ck_assert_uint_eq(matched, size);
        ck_assert_uint_eq(same.first, rows.first);
        ck_assert(words == 0 || strcmp(word[-1].text, word->text) <= 0);
        ck_assert(word->kind != POLE_WORD_SOUND ||
                  (word->value <= 9 && word->weight >= 1 && word->weight <= 99));
        ck_assert(word->kind != POLE_WORD_DIGIT || word->value <= 9);
    }
    ck_assert_uint_gt(words, 1000);
}
END_TEST

/* All poles of a city fit seven places of five digits or more, and weighing them takes longer than
 * a dispatcher's program may wait: docs/resolving.md, "Time". */
START_TEST(no_word_can_be_more_than_four_digits)
{
    unsigned most = 0;
    for (size_t i = 0; i < pole_words_count;) {
        const pole_word_rows rows =
            pole_words_exact(pole_words[i].text, strlen(pole_words[i].text));
        unsigned digits = 0;
        ck_assert_uint_eq(rows.first, i);
        for (size_t k = i; k < i + rows.count; k++)
            if (pole_words[k].kind == POLE_WORD_SOUND || pole_words[k].kind == POLE_WORD_DIGIT)
                digits |= 1u << pole_words[k].value;
        const unsigned count = (unsigned)__builtin_popcount(digits);
        ck_assert_msg(count <= 4, "%s", pole_words[i].text);
        most = count > most ? count : most;
        i += rows.count;
    }
    ck_assert_uint_gt(most, 1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("heard");
    TCase *lattice = tcase_create("lattice");
    tcase_add_test(lattice, places_hold_digits_alternatives_or_nothing);
    tcase_add_test(lattice, a_code_said_again_alike_counts_its_sayings);
    tcase_add_test(lattice, a_code_said_again_otherwise_keeps_both);
    tcase_add_test(lattice, a_second_text_is_no_second_saying);
    tcase_add_test(lattice, many_texts_leave_a_sound_lattice);
    tcase_add_test(lattice, bare_digits_are_heard_as_the_grammar_hears_them);
    tcase_add_test(lattice, every_word_of_the_table_is_found);
    tcase_add_test(lattice, no_word_can_be_more_than_four_digits);
    suite_add_tcase(suite, lattice);
    return test_main(suite);
}
