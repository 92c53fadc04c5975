// SPDX-License-Identifier: MIT
//
// That whole logs, tables and learning reach the C library and come back, and that what a C++
// callback throws goes through it unharmed.
#include "support.hpp"

#include <array>
#include <cmath>
#include <cstdio>

namespace pl = polelookup;

namespace
{

struct hangs_up : std::exception {
};

std::string export_of(const pl::index &index, pl::table table, pl::export_format format)
{
    std::string text;
    pl::export_table(index, table, format, [&](std::string_view bytes) { text.append(bytes); });
    return text;
}

// A street of four poles and one station.
pl::index small_index()
{
    pl::build_options options;
    options.is_sample = 1;
    options.name = "small";
    pl::builder builder(options);
    pl::station station;
    station.id = "133";
    station.name = "一所";
    station.at = {45.7, 126.6};
    EXPECT_TRUE(builder.add_station(station));
    for (int i = 1; i <= 4; i++) {
        pl::record pole;
        pole.at = {45.7 + i * 0.0003, 126.61};
        pole.street = "中央大街";
        pole.surveyed_days = 14060 + i;
        EXPECT_TRUE(builder.add_pole("133010" + std::to_string(i), pole));
    }
    std::string bytes;
    const pl::build_report report =
        builder.finish_to([&](std::string_view part) { bytes.append(part); });
    EXPECT_EQ(report.poles, 4u);
    EXPECT_EQ(report.stations, 1u);
    EXPECT_EQ(report.file_bytes, bytes.size());
    const pl::index index = pl::index::open_memory(bytes.data(), bytes.size());
    EXPECT_EQ(index.info().id, report.id);
    return index;
}

} // namespace

TEST(matcher, answers_what_resolving_answers)
{
    const std::vector<std::string> texts = {"2334504", "二三三四五六四", "12345", "9999999",
                                            "",        "请快来"};
    std::vector<pl::row_match> matches(texts.size());
    pl::matcher matcher(sample());
    matcher.run(texts, matches);
    for (std::size_t i = 0; i < texts.size(); i++) {
        pl::resolve_options first; // a row's warnings are those of its first candidate
        first.limit = 1;
        const pl::resolution resolution = sample().resolve(texts[i], {}, first);
        const pl::answer answer = resolution.answer();
        EXPECT_EQ(matches[i].match, static_cast<pole_match>(answer.match)) << texts[i];
        EXPECT_EQ(matches[i].reason, static_cast<pole_reason>(answer.reason)) << texts[i];
        EXPECT_EQ(matches[i].warnings, answer.warnings.bits()) << texts[i];
        EXPECT_EQ(matches[i].row != pl::no_row, answer.is_match()) << texts[i];
        EXPECT_EQ(std::isnan(matches[i].at.lat_deg), !answer.is_match()) << texts[i];
    }
}

TEST(matcher, takes_evidence_by_row_and_many_rows)
{
    const std::vector<std::string_view> texts(1000, "2334504");
    std::vector<pl::row_evidence> evidence(texts.size());
    evidence[999].street = "红旗街";
    evidence[998].hint_lat = "n/a";
    std::vector<pl::row_match> matches(texts.size());
    pl::matcher matcher(sample());
    matcher.run(texts, matches, evidence);
    EXPECT_TRUE(matches[0].warnings & POLE_WARN_UNCORROBORATED);
    EXPECT_FALSE(matches[999].warnings & POLE_WARN_UNCORROBORATED);
    EXPECT_TRUE(matches[998].flags & POLE_ROW_EVIDENCE_BAD);
    EXPECT_EQ(matches[500].row, matches[0].row);
    EXPECT_EQ(matcher.run("2334504").row, matches[0].row);
    matches.resize(999);
    EXPECT_EQ(thrown_by<pl::invalid_argument>([&] { matcher.run(texts, matches, evidence); }),
              "invalid_argument");
}

