/* SPDX-License-Identifier: MIT
 *
 * Tables of poles: by code, by alias, around a place. A code that names no pole is a row all the
 * same, with a status that says why and nothing where the place would be: a join loses no call, and
 * no place is made up. */
#include "poles.h"

#include <math.h>

#include "arguments.h"
#include "table.h"

SQLITE_EXTENSION_INIT3

enum {
    STATUS,
    CODE,
    SCOPE,
    LAT,
    LON,
    STREET,
    DISTRICT,
    FIRST_STATION,
    SUCCESSOR = FIRST_STATION + STATION_COLUMNS,
    SURVEYED,
    NOTE,
    ALIAS,
    ALIAS_OWNER,
    SAMPLE,
    DISTANCE,
    BEARING
};
#define POLE_COLUMNS                                                                               \
    "status, code, scope, lat, lon, street, district, " STATION_COLUMN_NAMES                       \
    ", successor, surveyed, note, alias, alias_owner, sample"
#define POLE_COLUMNS_NEAR POLE_COLUMNS ", distance_m, bearing_deg"

struct poles {
    pole_hit *hits;
    size_t capacity;
    pole_status status; /* of the one row that stands for no pole, or for one of several */
    sqlite3_int64 told; /* the row, from 1, that record is of */
    pole_record record;
    sqlite3_int64 stations_told;
    pole_station_hit stations[4];
    size_t station_count;
};

const char *state_name(int32_t state)
{
    static const char *const names[] = {"active", "moved", "removed"};
    return state >= 0 && state < 3 ? names[state] : "unknown";
}

const pole_station_hit *chosen_station(const pole_station_hit *hits, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (hits[i].chosen)
            return &hits[i];
    return NULL;
}

void result_station(sqlite3_context *call, const pole_index *index, const pole_station_hit *hit,
                    int column)
{
    pole_station station;
    station.struct_size = sizeof station;
    if (hit == NULL || pole_index_station(index, hit->number, &station) != POLE_OK)
        return;
    if (column == STATION_ID)
        result_span(call, station.id);
    else if (column == STATION_NAME)
        result_span(call, station.name);
    else if (column == STATION_PHONE)
        result_span(call, station.phone);
    else if (column == STATION_ROLE)
        result_word(call, pole_role_name(hit->role));
    else
        result_number(call, hit->distance_m);
}

void result_day(sqlite3_context *call, int32_t days)
{
    if (days == POLE_NO_DATE)
        return;
    /* Days to a date of the Gregorian calendar, by eras of 400 years that begin in March:
     * H. Hinnant, "chrono-compatible low-level date algorithms". */
    const int64_t shifted = (int64_t)days + 719468;
    const int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    const int64_t day_of_era = shifted - era * 146097;
    const int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const int64_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int64_t month_from_march = (5 * day_of_year + 2) / 153;
    const int64_t day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    const int64_t month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    const int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
    char *text =
        sqlite3_mprintf("%04lld-%02lld-%02lld", (long long)year, (long long)month, (long long)day);
    if (text == NULL)
        sqlite3_result_error_nomem(call);
    else
        sqlite3_result_text(call, text, -1, sqlite3_free);
}

/* The status of a row: how the pole stands, or why there is none. */
static const char *status_word(const struct poles *poles, int32_t state)
{
    return poles->status == POLE_OK ? state_name(state) : pole_status_name(poles->status);
}

static int grow(struct poles *poles, size_t capacity, struct fault *fault)
{
    if (capacity <= poles->capacity)
        return 1;
    pole_hit *hits = sqlite3_realloc64(poles->hits, capacity * sizeof *hits);
    if (hits == NULL)
        return fault_set(fault, POLE_NO_MEMORY, "");
    poles->hits = hits;
    poles->capacity = capacity;
    return 1;
}

