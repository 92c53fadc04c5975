/* SPDX-License-Identifier: MIT
 * The inverse geodesic problem: C. F. F. Karney, Algorithms for geodesics, J. Geodesy 87 (2013)
 * 43-55, doi 10.1007/s00190-012-0578-z, written anew for one ellipsoid and two results. Numbers
 * in brackets are the paper's equations. Letters are the paper's: b(eta) the reduced latitude,
 * alp(ha) an azimuth, sig(ma) and omg the arc and longitude on the auxiliary sphere, lam(bda) the
 * longitude on the ellipsoid, index 0 the node on the equator.
 *
 * The problem is brought to b1 <= 0, b1 <= b2 <= -b1, 0 <= lam12 <= pi first, and the azimuths are
 * turned back after. Angles live as sine and cosine, so that nothing is lost at 0, 90, 180. */
#include "geo/inverse.h"

#include <float.h>
#include <math.h>

#define PI 3.14159265358979323846
#define A POLE_WGS84_A_M
#define F POLE_WGS84_F
#define F1 (1.0 - F)                    /* b / a */
#define EP2 (POLE_WGS84_E2 / (F1 * F1)) /* second eccentricity squared */
#define N (F / (2.0 - F))               /* third flattening */

#define TOLERANCE DBL_EPSILON
#define TOLERANCE_ROOT 1.4901161193847656e-8 /* square root of it */
#define TINY 1.4916681462400413e-154         /* square root of DBL_MIN */
/* Below this arc the sphere of the mid latitude serves: its error is the cube of the arc. */
#define SHORT_ARC (0.1 * TOLERANCE_ROOT / 0.0409099)
#define NEWTON_STEPS 20
#define ALL_STEPS (NEWTON_STEPS + DBL_MANT_DIG + 10)

typedef struct {
    double s, c; /* sine and cosine, or two lengths in their proportion */
} angle;

static angle normal(angle v)
{
    const double h = hypot(v.s, v.c);
    return (angle){v.s / h, v.c / h};
}

/* b - a; and how much it is, in 0 .. pi, for a line that runs forward. */
static angle difference(angle a, angle b)
{
    return (angle){fmax(0.0, a.c * b.s - a.s * b.c), a.c * b.c + a.s * b.s};
}

static double radians(angle v)
{
    return atan2(v.s, v.c);
}

/* Exact at the multiples of 90 degrees, where sin(x * PI / 180) is not. */
static angle of_degrees(double deg)
{
    const double quarter = nearbyint(deg / 90.0);
    const double r = (deg - 90.0 * quarter) * (PI / 180.0);
    const double s = sin(r), c = cos(r);
    switch ((int)fmod(quarter, 4.0) & 3) {
    case 0:
        return (angle){s, c};
    case 1:
        return (angle){c, 0.0 - s};
    case 2:
        return (angle){0.0 - s, 0.0 - c};
    default:
        return (angle){0.0 - c, s};
    }
}

/* Cuts what lies below 2^-57 off a small angle, so that it is 0 or far from underflow. */
static double without_dust(double deg)
{
    const double z = 1.0 / 16.0, y = fabs(deg), w = z - y;
    return copysign(w > 0.0 ? z - w : y, deg);
}

/* lon2 - lon1 in -180 .. 180, to the last bit: the rounding of the subtraction is added after the
 * whole turns are off. */
static double longitude_difference(double lon1, double lon2)
{
    const double a = -remainder(lon1, 360.0), b = remainder(lon2, 360.0);
    const double sum = a + b;
    const double b_part = sum - a;
    const double lost = (a - (sum - b_part)) + (b - b_part);
    const double turned = sum > 180.0 ? sum - 360.0 : sum < -180.0 ? sum + 360.0 : sum;
    const double d = turned + lost;
    return d > 180.0 ? d - 360.0 : d < -180.0 ? d + 360.0 : d;
}

/* sum of c[l] sin(2 l sig), l = 1 .. n, by Clenshaw's recurrence. */
static double sine_series(const double *c, int n, angle sig)
{
    const double twice_cos = 2.0 * (sig.c - sig.s) * (sig.c + sig.s);
    double now = 0.0, before = 0.0;
    for (int l = n; l >= 1; l--) {
        const double next = twice_cos * now - before + c[l];
        before = now;
        now = next;
    }
    return 2.0 * sig.s * sig.c * now;
}

