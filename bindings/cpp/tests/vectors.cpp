// SPDX-License-Identifier: MIT
//
// Asks each question of tests/vectors/*.jsonl through the binding, and compares the answer as
// their README says. A call that this file does not know fails.
#include "compare.hpp"
#include "support.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <iostream>

namespace pl = polelookup;
using nlohmann::json;

namespace
{

json text_or_null(std::string_view text)
{
    return text.empty() ? json() : json(std::string(text));
}

json number_or_null(std::optional<double> number)
{
    return number && !std::isnan(*number) ? json(*number) : json();
}

std::string text_of(const json &in, const char *key)
{
    return in.contains(key) && in[key].is_string() ? in[key].get<std::string>() : std::string();
}

bool given(const json &in, const char *key)
{
    return in.contains(key) && !in[key].is_null();
}

std::string date_of(std::int32_t days) // as Howard Hinnant's civil_from_days has it
{
    const int shifted = days + 719468, era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    const int day_of_era = shifted - era * 146097;
    const int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int from_march = (5 * day_of_year + 2) / 153;
    const int day = day_of_year - (153 * from_march + 2) / 5 + 1;
    const int month = from_march < 10 ? from_march + 3 : from_march - 9;
    char text[40];
    std::snprintf(text, sizeof text, "%04d-%02d-%02d",
                  year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day);
    return text;
}

class asked
{
  public:
    explicit asked(const pl::index &index) : index_(index) {}

    json info(const json &) const
    {
        const pl::index_info info = index_.info();
        json scopes = json::array();
        for (const std::string_view scope : index_.scopes()) {
            scopes.push_back(std::string(scope));
        }
        return {{"id", info.id},
                {"name", text_or_null(info.name)},
                {"poles", info.poles},
                {"stations", info.stations},
                {"areas", info.areas},
                {"scopes", scopes},
                {"sample", info.is_sample},
                {"format_major", info.format_major},
                {"format_minor", info.format_minor},
                {"file_bytes", info.file_bytes},
                {"bounds",
                 {info.extent.south_deg, info.extent.west_deg, info.extent.north_deg,
                  info.extent.east_deg}}};
    }

    json parse(const json &in) const
    {
        const pl::code code = index_.parse(text_of(in, "text"));
        return {{"code", index_.format(code)}, {"digits", code.digits}};
    }

    json find(const json &in) const
    {
        const pl::row row = row_of(in);
        const pl::record pole = index_.record(row);
        const std::optional<pl::station_hit> chosen = index_.stations(row).chosen();
        return {{"code", index_.format(pole.code)},
                {"scope", std::string(pole.scope)},
                {"lat", pole.at.lat_deg},
                {"lon", pole.at.lon_deg},
                {"street", text_or_null(pole.street)},
                {"district", text_or_null(pole.district)},
                {"note", text_or_null(pole.note)},
                {"successor", text_or_null(pole.successor)},
                {"alias", text_or_null(pole.alias)},
                {"alias_owner", text_or_null(pole.alias_owner)},
                {"state", std::string(name(pole.state))},
                {"surveyed", pole.surveyed_days ? json(date_of(*pole.surveyed_days)) : json()},
                {"station", station_or_null(chosen)}};
    }

    json find_many(const json &in) const
    {
        const auto codes = in["codes"].get<std::vector<std::string>>();
        const std::size_t count = codes.size(), width = codes.at(0).size();
        std::vector<pole_match> match(count);
        std::vector<double> lat(count), lon(count), confidence(count);
        std::vector<pl::station_number> stations(count);
        pl::columns into;
        into.match = match;
        into.lat_deg = lat;
        into.lon_deg = lon;
        into.stations = stations;
        const bool judged = in.value("judged", false);
        if (judged) {
            into.confidence = confidence;
        }
        std::string joined;
        for (const std::string &code : codes) {
            joined += code;
        }
        std::uint16_t scope = pl::any_scope;
        if (given(in, "scope")) {
            scope = scope_of(in);
        }
        index_.find_texts(joined, width, static_cast<std::uint8_t>(width), into, scope);
        json out = {{"match", json::array()},
                    {"lat", json::array()},
                    {"lon", json::array()},
                    {"station", json::array()}};
        for (std::size_t i = 0; i < count; i++) {
            out["match"].push_back(std::string(name(static_cast<pl::match>(match[i]))));
            out["lat"].push_back(number_or_null(lat[i]));
            out["lon"].push_back(number_or_null(lon[i]));
            out["station"].push_back(stations[i] == pl::no_station
                                         ? json()
                                         : json(std::string(index_.station(stations[i]).id)));
            if (judged) {
                out["confidence"].push_back(number_or_null(confidence[i]));
            }
        }
        return out;
    }

