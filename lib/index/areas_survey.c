/* SPDX-License-Identifier: MIT
 * See areas_survey.h. */
#include "index/areas_survey.h"

#include <stdlib.h>

#include "index/areas_blocks.h"
#include "index/extent.h"

#define REACH_M (POLE_SURVEY_RANGE_M + POLE_SURVEY_EDGE_M + 1.0)
/* A border's end farther than this is not told well enough in float. */
#define LONGEST_M 20000.0f
#define RADIANS_PER_E7 (3.14159265358979323846 / 180e7)
/* The greatest radii of curvature of the ellipsoid: a / (1 - f), at the poles. */
#define GREATEST_RADIUS_M (POLE_WGS84_A_M / (1.0 - POLE_WGS84_F))
/* Beyond this the metric changes too fast. */
#define MAX_LAT_DEG 80.0

static void set_metric(pole_area_survey *s, const pole_local *from)
{
    const double m = sqrt(from->north[0]) / RADIANS_PER_E7, p = from->radius_m * from->cos_lat;
    s->lat_m = (float)(m * RADIANS_PER_E7);
    s->lon_m = (float)(p * RADIANS_PER_E7);
    s->lon_m_per_lat = (float)(-m * from->sin_lat * RADIANS_PER_E7 * RADIANS_PER_E7);
    s->bend = (float)(-0.5 * from->sin_lat / p);
    s->reach_lat_e7 = (float)(REACH_M * 1.01) / s->lat_m;
    s->reach_lon_e7 = (float)(REACH_M * 1.01) / s->lon_m;
}

pole_spot pole_spot_of(const pole_local *from, pole_vertex at)
{
    /* A kilometre changes a cosine by less than 1.6e-4. */
    return (pole_spot){at, (float)(GREATEST_RADIUS_M * (1.0 + 1e-6) * RADIANS_PER_E7),
                       (float)(GREATEST_RADIUS_M * (from->cos_lat + 2e-4) * RADIANS_PER_E7)};
}

/* The survey's reach in differences from the centre of the areas. */
typedef struct {
    float south, west, north, east;
} surroundings;

static surroundings surroundings_of(const pole_area_survey *s)
{
    const pole_areas *areas = s->areas;
    const double lat = (double)s->middle.at.lat_e7 - areas->center_lat_e7;
    const double lon = (double)s->middle.at.lon_e7 - areas->center_lon_e7;
    const double y = s->reach_lat_e7 + areas->margin_e7 + fabs(lat) * 0x1p-22 + 1.0;
    const double x = s->reach_lon_e7 + areas->margin_e7 + fabs(lon) * 0x1p-22 + 1.0;
    return (surroundings){(float)(lat - y), (float)(lon - x), (float)(lat + y), (float)(lon + x)};
}

static bool meets(const surroundings *around, const pole_area_shape *shape)
{
    return (shape->south <= around->north) & (shape->north >= around->south) &
           (shape->west <= around->east) & (shape->east >= around->west);
}

/* Sides on their way to quadruples. */
typedef struct {
    pole_survey_sides *four;
    uint32_t count;
} side_list;

/* Sides i to i + 3 of a block in differences from the middle. */
static pole_survey_sides sides_of(const pole_area_survey *s, const pole_block_ends *ends,
                                  uint32_t i)
{
    pole_survey_sides sides;
    pole_lanes ay, ax, by, bx;
    const pole_vertex middle = s->middle.at;
    pole_lanes_pairs_minus(ends->ends + 8 * (size_t)i, middle.lat_e7, middle.lon_e7, &ay, &ax);
    pole_lanes_pairs_minus(ends->ends + 8 * (size_t)i + 8, middle.lat_e7, middle.lon_e7, &by, &bx);
    pole_lanes_store(sides.y, ay);
    pole_lanes_store(sides.x, ax);
    pole_lanes_store(sides.dy, pole_lanes_subtract(by, ay));
    pole_lanes_store(sides.dx, pole_lanes_subtract(bx, ax));
    return sides;
}

/* Those of four whose box meets the square of the reach. */
static unsigned within_reach(const pole_area_survey *s, const pole_survey_sides *sides)
{
    const pole_lanes zero = pole_lanes_all(0.0f);
    const pole_lanes lat = pole_lanes_all(s->reach_lat_e7), lon = pole_lanes_all(s->reach_lon_e7);
    const pole_lanes ay = pole_lanes_load(sides->y), ax = pole_lanes_load(sides->x);
    const pole_lanes by = pole_lanes_add(ay, pole_lanes_load(sides->dy));
    const pole_lanes bx = pole_lanes_add(ax, pole_lanes_load(sides->dx));
    return pole_lanes_at_most(pole_lanes_min(ay, by), lat) &
           pole_lanes_at_most(pole_lanes_subtract(zero, lat), pole_lanes_max(ay, by)) &
           pole_lanes_at_most(pole_lanes_min(ax, bx), lon) &
           pole_lanes_at_most(pole_lanes_subtract(zero, lon), pole_lanes_max(ax, bx));
}

