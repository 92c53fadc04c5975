/* SPDX-License-Identifier: MIT
 * A small file, whole in memory. */
#include "read_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tell.h"

#define FIRST_BYTES ((size_t)1 << 16)

static bool grow(file_bytes *file, size_t *capacity)
{
    const size_t wanted = *capacity ? *capacity * 2 : FIRST_BYTES;
    char *bytes = realloc(file->bytes, wanted);
    if (bytes) {
        file->bytes = bytes;
        *capacity = wanted;
    }
    return bytes != NULL;
}

static pole_status read_stream(FILE *stream, file_bytes *file)
{
    size_t capacity = 0;
    for (;;) {
        if (file->size_bytes == capacity && !grow(file, &capacity))
            return POLE_NO_MEMORY;
        const size_t got =
            fread(file->bytes + file->size_bytes, 1, capacity - file->size_bytes, stream);
        file->size_bytes += got;
        if (file->size_bytes > LARGEST_FILE)
            return POLE_LIMIT;
        if (got == 0)
            return ferror(stream) ? POLE_IO : POLE_OK;
    }
}

bool read_file(const char *path, file_bytes *file, pole_error *error)
{
    const bool standard = strcmp(path, "-") == 0;
    errno = 0;
    FILE *stream = standard ? stdin : fopen(path, "rbe");
    memset(file, 0, sizeof *file);
    const pole_status status = stream ? read_stream(stream, file) : POLE_IO;
    if (status == POLE_LIMIT) {
        fail(error, status, "%s is longer than %zu MiB", path, LARGEST_FILE >> 20);
        free(file->bytes);
    } else if (status != POLE_OK) {
        fail(error, status, "%s: %s", path,
             status == POLE_IO && errno ? strerror(errno) : pole_status_text(status));
        free(file->bytes);
    }
    if (stream && !standard)
        fclose(stream);
    return status == POLE_OK;
}
