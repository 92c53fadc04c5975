/* SPDX-License-Identifier: MIT
 * What came of a log, on standard error: for people, or as one JSON object. */
#ifndef COMMAND_GEOCODE_SUMMARY_H
#define COMMAND_GEOCODE_SUMMARY_H

#include <polelookup/bulk.h>

#include "options.h"

typedef struct {
    const pole_geocoder *geocoder;
    pole_geocode_summary came;
    double seconds;
    const char *part; /* NULL, or where an interrupted run left off */
} geocode_outcome;

void show_geocode_summary(const command_options *options, const geocode_outcome *outcome);
void put_geocode_summary_json(const geocode_outcome *outcome);

/* "exact,corrected" as bits by POLE_EXACT, ...; false: a word is none. */
bool read_matches(const char *text, uint32_t *matches);

#endif
