/* SPDX-License-Identifier: MIT
 * GeoJSON to a vector file of another form, by GDAL. Texts stay texts: what looks like a date is
 * not made one. */
#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_string.h>
#include <gdal.h>
#include <gdal_utils.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>

#include "adapters/support.h"
#include "adapters/vector.h"

/* Those that the form can hold: FlatGeobuf none without a place. */
static GIntBig count_features(GDALDatasetH dataset, bool with_place)
{
    OGRLayerH layer = dataset ? GDALDatasetGetLayer(dataset, 0) : NULL;
    GIntBig count = 0;
    if (!layer || !with_place)
        return layer ? OGR_L_GetFeatureCount(layer, 1) : 0;
    OGR_L_ResetReading(layer);
    for (OGRFeatureH feature; (feature = OGR_L_GetNextFeature(layer)) != NULL;
         OGR_F_Destroy(feature))
        count += OGR_F_GetGeometryRef(feature) != NULL;
    return count;
}

static pole_status translate(GDALDatasetH from, const char *to, const char *driver,
                             pole_error *error)
{
    /* A table may have a column "fid", with which GDAL's own number of a row must not clash. */
    const char *const numbered[] = {"-f", driver, "-nln", "calls", "-lco", "FID=row_fid", NULL};
    const char *const plain[] = {"-f", driver, "-nln", "calls", NULL};
    const bool is_package = strcmp(driver, "GPKG") == 0;
    GDALVectorTranslateOptions *options =
        GDALVectorTranslateOptionsNew((char **)(uintptr_t)(is_package ? numbered : plain), NULL);
    int failed = 0;
    const GIntBig wanted = count_features(from, !is_package);
    GDALDatasetH made = options ? GDALVectorTranslate(to, NULL, 1, &from, options, &failed) : NULL;
    const GIntBig written = count_features(made, false);
    pole_status status = POLE_OK;
    if (made)
        GDALClose(made);
    if (made && written != wanted)
        status = pole_adapter_fail(error, POLE_IO, NULL, "%s has %lld rows, not %lld", to,
                                   (long long)written, (long long)wanted);
    else if (!made || failed || CPLGetLastErrorType() >= CE_Failure)
        status = pole_adapter_fail(error, POLE_IO, NULL, "%s cannot be written: %s", to,
                                   CPLGetLastErrorMsg());
    GDALVectorTranslateOptionsFree(options);
    return status;
}

pole_status pole_gdal_convert(const char *geojson_path, const char *to_path, const char *driver,
                              pole_error *error)
{
    static const char *const drivers[] = {"GeoJSON", NULL};
    static const char *const open_options[] = {"DATE_AS_STRING=YES", NULL};
    struct stat about;
    if (strcmp(driver, "GPKG") != 0 && strcmp(driver, "FlatGeobuf") != 0)
        return pole_adapter_fail(error, POLE_UNSUPPORTED, NULL, "%s is not written", driver);
    if (stat(geojson_path, &about) != 0 || !S_ISREG(about.st_mode))
        return pole_adapter_fail(error, POLE_IO, NULL, "%s is no file", geojson_path);
    GDALAllRegister();
    CPLPushErrorHandler(CPLQuietErrorHandler);
    CPLErrorReset();
    GDALDatasetH from =
        GDALOpenEx(geojson_path, GDAL_OF_VECTOR | GDAL_OF_READONLY, drivers, open_options, NULL);
    pole_status status;
    if (from) {
        CPLErrorReset();
        status = translate(from, to_path, driver, error);
        GDALClose(from);
    } else {
        status = pole_adapter_fail(error, POLE_BAD_INPUT, NULL, "%s is no GeoJSON: %s",
                                   geojson_path, CPLGetLastErrorMsg());
    }
    CPLPopErrorHandler();
    return status;
}
