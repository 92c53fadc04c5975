/* SPDX-License-Identifier: MIT
 * A channel that is learned wrongly makes every later confidence wrong: what is drawn from a known
 * channel must be found again, pairs that nobody confirmed must change nothing, and no confusion
 * may ever become impossible. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <polelookup/learn.h>

#include "support/channel_oracle.h"
#include "support/small_city.h"
#include "support/test_main.h"
#include "support/test_memory.h"
#include "support/test_random.h"

static void add(pole_learner *learner, const char *heard, const char *meant, int32_t is_confirmed)
{
    ck_assert_int_eq(pole_learner_add(learner, span_of(heard), span_of(meant), is_confirmed),
                     POLE_OK);
}

static pole_learner *begin(const char *table)
{
    pole_learner *learner = NULL;
    pole_error error;
    ck_assert_msg(pole_learner_new(span_of(table), NULL, &learner, &error) == POLE_OK, "%s",
                  error.message);
    return learner;
}

/* The learned table, NUL-ended; free(). It must be a channel. */
static char *finish(pole_learner *learner)
{
    byte_block block = {NULL, 0, 0};
    pole_channel *channel = NULL;
    pole_error error;
    const pole_sink sink = byte_block_sink(&block);
    ck_assert_int_eq(pole_learner_write(learner, &sink), POLE_OK);
    char *table = calloc(1, block.size + 1);
    memcpy(table, block.bytes, block.size);
    byte_block_free(&block);
    ck_assert_msg(pole_channel_read(span_of(table), span_of("learned"), NULL, &channel, &error) ==
                      POLE_OK,
                  "%s", error.message);
    pole_channel_free(channel);
    pole_learner_free(learner);
    return table;
}

/* The figure of a row: cell `cell` of the line that begins so. */
static double figure(const char *table, const char *begins, int cell)
{
    const char *at = strstr(table, begins);
    ck_assert_msg(at != NULL, "the table has no %s", begins);
    at += strlen(begins);
    for (; cell > 0; cell--)
        at = strchr(at, '\t') + 1;
    return strtod(at, NULL);
}

/* Draws one observation by the oracle's probabilities. */
typedef struct {
    test_random *random;
    double sum;
    char text[16];
} drawing;

static void draw(void *context, const char *observed, int which, double probability)
{
    drawing *one = context;
    (void)which;
    one->sum += probability;
    if (test_random_unit(one->random) * one->sum < probability)
        strcpy(one->text, observed);
}

START_TEST(what_was_drawn_from_a_channel_is_learned)
{
    enum { PAIRS = 6000 };
    test_random random = test_random_begin("learn", 1200);
    oracle_channel truth;
    unsigned none = 0;
    pole_learner *learner = begin("everyday");
    ck_assert_int_eq(oracle_channel_read(&truth, TEST_SOURCE_DIR "/data/channel/everyday.tsv", ""),
                     0);
    oracle_channel_set_clean(&truth, 0.6);
    /* Here fours are misheard as tens: four becomes one far more often than the table thinks. */
    for (int b = 0; b < 10; b++)
        truth.phonetic[4][b] = b == 1 ? 0.9 : b == 4 ? 0 : 0.1 / 8;
    for (unsigned i = 0; i < PAIRS; i++) {
        char code[8];
        drawing one = {&random, 0, ""};
        snprintf(code, sizeof code, "%07u", (unsigned)test_random_below(&random, 10000000));
        oracle_emit(&truth, code, draw, &one);
        if (test_random_unit(&random) < truth.weight[ORACLE_NONE]) {
            add(learner, one.text, "", 1);
            none++;
        } else {
            add(learner, one.text, code, 1);
        }
    }
    char *table = finish(learner);
    /* 200 pairs of the prior at 0.9, 6,000 at 0.6; three standard deviations. */
    const double expected = 100 * (0.9 * 200 + 0.6 * PAIRS) / (200 + PAIRS);
    ck_assert_double_eq_tol(figure(table, "class\tclean\t", 0), expected,
                            100 * 3 * sqrt(0.24 / PAIRS));
    ck_assert_double_eq_tol(figure(table, "class\tnone\t", 0), 100 * (2.0 + none) / (200 + PAIRS),
                            1e-6);
    /* Whether the ear or the eye made a one of a four no pair can tell; how often it was made, they
     * can. */
    const double wanted = truth.weight[1] * truth.phonetic[4][1] +
                          truth.weight[2] * truth.visual[4][1] +
                          truth.weight[3] * truth.keypad[4][1];
    const double learned =
        0.01 * (figure(table, "class\tsub_phon\t", 0) * figure(table, "matrix\tphonetic\t4\t", 1) +
                figure(table, "class\tsub_vis\t", 0) * figure(table, "matrix\tvisual\t4\t", 1) +
                figure(table, "class\tsub_key\t", 0) * figure(table, "matrix\tkeypad\t4\t", 1));
    printf("four to one: %g learned, %g right\n", learned, wanted);
    ck_assert_double_eq_tol(learned, wanted, 0.35 * wanted);
    ck_assert_ptr_nonnull(strstr(table, "6000 confirmed pairs"));
    free(table);
}
END_TEST