/* The expansion parameter eps of k = e' cos alp0 [16]. */
static double expansion(double k2)
{
    return k2 / (2.0 * (1.0 + sqrt(1.0 + k2)) + k2);
}

/* [17, 18] distance */
static double series_1(double e, double c[7])
{
    const double e2 = e * e;
    double p = e;
    c[1] = p * (-1.0 / 2 + e2 * (3.0 / 16 - e2 * (1.0 / 32)));
    p *= e;
    c[2] = p * (-1.0 / 16 + e2 * (1.0 / 32 - e2 * (9.0 / 2048)));
    p *= e;
    c[3] = p * (-1.0 / 48 + e2 * (3.0 / 256));
    p *= e;
    c[4] = p * (-5.0 / 512 + e2 * (3.0 / 512));
    p *= e;
    c[5] = p * (-7.0 / 1280);
    p *= e;
    c[6] = p * (-7.0 / 2048);
    return (1.0 + e2 * (1.0 / 4 + e2 * (1.0 / 64 + e2 * (1.0 / 256)))) / (1.0 - e);
}

/* [42, 43] reduced length */
static double series_2(double e, double c[7])
{
    const double e2 = e * e;
    double p = e;
    c[1] = p * (1.0 / 2 + e2 * (1.0 / 16 + e2 * (1.0 / 32)));
    p *= e;
    c[2] = p * (3.0 / 16 + e2 * (1.0 / 32 + e2 * (35.0 / 2048)));
    p *= e;
    c[3] = p * (5.0 / 48 + e2 * (5.0 / 256));
    p *= e;
    c[4] = p * (35.0 / 512 + e2 * (7.0 / 512));
    p *= e;
    c[5] = p * (63.0 / 1280);
    p *= e;
    c[6] = p * (77.0 / 2048);
    return (1.0 - e) * (1.0 + e2 * (1.0 / 4 + e2 * (9.0 / 64 + e2 * (25.0 / 256))));
}

/* [24] */
static double series_3_a(double e)
{
    return 1.0 +
           e * (-(1.0 / 2 - N / 2) + e * (-(1.0 / 4 + N / 8 - 3 * N * N / 8) +
                                          e * (-(1.0 / 16 + 3 * N / 16 + N * N / 16) +
                                               e * (-(3.0 / 64 + N / 32) - e * (3.0 / 128)))));
}

/* [25] longitude */
static void series_3_c(double e, double c[6])
{
    double p = e;
    c[1] = p * ((1.0 / 4 - N / 4) +
                e * ((1.0 / 8 - N * N / 8) + e * ((3.0 / 64 + 3 * N / 64 - N * N / 64) +
                                                  e * ((5.0 / 128 + N / 64) + e * (3.0 / 128)))));
    p *= e;
    c[2] = p * ((1.0 / 16 - 3 * N / 32 + N * N / 32) +
                e * ((3.0 / 64 - N / 32 - 3 * N * N / 64) +
                     e * ((3.0 / 128 + N / 128) + e * (5.0 / 256))));
    p *= e;
    c[3] = p * ((5.0 / 192 - 3 * N / 64 + 5 * N * N / 192) +
                e * ((3.0 / 128 - 5 * N / 192) + e * (7.0 / 512)));
    p *= e;
    c[4] = p * ((7.0 / 512 - 7 * N / 256) + e * (7.0 / 512));
    p *= e;
    c[5] = p * (21.0 / 2560);
}

/* The two ends, brought to the canonical form. */
typedef struct {
    angle b1, b2;
    double dn1, dn2; /* sqrt(1 + e'^2 sin^2 b) */
    angle lam12;
    double lam12_rad;
} problem;

typedef struct {
    angle alp1, alp2;
    angle sig1, sig2;
    double sig12;
    double eps;
} line;

/* Length over the polar radius [7, 15]. */
static double length(const line *l)
{
    double c[7];
    const double a1 = series_1(l->eps, c);
    return a1 * (l->sig12 + (sine_series(c, 6, l->sig2) - sine_series(c, 6, l->sig1)));
}

