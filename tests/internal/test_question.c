/* SPDX-License-Identifier: MIT
 * The question must be the one that a dispatcher would want: its expected doubt is compared with
 * every answer spelled out, pole by pole; asking never makes the doubt greater; rules that the
 * contract sets hold; beliefs that no one expects break nothing. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "resolve/far_rival.h"
#include "resolve/nearness.h"
#include "resolve/question.h"
#include "support/code_city.h"
#include "support/small_city.h"
#include "support/test_main.h"

#define MOST 70000

static pole_index *city;
static uint32_t rows;
static pole_believed *poles;

static void setup(void)
{
    const code_city_size size = {4, 4, 8, 20, 2};
    test_random random = test_random_begin("question_city", 13);
    city = code_city_open(&size, &random);
    rows = city->positions.rows;
    poles = malloc(MOST * sizeof *poles);
}

static void teardown(void)
{
    pole_index_close(city);
    free(poles);
}

static int by_share(const void *a, const void *b)
{
    const pole_believed *x = a, *y = b;
    if (x->share != y->share)
        return x->share > y->share ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

/* Poles that a misheard code can mean: of one street, of like codes, of anywhere. */
static void random_belief(test_random *random, size_t count, pole_belief *belief)
{
    static unsigned char taken[MOST];
    const uint32_t home = (uint32_t)test_random_below(random, rows);
    double sum = 0;
    size_t n = 0;
    memset(taken, 0, rows);
    for (size_t tries = 0; n < count && tries < 20 * count; tries++) {
        const uint32_t row = test_random_below(random, 2)
                                 ? (uint32_t)test_random_below(random, rows)
                                 : (home + (uint32_t)test_random_below(random, 40)) % rows;
        if (taken[row])
            continue;
        taken[row] = 1;
        const double unit = test_random_unit(random);
        poles[n].row = row;
        poles[n].alias = test_random_below(random, 30) == 0;
        poles[n].share = test_random_below(random, 4) ? unit * unit * unit : 0.25;
        sum += poles[n++].share;
    }
    const double rest = 0.3 * test_random_unit(random);
    for (size_t i = 0; i < n; i++)
        poles[i].share *= (1 - rest) / sum;
    qsort(poles, n, sizeof *poles, by_share);
    *belief = (pole_belief){city, poles, n, n, rest, 0, 200};
}

/* The posterior after one answer, spelled out: the largest place and pole, and the entropy times
 * the answer's weight. */
static void after_answer(const pole_doubt *doubt, const double *weights, double *place,
                         double *code, double *logs)
{
    double places[POLE_DOUBT_MOST] = {0}, mass = 0, most_place = 0, most_code = 0, entropy = 0;
    for (size_t i = 0; i < doubt->count; i++) {
        places[doubt->place_of[i]] += weights[i];
        mass += weights[i];
        most_code = fmax(most_code, weights[i]);
    }
    for (size_t p = 0; p < doubt->places; p++)
        most_place = fmax(most_place, places[p]);
    for (size_t i = 0; i < doubt->count; i++)
        if (weights[i] > 0)
            entropy -= weights[i] / mass * log2(weights[i] / mass);
    *place += most_place;
    *code += most_code;
    *logs += mass * entropy;
}

static void by_every_answer(const pole_doubt *doubt, const pole_split *split, uint32_t possible,
                            pole_doubt_left *left)
{
    double place = 0, code = 0, bits = 0;
    for (uint32_t answer = 0; answer < possible; answer++) {
        double weights[POLE_DOUBT_MOST];
        for (size_t i = 0; i < doubt->count; i++) {
            double likelihood = (1 - split->right) / (possible - 1.0);
            if (split->answers[i] == POLE_NO_ANSWER)
                likelihood = 1.0 / possible;
            else if (split->answers[i] == answer)
                likelihood = split->right;
            weights[i] = doubt->shares[i] * likelihood;
        }
        after_answer(doubt, weights, &place, &code, &bits);
    }
    *left = (pole_doubt_left){doubt->total - place, doubt->total - code, bits};
}

static void ck_same_doubt(const pole_doubt_left *a, const pole_doubt_left *b)
{
    ck_assert_double_eq_tol(a->far, b->far, 1e-9);
    ck_assert_double_eq_tol(a->code, b->code, 1e-9);
    ck_assert_double_eq_tol(a->bits, b->bits, 1e-9);
}

