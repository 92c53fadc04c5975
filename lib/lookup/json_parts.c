/* SPDX-License-Identifier: MIT
 * See json_parts.h. */
#include "lookup/json_parts.h"

#include "base/calendar.h"
#include "base/decimal.h"
#include "lookup/resolution.h"

bool pole_json_room_check(char *text, size_t capacity, size_t *needed)
{
    if (needed == NULL || (text == NULL && capacity > 0))
        return false;
    *needed = 0;
    if (capacity > 0)
        text[0] = '\0';
    return true;
}

pole_json_writer *pole_json_room_begin(pole_json_room *room, const pole_allocator *allocator)
{
    pole_buffer_init(&room->buffer, allocator);
    pole_json_writer_init(&room->writer, &room->buffer);
    return &room->writer;
}

pole_status pole_json_room_end(pole_json_room *room, char *text, size_t capacity, size_t *needed)
{
    pole_buffer_append_byte(&room->buffer, '\0');
    pole_status status = POLE_OK;
    if (room->buffer.failed) {
        status = POLE_NO_MEMORY;
    } else {
        *needed = room->buffer.size;
        if (capacity < room->buffer.size)
            status = POLE_LIMIT;
        else
            memcpy(text, room->buffer.bytes, room->buffer.size);
    }
    pole_buffer_free(&room->buffer);
    return status;
}

void pole_json_bearing(pole_json_writer *json, double bearing_deg)
{
    /* 359.97 would be written as 360.0, which is no bearing. */
    pole_json_double(json, bearing_deg >= 359.95 ? 0.0 : bearing_deg, 1);
}

static size_t write_padded(char *out, uint32_t value, unsigned width)
{
    for (unsigned i = width; i > 0; i--) {
        out[i - 1] = (char)('0' + value % 10);
        value /= 10;
    }
    return width;
}

static size_t write_date(char *out, int64_t days)
{
    const pole_date date = pole_date_of_days(days);
    size_t size = write_padded(out, (uint32_t)date.year, 4);
    out[size++] = '-';
    size += write_padded(out + size, date.month, 2);
    out[size++] = '-';
    size += write_padded(out + size, date.day, 2);
    return size;
}

/* Years of more or fewer than four digits come only from a hostile file. */
#define FIRST_DAY (-719162) /* 0001-01-01 */
#define LAST_DAY 2932896    /* 9999-12-31 */

/* Whole days, rounded down. */
static int64_t days_of(int64_t seconds)
{
    return seconds / 86400 - (seconds % 86400 < 0);
}

void pole_json_date(pole_json_writer *json, int64_t days)
{
    char text[16];
    if (days < FIRST_DAY || days > LAST_DAY) {
        pole_json_null(json);
        return;
    }
    pole_json_string(json, (pole_span){text, write_date(text, days)});
}

void pole_json_time(pole_json_writer *json, int64_t seconds)
{
    char text[32];
    const int64_t days = days_of(seconds);
    if (days < FIRST_DAY || days > LAST_DAY) {
        pole_json_null(json);
        return;
    }
    const uint32_t second = (uint32_t)(seconds - days * 86400);
    size_t size = write_date(text, days);
    text[size++] = 'T';
    size += write_padded(text + size, second / 3600, 2);
    text[size++] = ':';
    size += write_padded(text + size, second / 60 % 60, 2);
    text[size++] = ':';
    size += write_padded(text + size, second % 60, 2);
    text[size++] = 'Z';
    pole_json_string(json, (pole_span){text, size});
}

static void write_key_string(pole_json_writer *json, const char *key, pole_span text)
{
    pole_json_key(json, key);
    pole_json_string_or_null(json, text);
}

static void write_key_metres(pole_json_writer *json, const char *key, double metres)
{
    pole_json_key(json, key);
    pole_json_double(json, metres, 1);
}

void pole_json_code(pole_json_writer *json, pole_code code)
{
    char digits[POLE_MAX_DIGITS + 1];
    pole_digits_write(code.number, code.digits, digits);
    pole_json_string(json, (pole_span){digits, code.digits});
}

static void write_position(pole_json_writer *json, const pole_positions *positions, pole_row row)
{
    pole_json_key(json, "lat");
    pole_json_scaled(json, pole_position_lat_e7(positions, row), 7);
    pole_json_key(json, "lon");
    pole_json_scaled(json, pole_position_lon_e7(positions, row), 7);
}