/* Reduced length over the polar radius [38, 40]. */
static double reduced_length(const problem *p, const line *l)
{
    double c1[7], c2[7];
    const double a1 = series_1(l->eps, c1), a2 = series_2(l->eps, c2);
    for (int i = 1; i <= 6; i++)
        c1[i] = a1 * c1[i] - a2 * c2[i];
    const double j12 =
        (a1 - a2) * l->sig12 + (sine_series(c1, 6, l->sig2) - sine_series(c1, 6, l->sig1));
    return p->dn2 * (l->sig1.c * l->sig2.s) - p->dn1 * (l->sig1.s * l->sig2.c) -
           l->sig1.c * l->sig2.c * j12;
}

/* The line that leaves end 1 at alp1, to where it meets the latitude of end 2 for the first time:
 * its longitude minus the one wanted, and the derivative of that by alp1 [8, 11, 12, 45, 46]. */
static double miss(const problem *p, angle alp1, line *l, double *derivative)
{
    const angle b1 = p->b1, b2 = p->b2;
    if (b1.s == 0.0 && alp1.c == 0.0)
        alp1.c = -TINY; /* break the tie of the equator: never along it here */
    const double sin_alp0 = alp1.s * b1.c;
    const double cos_alp0 = hypot(alp1.c, alp1.s * b1.s);
    const angle sig1 = {b1.s, alp1.c * b1.c};
    const angle omg1 = {sin_alp0 * b1.s, alp1.c * b1.c};

    angle alp2;
    alp2.s = b2.c != b1.c ? sin_alp0 / b2.c : alp1.s;
    /* The difference of squares is taken where it keeps more digits. */
    const double turn =
        b1.c < -b1.s ? (b2.c - b1.c) * (b1.c + b2.c) : (b1.s - b2.s) * (b1.s + b2.s);
    alp2.c = b2.c != b1.c || fabs(b2.s) != -b1.s
                 ? sqrt(fmax(0.0, (alp1.c * b1.c) * (alp1.c * b1.c) + turn)) / b2.c
                 : fabs(alp1.c);
    const angle sig2 = {b2.s, alp2.c * b2.c};
    const angle omg2 = {sin_alp0 * b2.s, alp2.c * b2.c};

    const double k2 = cos_alp0 * cos_alp0 * EP2;
    *l = (line){alp1, alp2, normal(sig1), normal(sig2), 0.0, expansion(k2)};
    l->sig12 = radians(difference(l->sig1, l->sig2));

    const angle omg12 = difference(normal(omg1), normal(omg2));
    const double eta = atan2(omg12.s * p->lam12.c - omg12.c * p->lam12.s,
                             omg12.c * p->lam12.c + omg12.s * p->lam12.s);
    double c3[6];
    series_3_c(l->eps, c3);
    const double b312 = sine_series(c3, 5, l->sig2) - sine_series(c3, 5, l->sig1);
    if (alp2.c == 0.0)
        *derivative = -2.0 * F1 * p->dn1 / b1.s;
    else
        *derivative = reduced_length(p, l) * F1 / (alp2.c * b2.c);
    return eta - F * series_3_a(l->eps) * sin_alp0 * (l->sig12 + b312);
}

/* The positive root of k^4 + 2 k^3 - (x^2 + y^2 - 1) k^2 - 2 y^2 k - y^2 = 0 [55; appendix B]. */
static double astroid(double x, double y)
{
    const double p = x * x, q = y * y, r = (p + q - 1.0) / 6.0;
    if (q == 0.0 && r <= 0.0)
        return 0.0;
    const double s = p * q / 4.0, r2 = r * r, r3 = r * r2;
    const double discriminant = s * (s + 2.0 * r3);
    double u = r;
    if (discriminant >= 0.0) {
        double t3 = s + r3;
        t3 += t3 < 0.0 ? -sqrt(discriminant) : sqrt(discriminant);
        const double t = cbrt(t3);
        u += t + (t != 0.0 ? r2 / t : 0.0);
    } else {
        u += 2.0 * r * cos(atan2(sqrt(-discriminant), -(s + r3)) / 3.0);
    }
    const double v = sqrt(u * u + q);
    const double uv = u < 0.0 ? q / (v - u) : u + v;
    const double w = (uv - q) / (2.0 * v);
    return uv / (sqrt(uv + w * w) + w);
}

/* A first azimuth for ends that are nearly antipodal, from the astroid that the geodesics of end
 * 1 envelop about its antipode [53 to 57]. */
