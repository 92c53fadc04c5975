// SPDX-License-Identifier: MIT
// WGS 84 to EPSG:4530 (CGCS2000, 3-degree zone 42) in batches, through the adapter and by PROJ
// itself, whose cost it should be. usage: bench-crs INDEX.plx [ROUNDS]
#include <proj.h>

#include <polelookup/adapters.h>
#include <polelookup/crs.h>

#include "city.hpp"

int main(int argc, char **argv)
{
    if (argc < 2) {
        std::fprintf(stderr, "usage: %s INDEX.plx [ROUNDS]\n", argv[0]);
        return 2;
    }
    const bench::city c(argv[1]);
    const int rounds = argc > 2 ? std::atoi(argv[2]) : 5;
    const size_t count = std::min<size_t>(c.places.size(), 200000);
    std::vector<double> x(count), y(count), lon(count), lat(count);
    for (size_t i = 0; i < count; i++) {
        lat[i] = c.at(i).lat_deg;
        lon[i] = c.at(i).lon_deg;
    }
    pole_crs *crs;
    pole_error error;
    if (pole_crs_new({"EPSG:4530", 9}, pole_geo_adapters(), nullptr, &crs, &error) != POLE_OK)
        bench::fail(error.message);
    PJ_CONTEXT *context = proj_context_create();
    PJ *made = proj_create_crs_to_crs(context, "EPSG:4490", "EPSG:4530", nullptr);
    PJ *transform = proj_normalize_for_visualization(context, made);
    bench::table t{"WGS 84 to EPSG:4530, batch", "ns"};
    t.rows.push_back({"polelookup: pole_crs_from_wgs84",
                      [&] {
                          x = lon;
                          y = lat;
                          pole_crs_from_wgs84(crs, count, x.data(), y.data(), nullptr);
                      },
                      static_cast<double>(count)});
    t.rows.push_back({"PROJ: proj_trans_generic",
                      [&] {
                          x = lon;
                          y = lat;
                          proj_trans_generic(transform, PJ_FWD, x.data(), sizeof(double), count,
                                             y.data(), sizeof(double), count, nullptr, 0, 0,
                                             nullptr, 0, 0);
                      },
                      static_cast<double>(count)});
    bench::run(t, rounds);
    proj_destroy(transform);
    proj_destroy(made);
    proj_context_destroy(context);
    pole_crs_free(crs);
    return 0;
}
