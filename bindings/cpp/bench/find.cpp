// SPDX-License-Identifier: MIT
//
// What one find and one place cost through the header, and by the same calls in C: the header
// should cost nothing. Codes are taken in an order that caches do not foresee.
//
// usage: find INDEX
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <random>

#include <polelookup/polelookup.hpp>

namespace
{

constexpr int rounds = 15;

template <class Call> double ns_each(const std::vector<std::string> &codes, Call &&call)
{
    const auto begin = std::chrono::steady_clock::now();
    for (const std::string &code : codes) {
        call(code);
    }
    const std::chrono::duration<double, std::nano> taken = std::chrono::steady_clock::now() - begin;
    return taken.count() / static_cast<double>(codes.size());
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 2) {
        std::fprintf(stderr, "usage: find INDEX\n");
        return 2;
    }
    const auto index = polelookup::index::open(argv[1]);
    std::vector<std::string> codes;
    for (polelookup::row row = 0; row < index.info().poles; row++) {
        codes.push_back(index.format(index.record(row).code));
    }
    std::shuffle(codes.begin(), codes.end(), std::mt19937(1));
    std::vector<std::uint32_t> numbers;
    for (const std::string &code : codes) {
        numbers.push_back(static_cast<std::uint32_t>(std::stoul(code)));
    }
    std::vector<double> lat(codes.size()), lon(codes.size());

    double sum = 0, c_sum = 0;
    double best[6] = {1e9, 1e9, 1e9, 1e9, 1e9, 1e9};
    for (int round = 0; round < rounds; round++) { // in turn, so that both see the same machine
        best[0] = std::min(
            best[0], ns_each(codes, [&](const std::string &text) {
                pole_code code;
                pole_row row;
                pole_point at;
                if (pole_code_parse(index.get(), {text.data(), text.size()}, &code) == POLE_OK &&
                    pole_index_find(index.get(), code, &row) == POLE_OK &&
                    pole_index_point(index.get(), row, &at) == POLE_OK) {
                    c_sum += at.lat_deg;
                }
            }));
        best[1] = std::min(best[1], ns_each(codes, [&](const std::string &text) {
                               if (const auto row = index.find(text)) {
                                   sum += index.at(*row).lat_deg;
                               }
                           }));
        best[2] = std::min(best[2], ns_each(codes, [&](const std::string &text) {
                               polelookup::row row;
                               polelookup::point at;
                               if (index.try_find(text, row) == POLE_OK &&
                                   index.try_at(row, at) == POLE_OK) {
                                   sum += at.lat_deg;
                               }
                           }));
        const auto batch = [&](int way) {
            const auto begin = std::chrono::steady_clock::now();
            if (way == 3) {
                pole_columns columns{};
                columns.struct_size = sizeof columns;
                columns.lat_deg = lat.data();
                columns.lon_deg = lon.data();
                pole_index_find_many(index.get(), numbers.data(), numbers.size(), 7, POLE_ANY_SCOPE,
                                     &columns);
            } else {
                polelookup::columns into;
                into.lat_deg = lat;
                into.lon_deg = lon;
                if (way == 4) {
                    index.find_many(numbers, 7, into);
                } else {
                    index.find_strings(codes, 7, into);
                }
            }
            const std::chrono::duration<double, std::nano> taken =
                std::chrono::steady_clock::now() - begin;
            best[way] = std::min(best[way], taken.count() / static_cast<double>(codes.size()));
        };
        batch(round % 2 == 0 ? 3 : 4); // who comes second finds a warm cache
        batch(round % 2 == 0 ? 4 : 3);
        batch(5);
    }
    std::printf("%zu codes, best of %d rounds\n", codes.size(), rounds);
    std::printf("find and place, C             %6.1f ns\n", best[0]);
    std::printf("find and place, find() at()   %6.1f ns   %.2fx\n", best[1], best[1] / best[0]);
    std::printf("find and place, try_ forms    %6.1f ns   %.2fx\n", best[2], best[2] / best[0]);
    std::printf("batch of numbers, C           %6.1f ns a row\n", best[3]);
    std::printf("batch of numbers, find_many() %6.1f ns a row   %.2fx\n", best[4],
                best[4] / best[3]);
    std::printf("batch of std::string          %6.1f ns a row   %.2fx\n", best[5],
                best[5] / best[3]);
    return sum > 0 && c_sum > 0 ? 0 : 1;
}
