/* SPDX-License-Identifier: MIT
 * See repair.h. */
#include "build/repair.h"

#include "base/status.h"
#include "build/sort.h"

#define MAX_VERTICES ((size_t)1 << 27) /* 1 GiB of them: an index holds no more */

void pole_area_rings_init(pole_area_rings *area, const pole_allocator *allocator)
{
    memset(area, 0, sizeof *area);
    area->allocator = *allocator;
}

void pole_area_rings_free(pole_area_rings *area)
{
    if (area->allocator.release == NULL)
        return;
    pole_release(&area->allocator, area->vertices);
    pole_release(&area->allocator, area->rings);
    memset(area, 0, sizeof *area);
}

static bool same(pole_vertex a, pole_vertex b)
{
    return a.lat_e7 == b.lat_e7 && a.lon_e7 == b.lon_e7;
}

pole_status pole_area_rings_add(pole_area_rings *area, const pole_vertex *vertices, size_t count,
                                bool is_outer, uint32_t polygon)
{
    if (count > MAX_VERTICES - area->vertex_count)
        return POLE_LIMIT;
    if (!pole_grow_array(&area->allocator, (void **)&area->rings, &area->ring_capacity,
                         area->ring_count + 1, sizeof *area->rings) ||
        !pole_grow_array(&area->allocator, (void **)&area->vertices, &area->vertex_capacity,
                         area->vertex_count + count, sizeof *area->vertices))
        return POLE_NO_MEMORY;
    pole_area_ring ring = {(uint32_t)area->vertex_count, 0, polygon, is_outer};
    pole_vertex *to = area->vertices + ring.first;
    for (size_t i = 0; i < count; i++)
        if (ring.count == 0 || !same(to[ring.count - 1], vertices[i]))
            to[ring.count++] = vertices[i];
    while (ring.count > 1 && same(to[0], to[ring.count - 1]))
        ring.count--;
    area->vertex_count += ring.count;
    area->rings[area->ring_count++] = ring;
    return POLE_OK;
}

/* The rings as the adapters take them. Holes follow their outer ring, as they were added. */
static pole_status to_polygons(const pole_area_rings *area, uint32_t *ring_ends,
                               uint32_t *polygon_ends, pole_polygons *polygons)
{
    memset(polygons, 0, sizeof *polygons);
    polygons->vertices = &area->vertices->lat_e7;
    polygons->ring_ends = ring_ends;
    polygons->polygon_ends = polygon_ends;
    polygons->vertex_count = (uint32_t)area->vertex_count;
    polygons->ring_count = (uint32_t)area->ring_count;
    for (uint32_t ring = 0; ring < area->ring_count; ring++) {
        if (area->rings[ring].is_outer)
            polygons->polygon_count++;
        else if (ring == 0)
            return POLE_BAD_INPUT;
        ring_ends[ring] = area->rings[ring].first + area->rings[ring].count;
        polygon_ends[polygons->polygon_count - 1] = ring + 1;
    }
    return POLE_OK;
}

static pole_status take_polygons(pole_area_rings *area, const pole_polygons *polygons)
{
    area->vertex_count = area->ring_count = 0;
    uint32_t ring = 0, first = 0;
    for (uint32_t polygon = 0; polygon < polygons->polygon_count; polygon++) {
        const uint32_t outer = ring;
        for (; ring < polygons->polygon_ends[polygon]; ring++) {
            const uint32_t end = polygons->ring_ends[ring];
            const pole_status status = pole_area_rings_add(
                area, (const pole_vertex *)(const void *)(polygons->vertices + 2 * (size_t)first),
                end - first, ring == outer, outer);
            if (status != POLE_OK)
                return status;
            first = end;
        }
    }
    return POLE_OK;
}

pole_status pole_area_mend(pole_area_rings *area, const pole_adapters *adapters, bool *mended,
                           char reason[128], pole_error *error)
{
    *mended = false;
    reason[0] = '\0';
    const size_t needed = offsetof(pole_adapters, area_free) + sizeof adapters->area_free;
    if (adapters == NULL || adapters->struct_size < needed || adapters->area_mend == NULL ||
        adapters->area_free == NULL)
        return POLE_UNSUPPORTED;
    uint32_t *ring_ends =
        pole_allocate_array(&area->allocator, area->ring_count, sizeof *ring_ends);
    uint32_t *polygon_ends =
        pole_allocate_array(&area->allocator, area->ring_count, sizeof *polygon_ends);
    pole_status status = ring_ends && polygon_ends ? POLE_OK : POLE_NO_MEMORY;
    pole_polygons polygons;
    pole_mended_area *sound = NULL;
    if (status == POLE_OK)
        status = to_polygons(area, ring_ends, polygon_ends, &polygons);
    if (status == POLE_OK)
        status = adapters->area_mend(&polygons, &area->allocator, &sound, error);
    if (status == POLE_OK) {
        *mended = sound->mended != 0;
        memcpy(reason, sound->reason, sizeof sound->reason);
        reason[sizeof sound->reason - 1] = '\0';
        status = take_polygons(area, &sound->polygons);
        adapters->area_free(sound);
    }
    pole_release(&area->allocator, ring_ends);
    pole_release(&area->allocator, polygon_ends);
    return status;
}

/* A sum of products too large for int64_t, in two parts. */
typedef struct {
    int64_t high;
    uint64_t low;
} wide;

