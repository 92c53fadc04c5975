/* SPDX-License-Identifier: MIT
 * Codes of the table that were heard as they stand, without evidence: judged by the doubt that the
 * build stored, once for each pole, and remembered.
 *
 * Stored doubts speak for one channel; under another, or where they leave something open, the
 * matcher resolves the code and may have the outcome remembered here. */
#ifndef MATCH_CLEAN_CODES_H
#define MATCH_CLEAN_CODES_H

#include <polelookup/match.h>

#include "index/index.h"

/* What is remembered of a pole: its match but for the place, which the index tells at once. */
typedef struct {
    double station_distance_m;
    float confidence, confidence_place, no_pole, far_share;
    pole_station_number station;
    uint16_t warnings;
    uint8_t match; /* POLE_MATCH_NONE: nothing yet */
    uint8_t station_role;
} pole_remembered;

/* More poles than this are not remembered: 64 MiB. */
#define POLE_MOST_REMEMBERED ((uint32_t)1 << 21)

typedef struct {
    const pole_index *index;
    pole_remembered *remembered; /* one a row; NULL: too many, or no memory for it */
    bool by_doubts;              /* the stored doubts are those of these options */
    bool best_guess;             /* tell the pole of POLE_AMBIGUOUS, too */
    double clean;
    int32_t station_role;
} pole_clean_codes;

/* by_doubts: the options are those that stored doubts speak for. Never fails: without memory it
 * only works harder. */
void pole_clean_codes_init(pole_clean_codes *codes, const pole_index *index, bool by_doubts,
                           const pole_matcher_options *options, double clean,
                           const pole_allocator *allocator);
void pole_clean_codes_free(pole_clean_codes *codes, const pole_allocator *allocator);

/* The number of digits of a text that is nothing but as many digits as codes of this index have,
 * and the number; 0 for another text. */
uint8_t pole_clean_code_of(const pole_clean_codes *codes, pole_span text, uint32_t *number);

/* Matches count such numbers of one length. matches[i].match is POLE_MATCH_NONE afterwards where
 * the code must be resolved. */
#define POLE_CLEAN_BATCH 64
void pole_clean_codes_match(const pole_clean_codes *codes, const uint32_t *numbers, size_t count,
                            uint8_t digits, pole_row_match *const *matches);

/* Keeps what resolving the bare code of a pole gave, and rounds its shares to what is kept. */
void pole_clean_codes_remember(const pole_clean_codes *codes, pole_row row, pole_row_match *match);

/* What a person must hear of a pole, whoever named it. */
uint32_t pole_pole_warnings(const pole_index *index, pole_row row, pole_code code);

#endif
