/* SPDX-License-Identifier: MIT
 * What a run came to, as one page of HTML for people: how much of it is sure, when calls came, a
 * map, the poles, streets and stations that they came from.
 *
 * One file without scripts, links or network. Poles, streets, stations and hours with fewer than
 * three calls are told together, so that no single call can be found; rows that are not sure count
 * in no place, and are counted as such. No clock: the same tally gives the same bytes. */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "report/tally.h"

/* log_name: the table's base name, for the heading; may be empty. language: POLE_LANGUAGE_ZH, else
 * English. The tally must have been made with a report (POLE_INVALID_ARGUMENT). Else POLE_OK, what
 * the sink returned, or POLE_NO_MEMORY. Some tenths of a second and 5 MiB for a city. */
pole_status pole_report_write(const pole_tally *tally, pole_span log_name, int32_t language,
                              const pole_sink *sink, pole_error *error);

#endif
