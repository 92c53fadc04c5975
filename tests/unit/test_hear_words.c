/* SPDX-License-Identifier: MIT
 *
 * Words for digits, in every writing that callers and recognisers use: a word that is not known
 * would make a hole in a code, or another code.
 */
#include "support/hearing.h"
#include "support/test_main.h"

/* A hyphen or a comma groups digits; it is none. */
START_TEST(figures_are_read_with_whatever_stands_between_them)
{
    static const heard_case cases[] = {
        {"2334504", "2334504"},          {"233-4504", "2334504"},
        {"23 34 504", "2334504"},        {"2.334.504", "2334504"},
        {"灯杆号:2334504。", "2334504"}, {"No. 2334504", "2334504"},
        {"#2334504", "2334504"},         {"（2334504）", "2334504"},
        {"233/4504", "2334504"},         {"“2334504”", "2334504"},
        {"517-26-04", "5172604"},        {"5,172,604", "5172604"},
        {"5 17 26 04", "5172604"},       {"5172604号", "5172604"},
        {"灯杆 5172604 号", "5172604"},  {"第5172604号灯杆", "5172604"},
        {"123_4567", "1234567"},
    };
    HEAR_CASES(cases);
}
END_TEST

/* 幺拐洞勾 are how police and soldiers say 1 7 0 9. */
START_TEST(chinese_digits_and_their_radio_names)
{
    static const heard_case cases[] = {
        {"二三三四五零四", "2334504"},
        {"六零八幺二九九", "6081299"},
        {"一一一零零二二", "1110022"},
        {"九 九 九 八 八 七 七", "9998877"},
        {"二三三，四五，零四", "2334504"},
        {"两三三四五洞四", "2334504"},
        {"幺幺洞拐勾八两", "1107982"},
        {"拐拐勾钩洞幺俩，完毕", "7799012"},
        {"二 三 三 四 五 零 四", "2334504"},
        {"二 三 三 四 五 零 四 号 灯 杆", "2334504"},
        {"杆 号 二 三 三 四 五 零 四", "2334504"},
        {"一二三四五六，七", "1234567"},
        {"一二三四，五六七", "1234567"},
        {"一，二，三，四，五，六，七", "1234567"},
        {"一 二三 四五 六七", "1234567"},
        {"零零零零零零一", "0000001"},
        {"俩七六六五五五", "2766555"},
        {"五幺拐二六洞四，收到请回复", "5172604"},
    };
    HEAR_CASES(cases);
}
END_TEST

/* The same words in another writing are the same digits. */
START_TEST(financial_and_traditional_numerals)
{
    static const heard_case cases[] = {
        {"贰叁叁肆伍零肆", "2334504"},
        {"壹佰伍拾贰万叁仟肆佰伍拾陆", "1523456"},
        {"路燈編號二三三四五零四", "2334504"},
        {"電線桿上寫著六零八一二九九", "6081299"},
        {"伍佰壹拾柒万贰仟陆佰零肆", "5172604"},
        {"伍壹柒，贰陆零肆", "5172604"},
        {"電燈柱號碼伍壹柒貳陸零肆", "5172604"},
        {"我喺燈柱旁邊，編號五一七二六零四", "5172604"},
        {"報警，燈桿號碼是五一七，兩六零四", "5172604"},
    };
    HEAR_CASES(cases);
}
END_TEST

/* Full-width, Suzhou, enclosed, and every Unicode Nd. */
START_TEST(digits_of_all_scripts)
{
    static const heard_case cases[] = {
        {"１２３４５６７", "1234567"},
        {"〢〣〣〤〥〇〤", "2334504"},
        {"①②③④⑤⑥⑦", "1234567"},
        {"❶❷❸❹❺❻❼", "1234567"},
        {"१२३४५६७", "1234567"},
        {"１２３ ４５ ６７", "1234567"},
        {"1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣", "1234567"},
        {"𝟏𝟐𝟑𝟒𝟓𝟔𝟕", "1234567"},
        {"⑸⑴⑺⑵⑹⓪⑷", "5172604"},
        {"⒌⒈⒎⒉⒍0⒋", "5172604"},
        {"๕๑๗๒๖๐๔", "5172604"},
        {"۵۱۷۲۶۰۴", "5172604"},
        {"৫১৭২৬০৪", "5172604"},
        {"⁵¹⁷²⁶⁰⁴", "5172604"},
        {"₅₁₇₂₆₀₄", "5172604"},
        {"㊄㊀㊆㊁㊅〇㊃", "5172604"},
        {"㈤㈠㈦㈡㈥〇㈣", "5172604"},
        {"ⅤⅠⅦⅡⅥ0Ⅳ", "5172604"},
        {"𝟓𝟏𝟕𝟐𝟔𝟎𝟒", "5172604"},
        {"５１７　２６０４", "5172604"},
        {"５，１，７，２，６，０，４", "5172604"},
        {"编号：５１７２６０４。", "5172604"},
    };
    HEAR_CASES(cases);
}
END_TEST

