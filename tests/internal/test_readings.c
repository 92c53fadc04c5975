/* SPDX-License-Identifier: MIT
 * The likelihood of every pole must be what the channel literally does: an oracle emits, for each
 * pole, all that can be heard of it, and what was heard is looked for among that. Wrong likelihoods
 * make confident wrong answers, so every pole is compared, those with 0 too. With the argument
 * "sample" the same on the sample city. */
#include <math.h>

#include <polelookup/build.h>
#include <polelookup/index.h>

#include "resolve/readings.h"
#include "support/channel_oracle.h"
#include "support/reading_city.h"
#include "support/reading_queries.h"
#include "support/small_city.h"
#include "support/test_main.h"
#include "support/test_memory.h"
#include "support/test_random.h"

#define MOST_QUERIES 400
#define MOST_READINGS (2 * MOST_QUERIES)
#define HASH_SIZE 4096

/* ---- Queries ---- */

typedef struct {
    pole_heard heard;
    unsigned first; /* its readings follow one another in the bench's */
} query;

/* For each reading of each query and each pole: P, and P times the shared chances. */
typedef struct {
    const reading_city *city;
    const oracle_channel *channel;
    query *queries;
    unsigned query_count;
    const pole_reading *readings[MOST_READINGS];
    unsigned reading_count;
    unsigned hash[HASH_SIZE]; /* 1 + reading; 0: empty */
    uint64_t keys[MOST_READINGS];
    unsigned next[MOST_READINGS]; /* 1 + another of the same key */
    unsigned soft[MOST_READINGS];
    unsigned soft_count;
    double (*all)[2]; /* [reading * poles + pole] */
    uint32_t pole;
} bench;

static uint64_t key_of(const char *text)
{
    uint64_t key = 0;
    for (; *text; text++)
        key = key * 16 + (*text == '?' ? 11u : (unsigned)(*text - '0') + 1);
    return key;
}

static unsigned *slot_of(bench *b, uint64_t key)
{
    unsigned at = (unsigned)(key * UINT64_C(0x9E3779B97F4A7C15) >> 52) % HASH_SIZE;
    while (b->hash[at] != 0 && b->keys[b->hash[at] - 1] != key)
        at = (at + 1) % HASH_SIZE;
    return b->hash + at;
}

static double fit_of(const pole_reading *reading, const char *observed)
{
    double fit = 1;
    if (strlen(observed) != reading->count)
        return 0;
    for (unsigned i = 0; i < reading->count && fit > 0; i++) {
        const pole_heard_place *place = reading->places + i;
        if ((observed[i] == '?') != (place->digits == 0))
            return 0;
        if (observed[i] != '?')
            fit *= place->weights[observed[i] - '0'];
    }
    return fit;
}

static void credit(bench *b, unsigned reading, int which, double probability)
{
    double *sums = b->all[(size_t)reading * b->city->count + b->pole];
    sums[0] += probability;
    if (which != 0)
        sums[1] += probability * b->channel->shared[which];
}

static void look_for(void *context, const char *observed, int which, double probability)
{
    bench *b = context;
    for (unsigned r = *slot_of(b, key_of(observed)); r != 0; r = b->next[r - 1])
        credit(b, r - 1, which, probability);
    for (unsigned i = 0; i < b->soft_count; i++) {
        const double fit = fit_of(b->readings[b->soft[i]], observed);
        if (fit > 0)
            credit(b, b->soft[i], which, probability * fit);
    }
}

static bool is_hard(const pole_reading *reading, char *text)
{
    for (unsigned i = 0; i < reading->count; i++) {
        const pole_heard_place *place = reading->places + i;
        if ((place->digits & (place->digits - 1)) != 0)
            return false;
        text[i] = place->digits == 0 ? '?' : (char)('0' + __builtin_ctz(place->digits));
    }
    text[reading->count] = '\0';
    return true;
}

