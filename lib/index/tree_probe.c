/* SPDX-License-Identifier: MIT
 * See tree_probe.h. */
#include "index/tree_probe.h"

#include "geo/trig.h"

#define PI 3.14159265358979323846
#define RADIANS_PER_E7 (PI / 180e7)
#define ROUND_E7 3600000000.0
/* The least radius of curvature of the ellipsoid: M on the equator. */
#define LEAST_RADIUS_M (POLE_WGS84_A_M * (1.0 - POLE_WGS84_E2))
/* The greatest radii of curvature of the ellipsoid, which both are a / (1 - f) at the poles. */
#define GREATEST_RADIUS_M (POLE_WGS84_A_M / (1.0 - POLE_WGS84_F))

static double reach_from(pole_point at, double max_m)
{
    const double lat = fabs(at.lat_deg);
    const double reach_m = lat <= POLE_PROBE_MID_LAT_DEG   ? POLE_PROBE_REACH_M
                           : lat <= POLE_LOCAL_MAX_LAT_DEG ? POLE_LOCAL_RANGE_M
                                                           : 0.0;
    return max_m < reach_m ? max_m : reach_m;
}

static int32_t nearest_integer(double x)
{
    return (int32_t)(x < 0.0 ? x - 0.5 : x + 0.5);
}

/* The flat metric as in geodesic.h (pole_box_near), but for M and N the least that they are
 * anywhere: a bound that is lower by half a percent opens hardly a box more, and the search need
 * not wait for what takes a root and a division. */
static void prepare_metric(pole_probe *probe, double sine, double cosine)
{
    const double band = probe->reach_m * ((1.0 + 1e-6) / LEAST_RADIUS_M);
    const double lowered = (1.0 - 1e-6) * RADIANS_PER_E7;
    const double steepest = fmin(fabs(sine) + band, 1.0);
    const double p = POLE_WGS84_A_M * cosine - GREATEST_RADIUS_M * band * steepest;
    probe->lat_m = (float)(LEAST_RADIUS_M * lowered);
    probe->lon_m = (float)(fmax(p, 0.0) * lowered);
}

static void prepare_boxes(pole_probe *probe, pole_point at, double cosine)
{
    const pole_tree *tree = probe->tree;
    const double lat_e7 = at.lat_deg * 1e7, lon_e7 = at.lon_deg * 1e7;
    const double lat = lat_e7 - tree->center_lat_e7;
    const double lat_margin = tree->margin_e7 + fabs(lat) * 0x1p-23;
    probe->south = (float)(lat - lat_margin);
    probe->north = (float)(lat + lat_margin);
    /* The longitudes of a circle of the reach: asin(d / p) of it, with plenty to spare. */
    const double p = POLE_WGS84_A_M * cosine;
    const double space_e7 = ROUND_E7 / 2 - fabs(lon_e7);
    probe->copies =
        space_e7 * RADIANS_PER_E7 * (p - probe->reach_m) <= 1.05 * probe->reach_m ? 2 : 1;
    const double other = lon_e7 > 0.0 ? -ROUND_E7 : ROUND_E7;
    for (unsigned i = 0; i < probe->copies; i++) {
        const double lon = lon_e7 + (i ? other : 0.0) - tree->center_lon_e7;
        const double lon_margin = tree->margin_e7 + fabs(lon) * 0x1p-23;
        probe->west[i] = (float)(lon - lon_margin);
        probe->east[i] = (float)(lon + lon_margin);
    }
}