static angle start_antipodal(const problem *p, angle spherical)
{
    const double beside = atan2(-p->lam12.s, -p->lam12.c); /* lam12 - pi */
    const double across = p->b2.s * p->b1.c + p->b2.c * p->b1.s;
    const double scale = F * p->b1.c * series_3_a(expansion(p->b1.s * p->b1.s * EP2)) * PI;
    const double x = beside / scale, y = across / (scale * p->b1.c);
    if (y > -200.0 * TOLERANCE && x > -1.0 - 1000.0 * TOLERANCE_ROOT) {
        /* On the cut between the two cusps [54]. */
        const double s = fmin(1.0, -x);
        return (angle){s, -sqrt(1.0 - s * s)};
    }
    const double k = astroid(x, y);
    if (!isfinite(k))
        return spherical;
    const double omg = scale * (-x * k / (1.0 + k)); /* pi - omg12 */
    const angle omg12 = {sin(omg), -cos(omg)};
    return (angle){p->b2.c * omg12.s,
                   across - p->b2.c * p->b1.s * omg12.s * omg12.s / (1.0 - omg12.c)};
}

/* A first azimuth from the auxiliary sphere [49]. True when the line is so short that this is
 * the answer [48]: alp1, alp2 and sig12 of l are it, and *mid is the scale. */
static bool start(const problem *p, line *l, double *mid)
{
    const angle b1 = p->b1, b2 = p->b2;
    const double sin_b12 = b2.s * b1.c - b2.c * b1.s, cos_b12 = b2.c * b1.c + b2.s * b1.s;
    const bool near = cos_b12 >= 0.0 && sin_b12 < 0.5 && b2.c * p->lam12_rad < 0.5;
    angle omg12 = p->lam12;
    *mid = 1.0;
    if (near) {
        const double s2 = (b1.s + b2.s) * (b1.s + b2.s), c2 = (b1.c + b2.c) * (b1.c + b2.c);
        *mid = sqrt(1.0 + EP2 * s2 / (s2 + c2));
        const double omg = p->lam12_rad / (F1 * *mid);
        omg12 = (angle){sin(omg), cos(omg)};
    }
    const double ss = omg12.s * omg12.s;
    angle alp1 = {b2.c * omg12.s, 0.0};
    if (omg12.c >= 0.0)
        alp1.c = sin_b12 + b2.c * b1.s * ss / (1.0 + omg12.c);
    else
        alp1.c = b2.s * b1.c + b2.c * b1.s - b2.c * b1.s * ss / (1.0 - omg12.c);
    const angle sig12 = {hypot(alp1.s, alp1.c), b1.s * b2.s + b1.c * b2.c * omg12.c};
    if (near && sig12.s < SHORT_ARC) {
        const double rest = omg12.c >= 0.0 ? ss / (1.0 + omg12.c) : 1.0 - omg12.c;
        l->alp1 = sig12.s > 0.0 ? normal(alp1) : (angle){0.0, 1.0};
        l->alp2 = (angle){b1.c * omg12.s, sin_b12 - b1.c * b2.s * rest};
        l->alp2 = sig12.s > 0.0 ? normal(l->alp2) : (angle){0.0, 1.0};
        l->sig12 = radians(sig12);
        return true;
    }
    if (sig12.c < 0.0 && sig12.s < 6.0 * N * PI * b1.c * b1.c)
        alp1 = start_antipodal(p, alp1);
    l->alp1 = alp1.s > 0.0 ? normal(alp1) : (angle){1.0, 0.0};
    return false;
}

/* Newton's method on miss(), inside a bracket that bisection takes over when it leaves it. */
static void solve(const problem *p, line *l)
{
    angle alp1 = l->alp1;
    angle low = {TINY, 1.0}, high = {TINY, -1.0};
    bool nearly = false, narrow = false;
    for (int step = 0; step < ALL_STEPS; step++) {
        double slope;
        const double v = miss(p, alp1, l, &slope);
        if (narrow || !(fabs(v) >= (nearly ? 8.0 : 1.0) * TOLERANCE))
            return;
        if (v > 0.0 && (step > NEWTON_STEPS || alp1.c / alp1.s > high.c / high.s))
            high = alp1;
        else if (v < 0.0 && (step > NEWTON_STEPS || alp1.c / alp1.s < low.c / low.s))
            low = alp1;
        if (step < NEWTON_STEPS && slope > 0.0) {
            const double d = -v / slope;
            const double s = alp1.s * cos(d) + alp1.c * sin(d);
            if (s > 0.0 && fabs(d) < PI) {
                alp1 = normal((angle){s, alp1.c * cos(d) - alp1.s * sin(d)});
                nearly = fabs(v) <= 16.0 * TOLERANCE;
                continue;
            }
        }
        alp1 = normal((angle){(low.s + high.s) / 2.0, (low.c + high.c) / 2.0});
        nearly = false;
        narrow = fabs(low.s - alp1.s) + (low.c - alp1.c) < TOLERANCE * TOLERANCE_ROOT ||
                 fabs(alp1.s - high.s) + (alp1.c - high.c) < TOLERANCE * TOLERANCE_ROOT;
    }
}