static void index_readings(bench *b)
{
    b->reading_count = b->soft_count = 0;
    memset(b->hash, 0, sizeof b->hash);
    for (unsigned q = 0; q < b->query_count; q++) {
        b->queries[q].first = b->reading_count;
        for (unsigned r = 0; r < b->queries[q].heard.reading_count; r++) {
            const pole_reading *reading = b->queries[q].heard.readings + r;
            const unsigned place = b->reading_count++;
            char text[POLE_MOST_PLACES + 1];
            ck_assert_uint_lt(place, MOST_READINGS);
            b->readings[place] = reading;
            if (!is_hard(reading, text)) {
                b->soft[b->soft_count++] = place;
                continue;
            }
            b->keys[place] = key_of(text);
            unsigned *slot = slot_of(b, b->keys[place]);
            b->next[place] = *slot;
            *slot = place + 1;
        }
    }
}

static void ask_oracle(bench *b)
{
    index_readings(b);
    ck_assert(b->reading_count > 0 && b->city->count > 0);
    b->all = calloc((size_t)b->reading_count * b->city->count, sizeof *b->all);
    ck_assert_ptr_nonnull(b->all);
    for (b->pole = 0; b->pole < b->city->count; b->pole++)
        oracle_emit(b->channel, b->city->codes[b->pole], look_for, b);
}

/* The sayings of one reading by the formula of docs/channel.md. */
static double expected_reading(const bench *b, const query *q, unsigned r, uint32_t pole)
{
    const pole_reading *reading = q->heard.readings + r;
    const double *sums = b->all[(size_t)(q->first + r) * b->city->count + pole];
    if (reading->again < 0)
        return reading->sayings == 1
                   ? sums[0]
                   : sums[1] + (sums[0] - sums[1]) * pow(sums[0], reading->sayings - 1);
    const unsigned other = q->first + (unsigned)reading->again;
    return (sums[0] - sums[1]) * pow(sums[0], reading->sayings - 1) *
           pow(b->all[(size_t)other * b->city->count + pole][0],
               q->heard.readings[reading->again].sayings);
}

static double expected(const bench *b, const query *q, uint32_t pole)
{
    double sum = 0;
    for (unsigned r = 0; r < q->heard.reading_count; r++)
        if (q->heard.readings[r].weight > 0)
            sum += q->heard.readings[r].weight * expected_reading(b, q, r, pole);
    return sum;
}

static void describe(const pole_heard *heard, char *out, size_t size)
{
    size_t at = 0;
    for (unsigned r = 0; r < heard->reading_count; r++) {
        const pole_reading *reading = heard->readings + r;
        for (unsigned i = 0; i < reading->count && at + 14 < size; i++) {
            const unsigned digits = reading->places[i].digits;
            out[at++] = digits == 0 ? '?' : '[';
            for (unsigned d = 0; d < 10; d++)
                if (digits >> d & 1)
                    out[at++] = (char)('0' + d);
            if (digits)
                out[at++] = ']';
        }
        out[at++] = '/';
    }
    out[at] = '\0';
}

static void judge(const bench *b, const pole_channel_prepared *prepared, pole_likely_list *list,
                  unsigned *found)
{
    for (unsigned i = 0; i < b->query_count; i++) {
        const query *q = b->queries + i;
        char text[600];
        size_t at = 0;
        describe(&q->heard, text, sizeof text);
        ck_assert_int_eq(pole_readings_find(b->city->index, prepared, &q->heard, list), POLE_OK);
        for (uint32_t pole = 0; pole < b->city->count; pole++) {
            const double wanted = expected(b, q, pole);
            double told = 0;
            if (at < list->count && list->poles[at].row == pole)
                told = list->poles[at++].likelihood;
            if (!(fabs(told - wanted) <= 1e-9 * wanted))
                ck_abort_msg("heard %s, pole %s: told %g, right is %g", text, b->city->codes[pole],
                             told, wanted);
            *found += wanted > 0;
            if (wanted > 0) {
                const pole_code code = pole_index_code_of(b->city->index, pole);
                told = pole_readings_of_code(prepared, &q->heard, code.number, code.digits);
                if (!(fabs(told - wanted) <= 1e-9 * wanted))
                    ck_abort_msg("heard %s, code %s alone: %g", text, b->city->codes[pole], told);
            }
        }
        ck_assert_msg(at == list->count, "heard %s: rows that are none", text);
    }
}

static void table_path(char *path, size_t size, const char *name)
{
    snprintf(path, size, "%s/data/channel/%s.tsv", TEST_SOURCE_DIR, name);
}

