/* SPDX-License-Identifier: MIT
 * GCJ-02 and BD-09, forward by the published formulas, back by iteration. */
#include "geo/datum.h"

#include <math.h>

#define PI 3.14159265358979324
#define KRASOVSKY_A_M 6378245.0
#define KRASOVSKY_E2 0.00669342162296594323
#define BAIDU_PI (PI * 3000.0 / 180.0)
/* Steps of the iterations. One shrinks the error a hundredfold (a shift's slope is below 0.008
 * everywhere in the box), so that 40 are never reached there. */
#define STEPS 40
#define CLOSE_DEG 1e-12

bool pole_gcj02_bends(pole_point at)
{
    return at.lon_deg >= 72.004 && at.lon_deg <= 137.8347 && at.lat_deg >= 0.8293 &&
           at.lat_deg <= 55.8271;
}

/* The shift at a WGS 84 point, whether in the box or not. */
static pole_point gcj02_shift(pole_point at)
{
    const double x = at.lon_deg - 105.0, y = at.lat_deg - 35.0;
    const double root = sqrt(fabs(x));
    const double waves = (20.0 * sin(6.0 * x * PI) + 20.0 * sin(2.0 * x * PI)) * 2.0 / 3.0;
    double lat = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + waves;
    lat += (20.0 * sin(y * PI) + 40.0 * sin(y / 3.0 * PI)) * 2.0 / 3.0;
    lat += (160.0 * sin(y / 12.0 * PI) + 320.0 * sin(y * PI / 30.0)) * 2.0 / 3.0;
    double lon = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + waves;
    lon += (20.0 * sin(x * PI) + 40.0 * sin(x / 3.0 * PI)) * 2.0 / 3.0;
    lon += (150.0 * sin(x / 12.0 * PI) + 300.0 * sin(x / 30.0 * PI)) * 2.0 / 3.0;
    /* Those are metres; over the ellipsoid's radii they are degrees. */
    const double phi = at.lat_deg / 180.0 * PI, s = sin(phi);
    const double w2 = 1.0 - KRASOVSKY_E2 * s * s, w = sqrt(w2);
    const double m = KRASOVSKY_A_M * (1.0 - KRASOVSKY_E2) / (w2 * w), n = KRASOVSKY_A_M / w;
    return (pole_point){lat * 180.0 / (m * PI), lon * 180.0 / (n * cos(phi) * PI)};
}

/* GCJ-02 without its box. */
static pole_point bent(pole_point wgs84)
{
    const pole_point shift = gcj02_shift(wgs84);
    return (pole_point){wgs84.lat_deg + shift.lat_deg, wgs84.lon_deg + shift.lon_deg};
}

pole_point pole_gcj02_from_wgs84(pole_point wgs84)
{
    return pole_gcj02_bends(wgs84) ? bent(wgs84) : wgs84;
}

/* x with forward(x) = target, from a first x: x += target - forward(x), while it shrinks. */
static bool invert(pole_point (*forward)(pole_point), pole_point target, pole_point first,
                   pole_point *found)
{
    pole_point at = first;
    for (int step = 0; step < STEPS; step++) {
        const pole_point there = forward(at);
        const double dlat = target.lat_deg - there.lat_deg, dlon = target.lon_deg - there.lon_deg;
        at.lat_deg += dlat;
        at.lon_deg += dlon;
        if (fabs(dlat) <= CLOSE_DEG && fabs(dlon) <= CLOSE_DEG) {
            *found = at;
            return true;
        }
    }
    *found = (pole_point){(double)NAN, (double)NAN};
    return false;
}

bool pole_gcj02_to_wgs84(pole_point gcj02, pole_point *wgs84)
{
    *wgs84 = (pole_point){(double)NAN, (double)NAN};
    if (!isfinite(gcj02.lat_deg) || !isfinite(gcj02.lon_deg))
        return false;
    /* The shift is below 0.011 degree: what lies further out was never bent. */
    const bool around = gcj02.lon_deg > 71.9 && gcj02.lon_deg < 137.9 && gcj02.lat_deg > 0.7 &&
                        gcj02.lat_deg < 55.9;
    pole_point at;
    if (around && invert(bent, gcj02, gcj02, &at) && pole_gcj02_bends(at))
        *wgs84 = at;
    else if (!pole_gcj02_bends(gcj02))
        *wgs84 = gcj02;
    else
        return false;
    return true;
}

pole_point pole_bd09_from_gcj02(pole_point gcj02)
{
    const double x = gcj02.lon_deg, y = gcj02.lat_deg;
    const double z = sqrt(x * x + y * y) + 0.00002 * sin(y * BAIDU_PI);
    const double theta = atan2(y, x) + 0.000003 * cos(x * BAIDU_PI);
    return (pole_point){z * sin(theta) + 0.006, z * cos(theta) + 0.0065};
}

bool pole_bd09_to_gcj02(pole_point bd09, pole_point *gcj02)
{
    const pole_point first = {bd09.lat_deg - 0.006, bd09.lon_deg - 0.0065};
    if (isfinite(first.lat_deg) && isfinite(first.lon_deg))
        return invert(pole_bd09_from_gcj02, bd09, first, gcj02);
    *gcj02 = (pole_point){(double)NAN, (double)NAN};
    return false;
}
