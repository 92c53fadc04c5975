// SPDX-License-Identifier: MIT
//
// An open index: what it is, and from a code to a pole. What stands around a place is in
// places.hpp, many codes at once in batch.hpp, what a caller may have meant in resolve.hpp: the
// members of index that are defined there are declared here.
#ifndef POLELOOKUP_INDEX_HPP
#define POLELOOKUP_INDEX_HPP

#include <array>
#include <limits>
#include <mutex>

#include <polelookup/base.hpp>

namespace polelookup
{
inline namespace POLELOOKUP_INLINE_NAMESPACE
{

class heard;
class resolution;
class station_hits;
struct answer;
struct columns;
struct describe_options;
struct evidence;
struct json_options;
struct polygon_view;
struct resolve_options;
struct station;
struct stations_query;

enum class pole_state : std::int32_t {
    active = POLE_STATE_ACTIVE,
    moved = POLE_STATE_MOVED,
    removed = POLE_STATE_REMOVED
};

// "active", "moved", "removed", as in JSON.
inline std::string_view name(pole_state state) noexcept
{
    switch (state) {
    case pole_state::active:
        return "active";
    case pole_state::moved:
        return "moved";
    case pole_state::removed:
        return "removed";
    }
    return "unknown";
}

// A pole as the table has it. Texts are borrowed, and empty where not given.
struct record {
    polelookup::row row = no_row;
    polelookup::code code{};
    point at{};
    std::string_view scope;
    std::string_view street;
    std::string_view district;
    std::string_view note;
    std::string_view successor; // the code of the pole that replaced this one
    std::string_view alias;     // another owner's number on the same pole
    std::string_view alias_owner;
    pole_state state = pole_state::active;
    std::optional<std::int32_t> surveyed_days; // since 1970-01-01

    record() = default;
    explicit record(const ::pole_record &of) noexcept
        : row(of.row), code(of.code), at(of.at), scope(view(of.scope)), street(view(of.street)),
          district(view(of.district)), note(view(of.note)), successor(view(of.successor)),
          alias(view(of.alias)), alias_owner(view(of.alias_owner)),
          state(static_cast<pole_state>(of.state))
    {
        if (of.surveyed_days != POLE_NO_DATE) {
            surveyed_days = of.surveyed_days;
        }
    }
    bool stands() const noexcept
    {
        return state == pole_state::active;
    }
};

// What an index holds. Texts are borrowed from it.
struct index_info {
    bool is_sample = false; // an invented city: no answer of it is a real place
    std::uint32_t poles = 0;
    std::uint32_t stations = 0;
    std::uint32_t areas = 0;
    std::uint32_t format_major = 0;
    std::uint32_t format_minor = 0;
    std::uint64_t file_bytes = 0;
    std::int64_t built_at_s = 0;             // since 1970-01-01, UTC
    std::optional<std::int64_t> data_date_s; // the newest source's time
    box extent{};                            // of the poles
    std::uint64_t rows_read = 0;
    std::uint64_t rows_refused = 0;
    std::uint64_t rows_collapsed = 0;
    std::string id; // of the content: 32 hexadecimal digits
    bool doubts_used = false;
    std::string_view name;
    std::string_view builder;
    std::string_view doubt_channel;
};

enum class field_kind : std::uint8_t {
    district = POLE_FIELD_DISTRICT,
    station = POLE_FIELD_STATION,
    street = POLE_FIELD_STREET,
    pole = POLE_FIELD_POLE,
    other = POLE_FIELD_OTHER
};

// How the codes of one scope and length divide.
struct scheme {
    struct field {
        field_kind kind;
        std::uint8_t digits;
    };
    std::uint16_t scope = 0;
    std::uint8_t digits = 0;
    std::vector<field> fields;
    row first_row = no_row;
    std::uint32_t rows = 0;
};

// Where an index's content came from. Texts are borrowed from it.
struct source {
    std::uint32_t table = 0;    // POLE_TABLE_...
    std::string_view file_name; // without folders
    std::string_view hash;
    std::string_view crs;
    std::uint64_t size_bytes = 0;
    std::uint64_t rows_read = 0;
    std::uint64_t rows_refused = 0;
};

// An index, shared by its copies; the last one that goes closes it. All const members may be
// called by all threads at once.
class index
{
  public:
    // Opens and checks a file. path is UTF-8. flags: POLE_OPEN_MAPPED.
    static index open(const std::string &path, std::uint32_t flags = 0)
    {
        ::pole_open_options options;
        ::pole_open_options_init(&options);
        options.flags = flags;
        ::pole_index *opened = nullptr;
        ::pole_error details{};
        check(::pole_index_open(path.c_str(), &options, &opened, &details), details);
        return index(opened);
    }
    // The same of bytes, which are copied; with POLE_OPEN_BORROWED the caller keeps them.
    static index open_memory(const void *bytes, std::size_t size_bytes, std::uint32_t flags = 0)
    {
        ::pole_open_options options;
        ::pole_open_options_init(&options);
        options.flags = flags;
        ::pole_index *opened = nullptr;
        ::pole_error details{};
        check(::pole_index_open_memory(bytes, size_bytes, &options, &opened, &details), details);
        return index(opened);
    }
    // Takes over a pole_index that the C library opened.
    explicit index(::pole_index *owned) noexcept : index_(owned) {}
    index() noexcept = default; // none: bool(index) is false, and every question fails
    index(const index &other) noexcept : index_(other.index_)
    {
        ::pole_index_retain(index_);
    }
    index(index &&other) noexcept : index_(std::exchange(other.index_, nullptr)) {}
    index &operator=(index other) noexcept
    {
        std::swap(index_, other.index_);
        return *this;
    }
    ~index()
    {
        ::pole_index_close(index_);
    }
    explicit operator bool() const noexcept
    {
        return index_ != nullptr;
    }
    ::pole_index *get() const noexcept
    {
        return index_;
    }

    // Recomputes what opening does not ask; throws damaged.
    void verify() const
    {
        ::pole_error details{};
        check(::pole_index_verify(index_, &details), details);
    }
    index_info info() const;
    std::string info_json() const;
    bool is_sample() const
    {
        auto info = detail::sized<::pole_info>();
        check(::pole_index_info(index_, &info));
        return info.is_sample != 0;
    }

    // The counties: their names, the first one empty (the urban districts).
    std::vector<std::string_view> scopes() const;
    std::string_view scope(std::uint16_t number) const
    {
        ::pole_span name;
        check(::pole_index_scope(index_, number, &name));
        return view(name);
    }
    // By its name, with or without its ending; empty when there is none.
    std::optional<std::uint16_t> find_scope(std::string_view name) const
    {
        std::uint16_t scope = any_scope;
        const ::pole_status status = ::pole_index_find_scope(index_, borrow(name), &scope);
        return found(status, scope);
    }
    std::vector<polelookup::scheme> schemes() const;
    std::vector<polelookup::source> sources() const;
    // The lengths that codes have here: bit n for n digits.
    std::uint32_t lengths() const noexcept
    {
        return ::pole_index_lengths(index_);
    }

    // Reads a code; throws malformed_code. scope: a county's name; throws not_found for another.
    polelookup::code parse(std::string_view text) const
    {
        polelookup::code code;
        check(try_parse(text, code));
        return code;
    }
    polelookup::code parse(std::string_view text, std::string_view scope) const
    {
        polelookup::code code = parse(text);
        const std::optional<std::uint16_t> number = find_scope(scope);
        if (!number) {
            raise(POLE_NOT_FOUND, "the index has no such scope");
        }
        code.scope = *number;
        return code;
    }
    ::pole_status try_parse(std::string_view text, polelookup::code &code) const noexcept
    {
        return ::pole_code_parse(index_, borrow(text), &code);
    }
    // "0012345", or with a space between its fields.
    std::string format(polelookup::code code, bool grouped = false) const
    {
        return detail::text_of(32, [&](char *text, std::size_t capacity, std::size_t *needed) {
            return ::pole_code_format(index_, code, grouped ? 1 : 0, text, capacity, needed);
        });
    }

    // The row of a code: empty when the table has none. Throws several when more than one scope
    // has it and none is named, and malformed_code. That a code is found does not say that the
    // caller meant it: resolve() asks that.
    std::optional<row> find(polelookup::code code) const
    {
        row row = no_row;
        const ::pole_status status = ::pole_index_find(index_, code, &row);
        return found(status, row);
    }
    std::optional<row> find(std::string_view text) const
    {
        row row = no_row;
        const ::pole_status status = try_find(text, row);
        return found(status, row);
    }
    std::optional<row> find(std::string_view text, std::string_view scope) const
    {
        return find(parse(text, scope));
    }
    ::pole_status try_find(polelookup::code code, row &row) const noexcept
    {
        return ::pole_index_find(index_, code, &row);
    }
    ::pole_status try_find(std::string_view text, row &row) const noexcept
    {
        polelookup::code code;
        const ::pole_status status = ::pole_code_parse(index_, borrow(text), &code);
        if (status != POLE_OK) {
            row = no_row;
            return status;
        }
        return ::pole_index_find(index_, code, &row);
    }
    // In every scope, or in the one that the code names; empty when there is none.
    std::vector<row> find_all(polelookup::code code) const;
    // The poles with this number of another owner.
    std::vector<row> find_alias(std::string_view alias) const;

    // Finds codes of one length and scope, given as numbers. Throws invalid_argument when a column
    // is shorter than the batch. Does not allocate.
    void find_many(span<const std::uint32_t> numbers, std::uint8_t digits, const columns &into,
                   std::uint16_t scope = any_scope) const;
    // Of texts of one width: text i is the digits at i * stride_bytes. What is left of the buffer
    // behind the last whole stride must be nothing, or one more text.
    void find_texts(std::string_view texts, std::size_t stride_bytes, std::uint8_t digits,
                    const columns &into, std::uint16_t scope = any_scope) const;
    // Of an array of std::string, std::string_view, ...: bare digits alone are a code here.
    template <class Texts>
    void find_strings(const Texts &texts, std::uint8_t digits, const columns &into,
                      std::uint16_t scope = any_scope) const;

    point at(row row) const
    {
        point at;
        check(::pole_index_point(index_, row, &at));
        return at;
    }
    ::pole_status try_at(row row, point &at) const noexcept
    {
        return ::pole_index_point(index_, row, &at);
    }
    polelookup::record record(row row) const
    {
        auto record = detail::sized<::pole_record>();
        check(::pole_index_record(index_, row, &record));
        return polelookup::record(record);
    }

    // places.hpp
    std::vector<hit> nearest(point at, std::size_t k,
                             double max_m = std::numeric_limits<double>::infinity()) const;
    std::size_t nearest(point at, span<hit> into,
                        double max_m = std::numeric_limits<double>::infinity()) const;
    void nearest_many(span<const point> at, std::size_t k, double max_m, span<hit> into,
                      span<std::size_t> counts) const;
    std::vector<hit> within(point at, double radius_m) const;
    std::vector<row> within(const box &box) const;
    std::vector<row> within(const polygon_view &polygon) const;
    polelookup::station station(station_number number) const;
    std::optional<station_number> find_station(std::string_view id) const;
    station_hits stations(row row, std::uint32_t roles = POLE_ROLE_ALL) const;
    std::vector<::pole_station_hit> stations(point at, const stations_query &query) const;
    std::optional<::pole_area_edge> area_edge(point at, double max_m) const;

    // resolve.hpp
    polelookup::heard hear(std::string_view text) const;
    resolution resolve(std::string_view text) const;
    resolution resolve(std::string_view text, const evidence &known) const;
    resolution resolve(std::string_view text, const evidence &known,
                       const resolve_options &options) const;
    resolution describe(row row) const;
    resolution describe(row row, const describe_options &options) const;

  private:
    template <class T> static std::optional<T> found(::pole_status status, T value)
    {
        if (status == POLE_NOT_FOUND) {
            return std::nullopt;
        }
        check(status);
        return value;
    }

    ::pole_index *index_ = nullptr;
};

// The index that a program answers from, to be exchanged while it is asked: who has a copy keeps
// the old one until the end of the answer.
class live_index
{
  public:
    explicit live_index(index first) noexcept : current_(std::move(first)) {}
    index current() const
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        return current_;
    }
    // Opens the file; when that throws, the old index stays.
    void reload(const std::string &path, std::uint32_t flags = 0)
    {
        replace(index::open(path, flags));
    }
    void replace(index next)
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        std::swap(current_, next);
    }

