// SPDX-License-Identifier: MIT
// A year of calls joined with the poles, file to file: the command beside what analysts would use.
// usage: bench-logs COMMAND CITY_FOLDER ROWS ROUNDS [PYTHON]   (one that has duckdb)
#include <fstream>

#include "process.hpp"

namespace
{

constexpr size_t year = 2187280; // calls in one city

// Python's start is no part of DuckDB, and is counted.
const char *const join_by_duckdb = R"python(
import duckdb, sys
threads, calls, poles, out = sys.argv[1:]
read = "read_csv('%s', header=true, all_varchar=true)"
duckdb.connect(config={'threads': threads}).sql(
    "copy (select c.*, p.match_lat, p.match_lon, p.station_id from " + read % calls +
    " c left join " + read % poles + " p using (code)) to '" + out + "' (header)")
)python";

std::vector<std::string> read_codes(const std::string &path)
{
    std::ifstream file(path);
    std::vector<std::string> codes;
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line))
        codes.push_back(line.substr(0, line.find(',')));
    if (codes.empty())
        bench::fail("no poles in " + path);
    return codes;
}

// As people say or mistype it: half in words, else with a digit wrong or unreadable.
std::string spoil(std::string code, bench::random &random)
{
    static const char *const words[] = {"零", "幺", "二", "三", "四", "五", "六", "拐", "八", "九"};
    const uint64_t kind = random.next() % 10;
    if (kind >= 5) {
        const char wrong = static_cast<char>('0' + random.next() % 10);
        code[random.next() % code.size()] = kind < 8 ? wrong : '?';
        return code;
    }
    std::string said;
    for (const char digit : code)
        said += words[digit - '0'];
    return said;
}

void write_calls(const std::string &path, const std::vector<std::string> &codes, size_t rows,
                 double absent, double noisy)
{
    static const char *const notes[] = {"市民报警", "交通事故", "求助", "走失", "噪音"};
    bench::random random{7};
    std::FILE *file = std::fopen(path.c_str(), "w");
    if (!file)
        bench::fail("cannot write " + path);
    std::fputs("id,time,code,phone,note\n", file);
    for (size_t i = 0; i < rows; i++) {
        const unsigned day = static_cast<unsigned>(i * 336 / rows);
        const unsigned s = static_cast<unsigned>(i * 336 * 86400 / rows % 86400);
        char any[16];
        std::snprintf(any, sizeof any, "%07u", static_cast<unsigned>(random.next() % 10000000));
        std::string code = random.unit() >= absent ? codes[random.next() % codes.size()] : any;
        if (random.unit() < noisy)
            code = spoil(code, random);
        std::fprintf(file, "%07zu,2025-%02u-%02u %02u:%02u:%02u,%s,138****%04u,%s\n", i,
                     day / 28 + 1, day % 28 + 1, s / 3600, s / 60 % 60, s % 60, code.c_str(),
                     static_cast<unsigned>(random.next() % 10000), notes[random.next() % 5]);
    }
    if (std::fclose(file) != 0)
        bench::fail("cannot write " + path);
}

struct contender {
    std::string name;
    bench::command words;
    double budget_s = 0, budget_mib = 0; // ours
    double reach = 0;                    // a peer
    bool writes_itself = false;          // the file; else standard output is it
};

class race
{
  public:
    race(std::string out, int rounds, bool is_year)
        : out_(std::move(out)), rounds_(rounds), is_year_(is_year)
    {
    }

    // Each in turn, round by round; two tables, of time and of memory.
    void run(const std::string &title, const std::vector<contender> &all) const
    {
        bench::table time{"logs, " + title, "s"}, memory{"logs, " + title + ", peak", "MiB"};
        for (const auto &one : all) {
            time.rows.push_back(
                {one.name, nullptr, 1, is_year_ ? one.budget_s : 0, "", is_year_ ? one.reach : 0});
            memory.rows.push_back({one.name, nullptr, 1, is_year_ ? one.budget_mib : 0});
        }
        for (int round = 0; round <= rounds_; round++) {
            for (size_t i = 0; i < all.size(); i++) {
                unlink(out_.c_str());
                const char *to = all[i].writes_itself ? "/dev/null" : out_.c_str();
                const bench::cost cost = bench::run_program(all[i].words, 0, to);
                if (round == 0)
                    continue; // warm
                time.rows[i].times.push_back(cost.wall_s);
                memory.rows[i].times.push_back(cost.peak_mib);
            }
        }
        bench::print(time);
        bench::print(memory);
    }

  private:
    std::string out_;
    int rounds_;
    bool is_year_;
};

bool is_there(const std::string &program)
{
    return std::system(("command -v " + program + " >/dev/null").c_str()) == 0;
}

