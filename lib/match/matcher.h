/* SPDX-License-Identifier: MIT
 * See <polelookup/match.h>: what the rest of this room may ask of a matcher. */
#ifndef MATCH_MATCHER_H
#define MATCH_MATCHER_H

#include <polelookup/match.h>

#include "match/clean_codes.h"
#include "match/evidence_cells.h"
#include "match/row_match.h"

struct pole_matcher {
    pole_allocator allocator;
    pole_index *index; /* retained */
    pole_matcher_options options;
    pole_resolve_options resolve;
    pole_hear_options hear;
    pole_heard *heard;
    pole_resolution *resolution;
    pole_evidence_reader evidence;
    pole_clean_codes clean;
    uint64_t full_rows; /* heard and resolved so far */
};

/* Hears and resolves one text, whatever it is; afterwards matcher->resolution tells it in full.
 * evidence: NULL for none. match is whole, struct_size set. */
pole_status pole_matcher_resolve(pole_matcher *matcher, pole_span text,
                                 const pole_row_evidence *evidence, pole_row_match *match);

/* Whether a row names any evidence. */
bool pole_row_evidence_is_empty(const pole_row_evidence *evidence);

#endif
