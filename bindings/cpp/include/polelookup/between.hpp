// SPDX-License-Identifier: MIT
//
// Two poles seen from one spot: how they lie to each other.
#ifndef POLELOOKUP_BETWEEN_HPP
#define POLELOOKUP_BETWEEN_HPP

#include <polelookup/resolve.hpp>

namespace polelookup
{
inline namespace POLELOOKUP_INLINE_NAMESPACE
{

enum class relation : std::int32_t {
    unknown = POLE_RELATION_UNKNOWN, // one of the two names no pole of the index, or several
    same = POLE_RELATION_SAME,
    stretch = POLE_RELATION_STRETCH, // in sight of each other, on one street
    corner = POLE_RELATION_CORNER,   // in sight of each other, on two streets
    apart = POLE_RELATION_APART      // too far: one is wrong, or the caller has moved
};

inline std::string_view name(relation relation) noexcept
{
    return detail::word(::pole_relation_name(static_cast<std::int32_t>(relation)));
}

struct between_options {
    std::string_view scope{};
    polelookup::crs *crs = nullptr;
    const polelookup::channel *channel = nullptr;
    double clean = 0;
    language caller_language = language::zh;
};

// Another pole that one of the two codes may have meant. Borrowed from the between.
struct correction {
    int query = 0; // which of the two, 0 or 1
    polelookup::candidate candidate;
    std::optional<double> distance_m; // to the pole that the other code names
};

// The judgement of two sayings, and what was heard of each. Borrowed texts live as long as it.
class between
{
  public:
    between(const index &index, std::string_view first, std::string_view second,
            const between_options &options = {})
        : first_(index.hear(first)), second_(index.hear(second)),
          answer_(detail::sized<::pole_between_answer>())
    {
        ::pole_between_options of;
        ::pole_between_options_init(&of);
        of.caller_language = static_cast<std::int32_t>(options.caller_language);
        of.scope = borrow(options.scope);
        of.crs = options.crs == nullptr ? nullptr : options.crs->get();
        of.channel = options.channel == nullptr ? nullptr : options.channel->get();
        of.clean = options.clean;
        check(::pole_between(index.get(), first_.get(), second_.get(), &of, resolution_.get(),
                             &answer_));
    }
    polelookup::relation relation() const noexcept
    {
        return static_cast<polelookup::relation>(answer_.relation);
    }
    // Of query 0 or 1; empty: it names none.
    std::optional<candidate> pole(std::size_t query) const
    {
        const std::int32_t i = answer_.pole[query == 0 ? 0 : 1];
        if (i < 0) {
            return std::nullopt;
        }
        return resolution_.candidate(static_cast<std::size_t>(i));
    }
    std::optional<bool> same_street() const noexcept
    {
        return yes_or_no(answer_.same_street);
    }
    std::optional<bool> same_side() const noexcept
    {
        return yes_or_no(answer_.same_side);
    }
    std::optional<int> poles_between() const noexcept
    {
        return answer_.poles_between < 0 ? std::nullopt : std::optional<int>(answer_.poles_between);
    }
    std::optional<double> distance_m() const noexcept
    {
        return detail::known(answer_.distance_m);
    }
    // At the first, towards the second: the course of a caller who moved.
    std::optional<double> bearing_deg() const noexcept
    {
        return detail::known(answer_.bearing_deg);
    }
    std::optional<double> side_deg() const noexcept
    {
        return detail::known(answer_.side_deg);
    }
    std::optional<point> middle() const noexcept
    {
        return std::isnan(answer_.middle.lat_deg) ? std::nullopt
                                                  : std::optional<point>(answer_.middle);
    }
    std::optional<double> radius_m() const noexcept
    {
        return detail::known(answer_.radius_m);
    }
    flags<warning> warnings() const noexcept
    {
        return flags<warning>(answer_.warnings);
    }
    // The likeliest first.
    auto corrections() const
    {
        return counted(answer_.correction_count, [this](std::size_t i) {
            const ::pole_between_correction &of = answer_.corrections[i];
            return correction{of.query,
                              resolution_.candidate(static_cast<std::size_t>(of.candidate)),
                              detail::known(of.distance_m)};
        });
    }
    std::string json(const json_options &options = {}) const
    {
        const ::pole_json_options json = options.get();
        return detail::text_of(4096, [&](char *text, std::size_t capacity, std::size_t *needed) {
            return ::pole_between_json(resolution_.get(), first_.get(), second_.get(), &answer_,
                                       &json, text, capacity, needed);
        });
    }

  private:
    static std::optional<bool> yes_or_no(std::int32_t value) noexcept
    {
        return value < 0 ? std::nullopt : std::optional<bool>(value != 0);
    }

    heard first_;
    heard second_;
    resolution resolution_;
    ::pole_between_answer answer_;
};

} // namespace POLELOOKUP_INLINE_NAMESPACE
} // namespace polelookup
#endif
