/* SPDX-License-Identifier: MIT
 * Preparing a point for many short distances from it, and the lower bounds for boxes. */
#include "geo/geodesic.h"

#define PI 3.14159265358979323846
#define RADIANS_PER_E7 (PI / 180e7)
#define A POLE_WGS84_A_M
#define E2 POLE_WGS84_E2
/* The least radius of curvature of the ellipsoid: M on the equator. */
#define LEAST_RADIUS_M (A * (1.0 - E2))
/* The greatest: at the poles, a / sqrt(1 - e^2) = a / (1 - f). */
#define POLAR_RADIUS_M (A / (1.0 - POLE_WGS84_F))

/* (1 - e^2 u)^-1/2, (1 - e^2 u)^-3/2, 1 / (1 - e^2 u), (1 - e^2 u)^1/2 and (1 - e^2 u)^3/2 as
 * binomial series, u = sin^2 lat. A root and a division would take the processor longer, one
 * waiting for the other, and a search waits for this. The first two leave out less than 3e-13, the
 * others, of which less is asked, 2e-9. */
typedef struct {
    double per_root, per_cube, per_square, root, cube;
} ellipse_series;

static inline ellipse_series ellipse_at(double u)
{
    const double e = E2, e2 = e * e, e3 = e2 * e, e4 = e3 * e, e5 = e4 * e;
    const double u2 = u * u, u4 = u2 * u2;
    ellipse_series x;
    x.per_root = (1.0 + u * (e * (1.0 / 2))) + u2 * (e2 * (3.0 / 8) + u * (e3 * (5.0 / 16))) +
                 u4 * (e4 * (35.0 / 128) + u * (e5 * (63.0 / 256)));
    x.per_cube = (1.0 + u * (e * (3.0 / 2))) + u2 * (e2 * (15.0 / 8) + u * (e3 * (35.0 / 16))) +
                 u4 * (e4 * (315.0 / 128) + u * (e5 * (693.0 / 256)));
    x.per_square = (1.0 + u * e) + u2 * (e2 + u * e3);
    x.root = (1.0 - u * (e * (1.0 / 2))) - u2 * (e2 * (1.0 / 8) + u * (e3 * (1.0 / 16)));
    x.cube = (1.0 - u * (e * (3.0 / 2))) + u2 * (e2 * (3.0 / 8) + u * (e3 * (1.0 / 16)));
    return x;
}

void pole_local_prepare(pole_local *local, pole_point at)
{
    const bool good = fabs(at.lat_deg) <= 90.0 && isfinite(at.lon_deg);
    double sine, cosine;
    pole_sine_cosine(good ? at.lat_deg : (double)NAN, &sine, &cosine);
    pole_local_prepare_from(local, at, sine, cosine);
}

void pole_local_prepare_from(pole_local *local, pole_point at, double s, double c)
{
    const ellipse_series x = ellipse_at(s * s);
    const double n = A * x.per_root;
    const double m = LEAST_RADIUS_M * x.per_cube;
    const double per_n = x.root * (1.0 / A);
    const double per_m = x.cube * (1.0 / LEAST_RADIUS_M);
    /* Derivatives of M by the latitude; the third leaves out what is e^2 times smaller. */
    const double t = 3.0 * E2 * s * c * x.per_square;
    const double m1 = m * t;
    const double m2 = m * (3.0 * E2 * (c * c - s * s) * x.per_square + 5.0 / 3.0 * t * t);
    const double m3 = -4.0 * m1;

    local->at = at;
    local->lat_e7 = at.lat_deg * 1e7;
    local->lon_e7 = (fabs(at.lon_deg) <= 180.0 ? at.lon_deg : remainder(at.lon_deg, 360.0)) * 1e7;
    local->sin_lat = s;
    local->cos_lat = c;
    local->radius_m = n;
    /* p = N cos lat and z = N (1 - e^2) sin lat have p' = -M sin lat, z' = M cos lat. With their
     * Taylor series dp^2 + dz^2 is d^2 (M^2 + M M' d + ...). */
    const double k = RADIANS_PER_E7, k2 = k * k;
    local->north[0] = k2 * m * m;
    local->north[1] = k2 * k * m * m1;
    local->north[2] = k2 * k2 * (m1 * m1 * (1.0 / 4) + m * m2 * (1.0 / 3) - m * m * (1.0 / 12));
    local->north[3] =
        k2 * k2 * k * (m1 * m2 * (1.0 / 6) + m * m3 * (1.0 / 12) - m * m1 * (1.0 / 12));
    const double p = n * c;
    local->east[0] = p * p;
    local->east[1] = -k * p * (m * s);
    local->east[2] = -k2 * p * (m1 * s + m * c) * (1.0 / 2);
    local->east[3] = -k2 * k * p * (m2 * s + 2.0 * m1 * c - m * s) * (1.0 / 6);
    local->meridian = k * m;
    local->meridian_change = 0.5 * k * t;
    const double root = 0.28867513459481288225; /* 1 / sqrt 12 */
    local->curve_north = root * per_m;
    local->curve_slope = -0.5 * root * per_m * t * k; /* to M half-way */
    local->curve_east = root * per_n;
    /* Wide enough for the range at the latitude it reaches: 20 km over the parallel there. */
    local->per_max_dlon = fabs(at.lat_deg) <= POLE_LOCAL_MAX_LAT_DEG
                              ? (p - POLE_LOCAL_RANGE_M) * (k / (1.05 * POLE_LOCAL_RANGE_M))
                              : (double)INFINITY;
}