static void add_wide(wide *sum, int64_t value)
{
    const uint64_t low = sum->low + (uint64_t)value;
    sum->high += (value < 0 ? -1 : 0) + (low < sum->low ? 1 : 0);
    sum->low = low;
}

bool pole_ring_is_anticlockwise(const pole_ring *ring)
{
    /* Twice the signed area, from trapezoids to the first vertex's parallel: the products fit
     * int64_t, their sum need not. */
    wide sum = {0, 0};
    const pole_vertex first = pole_ring_vertex(ring, 0);
    pole_vertex a = first;
    for (size_t i = 1; i <= ring->count; i++) {
        const pole_vertex b = i < ring->count ? pole_ring_vertex(ring, i) : first;
        const int64_t width = (int64_t)a.lon_e7 - b.lon_e7;
        add_wide(&sum, width * ((int64_t)a.lat_e7 - first.lat_e7));
        add_wide(&sum, width * ((int64_t)b.lat_e7 - first.lat_e7));
        a = b;
    }
    return sum.high >= 0;
}

static int compare_one(pole_vertex a, pole_vertex b)
{
    if (a.lat_e7 != b.lat_e7)
        return a.lat_e7 < b.lat_e7 ? -1 : 1;
    return (a.lon_e7 > b.lon_e7) - (a.lon_e7 < b.lon_e7);
}

int pole_compare_vertices(const pole_vertex *a, size_t a_count, const pole_vertex *b,
                          size_t b_count)
{
    for (size_t i = 0; i < a_count && i < b_count; i++) {
        const int order = compare_one(a[i], b[i]);
        if (order != 0)
            return order;
    }
    return (a_count > b_count) - (a_count < b_count);
}

/* Whether the ring read from i on comes before the ring read from k on. */
static bool rotation_is_less(const pole_vertex *ring, uint32_t count, uint32_t i, uint32_t k)
{
    for (uint32_t step = 0; step < count; step++) {
        const int order = compare_one(ring[(i + step) % count], ring[(k + step) % count]);
        if (order != 0)
            return order < 0;
    }
    return false;
}

static void reverse(pole_vertex *vertices, uint32_t count)
{
    for (uint32_t i = 0; i < count / 2; i++) {
        const pole_vertex swapped = vertices[i];
        vertices[i] = vertices[count - 1 - i];
        vertices[count - 1 - i] = swapped;
    }
}

/* Direction and first vertex. A ring that touches itself may have its least vertex twice: what
 * follows decides. */
static void normalise_ring(pole_vertex *ring, uint32_t count, bool is_outer)
{
    const pole_ring view = pole_ring_in_memory(ring, count);
    if (pole_ring_is_anticlockwise(&view) != is_outer)
        reverse(ring, count);
    uint32_t best = 0;
    for (uint32_t i = 1; i < count; i++)
        if (rotation_is_less(ring, count, i, best))
            best = i;
    reverse(ring, best);
    reverse(ring + best, count - best);
    reverse(ring, count);
}

static const pole_vertex *vertices_of(const pole_area_rings *area, uint32_t ring)
{
    return area->vertices + area->rings[ring].first;
}

static int compare_rings(const void *context, uint32_t a, uint32_t b)
{
    const pole_area_rings *area = context;
    const pole_area_ring *ra = area->rings + a, *rb = area->rings + b;
    if (ra->polygon != rb->polygon) {
        const int order =
            pole_compare_vertices(vertices_of(area, ra->polygon), area->rings[ra->polygon].count,
                                  vertices_of(area, rb->polygon), area->rings[rb->polygon].count);
        return order != 0 ? order : (ra->polygon > rb->polygon) - (ra->polygon < rb->polygon);
    }
    if (ra->is_outer != rb->is_outer)
        return ra->is_outer ? -1 : 1;
    return pole_compare_vertices(vertices_of(area, a), ra->count, vertices_of(area, b), rb->count);
}

pole_status pole_area_normalise(pole_area_rings *area)
{
    const pole_allocator *allocator = &area->allocator;
    for (size_t i = 0; i < area->ring_count; i++)
        normalise_ring(area->vertices + area->rings[i].first, area->rings[i].count,
                       area->rings[i].is_outer);
    uint32_t *order = pole_allocate_array(allocator, area->ring_count, sizeof *order);
    pole_area_rings sorted;
    pole_area_rings_init(&sorted, allocator);
    pole_status status = order ? POLE_OK : POLE_NO_MEMORY;
    for (uint32_t i = 0; i < area->ring_count && order; i++)
        order[i] = i;
    if (status == POLE_OK)
        status = pole_sort_numbers(order, area->ring_count, compare_rings, area, allocator);
    uint32_t polygon = 0;
    for (uint32_t i = 0; i < area->ring_count && status == POLE_OK; i++) {
        const pole_area_ring *ring = area->rings + order[i];
        polygon = ring->is_outer ? i : polygon;
        status = pole_area_rings_add(&sorted, area->vertices + ring->first, ring->count,
                                     ring->is_outer, polygon);
    }
    pole_release(allocator, order);
    if (status != POLE_OK) {
        pole_area_rings_free(&sorted);
        return status;
    }
    sorted.roles_known = true;
    pole_area_rings_free(area);
    *area = sorted;
    return POLE_OK;
}
