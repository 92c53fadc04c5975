/* SPDX-License-Identifier: MIT
 *
 * Questions to the atlas: town or country, whose district, which way do the streets run. */
#include "atlas.h"

#include "random.h"

#include <stddef.h>

enum { FAR_FROM_WATER_CM = 1000000000 };

int32_t atlas_town(const struct atlas *atlas, struct spot at)
{
    int64_t best = -4096;
    int64_t ragged =
        plane_noise(atlas->seed ^ 0x70, at, 90000) + plane_noise(atlas->seed ^ 0x71, at, 30000) / 2;
    for (int32_t i = 0; i < atlas->quarter_count; i++) {
        const struct quarter *q = &atlas->quarters[i];
        int64_t radius = q->radius_cm / 100;
        int64_t d2 = plane_distance2(at, q->centre) / 10000;
        int64_t inside = 1024 - d2 * 1024 / (radius * radius);
        if (inside > best)
            best = inside;
    }
    return (int32_t)(best + ragged * 300 / 32768);
}

static const struct quarter *quarter_at(const struct atlas *atlas, struct spot at)
{
    const struct quarter *best = &atlas->quarters[0];
    int64_t best_power = INT64_MAX;
    bool north = false;
    bool divided = atlas->river_count > 0;
    if (divided)
        atlas_dry(atlas, at, &north);
    for (int32_t i = 0; i < atlas->quarter_count; i++) {
        const struct quarter *q = &atlas->quarters[i];
        if (divided && q->north != north)
            continue; /* a quarter never reaches over the river */
        int64_t radius = q->radius_cm;
        int64_t power = plane_distance2(at, q->centre) - radius * radius;
        if (power < best_power) {
            best_power = power;
            best = q;
        }
    }
    return best;
}

static struct spot warped(const struct atlas *atlas, struct spot at, int32_t by_cm)
{
    at.x_cm += (int32_t)((int64_t)plane_noise(atlas->seed ^ 0x72, at, 80000) * by_cm / 32768);
    at.y_cm += (int32_t)((int64_t)plane_noise(atlas->seed ^ 0x73, at, 80000) * by_cm / 32768);
    return at;
}

int32_t atlas_district(const struct atlas *atlas, struct spot at)
{
    if (atlas->district_count == 1)
        return 0;
    return quarter_at(atlas, warped(atlas, at, 20000))->district;
}

int32_t atlas_age(const struct atlas *atlas, struct spot at)
{
    return quarter_at(atlas, at)->age;
}

/* The river's nearest piece to a spot. */
struct bank {
    int64_t distance_cm; /* to the river's line */
    int64_t half_width_cm;
    bool left;
    turn16 angle;
};

static struct bank bank_at(const struct atlas *atlas, struct spot at)
{
    struct bank bank = {FAR_FROM_WATER_CM, 0, true, 0};
    int64_t best2 = INT64_MAX;
    int64_t best_dx = 1, best_dy = 0;
    for (int32_t i = 0; i + 1 < atlas->river_count; i++) {
        const struct river_point *a = &atlas->river[i], *b = a + 1;
        int64_t dx = (int64_t)b->at.x_cm - a->at.x_cm;
        int64_t dy = (int64_t)b->at.y_cm - a->at.y_cm;
        int64_t px = (int64_t)at.x_cm - a->at.x_cm;
        int64_t py = (int64_t)at.y_cm - a->at.y_cm;
        int64_t wide = px < 0 ? -px : px, high = py < 0 ? -py : py;
        int64_t least = (wide > high ? wide : high) - a->length_cm;
        if (least > 0 && least * least > best2)
            continue;
        int64_t along = px * dx + py * dy;
        int64_t length2 = dx * dx + dy * dy;
        int64_t share = along <= 0 ? 0 : along >= length2 ? 4096 : along / (length2 / 4096 + 1);
        struct spot foot = {(int32_t)(a->at.x_cm + dx * share / 4096),
                            (int32_t)(a->at.y_cm + dy * share / 4096)};
        int64_t d2 = plane_distance2(at, foot);
        if (d2 >= best2)
            continue;
        best2 = d2;
        best_dx = dx;
        best_dy = dy;
        bank.left = dx * py - dy * px > 0;
        bank.half_width_cm =
            a->half_width_cm + ((int64_t)b->half_width_cm - a->half_width_cm) * share / 4096;
    }
    if (atlas->river_count > 1)
        bank.distance_cm = plane_root((uint64_t)best2);
    bank.angle = plane_angle(best_dx, best_dy);
    return bank;
}

int32_t atlas_dry(const struct atlas *atlas, struct spot at, bool *left)
{
    struct bank bank = bank_at(atlas, at);
    if (left != NULL)
        *left = bank.left;
    return (int32_t)(bank.distance_cm - bank.half_width_cm);
}

/* Streets meet at right angles, so a direction counts the same four times in a turn: directions
 * are blended as vectors of four times their angle (a cross field). */
struct blend {
    int64_t x, y;
};

static void blend_add(struct blend *sum, turn16 angle, int64_t weight)
{
    turn16 fourfold = (turn16)(angle * 4u);
    sum->x += plane_cos(fourfold) * weight / 64;
    sum->y += plane_sin(fourfold) * weight / 64;
}

turn16 atlas_grid(const struct atlas *atlas, struct spot at)
{
    struct blend sum = {0, 0};
    for (int32_t i = 0; i < atlas->quarter_count; i++) {
        const struct quarter *q = &atlas->quarters[i];
        int64_t radius2 = (int64_t)(q->radius_cm / 100) * (q->radius_cm / 100);
        int64_t d2 = plane_distance2(at, q->centre) / 10000;
        int64_t weight = radius2 * 16384 / (radius2 + 2 * d2);
        weight = weight * weight / 16384;
        weight = weight * weight / 16384;
        blend_add(&sum, q->grid, weight);
    }
    if (atlas->river_count > 0) { /* near the water, streets follow the bank */
        struct bank bank = bank_at(atlas, at);
        int64_t dry_m = (bank.distance_cm - bank.half_width_cm) / 100;
        dry_m = dry_m < 0 ? 0 : dry_m;
        int64_t weight = 700 * 16384 / (700 + dry_m);
        blend_add(&sum, bank.angle, weight * weight / 16384 * weight / 16384 * 2);
    }
    if (atlas->heart_count > 0) {
        struct spot heart = atlas->quarters[0].centre;
        blend_add(&sum, plane_angle((int64_t)at.x_cm - heart.x_cm, (int64_t)at.y_cm - heart.y_cm),
                  2600);
    }
    int32_t fourfold = (int16_t)plane_angle(sum.x, sum.y);
    int32_t sway = plane_noise(atlas->seed ^ 0x74, at, 140000) / 22 +
                   plane_noise(atlas->seed ^ 0x75, at, 45000) / 48;
    return (turn16)(fourfold / 4 + sway);
}