START_TEST(expected_doubt_is_that_of_every_answer_spelled_out)
{
    test_random random = test_random_begin("question_doubt", 900 + (uint64_t)_i);
    static const pole_question_draft drafts[] = {
        {POLE_ASK_DIGIT, 1, 1, 0, 0},  {POLE_ASK_DIGIT, 4, 1, 0, 0},
        {POLE_ASK_DIGIT, 7, 1, 0, 0},  {POLE_ASK_DIGITS, 6, 2, 0, 0},
        {POLE_ASK_DIGITS, 1, 3, 0, 0}, {POLE_ASK_OBJECT, 0, 0, 0, 0},
        {POLE_ASK_COUNTY, 0, 0, 0, 0}, {POLE_ASK_DIGITS, 1, 4, 0, 1u << 2},
    };
    for (unsigned round = 0; round < 12; round++) {
        pole_belief belief;
        static pole_doubt doubt;
        random_belief(&random, 1 + test_random_below(&random, 100), &belief);
        pole_doubt_gather(&belief, NULL, &doubt);
        ck_assert(!doubt.sampled);
        ck_assert_double_ge(doubt.total, 1 - POLE_DOUBT_UNSEEN - 1e-9);
        for (size_t k = 0; k < sizeof drafts / sizeof *drafts; k++) {
            static pole_split split;
            pole_doubt_left fast, slow, now;
            double loss;
            const pole_span heard = span_of(round % 2 ? "1010101" : "");
            pole_question_split(&doubt, &drafts[k], 7, heard, &split);
            pole_question_weigh(&doubt, &drafts[k], 7, heard, &fast, &loss);
            by_every_answer(&doubt, &split, (uint32_t)split.possible, &slow);
            ck_same_doubt(&fast, &slow);
            pole_doubt_now(&doubt, &now);
            ck_assert_double_le(fast.far, now.far + 1e-12);
            ck_assert_double_le(fast.code, now.code + 1e-12);
            ck_assert_double_le(fast.bits, now.bits + 1e-9);
        }
    }
}
END_TEST

/* A pole that has its place to itself, or belongs to that of a likelier one; by distances alone. */
START_TEST(places_are_what_is_near_their_likeliest_pole)
{
    test_random random = test_random_begin("question_places", 910 + (uint64_t)_i);
    for (unsigned round = 0; round < 20; round++) {
        pole_belief belief;
        static pole_doubt doubt;
        pole_row leaders[POLE_DOUBT_MOST];
        size_t places = 0;
        random_belief(&random, 1 + test_random_below(&random, 100), &belief);
        pole_doubt_gather(&belief, NULL, &doubt);
        for (size_t i = 0; i < doubt.count; i++) {
            size_t p = places;
            for (size_t k = 0; k < places && doubt.rows[i] != POLE_NO_ROW; k++) {
                pole_point a, b;
                ck_assert_int_eq(pole_index_point(city, leaders[k], &a), POLE_OK);
                ck_assert_int_eq(pole_index_point(city, doubt.rows[i], &b), POLE_OK);
                if (pole_distance(a, b) <= 200 &&
                    pole_responsible(city, leaders[k]) == pole_responsible(city, doubt.rows[i])) {
                    p = k;
                    break;
                }
            }
            if (p == places)
                leaders[places++] = doubt.rows[i];
            ck_assert_uint_eq(doubt.place_of[i], p);
        }
        ck_assert_uint_eq(doubt.places, places);
        pole_place_belief place;
        pole_belief_place(&belief, NULL, &place);
        ck_assert_double_eq_tol(doubt.place_shares[0], place.confidence_place, POLE_DOUBT_UNSEEN);
    }
}
END_TEST

static pole_row row_of(const pole_index *index, const char *digits)
{
    pole_code code;
    pole_row row;
    ck_assert_int_eq(pole_code_parse(index, span_of(digits), &code), POLE_OK);
    code.scope = 0;
    ck_assert_int_eq(pole_index_find(index, code, &row), POLE_OK);
    return row;
}

