/* SPDX-License-Identifier: MIT
 *
 * What the core asks of PROJ, GEOS and GDAL, as a table of functions.
 *
 * The core library needs none of the three. A host that wants EPSG codes, areas mended, or vector
 * files other than CSV and GeoJSON, gets this table from libpolelookup_geo and passes it on
 * (pole_crs_new, the build options). A host may also write a table of its own. */
#ifndef POLELOOKUP_ADAPTERS_H
#define POLELOOKUP_ADAPTERS_H

#include <polelookup/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A way between one EPSG code and WGS 84. Opaque; belongs to one thread at a time. */
typedef struct pole_transform pole_transform;

/* About the CRS of a transform. Frozen. */
typedef struct {
    double accuracy_m;     /* of the datum shift, as EPSG states it (the worst of its parts of the
                              world); 0: none is needed; NaN: not stated */
    int32_t is_geographic; /* 1: x, y are longitude, latitude in degrees; else 0 */
    int32_t reserved;      /* 0 */
    char unit[32];         /* "degree", "metre", "US survey foot", ...; NUL-ended */
    char crs_name[96];     /* "CGCS2000 / 3-degree Gauss-Kruger zone 42"; NUL-ended */
} pole_transform_info;

/* Polygons in 1e-7 degrees, as flat arrays. Ring r has the vertices ring_ends[r - 1] (0 for the
 * first) to ring_ends[r]; polygon p the rings polygon_ends[p - 1] to polygon_ends[p], the outer
 * one first, then its holes. Rings may or may not repeat their first vertex at the end.
 * -90e7 <= lat_e7 <= 90e7, -180e7 <= lon_e7 <= 180e7. Frozen. */
typedef struct {
    const int32_t *vertices;      /* lat_e7, lon_e7, lat_e7, lon_e7, ... */
    const uint32_t *ring_ends;    /* counted in vertices, not falling */
    const uint32_t *polygon_ends; /* counted in rings, not falling */
    uint32_t vertex_count;
    uint32_t ring_count;
    uint32_t polygon_count;
    uint32_t reserved; /* 0 */
} pole_polygons;

/* A valid area. Given by area_mend, freed by area_free; may grow at its end. */
typedef struct {
    pole_polygons polygons; /* every ring closed without repeating its first vertex, at least 3
                               vertices, outer rings anticlockwise, holes clockwise (RFC 7946);
                               each ring begins at its south-most, then west-most vertex; holes in
                               a polygon and polygons in the area are in order of that vertex: the
                               same area gives the same arrays */
    int32_t mended;         /* 1: the input was not valid, and its shape was changed */
    int32_t reserved;       /* 0 */
    char reason[128];       /* what was wrong with it, as GEOS says it; "" when not mended */
} pole_mended_area;

/* A vector file being read. Opaque; belongs to one thread at a time. */
typedef struct pole_vector pole_vector;

/* What a vector layer is. Its pointers live until vector_close. May grow at its end. */
typedef struct {
    pole_span crs;           /* "EPSG:4530" when the file says or implies one, else the CRS's name
                                in its own words; empty when the file names none */
    pole_span layer;         /* the layer's name */
    const pole_span *fields; /* names of the columns */
    uint32_t field_count;
    int32_t is_utf8; /* 1: names and values are UTF-8; 0: they are the file's bytes in an encoding
                        that it does not name (old shapefiles; in China mostly GB18030) */
} pole_vector_info;

enum {
    POLE_VECTOR_NONE = 0,
    POLE_VECTOR_POINT = 1,    /* one vertex, no ring */
    POLE_VECTOR_POLYGONS = 2, /* one polygon or several */
    POLE_VECTOR_OTHER = 3     /* lines, several points, ...: geometry_name says what */
};

/* One feature. Its pointers live until the next vector_next or vector_close. May grow at its
 * end. */
typedef struct {
    int64_t id;                /* the file's own number of the feature */
    const pole_span *values;   /* one a field, as text: numbers in plain decimal, dates as
                                  2008-06-30, empty for null */
    const double *coordinates; /* x, y, x, y, ... in the layer's CRS, x easting or longitude */
    const uint32_t *ring_ends;
    const uint32_t *polygon_ends; /* as in pole_polygons */
    uint32_t vertex_count;
    uint32_t ring_count;
    uint32_t polygon_count;
    int32_t geometry;          /* POLE_VECTOR_... */
    const char *geometry_name; /* "Point", "Multi Line String", ..., as GDAL says; NUL-ended */
} pole_vector_feature;

