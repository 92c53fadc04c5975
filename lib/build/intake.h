/* SPDX-License-Identifier: MIT
 * Rows of the three tables, as cells or as given by a call, to draft rows of a builder. Each
 * function takes a row or refuses it: POLE_OK, POLE_BAD_INPUT (refused and reported, the build
 * goes on), or a failure that ends the build, with reporter.error filled. */
#ifndef BUILD_INTAKE_H
#define BUILD_INTAKE_H

#include <polelookup/build.h>

#include "build/builder.h"

/* Where the coordinates of a row stand. */
typedef struct {
    pole_column_role x_role, y_role; /* POLE_COLUMN_ROLES: no such columns */
    bool mapped;                     /* by the user: they go before a geometry */
    bool judged;                     /* whether they may have been exchanged was looked at */
} pole_axes;

/* Chooses lat, lon or x, y. POLE_BAD_INPUT, with the message in error, when both pairs are there
 * and none was mapped. */
pole_status pole_choose_axes(const pole_column_roles *roles, const pole_column_map *maps,
                             size_t map_count, pole_axes *axes, pole_error *error);

/* The position of a row of poles or stations, which is one point. Lengths may be exchanged and
 * still be a place: where no bounds tell, the first row of a file that would be one both ways is
 * remarked on. */
pole_status pole_take_position(pole_builder *builder, const pole_row_place *place, pole_axes *axes,
                               pole_vertex *at);

/* A pole as given. The texts are untrimmed. */
typedef struct {
    pole_span code, scope, street, district, note, successor, alias, alias_owner;
    pole_span status, surveyed; /* as words, of a table; else empty */
    uint8_t state;              /* when status is empty */
    int32_t surveyed_days;      /* when surveyed is empty; POLE_NO_DATE: none */
} pole_given_pole;

pole_given_pole pole_given_pole_of_row(const pole_row_place *place);
/* Takes all but the position. */
pole_status pole_take_pole(pole_builder *builder, const pole_row_place *place,
                           const pole_given_pole *given, pole_vertex at);
/* A row of a table. */
pole_status pole_take_pole_row(pole_builder *builder, const pole_row_place *place, pole_axes *axes);

/* The same for stations. */
typedef struct {
    pole_span id, name, kind, phone, group, district, prefix, scope, successor;
} pole_given_station;
pole_status pole_take_station(pole_builder *builder, const pole_row_place *place,
                              const pole_given_station *given, pole_vertex at);
pole_status pole_take_station_row(pole_builder *builder, const pole_row_place *place,
                                  pole_axes *axes);

/* The same for areas: rings of vertices, as they came. roles: what each ring is said to be, 1 an
 * outer ring, 0 a hole of the outer ring before it; NULL: not said. remark: what was done to them
 * already, or NULL. */
typedef struct {
    pole_span station_id;
    const pole_vertex *vertices;
    const uint32_t *ring_sizes;
    const uint8_t *outer;
    uint32_t rings;
    const char *remark;
} pole_given_area;
pole_status pole_take_area(pole_builder *builder, const pole_row_place *place,
                           const pole_given_area *given);
pole_status pole_take_area_row(pole_builder *builder, const pole_row_place *place);

/* Reads a file of a kind of table. */
pole_status pole_take_file(pole_builder *builder, uint32_t table, const char *path);

#endif
