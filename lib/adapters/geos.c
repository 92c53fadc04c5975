/* SPDX-License-Identifier: MIT
 * Areas made valid by GEOS, in and out as integers of 1e-7 degree, in one canonical order.
 *
 * GEOS works on doubles that hold the integers as they are (x = lon_e7, y = lat_e7), so a grid of
 * 1 is the grid of 1e-7 degree: what is valid keeps its very vertices, and what is mended is
 * snapped to the grid by GEOS itself, which keeps it valid. Every call has a GEOS handle of its
 * own, so threads share nothing. */
#include "adapters/geos.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define GEOS_USE_ONLY_R_API
#include <geos_c.h>

#include "adapters/support.h"

#if GEOS_VERSION_MAJOR == 3 && GEOS_VERSION_MINOR < 10
#error "GEOS 3.10 is needed: older ones mend by another method"
#endif

#define MAX_LAT_E7 900000000
#define MAX_LON_E7 1800000000

typedef struct {
    int32_t lat_e7, lon_e7;
} vertex;

typedef struct {
    const vertex *vertices;
    uint32_t count;
} vertex_list;

/* A ring of the result, with the outer ring of its polygon. */
typedef struct {
    vertex_list self;
    vertex_list outer;
    bool hole;
} ring;

/* What one call works with; all of it is freed at its end. */
typedef struct {
    pole_allocator memory;
    GEOSContextHandle_t geos;
    char message[128]; /* GEOS's last word */
    double *buffer;    /* room for the longest ring, closed */
    bool dropped;      /* a ring of no inside was left out */
    ring *rings;       /* of the result */
    uint32_t ring_count;
    vertex *vertices; /* of the result */
    uint32_t vertex_count;
} mending;

static void hear(const char *text, void *data)
{
    mending *m = data;
    pole_adapter_copy_text(m->message, sizeof m->message, text);
}

static pole_status check(const pole_polygons *in, pole_error *error)
{
    uint32_t before = 0;
    bool good = (in->vertices || !in->vertex_count) && (in->ring_ends || !in->ring_count) &&
                (in->polygon_ends || !in->polygon_count);
    for (uint32_t i = 0; good && i < in->ring_count; i++) {
        good = in->ring_ends[i] >= before && in->ring_ends[i] <= in->vertex_count;
        before = in->ring_ends[i];
    }
    before = 0;
    for (uint32_t i = 0; good && i < in->polygon_count; i++) {
        good = in->polygon_ends[i] >= before && in->polygon_ends[i] <= in->ring_count;
        before = in->polygon_ends[i];
    }
    if (!good)
        return pole_adapter_fail(error, POLE_INVALID_ARGUMENT, NULL,
                                 "the area's arrays contradict each other");
    for (size_t i = 0; i < in->vertex_count; i++) {
        const int32_t lat = in->vertices[2 * i], lon = in->vertices[2 * i + 1];
        if (lat < -MAX_LAT_E7 || lat > MAX_LAT_E7 || lon < -MAX_LON_E7 || lon > MAX_LON_E7)
            return pole_adapter_fail(error, POLE_INVALID_ARGUMENT, NULL,
                                     "vertex %zu of the area is not on earth", i + 1);
    }
    return POLE_OK;
}

/* Ring r as GEOS's, closed; NULL when it has fewer than three vertices (dropped), or on failure
 * (message). */
static GEOSGeometry *ring_in(mending *m, const pole_polygons *in, uint32_t r)
{
    const uint32_t first = r ? in->ring_ends[r - 1] : 0, count = in->ring_ends[r] - first;
    const int32_t *from = in->vertices + 2 * (size_t)first;
    unsigned size = 0;
    for (uint32_t i = 0; i < count; i++) {
        const double x = from[2 * (size_t)i + 1], y = from[2 * (size_t)i];
        m->buffer[2 * size] = x;
        m->buffer[2 * size + 1] = y;
        size++;
    }
    if (size &&
        (m->buffer[0] != m->buffer[2 * size - 2] || m->buffer[1] != m->buffer[2 * size - 1])) {
        m->buffer[2 * size] = m->buffer[0];
        m->buffer[2 * size + 1] = m->buffer[1];
        size++;
    }
    if (size < 4) {
        m->dropped = true;
        return NULL;
    }
    GEOSCoordSequence *line = GEOSCoordSeq_copyFromBuffer_r(m->geos, m->buffer, size, 0, 0);
    return line ? GEOSGeom_createLinearRing_r(m->geos, line) : NULL;
}

static void destroy_all(mending *m, GEOSGeometry **geometries, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        GEOSGeom_destroy_r(m->geos, geometries[i]);
}

