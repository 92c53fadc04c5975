/* SPDX-License-Identifier: MIT
 * How far the next area is. */
#include "geo/e7.h"
#include "index/areas.h"
#include "index/positions.h"

/* Areas whose distances differ by less are equally far. */
#define EQUALLY_FAR_M 1e-3

/* The point in differences from the centre of the areas, and how far those may be from the truth
 * together with the floats of a box. */
typedef struct {
    double y, x, margin;
    pole_nearest_side nearest;
} edge_search;

/* The way between a place and a range of longitudes, going the shorter way round. */
static double longitude_gap(double x, double west, double east)
{
    const double straight = fmax(fmax(west - x, x - east), 0.0);
    const double around = 3600000000.0 - straight - (east - west);
    return straight == 0.0 ? 0.0 : fmax(fmin(straight, around), 0.0);
}

/* Whether some place of the box may be nearer than the best known. As in ring.c: in the metric of
 * lat_m and lon_m nothing is farther than on earth. */
static bool may_be_nearer(const edge_search *search, float south, float west, float north,
                          float east)
{
    const double dlat = fmax(fmax(south - search->y, search->y - north) - search->margin, 0.0);
    const double dlon = fmax(longitude_gap(search->x, west, east) - search->margin, 0.0);
    const double y = dlat * search->nearest.lat_m, x = dlon * search->nearest.lon_m;
    return y * y + x * x < search->nearest.bound_m * search->nearest.bound_m;
}

static pole_vertex vertex_at(const pole_areas *areas, uint32_t vertex)
{
    const uint8_t *p = areas->vertices + 8 * (size_t)vertex;
    return (pole_vertex){pole_load_i32(p), pole_load_i32(p + 4)};
}

static void offer_block(const pole_areas *areas, const pole_area_block *block, edge_search *search)
{
    pole_vertex a = vertex_at(areas, block->first);
    for (uint32_t i = 1; i <= block->sides; i++) {
        const pole_vertex b = vertex_at(areas, i < block->sides ? block->first + i : block->close);
        pole_nearest_side_offer(&search->nearest, a, b);
        a = b;
    }
}

static void offer_area(const pole_areas *areas, const pole_area_shape *shape, edge_search *search)
{
    for (uint32_t i = 0; i < shape->quads; i++) {
        const uint32_t quad = shape->first_quad + i;
        const pole_area_boxes *boxes = areas->quads + quad;
        for (unsigned lane = 0; lane < 4; lane++)
            if (may_be_nearer(search, boxes->south[lane], boxes->west[lane], boxes->north[lane],
                              boxes->east[lane]))
                offer_block(areas, areas->blocks + 4 * (size_t)quad + lane, search);
    }
}

double pole_areas_edge(const pole_areas *areas, pole_text_number kind, pole_point at,
                       uint32_t other_than_station, double max_m, uint32_t *area)
{
    edge_search search;
    pole_nearest_side_begin(&search.nearest, at, max_m + EQUALLY_FAR_M);
    *area = POLE_NO_AREA;
    if (areas->count == 0 || isnan(search.nearest.best_m))
        return INFINITY;
    double best_m = INFINITY;
    search.y = search.nearest.from.lat_e7 - areas->center_lat_e7;
    search.x = search.nearest.from.lon_e7 - areas->center_lon_e7;
    search.margin = areas->margin_e7 + 1e-3;
    const int32_t lat_e7 = pole_round_e7(at.lat_deg), lon_e7 = pole_round_e7(at.lon_deg);
    for (uint32_t i = 0; i < areas->count; i++) {
        const pole_area_shape *shape = areas->shapes + i;
        if (shape->kind != kind ||
            !may_be_nearer(&search, shape->south, shape->west, shape->north, shape->east) ||
            pole_area_station(areas, i) == other_than_station)
            continue;
        if (pole_area_covers(areas, i, lat_e7, lon_e7)) {
            *area = i;
            return 0.0;
        }
        search.nearest.best_m = INFINITY;
        offer_area(areas, shape, &search);
        if (search.nearest.best_m < best_m) {
            best_m = search.nearest.best_m;
            *area = i;
            search.nearest.bound_m = fmax(best_m - EQUALLY_FAR_M, 0.0);
        }
    }
    if (best_m <= max_m)
        return best_m;
    *area = POLE_NO_AREA;
    return INFINITY;
}