TEST(geocoder, writes_every_row_and_counts_them)
{
    const std::string log = "id,code\n1,2334504\n2,12345\n3,abc\n";
    std::size_t at = 0;
    std::string out;
    pl::geocode_options options;
    options.report = 1;
    pl::geocoder geocoder(sample(), options);
    geocoder.run(
        [&](char *bytes, std::size_t size) {
            const std::size_t got = log.copy(bytes, std::min<std::size_t>(size, 5), at);
            at += got;
            return got;
        },
        [&](std::string_view bytes) { out.append(bytes); });
    EXPECT_EQ(std::count(out.begin(), out.end(), '\n'), 4);
    EXPECT_NE(out.find("1,2334504,exact,2334504,"), std::string::npos) << out;
    EXPECT_EQ(geocoder.summary().rows, 3u);
    EXPECT_EQ(geocoder.summary().matches[POLE_EXACT], 1u);
    EXPECT_EQ(pl::view(geocoder.summary().code_column_name), "code");
    EXPECT_NE(geocoder.report("log", pl::language::en).find("<html"), std::string::npos);
    EXPECT_LE(geocoder.unmatched(10).size(), 10u);
    EXPECT_THROW(geocoder.state(), pl::not_found); /* a whole run has nothing to go on behind */
}

TEST(geocoder, an_exception_of_reader_or_writer_comes_out)
{
    const auto nothing = [](std::string_view) {};
    pl::geocoder reading(sample());
    const auto fails = [](char *, std::size_t) -> std::size_t { throw hangs_up(); };
    EXPECT_THROW(reading.run(fails, nothing), hangs_up);
    pl::geocoder writing(sample());
    bool first = true;
    EXPECT_THROW(writing.run(
                     [&](char *bytes, std::size_t size) {
                         return std::exchange(first, false)
                                    ? std::string_view("code\n2334504\n").copy(bytes, size)
                                    : 0;
                     },
                     [](std::string_view) { throw hangs_up(); }),
                 hangs_up);
    pl::geocode_options options;
    options.column = "no such column";
    pl::geocoder geocoder(sample(), options);
    first = true;
    EXPECT_EQ(thrown_by<pl::bad_input>([&] {
                  geocoder.run(
                      [&](char *bytes, std::size_t size) {
                          return std::exchange(first, false)
                                     ? std::string_view("code\n2334504\n").copy(bytes, size)
                                     : 0;
                      },
                      nothing);
              }),
              "bad_input");
}

TEST(builder, what_was_added_is_there_and_comes_out_again)
{
    const pl::index index = small_index();
    EXPECT_TRUE(index.is_sample());
    const pl::record pole = index.record(*index.find("1330103"));
    EXPECT_EQ(pole.street, "中央大街");
    EXPECT_EQ(pole.surveyed_days, 14063);
    EXPECT_TRUE(pole.stands());
    const std::string csv = export_of(index, pl::table::poles, pl::export_format::csv);
    EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 5) << csv;
    EXPECT_NE(export_of(index, pl::table::stations, pl::export_format::geojson).find("一所"),
              std::string::npos);
    EXPECT_NE(pl::export_csvt(pl::table::poles), "");
    EXPECT_THROW(pl::export_table(index, pl::table::poles, pl::export_format::csv,
                                  [](std::string_view) { throw hangs_up(); }),
                 hangs_up);
}

TEST(builder, refused_rows_are_told_and_a_finding_may_throw)
{
    std::vector<std::string> kinds;
    pl::builder first({}, [&](const pl::finding &finding) {
        EXPECT_TRUE(finding.refused);
        EXPECT_EQ(finding.table, pl::table::poles);
        kinds.emplace_back(finding.kind);
    });
    pl::builder builder = std::move(first); // its callback moves with it
    pl::record pole;
    pole.at = {45.7, 126.6};
    EXPECT_FALSE(builder.add_pole("133x101", pole));
    EXPECT_EQ(kinds, std::vector<std::string>{"malformed_code"});
    pl::builder thrower({}, [](const pl::finding &) { throw hangs_up(); });
    EXPECT_THROW(thrower.add_pole("133x101", pole), hangs_up);
    pl::build_options strict;
    strict.strict = 1;
    pl::builder stops(strict);
    EXPECT_EQ(thrown_by<pl::refused>([&] { stops.add_pole("133x101", pole); }), "refused");
    pl::builder nothing;
    EXPECT_EQ(thrown_by<pl::io_error>([&] { nothing.add_file(pl::table::poles, "/no/file"); }),
              "io");
    pl::build_options wrong;
    wrong.from_crs = "mars";
    EXPECT_EQ(thrown_by<pl::invalid_argument>([&] { pl::builder refused(wrong); }),
              "invalid_argument");
}