/* Polygon p as GEOS's; NULL when nothing of it is left, or on failure (message). */
static GEOSGeometry *polygon_in(mending *m, const pole_polygons *in, uint32_t p,
                                GEOSGeometry **rings)
{
    const uint32_t first = p ? in->polygon_ends[p - 1] : 0;
    unsigned count = 0;
    for (uint32_t r = first; r < in->polygon_ends[p]; r++) {
        GEOSGeometry *one = ring_in(m, in, r);
        if (one) {
            rings[count++] = one;
        } else if (m->message[0] || r == first) {
            destroy_all(m, rings, count);
            return NULL; /* no outer ring, no polygon */
        }
    }
    if (count == 0)
        return NULL;
    /* GEOS owns the rings from here, even when it fails. */
    return GEOSGeom_createPolygon_r(m->geos, rings[0], count > 1 ? rings + 1 : NULL, count - 1);
}

/* All polygons as one MultiPolygon; NULL on failure. */
static GEOSGeometry *area_in(mending *m, const pole_polygons *in)
{
    const pole_allocator *memory = &m->memory;
    GEOSGeometry **polygons =
        pole_adapter_zeroed(memory, in->polygon_count, sizeof(GEOSGeometry *));
    GEOSGeometry **rings = pole_adapter_zeroed(memory, in->ring_count, sizeof(GEOSGeometry *));
    GEOSGeometry *area = NULL;
    unsigned count = 0;
    if (polygons && rings) {
        for (uint32_t p = 0; p < in->polygon_count && !m->message[0]; p++) {
            polygons[count] = polygon_in(m, in, p, rings);
            count += polygons[count] != NULL;
        }
        if (m->message[0])
            destroy_all(m, polygons, count);
        else
            area = GEOSGeom_createCollection_r(m->geos, GEOS_MULTIPOLYGON, polygons, count);
    }
    memory->release(memory->context, polygons);
    memory->release(memory->context, rings);
    return area;
}

/* What is wrong and where, in degrees. */
static void explain(mending *m, const char *what, const GEOSGeometry *where, char *reason,
                    size_t capacity)
{
    double x, y;
    char text[160];
    if (where && GEOSGeomGetX_r(m->geos, where, &x) == 1 &&
        GEOSGeomGetY_r(m->geos, where, &y) == 1) {
        const long long lat = llround(y), lon = llround(x);
        snprintf(text, sizeof text, "%s at %s%lld.%07lld,%s%lld.%07lld", what, lat < 0 ? "-" : "",
                 llabs(lat) / 10000000, llabs(lat) % 10000000, lon < 0 ? "-" : "",
                 llabs(lon) / 10000000, llabs(lon) % 10000000);
        what = text;
    }
    pole_adapter_copy_text(reason, capacity, what);
}

/* A valid area of the same inside as one that is not; NULL on failure. */
static GEOSGeometry *mend(mending *m, const GEOSGeometry *area)
{
    GEOSMakeValidParams *how = GEOSMakeValidParams_create_r(m->geos);
    GEOSGeometry *mended = NULL, *snapped = NULL;
    if (how) {
        /* By structure: polygons are united and holes taken out, where "linework" would turn the
         * overlap of two polygons into a hole. */
        GEOSMakeValidParams_setMethod_r(m->geos, how, GEOS_MAKE_VALID_STRUCTURE);
        GEOSMakeValidParams_setKeepCollapsed_r(m->geos, how, 0);
        mended = GEOSMakeValidWithParams_r(m->geos, area, how);
        GEOSMakeValidParams_destroy_r(m->geos, how);
    }
    if (mended) {
        snapped = GEOSGeom_setPrecision_r(m->geos, mended, 1.0, 0);
        GEOSGeom_destroy_r(m->geos, mended);
    }
    if (snapped && GEOSisValid_r(m->geos, snapped) != 1) {
        pole_adapter_copy_text(m->message, sizeof m->message, "what it made is not valid either");
        GEOSGeom_destroy_r(m->geos, snapped);
        snapped = NULL;
    }
    return snapped;
}

/* area itself when it is valid, else a mended one, and area freed. NULL on failure. reason tells
 * what was wrong; "" when nothing was. */
static GEOSGeometry *make_valid(mending *m, GEOSGeometry *area, char *reason, size_t capacity)
{
    char *what = NULL;
    GEOSGeometry *where = NULL;
    const char valid = GEOSisValidDetail_r(m->geos, area, 0, &what, &where);
    GEOSGeometry *result = area;
    if (valid != 1) {
        explain(m, what ? what : "not valid", where, reason, capacity);
        result = valid == 0 ? mend(m, area) : NULL;
        GEOSGeom_destroy_r(m->geos, area);
    } else if (m->dropped) {
        explain(m, "a ring of fewer than three vertices", NULL, reason, capacity);
    }
    if (what)
        GEOSFree_r(m->geos, what);
    if (where)
        GEOSGeom_destroy_r(m->geos, where);
    return result;
}