/* In si4 the figure is a tone, not a digit; syllables may be run together. */
START_TEST(pinyin_with_and_without_tones)
{
    static const heard_case cases[] = {
        {"er san san si wu ling si", "2334504"},
        {"ersansansiwulingsi", "2334504"},
        {"liu ling ba yao er jiu jiu", "6081299"},
        {"liulingbayaoerjiujiu", "6081299"},
        {"deng gan hao shi er san san si wu ling si", "2334504"},
        {"bianhao: yi er san si wu liu qi", "1234567"},
        {"èr sān sān sì wǔ líng sì", "2334504"},
        {"er4 san1 san1 si4 wu3 ling2 si4", "2334504"},
        {"er4san1san1si4wu3ling2si4", "2334504"},
        {"Èr Sān Sān, Sì Wǔ, Líng Sì", "2334504"},
        {"er bai san shi san wan si qian wu bai ling si", "2334504"},
        {"yi er san si wu liu qi", "1234567"},
        {"yiersansiwuliuqi", "1234567"},
        {"yao liang san si wu liu guai", "1234567"},
        {"yī èr sān sì wǔ liù qī", "1234567"},
        {"yi1 er4 san1 si4 wu3 liu4 qi1", "1234567"},
        {"Yi-er-san, si-wu, liu-qi", "1234567"},
        {"yi bai er shi san wan si qian wu bai liu shi qi", "1234567"},
        {"ni hao, wo zai lu deng gan, hao ma yi er san si wu liu qi", "1234567"},
        {"wo de dian hua shi yi san jiu yi er san si wu liu qi ba", NULL},
        {"yi er san si wu liu ba, bu dui, qi", "1234567"},
        {"wuyi qier liuling si", "5172604"},
        {"wǔyīqīèrliùlíngsì", "5172604"},
        {"WU YI QI ER LIU LING SI", "5172604"},
        {"Bianhao wu yao guai liang liu dong si", "5172604"},
        {"wǔ bǎi yī shí qī wàn èr qiān liù bǎi líng sì", "5172604"},
        {"wu3yi1qi1er4liu4ling2si4", "5172604"},
        {"wu³ yi¹ qi¹ er⁴ liu⁴ ling² si⁴", "5172604"},
    };
    HEAR_CASES(cases);
}
END_TEST

/* A syllable that only begins like a digit is none. */
START_TEST(zhuyin)
{
    static const heard_case cases[] = {
        {"ㄦˋㄙㄢㄙㄢㄙˋㄨˇㄌㄧㄥˊㄙˋ", "2334504"},
        {"ㄌㄧㄡˋ ㄌㄧㄥˊ ㄅㄚ ㄧ ㄦˋ ㄐㄧㄡˇ ㄐㄧㄡˇ", "6081299"},
        {"ㄧ ㄦˋ ㄙㄢ ㄙˋ ㄨˇ ㄌㄧㄡˋ ㄑㄧ", "1234567"},
        {"ㄅㄠˋ ㄐㄧㄥˇ", NULL},
        {"ㄨˇㄧ ㄑㄧ ㄦˋㄌㄧㄡˋ ㄌㄧㄥˊㄙˋ", "5172604"},
        {"ㄨˇ ㄧㄠ ㄍㄨㄞˇ ㄌㄧㄤˇ ㄌㄧㄡˋ ㄉㄨㄥˋ ㄙˋ", "5172604"},
    };
    HEAR_CASES(cases);
}
END_TEST

