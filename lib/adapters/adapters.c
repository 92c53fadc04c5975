/* SPDX-License-Identifier: MIT
 * The table of adapters, and the loading of GDAL's part when a vector file is first opened.
 *
 * GDAL is a library of its own (libpolelookup_gdal) because it brings 70 more libraries: loading
 * it took 22 ms on top of PROJ's 7 and GEOS's 1 (48 to 148 when not in the page cache), which
 * every use of an EPSG code would pay. It is looked for beside this library, then where the
 * system's loader looks. */
#define _GNU_SOURCE /* dladdr */
#include "adapters/geos.h"
#include "adapters/proj.h"

#ifdef POLELOOKUP_GDAL_LIBRARY
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

#include "adapters/support.h"
#include "adapters/vector.h"

static const pole_adapters table;

/* Not by a run path: under the sanitizers the loader takes another library for the one that asks.
 * The handle is counted by the loader, so that nothing global is kept here; GDAL is never
 * unloaded, since it leaves handlers behind that run at the end of threads. */
static void *load_gdal(void)
{
    const int how = RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE;
    char path[4096];
    Dl_info self;
    const char *end = dladdr(&table, &self) && self.dli_fname ? strrchr(self.dli_fname, '/') : NULL;
    if (end) {
        const int length = snprintf(path, sizeof path, "%.*s/%s", (int)(end - self.dli_fname),
                                    self.dli_fname, POLELOOKUP_GDAL_LIBRARY);
        void *library = length < (int)sizeof path ? dlopen(path, how) : NULL;
        if (library)
            return library;
    }
    return dlopen(POLELOOKUP_GDAL_LIBRARY, how);
}

/* A function of GDAL's part, into *function; NULL: it is not there. The handle is to be closed. */
static void *find_function(const char *name, void *function, size_t size, pole_error *error)
{
    void *library = load_gdal();
    void *symbol = library ? dlsym(library, name) : NULL;
    if (!symbol) {
        const char *why = dlerror();
        pole_adapter_fail(
            error, POLE_UNSUPPORTED, "install it, or convert the file to CSV or GeoJSON",
            "vector files need %s: %s", POLELOOKUP_GDAL_LIBRARY, why ? why : "not loaded");
        return NULL;
    }
    memcpy(function, &symbol, size); /* C has no cast from an object's pointer */
    return library;
}

static pole_status vector_open(const char *path, const char *layer, const pole_allocator *allocator,
                               pole_vector **vector, const pole_vector_info **info,
                               pole_error *error)
{
    pole_vector_open_function *open;
    *vector = NULL;
    *info = NULL;
    void *library = find_function(POLE_GDAL_OPEN_NAME, &open, sizeof open, error);
    if (!library)
        return POLE_UNSUPPORTED;
    const pole_status status = open(path, layer, allocator, vector, info, error);
    dlclose(library);
    return status;
}

static pole_status vector_convert(const char *geojson_path, const char *to_path, const char *driver,
                                  pole_error *error)
{
    pole_vector_convert_function *convert;
    void *library = find_function(POLE_GDAL_CONVERT_NAME, &convert, sizeof convert, error);
    if (!library)
        return POLE_UNSUPPORTED;
    const pole_status status = convert(geojson_path, to_path, driver, error);
    dlclose(library);
    return status;
}

static pole_status vector_next(pole_vector *vector, const pole_vector_feature **feature,
                               pole_error *error)
{
    return vector->next(vector, feature, error);
}

static void vector_close(pole_vector *vector)
{
    if (vector)
        vector->close(vector);
}
#endif

static const pole_adapters table = {
    .struct_size = sizeof(pole_adapters),
    .transform_new = pole_proj_new,
    .transform_to_wgs84 = pole_proj_to_wgs84,
    .transform_from_wgs84 = pole_proj_from_wgs84,
    .transform_free = pole_proj_free,
    .area_mend = pole_geos_mend,
    .area_free = pole_geos_free,
#ifdef POLELOOKUP_GDAL_LIBRARY
    .vector_open = vector_open,
    .vector_next = vector_next,
    .vector_close = vector_close,
    .vector_convert = vector_convert,
#endif
};

const pole_adapters *pole_geo_adapters(void)
{
    return &table;
}
