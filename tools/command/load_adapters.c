/* SPDX-License-Identifier: MIT
 * Loading libpolelookup_geo. It is looked for beside the core library that is in use, then where
 * the system looks for libraries, and by the name of one ABI alone. The run path would do for the
 * first, but not where dlopen() is called in the command's stead, as AddressSanitizer does. */
#include "load_adapters.h"

#include <dlfcn.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "tell.h"

/* The path of the library beside the core library; false when that cannot be known. */
static bool find_beside(char *path, size_t capacity)
{
    Dl_info core;
    const char *(*function)(void) = pole_version;
    void *address;
    memcpy(&address, &function, sizeof address);
    if (!dladdr(address, &core) || !core.dli_fname)
        return false;
    const char *slash = strrchr(core.dli_fname, '/');
    if (!slash)
        return false;
    const int wanted = snprintf(path, capacity, "%.*s/%s", (int)(slash - core.dli_fname),
                                core.dli_fname, POLELOOKUP_GEO_LIBRARY);
    return wanted > 0 && (size_t)wanted < capacity && access(path, F_OK) == 0;
}

const pole_adapters *load_adapters(pole_error *error)
{
    char path[PATH_MAX];
    void *library = dlopen(find_beside(path, sizeof path) ? path : POLELOOKUP_GEO_LIBRARY,
                           RTLD_NOW | RTLD_LOCAL);
    void *symbol = library ? dlsym(library, "pole_geo_adapters") : NULL;
    if (!symbol) {
        const char *why = dlerror();
        fail(error, POLE_UNSUPPORTED, "this needs PROJ and GEOS: %s",
             why ? why : POLELOOKUP_GEO_LIBRARY " could not be loaded");
        fail_hint(error, "install polelookup with its geo part (libproj, libgeos)");
        return NULL;
    }
    /* POSIX lets dlsym()'s object pointer stand for a function; ISO C has no cast for it. */
    const pole_adapters *(*get)(void);
    memcpy(&get, &symbol, sizeof get);
    return get();
}

static pole_status new_lazily(int32_t epsg, const pole_allocator *allocator,
                              pole_transform **transform, pole_transform_info *info,
                              pole_error *error)
{
    const pole_adapters *adapters = load_adapters(error);
    *transform = NULL;
    return adapters ? adapters->transform_new(epsg, allocator, transform, info, error)
                    : POLE_UNSUPPORTED;
}

/* What a transform was made with is loaded. */
static void to_wgs84(pole_transform *transform, size_t count, double *x, double *y)
{
    load_adapters(NULL)->transform_to_wgs84(transform, count, x, y);
}

static void from_wgs84(pole_transform *transform, size_t count, double *x, double *y)
{
    load_adapters(NULL)->transform_from_wgs84(transform, count, x, y);
}

static void free_transform(pole_transform *transform)
{
    if (transform)
        load_adapters(NULL)->transform_free(transform);
}

const pole_adapters *lazy_adapters(void)
{
    static const pole_adapters lazy = {.struct_size = sizeof lazy,
                                       .transform_new = new_lazily,
                                       .transform_to_wgs84 = to_wgs84,
                                       .transform_from_wgs84 = from_wgs84,
                                       .transform_free = free_transform};
    return &lazy;
}

bool crs_needs_adapters(const char *names)
{
    for (const char *at = names; (at = strcasestr(at, "EPSG:")) != NULL;) {
        at += strlen("EPSG:");
        if (strspn(at, "0123456789") != 4 ||
            (strncmp(at, "4326", 4) != 0 && strncmp(at, "4490", 4) != 0))
            return true;
    }
    return false;
}