START_TEST(what_nobody_confirmed_changes_nothing)
{
    pole_learner *none = begin("everyday"), *many = begin("everyday");
    for (unsigned i = 0; i < 1000; i++)
        add(many, "2334504", "2334504", 0);
    add(none, "2334564", "2334504", 1);
    add(many, "2334564", "2334504", 1);
    char *a = finish(none), *b = finish(many);
    ck_assert_ptr_nonnull(strstr(b, "1000 that nobody confirmed"));
    ck_assert_double_eq(figure(a, "class\tclean\t", 0), figure(b, "class\tclean\t", 0));
    ck_assert_double_lt(figure(b, "class\tclean\t", 0), 90);
    ck_assert_str_eq(strstr(a, "class\tclean"), strstr(b, "class\tclean"));
    free(a);
    free(b);
}
END_TEST

START_TEST(no_confusion_becomes_impossible)
{
    pole_learner *learner = begin("everyday");
    for (unsigned i = 0; i < 20000; i++)
        add(learner, "2334564", "2334504", 1); /* 0 is always heard as 6 */
    char *table = finish(learner);
    for (int to = 1; to < 10; to++) {
        ck_assert_double_gt(figure(table, "matrix\tphonetic\t0\t", to), 0);
        ck_assert_double_gt(figure(table, "matrix\tvisual\t0\t", to), 0);
    }
    ck_assert_double_gt(figure(table, "class\tjump_twin\t", 0), 0);
    ck_assert_double_gt(figure(table, "class\tclean\t", 0), 0);
    free(table);
}
END_TEST

START_TEST(rows_that_are_not_learned_stay_as_they_were)
{
    pole_learner *learner = begin("everyday");
    add(learner, "??34564", "2334564", 1);
    char *table = finish(learner);
    ck_assert_ptr_nonnull(strstr(table, "\nnone\tany\n"));
    ck_assert_ptr_nonnull(strstr(table, "\nshared\tsub_vis\t0.9\n"));
    ck_assert_ptr_nonnull(strstr(table, "\nmatrix\tphonetic:ru\t7\t2\t1\t1\t1\t1\t2\t8\t0\t50\t2"));
    ck_assert_double_eq_tol(figure(table, "class\tteen:en\t", 0), 0.2, 1e-12);
    ck_assert_ptr_nonnull(strstr(table, "1.0 pairs")); /* erase2 */
    /* Learning goes on from what was learned. */
    char *again = finish(begin(table));
    ck_assert_double_eq_tol(figure(again, "class\terase2\t", 0),
                            figure(table, "class\terase2\t", 0), 1e-6);
    free(table);
    free(again);
}
END_TEST

