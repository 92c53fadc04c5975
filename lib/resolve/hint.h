/* SPDX-License-Identifier: MIT
 * Where the phone says it is, as evidence of which pole is meant.
 *
 * With the share 1 - POLE_HINT_WRONG the hint is the pole's place moved by a normal deviate on each
 * axis; the rest are callers for others and old fixes, whose hints are spread like the poles. Of
 * the former, where nothing says what datum the hint is in, the share POLE_HINT_SHIFTED is GCJ-02,
 * as map applications in China give it (tools/evaluate/wrong_evidence.py shows hints in both).
 * Spread like the poles is a kernel density: normals
 * about every n-th pole of the table (POLE_HINT_SAMPLES of them), as wide as the hint's own, but no
 * narrower than POLE_HINT_KERNEL_M. Poles are in order of code, and codes go by district and
 * street, so that every n-th is a fair sample of the city. */
#ifndef RESOLVE_HINT_H
#define RESOLVE_HINT_H

#include "geo/geodesic.h"
#include "index/index.h"

#define POLE_HINT_WRONG 0.05
#define POLE_HINT_SHIFTED 0.1
#define POLE_HINT_SAMPLES 1024
#define POLE_HINT_KERNEL_M 500.0

typedef struct {
    pole_local from, shifted; /* the hint as it stands, and read as GCJ-02 */
    pole_point at;
    double sigma_m;
    double per_two_variance; /* 1 / (2 sigma^2) */
    double peak_ratio;       /* density at the hint itself over the spread's, less wrong ones */
    double shifted_share;    /* POLE_HINT_SHIFTED, or 0 */
} pole_hint;

/* The standard deviation on each axis of a circle that holds a share `level` of cases, 0 < level <
 * 1 (Rayleigh). 0.39 and 0.68 stand for one sigma, on each axis and along a line. */
double pole_hint_sigma(double radius_m, double level);

/* at: valid; sigma_m: > 0. may_be_shifted: nothing says that it is not GCJ-02 (which it can be
 * only where that datum bends). About 10 us. */
void pole_hint_prepare(pole_hint *hint, const pole_index *index, pole_point at, double sigma_m,
                       bool may_be_shifted);

/* The likelihood of the hint if the pole is at a place, over its likelihood if nothing is known:
 * between POLE_HINT_WRONG and about the peak. */
double pole_hint_ratio(const pole_hint *hint, int32_t lat_e7, int32_t lon_e7);

/* The share of that ratio which the normal deviate makes up: the belief that the phone is at the
 * pole. */
double pole_hint_agreement(const pole_hint *hint, int32_t lat_e7, int32_t lon_e7);

/* Whether the place lies in the circle about the hint that holds 95 of 100 right ones. */
bool pole_hint_holds(const pole_hint *hint, int32_t lat_e7, int32_t lon_e7);

/* Whether the hint fits the place far better when it is read as GCJ-02. */
bool pole_hint_is_shifted(const pole_hint *hint, pole_point place);

#endif
