/* SPDX-License-Identifier: MIT
 * See export_table.h. The rings of an area are stored polygon by polygon, each an anticlockwise
 * outer ring and its clockwise holes (repair.h): the direction of a ring tells where a polygon
 * begins. */
#include "build/export_table.h"
#include "base/status.h"
#include "build/repair.h"

/* Written to the sink in blocks of about this size. */
#define BLOCK_BYTES ((size_t)64 << 10)

pole_status pole_export_flush(pole_exporting *out, bool all)
{
    if (out->buffer.failed)
        return pole_fail(out->error, POLE_NO_MEMORY, "there is not enough memory to export");
    if (out->buffer.size == 0 || (!all && out->buffer.size < BLOCK_BYTES))
        return POLE_OK;
    const pole_status status =
        out->sink->write(out->sink->context, out->buffer.bytes, out->buffer.size);
    pole_buffer_clear(&out->buffer);
    return status == POLE_OK ? POLE_OK
                             : pole_fail(out->error, status, "the export could not be written");
}

void pole_export_begin_collection(pole_exporting *out)
{
    pole_buffer_append_text(&out->buffer, "{\"type\":\"FeatureCollection\",\"features\":[\n");
}

void pole_export_end_collection(pole_exporting *out)
{
    pole_buffer_append_text(&out->buffer, out->feature_written ? "\n]}\n" : "]}\n");
}

void pole_export_begin_feature(pole_exporting *out, pole_json_writer *json)
{
    if (out->feature_written)
        pole_buffer_append_text(&out->buffer, ",\n");
    out->feature_written = true;
    pole_json_writer_init(json, &out->buffer);
    pole_json_begin_object(json);
    pole_json_key(json, "type");
    pole_json_text(json, "Feature");
    pole_json_key(json, "properties");
    pole_json_begin_object(json);
}

void pole_export_begin_geometry(pole_json_writer *json, const char *type)
{
    pole_json_end_object(json);
    pole_json_key(json, "geometry");
    pole_json_begin_object(json);
    pole_json_key(json, "type");
    pole_json_text(json, type);
    pole_json_key(json, "coordinates");
}

void pole_export_end_feature(pole_json_writer *json)
{
    pole_json_end_object(json);
    pole_json_end_object(json);
}

void pole_export_position(pole_json_writer *json, int32_t lat_e7, int32_t lon_e7)
{
    pole_json_begin_array(json);
    pole_json_scaled(json, lon_e7, 7);
    pole_json_scaled(json, lat_e7, 7);
    pole_json_end_array(json);
}

static void write_ring(pole_json_writer *json, const pole_ring *ring)
{
    pole_json_begin_array(json);
    for (size_t i = 0; i <= ring->count; i++) {
        const pole_vertex vertex = pole_ring_vertex(ring, i < ring->count ? i : 0);
        pole_export_position(json, vertex.lat_e7, vertex.lon_e7);
    }
    pole_json_end_array(json);
}

static uint32_t count_polygons(const pole_areas *areas, uint32_t number)
{
    pole_area_rings_cursor cursor = pole_area_rings_begin(areas, number);
    pole_ring ring;
    uint32_t count = 0;
    while (pole_area_rings_next(areas, &cursor, &ring))
        count += pole_ring_is_anticlockwise(&ring);
    return count;
}

static void write_area(pole_exporting *out, uint32_t number)
{
    const pole_index *index = out->index;
    const bool several = count_polygons(&index->areas, number) > 1;
    const pole_draft_station station =
        pole_stations_get(&index->stations, pole_area_station(&index->areas, number));
    pole_json_writer json;
    pole_export_begin_feature(out, &json);
    pole_json_key(&json, "station_id");
    pole_json_string(&json, pole_strings_at(&index->strings, station.id));
    pole_export_begin_geometry(&json, several ? "MultiPolygon" : "Polygon");
    pole_area_rings_cursor cursor = pole_area_rings_begin(&index->areas, number);
    pole_ring ring;
    bool open = false;
    if (several)
        pole_json_begin_array(&json);
    while (pole_area_rings_next(&index->areas, &cursor, &ring)) {
        const bool outer = pole_ring_is_anticlockwise(&ring) || !open;
        if (outer && open)
            pole_json_end_array(&json);
        if (outer)
            pole_json_begin_array(&json);
        open = true;
        write_ring(&json, &ring);
    }
    pole_json_end_array(&json);
    if (several)
        pole_json_end_array(&json);
    pole_export_end_feature(&json);
}

pole_status pole_export_areas(pole_exporting *out)
{
    pole_status status = POLE_OK;
    pole_export_begin_collection(out);
    for (uint32_t i = 0; i < out->index->areas.count && status == POLE_OK; i++) {
        write_area(out, i);
        status = pole_export_flush(out, false);
    }
    return status;
}
