/* SPDX-License-Identifier: MIT
 * From rows as they came to a city in its final order: doubles judged, keys sorted, references
 * followed, texts pooled. The order of rows and files leaves no trace in it. */
#ifndef BUILD_SETTLE_H
#define BUILD_SETTLE_H

#include "build/builder.h"

/* Zero it but for the allocator; freed by pole_settled_free. city points into the rest, and into
 * the builder's texts. */
typedef struct {
    pole_allocator allocator;
    pole_draft_city city;
    pole_span *strings;
    pole_scheme_entry *schemes;
    pole_draft_pole *poles;
    pole_draft_alias *aliases;
    pole_draft_station *stations;
    pole_draft_area *areas;
    uint32_t *ring_sizes;
    int32_t *points_e7;
    pole_draft_source *sources;
} pole_settled;

/* Everything but the assignments. Fails as pole_refuse() does when strict; POLE_REFUSED when no
 * pole is left; POLE_NO_MEMORY. builder->reporter.error says why. */
pole_status pole_settle(pole_builder *builder, pole_settled *settled);
void pole_settled_free(pole_settled *settled);

/* The parts of it, in order; texts keep the builder's numbers. As above, but that
 * pole_settle_poles leaves it to the caller to see that there is none. */
pole_status pole_settle_poles(pole_builder *builder, pole_settled *settled);
pole_status pole_settle_stations(pole_builder *builder, pole_settled *settled);
pole_status pole_settle_areas(pole_builder *builder, pole_settled *settled);

#endif
