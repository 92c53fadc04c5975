/* SPDX-License-Identifier: MIT
 * The hour and the day of the week of a call, from the text that stands for its time in a log.
 *
 * Read are: a date and a time with a blank or T between; a date as 2008-06-30, 2008/6/30,
 * 2008.6.30, 20080630, 2008年6月30日, or with the year last (06/30/2008, 30.6.2008); a time as
 * 13:05, 13:05:22, 13:05:22.5, 130522 (behind a date without separators), 13时05分22秒, 13点05分,
 * or with AM, PM, 上午, 下午; a zone (Z, +08:00, +0800, +08) behind it; a time alone. Digits and
 * the colon may be full-width. Anything else is not read, nor is a day or time that does not exist:
 * an hour is never guessed. */
#ifndef REPORT_TIMES_H
#define REPORT_TIMES_H

#include <stdbool.h>

#include <polelookup/types.h>

#define POLE_NO_WEEKDAY UINT8_MAX

typedef struct {
    uint8_t hour; /* 0 to 23, as written: no zone is converted */
    /* 0: Monday; POLE_NO_WEEKDAY: no date stands there. A date with its year last can be read in
     * two ways, and each has its own day; where only one of them exists, the other is
     * POLE_NO_WEEKDAY. All three are alike for a date with its year first. */
    uint8_t weekday_year_first;
    uint8_t weekday_month_first;
    uint8_t weekday_day_first;
    bool has_zone;
} pole_time_told;

/* False: not a time that can be read, and nothing is told. */
bool pole_time_read(pole_span text, pole_time_told *told);

#endif
