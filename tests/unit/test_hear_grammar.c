/* SPDX-License-Identifier: MIT
 *
 * How digits are put together: numerals, groups, repetitions, corrections, told places, unreadable
 * digits. Each is a way in which a caller's words are not the code digit by digit.
 */
#include "support/hearing.h"
#include "support/test_main.h"

/* The last unit may be left out: 五百三 is 530. */
START_TEST(a_numeral_is_its_digits)
{
    static const heard_case cases[] = {
        {"二百三十三万四千五百零四", "2334504"},
        {"一百万零二", "1000002"},
        {"三百二十万五千", "3205000"},
        {"六百零八万一千二百九十九", "6081299"},
        {"一百二十三万四千五百六", "1234560"},
        {"五百万零三千", "5003000"},
        {"九百九十九万九千九百九十九", "9999999"},
        {"两百三十三万四千五百零四", "2334504"},
        {"二百三十三万四千五", "2334500"},
        {"七百万", "7000000"},
        {"七百万零一", "7000001"},
        {"二百三十三万零四", "2330004"},
        {"五 百 一 十 七 万 二 千 六 百 零 四", "5172604"},
        {"eight million nine hundred thirty thousand and forty-six", "8930046"},
    };
    HEAR_CASES(cases);
}
END_TEST

/* 五十一 七十二 六十 四 is 51 72 60 4: a pause ends a numeral. */
START_TEST(groups_are_read_one_by_one_and_joined)
{
    static const heard_case cases[] = {
        {"二十三 三十四 五百零四", "2334504"}, {"二三三 四十五 零四", "2334504"},
        {"六十 八十一 二百九十九", "6081299"}, {"六零八 十二 九十九", "6081299"},
        {"十二 三十四 五十六 七", "1234567"},  {"十，二十，三十，四", "1020304"},
        {"二三三四五百零四", "2334504"},       {"二百三十三，四千五百零四", "2334504"},
        {"二三三，四千五百零四", "2334504"},   {"五百一十七，二六零四", "5172604"},
        {"五一七，两千六百零四", "5172604"},   {"五十一，七二六，零四", "5172604"},
        {"五一、七二、六零、四", "5172604"},
    };
    HEAR_CASES(cases);
}
END_TEST

/* 三个八 is 888; what is counted otherwise is no digit. */
START_TEST(so_many_of_a_digit)
{
    static const heard_case cases[] = {
        {"两个三二四五零四", "3324504"},
        {"二两个三四五零四", "2334504"},
        {"三个一两个零二二", "1110022"},
        {"七个八", "8888888"},
        {"五个零一二", "0000012"},
        {"一二三四，三个五", "1234555"},
        {"两个零二三三四五", "0023345"},
        {"二三三四五，两个零", "2334500"},
        {"double two three three four five zero", "2233450"},
        {"一二三四，后三个是五", "1234555"},
        {"一二三四，后三个八", "1234888"},
        {"一，三个二，三个三", "1222333"},
        {"两个一，两个二，三个三", "1122333"},
        {"九九九，两个八，两个七", "9998877"},
        {"六个零一", "0000001"},
        {"两个七两个六三个五", "7766555"},
        {"七七，两个六，三个五", "7766555"},
        {"三个七一一二二", "7771122"},
        {"一三个二两个四五", "1222445"},
        {"一二两个六二六五", "1266265"},
    };
    HEAR_CASES(cases);
}
END_TEST

/* A whole code replaces all, fewer digits as many at the end, a told place that place; a code
 * begun again counts once. */
