/* SPDX-License-Identifier: MIT
 * From a table's header names to the roles that its columns play, by data/words/columns.tsv or by
 * a map that the user gives. Two candidates are an error that names both, never a guess. */
#ifndef FORMATS_COLUMNS_H
#define FORMATS_COLUMNS_H

#include <stdbool.h>

#include "base/memory.h"

typedef enum { POLE_TABLE_POLES, POLE_TABLE_STATIONS, POLE_TABLE_AREAS } pole_table_kind;

typedef enum {
    POLE_ROLE_CODE,
    POLE_ROLE_LAT,
    POLE_ROLE_LON,
    POLE_ROLE_X, /* easting or longitude */
    POLE_ROLE_Y, /* northing or latitude */
    POLE_ROLE_SCOPE,
    POLE_ROLE_STREET,
    POLE_ROLE_DISTRICT,
    POLE_ROLE_NOTE,
    POLE_ROLE_STATUS,
    POLE_ROLE_SUCCESSOR,
    POLE_ROLE_SURVEYED,
    POLE_ROLE_ALIAS,
    POLE_ROLE_ALIAS_OWNER,
    POLE_ROLE_ID,
    POLE_ROLE_NAME,
    POLE_ROLE_PREFIX,
    POLE_ROLE_KIND,
    POLE_ROLE_GROUP,
    POLE_ROLE_PHONE,
    POLE_ROLE_STATION_ID,
    POLE_ROLE_COUNT
} pole_role;

/* "code", "lat", ...: the role's canonical header name. Static. */
const char *pole_role_name(pole_role role);
/* "poles", "stations", "areas". Static. */
const char *pole_table_kind_name(pole_table_kind kind);

/* The role of a canonical name (exactly as written), POLE_ROLE_COUNT for another. */
pole_role pole_role_by_name(pole_span name);
/* Whether a table of this kind has the role at all. */
bool pole_role_in_table(pole_role role, pole_table_kind kind);

/* Whether the name is one that columns.tsv knows for any kind of table. */
bool pole_columns_known_name(pole_span name);

/* One assignment that the user gives: --map role=name. Borrowed. */
typedef struct {
    pole_role role;
    pole_span name;
} pole_column_map;

#define POLE_NO_COLUMN UINT32_MAX
typedef struct {
    uint32_t column[POLE_ROLE_COUNT]; /* from 0, or POLE_NO_COLUMN */
} pole_column_roles;

/* Finds the columns of a table's roles. For each role, in this order: the map; the canonical name;
 * a synonym. Names are compared without case, blanks, '_', '-', '.', full-width forms, byte order
 * mark and a unit in brackets ("经度(°)" is 经度); a mapped name first as it stands.
 * POLE_BAD_INPUT: two columns fit one role equally well (both are named), a mapped column is not
 * there (those that are, are listed), two roles are mapped to one column. POLE_INVALID_ARGUMENT: a
 * role is mapped that this kind of table has not, or twice. A role without a column is no error
 * here: who needs it says so. Extra columns are no error. */
pole_status pole_columns_find(pole_table_kind kind, const pole_span *names, size_t name_count,
                              const pole_column_map *maps, size_t map_count,
                              const pole_allocator *allocator, pole_column_roles *roles,
                              pole_error *error);

#endif
