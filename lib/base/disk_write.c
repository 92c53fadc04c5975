/* SPDX-License-Identifier: MIT
 *
 * Writing a file that appears whole or not at all: a temporary file in the same folder, synced,
 * then renamed, then the folder synced. The folder is held open, so that all four happen in the
 * one that was meant even if its path changes. */
#define _DEFAULT_SOURCE /* getentropy, realpath */

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/disk.h"
#include "base/disk_error.h"

/* Short and of its own, since the final name with anything added may be too long. */
#define TEMPORARY_NAME ".polelookup-0123456789abcdef.tmp"

struct pole_disk_writer {
    pole_allocator allocator;
    char *path; /* to appear */
    char *temporary;
    size_t folder_size; /* of both, up to and with the last '/'; 0: the working folder */
    int folder;
    int file;
    bool failed;
};

static const char *name_of(const pole_disk_writer *writer)
{
    return writer->path + writer->folder_size;
}

static const char *temporary_name_of(const pole_disk_writer *writer)
{
    return writer->temporary + writer->folder_size;
}

/* The path that `path` stands for, links followed, when it may be written: nothing there yet, or
 * a regular file. */
static pole_status find_target(const char *path, char target[PATH_MAX], pole_error *error)
{
    struct stat facts;
    if (stat(path, &facts) == 0) {
        const char *kind = pole_disk_wrong_kind(facts.st_mode);
        if (kind)
            return pole_disk_fail(error, POLE_IO, "replace", path, kind);
    } else if (errno != ENOENT) {
        return pole_disk_fail_number(error, "write", path, errno);
    }
    if (lstat(path, &facts) == 0 && S_ISLNK(facts.st_mode)) {
        if (realpath(path, target))
            return POLE_OK;
        return errno == ENOENT
                   ? pole_disk_fail(error, POLE_IO, "write", path, "it is a link to nothing")
                   : pole_disk_fail_number(error, "write", path, errno);
    }
    const size_t size = strlen(path);
    if (size >= PATH_MAX)
        return pole_disk_fail_number(error, "write", path, ENAMETOOLONG);
    if (size == 0 || path[size - 1] == '/')
        return pole_disk_fail(error, POLE_IO, "write", path, "it names no file");
    memcpy(target, path, size + 1);
    return POLE_OK;
}

/* The paths of the writer, for a target that find_target() gave. */
static bool set_paths(pole_disk_writer *writer, const char *target)
{
    const char *slash = strrchr(target, '/');
    writer->folder_size = slash ? (size_t)(slash + 1 - target) : 0;
    const size_t size = strlen(target) + 1;
    writer->path = pole_allocate_array(&writer->allocator, size, 1);
    writer->temporary =
        pole_allocate_array(&writer->allocator, writer->folder_size + sizeof TEMPORARY_NAME, 1);
    if (!writer->path || !writer->temporary)
        return false;
    memcpy(writer->path, target, size);
    memcpy(writer->temporary, target, writer->folder_size);
    memcpy(writer->temporary + writer->folder_size, TEMPORARY_NAME, sizeof TEMPORARY_NAME);
    return true;
}

static pole_status open_folder(pole_disk_writer *writer, pole_error *error)
{
    /* The target's text up to its name, for the moment of one call. */
    char folder[PATH_MAX];
    memcpy(folder, writer->path, writer->folder_size);
    folder[writer->folder_size] = '\0';
    const char *shown = writer->folder_size > 0 ? folder : ".";
    writer->folder = pole_disk_open(AT_FDCWD, shown, O_RDONLY | O_DIRECTORY, 0);
    return writer->folder < 0 ? pole_disk_fail_number(error, "open the folder", shown, errno)
                              : POLE_OK;
}

/* A name that nobody can foresee, so that nobody can have put something there. */
static pole_status open_temporary(pole_disk_writer *writer, unsigned mode, pole_error *error)
{
    static const char digits[] = "0123456789abcdef";
    char *const random_part = writer->temporary + writer->folder_size + sizeof ".polelookup-" - 1;
    for (unsigned attempt = 0; attempt < 8; attempt++) {
        unsigned char bytes[8];
        if (getentropy(bytes, sizeof bytes) != 0)
            break;
        for (unsigned i = 0; i < 16; i++)
            random_part[i] = digits[bytes[i / 2] >> (i % 2 * 4) & 15];
        writer->file = pole_disk_open(writer->folder, temporary_name_of(writer),
                                      O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, (mode_t)mode);
        if (writer->file >= 0)
            return POLE_OK;
        if (errno != EEXIST)
            break;
    }
    return pole_disk_fail_number(error, "write beside", writer->path, errno);
}

