// SPDX-License-Identifier: MIT
//
// What the other headers of the C++ binding speak: exceptions, views of arrays, names of numbers,
// and how the C library's texts and callbacks become C++ ones.
//
// Conventions of all of them
//   - Everything is in namespace polelookup and calls the C functions of <polelookup/*.h>; there is
//     no library besides. Frozen C structs (pole_point, pole_hit, ...) are used as they are.
//   - Text goes in and comes out as UTF-8 in std::string_view. What goes in is read during the call
//     alone. What comes out is borrowed: from an index until its last copy is gone, from a heard,
//     resolution or other object until that is used again or gone.
//   - A failure throws error, or one derived from it for its status. Functions that begin with
//     try_ are noexcept and return the pole_status instead. Destructors and moves never fail.
//   - What is not known is an empty std::optional: never a number that could be taken for one.
//   - An index may be used by all threads at once, and copied by any; every other object belongs to
//     one thread at a time.
#ifndef POLELOOKUP_BASE_HPP
#define POLELOOKUP_BASE_HPP

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <iterator>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>
#if __has_include(<version>)
#include <version>
#endif
#ifdef __cpp_lib_span
#include <span>
#endif

#include <polelookup/polelookup.h>

// Two translation units of one program, one with std::span and one without, have different types
// of different names: what does not fit together then fails to link, and does nothing worse.
#ifdef __cpp_lib_span
#define POLELOOKUP_INLINE_NAMESPACE std_span
#else
#define POLELOOKUP_INLINE_NAMESPACE own_span
#endif

