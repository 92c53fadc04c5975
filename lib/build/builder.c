/* SPDX-License-Identifier: MIT
 * The builder: made from options, fed with rows, finished once. What fails ends it: a build that
 * lost half a table must not be finished by mistake, so every later call repeats the failure. */
#include "build/builder.h"

#include <stdio.h>

#include "base/abi.h"
#include "base/status.h"
#include "build/derive.h"
#include "build/intake.h"
#include "build/options.h"
#include "build/publish.h"
#include "build/settle.h"
#include "build/taken.h"
#include "index/save.h"

void pole_build_options_init(pole_build_options *options)
{
    if (options == NULL)
        return;
    memset(options, 0, sizeof *options);
    options->struct_size = sizeof *options;
    options->source_date_epoch_s = -1;
}

pole_status pole_builder_new(const pole_build_options *options, pole_builder **builder,
                             pole_error *error)
{
    pole_error_clear(error);
    if (builder == NULL)
        return pole_fail(error, POLE_INVALID_ARGUMENT, "no place for the builder");
    *builder = NULL;
    pole_build_options full;
    pole_build_options_init(&full);
    if (!pole_options_take(&full, sizeof full, options))
        return pole_fail(error, POLE_INVALID_ARGUMENT, "the build options are not sound");
    const pole_allocator allocator = pole_allocator_or_default(full.allocator);
    pole_builder *made = pole_allocate_zeroed(&allocator, 1, sizeof *made);
    if (made == NULL)
        return pole_fail(error, POLE_NO_MEMORY, "there is not enough memory for a builder");
    made->allocator = allocator;
    pole_buffer_init(&made->poles.kept.bytes, &allocator);
    pole_buffer_init(&made->stations.kept.bytes, &allocator);
    pole_buffer_init(&made->areas.kept.bytes, &allocator);
    pole_status status = pole_texts_init(&made->texts, &allocator);
    if (status != POLE_OK)
        (void)pole_fail(error, status, "there is not enough memory for a builder");
    else
        status = pole_builder_configure(made, &full, error);
    if (status != POLE_OK) {
        pole_builder_free(made);
        return status;
    }
    *builder = made;
    return POLE_OK;
}

static void free_kept(const pole_allocator *allocator, pole_kept_rows *kept)
{
    pole_buffer_free(&kept->bytes);
    pole_release(allocator, kept->ends);
}

void pole_builder_free(pole_builder *builder)
{
    if (builder == NULL)
        return;
    const pole_allocator allocator = builder->allocator;
    for (uint32_t table = 0; table < POLE_TABLES; table++) {
        pole_frame_free(builder->frames + table);
        pole_release(&allocator, builder->maps[table]);
    }
    pole_frame_free(&builder->wgs84);
    pole_release(&allocator, builder->map_texts);
    pole_release(&allocator, builder->sources);
    pole_release(&allocator, builder->poles.rows);
    pole_release(&allocator, builder->poles.origins);
    pole_release(&allocator, builder->poles.aliases);
    free_kept(&allocator, &builder->poles.kept);
    pole_release(&allocator, builder->stations.rows);
    pole_release(&allocator, builder->stations.origins);
    free_kept(&allocator, &builder->stations.kept);
    pole_release(&allocator, builder->areas.rows);
    pole_release(&allocator, builder->areas.ring_sizes);
    pole_release(&allocator, builder->areas.vertices);
    free_kept(&allocator, &builder->areas.kept);
    if (builder->reporter.rejects.out.allocator.release)
        pole_rejects_free(&builder->reporter.rejects);
    pole_plan_free(&builder->plan);
    pole_texts_free(&builder->texts);
    pole_release(&allocator, builder);
}

pole_status pole_builder_begin_call(pole_builder *builder, pole_error *error)
{
    pole_error_clear(error);
    if (builder == NULL)
        return pole_fail(error, POLE_INVALID_ARGUMENT, "no builder");
    if (builder->finished)
        return pole_fail(error, POLE_INVALID_ARGUMENT, "the build is finished");
    if (builder->stopped != POLE_OK && error)
        *error = builder->reporter.error;
    return builder->stopped;
}

