// SPDX-License-Identifier: MIT
//
// Rows of a log to matches: arrays of texts, whole tables, Arrow's columns.
#ifndef POLELOOKUP_BULK_HPP
#define POLELOOKUP_BULK_HPP

#include <polelookup/resolve.hpp>

namespace polelookup
{
inline namespace POLELOOKUP_INLINE_NAMESPACE
{

// What stands in a row beside the code, as text; empty where nothing does.
struct row_evidence {
    std::string_view hint_lat{};
    std::string_view hint_lon{};
    std::string_view hint_radius_m{};
    std::string_view hint_level{};
    std::string_view hint_crs{};
    std::string_view street{};
    std::string_view district{};
    std::string_view scope{};
    std::string_view also{};
};

using row_match = ::pole_row_match; // match, row, at, station, confidence, ...; NaN: not known

// The C library's options, ready to use: what is set in them must live as they tell.
struct matcher_options : ::pole_matcher_options {
    matcher_options() noexcept
    {
        ::pole_matcher_options_init(this);
    }
};

// Texts to matches. Keeps the index alive.
class matcher
{
  public:
    explicit matcher(const index &index, const matcher_options &options = {})
    {
        ::pole_matcher *made = nullptr;
        ::pole_error details{};
        check(::pole_matcher_new(index.get(), &options, &made, &details), details);
        matcher_.reset(made);
    }
    // texts: an array of std::string, std::string_view, ...; evidence: one a text, or none at all.
    // Does not allocate on its own account.
    template <class Texts>
    void run(const Texts &texts, span<row_match> into, span<const row_evidence> evidence = {})
    {
        constexpr std::size_t block = 64;
        if (std::size(texts) > into.size() ||
            (!evidence.empty() && evidence.size() != std::size(texts))) {
            raise(POLE_INVALID_ARGUMENT, "as many matches, and as many evidence, are needed");
        }
        ::pole_span held[block];
        ::pole_row_evidence known[block];
        std::size_t count = 0, done = 0;
        const auto flush = [&] {
            if (count > 0) {
                into[done].struct_size = sizeof(row_match);
                check(::pole_matcher_run(matcher_.get(), held, evidence.empty() ? nullptr : known,
                                         count, into.data() + done));
            }
            done += count;
            count = 0;
        };
        for (const auto &element : texts) {
            held[count] = borrow(std::string_view(element));
            if (!evidence.empty()) {
                known[count] = borrowed(evidence[done + count]);
            }
            if (++count == block) {
                flush();
            }
        }
        flush();
    }
    row_match run(std::string_view text, const row_evidence &evidence = {})
    {
        row_match match{};
        run(span<const std::string_view>(&text, 1), span<row_match>(&match, 1),
            span<const row_evidence>(&evidence, 1));
        return match;
    }

  private:
    static ::pole_row_evidence borrowed(const row_evidence &of) noexcept
    {
        return {borrow(of.hint_lat),   borrow(of.hint_lon), borrow(of.hint_radius_m),
                borrow(of.hint_level), borrow(of.hint_crs), borrow(of.street),
                borrow(of.district),   borrow(of.scope),    borrow(of.also)};
    }

    detail::handle<::pole_matcher, ::pole_matcher_free> matcher_;
};

// The C library's options, ready to use: texts are C strings that must live until the geocoder was
// made. Callbacks in them must not throw.
struct geocode_options : ::pole_geocode_options {
    geocode_options() noexcept
    {
        ::pole_geocode_options_init(this);
    }
};

// A whole table in, the same table out with what each row's code means.
class geocoder
{
  public:
    explicit geocoder(const index &index, const geocode_options &options = {})
    {
        ::pole_geocoder *made = nullptr;
        ::pole_error details{};
        check(::pole_geocoder_new(index.get(), &options, &made, &details), details);
        geocoder_.reset(made);
    }
    // read(char *bytes, std::size_t size) gives how many bytes it read, 0 at the end;
    // write(std::string_view) takes some away. What they throw comes out of run().
    template <class Read, class Write> void run(Read &&read, Write &&write)
    {
        using reader_state = std::pair<std::remove_reference_t<Read> *, detail::carried>;
        reader_state state(&read, {});
        const ::pole_reader reader = {
            &state, [](void *self, void *bytes, std::size_t size, std::size_t *got) {
                auto &that = *static_cast<reader_state *>(self);
                *got = 0;
                return that.second.guard(
                    [&] { *got = (*that.first)(static_cast<char *>(bytes), size); });
            }};
        detail::sink<std::remove_reference_t<Write>> sink(write);
        const ::pole_sink output = sink.get();
        ::pole_error details{};
        const ::pole_status status =
            ::pole_geocoder_run(geocoder_.get(), &reader, &output, &details);
        state.second.rethrow();
        sink.check(status, details);
    }
    // Where a run that was stopped left off, for geocode_options::resume.
    std::string state() const
    {
        return written([&](const ::pole_sink *sink, ::pole_error *) {
            return ::pole_geocoder_state(geocoder_.get(), sink);
        });
    }
    // Texts are borrowed from the geocoder.
    ::pole_geocode_summary summary() const
    {
        auto summary = detail::sized<::pole_geocode_summary>();
        check(::pole_geocoder_summary(geocoder_.get(), &summary));
        return summary;
    }
    // The commonest values of the code's column without a match.
    std::vector<::pole_unmatched_value> unmatched(std::size_t most) const
    {
        std::vector<::pole_unmatched_value> values(most);
        std::size_t count = 0;
        check(::pole_geocoder_unmatched(geocoder_.get(), values.data(), values.size(), &count));
        values.resize(count);
        return values;
    }
    // A page of HTML; needs geocode_options::report.
    std::string report(std::string_view log_name, language language) const
    {
        return written([&](const ::pole_sink *sink, ::pole_error *details) {
            return ::pole_geocoder_report(geocoder_.get(), borrow(log_name),
                                          static_cast<std::int32_t>(language), sink, details);
        });
    }

  private:
    template <class Call> static std::string written(Call &&call)
    {
        std::string text;
        auto append = [&text](std::string_view bytes) { text.append(bytes); };
        detail::sink<decltype(append)> sink(append);
        const ::pole_sink to = sink.get();
        ::pole_error details{};
        sink.check(call(&to, &details), details);
        return text;
    }

    detail::handle<::pole_geocoder, ::pole_geocoder_free> geocoder_;
};

// The C library's options, ready to use.
struct arrow_options : ::pole_arrow_options {
    arrow_options() noexcept
    {
        ::pole_arrow_options_init(this);
    }
};

// Matches an array of the Arrow C Data Interface. Both inputs are taken, whatever comes of the
// call; both results are the caller's to release.
inline void arrow_match(const index &index, const arrow_options &options, ::ArrowSchema *schema,
                        ::ArrowArray *array, ::ArrowSchema *schema_out, ::ArrowArray *array_out)
{
    ::pole_error details{};
    check(::pole_arrow_match(index.get(), &options, schema, array, schema_out, array_out, &details),
          details);
}

// Makes *out a stream of matches of *in, which is taken.
inline void arrow_match_stream(const index &index, const arrow_options &options,
                               ::ArrowArrayStream *in, ::ArrowArrayStream *out)
{
    ::pole_error details{};
    check(::pole_arrow_match_stream(index.get(), &options, in, out, &details), details);
}

} // namespace POLELOOKUP_INLINE_NAMESPACE
} // namespace polelookup
#endif