/* The table. struct_size is set by who fills it; a function that lies beyond it, or is NULL, is
 * not there, and what needs it gives POLE_UNSUPPORTED. The functions are thread-safe, each of
 * their objects belongs to one thread at a time. Allocators are copied, NULL is the C library's;
 * PROJ's, GEOS's and GDAL's own memory is not under them. */
typedef struct pole_adapters {
    uint32_t struct_size;
    uint32_t reserved; /* 0 */

    /* PROJ. POLE_NOT_FOUND: no such code; no CRS of easting and northing or longitude and
     * latitude; or no published way to WGS 84 (one without its datum shift is never taken).
     * CGCS2000 counts as WGS 84. A datum shift is used in the area that EPSG gives it and one
     * degree around, what lies elsewhere cannot be converted; a projection alone is used wherever
     * it can be undone. No network. Some 10 ms the first time, since PROJ opens its database. */
    pole_status (*transform_new)(int32_t epsg, const pole_allocator *allocator,
                                 pole_transform **transform, pole_transform_info *info,
                                 pole_error *error);
    /* In place; axes as in crs.h (x easting or longitude), degrees or the CRS's own unit. What
     * cannot be converted, or comes in as NaN, becomes NaN, NaN. */
    void (*transform_to_wgs84)(pole_transform *transform, size_t count, double *x, double *y);
    void (*transform_from_wgs84)(pole_transform *transform, size_t count, double *x, double *y);
    void (*transform_free)(pole_transform *transform);

    /* GEOS. Makes polygons valid: loops that cross are cut apart, overlapping polygons united, a
     * hole outside its polygon becomes a polygon (it is mostly one that was written so), rings of
     * fewer than three vertices fall away; borders keep their vertices, new ones are rounded to
     * 1e-7 degree. POLE_BAD_INPUT: nothing with an inside is left; POLE_INVALID_ARGUMENT: the
     * arrays contradict each other or a coordinate is out of range. */
    pole_status (*area_mend)(const pole_polygons *polygons, const pole_allocator *allocator,
                             pole_mended_area **area, pole_error *error);
    void (*area_free)(pole_mended_area *area);

    /* GDAL, for shapefiles, GeoPackage, FlatGeobuf, MapInfo, KML, SpatiaLite, XLSX and ODS (no
     * driver that follows links out of the file); all three NULL when built without it. path: a
     * regular file. layer: NULL when the file has but one. info and feature point into the vector.
     * POLE_UNSUPPORTED: GDAL's part is not installed, or none of these drivers reads this file;
     * POLE_IO: no such file; POLE_NOT_FOUND: no such layer; POLE_BAD_INPUT: several layers and none
     * named, or the file breaks off. */
    pole_status (*vector_open)(const char *path, const char *layer, const pole_allocator *allocator,
                               pole_vector **vector, const pole_vector_info **info,
                               pole_error *error);
    /* POLE_NOT_FOUND, and *feature NULL, at the end. */
    pole_status (*vector_next)(pole_vector *vector, const pole_vector_feature **feature,
                               pole_error *error);
    void (*vector_close)(pole_vector *vector);
    /* A file of GeoJSON (RFC 7946) written again as "GPKG" or "FlatGeobuf"; to_path must not be
     * there yet, and its end should be that of the form. Texts stay texts. FlatGeobuf has no
     * features without a place: these are left out. POLE_UNSUPPORTED,
     * POLE_IO, POLE_BAD_INPUT. */
    pole_status (*vector_convert)(const char *geojson_path, const char *to_path, const char *driver,
                                  pole_error *error);
} pole_adapters;

/* The table of PROJ, GEOS and (where built with it) GDAL. The only symbol of libpolelookup_geo:
 * link that library, or load it when first needed, since it brings some 46 libraries and costs
 * 10 ms of start. Static; never NULL; thread-safe. */
POLE_API const pole_adapters *pole_geo_adapters(void);

#ifdef __cplusplus
}
#endif
#endif