    json alias(const json &in) const
    {
        const std::vector<pl::row> rows = index_.find_alias(text_of(in, "alias"));
        if (rows.empty()) {
            return {{"error", "not_found"}};
        }
        return {{"codes", codes_of(rows)}};
    }

    json nearest(const json &in) const
    {
        const double max_m = given(in, "max_m") ? in["max_m"].get<double>() : INFINITY;
        return hits_of(index_.nearest(point_of(in), in["k"].get<std::size_t>(), max_m));
    }

    json within(const json &in) const
    {
        return hits_of(index_.within(point_of(in), in["radius_m"].get<double>()));
    }

    json box(const json &in) const
    {
        return {{"codes", codes_of(index_.within(
                              pl::box{in["south"], in["west"], in["north"], in["east"]}))}};
    }

    json polygon(const json &in) const
    {
        return {{"codes", codes_of(index_.within(polygon_of(in["rings"])))}};
    }

    json stations(const json &in) const
    {
        if (given(in, "code")) {
            return stations_of(index_.stations(row_of(in)));
        }
        const std::string kind = text_of(in, "kind");
        return stations_of(index_.stations(
            point_of(in), {kind, POLE_ROLE_ALL, in.value("nearest", std::size_t(1))}));
    }

    json resolve(const json &in) const
    {
        const std::string street = text_of(in, "street"), district = text_of(in, "district"),
                          scope = text_of(in, "scope");
        pl::evidence known;
        known.street = street;
        known.district = district;
        known.scope = scope;
        std::string hint_crs;
        if (given(in, "hint")) {
            const json &of = in["hint"];
            hint_crs = of.value("crs", "");
            known.hint =
                pl::hint{point_of(of), of["radius_m"], of.value("level", 0.0), {}, hint_crs};
        }
        pl::heard heard, also, then;
        if (given(in, "also")) {
            also.hear(text_of(in, "also"), index_.lengths());
            known.also = &also;
        }
        if (given(in, "then")) {
            then.hear(text_of(in, "then"), index_.lengths());
            known.then = &then;
        }
        std::vector<pl::known_digit> digits;
        if (given(in, "digits")) {
            for (const auto &[position, digit] : in["digits"].items()) {
                digits.push_back(
                    {static_cast<std::uint8_t>(std::stoi(position)), digit.get<std::uint8_t>()});
            }
        }
        known.digits = digits;
        if (given(in, "box")) {
            known.box = pl::box{in["box"][0], in["box"][1], in["box"][2], in["box"][3]};
        }
        pl::polygon polygon;
        if (given(in, "polygon")) {
            polygon = polygon_of(in["polygon"]);
            known.polygon = polygon;
        }
        std::optional<pl::channel> channel;
        pl::resolve_options options;
        options.clean = in.value("clean", 0.0);
        options.near_m = in.value("near_m", 0.0);
        options.limit = in.value("limit", 0u);
        if (given(in, "channel")) {
            channel.emplace(text_of(in, "channel"));
            options.channel = &*channel;
        }
        const std::map<std::string, pl::language> languages = {{"", pl::language::zh},
                                                               {"zh", pl::language::zh},
                                                               {"en", pl::language::en},
                                                               {"ru", pl::language::ru}};
        options.caller_language = languages.at(text_of(in, "language"));
        if (given(in, "texts")) {
            std::vector<std::string> texts;
            for (const json &text : in["texts"]) {
                texts.push_back(text["text"]);
            }
            std::vector<pl::spoken> spoken;
            for (std::size_t i = 0; i < texts.size(); i++) {
                spoken.push_back({texts[i], in["texts"][i]["weight"]});
            }
            heard.hear(spoken, index_.lengths());
        } else {
            heard.hear(text_of(in, "text"), index_.lengths());
        }
        pl::resolution resolution;
        pl::resolve(index_, heard, known, options, resolution);
        return answer_of(resolution);
    }

    json between(const json &in) const
    {
        const std::string scope = text_of(in, "scope");
        pl::between_options options;
        options.scope = scope;
        const pl::between between(index_, text_of(in, "first"), text_of(in, "second"), options);
        const auto yes_or_no = [](std::optional<bool> value) {
            return value ? json(*value) : json();
        };
        const std::optional<pl::point> middle = between.middle();
        return {
            {"relation", std::string(name(between.relation()))},
            {"distance_m", number_or_null(between.distance_m())},
            {"bearing_deg", number_or_null(between.bearing_deg())},
            {"same_street", yes_or_no(between.same_street())},
            {"same_side", yes_or_no(between.same_side())},
            {"poles_between", between.poles_between() ? json(*between.poles_between()) : json()},
            {"warnings", words_of(between.warnings())},
            {"middle", middle ? json::array({middle->lat_deg, middle->lon_deg}) : json()}};
    }

