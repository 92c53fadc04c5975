/* SPDX-License-Identifier: MIT
 * See assign.h. */
#include "lookup/assign.h"

#include <math.h>

#include "base/lanes.h"
#include "geo/geodesic.h"

/* Distances closer than this are a tie, and the lower station is named. */
#define TIE_M 1e-6
/* Up to here the flat estimate below is within a tenth of the distance: it takes the parallel's
 * radius at the pole, and that changes by tan(75 deg) * 100 km / 6,335 km = 6 % on the way. */
#define FLAT_MAX_M 100000.0f
#define FLAT_MAX_LAT_E7 750000000
/* What may still be nearer than the best estimate has a square of up to (1.1 / 0.9)^2 = 1.5 times
 * that of the best. Measuring some more tells how far the answer holds. */
#define FLAT_WINDOW 4.0f
/* What pole_spot_away() is good for. */
#define MAX_CLEAR_M 900.0

static size_t whole_quadruples(uint32_t count)
{
    return ((size_t)count + 3) / 4 * 4;
}

static void take_station(pole_assigner *assigner, uint32_t number,
                         const pole_draft_station *station)
{
    if (assigner->count == 0) {
        assigner->first_lat_e7 = station->lat_e7;
        assigner->first_lon_e7 = station->lon_e7;
    }
    const int64_t dlat = (int64_t)station->lat_e7 - assigner->first_lat_e7;
    const int64_t dlon = (int64_t)station->lon_e7 - assigner->first_lon_e7;
    assigner->lat_e7[assigner->count] = (float)dlat;
    assigner->lon_e7[assigner->count] = (float)dlon;
    assigner->numbers[assigner->count++] = number;
}

pole_status pole_assigner_init(pole_assigner *assigner, const pole_stations *stations,
                               const pole_areas *areas, const pole_allocator *allocator)
{
    memset(assigner, 0, sizeof *assigner);
    assigner->stations = stations;
    assigner->areas = areas;
    const size_t room = whole_quadruples(stations->count);
    assigner->numbers = pole_allocate_array(allocator, stations->count, sizeof *assigner->numbers);
    assigner->lat_e7 = pole_allocate_array(allocator, room, sizeof *assigner->lat_e7);
    assigner->lon_e7 = pole_allocate_array(allocator, room, sizeof *assigner->lon_e7);
    if (!assigner->numbers || !assigner->lat_e7 || !assigner->lon_e7) {
        pole_assigner_free(assigner, allocator);
        return POLE_NO_MEMORY;
    }
    for (uint32_t number = 0; number < stations->count; number++) {
        const pole_draft_station station = pole_stations_get(stations, number);
        if (station.kind == stations->police_kind && station.successor == 0)
            take_station(assigner, number, &station);
    }
    for (size_t i = assigner->count; i < whole_quadruples(assigner->count); i++)
        assigner->lat_e7[i] = assigner->lon_e7[i] = INFINITY;
    return POLE_OK;
}

void pole_assigner_free(pole_assigner *assigner, const pole_allocator *allocator)
{
    pole_release(allocator, assigner->numbers);
    pole_release(allocator, assigner->lat_e7);
    pole_release(allocator, assigner->lon_e7);
    memset(assigner, 0, sizeof *assigner);
}

/* Squared distances in a flat metric, in m^2; the shorter way round the earth. */
typedef struct {
    float lat_e7, lon_e7; /* the pole, as the stations are kept */
    float lat_m, lon_m;   /* metres per 1e-7 degree */
} flat_metric;

static inline pole_lanes flat_squared(const flat_metric *flat, const pole_assigner *assigner,
                                      size_t i)
{
    const pole_lanes lat =
        pole_lanes_subtract(pole_lanes_load(assigner->lat_e7 + i), pole_lanes_all(flat->lat_e7));
    const pole_lanes lon =
        pole_lanes_subtract(pole_lanes_load(assigner->lon_e7 + i), pole_lanes_all(flat->lon_e7));
    const pole_lanes straight = pole_lanes_max(lon, pole_lanes_subtract(pole_lanes_all(0.0f), lon));
    const pole_lanes around = pole_lanes_subtract(pole_lanes_all(3.6e9f), straight);
    const pole_lanes size =
        pole_lanes_max(around, pole_lanes_subtract(pole_lanes_all(0.0f), around));
    const pole_lanes y = pole_lanes_multiply(lat, pole_lanes_all(flat->lat_m));
    const pole_lanes x =
        pole_lanes_multiply(pole_lanes_min(straight, size), pole_lanes_all(flat->lon_m));
    return pole_lanes_add(pole_lanes_multiply(y, y), pole_lanes_multiply(x, x));
}

static float least_squared(const pole_assigner *assigner, const flat_metric *flat)
{
    pole_lanes least = pole_lanes_all(INFINITY);
    for (size_t i = 0; i < assigner->count; i += 4)
        least = pole_lanes_min(flat_squared(flat, assigner, i), least);
    return pole_lanes_first(pole_lanes_least(least));
}

/* Stations by exact distance, one after the other in order of number. */
typedef struct {
    uint32_t best;
    double best_m;
    double second_m; /* of all others */
} ranking;

static void rank(ranking *r, uint32_t number, double distance_m)
{
    if (r->best == POLE_NO_STATION || distance_m < r->best_m - TIE_M) {
        r->second_m = r->best_m;
        r->best_m = distance_m;
        r->best = number;
    } else if (distance_m < r->second_m) {
        r->second_m = distance_m;
    }
}

