/* SPDX-License-Identifier: MIT
 * The two datums of Chinese web maps: GCJ-02 (Amap, Tencent, Google in China) and BD-09 (Baidu).
 * Both bend WGS 84 by formulas that were never issued officially. The formulas and constants
 * here are those of the first publication (EvilTransform, on4wp7.codeplex.com, 2013: Krasovsky's
 * ellipsoid, and its box around China) and, for BD-09, of github.com/wandergis/coordtransform. */
#ifndef GEO_DATUM_H
#define GEO_DATUM_H

#include <stdbool.h>

#include <polelookup/types.h>

/* Whether GCJ-02 bends this place: 72.004 <= lon <= 137.8347, 0.8293 <= lat <= 55.8271. Outside it
 * GCJ-02 is WGS 84. */
bool pole_gcj02_bends(pole_point at);

/* Forward, by the formula. In Harbin GCJ-02 lies about +0.00194 in latitude and +0.00594 in
 * longitude from WGS 84; nowhere is it more than 0.005 and 0.011. Outside the box, identity. */
pole_point pole_gcj02_from_wgs84(pole_point wgs84);

/* The inverse, by iteration, to under 1e-9 degree (measured: 1e-13). At the box's own border the
 * formula leaps: there two places can have one GCJ-02 position (the one in the box is
 * given), or none (false, *wgs84 NaN). False also for a point that is not finite. */
bool pole_gcj02_to_wgs84(pole_point gcj02, pole_point *wgs84);

/* BD-09 from and to GCJ-02; no box. It lies 0.006 in latitude and 0.0065 in longitude away, and
 * 0.00003 to and fro. The inverse by iteration as above; false where it finds none (far from
 * China only). */
pole_point pole_bd09_from_gcj02(pole_point gcj02);
bool pole_bd09_to_gcj02(pole_point bd09, pole_point *gcj02);

#endif
