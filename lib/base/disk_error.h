/* SPDX-License-Identifier: MIT
 *
 * What disk.c and disk_write.c share: opening, and failures that name the path and the reason. */
#ifndef BASE_DISK_ERROR_H
#define BASE_DISK_ERROR_H

#include <sys/types.h>

#include <polelookup/types.h>

/* "cannot VERB PATH: REASON". Of a long path the end is shown, so that the reason still fits.
 * Returns status; error may be NULL. */
pole_status pole_disk_fail(pole_error *error, pole_status status, const char *verb,
                           const char *path, const char *reason);

/* The same as POLE_IO, with the reason of an errno. */
pole_status pole_disk_fail_number(pole_error *error, const char *verb, const char *path,
                                  int number);

/* Why a file of this mode will not do where a regular one is needed; NULL when it is regular. */
const char *pole_disk_wrong_kind(mode_t mode);

/* openat(2), not inherited by child processes, tried again after a signal. */
int pole_disk_open(int folder, const char *path, int flags, mode_t mode);

#endif
