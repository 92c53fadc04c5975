/* SPDX-License-Identifier: MIT
 *
 * Agencies hand their poles over as shapefiles and GeoPackages. The files are written here by
 * GDAL itself and read back through the adapters' table: every value, coordinate and the CRS must
 * come through, and a file that is not what it seems must be refused in words. */
#include <cpl_conv.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <gdal.h>
#include <math.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <polelookup/adapters.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/test_main.h"
#include "support/test_memory.h"

static const pole_adapters *adapters;
static char folder[256];

static void setup(void)
{
    adapters = pole_geo_adapters();
    GDALAllRegister();
    snprintf(folder, sizeof folder, "%s/vector-XXXXXX", TEST_BINARY_DIR);
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

/* A path in the folder; valid until the next call. */
static const char *in_folder(const char *name)
{
    static char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void teardown(void)
{
    char **files = VSIReadDir(folder);
    for (char **file = files; file && *file; file++)
        if ((*file)[0] != '.')
            unlink(in_folder(*file));
    CSLDestroy(files);
    ck_assert_int_eq(rmdir(folder), 0);
}

/* Begins a file of one layer (more may follow) in a CRS; 0: none. */
static GDALDatasetH begin(const char *driver, const char *name)
{
    GDALDatasetH file =
        GDALCreate(GDALGetDriverByName(driver), in_folder(name), 0, 0, 0, GDT_Unknown, NULL);
    ck_assert_ptr_nonnull(file);
    return file;
}

static OGRLayerH add_layer(GDALDatasetH file, const char *name, int epsg, OGRwkbGeometryType type,
                           const char *option)
{
    OGRSpatialReferenceH srs = NULL;
    if (epsg) {
        srs = OSRNewSpatialReference(NULL);
        ck_assert_int_eq(OSRImportFromEPSG(srs, epsg), OGRERR_NONE);
        OSRSetAxisMappingStrategy(srs, OAMS_TRADITIONAL_GIS_ORDER);
    }
    char *options[] = {CPLStrdup(option ? option : ""), NULL};
    OGRLayerH layer = GDALDatasetCreateLayer(file, name, srs, type, option ? options : NULL);
    ck_assert_ptr_nonnull(layer);
    CPLFree(options[0]);
    if (srs)
        OSRRelease(srs);
    return layer;
}

static void add_field(OGRLayerH layer, const char *name, OGRFieldType type)
{
    OGRFieldDefnH field = OGR_Fld_Create(name, type);
    ck_assert_int_eq(OGR_L_CreateField(layer, field, 1), OGRERR_NONE);
    OGR_Fld_Destroy(field);
}

static void add_feature(OGRLayerH layer, OGRFeatureH feature, const char *wkt)
{
    char *text = CPLStrdup(wkt ? wkt : ""), *at = text;
    if (wkt) {
        OGRGeometryH geometry = NULL;
        ck_assert_int_eq(OGR_G_CreateFromWkt(&at, NULL, &geometry), OGRERR_NONE);
        OGR_F_SetGeometryDirectly(feature, geometry);
    }
    ck_assert_int_eq(OGR_L_CreateFeature(layer, feature), OGRERR_NONE);
    OGR_F_Destroy(feature);
    CPLFree(text);
}

static OGRFeatureH new_feature(OGRLayerH layer)
{
    return OGR_F_Create(OGR_L_GetLayerDefn(layer));
}

static bool is_text(pole_span span, const char *text)
{
    return span.size_bytes == strlen(text) && memcmp(span.data, text, span.size_bytes) == 0;
}

static pole_vector *open_file(const char *path, const char *layer, const pole_vector_info **info)
{
    pole_vector *vector = NULL;
    pole_error error;
    const pole_status status = adapters->vector_open(path, layer, NULL, &vector, info, &error);
    ck_assert_msg(status == POLE_OK, "%s", error.message);
    return vector;
}

static const pole_vector_feature *next(pole_vector *vector)
{
    const pole_vector_feature *feature = NULL;
    pole_error error;
    const pole_status status = adapters->vector_next(vector, &feature, &error);
    ck_assert_msg(status == POLE_OK, "%s", error.message);
    return feature;
}

static void at_end(pole_vector *vector)
{
    const pole_vector_feature *feature = (const pole_vector_feature *)vector;
    ck_assert_int_eq(adapters->vector_next(vector, &feature, NULL), POLE_NOT_FOUND);
    ck_assert_ptr_null(feature);
}

START_TEST(values_come_as_text_and_points_as_x_and_y)
{
    GDALDatasetH file = begin("GPKG", "poles.gpkg");
    OGRLayerH layer = add_layer(file, "poles", 4530, wkbPoint, NULL);
    add_field(layer, "灯杆编号", OFTString);
    add_field(layer, "height", OFTReal);
    add_field(layer, "number", OFTInteger64);
    add_field(layer, "surveyed", OFTDate);
    add_field(layer, "seen", OFTDateTime);
    OGRFeatureH feature = new_feature(layer);
    OGR_F_SetFieldString(feature, 0, "0012345 中央大街");
    OGR_F_SetFieldDouble(feature, 1, 8.25);
    OGR_F_SetFieldInteger64(feature, 2, 9007199254740993);
    OGR_F_SetFieldDateTime(feature, 3, 2008, 6, 30, 0, 0, 0, 0);
    OGR_F_SetFieldDateTime(feature, 4, 2008, 6, 30, 23, 59, 7, 0);
    add_feature(layer, feature, "POINT (42549781.4982 5070720.8668)");
    add_feature(layer, new_feature(layer), NULL);
    GDALClose(file);

    const pole_vector_info *info;
    pole_vector *vector = open_file(in_folder("poles.gpkg"), NULL, &info);
    ck_assert(is_text(info->crs, "EPSG:4530") && is_text(info->layer, "poles"));
    ck_assert_uint_eq(info->field_count, 5);
    ck_assert_int_eq(info->is_utf8, 1);
    ck_assert(is_text(info->fields[0], "灯杆编号") && is_text(info->fields[4], "seen"));
    const pole_vector_feature *one = next(vector);
    ck_assert(is_text(one->values[0], "0012345 中央大街") && is_text(one->values[1], "8.25"));
    ck_assert(is_text(one->values[2], "9007199254740993"));
    ck_assert(is_text(one->values[3], "2008-06-30"));
    ck_assert(is_text(one->values[4], "2008-06-30T23:59:07"));
    ck_assert_int_eq(one->geometry, POLE_VECTOR_POINT);
    ck_assert_uint_eq(one->vertex_count, 1);
    ck_assert(one->coordinates[0] == 42549781.4982 && one->coordinates[1] == 5070720.8668);
    const pole_vector_feature *two = next(vector);
    ck_assert_int_eq(two->geometry, POLE_VECTOR_NONE);
    for (int i = 0; i < 5; i++)
        ck_assert_uint_eq(two->values[i].size_bytes, 0);
    at_end(vector);
    at_end(vector);
    adapters->vector_close(vector);
    adapters->vector_close(NULL);
}
END_TEST

START_TEST(polygons_keep_their_rings)
{
    GDALDatasetH file = begin("FlatGeobuf", "areas.fgb");
    OGRLayerH layer = add_layer(file, "areas", 4326, wkbMultiPolygon, "SPATIAL_INDEX=NO");
    add_field(layer, "station_id", OFTString);
    add_feature(layer, new_feature(layer),
                "MULTIPOLYGON (((126 45, 127 45, 127 46, 126 45), (126.5 45.2, 126.7 45.3, "
                "126.7 45.2, 126.5 45.2)), ((120 40, 121 40, 121 41, 120 40)))");
    GDALClose(file);
    const pole_vector_info *info;
    pole_vector *vector = open_file(in_folder("areas.fgb"), "areas", &info);
    ck_assert(is_text(info->crs, "EPSG:4326"));
    const pole_vector_feature *f = next(vector);
    ck_assert_int_eq(f->geometry, POLE_VECTOR_POLYGONS);
    ck_assert_uint_eq(f->polygon_count, 2);
    ck_assert_uint_eq(f->ring_count, 3);
    ck_assert_uint_eq(f->vertex_count, 12);
    ck_assert(f->polygon_ends[0] == 2 && f->polygon_ends[1] == 3);
    ck_assert(f->ring_ends[0] == 4 && f->ring_ends[1] == 8 && f->ring_ends[2] == 12);
    ck_assert(f->coordinates[2] == 127.0 && f->coordinates[3] == 45.0); /* longitude first */
    ck_assert(f->coordinates[8] == 126.5 && f->coordinates[17] == 40.0);
    at_end(vector);
    adapters->vector_close(vector);
}
END_TEST

START_TEST(other_geometries_are_named_and_a_lone_multipoint_is_a_point)
{
    GDALDatasetH file = begin("GPKG", "mixed.gpkg");
    OGRLayerH layer = add_layer(file, "mixed", 0, wkbUnknown, NULL);
    add_feature(layer, new_feature(layer), "LINESTRING (126 45, 127 46)");
    add_feature(layer, new_feature(layer), "MULTIPOINT ((126 45), (127 46))");
    add_feature(layer, new_feature(layer), "MULTIPOINT ((126 45))");
    add_feature(layer, new_feature(layer), "POINT EMPTY");
    add_feature(layer, new_feature(layer), "POLYGON Z ((0 0 5, 1 0 5, 1 1 5, 0 0 5))");
    GDALClose(file);
    const pole_vector_info *info;
    pole_vector *vector = open_file(in_folder("mixed.gpkg"), NULL, &info);
    static const int expected[] = {POLE_VECTOR_OTHER, POLE_VECTOR_OTHER, POLE_VECTOR_POINT,
                                   POLE_VECTOR_NONE, POLE_VECTOR_POLYGONS};
    static const char *const names[] = {"Line String", "Multi Point", "Multi Point", "", "Polygon"};
    for (int i = 0; i < 5; i++) {
        const pole_vector_feature *f = next(vector);
        ck_assert_int_eq(f->geometry, expected[i]);
        ck_assert_str_eq(f->geometry_name, names[i]);
    }
    at_end(vector);
    adapters->vector_close(vector);
}
END_TEST

START_TEST(a_shapefile_without_an_encoding_gives_its_bytes)
{
    static const char gbk[] = "\xD6\xD0\xD1\xEB\xB4\xF3\xBD\xD6"; /* 中央大街 */
    GDALDatasetH file = begin("ESRI Shapefile", "poles.shp");
    OGRLayerH layer = add_layer(file, "poles", 4490, wkbPoint, "ENCODING=");
    add_field(layer, "street", OFTString);
    OGRFeatureH feature = new_feature(layer);
    OGR_F_SetFieldString(feature, 0, gbk);
    add_feature(layer, feature, "POINT (126.64 45.77)");
    GDALClose(file);
    unlink(in_folder("poles.cpg"));
    FILE *dbf = fopen(in_folder("poles.dbf"), "r+b");
    ck_assert(dbf && fseek(dbf, 29, SEEK_SET) == 0 && fputc(0, dbf) == 0 && fclose(dbf) == 0);

    const pole_vector_info *info;
    pole_vector *vector = open_file(in_folder("poles.shp"), NULL, &info);
    ck_assert_int_eq(info->is_utf8, 0);
    ck_assert(is_text(info->crs, "EPSG:4490"));
    ck_assert(is_text(next(vector)->values[0], gbk));
    adapters->vector_close(vector);
}
END_TEST

START_TEST(a_shapefile_with_an_encoding_is_utf8)
{
    GDALDatasetH file = begin("ESRI Shapefile", "poles.shp");
    OGRLayerH layer = add_layer(file, "poles", 4530, wkbPoint, "ENCODING=CP936");
    add_field(layer, "street", OFTString);
    OGRFeatureH feature = new_feature(layer);
    OGR_F_SetFieldString(feature, 0, "中央大街");
    add_feature(layer, feature, "POINT (42549781 5070720)");
    GDALClose(file);
    const pole_vector_info *info;
    pole_vector *vector = open_file(in_folder("poles.shp"), NULL, &info);
    ck_assert_int_eq(info->is_utf8, 1);
    ck_assert(is_text(info->crs, "EPSG:4530"));
    ck_assert(is_text(next(vector)->values[0], "中央大街"));
    adapters->vector_close(vector);
}
END_TEST

static void check_refused(const char *path, const char *layer, pole_status expected,
                          const char *word)
{
    pole_vector *vector = (pole_vector *)folder;
    const pole_vector_info *info = (const pole_vector_info *)folder;
    pole_error error;
    ck_assert_msg(adapters->vector_open(path, layer, NULL, &vector, &info, &error) == expected,
                  "%s: %d %s", path, error.status, error.message);
    ck_assert(vector == NULL && info == NULL && error.status == expected);
    ck_assert_msg(strstr(error.message, word) != NULL, "%s", error.message);
}

START_TEST(of_several_layers_one_must_be_named)
{
    GDALDatasetH file = begin("GPKG", "two.gpkg");
    add_layer(file, "poles", 4326, wkbPoint, NULL);
    add_layer(file, "stations", 4326, wkbPoint, NULL);
    GDALClose(file);
    const char *path = in_folder("two.gpkg");
    check_refused(path, NULL, POLE_BAD_INPUT, "2 layers");
    check_refused(path, "areas", POLE_NOT_FOUND, "areas");
    const pole_vector_info *info;
    pole_vector *vector = open_file(path, "stations", &info);
    ck_assert(is_text(info->layer, "stations"));
    adapters->vector_close(vector);
}
END_TEST

static void write_text(const char *name, const char *text)
{
    FILE *file = fopen(in_folder(name), "wb");
    ck_assert(file && fputs(text, file) >= 0 && fclose(file) == 0);
}

START_TEST(what_is_no_plain_file_of_a_known_kind_is_refused)
{
    check_refused(in_folder("absent.gpkg"), NULL, POLE_IO, "no regular file");
    check_refused(folder, NULL, POLE_IO, "no regular file");
    check_refused("/vsimem/poles.gpkg", NULL, POLE_IO, "no regular file");
    check_refused("PG:dbname=poles", NULL, POLE_IO, "no regular file");
    write_text("noise.gpkg", "these are not the bytes of a GeoPackage");
    check_refused(in_folder("noise.gpkg"), NULL, POLE_UNSUPPORTED, "noise.gpkg");
    /* A VRT may name any other file or host. */
    write_text("link.vrt", "<OGRVRTDataSource><OGRVRTLayer name=\"p\"><SrcDataSource>/etc/passwd"
                           "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>");
    check_refused(in_folder("link.vrt"), NULL, POLE_UNSUPPORTED, "link.vrt");
}
END_TEST

START_TEST(a_file_that_breaks_off_is_said_to)
{
    GDALDatasetH file = begin("FlatGeobuf", "short.fgb");
    OGRLayerH layer = add_layer(file, "short", 4326, wkbPoint, "SPATIAL_INDEX=NO");
    add_field(layer, "code", OFTString);
    for (int i = 0; i < 100; i++) {
        OGRFeatureH feature = new_feature(layer);
        OGR_F_SetFieldString(feature, 0, "2334502");
        add_feature(layer, feature, "POINT (126.64 45.77)");
    }
    GDALClose(file);
    const char *path = in_folder("short.fgb");
    struct stat about;
    ck_assert_int_eq(stat(path, &about), 0);
    ck_assert_int_eq(truncate(path, about.st_size - about.st_size / 4), 0);
    const pole_vector_info *info;
    pole_vector *vector = open_file(path, NULL, &info);
    const pole_vector_feature *feature;
    pole_error error;
    pole_status status;
    int count = 0;
    while ((status = adapters->vector_next(vector, &feature, &error)) == POLE_OK)
        count++;
    ck_assert_msg(status == POLE_BAD_INPUT, "%d after %d features", (int)status, count);
    ck_assert_int_lt(count, 100);
    ck_assert_ptr_null(feature);
    ck_assert(error.message[0]);
    adapters->vector_close(vector);
}
END_TEST

START_TEST(no_memory_is_said_and_nothing_leaks)
{
    GDALDatasetH file = begin("GPKG", "memory.gpkg");
    OGRLayerH layer = add_layer(file, "memory", 4326, wkbPolygon, NULL);
    add_field(layer, "name", OFTString);
    OGRFeatureH feature = new_feature(layer);
    OGR_F_SetFieldString(feature, 0, "a name");
    add_feature(layer, feature, "POLYGON ((0 0, 1 0, 1 1, 0 0))");
    GDALClose(file);
    for (size_t fail_at = 1;; fail_at++) {
        test_memory memory;
        test_memory_init(&memory, fail_at);
        pole_vector *vector;
        const pole_vector_info *info;
        const pole_vector_feature *read = NULL;
        pole_status status = adapters->vector_open(in_folder("memory.gpkg"), NULL,
                                                   &memory.allocator, &vector, &info, NULL);
        if (status == POLE_OK)
            status = adapters->vector_next(vector, &read, NULL);
        adapters->vector_close(vector);
        ck_assert_uint_eq(memory.live, 0);
        if (status == POLE_OK) {
            ck_assert_uint_gt(fail_at, 6);
            break;
        }
        ck_assert_int_eq(status, POLE_NO_MEMORY);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("vector_file");
    TCase *tests = tcase_create("vector_file");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, values_come_as_text_and_points_as_x_and_y);
    tcase_add_test(tests, polygons_keep_their_rings);
    tcase_add_test(tests, other_geometries_are_named_and_a_lone_multipoint_is_a_point);
    tcase_add_test(tests, a_shapefile_without_an_encoding_gives_its_bytes);
    tcase_add_test(tests, a_shapefile_with_an_encoding_is_utf8);
    tcase_add_test(tests, of_several_layers_one_must_be_named);
    tcase_add_test(tests, what_is_no_plain_file_of_a_known_kind_is_refused);
    tcase_add_test(tests, a_file_that_breaks_off_is_said_to);
    tcase_add_test(tests, no_memory_is_said_and_nothing_leaks);
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
