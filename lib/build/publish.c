/* SPDX-License-Identifier: MIT
 * See publish.h. */
#include "build/publish.h"

#include "base/disk.h"
#include "base/status.h"
#include "index/index.h"

/* Less the process's umask: an index is for many readers and one writer. */
#define INDEX_MODE 0644

/* What was written is what was meant, and every query on it will work. */
static pole_status check(pole_index *index, const pole_buffer *bytes, pole_info *info,
                         pole_error *error)
{
    pole_info found = {.struct_size = sizeof found};
    pole_status status = pole_index_verify(index, error);
    if (status == POLE_OK)
        status = pole_index_info(index, &found);
    if (status == POLE_OK && found.file_bytes != bytes->size)
        status = pole_fail(error, POLE_IO, "the index was not written as it was meant");
    if (status == POLE_OK && info) {
        *info = found;
        /* These live in the index, which is about to be closed. */
        info->name = info->builder = (pole_span){NULL, 0};
    }
    return status;
}

static pole_status check_file(const char *path, const pole_buffer *bytes,
                              const pole_allocator *allocator, pole_info *info, pole_error *error)
{
    pole_open_options options;
    pole_open_options_init(&options);
    options.allocator = allocator;
    pole_index *index;
    pole_status status = pole_index_open(path, &options, &index, error);
    if (status != POLE_OK)
        return status;
    if (index->file.size != bytes->size ||
        memcmp(index->file.bytes, bytes->bytes, bytes->size) != 0)
        status = pole_fail(error, POLE_IO, "the index was not written as it was meant");
    if (status == POLE_OK)
        status = check(index, bytes, info, error);
    pole_index_close(index);
    return status;
}

pole_status pole_publish(const pole_buffer *bytes, const char *path,
                         const pole_allocator *allocator, pole_info *info, pole_error *error)
{
    pole_disk_writer *writer;
    pole_status status = pole_disk_writer_begin(path, INDEX_MODE, allocator, &writer, error);
    if (status != POLE_OK)
        return status;
    status = pole_disk_writer_write(writer, bytes->bytes, bytes->size, error);
    if (status == POLE_OK)
        status = pole_disk_writer_sync(writer, error);
    if (status == POLE_OK)
        status = check_file(pole_disk_writer_path(writer), bytes, allocator, info, error);
    if (status == POLE_OK)
        return pole_disk_writer_commit(writer, error);
    pole_disk_writer_abandon(writer);
    return status;
}

pole_status pole_publish_to(const pole_buffer *bytes, const pole_sink *sink,
                            const pole_allocator *allocator, pole_info *info, pole_error *error)
{
    pole_open_options options;
    pole_open_options_init(&options);
    options.allocator = allocator;
    options.flags = POLE_OPEN_BORROWED;
    pole_index *index;
    pole_status status = pole_index_open_memory(bytes->bytes, bytes->size, &options, &index, error);
    if (status != POLE_OK)
        return status;
    status = check(index, bytes, info, error);
    pole_index_close(index);
    if (status != POLE_OK)
        return status;
    status = sink->write(sink->context, bytes->bytes, bytes->size);
    return status == POLE_OK ? POLE_OK
                             : pole_fail(error, status, "the index could not be handed out");
}