START_TEST(english_digits_and_numbers)
{
    static const heard_case cases[] = {
        {"two three three four five oh four", "2334504"},
        {"two double three four five zero four", "2334504"},
        {"six oh eight one two double nine", "6081299"},
        {"the pole number is two three three, four five zero four", "2334504"},
        {"twenty-three thirty-four five oh four", "2334504"},
        {"two thirty-three forty-five oh four", "2334504"},
        {"two hundred thirty-three, forty-five, oh four", "2334504"},
        {"one two three four five six seven", "1234567"},
        {"niner niner fower tree fife oh wun", "9943501"},
        {"it says 2334504 on the lamp post", "2334504"},
        {"I can see two three three four five zero four on it", "2334504"},
        {"two three three four five zero six, sorry, four", "2334504"},
        {"two three three four five zero six, no, two three three four five zero four", "2334504"},
        {"two three three four five zero four, I repeat, two three three four five zero four",
         "2334504"},
        {"two three three, wait, four five zero four", "2334504"},
        {"two three something four five zero four", "23?4504"},
        {"the last two are unreadable, the first five are two three three four five", "23345?"
                                                                                      "?"},
        {"first three two three three, last four four five zero four", "2334504"},
        {"two million three hundred thirty-four thousand five hundred and four", "2334504"},
        {"two three three for five oh four", "2334504"},
        {"uh two three three um four five er zero four", "2334504"},
        {"two three three four five zero, the last one I can't read", "233450?"},
        {"two, three threes, four oh one", "2333401"},
        {"seven threes", "3333333"},
        {"nine one one? The lamp number is two three three four five oh four", "2334504"},
        {"my phone number is 555 0123 and the pole is 2334504", "2334504"},
        {"I'm in room 302, pole two three three four five zero four", "2334504"},
        {"there are three men and two cars, the pole says 2334504", "2334504"},
        {"not two three three four five zero four, two three four four five zero four", "2344504"},
        {"eight ninety-three double oh forty-six", "8930046"},
        {"eighty-nine thirty oh four six", "8930046"},
        {"five seventeen twenty-six oh four", "5172604"},
        {"five one seven, twenty six, zero four", "5172604"},
        {"three people are fighting near pole 5172604", "5172604"},
        {"pole five one seven two six oh four near the bus stop, line 12", "5172604"},
        {"I am 25 years old, code 5172604", "5172604"},
        {"it's 9:30 pm, pole 5172604", "5172604"},
        {"for one second I saw it, five one seven two six oh four", "5172604"},
        {"five one seven two six oh for", "5172604"},
        {"five won seven two six oh four", "5172604"},
        {"five one seven to six oh four", "5172604"},
        {"oh my god, please help, five one seven two six oh four", "5172604"},
        {"pole number five one seven two six oh four please hurry", "5172604"},
        {"double seven double six triple five", "7766555"},
        {"double oh seven, one two three four", "0071234"},
        {"treble five double one two three", "5551123"},
        {"five five five one one two three", "5551123"},
        {"one, two, three, four, five, six, seven", "1234567"},
        {"one hundred and twenty three, forty five, sixty seven", "1234567"},
        {"twelve thirty-four fifty-six seven", "1234567"},
        {"one twenty-three four fifty-six seven", "1234567"},
        {"um, it's like one two three, then four five six seven", "1234567"},
        {"the code on the pole is one two three four five six seven, thank you", "1234567"},
        {"pole 1234567. My number is 13912345678", "1234567"},
        {"you can call me back on 555 0199, I'm at pole one two three four five six seven",
         "1234567"},
        {"I'm at 25 Oak Street, lamp post one two three four five six seven", "1234567"},
        {"one two three four five six eight, correction, seven", "1234567"},
        {"one two three four five six eight, I mean seven", "1234567"},
        {"one two three five, no, four, five six seven", "1234567"},
        {"one two three four five six seven, over", "1234567"},
        {"read backwards seven six five four three two one", "1234567"},
        {"fifty one seventy two sixty four", "517264"},
        {"the pole is three, seven, five, zero, two, oh, zero", "3750200"},
    };
    HEAR_CASES(cases);
}
END_TEST