pole_status pole_builder_end_call(pole_builder *builder, pole_status status, bool row_only,
                                  pole_error *error)
{
    const pole_status flushed = pole_rejects_flush(&builder->reporter.rejects);
    if (flushed != POLE_OK && (status == POLE_OK || status == POLE_BAD_INPUT)) {
        status = flushed == POLE_BAD_INPUT ? POLE_IO : flushed;
        (void)pole_fail(&builder->reporter.error, status, "the rejects could not be written");
        row_only = false;
    }
    if (status != POLE_OK && error)
        *error = builder->reporter.error;
    if (status != POLE_OK && !(row_only && status == POLE_BAD_INPUT))
        builder->stopped = status;
    return status;
}

pole_status pole_builder_add_file(pole_builder *builder, uint32_t table, const char *path,
                                  pole_error *error)
{
    pole_status status = pole_builder_begin_call(builder, error);
    if (status != POLE_OK)
        return status;
    if (table < POLE_TABLE_POLES || table > POLE_TABLE_AREAS || path == NULL)
        return pole_fail(error, POLE_INVALID_ARGUMENT, "no such table, or no path");
    status = pole_take_file(builder, table, path);
    return pole_builder_end_call(builder, status, false, error);
}

static void fill_report(const pole_builder *builder, const pole_info *info,
                        pole_build_report *report)
{
    if (!pole_record_is_sound(report))
        return;
    pole_build_report full = {.poles = info->poles,
                              .stations = info->stations,
                              .areas = info->areas,
                              .rows_read = builder->reporter.rows_read,
                              .rows_refused = builder->reporter.rows_refused,
                              .rows_collapsed = builder->reporter.rows_collapsed,
                              .remarks = builder->reporter.remarks,
                              .file_bytes = info->file_bytes};
    memcpy(full.id, info->id, sizeof full.id);
    pole_record_fill(report, &full, sizeof full);
}

static pole_status finish(pole_builder *builder, const char *path, const pole_sink *sink,
                          pole_info *info, pole_error *error)
{
    const pole_allocator *allocator = &builder->allocator;
    pole_settled settled = {.allocator = *allocator};
    pole_publication made;
    pole_buffer_init(&made.bytes, allocator);
    pole_status status = pole_settle(builder, &settled);
    if (status == POLE_OK)
        status = pole_rejects_flush(&builder->reporter.rejects);
    if (status == POLE_OK)
        status = pole_derive_assignments(&settled.city, allocator, error);
    if (status == POLE_OK)
        status = pole_save(&settled.city, allocator, &made.bytes, error);
    made.derived = settled.city.assignments;
    memset(&settled.city.assignments, 0, sizeof settled.city.assignments);
    pole_settled_free(&settled);
    if (status == POLE_OK && !builder->no_doubts)
        status = pole_derive_doubts(&made.bytes, allocator, error);
    if (status == POLE_OK)
        status = path ? pole_publish(&made, path, allocator, info, error)
                      : pole_publish_to(&made, sink, allocator, info, error);
    pole_assignments_free(&made.derived, allocator);
    pole_buffer_free(&made.bytes);
    return status;
}

static pole_status finish_call(pole_builder *builder, const char *path, const pole_sink *sink,
                               pole_build_report *report, pole_error *error)
{
    pole_info info = {0};
    if (pole_record_is_sound(report))
        pole_record_fill(report, NULL, 0);
    pole_status status = pole_builder_begin_call(builder, error);
    if (status != POLE_OK)
        return status;
    if (path == NULL && (sink == NULL || sink->write == NULL))
        return pole_fail(error, POLE_INVALID_ARGUMENT, "nowhere to write the index to");
    if (report && !pole_record_is_sound(report))
        return pole_fail(error, POLE_INVALID_ARGUMENT, "the report is not sound");
    status = finish(builder, path, sink, &info, &builder->reporter.error);
    status = pole_builder_end_call(builder, status, false, error);
    builder->finished = true;
    if (report)
        fill_report(builder, &info, report);
    return status;
}

pole_status pole_builder_finish(pole_builder *builder, const char *path, pole_build_report *report,
                                pole_error *error)
{
    if (path == NULL) {
        pole_error_clear(error);
        if (pole_record_is_sound(report))
            pole_record_fill(report, NULL, 0);
        return pole_fail(error, POLE_INVALID_ARGUMENT, "no path to write the index to");
    }
    return finish_call(builder, path, NULL, report, error);
}

pole_status pole_builder_finish_to(pole_builder *builder, const pole_sink *sink,
                                   pole_build_report *report, pole_error *error)
{
    return finish_call(builder, NULL, sink, report, error);
}
