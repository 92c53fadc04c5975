// SPDX-License-Identifier: MIT
//
// That an answer says in C++ all that the C library's does, above all its doubt: an ambiguous one
// has no place, a sample says so, what is not known is no number.
#include "support.hpp"

#include <array>

namespace pl = polelookup;

TEST(answer, a_bare_code_is_exact_uncorroborated_and_asks)
{
    const pl::resolution resolution = sample().resolve("二三三四五零四");
    const pl::answer answer = resolution.answer();
    EXPECT_EQ(answer.match, pl::match::exact);
    EXPECT_EQ(name(answer.match), "exact");
    EXPECT_TRUE(answer.is_match());
    EXPECT_TRUE(answer.is_sample());
    EXPECT_TRUE(answer.warnings.has(pl::warning::uncorroborated));
    EXPECT_EQ(answer.heard, "2334504");
    EXPECT_EQ(answer.question, pl::ask::read_back);
    EXPECT_EQ(resolution.question().kind(), pl::ask::read_back);
    EXPECT_EQ(resolution.question().text(pl::language::en),
              "Please read all seven digits again, slowly.");
    const pl::candidate first = resolution.candidate(0);
    ASSERT_TRUE(resolution.place());
    EXPECT_EQ(resolution.place()->lat_deg, first.pole.at.lat_deg);
    EXPECT_TRUE(first.edits.empty());
    EXPECT_EQ(first.neighbours.size(), 2u);
    EXPECT_EQ(first.xy.has_value(), false);
    EXPECT_EQ(first.distance_to_hint_m, std::nullopt);
    EXPECT_EQ(sample().station(first.station()->number).id, "233");
    EXPECT_EQ(thrown_by<pl::not_found>([&] { resolution.candidate(1000); }), "not_found");
}

TEST(answer, an_ambiguous_one_has_no_place_however_likely)
{
    const std::array<pl::known_digit, 1> digits = {{{6, 0}}};
    pl::evidence known;
    known.digits = digits;
    const pl::resolution resolution = sample().resolve("2334564", known);
    const pl::answer answer = resolution.answer();
    ASSERT_EQ(answer.match, pl::match::ambiguous);
    EXPECT_FALSE(answer.is_match());
    EXPECT_EQ(resolution.place(), std::nullopt);
    EXPECT_TRUE(resolution.far_rival());
    double sum = answer.no_pole.value();
    std::size_t count = 0;
    for (const pl::candidate &candidate : resolution.candidates()) {
        sum += candidate.confidence.value();
        count++;
    }
    EXPECT_EQ(count, answer.candidates);
    EXPECT_GT(count, 1u);
    EXPECT_LE(sum, 1 + 1e-9);
    ASSERT_EQ(resolution.evidence().size(), 1u);
    EXPECT_EQ(resolution.evidence(0).kind, pl::evidence_kind::digit);
    EXPECT_EQ(name(resolution.evidence(0).kind), "digit");
}

TEST(answer, a_text_without_a_code_says_why)
{
    const pl::resolution resolution = sample().resolve("我的电话是13812345678");
    const pl::answer answer = resolution.answer();
    EXPECT_EQ(answer.match, pl::match::no_code);
    EXPECT_EQ(name(answer.reason), "phone_number");
    EXPECT_EQ(answer.query.find("13812345678"), std::string_view::npos) << answer.query;
    EXPECT_EQ(answer.confidence, std::nullopt);
    EXPECT_EQ(resolution.place(), std::nullopt);
    EXPECT_TRUE(resolution.candidates().empty());
}

TEST(answer, all_evidence_reaches_the_library)
{
    const pl::point at = sample().at(*sample().find("2334504"));
    const pl::heard also = sample().hear("2334502");
    const pl::heard then = sample().hear("2334506");
    const std::array<pl::known_digit, 1> digits = {{{1, 2}}};
    const pl::polygon polygon = {
        {{at.lat_deg - 1, at.lon_deg - 1}, {at.lat_deg - 1, at.lon_deg + 1}, {at.lat_deg + 1, 0}},
        {3}};
    pl::evidence known;
    known.hint = pl::hint{at, 300, 0.68, "45.6,126.6", "gcj02"};
    known.street = "红旗街";
    known.district = "南岗区";
    known.also = &also;
    known.then = &then;
    known.digits = digits;
    known.box = pl::box{at.lat_deg - 1, at.lon_deg - 1, at.lat_deg + 1, at.lon_deg + 1};
    known.polygon = polygon;
    const pl::resolution resolution = sample().resolve("2334504", known);
    std::uint32_t kinds = 0;
    for (const pl::evidence_used &used : resolution.evidence()) {
        kinds |= static_cast<std::uint32_t>(used.kind);
        if (used.kind == pl::evidence_kind::hint) {
            EXPECT_EQ(used.given, "45.6,126.6");
            EXPECT_EQ(used.crs, "gcj02");
            EXPECT_NEAR(used.sigma_m.value(), 300 / 1.515, 3);
        }
    }
    const std::uint32_t all = POLE_EVIDENCE_HINT | POLE_EVIDENCE_STREET | POLE_EVIDENCE_DISTRICT |
                              POLE_EVIDENCE_ALSO | POLE_EVIDENCE_THEN | POLE_EVIDENCE_DIGIT |
                              POLE_EVIDENCE_BOX | POLE_EVIDENCE_POLYGON;
    EXPECT_EQ(kinds, all);
    EXPECT_FALSE(resolution.answer().warnings.has(pl::warning::uncorroborated));
    known.scope = "火星县";
    EXPECT_EQ(thrown_by<pl::invalid_argument>([&] { sample().resolve("2334504", known); }),
              "invalid_argument");
}