/* Not by value: it points into itself. */
static void ask(const pole_belief *belief, pole_match match, const char *heard, uint32_t warnings,
                uint32_t answered, uint32_t answered_digits, pole_asked *asked)
{
    const pole_question_context context = {
        .match = match,
        .confidence_place = 0.9,
        .warnings = warnings,
        .answered = answered,
        .answered_digits = answered_digits,
        .heard = span_of(heard),
    };
    pole_question_choose(belief, NULL, &context, asked);
}

START_TEST(one_digit_that_tells_two_places_apart_is_asked)
{
    pole_believed two[2] = {{row_of(city, "1020101"), 0, 0.6}, {row_of(city, "4020101"), 0, 0.39}};
    const pole_belief belief = {city, two, 2, 2, 0.01, 0, 200};
    pole_question_context context = {.match = POLE_AMBIGUOUS, .heard = span_of("1020101")};
    pole_asked asked;
    pole_question_choose(&belief, NULL, &context, &asked);
    ck_assert_int_eq(asked.told.kind, POLE_ASK_DIGIT);
    ck_assert_uint_eq(asked.told.digit, 1);
    ck_assert_uint_eq(asked.told.digits, 7);
    ck_assert_uint_eq(asked.told.digit_count, 1);
    ck_assert_uint_eq(asked.told.option_count, 2);
    ck_assert_int_eq(asked.told.options[0].answer.data[0], '1');
    ck_assert_uint_eq(asked.told.options[0].row_count, 1);
    ck_assert_uint_eq(asked.told.options[0].rows[0], two[0].row);
    ck_assert_int_eq(asked.told.options[1].answer.data[0], '4');
    ck_assert_uint_eq(asked.told.options[1].rows[0], two[1].row);
    /* 1 and 4 do not sound alike: no choice is offered. */
    ck_assert_uint_eq(asked.told.choice[0], asked.told.choice[1]);
    ck_assert_double_lt(asked.expected.far, 0.05);
}
END_TEST

START_TEST(digits_that_sound_alike_are_a_choice_the_less_likely_first)
{
    pole_believed two[2] = {{row_of(city, "1010101"), 0, 0.6}, {row_of(city, "1010107"), 0, 0.39}};
    const pole_belief belief = {city, two, 2, 2, 0.01, 0, 200};
    pole_question_context context = {.match = POLE_AMBIGUOUS, .heard = span_of("1010101")};
    pole_asked asked;
    pole_question_choose(&belief, NULL, &context, &asked);
    ck_assert_int_eq(asked.told.kind, POLE_ASK_DIGIT);
    ck_assert_uint_eq(asked.told.digit, 7);
    ck_assert_uint_eq(asked.told.choice[0], 7);
    ck_assert_uint_eq(asked.told.choice[1], 1);
    context.caller_language = POLE_LANGUAGE_EN;
    pole_question_choose(&belief, NULL, &context, &asked);
    ck_assert_uint_eq(asked.told.choice[0], asked.told.choice[1]);
}
END_TEST

START_TEST(a_digit_heard_that_leaves_no_pole_is_an_answer_too)
{
    pole_believed two[2] = {{row_of(city, "1010101"), 0, 0.7}, {row_of(city, "1010201"), 0, 0.29}};
    const pole_belief belief = {city, two, 2, 2, 0.01, 0, 200};
    pole_asked asked;
    ask(&belief, POLE_CORRECTED, "1010901", 0, 1u << POLE_ASK_OBJECT, 0, &asked);
    ck_assert_int_eq(asked.told.kind, POLE_ASK_DIGIT);
    ck_assert_uint_eq(asked.told.digit, 5);
    ck_assert_uint_eq(asked.told.option_count, 3);
}
END_TEST

START_TEST(another_object_is_told_from_a_pole_by_what_was_heard_there)
{
    /* Heard 1010901; the pole is 1010101, or the number is no pole's and will be read the same. */
    pole_believed one = {row_of(city, "1010101"), 0, 0.6};
    const pole_belief belief = {city, &one, 1, 1, 0.4, 0, 200};
    pole_asked asked;
    ask(&belief, POLE_AMBIGUOUS, "1010901", 0, 1u << POLE_ASK_OBJECT, 0, &asked);
    ck_assert_int_eq(asked.told.kind, POLE_ASK_DIGIT);
    ck_assert_uint_eq(asked.told.digit, 5);
    ck_assert_double_lt(asked.expected.far, 0.05);
    /* Heard as the pole's: no digit can tell. */
    pole_asked object;
    ask(&belief, POLE_AMBIGUOUS, "1010101", 0, 0, 0, &object);
    ck_assert_int_eq(object.told.kind, POLE_ASK_OBJECT);
}
END_TEST

