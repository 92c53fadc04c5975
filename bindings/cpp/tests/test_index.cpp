// SPDX-License-Identifier: MIT
//
// That an index of C++ is opened, shared, and let go as the C library's counting has it, and that
// its questions give what single calls of the C library give, failures as typed exceptions.
#include "support.hpp"

#include <array>
#include <atomic>
#include <cmath>
#include <thread>

namespace pl = polelookup;

TEST(index, a_file_that_is_not_there_is_an_io_error_that_says_so)
{
    try {
        pl::index::open("/no/such/file.plx");
        FAIL() << "opened";
    } catch (const pl::io_error &error) {
        EXPECT_EQ(error.status(), POLE_IO);
        EXPECT_EQ(error.name(), "io");
        EXPECT_NE(std::string(error.what()), "");
        EXPECT_NE(error.json().find("\"code\":\"io\""), std::string::npos) << error.json();
    }
}

TEST(index, damaged_and_foreign_bytes_have_their_own_types)
{
    std::string bytes = file_bytes(setting("POLELOOKUP_TEST_SAMPLE"));
    const auto open = [&] { pl::index::open_memory(bytes.data(), bytes.size()); };
    EXPECT_EQ(thrown_by<pl::error>(open), "nothing");
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    EXPECT_EQ(thrown_by<pl::damaged>(open), "damaged");
    bytes = "code,lat,lon\n";
    EXPECT_EQ(thrown_by<pl::not_an_index>(open), "not_an_index");
}

TEST(index, texts_live_until_the_last_copy_goes)
{
    const std::string bytes = file_bytes(setting("POLELOOKUP_TEST_SAMPLE"));
    pl::index second;
    std::string_view street;
    {
        const pl::index first =
            pl::index::open_memory(bytes.data(), bytes.size(), POLE_OPEN_BORROWED);
        second = first;
        street = first.record(*first.find("2334504")).street;
    }
    EXPECT_EQ(street, "红旗街"); // under AddressSanitizer: not freed
    pl::index third = std::move(second);
    EXPECT_FALSE(second); // NOLINT: a moved-from index is none
    EXPECT_EQ(third.record(*third.find("2334504")).street.data(), street.data());
    EXPECT_EQ(thrown_by<pl::invalid_argument>([&] { second.find("2334504"); }), "invalid_argument");
}

TEST(index, an_answer_keeps_its_index_alive)
{
    const std::string path = setting("POLELOOKUP_TEST_SAMPLE");
    const pl::resolution answer = pl::index::open(path).resolve("2334504");
    EXPECT_EQ(answer.candidate(0).pole.street, "红旗街");
}

TEST(index, says_that_it_is_a_sample)
{
    const pl::index_info info = sample().info();
    EXPECT_TRUE(info.is_sample);
    EXPECT_TRUE(sample().is_sample());
    EXPECT_EQ(info.id.size(), 32u);
    EXPECT_NE(sample().info_json().find(info.id), std::string::npos);
    std::uint32_t rows = 0;
    for (const pl::scheme &scheme : sample().schemes()) {
        rows += scheme.rows;
        unsigned digits = 0;
        for (const pl::scheme::field &field : scheme.fields) {
            digits += field.digits;
        }
        EXPECT_EQ(digits, scheme.digits);
    }
    EXPECT_EQ(rows, info.poles);
    EXPECT_EQ(sample().sources().size(), 3u);
    EXPECT_EQ(sample().scopes().at(0), "");
    EXPECT_EQ(sample().find_scope(""), std::uint16_t(0));
    EXPECT_EQ(sample().find_scope("no such county"), std::nullopt);
    sample().verify();
}

TEST(index, find_tells_absent_from_malformed)
{
    const std::optional<pl::row> row = sample().find("2334504");
    ASSERT_TRUE(row);
    EXPECT_EQ(sample().format(sample().record(*row).code, true), "2 33 45 04");
    EXPECT_EQ(sample().find("9999999"), std::nullopt);
    EXPECT_EQ(thrown_by<pl::malformed_code>([] { sample().find("12345"); }), "malformed_code");
    EXPECT_EQ(thrown_by<pl::not_found>([] { sample().find("2334504", "火星县"); }), "not_found");
    EXPECT_EQ(sample().find("2334504", ""), row);

    pl::row found = 0;
    EXPECT_EQ(sample().try_find("2334504", found), POLE_OK);
    EXPECT_EQ(found, *row);
    EXPECT_EQ(sample().try_find("9999999", found), POLE_NOT_FOUND);
    EXPECT_EQ(found, pl::no_row);
    EXPECT_EQ(sample().try_find("abc", found), POLE_MALFORMED_CODE);
    EXPECT_EQ(found, pl::no_row);
    EXPECT_EQ(sample().find_all(sample().parse("2334504")), std::vector<pl::row>{*row});
    EXPECT_TRUE(sample().find_all(sample().parse("9999999")).empty());
    EXPECT_TRUE(sample().find_alias("no such number").empty());
    EXPECT_EQ(thrown_by<pl::invalid_argument>([] { sample().record(pl::no_row); }),
              "invalid_argument");
}