TEST(answer, a_hint_that_agrees_is_told)
{
    pl::evidence known;
    known.hint = pl::hint{sample().at(*sample().find("2334504")), 300};
    const pl::resolution resolution = sample().resolve("2334504", known);
    EXPECT_TRUE(resolution.answer().corroborated_by.has(pl::evidence_kind::hint));
    EXPECT_FALSE(resolution.answer().warnings.has(pl::warning::uncorroborated));
    EXPECT_EQ(resolution.evidence(0).agrees, 1);
    EXPECT_LT(resolution.candidate(0).distance_to_hint_m.value(), 1e-6);
}

// A place of a Chinese map app is hundreds of metres off when taken for WGS 84.
TEST(answer, a_hint_in_another_crs_is_converted_or_refused)
{
    const pl::point at = sample().at(*sample().find("2334504"));
    for (const char *name : {"gcj02", " BD09 ", "EPSG:4490", "wgs84"}) {
        pl::crs crs(name);
        double x = at.lon_deg, y = at.lat_deg;
        crs.from_wgs84(pl::span<double>(&x, 1), pl::span<double>(&y, 1));
        pl::evidence known;
        known.hint = pl::hint{{y, x}, 30, 0.68, {}, name};
        const pl::resolution resolution = sample().resolve("2334504", known);
        EXPECT_EQ(resolution.answer().match, pl::match::exact) << name;
        EXPECT_EQ(resolution.evidence(0).agrees, 1) << name;
        EXPECT_EQ(resolution.evidence(0).crs, crs.name());
        EXPECT_LT(resolution.candidate(0).distance_to_hint_m.value(), 0.1) << name;
        EXPECT_FALSE(resolution.answer().warnings.has(pl::warning::hint_datum_suspect));
    }
    pl::resolution resolution = sample().resolve("2334504");
    const auto ask = [&](std::string_view crs, pl::point place) {
        pl::evidence known;
        known.hint = pl::hint{place, 300, 0, {}, crs};
        pl::resolve(sample(), sample().hear("2334504"), known, {}, resolution);
    };
    EXPECT_EQ(thrown_by<pl::unsupported>([&] { ask("EPSG:4530", at); }), "unsupported");
    EXPECT_EQ(thrown_by<pl::invalid_argument>([&] { ask("mars", at); }), "invalid_argument");
    EXPECT_EQ(thrown_by<pl::invalid_argument>([&] {
                  ask("gcj02", {126, 45});
              }),
              "invalid_argument");
    EXPECT_EQ(thrown_by<pl::invalid_argument>([&] { resolution.answer(); }), "invalid_argument")
        << "an old answer must not be taken for the new one";
}

// What the C library would read as "none" is refused: the dispatcher believes it was used.
TEST(answer, evidence_is_never_dropped_in_silence)
{
    pl::resolution resolution = sample().resolve("2334504");
    const pl::heard heard = sample().hear("2334504");
    pl::evidence no_radius;
    no_radius.hint = pl::hint{{45.6, 126.6}, 0};
    EXPECT_EQ(pl::try_resolve(sample(), heard, no_radius, {}, resolution), POLE_INVALID_ARGUMENT);
    EXPECT_EQ(thrown_by<pl::invalid_argument>([&] { resolution.answer(); }), "invalid_argument")
        << "an old answer must not be taken for the new one";
    pl::evidence empty_polygon;
    empty_polygon.polygon = pl::polygon_view{};
    EXPECT_EQ(pl::try_resolve(sample(), heard, empty_polygon, {}, resolution),
              POLE_INVALID_ARGUMENT);
    EXPECT_EQ(pl::try_resolve(sample(), heard, {}, {}, resolution), POLE_OK);
    EXPECT_EQ(resolution.answer().match, pl::match::exact);
}