/* Closes what is open and frees; the temporary file, when there is one, goes unless kept. */
static void end(pole_disk_writer *writer, bool created, bool keep)
{
    if (writer->file >= 0)
        (void)close(writer->file);
    if (created && !keep)
        (void)unlinkat(writer->folder, temporary_name_of(writer), 0);
    if (writer->folder >= 0)
        (void)close(writer->folder);
    const pole_allocator memory = writer->allocator;
    pole_release(&memory, writer->path);
    pole_release(&memory, writer->temporary);
    pole_release(&memory, writer);
}

pole_status pole_disk_writer_begin(const char *path, unsigned mode, const pole_allocator *allocator,
                                   pole_disk_writer **writer, pole_error *error)
{
    *writer = NULL;
    char target[PATH_MAX];
    pole_status status = find_target(path, target, error);
    if (status != POLE_OK)
        return status;
    const pole_allocator memory = pole_allocator_or_default(allocator);
    pole_disk_writer *made = pole_allocate_zeroed(&memory, 1, sizeof *made);
    if (!made)
        return pole_disk_fail(error, POLE_NO_MEMORY, "write", path, "there is not enough memory");
    made->allocator = memory;
    made->folder = -1;
    made->file = -1;
    if (!set_paths(made, target))
        status = pole_disk_fail(error, POLE_NO_MEMORY, "write", path, "there is not enough memory");
    if (status == POLE_OK)
        status = open_folder(made, error);
    if (status == POLE_OK)
        status = open_temporary(made, mode, error);
    if (status != POLE_OK) {
        end(made, false, false);
        return status;
    }
    *writer = made;
    return POLE_OK;
}

pole_status pole_disk_writer_write(pole_disk_writer *writer, const void *bytes, size_t size,
                                   pole_error *error)
{
    const uint8_t *from = bytes;
    while (size > 0) {
        const ssize_t put = write(writer->file, from, size < SSIZE_MAX ? size : SSIZE_MAX);
        if (put < 0 && errno != EINTR) {
            writer->failed = true;
            return pole_disk_fail_number(error, "write", writer->path, errno);
        }
        if (put > 0) {
            from += put;
            size -= (size_t)put;
        }
    }
    return POLE_OK;
}

static int sync_descriptor(int descriptor)
{
    int result;
    do
        result = fsync(descriptor);
    while (result != 0 && errno == EINTR);
    return result;
}

pole_status pole_disk_writer_sync(pole_disk_writer *writer, pole_error *error)
{
    if (sync_descriptor(writer->file) == 0)
        return POLE_OK;
    /* What failed once may say yes the next time and be lost all the same. */
    writer->failed = true;
    return pole_disk_fail_number(error, "write", writer->path, errno);
}

const char *pole_disk_writer_path(const pole_disk_writer *writer)
{
    return writer->temporary;
}

pole_status pole_disk_writer_commit(pole_disk_writer *writer, pole_error *error)
{
    pole_status status;
    bool renamed = false;
    if (writer->failed)
        status = pole_disk_fail(error, POLE_IO, "write", writer->path, "a part was not written");
    else
        status = pole_disk_writer_sync(writer, error);
    if (status == POLE_OK) {
        /* On a network file system close() may be the first to tell of a full disk. */
        const int closed = close(writer->file);
        writer->file = -1;
        if (closed != 0 && errno != EINTR)
            status = pole_disk_fail_number(error, "write", writer->path, errno);
    }
    if (status == POLE_OK) {
        renamed = renameat(writer->folder, temporary_name_of(writer), writer->folder,
                           name_of(writer)) == 0;
        if (!renamed)
            status = pole_disk_fail_number(error, "replace", writer->path, errno);
    }
    /* Some file systems cannot sync a folder and say EINVAL: there the rename is all there is. */
    if (renamed && sync_descriptor(writer->folder) != 0 && errno != EINVAL)
        status = pole_disk_fail_number(error, "sync the folder of", writer->path, errno);
    end(writer, true, renamed);
    return status;
}

void pole_disk_writer_abandon(pole_disk_writer *writer)
{
    if (writer)
        end(writer, true, false);
}
