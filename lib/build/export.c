/* SPDX-License-Identifier: MIT
 * A table of an index the way back, in the names that intake.c reads: building from the three
 * tables gives the same content id. What they cannot carry is stated to the builder again: the
 * schemes, and that it is a sample. */
#include "base/abi.h"
#include "base/decimal.h"
#include "base/status.h"
#include "build/export_table.h"
#include "build/words.h"
#include "formats/columns.h"

/* The columns of each table, in order. */
static const pole_column_role pole_roles[] = {
    POLE_COLUMN_SCOPE,    POLE_COLUMN_CODE,     POLE_COLUMN_LAT,         POLE_COLUMN_LON,
    POLE_COLUMN_STREET,   POLE_COLUMN_DISTRICT, POLE_COLUMN_STATUS,      POLE_COLUMN_SUCCESSOR,
    POLE_COLUMN_SURVEYED, POLE_COLUMN_ALIAS,    POLE_COLUMN_ALIAS_OWNER, POLE_COLUMN_NOTE};
static const pole_column_role station_roles[] = {
    POLE_COLUMN_ID,     POLE_COLUMN_NAME,  POLE_COLUMN_LAT,      POLE_COLUMN_LON,
    POLE_COLUMN_KIND,   POLE_COLUMN_GROUP, POLE_COLUMN_DISTRICT, POLE_COLUMN_PHONE,
    POLE_COLUMN_PREFIX, POLE_COLUMN_SCOPE, POLE_COLUMN_SUCCESSOR};

#define COUNT(array) (sizeof(array) / sizeof *(array))

void pole_export_options_init(pole_export_options *options)
{
    if (options == NULL)
        return;
    memset(options, 0, sizeof *options);
    options->struct_size = sizeof *options;
    options->table = POLE_TABLE_POLES;
    options->format = POLE_EXPORT_CSV;
}

const char *pole_export_csvt(uint32_t table)
{
    if (table == POLE_TABLE_POLES)
        return "\"String\",\"String\",\"CoordY\",\"CoordX\",\"String\",\"String\",\"String\","
               "\"String\",\"Date\",\"String\",\"String\",\"String\"";
    if (table == POLE_TABLE_STATIONS)
        return "\"String\",\"String\",\"CoordY\",\"CoordX\",\"String\",\"String\",\"String\","
               "\"String\",\"String\",\"String\",\"String\"";
    return "";
}

/* One row's texts, by role. */
typedef struct {
    pole_span texts[POLE_COLUMN_ROLES];
    char code[POLE_MAX_DIGITS + 1];
    char lat[32], lon[32];
    char date[11];
    int32_t lat_e7, lon_e7;
} row_texts;

static void set_position(row_texts *row, int32_t lat_e7, int32_t lon_e7)
{
    row->lat_e7 = lat_e7;
    row->lon_e7 = lon_e7;
    row->texts[POLE_COLUMN_LAT] = (pole_span){row->lat, pole_scaled_to_text(lat_e7, 7, row->lat)};
    row->texts[POLE_COLUMN_LON] = (pole_span){row->lon, pole_scaled_to_text(lon_e7, 7, row->lon)};
}

static void fill_pole(const pole_index *index, pole_row number, row_texts *row)
{
    pole_record record = {.struct_size = sizeof record};
    memset(row, 0, sizeof *row);
    pole_index_record(index, number, &record);
    pole_digits_write(record.code.number, record.code.digits, row->code);
    row->texts[POLE_COLUMN_SCOPE] = record.scope;
    row->texts[POLE_COLUMN_CODE] = pole_span_of(row->code);
    set_position(row, pole_position_lat_e7(&index->positions, number),
                 pole_position_lon_e7(&index->positions, number));
    row->texts[POLE_COLUMN_STREET] = record.street;
    row->texts[POLE_COLUMN_DISTRICT] = record.district;
    row->texts[POLE_COLUMN_STATUS] = pole_span_of(pole_state_word(record.state));
    row->texts[POLE_COLUMN_SUCCESSOR] = record.successor;
    row->texts[POLE_COLUMN_NOTE] = record.note;
    if (record.surveyed_days != POLE_NO_DATE) {
        pole_write_date(record.surveyed_days, row->date);
        row->texts[POLE_COLUMN_SURVEYED] = pole_span_of(row->date);
    }
}

static void fill_station(const pole_index *index, uint32_t number, row_texts *row)
{
    const pole_draft_station station = pole_stations_get(&index->stations, number);
    const pole_strings *strings = &index->strings;
    memset(row, 0, sizeof *row);
    row->texts[POLE_COLUMN_ID] = pole_strings_at(strings, station.id);
    row->texts[POLE_COLUMN_NAME] = pole_strings_at(strings, station.name);
    set_position(row, station.lat_e7, station.lon_e7);
    row->texts[POLE_COLUMN_KIND] = pole_strings_at(strings, station.kind);
    row->texts[POLE_COLUMN_GROUP] = pole_strings_at(strings, station.group);
    row->texts[POLE_COLUMN_DISTRICT] = pole_strings_at(strings, station.district);
    row->texts[POLE_COLUMN_PHONE] = pole_strings_at(strings, station.phone);
    /* An empty prefix would be taken from an id of digits. */
    row->texts[POLE_COLUMN_PREFIX] =
        station.prefix != 0 ? pole_strings_at(strings, station.prefix) : pole_span_of("-");
    row->texts[POLE_COLUMN_SCOPE] = pole_strings_at(strings, station.scope);
    row->texts[POLE_COLUMN_SUCCESSOR] = pole_strings_at(strings, station.successor);
}

