/* SPDX-License-Identifier: MIT
 *
 * Poles around a place, and the stations of a pole or a place. */
#include "postgres.h"

#include <math.h>

#include "fmgr.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"

#include "evidence.h"
#include "generation.h"
#include "raise.h"
#include "rows.h"
#include "text.h"

static pole_point asked_point(FunctionCallInfo fcinfo)
{
    pole_point at = {PG_GETARG_FLOAT8(0), PG_GETARG_FLOAT8(1)};

    return at;
}

static void put_hits(Rows *rows, const pole_index *index, const pole_hit *hits, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        CHECK_FOR_INTERRUPTS();
        rows_pole(rows, index, hits[i].row);
        rows_float(rows, hits[i].distance_m);
        rows_float(rows, hits[i].bearing_deg);
        rows_put(rows);
    }
}

/* (lat, lon, k) or (lat, lon, k, max_m) */
PG_FUNCTION_INFO_V1(pgpole_near);
Datum pgpole_near(PG_FUNCTION_ARGS)
{
    const pole_index *index = generation_index();
    int32 k = PG_GETARG_INT32(2);
    double max_m = PG_NARGS() > 3 ? PG_GETARG_FLOAT8(3) : INFINITY;
    pole_hit *hits;
    size_t count = 0;
    Rows rows;

    if (k < 1 || k > POLE_MAX_NEAREST)
        raise_invalid("k is 1 to %d, not %d", POLE_MAX_NEAREST, k);
    hits = palloc_array(pole_hit, (size_t)k);
    raise_unless_ok(pole_nearest(index, asked_point(fcinfo), (size_t)k, max_m, hits, &count), NULL);
    rows_begin_set(&rows, fcinfo);
    put_hits(&rows, index, hits, count);
    return (Datum)0;
}

/* The room that a search needs is told by a first call without any. */
static void *room_for(pole_status status, size_t needed, size_t size)
{
    if (status != POLE_OK && status != POLE_LIMIT)
        raise_unless_ok(status, NULL);
    return MemoryContextAllocHuge(CurrentMemoryContext, Max(needed, 1) * size);
}

/* (lat, lon, radius_m) */
PG_FUNCTION_INFO_V1(pgpole_within);
Datum pgpole_within(PG_FUNCTION_ARGS)
{
    const pole_index *index = generation_index();
    pole_point at = asked_point(fcinfo);
    double radius_m = PG_GETARG_FLOAT8(2);
    size_t count = 0;
    pole_status status = pole_within_radius(index, at, radius_m, NULL, 0, &count);
    pole_hit *hits = room_for(status, count, sizeof *hits);
    Rows rows;

    raise_unless_ok(pole_within_radius(index, at, radius_m, hits, count, &count), NULL);
    rows_begin_set(&rows, fcinfo);
    put_hits(&rows, index, hits, count);
    return (Datum)0;
}

static void put_rows(Rows *rows, const pole_index *index, const pole_row *found, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        CHECK_FOR_INTERRUPTS();
        rows_pole(rows, index, found[i]);
        rows_put(rows);
    }
}

/* (south, west, north, east) */
PG_FUNCTION_INFO_V1(pgpole_within_box);
Datum pgpole_within_box(PG_FUNCTION_ARGS)
{
    const pole_index *index = generation_index();
    pole_box box = {PG_GETARG_FLOAT8(0), PG_GETARG_FLOAT8(1), PG_GETARG_FLOAT8(2),
                    PG_GETARG_FLOAT8(3)};
    size_t count = 0;
    pole_status status = pole_within_box(index, &box, NULL, 0, &count);
    pole_row *found = room_for(status, count, sizeof *found);
    Rows rows;

    raise_unless_ok(pole_within_box(index, &box, found, count, &count), NULL);
    rows_begin_set(&rows, fcinfo);
    put_rows(&rows, index, found, count);
    return (Datum)0;
}

/* (GeoJSON) */
PG_FUNCTION_INFO_V1(pgpole_within_polygon);
Datum pgpole_within_polygon(PG_FUNCTION_ARGS)
{
    const pole_index *index = generation_index();
    Polygon polygon = evidence_polygon(PG_GETARG_JSONB_P(0));
    size_t count = 0;
    pole_status status = pole_within_polygon(index, polygon.points, polygon.ring_sizes,
                                             polygon.rings, NULL, 0, &count);
    pole_row *found = room_for(status, count, sizeof *found);
    Rows rows;

    raise_unless_ok(pole_within_polygon(index, polygon.points, polygon.ring_sizes, polygon.rings,
                                        found, count, &count),
                    NULL);
    rows_begin_set(&rows, fcinfo);
    put_rows(&rows, index, found, count);
    return (Datum)0;
}

