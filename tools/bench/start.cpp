// SPDX-License-Identifier: MIT
// Cold start: a program is started, answers one question and ends, files in the system's cache.
// usage: bench-start COMMAND INDEX.plx DATABASE.sqlite CODE [FILE.mmdb [ROUNDS]]
#include <memory>

#include "process.hpp"

int main(int argc, char **argv)
{
    if (argc < 5) {
        std::fprintf(stderr,
                     "usage: %s COMMAND INDEX.plx DATABASE.sqlite CODE [FILE.mmdb [ROUNDS]]\n",
                     argv[0]);
        return 2;
    }
    const std::string code = argv[4], mmdb = argc > 5 ? argv[5] : "";
    const unsigned long number = std::strtoul(argv[4], nullptr, 10);
    const std::string address =
        std::to_string(number >> 24 & 255) + "." + std::to_string(number >> 16 & 255) + "." +
        std::to_string(number >> 8 & 255) + "." + std::to_string(number & 255);
    std::vector<std::pair<std::string, bench::command>> programs = {
        {"polelookup CODE", {argv[1], "--index", argv[2], code}},
        {"polelookup CODE --json", {argv[1], "--index", argv[2], "--json", code}},
        {"limit: /bin/true", {"/bin/true"}},
        {"sqlite3, select by code (file not checked)",
         {"sqlite3", "-readonly", argv[3],
          "select lat, lon from pole where code = '" + code + "'"}},
    };
    if (!mmdb.empty())
        programs.push_back(
            {"mmdblookup (file not checked)", {"mmdblookup", "--file", mmdb, "--ip", address}});
    const int rounds = argc > 6 ? std::atoi(argv[6]) : 300;
    bench::table t{"cold start, one answer", "ms"};
    for (const auto &program : programs) {
        t.rows.push_back({program.first, nullptr, 1});
        bench::run_program(program.second);
    }
    for (int round = 0; round < rounds; round++)
        for (size_t i = 0; i < programs.size(); i++)
            t.rows[i].times.push_back(bench::run_program(programs[i].second).wall_s * 1e3);
    const double floor_ms = bench::median(t.rows[2].times);
    t.rows[0].budget = floor_ms + 1.2;
    char note[64];
    for (size_t i = 0; i < 2; i++) {
        std::snprintf(note, sizeof note, "%+.2f over /bin/true",
                      bench::median(t.rows[i].times) - floor_ms);
        t.rows[i].note = note;
    }
    bench::print(t);
    return 0;
}
