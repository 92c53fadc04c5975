/* SPDX-License-Identifier: MIT
 * Distances and bearings of hits, many at a time, and sorting them by estimate. Hot: see
 * tree_hot.h. */
#include "index/tree_hot.h"

/* So many at a time, and in a row. */
#define BATCH 16
#define TOLD 64

static inline pole_sixteen series(const float *terms, int count, pole_sixteen x)
{
    pole_sixteen sum = pole_sixteen_all(terms[count - 1]);
    for (int i = count - 2; i >= 0; i--)
        sum = pole_sixteen_add(pole_sixteen_all(terms[i]), pole_sixteen_multiply(x, sum));
    return sum;
}

static inline pole_sixteen negative(pole_sixteen x)
{
    return pole_sixteen_subtract(pole_sixteen_all(0.0f), x);
}

static inline pole_sixteen times(float factor, pole_sixteen x)
{
    return pole_sixteen_multiply(pole_sixteen_all(factor), x);
}

/* atan(t) / t for q = t^2, |t| <= tan(pi / 8), to 1e-6. In pairs, so that none of the products
 * waits for more than three others. */
static pole_sixteen arc_series(pole_sixteen q)
{
    const pole_sixteen q2 = pole_sixteen_multiply(q, q), q4 = pole_sixteen_multiply(q2, q2);
    const pole_sixteen a = pole_sixteen_add(pole_sixteen_all(1.0f), times(-1.0f / 3, q));
    const pole_sixteen b = pole_sixteen_add(pole_sixteen_all(1.0f / 5), times(-1.0f / 7, q));
    const pole_sixteen c = pole_sixteen_add(pole_sixteen_all(1.0f / 9), times(-1.0f / 11, q));
    const pole_sixteen low = pole_sixteen_add(a, pole_sixteen_multiply(q2, b));
    const pole_sixteen high = pole_sixteen_add(c, times(1.0f / 13, q2));
    return pole_sixteen_add(low, pole_sixteen_multiply(q4, high));
}

/* pole_azimuth() in float, degrees from 0 to below 360: to 2e-5, of which half is float's. */
POLE_ALWAYS_INLINE pole_sixteen azimuths(pole_sixteen north, pole_sixteen east)
{
    const pole_sixteen zero = pole_sixteen_all(0.0f);
    const pole_sixteen n = pole_sixteen_max(north, negative(north));
    const pole_sixteen e = pole_sixteen_max(east, negative(east));
    const pole_sixteen less = pole_sixteen_min(n, e), more = pole_sixteen_max(n, e);
    /* From an eighth of the circle where that is nearer: the tangent is then below tan(pi / 8). */
    const pole_sixteen edge = times(0.41421356f, more);
    const pole_sixteen top =
        pole_sixteen_choose(less, edge, less, pole_sixteen_subtract(less, more));
    const pole_sixteen bottom = pole_sixteen_choose(less, edge, more, pole_sixteen_add(less, more));
    const pole_sixteen t =
        pole_sixteen_divide(top, pole_sixteen_max(bottom, pole_sixteen_all(1e-30f)));
    const pole_sixteen angle =
        times(57.295780f, pole_sixteen_multiply(t, arc_series(pole_sixteen_multiply(t, t))));
    const pole_sixteen eighth =
        pole_sixteen_add(angle, pole_sixteen_choose(less, edge, zero, pole_sixteen_all(45.0f)));
    const pole_sixteen right =
        pole_sixteen_choose(e, n, eighth, pole_sixteen_subtract(pole_sixteen_all(90.0f), eighth));
    const pole_sixteen half = pole_sixteen_choose(
        zero, north, right, pole_sixteen_subtract(pole_sixteen_all(180.0f), right));
    const pole_sixteen round = pole_sixteen_all(360.0f);
    const pole_sixteen whole =
        pole_sixteen_choose(zero, east, half, pole_sixteen_subtract(round, half));
    return pole_sixteen_choose(round, whole, zero, whole);
}

