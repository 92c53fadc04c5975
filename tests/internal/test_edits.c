/* SPDX-License-Identifier: MIT
 * The edits that an answer shows must turn what was heard into the code that is meant, for all that
 * the channel can do to a code, and must be the plain explanation that a person would give. */
#include <math.h>

#include "resolve/edits.h"
#include "resolve/explain.h"
#include "support/channel_oracle.h"
#include "support/small_city.h"
#include "support/test_main.h"
#include "support/test_random.h"

static pole_channel channel;
static pole_channel_prepared prepared;

static void setup(void)
{
    ck_assert_int_eq(pole_channel_builtin(span_of("everyday"), &channel), POLE_OK);
    ck_assert_int_eq(pole_channel_prepare(&channel, 0, POLE_LANGUAGE_ZH, &prepared), POLE_OK);
}

/* "12[37]4?": digits, places that can be several (the first the likeliest), unreadable ones. */
static void hear(pole_heard *heard, const char *text)
{
    memset(heard, 0, sizeof *heard);
    heard->reading_count = 1;
    pole_reading *reading = heard->readings;
    *reading = (pole_reading){.weight = 1, .sayings = 1, .again = -1};
    while (*text) {
        pole_heard_place *place = reading->places + reading->count++;
        const bool several = *text == '[';
        double weight = 1;
        text += several;
        for (; *text && *text != ']'; text++) {
            if (*text != '?') {
                place->digits |= (uint16_t)(1u << (*text - '0'));
                place->weights[*text - '0'] = weight;
            }
            if (!several)
                break;
            weight /= 2;
        }
        text++;
    }
}

static const struct {
    const char *heard, *meant, *edits; /* kind position heard_position heard>meant; ... */
} cases[] = {
    {"2334504", "2334504", ""},
    {"2334564", "2334504", "1 6 6 6>0;"},
    {"2334544", "2334504", "1 6 6 4>0;"},
    {"2343504", "2334504", "2 3 3 43>34;"},
    {"2334405", "2334504", "2 5 5 405>504;"},
    {"2664504", "2334504", "3 2 2 66>33;"},
    {"2334606", "2334505", "3 5 5 606>505;"},
    {"2331504", "2335004", "1 4 4 15>50;"},
    {"233504", "2334504", "4 4 0 >4;"},
    {"234504", "2334504", "4 2 0 >3;"},
    {"234509", "2334504", "4 2 0 >3;1 7 6 9>4;"},
    {"23344504", "2334504", "6 4 4 44>4;"},
    {"23384504", "2334504", "5 0 4 8>;"},
    {"1334507", "2334504", "1 1 1 1>2;1 7 7 7>4;"},
    {"23?4504", "2334504", "7 3 3 ?>3;"},
    {"??34504", "2334504", "7 1 1 ?>2;7 2 2 ?>3;"},
    {"23???04", "2334504", "7 3 3 ?>3;7 4 4 ?>4;7 5 5 ?>5;"},
    {"23?4507", "2334504", "7 3 3 ?>3;1 7 7 7>4;"},
    {"34504", "2334504", "4 1 0 >2;4 2 0 >3;"},
    {"2334", "2334504", "4 5 0 >5;4 6 0 >0;4 7 0 >4;"},
    {"2334[15]04", "2334504", "1 5 5 1>5;"},
    {"2334[51]04", "2334504", ""},
    {"?3??5?4", "2334504", "7 1 1 ?>2;7 3 3 ?>3;7 4 4 ?>4;7 6 6 ?>0;"},
    {"2?4504", "2334504", "4 2 0 >3;7 3 2 ?>3;"},
    {"3?504", "2334504", "4 1 0 >2;4 2 0 >3;7 4 2 ?>4;"},
    {"9999999", "2334504", ""}, /* nothing explains it */
};

START_TEST(edits_are_those_that_a_person_would_name)
{
    pole_heard heard;
    pole_edit edits[POLE_MOST_EDITS];
    unsigned reading;
    char told[200] = "";
    hear(&heard, cases[_i].heard);
    const size_t count =
        pole_edits_find(&prepared, &heard, (uint32_t)strtoul(cases[_i].meant, NULL, 10),
                        (uint8_t)strlen(cases[_i].meant), edits, &reading);
    for (size_t i = 0; i < count; i++) {
        const size_t at = strlen(told);
        snprintf(told + at, sizeof told - at, "%d %u %u %s>%s;", (int)edits[i].kind,
                 edits[i].position, edits[i].heard_position, edits[i].heard, edits[i].meant);
    }
    ck_assert_str_eq(told, cases[_i].edits);
}
END_TEST