START_TEST(a_correction_replaces_what_it_can)
{
    static const heard_case cases[] = {
        {"二三三四五零四，不对，是二三三四五零六", "2334506"},
        {"二三三四五零四，不对，零六", "2334506"},
        {"二三三四五零四，错了，最后一位是六", "2334506"},
        {"二三三四五零四，更正，第三位是四", "2344504"},
        {"二三三四五零四，啊不对，最后两位是零六", "2334506"},
        {"二三三四，啊不，二三四四五零四", "2344504"},
        {"二三三五，不对，四，五零四", "2334504"},
        {"二三三四五零四，不是零四，是零六", "2334506"},
        {"二三三四五零四，最后是六不是四", "2334506"},
        {"二三三四五四零，最后两位反了", "2334504"},
        {"二三三四五四零，说反了，零四", "2334504"},
        {"二三三四五零四，我说错了，应该是二三三四五零六", "2334506"},
        {"说错了，二三三四五零四", "2334504"},
        {"二三三四五零七，末尾应该是四", "2334504"},
        {"第二位说错了，二八三四五零四，第二位是三", "2334504"},
        {"二三，二三三，二三三四五零四", "2334504"},
        {"二三三，二三三四，五零四", "2334504"},
        {"五幺七，五幺七，二六零四", "5172604"},
        {"二三三四五零四，哦不，零五", "2334505"},
        {"二三三四五零四，等等，最后一个是五", "2334505"},
        {"二三三，不对，二四三，四五零四", "2434504"},
        {"二三三四，错了，二三四四，五零四", "2344504"},
        {"二三三四五零四，第五位不是五是六", "2334604"},
        {"二三三四五零四，第五位是六，不是五", "2334604"},
        {"二三三四五零四，第五位听成五了，应该是六", "2334604"},
        {"二三三四五零四，第一位改成三", "3334504"},
        {"二三三四五零四，倒数第二位是一", "2334514"},
        {"二三三四五零四，前三位错了，是二四三", "2434504"},
        {"二三三四五零四，后两位是零六", "2334506"},
        {"不是二三三四五零四，是二三四四五零四", "2344504"},
        {"二三三四五零四，我再看一遍，不对，二三三四五零六", "2334506"},
        {"二三三四零五四，五和零反了", "2334504"},
        {"二三三四零五四，零五反了", "2334504"},
        {"一二三四五六七，第三位和第四位反了", "1243567"},
        {"two three three four five oh six, no wait, oh four", "2334504"},
        {"two three three four five oh six, the last digit is four", "2334504"},
        {"two three three four five oh six, last one's four not six", "2334504"},
        {"two three three four five oh six, the last digit is four not six", "2334504"},
        {"two three four, no, two three three four five oh four", "2334504"},
        {"sorry, it's two three three four five zero four", "2334504"},
        {"the second digit is wrong, two eight three four five zero four, the second digit is "
         "three",
         "2334504"},
        {"два три три четыре пять ноль шесть, нет, последняя четыре", "2334504"},
        {"два три три четыре пять ноль шесть, ошибся, ноль четыре", "2334504"},
        {"一二三四五六八，不对不对，最后一位是七", "1234567"},
        {"一二三四五六八，最后那个是七", "1234567"},
        {"一二三四五八七，第六位是六", "1234567"},
        {"一二四，不对，一二三，四五六七", "1234567"},
        {"一二四，不对，三，四五六七", "1234567"},
        {"一二三四五六七，不是八是七", "1234567"},
        {"一二三四五六八，是七不是八", "1234567"},
        {"一二三四五六八，更正一下，六七", "1234567"},
        {"一二三四五七六，后两位说反了", "1234567"},
        {"一二三四五七六，不对，反了，六七", "1234567"},
        {"你刚才说错了，是一二三四五六七", "1234567"},
        {"我重新说一遍，一二三四五六七", "1234567"},
        {"一二三五四六七，四五说反了", "1234567"},
        {"四九一六零一五，第三位不是一是八", "4986015"},
        {"三七四零六七九，不是，八一", "3740681"},
    };
    HEAR_CASES(cases);
}
END_TEST

/* Better unknown than left out: the places behind it stay where they are. */
START_TEST(a_digit_that_could_not_be_read_is_unknown)
{
    static const heard_case cases[] = {
        {"二三某四五零四", "23?4504"},
        {"二三几四五零四", "23?4504"},
        {"二三看不清四五零四", "23?4504"},
        {"二三三四五，后两位看不清", "23345?"
                                     "?"},
        {"看不清后两位，前面是二三三四五", "23345?"
                                           "?"},
        {"第一位看不清，后面是三三四五零四", "?334504"},
        {"最后一位模糊了，前面六位是二三三四五零", "233450?"},
        {"中间一位看不清，二三三，五零四", "233?504"},
        {"23*4504", "23?4504"},
        {"2334?0?", "2334?0?"},
        {"233x504", "233?504"},
        {"23□4504", "23?4504"},
        {"二三叉四五零四", "23?4504"},
        {"二三三四五零问号", "233450?"},
        {"二三三四两个看不清四", "2334?"
                                 "?4"},
        {"前两位看不清，后五位三四五零四", "?"
                                           "?34504"},
        {"二三三四五，剩下两位看不清", "23345?"
                                       "?"},
        {"二三三四五，后面看不清", "23345?"},
        {"二，三，什么，四，五，零，四", "23?4504"},
        {"two three, can't read the next one, four five zero four", "23?4504"},
        {"two three question mark four five zero four", "23?4504"},
        {"23?"
         "?504",
         "23?"
         "?504"},
        {"233 ? 504", "233?504"},
        {"2 3 3 ? 5 0 4", "233?504"},
        {"二三三四五零四？", "2334504"},
        {"2334504?", "2334504"},
        {"is it 2334504?", "2334504"},
        {"是不是2334504？", "2334504"},
        {"第三位没看清，二三，四五零四", "23?4504"},
        {"第三位和第四位看不清，二三五零四", "23?"
                                             "?504"},
        {"二三三四五零，最后一个磨掉了", "233450?"},
        {"вторую цифру не видно, два, три четыре пять ноль четыре", "2?34504"},
        {"два три неразборчиво четыре пять ноль четыре", "23?4504"},
        {"две последние не видно, два три три четыре пять", "23345?"
                                                            "?"},
        {"два икс три четыре пять ноль четыре", "2?34504"},
        {"one two three four five blank seven", "12345?7"},
        {"one two three four five x seven", "12345?7"},
        {"first one is unreadable, then two three four five six seven", "?234567"},
        {"the first digit is missing, two three four five six seven", "?234567"},
        {"the third digit is worn off, one two four five six seven", "12?4567"},
        {"中间两个数看不清，前面五一，后面六零四", "51?"
                                                   "?604"},
        {"五一什么什么六零四", "51?"
                               "?604"},
        {"五一某某六零四", "51?"
                           "?604"},
        {"五一X X六零四", "51?"
                          "?604"},
        {"51**604", "51?"
                    "?604"},
        {"五一七二六零空", "517260?"},
        {"五一七二六零不清楚", "517260?"},
        {"第一个字看不清，一七二六零四", "?172604"},
        {"头一位看不清，一七二六零四", "?172604"},
        {"首位看不清，后面一七二六零四", "?172604"},
        {"末位看不清，前面五一七二六零", "517260?"},
        {"只看清前五位五一七二六", "51726?"
                                   "?"},
        {"我只能看到后四位二六零四", "?"
                                     "??2604"},
        {"three one something seven six one five", "31?7615"},
    };
    HEAR_CASES(cases);
}
END_TEST

