/* SPDX-License-Identifier: MIT
 * A small file, whole in memory. */
#ifndef COMMAND_READ_FILE_H
#define COMMAND_READ_FILE_H

#include <stdbool.h>

#include <polelookup/types.h>

#define LARGEST_FILE ((size_t)256 << 20)

typedef struct {
    char *bytes; /* to be freed */
    size_t size_bytes;
} file_bytes;

/* Reads a file, or standard input for "-", of at most LARGEST_FILE bytes. False with the error
 * (POLE_IO, POLE_LIMIT, POLE_NO_MEMORY). */
bool read_file(const char *path, file_bytes *file, pole_error *error);

#endif