/* What the edits make of what was heard. */
static void apply(const char *heard, const pole_edit *edits, size_t count, char *out)
{
    size_t at = 0, length = 0;
    for (size_t i = 0; i < count; i++) {
        const pole_edit *edit = edits + i;
        while (edit->heard_position ? at + 1 < edit->heard_position : length + 1 < edit->position)
            out[length++] = heard[at++];
        if (strncmp(heard + at, edit->heard, strlen(edit->heard)) != 0 ||
            (edit->position != 0 && length + 1 != edit->position))
            ck_abort_msg("%s: an edit of %s at %u that is not there", heard, edit->heard,
                         edit->heard_position);
        at += strlen(edit->heard);
        for (const char *c = edit->meant; *c; c++)
            out[length++] = *c;
    }
    strcpy(out + length, heard + at);
}

static void sum_up(void *context, pole_class which, uint32_t i, uint32_t j, double probability)
{
    double *sum = context;
    (void)which;
    (void)i;
    (void)j;
    *sum += probability;
}

/* Told apart, the explanations are the same that the readings sum up. */
static void check_sum(const pole_heard *heard, const char *code)
{
    const uint32_t number = (uint32_t)strtoul(code, NULL, 10);
    const uint8_t digits = (uint8_t)strlen(code);
    const double all = pole_readings_of_code(&prepared, heard, number, digits);
    pole_fitting fitting;
    uint8_t digit[POLE_MAX_DIGITS];
    double sum = 0;
    for (unsigned i = 0; i < digits; i++)
        digit[i] = (uint8_t)(code[i] - '0');
    pole_fitting_begin(&fitting, &prepared, heard->readings);
    pole_fitting_set_digits(&fitting, digits);
    pole_explain(&fitting, digit, sum_up, &sum);
    if (!(all > 0 && fabs(sum - all) <= 1e-12 * all))
        ck_abort_msg("%s: %g, not %g", code, sum, all);
}

static void undo(void *context, const char *observed, int which, double probability)
{
    const char *code = context;
    pole_heard heard;
    pole_edit edits[POLE_MOST_EDITS];
    unsigned reading;
    char made[40];
    (void)probability;
    hear(&heard, observed);
    const size_t count = pole_edits_find(&prepared, &heard, (uint32_t)strtoul(code, NULL, 10),
                                         (uint8_t)strlen(code), edits, &reading);
    if (reading != 0 || (count == 0) != (strcmp(observed, code) == 0))
        ck_abort_msg("%s heard as %s: %u edits", code, observed, (unsigned)count);
    check_sum(&heard, code);
    apply(observed, edits, count, made);
    if (strcmp(made, code) != 0)
        ck_abort_msg("%s heard as %s (%s): the edits make %s", code, observed,
                     oracle_class_names[which], made);
}

START_TEST(edits_undo_all_that_the_channel_can_do)
{
    test_random random = test_random_begin("edits", 100 + (uint64_t)_i);
    oracle_channel oracle;
    char code[12];
    ck_assert_int_eq(oracle_channel_read(&oracle, TEST_SOURCE_DIR "/data/channel/everyday.tsv", ""),
                     0);
    for (unsigned i = 0; i < 40; i++) {
        unsigned at = 0;
        for (; at < (unsigned)_i; at++)
            code[at] = (char)('0' + test_random_below(&random, i % 2 ? 3 : 10));
        code[at] = '\0';
        oracle_emit(&oracle, code, undo, code);
    }
}
END_TEST

START_TEST(edits_speak_of_the_likeliest_reading)
{
    pole_heard heard, second;
    pole_edit edits[POLE_MOST_EDITS];
    unsigned reading;
    hear(&heard, "2394504");
    hear(&second, "2334564");
    heard.readings[0].weight = 0.3;
    heard.readings[1] = second.readings[0];
    heard.readings[1].weight = 0.7;
    heard.reading_count = 2;
    ck_assert_uint_eq(pole_edits_find(&prepared, &heard, 2334504, 7, edits, &reading), 1);
    ck_assert_uint_eq(reading, 1);
    ck_assert_str_eq(edits[0].heard, "6");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("edits");
    TCase *all = tcase_create("all");
    tcase_add_checked_fixture(all, setup, NULL);
    tcase_add_loop_test(all, edits_are_those_that_a_person_would_name, 0,
                        (int)(sizeof cases / sizeof *cases));
    tcase_add_loop_test(all, edits_undo_all_that_the_channel_can_do, 1, 10);
    tcase_add_test(all, edits_speak_of_the_likeliest_reading);
    suite_add_tcase(suite, all);
    return test_main(suite);
}
