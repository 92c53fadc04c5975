/* SPDX-License-Identifier: MIT
 * A street as said, against the streets of an index. Too strict, and a caller who says the street
 * right is not believed; too kind, and a wrong street turns the answer to a wrong pole. So each
 * rule stands here with its reason, and the bounds that no text may break.
 *
 * Argument: the sample's index, whose every street is said in four ways. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "resolve/street_fit.h"
#include "resolve/street_query.h"
#include "support/build_run.h"
#include "support/test_main.h"
#include "support/test_memory.h"
#include "support/test_random.h"

static const char *sample_path;

/* What a name as said costs against a name of a table. */
static double cost_of(const char *said, const char *table)
{
    pole_type_words words;
    pole_street_name forms[POLE_NAME_FORMS], names[POLE_NAME_FORMS];
    double least = POLE_FIT_NEVER;
    pole_type_words_read(&words);
    const unsigned n = pole_street_names(span_of(said), true, &words, forms);
    const unsigned m = pole_street_names(span_of(table), false, &words, names);
    for (unsigned i = 0; i < n; i++)
        for (unsigned j = 0; j < m; j++)
            least = fmin(least, (double)pole_street_fit(forms + i, names + j));
    return least;
}

typedef struct {
    const char *said;
    const char *table;
    double least, most; /* of the cost, in nats */
    const char *reason;
} fit_rule;

