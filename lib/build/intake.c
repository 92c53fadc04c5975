/* SPDX-License-Identifier: MIT
 * A file of one kind of table: its columns, its rows, its CRS, and what it is for provenance. */
#include "build/intake.h"

#include <stdio.h>

#include "base/status.h"
#include "base/utf8.h"
#include "build/file_crs.h"
#include "build/taken.h"

/* A file while it is read. */
typedef struct {
    pole_builder *builder;
    pole_table *table;
    uint32_t kind;
    uint32_t source;
    pole_row_place place;
    pole_column_roles roles;
    pole_axes axes;
    size_t name_count; /* that the roles were found among */
    uint64_t rows;
    uint64_t refused;
    pole_finding_kind refused_as; /* -1: several */
    bool crs_judged;
} file_reading;

static pole_finding_kind kind_of_fault(const pole_table_row *row)
{
    const uint32_t geometry = POLE_FEATURE_NO_GEOMETRY | POLE_FEATURE_GEOMETRY_TYPE |
                              POLE_FEATURE_COORDINATES | POLE_FEATURE_EMPTY |
                              POLE_FEATURE_UNCLOSED_RING | POLE_FEATURE_SHORT_RING;
    if (row->faults & (POLE_ROW_BAD_BYTES | POLE_ROW_NUL))
        return POLE_FINDING_BAD_TEXT;
    if (row->faults & (POLE_ROW_UNCLOSED_QUOTE | POLE_ROW_AFTER_QUOTE))
        return POLE_FINDING_UNCLOSED_QUOTE;
    if (row->faults & POLE_ROW_TOO_LONG)
        return POLE_FINDING_TOO_LONG;
    if ((row->faults & POLE_ROW_FEATURE) == 0)
        return POLE_FINDING_RAGGED_ROW;
    if (row->feature_faults & POLE_FEATURE_BAD_BYTES)
        return POLE_FINDING_BAD_TEXT;
    if (row->feature_faults & POLE_FEATURE_TOO_MANY)
        return POLE_FINDING_TOO_LONG;
    return row->feature_faults & geometry ? POLE_FINDING_BAD_GEOMETRY : POLE_FINDING_RAGGED_ROW;
}

static pole_status refuse_fault(file_reading *file)
{
    pole_error fault;
    pole_table_fault(file->table, &fault);
    const pole_table_row *row = file->place.row;
    pole_complaint complaint =
        pole_complain(kind_of_fault(row), POLE_COLUMN_ROLES, (pole_span){NULL, 0},
                      fault.hint[0] ? fault.hint : NULL);
    if (fault.column > 0 && fault.column <= row->cell_count) {
        complaint.column = fault.column;
        complaint.value = row->cells[fault.column - 1];
    }
    return pole_refuse(&file->builder->reporter, &file->place, &complaint, "%s", fault.message);
}

/* Faults of an area's rings that areas are judged by themselves for. */
static bool is_faulty(const file_reading *file)
{
    const pole_table_row *row = file->place.row;
    const uint32_t rings = POLE_FEATURE_UNCLOSED_RING | POLE_FEATURE_SHORT_RING;
    if (file->kind == POLE_TABLE_AREAS && row->faults == POLE_ROW_FEATURE)
        return (row->feature_faults & ~(rings | (uint32_t)POLE_FEATURE_NO_GEOMETRY)) != 0;
    return row->faults != 0;
}

static pole_status find_roles(file_reading *file)
{
    pole_builder *builder = file->builder;
    size_t count;
    const pole_span *names = pole_table_columns(file->table, &count);
    file->place.names = names;
    file->place.name_count = count;
    file->place.roles = &file->roles;
    if (count == file->name_count)
        return POLE_OK;
    const bool axes_judged = file->axes.judged;
    file->name_count = count;
    const pole_column_map *maps = builder->maps[file->kind];
    const size_t map_count = builder->map_counts[file->kind];
    pole_error *error = &builder->reporter.error;
    pole_status status =
        pole_columns_find(file->kind, names, count, maps, map_count, &file->roles, error);
    if (status == POLE_OK)
        status = pole_choose_axes(&file->roles, maps, map_count, &file->axes, error);
    file->axes.judged = axes_judged;
    return status;
}

