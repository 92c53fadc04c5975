/* SPDX-License-Identifier: MIT
 *
 * What stays in doubt: readings with weights, several codes, reasons, texts of an n-best list, and
 * what is masked. A doubt that is not told is a wrong pole. */
#include <math.h>

#include "support/hearing.h"
#include "support/test_main.h"

static double weight_of(const pole_heard *heard, const char *code)
{
    pole_heard_code codes[POLE_MOST_HEARD_CODES];
    const size_t count = pole_heard_codes(heard, codes, POLE_MOST_HEARD_CODES);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(codes[i].code, code) == 0)
            return codes[i].weight;
    }
    return 0;
}

START_TEST(a_code_in_figures_has_one_reading)
{
    pole_heard *heard = hear_new();
    pole_heard_code codes[2] = {{"", 0}, {"untouched", 0}};
    hear_with_lengths(heard, "2334504", 1u << 7);
    ck_assert_uint_eq(pole_heard_codes(heard, codes, 2), 1);
    ck_assert_str_eq(codes[0].code, "2334504");
    ck_assert_double_eq(codes[0].weight, 1);
    ck_assert_str_eq(codes[1].code, "untouched");
    ck_assert_uint_eq(pole_heard_codes(heard, NULL, 0), 1);
    ck_assert_int_eq(pole_heard_several(heard), 0);
    pole_heard_free(heard);
}
END_TEST

START_TEST(weights_fall_and_add_up_to_one_at_most)
{
    static const char *const texts[] = {"一而三四舞六其",
                                        "ноль ноль один два нуля два три",
                                        "医儿三寺五留妻",
                                        "517 2604?",
                                        "灯杆5172604或者5172609",
                                        "517?604",
                                        "eighty nine three hundred forty six"};
    pole_heard *heard = hear_new();
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        pole_heard_code codes[POLE_MOST_HEARD_CODES];
        double sum = 0;
        hear_with_lengths(heard, texts[i], 1u << 7);
        const size_t count = pole_heard_codes(heard, codes, POLE_MOST_HEARD_CODES);
        ck_assert_uint_ge(count, 1);
        for (size_t k = 0; k < count; k++) {
            ck_assert(codes[k].weight > 0);
            ck_assert(k == 0 || codes[k].weight <= codes[k - 1].weight);
            sum += codes[k].weight;
        }
        ck_assert_double_le(sum, 1 + 1e-12);
        ck_assert_double_ge(sum, 0.9);
    }
    pole_heard_free(heard);
}
END_TEST

START_TEST(a_homophone_at_an_end_leaves_both_readings)
{
    /* 吧 is eight, or no digit at all. */
    pole_heard *heard = hear_new();
    hear_with_lengths(heard, "二三三四五零吧", 1u << 7);
    ck_assert_double_gt(weight_of(heard, "233450"), weight_of(heard, "2334508"));
    ck_assert_double_gt(weight_of(heard, "2334508"), 0.05);
    pole_heard_free(heard);
}
END_TEST

START_TEST(two_codes_that_nothing_tells_apart_are_several)
{
    static const char *const texts[] = {"5172604和5172606之间", "灯杆5172604，旁边是8930046",
                                        "5172604 or 5172606", "столб 5172604 или 5172606",
                                        "5172604 8930046"};
    pole_heard *heard = hear_new();
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        hear_with_lengths(heard, texts[i], 1u << 7);
        ck_assert_msg(pole_heard_several(heard) == 1, "%s", texts[i]);
        ck_assert_uint_eq(pole_heard_digits(heard).size_bytes, 7);
        ck_assert_double_gt(weight_of(heard, "5172604"), 0.1);
    }
    hear_with_lengths(heard, "5172604", 1u << 7);
    ck_assert_int_eq(pole_heard_several(heard), 0);
    pole_heard_free(heard);
}
END_TEST

