/* SPDX-License-Identifier: MIT
 * A feature of the area table to the rings of a draft area. */
#include "build/cells.h"
#include "build/intake.h"
#include "build/repair.h"
#include "build/taken.h"

#include "base/decimal.h"
#include "base/status.h"
#include "base/utf8.h"

static pole_status append(pole_builder *builder, const pole_row_place *place,
                          pole_text_number station, const pole_area_rings *area)
{
    pole_area_rows *areas = &builder->areas;
    if (areas->count >= POLE_NO_ROW - 1 || area->ring_count > UINT32_MAX - areas->ring_count ||
        area->vertex_count > UINT32_MAX - areas->vertex_count)
        return pole_fail(&builder->reporter.error, POLE_LIMIT,
                         "the areas are too many for an index");
    if (!pole_grow_array(&builder->allocator, (void **)&areas->rows, &areas->row_capacity,
                         areas->count + 1, sizeof *areas->rows) ||
        !pole_grow_array(&builder->allocator, (void **)&areas->ring_sizes, &areas->ring_capacity,
                         areas->ring_count + area->ring_count, sizeof *areas->ring_sizes) ||
        !pole_grow_array(&builder->allocator, (void **)&areas->vertices, &areas->vertex_capacity,
                         areas->vertex_count + area->vertex_count, sizeof *areas->vertices))
        return pole_builder_no_memory(builder);
    const pole_status status = pole_keep_row(builder, &areas->kept, place->row);
    if (status != POLE_OK)
        return status;
    areas->rows[areas->count++] = (pole_area_row){station,
                                                  (uint32_t)area->ring_count,
                                                  areas->ring_count,
                                                  areas->vertex_count,
                                                  area->vertex_count,
                                                  place->origin};
    for (size_t i = 0; i < area->ring_count; i++)
        areas->ring_sizes[areas->ring_count++] = area->rings[i].count;
    memcpy(areas->vertices + areas->vertex_count, area->vertices,
           area->vertex_count * sizeof *area->vertices);
    areas->vertex_count += area->vertex_count;
    return POLE_OK;
}

static pole_status refuse_shape(pole_builder *builder, const pole_row_place *place,
                                const char *fault, pole_vertex at, const char *hint)
{
    char lat[32], lon[32];
    pole_scaled_to_text(at.lat_e7, 7, lat);
    pole_scaled_to_text(at.lon_e7, 7, lon);
    const pole_complaint complaint =
        pole_complain(POLE_FINDING_BAD_GEOMETRY, POLE_COLUMN_ROLES, (pole_span){NULL, 0}, hint);
    return pole_refuse(&builder->reporter, place, &complaint,
                       "the area is not sound: %s, at latitude %s, longitude %s", fault, lat, lon);
}

/* Rings that are not sound, through the adapter. */
static pole_status mend(pole_builder *builder, const pole_row_place *place, pole_area_rings *area,
                        const char *fault, pole_vertex at)
{
    if (!area->roles_known && area->ring_count > 1)
        return refuse_shape(builder, place, fault, at, "give the area as sound rings");
    if (!area->roles_known && area->ring_count == 1)
        area->rings[0].is_outer = true;
    bool mended;
    char reason[128];
    pole_error error = {0};
    const pole_status status = pole_area_mend(area, builder->adapters, &mended, reason, &error);
    if (status == POLE_UNSUPPORTED)
        return refuse_shape(builder, place, fault, at,
                            "mend it in a GIS, or build with libpolelookup_geo, which mends it");
    if (status == POLE_NO_MEMORY)
        return pole_builder_no_memory(builder);
    if (status != POLE_OK)
        return refuse_shape(builder, place, fault, at, "it cannot be mended: draw it again");
    if (mended) {
        const pole_complaint complaint =
            pole_complain(POLE_FINDING_MENDED_GEOMETRY, POLE_COLUMN_ROLES, (pole_span){NULL, 0},
                          "look at it on a map");
        pole_remark(&builder->reporter, place, &complaint, "the area was mended: %s (%s)", fault,
                    pole_show(pole_span_of(reason)).text);
    }
    return POLE_OK;
}

static pole_status collect(pole_builder *builder, const pole_given_area *given,
                           pole_area_rings *area)
{
    size_t first = 0;
    uint32_t outer = 0;
    area->roles_known = given->outer != NULL;
    for (uint32_t ring = 0; ring < given->rings; ring++) {
        const bool is_outer = given->outer && given->outer[ring];
        outer = is_outer ? ring : outer;
        const pole_status status = pole_area_rings_add(area, given->vertices + first,
                                                       given->ring_sizes[ring], is_outer, outer);
        if (status == POLE_LIMIT)
            return pole_fail(&builder->reporter.error, status,
                             "the areas are too many for an index");
        if (status != POLE_OK)
            return pole_builder_no_memory(builder);
        first += given->ring_sizes[ring];
    }
    return POLE_OK;
}

