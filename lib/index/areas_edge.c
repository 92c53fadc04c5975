/* SPDX-License-Identifier: MIT
 * How far the next area is.
 *
 * Boxes of areas, boxes of sides and the sides themselves are held against the best known in a
 * flat metric in which nothing is farther than on earth (geodesic.h, pole_box_near), four at a
 * time; what is left, a side or two, is measured by geo/ring.h. */
#include "index/areas_blocks.h"
#include "index/extent.h"

/* Areas whose distances differ by less are equally far. */
#define EQUALLY_FAR_M 1e-3
#define ROUND_E7 3600000000.0
/* The flat metric holds beyond the range that distances are good in. */
#define REACH_M (1.25 * POLE_LOCAL_RANGE_M)

typedef struct {
    const pole_areas *areas;
    const pole_local *from;
    pole_vertex at;
    pole_text_number kind;
    uint32_t own;
    float lat_m, lon_m;
    /* The point in differences from the areas' centre, rounded down and up. */
    float south, west, north, east;
    int32_t lon_e7; /* of the point, or once round the earth from it, modulo 2^32 */
    double limit_m; /* as far as is looked: a little beyond the nearest found */
    float limit2;   /* its square */
    double best_m;
    uint32_t best;
    bool begun;
    pole_nearest_side nearest;
} edge_search;

/* Nothing farther is looked at; what is equally far is. */
static void set_limit(edge_search *s, double least_m)
{
    s->limit_m = least_m + 2 * EQUALLY_FAR_M;
    s->limit2 = (float)(s->limit_m * s->limit_m * (1.0 + 1e-6));
}

static void offer(edge_search *s, double distance_m, uint32_t area)
{
    if (distance_m < s->best_m - EQUALLY_FAR_M ||
        (distance_m <= s->best_m + EQUALLY_FAR_M && area < s->best)) {
        s->best_m = distance_m;
        s->best = area;
    }
    if (distance_m + 2 * EQUALLY_FAR_M < s->limit_m)
        set_limit(s, distance_m);
}

/* Bit i is set where box i is near enough. */
static unsigned near_boxes(const edge_search *s, const pole_area_boxes *boxes)
{
    const pole_lanes zero = pole_lanes_all(0.0f);
    const pole_lanes up =
        pole_lanes_subtract(pole_lanes_load(boxes->south), pole_lanes_all(s->north));
    const pole_lanes down =
        pole_lanes_subtract(pole_lanes_all(s->south), pole_lanes_load(boxes->north));
    const pole_lanes right =
        pole_lanes_subtract(pole_lanes_load(boxes->west), pole_lanes_all(s->east));
    const pole_lanes left =
        pole_lanes_subtract(pole_lanes_all(s->west), pole_lanes_load(boxes->east));
    const pole_lanes y = pole_lanes_multiply(pole_lanes_max(pole_lanes_max(up, down), zero),
                                             pole_lanes_all(s->lat_m));
    const pole_lanes x = pole_lanes_multiply(pole_lanes_max(pole_lanes_max(right, left), zero),
                                             pole_lanes_all(s->lon_m));
    const pole_lanes squared = pole_lanes_add(pole_lanes_multiply(y, y), pole_lanes_multiply(x, x));
    return pole_lanes_at_most(squared, pole_lanes_all(s->limit2));
}

static pole_lanes size_of(pole_lanes a)
{
    return pole_lanes_max(a, pole_lanes_subtract(pole_lanes_all(0.0f), a));
}

/* Which of four sides are near enough in the flat metric. The flat distance, in float, is good to
 * 1e-6 of what is added up in it, and the point's fraction of a unit is left out: 1 cm. */
static unsigned near_sides(const edge_search *s, const uint8_t *ends)
{
    const pole_lanes zero = pole_lanes_all(0.0f), one = pole_lanes_all(1.0f);
    const pole_lanes lat_m = pole_lanes_all(s->lat_m), lon_m = pole_lanes_all(s->lon_m);
    pole_lanes ay, ax, by, bx;
    pole_lanes_pairs_minus(ends, s->at.lat_e7, s->lon_e7, &ay, &ax);
    pole_lanes_pairs_minus(ends + 8, s->at.lat_e7, s->lon_e7, &by, &bx);
    ay = pole_lanes_multiply(ay, lat_m);
    ax = pole_lanes_multiply(ax, lon_m);
    const pole_lanes dy = pole_lanes_subtract(pole_lanes_multiply(by, lat_m), ay);
    const pole_lanes dx = pole_lanes_subtract(pole_lanes_multiply(bx, lon_m), ax);
    const pole_lanes dot = pole_lanes_add(pole_lanes_multiply(ay, dy), pole_lanes_multiply(ax, dx));
    const pole_lanes length2 =
        pole_lanes_add(pole_lanes_multiply(dy, dy), pole_lanes_multiply(dx, dx));
    /* A side of no length has its foot anywhere; nothing over a little is 0. */
    const pole_lanes along = pole_lanes_divide(pole_lanes_subtract(zero, dot),
                                               pole_lanes_max(length2, pole_lanes_all(1e-30f)));
    const pole_lanes t = pole_lanes_min(pole_lanes_max(along, zero), one);
    const pole_lanes y = pole_lanes_add(ay, pole_lanes_multiply(t, dy));
    const pole_lanes x = pole_lanes_add(ax, pole_lanes_multiply(t, dx));
    const pole_lanes squared = pole_lanes_add(pole_lanes_multiply(y, y), pole_lanes_multiply(x, x));
    const pole_lanes summed = pole_lanes_add(pole_lanes_add(size_of(ay), size_of(ax)),
                                             pole_lanes_add(size_of(dy), size_of(dx)));
    const pole_lanes limit = pole_lanes_add(pole_lanes_all((float)s->limit_m + 0.01f),
                                            pole_lanes_multiply(summed, pole_lanes_all(2e-6f)));
    return pole_lanes_at_most(squared, pole_lanes_multiply(limit, limit));
}