static void write_streets(pole_json_writer *json, const pole_candidate *told)
{
    pole_json_key(json, "between_streets");
    pole_json_begin_array(json);
    for (unsigned i = 0; i < 2; i++)
        if (told->cross_streets[i].size_bytes > 0)
            pole_json_string(json, told->cross_streets[i]);
    pole_json_end_array(json);
}

static void write_neighbours(pole_json_writer *json, const pole_index *index,
                             const pole_stored_candidate *stored)
{
    pole_json_key(json, "neighbours");
    pole_json_begin_array(json);
    for (size_t i = 0; i < stored->told.neighbour_count; i++) {
        const pole_neighbour *neighbour = stored->neighbours + i;
        pole_json_begin_object(json);
        pole_json_key(json, "code");
        pole_json_code(json, pole_index_code_of(index, neighbour->row));
        write_key_metres(json, "distance_m", neighbour->distance_m);
        pole_json_key(json, "bearing_deg");
        pole_json_bearing(json, neighbour->bearing_deg);
        pole_json_end_object(json);
    }
    pole_json_end_array(json);
}

/* The note; before it, for a pole named by another owner's number, that number and whose it is. */
static void write_note(pole_json_writer *json, const pole_stored_candidate *stored)
{
    pole_json_key(json, "note");
    if (stored->told.matched != POLE_MATCHED_ALIAS) {
        pole_json_string_or_null(json, stored->pole.note);
        return;
    }
    pole_buffer note;
    pole_buffer_init(&note, &json->out->allocator);
    pole_buffer_append_text(&note, "alias: ");
    pole_buffer_append(&note, stored->pole.alias.data, stored->pole.alias.size_bytes);
    if (stored->pole.alias_owner.size_bytes > 0) {
        pole_buffer_append_text(&note, " (");
        pole_buffer_append(&note, stored->pole.alias_owner.data,
                           stored->pole.alias_owner.size_bytes);
        pole_buffer_append_text(&note, ")");
    }
    if (stored->pole.note.size_bytes > 0) {
        pole_buffer_append_text(&note, "; ");
        pole_buffer_append(&note, stored->pole.note.data, stored->pole.note.size_bytes);
    }
    json->out->failed |= note.failed;
    pole_json_string(json, (pole_span){(const char *)note.bytes, note.size});
    pole_buffer_free(&note);
}

/* A posterior is never certain, whatever four decimals would make of it. */
#define MOST_TOLD 0.9999

void pole_json_share(pole_json_writer *json, const char *key, double share)
{
    pole_json_key(json, key);
    pole_json_double(json, share > MOST_TOLD ? MOST_TOLD : share, 4);
}

static void write_edit_position(pole_json_writer *json, const char *key, uint8_t position)
{
    pole_json_key(json, key);
    if (position == 0)
        pole_json_null(json);
    else
        pole_json_u64(json, position);
}

void pole_json_edits(pole_json_writer *json, const pole_edit *edits, size_t count)
{
    pole_json_key(json, "edits");
    pole_json_begin_array(json);
    for (size_t i = 0; i < count; i++) {
        pole_json_begin_object(json);
        pole_json_key(json, "kind");
        pole_json_text(json, pole_edit_name(edits[i].kind));
        write_edit_position(json, "position", edits[i].position);
        write_edit_position(json, "heard_position", edits[i].heard_position);
        pole_json_key(json, "heard");
        pole_json_string_or_null(json, pole_span_of(edits[i].heard));
        pole_json_key(json, "meant");
        pole_json_string_or_null(json, pole_span_of(edits[i].meant));
        pole_json_end_object(json);
    }
    pole_json_end_array(json);
}

static void write_record(pole_json_writer *json, const pole_index *index,
                         const pole_resolution *resolution, const pole_stored_candidate *stored)
{
    static const char *const states[] = {"active", "moved", "removed"};
    const pole_record *pole = &stored->pole;
    pole_json_key(json, "scope");
    pole_json_string(json, pole->scope);
    pole_json_key(json, "code");
    pole_json_code(json, pole->code);
    pole_json_key(json, "matched");
    pole_json_text(json, stored->told.matched == POLE_MATCHED_ALIAS ? "alias" : "code");
    write_position(json, &index->positions, pole->row);
    pole_json_key(json, "x");
    pole_json_double(json, stored->told.x, resolution->crs_places);
    pole_json_key(json, "y");
    pole_json_double(json, stored->told.y, resolution->crs_places);
    write_key_string(json, "crs", pole_span_of(resolution->crs_name));
    write_key_string(json, "street", pole->street);
    write_key_string(json, "district", pole->district);
    write_streets(json, &stored->told);
    write_neighbours(json, index, stored);
    write_note(json, stored);
    pole_json_key(json, "state");
    pole_json_text(json, states[pole->state]);
    write_key_string(json, "successor", pole->successor);
    pole_json_key(json, "surveyed");
    pole_json_date(json, pole->surveyed_days);
}