static pole_status take_row(file_reading *file)
{
    pole_builder *builder = file->builder;
    if (is_faulty(file))
        return refuse_fault(file);
    if (file->kind == POLE_TABLE_POLES)
        return pole_take_pole_row(builder, &file->place, &file->axes);
    if (file->kind == POLE_TABLE_STATIONS)
        return pole_take_station_row(builder, &file->place, &file->axes);
    return pole_take_area_row(builder, &file->place);
}

/* "columns id and name" to names, " --map stations.id=HEADER ..." to cure. */
typedef struct {
    unsigned count;
    char names[48];
    char cure[112];
} missing_columns;

static void add_missing(missing_columns *missing, const char *name, const char *cure)
{
    const size_t used = strlen(missing->names), cure_used = strlen(missing->cure);
    (void)snprintf(missing->names + used, sizeof missing->names - used, "%s%s",
                   missing->count > 0 ? " and " : "", name);
    (void)snprintf(missing->cure + cure_used, sizeof missing->cure - cure_used, "%s", cure);
    missing->count++;
}

static missing_columns find_missing(const file_reading *file, bool has_geometry)
{
    static const pole_column_role needed[POLE_TABLES][2] = {
        {POLE_COLUMN_ROLES, POLE_COLUMN_ROLES},
        {POLE_COLUMN_CODE, POLE_COLUMN_ROLES},
        {POLE_COLUMN_ID, POLE_COLUMN_NAME},
        {POLE_COLUMN_STATION_ID, POLE_COLUMN_ROLES}};
    missing_columns missing = {0, "", ""};
    for (size_t i = 0; i < 2; i++) {
        const pole_column_role role = needed[file->kind][i];
        if (role == POLE_COLUMN_ROLES || file->roles.column[role] != POLE_NO_COLUMN)
            continue;
        const char *name = pole_column_role_name(role);
        char cure[48];
        (void)snprintf(cure, sizeof cure, " --map %s.%s=HEADER",
                       pole_columns_table_name(file->kind), name);
        add_missing(&missing, name, cure);
    }
    if (!has_geometry && file->axes.x_role == POLE_COLUMN_ROLES)
        add_missing(&missing, "lat and lon, or x and y", " --map lat=HEADER --map lon=HEADER");
    return missing;
}

/* What a table cannot do without. A table whose rows may bring columns of their own is asked at
 * its end. */
static pole_status require_columns(file_reading *file, bool has_geometry)
{
    pole_error *error = &file->builder->reporter.error;
    const missing_columns missing = find_missing(file, has_geometry);
    if (missing.count == 0)
        return POLE_OK;
    if (file->kind == POLE_TABLE_AREAS && !has_geometry)
        return pole_fail(error, POLE_BAD_INPUT,
                         "a table of areas needs polygons, as GeoJSON has them");
    const bool several = missing.count > 1 || strchr(missing.names, ' ');
    (void)pole_fail(error, POLE_BAD_INPUT, "the table of %s has no column%s %s; the columns are %s",
                    pole_columns_table_name(file->kind), several ? "s" : "", missing.names,
                    pole_columns_list(file->place.names, file->place.name_count).text);
    char hint[sizeof error->hint];
    (void)snprintf(hint, sizeof hint, "name %s:%s", several ? "them" : "it", missing.cure);
    pole_fail_hint(error, hint);
    return POLE_BAD_INPUT;
}

