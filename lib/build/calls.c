/* SPDX-License-Identifier: MIT
 * Rows that a host adds one by one, in WGS 84: judged as the rows of a table are. */
#include "base/abi.h"
#include "base/status.h"
#include "build/intake.h"
#include "build/taken.h"
#include "build/words.h"

/* A row that a call brings. */
static pole_row_place place_of_call(pole_builder *builder, uint32_t table)
{
    builder->reporter.rows_read++;
    builder->rows_of_table[table]++;
    const uint64_t number = ++builder->calls_of_table[table];
    const pole_row_place place = {
        .table = table,
        .origin = {POLE_NO_SOURCE, number < UINT32_MAX ? (uint32_t)number : UINT32_MAX}};
    return place;
}

static pole_status take_point(pole_builder *builder, const pole_row_place *place, pole_point point,
                              pole_vertex *at)
{
    const pole_given_position given = {.x = point.lon_deg, .y = point.lat_deg};
    return pole_frame_take(&builder->wgs84, &builder->reporter, place, POLE_COLUMN_LON,
                           POLE_COLUMN_LAT, &given, at);
}

static bool is_text(pole_span text)
{
    return text.data != NULL || text.size_bytes == 0;
}

static bool record_has_texts(const pole_record *record)
{
    return is_text(record->scope) && is_text(record->street) && is_text(record->district) &&
           is_text(record->note) && is_text(record->successor) && is_text(record->alias) &&
           is_text(record->alias_owner);
}

pole_status pole_builder_add_pole(pole_builder *builder, pole_span code, const pole_record *record,
                                  pole_error *error)
{
    pole_status status = pole_builder_begin_call(builder, error);
    if (status != POLE_OK)
        return status;
    pole_record full = {.surveyed_days = POLE_NO_DATE};
    if (record == NULL || !pole_options_take(&full, sizeof full, record) || !is_text(code) ||
        !record_has_texts(&full) || full.state < POLE_STATE_ACTIVE ||
        full.state > POLE_STATE_REMOVED ||
        (full.surveyed_days != POLE_NO_DATE &&
         (full.surveyed_days < POLE_FIRST_DAY || full.surveyed_days > POLE_LAST_DAY)))
        return pole_fail(error, POLE_INVALID_ARGUMENT, "the record is not sound");
    const pole_given_pole given = {.code = code,
                                   .scope = full.scope,
                                   .street = full.street,
                                   .district = full.district,
                                   .note = full.note,
                                   .successor = full.successor,
                                   .alias = full.alias,
                                   .alias_owner = full.alias_owner,
                                   .state = (uint8_t)full.state,
                                   .surveyed_days = full.surveyed_days};
    const pole_row_place place = place_of_call(builder, POLE_TABLE_POLES);
    pole_vertex at;
    status = take_point(builder, &place, full.at, &at);
    if (status == POLE_OK)
        status = pole_take_pole(builder, &place, &given, at);
    return pole_builder_end_call(builder, status, true, error);
}

static bool station_has_texts(const pole_station *station)
{
    return is_text(station->id) && is_text(station->name) && is_text(station->kind) &&
           is_text(station->phone) && is_text(station->group) && is_text(station->district) &&
           is_text(station->prefix) && is_text(station->scope) && is_text(station->successor);
}

pole_status pole_builder_add_station(pole_builder *builder, const pole_station *station,
                                     pole_error *error)
{
    pole_status status = pole_builder_begin_call(builder, error);
    if (status != POLE_OK)
        return status;
    pole_station full = {0};
    if (station == NULL || !pole_options_take(&full, sizeof full, station) ||
        !station_has_texts(&full))
        return pole_fail(error, POLE_INVALID_ARGUMENT, "the station is not sound");
    const pole_given_station given = {.id = full.id,
                                      .name = full.name,
                                      .kind = full.kind,
                                      .phone = full.phone,
                                      .group = full.group,
                                      .district = full.district,
                                      .prefix = full.prefix,
                                      .scope = full.scope,
                                      .successor = full.successor};
    const pole_row_place place = place_of_call(builder, POLE_TABLE_STATIONS);
    pole_vertex at;
    status = take_point(builder, &place, full.at, &at);
    if (status == POLE_OK)
        status = pole_take_station(builder, &place, &given, at);
    return pole_builder_end_call(builder, status, true, error);
}

static pole_status take_rings(pole_builder *builder, const pole_row_place *place,
                              pole_span station_id, const pole_point *points,
                              const size_t *ring_sizes, size_t rings, pole_vertex *vertices,
                              uint32_t *sizes)
{
    size_t count = 0;
    for (size_t ring = 0; ring < rings; ring++) {
        sizes[ring] = (uint32_t)ring_sizes[ring];
        for (size_t i = 0; i < ring_sizes[ring]; i++, count++) {
            const pole_given_position given = {.x = points[count].lon_deg,
                                               .y = points[count].lat_deg};
            const pole_place_fault fault =
                pole_frame_read(&builder->wgs84, &given, vertices + count);
            if (fault != POLE_PLACE_SOUND && fault != POLE_PLACE_ZERO)
                return pole_refuse_position(&builder->wgs84, &builder->reporter, place,
                                            POLE_COLUMN_LON, POLE_COLUMN_LAT, &given, fault);
        }
    }
    const pole_given_area given = {.station_id = station_id,
                                   .vertices = vertices,
                                   .ring_sizes = sizes,
                                   .rings = (uint32_t)rings};
    return pole_take_area(builder, place, &given);
}

pole_status pole_builder_add_area(pole_builder *builder, pole_span station_id,
                                  const pole_point *points, const size_t *ring_sizes, size_t rings,
                                  pole_error *error)
{
    pole_status status = pole_builder_begin_call(builder, error);
    if (status != POLE_OK)
        return status;
    size_t count = 0;
    bool sound = points && ring_sizes && rings > 0 && rings < UINT32_MAX && is_text(station_id);
    for (size_t ring = 0; sound && ring < rings; ring++) {
        sound = ring_sizes[ring] < UINT32_MAX - count;
        count += ring_sizes[ring];
    }
    if (!sound)
        return pole_fail(error, POLE_INVALID_ARGUMENT, "the area is not sound");
    const pole_row_place place = place_of_call(builder, POLE_TABLE_AREAS);
    pole_vertex *vertices = pole_allocate_array(&builder->allocator, count, sizeof *vertices);
    uint32_t *sizes = pole_allocate_array(&builder->allocator, rings, sizeof *sizes);
    if (vertices && sizes)
        status =
            take_rings(builder, &place, station_id, points, ring_sizes, rings, vertices, sizes);
    else
        status = pole_builder_no_memory(builder);
    pole_release(&builder->allocator, vertices);
    pole_release(&builder->allocator, sizes);
    return pole_builder_end_call(builder, status, true, error);
}