/* The distance and, where asked for, nothing else: the short formula where its range allows. */
static double distance_to(const pole_local *from, double dlat_e7, double dlon_e7, pole_point to)
{
    if (pole_local_covers(from, dlat_e7, dlon_e7)) {
        const double squared = pole_local_squared(from, dlat_e7, dlon_e7);
        if (squared <= POLE_LOCAL_RANGE_M * POLE_LOCAL_RANGE_M)
            return sqrt(squared);
    }
    double distance;
    pole_inverse(from->at, to, &distance, NULL);
    return distance;
}

static pole_point point_of(int32_t lat_e7, int32_t lon_e7)
{
    return (pole_point){lat_e7 / 1e7, lon_e7 / 1e7};
}

double pole_local_distance(const pole_local *from, int32_t lat_e7, int32_t lon_e7)
{
    return distance_to(from, lat_e7 - from->lat_e7, pole_local_dlon(from, lon_e7),
                       point_of(lat_e7, lon_e7));
}

void pole_local_tell(const pole_local *from, int32_t lat_e7, int32_t lon_e7, double *distance_m,
                     double *bearing_deg)
{
    const double d = lat_e7 - from->lat_e7, dlon = pole_local_dlon(from, lon_e7);
    if (pole_local_covers(from, d, dlon)) {
        const double squared = pole_local_squared(from, d, dlon);
        const double bearing = pole_bearing_turned(pole_local_azimuth(from, d, dlon));
        if (squared <= POLE_LOCAL_RANGE_M * POLE_LOCAL_RANGE_M) {
            *distance_m = sqrt(squared);
            *bearing_deg = bearing;
            return;
        }
    }
    pole_inverse(from->at, point_of(lat_e7, lon_e7), distance_m, bearing_deg);
}

/* The chord as pole_local_azimuth() has it, in the plane of its other end. A meridian's chord makes
 * nearly the same angle with both ends' planes: what differs is e^2 (s / N)^2, 1e-8 of it. */
static double azimuth_back(const pole_local *to, double dlat_e7, double dlon_e7)
{
    const double d = dlat_e7, r = d * RADIANS_PER_E7;
    const double x = dlon_e7 * RADIANS_PER_E7, q = x * x;
    const double sine = x * (1.0 - q * (1.0 / 6) * (1.0 - q * (1.0 / 20) * (1.0 - q * (1.0 / 42))));
    const double versine = q * 0.5 * (1.0 - q * (1.0 / 12) * (1.0 - q * (1.0 / 30)));
    const double sin_lat =
        to->sin_lat * (1.0 - r * r * 0.5) + to->cos_lat * r * (1.0 - r * r * (1.0 / 6));
    const double along =
        to->meridian * d *
        (1.0 + d * (to->meridian_change - d * (RADIANS_PER_E7 * RADIANS_PER_E7 / 6)));
    const double p = to->radius_m * to->cos_lat;
    return pole_azimuth(p * sin_lat * versine - along, -p * sine) * (180.0 / PI);
}

