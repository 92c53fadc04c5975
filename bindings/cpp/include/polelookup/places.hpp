// SPDX-License-Identifier: MIT
//
// Poles around a place, polygons, coordinate systems, and the stations that answer for a place.
#ifndef POLELOOKUP_PLACES_HPP
#define POLELOOKUP_PLACES_HPP

#include <polelookup/index.hpp>

namespace polelookup
{
inline namespace POLELOOKUP_INLINE_NAMESPACE
{

// A borrowed polygon: its rings one behind the other, and how many points each has.
struct polygon_view {
    span<const point> points;
    span<const std::size_t> rings;

    // Whether the rings add up to the points: the C library would read beyond them if not.
    bool fits() const noexcept
    {
        std::size_t left = points.size();
        for (const std::size_t size : rings) {
            if (size > left) {
                return false;
            }
            left -= size;
        }
        return left == 0;
    }
};

struct polygon {
    std::vector<point> points;
    std::vector<std::size_t> rings;

    operator polygon_view() const noexcept
    {
        return {points, rings};
    }
    // Of one GeoJSON feature (RFC 7946); throws bad_input.
    static polygon from_geojson(std::string_view geojson)
    {
        polygon polygon;
        std::size_t points = 0, rings = 0;
        ::pole_error details{};
        const auto read = [&] {
            return ::pole_polygon_read(geojson.data(), geojson.size(), nullptr,
                                       polygon.points.data(), polygon.points.size(), &points,
                                       polygon.rings.data(), polygon.rings.size(), &rings,
                                       &details);
        };
        ::pole_status status = read();
        if (status == POLE_LIMIT && points > 0) {
            polygon.points.resize(points);
            polygon.rings.resize(rings);
            status = read();
        }
        check(status, details);
        return polygon;
    }
};

// A coordinate reference system by name: "EPSG:4490", "gcj02", "bd09"; other EPSG codes need
// geo_adapters().
class crs
{
  public:
    explicit crs(std::string_view name, const ::pole_adapters *adapters = nullptr)
    {
        ::pole_crs *made = nullptr;
        ::pole_error details{};
        check(::pole_crs_new(borrow(name), adapters, nullptr, &made, &details), details);
        crs_.reset(made);
    }
    // In place: x is easting or longitude, y northing or latitude. What cannot be converted
    // becomes NaN, NaN; returns how many did.
    std::size_t to_wgs84(span<double> x, span<double> y)
    {
        return convert(::pole_crs_to_wgs84, x, y);
    }
    std::size_t from_wgs84(span<double> x, span<double> y)
    {
        return convert(::pole_crs_from_wgs84, x, y);
    }
    // Of one place; empty when it cannot be converted.
    std::optional<point> to_wgs84(double x, double y)
    {
        if (to_wgs84(span<double>(&x, 1), span<double>(&y, 1)) != 0) {
            return std::nullopt;
        }
        return point{y, x};
    }
    std::string_view name() const noexcept
    {
        return detail::word(::pole_crs_name(crs_.get()));
    }
    std::string_view unit() const noexcept
    {
        return detail::word(::pole_crs_unit(crs_.get()));
    }
    bool is_geographic() const noexcept
    {
        return ::pole_crs_is_geographic(crs_.get()) != 0;
    }
    std::optional<double> accuracy_m() const noexcept
    {
        return detail::known(::pole_crs_accuracy_m(crs_.get()));
    }
    ::pole_crs *get() const noexcept
    {
        return crs_.get();
    }

  private:
    template <class Convert> std::size_t convert(Convert to, span<double> x, span<double> y)
    {
        if (x.size() != y.size()) {
            raise(POLE_INVALID_ARGUMENT, "as many x as y are needed");
        }
        std::size_t bad = 0;
        if (!x.empty()) {
            check(to(crs_.get(), x.size(), x.data(), y.data(), &bad));
        }
        return bad;
    }

    detail::handle<::pole_crs, ::pole_crs_free> crs_;
};

enum class role : std::int32_t {
    coded = POLE_ROLE_CODED,
    responsible = POLE_ROLE_RESPONSIBLE,
    road = POLE_ROLE_ROAD,
    nearest = POLE_ROLE_NEAREST
};

inline std::string_view name(role role) noexcept
{
    return detail::word(::pole_role_name(static_cast<std::int32_t>(role)));
}

// A station as the table has it. Texts are borrowed from the index.
struct station {
    station_number number = no_station;
    point at{};
    std::string_view id;
    std::string_view name;
    std::string_view kind;
    std::string_view phone;
    std::string_view group;
    std::string_view district;
    std::string_view prefix;
    std::string_view scope;
    std::string_view successor;
};

// A station in a role: number, role, chosen, distance_m, bearing_deg; road_m and road_s are NaN.
using station_hit = ::pole_station_hit;
using area_edge = ::pole_area_edge;

inline role role_of(const station_hit &hit) noexcept
{
    return static_cast<role>(hit.role);
}

// The one to send, of a list of hits; empty when none is.
inline std::optional<station_hit> chosen(span<const station_hit> hits) noexcept
{
    for (const station_hit &hit : hits) {
        if (hit.chosen != 0) {
            return hit;
        }
    }
    return std::nullopt;
}

// The stations of a pole, at most one a role.
class station_hits
{
  public:
    const station_hit *begin() const noexcept
    {
        return hits_.data();
    }
    const station_hit *end() const noexcept
    {
        return hits_.data() + size_;
    }
    const station_hit *data() const noexcept
    {
        return hits_.data();
    }
    std::size_t size() const noexcept
    {
        return size_;
    }
    const station_hit &operator[](std::size_t i) const noexcept
    {
        return hits_[i];
    }
    std::optional<station_hit> chosen() const noexcept
    {
        return POLELOOKUP_INLINE_NAMESPACE::chosen({data(), size()});
    }

  private:
    friend class index;
    std::array<station_hit, 4> hits_{};
    std::size_t size_ = 0;
};

struct stations_query {
    std::string_view kind; // "police" when empty
    std::uint32_t roles = POLE_ROLE_RESPONSIBLE | POLE_ROLE_NEAREST;
    std::size_t nearest = 1; // how many of the nearest are wanted
};

struct json_options {
    polelookup::language language = polelookup::language::zh;        // of question.text, warnings
    polelookup::language caller_language = polelookup::language::zh; // of question.say

    ::pole_json_options get() const noexcept
    {
        ::pole_json_options options;
        ::pole_json_options_init(&options);
        options.language = static_cast<std::int32_t>(language);
        options.caller_language = static_cast<std::int32_t>(caller_language);
        return options;
    }
};

inline std::vector<hit> index::nearest(point at, std::size_t k, double max_m) const
{
    std::vector<hit> hits(k <= POLE_MAX_NEAREST ? k : 0); // else the call below refuses it
    std::size_t count = 0;
    check(::pole_nearest(index_, at, k, max_m, hits.data(), &count));
    hits.resize(count);
    return hits;
}

inline std::size_t index::nearest(point at, span<hit> into, double max_m) const
{
    std::size_t count = 0;
    check(::pole_nearest(index_, at, into.size(), max_m, into.data(), &count));
    return count;
}

// Point i's hits begin at i * k and are counts[i]; throws when a point is not valid, after all
// others were answered.
inline void index::nearest_many(span<const point> at, std::size_t k, double max_m, span<hit> into,
                                span<std::size_t> counts) const
{
    if (counts.size() < at.size() || (k != 0 && into.size() / k < at.size())) {
        raise(POLE_INVALID_ARGUMENT, "the hits or counts are too few");
    }
    check(::pole_nearest_many(index_, at.data(), at.size(), k, max_m, into.data(), counts.data()));
}

inline std::vector<hit> index::within(point at, double radius_m) const
{
    return detail::list_of<hit>(64, [&](hit *hits, std::size_t capacity, std::size_t *needed) {
        return ::pole_within_radius(index_, at, radius_m, hits, capacity, needed);
    });
}

inline std::vector<row> index::within(const box &box) const
{
    return detail::list_of<row>(256, [&](row *rows, std::size_t capacity, std::size_t *needed) {
        return ::pole_within_box(index_, &box, rows, capacity, needed);
    });
}

inline std::vector<row> index::within(const polygon_view &polygon) const
{
    if (!polygon.fits()) {
        raise(POLE_INVALID_ARGUMENT, "the rings do not add up to the points");
    }
    return detail::list_of<row>(256, [&](row *rows, std::size_t capacity, std::size_t *needed) {
        return ::pole_within_polygon(index_, polygon.points.data(), polygon.rings.data(),
                                     polygon.rings.size(), rows, capacity, needed);
    });
}

inline station index::station(station_number number) const
{
    auto of = detail::sized<::pole_station>();
    check(::pole_index_station(index_, number, &of));
    return {of.number,       of.at,          view(of.id),       view(of.name),
            view(of.kind),   view(of.phone), view(of.group),    view(of.district),
            view(of.prefix), view(of.scope), view(of.successor)};
}

inline std::optional<station_number> index::find_station(std::string_view id) const
{
    station_number number = no_station;
    const ::pole_status status = ::pole_index_find_station(index_, borrow(id), &number);
    return found(status, number);
}

inline station_hits index::stations(row row, std::uint32_t roles) const
{
    station_hits hits;
    check(
        ::pole_stations_of(index_, row, roles, hits.hits_.data(), hits.hits_.size(), &hits.size_));
    return hits;
}

inline std::vector<station_hit> index::stations(point at, const stations_query &query) const
{
    return detail::list_of<station_hit>(
        query.nearest < 64 ? query.nearest + 4 : 64,
        [&](station_hit *hits, std::size_t capacity, std::size_t *needed) {
            return ::pole_stations_at(index_, at, borrow(query.kind), query.roles, query.nearest,
                                      hits, capacity, needed);
        });
}

// The nearest area of another station; empty when none is within max_m.
inline std::optional<area_edge> index::area_edge(point at, double max_m) const
{
    ::pole_area_edge edge;
    check(::pole_area_edge_at(index_, at, max_m, &edge));
    if (edge.station == no_station) {
        return std::nullopt;
    }
    return edge;
}

// The stations of a place as JSON; query is what the person gave. edge: nullptr when not asked.
inline std::string stations_json(const index &index, std::string_view query, point at,
                                 std::string_view kind, span<const station_hit> hits,
                                 const area_edge *edge, const json_options &options = {})
{
    const ::pole_json_options json = options.get();
    return detail::text_of(2048, [&](char *text, std::size_t capacity, std::size_t *needed) {
        return ::pole_stations_json(index.get(), borrow(query), at, borrow(kind), hits.data(),
                                    hits.size(), edge, &json, text, capacity, needed);
    });
}

} // namespace POLELOOKUP_INLINE_NAMESPACE
} // namespace polelookup
#endif