struct place {
    std::string command, folder, python;
    std::string file(const std::string &name) const
    {
        return folder + "/" + name;
    }
    bench::command ours(const std::string &threads, const std::string &log,
                        const bench::command &more = {}) const
    {
        bench::command words{command,          "geocode",   "-q",    "-i",
                             file("city.plx"), "--threads", threads, log};
        words.insert(words.end(), more.begin(), more.end());
        return words;
    }
    bench::command duckdb(const std::string &threads, const std::string &log) const
    {
        return {python, "-c", join_by_duckdb, threads, log, file("places.csv"), file("joined.csv")};
    }
};

const bench::command three{"--columns", "match_lat,match_lon,station_id"};

// What the peers join with: each pole's place and station.
void write_places(const place &at, const std::vector<std::string> &codes)
{
    {
        std::ofstream file(at.file("codes.csv"));
        file << "code\n";
        for (const auto &code : codes)
            file << code << '\n';
    }
    bench::command words = at.ours("1", at.file("codes.csv"), three);
    bench::run_program(words, 0, at.file("places.csv").c_str());
}

std::vector<contender> on_one_thread(const place &at)
{
    const std::string calls = at.file("calls.csv"), places = at.file("places.csv");
    std::vector<contender> all{
        {"polelookup geocode, 1 thread", at.ours("1", calls, three), 0.30, 16}};
    if (!at.python.empty())
        all.push_back({"DuckDB, 1 thread", at.duckdb("1", calls), 0, 0, 4.5, true});
    if (is_there("mawk"))
        all.push_back({"mawk, an array of poles",
                       {"mawk", "-F,",
                        "NR == FNR { t[$1] = $2 \",\" $3 \",\" $4; next } { print $0 \",\" t[$3] }",
                        places, calls}});
    if (is_there("sqlite3"))
        all.push_back({"sqlite3, imported in memory and joined",
                       {"sqlite3", "-csv", "-header", ":memory:", ".import " + calls + " c",
                        ".import " + places + " p", "create index i on p(code)",
                        "select c.*, match_lat, match_lon, station_id "
                        "from c left join p using (code)"}});
    if (is_there("mlr"))
        all.push_back(
            {"miller, join",
             {"mlr", "--csv", "join", "--ur", "-j", "code", "-f", places, "then", "template", "-f",
              "id,time,code,phone,note,match_lat,match_lon,station_id", calls}});
    all.push_back({"limit: cat, nothing added", {"cat", calls}});
    return all;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 5) {
        std::fprintf(stderr, "usage: %s COMMAND CITY_FOLDER ROWS ROUNDS [PYTHON]\n", argv[0]);
        return 2;
    }
    const place at{argv[1], argv[2], argc > 5 ? argv[5] : ""};
    const size_t rows = std::strtoull(argv[3], nullptr, 10);
    const race race{at.file("joined.csv"), std::atoi(argv[4]), rows == year};
    const auto codes = read_codes(at.file("poles.csv"));
    const std::string calls = at.file("calls.csv"), noisy = at.file("calls-noisy.csv");
    const std::string absent = at.file("calls-absent.csv");
    write_calls(calls, codes, rows, 0, 0);
    write_calls(absent, codes, rows, 0.03, 0);
    write_calls(noisy, codes, rows, 0.03, 0.3);
    write_places(at, codes);
    race.run("place and station, 1 thread", on_one_thread(at));
    std::vector<contender> two{
        {"polelookup geocode, 2 threads", at.ours("2", calls, three), 0.20, 16}};
    if (!at.python.empty())
        two.push_back({"DuckDB, 2 threads", at.duckdb("2", calls), 0, 0, 4.5, true});
    race.run("place and station, 2 threads", two);
    race.run("all columns", {{"polelookup geocode, 1 thread", at.ours("1", calls), 0.60, 16},
                             {"polelookup geocode, 2 threads", at.ours("2", calls), 0.40, 16}});
    std::vector<contender> missing{
        {"polelookup geocode, 1 thread", at.ours("1", absent, three), 0, 16},
        {"polelookup geocode, 2 threads", at.ours("2", absent, three), 0, 16}};
    if (!at.python.empty())
        missing.push_back({"DuckDB, 2 threads", at.duckdb("2", absent), 0, 0, 0, true});
    race.run("place and station, 3 in 100 codes not in the table, each resolved in full", missing);
    race.run("all columns, 30 in 100 codes spoken or noisy",
             {{"polelookup geocode, 2 threads", at.ours("2", noisy), 10, 64}});
    for (const char *name :
         {"joined.csv", "calls.csv", "calls-absent.csv", "calls-noisy.csv", "codes.csv"})
        unlink(at.file(name).c_str());
    return 0;
}