void pole_local_tell_back(const pole_local *to, pole_point at, double *distance_m,
                          double *bearing_deg)
{
    const double d = at.lat_deg * 1e7 - to->lat_e7, dlon = pole_local_dlon(to, at.lon_deg * 1e7);
    if (pole_local_covers(to, d, dlon)) {
        const double squared = pole_local_squared(to, d, dlon);
        const double bearing = pole_bearing_turned(azimuth_back(to, d, dlon));
        if (squared <= POLE_LOCAL_RANGE_M * POLE_LOCAL_RANGE_M) {
            *distance_m = sqrt(squared);
            *bearing_deg = bearing;
            return;
        }
    }
    pole_inverse(at, to->at, distance_m, bearing_deg);
}

double pole_distance(pole_point a, pole_point b)
{
    pole_local from;
    pole_local_prepare(&from, a);
    return distance_to(&from, (b.lat_deg - a.lat_deg) * 1e7,
                       pole_local_dlon(&from, b.lon_deg * 1e7), b);
}

/* The longitudes between a point and a box, the shorter way: 0 to 180e7. */
static double longitude_gap(double lon_e7, const pole_box_e7 *box)
{
    const bool inside = box->west <= box->east ? lon_e7 >= box->west && lon_e7 <= box->east
                                               : lon_e7 >= box->west || lon_e7 <= box->east;
    if (inside)
        return 0.0;
    double to_west = box->west - lon_e7, to_east = lon_e7 - box->east;
    if (to_west < 0.0)
        to_west += 3600000000.0;
    if (to_east < 0.0)
        to_east += 3600000000.0;
    return fmin(to_west, to_east);
}

static double haversine(double radians)
{
    const double s = sin(radians / 2.0);
    return s * s;
}

double pole_box_distance_lower(const pole_local *from, const pole_box_e7 *box)
{
    const double dlat = fmax(fmax(box->south - from->lat_e7, from->lat_e7 - box->north), 0.0);
    const double dlon = longitude_gap(from->lon_e7, box);
    const double far_lat = fmax(fabs((double)box->south), fabs((double)box->north));
    /* A cosine near the pole has no relative precision: what may be lost is taken off. */
    const double cos_box = fmax(cos(far_lat * RADIANS_PER_E7) - 1e-15, 0.0);
    const double cos_from = fmax(from->cos_lat - 1e-15, 0.0);
    const double h =
        haversine(dlat * RADIANS_PER_E7) + cos_from * cos_box * haversine(dlon * RADIANS_PER_E7);
    /* 1e-12 covers the rounding of this sum of positive terms. */
    return (1.0 - 1e-12) * 2.0 * LEAST_RADIUS_M * asin(fmin(1.0, sqrt(h)));
}

/* floor() is a call where the processor's own rounding may not be assumed. |x| below 2^31. */
static int32_t round_down(double x)
{
    const int32_t toward_zero = (int32_t)x;
    return toward_zero - (toward_zero > x);
}

void pole_box_near_prepare(pole_box_near *near, const pole_local *from, double reach_m)
{
    *near = (pole_box_near){.reach_m = (float)(reach_m < 100000.0 ? reach_m : 100000.0)};
    if (!(from->radius_m > 0.0))
        return; /* a bad point: bounds of 0 */
    near->lat_below = round_down(from->lat_e7);
    near->lat_above = near->lat_below + (near->lat_below < from->lat_e7);
    near->lon_below = round_down(from->lon_e7);
    near->lon_above = near->lon_below + (near->lon_below < from->lon_e7);
    /* The band is |lat| +- r. Its sines are within r of the point's: M is least at the band's
     * lowest sine, where a (1 - e^2) (1 - x)^-1.5 >= a (1 - e^2) (1 + 1.5 x); and N cos lat falls
     * towards the pole by at most M sin lat <= the polar radius of curvature times the highest. */
    const double r = near->reach_m * ((1.0 + 1e-6) / LEAST_RADIUS_M);
    const double sine = fabs(from->sin_lat);
    const double low = sine > r ? sine - r : 0.0;
    const double high = sine + r < 1.0 ? sine + r : 1.0;
    const double m = LEAST_RADIUS_M * (1.0 + 1.5 * E2 * low * low);
    const double p = from->radius_m * from->cos_lat - POLAR_RADIUS_M * high * r;
    const double lowered = 1.0 - 1e-6;
    near->lat_m = (float)(m * RADIANS_PER_E7 * lowered);
    near->lon_m = (float)((p > 0.0 ? p : 0.0) * RADIANS_PER_E7 * lowered);
}
