/* SPDX-License-Identifier: MIT
 * The position of a row of poles or stations: its one Point, or two of its columns. */
#include "base/decimal.h"
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
    *axes =
        (pole_axes){POLE_COLUMN_ROLES, POLE_COLUMN_ROLES, degrees_mapped || lengths_mapped, false};
    if (degrees && lengths && degrees_mapped == lengths_mapped) {
        const pole_status status =
            pole_fail(error, POLE_BAD_INPUT, "the table has both lat, lon and x, y");
        pole_fail_hint(error, "say which to take: --map lat=NAME --map lon=NAME, or x and y");
        return status;
    }
    if (degrees && (!lengths || degrees_mapped))
        *axes = (pole_axes){POLE_COLUMN_LON, POLE_COLUMN_LAT, axes->mapped, false};
    else if (lengths)
        *axes = (pole_axes){POLE_COLUMN_X, POLE_COLUMN_Y, axes->mapped, false};
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

static void judge_axes(pole_builder *builder, const pole_row_place *place, const pole_axes *axes,
                       const pole_given_position *given, pole_vertex at)
{
    const pole_given_position exchanged = {given->y_text, given->x_text, given->y, given->x, true};
    pole_vertex other;
    if (pole_frame_read(builder->frames + place->table, &exchanged, &other) != POLE_PLACE_SOUND)
        return;
    char lat[32], lon[32], other_lat[32], other_lon[32];
    pole_scaled_to_text(at.lat_e7, 7, lat);
    pole_scaled_to_text(at.lon_e7, 7, lon);
    pole_scaled_to_text(other.lat_e7, 7, other_lat);
    pole_scaled_to_text(other.lon_e7, 7, other_lon);
    const pole_complaint complaint =
        pole_complain(POLE_FINDING_LOOKS_SWAPPED, axes->y_role, (pole_span){NULL, 0},
                      "give --bounds: rows outside are then refused");
    pole_remark(&builder->reporter, place, &complaint,
                "taken to lie at latitude %s, longitude %s; were x and y exchanged in the table, "
                "it would be latitude %s, longitude %s",
                lat, lon, other_lat, other_lon);
}

pole_status pole_take_position(pole_builder *builder, const pole_row_place *place, pole_axes *axes,
                               pole_vertex *at)
{
    const pole_frame *frame = builder->frames + place->table;
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
    const pole_status status =
        pole_frame_take(frame, &builder->reporter, place, axes->x_role, axes->y_role, &given, at);
    if (status == POLE_OK && !axes->judged && !frame->is_geographic && !frame->has_bounds) {
        judge_axes(builder, place, axes, &given, *at);
        axes->judged = true;
    }
    return status;
}