TEST(answer, options_channel_and_crs)
{
    const pl::channel heavy("heavy");
    EXPECT_EQ(heavy.name(), "heavy");
    EXPECT_NEAR(heavy.clean(), 0.28, 0.01);
    pl::crs gcj02("gcj02");
    pl::resolve_options options;
    options.channel = &heavy;
    options.limit = 7;
    options.crs = &gcj02;
    const pl::resolution resolution = sample().resolve("2334504", {}, options);
    EXPECT_EQ(resolution.answer().channel, "heavy");
    EXPECT_EQ(resolution.answer().channel_id, heavy.id());
    EXPECT_EQ(resolution.size(), 7u);
    ASSERT_TRUE(resolution.candidate(0).xy);
    EXPECT_EQ(resolution.candidate(0).crs, "gcj02");
    EXPECT_GT(std::abs(resolution.candidate(0).xy->x - resolution.candidate(0).pole.at.lon_deg),
              0.001);
    EXPECT_EQ(thrown_by<pl::not_found>([] { pl::channel("no such"); }), "not_found");
    EXPECT_EQ(thrown_by<pl::bad_input>([] { pl::channel::read("nonsense", "x"); }), "bad_input");
    options.brief = true;
    const pl::resolution brief = sample().resolve("2334504", {}, options);
    EXPECT_TRUE(brief.candidate(0).neighbours.empty());
}

TEST(answer, json_is_the_librarys_and_in_the_languages_asked)
{
    const pl::resolution resolution = sample().resolve("2334504");
    const std::string json = resolution.json({pl::language::en, pl::language::ru});
    EXPECT_EQ(json.front(), '{');
    EXPECT_EQ(json.back(), '}');
    EXPECT_NE(json.find("\"say_lang\":\"ru\""), std::string::npos);
    EXPECT_NE(json.find("\"sample\":true"), std::string::npos);
    const pl::resolution pole = sample().describe(*sample().find("2334504"));
    EXPECT_EQ(pole.answer().match, pl::match::exact);
    EXPECT_NE(pole.hit_json(12.5, std::nullopt).find("\"bearing_deg\":null"), std::string::npos);
    for (const pl::warning warning : resolution.answer().warnings.list()) {
        EXPECT_NE(name(warning), "");
        EXPECT_NE(text(warning, pl::language::zh), "");
    }
}

TEST(heard, several_texts_are_mixed)
{
    pl::heard heard;
    EXPECT_EQ(heard.reason(), pl::reason::no_digits);
    const std::array<pl::spoken, 2> texts = {{{"2334504", 3}, {"2334564", 1}}};
    heard.hear(texts, sample().lengths());
    EXPECT_EQ(heard.digits(), "2334504");
    EXPECT_EQ(heard.query(), "2334504");
    ASSERT_EQ(heard.codes().size(), 2u);
    EXPECT_EQ(heard.codes()[1].code, "2334564");
    EXPECT_NEAR(heard.codes()[0].weight, 0.75, 1e-12);
    EXPECT_FALSE(heard.several());
    const std::array<pl::spoken, 1> weightless = {{{"2334504", 0}}};
    EXPECT_EQ(thrown_by<pl::invalid_argument>([&] { heard.hear(weightless, 128); }),
              "invalid_argument");
}

TEST(between, two_neighbours_are_a_stretch)
{
    const pl::between between(sample(), "2334504", "2334502");
    EXPECT_EQ(between.relation(), pl::relation::stretch);
    EXPECT_EQ(name(between.relation()), "stretch");
    EXPECT_EQ(between.same_street(), true);
    EXPECT_EQ(between.same_side(), true);
    EXPECT_EQ(between.poles_between(), 0);
    EXPECT_EQ(sample().format(between.pole(1)->pole.code), "2334502");
    EXPECT_NEAR(between.radius_m().value(), between.distance_m().value() / 2, 1e-9);
    EXPECT_TRUE(between.middle() && between.bearing_deg() && between.side_deg());
    EXPECT_TRUE(between.warnings().has(pl::warning::sample_data));
    EXPECT_NE(between.json().find("\"relation\":\"stretch\""), std::string::npos);
}

TEST(between, a_contradiction_has_corrections_and_no_middle)
{
    const pl::between between(sample(), "2334504", "1234567");
    EXPECT_EQ(between.relation(), pl::relation::apart);
    EXPECT_EQ(between.middle(), std::nullopt);
    for (const pl::correction &correction : between.corrections()) {
        EXPECT_TRUE(correction.candidate.confidence);
    }
    const pl::between unknown(sample(), "2334504", "9999999");
    EXPECT_EQ(unknown.relation(), pl::relation::unknown);
    EXPECT_FALSE(unknown.pole(1));
    EXPECT_EQ(unknown.distance_m(), std::nullopt);
}