/* Every station whose estimate is within the window is measured; where the estimate is not worth
 * anything, all are. */
static void find_nearest(pole_assigner *assigner, pole_vertex at)
{
    pole_local prepared;
    const pole_local *from = &prepared;
    pole_local_prepare(&prepared, (pole_point){at.lat_e7 / 1e7, at.lon_e7 / 1e7});
    const float metre = 6367449.0f * 3.14159265f / 180e7f;
    const flat_metric flat = {(float)((int64_t)at.lat_e7 - assigner->first_lat_e7),
                              (float)((int64_t)at.lon_e7 - assigner->first_lon_e7), metre,
                              metre * (float)from->cos_lat};
    const float least = least_squared(assigner, &flat);
    const bool usable = least < FLAT_MAX_M * FLAT_MAX_M && at.lat_e7 <= FLAT_MAX_LAT_E7 &&
                        at.lat_e7 >= -FLAT_MAX_LAT_E7;
    /* A metre and a half more for the rounding to float. */
    const float window = usable ? least * FLAT_WINDOW + 4.0f * sqrtf(least) + 4.0f : INFINITY;
    ranking r = {POLE_NO_STATION, INFINITY, INFINITY};
    for (size_t i = 0; i < assigner->count; i += 4) {
        unsigned todo =
            pole_lanes_at_most(flat_squared(&flat, assigner, i), pole_lanes_all(window));
        for (; todo != 0; todo &= todo - 1) {
            const size_t place = i + (unsigned)__builtin_ctz(todo);
            if (place >= assigner->count)
                break;
            const uint32_t number = assigner->numbers[place];
            const pole_draft_station station = pole_stations_get(assigner->stations, number);
            rank(&r, number, pole_local_distance(from, station.lat_e7, station.lon_e7));
        }
    }
    /* Those outside the window are farther than this. */
    const double outside_m = sqrtf(window) / 1.1;
    const double second_m = r.second_m < outside_m ? r.second_m : outside_m;
    assigner->spot = pole_spot_of(from, at);
    assigner->nearest = r.best;
    /* A step changes each distance by no more than its own length. */
    const double clear_m = (second_m - r.best_m) / 2.0 - 0.01;
    assigner->clear_m = (float)(clear_m < MAX_CLEAR_M ? clear_m : MAX_CLEAR_M);
}

/* Rounded to 1/1024 m before it is rounded down: a difference in a last bit does not show. */
static uint8_t whole_metres(double distance_m)
{
    if (!(distance_m < POLE_EDGE_FAR))
        return POLE_EDGE_FAR;
    return distance_m > 0.0 ? (uint8_t)((uint32_t)(distance_m * 1024.0 + 0.5) / 1024) : 0;
}

static uint8_t measure_edge(const pole_assigner *assigner, pole_vertex at, uint32_t station)
{
    uint32_t area;
    pole_local from;
    pole_local_prepare(&from, (pole_point){at.lat_e7 / 1e7, at.lon_e7 / 1e7});
    return whole_metres(pole_areas_edge(assigner->areas, assigner->stations->police_kind, &from, at,
                                        station, POLE_EDGE_FAR, &area));
}

/* By the survey where that leaves no doubt. */
static uint8_t edge_of(const pole_assigner *assigner, pole_vertex at, uint32_t station,
                       float away_m)
{
    const pole_area_survey *survey = &assigner->survey;
    if (!survey->usable)
        return measure_edge(assigner, at, station);
    const double edge_m = (double)pole_area_survey_edge(survey, at, away_m);
    if (edge_m == 0.0)
        return 0;
    const uint8_t least = whole_metres(edge_m - (double)POLE_SURVEY_ERROR_M);
    const uint8_t most = whole_metres(edge_m + (double)POLE_SURVEY_ERROR_M);
    return least == most ? least : measure_edge(assigner, at, station);
}

static void look_around(pole_assigner *assigner, pole_vertex at)
{
    pole_local from;
    pole_local_prepare(&from, (pole_point){at.lat_e7 / 1e7, at.lon_e7 / 1e7});
    pole_area_survey_make(&assigner->survey, assigner->areas, assigner->stations->police_kind,
                          &from, at);
}

pole_assignment pole_assign(pole_assigner *assigner, int32_t lat_e7, int32_t lon_e7)
{
    pole_assignment assignment = {POLE_NO_STATION, POLE_NO_STATION, POLE_EDGE_FAR};
    const pole_vertex at = {lat_e7, lon_e7};
    if (assigner->count == 0)
        return assignment;
    if (!(pole_spot_away(&assigner->spot, at) < assigner->clear_m))
        find_nearest(assigner, at);
    const pole_area_survey *survey = &assigner->survey;
    float away_m = survey->areas ? pole_spot_away(&survey->middle, at) : INFINITY;
    uint32_t station = POLE_NO_STATION;
    if (away_m < (float)POLE_SURVEY_RANGE_M)
        station = pole_area_survey_station(survey, at, away_m);
    if (!(away_m < (float)POLE_SURVEY_RANGE_M) || station != survey->responsible) {
        look_around(assigner, at);
        station = survey->responsible;
        away_m = 0.0f;
    }
    assignment.responsible = station;
    assignment.nearest = assigner->nearest;
    assignment.edge_m = edge_of(assigner, at, station, away_m);
    return assignment;
}
