/* SPDX-License-Identifier: MIT
 *
 * A table by its path: what kind of file it is, who reads it, and what to say of those that nobody
 * reads. */
#include "formats/source_rows.h"

#include "base/status.h"

/* Puts the table's name before an error's message. */
static pole_status name_error(const pole_table *table, pole_status status, pole_error *error)
{
    if (!error)
        return status;
    const pole_error inner = *error;
    pole_fail(error, status, "%.*s: %s",
              (int)(table->name.size_bytes < 80 ? table->name.size_bytes : 80), table->name.data,
              inner.message);
    pole_fail_at(error, inner.line, inner.column, inner.offset_bytes);
    pole_fail_hint(error, inner.hint);
    return status;
}

/* Whether the name ends in one of the suffixes, which are joined by blanks. */
static bool has_suffix(pole_span name, const char *suffixes)
{
    size_t dot = name.size_bytes;
    while (dot > 0 && name.data[dot - 1] != '.')
        dot--;
    const size_t size = name.size_bytes - dot;
    char suffix[16];
    if (dot == 0 || size == 0 || size >= sizeof suffix)
        return false;
    for (size_t i = 0; i < size; i++) {
        const char c = name.data[dot + i];
        suffix[i] = c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
    }
    suffix[size] = '\0';
    for (const char *at = suffixes; (at = strstr(at, suffix)) != NULL; at += size) {
        if ((at == suffixes || at[-1] == ' ') && (at[size] == ' ' || at[size] == '\0'))
            return true;
    }
    return false;
}

static pole_table_format format_of_name(pole_span name)
{
    if (has_suffix(name, "csv tsv txt"))
        return POLE_FORMAT_CSV;
    if (has_suffix(name, "geojson json ndjson geojsonl geojsons jsonl"))
        return POLE_FORMAT_GEOJSON;
    if (has_suffix(name, "shp gpkg fgb tab mif kml sqlite xlsx ods"))
        return POLE_FORMAT_ADAPTER;
    return POLE_FORMAT_AUTO;
}

/* Reads raw bytes: those looked at already, then the rest. */
static pole_status read_bytes(void *context, void *bytes, size_t size, size_t *got,
                              pole_error *error)
{
    pole_table *table = context;
    if (table->head_at < table->head_size) {
        const size_t left = table->head_size - table->head_at;
        *got = size < left ? size : left;
        memcpy(bytes, table->head + table->head_at, *got);
        table->head_at += *got;
        return POLE_OK;
    }
    if (table->disk)
        return pole_disk_reader_read(table->disk, bytes, size, got, error);
    const pole_byte_source memory = pole_byte_source_of_memory(&table->memory);
    return memory.read(memory.context, bytes, size, got, error);
}

static pole_status read_head(pole_table *table, pole_error *error)
{
    size_t got = 1;
    size_t size = 0;
    while (size < sizeof table->head && got > 0) {
        const pole_status status =
            read_bytes(table, table->head + size, sizeof table->head - size, &got, error);
        if (status != POLE_OK)
            return status;
        size += got;
    }
    table->head_size = size;
    return POLE_OK;
}

/* Refuses what is plainly no text, with the cure. */
static pole_status refuse_packed(const pole_table *table, pole_error *error)
{
    static const struct {
        const char *magic;
        size_t size;
        const char *message;
        const char *hint;
    } packed[] = {
        {"\x1F\x8B", 2, "the file is compressed by gzip", "unpack it first: gunzip FILE"},
        {"PK\x03\x04", 4, "the file is a zip archive, or a spreadsheet (.xlsx, .ods)",
         "unpack it, or save the sheet as CSV (UTF-8)"},
        {"\xD0\xCF\x11\xE0", 4, "the file is an old spreadsheet (.xls)",
         "open it and save the sheet as CSV (UTF-8)"},
        {"BZh", 3, "the file is compressed by bzip2", "unpack it first: bunzip2 FILE"},
        {"\xFD"
         "7zXZ",
         5, "the file is compressed by xz", "unpack it first: unxz FILE"},
        {"\x28\xB5\x2F\xFD", 4, "the file is compressed by zstd", "unpack it first: unzstd FILE"}};
    for (size_t i = 0; i < sizeof packed / sizeof packed[0]; i++) {
        if (table->head_size >= packed[i].size &&
            memcmp(table->head, packed[i].magic, packed[i].size) == 0) {
            pole_fail(error, POLE_UNSUPPORTED, "%s", packed[i].message);
            pole_fail_hint(error, packed[i].hint);
            return POLE_UNSUPPORTED;
        }
    }
    return POLE_OK;
}

