// SPDX-License-Identifier: MIT
// A place to the station whose area holds it: 120 areas that touch each other, laid like bricks
// over the city's middle, with borders of 6, 120 and 1,182 vertices; GEOS is peer and oracle.
// usage: bench-areas INDEX.plx [QUERIES [ROUNDS]]
#include <array>
#include <map>

#include <geos_c.h>

#include "city.hpp"

namespace
{

using bench::city;
using ring = std::vector<pole_point>;

constexpr int columns = 12, rows = 10;

struct middle {
    double south, west, north, east; // holds nine in ten poles each way
    explicit middle(const city &c)
    {
        std::vector<double> lat, lon;
        for (size_t i = 0; i < c.places.size(); i++) {
            lat.push_back(c.at(i).lat_deg);
            lon.push_back(c.at(i).lon_deg);
        }
        std::sort(lat.begin(), lat.end());
        std::sort(lon.begin(), lon.end());
        const size_t low = lat.size() / 20, high = lat.size() - 1 - low;
        south = lat[low];
        north = lat[high];
        west = lon[low];
        east = lon[high];
    }
};

using corner = std::pair<int, int>; // half bricks from the south-west

// One side of a brick, from a to b without b, bent by a sum of waves that is 0 at both ends. A side
// is always bent from its lower corner, so both its areas have the same vertices.
ring bent_side(const middle &m, corner a, corner b, int pieces)
{
    const bool turned = b < a;
    if (turned)
        std::swap(a, b);
    const double lat_step = (m.north - m.south) / rows, lon_step = (m.east - m.west) / columns / 2;
    const pole_point from = {m.south + a.second * lat_step, m.west + a.first * lon_step};
    const pole_point to = {m.south + b.second * lat_step, m.west + b.first * lon_step};
    bench::random random{
        static_cast<uint64_t>(a.first * 1000003 + a.second * 1009 + b.first * 31 + b.second)};
    std::array<double, 8> heights;
    for (auto &height : heights)
        height = random.unit() - 0.5;
    ring points;
    for (int i = 0; i <= pieces; i++) {
        const double along = static_cast<double>(i) / pieces;
        double bend = 0;
        for (size_t wave = 0; wave < heights.size(); wave++)
            bend += heights[wave] / static_cast<double>(wave + 1) *
                    std::sin(M_PI * static_cast<double>(wave + 1) * along);
        bend *= 0.12;
        const double dlat = to.lat_deg - from.lat_deg, dlon = to.lon_deg - from.lon_deg;
        points.push_back(
            {std::round((from.lat_deg + along * dlat + bend * (dlat == 0 ? lat_step : 0)) * 1e7) /
                 1e7,
             std::round((from.lon_deg + along * dlon + bend * (dlon == 0 ? lon_step : 0)) * 1e7) /
                 1e7});
    }
    if (turned)
        std::reverse(points.begin(), points.end());
    points.pop_back();
    return points;
}

// Every second row is moved by half a brick, so each brick has six neighbours and six corners.
std::vector<ring> lay_bricks(const middle &m, int pieces)
{
    std::vector<ring> bricks;
    for (int y = 0; y < rows; y++)
        for (int x = 0; x < columns; x++) {
            const int west = 2 * x + y % 2;
            const corner corners[] = {{west, y},         {west + 1, y},     {west + 2, y},
                                      {west + 2, y + 1}, {west + 1, y + 1}, {west, y + 1}};
            ring border;
            for (size_t i = 0; i < 6; i++) {
                const ring side = bent_side(m, corners[i], corners[(i + 1) % 6], pieces);
                border.insert(border.end(), side.begin(), side.end());
            }
            bricks.push_back(border);
        }
    return bricks;
}

void check(pole_status status, const pole_error &error)
{
    if (status != POLE_OK)
        bench::fail(error.message);
}

// An index of one pole, with a station and an area for each brick; station numbers are bricks.
pole_index *index_of(const std::vector<ring> &bricks)
{
    pole_error error{};
    pole_build_options options;
    pole_build_options_init(&options);
    pole_builder *builder;
    check(pole_builder_new(&options, &builder, &error), error);
    pole_record record{};
    record.struct_size = sizeof record;
    record.at = bricks[0][0];
    record.surveyed_days = POLE_NO_DATE;
    check(pole_builder_add_pole(builder, {"1000001", 7}, &record, &error), error);
    for (size_t i = 0; i < bricks.size(); i++) {
        char id[8];
        const size_t size = static_cast<size_t>(std::snprintf(id, sizeof id, "S%04zu", i));
        pole_station station{};
        station.struct_size = sizeof station;
        station.at = bricks[i][0];
        station.id = station.name = {id, size};
        const size_t vertices = bricks[i].size();
        check(pole_builder_add_station(builder, &station, &error), error);
        check(pole_builder_add_area(builder, {id, size}, bricks[i].data(), &vertices, 1, &error),
              error);
    }
    std::string bytes;
    const pole_sink sink = {&bytes, [](void *context, const void *data, size_t size) {
                                static_cast<std::string *>(context)->append(
                                    static_cast<const char *>(data), size);
                                return pole_status{POLE_OK};
                            }};
    check(pole_builder_finish_to(builder, &sink, nullptr, &error), error);
    pole_builder_free(builder);
    pole_index *index;
    check(pole_index_open_memory(bytes.data(), bytes.size(), nullptr, &index, &error), error);
    return index;
}

constexpr size_t none = SIZE_MAX;

size_t of_ours(const pole_index *index, pole_point at)
{
    pole_station_hit hit;
    size_t needed;
    pole_stations_at(index, at, {nullptr, 0}, POLE_ROLE_RESPONSIBLE, 0, &hit, 1, &needed);
    return needed ? hit.number : none;
}

class prepared
{
  public:
    explicit prepared(const std::vector<ring> &bricks)
        : context(GEOS_init_r()), tree(GEOSSTRtree_create_r(context, 10))
    {
        for (size_t i = 0; i < bricks.size(); i++) {
            const unsigned count = static_cast<unsigned>(bricks[i].size()) + 1;
            GEOSCoordSequence *points = GEOSCoordSeq_create_r(context, count, 2);
            for (unsigned j = 0; j < count; j++) {
                const pole_point at = bricks[i][j % bricks[i].size()];
                GEOSCoordSeq_setXY_r(context, points, j, at.lon_deg, at.lat_deg);
            }
            GEOSGeometry *area = GEOSGeom_createPolygon_r(
                context, GEOSGeom_createLinearRing_r(context, points), nullptr, 0);
            areas.push_back({i, area, GEOSPrepare_r(context, area)});
        }
        for (auto &area : areas)
            GEOSSTRtree_insert_r(context, tree, area.geometry, &area);
    }
    prepared(const prepared &) = delete;
    prepared &operator=(const prepared &) = delete;
    ~prepared()
    {
        GEOSSTRtree_destroy_r(context, tree);
        for (auto &area : areas) {
            GEOSPreparedGeom_destroy_r(context, area.shape);
            GEOSGeom_destroy_r(context, area.geometry);
        }
        GEOS_finish_r(context);
    }
    size_t at(pole_point point) const
    {
        struct search {
            GEOSContextHandle_t context;
            GEOSGeometry *point;
            size_t found;
        } search = {context, GEOSGeom_createPointFromXY_r(context, point.lon_deg, point.lat_deg),
                    none};
        GEOSSTRtree_query_r(
            context, tree, search.point,
            [](void *item, void *data) {
                const entry *area = static_cast<const entry *>(item);
                auto *s = static_cast<struct search *>(data);
                if (area->number < s->found &&
                    GEOSPreparedIntersects_r(s->context, area->shape, s->point) == 1)
                    s->found = area->number;
            },
            &search);
        GEOSGeom_destroy_r(context, search.point);
        return search.found;
    }

