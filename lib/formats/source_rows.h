/* SPDX-License-Identifier: MIT
 * The inside of a table being read, shared by source.c (what a file is) and source_csv.c,
 * source_geojson.c, source_vector.c (its rows) and source_fault.c (what is wrong with them). */
#ifndef FORMATS_SOURCE_ROWS_H
#define FORMATS_SOURCE_ROWS_H

#include "base/disk.h"
#include "formats/source.h"
#include "formats/text_store.h"

/* Where a cell of the current row is, in a GeoJSON table. */
typedef struct {
    uint64_t line;
    uint64_t file_offset;
} pole_cell_place;

struct pole_table {
    pole_allocator allocator;
    pole_table_options options;
    pole_table_format format;
    pole_span name;
    pole_text_store lasting; /* names of the file and of columns */

    pole_disk_reader *disk;
    pole_memory_bytes memory;
    uint8_t head[16]; /* the file's first bytes, looked at before they are read as text */
    size_t head_size;
    size_t head_at;
    pole_text_in *text; /* not for a foreign format */

    pole_span *columns;
    size_t column_capacity;
    size_t column_count;
    pole_span *cells;
    size_t cell_capacity;
    pole_cell_place *places; /* by column, GeoJSON only */
    size_t place_capacity;
    pole_table_row row;
    bool row_at_hand;

    pole_csv_reader *csv;
    pole_dialect dialect;
    size_t at;                   /* in the text's window: behind the current record */
    pole_csv_record record;      /* the current one */
    uint64_t record_offset;      /* text offset */
    uint64_t record_file_offset; /* of a record that was too long; known for no other */

    pole_geojson_reader *geojson;
    const pole_geojson_feature *feature;
    size_t next_column; /* where the next property is expected */

    pole_vector *vector;
    const pole_vector_info *vector_info;
    pole_shape vector_shape;

    pole_error failure; /* once failed, for good */
};

/* Rooms for `count` cells, or a column more; false: no memory. */
bool pole_table_room_for_cells(pole_table *table, size_t count);
bool pole_table_add_column(pole_table *table, pole_span name);

pole_status pole_table_no_memory(pole_error *error);

/* Begin: the columns; next: the next row into table->row, *found false at the end. */
pole_status pole_table_csv_begin(pole_table *table, pole_error *error);
pole_status pole_table_csv_next(pole_table *table, bool *found, pole_error *error);
pole_status pole_table_geojson_begin(pole_table *table, pole_error *error);
pole_status pole_table_geojson_next(pole_table *table, bool *found, pole_error *error);
pole_status pole_table_vector_begin(pole_table *table, const char *path, pole_error *error);
pole_status pole_table_vector_next(pole_table *table, bool *found, pole_error *error);

/* Where in its record's text a cell of a delimited table begins. */
size_t pole_table_csv_cell_start(const pole_table *table, size_t column);

#endif
