/* SPDX-License-Identifier: MIT
 * The areas that stations answer for: which of them holds a point, exactly, and how far the next
 * one is.
 *
 * Section: u32 areas, u32 rings, u32 vertices, u32 zero; then 8 bytes an area: u32 station (not
 * falling), u32 rings (1 or more); u32[rings] vertices of each ring (3 or more); 8 bytes a vertex:
 * i32 latitude, i32 longitude in 1e-7 degree. The first vertex of a ring is not repeated at its
 * end. A polygon and its holes are rings alike: even-odd. An area's kind is its station's. */
#ifndef INDEX_AREAS_H
#define INDEX_AREAS_H

#include "base/memory.h"
#include "index/draft.h"
#include "index/stations.h"
#include "index/strings.h"

#define POLE_NO_AREA UINT32_MAX

typedef struct {
    const uint8_t *areas; /* in the section */
    const uint8_t *ring_sizes;
    const uint8_t *vertices;
    uint32_t count;
    uint32_t ring_count;
    uint32_t vertex_count;
    const pole_stations *stations;
    void *memory; /* what attach worked out, in one block */
} pole_areas;

/* Checks everything, prepares the questions below. stations must outlive the areas, and be
 * attached. */
pole_status pole_areas_attach(pole_areas *areas, const uint8_t *bytes, size_t size,
                              const pole_stations *stations, const pole_strings *strings,
                              const pole_allocator *allocator, pole_error *error);
void pole_areas_detach(pole_areas *areas, const pole_allocator *allocator);
/* POLE_OK or POLE_NO_MEMORY (for its own work; out's own failure sticks in out). */
pole_status pole_areas_pack(const pole_draft_city *city, const pole_allocator *allocator,
                            pole_buffer *out);

/* The station of an area; number below count. */
static inline uint32_t pole_area_station(const pole_areas *areas, uint32_t number)
{
    return pole_load_u32(areas->areas + 8 * (size_t)number);
}

/* The lowest area of a kind (a string's number) that covers the point, border included;
 * POLE_NO_AREA. Exact. */
uint32_t pole_areas_at(const pole_areas *areas, pole_text_number kind, int32_t lat_e7,
                       int32_t lon_e7);

#endif
