/* SPDX-License-Identifier: MIT
 * When calls came: by hour of the day, and by hour of the week where dates are known. */
#include "report/report_parts.h"

#define DAYS 7u
#define HOURS 24u
#define SHADES 5u

/* A round, even number that is not below `most`, nor much above. */
static uint64_t round_up(uint64_t most)
{
    uint64_t power = 1;
    while (power < UINT64_MAX / 100 && power * 10 <= most)
        power *= 10;
    for (unsigned twice = 2; twice <= 20; twice++)
        if (twice * power / 2 >= most && twice * power / 2 % 2 == 0)
            return twice * power / 2;
    return most;
}

static void hour_text(pole_page *page, unsigned hour)
{
    const char text[] = {(char)('0' + hour / 10), (char)('0' + hour % 10), ':', '0', '0', '\0'};
    pole_page_raw(page, text);
}

/* The hours below a chart, in as many columns; the stylesheet hides most of them where it is
 * narrow. */
static void hour_labels(pole_page *page)
{
    pole_page_raw(page, "<div class=\"hours\" aria-hidden=\"true\">");
    for (unsigned hour = 0; hour < HOURS; hour++) {
        pole_page_raw(page, hour % 3 == 0 ? "<span>" : "<span class=\"minor\">");
        pole_page_number(page, hour);
        pole_page_raw(page, "</span>");
    }
    pole_page_raw(page, "</div>\n");
}

static void bars(pole_page *page, const uint64_t *hours, uint64_t most)
{
    const uint64_t top = round_up(most);
    pole_page_raw(page, "<div class=\"chart\"><div class=\"axis\" aria-hidden=\"true\"><span>");
    pole_page_count(page, top);
    pole_page_raw(page, "</span><span>");
    pole_page_count(page, top / 2);
    pole_page_raw(page, "</span><span>0</span></div>\n<svg class=\"day\" viewBox=\"0 0 240 1000\" "
                        "preserveAspectRatio=\"none\" role=\"img\" aria-label=\"");
    pole_page_say(page, "各时段报警次数", "Calls by hour");
    pole_page_raw(page, "\"><path class=\"rule\" d=\"M0 0h240M0 500h240M0 1000h240\"/>\n");
    for (unsigned hour = 0; hour < HOURS; hour++) {
        const bool few = hours[hour] < POLE_REPORT_FEW;
        const uint64_t height = few ? 0 : pole_scaled(hours[hour], 1000, top);
        pole_page_raw(page, "<rect class=\"s1\" width=\"8\" x=\"");
        pole_page_number(page, 10 * (int64_t)hour + 1);
        pole_page_raw(page, "\" y=\"");
        pole_page_number(page, 1000 - (int64_t)height);
        pole_page_raw(page, "\" height=\"");
        pole_page_number(page, (int64_t)height);
        pole_page_raw(page, "\"><title>");
        hour_text(page, hour);
        pole_page_raw(page, "  ");
        if (few)
            pole_page_raw(page, "&lt;3");
        else
            pole_page_count(page, hours[hour]);
        pole_page_raw(page, "</title></rect>\n");
    }
    pole_page_raw(page, "</svg></div>\n");
    hour_labels(page);
}

/* The grid of the week, as far as dates are known. Returns how many calls are in it. */
static uint64_t add_up_week(const pole_tally_sums *sums, uint64_t week[POLE_WEEK_HOURS])
{
    memcpy(week, sums->week, sizeof sums->week);
    /* Which way round dates are written shows where only one way exists; unless both do. */
    const bool month_first = sums->year_last_only[POLE_MONTH_FIRST] > 0;
    const bool day_first = sums->year_last_only[POLE_DAY_FIRST] > 0;
    uint64_t calls = 0;
    for (unsigned i = 0; i < POLE_WEEK_HOURS; i++) {
        if (month_first != day_first)
            week[i] += sums->year_last_week[month_first ? POLE_MONTH_FIRST : POLE_DAY_FIRST][i];
        calls += week[i];
    }
    return calls;
}