/* pole_local_azimuth() for sixteen, in float. */
POLE_ALWAYS_INLINE pole_sixteen bearings(const pole_probe *probe, pole_sixteen lat,
                                         pole_sixteen lon)
{
    static const float sine_terms[] = {1.0f, -1.0f / 6, 1.0f / 120, -1.0f / 5040};
    static const float versine_terms[] = {0.5f, -1.0f / 24, 1.0f / 720};
    const pole_local *from = &probe->from;
    const float e7 = (float)POLE_HOT_RADIANS, p = (float)(from->radius_m * from->cos_lat);
    const float parallel_terms[] = {p, (float)(from->east[1] / p), (float)(from->east[2] / p),
                                    (float)(from->east[3] / p)};
    const float meridian_terms[] = {
        (float)from->meridian, (float)(from->meridian * from->meridian_change),
        (float)(-from->meridian * (POLE_HOT_RADIANS * POLE_HOT_RADIANS / 6))};
    const pole_sixteen x = times(e7, lon), q = pole_sixteen_multiply(x, x);
    const pole_sixteen sine = pole_sixteen_multiply(x, series(sine_terms, 4, q));
    const pole_sixteen versine = pole_sixteen_multiply(q, series(versine_terms, 3, q));
    const pole_sixteen parallel = series(parallel_terms, 4, lat);
    const pole_sixteen along = pole_sixteen_multiply(lat, series(meridian_terms, 3, lat));
    const pole_sixteen north = pole_sixteen_add(
        along, pole_sixteen_multiply(times((float)from->sin_lat, parallel), versine));
    return azimuths(north, pole_sixteen_multiply(parallel, sine));
}

/* Loops without branches, in which the compiler does several at a time. */
static inline void tell_distances(const pole_probe *probe, const double *lat, const double *lon,
                                  double *distances_m)
{
    for (size_t i = 0; i < BATCH / 2; i++)
        distances_m[i] = sqrt(pole_local_squared(&probe->from, lat[i], lon[i]));
}

static inline void tell_bearings(const pole_probe *probe, const double *lat, const double *lon,
                                 float *bearings_deg)
{
    float lat_f[BATCH], lon_f[BATCH];
    for (size_t i = 0; i < BATCH; i++) {
        lat_f[i] = (float)lat[i];
        lon_f[i] = (float)lon[i];
    }
    const pole_sixteen degrees =
        bearings(probe, pole_sixteen_load(lat_f), pole_sixteen_load(lon_f));
    pole_sixteen_store(bearings_deg, &degrees);
}

void POLE_HOT(pole_probe_tell_near)(const pole_probe *probe, const float *lat, const float *lon,
                                    size_t count, double *distances_m, float *bearings_deg)
{
    /* Exact, and rounded once with the whole units: as if from the position itself. */
    const double lat_rest = probe->from.lat_e7 - probe->lat_e7;
    const double lon_rest = probe->from.lon_e7 - probe->lon_e7[0];
    for (size_t at = 0; at < count; at += BATCH) {
        double north[BATCH], east[BATCH];
        for (size_t i = 0; i < BATCH; i++) {
            north[i] = (double)lat[at + i] - lat_rest;
            east[i] = (double)lon[at + i] - lon_rest;
        }
        tell_distances(probe, north, east, distances_m + at);
        tell_distances(probe, north + BATCH / 2, east + BATCH / 2, distances_m + at + BATCH / 2);
        tell_bearings(probe, north, east, bearings_deg + at);
    }
}

/* Up to TOLD hits, in steps: the processor would wait for what is stored one by one and loaded as a
 * whole right after. */
static void tell_some(const pole_probe *probe, pole_hit *hits, size_t count)
{
    const pole_local *from = &probe->from;
    const pole_positions *positions = probe->tree->positions;
    int32_t lat_e7[TOLD], lon_e7[TOLD];
    double distances_m[TOLD];
    float bearings_deg[TOLD];
    for (size_t i = 0; i < count; i++) {
        lat_e7[i] = pole_position_lat_e7(positions, hits[i].row);
        lon_e7[i] = pole_position_lon_e7(positions, hits[i].row);
    }
    for (size_t i = count; i % BATCH != 0; i++)
        lat_e7[i] = lon_e7[i] = 0;
    for (size_t at = 0; at < count; at += BATCH) {
        double lat[BATCH], lon[BATCH];
        for (size_t i = 0; i < BATCH; i++) {
            lat[i] = lat_e7[at + i] - from->lat_e7;
            lon[i] = pole_local_dlon(from, lon_e7[at + i]);
        }
        tell_distances(probe, lat, lon, distances_m + at);
        if (count - at > BATCH / 2)
            tell_distances(probe, lat + BATCH / 2, lon + BATCH / 2, distances_m + at + BATCH / 2);
        tell_bearings(probe, lat, lon, bearings_deg + at);
    }
    for (size_t i = 0; i < count; i++) {
        hits[i].reserved = 0;
        hits[i].distance_m = distances_m[i];
        hits[i].bearing_deg = (double)bearings_deg[i];
    }
}

