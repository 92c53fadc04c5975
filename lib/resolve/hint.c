/* SPDX-License-Identifier: MIT
 * See hint.h. */
#include "resolve/hint.h"

#include "geo/datum.h"

#define PI 3.14159265358979323846
/* Below this density, one in ten thousand square kilometres, nothing is told apart. */
#define LEAST_DENSITY 1e-10
/* exp() of less is nothing beside the share of wrong hints. */
#define MOST_EXPONENT 60.0

double pole_hint_sigma(double radius_m, double level)
{
    if (fabs(level - 0.39) < 0.005)
        return radius_m;
    if (fabs(level - 0.68) < 0.005)
        level = 0.6826894921370859;
    return radius_m / sqrt(-2.0 * log1p(-level));
}

static double squared_m(const pole_local *from, int32_t lat_e7, int32_t lon_e7)
{
    const double dlat = lat_e7 - from->lat_e7, dlon = pole_local_dlon(from, lon_e7);
    if (pole_local_covers(from, dlat, dlon))
        return pole_local_squared(from, dlat, dlon);
    const double distance_m = pole_local_distance(from, lat_e7, lon_e7);
    return distance_m * distance_m;
}

/* Most of a city is told to be too far by the flat metric at the hint, which within NEARBY_E7 of
 * latitude makes squares no more than 1 / 0.7 too large. */
#define NEARBY_E7 80000000.0
static bool is_beyond(const pole_local *from, int32_t lat_e7, int32_t lon_e7, double most_m2)
{
    const double dlat = lat_e7 - from->lat_e7;
    const double dlon = pole_local_dlon(from, lon_e7) * (PI / 180e7);
    return fabs(dlat) < NEARBY_E7 &&
           0.7 * (dlat * dlat * from->north[0] + dlon * dlon * from->east[0]) > most_m2;
}

/* How dense hints are here that are spread like the poles, in 1 / m^2. */
static double spread_density(const pole_hint *hint, const pole_index *index)
{
    const double sigma_m = hint->sigma_m > POLE_HINT_KERNEL_M ? hint->sigma_m : POLE_HINT_KERNEL_M;
    const double per_two_variance = 0.5 / (sigma_m * sigma_m);
    const pole_positions *positions = &index->positions;
    const uint32_t step = (positions->rows + POLE_HINT_SAMPLES - 1) / POLE_HINT_SAMPLES;
    const double most_m2 = MOST_EXPONENT / per_two_variance;
    double sum = 0.0, count = 0.0;
    for (uint64_t row = 0; row < positions->rows; row += step) {
        const int32_t lat_e7 = pole_position_lat_e7(positions, (pole_row)row);
        const int32_t lon_e7 = pole_position_lon_e7(positions, (pole_row)row);
        count += 1.0;
        if (is_beyond(&hint->from, lat_e7, lon_e7, most_m2))
            continue;
        const double exponent = squared_m(&hint->from, lat_e7, lon_e7) * per_two_variance;
        if (exponent < MOST_EXPONENT)
            sum += exp(-exponent);
    }
    const double density = count > 0.0 ? sum / count * per_two_variance / PI : 0.0;
    return density > LEAST_DENSITY ? density : LEAST_DENSITY;
}

void pole_hint_prepare(pole_hint *hint, const pole_index *index, pole_point at, double sigma_m,
                       bool may_be_shifted)
{
    pole_point moved;
    pole_local_prepare(&hint->from, at);
    hint->at = at;
    hint->sigma_m = sigma_m;
    hint->per_two_variance = 0.5 / (sigma_m * sigma_m);
    const double peak = hint->per_two_variance / PI;
    hint->peak_ratio = (1.0 - POLE_HINT_WRONG) * peak / spread_density(hint, index);
    hint->shifted_share = 0.0;
    if (may_be_shifted && pole_gcj02_bends(at) && pole_gcj02_to_wgs84(at, &moved)) {
        hint->shifted_share = POLE_HINT_SHIFTED;
        pole_local_prepare(&hint->shifted, moved);
    }
}

static double normal(const pole_hint *hint, const pole_local *from, int32_t lat_e7, int32_t lon_e7)
{
    if (is_beyond(from, lat_e7, lon_e7, MOST_EXPONENT / hint->per_two_variance))
        return 0.0;
    const double exponent = squared_m(from, lat_e7, lon_e7) * hint->per_two_variance;
    return exponent < MOST_EXPONENT ? hint->peak_ratio * exp(-exponent) : 0.0;
}

double pole_hint_ratio(const pole_hint *hint, int32_t lat_e7, int32_t lon_e7)
{
    const double plain = normal(hint, &hint->from, lat_e7, lon_e7);
    if (hint->shifted_share == 0.0)
        return plain + POLE_HINT_WRONG;
    return (1.0 - hint->shifted_share) * plain +
           hint->shifted_share * normal(hint, &hint->shifted, lat_e7, lon_e7) + POLE_HINT_WRONG;
}

double pole_hint_agreement(const pole_hint *hint, int32_t lat_e7, int32_t lon_e7)
{
    const double plain = normal(hint, &hint->from, lat_e7, lon_e7);
    return (1.0 - hint->shifted_share) * plain / pole_hint_ratio(hint, lat_e7, lon_e7);
}

bool pole_hint_holds(const pole_hint *hint, int32_t lat_e7, int32_t lon_e7)
{
    /* 1 - exp(-s^2 / 2 sigma^2) = 0.95 */
    return squared_m(&hint->from, lat_e7, lon_e7) * hint->per_two_variance <= 2.9957;
}

bool pole_hint_is_shifted(const pole_hint *hint, pole_point place)
{
    if (hint->shifted_share == 0.0)
        return false;
    const double as_given_m = pole_distance(hint->at, place);
    const double as_gcj02_m = pole_distance(hint->shifted.at, place);
    const double gain =
        (as_given_m * as_given_m - as_gcj02_m * as_gcj02_m) * hint->per_two_variance;
    /* e^3, twenty times likelier, and then near the middle. A fix is never better than 30 m here:
     * of finer ones every small error would look like a datum. */
    const double sigma_m = hint->sigma_m > 30.0 ? hint->sigma_m : 30.0;
    return gain > 3.0 && as_gcj02_m < 2.5 * sigma_m;
}