/* Once it is known that the file states a CRS: does it fit? */
static pole_status judge_crs(file_reading *file, pole_span stated)
{
    pole_builder *builder = file->builder;
    const pole_frame *frame = builder->frames + file->kind;
    if (file->crs_judged || stated.size_bytes == 0)
        return POLE_OK;
    file->crs_judged = true;
    char name[32];
    const bool known = pole_file_crs_name(stated, name);
    const char *taken = pole_crs_name(frame->crs);
    if (known && pole_same_crs(name, taken))
        return POLE_OK;
    pole_complaint complaint =
        pole_complain(POLE_FINDING_OTHER_CRS, POLE_COLUMN_ROLES, stated, NULL);
    pole_row_place place = {
        .table = file->kind, .origin = {file->source, 0}, .file = file->place.file};
    if (!known && frame->is_stated) {
        pole_report_file(&builder->reporter, &place, &complaint, false,
                         "the file states the CRS '%s', which is not known by this name; %s was "
                         "given and is taken",
                         pole_show(stated).text, taken);
        return POLE_OK;
    }
    char hint[96];
    snprintf(hint, sizeof hint, known ? "build with --from-crs %s=%s" : "name it with --from-crs",
             pole_columns_table_name(file->kind), name);
    complaint.hint = hint;
    return pole_report_file(&builder->reporter, &place, &complaint, true,
                            "the file states the CRS %s, and %s %s",
                            known ? name : pole_show(stated).text, taken,
                            frame->is_stated ? "was given" : "is taken where none is given");
}

static void count_row(file_reading *file, pole_status status)
{
    file->rows++;
    if (status != POLE_BAD_INPUT && status != POLE_REFUSED)
        return;
    const pole_finding_kind kind = file->builder->reporter.last_refused;
    file->refused_as = file->refused == 0 || file->refused_as == kind ? kind : -1;
    file->refused++;
}

static pole_status take_rows(file_reading *file)
{
    pole_builder *builder = file->builder;
    pole_error *error = &builder->reporter.error;
    for (;;) {
        const pole_table_row *row;
        pole_status status = pole_table_next(file->table, &row, error);
        if (status != POLE_OK || row == NULL)
            return status;
        if (row->faults & POLE_ROW_BLANK)
            continue;
        if (file->rows == 0)
            status = judge_crs(file, pole_table_summarize(file->table).crs);
        if (status == POLE_OK)
            status = find_roles(file);
        if (status != POLE_OK)
            return status;
        file->place.row = row;
        file->place.origin.line = row->line < UINT32_MAX ? (uint32_t)row->line : UINT32_MAX;
        builder->reporter.rows_read++;
        builder->rows_of_table[file->kind]++;
        status = take_row(file);
        count_row(file, status);
        if (status != POLE_OK && status != POLE_BAD_INPUT)
            return status;
    }
}

static void say_if_all_failed(file_reading *file)
{
    pole_reporter *reporter = &file->builder->reporter;
    if (file->rows < 2 || file->refused != file->rows || file->refused_as < 0)
        return;
    if (file->kind == POLE_TABLE_POLES &&
        reporter->refused_poles == file->builder->rows_of_table[POLE_TABLE_POLES])
        return; /* so far there is no pole: when it stays so, the build's error says this */
    char hint[sizeof reporter->error.hint];
    memcpy(hint, reporter->error.hint, sizeof hint);
    const pole_complaint complaint =
        pole_complain(file->refused_as, POLE_COLUMN_ROLES, (pole_span){NULL, 0}, hint);
    pole_row_place place = {
        .table = file->kind, .origin = {file->source, 0}, .file = file->place.file};
    pole_report_file(reporter, &place, &complaint, false,
                     "all %llu rows of the file were refused as %s", (unsigned long long)file->rows,
                     pole_finding_name(file->refused_as));
}

static pole_status take_whole(file_reading *file)
{
    const pole_table_summary at_start = pole_table_summarize(file->table);
    const bool delimited = at_start.format == POLE_FORMAT_CSV;
    pole_status status = POLE_OK;
    if (delimited)
        status = find_roles(file);
    if (status == POLE_OK && delimited)
        status = require_columns(file, false);
    if (status == POLE_OK)
        status = take_rows(file);
    if (status == POLE_OK)
        status = judge_crs(file, pole_table_summarize(file->table).crs);
    if (status == POLE_OK && !delimited && file->rows > 0)
        status = require_columns(file, true);
    if (status == POLE_OK)
        say_if_all_failed(file);
    return status;
}

