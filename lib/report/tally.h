/* SPDX-License-Identifier: MIT
 * What a run came to: counted row by row, in order, by one thread at a time. */
#ifndef REPORT_TALLY_H
#define REPORT_TALLY_H

#include <polelookup/bulk.h>

#include "base/memory.h"
#include "report/values.h"

/* 24 hours a day, from Monday 0 o'clock. */
#define POLE_WEEK_HOURS (7 * 24)

/* How a date with its year last is read. */
enum { POLE_MONTH_FIRST, POLE_DAY_FIRST, POLE_DATE_ORDERS };

/* A row is in place when it has a pole that was neither guessed nor left ambiguous: it is exact,
 * corrected, or a person chose it. A row between two poles (interpolated) has a station, but no
 * pole. Others count in no place at all. Nothing but u64 stands in here: it is saved as it is. */
typedef struct {
    uint64_t rows;
    uint64_t matches[8]; /* by pole_match; an unknown number counts as POLE_MATCH_NONE */
    uint64_t reasons[6];
    uint64_t decided[8]; /* of matches: a person chose them */
    uint64_t guessed_rows;
    /* Below: for a report alone; else 0. */
    uint64_t pole_rows;    /* in place */
    uint64_t between_rows; /* between two poles */
    uint64_t no_station_rows;
    uint64_t hours[24];             /* of all rows whose time was read */
    uint64_t unread_times;          /* nor were these hours: empty, or no time that can be read */
    uint64_t zoned_times;           /* of the hours: with a zone, and not converted */
    uint64_t week[POLE_WEEK_HOURS]; /* of hours: with a date whose year comes first */
    /* The others with a date, both ways, and how many of them can be read in this way only. */
    uint64_t year_last_week[POLE_DATE_ORDERS][POLE_WEEK_HOURS];
    uint64_t year_last_only[POLE_DATE_ORDERS];
} pole_tally_sums;

typedef struct {
    pole_allocator allocator;
    const pole_index *index; /* must outlive the tally */
    pole_tally_sums sums;
    pole_values values; /* what stood in rows without a match */
    bool has_report;
    bool has_times; /* there was a column of time */
    uint32_t poles; /* this and all below: 0 or NULL without a report */
    uint32_t stations;
    uint32_t *pole_calls;    /* by row; what would not fit stays at UINT32_MAX */
    uint64_t *station_calls; /* of rows in place or between */
} pole_tally;

/* report: also count by pole, street, station and hour. *tally: NULL on failure. POLE_NO_MEMORY. */
pole_status pole_tally_new(const pole_index *index, bool report, const pole_allocator *allocator,
                           pole_tally **tally);
void pole_tally_free(pole_tally *tally);

/* Counts rows. codes: what stood in their code's column (UTF-8; not kept but where it looks like a
 * code and had no match); times: what stood in the column of time, or NULL. POLE_NO_MEMORY: some of
 * the rows are counted. */
pole_status pole_tally_rows(pole_tally *tally, const pole_row_match *matches,
                            const pole_span *codes, const pole_span *times, size_t count);

/* All counts as bytes, so that a run can go on where it was broken off: rows counted afterwards
 * give the same tally as if there had been no break. Failure shows in out->failed. */
void pole_tally_save(const pole_tally *tally, pole_buffer *out);

/* Into a tally that has counted nothing yet, of the same index and with a report if the saved one
 * had it. POLE_DAMAGED, POLE_NEWER_FORMAT; POLE_REFUSED: of another index, or with a report where
 * the other has none; POLE_NO_MEMORY. After a failure the tally has counted nothing. */
pole_status pole_tally_load(pole_tally *tally, const uint8_t *bytes, size_t size,
                            pole_error *error);

#endif
