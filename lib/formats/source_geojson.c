/* SPDX-License-Identifier: MIT
 *
 * Features as rows: each name of a property is a column, found where the feature before had it. */
#include "base/status.h"
#include "formats/source_rows.h"

#define MOST_COLUMNS ((size_t)POLE_CSV_MAX_CELLS)

pole_status pole_table_geojson_begin(pole_table *table, pole_error *error)
{
    const pole_status status =
        pole_geojson_reader_new(table->text, &table->allocator, &table->geojson);
    return status == POLE_OK ? status : pole_table_no_memory(error);
}

/* The column of a name, or the count of columns when it is new. The search begins behind the last
 * one found, since features list their properties in one order. */
static size_t find_column(pole_table *table, pole_span name)
{
    const size_t count = table->column_count;
    for (size_t i = 0; i < count; i++) {
        size_t column = table->next_column + i;
        if (column >= count)
            column -= count;
        if (pole_span_equal(table->columns[column], name)) {
            table->next_column = column + 1 < count ? column + 1 : 0;
            return column;
        }
    }
    return count;
}

static bool room_for_places(pole_table *table, size_t count)
{
    void *places = table->places;
    if (!pole_grow_array(&table->allocator, &places, &table->place_capacity, count,
                         sizeof *table->places))
        return false;
    table->places = places;
    return true;
}

static void clear_cells(pole_table *table, size_t from, size_t to)
{
    const pole_cell_place place = {table->feature->line, table->feature->file_offset};
    for (size_t i = from; i < to; i++) {
        table->cells[i] = (pole_span){NULL, 0};
        table->places[i] = place;
    }
}

/* Puts a property into its column. *full: there are too many columns. */
static bool place_property(pole_table *table, const pole_geojson_property *property, bool *full)
{
    const size_t before = table->column_count;
    const size_t column = find_column(table, property->name);
    if (column == before) {
        *full = *full || before == MOST_COLUMNS;
        if (before == MOST_COLUMNS)
            return true;
        if (!pole_table_add_column(table, property->name) ||
            !pole_table_room_for_cells(table, before + 1) || !room_for_places(table, before + 1))
            return false;
        clear_cells(table, before, before + 1);
        table->next_column = 0;
    }
    if (property->kind != POLE_JSON_NULL)
        table->cells[column] = property->text;
    table->places[column] = (pole_cell_place){property->line, property->file_offset};
    return true;
}

pole_status pole_table_geojson_next(pole_table *table, bool *found, pole_error *error)
{
    const pole_status status = pole_geojson_next(table->geojson, &table->feature, error);
    if (status != POLE_OK || !table->feature)
        return status;
    const pole_geojson_feature *feature = table->feature;
    pole_table_row *row = &table->row;
    bool full = false;
    table->next_column = 0;
    if (!pole_table_room_for_cells(table, table->column_count) ||
        !room_for_places(table, table->column_count))
        return pole_table_no_memory(error);
    clear_cells(table, 0, table->column_count);
    for (size_t i = 0; i < feature->property_count; i++) {
        if (!place_property(table, &feature->properties[i], &full))
            return pole_table_no_memory(error);
    }
    row->line = feature->line;
    row->line_end = feature->line_end;
    row->cells = table->cells;
    row->cell_count = table->column_count;
    row->geometry = &feature->geometry;
    row->feature_faults = feature->faults | (full ? POLE_FEATURE_TOO_MANY : 0);
    if (row->feature_faults & ~(uint32_t)POLE_FEATURE_NO_GEOMETRY)
        row->faults |= POLE_ROW_FEATURE;
    if (row->feature_faults & POLE_FEATURE_BAD_BYTES)
        row->faults |= POLE_ROW_BAD_BYTES;
    *found = true;
    return POLE_OK;
}
