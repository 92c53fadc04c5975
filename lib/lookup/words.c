/* SPDX-License-Identifier: MIT
 * What people are asked and warned of, in words. Questions are short, open, a child's words, and
 * never hold the expected answer. */
#include <polelookup/json.h>

static const char *const question_names[] = {"nothing",   "read_back", "digit",  "digits",
                                             "neighbour", "side",      "street", "county",
                                             "object",    "place"};
#define QUESTIONS (sizeof question_names / sizeof *question_names)

const char *pole_question_name(int32_t question)
{
    return question > 0 && (size_t)question < QUESTIONS ? question_names[question]
                                                        : question_names[0];
}

static const char *const questions[3][QUESTIONS] = {
    {
        "",
        "请把数字从头慢慢再念一遍。",
        "那一位数字，请再念一遍？",
        "一共几个数字？请一个一个念。",
        "旁边那根灯杆是什么号？",
        "灯杆在马路的哪一边？",
        "看得到路牌吗？上面写的什么？",
        "您在哪个县、哪个市？",
        "数字上面有红色的“110”吗？",
        "您本人在灯杆旁边吗？",
    },
    {
        "",
        "Please read all the digits again, slowly.",
        "That digit again, please?",
        "How many digits are there? Read them one by one.",
        "What is the number of the next pole?",
        "Which side of the road is the pole on?",
        "Can you see a street sign? What does it say?",
        "Which county or town are you in?",
        "Are there red figures \"110\" above the number?",
        "Are you beside the pole yourself?",
    },
    {
        "",
        "Прочитайте все цифры ещё раз, медленно.",
        "Эту цифру ещё раз, пожалуйста?",
        "Сколько там цифр? Прочитайте по одной.",
        "Какой номер на соседнем столбе?",
        "На какой стороне дороги столб?",
        "Видите табличку с улицей? Что на ней написано?",
        "В каком вы уезде или городе?",
        "Над номером есть красные цифры 110?",
        "Вы сами стоите у столба?",
    },
};

/* "all seven digits": the caller who knows how many there are counts them. */
static const char *const read_backs[3][POLE_MAX_DIGITS + 1] = {
    {
        "请把数字从头慢慢再念一遍。",
        "请把数字再念一遍。",
        "请把两位数字从头慢慢再念一遍。",
        "请把三位数字从头慢慢再念一遍。",
        "请把四位数字从头慢慢再念一遍。",
        "请把五位数字从头慢慢再念一遍。",
        "请把六位数字从头慢慢再念一遍。",
        "请把七位数字从头慢慢再念一遍。",
        "请把八位数字从头慢慢再念一遍。",
        "请把九位数字从头慢慢再念一遍。",
    },
    {
        "Please read all the digits again, slowly.",
        "Please read the digit again.",
        "Please read both digits again, slowly.",
        "Please read all three digits again, slowly.",
        "Please read all four digits again, slowly.",
        "Please read all five digits again, slowly.",
        "Please read all six digits again, slowly.",
        "Please read all seven digits again, slowly.",
        "Please read all eight digits again, slowly.",
        "Please read all nine digits again, slowly.",
    },
    {
        "Прочитайте все цифры ещё раз, медленно.",
        "Прочитайте цифру ещё раз.",
        "Прочитайте обе цифры ещё раз, медленно.",
        "Прочитайте все три цифры ещё раз, медленно.",
        "Прочитайте все четыре цифры ещё раз, медленно.",
        "Прочитайте все пять цифр ещё раз, медленно.",
        "Прочитайте все шесть цифр ещё раз, медленно.",
        "Прочитайте все семь цифр ещё раз, медленно.",
        "Прочитайте все восемь цифр ещё раз, медленно.",
        "Прочитайте все девять цифр ещё раз, медленно.",
    },
};

const char *pole_question_text(int32_t question, int32_t language, uint32_t digits)
{
    const int32_t row =
        language >= POLE_LANGUAGE_ZH && language <= POLE_LANGUAGE_RU ? language : POLE_LANGUAGE_ZH;
    if (question <= 0 || (size_t)question >= QUESTIONS)
        return "";
    if (question == POLE_ASK_READ_BACK && digits <= POLE_MAX_DIGITS)
        return read_backs[row][digits];
    return questions[row][question];
}

typedef struct {
    uint32_t warning;
    const char *words[2];
} warning_words;

static const warning_words warnings[] = {
    {POLE_WARN_SAMPLE_DATA,
     {"样例数据：地点、派出所、电话都是编造的，不可用于出警",
      "sample data: places, stations and telephones are invented; not for dispatch"}},
    {POLE_WARN_UNCORROBORATED,
     {"仅核对号码，未估计听错；尚无旁证，请复核",
      "number matched, mishearing not assessed; nothing else speaks for it yet: check"}},
    {POLE_WARN_SCOPE_NEEDED,
     {"几个县市都有这个号码：先问在哪个县市",
      "several counties have this number: ask which one first"}},
    {POLE_WARN_STATION_CONFLICT,
     {"号码里的派出所与现在的辖区派出所不同",
      "the station coded in the digits is not the one whose area holds the pole"}},
    {POLE_WARN_AREA_EDGE, {"在辖区边界附近", "close to the border of another station's area"}},
    {POLE_WARN_NO_AREA, {"不在任何辖区内", "in no station's area"}},
    {POLE_WARN_RETIRED_POLE,
     {"表中记此杆已迁移或拆除", "the table says that this pole was moved or removed"}},
    {POLE_WARN_OTHER_LENGTH,
     {"位数与灯杆号不同，未作增删", "not as many digits as a pole's code; none was added or cut"}},
};

const char *pole_warning_text(uint32_t warning, int32_t language)
{
    const unsigned column = language == POLE_LANGUAGE_ZH ? 0 : 1;
    for (size_t i = 0; i < sizeof warnings / sizeof *warnings; i++)
        if (warnings[i].warning == warning)
            return warnings[i].words[column];
    return "";
}
