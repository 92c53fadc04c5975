/* SPDX-License-Identifier: MIT
 * See settle.h. */
#include "build/settle.h"

#include "base/status.h"
#include "build/derive.h"
#include "build/taken.h"

void pole_settled_free(pole_settled *settled)
{
    const pole_allocator *allocator = &settled->allocator;
    pole_release(allocator, settled->strings);
    pole_release(allocator, settled->schemes);
    pole_release(allocator, settled->poles);
    pole_release(allocator, settled->aliases);
    pole_release(allocator, settled->stations);
    pole_release(allocator, settled->areas);
    pole_release(allocator, settled->ring_sizes);
    pole_release(allocator, settled->points_e7);
    pole_release(allocator, settled->sources);
    pole_assignments_free(&settled->city.assignments, allocator);
    pole_assignments_free(&settled->city.assignments, allocator);
    const pole_allocator kept = settled->allocator;
    memset(settled, 0, sizeof *settled);
    settled->allocator = kept;
}

/* Calls visit for every text number of the city, which it may read and change. */
static void each_text(pole_settled *settled, void (*visit)(pole_text_number *number, void *context),
                      void *context)
{
    const pole_draft_city *city = &settled->city;
    for (uint32_t i = 0; i < city->scheme_count; i++)
        visit(&settled->schemes[i].name, context);
    for (uint32_t i = 0; i < city->pole_count; i++) {
        pole_draft_pole *pole = settled->poles + i;
        visit(&pole->street, context);
        visit(&pole->district, context);
        visit(&pole->note, context);
        visit(&pole->successor, context);
    }
    for (uint32_t i = 0; i < city->alias_count; i++) {
        visit(&settled->aliases[i].alias, context);
        visit(&settled->aliases[i].owner, context);
    }
    for (uint32_t i = 0; i < city->station_count; i++) {
        pole_draft_station *station = settled->stations + i;
        visit(&station->id, context);
        visit(&station->name, context);
        visit(&station->kind, context);
        visit(&station->phone, context);
        visit(&station->group, context);
        visit(&station->district, context);
        visit(&station->prefix, context);
        visit(&station->scope, context);
        visit(&station->successor, context);
    }
}

static void mark(pole_text_number *number, void *context)
{
    uint8_t *used = context;
    used[*number] = 1;
}

static void renumber(pole_text_number *number, void *context)
{
    const pole_text_number *new_number = context;
    *number = new_number[*number];
}

/* Only texts that the city holds, in order of bytes: what was refused leaves no trace. */
static pole_status settle_texts(pole_builder *builder, pole_settled *settled)
{
    const pole_allocator *allocator = &builder->allocator;
    pole_text_number *new_number = NULL;
    uint8_t *used = pole_allocate_zeroed(allocator, builder->texts.count, sizeof *used);
    pole_status status = used ? POLE_OK : POLE_NO_MEMORY;
    if (status == POLE_OK) {
        each_text(settled, mark, used);
        status = pole_texts_sort(&builder->texts, used, &settled->strings,
                                 &settled->city.string_count, &new_number);
    }
    if (status == POLE_OK)
        each_text(settled, renumber, new_number);
    pole_release(allocator, used);
    pole_release(allocator, new_number);
    return status == POLE_OK ? POLE_OK : pole_builder_no_memory(builder);
}

static pole_status settle_provenance(pole_builder *builder, pole_settled *settled)
{
    pole_draft_provenance *provenance = &settled->city.provenance;
    const pole_texts *texts = &builder->texts;
    settled->sources =
        pole_allocate_array(&builder->allocator, builder->source_count, sizeof *settled->sources);
    if (settled->sources == NULL)
        return pole_builder_no_memory(builder);
    int64_t newest_s = 0;
    for (size_t i = 0; i < builder->source_count; i++) {
        const pole_build_source *source = builder->sources + i;
        settled->sources[i] =
            (pole_draft_source){.kind = source->table,
                                .file_name = pole_texts_at(texts, source->file_name),
                                .hash = pole_texts_at(texts, source->hash),
                                .crs = pole_texts_at(texts, source->crs),
                                .size_bytes = source->size_bytes,
                                .rows_read = source->rows_read,
                                .rows_refused = source->rows_refused};
        newest_s = source->mtime_s > newest_s ? source->mtime_s : newest_s;
    }
    /* SOURCE_DATE_EPOCH is by its definition the time of the newest source; the times of files
     * would give each copy of them an index of its own. */
    if (builder->source_date_epoch_s >= 0)
        newest_s = builder->source_date_epoch_s;
    provenance->built_at_s = newest_s;
    provenance->data_date_s = newest_s;
    provenance->rows_read = builder->rows_of_table[POLE_TABLE_POLES];
    provenance->rows_refused = builder->reporter.refused_poles;
    provenance->rows_collapsed = builder->reporter.collapsed_poles;
    provenance->name = pole_texts_at(texts, builder->name);
    provenance->builder = pole_texts_at(texts, builder->builder_name);
    provenance->sources = settled->sources;
    provenance->source_count = (uint32_t)builder->source_count;
    return POLE_OK;
}

/* Why there is no pole to write; if every row failed in one way, with the cure for that. */
static pole_status no_pole(pole_builder *builder)
{
    const pole_reporter *reporter = &builder->reporter;
    const unsigned long long rows = builder->rows_of_table[POLE_TABLE_POLES];
    pole_error *error = &builder->reporter.error;
    if (rows == 0) {
        pole_fail(error, POLE_REFUSED, "there is no pole to write: the tables of poles are empty");
        return POLE_REFUSED;
    }
    if (reporter->refused_poles < rows || reporter->refused_as < 0) {
        pole_fail(error, POLE_REFUSED, "there is no pole to write: %llu of %llu rows were refused",
                  (unsigned long long)reporter->refused_poles, rows);
        return POLE_REFUSED;
    }
    if (rows == 1)
        pole_fail(error, POLE_REFUSED, "there is no pole to write: the only row was refused as %s",
                  pole_finding_name(reporter->refused_as));
    else
        pole_fail(error, POLE_REFUSED,
                  "there is no pole to write: all %llu rows were refused as %s", rows,
                  pole_finding_name(reporter->refused_as));
    pole_fail_hint(error, reporter->refused_hint);
    return POLE_REFUSED;
}

static void point_to_arrays(pole_settled *settled)
{
    pole_draft_city *city = &settled->city;
    city->strings = settled->strings;
    city->schemes = settled->schemes;
    city->poles = settled->poles;
    city->aliases = settled->aliases;
    city->stations = settled->stations;
    city->areas = settled->areas;
    city->ring_sizes = settled->ring_sizes;
    city->points_e7 = settled->points_e7;
}

pole_status pole_settle(pole_builder *builder, pole_settled *settled)
{
    settled->city.is_sample = builder->is_sample;
    pole_status status = pole_settle_poles(builder, settled);
    if (status == POLE_OK && settled->city.pole_count == 0)
        status = no_pole(builder);
    if (status == POLE_OK)
        status = pole_settle_stations(builder, settled);
    if (status == POLE_OK)
        status = pole_settle_areas(builder, settled);
    if (status == POLE_OK)
        status = settle_texts(builder, settled);
    if (status == POLE_OK)
        status = settle_provenance(builder, settled);
    point_to_arrays(settled);
    return status;
}