  private:
    struct entry {
        size_t number;
        GEOSGeometry *geometry;
        const GEOSPreparedGeometry *shape;
    };
    GEOSContextHandle_t context;
    GEOSSTRtree *tree;
    std::vector<entry> areas;
};

void measure(const middle &m, const std::vector<pole_point> &points, int pieces, double budget,
             double reach, int rounds)
{
    const std::vector<ring> bricks = lay_bricks(m, pieces);
    pole_index *index = index_of(bricks);
    const prepared geos(bricks);
    size_t wrong = 0, inside = 0;
    for (const pole_point at : points) {
        const size_t ours = of_ours(index, at);
        inside += ours != none;
        wrong += ours != geos.at(at);
    }
    char note[96], title[96];
    std::snprintf(note, sizeof note, "%zu of %zu differ from GEOS; %.0f %% in an area", wrong,
                  points.size(),
                  100 * static_cast<double>(inside) / static_cast<double>(points.size()));
    std::snprintf(title, sizeof title, "place to responsible station, %zu vertices an area",
                  bricks[0].size());
    const double count = static_cast<double>(points.size());
    bench::table t{title, "ns"};
    t.rows.push_back({"polelookup: pole_stations_at, with distance, bearing",
                      [&] {
                          size_t sum = 0;
                          for (const pole_point at : points)
                              sum += of_ours(index, at);
                          bench::keep(sum);
                      },
                      count, budget, note});
    t.rows.push_back({"GEOS STRtree, prepared polygons",
                      [&] {
                          size_t sum = 0;
                          for (const pole_point at : points)
                              sum += geos.at(at);
                          bench::keep(sum);
                      },
                      count,
                      0,
                      {},
                      reach});
    bench::run(t, rounds);
    pole_index_close(index);
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 2) {
        std::fprintf(stderr, "usage: %s INDEX.plx [QUERIES [ROUNDS]]\n", argv[0]);
        return 2;
    }
    const city c(argv[1]);
    const size_t count = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 1000000;
    const int rounds = argc > 3 ? std::atoi(argv[3]) : 5;
    // On the grid of 1e-7 degree, as ours rounds them: all are asked for the same places.
    std::vector<pole_point> points = bench::ask_near_poles(c, count);
    for (auto &at : points)
        at = {std::round(at.lat_deg * 1e7) / 1e7, std::round(at.lon_deg * 1e7) / 1e7};
    const middle m(c);
    measure(m, points, 1, 30, 9.8, rounds);
    measure(m, points, 20, 40, 9.9, rounds);
    measure(m, points, 197, 130, 4.8, rounds);
    return 0;
}
