/* SPDX-License-Identifier: MIT
 * The exact geodesic of the WGS 84 ellipsoid between two points, anywhere on earth. */
#ifndef GEO_INVERSE_H
#define GEO_INVERSE_H

#include <stdbool.h>

#include <polelookup/types.h>

/* WGS 84 (EPSG:7030): equatorial radius, flattening, and the eccentricity squared f (2 - f). */
#define POLE_WGS84_A_M 6378137.0
#define POLE_WGS84_F (1.0 / 298.257223563)
#define POLE_WGS84_E2 (POLE_WGS84_F * (2.0 - POLE_WGS84_F))

/* The length of the shortest line from a to b, and the azimuth at which it leaves a (degrees
 * clockwise from north, 0 <= azimuth < 360; 0 when the distance is 0).
 * Source: C. F. F. Karney, Algorithms for geodesics, J. Geodesy 87 (2013) 43-55, series of order
 * 6, Newton's method for points that are nearly antipodal; accurate to 15 nm.
 * Longitudes may be any finite number of degrees. Either result may be NULL.
 * False, and both results NaN, when a coordinate is not finite or a latitude is beyond 90.
 * About 0.5 us. Thread-safe, no memory. */
bool pole_inverse(pole_point a, pole_point b, double *distance_m, double *azimuth_deg);

#endif
