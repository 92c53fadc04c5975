/* SPDX-License-Identifier: MIT
 * What an index is, and what went wrong, as JSON (docs/json.md). */
#include <polelookup/json.h>

#include "lookup/json_parts.h"

static void write_u64(pole_json_writer *json, const char *key, uint64_t value)
{
    pole_json_key(json, key);
    pole_json_u64(json, value);
}

/* Counted from 1; 0 does not apply. */
static void write_place(pole_json_writer *json, const char *key, uint32_t place)
{
    pole_json_key(json, key);
    if (place > 0)
        pole_json_u64(json, place);
    else
        pole_json_null(json);
}

static void write_point(pole_json_writer *json, pole_point point)
{
    pole_json_double(json, point.lat_deg, 7);
    pole_json_double(json, point.lon_deg, 7);
}

static void write_fields(pole_json_writer *json, const pole_scheme_entry *entry)
{
    static const char *const names[] = {"", "district", "station", "street", "pole", "other"};
    pole_json_key(json, "fields");
    pole_json_begin_array(json);
    for (unsigned i = 0; i < entry->field_count; i++) {
        pole_json_begin_object(json);
        pole_json_key(json, "field");
        pole_json_text(json, names[entry->field_kind[i]]);
        write_u64(json, "digits", entry->field_width[i]);
        pole_json_end_object(json);
    }
    pole_json_end_array(json);
}

static void write_schemes(pole_json_writer *json, const pole_index *index)
{
    pole_json_key(json, "schemes");
    pole_json_begin_array(json);
    for (uint32_t i = 0; i < index->scheme.count; i++) {
        const pole_scheme_entry *entry = index->scheme.entries + i;
        pole_json_begin_object(json);
        pole_json_key(json, "scope");
        pole_json_string(json, pole_strings_at(&index->strings, entry->name));
        write_u64(json, "digits", entry->digits);
        write_fields(json, entry);
        write_u64(json, "poles", entry->rows);
        pole_json_end_object(json);
    }
    pole_json_end_array(json);
}

static void write_sources(pole_json_writer *json, const pole_index *index)
{
    static const char *const tables[] = {"", "poles", "stations", "areas"};
    pole_json_key(json, "sources");
    pole_json_begin_array(json);
    for (uint32_t i = 0; i < index->provenance.values.source_count; i++) {
        const pole_draft_source *source = index->provenance.sources + i;
        pole_json_begin_object(json);
        pole_json_key(json, "table");
        pole_json_text(json,
                       source->kind < sizeof tables / sizeof *tables ? tables[source->kind] : "");
        pole_json_key(json, "file");
        pole_json_string(json, source->file_name);
        pole_json_key(json, "xxh3_128");
        pole_json_string_or_null(json, source->hash);
        pole_json_key(json, "crs");
        pole_json_string_or_null(json, source->crs);
        write_u64(json, "bytes", source->size_bytes);
        write_u64(json, "rows_read", source->rows_read);
        write_u64(json, "rows_refused", source->rows_refused);
        pole_json_end_object(json);
    }
    pole_json_end_array(json);
}

static void write_doubt(pole_json_writer *json, const pole_info *info)
{
    pole_json_key(json, "doubt");
    if (info->doubt_channel.size_bytes == 0) {
        pole_json_null(json);
        return;
    }
    pole_json_begin_object(json);
    pole_json_key(json, "channel_id");
    pole_json_string(json, info->doubt_channel);
    pole_json_key(json, "used");
    pole_json_bool(json, info->doubts_used != 0);
    pole_json_end_object(json);
}

pole_status pole_info_json(const pole_index *index, char *text, size_t capacity, size_t *needed)
{
    pole_json_room room;
    pole_info info = {.struct_size = sizeof info};
    if (!pole_json_room_check(text, capacity, needed) || index == NULL ||
        pole_index_info(index, &info) != POLE_OK)
        return POLE_INVALID_ARGUMENT;
    pole_json_writer *json = pole_json_room_begin(&room, &index->allocator);
    pole_json_begin_object(json);
    write_u64(json, "schema", 1);
    pole_json_key(json, "name");
    pole_json_string_or_null(json, info.name);
    write_u64(json, "poles", info.poles);
    write_u64(json, "stations", info.stations);
    write_u64(json, "areas", info.areas);
    write_u64(json, "rows_read", info.rows_read);
    write_u64(json, "rows_refused", info.rows_refused);
    write_u64(json, "rows_collapsed", info.rows_collapsed);
    pole_json_key(json, "bounds"); /* south, west, north, east */
    pole_json_begin_array(json);
    write_point(json, info.southwest);
    write_point(json, info.northeast);
    pole_json_end_array(json);
    write_schemes(json, index);
    write_sources(json, index);
    write_u64(json, "file_bytes", info.file_bytes);
    write_u64(json, "format_major", info.format_major);
    write_u64(json, "format_minor", info.format_minor);
    write_doubt(json, &info);
    pole_json_key(json, "builder");
    pole_json_string(json, info.builder);
    pole_json_index(json, index);
    pole_json_end_object(json);
    return pole_json_room_end(&room, text, capacity, needed);
}

pole_status pole_error_json(const pole_error *error, char *text, size_t capacity, size_t *needed)
{
    pole_json_room room;
    if (!pole_json_room_check(text, capacity, needed) || error == NULL)
        return POLE_INVALID_ARGUMENT;
    const pole_allocator memory = pole_allocator_default();
    pole_json_writer *json = pole_json_room_begin(&room, &memory);
    pole_json_begin_object(json);
    pole_json_key(json, "error");
    pole_json_begin_object(json);
    pole_json_key(json, "code");
    pole_json_text(json, pole_status_name(error->status));
    pole_json_key(json, "message");
    pole_json_text(json, error->message);
    pole_json_key(json, "hint");
    pole_json_string_or_null(json, pole_span_of(error->hint));
    write_place(json, "line", error->line);
    write_place(json, "column", error->column);
    pole_json_end_object(json);
    pole_json_end_object(json);
    return pole_json_room_end(&room, text, capacity, needed);
}
