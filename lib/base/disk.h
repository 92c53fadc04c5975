/* SPDX-License-Identifier: MIT
 * Every file system call of the library. Failures name the path, and the system's reason in
 * English whatever the locale. */
#ifndef BASE_DISK_H
#define BASE_DISK_H

#include <stdbool.h>

#include "base/memory.h"

/* A whole file in memory, read or mapped. Zero it to begin. */
typedef struct {
    pole_allocator allocator;
    const uint8_t *bytes;
    size_t size;
    void *block; /* what the allocator gave or mmap(); bytes lie in it */
    bool mapped;
} pole_file_image;

/* Reads a regular file (a pipe, folder or device is refused by name) of at most max_bytes into
 * private memory, or maps it (then another process that cuts the file kills this one by SIGBUS).
 * A longer file is POLE_LIMIT, one that changes its length while it is read POLE_IO. The memory
 * begins at a multiple of 64. image is zeroed on failure. */
pole_status pole_disk_read(const char *path, uint64_t max_bytes, bool map,
                           const pole_allocator *allocator, pole_file_image *image,
                           pole_error *error);
/* Zeroes the image too; a zeroed one is accepted. */
void pole_disk_release(pole_file_image *image);

/* A stream read from a regular file, pipe or standard input ("-"). */
typedef struct pole_disk_reader pole_disk_reader;
pole_status pole_disk_reader_open(const char *path, const pole_allocator *allocator,
                                  pole_disk_reader **reader, pole_error *error);
/* Up to size bytes; *got is 0 at the end. */
pole_status pole_disk_reader_read(pole_disk_reader *reader, void *bytes, size_t size, size_t *got,
                                  pole_error *error);
/* Modification time, seconds since 1970; 0 when it is no regular file. */
int64_t pole_disk_reader_mtime(const pole_disk_reader *reader);
void pole_disk_reader_close(pole_disk_reader *reader);

/* Writes beside `path` (or beside the file that it links to), to appear under its name whole or not
 * at all: begin, write, commit (fsync, rename, fsync of the folder); or abandon, which removes the
 * temporary file. Between write and commit pole_disk_writer_path() may be reopened to verify it. A
 * folder, pipe or device is never replaced. mode: permission bits, less the process's umask. */
typedef struct pole_disk_writer pole_disk_writer;
pole_status pole_disk_writer_begin(const char *path, unsigned mode, const pole_allocator *allocator,
                                   pole_disk_writer **writer, pole_error *error);
pole_status pole_disk_writer_write(pole_disk_writer *writer, const void *bytes, size_t size,
                                   pole_error *error);
/* fsync of the temporary file alone. */
pole_status pole_disk_writer_sync(pole_disk_writer *writer, pole_error *error);
const char *pole_disk_writer_path(const pole_disk_writer *writer);
/* Renames, unless a write or sync has failed: then POLE_IO. The writer is freed by commit, whatever
 * it returns, and by abandon, which accepts NULL. */
pole_status pole_disk_writer_commit(pole_disk_writer *writer, pole_error *error);
void pole_disk_writer_abandon(pole_disk_writer *writer);

#endif