  private:
    static pl::point point_of(const json &in)
    {
        return {in["lat"], in["lon"]};
    }

    static pl::polygon polygon_of(const json &rings)
    {
        pl::polygon polygon;
        for (const json &ring : rings) {
            for (const json &at : ring) {
                polygon.points.push_back({at[0], at[1]});
            }
            polygon.rings.push_back(ring.size());
        }
        return polygon;
    }

    std::uint16_t scope_of(const json &in) const
    {
        const std::optional<std::uint16_t> scope = index_.find_scope(text_of(in, "scope"));
        if (!scope) {
            pl::raise(POLE_NOT_FOUND);
        }
        return *scope;
    }

    pl::row row_of(const json &in) const
    {
        const std::optional<pl::row> row =
            given(in, "scope") ? index_.find(text_of(in, "code"), text_of(in, "scope"))
                               : index_.find(text_of(in, "code"));
        if (!row) {
            pl::raise(POLE_NOT_FOUND);
        }
        return *row;
    }

    json station_or_null(const std::optional<pl::station_hit> &hit) const
    {
        return !hit ? json() : json(std::string(index_.station(hit->number).id));
    }

    json codes_of(const std::vector<pl::row> &rows) const
    {
        json codes = json::array();
        for (const pl::row row : rows) {
            codes.push_back(index_.format(index_.record(row).code));
        }
        return codes;
    }

    json hits_of(const std::vector<pl::hit> &hits) const
    {
        json list = json::array();
        for (const pl::hit &hit : hits) {
            const pl::record pole = index_.record(hit.row);
            list.push_back({{"code", index_.format(pole.code)},
                            {"scope", std::string(pole.scope)},
                            {"distance_m", hit.distance_m},
                            {"bearing_deg", hit.bearing_deg}});
        }
        return {{"hits", list}};
    }

    template <class Hits> json stations_of(const Hits &hits) const
    {
        json list = json::array();
        for (const pl::station_hit &hit : hits) {
            list.push_back({{"id", std::string(index_.station(hit.number).id)},
                            {"role", std::string(pl::name(pl::role_of(hit)))},
                            {"chosen", hit.chosen != 0},
                            {"distance_m", hit.distance_m}});
        }
        return {{"stations", list}};
    }

    template <class Bit> static json words_of(pl::flags<Bit> bits)
    {
        std::vector<std::string> words;
        for (const Bit bit : bits.list()) {
            words.emplace_back(name(bit));
        }
        std::sort(words.begin(), words.end());
        return words;
    }

    json candidate_of(const pl::candidate &candidate) const
    {
        json edits = json::array();
        for (const pl::edit &edit : candidate.edits) {
            edits.push_back({{"kind", std::string(pl::name(pl::kind_of(edit)))},
                             {"position", edit.position == 0 ? json() : json(edit.position)},
                             {"heard", text_or_null(edit.heard)},
                             {"meant", text_or_null(edit.meant)}});
        }
        return {{"code", index_.format(candidate.pole.code)},
                {"scope", std::string(candidate.pole.scope)},
                {"matched", candidate.matched == pl::matched_by::code ? "code" : "alias"},
                {"confidence", number_or_null(candidate.confidence)},
                {"lat", candidate.pole.at.lat_deg},
                {"lon", candidate.pole.at.lon_deg},
                {"station", station_or_null(candidate.station())},
                {"edits", edits}};
    }

    json answer_of(const pl::resolution &resolution) const
    {
        const pl::answer answer = resolution.answer();
        json candidates = json::array();
        for (const pl::candidate &candidate : resolution.candidates()) {
            candidates.push_back(candidate_of(candidate));
        }
        json far, estimate, question;
        if (const auto rival = resolution.far_rival()) {
            far = {{"code", index_.format(rival->code)},
                   {"scope", std::string(index_.scope(rival->code.scope))},
                   {"distance_m", rival->distance_m},
                   {"confidence", rival->confidence}};
        }
        if (const auto between = resolution.estimate()) {
            estimate = {{"code", index_.format(between->code)},
                        {"lat", between->at.lat_deg},
                        {"lon", between->at.lon_deg},
                        {"confidence", between->confidence}};
        }
        if (answer.question != pl::ask::nothing) {
            const auto digit = resolution.question().digit();
            question = {{"kind", std::string(name(answer.question))},
                        {"digit", digit ? json(*digit) : json()}};
        }
        return {{"status", std::string(name(answer.match))},
                {"heard", text_or_null(answer.heard)},
                {"reason", text_or_null(name(answer.reason))},
                {"confidence", number_or_null(answer.confidence)},
                {"confidence_place", number_or_null(answer.confidence_place)},
                {"no_pole", number_or_null(answer.no_pole)},
                {"warnings", words_of(answer.warnings)},
                {"corroborated_by", words_of(answer.corroborated_by)},
                {"candidates", candidates},
                {"far_rival", far},
                {"estimate", estimate},
                {"question", question}};
    }