static const fit_rule fit_rules[] = {
    {"中央大街", "中央大街", 0, 0, "said right"},
    {"中央大街", "中央大街（原中国大街）", 0, 0, "a table's other name in brackets does not count"},
    {"中国大街", "中央大街（原中国大街）", 0, 0, "the former name is a name"},
    {"Haicheng Street", "海城街 - Haicheng Street", 0, 0, "as OpenStreetMap has it"},
    {"長江路", "长江路", 0, 0, "traditional characters are the same"},
    {"ZHONGYANG DAJIE", "中央大街", 0, 0, "pinyin in capitals"},
    {"zhongyangdajie", "中央大街", 0, 0, "pinyin in one word"},
    {"Zhōngyāng Dàjiē", "中央大街", 0, 0, "tone marks"},
    {"Zho\xCC\x84ngya\xCC\x84ng Jie", "中央街", 0, 0, "tone marks as combining characters"},
    {"zhong1 yang1 da4 jie1", "中央大街", 0, 0, "tones as figures"},
    {"zhong1yang1da4jie1", "中央大街", 0, 0, "tones as figures, without blanks"},
    {"Xi'an Lu", "西安路", 0, 0, "an apostrophe parts syllables"},
    {"Lüshun Lu", "旅顺路", 0, 0, "u with dots"},
    {"lvshun lu", "旅顺路", 0, 0, "v for u with dots"},
    {"Central Street", "中央大街", 0, 0, "translated, and a street may be 街 or 大街"},
    {"the Central Street", "中央大街", 0, 0, "an article says nothing"},
    {"Центральная улица", "中央大街", 0, 0, "Russian"},
    {"улица Гоголя", "果戈里大街", 0, 0, "the type may stand in front"},
    {"Friendship Road", "友谊路", 0, 0, "translated"},
    {"Main Street", "Main Street", 0, 0, "a table in English"},
    {"Mill Street", "Main Street", 3, 4, "a word that is no pinyin fits itself alone"},
    {"changchun lu", "长春路", 0, 0, "长 is read chang ..."},
    {"zhangchun lu", "长春路", 0, 0, "... or zhang"},
    {"钟央大街", "中央大街", 0.1, 0.2, "another character of the same sound: a tie-break"},
    {"中央大接", "中央大街", 0, 0, "the type written by ear"},
    {"中央妲街", "中央大街", 0, 0, "one character of the type written by ear"},
    {"中央", "中央大街", 0.2, 0.4, "people leave the type out"},
    {"中央街", "中央大街", 0.7, 0.9, "a type that is akin"},
    {"中央路", "中央大街", 1.5, 1.7, "another type: there may be both"},
    {"桑山路", "山山路", 0.7, 0.8, "s for sh and n for ng cost little: dialects merge them"},
    {"兰京路", "南京路", 0.4, 0.7, "l for n"},
    {"东大直街", "西大直街", 2.4, 2.6, "the other direction is another street"},
    {"大直街", "西大直街", 1.1, 1.3, "a direction left out"},
    {"仁化街", "仁化头道街", 1.4, 1.6, "an ordinal left out"},
    {"仁化头道街", "仁化街", 2.4, 2.6, "an ordinal that the street has not"},
    {"仁化一道街", "仁化头道街", 0, 0, "头道 is the first"},
    {"仁化1道街", "仁化头道街", 0, 0, "in figures"},
    {"Renhua toudao jie", "仁化头道街", 0, 0, "in pinyin"},
    {"Renhua First Street", "仁化头道街", 0, 0, "translated"},
    {"Renhua 1st Street", "仁化头道街", 0, 0, "translated, in figures"},
    {"经纬四稻街", "经纬四道街", 0, 0, "道 written by ear"},
    {"北三道街", "北四道街", 1.5, 1.7, "三 and 四: numbers, which are confused"},
    {"北三道街", "北八道街", 2.9, 3.1, "三 and 八: numbers, which are not"},
    {"北一道街", "北七道街", 1.5, 1.7, "yi and qi"},
    {"北十四道街", "北四道街", 1.5, 1.7, "a digit left out"},
    {"北十四道街", "北二十四道街", 1.5, 3.1, "twenty-four"},
    {"规划路139", "规划139路", 0, 0, "a figure before or behind the type"},
    {"群力第五大道", "群力五大道", 0, 0, "第 says only that it is an ordinal"},
    {"youyi lu", "友谊路", 0, 0, "yi before a type is no one"},
    {"juyuan yi lu", "剧院一路", 0, 0, "yi before a type may be a one"},
    {"一曼街", "一曼街", 0, 0, "a numeral inside the name is no ordinal"},
    {"伊曼街", "一曼街", 0.1, 0.2, "and is heard as a syllable"},
    {"红旗大街南段", "红旗大街", 0, 0, "a section of the street"},
    {"红旗大街南段", "红旗大街北段", 0.6, 0.8, "another section"},
    {"哈尔滨市道里区中央大街", "中央大街", 0, 0, "city and district in front"},
    {"我在中央大街附近", "中央大街", 0, 0, "where and near what"},
    {"中央大街128号", "中央大街", 0, 0, "a house's number is not the street's"},
    {"友谊路和中央大街交叉口", "中央大街", 0, 0, "the second street of a crossing"},
    {"友谊路和中央大街交叉口", "友谊路", 0, 0, "the first street of a crossing"},
    {"corner of Youyi Lu and Central Street", "中央大街", 0, 0, "and in English"},
    {"和平路", "和平路", 0, 0, "和 at the beginning parts nothing"},
    {"永和街", "永和街", 0, 0, "和 inside a name parts nothing"},
    {"沿墙街", "沿墙街", 0, 0, "沿 may belong to the name"},
    {"戈里大街", "果戈里大街", 1.5, 1.7, "the first syllable was not heard"},
    {"果里大街", "果戈里大街", 2.3, 2.7, "one inside was not: rarer"},
    {"道里", "道里区", 0.2, 0.4, "a district without its type, whose name ends like one"},
    {"Daoli District", "道里区", 0, 0, "a district in English"},
    {"钱塘路", "电碳路", 2, 9, "another street"},
};

START_TEST(each_rule_of_fitting_holds)
{
    const fit_rule *rule = fit_rules + _i;
    const double cost = cost_of(rule->said, rule->table);
    ck_assert_msg(cost >= rule->least - 1e-6 && cost <= rule->most + 1e-6,
                  "%s for %s costs %.3f, not %.2f to %.2f: %s", rule->said, rule->table, cost,
                  rule->least, rule->most, rule->reason);
}
END_TEST

