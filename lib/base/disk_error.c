/* SPDX-License-Identifier: MIT
 *
 * Why a file system call failed, in words, and opening so that a signal or a child process cannot
 * get in between. */
#include "base/disk_error.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/status.h"

/* Not strerror: its words follow the locale, in the locale's encoding. */
static const char *reason_of(int number)
{
    switch (number) {
    case EACCES:
        return "permission denied";
    case EBUSY:
        return "it is busy";
    case EDQUOT:
        return "the disk quota is used up";
    case EEXIST:
        return "it exists already";
    case EFBIG:
        return "the file would be too large";
    case EINVAL:
        return "the file system does not support this";
    case EIO:
        return "input/output error";
    case EISDIR:
        return "it is a folder";
    case ELOOP:
        return "too many symbolic links";
    case EMFILE:
    case ENFILE:
        return "too many open files";
    case ENAMETOOLONG:
        return "the name is too long";
    case ENODEV:
        return "the file system does not support this";
    case ENOENT:
        return "no such file or folder";
    case ENOMEM:
        return "the system has not enough memory";
    case ENOSPC:
        return "no space left on the device";
    case ENOTDIR:
        return "a part of the path is not a folder";
    case ENXIO:
        return "no such device or address";
    case EPERM:
        return "operation not permitted";
    case EPIPE:
        return "the reader has gone";
    case EROFS:
        return "the file system is read-only";
    case ESTALE:
        return "the network file is no longer there";
    case ETXTBSY:
        return "it is being run";
    case EXDEV:
        return "it lies on another file system";
    default:
        return NULL;
    }
}

pole_status pole_disk_fail(pole_error *error, pole_status status, const char *verb,
                           const char *path, const char *reason)
{
    const size_t shown_max = 140;
    const size_t size = strlen(path);
    size_t start = size > shown_max ? size - shown_max : 0;
    while (start > 0 && start < size && ((unsigned char)path[start] & 0xC0) == 0x80)
        start++;
    return pole_fail(error, status, "cannot %s %s%s: %s", verb, start > 0 ? "..." : "",
                     path + start, reason);
}

pole_status pole_disk_fail_number(pole_error *error, const char *verb, const char *path, int number)
{
    const char *reason = reason_of(number);
    if (reason)
        return pole_disk_fail(error, POLE_IO, verb, path, reason);
    char text[32];
    (void)snprintf(text, sizeof text, "error %d", number);
    return pole_disk_fail(error, POLE_IO, verb, path, text);
}

const char *pole_disk_wrong_kind(mode_t mode)
{
    if (S_ISREG(mode))
        return NULL;
    if (S_ISDIR(mode))
        return "it is a folder, not a file";
    if (S_ISFIFO(mode))
        return "it is a pipe, not a regular file";
    if (S_ISCHR(mode) || S_ISBLK(mode))
        return "it is a device, not a regular file";
    if (S_ISSOCK(mode))
        return "it is a socket, not a regular file";
    return "it is not a regular file";
}

int pole_disk_open(int folder, const char *path, int flags, mode_t mode)
{
    int file;
    do
        file = openat(folder, path, flags | O_CLOEXEC | O_NOCTTY, mode);
    while (file < 0 && errno == EINTR);
    return file;
}