typedef struct {
    const char *channel, *suffix;
    int32_t language;
    double clean; /* 0: the channel's */
} setting;

static const setting settings[] = {{"heavy", "", POLE_LANGUAGE_ZH, 0},
                                   {"everyday", "", POLE_LANGUAGE_ZH, 0.97},
                                   {"everyday", "en", POLE_LANGUAGE_EN, 0},
                                   {"everyday", "ru", POLE_LANGUAGE_RU, 0.28}};

static void prepare(const setting *of, oracle_channel *oracle, pole_channel *channel,
                    pole_channel_prepared *prepared)
{
    char path[512];
    oracle_channel common;
    table_path(path, sizeof path, of->channel);
    ck_assert_int_eq(oracle_channel_read(&common, path, ""), 0);
    ck_assert_int_eq(oracle_channel_read(oracle, path, of->suffix), 0);
    oracle_channel_set_clean(oracle, of->clean > 0 ? of->clean : common.weight[0]);
    ck_assert_int_eq(pole_channel_builtin(span_of(of->channel), channel), POLE_OK);
    ck_assert_int_eq(pole_channel_prepare(channel, of->clean, of->language, prepared), POLE_OK);
}

static void compare(const reading_city *with, const setting *of, unsigned queries,
                    unsigned soft_every, test_random *random)
{
    oracle_channel oracle;
    pole_channel channel;
    pole_channel_prepared prepared;
    pole_likely_list list;
    unsigned found = 0;
    bench *b = calloc(1, sizeof *b);
    query *made = calloc(queries, sizeof *made);
    ck_assert(b != NULL && made != NULL && queries <= MOST_QUERIES);
    prepare(of, &oracle, &channel, &prepared);
    for (unsigned i = 0; i < queries; i++)
        heard_make(&made[i].heard, with, &oracle, i, soft_every, random);
    b->city = with;
    b->channel = &oracle;
    b->queries = made;
    b->query_count = queries;
    ask_oracle(b);
    pole_likely_list_init(&list, NULL);
    judge(b, &prepared, &list, &found);
    printf("%s %s: %u queries, %u likelihoods above 0\n", of->channel, of->suffix, queries, found);
    ck_assert_uint_gt(found, queries);
    pole_likely_list_free(&list);
    free(b->all);
    free(made);
    free(b);
}

START_TEST(likelihoods_of_seven_digits_are_those_of_the_channel)
{
    test_random random = test_random_begin("readings", 700 + (uint64_t)_i);
    reading_city urban;
    reading_city_urban(&urban, &random, 3000);
    compare(&urban, settings + _i, 4 * ORACLE_NONE, 17, &random);
    reading_city_free(&urban);
}
END_TEST

START_TEST(likelihoods_of_all_lengths_and_scopes_are_those_of_the_channel)
{
    test_random random = test_random_begin("readings", 800 + (uint64_t)_i);
    reading_city mixed;
    reading_city_mixed(&mixed, &random);
    compare(&mixed, settings + _i, 8 * ORACLE_NONE, 11, &random);
    reading_city_free(&mixed);
}
END_TEST

/* ---- All observations of a code ---- */

typedef struct {
    char (*texts)[12];
    size_t count, capacity;
} text_list;

static void keep_text(void *context, const char *observed, int which, double probability)
{
    text_list *list = context;
    (void)which;
    (void)probability;
    if (list->count == list->capacity) {
        list->capacity = 2 * list->capacity + 64;
        list->texts = realloc(list->texts, list->capacity * sizeof *list->texts);
        ck_assert_ptr_nonnull(list->texts);
    }
    strcpy(list->texts[list->count++], observed);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(a, b);
}

