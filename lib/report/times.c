/* SPDX-License-Identifier: MIT
 * The time of a call: the two commonest forms at once, the others character by character. */
#include <string.h>

#include "base/bytes.h"
#include "base/calendar.h"
#include "base/numerals.h"
#include "base/utf8.h"
#include "report/times.h"

/* 1970-01-01 was a Thursday. */
static uint8_t weekday_of(pole_date date)
{
    const int32_t days = pole_days_of_date(date) + 3;
    return (uint8_t)((days % 7 + 7) % 7);
}

static uint8_t weekday_if(uint32_t year, uint32_t month, uint32_t day)
{
    const pole_date date = {(int32_t)year, month, day};
    return pole_date_exists(date) ? weekday_of(date) : POLE_NO_WEEKDAY;
}

/* Eight characters less those of a form, whose zeros stand for any digit: the digits' values, and
 * 0 elsewhere. False where they do not fit. form and slack: little-endian; slack is what a byte
 * may grow by before it shows in its highest bit, 0x7F where it must be 0, 0x76 for a digit. */
static bool take_form(const char *text, uint64_t form, uint64_t slack, uint64_t *values)
{
    *values = pole_load_u64((const uint8_t *)text) ^ form;
    return (((*values + slack) | *values) & UINT64_C(0x8080808080808080)) == 0;
}

/* The number of the two digits whose values are bytes `at` and at + 1. */
static uint32_t pair_at(uint64_t values, unsigned at)
{
    return (uint32_t)(values >> 8 * at & 0xFF) * 10 + (uint32_t)(values >> (8 * at + 8) & 0xFF);
}

#define FORM_OF_DATE UINT64_C(0x2D30302D30303030) /* "0000-00-" */
#define SLACK_OF_DATE UINT64_C(0x7F76767F76767676)
#define FORM_OF_TIME UINT64_C(0x30303A3030003030) /* "00", any, "00:00" */
#define SLACK_OF_TIME UINT64_C(0x76767F76767F7676)

/* "2008-06-30 13:05" or "...:22", with a blank or T: what most logs have. */
static bool read_plain(pole_span text, pole_time_told *told)
{
    if (text.size_bytes != 16 && text.size_bytes != 19)
        return false;
    const char between = text.data[10] == 'T' ? 'T' : ' ';
    uint64_t date, time;
    if (!take_form(text.data, FORM_OF_DATE, SLACK_OF_DATE, &date) ||
        !take_form(text.data + 8, FORM_OF_TIME | (uint64_t)between << 16, SLACK_OF_TIME, &time))
        return false;
    uint32_t second = 0;
    if (text.size_bytes == 19) {
        const uint32_t tens = (uint32_t)(uint8_t)text.data[17] - '0';
        const uint32_t ones = (uint32_t)(uint8_t)text.data[18] - '0';
        second = tens > 9 || ones > 9 || text.data[16] != ':' ? UINT32_MAX : tens * 10 + ones;
    }
    const uint8_t day =
        weekday_if(pair_at(date, 0) * 100 + pair_at(date, 2), pair_at(date, 5), pair_at(time, 0));
    const uint32_t hour = pair_at(time, 3);
    if (hour > 23 || pair_at(time, 6) > 59 || second > 60 || day == POLE_NO_WEEKDAY)
        return false;
    *told = (pole_time_told){(uint8_t)hour, day, day, day, false};
    return true;
}

/* The text as ASCII: full-width forms made plain, and each Chinese word of a time one letter, so
 * that the rest reads one character at a time. */
typedef struct {
    char text[48];
    size_t at;
    size_t size;
} plain_text;

enum { YEAR = 'y', MONTH = 'm', DAY = 'd', HOUR = 'h', MINUTE = 'i', SECOND = 's' };

static char plain_character(uint32_t character)
{
    const int digit = pole_numeral(character);
    if (digit >= 0)
        return (char)('0' + digit);
    switch (character) {
    case 0x5E74: /* 年 */
        return YEAR;
    case 0x6708: /* 月 */
        return MONTH;
    case 0x65E5: /* 日 */
    case 0x53F7: /* 号 */
        return DAY;
    case 0x65F6: /* 时 */
    case 0x70B9: /* 点 */
        return HOUR;
    case 0x5206: /* 分 */
        return MINUTE;
    case 0x79D2: /* 秒 */
        return SECOND;
    case 0xFF1A: /* full-width colon */
        return ':';
    case '\t':
    case 0x00A0:
    case 0x202F: /* what newer programs put before PM */
    case 0x3000:
        return ' ';
    default:
        return character > ' ' && character < 'a' ? (char)character : '\0';
    }
}