namespace polelookup
{
inline namespace POLELOOKUP_INLINE_NAMESPACE
{

using point = ::pole_point; // WGS 84: lat_deg, lon_deg
using box = ::pole_box;     // south_deg, west_deg, north_deg, east_deg
using code = ::pole_code;   // number, scope, digits
using row = ::pole_row;     // of one open index
using station_number = ::pole_station_number;
using hit = ::pole_hit; // row, distance_m, bearing_deg
using neighbour = ::pole_neighbour;
using edit = ::pole_edit;
using known_digit = ::pole_known_digit;

constexpr row no_row = 0xFFFFFFFFu;
constexpr station_number no_station = 0xFFFFFFFFu;
constexpr std::uint16_t any_scope = 0xFFFF;

#ifdef __cpp_lib_span
template <class T> using span = std::span<T>;
#else
// A view of an array: pointer and size, or whatever has data() and size(), or a C array.
template <class T> class span
{
  public:
    using element_type = T;
    using value_type = std::remove_cv_t<T>;
    using iterator = T *;

    constexpr span() noexcept = default;
    constexpr span(T *data, std::size_t size) noexcept : data_(data), size_(size) {}
    // As std::span: of a temporary only where its elements are not to be written.
    template <class C, class E = std::remove_pointer_t<decltype(std::data(std::declval<C &>()))>,
              std::enable_if_t<!std::is_same_v<std::decay_t<C>, span> &&
                                   std::is_convertible_v<E (*)[], T (*)[]> &&
                                   (std::is_lvalue_reference_v<C> || std::is_const_v<T>),
                               int> = 0>
    constexpr span(C &&elements) noexcept : data_(std::data(elements)), size_(std::size(elements))
    {
    }

    constexpr T *data() const noexcept
    {
        return data_;
    }
    constexpr std::size_t size() const noexcept
    {
        return size_;
    }
    constexpr bool empty() const noexcept
    {
        return size_ == 0;
    }
    constexpr T &operator[](std::size_t i) const noexcept
    {
        return data_[i];
    }
    constexpr T *begin() const noexcept
    {
        return data_;
    }
    constexpr T *end() const noexcept
    {
        return data_ + size_;
    }
    constexpr span subspan(std::size_t offset, std::size_t count) const noexcept
    {
        return {data_ + offset, count};
    }

  private:
    T *data_ = nullptr;
    std::size_t size_ = 0;
};
#endif

inline std::string_view view(::pole_span text) noexcept
{
    return text.size_bytes == 0 ? std::string_view() : std::string_view(text.data, text.size_bytes);
}

inline ::pole_span borrow(std::string_view text) noexcept
{
    return {text.data(), text.size()};
}

namespace detail
{

inline std::string_view word(const char *text) noexcept
{
    return text == nullptr ? std::string_view() : std::string_view(text);
}

inline std::optional<double> known(double value) noexcept
{
    return std::isnan(value) ? std::optional<double>() : std::optional<double>(value);
}

// fill(text, capacity, &needed) writes a NUL-ended text and the room that it needs.
template <class Fill> std::string text_of(std::size_t guess, Fill &&fill);

template <auto Free> struct release {
    template <class T> void operator()(T *object) const noexcept
    {
        Free(object);
    }
};
template <class T, auto Free> using handle = std::unique_ptr<T, release<Free>>;

} // namespace detail

// What went wrong: what() is for a person, status() and name() are for a program.
class error : public std::runtime_error
{
  public:
    explicit error(const ::pole_error &details)
        : std::runtime_error(details.message), details_(details)
    {
    }

    ::pole_status status() const noexcept
    {
        return details_.status;
    }
    // The stable word: "not_found", "damaged", ...
    std::string_view name() const noexcept
    {
        return ::pole_status_name(details_.status);
    }
    // What to do about it; may be empty. Lives as long as this object.
    std::string_view hint() const noexcept
    {
        return details_.hint;
    }
    // Line, column, offset in a file: 0 where that does not apply.
    const ::pole_error &details() const noexcept
    {
        return details_;
    }
    // {"error": {"code", "message", "hint", "line", "column"}}
    std::string json() const;

  private:
    ::pole_error details_;
};

template <::pole_status Status> class error_of : public error
{
  public:
    using error::error;
};

using not_found = error_of<POLE_NOT_FOUND>;
using several = error_of<POLE_SEVERAL>; // the code stands in more than one scope
using invalid_argument = error_of<POLE_INVALID_ARGUMENT>;
using no_memory = error_of<POLE_NO_MEMORY>;
using io_error = error_of<POLE_IO>;
using not_an_index = error_of<POLE_NOT_AN_INDEX>;
using damaged = error_of<POLE_DAMAGED>;
using newer_format = error_of<POLE_NEWER_FORMAT>;
using unsupported = error_of<POLE_UNSUPPORTED>;
using limit_exceeded = error_of<POLE_LIMIT>;
using malformed_code = error_of<POLE_MALFORMED_CODE>;
using bad_input = error_of<POLE_BAD_INPUT>;
using refused = error_of<POLE_REFUSED>;
using stopped = error_of<POLE_STOPPED>;

// The exception for a status that is not POLE_OK.
[[noreturn]] inline void raise(::pole_error details)
{
    if (details.message[0] == '\0') {
        std::string_view(::pole_status_text(details.status))
            .copy(details.message, sizeof(details.message) - 1);
    }
    switch (details.status) {
    case POLE_NOT_FOUND:
        throw not_found(details);
    case POLE_SEVERAL:
        throw several(details);
    case POLE_INVALID_ARGUMENT:
        throw invalid_argument(details);
    case POLE_NO_MEMORY:
        throw no_memory(details);
    case POLE_IO:
        throw io_error(details);
    case POLE_NOT_AN_INDEX:
        throw not_an_index(details);
    case POLE_DAMAGED:
        throw damaged(details);
    case POLE_NEWER_FORMAT:
        throw newer_format(details);
    case POLE_UNSUPPORTED:
        throw unsupported(details);
    case POLE_LIMIT:
        throw limit_exceeded(details);
    case POLE_MALFORMED_CODE:
        throw malformed_code(details);
    case POLE_BAD_INPUT:
        throw bad_input(details);
    case POLE_REFUSED:
        throw refused(details);
    case POLE_STOPPED:
        throw stopped(details);
    default:
        throw error(details);
    }
}

[[noreturn]] inline void raise(::pole_status status, std::string_view message = {})
{
    ::pole_error details{};
    details.status = status;
    message.copy(details.message, sizeof(details.message) - 1);
    raise(details);
}

inline void check(::pole_status status)
{
    if (status != POLE_OK) {
        raise(status);
    }
}

inline void check(::pole_status status, ::pole_error &details)
{
    if (status != POLE_OK) {
        details.status = status;
        raise(details);
    }
}

namespace detail
{

template <class Fill> std::string text_of(std::size_t guess, Fill &&fill)
{
    std::string text(guess, '\0');
    std::size_t needed = 0;
    ::pole_status status = fill(text.data(), text.size(), &needed);
    if (status == POLE_LIMIT && needed > text.size()) {
        text.resize(needed);
        status = fill(text.data(), text.size(), &needed);
    }
    check(status);
    text.resize(needed - 1);
    return text;
}

// fill(elements, capacity, &needed) writes as many as fit, and how many there are.
template <class T, class Fill> std::vector<T> list_of(std::size_t guess, Fill &&fill)
{
    std::vector<T> list(guess);
    std::size_t needed = 0;
    ::pole_status status = fill(list.data(), list.size(), &needed);
    if (needed > list.size()) {
        list.resize(needed);
        status = fill(list.data(), list.size(), &needed);
    }
    check(status);
    list.resize(needed);
    return list;
}

template <class Record> Record sized() noexcept
{
    Record record{};
    record.struct_size = sizeof(Record);
    return record;
}

// Carries an exception through the C library: the callback keeps it and stops the call, rethrow()
// goes on with it on the other side.
class carried
{
  public:
    template <class Call>::pole_status guard(Call &&call) noexcept
    {
        try {
            call();
            return POLE_OK;
        } catch (...) {
            thrown_ = std::current_exception();
            return POLE_STOPPED;
        }
    }
    void rethrow()
    {
        if (thrown_) {
            std::rethrow_exception(std::exchange(thrown_, nullptr));
        }
    }

  private:
    std::exception_ptr thrown_;
};

// A pole_sink that calls write(std::string_view). It must stay where it is while it is used.
template <class Write> class sink
{
  public:
    explicit sink(Write &write) : write_(write) {}
    sink(const sink &) = delete;
    sink &operator=(const sink &) = delete;
    ::pole_sink get() noexcept
    {
        return {this, [](void *self, const void *bytes, std::size_t size) {
                    auto &that = *static_cast<sink *>(self);
                    return that.carried_.guard([&] {
                        that.write_(std::string_view(static_cast<const char *>(bytes), size));
                    });
                }};
    }
    void check(::pole_status status, ::pole_error &details)
    {
        carried_.rethrow();
        POLELOOKUP_INLINE_NAMESPACE::check(status, details);
    }

  private:
    Write &write_;
    carried carried_;
};

} // namespace detail

inline std::string error::json() const
{
    return detail::text_of(1024, [this](char *text, std::size_t capacity, std::size_t *needed) {
        return ::pole_error_json(&details_, text, capacity, needed);
    });
}

// A range of get(0), get(1), ... by value.
template <class Get> class counted
{
  public:
    class iterator
    {
      public:
        using iterator_category = std::input_iterator_tag;
        using value_type = std::invoke_result_t<const Get &, std::size_t>;
        using difference_type = std::ptrdiff_t;
        using pointer = void;
        using reference = value_type;

        iterator(const counted *range, std::size_t i) noexcept : range_(range), i_(i) {}
        value_type operator*() const
        {
            return (*range_)[i_];
        }
        iterator &operator++() noexcept
        {
            ++i_;
            return *this;
        }
        bool operator==(const iterator &other) const noexcept
        {
            return i_ == other.i_;
        }
        bool operator!=(const iterator &other) const noexcept
        {
            return i_ != other.i_;
        }

      private:
        const counted *range_;
        std::size_t i_;
    };

    counted(std::size_t size, Get get) : size_(size), get_(std::move(get)) {}
    std::size_t size() const noexcept
    {
        return size_;
    }
    bool empty() const noexcept
    {
        return size_ == 0;
    }
    auto operator[](std::size_t i) const
    {
        return get_(i);
    }
    iterator begin() const noexcept
    {
        return {this, 0};
    }
    iterator end() const noexcept
    {
        return {this, size_};
    }

  private:
    std::size_t size_;
    Get get_;
};

// Bits that are added up, such as warnings.
template <class Bit> class flags
{
  public:
    constexpr flags() noexcept = default;
    constexpr explicit flags(std::uint32_t bits) noexcept : bits_(bits) {}
    constexpr bool has(Bit bit) const noexcept
    {
        return (bits_ & static_cast<std::uint32_t>(bit)) != 0;
    }
    constexpr bool empty() const noexcept
    {
        return bits_ == 0;
    }
    constexpr std::uint32_t bits() const noexcept
    {
        return bits_;
    }
    // Each bit that is set, also one that this header is too old to know.
    std::vector<Bit> list() const
    {
        std::vector<Bit> list;
        for (std::uint32_t left = bits_; left != 0; left &= left - 1) {
            list.push_back(static_cast<Bit>(left & (~left + 1)));
        }
        return list;
    }

  private:
    std::uint32_t bits_ = 0;
};

enum class language : std::int32_t {
    zh = POLE_LANGUAGE_ZH,
    en = POLE_LANGUAGE_EN,
    ru = POLE_LANGUAGE_RU
};

// The library's version, "major.minor.patch".
inline std::string_view version() noexcept
{
    return ::pole_version();
}

// EPSG codes, mended areas, foreign files: for crs and builder. Needs libpolelookup_geo linked.
inline const ::pole_adapters *geo_adapters() noexcept
{
    return ::pole_geo_adapters();
}

} // namespace POLELOOKUP_INLINE_NAMESPACE
} // namespace polelookup
#endif