START_TEST(what_is_no_pair_is_refused)
{
    static const struct {
        const char *heard, *meant;
    } bad[] = {{"", "2334504"},        {"233 504", "2334504"},          {"2334504", "233450?"},
               {"2334504", "x"},       {"1234567890123456", "2334504"}, {"2334504", "1234567890"},
               {"2334504", " 233450"}, {"２334504", "2334504"}};
    pole_learner *learner = begin("heavy");
    ck_assert_int_eq(pole_learner_add(learner, span_of(bad[_i].heard), span_of(bad[_i].meant), 1),
                     POLE_BAD_INPUT);
    pole_learner_free(learner);
}
END_TEST

START_TEST(what_no_error_explains_is_left_out_and_counted)
{
    pole_learner *learner = begin("everyday");
    add(learner, "9999999", "2334504", 1);
    add(learner, "2334504", "2334504", 1);
    char *table = finish(learner);
    ck_assert_ptr_nonnull(strstr(table, "from 1 confirmed pairs"));
    ck_assert_ptr_nonnull(strstr(table, "and 1 that no error explains"));
    free(table);
}
END_TEST

START_TEST(wrong_calls_are_refused)
{
    const pole_span nothing = {NULL, 0};
    pole_learner *learner = NULL;
    pole_error error;
    ck_assert_int_eq(pole_learner_new(nothing, NULL, &learner, &error), POLE_INVALID_ARGUMENT);
    ck_assert_int_eq(pole_learner_new(span_of("heavy"), NULL, NULL, &error), POLE_INVALID_ARGUMENT);
    ck_assert_int_eq(pole_learner_new(span_of("hevy"), NULL, &learner, &error), POLE_BAD_INPUT);
    ck_assert_ptr_null(learner);
    ck_assert_uint_eq(error.line, 1);
    ck_assert_int_eq(pole_learner_add(NULL, span_of("1"), span_of("1"), 1), POLE_INVALID_ARGUMENT);
    ck_assert_int_eq(pole_learner_write(NULL, NULL), POLE_INVALID_ARGUMENT);
    pole_learner_free(NULL);
}
END_TEST

START_TEST(every_failure_of_memory_is_told_and_leaves_nothing)
{
    for (size_t fail_at = 1;; fail_at++) {
        test_memory memory;
        byte_block block = {NULL, 0, 0};
        pole_learner *learner = NULL;
        const pole_sink sink = byte_block_sink(&block);
        test_memory_init(&memory, fail_at);
        pole_status status =
            pole_learner_new(span_of("everyday"), &memory.allocator, &learner, NULL);
        for (unsigned i = 0; i < 40 && status == POLE_OK; i++)
            status = pole_learner_add(learner, span_of("2334564"), span_of("2334504"), 1);
        if (status == POLE_OK)
            status = pole_learner_write(learner, &sink);
        pole_learner_free(learner);
        byte_block_free(&block);
        ck_assert_uint_eq(memory.live, 0);
        if (status == POLE_OK) {
            ck_assert_uint_gt(fail_at, 4);
            break;
        }
        ck_assert_int_eq(status, POLE_NO_MEMORY);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("learn");
    TCase *all = tcase_create("all");
    tcase_add_test(all, what_was_drawn_from_a_channel_is_learned);
    tcase_add_test(all, what_nobody_confirmed_changes_nothing);
    tcase_add_test(all, no_confusion_becomes_impossible);
    tcase_add_test(all, rows_that_are_not_learned_stay_as_they_were);
    tcase_add_loop_test(all, what_is_no_pair_is_refused, 0, 8);
    tcase_add_test(all, what_no_error_explains_is_left_out_and_counted);
    tcase_add_test(all, wrong_calls_are_refused);
    tcase_add_test(all, every_failure_of_memory_is_told_and_leaves_nothing);
    suite_add_tcase(suite, all);
    return test_main(suite);
}
