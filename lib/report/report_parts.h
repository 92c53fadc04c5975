/* SPDX-License-Identifier: MIT
 * The parts of a report, each in a file of its own; report.c puts them in order. All write to the
 * page alone, whose failure sticks in it. */
#ifndef REPORT_REPORT_PARTS_H
#define REPORT_REPORT_PARTS_H

#include "report/page.h"
#include "report/tally.h"

/* What has fewer calls is told together with its like. */
#define POLE_REPORT_FEW 3u

/* The style sheet, and its SHA-256 in base64, for the Content-Security-Policy. */
extern const char pole_report_style[];
extern const char pole_report_style_sha256[];

/* The commonest of many, in order; of equal ones those that came first. */
typedef struct {
    uint32_t item;
    uint64_t calls;
} pole_top_entry;

typedef struct {
    pole_top_entry *entries;
    size_t capacity;
    size_t count;
} pole_top;

void pole_top_offer(pole_top *top, uint32_t item, uint64_t calls);

#define POLE_REPORT_POLES 20u

/* report_places.c: the hottest poles, for the map too. entries: room for POLE_REPORT_POLES. */
pole_top pole_report_hottest(const pole_tally *tally, pole_top_entry *entries);

/* report_status.c: how sure it all is. */
void pole_report_status(pole_page *page, const pole_tally *tally);
/* report_hours.c: when calls came; nothing where there was no column of times. */
void pole_report_hours(pole_page *page, const pole_tally *tally);
/* report_map.c */
void pole_report_map(pole_page *page, const pole_tally *tally, const pole_top *hottest);
/* report_places.c: poles, streets. */
void pole_report_places(pole_page *page, const pole_tally *tally, const pole_top *hottest);
/* report_places.c */
void pole_report_stations(pole_page *page, const pole_tally *tally);

#endif
