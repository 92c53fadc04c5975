/* SPDX-License-Identifier: MIT
 * Whether an area's rings are sound (repair.h), exactly, on 1e-7-degree integers.
 *
 * Sides are compared in order of their southern ends, each with those that begin before it ends
 * in the north and share its longitudes. Two sides may meet only in single points; where they do,
 * the two lines must not change sides there, which is seen from the order of their four arms
 * around the point. Lines that nowhere change sides lie in or outside one another as a whole, so
 * one vertex of a ring tells where it lies. */
#include "build/repair.h"
#include "build/sort.h"

typedef struct {
    int32_t south, north, west, east;
    uint32_t ring;
    uint32_t from; /* vertex, of the ring */
} side;

typedef struct {
    pole_area_rings *area;
    side *sides; /* in order of south */
    uint32_t side_count;
    uint32_t *depth;                    /* of each ring: how many others hold it */
    pole_vertex *southwest, *northeast; /* of each ring */
    const char *fault;
    pole_vertex at;
} judge;

/* i: below twice the ring's count; a ring goes round. */
static pole_vertex vertex_of(const pole_area_rings *area, uint32_t ring, uint32_t i)
{
    const pole_area_ring *r = area->rings + ring;
    return area->vertices[r->first + (i < r->count ? i : i - r->count)];
}

static bool same(pole_vertex a, pole_vertex b)
{
    return a.lat_e7 == b.lat_e7 && a.lon_e7 == b.lon_e7;
}

/* 1: c lies left of the line from a to b, -1: right of it, 0: on it. The differences fit 33 bits,
 * the products int64_t; they are compared, not subtracted. */
static int turn(pole_vertex a, pole_vertex b, pole_vertex c)
{
    const int64_t left = ((int64_t)b.lon_e7 - a.lon_e7) * ((int64_t)c.lat_e7 - a.lat_e7);
    const int64_t right = ((int64_t)b.lat_e7 - a.lat_e7) * ((int64_t)c.lon_e7 - a.lon_e7);
    return (left > right) - (left < right);
}

static bool in_box(const side *s, pole_vertex p)
{
    return p.lat_e7 >= s->south && p.lat_e7 <= s->north && p.lon_e7 >= s->west &&
           p.lon_e7 <= s->east;
}

static void report(judge *j, const char *fault, pole_vertex at)
{
    j->fault = fault;
    j->at = at;
}

/* Whether arm b lies strictly in the sector that opens anticlockwise from arm a1 to arm a2. */
static bool in_sector(pole_vertex p, pole_vertex a1, pole_vertex a2, pole_vertex b)
{
    const int opening = turn(p, a1, a2);
    if (opening > 0)
        return turn(p, a1, b) > 0 && turn(p, b, a2) > 0;
    if (opening < 0)
        return !(turn(p, a2, b) >= 0 && turn(p, b, a1) >= 0);
    return turn(p, a1, b) > 0;
}

/* The two ways along a side's ring from a point on the side. */
static void arms_of(const judge *j, const side *s, pole_vertex p, pole_vertex arms[2])
{
    const uint32_t count = j->area->rings[s->ring].count;
    const pole_vertex from = vertex_of(j->area, s->ring, s->from);
    const pole_vertex to = vertex_of(j->area, s->ring, s->from + 1);
    arms[0] = same(p, from) ? vertex_of(j->area, s->ring, s->from + count - 1) : from;
    arms[1] = same(p, to) ? vertex_of(j->area, s->ring, s->from + 2) : to;
}

static void judge_touch(judge *j, const side *a, const side *b, pole_vertex p)
{
    pole_vertex of_a[2], of_b[2];
    arms_of(j, a, p, of_a);
    arms_of(j, b, p, of_b);
    if (in_sector(p, of_a[0], of_a[1], of_b[0]) != in_sector(p, of_a[0], of_a[1], of_b[1]))
        report(j, a->ring == b->ring ? "a ring crosses itself" : "two rings cross", p);
}

static bool are_neighbours(const judge *j, const side *a, const side *b)
{
    const uint32_t count = j->area->rings[a->ring].count;
    return a->ring == b->ring &&
           ((a->from + 1) % count == b->from || (b->from + 1) % count == a->from);
}

/* Two sides on one line: they may meet in one point at most. */
static void judge_collinear(judge *j, const side *a, const side *b)
{
    const int32_t south = a->south > b->south ? a->south : b->south;
    const int32_t north = a->north < b->north ? a->north : b->north;
    const int32_t west = a->west > b->west ? a->west : b->west;
    const int32_t east = a->east < b->east ? a->east : b->east;
    const pole_vertex from = vertex_of(j->area, a->ring, a->from);
    const pole_vertex to = vertex_of(j->area, a->ring, a->from + 1);
    if (south < north || west < east)
        report(j, "two sides run along one another", in_box(b, from) ? from : to);
    else if (!are_neighbours(j, a, b))
        judge_touch(j, a, b, in_box(b, from) ? from : to);
}