/* A group may hold a digit that was answered alone, if it has another that was not. */
START_TEST(what_was_answered_or_cannot_be_read_is_not_asked_again)
{
    test_random random = test_random_begin("question_closed", 920);
    unsigned groups = 0;
    for (unsigned round = 0; round < 200; round++) {
        pole_belief belief;
        char heard[8] = "1010101";
        uint32_t worn = 0;
        random_belief(&random, 2 + test_random_below(&random, 40), &belief);
        if (pole_index_code_of(city, belief.poles[0].row).digits != 7 || belief.poles[0].alias)
            continue;
        const uint32_t answered = (uint32_t)test_random_below(&random, 128) << 1;
        for (unsigned i = 0; i < 7; i++)
            if (test_random_below(&random, 4) == 0)
                heard[i] = '?';
        for (unsigned n = 1; n <= 7; n++)
            worn |= (uint32_t)(heard[n - 1] == '?') << n;
        pole_asked asked;
        ask(&belief, POLE_AMBIGUOUS, heard, 0, (uint32_t)test_random_below(&random, 1024), answered,
            &asked);
        const uint32_t bits = ((1u << asked.told.digit_count) - 1) << asked.told.digit;
        ck_assert_uint_eq(worn & bits, 0);
        ck_assert(bits == 0 || (bits & ~answered) != 0);
        groups += asked.told.digit_count > 1 && (bits & answered) != 0;
    }
    ck_assert_uint_gt(groups, 0);
}
END_TEST

START_TEST(rules_come_before_what_is_weighed)
{
    pole_believed two[2] = {{row_of(city, "1020101"), 0, 0.6}, {row_of(city, "4020101"), 0, 0.39}};
    const pole_belief belief = {city, two, 2, 2, 0.01, 0, 200};
    static const struct {
        pole_match match;
        uint32_t warnings, answered, answered_digits;
        int32_t kind;
    } cases[] = {
        {POLE_EXACT, 0, 0, 0, POLE_ASK_READ_BACK},
        {POLE_EXACT, 0, 1u << POLE_ASK_READ_BACK, 0, POLE_ASK_NEIGHBOUR},
        {POLE_INTERPOLATED, 0, 0, 0, POLE_ASK_NEIGHBOUR},
        {POLE_AMBIGUOUS, POLE_WARN_HINT_CONFLICT, 0, 0, POLE_ASK_PLACE},
        {POLE_AMBIGUOUS, POLE_WARN_HINT_CONFLICT, 1u << POLE_ASK_PLACE, 0, POLE_ASK_DIGIT},
        {POLE_AMBIGUOUS, POLE_WARN_HINT_CONFLICT, 0, 2, POLE_ASK_NEIGHBOUR},
        {POLE_AMBIGUOUS, POLE_WARN_OTHER_LENGTH, 0, 0, POLE_ASK_DIGITS},
        {POLE_AMBIGUOUS, POLE_WARN_SEVERAL_CODES, 0, 0, POLE_ASK_READ_BACK},
        {POLE_UNKNOWN, 0, 0, 0, POLE_ASK_OBJECT},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const uint32_t read = cases[i].answered_digits ? 1u << POLE_ASK_DIGIT : 0;
        pole_asked asked;
        ask(&belief, cases[i].match, "1020101", cases[i].warnings, cases[i].answered | read,
            cases[i].answered_digits, &asked);
        ck_assert_msg(asked.told.kind == cases[i].kind, "case %zu: %d", i, asked.told.kind);
    }
    pole_asked digits;
    ask(&belief, POLE_AMBIGUOUS, "102010", POLE_WARN_OTHER_LENGTH, 0, 0, &digits);
    ck_assert_uint_eq(digits.told.digit, 0); /* how many are there? */
}
END_TEST

/* Far apart and told by the first digit, two poles of one place by the last: first the place. Then
 * the pole: a group that settles it comes before a digit that settles half. */