    const pl::index &index_;
};

using question = json (asked::*)(const json &) const;
const std::map<std::string, question> questions = {
    {"info", &asked::info},           {"parse", &asked::parse},     {"find", &asked::find},
    {"find_many", &asked::find_many}, {"alias", &asked::alias},     {"nearest", &asked::nearest},
    {"within", &asked::within},       {"box", &asked::box},         {"polygon", &asked::polygon},
    {"stations", &asked::stations},   {"resolve", &asked::resolve}, {"between", &asked::between},
};

std::string path_of(const std::string &index)
{
    return index == "sample"   ? setting("POLELOOKUP_TEST_SAMPLE")
           : index == "golden" ? setting("POLELOOKUP_TEST_GOLDEN")
                               : setting("POLELOOKUP_TEST_VECTORS") + "/" + index + ".plx";
}

json open(const json &in)
{
    std::string bytes = file_bytes(path_of(in["of"]));
    for (const json &change : in.value("set", json::array())) {
        bytes.at(change[0].get<std::size_t>()) = static_cast<char>(change[1].get<int>());
    }
    bytes.resize(std::min(bytes.size(), in.value("cut", bytes.size())));
    bytes.append(in.value("append", std::size_t(0)), '\0');
    pl::index::open_memory(bytes.data(), bytes.size());
    return json::object();
}

json answer_to(const json &test)
{
    try {
        if (test["call"] == "open") {
            return open(test["in"]);
        }
        static std::map<std::string, pl::index> indexes;
        const std::string index_name = test["index"];
        auto index = indexes.find(index_name);
        if (index == indexes.end()) {
            index = indexes.emplace(index_name, pl::index::open(path_of(index_name))).first;
        }
        const asked asked(index->second);
        return (asked.*questions.at(test["call"]))(test["in"]);
    } catch (const pl::error &error) {
        return {{"error", std::string(error.name())}};
    }
}

} // namespace

TEST(vectors, all_answers_are_the_ones_of_every_language)
{
    const std::filesystem::path folder = setting("POLELOOKUP_TEST_VECTORS");
    if (!std::filesystem::is_directory(folder)) {
        GTEST_SKIP() << "there are no vectors in " << folder;
    }
    std::map<std::string, int> passed;
    int cases = 0;
    for (const auto &file : std::filesystem::directory_iterator(folder)) {
        if (file.path().extension() != ".jsonl") {
            continue;
        }
        std::ifstream lines(file.path());
        for (std::string line; std::getline(lines, line);) {
            const json test = json::parse(line);
            const std::string call = test["call"];
            cases++;
            if (call != "open" && questions.count(call) == 0) {
                ADD_FAILURE() << test["id"] << ": no such call is known here: " << call;
                continue;
            }
            const std::string off = difference(test["out"], answer_to(test), "", "out");
            EXPECT_EQ(off, "") << test["id"];
            passed[call] += off.empty();
        }
    }
    int sum = 0;
    for (const auto &[call, count] : passed) {
        std::cout << call << ' ' << count << ", ";
        sum += count;
    }
    std::cout << sum << " of " << cases << " cases passed\n";
    RecordProperty("cases", cases);
    EXPECT_GT(cases, 0);
}

// That the comparison can fail at all.
TEST(vectors, what_differs_is_seen)
{
    EXPECT_EQ(difference({{"lat", 1.0}}, {{"lat", 1.0 + 1e-10}, {"more", 1}}, "", "out"), "");
    EXPECT_NE(difference({{"lat", 1.0}}, {{"lat", 1.0 + 1e-8}}, "", "out"), "");
    EXPECT_NE(difference({{"poles", 1}}, {{"poles", 2}}, "", "out"), "");
    EXPECT_NE(difference({{"lat", 1.0}}, {{"lat", nullptr}}, "", "out"), "");
    EXPECT_NE(difference(json::object(), {{"error", "io"}}, "", "out"), "");
    EXPECT_NE(difference({{"codes", {"1"}}}, {{"codes", {"1", "2"}}}, "", "out"), "");
    EXPECT_EQ(difference({{"bearing_deg", 0}}, {{"bearing_deg", 359.99999}}, "", "out"), "");
    EXPECT_NE(difference({{"street", "a"}}, json::object(), "", "out"), "");
}
