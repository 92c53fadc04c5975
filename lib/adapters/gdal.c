/* SPDX-License-Identifier: MIT
 * Vector files by GDAL, feature by feature: values as text, geometry as flat arrays.
 *
 * Only drivers that read one file (or a file and its companions beside it) are let in: a VRT or a
 * GML schema can name other files and hosts, and a path of GDAL's own kind (/vsicurl/, PG:) can
 * be a host itself, so the path must be a regular file. */
#include <cpl_conv.h>
#include <cpl_error.h>
#include <gdal.h>
#include <limits.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "adapters/support.h"
#include "adapters/vector.h"

static const char *const drivers[] = {
    "ESRI Shapefile", "GPKG",   "FlatGeobuf", "MapInfo File", "KML",
    "LIBKML",         "SQLite", "XLSX",       "ODS",          NULL};

typedef struct {
    pole_vector head;
    pole_allocator memory;
    GDALDatasetH dataset;
    OGRLayerH layer;
    pole_vector_info info;
    pole_vector_feature feature;
    char crs[128];
    pole_span *fields; /* names; the layer's own texts */
    pole_span *values;
    char *text; /* of all values of a feature */
    size_t text_capacity;
    double *coordinates;
    size_t coordinate_capacity;
    uint32_t *ring_ends;
    size_t ring_capacity;
    uint32_t *polygon_ends;
    size_t polygon_capacity;
} vector_file;

static pole_status no_memory(pole_error *error)
{
    return pole_adapter_fail(error, POLE_NO_MEMORY, NULL, "no memory for a vector file");
}

static void close_file(pole_vector *vector)
{
    vector_file *f = (vector_file *)vector;
    const pole_allocator memory = f->memory;
    CPLPushErrorHandler(CPLQuietErrorHandler);
    if (f->dataset)
        GDALClose(f->dataset);
    CPLPopErrorHandler();
    memory.release(memory.context, f->fields);
    memory.release(memory.context, f->values);
    memory.release(memory.context, f->text);
    memory.release(memory.context, f->coordinates);
    memory.release(memory.context, f->ring_ends);
    memory.release(memory.context, f->polygon_ends);
    memory.release(memory.context, f);
}

/* "EPSG:n" when the file says so or describes nothing else, else its own words. */
static void name_crs(vector_file *f)
{
    OGRSpatialReferenceH srs = OGR_L_GetSpatialRef(f->layer);
    if (!srs)
        return;
    const char *code = OSRGetAuthorityCode(srs, NULL), *authority = OSRGetAuthorityName(srs, NULL);
    if (code && authority && strcmp(authority, "EPSG") == 0) {
        snprintf(f->crs, sizeof f->crs, "EPSG:%s", code);
    } else {
        int count = 0, *confidence = NULL;
        OGRSpatialReferenceH *matches = OSRFindMatches(srs, NULL, &count, &confidence);
        code = count > 0 && confidence[0] >= 90 ? OSRGetAuthorityCode(matches[0], NULL) : NULL;
        authority = code ? OSRGetAuthorityName(matches[0], NULL) : NULL;
        const char *name = OSRGetName(srs);
        if (authority && strcmp(authority, "EPSG") == 0)
            snprintf(f->crs, sizeof f->crs, "EPSG:%s", code);
        else
            pole_adapter_copy_text(f->crs, sizeof f->crs, name ? name : "");
        OSRFreeSRSArray(matches);
        CPLFree(confidence);
    }
}

static pole_span span_of(const char *text)
{
    return (pole_span){text, strlen(text)};
}

static pole_status describe(vector_file *f, pole_error *error)
{
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(f->layer);
    const int count = OGR_FD_GetFieldCount(definition);
    f->fields = pole_adapter_zeroed(&f->memory, (size_t)count, sizeof *f->fields);
    f->values = pole_adapter_zeroed(&f->memory, (size_t)count, sizeof *f->values);
    if (!f->fields || !f->values)
        return no_memory(error);
    for (int i = 0; i < count; i++)
        f->fields[i] = span_of(OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, i)));
    name_crs(f);
    f->info =
        (pole_vector_info){span_of(f->crs), span_of(OGR_L_GetName(f->layer)), f->fields,
                           (uint32_t)count, OGR_L_TestCapability(f->layer, OLCStringsAsUTF8) != 0};
    return POLE_OK;
}

