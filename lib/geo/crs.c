/* SPDX-License-Identifier: MIT
 * A CRS by name: WGS 84 and the Chinese web datums by the library itself, EPSG codes by the
 * host's adapters. */
#include <polelookup/adapters.h>
#include <polelookup/crs.h>

#include <math.h>
#include <stddef.h>
#include <stdio.h>

#include "base/decimal.h"
#include "base/memory.h"
#include "base/status.h"
#include "base/utf8.h"
#include "geo/datum.h"

#define EPSG_WGS84 4326
#define EPSG_CGCS2000 4490

typedef enum { CRS_WGS84, CRS_GCJ02, CRS_BD09, CRS_ADAPTED } crs_kind;

struct pole_crs {
    pole_allocator allocator;
    crs_kind kind;
    const pole_adapters *adapters; /* for CRS_ADAPTED */
    pole_transform *transform;
    pole_transform_info info;
    char name[24];
};

/* Takes a prefix off, its letters ASCII and in any case. */
static bool take_prefix(pole_span *text, const char *lower)
{
    const size_t length = strlen(lower);
    if (text->size_bytes < length)
        return false;
    for (size_t i = 0; i < length; i++) {
        const char c = text->data[i];
        if ((c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c) != lower[i])
            return false;
    }
    text->data += length;
    text->size_bytes -= length;
    return true;
}

static bool is_word(pole_span text, const char *lower)
{
    return take_prefix(&text, lower) && text.size_bytes == 0;
}

/* A registry's version between two colons, "::" or ":9.8:", is passed over. */
static bool take_version(pole_span *text)
{
    const char *colon = text->size_bytes ? memchr(text->data, ':', text->size_bytes) : NULL;
    if (!colon)
        return false;
    text->size_bytes -= (size_t)(colon + 1 - text->data);
    text->data = colon + 1;
    return true;
}

/* The kind, and for an EPSG code its number (else 0). */
static bool parse_name(pole_span name, crs_kind *kind, int32_t *epsg)
{
    pole_span text = pole_utf8_trim(name);
    uint64_t number;
    *epsg = 0;
    if (is_word(text, "gcj02")) {
        *kind = CRS_GCJ02;
        return true;
    }
    if (is_word(text, "bd09")) {
        *kind = CRS_BD09;
        return true;
    }
    *kind = CRS_WGS84;
    if (is_word(text, "wgs84") || is_word(text, "ogc:crs84") ||
        is_word(text, "urn:ogc:def:crs:ogc:1.3:crs84")) {
        *epsg = EPSG_WGS84;
        return true;
    }
    if (take_prefix(&text, "urn:ogc:def:crs:epsg:")) {
        if (!take_version(&text))
            return false;
    } else if (!take_prefix(&text, "epsg:")) {
        return false;
    }
    if (!pole_decimal_to_u64(text, INT32_MAX, &number) || number == 0)
        return false;
    *epsg = (int32_t)number;
    if (*epsg != EPSG_WGS84 && *epsg != EPSG_CGCS2000)
        *kind = CRS_ADAPTED;
    return true;
}

static bool can_transform(const pole_adapters *adapters)
{
    return adapters &&
           adapters->struct_size >= offsetof(pole_adapters, transform_free) + sizeof(void *) &&
           adapters->transform_new && adapters->transform_to_wgs84 &&
           adapters->transform_from_wgs84 && adapters->transform_free;
}

static pole_status refuse_name(pole_span name, pole_error *error)
{
    const size_t shown = pole_utf8_cut(name.data, name.size_bytes < 80 ? name.size_bytes : 80);
    pole_fail(error, POLE_INVALID_ARGUMENT, "\"%.*s\" is not the name of a CRS", (int)shown,
              shown ? name.data : "");
    pole_fail_hint(error, "write EPSG:n, such as EPSG:4326 or EPSG:4530, or wgs84, gcj02, bd09");
    return POLE_INVALID_ARGUMENT;
}

static pole_status adapt(pole_crs *crs, const pole_adapters *adapters, int32_t epsg,
                         pole_error *error)
{
    if (!can_transform(adapters)) {
        pole_fail(error, POLE_UNSUPPORTED, "%s needs PROJ, which is not loaded", crs->name);
        pole_fail_hint(error, "install libpolelookup_geo and pass pole_geo_adapters(); only "
                              "EPSG:4326, EPSG:4490, gcj02, bd09 do without");
        return POLE_UNSUPPORTED;
    }
    crs->adapters = adapters;
    const pole_status status =
        adapters->transform_new(epsg, &crs->allocator, &crs->transform, &crs->info, error);
    if (status != POLE_OK)
        crs->transform = NULL;
    /* Texts from outside end within their fields. */
    crs->info.unit[sizeof crs->info.unit - 1] = '\0';
    return status;
}

