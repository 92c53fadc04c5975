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

/* The river's nearest piece: its distance, side and half width. */
int32_t atlas_dry(const struct atlas *atlas, struct spot at, bool *left)
{
    int64_t best2 = INT64_MAX;
    int64_t half_width = 0;
    bool is_left = true;
    for (int32_t i = 0; i + 1 < atlas->river_count; i++) {
        struct spot a = atlas->river[i].at;
        struct spot b = atlas->river[i + 1].at;
        int64_t dx = (int64_t)b.x_cm - a.x_cm;
        int64_t dy = (int64_t)b.y_cm - a.y_cm;
        int64_t px = (int64_t)at.x_cm - a.x_cm;
        int64_t py = (int64_t)at.y_cm - a.y_cm;
        int64_t length2 = dx * dx + dy * dy;
        int64_t along = px * dx + py * dy;
        int64_t share = along <= 0 ? 0 : along >= length2 ? 4096 : along / (length2 / 4096 + 1);
        struct spot foot = {(int32_t)(a.x_cm + dx * share / 4096),
                            (int32_t)(a.y_cm + dy * share / 4096)};
        int64_t d2 = plane_distance2(at, foot);
        if (d2 < best2) {
            best2 = d2;
            is_left = dx * py - dy * px > 0;
            half_width =
                atlas->river[i].half_width_cm +
                ((int64_t)atlas->river[i + 1].half_width_cm - atlas->river[i].half_width_cm) *
                    share / 4096;
        }
    }
    if (left != NULL)
        *left = is_left;
    if (atlas->river_count == 0)
        return FAR_FROM_WATER_CM;
    return (int32_t)((int64_t)plane_root((uint64_t)best2) - half_width);
}

/* The river's direction at its nearest point. */
static turn16 river_angle(const struct atlas *atlas, struct spot at)
{
    int32_t best = 0;
    int64_t best2 = INT64_MAX;
    for (int32_t i = 1; i + 1 < atlas->river_count; i++) {
        int64_t d2 = plane_distance2(at, atlas->river[i].at);
        if (d2 < best2) {
            best2 = d2;
            best = i;
        }
    }
    struct spot a = atlas->river[best > 0 ? best - 1 : 0].at;
    struct spot b = atlas->river[best + 1].at;
    return plane_angle((int64_t)b.x_cm - a.x_cm, (int64_t)b.y_cm - a.y_cm);
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
        int64_t dry_m = atlas_dry(atlas, at, NULL) / 100;
        if (dry_m < 0)
            dry_m = 0;
        int64_t weight = 700 * 16384 / (700 + dry_m);
        blend_add(&sum, river_angle(atlas, at), weight * weight / 16384 * weight / 16384 * 2);
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
