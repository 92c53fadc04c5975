// SPDX-License-Identifier: MIT
// The poles of an index as plain arrays, from which the peers are filled; and places to ask for.
#pragma once

#include <cmath>

#include <polelookup/polelookup.h>

#include "frame.hpp"

namespace bench
{

struct place {
    int32_t lat_e7, lon_e7;
};

struct city {
    pole_index *index = nullptr;
    pole_info info{};
    uint8_t digits = 0;
    std::vector<uint32_t> numbers; // by row, so rising
    std::vector<place> places;     // by row

    explicit city(const char *path)
    {
        pole_error error;
        if (pole_index_open(path, nullptr, &index, &error) != POLE_OK)
            fail(error.message);
        info.struct_size = sizeof info;
        pole_index_info(index, &info);
        pole_scheme_info scheme{};
        scheme.struct_size = sizeof scheme;
        if (info.schemes != 1 || pole_index_scheme(index, 0, &scheme) != POLE_OK)
            fail("a city with one length of code is wanted");
        digits = scheme.digits;
        for (pole_row row = 0; row < scheme.rows; row++) {
            pole_record record{};
            record.struct_size = sizeof record;
            if (pole_index_record(index, row, &record) != POLE_OK)
                fail("a row cannot be read");
            numbers.push_back(record.code.number);
            places.push_back({static_cast<int32_t>(std::lround(record.at.lat_deg * 1e7)),
                              static_cast<int32_t>(std::lround(record.at.lon_deg * 1e7))});
        }
    }
    city(const city &) = delete;
    city &operator=(const city &) = delete;
    ~city()
    {
        pole_index_close(index);
    }
    pole_point at(size_t row) const
    {
        return {places[row].lat_e7 / 1e7, places[row].lon_e7 / 1e7};
    }
};

constexpr double metres_per_degree = 111320; // of latitude, about; only to choose places

// Nine in ten within 150 m of a pole, the tenth anywhere in the city's box.
inline std::vector<pole_point> ask_near_poles(const city &c, size_t count, uint64_t seed = 110)
{
    random random{seed};
    std::vector<pole_point> points(count);
    const pole_point sw = c.info.southwest, ne = c.info.northeast;
    for (auto &point : points) {
        if (random.next() % 10 == 0) {
            point = {sw.lat_deg + random.unit() * (ne.lat_deg - sw.lat_deg),
                     sw.lon_deg + random.unit() * (ne.lon_deg - sw.lon_deg)};
            continue;
        }
        point = c.at(random.next() % c.places.size());
        const double away_m = 150 * std::sqrt(random.unit()), angle = 2 * M_PI * random.unit();
        point.lat_deg += away_m * std::cos(angle) / metres_per_degree;
        point.lon_deg +=
            away_m * std::sin(angle) / metres_per_degree / std::cos(point.lat_deg * M_PI / 180);
    }
    return points;
}

} // namespace bench
