/* SPDX-License-Identifier: MIT
 * An area's rings: whether they are sound, their mending where they are not, and the one form that
 * the same area always takes.
 *
 * Sound: no ring crosses or runs along itself or another (they may touch at single points), every
 * hole lies in its polygon, no polygon in another. This is tested here, exactly, on integers; so
 * sound areas give the same index with and without an adapter. Only what is not sound goes to the
 * adapter's area_mend(), and without one is refused.
 *
 * One form: the first vertex is not repeated at the end of a ring, no vertex repeats the one
 * before; outer rings run anticlockwise, holes clockwise; a ring begins at its south-most, then
 * west-most vertex; the holes of a polygon follow its outer ring in order of their vertices, and
 * so do polygons. */
#ifndef BUILD_REPAIR_H
#define BUILD_REPAIR_H

#include <polelookup/adapters.h>

#include "base/memory.h"
#include "geo/ring.h"

typedef struct {
    uint32_t first; /* vertex */
    uint32_t count;
    uint32_t polygon; /* the outer ring that this ring is, or is a hole of */
    bool is_outer;
} pole_area_ring;

/* Zero it but for the allocator; freed by pole_area_rings_free. */
typedef struct {
    pole_allocator allocator;
    pole_vertex *vertices;
    size_t vertex_count;
    size_t vertex_capacity;
    pole_area_ring *rings;
    size_t ring_count;
    size_t ring_capacity;
    bool roles_known; /* is_outer and polygon were given; else they are to be found */
} pole_area_rings;

void pole_area_rings_init(pole_area_rings *area, const pole_allocator *allocator);
void pole_area_rings_free(pole_area_rings *area);

/* Adds a ring as given, without its repetitions. polygon: as above, when roles are known.
 * POLE_OK, POLE_NO_MEMORY, or POLE_LIMIT beyond what an index can hold. */
pole_status pole_area_rings_add(pole_area_rings *area, const pole_vertex *vertices, size_t count,
                                bool is_outer, uint32_t polygon);

/* Judges the rings. *fault: NULL when they are sound, is_outer and polygon of each ring then being
 * right; else what is wrong, in words, and where (*at). *mendable: an adapter may help.
 * POLE_OK or POLE_NO_MEMORY. (soundness.c) */
pole_status pole_area_judge(pole_area_rings *area, const char **fault, pole_vertex *at,
                            bool *mendable);

/* Has an adapter mend the rings, whose roles must be known. *mended: whether it changed their
 * shape, and why. POLE_OK; POLE_UNSUPPORTED: the adapters cannot; POLE_BAD_INPUT: nothing is left
 * of it; POLE_NO_MEMORY; POLE_LIMIT. */
pole_status pole_area_mend(pole_area_rings *area, const pole_adapters *adapters, bool *mended,
                           char reason[128], pole_error *error);

/* Brings sound rings into their one form. POLE_OK or POLE_NO_MEMORY. */
pole_status pole_area_normalise(pole_area_rings *area);

/* Which way a ring without crossings runs, exactly. */
bool pole_ring_is_anticlockwise(const pole_ring *ring);

/* Order of vertices, one by one, south before north, then west before east; the shorter first. */
int pole_compare_vertices(const pole_vertex *a, size_t a_count, const pole_vertex *b,
                          size_t b_count);

#endif
