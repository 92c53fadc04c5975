// SPDX-License-Identifier: MIT
//
// An answer: what was heard, which poles it can mean, who should go, how sure that is, and what to
// ask. Made by resolve.hpp.
#ifndef POLELOOKUP_RESOLUTION_HPP
#define POLELOOKUP_RESOLUTION_HPP

#include <polelookup/places.hpp>

namespace polelookup
{
inline namespace POLELOOKUP_INLINE_NAMESPACE
{

// Enumerations of what an answer says. A value that none of these names may come from a newer
// library: its name() is then empty, or "unknown".
enum class match : std::int32_t {
    none = POLE_MATCH_NONE,
    exact = POLE_EXACT,
    corrected = POLE_CORRECTED,
    ambiguous = POLE_AMBIGUOUS,
    interpolated = POLE_INTERPOLATED,
    unknown = POLE_UNKNOWN,
    no_code = POLE_NO_CODE,
    malformed = POLE_MALFORMED
};

enum class reason : std::int32_t {
    none = POLE_REASON_NONE,
    no_digits = POLE_REASON_NO_DIGITS,
    too_few = POLE_REASON_TOO_FEW,
    too_many = POLE_REASON_TOO_MANY,
    phone_number = POLE_REASON_PHONE_NUMBER,
    other_number = POLE_REASON_OTHER_NUMBER
};

enum class warning : std::uint32_t {
    sample_data = POLE_WARN_SAMPLE_DATA,
    uncorroborated = POLE_WARN_UNCORROBORATED,
    scope_needed = POLE_WARN_SCOPE_NEEDED,
    station_conflict = POLE_WARN_STATION_CONFLICT,
    area_edge = POLE_WARN_AREA_EDGE,
    no_area = POLE_WARN_NO_AREA,
    retired_pole = POLE_WARN_RETIRED_POLE,
    other_length = POLE_WARN_OTHER_LENGTH,
    confusable_far = POLE_WARN_CONFUSABLE_FAR,
    hint_conflict = POLE_WARN_HINT_CONFLICT,
    hint_outside = POLE_WARN_HINT_OUTSIDE,
    hint_datum_suspect = POLE_WARN_HINT_DATUM_SUSPECT,
    street_conflict = POLE_WARN_STREET_CONFLICT,
    street_unmatched = POLE_WARN_STREET_UNMATCHED,
    also_conflict = POLE_WARN_ALSO_CONFLICT,
    several_codes = POLE_WARN_SEVERAL_CODES
};

enum class evidence_kind : std::uint32_t {
    hint = POLE_EVIDENCE_HINT,
    street = POLE_EVIDENCE_STREET,
    district = POLE_EVIDENCE_DISTRICT,
    scope = POLE_EVIDENCE_SCOPE,
    also = POLE_EVIDENCE_ALSO,
    then = POLE_EVIDENCE_THEN,
    digit = POLE_EVIDENCE_DIGIT,
    box = POLE_EVIDENCE_BOX,
    polygon = POLE_EVIDENCE_POLYGON
};

enum class ask : std::int32_t {
    nothing = POLE_ASK_NOTHING,
    read_back = POLE_ASK_READ_BACK,
    digit = POLE_ASK_DIGIT,
    digits = POLE_ASK_DIGITS,
    neighbour = POLE_ASK_NEIGHBOUR,
    side = POLE_ASK_SIDE,
    street = POLE_ASK_STREET,
    county = POLE_ASK_COUNTY,
    object = POLE_ASK_OBJECT,
    place = POLE_ASK_PLACE
};

enum class edit_kind : std::int32_t {
    substitution = POLE_EDIT_SUBSTITUTION,
    transposition = POLE_EDIT_TRANSPOSITION,
    twin = POLE_EDIT_TWIN,
    omission = POLE_EDIT_OMISSION,
    insertion = POLE_EDIT_INSERTION,
    doubling = POLE_EDIT_DOUBLING,
    unknown = POLE_EDIT_UNKNOWN
};

enum class matched_by : std::int32_t { code = POLE_MATCHED_CODE, alias = POLE_MATCHED_ALIAS };

// The stable words, as in JSON.
inline std::string_view name(match match) noexcept
{
    return detail::word(::pole_match_name(static_cast<std::int32_t>(match)));
}
inline std::string_view name(reason reason) noexcept
{
    return detail::word(::pole_reason_name(static_cast<std::int32_t>(reason)));
}
inline std::string_view name(warning warning) noexcept
{
    return detail::word(::pole_warning_name(static_cast<std::uint32_t>(warning)));
}
inline std::string_view name(evidence_kind kind) noexcept
{
    return detail::word(::pole_evidence_name(static_cast<std::uint32_t>(kind)));
}
inline std::string_view name(ask question) noexcept
{
    return detail::word(::pole_question_name(static_cast<std::int32_t>(question)));
}
inline std::string_view name(edit_kind kind) noexcept
{
    return detail::word(::pole_edit_name(static_cast<std::int32_t>(kind)));
}
inline edit_kind kind_of(const edit &edit) noexcept
{
    return static_cast<edit_kind>(edit.kind);
}

// A sentence for a warning: Chinese, else English.
inline std::string_view text(warning warning, language language) noexcept
{
    return detail::word(::pole_warning_text(static_cast<std::uint32_t>(warning),
                                            static_cast<std::int32_t>(language)));
}

// The head of an answer. Texts are borrowed from the resolution.
struct answer {
    polelookup::match match = polelookup::match::none;
    polelookup::reason reason = polelookup::reason::none; // why there is no code
    flags<warning> warnings;
    ask question = ask::nothing;
    std::size_t candidates = 0;             // listed
    std::size_t candidates_found = 0;       // listed or not
    std::optional<double> confidence;       // posterior of the first candidate's code
    std::optional<double> confidence_place; // posterior of its neighbourhood
    std::optional<double> no_pole;          // posterior that no pole was meant
    std::optional<double> far_share;        // posterior of all that is not near the first candidate
    std::string_view query;                 // as given, long runs of digits masked
    std::string_view heard;                 // the digits, '?' for an unknown one
    flags<evidence_kind> corroborated_by;
    std::size_t evidence = 0; // pieces that were used
    std::string_view channel;
    std::string_view channel_id;
    std::optional<double> clean;

    // An invented city: nothing of this answer is a real place.
    bool is_sample() const noexcept
    {
        return warnings.has(warning::sample_data);
    }
    // One pole is meant, as far as can be known. Of an ambiguous answer, however sure its place
    // is, this is false: a person decides.
    bool is_match() const noexcept
    {
        return match == polelookup::match::exact || match == polelookup::match::corrected;
    }
};

// Easting or longitude, northing or latitude, in the CRS that was asked for.
struct projected {
    double x = 0;
    double y = 0;
};

// A pole that the answer can mean. Texts and spans are borrowed from the resolution.
struct candidate {
    record pole;
    matched_by matched = matched_by::code;
    std::optional<double> confidence;
    double distance_to_first_m = 0;
    std::optional<double> distance_to_hint_m;
    std::optional<projected> xy; // empty: not asked, or the CRS cannot express the place
    std::string_view crs;
    std::array<std::string_view, 2> cross_streets; // nearest first; empty where none is
    std::array<std::optional<double>, 2> cross_street_m;
    span<const neighbour> neighbours; // at most two, of its side of the street
    span<const station_hit> stations;
    std::optional<polelookup::area_edge> area_edge; // within POLE_AREA_EDGE_M
    span<const edit> edits;                         // none: heard as it is

    // The one to send; empty: none is known.
    std::optional<station_hit> station() const noexcept
    {
        return chosen(stations);
    }
};

// The likeliest pole that is not near the first candidate.
struct far_rival {
    polelookup::row row = no_row;
    polelookup::code code{};
    double confidence = 0;
    double distance_m = 0; // from the first candidate
    station_number station = no_station;
    std::uint32_t digits = 0; // bit n: digit n, from 1, tells the two codes apart
};

// A place for a code that the table lacks, between two poles.
struct estimate {
    polelookup::code code{};
    point at{};
    double radius_m = 0;
    double confidence = 0;
    std::array<row, 2> between{no_row, no_row};
    span<const station_hit> stations;
    std::optional<polelookup::area_edge> area_edge;

    std::optional<station_hit> station() const noexcept
    {
        return chosen(stations);
    }
};

struct question_option {
    std::string_view answer;
    span<const row> rows; // what it would leave, the likeliest first
};

// What to ask next. Borrowed from the resolution.
class question
{
  public:
    explicit question(const ::pole_question &of) noexcept : of_(of) {}
    ask kind() const noexcept
    {
        return static_cast<ask>(of_.kind);
    }
    // The digit asked for, or the first of several, from 1.
    std::optional<std::uint32_t> digit() const noexcept
    {
        return of_.digit == 0 ? std::nullopt : std::optional<std::uint32_t>(of_.digit);
    }
    std::uint32_t digit_count() const noexcept
    {
        return of_.digit_count;
    }
    // How many digits a code has here; 0: not said.
    std::uint32_t digits() const noexcept
    {
        return of_.digits;
    }
    // The two digits to choose from, in the order to say them; empty: the question is open.
    std::optional<std::pair<int, int>> choice() const noexcept
    {
        if (of_.choice[0] == of_.choice[1]) {
            return std::nullopt;
        }
        return std::pair<int, int>(of_.choice[0], of_.choice[1]);
    }
    // The likeliest answer first.
    auto options() const
    {
        return counted(of_.option_count, [options = of_.options](std::size_t i) {
            return question_option{view(options[i].answer),
                                   {options[i].rows, options[i].row_count}};
        });
    }
    // The words to say; "" for no question.
    std::string text(language language) const
    {
        return detail::text_of(
            POLE_QUESTION_BYTES, [&](char *text, std::size_t capacity, std::size_t *needed) {
                return ::pole_question_text(&of_, static_cast<std::int32_t>(language), text,
                                            capacity, needed);
            });
    }

  private:
    ::pole_question of_;
};

// A piece of evidence as it was used. Texts are borrowed from the resolution.
struct evidence_used {
    evidence_kind kind{};
    std::optional<point> at; // of a hint
    std::optional<double> sigma_m;
    std::string_view given;
    std::string_view crs;
    int agrees = 0;                      // 1 it speaks for the first candidate, -1 against it
    std::optional<row> outside;          // of box and polygon: the likeliest pole they forbid
    std::optional<double> outside_share; // what would be believed of it
};

// An answer and its working memory. All that is borrowed from it lives until it is used again or
// gone; until then it keeps the index alive: so a temporary one cannot be asked for what borrows
// from it. A call that fails leaves it without an answer.
class resolution
{
  public:
    resolution()
    {
        ::pole_resolution *made = nullptr;
        check(::pole_resolution_new(nullptr, &made));
        resolution_.reset(made);
    }
    polelookup::answer answer() const &;
    polelookup::answer answer() const && = delete;
    std::size_t size() const // listed candidates
    {
        return answer().candidates;
    }
    polelookup::candidate candidate(std::size_t i) const &; // throws not_found beyond the last
    polelookup::candidate candidate(std::size_t i) const && = delete;
    void candidates() const && = delete;
    auto candidates() const &
    {
        return counted(size(), [this](std::size_t i) { return candidate(i); });
    }
    std::optional<polelookup::far_rival> far_rival() const;
    std::optional<polelookup::estimate> estimate() const &;
    std::optional<polelookup::estimate> estimate() const && = delete;
    polelookup::question question() const && = delete;
    polelookup::question question() const &
    {
        auto of = detail::sized<::pole_question>();
        check(::pole_resolution_question(resolution_.get(), &of));
        return polelookup::question(of);
    }
    evidence_used evidence(std::size_t i) const &;
    evidence_used evidence(std::size_t i) const && = delete;
    void evidence() const && = delete;
    auto evidence() const &
    {
        return counted(answer().evidence, [this](std::size_t i) { return evidence(i); });
    }
    // Where a car may be sent without a person's decision: the pole of an exact or corrected
    // answer, the estimate of an interpolated one. Empty for all others, however likely one is.
    std::optional<point> place() const;

    // The contract of docs/json.md.
    std::string json(const json_options &options = {}) const
    {
        const ::pole_json_options json = options.get();
        return detail::text_of(8192, [&](char *text, std::size_t capacity, std::size_t *needed) {
            return ::pole_resolution_json(resolution_.get(), &json, text, capacity, needed);
        });
    }
    // Of an answer by describe(): as a hit, where distance and bearing are known.
    std::string hit_json(std::optional<double> distance_m, std::optional<double> bearing_deg,
                         const json_options &options = {}) const
    {
        const ::pole_json_options json = options.get();
        return detail::text_of(4096, [&](char *text, std::size_t capacity, std::size_t *needed) {
            const double none = std::numeric_limits<double>::quiet_NaN();
            return ::pole_hit_json(resolution_.get(), distance_m.value_or(none),
                                   bearing_deg.value_or(none), &json, text, capacity, needed);
        });
    }
    ::pole_resolution *get() const noexcept
    {
        return resolution_.get();
    }

  private:
    detail::handle<::pole_resolution, ::pole_resolution_free> resolution_;
};

namespace detail
{

inline std::optional<area_edge> edge_of(const area_edge &edge) noexcept
{
    return edge.station == no_station ? std::nullopt : std::optional<area_edge>(edge);
}

} // namespace detail

inline answer resolution::answer() const &
{
    auto of = detail::sized<::pole_answer>();
    check(::pole_resolution_answer(resolution_.get(), &of));
    polelookup::answer answer;
    answer.match = static_cast<match>(of.match);
    answer.reason = static_cast<reason>(of.reason);
    answer.warnings = flags<warning>(of.warnings);
    answer.question = static_cast<ask>(of.question);
    answer.candidates = of.candidates;
    answer.candidates_found = of.candidates_found;
    answer.confidence = detail::known(of.confidence);
    answer.confidence_place = detail::known(of.confidence_place);
    answer.no_pole = detail::known(of.no_pole);
    answer.far_share = detail::known(of.far_share);
    answer.query = view(of.query);
    answer.heard = view(of.heard);
    answer.corroborated_by = flags<evidence_kind>(of.corroborated_by);
    answer.evidence = of.evidence;
    answer.channel = view(of.channel);
    answer.channel_id = view(of.channel_id);
    answer.clean = detail::known(of.clean);
    return answer;
}

inline candidate resolution::candidate(std::size_t i) const &
{
    auto of = detail::sized<::pole_candidate>();
    auto pole = detail::sized<::pole_record>();
    check(::pole_resolution_candidate(resolution_.get(), i, &of, &pole));
    polelookup::candidate candidate;
    candidate.pole = record(pole);
    candidate.matched = static_cast<matched_by>(of.matched);
    candidate.confidence = detail::known(of.confidence);
    candidate.distance_to_first_m = of.distance_to_first_m;
    candidate.distance_to_hint_m = detail::known(of.distance_to_hint_m);
    if (!std::isnan(of.x) && !std::isnan(of.y)) {
        candidate.xy = projected{of.x, of.y};
    }
    candidate.crs = view(of.crs);
    for (std::size_t street = 0; street < 2; street++) {
        candidate.cross_streets[street] = view(of.cross_streets[street]);
        candidate.cross_street_m[street] = detail::known(of.cross_street_m[street]);
    }
    candidate.neighbours = {of.neighbours, of.neighbour_count};
    candidate.stations = {of.stations, of.station_count};
    candidate.area_edge = detail::edge_of(of.area_edge);
    candidate.edits = {of.edits, of.edit_count};
    return candidate;
}

inline std::optional<far_rival> resolution::far_rival() const
{
    auto of = detail::sized<::pole_far_rival>();
    const ::pole_status status = ::pole_resolution_far_rival(resolution_.get(), &of);
    if (status == POLE_NOT_FOUND) {
        return std::nullopt;
    }
    check(status);
    return polelookup::far_rival{of.row,        of.code,    of.confidence,
                                 of.distance_m, of.station, of.digits};
}

inline std::optional<estimate> resolution::estimate() const &
{
    auto of = detail::sized<::pole_estimate>();
    const ::pole_status status = ::pole_resolution_estimate(resolution_.get(), &of);
    if (status == POLE_NOT_FOUND) {
        return std::nullopt;
    }
    check(status);
    polelookup::estimate estimate;
    estimate.code = of.code;
    estimate.at = of.at;
    estimate.radius_m = of.radius_m;
    estimate.confidence = of.confidence;
    estimate.between = {of.between[0], of.between[1]};
    estimate.stations = {of.stations, of.station_count};
    estimate.area_edge = detail::edge_of(of.area_edge);
    return estimate;
}

inline evidence_used resolution::evidence(std::size_t i) const &
{
    auto of = detail::sized<::pole_evidence_used>();
    check(::pole_resolution_evidence(resolution_.get(), i, &of));
    evidence_used used;
    used.kind = static_cast<evidence_kind>(of.kind);
    if (!std::isnan(of.at.lat_deg)) {
        used.at = of.at;
    }
    used.sigma_m = detail::known(of.sigma_m);
    used.given = view(of.given);
    used.crs = view(of.crs);
    used.agrees = of.agrees;
    if (of.outside != no_row) {
        used.outside = of.outside;
    }
    used.outside_share = detail::known(of.outside_share);
    return used;
}

inline std::optional<point> resolution::place() const
{
    const polelookup::answer answer = this->answer();
    if (answer.is_match() && answer.candidates > 0) {
        return candidate(0).pole.at;
    }
    if (answer.match == match::interpolated) {
        if (const std::optional<polelookup::estimate> between = estimate()) {
            return between->at;
        }
    }
    return std::nullopt;
}

} // namespace POLELOOKUP_INLINE_NAMESPACE
} // namespace polelookup
#endif
