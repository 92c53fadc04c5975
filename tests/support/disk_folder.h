/* SPDX-License-Identifier: MIT
 * A new folder for each test of files on disk, empty again behind it, and what such tests make and
 * count there. The test file defines _DEFAULT_SOURCE, for mkdtemp(). */
#ifndef SUPPORT_DISK_FOLDER_H
#define SUPPORT_DISK_FOLDER_H

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/disk.h"
#include "support/test_main.h"

static char folder[64];
static pole_error error;

static inline void setup(void)
{
    strcpy(folder, "/tmp/pole_disk_XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    memset(&error, 0, sizeof error);
}

static const char *in_folder(const char *name)
{
    static char paths[4][512];
    static unsigned turn;
    char *path = paths[turn++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

/* How many names there are in the folder, and with `remove` none any more. */
static inline unsigned count_names(bool remove_them)
{
    unsigned count = 0;
    DIR *names = opendir(folder);
    ck_assert_ptr_nonnull(names);
    for (const struct dirent *name; (name = readdir(names)) != NULL;) {
        if (strcmp(name->d_name, ".") == 0 || strcmp(name->d_name, "..") == 0)
            continue;
        count++;
        if (remove_them)
            unlink(in_folder(name->d_name));
    }
    closedir(names);
    return count;
}

static inline void teardown(void)
{
    count_names(true);
    rmdir(folder);
}

static inline unsigned count_descriptors(void)
{
    unsigned count = 0;
    for (int file = 0; file < 256; file++)
        count += fcntl(file, F_GETFD) != -1 ? 1 : 0;
    return count;
}

static inline void make_file(const char *path, const void *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, size, file), size);
    ck_assert_int_eq(fclose(file), 0);
}

static inline void check_content(const char *path, const void *bytes, size_t size)
{
    pole_file_image image;
    ck_assert_int_eq(pole_disk_read(path, 1 << 30, false, NULL, &image, &error), POLE_OK);
    ck_assert_uint_eq(image.size, size);
    ck_assert(size == 0 || memcmp(image.bytes, bytes, size) == 0);
    pole_disk_release(&image);
}

static inline uint8_t *pattern(size_t size)
{
    uint8_t *bytes = malloc(size + 1);
    ck_assert_ptr_nonnull(bytes);
    for (size_t i = 0; i < size; i++)
        bytes[i] = (uint8_t)(i * 2654435761u >> 13);
    return bytes;
}

#endif