static struct poles *begin(struct cursor *cursor)
{
    struct poles *poles = cursor->work;
    poles->status = POLE_OK;
    poles->told = 0;
    poles->stations_told = 0;
    return poles;
}

/* One row that says why there is no pole; of no code nothing was asked, and all of it is NULL. */
static int start_lookup(struct cursor *cursor, struct fault *fault)
{
    struct poles *poles = begin(cursor);
    if (!grow(poles, 1, fault))
        return 0;
    pole_row row = POLE_NO_ROW;
    if (!is_null(cursor->arguments[0]) &&
        !row_argument(cursor->generation->index, cursor->arguments[0], cursor->arguments[1],
                      &poles->status, &row, fault))
        return 0;
    poles->hits[0] = (pole_hit){row, 0, NAN, NAN};
    cursor->rows = 1;
    return 1;
}

/* Runs a query that fills rows, and makes hits without a distance of them. */
typedef pole_status (*rows_query)(struct cursor *cursor, const void *what, pole_row *rows,
                                  size_t capacity, size_t *needed);

static int take_rows(struct cursor *cursor, rows_query query, const void *what, struct fault *fault)
{
    struct poles *poles = cursor->work;
    pole_row *rows = NULL;
    size_t needed = 0;
    pole_status status = query(cursor, what, NULL, 0, &needed);
    if ((status == POLE_OK || status == POLE_LIMIT) && needed > 0) {
        rows = sqlite3_malloc64(needed * sizeof *rows);
        status = rows == NULL ? POLE_NO_MEMORY : query(cursor, what, rows, needed, &needed);
    }
    int done = status == POLE_OK || status == POLE_NOT_FOUND;
    if (!done)
        fault_check(fault, status, "finding poles");
    done = done && grow(poles, needed, fault);
    for (size_t i = 0; done && i < needed; i++)
        poles->hits[i] = (pole_hit){rows[i], 0, NAN, NAN};
    sqlite3_free(rows);
    cursor->rows = done ? (sqlite3_int64)needed : 0;
    return done;
}

static pole_status query_all(struct cursor *cursor, const void *code, pole_row *rows,
                             size_t capacity, size_t *needed)
{
    return pole_index_find_all(cursor->generation->index, *(const pole_code *)code, rows, capacity,
                               needed);
}

static int start_lookup_all(struct cursor *cursor, struct fault *fault)
{
    struct poles *poles = begin(cursor);
    pole_code code;
    if (is_null(cursor->arguments[0]))
        return start_lookup(cursor, fault);
    if (!code_argument(cursor->generation->index, cursor->arguments[0], cursor->arguments[1],
                       &poles->status, &code, fault))
        return 0;
    if (poles->status == POLE_OK && !take_rows(cursor, query_all, &code, fault))
        return 0;
    if (cursor->rows == 0)
        return start_lookup(cursor, fault);
    if (cursor->rows > 1)
        poles->status = POLE_SEVERAL;
    return 1;
}

static pole_status query_alias(struct cursor *cursor, const void *alias, pole_row *rows,
                               size_t capacity, size_t *needed)
{
    return pole_index_find_alias(cursor->generation->index, *(const pole_span *)alias, rows,
                                 capacity, needed);
}

static int start_alias(struct cursor *cursor, struct fault *fault)
{
    struct poles *poles = begin(cursor);
    pole_span alias;
    if (is_null(cursor->arguments[0]))
        return start_lookup(cursor, fault);
    if (!text_argument(cursor->arguments[0], "the alias", &alias, fault) ||
        !take_rows(cursor, query_alias, &alias, fault))
        return 0;
    if (cursor->rows > 1)
        poles->status = POLE_SEVERAL;
    if (cursor->rows > 0)
        return 1;
    poles->status = POLE_NOT_FOUND;
    if (!grow(poles, 1, fault))
        return 0;
    poles->hits[0] = (pole_hit){POLE_NO_ROW, 0, NAN, NAN};
    cursor->rows = 1;
    return 1;
}

