/* SPDX-License-Identifier: MIT
 * Two codes heard, each weighed with the other as a second pole in sight: how likely the poles that
 * they name are, and what either of them was instead. */
#ifndef RESOLVE_BETWEEN_H
#define RESOLVE_BETWEEN_H

#include <polelookup/between.h>

#include "resolve/consider.h"

/* A pole that one of the two codes may mean instead. */
typedef struct {
    pole_believed pole;
    int32_t query; /* which of the two, 0 or 1 */
    size_t edit_count;
    pole_edit edits[POLE_MOST_EDITS];
} pole_correction;

typedef struct {
    double confidence[2]; /* of the pole that each names; 0 where it names none */
    pole_correction corrections[POLE_BETWEEN_CORRECTIONS]; /* the likeliest first */
    size_t count;
} pole_both_weighed;

/* rows: the pole that each code names, or POLE_NO_ROW. A correction is a pole of another code than
 * the one heard that the other code makes likelier. Names the channel in the resolution, which has
 * begun. POLE_OK, POLE_INVALID_ARGUMENT (the channel's options) or POLE_NO_MEMORY. */
pole_status pole_both_weigh(const pole_index *index, const pole_heard *const heard[2],
                            const pole_row rows[2], const pole_between_options *options,
                            pole_resolution *resolution, pole_both_weighed *out);

#endif