static pole_status choose_layer(vector_file *f, const char *path, const char *layer,
                                pole_error *error)
{
    const int count = GDALDatasetGetLayerCount(f->dataset);
    if (layer)
        f->layer = GDALDatasetGetLayerByName(f->dataset, layer);
    else if (count == 1)
        f->layer = GDALDatasetGetLayer(f->dataset, 0);
    if (f->layer)
        return POLE_OK;
    if (layer)
        return pole_adapter_fail(error, POLE_NOT_FOUND, NULL, "%s has no layer \"%s\"", path,
                                 layer);
    if (count == 0)
        return pole_adapter_fail(error, POLE_BAD_INPUT, NULL, "%s holds no layer", path);
    const char *first = OGR_L_GetName(GDALDatasetGetLayer(f->dataset, 0));
    return pole_adapter_fail(error, POLE_BAD_INPUT, "name one, or save it as a file of its own",
                             "%s holds %d layers, the first is \"%s\"", path, count, first);
}

static pole_status open_file(vector_file *f, const char *path, const char *layer, pole_error *error)
{
    struct stat about;
    if (stat(path, &about) != 0 || !S_ISREG(about.st_mode))
        return pole_adapter_fail(error, POLE_IO, NULL, "%s is no regular file", path);
    GDALAllRegister();
    f->dataset = GDALOpenEx(path, GDAL_OF_VECTOR | GDAL_OF_READONLY, drivers, NULL, NULL);
    if (!f->dataset)
        return pole_adapter_fail(error, POLE_UNSUPPORTED, "convert it to CSV or GeoJSON",
                                 "%s is no vector file that is read here", path);
    pole_status status = choose_layer(f, path, layer, error);
    if (status == POLE_OK)
        status = describe(f, error);
    return status;
}

/* Appends a value's text, with the NUL that GDAL's has. The span holds an offset until all are
 * in, since the block may move. */
static bool add_text(vector_file *f, size_t *size, int field, const char *text)
{
    const size_t length = strlen(text);
    if (!pole_adapter_grow(&f->memory, (void **)&f->text, &f->text_capacity, *size + length + 1, 1))
        return false;
    memcpy(f->text + *size, text, length + 1);
    f->values[field].size_bytes = length;
    *size += length + 1;
    return true;
}

/* A date as 2008-06-30, with T12:34:56 when it has a time; GDAL writes 2008/06/30. */
static const char *date_text(OGRFeatureH feature, int field, bool time, char *out, size_t capacity)
{
    int year, month, day, hour, minute, second, zone;
    if (!OGR_F_GetFieldAsDateTime(feature, field, &year, &month, &day, &hour, &minute, &second,
                                  &zone))
        return "";
    if (time)
        snprintf(out, capacity, "%04d-%02d-%02dT%02d:%02d:%02d", year, month, day, hour, minute,
                 second);
    else
        snprintf(out, capacity, "%04d-%02d-%02d", year, month, day);
    return out;
}

static bool take_values(vector_file *f, OGRFeatureH feature)
{
    size_t size = 0;
    char date[64];
    for (uint32_t i = 0; i < f->info.field_count; i++) {
        const int field = (int)i;
        const OGRFieldType type = OGR_Fld_GetType(OGR_F_GetFieldDefnRef(feature, field));
        const char *text = "";
        if (OGR_F_IsFieldSetAndNotNull(feature, field))
            text = type == OFTDate || type == OFTDateTime
                       ? date_text(feature, field, type == OFTDateTime, date, sizeof date)
                       : OGR_F_GetFieldAsString(feature, field);
        if (!add_text(f, &size, field, text))
            return false;
    }
    size_t at = 0;
    for (uint32_t i = 0; i < f->info.field_count; i++) {
        f->values[i].data = f->text + at;
        at += f->values[i].size_bytes + 1;
    }
    return true;
}

static bool add_ring(vector_file *f, OGRGeometryH ring)
{
    const int count = OGR_G_GetPointCount(ring);
    const size_t before = f->feature.vertex_count, after = before + (size_t)count;
    if (after > UINT32_MAX ||
        !pole_adapter_grow(&f->memory, (void **)&f->coordinates, &f->coordinate_capacity, 2 * after,
                           sizeof(double)) ||
        !pole_adapter_grow(&f->memory, (void **)&f->ring_ends, &f->ring_capacity,
                           (size_t)f->feature.ring_count + 1, sizeof(uint32_t)))
        return false;
    double *xy = f->coordinates + 2 * before;
    if (count > 0)
        OGR_G_GetPoints(ring, xy, 2 * sizeof *xy, xy + 1, 2 * sizeof *xy, NULL, 0);
    f->feature.vertex_count = (uint32_t)after;
    f->ring_ends[f->feature.ring_count++] = (uint32_t)after;
    return true;
}