TEST(index, a_batch_gives_what_single_calls_give)
{
    std::vector<std::uint32_t> numbers;
    std::string fixed;
    std::vector<std::string> strings;
    for (std::uint32_t number = 1230001; number < 2340000; number += 577) {
        numbers.push_back(number);
        strings.push_back(std::to_string(number));
        fixed += strings.back() + '\n';
    }
    const std::size_t count = numbers.size();
    ASSERT_GT(count, 1500u); // more than the blocks that strings are packed in
    for (int way = 0; way < 3; way++) {
        std::vector<pl::row> rows(count, 7);
        std::vector<double> lat(count, 1), lon(count, 1);
        std::vector<pole_match> match(count, -1);
        std::vector<pl::station_number> stations(count, 0);
        pl::columns into;
        into.rows = rows;
        into.lat_deg = lat;
        into.lon_deg = lon;
        into.match = match;
        into.stations = stations;
        if (way == 0) {
            sample().find_many(numbers, 7, into);
        } else if (way == 1) {
            sample().find_texts(fixed, 8, 7, into);
        } else {
            sample().find_strings(strings, 7, into);
        }
        std::size_t found = 0;
        for (std::size_t i = 0; i < count; i++) {
            const std::optional<pl::row> row = sample().find(strings[i]);
            ASSERT_EQ(rows[i], row.value_or(pl::no_row)) << strings[i];
            ASSERT_EQ(match[i], row ? POLE_EXACT : POLE_UNKNOWN);
            if (row) {
                found++;
                ASSERT_EQ(lat[i], sample().at(*row).lat_deg);
                ASSERT_EQ(lon[i], sample().at(*row).lon_deg);
                ASSERT_EQ(stations[i], sample().stations(*row).chosen()->number);
            } else {
                ASSERT_TRUE(std::isnan(lat[i]) && std::isnan(lon[i]));
                ASSERT_EQ(stations[i], pl::no_station);
            }
        }
        EXPECT_GT(found, 10u);
    }
}

TEST(index, a_batch_never_writes_beyond_its_columns_nor_cuts_a_text)
{
    const std::vector<std::uint32_t> numbers = {2334504, 2334502};
    std::array<pl::row, 1> one{};
    pl::columns into;
    into.rows = one;
    EXPECT_EQ(thrown_by<pl::invalid_argument>([&] { sample().find_many(numbers, 7, into); }),
              "invalid_argument");
    const std::vector<std::string> texts = {"2334504", "233450", "23345042", "23345x4"};
    std::array<pole_match, 4> match{};
    into = {};
    into.match = match;
    sample().find_strings(texts, 7, into);
    EXPECT_EQ(match,
              (std::array<pole_match, 4>{POLE_EXACT, POLE_NO_CODE, POLE_NO_CODE, POLE_NO_CODE}));
    const auto ragged = [&] { sample().find_texts("2334504 233", 8, 7, into); };
    EXPECT_EQ(thrown_by<pl::invalid_argument>(ragged), "invalid_argument");
    sample().find_texts("2334504 9999999", 8, 7, into); // the last needs no separator
    EXPECT_EQ(match[0], POLE_EXACT);
    EXPECT_EQ(match[1], POLE_UNKNOWN);
    sample().find_many({}, 7, {});
}

TEST(places, nearest_and_within_agree)
{
    const pl::point at = sample().at(*sample().find("2334504"));
    const std::vector<pl::hit> hits = sample().nearest(at, 200);
    ASSERT_EQ(hits.size(), 200u);
    EXPECT_EQ(hits[0].row, *sample().find("2334504"));
    const std::vector<pl::hit> around = sample().within(at, hits.back().distance_m);
    ASSERT_GE(around.size(), hits.size());
    for (std::size_t i = 0; i < hits.size(); i++) {
        EXPECT_EQ(around[i].row, hits[i].row);
    }
    std::array<pl::hit, 3> few{};
    EXPECT_EQ(sample().nearest(at, few), 3u);
    EXPECT_EQ(sample().nearest(at, few, 0.5), 1u);
    EXPECT_EQ(few[0].row, hits[0].row);

    const pl::box box = {at.lat_deg - 0.01, at.lon_deg - 0.01, at.lat_deg + 0.01,
                         at.lon_deg + 0.01};
    const pl::polygon polygon = {{{box.south_deg, box.west_deg},
                                  {box.south_deg, box.east_deg},
                                  {box.north_deg, box.east_deg},
                                  {box.north_deg, box.west_deg}},
                                 {4}};
    const std::vector<pl::row> in_box = sample().within(box);
    EXPECT_GT(in_box.size(), 256u); // more than the first room
    EXPECT_EQ(sample().within(polygon), in_box);
    const pl::polygon lying = {polygon.points, {5}};
    EXPECT_EQ(thrown_by<pl::invalid_argument>([&] { sample().within(lying); }), "invalid_argument");

    const std::array<pl::point, 2> both = {at, {45.7, 126.6}};
    std::array<pl::hit, 4> two{};
    std::array<std::size_t, 2> counts{};
    sample().nearest_many(both, 2, INFINITY, two, counts);
    EXPECT_EQ(counts[1], 2u);
    EXPECT_EQ(two[2].row, sample().nearest(both[1], 1).at(0).row);
    EXPECT_EQ(thrown_by<pl::invalid_argument>([&] {
                  sample().nearest({91, 0}, 1);
              }),
              "invalid_argument");
    EXPECT_EQ(thrown_by<pl::invalid_argument>([&] { sample().nearest(at, 5000); }),
              "invalid_argument");
}

