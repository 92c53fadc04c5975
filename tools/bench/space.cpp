// SPDX-License-Identifier: MIT
// Poles around a place: nearest, eight nearest, within 200 m, in a box, far from everything; and
// how many answers differ from the truth by geodesic.
// usage: bench-space INDEX.plx even|skewed|large [QUERIES [ROUNDS]]
#include <boost/iterator/function_output_iterator.hpp>
#include <geodesic.h>

#include "peers.hpp"

namespace
{

using bench::city;

// How many poles were given in a wrong place of the order: farther than the true one by more than a
// micrometre, which is the tie.
class oracle
{
  public:
    explicit oracle(const city &of) : c(of), chords(of.places.size())
    {
        geod_init(&earth, 6378137, 1 / 298.257223563);
        for (size_t i = 0; i < chords.size(); i++)
            chords[i] = bench::chord_of(c.at(i));
    }
    double distance_m(pole_point from, uint32_t row) const
    {
        const pole_point to = c.at(row);
        double s12;
        geod_inverse(&earth, from.lat_deg, from.lon_deg, to.lat_deg, to.lon_deg, &s12, nullptr,
                     nullptr);
        return s12;
    }
    // Of the rows nearest first, how many are not as far as they should be. truth_m: the true
    // distances, sorted.
    size_t misplaced(pole_point from, const uint32_t *rows, size_t count,
                     const std::vector<double> &truth_m) const
    {
        size_t wrong = 0;
        for (size_t i = 0; i < truth_m.size(); i++)
            wrong += i >= count || std::fabs(distance_m(from, rows[i]) - truth_m[i]) > 1e-6;
        return wrong;
    }
    // From every pole of the city: chords first, the geodesic where a chord leaves doubt.
    std::vector<double> of_all(pole_point from, size_t k) const
    {
        const bench::chord at = bench::chord_of(from);
        std::vector<double> squares(chords.size());
        for (size_t i = 0; i < chords.size(); i++)
            squares[i] = square(at, chords[i]);
        std::vector<double> sorted(squares);
        std::nth_element(sorted.begin(), sorted.begin() + static_cast<long>(k - 1), sorted.end());
        const double enough = sorted[k - 1] * (1 + 1e-9) + 1e-3;
        std::vector<double> found_m;
        for (size_t i = 0; i < squares.size(); i++)
            if (squares[i] <= enough)
                found_m.push_back(distance_m(from, static_cast<uint32_t>(i)));
        std::sort(found_m.begin(), found_m.end());
        found_m.resize(k);
        return found_m;
    }
#ifdef BENCH_NANOFLANN
    // From the k + 8 nearest by chord: fast enough for a million.
    std::vector<double> of_tree(const bench::nanoflann_3d &tree, pole_point from, size_t k) const
    {
        uint32_t rows[32];
        double chord_squares[32];
        const size_t count = tree.nearest(from, k + 8, rows, chord_squares);
        std::vector<double> found_m;
        for (size_t i = 0; i < count; i++)
            found_m.push_back(distance_m(from, rows[i]));
        std::sort(found_m.begin(), found_m.end());
        found_m.resize(k);
        return found_m;
    }
#endif