START_TEST(sounds_are_as_far_from_each_other_either_way)
{
    pole_sound sounds[512];
    size_t count = 0;
    for (uint32_t character = 0x4E00; character < 0x9FFF && count < 500; character += 7) {
        pole_sound of[POLE_MOST_SOUNDS];
        if (pole_han_sounds(character, of) > 0)
            sounds[count++] = of[0];
    }
    ck_assert_uint_gt(count, 400);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++) {
            const float cost = pole_sound_cost(sounds[i], sounds[j]);
            ck_assert(cost == pole_sound_cost(sounds[j], sounds[i]));
            ck_assert((cost == 0) == (sounds[i] == sounds[j]));
            ck_assert(cost >= 0 && cost <= POLE_SOUND_UNRELATED);
        }
    for (int a = 0; a <= 99; a++)
        for (int b = 0; b <= 99; b++) {
            ck_assert(pole_ordinal_cost(a, b) == pole_ordinal_cost(b, a));
            ck_assert((pole_ordinal_cost(a, b) == 0) == (a == b));
        }
}
END_TEST

START_TEST(words_of_pinyin_are_cut_to_their_syllables)
{
    static const struct {
        const char *letters;
        size_t syllables;
    } words[] = {
        {"zhongyang", 2},    {"xian", 1},    {"jiangan", 2}, {"haerbin", 3}, {"guogeli", 3},
        {"lve", 1},          {"juexing", 2}, {"street", 0},  {"zh", 0},      {"", 0},
        {"zhuangzhuang", 2}, {"yuan", 1},    {"weng", 1},    {"jv", 1},      {"bv", 0}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        pole_sound sounds[16];
        const size_t found =
            pole_pinyin_cut(words[i].letters, strlen(words[i].letters), sounds, 16);
        ck_assert_msg(found == words[i].syllables, "%s: %zu", words[i].letters, found);
    }
    pole_sound sounds[2];
    ck_assert_uint_eq(pole_pinyin_cut("zhongyangdajie", 14, sounds, 2), 0); /* no room */
    char longest[64];
    memset(longest, 'a', sizeof longest);
    ck_assert_uint_eq(pole_pinyin_cut(longest, 49, sounds, 2), 0);
}
END_TEST

/* Three streets; the second crosses the first between its poles 1 and 2, the third is 100 m and
 * more away; a pole of no street stands far from all. */
static pole_index *crossing_open(void)
{
    build_run run;
    build_run_init(&run);
    build_run_add(&run, POLE_TABLE_POLES, "poles.csv",
                  "code,lat,lon,street,district\n"
                  "1010101,45.7700000,126.6000000,中央大街,道里区\n"
                  "1010102,45.7702700,126.6000000,中央大街,道里区\n"
                  "1010103,45.7720000,126.6000000,中央大街,道里区\n"
                  "1010201,45.7701000,126.6003000,友谊路,道里区\n"
                  "1010301,45.7720000,126.6020000,红旗大街,南岗区\n"
                  "1010401,45.7900000,126.6500000,,\n");
    build_run_finish(&run);
    pole_index *index = build_run_open(&run);
    build_run_end(&run);
    return index;
}

static pole_street_query prepared(const pole_index *index, const char *said)
{
    pole_street_query query;
    pole_street_query_init(&query, NULL);
    ck_assert_int_eq(pole_street_query_prepare(&query, index, span_of(said)), POLE_OK);
    return query;
}

START_TEST(a_street_named_counts_for_its_poles_and_a_little_less_at_its_crossings)
{
    pole_index *index = crossing_open();
    pole_street_query query = prepared(index, "友谊路");
    const double own = pole_street_ratio_at(&query, index, 3);
    const double crossing = pole_street_ratio_at(&query, index, 0);
    const double away = pole_street_ratio_at(&query, index, 2);
    ck_assert(!query.unmatched);
    ck_assert_double_gt(own, crossing);
    ck_assert_double_gt(crossing, 0.6 * own);
    ck_assert_double_eq_tol(crossing, pole_street_ratio_at(&query, index, 1), 1e-9);
    ck_assert_double_lt(away, 0.5);
    ck_assert_double_lt(pole_street_ratio_at(&query, index, 4), 0.5);
    /* What stands on no street is as likely as before. */
    ck_assert_double_eq(pole_street_ratio(&query, 0), 1.0);
    pole_street_query_free(&query);
    pole_index_close(index);
}
END_TEST