pole_status pole_crs_new(pole_span name, const struct pole_adapters *adapters,
                         const pole_allocator *allocator, pole_crs **out, pole_error *error)
{
    pole_error_clear(error);
    if (out)
        *out = NULL;
    if (!out || (!name.data && name.size_bytes))
        return pole_fail(error, POLE_INVALID_ARGUMENT, "pole_crs_new: a pointer is NULL");
    crs_kind kind;
    int32_t epsg;
    if (!parse_name(name, &kind, &epsg))
        return refuse_name(name, error);

    const pole_allocator memory = pole_allocator_or_default(allocator);
    pole_crs *crs = pole_allocate_zeroed(&memory, 1, sizeof *crs);
    if (!crs)
        return pole_fail(error, POLE_NO_MEMORY, "no memory for a CRS");
    crs->allocator = memory;
    crs->kind = kind;
    crs->info.is_geographic = 1;
    crs->info.accuracy_m = epsg == EPSG_CGCS2000 ? 1.0 : 0.0;
    memcpy(crs->info.unit, "degree", sizeof "degree");
    if (epsg)
        snprintf(crs->name, sizeof crs->name, "EPSG:%d", (int)epsg);
    else
        snprintf(crs->name, sizeof crs->name, "%s", kind == CRS_GCJ02 ? "gcj02" : "bd09");
    if (kind == CRS_ADAPTED) {
        const pole_status status = adapt(crs, adapters, epsg, error);
        if (status != POLE_OK) {
            pole_crs_free(crs);
            return status;
        }
    }
    *out = crs;
    return POLE_OK;
}

void pole_crs_free(pole_crs *crs)
{
    if (!crs)
        return;
    if (crs->transform)
        crs->adapters->transform_free(crs->transform);
    const pole_allocator memory = crs->allocator;
    pole_release(&memory, crs);
}

static bool is_position(pole_point at)
{
    return fabs(at.lat_deg) <= 90.0 && fabs(at.lon_deg) <= 180.0;
}

/* One point by the library's own datums; false when it has no counterpart. */
static bool own_to_wgs84(crs_kind kind, pole_point at, pole_point *wgs84)
{
    *wgs84 = at;
    if (!is_position(at))
        return false;
    if (kind == CRS_BD09 && !pole_bd09_to_gcj02(at, &at))
        return false;
    return kind == CRS_WGS84 || pole_gcj02_to_wgs84(at, wgs84);
}

static pole_point own_from_wgs84(crs_kind kind, pole_point wgs84)
{
    if (kind == CRS_WGS84)
        return wgs84;
    const pole_point gcj02 = pole_gcj02_from_wgs84(wgs84);
    return kind == CRS_BD09 ? pole_bd09_from_gcj02(gcj02) : gcj02;
}

/* Sets a point, or NaN, NaN; returns how many are bad. */
static size_t put(double *x, double *y, pole_point at, bool good)
{
    *x = good ? at.lon_deg : (double)NAN;
    *y = good ? at.lat_deg : (double)NAN;
    return !good;
}

static bool bad_call(const pole_crs *crs, size_t count, const double *x, const double *y)
{
    return !crs || (count && (!x || !y));
}

pole_status pole_crs_to_wgs84(pole_crs *crs, size_t count, double *x, double *y, size_t *bad)
{
    size_t worse = 0;
    if (bad)
        *bad = 0;
    if (bad_call(crs, count, x, y))
        return POLE_INVALID_ARGUMENT;
    if (crs->kind == CRS_ADAPTED && count)
        crs->adapters->transform_to_wgs84(crs->transform, count, x, y);
    for (size_t i = 0; i < count; i++) {
        pole_point at = {y[i], x[i]};
        bool good = crs->kind == CRS_ADAPTED || own_to_wgs84(crs->kind, at, &at);
        good = good && is_position(at);
        worse += put(&x[i], &y[i], at, good);
    }
    if (bad)
        *bad = worse;
    return POLE_OK;
}

pole_status pole_crs_from_wgs84(pole_crs *crs, size_t count, double *x, double *y, size_t *bad)
{
    size_t worse = 0;
    if (bad)
        *bad = 0;
    if (bad_call(crs, count, x, y))
        return POLE_INVALID_ARGUMENT;
    for (size_t i = 0; i < count; i++) {
        pole_point at = {y[i], x[i]};
        const bool good = is_position(at);
        if (good && crs->kind != CRS_ADAPTED)
            at = own_from_wgs84(crs->kind, at);
        put(&x[i], &y[i], at, good);
    }
    if (crs->kind == CRS_ADAPTED && count)
        crs->adapters->transform_from_wgs84(crs->transform, count, x, y);
    for (size_t i = 0; i < count; i++)
        worse += put(&x[i], &y[i], (pole_point){y[i], x[i]}, isfinite(x[i]) && isfinite(y[i]));
    if (bad)
        *bad = worse;
    return POLE_OK;
}

const char *pole_crs_name(const pole_crs *crs)
{
    return crs ? crs->name : "";
}

int32_t pole_crs_is_geographic(const pole_crs *crs)
{
    return crs ? crs->info.is_geographic : 0;
}

const char *pole_crs_unit(const pole_crs *crs)
{
    return crs ? crs->info.unit : "";
}

double pole_crs_accuracy_m(const pole_crs *crs)
{
    return crs ? crs->info.accuracy_m : (double)NAN;
}