static bool make_plain(pole_span text, plain_text *plain)
{
    plain->at = plain->size = 0;
    for (size_t at = 0; at < text.size_bytes;) {
        if (plain->size + 3 > sizeof plain->text)
            return false;
        uint32_t character = pole_utf8_next(text.data, text.size_bytes, &at);
        if (character == ' ') {
            plain->text[plain->size++] = ' ';
            continue;
        }
        if (character == 0x4E0A || character == 0x4E0B) { /* 上午, 下午 */
            const bool after = character == 0x4E0B;
            if (at == text.size_bytes || pole_utf8_next(text.data, text.size_bytes, &at) != 0x5348)
                return false;
            plain->text[plain->size++] = after ? 'P' : 'A';
            plain->text[plain->size++] = 'M';
            continue;
        }
        if (character >= 'a' && character <= 'z')
            character -= 'a' - 'A';
        const char made = plain_character(character);
        if (made == '\0')
            return false;
        plain->text[plain->size++] = made;
    }
    return true;
}

static char peek(const plain_text *t)
{
    return t->at < t->size ? t->text[t->at] : '\0';
}

static bool take(plain_text *t, char wanted)
{
    if (peek(t) != wanted)
        return false;
    t->at++;
    return true;
}

static void skip_blanks(plain_text *t)
{
    while (take(t, ' '))
        ;
}

/* A run of at least one digit; how many they are: *count; at most nine are read. */
static bool take_number(plain_text *t, uint32_t *number, size_t *count)
{
    *number = 0;
    for (*count = 0; *count < 9 && peek(t) >= '0' && peek(t) <= '9'; (*count)++)
        *number = *number * 10 + (uint32_t)(t->text[t->at++] - '0');
    return *count > 0;
}

/* A number of one or two digits. */
static bool take_short(plain_text *t, uint32_t *number)
{
    size_t count;
    return take_number(t, number, &count) && count <= 2;
}

static bool tell_date(uint32_t year, uint32_t month, uint32_t day, pole_time_told *told)
{
    const uint8_t weekday = weekday_if(year, month, day);
    told->weekday_year_first = told->weekday_month_first = told->weekday_day_first = weekday;
    return weekday != POLE_NO_WEEKDAY;
}

/* The date's first number is read already: it is a year of four digits. */
static bool take_year_first(plain_text *t, uint32_t year, pole_time_told *told)
{
    uint32_t month, day;
    if (take(t, YEAR))
        return take_short(t, &month) && take(t, MONTH) && take_short(t, &day) && take(t, DAY) &&
               tell_date(year, month, day, told);
    const char mark = peek(t);
    if (mark != '-' && mark != '/' && mark != '.')
        return false;
    return take(t, mark) && take_short(t, &month) && take(t, mark) && take_short(t, &day) &&
           tell_date(year, month, day, told);
}

/* The same for a day or a month. */
static bool take_year_last(plain_text *t, uint32_t first, pole_time_told *told)
{
    uint32_t second, year;
    size_t count;
    const char mark = peek(t);
    if (!take(t, mark) || !take_short(t, &second) || !take(t, mark) ||
        !take_number(t, &year, &count) || count != 4)
        return false;
    told->weekday_year_first = POLE_NO_WEEKDAY;
    told->weekday_month_first = weekday_if(year, first, second);
    told->weekday_day_first = weekday_if(year, second, first);
    return told->weekday_month_first != POLE_NO_WEEKDAY ||
           told->weekday_day_first != POLE_NO_WEEKDAY;
}

/* "AM", "PM"; *half: 1 or 2, as it was where nothing stands there. */
static bool take_half(plain_text *t, int *half)
{
    if (t->size - t->at >= 2 && t->text[t->at + 1] == 'M' && (peek(t) == 'A' || peek(t) == 'P')) {
        if (*half != 0)
            return false;
        *half = peek(t) == 'A' ? 1 : 2;
        t->at += 2;
        skip_blanks(t);
    }
    return true;
}

static bool take_zone(plain_text *t, pole_time_told *told)
{
    if (take(t, 'Z')) {
        told->has_zone = true;
        return true;
    }
    uint32_t number, minutes;
    size_t count;
    if (!take(t, '+') && !take(t, '-'))
        return true;
    told->has_zone = true;
    if (!take_number(t, &number, &count))
        return false;
    if (count == 4)
        return number / 100 <= 14 && number % 100 < 60;
    return count == 2 && number <= 14 &&
           (!take(t, ':') || (take_short(t, &minutes) && minutes < 60));
}