static bool add_polygon(vector_file *f, OGRGeometryH polygon)
{
    const int rings = OGR_G_GetGeometryCount(polygon);
    for (int i = 0; i < rings; i++)
        if (!add_ring(f, OGR_G_GetGeometryRef(polygon, i)))
            return false;
    if (!pole_adapter_grow(&f->memory, (void **)&f->polygon_ends, &f->polygon_capacity,
                           (size_t)f->feature.polygon_count + 1, sizeof(uint32_t)))
        return false;
    f->polygon_ends[f->feature.polygon_count++] = f->feature.ring_count;
    return true;
}

/* A point, or several of which there is one. */
static bool take_point(vector_file *f, OGRGeometryH point)
{
    if (!pole_adapter_grow(&f->memory, (void **)&f->coordinates, &f->coordinate_capacity, 2,
                           sizeof(double)))
        return false;
    f->coordinates[0] = OGR_G_GetX(point, 0);
    f->coordinates[1] = OGR_G_GetY(point, 0);
    f->feature.vertex_count = 1;
    f->feature.geometry = POLE_VECTOR_POINT;
    return true;
}

static bool take_geometry(vector_file *f, OGRGeometryH geometry)
{
    f->feature.geometry = POLE_VECTOR_NONE;
    f->feature.geometry_name = "";
    if (!geometry || OGR_G_IsEmpty(geometry))
        return true;
    const OGRwkbGeometryType type = OGR_GT_Flatten(OGR_G_GetGeometryType(geometry));
    const int parts = OGR_G_GetGeometryCount(geometry);
    f->feature.geometry_name = OGRGeometryTypeToName(type);
    f->feature.geometry = POLE_VECTOR_OTHER;
    if (type == wkbPoint)
        return take_point(f, geometry);
    if (type == wkbMultiPoint && parts == 1)
        return take_point(f, OGR_G_GetGeometryRef(geometry, 0));
    if (type == wkbPolygon || type == wkbMultiPolygon)
        f->feature.geometry = POLE_VECTOR_POLYGONS;
    if (type == wkbPolygon)
        return add_polygon(f, geometry);
    for (int i = 0; type == wkbMultiPolygon && i < parts; i++)
        if (!add_polygon(f, OGR_G_GetGeometryRef(geometry, i)))
            return false;
    return true;
}

static pole_status take_feature(vector_file *f, OGRFeatureH feature, pole_error *error)
{
    f->feature = (pole_vector_feature){.id = OGR_F_GetFID(feature), .values = f->values};
    if (!take_values(f, feature) || !take_geometry(f, OGR_F_GetGeometryRef(feature)))
        return no_memory(error);
    f->feature.coordinates = f->coordinates;
    f->feature.ring_ends = f->ring_ends;
    f->feature.polygon_ends = f->polygon_ends;
    return POLE_OK;
}

static pole_status next_feature(pole_vector *vector, const pole_vector_feature **out,
                                pole_error *error)
{
    vector_file *f = (vector_file *)vector;
    *out = NULL;
    CPLPushErrorHandler(CPLQuietErrorHandler);
    CPLErrorReset();
    OGRFeatureH feature = OGR_L_GetNextFeature(f->layer);
    pole_status status;
    if (feature) {
        status = take_feature(f, feature, error);
        OGR_F_Destroy(feature);
    } else if (CPLGetLastErrorType() >= CE_Failure) {
        status = pole_adapter_fail(error, POLE_BAD_INPUT, NULL, "the file cannot be read on: %s",
                                   CPLGetLastErrorMsg());
    } else {
        status = pole_adapter_fail(error, POLE_NOT_FOUND, NULL, "no more features");
    }
    CPLPopErrorHandler();
    if (status == POLE_OK)
        *out = &f->feature;
    return status;
}

pole_status pole_gdal_open(const char *path, const char *layer, const pole_allocator *allocator,
                           pole_vector **vector, const pole_vector_info **info, pole_error *error)
{
    *vector = NULL;
    *info = NULL;
    const pole_allocator memory = pole_adapter_memory(allocator);
    vector_file *f = pole_adapter_zeroed(&memory, 1, sizeof *f);
    if (!f)
        return no_memory(error);
    f->memory = memory;
    f->head = (pole_vector){next_feature, close_file};
    CPLPushErrorHandler(CPLQuietErrorHandler);
    const pole_status status = open_file(f, path, layer, error);
    CPLPopErrorHandler();
    if (status != POLE_OK) {
        close_file(&f->head);
        return status;
    }
    *vector = &f->head;
    *info = &f->info;
    return POLE_OK;
}
