/* SPDX-License-Identifier: MIT
 * What a question is worth: callers are drawn whose codes are misheard, with and without a rough
 * position of the phone; the posterior is reckoned over every pole of the city; one question is
 * asked and answered rightly. The asker must be within one point of the one that knows only one
 * aim, the best expected chance of naming the right pole, and must leave no more doubt about the
 * place than that one does. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "resolve/far_rival.h"
#include "resolve/nearness.h"
#include "resolve/question.h"
#include "support/code_city.h"
#include "support/test_main.h"

#define DIGITS 7
#define MOST 120000
#define UNREADABLE 10

static pole_index *city;
static uint32_t rows;
static uint8_t (*codes)[DIGITS];

/* Digits heard for digits said (channel of a bad line: phonetic and visual confusions). */
static const double confusions[10][10] = {
    {0, 3, 4, 1, 3, 3, 13, 2, 7, 4},    {2, 0, 5, 1, 5, 1, 4, 40, 1, 3},
    {4, 6, 0, 2, 1, 4, 4, 10, 19, 1},   {1, 1, 2, 0, 9, 6, 1, 1, 17, 4},
    {3, 7, 1, 9, 0, 1, 1, 6, 1, 5},     {3, 1, 4, 6, 1, 0, 11, 4, 5, 6},
    {13, 4, 6, 1, 1, 15, 0, 1, 9, 27},  {1, 47, 4, 1, 6, 1, 1, 0, 2, 4},
    {13, 1, 19, 24, 1, 7, 14, 2, 0, 9}, {7, 3, 1, 4, 8, 7, 27, 4, 6, 0},
};

typedef struct {
    double clean, one, two, swapped, worn, worn_one, nothing;
} channel_shares;
static const channel_shares shares = {0.28, 0.36, 0.05, 0.09, 0.08, 0.06, 0.03};

static double likelihood_of_digit(unsigned said, unsigned heard)
{
    double sum = 0;
    for (unsigned d = 0; d < 10; d++)
        sum += confusions[said][d];
    return confusions[said][heard] / sum;
}

static double matrix[10][10];

static void setup(void)
{
    const code_city_size size = {9, 8, 20, 25, 0};
    test_random random = test_random_begin("question_worth_city", 12);
    city = code_city_open(&size, &random);
    rows = city->positions.rows;
    ck_assert_uint_lt(rows, MOST);
    codes = malloc(rows * sizeof *codes);
    for (pole_row row = 0; row < rows; row++) {
        uint32_t number = pole_index_code_of(city, row).number;
        for (unsigned i = DIGITS; i-- > 0; number /= 10)
            codes[row][i] = (uint8_t)(number % 10);
    }
    for (unsigned a = 0; a < 10; a++)
        for (unsigned b = 0; b < 10; b++)
            matrix[a][b] = likelihood_of_digit(a, b);
}

static void teardown(void)
{
    pole_index_close(city);
    free(codes);
}

static uint8_t draw_digit(test_random *random, unsigned said)
{
    double unit = test_random_unit(random);
    unsigned d = 0;
    while (d < 9 && unit >= matrix[said][d])
        unit -= matrix[said][d++];
    return (uint8_t)(d == said ? (said + 1) % 10 : d);
}

static void draw_heard(test_random *random, const uint8_t *code, uint8_t *heard)
{
    double unit = test_random_unit(random) * (1 - shares.nothing - shares.two);
    const unsigned at = (unsigned)test_random_below(random, DIGITS);
    const unsigned next = (at + 1 + (unsigned)test_random_below(random, DIGITS - 1)) % DIGITS;
    memcpy(heard, code, DIGITS);
    if ((unit -= shares.clean) < 0)
        return;
    if ((unit -= shares.one) < 0) {
        heard[at] = draw_digit(random, code[at]);
    } else if ((unit -= shares.swapped) < 0) {
        const unsigned first = at < DIGITS - 1 ? at : 0;
        heard[first] = code[first + 1];
        heard[first + 1] = code[first];
    } else {
        heard[at] = UNREADABLE;
        if ((unit -= shares.worn) >= 0)
            heard[next] = draw_digit(random, code[next]);
    }
}