/* A file name may be any bytes; what is kept of it is UTF-8. */
static pole_status add_name(pole_builder *builder, pole_span name, pole_text_number *number)
{
    char shown[256];
    size_t size = name.size_bytes < sizeof shown ? name.size_bytes : sizeof shown;
    memcpy(shown, name.data, size);
    for (size_t bad; (bad = pole_utf8_first_bad(shown, size)) < size;)
        shown[bad] = '?';
    for (size_t i = 0; i < size; i++)
        if ((unsigned char)shown[i] < 0x20 || shown[i] == 0x7F)
            shown[i] = '?';
    return pole_texts_add(&builder->texts, (pole_span){shown, size}, number);
}

static pole_status add_source(pole_builder *builder, file_reading *file)
{
    if (builder->source_count >= POLE_NO_SOURCE ||
        !pole_grow_array(&builder->allocator, (void **)&builder->sources, &builder->source_capacity,
                         builder->source_count + 1, sizeof *builder->sources))
        return pole_builder_no_memory(builder);
    pole_build_source source = {.table = file->kind};
    if (add_name(builder, pole_table_summarize(file->table).name, &source.file_name) != POLE_OK)
        return pole_builder_no_memory(builder);
    file->source = (uint32_t)builder->source_count;
    builder->sources[builder->source_count++] = source;
    return POLE_OK;
}

static pole_status describe_source(file_reading *file)
{
    pole_builder *builder = file->builder;
    const pole_table_summary summary = pole_table_summarize(file->table);
    pole_build_source *source = builder->sources + file->source;
    char hash[33];
    pole_hash_to_text(summary.hash, hash);
    source->size_bytes = summary.size_bytes;
    source->mtime_s = summary.mtime_s;
    source->rows_read = file->rows;
    source->rows_refused = file->refused;
    pole_status status = pole_texts_add(&builder->texts, pole_span_of(hash), &source->hash);
    if (status == POLE_OK)
        status = pole_texts_add(&builder->texts,
                                pole_span_of(pole_crs_name(builder->frames[file->kind].crs)),
                                &source->crs);
    return status == POLE_OK ? POLE_OK : pole_builder_no_memory(builder);
}

/* "poles.csv: ..." before a message that does not name the file. */
static void name_file(pole_error *error, pole_span name)
{
    const pole_shown shown = pole_show(name);
    if (strstr(error->message, shown.text))
        return;
    const pole_error inner = *error;
    pole_fail(error, inner.status, "%s: %s", shown.text, inner.message);
    pole_fail_at(error, inner.line, inner.column, inner.offset_bytes);
    pole_fail_hint(error, inner.hint);
}

pole_status pole_take_file(pole_builder *builder, uint32_t table, const char *path)
{
    pole_error *error = &builder->reporter.error;
    pole_table_options options = POLE_TABLE_DEFAULTS;
    options.allocator = &builder->allocator;
    options.adapters = builder->adapters;
    options.encoding = (pole_encoding)builder->encoding;
    if (builder->delimiter != 0)
        options.dialect.delimiter = (char)builder->delimiter;
    file_reading file = {.builder = builder,
                         .kind = table,
                         .name_count = SIZE_MAX,
                         .axes = {POLE_COLUMN_ROLES, POLE_COLUMN_ROLES, false, false}};
    for (size_t role = 0; role < POLE_COLUMN_ROLES; role++)
        file.roles.column[role] = POLE_NO_COLUMN;
    pole_status status = pole_table_open(path, &options, &file.table, error);
    if (status != POLE_OK)
        return status;
    file.place.table = table;
    file.place.file = pole_table_summarize(file.table).name;
    status = add_source(builder, &file);
    file.place.origin.source = file.source;
    if (status == POLE_OK)
        status = take_whole(&file);
    if (status == POLE_OK)
        status = describe_source(&file);
    else
        name_file(error, file.place.file);
    pole_table_close(file.table);
    return status;
}