TEST(places, a_polygon_is_read_from_geojson)
{
    const pl::polygon polygon = pl::polygon::from_geojson(
        R"({"type":"Feature","properties":null,"geometry":{"type":"Polygon","coordinates":
            [[[126.6,45.6],[126.7,45.6],[126.7,45.7],[126.6,45.6]]]}})");
    EXPECT_TRUE(pl::polygon_view(polygon).fits());
    EXPECT_FALSE(sample().within(polygon).empty());
    EXPECT_EQ(thrown_by<pl::bad_input>([] { pl::polygon::from_geojson("{}"); }), "bad_input");
}

TEST(places, stations_of_a_pole_and_of_its_place)
{
    const pl::row row = *sample().find("2334504");
    const pl::point at = sample().at(row);
    const pl::station_hits hits = sample().stations(row);
    int chosen = 0;
    for (const pl::station_hit &hit : hits) {
        chosen += hit.chosen;
    }
    EXPECT_EQ(chosen, 1);
    const pl::station station = sample().station(hits.chosen()->number);
    EXPECT_EQ(sample().find_station(station.id), hits.chosen()->number);
    EXPECT_EQ(sample().find_station("no such id"), std::nullopt);
    const auto around = sample().stations(at, {"police", POLE_ROLE_ALL, 20});
    EXPECT_EQ(pl::chosen(around)->number, hits.chosen()->number);
    EXPECT_GE(around.size(), 20u);
    EXPECT_FALSE(sample().area_edge(at, 0.001));
    const auto edge = sample().area_edge(at, 5000);
    ASSERT_TRUE(edge);
    EXPECT_NE(edge->station, hits.chosen()->number);
    const std::string json = pl::stations_json(sample(), "here", at, {}, around, &*edge);
    EXPECT_NE(json.find("\"sample\":true"), std::string::npos) << json;
}

TEST(places, a_crs_goes_there_and_back)
{
    pl::crs gcj02("gcj02");
    EXPECT_EQ(gcj02.name(), "gcj02");
    EXPECT_EQ(gcj02.unit(), "degree");
    EXPECT_TRUE(gcj02.is_geographic());
    std::array<double, 2> x = {126.6, 999}, y = {45.7, 0};
    EXPECT_EQ(gcj02.from_wgs84(x, y), 1u);
    EXPECT_TRUE(std::isnan(x[1]));
    EXPECT_GT(std::abs(x[0] - 126.6), 0.001);
    const std::optional<pl::point> back = gcj02.to_wgs84(x[0], y[0]);
    ASSERT_TRUE(back);
    EXPECT_NEAR(back->lon_deg, 126.6, 1e-8);
    EXPECT_EQ(gcj02.to_wgs84(NAN, 45.7), std::nullopt);
    EXPECT_EQ(pl::crs("EPSG:4490").accuracy_m(), 1.0);
    EXPECT_EQ(thrown_by<pl::unsupported>([] { pl::crs("EPSG:4530"); }), "unsupported");
    EXPECT_EQ(thrown_by<pl::invalid_argument>([] { pl::crs("mars"); }), "invalid_argument");
    EXPECT_EQ(thrown_by<pl::invalid_argument>([&] { gcj02.to_wgs84(x, {}); }), "invalid_argument");
}

// Readers go on while the index is exchanged under them; a reload that fails changes nothing.
TEST(live_index, is_exchanged_under_its_readers)
{
    const std::string path = setting("POLELOOKUP_TEST_SAMPLE");
    pl::live_index live(pl::index::open(path));
    std::atomic<bool> done{false};
    std::atomic<int> wrong{0};
    std::vector<std::thread> readers;
    for (int i = 0; i < 3; i++) {
        readers.emplace_back([&] {
            do {
                const pl::index index = live.current();
                wrong += index.record(*index.find("2334504")).street != "红旗街";
            } while (!done);
        });
    }
    for (int i = 0; i < 20; i++) {
        live.reload(path);
    }
    EXPECT_EQ(thrown_by<pl::io_error>([&] { live.reload("/no/such/file"); }), "io");
    EXPECT_TRUE(live.current());
    done = true;
    for (std::thread &reader : readers) {
        reader.join();
    }
    EXPECT_EQ(wrong, 0);
}
