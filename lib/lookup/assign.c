/* SPDX-License-Identifier: MIT
 * See assign.h. */
#include "lookup/assign.h"

#include <math.h>

#include "geo/geodesic.h"

/* Distances closer than this are a tie, and the lower station is named. */
#define TIE_M 1e-6
/* Up to here the flat estimate below is within a tenth of the distance: it takes the parallel's
 * radius at the pole, and that changes by tan(75 deg) * 100 km / 6,335 km = 6 % on the way. */
#define FLAT_MAX_M 100000.0f
#define FLAT_MAX_LAT_E7 750000000
/* Square of 1.1 / 0.9: what may still be nearer than the best estimate. */
#define FLAT_WINDOW 1.5f

pole_status pole_assigner_init(pole_assigner *assigner, const pole_stations *stations,
                               const pole_areas *areas, const pole_allocator *allocator)
{
    memset(assigner, 0, sizeof *assigner);
    assigner->stations = stations;
    assigner->areas = areas;
    assigner->numbers = pole_allocate_array(allocator, stations->count, sizeof *assigner->numbers);
    assigner->lat_e7 = pole_allocate_array(allocator, stations->count, sizeof *assigner->lat_e7);
    assigner->lon_e7 = pole_allocate_array(allocator, stations->count, sizeof *assigner->lon_e7);
    if (!assigner->numbers || !assigner->lat_e7 || !assigner->lon_e7) {
        pole_assigner_free(assigner, allocator);
        return POLE_NO_MEMORY;
    }
    for (uint32_t number = 0; number < stations->count; number++) {
        const pole_draft_station station = pole_stations_get(stations, number);
        if (station.kind != stations->police_kind)
            continue;
        if (assigner->count == 0) {
            assigner->first_lat_e7 = station.lat_e7;
            assigner->first_lon_e7 = station.lon_e7;
        }
        const int64_t dlat = (int64_t)station.lat_e7 - assigner->first_lat_e7;
        const int64_t dlon = (int64_t)station.lon_e7 - assigner->first_lon_e7;
        assigner->lat_e7[assigner->count] = (float)dlat;
        assigner->lon_e7[assigner->count] = (float)dlon;
        assigner->numbers[assigner->count++] = number;
    }
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

static inline float flat_squared(const flat_metric *flat, float lat_e7, float lon_e7)
{
    const float y = (lat_e7 - flat->lat_e7) * flat->lat_m;
    const float straight = fabsf(lon_e7 - flat->lon_e7);
    const float around = 3.6e9f - straight;
    const float x = (straight < around ? straight : around) * flat->lon_m;
    return y * y + x * x;
}

static float least_squared(const pole_assigner *assigner, const flat_metric *flat)
{
    float least = INFINITY;
    for (uint32_t i = 0; i < assigner->count; i++) {
        const float squared = flat_squared(flat, assigner->lat_e7[i], assigner->lon_e7[i]);
        least = squared < least ? squared : least;
    }
    return least;
}

/* Every station whose estimate is within the window is measured; where the estimate is not worth
 * anything, all are. */
static uint32_t find_nearest(const pole_assigner *assigner, const pole_local *from, int32_t lat_e7,
                             int32_t lon_e7)
{
    const float metre = 6367449.0f * 3.14159265f / 180e7f;
    const flat_metric flat = {(float)((int64_t)lat_e7 - assigner->first_lat_e7),
                              (float)((int64_t)lon_e7 - assigner->first_lon_e7), metre,
                              metre * (float)from->cos_lat};
    const float least = least_squared(assigner, &flat);
    const bool usable =
        least < FLAT_MAX_M * FLAT_MAX_M && lat_e7 <= FLAT_MAX_LAT_E7 && lat_e7 >= -FLAT_MAX_LAT_E7;
    /* A metre and a half more for the rounding to float. */
    const float window = usable ? least * FLAT_WINDOW + 4.0f * sqrtf(least) + 4.0f : INFINITY;
    double best_m = INFINITY;
    uint32_t best = POLE_NO_STATION;
    for (uint32_t i = 0; i < assigner->count; i++) {
        if (flat_squared(&flat, assigner->lat_e7[i], assigner->lon_e7[i]) > window)
            continue;
        const pole_draft_station station =
            pole_stations_get(assigner->stations, assigner->numbers[i]);
        const double distance_m = pole_local_distance(from, station.lat_e7, station.lon_e7);
        if (best == POLE_NO_STATION || distance_m < best_m - TIE_M) {
            best_m = distance_m;
            best = assigner->numbers[i];
        }
    }
    return best;
}

/* Rounded to 1/1024 m before it is rounded down: a difference in a last bit does not show. */
static uint8_t whole_metres(double distance_m)
{
    if (!(distance_m < POLE_EDGE_FAR))
        return POLE_EDGE_FAR;
    return (uint8_t)((uint32_t)(distance_m * 1024.0 + 0.5) / 1024);
}

pole_assignment pole_assign(const pole_assigner *assigner, int32_t lat_e7, int32_t lon_e7)
{
    pole_assignment assignment = {POLE_NO_STATION, POLE_NO_STATION, POLE_EDGE_FAR};
    const pole_areas *areas = assigner->areas;
    const pole_text_number police = assigner->stations->police_kind;
    const pole_point at = {lat_e7 / 1e7, lon_e7 / 1e7};
    pole_local from;
    if (assigner->count == 0)
        return assignment;
    pole_local_prepare(&from, at);
    assignment.nearest = find_nearest(assigner, &from, lat_e7, lon_e7);
    uint32_t area = pole_areas_at(areas, police, lat_e7, lon_e7);
    if (area != POLE_NO_AREA)
        assignment.responsible = pole_area_station(areas, area);
    assignment.edge_m =
        whole_metres(pole_areas_edge(areas, police, &from, (pole_vertex){lat_e7, lon_e7},
                                     assignment.responsible, POLE_EDGE_FAR, &area));
    return assignment;
}
