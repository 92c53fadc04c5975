/* SPDX-License-Identifier: MIT
 * A channel learned from a log of answers. A log is written by several at once, cut short by a
 * crash, copied, given twice: what was confirmed in it must be learned once, what nobody confirmed
 * must not raise the clean share, and no line may be lost without a word. The judge is the same
 * learner, told the pairs one by one. */
#include <check.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <polelookup/learn.h>

#include "support/small_city.h"
#include "support/test_main.h"
#include "support/test_memory.h"
#include "support/test_random.h"

#define ID "00112233445566778899aabbccddeeff"

static pole_learner *begin(void)
{
    pole_learner *learner = NULL;
    ck_assert_int_eq(pole_learner_new(span_of("everyday"), NULL, &learner, NULL), POLE_OK);
    return learner;
}

/* The learned table; free(). */
static char *finish(pole_learner *learner)
{
    byte_block block = {NULL, 0, 0};
    const pole_sink sink = byte_block_sink(&block);
    ck_assert_int_eq(pole_learner_write(learner, &sink), POLE_OK);
    char *table = calloc(1, block.size + 1);
    memcpy(table, block.bytes, block.size);
    byte_block_free(&block);
    pole_learner_free(learner);
    return table;
}

static pole_learned_counts counts_of(pole_learner *learner)
{
    pole_learned_counts counts = {.struct_size = sizeof counts};
    ck_assert_int_eq(pole_learner_counts(learner, &counts), POLE_OK);
    return counts;
}

static void add(pole_learner *learner, const char *line)
{
    ck_assert_msg(pole_learner_add_line(learner, span_of(line)) == POLE_OK, "%s", line);
}

#define QUERIES 400

typedef struct {
    char id[33], heard[12], meant[8];
    bool is_chosen; /* with what told it */
} query;

static int by_id(const void *a, const void *b)
{
    return strcmp(((const query *)a)->id, ((const query *)b)->id);
}

static void make_query(query *q, test_random *random)
{
    const uint64_t kind = test_random_below(random, 6);
    snprintf(q->id, sizeof q->id, "%016llx%016llx", (unsigned long long)test_random_u64(random),
             (unsigned long long)test_random_u64(random));
    snprintf(q->meant, sizeof q->meant, "%07u", (unsigned)test_random_below(random, 10000000));
    strcpy(q->heard, q->meant);
    if (kind == 1)
        q->heard[test_random_below(random, 7)] = (char)('0' + test_random_below(random, 10));
    else if (kind == 2)
        q->heard[test_random_below(random, 7)] = '?';
    else if (kind == 3)
        q->heard[6] = '\0';
    else if (kind == 4)
        q->meant[0] = '\0'; /* no pole was meant */
    q->is_chosen = test_random_below(random, 3) > 0;
}

typedef struct {
    char text[400];
    double place; /* in the log */
} log_line;

static int by_place(const void *a, const void *b)
{
    const log_line *x = a, *y = b;
    return x->place < y->place ? -1 : x->place > y->place;
}

static void write_choice(log_line *line, const query *q, const char *code, const char *by)
{
    const char *quote = *code ? "\"" : "";
    snprintf(line->text, sizeof line->text,
             "{\"by\":%s,\"chosen\":{\"scope\":\"\",\"code\":%s%s%s},\"query_id\":\"%.32s\"}", by,
             quote, *code ? code : "null", quote, q->id);
}

/* Answers and choices in any order; some twice; some chosen wrongly before they were chosen
 * rightly; some chosen by nothing. */
