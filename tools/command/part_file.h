/* SPDX-License-Identifier: MIT
 * A file with rows of a log: written as NAME.part, readable by its owner alone, and renamed when it
 * is whole. What an interrupted run leaves is NAME.part. */
#ifndef COMMAND_PART_FILE_H
#define COMMAND_PART_FILE_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

#include <polelookup/types.h>

typedef struct {
    int descriptor; /* -1: not open */
    bool is_standard;
    char path[PATH_MAX];
    char part[PATH_MAX];
    uint64_t size_bytes;  /* written; to a pipe, too */
    uint64_t begun_bytes; /* of them, the disk was asked to write */
    int failure;          /* errno of a write; 0 */
    pole_sink sink;
} part_file;

void part_file_init(part_file *file);

/* Begins PATH.part (beside what PATH links to), or goes on behind its first `kept` bytes; "-" is
 * standard output, a pipe or device is written as it is. False with the error: also while another
 * run writes it. */
bool part_file_begin(part_file *file, const char *path, uint64_t kept, pole_error *error);

/* All of it is written: syncs and renames. False with the error; PATH.part is then left. */
bool part_file_commit(part_file *file, pole_error *error);

/* Leaves PATH.part as it is, cut to `kept` bytes. */
void part_file_leave(part_file *file, uint64_t kept);

/* Removes it. */
void part_file_abandon(part_file *file);

#endif