START_TEST(the_place_is_asked_for_first_and_then_the_pole)
{
    pole_believed far[3] = {{row_of(city, "1010101"), 0, 0.5},
                            {row_of(city, "1010103"), 0, 0.3},
                            {row_of(city, "4010101"), 0, 0.2}};
    pole_believed near[4] = {{row_of(city, "1010101"), 0, 0.4},
                             {row_of(city, "1010103"), 0, 0.3},
                             {row_of(city, "1010111"), 0, 0.2},
                             {row_of(city, "1010113"), 0, 0.1}};
    const pole_belief place = {city, far, 3, 3, 0, 0, 200}, pole = {city, near, 4, 4, 0, 0, 500};
    pole_asked asked;
    ask(&place, POLE_AMBIGUOUS, "1010108", 0, 0, 0, &asked);
    ck_assert_int_eq(asked.told.kind, POLE_ASK_DIGIT);
    ck_assert_uint_eq(asked.told.digit, 1);
    ask(&pole, POLE_AMBIGUOUS, "1010108", 0, 0, 0, &asked);
    ck_assert_int_eq(asked.told.kind, POLE_ASK_DIGITS);
    ck_assert_uint_eq(asked.told.digit, 6);
    ck_assert_uint_eq(asked.told.digit_count, 2);
}
END_TEST

START_TEST(who_is_at_the_pole_is_asked_for_digits_then)
{
    pole_believed two[2] = {{row_of(city, "1020101"), 0, 0.6}, {row_of(city, "4020101"), 0, 0.39}};
    pole_believed one = {row_of(city, "1020101"), 0, 0.99};
    const pole_belief doubtful = {city, two, 2, 2, 0.01, 0, 200},
                      sure = {city, &one, 1, 1, 0.01, 0, 200};
    pole_asked asked;
    ask(&doubtful, POLE_AMBIGUOUS, "1020101", POLE_WARN_HINT_CONFLICT, 0, 0, &asked);
    ck_assert_int_eq(asked.told.kind, POLE_ASK_PLACE);
    ck_assert_uint_eq(asked.told.digit, 1);
    ck_assert_uint_eq(asked.told.digit_count, 1);
    ck_assert_uint_eq(asked.told.option_count, 2);
    ck_assert_int_eq(asked.told.options[0].answer.data[0], '1');
    ck_assert_uint_eq(asked.told.options[1].rows[0], two[1].row);
    ask(&sure, POLE_AMBIGUOUS, "1020101", POLE_WARN_HINT_CONFLICT, 0, 0, &asked);
    ck_assert_int_eq(asked.told.kind, POLE_ASK_PLACE);
    ck_assert_uint_eq(asked.told.digit, 0); /* all digits are read back */
}
END_TEST

START_TEST(a_corrected_digit_is_asked_where_little_is_to_gain_elsewhere)
{
    /* Heard 1010901: all but sure of 1010101, and what doubt there is lies in the last digit. */
    pole_believed two[2] = {{row_of(city, "1010101"), 0, 0.98}, {row_of(city, "1010107"), 0, 0.02}};
    const pole_belief belief = {city, two, 2, 2, 0, 0, 200};
    pole_asked asked;
    ask(&belief, POLE_CORRECTED, "1010901", 0, 0, 0, &asked);
    ck_assert_int_eq(asked.told.kind, POLE_ASK_DIGIT);
    ck_assert_uint_eq(asked.told.digit, 5);
    ask(&belief, POLE_CORRECTED, "1010901", 0, 1u << POLE_ASK_DIGIT, 1u << 5, &asked);
    ck_assert_uint_ne(asked.told.digit, 5);
}
END_TEST

START_TEST(sure_digits_that_a_street_contradicts_are_read_back)
{
    pole_believed one = {row_of(city, "1020101"), 0, 0.999};
    const pole_belief belief = {city, &one, 1, 1, 0.001, 0, 200};
    pole_question_context context = {.match = POLE_AMBIGUOUS,
                                     .confidence_place = 0.99,
                                     .warnings = POLE_WARN_STREET_CONFLICT,
                                     .heard = span_of("1020101")};
    pole_asked asked;
    pole_question_choose(&belief, NULL, &context, &asked);
    ck_assert_int_eq(asked.told.kind, POLE_ASK_READ_BACK);
    context.answered = 1u << POLE_ASK_READ_BACK;
    pole_question_choose(&belief, NULL, &context, &asked);
    ck_assert_int_ne(asked.told.kind, POLE_ASK_READ_BACK);
}
END_TEST