static void put_stations(Rows *rows, const pole_index *index, const pole_station_hit *hits,
                         size_t count)
{
    for (size_t i = 0; i < count; i++) {
        pole_station station = {.struct_size = sizeof station};

        raise_unless_ok(pole_index_station(index, hits[i].number, &station), NULL);
        rows_word(rows, pole_role_name(hits[i].role));
        rows_bool(rows, hits[i].chosen != 0);
        rows_text(rows, station.id);
        rows_text(rows, station.name);
        rows_text(rows, station.kind);
        rows_text(rows, station.phone);
        rows_text(rows, station.group);
        rows_text(rows, station.district);
        rows_float(rows, station.at.lat_deg);
        rows_float(rows, station.at.lon_deg);
        rows_float(rows, hits[i].distance_m);
        rows_float(rows, hits[i].bearing_deg);
        rows_bool(rows, generation_is_sample());
        rows_put(rows);
    }
}

/* (code) or (code, scope): raises not_found, several, malformed_code, since stations of no pole
 * would look like a pole without stations. */
PG_FUNCTION_INFO_V1(pgpole_stations_of);
Datum pgpole_stations_of(PG_FUNCTION_ARGS)
{
    const pole_index *index = generation_index();
    pole_station_hit hits[4];
    size_t count = 0;
    pole_code code;
    pole_row row;
    Rows rows;

    raise_unless_ok(pole_code_parse(index, text_from_argument(PG_GETARG_TEXT_PP(0)), &code), NULL);
    if (PG_NARGS() > 1)
        code.scope = raise_unless_scope(index, text_from_argument(PG_GETARG_TEXT_PP(1)));
    raise_unless_ok(pole_index_find(index, code, &row), NULL);
    raise_unless_ok(pole_stations_of(index, row, POLE_ROLE_ALL, hits, lengthof(hits), &count),
                    NULL);
    rows_begin_set(&rows, fcinfo);
    put_stations(&rows, index, hits, count);
    return (Datum)0;
}

/* (lat, lon), (lat, lon, kind) or (lat, lon, kind, nearest) */
PG_FUNCTION_INFO_V1(pgpole_stations_at);
Datum pgpole_stations_at(PG_FUNCTION_ARGS)
{
    const pole_index *index = generation_index();
    pole_span kind = {NULL, 0};
    int32 nearest = PG_NARGS() > 3 ? PG_GETARG_INT32(3) : 1;
    pole_station_hit *hits;
    size_t count = 0;
    pole_status status;
    Rows rows;

    if (PG_NARGS() > 2)
        kind = text_from_argument(PG_GETARG_TEXT_PP(2));
    if (nearest < 0)
        raise_invalid("nearest is a number of stations, not %d", nearest);
    status = pole_stations_at(index, asked_point(fcinfo), kind, POLE_ROLE_ALL, (size_t)nearest,
                              NULL, 0, &count);
    hits = room_for(status, count, sizeof *hits);
    raise_unless_ok(pole_stations_at(index, asked_point(fcinfo), kind, POLE_ROLE_ALL,
                                     (size_t)nearest, hits, count, &count),
                    NULL);
    rows_begin_set(&rows, fcinfo);
    put_stations(&rows, index, hits, count);
    return (Datum)0;
}

/* How near another station's area is: (lat, lon, max_m). */
PG_FUNCTION_INFO_V1(pgpole_area_edge);
Datum pgpole_area_edge(PG_FUNCTION_ARGS)
{
    const pole_index *index = generation_index();
    pole_station station = {.struct_size = sizeof station};
    pole_area_edge edge;
    Rows rows;

    raise_unless_ok(pole_area_edge_at(index, asked_point(fcinfo), PG_GETARG_FLOAT8(2), &edge),
                    NULL);
    rows_begin_one(&rows, fcinfo);
    rows_float(&rows, edge.distance_m);
    if (pole_index_station(index, edge.station, &station) == POLE_OK)
        rows_text(&rows, station.id);
    else
        rows_null(&rows);
    return rows_value(&rows);
}