START_TEST(the_order_may_be_told)
{
    static const heard_case cases[] = {
        {"后四位四五零四，前三位二三三", "2334504"},
        {"末四位是四五零四，前面是二三三", "2334504"},
        {"第一位二，第二位三，第三位三，第四位四，第五位五，第六位零，第七位四", "2334504"},
        {"从右往左念是四零五四三三二", "2334504"},
        {"倒着念，四零五四三三二", "2334504"},
        {"前五位二三三四五，最后两位零四", "2334504"},
        {"前三位是二三三，中间两位四五，后两位零四", "2334504"},
        {"вторая цифра три, два восемь три четыре пять ноль четыре", "2334504"},
        {"первая два, вторая три, третья три, четвёртая четыре, пятая пять, шестая ноль, седьмая "
         "четыре",
         "2334504"},
        {"первые три два три три, последние четыре четыре пять ноль четыре", "2334504"},
        {"справа налево четыре ноль пять четыре три три два", "2334504"},
        {"from right to left four zero five four three three two", "2334504"},
        {"first digit two, second digit three, third digit three, fourth digit four, fifth digit "
         "five, sixth digit zero, seventh digit four",
         "2334504"},
        {"the last four are four five zero four and the first three are two three three",
         "2334504"},
        {"starts with two three three, ends with four five zero four", "2334504"},
        {"前面是二三三，后面是四五零四", "2334504"},
        {"尾号四五零四，前面二三三", "2334504"},
        {"前四位二三三四，后三位五零四", "2334504"},
        {"开头二三三，中间四五，结尾零四", "2334504"},
        {"后五位三四五零四，前面两位看不清", "?"
                                             "?34504"},
        {"前面是一二三四，后面是五六七", "1234567"},
        {"后面是五六七，前面是一二三四", "1234567"},
        {"最后三位五六七，前面四位一二三四", "1234567"},
        {"第一个是一，第二个是二，第三个是三，第四个是四，第五个是五，第六个是六，第七个是七",
         "1234567"},
        {"反着读是七六五四三二一", "1234567"},
        {"前三位一二零，后四位七三五零", "1207350"},
        {"first three one two two, last four four three one eight", "1224318"},
    };
    HEAR_CASES(cases);
}
END_TEST

START_TEST(a_code_said_twice_is_one)
{
    static const heard_case cases[] = {
        {"二三三四五零四，再说一遍，二三三四五零四", "2334504"},
        {"二三三四五零四 二三三四五零四", "2334504"},
        {"2334504，对，2334504", "2334504"},
        {"是2334504吗？是的，2334504", "2334504"},
        {"二三三四五零四，两三三四五洞四", "2334504"},
        {"2334504 2334504", "2334504"},
        {"五一七二六零四。我再确认一下。五一七二六零四。", "5172604"},
    };
    HEAR_CASES(cases);
}
END_TEST

/* Neither cut nor filled: the missing digit is for the resolver to weigh. */
START_TEST(a_code_of_another_length_is_heard_as_said)
{
    static const heard_case cases[] = {
        {"二三三四五零", "233450"},
        {"二三三四五零四四", "23345044"},
        {"2334", "2334"},
        {"two three three four five", "23345"},
        {"灯杆号二三三四五", "23345"},
        {"灯杆号是23345678", "23345678"},
        {"一千二百三十四", "1234"},
        {"四个二四个三", "22223333"},
        {"05172604", "05172604"},
    };
    HEAR_CASES(cases);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("hear_grammar");
    TCase *rules = tcase_create("rules");
    tcase_add_test(rules, a_numeral_is_its_digits);
    tcase_add_test(rules, groups_are_read_one_by_one_and_joined);
    tcase_add_test(rules, so_many_of_a_digit);
    tcase_add_test(rules, a_correction_replaces_what_it_can);
    tcase_add_test(rules, a_digit_that_could_not_be_read_is_unknown);
    tcase_add_test(rules, the_order_may_be_told);
    tcase_add_test(rules, a_code_said_twice_is_one);
    tcase_add_test(rules, a_code_of_another_length_is_heard_as_said);
    suite_add_tcase(suite, rules);
    return test_main(suite);
}