START_TEST(a_street_that_is_not_there_changes_nothing_and_is_told)
{
    static const char *const strangers[] = {"拉萨路", "曼哈顿大道",     "Elm Street", "大街",
                                            "路",     "超市旁边的楼房", "???",        "东京"};
    pole_index *index = crossing_open();
    for (size_t i = 0; i < sizeof strangers / sizeof *strangers; i++) {
        pole_street_query query = prepared(index, strangers[i]);
        ck_assert_msg(query.unmatched && query.best == 0, "%s", strangers[i]);
        for (pole_row row = 0; row < 6; row++)
            ck_assert_double_eq(pole_street_ratio_at(&query, index, row), 1.0);
        pole_street_query_free(&query);
    }
    static const char *const silent[] = {"", "  ", "\xE3\x80\x80"};
    for (size_t i = 0; i < sizeof silent / sizeof *silent; i++) {
        pole_street_query query = prepared(index, silent[i]);
        ck_assert(!query.unmatched);
        ck_assert_double_eq(pole_street_ratio_at(&query, index, 0), 1.0);
        pole_street_query_free(&query);
    }
    pole_index_close(index);
}
END_TEST

START_TEST(a_district_is_soft_evidence)
{
    pole_index *index = crossing_open();
    pole_street_query query;
    pole_street_query_init(&query, NULL);
    const double span = (1 - POLE_DISTRICT_WRONG) / POLE_DISTRICT_WRONG;
    static const char *const said[] = {"道里", "道里区", "Daoli", "哈尔滨市道里区"};
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        ck_assert_int_eq(pole_district_query_prepare(&query, index, span_of(said[i])), POLE_OK);
        const double in = pole_district_ratio(&query, index, 0);
        const double out = pole_district_ratio(&query, index, 4);
        ck_assert_msg(in > 4 && out < 0.4 && in / out <= span, "%s: %g, %g", said[i], in, out);
        ck_assert_double_eq(pole_district_ratio(&query, index, 5), 1.0);
    }
    ck_assert_int_eq(pole_district_query_prepare(&query, index, span_of("朝阳区")), POLE_OK);
    ck_assert(query.unmatched);
    ck_assert_double_eq(pole_district_ratio(&query, index, 0), 1.0);
    pole_street_query_free(&query);
    pole_index_close(index);
}
END_TEST

START_TEST(without_memory_a_query_says_nothing)
{
    test_memory memory;
    pole_index *index = crossing_open();
    test_memory_init(&memory, 1);
    pole_street_query query;
    pole_street_query_init(&query, &memory.allocator);
    ck_assert_int_eq(pole_street_query_prepare(&query, index, span_of("友谊路")), POLE_NO_MEMORY);
    ck_assert(!query.unmatched);
    ck_assert_double_eq(pole_street_ratio_at(&query, index, 3), 1.0);
    ck_assert_int_eq(pole_street_query_prepare(&query, index, span_of("友谊路")), POLE_OK);
    const size_t calls = memory.calls;
    ck_assert_int_eq(pole_street_query_prepare(&query, index, span_of("中央大街")), POLE_OK);
    ck_assert_uint_eq(memory.calls, calls); /* the second use allocates nothing */
    pole_street_query_free(&query);
    ck_assert_uint_eq(memory.live, 0);
    pole_index_close(index);
}
END_TEST

/* Text that people, programs and attackers may send. */
static size_t odd_text(test_random *random, char *out, size_t capacity)
{
    static const char *const parts[] = {"中",       "央",
                                        "大街",     "街",
                                        "路",       "头道",
                                        "十",       "第",
                                        "(",        "（",
                                        "和",       "139",
                                        "zhong",    "street",
                                        "улица",    " - ",
                                        "'",        "号",
                                        "段",       "\xFF",
                                        "\xE4\xB8", "\xF0\x9F\x98\x80",
                                        "区",       "市",
                                        "北",       "li",
                                        "\0x"};
    const size_t count = test_random_below(random, 40);
    size_t size = 0;
    for (size_t i = 0; i < count; i++) {
        const char *part = parts[test_random_below(random, sizeof parts / sizeof *parts)];
        const size_t length = *part ? strlen(part) : 2;
        if (size + length > capacity)
            break;
        memcpy(out + size, part, length);
        size += length;
    }
    return size;
}

