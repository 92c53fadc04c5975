// SPDX-License-Identifier: MIT
// How every table here is measured: contenders take turns in one process, round by round, so that
// a change of the machine's speed hits all of them; the median of the rounds is told, with least
// and most, and what each costs as a ratio to ours. README.md says how to read it.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace bench
{

[[noreturn]] inline void fail(const std::string &what)
{
    std::fprintf(stderr, "bench: %s\n", what.c_str());
    std::exit(1);
}

inline double seconds()
{
    using clock = std::chrono::steady_clock;
    return std::chrono::duration<double>(clock::now().time_since_epoch()).count();
}

// Of this process alone: what else runs on the machine then costs only cache.
inline double cpu_seconds()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

// Keeps a value alive that the compiler would else drop with the work that made it.
template <typename T> inline void keep(const T &value)
{
    asm volatile("" : : "g"(&value) : "memory");
}

struct contender {
    std::string name;
    std::function<void()> run; // one round: `operations` of them
    double operations;
    double budget = 0;     // ours, in units, on the machine it was set for; 0: none stated
    std::string note = {}; // behind the figures
    double reach = 0;      // a peer: how many times as long as ours it should take
    std::vector<double> times = {};
};

struct table {
    std::string title;
    std::string unit;                 // "ns", "us", "ms"
    std::vector<contender> rows = {}; // the first is ours; ratios are to it
};

inline double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    const size_t n = values.size();
    return n % 2 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

inline double unit_seconds(const std::string &unit)
{
    return unit == "ns" ? 1e-9 : unit == "us" ? 1e-6 : unit == "ms" ? 1e-3 : 1;
}

// Budgets are stated for cities of 115,900 poles; tools/bench/run says which city it is.
inline bool budgets_hold()
{
    const char *city = std::getenv("BENCH_CITY");
    return !city || !std::strstr(city, "million");
}

// One line a figure for summary.py, where tools/bench/run wants one.
inline void record(const table &t, const contender &row)
{
    const char *path = std::getenv("BENCH_RECORD"), *city = std::getenv("BENCH_CITY");
    std::FILE *file = path ? std::fopen(path, "a") : nullptr;
    if (!file)
        return;
    std::fprintf(file, "%s\t%s\t%s\t%s\t%.6g\t%.6g\t%.6g\n", city ? city : "", t.title.c_str(),
                 row.name.c_str(), t.unit.c_str(), median(row.times),
                 budgets_hold() ? row.budget : 0, budgets_hold() ? row.reach : 0);
    std::fclose(file);
}

inline void print(const table &t)
{
    std::printf("\n%s (%s)\n", t.title.c_str(), t.unit.c_str());
    std::printf("  %-52s %9s %9s %9s %8s %8s\n", "", "median", "least", "most", "x ours", "budget");
    const double ours = median(t.rows.front().times);
    for (const auto &row : t.rows) {
        const auto [least, most] = std::minmax_element(row.times.begin(), row.times.end());
        const double middle = median(row.times);
        std::printf("  %-52s %9.2f %9.2f %9.2f %8.2f", row.name.c_str(), middle, *least, *most,
                    middle / ours);
        if (row.budget > 0 && budgets_hold())
            std::printf(" %8.2f", row.budget);
        else if (row.reach > 0 && budgets_hold())
            std::printf(" %7.1fx", row.reach);
        else if (!row.note.empty())
            std::printf(" %8s", "");
        std::printf("%s%s\n", row.note.empty() ? "" : "  ", row.note.c_str());
        record(t, row);
    }
    std::fflush(stdout);
}

inline void run(table &t, int rounds)
{
    for (auto &row : t.rows)
        row.run(); // warm
    for (int round = 0; round < rounds; round++) {
        for (auto &row : t.rows) {
            const double start = cpu_seconds();
            row.run();
            row.times.push_back((cpu_seconds() - start) / row.operations / unit_seconds(t.unit));
        }
    }
    print(t);
}

// splitmix64 (Steele, Lea and Flood, 2014).
struct random {
    uint64_t state;
    uint64_t next()
    {
        uint64_t z = state += 0x9E3779B97F4A7C15u;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
        z = (z ^ z >> 27) * 0x94D049BB133111EBu;
        return z ^ z >> 31;
    }
    double unit()
    {
        return static_cast<double>(next() >> 11) * 0x1p-53;
    }
};

} // namespace bench
