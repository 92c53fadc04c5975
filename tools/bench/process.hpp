// SPDX-License-Identifier: MIT
// Running a program, its output thrown away or kept in a file, and what it cost.
#pragma once

#include <cerrno>
#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "frame.hpp"

extern char **environ;

namespace bench
{

using command = std::vector<std::string>;

struct cost {
    double wall_s, cpu_s, peak_mib;
};

inline double seconds_of(const timeval &time)
{
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

// Fails when the program does not end with a status of 0 or `also`.
inline cost run_program(const command &words, int also = 0, const char *output = "/dev/null")
{
    std::vector<char *> arguments;
    for (const auto &word : words)
        arguments.push_back(const_cast<char *>(word.c_str()));
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    pid_t child;
    const double start = seconds();
    if (posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ) != 0)
        fail("cannot start " + words[0]);
    int status = 0;
    rusage usage{};
    while (wait4(child, &status, 0, &usage) < 0)
        if (errno != EINTR)
            fail("cannot wait for " + words[0]);
    const double end = seconds();
    posix_spawn_file_actions_destroy(&actions);
    if (!WIFEXITED(status) || (WEXITSTATUS(status) != 0 && WEXITSTATUS(status) != also))
        fail(words[0] + " failed");
    return {end - start, seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime),
            static_cast<double>(usage.ru_maxrss) / 1024};
}

} // namespace bench