/* By the first character that is no blank: JSON begins with a bracket, a table hardly. */
static pole_status format_of_content(pole_table *table, pole_error *error)
{
    pole_text_window window = pole_text_in_window(table->text);
    for (;;) {
        for (size_t i = 0; i < window.size; i++) {
            const char c = window.data[i];
            if (c == ' ' || c == '\t' || c == '\r' || c == '\n')
                continue;
            table->format = c == '{' || c == '[' ? POLE_FORMAT_GEOJSON : POLE_FORMAT_CSV;
            return POLE_OK;
        }
        table->format = POLE_FORMAT_CSV;
        if (window.at_end)
            return POLE_OK;
        const pole_status status = pole_text_in_advance(table->text, 0, &window, error);
        if (status != POLE_OK)
            return status;
    }
}

static pole_status begin_text(pole_table *table, pole_error *error)
{
    pole_status status = read_head(table, error);
    if (status == POLE_OK)
        status = refuse_packed(table, error);
    const pole_byte_source source = {table, read_bytes};
    if (status == POLE_OK)
        status = pole_text_in_new(source, table->options.encoding, &table->allocator, &table->text,
                                  error);
    if (status == POLE_OK && table->format == POLE_FORMAT_AUTO)
        status = format_of_content(table, error);
    if (status != POLE_OK)
        return status;
    return table->format == POLE_FORMAT_GEOJSON ? pole_table_geojson_begin(table, error)
                                                : pole_table_csv_begin(table, error);
}

static pole_status refuse_foreign(const pole_table *table, pole_error *error)
{
    pole_fail(error, POLE_UNSUPPORTED, "this kind of file needs GDAL, which is not there");
    pole_fail_hint(error,
                   has_suffix(table->name, "xlsx ods")
                       ? "save the sheet as CSV (UTF-8), or install polelookup's GDAL part"
                       : "convert it to GeoJSON (ogr2ogr), or install polelookup's GDAL part");
    return POLE_UNSUPPORTED;
}

/* A table that knows its name and what it is asked for; NULL: no memory. */
static pole_table *make_table(const pole_table_options *options, const char *path)
{
    static const pole_table_options defaults = POLE_TABLE_DEFAULTS;
    if (!options)
        options = &defaults;
    const pole_allocator memory = pole_allocator_or_default(options->allocator);
    pole_table *table = pole_allocate_zeroed(&memory, 1, sizeof *table);
    if (!table)
        return NULL;
    table->allocator = memory;
    table->options = *options;
    table->lasting.allocator = memory;
    table->dialect = options->dialect;
    const char *slash = strrchr(path, '/');
    const pole_span name = pole_span_of(slash ? slash + 1 : path);
    if (!pole_text_store_add(&table->lasting, name, &table->name)) {
        pole_table_close(table);
        return NULL;
    }
    table->format =
        options->format == POLE_FORMAT_AUTO ? format_of_name(table->name) : options->format;
    if (has_suffix(table->name, "tsv") && table->dialect.delimiter == POLE_SNIFF_CHAR)
        table->dialect.delimiter = '\t';
    return table;
}

