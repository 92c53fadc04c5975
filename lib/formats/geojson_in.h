/* SPDX-License-Identifier: MIT
 * Features of a GeoJSON text (RFC 7946, and the "crs" member of the 2008 form), one at a time:
 * a FeatureCollection, a lone Feature, or newline-delimited Features. Members may come in any
 * order. Coordinates stay text, so that what a table says is read exactly, once, by who needs it.
 */
#ifndef FORMATS_GEOJSON_IN_H
#define FORMATS_GEOJSON_IN_H

#include "formats/json_in.h"

#define POLE_GEOJSON_MAX_PROPERTIES 4096u   /* in a feature */
#define POLE_GEOJSON_MAX_POSITIONS 4000000u /* in a feature */

typedef enum {
    POLE_SHAPE_NONE, /* "geometry" is null or missing */
    POLE_SHAPE_POINT,
    POLE_SHAPE_MULTI_POINT,
    POLE_SHAPE_LINE_STRING,
    POLE_SHAPE_MULTI_LINE_STRING,
    POLE_SHAPE_POLYGON,
    POLE_SHAPE_MULTI_POLYGON,
    POLE_SHAPE_OTHER /* a GeometryCollection or an unknown type: see faults */
} pole_shape_type;

/* "Point", "Polygon", ...; "none", "other". Static. */
const char *pole_shape_type_name(pole_shape_type type);

/* What is wrong with a geometry or feature; 0: nothing. */
enum {
    POLE_FEATURE_NO_GEOMETRY = 1u << 0,   /* null or missing */
    POLE_FEATURE_GEOMETRY_TYPE = 1u << 1, /* GeometryCollection, unknown, or no type */
    POLE_FEATURE_COORDINATES = 1u << 2,   /* not numbers, or not nested as the type wants */
    POLE_FEATURE_EMPTY = 1u << 3,         /* no position at all, or a ring without any */
    POLE_FEATURE_UNCLOSED_RING = 1u << 4, /* a polygon's ring ends elsewhere than it begins */
    POLE_FEATURE_SHORT_RING = 1u << 5,    /* fewer than 4 positions; a line: fewer than 2 */
    POLE_FEATURE_DOUBLE_MEMBER = 1u << 6, /* the same name twice in one object */
    POLE_FEATURE_NO_PROPERTIES = 1u << 7, /* missing, or neither object nor null */
    POLE_FEATURE_BAD_BYTES = 1u << 8,     /* ill-formed text or NUL in a name or value */
    POLE_FEATURE_NOT_A_FEATURE = 1u << 9, /* "type" is not "Feature", or it is no object */
    POLE_FEATURE_TOO_MANY = 1u << 10      /* a limit above; the rest of it was left out */
};

/* x is the first number (longitude or easting), y the second, as written: JSON numbers, so with
 * '-', '.', 'e' at most. */
typedef struct {
    pole_span x;
    pole_span y;
} pole_position_text;

/* Flat: polygon p holds rings polygon_ends[p-1] (0 for p = 0) to polygon_ends[p]; ring r holds
 * positions ring_ends[r-1] to ring_ends[r]. A line or a set of points is one "ring"; several lines
 * are rings of one "polygon". */
typedef struct {
    pole_shape_type type;
    const pole_position_text *positions; /* NULL: from an adapter, see xy */
    const double *xy;                    /* x, y, x, y, ...; NULL: see positions */
    size_t position_count;
    const uint32_t *ring_ends;
    size_t ring_count;
    const uint32_t *polygon_ends;
    size_t polygon_count;
    uint64_t line; /* of the geometry object */
    uint64_t file_offset;
} pole_shape;

/* A property: strings unescaped, numbers, true and false as written, null as an empty text with
 * kind POLE_JSON_NULL, objects and arrays as raw JSON with kind POLE_JSON_OBJECT or _ARRAY. */
typedef struct {
    pole_span name;
    pole_span text;
    pole_json_kind kind;
    uint64_t line;
    uint64_t file_offset; /* of the value */
} pole_geojson_property;

/* Borrowed until the next call. The feature's own "id" is a property named "id" unless it has one.
 * Other foreign members are passed over. */
typedef struct {
    const pole_geojson_property *properties;
    size_t property_count;
    pole_shape geometry;
    uint64_t line;     /* of the feature's '{' */
    uint64_t line_end; /* of its '}' */
    uint64_t file_offset;
    uint32_t faults;       /* POLE_FEATURE_... */
    uint64_t fault_line;   /* of the first */
    uint64_t fault_offset; /* file offset of the first */
} pole_geojson_feature;

typedef struct pole_geojson_reader pole_geojson_reader;

/* The text must outlive the reader, which must be its only user. */
pole_status pole_geojson_reader_new(pole_text_in *text, const pole_allocator *allocator,
                                    pole_geojson_reader **reader);
void pole_geojson_reader_free(pole_geojson_reader *reader);

/* The next feature, or *feature = NULL at the end. POLE_BAD_INPUT when the text is no JSON or no
 * GeoJSON of these kinds (a bare geometry, a GeometryCollection, TopoJSON: the message says which,
 * the hint what to do); also at the very end, when a "type" that comes late contradicts. */
pole_status pole_geojson_next(pole_geojson_reader *reader, const pole_geojson_feature **feature,
                              pole_error *error);

/* The name in the collection's "crs" member ("urn:ogc:def:crs:EPSG::4490"), the raw JSON where it
 * has another form, empty where there is none. It may stand behind the features: final only once
 * the end was reached. */
pole_span pole_geojson_crs(const pole_geojson_reader *reader);

#endif
