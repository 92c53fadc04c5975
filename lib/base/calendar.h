/* SPDX-License-Identifier: MIT
 * Days since 1970-01-01 to dates of the Gregorian calendar and back, without clock or time zone.
 * Years are counted from March, in eras of 400 years (146,097 days). */
#ifndef BASE_CALENDAR_H
#define BASE_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

typedef struct {
    int32_t year;
    uint32_t month; /* 1 to 12 */
    uint32_t day;   /* 1 to 31 */
} pole_date;

static inline int32_t pole_days_of_date(pole_date date)
{
    const int32_t year = date.year - (date.month <= 2);
    const int32_t era = (year >= 0 ? year : year - 399) / 400;
    const uint32_t year_of_era = (uint32_t)(year - era * 400);
    const uint32_t month_from_march = (date.month + 9) % 12;
    const uint32_t day_of_year = (153 * month_from_march + 2) / 5 + date.day - 1;
    const uint32_t day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + (int32_t)day_of_era - 719468;
}

static inline pole_date pole_date_of_days(int64_t days)
{
    const int64_t shifted = days + 719468;
    const int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    const uint32_t day_of_era = (uint32_t)(shifted - era * 146097);
    const uint32_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const uint32_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const uint32_t month_from_march = (5 * day_of_year + 2) / 153;
    pole_date date;
    date.day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    date.month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    date.year = (int32_t)((int64_t)year_of_era + era * 400) + (date.month <= 2);
    return date;
}

/* A day that the calendar has, of a year with four digits. */
static inline bool pole_date_exists(pole_date date)
{
    static const uint8_t lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (date.year < 1 || date.year > 9999 || date.month < 1 || date.month > 12 || date.day < 1)
        return false;
    const bool leap = date.year % 4 == 0 && (date.year % 100 != 0 || date.year % 400 == 0);
    return date.day <= lengths[date.month - 1] + (uint32_t)(leap && date.month == 2);
}

#endif