static void add_side(pole_area_survey *s, side_list *list, const pole_survey_sides *from,
                     unsigned lane)
{
    const float size = (fabsf(from->y[lane]) + fabsf(from->dy[lane])) * s->lat_m +
                       (fabsf(from->x[lane]) + fabsf(from->dx[lane])) * s->lon_m;
    if (list->count == POLE_SURVEY_SIDES || !(size < LONGEST_M)) {
        s->usable = false;
        return;
    }
    pole_survey_sides *four = list->four + list->count / 4;
    const uint32_t to = list->count++ % 4;
    four->y[to] = from->y[lane];
    four->x[to] = from->x[lane];
    four->dy[to] = from->dy[lane];
    four->dx[to] = from->dx[lane];
}

/* Fills the last quadruple with a side that is far away. */
static uint32_t close_list(side_list *list)
{
    for (; list->count % 4 != 0; list->count++) {
        pole_survey_sides *four = list->four + list->count / 4;
        const uint32_t lane = list->count % 4;
        four->y[lane] = four->x[lane] = 1e9f;
        four->dy[lane] = four->dx[lane] = 0.0f;
    }
    return list->count / 4;
}

static void add_block(pole_area_survey *s, side_list *list, const pole_area_block *block)
{
    pole_block_ends ends;
    pole_block_ends_take(s->areas, block, &ends);
    for (uint32_t i = 0; i < block->sides; i += 4) {
        const pole_survey_sides sides = sides_of(s, &ends, i);
        unsigned todo = within_reach(s, &sides);
        for (; todo != 0; todo &= todo - 1) {
            const unsigned lane = (unsigned)__builtin_ctz(todo);
            if (i + lane < block->sides)
                add_side(s, list, &sides, lane);
        }
    }
}

static void add_area(pole_area_survey *s, side_list *list, const pole_area_shape *shape,
                     const surroundings *around)
{
    const pole_lanes south = pole_lanes_all(around->south), north = pole_lanes_all(around->north);
    const pole_lanes west = pole_lanes_all(around->west), east = pole_lanes_all(around->east);
    for (uint32_t i = 0; i < shape->quads; i++) {
        const uint32_t quad = shape->first_quad + i;
        const pole_area_boxes *boxes = s->areas->quads + quad;
        unsigned todo = pole_lanes_at_most(pole_lanes_load(boxes->south), north) &
                        pole_lanes_at_most(south, pole_lanes_load(boxes->north)) &
                        pole_lanes_at_most(pole_lanes_load(boxes->west), east) &
                        pole_lanes_at_most(west, pole_lanes_load(boxes->east));
        for (; todo != 0; todo &= todo - 1)
            add_block(s, list, s->areas->blocks + 4 * (size_t)quad + (unsigned)__builtin_ctz(todo));
    }
}

/* What one pole sees of the survey: differences from the middle, and metres there. */
typedef struct {
    float y, x, lat_m, lon_m, bend;
} view;

static view view_from(const pole_area_survey *s, pole_vertex at)
{
    const float y = (float)((int64_t)at.lat_e7 - s->middle.at.lat_e7);
    const float x = (float)((int64_t)at.lon_e7 - s->middle.at.lon_e7);
    return (view){y, x, s->lat_m, s->lon_m + s->lon_m_per_lat * y, s->bend};
}

/* The least distance to some of the sides. Flat, with the pole's own metres for a degree; at the
 * foot the east is shortened to the latitude half-way there, which leaves an error of the second
 * order: a millimetre in 500 m. */
