// SPDX-License-Identifier: MIT
// What one would else search places with, each filled with a city's poles and each as good as it
// gets: exact where it can be, told where it cannot.
#pragma once

#include <memory>

#include <boost/geometry.hpp>
#include <boost/geometry/index/rtree.hpp>

#include "city.hpp"

#ifdef BENCH_NANOFLANN
#include <nanoflann.hpp>
#endif
#ifdef BENCH_GEOS
#include <geos_c.h>
#endif
#ifdef BENCH_SQLITE
#include <sqlite3.h>
#endif

namespace bench
{

// A place in space, metres from the earth's centre (WGS 84): the order by chord is the order by
// geodesic, but for places nearer to each other than micrometres.
struct chord {
    double x, y, z;
};

inline chord chord_of(pole_point at)
{
    const double e2 = 0.0066943799901413165, lat = at.lat_deg * M_PI / 180,
                 lon = at.lon_deg * M_PI / 180,
                 n = 6378137 / std::sqrt(1 - e2 * std::pow(std::sin(lat), 2));
    return {n * std::cos(lat) * std::cos(lon), n * std::cos(lat) * std::sin(lon),
            n * (1 - e2) * std::sin(lat)};
}

inline double haversine_m(pole_point a, pole_point b)
{
    const double rad = M_PI / 180, dlat = (b.lat_deg - a.lat_deg) * rad,
                 dlon = (b.lon_deg - a.lon_deg) * rad;
    const double h = std::pow(std::sin(dlat / 2), 2) + std::cos(a.lat_deg * rad) *
                                                           std::cos(b.lat_deg * rad) *
                                                           std::pow(std::sin(dlon / 2), 2);
    return 2 * 6371008.8 * std::asin(std::sqrt(h));
}

// The box this far each way.
inline pole_box box_around(pole_point at, double reach_m)
{
    const double lat = reach_m / metres_per_degree, lon = lat / std::cos(at.lat_deg * M_PI / 180);
    return {at.lat_deg - lat, at.lon_deg - lon, at.lat_deg + lat, at.lon_deg + lon};
}

#ifdef BENCH_NANOFLANN
class nanoflann_3d
{
  public:
    explicit nanoflann_3d(const city &c) : chords(c.places.size()), tree(3, *this)
    {
        for (size_t i = 0; i < chords.size(); i++)
            chords[i] = chord_of(c.at(i));
        tree.buildIndex();
    }
    // Rows and squares of chords, nearest first.
    size_t nearest(pole_point at, size_t k, uint32_t *rows, double *squares) const
    {
        const chord from = chord_of(at);
        return tree.knnSearch(&from.x, k, rows, squares);
    }
    using hit = std::pair<uint32_t, double>;
    size_t within(pole_point at, double radius_m, std::vector<hit> &hits) const
    {
        const chord from = chord_of(at);
        return tree.radiusSearch(&from.x, radius_m * radius_m, hits, nanoflann::SearchParams());
    }
    // What nanoflann asks of a cloud of points.
    size_t kdtree_get_point_count() const
    {
        return chords.size();
    }
    double kdtree_get_pt(size_t i, size_t axis) const
    {
        return (&chords[i].x)[axis];
    }
    template <typename Box> bool kdtree_get_bbox(Box &) const
    {
        return false;
    }

  private:
    std::vector<chord> chords;
    nanoflann::KDTreeSingleIndexAdaptor<nanoflann::L2_Simple_Adaptor<double, nanoflann_3d>,
                                        nanoflann_3d, 3, uint32_t>
        tree;
};
#endif

template <typename Point> class boost_tree
{
  public:
    using value = std::pair<Point, uint32_t>;
    template <typename Make> boost_tree(const city &c, Make make) : tree(values(c, make)) {}
    template <typename Predicate> size_t ask(const Predicate &predicate) const
    {
        size_t sum = 0;
        for (auto it = tree.qbegin(predicate); it != tree.qend(); ++it)
            sum += it->second;
        return sum;
    }
    boost::geometry::index::rtree<value, boost::geometry::index::rstar<16>> tree;

  private:
    template <typename Make> static std::vector<value> values(const city &c, Make make)
    {
        std::vector<value> all;
        for (size_t i = 0; i < c.places.size(); i++)
            all.emplace_back(make(c.at(i)), static_cast<uint32_t>(i));
        return all;
    }
};

namespace bg = boost::geometry;
using boost_geographic = bg::model::point<double, 2, bg::cs::geographic<bg::degree>>;
using boost_flat = bg::model::point<double, 2, bg::cs::cartesian>;
using boost_space = bg::model::point<double, 3, bg::cs::cartesian>;

inline boost_geographic to_geographic(pole_point at)
{
    return {at.lon_deg, at.lat_deg};
}
inline boost_flat to_flat(pole_point at)
{
    return {at.lon_deg, at.lat_deg};
}
inline boost_space to_space(pole_point at)
{
    const chord c = chord_of(at);
    return {c.x, c.y, c.z};
}

#ifdef BENCH_GEOS
// Planar: degrees are taken for lengths.
class geos_tree
{
  public:
    explicit geos_tree(const city &c)
        : context(GEOS_init_r()), tree(GEOSSTRtree_create_r(context, 10)), rows(c.places.size())
    {
        for (size_t i = 0; i < c.places.size(); i++) {
            const pole_point at = c.at(i);
            GEOSGeometry *point = GEOSGeom_createPointFromXY_r(context, at.lon_deg, at.lat_deg);
            rows[i] = static_cast<uint32_t>(i);
            GEOSGeom_setUserData_r(context, point, &rows[i]);
            GEOSSTRtree_insert_r(context, tree, point, point);
            points.push_back(point);
        }
    }
    geos_tree(const geos_tree &) = delete;
    geos_tree &operator=(const geos_tree &) = delete;
    ~geos_tree()
    {
        GEOSSTRtree_destroy_r(context, tree);
        for (GEOSGeometry *point : points)
            GEOSGeom_destroy_r(context, point);
        GEOS_finish_r(context);
    }
    uint32_t nearest(pole_point at) const
    {
        GEOSGeometry *from = GEOSGeom_createPointFromXY_r(context, at.lon_deg, at.lat_deg);
        const GEOSGeometry *found = GEOSSTRtree_nearest_r(context, tree, from);
        const uint32_t row = *static_cast<const uint32_t *>(GEOSGeom_getUserData_r(context, found));
        GEOSGeom_destroy_r(context, from);
        return row;
    }
    size_t within(const pole_box &box) const
    {
        GEOSGeometry *area = GEOSGeom_createRectangle_r(context, box.west_deg, box.south_deg,
                                                        box.east_deg, box.north_deg);
        size_t count = 0;
        GEOSSTRtree_query_r(
            context, tree, area, [](void *, void *sum) { ++*static_cast<size_t *>(sum); }, &count);
        GEOSGeom_destroy_r(context, area);
        return count;
    }

