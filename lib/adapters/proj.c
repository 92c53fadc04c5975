/* SPDX-License-Identifier: MIT
 * EPSG codes to and from WGS 84 by PROJ, and the one place where axis order is handled.
 *
 * PROJ's usual way, proj_create_crs_to_crs, is silent where it should speak: it takes a "ballpark"
 * step without datum shift when it knows no better (Xian 1980: 100 m and more), and of several
 * published shifts it takes one outside its area when none fits. So the ways are listed here, the
 * ballpark ones left out, and each is held to its area. */
#include "adapters/proj.h"

#include <math.h>
#include <proj.h>
#include <stdio.h>
#include <string.h>

#include "adapters/support.h"

#define MAX_WAYS 64
/* An area of use is drawn along borders; a city's poles may stand a little beyond. */
#define AREA_MARGIN_DEG 1.0
/* How well a point must come back. Published shifts undo each other to centimetres; what PROJ
 * bends in a projection's impossible parts comes back kilometres away. */
#define RETURN_M 0.1
#define RETURN_DEG 1e-6

/* One operation from the CRS to WGS 84. */
typedef struct {
    PJ *operation;
    bool anywhere;     /* a projection alone: no datum shift that an area limits */
    double accuracy_m; /* INFINITY when not stated */
    double west, south, east, north;
} way;

struct pole_transform {
    pole_allocator memory;
    PJ_CONTEXT *context;
    double return_tolerance; /* in the CRS's unit */
    int way_count;
    way ways[MAX_WAYS];
};

/* The horizontal part of a CRS, or NULL. Takes crs over. */
static PJ *horizontal_part(PJ_CONTEXT *context, PJ *crs)
{
    if (proj_get_type(crs) == PJ_TYPE_COMPOUND_CRS) {
        PJ *part = proj_crs_get_sub_crs(context, crs, 0);
        proj_destroy(crs);
        crs = part;
    }
    const PJ_TYPE type = crs ? proj_get_type(crs) : PJ_TYPE_UNKNOWN;
    if (type == PJ_TYPE_PROJECTED_CRS || type == PJ_TYPE_GEOGRAPHIC_2D_CRS ||
        type == PJ_TYPE_GEOGRAPHIC_3D_CRS)
        return crs;
    proj_destroy(crs);
    return NULL;
}

/* Fills unit, whether geographic, and the tolerance; false unless the axes are east and north, in
 * either order: PROJ's normalising swaps them and does no more, so a CRS that counts westward or
 * southward would come out mirrored. */
static bool describe_axes(PJ_CONTEXT *context, const PJ *crs, pole_transform *transform,
                          pole_transform_info *info)
{
    PJ *system = proj_crs_get_coordinate_system(context, crs);
    if (!system)
        return false;
    bool east = false, north = false;
    double to_si = 1.0;
    for (int axis = 0; axis < 2; axis++) {
        const char *direction = NULL, *unit = NULL;
        if (!proj_cs_get_axis_info(context, system, axis, NULL, NULL, &direction, &to_si, &unit,
                                   NULL, NULL))
            break;
        east |= direction && strcmp(direction, "east") == 0;
        north |= direction && strcmp(direction, "north") == 0;
        pole_adapter_copy_text(info->unit, sizeof info->unit, unit ? unit : "");
    }
    proj_destroy(system);
    const bool angles = proj_get_type(crs) != PJ_TYPE_PROJECTED_CRS;
    info->is_geographic = angles && strcmp(info->unit, "degree") == 0;
    transform->return_tolerance = angles ? RETURN_DEG : RETURN_M / to_si;
    return east && north;
}

/* WGS 84, or CGCS2000 for what rests on it: EPSG publishes no shift between the two, and they
 * differ by less than a metre. */
static const char *target_of(PJ_CONTEXT *context, const PJ *crs)
{
    PJ *base = proj_crs_get_geodetic_crs(context, crs);
    const char *code = base ? proj_get_id_code(base, 0) : NULL;
    const bool cgcs2000 = code && (strcmp(code, "4490") == 0 || strcmp(code, "4480") == 0);
    proj_destroy(base);
    return cgcs2000 ? "EPSG:4490" : "EPSG:4326";
}

static bool shifts_datum(PJ_CONTEXT *context, const PJ *operation)
{
    const PJ_TYPE type = proj_get_type(operation);
    if (type != PJ_TYPE_CONCATENATED_OPERATION)
        return type != PJ_TYPE_CONVERSION &&
               proj_coordoperation_get_accuracy(context, operation) != 0.0;
    const int count = proj_concatoperation_get_step_count(context, operation);
    bool shifts = false;
    for (int i = 0; i < count && !shifts; i++) {
        PJ *step = proj_concatoperation_get_step(context, operation, i);
        shifts = !step || (proj_get_type(step) != PJ_TYPE_CONVERSION &&
                           proj_coordoperation_get_accuracy(context, step) != 0.0);
        proj_destroy(step);
    }
    return shifts;
}