static pole_status open_path(pole_table *table, const char *path, pole_error *error)
{
    const pole_adapters *adapters = table->options.adapters;
    if (table->format == POLE_FORMAT_ADAPTER) {
        const bool there =
            adapters &&
            adapters->struct_size >= offsetof(pole_adapters, vector_close) + sizeof(void *) &&
            adapters->vector_open && adapters->vector_next && adapters->vector_close;
        return there ? pole_table_vector_begin(table, path, error) : refuse_foreign(table, error);
    }
    const pole_status status = pole_disk_reader_open(path, &table->allocator, &table->disk, error);
    return status == POLE_OK ? begin_text(table, error) : status;
}

pole_status pole_table_open(const char *path, const pole_table_options *options, pole_table **table,
                            pole_error *error)
{
    *table = NULL;
    pole_table *made = make_table(options, path);
    if (!made)
        return pole_table_no_memory(error);
    const pole_status status = open_path(made, path, error);
    if (status == POLE_OK) {
        *table = made;
        return POLE_OK;
    }
    if (status != POLE_IO) /* that names the path */
        name_error(made, status, error);
    pole_table_close(made);
    return status;
}

pole_status pole_table_open_memory(const void *bytes, size_t size, const char *name,
                                   const pole_table_options *options, pole_table **table,
                                   pole_error *error)
{
    *table = NULL;
    pole_table *made = make_table(options, name);
    if (!made)
        return pole_table_no_memory(error);
    made->memory = (pole_memory_bytes){bytes, size, 0};
    const pole_status status =
        made->format == POLE_FORMAT_ADAPTER ? refuse_foreign(made, error) : begin_text(made, error);
    if (status == POLE_OK) {
        *table = made;
        return POLE_OK;
    }
    name_error(made, status, error);
    pole_table_close(made);
    return status;
}

void pole_table_close(pole_table *table)
{
    if (!table)
        return;
    const pole_allocator memory = table->allocator;
    pole_csv_reader_free(table->csv);
    pole_geojson_reader_free(table->geojson);
    pole_text_in_free(table->text);
    if (table->disk)
        pole_disk_reader_close(table->disk);
    if (table->vector)
        table->options.adapters->vector_close(table->vector);
    pole_text_store_free(&table->lasting);
    pole_release(&memory, table->columns);
    pole_release(&memory, table->cells);
    pole_release(&memory, table->places);
    pole_release(&memory, table);
}

const pole_span *pole_table_columns(const pole_table *table, size_t *count)
{
    *count = table->column_count;
    return table->columns;
}

pole_status pole_table_next(pole_table *table, const pole_table_row **row, pole_error *error)
{
    bool found = false;
    pole_status status = table->failure.status;
    *row = NULL;
    table->row_at_hand = false;
    if (status == POLE_OK) {
        table->row.faults = 0;
        table->row.feature_faults = 0;
        if (table->format == POLE_FORMAT_CSV)
            status = pole_table_csv_next(table, &found, &table->failure);
        else if (table->format == POLE_FORMAT_GEOJSON)
            status = pole_table_geojson_next(table, &found, &table->failure);
        else
            status = pole_table_vector_next(table, &found, &table->failure);
        if (status != POLE_OK) {
            name_error(table, status, &table->failure);
            table->failure.status = status;
        }
    }
    if (status != POLE_OK) {
        if (error)
            *error = table->failure;
        return status;
    }
    if (found) {
        table->row.number++;
        table->row_at_hand = true;
        *row = &table->row;
    }
    return POLE_OK;
}

pole_table_summary pole_table_summarize(const pole_table *table)
{
    pole_table_summary summary;
    memset(&summary, 0, sizeof summary);
    summary.name = table->name;
    summary.row_count = table->row.number;
    summary.format = table->format;
    summary.dialect = table->dialect;
    if (table->disk)
        summary.mtime_s = pole_disk_reader_mtime(table->disk);
    if (table->text) {
        summary.hash = pole_text_in_raw_hash(table->text);
        summary.size_bytes = pole_text_in_raw_size(table->text);
        summary.encoding = pole_text_in_encoding(table->text);
    }
    if (table->geojson)
        summary.crs = pole_geojson_crs(table->geojson);
    else if (table->vector)
        summary.crs = table->vector_info->crs;
    return summary;
}
