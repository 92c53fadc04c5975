/* SPDX-License-Identifier: MIT
 * Counting rows: a few sums for every run, and for a report the places and times. */
#include "report/tally.h"

#include "report/times.h"

#define MATCHES 8u
#define REASONS 6u

pole_status pole_tally_new(const pole_index *index, bool report, const pole_allocator *allocator,
                           pole_tally **tally)
{
    *tally = NULL;
    const pole_allocator memory = pole_allocator_or_default(allocator);
    pole_info info = {.struct_size = sizeof info};
    const pole_status status = pole_index_info(index, &info);
    if (status != POLE_OK)
        return status;
    pole_tally *made = pole_allocate_zeroed(&memory, 1, sizeof *made);
    if (!made)
        return POLE_NO_MEMORY;
    made->allocator = memory;
    made->index = index;
    made->has_report = report;
    if (report) {
        made->poles = info.poles;
        made->stations = info.stations;
        made->pole_calls = pole_allocate_zeroed(&memory, info.poles, sizeof *made->pole_calls);
        made->station_calls =
            pole_allocate_zeroed(&memory, info.stations, sizeof *made->station_calls);
        if (!made->pole_calls || !made->station_calls) {
            pole_tally_free(made);
            return POLE_NO_MEMORY;
        }
    }
    *tally = made;
    return POLE_OK;
}

void pole_tally_free(pole_tally *tally)
{
    if (!tally)
        return;
    const pole_allocator memory = tally->allocator;
    pole_values_free(&tally->values, &memory);
    pole_release(&memory, tally->pole_calls);
    pole_release(&memory, tally->station_calls);
    pole_release(&memory, tally);
}

static bool is_match(pole_match match)
{
    return match == POLE_EXACT || match == POLE_CORRECTED || match == POLE_INTERPOLATED;
}

static bool count_value(pole_tally *tally, pole_span code)
{
    char text[32];
    if (!pole_value_of(code, text)) {
        tally->values.not_codes++;
        return true;
    }
    return pole_values_count(&tally->values, text, 1, &tally->allocator);
}

static void count_place(pole_tally *tally, const pole_row_match *match, bool decided)
{
    const bool sure = match->match == POLE_EXACT || match->match == POLE_CORRECTED || decided;
    if (sure && match->row < tally->poles) {
        uint32_t *calls = tally->pole_calls + match->row;
        *calls += *calls != UINT32_MAX;
        tally->sums.pole_rows++;
    } else if (match->match == POLE_INTERPOLATED) {
        tally->sums.between_rows++;
    } else {
        return;
    }
    if (match->station < tally->stations)
        tally->station_calls[match->station]++;
    else
        tally->sums.no_station_rows++;
}

static void count_time(pole_tally *tally, pole_span text)
{
    pole_time_told told;
    if (!pole_time_read(text, &told)) {
        tally->sums.unread_times++;
        return;
    }
    tally->sums.hours[told.hour]++;
    tally->sums.zoned_times += told.has_zone;
    if (told.weekday_year_first != POLE_NO_WEEKDAY) {
        tally->sums.week[told.weekday_year_first * 24 + told.hour]++;
        return;
    }
    const uint8_t weekdays[POLE_DATE_ORDERS] = {told.weekday_month_first, told.weekday_day_first};
    for (unsigned order = 0; order < POLE_DATE_ORDERS; order++) {
        if (weekdays[order] == POLE_NO_WEEKDAY)
            continue;
        tally->sums.year_last_week[order][weekdays[order] * 24 + told.hour]++;
        tally->sums.year_last_only[order] += weekdays[1 - order] == POLE_NO_WEEKDAY;
    }
}

pole_status pole_tally_rows(pole_tally *tally, const pole_row_match *matches,
                            const pole_span *codes, const pole_span *times, size_t count)
{
    tally->has_times |= tally->has_report && times != NULL;
    for (size_t i = 0; i < count; i++) {
        const pole_row_match *row = matches + i;
        const uint32_t match = (uint32_t)row->match < MATCHES ? (uint32_t)row->match : 0;
        const bool decided = (row->flags & POLE_ROW_DECIDED) != 0;
        tally->sums.rows++;
        tally->sums.matches[match]++;
        if (row->reason != POLE_REASON_NONE && (uint32_t)row->reason < REASONS)
            tally->sums.reasons[row->reason]++;
        if (row->flags != 0) {
            tally->sums.decided[match] += decided;
            tally->sums.guessed_rows += (row->flags & POLE_ROW_GUESSED) != 0;
        }
        if (!is_match(row->match) && !decided && !count_value(tally, codes[i]))
            return POLE_NO_MEMORY;
        if (!tally->has_report)
            continue;
        count_place(tally, row, decided);
        if (times)
            count_time(tally, times[i]);
    }
    return POLE_OK;
}