START_TEST(russian_digits_and_numbers)
{
    static const heard_case cases[] = {
        {"два три три четыре пять ноль четыре", "2334504"},
        {"двадцать три тридцать четыре пять ноль четыре", "2334504"},
        {"двести тридцать три сорок пять ноль четыре", "2334504"},
        {"номер столба два три три четыре пять ноль четыре", "2334504"},
        {"два миллиона триста тридцать четыре тысячи пятьсот четыре", "2334504"},
        {"шесть ноль восемь двенадцать девяносто девять", "6081299"},
        {"шестьсот восемь сто двадцать девять девять", "6081299"},
        {"два, три, три, четыре, пять, ноль, шесть, ой, нет, четыре", "2334504"},
        {"два три три четыре пять ноль шесть, поправка, четыре", "2334504"},
        {"два три что-то четыре пять ноль четыре", "23?4504"},
        {"последние две не видно, первые пять два три три четыре пять", "23345?"
                                                                        "?"},
        {"две тройки четыре пять ноль четыре один", "3345041"},
        {"три восьмёрки два нуля один два", "8880012"},
        {"на фонаре написано 2334504, приезжайте", "2334504"},
        {"мой телефон 89161234567, столб 2334504", "2334504"},
        {"пятьсот семнадцать двадцать шесть ноль четыре", "5172604"},
        {"пять семнадцать двадцать шесть ноль четыре", "5172604"},
        {"пять один семь два шесть нолик четыре", "5172604"},
        {"пятёрка единица семёрка двойка шестёрка ноль четвёрка", "5172604"},
        {"восемь девять три ноль ноль сорок шесть", "8930046"},
        {"восемьсот девяносто три ноль ноль четыре шесть", "8930046"},
        {"столб номер восемь девять три, ноль ноль, четыре шесть", "8930046"},
        {"я у столба 5172604, здесь двое дерутся", "5172604"},
        {"Опора 5172604, ул. Ленина, дом 12", "5172604"},
        {"мне 25 лет, столб 5172604", "5172604"},
        {"автобус номер 12, столб 5172604", "5172604"},
        {"один два три четыре пять шесть семь", "1234567"},
        {"раз два три четыре пять шесть семь", "1234567"},
        {"сто двадцать три сорок пять шестьдесят семь", "1234567"},
        {"сто двадцать три, четыреста пятьдесят шесть, семь", "1234567"},
        {"двенадцать тридцать четыре пятьсот шестьдесят семь", "1234567"},
        {"миллион двести тридцать четыре тысячи пятьсот шестьдесят семь", "1234567"},
        {"ноль ноль один два нуля два три", "0010023"},
        {"код один два три, потом четыре пять шесть семь", "1234567"},
        {"один два три четыре пять шесть восемь, простите, семь", "1234567"},
        {"один два три пять, нет, четыре, пять шесть семь", "1234567"},
        {"не восемь, а семь", NULL},
        {"один два три четыре пять шесть восемь, не восемь, а семь", "1234567"},
        {"третья цифра стёрта, один два четыре пять шесть семь", "12?4567"},
        {"здесь три человека дерутся, столб один два три четыре пять шесть семь", "1234567"},
        {"дом 15, квартира 7, столб 1234567", "1234567"},
        {"перезвоните на 8 916 123 45 67, столб 1234567", "1234567"},
        {"пятьдесят один семьдесят два шестьдесят четыре", "517264"},
    };
    HEAR_CASES(cases);
}
END_TEST

START_TEST(languages_mixed)
{
    static const heard_case cases[] = {
        {"编号 two 三三 4五 zero 四", "2334504"},
        {"er三3四5ling四", "2334504"},
        {"杆号2三3四5零4", "2334504"},
        {"2三三 four 五零四", "2334504"},
        {"编号 5一7二6零4", "5172604"},
        {"wu一7 two 六零four", "5172604"},
        {"伍1七２⑥零〤", "5172604"},
        {"five一seven二six零four", "5172604"},
        {"пять一7二6零four", "5172604"},
    };
    HEAR_CASES(cases);
}
END_TEST

/* A recogniser writes 酒 for 九; 我要报警 holds no code. */
START_TEST(homophones_are_digits_in_a_run_of_digits_alone)
{
    static const heard_case cases[] = {
        {"二伞三寺五另四", "2334504"},
        {"而三三四武领四", "2334504"},
        {"刘灵八要二酒酒", "6081299"},
        {"我在学府路东二三三四五零", "233450"},
        {"要二三三四五零", "233450"},
        {"医儿三寺五留妻", "1234567"},
        {"一而三四舞六其", "1234567"},
        {"一二伞四五溜七吧", "1234567"},
        {"遥二山四无六七", "1234567"},
        {"吾一七二六零四", "5172604"},
        {"五一七耳六林四", "5172604"},
        {"五乙妻二留零寺", "5172604"},
        {"五一起二六零四", "5172604"},
        {"五衣七而六铃死", "5172604"},
        {"无一七二六零四", "5172604"},
        {"五要拐两六动四", "5172604"},
        {"午遥七二柳领四", "5172604"},
        {"武医起儿溜灵四", "5172604"},
        /* 期, 栋 and 室 count, too: issue 56 is none of a code that lacks just this digit. */
        {"一二三似五六期", "1234567"},
        {"一二三四五六期", "1234567"},
        {"幺二三司五六期", "1234567"},
        {"二三三四五六栋", "2334560"},
        {"要不要我帮你", NULL},
        {"是不是就要救护车", NULL},
        {"无人机", NULL},
        {"把灯关了", NULL},
        {"我要找四哥", NULL},
    };
    HEAR_CASES(cases);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("hear_words");
    TCase *rules = tcase_create("rules");
    tcase_add_test(rules, figures_are_read_with_whatever_stands_between_them);
    tcase_add_test(rules, chinese_digits_and_their_radio_names);
    tcase_add_test(rules, financial_and_traditional_numerals);
    tcase_add_test(rules, digits_of_all_scripts);
    tcase_add_test(rules, pinyin_with_and_without_tones);
    tcase_add_test(rules, zhuyin);
    tcase_add_test(rules, english_digits_and_numbers);
    tcase_add_test(rules, russian_digits_and_numbers);
    tcase_add_test(rules, languages_mixed);
    tcase_add_test(rules, homophones_are_digits_in_a_run_of_digits_alone);
    suite_add_tcase(suite, rules);
    return test_main(suite);
}