START_TEST(likelihoods_of_all_that_can_be_heard_of_a_code_add_up_to_one)
{
    static const char *const codes[] = {"2334504", "1111111", "0987654", "10",      "55",
                                        "7",       "123",     "1010",    "5005005", "123456789"};
    oracle_channel oracle;
    pole_channel channel;
    pole_channel_prepared prepared;
    pole_heard heard;
    text_list list = {NULL, 0, 0};
    double sum = 0;
    prepare(settings, &oracle, &channel, &prepared);
    oracle_emit(&oracle, codes[_i], keep_text, &list);
    qsort(list.texts, list.count, sizeof *list.texts, by_text);
    heard_clear(&heard);
    heard.reading_count = 1;
    for (size_t i = 0; i < list.count; i++) {
        if (i > 0 && strcmp(list.texts[i], list.texts[i - 1]) == 0)
            continue;
        reading_set(heard.readings, list.texts[i], 1);
        sum += pole_readings_of_code(&prepared, &heard, (uint32_t)strtoul(codes[_i], NULL, 10),
                                     (uint8_t)strlen(codes[_i]));
    }
    ck_assert_double_eq_tol(sum + prepared.weights[POLE_CLASS_NONE], 1, 1e-12);
    free(list.texts);
}
END_TEST

/* ---- No pole was meant ---- */

typedef struct {
    const char *shape;
    double chance;
} shape_chance;

static void add_shape(void *context, const char *observed, int which, double probability)
{
    shape_chance *shape = context;
    size_t i = 0;
    (void)which;
    while (observed[i] && shape->shape[i] && (observed[i] == '?') == (shape->shape[i] == '?'))
        i++;
    if (observed[i] == '\0' && shape->shape[i] == '\0')
        shape->chance += probability;
}

static double none_of_length(const reading_city *with, const oracle_channel *channel,
                             const char *heard, unsigned n)
{
    char any[12] = "173205080";
    double numbers = pow(10, n), readable = 1;
    any[n] = '\0';
    if (channel->none_is_unlisted) {
        bool hit = false;
        for (uint32_t i = 0; i < with->count; i++)
            hit |= strcmp(with->codes[i], heard) == 0;
        return strlen(heard) != n || strchr(heard, '?') || hit ? 0
                                                               : 1 / (numbers - with->numbers[n]);
    }
    shape_chance shape = {heard, 0};
    oracle_emit(channel, any, add_shape, &shape);
    for (const char *c = heard; *c; c++)
        readable *= *c == '?' ? 1 : 10;
    return shape.chance / (1 - channel->weight[ORACLE_NONE]) / readable;
}

START_TEST(no_pole_is_weighed_as_the_table_says)
{
    test_random random = test_random_begin("readings", 900 + (uint64_t)_i);
    reading_city mixed;
    oracle_channel oracle;
    pole_channel channel;
    pole_channel_prepared prepared;
    pole_likely_list list;
    query q;
    reading_city_mixed(&mixed, &random);
    prepare(settings + _i, &oracle, &channel, &prepared);
    pole_likely_list_init(&list, NULL);
    for (unsigned i = 0; i < 3 * ORACLE_NONE; i++) {
        char text[16];
        double wanted = 0;
        observe_any_class(&mixed, &oracle, i, &random, text);
        heard_clear(&q.heard);
        q.heard.reading_count = 1;
        reading_set(q.heard.readings, text, 1);
        q.heard.readings[0].sayings = (uint8_t)(1 + i % 3);
        for (unsigned n = 1; n <= 9; n++) {
            double rows = 0;
            for (uint32_t pole = 0; pole < mixed.count; pole++)
                rows += strlen(mixed.codes[pole]) == n;
            wanted += rows / mixed.count * none_of_length(&mixed, &oracle, text, n);
        }
        const double shared = oracle.shared[ORACLE_NONE];
        if (i % 3 > 0)
            wanted *= shared + (1 - shared) * pow(wanted, i % 3);
        wanted *= oracle.weight[ORACLE_NONE];
        ck_assert_int_eq(pole_readings_find(mixed.index, &prepared, &q.heard, &list), POLE_OK);
        ck_assert_msg(fabs(list.none - wanted) <= 1e-9 * wanted, "heard %s: told %g, right is %g",
                      text, list.none, wanted);
    }
    pole_likely_list_free(&list);
    reading_city_free(&mixed);
}
END_TEST

/* ---- The result's memory ---- */

