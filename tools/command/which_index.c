/* SPDX-License-Identifier: MIT
 * Which index is asked. Only the command reads the environment, and not on behalf of a program
 * that runs with more rights than its user (secure_getenv). */
#include "which_index.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tell.h"

#define FROM_DATA_HOME "polelookup/default.plx"

/* Joins folder and rest into path; false when that is too long. */
static bool join(char *path, const char *folder, const char *rest)
{
    const int wanted = snprintf(path, PATH_MAX, "%s/%s", folder, rest);
    return wanted > 0 && wanted < PATH_MAX;
}

/* Whether there is something of this name. What cannot be looked at (no right to search a folder)
 * counts as there: opening it will say why. */
static bool is_there(const char *path)
{
    struct stat about;
    return lstat(path, &about) == 0 || (errno != ENOENT && errno != ENOTDIR);
}

/* A variable that holds a folder; NULL when it is not set, empty, or relative, which the XDG base
 * directory specification says to ignore. */
static const char *absolute_folder(const char *variable)
{
    const char *folder = secure_getenv(variable);
    return folder && folder[0] == '/' ? folder : NULL;
}

static bool find_user_index(char *path)
{
    const char *data_home = absolute_folder("XDG_DATA_HOME");
    const char *home = absolute_folder("HOME");
    if (data_home)
        return join(path, data_home, FROM_DATA_HOME) && is_there(path);
    return home && join(path, home, ".local/share/" FROM_DATA_HOME) && is_there(path);
}

/* Beside the folder that the command itself lies in, with symbolic links followed. */
static bool find_sample(char *path)
{
    char folder[PATH_MAX];
    const ssize_t size = readlink("/proc/self/exe", folder, sizeof folder - 1);
    if (size <= 0)
        return false;
    folder[size] = '\0';
    for (int i = 0; i < 2; i++) { /* "/usr/bin/polelookup" to "/usr" */
        char *slash = strrchr(folder, '/');
        if (!slash)
            return false;
        *slash = '\0';
    }
    return join(path, folder, "share/polelookup/sample.plx") && is_there(path);
}

static bool name_index(which_index *chosen, index_origin origin, const char *path,
                       pole_error *error)
{
    chosen->origin = origin;
    if (strlen(path) < sizeof chosen->path) {
        strcpy(chosen->path, path);
        return true;
    }
    fail(error, POLE_IO, "the path of the index is too long");
    return false;
}

bool choose_index(const char *named, which_index *chosen, pole_error *error)
{
    if (named)
        return name_index(chosen, INDEX_NAMED, named, error);
    const char *variable = secure_getenv("POLELOOKUP_INDEX");
    if (variable && variable[0] == '\0') {
        fail(error, POLE_IO, "POLELOOKUP_INDEX is set but empty");
        fail_hint(error, "unset it, or let it name an index file");
        return false;
    }
    if (variable)
        return name_index(chosen, INDEX_ENVIRONMENT, variable, error);
    chosen->origin = INDEX_USER;
    if (find_user_index(chosen->path))
        return true;
    if (POLELOOKUP_DEFAULT_INDEX[0] != '\0' && is_there(POLELOOKUP_DEFAULT_INDEX))
        return name_index(chosen, INDEX_SYSTEM, POLELOOKUP_DEFAULT_INDEX, error);
    chosen->origin = INDEX_SAMPLE;
    if (find_sample(chosen->path))
        return true;
    fail(error, POLE_NOT_FOUND, "there is no index: none is named, none is installed");
    fail_hint(error, "name one with --index FILE, or make one with polelookup build");
    return false;
}

const char *index_origin_text(const text_view *view, index_origin origin)
{
    switch (origin) {
    case INDEX_NAMED:
        return pick(view, "命令行指定", "named on the command line");
    case INDEX_ENVIRONMENT:
        return pick(view, "环境变量 POLELOOKUP_INDEX 指定", "named by POLELOOKUP_INDEX");
    case INDEX_USER:
        return pick(view, "未指定，用本用户的默认索引", "none is named: the user's default");
    case INDEX_SYSTEM:
        return pick(view, "未指定，本用户没有，用系统的默认索引",
                    "none is named, the user has none: the system's default");
    case INDEX_SAMPLE:
        break;
    }
    return pick(view, "未指定，也没有安装，用随程序附带的样例",
                "none is named, none is installed: the sample that comes with the command");
}
