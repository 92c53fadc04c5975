/* SPDX-License-Identifier: MIT
 * See part_file.h. */
#include "part_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tell.h"

/* So much is written before the disk is asked to begin. */
#define BEGIN_BYTES ((uint64_t)4 << 20)

/* The disk begins with what was written, while the rest is being made: the file is synced before it
 * gets its name, and then little is left to wait for. */
static void begin_early(part_file *file)
{
#ifdef SYNC_FILE_RANGE_WRITE
    if (file->part[0] == '\0' || file->size_bytes - file->begun_bytes < BEGIN_BYTES)
        return;
    (void)sync_file_range(file->descriptor, (off_t)file->begun_bytes,
                          (off_t)(file->size_bytes - file->begun_bytes), SYNC_FILE_RANGE_WRITE);
    file->begun_bytes = file->size_bytes;
#else
    (void)file;
#endif
}

static pole_status write_part(void *context, const void *bytes, size_t size_bytes)
{
    part_file *file = context;
    const char *from = bytes;
    while (size_bytes > 0) {
        const ssize_t written = write(file->descriptor, from, size_bytes);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0) {
            file->failure = errno;
            return POLE_IO;
        }
        from += written;
        size_bytes -= (size_t)written;
        file->size_bytes += (uint64_t)written;
    }
    begin_early(file);
    return POLE_OK;
}

void part_file_init(part_file *file)
{
    memset(file, 0, sizeof *file);
    file->descriptor = -1;
    file->sink = (pole_sink){file, write_part};
}

static bool refuse(part_file *file, const char *path, pole_error *error)
{
    const int reason = errno;
    if (file->descriptor >= 0)
        close(file->descriptor);
    file->descriptor = -1;
    if (reason == EWOULDBLOCK)
        fail(error, POLE_IO, "%s is being written by another run", path);
    else
        fail(error, POLE_IO, "%s cannot be written: %s", path, strerror(reason));
    return false;
}

/* Whether the file still has that name: a run that has just ended gave it another. */
static bool is_still(const struct stat *open_file, const char *name)
{
    struct stat named;
    if (lstat(name, &named) == 0 && named.st_dev == open_file->st_dev &&
        named.st_ino == open_file->st_ino)
        return true;
    errno = EWOULDBLOCK;
    return false;
}

bool part_file_begin(part_file *file, const char *path, uint64_t kept, pole_error *error)
{
    struct stat about;
    part_file_init(file);
    if (strcmp(path, "-") == 0) {
        file->descriptor = STDOUT_FILENO;
        file->is_standard = true;
        return true;
    }
    if (strlen(path) + sizeof ".part.state" > sizeof file->part) {
        errno = ENAMETOOLONG;
        return refuse(file, path, error);
    }
    snprintf(file->path, sizeof file->path, "%s", path);
    const bool exists = stat(path, &about) == 0;
    if (exists && !S_ISREG(about.st_mode)) {
        file->descriptor = open(path, O_WRONLY | O_CLOEXEC);
        return file->descriptor >= 0 || refuse(file, path, error);
    }
    /* A link stays one: what it leads to is replaced. */
    char *real = exists ? realpath(path, NULL) : NULL;
    if (exists && (!real || strlen(real) + sizeof ".part.state" > sizeof file->part)) {
        free(real);
        errno = ENAMETOOLONG;
        return refuse(file, path, error);
    }
    if (real)
        snprintf(file->path, sizeof file->path, "%s", real);
    free(real);
    const size_t size = strlen(file->path); /* there is room for the end: see above */
    memcpy(file->part, file->path, size);
    memcpy(file->part + size, ".part", sizeof ".part");
    file->descriptor = open(file->part, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file->descriptor < 0 || flock(file->descriptor, LOCK_EX | LOCK_NB) != 0 ||
        fstat(file->descriptor, &about) != 0 || !is_still(&about, file->part))
        return refuse(file, file->part, error);
    if (kept > (uint64_t)about.st_size) {
        close(file->descriptor);
        file->descriptor = -1;
        fail(error, POLE_IO, "%s is shorter than it was left", file->part);
        return false;
    }
    if (fchmod(file->descriptor, 0600) != 0 || ftruncate(file->descriptor, (off_t)kept) != 0 ||
        lseek(file->descriptor, 0, SEEK_END) < 0)
        return refuse(file, file->part, error);
    file->size_bytes = file->begun_bytes = kept;
    return true;
}

bool part_file_commit(part_file *file, pole_error *error)
{
    if (file->descriptor < 0 || file->is_standard)
        return true;
    errno = 0;
    bool good = file->part[0] == '\0' || fsync(file->descriptor) == 0;
    if (good && file->part[0] != '\0')
        good = rename(file->part, file->path) == 0;
    good = close(file->descriptor) == 0 && good;
    file->descriptor = -1;
    if (!good)
        fail(error, POLE_IO, "%s cannot be written: %s", file->path, strerror(errno));
    return good;
}

void part_file_leave(part_file *file, uint64_t kept)
{
    if (file->descriptor < 0 || file->is_standard)
        return;
    if (file->part[0] != '\0' && ftruncate(file->descriptor, (off_t)kept) == 0)
        fsync(file->descriptor);
    close(file->descriptor);
    file->descriptor = -1;
}

void part_file_abandon(part_file *file)
{
    if (file->descriptor < 0 || file->is_standard)
        return;
    if (file->part[0] != '\0')
        unlink(file->part);
    close(file->descriptor);
    file->descriptor = -1;
}