/* Two sides whose boxes meet. */
static void judge_pair(judge *j, const side *a, const side *b)
{
    const pole_vertex a0 = vertex_of(j->area, a->ring, a->from);
    const pole_vertex a1 = vertex_of(j->area, a->ring, a->from + 1);
    const pole_vertex b0 = vertex_of(j->area, b->ring, b->from);
    const pole_vertex b1 = vertex_of(j->area, b->ring, b->from + 1);
    const int t0 = turn(a0, a1, b0), t1 = turn(a0, a1, b1);
    const int t2 = turn(b0, b1, a0), t3 = turn(b0, b1, a1);
    if (t0 == 0 && t1 == 0) {
        judge_collinear(j, a, b);
        return;
    }
    if (are_neighbours(j, a, b))
        return;
    if (t0 == 0 && in_box(a, b0))
        judge_touch(j, a, b, b0);
    else if (t1 == 0 && in_box(a, b1))
        judge_touch(j, a, b, b1);
    else if (t2 == 0 && in_box(b, a0))
        judge_touch(j, a, b, a0);
    else if (t3 == 0 && in_box(b, a1))
        judge_touch(j, a, b, a1);
    else if (t0 * t1 < 0 && t2 * t3 < 0)
        report(j, a->ring == b->ring ? "a ring crosses itself" : "two rings cross", a0);
}

static void judge_sides(judge *j)
{
    for (uint32_t i = 0; i < j->side_count && j->fault == NULL; i++) {
        const side *a = j->sides + i;
        for (uint32_t k = i + 1; k < j->side_count && j->fault == NULL; k++) {
            const side *b = j->sides + k;
            if (b->south > a->north)
                break;
            if (b->west <= a->east && b->east >= a->west)
                judge_pair(j, a, b);
        }
    }
}

static side side_of(const pole_area_rings *area, uint32_t ring, uint32_t from)
{
    const pole_vertex a = vertex_of(area, ring, from), b = vertex_of(area, ring, from + 1);
    const side s = {a.lat_e7 < b.lat_e7 ? a.lat_e7 : b.lat_e7,
                    a.lat_e7 < b.lat_e7 ? b.lat_e7 : a.lat_e7,
                    a.lon_e7 < b.lon_e7 ? a.lon_e7 : b.lon_e7,
                    a.lon_e7 < b.lon_e7 ? b.lon_e7 : a.lon_e7,
                    ring,
                    from};
    return s;
}

/* All sides, in order of their southern ends; and the boxes of the rings. */
static pole_status collect_sides(judge *j)
{
    const pole_area_rings *area = j->area;
    const pole_allocator *allocator = &area->allocator;
    const uint32_t count = (uint32_t)area->vertex_count;
    side *unsorted = pole_allocate_array(allocator, count, sizeof *unsorted);
    uint64_t *keys = pole_allocate_array(allocator, count, sizeof *keys);
    uint32_t *order = pole_allocate_array(allocator, count, sizeof *order);
    j->sides = pole_allocate_array(allocator, count, sizeof *j->sides);
    pole_status status = unsorted && keys && order && j->sides ? POLE_OK : POLE_NO_MEMORY;
    if (status == POLE_OK) {
        for (uint32_t ring = 0; ring < area->ring_count; ring++) {
            pole_vertex *low = j->southwest + ring, *high = j->northeast + ring;
            *low = *high = vertex_of(area, ring, 0);
            for (uint32_t i = 0; i < area->rings[ring].count; i++) {
                const side s = side_of(area, ring, i);
                low->lat_e7 = s.south < low->lat_e7 ? s.south : low->lat_e7;
                low->lon_e7 = s.west < low->lon_e7 ? s.west : low->lon_e7;
                high->lat_e7 = s.north > high->lat_e7 ? s.north : high->lat_e7;
                high->lon_e7 = s.east > high->lon_e7 ? s.east : high->lon_e7;
                keys[j->side_count] = (uint64_t)((int64_t)s.south + 900000000);
                unsorted[j->side_count++] = s;
            }
        }
        bool sorted;
        status = pole_sort_keys(keys, j->side_count, order, &sorted, allocator);
        for (uint32_t i = 0; i < j->side_count && status == POLE_OK; i++)
            j->sides[i] = unsorted[order[i]];
    }
    pole_release(allocator, unsorted);
    pole_release(allocator, keys);
    pole_release(allocator, order);
    return status;
}

