/* SPDX-License-Identifier: MIT
 *
 * What several tables tell of a pole and of the station to send there. */
#ifndef POLELOOKUP_SQLITE_POLES_H
#define POLELOOKUP_SQLITE_POLES_H

#include "connection.h"

/* "active", "moved", "removed". */
const char *state_name(int32_t state);

/* The station to send, of what an answer or a pole has; NULL: there is none. */
const pole_station_hit *chosen_station(const pole_station_hit *hits, size_t count);

/* Columns of a station, in the order that every table has them in. */
enum { STATION_ID, STATION_NAME, STATION_PHONE, STATION_ROLE, STATION_DISTANCE, STATION_COLUMNS };
#define STATION_COLUMN_NAMES                                                                       \
    "station_id, station_name, station_phone, station_role, station_distance_m"

/* hit: NULL leaves the column NULL. */
void result_station(sqlite3_context *call, const pole_index *index, const pole_station_hit *hit,
                    int column);

/* A day since 1970 as "2008-06-30"; NULL for none. */
void result_day(sqlite3_context *call, int32_t days);

#endif