bool POLE_HOT(pole_probe_tell)(const pole_probe *probe, pole_hit *hits, size_t count)
{
    bool close = false;
    for (size_t i = 0; i < count; i += TOLD)
        tell_some(probe, hits + i, count - i < TOLD ? count - i : TOLD);
    for (size_t i = 1; i < count; i++)
        close |= !(hits[i].distance_m - hits[i - 1].distance_m > POLE_PROBE_DOUBT_M);
    return !close;
}

/* Each one's rank is how many are not above it: no branch that could not be foreseen, and sixteen
 * at a time. The seven lowest binary digits of an estimate give way to where it stands, so that no
 * two are equal. */
#define FEW 128
#define ROUND 64 /* so many ranks are counted at once: what registers hold */

static inline void rank_blocks(const float *distinct, size_t count, size_t first, size_t used,
                               uint32_t *ranks)
{
    pole_sixteen blocks[ROUND / BATCH], tallies[ROUND / BATCH];
    for (size_t b = 0; b < used; b++) {
        blocks[b] = pole_sixteen_load(distinct + first + BATCH * b);
        tallies[b] = pole_sixteen_all(0.0f);
    }
    for (size_t j = 0; j < count; j++) {
        const pole_sixteen one = pole_sixteen_all(distinct[j]);
        for (size_t b = 0; b < used; b++)
            tallies[b] = pole_sixteen_tally(tallies[b], one, blocks[b]);
    }
    for (size_t b = 0; b < used; b++)
        pole_sixteen_tally_store(ranks + first + BATCH * b, tallies[b]);
}

/* A number of blocks that the compiler knows is one loop, not two. */
static void rank_round(const float *distinct, size_t count, size_t first, uint32_t *ranks)
{
    switch ((count - first - 1) / BATCH) {
    case 0:
        rank_blocks(distinct, count, first, 1, ranks);
        break;
    case 1:
        rank_blocks(distinct, count, first, 2, ranks);
        break;
    case 2:
        rank_blocks(distinct, count, first, 3, ranks);
        break;
    default:
        rank_blocks(distinct, count, first, 4, ranks);
        break;
    }
}

static void order_few(const float *estimates, size_t count, uint32_t *order)
{
    float distinct[FEW];
    uint32_t ranks[FEW];
    for (size_t i = 0; i < count; i++) {
        uint32_t bits;
        memcpy(&bits, estimates + i, sizeof bits);
        bits = (bits & ~(uint32_t)(FEW - 1)) | (uint32_t)i;
        memcpy(distinct + i, &bits, sizeof bits);
    }
    for (size_t i = count; i % BATCH != 0; i++)
        distinct[i] = INFINITY;
    for (size_t first = 0; first < count; first += ROUND)
        rank_round(distinct, count, first, ranks);
    for (size_t i = 0; i < count; i++)
        order[ranks[i] - 1] = (uint32_t)i;
}

/* By eight binary digits of the estimate after the other. */
static void order_many(const float *estimates, size_t count, uint32_t *order)
{
    enum { DIGITS = 8, VALUES = 1 << DIGITS, PASSES = 4, MOST = 1024 };
    uint32_t other[MOST], bits[MOST];
    uint32_t starts[PASSES][VALUES] = {{0}};
    memcpy(bits, estimates, count * sizeof *bits);
    for (size_t i = 0; i < count; i++) {
        order[i] = (uint32_t)i;
        for (unsigned pass = 0; pass < PASSES; pass++)
            starts[pass][bits[i] >> DIGITS * pass & (VALUES - 1)]++;
    }
    uint32_t *from = order, *to = other;
    for (unsigned pass = 0; pass < PASSES; pass++) {
        for (uint32_t i = 0, sum = 0; i < VALUES; i++) {
            const uint32_t many = starts[pass][i];
            starts[pass][i] = sum;
            sum += many;
        }
        for (size_t i = 0; i < count; i++)
            to[starts[pass][bits[from[i]] >> DIGITS * pass & (VALUES - 1)]++] = from[i];
        uint32_t *const kept = from;
        from = to;
        to = kept;
    }
    memcpy(order, from, count * sizeof *order);
}

void POLE_HOT(pole_estimates_order)(const float *estimates, size_t count, uint32_t *order)
{
    if (count <= FEW)
        order_few(estimates, count, order);
    else
        order_many(estimates, count, order);
}
