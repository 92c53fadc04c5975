// SPDX-License-Identifier: MIT
//
// Many codes at once, from arrays into arrays.
#ifndef POLELOOKUP_BATCH_HPP
#define POLELOOKUP_BATCH_HPP

#include <cstring>

#include <polelookup/index.hpp>

namespace polelookup
{
inline namespace POLELOOKUP_INLINE_NAMESPACE
{

// The columns that a batch fills, each as long as the batch, or empty where not wanted: what is
// not found, or in several scopes, gets no_row, NaN, no_station. With one of the last three the
// codes are judged as bare codes that a caller said: pole_columns in lookup.h tells the rules. A
// code of the table keeps its row, place and station however it is judged (ambiguous, unknown, none
// too): ask for match as well, send only where it is POLE_EXACT, and resolve the others.
struct columns {
    span<row> rows;
    span<::pole_match> match; // POLE_EXACT, ...
    span<double> lat_deg;
    span<double> lon_deg;
    span<station_number> stations;
    span<double> confidence;
    span<double> confidence_place;
    span<double> far_share;
    double clean = 0; // share of codes heard clean; 0: the channel's own
};

namespace detail
{

// The columns from row `offset` on, where each that is there must hold `count` more.
inline ::pole_columns columns_of(const columns &into, std::size_t offset, std::size_t count)
{
    const auto begin = [&](auto column) {
        if (!column.empty() && column.size() < offset + count) {
            raise(POLE_INVALID_ARGUMENT, "a column is shorter than the batch");
        }
        return column.empty() ? nullptr : column.data() + offset;
    };
    auto columns = sized<::pole_columns>();
    columns.rows = begin(into.rows);
    columns.match = begin(into.match);
    columns.lat_deg = begin(into.lat_deg);
    columns.lon_deg = begin(into.lon_deg);
    columns.stations = begin(into.stations);
    columns.confidence = begin(into.confidence);
    columns.confidence_place = begin(into.confidence_place);
    columns.far_share = begin(into.far_share);
    columns.clean = into.clean;
    return columns;
}

} // namespace detail

inline void index::find_many(span<const std::uint32_t> numbers, std::uint8_t digits,
                             const columns &into, std::uint16_t scope) const
{
    const ::pole_columns columns = detail::columns_of(into, 0, numbers.size());
    check(::pole_index_find_many(index_, numbers.data(), numbers.size(), digits, scope, &columns));
}

inline void index::find_texts(std::string_view texts, std::size_t stride_bytes, std::uint8_t digits,
                              const columns &into, std::uint16_t scope) const
{
    const std::size_t rest = stride_bytes == 0 ? 0 : texts.size() % stride_bytes;
    if (stride_bytes < digits || (rest != 0 && rest != digits)) {
        raise(POLE_INVALID_ARGUMENT, "the buffer does not hold texts of this width");
    }
    const std::size_t count = texts.size() / stride_bytes + (rest == 0 ? 0 : 1);
    const ::pole_columns columns = detail::columns_of(into, 0, count);
    check(::pole_index_find_texts(index_, texts.data(), stride_bytes, count, digits, scope,
                                  &columns));
}

template <class Texts>
void index::find_strings(const Texts &texts, std::uint8_t digits, const columns &into,
                         std::uint16_t scope) const
{
    constexpr std::size_t block = 512, width = POLE_MAX_DIGITS;
    char packed[block * width];
    std::size_t done = 0;
    const auto flush = [&](std::size_t count) {
        const ::pole_columns columns = detail::columns_of(into, done, count);
        check(::pole_index_find_texts(index_, packed, width, count, digits, scope, &columns));
        done += count;
    };
    std::size_t held = 0;
    for (const auto &element : texts) {
        const std::string_view text(element);
        char *cell = packed + held * width;
        if (text.size() == digits && digits <= width) {
            std::memcpy(cell, text.data(), digits);
        } else {
            std::memset(cell, '?', width); // no digit: it will be no code of this length
        }
        if (++held == block) {
            flush(std::exchange(held, 0));
        }
    }
    flush(held);
}

} // namespace POLELOOKUP_INLINE_NAMESPACE
} // namespace polelookup
#endif