/* Sets the azimuths of l; returns the distance in metres. */
static double solve_problem(const problem *p, line *l)
{
    const double b_m = A * F1;
    if (p->lam12.s == 0.0 || p->b1.c <= TINY) {
        /* Along a meridian, which for an oblate ellipsoid is always the shortest. */
        l->alp1 = p->lam12;
        l->alp2 = (angle){0.0, 1.0};
        l->sig1 = (angle){p->b1.s, l->alp1.c * p->b1.c};
        l->sig2 = (angle){p->b2.s, p->b2.c};
        l->sig12 = radians(difference(l->sig1, l->sig2));
        l->eps = expansion(EP2);
        return b_m * fmax(0.0, length(l));
    }
    if (p->b1.s == 0.0 && p->lam12_rad <= F1 * PI) {
        l->alp1 = l->alp2 = (angle){1.0, 0.0}; /* along the equator, not too far */
        return A * p->lam12_rad;
    }
    double mid;
    if (start(p, l, &mid))
        return b_m * l->sig12 * mid;
    solve(p, l);
    return b_m * length(l);
}

static angle reduced(double lat_deg)
{
    angle b = of_degrees(lat_deg);
    b.s *= F1;
    b = normal(b);
    b.c = fmax(TINY, b.c); /* so that a pole has longitudes */
    return b;
}

bool pole_inverse(pole_point a, pole_point b, double *distance_m, double *azimuth_deg)
{
    const bool good = fabs(a.lat_deg) <= 90.0 && fabs(b.lat_deg) <= 90.0 && isfinite(a.lon_deg) &&
                      isfinite(b.lon_deg);
    double distance = NAN, azimuth = NAN;
    if (good) {
        double dlon = longitude_difference(a.lon_deg, b.lon_deg);
        const double east = dlon >= 0.0 ? 1.0 : -1.0;
        dlon = fabs(dlon);
        double lat1 = without_dust(a.lat_deg), lat2 = without_dust(b.lat_deg);
        const bool swapped = fabs(lat1) < fabs(lat2);
        if (swapped) {
            const double t = lat1;
            lat1 = lat2;
            lat2 = t;
        }
        const double south = lat1 < 0.0 ? 1.0 : -1.0;
        problem p = {.b1 = reduced(south * lat1), .b2 = reduced(south * lat2)};
        /* Equal latitudes stay equal, whatever the rounding. */
        if (p.b1.c < -p.b1.s ? p.b2.c == p.b1.c : fabs(p.b2.s) == -p.b1.s) {
            p.b2.s = copysign(p.b1.s, p.b2.s);
            p.b2.c = p.b1.c;
        }
        p.dn1 = sqrt(1.0 + EP2 * p.b1.s * p.b1.s);
        p.dn2 = sqrt(1.0 + EP2 * p.b2.s * p.b2.s);
        p.lam12 = of_degrees(dlon);
        p.lam12_rad = dlon * (PI / 180.0);
        line l = {.eps = 0.0};
        distance = solve_problem(&p, &l);
        /* Undo the mirrors. With the ends exchanged the line runs backwards: its azimuth at end
         * 2, turned round (both signs), and once more mirrored east to west. */
        angle alp = swapped ? l.alp2 : l.alp1;
        alp.s *= east;
        alp.c *= swapped ? -south : south;
        azimuth = distance > 0.0 ? atan2(alp.s, alp.c) * (180.0 / PI) : 0.0;
        if (azimuth < 0.0)
            azimuth += 360.0;
        if (azimuth >= 360.0)
            azimuth = 0.0;
    }
    if (distance_m)
        *distance_m = distance;
    if (azimuth_deg)
        *azimuth_deg = azimuth;
    return good;
}