static double width(const way *w)
{
    return w->east - w->west + (w->east < w->west ? 360.0 : 0.0);
}

/* Whether a is to be tried before b: as proj_trans() chooses, the more accurate, then the more
 * local. */
static bool is_before(const way *a, const way *b)
{
    if (a->accuracy_m != b->accuracy_m)
        return a->accuracy_m < b->accuracy_m;
    return width(a) * (a->north - a->south) < width(b) * (b->north - b->south);
}

/* Whether b's area lies in that of a, which is tried before it: b would never be used. */
static bool covers(const way *a, const way *b)
{
    if (a->anywhere)
        return true;
    double start = b->west - a->west;
    if (start < 0.0)
        start += 360.0;
    return start + width(b) <= width(a) && b->south >= a->south && b->north <= a->north;
}

/* Puts an operation among the ways in its order, unless it is a guess, cannot be done here, or
 * is never needed. */
static void add_way(pole_transform *transform, const PJ *operation)
{
    PJ_CONTEXT *context = transform->context;
    if (transform->way_count == MAX_WAYS ||
        proj_coordoperation_has_ballpark_transformation(context, operation) ||
        !proj_coordoperation_is_instantiable(context, operation))
        return;
    const double accuracy = proj_coordoperation_get_accuracy(context, operation);
    way new_way = {.anywhere = !shifts_datum(context, operation)};
    new_way.accuracy_m = new_way.anywhere ? 0.0 : accuracy >= 0.0 ? accuracy : (double)INFINITY;
    if (!proj_get_area_of_use(context, operation, &new_way.west, &new_way.south, &new_way.east,
                              &new_way.north, NULL) &&
        !new_way.anywhere)
        return;
    int place = 0;
    for (; place < transform->way_count; place++) {
        if (is_before(&new_way, &transform->ways[place]))
            break;
        if (covers(&transform->ways[place], &new_way))
            return;
    }
    new_way.operation = proj_normalize_for_visualization(context, operation);
    if (!new_way.operation)
        return;
    memmove(&transform->ways[place + 1], &transform->ways[place],
            (size_t)(transform->way_count - place) * sizeof(way));
    transform->ways[place] = new_way;
    transform->way_count++;
}

/* Lists the ways, and the worst accuracy among them. */
static void find_ways(pole_transform *transform, const PJ *crs, pole_transform_info *info)
{
    PJ_CONTEXT *context = transform->context;
    const char *target_name = target_of(context, crs);
    PJ *target = proj_create(context, target_name);
    PJ_OPERATION_FACTORY_CONTEXT *factory = proj_create_operation_factory_context(context, NULL);
    if (target && factory) {
        proj_operation_factory_context_set_allow_ballpark_transformations(context, factory, 0);
        proj_operation_factory_context_set_spatial_criterion(
            context, factory, PROJ_SPATIAL_CRITERION_PARTIAL_INTERSECTION);
        proj_operation_factory_context_set_grid_availability_use(
            context, factory, PROJ_GRID_AVAILABILITY_DISCARD_OPERATION_IF_MISSING_GRID);
        PJ_OBJ_LIST *list = proj_create_operations(context, crs, target, factory);
        const int count = list ? proj_list_get_count(list) : 0;
        for (int i = 0; i < count; i++) {
            PJ *operation = proj_list_get(context, list, i);
            if (operation)
                add_way(transform, operation);
            proj_destroy(operation);
        }
        proj_list_destroy(list);
    }
    for (int i = 0; i < transform->way_count; i++)
        info->accuracy_m = fmax(info->accuracy_m, transform->ways[i].accuracy_m);
    if (isinf(info->accuracy_m))
        info->accuracy_m = (double)NAN;
    if (strcmp(target_name, "EPSG:4490") == 0 && info->accuracy_m < 1.0)
        info->accuracy_m = 1.0;
    proj_operation_factory_context_destroy(factory);
    proj_destroy(target);
}