  private:
    static double square(const bench::chord &a, const bench::chord &b)
    {
        return (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y) + (a.z - b.z) * (a.z - b.z);
    }
    const city &c;
    std::vector<bench::chord> chords;
    geod_geodesic earth;
};

struct trees {
#ifdef BENCH_NANOFLANN
    std::unique_ptr<bench::nanoflann_3d> nanoflann;
#endif
    std::unique_ptr<bench::boost_tree<bench::boost_space>> space;
    std::unique_ptr<bench::boost_tree<bench::boost_flat>> flat;
    std::unique_ptr<bench::boost_tree<bench::boost_geographic>> geographic;
#ifdef BENCH_GEOS
    std::unique_ptr<bench::geos_tree> geos;
#endif
#ifdef BENCH_SQLITE
    std::unique_ptr<bench::sqlite_tree> sqlite;
#endif
    // Of a large city only what is built in bearable time.
    trees(const city &c, bool large)
    {
#ifdef BENCH_NANOFLANN
        nanoflann = std::make_unique<bench::nanoflann_3d>(c);
#endif
        space = std::make_unique<bench::boost_tree<bench::boost_space>>(c, bench::to_space);
        flat = std::make_unique<bench::boost_tree<bench::boost_flat>>(c, bench::to_flat);
        if (large)
            return;
        geographic =
            std::make_unique<bench::boost_tree<bench::boost_geographic>>(c, bench::to_geographic);
#ifdef BENCH_GEOS
        geos = std::make_unique<bench::geos_tree>(c);
#endif
#ifdef BENCH_SQLITE
        sqlite = std::make_unique<bench::sqlite_tree>(c);
#endif
    }
};

enum class kind { even, skewed, large };

struct setting {
    const city &c;
    const trees &peers;
    const oracle &truth;
    kind of;
    const std::vector<pole_point> &points;
    int rounds;
    double budget(double even, double skewed) const
    {
        return of == kind::even ? even : of == kind::skewed ? skewed : 0;
    }
    // What sums `find` of each of the first count points.
    template <typename Find>
    bench::contender row(const char *name, size_t share, Find find, double budget = 0,
                         std::string note = {}, double reach = 0) const
    {
        const size_t count = std::max<size_t>(points.size() / share, 1);
        const auto &all = points;
        return {name,
                [&all, count, find] {
                    size_t sum = 0;
                    for (size_t i = 0; i < count; i++)
                        sum += find(all[i]);
                    bench::keep(sum);
                },
                static_cast<double>(count),
                budget,
                std::move(note),
                reach};
    }
};

std::string share_wrong(size_t wrong, size_t of)
{
    char text[64];
    std::snprintf(text, sizeof text, "%zu of %zu wrong", wrong, of);
    return text;
}

size_t ours_nearest(const city &c, pole_point at, size_t k)
{
    pole_hit hits[8];
    size_t count;
    pole_nearest(c.index, at, k, INFINITY, hits, &count);
    return count ? hits[count - 1].row : 0;
}

// How many of the k nearest are not the true ones, over count points; by the tree when it may.
std::string check_nearest(const setting &s, size_t k, size_t count, bool by_tree)
{
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        pole_hit hits[8];
        uint32_t rows[8];
        size_t found;
        pole_nearest(s.c.index, s.points[i], k, INFINITY, hits, &found);
        for (size_t j = 0; j < found; j++)
            rows[j] = hits[j].row;
#ifdef BENCH_NANOFLANN
        const std::vector<double> truth = by_tree
                                              ? s.truth.of_tree(*s.peers.nanoflann, s.points[i], k)
                                              : s.truth.of_all(s.points[i], k);
#else
        const std::vector<double> truth = s.truth.of_all(s.points[i], k);
        (void)by_tree;
#endif
        size_t misplaced = s.truth.misplaced(s.points[i], rows, found, truth);
        for (size_t j = 0; j < found; j++)
            misplaced +=
                std::fabs(hits[j].distance_m - s.truth.distance_m(s.points[i], rows[j])) > 1e-6;
        wrong += misplaced > 0;
    }
    return share_wrong(wrong, count);
}

template <typename Find> std::string check_peer(const setting &s, size_t count, Find find)
{
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        const uint32_t row = static_cast<uint32_t>(find(s.points[i]));
        wrong += s.truth.misplaced(s.points[i], &row, 1, s.truth.of_all(s.points[i], 1)) > 0;
    }
    return share_wrong(wrong, count);
}

