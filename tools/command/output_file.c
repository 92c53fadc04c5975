/* SPDX-License-Identifier: MIT
 * A file written by the command. */
#include "output_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tell.h"

static bool fail_at(pole_error *error, const char *path)
{
    fail(error, POLE_IO, "%s cannot be written: %s", path, errno ? strerror(errno) : "it failed");
    return false;
}

/* The rights of the file that is replaced, or those that any new file has. */
static mode_t wanted_mode(const struct stat *replaced)
{
    if (replaced)
        return replaced->st_mode & 07777;
    const mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

static bool begin_beside(output_file *file, mode_t mode)
{
    const int wanted = snprintf(file->temporary, sizeof file->temporary, "%s.XXXXXX", file->path);
    if (wanted < 0 || (size_t)wanted >= sizeof file->temporary) {
        errno = ENAMETOOLONG;
        return false;
    }
    const int descriptor = mkstemp(file->temporary);
    if (descriptor < 0) {
        file->temporary[0] = '\0';
        return false;
    }
    if (fchmod(descriptor, mode) == 0)
        file->stream = fdopen(descriptor, "wb");
    if (!file->stream) {
        close(descriptor);
        unlink(file->temporary);
    }
    return file->stream != NULL;
}

bool output_begin(output_file *file, const char *path, pole_error *error)
{
    struct stat about;
    memset(file, 0, sizeof *file);
    if (strcmp(path, "-") == 0) {
        file->stream = stdout;
        file->is_standard = true;
        return true;
    }
    errno = 0;
    const bool exists = stat(path, &about) == 0;
    if (!exists && errno != ENOENT)
        return fail_at(error, path);
    if (exists ? !realpath(path, file->path) : strlen(path) >= sizeof file->path)
        return fail_at(error, path);
    if (!exists)
        strcpy(file->path, path);
    if (exists && !S_ISREG(about.st_mode)) {
        file->stream = fopen(file->path, "wbe");
        return file->stream || fail_at(error, path);
    }
    return begin_beside(file, wanted_mode(exists ? &about : NULL)) || fail_at(error, path);
}

static void sync_folder(const char *path)
{
    char folder[PATH_MAX];
    const char *slash = strrchr(path, '/');
    snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - path) + 1 : 1,
             slash ? path : ".");
    FILE *opened = fopen(folder, "re");
    if (opened) {
        fsync(fileno(opened));
        fclose(opened);
    }
}

bool output_commit(output_file *file, pole_error *error)
{
    if (file->is_standard)
        return true; /* end_output() looks after it */
    errno = 0;
    bool good = !ferror(file->stream) && fflush(file->stream) == 0;
    if (good && file->temporary[0] != '\0')
        good = fsync(fileno(file->stream)) == 0;
    good = fclose(file->stream) == 0 && good;
    file->stream = NULL;
    if (good && file->temporary[0] != '\0')
        good = rename(file->temporary, file->path) == 0;
    if (!good) {
        fail_at(error, file->path);
        if (file->temporary[0] != '\0')
            unlink(file->temporary);
    } else if (file->temporary[0] != '\0') {
        sync_folder(file->path);
    }
    return good;
}

void output_abandon(output_file *file)
{
    if (!file->stream || file->is_standard)
        return;
    fclose(file->stream);
    file->stream = NULL;
    if (file->temporary[0] != '\0')
        unlink(file->temporary);
}

static pole_status write_stream(void *context, const void *bytes, size_t size_bytes)
{
    return fwrite(bytes, 1, size_bytes, context) == size_bytes ? POLE_OK : POLE_IO;
}

pole_sink output_sink(output_file *file)
{
    const pole_sink sink = {file->stream, write_stream};
    return sink;
}

bool is_same_file(const char *a, const char *b)
{
    struct stat about_a, about_b;
    return stat(a, &about_a) == 0 && stat(b, &about_b) == 0 && about_a.st_dev == about_b.st_dev &&
           about_a.st_ino == about_b.st_ino;
}