pole_status pole_proj_new(int32_t epsg, const pole_allocator *allocator, pole_transform **out,
                          pole_transform_info *info, pole_error *error)
{
    *out = NULL;
    memset(info, 0, sizeof *info);
    const pole_allocator memory = pole_adapter_memory(allocator);
    pole_transform *transform = pole_adapter_zeroed(&memory, 1, sizeof *transform);
    if (!transform)
        return pole_adapter_fail(error, POLE_NO_MEMORY, NULL, "no memory for a transform");
    transform->memory = memory;
    transform->context = proj_context_create();
    if (!transform->context) {
        pole_proj_free(transform);
        return pole_adapter_fail(error, POLE_NO_MEMORY, NULL, "no memory for PROJ");
    }
    proj_log_level(transform->context, PJ_LOG_NONE);
    proj_context_set_enable_network(transform->context, 0);

    char name[24];
    snprintf(name, sizeof name, "EPSG:%d", (int)epsg);
    pole_status status = POLE_OK;
    PJ *any = proj_create(transform->context, name);
    PJ *crs = any ? horizontal_part(transform->context, any) : NULL;
    if (!any && !proj_context_get_database_path(transform->context))
        status = pole_adapter_fail(error, POLE_IO, "install proj-data (proj.db)",
                                   "PROJ cannot find its database");
    else if (!any)
        status = pole_adapter_fail(error, POLE_NOT_FOUND, "look the code up at epsg.org",
                                   "PROJ's registry has no %s", name);
    else if (!crs || !describe_axes(transform->context, crs, transform, info))
        status = pole_adapter_fail(error, POLE_NOT_FOUND, "choose a CRS of easting and northing",
                                   "%s is no CRS of easting and northing or of longitude and "
                                   "latitude",
                                   name);
    if (status == POLE_OK) {
        const char *crs_name = proj_get_name(crs);
        pole_adapter_copy_text(info->crs_name, sizeof info->crs_name, crs_name ? crs_name : "");
        find_ways(transform, crs, info);
        if (transform->way_count == 0)
            status = pole_adapter_fail(
                error, POLE_NOT_FOUND, "have the coordinates given in WGS 84 or CGCS2000",
                "%s (%s) has no published way to WGS 84", name, info->crs_name);
    }
    proj_destroy(crs);
    if (status != POLE_OK) {
        pole_proj_free(transform);
        memset(info, 0, sizeof *info);
        return status;
    }
    *out = transform;
    return POLE_OK;
}

void pole_proj_free(pole_transform *transform)
{
    if (!transform)
        return;
    for (int i = 0; i < transform->way_count; i++)
        proj_destroy(transform->ways[i].operation);
    if (transform->context)
        proj_context_destroy(transform->context);
    const pole_allocator memory = transform->memory;
    memory.release(memory.context, transform);
}

static bool in_area(const way *w, double margin, double lon, double lat)
{
    if (w->anywhere)
        return true;
    if (lat < w->south - margin || lat > w->north + margin)
        return false;
    const double west = w->west - margin, east = w->east + margin;
    return w->west <= w->east ? lon >= west && lon <= east : lon >= west || lon <= east;
}

/* One point by one way, if the way's area holds it and it comes back. */
static bool go(const pole_transform *transform, const way *w, PJ_DIRECTION direction, double margin,
               PJ_COORD from, PJ_COORD *to)
{
    const bool forward = direction == PJ_FWD;
    if (!forward && !in_area(w, margin, from.xy.x, from.xy.y))
        return false;
    proj_errno_reset(w->operation);
    *to = proj_trans(w->operation, direction, from);
    if (!isfinite(to->xy.x) || !isfinite(to->xy.y))
        return false;
    if (forward && !in_area(w, margin, to->xy.x, to->xy.y))
        return false;
    const PJ_COORD back = proj_trans(w->operation, forward ? PJ_INV : PJ_FWD, *to);
    const double tolerance = forward ? transform->return_tolerance : RETURN_DEG;
    return fabs(back.xy.x - from.xy.x) <= tolerance && fabs(back.xy.y - from.xy.y) <= tolerance;
}

static void convert(pole_transform *transform, PJ_DIRECTION direction, size_t count, double *x,
                    double *y)
{
    for (size_t i = 0; i < count; i++) {
        const PJ_COORD from = proj_coord(x[i], y[i], 0.0, HUGE_VAL);
        PJ_COORD to = from;
        bool good = false;
        /* The first way whose area holds the point; else the first whose area is near it. */
        for (int round = 0; round < 2 && !good && isfinite(x[i]) && isfinite(y[i]); round++)
            for (int w = 0; w < transform->way_count && !good; w++)
                good = go(transform, &transform->ways[w], direction, round ? AREA_MARGIN_DEG : 0.0,
                          from, &to);
        x[i] = good ? to.xy.x : (double)NAN;
        y[i] = good ? to.xy.y : (double)NAN;
    }
}

void pole_proj_to_wgs84(pole_transform *transform, size_t count, double *x, double *y)
{
    convert(transform, PJ_FWD, count, x, y);
}

void pole_proj_from_wgs84(pole_transform *transform, size_t count, double *x, double *y)
{
    convert(transform, PJ_INV, count, x, y);
}