START_TEST(a_log_is_learned_as_its_confirmed_pairs_are)
{
    test_random random = test_random_begin("learn log", 20081109);
    static query queries[QUERIES];
    static log_line lines[4 * QUERIES];
    size_t count = 0, unconfirmed = 0, confirmed = 0;
    pole_learner *told = begin(), *logged = begin();
    for (size_t i = 0; i < QUERIES; i++) {
        query *q = queries + i;
        make_query(q, &random);
        const double chosen_at = test_random_unit(&random);
        log_line *line = lines + count++;
        snprintf(line->text, sizeof line->text,
                 "{\"query_id\":\"%.32s\",\"time\":\"2008-06-30T12:00:00.000Z\",\"elapsed_us\":17,"
                 "\"answer\":{\"schema\":1,\"query\":\"\\u4e00{\\\"heard\\\":\\\"1\\\"}\","
                 "\"heard\":\"%.11s\",\"candidates\":[{\"code\":\"1\",\"heard\":\"2\"}]}}",
                 q->id, q->heard);
        line->place = test_random_unit(&random);
        if (i % 5 == 0) { /* the log was copied */
            lines[count] = *line;
            lines[count++].place = test_random_unit(&random);
        }
        if (q->is_chosen && i % 3 == 0) { /* corrected later */
            write_choice(lines + count, q, "7654321", "\"car\"");
            lines[count++].place = chosen_at / 2;
        }
        if (q->is_chosen)
            write_choice(lines + count, q, q->meant, i % 2 ? "\"car\"" : "\"second-pole\"");
        else
            write_choice(lines + count, q, q->meant, i % 2 ? "null" : "\"\"");
        lines[count].place = chosen_at;
        count += q->is_chosen || i % 7 == 0;
    }
    qsort(lines, count, sizeof *lines, by_place);
    qsort(queries, QUERIES, sizeof *queries, by_id);
    for (size_t i = 0; i < count; i++)
        add(logged, lines[i].text);
    for (size_t i = 0; i < QUERIES; i++) {
        const query *q = queries + i;
        unconfirmed += !q->is_chosen;
        confirmed += q->is_chosen;
        ck_assert_int_eq(pole_learner_add(told, span_of(q->heard), span_of(q->meant), q->is_chosen),
                         POLE_OK);
    }
    const pole_learned_counts found = counts_of(logged);
    ck_assert_uint_eq(found.confirmed, confirmed);
    ck_assert_uint_eq(found.unconfirmed, unconfirmed);
    ck_assert_uint_eq(found.unheard, 0);
    ck_assert_uint_eq(found.unanswered, 0);
    char *a = finish(told), *b = finish(logged);
    ck_assert_str_eq(a, b);
    free(a);
    free(b);
}
END_TEST

START_TEST(answers_that_nobody_chose_for_never_raise_the_clean_share)
{
    pole_learner *none = begin(), *many = begin();
    for (unsigned i = 0; i < 500; i++) {
        char line[200];
        snprintf(line, sizeof line, "{\"query_id\":\"%032x\",\"answer\":{\"heard\":\"2334504\"}}",
                 i);
        add(many, line);
    }
    ck_assert_uint_eq(counts_of(many).unconfirmed, 500);
    char *a = finish(none), *b = finish(many);
    ck_assert_ptr_nonnull(strstr(b, "# 500 that nobody confirmed"));
    ck_assert_str_eq(strstr(a, "class\tclean"), strstr(b, "class\tclean"));
    free(a);
    free(b);
}
END_TEST

/* Counted, and told apart. */
START_TEST(what_is_no_pair_is_counted)
{
    pole_learner *learner = begin();
    add(learner, "{\"query_id\":\"" ID "\",\"answer\":{\"heard\":null}}");
    ck_assert_uint_eq(counts_of(learner).unconfirmed, 1);
    add(learner, "{\"query_id\":\"" ID "\",\"chosen\":{\"code\":\"2334504\"},\"by\":\"car\"}");
    pole_learned_counts counts = counts_of(learner);
    ck_assert_uint_eq(counts.confirmed + counts.unconfirmed + counts.unanswered, 0);
    ck_assert_uint_eq(counts.unheard, 1);
    add(learner, "{\"query_id\":\"ffffffffffffffffffffffffffffffff\",\"answer\":"
                 "{\"heard\":\"1234567890123456\"}}");
    add(learner, "{\"query_id\":\"ffffffffffffffffffffffffffffffff\",\"chosen\":{\"code\":null},"
                 "\"by\":\"car\"}");
    add(learner, "{\"query_id\":\"fffffffffffffffffffffffffffffffe\",\"chosen\":{\"code\":null},"
                 "\"by\":\"car\"}");
    counts = counts_of(learner);
    ck_assert_uint_eq(counts.unheard, 2);
    ck_assert_uint_eq(counts.unanswered, 1);
    /* Its answer comes in another log. */
    add(learner,
        "{\"query_id\":\"fffffffffffffffffffffffffffffffe\",\"answer\":{\"heard\":\"1\"}}");
    counts = counts_of(learner);
    ck_assert_uint_eq(counts.unanswered, 0);
    ck_assert_uint_eq(counts.confirmed, 1);
    pole_learner_free(learner);
}
END_TEST

static const char whole_answer[] =
    "{\"query_id\":\"" ID "\",\"time\":\"x\",\"answer\":{\"query\":\"a\",\"heard\":\"2334504\"}}";
static const char whole_choice[] =
    "{\"query_id\":\"" ID "\",\"chosen\":{\"code\":\"2334504\"},\"by\":\"car\"}";

/* A crash cuts a line anywhere. */
START_TEST(a_torn_line_is_refused_wherever_it_was_cut)
{
    pole_learner *learner = begin();
    const char *const wholes[] = {whole_answer, whole_choice};
    for (size_t i = 0; i < 2; i++)
        for (size_t size = 0; size < strlen(wholes[i]); size++)
            ck_assert_int_eq(pole_learner_add_line(learner, (pole_span){wholes[i], size}),
                             POLE_BAD_INPUT);
    const pole_learned_counts counts = counts_of(learner);
    ck_assert_uint_eq(counts.confirmed + counts.unconfirmed + counts.unheard + counts.unanswered,
                      0);
    add(learner, whole_choice);
    add(learner, whole_answer);
    ck_assert_uint_eq(counts_of(learner).confirmed, 1);
    pole_learner_free(learner);
}
END_TEST

