/* SPDX-License-Identifier: MIT
 * See added.h. */
#include "match/added.h"

#include <math.h>

#include "base/decimal.h"
#include "base/numerals.h"
#include "base/status.h"
#include "index/index.h"

static const char *const names_of[POLE_ADDED_COLUMNS] = {
    "match_status",       "match_code",       "match_lat",   "match_lon",
    "match_street",       "match_confidence", "station_id",  "station_name",
    "station_distance_m", "station_role",     "match_scope", "match_warnings"};

const char *pole_added_name(pole_added_column column)
{
    return names_of[column];
}

bool pole_added_is_number(pole_added_column column)
{
    return column == POLE_ADD_LAT || column == POLE_ADD_LON || column == POLE_ADD_CONFIDENCE ||
           column == POLE_ADD_STATION_DISTANCE;
}

bool pole_added_is_figures(pole_added_column column)
{
    return pole_added_is_number(column) || column == POLE_ADD_CODE;
}

static pole_status refuse(const char *name, const char *why, pole_error *error)
{
    pole_fail(error, POLE_INVALID_ARGUMENT, "the column '%.60s' %s", name, why);
    pole_fail_hint(error, "match_status code lat lon street confidence warnings scope, station_id "
                          "name distance_m role, each with its prefix");
    return POLE_INVALID_ARGUMENT;
}

pole_status pole_added_choose(const char *const *names, pole_added *added, pole_error *error)
{
    added->count = 0;
    for (uint8_t i = 0; names == NULL && i < POLE_ADDED_COLUMNS; i++)
        added->columns[added->count++] = i;
    for (; names && *names; names++) {
        uint8_t column = 0;
        while (column < POLE_ADDED_COLUMNS && strcmp(*names, names_of[column]) != 0)
            column++;
        if (column == POLE_ADDED_COLUMNS)
            return refuse(*names, "is none that can be added", error);
        if (memchr(added->columns, column, added->count))
            return refuse(*names, "is asked for twice", error);
        added->columns[added->count++] = column;
    }
    return POLE_OK;
}

static pole_span empty(void)
{
    return (pole_span){NULL, 0};
}

/* A posterior is never certain, whatever four decimals would make of it. */
#define MOST_TOLD 0.9999

/* The number of a column, and with how many decimals it is told. */
static double number_of(const pole_row_match *match, pole_added_column column, unsigned *places)
{
    switch (column) {
    case POLE_ADD_LAT:
        *places = 7;
        return match->at.lat_deg;
    case POLE_ADD_LON:
        *places = 7;
        return match->at.lon_deg;
    case POLE_ADD_CONFIDENCE:
        *places = 4;
        return match->confidence > MOST_TOLD ? MOST_TOLD : match->confidence;
    default:
        *places = 1;
        return match->station_distance_m;
    }
}

static pole_span scaled(const pole_row_match *match, pole_added_column column, char *room)
{
    unsigned places;
    const double value = number_of(match, column, &places);
    if (isnan(value))
        return empty();
    return (pole_span){room, pole_double_to_text(value, places, room)};
}

double pole_added_number(const pole_row_match *match, pole_added_column column)
{
    static const double powers[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7};
    unsigned places;
    int64_t whole;
    const double value = number_of(match, column, &places);
    if (!(fabs(value) <= 1e9) || (!pole_double_to_scaled_plainly(value, powers[places], &whole) &&
                                  !pole_double_to_scaled(value, places, &whole)))
        return (double)NAN;
    /* Both are whole and below 2^53: their quotient is the double next to the decimal. */
    return (double)whole / powers[places];
}

/* As the index has it, which spares a way through doubles. */
static pole_span degrees(int32_t value_e7, char *room)
{
    return (pole_span){room, pole_e7_to_text(value_e7, room)};
}

static pole_span code_of(const pole_row_match *match, char *room)
{
    pole_digits_write(match->code.number, match->code.digits, room);
    return (pole_span){room, match->code.digits};
}

static pole_span station_text(const pole_index *index, pole_station_number number, bool name)
{
    if (number == POLE_NO_STATION)
        return empty();
    return pole_strings_at(&index->strings, name ? pole_station_name(&index->stations, number)
                                                 : pole_station_id(&index->stations, number));
}

static pole_span street_of(const pole_index *index, pole_row row)
{
    if (row == POLE_NO_ROW)
        return empty();
    return pole_strings_at(&index->strings,
                           pole_attribute_at(&index->attributes, POLE_ATTRIBUTE_STREET, row));
}

static pole_span scope_of(const pole_index *index, const pole_row_match *match)
{
    pole_span name = empty();
    if (match->code.digits > 0 && match->code.scope > 0 &&
        pole_index_scope(index, match->code.scope, &name) != POLE_OK)
        return empty();
    return name;
}

static size_t append(char *room, size_t at, const char *word)
{
    const pole_span text = pole_span_of(word);
    if (at > 0)
        room[at++] = ';';
    memcpy(room + at, text.data, text.size_bytes);
    return at + text.size_bytes;
}

/* The warnings of an answer, and what a row has besides. All of them together have room. */
static pole_span warnings_of(const pole_row_match *match, char *room)
{
    static const char *const flags[] = {"evidence_unread", "guess", "decided"};
    size_t at = 0;
    for (uint32_t left = match->warnings; left != 0; left &= left - 1) {
        const char *name = pole_warning_name(left & -left);
        if (name)
            at = append(room, at, name);
    }
    for (unsigned i = 0; i < sizeof flags / sizeof *flags; i++)
        if (match->flags & 1u << i)
            at = append(room, at, flags[i]);
    return (pole_span){room, at};
}

pole_span pole_added_text(const pole_index *index, const pole_row_match *match,
                          pole_added_column column, char *room)
{
    switch (column) {
    case POLE_ADD_STATUS:
        return pole_span_of(pole_match_name(match->match));
    case POLE_ADD_CODE:
        return code_of(match, room);
    case POLE_ADD_STREET:
        return street_of(index, match->row);
    case POLE_ADD_LAT:
        if (match->row == POLE_NO_ROW)
            return scaled(match, column, room);
        return degrees(pole_position_lat_e7(&index->positions, match->row), room);
    case POLE_ADD_LON:
        if (match->row == POLE_NO_ROW)
            return scaled(match, column, room);
        return degrees(pole_position_lon_e7(&index->positions, match->row), room);
    case POLE_ADD_CONFIDENCE:
    case POLE_ADD_STATION_DISTANCE:
        return scaled(match, column, room);
    case POLE_ADD_STATION_ID:
        return station_text(index, match->station, false);
    case POLE_ADD_STATION_NAME:
        return station_text(index, match->station, true);
    case POLE_ADD_STATION_ROLE:
        return match->station_role == 0 ? empty()
                                        : pole_span_of(pole_role_name(match->station_role));
    case POLE_ADD_SCOPE:
        return scope_of(index, match);
    case POLE_ADD_WARNINGS:
        return warnings_of(match, room);
    case POLE_ADDED_COLUMNS:
        break;
    }
    return empty();
}
