/* SPDX-License-Identifier: MIT
 * The inside of the GeoJSON reader, shared by its two files: geojson_in.c (the top-level object)
 * and geojson_feature.c (a Feature's members). */
#ifndef FORMATS_GEOJSON_FEATURE_H
#define FORMATS_GEOJSON_FEATURE_H

#include "formats/geojson_in.h"
#include "formats/shape_in.h"
#include "formats/text_store.h"

/* Members seen of the object being read. */
enum {
    SEEN_TYPE = 1,
    SEEN_GEOMETRY = 2,
    SEEN_PROPERTIES = 4,
    SEEN_ID = 8,
    SEEN_COORDINATES = 16,
    SEEN_FEATURES = 32
};

typedef enum { POLE_GEOJSON_TOP, POLE_GEOJSON_IN_FEATURES, POLE_GEOJSON_AT_END } pole_geojson_place;

struct pole_geojson_reader {
    pole_allocator allocator;
    pole_text_in *text;
    pole_json_reader *json;
    pole_geojson_place place;
    bool collection_seen;
    bool feature_seen;
    pole_text_store texts;   /* of the feature */
    pole_text_store lasting; /* the CRS */
    pole_span crs;
    char top_type[32]; /* of the top-level object, cut; empty: not seen */
    uint32_t top_seen;
    pole_geojson_property *properties;
    size_t property_capacity;
    pole_shape_in shape;
    pole_geojson_feature feature;
    pole_geojson_property id;
    bool bad_type;
    pole_error failure; /* once failed, for good */
};

bool pole_json_is_key(const pole_json_token *token, const char *name);

/* Ends the reading with an error at a token. hint may be NULL. Returns status. */
pole_status pole_geojson_fail(pole_geojson_reader *reader, const pole_json_token *token,
                              pole_status status, const char *message, const char *hint,
                              pole_error *error);

void pole_geojson_begin_feature(pole_geojson_reader *reader, const pole_json_token *first);

/* The value of a member whose key was read. top: of the top-level object, whose type is kept. */
pole_status pole_geojson_read_member(pole_geojson_reader *reader, const pole_json_token *key,
                                     bool top, uint32_t *seen, pole_error *error);

/* All members are read, `end` is the closing bracket. */
void pole_geojson_finish_feature(pole_geojson_reader *reader, const pole_json_token *end,
                                 uint32_t seen);

/* An element of "features", whose first token was read. */
pole_status pole_geojson_read_feature(pole_geojson_reader *reader, const pole_json_token *first,
                                      pole_error *error);

#endif
