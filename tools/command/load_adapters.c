/* SPDX-License-Identifier: MIT
 * Loading libpolelookup_geo. It is looked for where the core library is (the command's run path),
 * then where the system looks for libraries, and by the name of one ABI alone. */
#include "load_adapters.h"

#include <dlfcn.h>
#include <string.h>
#include <strings.h>

#include "tell.h"

const pole_adapters *load_adapters(pole_error *error)
{
    void *library = dlopen(POLELOOKUP_GEO_LIBRARY, RTLD_NOW | RTLD_LOCAL);
    void *symbol = library ? dlsym(library, "pole_geo_adapters") : NULL;
    if (!symbol) {
        const char *why = dlerror();
        fail(error, POLE_UNSUPPORTED, "this needs PROJ and GEOS through %s: %s",
             POLELOOKUP_GEO_LIBRARY, why ? why : "it could not be loaded");
        fail_hint(error, "install polelookup with its geo part (libproj, libgeos)");
        return NULL;
    }
    /* POSIX lets dlsym()'s object pointer stand for a function; ISO C has no cast for it. */
    const pole_adapters *(*get)(void);
    memcpy(&get, &symbol, sizeof get);
    return get();
}

bool crs_needs_adapters(const char *name)
{
    while (*name == ' ' || *name == '\t')
        name++;
    if (strncasecmp(name, "EPSG:", 5) != 0)
        return false;
    const char *code = name + 5;
    const size_t digits = strspn(code, "0123456789");
    return digits != 4 || (strncmp(code, "4326", 4) != 0 && strncmp(code, "4490", 4) != 0);
}
