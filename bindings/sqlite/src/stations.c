/* SPDX-License-Identifier: MIT
 *
 * Tables of stations: who answers for a pole, who for a place. A row a role; the one to send is
 * `chosen`. A code without a pole is one row with the status that says why. */
#include <math.h>

#include "arguments.h"
#include "poles.h"
#include "table.h"

SQLITE_EXTENSION_INIT3

#define MOST_NEAREST 1024

enum {
    ROLE,
    CHOSEN,
    ID,
    NAME,
    KIND,
    PHONE,
    GROUP,
    DISTRICT,
    LAT,
    LON,
    DISTANCE,
    BEARING,
    EDGE_M,
    EDGE_STATION_ID,
    SAMPLE,
    STATUS /* of a code alone */
};
#define STATION_TABLE_COLUMNS                                                                      \
    "role, chosen, id, name, kind, phone, \"group\", district, lat, lon, distance_m, "             \
    "bearing_deg, area_edge_m, area_edge_station_id, sample"

struct stations {
    pole_station_hit *hits;
    size_t capacity;
    size_t count;
    pole_status status;
    int32_t state; /* of the pole */
    int has_code;
    pole_point at;
    int edge_told;
    pole_area_edge edge;
};

static struct stations *begin(struct cursor *cursor, size_t capacity, struct fault *fault)
{
    struct stations *stations = cursor->work;
    stations->count = 0;
    stations->status = POLE_OK;
    stations->has_code = 0;
    stations->edge_told = 0;
    if (stations->capacity < capacity) {
        pole_station_hit *hits = sqlite3_realloc64(stations->hits, capacity * sizeof *hits);
        if (hits == NULL) {
            fault_set(fault, POLE_NO_MEMORY, "");
            return NULL;
        }
        stations->hits = hits;
        stations->capacity = capacity;
    }
    return stations;
}

static int start_of(struct cursor *cursor, struct fault *fault)
{
    const pole_index *index = cursor->generation->index;
    struct stations *stations = begin(cursor, 4, fault);
    pole_row row;
    pole_record record;
    record.struct_size = sizeof record;
    if (stations == NULL)
        return 0;
    cursor->rows = 1; /* also when there is nothing to tell but the status */
    if (is_null(cursor->arguments[0]))
        return 1;
    if (!row_argument(index, cursor->arguments[0], cursor->arguments[1], &stations->status, &row,
                      fault))
        return 0;
    stations->has_code = 1;
    if (stations->status != POLE_OK)
        return 1;
    if (!fault_check(fault, pole_index_record(index, row, &record), "pole_stations") ||
        !fault_check(fault,
                     pole_stations_of(index, row, POLE_ROLE_ALL, stations->hits, stations->capacity,
                                      &stations->count),
                     "pole_stations"))
        return 0;
    stations->at = record.at;
    stations->state = record.state;
    if (stations->count > 1)
        cursor->rows = (sqlite3_int64)stations->count;
    return 1;
}

static int start_at(struct cursor *cursor, struct fault *fault)
{
    sqlite3_int64 nearest = 1;
    pole_span kind;
    if (is_null(cursor->arguments[0]) || is_null(cursor->arguments[1]))
        return 1;
    if (!whole_argument(cursor->arguments[3], "nearest", 0, MOST_NEAREST, &nearest, fault) ||
        !text_argument(cursor->arguments[2], "of_kind", &kind, fault))
        return 0;
    struct stations *stations = begin(cursor, (size_t)nearest + 4, fault);
    if (stations == NULL ||
        !point_argument(cursor->arguments[0], cursor->arguments[1], &stations->at, fault) ||
        !fault_check(fault,
                     pole_stations_at(cursor->generation->index, stations->at, kind, POLE_ROLE_ALL,
                                      (size_t)nearest, stations->hits, stations->capacity,
                                      &stations->count),
                     "pole_stations_at"))
        return 0;
    cursor->rows = (sqlite3_int64)stations->count;
    return 1;
}

static void edge_column(struct cursor *cursor, sqlite3_context *call, int column)
{
    struct stations *stations = cursor->work;
    const pole_index *index = cursor->generation->index;
    if (!stations->edge_told &&
        pole_area_edge_at(index, stations->at, INFINITY, &stations->edge) != POLE_OK)
        return;
    stations->edge_told = 1;
    pole_station station;
    station.struct_size = sizeof station;
    if (column == EDGE_M)
        result_number(call, stations->edge.distance_m);
    else if (pole_index_station(index, stations->edge.station, &station) == POLE_OK)
        result_span(call, station.id);
}

static void status_column(sqlite3_context *call, const struct stations *stations)
{
    if (stations->has_code)
        result_word(call, stations->status == POLE_OK ? state_name(stations->state)
                                                      : pole_status_name(stations->status));
}

static void table_column(const pole_station *station, sqlite3_context *call, int column)
{
    switch (column) {
    case ID:
        result_span(call, station->id);
        break;
    case NAME:
        result_span(call, station->name);
        break;
    case KIND:
        result_span(call, station->kind);
        break;
    case PHONE:
        result_span(call, station->phone);
        break;
    case GROUP:
        result_span(call, station->group);
        break;
    case DISTRICT:
        result_span(call, station->district);
        break;
    case LAT:
        result_number(call, station->at.lat_deg);
        break;
    default:
        result_number(call, station->at.lon_deg);
        break;
    }
}

static void column(struct cursor *cursor, sqlite3_context *call, int number)
{
    const struct stations *stations = cursor->work;
    pole_station station;
    if (number == SAMPLE)
        sqlite3_result_int(call, cursor->generation->is_sample);
    else if (number == STATUS)
        status_column(call, stations);
    if (number >= SAMPLE || (size_t)cursor->row >= stations->count)
        return;
    const pole_station_hit *hit = &stations->hits[cursor->row];
    station.struct_size = sizeof station;
    if (number == ROLE)
        result_word(call, pole_role_name(hit->role));
    else if (number == CHOSEN)
        sqlite3_result_int(call, hit->chosen != 0);
    else if (number == DISTANCE)
        result_number(call, hit->distance_m);
    else if (number == BEARING)
        result_number(call, hit->bearing_deg);
    else if (number == EDGE_M || number == EDGE_STATION_ID)
        edge_column(cursor, call, number);
    else if (pole_index_station(cursor->generation->index, hit->number, &station) == POLE_OK)
        table_column(&station, call, number);
}

static void end(void *work)
{
    sqlite3_free(((struct stations *)work)->hits);
}

const struct table station_tables[] = {
    {"pole_stations", STATION_TABLE_COLUMNS ", status", "of_code, of_scope", 1, 3,
     sizeof(struct stations), start_of, column, end},
    {"pole_stations_at", STATION_TABLE_COLUMNS, "of_lat, of_lon, of_kind, nearest", 2, 2,
     sizeof(struct stations), start_at, column, end},
};
const int station_table_count = sizeof station_tables / sizeof station_tables[0];