START_TEST(the_number_beside_the_word_for_it_is_likelier)
{
    pole_heard *heard = hear_new();
    hear_with_lengths(heard, "我这里有个号8930046，灯杆号是5172604", 1u << 7);
    must_hear(heard, "灯杆号", "5172604");
    ck_assert_int_eq(pole_heard_several(heard), 1);
    ck_assert_double_gt(weight_of(heard, "8930046"), 0.1);
    pole_heard_free(heard);
}
END_TEST

START_TEST(the_reason_says_what_was_there_instead)
{
    static const struct {
        const char *text;
        pole_reason reason;
    } cases[] = {
        {"救命", POLE_REASON_NO_DIGITS},
        {"", POLE_REASON_NO_DIGITS},
        {"杆子上的号看不清", POLE_REASON_NO_DIGITS},
        {"一二三", POLE_REASON_TOO_FEW},
        {"灯杆号是五一七", POLE_REASON_TOO_FEW},
        {"5???6", POLE_REASON_TOO_FEW},
        {"??????7", POLE_REASON_TOO_FEW},
        {"五一七二六零四八九三", POLE_REASON_TOO_MANY},
        {"灯杆五一七二六零四八九三零零四六", POLE_REASON_TOO_MANY},
        {"13912345678", POLE_REASON_PHONE_NUMBER},
        {"幺三九 幺二三四 五六七八", POLE_REASON_PHONE_NUMBER},
        {"call me on 555 0123 4", POLE_REASON_PHONE_NUMBER},
        {"0451-82345678", POLE_REASON_PHONE_NUMBER},
        {"+86 139 1234 5678", POLE_REASON_PHONE_NUMBER},
        {"восемь часов вечера", POLE_REASON_OTHER_NUMBER},
        {"有三个人", POLE_REASON_OTHER_NUMBER},
        {"黑A12345", POLE_REASON_OTHER_NUMBER},
        {"我在三楼，花了四百五", POLE_REASON_OTHER_NUMBER},
    };
    pole_heard *heard = hear_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hear_with_lengths(heard, cases[i].text, 1u << 7);
        ck_assert_msg(pole_heard_reason(heard) == cases[i].reason, "%s: %d", cases[i].text,
                      (int)pole_heard_reason(heard));
        ck_assert_uint_eq(pole_heard_digits(heard).size_bytes, 0);
        ck_assert_uint_eq(pole_heard_codes(heard, NULL, 0), 0);
    }
    pole_heard_free(heard);
}
END_TEST

START_TEST(the_index_says_what_is_long_enough)
{
    static const struct {
        const char *text, *digits;
        uint32_t lengths;
    } cases[] = {
        {"一二三", "123", 1u << 3},
        {"一二三四五", "12345", 1u << 5 | 1u << 7},
        {"一二三四五六七八", "12345678", 1u << 7},
        {"一二三四五六七八九", "123456789", 1u << 7},
        {"一二三四五六七八九零", NULL, 1u << 7},
        {"一二三四五六七八九零", "1234567890", 1u << 9},
        {"五十一 七十二 六", "51726", 1u << 5 | 1u << 7},
    };
    pole_heard *heard = hear_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hear_with_lengths(heard, cases[i].text, cases[i].lengths);
        must_hear(heard, cases[i].text, cases[i].digits);
    }
    pole_heard_free(heard);
}
END_TEST

START_TEST(texts_of_one_saying_are_mixed_by_their_weights)
{
    const pole_text texts[] = {hearing_text("五一七二六零四", 3), hearing_text("五一七二六零九", 1),
                               hearing_text("灯杆 5172604", 1)};
    pole_heard *heard = hear_new();
    ck_assert_int_eq(pole_hear(texts, 3, NULL, heard), POLE_OK);
    must_hear(heard, "mixed", "5172604");
    ck_assert_uint_eq(pole_heard_codes(heard, NULL, 0), 2);
    ck_assert_double_eq_tol(weight_of(heard, "5172604"), 0.8, 1e-12);
    ck_assert_double_eq_tol(weight_of(heard, "5172609"), 0.2, 1e-12);
    ck_assert_int_eq(pole_heard_several(heard), 0);
    pole_heard_free(heard);
}
END_TEST

