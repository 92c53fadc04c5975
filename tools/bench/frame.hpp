// SPDX-License-Identifier: MIT
// How every table here is measured: contenders take turns in one process, round by round, so that
// a change of the machine's speed hits all of them; the median of the rounds is told, with least
// and most, and what each costs as a ratio to ours.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <string>
#include <vector>

namespace bench
{

inline double seconds()
{
    using clock = std::chrono::steady_clock;
    return std::chrono::duration<double>(clock::now().time_since_epoch()).count();
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
    double budget = 0; // in units; 0: none stated
    std::vector<double> times = {};
};

struct table {
    std::string title;
    std::string unit; // "ns", "ms"
    double unit_seconds;
    std::vector<contender> rows; // the first is ours; ratios are to it
};

inline double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    const size_t n = values.size();
    return n % 2 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

inline void run(table &t, int rounds)
{
    for (auto &row : t.rows)
        row.run(); // warm
    for (int round = 0; round < rounds; round++) {
        for (auto &row : t.rows) {
            const double start = seconds();
            row.run();
            row.times.push_back((seconds() - start) / row.operations / t.unit_seconds);
        }
    }
    std::printf("\n%s (%d rounds, %s)\n", t.title.c_str(), rounds, t.unit.c_str());
    std::printf("  %-44s %9s %9s %9s %8s %8s\n", "", "median", "least", "most", "x ours", "budget");
    const double ours = median(t.rows.front().times);
    for (const auto &row : t.rows) {
        std::vector<double> times = row.times;
        std::sort(times.begin(), times.end());
        std::printf("  %-44s %9.2f %9.2f %9.2f %8.2f", row.name.c_str(), median(times),
                    times.front(), times.back(), median(times) / ours);
        if (row.budget > 0)
            std::printf(" %8.2f", row.budget);
        std::printf("\n");
    }
    std::fflush(stdout);
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
