/* SPDX-License-Identifier: MIT
 *
 * The flat map's arithmetic. */
#include "plane.h"

#include "random.h"

/* 32768 sin(i / 64 of a quarter turn), rounded. */
static const int32_t quarter_sine[65] = {
    0,     804,   1608,  2411,  3212,  4011,  4808,  5602,  6393,  7180,  7962,  8740,  9512,
    10279, 11039, 11793, 12540, 13279, 14010, 14733, 15447, 16151, 16846, 17531, 18205, 18868,
    19520, 20160, 20788, 21403, 22006, 22595, 23170, 23732, 24279, 24812, 25330, 25833, 26320,
    26791, 27246, 27684, 28106, 28511, 28899, 29269, 29622, 29957, 30274, 30572, 30853, 31114,
    31357, 31581, 31786, 31972, 32138, 32286, 32413, 32522, 32610, 32679, 32729, 32758, 32768};

/* atan(2^-i) in 2^-32 of a turn, rounded: the angles of Volder's CORDIC. */
static const int64_t cordic_angle[20] = {536870912, 316933406, 167458907, 85004756, 42667331,
                                         21354465,  10679838,  5340245,   2670163,  1335087,
                                         667544,    333772,    166886,    83443,    41722,
                                         20861,     10430,     5215,      2608,     1304};

int32_t plane_sin(turn16 angle)
{
    uint32_t inside = angle & 16383u;
    bool falling = (angle & 16384u) != 0;
    uint32_t place = falling ? 16384u - inside : inside;
    uint32_t step = place >> 8;
    int32_t low = quarter_sine[step];
    int32_t high = quarter_sine[step < 64 ? step + 1 : 64];
    int32_t value = low + (high - low) * (int32_t)(place & 255u) / 256;
    return (angle & 32768u) ? -value : value;
}

int32_t plane_cos(turn16 angle)
{
    return plane_sin((turn16)(angle + PLANE_QUARTER));
}

turn16 plane_angle(int64_t x, int64_t y)
{
    int64_t turn = 0;
    if (x == 0 && y == 0)
        return 0;
    if (x < 0) {
        turn = (int64_t)1 << 31;
        x = -x;
        y = -y;
    }
    x *= 1 << 16; /* so that small vectors lose nothing to the shifts */
    y *= 1 << 16;
    for (int i = 0; i < 20; i++) {
        int64_t dx = y / ((int64_t)1 << i);
        int64_t dy = x / ((int64_t)1 << i);
        if (y > 0) {
            x += dx;
            y -= dy;
            turn += cordic_angle[i];
        } else {
            x -= dx;
            y += dy;
            turn -= cordic_angle[i];
        }
    }
    return (turn16)((uint64_t)(turn + (1 << 15)) >> 16);
}

struct heading plane_heading(turn16 angle)
{
    return (struct heading){plane_cos(angle) / 2, plane_sin(angle) / 2};
}

uint32_t plane_root(uint64_t square)
{
    uint64_t root = 0;
    for (uint64_t bit = (uint64_t)1 << 31; bit != 0; bit >>= 1) {
        uint64_t larger = root | bit;
        if (larger * larger <= square)
            root = larger;
    }
    return (uint32_t)root;
}

int64_t plane_distance2(struct spot a, struct spot b)
{
    int64_t dx = (int64_t)a.x_cm - b.x_cm;
    int64_t dy = (int64_t)a.y_cm - b.y_cm;
    return dx * dx + dy * dy;
}

int32_t plane_distance(struct spot a, struct spot b)
{
    return (int32_t)plane_root((uint64_t)plane_distance2(a, b));
}

int32_t plane_ahead(struct spot from, struct heading along, struct spot at)
{
    int64_t dx = (int64_t)at.x_cm - from.x_cm;
    int64_t dy = (int64_t)at.y_cm - from.y_cm;
    return (int32_t)((dx * along.x + dy * along.y) / PLANE_UNIT);
}

int32_t plane_left(struct spot from, struct heading along, struct spot at)
{
    return plane_ahead(from, (struct heading){-along.y, along.x}, at);
}