  private:
    mutable std::mutex mutex_;
    index current_;
};

inline index_info index::info() const
{
    auto of = detail::sized<::pole_info>();
    check(::pole_index_info(index_, &of));
    index_info info;
    info.is_sample = of.is_sample != 0;
    info.poles = of.poles;
    info.stations = of.stations;
    info.areas = of.areas;
    info.format_major = of.format_major;
    info.format_minor = of.format_minor;
    info.file_bytes = of.file_bytes;
    info.built_at_s = of.built_at_s;
    if (of.data_date_s != 0) {
        info.data_date_s = of.data_date_s;
    }
    info.extent = {of.southwest.lat_deg, of.southwest.lon_deg, of.northeast.lat_deg,
                   of.northeast.lon_deg};
    info.rows_read = of.rows_read;
    info.rows_refused = of.rows_refused;
    info.rows_collapsed = of.rows_collapsed;
    info.id = of.id;
    info.doubts_used = of.doubts_used != 0;
    info.name = view(of.name);
    info.builder = view(of.builder);
    info.doubt_channel = view(of.doubt_channel);
    return info;
}

inline std::string index::info_json() const
{
    return detail::text_of(4096, [this](char *text, std::size_t capacity, std::size_t *needed) {
        return ::pole_info_json(index_, text, capacity, needed);
    });
}

