/* SPDX-License-Identifier: MIT
 * Measures and terms in the words of people. */
#include "words.h"

#include <math.h>
#include <string.h>
#include <time.h>

#include <polelookup/json.h>

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

static const char *const directions[][2] = {
    {"北", "N"}, {"东北", "NE"}, {"东", "E"}, {"东南", "SE"},
    {"南", "S"}, {"西南", "SW"}, {"西", "W"}, {"西北", "NW"},
};

static const char *const numerals[][2] = {
    {"零", "no"},   {"一", "one"}, {"二", "two"},   {"三", "three"}, {"四", "four"},
    {"五", "five"}, {"六", "six"}, {"七", "seven"}, {"八", "eight"}, {"九", "nine"},
};

short_text distance_text(const text_view *view, double distance_m)
{
    short_text text;
    double value = distance_m < 99.5 ? round(distance_m) : round(distance_m / 10) * 10;
    int decimals = 0;
    const bool kilometres = value >= 1000;
    if (kilometres) {
        value = distance_m / 1000;
        decimals = value < 9.95 ? 1 : 0;
    }
    snprintf(text.text, sizeof text.text, "%.*f %s", decimals, value,
             kilometres ? pick(view, "公里", "km") : pick(view, "米", "m"));
    return text;
}

const char *direction_text(const text_view *view, double distance_m, double bearing_deg)
{
    if (distance_m < 0.5)
        return "";
    const size_t eighth = (size_t)lround(bearing_deg / 45) % COUNT_OF(directions);
    return pick(view, directions[eighth][0], directions[eighth][1]);
}

const char *role_text(const text_view *view, int32_t role)
{
    switch (role) {
    case POLE_ROLE_CODED:
        return pick(view, "按号码", "by the digits");
    case POLE_ROLE_RESPONSIBLE:
        return pick(view, "辖区", "its area");
    case POLE_ROLE_ROAD:
        return pick(view, "路程最近", "nearest by road");
    case POLE_ROLE_NEAREST:
        return pick(view, "直线最近", "nearest");
    default:
        return "";
    }
}

const char *state_text(const text_view *view, int32_t state)
{
    switch (state) {
    case POLE_STATE_MOVED:
        return pick(view, "此杆已迁走", "this pole was moved");
    case POLE_STATE_REMOVED:
        return pick(view, "此杆已拆除", "this pole was removed");
    default:
        return "";
    }
}

const char *sure_text(const text_view *view, double confidence)
{
    if (confidence >= 0.95)
        return pick(view, "很有把握", "very likely");
    if (confidence >= 0.80)
        return pick(view, "较有把握", "likely");
    if (confidence >= 0.50)
        return pick(view, "把握不大", "perhaps");
    return pick(view, "没有把握", "unsure");
}

short_text share_text(double share)
{
    short_text text;
    if (share < 0.005)
        snprintf(text.text, sizeof text.text, "<0.01");
    else
        snprintf(text.text, sizeof text.text, "%.2f", share < 0.99 ? share : 0.99);
    return text;
}

const char *digit_text(const text_view *view, unsigned digit)
{
    if (digit == 0 || digit >= COUNT_OF(numerals))
        return pick(view, "零", "zero");
    return pick(view, numerals[digit][0], numerals[digit][1]);
}

/* A number of digits: a word to nine, figures above. */
static void put_number(const text_view *view, size_t number, char *text, size_t capacity)
{
    if (number < COUNT_OF(numerals))
        snprintf(text, capacity, "%s", pick(view, numerals[number][0], numerals[number][1]));
    else
        snprintf(text, capacity, "%zu", number);
}

short_text digits_text(const text_view *view, size_t digits)
{
    short_text text;
    char number[24];
    put_number(view, digits, number, sizeof number);
    if (view->language == POLE_LANGUAGE_ZH)
        snprintf(text.text, sizeof text.text, "%s位", digits == 2 ? "两" : number);
    else
        snprintf(text.text, sizeof text.text, "%s digit%s", number, digits == 1 ? "" : "s");
    return text;
}

short_text lengths_text(const text_view *view, uint32_t lengths)
{
    short_text text = {""};
    for (unsigned digits = POLE_MAX_DIGITS; digits > 0; digits--) {
        if (!(lengths >> digits & 1))
            continue;
        const size_t used = strlen(text.text);
        snprintf(text.text + used, sizeof text.text - used, "%s%s",
                 used ? pick(view, "或", " or ") : "",
                 pick(view, numerals[digits][0], numerals[digits][1]));
        if (view->language == POLE_LANGUAGE_ZH)
            strncat(text.text, "位", sizeof text.text - strlen(text.text) - 1);
    }
    return text;
}

const char *plural(uint64_t count)
{
    return count == 1 ? "" : "s";
}

short_text time_text(int64_t seconds)
{
    short_text text = {"-"};
    const time_t time = (time_t)seconds;
    struct tm parts;
    if (seconds != 0 && gmtime_r(&time, &parts))
        strftime(text.text, sizeof text.text, "%Y-%m-%d %H:%M:%S UTC", &parts);
    return text;
}
