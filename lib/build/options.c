/* SPDX-License-Identifier: MIT
 * See options.h. */
#include "build/options.h"

#include "base/status.h"
#include "base/utf8.h"
#include "build/intake.h"

static pole_span take_until(pole_span *rest, char separator, bool *found)
{
    pole_span part = *rest;
    const char *end = rest->size_bytes ? memchr(rest->data, separator, rest->size_bytes) : NULL;
    *found = end != NULL;
    if (end) {
        part.size_bytes = (size_t)(end - rest->data);
        rest->data = end + 1;
        rest->size_bytes -= part.size_bytes + 1;
    } else {
        *rest = (pole_span){NULL, 0};
    }
    return part;
}

static uint32_t table_by_name(pole_span name)
{
    for (uint32_t table = POLE_TABLE_POLES; table <= POLE_TABLE_AREAS; table++)
        if (pole_span_equal(name, pole_span_of(pole_columns_table_name(table))))
            return table;
    return 0;
}

/* "NAME" or "TABLE=NAME", joined by ';': each table's CRS, empty where none is stated. */
static pole_status read_crs(const char *text, pole_span crs[POLE_TABLES], pole_error *error)
{
    memset(crs, 0, POLE_TABLES * sizeof *crs);
    pole_span rest = pole_span_of(text ? text : "");
    pole_span of_all = {NULL, 0};
    bool more = text != NULL;
    while (more) {
        pole_span name = take_until(&rest, ';', &more);
        bool with_table;
        const pole_span table_name = pole_utf8_trim(take_until(&name, '=', &with_table));
        const pole_span value = with_table ? pole_utf8_trim(name) : table_name;
        const uint32_t table = with_table ? table_by_name(table_name) : 0;
        pole_span *target = table ? crs + table : &of_all;
        if ((with_table && table == 0) || value.size_bytes == 0 || target->size_bytes > 0) {
            const pole_status status =
                pole_fail(error, POLE_INVALID_ARGUMENT, "'%s' does not name the CRS of the tables",
                          pole_show(pole_span_of(text)).text);
            pole_fail_hint(error, "for example EPSG:4530, or EPSG:4530;areas=EPSG:4326");
            return status;
        }
        *target = value;
    }
    for (uint32_t table = POLE_TABLE_POLES; table <= POLE_TABLE_AREAS; table++)
        if (crs[table].size_bytes == 0)
            crs[table] = of_all;
    return POLE_OK;
}

static pole_status make_frames(pole_builder *builder, const pole_build_options *options,
                               pole_error *error)
{
    pole_span crs[POLE_TABLES];
    pole_status status = read_crs(options->from_crs, crs, error);
    for (uint32_t table = POLE_TABLE_POLES; table <= POLE_TABLE_AREAS && status == POLE_OK; table++)
        status = pole_frame_init(builder->frames + table, crs[table], options->bounds,
                                 options->adapters, &builder->allocator, error);
    if (status == POLE_OK)
        status = pole_frame_init(&builder->wgs84, (pole_span){NULL, 0}, options->bounds, NULL,
                                 &builder->allocator, error);
    return status;
}

static pole_status add_map(pole_builder *builder, uint32_t table, pole_column_role role,
                           pole_span name, pole_error *error)
{
    if (!pole_grow_array(&builder->allocator, (void **)(builder->maps + table),
                         builder->map_capacities + table, builder->map_counts[table] + 1,
                         sizeof **builder->maps))
        return pole_fail(error, POLE_NO_MEMORY, "there is not enough memory for the options");
    builder->maps[table][builder->map_counts[table]++] = (pole_column_map){role, name};
    return POLE_OK;
}

static pole_status refuse_map(pole_span text, const char *fault, pole_error *error)
{
    const pole_status status =
        pole_fail(error, POLE_INVALID_ARGUMENT, "the map '%s' %s", pole_show(text).text, fault);
    pole_fail_hint(error, "for example code=POLE_ID, or stations.name=LABEL");
    return status;
}