static void prepare_poles(pole_probe *probe)
{
    const pole_local *from = &probe->from;
    const int32_t lon_e7 = nearest_integer(from->lon_e7);
    probe->lat_e7 = nearest_integer(from->lat_e7);
    probe->lat_rest = (float)(from->lat_e7 - probe->lat_e7);
    probe->lon_rest = (float)(from->lon_e7 - lon_e7);
    probe->lon_e7[0] = lon_e7;
    /* Once round the earth, modulo 2^32 as the differences are. */
    const uint32_t round = 3600000000u;
    probe->lon_e7[1] = (int32_t)((uint32_t)lon_e7 + (from->lon_e7 > 0.0 ? 0u - round : round));
    const double k2 = RADIANS_PER_E7 * RADIANS_PER_E7;
    probe->n0 = (float)from->north[0];
    probe->n1 = (float)from->north[1];
    probe->e0 = (float)(k2 * from->east[0]);
    probe->e1 = (float)(k2 * from->east[1]);
    probe->e_least = 0.5f * probe->e0;
    probe->doubt = (float)(1.0 / from->east[0]);
}

void pole_probe_prepare(pole_probe *probe, const pole_tree *tree, pole_point at, double max_m)
{
    probe->tree = tree;
    probe->reach_m = reach_from(at, max_m);
    /* What the first boxes wait for comes first: the processor works on the rest meanwhile. */
    double sine, cosine;
    pole_sine_cosine(at.lat_deg, &sine, &cosine);
    prepare_metric(probe, sine, cosine);
    prepare_boxes(probe, at, cosine);
    pole_local_prepare(&probe->from, at);
    prepare_poles(probe);
}

double pole_probe_far_bound(const pole_probe *probe, const pole_tree_node *node, unsigned child)
{
    const pole_tree *tree = probe->tree;
    const double south = node->south[child], north = node->north[child];
    const double west = node->west[child], east = node->east[child];
    const double margin = tree->margin_e7;
    double lat_e7 = tree->center_lat_e7 + (south + north) / 2;
    const double lon_e7 = tree->center_lon_e7 + (west + east) / 2;
    const double half_lat = (north - south) / 2 + margin, half_lon = (east - west) / 2 + margin;
    /* A straight line of the map from the middle is nowhere longer than in the metric of the
     * box's widest parallel. */
    const double low = fmax(fabs(lat_e7) - half_lat, 0.0) / 1e7;
    double sine, cosine;
    pole_sine_cosine(fmin(low, 90.0), &sine, &cosine);
    const double y = half_lat * GREATEST_RADIUS_M, x = half_lon * GREATEST_RADIUS_M * cosine;
    const double radius_m = sqrt(y * y + x * x) * RADIANS_PER_E7 * (1.0 + 1e-9) + 1e-6;
    lat_e7 = fmin(fmax(lat_e7, -900000000.0), 900000000.0);
    double distance_m;
    pole_inverse(probe->from.at, (pole_point){lat_e7 / 1e7, lon_e7 / 1e7}, &distance_m, NULL);
    return fmax(distance_m - radius_m, 0.0);
}

double pole_probe_exact(const pole_probe *probe, pole_row row)
{
    double distance_m;
    pole_inverse(probe->from.at, pole_position_at(probe->tree->positions, row), &distance_m, NULL);
    return distance_m;
}

/* Sixteen poles in differences from the point, 1e-7 degrees, and what comes out. */
typedef struct {
    double lat[16], lon[16], squared[16], azimuth[16];
} sixteen;

/* Azimuths as pole_local_bearing() has them, by the series of trig.h, both components multiplied
 * by the radius of the point's parallel, which spares a division each. Loops without branches, in
 * which compilers do several at a time. */
static void tell_sixteen(const pole_local *from, sixteen *x, size_t count)
{
    for (size_t i = 0; i < count; i++)
        x->squared[i] = pole_local_squared(from, x->lat[i], x->lon[i]);
    const double p = from->radius_m * from->cos_lat;
    const double m = sqrt(from->north[0]), change = 0.5 * from->north[1] / from->north[0];
    const double curve = RADIANS_PER_E7 * RADIANS_PER_E7 / 6;
    for (size_t i = 0; i < count; i++) {
        const double d = x->lat[i], lon = x->lon[i] * RADIANS_PER_E7, q = lon * lon;
        const double sine =
            lon * (1.0 - q * (1.0 / 6) * (1.0 - q * (1.0 / 20) * (1.0 - q * (1.0 / 42))));
        const double versine = q * 0.5 * (1.0 - q * (1.0 / 12) * (1.0 - q * (1.0 / 30)));
        const double parallels =
            from->east[0] + d * (from->east[1] + d * (from->east[2] + d * from->east[3]));
        const double along = m * d * (1.0 + d * (change - d * curve));
        const double north = p * along + from->sin_lat * parallels * versine;
        x->azimuth[i] = pole_azimuth(north, parallels * sine) * (180.0 / PI);
    }
}