struct spot plane_move(struct spot from, struct heading along, int32_t ahead_cm, int32_t left_cm)
{
    int64_t dx = (int64_t)along.x * ahead_cm - (int64_t)along.y * left_cm;
    int64_t dy = (int64_t)along.y * ahead_cm + (int64_t)along.x * left_cm;
    return (struct spot){(int32_t)(from.x_cm + dx / PLANE_UNIT),
                         (int32_t)(from.y_cm + dy / PLANE_UNIT)};
}

static int64_t floor_divide(int64_t a, int64_t b)
{
    int64_t quotient = a / b;
    return a % b < 0 ? quotient - 1 : quotient;
}

static int64_t corner(uint64_t seed, int64_t i, int64_t j)
{
    return random_between(random_hash(seed, (uint64_t)i, (uint64_t)j), -32768, 32767);
}

int32_t plane_noise(uint64_t seed, struct spot at, int32_t grain_cm)
{
    int64_t i = floor_divide(at.x_cm, grain_cm);
    int64_t j = floor_divide(at.y_cm, grain_cm);
    int64_t u = (at.x_cm - i * grain_cm) * 1024 / grain_cm;
    int64_t v = (at.y_cm - j * grain_cm) * 1024 / grain_cm;
    u = u * u * (3 * 1024 - 2 * u) / (1024 * 1024); /* smoothstep: no kinks at the corners */
    v = v * v * (3 * 1024 - 2 * v) / (1024 * 1024);
    int64_t south = corner(seed, i, j) * (1024 - u) + corner(seed, i + 1, j) * u;
    int64_t north = corner(seed, i, j + 1) * (1024 - u) + corner(seed, i + 1, j + 1) * u;
    return (int32_t)((south * (1024 - v) + north * v) / (1024 * 1024));
}

/* A degree of longitude at this latitude, in centimetres: the ellipsoid of WGS 84 to its first
 * order, a cos(lat) (1 + e2 sin2(lat) / 2) pi / 180; good to a few metres in a hundred kilometres,
 * which is enough, for the same rule leads there and back. */
static int64_t cm_per_lon_deg(int64_t lat_e7)
{
    /* 2^32 / 360 of a turn a degree: finer than turn16, so interpolate between two of its steps */
    int64_t turn = lat_e7 * 65536 / 360;
    int64_t step = floor_divide(turn, 10000000);
    int64_t part = turn - step * 10000000;
    int64_t low = plane_cos((turn16)step);
    int64_t high = plane_cos((turn16)(step + 1));
    int64_t cosine = low * 1024 + (high - low) * 1024 * (part / 100) / 100000; /* 2^25 */
    int64_t sine2 = ((int64_t)1 << 25) - cosine * cosine / ((int64_t)1 << 25);
    int64_t stretch = 1000000000 + sine2 * 3347190 / ((int64_t)1 << 25); /* e2 / 2 = 0.00334719 */
    return 11131949 * cosine / ((int64_t)1 << 25) * stretch / 1000000000;
}

struct origin plane_origin(int32_t lat_e7, int32_t lon_e7)
{
    int64_t sine = plane_sin((turn16)((int64_t)lat_e7 * 65536 / 360 / 10000000));
    /* a (1 - e2) (1 + 3/2 e2 sin2(lat)) pi / 180 */
    int64_t cm = 11057427 + 111027 * sine / 32768 * sine / 32768;
    return (struct origin){lat_e7, lon_e7, cm};
}

void plane_to_degrees(const struct origin *origin, struct spot at, int32_t *lat_e7, int32_t *lon_e7)
{
    int64_t lat =
        origin->lat_e7 + floor_divide((int64_t)at.y_cm * 10000000, origin->cm_per_lat_deg);
    *lat_e7 = (int32_t)lat;
    *lon_e7 =
        (int32_t)(origin->lon_e7 + floor_divide((int64_t)at.x_cm * 10000000, cm_per_lon_deg(lat)));
}

bool plane_from_degrees(const struct origin *origin, int32_t lat_e7, int32_t lon_e7,
                        struct spot *at)
{
    int64_t north = ((int64_t)lat_e7 - origin->lat_e7) * origin->cm_per_lat_deg / 10000000;
    int64_t east = ((int64_t)lon_e7 - origin->lon_e7) * cm_per_lon_deg(lat_e7) / 10000000;
    if (north < -20000000 || north > 20000000 || east < -20000000 || east > 20000000)
        return false;
    *at = (struct spot){(int32_t)east, (int32_t)north};
    return true;
}
