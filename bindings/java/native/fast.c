/* SPDX-License-Identifier: MIT
 *
 * The lookups that take nanoseconds: without messages, on the caller's arrays. */
#include "calls.h"

#include <string.h>

/* The head of a record, 48 bytes without padding. */
typedef struct {
    int32_t row;
    int32_t number;
    int32_t digits;
    int32_t scope;
    int32_t state;
    int32_t surveyed_days;
    int32_t is_sample;
    int32_t texts_bytes; /* of all that follows the head */
    double lat_deg;
    double lon_deg;
} record_head;

size_t record_write(const pole_record *record, int32_t is_sample, uint8_t *to, size_t capacity)
{
    const pole_span texts[] = {record->scope,     record->street, record->district,   record->note,
                               record->successor, record->alias,  record->alias_owner};
    size_t size = 0;

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        size += sizeof(int32_t) + texts[i].size_bytes;
    if (sizeof(record_head) + size > capacity)
        return sizeof(record_head) + size;

    const record_head head = {(int32_t)record->row,
                              (int32_t)record->code.number,
                              record->code.digits,
                              record->code.scope,
                              record->state,
                              record->surveyed_days,
                              is_sample,
                              (int32_t)size,
                              record->at.lat_deg,
                              record->at.lon_deg};

    memcpy(to, &head, sizeof(head));
    to += sizeof(head);
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        int32_t length = (int32_t)texts[i].size_bytes;

        memcpy(to, &length, sizeof(length));
        to += sizeof(length);
        if (length)
            memcpy(to, texts[i].data, texts[i].size_bytes);
        to += length;
    }
    return sizeof(head) + size;
}

int64_t polejava_find(int64_t handle, int32_t number, int32_t digits, int32_t scope,
                      double *lat_lon)
{
    const polejava_index *at = (const polejava_index *)(intptr_t)handle;
    pole_code code = {(uint32_t)number, (uint16_t)scope, (uint8_t)digits, 0};
    pole_point point;
    pole_row row;
    pole_status status = pole_index_find(at->index, code, &row);

    if (!status)
        status = pole_index_point(at->index, row, &point);
    if (status)
        return -status;
    lat_lon[0] = point.lat_deg;
    lat_lon[1] = point.lon_deg;
    return row;
}

int32_t polejava_record(int64_t handle, int32_t row, uint8_t *record, int32_t capacity)
{
    const polejava_index *at = (const polejava_index *)(intptr_t)handle;
    pole_record found = {.struct_size = sizeof(found)};
    pole_status status = pole_index_record(at->index, (pole_row)row, &found);

    if (status)
        return -status;
    size_t size = record_write(&found, at->is_sample, record, (size_t)capacity);

    return size > INT32_MAX ? -POLE_LIMIT : (int32_t)size;
}

static pole_columns columns_of(double clean, int32_t *rows, int32_t *match, double *lat,
                               double *lon, int32_t *stations, double *confidence,
                               double *confidence_place, double *far_share)
{
    pole_columns columns = {.struct_size = sizeof(columns)};

    columns.rows = (pole_row *)rows;
    columns.match = match;
    columns.lat_deg = lat;
    columns.lon_deg = lon;
    columns.stations = (pole_station_number *)stations;
    columns.confidence = confidence;
    columns.confidence_place = confidence_place;
    columns.far_share = far_share;
    columns.clean = clean;
    return columns;
}

int32_t polejava_find_many(int64_t handle, const int32_t *numbers, int32_t count, int32_t digits,
                           int32_t scope, double clean, int32_t *rows, int32_t *match, double *lat,
                           double *lon, int32_t *stations, double *confidence,
                           double *confidence_place, double *far_share)
{
    const polejava_index *at = (const polejava_index *)(intptr_t)handle;
    pole_columns columns =
        columns_of(clean, rows, match, lat, lon, stations, confidence, confidence_place, far_share);

    return pole_index_find_many(at->index, (const uint32_t *)numbers, (size_t)count,
                                (uint8_t)digits, (uint16_t)scope, &columns);
}

int32_t polejava_find_texts(int64_t handle, const uint8_t *texts, int32_t stride, int32_t count,
                            int32_t digits, int32_t scope, double clean, int32_t *rows,
                            int32_t *match, double *lat, double *lon, int32_t *stations,
                            double *confidence, double *confidence_place, double *far_share)
{
    const polejava_index *at = (const polejava_index *)(intptr_t)handle;
    pole_columns columns =
        columns_of(clean, rows, match, lat, lon, stations, confidence, confidence_place, far_share);

    return pole_index_find_texts(at->index, (const char *)texts, (size_t)stride, (size_t)count,
                                 (uint8_t)digits, (uint16_t)scope, &columns);
}