void nearest(const setting &s, size_t checked, size_t all_checked)
{
    const trees &p = s.peers;
    bench::table t{"nearest pole", "ns"};
    t.rows.push_back(s.row(
        "polelookup: pole_nearest", 1, [&s](pole_point at) { return ours_nearest(s.c, at, 1); },
        s.budget(110, 140), check_nearest(s, 1, all_checked, true)));
#ifdef BENCH_NANOFLANN
    t.rows.push_back(s.row(
        "nanoflann, 3-D chords", 1,
        [&p](pole_point at) {
            uint32_t row;
            double square;
            p.nanoflann->nearest(at, 1, &row, &square);
            return size_t{row};
        },
        0, {}, s.budget(5.1, 3.9)));
#endif
    t.rows.push_back(s.row("Boost rtree, 3-D chords", 10, [&p](pole_point at) {
        return p.space->ask(bench::bg::index::nearest(bench::to_space(at), 1));
    }));
    if (p.geographic)
        t.rows.push_back(s.row("Boost rtree, geographic", 500, [&p](pole_point at) {
            return p.geographic->ask(bench::bg::index::nearest(bench::to_geographic(at), 1));
        }));
#ifdef BENCH_GEOS
    const auto by_geos = [&p](pole_point at) { return size_t{p.geos->nearest(at)}; };
    if (p.geos)
        t.rows.push_back(
            s.row("GEOS STRtree, planar degrees", 50, by_geos, 0, check_peer(s, checked, by_geos)));
#endif
#ifdef BENCH_SQLITE
    const auto by_sqlite = [&p](pole_point at) { return size_t{p.sqlite->nearest(at)}; };
    if (p.sqlite)
        t.rows.push_back(s.row("SQLite R*Tree, growing boxes, haversine", 500, by_sqlite, 0,
                               check_peer(s, checked / 4, by_sqlite)));
#endif
    bench::run(t, s.rounds);
    std::printf("  ours against every pole by brute force: %s\n",
                check_nearest(s, 1, checked, false).c_str());
}

void eight_nearest(const setting &s, size_t checked, size_t all_checked)
{
    const trees &p = s.peers;
    bench::table t{"8 nearest poles, in order", "ns"};
    t.rows.push_back(s.row(
        "polelookup: pole_nearest", 1, [&s](pole_point at) { return ours_nearest(s.c, at, 8); },
        s.budget(400, 500), check_nearest(s, 8, all_checked, true)));
#ifdef BENCH_NANOFLANN
    t.rows.push_back(s.row(
        "nanoflann, 3-D chords", 1,
        [&p](pole_point at) {
            uint32_t rows[8];
            double squares[8];
            p.nanoflann->nearest(at, 8, rows, squares);
            return size_t{rows[7]};
        },
        0, {}, s.budget(2.7, 2.2)));
#endif
    t.rows.push_back(s.row("Boost rtree, 3-D chords", 10, [&p](pole_point at) {
        return p.space->ask(bench::bg::index::nearest(bench::to_space(at), 8));
    }));
    bench::run(t, s.rounds);
    std::printf("  ours against every pole by brute force: %s\n",
                check_nearest(s, 8, checked, false).c_str());
}

void within_200_m(const setting &s)
{
    const trees &p = s.peers;
    std::vector<pole_hit> hits(1 << 16);
    size_t found = 0;
    for (const pole_point at : s.points) {
        size_t needed;
        pole_within_radius(s.c.index, at, 200, hits.data(), hits.size(), &needed);
        found += needed;
    }
    char note[64];
    std::snprintf(note, sizeof note, "%.1f poles a query",
                  static_cast<double>(found) / static_cast<double>(s.points.size()));
    bench::table t{"poles within 200 m, in order of distance", "ns"};
    t.rows.push_back(s.row(
        "polelookup: pole_within_radius", 1,
        [&s, &hits](pole_point at) {
            size_t needed;
            pole_within_radius(s.c.index, at, 200, hits.data(), hits.size(), &needed);
            return needed;
        },
        s.budget(210, 400), note));
#ifdef BENCH_NANOFLANN
    std::vector<bench::nanoflann_3d::hit> theirs;
    size_t by_chord = 0;
    for (const pole_point at : s.points)
        by_chord += p.nanoflann->within(at, 200, theirs);
    std::snprintf(note, sizeof note, "%+ld poles in all",
                  static_cast<long>(by_chord) - static_cast<long>(found));
    t.rows.push_back(s.row(
        "nanoflann, 3-D chords", 1,
        [&p, &theirs](pole_point at) { return p.nanoflann->within(at, 200, theirs); }, 0, note,
        s.budget(6.5, 4.8)));
#endif
#ifdef BENCH_SQLITE
    if (p.sqlite)
        t.rows.push_back(
            s.row("SQLite R*Tree, box and haversine, unordered", 500, [&p](pole_point at) {
                size_t count = 0;
                p.sqlite->within(bench::box_around(at, 200), [&](uint32_t, pole_point pole) {
                    count += bench::haversine_m(at, pole) <= 200;
                });
                return count;
            }));
#endif
    bench::run(t, s.rounds);
}