  private:
    GEOSContextHandle_t context;
    GEOSSTRtree *tree;
    std::vector<uint32_t> rows;
    std::vector<GEOSGeometry *> points;
};
#endif

#ifdef BENCH_SQLITE
// SQLite's R*Tree keeps coordinates as float, rounded outwards: the exact ones stand beside.
class sqlite_tree
{
  public:
    explicit sqlite_tree(const city &c)
    {
        sqlite3_open(":memory:", &db);
        sqlite3_exec(db,
                     "create virtual table pole using rtree(id, south, north, west, east, +lat, "
                     "+lon); begin",
                     nullptr, nullptr, nullptr);
        sqlite3_stmt *insert = nullptr;
        sqlite3_prepare_v2(db, "insert into pole values(?1,?2,?2,?3,?3,?2,?3)", -1, &insert,
                           nullptr);
        for (size_t i = 0; i < c.places.size(); i++) {
            const pole_point at = c.at(i);
            sqlite3_bind_int64(insert, 1, static_cast<sqlite3_int64>(i));
            sqlite3_bind_double(insert, 2, at.lat_deg);
            sqlite3_bind_double(insert, 3, at.lon_deg);
            sqlite3_step(insert);
            sqlite3_reset(insert);
        }
        sqlite3_finalize(insert);
        sqlite3_exec(db, "commit", nullptr, nullptr, nullptr);
        if (sqlite3_prepare_v2(db,
                               "select id, lat, lon from pole where north >= ?1 and south <= ?3 "
                               "and east >= ?2 and west <= ?4 and lat between ?1 and ?3 and lon "
                               "between ?2 and ?4",
                               -1, &select, nullptr) != SQLITE_OK)
            fail(sqlite3_errmsg(db));
    }
    sqlite_tree(const sqlite_tree &) = delete;
    sqlite_tree &operator=(const sqlite_tree &) = delete;
    ~sqlite_tree()
    {
        sqlite3_finalize(select);
        sqlite3_close(db);
    }
    template <typename Each> size_t within(const pole_box &box, Each each) const
    {
        sqlite3_bind_double(select, 1, box.south_deg);
        sqlite3_bind_double(select, 2, box.west_deg);
        sqlite3_bind_double(select, 3, box.north_deg);
        sqlite3_bind_double(select, 4, box.east_deg);
        size_t count = 0;
        for (; sqlite3_step(select) == SQLITE_ROW; count++)
            each(static_cast<uint32_t>(sqlite3_column_int64(select, 0)),
                 pole_point{sqlite3_column_double(select, 1), sqlite3_column_double(select, 2)});
        sqlite3_reset(select);
        return count;
    }
    // The usual way: a box, doubled until something lies surely inside.
    uint32_t nearest(pole_point at) const
    {
        uint32_t best = 0;
        double least_m = INFINITY;
        for (double reach_m = 50; least_m > reach_m * 0.99 && reach_m < 2e6; reach_m *= 2)
            within(box_around(at, reach_m), [&](uint32_t row, pole_point pole) {
                const double away_m = haversine_m(at, pole);
                if (away_m < least_m) {
                    least_m = away_m;
                    best = row;
                }
            });
        return best;
    }

  private:
    sqlite3 *db = nullptr;
    sqlite3_stmt *select = nullptr;
};
#endif

} // namespace bench