static float nearest_of(const view *v, const pole_survey_sides *sides, uint32_t count)
{
    const pole_lanes zero = pole_lanes_all(0.0f), one = pole_lanes_all(1.0f);
    const pole_lanes lat_m = pole_lanes_all(v->lat_m), lon_m = pole_lanes_all(v->lon_m);
    const pole_lanes y0 = pole_lanes_all(v->y), x0 = pole_lanes_all(v->x);
    pole_lanes least = pole_lanes_all(1e18f);
    for (uint32_t i = 0; i < count; i++) {
        const pole_lanes ay =
            pole_lanes_multiply(pole_lanes_subtract(pole_lanes_load(sides[i].y), y0), lat_m);
        const pole_lanes ax =
            pole_lanes_multiply(pole_lanes_subtract(pole_lanes_load(sides[i].x), x0), lon_m);
        const pole_lanes dy = pole_lanes_multiply(pole_lanes_load(sides[i].dy), lat_m);
        const pole_lanes dx = pole_lanes_multiply(pole_lanes_load(sides[i].dx), lon_m);
        const pole_lanes dot =
            pole_lanes_add(pole_lanes_multiply(ay, dy), pole_lanes_multiply(ax, dx));
        const pole_lanes length2 =
            pole_lanes_add(pole_lanes_multiply(dy, dy), pole_lanes_multiply(dx, dx));
        const pole_lanes along = pole_lanes_divide(pole_lanes_subtract(zero, dot),
                                                   pole_lanes_max(length2, pole_lanes_all(1e-30f)));
        const pole_lanes t = pole_lanes_min(pole_lanes_max(along, zero), one);
        const pole_lanes y = pole_lanes_add(ay, pole_lanes_multiply(t, dy));
        const pole_lanes flat_x = pole_lanes_add(ax, pole_lanes_multiply(t, dx));
        const pole_lanes shortened =
            pole_lanes_add(one, pole_lanes_multiply(pole_lanes_all(v->bend), y));
        const pole_lanes x = pole_lanes_multiply(flat_x, shortened);
        least = pole_lanes_min(pole_lanes_add(pole_lanes_multiply(y, y), pole_lanes_multiply(x, x)),
                               least);
    }
    return sqrtf(pole_lanes_first(pole_lanes_least(least)));
}

static void add_areas(pole_area_survey *s)
{
    const pole_areas *areas = s->areas;
    const surroundings around = surroundings_of(s);
    side_list others = {s->others, 0}, own = {s->own, 0};
    pole_cells_cursor cells =
        pole_cells_begin(areas, around.south, around.west, around.north, around.east);
    for (uint32_t i; s->usable && (i = pole_cells_next(areas, &cells)) != POLE_NO_AREA;) {
        const pole_area_shape *shape = areas->shapes + i;
        if (shape->kind != s->kind || !meets(&around, shape))
            continue;
        if (pole_area_station(areas, i) == s->responsible) {
            add_area(s, &own, shape, &around);
        } else if (s->area_count < POLE_SURVEY_AREAS) {
            s->near[s->area_count++] = i;
            add_area(s, &others, shape, &around);
        } else {
            s->usable = false;
        }
    }
    for (uint32_t i = 0; i < s->area_count; i++)
        s->covered |= pole_area_covers(areas, s->near[i], s->middle.at.lat_e7, s->middle.at.lon_e7);
    s->other_count = close_list(&others);
    s->own_count = close_list(&own);
}

void pole_area_survey_make(pole_area_survey *survey, const pole_areas *areas, pole_text_number kind,
                           const pole_local *from, pole_vertex at)
{
    survey->areas = areas;
    survey->kind = kind;
    survey->middle = pole_spot_of(from, at);
    survey->covered = false;
    survey->area_count = survey->other_count = survey->own_count = 0;
    const uint32_t area = pole_areas_at(areas, kind, at.lat_e7, at.lon_e7);
    survey->responsible = area == POLE_NO_AREA ? POLE_NO_STATION : pole_area_station(areas, area);
    set_metric(survey, from);
    survey->usable =
        fabs(from->at.lat_deg) <= MAX_LAT_DEG && abs(at.lon_e7) <= POLE_MAX_LON_E7 - 1000000;
    if (survey->usable)
        add_areas(survey);
    if (!survey->usable)
        return;
    const view v = view_from(survey, at);
    const float limit = (float)(REACH_M - 1.0);
    const float other = nearest_of(&v, survey->others, survey->other_count);
    const float own = nearest_of(&v, survey->own, survey->own_count);
    const float both = pole_lesser(other, own);
    survey->edge_m = pole_lesser(other, limit) - POLE_SURVEY_ERROR_M;
    survey->clear_m = pole_lesser(both, limit) - POLE_SURVEY_ERROR_M;
}

uint32_t pole_area_survey_station(const pole_area_survey *survey, pole_vertex at, float away_m)
{
    if (survey->usable && away_m < survey->clear_m)
        return survey->responsible;
    const uint32_t area = pole_areas_at(survey->areas, survey->kind, at.lat_e7, at.lon_e7);
    return area == POLE_NO_AREA ? POLE_NO_STATION : pole_area_station(survey->areas, area);
}

float pole_area_survey_edge(const pole_area_survey *survey, pole_vertex at, float away_m)
{
    if (away_m < survey->clear_m) {
        if (survey->covered)
            return 0.0f;
    } else {
        for (uint32_t i = 0; i < survey->area_count; i++)
            if (pole_area_covers(survey->areas, survey->near[i], at.lat_e7, at.lon_e7))
                return 0.0f;
    }
    const float far = (float)POLE_SURVEY_EDGE_M + 2.0f * POLE_SURVEY_ERROR_M;
    if (survey->edge_m - away_m > far)
        return survey->edge_m - away_m;
    const view v = view_from(survey, at);
    return nearest_of(&v, survey->others, survey->other_count);
}
