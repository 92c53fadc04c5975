/* SPDX-License-Identifier: MIT
 * See derive.h. The rooms that will answer for stations and areas in the index are packed and
 * attached here first, so that a build asks the same code that a query will. */
#include "build/derive.h"

#include "base/status.h"
#include "index/scheme.h"
#include "lookup/assign.h"
#include "resolve/rivals.h"

typedef struct {
    pole_buffer bytes;
    pole_strings strings;
    pole_scheme scheme;
    pole_stations stations;
    pole_areas areas;
    pole_assigner assigner;
} derive_rooms;

/* Where a room begins in the buffer; the buffer moves while it grows. */
enum { STRINGS, SCHEME, STATIONS, AREAS, ROOMS };

static pole_status pack_rooms(const pole_draft_city *city, const pole_allocator *allocator,
                              derive_rooms *rooms, size_t ends[ROOMS])
{
    pole_buffer_init(&rooms->bytes, allocator);
    pole_strings_pack(city, &rooms->bytes);
    ends[STRINGS] = rooms->bytes.size;
    pole_scheme_pack(city, &rooms->bytes);
    ends[SCHEME] = rooms->bytes.size;
    pole_stations_pack(city, &rooms->bytes);
    ends[STATIONS] = rooms->bytes.size;
    const pole_status status = pole_areas_pack(city, allocator, &rooms->bytes);
    ends[AREAS] = rooms->bytes.size;
    return rooms->bytes.failed ? POLE_NO_MEMORY : status;
}

static pole_status attach_rooms(derive_rooms *rooms, const size_t ends[ROOMS],
                                const pole_allocator *allocator, pole_error *error)
{
    const uint8_t *bytes = rooms->bytes.bytes;
    pole_status status = pole_strings_attach(&rooms->strings, bytes, ends[STRINGS], error);
    if (status == POLE_OK)
        status =
            pole_scheme_attach(&rooms->scheme, bytes + ends[STRINGS], ends[SCHEME] - ends[STRINGS],
                               &rooms->strings, allocator, error);
    if (status == POLE_OK)
        status = pole_stations_attach(&rooms->stations, bytes + ends[SCHEME],
                                      ends[STATIONS] - ends[SCHEME], &rooms->strings,
                                      &rooms->scheme, allocator, error);
    if (status == POLE_OK)
        status =
            pole_areas_attach(&rooms->areas, bytes + ends[STATIONS], ends[AREAS] - ends[STATIONS],
                              &rooms->stations, &rooms->strings, allocator, error);
    if (status == POLE_OK)
        status = pole_assigner_init(&rooms->assigner, &rooms->stations, &rooms->areas, allocator);
    return status;
}

static void free_rooms(derive_rooms *rooms, const pole_allocator *allocator)
{
    pole_assigner_free(&rooms->assigner, allocator);
    pole_areas_detach(&rooms->areas, allocator);
    pole_stations_detach(&rooms->stations, allocator);
    pole_scheme_detach(&rooms->scheme, allocator);
    pole_buffer_free(&rooms->bytes);
}

static pole_status allocate(pole_draft_assignments *out, uint32_t rows,
                            const pole_allocator *allocator)
{
    out->responsible = pole_allocate_array(allocator, rows, sizeof *out->responsible);
    out->nearest = pole_allocate_array(allocator, rows, sizeof *out->nearest);
    out->edge_m = pole_allocate_array(allocator, rows, sizeof *out->edge_m);
    return out->responsible && out->nearest && out->edge_m ? POLE_OK : POLE_NO_MEMORY;
}

pole_status pole_derive_assignments(pole_draft_city *city, const pole_allocator *allocator,
                                    pole_error *error)
{
    derive_rooms rooms;
    size_t ends[ROOMS];
    memset(&rooms, 0, sizeof rooms);
    pole_draft_assignments *out = &city->assignments;
    pole_status status = pack_rooms(city, allocator, &rooms, ends);
    if (status == POLE_OK)
        status = attach_rooms(&rooms, ends, allocator, error);
    if (status == POLE_OK)
        status = allocate(out, city->pole_count, allocator);
    for (uint32_t row = 0; row < city->pole_count && status == POLE_OK; row++) {
        const pole_assignment assignment =
            pole_assign(&rooms.assigner, city->poles[row].lat_e7, city->poles[row].lon_e7);
        out->responsible[row] = assignment.responsible;
        out->nearest[row] = assignment.nearest;
        out->edge_m[row] = assignment.edge_m;
    }
    free_rooms(&rooms, allocator);
    if (status == POLE_NO_MEMORY)
        (void)pole_fail(error, status, "no memory for the stations of each pole");
    if (status != POLE_OK)
        pole_assignments_free(out, allocator);
    return status;
}

void pole_assignments_free(pole_draft_assignments *assignments, const pole_allocator *allocator)
{
    pole_release(allocator, assignments->responsible);
    pole_release(allocator, assignments->nearest);
    pole_release(allocator, assignments->edge_m);
    memset(assignments, 0, sizeof *assignments);
}

pole_status pole_derive_doubts(pole_buffer *bytes, const pole_allocator *allocator,
                               pole_error *error)
{
    pole_open_options options;
    pole_index *index;
    pole_buffer with_doubts;
    pole_open_options_init(&options);
    options.allocator = allocator;
    options.flags = POLE_OPEN_BORROWED;
    pole_status status = pole_index_open_memory(bytes->bytes, bytes->size, &options, &index, error);
    if (status != POLE_OK)
        return status;
    pole_buffer_init(&with_doubts, allocator);
    status = pole_rivals_store(index, allocator, &with_doubts, error);
    pole_index_close(index);
    if (status != POLE_OK) {
        pole_buffer_free(&with_doubts);
        return status;
    }
    pole_buffer_free(bytes);
    *bytes = with_doubts;
    return POLE_OK;
}