START_TEST(nothing_is_asked_only_with_evidence_and_a_sure_place)
{
    pole_believed one = {row_of(city, "1020101"), 0, 0.999};
    const pole_belief belief = {city, &one, 1, 1, 0.001, 0, 200};
    for (unsigned i = 0; i < 4; i++) {
        const bool agrees = (i & 1) != 0, sure = (i & 2) != 0;
        const pole_question_context context = {
            .match = POLE_EXACT,
            .confidence_place = sure ? 0.99 : 0.989,
            .agrees = agrees ? POLE_EVIDENCE_HINT : 0,
            .heard = span_of("1020101"),
        };
        pole_asked asked;
        pole_question_choose(&belief, NULL, &context, &asked);
        ck_assert_int_eq(asked.told.kind, agrees && sure ? POLE_ASK_NOTHING : POLE_ASK_READ_BACK);
    }
}
END_TEST

START_TEST(a_street_is_asked_only_after_what_a_stranger_can_read)
{
    test_random random = test_random_begin("question_street", 930);
    unsigned streets = 0;
    for (unsigned round = 0; round < 400; round++) {
        pole_belief belief;
        random_belief(&random, 2 + test_random_below(&random, 60), &belief);
        const uint32_t answered = (uint32_t)test_random_below(&random, 1024);
        pole_asked asked;
        ask(&belief, POLE_AMBIGUOUS, "1010101", 0, answered,
            (uint32_t)test_random_below(&random, 256) & ~1u, &asked);
        ck_assert_int_ne(asked.told.kind, POLE_ASK_NOTHING);
        ck_assert_int_ne(asked.told.kind, POLE_ASK_SIDE);
        streets += asked.told.kind == POLE_ASK_STREET;
        if (asked.told.kind == POLE_ASK_STREET)
            ck_assert((answered >> POLE_ASK_NEIGHBOUR & 1) != 0);
    }
    ck_assert_uint_gt(streets, 0);
}
END_TEST

START_TEST(one_code_in_two_counties_asks_for_the_county)
{
    pole_believed two[2];
    size_t needed = 0;
    pole_row both[4];
    pole_code code = {10101, POLE_ANY_SCOPE, 5, 0};
    ck_assert_int_eq(pole_index_find_all(city, code, both, 4, &needed), POLE_OK);
    ck_assert_uint_eq(needed, 2);
    two[0] = (pole_believed){both[0], 0, 0.5};
    two[1] = (pole_believed){both[1], 0, 0.5};
    const pole_belief belief = {city, two, 2, 2, 0, 0, 200};
    pole_asked asked;
    ask(&belief, POLE_AMBIGUOUS, "10101", POLE_WARN_SCOPE_NEEDED, 0, 0, &asked);
    ck_assert_int_eq(asked.told.kind, POLE_ASK_COUNTY);
    ck_assert_uint_eq(asked.told.option_count, 2);
    ck_assert_uint_gt(asked.told.options[0].answer.size_bytes, 0);
    ck_assert_uint_eq(asked.told.options[0].row_count, 1);
}
END_TEST