static void write_feature(pole_exporting *out, const row_texts *row, const pole_column_role *roles,
                          size_t role_count)
{
    pole_json_writer json;
    pole_export_begin_feature(out, &json);
    for (size_t i = 0; i < role_count; i++) {
        if (roles[i] == POLE_COLUMN_LAT || roles[i] == POLE_COLUMN_LON)
            continue;
        pole_json_key(&json, pole_column_role_name(roles[i]));
        pole_json_string_or_null(&json, row->texts[roles[i]]);
    }
    pole_export_begin_geometry(&json, "Point");
    pole_export_position(&json, row->lat_e7, row->lon_e7);
    pole_export_end_feature(&json);
}

static pole_status write_row(pole_exporting *out, const row_texts *row,
                             const pole_column_role *roles, size_t role_count)
{
    if (out->format == POLE_EXPORT_GEOJSON) {
        write_feature(out, row, roles, role_count);
    } else {
        for (size_t i = 0; i < role_count; i++)
            pole_csv_write_cell(&out->csv, row->texts[roles[i]]);
        pole_csv_end_row(&out->csv);
    }
    return pole_export_flush(out, false);
}

/* A text that opens and closes with an apostrophe could make a reader take that for the table's
 * quote; one cell in quotation marks in the header settles it. */
static bool has_apostrophe(const pole_index *index)
{
    for (uint32_t i = 0; i < index->strings.count; i++) {
        const pole_span text = pole_strings_at(&index->strings, i);
        if (text.size_bytes > 0 && text.data[0] == '\'')
            return true;
    }
    return false;
}

static void begin_table(pole_exporting *out, const pole_column_role *roles, size_t role_count)
{
    if (out->format == POLE_EXPORT_GEOJSON) {
        pole_export_begin_collection(out);
        return;
    }
    pole_csv_writer_init(&out->csv, POLE_DIALECT_CSV, &out->buffer);
    size_t i = 0;
    if (has_apostrophe(out->index)) {
        pole_buffer_append_byte(&out->buffer, '"');
        pole_buffer_append_text(&out->buffer, pole_column_role_name(roles[i++]));
        pole_buffer_append_text(&out->buffer, "\",");
    }
    for (; i < role_count; i++)
        pole_csv_write_text(&out->csv, pole_column_role_name(roles[i]));
    pole_csv_end_row(&out->csv);
}

/* A pole with several aliases is several rows, that differ in nothing else: the builder reads
 * them as one pole. */
static pole_status write_poles(pole_exporting *out)
{
    const pole_index *index = out->index;
    const pole_aliases *aliases = &index->aliases;
    uint32_t next = 0; /* in order of row */
    row_texts row;
    pole_status status = POLE_OK;
    begin_table(out, pole_roles, COUNT(pole_roles));
    for (pole_row number = 0; number < index->positions.rows && status == POLE_OK; number++) {
        const uint32_t first = next;
        fill_pole(index, number, &row);
        while (next < aliases->count && status == POLE_OK) {
            const pole_draft_alias alias =
                pole_alias_at(aliases, pole_load_u32(aliases->by_row + 4 * (size_t)next));
            if (alias.row != number)
                break;
            row.texts[POLE_COLUMN_ALIAS] = pole_strings_at(&index->strings, alias.alias);
            row.texts[POLE_COLUMN_ALIAS_OWNER] = pole_strings_at(&index->strings, alias.owner);
            status = write_row(out, &row, pole_roles, COUNT(pole_roles));
            next++;
        }
        if (next == first)
            status = write_row(out, &row, pole_roles, COUNT(pole_roles));
    }
    return status;
}

static pole_status write_stations(pole_exporting *out)
{
    row_texts row;
    pole_status status = POLE_OK;
    begin_table(out, station_roles, COUNT(station_roles));
    for (uint32_t i = 0; i < out->index->stations.count && status == POLE_OK; i++) {
        fill_station(out->index, i, &row);
        status = write_row(out, &row, station_roles, COUNT(station_roles));
    }
    return status;
}

pole_status pole_export(const pole_index *index, const pole_export_options *options,
                        const pole_sink *sink, pole_error *error)
{
    pole_error_clear(error);
    pole_export_options full;
    pole_export_options_init(&full);
    if (index == NULL || sink == NULL || sink->write == NULL ||
        !pole_options_take(&full, sizeof full, options))
        return pole_fail(error, POLE_INVALID_ARGUMENT, "no index, no sink, or unsound options");
    if (full.table < POLE_TABLE_POLES || full.table > POLE_TABLE_AREAS ||
        (full.format != POLE_EXPORT_CSV && full.format != POLE_EXPORT_GEOJSON))
        return pole_fail(error, POLE_INVALID_ARGUMENT, "no such table or format");
    if (full.table == POLE_TABLE_AREAS && full.format == POLE_EXPORT_CSV) {
        pole_fail(error, POLE_INVALID_ARGUMENT, "areas have no CSV form");
        pole_fail_hint(error, "export them as GeoJSON");
        return POLE_INVALID_ARGUMENT;
    }
    pole_exporting out = {.index = index, .format = full.format, .sink = sink, .error = error};
    pole_buffer_init(&out.buffer, &index->allocator);
    pole_status status = full.table == POLE_TABLE_POLES      ? write_poles(&out)
                         : full.table == POLE_TABLE_STATIONS ? write_stations(&out)
                                                             : pole_export_areas(&out);
    if (status == POLE_OK && full.format == POLE_EXPORT_GEOJSON)
        pole_export_end_collection(&out);
    if (status == POLE_OK)
        status = pole_export_flush(&out, true);
    pole_buffer_free(&out.buffer);
    return status;
}
