// SPDX-License-Identifier: MIT
// Code to position: one at a time, each waiting for the last, as text, in batches; beside what one
// would else use. usage: bench-codes INDEX.plx [QUERIES]
#include <polelookup/polelookup.h>

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <unordered_map>

#ifdef BENCH_LMDB
#include <lmdb.h>
#endif
#ifdef BENCH_SQLITE
#include <sqlite3.h>
#endif

#include "frame.hpp"

namespace
{

struct place {
    int32_t lat_e7, lon_e7;
};

struct city {
    pole_index *index = nullptr;
    uint8_t digits = 7;
    std::vector<uint32_t> numbers; // of all poles, rising
    std::vector<place> places;
};

void fail(const char *what)
{
    std::fprintf(stderr, "bench-codes: %s\n", what);
    std::exit(1);
}

city load(const char *path)
{
    city c;
    pole_error error;
    if (pole_index_open(path, nullptr, &c.index, &error) != POLE_OK)
        fail(error.message);
    pole_scheme_info scheme{};
    scheme.struct_size = sizeof scheme;
    if (pole_index_scheme(c.index, 0, &scheme) != POLE_OK)
        fail("no scheme");
    c.digits = scheme.digits;
    for (pole_row row = 0; row < scheme.rows; row++) {
        pole_record record{};
        record.struct_size = sizeof record;
        if (pole_index_record(c.index, row, &record) != POLE_OK)
            fail("no record");
        c.numbers.push_back(record.code.number);
        c.places.push_back({static_cast<int32_t>(std::lround(record.at.lat_deg * 1e7)),
                            static_cast<int32_t>(std::lround(record.at.lon_deg * 1e7))});
    }
    return c;
}

// 97 % present, in random order; the others are a pole's code with its last two digits changed.
std::vector<uint32_t> draw(const city &c, size_t count)
{
    bench::random random{2008};
    std::vector<uint32_t> queries(count);
    for (auto &query : queries) {
        query = c.numbers[random.next() % c.numbers.size()];
        if (random.next() % 100 < 3)
            query = query / 100 * 100 + static_cast<uint32_t>(random.next() % 100);
    }
    return queries;
}

int32_t of_ours(const city &c, uint32_t number)
{
    pole_row row;
    pole_point at;
    const pole_code code = {number, POLE_ANY_SCOPE, c.digits, 0};
    if (pole_index_find(c.index, code, &row) != POLE_OK)
        return 0;
    pole_index_point(c.index, row, &at);
    return static_cast<int32_t>(at.lat_deg * 1e7);
}

// In a loop, and each waiting for the last: the answer picks the next query.
template <typename Find>
void add(bench::table &together, bench::table &waiting, const char *name,
         const std::vector<uint32_t> &queries, Find find, double budget = 0,
         double waiting_budget = 0)
{
    together.rows.push_back({name,
                             [&queries, find] {
                                 int64_t sum = 0;
                                 for (const uint32_t query : queries)
                                     sum += find(query);
                                 bench::keep(sum);
                             },
                             static_cast<double>(queries.size()), budget});
    waiting.rows.push_back({name,
                            [&queries, find] {
                                int64_t sum = 0;
                                uint32_t last = 0;
                                for (const uint32_t query : queries) {
                                    // last & 0 is 0, but only known when the answer is there.
                                    last = static_cast<uint32_t>(find(query + (last & 0u)));
                                    asm volatile("" : "+r"(last));
                                    sum += last;
                                }
                                bench::keep(sum);
                            },
                            static_cast<double>(queries.size()), waiting_budget});
}

#ifdef BENCH_LMDB
struct lmdb {
    MDB_env *env = nullptr;
    MDB_txn *txn = nullptr;
    MDB_dbi dbi = 0;
    explicit lmdb(const city &c)
    {
        const std::string folder = "/tmp/polelookup-bench-lmdb";
        if (std::system(("rm -rf " + folder + " && mkdir -p " + folder).c_str()) != 0)
            fail("no folder for LMDB");
        mdb_env_create(&env);
        mdb_env_set_mapsize(env, size_t{1} << 30);
        mdb_env_open(env, folder.c_str(), MDB_NOSYNC, 0600);
        MDB_txn *writing = nullptr;
        mdb_txn_begin(env, nullptr, 0, &writing);
        mdb_dbi_open(writing, nullptr, MDB_INTEGERKEY, &dbi);
        for (size_t i = 0; i < c.numbers.size(); i++) {
            MDB_val key{sizeof(uint32_t), const_cast<uint32_t *>(&c.numbers[i])};
            MDB_val value{sizeof(place), const_cast<place *>(&c.places[i])};
            mdb_put(writing, dbi, &key, &value, MDB_APPEND);
        }
        mdb_txn_commit(writing);
        mdb_txn_begin(env, nullptr, MDB_RDONLY, &txn);
    }
    int32_t find(uint32_t number) const
    {
        MDB_val key{sizeof number, &number}, value{};
        if (mdb_get(txn, dbi, &key, &value) != 0)
            return 0;
        place at;
        std::memcpy(&at, value.mv_data, sizeof at);
        return at.lat_e7;
    }
};
#endif

#ifdef BENCH_SQLITE
struct sqlite {
    sqlite3 *db = nullptr;
    sqlite3_stmt *select = nullptr;
    explicit sqlite(const city &c)
    {
        sqlite3_open(":memory:", &db);
        sqlite3_exec(db, "create table pole(code integer primary key, lat, lon); begin", nullptr,
                     nullptr, nullptr);
        sqlite3_stmt *insert = nullptr;
        sqlite3_prepare_v2(db, "insert into pole values(?,?,?)", -1, &insert, nullptr);
        for (size_t i = 0; i < c.numbers.size(); i++) {
            sqlite3_bind_int64(insert, 1, c.numbers[i]);
            sqlite3_bind_double(insert, 2, c.places[i].lat_e7 / 1e7);
            sqlite3_bind_double(insert, 3, c.places[i].lon_e7 / 1e7);
            sqlite3_step(insert);
            sqlite3_reset(insert);
        }
        sqlite3_finalize(insert);
        sqlite3_exec(db, "commit", nullptr, nullptr, nullptr);
        sqlite3_prepare_v2(db, "select lat, lon from pole where code = ?", -1, &select, nullptr);
    }
    int32_t find(uint32_t number) const
    {
        sqlite3_bind_int64(select, 1, number);
        int32_t lat_e7 = 0;
        if (sqlite3_step(select) == SQLITE_ROW)
            lat_e7 = static_cast<int32_t>(sqlite3_column_double(select, 0) * 1e7);
        sqlite3_reset(select);
        return lat_e7;
    }
};
#endif

void one_by_one(const city &c, const std::vector<uint32_t> &queries,
                const std::vector<uint32_t> &fewer, int rounds)
{
    bench::table together{"uint32 code to position, in a loop", "ns", 1e-9, {}};
    bench::table waiting{"uint32 code to position, each waiting for the last", "ns", 1e-9, {}};
    add(
        together, waiting, "polelookup: pole_index_find, pole_index_point", queries,
        [&c](uint32_t number) { return of_ours(c, number); }, 6, 21);
    std::unordered_map<uint32_t, place> map;
    for (size_t i = 0; i < c.numbers.size(); i++)
        map[c.numbers[i]] = c.places[i];
    add(together, waiting, "std::unordered_map", queries, [&map](uint32_t number) {
        const auto found = map.find(number);
        return found == map.end() ? 0 : found->second.lat_e7;
    });
    add(together, waiting, "std::lower_bound in a sorted array", queries, [&c](uint32_t number) {
        const auto found = std::lower_bound(c.numbers.begin(), c.numbers.end(), number);
        return found == c.numbers.end() || *found != number
                   ? 0
                   : c.places[static_cast<size_t>(found - c.numbers.begin())].lat_e7;
    });
#ifdef BENCH_LMDB
    const auto environment = std::make_shared<lmdb>(c);
    add(together, waiting, "LMDB", fewer,
        [environment](uint32_t number) { return environment->find(number); });
#endif
#ifdef BENCH_SQLITE
    const auto database = std::make_shared<sqlite>(c);
    add(together, waiting, "SQLite, prepared, in memory", fewer,
        [database](uint32_t number) { return database->find(number); });
#endif
    (void)fewer;
    bench::run(together, rounds);
    bench::run(waiting, rounds);
}

void as_text(const city &c, const std::vector<uint32_t> &queries, int rounds)
{
    const size_t width = c.digits;
    const auto texts = std::make_shared<std::vector<char>>(queries.size() * width + 1);
    for (size_t i = 0; i < queries.size(); i++)
        std::snprintf(texts->data() + i * width, width + 1, "%0*u", static_cast<int>(width),
                      queries[i]);
    bench::table t{"code as text to position, in a loop", "ns", 1e-9, {}};
    const double count = static_cast<double>(queries.size());
    t.rows.push_back({"polelookup: parse, find, point",
                      [&c, texts, width, n = queries.size()] {
                          int64_t sum = 0;
                          for (size_t i = 0; i < n; i++) {
                              pole_code code;
                              pole_row row;
                              pole_point at;
                              const pole_span text = {texts->data() + i * width, width};
                              if (pole_code_parse(c.index, text, &code) == POLE_OK &&
                                  pole_index_find(c.index, code, &row) == POLE_OK &&
                                  pole_index_point(c.index, row, &at) == POLE_OK)
                                  sum += static_cast<int64_t>(at.lat_deg);
                          }
                          bench::keep(sum);
                      },
                      count, 8.5});
    std::unordered_map<std::string, place> map;
    for (size_t i = 0; i < c.numbers.size(); i++) {
        char text[16];
        std::snprintf(text, sizeof text, "%0*u", static_cast<int>(width), c.numbers[i]);
        map[text] = c.places[i];
    }
    t.rows.push_back({"std::unordered_map of std::string",
                      [&map, texts, width, n = queries.size()] {
                          int64_t sum = 0;
                          std::string text;
                          for (size_t i = 0; i < n; i++) {
                              text.assign(texts->data() + i * width, width);
                              const auto found = map.find(text);
                              sum += found == map.end() ? 0 : found->second.lat_e7;
                          }
                          bench::keep(sum);
                      },
                      count});
    bench::run(t, rounds);

    bench::table batch{"batch: codes or texts to two arrays of coordinates", "ns", 1e-9, {}};
    const auto lat = std::make_shared<std::vector<double>>(queries.size());
    const auto lon = std::make_shared<std::vector<double>>(queries.size());
    pole_columns columns{};
    columns.struct_size = sizeof columns;
    columns.lat_deg = lat->data();
    columns.lon_deg = lon->data();
    batch.rows.push_back({"polelookup: pole_index_find_many",
                          [&c, &queries, columns, lat, lon] {
                              pole_index_find_many(c.index, queries.data(), queries.size(),
                                                   c.digits, POLE_ANY_SCOPE, &columns);
                          },
                          count, 3.7});
    batch.rows.push_back({"polelookup: pole_index_find_texts",
                          [&c, texts, columns, width, n = queries.size(), lat, lon] {
                              pole_index_find_texts(c.index, texts->data(), width, n, c.digits,
                                                    POLE_ANY_SCOPE, &columns);
                          },
                          count, 4.5});
    // What memory allows: the row is known, only the record is fetched and stored.
    const auto rows = std::make_shared<std::vector<uint32_t>>(queries.size());
    for (size_t i = 0; i < queries.size(); i++)
        (*rows)[i] = static_cast<uint32_t>(
            std::min<size_t>(c.places.size() - 1,
                             static_cast<size_t>(std::lower_bound(c.numbers.begin(),
                                                                  c.numbers.end(), queries[i]) -
                                                 c.numbers.begin())));
    batch.rows.push_back({"limit: fetch by row and store",
                          [&c, rows, lat, lon] {
                              for (size_t i = 0; i < rows->size(); i++) {
                                  const place at = c.places[(*rows)[i]];
                                  (*lat)[i] = at.lat_e7 / 1e7;
                                  (*lon)[i] = at.lon_e7 / 1e7;
                              }
                              bench::keep((*lat)[0]);
                          },
                          count});
    bench::run(batch, rounds);
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 2) {
        std::fprintf(stderr, "usage: %s INDEX.plx [QUERIES]\n", argv[0]);
        return 2;
    }
    const city c = load(argv[1]);
    const size_t count = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 10000000;
    const int rounds = 5;
    pole_info info{};
    info.struct_size = sizeof info;
    pole_index_info(c.index, &info);
    std::printf("%zu poles, file %.2f bytes a pole\n", c.numbers.size(),
                static_cast<double>(info.file_bytes) / info.poles);
    const std::vector<uint32_t> queries = draw(c, count);
    const std::vector<uint32_t> fewer(queries.begin(),
                                      queries.begin() + static_cast<long>(count / 10));
    one_by_one(c, queries, fewer, rounds);
    as_text(c, queries, rounds);
    pole_index_close(c.index);
    return 0;
}