START_TEST(no_text_leaves_the_bounds)
{
    test_random random = test_random_begin("no_text_leaves_the_bounds", 20081107);
    pole_index *index = crossing_open();
    pole_street_query query;
    pole_street_query_init(&query, NULL);
    const double most = sqrt(POLE_STREET_SPAN) * (1 + 1e-6);
    unsigned matched = 0;
    for (unsigned n = 0; n < 20000; n++) {
        char text[256];
        const pole_span said = {text, odd_text(&random, text, sizeof text)};
        ck_assert_int_eq(pole_street_query_prepare(&query, index, said), POLE_OK);
        double best = 0, worst = 1e9;
        for (pole_row row = 0; row < 6; row++) {
            const double ratio = pole_street_ratio_at(&query, index, row);
            ck_assert(ratio >= 1 / most && ratio <= most);
            ck_assert(!query.unmatched || ratio == 1.0);
            best = fmax(best, ratio);
            worst = fmin(worst, ratio);
        }
        ck_assert(best <= POLE_STREET_SPAN * worst * (1 + 1e-6));
        ck_assert(query.best == 0 || best == pole_street_ratio(&query, query.best));
        matched += query.best != 0;
    }
    ck_assert_uint_gt(matched, 100); /* the texts were not all nonsense */
    pole_street_query_free(&query);
    pole_index_close(index);
}
END_TEST

/* The table of sounds as it stands in the sources: an index of texts by character. */
typedef struct {
    char letters[16];
    char han[400 * 3 + 1];
} sound_row;
static sound_row sound_rows[512];
static size_t sound_row_count;

/* Pinyin as it is written, from initial and final. */
static void spell(const char *initial, const char *final, char letters[16])
{
    static const char *const bare[][2] = {
        {"i", "yi"},    {"ia", "ya"},    {"ie", "ye"},     {"iao", "yao"},   {"iu", "you"},
        {"ian", "yan"}, {"in", "yin"},   {"iang", "yang"}, {"ing", "ying"},  {"iong", "yong"},
        {"u", "wu"},    {"ua", "wa"},    {"uo", "wo"},     {"uai", "wai"},   {"ui", "wei"},
        {"uan", "wan"}, {"un", "wen"},   {"uang", "wang"}, {"ueng", "weng"}, {"v", "yu"},
        {"ve", "yue"},  {"van", "yuan"}, {"vn", "yun"}};
    const bool none = strcmp(initial, "none") == 0;
    for (size_t i = 0; none && i < sizeof bare / sizeof *bare; i++)
        if (strcmp(final, bare[i][0]) == 0)
            final = bare[i][1];
    snprintf(letters, 16, "%s%s", none ? "" : initial, final);
    if (strchr("jqx", *initial) && letters[1] == 'v')
        letters[1] = 'u';
}

static void read_sounds(void)
{
    char line[2048], initial[8], final[8], han[sizeof sound_rows->han];
    FILE *file = fopen(TEST_SOURCE_DIR "/data/words/pinyin.tsv", "r");
    ck_assert_ptr_nonnull(file);
    sound_row_count = 0;
    while (fgets(line, sizeof line, file)) {
        if (*line == '#')
            continue;
        ck_assert_int_eq(sscanf(line, "%7[^\t]\t%7[^\t]\t%1200[^\n]", initial, final, han), 3);
        ck_assert_uint_lt(sound_row_count, 512);
        sound_row *row = sound_rows + sound_row_count++;
        spell(initial, final, row->letters);
        strcpy(row->han, han);
    }
    fclose(file);
}

/* Any row that has the character; the first has its first initial in the alphabet. */
static const sound_row *sound_of(const char *character)
{
    char one[4] = {character[0], character[1], character[2], 0};
    for (size_t i = 0; i < sound_row_count; i++)
        if (strstr(sound_rows[i].han, one))
            return sound_rows + i;
    return NULL;
}

typedef enum { AS_WRITTEN, IN_PINYIN, HOMOPHONE } manner;

