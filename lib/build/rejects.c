/* SPDX-License-Identifier: MIT
 * See rejects.h. */
#include "build/rejects.h"

#include <stdio.h>

#include "base/decimal.h"
#include "formats/csv_out.h"
#include "formats/json_out.h"

/* Handed to the sink in blocks of about this size. */
#define BLOCK_BYTES ((size_t)64 << 10)

void pole_rejects_init(pole_rejects *rejects, const pole_sink *sink,
                       const pole_allocator *allocator)
{
    memset(rejects, 0, sizeof *rejects);
    pole_buffer_init(&rejects->out, allocator);
    if (sink)
        rejects->sink = *sink;
}

void pole_rejects_free(pole_rejects *rejects)
{
    pole_buffer_free(&rejects->out);
}

static void coordinate_to_json(pole_json_writer *json, const pole_shape *shape, size_t position)
{
    pole_json_begin_array(json);
    if (shape->positions) {
        pole_json_raw(json, shape->positions[position].x);
        pole_json_raw(json, shape->positions[position].y);
    } else {
        pole_json_double(json, shape->xy[2 * position], 9);
        pole_json_double(json, shape->xy[2 * position + 1], 9);
    }
    pole_json_end_array(json);
}

/* The coordinates of a geometry in three levels, of which its type takes the inner ones. */
static void coordinates_to_json(pole_json_writer *json, const pole_shape *shape)
{
    const bool has_rings = shape->type != POLE_SHAPE_POINT &&
                           shape->type != POLE_SHAPE_MULTI_POINT &&
                           shape->type != POLE_SHAPE_LINE_STRING;
    const bool has_polygons = shape->type == POLE_SHAPE_MULTI_POLYGON;
    size_t ring = 0, position = 0;
    if (shape->type == POLE_SHAPE_POINT && shape->position_count == 1) {
        coordinate_to_json(json, shape, 0);
        return;
    }
    pole_json_begin_array(json);
    for (size_t polygon = 0; polygon < shape->polygon_count; polygon++) {
        if (has_polygons)
            pole_json_begin_array(json);
        for (; ring < shape->polygon_ends[polygon]; ring++) {
            if (has_rings)
                pole_json_begin_array(json);
            for (; position < shape->ring_ends[ring]; position++)
                coordinate_to_json(json, shape, position);
            if (has_rings)
                pole_json_end_array(json);
        }
        if (has_polygons)
            pole_json_end_array(json);
    }
    pole_json_end_array(json);
}

void pole_row_to_json(const pole_table_row *row, pole_buffer *out)
{
    pole_json_writer json;
    pole_json_writer_init(&json, out);
    pole_json_begin_array(&json);
    for (size_t i = 0; i < row->cell_count; i++) {
        if (row->cells[i].data)
            pole_json_string(&json, row->cells[i]);
        else
            pole_json_null(&json);
    }
    const pole_shape *shape = row->geometry;
    if (shape && shape->type != POLE_SHAPE_NONE && shape->type != POLE_SHAPE_OTHER) {
        pole_json_begin_object(&json);
        pole_json_key(&json, "type");
        pole_json_text(&json, pole_shape_type_name(shape->type));
        pole_json_key(&json, "coordinates");
        coordinates_to_json(&json, shape);
        pole_json_end_object(&json);
    }
    pole_json_end_array(&json);
}

static void write_number(pole_csv_writer *csv, uint32_t number)
{
    char text[24];
    pole_u64_to_text(number, text);
    pole_csv_write_text(csv, number > 0 ? text : "");
}

static void begin(pole_rejects *rejects, pole_csv_writer *csv)
{
    static const char *const header[] = {"file",  "line",   "column",  "column_name",
                                         "value", "reason", "message", "row"};
    pole_csv_writer_init(csv, POLE_DIALECT_CSV, &rejects->out);
    if (rejects->begun)
        return;
    for (size_t i = 0; i < sizeof header / sizeof *header; i++)
        pole_csv_write_text(csv, header[i]);
    pole_csv_end_row(csv);
    rejects->begun = true;
}

static pole_status hand_out(pole_rejects *rejects)
{
    if (rejects->out.failed)
        return POLE_NO_MEMORY;
    if (rejects->out.size == 0)
        return POLE_OK;
    const pole_status status =
        rejects->sink.write(rejects->sink.context, rejects->out.bytes, rejects->out.size);
    pole_buffer_clear(&rejects->out);
    return status;
}

/* The message, and what to do. */
static void write_message(pole_csv_writer *csv, const pole_finding *finding)
{
    char text[1024];
    const int size =
        snprintf(text, sizeof text, finding->hint.size_bytes > 0 ? "%.*s; %.*s" : "%.*s",
                 (int)finding->message.size_bytes, finding->message.data,
                 (int)finding->hint.size_bytes, finding->hint.data);
    const pole_span whole = {text, size > 0 && (size_t)size < sizeof text ? (size_t)size : 0};
    pole_csv_write_cell(csv, whole.size_bytes > 0 ? whole : finding->message);
}

pole_status pole_rejects_add(pole_rejects *rejects, const pole_finding *finding, pole_span row)
{
    pole_csv_writer csv;
    begin(rejects, &csv);
    pole_csv_write_cell(&csv, finding->file);
    write_number(&csv, finding->line);
    write_number(&csv, finding->column);
    pole_csv_write_cell(&csv, finding->column_name);
    pole_csv_write_cell(&csv, finding->value);
    pole_csv_write_text(&csv, pole_finding_name(finding->kind));
    write_message(&csv, finding);
    pole_csv_write_cell(&csv, row);
    pole_csv_end_row(&csv);
    if (rejects->out.failed)
        return POLE_NO_MEMORY;
    return rejects->out.size >= BLOCK_BYTES ? hand_out(rejects) : POLE_OK;
}

pole_status pole_rejects_flush(pole_rejects *rejects)
{
    if (!pole_rejects_wanted(rejects))
        return POLE_OK;
    pole_csv_writer csv;
    begin(rejects, &csv);
    return hand_out(rejects);
}
