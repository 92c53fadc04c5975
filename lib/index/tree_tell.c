/* SPDX-License-Identifier: MIT
 * Distances and bearings of hits, many at a time, and sorting them by estimate. Hot: see
 * tree_hot.h. */
#include "index/tree_hot.h"

/* So many at a time. */
#define BATCH 16

/* Loops without branches, in which the compiler does several at a time. */
static void tell_batch(const pole_probe *probe, pole_hit *hits, size_t count)
{
    const pole_local *from = &probe->from;
    const pole_positions *positions = probe->tree->positions;
    double lat[BATCH], lon[BATCH], distance[BATCH], bearing[BATCH];
    for (size_t i = 0; i < count; i++) {
        lat[i] = pole_position_lat_e7(positions, hits[i].row) - from->lat_e7;
        lon[i] = pole_position_lon_e7(positions, hits[i].row);
    }
    for (size_t i = 0; i < count; i++)
        lon[i] = pole_local_dlon(from, lon[i]);
    for (size_t i = 0; i < count; i++)
        distance[i] = sqrt(pole_local_squared(from, lat[i], lon[i]));
    for (size_t i = 0; i < count; i++)
        bearing[i] = pole_bearing_turned(pole_bearing_of(probe, lat[i], lon[i]));
    for (size_t i = 0; i < count; i++) {
        hits[i].reserved = 0;
        hits[i].distance_m = distance[i];
        hits[i].bearing_deg = bearing[i];
    }
}

void POLE_HOT(pole_probe_tell)(const pole_probe *probe, pole_hit *hits, size_t count)
{
    for (size_t i = 0; i < count; i += BATCH)
        tell_batch(probe, hits + i, count - i < BATCH ? count - i : BATCH);
}

/* Each one's rank is how many are less: no branch that could not be foreseen. Estimates are told
 * apart by 17 binary digits, and by where they stand. */
#define FEW 64
static void sort_few(pole_candidate_key *keys, size_t count, pole_candidate_key *room)
{
    int32_t short_keys[FEW];
    for (size_t i = 0; i < count; i++)
        short_keys[i] = (int32_t)((uint32_t)(keys[i] >> 32) & ~(uint32_t)(FEW - 1)) | (int32_t)i;
    for (size_t i = 0; i < count; i++) {
        int32_t rank = 0;
        for (size_t j = 0; j < count; j++)
            rank += short_keys[j] < short_keys[i];
        room[rank] = keys[i];
    }
    memcpy(keys, room, count * sizeof *keys);
}

/* By one byte of the estimate after the other. */
static void sort_many(pole_candidate_key *keys, size_t count, pole_candidate_key *room)
{
    for (unsigned shift = 32; shift < 64; shift += 8) {
        uint32_t places[256] = {0};
        for (size_t i = 0; i < count; i++)
            places[keys[i] >> shift & 255]++;
        for (uint32_t i = 0, sum = 0; i < 256; i++) {
            const uint32_t many = places[i];
            places[i] = sum;
            sum += many;
        }
        for (size_t i = 0; i < count; i++)
            room[places[keys[i] >> shift & 255]++] = keys[i];
        memcpy(keys, room, count * sizeof *keys);
    }
}

void POLE_HOT(pole_keys_sort)(pole_candidate_key *keys, size_t count, pole_candidate_key *room)
{
    if (count <= FEW)
        sort_few(keys, count, room);
    else
        sort_many(keys, count, room);
}