static void say(const char *name, manner how, test_random *random, char *out, size_t capacity)
{
    const size_t characters = strlen(name) / 3;
    size_t size = 0, wrong = how == HOMOPHONE ? test_random_below(random, characters) : characters;
    for (size_t i = 0; i < characters; i++) {
        const char *character = name + 3 * i;
        const sound_row *row = sound_of(character);
        ck_assert_ptr_nonnull(row);
        if (how == IN_PINYIN) {
            size +=
                (size_t)snprintf(out + size, capacity - size, "%s%s", i ? " " : "", row->letters);
            continue;
        }
        if (i == wrong)
            character = row->han + 3 * test_random_below(random, strlen(row->han) / 3);
        memcpy(out + size, character, 3);
        size += 3;
    }
    out[size] = 0;
}

/* Says each street so, and counts those that are not among the best. */
static size_t not_found(const pole_index *index, manner how, test_random *random, size_t *streets)
{
    const pole_run_list *runs = index->attributes.lists + POLE_ATTRIBUTE_STREET;
    pole_street_query query;
    size_t missed = 0;
    uint8_t *seen = calloc(index->strings.count, 1);
    pole_street_query_init(&query, NULL);
    *streets = 0;
    for (uint32_t i = 0; i < runs->runs; i++) {
        const pole_text_number street = pole_load_u32(runs->values + 4 * (size_t)i);
        const pole_span name = pole_strings_at(&index->strings, street);
        char text[64], said[128];
        if (street == 0 || seen[street]++)
            continue;
        ++*streets;
        snprintf(text, sizeof text, "%.*s", (int)name.size_bytes, name.data);
        say(text, how, random, said, sizeof said);
        ck_assert_int_eq(pole_street_query_prepare(&query, index, span_of(said)), POLE_OK);
        if (!query.unmatched && pole_street_ratio(&query, street) > 1 &&
            pole_street_ratio(&query, street) == pole_street_ratio(&query, query.best))
            continue;
        missed++;
        printf("%s: said %s\n", text, said);
    }
    pole_street_query_free(&query);
    free(seen);
    return missed;
}

START_TEST(every_street_of_the_sample_is_found)
{
    static const char *const manners[] = {"as written", "in pinyin", "with a homophone"};
    test_random random = test_random_begin("every_street_of_the_sample_is_found", 20081107);
    pole_index *index;
    ck_assert_int_eq(pole_index_open(sample_path, NULL, &index, NULL), POLE_OK);
    read_sounds();
    for (manner how = AS_WRITTEN; how <= HOMOPHONE; how++) {
        size_t streets;
        const size_t missed = not_found(index, how, &random, &streets);
        printf("%s: %zu of %zu streets are not on top\n", manners[how], missed, streets);
        ck_assert_uint_gt(streets, 1000);
        /* A homophone may be a numeral or a word of its own; as written nothing may fail. */
        ck_assert_uint_le(missed, how == HOMOPHONE ? streets / 100 : 0);
    }
    pole_index_close(index);
}
END_TEST

static Suite *suite(void)
{
    Suite *made = suite_create("street");
    TCase *fit = tcase_create("fit");
    tcase_add_loop_test(fit, each_rule_of_fitting_holds, 0, sizeof fit_rules / sizeof *fit_rules);
    tcase_add_test(fit, sounds_are_as_far_from_each_other_either_way);
    tcase_add_test(fit, words_of_pinyin_are_cut_to_their_syllables);
    suite_add_tcase(made, fit);
    TCase *query = tcase_create("query");
    tcase_add_test(query, a_street_named_counts_for_its_poles_and_a_little_less_at_its_crossings);
    tcase_add_test(query, a_street_that_is_not_there_changes_nothing_and_is_told);
    tcase_add_test(query, a_district_is_soft_evidence);
    tcase_add_test(query, without_memory_a_query_says_nothing);
    tcase_add_test(query, no_text_leaves_the_bounds);
    if (sample_path)
        tcase_add_test(query, every_street_of_the_sample_is_found);
    suite_add_tcase(made, query);
    return made;
}

int main(int argc, char **argv)
{
    sample_path = argc > 1 ? argv[1] : NULL;
    return test_main(suite());
}
