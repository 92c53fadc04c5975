/* SPDX-License-Identifier: MIT
 * See sight.h. */
#include "resolve/sight.h"

#include "geo/geodesic.h"
#include "index/tree_search.h"
#include "lookup/neighbours.h"

#define MOST_IN_SIGHT 256
#define SAMPLES 1024
/* Second poles less likely than this beside the likeliest change nothing. */
#define LEAST_SHARE 1e-4

static double way_weight(const pole_local *from, const pole_index *index, pole_row row)
{
    const double distance_m =
        pole_local_distance(from, pole_position_lat_e7(&index->positions, row),
                            pole_position_lon_e7(&index->positions, row));
    return exp(-distance_m / POLE_WAY_M);
}

/* Over every n-th pole, which is a fair sample of the city; see hint.h. */
static double way_spread(const pole_index *index, pole_row from_row)
{
    pole_local from;
    const uint32_t rows = index->positions.rows, step = (rows + SAMPLES - 1) / SAMPLES;
    double sum = 0.0, count = 0.0;
    pole_local_prepare(&from, pole_position_at(&index->positions, from_row));
    for (uint64_t row = 0; row < rows; row += step) {
        sum += way_weight(&from, index, (pole_row)row);
        count += 1.0;
    }
    return sum / count;
}

void pole_sight_prepare(pole_sight *sight, const pole_index *index, const pole_likely_list *seen,
                        bool on_the_way)
{
    double most = 0.0;
    memset(sight, 0, sizeof *sight);
    sight->index = index;
    sight->seen = seen;
    sight->on_the_way = on_the_way;
    sight->likeliest = POLE_NO_ROW;
    for (size_t i = 0; i < seen->count; i++) {
        sight->sum += seen->poles[i].likelihood;
        if (seen->poles[i].likelihood > most) {
            most = seen->poles[i].likelihood;
            sight->likeliest = seen->poles[i].row;
        }
    }
    if (on_the_way && sight->likeliest != POLE_NO_ROW)
        sight->spread = way_spread(index, sight->likeliest);
}

/* The list is in order of row. */
static double likelihood_of(const pole_likely_list *seen, pole_row row)
{
    size_t low = 0, high = seen->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (seen->poles[middle].row < row)
            low = middle + 1;
        else
            high = middle;
    }
    return low < seen->count && seen->poles[low].row == row ? seen->poles[low].likelihood : 0.0;
}

/* Mean over the next poles of its side that stand in sight; below 0: there is none. */
static double next_in_sight(const pole_sight *sight, pole_row row)
{
    const pole_positions *positions = &sight->index->positions;
    const pole_point at = pole_position_at(positions, row);
    pole_row beside[2];
    double sum = 0.0, count = 0.0;
    pole_neighbours_of(sight->index, row, beside);
    for (unsigned k = 0; k < 2; k++) {
        if (beside[k] == POLE_NO_ROW ||
            pole_distance(at, pole_position_at(positions, beside[k])) > POLE_SIGHT_M)
            continue;
        sum += likelihood_of(sight->seen, beside[k]);
        count += 1.0;
    }
    return count > 0.0 ? sum / count : -1.0;
}

static double in_sight(const pole_sight *sight, pole_row row)
{
    pole_hit hits[MOST_IN_SIGHT];
    const pole_index *index = sight->index;
    const pole_point at = pole_position_at(&index->positions, row);
    const size_t around =
        pole_tree_within_radius(&index->tree, at, POLE_SIGHT_M, hits, MOST_IN_SIGHT);
    const size_t known = around < MOST_IN_SIGHT ? around : MOST_IN_SIGHT;
    double sum = 0.0;
    for (size_t i = 0; i < known; i++)
        if (hits[i].row != row)
            sum += likelihood_of(sight->seen, hits[i].row);
    const double any = around > 1 ? sum / (double)(around - 1) : 0.0;
    const double next = next_in_sight(sight, row);
    return next < 0.0 ? any : POLE_SIGHT_NEXT * next + (1.0 - POLE_SIGHT_NEXT) * any;
}

static double on_the_way(const pole_sight *sight, pole_row row)
{
    const pole_likely_list *seen = sight->seen;
    const double least = likelihood_of(seen, sight->likeliest) * LEAST_SHARE;
    pole_local from;
    double sum = 0.0;
    pole_local_prepare(&from, pole_position_at(&sight->index->positions, row));
    for (size_t i = 0; i < seen->count; i++)
        if (seen->poles[i].likelihood >= least && seen->poles[i].row != row)
            sum += seen->poles[i].likelihood * way_weight(&from, sight->index, seen->poles[i].row);
    return sum / (sight->spread * sight->index->positions.rows);
}

double pole_sight_ratio(const pole_sight *sight, pole_row row)
{
    if (sight->likeliest == POLE_NO_ROW)
        return 1.0;
    const double mean = sight->sum / sight->index->positions.rows;
    const double there = sight->on_the_way ? on_the_way(sight, row) : in_sight(sight, row);
    return POLE_SIGHT_WRONG + (1.0 - POLE_SIGHT_WRONG) * there / mean;
}
