/* SPDX-License-Identifier: MIT
 * See build_run.h. */
#include "support/build_run.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void copy(char *to, size_t capacity, pole_span from)
{
    ck_assert_uint_lt(from.size_bytes, capacity);
    if (from.size_bytes > 0)
        memcpy(to, from.data, from.size_bytes);
    to[from.size_bytes] = '\0';
}

static void keep(void *context, const pole_finding *finding)
{
    build_run *run = context;
    run->findings = realloc(run->findings, (run->finding_count + 1) * sizeof *run->findings);
    ck_assert_ptr_nonnull(run->findings);
    kept_finding *kept = run->findings + run->finding_count++;
    kept->kind = finding->kind;
    kept->refused = finding->refused;
    kept->table = finding->table;
    kept->line = finding->line;
    kept->column = finding->column;
    copy(kept->file, sizeof kept->file, finding->file);
    copy(kept->column_name, sizeof kept->column_name, finding->column_name);
    copy(kept->value, sizeof kept->value, finding->value);
    copy(kept->message, sizeof kept->message, finding->message);
    copy(kept->hint, sizeof kept->hint, finding->hint);
}

void build_run_init(build_run *run)
{
    memset(run, 0, sizeof *run);
    pole_build_options_init(&run->options);
    run->options.source_date_epoch_s = 1214784000;
    run->options.on_finding = keep;
    run->options.context = run;
    run->report.struct_size = sizeof run->report;
    snprintf(run->folder, sizeof run->folder, "/tmp/polelookup-build-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(run->folder));
}

void build_run_want_rejects(build_run *run)
{
    run->rejects_sink = byte_block_sink(&run->rejects);
    run->options.rejects = &run->rejects_sink;
}

void build_run_end(build_run *run)
{
    pole_builder_free(run->builder);
    free(run->findings);
    byte_block_free(&run->rejects);
    byte_block_free(&run->index);
    rmdir(run->folder);
}

pole_status build_run_add_bytes(build_run *run, uint32_t table, const char *file_name,
                                const void *bytes, size_t size)
{
    char path[256];
    if (run->builder == NULL && run->status == POLE_OK)
        run->status = pole_builder_new(&run->options, &run->builder, &run->error);
    if (run->status != POLE_OK)
        return run->status;
    snprintf(path, sizeof path, "%s/%s", run->folder, file_name);
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, size, file), size);
    ck_assert_int_eq(fclose(file), 0);
    run->status = pole_builder_add_file(run->builder, table, path, &run->error);
    ck_assert_int_eq(remove(path), 0);
    return run->status;
}

pole_status build_run_add(build_run *run, uint32_t table, const char *file_name, const char *text)
{
    return build_run_add_bytes(run, table, file_name, text, strlen(text));
}

pole_status build_run_finish(build_run *run)
{
    const pole_sink sink = byte_block_sink(&run->index);
    if (run->status == POLE_OK)
        run->status = pole_builder_finish_to(run->builder, &sink, &run->report, &run->error);
    return run->status;
}

pole_index *build_run_open(const build_run *run)
{
    pole_index *index = NULL;
    pole_error error;
    ck_assert_msg(run->status == POLE_OK, "%s", run->error.message);
    ck_assert_msg(pole_index_open_memory(run->index.bytes, run->index.size, NULL, &index, &error) ==
                      POLE_OK,
                  "%s", error.message);
    return index;
}

size_t build_run_count(const build_run *run, pole_finding_kind kind)
{
    size_t count = 0;
    for (size_t i = 0; i < run->finding_count; i++)
        count += run->findings[i].kind == kind;
    return count;
}

const kept_finding *build_run_first(const build_run *run, pole_finding_kind kind)
{
    for (size_t i = 0; i < run->finding_count; i++)
        if (run->findings[i].kind == kind)
            return run->findings + i;
    return NULL;
}

char *export_text(const pole_index *index, uint32_t table, uint32_t format)
{
    byte_block block = {NULL, 0, 0};
    const pole_sink sink = byte_block_sink(&block);
    pole_export_options options;
    pole_error error;
    pole_export_options_init(&options);
    options.table = table;
    options.format = format;
    ck_assert_msg(pole_export(index, &options, &sink, &error) == POLE_OK, "%s", error.message);
    ck_assert_int_eq(sink.write(sink.context, "", 1), POLE_OK);
    return (char *)block.bytes;
}