static int compare_vertices(const vertex *a, const vertex *b)
{
    if (a->lat_e7 != b->lat_e7)
        return a->lat_e7 < b->lat_e7 ? -1 : 1;
    return (a->lon_e7 > b->lon_e7) - (a->lon_e7 < b->lon_e7);
}

static int compare_lists(const vertex_list *a, const vertex_list *b)
{
    for (uint32_t i = 0; i < a->count && i < b->count; i++) {
        const int order = compare_vertices(&a->vertices[i], &b->vertices[i]);
        if (order)
            return order;
    }
    return (a->count > b->count) - (a->count < b->count);
}

/* By polygon (its outer ring), the outer ring before its holes, holes in order. */
static int compare_rings(const void *left, const void *right)
{
    const ring *a = left, *b = right;
    const int order = compare_lists(&a->outer, &b->outer);
    if (order)
        return order;
    if (a->hole != b->hole)
        return a->hole ? 1 : -1;
    return compare_lists(&a->self, &b->self);
}

static void reverse(vertex *vertices, uint32_t from, uint32_t to)
{
    while (from + 1 < to) {
        const vertex v = vertices[from];
        vertices[from++] = vertices[--to];
        vertices[to] = v;
    }
}

/* A ring of GEOS's at the end of m->vertices: not closed, no vertex twice in a row, anticlockwise
 * unless a hole, the least vertex first. False on failure. */
static bool ring_out(mending *m, const GEOSGeometry *geometry, bool hole)
{
    const GEOSCoordSequence *line = GEOSGeom_getCoordSeq_r(m->geos, geometry);
    unsigned size = 0;
    char anticlockwise = 0;
    if (!line || GEOSCoordSeq_getSize_r(m->geos, line, &size) != 1 || size < 4 ||
        GEOSCoordSeq_isCCW_r(m->geos, line, &anticlockwise) != 1 ||
        GEOSCoordSeq_copyToBuffer_r(m->geos, line, m->buffer, 0, 0) != 1)
        return false;
    uint32_t least = 0, count = 0;
    vertex *out = m->vertices + m->vertex_count;
    for (unsigned i = 0; i + 1 < size; i++) { /* in the order wanted, from wherever */
        const size_t at = (anticlockwise != 0) == !hole ? i : size - 1 - i;
        const vertex v = {(int32_t)lround(m->buffer[2 * at + 1]),
                          (int32_t)lround(m->buffer[2 * at])};
        if (count && compare_vertices(&v, &out[count - 1]) == 0)
            continue;
        out[count] = v;
        if (compare_vertices(&v, &out[least]) < 0)
            least = count;
        count++;
    }
    if (count > 1 && compare_vertices(&out[0], &out[count - 1]) == 0)
        count--;
    /* Turn it by three reversals. */
    reverse(out, 0, least);
    reverse(out, least, count);
    reverse(out, 0, count);
    const vertex_list self = {out, count};
    ring *place = &m->rings[m->ring_count];
    *place = (ring){self, hole ? place[-1].outer : self, hole};
    m->ring_count++;
    m->vertex_count += count;
    return count >= 3;
}

/* Room for every ring and vertex of the result. */
static bool make_room(mending *m, const GEOSGeometry *area)
{
    const int vertices = GEOSGetNumCoordinates_r(m->geos, area);
    const int parts = GEOSGetNumGeometries_r(m->geos, area);
    int rings = 0;
    for (int i = 0; i < parts; i++) {
        const GEOSGeometry *part = GEOSGetGeometryN_r(m->geos, area, i);
        if (part && GEOSGeomTypeId_r(m->geos, part) == GEOS_POLYGON)
            rings += 1 + GEOSGetNumInteriorRings_r(m->geos, part);
    }
    m->memory.release(m->memory.context, m->buffer);
    m->buffer = pole_adapter_zeroed(&m->memory, (size_t)vertices + 1, 2 * sizeof *m->buffer);
    m->vertices = pole_adapter_zeroed(&m->memory, (size_t)vertices + 1, sizeof *m->vertices);
    m->rings = pole_adapter_zeroed(&m->memory, (size_t)rings + 1, sizeof *m->rings);
    return m->buffer && m->vertices && m->rings;
}