static pole_status take_rings(pole_builder *builder, const pole_row_place *place,
                              const pole_given_area *given, pole_text_number station,
                              pole_area_rings *area)
{
    pole_status status = collect(builder, given, area);
    if (status != POLE_OK)
        return status;
    const char *fault;
    pole_vertex at;
    bool mendable;
    if (pole_area_judge(area, &fault, &at, &mendable) != POLE_OK)
        return pole_builder_no_memory(builder);
    if (fault && !mendable)
        return refuse_shape(builder, place, fault, at, "cut it in two");
    if (fault)
        status = mend(builder, place, area, fault, at);
    if (status != POLE_OK)
        return status;
    if (pole_area_normalise(area) != POLE_OK)
        return pole_builder_no_memory(builder);
    if (given->remark) {
        const pole_complaint complaint =
            pole_complain(POLE_FINDING_MENDED_GEOMETRY, POLE_COLUMN_ROLES, (pole_span){NULL, 0},
                          "look at it on a map");
        pole_remark(&builder->reporter, place, &complaint, "%s", given->remark);
    }
    return append(builder, place, station, area);
}

pole_status pole_take_area(pole_builder *builder, const pole_row_place *place,
                           const pole_given_area *given)
{
    pole_text_number station;
    pole_status status = pole_take_text(&builder->texts, &builder->reporter, place,
                                        POLE_COLUMN_STATION_ID, given->station_id, &station);
    if (status != POLE_OK)
        return status;
    if (station == 0) {
        const pole_complaint complaint = pole_complain(
            POLE_FINDING_EMPTY_CELL, POLE_COLUMN_STATION_ID, (pole_span){NULL, 0}, NULL);
        return pole_refuse(&builder->reporter, place, &complaint, "the area's station is empty");
    }
    pole_area_rings area;
    pole_area_rings_init(&area, &builder->allocator);
    status = take_rings(builder, place, given, station, &area);
    pole_area_rings_free(&area);
    return status;
}

/* The positions of a shape as vertices; a position that is none refuses the row. */
static pole_status read_vertices(pole_builder *builder, const pole_row_place *place,
                                 const pole_shape *shape, pole_vertex *vertices)
{
    const pole_frame *frame = builder->frames + POLE_TABLE_AREAS;
    for (size_t i = 0; i < shape->position_count; i++) {
        pole_given_position given = {.is_text = shape->positions != NULL};
        if (given.is_text) {
            given.x_text = shape->positions[i].x;
            given.y_text = shape->positions[i].y;
        } else {
            given.x = shape->xy[2 * i];
            given.y = shape->xy[2 * i + 1];
        }
        const pole_place_fault fault = pole_frame_read(frame, &given, vertices + i);
        if (fault != POLE_PLACE_SOUND && fault != POLE_PLACE_ZERO)
            return pole_refuse_position(frame, &builder->reporter, place, POLE_COLUMN_LON,
                                        POLE_COLUMN_LAT, &given, fault);
    }
    return POLE_OK;
}

static pole_status take_shape(pole_builder *builder, const pole_row_place *place,
                              const pole_shape *shape, pole_vertex *vertices, uint32_t *ring_sizes,
                              uint8_t *outer)
{
    const pole_status status = read_vertices(builder, place, shape, vertices);
    if (status != POLE_OK)
        return status;
    uint32_t ring = 0, first = 0;
    for (size_t polygon = 0; polygon < shape->polygon_count; polygon++) {
        for (const uint32_t begin = ring; ring < shape->polygon_ends[polygon]; ring++) {
            outer[ring] = ring == begin;
            ring_sizes[ring] = shape->ring_ends[ring] - first;
            first = shape->ring_ends[ring];
        }
    }
    const bool unclosed = place->row->feature_faults & POLE_FEATURE_UNCLOSED_RING;
    const pole_given_area given = {.station_id = pole_cell(place, POLE_COLUMN_STATION_ID),
                                   .vertices = vertices,
                                   .ring_sizes = ring_sizes,
                                   .outer = outer,
                                   .rings = ring,
                                   .remark =
                                       unclosed ? "a ring that was not closed was closed" : NULL};
    return pole_take_area(builder, place, &given);
}

pole_status pole_take_area_row(pole_builder *builder, const pole_row_place *place)
{
    const pole_shape *shape = place->row->geometry;
    if (shape == NULL || shape->type == POLE_SHAPE_NONE) {
        const pole_complaint complaint =
            pole_complain(POLE_FINDING_EMPTY_CELL, POLE_COLUMN_ROLES, (pole_span){NULL, 0}, NULL);
        return pole_refuse(&builder->reporter, place, &complaint, "the area has no geometry");
    }
    if (shape->type != POLE_SHAPE_POLYGON && shape->type != POLE_SHAPE_MULTI_POLYGON) {
        const pole_complaint complaint = pole_complain(POLE_FINDING_BAD_GEOMETRY, POLE_COLUMN_ROLES,
                                                       (pole_span){NULL, 0}, "areas are polygons");
        return pole_refuse(&builder->reporter, place, &complaint,
                           "an area is a Polygon or MultiPolygon, and this is a %s",
                           pole_shape_type_name(shape->type));
    }
    const pole_allocator *allocator = &builder->allocator;
    pole_vertex *vertices = pole_allocate_array(allocator, shape->position_count, sizeof *vertices);
    uint32_t *ring_sizes = pole_allocate_array(allocator, shape->ring_count, sizeof *ring_sizes);
    uint8_t *outer = pole_allocate_array(allocator, shape->ring_count, sizeof *outer);
    const pole_status status = vertices && ring_sizes && outer
                                   ? take_shape(builder, place, shape, vertices, ring_sizes, outer)
                                   : pole_builder_no_memory(builder);
    pole_release(allocator, vertices);
    pole_release(allocator, ring_sizes);
    pole_release(allocator, outer);
    return status;
}
