// SPDX-License-Identifier: MIT
// Code to position: one at a time, each waiting for the last, as text, in batches; beside what one
// would else use. usage: bench-codes INDEX.plx [QUERIES [ROUNDS [FILE.mmdb]]]
#include <memory>
#include <unordered_map>

#ifdef BENCH_LMDB
#include <lmdb.h>
#include <unistd.h>
#endif
#ifdef BENCH_SQLITE
#include <sqlite3.h>
#endif
#ifdef BENCH_MAXMINDDB
#include <maxminddb.h>
#include <netinet/in.h>
#endif

#include "city.hpp"

namespace
{

using bench::city;
using bench::place;

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

// What ours hands out and what a table of the peers' kind holds.
pole_point of_ours(const pole_index *index, uint8_t digits, uint32_t number)
{
    pole_row row;
    pole_point at = {0, 0};
    if (pole_index_find(index, {number, POLE_ANY_SCOPE, digits, 0}, &row) == POLE_OK)
        pole_index_point(index, row, &at);
    return at;
}

pole_point degrees(place at)
{
    return {at.lat_e7 / 1e7, at.lon_e7 / 1e7};
}

uint32_t bits_of(double value)
{
    uint64_t bits;
    std::memcpy(&bits, &value, sizeof bits);
    return static_cast<uint32_t>(bits);
}

// In a loop, and each waiting for the last: there the next query is known only when the answer is.
template <typename Find>
void add(bench::table &together, bench::table &waiting, const char *name,
         const std::vector<uint32_t> &queries, Find find, double budget = 0,
         double waiting_budget = 0, double reach = 0, double waiting_reach = 0)
{
    together.rows.push_back({name,
                             [&queries, find] {
                                 double sum = 0;
                                 for (const uint32_t query : queries) {
                                     const pole_point at = find(query);
                                     sum += at.lat_deg + at.lon_deg;
                                 }
                                 bench::keep(sum);
                             },
                             static_cast<double>(queries.size()),
                             budget,
                             {},
                             reach});
    waiting.rows.push_back({name,
                            [&queries, find] {
                                uint32_t none = 0; // 0, which the compiler does not know
                                asm volatile("" : "+r"(none));
                                uint32_t last = 0;
                                for (const uint32_t query : queries) {
                                    const pole_point at = find(query + (last & none));
                                    last = bits_of(at.lat_deg) ^ bits_of(at.lon_deg);
                                }
                                bench::keep(last);
                            },
                            static_cast<double>(queries.size()),
                            waiting_budget,
                            {},
                            waiting_reach});
}

#ifdef BENCH_LMDB
struct lmdb {
    MDB_env *env = nullptr;
    MDB_txn *txn = nullptr;
    MDB_dbi dbi = 0;
    explicit lmdb(const city &c)
    {
        char path[] = "/tmp/polelookup-bench-XXXXXX";
        const int file = mkstemp(path);
        if (file < 0)
            bench::fail("no file for LMDB");
        close(file);
        mdb_env_create(&env);
        mdb_env_set_mapsize(env, size_t{1} << 31);
        if (mdb_env_open(env, path, MDB_NOSUBDIR | MDB_NOSYNC | MDB_NOLOCK, 0600) != 0)
            bench::fail("LMDB did not open");
        unlink(path); // it lives as long as this process
        MDB_txn *writing = nullptr;
        mdb_txn_begin(env, nullptr, 0, &writing);
        mdb_dbi_open(writing, nullptr, MDB_INTEGERKEY, &dbi);
        for (size_t i = 0; i < c.numbers.size(); i++) {
            MDB_val key{sizeof(uint32_t), const_cast<uint32_t *>(&c.numbers[i])};
            MDB_val value{sizeof(place), const_cast<place *>(&c.places[i])};
            mdb_put(writing, dbi, &key, &value, MDB_APPEND);
        }
        if (mdb_txn_commit(writing) != 0 || mdb_txn_begin(env, nullptr, MDB_RDONLY, &txn) != 0)
            bench::fail("LMDB was not filled");
    }
    pole_point find(uint32_t number) const
    {
        MDB_val key{sizeof number, &number}, value{};
        if (mdb_get(txn, dbi, &key, &value) != 0)
            return {0, 0};
        place at;
        std::memcpy(&at, value.mv_data, sizeof at);
        return degrees(at);
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
    pole_point find(uint32_t number) const
    {
        pole_point at = {0, 0};
        sqlite3_bind_int64(select, 1, number);
        if (sqlite3_step(select) == SQLITE_ROW)
            at = {sqlite3_column_double(select, 0), sqlite3_column_double(select, 1)};
        sqlite3_reset(select);
        return at;
    }
};
#endif

#ifdef BENCH_MAXMINDDB
// The number of a code stands for the IPv4 address (mmdb.py).
struct maxmind {
    MMDB_s db;
    explicit maxmind(const char *path)
    {
        if (MMDB_open(path, MMDB_MODE_MMAP, &db) != MMDB_SUCCESS)
            bench::fail(std::string("cannot open ") + path);
    }
    pole_point find(uint32_t number)
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(number);
        int error;
        MMDB_lookup_result_s found =
            MMDB_lookup_sockaddr(&db, reinterpret_cast<sockaddr *>(&address), &error);
        MMDB_entry_data_s lat, lon;
        if (!found.found_entry || MMDB_get_value(&found.entry, &lat, "lat", nullptr) != 0 ||
            MMDB_get_value(&found.entry, &lon, "lon", nullptr) != 0)
            return {0, 0};
        return {lat.double_value, lon.double_value};
    }
};
#endif

// What memory allows: the row is known, only its record is fetched.
std::vector<uint32_t> rows_of(const city &c, const std::vector<uint32_t> &queries)
{
    std::vector<uint32_t> rows(queries.size());
    for (size_t i = 0; i < queries.size(); i++) {
        const auto found = std::lower_bound(c.numbers.begin(), c.numbers.end(), queries[i]);
        rows[i] = static_cast<uint32_t>(
            std::min<size_t>(c.places.size() - 1, static_cast<size_t>(found - c.numbers.begin())));
    }
    return rows;
}

void one_by_one(const city &c, const std::vector<uint32_t> &queries,
                const std::vector<uint32_t> &rows, const char *mmdb, int rounds)
{
    const std::vector<uint32_t> fewer(queries.begin(),
                                      queries.begin() + static_cast<long>(queries.size() / 10));
    bench::table together{"uint32 code to position, in a loop", "ns"};
    bench::table waiting{"uint32 code to position, each waiting for the last", "ns"};
    add(
        together, waiting, "polelookup: pole_index_find, pole_index_point", queries,
        [index = c.index, digits = c.digits](uint32_t number) {
            return of_ours(index, digits, number);
        },
        6, 21);
    std::unordered_map<uint32_t, place> map;
    map.reserve(c.numbers.size());
    for (size_t i = 0; i < c.numbers.size(); i++)
        map[c.numbers[i]] = c.places[i];
    add(
        together, waiting, "std::unordered_map", queries,
        [&map](uint32_t number) {
            const auto found = map.find(number);
            return found == map.end() ? pole_point{0, 0} : degrees(found->second);
        },
        0, 0, 2.3, 2.6);
    add(together, waiting, "std::lower_bound in a sorted array", queries, [&c](uint32_t number) {
        const auto found = std::lower_bound(c.numbers.begin(), c.numbers.end(), number);
        return found == c.numbers.end() || *found != number
                   ? pole_point{0, 0}
                   : degrees(c.places[static_cast<size_t>(found - c.numbers.begin())]);
    });
#ifdef BENCH_LMDB
    const auto environment = std::make_shared<lmdb>(c);
    add(together, waiting, "LMDB", fewer,
        [environment](uint32_t number) { return environment->find(number); });
#endif
#ifdef BENCH_MAXMINDDB
    if (mmdb != nullptr) {
        const auto database = std::make_shared<maxmind>(mmdb);
        add(together, waiting, "libmaxminddb", fewer,
            [database](uint32_t number) { return database->find(number); });
    }
#endif
#ifdef BENCH_SQLITE
    const auto database = std::make_shared<sqlite>(c);
    add(
        together, waiting, "SQLite, prepared, in memory", fewer,
        [database](uint32_t number) { return database->find(number); }, 0, 0, 90);
#endif
    add(together, waiting, "limit: fetch by a known row", rows,
        [&c](uint32_t row) { return degrees(c.places[row]); });
    (void)mmdb;
    bench::run(together, rounds);
    bench::run(waiting, rounds);
}

std::vector<char> as_texts(const city &c, const std::vector<uint32_t> &queries)
{
    const size_t width = c.digits;
    std::vector<char> texts(queries.size() * width + 1);
    for (size_t i = 0; i < queries.size(); i++)
        std::snprintf(texts.data() + i * width, width + 1, "%0*u", static_cast<int>(width),
                      queries[i]);
    return texts;
}

void text_by_text(const city &c, const std::vector<char> &texts, size_t count, int rounds)
{
    const size_t width = c.digits;
    std::unordered_map<std::string, place> map;
    map.reserve(c.numbers.size());
    for (size_t i = 0; i < c.numbers.size(); i++) {
        char digits[16];
        std::snprintf(digits, sizeof digits, "%0*u", static_cast<int>(width), c.numbers[i]);
        map[digits] = c.places[i];
    }
    std::string text;                     // keeps its memory from query to query
    std::vector<uint32_t> numbers(count); // which text
    for (size_t i = 0; i < count; i++)
        numbers[i] = static_cast<uint32_t>(i);
    bench::table together{"code as text to position, in a loop", "ns"};
    bench::table waiting{"code as text to position, each waiting for the last", "ns"};
    add(
        together, waiting, "polelookup: parse, find, point", numbers,
        [&c, &texts, width](uint32_t i) {
            pole_code code;
            pole_row row;
            pole_point at = {0, 0};
            if (pole_code_parse(c.index, {texts.data() + i * width, width}, &code) == POLE_OK &&
                pole_index_find(c.index, code, &row) == POLE_OK)
                pole_index_point(c.index, row, &at);
            return at;
        },
        8.5, 26);
    add(
        together, waiting, "std::unordered_map of std::string", numbers,
        [&map, &texts, &text, width](uint32_t i) {
            text.assign(texts.data() + i * width, width);
            const auto found = map.find(text);
            return found == map.end() ? pole_point{0, 0} : degrees(found->second);
        },
        0, 0, 6.4, 8);
    bench::run(together, rounds);
    bench::run(waiting, rounds);
}

void in_batches(const city &c, const std::vector<uint32_t> &queries, const std::vector<char> &texts,
                const std::vector<uint32_t> &rows, int rounds)
{
    const size_t width = c.digits;
    const double count = static_cast<double>(queries.size());
    std::vector<double> lat(queries.size()), lon(queries.size());
    pole_columns columns{};
    columns.struct_size = sizeof columns;
    columns.lat_deg = lat.data();
    columns.lon_deg = lon.data();
    bench::table codes{"batch of codes to two arrays of coordinates", "ns"};
    bench::table as_text{"batch of texts to two arrays of coordinates", "ns"};
    codes.rows.push_back({"polelookup: pole_index_find_many",
                          [&] {
                              pole_index_find_many(c.index, queries.data(), queries.size(),
                                                   c.digits, POLE_ANY_SCOPE, &columns);
                          },
                          count, 3.7});
    as_text.rows.push_back({"polelookup: pole_index_find_texts",
                            [&] {
                                pole_index_find_texts(c.index, texts.data(), width, queries.size(),
                                                      c.digits, POLE_ANY_SCOPE, &columns);
                            },
                            count, 4.5});
    const bench::contender limit = {"limit: fetch by a known row, and store",
                                    [&] {
                                        for (size_t i = 0; i < rows.size(); i++) {
                                            const pole_point at = degrees(c.places[rows[i]]);
                                            lat[i] = at.lat_deg;
                                            lon[i] = at.lon_deg;
                                        }
                                        bench::keep(lat[0]);
                                    },
                                    count};
    codes.rows.push_back(limit);
    as_text.rows.push_back(limit);
    bench::run(codes, rounds);
    bench::run(as_text, rounds);
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 2) {
        std::fprintf(stderr, "usage: %s INDEX.plx [QUERIES [ROUNDS [FILE.mmdb]]]\n", argv[0]);
        return 2;
    }
    const city c(argv[1]);
    const size_t count = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 10000000;
    const int rounds = argc > 3 ? std::atoi(argv[3]) : 5;
    const std::vector<uint32_t> queries = draw(c, count);
    const std::vector<uint32_t> rows = rows_of(c, queries);
    const std::vector<char> texts = as_texts(c, queries);
    one_by_one(c, queries, rows, argc > 4 ? argv[4] : nullptr, rounds);
    text_by_text(c, texts, count, rounds);
    in_batches(c, queries, texts, rows, rounds);
    return 0;
}
