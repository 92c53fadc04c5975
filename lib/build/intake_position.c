/* SPDX-License-Identifier: MIT
 * The position of a row of poles or stations: its one Point, or two of its columns. */
#include "base/status.h"
#include "build/cells.h"
#include "build/intake.h"

static bool is_mapped(const pole_column_map *maps, size_t count, pole_column_role role)
{
    for (size_t i = 0; i < count; i++)
        if (maps[i].role == role)
            return true;
    return false;
}

pole_status pole_choose_axes(const pole_column_roles *roles, const pole_column_map *maps,
                             size_t map_count, pole_axes *axes, pole_error *error)
{
    const bool degrees = roles->column[POLE_COLUMN_LAT] != POLE_NO_COLUMN &&
                         roles->column[POLE_COLUMN_LON] != POLE_NO_COLUMN;
    const bool lengths = roles->column[POLE_COLUMN_X] != POLE_NO_COLUMN &&
                         roles->column[POLE_COLUMN_Y] != POLE_NO_COLUMN;
    const bool degrees_mapped =
        is_mapped(maps, map_count, POLE_COLUMN_LAT) || is_mapped(maps, map_count, POLE_COLUMN_LON);
    const bool lengths_mapped =
        is_mapped(maps, map_count, POLE_COLUMN_X) || is_mapped(maps, map_count, POLE_COLUMN_Y);
    *axes = (pole_axes){POLE_COLUMN_ROLES, POLE_COLUMN_ROLES, degrees_mapped || lengths_mapped};
    if (degrees && lengths && degrees_mapped == lengths_mapped) {
        const pole_status status =
            pole_fail(error, POLE_BAD_INPUT, "the table has both lat, lon and x, y");
        pole_fail_hint(error, "say which to take: --map lat=NAME --map lon=NAME, or x and y");
        return status;
    }
    if (degrees && (!lengths || degrees_mapped))
        *axes = (pole_axes){POLE_COLUMN_LON, POLE_COLUMN_LAT, axes->mapped};
    else if (lengths)
        *axes = (pole_axes){POLE_COLUMN_X, POLE_COLUMN_Y, axes->mapped};
    return POLE_OK;
}

static pole_status take_point(pole_builder *builder, const pole_row_place *place,
                              const pole_shape *shape, pole_vertex *at)
{
    const bool point = shape->type == POLE_SHAPE_POINT || shape->type == POLE_SHAPE_MULTI_POINT;
    if (!point || shape->position_count != 1) {
        const pole_complaint complaint =
            pole_complain(POLE_FINDING_BAD_GEOMETRY, POLE_COLUMN_ROLES, (pole_span){NULL, 0}, NULL);
        return pole_refuse(&builder->reporter, place, &complaint,
                           "a pole or station is one Point, and this is a %s",
                           pole_shape_type_name(shape->type));
    }
    pole_given_position given = {.is_text = shape->positions != NULL};
    if (given.is_text) {
        given.x_text = shape->positions[0].x;
        given.y_text = shape->positions[0].y;
    } else {
        given.x = shape->xy[0];
        given.y = shape->xy[1];
    }
    return pole_frame_take(builder->frames + place->table, &builder->reporter, place,
                           POLE_COLUMN_LON, POLE_COLUMN_LAT, &given, at);
}

pole_status pole_take_position(pole_builder *builder, const pole_row_place *place,
                               const pole_axes *axes, pole_vertex *at)
{
    const pole_shape *shape = place->row->geometry;
    const bool has_columns = axes->x_role != POLE_COLUMN_ROLES;
    if (shape && shape->type != POLE_SHAPE_NONE && !(axes->mapped && has_columns))
        return take_point(builder, place, shape, at);
    if (!has_columns) {
        const pole_complaint complaint =
            pole_complain(POLE_FINDING_EMPTY_CELL, POLE_COLUMN_LAT, (pole_span){NULL, 0}, NULL);
        return pole_refuse(&builder->reporter, place, &complaint, "the row has no position");
    }
    const pole_given_position given = {.x_text = pole_cell(place, axes->x_role),
                                       .y_text = pole_cell(place, axes->y_role),
                                       .is_text = true};
    return pole_frame_take(builder->frames + place->table, &builder->reporter, place, axes->x_role,
                           axes->y_role, &given, at);
}
