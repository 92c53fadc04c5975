/* SPDX-License-Identifier: MIT
 * Distances from one prepared point, fast: a short-range formula with a stated bound, the exact
 * geodesic beyond its range, and lower bounds of the distance to a box of latitude and longitude.
 *
 * Coordinates here are 1e-7 degrees: int32_t where they come from an index, double where they are
 * a query's (which need not lie on the grid). */
#ifndef GEO_GEODESIC_H
#define GEO_GEODESIC_H

#include <math.h>

#include "geo/inverse.h"
#include "geo/trig.h"

/* pole_local_* differ from the geodesic by no more than this, in their range and out of it: of two
 * distances that differ by more than twice this, the smaller one is truly the smaller. Most of it
 * is the series' end at 20 km (it falls with the fifth power of the distance: 2e-9 at 8 km);
 * measured 5e-8 against PROJ on 10 M pairs, of which 15e-9 may be PROJ's. */
#define POLE_LOCAL_ERROR_M 1e-7
/* The range of the short formula: up to this distance, from points up to this latitude. */
#define POLE_LOCAL_RANGE_M 20000.0
#define POLE_LOCAL_MAX_LAT_DEG 89.0

/* A point prepared for many distances from it. Plain value; the fields are geodesic.c's, but
 * lat_e7, lon_e7 may be read. */
typedef struct {
    double lat_e7, lon_e7; /* -180e7 <= lon_e7 <= 180e7 */
    pole_point at;
    double sin_lat, cos_lat;
    double radius_m; /* N, of the prime vertical */
    double north[4]; /* squared chord along the meridian: m^2 per (1e-7 deg)^2 ... ^5 */
    double east[4];  /* product of the two parallels' radii: m^2 per (1e-7 deg)^0 ... ^3 */
    double curve_north, curve_slope, curve_east; /* 1 / M, 1 / N, over sqrt 12: 1/m */
    double meridian, meridian_change; /* for bearings: metres per 1e-7 degree, and half-way */
    double per_max_dlon;              /* 1 over the longitude difference that the formula allows */
} pole_local;

/* at: degrees, finite, latitude within 90; anything else makes every distance NaN. About 40 ns. */
void pole_local_prepare(pole_local *local, pole_point at);
/* The same for who has sine and cosine of the latitude (trig.h) already. */
void pole_local_prepare_from(pole_local *local, pole_point at, double sine, double cosine);

/* The square of the distance (m^2) to a point that lies dlat_e7, dlon_e7 away; straight-line code
 * without branches, so that a loop over it vectorises. Only for differences of which
 * pole_local_covers() is true; the result is then good to POLE_LOCAL_ERROR_M in the distance
 * wherever that is at most POLE_LOCAL_RANGE_M.
 *
 * Source: the chord in space, c^2 = (dp^2 + dz^2) + 4 p1 p2 sin^2(dlon / 2), with p the radius of
 * the parallel and z the height above the equator as Taylor series about the prepared latitude;
 * and the arc over a chord, s^2 = c^2 + (k c^2)^2 / 12 + O(c^6 / R^4), with k Euler's normal
 * curvature in the line's direction. Unlike Gauss's mid-latitude series (same order) it has no
 * tangent of the latitude in it, so it holds up to the poles' neighbourhood. */
static inline double pole_local_squared(const pole_local *from, double dlat_e7, double dlon_e7)
{
    const double d = dlat_e7;
    const double x = dlon_e7 * (3.14159265358979323846 / 180e7);
    const double xx = x * x;
    const double versine = xx * (1.0 - xx * (1.0 / 12 - xx * (1.0 / 360 - xx * (1.0 / 20160))));
    const double east =
        versine * (from->east[0] + d * (from->east[1] + d * (from->east[2] + d * from->east[3])));
    const double north =
        d * d * (from->north[0] + d * (from->north[1] + d * (from->north[2] + d * from->north[3])));
    const double sag =
        north * (from->curve_north + d * from->curve_slope) + east * from->curve_east;
    return north + east + sag * sag;
}

/* Whether pole_local_squared() may be asked; with a distance below POLE_LOCAL_RANGE_M it always
 * may, within POLE_LOCAL_MAX_LAT_DEG. */
static inline bool pole_local_covers(const pole_local *from, double dlat_e7, double dlon_e7)
{
    return fabs(dlat_e7) <= 2000000.0 && fabs(dlon_e7) * from->per_max_dlon <= 1.0;
}

/* lon_e7 minus the prepared longitude, the short way round: -180e7 to 180e7. */
static inline double pole_local_dlon(const pole_local *from, double lon_e7)
{
    const double d = lon_e7 - from->lon_e7;
    return d > 1800000000.0 ? d - 3600000000.0 : d < -1800000000.0 ? d + 3600000000.0 : d;
}

/* The distance in metres from the prepared point: by the short formula in its range, else by
 * pole_inverse(). Good to POLE_LOCAL_ERROR_M everywhere. Below 35 ns in range. */
double pole_local_distance(const pole_local *from, int32_t lat_e7, int32_t lon_e7);

/* The azimuth at which the line to a place dlat, dlon away leaves the prepared point, where
 * pole_local_covers(): degrees, -180 to 180, to 1e-6 degree of the geodesic's at 20 km. 0 for the
 * point itself. It is that of the chord in the horizontal plane of the point, which the geodesic
 * leaves by e^2 (s / N)^2 / 12 at most, 5e-9 radians at 20 km; both components are multiplied by
 * the radius of the point's parallel, which spares divisions. Without the C library: all machines
 * say the same. */