/* 0 also without a fault, when one of the first arguments is NULL: nothing was asked. */
static int all_given(struct cursor *cursor, int count)
{
    for (int i = 0; i < count; i++)
        if (is_null(cursor->arguments[i]))
            return 0;
    return 1;
}

static int start_near(struct cursor *cursor, struct fault *fault)
{
    struct poles *poles = begin(cursor);
    if (!all_given(cursor, 3))
        return 1;
    pole_point at;
    sqlite3_int64 k = 0;
    double max_m = INFINITY;
    size_t count = 0;
    if (!point_argument(cursor->arguments[0], cursor->arguments[1], &at, fault) ||
        !whole_argument(cursor->arguments[2], "k", 1, POLE_MAX_NEAREST, &k, fault) ||
        !number_argument(cursor->arguments[3], "max_m", &max_m, fault) ||
        !grow(poles, (size_t)k, fault) ||
        !fault_check(
            fault,
            pole_nearest(cursor->generation->index, at, (size_t)k, max_m, poles->hits, &count),
            "pole_near: max_m"))
        return 0;
    cursor->rows = (sqlite3_int64)count;
    return 1;
}

static int start_within(struct cursor *cursor, struct fault *fault)
{
    struct poles *poles = begin(cursor);
    if (!all_given(cursor, 3))
        return 1;
    pole_point at;
    double radius_m = 0.0;
    size_t needed = 0;
    if (!point_argument(cursor->arguments[0], cursor->arguments[1], &at, fault) ||
        !number_argument(cursor->arguments[2], "radius_m", &radius_m, fault))
        return 0;
    pole_status status = pole_within_radius(cursor->generation->index, at, radius_m, poles->hits,
                                            poles->capacity, &needed);
    if (status == POLE_LIMIT) {
        if (!grow(poles, needed, fault))
            return 0;
        status = pole_within_radius(cursor->generation->index, at, radius_m, poles->hits,
                                    poles->capacity, &needed);
    }
    if (!fault_check(fault, status, "pole_within: radius_m"))
        return 0;
    cursor->rows = (sqlite3_int64)needed;
    return 1;
}

static pole_status query_box(struct cursor *cursor, const void *box, pole_row *rows,
                             size_t capacity, size_t *needed)
{
    return pole_within_box(cursor->generation->index, box, rows, capacity, needed);
}

static int start_box(struct cursor *cursor, struct fault *fault)
{
    begin(cursor);
    if (!all_given(cursor, 4))
        return 1;
    pole_box box = {0.0, 0.0, 0.0, 0.0};
    return number_argument(cursor->arguments[0], "south", &box.south_deg, fault) &&
           number_argument(cursor->arguments[1], "west", &box.west_deg, fault) &&
           number_argument(cursor->arguments[2], "north", &box.north_deg, fault) &&
           number_argument(cursor->arguments[3], "east", &box.east_deg, fault) &&
           take_rows(cursor, query_box, &box, fault);
}

static pole_status query_polygon(struct cursor *cursor, const void *what, pole_row *rows,
                                 size_t capacity, size_t *needed)
{
    const struct polygon *polygon = what;
    return pole_within_polygon(cursor->generation->index, polygon->points, polygon->sizes,
                               polygon->rings, rows, capacity, needed);
}

static int start_polygon(struct cursor *cursor, struct fault *fault)
{
    begin(cursor);
    if (!all_given(cursor, 1))
        return 1;
    struct polygon polygon;
    const int done = polygon_argument(cursor->arguments[0], &polygon, fault) &&
                     take_rows(cursor, query_polygon, &polygon, fault);
    polygon_free(&polygon);
    return done;
}

