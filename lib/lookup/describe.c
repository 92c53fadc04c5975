/* SPDX-License-Identifier: MIT
 * One pole told in full: what a dispatcher needs to send a car and to check the code. */
#include "lookup/resolution.h"

#include <math.h>

#include "base/abi.h"
#include "geo/geodesic.h"
#include "lookup/neighbours.h"
#include "lookup/policy.h"

void pole_describe_options_init(pole_describe_options *options)
{
    memset(options, 0, sizeof *options);
    options->struct_size = sizeof *options;
}

static void tell_neighbours(const pole_index *index, pole_row row, pole_stored_candidate *stored)
{
    pole_row rows[2];
    pole_local from;
    pole_local_prepare(&from, pole_position_at(&index->positions, row));
    pole_neighbours_of(index, row, rows);
    for (unsigned i = 0; i < 2; i++) {
        if (rows[i] == POLE_NO_ROW)
            continue;
        const int32_t lat_e7 = pole_position_lat_e7(&index->positions, rows[i]);
        const int32_t lon_e7 = pole_position_lon_e7(&index->positions, rows[i]);
        pole_neighbour *neighbour = stored->neighbours + stored->told.neighbour_count++;
        neighbour->row = rows[i];
        pole_local_tell(&from, lat_e7, lon_e7, &neighbour->distance_m, &neighbour->bearing_deg);
    }
}

static uint32_t hit_in_role(const pole_stored_candidate *stored, int32_t role)
{
    for (size_t i = 0; i < stored->told.station_count; i++)
        if (stored->stations[i].role == role)
            return stored->stations[i].number;
    return POLE_NO_STATION;
}

static uint32_t warnings_of(const pole_index *index, const pole_stored_candidate *stored)
{
    return pole_policy_warnings(index, hit_in_role(stored, POLE_ROLE_CODED),
                                hit_in_role(stored, POLE_ROLE_RESPONSIBLE),
                                stored->told.area_edge.distance_m, stored->pole.state);
}

static pole_status tell_stations(const pole_index *index, pole_row row,
                                 pole_stored_candidate *stored)
{
    const pole_status status = pole_stations_of(index, row, POLE_ROLE_ALL, stored->stations,
                                                sizeof stored->stations / sizeof *stored->stations,
                                                &stored->told.station_count);
    if (status != POLE_OK)
        return status;
    stored->told.area_edge.station = POLE_NO_STATION;
    stored->told.area_edge.distance_m = (double)INFINITY;
    /* The whole metres that the build kept say for most poles that no border is near. */
    if (index->assignments.edge_m[row] <= POLE_AREA_EDGE_M)
        return pole_area_edge_at(index, stored->pole.at, POLE_AREA_EDGE_M, &stored->told.area_edge);
    return POLE_OK;
}

static void tell_crs(pole_resolution *resolution, pole_stored_candidate *stored, pole_crs *crs)
{
    stored->told.x = stored->told.y = (double)NAN;
    if (crs == NULL)
        return;
    double x = stored->pole.at.lon_deg, y = stored->pole.at.lat_deg;
    if (pole_crs_from_wgs84(crs, 1, &x, &y, NULL) == POLE_OK) {
        stored->told.x = x;
        stored->told.y = y;
    }
    resolution->crs_places = pole_crs_is_geographic(crs) ? 7 : 3;
    const char *name = pole_crs_name(crs);
    const size_t size = strlen(name);
    const size_t most = sizeof resolution->crs_name - 1;
    memcpy(resolution->crs_name, name, size < most ? size : most);
    resolution->crs_name[size < most ? size : most] = '\0';
}

pole_status pole_resolution_add(pole_resolution *resolution, pole_row row,
                                const pole_draft_alias *alias, pole_crs *crs, bool brief)
{
    const pole_index *index = resolution->index;
    void *grown = resolution->candidates;
    if (!pole_grow_array(&resolution->allocator, &grown, &resolution->capacity,
                         resolution->answer.candidates + 1u, sizeof *resolution->candidates))
        return POLE_NO_MEMORY;
    resolution->candidates = grown;
    pole_stored_candidate *stored = resolution->candidates + resolution->answer.candidates;
    memset(stored, 0, sizeof *stored);
    stored->told.struct_size = sizeof stored->told;
    stored->told.matched = alias ? POLE_MATCHED_ALIAS : POLE_MATCHED_CODE;
    stored->told.confidence = stored->told.distance_to_hint_m = (double)NAN;
    stored->pole.struct_size = sizeof stored->pole;
    pole_status status = pole_index_record(index, row, &stored->pole);
    if (status == POLE_OK)
        status = tell_stations(index, row, stored);
    if (status != POLE_OK)
        return status;
    if (alias) {
        stored->pole.alias = pole_strings_at(&index->strings, alias->alias);
        stored->pole.alias_owner = pole_strings_at(&index->strings, alias->owner);
    }
    stored->told.distance_to_first_m =
        resolution->answer.candidates == 0
            ? 0.0
            : pole_distance(resolution->candidates[0].pole.at, stored->pole.at);
    stored->told.cross_street_m[0] = stored->told.cross_street_m[1] = (double)NAN;
    if (!brief) {
        tell_neighbours(index, row, stored);
        pole_cross_streets_of(index, row, stored->told.cross_streets, stored->told.cross_street_m);
    }
    tell_crs(resolution, stored, crs);
    /* Of the pole that an answer means first; what is listed behind it tells its own. */
    if (resolution->answer.candidates == 0)
        resolution->answer.warnings |= warnings_of(index, stored);
    resolution->answer.candidates++;
    return POLE_OK;
}

pole_status pole_describe(const pole_index *index, pole_row row,
                          const pole_describe_options *options, pole_resolution *resolution)
{
    pole_describe_options taken;
    pole_describe_options_init(&taken);
    if (index == NULL || resolution == NULL || row >= index->positions.rows ||
        !pole_options_take(&taken, sizeof taken, options)) {
        pole_resolution_forget(resolution);
        return POLE_INVALID_ARGUMENT;
    }
    char text[32];
    const pole_code code = pole_index_code_of(index, row);
    pole_digits_write(code.number, code.digits, text);
    const pole_span digits = {text, code.digits};
    pole_status status = pole_resolution_begin(resolution, index, digits, digits);
    if (status == POLE_OK)
        status = pole_resolution_add(resolution, row, NULL, taken.crs, false);
    if (status != POLE_OK) {
        pole_resolution_forget(resolution);
        return status;
    }
    resolution->answer.match = POLE_EXACT;
    resolution->answer.candidates_found = 1;
    resolution->answer.warnings |= POLE_WARN_UNCORROBORATED;
    resolution->answer.question = POLE_ASK_READ_BACK;
    resolution->question.told = (pole_question){.struct_size = sizeof resolution->question.told,
                                                .kind = POLE_ASK_READ_BACK,
                                                .digits = code.digits};
    return POLE_OK;
}