START_TEST(beliefs_that_no_one_expects)
{
    pole_asked asked;
    const pole_question_context no_code = {.match = POLE_NO_CODE, .reason = POLE_REASON_TOO_FEW};
    pole_question_choose(NULL, NULL, &no_code, &asked);
    ck_assert_int_eq(asked.told.kind, POLE_ASK_DIGITS);
    const pole_belief empty = {city, NULL, 0, 0, 1, 0, 200};
    ask(&empty, POLE_UNKNOWN, "1234567", 0, 0, 0, &asked);
    ck_assert_int_eq(asked.told.kind, POLE_ASK_OBJECT);
    ask(&empty, POLE_UNKNOWN, "1234567", 0, UINT32_MAX, 0xFE, &asked);
    ck_assert_int_eq(asked.told.kind, POLE_ASK_READ_BACK);

    pole_believed one = {0, 0, 1};
    const pole_belief sure = {city, &one, 1, 1, 0, 0, 200};
    ask(&sure, POLE_AMBIGUOUS, "", 0, 0, 0, &asked);
    ck_assert_int_ne(asked.told.kind, POLE_ASK_NOTHING);

    /* Every pole of the city alike: more than are listed. */
    for (uint32_t i = 0; i < rows; i++)
        poles[i] = (pole_believed){i, 0, 1.0 / rows};
    const pole_belief all = {city, poles, rows, rows, 0, 0, 200};
    ask(&all, POLE_AMBIGUOUS, "???????", 0, 0, 0, &asked);
    ck_assert_int_eq(asked.told.kind, POLE_ASK_NEIGHBOUR);
    ck_assert(asked.sampled);
    ask(&all, POLE_AMBIGUOUS, "", 0, 0, 0, &asked);
    ck_assert_int_eq(asked.told.kind, POLE_ASK_DIGITS);
    ck_assert_uint_eq(asked.told.digit, 1);

    /* Shares so small that their logarithms are not. */
    for (uint32_t i = 0; i < 50; i++)
        poles[i] = (pole_believed){i, 0, i ? 5e-324 : 1};
    const pole_belief tiny = {city, poles, 50, 50, 0, 0, 1e9};
    ask(&tiny, POLE_AMBIGUOUS, "1010101", 0, 0, 0, &asked);
    ck_assert(isfinite(asked.expected.bits) && isfinite(asked.expected.far));
}
END_TEST

START_TEST(a_sample_of_a_long_belief_asks_what_the_whole_would)
{
    test_random random = test_random_begin("question_sample", 940);
    for (unsigned round = 0; round < 10; round++) {
        pole_belief belief;
        static pole_doubt doubt;
        random_belief(&random, 2500, &belief);
        pole_doubt_gather(&belief, NULL, &doubt);
        ck_assert(doubt.sampled);
        ck_assert_double_eq_tol(doubt.total, 1, 1e-9);
        double whole[10] = {0}, sampled[10] = {0};
        for (size_t i = 0; i < belief.count; i++) {
            const pole_code code = pole_index_code_of(city, belief.poles[i].row);
            whole[code.number / 1000 % 10] += belief.poles[i].share;
        }
        for (size_t i = 0; i < doubt.count; i++)
            if (doubt.rows[i] != POLE_NO_ROW)
                sampled[pole_index_code_of(city, doubt.rows[i]).number / 1000 % 10] +=
                    doubt.shares[i];
        for (unsigned d = 0; d < 10; d++)
            ck_assert_double_eq_tol(whole[d], sampled[d], 0.06);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("question");
    TCase *tests = tcase_create("question");
    tcase_add_unchecked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, expected_doubt_is_that_of_every_answer_spelled_out, 0, 4);
    tcase_add_loop_test(tests, places_are_what_is_near_their_likeliest_pole, 0, 4);
    tcase_add_test(tests, one_digit_that_tells_two_places_apart_is_asked);
    tcase_add_test(tests, digits_that_sound_alike_are_a_choice_the_less_likely_first);
    tcase_add_test(tests, a_digit_heard_that_leaves_no_pole_is_an_answer_too);
    tcase_add_test(tests, another_object_is_told_from_a_pole_by_what_was_heard_there);
    tcase_add_test(tests, what_was_answered_or_cannot_be_read_is_not_asked_again);
    tcase_add_test(tests, rules_come_before_what_is_weighed);
    tcase_add_test(tests, the_place_is_asked_for_first_and_then_the_pole);
    tcase_add_test(tests, who_is_at_the_pole_is_asked_for_digits_then);
    tcase_add_test(tests, a_corrected_digit_is_asked_where_little_is_to_gain_elsewhere);
    tcase_add_test(tests, sure_digits_that_a_street_contradicts_are_read_back);
    tcase_add_test(tests, nothing_is_asked_only_with_evidence_and_a_sure_place);
    tcase_add_test(tests, a_street_is_asked_only_after_what_a_stranger_can_read);
    tcase_add_test(tests, one_code_in_two_counties_asks_for_the_county);
    tcase_add_test(tests, beliefs_that_no_one_expects);
    tcase_add_test(tests, a_sample_of_a_long_belief_asks_what_the_whole_would);
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
