// SPDX-License-Identifier: MIT
// Tables to an index, in CPU time: the builder, step by step, beside sqlite3 and python3, which
// only load the poles. usage: bench-build FOLDER DATABASE.sqlite SCHEME [ROUNDS]
#include <polelookup/polelookup.h>
#include <unistd.h>

#include "process.hpp"

namespace
{

double cpu_ms()
{
    return bench::cpu_seconds() * 1e3;
}

void check(pole_status status, const pole_error &error)
{
    if (status != POLE_OK)
        bench::fail(error.message);
}

struct phases {
    double all, poles, stations, areas, finish;
};

phases build(const std::string &folder, const char *scheme)
{
    pole_error error{};
    pole_build_options options;
    pole_build_options_init(&options);
    options.no_doubts = 1;
    options.scheme = scheme;
    const double start = cpu_ms();
    pole_builder *builder;
    check(pole_builder_new(&options, &builder, &error), error);
    const double begun = cpu_ms();
    check(pole_builder_add_file(builder, POLE_TABLE_POLES, (folder + "/poles.csv").c_str(), &error),
          error);
    const double poles = cpu_ms();
    check(pole_builder_add_file(builder, POLE_TABLE_STATIONS, (folder + "/stations.csv").c_str(),
                                &error),
          error);
    const double stations = cpu_ms();
    check(pole_builder_add_file(builder, POLE_TABLE_AREAS, (folder + "/areas.geojson").c_str(),
                                &error),
          error);
    const double areas = cpu_ms();
    const pole_sink nowhere = {nullptr,
                               [](void *, const void *, size_t) { return pole_status{POLE_OK}; }};
    check(pole_builder_finish_to(builder, &nowhere, nullptr, &error), error);
    const double end = cpu_ms();
    pole_builder_free(builder);
    return {end - start, poles - begun, stations - poles, areas - stations, end - areas};
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 4) {
        std::fprintf(stderr, "usage: %s FOLDER DATABASE.sqlite SCHEME [ROUNDS]\n", argv[0]);
        return 2;
    }
    const std::string folder = argv[1], database = argv[2], poles = folder + "/poles.csv";
    const char *scheme = argv[3];
    const int rounds = argc > 4 ? std::atoi(argv[4]) : 7;
    const bench::command sqlite = {"sqlite3",
                                   "-cmd",
                                   "pragma journal_mode=off; pragma synchronous=off",
                                   "-cmd",
                                   ".mode csv",
                                   database,
                                   ".import " + poles + " pole",
                                   "create index code on pole(code)"};
    const bench::command python = {"python3", "-c",
                                   "import csv, pickle, sys\n"
                                   "t = {r['code']: (float(r['lat']), float(r['lon']))\n"
                                   "     for r in csv.DictReader(open(sys.argv[1]))}\n"
                                   "pickle.dumps(t)\n",
                                   poles};
    bench::table t{"tables to an index, CPU time without fsync", "ms"};
    t.rows = {{"polelookup: all, verified", nullptr, 1, 60},
              {"  read the poles", nullptr, 1},
              {"  read the stations", nullptr, 1},
              {"  read the areas", nullptr, 1},
              {"  sort, assign, write, verify", nullptr, 1},
              {"sqlite3: import poles, index codes", nullptr, 1, 0, {}, 2.1},
              {"python3: poles to a dict, pickled", nullptr, 1}};
    for (int round = -1; round < rounds; round++) { // the first is not counted
        const phases ours = build(folder, scheme);
        unlink(database.c_str());
        const double peers[] = {bench::run_program(sqlite).cpu_s * 1e3,
                                bench::run_program(python).cpu_s * 1e3};
        const double times[] = {ours.all,    ours.poles, ours.stations, ours.areas,
                                ours.finish, peers[0],   peers[1]};
        for (size_t i = 0; i < t.rows.size() && round >= 0; i++)
            t.rows[i].times.push_back(times[i]);
    }
    bench::print(t);
    return 0;
}