TEST(builder, areas_decide_who_is_responsible)
{
    pl::builder builder;
    pl::record pole;
    pole.at = {45.7, 126.6};
    EXPECT_TRUE(builder.add_pole("1330101", pole));
    for (const char *id : {"133", "far"}) {
        pl::station station;
        station.id = id;
        station.at = {id[0] == 'f' ? 45.9 : 45.7, 126.6};
        EXPECT_TRUE(builder.add_station(station));
    }
    const pl::polygon area = {{{45.6, 126.5}, {45.6, 126.7}, {45.8, 126.7}, {45.8, 126.5}}, {4}};
    EXPECT_TRUE(builder.add_area("far", area));
    const pl::polygon lying = {area.points, {3}};
    EXPECT_EQ(thrown_by<pl::invalid_argument>([&] { builder.add_area("far", lying); }),
              "invalid_argument");
    std::string bytes;
    builder.finish_to([&](std::string_view part) { bytes.append(part); });
    const pl::index index = pl::index::open_memory(bytes.data(), bytes.size());
    EXPECT_EQ(index.station(index.stations(0).chosen()->number).id, "far");
    EXPECT_FALSE(index.is_sample());
}

TEST(learner, a_table_is_learned_that_a_channel_reads)
{
    pl::learner learner("everyday");
    for (int i = 0; i < 50; i++) {
        learner.add("2334564", "2334504", true);
    }
    learner.add("2334564", "2334504", false);
    EXPECT_EQ(learner.counts().confirmed, 50u);
    EXPECT_EQ(learner.counts().unconfirmed, 1u);
    EXPECT_EQ(thrown_by<pl::bad_input>([&] { learner.add_line("no line of a log"); }), "bad_input");
    const pl::channel learned = pl::channel::read(learner.table(), "ours");
    EXPECT_EQ(learned.name(), "ours");
    EXPECT_LT(learned.clean(), pl::channel("everyday").clean());
    pl::resolve_options options;
    options.channel = &learned;
    const pl::resolution ours = sample().resolve("2334564", {}, options);
    EXPECT_EQ(ours.answer().channel, "ours");
    const pl::resolution theirs = sample().resolve("2334564");
    EXPECT_GT(ours.answer().far_share.value(), theirs.answer().far_share.value());
}

// One column of two texts, made by hand as the Arrow specification has it.
TEST(arrow, a_column_in_and_the_added_columns_out)
{
    static const char text[] = "2334504abc";
    static const std::int32_t offsets[] = {0, 7, 10};
    static const void *buffers[] = {nullptr, offsets, text};
    const auto make = [](ArrowSchema &schema, ArrowArray &array) {
        schema = {};
        schema.format = "u";
        schema.name = "code";
        schema.flags = ARROW_FLAG_NULLABLE;
        schema.release = [](ArrowSchema *self) { self->release = nullptr; };
        array = {};
        array.length = 2;
        array.n_buffers = 3;
        array.buffers = buffers;
        array.release = [](ArrowArray *self) { self->release = nullptr; };
    };
    ArrowSchema schema, schema_out;
    ArrowArray array, array_out;
    make(schema, array);
    pl::arrow_match(sample(), {}, &schema, &array, &schema_out, &array_out);
    EXPECT_EQ(schema.release, nullptr);
    EXPECT_EQ(array_out.length, 2);
    EXPECT_EQ(schema_out.n_children, 12);
    EXPECT_STREQ(schema_out.children[0]->name, "match_status");
    schema_out.release(&schema_out);
    array_out.release(&array_out);
    make(schema, array);
    schema.format = "tdD"; // days are no code
    EXPECT_EQ(thrown_by<pl::bad_input>(
                  [&] { pl::arrow_match(sample(), {}, &schema, &array, &schema_out, &array_out); }),
              "bad_input");
    ArrowArrayStream in{}, out{};
    EXPECT_EQ(
        thrown_by<pl::invalid_argument>([&] { pl::arrow_match_stream(sample(), {}, &in, &out); }),
        "invalid_argument");
}
