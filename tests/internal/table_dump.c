/* SPDX-License-Identifier: MIT
 *
 * Prints a table as the library reads it, one JSON object a row, for tests in Python that compare
 * it with other readers: table_dump FILE [csv DELIMITER QUOTE ENCODING yes|no] */
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "formats/json_out.h"
#include "formats/source.h"

static void print(pole_buffer *out)
{
    fwrite(out->bytes, 1, out->size, stdout);
    pole_buffer_clear(out);
}

static void write_shape(pole_json_writer *json, const pole_shape *shape)
{
    pole_json_key(json, "type");
    pole_json_text(json, pole_shape_type_name(shape->type));
    pole_json_key(json, "positions");
    pole_json_begin_array(json);
    for (size_t i = 0; i < shape->position_count; i++) {
        pole_json_raw(json, shape->positions[i].x);
        pole_json_raw(json, shape->positions[i].y);
    }
    pole_json_end_array(json);
    pole_json_key(json, "ring_ends");
    pole_json_begin_array(json);
    for (size_t i = 0; i < shape->ring_count; i++)
        pole_json_u64(json, shape->ring_ends[i]);
    pole_json_end_array(json);
    pole_json_key(json, "polygon_ends");
    pole_json_begin_array(json);
    for (size_t i = 0; i < shape->polygon_count; i++)
        pole_json_u64(json, shape->polygon_ends[i]);
    pole_json_end_array(json);
}

static void write_row(pole_json_writer *json, const pole_table *table, const pole_table_row *row)
{
    pole_json_begin_object(json);
    pole_json_key(json, "line");
    pole_json_u64(json, row->line);
    pole_json_key(json, "line_end");
    pole_json_u64(json, row->line_end);
    pole_json_key(json, "faults");
    pole_json_u64(json, row->faults);
    pole_json_key(json, "feature_faults");
    pole_json_u64(json, row->feature_faults);
    pole_json_key(json, "cells");
    pole_json_begin_array(json);
    for (size_t i = 0; i < row->cell_count; i++) {
        if (row->cells[i].data)
            pole_json_string(json, row->cells[i]);
        else
            pole_json_null(json);
    }
    pole_json_end_array(json);
    pole_json_key(json, "offsets");
    pole_json_begin_array(json);
    for (size_t i = 0; i < row->cell_count; i++)
        pole_json_u64(json, pole_table_cell_offset(table, i));
    pole_json_end_array(json);
    pole_json_key(json, "lines");
    pole_json_begin_array(json);
    for (size_t i = 0; i < row->cell_count; i++)
        pole_json_u64(json, pole_table_cell_line(table, i));
    pole_json_end_array(json);
    pole_error fault;
    if (pole_table_fault(table, &fault) != POLE_OK) {
        pole_json_key(json, "fault");
        pole_json_text(json, fault.message);
        pole_json_key(json, "fault_line");
        pole_json_u64(json, fault.line);
        pole_json_key(json, "fault_column");
        pole_json_u64(json, fault.column);
        pole_json_key(json, "fault_offset");
        pole_json_u64(json, fault.offset_bytes);
    }
    if (row->geometry)
        write_shape(json, row->geometry);
    pole_json_end_object(json);
    pole_json_end_line(json);
}

static void write_summary(pole_json_writer *json, const pole_table *table)
{
    const pole_table_summary summary = pole_table_summarize(table);
    size_t count;
    const pole_span *columns = pole_table_columns(table, &count);
    char hash[33];
    pole_hash_to_text(summary.hash, hash);
    pole_json_begin_object(json);
    pole_json_key(json, "columns");
    pole_json_begin_array(json);
    for (size_t i = 0; i < count; i++)
        pole_json_string(json, columns[i]);
    pole_json_end_array(json);
    pole_json_key(json, "name");
    pole_json_string(json, summary.name);
    pole_json_key(json, "hash");
    pole_json_text(json, hash);
    pole_json_key(json, "size_bytes");
    pole_json_u64(json, summary.size_bytes);
    pole_json_key(json, "mtime_s");
    pole_json_i64(json, summary.mtime_s);
    pole_json_key(json, "rows");
    pole_json_u64(json, summary.row_count);
    pole_json_key(json, "encoding");
    pole_json_text(json, pole_encoding_name(summary.encoding));
    if (summary.format == POLE_FORMAT_CSV) {
        pole_json_key(json, "delimiter");
        pole_json_string(json, (pole_span){&summary.dialect.delimiter, 1});
        pole_json_key(json, "quote");
        pole_json_string(json, (pole_span){&summary.dialect.quote, 1});
        pole_json_key(json, "header");
        pole_json_bool(json, summary.dialect.header == POLE_HEADER_YES);
    }
    pole_json_key(json, "crs");
    pole_json_string(json, summary.crs);
    pole_json_end_object(json);
    pole_json_end_line(json);
}

static int fail(const pole_error *error)
{
    pole_buffer out;
    pole_json_writer json;
    pole_buffer_init(&out, NULL);
    pole_json_writer_init(&json, &out);
    pole_json_begin_object(&json);
    pole_json_key(&json, "error");
    pole_json_text(&json, error->message);
    pole_json_key(&json, "hint");
    pole_json_text(&json, error->hint);
    pole_json_key(&json, "status");
    pole_json_text(&json, pole_status_name(error->status));
    pole_json_key(&json, "line");
    pole_json_u64(&json, error->line);
    pole_json_key(&json, "offset");
    pole_json_u64(&json, error->offset_bytes);
    pole_json_end_object(&json);
    pole_json_end_line(&json);
    print(&out);
    pole_buffer_free(&out);
    return 1;
}

int main(int argc, char **argv)
{
    pole_table_options options = POLE_TABLE_DEFAULTS;
    pole_table *table;
    const pole_table_row *row;
    pole_error error;
    if (argc != 2 && argc != 7)
        return 2;
    if (argc == 7) {
        options.format = strcmp(argv[2], "csv") == 0 ? POLE_FORMAT_CSV : POLE_FORMAT_GEOJSON;
        options.dialect.delimiter = argv[3][0];
        options.dialect.quote = argv[4][0];
        options.dialect.header = argv[6][0] == 'y' ? POLE_HEADER_YES : POLE_HEADER_NO;
        if (pole_encoding_by_name(pole_span_of(argv[5]), &options.encoding, &error) != POLE_OK)
            return fail(&error);
    }
    if (pole_table_open(argv[1], &options, &table, &error) != POLE_OK)
        return fail(&error);
    pole_buffer out;
    pole_json_writer json;
    pole_buffer_init(&out, NULL);
    pole_json_writer_init(&json, &out);
    pole_status status;
    while ((status = pole_table_next(table, &row, &error)) == POLE_OK && row) {
        write_row(&json, table, row);
        if (out.size > 65536)
            print(&out);
    }
    if (status == POLE_OK)
        write_summary(&json, table);
    print(&out);
    pole_buffer_free(&out);
    pole_table_close(table);
    return status == POLE_OK ? 0 : fail(&error);
}