static bool take_fraction(plain_text *t)
{
    uint32_t number;
    size_t count;
    return (!take(t, '.') && !take(t, ',')) || take_number(t, &number, &count);
}

/* The rest of a time whose hour is read: minutes, seconds, half of the day, zone, and the end. */
static bool take_rest(plain_text *t, uint32_t hour, int half, bool in_words, pole_time_told *told)
{
    uint32_t minute = 0, second = 0;
    if (in_words) {
        if (peek(t) >= '0' && peek(t) <= '9') {
            if (!take_short(t, &minute))
                return false;
            if (take(t, MINUTE) && peek(t) >= '0' && peek(t) <= '9' &&
                !(take_short(t, &second) && take(t, SECOND)))
                return false;
        }
    } else {
        size_t count;
        if (!take_number(t, &minute, &count) || count != 2)
            return false;
        if (take(t, ':') && !(take_number(t, &second, &count) && count == 2 && take_fraction(t)))
            return false;
    }
    skip_blanks(t);
    if (!take_half(t, &half) || !take_zone(t, told))
        return false;
    if (half != 0) {
        if (hour < 1 || hour > 12)
            return false;
        hour = hour % 12 + (half == 2 ? 12 : 0);
    }
    told->hour = (uint8_t)hour;
    return t->at == t->size && hour <= 23 && minute <= 59 && second <= 60;
}

static bool take_time(plain_text *t, pole_time_told *told)
{
    uint32_t hour;
    int half = 0;
    if (!take_half(t, &half) || !take_short(t, &hour))
        return false;
    const bool in_words = take(t, HOUR);
    return (in_words || take(t, ':')) && take_rest(t, hour, half, in_words, told);
}

/* "1305", "130522" behind a date of eight digits. */
static bool take_packed_time(plain_text *t, pole_time_told *told)
{
    uint32_t number;
    size_t count;
    if (!take_number(t, &number, &count) || (count != 4 && count != 6))
        return false;
    if (count == 4)
        number *= 100;
    told->hour = (uint8_t)(number / 10000);
    return number / 10000 <= 23 && number / 100 % 100 <= 59 && number % 100 <= 60 &&
           take_fraction(t) && take_zone(t, told) && t->at == t->size;
}

static bool take_packed(plain_text *t, pole_time_told *told)
{
    uint32_t date = 0;
    for (size_t i = 0; i < 8; i++)
        date = date * 10 + (uint32_t)(t->text[t->at++] - '0');
    if (!tell_date(date / 10000, date / 100 % 100, date % 100, told))
        return false;
    if (peek(t) >= '0' && peek(t) <= '9')
        return take_packed_time(t, told);
    if (!take(t, 'T') && !take(t, ' '))
        return false;
    skip_blanks(t);
    const plain_text before = *t;
    if (take_packed_time(t, told))
        return true;
    *t = before;
    return take_time(t, told);
}

static size_t digits_ahead(const plain_text *t)
{
    size_t count = 0;
    while (t->at + count < t->size && t->text[t->at + count] >= '0' &&
           t->text[t->at + count] <= '9')
        count++;
    return count;
}

bool pole_time_read(pole_span text, pole_time_told *told)
{
    if (read_plain(text, told))
        return true;
    text = pole_utf8_trim(text);
    plain_text t;
    if (text.size_bytes == 0 || !make_plain(text, &t))
        return false;
    *told = (pole_time_told){0, POLE_NO_WEEKDAY, POLE_NO_WEEKDAY, POLE_NO_WEEKDAY, false};
    const size_t ahead = digits_ahead(&t);
    if (ahead == 8 || ahead == 12 || ahead == 14)
        return take_packed(&t, told);
    const char mark = t.at + ahead < t.size ? t.text[t.at + ahead] : '\0';
    if (ahead == 0 || mark == ':' || mark == HOUR)
        return take_time(&t, told);
    uint32_t first;
    size_t count;
    if (!take_number(&t, &first, &count))
        return false;
    if (count == 4 ? !take_year_first(&t, first, told)
                   : count > 2 || (mark != '-' && mark != '/' && mark != '.') ||
                         !take_year_last(&t, first, told))
        return false;
    const bool glued = t.text[t.at - 1] == DAY; /* 30日13时 needs no blank */
    if (!take(&t, 'T') && !take(&t, ' ') && !glued)
        return false;
    skip_blanks(&t);
    return take_time(&t, told);
}