static void week_grid(pole_page *page, const uint64_t *week)
{
    static const char *const names[DAYS][2] = {
        {"周一", "Mon"}, {"周二", "Tue"}, {"周三", "Wed"}, {"周四", "Thu"},
        {"周五", "Fri"}, {"周六", "Sat"}, {"周日", "Sun"},
    };
    uint64_t most = 1;
    for (unsigned i = 0; i < POLE_WEEK_HOURS; i++)
        most = week[i] > most ? week[i] : most;
    pole_page_raw(page, "<div class=\"chart\"><div class=\"axis week\">");
    for (unsigned day = 0; day < DAYS; day++) {
        pole_page_raw(page, "<span>");
        pole_page_say(page, names[day][0], names[day][1]);
        pole_page_raw(page, "</span>");
    }
    pole_page_raw(page, "</div>\n<svg class=\"grid\" viewBox=\"0 0 240 70\" "
                        "preserveAspectRatio=\"none\" role=\"img\" aria-label=\"");
    pole_page_say(page, "一周各时段报警次数", "Calls by hour of the week");
    pole_page_raw(page, "\">\n");
    for (unsigned i = 0; i < POLE_WEEK_HOURS; i++) {
        const bool few = week[i] < POLE_REPORT_FEW;
        const uint64_t shade = few ? 0 : (week[i] * SHADES + most - 1) / most;
        pole_page_raw(page, "<rect width=\"9.4\" height=\"9\" x=\"");
        pole_page_number(page, 10 * (int64_t)(i % HOURS));
        pole_page_raw(page, "\" y=\"");
        pole_page_number(page, 10 * (int64_t)(i / HOURS));
        pole_page_raw(page, "\" class=\"w");
        pole_page_number(page, (int64_t)shade);
        pole_page_raw(page, "\"/>");
    }
    pole_page_raw(page, "</svg></div>\n");
    hour_labels(page);
    pole_page_raw(page, "<p class=\"note\">");
    pole_page_say(page, "颜色越重，报警越多；最重的一格有 ",
                  "The stronger the colour, the more calls; the strongest hour of the week has ");
    pole_page_count(page, most);
    pole_page_say(page, " 次。少于三次的格子留空。",
                  ". Hours with fewer than three are left blank.");
    pole_page_raw(page, "</p>\n");
}

static void busiest(pole_page *page, const uint64_t *hours)
{
    unsigned most = 0, least = 0;
    for (unsigned hour = 1; hour < HOURS; hour++) {
        most = hours[hour] > hours[most] ? hour : most;
        least = hours[hour] < hours[least] ? hour : least;
    }
    if (hours[most] < POLE_REPORT_FEW)
        return;
    pole_page_raw(page, "<p class=\"lead\">");
    pole_page_say(page, "最忙 ", "Busiest from ");
    hour_text(page, most);
    pole_page_say(page, " 起一小时：", ": ");
    pole_page_count(page, hours[most]);
    pole_page_say(page, " 次；最闲 ", " calls in the hour; quietest from ");
    hour_text(page, least);
    pole_page_say(page, " 起：", ": ");
    if (hours[least] < POLE_REPORT_FEW)
        pole_page_say(page, "不足 3", "fewer than 3");
    else
        pole_page_count(page, hours[least]);
    pole_page_say(page, " 次。", ".");
    pole_page_raw(page, "</p>\n");
}

static void notes(pole_page *page, const pole_tally_sums *sums, uint64_t read, uint64_t in_week)
{
    pole_page_raw(page, "<p class=\"note\">");
    pole_page_say(page, "时间按日志所写，不作换算。", "Times are as the log has them. ");
    if (sums->zoned_times > 0) {
        pole_page_count(page, sums->zoned_times);
        pole_page_say(page, " 次带有时区，没有换算。",
                      " of them name a time zone, and were not converted. ");
    }
    if (sums->unread_times > 0) {
        pole_page_count(page, sums->unread_times);
        pole_page_say(page, " 次没有能读的时间，未计入。",
                      " calls have no time that can be read, and are left out. ");
    }
    if (in_week > 0 && in_week < read) {
        pole_page_count(page, read - in_week);
        pole_page_say(page, " 次没有能断定的日期，不在一周的图里。",
                      " have no date that can be told, and are not in the week.");
    }
    pole_page_raw(page, "</p>\n");
}

void pole_report_hours(pole_page *page, const pole_tally *tally)
{
    if (!tally->has_times)
        return;
    const pole_tally_sums *sums = &tally->sums;
    uint64_t most = 0, read = 0, week[POLE_WEEK_HOURS];
    for (unsigned hour = 0; hour < HOURS; hour++) {
        most = sums->hours[hour] > most ? sums->hours[hour] : most;
        read += sums->hours[hour];
    }
    pole_page_raw(page, "<section>\n<h2>");
    pole_page_say(page, "何时报警", "When");
    pole_page_raw(page, "</h2>\n");
    busiest(page, sums->hours);
    if (most >= POLE_REPORT_FEW)
        bars(page, sums->hours, most);
    const uint64_t in_week = add_up_week(sums, week);
    if (in_week >= POLE_REPORT_FEW)
        week_grid(page, week);
    notes(page, sums, read, in_week);
    pole_page_raw(page, "</section>\n");
}