static const char *const bad_lines[] = {
    "",
    "2334504,2334504,car",
    "[]",
    "{}",
    "{\"query_id\":\"" ID "\"}",
    "{\"query_id\":\"" ID "\",\"answer\":{}}",
    "{\"query_id\":\"" ID "\",\"answer\":\"2334504\"}",
    "{\"query_id\":\"" ID "\",\"answer\":{\"heard\":2334504}}",
    "{\"query_id\":\"" ID "\",\"answer\":{\"heard\":\"\"}}",
    "{\"query_id\":\"" ID "\",\"answer\":{\"heard\":\"233 504\"}}",
    "{\"query_id\":\"" ID
    "\",\"answer\":{\"heard\":\"1\"},\"chosen\":{\"code\":\"1\"},\"by\":\"x\"}",
    "{\"query_id\":\"" ID "\",\"chosen\":{\"code\":\"\"},\"by\":\"car\"}",
    "{\"query_id\":\"" ID "\",\"chosen\":{\"code\":\"23?4504\"},\"by\":\"car\"}",
    "{\"query_id\":\"" ID "\",\"chosen\":{\"code\":\"1234567890\"},\"by\":\"car\"}",
    "{\"query_id\":\"" ID "\",\"chosen\":{},\"by\":\"car\"}",
    "{\"query_id\":\"" ID "\",\"chosen\":\"2334504\",\"by\":\"car\"}",
    "{\"query_id\":\"" ID "\",\"chosen\":{\"code\":\"2334504\"},\"by\":7}",
    "{\"query_id\":\"00112233445566778899AABBCCDDEEFF\",\"answer\":{\"heard\":\"1\"}}",
    "{\"query_id\":\"00\",\"answer\":{\"heard\":\"1\"}}",
    "{\"query_id\":null,\"answer\":{\"heard\":\"1\"}}",
    "{\"answer\":{\"heard\":\"1\"}}",
    "{\"query_id\":\"" ID "\",\"answer\":{\"heard\":\"1\"}}{}",
    "{\"query_id\":\"" ID "\",\"answer\":{\"heard\":\"1\"}},",
};

START_TEST(what_is_no_line_of_a_log_is_refused)
{
    pole_learner *learner = begin();
    ck_assert_int_eq(pole_learner_add_line(learner, span_of(bad_lines[_i])), POLE_BAD_INPUT);
    ck_assert_int_eq(pole_learner_add_line(learner, (pole_span){NULL, 0}), POLE_BAD_INPUT);
    ck_assert_int_eq(pole_learner_add_line(NULL, span_of(whole_answer)), POLE_INVALID_ARGUMENT);
    pole_learned_counts counts = {.struct_size = 0};
    ck_assert_int_eq(pole_learner_counts(learner, &counts), POLE_INVALID_ARGUMENT);
    counts.struct_size = sizeof counts;
    ck_assert_int_eq(pole_learner_counts(NULL, &counts), POLE_INVALID_ARGUMENT);
    pole_learner_free(learner);
}
END_TEST

START_TEST(without_memory_nothing_is_half_added)
{
    for (size_t fail_at = 1;; fail_at++) {
        test_memory memory;
        pole_learner *learner = NULL;
        test_memory_init(&memory, fail_at);
        pole_status status =
            pole_learner_new(span_of("everyday"), &memory.allocator, &learner, NULL);
        for (unsigned i = 0; i < 20 && status == POLE_OK; i++)
            status = pole_learner_add_line(learner, span_of(i % 2 ? whole_choice : whole_answer));
        pole_learner_free(learner);
        ck_assert_uint_eq(memory.live, 0);
        if (status == POLE_OK) {
            ck_assert_uint_gt(fail_at, 8);
            break;
        }
        ck_assert_int_eq(status, POLE_NO_MEMORY);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("learn log");
    TCase *all = tcase_create("all");
    tcase_add_test(all, a_log_is_learned_as_its_confirmed_pairs_are);
    tcase_add_test(all, answers_that_nobody_chose_for_never_raise_the_clean_share);
    tcase_add_test(all, what_is_no_pair_is_counted);
    tcase_add_test(all, a_torn_line_is_refused_wherever_it_was_cut);
    tcase_add_loop_test(all, what_is_no_line_of_a_log_is_refused, 0,
                        sizeof bad_lines / sizeof *bad_lines);
    tcase_add_test(all, without_memory_nothing_is_half_added);
    suite_add_tcase(suite, all);
    return test_main(suite);
}
