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

static int32_t nearest_integer(double x)
{
    return (int32_t)(x < 0.0 ? x - 0.5 : x + 0.5);
}

/* 1 - q (1/2 - q (1/24 - q / 720)) is below cos(sqrt q) from 0 to pi / 2, by 0.0009 at most. */
static double cosine_below(double lat_deg)
{
    const double r = lat_deg * (PI / 180.0), q = r * r;
    const double series = 1.0 - q * (0.5 - q * (1.0 / 24 - q * (1.0 / 720)));
    return series > 0.0 ? series : 0.0;
}

/* The flat metric as in geodesic.h (pole_box_near), but all that it takes is replaced by something
 * cheap that is lower: a bound that is lower by a hundredth opens hardly a box more, and the
 * search need not wait for sines and roots. */
static void set_reach(pole_probe *probe, double reach_m, double p)
{
    const double lowered = (1.0 - 1e-6) * RADIANS_PER_E7;
    /* No parallel in reach is shorter than this: a step towards the pole takes off no more than
     * its own length times the greatest curvature's. */
    const double p_least = p - reach_m * (1.0 + 1e-6) * (GREATEST_RADIUS_M / LEAST_RADIUS_M);
    probe->reach_m = reach_m;
    probe->lat_m = (float)(LEAST_RADIUS_M * lowered);
    probe->lon_m = p_least > 0.0 ? (float)(p_least * lowered) : 0.0f;
    /* The longitudes of a circle of the reach: asin(d / p) of it, with plenty to spare. */
    const double space_e7 = ROUND_E7 / 2 - fabs(probe->at.lon_deg) * 1e7;
    probe->copies = space_e7 * RADIANS_PER_E7 * (p - reach_m) <= 1.05 * reach_m ? 2 : 1;
}

void pole_probe_begin(pole_probe *probe, const pole_tree *tree, pole_point at, double max_m)
{
    probe->tree = tree;
    probe->at = at;
    const double lat_e7 = at.lat_deg * 1e7, lon_e7 = at.lon_deg * 1e7;
    const double lat = lat_e7 - tree->center_lat_e7;
    const double lat_margin = tree->margin_e7 + fabs(lat) * 0x1p-23;
    probe->south = (float)(lat - lat_margin);
    probe->north = (float)(lat + lat_margin);
    const double reach_m = fabs(at.lat_deg) <= POLE_LOCAL_MAX_LAT_DEG ? POLE_LOCAL_RANGE_M : 0.0;
    set_reach(probe, max_m < reach_m ? max_m : reach_m, POLE_WGS84_A_M * cosine_below(at.lat_deg));
    pole_sine_cosine(at.lat_deg, &probe->sine, &probe->cosine);
    const double other = lon_e7 > 0.0 ? -ROUND_E7 : ROUND_E7;
    for (unsigned i = 0; i < probe->copies; i++) {
        const double lon = lon_e7 + (i ? other : 0.0) - tree->center_lon_e7;
        const double lon_margin = tree->margin_e7 + fabs(lon) * 0x1p-23;
        probe->west[i] = (float)(lon - lon_margin);
        probe->east[i] = (float)(lon + lon_margin);
    }
}

bool pole_probe_look_far(pole_probe *probe, double max_m)
{
    const pole_local *from = &probe->from;
    const double p = from->radius_m * from->cos_lat;
    const pole_probe near = *probe;
    if (!(max_m > POLE_LOCAL_RANGE_M) || !(fabs(probe->at.lat_deg) <= POLE_PROBE_FAR_LAT_DEG))
        return false;
    set_reach(probe, max_m < POLE_PROBE_FAR_REACH_M ? max_m : POLE_PROBE_FAR_REACH_M, p);
    if (probe->copies > 1) {
        *probe = near;
        return false;
    }
    const double k2 = RADIANS_PER_E7 * RADIANS_PER_E7;
    for (unsigned i = 0; i < 4; i++) {
        probe->far_north[i] = (float)from->north[i];
        probe->far_east[i] = (float)(k2 * from->east[i]);
    }
    probe->far_curve[0] = (float)from->curve_north;
    probe->far_curve[1] = (float)from->curve_slope;
    probe->far_curve[2] = (float)from->curve_east;
    probe->far_lat_e7 = (float)(1.05 * POLE_PROBE_FAR_REACH_M / (LEAST_RADIUS_M * RADIANS_PER_E7));
    probe->far_lon_e7 =
        (float)(1.05 * POLE_PROBE_FAR_REACH_M / ((p - POLE_PROBE_FAR_REACH_M) * RADIANS_PER_E7));
    probe->doubt = 0.0f;
    return true;
}

void pole_probe_finish(pole_probe *probe)
{
    pole_local *from = &probe->from;
    pole_local_prepare_from(from, probe->at, probe->sine, probe->cosine);
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
    pole_inverse(probe->at, (pole_point){lat_e7 / 1e7, lon_e7 / 1e7}, &distance_m, NULL);
    return fmax(distance_m - radius_m, 0.0);
}

double pole_probe_exact(const pole_probe *probe, pole_row row)
{
    double distance_m;
    pole_inverse(probe->at, pole_position_at(probe->tree->positions, row), &distance_m, NULL);
    return distance_m;
}

bool pole_probe_tell_far(const pole_probe *probe, pole_hit *hits, size_t count)
{
    const pole_local *from = &probe->from;
    const pole_positions *positions = probe->tree->positions;
    bool changed = false;
    for (size_t i = 0; i < count; i++) {
        /* At the earth's poles the short formula says anything, and near too. */
        if (hits[i].distance_m <= POLE_LOCAL_RANGE_M && probe->reach_m > 0.0)
            continue;
        pole_inverse(from->at, pole_position_at(positions, hits[i].row), &hits[i].distance_m,
                     &hits[i].bearing_deg);
        changed = true;
    }
    return changed;
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
