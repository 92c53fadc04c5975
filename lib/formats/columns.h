/* SPDX-License-Identifier: MIT
 * From a table's header names to the roles that its columns play, by data/words/columns.tsv or by
 * a map that the user gives. Two candidates are an error that names both, never a guess. */
#ifndef FORMATS_COLUMNS_H
#define FORMATS_COLUMNS_H

#include <stdbool.h>

#include "base/memory.h"

/* The kinds of table, with the numbers of build.h's POLE_TABLE_...; and logs of calls, and of these
 * the time alone, so that two columns of time hinder nobody who does not ask for it. */
enum {
    POLE_COLUMNS_POLES = 1,
    POLE_COLUMNS_STATIONS = 2,
    POLE_COLUMNS_AREAS = 3,
    POLE_COLUMNS_CALLS = 4,
    POLE_COLUMNS_TIMES = 5
};

typedef enum {
    POLE_COLUMN_CODE,
    POLE_COLUMN_LAT,
    POLE_COLUMN_LON,
    POLE_COLUMN_X, /* easting or longitude */
    POLE_COLUMN_Y, /* northing or latitude */
    POLE_COLUMN_SCOPE,
    POLE_COLUMN_STREET,
    POLE_COLUMN_DISTRICT,
    POLE_COLUMN_NOTE,
    POLE_COLUMN_STATUS,
    POLE_COLUMN_SUCCESSOR,
    POLE_COLUMN_SURVEYED,
    POLE_COLUMN_ALIAS,
    POLE_COLUMN_ALIAS_OWNER,
    POLE_COLUMN_ID,
    POLE_COLUMN_NAME,
    POLE_COLUMN_PREFIX,
    POLE_COLUMN_KIND,
    POLE_COLUMN_GROUP,
    POLE_COLUMN_PHONE,
    POLE_COLUMN_STATION_ID,
    POLE_COLUMN_HINT_LAT,
    POLE_COLUMN_HINT_LON,
    POLE_COLUMN_HINT_RADIUS_M,
    POLE_COLUMN_HINT_LEVEL,
    POLE_COLUMN_HINT_CRS,
    POLE_COLUMN_ALSO,
    POLE_COLUMN_TIME,
    POLE_COLUMN_ROLES
} pole_column_role;

/* "code", "lat", ...: the role's canonical header name. Static. */
const char *pole_column_role_name(pole_column_role role);
/* "poles", "stations", "areas", "calls", "times". Static. */
const char *pole_columns_table_name(uint32_t table);

/* The role of a canonical name (exactly as written), POLE_COLUMN_ROLES for another. */
pole_column_role pole_column_role_by_name(pole_span name);
/* Whether a table of this kind has the role at all. */
bool pole_column_role_in_table(pole_column_role role, uint32_t table);

/* Whether the name is one that columns.tsv knows for any kind of table. */
bool pole_columns_known_name(pole_span name);

/* One assignment that the user gives: --map role=name. Borrowed. */
typedef struct {
    pole_column_role role;
    pole_span name;
} pole_column_map;

#define POLE_NO_COLUMN UINT32_MAX
typedef struct {
    uint32_t column[POLE_COLUMN_ROLES]; /* from 0, or POLE_NO_COLUMN */
} pole_column_roles;

/* Finds the columns of a table's roles. For each role, in this order: the map; the canonical name;
 * a synonym. Names are compared without case, blanks, '_', '-', '.', full-width forms, byte order
 * mark and a unit of degrees or metres in brackets ("经度(°)" is 经度, "经度(GCJ02)" is not); a
 * mapped name first as it stands. Of a GeoJSON table's columns a later call may find more.
 * POLE_BAD_INPUT: two columns fit one role equally well (both are named), a mapped column is not
 * there (those that are, are listed). POLE_INVALID_ARGUMENT: a role is mapped that this kind of
 * table has not, or twice. A role without a column is no error here: who needs it says so. Extra
 * columns are no error. */
pole_status pole_columns_find(uint32_t table, const pole_span *names, size_t name_count,
                              const pole_column_map *maps, size_t map_count,
                              pole_column_roles *roles, pole_error *error);

/* The names in quotes, for a message: as many as there is room for. */
typedef struct {
    char text[256];
} pole_column_list;
pole_column_list pole_columns_list(const pole_span *names, size_t name_count);

#endif