static void tell_up_to_sixteen(const pole_probe *probe, pole_hit *hits, size_t count)
{
    const pole_local *from = &probe->from;
    const pole_positions *positions = probe->tree->positions;
    sixteen x;
    for (size_t i = 0; i < count; i++) {
        const pole_row row = hits[i].row;
        x.lat[i] = pole_position_lat_e7(positions, row) - from->lat_e7;
        x.lon[i] = pole_local_dlon(from, pole_position_lon_e7(positions, row));
    }
    tell_sixteen(from, &x, count);
    for (size_t i = 0; i < count; i++) {
        hits[i].reserved = 0;
        hits[i].distance_m = sqrt(x.squared[i]);
        const double turn = x.azimuth[i] < 0.0 ? x.azimuth[i] + 360.0 : x.azimuth[i];
        hits[i].bearing_deg = turn < 360.0 ? turn : 0.0;
        if (pole_local_covers(from, x.lat[i], x.lon[i]) &&
            x.squared[i] <= POLE_LOCAL_RANGE_M * POLE_LOCAL_RANGE_M)
            continue;
        pole_inverse(from->at, pole_position_at(positions, hits[i].row), &hits[i].distance_m,
                     &hits[i].bearing_deg);
        if (hits[i].distance_m == 0.0)
            hits[i].bearing_deg = 0.0;
    }
}

void pole_probe_tell(const pole_probe *probe, pole_hit *hits, size_t count)
{
    for (size_t i = 0; i < count; i += 16)
        tell_up_to_sixteen(probe, hits + i, count - i < 16 ? count - i : 16);
}

/* The exact distances of a run of hits. Poles of one place, of which there may be many, ask once.
 */
static void make_exact(const pole_probe *probe, pole_hit *hits, size_t count)
{
    const pole_positions *positions = probe->tree->positions;
    for (size_t i = 0; i < count; i++) {
        const uint8_t *at = positions->bytes + 8 * (size_t)hits[i].row;
        if (i > 0 && memcmp(at, positions->bytes + 8 * (size_t)hits[i - 1].row, 8) == 0)
            hits[i].distance_m = hits[i - 1].distance_m;
        else
            hits[i].distance_m = pole_probe_exact(probe, hits[i].row);
    }
}

void pole_probe_settle(const pole_probe *probe, pole_hit *hits, size_t count)
{
    for (size_t first = 0, end; first < count; first = end) {
        for (end = first + 1; end < count; end++)
            if (hits[end].distance_m - hits[end - 1].distance_m > POLE_PROBE_DOUBT_M)
                break;
        if (end == first + 1)
            continue;
        make_exact(probe, hits + first, end - first);
        pole_hits_sort(hits + first, end - first, POLE_HITS_BY_DISTANCE);
        for (size_t group = first, i = first; group < end; group = i) {
            while (i < end && hits[i].distance_m - hits[group].distance_m < POLE_TIE_M)
                i++;
            pole_hits_sort(hits + group, i - group, POLE_HITS_BY_ROW);
        }
    }
}

size_t pole_probe_drop_far(const pole_probe *probe, pole_hit *hits, size_t count, double max_m)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        const double distance_m = hits[i].distance_m;
        if (distance_m <= max_m - POLE_PROBE_DOUBT_M ||
            (distance_m <= max_m + POLE_PROBE_DOUBT_M &&
             pole_probe_exact(probe, hits[i].row) <= max_m))
            hits[kept++] = hits[i];
    }
    return kept;
}