static double likelihood(const uint8_t *code, const uint8_t *heard)
{
    unsigned differ[3], count = 0, worn = 0;
    for (unsigned i = 0; i < DIGITS; i++) {
        if (heard[i] == UNREADABLE)
            worn++;
        else if (heard[i] != code[i]) {
            if (count == 2)
                return 0;
            differ[count++] = i;
        }
    }
    const double one = count > 0 ? matrix[code[differ[0]]][heard[differ[0]]] : 0;
    if (worn == 1)
        return count == 0   ? shares.worn / DIGITS
               : count == 1 ? shares.worn_one / (DIGITS * (DIGITS - 1.0)) * one
                            : 0;
    if (worn > 1)
        return 0;
    if (count == 0)
        return shares.clean;
    if (count == 1)
        return shares.one / DIGITS * one;
    const unsigned a = differ[0], b = differ[1];
    double p = shares.two / 21 * one * matrix[code[b]][heard[b]];
    if (b == a + 1 && heard[a] == code[b] && heard[b] == code[a])
        p += shares.swapped / DIGITS;
    return p;
}

static int by_share(const void *a, const void *b)
{
    const pole_believed *x = a, *y = b;
    if (x->share != y->share)
        return x->share > y->share ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

/* Normal about the hint, and one in twenty anywhere. */
static double hint_weight(const pole_local *hint, double sigma_m, pole_row row)
{
    if (sigma_m <= 0)
        return 1;
    const double distance_m = pole_local_distance(hint, pole_position_lat_e7(&city->positions, row),
                                                  pole_position_lon_e7(&city->positions, row));
    return 0.95 * exp(-distance_m * distance_m / (2 * sigma_m * sigma_m)) /
               (2 * 3.14159265 * sigma_m * sigma_m) +
           0.05 / 120e6;
}

static void believe(const uint8_t *heard, const pole_local *hint, double sigma_m,
                    pole_believed *poles, pole_belief *belief)
{
    double sum = 0;
    size_t count = 0;
    for (pole_row row = 0; row < rows; row++) {
        const double p = likelihood(codes[row], heard);
        if (p <= 0)
            continue;
        poles[count] = (pole_believed){row, 0, p * hint_weight(hint, sigma_m, row) / rows};
        sum += poles[count++].share;
    }
    const double no_pole = shares.nothing / 1e7 * (sigma_m > 0 ? 1 / 120e6 : 1);
    for (size_t i = 0; i < count; i++)
        poles[i].share /= sum + no_pole;
    qsort(poles, count, sizeof *poles, by_share);
    *belief = (pole_belief){city, poles, count, count, no_pole / (sum + no_pole), 0, 200};
}

static uint32_t answer_of(pole_row row, uint32_t digit, uint32_t count)
{
    uint32_t answer = 0;
    for (uint32_t i = 0; i < count; i++)
        answer = 10 * answer + codes[row][digit - 1 + i];
    return answer;
}

/* The best expected chance of the right pole after these digits are rightly said again. */
static double chance_after(const pole_belief *belief, uint32_t digit, uint32_t count)
{
    static double best[100000];
    static uint32_t touched[MOST];
    size_t n = 0;
    double chance = 0;
    for (size_t i = 0; i < belief->count; i++) {
        const uint32_t answer = answer_of(belief->poles[i].row, digit, count);
        if (best[answer] == 0)
            touched[n++] = answer;
        if (belief->poles[i].share > best[answer])
            best[answer] = belief->poles[i].share;
    }
    for (size_t i = 0; i < n; i++) {
        chance += best[touched[i]];
        best[touched[i]] = 0;
    }
    return chance;
}

/* What is left when the digits are rightly answered. */
static void answer_rightly(pole_belief *belief, pole_believed *poles, pole_row truth,
                           uint32_t digit, uint32_t count)
{
    const uint32_t said = answer_of(truth, digit, count);
    double sum = belief->no_pole * pow(0.1, count);
    const double no_pole = sum;
    size_t kept = 0;
    for (size_t i = 0; i < belief->count; i++) {
        if (answer_of(belief->poles[i].row, digit, count) != said)
            continue;
        poles[kept] = belief->poles[i];
        sum += poles[kept++].share;
    }
    for (size_t i = 0; i < kept; i++)
        poles[i].share /= sum;
    belief->count = kept;
    belief->no_pole = no_pole / sum;
}

/* Sums over the callers. */
typedef struct {
    double first, place; /* share of right poles, and of right places */
    double expected;     /* chance of the right pole that was expected */
} score;

static void count_score(score *sum, const pole_belief *belief, pole_row truth)
{
    if (belief->count == 0)
        return;
    pole_nearness nearness;
    pole_nearness_of_pole(&nearness, city, belief->poles[0].row, 200);
    sum->first += belief->poles[0].row == truth;
    sum->place += pole_nearness_of(&nearness, city, truth);
}

static bool readable(const uint8_t *heard, uint32_t digit, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (heard[digit - 1 + i] == UNREADABLE)
            return false;
    return true;
}

/* Of one digit, the first five and the last two, what can be read. */
static uint32_t optimal(const pole_belief *belief, const uint8_t *heard, uint32_t *count,
                        double *chance)
{
    static const uint32_t first[] = {1, 2, 3, 4, 5, 6, 7, 1, 6},
                          digits[] = {1, 1, 1, 1, 1, 1, 1, 5, 2};
    uint32_t best = 0;
    *chance = -1;
    for (uint32_t i = 0; i < 9; i++) {
        if (!readable(heard, first[i], digits[i]))
            continue;
        const double p = chance_after(belief, first[i], digits[i]);
        if (p <= *chance)
            continue;
        *chance = p;
        best = first[i];
        *count = digits[i];
    }
    return best;
}

static void run(bool with_hint, unsigned callers, score *before, score *asker, score *best,
                unsigned *kinds)
{
    static pole_believed poles[MOST], left[MOST];
    static const double sigmas_m[] = {50, 150, 150, 500, 500, 500, 1500, 3000};
    test_random random = test_random_begin("question_worth", with_hint ? 801 : 800);
    for (unsigned k = 0; k < callers; k++) {
        const pole_row truth = (pole_row)test_random_below(&random, rows);
        uint8_t heard[DIGITS];
        char text[DIGITS + 1] = "";
        pole_local hint;
        pole_belief belief, after;
        double chance;
        uint32_t count = 1;
        draw_heard(&random, codes[truth], heard);
        for (unsigned i = 0; i < DIGITS; i++)
            text[i] = (char)(heard[i] == UNREADABLE ? '?' : '0' + heard[i]);
        const double sigma_m = with_hint ? sigmas_m[test_random_below(&random, 8)] : 0;
        pole_point at = pole_position_at(&city->positions, truth);
        const double turn = 6.2831853 * test_random_unit(&random);
        const double off_m = sigma_m * sqrt(-2 * log(1 - test_random_unit(&random)));
        at.lat_deg += off_m * cos(turn) / 111150;
        at.lon_deg += off_m * sin(turn) / 77700;
        pole_local_prepare(&hint, at);
        believe(heard, &hint, sigma_m, poles, &belief);
        count_score(before, &belief, truth);
        before->expected += belief.poles[0].share;

        const uint32_t digit = optimal(&belief, heard, &count, &chance);
        after = belief;
        after.poles = left;
        memcpy(left, poles, belief.count * sizeof *left);
        answer_rightly(&after, left, truth, digit, count);
        count_score(best, &after, truth);
        best->expected += chance;

        const pole_question_context context = {
            .match = POLE_AMBIGUOUS,
            .answered = 1u << POLE_ASK_OBJECT | 1u << POLE_ASK_NEIGHBOUR | 1u << POLE_ASK_STREET,
            .heard = {text, DIGITS},
        };
        pole_asked asked;
        pole_question_choose(&belief, NULL, &context, &asked);
        kinds[asked.told.kind]++;
        after = belief;
        after.poles = left;
        memcpy(left, poles, belief.count * sizeof *left);
        ck_assert_uint_gt(asked.told.digit_count, 0);
        ck_assert(readable(heard, asked.told.digit, asked.told.digit_count));
        answer_rightly(&after, left, truth, asked.told.digit, asked.told.digit_count);
        asker->expected += chance_after(&belief, asked.told.digit, asked.told.digit_count);
        count_score(asker, &after, truth);
    }
}

START_TEST(one_question_is_worth_what_the_best_is)
{
    enum { CALLERS = 1000 };
    score before = {0, 0, 0}, asker = {0, 0, 0}, best = {0, 0, 0};
    unsigned kinds[10] = {0};
    run(_i == 1, CALLERS, &before, &asker, &best, kinds);
    printf("%s: pole/place/expected before %.3f %.3f %.3f, asked %.3f %.3f %.3f, best %.3f %.3f "
           "%.3f; digit %u, digits %u\n",
           _i ? "hint" : "bare", before.first / CALLERS, before.place / CALLERS,
           before.expected / CALLERS, asker.first / CALLERS, asker.place / CALLERS,
           asker.expected / CALLERS, best.first / CALLERS, best.place / CALLERS,
           best.expected / CALLERS, kinds[POLE_ASK_DIGIT], kinds[POLE_ASK_DIGITS]);
    ck_assert_double_ge(asker.expected, best.expected - 0.01 * CALLERS);
    ck_assert_double_ge(asker.place, best.place - 0.005 * CALLERS);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("question_worth");
    TCase *tests = tcase_create("question_worth");
    tcase_add_unchecked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, one_question_is_worth_what_the_best_is, 0, 2);
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