void in_a_box(const setting &s, const char *title, double reach_m, double even, double skewed)
{
    const trees &p = s.peers;
    std::vector<pole_row> rows(1 << 16);
    const auto ours = [&s, &rows, reach_m](pole_point at) {
        const pole_box box = bench::box_around(at, reach_m);
        size_t needed;
        pole_within_box(s.c.index, &box, rows.data(), rows.size(), &needed);
        return needed;
    };
    const auto flat = [&p, reach_m](pole_point at) {
        const pole_box box = bench::box_around(at, reach_m);
        size_t count = 0;
        const bench::bg::model::box<bench::boost_flat> area{{box.west_deg, box.south_deg},
                                                            {box.east_deg, box.north_deg}};
        p.flat->tree.query(bench::bg::index::intersects(area),
                           boost::make_function_output_iterator([&](const auto &) { count++; }));
        return count;
    };
    size_t found = 0, differing = 0;
    for (const pole_point at : s.points) {
        const size_t count = ours(at);
        found += count;
        differing += count != flat(at);
    }
    char note[96];
    std::snprintf(note, sizeof note, "%.1f poles a query, %zu of %zu counts differ from Boost's",
                  static_cast<double>(found) / static_cast<double>(s.points.size()), differing,
                  s.points.size());
    bench::table t{title, "ns"};
    t.rows.push_back(s.row("polelookup: pole_within_box", 1, ours, s.budget(even, skewed), note));
    t.rows.push_back(s.row("Boost rtree, planar degrees", 1, flat));
#ifdef BENCH_GEOS
    if (p.geos)
        t.rows.push_back(s.row("GEOS STRtree", 10, [&p, reach_m](pole_point at) {
            return p.geos->within(bench::box_around(at, reach_m));
        }));
#endif
#ifdef BENCH_SQLITE
    if (p.sqlite)
        t.rows.push_back(s.row("SQLite R*Tree", 500, [&p, reach_m](pole_point at) {
            return p.sqlite->within(bench::box_around(at, reach_m), [](uint32_t, pole_point) {});
        }));
#endif
    bench::run(t, s.rounds);
}

// Places about 20 km from the next pole. Each is asked `repeats` times and its least time counts:
// the search's own worst is wanted, not that of the machine.
template <typename Find>
void add_worst(bench::table &t, const char *name, const std::vector<pole_point> &far, size_t share,
               Find find, double budget = 0)
{
    const int repeats = 7;
    std::vector<double> worst;
    for (size_t i = 0; i < far.size(); i += share) {
        double least = INFINITY;
        for (int repeat = 0; repeat < repeats; repeat++) {
            const double start = bench::seconds();
            const size_t found = find(far[i]);
            const double taken = bench::seconds() - start;
            bench::keep(found);
            least = std::min(least, taken / bench::unit_seconds(t.unit));
        }
        worst.push_back(least);
    }
    std::sort(worst.begin(), worst.end());
    bench::contender row{name, nullptr, 1, budget};
    row.times = {worst[static_cast<size_t>(static_cast<double>(worst.size() - 1) * 0.999)]};
    char note[64];
    std::snprintf(note, sizeof note, "median %.2f, worst %.2f", bench::median(worst), worst.back());
    row.note = note;
    t.rows.push_back(row);
}