static void measure_side(edge_search *s, const pole_block_ends *ends, unsigned i, uint32_t area)
{
    if (!s->begun)
        pole_nearest_side_begin_from(&s->nearest, s->from, s->limit_m);
    s->begun = true;
    s->nearest.best_m = INFINITY;
    s->nearest.bound_m = s->limit_m;
    pole_nearest_side_offer(&s->nearest, pole_block_end(ends, i), pole_block_end(ends, i + 1));
    offer(s, s->nearest.best_m, area);
}

static void measure_block(edge_search *s, const pole_area_block *block, uint32_t area)
{
    pole_block_ends ends;
    pole_block_ends_take(s->areas, block, &ends);
    for (unsigned i = 0; i < block->sides; i += 4) {
        unsigned todo = near_sides(s, ends.ends + 8 * (size_t)i);
        for (; todo != 0; todo &= todo - 1) {
            const unsigned side = i + (unsigned)__builtin_ctz(todo);
            if (side < block->sides)
                measure_side(s, &ends, side, area);
        }
    }
}

static bool is_near(const edge_search *s, const pole_area_shape *shape)
{
    const float lat = pole_greater(shape->south - s->north, s->south - shape->north);
    const float lon = pole_greater(shape->west - s->east, s->west - shape->east);
    const float y = lat > 0.0f ? lat * s->lat_m : 0.0f, x = lon > 0.0f ? lon * s->lon_m : 0.0f;
    return y * y + x * x <= s->limit2;
}

static void measure_area(edge_search *s, uint32_t number)
{
    const pole_areas *areas = s->areas;
    const pole_area_shape *shape = areas->shapes + number;
    if (shape->kind != s->kind || !is_near(s, shape) || pole_area_station(areas, number) == s->own)
        return;
    if (pole_area_covers(areas, number, s->at.lat_e7, s->at.lon_e7)) {
        offer(s, 0.0, number);
        return;
    }
    for (uint32_t i = 0; i < shape->quads; i++) {
        const uint32_t quad = shape->first_quad + i;
        unsigned todo = near_boxes(s, areas->quads + quad);
        for (; todo != 0; todo &= todo - 1)
            measure_block(s, areas->blocks + 4 * (size_t)quad + (unsigned)__builtin_ctz(todo),
                          number);
    }
}

static void measure_cells(edge_search *s)
{
    const float lat = (float)(s->limit_m * 1.001) / s->lat_m;
    const float lon = (float)(s->limit_m * 1.001) / s->lon_m;
    pole_cells_cursor cells =
        pole_cells_begin(s->areas, s->south - lat, s->west - lon, s->north + lat, s->east + lon);
    for (uint32_t area; (area = pole_cells_next(s->areas, &cells)) != POLE_NO_AREA;)
        measure_area(s, area);
}

static void set_longitude(edge_search *s, double lon_e7)
{
    const double lon = lon_e7 - s->areas->center_lon_e7;
    const double margin = s->areas->margin_e7 + fabs(lon) * 0x1p-23 + 0.5;
    s->west = (float)(lon - margin);
    s->east = (float)(lon + margin);
    s->lon_e7 = (int32_t)(uint32_t)(int64_t)lon_e7;
}

double pole_areas_edge(const pole_areas *areas, pole_text_number kind, const pole_local *from,
                       pole_vertex at, uint32_t other_than_station, double max_m, uint32_t *area)
{
    *area = POLE_NO_AREA;
    if (areas->count == 0 || !(fabs(from->at.lat_deg) <= POLE_LOCAL_MAX_LAT_DEG))
        return INFINITY;
    edge_search s = {.areas = areas,
                     .from = from,
                     .at = at,
                     .kind = kind,
                     .own = other_than_station,
                     .best_m = INFINITY,
                     .best = POLE_NO_AREA};
    pole_box_near near;
    pole_box_near_prepare(&near, from, REACH_M);
    s.lat_m = near.lat_m;
    s.lon_m = near.lon_m;
    set_limit(&s, max_m < POLE_LOCAL_RANGE_M ? max_m : POLE_LOCAL_RANGE_M);
    const double lat = (double)at.lat_e7 - areas->center_lat_e7;
    const double margin = areas->margin_e7 + fabs(lat) * 0x1p-23 + 0.5;
    s.south = (float)(lat - margin);
    s.north = (float)(lat + margin);
    set_longitude(&s, at.lon_e7);
    measure_cells(&s);
    /* Across the antimeridian. */
    const double other = at.lon_e7 > 0 ? at.lon_e7 - ROUND_E7 : at.lon_e7 + ROUND_E7;
    if ((ROUND_E7 / 2 - fabs((double)at.lon_e7)) * s.lon_m <= s.limit_m) {
        set_longitude(&s, other);
        measure_cells(&s);
    }
    if (!(s.best_m <= max_m))
        return INFINITY;
    *area = s.best;
    return s.best_m;
}
