/* SPDX-License-Identifier: MIT
 * A GeoJSON geometry object's members, read into flat arrays and checked. */
#ifndef FORMATS_SHAPE_IN_H
#define FORMATS_SHAPE_IN_H

#include "formats/geojson_in.h"
#include "formats/text_store.h"

/* Arrays that one feature after the other is read into; zero it but for the allocator. */
typedef struct {
    pole_allocator allocator;
    pole_text_store *texts; /* for the numbers */
    pole_position_text *positions;
    size_t position_capacity;
    uint32_t *ring_ends;
    size_t ring_capacity;
    uint32_t *polygon_ends;
    size_t polygon_capacity;
    pole_shape shape;
    uint32_t levels; /* of brackets around a number; 0: no number yet */
    uint32_t faults; /* POLE_FEATURE_... */
    uint64_t fault_line;
    uint64_t fault_offset;
} pole_shape_in;

void pole_shape_in_free(pole_shape_in *in);
void pole_shape_in_clear(pole_shape_in *in);

/* The type of a name, POLE_SHAPE_OTHER for another. */
pole_shape_type pole_shape_type_by_name(pole_span name);

/* Reads the value of "coordinates", whose first token is given. */
pole_status pole_shape_in_coordinates(pole_shape_in *in, pole_json_reader *reader,
                                      const pole_json_token *first, pole_error *error);

/* When all members are read: whether the coordinates are what the type wants; fills in->shape. */
void pole_shape_in_finish(pole_shape_in *in, pole_shape_type type);

#endif