START_TEST(a_second_question_needs_no_memory)
{
    test_random random = test_random_begin("readings", 1000);
    reading_city urban;
    oracle_channel oracle;
    pole_channel channel;
    pole_channel_prepared prepared;
    pole_likely_list list;
    test_memory memory;
    query q;
    reading_city_urban(&urban, &random, 3000);
    prepare(settings, &oracle, &channel, &prepared);
    heard_make(&q.heard, &urban, &oracle, 3 * ORACLE_NONE, 0, &random); /* two readings */
    for (size_t fail_at = 1;; fail_at++) {
        test_memory_init(&memory, fail_at);
        pole_likely_list_init(&list, &memory.allocator);
        const pole_status status = pole_readings_find(urban.index, &prepared, &q.heard, &list);
        if (status == POLE_OK)
            break;
        ck_assert_int_eq(status, POLE_NO_MEMORY);
        ck_assert_uint_eq(list.count, 0);
        pole_likely_list_free(&list);
        ck_assert_uint_eq(memory.live, 0);
    }
    const size_t calls = memory.calls, count = list.count;
    ck_assert_uint_gt(calls, 2);
    ck_assert_int_eq(pole_readings_find(urban.index, &prepared, &q.heard, &list), POLE_OK);
    ck_assert_uint_eq(memory.calls, calls);
    ck_assert_uint_eq(list.count, count);
    ck_assert_uint_gt(count, 0);
    pole_likely_list_free(&list);
    ck_assert_uint_eq(memory.live, 0);
    reading_city_free(&urban);
}
END_TEST

START_TEST(the_table_tells_which_readings_it_holds)
{
    reading_city made;
    pole_channel channel;
    pole_channel_prepared prepared;
    pole_likely_list list;
    pole_heard heard;
    pole_builder *builder = reading_city_begin("pole:7;*/pole:5");
    reading_city_add(builder, "2334504", "");
    reading_city_add(builder, "10101", "宾县");
    reading_city_finish(builder, &made);
    ck_assert_int_eq(pole_channel_builtin(span_of("everyday"), &channel), POLE_OK);
    ck_assert_int_eq(pole_channel_prepare(&channel, 0, POLE_LANGUAGE_ZH, &prepared), POLE_OK);
    pole_likely_list_init(&list, NULL);
    heard_clear(&heard);
    reading_set(heard.readings, "2334505", 0.4);
    reading_set(heard.readings + 1, "2334504", 0.3);
    reading_set(heard.readings + 2, "10101", 0.2);
    reading_set(heard.readings + 3, "233450?", 0.1);
    heard.reading_count = 4;
    ck_assert_int_eq(pole_readings_find(made.index, &prepared, &heard, &list), POLE_OK);
    ck_assert_uint_eq(list.in_table, 1u << 1 | 1u << 2);
    pole_likely_list_free(&list);
    reading_city_free(&made);
}
END_TEST

/* ---- The sample city ---- */

START_TEST(likelihoods_on_the_sample_city_are_those_of_the_channel)
{
    test_random random = test_random_begin("readings", 1100);
    reading_city sample;
    pole_error error;
    ck_assert_msg(pole_index_open(TEST_BINARY_DIR "/share/polelookup/sample.plx", NULL,
                                  &sample.index, &error) == POLE_OK,
                  "%s", error.message);
    sample.codes = reading_codes(sample.index, &sample.count);
    compare(&sample, settings, 4 * ORACLE_NONE, 13, &random);
    reading_city_free(&sample);
}
END_TEST

int main(int argc, char **argv)
{
    Suite *suite = suite_create("readings");
    TCase *all = tcase_create("all");
    const int count = (int)(sizeof settings / sizeof *settings);
    if (argc > 1 && strcmp(argv[1], "sample") == 0) {
        tcase_add_test(all, likelihoods_on_the_sample_city_are_those_of_the_channel);
    } else {
        /* Languages and clean shares are told apart on the mixed city below. */
        tcase_add_loop_test(all, likelihoods_of_seven_digits_are_those_of_the_channel, 0, 2);
        tcase_add_loop_test(all, likelihoods_of_all_lengths_and_scopes_are_those_of_the_channel, 0,
                            count);
        tcase_add_loop_test(all, likelihoods_of_all_that_can_be_heard_of_a_code_add_up_to_one, 0,
                            10);
        tcase_add_loop_test(all, no_pole_is_weighed_as_the_table_says, 0, count);
        tcase_add_test(all, a_second_question_needs_no_memory);
        tcase_add_test(all, the_table_tells_which_readings_it_holds);
    }
    tcase_set_timeout(all, 1200);
    suite_add_tcase(suite, all);
    return test_main(suite);
}
