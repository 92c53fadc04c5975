/* SPDX-License-Identifier: MIT
 * The match of a row, put together. */
#ifndef MATCH_ROW_MATCH_H
#define MATCH_ROW_MATCH_H

#include <polelookup/match.h>

#include "index/index.h"

/* A match of nothing yet, struct_size set. */
void pole_match_clear(pole_row_match *match);

/* A match that says malformed. */
void pole_match_malformed(const pole_index *index, pole_row_match *match);

/* Tells the station in a role (0: the chosen one) of those of a place. */
void pole_match_station(const pole_station_hit *hits, size_t count, int32_t role,
                        pole_row_match *match);

/* Tells the place and station of a pole, whose code with its scope is known. */
void pole_match_place(const pole_index *index, pole_row row, pole_code code, int32_t station_role,
                      pole_row_match *match);

#endif
