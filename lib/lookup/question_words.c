/* SPDX-License-Identifier: MIT
 * What callers are asked, in words: short, one thing at a time, open or a choice of two, a child's
 * words, never the expected answer, and none that needs left, right or north. */
#include <polelookup/json.h>

#include "base/abi.h"
#include "base/memory.h"

#define LANGUAGES 3 /* POLE_LANGUAGE_ZH, _EN, _RU */

static const char *const names[] = {"nothing", "read_back", "digit",  "digits", "neighbour",
                                    "side",    "street",    "county", "object", "place"};
#define KINDS (sizeof names / sizeof *names)

const char *pole_question_name(int32_t question)
{
    return question > 0 && (size_t)question < KINDS ? names[question] : names[0];
}

/* Where nothing more is known than the kind. */
static const char *const plain[LANGUAGES][KINDS] = {
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

/* "all seven digits": the caller who knows how many there are counts them. By their number. */
static const char *const read_backs[LANGUAGES][POLE_MAX_DIGITS + 1] = {
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

/* Sentences to fill: % stands for the next part. */
static const struct {
    const char *digit, *choice, *front, *back;
} patterns[LANGUAGES] = {
    {"%位数字，请再念一遍？", "%位，是%，还是%？", "前%位数字，请再念一遍？",
     "最后%位数字，请再念一遍？"},
    {"The % digit again, please?", "The % digit: %, or %?", "The first % digits again, please?",
     "The last % digits again, please?"},
    {"% цифра ещё раз, пожалуйста?", "% цифра: % или %?", "Первые % ещё раз, пожалуйста?",
     "Последние % ещё раз, пожалуйста?"},
};

/* By place, from 1. */
static const char *const ordinals[LANGUAGES][POLE_MAX_DIGITS] = {
    {"第一", "第二", "第三", "第四", "第五", "第六", "第七", "第八", "第九"},
    {"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"},
    {"Первая", "Вторая", "Третья", "Четвёртая", "Пятая", "Шестая", "Седьмая", "Восьмая", "Девятая"},
};

/* How many, from 2. */
static const char *const counts[LANGUAGES][POLE_MAX_DIGITS - 1] = {
    {"两", "三", "四", "五", "六", "七", "八", "九"},
    {"two", "three", "four", "five", "six", "seven", "eight", "nine"},
    {"две цифры", "три цифры", "четыре цифры", "пять цифр", "шесть цифр", "семь цифр",
     "восемь цифр", "девять цифр"},
};

/* Digits that sound alike, told apart by those said with them. */
static const char *const sayings[LANGUAGES][10] = {
    {"零", "一二三的一", "一二三的二", "一二三的三", "三四五的四", "三四五的五", "四五六的六",
     "五六七的七", "六七八的八", "七八九的九"},
    {"zero", "one as in one-two-three", "two as in one-two-three", "three as in one-two-three",
     "four as in two-three-four", "five as in three-four-five", "six as in four-five-six",
     "seven as in five-six-seven", "eight as in six-seven-eight", "nine as in seven-eight-nine"},
    {"ноль", "один, как один-два-три,", "два, как один-два-три,", "три, как один-два-три,",
     "четыре, как два-три-четыре,", "пять, как три-четыре-пять,", "шесть, как четыре-пять-шесть,",
     "семь, как пять-шесть-семь,", "восемь, как восемь-девять-десять,",
     "девять, как восемь-девять-десять,"},
};

/* A text that counts what it has no room for. */
typedef struct {
    char *text;
    size_t capacity, size;
} fitted_text;

static void put(fitted_text *fitted, const char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++, fitted->size++)
        if (fitted->size < fitted->capacity)
            fitted->text[fitted->size] = bytes[i];
}

#define MOST_PARTS 3

static void fill(fitted_text *fitted, const char *pattern, const char *const parts[MOST_PARTS])
{
    size_t next = 0;
    for (; *pattern != '\0'; pattern++) {
        if (*pattern != '%' || next == MOST_PARTS) {
            put(fitted, pattern, 1);
            continue;
        }
        const char *part = parts[next++];
        const size_t size = strlen(part);
        /* A part's last comma gives way to the sentence's end. */
        const bool ends = pattern[1] == '?' && size > 0 && part[size - 1] == ',';
        put(fitted, part, ends ? size - 1 : size);
    }
}

static void tell_digits(fitted_text *fitted, const pole_question *question, int32_t language)
{
    const uint32_t first = question->digit, last = first + question->digit_count - 1;
    const char *parts[MOST_PARTS] = {"", "", ""};
    if (question->digit_count == 1 || first == last) {
        const bool choice = question->choice[0] != question->choice[1];
        parts[0] = ordinals[language][first - 1];
        if (choice) {
            parts[1] = sayings[language][question->choice[0]];
            parts[2] = sayings[language][question->choice[1]];
        }
        fill(fitted, choice ? patterns[language].choice : patterns[language].digit, parts);
        return;
    }
    parts[0] = counts[language][question->digit_count - 2];
    fill(fitted, first == 1 ? patterns[language].front : patterns[language].back, parts);
}

/* Whether a question names digits that there are words for: one, the first few or the last few. */
static bool names_digits(const pole_question *question)
{
    const uint32_t first = question->digit, count = question->digit_count;
    if ((question->kind != POLE_ASK_DIGIT && question->kind != POLE_ASK_DIGITS) || first == 0 ||
        first > POLE_MAX_DIGITS || count == 0 || count > POLE_MAX_DIGITS ||
        question->choice[0] > 9 || question->choice[1] > 9)
        return false;
    return count == 1 || first == 1 || first + count - 1 == question->digits;
}

pole_status pole_question_text(const pole_question *question, int32_t language, char *text,
                               size_t capacity, size_t *needed)
{
    pole_question taken = {.struct_size = sizeof taken};
    fitted_text fitted = {text, capacity, 0};
    if (needed != NULL)
        *needed = 0;
    if (text != NULL && capacity > 0)
        text[0] = '\0';
    if (question == NULL || (text == NULL && capacity > 0) || !pole_record_is_sound(question))
        return POLE_INVALID_ARGUMENT;
    memcpy(&taken, question,
           question->struct_size < sizeof taken ? question->struct_size : sizeof taken);
    if (language < POLE_LANGUAGE_ZH || language > POLE_LANGUAGE_RU)
        language = POLE_LANGUAGE_ZH;
    const int32_t kind = taken.kind > 0 && (size_t)taken.kind < KINDS ? taken.kind : 0;
    if (names_digits(&taken)) {
        tell_digits(&fitted, &taken, language);
    } else {
        const bool all = kind == POLE_ASK_READ_BACK && taken.digits <= POLE_MAX_DIGITS;
        const char *words = all ? read_backs[language][taken.digits] : plain[language][kind];
        put(&fitted, words, strlen(words));
    }
    if (needed != NULL)
        *needed = fitted.size + 1;
    if (fitted.size >= capacity) {
        if (capacity > 0)
            text[0] = '\0';
        return POLE_LIMIT;
    }
    text[fitted.size] = '\0';
    return POLE_OK;
}
