/* SPDX-License-Identifier: MIT
 * A build from GIS files: GeoPackages of poles in survey coordinates, and of areas. Their
 * own statement of the CRS must agree with what was given, or the build stops. */
#include <check.h>
#include <cpl_conv.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/build_run.h"
#include "support/test_main.h"

static OGRLayerH add_layer(GDALDatasetH file, const char *name, int epsg, OGRwkbGeometryType type)
{
    OGRSpatialReferenceH srs = OSRNewSpatialReference(NULL);
    ck_assert_int_eq(OSRImportFromEPSG(srs, epsg), OGRERR_NONE);
    OSRSetAxisMappingStrategy(srs, OAMS_TRADITIONAL_GIS_ORDER);
    OGRLayerH layer = GDALDatasetCreateLayer(file, name, srs, type, NULL);
    ck_assert_ptr_nonnull(layer);
    OSRRelease(srs);
    return layer;
}

static void add_text_field(OGRLayerH layer, const char *name)
{
    OGRFieldDefnH field = OGR_Fld_Create(name, OFTString);
    ck_assert_int_eq(OGR_L_CreateField(layer, field, 1), OGRERR_NONE);
    OGR_Fld_Destroy(field);
}

static void add_feature(OGRLayerH layer, const char *first, const char *second, const char *wkt)
{
    OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(layer));
    OGRGeometryH geometry = NULL;
    char *text = (char *)(size_t)wkt;
    OGR_F_SetFieldString(feature, 0, first);
    if (second)
        OGR_F_SetFieldString(feature, 1, second);
    ck_assert_int_eq(OGR_G_CreateFromWkt(&text, NULL, &geometry), OGRERR_NONE);
    ck_assert_int_eq(OGR_F_SetGeometryDirectly(feature, geometry), OGRERR_NONE);
    ck_assert_int_eq(OGR_L_CreateFeature(layer, feature), OGRERR_NONE);
    OGR_F_Destroy(feature);
}

/* Poles in EPSG:4530: 45.7712345, 126.6412345 as cs2cs has it, and a line that is no pole. */
static void write_poles(const char *path)
{
    GDALDatasetH file = GDALCreate(GDALGetDriverByName("GPKG"), path, 0, 0, 0, GDT_Unknown, NULL);
    ck_assert_ptr_nonnull(file);
    OGRLayerH layer = add_layer(file, "poles", 4530, wkbUnknown);
    add_text_field(layer, "灯杆编号");
    add_text_field(layer, "street");
    add_feature(layer, "0034567", "中央大街", "POINT (42549876.4216 5070858.8466)");
    add_feature(layer, "0034569", "中央大街", "LINESTRING (42549876 5070858, 42549877 5070858)");
    GDALClose(file);
}

static void write_areas(const char *path)
{
    GDALDatasetH file = GDALCreate(GDALGetDriverByName("GPKG"), path, 0, 0, 0, GDT_Unknown, NULL);
    ck_assert_ptr_nonnull(file);
    OGRLayerH layer = add_layer(file, "areas", 4326, wkbMultiPolygon);
    add_text_field(layer, "station_id");
    add_feature(layer, "003", NULL,
                "MULTIPOLYGON (((126 45, 127 45, 127 46, 126 46, 126 45), (126.1 45.1, 126.1 45.2, "
                "126.2 45.2, 126.1 45.1)))");
    GDALClose(file);
}

START_TEST(gis_files_are_tables_too)
{
    char poles[256], areas[256];
    build_run run;
    build_run_init(&run);
    run.options.adapters = pole_geo_adapters();
    run.options.from_crs = _i == 0 ? "EPSG:4530;areas=EPSG:4326;stations=EPSG:4326" : NULL;
    snprintf(poles, sizeof poles, "%s/poles.gpkg", run.folder);
    snprintf(areas, sizeof areas, "%s/areas.gpkg", run.folder);
    write_poles(poles);
    write_areas(areas);
    build_run_add(&run, POLE_TABLE_STATIONS, "stations.csv", "id,name,lat,lon\n003,a,45.7,126.6\n");
    ck_assert_int_eq(run.status, POLE_OK);
    run.status = pole_builder_add_file(run.builder, POLE_TABLE_POLES, poles, &run.error);
    if (_i == 0) {
        ck_assert_msg(run.status == POLE_OK, "%s", run.error.message);
        run.status = pole_builder_add_file(run.builder, POLE_TABLE_AREAS, areas, &run.error);
        ck_assert_msg(build_run_finish(&run) == POLE_OK, "%s", run.error.message);
        ck_assert_uint_eq(run.report.poles, 1);
        ck_assert_uint_eq(run.report.areas, 1);
        ck_assert_uint_eq(run.finding_count, 1);
        ck_assert_int_eq(run.findings->kind, POLE_FINDING_BAD_GEOMETRY);
        pole_index *index = build_run_open(&run);
        pole_record record = {.struct_size = sizeof record};
        ck_assert_int_eq(pole_index_record(index, 0, &record), POLE_OK);
        ck_assert_uint_eq(record.code.number, 34567);
        ck_assert_double_eq_tol(record.at.lat_deg, 45.7712345, 1.01e-7);
        ck_assert_double_eq_tol(record.at.lon_deg, 126.6412345, 1.01e-7);
        ck_assert_int_eq(memcmp(record.street.data, "中央大街", record.street.size_bytes), 0);
        pole_index_close(index);
    } else {
        ck_assert_int_eq(run.status, POLE_BAD_INPUT);
        ck_assert_ptr_nonnull(strstr(run.error.message, "poles.gpkg"));
        ck_assert_ptr_nonnull(strstr(run.error.message, "states the CRS EPSG:4530"));
        ck_assert_str_eq(run.error.hint, "build with --from-crs poles=EPSG:4530");
    }
    unlink(poles);
    unlink(areas);
    build_run_end(&run);
}
END_TEST

int main(void)
{
    GDALAllRegister();
    Suite *suite = suite_create("build_vector");
    TCase *tests = tcase_create("vector");
    tcase_add_loop_test(tests, gis_files_are_tables_too, 0, 2);
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
