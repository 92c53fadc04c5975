/* SPDX-License-Identifier: MIT
 *
 * Rows of a foreign format, as an adapter gives them. */
#include "base/status.h"
#include "formats/source_rows.h"

pole_status pole_table_vector_begin(pole_table *table, const char *path, pole_error *error)
{
    const pole_status status = table->options.adapters->vector_open(
        path, NULL, &table->allocator, &table->vector, &table->vector_info, error);
    if (status != POLE_OK)
        return status;
    for (uint32_t i = 0; i < table->vector_info->field_count; i++) {
        if (!pole_table_add_column(table, table->vector_info->fields[i]))
            return pole_table_no_memory(error);
    }
    return POLE_OK;
}

static void take_geometry(pole_table *table, const pole_vector_feature *feature)
{
    pole_shape *shape = &table->vector_shape;
    memset(shape, 0, sizeof *shape);
    switch (feature->geometry) {
    case POLE_VECTOR_NONE:
        shape->type = POLE_SHAPE_NONE;
        break;
    case POLE_VECTOR_POINT:
        shape->type = POLE_SHAPE_POINT;
        break;
    case POLE_VECTOR_POLYGONS:
        shape->type = POLE_SHAPE_MULTI_POLYGON;
        break;
    default:
        shape->type = POLE_SHAPE_OTHER;
    }
    shape->xy = feature->coordinates;
    shape->position_count = feature->vertex_count;
    shape->ring_ends = feature->ring_ends;
    shape->ring_count = feature->ring_count;
    shape->polygon_ends = feature->polygon_ends;
    shape->polygon_count = feature->polygon_count;
}

pole_status pole_table_vector_next(pole_table *table, bool *found, pole_error *error)
{
    const pole_vector_feature *feature;
    const pole_status status = table->options.adapters->vector_next(table->vector, &feature, error);
    if (status == POLE_NOT_FOUND)
        return POLE_OK;
    if (status != POLE_OK)
        return status;
    pole_table_row *row = &table->row;
    take_geometry(table, feature);
    row->line = feature->id >= 0 ? (uint64_t)feature->id : 0;
    row->line_end = row->line;
    row->cells = feature->values;
    row->cell_count = table->column_count;
    row->geometry = &table->vector_shape;
    if (table->vector_shape.type == POLE_SHAPE_NONE)
        row->feature_faults = POLE_FEATURE_NO_GEOMETRY;
    if (table->vector_shape.type == POLE_SHAPE_OTHER) {
        row->feature_faults = POLE_FEATURE_GEOMETRY_TYPE;
        row->faults = POLE_ROW_FEATURE;
    }
    *found = true;
    return POLE_OK;
}