static void station_column(struct cursor *cursor, sqlite3_context *call, int column)
{
    struct poles *poles = cursor->work;
    const pole_index *index = cursor->generation->index;
    if (poles->stations_told != cursor->row + 1) {
        poles->station_count = 0;
        pole_stations_of(index, poles->hits[cursor->row].row, POLE_ROLE_ALL, poles->stations, 4,
                         &poles->station_count);
        poles->stations_told = cursor->row + 1;
    }
    result_station(call, index, chosen_station(poles->stations, poles->station_count), column);
}

static void text_column(const pole_record *record, sqlite3_context *call, int column)
{
    switch (column) {
    case SCOPE: /* '' is a scope: the urban districts */
        sqlite3_result_text64(call, record->scope.size_bytes > 0 ? record->scope.data : "",
                              record->scope.size_bytes, SQLITE_TRANSIENT, SQLITE_UTF8);
        break;
    case STREET:
        result_span(call, record->street);
        break;
    case DISTRICT:
        result_span(call, record->district);
        break;
    case SUCCESSOR:
        result_span(call, record->successor);
        break;
    case NOTE:
        result_span(call, record->note);
        break;
    case ALIAS:
        result_span(call, record->alias);
        break;
    case ALIAS_OWNER:
        result_span(call, record->alias_owner);
        break;
    default:
        break;
    }
}

static void pole_column(struct cursor *cursor, sqlite3_context *call, int column)
{
    struct poles *poles = cursor->work;
    const pole_index *index = cursor->generation->index;
    const pole_hit *hit = &poles->hits[cursor->row];
    if (column == SAMPLE) {
        sqlite3_result_int(call, cursor->generation->is_sample);
        return;
    }
    if (hit->row == POLE_NO_ROW) {
        if (column == STATUS && poles->status != POLE_OK)
            result_word(call, pole_status_name(poles->status));
        return;
    }
    if (column >= FIRST_STATION && column < FIRST_STATION + STATION_COLUMNS) {
        station_column(cursor, call, column - FIRST_STATION);
        return;
    }
    pole_record *record = &poles->record;
    if (poles->told != cursor->row + 1) {
        record->struct_size = sizeof *record;
        if (pole_index_record(index, hit->row, record) != POLE_OK)
            return;
        poles->told = cursor->row + 1;
    }
    if (column == STATUS)
        result_word(call, status_word(poles, record->state));
    else if (column == CODE)
        result_code(call, index, record->code);
    else if (column == LAT)
        result_number(call, record->at.lat_deg);
    else if (column == LON)
        result_number(call, record->at.lon_deg);
    else if (column == SURVEYED)
        result_day(call, record->surveyed_days);
    else if (column == DISTANCE)
        result_number(call, hit->distance_m);
    else if (column == BEARING)
        result_number(call, hit->bearing_deg);
    else
        text_column(record, call, column);
}

static void end_poles(void *work)
{
    sqlite3_free(((struct poles *)work)->hits);
}

#define POLES(title, columns, arguments, required, rows, start)                                    \
    {                                                                                              \
        title, columns, arguments, required, rows, sizeof(struct poles), start, pole_column,       \
            end_poles                                                                              \
    }

const struct table pole_tables[] = {
    POLES("pole_lookup", POLE_COLUMNS, "of_code, of_scope", 1, 1, start_lookup),
    POLES("pole_lookup_all", POLE_COLUMNS, "of_code, of_scope", 1, 2, start_lookup_all),
    POLES("pole_alias", POLE_COLUMNS, "of_alias", 1, 2, start_alias),
    POLES("pole_near", POLE_COLUMNS_NEAR, "of_lat, of_lon, k, max_m", 3, 10, start_near),
    POLES("pole_within", POLE_COLUMNS_NEAR, "of_lat, of_lon, radius_m", 3, 25, start_within),
    POLES("pole_within_box", POLE_COLUMNS, "south, west, north, east", 4, 100, start_box),
    POLES("pole_within_polygon", POLE_COLUMNS, "geojson", 1, 100, start_polygon),
};
const int pole_table_count = sizeof pole_tables / sizeof pole_tables[0];
