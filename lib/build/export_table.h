/* SPDX-License-Identifier: MIT
 * An export while it is written, and its GeoJSON form (RFC 7946: WGS 84, longitude first, outer
 * rings anticlockwise, one feature a line). */
#ifndef BUILD_EXPORT_TABLE_H
#define BUILD_EXPORT_TABLE_H

#include <polelookup/build.h>

#include "formats/csv_out.h"
#include "formats/json_out.h"
#include "index/index.h"

typedef struct {
    const pole_index *index;
    uint32_t format;
    const pole_sink *sink;
    pole_error *error;
    pole_buffer buffer;
    pole_csv_writer csv;
    bool feature_written;
} pole_exporting;

/* Hands the buffer to the sink when it is full, or whatever is in it. */
pole_status pole_export_flush(pole_exporting *out, bool all);

void pole_export_begin_collection(pole_exporting *out);
void pole_export_end_collection(pole_exporting *out);

/* A feature: begin, properties as keys and values, begin_geometry, coordinates, end. */
void pole_export_begin_feature(pole_exporting *out, pole_json_writer *json);
void pole_export_begin_geometry(pole_json_writer *json, const char *type);
void pole_export_end_feature(pole_json_writer *json);

/* [lon, lat], exactly. */
void pole_export_position(pole_json_writer *json, int32_t lat_e7, int32_t lon_e7);

/* All areas, one feature each. */
pole_status pole_export_areas(pole_exporting *out);

#endif
