/* SPDX-License-Identifier: MIT
 * Sine and cosine of a latitude, and atan2 for bearings, by sums and products alone: so they are
 * the same to the last bit on every machine, which those of a C library are not, and cost a few
 * nanoseconds. */
#ifndef GEO_TRIG_H
#define GEO_TRIG_H

#include <math.h>
#include <stdbool.h>

/* Taylor's series to r^15 and r^16: |r| <= pi / 4 leaves less than 1e-17. */
static inline double pole_sine_series(double r)
{
    const double q = r * r;
    const double low = 1.0 / 6 - q * (1.0 / 120 - q * (1.0 / 5040 - q * (1.0 / 362880)));
    const double high = 1.0 / 39916800 - q * (1.0 / 6227020800.0 - q * (1.0 / 1307674368000.0));
    const double q2 = q * q;
    return r - r * q * (low + q2 * q2 * high);
}

static inline double pole_cosine_series(double r)
{
    const double q = r * r;
    const double low = 1.0 / 24 - q * (1.0 / 720 - q * (1.0 / 40320 - q * (1.0 / 3628800)));
    const double high = 1.0 / 479001600 - q * (1.0 / 87178291200.0 - q * (1.0 / 20922789888000.0));
    const double q2 = q * q;
    return 1.0 - (0.5 * q - q2 * (low + q2 * q2 * high));
}

/* lat_deg: within 90; NaN gives NaN. Both good to 2 units in the last place, the cosine of 90 is
 * 0. */
static inline void pole_sine_cosine(double lat_deg, double *sine, double *cosine)
{
    const double radians = 3.14159265358979323846 / 180.0;
    const double size = fabs(lat_deg);
    /* Beyond 45 degrees by the other angle, which is exact, so that a small cosine keeps all its
     * digits. */
    const bool steep = size > 45.0;
    const double r = (steep ? 90.0 - size : size) * radians;
    const double s = pole_sine_series(r), c = pole_cosine_series(r);
    *sine = copysign(steep ? c : s, lat_deg);
    *cosine = steep ? s : c;
}

/* The azimuth of a direction: radians clockwise from north, -pi to pi, to 1e-9. Without branches,
 * so that a loop over it vectorises. 0 for no direction at all. */
static inline double pole_azimuth(double north, double east)
{
    const double n = fabs(north), e = fabs(east);
    const double less = n < e ? n : e, more = n < e ? e : n;
    /* atan(less / more), from pi / 4 when that is nearer: the ratio is then below tan(pi / 8). */
    const bool half = less > 0.41421356237309504880 * more;
    const double top = half ? less - more : less;
    const double bottom = half ? less + more : more;
    const double t = top / (bottom > 0.0 ? bottom : 1.0), q = t * t, q2 = q * q;
    const double a = 1.0 - q * (1.0 / 3), b = 1.0 / 5 - q * (1.0 / 7);
    const double c = 1.0 / 9 - q * (1.0 / 11), d = 1.0 / 13 - q * (1.0 / 15);
    const double f = 1.0 / 17 - q * (1.0 / 19);
    const double series = (a + q2 * b) + q2 * q2 * ((c + q2 * d) + q2 * q2 * f);
    const double quarter = t * series + (half ? 0.78539816339744830962 : 0.0);
    const double right = n < e ? 1.57079632679489661923 - quarter : quarter;
    const double wide = north < 0.0 ? 3.14159265358979323846 - right : right;
    return east < 0.0 ? -wide : wide;
}

#endif
