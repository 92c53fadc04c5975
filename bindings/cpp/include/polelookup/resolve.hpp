// SPDX-License-Identifier: MIT
//
// From what was said, and what else is known, to the pole that was meant.
#ifndef POLELOOKUP_RESOLVE_HPP
#define POLELOOKUP_RESOLVE_HPP

#include <polelookup/resolution.hpp>

namespace polelookup
{
inline namespace POLELOOKUP_INLINE_NAMESPACE
{

// A text of an n-best list. weight > 0; only the ratio to the others counts.
struct spoken {
    std::string_view text;
    double weight = 1;
};

struct heard_code {
    std::string code; // '?' for an unknown digit
    double weight = 0;
};

// What was heard. Its texts live until it hears again or is gone.
class heard
{
  public:
    heard()
    {
        ::pole_heard *made = nullptr;
        check(::pole_heard_new(nullptr, &made));
        heard_.reset(made);
    }
    // lengths: index::lengths(), the lengths that codes have there.
    void hear(std::string_view text, std::uint32_t lengths)
    {
        check(try_hear(text, lengths));
    }
    ::pole_status try_hear(std::string_view text, std::uint32_t lengths) noexcept
    {
        const ::pole_text only = {borrow(text), 1.0};
        return hear(&only, 1, lengths);
    }
    // Several texts of one saying: a recogniser's list.
    void hear(span<const spoken> texts, std::uint32_t lengths)
    {
        std::vector<::pole_text> borrowed;
        borrowed.reserve(texts.size());
        for (const spoken &text : texts) {
            borrowed.push_back({borrow(text.text), text.weight});
        }
        check(hear(borrowed.data(), borrowed.size(), lengths));
    }
    // The likeliest text, with long runs of digits masked.
    std::string_view query() const noexcept
    {
        return view(::pole_heard_query(heard_.get()));
    }
    // The likeliest reading, '?' for an unknown digit; empty: no code was heard.
    std::string_view digits() const noexcept
    {
        return view(::pole_heard_digits(heard_.get()));
    }
    std::vector<heard_code> codes() const
    {
        ::pole_heard_code of[POLE_MOST_HEARD_CODES];
        const std::size_t count = ::pole_heard_codes(heard_.get(), of, POLE_MOST_HEARD_CODES);
        std::vector<heard_code> codes;
        for (std::size_t i = 0; i < count && i < POLE_MOST_HEARD_CODES; i++) {
            codes.push_back({of[i].code, of[i].weight});
        }
        return codes;
    }
    // It holds several codes, and nothing says which is meant.
    bool several() const noexcept
    {
        return ::pole_heard_several(heard_.get()) != 0;
    }
    polelookup::reason reason() const noexcept
    {
        return static_cast<polelookup::reason>(::pole_heard_reason(heard_.get()));
    }
    ::pole_heard *get() const noexcept
    {
        return heard_.get();
    }

  private:
    ::pole_status hear(const ::pole_text *texts, std::size_t count, std::uint32_t lengths) noexcept
    {
        ::pole_hear_options options;
        ::pole_hear_options_init(&options);
        options.lengths = lengths;
        return ::pole_hear(texts, count, &options, heard_.get());
    }

    detail::handle<::pole_heard, ::pole_heard_free> heard_;
};

// The model of errors; immutable, shared by its copies and by threads.
class channel
{
  public:
    // "everyday" or "heavy"; throws not_found.
    explicit channel(std::string_view name)
    {
        ::pole_channel *made = nullptr;
        check(::pole_channel_named(borrow(name), nullptr, &made));
        channel_.reset(made, ::pole_channel_free);
    }
    // From the text of its table, such as learner::table() gives; throws bad_input.
    static channel read(std::string_view table, std::string_view name)
    {
        ::pole_channel *made = nullptr;
        ::pole_error details{};
        check(::pole_channel_read(borrow(table), borrow(name), nullptr, &made, &details), details);
        return channel(made);
    }
    std::string_view name() const
    {
        return view(info().name);
    }
    std::string_view id() const
    {
        return view(info().id);
    }
    double clean() const
    {
        return info().clean;
    }
    const ::pole_channel *get() const noexcept
    {
        return channel_.get();
    }

  private:
    explicit channel(::pole_channel *owned) : channel_(owned, ::pole_channel_free) {}
    ::pole_channel_info info() const
    {
        auto info = detail::sized<::pole_channel_info>();
        check(::pole_channel_info_get(channel_.get(), &info));
        return info;
    }

    std::shared_ptr<::pole_channel> channel_;
};

// Where the phone says it is. level: the share of cases inside the radius; 0: 0.39, one sigma on
// each axis. given is what an answer echoes.
struct hint {
    point at{};
    double radius_m = 0;
    double level = 0;
    std::string_view given{};
    // What `at` is in, and converted from: "gcj02" or "bd09" for a Chinese map app, which taken for
    // WGS 84 is some 660 m off; "EPSG:4326", "EPSG:4490"; other EPSG codes (lon_deg is then the
    // easting, lat_deg the northing) need adapters, and are unsupported without. A name that is no
    // CRS, and a place that it cannot convert, are invalid_argument. Empty: not known; `at` is
    // taken for WGS 84, and a fit by the shift of GCJ-02 is warned of (hint_datum_suspect).
    std::string_view crs{};
    const ::pole_adapters *adapters = nullptr; // geo_adapters()
};

// What is known beside the heard code; left out: not known. All soft but box and polygon. Borrowed
// during the call alone.
struct evidence {
    std::optional<polelookup::hint> hint{};
    std::string_view street{};
    std::string_view district{};
    std::string_view scope{}; // the county; one that is not there is invalid_argument. Empty: not
                              // known, all counties, and not the county without a name
    const heard *also = nullptr; // a second pole in sight
    const heard *then = nullptr; // a later pole: the caller has moved
    span<const known_digit> digits{};
    std::optional<polelookup::box> box{};
    std::optional<polygon_view> polygon{};
};

// 0 and nullptr are the defaults, as pole_resolve_options tells them.
struct resolve_options {
    std::uint32_t limit = 0; // candidates told in full; 3
    polelookup::crs *crs = nullptr;
    const polelookup::channel *channel = nullptr; // "everyday"
    double clean = 0;
    double near_m = 0;
    double exact_confidence = 0;
    double exact_place = 0;
    double corrected_confidence = 0;
    double corrected_place = 0;
    language caller_language = language::zh;
    bool brief = false; // without question, neighbours and cross streets
};

struct describe_options {
    polelookup::crs *crs = nullptr;
};

namespace detail
{

inline ::pole_resolve_options options_of(const evidence &known, const resolve_options &of) noexcept
{
    ::pole_resolve_options options;
    ::pole_resolve_options_init(&options);
    options.limit = of.limit;
    options.crs = of.crs == nullptr ? nullptr : of.crs->get();
    options.scope = borrow(known.scope);
    options.channel = of.channel == nullptr ? nullptr : of.channel->get();
    options.clean = of.clean;
    options.near_m = of.near_m;
    options.exact_confidence = of.exact_confidence;
    options.exact_place = of.exact_place;
    options.corrected_confidence = of.corrected_confidence;
    options.corrected_place = of.corrected_place;
    options.caller_language = static_cast<std::int32_t>(of.caller_language);
    options.brief = of.brief ? 1 : 0;
    return options;
}

// Evidence as C takes it, and the CRS whose name it borrows.
struct c_evidence {
    ::pole_evidence of;
    handle<::pole_crs, ::pole_crs_free> crs;
};

// C only echoes a CRS, and takes the place for WGS 84 without doubt if one is named.
inline ::pole_status hint_of(const hint &known, c_evidence &into, ::pole_error &details) noexcept
{
    if (!(known.radius_m > 0)) {
        return POLE_INVALID_ARGUMENT;
    }
    double x = known.at.lon_deg, y = known.at.lat_deg;
    if (!known.crs.empty()) {
        ::pole_crs *crs = nullptr;
        std::size_t lost = 0;
        ::pole_status status =
            ::pole_crs_new(borrow(known.crs), known.adapters, nullptr, &crs, &details);
        into.crs.reset(crs);
        if (status == POLE_OK) {
            status = ::pole_crs_to_wgs84(crs, 1, &x, &y, &lost);
        }
        if (status != POLE_OK || lost > 0) {
            return status != POLE_OK ? status : POLE_INVALID_ARGUMENT;
        }
        into.of.hint_crs = borrow(word(::pole_crs_name(crs)));
    }
    into.of.hint = {y, x};
    into.of.hint_radius_m = known.radius_m;
    into.of.hint_level = known.level;
    into.of.hint_given = borrow(known.given);
    return POLE_OK;
}

// POLE_INVALID_ARGUMENT for what the C library's "0: none" would drop in silence.
inline ::pole_status evidence_of(const evidence &known, c_evidence &made,
                                 ::pole_error &details) noexcept
{
    ::pole_evidence &into = made.of;
    ::pole_evidence_init(&into);
    if (known.hint) {
        if (const ::pole_status status = hint_of(*known.hint, made, details); status != POLE_OK) {
            return status;
        }
    }
    into.street = borrow(known.street);
    into.district = borrow(known.district);
    into.also = known.also == nullptr ? nullptr : known.also->get();
    into.then = known.then == nullptr ? nullptr : known.then->get();
    if (known.digits.size() > POLE_MAX_DIGITS) {
        return POLE_INVALID_ARGUMENT;
    }
    into.digits = known.digits.data();
    into.digit_count = static_cast<std::uint32_t>(known.digits.size());
    into.box = known.box ? &*known.box : nullptr;
    if (known.polygon) {
        if (!known.polygon->fits() || known.polygon->points.empty()) {
            return POLE_INVALID_ARGUMENT;
        }
        into.polygon = known.polygon->points.data();
        into.polygon_rings = known.polygon->rings.data();
        into.polygon_ring_count = known.polygon->rings.size();
    }
    return POLE_OK;
}

inline ::pole_status resolve_into(const index &index, const heard &heard, const evidence &known,
                                  const resolve_options &options, resolution &into,
                                  ::pole_error &details) noexcept
{
    ::pole_resolve_options c_options = options_of(known, options);
    c_evidence evidence{};
    if (const ::pole_status status = evidence_of(known, evidence, details); status != POLE_OK) {
        // An empty question to it, so that no older answer can be taken for this one's.
        ::pole_resolve(nullptr, nullptr, nullptr, into.get());
        return status;
    }
    c_options.evidence = &evidence.of;
    return ::pole_resolve(index.get(), heard.get(), &c_options, into.get());
}

} // namespace detail

// Into a resolution that is used again and again: nothing is allocated that it has room for, but a
// hint's CRS.
inline ::pole_status try_resolve(const index &index, const heard &heard, const evidence &known,
                                 const resolve_options &options, resolution &into) noexcept
{
    ::pole_error details{};
    return detail::resolve_into(index, heard, known, options, into, details);
}

inline void resolve(const index &index, const heard &heard, const evidence &known,
                    const resolve_options &options, resolution &into)
{
    ::pole_error details{};
    check(detail::resolve_into(index, heard, known, options, into, details), details);
}

inline heard index::hear(std::string_view text) const
{
    polelookup::heard heard;
    heard.hear(text, lengths());
    return heard;
}

inline resolution index::resolve(std::string_view text, const evidence &known,
                                 const resolve_options &options) const
{
    resolution resolution;
    polelookup::resolve(*this, hear(text), known, options, resolution);
    return resolution;
}

inline resolution index::resolve(std::string_view text, const evidence &known) const
{
    return resolve(text, known, {});
}

inline resolution index::resolve(std::string_view text) const
{
    return resolve(text, {}, {});
}

// A known pole told in full: an answer with one candidate, match exact.
inline resolution index::describe(row row, const describe_options &options) const
{
    ::pole_describe_options of;
    ::pole_describe_options_init(&of);
    of.crs = options.crs == nullptr ? nullptr : options.crs->get();
    resolution resolution;
    check(::pole_describe(index_, row, &of, resolution.get()));
    return resolution;
}

inline resolution index::describe(row row) const
{
    return describe(row, {});
}

} // namespace POLELOOKUP_INLINE_NAMESPACE
} // namespace polelookup
#endif