inline std::vector<std::string_view> index::scopes() const
{
    auto info = detail::sized<::pole_info>();
    check(::pole_index_info(index_, &info));
    std::vector<std::string_view> names;
    for (std::uint32_t i = 0; i < info.scopes; i++) {
        names.push_back(scope(static_cast<std::uint16_t>(i)));
    }
    return names;
}

inline std::vector<scheme> index::schemes() const
{
    std::vector<polelookup::scheme> list;
    auto of = detail::sized<::pole_scheme_info>();
    for (std::uint32_t i = 0; ::pole_index_scheme(index_, i, &of) == POLE_OK; i++) {
        polelookup::scheme scheme;
        scheme.scope = of.scope;
        scheme.digits = of.digits;
        for (std::size_t field = 0; field < of.field_count; field++) {
            scheme.fields.push_back(
                {static_cast<field_kind>(of.field_kind[field]), of.field_width[field]});
        }
        scheme.first_row = of.first_row;
        scheme.rows = of.rows;
        list.push_back(std::move(scheme));
        of = detail::sized<::pole_scheme_info>();
    }
    return list;
}

inline std::vector<source> index::sources() const
{
    std::vector<polelookup::source> list;
    auto of = detail::sized<::pole_source_info>();
    for (std::uint32_t i = 0; ::pole_index_source(index_, i, &of) == POLE_OK; i++) {
        list.push_back({of.kind, view(of.file_name), view(of.hash), view(of.crs), of.size_bytes,
                        of.rows_read, of.rows_refused});
        of = detail::sized<::pole_source_info>();
    }
    return list;
}

namespace detail
{

template <class Find> std::vector<row> rows_of(Find &&find)
{
    std::size_t needed = 0;
    std::vector<row> rows(8);
    ::pole_status status = find(rows.data(), rows.size(), &needed);
    if (status == POLE_NOT_FOUND) {
        return {};
    }
    if (status == POLE_OK && needed > rows.size()) {
        rows.resize(needed);
        status = find(rows.data(), rows.size(), &needed);
    }
    check(status);
    rows.resize(needed);
    return rows;
}

} // namespace detail

inline std::vector<row> index::find_all(polelookup::code code) const
{
    return detail::rows_of([&](row *rows, std::size_t capacity, std::size_t *needed) {
        return ::pole_index_find_all(index_, code, rows, capacity, needed);
    });
}

inline std::vector<row> index::find_alias(std::string_view alias) const
{
    return detail::rows_of([&](row *rows, std::size_t capacity, std::size_t *needed) {
        return ::pole_index_find_alias(index_, borrow(alias), rows, capacity, needed);
    });
}

} // namespace POLELOOKUP_INLINE_NAMESPACE
} // namespace polelookup
#endif