void pole_json_candidate(pole_json_writer *json, const pole_resolution *resolution, size_t i)
{
    const pole_index *index = resolution->index;
    const pole_stored_candidate *stored = resolution->candidates + i;
    pole_json_begin_object(json);
    write_record(json, index, resolution, stored);
    pole_json_share(json, "confidence", stored->told.confidence);
    pole_json_edits(json, stored->edits, stored->told.edit_count);
    write_key_metres(json, "distance_to_hint_m", stored->told.distance_to_hint_m);
    write_key_metres(json, "distance_to_first_m", stored->told.distance_to_first_m);
    pole_json_stations(json, index, stored->stations, stored->told.station_count);
    pole_json_area_edge(json, index, &stored->told.area_edge);
    pole_json_end_object(json);
}

static void write_station(pole_json_writer *json, const pole_index *index,
                          const pole_station_hit *hit)
{
    const pole_draft_station station = pole_stations_get(&index->stations, hit->number);
    const pole_strings *strings = &index->strings;
    pole_json_begin_object(json);
    pole_json_key(json, "role");
    pole_json_text(json, pole_role_name(hit->role));
    pole_json_key(json, "chosen");
    pole_json_bool(json, hit->chosen != 0);
    write_key_string(json, "id", pole_strings_at(strings, station.id));
    write_key_string(json, "name", pole_strings_at(strings, station.name));
    write_key_string(json, "kind", pole_strings_at(strings, station.kind));
    write_key_string(json, "phone", pole_strings_at(strings, station.phone));
    pole_json_key(json, "lat");
    pole_json_scaled(json, station.lat_e7, 7);
    pole_json_key(json, "lon");
    pole_json_scaled(json, station.lon_e7, 7);
    write_key_metres(json, "distance_m", hit->distance_m);
    pole_json_key(json, "bearing_deg");
    pole_json_bearing(json, hit->bearing_deg);
    write_key_metres(json, "road_m", hit->road_m);
    write_key_metres(json, "road_s", hit->road_s);
    pole_json_end_object(json);
}

void pole_json_stations(pole_json_writer *json, const pole_index *index,
                        const pole_station_hit *hits, size_t count)
{
    pole_json_key(json, "stations");
    pole_json_begin_array(json);
    for (size_t i = 0; i < count; i++)
        if (hits[i].number < index->stations.count)
            write_station(json, index, hits + i);
    pole_json_end_array(json);
}

void pole_json_area_edge(pole_json_writer *json, const pole_index *index,
                         const pole_area_edge *edge)
{
    pole_json_key(json, "area_edge");
    if (edge == NULL || edge->station >= index->stations.count) {
        pole_json_null(json);
        return;
    }
    const pole_draft_station station = pole_stations_get(&index->stations, edge->station);
    pole_json_begin_object(json);
    write_key_metres(json, "distance_m", edge->distance_m);
    write_key_string(json, "station_id", pole_strings_at(&index->strings, station.id));
    pole_json_end_object(json);
}

void pole_json_warnings(pole_json_writer *json, uint32_t warnings, int32_t language)
{
    pole_json_key(json, "warnings");
    pole_json_begin_array(json);
    for (uint32_t bit = 1; bit != 0; bit <<= 1) {
        if ((warnings & bit) == 0 || pole_warning_name(bit) == NULL)
            continue;
        pole_json_begin_object(json);
        pole_json_key(json, "code");
        pole_json_text(json, pole_warning_name(bit));
        pole_json_key(json, "text");
        pole_json_text(json, pole_warning_text(bit, language));
        pole_json_end_object(json);
    }
    pole_json_end_array(json);
}

void pole_json_index(pole_json_writer *json, const pole_index *index)
{
    char id[36];
    pole_hash_to_text(index->image.id, id);
    const pole_draft_provenance *provenance = &index->provenance.values;
    pole_json_key(json, "index");
    pole_json_begin_object(json);
    pole_json_key(json, "id");
    pole_json_text(json, id);
    pole_json_key(json, "built_at");
    pole_json_time(json, provenance->built_at_s);
    pole_json_key(json, "data_date");
    if (provenance->data_date_s == 0)
        pole_json_null(json);
    else
        pole_json_date(json, days_of(provenance->data_date_s));
    pole_json_key(json, "sample");
    pole_json_bool(json, index->image.sample);
    pole_json_end_object(json);
}