/* All rings, in their order. False on failure. */
static bool take_out(mending *m, const GEOSGeometry *area)
{
    const int parts = GEOSGetNumGeometries_r(m->geos, area);
    for (int i = 0; i < parts; i++) {
        const GEOSGeometry *part = GEOSGetGeometryN_r(m->geos, area, i);
        if (!part || GEOSGeomTypeId_r(m->geos, part) != GEOS_POLYGON ||
            GEOSisEmpty_r(m->geos, part) != 0)
            continue;
        if (!ring_out(m, GEOSGetExteriorRing_r(m->geos, part), false))
            return false;
        const int holes = GEOSGetNumInteriorRings_r(m->geos, part);
        for (int h = 0; h < holes; h++)
            if (!ring_out(m, GEOSGetInteriorRingN_r(m->geos, part, h), true))
                return false;
    }
    qsort(m->rings, m->ring_count, sizeof *m->rings, compare_rings);
    return true;
}

/* The result and its arrays in one block. */
typedef struct {
    pole_mended_area area;
    pole_allocator memory;
} area_block;

static pole_mended_area *pack(const mending *m, const char *reason)
{
    const size_t size = sizeof(area_block) + m->vertex_count * sizeof(vertex) +
                        2 * (size_t)m->ring_count * sizeof(uint32_t);
    area_block *block = pole_adapter_zeroed(&m->memory, 1, size);
    if (!block)
        return NULL;
    int32_t *vertices = (int32_t *)(block + 1);
    uint32_t *ring_ends = (uint32_t *)(vertices + 2 * (size_t)m->vertex_count);
    uint32_t *polygon_ends = ring_ends + m->ring_count;
    uint32_t vertex_count = 0, polygon_count = 0;
    for (uint32_t r = 0; r < m->ring_count; r++) {
        const vertex_list *list = &m->rings[r].self;
        for (uint32_t i = 0; i < list->count; i++) {
            vertices[2 * (size_t)vertex_count] = list->vertices[i].lat_e7;
            vertices[2 * (size_t)vertex_count + 1] = list->vertices[i].lon_e7;
            vertex_count++;
        }
        ring_ends[r] = vertex_count;
        polygon_count += !m->rings[r].hole;
        polygon_ends[polygon_count - 1] = r + 1;
    }
    block->memory = m->memory;
    block->area.polygons = (pole_polygons){
        vertices, ring_ends, polygon_ends, vertex_count, m->ring_count, polygon_count, 0};
    block->area.mended = reason[0] != '\0';
    pole_adapter_copy_text(block->area.reason, sizeof block->area.reason, reason);
    return &block->area;
}

/* With a handle and a checked input. */
static pole_status mend_checked(mending *m, const pole_polygons *in, pole_mended_area **out,
                                pole_error *error)
{
    char reason[sizeof(*out)->reason] = "";
    pole_status status = POLE_OK;
    m->buffer = pole_adapter_zeroed(&m->memory, (size_t)in->vertex_count + 1, 2 * sizeof(double));
    GEOSGeometry *area = m->buffer ? area_in(m, in) : NULL;
    if (area)
        area = make_valid(m, area, reason, sizeof reason);
    if (!area && m->message[0])
        status = pole_adapter_fail(error, POLE_BAD_INPUT, NULL, "GEOS cannot mend this area: %s",
                                   m->message);
    else if (!area || !make_room(m, area))
        status = pole_adapter_fail(error, POLE_NO_MEMORY, NULL, "no memory to mend an area");
    else if (!take_out(m, area))
        status = pole_adapter_fail(error, POLE_BAD_INPUT, NULL,
                                   "GEOS gave a ring without an inside for this area");
    else if (m->ring_count == 0)
        status = pole_adapter_fail(error, POLE_BAD_INPUT, "give a polygon",
                                   "the area has no inside%s%s", reason[0] ? ": " : "", reason);
    else if (!(*out = pack(m, reason)))
        status = pole_adapter_fail(error, POLE_NO_MEMORY, NULL, "no memory for a mended area");
    if (area)
        GEOSGeom_destroy_r(m->geos, area);
    return status;
}

pole_status pole_geos_mend(const pole_polygons *polygons, const pole_allocator *allocator,
                           pole_mended_area **area, pole_error *error)
{
    *area = NULL;
    pole_status status = check(polygons, error);
    if (status != POLE_OK)
        return status;
    mending m = {.memory = pole_adapter_memory(allocator), .geos = GEOS_init_r()};
    if (!m.geos)
        return pole_adapter_fail(error, POLE_NO_MEMORY, NULL, "no memory for GEOS");
    GEOSContext_setErrorMessageHandler_r(m.geos, hear, &m);
    status = mend_checked(&m, polygons, area, error);
    GEOS_finish_r(m.geos);
    m.memory.release(m.memory.context, m.buffer);
    m.memory.release(m.memory.context, m.vertices);
    m.memory.release(m.memory.context, m.rings);
    return status;
}

void pole_geos_free(pole_mended_area *area)
{
    if (!area)
        return;
    area_block *block = (area_block *)area;
    const pole_allocator memory = block->memory;
    memory.release(memory.context, block);
}
