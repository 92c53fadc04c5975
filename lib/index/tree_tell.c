/* SPDX-License-Identifier: MIT
 * Distances and bearings of hits, many at a time, and sorting them by estimate. Hot: see
 * tree_hot.h. */
#include "index/tree_hot.h"

/* So many at a time. */
#define BATCH 16

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

/* pole_azimuth() in float, degrees from 0 to 360: to 2e-5, of which half is float's. */
static pole_sixteen azimuths(pole_sixteen north, pole_sixteen east)
{
    static const float terms[] = {1.0f,     -1.0f / 3,  1.0f / 5, -1.0f / 7,
                                  1.0f / 9, -1.0f / 11, 1.0f / 13};
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
        times(57.295780f, pole_sixteen_multiply(t, series(terms, 7, pole_sixteen_multiply(t, t))));
    const pole_sixteen eighth =
        pole_sixteen_add(angle, pole_sixteen_choose(less, edge, zero, pole_sixteen_all(45.0f)));
    const pole_sixteen right =
        pole_sixteen_choose(e, n, eighth, pole_sixteen_subtract(pole_sixteen_all(90.0f), eighth));
    const pole_sixteen half = pole_sixteen_choose(
        zero, north, right, pole_sixteen_subtract(pole_sixteen_all(180.0f), right));
    return pole_sixteen_choose(zero, east, half,
                               pole_sixteen_subtract(pole_sixteen_all(360.0f), half));
}

/* pole_local_azimuth() for sixteen, in float. */
static pole_sixteen bearings(const pole_probe *probe, pole_sixteen lat, pole_sixteen lon)
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

/* Loops without branches, in which the compiler does several at a time. Returns whether each is
 * farther than the one before by more than could be a tie. */
static bool tell_batch(const pole_probe *probe, pole_hit *hits, size_t count, double *last_m)
{
    const pole_local *from = &probe->from;
    const pole_positions *positions = probe->tree->positions;
    double lat[BATCH], lon[BATCH], distance[BATCH + 1];
    float lat_f[BATCH] = {0}, lon_f[BATCH] = {0}, bearing[BATCH];
    for (size_t i = 0; i < count; i++) {
        lat[i] = pole_position_lat_e7(positions, hits[i].row) - from->lat_e7;
        lon[i] = pole_local_dlon(from, pole_position_lon_e7(positions, hits[i].row));
        lat_f[i] = (float)lat[i];
        lon_f[i] = (float)lon[i];
    }
    distance[0] = *last_m;
    for (size_t i = 0; i < count; i++)
        distance[i + 1] = sqrt(pole_local_squared(from, lat[i], lon[i]));
    const pole_sixteen degrees =
        bearings(probe, pole_sixteen_load(lat_f), pole_sixteen_load(lon_f));
    pole_sixteen_store(bearing, &degrees);
    unsigned close = 0;
    for (size_t i = 0; i < count; i++) {
        close |= !(distance[i + 1] - distance[i] > POLE_PROBE_DOUBT_M);
        hits[i].reserved = 0;
        hits[i].distance_m = distance[i + 1];
        hits[i].bearing_deg = bearing[i] < 360.0f ? (double)bearing[i] : 0.0;
    }
    *last_m = distance[count];
    return close == 0;
}

bool POLE_HOT(pole_probe_tell)(const pole_probe *probe, pole_hit *hits, size_t count)
{
    double last_m = -1.0;
    bool apart = true;
    for (size_t i = 0; i < count; i += BATCH)
        apart &= tell_batch(probe, hits + i, count - i < BATCH ? count - i : BATCH, &last_m);
    return apart;
}

/* Each one's rank is how many are not above it: no branch that could not be foreseen, and sixteen
 * at a time. The six lowest binary digits of an estimate give way to where it stands, so that no
 * two are equal. */
#define FEW 64
static void order_few(const float *estimates, size_t count, uint32_t *order)
{
    float distinct[FEW];
    uint32_t ranks[FEW];
    pole_sixteen blocks[FEW / BATCH], tallies[FEW / BATCH];
    for (size_t i = 0; i < count; i++) {
        uint32_t bits;
        memcpy(&bits, estimates + i, sizeof bits);
        bits = (bits & ~(uint32_t)(FEW - 1)) | (uint32_t)i;
        memcpy(distinct + i, &bits, sizeof bits);
    }
    for (size_t i = count; i < FEW; i++)
        distinct[i] = INFINITY;
    for (size_t b = 0; b < FEW / BATCH; b++) {
        blocks[b] = pole_sixteen_load(distinct + BATCH * b);
        tallies[b] = pole_sixteen_all(0.0f);
    }
    const size_t used = (count + BATCH - 1) / BATCH;
    for (size_t j = 0; j < count; j++) {
        const pole_sixteen one = pole_sixteen_all(distinct[j]);
        for (size_t b = 0; b < FEW / BATCH && b < used; b++)
            tallies[b] = pole_sixteen_tally(tallies[b], one, blocks[b]);
    }
    for (size_t b = 0; b < FEW / BATCH && b < used; b++)
        pole_sixteen_tally_store(ranks + BATCH * b, tallies[b]);
    for (size_t i = 0; i < count; i++)
        order[ranks[i] - 1] = (uint32_t)i;
}

/* By eleven binary digits of the estimate after the other; its sign is always the same. */
static void order_many(const float *estimates, size_t count, uint32_t *order)
{
    enum { DIGITS = 11, VALUES = 1 << DIGITS, MOST = 1024 };
    uint32_t other[MOST], bits[MOST];
    memcpy(bits, estimates, count * sizeof *bits);
    for (size_t i = 0; i < count; i++)
        order[i] = (uint32_t)i;
    uint32_t *from = order, *to = other;
    for (unsigned shift = 0; shift < 33; shift += DIGITS) {
        uint32_t starts[VALUES] = {0};
        for (size_t i = 0; i < count; i++)
            starts[bits[i] >> shift & (VALUES - 1)]++;
        for (uint32_t i = 0, sum = 0; i < VALUES; i++) {
            const uint32_t many = starts[i];
            starts[i] = sum;
            sum += many;
        }
        for (size_t i = 0; i < count; i++)
            to[starts[bits[from[i]] >> shift & (VALUES - 1)]++] = from[i];
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