/* Whether ring `outer` holds ring `inner`, which it does not cross. */
static bool holds(judge *j, uint32_t outer, uint32_t inner)
{
    const pole_area_rings *area = j->area;
    if (j->southwest[inner].lat_e7 < j->southwest[outer].lat_e7 ||
        j->southwest[inner].lon_e7 < j->southwest[outer].lon_e7 ||
        j->northeast[inner].lat_e7 > j->northeast[outer].lat_e7 ||
        j->northeast[inner].lon_e7 > j->northeast[outer].lon_e7)
        return false;
    const pole_area_ring *ring = area->rings + outer;
    const pole_ring view = pole_ring_in_memory(area->vertices + ring->first, ring->count);
    for (uint32_t i = 0; i < area->rings[inner].count; i++) {
        const pole_place place = pole_rings_place(&view, 1, vertex_of(area, inner, i));
        if (place != POLE_ON_BORDER)
            return place == POLE_INSIDE;
    }
    report(j, "two rings touch at every corner of one", vertex_of(area, inner, 0));
    return false;
}

/* The innermost ring that holds this one. Those that hold it lie in one another, so the deepest
 * is the innermost. */
static uint32_t holder_of(judge *j, uint32_t ring)
{
    for (uint32_t other = 0; other < j->area->ring_count; other++)
        if (other != ring && j->depth[other] + 1 == j->depth[ring] && holds(j, other, ring))
            return other;
    return ring;
}

static void judge_roles(judge *j)
{
    pole_area_rings *area = j->area;
    for (uint32_t ring = 0; ring < area->ring_count; ring++)
        for (uint32_t other = 0; other < area->ring_count && j->fault == NULL; other++)
            j->depth[ring] += other != ring && holds(j, other, ring);
    for (uint32_t ring = 0; ring < area->ring_count && j->fault == NULL; ring++) {
        pole_area_ring *r = area->rings + ring;
        const bool is_outer = j->depth[ring] % 2 == 0;
        const uint32_t polygon = is_outer ? ring : holder_of(j, ring);
        if (area->roles_known && r->is_outer && !is_outer)
            report(j, "a polygon lies in another of the same area", vertex_of(area, ring, 0));
        else if (area->roles_known && (r->is_outer != is_outer || r->polygon != polygon))
            report(j, "a hole does not lie in its polygon", vertex_of(area, ring, 0));
        r->is_outer = is_outer;
        r->polygon = polygon;
    }
}

/* What no adapter can mend, or need not look at. */
static void judge_rings(judge *j, bool *mendable)
{
    const pole_area_rings *area = j->area;
    for (uint32_t ring = 0; ring < area->ring_count; ring++) {
        if (area->rings[ring].count < 3) {
            const pole_vertex none = {0, 0};
            report(j, "a ring has fewer than three different corners",
                   area->rings[ring].count > 0 ? vertex_of(area, ring, 0) : none);
            return;
        }
        for (uint32_t i = 0; i < area->rings[ring].count; i++) {
            const pole_vertex a = vertex_of(area, ring, i), b = vertex_of(area, ring, i + 1);
            const int64_t span = (int64_t)a.lon_e7 - b.lon_e7;
            if (span > 1800000000 || span < -1800000000) {
                report(j,
                       "a side spans more than 180 degrees of longitude: cut the area at the "
                       "antimeridian",
                       a);
                *mendable = false;
                return;
            }
        }
    }
}

pole_status pole_area_judge(pole_area_rings *area, const char **fault, pole_vertex *at,
                            bool *mendable)
{
    const pole_allocator *allocator = &area->allocator;
    judge j = {.area = area};
    pole_status status = POLE_OK;
    *mendable = true;
    if (area->ring_count == 0)
        report(&j, "it has no ring", (pole_vertex){0, 0});
    else
        judge_rings(&j, mendable);
    if (j.fault == NULL) {
        j.depth = pole_allocate_zeroed(allocator, area->ring_count, sizeof *j.depth);
        j.southwest = pole_allocate_array(allocator, area->ring_count, sizeof *j.southwest);
        j.northeast = pole_allocate_array(allocator, area->ring_count, sizeof *j.northeast);
        status = j.depth && j.southwest && j.northeast ? collect_sides(&j) : POLE_NO_MEMORY;
        if (status == POLE_OK)
            judge_sides(&j);
        if (status == POLE_OK && j.fault == NULL)
            judge_roles(&j);
    }
    pole_release(allocator, j.depth);
    pole_release(allocator, j.southwest);
    pole_release(allocator, j.northeast);
    pole_release(allocator, j.sides);
    *fault = j.fault;
    *at = j.at;
    return status;
}