START_TEST(the_order_of_the_texts_does_not_matter)
{
    const pole_text ahead[] = {hearing_text("5172604", 1), hearing_text("救命", 5)};
    const pole_text behind[] = {ahead[1], ahead[0]};
    pole_heard *heard = hear_new();
    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(pole_hear(i ? behind : ahead, 2, NULL, heard), POLE_OK);
        must_hear(heard, "one of two", "5172604");
        ck_assert_double_eq(weight_of(heard, "5172604"), 1);
        /* The query is the likeliest text, though another held the code. */
        ck_assert_uint_eq(pole_heard_query(heard).size_bytes, strlen("救命"));
    }
    pole_heard_free(heard);
}
END_TEST

START_TEST(numbers_of_people_are_masked_in_figures_and_in_words)
{
    static const char *const cases[][2] = {
        {"我手机13912345678，灯杆5172604", "我手机139****5678，灯杆5172604"},
        {"电话幺三九幺二三四五六七八", "电话幺三九****五六七八"},
        {"电话是139 1234 5678", "电话是139****5678"},
        {"身份证230102199001011234，灯杆五一七二六零四", "身份证230****1234，灯杆五一七二六零四"},
        {"my number is one three nine one two three four five six seven eight",
         "my number is onethreenine****fivesixseveneight"},
        {"五一七二六零四，五一七二六零四", "五一七二六零四，五一七二六零四"},
        {"灯杆 89300466", "灯杆 89300466"},
    };
    pole_heard *heard = hear_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hear_with_lengths(heard, cases[i][0], 1u << 7);
        const pole_span query = pole_heard_query(heard);
        ck_assert_msg(query.size_bytes == strlen(cases[i][1]) &&
                          memcmp(query.data, cases[i][1], query.size_bytes) == 0,
                      "%s: %.*s", cases[i][0], (int)query.size_bytes, query.data);
    }
    pole_heard_free(heard);
}
END_TEST

START_TEST(unsound_arguments_are_refused)
{
    const pole_text bad[] = {hearing_text("5172604", 0), hearing_text("5172604", -1),
                             hearing_text("5172604", (double)NAN),
                             hearing_text("5172604", (double)INFINITY)};
    pole_heard *heard = hear_new();
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const pole_text both[] = {hearing_text("5172604", 1), bad[i]};
        ck_assert_int_eq(pole_hear(both, 2, NULL, heard), POLE_INVALID_ARGUMENT);
        ck_assert_uint_eq(pole_heard_codes(heard, NULL, 0), 0);
    }
    ck_assert_uint_eq(pole_heard_codes(NULL, NULL, 0), 0);
    ck_assert_int_eq(pole_heard_several(NULL), 0);
    pole_heard_free(heard);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("hear_doubt");
    TCase *doubt = tcase_create("doubt");
    tcase_add_test(doubt, a_code_in_figures_has_one_reading);
    tcase_add_test(doubt, weights_fall_and_add_up_to_one_at_most);
    tcase_add_test(doubt, a_homophone_at_an_end_leaves_both_readings);
    tcase_add_test(doubt, two_codes_that_nothing_tells_apart_are_several);
    tcase_add_test(doubt, the_number_beside_the_word_for_it_is_likelier);
    tcase_add_test(doubt, the_reason_says_what_was_there_instead);
    tcase_add_test(doubt, the_index_says_what_is_long_enough);
    tcase_add_test(doubt, texts_of_one_saying_are_mixed_by_their_weights);
    tcase_add_test(doubt, the_order_of_the_texts_does_not_matter);
    tcase_add_test(doubt, numbers_of_people_are_masked_in_figures_and_in_words);
    tcase_add_test(doubt, unsound_arguments_are_refused);
    suite_add_tcase(suite, doubt);
    return test_main(suite);
}