/* "role=header" for every table that has the role, "table.role=header" for one. */
static pole_status read_map(pole_builder *builder, pole_span text, pole_error *error)
{
    bool with_header, with_table;
    pole_span header = text;
    pole_span left = take_until(&header, '=', &with_header);
    pole_span role_name = left;
    const pole_span table_name = take_until(&role_name, '.', &with_table);
    if (!with_table)
        role_name = left;
    const pole_column_role role = pole_column_role_by_name(role_name);
    const uint32_t table = with_table ? table_by_name(table_name) : 0;
    if (!with_header || header.size_bytes == 0)
        return refuse_map(text, "has no header behind '='", error);
    if (with_table && table == 0)
        return refuse_map(text, "names none of the tables poles, stations, areas", error);
    if (role == POLE_COLUMN_ROLES)
        return refuse_map(text, "names no column that is read", error);
    pole_status status = POLE_OK;
    bool is_read = false;
    for (uint32_t t = POLE_TABLE_POLES; t <= POLE_TABLE_AREAS && status == POLE_OK; t++) {
        if ((table != 0 && table != t) || !pole_column_role_in_table(role, t))
            continue;
        is_read = true;
        status = add_map(builder, t, role, header, error);
    }
    return is_read ? status : refuse_map(text, "names no column that is read", error);
}

static pole_status read_maps(pole_builder *builder, const char *const *maps, pole_error *error)
{
    size_t size = 0;
    for (size_t i = 0; maps && maps[i]; i++)
        size += strlen(maps[i]);
    builder->map_texts = pole_allocate_array(&builder->allocator, size, 1);
    if (builder->map_texts == NULL)
        return pole_fail(error, POLE_NO_MEMORY, "there is not enough memory for the options");
    char *to = builder->map_texts;
    pole_status status = POLE_OK;
    for (size_t i = 0; maps && maps[i] && status == POLE_OK; i++) {
        const pole_span text = {to, strlen(maps[i])};
        memcpy(to, maps[i], text.size_bytes);
        to += text.size_bytes;
        status = read_map(builder, text, error);
    }
    return status;
}

static pole_status read_name(pole_builder *builder, const char *given, pole_error *error)
{
    const pole_span name = pole_utf8_trim(pole_span_of(given ? given : ""));
    if (pole_utf8_first_bad(name.data, name.size_bytes) < name.size_bytes || name.size_bytes > 1024)
        return pole_fail(error, POLE_INVALID_ARGUMENT,
                         "the name of the index is no UTF-8 text of at most 1,024 bytes");
    char builder_name[64] = "polelookup ";
    const char *version = pole_version();
    const size_t prefix = strlen(builder_name), size = strlen(version);
    memcpy(builder_name + prefix, version, size < 32 ? size : 32);
    if (pole_texts_add(&builder->texts, name, &builder->name) != POLE_OK ||
        pole_texts_add(&builder->texts, pole_span_of(builder_name), &builder->builder_name) !=
            POLE_OK)
        return pole_fail(error, POLE_NO_MEMORY, "there is not enough memory for the options");
    return POLE_OK;
}

pole_status pole_builder_configure(pole_builder *builder, const pole_build_options *options,
                                   pole_error *error)
{
    pole_encoding encoding = POLE_ENCODING_SNIFF;
    pole_status status = POLE_OK;
    if (options->encoding)
        status = pole_encoding_by_name(pole_span_of(options->encoding), &encoding, error);
    if (status != POLE_OK)
        return status;
    if (options->delimiter > 127)
        return pole_fail(error, POLE_INVALID_ARGUMENT, "a delimiter is one ASCII character");
    if (options->rejects && options->rejects->write == NULL)
        return pole_fail(error, POLE_INVALID_ARGUMENT, "the rejects' sink has no function");
    builder->adapters = options->adapters;
    builder->encoding = encoding;
    builder->delimiter = options->delimiter;
    builder->is_sample = options->is_sample != 0;
    builder->no_doubts = options->no_doubts != 0;
    builder->source_date_epoch_s = options->source_date_epoch_s;
    builder->reporter.allocator = builder->allocator;
    builder->reporter.on_finding = options->on_finding;
    builder->reporter.context = options->context;
    builder->reporter.strict = options->strict != 0;
    pole_rejects_init(&builder->reporter.rejects, options->rejects, &builder->allocator);
    status = read_name(builder, options->name, error);
    if (status == POLE_OK)
        status = pole_plan_init(&builder->plan, options->scheme, &builder->texts,
                                &builder->allocator, error);
    if (status == POLE_OK)
        status = read_maps(builder, options->map, error);
    if (status == POLE_OK)
        status = make_frames(builder, options, error);
    return status;
}