void far_from_all(const setting &s)
{
    bench::random random{20};
    std::vector<pole_point> far;
    const pole_point sw = s.c.info.southwest, ne = s.c.info.northeast;
    for (int tries = 0; tries < 1000000 && far.size() < 10000; tries++) {
        const pole_point at = {sw.lat_deg - 0.4 + random.unit() * (ne.lat_deg - sw.lat_deg + 0.8),
                               sw.lon_deg - 0.6 + random.unit() * (ne.lon_deg - sw.lon_deg + 1.2)};
        pole_hit hit;
        size_t count;
        pole_nearest(s.c.index, at, 1, INFINITY, &hit, &count);
        if (hit.distance_m > 18000 && hit.distance_m < 22000)
            far.push_back(at);
    }
    if (far.empty())
        return;
    const trees &p = s.peers;
    bench::table t{"nearest, 18 to 22 km from any pole: 99.9 in 100 are faster", "us"};
    add_worst(
        t, "polelookup: pole_nearest", far, 1,
        [&s](pole_point at) { return ours_nearest(s.c, at, 1); }, 3);
#ifdef BENCH_NANOFLANN
    add_worst(t, "nanoflann, 3-D chords", far, 1, [&p](pole_point at) {
        uint32_t row;
        double square;
        p.nanoflann->nearest(at, 1, &row, &square);
        return size_t{row};
    });
#endif
#ifdef BENCH_SQLITE
    if (p.sqlite)
        add_worst(t, "SQLite R*Tree, growing boxes, haversine", far, 20,
                  [&p](pole_point at) { return size_t{p.sqlite->nearest(at)}; });
#endif
    bench::print(t);
}

// No public function is a distance alone: what one pole costs in an answer of some hundreds, with
// its bearing and its place in the order, beside the distance and bearing of PROJ's geodesic.
void distances(const setting &s)
{
    std::vector<pole_hit> hits(POLE_MAX_NEAREST);
    const size_t queries = std::min<size_t>(s.points.size(), 2000);
    size_t count = POLE_MAX_NEAREST;
    count = std::min(count, s.c.places.size());
    bench::table t{"distance and bearing of one of the 1024 nearest, sorted", "ns"};
    const double operations = static_cast<double>(queries * count);
    t.rows.push_back({"polelookup: pole_nearest, whole",
                      [&] {
                          for (size_t i = 0; i < queries; i++)
                              pole_nearest(s.c.index, s.points[i], count, INFINITY, hits.data(),
                                           &count);
                      },
                      operations});
    geod_geodesic earth;
    geod_init(&earth, 6378137, 1 / 298.257223563);
    t.rows.push_back({"geod_inverse alone",
                      [&] {
                          double sum = 0;
                          for (size_t i = 0; i < queries / 10; i++)
                              for (size_t j = 0; j < count; j++) {
                                  const pole_point to = s.c.at(hits[j].row);
                                  double s12, azi1;
                                  geod_inverse(&earth, s.points[i].lat_deg, s.points[i].lon_deg,
                                               to.lat_deg, to.lon_deg, &s12, &azi1, nullptr);
                                  sum += s12;
                              }
                          bench::keep(sum);
                      },
                      operations / 10});
    bench::run(t, s.rounds);
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 3) {
        std::fprintf(stderr, "usage: %s INDEX.plx even|skewed|large [QUERIES [ROUNDS]]\n", argv[0]);
        return 2;
    }
    const city c(argv[1]);
    const std::string of = argv[2];
    const size_t count = argc > 3 ? std::strtoul(argv[3], nullptr, 10) : 1000000;
    const trees peers(c, of == "large");
    const oracle truth(c);
    const std::vector<pole_point> points = bench::ask_near_poles(c, count);
    const setting s{c,      peers,
                    truth,  of == "even" ? kind::even : of == "skewed" ? kind::skewed : kind::large,
                    points, argc > 4 ? std::atoi(argv[4]) : 5};
    const size_t checked = std::min<size_t>(count, 200000000 / c.places.size() + 1);
    nearest(s, checked, count);
    eight_nearest(s, checked, count);
    within_200_m(s);
    in_a_box(s, "poles in a box of 200 m a side", 100, 140, 220);
    in_a_box(s, "poles in a box of 200 m each way", 200, 0, 0);
    far_from_all(s);
    distances(s);
    return 0;
}