static inline double pole_local_azimuth(const pole_local *from, double dlat_e7, double dlon_e7)
{
    const double e7 = 3.14159265358979323846 / 180e7, d = dlat_e7;
    const double x = dlon_e7 * e7, q = x * x;
    const double sine = x * (1.0 - q * (1.0 / 6) * (1.0 - q * (1.0 / 20) * (1.0 - q * (1.0 / 42))));
    const double versine = q * 0.5 * (1.0 - q * (1.0 / 12) * (1.0 - q * (1.0 / 30)));
    const double parallels =
        from->east[0] + d * (from->east[1] + d * (from->east[2] + d * from->east[3]));
    const double along =
        from->meridian * d * (1.0 + d * (from->meridian_change - d * (e7 * e7 / 6)));
    const double north =
        from->radius_m * from->cos_lat * along + from->sin_lat * parallels * versine;
    return pole_azimuth(north, parallels * sine) * (180.0 / 3.14159265358979323846);
}

/* 0 to 360, from -180 to 180. */
static inline double pole_bearing_turned(double azimuth_deg)
{
    static const double round[2] = {0.0, 360.0};
    const double turned = azimuth_deg + round[azimuth_deg < 0.0];
    return turned < 360.0 ? turned : 0.0;
}

/* Distance as above, and the azimuth at which the line to the point leaves the prepared point, 0 <=
 * degrees < 360, to 1e-5 degree; 0 for the point itself. 17 ns in range. */
void pole_local_tell(const pole_local *from, int32_t lat_e7, int32_t lon_e7, double *distance_m,
                     double *bearing_deg);

/* The other way round, for places to which many points are asked: the distance from a point to the
 * prepared one, and the azimuth at which the line leaves the point; as good. at: valid degrees. */
void pole_local_tell_back(const pole_local *to, pole_point at, double *distance_m,
                          double *bearing_deg);

/* For one pair: as pole_local_distance(), with the preparation. NaN for a bad point. */
double pole_distance(pole_point a, pole_point b);

/* A box of latitude and longitude in 1e-7 degrees, borders included. south <= north. west > east
 * means that it crosses the antimeridian. */
typedef struct {
    int32_t south, west, north, east;
} pole_box_e7;

/* A lower bound, in metres, of the geodesic distance from a point to the nearest place of a box;
 * 0 when the point is in it. For every point and box on earth, at the poles and across the
 * antimeridian too; below the truth by at most about 1 % for a small box. About 50 ns.
 * Why it is one: on the ellipsoid ds^2 = M^2 dlat^2 + N^2 cos^2 lat dlon^2 with M >= a (1 - e^2)
 * and N >= a, so no line is shorter than on the sphere of radius a (1 - e^2); and there
 * hav d >= hav dlat + cos lat_point * min cos lat_box * hav dlon. */
double pole_box_distance_lower(const pole_local *from, const pole_box_e7 *box);

/* A tighter and cheaper lower bound for what is near: two coefficients for a loop over many
 * boxes. With, for a box,
 *     dlat = max(box.south - lat_above, lat_below - box.north, 0)
 *     dlon = max(box.west - lon_above, lon_below - box.east, 0)        (int32_t, exact)
 *     b^2  = (dlat * lat_m)^2 + (dlon * lon_m)^2                       (float or double)
 * every place of the box is at least min(b, reach_m) away. In words: a box may be dropped when
 * both b and reach_m are at least the distance of the best known.
 *
 * Why: a line shorter than reach_m stays within reach_m / M of the point's latitude. In that band
 * M and N cos lat are at least lat_m and lon_m, so the line is at least as long as in the flat
 * metric of these two, where the straight line is the shortest. The coefficients are lowered by
 * 1e-6 of themselves, which covers the rounding of a sum in float (at most 6 roundings of 6e-8).
 *
 * Only for trees all of whose longitudes lie within 180 degrees of the point's: the difference is
 * then the short way round, and fits int32_t. pole_box_near_fits() tells. */
typedef struct {
    int32_t lat_below, lat_above; /* the point's latitude rounded down and up */
    int32_t lon_below, lon_above;
    float lat_m, lon_m; /* metres per 1e-7 degree */
    float reach_m;
} pole_box_near;

/* reach_m: 0 < reach_m <= 100000; the smaller, the tighter: the loss is about
 * tan(latitude) * reach_m / 6.4e6. lon_m is 0 when the band touches a pole. */
void pole_box_near_prepare(pole_box_near *near, const pole_local *from, double reach_m);

/* Whether every longitude from west to east lies within 180 degrees of the point's. */
static inline bool pole_box_near_fits(const pole_box_near *near, int32_t west, int32_t east)
{
    return west <= east && (int64_t)east - near->lon_below <= 1800000000 &&
           (int64_t)near->lon_above - west <= 1800000000;
}

/* b^2 as above, for one box. */
static inline float pole_box_near_squared(const pole_box_near *near, const pole_box_e7 *box)
{
    const int32_t up = box->south - near->lat_above, down = near->lat_below - box->north;
    const int32_t right = box->west - near->lon_above, left = near->lon_below - box->east;
    const int32_t lat = up > down ? up : down, lon = right > left ? right : left;
    const float y = (float)(lat > 0 ? lat : 0) * near->lat_m;
    const float x = (float)(lon > 0 ? lon : 0) * near->lon_m;
    return y * y + x * x;
}

#endif
